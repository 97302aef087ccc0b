/* What time does to open steps: new deciders, reminders, escalation. */
#include "flow/rooms.h"

enum { DAY_MS = 86400000 };

enum step_due { DUE_NOTHING, DUE_REROUTE, DUE_ESCALATE, DUE_REMIND };

struct step_times {
	int64_t remind;	  /* days */
	int64_t escalate; /* days */
};

struct step_work {
	const struct flow *flow;
	int64_t step;
	struct step_times times;
	enum step_due did;
};

static struct error *
read_times(struct look *look, const struct flow *flow, struct step_times *times)
{
	TRY(people_parameter(look, flow->pack, "decide.remind-days", 2, &times->remind));
	return people_parameter(look, flow->pack, "decide.escalate-days", 5, &times->escalate);
}

static struct error *
find_due(struct look *look, const struct flow *flow, const struct flow_due_step_row *row,
	 const struct step_times *times, struct flow_step *step, enum step_due *due)
{
	*due = DUE_NOTHING;
	const struct pack_role *wished, *escalated;
	TRY(role_then(look, flow, row->dossier, row->wished, &wished));
	TRY(role_then(look, flow, row->dossier, row->escalated_role, &escalated));
	*step = (struct flow_step){ .id = { row->id }, .wished = wished,
				    .verb = (enum step_verb)row->verb, /* written from the enum */
				    .unit = { row->unit }, .escalated = { row->escalated } };
	if (step->wished == NULL)
		return OK;
	TRY(power_then(look, flow, row->dossier, row->delegation, &step->power));
	TRY(resolve_deciders(look, (struct person_id){ row->applicant }, escalated, step));
	const struct text role = step->deciders_count > 0 ? step->role->code : T("");
	const int64_t waited = look->now.ms - row->opened;
	if (!text_same(role, row->role))
		*due = DUE_REROUTE;
	else if (waited > times->escalate * DAY_MS && row->escalated == 0 &&
		 step->verb != STEP_NOTIFICATION && step->role->above != NULL &&
		 step->deciders_count > 0)
		*due = DUE_ESCALATE;
	else if (waited > times->remind * DAY_MS && row->reminded == 0 && step->deciders_count > 0)
		*due = DUE_REMIND;
	return OK;
}

static struct error *
reroute(struct act *act, const struct dossier *dossier, const struct flow_step *step)
{
	const struct text role = step->deciders_count > 0 ? step->role->code : T("");
	TRY(flow_step_role(act, &(struct flow_step_role_in){ step->id.no, role }));
	TRY(tell_deciders(act, step, dossier, say("決裁を待っている案件があります")));
	return note_dossier(act, dossier, "dossier.reroute",
			    (struct fact_pair[]){ { "role", role, 0 }, { NULL } });
}

static struct error *
escalate(struct act *act, const struct flow *flow, const struct dossier *dossier,
	 struct flow_step *step)
{
	const struct pack_role *above = step->role->above;
	(void)flow;
	TRY(flow_step_escalate(act, &(struct flow_step_escalate_in){ step->id.no, above->code,
								     act->look.now.ms }));
	TRY(resolve_deciders(&act->look, dossier->applicant, above, step));
	TRY(tell_deciders(act, step, dossier, say("決裁が止まっている案件があります")));
	TRY(tell(act, dossier->applicant, dossier, say("決裁が遅れているので、上の役割に知らせました")));
	return note_dossier(act, dossier, "dossier.escalate",
			    (struct fact_pair[]){ { "role", above->code, 0 }, { NULL } });
}

static struct error *
step_act(struct act *act, void *with)
{
	struct step_work *work = with;
	struct flow_due_step_row row;
	struct flow_step step;
	struct dossier dossier;
	bool found;
	TRY(flow_due_step(&act->look, &(struct flow_due_step_in){ work->step }, &found, &row));
	if (!found)
		return OK;
	TRY(find_due(&act->look, work->flow, &row, &work->times, &step, &work->did));
	if (work->did == DUE_NOTHING)
		return OK;
	TRY(flow_read(&act->look, work->flow, (struct dossier_id){ row.dossier }, &dossier));
	switch (work->did) {
	case DUE_REROUTE:
		return reroute(act, &dossier, &step);
	case DUE_ESCALATE:
		return escalate(act, work->flow, &dossier, &step);
	case DUE_REMIND:
		TRY(flow_step_reminded(
			act, &(struct flow_step_reminded_in){ step.id.no, act->look.now.ms }));
		TRY(tell_deciders(act, &step, &dossier, say("決裁を待っている案件があります")));
		return note_dossier(act, &dossier, "dossier.remind",
				    (struct fact_pair[]){ { "role", step.role->code, 0 },
							  { NULL } });
	case DUE_NOTHING:
		return OK;
	}
	return OK;
}

static struct error *
find_due_steps(struct clock_run *run, struct step_times *times, int64_t *after, int64_t *steps,
	       size_t *count, bool *is_end)
{
	LOOK_SCOPED look = { 0 };
	struct flow_due_steps_row *rows;
	size_t rows_count;
	*count = 0;
	TRY(look_begin(run->store, run->arena, &look));
	TRY(read_times(&look, run->flow, times));
	TRY(flow_due_steps(&look, &(struct flow_due_steps_in){ *after }, &rows, &rows_count));
	for (size_t at = 0; at < rows_count; at++) {
		const struct flow_due_step_row row = {
			.id = rows[at].id, .dossier = rows[at].dossier,
			.wished = rows[at].wished, .role = rows[at].role, .unit = rows[at].unit,
			.verb = rows[at].verb, .opened = rows[at].opened,
			.reminded = rows[at].reminded, .escalated = rows[at].escalated,
			.escalated_role = rows[at].escalated_role,
			.delegation = rows[at].delegation,
			.applicant = rows[at].applicant };
		struct flow_step step;
		enum step_due due;
		TRY(find_due(&look, run->flow, &row, times, &step, &due));
		if (due != DUE_NOTHING)
			steps[(*count)++] = row.id;
		*after = row.id;
	}
	*is_end = rows_count < 500;
	return OK;
}

struct error *
clock_steps(struct clock_run *run)
{
	int64_t after = 0;
	bool is_end = false;
	while (!is_end && run->left > 0) {
		struct step_work work = { .flow = run->flow };
		int64_t *steps = ARENA_ARRAY(run->arena, int64_t, 500);
		size_t count;
		TRY(find_due_steps(run, &work.times, &after, steps, &count, &is_end));
		for (size_t at = 0; at < count && run->left > 0; at++) {
			work.step = steps[at];
			TRY(clock_act(run, step_act, &work));
			run->done->reminded += work.did == DUE_REMIND;
			run->done->escalated += work.did == DUE_ESCALATE;
		}
	}
	return OK;
}
