/*
 * Making a route: the steps every occasion wishes for, equal ones merged so that nobody decides the
 * same thing twice, and put in an order that keeps the order of each occasion.
 */
#include "flow/rooms.h"

#include "base/number.h"

struct wish {
	const struct pack_occasion *occasion;
	const struct pack_step *step;
	size_t node; /* index of the merged step */
};

struct routing {
	struct look *look;
	struct asking asking;
	const struct dossier *dossier;
	struct flow_step *steps;
	size_t count;
	struct wish *wishes;
	size_t wishes_count;
};

enum { WISHES_MOST = 400 };

static int64_t
owner_of(const struct ledger_row *rows, size_t count, int64_t row)
{
	for (size_t at = 0; at < count; at++)
		if (rows[at].id.no == row)
			return rows[at].owner;
	return 0;
}

void
step_units(struct asking *asking, const struct pack_step *step, struct unit_id **units,
	   size_t *count)
{
	struct text rest = asking_value(asking, step->field, T("")), item;
	const bool is_unit = step->field->kind == FIELD_UNIT;
	struct unit_id *found = ARENA_ARRAY(asking->look->arena, struct unit_id, FLOW_MOST_ASSETS);
	size_t found_count = 0;
	while (value_next(&rest, &item) && found_count < FLOW_MOST_ASSETS) {
		int64_t id;
		if (!number_read(item, 1, INT64_MAX, &id))
			continue;
		if (!is_unit && owner_of(asking->rows, asking->rows_count, id) != 0)
			id = owner_of(asking->rows, asking->rows_count, id);
		else if (!is_unit)
			id = owner_of(asking->others, asking->others_count, id);
		found[found_count++].no = id;
	}
	*units = found;
	*count = found_count;
}

static size_t
find_node(struct routing *routing, const struct pack_step *step, struct unit_id unit)
{
	for (size_t at = 0; at < routing->count; at++) {
		const struct flow_step *one = &routing->steps[at];
		if (one->verb == step->verb && one->wished == step->role && one->unit.no == unit.no)
			return at;
	}
	return routing->count;
}

static bool
has_wish(const struct routing *routing, const struct pack_occasion *occasion, size_t node)
{
	for (size_t at = 0; at < routing->wishes_count; at++)
		if (routing->wishes[at].node == node && routing->wishes[at].occasion == occasion)
			return true;
	return false;
}

static struct error *
add_wish(struct routing *routing, const struct pack_occasion *occasion,
	 const struct pack_step *step, struct unit_id unit)
{
	const size_t node = find_node(routing, step, unit);
	if (node < routing->count && has_wish(routing, occasion, node))
		return OK;
	if (node >= FLOW_MOST_STEPS || routing->wishes_count >= WISHES_MOST)
		return reject("assets", "決裁が%d段を超えます。案件を分けてください。",
			      FLOW_MOST_STEPS);
	struct flow_step *one = &routing->steps[node];
	if (node == routing->count) {
		routing->count++;
		*one = (struct flow_step){ .verb = step->verb, .role = step->role,
					   .wished = step->role, .unit = unit, .decision = -1 };
		one->parts = ARENA_ARRAY(routing->look->arena, struct flow_part,
					 FLOW_MOST_OCCASIONS + 1);
		if (unit.no != 0) {
			struct unit read;
			TRY(people_unit(routing->look, unit, &read));
			one->unit_name = read.name;
		}
	}
	one->parts[one->parts_count++] = (struct flow_part){ occasion, step->clause };
	routing->wishes[routing->wishes_count++] = (struct wish){ occasion, step, node };
	return OK;
}

static struct error *
add_owners(struct routing *routing, const struct pack_occasion *occasion,
	   const struct pack_step *step)
{
	const struct dossier *dossier = routing->dossier;
	if (dossier->assets_count == 0)
		return add_wish(routing, occasion, step, dossier->unit);
	for (size_t at = 0; at < dossier->assets_count; at++) {
		const int64_t owner = dossier->assets[at].row.owner;
		TRY(add_wish(routing, occasion, step,
			     owner != 0 ? (struct unit_id){ owner } : dossier->unit));
	}
	return OK;
}

/* Nobody can say who decides before the field is answered. */
static struct error *
add_unknown(struct routing *routing, const struct pack_occasion *occasion,
	    const struct pack_step *step)
{
	TRY(add_wish(routing, occasion, step, (struct unit_id){ 0 }));
	const size_t node = find_node(routing, step, (struct unit_id){ 0 });
	routing->steps[node].problem = text_format(
		routing->look->arena, say("「%.*s」を選ぶと、だれが決裁するかが決まります。"),
		T_ARG(words_now(step->field->label)));
	return OK;
}

/* The unit answered, or the owners of the rows chosen there. */
static struct error *
add_answered_units(struct routing *routing, const struct pack_occasion *occasion,
		   const struct pack_step *step)
{
	struct unit_id *units;
	size_t count;
	if (step->role->scope == SCOPE_BODY)
		return add_wish(routing, occasion, step, (struct unit_id){ 0 });
	step_units(&routing->asking, step, &units, &count);
	for (size_t at = 0; at < count; at++)
		if (units[at].no != 0)
			TRY(add_wish(routing, occasion, step, units[at]));
	return count == 0 || units[0].no == 0 ? add_unknown(routing, occasion, step) : OK;
}

static struct error *
add_occasion(struct routing *routing, const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < occasion->steps_count; at++) {
		const struct pack_step *step = &occasion->steps[at];
		if (!asking_meets(&routing->asking, step->when, T("")))
			continue;
		switch (step->whose) {
		case WHOSE_APPLICANT:
			TRY(add_wish(routing, occasion, step, routing->dossier->unit));
			break;
		case WHOSE_OWNER:
			TRY(add_owners(routing, occasion, step));
			break;
		case WHOSE_FIELD:
			TRY(add_answered_units(routing, occasion, step));
			break;
		case WHOSE_BODY:
			TRY(add_wish(routing, occasion, step, (struct unit_id){ 0 }));
			break;
		}
	}
	return OK;
}

/* Must `first` come before `then`? Nothing waits for a notification. */
static bool
comes_before(const struct wish *first, const struct wish *then)
{
	return first->occasion == then->occasion && first->node != then->node &&
	       first->step->order < then->step->order && first->step->verb != STEP_NOTIFICATION;
}

/* Longest chain before each step. Occasions that contradict each other keep the packs' numbers. */
static void
find_orders(struct routing *routing)
{
	bool has_moved = true;
	for (size_t at = 0; at < routing->count; at++)
		routing->steps[at].order = 1;
	for (size_t round = 0; has_moved && round <= routing->count; round++) {
		has_moved = false;
		for (size_t a = 0; a < routing->wishes_count; a++) {
			for (size_t b = 0; b < routing->wishes_count; b++) {
				const struct wish *first = &routing->wishes[a];
				const struct wish *then = &routing->wishes[b];
				const int after = routing->steps[first->node].order + 1;
				if (!comes_before(first, then) ||
				    routing->steps[then->node].order >= after)
					continue;
				routing->steps[then->node].order = after;
				has_moved = true;
			}
		}
	}
	for (size_t at = 0; has_moved && at < routing->wishes_count; at++)
		routing->steps[routing->wishes[at].node].order = routing->wishes[at].step->order;
}

static void
sort_steps(struct flow_step *steps, size_t count)
{
	for (size_t at = 1; at < count; at++) {
		const struct flow_step one = steps[at];
		size_t to = at;
		for (; to > 0 && steps[to - 1].order > one.order; to--)
			steps[to] = steps[to - 1];
		steps[to] = one;
	}
}

struct error *
make_route(struct look *look, const struct flow *flow, struct dossier *dossier,
	   struct flow_step **steps, size_t *count)
{
	struct routing routing = { .look = look, .dossier = dossier,
				   .asking = dossier_asking(look, flow, dossier) };
	routing.steps = ARENA_ARRAY(look->arena, struct flow_step, FLOW_MOST_STEPS);
	routing.wishes = ARENA_ARRAY(look->arena, struct wish, WISHES_MOST);
	for (size_t at = 0; at < dossier->occasions_count; at++)
		TRY(add_occasion(&routing, dossier->occasions[at]));
	find_orders(&routing);
	sort_steps(routing.steps, routing.count);
	for (size_t at = 0; at < routing.count; at++)
		routing.steps[at].power = step_power(&routing.asking, &routing.steps[at]);
	for (size_t at = 0; at < routing.count; at++)
		if (routing.steps[at].problem.len == 0)
			TRY(resolve_deciders(look, dossier->applicant, NULL, &routing.steps[at]));
	find_same(routing.steps, routing.count);
	*steps = routing.steps;
	*count = routing.count;
	return OK;
}

struct error *
flow_preview(struct look *look, const struct flow *flow, struct dossier_id id,
	     struct flow_step **steps, size_t *count)
{
	struct dossier dossier;
	TRY(flow_read(look, flow, id, &dossier));
	return make_route(look, flow, &dossier, steps, count);
}
