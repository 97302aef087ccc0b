/* What the pages of things (物品), stock-takes and software share. */
#ifndef BANSHO_PAGES_THING_PAGES_H
#define BANSHO_PAGES_THING_PAGES_H

#include "pages/list_pages.h"

#include "inventory/inventory.h"

struct url thing_url(struct arena *arena, struct row_id id);
struct url take_url(struct arena *arena, struct take_id id);
/* "go", "wait", "stop", "off". */
struct text thing_tag(enum thing_state state, bool is_overdue);
/* MISSING with plain words where the pack has no inventory.yaml. */
struct error *things_must_be(const struct visit *visit) MUST_USE;
/* The units whose things the visitor may read; NULL for all of them. */
const struct unit_id *things_within(const struct visit *visit, size_t *count);
bool thing_opens(struct look *look, struct visit *visit, struct unit_id unit, struct person_id holder);
/* The box into which a label is read; `method_post` where scanning is an act. */
struct scan_part *scan_box(struct visit *visit, struct url action, bool is_post);

#endif
