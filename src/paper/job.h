/* What jobs for bansho-print (sheet_paper.h) are put together from: small steps over jansson. */
#ifndef BANSHO_PAPER_JOB_H
#define BANSHO_PAPER_JOB_H

#include "base/arena.h"
#include "base/error.h"

#include <jansson.h>

void job_drop(json_t **json);
#define JOB_SCOPED __attribute__((cleanup(job_drop))) json_t *

json_t *job_string(struct text text);
/* A member; empty texts too, which print as room to write. */
void job_put(json_t *object, const char *name, struct text text);
/* A member, unless it is empty. */
void job_put_some(json_t *object, const char *name, struct text text);

/* A new section at the end; heading empty: it joins the table above. Lives in `sections`. */
json_t *job_section(json_t *sections, const char *kind, struct text heading);
/* A new array or object at the end of an array. Lives in it. */
json_t *job_row(json_t *rows);
json_t *job_object(json_t *list);
/* A new array as a member. Lives in `object`. */
json_t *job_list(json_t *object, const char *name);
/* A row of so many cells. */
void job_cells(json_t *rows, const struct text *cells, size_t count);
void job_column(json_t *columns, struct text name, int width);

/* What proves the paper: in the footer of every page. */
struct job_proof {
	struct text record;  /* "dossier:12" */
	struct text digest;  /* 64 hex digits */
	int64_t tree_size;   /* entries the newest checkpoint covers */
	struct text command; /* what verifies it, complete */
};
void job_prove(json_t *job, const struct job_proof *proof);

/* The job's bytes. INVALID with these words (a message said already) when the printer would refuse so much. */
struct error *job_write(struct arena *into, const json_t *made, const char *too_large, struct text *job) MUST_USE;

#endif
