/* Sources that room flow knows: permits, what went out, items by serial. */
#include "reconcile/rooms.h"

#include "flow/every.h"

static struct error *
take_permit(void *with, const struct flow_every_permit *permit)
{
	struct filling *filling = with;
	struct arena *arena = filling->look->arena;
	const struct ledger_value own[] = {
		named_text("permit-number", permit->number),
		named_text("holder", permit->holder),
		named_text("holder-number", permit->holder_number),
		named_text("permit-unit", permit->unit_name),
		named_day(arena, "valid-from", permit->from.no),
		named_day(arena, "valid-until", permit->until.no),
		named_yes("in-force", permit->is_in_force),
		named_yes("is-withdrawn", permit->is_withdrawn),
	};
	const size_t own_count = sizeof own / sizeof *own;
	struct ledger_value *all =
		ARENA_ARRAY(arena, struct ledger_value, own_count + permit->answers_count);
	for (size_t at = 0; at < own_count; at++)
		all[at] = own[at];
	for (size_t at = 0; at < permit->answers_count; at++)
		all[own_count + at] = permit->answers[at];
	return filling_add(filling, all, own_count + permit->answers_count);
}

struct error *
source_permits(struct filling *filling)
{
	return flow_every_permit(filling->look, filling->side->occasion, take_permit, filling);
}

static struct error *
take_any_permit(void *with, const struct reconcile_permits_row *row)
{
	struct filling *filling = with;
	struct arena *arena = filling->look->arena;
	const struct pack_occasion *occasion = pack_occasion(filling->flow->pack, row->occasion);
	const struct ledger_value values[] = {
		named_text("permit-number", row->number),
		/* In one language, whoever runs it: the digest of the set depends on it. */
		named_text("occasion", occasion != NULL ? occasion->title.ja : row->occasion),
		named_text("holder", row->holder_name),
		named_text("holder-number", row->holder_number),
		named_text("permit-unit", row->unit_name),
		named_day(arena, "valid-from", row->from_day),
		named_day(arena, "valid-until", row->until_day),
		named_yes("in-force", (text_is(row->state, "valid") || text_is(row->state, "out")) &&
					      source_is_within(filling, row->from_day, row->until_day)),
	};
	return filling_add(filling, values, sizeof values / sizeof *values);
}

struct error *
source_all_permits(struct filling *filling)
{
	return reconcile_permits(filling->look, take_any_permit, filling);
}

static struct error *
take_outing(void *with, const struct flow_every_outing *outing)
{
	struct filling *filling = with;
	struct arena *arena = filling->look->arena;
	const struct ledger_value values[] = {
		named_text("permit-number", outing->permit),
		named_text("item", outing->what),
		/* What no ledger knows is named by its number. */
		named_text("serial", outing->serial.len != 0 ? outing->serial : outing->what),
		named_moment(arena, "out", outing->out.ms),
		named_moment(arena, "due", outing->due.ms),
		named_moment(arena, "back", outing->back.ms),
		named_yes("is-out", outing->back.ms == 0),
		named_text("person", outing->person),
		named_text("person-number", outing->person_number),
		named_day(arena, "valid-until", outing->until.no),
	};
	return filling_add(filling, values, sizeof values / sizeof *values);
}

struct error *
source_outings(struct filling *filling)
{
	return flow_every_outing(filling->look, take_outing, filling);
}

static struct error *
take_item(void *with, const struct flow_every_item *item)
{
	struct filling *filling = with;
	const struct ledger_value values[] = {
		named_text("serial", item->serial),
		named_text("item", item->what),
		named_text("case-number", item->dossier),
		named_day(filling->look->arena, "granted", moment_day(item->granted).no),
		named_text("ended", item->end),
		named_yes("is-ended", item->end.len != 0),
		named_yes("is-verified", item->is_verified),
	};
	return filling_add(filling, values, sizeof values / sizeof *values);
}

struct error *
source_items(struct filling *filling)
{
	return flow_every_item(filling->look, filling->side->occasion, take_item, filling);
}
