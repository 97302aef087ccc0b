/* Exceptions in force, wherever the rule they bend is shown. */
#include "pages/bent.h"

#include "pages/dossier_parts.h"

struct url
exception_url(struct visit *visit, struct permit_id permit)
{
	return url_of_number(visit->arena, "/exceptions/{}", permit.no);
}

/* Of the day's, those still in force: what was closed this morning bends nothing any more. */
static struct error *
bends_now(struct look *look, struct visit *visit, const struct pack_clause *clause,
	  struct flow_bend **list, size_t *count)
{
	const struct flow *flow = visit->office->flow;
	struct flow_bend *found;
	size_t got;
	TRY(flow_bends(look, flow, clause, visit->today, &found, &got));
	*list = found;
	*count = 0;
	for (size_t at = 0; at < got; at++) {
		struct flow_exception one;
		TRY(flow_exception_read(look, flow, found[at].permit, &one));
		if (one.state == EXCEPTION_LIVING)
			found[(*count)++] = found[at];
	}
	return OK;
}

struct error *
bent_make(struct look *look, struct visit *visit, const struct pack_clause *clause,
	  struct bent_part **made)
{
	struct flow_bend *list;
	size_t count;
	TRY(bends_now(look, visit, clause, &list, &count));
	*made = NULL;
	if (count == 0)
		return OK;
	struct bent_part *part = ARENA_NEW(visit->arena, struct bent_part);
	part->may_look = visit_may(visit, RIGHT_MAP_READ);
	part->all = url_query(visit->arena, url_path(visit->arena, "/exceptions"), "clause", clause->id);
	part->bends = ARENA_ARRAY(visit->arena, struct bent_bends, count);
	part->bends_count = count;
	for (size_t at = 0; at < count; at++)
		part->bends[at] = (struct bent_bends){
			.number = list[at].number,
			.href = exception_url(visit, list[at].permit),
			.until = list[at].until,
			.measure = part->may_look ? list[at].measure : T(""),
			.is_emergency = list[at].is_emergency,
			.is_default_end = list[at].is_default_end,
		};
	*made = part;
	return OK;
}

struct error *
bends_today(struct look *look, struct visit *visit, struct bends *bends)
{
	return bends_now(look, visit, NULL, &bends->list, &bends->count);
}

static bool
is_within(const struct pack_clause *duty, const struct pack_clause *clause)
{
	for (; duty != NULL; duty = duty->parent)
		if (duty == clause)
			return true;
	return false;
}

bool
bends_of(struct visit *visit, const struct bends *bends, const struct pack_clause *clause,
	 struct text *badge, struct url *href)
{
	struct day until = { INT64_MIN };
	for (size_t at = 0; at < bends->count; at++) {
		const struct flow_bend *one = &bends->list[at];
		if (one->until.no > until.no &&
		    is_within(pack_clause(visit->office->pack, one->clause), clause))
			until = one->until;
	}
	if (day_is_none(until))
		return false;
	*badge = text_format(visit->arena, say("例外中(%.*sまで)"),
			     T_ARG(day_wareki(visit->arena, until)));
	*href = visit_may(visit, RIGHT_MAP_READ)
			? url_query(visit->arena, url_path(visit->arena, "/exceptions"), "clause",
				    clause->id)
			: clause_url(visit, clause);
	return true;
}
