/*
 * OSCAL 1.2.1 (NIST's Open Security Controls Assessment Language, JSON): what a body's policy is, how
 * Bansho carries it out, and what its records show, for tools that are not ours. Mapping tables:
 * docs/oscal.md.
 *
 * What is written rests on nothing but the pack and the body's records: every UUID is derived from
 * what it stands for and every time comes from the data, so two exports of the same state are the same
 * bytes. Ids of ours become OSCAL tokens ("3.2.9.a-1" is "takamatsu.3.2.9.a-1") and come back exactly.
 *
 * Reading takes a catalog, and with it a profile and component-definitions, and makes a pack folder.
 * A catalog of ours brings the files of its pack along; each must have the SHA-256 written beside it.
 * Where what the catalog itself says differs from what those files say (somebody edited it), the
 * catalog wins and every difference is listed. A catalog of somebody else becomes a pack that loads;
 * what a pack needs and the catalog does not say stands there under a mark and is listed.
 */
#ifndef BANSHO_OSCAL_OSCAL_H
#define BANSHO_OSCAL_OSCAL_H

#include "assure/assure.h"

/* The namespace (OSCAL `ns`) of the properties and parts that are ours. */
#define OSCAL_NS "urn:bansho:oscal:1"
#define OSCAL_VERSION "1.2.1"

enum {
	OSCAL_MOST_BYTES = 32 << 20, /* of one document that is read */
	OSCAL_MOST_DEPTH = 64,
	OSCAL_MOST_VALUES = 2000000,
	OSCAL_MOST_DOCUMENTS = 16,
	OSCAL_MOST_LISTED = 1000, /* differences, and things to be answered of one kind */
};

enum oscal_model {
	OSCAL_CATALOG,
	OSCAL_PROFILE,
	OSCAL_COMPONENTS, /* component-definition */
	OSCAL_PLAN,	  /* assessment-plan */
	OSCAL_RESULTS,	  /* assessment-results */
	OSCAL_POAM,	  /* plan-of-action-and-milestones */
	OSCAL_MODELS,
};
const char *oscal_model_name(enum oscal_model model); /* "catalog": the name of its top member */
const char *oscal_model_file(enum oscal_model model); /* "catalog.json" */
bool oscal_model_read(struct text name, enum oscal_model *model);
/* The first three are about a pack alone; the others need a body. */
bool oscal_needs_body(enum oscal_model model);

/* ---- Writing ---- */

/* One file of a pack: "clauses/01.yaml". */
struct oscal_file {
	struct text path;
	struct text bytes;
};

/*
 * Every file of the pack in `folder`, in order of path. Limits as pack_load(). INVALID when there are
 * more, or one is bigger.
 */
struct error *oscal_pack_files(struct arena *into, const char *folder, struct oscal_file **files,
			       size_t *count) MUST_USE;

struct oscal_source {
	const struct pack *pack;
	struct oscal_file *files; /* of that pack; carried by the catalog */
	size_t files_count;
	/* Of a body; look NULL: the pack alone. */
	struct look *look;
	struct text body_code;
	struct text body_name;
	const struct assurance *assurance; /* what the results tell, as of assurance->at */
	int64_t entry; /* of a past day: the entry that closed its round (assure_then); else 0 */
};

/*
 * The document as JSON with sorted members, ending in a line feed. MISSING when the model needs a body
 * and there is none, or when there is nothing it may hold (a POA&M without one open item is not valid
 * OSCAL). Right (checked by the caller): map.read for the models of a body.
 */
struct error *oscal_write(struct arena *into, const struct oscal_source *source,
			  enum oscal_model model, struct text *json) MUST_USE;

/* ---- Reading ---- */

struct oscal_document {
	const char *name; /* of the file, for messages */
	struct text bytes;
};

/* Where a document says otherwise than the pack files it carries, or something that was left out. */
struct oscal_note {
	struct text where; /* "catalog.json: catalog.groups[takamatsu.3].title" */
	struct text words;
};

struct oscal_read {
	bool is_ours;	   /* it carried the files of its pack */
	bool is_untouched; /* ... and says exactly what they say: they are written byte for byte */
	size_t files;
	size_t clauses;
	size_t to_answer; /* things a pack needs and the documents do not say; listed in to-answer.md */
	struct oscal_note *notes;
	size_t notes_count;
};

/*
 * Read documents (one catalog; profiles and component-definitions of it) into `folder`, which must be
 * empty, as the files of a pack. INVALID, with "FILE: PATH" in `field`, when a document cannot be
 * read: no JSON, too big, too deep, no OSCAL, a value of the wrong type, a carried file with another
 * hash. What was made then loads with pack_load() unless the catalog was edited into something that
 * contradicts the other files of the pack; the caller says so by loading it. *read lives in `into`.
 */
struct error *oscal_read(struct arena *into, const struct oscal_document *documents, size_t count,
			 const char *folder, struct oscal_read *read) MUST_USE;

#endif
