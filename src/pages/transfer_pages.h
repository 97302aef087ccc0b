/* What the pages about transfer lists share. */
#ifndef BANSHO_PAGES_TRANSFER_PAGES_H
#define BANSHO_PAGES_TRANSFER_PAGES_H

#include "pages/people_pages.h"

#include "transfer/transfer.h"

/* The list of the path; MISSING to who may neither edit people nor decide. */
struct error *transfer_shown(struct look *look, struct visit *visit, struct transfer *transfer) MUST_USE;
struct error *transfer_draw(struct look *look, struct visit *visit) MUST_USE;
struct url transfer_url(struct arena *arena, struct transfer_id id);
/* "/transfers/3/ask" */
struct url transfer_act_url(struct arena *arena, struct transfer_id id, const char *what);
/* What an act needs, from the path and the hidden field "change". */
struct error *transferring_of(struct visit *visit, struct transferring *of) MUST_USE;

/*
 * Accounts of other systems that these people hold and should not afterwards; NULL: none. What an account
 * is called is shown to its own person and to who may read its system; the latter get links.
 */
struct error *staying_of(struct look *look, struct visit *visit, const struct transfer_moved *moved,
			 size_t count, bool has_who,
			 const struct staying_part **part) MUST_USE;

#endif
