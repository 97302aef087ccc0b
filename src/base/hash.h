/* SHA-256 (CRYPTREC), by OpenSSL. */
#ifndef BANSHO_BASE_HASH_H
#define BANSHO_BASE_HASH_H

#include "base/text.h"

enum { HASH_LEN = 32 };

struct hash {
	uint8_t at[HASH_LEN];
};

/* The hash of one piece, or of two laid end to end. */
struct hash hash_of(struct text a);
struct hash hash_of_two(struct text a, struct text b);
/* The hash of each of many messages: beside each other where the processor can. */
void hash_many(const struct text *messages, size_t count, struct hash *hashes);
bool hash_is_wide(void); /* it can; for tests and benches */

/* For long input: begin, add any number of times, end; then begin again or close. */
struct hasher;
struct hasher *hasher_open(void);
void hasher_begin(struct hasher *hasher);
void hasher_add(struct hasher *hasher, struct text piece);
struct hash hasher_end(struct hasher *hasher);
void hasher_close(struct hasher *hasher);
void hasher_close_at_end(struct hasher **hasher);
#define HASHER_SCOPED __attribute__((cleanup(hasher_close_at_end))) struct hasher *

bool hash_same(const struct hash *a, const struct hash *b);
struct text hash_bytes(const struct hash *hash); /* a view */
struct text hash_hex(struct arena *into, const struct hash *hash);
bool hash_read_hex(struct text hex, struct hash *hash);

/* SHA-1 as 40 upper-case hex digits, for looking into other people's lists. It protects nothing here. */
enum { SHA1_HEX = 40 };
void sha1_hex(struct text message, char digits[SHA1_HEX]);

/* HMAC-SHA-256 (RFC 2104). */
struct hash hash_keyed(struct text key, struct text message);

#endif
