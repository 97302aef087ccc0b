/* What only this room's own files know. */
#ifndef BANSHO_ENACT_ROOMS_H
#define BANSHO_ENACT_ROOMS_H

#include "enact/enact.h"
#include "enact/enact_sql.h"

/* ---- words.c ---- */

bool version_state_read(struct text name, enum version_state *state);
bool item_kind_read(struct text name, enum item_kind *kind);

/* ---- version.c ---- */

struct text about_version(struct arena *into, struct version_id id);
/* Note a fact about the version, with up to six pairs ended by name NULL. */
struct error *note_version(struct act *act, struct version_id id, const char *what,
			   const struct fact_pair *pairs) MUST_USE;
/* The version to act on: CONFLICT when `change` is not the present one; REFUSED without the right. */
struct error *version_take(struct act *act, const struct enacting *enacting,
			   struct enact_version *version) MUST_USE;

/* ---- touched.c ---- */

bool may_choose(const struct enact_item *item, enum item_choice choice);
/* INVALID when the answer does not fit the item. */
struct error *answer_check(struct arena *arena, const struct pack *to, const struct enact_item *item,
			   enum item_choice choice, struct text target) MUST_USE;

#endif
