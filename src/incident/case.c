/* The case: its first report, reading it, and what acts on it begin with. */
#include "incident/rooms.h"

struct text
incident_about(struct arena *into, struct incident_id id)
{
	return text_format(into, "incident:%lld", (long long)id.no);
}

struct error *
line_take(struct arena *arena, const char *field, struct text typed, size_t most, bool is_needed,
	  struct text *line)
{
	const struct text trimmed = typed.data == NULL ? T("") : text_trim(typed);
	if (is_needed && trimmed.len == 0)
		return reject(field, "書いてください。分かることだけでかまいません。");
	if (text_count(trimmed) > most)
		return reject(field, "長すぎます。%zu文字までで書いてください。", most);
	*line = text_copy(arena, trimmed);
	return OK;
}

struct error *
moment_take(const struct act *act, const char *field, struct moment typed, struct moment *moment)
{
	*moment = typed.ms == 0 ? act->look.now : typed;
	if (moment->ms > act->look.now.ms + LATER_MS)
		return reject(field, "これから先の日時です。実際の日時にしてください。");
	return OK;
}

struct error *
note_incident(struct act *act, struct incident_id id, const char *what, const struct pack_clause *clause,
	      const struct fact_pair *pairs)
{
	struct fact fact = { .act = what, .about = { incident_about(act->look.arena, id) } };
	if (clause != NULL)
		fact.clauses[0] = clause->id;
	for (size_t at = 0; pairs != NULL && at < 8 && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

/* ---- Reading ---- */

static enum said
said_of(int64_t no)
{
	return no == 2 ? SAID_YES : no == 1 ? SAID_NO : SAID_NOTHING;
}

static struct error *
from_row(const struct pack *pack, const struct incident_case_row_row *row, struct incident *incident)
{
	*incident = (struct incident){
		.id = { row->id },
		.number = row->number,
		.kind = pack_incident_kind(pack, row->kind),
		.kind_code = row->kind,
		.title = row->title,
		.place = row->place,
		.damage = row->damage,
		.finder = row->finder,
		.contact = row->contact,
		.happened = { row->happened },
		.known = { row->known },
		.said = { row->said },
		.entered = { row->entered },
		.entered_by = { row->entered_by },
		.reporter = { row->reporter },
		.entered_by_name = row->entered_by_name,
		.reporter_name = row->reporter_name,
		.unit = { row->unit },
		.unit_name = row->unit_name,
		.system = { row->system },
		.system_title = row->system_title,
		.dossier = { row->dossier },
		.is_drill = row->is_drill,
		.is_judged = row->verdict.len != 0,
		.judged = { row->judged },
		.judged_by_name = row->judged_by_name,
		.judged_role = row->judged_role,
		.judged_words = row->judged_words,
		.grave = said_of(row->grave),
		.needed = said_of(row->needed),
		.crime = said_of(row->crime),
		.class_code = row->class,
		.grounds = row->grounds,
		.persons = row->persons,
		.has_disclosure = row->disclosure.len != 0,
		.disclosure_words = row->disclosure_words,
		.concluded = { row->concluded },
		.closed = { row->closed },
		.concluded_by_name = row->concluded_by_name,
		.closed_by_name = row->closed_by_name,
		.closed_words = row->closed_words,
		.change = row->change,
	};
	if (!incident_state_read(row->state, &incident->state) ||
	    !incident_source_read(row->source, &incident->source) ||
	    !incident_way_read(row->way, &incident->way) ||
	    (incident->is_judged && !incident_verdict_read(row->verdict, &incident->verdict)) ||
	    (incident->has_disclosure && !disclosure_read(row->disclosure, &incident->disclosure)))
		return broken("事案の記録が読めません(%lld)。", (long long)row->id);
	return OK;
}

struct error *
incident_read(struct look *look, const struct pack *pack, struct incident_id id, struct incident *incident)
{
	struct incident_case_row_row row;
	struct incident_case_waiting_row waiting;
	bool found;
	TRY(incident_case_row(look, &(struct incident_case_row_in){ id.no }, &found, &row));
	if (!found)
		return missing("その事案はありません。一覧から選んでください。");
	TRY(from_row(pack, &row, incident));
	TRY(incident_case_waiting(look,
				  &(struct incident_case_waiting_in){ id.no, look->now.ms,
								      moment_day(look->now).no },
				  &waiting));
	incident->waiting = waiting.waiting;
	incident->late = waiting.links_late + waiting.tasks_late + waiting.outside_late;
	incident->open_tasks = waiting.open_tasks;
	incident->next_due = waiting.next_due == 0 ? DAY_NONE : (struct day){ waiting.next_due };
	return OK;
}

struct error *
incident_by_number(struct look *look, struct text number, bool *found, struct incident_id *id)
{
	struct incident_case_numbered_row row;
	TRY(incident_case_numbered(look, &(struct incident_case_numbered_in){ text_trim(number) }, found,
				   &row));
	if (*found)
		id->no = row.id;
	return OK;
}

struct error *
incident_receipt(struct look *look, struct text key, bool *found, struct text *number, struct moment *made)
{
	struct incident_receipt_row_row row;
	TRY(incident_receipt_row(look, &(struct incident_receipt_row_in){ key }, found, &row));
	if (!*found)
		return OK;
	*number = row.number;
	made->ms = row.made;
	return OK;
}

struct error *
incident_take(struct act *act, const struct pack *pack, struct incident_id id, int64_t change,
	      struct incident *incident)
{
	TRY(incident_read(&act->look, pack, id, incident));
	if (change != 0 && change != incident->change)
		return conflict("ほかの人がこの事案を先に変えました。いまの内容を確かめてから、もう一度行ってください。");
	return OK;
}

struct error *
living_take(struct act *act, const struct pack *pack, struct incident_id id, struct incident *incident)
{
	TRY(incident_take(act, pack, id, 0, incident));
	if (incident->state == INCIDENT_CLOSED)
		return conflict("この事案は終結しています。新しいことが分かったら、新しい事案として報告してください。");
	return OK;
}

struct error *
facts_put(struct act *act, const struct incident *incident)
{
	return incident_case_facts(
		act, &(struct incident_case_facts_in){
			     .id = incident->id.no,
			     .kind = incident->kind_code,
			     .grave = incident->grave,
			     .needed = incident->needed,
			     .crime = incident->crime,
			     .class = incident->class_code.len == 0 ? (struct text){ 0 } : incident->class_code,
			     .grounds = incident->grounds,
			     .persons = incident->persons,
			     .unit = incident->unit.no,
			     .system = incident->system.no,
			     .disclosure = incident->has_disclosure
						   ? text_of(disclosure_name(incident->disclosure))
						   : (struct text){ 0 },
			     .disclosure_words = incident->disclosure_words,
		     });
}

struct error *
facts_follow(struct act *act, const struct pack *pack, struct incident_id id)
{
	struct incident incident;
	TRY(incident_read(&act->look, pack, id, &incident));
	TRY(outside_settle(act, pack, &incident));
	return links_advance(act, pack, id);
}

/* ---- The first report ---- */

static struct error *
check_class(const struct pack *pack, struct text code)
{
	if (code.len != 0 && (pack->axes_count == 0 || axis_value(&pack->axes[0], code) == NULL))
		return reject("class", "その分類はありません。選び直してください。");
	return OK;
}

static struct error *
check_times(const struct act *act, const struct incident_reporting *reporting)
{
	struct moment moment;
	if (reporting->known.ms == 0)
		return reject("known", "知った日時を入れてください。");
	TRY(moment_take(act, "known", reporting->known, &moment));
	if (reporting->happened.ms != 0)
		TRY(moment_take(act, "happened", reporting->happened, &moment));
	if (reporting->said.ms != 0)
		TRY(moment_take(act, "said", reporting->said, &moment));
	if (reporting->happened.ms > reporting->known.ms)
		return reject("happened", "起きた日時が、知った日時より後になっています。");
	return OK;
}

static struct error *
check_reporter(struct act *act, const struct pack *pack, const struct incident_reporting *reporting)
{
	struct unit_id unit;
	const struct person_id person = { act->actor.person };
	if (reporting->is_drill)
		TRY(must_lead(act, pack));
	if (person.no == 0)
		return OK;
	TRY(people_unit_of(&act->look, person, moment_day(act->look.now), &unit));
	if (unit.no == 0 && reporting->source != SOURCE_CITIZEN)
		return refuse("いまの所属がないので報告できません。所属の管理者に知らせてください。");
	return OK;
}

/* The case's row, with everything checked. */
static struct error *
case_of(struct act *act, const struct incident_reporting *reporting, struct incident_case_insert_in *in)
{
	struct arena *arena = act->look.arena;
	struct unit_id unit = reporting->unit;
	const int64_t reporter = reporting->reporter.no != 0 ? reporting->reporter.no : act->actor.person;
	TRY(line_take(arena, "title", reporting->title, INCIDENT_MOST_TITLE, true, &in->title));
	TRY(line_take(arena, "place", reporting->place, INCIDENT_MOST_LINE, false, &in->place));
	TRY(line_take(arena, "damage", reporting->damage, INCIDENT_MOST_WORDS, false, &in->damage));
	TRY(line_take(arena, "finder", reporting->finder, INCIDENT_MOST_LINE, false, &in->finder));
	TRY(line_take(arena, "contact", reporting->contact, INCIDENT_MOST_LINE, false, &in->contact));
	if (unit.no == 0 && reporter != 0 && reporting->source != SOURCE_CITIZEN)
		TRY(people_unit_of(&act->look, (struct person_id){ reporter }, moment_day(act->look.now),
				   &unit));
	in->kind = reporting->kind;
	in->source = text_of(incident_source_name(reporting->source));
	in->way = text_of(incident_way_name(reporting->way));
	in->happened = reporting->happened.ms;
	in->known = reporting->known.ms;
	in->said = reporting->said.ms;
	in->entered = act->look.now.ms;
	in->entered_by = act->actor.person;
	in->reporter = reporting->way == WAY_PUBLIC ? 0 : reporter;
	in->unit = unit.no;
	in->system = reporting->system.no;
	in->dossier = reporting->dossier.no;
	in->is_drill = reporting->is_drill;
	in->crime = reporting->crime;
	in->class = reporting->class_code.len == 0 ? (struct text){ 0 } : reporting->class_code;
	return OK;
}

static struct error *
number_case(struct act *act, struct incident_case_insert_in *in)
{
	struct arena *arena = act->look.arena;
	const int year = day_fiscal_year(moment_day(act->look.now));
	int64_t serial;
	TRY(act_number(act, T("incident"), &in->id));
	TRY(act_number(act, text_format(arena, in->is_drill ? "incident-drill:%d" : "incident:%d", year),
		       &serial));
	in->number = text_format(arena, say(in->is_drill ? N_("訓練%.*s-%04lld") : N_("事案%.*s-%04lld")),
				 T_ARG(fiscal_wareki(arena, year)), (long long)serial);
	return OK;
}

static struct error *
first_entry(struct act *act, const struct incident_reporting *reporting, struct incident_id id,
	    struct text title)
{
	struct entry_id entry;
	struct text words;
	TRY(line_take(act->look.arena, "words", reporting->words, INCIDENT_MOST_WORDS, false, &words));
	return entry_put(act,
			 &(struct adding_entry){
				 .incident = id,
				 .at = reporting->known,
				 .category = ENTRY_REPORT,
				 .source = reporting->source == SOURCE_CITIZEN ||
							   reporting->source == SOURCE_VENDOR
						   ? FROM_OUTSIDE
					   : reporting->source == SOURCE_SYSTEM ? FROM_LOG
					   : reporting->way == WAY_SAID		? FROM_TOLD
										: FROM_SEEN,
				 .is_reported = true,
				 .words = words.len != 0 ? words : title,
			 },
			 &entry);
}

struct error *
incident_report(struct act *act, const struct pack *pack, const struct incident_reporting *reporting,
		struct incident_id *id)
{
	struct incident_case_insert_in in = { 0 };
	if (pack->incidents.kinds_count == 0)
		return refuse("この団体の方針には、事案の種類が定められていません。");
	if (pack_incident_kind(pack, reporting->kind) == NULL)
		return reject("kind", "何が起きたかを選んでください。");
	TRY(check_times(act, reporting));
	TRY(check_class(pack, reporting->class_code));
	TRY(check_reporter(act, pack, reporting));
	TRY(case_of(act, reporting, &in));
	TRY(number_case(act, &in));
	TRY(incident_case_insert(act, &in));
	const struct incident_id made = { in.id };
	TRY(first_entry(act, reporting, made, in.title));
	TRY(links_advance(act, pack, made));
	if (reporting->receipt_key.len != 0)
		TRY(incident_receipt_insert(act, &(struct incident_receipt_insert_in){
							 made.no, reporting->receipt_key,
							 reporting->receipt_number, act->look.now.ms }));
	TRY(note_incident(act, made, "incident.report", NULL,
			  (struct fact_pair[]){ { "kind", in.kind, 0 },
						{ "source", in.source, 0 },
						{ "way", in.way, 0 },
						{ "known", { 0 }, in.known },
						{ "drill", { 0 }, in.is_drill },
						{ 0 } }));
	*id = made;
	return OK;
}
