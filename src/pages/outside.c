/* 委託・物品: what goes outside, in one place, so that the menu stays short. */
#include "pages/contract_pages.h"

#include "reconcile/reconcile.h"

static struct error *
outside_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct contract_mine mine;
	TRY(contract_mine(look, pack, visit->session.person, &mine));
	struct outside_page page = {
		.frame = visit_frame(visit, text_of(say("委託・物品")), "outside"),
		.has_contracts = pack->contracts != NULL,
		.has_things = pack->inventory != NULL,
		.has_rooms = pack->entrance != NULL && visit_may(visit, RIGHT_LEDGER_READ),
		.has_sets = pack->reconciliations_count != 0 && visit->rights.at[RIGHT_LEDGER_READ].is_all,
		.consents = mine.consents,
		.past = mine.past,
		.demands = mine.demands,
		.is_late = mine.past + mine.demands != 0,
		.first = mine.first.no != 0 ? contract_url(visit, mine.first)
					    : url_path(visit->arena, "/contracts"),
	};
	if (page.has_sets) {
		struct reconcile_mine sets;
		TRY(reconcile_mine(look, pack, visit->session.person, &sets));
		page.reconciles = sets.to_run;
		page.differences = sets.open;
		page.differences_late = sets.late;
	}
	return visit_draw(visit, outside_page, &page);
}

PAGE_ROWS(outside, { { METHOD_GET, "/outside" }, RIGHT_SELF, PAGE_LOOK, .look = outside_draw });
