/*
 * A program shuts itself in after it has opened what it needs: no new privileges, Landlock for
 * files, seccomp for calls, limits. What the kernel lacks (an old Landlock) is reported, not
 * silently skipped: *what_is_missing names it.
 */
#ifndef BANSHO_BASE_JAIL_H
#define BANSHO_BASE_JAIL_H

#include "base/error.h"

struct jail_path {
	const char *path; /* a file or folder that exists; a missing one is skipped */
	bool may_write;
	bool may_run;
};

struct jail {
	const struct jail_path *paths; /* everything not named is closed; ends with path NULL */
	bool may_network;	       /* new sockets of every ordinary family, outward connections */
	bool may_dial;		       /* new Unix sockets, and connecting them; nothing else */
	bool may_run;		       /* start other programs */
	bool is_single;		       /* one thread for ever */
	size_t most_memory;	       /* bytes of address space, 0 for no limit */
	unsigned most_seconds;	       /* of processor time, 0 for no limit */
	unsigned most_files;	       /* open at once, 0 for no limit */
	unsigned most_processes;       /* and threads, of this user together; 0 for no limit */
};

/*
 * Enter it: after opening sockets, store and keys, and before the first thread is started (one from
 * before would be outside; that is refused as BROKEN). What holds afterwards, also for every thread
 * and program started later:
 * - files: only those named; when none is named (and nothing may be run) no file call at all.
 *   Files already open stay usable. chmod, chown and truncate by path are refused everywhere.
 * - network: what is open stays open (accept, send, receive); new sockets only with may_network
 *   (Unix, TCP and UDP; none may listen) or may_dial. Without either connect() itself is closed, so
 *   that an accepted connection cannot be turned round into an outward one, whatever the kernel's
 *   Landlock knows: open the listening sockets before, and dial by base/dial.h.
 * - never: TCP fast open, raw and packet sockets, listening on a new socket.
 * - never: ptrace, mount, namespaces, bpf, io_uring, keyrings, modules, changing user or limits,
 *   memory that is writable and executable; any call that is not on the list in jail_calls.c.
 * Refused calls answer EPERM or EACCES; passing most_memory fails allocations, most_seconds kills.
 * A jail may be entered again from inside; it can only be narrower.
 * *what_is_missing is a constant such as "Landlock 6 (scope)", or empty: log it, do not ignore it.
 * BROKEN when the jail cannot be closed: the program must then end, it may be half inside.
 */
struct error *jail_enter(const struct jail *jail, struct text *what_is_missing) MUST_USE;

#endif
