/*
 * Deciding: what waits for the person, and the page on which they decide once over all sheets, with
 * the clause, the class, earlier permits and what is different this time in front of them.
 */
#include "pages/dossier_rows.h"

#include "people/notice.h"

enum { EARLIER_MOST = 10 };

/* ---- What waits ---- */

static void
fill_waiting(struct visit *visit, struct look *look, const struct flow_page *found,
	     struct waiting_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct waiting_rows, found->count + 1);
	page->rows_count = found->count;
	for (size_t at = 0; at < found->count; at++) {
		const struct flow_line *line = &found->lines[at];
		struct text absent = T("");
		if (line->deputy_for.no != 0 && people_name(look, line->deputy_for, &absent) != OK)
			absent = T("");
		page->rows[at] = (struct waiting_rows){
			.number = line->number,
			.title = line->title,
			.purpose = line->purpose,
			.applicant = line->applicant_name,
			.unit = line->unit_name,
			.verb = line->is_extension ? text_of(say("期間の延長"))
						   : text_of(step_verb_words(line->verb)),
			.deputy = capacity_words(visit, line->basis, absent),
			.since = line->since,
			.href = line->is_extension
					? permit_url(visit, line->permit)
					: url_of_number(visit->arena, "/dossiers/{}/decide",
							line->id.no),
		};
	}
}

struct error *
waiting_draw(struct look *look, struct visit *visit)
{
	struct flow_page found;
	const struct flow_query query = {
		.list = FLOW_WAITING,
		.person = visit->session.person,
		.after = visit_text(visit, "after"),
	};
	TRY(flow_list(look, visit->office->flow, &query, FLOW_PAGE, &found));
	struct waiting_page page = {
		.frame = visit_frame(visit, text_of(say("承認待ち")), "waiting"),
	};
	struct pager_part pager = { 0 };
	const struct url here = url_path(visit->arena, "/waiting");
	if (query.after.len != 0)
		pager.first = here;
	if (found.next.len != 0)
		pager.next = url_query(visit->arena, here, "after", found.next);
	page.pager = &pager;
	fill_waiting(visit, look, &found, &page);
	return visit_draw(visit, waiting_page, &page);
}

/* ---- Deciding ---- */

static const struct flow_step *
step_of(const struct dossier *dossier, struct step_id id)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (dossier->steps[at].id.no == id.no)
			return &dossier->steps[at];
	return NULL;
}

static const struct flow_decider *
decider_of(const struct flow_step *step, struct person_id person)
{
	for (size_t at = 0; at < step->deciders_count; at++)
		if (step->deciders[at].person.no == person.no)
			return &step->deciders[at];
	return NULL;
}

/* Asked for in two roles, said once. */
static bool
is_asked_already(const struct decide_page *page, const struct flow_part *part)
{
	for (size_t at = 0; at < page->asks_count; at++)
		if (text_same(page->asks[at].title, words_now(part->occasion->title)) &&
		    text_same(page->asks[at].number,
			      part->clause != NULL ? part->clause->number : T("")))
			return true;
	return false;
}

/* The role's name; with every other role in which this one decision is recorded too. */
static struct text
roles_asked(struct visit *visit, const struct dossier *dossier, const struct flow_step *chosen,
	    const struct flow_decider *as)
{
	const struct pack_role *role = pack_role(dossier->flow->pack, as->role);
	struct text all = role != NULL ? words_now(role->name) : as->role;
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		const struct flow_decider *too = decider_of(step, visit->session.person);
		if (step == chosen || step->state != STEP_OPEN || step->verb != chosen->verb ||
		    too == NULL)
			continue;
		role = pack_role(dossier->flow->pack, too->role);
		if (role != NULL && !text_has(all, words_now(role->name)))
			all = text_format(visit->arena, "%.*s、%.*s", T_ARG(all),
					  T_ARG(words_now(role->name)));
	}
	return all;
}

/* Every part of every open step that this one decision would answer. */
static void
fill_asks(struct visit *visit, const struct dossier *dossier, const struct flow_step *chosen,
	  struct decide_page *page)
{
	size_t most = 1;
	for (size_t at = 0; at < dossier->steps_count; at++)
		most += dossier->steps[at].parts_count;
	page->asks = ARENA_ARRAY(visit->arena, struct decide_asks, most);
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		if (step->state != STEP_OPEN || step->verb != chosen->verb ||
		    decider_of(step, visit->session.person) == NULL)
			continue;
		for (size_t i = 0; i < step->parts_count; i++) {
			const struct flow_part *part = &step->parts[i];
			if (is_asked_already(page, part))
				continue;
			struct decide_asks *made = &page->asks[page->asks_count++];
			made->title = words_now(part->occasion->title);
			made->why = words_now(part->occasion->why);
			if (part->clause == NULL)
				continue;
			made->number = part->clause->number;
			made->duty = words_now(part->clause->duty);
			made->href = clause_url(visit, part->clause);
		}
	}
}

static struct error *
fill_earlier(struct look *look, struct visit *visit, const struct dossier *dossier,
	     struct decide_page *page)
{
	struct flow_permit *permits;
	size_t count;
	TRY(flow_earlier(look, visit->office->flow, dossier, EARLIER_MOST, &permits, &count));
	page->earlier = ARENA_ARRAY(visit->arena, struct decide_earlier, count + 1);
	page->earlier_count = count;
	for (size_t at = 0; at < count; at++)
		page->earlier[at] = (struct decide_earlier){
			.number = permits[at].number,
			.title = permits[at].occasion != NULL
					 ? words_now(permits[at].occasion->title)
					 : T(""),
			.state = text_of(permit_state_words(permits[at].state)),
			.tag = permit_tag(permits[at].state),
			.from = permits[at].from,
			.until = permits[at].until,
			.href = permit_url(visit, permits[at].id),
		};
	return OK;
}

static struct error *
fill_changes(struct look *look, struct visit *visit, const struct dossier *dossier,
	     struct decide_page *page)
{
	struct flow_difference *changes;
	struct dossier_id than;
	int64_t revision;
	size_t count;
	struct dossier before;
	TRY(flow_changes(look, visit->office->flow, dossier, &than, &revision, &changes, &count));
	page->has_than = than.no != 0;
	if (!page->has_than)
		return OK;
	page->than = dossier_url(visit, than);
	if (than.no == dossier->id.no) {
		page->changes_than = text_of(say("差し戻す前の申請"));
	} else {
		TRY(flow_read(look, visit->office->flow, than, &before));
		page->changes_than = before.number;
	}
	page->changes = ARENA_ARRAY(visit->arena, struct decide_changes, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct pack_field *field = changes[at].field;
		/* The day of applying is another one every time. */
		if (field != NULL &&
		    (field->prefill == PREFILL_TODAY || field->prefill == PREFILL_NOW))
			continue;
		page->changes[page->changes_count++] = (struct decide_changes){
			field != NULL ? words_now(field->label) : changes[at].label,
			changes[at].before, changes[at].after
		};
	}
	return OK;
}

/* ---- Verdicts, each with what it leads to ---- */

struct verdict_choice {
	enum verdict verdict;
	const char *words;
	const char *help;
};

static const struct verdict_choice choices[] = {
	{ VERDICT_PERMIT, N_("許可する"), N_("申請のとおりでよいとき") },
	{ VERDICT_PERMIT_WITH, N_("条件を付けて許可する"), N_("下に条件を書きます。条件は許可証に載ります。") },
	{ VERDICT_SEND_BACK, N_("差し戻す"), N_("下に理由を書きます。申請した人が直して、もう一度送れます。") },
	{ VERDICT_REFUSE, N_("許可しない"), N_("下に理由を書きます。この案件は終わります。") },
};

static struct field_part *
verdict_box(struct visit *visit)
{
	const size_t count = sizeof choices / sizeof *choices;
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, BOX_TEXT, "verdict", text_of(say("どうしますか")), T(""), T(""),
			 true);
	box->is_text = false;
	box->is_radio = true;
	box->options = ARENA_ARRAY(visit->arena, struct field_options, count);
	box->options_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct text name = text_of(verdict_name(choices[at].verdict));
		box->options[at] = (struct field_options){
			.id = text_format(visit->arena, "i-verdict-%zu", at),
			.value = name,
			.words = text_of(say(choices[at].words)),
			.help = text_of(say(choices[at].help)),
			.is_chosen = text_same(box->value, name),
		};
	}
	return box;
}

static struct field_part *
words_box(struct visit *visit, enum step_verb verb)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	const char *label = say("条件・理由・伝えたいこと");
	const char *help = say("許可するだけなら、空のままでかまいません。");
	switch (verb) {
	case STEP_PERMISSION:
		break;
	case STEP_CONSULTATION:
		label = say("意見");
		help = say("異存がないときも、そう書いてください。");
		break;
	case STEP_NOTIFICATION:
		label = say("伝えたいこと");
		help = say("なければ空のままでかまいません。");
		break;
	}
	*box = plain_box(visit, BOX_LONG, "words", text_of(label), text_of(help), T(""),
			 verb == STEP_CONSULTATION);
	return box;
}

/* ---- The page ---- */

static void
fill_head(struct visit *visit, const struct dossier *dossier, const struct flow_step *step,
	  struct decide_page *page)
{
	const struct flow_decider *as = decider_of(step, visit->session.person);
	const struct class_tag tag = classes_tag(visit, dossier->classes, dossier->classes_count);
	page->change = dossier->change;
	page->step = step->id.no;
	page->digest = hash_hex(visit->arena, &dossier->digest);
	page->number = dossier->number;
	page->title = dossier_titles(visit, dossier);
	page->purpose = dossier->purpose;
	page->applicant = dossier->applicant_name;
	page->unit = text_format(visit->arena, "%.*s %.*s", T_ARG(dossier->unit_name),
				 T_ARG(dossier->post_name));
	page->sent = dossier->sent;
	page->verb = text_of(step_verb_words(step->verb));
	page->raised = step->raised;
	page->stale = dossier->stale_why;
	page->is_other_pack = dossier->is_other_pack;
	page->class = tag.words;
	page->is_top = tag.is_top;
	page->is_mid = tag.is_mid;
	page->is_permission = step->verb == STEP_PERMISSION;
	page->is_consultation = step->verb == STEP_CONSULTATION;
	page->is_notification = step->verb == STEP_NOTIFICATION;
	if (as == NULL)
		return;
	page->role = roles_asked(visit, dossier, step, as);
	page->deputy = capacity_words(visit, as->basis, as->deputy_for_name);
	if (page->deputy.len != 0)
		page->deputy = text_format(visit->arena, say("%.*s決裁します。記録と用紙に「%s」と残ります。"),
					   T_ARG(page->deputy), decider_basis_words(as->basis));
}

static struct error *
open_waiting(struct look *look, struct visit *visit, struct dossier *dossier,
	     const struct flow_step **step)
{
	struct flow_may may;
	TRY(dossier_open(look, visit, dossier));
	TRY(flow_may(look, visit->office->flow, dossier, visit->session.person, &may));
	if (!may.decide)
		return conflict("この案件は、いまあなたの決裁を待っていません(いまは「%s」)。",
				dossier_state_words(dossier->state));
	*step = step_of(dossier, may.step);
	return *step != NULL ? OK : broken("決裁の段が見つかりません。");
}

struct error *
decide_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	const struct flow_step *step;
	struct holdings_part *holdings;
	struct sheets_part *sheets;
	TRY(open_waiting(look, visit, &dossier, &step));
	TRY(holdings_make(look, visit, &dossier, &holdings));
	TRY(sheets_make(look, visit, &dossier, &sheets));
	struct decide_page page = {
		.frame = visit_frame(visit, dossier.number, "waiting"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/decide", dossier.id.no),
		.back = dossier_url(visit, dossier.id),
		.holdings = holdings,
		.handling = dossier_handling(visit, &dossier),
		.sheets = sheets,
		.route = route_make(visit, dossier.steps, dossier.steps_count, &dossier),
		.verdict = verdict_box(visit),
		.words = words_box(visit, step->verb),
	};
	fill_head(visit, &dossier, step, &page);
	fill_asks(visit, &dossier, step, &page);
	TRY(fill_earlier(look, visit, &dossier, &page));
	TRY(fill_changes(look, visit, &dossier, &page));
	return visit_draw(visit, decide_page, &page);
}

/* What the pack says must not be decided without a fresh proof: an occasion, or a class of what it is about. */
static bool
weighs(const struct pack_weight *weight, const struct dossier *dossier)
{
	for (size_t at = 0; weight->occasion != NULL && at < dossier->occasions_count; at++)
		if (text_same(weight->occasion->code, dossier->occasions[at]->code))
			return true;
	for (size_t at = 0; weight->least != NULL && at < dossier->classes_count; at++)
		if (text_same(weight->axis->code, dossier->classes[at].axis->code) &&
		    dossier->classes[at].value->rank >= weight->least->rank)
			return true;
	return false;
}

static struct error *
prove_when_it_weighs(struct look *look, struct visit *visit)
{
	const struct pack_sign_in *sign_in = &visit->office->pack->sign_in;
	struct dossier dossier;
	if (sign_in->weights_count == 0)
		return OK;
	TRY(dossier_open(look, visit, &dossier));
	for (size_t at = 0; at < sign_in->weights_count; at++)
		if (weighs(&sign_in->weights[at], &dossier))
			return visit_must_be_fresh(look, visit);
	return OK;
}

struct error *
decide_do(struct act *act, struct visit *visit)
{
	const struct dossier_id id = { visit_id(visit, "id") };
	int64_t change;
	struct flow_ruling ruling = { .words = text_trim(visit_text(visit, "words")) };
	TRY(visit_number(visit, "change", &change));
	TRY(visit_number(visit, "step", &ruling.step.no));
	if (!verdict_read(visit_text(visit, "verdict"), &ruling.verdict))
		return reject("verdict", "どうするかを選んでください。");
	TRY(visit_digest(visit, &ruling.digest));
	TRY(prove_when_it_weighs(&act->look, visit));
	TRY(flow_decide(act, visit->office->flow, id, change, &ruling));
	/* What told them of it has done its work. */
	TRY(people_notices_read(act, visit->session.person,
				text_format(visit->arena, "dossier:%lld", (long long)id.no)));
	visit->go_to = dossier_url(visit, id);
	visit->done = "decided";
	return OK;
}
