/* What the pages about accounts of other systems share. */
#ifndef BANSHO_PAGES_ACCESS_PAGES_H
#define BANSHO_PAGES_ACCESS_PAGES_H

#include "pages/list_pages.h"

#include "access/access.h"

/* The system {id} of the path, which the right must reach: RIGHT_LEDGER_READ or _WRITE. */
struct error *access_system_of(struct look *look, struct visit *visit, enum right right,
			       struct access_system *system) MUST_USE;
/* Those whose unit the visitor may read. */
struct error *access_systems_in_reach(struct look *look, struct visit *visit, struct access_system **list,
				      size_t *count) MUST_USE;
/* The account {account} of it. */
struct error *access_account_of_path(struct look *look, struct visit *visit, enum right right,
				     struct access_system *system, struct access_account *account)
	MUST_USE;
struct url access_system_url(struct arena *arena, struct row_id system);
struct url access_account_url(struct arena *arena, const struct access_account *account);
/* Whose: a name with the number, what a list called them, or words that say that nobody knows. */
struct text access_whose(struct arena *arena, const struct access_account *account);
/* How it stands, and its tag. */
struct text access_state_words(const struct access_account *account);
const char *access_state_tag(const struct access_account *account);
int64_t access_troubles_sum(const struct access_system *system);

look_page access_import_choose_draw, access_preview_draw;

#endif
