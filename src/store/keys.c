/* The ring of keys in the life of a store: opening, acts, commits. */
#include "store/rooms.h"
#include "store/store_sql.h"

#include "base/file.h"
#include "base/log.h"

#include <stdlib.h>
#include <string.h>

static const char ring_setting[] = "store.ring";

/* With statements of its own: at opening there is no look yet. */
static struct error *
named_ring(struct connection *connection, struct arena *arena, struct text *name)
{
	sqlite3_stmt *find;
	int code = sqlite3_prepare_v2(connection->db,
				      "SELECT value FROM store_setting WHERE name = ?", -1, &find,
				      NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "ring");
	sqlite3_bind_text(find, 1, ring_setting, -1, SQLITE_STATIC);
	code = sqlite3_step(find);
	*name = code == SQLITE_ROW
			? text_copy(arena, text_of((const char *)sqlite3_column_text(find, 0)))
			: T("");
	struct error *error = code == SQLITE_ROW || code == SQLITE_DONE
				      ? OK
				      : store_trouble(connection->db, code, "ring");
	sqlite3_finalize(find);
	return error;
}

static struct error *
must_be_ours(struct store *store, struct text name)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	if (name.len == 0 || text_same(name, ring_name(arena, store->ring)))
		return OK;
	return refuse("鍵束が、この団体のものではありません。正しい控えの鍵束に置き換えてください。");
}

static struct error *
open_for(struct store *store, struct connection *connection, const struct store_options *options)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text name;
	TRY(named_ring(connection, arena, &name));
	if (store->is_read_only && !file_exists(options->ring))
		return OK;
	TRY(ring_open(options->ring, name.len == 0, &store->ring));
	return must_be_ours(store, name);
}

struct error *
keys_open(struct store *store, const struct store_options *options)
{
	if (options->ring == NULL)
		return OK;
	if (store->writer != NULL)
		return open_for(store, store->writer, options);
	struct connection *reader;
	TRY(connection_open(store, false, false, &reader));
	struct error *error = open_for(store, reader, options);
	connection_close(reader);
	return error;
}

void
keys_close(struct store *store)
{
	for (size_t at = 0; at < store->indexes_count; at++)
		store->indexes[at].close(store->indexes[at].index);
	ring_close(store->ring);
	free(store->dropping);
}

bool
store_has_ring(const struct store *store)
{
	return store->ring != NULL;
}

struct error *
store_ring_name(struct look *look, struct text *name)
{
	return store_setting(look, text_of(ring_setting), name);
}

struct error *
act_name_ring(struct act *act)
{
	struct store *store = act->look.store;
	if (store->ring == NULL)
		return broken("鍵束がつながっていません。");
	return act_set(act, text_of(ring_setting), ring_name(act->look.arena, store->ring));
}

enum key_state
store_key_state(struct store *store, int64_t owner)
{
	unsigned char key[CIPHER_KEY];
	if (store->ring == NULL)
		return KEY_MISSING;
	const enum key_state state = ring_key(store->ring, owner, key);
	wipe(key, sizeof key);
	return state;
}

struct error *
act_key_make(struct act *act, int64_t owner)
{
	TRY(store_fault(act->look.store));
	if (act->look.store->ring == NULL)
		return broken("鍵束がつながっていないため、個人データを書き込めません。");
	ring_make(act->look.store->ring, owner);
	return OK;
}

/* ---- Destroying ---- */

static struct hash
mark_of(const unsigned char key[static CIPHER_KEY])
{
	return hash_of_two(T("bansho key\n"), (struct text){ (const char *)key, CIPHER_KEY });
}

struct error *
act_key_drop(struct act *act, int64_t owner, struct hash *mark)
{
	struct store *store = act->look.store;
	unsigned char key[CIPHER_KEY];
	TRY(store_fault(store));
	if (store->ring == NULL)
		return broken("鍵束がつながっていないため、消去できません。");
	*mark = (struct hash){ { 0 } };
	if (ring_key(store->ring, owner, key) == KEY_HELD)
		*mark = mark_of(key);
	wipe(key, sizeof key);
	if (store->dropping_count == store->dropping_room) {
		store->dropping_room = store->dropping_room == 0 ? 16 : store->dropping_room * 2;
		store->dropping = realloc(store->dropping,
					  store->dropping_room * sizeof *store->dropping);
		if (store->dropping == NULL)
			abort();
	}
	store->dropping[store->dropping_count++] = owner;
	return OK;
}

struct error *
store_key_destroy(struct store *store, int64_t owner)
{
	if (store->ring == NULL)
		return broken("鍵束がつながっていないため、消去できません。");
	return ring_destroy(store->ring, owner);
}

struct error *
keys_before_commit(struct store *store)
{
	if (store->ring == NULL)
		return OK;
	return ring_save(store->ring);
}

/* The write-ahead log still holds rows as they were; best effort while others read. */
static void
empty_log(struct store *store)
{
	(void)sqlite3_wal_checkpoint_v2(store->writer->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
					NULL);
}

/* The act is committed: what fails here is finished at the next commit or opening. */
void
keys_after_commit(struct store *store)
{
	size_t left = 0;
	if (store->dropping_count == 0)
		return;
	for (size_t at = 0; at < store->dropping_count; at++) {
		struct error *error = store_key_destroy(store, store->dropping[at]);
		if (error == OK)
			continue;
		log_error("key", error);
		store->dropping[left++] = store->dropping[at];
	}
	store->dropping_count = left;
	empty_log(store);
}

void
keys_after_undo(struct store *store)
{
	store->dropping_count = 0;
	if (store->ring != NULL)
		ring_forget(store->ring);
}

struct error *
store_keys_export(const char *ring, const char *to)
{
	struct ring *own;
	TRY(ring_open(ring, false, &own));
	struct error *error = ring_export(own, to);
	ring_close(own);
	return error;
}

struct error *
store_keys_import(const char *from, const char *ring, int64_t *taken)
{
	return ring_import(from, ring, taken);
}

/* ---- Old plain text ---- */

enum { SCRUBBED = 1 };

static struct error *
read_mark(struct connection *connection, bool *is_scrubbed)
{
	sqlite3_stmt *read;
	int code = sqlite3_prepare_v2(connection->db, "PRAGMA user_version", -1, &read, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "scrub");
	code = sqlite3_step(read);
	*is_scrubbed = code == SQLITE_ROW && sqlite3_column_int(read, 0) >= SCRUBBED;
	sqlite3_finalize(read);
	return OK;
}

static struct error *
scrub(struct connection *connection)
{
	bool is_scrubbed = false;
	TRY(read_mark(connection, &is_scrubbed));
	if (is_scrubbed)
		return OK;
	TRY(connection_run(connection, "VACUUM; PRAGMA user_version=1;"));
	const int code = sqlite3_wal_checkpoint_v2(connection->db, NULL,
						   SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return code == SQLITE_OK ? OK : store_trouble(connection->db, code, "scrub");
}

struct error *
store_scrub(struct store *store)
{
	struct connection *connection;
	TRY(connection_open(store, true, false, &connection));
	struct error *error = scrub(connection);
	connection_close(connection);
	return error;
}

static struct index_of_store *
index_find(struct store *store, void *(*open)(void))
{
	for (size_t at = 0; at < store->indexes_count; at++)
		if (store->indexes[at].open == open)
			return &store->indexes[at];
	return NULL;
}

void *
store_index(struct store *store, void *(*open)(void), void (*close)(void *index))
{
	pthread_mutex_lock(&store->lock);
	struct index_of_store *found = index_find(store, open);
	if (found == NULL && store->indexes_count < INDEXES_MOST) {
		found = &store->indexes[store->indexes_count++];
		*found = (struct index_of_store){ open, close, open() };
	}
	pthread_mutex_unlock(&store->lock);
	return found != NULL ? found->index : NULL;
}
