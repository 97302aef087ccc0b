/*
 * Lists of the clauses' pages (duties, judgements, findings): filters as addresses, and the same rows
 * to take away as CSV and XLSX.
 */
#ifndef BANSHO_PAGES_LIST_PAGES_H
#define BANSHO_PAGES_LIST_PAGES_H

#include "pages/rooms.h"

#include "assure/finding.h"
#include "assure/history.h"
#include "paper/rows_paper.h"

/* A name under DATA/bodies/CODE/tmp that nobody has; the caller unlinks the file at once. */
struct error *send_temporary(struct visit *visit, const char **folder, const char **path) MUST_USE;
/* Answer with the file; the engine closes it. */
struct error *send_file(struct visit *visit, int *fd, const char *type) MUST_USE;

/* The list, as it is now, as a download: "csv" or "xlsx" at the end of the path says which. */
struct error *rows_send(struct look *look, struct visit *visit, struct rows_out *out) MUST_USE;

/* A filter with its choices, for `{use filter x}`; `all` is the words of the empty choice. */
struct filter_part filter_of(struct visit *visit, const char *name, const char *label,
			     const char *all, size_t most);
void filter_add(struct filter_part *filter, struct text value, struct text words);
/* Roles that are actors of duties, in the pack's order. */
struct filter_part role_filter(struct visit *visit);

/* How things stand, or stood on the day asked for ("at"), with the words that say so. */
struct standing {
	struct assurance assurance;
	bool is_past;
	struct day day; /* asked for; DAY_NONE: now */
	struct assure_then then;
	struct text trouble; /* the day cannot be read, or nothing was written down then */
};
struct error *standing_read(struct look *look, struct visit *visit, struct standing *standing)
	MUST_USE;
/* `address` with the day asked for, if any. */
struct url standing_url(struct visit *visit, const struct standing *standing, struct url address);
/* The chooser of a day, its trouble, and which entry the states are from. */
struct standing_part standing_box(struct visit *visit, const struct standing *standing,
				  struct url here);

struct url clause_page_url(struct arena *arena, const struct pack_clause *clause);
/* The chapter, and the heading right under it or NULL. */
const struct pack_clause *chapter_of(const struct pack_clause *clause);
const struct pack_clause *section_of(const struct pack_clause *clause);

/* How a judgement or a finding is marked: "go", "wait", "stop", "off". */
const char *judging_tag(enum judging judging);
const char *finding_tag(const struct finding *finding);

/* The clause's states over the fiscal year asked for, and its changes in it. */
struct clause_page;
struct error *clause_history(struct look *look, struct visit *visit,
			     const struct pack_clause *clause, struct clause_page *page) MUST_USE;

#endif
