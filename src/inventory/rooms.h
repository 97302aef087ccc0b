/* What only this room's own files know. */
#ifndef BANSHO_INVENTORY_ROOMS_H
#define BANSHO_INVENTORY_ROOMS_H

#include "inventory/inventory.h"
#include "inventory/inventory_sql.h"

#include "base/say.h"

enum { DAY_MS = 86400000, OWNERS_MOST = 5000 };

/* The pack's inventory.yaml. MISSING without one. */
struct error *inventory_rules(const struct flow *flow, const struct pack_inventory **rules) MUST_USE;
/* Of the row's ledger, when the row is a thing; else NULL. */
const struct pack_things *things_of(struct arena *arena, const struct pack *pack,
				    const struct ledger_row *row);
struct text about_thing(struct arena *into, struct row_id row);
/* 電磁的記録媒体台帳 12: for whom the title may say too much. */
struct text ledger_place(struct arena *into, const struct pack *pack, struct text ledger,
			 int64_t number);
struct text tidy_words(struct text words);
struct error *words_are(struct text words, const char *field, const char *what, size_t most) MUST_USE;
/* Everything that has its day behind it, that day included. */
struct moment end_of_day(struct day day);

/* units.c: every thing of one unit (no 0: of all), one after another. `row` is valid during the call only. */
struct error *things_each(struct look *look, const struct flow *flow, struct unit_id unit,
			  struct error *(*each)(void *with, const struct ledger_row *row,
						const struct pack_things *things),
			  void *with) MUST_USE;
bool reach_has_unit(struct look *look, const struct unit_id *within, size_t count, struct unit_id unit);

/* take.c: without the figures, which read every thing of a running one. */
struct error *take_head(struct look *look, const struct flow *flow, struct take_id id,
			struct inventory_take *take) MUST_USE;

/* loan.c */
struct error *must_keep_things(struct act *act, const struct flow *flow, struct unit_id unit) MUST_USE;
struct error *must_be_of_keepers(struct act *act, const struct flow *flow, struct unit_id unit) MUST_USE;

#endif
