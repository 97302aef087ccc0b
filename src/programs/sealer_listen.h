/* bansho-sealer as a service: one sealer, many callers over a Unix socket. */
#ifndef BANSHO_PROGRAMS_SEALER_LISTEN_H
#define BANSHO_PROGRAMS_SEALER_LISTEN_H

#include "base/error.h"

struct sealer_door {
	int fd;		   /* listening */
	bool has_group;	   /* members' programs may ask too, by their primary group */
	unsigned group;
	struct text (*answer)(void *with, struct arena *arena, struct text message);
	void *with;
};

/* Open the door, before the jail: the socket at `path`, mode 0660. `group` NULL: no group. */
struct error *sealer_door_open(const char *path, const char *group, struct sealer_door *door)
	MUST_USE;
/*
 * Answer until the process is ended. Who is neither root, nor our own user, nor of the group is
 * turned away unread (SO_PEERCRED). One thread: callers wait for each other as they would for the
 * lock.
 */
struct error *sealer_door_serve(const struct sealer_door *door) MUST_USE;

#endif
