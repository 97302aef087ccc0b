/*
 * The linter: what a pack may say and still deserves a look. It runs over a pack without mistakes,
 * when somebody wants the report. Each finding has a code that stays (docs/pack-format.md lists
 * them), stands where the thing is written, and says what would be right. Shared by lint_*.c only.
 */
#ifndef BANSHO_POLICY_LINT_H
#define BANSHO_POLICY_LINT_H

#include "policy/rooms.h"

/* Everything below. */
void lint_pack(struct reading *reading);

void lint_references(struct reading *reading); /* lint_refers.c: citations inside the document */
void lint_clauses(struct reading *reading);    /* lint_clauses.c: times, evidence, forms named */
void lint_roles(struct reading *reading);      /* lint_roles.c: who, and who controls whom */
void lint_forms(struct reading *reading);      /* lint_forms.c: forms and ledgers */
void lint_unused(struct reading *reading);     /* lint_unused.c: what leads nowhere */
void lint_terms(struct reading *reading);      /* lint_terms.c */
void lint_dates(struct reading *reading);      /* lint_dates.c: days and versions */
void lint_statutes(struct reading *reading);   /* statutes.c: numbers of acts */

/* note(reading, thing, "code", "words %s", ...): where the thing stands. */
#define note(reading, thing, code, ...) \
	do { \
		const struct node *node_ = place_of((reading), (thing)); \
		if (node_ != NULL) \
			warn_at((reading), node_, (code), __VA_ARGS__); \
	} while (0)

/*
 * A printed number as something to compare: "3.2.(9) a)", "３．２．（９）ａ）" and "第3条第2項" become
 * "3.2.9.a" and "3.2"; "※11" becomes "※.11". Empty when it holds no number.
 */
struct text number_key(struct arena *into, struct text printed);

/* The kanji number at *at (二十六, 二六, 百四), moving *at behind it; -1 when there is none. */
int64_t kanji_number(struct text text, size_t *at);

#endif
