/* Points: found, ordered, answered, verified. */
#include "audit/rooms.h"

static const struct {
	const char *kind, *words;
} steps[] = {
	{ "order", N_("是正の指示") },	 { "answer", N_("是正の予定") },  { "done", N_("是正の報告") },
	{ "verify", N_("是正の確認") }, { "return", N_("差戻し") },
};

static const struct pack_grade *
grade_of(const struct pack *pack, struct text code)
{
	static const struct pack_grade unknown = { .code = T_INIT(""), .days = 30, .is_ordered = true };
	const struct pack_grade *grade = pack_grade(pack->audit, code);
	/* The policy may call grades otherwise meanwhile. */
	return grade != NULL ? grade : &unknown;
}

static enum point_state
state_of(const struct audit_point *point, bool is_done)
{
	if (point->settled.ms != 0)
		return POINT_SETTLED;
	if (point->ordered.ms == 0)
		return point->grade->is_ordered ? POINT_WRITTEN : POINT_ADVICE;
	if (point->answered.ms == 0)
		return POINT_ORDERED;
	return is_done ? POINT_DONE : POINT_ANSWERED;
}

#define POINT_FROM(look, pack, r, out)                                                         \
	do {                                                                                   \
		*(out) = (struct audit_point){                                                 \
			.id = { (r)->id },                                                     \
			.audit = { (r)->audit },                                               \
			.audit_title = (r)->audit_title,                                       \
			.number = (r)->number,                                                 \
			.clause = pack_clause((pack), (r)->clause),                            \
			.clause_id = (r)->clause,                                              \
			.unit = { (r)->unit },                                                 \
			.unit_name = (r)->unit_name,                                           \
			.grade = grade_of((pack), (r)->grade),                                 \
			.title = (r)->title,                                                   \
			.words = (r)->words,                                                   \
			.wish = (r)->wish,                                                     \
			.due = (r)->due != 0 ? (struct day){ (r)->due } : DAY_NONE,            \
			.at = { (r)->at },                                                     \
			.ordered = { (r)->ordered },                                           \
			.answered = { (r)->answered },                                         \
			.settled = { (r)->settled },                                           \
			.change = (r)->change,                                                 \
		};                                                                             \
		(out)->state = state_of((out), (r)->is_done);                                  \
		(out)->is_late = (out)->settled.ms == 0 && (r)->due != 0 &&                    \
				 (r)->due < moment_day((look)->now).no;                        \
	} while (0)

struct error *
audit_points(struct look *look, const struct pack *pack, struct audit_id audit,
	     struct audit_point **list, size_t *count)
{
	struct audit_point_list_row *rows;
	size_t got;
	TRY(audit_point_list(look, &(struct audit_point_list_in){ audit.no, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit_point, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		POINT_FROM(look, pack, &rows[at], &(*list)[at]);
	return OK;
}

struct error *
audit_point(struct look *look, const struct pack *pack, struct point_id id, struct audit_point *point)
{
	const struct pack_audit *rules;
	struct audit_point_get_row row;
	bool found;
	TRY(audit_rules(pack, &rules));
	TRY(audit_point_get(look, &(struct audit_point_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その指摘はありません。監査の一覧から選んでください。");
	POINT_FROM(look, pack, &row, point);
	return OK;
}

struct error *
audit_steps(struct look *look, struct point_id id, struct point_step **list, size_t *count)
{
	struct audit_step_list_row *rows;
	size_t got;
	TRY(audit_step_list(look, &(struct audit_step_list_in){ id.no, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct point_step, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++) {
		(*list)[at] = (struct point_step){
			.kind = rows[at].kind,
			.kind_words = "",
			.words = rows[at].words,
			.name = rows[at].name,
			.day = rows[at].day != 0 ? (struct day){ rows[at].day } : DAY_NONE,
			.at = { rows[at].at },
		};
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
			if (text_is(rows[at].kind, steps[i].kind))
				(*list)[at].kind_words = say(steps[i].words);
	}
	return OK;
}

static struct error *
check_point(struct act *act, const struct pack *pack, struct audit_id id,
	    const struct point_writing *writing)
{
	struct error *faults = OK;
	struct audit_item_of_row item;
	struct audit_scope_has_row has;
	bool found;
	TRY(audit_item_of(&act->look, &(struct audit_item_of_in){ id.no, writing->clause }, &found, &item));
	if (!found)
		error_add(&faults, reject("clause", "この監査で見る条項から選んでください。"));
	TRY(audit_scope_has(&act->look, &(struct audit_scope_has_in){ id.no, writing->unit.no }, &has));
	if (has.has == 0)
		error_add(&faults, reject("unit", "この監査の対象の所属から選んでください。"));
	if (pack_grade(pack->audit, writing->grade) == NULL)
		error_add(&faults, reject("grade", "指摘の重さを選んでください。"));
	error_add(&faults, must_say("title", writing->title, AUDIT_MOST_TITLE,
				       say("指摘を一行で書いてください。")));
	error_add(&faults, must_say("words", writing->words, AUDIT_MOST_WORDS,
				       say("確かめた事実を書いてください。")));
	error_add(&faults, must_say("wish", writing->wish, AUDIT_MOST_WORDS,
				       say("どうあるべきかを書いてください。")));
	return faults;
}

struct error *
audit_point_add(struct act *act, const struct pack *pack, struct audit_id id,
		const struct point_writing *writing, struct point_id *point)
{
	struct arena *arena = act->look.arena;
	struct audit_point_count_row row;
	struct audit audit;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_BEGUN, &audit));
	TRY(must_audit(act, pack, id, NULL));
	TRY(check_point(act, pack, id, writing));
	TRY(audit_point_count(&act->look, &(struct audit_point_count_in){ id.no }, &row));
	TRY(act_number(act, T("audit-point"), &point->no));
	TRY(audit_point_new(act, &(struct audit_point_new_in){
					 .id = point->no,
					 .audit = id.no,
					 .number = row.points + 1,
					 .clause = writing->clause,
					 .unit = writing->unit.no,
					 .grade = writing->grade,
					 .title = writing->title,
					 .words = writing->words,
					 .wish = writing->wish,
					 .person = act->actor.person,
					 .now = act->look.now.ms,
				 }));
	return act_note(act, &(struct fact){
				     .act = "audit.point",
				     .about = { audit_about_point(arena, *point), audit_about(arena, id),
						people_about_unit(arena, writing->unit) },
				     .clauses = { writing->clause },
				     .pairs = { { "grade", writing->grade, 0 } },
			     });
}

/* ---- What follows ---- */

static struct error *
take_point(struct act *act, const struct pack *pack, struct point_id id, int64_t change,
	   struct audit_point *point)
{
	struct audit audit;
	TRY(audit_point(&act->look, pack, id, point));
	TRY(take_case(act, pack, point->audit, AUDIT_REPORTED, AUDIT_REPORTED, &audit));
	if (point->change != change)
		return conflict("この指摘は、ほかの人が先に進めました。画面を開き直して、確かめてください。");
	return OK;
}

static struct error *
add_step(struct act *act, struct point_id id, const char *kind, struct text words, struct day day)
{
	int64_t step;
	TRY(act_number(act, T("audit-step"), &step));
	return audit_step_add(act, &(struct audit_step_add_in){
					   step, id.no, text_of(kind), words,
					   day_is_none(day) ? 0 : day.no, act->actor.person,
					   act->actor.role, act->actor.deputy_for, act->look.now.ms });
}

static struct error *
note_step(struct act *act, const char *name, const struct audit_point *point, struct day due)
{
	struct arena *arena = act->look.arena;
	return act_note(act, &(struct fact){
				     .act = name,
				     .about = { audit_about_point(arena, point->id),
						audit_about(arena, point->audit),
						people_about_unit(arena, point->unit) },
				     .clauses = { point->clause_id },
				     .pairs = { { "day", day_is_none(due) ? T("") : day_iso(arena, due), 0 } },
			     });
}

static struct error *
tell_unit(struct act *act, const struct pack *pack, const struct audit_point *point, struct text words,
	  const char *subject)
{
	struct arena *arena = act->look.arena;
	return people_tell_role(act, &(struct tell){ .role = pack->audit->answers,
					      .unit = point->unit,
					      .about = audit_about_point(arena, point->id),
					      .words = words,
					      .path = path_of(arena, "/audit-points", point->id.no),
					      .subject = subject });
}

struct error *
audit_order(struct act *act, const struct pack *pack, struct point_id id, int64_t change,
	    struct text words, struct day due)
{
	struct arena *arena = act->look.arena;
	struct audit_point point;
	TRY(take_point(act, pack, id, change, &point));
	TRY(must_be(act, pack->audit->orders));
	if (point.ordered.ms != 0 || point.state == POINT_ADVICE)
		return conflict("この指摘には、もう指示が出ているか、指示の要らない助言です。");
	TRY(must_say("words", words, AUDIT_MOST_WORDS, say("何をさせるかを書いてください。")));
	if (day_is_none(due) || due.no < moment_day(act->look.now).no)
		return reject("due", "いつまでに直すかを、今日以後の日で書いてください。");
	TRY(audit_point_order(act, &(struct audit_point_order_in){ id.no, act->look.now.ms, due.no }));
	TRY(add_step(act, id, "order", words, due));
	TRY(tell_unit(act, pack, &point,
		      text_format(arena, say("監査の指摘を直すよう指示が出ました(期限%.*s)。"),
				  T_ARG(day_wareki(arena, due))),
		      say("監査の指摘への指示が出ました")));
	return note_step(act, "audit.order", &point, due);
}

static struct error *
tell_auditors(struct act *act, const struct audit_point *point, struct text words)
{
	struct arena *arena = act->look.arena;
	struct auditor *list;
	size_t count;
	TRY(audit_auditors(&act->look, point->audit, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].ended.ms == 0)
			TRY(people_notify(act, &(struct notify){
						       .person = list[at].person,
						       .about = audit_about_point(arena, point->id),
						       .words = words,
						       .path = path_of(arena, "/audit-points", point->id.no),
						       .subject = text_of(say("監査の指摘に動きがありました")),
					       }));
	return OK;
}

struct error *
audit_answer(struct act *act, const struct pack *pack, struct point_id id, int64_t change, bool is_done,
	     struct text words, struct day day)
{
	struct audit_point point;
	TRY(take_point(act, pack, id, change, &point));
	TRY(people_must_hold(act, pack->audit->answers, point.unit, (struct person_id){ 0 }, NULL));
	if (point.state != POINT_ORDERED && point.state != POINT_ANSWERED)
		return conflict("この指摘は、いま答えを待っていません。画面を開き直してください。");
	TRY(must_say("words", words, AUDIT_MOST_WORDS,
			is_done ? say("何をどう直したかを書いてください。")
				: say("どう直すかを書いてください。")));
	if (!is_done && day_is_none(day))
		return reject("day", "いつまでに直すかを書いてください。");
	if (!is_done && day.no > point.due.no)
		return reject("day", "指示の期限(%.*s)までの日にしてください。間に合わないときは、指示した人に相談してください。",
			      T_ARG(day_wareki(act->look.arena, point.due)));
	TRY(audit_point_answered(act, &(struct audit_point_answered_in){ id.no, act->look.now.ms }));
	TRY(add_step(act, id, is_done ? "done" : "answer", words, is_done ? DAY_NONE : day));
	if (is_done)
		TRY(tell_auditors(act, &point, text_of(say("指摘を直したと報告がありました。確かめてください。"))));
	return note_step(act, "audit.answer", &point, is_done ? DAY_NONE : day);
}

struct error *
audit_verify(struct act *act, const struct pack *pack, struct point_id id, int64_t change, bool is_good,
	     struct text words)
{
	struct audit_step_by_row by;
	struct audit_point point;
	TRY(take_point(act, pack, id, change, &point));
	TRY(must_audit(act, pack, point.audit, NULL));
	if (point.state != POINT_DONE)
		return conflict("この指摘は、まだ直したと報告されていません。");
	TRY(audit_step_by(&act->look, &(struct audit_step_by_in){ id.no, act->actor.person }, &by));
	if (by.has != 0)
		return refuse("答えた人は、自分の答えを確かめられません。ほかの監査人が確かめます。");
	TRY(must_say("words", words, AUDIT_MOST_WORDS,
			is_good ? say("何を見て確かめたかを書いてください。")
				: say("何が足りないかを書いてください。")));
	if (is_good)
		TRY(audit_point_settle(act, &(struct audit_point_settle_in){ id.no, act->look.now.ms }));
	else
		TRY(audit_point_returned(act, &(struct audit_point_returned_in){ id.no }));
	TRY(add_step(act, id, is_good ? "verify" : "return", words, DAY_NONE));
	TRY(tell_unit(act, pack, &point,
		      text_of(is_good ? say("監査人が、指摘が直ったことを確かめました。")
				      : say("監査人が、指摘への答えを差し戻しました。")),
		      is_good ? NULL : say("監査の指摘への答えが差し戻されました")));
	return note_step(act, is_good ? "audit.verify" : "audit.return", &point, DAY_NONE);
}
