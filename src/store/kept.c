/*
 * What was worked out from a snapshot and may serve the looks that follow: kept with the connection
 * it was read on, forgotten as soon as the file has changed. SQLite's data version moves exactly when
 * the connection must throw away its own page cache because somebody, in this process or another, has
 * committed; it is read inside the snapshot, after the first page was touched. Nothing is shared
 * between connections, so there is nothing to lock and nothing to invalidate by hand. At midnight, too,
 * all of it is forgotten: who holds what may be another from that day on.
 */
#include "store/rooms.h"

#include <string.h>

enum { KEPT_MOST_BYTES = 4 << 20 };

static void
forget(struct connection *connection)
{
	arena_reset(connection->kept_arena);
	connection->kept_count = 0;
	/* Every slot is of an earlier round now; clearing them all would cost more than most looks. */
	if (++connection->kept_round != 0)
		return;
	memset(connection->kept, 0, sizeof connection->kept);
	connection->kept_round = 1;
}

void
connection_today(struct connection *connection, struct moment now)
{
	const int64_t today = moment_day(now).no;
	if (today != connection->today && connection->kept_count != 0)
		forget(connection);
	connection->today = today;
}

void
kept_begin(struct connection *connection)
{
	unsigned version = 0;
	const bool is_known = sqlite3_file_control(connection->db, "main", SQLITE_FCNTL_DATA_VERSION,
						   &version) == SQLITE_OK;
	if (connection->kept_arena == NULL)
		connection->kept_arena = arena_open(ARENA_USUAL);
	const bool is_full = connection->kept_count > KEPT_SLOTS / 2 ||
			     arena_used(connection->kept_arena) > KEPT_MOST_BYTES;
	if (connection->kept_count != 0 &&
	    (!is_known || is_full || version != connection->kept_version))
		forget(connection);
	connection->kept_version = version;
	connection->is_keeping = is_known;
}

bool
look_is_snapshot(const struct look *look)
{
	return look->connection->is_keeping;
}

static bool
is_same(const struct kept_key *a, const struct kept_key *b)
{
	return a->what == b->what && a->of == b->of && a->first == b->first &&
	       a->second == b->second;
}

static bool
is_taken(const struct connection *connection, const struct kept *slot)
{
	return slot->value != NULL && slot->round == connection->kept_round;
}

static struct kept *
slot_of(struct connection *connection, const struct kept_key *key)
{
	uint64_t mixed = (uint64_t)(uintptr_t)key->what ^ (uint64_t)(uintptr_t)key->of ^
			 (uint64_t)key->first * 0x9e3779b97f4a7c15u ^
			 (uint64_t)key->second * 0xc2b2ae3d27d4eb4fu;
	mixed ^= mixed >> 29;
	size_t at = mixed % KEPT_SLOTS;
	while (is_taken(connection, &connection->kept[at]) &&
	       !is_same(&connection->kept[at].key, key))
		at = (at + 1) % KEPT_SLOTS;
	return &connection->kept[at];
}

const void *
look_kept(struct look *look, const struct kept_key *key)
{
	if (!look->connection->is_keeping)
		return NULL;
	const struct kept *slot = slot_of(look->connection, key);
	return is_taken(look->connection, slot) ? slot->value : NULL;
}

struct look
look_to_keep(struct look *look)
{
	struct look keeping = *look;
	const struct connection *connection = look->connection;
	if (connection->is_keeping && connection->kept_count < KEPT_SLOTS - 8)
		keeping.arena = connection->kept_arena;
	return keeping;
}

void
look_keep(struct look *keeping, const struct kept_key *key, const void *value)
{
	struct connection *connection = keeping->connection;
	if (!connection->is_keeping || keeping->arena != connection->kept_arena)
		return;
	struct kept *slot = slot_of(connection, key);
	connection->kept_count += !is_taken(connection, slot);
	*slot = (struct kept){ *key, value, connection->kept_round };
}
