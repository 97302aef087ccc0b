/* What the files of this room share with each other. Nothing outside includes it. */
#ifndef BANSHO_OSCAL_ROOMS_H
#define BANSHO_OSCAL_ROOMS_H

#include "oscal/oscal.h"

#include "assure/history.h"
#include "base/writer.h"

#include <jansson.h>

/* ---- names.c: ids, UUIDs, times, and text as OSCAL wants it ---- */

/* Version 5 in form, made from SHA-256: the same for the same words, forever. */
struct text uuid_of(struct arena *into, struct text scope, const char *kind, struct text id);
/* A code as a token: as it is, or with "_" before what cannot begin one. And back. */
struct text token_of(struct arena *into, struct text code);
struct text code_of(struct text token);
/* "takamatsu.3.2.9.a-1", "takamatsu_smt.3.2.9.a-1", "takamatsu_prm.permit.usual-days". */
struct text control_id(struct arena *into, const struct pack *pack, struct text clause);
struct text statement_id(struct arena *into, const struct pack *pack, struct text clause);
struct text parameter_id(struct arena *into, const struct pack *pack, struct text code);
/* Midnight in Japan at which an ISO day begins; "2019-04-01T00:00:00+09:00". */
struct text time_of_day(struct arena *into, struct text iso);
/* As markup: what would be a mark is escaped. And back. */
struct text markup_of(struct arena *into, struct text plain);
struct text plain_of(struct arena *into, struct text markup);
/* Without line breaks and outer space, as titles and values of properties must be. */
struct text line_of(struct arena *into, struct text text);

/* ---- put.c: building documents; out of memory ends the process ---- */

#define JSON_SCOPED json_auto_t

json_t *new_object(void);
void put(json_t *object, const char *name, json_t *value); /* takes the value */
void put_text(json_t *object, const char *name, struct text text);
void put_z(json_t *object, const char *name, const char *z);
json_t *put_object(json_t *object, const char *name);
/* The array of that name, made when it is not there yet: so none is ever empty. */
json_t *array_in(json_t *object, const char *name);
json_t *add_object(json_t *object, const char *name); /* a new object at the end of it */
void add_text(json_t *object, const char *name, struct text text);
/* Markup of a plain text, on one line or several. */
void put_line(struct arena *arena, json_t *object, const char *name, struct text plain);
void put_prose(struct arena *arena, json_t *object, const char *name, struct text plain);
/* A property of ours; nothing when the value is empty. `class` and `group` may be NULL. */
struct property {
	const char *name;
	struct text value;
	const char *class;
	const char *group;
};
void add_property(struct arena *arena, json_t *object, const struct property *property);
void add_prop(struct arena *arena, json_t *object, const char *name, struct text value);
/* Both languages; `ja` is left out where it stands in a member of OSCAL's own. */
void add_words(struct arena *arena, json_t *object, const char *name, struct words words);
void add_english(struct arena *arena, json_t *object, const char *name, struct words words);
/* A title in both languages; the other words when there is none. */
void put_title(struct arena *arena, json_t *object, struct words title, struct text otherwise);
/* The whole document. */
struct text json_bytes(struct arena *into, const json_t *document);

/* ---- about.c: what every document begins with ---- */

struct writing {
	struct arena *arena;
	const struct oscal_source *source;
	struct text scope; /* of UUIDs: the body, or the pack */
	json_t *document;  /* {"catalog": {...}} */
	json_t *root;	   /* {...} */
	struct text stamp; /* when the state shown was so; from the data, never the clock alone */
	struct day day;	   /* whose end the state is as of */
	bool is_past;	   /* that day is over */
	struct text state; /* names that state: what makes another one another document */
};
/* UUID, title, times and version. `title` is a message id. */
void put_about(struct writing *writing, const char *title);
/* A file that the document was made with or is about. */
void add_link(json_t *object, const char *rel, struct text href, struct text words);
json_t *add_resource(struct writing *writing, const char *kind, struct text id, struct text title);
struct text component_uuid(struct arena *into); /* of Bansho itself: the same everywhere */

/* ---- one file per model ---- */

void write_catalog(struct writing *writing);
struct error *write_profile(struct writing *writing) MUST_USE;
struct error *write_components(struct writing *writing) MUST_USE;
struct error *write_plan(struct writing *writing) MUST_USE;
struct error *write_results(struct writing *writing) MUST_USE;
struct error *write_poam(struct writing *writing) MUST_USE;

/* ---- rules.c: evidence rules, as several models tell them ---- */

const char *rule_kind_name(const struct pack_evidence *rule); /* "permits" */
const char *rule_method(const struct pack_evidence *rule);    /* TEST, EXAMINE, INTERVIEW */
struct text rule_target(const struct pack_evidence *rule);    /* "transport": what it looks at, or empty */
struct text rule_uuid(const struct writing *writing, const char *kind,
		      const struct pack_evidence *rule);
void add_rule_props(const struct writing *writing, json_t *object, const struct pack_evidence *rule);
struct text words_of_rule(const struct writing *writing, const struct pack_evidence *rule);

#endif
