/*
 * From document to pack: a policy as plain text becomes the files of a draft pack and a list of
 * what a person must answer. `bansho pack draft` is its only caller.
 *
 * This room is pure: bytes in, files out; no store, no clock, no folder. It reads what the text
 * says (numbering, notes, citations, who must do what) by rules that docs/your-own-policy.md
 * lists. What the rules cannot decide is never guessed in silence: it becomes a question with
 * the line of the text and the clause it concerns.
 */
#ifndef BANSHO_DRAFT_DRAFT_H
#define BANSHO_DRAFT_DRAFT_H

#include "base/error.h"

enum {
	DRAFT_MOST_BYTES = 4 << 20,
	DRAFT_MOST_LINES = 100000,
	DRAFT_MOST_LINE = 64 << 10, /* bytes in one line */
	DRAFT_MOST_CLAUSES = 10000,
	DRAFT_MOST_FORMS = 80,
};

/* What was found, for the one who must believe it: each can be counted again in the document.
 */
struct draft_counts {
	size_t chapters, sections; /* 1. or 第1章; 1.1 or 第1節 or 《…》 */
	size_t articles;           /* 第1条 */
	size_t paragraphs; /* 項 of articles, the first included where there are more */
	size_t numbered;   /* (1), 号 */
	size_t lettered;   /* a) */
	size_t kana;       /* (ア), イロハ */
	size_t circled;    /* ① */
	size_t bullets;    /* ・ where each is a clause of its own */
	size_t notes;      /* ※1 */
	size_t form_citations, forms;
	size_t references_resolved, references_unresolved;
	size_t duties; /* rows with a sentence; one clause may give several */
	size_t roles, terms, statutes, deadlines, periods, discretionary;
	size_t contents; /* lines of the table of contents */
	size_t questions;
};

struct draft_file {
	struct text name; /* "clauses/03.yaml" */
	struct text bytes;
};

/* What a person must answer; a list in the order of the text. */
struct draft_question {
	int line;           /* of the text, from 1; 0: of no one line */
	struct text clause; /* id, or empty */
	struct text words;  /* in the language of the thread */
	struct draft_question *next;
};

struct draft {
	struct draft_counts counts;
	struct draft_file *files;
	size_t files_count;
	const struct draft_question *questions;
};

/*
 * Read `bytes`, the text of a policy. Success: *draft lives in `into`, and its files load with
 * pack_load(). INVALID when it is no UTF-8 text, above a limit, or has no numbering that the
 * rules know: the words say which line, and what would be right.
 */
struct error *draft_make(struct arena *into, struct text bytes, struct draft **draft) MUST_USE;

#endif
