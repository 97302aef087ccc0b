/*
 * What was really done: the sheets' result sections, and for each item how it ended. Items treated
 * alike are chosen together and answered once. Saved complete or not; what is still missing for the
 * chosen items is said at once.
 */
#include "pages/dossier_rows.h"

enum { GROUPS_MOST = 40, ITEMS_CARRIED = 40 };

struct recording {
	struct look *look;
	struct visit *visit;
	const struct dossier *dossier;
	struct flow_asked asked;
	struct fields chosen; /* serials */
	struct dossier_result_page *page;
};

static struct error *
is_asked_now(struct recording *recording, const struct when *when, struct text item, bool *is)
{
	*is = true;
	if (when == NULL)
		return OK;
	return flow_is_shown(recording->look, recording->visit->office->flow, &recording->asked,
			     when, item, is);
}

static struct text
file_kept(const struct pack_field *field, struct text value)
{
	struct text digest, name;
	if (field->kind != FIELD_FILE || value.len == 0)
		return T("");
	value_halves(value, &digest, &name);
	return name.len != 0 ? name : digest;
}

/* ---- Sections about the whole ---- */

static struct error *
add_section(struct recording *recording, const struct pack_form *form,
	    const struct pack_section *section)
{
	bool is_shown;
	struct visit *visit = recording->visit;
	struct dossier_result_page *page = recording->page;
	TRY(is_asked_now(recording, section->shown_when, T(""), &is_shown));
	if (!is_shown || page->groups_count >= GROUPS_MOST)
		return OK;
	struct dossier_result_groups *group = &page->groups[page->groups_count++];
	group->label = words_now(form->label);
	group->title = words_now(section->title);
	group->fields = ARENA_ARRAY(visit->arena, struct dossier_result_groups_fields,
				    section->fields_count + 1);
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		const struct text stored = dossier_answer(recording->dossier, field->name, T(""));
		struct field_part *box;
		TRY(is_asked_now(recording, field->shown_when, T(""), &is_shown));
		if (!is_shown)
			continue;
		TRY(answer_box(recording->look, visit, recording->dossier, field, field->name,
			       stored, &box));
		group->fields[group->fields_count++] = (struct dossier_result_groups_fields){
			field->name, box, file_kept(field, stored)
		};
	}
	return OK;
}

/* ---- Items ---- */

static bool
is_chosen(const struct recording *recording, struct text serial)
{
	for (size_t at = 0; at < recording->chosen.count; at++)
		if (text_same(recording->chosen.at[at].value, serial))
			return true;
	return false;
}

/* The first chosen item stands for all of them; without a choice none does. */
static struct text
item_standing(const struct recording *recording)
{
	for (size_t at = 0; at < recording->dossier->items_count; at++)
		if (is_chosen(recording, recording->dossier->items[at].serial))
			return recording->dossier->items[at].serial;
	return T("");
}

/* A fault of an item's field, "end-at@123", for the box that stands for the chosen items. */
static struct text
item_fault(const struct recording *recording, struct text name)
{
	const struct visit *visit = recording->visit;
	for (size_t at = 0; at < recording->chosen.count; at++) {
		const struct text words = visit_fault(
			visit, text_format(visit->arena, "%.*s@%.*s", T_ARG(name),
					   T_ARG(recording->chosen.at[at].value)));
		if (words.len != 0)
			return words;
	}
	return T("");
}

static struct error *
add_item_field(struct recording *recording, const struct pack_field *field)
{
	bool is_shown;
	struct field_part *box;
	struct visit *visit = recording->visit;
	struct dossier_result_page *page = recording->page;
	const struct text item = item_standing(recording);
	struct text stored = item.len != 0 ? dossier_answer(recording->dossier, field->name, item)
					   : T("");
	TRY(is_asked_now(recording, field->shown_when, item, &is_shown));
	/* Before an item is chosen nothing decides it: better ask too much than hide it. */
	if (!is_shown && item.len != 0)
		return OK;
	if (stored.len == 0 && field->prefill == PREFILL_APPLICANT)
		stored = text_format(visit->arena, "%lld", (long long)visit->session.person.no);
	TRY(answer_box(recording->look, visit, recording->dossier, field, field->name, stored,
		       &box));
	if (box->fault.len == 0)
		box->fault = item_fault(recording, field->name);
	if (field->shown_when != NULL && item.len == 0)
		box->is_required = false;
	page->item_fields[page->item_fields_count++] = (struct dossier_result_item_fields){
		field->name, box, file_kept(field, stored)
	};
	return OK;
}

/* The ways an item of the form can end, in the pack's words. */
static struct text
ends_words(struct visit *visit, const struct pack_form *form)
{
	struct writer out = writer_open(visit->arena, 8192);
	for (size_t at = 0; at < form->ends_count; at++)
		write_format(&out, "%s「%.*s」", at == 0 ? "" : " ",
			     T_ARG(words_now(form->ends[at].words)));
	return writer_text(&out);
}

static struct error *
add_item_section(struct recording *recording, const struct pack_form *form,
		 const struct pack_section *section)
{
	bool is_shown;
	struct dossier_result_page *page = recording->page;
	TRY(is_asked_now(recording, section->shown_when, T(""), &is_shown));
	if (!is_shown || page->item_fields != NULL)
		return OK;
	page->items_title = words_now(section->title);
	page->ends = ends_words(recording->visit, form);
	page->item_fields = ARENA_ARRAY(recording->visit->arena, struct dossier_result_item_fields,
					section->fields_count + 1);
	for (size_t at = 0; at < section->fields_count; at++)
		TRY(add_item_field(recording, &section->fields[at]));
	return OK;
}

static void
add_item(struct recording *recording, const struct flow_item *item, size_t at)
{
	struct visit *visit = recording->visit;
	struct dossier_result_page *page = recording->page;
	const struct url here =
		url_of_number(visit->arena, "/dossiers/{}/result", recording->dossier->id.no);
	page->items[page->items_count++] = (struct dossier_result_items){
		.id = text_format(visit->arena, "item-%zu", at),
		.serial = item->serial,
		.what = item->what,
		.outcome = item->end != NULL ? words_now(item->end->words) : text_of(say("まだ")),
		.tag = item->end == NULL	? T("wait")
		       : item->end->is_verified ? T("go")
						: T("stop"),
		.href = url_query(visit->arena, here, "item", item->serial),
		.is_chosen = is_chosen(recording, item->serial),
	};
}

static void
add_items(struct recording *recording)
{
	const struct dossier *dossier = recording->dossier;
	struct dossier_result_page *page = recording->page;
	page->items = ARENA_ARRAY(recording->visit->arena, struct dossier_result_items,
				  dossier->items_count + 1);
	page->is_picked = recording->chosen.count != 0;
	for (size_t at = 0; at < dossier->items_count; at++) {
		const struct flow_item *item = &dossier->items[at];
		if (item->is_struck || (page->is_picked && !is_chosen(recording, item->serial)))
			continue;
		add_item(recording, item, at);
	}
	page->has_items = page->items_count != 0;
	page->open = (int64_t)(dossier->balance.open + dossier->balance.unlisted); /* few */
}

static struct error *
add_sections(struct recording *recording)
{
	const struct dossier *dossier = recording->dossier;
	recording->page->groups = ARENA_ARRAY(recording->visit->arena, struct dossier_result_groups,
					      GROUPS_MOST);
	for (size_t form = 0; form < dossier->forms_count; form++)
		for (size_t at = 0; at < dossier->forms[form]->sections_count; at++) {
			const struct pack_section *section = &dossier->forms[form]->sections[at];
			if (section->stage != STAGE_RESULT)
				continue;
			if (section->each != NULL)
				TRY(add_item_section(recording, dossier->forms[form], section));
			else if (!recording->page->is_picked)
				TRY(add_section(recording, dossier->forms[form], section));
		}
	return OK;
}

/* ---- The page ---- */

static struct error *
open_granted(struct look *look, struct visit *visit, struct dossier *dossier)
{
	TRY(dossier_open(look, visit, dossier));
	if (dossier->state != DOSSIER_GRANTED)
		return conflict("結果を記録できるのは、許可されて終わっていない案件だけです(いまは「%s」)。",
				dossier_state_words(dossier->state));
	return OK;
}

static bool
concerns(const struct recording *recording, struct text field)
{
	struct text name, item;
	if (!text_cut(field, '@', &name, &item))
		return recording->chosen.count == 0;
	return is_chosen(recording, item);
}

/* One box stands for all chosen items: its fault is said once, and leads to the box. */
static bool
is_said(const struct error *said, struct error *fault)
{
	struct text name, item;
	if (text_cut(fault->field, '@', &name, &item))
		fault->field = name;
	for (const struct error *one = said; one != OK; one = one->next)
		if (text_same(one->field, fault->field))
			return true;
	return false;
}

/* After saving: what is still missing for what is shown. */
static struct error *
check_shown(struct recording *recording)
{
	struct visit *visit = recording->visit;
	struct error *faults = OK, *kept = OK;
	if (!text_is(visit_text(visit, "check"), "1") || visit->faults != NULL)
		return OK;
	TRY(flow_check_result(recording->look, visit->office->flow, recording->dossier->id,
			      &faults));
	while (faults != OK) {
		struct error *rest = faults->next;
		faults->next = OK;
		if (concerns(recording, faults->field) && !is_said(kept, faults))
			error_add(&kept, faults);
		faults = rest;
	}
	visit->faults = error_keep(visit->arena, kept);
	return OK;
}

struct error *
dossier_result_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	TRY(open_granted(look, visit, &dossier));
	struct dossier_result_page page = { 0 };
	struct recording recording = {
		look, visit, &dossier, dossier_asked(visit->arena, &dossier),
		request_fields(visit->request, visit->arena, "item"), &page,
	};
	TRY(check_shown(&recording));
	page = (struct dossier_result_page){
		.frame = visit_frame(visit, text_of(say("結果を記録する")), "dossiers"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/result", dossier.id.no),
		.all = url_of_number(visit->arena, "/dossiers/{}/result", dossier.id.no),
		.back = dossier_url(visit, dossier.id),
		.change = dossier.change,
		.number = dossier.number,
		.title = dossier_titles(visit, &dossier),
	};
	struct field_part extra = plain_box(
		visit, BOX_TEXT, "extra", text_of(say("申請に書いていない物の番号")),
		text_of(say("上の記入欄の内容で、この番号の物を記録します。管理者が確かめるまで、案件は終わりません。")),
		T(""), false);
	page.extra = &extra;
	add_items(&recording);
	TRY(add_sections(&recording));
	return visit_draw(visit, dossier_result_page, &page);
}

/* ---- Saving ---- */

/* Before files are kept: may they record anything here at all? */
struct error *
dossier_result_may(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	struct flow_may may;
	TRY(open_granted(look, visit, &dossier));
	TRY(flow_may(look, visit->office->flow, &dossier, visit->session.person, &may));
	if (!may.result)
		return refuse("結果を記録できるのは、申請した本人か、同じ所属の職員だけです。");
	return OK;
}

struct error *
dossier_result_keep(struct visit *visit)
{
	return files_keep(visit);
}

static struct error *
read_answers(struct visit *visit, const struct dossier *dossier, const struct fields *chosen,
	     struct text extra, struct flow_answer *answers, size_t *count)
{
	if (!text_is(visit_text(visit, "do"), "items"))
		return answers_typed(visit, dossier, T(""), answers, FLOW_MOST_ANSWERS, count);
	if (chosen->count == 0 && extra.len == 0)
		return reject("item", "記録する物を選んでください。");
	for (size_t at = 0; at < chosen->count; at++)
		TRY(answers_typed(visit, dossier, chosen->at[at].value, answers, FLOW_MOST_ANSWERS,
				  count));
	if (extra.len != 0)
		TRY(answers_typed(visit, dossier, extra, answers, FLOW_MOST_ANSWERS, count));
	return OK;
}

static bool
is_open_item(const struct dossier *dossier, struct text serial)
{
	for (size_t at = 0; at < dossier->items_count; at++)
		if (text_same(dossier->items[at].serial, serial))
			return dossier->items[at].end == NULL;
	return false;
}

/* Back to the items that still lack something, else to all of them. */
static struct error *
go_on(struct look *look, struct visit *visit, const struct dossier *dossier,
      const struct fields *chosen)
{
	struct error *faults = OK;
	struct url to = url_of_number(visit->arena, "/dossiers/{}/result", dossier->id.no);
	size_t carried = 0;
	for (size_t at = 0; at < chosen->count && carried < ITEMS_CARRIED; at++)
		if (is_open_item(dossier, chosen->at[at].value)) {
			to = url_query(visit->arena, to, "item", chosen->at[at].value);
			carried++;
		}
	TRY(flow_check_result(look, visit->office->flow, dossier->id, &faults));
	if (carried != 0 || (faults != OK && chosen->count == 0 && dossier->items_count == 0))
		to = url_query(visit->arena, to, "check", T("1"));
	else if (faults == OK && dossier->balance.is_balanced)
		to = dossier_url(visit, dossier->id);
	visit->go_to = to;
	visit->done = faults == OK && dossier->balance.is_balanced ? "result" : "result-open";
	return OK;
}

struct error *
dossier_result_do(struct act *act, struct visit *visit)
{
	struct dossier dossier;
	int64_t change;
	size_t count = 0;
	const struct flow *flow = visit->office->flow;
	TRY(visit_number(visit, "change", &change));
	TRY(open_granted(&act->look, visit, &dossier));
	const struct fields chosen = request_fields(visit->request, visit->arena, "item");
	const struct text extra = text_trim(visit_text(visit, "extra"));
	struct flow_answer *answers = ARENA_ARRAY(visit->arena, struct flow_answer,
						  FLOW_MOST_ANSWERS);
	TRY(read_answers(visit, &dossier, &chosen, extra, answers, &count));
	TRY(flow_result(act, flow, dossier.id, change, answers, count));
	TRY(flow_read(&act->look, flow, dossier.id, &dossier));
	if (dossier.state != DOSSIER_COMPLETE)
		return go_on(&act->look, visit, &dossier, &chosen);
	visit->go_to = dossier_url(visit, dossier.id);
	visit->done = "complete";
	return OK;
}
