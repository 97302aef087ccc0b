/* What is away and how things were away: loans of this room and outings of permits as one list. */
#include "inventory/rooms.h"

#include <stdlib.h>

static enum thing_state
kind_of(struct text kind)
{
	return text_is(kind, "repair") ? THING_REPAIR : THING_LENT;
}

static struct error *
fill_loans(struct look *look, const struct flow *flow, int64_t person, struct inventory_loan **list,
	   size_t *count)
{
	struct inventory_loans_open_row *rows;
	TRY(inventory_loans_open(look, &(struct inventory_loans_open_in){ person, INVENTORY_MOST_LISTED },
				 &rows, count));
	*list = ARENA_ARRAY(look->arena, struct inventory_loan, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct inventory_loan){
			.id = rows[at].id,
			.thing = { rows[at].thing },
			.title = rows[at].title,
			.code = inventory_code_shown(look->arena, (struct row_id){ rows[at].thing }),
			.ledger = ledger_place(look->arena, flow->pack, rows[at].ledger, rows[at].number),
			.unit = { rows[at].owner },
			.unit_name = rows[at].unit_name,
			.kind = kind_of(rows[at].kind),
			.person = { rows[at].person },
			.person_name = rows[at].person_name,
			.firm = rows[at].firm,
			.words = rows[at].words,
			.storage = rows[at].storage,
			.storage_words = rows[at].storage_words,
			.at = { rows[at].at },
			.due = { rows[at].due },
			.is_overdue = rows[at].due < look->now.ms,
		};
	return OK;
}

static struct error *
fill_outings(struct look *look, const struct flow *flow, int64_t person, struct inventory_loan **list,
	     size_t *count)
{
	struct inventory_outings_open_row *rows;
	TRY(inventory_outings_open(look,
				   &(struct inventory_outings_open_in){ person, INVENTORY_MOST_LISTED },
				   &rows, count));
	*list = ARENA_ARRAY(look->arena, struct inventory_loan, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct inventory_loan){
			.outing = rows[at].id,
			.thing = { rows[at].thing },
			.title = rows[at].title,
			.code = inventory_code_shown(look->arena, (struct row_id){ rows[at].thing }),
			.ledger = ledger_place(look->arena, flow->pack, rows[at].ledger, rows[at].number),
			.unit = { rows[at].owner },
			.unit_name = rows[at].unit_name,
			.kind = THING_OUT,
			.person = { rows[at].holder },
			.person_name = rows[at].person_name,
			.permit = { rows[at].permit },
			.permit_number = rows[at].permit_number,
			.at = { rows[at].at },
			.due = { rows[at].due },
			.is_overdue = rows[at].due != 0 && rows[at].due < look->now.ms,
		};
	return OK;
}

static int
due_order(const void *left, const void *right)
{
	const struct inventory_loan *a = left, *b = right;
	if (a->due.ms != b->due.ms)
		return a->due.ms < b->due.ms ? -1 : 1;
	return a->thing.no < b->thing.no ? -1 : a->thing.no > b->thing.no;
}

struct error *
inventory_away(struct look *look, const struct flow *flow, const struct inventory_query *query,
	       struct inventory_loan **list, size_t *count)
{
	struct inventory_loan *parts[2], *all;
	size_t counts[2];
	TRY(fill_loans(look, flow, query->person.no, &parts[0], &counts[0]));
	TRY(fill_outings(look, flow, query->person.no, &parts[1], &counts[1]));
	all = ARENA_ARRAY(look->arena, struct inventory_loan, counts[0] + counts[1] + 1);
	*count = 0;
	for (int part = 0; part < 2; part++)
		for (size_t at = 0; at < counts[part]; at++) {
			const struct inventory_loan *one = &parts[part][at];
			if ((query->is_overdue_only && !one->is_overdue) ||
			    (query->within != NULL &&
			     !reach_has_unit(look, query->within, query->within_count, one->unit)))
				continue;
			all[(*count)++] = *one;
		}
	if (*count > 1)
		qsort(all, *count, sizeof *all, due_order);
	if (*count > INVENTORY_MOST_LISTED)
		*count = INVENTORY_MOST_LISTED;
	*list = all;
	return OK;
}

static int
newest_first(const void *left, const void *right)
{
	const struct inventory_loan *a = left, *b = right;
	if (a->at.ms != b->at.ms)
		return a->at.ms > b->at.ms ? -1 : 1;
	return 0;
}

struct error *
inventory_history(struct look *look, const struct flow *flow, struct row_id id, size_t most,
		  struct inventory_loan **list, size_t *count)
{
	struct inventory_loans_of_row *loans;
	struct inventory_outings_of_row *outings;
	size_t loans_count, outings_count;
	(void)flow;
	TRY(inventory_loans_of(look, &(struct inventory_loans_of_in){ id.no, (int64_t)most }, &loans,
			       &loans_count)); /* at most a page */
	TRY(inventory_outings_of(look, &(struct inventory_outings_of_in){ id.no, (int64_t)most }, &outings,
				 &outings_count));
	*list = ARENA_ARRAY(look->arena, struct inventory_loan, loans_count + outings_count + 1);
	*count = 0;
	for (size_t at = 0; at < loans_count; at++)
		(*list)[(*count)++] = (struct inventory_loan){
			.id = loans[at].id, .thing = id, .kind = kind_of(loans[at].kind),
			.person = { loans[at].person }, .person_name = loans[at].person_name,
			.firm = loans[at].firm, .words = loans[at].words, .storage = loans[at].storage,
			.storage_words = loans[at].storage_words, .at = { loans[at].at },
			.due = { loans[at].due }, .back = { loans[at].back },
			.is_overdue = loans[at].back == 0 && loans[at].due < look->now.ms,
		};
	for (size_t at = 0; at < outings_count; at++)
		(*list)[(*count)++] = (struct inventory_loan){
			.outing = outings[at].id, .thing = id, .kind = THING_OUT,
			.person = { outings[at].holder }, .person_name = outings[at].person_name,
			.permit = { outings[at].permit }, .permit_number = outings[at].number,
			.at = { outings[at].at }, .due = { outings[at].due }, .back = { outings[at].back },
			.is_overdue = outings[at].back == 0 && outings[at].due != 0 &&
				      outings[at].due < look->now.ms,
		};
	if (*count > 1)
		qsort(*list, *count, sizeof **list, newest_first);
	if (*count > most)
		*count = most;
	return OK;
}
