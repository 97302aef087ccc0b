/* What the pages of recurring work share: addresses, who may open what, tags. */
#ifndef BANSHO_PAGES_DUTY_PAGES_H
#define BANSHO_PAGES_DUTY_PAGES_H

#include "pages/list_pages.h"

#include "duty/duty.h"

struct url occurrence_url(struct arena *arena, struct duty_id id);
struct url duty_url(struct arena *arena, struct text code);
/* "go", "wait", "stop", "off". */
struct text duty_tag(enum duty_state state);
/*
 * What was written down is for who does it, and for those who answer for it: its unit's heads and those
 * above, the body's officers, auditors.
 */
bool occurrence_opens(struct look *look, struct visit *visit,
		      const struct duty_occurrence *occurrence);
/* 情報システム課, or 全庁. */
struct text occurrence_place(const struct duty_occurrence *occurrence);

#endif
