/* Everything of a kind, one after another. */
#include "flow/every.h"

#include "flow/rooms.h"

#define GROW(arena, list, count, room)                                                         \
	do {                                                                                   \
		if ((count) < (room))                                                          \
			break;                                                                 \
		const size_t grown_ = (room) == 0 ? 64 : (room) * 2;                           \
		__typeof__(list) made_ = arena_get((arena), sizeof *(list), grown_);           \
		for (size_t i_ = 0; i_ < (count); i_++)                                        \
			made_[i_] = (list)[i_];                                                \
		(list) = made_;                                                                \
		(room) = grown_;                                                               \
	} while (0)

/* ---- Permits: first they, then all answers of their cases, both in order of the permit ---- */

struct answered {
	int64_t permit;
	struct ledger_value value;
};
struct permits {
	struct arena *arena;
	struct day today;
	struct flow_every_permit *list;
	size_t count, room;
	struct answered *answers;
	size_t answers_count, answers_room;
};

static struct error *
take_permit(void *with, const struct flow_every_permit_of_row *row)
{
	struct permits *permits = with;
	struct arena *arena = permits->arena;
	GROW(arena, permits->list, permits->count, permits->room);
	permits->list[permits->count++] = (struct flow_every_permit){
		.id = { row->id },
		.number = text_copy(arena, row->number),
		.is_in_force = (text_is(row->state, "valid") || text_is(row->state, "out")) &&
			       row->from_day <= permits->today.no && permits->today.no <= row->until_day,
		.is_withdrawn = text_is(row->state, permit_state_name(PERMIT_REVOKED)) ||
				text_is(row->state, permit_state_name(PERMIT_GIVEN_UP)),
		.from = { row->from_day },
		.until = { row->until_day },
		.holder = text_copy(arena, row->person_name),
		.holder_number = text_copy(arena, row->person_number),
		.unit_name = text_copy(arena, row->unit_name),
	};
	return OK;
}

static struct error *
take_answer(void *with, const struct flow_every_answer_of_row *row)
{
	struct permits *permits = with;
	struct arena *arena = permits->arena;
	GROW(arena, permits->answers, permits->answers_count, permits->answers_room);
	permits->answers[permits->answers_count++] = (struct answered){
		row->id, { text_copy(arena, row->name), text_copy(arena, row->value) }
	};
	return OK;
}

struct error *
flow_every_permit(struct look *look, const struct pack_occasion *occasion,
		  struct error *(*each)(void *with, const struct flow_every_permit *permit), void *with)
{
	struct permits permits = { .arena = look->arena, .today = moment_day(look->now) };
	size_t at = 0;
	TRY(flow_every_permit_of(look, &(struct flow_every_permit_of_in){ occasion->code }, take_permit,
				 &permits));
	TRY(flow_every_answer_of(look, &(struct flow_every_answer_of_in){ occasion->code }, take_answer,
				 &permits));
	struct ledger_value *values =
		ARENA_ARRAY(look->arena, struct ledger_value, permits.answers_count + 1);
	for (size_t no = 0; no < permits.answers_count; no++)
		values[no] = permits.answers[no].value;
	for (size_t no = 0; no < permits.count; no++) {
		struct flow_every_permit *permit = &permits.list[no];
		while (at < permits.answers_count && permits.answers[at].permit < permit->id.no)
			at++;
		permit->answers = &values[at];
		for (; at < permits.answers_count && permits.answers[at].permit == permit->id.no; at++)
			permit->answers_count++;
		TRY(each(with, permit));
	}
	return OK;
}

/* ---- Outings ---- */

struct outings {
	struct error *(*each)(void *with, const struct flow_every_outing *outing);
	void *with;
};

static struct error *
give_outing(void *with, const struct flow_every_outing_of_row *row)
{
	const struct outings *outings = with;
	return outings->each(outings->with, &(struct flow_every_outing){
						    .permit = row->number,
						    .what = row->what,
						    .serial = row->serial,
						    .until = { row->until_day },
						    .out = { row->out },
						    .due = { row->due },
						    .back = { row->back },
						    .person = row->person_name,
						    .person_number = row->person_number,
					    });
}

struct error *
flow_every_outing(struct look *look,
		  struct error *(*each)(void *with, const struct flow_every_outing *outing), void *with)
{
	struct outings outings = { each, with };
	return flow_every_outing_of(look, give_outing, &outings);
}

/* ---- Items ---- */

struct items {
	struct error *(*each)(void *with, const struct flow_every_item *item);
	void *with;
};

static struct error *
give_item(void *with, const struct flow_every_item_of_row *row)
{
	const struct items *items = with;
	return items->each(items->with, &(struct flow_every_item){
						.serial = row->serial,
						.what = row->what,
						.dossier = row->number,
						.granted = { row->granted },
						.end = row->end_code,
						.is_verified = row->is_verified != 0,
					});
}

struct error *
flow_every_item(struct look *look, const struct pack_occasion *occasion,
		struct error *(*each)(void *with, const struct flow_every_item *item), void *with)
{
	struct items items = { each, with };
	return flow_every_item_of(look, &(struct flow_every_item_of_in){ occasion->code }, give_item,
				  &items);
}
