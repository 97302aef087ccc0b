/*
 * Rows and dossiers of the demonstration written as tables of answers (demo_cases.c, demo_systems.c), and how
 * one of them is played. For a pack whose ledgers and occasions have these columns and questions.
 */
#ifndef BANSHO_CLI_DEMO_PLAN_H
#define BANSHO_CLI_DEMO_PLAN_H

#include "cli/demo.h"

enum { PAIRS = 40, DECISIONS = 9, HOUR_MINUTES = 60, MINUTE_MS = 60000 };

/* Who keeps a ledger or makes an application. */
enum who { WHO_IT_HEAD, WHO_TAX_HEAD, WHO_CITIZEN_HEAD, WHO_CITIZEN, WHO_TAX, WHO_WELFARE };

/*
 * A value that begins with @ is worked out: @me, @name and @unit-name (mine, in words), @today, @now, @before (half an hour ago), @later and @back (in
 * two and four days), @days:N (today and N days more), @row:N (one of the first ten rows), @stick (a stick of
 * the unit with class I), @operator (who runs the systems).
 */
struct pair {
	const char *name;
	const char *value;
};

struct row_plan {
	const char *ledger;
	enum who who;
	int64_t ago;
	struct pair pairs[PAIRS];
};

struct case_plan {
	enum who who;
	int64_t ago;
	bool is_left; /* nobody has decided yet */
	struct pair pairs[PAIRS];
};

/* Are there the units in which all this happens? */
bool demo_has_cast(const struct demo *demo);
struct error *demo_add_row(struct demo *demo, const struct row_plan *plan, struct act *act,
			   struct row_id *row) MUST_USE;
/* Step 0 drafts, 1 sends, later ones decide: one step of the route each time. */
struct error *demo_step_case(struct demo *demo, const struct case_plan *plan, size_t step,
			     struct act *act, struct dossier_id *dossier) MUST_USE;
/* The events of a dossier: `deed` with `what`, and the step as `other`. */
void demo_plan_case(struct demo *demo, struct chance *chance, const struct case_plan *plan,
		    enum demo_deed deed, size_t what);

#endif
