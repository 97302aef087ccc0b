/*
 * Lookups of permits per second among 100,000, by device, beside a bare prepared SELECT on the same file.
 *	consult_bench PACK	prints the medians of interleaved rounds
 * Rows are written straight into the file: what is measured is looking.
 */
#include "clock.h"
#include "median.h"

#include "flow/consult.h"
#include "programs/consult_listen.h"

#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/service.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { PERMITS = 100000, PERSONS = 4000, ROUNDS = 5, LOOKUPS = 20000, BATCH = 32 };

enum method { BARE, ONE_LOOK_EACH, BATCHED, SOCKET, SOCKET_AHEAD, METHODS };
static const char *const names[METHODS] = { "bare SELECT by device", "flow_consult, a snapshot each",
					    "flow_consult, 32 of a snapshot", "socket, one by one",
					    "socket, 32 ahead" };

static char folder[] = "/tmp/consult-bench-XXXXXX";
static struct store *store;
static struct flow flow;
static sqlite3 *db;
static sqlite3_stmt *statement;
static int client;
static FILE *answers;

static void
run_sql(const char *sql)
{
	char *why = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK)
		return;
	fprintf(stderr, "consult_bench: %s\n", why);
	exit(2);
}

/* A permit in ten is over; each has two values of scope; ten permits to a person at most 25. */
static void
fill(void)
{
	const int64_t today = moment_day(moment_now()).no;
	char *sql = sqlite3_mprintf(
		"BEGIN;"
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO people_person (id, number, name, family, given, kana, mail, language)"
		" SELECT i, printf('%%06d', i), 'x', 'x', 'x', 'x', '', 'ja' FROM n;"
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO flow_dossier (id, number, change, revision, state, purpose, applicant, unit,"
		" lead, created, changed) SELECT i, printf('R8-%%06d', i), 1, 1, 'granted', 'bench',"
		" i %% %d + 1, 1, 'transport', 1, 1 FROM n;"
		"INSERT INTO flow_permit (id, number, dossier, occasion, state, from_day, until_day,"
		" is_signed_out, conditions, issued, ended, holder)"
		" SELECT id, number || '-1', id, 'transport', iif(id %% 10 = 0, 'expired', 'valid'),"
		" %lld - 10, iif(id %% 10 = 0, %lld - 1, %lld + 20), 0, '', 1, iif(id %% 10 = 0, 2, NULL),"
		" applicant FROM flow_dossier;"
		"INSERT INTO flow_scope (id, permit, name, value, folded)"
		" SELECT id * 2, id, 'device', printf('PC-%%06d', id), printf('pc%%06d', id) FROM flow_permit;"
		"INSERT INTO flow_scope (id, permit, name, value, folded)"
		" SELECT id * 2 + 1, id, 'system', printf('system-%%d', id %% 40), printf('system%%d', id %% 40)"
		" FROM flow_permit; COMMIT; ANALYZE",
		PERSONS, PERMITS, PERSONS, (long long)today, (long long)today, (long long)today);
	run_sql(sql);
	sqlite3_free(sql);
}

static void
open_all(struct arena *arena, const char *pack)
{
	const char *path = path_join(arena, folder, "store.sqlite");
	const char *socket_path = path_join(arena, folder, "permits.sock");
	const struct store_options options = { .path = path, .may_create = true,
					       .ring = path_join(arena, folder, "keys/ring"),
					       .migrations = bansho_migrations };
	struct consult_service *service;
	struct consult_door door = { .flow = &flow };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	must(store_open(arena, &options, &store));
	struct pack *loaded;
	must(pack_load(arena, pack, &pack_known, &loaded, NULL));
	flow.pack = loaded;
	flow.outcomes = flow_usual_outcomes;
	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(2);
	fill();
	if (sqlite3_prepare_v3(db,
			       "SELECT t.state, t.from_day, t.until_day, t.number FROM flow_scope s"
			       " JOIN flow_permit t ON t.id = s.permit WHERE s.name = 'device' AND s.folded = ?"
			       " AND t.state = 'valid' AND t.from_day <= ?2 AND t.until_day >= ?2",
			       -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
		exit(2);
	door.store = store;
	must(consult_door_open(socket_path, NULL, &door.fd));
	must(consult_start(&door, &service));
	memcpy(address.sun_path, socket_path, strlen(socket_path));
	client = socket(AF_UNIX, SOCK_STREAM, 0);
	if (connect(client, (struct sockaddr *)&address, sizeof address) != 0)
		exit(2);
	answers = fdopen(dup(client), "r");
}

static int
device(int no)
{
	return (int)((int64_t)no * 7919 % PERMITS) + 1; /* below PERMITS */
}

static int
look_bare(int no)
{
	char folded[20];
	const int len = snprintf(folded, sizeof folded, "pc%06d", device(no));
	sqlite3_bind_text(statement, 1, folded, len, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, moment_day(moment_now()).no);
	const int is_valid = sqlite3_step(statement) == SQLITE_ROW;
	sqlite3_reset(statement);
	return is_valid;
}

static int
look_flow(struct look *look, int no)
{
	struct consult_answer answer;
	const struct consult_question question = {
		.occasion = T("transport"),
		.pairs = { { T("device"), text_format(look->arena, "ＰＣ：%06d", device(no)) } },
		.pairs_count = 1,
	};
	must(flow_consult(look, &flow, &question, &answer));
	return answer.state == CONSULTED_VALID;
}

static int
look_some(struct arena *arena, int first, int count)
{
	int valid = 0;
	LOOK_SCOPED look = { 0 };
	arena_reset(arena);
	must(look_begin(store, arena, &look));
	for (int at = 0; at < count; at++)
		valid += look_flow(&look, first + at);
	return valid;
}

static int
ask_some(int first, int count)
{
	static char answer[1 << 16];
	char lines[BATCH * 120];
	int len = 0, valid = 0;
	for (int at = 0; at < count; at++)
		len += snprintf(lines + len, sizeof lines - (size_t)len,
				"{\"v\":1,\"occasion\":\"transport\",\"scope\":{\"device\":\"PC-%06d\"}}\n",
				device(first + at));
	if (send(client, lines, (size_t)len, 0) != len)
		exit(2);
	for (int at = 0; at < count; at++)
		if (fgets(answer, sizeof answer, answers) != NULL)
			valid += strstr(answer, "\"state\":\"valid\"") != NULL;
	return valid;
}

static double
rate(struct arena *arena, enum method method)
{
	const double began = now();
	int valid = 0, expected = 0;
	for (int no = 0; no < LOOKUPS; no++)
		expected += device(no) % 10 != 0;
	for (int no = 0; no < LOOKUPS; no += method == BATCHED || method == SOCKET_AHEAD ? BATCH : 1) {
		if (method == BARE)
			valid += look_bare(no);
		else if (method == SOCKET || method == SOCKET_AHEAD)
			valid += ask_some(no, method == SOCKET ? 1 : BATCH);
		else
			valid += look_some(arena, no, method == BATCHED ? BATCH : 1);
	}
	if (valid != expected) {
		fprintf(stderr, "consult_bench: %s answered %d valid, not %d\n", names[method], valid, expected);
		exit(1);
	}
	return LOOKUPS / (now() - began);
}

int
main(int count, char **words)
{
	double rates[METHODS][ROUNDS], base = 0;
	struct arena *arena = arena_open((size_t)1 << 30), *work = arena_open(ARENA_USUAL);
	if (count != 2 || mkdtemp(folder) == NULL)
		return 2;
	secret_start();
	log_name("consult_bench");
	open_all(arena, words[1]);
	for (int round = 0; round < ROUNDS; round++)
		for (int method = 0; method < METHODS; method++)
			rates[method][round] = rate(work, (enum method)method);
	for (int method = 0; method < METHODS; method++) {
		const double usual = median(rates[method], ROUNDS);
		base = method == BARE ? usual : base;
		printf("%-34s %8.0f  %-10s %.2f to bare SELECT\n", names[method], usual, "lookups/s",
		       usual / base);
	}
	static const char *const made[] = { "store.sqlite", "store.sqlite-wal", "store.sqlite-shm",
					    "permits.sock", "keys/ring", "keys" };
	sqlite3_finalize(statement);
	sqlite3_close(db);
	for (size_t at = 0; at < sizeof made / sizeof *made; at++)
		(void)remove(path_join(arena, folder, made[at]));
	(void)rmdir(folder);
	return 0;
}
