/* The pieces of a dossier that several pages show: assets, rules, clauses, route, stages. */
#include "pages/bent.h"
#include "pages/dossier_parts.h"

#include "base/log.h"

/* ---- Where in the application we are ---- */

static struct url
stage_url(struct visit *visit, const struct dossier *dossier, int stage)
{
	const int64_t id = dossier->id.no;
	switch (stage) {
	case STAGE_ASK:
		return url_of_number(visit->arena, "/dossiers/{}/ask", id);
	case STAGE_ASSETS:
		return url_of_number(visit->arena, "/dossiers/{}/assets", id);
	case STAGE_NEEDS:
		return url_of_number(visit->arena, "/dossiers/{}/needs", id);
	case STAGE_FORM:
		return url_of_number(visit->arena, "/dossiers/{}/edit", id);
	}
	return url_of_number(visit->arena, "/dossiers/{}/send", id);
}

struct stages_part *
stages_make(struct visit *visit, const struct dossier *dossier, int now)
{
	const char *const words[STAGE_COUNT] = {
		say("1 したいこと"), say("2 情報資産"), say("3 必要な手続"), say("4 様式"),
		say("5 確かめて申請"),
	};
	struct stages_part *part = ARENA_NEW(visit->arena, struct stages_part);
	part->stages = ARENA_ARRAY(visit->arena, struct stages_stages, STAGE_COUNT);
	part->stages_count = STAGE_COUNT;
	for (int at = 0; at < STAGE_COUNT; at++) {
		struct stages_stages *stage = &part->stages[at];
		stage->words = text_of(words[at]);
		stage->is_now = at == now;
		stage->is_done = dossier != NULL && at < now;
		if (dossier != NULL)
			stage->href = stage_url(visit, dossier, at);
	}
	return part;
}

/* ---- Assets ---- */

static struct text
change_words(struct look *look, const struct flow_asset *asset)
{
	const struct ledger_row *row = &asset->row;
	if (!asset->is_changed)
		return T("");
	if (text_same(asset->class_then, row->class_code))
		return text_format(look->arena, say("申請のときの所管は%.*sでした"),
				   T_ARG(unit_name(look, asset->owner_then.no)));
	const struct pack_axis *axis = row->ledger != NULL && row->ledger->class_field != NULL
					       ? row->ledger->class_field->axis
					       : NULL;
	const struct pack_class *then = axis != NULL ? class_highest(axis, asset->class_then,
								     asset->class_then)
						     : NULL;
	if (then == NULL)
		return text_of(say("申請のときから変わりました"));
	return text_format(look->arena, say("申請のときの分類は%.*sでした"),
			   T_ARG(words_now(then->name)));
}

struct error *
holdings_make(struct look *look, struct visit *visit, const struct dossier *dossier,
	      struct holdings_part **made)
{
	struct holdings_part *part = ARENA_NEW(visit->arena, struct holdings_part);
	part->rows = ARENA_ARRAY(visit->arena, struct holdings_rows, dossier->assets_count + 1);
	part->rows_count = dossier->assets_count;
	for (size_t at = 0; at < dossier->assets_count; at++) {
		const struct flow_asset *asset = &dossier->assets[at];
		const struct class_tag tag = row_tag(&asset->row);
		part->rows[at] = (struct holdings_rows){
			.title = asset->row.title,
			.number = text_format(visit->arena, "%lld", (long long)asset->row.number),
			.href = row_url(visit, &asset->row),
			.may_open = row_opens(look, visit, &asset->row),
			.class = tag.mark,
			.is_top = tag.is_top,
			.is_mid = tag.is_mid,
			.owner = unit_name(look, asset->row.owner),
			.serial = asset->row.serial,
			.place = row_details(look, &asset->row),
			.change = change_words(look, asset),
			.is_changed = asset->is_changed,
			.is_retired = asset->row.state == ROW_RETIRED,
		};
	}
	*made = part;
	return OK;
}

/* ---- Handling rules at the moment they matter ---- */

static bool
names_clause(const struct pack_occasion *const *occasions, size_t count,
	     const struct pack_clause *clause)
{
	for (size_t at = 0; clause != NULL && at < count; at++)
		for (size_t i = 0; i < occasions[at]->clauses_count; i++)
			if (occasions[at]->clauses[i] == clause)
				return true;
	return false;
}

/*
 * Which moments the occasions are about. A pack does not say it, but its rules do: those that rest
 * on a clause of the occasion name the moment (3.2.8.b: carried).
 */
static unsigned
moments_of(const struct pack *pack, const struct pack_occasion *const *occasions, size_t count)
{
	unsigned moments = 0;
	for (size_t axis = 0; axis < pack->axes_count; axis++)
		for (size_t value = 0; value < pack->axes[axis].values_count; value++) {
			const struct pack_class *class = &pack->axes[axis].values[value];
			for (size_t at = 0; at < class->rules_count; at++)
				if (names_clause(occasions, count, class->rules[at].clause) &&
				    (class->rules[at].moments & (WHEN_CREATED | WHEN_STORED)) == 0)
					moments |= class->rules[at].moments;
		}
	return moments;
}

static void
add_rules(struct visit *visit, struct handling_part *part, const struct pack_class *class,
	  unsigned moments, const struct bends *bends)
{
	for (size_t at = 0; at < class->rules_count; at++) {
		const struct pack_rule *rule = &class->rules[at];
		if (moments != 0 && (rule->moments & moments) == 0)
			continue;
		struct handling_rules *made = &part->rules[part->rules_count++];
		made->words = words_now(rule->words);
		if (rule->clause != NULL) {
			made->number = rule->clause->number;
			made->href = clause_url(visit, rule->clause);
			(void)bends_of(visit, bends, rule->clause, &made->bent, &made->bent_href);
		}
	}
}

/* A page that cannot say whether a rule is bent says at least the rule. */
static struct bends
bends_or_none(struct visit *visit)
{
	struct bends bends = { 0 };
	struct error *error = visit->look != NULL ? bends_today(visit->look, visit, &bends) : OK;
	if (error != OK) {
		log_error("bends", error);
		bends.count = 0;
	}
	return bends;
}

struct handling_part *
handling_make(struct visit *visit, const struct pack_occasion *const *occasions, size_t count,
	      const struct flow_class *classes, size_t classes_count)
{
	struct handling_part *part = ARENA_NEW(visit->arena, struct handling_part);
	const unsigned moments = moments_of(visit->office->pack, occasions, count);
	const struct bends bends = classes_count != 0 ? bends_or_none(visit) : (struct bends){ 0 };
	size_t most = 1;
	for (size_t at = 0; at < classes_count; at++)
		most += classes[at].value->rules_count;
	part->rules = ARENA_ARRAY(visit->arena, struct handling_rules, most);
	part->class = classes_tag(visit, classes, classes_count).words;
	for (size_t at = 0; at < classes_count; at++)
		add_rules(visit, part, classes[at].value, moments, &bends);
	return part;
}

struct handling_part *
dossier_handling(struct visit *visit, const struct dossier *dossier)
{
	return handling_make(visit, dossier->occasions, dossier->occasions_count,
			     dossier->classes, dossier->classes_count);
}

/* ---- Clauses and why ---- */

static void
fill_clauses(struct visit *visit, struct duties_occasions *made,
	     const struct pack_occasion *occasion, const struct bends *bends)
{
	made->clauses = ARENA_ARRAY(visit->arena, struct duties_occasions_clauses,
				    occasion->clauses_count + 1);
	made->clauses_count = occasion->clauses_count;
	for (size_t at = 0; at < occasion->clauses_count; at++) {
		const struct pack_clause *clause = occasion->clauses[at];
		made->clauses[at] = (struct duties_occasions_clauses){
			.number = clause->number,
			.duty = words_now(clause->is_duty ? clause->duty : clause->title),
			.href = clause_url(visit, clause),
		};
		(void)bends_of(visit, bends, clause, &made->clauses[at].bent,
			       &made->clauses[at].bent_href);
	}
}

struct text
by_words(struct visit *visit, const struct pack_occasion *occasion)
{
	struct writer out = writer_open(visit->arena, 8192);
	if (occasion->by_count == 0)
		return T("");
	for (size_t at = 0; at < occasion->by_count; at++) {
		if (at != 0)
			write_z(&out, say("、"));
		write_text(&out, words_now(occasion->by[at]->name));
	}
	return text_format(visit->arena, say("申請・報告できる人: %.*s"), T_ARG(writer_text(&out)));
}

struct text
within_words(struct look *look, struct visit *visit, const struct pack_parameter *within)
{
	int64_t value = within->usual;
	struct error *error = people_parameter(look, visit->office->pack,
					       text_z(visit->arena, within->code), within->usual,
					       &value);
	if (error != OK)
		value = within->usual;
	if (within->kind == PARAMETER_DAYS)
		return text_format(visit->arena, say("%lld日以内"), (long long)value);
	if (value % 60 == 0)
		return text_format(visit->arena, say("%lld時間以内"), (long long)(value / 60));
	return text_format(visit->arena, say("%lld分以内"), (long long)value);
}

static void
fill_specials(struct visit *visit, struct duties_occasions *made,
	      const struct pack_occasion *occasion)
{
	made->by = by_words(visit, occasion);
	if (occasion->has_report && visit->look != NULL)
		made->report = text_format(
			visit->arena, say("先に動いて、あとで報告するものです。起きたときから%.*sに報告します。"),
			T_ARG(within_words(visit->look, visit, occasion->report.within)));
	else if (occasion->has_report)
		made->report = text_of(say("先に動いて、あとで報告するものです。"));
	if (occasion->has_exception)
		made->bends = text_of(say("ほかの決まりの例外になります。例外は期限まで、その決まりを示すところすべてに表示されます。"));
}

struct duties_part *
duties_make(struct visit *visit, const struct pack_occasion *const *occasions,
	    const bool *is_wanted, size_t count)
{
	struct duties_part *part = ARENA_NEW(visit->arena, struct duties_part);
	const struct bends bends = bends_or_none(visit);
	part->occasions = ARENA_ARRAY(visit->arena, struct duties_occasions, count + 1);
	part->occasions_count = count;
	for (size_t at = 0; at < count; at++) {
		struct duties_occasions *made = &part->occasions[at];
		made->title = words_now(occasions[at]->title);
		made->why = words_now(occasions[at]->why);
		made->is_wanted = is_wanted != NULL && is_wanted[at];
		if (occasions[at]->form != NULL)
			made->form = words_now(occasions[at]->form->label);
		made->is_given = occasions[at]->form != NULL && occasions[at]->form->is_given;
		fill_specials(visit, made, occasions[at]);
		fill_clauses(visit, made, occasions[at], &bends);
	}
	return part;
}

/* ---- The route ---- */

static struct text
decider_names(struct visit *visit, const struct flow_step *step)
{
	enum { NAMES_MOST = 4 };
	struct writer out = writer_open(visit->arena, 8192);
	for (size_t at = 0; at < step->deciders_count && at < NAMES_MOST; at++) {
		const struct flow_decider *one = &step->deciders[at];
		if (at != 0)
			write_z(&out, "、");
		write_format(&out, "%.*s %.*s", T_ARG(one->post_name), T_ARG(one->name));
		write_text(&out, capacity_tag(visit, one->basis, one->deputy_for_name));
	}
	if (step->deciders_count > NAMES_MOST)
		write_format(&out, say("ほか%zu人"), step->deciders_count - NAMES_MOST);
	return writer_text(&out);
}

static struct text
decided_by(struct visit *visit, const struct flow_decision *decision, struct step_id step)
{
	const struct text tag = capacity_tag(visit, decision_basis(decision, step),
					      decision->deputy_for_name);
	return text_format(visit->arena, "%.*s %.*s%.*s", T_ARG(decision->post_name),
			   T_ARG(decision->name), T_ARG(tag));
}

static void
fill_state(struct route_steps *made, const struct flow_step *step)
{
	switch (step->state) {
	case STEP_BEHIND:
		made->state = text_of(say("このあと"));
		made->tag = T("off");
		break;
	case STEP_OPEN:
		made->state = text_of(say("いま待っています"));
		made->tag = T("wait");
		made->is_open = true;
		made->since = step->opened;
		break;
	case STEP_DONE:
		made->state = text_of(say("済み"));
		made->tag = T("go");
		made->is_done = true;
		break;
	case STEP_DROPPED:
		made->state = text_of(say("行いません"));
		made->tag = T("off");
		break;
	}
}

static void
fill_step(struct visit *visit, struct route_steps *made, const struct flow_step *step,
	  const struct dossier *dossier)
{
	made->verb = text_of(step_verb_words(step->verb));
	made->role = words_now(step->role != NULL ? step->role->name : step->wished->name);
	made->unit = step->unit_name;
	made->who = decider_names(visit, step);
	made->raised = step->raised;
	made->problem = step->problem;
	made->is_stuck = step->problem.len != 0 && step->state != STEP_DROPPED;
	made->is_same = step->same_as >= 0 && step->state == STEP_BEHIND;
	fill_state(made, step);
	if (step->id.no == 0) {
		made->state = T("");
		made->is_open = false;
	}
	if (step->escalated.ms != 0 && step->state == STEP_OPEN)
		made->why = text_of(say("決裁が進まないため、上の役割の人も決裁できます。"));
	if (step->decision < 0 || dossier == NULL)
		return;
	const struct flow_decision *decision = &dossier->decisions[step->decision];
	made->verdict = text_of(verdict_words(decision->verdict));
	made->by = decided_by(visit, decision, step->id);
	made->words = decision->words;
	made->at = decision->at;
	if (decision->verdict == VERDICT_REFUSE || decision->verdict == VERDICT_SEND_BACK)
		made->tag = T("stop");
}

/* Which clauses ask for the step; of an occasion whose step names none, its own. */
static void
fill_step_clauses(struct visit *visit, struct route_steps *made, const struct flow_step *step)
{
	made->clauses = ARENA_ARRAY(visit->arena, struct route_steps_clauses, step->parts_count + 1);
	for (size_t at = 0; at < step->parts_count; at++) {
		const struct pack_clause *clause = step->parts[at].clause;
		bool is_there = false;
		if (clause == NULL && step->parts[at].occasion->clauses_count != 0)
			clause = step->parts[at].occasion->clauses[0];
		for (size_t i = 0; clause != NULL && i < made->clauses_count; i++)
			is_there |= text_same(made->clauses[i].number, clause->number);
		if (clause != NULL && !is_there)
			made->clauses[made->clauses_count++] = (struct route_steps_clauses){
				clause->number, clause_url(visit, clause) };
	}
}

/* Asked once, recorded in each role. */
static struct text
other_roles(struct visit *visit, const struct flow_step *steps, size_t count, size_t at)
{
	struct writer out = writer_open(visit->arena, 8192);
	for (size_t other = at + 1; other < count; other++) {
		/* 80 steps at most */
		if (steps[other].same_as != (int)at || steps[other].role == NULL ||
		    steps[other].role == steps[at].role)
			continue;
		if (out.len != 0)
			write_z(&out, say("、"));
		write_text(&out, words_now(steps[other].role->name));
	}
	if (out.len == 0)
		return T("");
	return text_format(visit->arena, say("一度の決裁が、%.*sの役割でも記録されます。"),
			   T_ARG(writer_text(&out)));
}

struct route_part *
route_make(struct visit *visit, const struct flow_step *steps, size_t count,
	   const struct dossier *dossier)
{
	struct route_part *part = ARENA_NEW(visit->arena, struct route_part);
	part->steps = ARENA_ARRAY(visit->arena, struct route_steps, count + 1);
	part->steps_count = count;
	for (size_t at = 0; at < count; at++) {
		struct route_steps *made = &part->steps[at];
		fill_step(visit, made, &steps[at], dossier);
		made->place = (int64_t)at + 1; /* 80 at most */
		made->also = steps[at].role != NULL ? other_roles(visit, steps, count, at) : T("");
		fill_step_clauses(visit, made, &steps[at]);
	}
	return part;
}
