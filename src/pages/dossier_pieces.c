/* The pieces of a dossier that several pages show: assets, rules, clauses, route, stages. */
#include "pages/dossier_parts.h"

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
	  unsigned moments)
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
		}
	}
}

struct handling_part *
handling_make(struct visit *visit, const struct pack_occasion *const *occasions, size_t count,
	      const struct flow_class *classes, size_t classes_count)
{
	struct handling_part *part = ARENA_NEW(visit->arena, struct handling_part);
	const unsigned moments = moments_of(visit->office->pack, occasions, count);
	size_t most = 1;
	for (size_t at = 0; at < classes_count; at++)
		most += classes[at].value->rules_count;
	part->rules = ARENA_ARRAY(visit->arena, struct handling_rules, most);
	part->class = classes_tag(visit, classes, classes_count).words;
	for (size_t at = 0; at < classes_count; at++)
		add_rules(visit, part, classes[at].value, moments);
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
	     const struct pack_occasion *occasion)
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
	}
}

struct duties_part *
duties_make(struct visit *visit, const struct pack_occasion *const *occasions,
	    const bool *is_wanted, size_t count)
{
	struct duties_part *part = ARENA_NEW(visit->arena, struct duties_part);
	part->occasions = ARENA_ARRAY(visit->arena, struct duties_occasions, count + 1);
	part->occasions_count = count;
	for (size_t at = 0; at < count; at++) {
		struct duties_occasions *made = &part->occasions[at];
		made->title = words_now(occasions[at]->title);
		made->why = words_now(occasions[at]->why);
		made->is_wanted = is_wanted != NULL && is_wanted[at];
		if (occasions[at]->form != NULL)
			made->form = words_now(occasions[at]->form->label);
		fill_clauses(visit, made, occasions[at]);
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
		if (one->deputy_for_name.len != 0)
			write_format(&out, say("(%.*sの職務代理)"), T_ARG(one->deputy_for_name));
	}
	if (step->deciders_count > NAMES_MOST)
		write_format(&out, say("ほか%zu人"), step->deciders_count - NAMES_MOST);
	return writer_text(&out);
}

static struct text
decided_by(struct visit *visit, const struct flow_decision *decision)
{
	if (decision->deputy_for_name.len == 0)
		return text_format(visit->arena, "%.*s %.*s", T_ARG(decision->post_name),
				   T_ARG(decision->name));
	return text_format(visit->arena, say("%.*s %.*s(代。%.*sの職務代理)"),
			   T_ARG(decision->post_name), T_ARG(decision->name),
			   T_ARG(decision->deputy_for_name));
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
	made->by = decided_by(visit, decision);
	made->words = decision->words;
	made->at = decision->at;
	if (decision->verdict == VERDICT_REFUSE || decision->verdict == VERDICT_SEND_BACK)
		made->tag = T("stop");
}

struct route_part *
route_make(struct visit *visit, const struct flow_step *steps, size_t count,
	   const struct dossier *dossier)
{
	struct route_part *part = ARENA_NEW(visit->arena, struct route_part);
	part->steps = ARENA_ARRAY(visit->arena, struct route_steps, count + 1);
	part->steps_count = count;
	for (size_t at = 0; at < count; at++)
		fill_step(visit, &part->steps[at], &steps[at], dossier);
	return part;
}
