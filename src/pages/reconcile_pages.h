/* What the pages of reconciliations share: which one the path names, addresses, words. */
#ifndef BANSHO_PAGES_RECONCILE_PAGES_H
#define BANSHO_PAGES_RECONCILE_PAGES_H

#include "pages/list_pages.h"

#include "reconcile/reconcile.h"

/* Sets hold rows of every unit: REFUSED to whom ledger.read does not reach the whole body. */
struct error *reconcile_must_see(const struct visit *visit) MUST_USE;
bool reconcile_sees(const struct visit *visit);
/* The reconciliation {code} of the path, for who may see it. */
struct error *reconcile_of(const struct visit *visit, const struct pack_reconcile **of) MUST_USE;
/* The same, for who decides in the owner's role: asked before files are read and sets held together. */
struct error *reconcile_owned(struct look *look, const struct visit *visit,
			      const struct pack_reconcile **of) MUST_USE;

struct url reconcile_url(struct arena *arena, const struct pack_reconcile *of);
struct url reconcile_run_url(struct arena *arena, const struct reconcile_run *run);
struct url difference_url(struct arena *arena, struct difference_id id);

struct text difference_tag(enum difference_state state);
/* 「台帳」にだけある、内容が違う: 本数、サポート */
struct text difference_why(struct arena *arena, const struct pack_reconcile *of, const struct difference *one);
/* The row of a side in one line: 数 3、期限 令和9年3月31日. Empty without one. */
struct text difference_cells(struct arena *arena, const struct pack_reconcile *of, const struct difference *one,
			     enum pack_side side);
/* How the newest run stands, in a sentence, and its tag. */
struct text stand_words(struct arena *arena, const struct reconcile_stand *stand);
struct text stand_tag(const struct reconcile_stand *stand);
/* A cell as people read it. */
struct text cell_words(struct arena *arena, const struct pack_field *field, struct text value);

look_page reconciliation_draw, reconcile_preview_draw;

#endif
