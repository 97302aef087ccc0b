/* Requests and answers as files, for a zone without network. */
#include "cli/journal_rooms.h"

#include "base/file.h"

static struct error *
choose_witness(struct call *call, const struct journal_witness *list, size_t count,
	       const struct journal_witness **chosen)
{
	const struct text name = call_text(call, "witness");
	if (count == 0)
		return missing("証人がいません。bansho journal witness add で加えてください。");
	if (name.data == NULL && count > 1)
		return reject("--witness", "証人が%zu人います。--witness でどの証人あてかを指定してください。", count);
	for (size_t at = 0; at < count; at++)
		if (name.data == NULL || text_same(list[at].key.name, name)) {
			*chosen = &list[at];
			return OK;
		}
	return missing("「%.*s」という証人はいません。bansho journal witness list で確かめてください。",
		       T_ARG(name));
}

/* From what we remember of the witness's answers, or as the operator says. */
static struct error *
where_it_stands(struct call *call, struct look *look, const struct journal_witness *witness,
		struct journal_standing *standing)
{
	struct journal_cosigned cosigned;
	TRY(journal_cosigned(look, &witness->key, &cosigned));
	*standing = (struct journal_standing){ .origin = cosigned.origin, .size = cosigned.size };
	if (!cosigned.is_any)
		standing->vkey = witness->told;
	return call_number(call, "from", 0, (int64_t)1 << 46, standing->size, &standing->size);
}

static struct error *
write_request(struct call *call, struct look *look, const struct journal_witness *witness)
{
	struct journal_standing standing;
	struct carry carry = { .witness = witness->vkey };
	TRY(where_it_stands(call, look, witness, &standing));
	TRY(journal_requests(look, &standing, &carry.parts, &carry.count));
	if (carry.count == 0)
		return conflict("まだ検証点がありません。署名されるまで待ってから、もう一度書き出してください。");
	const struct text file = carry_write(call->arena, &carry);
	if (!text_ends(file, T("end\n")))
		return conflict("証人に渡すものが多すぎます（%d件まで）。", CARRY_PARTS_MOST);
	TRY(file_replace(text_z(call->arena, call->words[2]), file, 0644));
	const struct carry_part *last = &carry.parts[carry.count - 1];
	print(say("証人「%.*s」あてに、%lld件から%lld件までの依頼を書き出しました。証人の側で bansho-witness carry に渡し、返事のファイルを bansho journal carry in に渡してください。\n"),
	      T_ARG(witness->key.name), (long long)standing.size, (long long)last->size);
	return OK;
}

struct error *
journal_carry_out(struct call *call, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	const struct journal_witness *witness;
	size_t count;
	seal_if_possible(body);
	TRY(read_chosen_witnesses(body, list, &count));
	TRY(choose_witness(call, list, count, &witness));
	TRY(look_begin(body->store, call->arena, &look));
	return write_request(call, &look, witness);
}

/* ---- The answer ---- */

struct taking {
	const struct journal_witness *witness;
	int64_t kept, known;
	struct text words; /* of the last refusal */
};

static struct error *
is_known(struct body *body, const struct journal_witness *witness, const struct carry_part *part,
	 bool *known)
{
	LOOK_SCOPED look = { 0 };
	struct journal_cosigned cosigned;
	TRY(look_begin(body->store, body->arena, &look));
	TRY(journal_cosigned(&look, &witness->key, &cosigned));
	*known = cosigned.is_any && text_same(cosigned.origin, part->origin) &&
		 cosigned.size >= part->size && text_has(cosigned.note, part->body);
	return OK;
}

static struct error *
take_part(struct body *body, struct taking *taking, const struct carry_part *part)
{
	struct journal_cosignature given = { .witness = taking->witness->key,
					     .origin = part->origin,
					     .size = part->size,
					     .lines = part->body };
	bool known;
	if (part->status != 200) {
		taking->words = text_format(body->arena, "%.*s: %lld %.*s", T_ARG(part->origin),
					    (long long)part->status,
					    T_ARG(text_trim(text_first(part->body, 300))));
		return OK;
	}
	taking->words = T("");
	if (part->kind == CARRY_KEY && !text_starts(part->body, T("— ")))
		return OK;
	TRY(is_known(body, taking->witness, part, &known));
	if (known) {
		taking->known++;
		return OK;
	}
	TRY(call_act(body, journal_cosignature_keep, &given));
	TRY(floor_write(body, body->arena, &given.witness, given.note));
	taking->kept++;
	return OK;
}

static struct error *
find_witness(const struct journal_witness *list, size_t count, struct text vkey,
	     const struct journal_witness **witness)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(list[at].vkey, vkey)) {
			*witness = &list[at];
			return OK;
		}
	return reject(NULL, "この返事は、この団体の証人のものではありません（%.*s）。", T_ARG(vkey));
}

static struct error *
say_taken(struct call *call, const struct taking *taking)
{
	if (taking->words.len != 0) {
		call->status = EXIT_FOUND;
		print(say("証人は最後の依頼を断っています（%.*s）。証人の側に表示された理由を確かめてください。\n"),
		      T_ARG(taking->words));
	}
	if (taking->kept != 0)
		print(say("証言を%lld個受け取りました。\n"), (long long)taking->kept);
	else if (taking->known != 0)
		print("%s\n", say("このファイルの証言は、すでに受け取っています。"));
	return OK;
}

struct error *
journal_carry_in(struct call *call, struct body *body)
{
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	struct taking taking = { .words = T("") };
	struct carry carry;
	struct text file;
	size_t count;
	TRY(file_read(call->arena, text_z(call->arena, call->words[2]), CARRY_MOST, &file));
	TRY(carry_read(call->arena, file, &carry));
	if (!carry.is_answer)
		return reject(NULL, "これは証人への依頼のファイルです。証人の側で bansho-witness carry に渡してください。");
	TRY(read_chosen_witnesses(body, list, &count));
	TRY(find_witness(list, count, carry.witness, &taking.witness));
	for (size_t at = 0; at < carry.count; at++)
		TRY(take_part(body, &taking, &carry.parts[at]));
	return say_taken(call, &taking);
}
