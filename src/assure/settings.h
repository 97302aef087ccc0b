/*
 * The settings of the body's systems as they are written down in the register (rules of kind values): what each
 * is, what the policy asks, and whether that will do. Nothing is written here: the register is changed as any
 * ledger is, and looked at again by the duty that the pack has for it.
 */
#ifndef BANSHO_ASSURE_SETTINGS_H
#define BANSHO_ASSURE_SETTINGS_H

#include "assure/assure.h"

enum setting_state {
	SETTING_WEAK,	/* worse than asked */
	SETTING_STALE,	/* will do, but nobody looked in time */
	SETTING_SILENT, /* not written down */
	SETTING_GOOD,
	SETTING_STATES,
};
const char *setting_state_words(enum setting_state state); /* 決まりより弱い (through say) */

struct setting {
	const struct pack_field *column;
	struct text value; /* as people read it; empty: not written down */
	struct text asked; /* "12以上" */
	enum setting_state state;
	const struct pack_clause *clause; /* that asks for it */
};

/* In order of the columns; those that do not concern the row (its rule's `where`) are left out. */
struct settings {
	struct ledger_row row;
	struct day looked; /* DAY_NONE: never, or the ledger has no such column */
	struct setting *list;
	size_t count;
	int64_t of[SETTING_STATES];
};

/* Does the pack ask anything of the rows of this ledger? */
bool assure_has_settings(const struct pack *pack, const struct pack_ledger *ledger);
/* Of one row. MISSING when there is none. Right: whoever may read the row. */
struct error *assure_settings(struct look *look, const struct flow *flow, struct row_id row,
			      struct settings *settings) MUST_USE;

#endif
