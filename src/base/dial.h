/*
 * Connections to our own services. They listen on Unix sockets in DATA/run, which an installation
 * makes a link to /run/bansho: sealer/CODE.sock, print.sock, sheet.sock. Where there is no such
 * socket, a companion program is started instead (base/companion.h).
 */
#ifndef BANSHO_BASE_DIAL_H
#define BANSHO_BASE_DIAL_H

#include "base/error.h"

/* Look in DATA/run from now on. Before threads start. */
void dial_folder(const char *data);
/*
 * From now on a child of this process does the connecting, in a jail of its own (JAIL_DIALER), so
 * that this process can give up connect() altogether. Call it first thing, before anything is open
 * that the child must not have; it ends with this process.
 */
struct error *dial_apart(void) MUST_USE;
/* Is there a socket of that name? */
bool dial_has(const char *name);
/* BUSY when the service does not answer. `name`: letters, digits, '-', '.', '/' only. */
struct error *dial(const char *name, int *fd) MUST_USE;

#endif
