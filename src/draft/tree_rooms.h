/* What tree.c, which builds the clause tree, shares with fit.c, which says what continues it. */
#ifndef BANSHO_DRAFT_TREE_ROOMS_H
#define BANSHO_DRAFT_TREE_ROOMS_H

#include "draft/rooms.h"

struct tree {
	struct reading *reading;
	struct item *open[MOST_DEPTH];
	int depth;
	int path[MOST_PATH]; /* of the decimal heading that is open */
	int path_len;
	struct item *last; /* where text belongs */
	struct item *note; /* or here, while a note is being read */
	enum style note_list;
	int note_value;
	struct text held; /* （目的） above 第1条 */
	struct item *glossary;
	struct item *preface;
	size_t roots;
};

enum fit {
	FIT_NOT,
	FIT_FIRST, /* of a new list */
	FIT_GAP,   /* numbers are missing before it */
	FIT_NEXT,
};

/* Where an item of that style is open, or NOT_FOUND. */
int depth_of(const struct tree *tree, enum style style);
/*
 * Does the numbering continue what is open? *depth is where its item belongs. The style is made
 * more exact: 2 within an article is its second paragraph, イ after ア a kana, otherwise イロハ.
 */
enum fit fit_of(const struct tree *tree, struct token *token, int *depth);

#endif
