/*
 * The demonstration's history of evidence: states written down at every month's end, judgements of what
 * the policy leaves to judgement, and findings taken up.
 */
#include "assure/history.h"
#include "cli/demo.h"

enum { ROUND_AT = (17 * 60 + 45) * 60000, EVERY_DAYS = 11 };

struct demo_judging {
	const char *words;
	bool is_not_needed;
	int days; /* it holds */
};

static const struct demo_judging judgings[] = {
	{ "対象となる機器・サービスを使っていないため。使うことになったときは、その前に判断し直す。", true, 365 },
	{ "年1回の点検で、手順書どおりに行われていることを確かめた。", false, 365 },
	{ "今の規模では、別の対策（入退室の記録と施錠）で足りると判断した。", true, 180 },
	{ "担当課の聞き取りで、必要なときに行われていることを確かめた。", false, 120 },
};

/* Judgements are spread over the year; a third of what asks for one stays unanswered. */
static void
plan_judgements(struct demo *demo)
{
	const struct pack *pack = demo->body->pack;
	int64_t step = 0;
	for (size_t at = 0; at < pack->clauses_count; at++) {
		if (!pack->clauses[at].is_duty || !pack->clauses[at].is_discretionary)
			continue;
		if (step++ % 3 == 2)
			continue;
		const struct day day = day_plus(demo->first, 30 + step * EVERY_DAYS);
		demo_at(demo, demo_moment(&demo->chance, day), DEED_JUDGE, at,
			(size_t)step % (sizeof judgings / sizeof *judgings)); /* not negative */
	}
}

void
demo_plan_assure(struct demo *demo)
{
	int year, month, day_of_month;
	for (struct day day = demo->first; day.no < demo->size.today.no; day = day_plus(day, 1)) {
		day_parts(day_plus(day, 1), &year, &month, &day_of_month);
		const struct moment evening = { day_begin(day).ms + ROUND_AT };
		if (day_of_month == 1) {
			demo_at(demo, evening, DEED_SEAL, 0, 0); /* a body that runs is signed */
			demo_at(demo, evening, DEED_ASSURE, 0, 0);
		}
		if (day_of_month == 21)
			demo_at(demo, demo_moment(&demo->chance, day), DEED_ANSWER,
				(size_t)month, 0); /* 1 to 12 */
	}
	plan_judgements(demo);
}

static struct error *
judge(struct demo *demo, const struct demo_event *event, struct act *act)
{
	const struct demo_judging *judging = &judgings[event->other];
	const struct pack_clause *clause = &demo->body->pack->clauses[event->what];
	return assure_judge(act, demo->body->pack, clause->id, judging->is_not_needed,
			    text_of(judging->words), day_plus(moment_day(event->at), judging->days));
}

/* The oldest finding that nobody has taken up is planned; every other month one is closed. */
static struct error *
answer(struct demo *demo, const struct demo_event *event, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	const struct finding_query query = { .is_open_only = true, .at = DAY_NONE };
	const bool closes = event->what % 2 == 0;
	struct finding *list;
	size_t count;
	TRY(assure_findings(&act->look, pack, &query, &list, &count));
	for (size_t at = count; at-- > 0;) {
		if ((list[at].plan.len != 0) != closes ||
		    (closes && assure_finding_ends_itself(list[at].kind)))
			continue;
		/* One that rests on somebody's own deed is for another to close. */
		if (closes && list[at].about.len != 0)
			continue;
		if (closes)
			return assure_finding_close(act, pack, list[at].id,
						    T("担当課と確認し、手順を見直して周知した。"));
		return assure_finding_plan(act, pack, list[at].id,
					   T("担当課に原因を確かめ、来月末までに直す。"),
					   day_plus(moment_day(event->at), 40));
	}
	return OK;
}

struct error *
demo_do_assure(struct demo *demo, const struct demo_event *event, struct act *act)
{
	act->actor.person = demo->people[demo->vice_mayor].id.no;
	return event->deed == DEED_JUDGE ? judge(demo, event, act) : answer(demo, event, act);
}

struct error *
demo_record(struct demo *demo)
{
	static const struct actor the_clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct error *error = assure_record(demo->body->store, arena, &demo->body->flow, NULL,
					    &the_clock, &done);
	return error == OK ? OK : broken("%.*s", T_ARG(error->words));
}
