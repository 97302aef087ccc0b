/* What the files of this room share with each other. Nothing outside includes it. */
#ifndef BANSHO_POLICY_ROOMS_H
#define BANSHO_POLICY_ROOMS_H

#include "policy/policy.h"

enum {
	PACK_MOST_FILES = 200,
	PACK_MOST_BYTES = 4 << 20, /* of one file */
	PACK_MOST_TOTAL = 16 << 20,
	PACK_MOST_DEPTH = 12,
	PACK_MOST_NODES = 200000,
	PACK_MOST_KEYS = 200, /* in one mapping */
	PACK_MOST_FAULTS = 500,
	PACK_MOST_CLAUSES = 20000,
	PACK_MOST_WARNINGS = 5000,
	CHECKLIST_MOST_ITEMS = 40,
};

/* --- yaml.c: the only file that knows libfyaml --- */

enum node_kind { NODE_TEXT, NODE_MAP, NODE_LIST };

struct node {
	enum node_kind kind;
	struct text text; /* NODE_TEXT */
	bool is_quoted;
	struct text file;
	int line; /* from 1 */
	int column;
	struct node *key; /* inside a mapping: the key this is the value of */
	struct node *first;
	struct node *last;
	struct node *next;
	size_t count;
};

/* --- faults.c: mistakes collected in one run --- */

struct fault {
	struct error *error;
	struct text file;
	int line;
	int column;
};

struct reading {
	struct arena *into;    /* where the pack lives */
	struct arena *scratch; /* trees; gone afterwards */
	const struct pack_names *known;
	struct pack *pack;
	struct fault *faults;
	size_t faults_count;
	size_t nodes;
	bool is_linted; /* somebody wants the warnings */
	struct pack_warning *warnings;
	size_t warnings_count;
	size_t warnings_room;
	struct place *places; /* where things stand in the files; open hash table */
	size_t places_count;
	size_t places_room;
};

/* Where a thing of the pack is written. */
struct place {
	const void *thing;
	const struct node *node;
};

const char *where_at(struct reading *reading, struct text file, int line, int column);
void fault_keep(struct reading *reading, struct text file, int line, int column,
		struct error *error);
/* Has this file been found faulty? Then what hangs on it is not complained about again. */
bool is_faulty(const struct reading *reading, const char *file);
/* The errors in order of file, line and column, chained; NULL when there are none. */
struct error *faults_sorted(struct reading *reading);

/* Note a mistake at a node and go on: fault(reading, node, "words %s", ...). */
#define fault(reading, node, ...) \
	fault_keep((reading), (node)->file, (node)->line, (node)->column, \
		   reject(where_at((reading), (node)->file, (node)->line, (node)->column), \
			  __VA_ARGS__))
#define fault_line(reading, file, line, column, ...) \
	fault_keep((reading), (file), (line), (column), \
		   reject(where_at((reading), (file), (line), (column)), __VA_ARGS__))
void warn_keep(struct reading *reading, const struct node *node, const char *code,
	       struct error *error);
/* Note what deserves a look at a node: warn_at(reading, node, "code", "words %s", ...). */
#define warn_at(reading, node, code, ...) \
	warn_keep((reading), (node), (code), reject(NULL, __VA_ARGS__))
/* In order of file, line and column. */
void warnings_sort(struct reading *reading);

/* The loader keeps where it read a thing; the linter finds it again. */
void place_keep(struct reading *reading, const void *thing, const struct node *node);
/* NULL when it was not kept. */
const struct node *place_of(const struct reading *reading, const void *thing);

/* The tree of one file, or NULL when it could not be read (faults say why). */
struct node *yaml_read(struct reading *reading, struct text file, struct text bytes);

/* --- shape.c: typed reading of trees --- */

struct key {
	const char *name;
	bool is_required;
};
/* Is it a mapping with only these keys and all required ones? Faults otherwise; false only when
 * it is no mapping at all. `keys` ends with a NULL name. `what` is said in words. */
bool shape_map(struct reading *reading, const struct node *node, const char *what,
	       const struct key *keys);
bool shape_list(struct reading *reading, const struct node *node, const char *what);
const struct node *node_get(const struct node *map, const char *key);
/* Below: a missing key gives an empty value silently; shape_map has complained already. */
struct text get_text(struct reading *reading, const struct node *map, const char *key);
/* A code: a-z A-Z 0-9 . - _ , at most 60. */
struct text get_code(struct reading *reading, const struct node *map, const char *key);
struct words get_words(struct reading *reading, const struct node *map, const char *key);
/* The document's own words, of which a translation may be missing. */
struct words get_printed(struct reading *reading, const struct node *map, const char *key);
/* An ISO day, or empty with a fault; `what` in words. */
struct text get_day(struct reading *reading, const struct node *map, const char *key,
		    const char *what);
/* ja and en of the mapping itself. */
struct words own_words(struct reading *reading, const struct node *map);
bool get_yes_no(struct reading *reading, const struct node *map, const char *key, bool usual);
bool get_number(struct reading *reading, const struct node *map, const char *key, int64_t least,
		int64_t most, int64_t *number);
/* Index in the NULL-terminated `names`, or `usual`. */
int get_one_of(struct reading *reading, const struct node *map, const char *key,
	       const char *const *names, int usual);
int one_of(struct reading *reading, const struct node *node, const char *const *names,
	   int usual);
struct text *get_texts(struct reading *reading, const struct node *map, const char *key,
		       size_t *count);
const struct when *get_when(struct reading *reading, const struct node *map, const char *key);

/* The nearest of `names` to `to`, or empty when nothing is near. */
struct text nearest(struct text to, const struct text *names, size_t count);
/* " もしかして: x" or an empty text; for ends of messages. */
const char *did_you_mean(struct reading *reading, struct text to, const struct text *names,
			 size_t count);
/* Faults where two list items have the same code. */
void fault_twice(struct reading *reading, const struct node *second, struct text code);

/* --- refer.c: names to pointers, with a fault and a hint where there is none --- */

const struct pack_role *refer_role(struct reading *reading, const struct node *node);
const struct pack_clause *refer_clause(struct reading *reading, const struct node *node);
const struct pack_form *refer_form(struct reading *reading, const struct node *node);
const struct pack_ledger *refer_ledger(struct reading *reading, const struct node *node);
const struct pack_axis *refer_axis(struct reading *reading, const struct node *node);
const struct pack_parameter *refer_parameter(struct reading *reading, const struct node *node);
const struct pack_duty *refer_duty(struct reading *reading, const struct node *node);
const struct pack_occasion *refer_occasion(struct reading *reading, const struct node *node);
const struct pack_reconcile *refer_reconcile(struct reading *reading, const struct node *node);
const struct pack_checklist *refer_checklist(struct reading *reading, const struct node *node);
/* A parameter of one of the kinds in the bit set; NULL when the key is missing. */
const struct pack_parameter *refer_time(struct reading *reading, const struct node *map,
					const char *key, unsigned kinds);
const struct pack_role **refer_roles(struct reading *reading, const struct node *map,
				     const char *key, size_t *count);
const struct pack_clause **refer_clauses(struct reading *reading, const struct node *map,
					 const char *key, size_t *count);
struct text refer_known(struct reading *reading, const struct node *node, const char *what,
			const char *const *names);
/* A key of `map` turned into a pointer by one of the above; NULL when the key is missing. */
#define REFER(reading, map, key, how) \
	(node_get((map), (key)) != NULL ? how((reading), node_get((map), (key))) : NULL)

/* --- load_*.c --- */

/* Do the names in the condition exist, and can its literals ever be answers? `form` (or NULL)
 * adds that form's fields to questions, axes and asset columns. */
void when_check(struct reading *reading, const struct node *map, const char *key,
		const struct when *when, const struct pack_form *form);
/* The same over the columns of one ledger. */
void when_check_row(struct reading *reading, const struct node *map, const char *key,
		    const struct when *when, const struct pack_ledger *ledger);

/* The trees of the files that together hold one kind of thing. */
struct trees {
	const struct node *at[PACK_MOST_FILES + 1];
	size_t count;
};
/* The items of a file that is `key: [ ... ]`; NULL when it is not. *count is 0 then. */
const struct node *file_items(struct reading *reading, const struct node *file, const char *key,
			      size_t *count);
/* The items of all these files one after the other: NULL begins, NULL ends. */
const struct node *items_next(struct reading *reading, const struct trees *trees,
			      const char *key, const struct node *item);
size_t items_count(struct reading *reading, const struct trees *trees, const char *key);
void load_about(struct reading *reading, const struct node *file);
void load_glossary(struct reading *reading, const struct node *file);
/* First pass: arrays with codes, so that everything may refer to everything. */
void list_roles(struct reading *reading, const struct node *file);
void list_axes(struct reading *reading, const struct node *file);
void list_parameters(struct reading *reading, const struct node *file);
void list_clauses(struct reading *reading, const struct node *const *files, size_t count);
void list_ledgers(struct reading *reading, const struct node *const *files, size_t count);
void list_forms(struct reading *reading, const struct node *const *files, size_t count);
void list_occasions(struct reading *reading, const struct trees *trees);
/* Second pass: everything else. */
void load_roles(struct reading *reading, const struct node *file);
void load_axes(struct reading *reading, const struct node *file);
void load_parameters(struct reading *reading, const struct node *file);
void load_clauses(struct reading *reading, const struct node *const *files, size_t count);
/* load_cited.c: times a duty leaves open; what a clause cites. */
void load_times(struct reading *reading, const struct node *node, struct pack_clause *clause);
void load_cited(struct reading *reading, const struct node *node, struct pack_clause *clause);
void load_ledgers(struct reading *reading, const struct node *const *files, size_t count);
void load_questions(struct reading *reading, const struct node *file);
void load_forms(struct reading *reading, const struct node *const *files, size_t count);
void load_occasions(struct reading *reading, const struct trees *trees);
void load_sign_in(struct reading *reading, const struct node *file);
/* audit.yaml; NULL: none. */
void load_audit(struct reading *reading, const struct node *file);
/* inventory.yaml; NULL: none. */
void load_inventory(struct reading *reading, const struct node *file);
/* entrance.yaml; NULL: none. */
void load_entrance(struct reading *reading, const struct node *file);
/* contracts.yaml, once ledgers and occasions are known; NULL: none. */
void load_contracts(struct reading *reading, const struct node *file);
void load_evidence(struct reading *reading, const struct trees *trees);
/* load_values.c: a rule of kind values, once its ledger is known. */
void load_values_rule(struct reading *reading, const struct node *node, struct pack_evidence *rule);
/* load_duties.c: once ledgers, clauses and parameters are known; before evidence. */
void load_duties(struct reading *reading, const struct trees *trees);

/* load_delegations.c: delegations.yaml and retention.yaml, once occasions are known; NULL: none. */
void load_delegations(struct reading *reading, const struct node *file);
void load_retention(struct reading *reading, const struct node *file);
/* load_check.c: checklists.yaml, before the evidence that names them; NULL: none. */
void load_checklists(struct reading *reading, const struct node *file);

/* load_reconcile.c: reconciliations.yaml, once ledgers and occasions are known; NULL: none. */
void load_reconciliations(struct reading *reading, const struct node *file);

/* load_incidents.c: incidents.yaml; NULL: none. */
void load_incidents(struct reading *reading, const struct node *file);

/* load_training.c: training.yaml (NULL: none), and the files of courses/ as they are. */
struct pack_text {
	struct text name; /* "courses/basics.md" */
	struct text bytes;
};
struct pack_texts {
	struct pack_text at[PACK_MOST_FILES];
	bool is_used[PACK_MOST_FILES];
	size_t count;
};
void load_training(struct reading *reading, const struct node *file, struct pack_texts *texts);

/* load_permits.c: what an occasion leads to, once its form and route are known. */
void load_results(struct reading *reading, const struct node *node,
		  struct pack_occasion *occasion);
/* A field of the occasion's form, anywhere in it, of one of these kinds. */
const struct pack_field *refer_form_field(struct reading *reading, const struct node *map,
					  const char *key, const struct pack_form *form,
					  unsigned kinds);

/* load_fields.c: `list` is a list of fields; the array has one per item, faulty ones too. */
struct pack_field *load_field_list(struct reading *reading, const struct node *list,
				   size_t *count);
/* Once all names are known: conditions and shared answers of fields loaded from `list`. */
void check_fields(struct reading *reading, const struct node *list,
		  const struct pack_field *fields, const struct pack_form *form);
/* A key whose value names one of `fields` of one of the kinds in the bit set. */
const struct pack_field *refer_field(struct reading *reading, const struct node *map,
				     const char *key, const struct pack_field *fields,
				     size_t count, unsigned kinds);
#define KIND(kind) (1U << (kind))

/* --- find.c --- */

struct named {
	struct text name;
	const void *thing;
};
struct pack_index {
	struct named *clauses;
	size_t clauses_count;
};
void index_clauses(struct arena *into, struct pack *pack);

/* --- when.c --- */

/* Calls `each` for every "name against literal" in the condition. */
void when_tests(const struct when *when,
		void (*each)(void *with, struct text name, const struct when_value *literal),
		void *with);

#endif
