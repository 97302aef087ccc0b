/* What ledgers show: their rows are there, as many as must be, and were confirmed in time. */
#include "assure/rooms.h"

struct counting {
	const struct evaluating *evaluating;
	const struct pack_evidence *rule;
	struct arena *row_arena;
	const struct ledger_row *row;
	struct ledger_value *values;
	size_t count;
	struct moment since, soon_since;
	struct ledger_totals totals;
};

static struct when_value
answer_column(void *with, struct text name)
{
	const struct counting *counting = with;
	const struct pack_field *field = ledger_field(counting->rule->ledger, name);
	for (size_t at = 0; field != NULL && at < counting->count; at++)
		if (text_same(counting->values[at].name, name))
			return when_value_of(field, counting->values[at].value);
	return (struct when_value){ .kind = WHEN_NONE };
}

static struct error *
count_row(void *with, const struct ledger_row *row)
{
	struct counting *counting = with;
	arena_reset(counting->row_arena);
	counting->row = row;
	TRY(ledger_values(counting->row_arena, row, &counting->values, &counting->count));
	if (!when_evaluate(counting->rule->where,
			   &(struct when_answers){ .answer = answer_column, .with = counting }))
		return OK;
	counting->totals.rows++;
	counting->totals.stale += row->confirmed.ms < counting->since.ms;
	counting->totals.soon += row->confirmed.ms < counting->soon_since.ms;
	return OK;
}

/* With a condition every row is looked at: Bansho cannot ask the store about the pack's own columns. */
static struct error *
totals_where(struct counting *counting)
{
	const struct evaluating *evaluating = counting->evaluating;
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	counting->row_arena = row_arena;
	return ledger_each(evaluating->look, evaluating->flow->pack, counting->rule->ledger,
			   &(struct ledger_query){ .state = ROW_LIVING }, count_row, counting);
}

static struct error *
totals_of(const struct evaluating *evaluating, const struct pack_evidence *rule, int64_t days,
	  struct ledger_totals *totals)
{
	struct counting counting = { .evaluating = evaluating, .rule = rule };
	counting.since = days_ago(evaluating->look, days);
	counting.soon_since = days_ago(evaluating->look, days > SOON_DAYS ? days - SOON_DAYS : days);
	if (rule->where == NULL)
		return ledger_totals(evaluating->look, rule->ledger, counting.since,
				     counting.soon_since, totals);
	TRY(totals_where(&counting));
	*totals = counting.totals;
	return OK;
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

struct error *
ledger_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text name = words_now(rule->ledger->name);
	const int64_t least = rule->least > 0 ? rule->least : 1;
	struct ledger_totals now;
	int64_t days;
	TRY(within_days(evaluating, rule, 365, &days));
	TRY(totals_of(evaluating, rule, days, &now));
	answer->all = now.rows;
	answer->good = now.rows;
	if (now.rows < least)
		return answer_with(answer, STATE_MISSING, few_words(evaluating, rule, &now));
	if (rule->within == NULL && rule->where != NULL)
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
