/*
 * Values that must be as laid down: the settings of the body's systems, written down in the row of each by
 * who looked at it, held against the policy's numbers. What is worse, and what nobody looked at in time, is
 * a finding of its own for who answers for that system.
 */
#include "assure/record.h"
#include "assure/settings.h"

#include "base/number.h"

/* What one row says of one rule. */
enum verdict_of_row {
	ROW_SILENT, /* the column is not answered */
	ROW_WORSE,
	ROW_STALE, /* good enough, but not looked at in time */
	ROW_SOON,
	ROW_GOOD,
};

struct bounds {
	bool has_least, has_most;
	int64_t least, most;
	int64_t days; /* within which somebody looked; 0: not asked */
	struct day today;
};

struct valuing {
	const struct pack_evidence *rule;
	struct arena *arena;	 /* of what is told */
	struct arena *row_arena;
	struct bounds bounds;
	int64_t rows, silent, worse, stale, soon;
	struct text worst; /* the first of the worse rows, in words */
	struct causes *causes; /* findings, or NULL */
	const struct assured *assured;
	size_t room;
};

static struct error *
bound_now(struct look *look, const struct pack *pack, const struct evidence_bound *bound, bool *is_there,
	  int64_t *value)
{
	*is_there = bound->is_there;
	*value = bound->number;
	if (bound->parameter == NULL)
		return OK;
	return people_parameter(look, pack, text_z(look->arena, bound->parameter->code),
				bound->parameter->usual, value);
}

static struct error *
bounds_now(struct look *look, const struct pack *pack, const struct pack_evidence *rule,
	   struct bounds *bounds)
{
	*bounds = (struct bounds){ .today = moment_day(look->now) };
	TRY(bound_now(look, pack, &rule->at_least, &bounds->has_least, &bounds->least));
	TRY(bound_now(look, pack, &rule->at_most, &bounds->has_most, &bounds->most));
	if (rule->within == NULL)
		return OK;
	return people_parameter(look, pack, text_z(look->arena, rule->within->code), rule->within->usual,
				&bounds->days);
}

static struct text
value_called(const struct ledger_value *values, size_t count, const struct pack_field *field)
{
	for (size_t at = 0; field != NULL && at < count; at++)
		if (text_same(values[at].name, field->name))
			return values[at].value;
	return T("");
}

static bool
is_worse(const struct pack_evidence *rule, const struct bounds *bounds, struct text value)
{
	int64_t number;
	if (rule->is.len != 0)
		return !text_same(value, rule->is);
	if (!number_read(value, INT64_MIN, INT64_MAX, &number))
		return true;
	return (bounds->has_least && number < bounds->least) || (bounds->has_most && number > bounds->most);
}

static enum verdict_of_row
verdict_of(const struct pack_evidence *rule, const struct bounds *bounds,
	   const struct ledger_value *values, size_t count)
{
	const struct text value = value_called(values, count, rule->column);
	struct day looked;
	if (value.len == 0)
		return ROW_SILENT;
	if (is_worse(rule, bounds, value))
		return ROW_WORSE;
	if (bounds->days == 0)
		return ROW_GOOD;
	/* A day still to come is no look: it would hold for ever. */
	if (!day_read(value_called(values, count, rule->looked), &looked) || looked.no > bounds->today.no ||
	    looked.no < bounds->today.no - bounds->days)
		return ROW_STALE;
	return looked.no < bounds->today.no - bounds->days + SOON_DAYS && bounds->days > SOON_DAYS ? ROW_SOON
												  : ROW_GOOD;
}

/* "12以上" */
static struct text
asked_words(struct arena *arena, const struct pack_evidence *rule, const struct bounds *bounds)
{
	if (rule->is.len != 0)
		return field_show(arena, rule->column, rule->is);
	if (bounds->has_least && bounds->has_most)
		return text_format(arena, say("%lld以上%lld以下"), (long long)bounds->least,
				   (long long)bounds->most);
	if (bounds->has_least)
		return text_format(arena, say("%lld以上"), (long long)bounds->least);
	return text_format(arena, say("%lld以下"), (long long)bounds->most);
}

static struct text
worse_words(const struct valuing *valuing, const struct ledger_row *row, struct text value)
{
	struct arena *arena = valuing->arena;
	return text_format(arena, say("%.*sの「%.*s」が「%.*s」です(決まりは%.*s)。"), T_ARG(row->title),
			   T_ARG(words_now(valuing->rule->column->label)),
			   T_ARG(field_show(arena, valuing->rule->column, value)),
			   T_ARG(asked_words(arena, valuing->rule, &valuing->bounds)));
}

/* ---- Findings ---- */

static bool
is_known_cause(const struct causes *causes, struct text about)
{
	for (size_t at = 0; at < causes->count; at++)
		if (causes->list[at].kind == ASSURE_SETTING && text_same(causes->list[at].about, about))
			return true;
	return false;
}

static void
add_cause(struct valuing *valuing, const struct ledger_row *row, struct text detail, struct text why)
{
	struct causes *causes = valuing->causes;
	const struct pack_role *manager = valuing->rule->ledger->accounts_manager;
	const struct text about = text_format(valuing->arena, "setting:%lld:%.*s", (long long)row->id.no,
					      T_ARG(detail));
	if (is_known_cause(causes, about))
		return; /* a column that several rules ask for */
	if (causes->count == valuing->room) {
		struct cause *longer = ARENA_ARRAY(valuing->arena, struct cause, 2 * valuing->room + 16);
		for (size_t at = 0; at < causes->count; at++)
			longer[at] = causes->list[at];
		causes->list = longer;
		valuing->room = 2 * valuing->room + 16;
	}
	causes->list[causes->count++] = (struct cause){
		.kind = ASSURE_SETTING,
		.assured = valuing->assured,
		.about = about,
		.why = why,
		.role = manager != NULL ? manager : owner_of(valuing->assured->clause),
		.unit = { row->owner },
		.detail = detail,
	};
}

static void
cause_of_row(struct valuing *valuing, const struct ledger_row *row, enum verdict_of_row verdict,
	     struct text value)
{
	if (verdict == ROW_WORSE)
		add_cause(valuing, row, valuing->rule->column->name, worse_words(valuing, row, value));
	if (verdict == ROW_STALE)
		add_cause(valuing, row, valuing->rule->looked->name,
			  text_format(valuing->arena, say("%.*sの設定が、%lld日以内に確かめられていません。"),
				      T_ARG(row->title), (long long)valuing->bounds.days));
}

/* ---- Each row ---- */

static struct error *
value_row(void *with, const struct ledger_row *row)
{
	struct valuing *valuing = with;
	struct ledger_value *values;
	size_t count;
	arena_reset(valuing->row_arena);
	TRY(ledger_values(valuing->row_arena, row, &values, &count));
	if (valuing->rule->where != NULL && !rule_holds_for(valuing->rule, values, count))
		return OK;
	const enum verdict_of_row verdict = verdict_of(valuing->rule, &valuing->bounds, values, count);
	const struct text value = value_called(values, count, valuing->rule->column);
	valuing->rows++;
	valuing->silent += verdict == ROW_SILENT;
	valuing->stale += verdict == ROW_STALE;
	valuing->soon += verdict == ROW_SOON;
	if (verdict == ROW_WORSE && valuing->worse++ == 0)
		valuing->worst = worse_words(valuing, row, value);
	if (valuing->causes != NULL)
		cause_of_row(valuing, row, verdict, value);
	return OK;
}

static struct error *
value_rows(struct look *look, const struct pack *pack, struct valuing *valuing)
{
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	valuing->row_arena = row_arena;
	valuing->arena = look->arena;
	TRY(bounds_now(look, pack, valuing->rule, &valuing->bounds));
	return ledger_each(look, pack, valuing->rule->ledger, &(struct ledger_query){ .state = ROW_LIVING },
			   value_row, valuing);
}

/* ---- The rule ---- */

static struct error *
out_of_order(const struct valuing *valuing, struct assured_rule *answer)
{
	struct arena *arena = valuing->arena;
	if (valuing->worse == 1)
		return answer_with(answer, STATE_LATE, valuing->worst);
	if (valuing->worse != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*s ほかに%lld件あります。"), T_ARG(valuing->worst),
					       (long long)valuing->worse - 1));
	return answer_with(answer, STATE_LATE,
			   text_format(arena, say("%.*sの%lld件で、設定が%lld日以内に確かめられていません。"),
				       T_ARG(words_now(valuing->rule->ledger->name)),
				       (long long)valuing->stale, (long long)valuing->bounds.days));
}

static struct error *
as_laid_down(const struct valuing *valuing, struct assured_rule *answer)
{
	struct arena *arena = valuing->arena;
	const struct text name = words_now(valuing->rule->ledger->name);
	const long long known = valuing->rows - valuing->silent;
	if (valuing->silent != 0)
		return answer_with(answer, STATE_CLAIMED,
				   text_format(arena, say("%.*sの%lld件のうち%lld件だけに書かれています(書かれたものは決まりどおり)。"),
					       T_ARG(name), (long long)valuing->rows, known));
	if (valuing->soon != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("%.*sの%lld件すべてが決まりどおりですが、%lld件の次の確認の期限が%d日以内に来ます。"),
					       T_ARG(name), (long long)valuing->rows, (long long)valuing->soon,
					       (int)SOON_DAYS));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sの%lld件すべてが決まりどおりです(%.*s)。"), T_ARG(name),
				       (long long)valuing->rows,
				       T_ARG(asked_words(arena, valuing->rule, &valuing->bounds))));
}

struct error *
values_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct valuing valuing = { .rule = rule };
	TRY(value_rows(evaluating->look, evaluating->flow->pack, &valuing));
	const struct text name = words_now(rule->ledger->name);
	answer->all = valuing.rows;
	answer->good = valuing.rows - valuing.silent - valuing.worse - valuing.stale;
	if (valuing.rows == 0)
		return answer_with(answer, STATE_MISSING,
				   text_format(valuing.arena, say("%.*sに、当てはまる記録がありません。"),
					       T_ARG(name)));
	if (valuing.silent == valuing.rows)
		return answer_with(answer, STATE_MISSING,
				   text_format(valuing.arena, say("%.*sの「%.*s」が、まだ一件も書かれていません。"),
					       T_ARG(name), T_ARG(words_now(rule->column->label))));
	if (valuing.worse != 0 || valuing.stale != 0)
		return out_of_order(&valuing, answer);
	TRY(as_laid_down(&valuing, answer));
	if (rule->is_partial && (answer->state == STATE_FULFILLED || answer->state == STATE_DUE))
		answer->state = STATE_CLAIMED;
	return OK;
}

/* The first clause of the rule; while an exception bends it there is nothing to find. */
static const struct assured *
clause_of(const struct assurance *assurance, const struct pack_evidence *rule)
{
	for (size_t at = 0; at < assurance->count && rule->clauses_count != 0; at++)
		if (assurance->clauses[at].clause == rule->clauses[0])
			return assurance->clauses[at].state == STATE_EXCEPTED ? NULL : &assurance->clauses[at];
	return NULL;
}

struct error *
causes_of_values(struct look *look, const struct flow *flow, const struct assurance *assurance,
		 struct causes *causes)
{
	for (size_t at = 0; at < flow->pack->evidence_count; at++) {
		struct valuing valuing = { .rule = &flow->pack->evidence[at], .causes = causes,
					   .room = causes->count };
		if (valuing.rule->kind != EVIDENCE_VALUES)
			continue;
		valuing.assured = clause_of(assurance, valuing.rule);
		if (valuing.assured != NULL)
			TRY(value_rows(look, flow->pack, &valuing));
	}
	return OK;
}

/* ---- All that is written down of one row ---- */

const char *
setting_state_words(enum setting_state state)
{
	switch (state) {
	case SETTING_WEAK:
		return say("決まりより弱い");
	case SETTING_STALE:
		return say("確認の期限切れ");
	case SETTING_SILENT:
		return say("書かれていない");
	case SETTING_GOOD:
	case SETTING_STATES:
		break;
	}
	return say("決まりどおり");
}

static enum setting_state
state_of(enum verdict_of_row verdict)
{
	switch (verdict) {
	case ROW_WORSE:
		return SETTING_WEAK;
	case ROW_STALE:
		return SETTING_STALE;
	case ROW_SILENT:
		return SETTING_SILENT;
	case ROW_SOON:
	case ROW_GOOD:
		break;
	}
	return SETTING_GOOD;
}

bool
assure_has_settings(const struct pack *pack, const struct pack_ledger *ledger)
{
	for (size_t at = 0; at < pack->evidence_count; at++)
		if (pack->evidence[at].kind == EVIDENCE_VALUES && pack->evidence[at].ledger == ledger)
			return true;
	return false;
}

/* Several rules may ask for a column: what is worst of them is shown. */
static void
keep_worst(struct settings *settings, const struct setting *setting)
{
	for (size_t at = 0; at < settings->count; at++) {
		if (settings->list[at].column != setting->column)
			continue;
		if (setting->state < settings->list[at].state)
			settings->list[at] = *setting;
		return;
	}
	settings->list[settings->count++] = *setting;
}

static struct error *
add_setting(struct look *look, const struct pack *pack, const struct pack_evidence *rule,
	    const struct ledger_value *values, size_t count, struct settings *settings)
{
	const struct text value = value_called(values, count, rule->column);
	struct bounds bounds;
	if (rule->where != NULL && !rule_holds_for(rule, values, count))
		return OK;
	TRY(bounds_now(look, pack, rule, &bounds));
	keep_worst(settings, &(struct setting){
				     .column = rule->column,
				     .value = field_show(look->arena, rule->column, value),
				     .asked = asked_words(look->arena, rule, &bounds),
				     .state = state_of(verdict_of(rule, &bounds, values, count)),
				     .clause = rule->clauses_count == 0 ? NULL : rule->clauses[0],
			     });
	if (rule->looked != NULL)
		(void)day_read(value_called(values, count, rule->looked), &settings->looked);
	return OK;
}

struct error *
assure_settings(struct look *look, const struct flow *flow, struct row_id row, struct settings *settings)
{
	const struct pack *pack = flow->pack;
	struct settings made = { .looked = DAY_NONE };
	struct ledger_value *values;
	size_t count, kept = 0;
	TRY(ledger_read(look, pack, row, &made.row));
	TRY(ledger_values(look->arena, &made.row, &values, &count));
	made.list = ARENA_ARRAY(look->arena, struct setting, pack->evidence_count + 1);
	for (size_t at = 0; at < pack->evidence_count; at++)
		if (pack->evidence[at].kind == EVIDENCE_VALUES &&
		    pack->evidence[at].ledger == made.row.ledger)
			TRY(add_setting(look, pack, &pack->evidence[at], values, count, &made));
	struct setting *ordered = ARENA_ARRAY(look->arena, struct setting, made.count + 1);
	for (size_t field = 0; made.count != 0 && field < made.row.ledger->fields_count; field++)
		for (size_t at = 0; at < made.count; at++)
			if (made.list[at].column == &made.row.ledger->fields[field])
				ordered[kept++] = made.list[at];
	made.list = ordered;
	for (size_t at = 0; at < made.count; at++)
		made.of[made.list[at].state]++;
	*settings = made;
	return OK;
}
