/* What only this room's own files know. The order of work is draft.c. */
#ifndef BANSHO_DRAFT_ROOMS_H
#define BANSHO_DRAFT_ROOMS_H

#include "base/say.h"
#include "base/writer.h"
#include "draft/draft.h"
#include "policy/policy.h"

#include <sys/types.h>

enum { NOT_FOUND = -1, MOST_PATH = 6, MOST_DEPTH = 11, MOST_ALSO = 4 };

/* --- lines (lines.c) --- */

enum line_use {
	LINE_TEXT,
	LINE_BLANK,
	LINE_PAGE,     /* a page's number or running header */
	LINE_CONTENTS, /* an entry of the table of contents */
};

struct line {
	int no;
	struct text raw;   /* trimmed, as it stands */
	struct text plain; /* text_plain() of it */
	enum line_use use;
	bool is_after_blank; /* a blank line or page end before it */
	bool is_after_page;  /* a form feed before it */
};

/* --- numbering (token.c) --- */

enum style {
	STYLE_NONE,
	STYLE_CHAPTER,    /* 第1章 */
	STYLE_SECTION,    /* 第1節 */
	STYLE_ARTICLE,    /* 第1条, 第1条の2 */
	STYLE_PARAGRAPH,  /* 2 within an article */
	STYLE_DECIMAL,    /* 1. 1.1. 1-1-1 */
	STYLE_RIGHT,      /* 1) */
	STYLE_PAREN,      /* (1) */
	STYLE_KANJI,      /* 一 */
	STYLE_LETTER,     /* a) (a) */
	STYLE_KANA,       /* (ア) ア */
	STYLE_IROHA,      /* (イ) イ, as イロハ */
	STYLE_CIRCLE,     /* ① */
	STYLE_HEADING,    /* 《…》 ●… */
	STYLE_BULLET,     /* ・ */
	STYLE_SUPPLEMENT, /* 附則 */
	STYLE_GLOSSARY,   /* the heading above the headwords */
	STYLE_TERM,       /* a headword */
	STYLE_NOTE,       /* ※1 */
};

struct token {
	enum style style;
	int path[MOST_PATH]; /* STYLE_DECIMAL; STYLE_ARTICLE with の2: two */
	int path_len;
	int value;        /* the last of path */
	int iroha;        /* KANA: the value it would have as イロハ, or 0 */
	struct text mark; /* as printed */
	struct text rest; /* of the plain line behind it */
	struct text raw_rest;
};

/* What the line begins with; STYLE_NONE and the whole line in `rest` when it is no numbering.
 */
struct token token_read(const struct line *line);
/* A note begins here: its number in value. */
bool token_note(const struct line *line, struct token *token);
bool token_is_dash(const struct token *token); /* 2-4-1 rather than 2.4.1 */

/* --- the tree (tree.c) --- */

struct piece {
	struct text plain, raw;
	int line;
	bool is_after_blank;
	bool is_bullet;
	struct piece *next;
};

struct item {
	enum style style;
	struct token token;
	int line;
	struct item *parent;
	int ordinal; /* among its parent's children, from 1 */
	int children;
	struct piece *pieces, *last_piece;
	struct text held_title; /* 第1条: the （…） above it */
	bool is_note;
	/* After shape.c: */
	struct text id, number, title;
	struct text plain, raw; /* its text without the title */
	struct item *bound;     /* a note's clause */
	bool is_dropped;        /* gone into its parent */
	struct role *actor;     /* of its first sentence, for what stands below */
	int row, rows;          /* its rows in reading.rows */
};

/* --- who (roles.c) --- */

struct role {
	struct text code, ja, en;
	struct text names[6]; /* ja, aliases; folded */
	size_t names_count;
	enum role_scope scope;
	bool is_collegial;
	bool is_appointed; /* the document says how */
	struct text appointed;
	const struct item *where;
	size_t used;
};

/* --- rows: what becomes clauses --- */

struct cited {
	struct text printed, subject;
	const struct item *to; /* NULL: unresolved */
	struct cited *next;
};
struct named {
	struct text name, number;
	struct named *next;
};

struct row {
	struct item *item;
	struct text id, plain, raw;
	int line;
	enum modality modality;
	enum clause_kind kind;
	struct role *actor;
	struct role *also[MOST_ALSO];
	size_t also_count;
	bool is_inherited; /* the actor comes from the sentence above */
	struct text form;
	bool is_discretionary;
	struct text deadline, period; /* the words; codes of parameters below */
	struct cited *cited, *last_cited;
	struct named *statutes;
	struct named *strangers; /* names of roles nobody defined */
};

/* A value the text leaves open, or gives. */
struct open_value {
	struct text code, words, en;
	bool is_deadline;
	bool is_given; /* the number stands in the text */
	int64_t usual;
	size_t used;
	struct text clause;
};

struct edition {
	struct text version, enacted, effective;
	bool is_full;
};

struct term {
	struct text name, means, clause;
};

struct class_value {
	struct text code, ja;
	int order;
};
struct axis {
	struct text name, code;
	struct class_value values[9];
	size_t count;
	const struct item *where;
	bool is_roman;
};

/* Everything known while one text is read. */
struct reading {
	struct arena *arena;
	struct line *lines;
	size_t lines_count;
	int first_line;      /* the first line of the body; before it: cover and history */
	struct item **items; /* in the text's order, notes included */
	size_t items_count;
	struct item **notes;
	size_t notes_count;
	struct row *rows;
	size_t rows_count;
	struct role roles[40];
	size_t roles_count;
	struct open_value values[40];
	size_t values_count;
	struct edition editions[60];
	size_t editions_count;
	struct term *terms;
	size_t terms_count;
	struct axis axes[6];
	size_t axes_count;
	struct text forms[DRAFT_MOST_FORMS];
	size_t forms_count;
	struct text title, body;
	bool has_articles, is_dashed, has_history;
	struct draft_question *questions, *last_question;
	struct draft_counts counts;
	struct draft_file *files;
	size_t files_count;
};

/* --- asking (ask.c) --- */

/* A question for a person: words from say(), arguments already formatted in. */
void ask(struct reading *reading, int line, struct text clause, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The list as to-answer.md holds it, in the order of the text. */
struct text ask_list(struct reading *reading);
void sort_questions(struct reading *reading);

/* --- the steps, in order (draft.c) --- */

struct error *read_lines(struct reading *reading, struct text bytes) MUST_USE;
struct error *read_tree(struct reading *reading) MUST_USE;
void shape_items(struct reading *reading);
void read_front(struct reading *reading);
void check_contents(struct reading *reading);
void find_roles(struct reading *reading);
struct error *make_rows(struct reading *reading) MUST_USE;
void find_actors(struct reading *reading);
/* The role whose name ends at `end`, or NULL. */
const struct role *role_before(struct reading *reading, struct text text, size_t end);
void find_marks(struct reading *reading);
void find_forms(struct reading *reading);
void find_statutes(struct reading *reading);
void find_references(struct reading *reading);
void find_terms(struct reading *reading);
void find_classes(struct reading *reading);
struct error *write_files(struct reading *reading) MUST_USE;

/* --- helpers (glyphs.c) --- */

/* Where `z` stands in `text` from `at` on, or NOT_FOUND. */
ssize_t find_from(struct text text, size_t at, const char *z);
bool has_z(struct text text, const char *z);
bool starts_z(struct text text, const char *z);
bool ends_z(struct text text, const char *z);
/* Any of the '|'-separated words; which one, or empty. */
struct text has_any(struct text text, const char *words);
struct text starts_any(struct text text, const char *words);
struct text ends_any(struct text text, const char *words);
struct text slice(struct text text, size_t from, size_t to);
/* At most so many bytes of the start or end, no character cut. */
struct text head_of(struct text text, size_t bytes);
struct text tail_of(struct text text, size_t bytes);
/* The character that ends before `at`; 0 at the start. */
uint32_t before(struct text text, size_t *at);
uint32_t last_character(struct text text);
uint32_t first_character(struct text text);
bool is_kanji(uint32_t c);
bool is_katakana(uint32_t c);
bool is_control(uint32_t c); /* nothing that may stand in a pack */
bool is_word(uint32_t c);    /* a letter or digit of ASCII */
/* A decimal number at *at, moving behind it; 0 when there is none. */
int number_at(struct text text, size_t *at);
void skip_spaces(struct text text, size_t *at);
/* "C I S O" as CISO; no spaces beside Japanese. */
struct text glue(struct arena *into, struct text plain);
/* Plain text as a person reads it: （ ） wide again. */
struct text readable(struct arena *into, struct text plain);
/* The next sentence of *rest, its 。 included; those within （） and 「」 do not end it. */
bool next_sentence(struct text *rest, struct text *sentence);
bool is_complete(struct text text);
/* A heading rather than a sentence. */
bool is_titlelike(struct text text);
const struct item *item_by_id(const struct reading *reading, struct text id);

/* --- dictionary (words.c) --- */

struct known_role {
	const char *code, *ja, *aliases, *en;
	enum role_scope scope;
	bool is_collegial;
};
extern const struct known_role known_roles[];
enum modality modality_of(struct text sentence);
enum clause_kind kind_of(struct text sentence);
const char *module_of(struct text sentence);
const char *modality_name(enum modality modality);

#endif
