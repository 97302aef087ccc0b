/*
 * The one table of jails: for each of our programs what it may still do once it has shut itself in.
 * docs/programs.md is this table in words; tests/attacker.c enters each row and tries everything else.
 */
#ifndef BANSHO_BASE_JAILS_H
#define BANSHO_BASE_JAILS_H

#include "base/jail.h"

enum jail_name {
	JAIL_BANSHOD,	    /* companions are services: it starts nothing */
	JAIL_BANSHOD_ALONE, /* no services here: it starts its companions itself */
	JAIL_DIALER,	    /* the child of banshod that connects to our services (base/dial.h) */
	JAIL_CLOCK,	    /* outward connections: mail, witnesses */
	JAIL_DIRECTORY,	    /* outward connections: the directory (LDAP); no body, no store */
	JAIL_SEALER,
	JAIL_PRINT,
	JAIL_SHEET,
	JAIL_WITNESS,
	JAIL_DRAFT,  /* bansho turning a text into a draft pack: its folder and nothing else */
	JAIL_READER, /* bansho reading what others hand in: bundles, packs */
	JAIL_IMPORT, /* bansho making a pack folder from documents of others */
	JAIL_COUNT,
};

/* What a path of the table stands for; filled in by the program that enters. */
enum jail_place {
	PLACE_FIXED,	/* the path itself */
	PLACE_BODY,	/* DATA/bodies/CODE */
	PLACE_KEYS,	/* DATA/keys/CODE */
	PLACE_OWN,	/* the one folder or file of this program */
	PLACE_PROGRAMS, /* where our companions are */
};

struct jail_places {
	const char *body, *keys, *own, *programs; /* NULL: there is none */
};

struct jail_grant {
	enum jail_place place;
	const char *path; /* of PLACE_FIXED */
	bool may_write, may_run;
};

struct jail_row {
	const char *program;
	const struct jail_grant *grants; /* ends with PLACE_FIXED and no path */
	struct jail limits;		 /* everything but paths */
};

extern const struct jail_row jail_table[JAIL_COUNT];

/*
 * Enter a row (see jail_enter for when). What this kernel cannot hold is logged. BROKEN: the
 * program must end.
 */
struct error *jails_enter(enum jail_name name, const struct jail_places *places) MUST_USE;

#endif
