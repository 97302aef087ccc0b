/*
 * Files between the page that looks at them and the page that applies them: an import is uploaded,
 * shown as a preview, and applied a minute later from the very same bytes.
 *
 * They lie in DATA/bodies/CODE/uploads, sealed, under random names for at most an hour. A name that comes
 * back from the browser opens only what the same person put there; names of users' files are never
 * used. Do this in the slow stage: it writes to disk.
 */
#ifndef BANSHO_PAGES_UPLOAD_H
#define BANSHO_PAGES_UPLOAD_H

#include "pages/rooms.h"

/*
 * Keep the file of the form field `field` ("file"). INVALID with that field when none was chosen, it
 * is empty, or longer than `most` bytes; BUSY when too many are kept. *name is for the address of
 * the next page: /people/import/{name}.
 */
struct error *upload_keep(const struct visit *visit, const char *field, size_t most,
			  struct text *name) MUST_USE;
/* The same with bytes that came another way. */
struct error *upload_keep_bytes(const struct visit *visit, struct text bytes, struct text *name) MUST_USE;
/* MISSING with plain words when it is older than an hour, gone, or somebody else's. */
struct error *upload_read(const struct visit *visit, struct text name, struct text *bytes) MUST_USE;
/* Remove what is older than an hour. Keeping and reading do it too; pages that offer an import may. */
void upload_sweep(const struct visit *visit);
/* Applied: forget it. */
void upload_drop(const struct visit *visit, struct text name);

/*
 * Would reading this table take more memory than a request may use? INVALID with plain
 * words then. Counts lines and cells in whatever encoding; ask before table_read() and its like.
 */
struct error *upload_must_be_bearable(const char *field, struct text bytes, size_t bytes_a_row)
	MUST_USE;

/*
 * What was typed into a form whose session had ended meanwhile (page_row.keeps): it lies in
 * DATA/bodies/CODE/typed, sealed, for at most an hour under a random name that only that browser is told, and
 * stands in the form again after signing in.
 */
struct error *typed_keep(const struct visit *visit, struct text *name) MUST_USE;
/* In the look of the form: take up what "?kept=" names, for visit_typed(). Nothing when it is gone. */
void typed_take(struct visit *visit);

#endif
