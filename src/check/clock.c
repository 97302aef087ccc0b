/* What time causes: campaigns open, people are told and reminded, heads hear of who is missing. */
#include "check/rooms.h"

#include "people/notice.h"

enum { DAY_MS = 86400000, REMIND_DAYS = 3, CAMPAIGNS_AT_ONCE = 50, LATE_REMIND_DAYS = 7 };

static const struct actor the_clock = { .through = T_INIT("clock") };

struct ticking {
	const struct flow *flow;
	struct check_done *done;
	int64_t remind; /* days */
	const struct check_campaigns_in_row *row;
	bool *is_more;
};

static struct text
path_of_campaign(struct arena *into, int64_t id)
{
	return text_format(into, "/checks/%lld", (long long)id);
}

static struct error *
tell_deciders(struct act *act, const struct pack_role *role, struct unit_id unit,
	      const struct notify *what, int64_t *told)
{
	struct decider *list;
	size_t count;
	if (role == NULL)
		return OK;
	TRY(people_deciders(&act->look, role, unit, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++) {
		struct notify one = *what;
		one.person = list[at].person;
		TRY(people_notify(act, &one));
		(*told)++;
	}
	return OK;
}

/* ---- Opening ---- */

static struct error *
open_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	TRY(check_begin(act, ticking->flow, (struct campaign_id){ ticking->row->id }));
	ticking->done->opened++;
	return OK;
}

/* One whose last day went by while nothing ran stays planned: whoever runs it decides. */
static struct error *
open_due(struct store *store, struct arena *arena, struct ticking *ticking)
{
	struct check_campaigns_in_row *rows;
	size_t count;
	int64_t today;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		today = moment_day(look.now).no;
		TRY(check_campaigns_in(&look, &(struct check_campaigns_in_in){ T("planned"), CAMPAIGNS_AT_ONCE },
				       &rows, &count));
	}
	for (size_t at = 0; at < count; at++) {
		if (rows[at].since > today || rows[at].until < today ||
		    pack_checklist(ticking->flow->pack, rows[at].checklist) == NULL)
			continue;
		ticking->row = &rows[at];
		struct error *error = store_act(store, arena, &the_clock, open_act, ticking);
		/* Nobody to ask, or somebody was first: no reason to keep others waiting. */
		if (error != OK && error->kind != ERROR_INVALID && error->kind != ERROR_CONFLICT)
			return error;
	}
	return OK;
}

/* ---- Telling who is asked ---- */

/* Whoever was told (or asked) before then is told again. Reminding begins `remind` days before the end. */
static struct moment
told_before(const struct ticking *ticking, struct moment now)
{
	const struct day today = moment_day(now), until = { ticking->row->until };
	if (today.no + ticking->remind < until.no)
		return (struct moment){ 0 };
	const struct moment first = day_begin(day_plus(until, -ticking->remind));
	const struct moment again = { now.ms - ticking->remind * DAY_MS };
	return first.ms > again.ms ? first : again;
}

static struct error *
tell_sheet(struct act *act, const struct ticking *ticking, const struct check_to_tell_row *row)
{
	struct arena *arena = act->look.arena;
	const struct pack_checklist *checklist =
		pack_checklist(ticking->flow->pack, ticking->row->checklist);
	const struct day until = { ticking->row->until };
	int64_t told = 0;
	const struct notify notify = {
		.person = { row->person },
		.about = about_sheet(arena, (struct sheet_id){ row->id }),
		.words = text_format(arena,
				     until.no < moment_day(act->look.now).no
					     ? say("自己点検がまだです。期限(%.*s)を過ぎています。")
					     : say("自己点検に答えてください(期限%.*s)。三分で終わります。"),
				     T_ARG(day_wareki(arena, until))),
		.path = text_format(arena, "/checks/sheets/%lld", (long long)row->id),
		.subject = text_of(say("自己点検をお願いします")),
	};
	TRY(check_sheet_told(act, &(struct check_sheet_told_in){ row->id, act->look.now.ms }));
	if (row->person != 0)
		return people_notify(act, &notify);
	return tell_deciders(act, checklist != NULL ? checklist->by : NULL,
			     (struct unit_id){ row->unit }, &notify, &told);
}

static struct error *
tell_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	struct check_to_tell_row *rows;
	size_t count;
	TRY(check_to_tell(&act->look,
			  &(struct check_to_tell_in){ ticking->row->id,
						      told_before(ticking, act->look.now).ms, act->look.now.ms,
						      moment_day(act->look.now).no, CHECK_AT_ONCE },
			  &rows, &count));
	*ticking->is_more |= count == CHECK_AT_ONCE;
	if (count == 0)
		return OK;
	for (size_t at = 0; at < count; at++)
		TRY(tell_sheet(act, ticking, &rows[at]));
	ticking->done->told += (int64_t)count; /* at most CHECK_AT_ONCE */
	return act_note(act, &(struct fact){
				     .act = "check.remind",
				     .about = { about_campaign(act->look.arena,
							       (struct campaign_id){ ticking->row->id }) },
				     .pairs = { { "told", { 0 }, (int64_t)count } }, /* few */
			     });
}

/* ---- After the last day ---- */

static struct error *
tell_heads(struct act *act, const struct ticking *ticking, const struct pack_checklist *checklist,
	   int64_t *told)
{
	struct arena *arena = act->look.arena;
	const struct campaign campaign = { .id = { ticking->row->id }, .asks = checklist->of };
	const struct pack_role *role = who_answers_for(ticking->flow->pack, checklist);
	struct check_unit_result *units;
	size_t count;
	TRY(check_units(&act->look, &campaign, &units, &count));
	if (checklist->of != CHECKLIST_PERSON && role != NULL)
		role = role->above;
	for (size_t at = 0; at < count; at++) {
		if (units[at].answered >= units[at].asked)
			continue;
		TRY(tell_deciders(act, role, units[at].unit,
				  &(struct notify){
					  .about = about_campaign(arena, campaign.id),
					  .words = text_format(
						  arena, say("%.*sで、自己点検がまだのものが%lld件あります(期限を過ぎました)。"),
						  T_ARG(units[at].name),
						  (long long)(units[at].asked - units[at].answered)),
					  .path = path_of_campaign(arena, campaign.id.no),
					  .subject = text_of(say("済んでいない自己点検があります")),
				  },
				  told));
	}
	return OK;
}

static struct error *
tell_runners(struct act *act, const struct ticking *ticking, const struct pack_checklist *checklist,
	     int64_t *told)
{
	struct arena *arena = act->look.arena;
	for (size_t at = 0; at < checklist->runs_count; at++)
		TRY(tell_deciders(act, checklist->runs[at], (struct unit_id){ 0 },
				  &(struct notify){
					  .about = about_campaign(arena, (struct campaign_id){
										 ticking->row->id }),
					  .words = text_of(say("自己点検の期限が過ぎました。結果を見て、まとめを書いて終えてください。")),
					  .path = path_of_campaign(arena, ticking->row->id),
					  .subject = text_of(say("自己点検の期限が過ぎました")),
				  },
				  told));
	return OK;
}

static struct error *
over_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	const int64_t id = ticking->row->id;
	const struct pack_checklist *checklist =
		pack_checklist(ticking->flow->pack, ticking->row->checklist);
	int64_t told = 0;
	if (checklist == NULL)
		return OK;
	if (ticking->row->escalated == 0) {
		TRY(tell_heads(act, ticking, checklist, &told));
		TRY(check_campaign_escalated(
			act, &(struct check_campaign_escalated_in){ id, act->look.now.ms }));
		ticking->done->escalated++;
	}
	TRY(tell_runners(act, ticking, checklist, &told));
	TRY(check_campaign_told(act, &(struct check_campaign_told_in){ id, act->look.now.ms }));
	ticking->done->reminded++;
	return act_note(act, &(struct fact){
				     .act = "check.escalate",
				     .about = { about_campaign(act->look.arena,
							       (struct campaign_id){ id }) },
				     .pairs = { { "told", { 0 }, told } },
			     });
}

/* A round that has nothing to say makes no act. */
static struct error *
waits_to_be_told(struct look *look, const struct ticking *ticking, bool *waits)
{
	struct check_to_tell_row *rows;
	size_t count;
	TRY(check_to_tell(look,
			  &(struct check_to_tell_in){ ticking->row->id,
						      told_before(ticking, look->now).ms, look->now.ms,
						      moment_day(look->now).no, 1 },
			  &rows, &count));
	*waits = count != 0;
	return OK;
}

static struct error *
run_open(struct store *store, struct arena *arena, struct ticking *ticking)
{
	struct check_campaigns_in_row *rows;
	struct moment now;
	size_t count;
	bool *waits;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		now = look.now;
		TRY(check_campaigns_in(&look, &(struct check_campaigns_in_in){ T("open"), CAMPAIGNS_AT_ONCE },
				       &rows, &count));
		waits = ARENA_ARRAY(arena, bool, count + 1);
		for (size_t at = 0; at < count; at++) {
			ticking->row = &rows[at];
			TRY(waits_to_be_told(&look, ticking, &waits[at]));
		}
	}
	for (size_t at = 0; at < count; at++) {
		ticking->row = &rows[at];
		if (waits[at])
			TRY(store_act(store, arena, &the_clock, tell_act, ticking));
		if (rows[at].until < moment_day(now).no &&
		    (rows[at].told > now.ms || now.ms - rows[at].told >= LATE_REMIND_DAYS * (int64_t)DAY_MS))
			TRY(store_act(store, arena, &the_clock, over_act, ticking));
	}
	return OK;
}

/* ---- Improvements ---- */

static struct error *
remind_improvement(struct act *act, struct ticking *ticking, int64_t id, int64_t *told)
{
	struct arena *arena = act->look.arena;
	const struct pack *pack = ticking->flow->pack;
	struct check_answer_get_row row;
	bool found;
	TRY(check_answer_get(&act->look, &(struct check_answer_get_in){ id }, &found, &row));
	if (!found)
		return OK;
	const struct improvement made = improvement_from(&row, moment_day(act->look.now));
	const struct pack_checklist *checklist = pack_checklist(pack, row.checklist);
	const struct pack_role *head = who_answers_for(pack, checklist);
	struct notify notify = {
		.person = made.person,
		.about = about_improvement(arena, made.id),
		.words = text_format(arena,
				     made.is_late ? say("自己点検で書いた改善の期限(%.*s)が過ぎました。済んだら記録してください。")
						  : say("自己点検で書いた改善の期限は%.*sです。済んだら記録してください。"),
				     T_ARG(day_wareki(arena, made.due))),
		.path = text_format(arena, "/checks/improvements/%lld", (long long)id),
		.subject = text_of(say("自己点検の改善の期限です")),
	};
	const bool escalates = made.is_late && row.escalated == 0;
	if (made.person.no != 0)
		TRY(people_notify(act, &notify));
	else
		TRY(tell_deciders(act, head, made.unit, &notify, told));
	if (!escalates)
		return check_answer_told(act, &(struct check_answer_told_in){ id, act->look.now.ms });
	/* Of a person's own, only to whom the pack shows answers by name. */
	notify.path = path_of_campaign(arena, made.campaign.no);
	notify.words = text_format(arena, say("自己点検で「いいえ」だったことの改善が、期限(%.*s)を過ぎても済んでいません。"),
				   T_ARG(day_wareki(arena, made.due)));
	if (made.person.no == 0)
		TRY(tell_deciders(act, head != NULL ? head->above : NULL, made.unit, &notify, told));
	else if (checklist != NULL && checklist->named_count != 0)
		TRY(tell_deciders(act, checklist->named[0], made.unit, &notify, told));
	ticking->done->escalated++;
	return check_answer_escalated(act, &(struct check_answer_escalated_in){ id, act->look.now.ms });
}

static struct error *
improvements_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	const struct day today = moment_day(act->look.now);
	struct check_improves_to_tell_row *rows;
	size_t count;
	int64_t told = 0;
	TRY(check_improves_to_tell(
		&act->look,
		&(struct check_improves_to_tell_in){ day_plus(today, ticking->remind).no,
						     act->look.now.ms - LATE_REMIND_DAYS * (int64_t)DAY_MS,
						     act->look.now.ms, CHECK_AT_ONCE },
		&rows, &count));
	*ticking->is_more |= count == CHECK_AT_ONCE;
	if (count == 0)
		return OK;
	for (size_t at = 0; at < count; at++)
		TRY(remind_improvement(act, ticking, rows[at].id, &told));
	ticking->done->reminded += (int64_t)count; /* at most CHECK_AT_ONCE */
	return act_note(act, &(struct fact){ .act = "check.remind",
					     .about = { T("check-improvement") },
					     .pairs = { { "improvements", { 0 }, (int64_t)count } } });
}

static struct error *
left_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	struct check_improves_of_left_row *rows;
	size_t count;
	TRY(check_improves_of_left(&act->look,
				   &(struct check_improves_of_left_in){ moment_day(act->look.now).no,
									CHECK_AT_ONCE },
				   &rows, &count));
	*ticking->is_more |= count == CHECK_AT_ONCE;
	if (count == 0)
		return OK;
	for (size_t at = 0; at < count; at++)
		TRY(check_answer_done(act, &(struct check_answer_done_in){
						   rows[at].id, act->look.now.ms, 0,
						   text_of(say("答えた人が退職したため、終わりにしました。")) }));
	ticking->done->reminded += (int64_t)count; /* at most CHECK_AT_ONCE */
	return act_note(act, &(struct fact){ .act = "check.improve",
					     .about = { T("check-improvement") },
					     .pairs = { { "left", { 0 }, (int64_t)count } } });
}

static struct error *
run_improvements(struct store *store, struct arena *arena, struct ticking *ticking)
{
	struct check_improves_to_tell_row *due;
	struct check_improves_of_left_row *gone;
	size_t due_count, gone_count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		const struct day today = moment_day(look.now);
		TRY(check_improves_of_left(&look, &(struct check_improves_of_left_in){ today.no, 1 },
					   &gone, &gone_count));
		TRY(check_improves_to_tell(
			&look,
			&(struct check_improves_to_tell_in){
				day_plus(today, ticking->remind).no,
				look.now.ms - LATE_REMIND_DAYS * (int64_t)DAY_MS, look.now.ms, 1 },
			&due, &due_count));
	}
	if (gone_count != 0)
		TRY(store_act(store, arena, &the_clock, left_act, ticking));
	if (due_count != 0)
		TRY(store_act(store, arena, &the_clock, improvements_act, ticking));
	return OK;
}

struct error *
check_clock(struct store *store, struct arena *arena, const struct flow *flow,
	    struct check_done *done, bool *is_more)
{
	struct ticking ticking = { .flow = flow, .done = done, .is_more = is_more };
	*done = (struct check_done){ 0 };
	*is_more = false;
	if (flow->pack->checklists_count == 0)
		return OK;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(people_parameter(&look, flow->pack, "check.remind-days", REMIND_DAYS,
				     &ticking.remind));
	}
	TRY(open_due(store, arena, &ticking));
	TRY(run_open(store, arena, &ticking));
	return run_improvements(store, arena, &ticking);
}
