/* Systems of the ledger, how many accounts each has, and what troubles them. */
#include "access/rooms.h"

const struct pack_ledger *
access_ledger(const struct pack *pack)
{
	for (size_t at = 0; at < pack->ledgers_count; at++)
		if (pack->ledgers[at].accounts_manager != NULL)
			return &pack->ledgers[at];
	return NULL;
}

#define SYSTEM_FROM(r)                                                                         \
	((struct access_system){                                                               \
		.id = { (r)->id },                                                             \
		.title = (r)->title,                                                           \
		.owner = { (r)->owner },                                                       \
		.owner_name = (r)->owner_name,                                                 \
		.is_for_all = (r)->is_for_all,                                                 \
		.is_used_known = (r)->is_used_known,                                           \
		.columns = (r)->columns,                                                       \
		.listed = { (r)->listed },                                                     \
	})

static struct access_system *
system_of(struct access_system *list, size_t count, int64_t id)
{
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == id)
			return &list[at];
	return NULL;
}

static struct error *
add_counts(struct look *look, const struct flow *flow, struct row_id only,
	   struct access_system *list, size_t count)
{
	struct access_counts_row *rows;
	struct trouble *troubles;
	size_t rows_count, troubles_count;
	TRY(access_counts(look, &(struct access_counts_in){ ACCESS_MOST_SYSTEMS }, &rows,
			  &rows_count));
	for (size_t at = 0; at < rows_count; at++) {
		struct access_system *system = system_of(list, count, rows[at].system);
		if (system == NULL)
			continue;
		system->accounts = rows[at].accounts;
		system->privileged = rows[at].privileged;
		system->shared = rows[at].shared;
	}
	TRY(access_check(look, flow, only, false, &troubles, &troubles_count));
	for (size_t at = 0; at < troubles_count; at++) {
		struct access_system *system = system_of(list, count, troubles[at].system.no);
		if (system != NULL)
			system->troubles[troubles[at].kind]++;
	}
	return OK;
}

struct error *
access_systems(struct look *look, const struct flow *flow, struct access_system **list,
	       size_t *count)
{
	const struct pack_ledger *ledger = access_ledger(flow->pack);
	struct access_system_rows_row *rows;
	*list = NULL;
	*count = 0;
	if (ledger == NULL)
		return OK;
	TRY(access_system_rows(
		look, &(struct access_system_rows_in){ ledger->code, ACCESS_MOST_SYSTEMS }, &rows,
		count));
	*list = ARENA_ARRAY(look->arena, struct access_system, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = SYSTEM_FROM(&rows[at]);
	return add_counts(look, flow, (struct row_id){ 0 }, *list, *count);
}

static struct error *
read_system(struct look *look, const struct pack *pack, struct row_id id,
	    struct access_system *system)
{
	const struct pack_ledger *ledger = access_ledger(pack);
	struct access_system_row_row row;
	bool found = false;
	if (ledger != NULL)
		TRY(access_system_row(look, &(struct access_system_row_in){ ledger->code, id.no },
				      &found, &row));
	if (!found)
		return missing("そのシステムは台帳にありません。一覧から選んでください。");
	*system = SYSTEM_FROM(&row);
	return OK;
}

struct error *
access_system(struct look *look, const struct flow *flow, struct row_id id,
	      struct access_system *system)
{
	TRY(read_system(look, flow->pack, id, system));
	return add_counts(look, flow, id, system, 1);
}

struct error *
access_system_settings(struct act *act, const struct flow *flow, struct row_id id, bool is_for_all)
{
	struct access_system system;
	struct access_system_find_row row;
	bool found;
	TRY(read_system(&act->look, flow->pack, id, &system));
	TRY(access_system_find(&act->look, &(struct access_system_find_in){ id.no }, &found, &row));
	if (!found)
		TRY(access_system_add(act, &(struct access_system_add_in){ id.no, is_for_all }));
	else if (system.is_for_all != is_for_all)
		TRY(access_system_set(act, &(struct access_system_set_in){ id.no, is_for_all }));
	else
		return OK;
	return act_note(act, &(struct fact){
				     .act = "access.settings",
				     .about = { about_system(act->look.arena, id) },
				     .pairs = { { "for-all", T(""), is_for_all } },
			     });
}

struct error *
access_managers(struct look *look, const struct pack *pack, struct unit_id owner,
		struct decider **list, size_t *count)
{
	const struct pack_ledger *ledger = access_ledger(pack);
	*count = 0;
	if (ledger == NULL)
		return OK;
	return people_deciders(look, ledger->accounts_manager, owner, moment_day(look->now),
			       (struct person_id){ 0 }, list, count);
}

struct error *
access_stand(struct look *look, const struct flow *flow, struct moment since,
	     struct access_stand *stand)
{
	struct access_system *list;
	size_t count;
	*stand = (struct access_stand){ 0 };
	TRY(access_systems(look, flow, &list, &count));
	for (size_t at = 0; at < count; at++) {
		stand->systems++;
		stand->accounts += list[at].accounts;
		stand->listed += list[at].listed.ms != 0;
		if (list[at].listed.ms < since.ms && stand->stale++ == 0)
			stand->stale_title = list[at].title;
		for (int kind = 0; kind < TROUBLE_KINDS; kind++)
			stand->troubles[kind] += list[at].troubles[kind];
	}
	return OK;
}
