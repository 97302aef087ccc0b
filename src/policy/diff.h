/*
 * What is different between two versions of a policy: clause by clause, and everything else that the
 * pack defines. Pure; the result points into both packs and into the arena.
 *
 * How clauses are paired. First those with the same id whose words are alike; then each left over
 * with the one most like it; then what still has the same id. "Alike" is the Sørensen–Dice
 * coefficient over pairs of neighbouring characters of the duty (of a heading: its title), spaces left
 * out: 1000 is the same, 0 has nothing in common. So a chapter that was renumbered is seen as moved,
 * and a clause that took over the number of another is not taken for it.
 */
#ifndef BANSHO_POLICY_DIFF_H
#define BANSHO_POLICY_DIFF_H

#include "policy/policy.h"

enum { ALIKE_SAME_ID = 500, ALIKE_OTHER_ID = 650 };

enum change_kind {
	CHANGE_KEPT,	/* the same words at the same place */
	CHANGE_MOVED,	/* the same words; number, id or what it stands under is another */
	CHANGE_CHANGED, /* `keys` says what; may have moved besides */
	CHANGE_NEW,
	CHANGE_GONE,
	CHANGE_COUNT,
};
const char *change_name(enum change_kind kind);	 /* "moved" */
const char *change_words(enum change_kind kind); /* 移動 (through say) */

/* One key whose value is another; either may be empty. */
struct key_change {
	struct text key; /* "duty", "actor", "field device" */
	struct text label; /* the same for a person, in the thread's language */
	struct text before, after;
};

struct clause_change {
	enum change_kind kind;
	bool is_moved;
	const struct pack_clause *before, *after; /* NULL: new, gone */
	int alike; /* of a pair: 0 to 1000 */
	struct key_change *keys;
	size_t keys_count;
};

enum part_kind {
	PART_ROLE,
	PART_PARAMETER,
	PART_AXIS,
	PART_LEDGER,
	PART_FORM,
	PART_QUESTION,
	PART_OCCASION,
	PART_DUTY,
	PART_SIGN_IN, /* a zone; "demands", "step-up", "recovery" as a whole */
	PART_INCIDENT, /* "kind.…", "chain.…", "authority.…" */
	PART_CHECKLIST,
	PART_TRAINING, /* a course, an audience, a mail of a drill; "training": who keeps it */
	PART_RECONCILE,
	PART_AUDIT, /* "audit" as a whole; a theme */
	PART_INVENTORY, /* "inventory" as a whole */
	PART_ENTRANCE, /* "entrance" as a whole */
	PART_CONTRACT, /* "contracts" as a whole */
	PART_COUNT,
};
const char *part_name(enum part_kind kind);  /* "occasion" */
const char *part_words(enum part_kind kind); /* 場面 (through say) */

/* A role, a form … by its code: changed, new or gone (what is as it was is not listed). */
struct part_change {
	enum part_kind part;
	enum change_kind kind;
	struct text code;
	struct words name;
	struct key_change *keys;
	size_t keys_count;
};

struct pack_diff {
	const struct pack *before, *after;
	struct clause_change *clauses; /* in the order of the newer; gone ones where they stood */
	size_t clauses_count;
	size_t of[CHANGE_COUNT]; /* duties only */
	struct part_change *parts;
	size_t parts_count;
};

/* 400 clauses against 400 take about 20 ms. */
struct pack_diff *pack_diff(struct arena *into, const struct pack *before, const struct pack *after);

/* How alike two texts are. */
int text_alike(struct arena *scratch, struct text a, struct text b);

/* The change of a part, or NULL: it is as it was. */
const struct part_change *diff_part(const struct pack_diff *diff, enum part_kind part,
				    struct text code);
/* What became of a clause of the older version; NULL: there was none of that id. */
const struct clause_change *diff_clause(const struct pack_diff *diff, struct text before);

/* Two texts word by word (a word: neighbouring characters of one script). */
enum piece_kind { PIECE_SAME, PIECE_GONE, PIECE_NEW };
struct diff_piece {
	enum piece_kind kind;
	struct text text;
};
enum { PIECES_MOST_WORDS = 1500 }; /* of longer texts all is gone and all is new */
struct diff_piece *diff_words(struct arena *into, struct text before, struct text after,
			      size_t *count);

#endif
