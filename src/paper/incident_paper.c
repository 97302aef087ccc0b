#include "paper/incident_paper.h"

#include "incident/outside.h"
#include "journal/journal.h"
#include "ledger/ledger.h"
#include "paper/form_paper.h"
#include "paper/sheet_paper.h"

#include "base/say.h"

enum { EMPTY_LINES = 2, EMPTY_ROWS = 3 };

struct case_papering {
	struct look *look;
	const struct pack *pack;
	const struct pack_form_view *view;
	const struct incident *incident;
	const struct view_answer *answers;
	size_t answers_count;
	json_t *sections;
};

static struct text
answer_of(const struct case_papering *papering, const struct pack_field *field)
{
	for (size_t at = 0; at < papering->answers_count; at++)
		if (papering->answers[at].field == field)
			return papering->answers[at].value;
	return T("");
}

/* What fills a field: "timeline", "evidence", … */
static struct text
source_of(const struct case_papering *papering, const struct pack_field *field)
{
	for (size_t at = 0; at < papering->view->fields_count; at++)
		if (papering->view->fields[at].field == field)
			return papering->view->fields[at].from;
	return T("");
}

/* ---- Tables ---- */

static json_t *
table(const struct case_papering *papering, const struct pack_field *field, const struct text *names,
      const int *widths, size_t count)
{
	json_t *made = job_section(papering->sections, "items", words_now(field->label));
	json_t *columns = job_list(made, "columns"), *rows = job_list(made, "rows");
	for (size_t at = 0; at < count; at++)
		job_column(columns, names[at], widths[at]);
	return rows;
}

/* Ruled rows to write into by hand. */
static void
leave_room(const struct case_papering *papering, const json_t *rows)
{
	const size_t count = json_array_size(papering->sections);
	if (json_array_size(rows) == 0)
		json_object_set_new(json_array_get(papering->sections, count - 1), "empty_rows",
				    json_integer(EMPTY_ROWS));
}

static struct error *
timeline(const struct case_papering *papering, const struct pack_field *field)
{
	struct arena *arena = papering->look->arena;
	const struct text names[] = { text_of(say("日時")), text_of(say("区分")), text_of(say("内容")),
				      text_of(say("書いた人")) };
	struct incident_entry *list;
	size_t count;
	TRY(incident_entries(papering->look, papering->incident->id,
			     &(struct entry_query){ .only_reported = true }, &list, &count));
	json_t *rows = table(papering, field, names, (const int[]){ 28, 15, 41, 16 }, 4);
	for (size_t at = 0; at < count; at++)
		job_cells(rows,
			  (struct text[]){ moment_wareki(arena, list[at].at),
					   text_of(entry_category_words(list[at].category)), list[at].words,
					   list[at].person_name },
			  4);
	leave_room(papering, rows);
	return OK;
}

static struct error *
evidence(const struct case_papering *papering, const struct pack_field *field)
{
	struct arena *arena = papering->look->arena;
	const struct text names[] = { text_of(say("番号")), text_of(say("証拠と出所")), text_of(say("保全した日時")),
				      text_of(say("SHA-256")) };
	struct incident_evidence *list;
	size_t count;
	TRY(incident_evidence_list(papering->look, papering->incident->id, &list, &count));
	json_t *rows = table(papering, field, names, (const int[]){ 8, 30, 26, 36 }, 4);
	for (size_t at = 0; at < count; at++)
		job_cells(rows,
			  (struct text[]){ text_number(arena, list[at].no),
					   text_format(arena, "%.*s%s%.*s", T_ARG(list[at].name),
						       list[at].origin.len == 0 ? "" : "\n", T_ARG(list[at].origin)),
					   moment_wareki(arena, list[at].taken),
					   list[at].is_file ? hash_hex(arena, &list[at].digest) : T("") },
			  4);
	leave_room(papering, rows);
	return OK;
}

/* ---- Boxes ---- */

static bool
is_table(const struct case_papering *papering, const struct pack_field *field)
{
	const struct text source = source_of(papering, field);
	return text_is(source, "timeline") || text_is(source, "evidence");
}

/* What nobody will write by hand on this paper either. */
static bool
is_left_out(const struct case_papering *papering, const struct pack_field *field)
{
	return field->is_computed || field->kind == FIELD_FILE || is_table(papering, field) ||
	       (field->shown_when != NULL && answer_of(papering, field).len == 0);
}

/* What one box of the printer takes; the whole stands in the paper of the whole course. */
static struct text
boxed(struct arena *arena, struct text words)
{
	const struct text more = text_of(say("…（続きは、事案の経過の全体に）"));
	size_t at = 0, characters = 0;
	uint32_t character;
	if (text_count(words) <= SHEET_MOST_VALUE)
		return words;
	while (characters < SHEET_MOST_VALUE - text_count(more) && text_next(words, &at, &character))
		characters++;
	return text_join(arena, text_first(words, at), more);
}

static struct error *
put_field(const struct case_papering *papering, const struct pack_field *field, struct paper_rows *rows)
{
	const struct text value = answer_of(papering, field);
	json_t *made = paper_field(rows, field);
	struct text words;
	if (field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES) {
		paper_choices(made, field, value);
		return OK;
	}
	TRY(ledger_show(papering->look, field, value, &words));
	job_put(made, "value", boxed(papering->look->arena, words));
	if (field->kind == FIELD_LONG_TEXT)
		json_object_set_new(made, "lines", json_integer(EMPTY_LINES));
	return OK;
}

static struct error *
put_section(const struct case_papering *papering, const struct pack_section *section)
{
	struct paper_rows rows = { 0 };
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		if (is_left_out(papering, field))
			continue;
		if (rows.rows == NULL)
			rows.rows = job_list(job_section(papering->sections, "rows", words_now(section->title)),
					     "rows");
		TRY(put_field(papering, field, &rows));
	}
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		if (is_table(papering, field))
			TRY(text_is(source_of(papering, field), "timeline") ? timeline(papering, field)
									     : evidence(papering, field));
	}
	return OK;
}

/* ---- 決裁欄 ---- */

static bool
has_clause(const struct pack_form *form, const struct pack_clause *clause)
{
	for (size_t at = 0; at < form->clauses_count; at++)
		if (clause != NULL && form->clauses[at] == clause)
			return true;
	return false;
}

/* The links whose receipts belong on this form. */
static enum link_at
links_at(const struct case_papering *papering)
{
	const struct pack_incidents *all = &papering->pack->incidents;
	for (size_t at = 0; at < all->chain_count; at++)
		if (all->chain[at].at == LINK_CAUSE && has_clause(papering->view->form, all->chain[at].clause))
			return LINK_CAUSE;
	return LINK_REPORT;
}

/* Whoever reports: the first report, or cause and prevention. */
static void
put_reporter(const struct case_papering *papering, enum link_at stage, json_t *made)
{
	const struct incident *incident = papering->incident;
	const bool is_cause = stage == LINK_CAUSE;
	const struct moment at = is_cause ? incident->concluded : incident->entered;
	const struct text name = is_cause ? incident->concluded_by_name : incident->reporter_name;
	if (at.ms == 0 || name.len == 0)
		return;
	job_put(made, "name", name);
	job_put(made, "verdict", text_of(say("報告")));
	job_put(made, "day", day_iso(papering->look->arena, moment_day(at)));
}

static void
put_box(const struct case_papering *papering, const struct pack_box *box, const struct incident_link *list,
	size_t count, json_t *made)
{
	struct arena *arena = papering->look->arena;
	const enum link_at stage = links_at(papering);
	job_put(made, "role", words_now(box->label));
	if (box->role == NULL)
		put_reporter(papering, stage, made);
	for (size_t at = 0; box->role != NULL && at < count; at++) {
		const struct incident_link *link = &list[at];
		if (link->link == NULL || link->link->at != stage || link->link->role != box->role ||
		    link->received.ms == 0)
			continue;
		job_put(made, "name", link->person_name);
		job_put(made, "verdict", text_of(say("受領")));
		job_put(made, "day", day_iso(arena, moment_day(link->received)));
		return;
	}
}

static struct error *
decisions(const struct case_papering *papering)
{
	const struct pack_form *form = papering->view->form;
	struct incident_link *list;
	size_t count;
	if (form->boxes_count == 0)
		return OK;
	TRY(incident_links(papering->look, papering->pack, papering->incident->id, (struct person_id){ 0 }, &list,
			   &count));
	json_t *steps = job_list(job_section(papering->sections, "decisions", text_of(say("決裁欄"))), "steps");
	for (size_t at = 0; at < form->boxes_count; at++)
		put_box(papering, &form->boxes[at], list, count, job_object(steps));
	return OK;
}

/* ---- The head, the foot ---- */

/* The post of whoever reported, on the day it was entered; empty for people outside. */
static struct error *
post_of(const struct case_papering *papering, struct text *post)
{
	const struct day day = moment_day(papering->incident->entered);
	struct assignment *list;
	size_t count;
	*post = T("");
	if (papering->incident->reporter.no == 0)
		return OK;
	TRY(people_assignments_of(papering->look, papering->incident->reporter, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].is_main && list[at].since.no <= day.no &&
		    (day_is_none(list[at].until) || list[at].until.no >= day.no))
			*post = list[at].post_name;
	return OK;
}

static struct error *
head(const struct case_papering *papering, json_t *job)
{
	struct text day = T(""), unit = T(""), post, name = T("");
	for (size_t at = 0; at < papering->answers_count; at++) {
		const struct view_answer *answer = &papering->answers[at];
		if (answer->field->prefill == PREFILL_TODAY)
			day = answer->value;
		else if (answer->field->prefill == PREFILL_APPLICANT_UNIT)
			TRY(ledger_show(papering->look, answer->field, answer->value, &unit));
		else if (answer->field->prefill == PREFILL_APPLICANT)
			TRY(ledger_show(papering->look, answer->field, answer->value, &name));
	}
	TRY(post_of(papering, &post));
	job_put(job, "lead", text_of(say("次のとおり報告します。")));
	job_put(job, "number", papering->incident->number);
	paper_applicant(job, say("報告者"), unit, post, name);
	job_put(job, "day", day);
	job_put(job, "made", moment_local(papering->look->arena, papering->look->now));
	return OK;
}

struct error *
paper_incident_proof(struct look *look, struct incident_id id, const struct case_proof *proof,
		     struct job_proof *made)
{
	struct arena *arena = look->arena;
	const struct text about = incident_about(arena, id);
	struct journal_entry entry;
	int64_t seq;
	*made = (struct job_proof){ 0 };
	TRY(journal_last_about(look, about, &seq));
	if (seq == 0)
		return OK;
	TRY(journal_entry_read(look, seq, &entry));
	made->record = text_format(arena, say("%.*s（記録簿の%lld番まで）"), T_ARG(about), (long long)seq);
	made->digest = hash_hex(arena, &entry.leaf);
	made->tree_size = proof->tree_size;
	made->command = text_format(arena, "bansho verify bansho-%.*s.zip", T_ARG(proof->body));
	return OK;
}

struct error *
paper_incident(struct look *look, const struct pack *pack, const struct pack_form_view *view,
	       const struct incident *incident, struct text body_name, const struct case_proof *proof,
	       struct text *job)
{
	const char *const too_large =
		say("この事案は、様式に印刷するには大きすぎます。経過を画面で見てください。");
	JOB_SCOPED made = json_object();
	struct view_answer *answers;
	struct job_proof foot;
	struct case_papering papering = { .look = look, .pack = pack, .view = view, .incident = incident };
	TRY(incident_view_answers(look, pack, incident->id, view, &answers, &papering.answers_count));
	papering.answers = answers;
	paper_head(look->arena, view->form, body_name, made);
	TRY(head(&papering, made));
	papering.sections = job_list(made, "sections");
	TRY(decisions(&papering));
	for (size_t at = 0; at < view->form->sections_count; at++)
		if (!paper_stands_in_head(&view->form->sections[at]))
			TRY(put_section(&papering, &view->form->sections[at]));
	TRY(paper_incident_proof(look, incident->id, proof, &foot));
	if (foot.record.len != 0)
		job_prove(made, &foot);
	return job_write(look->arena, made, too_large, job);
}
