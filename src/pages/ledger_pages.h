/* What the pages of a ledger share: which ledger, which rows the visitor may see, its addresses. */
#ifndef BANSHO_PAGES_LEDGER_PAGES_H
#define BANSHO_PAGES_LEDGER_PAGES_H

#include "pages/dossier_parts.h"
#include "paper/ledger_paper.h"

/* The ledger {code} of the path; MISSING when the pack has none of that name. */
struct error *ledger_of(const struct visit *visit, const struct pack_ledger **ledger) MUST_USE;
/* The row {id} of it, whose unit RIGHT_LEDGER_READ must reach. */
struct error *ledger_row_of(struct look *look, struct visit *visit, struct ledger_row *row) MUST_USE;
/* The same, living, for those who may change it. */
struct error *ledger_row_to_change(struct look *look, struct visit *visit, struct ledger_row *row)
	MUST_USE;
/* May the visitor change rows of that unit? For showing buttons; acts check again. */
bool may_write(struct look *look, struct visit *visit, int64_t unit);

struct url ledger_url(struct visit *visit, const struct pack_ledger *ledger);
/* What was confirmed before this counts as not confirmed; ms 0 when the ledger asks for nothing. */
struct error *confirm_since(struct look *look, struct visit *visit,
			    const struct pack_ledger *ledger, struct moment *since) MUST_USE;

/*
 * What the list's form asks for, kept within the units the visitor may see. REFUSED for a unit out of
 * reach. `base` is the address with the same narrowing and without the place in the list.
 */
struct listing {
	struct ledger_query query;
	struct unit_id unit; /* chosen; no 0: all within reach */
	bool is_narrowed;
	struct url base;
	struct text said; /* 「所属: 人事課、分類: Ⅰ」 for people */
};
struct error *listing_read(struct look *look, struct visit *visit,
			   const struct pack_ledger *ledger, struct url base,
			   struct listing *listing) MUST_USE;
/* The units of a right, as options; not to be changed, and gone with the look. */
struct error *reach_options(struct look *look, struct visit *visit, enum right right,
			    struct field_option **options, size_t *count) MUST_USE;

/* Handlers, by file; ledger_list.c lays out the rows. */
look_page ledger_list_draw, ledger_csv_send, ledger_xlsx_send, ledger_pdf_send; /* _list, _send */
look_page ledger_row_draw, ledger_confirm_draw;				/* _row, _confirm */
look_page ledger_new_draw, ledger_edit_draw;				/* _edit */
act_page ledger_new_do, ledger_edit_do, ledger_retire_do, ledger_confirm_do;

#endif
