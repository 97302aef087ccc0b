/* What only this room's own files know. */
#ifndef BANSHO_CHECK_ROOMS_H
#define BANSHO_CHECK_ROOMS_H

#include "check/check.h"
#include "check/check_sql.h"

#include "base/say.h"
#include "duty/duty.h"

enum { SHEETS_MOST = 5000, UNITS_MOST = 5000, ROWS_MOST = 5000, LATE_MOST = 2000 };

/* False: an older store that has not this room's tables yet. */
struct error *check_is_there(struct look *look, bool *is_there) MUST_USE;

struct text about_campaign(struct arena *into, struct campaign_id id);
struct text about_sheet(struct arena *into, struct sheet_id id);
struct text about_improvement(struct arena *into, struct improvement_id id);

bool campaign_state_read(struct text name, enum campaign_state *state);
/* Person for what the store has that this version does not know. */
enum checklist_of asks_read(struct text name);
/* Ids with spaces between, both ways. */
struct text clauses_joined(struct arena *into, const struct pack_check_item *item);
struct text *clauses_split(struct arena *into, struct text joined, size_t *count);

/* INVALID for `field` when the words are missing or longer than CHECK_MOST_WORDS. */
struct error *check_words(const char *field, struct text words, const char *missing) MUST_USE;

/* ---- campaign.c ---- */

/* The acting person runs the checklist, and acts in that role; or it is the clock. */
struct error *must_run(struct act *act, const struct pack *pack, struct text checklist) MUST_USE;

/* ---- asked.c ---- */

/* A sheet for everybody the campaign asks. */
struct error *ask_all(struct act *act, const struct pack_checklist *checklist, struct campaign_id id,
		      int64_t *asked) MUST_USE;

/* ---- sheet.c ---- */

/* May the person answer for a section or system of that unit, and as whom? */
struct error *may_answer_for(struct look *look, const struct pack *pack, struct text checklist,
			     struct unit_id unit, struct person_id person, bool *may,
			     struct decider *as) MUST_USE;
/* Does the person hold the checklist's `by` or a role above it anywhere? Few do: asked before the rest. */
struct error *may_answer_any(struct look *look, const struct pack *pack, struct person_id person,
			     bool *may) MUST_USE;
/* Who heads the people of a unit, for staff; who answers, for sections and systems. */
const struct pack_role *who_answers_for(const struct pack *pack, const struct pack_checklist *checklist);

struct improvement improvement_from(const struct check_answer_get_row *row, struct day today);

#endif
