/*
 * What ledgers show: their rows are there, as many as must be, and current. Rows that are confirmed again
 * and again (a ledger with `confirm`) must all have been confirmed in time; of records of what was done,
 * which nobody confirms, enough must have been made within the time.
 */
#include "assure/rooms.h"

struct counting {
	const struct evaluating *evaluating;
	const struct pack_evidence *rule;
	struct arena *row_arena;
	struct marks_asked asked;
	struct marks_tally tally;
};

bool
rule_holds_for(const struct pack_evidence *rule, const struct ledger_value *values, size_t count)
{
	struct ledger_answers holding = { rule->ledger, values, count };
	return when_evaluate(rule->where,
			     &(struct when_answers){ .answer = ledger_answer, .with = &holding });
}

static struct error *
count_row(void *with, const struct ledger_row *row)
{
	struct counting *counting = with;
	struct ledger_value *values;
	size_t count;
	arena_reset(counting->row_arena);
	TRY(ledger_values(counting->row_arena, row, &values, &count));
	if (rule_holds_for(counting->rule, values, count))
		marks_count(&counting->tally, &counting->asked, row->created, row->confirmed);
	return OK;
}

/*
 * With a condition every row is looked at: Bansho cannot ask the store about the pack's own columns. What
 * was seen of a row is kept until it changes (marks.c), but not believed in an act or when asked afresh.
 */
static struct error *
totals_where(struct counting *counting)
{
	const struct evaluating *evaluating = counting->evaluating;
	bool is_told = false;
	if (evaluating->is_keeping)
		TRY(marks_tally(evaluating->look, evaluating->flow->pack, &counting->asked,
				&counting->tally, &is_told));
	if (is_told)
		return OK;
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	counting->row_arena = row_arena;
	return ledger_each(evaluating->look, evaluating->flow->pack, counting->rule->ledger,
			   &(struct ledger_query){ .state = ROW_LIVING }, count_row, counting);
}

static bool
are_records(const struct pack_evidence *rule)
{
	return rule->ledger->confirm == NULL && rule->within != NULL;
}

bool
rule_reads_rows(const struct pack_evidence *rule)
{
	return rule->where != NULL || are_records(rule);
}

static struct error *
count_rows(const struct evaluating *evaluating, const struct pack_evidence *rule, int64_t days,
	   struct counting *counting)
{
	*counting = (struct counting){ .evaluating = evaluating, .rule = rule };
	counting->asked = (struct marks_asked){
		.rule = rule,
		.size = evaluating->size,
		.since = days_ago(evaluating->look, days),
		.soon_since = days_ago(evaluating->look, days > SOON_DAYS ? days - SOON_DAYS : days),
	};
	if (rule_reads_rows(rule))
		return totals_where(counting);
	return ledger_totals(evaluating->look, rule->ledger, counting->asked.since,
			     counting->asked.soon_since, &counting->tally.totals);
}

/* How many there are, where no freshness is asked. */
static struct error *
present(const struct evaluating *evaluating, const struct pack_evidence *rule,
	const struct ledger_totals *totals, struct assured_rule *answer)
{
	return answer_with(answer, STATE_FULFILLED,
			   text_format(evaluating->look->arena, say("%.*sに、当てはまる記録が%lld件あります。"),
				       T_ARG(words_now(rule->ledger->name)), (long long)totals->rows));
}

static struct text
late_words(const struct evaluating *evaluating, const struct pack_evidence *rule,
	   const struct ledger_totals *now, int64_t days)
{
	struct arena *arena = evaluating->look->arena;
	const struct text name = words_now(rule->ledger->name);
	if (rule->where != NULL)
		return text_format(arena,
				   say("%.*sの当てはまる%lld件のうち%lld件が、%lld日以内に確認されていません。"),
				   T_ARG(name), (long long)now->rows, (long long)now->stale,
				   (long long)days);
	return text_format(arena,
			   say("%.*sの%lld件のうち%lld件(%lldの所属)が、%lld日以内に確認されていません。"),
			   T_ARG(name), (long long)now->rows, (long long)now->stale,
			   (long long)now->units_stale, (long long)days);
}

static struct text
few_words(const struct evaluating *evaluating, const struct pack_evidence *rule,
	  const struct ledger_totals *now)
{
	struct arena *arena = evaluating->look->arena;
	const struct text name = words_now(rule->ledger->name);
	if (now->rows == 0 && rule->where == NULL)
		return text_format(arena, say("%.*sに記録がありません。"), T_ARG(name));
	if (now->rows == 0)
		return text_format(arena, say("%.*sに、当てはまる記録がありません。"), T_ARG(name));
	return text_format(arena, say("%.*sに、当てはまる記録が%lld件しかありません(%lld件以上が要ります)。"),
			   T_ARG(name), (long long)now->rows, (long long)rule->least);
}

/* Of records: as many as must be, made within the days. */
static struct error *
made_in_time(const struct counting *counting, int64_t least, int64_t days, struct assured_rule *answer)
{
	struct arena *arena = counting->evaluating->look->arena;
	const struct text name = words_now(counting->rule->ledger->name);
	answer->all = least;
	answer->good = counting->tally.made < least ? counting->tally.made : least;
	if (counting->tally.made < least)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*sに、この%lld日に作られた当てはまる記録が%lld件しかありません(%lld件以上が要ります)。"),
					       T_ARG(name), (long long)days, (long long)counting->tally.made,
					       (long long)least));
	if (counting->tally.made_soon < least)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("%.*sに、この%lld日に作られた当てはまる記録が%lld件ありますが、次の期限が%d日以内に来ます。"),
					       T_ARG(name), (long long)days, (long long)counting->tally.made,
					       (int)SOON_DAYS));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sに、この%lld日に作られた当てはまる記録が%lld件あります。"),
				       T_ARG(name), (long long)days, (long long)counting->tally.made));
}

struct error *
ledger_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text name = words_now(rule->ledger->name);
	const int64_t least = rule->least > 0 ? rule->least : 1;
	struct counting counting;
	int64_t days;
	TRY(within_days(evaluating, rule, 365, &days));
	TRY(count_rows(evaluating, rule, days, &counting));
	const struct ledger_totals now = counting.tally.totals;
	answer->all = now.rows;
	answer->good = now.rows;
	if (now.rows < least)
		return answer_with(answer, STATE_MISSING, few_words(evaluating, rule, &now));
	if (are_records(rule))
		return made_in_time(&counting, least, days, answer);
	if (rule->within == NULL)
		return present(evaluating, rule, &now, answer);
	answer->good = now.rows - now.stale;
	if (now.stale != 0)
		return answer_with(answer, STATE_LATE, late_words(evaluating, rule, &now, days));
	if (now.soon != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena,
					       say("%.*sの%lld件はすべて確認されていますが、%lld件の期限が%d日以内に来ます。"),
					       T_ARG(name), (long long)now.rows, (long long)now.soon,
					       (int)SOON_DAYS));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sの%lld件すべてが%lld日以内に確認されています。"),
				       T_ARG(name), (long long)now.rows, (long long)days));
}
