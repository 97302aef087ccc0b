/*
 * Drawing entries of the journal by lot, so that anybody can draw them again. Pure: what an outsider needs
 * is the bundle and the seed. docs/audit.md has the same in ten lines of Python.
 *
 *	S = "bansho-sample-v1\n" origin "\n" size "\n" root "\n" acts "\n" since "\n" until "\n" words
 *	for c = 0, 1, 2, ...: H = SHA-256(S "\n" c); x = its first 8 bytes, big endian
 *	    x >= 2^64 - 2^64 mod size: passed over;  n = x mod size
 *	    entry n is taken unless it was before, or acts or days do not fit
 *
 * until `most` are taken or SAMPLE_TRIES were tried. The digest is SHA-256 over "n leaf\n" of each, in the
 * order drawn. The root is that of the checkpoint under which all entries below `size` stand: who draws can
 * choose words, but not entries, and every draw stays in the journal.
 */
#ifndef BANSHO_AUDIT_SAMPLE_H
#define BANSHO_AUDIT_SAMPLE_H

#include "base/day.h"
#include "base/error.h"
#include "base/hash.h"

enum { SAMPLE_MOST = 500, SAMPLE_TRIES = 20000, SAMPLE_MOST_SEED = 200, SAMPLE_MOST_ACTS = 60 };

struct sample_asked {
	struct text seed;   /* public words, one line */
	struct text acts;   /* "dossier.decide", or with "." at the end all of a room; empty: any */
	struct day since, until; /* DAY_NONE: open; both count, JST */
	int64_t most;
	struct text origin; /* of the log whose checkpoint it is */
	int64_t size;	    /* entries of all logs up to there */
	struct hash root;
};

struct sampled {
	int64_t seq;
	struct hash leaf;
};
struct sample {
	struct sampled *list;
	size_t count;
	int64_t tries;
	struct hash digest;
};

/* What is known of entry `seq`. */
struct sample_entry {
	struct text act;
	struct moment at;
	struct hash leaf;
};
struct sample_source {
	void *with;
	struct error *(*entry)(void *with, int64_t seq, struct sample_entry *entry);
};

/* INVALID names the field: "seed", "acts", "most", "until". */
struct error *sample_check(const struct sample_asked *asked) MUST_USE;
struct error *sample_draw(struct arena *into, const struct sample_asked *asked,
			  const struct sample_source *source, struct sample *sample) MUST_USE;

#endif
