/* What stands on いまの状況: findings, clauses, judgements. */
#include "pages/now_pages.h"

/* Who would put it right sees it: whose name stands there, or who holds its role in this scope. */
static bool
is_theirs(const struct now *now, const struct finding *finding)
{
	if (now->scope == NOW_BODY)
		return true;
	if (finding->person.no != 0 && now->scope == NOW_MINE)
		return finding->person.no == now->visit->session.person.no;
	if (!now_holds(now, finding->role))
		return false;
	for (size_t at = 0; at < now->units_count; at++)
		if (finding->unit.no == 0 || finding->unit.no == now->units[at].no)
			return true;
	return false;
}

/* 「3.2.(9) 廃棄は…: 遅れ・不備」: which rule, and in what way. */
static struct text
finding_words(struct visit *visit, const struct finding *one)
{
	const struct pack_clause *clause = one->pack_clause;
	if (clause == NULL)
		return text_format(visit->arena, "%.*s: %s", T_ARG(one->clause), assure_finding_words(one->kind));
	return text_format(visit->arena, "%.*s %.*s: %s", T_ARG(clause->number), T_ARG(words_now(clause->duty)),
			   assure_finding_words(one->kind));
}

struct error *
now_findings(struct now *now)
{
	struct visit *visit = now->visit;
	struct finding_query query = { .is_open_only = true, .at = DAY_NONE };
	struct finding *list;
	size_t count;
	if (!visit_may(visit, RIGHT_MAP_READ))
		return OK;
	TRY(assure_findings(now->look, visit->office->pack, &query, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct finding *one = &list[at];
		/* The body's page shows what is late; what is being put right in time is its owner's. */
		if (!is_theirs(now, one) || (now->scope == NOW_BODY && !one->is_late))
			continue;
		now_put(now, one->is_late ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("指摘")),
			.all = url_path(visit->arena, "/findings"),
			.words = finding_words(visit, one),
			.why = text_format(visit->arena, "%.*s %.*s", T_ARG(one->number), T_ARG(one->why)),
			.due = one->due,
			.href = url_of_number(visit->arena, "/findings/{}", one->id.no),
		});
	}
	return OK;
}

static void
put_clause(struct now *now, const struct assured *assured)
{
	struct visit *visit = now->visit;
	now_put(now, NOW_RED, (struct now_line){
		.kind = text_of(say("条項が守れていない")),
		.all = url_path(visit->arena, "/clauses?state=late"),
		.words = text_format(visit->arena, "%.*s %.*s", T_ARG(assured->clause->number),
				     T_ARG(words_now(assured->clause->duty))),
		.why = assured->why,
		.due = DAY_NONE,
		.href = clause_page_url(visit->arena, assured->clause),
	});
}

static void
put_judging(struct now *now, const struct assured *assured, enum judging judging)
{
	struct visit *visit = now->visit;
	const bool is_ending = judging == JUDGING_ENDING;
	now_put(now, is_ending ? NOW_ENDS : NOW_DO, (struct now_line){
		.kind = text_of(is_ending ? say("判断") : say("判断が要る")),
		.all = is_ending ? url_path(visit->arena, "/judgements?kind=ending") : url_path(visit->arena, "/judgements?kind=open"),
		.words = text_format(visit->arena, "%.*s %.*s", T_ARG(assured->clause->number),
				     T_ARG(words_now(assured->clause->duty))),
		.why = is_ending ? T("") : text_of(judging_words(judging)),
		.due = is_ending ? assured->judgement->until : DAY_NONE,
		.href = clause_page_url(visit->arena, assured->clause),
	});
}

static bool
is_actor(const struct now *now, const struct pack_clause *clause)
{
	return now->scope == NOW_BODY || (clause->actor != NULL && now_holds(now, clause->actor->code));
}

struct error *
now_clauses(struct now *now)
{
	struct visit *visit = now->visit;
	struct assurance assurance;
	/* A clause stands for the whole body: a section sees its own part as findings and ledgers. */
	if ((now->scope != NOW_SYSTEMS && now->scope != NOW_BODY) || !visit_may(visit, RIGHT_MAP_READ))
		return OK;
	TRY(assure(now->look, visit->office->flow, visit->office->sealing, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		if (assurance.clauses[at].state == STATE_LATE && is_actor(now, assurance.clauses[at].clause))
			put_clause(now, &assurance.clauses[at]);
	return OK;
}

struct error *
now_judgements(struct now *now)
{
	struct visit *visit = now->visit;
	struct assurance assurance;
	if (now->scope == NOW_MINE || !visit_may(visit, RIGHT_MAP_READ))
		return OK;
	TRY(assure(now->look, visit->office->flow, visit->office->sealing, &assurance));
	for (size_t at = 0; at < assurance.count; at++) {
		const struct assured *assured = &assurance.clauses[at];
		const enum judging judging = assured_judging(assured, visit->today);
		if (is_actor(now, assured->clause) &&
		    (judging == JUDGING_UNANSWERED || judging == JUDGING_RAN_OUT || judging == JUDGING_ENDING))
			put_judging(now, assured, judging);
	}
	return OK;
}
