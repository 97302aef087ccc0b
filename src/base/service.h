/*
 * Being a service: telling systemd that we are ready and alive (sd_notify(3), the datagram itself),
 * taking sockets it has opened (sd_listen_fds(3)), and listening on Unix sockets of our own.
 * Without systemd every call does nothing.
 */
#ifndef BANSHO_BASE_SERVICE_H
#define BANSHO_BASE_SERVICE_H

#include "base/error.h"

#include <sys/types.h>

/* First thing in main, before the jail and before threads. */
void service_start(void);
void service_ready(void);
void service_stopping(void);
/* We are well. Call it at least every service_every_seconds(). */
void service_alive(void);
/* How often to say so: half of what systemd waits; `usual` when it does not wait. */
unsigned service_every_seconds(unsigned usual);
/* A socket systemd opened for us under that FileDescriptorName=, or -1. */
int service_socket(const char *name);
/* Root becomes whoever the folder belongs to, with that group alone, for good. Others stay. */
struct error *service_become_owner(const char *folder) MUST_USE;
/*
 * Listen on a Unix socket at `path` with that mode; one that nobody listens on any more is
 * replaced. CONFLICT when somebody does.
 */
struct error *service_listen(const char *path, mode_t mode, int *fd) MUST_USE;

#endif
