/*
 * Secrets (keys, passwords, session tokens) live in memory that is locked, never swapped, and
 * wiped when the scope ends (libsodium). No writer and no log accepts one.
 */
#ifndef BANSHO_BASE_SECRET_H
#define BANSHO_BASE_SECRET_H

#include "base/error.h"

struct secret {
	unsigned char *data;
	size_t len;
};

/* Call once at program start. Stops the process when libsodium cannot start. */
void secret_start(void);
struct secret secret_open(size_t len);	       /* zeroed */
struct secret secret_random(size_t len);
struct secret secret_from(struct text bytes);  /* a copy; the original should be wiped */
void secret_close(struct secret *secret);
#define SECRET_SCOPED __attribute__((cleanup(secret_close))) struct secret
/* Constant time. Different lengths are different. */
bool secret_same(struct secret a, struct secret b);
bool bytes_same_constant_time(struct text a, struct text b);
void random_bytes(void *into, size_t len);
/* Overwrite memory in a way the compiler keeps. */
void wipe(void *data, size_t len);
/* Up to `limit` bytes from fd or file, for keys. */
struct error *secret_read_file(const char *path, size_t limit, struct secret *secret) MUST_USE;
struct error *secret_write_file(const char *path, struct secret secret) MUST_USE; /* mode 0600, new */

/* argon2id (OWASP: t=2, m=19 MiB, p=1): 20 ms of one core and 19 MiB; bound how many run at once. */
struct error *password_hash(struct arena *into, struct secret password, struct text *encoded)
	MUST_USE;
bool password_matches(struct text encoded, struct secret password);

#endif
