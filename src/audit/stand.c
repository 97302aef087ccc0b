/* How audits stand, for the rules of evidence; and what waits for one person. */
#include "audit/rooms.h"

static void
fill_work(const struct audit_stand_work_row *work, const struct audit_stand_points_row *points,
	  struct audit_stand *stand)
{
	stand->unsigned_items = work->unsigned_items;
	stand->papers = work->papers;
	stand->without_papers = work->without_papers;
	stand->requests = work->requests;
	stand->requests_late = work->requests_late;
	stand->points = points->points;
	stand->open = points->open;
	stand->late = points->late;
}

static struct error *
count_unordered(struct look *look, const struct pack *pack, struct audit_stand *stand)
{
	struct audit_point *list;
	size_t count;
	TRY(audit_points(look, pack, (struct audit_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		stand->to_order += list[at].state == POINT_WRITTEN;
	return OK;
}

struct error *
audit_stand(struct look *look, const struct pack *pack, struct day since, struct audit_stand *stand)
{
	const struct day today = moment_day(look->now);
	const int64_t from = day_begin(since).ms;
	struct audit_stand_cases_row cases;
	struct audit_stand_work_row work;
	struct audit_stand_points_row points;
	struct audit_stand_council_row council;
	struct audit_stand_review_row review;
	TRY(audit_stand_cases(look, &(struct audit_stand_cases_in){ day_fiscal_year(today), from }, &cases));
	TRY(audit_stand_work(look, &(struct audit_stand_work_in){ from, today.no }, &work));
	TRY(audit_stand_points(look, &(struct audit_stand_points_in){ from, today.no }, &points));
	TRY(audit_stand_council(look, &(struct audit_stand_council_in){ from }, &council));
	TRY(audit_stand_review(look, &(struct audit_stand_review_in){ 0 }, &review));
	*stand = (struct audit_stand){
		.planned = cases.planned,
		.begun = cases.begun,
		.untold = cases.untold,
		.unnamed = cases.unnamed,
		.reported = { cases.reported },
		.outside = { cases.outside },
		.reports = cases.reports,
		.improvements = council.improvements,
		.has_improvable = cases.reported != 0,
		.met = { council.met },
		.reviewed = { review.reviewed },
		.is_used = review.used != 0,
		.has_council = pack->audit != NULL && pack->audit->council != NULL,
	};
	stand->unreceived = council.unreceived;
	if (stand->has_council && council.undecided > stand->unreceived)
		stand->unreceived = council.undecided;
	fill_work(&work, &points, stand);
	return count_unordered(look, pack, stand);
}

/* ---- Mine ---- */

static void
add_mine(struct audit_mine *mine, struct day due, struct day today, struct text path)
{
	mine->open++;
	mine->late += due.no < today.no;
	if (day_is_none(mine->next) || due.no < mine->next.no) {
		mine->next = due;
		mine->path = path;
	}
}

struct error *
audit_mine(struct look *look, const struct pack *pack, struct person_id person, struct day day,
	   struct audit_mine *mine)
{
	struct audit_point *points;
	struct audit_request *requests;
	struct audit_eyes eyes;
	size_t count;
	bool is_mine;
	*mine = (struct audit_mine){ .next = DAY_NONE };
	if (pack->audit == NULL)
		return OK;
	TRY(audit_sees(look, pack, person, &eyes));
	if (eyes.count == 0 && !eyes.is_orders)
		return OK;
	TRY(audit_points(look, pack, (struct audit_id){ 0 }, &points, &count));
	for (size_t at = 0; at < count; at++) {
		mine->orders_late += eyes.is_orders && points[at].is_late;
		if (points[at].state != POINT_ORDERED && points[at].state != POINT_ANSWERED)
			continue;
		TRY(audit_answers_for(look, &eyes, points[at].unit, &is_mine));
		if (is_mine)
			add_mine(mine, points[at].due, day,
				 path_of(look->arena, "/audit-points", points[at].id.no));
	}
	TRY(audit_requests(look, (struct audit_id){ 0 }, &requests, &count));
	for (size_t at = 0; at < count; at++) {
		TRY(audit_answers_for(look, &eyes, requests[at].unit, &is_mine));
		if (is_mine)
			add_mine(mine, requests[at].due, day, T("/audits"));
	}
	return OK;
}
