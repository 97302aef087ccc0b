/* Steps of the playbook, tasks, and orders with their answers. */
#include "incident/rooms.h"

struct error *
task_may(struct look *look, const struct pack *pack, struct text role, struct unit_id unit,
	 struct person_id assignee, struct person_id person, bool *may)
{
	*may = assignee.no != 0 && assignee.no == person.no;
	if (*may || role.len == 0)
		return OK;
	return holds_in(look, pack_role(pack, role), unit, person, may);
}

/* ---- The playbook ---- */

static bool
is_there(const struct incident_task_rows_row *rows, size_t count, struct text code)
{
	for (size_t at = 0; at < count; at++)
		if (text_is(rows[at].kind, "play") && text_same(rows[at].code, code))
			return true;
	return false;
}

static struct unit_id
unit_for(struct look *look, const struct pack *pack, const struct pack_role *role,
	 const struct incident *incident)
{
	struct ledger_row row;
	if (role->scope == SCOPE_BODY)
		return (struct unit_id){ 0 };
	if (role->scope == SCOPE_SYSTEM && incident->system.no != 0 &&
	    ledger_read(look, pack, incident->system, &row) == OK)
		return (struct unit_id){ row.owner };
	return incident->unit;
}

static struct error *
play_begin(struct act *act, const struct pack *pack, const struct incident *incident,
	   const struct pack_play *play)
{
	int64_t id, ms;
	TRY(term_of(&act->look, pack, play->within, &ms));
	TRY(act_number(act, T("incident-task"), &id));
	return incident_task_insert(act, &(struct incident_task_insert_in){
						 .id = id,
						 .incident = incident->id.no,
						 .kind = T("play"),
						 .code = play->code,
						 .words = words_now(play->words),
						 .role = play->role->code,
						 .unit = unit_for(&act->look, pack, play->role, incident).no,
						 .now = act->look.now.ms,
						 .person = act->actor.person,
						 .due = ms == 0 ? 0 : act->look.now.ms + ms,
					 });
}

struct error *
plays_begin(struct act *act, const struct pack *pack, const struct incident *incident)
{
	struct incident_task_rows_row *rows;
	size_t count;
	if (incident->kind == NULL)
		return OK;
	TRY(incident_task_rows(&act->look,
			       &(struct incident_task_rows_in){ incident->id.no, INCIDENT_MOST_TASKS }, &rows,
			       &count));
	for (size_t at = 0; at < incident->kind->plays_count; at++)
		if (!is_there(rows, count, incident->kind->plays[at].code))
			TRY(play_begin(act, pack, incident, &incident->kind->plays[at]));
	return OK;
}

/* ---- Giving ---- */

static struct error *
check_giving(struct act *act, const struct task_giving *giving, struct text *words)
{
	struct person person;
	TRY(line_take(act->look.arena, "words", giving->words, INCIDENT_MOST_WORDS, true, words));
	if (giving->kind == TASK_PLAY)
		return reject("kind", "作業か指示を選んでください。");
	if (giving->role == NULL && giving->assignee.no == 0)
		return reject("role", "誰が行うかを選んでください。");
	if (giving->due.ms != 0 && giving->due.ms < act->look.now.ms)
		return reject("due", "期限が過ぎています。これからの日時にしてください。");
	if (giving->assignee.no != 0)
		TRY(people_person(&act->look, giving->assignee, &person));
	return OK;
}

/* Who may order only while the closer cannot be reached says which it was. */
static struct error *
basis_of(struct act *act, const struct pack *pack, const struct incident *incident, struct text *basis)
{
	const struct pack_incidents *all = &pack->incidents;
	struct incident_link *links;
	size_t count;
	bool is_closers_own = false;
	*basis = (struct text){ 0 };
	if (all->acts_for == NULL || all->closes == NULL || !text_same(act->actor.role, all->acts_for->code))
		return OK;
	*basis = T("instructed");
	TRY(incident_links(&act->look, pack, incident->id, (struct person_id){ 0 }, &links, &count));
	for (size_t at = 0; at < count; at++)
		if (text_same(links[at].role_code, all->closes->code))
			is_closers_own |= links[at].received.ms != 0;
	if (!is_closers_own)
		*basis = T("own");
	return OK;
}

static struct error *
tell_doer(struct act *act, const struct incident *incident, const struct task_giving *giving, struct text words)
{
	size_t told;
	const struct text all = text_format(act->look.arena, say("%.*s「%.*s」の%sがあります：%.*s"),
					    T_ARG(incident->number), T_ARG(incident->title),
					    task_kind_words(giving->kind), T_ARG(words));
	if (giving->assignee.no != 0)
		return tell_person(act, incident, giving->assignee, all, say("事案の対応の指示があります"));
	return tell_role(act, incident, giving->role, giving->unit, all, say("事案の対応の指示があります"),
			 &told);
}

struct error *
incident_task_give(struct act *act, const struct pack *pack, const struct task_giving *giving,
		   struct task_id *id)
{
	const bool is_order = task_kind_is_order(giving->kind);
	struct incident incident;
	struct text words, basis;
	int64_t no;
	TRY(living_take(act, pack, giving->incident, &incident));
	TRY(is_order ? must_order(act, pack) : must_lead(act, pack));
	TRY(check_giving(act, giving, &words));
	TRY(basis_of(act, pack, &incident, &basis));
	TRY(act_number(act, T("incident-task"), &no));
	TRY(incident_task_insert(act, &(struct incident_task_insert_in){
					      .id = no,
					      .incident = incident.id.no,
					      .kind = text_of(task_kind_name(giving->kind)),
					      .words = words,
					      .role = giving->role != NULL ? giving->role->code
									   : (struct text){ 0 },
					      .unit = giving->unit.no,
					      .assignee = giving->assignee.no,
					      .now = act->look.now.ms,
					      .person = act->actor.person,
					      .given_role = act->actor.role,
					      .basis = is_order ? basis : (struct text){ 0 },
					      .due = giving->due.ms,
				      }));
	TRY(tell_doer(act, &incident, giving, words));
	if (is_order)
		TRY(entry_by_bansho(act, incident.id, ENTRY_DECISION,
				    text_format(act->look.arena, say("%s：%.*s"),
						task_kind_words(giving->kind), T_ARG(words))));
	TRY(note_incident(act, incident.id, is_order ? "incident.order" : "incident.task", NULL,
			  (struct fact_pair[]){ { "task", { 0 }, no },
						{ "kind", text_of(task_kind_name(giving->kind)), 0 },
						{ "to", giving->role != NULL ? giving->role->code : T("person"),
						  0 },
						{ "basis", basis.len == 0 ? T("") : basis, 0 },
						{ 0 } }));
	id->no = no;
	return OK;
}

/* ---- Answering ---- */

static struct error *
hold_task(struct act *act, const struct pack *pack, const struct incident_task_row_row *row)
{
	struct incident_may may = { 0 };
	if (row->assignee != 0 && row->assignee == act->actor.person)
		return OK;
	const struct pack_role *role = pack_role(pack, row->role);
	if (role != NULL) {
		struct error *error = people_must_hold(act, role, (struct unit_id){ row->unit },
						       (struct person_id){ 0 }, NULL);
		if (error == OK || error->kind != ERROR_REFUSED)
			return error;
	}
	TRY(incident_may_lead(&act->look, pack, (struct person_id){ act->actor.person }, &may.lead));
	if (!may.lead)
		return refuse("この作業に答えられるのは、割り当てられた人とCSIRTだけです。");
	return must_lead(act, pack);
}

struct error *
incident_task_answer(struct act *act, const struct pack *pack, const struct task_answering *answering)
{
	struct incident_task_row_row row;
	struct incident incident;
	struct text words;
	struct moment at;
	bool found;
	TRY(incident_task_row(&act->look, &(struct incident_task_row_in){ answering->task.no }, &found, &row));
	if (!found)
		return missing("その作業はありません。");
	TRY(living_take(act, pack, (struct incident_id){ row.incident }, &incident));
	TRY(hold_task(act, pack, &row));
	TRY(line_take(act->look.arena, "words", answering->words, INCIDENT_MOST_WORDS, !answering->is_done,
		      &words));
	TRY(moment_take(act, "at", answering->at, &at));
	TRY(incident_task_answer_set(act, &(struct incident_task_answer_set_in){
						  row.id, answering->is_done, words, at.ms,
						  act->actor.person }));
	if (act_changes(act) == 0)
		return conflict("この作業には、ほかの人が先に答えました。");
	TRY(entry_put(act,
		      &(struct adding_entry){
			      .incident = incident.id,
			      .at = at,
			      .category = ENTRY_ACTION,
			      .source = FROM_BANSHO,
			      .words = text_format(act->look.arena,
						   answering->is_done ? say("済み：%.*s　%.*s")
								      : say("行わない：%.*s　理由：%.*s"),
						   T_ARG(row.words), T_ARG(words)),
		      },
		      &(struct entry_id){ 0 }));
	return note_incident(act, incident.id, "incident.answer", NULL,
			     (struct fact_pair[]){ { "task", { 0 }, row.id },
						   { "done", { 0 }, answering->is_done },
						   { "late", { 0 }, row.due != 0 && at.ms > row.due },
						   { 0 } });
}

/* ---- Reading ---- */

static const struct pack_play *
play_of(const struct pack_incident_kind *kind, struct text code)
{
	for (size_t at = 0; kind != NULL && at < kind->plays_count; at++)
		if (text_same(kind->plays[at].code, code))
			return &kind->plays[at];
	return NULL;
}

static struct error *
from_row(struct look *look, const struct pack *pack, const struct incident *incident,
	 const struct incident_task_rows_row *row, struct person_id person, struct incident_task *task)
{
	*task = (struct incident_task){
		.id = { row->id },
		.incident = { row->incident },
		.incident_number = incident->number,
		.words = row->words,
		.role_code = row->role,
		.unit = { row->unit },
		.assignee = { row->assignee },
		.unit_name = row->unit_name,
		.assignee_name = row->assignee_name,
		.at = { row->at },
		.due = { row->due },
		.given_by = { row->person },
		.given_by_name = row->given_by_name,
		.given_role = row->given_role,
		.is_own_judgement = text_is(row->basis, "own"),
		.is_answered = row->answered != 0,
		.is_done = row->is_done != 0,
		.answer = row->answer,
		.answered_by_name = row->answered_by_name,
		.answered = { row->answered },
	};
	if (!task_kind_read(row->kind, &task->kind))
		return broken("作業の記録が読めません(%lld)。", (long long)row->id);
	if (task->kind == TASK_PLAY)
		task->play = play_of(incident->kind, row->code);
	task->is_late = row->due != 0 && (task->is_answered ? row->answered : look->now.ms) > row->due;
	if (!task->is_answered && person.no != 0)
		TRY(task_may(look, pack, row->role, task->unit, task->assignee, person, &task->is_mine));
	return OK;
}

struct error *
incident_tasks(struct look *look, const struct pack *pack, struct incident_id id, struct person_id person,
	       struct incident_task **list, size_t *count)
{
	struct incident_task_rows_row *rows;
	struct incident incident;
	TRY(incident_read(look, pack, id, &incident));
	TRY(incident_task_rows(look, &(struct incident_task_rows_in){ id.no, INCIDENT_MOST_TASKS }, &rows,
			       count));
	*list = ARENA_ARRAY(look->arena, struct incident_task, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(from_row(look, pack, &incident, &rows[at], person, &(*list)[at]));
	return OK;
}
