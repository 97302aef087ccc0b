/* What time alone causes: expiry, reminders, escalation. Each an act with its entry, done once. */
#include "flow/rooms.h"

enum { MINUTE_MS = 60000, DUE_MOST = 500 };

struct permit_work {
	const struct flow *flow;
	int64_t permit;
	int64_t remind_until; /* day number */
	bool has_done;
	bool has_completed;
};

struct outing_work {
	const struct flow *flow;
	int64_t outing;
	int64_t dossier;
	int64_t before, overdue, escalate; /* moments: due earlier than this */
	int64_t level;			   /* what was done: 0 nothing */
};

struct report_work {
	const struct flow *flow;
	int64_t report;
	int64_t before; /* moment: due earlier than this */
	int64_t level;	/* what was done: 0 nothing */
};

struct error *
clock_act(struct clock_run *run, act_work *work, void *with)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct actor actor = { .through = T("clock") };
	run->left--;
	struct error *error = store_act(run->store, arena, &actor, work, with);
	if (run->trouble == NULL && error != NULL)
		run->trouble = error_keep(run->arena, error);
	return OK;
}

static struct error *
take_due(struct act *act, const struct permit_work *work, struct dossier *dossier,
	 struct flow_permit *permit, struct flow_due_permit_row *row, bool *found)
{
	TRY(flow_due_permit(&act->look, &(struct flow_due_permit_in){ work->permit }, found, row));
	if (!*found)
		return OK;
	TRY(flow_permit_read(&act->look, work->flow, (struct permit_id){ work->permit }, permit));
	return flow_read(&act->look, work->flow, permit->dossier, dossier);
}

static struct error *
expire_act(struct act *act, void *with)
{
	struct permit_work *work = with;
	struct flow_due_permit_row row;
	struct dossier dossier;
	struct flow_permit permit;
	bool found;
	TRY(take_due(act, work, &dossier, &permit, &row, &found));
	if (!found || permit.until.no >= moment_day(act->look.now).no ||
	    (permit.state != PERMIT_VALID && permit.state != PERMIT_RETURNED))
		return OK;
	TRY(flow_permit_end(act, &(struct flow_permit_end_in){
					 work->permit, text_of(permit_state_name(PERMIT_EXPIRED)),
					 { 0 }, act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier, say("許可の期限が切れました")));
	if (permit.is_exception && !permit.is_closed)
		TRY(tell_keepers(act, &dossier, say("例外措置の期限が切れました")));
	TRY(note_permit(act, &dossier, &permit, "permit.expire", NULL, NULL));
	work->has_done = true;
	TRY(dossier_settle(act, work->flow, dossier.id, false));
	TRY(flow_read(&act->look, work->flow, dossier.id, &dossier));
	work->has_completed = dossier.state == DOSSIER_COMPLETE;
	return OK;
}

static struct error *
remind_permit_act(struct act *act, void *with)
{
	struct permit_work *work = with;
	struct flow_due_permit_row row;
	struct dossier dossier;
	struct flow_permit permit;
	bool found;
	TRY(take_due(act, work, &dossier, &permit, &row, &found));
	if (!found || row.reminded != 0 || permit.until.no > work->remind_until ||
	    (permit.state != PERMIT_VALID && permit.state != PERMIT_OUT))
		return OK;
	TRY(flow_permit_reminded(
		act, &(struct flow_permit_reminded_in){ work->permit, act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier, say("許可の期限が近づいています")));
	TRY(note_permit(act, &dossier, &permit, "permit.remind", NULL, NULL));
	work->has_done = true;
	return OK;
}

static struct error *
tell_overseers(struct act *act, const struct dossier *dossier, const char *words)
{
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		struct decider *list;
		size_t count;
		if (step->verb != STEP_PERMISSION || step->same_as >= 0)
			continue;
		TRY(people_deciders(&act->look, step->wished, step->unit,
				    moment_day(act->look.now), dossier->applicant, &list, &count));
		for (size_t one = 0; one < count; one++)
			TRY(tell(act, list[one].person, dossier, words));
	}
	return OK;
}

static int64_t
outing_level(const struct outing_work *work, const struct flow_outing_get_row *row)
{
	if (row->back != 0 || row->due == 0)
		return 0;
	if (row->due < work->escalate)
		return row->reminded < 3 ? 3 : 0;
	if (row->due < work->overdue)
		return row->reminded < 2 ? 2 : 0;
	return row->due < work->before && row->reminded < 1 ? 1 : 0;
}

static struct error *
outing_act(struct act *act, void *with)
{
	struct outing_work *work = with;
	struct flow_outing_get_row row;
	struct dossier dossier;
	struct flow_permit permit;
	bool found;
	static const char *const facts[] = { "", "permit.remind-return", "permit.overdue",
					     "permit.overdue-escalate" };
	work->level = 0;
	TRY(flow_outing_get(&act->look, &(struct flow_outing_get_in){ work->outing }, &found,
			    &row));
	const int64_t level = found ? outing_level(work, &row) : 0;
	if (level == 0)
		return OK;
	TRY(flow_permit_read(&act->look, work->flow, (struct permit_id){ row.permit }, &permit));
	TRY(flow_read(&act->look, work->flow, permit.dossier, &dossier));
	TRY(flow_outing_reminded(act, &(struct flow_outing_reminded_in){ work->outing, level }));
	TRY(tell(act, dossier.applicant, &dossier,
		 level == 1 ? say("返却の予定が近づいています") : say("返却の予定を過ぎています")));
	if (level == 3)
		TRY(tell_overseers(act, &dossier, say("返却の予定を過ぎた持ち出しがあります")));
	work->level = level;
	return note_permit(act, &dossier, &permit, facts[level], NULL,
			   (struct fact_pair[]){ { "outing", { 0 }, work->outing }, { NULL } });
}

static struct error *
report_act(struct act *act, void *with)
{
	struct report_work *work = with;
	struct flow_due_report_row row;
	struct dossier dossier;
	bool found;
	work->level = 0;
	TRY(flow_due_report(&act->look, &(struct flow_due_report_in){ work->report }, &found, &row));
	if (!found || row.due >= work->before)
		return OK;
	const int64_t level = row.due < act->look.now.ms ? 2 : 1;
	if (row.reminded >= level)
		return OK;
	TRY(flow_read(&act->look, work->flow, (struct dossier_id){ row.dossier }, &dossier));
	TRY(flow_report_reminded(act, &(struct flow_report_reminded_in){ work->report, level }));
	TRY(tell(act, dossier.applicant, &dossier,
		 level == 1 ? say("報告の期限が近づいています") : say("報告の期限を過ぎています")));
	work->level = level;
	return note_dossier(act, &dossier,
			    level == 1 ? "dossier.remind-report" : "dossier.report-late",
			    (struct fact_pair[]){ { "occasion", row.occasion, 0 }, { NULL } });
}

/* A report that is written and not sent: its clock runs all the same. */
static struct error *
remind_reports(struct clock_run *run)
{
	LOOK_SCOPED look = { 0 };
	struct flow_due_reports_row *rows;
	size_t count;
	int64_t minutes;
	TRY(look_begin(run->store, run->arena, &look));
	TRY(people_parameter(&look, run->flow->pack, "report.remind-minutes", 60, &minutes));
	struct report_work work = { .flow = run->flow,
				    .before = look.now.ms + minutes * MINUTE_MS };
	TRY(flow_due_reports(&look,
			     &(struct flow_due_reports_in){ work.before, look.now.ms, DUE_MOST },
			     &rows, &count));
	look_end(&look);
	for (size_t at = 0; at < count && run->left > 0; at++) {
		work.report = rows[at].id;
		TRY(clock_act(run, report_act, &work));
		run->done->reminded += work.level > 0;
	}
	return OK;
}

static struct error *
expire_permits(struct clock_run *run)
{
	LOOK_SCOPED look = { 0 };
	struct flow_due_expiry_row *rows;
	size_t count;
	TRY(look_begin(run->store, run->arena, &look));
	TRY(flow_due_expiry(&look,
			    &(struct flow_due_expiry_in){ moment_day(look.now).no, DUE_MOST },
			    &rows, &count));
	look_end(&look);
	for (size_t at = 0; at < count && run->left > 0; at++) {
		struct permit_work work = { .flow = run->flow, .permit = rows[at].id };
		TRY(clock_act(run, expire_act, &work));
		run->done->expired += work.has_done;
		run->done->completed += work.has_completed;
	}
	return OK;
}

static struct error *
remind_permits(struct clock_run *run)
{
	LOOK_SCOPED look = { 0 };
	struct flow_due_permit_reminder_row *rows;
	size_t count;
	int64_t days;
	TRY(look_begin(run->store, run->arena, &look));
	TRY(people_parameter(&look, run->flow->pack, "permit.remind-days", 3, &days));
	const int64_t until = moment_day(look.now).no + days;
	TRY(flow_due_permit_reminder(&look,
				     &(struct flow_due_permit_reminder_in){ until, DUE_MOST },
				     &rows, &count));
	look_end(&look);
	for (size_t at = 0; at < count && run->left > 0; at++) {
		struct permit_work work = { .flow = run->flow, .permit = rows[at].id,
					    .remind_until = until };
		TRY(clock_act(run, remind_permit_act, &work));
		run->done->reminded += work.has_done;
	}
	return OK;
}

static struct error *
read_outing_times(struct look *look, const struct flow *flow, struct outing_work *work)
{
	int64_t before, remind, escalate;
	TRY(people_parameter(look, flow->pack, "return.before-minutes", 1440, &before));
	TRY(people_parameter(look, flow->pack, "return.remind-minutes", 60, &remind));
	TRY(people_parameter(look, flow->pack, "return.escalate-minutes", 240, &escalate));
	work->before = look->now.ms + before * MINUTE_MS;
	work->overdue = look->now.ms - remind * MINUTE_MS;
	work->escalate = look->now.ms - escalate * MINUTE_MS;
	return OK;
}

static struct error *
watch_outings(struct clock_run *run)
{
	LOOK_SCOPED look = { 0 };
	struct flow_due_outings_row *rows;
	size_t count;
	struct outing_work work = { .flow = run->flow };
	TRY(look_begin(run->store, run->arena, &look));
	TRY(read_outing_times(&look, run->flow, &work));
	TRY(flow_due_outings(&look,
			     &(struct flow_due_outings_in){ work.before, work.overdue,
							    work.escalate, DUE_MOST },
			     &rows, &count));
	look_end(&look);
	for (size_t at = 0; at < count && run->left > 0; at++) {
		work.outing = rows[at].id;
		TRY(clock_act(run, outing_act, &work));
		run->done->reminded += work.level == 1;
		run->done->overdue += work.level == 2;
		run->done->overdue_escalated += work.level == 3;
	}
	return OK;
}

struct error *
flow_clock(struct store *store, struct arena *arena, const struct flow *flow, size_t most,
	   struct flow_clock_done *done, bool *is_more)
{
	*done = (struct flow_clock_done){ 0 };
	struct clock_run run = { .store = store, .arena = arena, .flow = flow, .left = most,
				 .done = done };
	TRY(clock_steps(&run));
	TRY(expire_permits(&run));
	TRY(remind_permits(&run));
	TRY(watch_outings(&run));
	TRY(remind_reports(&run));
	*is_more = run.left == 0;
	return run.trouble;
}
