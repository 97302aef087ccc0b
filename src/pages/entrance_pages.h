/* What the pages of server rooms share. */
#ifndef BANSHO_PAGES_ENTRANCE_PAGES_H
#define BANSHO_PAGES_ENTRANCE_PAGES_H

#include "pages/list_pages.h"

#include "entrance/entrance.h"

struct url entrance_room_url(struct arena *arena, struct row_id id);
struct url entrance_visit_url(struct arena *arena, struct visit_id id);
/* The room of the path's {id}, if the visitor may read its unit's rows. */
struct error *entrance_open_room(struct look *look, struct visit *visit, struct entrance_room *room) MUST_USE;
/* 令和8年11月 */
struct text month_words(struct arena *arena, struct day first);
/* "go" left, "wait" inside, "stop" refused */
struct text visited_tag(const struct visited *visited);

#endif
