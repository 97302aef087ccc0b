/* Figures for evidence. */
#include "training/rooms.h"

struct error *
training_share(struct look *look, struct text course, struct training_share *share)
{
	struct training_share_of_row row;
	TRY(training_share_of(look,
			      &(struct training_share_of_in){ course, moment_day(look->now).no }, &row));
	*share = (struct training_share){
		.asked = row.asked,
		.passed = row.passed,
		.excused = row.excused,
		.open = row.waiting,
		.late = row.late,
		.due = row.due == 0 ? DAY_NONE : (struct day){ row.due },
		.last = { row.last },
	};
	return OK;
}

struct error *
training_year(struct look *look, const struct pack *pack, int64_t year, struct training_year *made)
{
	struct training_reported_last_row reported;
	struct training_plan plan;
	*made = (struct training_year){ .reported = DAY_NONE };
	TRY(training_reported_last(look, &reported));
	if (reported.day != 0)
		made->reported = (struct day){ reported.day };
	TRY(training_plan_of(look, year, &made->has_plan, &plan));
	if (!made->has_plan)
		return OK;
	made->is_decided = plan.is_decided;
	return training_uncovered(look, pack, plan.id, &made->uncovered);
}

struct error *
training_kept(struct look *look, struct person_id person, struct training_kept *kept)
{
	struct training_kept_of_row row;
	TRY(training_kept_of(look, &(struct training_kept_of_in){ person.no }, &row));
	*kept = (struct training_kept){ row.tries, row.drills, row.opened, row.reported, row.suspicious };
	return OK;
}
