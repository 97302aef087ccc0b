/* Where a rule is bent, every page that shows the rule says so. */
#ifndef BANSHO_PAGES_BENT_H
#define BANSHO_PAGES_BENT_H

#include "pages/rooms.h"

#include "flow/exception.h"

/*
 * What bends the clause today, for `{use bent x}`; NULL when nothing does. That there is an exception and
 * until when is everybody's to see; which, and the measure taken instead, of who may read the map.
 */
struct error *bent_make(struct look *look, struct visit *visit, const struct pack_clause *clause,
			struct bent_part **made) MUST_USE;

/* All of today's, for a page that shows many rules; read once. */
struct bends {
	struct flow_bend *list;
	size_t count;
};
struct error *bends_today(struct look *look, struct visit *visit, struct bends *bends) MUST_USE;
/* Is the clause, or a duty below it, bent? *badge then: 例外中（令和9年3月31日まで）. */
bool bends_of(struct visit *visit, const struct bends *bends, const struct pack_clause *clause,
	      struct text *badge, struct url *href);

struct url exception_url(struct visit *visit, struct permit_id permit);

#endif
