/* All ledgers of the policy on one page. */
#include "pages/ledger_pages.h"

static struct error *
count_rows(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	   struct ledgers_rows *row)
{
	struct listing listing;
	struct ledger_page page;
	TRY(listing_read(look, visit, ledger, ledger_url(visit, ledger), &listing));
	TRY(ledger_list(look, visit->office->pack, ledger, &listing.query, 1, &page));
	row->total = page.total;
	row->has_confirm = ledger->confirm != NULL;
	if (!row->has_confirm)
		return OK;
	row->stale_href = url_query(visit->arena, ledger_url(visit, ledger), "unconfirmed", T("1"));
	listing.query.is_unconfirmed = true;
	TRY(ledger_list(look, visit->office->pack, ledger, &listing.query, 1, &page));
	row->stale = page.total;
	return OK;
}

static void
fill_clauses(struct visit *visit, const struct pack_ledger *ledger, struct ledgers_rows *row)
{
	row->clauses = ARENA_ARRAY(visit->arena, struct ledgers_rows_clauses,
				   ledger->clauses_count + 1);
	for (size_t at = 0; at < ledger->clauses_count; at++) {
		const struct pack_clause *clause = ledger->clauses[at];
		row->clauses[row->clauses_count++] = (struct ledgers_rows_clauses){
			.number = clause->number,
			.is_linked = clause->is_duty && visit_may(visit, RIGHT_MAP_READ),
			.href = url_of(visit->arena, "/clauses/{}", clause->id),
		};
	}
}

static struct error *
ledgers_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct ledgers_page page = {
		.frame = visit_frame(visit, text_of(say("台帳")), "ledger"),
		.has_things = pack->inventory != NULL,
		.has_rooms = pack->entrance != NULL,
		.rows = ARENA_ARRAY(visit->arena, struct ledgers_rows, pack->ledgers_count + 1),
	};
	for (size_t at = 0; at < pack->ledgers_count; at++) {
		const struct pack_ledger *ledger = &pack->ledgers[at];
		struct ledgers_rows *row = &page.rows[page.rows_count++];
		*row = (struct ledgers_rows){
			.name = words_now(ledger->name),
			.href = ledger_url(visit, ledger),
			.form = ledger->form != NULL ? words_now(ledger->form->label) : T(""),
		};
		fill_clauses(visit, ledger, row);
		TRY(count_rows(look, visit, ledger, row));
	}
	return visit_draw(visit, ledgers_page, &page);
}

PAGE_ROWS(ledgers,
	  { { METHOD_GET, "/ledger" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = ledgers_draw });
