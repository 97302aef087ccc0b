/* What stands on いまの状況: the working year: recurring duties, self-checks, training, incidents, audits. */
#include "pages/check_pages.h"
#include "pages/dossier_parts.h"
#include "pages/now_pages.h"

#include "audit/audit.h"
#include "check/check.h"
#include "duty/duty.h"
#include "incident/incident.h"
#include "reconcile/reconcile.h"
#include "training/training.h"

/* ---- Recurring duties ---- */

static void
put_duty(struct now *now, const struct duty_occurrence *one)
{
	struct visit *visit = now->visit;
	const bool is_late = one->state == DUTY_LATE;
	/* The body's page shows what is late; what is done in time is its owner's. */
	if (one->state != DUTY_OPEN && !is_late)
		return;
	if (now->scope == NOW_BODY && !is_late)
		return;
	now_put(now, is_late ? NOW_RED : NOW_DO, (struct now_line){
		.kind = text_of(say("くり返す仕事")),
		.all = now->scope == NOW_MINE ? url_path(visit->arena, "/duties") : url_path(visit->arena, "/duties/year"),
		.words = duty_title(visit->arena, one),
		.why = one->unit_name,
		.due = one->due,
		.href = url_of_number(visit->arena, "/duties/occurrences/{}", one->id.no),
	});
}

static struct error *
duties_within(struct now *now, struct unit_id unit)
{
	const struct duty_query query = { .is_open_only = true, .from = DAY_NONE, .until = DAY_NONE, .within = unit };
	struct duty_occurrence *list;
	size_t count;
	TRY(duty_list(now->look, now->visit->office->flow, &query, DUTY_MOST_LISTED, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (now->scope == NOW_BODY || (list[at].duty != NULL && now_holds(now, list[at].duty->owner->code)))
			put_duty(now, &list[at]);
	return OK;
}

struct error *
now_duties(struct now *now)
{
	struct duty_mine mine;
	if (now->visit->office->pack->recurring_count == 0)
		return OK;
	if (now->scope == NOW_BODY)
		return duties_within(now, (struct unit_id){ 0 });
	for (size_t at = 0; at < now->units_count; at++)
		TRY(duties_within(now, now->units[at]));
	if (now->scope != NOW_MINE)
		return OK;
	TRY(duty_mine(now->look, now->visit->office->flow, now->visit->session.person, now->visit->today, &mine));
	for (size_t at = 0; at < mine.count; at++)
		put_duty(now, &mine.list[at]);
	return OK;
}

/* ---- Reconciliations: what differs is a finding; here is what is to be run ---- */

static void
put_reconciliation(struct now *now, const struct reconcile_stand *stand)
{
	struct visit *visit = now->visit;
	const bool is_red = stand->is_overdue || !stand->has_run;
	if (stand->every == 0 || reconcile_is_inside(stand->of))
		return;
	if (!is_red && stand->next.no > visit->today.no + RECONCILE_LEAD_DAYS)
		return;
	now_put(now, is_red ? NOW_RED : NOW_DO, (struct now_line){
		.kind = text_of(say("突き合わせ")),
		.all = url_path(visit->arena, "/reconciliations"),
		.words = words_now(stand->of->name),
		.why = stand->has_run ? T("") : text_of(say("まだ行っていない")),
		.due = stand->next,
		.href = url_of(visit->arena, "/reconciliations/{}", stand->of->code),
	});
}

struct error *
now_reconciliations(struct now *now)
{
	const struct pack *pack = now->visit->office->pack;
	if (now->scope != NOW_MINE && now->scope != NOW_BODY)
		return OK;
	for (size_t at = 0; at < pack->reconciliations_count; at++) {
		const struct pack_reconcile *of = &pack->reconciliations[at];
		struct reconcile_stand stand;
		if (!now->visit->rights.at[RIGHT_LEDGER_READ].is_all ||
		    (now->scope == NOW_MINE && !now_holds(now, of->owner->code)))
			continue;
		TRY(reconcile_stand(now->look, pack, of, &stand));
		put_reconciliation(now, &stand);
	}
	return OK;
}

/* ---- Self-checks ---- */

static struct error *
checks_of_mine(struct now *now)
{
	struct visit *visit = now->visit;
	struct check_mine mine;
	TRY(check_mine(now->look, visit->office->pack, visit->session.person, visit->today, &mine));
	for (size_t at = 0; at < mine.sheets_count; at++) {
		const struct check_sheet *sheet = &mine.sheets[at];
		if (sheet->done.ms == 0)
			now_put(now, sheet->until.no < visit->today.no ? NOW_RED : NOW_DO, (struct now_line){
				.kind = text_of(say("自己点検")),
				.all = url_path(visit->arena, "/checks"),
				.words = sheet->title,
				.why = sheet->person.no != 0 ? T("") : sheet->about,
				.due = sheet->until,
				.href = check_sheet_url(visit->arena, sheet->id),
			});
	}
	for (size_t at = 0; at < mine.improvements_count; at++) {
		const struct improvement *one = &mine.improvements[at];
		now_put(now, one->is_late ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("改善")),
			.all = url_path(visit->arena, "/checks"),
			.words = words_now(one->question),
			.why = one->plan,
			.due = one->due,
			.href = check_improvement_url(visit->arena, one->id),
		});
	}
	return OK;
}

struct error *
now_checks(struct now *now)
{
	struct visit *visit = now->visit;
	struct check_late *late;
	struct campaign *campaigns;
	size_t count;
	if (visit->office->pack->checklists_count == 0)
		return OK;
	if (now->scope == NOW_MINE)
		return checks_of_mine(now);
	if (now->scope != NOW_BODY)
		return OK;
	TRY(check_late(now->look, &late, &count));
	for (size_t at = 0; at < count; at++)
		now_put(now, NOW_RED, (struct now_line){
			.kind = text_of(say("改善")),
			.all = url_path(visit->arena, "/checks"),
			.words = words_now(late[at].question),
			.why = text_format(visit->arena, say("%.*s: 改善が遅れている人・課が%lldあります。"),
					   T_ARG(late[at].title), (long long)late[at].late),
			.due = DAY_NONE,
			.href = url_of_number(visit->arena, "/checks/{}", late[at].campaign.no),
		});
	TRY(check_campaigns(now->look, visit->office->pack, &campaigns, &count));
	for (size_t at = 0; at < count; at++)
		if (campaigns[at].state == CAMPAIGN_OPEN && campaigns[at].until.no <= now->ends_by.no)
			now_put(now, NOW_ENDS, (struct now_line){
				.kind = text_of(say("自己点検")),
				.all = url_path(visit->arena, "/checks"),
				.words = campaigns[at].title,
				.why = text_of(say("受付の終わり")),
				.due = campaigns[at].until,
				.href = url_of_number(visit->arena, "/checks/{}", campaigns[at].id.no),
			});
	return OK;
}

/* ---- Training ---- */

static struct error *
training_of_mine(struct now *now)
{
	struct visit *visit = now->visit;
	struct enrolment *list;
	size_t count;
	TRY(training_of(now->look, visit->office->pack, visit->session.person, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct enrolment *one = &list[at];
		if (one->state != ENROLMENT_OPEN || one->course == NULL)
			continue;
		now_put(now, one->is_late ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("研修")),
			.all = url_path(visit->arena, "/training"),
			.words = words_now(one->course->name),
			.due = one->due,
			.href = url_of(visit->arena, "/training/courses/{}", one->course->code),
		});
	}
	return OK;
}

/* Who is late, as one line of a section: names stand on the section's own page. */
static struct error *
training_within(struct now *now, struct unit_id unit)
{
	enum { LOOKED_AT = 1000 };
	struct visit *visit = now->visit;
	struct enrolment *list;
	size_t count, late = 0;
	TRY(training_missing(now->look, visit->office->pack, unit, T(""), LOOKED_AT, &list, &count));
	for (size_t at = 0; at < count; at++)
		late += list[at].is_late;
	if (late == 0)
		return OK;
	now_put(now, NOW_RED, (struct now_line){
		.kind = text_of(say("研修")),
		.all = url_path(visit->arena, "/training"),
		.words = text_format(visit->arena, say("期限を過ぎた受講が%zu件あります。"), late),
		.why = unit.no == 0 ? T("") : unit_name(now->look, unit.no),
		.due = DAY_NONE,
		.href = unit.no == 0 ? url_path(visit->arena, "/training/results")
				     : url_path(visit->arena, "/training/section"),
	});
	return OK;
}

struct error *
now_training(struct now *now)
{
	if (!now->visit->office->pack->training.is_there || now->scope == NOW_SYSTEMS)
		return OK;
	if (now->scope == NOW_MINE)
		return training_of_mine(now);
	if (now->scope == NOW_BODY)
		return training_within(now, (struct unit_id){ 0 });
	for (size_t at = 0; at < now->units_count; at++)
		TRY(training_within(now, now->units[at]));
	return OK;
}

/* ---- Incidents ---- */

static struct day
day_of(struct moment moment)
{
	return moment.ms == 0 ? DAY_NONE : moment_day(moment);
}

static struct error *
incidents_of_mine(struct now *now)
{
	struct visit *visit = now->visit;
	const struct person_id person = visit->session.person;
	struct incident_link *links;
	struct incident_task *tasks;
	size_t count;
	TRY(incident_links_of(now->look, visit->office->pack, person, &links, &count));
	for (size_t at = 0; at < count; at++)
		now_put(now, links[at].is_late ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("事案の連絡")),
			.all = url_path(visit->arena, "/incidents"),
			.words = text_of(say("事案の連絡を受け取る")),
			.why = links[at].unit_name,
			.due = day_of(links[at].term),
			.href = url_of_number(visit->arena, "/incidents/{}", links[at].incident.no),
		});
	TRY(incident_tasks_of(now->look, visit->office->pack, person, &tasks, &count));
	for (size_t at = 0; at < count; at++)
		now_put(now, tasks[at].is_late ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("事案の作業・指示")),
			.all = url_path(visit->arena, "/incidents"),
			.words = tasks[at].play != NULL ? words_now(tasks[at].play->words) : tasks[at].words,
			.why = tasks[at].incident_number,
			.due = day_of(tasks[at].due),
			.href = url_of_number(visit->arena, "/incidents/{}", tasks[at].incident.no),
		});
	return OK;
}

/* Living cases that the visitor may read: red where something of them is past its time. */
static struct error *
incidents_living(struct now *now)
{
	struct visit *visit = now->visit;
	const struct incident_query query = { .only_living = true, .with_drills = true };
	struct incident *list;
	size_t count;
	bool has_more;
	TRY(incident_list(now->look, visit->office->pack, &visit->rights, &query, &list, &count, &has_more));
	for (size_t at = 0; at < count; at++)
		now_put(now, list[at].late > 0 ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(list[at].is_drill ? say("訓練の事案") : say("事案")),
			.all = url_path(visit->arena, "/incidents"),
			.words = text_format(visit->arena, "%.*s %.*s", T_ARG(list[at].number), T_ARG(list[at].title)),
			.why = text_format(visit->arena, say("%s。待っている連絡%lld件、作業%lld件、期限を過ぎたもの%lld件。"),
					   incident_state_words(list[at].state), (long long)list[at].waiting,
					   (long long)list[at].open_tasks, (long long)list[at].late),
			.due = list[at].next_due,
			.href = url_of_number(visit->arena, "/incidents/{}", list[at].id.no),
		});
	return OK;
}

struct error *
now_incidents(struct now *now)
{
	if (now->visit->office->pack->incidents.kinds_count == 0)
		return OK;
	if (now->scope == NOW_MINE)
		return incidents_of_mine(now);
	return now->scope == NOW_BODY ? incidents_living(now) : OK;
}

/* ---- Audits ---- */

static void
put_point(struct now *now, const struct audit_point *point)
{
	struct visit *visit = now->visit;
	now_put(now, point->is_late ? NOW_RED : NOW_DO, (struct now_line){
		.kind = text_of(say("監査の指摘")),
		.all = url_path(visit->arena, "/audits"),
		.words = point->title,
		.why = text_format(visit->arena, "%.*s %.*s", T_ARG(point->unit_name), T_ARG(point->audit_title)),
		.due = point->due,
		.href = url_of_number(visit->arena, "/audit-points/{}", point->id.no),
	});
}

static bool
is_of_units(const struct now *now, struct unit_id unit)
{
	for (size_t at = 0; at < now->units_count; at++)
		if (now->units[at].no == unit.no)
			return true;
	return false;
}

struct error *
now_audits(struct now *now)
{
	struct visit *visit = now->visit;
	struct audit_eyes eyes;
	struct audit_point *list;
	size_t count;
	if (visit->office->pack->audit == NULL || now->scope == NOW_MINE || now->scope == NOW_SYSTEMS)
		return OK;
	TRY(audit_sees(now->look, visit->office->pack, visit->session.person, &eyes));
	TRY(audit_points(now->look, visit->office->pack, (struct audit_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct audit_point *point = &list[at];
		if (point->settled.ms != 0 || day_is_none(point->due))
			continue;
		if (now->scope == NOW_BODY ? eyes.all && point->is_late : is_of_units(now, point->unit))
			put_point(now, point);
	}
	return OK;
}
