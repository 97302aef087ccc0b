/* What is done in a self-check of the working year (year_acts.h). */
#ifndef BANSHO_TESTS_YEAR_CHECK_H
#define BANSHO_TESTS_YEAR_CHECK_H

#include "year_house.h"

static inline struct error *
campaign(struct act *act, struct year *y)
{
	return check_plan(act, &y->f.flow,
			  &(struct planning){ .checklist = T("staff"), .since = moment_day(act->look.now),
					      .until = D(7), .units = &y->f.house.section, .units_count = 1 },
			  &y->campaign);
}

static inline struct error *
campaign_is_withdrawn(struct act *act, struct year *y)
{
	return check_withdraw(act, &y->f.flow, y->campaign);
}

static inline struct error *
campaign_opens(struct act *act, struct year *y)
{
	return check_begin(act, &y->f.flow, y->campaign);
}

static inline struct error *
mine_of(struct look *look, const struct year *y, struct check_mine *mine)
{
	return check_mine(look, YEAR_PACK(y), y->f.house.staff, moment_day(look->now), mine);
}

static inline struct error *
sheet_is_answered(struct act *act, struct year *y)
{
	struct check_mine mine;
	struct check_sheet sheet;
	struct check_answering answers[CHECK_MOST_ITEMS];
	TRY(mine_of(&act->look, y, &mine));
	TRY(check_sheet(&act->look, mine.sheets[0].id, &sheet));
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct check_answering){ sheet.items[at].id, at < 2 ? CHECK_NO : CHECK_YES,
							at < 2 ? T("片づける") : T(""), at < 2 ? D(5) : DAY_NONE };
	return check_answer(act, &y->f.flow, sheet.id, answers, sheet.count);
}

static inline struct error *
improvement_is_put_off(struct act *act, struct year *y)
{
	struct check_mine mine;
	TRY(mine_of(&act->look, y, &mine));
	return check_replan(act, &y->f.flow, mine.improvements[0].id, T("棚を頼んだ。"), D(20));
}

static inline struct error *
improvement_is_made(struct act *act, struct year *y)
{
	struct check_mine mine;
	TRY(mine_of(&act->look, y, &mine));
	return check_improve(act, &y->f.flow, mine.improvements[0].id, T("鍵を付けた。"));
}

static inline void
its_days_are_over(struct year *y)
{
	days_pass(&y->f, 9);
}

static inline struct error *
campaign_is_closed(struct act *act, struct year *y)
{
	return check_finish(act, &y->f.flow, y->campaign, T("改善を続ける。"));
}

#endif
