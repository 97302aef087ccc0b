/* What time causes: substitutes are told, late tasks and days outside are remembered. Each once. */
#include "incident/rooms.h"

static const struct actor the_clock = { .through = T_INIT("clock") };

struct ticking {
	const struct pack *pack;
	int64_t id;
};

static struct error *
escalate_act(struct act *act, void *with)
{
	const struct ticking *ticking = with;
	return link_escalate(act, ticking->pack, (struct link_id){ ticking->id });
}

static struct error *
remind_act(struct act *act, void *with)
{
	const struct ticking *ticking = with;
	struct incident_task_row_row row;
	struct incident incident;
	size_t told;
	bool found;
	TRY(incident_task_row(&act->look, &(struct incident_task_row_in){ ticking->id }, &found, &row));
	if (!found || row.is_done != 0)
		return OK;
	TRY(incident_read(&act->look, ticking->pack, (struct incident_id){ row.incident }, &incident));
	const struct text words = text_format(act->look.arena,
					      say("%.*s「%.*s」の作業が期限を過ぎています：%.*s"),
					      T_ARG(incident.number), T_ARG(incident.title), T_ARG(row.words));
	if (row.assignee != 0)
		TRY(tell_person(act, &incident, (struct person_id){ row.assignee }, words,
				say("期限を過ぎた事案の作業があります")));
	else
		TRY(tell_role(act, &incident, pack_role(ticking->pack, row.role),
			      (struct unit_id){ row.unit }, words, say("期限を過ぎた事案の作業があります"),
			      &told));
	TRY(incident_task_told(act, &(struct incident_task_told_in){ row.id, act->look.now.ms }));
	return note_incident(act, incident.id, "incident.remind", NULL,
			     (struct fact_pair[]){ { "task", { 0 }, row.id }, { 0 } });
}

static struct error *
outside_act(struct act *act, void *with)
{
	const struct ticking *ticking = with;
	const struct pack_incidents *all = &ticking->pack->incidents;
	struct incident_outside_row_row row;
	struct incident incident;
	size_t told;
	bool found;
	TRY(incident_outside_row(&act->look, &(struct incident_outside_row_in){ ticking->id }, &found, &row));
	if (!found || row.filed != 0 || row.due == 0)
		return OK;
	TRY(incident_read(&act->look, ticking->pack, (struct incident_id){ row.incident }, &incident));
	const struct pack_authority *authority = pack_authority(ticking->pack, row.authority);
	const struct text words = text_format(
		act->look.arena, say("%.*s「%.*s」：%.*sへの報告の期限は%.*sです。"), T_ARG(incident.number),
		T_ARG(incident.title), T_ARG(authority != NULL ? words_now(authority->name) : row.authority),
		T_ARG(day_wareki(act->look.arena, (struct day){ row.due })));
	for (size_t at = 0; at < all->leads_count; at++)
		TRY(tell_role(act, &incident, all->leads[at], (struct unit_id){ 0 }, words,
			      say("外部への報告の期限が近づいています"), &told));
	TRY(incident_outside_told(act, &(struct incident_outside_told_in){ row.id, act->look.now.ms }));
	return note_incident(act, incident.id, "incident.outside-remind", NULL,
			     (struct fact_pair[]){ { "authority", row.authority, 0 },
						   { "stage", row.stage, 0 },
						   { "due", { 0 }, row.due },
						   { 0 } });
}

struct due_list {
	int64_t *ids;
	size_t count;
};

enum { WORK_LINKS, WORK_TASKS, WORK_OUTSIDE, WORKS };

static struct error *
due_of(struct store *store, struct arena *arena, int work, size_t most, struct due_list *due)
{
	struct incident_link_due_row *links;
	struct incident_task_late_row *tasks;
	struct incident_outside_near_row *outside;
	LOOK_SCOPED look = { 0 };
	const int64_t limit = (int64_t)most; /* at most 1,000,000 */
	due->count = 0;
	TRY(look_begin(store, arena, &look));
	const struct day today = moment_day(look.now);
	if (work == WORK_LINKS)
		TRY(incident_link_due(&look, &(struct incident_link_due_in){ look.now.ms, look.now.ms + DAY_MS, limit }, &links,
				      &due->count));
	if (work == WORK_TASKS)
		TRY(incident_task_late(&look, &(struct incident_task_late_in){ look.now.ms, limit }, &tasks,
				       &due->count));
	if (work == WORK_OUTSIDE)
		TRY(incident_outside_near(&look,
					  &(struct incident_outside_near_in){ day_plus(today, 1).no,
									      day_begin(today).ms, look.now.ms,
									      limit },
					  &outside, &due->count));
	due->ids = ARENA_ARRAY(arena, int64_t, due->count + 1);
	for (size_t at = 0; at < due->count; at++)
		due->ids[at] = work == WORK_LINKS   ? links[at].id
			       : work == WORK_TASKS ? tasks[at].id
						    : outside[at].id;
	return OK;
}

struct error *
incident_clock(struct store *store, struct arena *arena, const struct pack *pack, size_t most,
	       struct incident_done *done, bool *is_more)
{
	static act_work *const works[WORKS] = { escalate_act, remind_act, outside_act };
	int64_t *const counts[WORKS] = { &done->escalated, &done->reminded, &done->outside };
	struct error *first = OK;
	*done = (struct incident_done){ 0 };
	*is_more = false;
	if (pack->incidents.kinds_count == 0)
		return OK;
	for (int work = 0; work < WORKS; work++) {
		struct due_list due;
		TRY(due_of(store, arena, work, most, &due));
		*is_more |= due.count == most;
		for (size_t at = 0; at < due.count; at++) {
			struct ticking ticking = { pack, due.ids[at] };
			struct error *error = store_act(store, arena, &the_clock, works[work], &ticking);
			*counts[work] += error == OK;
			if (first == OK)
				first = error;
		}
	}
	*is_more &= first == OK;
	return first;
}
