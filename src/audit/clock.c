/* What time causes: who is late with a point or a request is told, then who ordered. */
#include "audit/rooms.h"

enum { REMIND_DAYS = 7, ESCALATE_DAYS = 14, LATE_MOST = 500 };

static const struct actor the_clock = { .through = T_INIT("clock") };

struct ticking {
	const struct pack *pack;
	struct audit_done *done;
	int64_t id;
};

/* Told on a day to come: the clock was wrong then, and whoever was told may think it a mistake. */
static bool
is_time(int64_t told, struct day today)
{
	return told == 0 || told > today.no || today.no - told >= REMIND_DAYS;
}

static bool
has_to_escalate(const struct audit_point_late_row *row, struct day today)
{
	return (row->escalated == 0 || row->escalated > today.no) && today.no - row->due >= ESCALATE_DAYS;
}

static struct error *
note_told(struct act *act, const char *name, const struct audit_point_get_row *row)
{
	struct arena *arena = act->look.arena;
	return act_note(act, &(struct fact){ .act = name,
					     .about = { audit_about_point(arena, (struct point_id){ row->id }),
							audit_about(arena, (struct audit_id){ row->audit }) } });
}

/* Once each: a second program finds it told. */
static struct error *
remind_point(struct act *act, void *with)
{
	struct ticking *ticking = with;
	struct arena *arena = act->look.arena;
	const struct day today = moment_day(act->look.now);
	struct audit_point_late_row *rows;
	struct audit_point_get_row row;
	size_t count, at = 0;
	bool found;
	TRY(audit_point_late(&act->look, &(struct audit_point_late_in){ today.no, LATE_MOST }, &rows, &count));
	while (at < count && rows[at].id != ticking->id)
		at++;
	TRY(audit_point_get(&act->look, &(struct audit_point_get_in){ ticking->id }, &found, &row));
	if (at == count || !found)
		return OK;
	const bool escalates = has_to_escalate(&rows[at], today);
	if (!is_time(rows[at].told, today) && !escalates)
		return OK;
	struct tell tell = { .role = escalates ? ticking->pack->audit->orders : ticking->pack->audit->answers,
			     .about = audit_about_point(arena, (struct point_id){ row.id }),
			     .words = text_format(arena, say("監査の指摘「%.*s」の期限(%.*s)が過ぎました。"),
						  T_ARG(row.title),
						  T_ARG(day_wareki(arena, (struct day){ row.due }))),
			     .path = path_of(arena, "/audit-points", row.id),
			     .subject = say("監査の指摘の期限が過ぎました") };
	if (!escalates)
		tell.unit = (struct unit_id){ row.unit };
	TRY(people_tell_role(act, &tell));
	TRY(audit_point_told(act, &(struct audit_point_told_in){ row.id, escalates ? rows[at].told : today.no,
								 escalates ? today.no : rows[at].escalated }));
	*(escalates ? &ticking->done->escalated : &ticking->done->reminded) += 1;
	return note_told(act, escalates ? "audit.escalate" : "audit.remind", &row);
}

static struct error *
remind_request(struct act *act, void *with)
{
	struct ticking *ticking = with;
	struct arena *arena = act->look.arena;
	const struct day today = moment_day(act->look.now);
	struct audit_request_overdue_row *rows;
	size_t count, at = 0;
	TRY(audit_request_overdue(&act->look, &(struct audit_request_overdue_in){ today.no, LATE_MOST }, &rows,
				  &count));
	while (at < count && rows[at].id != ticking->id)
		at++;
	if (at == count || !is_time(rows[at].told, today))
		return OK;
	const struct audit_id id = { rows[at].audit };
	TRY(people_tell_role(act, &(struct tell){ .role = ticking->pack->audit->answers,
					   .unit = { rows[at].unit },
					   .about = audit_about(arena, id),
					   .words = text_of(say("監査人が求めた資料の期限が過ぎました。")),
					   .path = T("/audits"),
					   .subject = say("監査の資料の期限が過ぎました") }));
	TRY(audit_request_told(act, &(struct audit_request_told_in){ ticking->id, today.no }));
	ticking->done->reminded++;
	return act_note(act, &(struct fact){ .act = "audit.remind",
					     .about = { audit_about(arena, id) },
					     .pairs = { { "request", { 0 }, ticking->id } } });
}

static struct error *
read_late(struct store *store, struct arena *arena, struct audit_point_late_row **points,
	  size_t *points_count, struct audit_request_overdue_row **requests, size_t *requests_count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(store, arena, &look));
	const int64_t today = moment_day(look.now).no;
	TRY(audit_point_late(&look, &(struct audit_point_late_in){ today, LATE_MOST }, points, points_count));
	return audit_request_overdue(&look, &(struct audit_request_overdue_in){ today, LATE_MOST }, requests,
				     requests_count);
}

static bool
point_wants(const struct audit_point_late_row *row, struct day today)
{
	return is_time(row->told, today) || has_to_escalate(row, today);
}

struct error *
audit_clock(struct store *store, struct arena *arena, const struct flow *flow, struct audit_done *done)
{
	struct ticking ticking = { flow->pack, done, 0 };
	struct audit_point_late_row *points;
	struct audit_request_overdue_row *requests;
	size_t points_count, requests_count;
	struct day today;
	*done = (struct audit_done){ 0 };
	if (flow->pack->audit == NULL)
		return OK;
	TRY(read_late(store, arena, &points, &points_count, &requests, &requests_count));
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		today = moment_day(look.now);
	}
	for (size_t at = 0; at < points_count; at++) {
		ticking.id = points[at].id;
		if (point_wants(&points[at], today))
			TRY(store_act(store, arena, &the_clock, remind_point, &ticking));
	}
	for (size_t at = 0; at < requests_count; at++) {
		ticking.id = requests[at].id;
		if (is_time(requests[at].told, today))
			TRY(store_act(store, arena, &the_clock, remind_request, &ticking));
	}
	return OK;
}
