/*
 * Entries verified a second: every check of journal_verify_store(), all rows of all tables among
 * them, against the least that could be done with the same data by one thread: SQLite reading the
 * same rows of the same file, and SHA-256 once over the bytes of entries and rows.
 */
#include "house.h"

#include <openssl/evp.h>
#include <sqlite3.h>

enum { ROUNDS = 3, NOTES = 500 };

static struct error *
add_rooms(struct act *act, void *with)
{
	for (int at = 0; at < NOTES; at++)
		TRY(add_room(act, with));
	return OK;
}

static void
fill(struct store *store, int64_t entries)
{
	const struct actor actor = { .person = 1, .through = T("bench") };
	for (int64_t at = 0; at < entries; at += NOTES) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		must(store_act(store, arena, &actor, add_rooms, NULL));
	}
}

/* Every column of every row of the query goes into the hash. */
static void
hash_all(sqlite3 *db, EVP_MD_CTX *hash, const char *sql)
{
	sqlite3_stmt *rows;
	if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		exit(2);
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (int at = 0; at < sqlite3_column_count(rows); at++) {
			const void *data = sqlite3_column_blob(rows, at);
			const int len = sqlite3_column_bytes(rows, at);
			if (len > 0)
				EVP_DigestUpdate(hash, data, (size_t)len);
		}
	sqlite3_finalize(rows);
}

struct spent {
	double clock, processor; /* of all threads */
};

static struct spent
spent(void)
{
	struct timespec at;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (struct spent){ now(), (double)at.tv_sec + (double)at.tv_nsec / 1e9 };
}

static struct spent
since(struct spent begin)
{
	const struct spent end = spent();
	return (struct spent){ end.clock - begin.clock, end.processor - begin.processor };
}

static struct spent
least_of(struct spent a, struct spent b)
{
	return (struct spent){ a.clock < b.clock ? a.clock : b.clock,
			       a.processor < b.processor ? a.processor : b.processor };
}

static void
say_spent(const char *what, int64_t entries, struct spent own, struct spent base)
{
	printf("%s %8.0f entries/s  %.2f s by the clock %.2f  %.2f s of processors %.2f\n", what,
	       (double)entries / own.clock, own.clock, base.clock / own.clock, own.processor,
	       base.processor / own.processor);
}

static struct spent
bare(const char *path)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	sqlite3 *db;
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	const struct spent begin = spent();
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		exit(2);
	EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
	hash_all(db, hash, "SELECT entry FROM journal_entry ORDER BY id");
	hash_all(db, hash, "SELECT about, entry FROM journal_about ORDER BY id");
	hash_all(db, hash, "SELECT salt FROM journal_salt ORDER BY id");
	hash_all(db, hash, "SELECT hashes FROM journal_tile ORDER BY id");
	hash_all(db, hash, "SELECT * FROM house_room ORDER BY id");
	EVP_DigestFinal_ex(hash, digest, NULL);
	EVP_MD_CTX_free(hash);
	sqlite3_close(db);
	return since(begin);
}

static struct spent
verify(struct store *store, struct journal_report *report, double *entries_alone)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	LOOK_SCOPED look = { 0 };
	const struct journal_verify_options options = { 0 };
	const struct spent begin = spent();
	const int64_t begin_us = clock_us();
	must(look_begin(store, arena, &look));
	must(journal_verify_store(&look, &options, report));
	const struct spent own = since(begin);
	*entries_alone = (double)(report->rows_begin_us - begin_us) / 1e6 < *entries_alone
				 ? (double)(report->rows_begin_us - begin_us) / 1e6
				 : *entries_alone;
	if (report->finding_total != 0) {
		fprintf(stderr, "%.*s\n", T_ARG(report->findings[0].words));
		exit(2);
	}
	report->findings = NULL; /* of the arena */
	return own;
}

int
main(int argc, char **argv)
{
	char folder[200];
	struct arena *arena = arena_open(ARENA_USUAL);
	struct journal_report report;
	const int64_t entries = argc > 1 ? atoll(argv[1]) : 1000000;
	double alone = 1e9;
	struct spent least = { 1e9, 1e9 }, ours = least;
	secret_start();
	/* KEEP=folder: the store is made there once, and found there the next time. */
	const char *keep = getenv("KEEP");
	snprintf(folder, sizeof folder, "%s/bansho-bench-XXXXXX", argc > 2 ? argv[2] : "/tmp");
	if (keep != NULL)
		snprintf(folder, sizeof folder, "%s", keep);
	else if (mkdtemp(folder) == NULL)
		return 2;
	const bool is_there = file_exists(path_join(arena, folder, "house.sqlite"));
	struct store *store = house_open(arena, folder);
	const double begin = now();
	if (!is_there)
		fill(store, entries);
	const double filled = now() - begin;
	for (int round = 0; round < ROUNDS; round++) {
		if (getenv("ALONE") == NULL) /* for a profile */
			least = least_of(least, bare(path_join(arena, folder, "house.sqlite")));
		ours = least_of(ours, verify(store, &report, &alone));
	}
	store_close(store);
	printf("made %lld entries by acts of %d in %.1f s\n", (long long)report.size, NOTES, filled);
	say_spent("bare SQLite and SHA-256", entries, least, least);
	say_spent("verify                 ", report.size, ours, least);
	printf("of it entries, tree, index, tiles %.2f s by the clock, rows %.2f\n", alone,
	       ours.clock - alone);
	printf("verified: %lld entries and their tree, index and tiles, and %lld rows\n",
	       (long long)report.size, (long long)report.rows);
	if (keep != NULL)
		return 0;
	char command[220];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	arena_close(arena);
	return system(command) == 0 ? 0 : 2;
}
