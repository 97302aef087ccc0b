/* What a permit will let pass, from when until when; issuing it, and saying so before it is sent. */
#include "flow/rooms.h"

#include "base/number.h"
#include "base/writer.h"

enum { SCOPE_MOST = 500, BENDS_MOST = 500, BENDS_LEN = 2000 };

static struct error *
parameter_of(struct look *look, const struct flow *flow, const struct pack_parameter *parameter,
	     int64_t *value)
{
	return people_parameter(look, flow->pack, text_z(look->arena, parameter->code),
				parameter->usual, value);
}

static struct error *
default_end(struct look *look, const struct flow *flow, const struct pack_occasion *occasion,
	    struct day from, struct day *until)
{
	const struct pack_permit *how = &occasion->permit;
	int64_t days;
	if (occasion->has_exception && occasion->exception.ends != NULL) {
		TRY(parameter_of(look, flow, occasion->exception.ends, &days));
		*until = day_plus(from, days - 1);
		return OK;
	}
	TRY(people_parameter(look, flow->pack,
			     how->usual != NULL ? text_z(look->arena, how->usual->code)
						: "permit.usual-days",
			     how->usual != NULL ? how->usual->usual : 30, &days));
	*until = day_plus(from, days);
	return OK;
}

/* What was reported was in force from the day it happened. */
static void
find_from(struct asking *asking, const struct pack_occasion *occasion, struct day *from)
{
	struct moment happened;
	*from = moment_day(asking->look->now);
	if (occasion->has_exception && occasion->exception.is_emergency && occasion->has_report &&
	    report_happened(asking, occasion, &happened))
		*from = moment_day(happened);
}

static struct error *
plan_days(struct look *look, const struct flow *flow, struct asking *asking,
	  const struct pack_occasion *occasion, struct flow_permit_preview *plan)
{
	const struct pack_permit *how = &occasion->permit;
	const bool is_emergency = occasion->has_exception && occasion->exception.is_emergency;
	struct day from;
	int64_t most;
	find_from(asking, occasion, &plan->from);
	TRY(default_end(look, flow, occasion, plan->from, &plan->until));
	plan->is_default_end = true;
	if (how->period != NULL) {
		const struct text asked = asking_value(asking, how->period, T(""));
		if (value_period(asked, &from, &plan->until)) {
			plan->is_default_end = false;
			plan->from = is_emergency ? plan->from : from;
		} else if (day_read(asked, &plan->until)) {
			plan->is_default_end = false;
		}
	}
	if (how->most == NULL)
		return OK;
	TRY(parameter_of(look, flow, how->most, &most));
	if (plan->until.no - plan->from.no + 1 > most)
		plan->until = day_plus(plan->from, most - 1);
	return OK;
}

static struct error *
plan_holder(struct look *look, struct asking *asking, const struct dossier *dossier,
	    const struct pack_occasion *occasion, struct flow_permit_preview *plan)
{
	const struct pack_field *field = occasion->permit.holder;
	int64_t person;
	plan->holder = dossier->applicant;
	plan->holder_name = dossier->applicant_name;
	if (field == NULL ||
	    !number_read(asking_value(asking, field, T("")), 1, INT64_MAX, &person))
		return OK;
	struct error *error = people_name(look, (struct person_id){ person }, &plan->holder_name);
	if (error != NULL && error->kind == ERROR_MISSING)
		return OK; /* the check says so */
	TRY(error);
	plan->holder.no = person;
	return OK;
}

static void
add_scope(struct flow_permit_preview *plan, struct text name, struct text value)
{
	if (value.len > 0 && plan->scope_count < SCOPE_MOST)
		plan->scope[plan->scope_count++] = (struct flow_scope){ name, value };
}

static const struct ledger_row *
row_of(const struct asking *asking, int64_t id)
{
	for (size_t at = 0; at < asking->rows_count; at++)
		if (asking->rows[at].id.no == id)
			return &asking->rows[at];
	for (size_t at = 0; at < asking->others_count; at++)
		if (asking->others[at].id.no == id)
			return &asking->others[at];
	return NULL;
}

/* A row is known to machines by its place in the ledger, and by its serial number. */
static void
add_item(struct asking *asking, const struct pack_scope *scope, struct text item,
	 struct flow_permit_preview *plan)
{
	struct text serial, what;
	int64_t id;
	const enum field_kind kind = scope->field->kind;
	if (kind == FIELD_SERIALS) {
		value_halves(item, &serial, &what);
		add_scope(plan, scope->name, serial);
		return;
	}
	if ((kind != FIELD_ASSET && kind != FIELD_ASSETS) || !number_read(item, 1, INT64_MAX, &id)) {
		add_scope(plan, scope->name, item);
		return;
	}
	const struct ledger_row *row = row_of(asking, id);
	if (row == NULL)
		return;
	add_scope(plan, scope->name, about_asset(asking->look->arena, row));
	add_scope(plan, scope->name, row->serial);
}

static void
plan_scope(struct asking *asking, const struct pack_occasion *occasion,
	   struct flow_permit_preview *plan)
{
	const struct pack_permit *how = &occasion->permit;
	plan->scope = ARENA_ARRAY(asking->look->arena, struct flow_scope, SCOPE_MOST);
	for (size_t at = 0; at < how->scope_count; at++) {
		const struct pack_scope *scope = &how->scope[at];
		struct text item, rest = asking_value(asking, scope->field, T(""));
		if (scope->field->kind == FIELD_LONG_TEXT) {
			add_scope(plan, scope->name, rest);
			continue;
		}
		while (value_next(&rest, &item))
			add_item(asking, scope, item, plan);
	}
}

static void
plan_bends(struct asking *asking, const struct pack_occasion *occasion,
	   struct flow_permit_preview *plan)
{
	if (!occasion->has_exception)
		return;
	struct text item, rest = asking_value(asking, occasion->exception.clauses, T(""));
	plan->bends = ARENA_ARRAY(asking->look->arena, const struct pack_clause *, BENDS_MOST);
	while (value_next(&rest, &item) && plan->bends_count < BENDS_MOST) {
		const struct pack_clause *clause = pack_clause(asking->pack, item);
		if (clause != NULL)
			plan->bends[plan->bends_count++] = clause;
	}
}

struct error *
plan_permit(struct look *look, const struct flow *flow, const struct dossier *dossier,
	    const struct pack_occasion *occasion, struct flow_permit_preview *plan)
{
	struct asking asking = dossier_asking(look, flow, dossier);
	*plan = (struct flow_permit_preview){ .occasion = occasion };
	for (size_t at = 0; at < occasion->outcomes_count; at++)
		plan->is_at_send |= text_is(occasion->outcomes[at].name, "permit.issue") &&
				    occasion->outcomes[at].at == AT_SEND;
	TRY(plan_days(look, flow, &asking, occasion, plan));
	TRY(plan_holder(look, &asking, dossier, occasion, plan));
	plan_scope(&asking, occasion, plan);
	plan_bends(&asking, occasion, plan);
	return OK;
}

struct error *
flow_preview_permits(struct look *look, const struct flow *flow, struct dossier_id id,
		     struct flow_permit_preview **permits, size_t *count)
{
	struct dossier dossier;
	size_t made = 0;
	TRY(flow_read(look, flow, id, &dossier));
	struct flow_permit_preview *list = ARENA_ARRAY(look->arena, struct flow_permit_preview,
						       dossier.occasions_count + 1);
	for (size_t at = 0; at < dossier.occasions_count; at++)
		if (dossier.occasions[at]->has_permit)
			TRY(plan_permit(look, flow, &dossier, dossier.occasions[at], &list[made++]));
	*permits = list;
	*count = made;
	return OK;
}

static int64_t
find_moment(struct asking *asking, const struct pack_field *field)
{
	struct moment moment = { 0 };
	if (field != NULL)
		moment_read(asking_value(asking, field, T("")), &moment);
	return moment.ms;
}

static struct text
find_conditions(struct arena *arena, const struct dossier *dossier)
{
	struct writer out = writer_open(arena, 1 << 20);
	for (size_t at = 0; at < dossier->decisions_count; at++) {
		const struct flow_decision *decision = &dossier->decisions[at];
		if (decision->revision != dossier->revision ||
		    decision->verdict != VERDICT_PERMIT_WITH)
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, decision->words);
	}
	return out.len > 0 ? writer_text(&out) : T("");
}

static struct error *
put_scope(struct act *act, struct permit_id permit, const struct flow_permit_preview *plan)
{
	for (size_t at = 0; at < plan->scope_count; at++) {
		const struct flow_scope *scope = &plan->scope[at];
		int64_t id;
		TRY(act_number(act, T("flow-scope"), &id));
		TRY(flow_scope_add(act, &(struct flow_scope_add_in){
						.id = id, .permit = permit.no, .name = scope->name,
						.value = scope->value,
						.folded = text_fold(act->look.arena,
								    scope->value) }));
	}
	return OK;
}

static struct error *
put_exception(struct act *act, struct permit_id permit, struct asking *asking,
	      struct dossier_id dossier, const struct flow_permit_preview *plan)
{
	const struct pack_exception *how = &plan->occasion->exception;
	struct text measure = T("");
	if (!plan->occasion->has_exception)
		return OK;
	if (how->measure != NULL)
		measure = asking_value(asking, how->measure, T(""));
	TRY(flow_exception_add(act, &(struct flow_exception_add_in){
					    .id = permit.no, .dossier = dossier.no,
					    .measure = measure.data == NULL ? T("") : measure,
					    .is_emergency = how->is_emergency ? 1 : 0 }));
	for (size_t at = 0; at < plan->bends_count; at++) {
		int64_t id;
		TRY(act_number(act, T("flow-bent"), &id));
		TRY(flow_bent_add(act, &(struct flow_bent_add_in){ id, permit.no,
								   plan->bends[at]->id }));
	}
	return OK;
}

static struct text
join_bends(struct arena *arena, const struct flow_permit_preview *plan)
{
	struct writer out = writer_open(arena, BENDS_LEN + 200);
	for (size_t at = 0; at < plan->bends_count && out.len < BENDS_LEN; at++)
		write_format(&out, "%s%.*s", at > 0 ? "," : "", T_ARG(plan->bends[at]->id));
	return writer_text(&out);
}

static struct error *
note_issue(struct act *act, const struct dossier *dossier, const struct flow_permit *permit,
	   const struct flow_permit_preview *plan)
{
	struct arena *arena = act->look.arena;
	const struct pack_occasion *occasion = plan->occasion;
	struct fact_pair pairs[8] = { { "digest", hash_hex(arena, &dossier->digest), 0 },
				      { "from", day_iso(arena, plan->from), 0 },
				      { "occasion", occasion->code, 0 },
				      { "until", day_iso(arena, plan->until), 0 } };
	size_t count = 4;
	if (occasion->has_exception) {
		pairs[count++] = (struct fact_pair){ "bends", join_bends(arena, plan), 0 };
		pairs[count++] = (struct fact_pair){ "emergency", { 0 },
						     occasion->exception.is_emergency ? 1 : 0 };
		pairs[count++] = (struct fact_pair){
			"end", plan->is_default_end ? T("default") : T("stated"), 0 };
	}
	return note_permit(act, dossier, permit, "permit.issue", NULL, pairs);
}

/* Sent again after a send back: what was in force by being reported stays the permit it was. */
static bool
is_issued(const struct dossier *dossier, const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].occasion == occasion)
			return true;
	return false;
}

struct error *
flow_permit_issue(struct act *act, const struct flow *flow, struct dossier_id id,
		  const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	struct dossier dossier;
	struct flow_permit_preview plan;
	int64_t number;
	struct arena *arena = act->look.arena;
	const struct pack_permit *how = &occasion->permit;
	(void)outcome;
	TRY(flow_read(&act->look, flow, id, &dossier));
	if (is_issued(&dossier, occasion))
		return OK;
	TRY(plan_permit(&act->look, flow, &dossier, occasion, &plan));
	struct asking asking = dossier_asking(&act->look, flow, &dossier);
	TRY(act_number(act, T("permit"), &number));
	const struct flow_permit_add_in in = {
		.id = number,
		.number = text_format(arena, "%.*s-%zu", T_ARG(dossier.number),
				      dossier.permits_count + 1),
		.dossier = id.no,
		.occasion = occasion->code,
		.from_day = plan.from.no,
		.until_day = plan.until.no,
		.leaves = find_moment(&asking, how->leaves),
		.returns = find_moment(&asking, how->returns),
		.is_signed_out = how->returns != NULL ? 1 : 0,
		.conditions = find_conditions(arena, &dossier),
		.now = act->look.now.ms,
		.holder = plan.holder.no,
		.is_default_end = plan.is_default_end ? 1 : 0,
	};
	struct flow_permit permit = { .id = { number }, .occasion = occasion };
	permit.bends = ARENA_ARRAY(arena, struct text, plan.bends_count + 1);
	for (; permit.bends_count < plan.bends_count; permit.bends_count++)
		permit.bends[permit.bends_count] = plan.bends[permit.bends_count]->id;
	TRY(flow_permit_add(act, &in));
	TRY(put_scope(act, permit.id, &plan));
	TRY(put_exception(act, permit.id, &asking, id, &plan));
	return note_issue(act, &dossier, &permit, &plan);
}
