/* Strict reading of the job's members: every fault names its place, nothing unknown passes. */
#ifndef BANSHO_PAPER_PRINT_CHECK_H
#define BANSHO_PAPER_PRINT_CHECK_H

#include "paper/print.h"

#include <jansson.h>

/* Where we are in the job: sections[2].rows[0][1].label is a chain of these on the stack. */
struct place {
	const struct place *above; /* NULL for the job itself */
	const char *name;	   /* a member, or NULL for element `no` of an array */
	size_t no;
};

struct reading {
	struct arena *arena;
	size_t rows; /* of items so far, in the whole job */
};

/* "sections[2].label", NUL-terminated; `name` may be NULL for the place itself. */
const char *place_name(const struct reading *in, const struct place *place, const char *name);

/* An object with no members but those in `known` (separated by spaces). */
struct error *check_object(const struct reading *in, const struct place *place, const json_t *value,
			   const char *known) MUST_USE;

struct text_rule {
	const char *name;
	size_t most;	  /* characters */
	bool is_needed;	  /* must be there and not be empty */
	bool is_one_line; /* may hold no LF */
};
/* Absent stays empty. Line ends become LF, tabs become spaces. */
struct error *check_text(const struct reading *in, const struct place *place, const json_t *object,
			 const struct text_rule *rule, struct text *text) MUST_USE;
/* The same for a bare value (an element of an array); rule->name is not used. */
struct error *check_text_value(const struct reading *in, const struct place *place,
			       const json_t *value, const struct text_rule *rule,
			       struct text *text) MUST_USE;
struct error *check_number(const struct reading *in, const struct place *place,
			   const json_t *object, const char *name, int64_t least, int64_t most,
			   int64_t *number) MUST_USE; /* absent leaves *number */
struct error *check_bool(const struct reading *in, const struct place *place, const json_t *object,
			 const char *name, bool *value) MUST_USE; /* absent leaves *value */
/* *array is NULL when absent and not needed. */
struct error *check_array(const struct reading *in, const struct place *place,
			  const json_t *object, const char *name, bool is_needed, size_t most,
			  const json_t **array) MUST_USE;
struct error *check_day(const struct reading *in, const struct place *place, const json_t *object,
			const char *name, bool *has_day, struct day *day) MUST_USE;
struct error *check_moment(const struct reading *in, const struct place *place,
			   const json_t *object, const char *name, struct moment *moment) MUST_USE;
/* An array of texts. */
struct error *check_texts(const struct reading *in, const struct place *place,
			  const json_t *object, const struct text_rule *rule, size_t most,
			  struct text **texts, size_t *count) MUST_USE;

/* print_read_section.c */
struct error *read_sections(struct reading *in, const json_t *job, struct print_job *into) MUST_USE;

#endif
