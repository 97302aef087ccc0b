/* What the records show, for the evidence of clauses. */
#include "incident/rooms.h"

enum { JUDGE_HOURS = 24, CAUSE_DAYS = 30, HOUR_MS = 3600000 };

static struct error *
figures_of_cases(struct look *look, const struct pack *pack, struct moment since,
		 struct incident_figures *figures)
{
	struct incident_figure_cases_row row;
	int64_t hours, days;
	TRY(people_parameter(look, pack, "incident.judge-hours", JUDGE_HOURS, &hours));
	TRY(people_parameter(look, pack, "incident.cause-days", CAUSE_DAYS, &days));
	TRY(incident_figure_cases(look,
				  &(struct incident_figure_cases_in){
					  .since = since.ms,
					  .late_entered = look->now.ms - hours * HOUR_MS,
					  .late_judged = look->now.ms - days * DAY_MS,
					  .judge_ms = hours * HOUR_MS,
					  .cause_ms = days * DAY_MS,
				  },
				  &row));
	figures->cases = row.cases;
	figures->drills = row.drills;
	figures->judged = row.judged;
	figures->unjudged = row.cases - row.judged;
	figures->judged_late = row.judged_late;
	figures->unjudged_late = row.unjudged_late;
	figures->confirmed = row.confirmed;
	figures->closed = row.closed;
	figures->dismissed = row.dismissed;
	figures->concluded = row.concluded;
	figures->concluded_late = row.concluded_late;
	figures->unconcluded_late = row.unconcluded_late;
	figures->citizens = row.citizens;
	figures->disclosed = row.disclosed;
	figures->last_drill.ms = row.last_drill;
	return OK;
}

struct error *
incident_link_figures(struct look *look, struct text code, struct moment since,
		      struct incident_figures *figures)
{
	struct incident_figure_links_row links;
	TRY(incident_figure_links(look, &(struct incident_figure_links_in){ code, since.ms, look->now.ms },
				  &links));
	figures->links = links.links;
	figures->received = links.received;
	figures->received_late = links.received_late;
	figures->unanswered = links.unanswered;
	return OK;
}

struct error *
incident_links_late(struct look *look, const struct pack *pack, struct incident_late **list, size_t *count)
{
	struct incident_link_late_row *rows;
	size_t found;
	bool knows;
	*list = NULL;
	*count = 0;
	TRY(store_has_step(look, T("incident"), 1, &knows));
	if (!knows)
		return OK;
	TRY(incident_link_late(look, &(struct incident_link_late_in){ look->now.ms, INCIDENT_LINKS_LATE },
			       &rows, &found));
	*list = ARENA_ARRAY(look->arena, struct incident_late, found + 1);
	for (size_t at = 0; at < found; at++) {
		const struct pack_link *link = pack_link(pack, rows[at].code);
		if (link != NULL)
			(*list)[(*count)++] = (struct incident_late){
				.id = { rows[at].id },
				.incident = { rows[at].incident },
				.number = rows[at].number,
				.link = link,
				.unit = { rows[at].unit },
				.term = { rows[at].term },
			};
	}
	return OK;
}

static void
sooner(struct moment *until, int64_t ms)
{
	if (ms != 0 && (until->ms == 0 || ms < until->ms))
		until->ms = ms;
}

struct error *
incident_until(struct look *look, const struct pack *pack, struct moment *until)
{
	struct incident_figure_next_row next;
	int64_t hours, days;
	*until = (struct moment){ 0 };
	TRY(people_parameter(look, pack, "incident.judge-hours", JUDGE_HOURS, &hours));
	TRY(people_parameter(look, pack, "incident.cause-days", CAUSE_DAYS, &days));
	TRY(incident_figure_next(look, &(struct incident_figure_next_in){ look->now.ms, hours * HOUR_MS,
									  days * DAY_MS },
				 &next));
	sooner(until, next.link);
	sooner(until, next.task);
	sooner(until, next.judge);
	sooner(until, next.cause);
	if (until->ms != 0)
		until->ms++; /* late is what is later */
	return OK;
}

struct error *
incident_figures(struct look *look, const struct pack *pack, struct moment since,
		 struct incident_figures *figures)
{
	struct incident_figure_tasks_row tasks;
	struct incident_figure_outside_row outside;
	struct incident_figure_evidence_row evidence;
	struct incident_figure_contacts_row contacts;
	*figures = (struct incident_figures){ 0 };
	TRY(figures_of_cases(look, pack, since, figures));
	TRY(incident_link_figures(look, (struct text){ 0 }, since, figures));
	TRY(incident_figure_tasks(look, &(struct incident_figure_tasks_in){ since.ms, look->now.ms }, &tasks));
	TRY(incident_figure_outside(look,
				    &(struct incident_figure_outside_in){ since.ms, moment_day(look->now).no },
				    &outside));
	TRY(incident_figure_evidence(look, &(struct incident_figure_evidence_in){ since.ms }, &evidence));
	TRY(incident_figure_contacts(look, &(struct incident_figure_contacts_in){ since.ms }, &contacts));
	figures->orders = tasks.orders;
	figures->orders_answered = tasks.orders_answered;
	figures->orders_late = tasks.orders_late;
	figures->tasks = tasks.tasks;
	figures->tasks_answered = tasks.tasks_answered;
	figures->tasks_late = tasks.tasks_late;
	figures->outside = outside.outside;
	figures->filed = outside.filed;
	figures->outside_late = outside.outside_late;
	figures->waived = outside.waived;
	figures->evidence = evidence.evidence;
	figures->evidence_files = evidence.files;
	figures->contacts = contacts.contacts;
	figures->contacts_stale = contacts.stale;
	return OK;
}

struct error *
incident_kind_cases(struct look *look, struct text code, struct moment since, int64_t *cases)
{
	struct incident_figure_kind_row row;
	TRY(incident_figure_kind(look, &(struct incident_figure_kind_in){ code, since.ms }, &row));
	*cases = row.cases;
	return OK;
}
