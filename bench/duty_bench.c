/*
 * How long it takes to bring N open duties up to date: one unit, N rows of a ledger that are each looked after
 * twice a year. Real store, journal and pack. First all occurrences are made, then nothing is to be done (the
 * median of five), then all are to be done and somebody is told, then the year is drawn up.
 *
 *	duty_bench PACK_FOLDER FOLDER N
 */
#include "base/secret.h"
#include "clock.h"
#include "duty/duty.h"
#include "journal/journal.h"

enum { TIMES = 5, BLOCK = 500 };

struct bench {
	struct arena *arena;
	struct store *store;
	struct pack *pack;
	struct flow flow;
	int64_t rows, from;
	struct unit_id unit;
	struct row_id system;
	struct moment at;
};

static struct moment
bench_clock(void *with)
{
	return ((struct bench *)with)->at;
}

static struct error *
house_work(struct act *act, void *with)
{
	struct bench *bench = with;
	struct unit unit = { .code = T("1"), .name = T("情報課"), .kind = UNIT_SECTION,
			     .since = DAY_NONE, .until = DAY_NONE };
	struct post post = { .name = T("課長"), .rank = 1, .since = DAY_NONE, .until = DAY_NONE };
	struct assignment_id assignment;
	struct person_id person;
	struct post_id id;
	TRY(people_unit_add(act, &unit, &bench->unit));
	post.unit = bench->unit;
	post.roles[post.roles_count++] = T("system-manager");
	TRY(people_post_add(act, bench->pack, &post, &id));
	TRY(people_person_add(act,
			      &(struct person){ .number = T("000001"), .family = T("姓"), .given = T("名"),
						.kana = T("カナ"), .since = DAY_NONE, .until = DAY_NONE },
			      &person));
	TRY(people_assign(act, &(struct assignment){ .person = person, .post = id, .is_main = true,
						     .since = DAY_NONE, .until = DAY_NONE },
			  &assignment));
	const struct ledger_value values[] = {
		{ T("name"), T("網") },	   { T("kind"), T("cloud") },  { T("uses"), T("通信") },
		{ T("system-class"), T("III") }, { T("zone"), T("lgwan") }, { T("grave"), T("no") },
		{ T("place"), T("室") },   { T("owner"), T("1") },
	};
	return ledger_add(act, bench->pack, pack_ledger(bench->pack, T("system")), values,
			  sizeof values / sizeof *values, &bench->system);
}

static struct error *
rows_work(struct act *act, void *with)
{
	struct bench *bench = with;
	const struct pack_ledger *ledger = pack_ledger(bench->pack, T("equipment-outside"));
	for (int64_t no = bench->from; no < bench->from + BLOCK && no < bench->rows; no++) {
		struct row_id row;
		const struct ledger_value values[] = {
			{ T("name"), text_format(act->look.arena, "機器%lld", (long long)no) },
			{ T("site"), T("変電所") },
			{ T("owner"), text_number(act->look.arena, bench->unit.no) },
			{ T("system"), text_number(act->look.arena, bench->system.no) },
		};
		TRY(ledger_add(act, bench->pack, ledger, values, sizeof values / sizeof *values, &row));
	}
	return OK;
}

static int
order(const void *a, const void *b)
{
	const double one = *(const double *)a, other = *(const double *)b;
	return one < other ? -1 : one > other;
}

static double
plan(struct bench *bench, struct duty_done *done)
{
	struct arena *arena = arena_open((size_t)1 << 30);
	const double began = now();
	must(duty_plan(bench->store, arena, &bench->flow, done));
	const double took = now() - began;
	arena_close(arena);
	return took;
}

static void
measure(struct bench *bench)
{
	struct duty_done first, done;
	struct duty_year_row *rows;
	struct duty_tally tally;
	double times[TIMES];
	size_t count;
	const double made = plan(bench, &first);
	for (int at = 0; at < TIMES; at++)
		times[at] = plan(bench, &done);
	qsort(times, TIMES, sizeof *times, order);
	bench->at.ms += 160 * (int64_t)86400000; /* before the day, within the lead */
	struct arena *arena = arena_open((size_t)1 << 30);
	const double began = now();
	must(duty_clock(bench->store, arena, &bench->flow, &done));
	const double told = now() - began;
	LOOK_SCOPED look = { 0 };
	must(look_begin(bench->store, arena, &look));
	const double from = now();
	must(duty_year(&look, &bench->flow, day_fiscal_year(moment_day(bench->at)),
		       (struct unit_id){ 0 }, &rows, &count));
	const double year = now() - from;
	const double asked = now();
	must(duty_tally(&look, T("offsite-check"), &tally));
	printf("%lld made in %.0f ms; nothing to do %.0f ms (median of %d); %lld told of in %.0f ms; "
	       "the year %.0f ms; its evidence %.1f ms (%lld places)\n",
	       (long long)first.made, made * 1e3, times[TIMES / 2] * 1e3, TIMES,
	       (long long)done.reminded, told * 1e3, year * 1e3, (now() - asked) * 1e3,
	       (long long)tally.places);
}

int
main(int argc, char **argv)
{
	static struct bench bench;
	struct journal *journal;
	if (argc != 4)
		return 2;
	secret_start();
	bench.arena = arena_open((size_t)4 << 30);
	bench.rows = atoll(argv[3]);
	bench.at = (struct moment){ (int64_t)1776000000000 };
	must(pack_load(bench.arena, argv[1], &pack_known, &bench.pack, NULL));
	bench.flow = (struct flow){ bench.pack, flow_usual_outcomes };
	const struct store_options options = {
		.path = text_format(bench.arena, "%s/store.sqlite", argv[2]).data,
		.ring = text_format(bench.arena, "%s/keys/ring", argv[2]).data,
		.may_create = true,
		.migrations = bansho_migrations,
		.clock = bench_clock,
		.clock_with = &bench,
	};
	must(store_open(bench.arena, &options, &bench.store));
	must(journal_open(bench.arena, bench.store, T("bench"), &journal));
	const struct actor actor = { .through = T("bench") };
	must(store_act(bench.store, bench.arena, &actor, house_work, &bench));
	for (; bench.from < bench.rows; bench.from += BLOCK)
		must(store_act(bench.store, bench.arena, &actor, rows_work, &bench));
	measure(&bench);
	store_close(bench.store);
	return 0;
}
