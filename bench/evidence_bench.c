/*
 * Evidence of all clauses: worked out in full, and again after one act, against reading once, with
 * nothing but SQLite, the rows that the rules stand on. Medians of interleaved rounds.
 * usage: evidence_bench DATA PROGRAMS [ROUNDS]
 */
#include "clock.h"
#include "median.h"

#include "cli/body.h"

#include "assure/history.h"
#include "base/secret.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS_MOST = 101 };

/* Somebody who has work today: the clerk of the demonstration. */
static int64_t
clerk(sqlite3 *db)
{
	sqlite3_stmt *find;
	int64_t person = 0;
	if (sqlite3_prepare_v2(db, "SELECT id FROM people_account WHERE login = 'shokuin'", -1, &find,
			       NULL) == SQLITE_OK &&
	    sqlite3_step(find) == SQLITE_ROW)
		person = sqlite3_column_int64(find, 0);
	sqlite3_finalize(find);
	return person;
}

/* ---- The baseline ---- */

static double
bare(sqlite3 *db)
{
	static const char *const reads[] = {
		"SELECT count(*), sum(confirmed), sum(owner) FROM ledger_row WHERE is_retired = 0",
		"SELECT count(d.sent), count(d.granted) FROM flow_occasion o JOIN flow_dossier d ON d.id = o.dossier",
		"SELECT count(*) FROM flow_permit WHERE state IN ('valid', 'out')",
		"SELECT count(*) FROM flow_outing WHERE back IS NULL",
		"SELECT count(*) FROM flow_item WHERE struck_why IS NULL",
		"SELECT count(*) FROM people_assignment WHERE until = 0",
	};
	const double begin = now();
	for (size_t at = 0; at < sizeof reads / sizeof *reads; at++)
		if (sqlite3_exec(db, reads[at], NULL, NULL, NULL) != SQLITE_OK) {
			fprintf(stderr, "%s\n", sqlite3_errmsg(db));
			exit(2);
		}
	return (now() - begin) * 1e3;
}

/* ---- Ours ---- */

static double
evidence(struct body *body, bool is_afresh, int64_t *rules_new)
{
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	LOOK_SCOPED look = { 0 };
	struct assurance assurance;
	const double begin = now();
	must(look_begin(body->store, arena, &look));
	must(is_afresh ? assure_afresh(&look, &body->flow, NULL, &assurance)
		       : assure(&look, &body->flow, NULL, &assurance));
	const double took = (now() - begin) * 1e3;
	*rules_new = 0;
	for (size_t at = 0; at < assurance.count; at++)
		for (size_t rule = 0; rule < assurance.clauses[at].rules_count; rule++)
			*rules_new += assurance.clauses[at].rules[rule].is_new;
	return took;
}

struct deed {
	struct body *body;
	int64_t person;
	int round;
};

static struct error *
change_asset(struct act *act, void *with)
{
	const struct deed *deed = with;
	const struct pack *pack = deed->body->pack;
	struct ledger_page page;
	struct ledger_value *values;
	size_t count;
	TRY(ledger_list(&act->look, pack, pack_ledger(pack, T("asset")), &(struct ledger_query){ 0 }, 50,
			&page));
	const struct ledger_row *row = &page.rows[(size_t)deed->round % page.count];
	TRY(ledger_values(act->look.arena, row, &values, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(values[at].name, "place"))
			values[at].value = text_format(act->look.arena, "棚 %d-%lld", deed->round,
						       (long long)act->look.now.ms);
	return ledger_change(act, pack, row->id, row->revision, values, count);
}

static struct error *
change_person(struct act *act, void *with)
{
	const struct deed *deed = with;
	TRY(people_person_language(act, (struct person_id){ deed->person },
				   deed->round % 2 == 0 ? LANGUAGE_EN : LANGUAGE_JA));
	return OK;
}

static struct error *
draft(struct act *act, void *with)
{
	const struct deed *deed = with;
	const struct flow_answer answers[] = { { T_INIT("doing"), { 0 }, T_INIT("carry") } };
	struct flow_words words = { .purpose = T("計測"), .asked = { .answers = answers,
								   .answers_count = 1 } };
	struct dossier_id made;
	return flow_draft(act, &deed->body->flow, (struct post_id){ 0 }, &words, &made);
}

static double
after(struct body *body, int64_t person, act_work *work, int round, int64_t *rules_new)
{
	struct deed deed = { body, person, round };
	const struct actor actor = { .person = person, .through = T("bench") };
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	must(store_act(body->store, arena, &actor, work, &deed));
	return evidence(body, false, rules_new);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open((size_t)1 << 30);
	struct body body;
	sqlite3 *db;
	static double times[5][ROUNDS_MOST];
	int64_t fresh, person, asset, flow;
	if (argc < 3)
		return 2;
	const int rounds = argc > 3 && atoi(argv[3]) < ROUNDS_MOST ? atoi(argv[3]) : 21;
	secret_start();
	must(body_open(arena, &(struct body_options){ .data = argv[1], .programs = argv[2] }, &body));
	if (sqlite3_open_v2(store_path(body.store), &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return 2;
	const int64_t who = clerk(db);
	evidence(&body, false, &fresh);
	for (int at = 0; at < rounds; at++) {
		times[0][at] = bare(db);
		times[1][at] = evidence(&body, true, &fresh);
		times[2][at] = after(&body, who, change_asset, at, &asset);
		times[3][at] = after(&body, who, draft, at, &flow);
		times[4][at] = after(&body, who, change_person, at, &person);
	}
	const double base = median(times[0], (size_t)rounds);
	printf("%-34s %8.1f  %-10s\n", "the same rows read once", base, "ms");
	const char *const names[] = { "", "evidence, all of it", "after a change in the ledger",
				      "after a draft", "after a change of a person" };
	const int64_t rules[] = { 0, fresh, asset, flow, person };
	for (int at = 1; at < 5; at++) {
		const double took = median(times[at], (size_t)rounds);
		printf("%-34s %8.1f  %-10s %.2f to the same rows read once (%lld answers worked out)\n",
		       names[at], took, "ms", took / base, (long long)rules[at]);
	}
	sqlite3_close(db);
	body_close(&body);
	return 0;
}
