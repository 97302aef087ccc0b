/* What the pages about self-checks share. */
#ifndef BANSHO_PAGES_CHECK_PAGES_H
#define BANSHO_PAGES_CHECK_PAGES_H

#include "pages/list_pages.h"
#include "pages/people_pages.h"

#include "check/check.h"

/* Of a hundred, rounded down; 0 of nothing. */
int64_t check_percent(int64_t of, int64_t all);
struct url check_sheet_url(struct arena *arena, struct sheet_id id);
struct url check_improvement_url(struct arena *arena, struct improvement_id id);
struct url check_campaign_url(struct arena *arena, struct campaign_id id, const char *rest);
const char *campaign_tag(const struct campaign *campaign);

#endif
