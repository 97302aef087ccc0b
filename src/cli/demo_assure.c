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

/* What was looked at where the policy leaves nothing but a person's eye, by the kind of the clause. */
const char *
demo_seen_words(enum clause_kind kind, size_t no)
{
	const bool is_odd = no % 2 != 0;
	switch (kind) {
	case CLAUSE_PHYSICAL:
		return is_odd ? "現場を見て回り、決まりどおりであることを確かめた。写真を課の共有フォルダーに置いた。"
			      : "設置場所を点検の表で見て回り、措置がとられていることを確かめた。";
	case CLAUSE_ENFORCE:
	case CLAUSE_CONVERT:
	case CLAUSE_DETECT:
		return is_odd ? "設定書と実際の動きを見て、決まりどおりであることを確かめた。"
			      : "担当者に画面を見せてもらい、決まりどおりに動くことを確かめた。";
	case CLAUSE_RECORD:
	case CLAUSE_REPORT:
	case CLAUSE_PERIODIC:
		return is_odd ? "記録を十件抜き出して見て、決まりどおりに残っていることを確かめた。"
			      : "記録と担当課の聞き取りで、もれのないことを確かめた。";
	case CLAUSE_APPROVE:
	case CLAUSE_ATTEST:
		return is_odd ? "課の朝礼と見回りで様子を確かめた。報告もれは見つからなかった。"
			      : "担当課の聞き取りで、決まりどおりに行われていることを確かめた。";
	case CLAUSE_ASSIGN:
	case CLAUSE_PLAN:
	case CLAUSE_HEADING:
		break;
	}
	return is_odd ? "決めた文書と会議の記録を見て、いまの組織に合っていることを確かめた。"
		      : "文書の置き場所と中身を見て、いまのやり方と合っていることを確かめた。";
}

bool
demo_asks_a_person(const struct pack_clause *clause)
{
	bool asks = false, awaits = false;
	for (size_t at = 0; at < clause->evidence_count; at++) {
		asks |= clause->evidence[at]->kind == EVIDENCE_JUDGED;
		awaits |= clause->evidence[at]->kind == EVIDENCE_AWAITS;
	}
	return asks && !(clause->is_discretionary && awaits);
}

enum { SEEN = sizeof judgings / sizeof *judgings, SEEN_FIRST = 20, SEEN_DAYS = 300 };

/* Everything else that asks for a judgement has one, none of them about to end. */
static void
plan_seen(struct demo *demo, struct chance *chance, size_t at, bool is_answered)
{
	const struct pack_clause *clause = &demo->body->pack->clauses[at];
	if (!demo_asks_a_person(clause) || is_answered)
		return;
	demo_at(demo, demo_moment(chance, day_plus(demo->size.today,
						   -(SEEN_FIRST + (int64_t)(at * 37 % SEEN_DAYS)))),
		DEED_JUDGE, at, SEEN);
}

/* Judgements are spread over the year; of what may be left out, something stays unanswered. */
static void
plan_judgements(struct demo *demo)
{
	const struct pack *pack = demo->body->pack;
	struct chance chance = { (uint64_t)demo->size.seed + 84 }; /* not negative */
	int64_t step = 0;
	for (size_t at = 0; at < pack->clauses_count; at++) {
		if (!pack->clauses[at].is_duty)
			continue;
		const bool is_answered = pack->clauses[at].is_discretionary && step++ % 3 != 2;
		plan_seen(demo, &chance, at, is_answered);
		if (!is_answered)
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
	const struct pack_clause *clause = &demo->body->pack->clauses[event->what];
	if (event->other == SEEN)
		return assure_judge(act, demo->body->pack, clause->id, false,
				    text_of(demo_seen_words(clause->kind, event->what)),
				    day_plus(moment_day(event->at), 365));
	const struct demo_judging *judging = &judgings[event->other];
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
