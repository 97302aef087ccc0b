/* What is done with the duties of the body of the working year (year_acts.h). */
#ifndef BANSHO_TESTS_YEAR_DUTY_H
#define BANSHO_TESTS_YEAR_DUTY_H

#include "year_house.h"

static inline struct error *
open_duty(struct look *look, const struct year *y, const char *code, struct unit_id unit,
	  struct duty_occurrence *found)
{
	const struct duty_query query = { .duty = text_of(code), .is_open_only = true, .from = DAY_NONE,
					  .until = DAY_NONE };
	struct duty_occurrence *list;
	size_t count;
	TRY(duty_list(look, &y->f.flow, &query, 50, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].unit.no == unit.no) {
			*found = list[at];
			return OK;
		}
	return missing("no open duty %s", code);
}

static inline struct error *
duty_is_done(struct act *act, struct year *y)
{
	static const struct ledger_value typed[] = {
		{ T_INIT("work-by"), T_INIT("株式会社保守") },	  { T_INIT("confirmed-by"), T_INIT("契田") },
		{ T_INIT("place"), T_INIT("サーバ室") },	  { T_INIT("work"), T_INIT("部品を換えた") },
		{ T_INIT("contractor"), T_INIT("yes") }, { T_INIT("attended"), T_INIT("契田") },
	};
	struct duty_occurrence one = { 0 };
	TRY(open_duty(&act->look, y, "maintenance", y->f.house.other, &one));
	return duty_do(act, &y->f.flow,
		       &(struct duty_doing){ one.id, one.change, D(0), T(""), typed, sizeof typed / sizeof *typed });
}

static inline struct error *
duty_is_handed(struct act *act, struct year *y)
{
	struct duty_occurrence one = { 0 };
	TRY(open_duty(&act->look, y, "malware-scan", y->f.house.section, &one));
	return duty_hand(act, &y->f.flow, one.id, one.change, y->f.house.staff);
}

static inline struct error *
duty_is_excused(struct act *act, struct year *y)
{
	struct duty_occurrence one = { 0 };
	TRY(open_duty(&act->look, y, "malware-scan", y->f.house.other, &one));
	return duty_excuse(act, &y->f.flow, one.id, one.change, T("端末をすべて入れ替えた。"));
}

static inline struct error *
duty_is_begun(struct act *act, struct year *y)
{
	struct duty_id id;
	return duty_begin(act, &y->f.flow,
			  &(struct duty_beginning){ pack_duty(YEAR_PACK(y), T("threat")), y->f.house.other,
						    T("新しい手口が広まっている。") },
			  &id);
}

#endif
