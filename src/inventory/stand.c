/* How it stands as a whole, for evidence; and what waits for one person. */
#include "inventory/rooms.h"

static struct error *
stand_out(struct look *look, struct inventory_stand *stand)
{
	struct inventory_count_loans_row loans;
	struct inventory_count_outings_row outings;
	TRY(inventory_count_loans(look, &(struct inventory_count_loans_in){ look->now.ms }, &loans));
	TRY(inventory_count_outings(look, &(struct inventory_count_outings_in){ look->now.ms }, &outings));
	stand->loans = loans.loans;
	stand->repairs = loans.repairs;
	stand->unsafe = loans.unsafe;
	stand->outings = outings.outings;
	stand->away = loans.away + outings.away;
	stand->overdue = loans.overdue + outings.overdue;
	return OK;
}

static struct error *
stand_stock(struct look *look, const struct flow *flow, struct moment since,
	    struct inventory_stand *stand)
{
	const struct day from = moment_day(since);
	struct inventory_last_closed_row last;
	struct inventory_unit *units;
	size_t count;
	TRY(inventory_last_closed(look, &last));
	stand->running = last.running;
	if (last.closed != 0)
		stand->last = moment_day((struct moment){ last.closed });
	TRY(inventory_units(look, flow, &units, &count));
	stand->units = (int64_t)count; /* at most OWNERS_MOST */
	for (size_t at = 0; at < count; at++) {
		stand->taken += !day_is_none(units[at].last) && units[at].last.no >= from.no;
		stand->untaken += day_is_none(units[at].last);
	}
	return OK;
}

static struct error *
stand_left(struct look *look, struct inventory_stand *stand)
{
	enum { YEAR = 366 };
	const struct day today = moment_day(look->now);
	struct inventory_count_left_row row;
	TRY(inventory_count_left(look, &(struct inventory_count_left_in){ today.no, today.no - YEAR }, &row));
	stand->left = row.people;
	stand->held = row.loans + row.outings;
	return OK;
}

static struct error *
stand_ended(struct look *look, const struct flow *flow, struct inventory_stand *stand)
{
	const struct pack_inventory *rules = flow->pack->inventory;
	for (size_t at = 0; at < rules->things_count; at++) {
		struct inventory_count_ended_row row;
		TRY(inventory_count_ended(look,
					  &(struct inventory_count_ended_in){ rules->things[at].ledger->code },
					  &row));
		stand->ended += row.ended;
		stand->unpermitted += row.unpermitted;
	}
	return OK;
}

static struct error *
stand_software(struct look *look, const struct flow *flow, struct inventory_stand *stand)
{
	struct inventory_software *list;
	size_t count;
	TRY(inventory_software(look, flow, NULL, 0, &list, &count));
	stand->software = (int64_t)count; /* at most INVENTORY_MOST_LISTED */
	for (size_t at = 0; at < count; at++) {
		stand->dated += !day_is_none(list[at].until);
		stand->past += list[at].has_ended;
		stand->ending += list[at].is_ending;
		stand->over += list[at].is_over;
	}
	return OK;
}

struct error *
inventory_stand(struct look *look, const struct flow *flow, enum evidence_keeps keeps,
		struct moment since, struct inventory_stand *stand)
{
	struct inventory_gone_list_row *gone;
	struct inventory_last_closed_row last;
	size_t count;
	*stand = (struct inventory_stand){ .last = DAY_NONE };
	switch (keeps) {
	case KEEPS_OUT:
	case KEEPS_REPAIR:
		return stand_out(look, stand);
	case KEEPS_STOCK:
		return stand_stock(look, flow, since, stand);
	case KEEPS_MISSING:
		TRY(inventory_last_closed(look, &last));
		if (last.closed != 0)
			stand->last = moment_day((struct moment){ last.closed });
		TRY(inventory_gone_list(look, &(struct inventory_gone_list_in){ INVENTORY_MOST_LISTED },
					&gone, &count));
		stand->gone = (int64_t)count; /* at most INVENTORY_MOST_LISTED */
		return OK;
	case KEEPS_LEFT:
		return stand_left(look, stand);
	case KEEPS_ENDED:
		return stand_ended(look, flow, stand);
	case KEEPS_SUPPORT:
	case KEEPS_LICENCES:
		return stand_software(look, flow, stand);
	case KEEPS_COUNT:
		break;
	}
	return OK;
}

struct error *
inventory_mine(struct look *look, const struct flow *flow, struct person_id person,
	       struct inventory_mine *mine)
{
	enum { RUNNING_MOST = 500 };
	struct inventory_takes_running_row *rows;
	struct inventory_may may;
	size_t count;
	bool knows;
	*mine = (struct inventory_mine){ 0 };
	TRY(store_has_step(look, T("inventory"), 1, &knows));
	if (!knows || flow->pack->inventory == NULL)
		return OK;
	TRY(inventory_away(look, flow, &(struct inventory_query){ .person = person }, &mine->held,
			   &mine->held_count));
	TRY(inventory_takes_running(look, &(struct inventory_takes_running_in){ RUNNING_MOST }, &rows,
				    &count));
	mine->takes = ARENA_ARRAY(look->arena, struct inventory_take, count + 1);
	for (size_t at = 0; at < count; at++) {
		TRY(inventory_may(look, flow, (struct unit_id){ rows[at].unit }, person, &may));
		if (may.keep)
			TRY(inventory_take(look, flow, (struct take_id){ rows[at].id },
					   &mine->takes[mine->takes_count++]));
	}
	return OK;
}
