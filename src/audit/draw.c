/* Samples of the journal: drawn, and looked at. */
#include "audit/rooms.h"

static struct error *
entry_of(void *with, int64_t seq, struct sample_entry *entry)
{
	struct look *look = with;
	struct journal_entry read;
	TRY(journal_entry_read(look, seq, &read));
	*entry = (struct sample_entry){ read.act, read.at, read.leaf };
	return OK;
}

static struct error *
under_checkpoint(struct look *look, struct sample_asked *asked)
{
	struct journal_checkpoint checkpoint;
	bool found;
	TRY(journal_latest_checkpoint(look, &found, &checkpoint));
	if (!found)
		return conflict("署名された検証点がまだありません。少し待ってから、もう一度選んでください。");
	asked->origin = checkpoint.head.origin;
	asked->size = checkpoint.first + checkpoint.head.size;
	asked->root = checkpoint.head.root;
	return OK;
}

static struct error *
note_sample(struct act *act, struct audit_id id, const struct sample_asked *asked,
	    const struct sample *sample)
{
	struct arena *arena = act->look.arena;
	const struct text since = day_is_none(asked->since) ? T("-") : day_iso(arena, asked->since);
	const struct text until = day_is_none(asked->until) ? T("-") : day_iso(arena, asked->until);
	return act_note(act, &(struct fact){
				     .act = "audit.sample",
				     .about = { audit_about(arena, id) },
				     .pairs = { { "acts", asked->acts, 0 },
						{ "count", { 0 }, (int64_t)sample->count },
						{ "digest", hash_hex(arena, &sample->digest), 0 },
						{ "most", { 0 }, asked->most },
						{ "origin", asked->origin, 0 },
						{ "root", hash_hex(arena, &asked->root), 0 },
						{ "seed", asked->seed, 0 },
						{ "since", since, 0 },
						{ "size", { 0 }, asked->size },
						{ "until", until, 0 } },
			     });
}

static struct error *
keep_draw(struct act *act, struct audit_id id, const struct sample_asked *asked,
	  const struct sample *sample, int64_t draw)
{
	TRY(audit_draw_add(act, &(struct audit_draw_add_in){
					.id = draw,
					.audit = id.no,
					.seed = asked->seed,
					.most = asked->most,
					.acts = asked->acts,
					.since = day_is_none(asked->since) ? 0 : asked->since.no,
					.until = day_is_none(asked->until) ? 0 : asked->until.no,
					.origin = asked->origin,
					.size = asked->size,
					.root = hash_bytes(&asked->root),
					.digest = hash_bytes(&sample->digest),
					.person = act->actor.person,
					.now = act->look.now.ms,
				}));
	for (size_t at = 0; at < sample->count; at++) {
		int64_t drawn;
		TRY(act_number(act, T("audit-drawn"), &drawn));
		TRY(audit_drawn_add(act, &(struct audit_drawn_add_in){ drawn, draw, (int64_t)at + 1,
								       sample->list[at].seq }));
	}
	return OK;
}

struct error *
audit_sample(struct act *act, const struct pack *pack, struct audit_id id,
	     const struct sample_asked *asked, int64_t *draw)
{
	struct sample_asked whole = *asked;
	struct sample_source source = { &act->look, entry_of };
	struct sample sample;
	struct audit audit;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_BEGUN, &audit));
	TRY(must_audit(act, pack, id, NULL));
	TRY(sample_check(asked));
	TRY(under_checkpoint(&act->look, &whole));
	TRY(sample_draw(act->look.arena, &whole, &source, &sample));
	if (sample.count == 0)
		return reject("acts", "その行為と期間に合う記録が見つかりません。条件を広げてください。");
	TRY(act_number(act, T("audit-draw"), draw));
	TRY(keep_draw(act, id, &whole, &sample, *draw));
	return note_sample(act, id, &whole, &sample);
}

struct error *
audit_look(struct act *act, const struct pack *pack, struct audit_id id, int64_t draw, int64_t place,
	   enum drawn_result result, struct text words)
{
	struct audit_drawn_find_row row;
	struct audit audit;
	bool found;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_BEGUN, &audit));
	TRY(must_audit(act, pack, id, NULL));
	if (result == DRAWN_NONE)
		return reject("result", "見た結果を選んでください。");
	TRY(must_say("words", words, AUDIT_MOST_WORDS,
			result == DRAWN_DOUBT ? say("何が疑問かを書いてください。") : NULL));
	TRY(audit_drawn_find(&act->look, &(struct audit_drawn_find_in){ id.no, draw, place }, &found, &row));
	if (!found)
		return missing("その記録は、この標本にありません。");
	TRY(audit_drawn_set(act, &(struct audit_drawn_set_in){ row.id, text_of(drawn_result_name(result)),
							       words, act->actor.person,
							       act->look.now.ms }));
	return act_note(act, &(struct fact){
				     .act = "audit.look",
				     .about = { audit_about(act->look.arena, id) },
				     .pairs = { { "entry", { 0 }, row.seq },
						{ "result", text_of(drawn_result_name(result)), 0 } },
			     });
}
