/* Filling in the sheets of a draft, every shared answer once; then looking over and sending. */
#include "pages/dossier_rows.h"

#include <string.h>

enum { GROUPS_MOST = 100, FIELDS_MOST = 400 };

struct filling {
	struct look *look;
	struct visit *visit;
	const struct dossier *dossier;
	struct flow_asked asked;
	struct text asked_names[FIELDS_MOST]; /* asked already, on this page */
	size_t asked_count;
	struct text drivers[FIELDS_MOST]; /* names that other fields' being asked depends on */
	size_t drivers_count;
	const struct pack_form *form_named;
	struct dossier_form_page *page;
};

/* ---- Which answers make others appear ---- */

static void
add_driver(void *with, struct text name)
{
	struct filling *filling = with;
	if (filling->drivers_count < FIELDS_MOST)
		filling->drivers[filling->drivers_count++] = name;
}

static void
find_drivers(struct filling *filling)
{
	const struct dossier *dossier = filling->dossier;
	for (size_t form = 0; form < dossier->forms_count; form++)
		for (size_t at = 0; at < dossier->forms[form]->sections_count; at++) {
			const struct pack_section *section = &dossier->forms[form]->sections[at];
			if (section->stage == STAGE_RESULT)
				continue;
			if (section->shown_when != NULL)
				when_names(section->shown_when, add_driver, filling);
			for (size_t i = 0; i < section->fields_count; i++)
				if (section->fields[i].shown_when != NULL)
					when_names(section->fields[i].shown_when, add_driver,
						   filling);
		}
}

static bool
is_among(const struct text *names, size_t count, struct text name)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(names[at], name))
			return true;
	return false;
}

/* ---- Boxes ---- */

static struct error *
is_shown_now(struct filling *filling, const struct when *when, bool *is)
{
	*is = true;
	if (when == NULL)
		return OK;
	return flow_is_shown(filling->look, filling->visit->office->flow, &filling->asked, when,
			     T(""), is);
}

static struct error *
add_field(struct filling *filling, struct dossier_form_groups *group,
	  const struct pack_field *field)
{
	bool is_shown;
	struct field_part *box;
	if (is_asset_field(filling->visit, field) || field->is_computed ||
	    is_among(filling->asked_names, filling->asked_count, field->name) ||
	    filling->asked_count >= FIELDS_MOST)
		return OK;
	TRY(is_shown_now(filling, field->shown_when, &is_shown));
	if (!is_shown)
		return OK;
	filling->asked_names[filling->asked_count++] = field->name;
	TRY(answer_box(filling->look, filling->visit, filling->dossier, field, field->name,
		       dossier_answer(filling->dossier, field->name, T("")), &box));
	group->fields[group->fields_count++] = (struct dossier_form_groups_fields){
		.name = field->name,
		.box = box,
		.is_driver = is_among(filling->drivers, filling->drivers_count, field->name),
	};
	return OK;
}

static struct error *
add_section(struct filling *filling, const struct pack_form *form,
	    const struct pack_section *section)
{
	bool is_shown;
	struct dossier_form_page *page = filling->page;
	if (section->stage == STAGE_RESULT || section->each != NULL ||
	    page->groups_count >= GROUPS_MOST)
		return OK;
	TRY(is_shown_now(filling, section->shown_when, &is_shown));
	if (!is_shown)
		return OK;
	struct dossier_form_groups *group = &page->groups[page->groups_count];
	/* The sheet's name stands over its first section. */
	if (filling->form_named != form)
		group->label = words_now(form->label);
	group->title = words_now(section->title);
	group->fields = ARENA_ARRAY(filling->visit->arena, struct dossier_form_groups_fields,
				    section->fields_count + 1);
	for (size_t at = 0; at < section->fields_count; at++)
		TRY(add_field(filling, group, &section->fields[at]));
	if (group->fields_count == 0)
		return OK;
	page->groups_count++;
	filling->form_named = form;
	return OK;
}

static struct error *
add_groups(struct filling *filling)
{
	const struct dossier *dossier = filling->dossier;
	filling->page->groups = ARENA_ARRAY(filling->visit->arena, struct dossier_form_groups,
					    GROUPS_MOST);
	for (size_t form = 0; form < dossier->forms_count; form++)
		for (size_t at = 0; at < dossier->forms[form]->sections_count; at++)
			TRY(add_section(filling, dossier->forms[form],
					&dossier->forms[form]->sections[at]));
	return OK;
}

/* ---- The page ---- */

/* What a question and a sheet both ask is said once, in the sheet's words, which come later. */
static struct error *
faults_once(struct error *faults)
{
	struct error *kept = OK;
	while (faults != OK) {
		struct error *one = faults;
		bool comes_again = false;
		faults = one->next;
		for (const struct error *later = faults; later != OK; later = later->next)
			comes_again |= one->field.len != 0 && text_same(one->field, later->field);
		one->next = OK;
		if (!comes_again)
			error_add(&kept, one);
	}
	return kept;
}

/* Why it came back, when it did. */
static void
fill_returned(struct visit *visit, const struct dossier *dossier, struct dossier_form_page *page)
{
	if (dossier->state != DOSSIER_RETURNED)
		return;
	for (size_t at = dossier->decisions_count; at-- > 0;) {
		const struct flow_decision *one = &dossier->decisions[at];
		if (one->verdict != VERDICT_SEND_BACK)
			continue;
		page->returned = one->words;
		page->returned_by = text_format(visit->arena, "%.*s %.*s %.*s",
						T_ARG(one->post_name), T_ARG(one->name),
						T_ARG(moment_wareki(visit->arena, one->at)));
		return;
	}
}

struct error *
dossier_form_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	struct holdings_part *holdings;
	TRY(dossier_open_draft(look, visit, &dossier));
	if (text_is(visit_text(visit, "check"), "1") && visit->faults == NULL) {
		struct error *faults = OK;
		TRY(flow_check(look, visit->office->flow, dossier.id, &faults));
		visit->faults = error_keep(visit->arena, faults_once(faults));
	}
	TRY(holdings_make(look, visit, &dossier, &holdings));
	struct dossier_form_page page = {
		.frame = visit_frame(visit, text_of(say("様式に記入する")), "ask"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/edit", dossier.id.no),
		.assets = url_of_number(visit->arena, "/dossiers/{}/assets", dossier.id.no),
		.before = url_of_number(visit->arena, "/dossiers/{}/needs", dossier.id.no),
		.change = dossier.change,
		.number = dossier.number,
		.has_assets = dossier.assets_count != 0,
		.stages = stages_make(visit, &dossier, STAGE_FORM),
		.holdings = holdings,
		.handling = dossier_handling(visit, &dossier),
	};
	struct filling *filling = ARENA_NEW(visit->arena, struct filling);
	filling->look = look;
	filling->visit = visit;
	filling->dossier = &dossier;
	filling->asked = dossier_asked(visit->arena, &dossier);
	filling->page = &page;
	find_drivers(filling);
	TRY(add_groups(filling));
	fill_returned(visit, &dossier, &page);
	return visit_draw(visit, dossier_form_page, &page);
}

/* Saved as typed, complete or not; what is missing is said when they want to go on. */
struct error *
dossier_form_do(struct act *act, struct visit *visit)
{
	struct dossier dossier;
	int64_t change;
	struct error *faults = OK;
	const struct flow *flow = visit->office->flow;
	TRY(visit_number(visit, "change", &change));
	TRY(dossier_open_draft(&act->look, visit, &dossier));
	struct flow_answer *answers = ARENA_ARRAY(visit->arena, struct flow_answer, FIELDS_MOST);
	struct flow_words words = { .keeps_choice = true, .asked.answers = answers };
	TRY(answers_typed(visit, &dossier, T(""), answers, FIELDS_MOST,
			  &words.asked.answers_count));
	TRY(flow_save(act, flow, dossier.id, change, &words));
	visit->go_to = url_of_number(visit->arena, "/dossiers/{}/edit", dossier.id.no);
	if (text_is(visit_text(visit, "do"), "find")) {
		visit->go_to = clauses_sought(visit, &dossier, visit->go_to);
		return OK;
	}
	if (!text_is(visit_text(visit, "do"), "next")) {
		visit->done = "saved";
		return OK;
	}
	TRY(flow_check(&act->look, flow, dossier.id, &faults));
	if (faults != OK)
		visit->go_to = url_query(visit->arena, visit->go_to, "check", T("1"));
	else
		visit->go_to = url_of_number(visit->arena, "/dossiers/{}/send", dossier.id.no);
	return OK;
}

/* ---- Looking over and sending ---- */

static struct error *
fill_faults(struct look *look, struct visit *visit, const struct dossier *dossier,
	    struct dossier_send_page *page)
{
	struct error *faults = OK;
	TRY(flow_check(look, visit->office->flow, dossier->id, &faults));
	page->is_ready = faults == OK;
	faults = faults_once(faults);
	page->faults = ARENA_ARRAY(visit->arena, struct dossier_send_faults,
				   error_count(faults) + 1);
	for (const struct error *one = faults; one != NULL; one = one->next) {
		struct dossier_send_faults *made = &page->faults[page->faults_count++];
		made->words = text_copy(visit->arena, one->words);
		const struct url edit = url_query(
			visit->arena,
			url_of_number(visit->arena, "/dossiers/{}/edit", dossier->id.no), "check",
			T("1"));
		made->href = url_of_number(visit->arena, "/dossiers/{}/needs", dossier->id.no);
		if (text_is(one->field, "occasions"))
			continue;
		made->href = text_is(one->field, "assets")
				     ? url_of_number(visit->arena, "/dossiers/{}/assets",
						     dossier->id.no)
				     : url_fragment(visit->arena, edit,
						    text_format(visit->arena, "f-%.*s",
								T_ARG(one->field)));
	}
	return OK;
}

struct error *
dossier_send_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	struct holdings_part *holdings;
	struct sheets_part *sheets;
	struct allowed_part *allowed;
	TRY(dossier_open_draft(look, visit, &dossier));
	TRY(allowed_make(look, visit, &dossier, &allowed));
	TRY(holdings_make(look, visit, &dossier, &holdings));
	TRY(sheets_make(look, visit, &dossier, &sheets));
	const struct class_tag tag = classes_tag(visit, dossier.classes, dossier.classes_count);
	struct dossier_send_page page = {
		.frame = visit_frame(visit, text_of(say("確かめて申請する")), "ask"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/send", dossier.id.no),
		.edit = url_of_number(visit->arena, "/dossiers/{}/edit", dossier.id.no),
		.change = dossier.change,
		.number = dossier.number,
		.class = tag.words,
		.is_top = tag.is_top,
		.is_mid = tag.is_mid,
		.stages = stages_make(visit, &dossier, STAGE_SEND),
		.duties = duties_make(visit, dossier.occasions, dossier.is_wanted,
				      dossier.occasions_count),
		.route = route_make(visit, dossier.steps, dossier.steps_count, &dossier),
		.sheets = sheets,
		.holdings = holdings,
		.handling = dossier_handling(visit, &dossier),
		.allowed = allowed,
		.reports = reports_make(visit, &dossier),
		.is_report = dossier_is_told(&dossier),
		.has_assets = dossier.assets_count != 0,
	};
	for (size_t at = 0; at < dossier.steps_count; at++)
		page.is_stuck |= dossier.steps[at].problem.len != 0;
	TRY(fill_faults(look, visit, &dossier, &page));
	return visit_draw(visit, dossier_send_page, &page);
}

struct error *
dossier_send_do(struct act *act, struct visit *visit)
{
	const struct dossier_id id = { visit_id(visit, "id") };
	struct dossier dossier;
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(flow_send(act, visit->office->flow, id, change));
	TRY(flow_read(&act->look, visit->office->flow, id, &dossier));
	visit->go_to = dossier_url(visit, id);
	visit->done = dossier_is_told(&dossier)			  ? "reported"
		      : dossier.state == DOSSIER_GRANTED ? "granted"
							 : "sent";
	return OK;
}
