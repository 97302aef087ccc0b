/*
 * How long it takes to bring N open duties up to date: one unit, N rows of a ledger that are each looked after
 * twice a year. Real store, journal and pack. First all occurrences are made, then nothing is to be done (the
 * median of five), then all are to be done and somebody is told, then the year is drawn up.
 *
 *	duty_bench PACK_FOLDER FOLDER N
 */
#include "own_house.h"
#include "median.h"

#include "duty/duty.h"

enum { TIMES = 5 };

static struct error *
house_work(struct act *act, void *with)
{
	struct own_house *house = with;
	TRY(own_begin(act, house, T("課長"), T("system-manager")));
	return own_person(act, house, (struct person){ .number = T("000001"), .family = T("姓"), .given = T("名"),
						       .kana = T("カナ") });
}

static struct error *
rows_work(struct act *act, void *with)
{
	struct own_house *house = with;
	const struct pack_ledger *ledger = pack_ledger(house->pack, T("equipment-outside"));
	for (int64_t no = house->from; no < house->from + BLOCK && no < house->many; no++) {
		struct row_id row;
		const struct ledger_value values[] = {
			{ T("name"), text_format(act->look.arena, "機器%lld", (long long)no) },
			{ T("site"), T("変電所") },
			{ T("owner"), text_number(act->look.arena, house->unit.no) },
			{ T("system"), text_number(act->look.arena, house->system.no) },
		};
		TRY(ledger_add(act, house->pack, ledger, values, sizeof values / sizeof *values, &row));
	}
	return OK;
}

static double
plan(struct own_house *house, struct duty_done *done)
{
	struct arena *arena = arena_open((size_t)1 << 30);
	const double began = now();
	must(duty_plan(house->store, arena, &house->flow, done));
	const double took = now() - began;
	arena_close(arena);
	return took;
}

static void
measure(struct own_house *house)
{
	struct duty_done first, done;
	struct duty_year_row *rows;
	struct duty_tally tally;
	double times[TIMES];
	size_t count;
	const double made = plan(house, &first);
	for (int at = 0; at < TIMES; at++)
		times[at] = plan(house, &done);
	const double usual = median(times, TIMES);
	house->at.ms += 160 * (int64_t)86400000; /* before the day, within the lead */
	struct arena *arena = arena_open((size_t)1 << 30);
	const double began = now();
	must(duty_clock(house->store, arena, &house->flow, &done));
	const double told = now() - began;
	LOOK_SCOPED look = { 0 };
	must(look_begin(house->store, arena, &look));
	const double from = now();
	must(duty_year(&look, &house->flow, day_fiscal_year(moment_day(house->at)),
		       (struct unit_id){ 0 }, &rows, &count));
	const double year = now() - from;
	const double asked = now();
	must(duty_tally(&look, T("offsite-check"), &tally));
	printf("%lld made in %.0f ms; nothing to do %.0f ms (median of %d); %lld told of in %.0f ms; "
	       "the year %.0f ms; its evidence %.1f ms (%lld places)\n",
	       (long long)first.made, made * 1e3, usual * 1e3, TIMES,
	       (long long)done.reminded, told * 1e3, year * 1e3, (now() - asked) * 1e3,
	       (long long)tally.places);
}

int
main(int argc, char **argv)
{
	static struct own_house house = { .at = { (int64_t)1776000000000 } };
	if (argc != 4)
		return 2;
	own_open(argv, &house);
	own_act(&house, house_work);
	own_fill(&house, rows_work);
	measure(&house);
	store_close(house.store);
	return 0;
}
