/* Plans: what is looked at, by whom; and the beginning. */
#include "audit/rooms.h"

struct error *
take_case(struct act *act, const struct pack *pack, struct audit_id id, enum audit_state first,
	  enum audit_state last, struct audit *audit)
{
	TRY(audit_read(&act->look, pack, id, audit));
	if (audit->state < first || audit->state > last)
		return conflict("この監査は「%s」なので、これはできません。画面を開き直してください。",
				audit_state_words(audit->state));
	return OK;
}

static struct error *
check_planning(struct look *look, const struct audit_planning *planning)
{
	struct error *faults = OK;
	error_add(&faults, must_say("title", planning->title, AUDIT_MOST_TITLE,
				       say("監査の名前を書いてください。")));
	error_add(&faults, must_say("aim", planning->aim, AUDIT_MOST_WORDS,
				       say("監査の目的を書いてください。")));
	if (day_is_none(planning->since))
		error_add(&faults, reject("since", "始める日を書いてください。"));
	else if (day_is_none(planning->until) || planning->until.no < planning->since.no)
		error_add(&faults, reject("until", "終える日を、始める日以後の日で書いてください。"));
	if (planning->kind != AUDIT_OUTSIDE && planning->units_count == 0)
		error_add(&faults, reject("units", "監査する所属を一つ以上選んでください。"));
	if (planning->units_count > AUDIT_MOST_UNITS)
		error_add(&faults, reject("units", "所属は%dまでです。", AUDIT_MOST_UNITS));
	if (planning->kind == AUDIT_OUTSIDE) {
		struct engagement engagement;
		if (planning->engagement.no == 0)
			error_add(&faults, reject("engagement", "監査する委託・再委託を選んでください。"));
		else
			TRY(people_engagement(look, planning->engagement, &engagement));
	}
	if (planning->themes_count + planning->clauses_count == 0)
		error_add(&faults, reject("themes", "監査のテーマか条項を一つ以上選んでください。"));
	return faults;
}

static struct error *
add_item(struct act *act, struct audit_id id, struct text clause, int64_t *items)
{
	struct audit_item_of_row row;
	bool found;
	int64_t item;
	TRY(audit_item_of(&act->look, &(struct audit_item_of_in){ id.no, clause }, &found, &row));
	if (found)
		return OK;
	if (++*items > AUDIT_MOST_ITEMS)
		return reject("themes", "条項は合わせて%dまでです。テーマを減らしてください。", AUDIT_MOST_ITEMS);
	TRY(act_number(act, T("audit-item"), &item));
	return audit_item_add(act, &(struct audit_item_add_in){ item, id.no, clause });
}

static struct error *
add_items(struct act *act, const struct pack *pack, struct audit_id id,
	  const struct audit_planning *planning, int64_t *items)
{
	for (size_t at = 0; at < planning->themes_count; at++) {
		const struct pack_theme *theme = pack_theme(pack->audit, planning->themes[at]);
		if (theme == NULL)
			return reject("themes", "そのテーマは方針にありません。");
		for (size_t i = 0; i < theme->clauses_count; i++)
			TRY(add_item(act, id, theme->clauses[i]->id, items));
	}
	for (size_t at = 0; at < planning->clauses_count; at++) {
		const struct pack_clause *clause = pack_clause(pack, planning->clauses[at]);
		if (clause == NULL || !clause->is_duty)
			return reject("clauses", "条項「%.*s」は方針にないか、見出しです。",
				      T_ARG(planning->clauses[at]));
		TRY(add_item(act, id, clause->id, items));
	}
	return OK;
}

static struct error *
add_scope(struct act *act, struct audit_id id, int64_t unit, int64_t engagement)
{
	int64_t scope;
	TRY(act_number(act, T("audit-scope"), &scope));
	return audit_scope_add(act, &(struct audit_scope_add_in){ scope, id.no, unit, engagement });
}

static struct error *
add_scopes(struct act *act, struct audit_id id, const struct audit_planning *planning)
{
	if (planning->kind == AUDIT_OUTSIDE)
		return add_scope(act, id, 0, planning->engagement.no);
	for (size_t at = 0; at < planning->units_count; at++) {
		struct unit unit;
		TRY(people_unit(&act->look, planning->units[at], &unit));
		TRY(add_scope(act, id, unit.id.no, 0));
	}
	return OK;
}

struct error *
audit_plan(struct act *act, const struct pack *pack, const struct audit_planning *planning,
	   struct audit_id *id)
{
	struct arena *arena = act->look.arena;
	const struct pack_audit *rules;
	int64_t items = 0;
	TRY(audit_rules(pack, &rules));
	TRY(must_be(act, rules->chief));
	TRY(check_planning(&act->look, planning));
	TRY(act_number(act, T("audit"), &id->no));
	TRY(audit_case_add(act, &(struct audit_case_add_in){
					id->no, day_fiscal_year(planning->since),
					text_of(audit_kind_name(planning->kind)), planning->title,
					planning->aim, planning->since.no, planning->until.no,
					act->look.now.ms, act->actor.person }));
	TRY(add_scopes(act, *id, planning));
	TRY(add_items(act, pack, *id, planning, &items));
	return act_note(act, &(struct fact){
				     .act = "audit.plan",
				     .about = { audit_about(arena, *id) },
				     .clauses = { rules->clause != NULL ? rules->clause->id : T("") },
				     .pairs = { { "items", { 0 }, items },
						{ "kind", text_of(audit_kind_name(planning->kind)), 0 },
						{ "since", day_iso(arena, planning->since), 0 },
						{ "units", { 0 }, (int64_t)planning->units_count },
						{ "until", day_iso(arena, planning->until), 0 } },
			     });
}

/* ---- Auditors ---- */

static struct error *
check_role(struct look *look, const struct pack *pack, struct person_id person)
{
	struct held_role *held;
	size_t count;
	if (pack->audit->auditor == NULL)
		return OK;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (size_t at = 0; at < count; at++)
		if (held[at].role == pack->audit->auditor)
			return OK;
	return reject("person", "その人は「%.*s」の役割に就いていません。先に職と役割を登録してください。",
		      T_ARG(words_now(pack->audit->auditor->name)));
}

static struct error *
check_named(struct act *act, const struct pack *pack, struct audit_id id, struct person_id person)
{
	struct audit_auditor_find_row row;
	struct person named;
	struct text why;
	bool found;
	struct error *error = people_person(&act->look, person, &named);
	if (error != OK && error->kind == ERROR_MISSING)
		return reject("person", "監査人にする人を選んでください。");
	TRY(error);
	if (person.no == act->actor.person)
		return reject("person", "監査を命じる人は、自分を監査人にできません。");
	TRY(audit_auditor_find(&act->look, &(struct audit_auditor_find_in){ id.no, person.no }, &found,
			       &row));
	if (found)
		return reject("person", "%.*sさんは、もうこの監査の監査人です。", T_ARG(named.name));
	TRY(check_role(&act->look, pack, person));
	TRY(audit_independent(&act->look, pack, id, person, &why));
	if (why.len != 0)
		return reject("person", "%.*sさんは監査人にできません。%.*s", T_ARG(named.name), T_ARG(why));
	return OK;
}

struct error *
audit_name(struct act *act, const struct pack *pack, struct audit_id id, struct person_id person,
	   bool is_lead)
{
	struct arena *arena = act->look.arena;
	struct audit audit;
	int64_t auditor;
	TRY(take_case(act, pack, id, AUDIT_PLANNED, AUDIT_BEGUN, &audit));
	TRY(must_be(act, pack->audit->chief));
	TRY(check_named(act, pack, id, person));
	if (audit.auditors >= AUDIT_MOST_AUDITORS)
		return reject("person", "監査人は%d人までです。", AUDIT_MOST_AUDITORS);
	TRY(act_number(act, T("audit-auditor"), &auditor));
	TRY(audit_auditor_add(act, &(struct audit_auditor_add_in){ auditor, id.no, person.no, is_lead,
								   act->look.now.ms,
								   act->actor.person }));
	TRY(people_notify(act, &(struct notify){
				       .person = person,
				       .about = audit_about(arena, id),
				       .words = text_format(arena, say("「%.*s」の監査人に選ばれました。"),
							    T_ARG(audit.title)),
				       .path = path_of(arena, "/audits", id.no),
				       .subject = text_of(say("監査人に選ばれました")),
			       }));
	return act_note(act, &(struct fact){
				     .act = "audit.name",
				     .about = { audit_about(arena, id), people_about_person(arena, person) },
				     .pairs = { { "lead", { 0 }, is_lead } },
			     });
}

struct error *
audit_dismiss(struct act *act, const struct pack *pack, struct audit_id id, int64_t auditor,
	      struct text why)
{
	struct arena *arena = act->look.arena;
	struct auditor *list;
	struct audit audit;
	size_t count;
	TRY(take_case(act, pack, id, AUDIT_PLANNED, AUDIT_REPORTED, &audit));
	TRY(must_be(act, pack->audit->chief));
	TRY(must_say("why", why, AUDIT_MOST_WORDS, say("監査人から外す理由を書いてください。")));
	TRY(audit_auditors(&act->look, id, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].id != auditor || list[at].ended.ms != 0)
			continue;
		TRY(audit_auditor_end(act, &(struct audit_auditor_end_in){ auditor, act->look.now.ms, why }));
		return act_note(act, &(struct fact){ .act = "audit.dismiss",
						     .about = { audit_about(arena, id),
								people_about_person(arena, list[at].person) } });
	}
	return missing("その監査人は、もうこの監査にいません。");
}

/* ---- Beginning ---- */

static struct error *
check_begin(struct look *look, const struct pack *pack, const struct audit *audit)
{
	struct auditor *list;
	size_t count, leads = 0;
	if (audit->auditors == 0)
		return conflict("監査人がまだいません。先に監査人を決めてください。");
	if (pack->audit->council != NULL && !audit->is_told)
		return conflict("監査計画が、まだ%.*sに報告されていません。会議の議題にして、記録を残してください。",
				T_ARG(words_now(pack->audit->council->name)));
	TRY(audit_auditors(look, audit->id, &list, &count));
	for (size_t at = 0; at < count; at++) {
		struct text why = T("");
		if (list[at].ended.ms != 0)
			continue;
		leads += list[at].is_lead;
		TRY(audit_independent(look, pack, audit->id, list[at].person, &why));
		if (why.len != 0)
			return conflict("監査人の%.*sさんを替えてください。%.*s", T_ARG(list[at].name), T_ARG(why));
	}
	return leads != 0 ? OK : conflict("責任者になる監査人を一人決めてください。");
}

static struct error *
tell_units(struct act *act, const struct pack *pack, const struct audit *audit)
{
	struct arena *arena = act->look.arena;
	struct audit_scope *list;
	size_t count;
	TRY(audit_scopes(&act->look, audit->id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].unit.no != 0)
			TRY(people_tell_role(act, &(struct tell){
						   .role = pack->audit->answers,
						   .unit = list[at].unit,
						   .about = audit_about(arena, audit->id),
						   .words = text_format(
							   arena, say("監査「%.*s」が始まりました。資料の求めに応じてください。"),
							   T_ARG(audit->title)),
						   .path = T("/audits"),
						   .subject = say("監査が始まりました") }));
	return OK;
}

struct error *
audit_begin(struct act *act, const struct pack *pack, struct audit_id id)
{
	struct audit audit;
	struct audit_auditor_find_row row;
	bool found;
	TRY(take_case(act, pack, id, AUDIT_PLANNED, AUDIT_PLANNED, &audit));
	TRY(audit_auditor_find(&act->look, &(struct audit_auditor_find_in){ id.no, act->actor.person },
			       &found, &row));
	if (!found || !row.is_lead)
		TRY(must_be(act, pack->audit->chief));
	TRY(check_begin(&act->look, pack, &audit));
	TRY(audit_case_begin(act, &(struct audit_case_begin_in){ id.no, act->look.now.ms }));
	TRY(tell_units(act, pack, &audit));
	return act_note(act, &(struct fact){ .act = "audit.begin",
					     .about = { audit_about(act->look.arena, id) },
					     .pairs = { { "auditors", { 0 }, audit.auditors } } });
}
