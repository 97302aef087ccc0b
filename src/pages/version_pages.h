/* What the pages about versions of the policy share. */
#ifndef BANSHO_PAGES_VERSION_PAGES_H
#define BANSHO_PAGES_VERSION_PAGES_H

#include "pages/people_pages.h"

#include "assure/assure.h"
#include "enact/enact.h"

/* A version with its pack, and the one it is compared with (NULL: there was none before it). */
struct shown_change {
	struct enact_version version;
	const struct pack *pack;
	bool is_pending; /* proposed or published: `against` is the one in force */
	struct enact_version against_version;
	const struct pack *against;
};
struct error *change_of(struct look *look, struct visit *visit, const struct enact_version *version,
			struct shown_change *change) MUST_USE;
struct error *touched_of(struct look *look, struct visit *visit, const struct shown_change *change,
			 struct enact_touched *touched) MUST_USE;

const char *version_tag(enum version_state state);
const char *change_tag(enum change_kind kind);
struct text clause_words(const struct pack_clause *clause);

/* versions.c draws it again with faults after version_acts.c. */
struct error *version_draw(struct look *look, struct visit *visit) MUST_USE;


#endif
