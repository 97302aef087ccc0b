/* Requests that came on a medium, answered on a medium. */
#include "witness/rooms.h"

#include "base/number.h"
#include "base/say.h"

static struct error *
check_witness(struct witness *witness, struct text vkey)
{
	struct note_key key;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	TRY(cosign_vkey_read(arena, vkey, &key));
	if (!text_same(cosign_vkey(arena, &key), cosign_vkey(arena, &witness->key)))
		return reject(NULL, "この依頼は別の証人「%.*s」あてです。ここは「%.*s」です。", T_ARG(key.name),
			      T_ARG(witness->name));
	return OK;
}

/* The checkpoint a part is about, as a request to cosign it as the newest one. */
static bool
as_newest(struct arena *arena, const struct carry_part *part, struct ask *ask)
{
	struct ask_key key;
	if (part->kind == CARRY_CHECKPOINT)
		return ask_read(arena, part->body, ask) == OK;
	if (ask_key_read(arena, part->body, &key) != OK)
		return false;
	*ask = (struct ask){ .head = key.head, .note = key.note };
	return true;
}

/*
 * A file carried twice asks from a size that is behind us by now. When it names the newest tree all
 * the same, it is asked again from there, so that a lost answer can be made anew.
 */
static bool
ask_again(struct witness *witness, struct arena *arena, const struct carry_part *part,
	  struct witness_answer *answer)
{
	struct ask ask;
	struct witness_answer again;
	if (!as_newest(arena, part, &ask))
		return false;
	ask.old = ask.head.size;
	ask.proof.count = 0;
	witness_add_checkpoint(witness, arena, ask_write(arena, &ask), &again);
	if (again.status != 200)
		return false;
	*answer = again;
	return true;
}

static struct text
why_refused(struct arena *into, const struct carry_part *part, const struct witness_answer *answer)
{
	int64_t size = 0;
	if (answer->status == 404)
		return text_format(into, say("「%.*s」はこの証人が知らない記録簿です。bansho-witness log add で登録してください。"),
				   T_ARG(part->origin));
	if (answer->status == 409 && number_read(text_trim(answer->body), 0, INT64_MAX, &size)) {
		if (size > part->size)
			return text_format(into, say("この証人は「%.*s」を %lld 件まで見ています。このファイルは %lld 件までで、古いものです。新しく書き出してください。"),
					   T_ARG(part->origin), (long long)size,
					   (long long)part->size);
		return text_format(into, say("この証人は「%.*s」を %lld 件までしか見ていないか、別の続きを見ています。前のファイルを先に渡すか、bansho journal carry out --from %lld で書き出してください。"),
				   T_ARG(part->origin), (long long)size, (long long)size);
	}
	if (answer->status == 422)
		return text_format(into, say("「%.*s」が、この証人の見たものの続きではありません。書き換えられたおそれがあります。"),
				   T_ARG(part->origin));
	return text_format(into, "%.*s: %d %.*s", T_ARG(part->origin), answer->status,
			   T_ARG(text_trim(answer->body)));
}

static void
answer_part(struct witness *witness, struct arena *into, struct carry_part *part,
	    struct witness_carried *carried)
{
	struct witness_answer answer;
	carried->asked++;
	if (part->kind == CARRY_KEY)
		witness_add_key(witness, into, part->body, &answer);
	else
		witness_add_checkpoint(witness, into, part->body, &answer);
	carried->is_again = answer.status == 409 && ask_again(witness, into, part, &answer);
	carried->is_done = answer.status == 200;
	if (!carried->is_done && carried->words.len == 0)
		carried->words = why_refused(into, part, &answer);
	part->status = answer.status;
	part->body = answer.body;
}

struct error *
witness_carry(struct witness *witness, struct arena *into, struct text file, struct text *answer,
	      struct witness_carried *carried)
{
	struct carry carry;
	TRY(carry_read(into, file, &carry));
	if (carry.is_answer)
		return reject(NULL, "これは証人の返事のファイルです。団体の側で bansho journal carry in に渡してください。");
	TRY(check_witness(witness, carry.witness));
	*carried = (struct witness_carried){ .words = T("") };
	for (size_t at = 0; at < carry.count; at++)
		answer_part(witness, into, &carry.parts[at], carried);
	carry.is_answer = true;
	*answer = carry_write(into, &carry);
	return OK;
}
