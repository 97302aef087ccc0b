/*
 * What a body without a year still needs to look like one that carries its policy out: systems with their
 * settings and accounts, the documents and risks the policy names, judgements, a self-check, training, an
 * audit and a review. Each step is tried for itself; what a pack does not have is left out.
 */
#include "cli/walk.h"

#include "access/access.h"
#include "assure/assure.h"
#include "assure/review.h"
#include "audit/audit.h"
#include "check/check.h"
#include "training/training.h"

#include "base/table.h"

enum { PEOPLE_MOST = 200, VALUES_MOST = 80, LIST_MOST = 40, DRILL_DAYS = 7 };

/* One act with its words; what went wrong is told at the end. */
static void
step(struct walking *walking, const char *what, act_work *work)
{
	walk_note(walking, text_of(what), call_act(walking->body, work, walking));
}

static struct person_id
holder(const struct walking *walking, const struct pack_role *role)
{
	return role == NULL ? (struct person_id){ 0 } : walking->holders[role - walking->pack->roles];
}

/* Everybody there is: they were numbered as they came. */
static struct error *
everybody(struct look *look, struct person_id *list, size_t *count)
{
	*count = 0;
	for (size_t no = 1; no <= PEOPLE_MOST; no++) {
		struct person person;
		bool found;
		TRY(people_person_by_number(look, text_format(look->arena, "%06zu", no), &found, &person));
		if (!found)
			return OK;
		list[(*count)++] = person.id;
	}
	return OK;
}

/* ---- Systems ---- */

struct named_system {
	const char *name, *kind;
};
static const struct named_system systems[WALK_ROWS] = {
	{ "住民情報システム", "business" },
	{ "庁内ネットワークと職員のパソコン", "network" },
	{ "施設予約サービス", "cloud" },
	{ "窓口の複合機", "device" },
};

/* As the policies want them, but for the last row. */
static const struct {
	const char *column, *value;
} settings[] = {
	{ "login-factors", "2" }, { "password-length", "12" }, { "lock-attempts", "5" },
	{ "access-limited", "yes" }, { "privileged-named", "yes" }, { "antivirus", "yes" },
	{ "pattern-days", "1" }, { "cipher-listed", "yes" }, { "signatures", "yes" },
	{ "signatures-checked", "yes" }, { "mobile", "yes" }, { "remote-wipe", "yes" },
	{ "initial-changed", "yes" }, { "terminals", "yes" }, { "install-locked", "yes" },
	{ "services-stopped", "yes" }, { "capacity-set", "yes" }, { "my-number", "yes" },
	{ "usb-blocked", "yes" },
};
enum { SETTINGS = sizeof settings / sizeof *settings };

static struct text
system_value(struct look *look, const struct ledger_row *row, const struct pack_field *field, size_t no)
{
	struct arena *arena = look->arena;
	const struct pack_field *kind = ledger_field(row->ledger, T("kind"));
	if (text_is(field->name, "name"))
		return text_of(systems[no].name);
	if (text_is(field->name, "settings-looked"))
		return day_iso(arena, moment_day(look->now));
	if (text_is(field->name, "lock-attempts") && no == WALK_ROWS - 1)
		return T("10");
	for (size_t at = 0; at < SETTINGS; at++)
		if (text_is(field->name, settings[at].column))
			return text_of(settings[at].value);
	for (size_t at = 0; field == kind && at < kind->choices_count; at++)
		if (text_is(kind->choices[at].code, systems[no].kind))
			return kind->choices[at].code;
	if (text_is(field->name, "remarks"))
		return T("");
	return ledger_value(arena, row, text_z(arena, field->name));
}

static struct error *
write_system(struct act *act, const struct walking *walking, struct row_id id, size_t no)
{
	struct ledger_row row;
	struct ledger_value values[VALUES_MOST];
	TRY(ledger_read(&act->look, walking->pack, id, &row));
	if (row.ledger->fields_count > VALUES_MOST)
		return broken("台帳の列が多すぎます。");
	for (size_t at = 0; at < row.ledger->fields_count; at++)
		values[at] = (struct ledger_value){ row.ledger->fields[at].name,
						    system_value(&act->look, &row, &row.ledger->fields[at], no) };
	return ledger_change(act, walking->pack, id, row.revision, values, row.ledger->fields_count);
}

static struct error *
write_systems(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack_ledger *ledger = pack_ledger(walking->pack, T("system"));
	if (ledger == NULL || ledger_field(ledger, T("settings-looked")) == NULL)
		return OK;
	act->actor = (struct actor){ .person = walking->clerk.no, .through = T("demo") };
	for (size_t no = 0; no < WALK_ROWS; no++)
		TRY(write_system(act, walking,
				 walking->rows[(size_t)(ledger - walking->pack->ledgers) * WALK_ROWS + no], no));
	return OK;
}

/* ---- Their accounts ---- */

enum { COLUMNS = 4 };

static void
line(struct arena *arena, struct table *table, struct text account, struct text number, struct text name,
     struct text right)
{
	struct table_row *row = &table->rows[table->count++];
	*row = (struct table_row){ .cells = ARENA_ARRAY(arena, struct text, COLUMNS),
				   .count = COLUMNS,
				   .line = (int64_t)table->count };
	const struct text cells[COLUMNS] = { account, number, name, right };
	for (size_t at = 0; at < COLUMNS; at++)
		row->cells[at] = cells[at];
}

static struct error *
write_list(struct look *look, struct table *table)
{
	struct person_id list[PEOPLE_MOST];
	size_t count;
	TRY(everybody(look, list, &count));
	*table = (struct table){ .encoding = T("UTF-8") };
	table->rows = ARENA_ARRAY(look->arena, struct table_row, count + 1);
	line(look->arena, table, T("ユーザーID"), T("職員番号"), T("氏名"), T("権限"));
	for (size_t at = 0; at < count; at++) {
		struct person person;
		TRY(people_person(look, list[at], &person));
		line(look->arena, table, text_format(look->arena, "u%.*s", T_ARG(person.number)), person.number,
		     text_format(look->arena, "%.*s %.*s", T_ARG(person.family), T_ARG(person.given)), T("一般"));
	}
	return OK;
}

static struct error *
take_list(struct act *act, const struct walking *walking, const struct access_system *system)
{
	const struct flow *flow = &walking->body->flow;
	struct access_import import;
	struct table table;
	int64_t done;
	TRY(write_list(&act->look, &table));
	const struct access_mapping mapping = access_mapping_guess(act->look.arena, system, &table);
	TRY(access_import_preview(&act->look, flow, system->id, &table, &mapping, &import));
	return access_import_apply(act, flow,
				   &(struct access_applying){ .system = system->id, .table = &table,
							      .mapping = &mapping, .source = T("csv"),
							      .digest = import.digest },
				   &done);
}

static struct error *
take_lists(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack_ledger *ledger = access_ledger(walking->pack);
	struct access_system *list;
	size_t count;
	if (ledger == NULL)
		return OK;
	TRY(access_systems(&act->look, &walking->body->flow, &list, &count));
	for (size_t at = 0; at < count; at++) {
		struct decider *managers;
		size_t found;
		TRY(people_role_holders(&act->look, ledger->accounts_manager, list[at].owner,
					moment_day(act->look.now), &managers, &found));
		act->actor = (struct actor){ .person = found == 0 ? 0 : managers[0].person.no,
					     .through = T("demo") };
		if (found != 0)
			TRY(access_system_settings(act, &walking->body->flow, list[at].id, true));
		if (found != 0)
			TRY(take_list(act, walking, &list[at]));
	}
	return OK;
}

/* ---- Documents and risks: one of each kind ---- */

static struct error *
has_kind(struct look *look, const struct walking *walking, const struct pack_ledger *ledger,
	 const struct pack_field *kind, struct text code, bool *has)
{
	struct ledger_page page;
	*has = false;
	TRY(ledger_list(look, walking->pack, ledger, &(struct ledger_query){ 0 }, LIST_MOST, &page));
	for (size_t at = 0; at < page.count; at++)
		*has |= text_same(ledger_value(look->arena, &page.rows[at], text_z(look->arena, kind->name)),
				  code);
	return OK;
}

static struct error *
add_kind(struct act *act, struct walking *walking, const struct pack_ledger *ledger,
	 const struct pack_field *kind, const struct pack_choice *choice)
{
	struct ledger_value values[VALUES_MOST];
	struct row_id row;
	size_t count = 0;
	for (size_t at = 0; at < ledger->fields_count && count < VALUES_MOST; at++) {
		const struct pack_field *field = &ledger->fields[at];
		struct text value = field->is_required ? walk_value(walking, field, FILL_USUAL) : T("");
		if (field == kind)
			value = choice->code;
		else if (text_same(field->name, ledger->title->name))
			value = choice->words.ja;
		else if (field->kind == FIELD_YES_NO)
			value = T("no");
		values[count++] = (struct ledger_value){ field->name, value };
	}
	return ledger_add(act, walking->pack, ledger, values, count, &row);
}

static struct error *
add_kinds(struct act *act, void *with)
{
	static const char *const kinds[][2] = { { "document", "document-kind" }, { "risk", "threat" } };
	struct walking *walking = with;
	act->actor = (struct actor){ .person = walking->clerk.no, .through = T("demo") };
	for (size_t no = 0; no < sizeof kinds / sizeof *kinds; no++) {
		const struct pack_ledger *ledger = pack_ledger(walking->pack, text_of(kinds[no][0]));
		const struct pack_field *kind =
			ledger == NULL ? NULL : ledger_field(ledger, text_of(kinds[no][1]));
		for (size_t at = 0; kind != NULL && at < kind->choices_count; at++) {
			bool has;
			TRY(has_kind(&act->look, walking, ledger, kind, kind->choices[at].code, &has));
			if (!has)
				TRY(add_kind(act, walking, ledger, kind, &kind->choices[at]));
		}
	}
	return OK;
}

/* ---- Judgements ---- */

static struct error *
judge_all(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	for (size_t at = 0; at < pack->clauses_count; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		const struct pack_role *role = clause->actor;
		if (!clause->is_duty || !demo_asks_a_person(clause))
			continue;
		while (role != NULL && holder(walking, role).no == 0)
			role = role->above;
		act->actor = (struct actor){ .person = holder(walking, role).no, .through = T("demo") };
		if (role != NULL)
			TRY(assure_judge(act, pack, clause->id, false,
					 text_of(demo_seen_words(clause->kind, at)),
					 day_plus(moment_day(act->look.now), 365)));
	}
	return OK;
}

/* ---- Self-check ---- */

static struct error *
begin_checks(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	const struct day today = moment_day(act->look.now);
	for (size_t at = 0; at < pack->checklists_count; at++) {
		const struct pack_checklist *checklist = &pack->checklists[at];
		struct campaign_id id;
		if (checklist->runs_count == 0 || holder(walking, checklist->runs[0]).no == 0)
			continue;
		act->actor = (struct actor){ .person = holder(walking, checklist->runs[0]).no,
					     .through = T("demo") };
		TRY(check_plan(act, &walking->body->flow,
			       &(struct planning){ .checklist = checklist->code, .since = today,
						   .until = day_plus(today, 14) },
			       &id));
		TRY(check_begin(act, &walking->body->flow, id));
	}
	return OK;
}

static struct error *
answer_one(struct act *act, const struct walking *walking, struct sheet_id id)
{
	struct check_sheet sheet;
	TRY(check_sheet(&act->look, id, &sheet));
	struct check_answering *answers =
		ARENA_ARRAY(act->look.arena, struct check_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct check_answering){ .item = sheet.items[at].id, .answer = CHECK_YES,
							.due = DAY_NONE };
	return check_answer(act, &walking->body->flow, id, answers, sheet.count);
}

static struct error *
answer_checks(struct act *act, void *with)
{
	const struct walking *walking = with;
	struct person_id list[PEOPLE_MOST];
	size_t count;
	TRY(everybody(&act->look, list, &count));
	for (size_t at = 0; at < count; at++) {
		struct check_mine mine;
		TRY(check_mine(&act->look, walking->pack, list[at], moment_day(act->look.now), &mine));
		act->actor = (struct actor){ .person = list[at].no, .through = T("demo") };
		for (size_t no = 0; no < mine.sheets_count; no++)
			if (mine.sheets[no].done.ms == 0)
				TRY(answer_one(act, walking, mine.sheets[no].id));
	}
	return OK;
}

static struct error *
finish_checks(struct act *act, void *with)
{
	const struct walking *walking = with;
	struct campaign *list;
	size_t count;
	TRY(check_campaigns(&act->look, walking->pack, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct pack_checklist *checklist = pack_checklist(walking->pack, list[at].checklist);
		act->actor = (struct actor){ .person = holder(walking, checklist->runs[0]).no,
					     .through = T("demo") };
		TRY(check_finish(act, &walking->body->flow, list[at].id, T("みなが守れている。次は半年後に見る。")));
	}
	return OK;
}

/* ---- Training ---- */

static struct error *
plan_training(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	struct training_plan_id id;
	struct training_plan plan;
	if (!pack->training.is_there)
		return OK;
	act->actor = (struct actor){ .person = holder(walking, pack->training.keeps).no, .through = T("demo") };
	TRY(training_plan_make(act, pack, day_fiscal_year(moment_day(act->look.now)), &id));
	TRY(training_plan(&act->look, id, &plan));
	act->actor.person = holder(walking, pack->training.decides).no;
	return training_plan_decide(act, pack, id, plan.change);
}

static struct error *
plan_drill(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	struct mail_drill_id id;
	if (!pack->training.is_there || pack->training.lures_count == 0)
		return OK;
	act->actor = (struct actor){ .person = holder(walking, pack->training.keeps).no, .through = T("demo") };
	return training_drill_plan(act, pack,
				   &(struct drill_plan){ .lure = &pack->training.lures[0],
							 .audience = &pack->training.audiences[0],
							 .sends = { act->look.now.ms },
							 .ends = day_plus(moment_day(act->look.now),
									  DRILL_DAYS) },
				   &id);
}

static struct error *
take_courses(struct act *act, void *with)
{
	const struct walking *walking = with;
	struct person_id list[PEOPLE_MOST];
	size_t count;
	TRY(everybody(&act->look, list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(demo_take_courses(act, walking->pack, list[at], at + 1));
	return OK;
}

static struct error *
run_training_clock(struct walking *walking)
{
	struct training_done done;
	bool is_more = true;
	for (int pass = 0; pass < 20 && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)64 << 20);
		struct error *error = training_clock(walking->body->store, arena, walking->pack, 500, &done,
						     &is_more);
		if (error != OK)
			return error_keep(walking->arena, error);
	}
	return OK;
}

/* ---- Audit and review ---- */

/* The council has it on the agenda, and decides it there; without a council nothing waits for one. */
static struct error *
meet_about(struct act *act, const struct walking *walking, enum agenda_kind kind, struct text about,
	   struct text title)
{
	const struct pack *pack = walking->pack;
	struct agenda_deciding deciding[4];
	struct meeting_id id;
	struct meeting meeting;
	struct agenda *list;
	size_t count;
	if (pack->audit->council == NULL)
		return OK;
	act->actor.person = holder(walking, pack->audit->chief).no;
	TRY(council_call(act, pack, moment_day(act->look.now), title, T("第1会議室"), &id));
	TRY(council_add(act, pack, id, &(struct agenda_writing){ kind, about, title, T("") }));
	TRY(council_read(&act->look, id, &meeting));
	TRY(council_agenda(&act->look, id, &list, &count));
	for (size_t at = 0; at < count && at < 4; at++)
		deciding[at] = (struct agenda_deciding){
			list[at].id, kind == AGENDA_REVIEW ? COUNCIL_AGREED : COUNCIL_NOTED, T("了承する。")
		};
	act->actor.person = holder(walking, pack->audit->council).no;
	return council_minutes(act, pack, id, meeting.change, T("資料の説明を受け、審議した。"), T("委員長、委員"),
			       deciding, count < 4 ? count : 4);
}

static struct error *
do_audit(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	const struct day today = moment_day(act->look.now);
	struct audit_planning planning = { .title = T("窓口と情報の部署の監査"),
					   .aim = T("決まりのとおりに行われ、記録が残っているかを見る。"),
					   .since = today,
					   .until = day_plus(today, 30),
					   .units = &walking->other,
					   .units_count = 1,
					   .themes = &pack->audit->themes[0].code,
					   .themes_count = 1 };
	/* Where the policy names nobody, a clerk of the other section. */
	const struct person_id auditor = pack->audit->auditor != NULL ? holder(walking, pack->audit->auditor)
								      : walking->clerk;
	struct audit_item *items;
	struct audit audit;
	struct audit_id id;
	size_t count;
	act->actor = (struct actor){ .person = holder(walking, pack->audit->chief).no, .through = T("demo") };
	TRY(audit_plan(act, pack, &planning, &id));
	TRY(audit_name(act, pack, id, auditor, true));
	TRY(meet_about(act, walking, AGENDA_PLAN, audit_about(act->look.arena, id), T("監査計画")));
	act->actor.person = holder(walking, pack->audit->chief).no;
	TRY(audit_begin(act, pack, id));
	act->actor.person = auditor.no;
	TRY(audit_items(&act->look, pack, id, &items, &count));
	for (size_t at = 0; at < count; at++)
		TRY(audit_sign(act, pack, id, items[at].id, ITEM_MET, T("記録と現場を見て確かめた。")));
	TRY(audit_read(&act->look, pack, id, &audit));
	TRY(audit_report(act, pack, id, audit.change, T("決まりのとおりに行われている。指摘はない。")));
	TRY(meet_about(act, walking, AGENDA_RESULT, audit_about(act->look.arena, id), T("監査結果")));
	act->actor.person = holder(walking, pack->audit->orders).no;
	return audit_receive(act, pack, id);
}

static struct error *
do_review(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	const struct flow *flow = &walking->body->flow;
	const struct pack_role *decides = pack->audit->council != NULL ? pack->audit->council
								       : pack->audit->orders;
	struct review_input *inputs;
	struct review review;
	struct review_id id;
	size_t count;
	act->actor = (struct actor){ .person = holder(walking, pack->audit->chief).no, .through = T("demo") };
	TRY(review_start(act, pack, assure_review_sources, T("年次の見直し"), &id));
	TRY(review_read(&act->look, id, &review));
	TRY(review_inputs(&act->look, flow, assure_review_sources, &review, &inputs, &count));
	for (size_t at = 0; at < count; at++)
		TRY(review_use(act, pack, id, text_of(inputs[at].source->code), T("数と中身を確かめた。方針を変えるところはない。")));
	TRY(meet_about(act, walking, AGENDA_REVIEW, audit_about_review(act->look.arena, id),
		       T("年次の方針の見直し")));
	TRY(review_read(&act->look, id, &review));
	act->actor.person = holder(walking, decides).no;
	return review_decide(act, flow, assure_review_sources, id, review.change, false,
			     T("方針は変えない。来年度も同じ時期に見直す。"));
}

void
demo_any_training(struct walking *walking)
{
	step(walking, "研修計画", plan_training);
	step(walking, "訓練メール", plan_drill);
	walk_note(walking, T("研修の知らせ"), run_training_clock(walking));
}

void
demo_any_more(struct walking *walking)
{
	const struct pack_audit *audit = walking->pack->audit;
	walk_note(walking, T("訓練の終わり"), run_training_clock(walking));
	step(walking, "研修", take_courses);
	step(walking, "システムの設定", write_systems);
	step(walking, "システムのアカウント", take_lists);
	step(walking, "文書とリスク", add_kinds);
	if (walking->pack->checklists_count != 0) {
		step(walking, "自己点検を始める", begin_checks);
		step(walking, "自己点検の答え", answer_checks);
		step(walking, "自己点検を終える", finish_checks);
	}
	if (audit != NULL && audit->themes_count != 0)
		step(walking, "監査", do_audit);
	if (audit != NULL && audit->review_month != 0)
		step(walking, "方針の見直し", do_review);
	step(walking, "判断", judge_all);
}
