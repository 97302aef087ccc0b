/* Reading OSCAL: what the files of the import share. Part of this room alone, like rooms.h. */
#ifndef BANSHO_OSCAL_READING_H
#define BANSHO_OSCAL_READING_H

#include "oscal/rooms.h"

/* ---- read.c: JSON within limits, and where in it something stands ---- */

/* One value of a document; `above` NULL at the top. For messages: "catalog.groups[2].title". */
struct spot {
	const char *file;
	const struct spot *above;
	const char *name;
	size_t index; /* in the array `name`, when is_item */
	bool is_item;
	json_t *value;
};

struct error *document_read(struct arena *into, const struct oscal_document *document,
			    json_t **json) MUST_USE;
/* "catalog.json: catalog.groups[2]" and, under it, a member. */
const char *where_is(struct arena *into, const struct spot *spot, const char *member);
/* A member that is a text, object or array; *found stays empty or NULL where it is not there. */
struct error *text_at(struct arena *into, const struct spot *spot, const char *name,
		      struct text *found) MUST_USE;
struct error *object_at(struct arena *into, const struct spot *spot, const char *name,
			struct spot *found) MUST_USE;
/* The array's items are objects; item_at() never fails below its count. */
struct error *array_at(struct arena *into, const struct spot *spot, const char *name, json_t **array,
		       size_t *count) MUST_USE;
struct spot item_at(const struct spot *spot, const char *name, json_t *array, size_t index);
/* The property of ours, or (ns NULL) of anybody; empty where there is none. */
struct text prop_at(struct arena *into, const json_t *object, const char *ns, const char *name,
		    const char *class);
/* The n-th of that name (from 0), with its group; false behind the last. */
struct found_prop {
	struct text value, group, class;
};
bool prop_next(struct arena *into, const json_t *object, const char *name, size_t *from,
	       struct found_prop *found);

/* ---- differ.c ---- */

struct differences {
	struct arena *into;
	const char *file;
	struct oscal_note *notes;
	size_t count;
	size_t left_out; /* beyond OSCAL_MOST_LISTED */
	bool in_clauses, in_roles, in_parameters, in_pack; /* what of the pack they concern */
};
/* What `theirs` says otherwise than `ours`. Identity and time of the document are no difference. */
void differ(struct differences *differences, const json_t *theirs, const json_t *ours,
	    const char *model);

/* ---- taken.c, taken_words.c: a catalog as what a pack will hold ---- */

struct cited {
	struct text printed, to;
	struct words subject;
};
struct taken_clause {
	struct text id, number, where;
	struct words title, duty, printed, deadline, period;
	struct text kind, modality, module, actor, form, deadline_within, period_every;
	struct text *also, *names;
	size_t also_count, names_count;
	struct cited *cites;
	struct pack_statute *statutes;
	size_t cites_count, statutes_count;
	bool is_duty, is_note, is_discretionary;
	struct taken_clause *parent, *next;
	int64_t position; /* -1: as it stands */
	bool is_needed;	  /* it, or something below it, is a duty */
	size_t chapter;	  /* which top it stands under */
};
struct taken_role {
	struct text code, scope, above, clause;
	struct words name, short_name, appointed;
	bool must_be_held, is_collegial;
};
struct taken_parameter {
	struct text token; /* of the document */
	struct text code, kind, clause, shown; /* shown: what stands in prose in its place */
	struct words name;
	int64_t usual, least, most;
	bool is_number; /* else it is words, and no parameter of a pack */
};

enum answer {
	ANSWER_PACK,	  /* names, law, days of the pack */
	ANSWER_ACTOR,	  /* whose duty is it? */
	ANSWER_KIND,	  /* how is it done? */
	ANSWER_JAPANESE,
	ANSWER_ENGLISH,
	ANSWER_PARAMETER, /* no number, or no bounds */
	ANSWER_ROLE,	  /* scope of a role */
	ANSWER_STATEMENT, /* a control that says nothing */
	ANSWER_ID,	  /* an id that had to be another */
	ANSWER_LINK,	  /* a link that leads nowhere */
	ANSWERS,
};
struct answers {
	struct text *at[ANSWERS];
	size_t listed[ANSWERS], count[ANSWERS];
};

struct taken {
	struct arena *into;
	const char *file;
	struct text prefix; /* "takamatsu.": of control ids of ours */
	bool is_ours;	    /* a pack of ours is named in the metadata */
	struct taken_clause *first, *last;
	struct taken_clause **clauses; /* in the order of the pack, once all are taken */
	size_t clauses_count;
	bool has_positions;
	struct taken_role *roles;
	size_t roles_count;
	struct taken_parameter *parameters;
	size_t parameters_count, parameters_room;
	struct taken_parameter **by_token; /* sorted, once all are known */
	struct answers answers;
	size_t prose_len;  /* of what parameters were put into */
	bool is_too_big;   /* something did not fit into the files of a pack */
	struct writer aside; /* from-catalog.md: what has no place in a pack */
	const json_t *selection; /* the import of the profile that selects, or NULL */
	json_t *settings;	 /* what it sets parameters to: token to text; or NULL */
	size_t chapters;
};

/* ---- taken_theirs.c, taken_check.c ---- */
struct error *clause_new(struct taken *taken, const struct spot *spot, struct taken_clause *parent,
			 struct taken_clause **made) MUST_USE;
struct error *their_clause(struct taken *taken, const struct spot *spot, struct taken_clause *clause,
			   bool is_control) MUST_USE;
bool is_role(const struct taken *taken, struct text code);
/* Completes what was taken and puts it in order; INVALID where no pack can be made of it. */
struct error *taken_check(struct taken *taken) MUST_USE;

struct error *taken_catalog(struct taken *taken, const struct spot *catalog) MUST_USE;
void oscal_ask(struct taken *taken, enum answer what, struct text about);
/* A code that a pack allows for a token of a document. */
struct text taken_code(struct taken *taken, struct text token);
struct text plain_code(struct taken *taken, struct text token); /* the same, asking nothing */
/* What was written; marks what was taken when it did not all fit. */
struct text finished(struct taken *taken, const struct writer *out);
/* Words in both languages, the missing one under a mark. */
struct words words_from(struct taken *taken, struct text text, struct text about);
struct words both_words(struct taken *taken, struct words words, struct text about);
/* Prose in plain words, parameters shown by what they stand for. */
struct text prose_plain(struct taken *taken, struct text prose);
struct words own_title(struct taken *taken, const struct spot *spot, struct text title);
struct error *taken_parameters(struct taken *taken, const struct spot *catalog) MUST_USE;
struct error *taken_roles(struct taken *taken, const struct spot *metadata) MUST_USE;
struct taken_parameter *taken_parameter_of(struct taken *taken, struct text token);
bool is_japanese(struct text text);
extern const char mark_ja[], mark_en[];
/* Does the profile take this control? `is_brought`: one above brings its children; *brings: so does this. */
bool is_selected(const struct taken *taken, const json_t *control, bool is_brought, bool *brings);

/* ---- pack_yaml.c: what was taken as files of a pack ---- */

struct pack_files {
	struct arena *into;
	struct oscal_file *at;
	size_t count, room;
};
void files_put(struct pack_files *files, struct text path, struct text bytes);
void yaml_clauses(struct taken *taken, struct pack_files *files);
void yaml_roles(struct taken *taken, struct pack_files *files);
void yaml_parameters(struct taken *taken, struct pack_files *files);
struct error *yaml_pack(struct taken *taken, const struct spot *metadata, struct text uuid,
			struct pack_files *files) MUST_USE;
void yaml_rest(struct taken *taken, struct pack_files *files);

#endif
