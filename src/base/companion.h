/*
 * Our companion programs, as services where there are any (base/dial.h), else started by us. A
 * service that does one job per connection (bansho-print, bansho-sheet with --service) is asked:
 *	wire message (base/wire.h) of its arguments, each followed by NUL; then the input to its end
 * and answers
 *	status ' ' length '\n', then that many bytes
 */
#ifndef BANSHO_BASE_COMPANION_H
#define BANSHO_BASE_COMPANION_H

#include "base/child.h"

/* One that lives on: `service` is its socket's name in DATA/run, argv how to start it otherwise. */
struct error *companion_start(const char *service, const char *const argv[], struct child *child)
	MUST_USE;
/* child_filter (base/child.h) through the service "NAME.sock" when argv[0] ends in bansho-NAME. */
struct error *companion_filter(struct arena *into, const char *const argv[], struct text in,
			       size_t limit, unsigned seconds, struct text *out) MUST_USE;

/*
 * The same of the service at DATA/run/`service`, where nothing may be started instead. words[0] is left
 * out, as a program's name is. Whatever it ended with is *status. BUSY when no service answers. What
 * was asked is wiped.
 */
struct error *companion_ask(struct arena *into, const char *service, const char *const words[],
			    struct text in, size_t limit, unsigned seconds, int *status,
			    struct text *out) MUST_USE;

/*
 * Where systemd does not: listen at `path` and return, once for each connection and in a process of
 * its own, with the connection as stdin and stdout.
 */
struct error *companion_listen(const char *path) MUST_USE;

/* The service's side, on stdin and stdout. words[0] is the program's name. */
enum { COMPANION_MOST_WORDS = 12 };
struct error *companion_words(struct arena *into, char **words, int *count) MUST_USE;
struct error *companion_answer(int status, struct text first, struct text rest) MUST_USE;

#endif
