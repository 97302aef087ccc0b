/*
 * The configuration file of an installed Bansho, /etc/bansho/bansho.conf: lines "key = value", '#'
 * begins a comment. What the command line says wins over it. Faults come all at once, each with its
 * line, what is wrong and what would be right.
 */
#ifndef BANSHO_CLI_CONF_H
#define BANSHO_CLI_CONF_H

#include "base/error.h"

enum { CONF_MOST_LINES = 64, CONF_MOST_BYTES = 64 << 10 };

struct conf {
	const char *path;
	struct conf_line {
		const char *name; /* of the table in conf.c */
		struct text value;
	} lines[CONF_MOST_LINES];
	size_t count;
};

/*
 * Read the file at `path`; NULL: the usual one, which only programs installed below /usr read, and
 * which may be missing. INVALID, with "PATH:LINE" as field, for an unknown key, a key given twice, a
 * value that cannot be.
 */
struct error *conf_read(struct arena *into, const char *path, struct conf *conf) MUST_USE;
/* data NULL when the file does not say. */
struct text conf_text(const struct conf *conf, const char *name);
/* NULL when the file does not say. */
const char *conf_z(struct arena *into, const struct conf *conf, const char *name);
bool conf_is_yes(const struct conf *conf, const char *name);
int64_t conf_number(const struct conf *conf, const char *name, int64_t usual);
/* Is there such a key at all? */
bool conf_knows(const char *name);

/* Are we installed (below /usr), rather than run from where we were built? */
bool is_installed(void);

#endif
