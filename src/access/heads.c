/*
 * Who reviews whose accounts. The pack names the role (heads of sections); nobody reviews their own, so a
 * head's accounts go to the nearest holder of the role above, and so on up.
 */
#include "access/rooms.h"

enum { CHAIN_MOST = 12, ABOVE_MOST = 100000 };

struct level {
	const struct pack_role *role;
	struct pairs holders; /* unit: persons */
};

struct heads {
	struct arena *arena;
	struct level levels[CHAIN_MOST];
	size_t levels_count;
	struct access_above_row *above; /* units and those above them, nearest first */
	size_t above_count;
	struct pairs units; /* person: main unit first */
	struct pairs users; /* account: persons */
	struct unit_id *all;
	size_t all_count;
};

static struct error *
add_head(void *with, const struct access_heads_row *row)
{
	pair_add(with, row->unit, row->person);
	return OK;
}

static struct error *
add_unit(void *with, const struct access_main_unit_row *row)
{
	pair_add(with, row->person, row->unit);
	return OK;
}

static struct error *
add_user(void *with, const struct access_used_by_row *row)
{
	pair_add(with, row->account, row->person);
	return OK;
}

static void
add_all(struct heads *heads, const struct pairs *holders)
{
	for (size_t at = 0; at < holders->count; at++) {
		bool has = false;
		for (size_t i = 0; i < heads->all_count; i++)
			has = has || heads->all[i].no == holders->list[at].of;
		if (!has && heads->all_count < UNITS_MOST)
			heads->all[heads->all_count++].no = holders->list[at].of;
	}
}

struct error *
heads_now(struct look *look, const struct pack *pack, struct heads **made)
{
	const struct pack_ledger *ledger = access_ledger(pack);
	const int64_t today = moment_day(look->now).no;
	struct heads *heads = ARENA_NEW(look->arena, struct heads);
	*made = NULL;
	if (ledger == NULL)
		return OK;
	heads->arena = heads->units.arena = heads->users.arena = look->arena;
	heads->all = ARENA_ARRAY(look->arena, struct unit_id, UNITS_MOST);
	for (const struct pack_role *role = ledger->accounts_reviewer;
	     role != NULL && heads->levels_count < CHAIN_MOST; role = role->above) {
		struct level *level = &heads->levels[heads->levels_count++];
		level->role = role;
		level->holders.arena = look->arena;
		TRY(access_heads(look, &(struct access_heads_in){ role->code, today }, add_head,
				 &level->holders));
		add_all(heads, &level->holders);
	}
	TRY(access_above(look, &(struct access_above_in){ ABOVE_MOST }, &heads->above,
			 &heads->above_count));
	TRY(access_main_unit(look, &(struct access_main_unit_in){ today }, add_unit, &heads->units));
	TRY(access_used_by(look, &(struct access_used_by_in){ today }, add_user, &heads->users));
	*made = heads;
	return OK;
}

static bool
has_other(const struct pairs *holders, int64_t unit, int64_t person, bool *has_any)
{
	size_t count;
	const struct pair *list = pairs_with(holders, unit, &count);
	*has_any = count != 0;
	for (size_t at = 0; at < count; at++)
		if (list[at].is != person)
			return true;
	return false;
}

static size_t
first_above(const struct heads *heads, int64_t unit)
{
	size_t low = 0, high = heads->above_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (heads->above[middle].unit < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A role of the whole body stands above everybody, wherever its post is. */
static int64_t
in_body(const struct level *level, int64_t person)
{
	for (size_t at = 0; at < level->holders.count; at++)
		if (level->holders.list[at].is != person)
			return level->holders.list[at].of;
	return 0;
}

static int64_t
nearest(const struct heads *heads, const struct level *level, int64_t unit, int64_t person)
{
	if (level->role->scope == SCOPE_BODY)
		return in_body(level, person);
	for (size_t at = first_above(heads, unit);
	     at < heads->above_count && heads->above[at].unit == unit; at++) {
		bool has_any;
		if (has_other(&level->holders, heads->above[at].above, person, &has_any))
			return heads->above[at].above;
		if (has_any)
			return 0; /* only themselves: whoever holds the role above */
	}
	return 0;
}

struct unit_id
heads_unit_of(const struct heads *heads, int64_t person)
{
	size_t count;
	const struct pair *units = pairs_with(&heads->units, person, &count);
	for (size_t at = 0; units != NULL && at < heads->levels_count; at++) {
		const int64_t unit = nearest(heads, &heads->levels[at], units[0].is, person);
		if (unit != 0)
			return (struct unit_id){ unit };
	}
	return (struct unit_id){ 0 };
}

size_t
heads_count(const struct heads *heads)
{
	return heads->all_count;
}

struct unit_id
heads_at(const struct heads *heads, size_t at)
{
	return heads->all[at];
}

const struct pair *
heads_users(const struct heads *heads, int64_t account, size_t *count)
{
	return pairs_with(&heads->users, account, count);
}

struct unit_id
heads_of_account(const struct heads *heads, int64_t account, int64_t person, bool is_shared)
{
	size_t count;
	if (!is_shared)
		return heads_unit_of(heads, person);
	const struct pair *users = heads_users(heads, account, &count);
	for (size_t at = 0; at < count; at++) {
		const struct unit_id unit = heads_unit_of(heads, users[at].is);
		if (unit.no != 0)
			return unit;
	}
	return (struct unit_id){ 0 };
}
