/*
 * The page compiler: .html files with typed holes become typed C (docs/pages.md is its manual).
 * It reads a template in one pass, knows at every byte whether it stands in text, in a tag or
 * in an attribute, and refuses what it does not know to be safe. All faults of all files are
 * told.
 */
#ifndef BANSHO_TOOLS_PAGEC_H
#define BANSHO_TOOLS_PAGEC_H

#include "base/error.h"
#include "base/writer.h"

/* ---- faults ---- */
struct fault {
	struct text file;
	int line;
	struct text words;
	struct fault *next;
};
struct faults {
	struct arena *arena;
	struct fault *first;
	struct fault *last;
	size_t count;
};
void fault_add(struct faults *faults, struct text file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* ---- what a template needs ---- */
enum field_type {
	FIELD_TEXT,
	FIELD_INT,
	FIELD_COUNT,
	FIELD_URL,
	FIELD_BOOL,
	FIELD_DAY,
	FIELD_MOMENT,
	FIELD_LIST,
	FIELD_PART,
};
struct field {
	enum field_type type;
	struct text name;
	struct text part;     /* the part's name, for FIELD_PART */
	struct text item;     /* the item's C struct, for FIELD_LIST */
	struct field *fields; /* of the item, for FIELD_LIST */
	struct field *next;
	int line;
	bool is_used;
};

/* ---- what a template draws ---- */
enum node_kind {
	NODE_LITERAL, /* text */
	NODE_HOLE,    /* field, c */
	NODE_MESSAGE, /* text is the id; inside its pieces; otherwise the English pieces */
	NODE_IF,      /* field, c, is_not; inside, otherwise */
	NODE_EACH,    /* field, c, text is the variable; inside */
	NODE_USE,     /* field, c, text is the part's name */
	NODE_SLOT,
};
struct node {
	enum node_kind kind;
	int line;
	struct text text;
	struct text path; /* a hole's name as written */
	struct field *field;
	struct text c;       /* the C expression that reads the field */
	bool is_for_machine; /* a hole in an attribute nobody reads: ISO days, plain numbers */
	bool is_not;
	struct node *inside;
	struct node *otherwise;
	struct node *next;
};
struct nodes {
	struct node *first;
	struct node *last;
};

enum template_kind { TEMPLATE_PAGE, TEMPLATE_PART, TEMPLATE_LAYOUT };
struct template
{
	enum template_kind kind;
	struct text name;
	struct text c_struct; /* incident_list_page, pager_part, frame_part */
	struct text frame;    /* the layout's name, or empty */
	struct text file;
	int line;
	int slots;
	bool speaks; /* has a message with an English form */
	bool is_walked;
	struct field *fields;
	struct node *body;
	struct template *next;
};

/* ---- rules of HTML (pagec_rules.c) ---- */
struct element {
	const char *name;
	unsigned flags;
	const char *parents;  /* may stand only in these, or NULL for anywhere */
	const char *children; /* may hold only these and no text, or NULL for anything */
};
enum {
	ELEMENT_VOID = 1,     /* has no end tag */
	ELEMENT_BLOCK = 2,    /* would end an open <p> */
	ELEMENT_WORDS = 4,    /* holds text only */
	ELEMENT_ALONE = 8,    /* may not stand inside its like */
	ELEMENT_HEADING = 16, /* may not stand inside a heading */
	ELEMENT_SPACED = 32,  /* keeps its white space */
	ELEMENT_LAYOUT = 64,  /* only in a layout */
};
const struct element *element_of(struct text name);
/* Is the name one of the words in the list? */
bool is_listed(const char *list, struct text name);

enum attribute_kind {
	ATTRIBUTE_UNKNOWN,
	ATTRIBUTE_DANGEROUS,
	ATTRIBUTE_CONSTANT, /* takes no hole */
	ATTRIBUTE_PLAIN,
	ATTRIBUTE_HUMAN, /* read by people: Japanese in it is a message */
	ATTRIBUTE_URL,
	ATTRIBUTE_BOOLEAN,
};
/* May the attribute stand on the element, as far as drawings go? */
bool is_drawn_with(const struct element *element, struct text name);
enum attribute_kind attribute_kind_of(struct text name);

/* ---- reading one template ---- */
enum where { IN_TEXT, IN_TAG, IN_VALUE };
enum stop { STOP_FILE, STOP_ELSE, STOP_END, STOP_TAG, STOP_QUOTE };

struct scope {
	struct text variable;
	struct field *fields;
	struct scope *up;
};
/* An element not yet closed. A directive's block stands on `is_wall`. */
struct open {
	const struct element *element;
	int line;
	bool is_wall;
	struct open *up;
};
struct attribute {
	struct text name;
	struct text value; /* data NULL when it has a hole */
	struct attribute *next;
};
struct tag {
	const struct element *element;
	int line;
	struct attribute *attributes;
};
struct reader {
	struct arena *arena;
	struct faults *faults;
	struct text source;
	size_t at;
	int line;
	bool is_lost; /* what follows a broken tag or block would be noise */
	struct template *template;
	struct scope *scope;
	struct open *open;
	enum attribute_kind attribute; /* while IN_VALUE */
	struct tag *tag;
};
struct words {
	struct text at[6];
	size_t count; /* may exceed 6: then there were too many */
};

#define READER_FAULT(reader, line, ...) \
	fault_add((reader)->faults, (reader)->template->file, (line), __VA_ARGS__)

/* pagec_read.c */
struct template *template_read(struct arena *arena, struct faults *faults, struct text file,
			       struct text source);
char reader_peek(const struct reader *reader, size_t ahead);
void reader_skip(struct reader *reader, size_t count);
void reader_skip_space(struct reader *reader);
bool reader_sees(const struct reader *reader, const char *z);
struct text reader_name(struct reader *reader, const char *also);
/* The words between { and }, moving behind; false (and lost) when there is no }. */
bool reader_directive(struct reader *reader, struct words *words);
struct words words_of(struct text text);
bool is_identifier(struct text name);
/* Does a directive (not a hole) begin here? */
bool at_directive(const struct reader *reader);
struct node *node_add(struct reader *reader, struct nodes *nodes, enum node_kind kind);
void literal_add(struct reader *reader, struct nodes *nodes, struct text text);

/* pagec_head.c: {page …} and {needs …} */
void head_read(struct reader *reader);
/* The field a path names and how C reads it; tells the fault and answers false otherwise. */
bool path_resolve(struct reader *reader, struct text path, int line, struct field **field,
		  struct text *c);

/* pagec_body.c */
enum stop block_read(struct reader *reader, enum where where, struct nodes *nodes);

/* pagec_tag.c */
void tag_read(struct reader *reader, struct nodes *nodes);
void attribute_read(struct reader *reader, struct nodes *nodes);

/* pagec_text.c */
/* Text and holes up to the next tag, quote or directive. */
void run_read(struct reader *reader, enum where where, struct nodes *nodes);
bool has_japanese(struct text text);

/* ---- translations (pagec_po.c) ---- */
struct translation {
	struct text id;
	struct text words;
	int line;
	bool is_page_only; /* every reference is to an .html file */
};
struct translations {
	struct text file;
	struct translation *at; /* sorted by id */
	size_t count;
};
struct translations po_read(struct arena *arena, struct faults *faults, struct text file,
			    struct text source);
const struct translation *translation_of(const struct translations *all, struct text id);
void catalogue_write(struct writer *out, const struct translations *all);
void po_string_write(struct writer *out, struct text text);

/* ---- all templates together ---- */
/* pagec_link.c: names across files, unused needs, translations into the messages. */
void templates_link(struct arena *arena, struct faults *faults, struct template *all,
		    const struct translations *translations);
struct template *template_of(struct template *all, enum template_kind kind, struct text name);
/* Each message once, as a .pot. */
void messages_write(struct arena *arena, struct writer *out, const struct template *all);

/* pagec_emit.c, pagec_walk.c */
void header_write(struct writer *out, const struct template *all);
void source_write(struct writer *out, const struct template *all);
void walk_header_write(struct writer *out);
void walk_source_write(struct writer *out, const struct template *all);
void c_string_write(struct writer *out, struct text text);
const char *field_c_type(enum field_type type);

/* pagec.c: the whole program; what people read goes to `told`. The exit status. */
int pagec_run(struct arena *arena, int argc, const char *const argv[], struct writer *told);

#endif
