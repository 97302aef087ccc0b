/*
 * Acts per second through the act interface, with the real journal, against a bare SQLite writer
 * that commits one row and one entry of the same size. Same machine, same run, same settings
 * (WAL, synchronous=FULL). Prints the medians of the rounds and their ratio.
 */
#include "house.h"
#include "median.h"

#include <pthread.h>
#include <sqlite3.h>

enum { ROUNDS = 5, ONE_BY_ONE = 2000, CLIENTS = 32, EACH = 250 };

/* ---- The bare writer ---- */

static double
bare(const char *folder, int round)
{
	char path[200];
	sqlite3 *db;
	sqlite3_stmt *row, *entry;
	snprintf(path, sizeof path, "%s/bare%d.sqlite", folder, round);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(2);
	sqlite3_exec(db,
		     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		     "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT) STRICT;"
		     "CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT",
		     NULL, NULL, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO room VALUES (?, ?, 'note')", -1, &row, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO entry VALUES (?, ?)", -1, &entry, NULL);
	char words[301];
	memset(words, 'x', 300);
	words[300] = '\0';
	const double begin = now();
	for (int at = 0; at < ONE_BY_ONE; at++) {
		char name[32];
		snprintf(name, sizeof name, "room %d", at);
		sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		sqlite3_bind_int(row, 1, at);
		sqlite3_bind_text(row, 2, name, -1, SQLITE_STATIC);
		sqlite3_step(row);
		sqlite3_reset(row);
		sqlite3_bind_int(entry, 1, at);
		sqlite3_bind_text(entry, 2, words, 300, SQLITE_STATIC);
		sqlite3_step(entry);
		sqlite3_reset(entry);
		if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
			exit(2);
	}
	const double rate = ONE_BY_ONE / (now() - begin);
	sqlite3_finalize(row);
	sqlite3_finalize(entry);
	sqlite3_close(db);
	return rate;
}

/* ---- Acts ---- */

static void
acts(struct store *store, int count)
{
	const struct actor actor = { .person = 1, .through = T("bench") };
	struct arena *arena = arena_open(ARENA_USUAL);
	for (int at = 0; at < count; at++) {
		must(store_act(store, arena, &actor, add_room, NULL));
		arena_reset(arena);
	}
	arena_close(arena);
}

static void *
client(void *with)
{
	acts(with, EACH);
	return NULL;
}

static double
one_by_one(struct store *store)
{
	const double begin = now();
	acts(store, ONE_BY_ONE);
	return ONE_BY_ONE / (now() - begin);
}

static double
many(struct store *store)
{
	pthread_t threads[CLIENTS];
	const double begin = now();
	for (int at = 0; at < CLIENTS; at++)
		pthread_create(&threads[at], NULL, client, store);
	for (int at = 0; at < CLIENTS; at++)
		pthread_join(threads[at], NULL);
	return CLIENTS * EACH / (now() - begin);
}

int
main(int argc, char **argv)
{
	char folder[200];
	double bares[ROUNDS], singles[ROUNDS], manies[ROUNDS];
	struct arena *arena = arena_open(ARENA_USUAL);
	secret_start();
	/* Another disk than that of /tmp: give its folder. */
	snprintf(folder, sizeof folder, "%s/bansho-bench-XXXXXX", argc > 1 ? argv[1] : "/tmp");
	if (mkdtemp(folder) == NULL)
		return 2;
	struct store *store = house_open(arena, folder);
	for (int round = 0; round < ROUNDS; round++) {
		bares[round] = bare(folder, round);
		singles[round] = one_by_one(store);
		manies[round] = many(store);
	}
	store_close(store);
	const double base = median(bares, ROUNDS), single = median(singles, ROUNDS), together = median(manies, ROUNDS);
	printf("bare SQLite writer       %8.0f commits/s  1.00\n", base);
	printf("acts, one at a time      %8.0f acts/s     %.2f\n", single, single / base);
	printf("acts, %d at once         %8.0f acts/s     %.2f\n", CLIENTS, together, together / base);
	char command[220];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	arena_close(arena);
	return system(command) == 0 ? 0 : 2;
}
