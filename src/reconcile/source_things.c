/* Sources that rooms inventory and entrance know: what is away, who was at the door. */
#include "reconcile/rooms.h"

/* ---- What is lent, in repair, out of the house ---- */

struct away {
	const char *way;
	struct text item, serial, owner, person, person_number, firm, permit;
	int64_t at, due, back, permit_until;
};

static struct error *
add_away(struct filling *filling, const struct away *away)
{
	struct arena *arena = filling->look->arena;
	const bool is_away = away->back == 0;
	const struct ledger_value values[] = {
		named_text("item", away->item),
		named_text("serial", away->serial),
		named_text("owner", away->owner),
		named_text("way", text_of(away->way)),
		named_text("person", away->person),
		named_text("person-number", away->person_number),
		named_text("firm", away->firm),
		named_moment(arena, "out", away->at),
		named_moment(arena, "due", away->due),
		named_moment(arena, "back", away->back),
		named_yes("is-away", is_away),
		named_yes("is-outside", text_is(text_of(away->way), "out")),
		named_yes("is-overdue", is_away && away->due != 0 && away->due < filling->look->now.ms),
		named_text("permit-number", away->permit),
		named_day(arena, "valid-until", away->permit_until),
	};
	return filling_add(filling, values, sizeof values / sizeof *values);
}

static struct error *
take_loan(void *with, const struct reconcile_loans_row *row)
{
	const struct away away = {
		.way = text_is(row->kind, "repair") ? "repair" : "lend",
		.item = row->title,
		.serial = row->serial,
		.owner = row->unit_name,
		.person = row->person_name,
		.person_number = row->person_number,
		.firm = row->firm,
		.at = row->at,
		.due = row->due,
		.back = row->back,
	};
	return add_away(with, &away);
}

/* What no ledger knows is named by its words, and by its number when these are one. */
static struct error *
take_out(void *with, const struct reconcile_things_out_row *row)
{
	const struct away away = {
		.way = "out",
		.item = row->title.len != 0 ? row->title : row->what,
		.serial = row->serial.len != 0 ? row->serial : row->what,
		.owner = row->unit_name,
		.person = row->person_name,
		.person_number = row->person_number,
		.at = row->at,
		.due = row->due,
		.back = row->back,
		.permit = row->permit_number,
		.permit_until = row->until_day,
	};
	return add_away(with, &away);
}

struct error *
source_loans(struct filling *filling)
{
	TRY(reconcile_loans(filling->look, take_loan, filling));
	return reconcile_things_out(filling->look, take_out, filling);
}

/* ---- At the door ---- */

struct device {
	int64_t visit;
	struct text serial;
	bool is_unpermitted;
};
enum { MINUTE_MS = 60000 };

struct door {
	struct filling *filling;
	int64_t late; /* ms */
	struct device *devices; /* by visit */
	size_t count, room;
	size_t next; /* of the visit that is read next */
};

static struct error *
take_device(void *with, const struct reconcile_visit_devices_row *row)
{
	struct door *door = with;
	struct arena *arena = door->filling->look->arena;
	if (door->count == door->room) {
		const size_t room = door->room == 0 ? 64 : door->room * 2;
		struct device *grown = ARENA_ARRAY(arena, struct device, room);
		for (size_t at = 0; at < door->count; at++)
			grown[at] = door->devices[at];
		door->devices = grown;
		door->room = room;
	}
	door->devices[door->count++] = (struct device){ row->visit, text_copy(arena, row->serial),
							text_is(row->verdict, "unpermitted") };
	return OK;
}

/* Both come in the order of the visits. */
static struct text
devices_of(struct door *door, int64_t visit, bool *is_unpermitted)
{
	struct text words = T("");
	*is_unpermitted = false;
	for (; door->next < door->count && door->devices[door->next].visit <= visit; door->next++) {
		const struct device *device = &door->devices[door->next];
		if (device->visit < visit)
			continue;
		words = words.len == 0 ? device->serial
				       : text_format(door->filling->look->arena, "%.*s、%.*s",
						     T_ARG(words), T_ARG(device->serial));
		*is_unpermitted = *is_unpermitted || device->is_unpermitted;
	}
	return words;
}

static struct error *
take_visit(void *with, const struct reconcile_visits_row *row)
{
	struct door *door = with;
	struct arena *arena = door->filling->look->arena;
	bool is_unpermitted;
	const struct text devices = devices_of(door, row->id, &is_unpermitted);
	const bool is_late = row->received - row->entered > door->late ||
			     (row->left_at != 0 && row->left_received != 0 &&
			      row->left_received - row->left_at > door->late);
	const struct ledger_value values[] = {
		named_text("name", row->name),
		named_text("of", row->of_words),
		named_text("room", row->room_name),
		named_text("kind", row->kind),
		named_moment(arena, "entered", row->entered),
		named_moment(arena, "left", row->left_at),
		named_moment(arena, "received", row->received),
		named_text("escort", row->escort),
		named_text("devices", devices),
		named_yes("is-inside", text_is(row->state, "inside")),
		named_yes("is-late", is_late),
		named_yes("is-refused", text_is(row->state, "refused")),
		named_yes("is-unlisted", text_is(row->trouble, "unlisted")),
		named_yes("is-unpermitted", is_unpermitted),
		named_yes("is-settled", row->settled != 0),
	};
	return filling_add(door->filling, values, sizeof values / sizeof *values);
}

struct error *
source_visits(struct filling *filling)
{
	struct door door = { .filling = filling };
	TRY(people_parameter(filling->look, filling->flow->pack, "entrance.late-minutes",
			     ENTRANCE_USUAL_LATE, &door.late));
	door.late *= MINUTE_MS;
	TRY(reconcile_visit_devices(filling->look, take_device, &door));
	return reconcile_visits(filling->look, take_visit, &door);
}
