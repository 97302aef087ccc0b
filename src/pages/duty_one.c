/* One occurrence: what is to be done, its record, and the ways to end it. */
#include "pages/dossier_parts.h"
#include "pages/duty_pages.h"

#include "base/number.h"

enum { PEOPLE_MOST = 300 };

static struct error *
open_one(struct look *look, struct visit *visit, struct duty_occurrence *one)
{
	TRY(duty_read(look, visit->office->flow, (struct duty_id){ visit_id(visit, "id") }, one));
	if (!occurrence_opens(look, visit, one))
		return refuse("この仕事の記録を見られるのは、担当する人とその上の責任者、監査人だけです。");
	return OK;
}

/* ---- What stands there ---- */

static void
fill_source(struct look *look, struct visit *visit, const struct duty_occurrence *one,
	    struct duty_one_page *page)
{
	if (one->source.len == 0)
		return;
	page->source = about_in_words(visit->arena, one->source);
	page->has_source = about_opens(look, visit, one->source) &&
			   about_url(visit->arena, one->source, &page->source_href);
}

static struct error *
fill_put(struct look *look, struct visit *visit, const struct duty_occurrence *one,
	 struct duty_one_page *page)
{
	struct ledger_row row;
	if (one->put.no == 0)
		return OK;
	TRY(ledger_read(look, visit->office->pack, one->put, &row));
	if (row.ledger == NULL)
		return OK;
	page->put = text_format(visit->arena, say("%.*s 台帳番号%lld"),
				T_ARG(words_now(row.ledger->name)), (long long)row.number);
	page->has_put = visit_reaches(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ row.owner });
	page->put_href = url_make(visit->arena, "/ledger/{}/{}", 2,
				  (struct text[]){ row.ledger->code,
						   text_number(visit->arena, row.id.no) });
	return OK;
}

static struct error *
fill_record(struct look *look, struct visit *visit, const struct duty_occurrence *one,
	    struct duty_one_page *page)
{
	struct ledger_value *values;
	size_t count;
	TRY(duty_record(visit->arena, one, &values, &count));
	page->record = ARENA_ARRAY(visit->arena, struct duty_one_record, count + 1);
	if (one->duty == NULL)
		return OK;
	for (size_t at = 0; at < one->duty->record.fields_count; at++) {
		const struct pack_field *field = &one->duty->record.fields[at];
		for (size_t i = 0; i < count; i++) {
			if (!text_same(values[i].name, field->name))
				continue;
			struct duty_one_record *made = &page->record[page->record_count++];
			struct text digest;
			made->label = words_now(field->label);
			made->is_file = field->kind == FIELD_FILE;
			if (!made->is_file) {
				made->value = value_words(look, field, values[i].value);
				continue;
			}
			value_halves(values[i].value, &digest, &made->value);
			made->href = url_make(visit->arena, "/duties/occurrences/{}/files/{}", 2,
					      (struct text[]){ text_number(visit->arena, one->id.no),
							       digest });
		}
	}
	return OK;
}

static void
fill_clauses(struct visit *visit, const struct pack_duty *duty, struct duty_one_page *page)
{
	page->clauses = ARENA_ARRAY(visit->arena, struct duty_one_clauses, duty->clauses_count + 1);
	page->clauses_count = duty->clauses_count;
	for (size_t at = 0; at < duty->clauses_count; at++)
		page->clauses[at] = (struct duty_one_clauses){
			duty->clauses[at]->number, words_now(duty->clauses[at]->duty),
			clause_page_url(visit->arena, duty->clauses[at])
		};
}

/* ---- The forms ---- */

static struct error *
options_for(struct look *look, struct visit *visit, const struct pack_field *field,
	    struct field_option **options, size_t *count)
{
	*count = 0;
	if (field->kind == FIELD_UNIT)
		return unit_options(look, visit, options, count);
	if (field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS)
		return row_options(look, visit, field, T(""), options, count);
	return OK;
}

static struct error *
fill_boxes(struct look *look, struct visit *visit, const struct pack_duty *duty,
	   struct duty_one_page *page)
{
	page->fields = ARENA_ARRAY(visit->arena, struct duty_one_fields,
				   duty->record.fields_count + 1);
	page->fields_count = duty->record.fields_count;
	for (size_t at = 0; at < duty->record.fields_count; at++) {
		const struct pack_field *field = &duty->record.fields[at];
		struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
		struct field_option *options = NULL;
		size_t count;
		TRY(options_for(look, visit, field, &options, &count));
		*box = field_box(visit, field, T(""), options, count);
		box->is_required = field->is_required && field->shown_when == NULL;
		if (field->kind == FIELD_FILE) {
			box->is_text = false;
			box->is_file = true;
		}
		page->fields[at].box = box;
	}
	return OK;
}

/* Whom it may be handed to: the people of the place's unit, or of one's own for the whole body's. */
static struct error *
people_box(struct look *look, struct visit *visit, const struct duty_occurrence *one,
	   struct field_part *box, bool *has_people)
{
	struct unit_id unit = one->unit;
	struct assignment *list;
	size_t count;
	*box = plain_box(visit, BOX_CHOICE, "person", text_of(say("だれに頼みますか")),
			 text_of(say("頼まれた人に、お知らせが届きます。記録はその人ができます。")), T(""), true);
	if (unit.no == 0)
		TRY(people_unit_of(look, visit->session.person, visit->today, &unit));
	if (unit.no == 0)
		return OK;
	TRY(people_assignments_in(look, unit, visit->today, &list, &count));
	box->options = ARENA_ARRAY(visit->arena, struct field_options, PEOPLE_MOST + 1);
	for (size_t at = 0; at < count && box->options_count < PEOPLE_MOST; at++) {
		struct field_options *option = &box->options[box->options_count];
		if (list[at].person.no == visit->session.person.no)
			continue;
		TRY(people_name(look, list[at].person, &option->words));
		option->value = text_number(visit->arena, list[at].person.no);
		option->is_chosen = text_same(option->value, box->value);
		box->options_count++;
	}
	*has_people = box->options_count != 0;
	return OK;
}

struct boxes {
	struct field_part on, note, reason, person;
};

static struct error *
fill_forms(struct look *look, struct visit *visit, const struct duty_occurrence *one,
	   struct boxes *boxes, struct duty_one_page *page)
{
	TRY(duty_may(look, one, visit->session.person, &page->may_do));
	TRY(duty_may_lead(look, one, visit->session.person, &page->may_lead));
	boxes->on = plain_box(visit, BOX_DAY, "on", text_of(say("行った日")), T(""),
			      day_iso(visit->arena, visit->today), true);
	boxes->note = plain_box(visit, BOX_LONG, "note", text_of(say("備考")), T(""), T(""), false);
	boxes->reason = plain_box(visit, BOX_LONG, "reason", text_of(say("今回しないわけ")),
				  text_of(say("あとで監査する人が読んで納得できるように書いてください。次の期限は変わりません。")),
				  T(""), true);
	page->on = &boxes->on;
	page->note = &boxes->note;
	page->reason = &boxes->reason;
	page->person = &boxes->person;
	page->is_excusing = visit_fault(visit, T("reason")).len != 0;
	page->is_handing = visit_fault(visit, T("person")).len != 0;
	if (page->may_do)
		TRY(fill_boxes(look, visit, one->duty, page));
	if (page->may_lead)
		TRY(people_box(look, visit, one, &boxes->person, &page->has_people));
	return OK;
}

static struct url
act_url(struct visit *visit, const struct duty_occurrence *one, const char *what)
{
	return url_make(visit->arena, "/duties/occurrences/{}/{}", 2,
			(struct text[]){ text_number(visit->arena, one->id.no), text_of(what) });
}

static struct error *
fill_who(struct look *look, const struct duty_occurrence *one, struct duty_one_page *page)
{
	page->who = one->person_name;
	if (one->deputy_for.no != 0)
		TRY(people_name(look, one->deputy_for, &page->deputy_for));
	return OK;
}

static struct error *
duty_one_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct duty_occurrence one;
	struct boxes boxes = { 0 };
	TRY(open_one(look, visit, &one));
	const struct text title = duty_title(arena, &one);
	struct duty_one_page page = {
		.frame = visit_frame(visit, title, "yearly"),
		.title = title,
		.place = occurrence_place(&one),
		.due = one.due,
		.opens = one.opens,
		.state = text_of(duty_state_words(one.state)),
		.tag = duty_tag(one.state),
		.is_late = one.state == DUTY_LATE,
		.is_escalated = one.is_escalated && one.state == DUTY_LATE,
		.is_planned = one.state == DUTY_PLANNED,
		.why = one.why,
		.handed = one.handed_name,
		.done_on = one.done_on,
		.done = one.done,
		.words = one.words,
		.is_excused = one.state == DUTY_EXCUSED,
		.csrf = visit->csrf,
		.change = one.change,
		.do_action = act_url(visit, &one, "done"),
		.excuse_action = act_url(visit, &one, "excuse"),
		.hand_action = act_url(visit, &one, "hand"),
		.duty_href = duty_url(arena, one.code),
		.may_list = visit_may(visit, RIGHT_MAP_READ),
		.has_journal = visit_may(visit, RIGHT_JOURNAL_READ),
		.journal = url_query(arena, url_path(arena, "/journal"), "about",
				     duty_about(arena, one.id)),
	};
	/* Drawn again over somebody else's change it must not win: the person opens it anew. */
	if (visit->faults != NULL)
		(void)number_read(visit_text(visit, "change"), 1, INT64_MAX, &page.change);
	fill_source(look, visit, &one, &page);
	TRY(fill_who(look, &one, &page));
	TRY(fill_put(look, visit, &one, &page));
	TRY(fill_record(look, visit, &one, &page));
	if (one.duty != NULL) {
		page.help = words_now(one.duty->help);
		page.owner = words_now(one.duty->owner->name);
		page.puts = one.duty->puts != NULL ? words_now(one.duty->puts->name) : T("");
		fill_clauses(visit, one.duty, &page);
		TRY(fill_forms(look, visit, &one, &boxes, &page));
	}
	return visit_draw(visit, duty_one_page, &page);
}

/* ---- Acts ---- */

/* Before files are kept: may they record anything here at all? */
static struct error *
may_record(struct look *look, struct visit *visit)
{
	struct duty_occurrence one;
	bool may;
	TRY(open_one(look, visit, &one));
	TRY(duty_may(look, &one, visit->session.person, &may));
	if (!may)
		return refuse("この仕事を記録できるのは、担当の役割の人か、頼まれた人だけです。");
	return OK;
}

static struct error *
typed_value(struct look *look, struct visit *visit, const struct pack_field *field,
	    struct text *value)
{
	*value = field->kind == FIELD_FILE ? file_value(visit, field->name)
					   : field_typed(visit, field);
	return field->kind == FIELD_PERSON ? ledger_resolve(look, field, *value, value) : OK;
}

static struct error *
in_box(struct error *error, const char *box)
{
	for (struct error *one = error; one != NULL; one = one->next)
		if (text_is(one->field, "words"))
			one->field = text_of(box);
	return error;
}

static struct error *
done_do(struct act *act, struct visit *visit)
{
	struct duty_doing doing = { .id = { visit_id(visit, "id") }, .on = DAY_NONE,
				    .words = visit_text(visit, "note") };
	struct duty_occurrence one;
	TRY(open_one(&act->look, visit, &one));
	TRY(visit_number(visit, "change", &doing.change));
	if (one.duty == NULL)
		return conflict("今の方針にない仕事です。記録は残っています。");
	if (!day_read(visit_text(visit, "on"), &doing.on))
		return reject("on", "日付として読めません。R8.11.21 のように書いてください。");
	struct ledger_value *typed = ARENA_ARRAY(visit->arena, struct ledger_value,
						 one.duty->record.fields_count + 1);
	for (size_t at = 0; at < one.duty->record.fields_count; at++) {
		const struct pack_field *field = &one.duty->record.fields[at];
		typed[at].name = field->name;
		TRY(typed_value(&act->look, visit, field, &typed[at].value));
	}
	doing.typed = typed;
	doing.typed_count = one.duty->record.fields_count;
	TRY(in_box(duty_do(act, visit->office->flow, &doing), "note"));
	visit->go_to = occurrence_url(visit->arena, doing.id);
	visit->done = "duty-done";
	return OK;
}

static struct error *
excuse_do(struct act *act, struct visit *visit)
{
	const struct duty_id id = { visit_id(visit, "id") };
	struct duty_occurrence one;
	int64_t change;
	TRY(open_one(&act->look, visit, &one));
	TRY(visit_number(visit, "change", &change));
	TRY(in_box(duty_excuse(act, visit->office->flow, id, change, visit_text(visit, "reason")),
		   "reason"));
	visit->go_to = occurrence_url(visit->arena, id);
	visit->done = "duty-excused";
	return OK;
}

static struct error *
hand_do(struct act *act, struct visit *visit)
{
	const struct duty_id id = { visit_id(visit, "id") };
	struct duty_occurrence one;
	int64_t change, person;
	TRY(open_one(&act->look, visit, &one));
	TRY(visit_number(visit, "change", &change));
	if (!number_read(visit_text(visit, "person"), 1, INT64_MAX, &person))
		return reject("person", "頼む人を選んでください。");
	TRY(duty_hand(act, visit->office->flow, id, change, (struct person_id){ person }));
	visit->go_to = occurrence_url(visit->arena, id);
	visit->done = "duty-handed";
	return OK;
}

static struct error *
duty_file_draw(struct look *look, struct visit *visit)
{
	const struct text wanted = capture_text(visit->captures, "digest");
	struct duty_occurrence one;
	struct ledger_value *values;
	size_t count;
	TRY(open_one(look, visit, &one));
	TRY(duty_record(visit->arena, &one, &values, &count));
	for (size_t at = 0; one.duty != NULL && at < count; at++) {
		const struct pack_field *field = ledger_field(&one.duty->record, values[at].name);
		struct text hex, name;
		value_halves(values[at].value, &hex, &name);
		if (field != NULL && field->kind == FIELD_FILE && text_same(hex, wanted))
			return file_send(visit, hex, name);
	}
	return missing("そのファイルはこの仕事にありません。");
}

PAGE_ROWS(duty_one,
	  { { METHOD_GET, "/duties/occurrences/{id}" }, RIGHT_SELF, PAGE_LOOK,
	    .look = duty_one_draw },
	  { { METHOD_GET, "/duties/occurrences/{id}/files/{digest:text}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = duty_file_draw },
	  { { METHOD_POST, "/duties/occurrences/{id}/done" }, RIGHT_SELF, PAGE_ACT,
	    .look = may_record, .slow = files_keep, .act = done_do, .again = duty_one_draw,
	    .body = BODY_UPLOAD },
	  { { METHOD_POST, "/duties/occurrences/{id}/excuse" }, RIGHT_DECIDE, PAGE_ACT,
	    .act = excuse_do, .again = duty_one_draw },
	  { { METHOD_POST, "/duties/occurrences/{id}/hand" }, RIGHT_DECIDE, PAGE_ACT,
	    .act = hand_do, .again = duty_one_draw });
