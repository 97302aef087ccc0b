/* Every clause's state, from its rules, from what persons judged, and from exceptions in force. */
#include "assure/rooms.h"

struct assuring {
	const struct evaluating *evaluating;
	struct answers answers;
	const struct judgement *judged; /* the newest of each clause, in order of clause */
	size_t judged_count;
	const struct bent *bent; /* in order of clause */
	size_t bent_count;
	struct day today;
};

/* ---- The machine's column ---- */

/* Where the policy says that a person's judgement is the proof. */
static struct error *
judged_rule(const struct assuring *assuring, const struct judgement *judgement,
	    const struct pack_evidence *rule, struct assured_rule *answer)
{
	struct arena *arena = assuring->evaluating->look->arena;
	int64_t days;
	*answer = (struct assured_rule){ .rule = rule, .state = STATE_MISSING, .is_new = true };
	if (judgement == NULL)
		return answer_with(answer, STATE_MISSING, text_of(say("人の判断を待っています。")));
	TRY(within_days(assuring->evaluating, rule, 366, &days));
	const struct day fresh = day_plus(moment_day(judgement->at), days);
	const struct day ends = fresh.no < judgement->until.no ? fresh : judgement->until;
	if (ends.no < assuring->today.no)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("人の判断が%.*sで切れています。"),
					       T_ARG(day_wareki(arena, ends))));
	if (judgement->is_not_needed)
		return answer_with(answer, STATE_JUDGED,
				   text_format(arena, say("%.*sまで不要と判断されています。"),
					       T_ARG(day_wareki(arena, ends))));
	if (ends.no <= assuring->today.no + JUDGE_SOON_DAYS)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("人の判断が%.*sで切れます。"),
					       T_ARG(day_wareki(arena, ends))));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("責任者が確かめたと記録しています(%.*sまで)。"),
				       T_ARG(day_wareki(arena, ends))));
}

static struct error *
answer_rules(const struct assuring *assuring, const struct judgement *newest,
	     struct assured *assured)
{
	const struct pack_clause *clause = assured->clause;
	const struct pack *pack = assuring->evaluating->flow->pack;
	bool is_awaiting = false;
	assured->rules = ARENA_ARRAY(assuring->evaluating->look->arena, struct assured_rule,
				     clause->evidence_count + 1);
	assured->rules_count = clause->evidence_count;
	assured->machine = STATE_MISSING;
	assured->machine_why = text_of(say("この条項を示す記録は、まだ番所にありません。"));
	for (size_t at = 0; at < clause->evidence_count; at++) {
		const struct pack_evidence *rule = clause->evidence[at];
		struct assured_rule *answer = &assured->rules[at];
		if (rule->kind == EVIDENCE_JUDGED)
			TRY(judged_rule(assuring, newest, rule, answer));
		else
			*answer = assuring->answers.of[rule - pack->evidence];
		/* Of what is missing, a part of Bansho that is not there yet is the reason that lasts. */
		const bool lasts = answer->state == STATE_MISSING && assured->machine == STATE_MISSING &&
				   rule->kind == EVIDENCE_AWAITS && !is_awaiting;
		if (at != 0 && answer->state <= assured->machine && !lasts)
			continue;
		is_awaiting = rule->kind == EVIDENCE_AWAITS;
		assured->machine = answer->state;
		assured->machine_why = answer->why;
		assured->good = answer->good;
		assured->all = answer->all;
	}
	return OK;
}

/* ---- The person's column, and exceptions ---- */

/* A person's judgement counts where the machine saw nothing; it never hides what is late. */
static void
apply_judgement(struct arena *arena, struct assured *assured)
{
	const struct judgement *judgement = assured->judgement;
	if (judgement == NULL)
		return;
	assured->is_disagreeing = assured->machine == STATE_LATE;
	if (assured->machine != STATE_MISSING && assured->machine != STATE_CLAIMED)
		return;
	assured->state = judgement->is_not_needed ? STATE_JUDGED : STATE_CLAIMED;
	assured->is_said = true;
	assured->why = text_format(
		arena,
		judgement->is_not_needed ? say("%.*sが、%.*sまで不要と判断しています。")
					 : say("%.*sが、%.*sまで実施していると申告しています。"),
		T_ARG(judgement->person_name), T_ARG(day_wareki(arena, judgement->until)));
}

/* A rule that is bent is shown as bent, whatever else is seen; the machine's column goes on. */
static void
apply_exceptions(const struct assuring *assuring, struct assured *assured)
{
	struct arena *arena = assuring->evaluating->look->arena;
	struct exception_of *made = ARENA_ARRAY(arena, struct exception_of, assuring->bent_count + 1);
	for (size_t at = 0; at < assuring->bent_count; at++) {
		const struct bent *bent = &assuring->bent[at];
		if (!text_same(bent->clause, assured->clause->id))
			continue;
		made[assured->exceptions_count++] = bent->exception;
		if (!bent->exception.is_living || assured->state == STATE_EXCEPTED)
			continue;
		assured->state = STATE_EXCEPTED;
		assured->is_said = false;
		assured->why = text_format(arena, say("許可%.*sにより、%.*sまで例外を認めています。"),
					   T_ARG(bent->exception.number),
					   T_ARG(day_wareki(arena, bent->exception.until)));
	}
	assured->exceptions = made;
}

static const struct judgement *
judgement_of(const struct assuring *assuring, struct text clause)
{
	size_t low = 0, high = assuring->judged_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = text_order(assuring->judged[middle].clause, clause);
		if (order == 0)
			return &assuring->judged[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct error *
assure_clause(const struct assuring *assuring, struct assured *assured)
{
	struct arena *arena = assuring->evaluating->look->arena;
	const struct judgement *newest = judgement_of(assuring, assured->clause->id);
	if (newest != NULL && newest->is_valid)
		assured->judgement = newest;
	else
		assured->ran_out = newest;
	TRY(answer_rules(assuring, newest, assured));
	assured->state = assured->machine;
	assured->why = assured->machine_why;
	apply_judgement(arena, assured);
	if (assuring->bent_count != 0)
		apply_exceptions(assuring, assured);
	return OK;
}

/* What the journal's control asks of it: a signed head, and nothing unsigned for two days. */
static struct error *
is_journal_signed(const struct evaluating *evaluating, bool *is_signed)
{
	struct journal_state state;
	struct look *look = evaluating->look;
	TRY(journal_state(look, evaluating->sealing, &state));
	*is_signed = state.signed_size != 0 &&
		     (state.size == state.signed_size ||
		      look->now.ms - state.signed_at.ms <= 2 * (int64_t)DAY_MS);
	return OK;
}

static struct error *
assure_all(const struct evaluating *evaluating, bool is_afresh, struct assurance *assurance)
{
	struct look *look = evaluating->look;
	const struct pack *pack = evaluating->flow->pack;
	struct assurance made = { .at = look->now };
	struct assuring assuring = { .evaluating = evaluating, .today = moment_day(look->now) };
	struct bent *bent;
	TRY(answers_now(evaluating, is_afresh, &assuring.answers));
	TRY(judgements_newest(look, &assuring.judged, &assuring.judged_count));
	TRY(exceptions_now(evaluating, &bent, &assuring.bent_count));
	assuring.bent = bent;
	made.size = assuring.answers.size;
	made.clauses = ARENA_ARRAY(look->arena, struct assured, pack->duties_count + 1);
	for (size_t at = 0; at < pack->clauses_count; at++) {
		if (!pack->clauses[at].is_duty)
			continue;
		struct assured *assured = &made.clauses[made.count++];
		assured->clause = &pack->clauses[at];
		TRY(assure_clause(&assuring, assured));
		made.of[assured->state]++;
	}
	TRY(is_journal_signed(evaluating, &made.is_proved));
	*assurance = made;
	return OK;
}

struct error *
assure(struct look *look, const struct flow *flow, struct sealing *sealing,
       struct assurance *assurance)
{
	struct asked_once once = { 0 };
	const struct evaluating evaluating = { .look = look, .flow = flow, .sealing = sealing, .once = &once };
	return assure_all(&evaluating, false, assurance);
}

struct error *
assure_afresh(struct look *look, const struct flow *flow, struct sealing *sealing,
	      struct assurance *assurance)
{
	struct asked_once once = { 0 };
	const struct evaluating evaluating = { .look = look, .flow = flow, .sealing = sealing, .once = &once };
	return assure_all(&evaluating, true, assurance);
}

enum judging
assured_judging(const struct assured *assured, struct day today)
{
	if (assured->judgement != NULL)
		return assured->judgement->until.no <= today.no + JUDGE_SOON_DAYS ? JUDGING_ENDING
										  : JUDGING_VALID;
	const bool is_open = assured->machine == STATE_MISSING || assured->machine == STATE_CLAIMED;
	if (assured->ran_out != NULL && (is_open || assured->machine == STATE_LATE))
		return JUDGING_RAN_OUT;
	if (!assured->clause->is_discretionary)
		return JUDGING_NONE;
	return is_open ? JUDGING_UNANSWERED : JUDGING_BY_DEED;
}

struct error *
assure_knows_history(struct look *look, bool *knows)
{
	return store_has_step(look, T("assure"), ASSURE_HISTORY_STEP, knows);
}
