/* Who has read the version that binds them. */
#include "enact/rooms.h"

enum { UNITS_MOST = 5000, CARRIES_MOST = 20000 };

struct error *
enact_awaits(struct look *look, struct person_id person, bool *awaits,
	     struct enact_version *version)
{
	struct enact_is_bound_row bound;
	struct enact_has_acknowledged_row done;
	bool found;
	*awaits = false;
	TRY(enact_version_in_force(look, &found, version));
	if (!found || !version->is_acknowledged)
		return OK;
	TRY(enact_has_acknowledged(
		look, &(struct enact_has_acknowledged_in){ version->id.no, person.no }, &found, &done));
	if (found)
		return OK;
	return enact_is_bound(look,
			      &(struct enact_is_bound_in){ person.no, moment_day(look->now).no },
			      awaits, &bound);
}

struct error *
enact_acknowledge(struct act *act, struct version_id id)
{
	struct enact_version version;
	struct enact_has_acknowledged_row done;
	bool found;
	int64_t number;
	const int64_t person = act->actor.person;
	TRY(enact_version(&act->look, id, &version));
	if (version.state != VERSION_IN_FORCE)
		return conflict("この版は、いま施行されていません。画面を開き直して、施行中の版を確かめてください。");
	if (person == 0)
		return refuse("確認は、本人だけができます。");
	TRY(enact_has_acknowledged(&act->look,
				   &(struct enact_has_acknowledged_in){ id.no, person }, &found,
				   &done));
	if (found)
		return OK;
	TRY(act_number(act, T("enact-acknowledgement"), &number));
	TRY(enact_acknowledgement_add(act, &(struct enact_acknowledgement_add_in){
						 number, id.no, person, act->look.now.ms }));
	return note_version(act, id, "enact.acknowledge",
			    (struct fact_pair[]){
				    { "pack-digest", hash_hex(act->look.arena, &version.digest), 0 },
				    { NULL } });
}

struct error *
enact_acknowledgement_share(struct look *look, const struct pack *pack, struct enact_share *share)
{
	struct enact_version version;
	struct enact_count_bound_row bound;
	struct enact_count_acknowledged_row done;
	const int64_t today = moment_day(look->now).no;
	bool found;
	*share = (struct enact_share){ .is_asked = pack->is_acknowledged };
	TRY(enact_version_in_force(look, &found, &version));
	if (!found)
		return OK;
	TRY(enact_count_bound(look, &(struct enact_count_bound_in){ today }, &bound));
	TRY(enact_count_acknowledged(
		look, &(struct enact_count_acknowledged_in){ version.id.no, today }, &done));
	share->version = version.id.no;
	share->bound = bound.bound;
	share->acknowledged = done.acknowledged;
	share->since = version.in_force;
	return OK;
}

struct error *
enact_units(struct look *look, struct version_id id, struct enact_unit **units, size_t *count)
{
	struct enact_by_unit_row *rows;
	TRY(enact_by_unit(look,
			  &(struct enact_by_unit_in){ id.no, moment_day(look->now).no, UNITS_MOST },
			  &rows, count));
	*units = ARENA_ARRAY(look->arena, struct enact_unit, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*units)[at] = (struct enact_unit){ { rows[at].id }, rows[at].name, rows[at].bound,
						    rows[at].open };
	return OK;
}

struct error *
enact_open(struct look *look, struct version_id id, struct unit_id unit, struct person_id after,
	   size_t most, struct enact_open **list, size_t *count)
{
	struct enact_open_list_row *rows;
	TRY(enact_open_list(look,
			    &(struct enact_open_list_in){ id.no, moment_day(look->now).no, unit.no,
							  after.no, (int64_t)most }, /* a page */
			    &rows, count));
	*list = ARENA_ARRAY(look->arena, struct enact_open, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct enact_post_place_row place = { 0 };
		bool found;
		TRY(enact_post_place(look, &(struct enact_post_place_in){ rows[at].post_id }, &found,
				     &place));
		(*list)[at] = (struct enact_open){ .person = { rows[at].id },
						   .number = rows[at].number,
						   .name = rows[at].name,
						   .post_name = place.name,
						   .unit_name = place.unit_name,
						   .unit = { place.unit },
						   .told = { rows[at].told } };
	}
	return OK;
}

struct error *
enact_carries(struct look *look, enum item_kind kind, struct enact_carry **list, size_t *count)
{
	struct enact_carried_items_row *rows;
	bool has;
	*list = NULL;
	*count = 0;
	TRY(store_has_step(look, T("enact"), 1, &has));
	if (!has)
		return OK;
	TRY(enact_carried_items(look,
				&(struct enact_carried_items_in){ text_of(item_kind_name(kind)),
								  CARRIES_MOST },
				&rows, count));
	*list = ARENA_ARRAY(look->arena, struct enact_carry, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct enact_carry){ rows[at].code, rows[at].target,
						    { rows[at].in_force } };
	return OK;
}

/* One step a version: chapters that change places are not carried back and forth. */
struct text
enact_carried(const struct enact_carry *list, size_t count, struct text code, struct moment since)
{
	struct moment last = { since.ms - 1 };
	for (size_t at = 0; at < count && code.len > 0; at++) {
		if (list[at].at.ms <= last.ms || !text_same(list[at].code, code))
			continue;
		code = list[at].target;
		last = list[at].at;
	}
	return code;
}
