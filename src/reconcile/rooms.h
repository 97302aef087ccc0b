/* What only this room's own files know. */
#ifndef BANSHO_RECONCILE_ROOMS_H
#define BANSHO_RECONCILE_ROOMS_H

#include "reconcile/reconcile.h"
#include "reconcile/reconcile_sql.h"

#include "base/say.h"

/* ---- sources.c ---- */

/* A set being filled from a source. */
struct filling {
	struct look *look;
	const struct flow *flow;
	const struct pack_reconcile *of;
	const struct pack_reconcile_side *side;
	const struct pack_field *columns[RECONCILE_MOST_COLUMNS];
	size_t columns_count;
	struct reconcile_set *set;
	size_t room;
};
/* One row: values by the shape's names, as kept. It is taken when the side's condition holds. */
struct error *filling_add(struct filling *filling, const struct ledger_value *values, size_t count)
	MUST_USE;
/* A value a reader has at hand. */
struct ledger_value named_text(const char *name, struct text value);
struct ledger_value named_day(struct arena *into, const char *name, int64_t day); /* INT64_MIN, 0: none */
struct ledger_value named_moment(struct arena *into, const char *name, int64_t ms); /* 0: none */
struct ledger_value named_yes(const char *name, bool is_yes);
struct ledger_value named_number(struct arena *into, const char *name, int64_t number);

/* ---- source_people.c, source_flow.c, source_contract.c, source_things.c: readers ---- */

typedef struct error *source_reader(struct filling *filling);
source_reader source_ledger, source_permits, source_all_permits, source_outings, source_items, source_people,
	source_workers, source_everyone, source_contract_workers, source_named, source_handovers,
	source_visits, source_loans;

/* 2026-04-01/2027-03-31; an end that is not known is left open. */
struct text source_period(struct arena *into, int64_t since, int64_t until);
/* Of somebody of a firm, who is no staff; do days that may be open hold today? */
bool source_is_outside(struct text employment);
bool source_is_within(const struct filling *filling, int64_t since, int64_t until);

/* ---- act.c ---- */

struct error *must_own(struct act *act, const struct pack_reconcile *of) MUST_USE;
struct fact fact_of(struct arena *into, const char *act, const struct pack_reconcile *of);

/* The place of a set or result beside the store. */
const char *file_path(struct store *store, struct arena *into, const struct hash *digest);

/* Is 0 where SQL knows none. */
struct day day_or_none(int64_t day);

#endif
