/* What only this room's own files know. */
#ifndef BANSHO_DUTY_ROOMS_H
#define BANSHO_DUTY_ROOMS_H

#include "duty/duty.h"
#include "duty/duty_sql.h"

#include "base/say.h"

enum { PLACES_MOST = 100000, AT_ONCE = 5000, DUES_MOST = 60 };

struct text about_duty(struct arena *into, struct text code);
/* The fact of an act about one occurrence, with what every such entry names. */
struct fact fact_about(struct arena *into, const char *act, const struct duty_occurrence *occurrence);

/* ---- place.c ---- */

struct place {
	int64_t unit; /* 0: the whole body */
	int64_t row;  /* 0: none */
};
/* Where a duty is to be done today, by unit and row. */
struct error *places_of(struct look *look, const struct flow *flow, const struct pack_duty *duty,
			struct place **list, size_t *count) MUST_USE;
int place_order(const void *left, const void *right);

/* ---- plan.c ---- */

/* What a duty's rhythm is in this body. */
struct rhythm {
	const struct pack_duty *duty;
	int64_t every, lead, within, escalate;
};
struct error *rhythm_of(struct look *look, const struct pack *pack, const struct pack_duty *duty,
			struct rhythm *rhythm) MUST_USE;
/* The last day of the next month of the duty behind `after`. */
struct day month_after(const struct pack_duty *duty, struct day after);
/* The last day of the month of the duty before the one that ends on `due`. */
struct day month_before(const struct pack_duty *duty, struct day due);
/* Bring one duty up to date in this act, everywhere; notes "duty.plan" when there was anything. */
struct error *plan_in_act(struct act *act, const struct flow *flow, const struct pack_duty *duty,
			  struct duty_done *done) MUST_USE;
/* The next occurrence of one place, if its rhythm has one; notes nothing. */
struct error *plan_next(struct act *act, const struct flow *flow, const struct pack_duty *duty,
			struct place place) MUST_USE;
struct error *occurrence_add(struct act *act, const struct rhythm *rhythm, struct place place,
			     struct day due, struct text why, int64_t *id) MUST_USE;

/* ---- put.c ---- */

/* The record as it is kept, once ledger_check() has passed it. */
struct error *record_check(struct look *look, const struct flow *flow,
			   const struct duty_occurrence *occurrence, const struct duty_doing *doing,
			   struct ledger_value **values, size_t *count, struct text *json) MUST_USE;
/* Write the row that the pack asks for; no 0 where it asks for none. */
struct error *record_put(struct act *act, const struct flow *flow,
			 const struct duty_occurrence *occurrence, struct day on,
			 const struct ledger_value *values, size_t count, struct row_id *put) MUST_USE;

#endif
