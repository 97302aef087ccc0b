/* Who a campaign asks: persons, sections, systems, as they are on the day it is opened. */
#include "check/rooms.h"

struct asking {
	struct act *act;
	struct campaign_id id;
	const struct check_units_within_row *within; /* in order of unit */
	size_t within_count;			     /* 0: the whole body */
	int64_t asked;
};

/* Persons with their unit, or units alone: gathered first, for nothing is written while a query runs. */
struct pairs {
	struct arena *arena;
	struct pair {
		int64_t of, is;
	} *list;
	size_t count, room;
};

static struct error *
pair_add(struct pairs *pairs, int64_t of, int64_t is)
{
	if (pairs->count == pairs->room) {
		struct pair *more;
		pairs->room = pairs->room == 0 ? 256 : pairs->room * 2;
		more = ARENA_ARRAY(pairs->arena, struct pair, pairs->room);
		for (size_t at = 0; at < pairs->count; at++)
			more[at] = pairs->list[at];
		pairs->list = more;
	}
	pairs->list[pairs->count++] = (struct pair){ of, is };
	return OK;
}

static bool
is_within(const struct asking *asking, int64_t unit)
{
	size_t low = 0, high = asking->within_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (asking->within[middle].unit < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return asking->within_count == 0 ||
	       (low < asking->within_count && asking->within[low].unit == unit);
}

static struct error *
ask_one(struct asking *asking, int64_t person, int64_t unit, int64_t row)
{
	int64_t no;
	if (!is_within(asking, unit))
		return OK;
	TRY(act_number(asking->act, T("check-sheet"), &no));
	asking->asked++;
	return check_sheet_add(asking->act, &(struct check_sheet_add_in){ no, asking->id.no, person,
									  unit, row });
}

static struct error *
gather_person(void *with, const struct check_serving_row *row)
{
	struct pairs *pairs = with;
	/* Who holds several posts is asked once, in the unit of the main one. */
	if (pairs->count != 0 && pairs->list[pairs->count - 1].of == row->person)
		return OK;
	return pair_add(pairs, row->person, row->unit);
}

static struct error *
gather_head(void *with, const struct check_heads_row *row)
{
	return pair_add(with, 0, row->unit);
}

static struct error *
ask_gathered(struct asking *asking, const struct pairs *pairs)
{
	for (size_t at = 0; at < pairs->count; at++)
		TRY(ask_one(asking, pairs->list[at].of, pairs->list[at].is, 0));
	return OK;
}

static struct error *
ask_systems(struct asking *asking, const struct pack_checklist *checklist)
{
	struct check_rows_row *rows;
	size_t count;
	TRY(check_rows(&asking->act->look,
		       &(struct check_rows_in){ checklist->ledger->code, ROWS_MOST }, &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(ask_one(asking, 0, rows[at].owner, rows[at].id));
	return OK;
}

struct error *
ask_all(struct act *act, const struct pack_checklist *checklist, struct campaign_id id,
	int64_t *asked)
{
	struct look *look = &act->look;
	const int64_t today = moment_day(look->now).no;
	struct asking asking = { .act = act, .id = id };
	struct pairs pairs = { .arena = look->arena };
	struct check_units_within_row *within;
	TRY(check_units_within(look, &(struct check_units_within_in){ id.no, UNITS_MOST }, &within,
			       &asking.within_count));
	asking.within = within;
	switch (checklist->of) {
	case CHECKLIST_PERSON:
		TRY(check_serving(look, &(struct check_serving_in){ today }, gather_person, &pairs));
		TRY(ask_gathered(&asking, &pairs));
		break;
	case CHECKLIST_SECTION:
		TRY(check_heads(look, &(struct check_heads_in){ checklist->by->code, today },
				gather_head, &pairs));
		TRY(ask_gathered(&asking, &pairs));
		break;
	case CHECKLIST_SYSTEM:
		TRY(ask_systems(&asking, checklist));
		break;
	}
	*asked = asking.asked;
	return OK;
}
