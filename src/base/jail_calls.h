/* The second half of the jail, for jail.c only: which calls a program may still make. */
#ifndef BANSHO_BASE_JAIL_CALLS_H
#define BANSHO_BASE_JAIL_CALLS_H

#include "base/jail.h"

/* Needs no_new_privs. Every call not let through answers EPERM (clone3: ENOSYS, as glibc
 * expects). */
struct error *jail_filter_calls(const struct jail *jail) MUST_USE;

#endif
