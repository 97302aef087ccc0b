/* What stands on いまの状況: things that are not back, stock-takes that run. */
#include "pages/now_pages.h"
#include "pages/thing_pages.h"

static void
put_away(struct now *now, const struct inventory_loan *one)
{
	struct visit *visit = now->visit;
	now_put(now, one->is_overdue ? NOW_RED : NOW_DO, (struct now_line){
		.kind = text_of(say("借りている物")),
		.all = one->is_overdue ? url_path(visit->arena, "/things?list=overdue")
				       : url_path(visit->arena, "/things"),
		.words = one->title,
		.why = now->scope == NOW_MINE	       ? text_of(say("戻して、ラベルを読み取ってください。"))
		       : one->person_name.len != 0 ? one->person_name
						   : one->firm,
		.due = moment_day(one->due),
		.href = thing_url(visit->arena, one->thing),
	});
}

static struct error *
things_of_mine(struct now *now)
{
	struct visit *visit = now->visit;
	struct inventory_mine mine;
	TRY(inventory_mine(now->look, visit->office->flow, visit->session.person, &mine));
	/* What is out under a permit stands among the outings already. */
	for (size_t at = 0; at < mine.held_count; at++)
		if (mine.held[at].outing == 0 && moment_day(mine.held[at].due).no <= visit->today.no + 1)
			put_away(now, &mine.held[at]);
	for (size_t at = 0; at < mine.takes_count; at++)
		now_put(now, mine.takes[at].due.no < visit->today.no ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("棚卸")),
			.all = url_path(visit->arena, "/stock"),
			.words = text_format(visit->arena, say("%.*sの棚卸を終える"), T_ARG(mine.takes[at].unit_name)),
			.why = text_format(visit->arena, say("%lld件のうち%lld件を確かめました。"),
					   (long long)mine.takes[at].expected,
					   (long long)mine.takes[at].of[ITEM_SEEN]),
			.due = mine.takes[at].due,
			.href = take_url(visit->arena, mine.takes[at].id),
		});
	return OK;
}

struct error *
now_things(struct now *now)
{
	struct visit *visit = now->visit;
	struct inventory_query query = { .within = now->units, .within_count = now->units_count,
					 .is_overdue_only = true };
	struct inventory_loan *list;
	size_t count;
	if (visit->office->pack->inventory == NULL || now->scope == NOW_SYSTEMS)
		return OK;
	if (now->scope == NOW_MINE)
		return things_of_mine(now);
	if (now->scope == NOW_BODY)
		query.within = NULL;
	TRY(inventory_away(now->look, visit->office->flow, &query, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].outing == 0)
			put_away(now, &list[at]);
	return OK;
}
