/*
 * Before the start: an old backup put back, or a journal cut or rewritten, is noticed here, before
 * one entry is added to it. Nobody inside the house can answer this for sure; a witness can.
 */
#include "cli/outward.h"
#include "cli/witness_round.h"

#include "base/file.h"
#include "base/log.h"

enum { FLOORS_MOST = 64 };

struct asking {
	struct body *body;
	struct arena *arena;
	struct look *look;
	struct witness_verdict *verdict;
};

static void
warn(struct asking *asking, struct text words)
{
	struct witness_verdict *verdict = asking->verdict;
	verdict->warning = verdict->warning.len == 0
				   ? words
				   : text_format(asking->arena, "%.*s\n%.*s",
						 T_ARG(verdict->warning), T_ARG(words));
}

/* Another log of this body that the store does not have: of a year it has not come to yet. */
static bool
is_later_log(struct asking *asking, struct text origin)
{
	const struct text family =
		text_format(asking->arena, "%.*s.bansho/journal", T_ARG(asking->body->code));
	return text_starts(origin, family) &&
	       (origin.len == family.len || origin.data[family.len] == '/');
}

static const char *
what_next(void)
{
	return say("次にすること: 新しい控えがあれば、それを bansho restore で別の場所に戻し、その場所で始めてください。ないときや心当たりのないときは、データの場所に触れずに、統括情報セキュリティ責任者とCSIRTに知らせてください。承知のうえで始めるときは bansho run --despite-witness です（記録簿はこの証人の証言を二度と得られません）。");
}

static struct error *
judge(struct asking *asking, const struct head *head, struct text who)
{
	enum journal_age age;
	int64_t ours;
	struct text words = T("");
	if (asking->verdict->refusal.len != 0)
		return OK;
	TRY(journal_compare(asking->look, head, &age, &ours));
	if (age == AGE_OTHER && is_later_log(asking, head->origin))
		age = AGE_OLDER;
	if (age == AGE_OLDER)
		words = text_format(asking->arena,
				    say("%.*s は記録簿「%.*s」を %lld 件まで知っていますが、ここには %lld 件しかありません。古い控えに戻されたか、末尾が切り取られています。"),
				    T_ARG(who), T_ARG(head->origin), (long long)head->size,
				    (long long)ours);
	else if (age == AGE_FORKED)
		words = text_format(asking->arena,
				    say("%.*s の知る記録簿「%.*s」（%lld 件）と、ここの記録簿の中身が違います。書き換えられたか、古い控えから別の続きが作られています。"),
				    T_ARG(who), T_ARG(head->origin), (long long)head->size);
	if (words.len != 0)
		asking->verdict->refusal =
			text_format(asking->arena, "%.*s\n%s", T_ARG(words), what_next());
	return OK;
}

static struct error *
ask_sealer(struct asking *asking)
{
	struct text note;
	struct head head;
	bool found;
	/* It may be closed to us: then the sealer itself will refuse to sign. */
	if (sealed_note(asking->arena, asking->body->data, asking->body->code, &found, &note) !=
		    OK ||
	    !found || note_read(asking->arena, note, &head) != OK)
		return OK;
	return judge(asking, &head, text_of(say("署名のプログラム")));
}

/* ---- Beside the store ---- */

static const char *
floor_folder(struct body *body, struct arena *arena)
{
	return path_join(arena, body->folder, "witness");
}

struct error *
floor_write(struct body *body, struct arena *scratch, const struct note_key *witness,
	    struct text note)
{
	const struct text id = journal_witness_id(scratch, witness);
	const struct hash name = hash_of(id); /* a witness's name may hold a '/' */
	const char *folder = floor_folder(body, scratch);
	TRY(folder_make(folder));
	return file_replace(path_join(scratch, folder, text_z(scratch, hash_hex(scratch, &name))),
			    note, 0600);
}

static struct error *
ask_floor(struct asking *asking, const struct journal_witness *witness)
{
	struct arena *arena = asking->arena;
	const struct hash name = hash_of(journal_witness_id(arena, &witness->key));
	const char *path = path_join(arena, floor_folder(asking->body, arena),
				     text_z(arena, hash_hex(arena, &name)));
	struct text note;
	struct head head;
	int64_t seconds;
	if (!file_exists(path))
		return OK;
	TRY(file_read(arena, path, NOTE_MOST, &note));
	if (cosign_check(arena, note, &witness->key, &seconds) != NOTE_HOLDS ||
	    note_read(arena, note, &head) != OK) {
		warn(asking, text_format(arena, say("証言の控え「%s」が壊れています。"), path));
		return OK;
	}
	return judge(asking, &head,
		     text_format(arena, say("証人 %.*s の証言の控え"), T_ARG(witness->key.name)));
}

/* ---- Over the network ---- */

static void
warn_silent(struct asking *asking, const struct journal_witness *witness, struct text why)
{
	warn(asking, text_format(asking->arena, say("証人 %.*s に確かめられませんでした（%.*s）。"),
				 T_ARG(witness->key.name), T_ARG(why)));
}

/* *is_known false: it knows no such log. */
static struct error *
ask_about(struct asking *asking, const struct journal_witness *witness, struct text origin,
	  bool *is_known)
{
	struct arena *arena = asking->arena;
	struct reply reply;
	struct head head;
	int64_t seconds;
	const struct outward call = { .url = text_format(arena, "%.*s/%.*s/checkpoint",
							 T_ARG(witness->url),
							 T_ARG(ask_place(arena, origin))),
				      .ca = witness->ca };
	*is_known = true;
	outward_call(arena, &call, &reply);
	if (!reply.is_reached || (reply.status != 200 && reply.status != 404)) {
		warn_silent(asking, witness,
			    reply.is_reached ? text_format(arena, "HTTP %ld", reply.status)
					     : reply.why);
		return OK;
	}
	*is_known = reply.status == 200;
	if (!*is_known)
		return OK;
	const struct text note = text_copy(arena, reply.body);
	if (note_read_any(arena, note, &head) != OK || !text_same(head.origin, origin) ||
	    cosign_check(arena, note, &witness->key, &seconds) != NOTE_HOLDS) {
		warn_silent(asking, witness, text_of(say("その証人の署名がありません")));
		return OK;
	}
	return judge(asking, &head,
		     text_format(arena, say("証人 %.*s"), T_ARG(witness->key.name)));
}

static struct error *
ask_witness(struct asking *asking, const struct journal_witness *witness)
{
	struct text *origins;
	size_t count;
	bool is_known = false;
	TRY(ask_floor(asking, witness));
	if (witness->url.len == 0)
		return OK;
	TRY(journal_origins(asking->look, &origins, &count));
	while (count-- > 0 && !is_known)
		TRY(ask_about(asking, witness, origins[count], &is_known));
	if (!is_known)
		warn_silent(asking, witness, text_of(say("この記録簿をまだ知りません")));
	return OK;
}

struct error *
witness_ask_start(struct body *body, struct arena *into, struct witness_verdict *verdict)
{
	LOOK_SCOPED look = { 0 };
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	size_t count;
	struct asking asking = { body, into, &look, verdict };
	*verdict = (struct witness_verdict){ T(""), T("") };
	TRY(look_begin(body->store, into, &look));
	TRY(ask_sealer(&asking));
	TRY(journal_witnesses(&look, list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(ask_witness(&asking, &list[at]));
	if (count == 0)
		warn(&asking, text_of(say("証人がいません。記録簿を丸ごと古い状態に戻されても、この機械だけでは分かりません（docs/journal.md）。")));
	return OK;
}
