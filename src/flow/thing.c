/* Which permits let a thing go out: found by its row, or by its number in their scope. */
#include "flow/consult.h"
#include "flow/rooms.h"

enum { FOUND_MOST = 200 };

struct covering {
	struct look *look;
	const struct flow *flow;
	struct person_id person;
	struct flow_permit *list;
	size_t count;
};

bool
scope_has(struct arena *arena, const struct flow_permit *permit, struct text value)
{
	const struct text folded = consult_fold(arena, value);
	for (size_t at = 0; folded.len != 0 && at < permit->scope_count; at++)
		if (text_same(consult_fold(arena, permit->scope[at].value), folded))
			return true;
	return false;
}

static bool
has_already(const struct covering *covering, struct permit_id id)
{
	for (size_t at = 0; at < covering->count; at++)
		if (covering->list[at].id.no == id.no)
			return true;
	return false;
}

static struct error *
add_when_usable(struct covering *covering, struct permit_id id)
{
	const struct day today = moment_day(covering->look->now);
	struct flow_permit permit;
	struct dossier dossier;
	struct flow_may may;
	if (covering->count == FLOW_THING_MOST || has_already(covering, id))
		return OK;
	TRY(flow_permit_read(covering->look, covering->flow, id, &permit));
	if (!permit.is_signed_out || permit.ended.ms != 0 || today.no < permit.from.no ||
	    today.no > permit.until.no)
		return OK;
	TRY(flow_read(covering->look, covering->flow, permit.dossier, &dossier));
	TRY(flow_may(covering->look, covering->flow, &dossier, covering->person, &may));
	if (may.out)
		covering->list[covering->count++] = permit;
	return OK;
}

/* Scope is looked for by the names that the pack gives to what goes out: an index has them. */
static struct error *
add_by_scope(struct covering *covering, struct text serial)
{
	const struct pack *pack = covering->flow->pack;
	struct look *look = covering->look;
	const int64_t today = moment_day(look->now).no;
	const struct text folded = consult_fold(look->arena, serial);
	struct flow_consult_scope_row *rows;
	size_t count;
	for (size_t at = 0; folded.len != 0 && at < pack->occasions_count; at++) {
		const struct pack_occasion *occasion = &pack->occasions[at];
		for (size_t i = 0; occasion->has_permit && i < occasion->permit.scope_count; i++) {
			TRY(flow_consult_scope(look,
					       &(struct flow_consult_scope_in){
						       .folded = folded,
						       .name = occasion->permit.scope[i].name,
						       .occasion = occasion->code,
						       .day = today,
						       .at = look->now.ms },
					       &rows, &count));
			for (size_t of = 0; of < count; of++)
				TRY(add_when_usable(covering, (struct permit_id){ rows[of].id }));
		}
	}
	return OK;
}

struct error *
flow_permits_of_thing(struct look *look, const struct flow *flow, struct row_id row,
		      struct text serial, struct person_id person, struct flow_permit **list,
		      size_t *count)
{
	struct covering covering = { look, flow, person, NULL, 0 };
	struct flow_thing_permits_row *rows;
	size_t found;
	covering.list = ARENA_ARRAY(look->arena, struct flow_permit, FLOW_THING_MOST);
	TRY(flow_thing_permits(look,
			       &(struct flow_thing_permits_in){ row.no, moment_day(look->now).no,
								FOUND_MOST },
			       &rows, &found));
	for (size_t at = 0; at < found; at++)
		TRY(add_when_usable(&covering, (struct permit_id){ rows[at].id }));
	TRY(add_by_scope(&covering, serial));
	*list = covering.list;
	*count = covering.count;
	return OK;
}
