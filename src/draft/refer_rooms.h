/* What refer.c, which finds citations, shares with settle.c, which decides what they mean. */
#ifndef BANSHO_DRAFT_REFER_ROOMS_H
#define BANSHO_DRAFT_REFER_ROOMS_H

#include "draft/rooms.h"

struct search {
	struct reading *reading;
	struct row *row;
	struct text text;
	const struct item *last; /* cited last in this sentence: for 同条, 同項 */
	bool was_foreign;        /* it was a statute's */
	size_t searches, cited;
};

struct candidates {
	const struct item *best[3];
	int likeness[3];
};

/* In hundredths: how well the words of the subject fit the item's title and text, or the other way. */
int likeness(struct text subject, const struct item *item);
/*
 * The clauses a citation may mean, the likeliest first. `tail` is what it prints behind the
 * section (".1.d"), which insertions of chapters keep; `section` what it prints before.
 */
struct candidates candidates_for(struct search *search, struct text subject, struct text tail,
				 struct text section);
/* Put the citation into the row; `to` NULL: unresolved. */
struct cited *keep(struct search *search, struct text printed, struct text subject,
		   const struct item *to);
/* `printed_to`: the clause that bears the printed number but is about something else, or NULL. */
void ask_which(struct search *search, struct text printed, struct text subject,
	       const struct candidates *list, const struct item *printed_to);
/* What the sentence says stands there. */
struct text subject_at(struct text text, size_t at);
/* Decide on a citation that prints a whole place: of `id`, whose `section` comes first. */
void settle(struct search *search, struct text printed, size_t behind, struct text id,
	    struct text section);

#endif
