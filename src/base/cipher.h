/* AES-256-GCM (CRYPTREC list; NIST SP 800-38D), by OpenSSL with the cipher fetched once. */
#ifndef BANSHO_BASE_CIPHER_H
#define BANSHO_BASE_CIPHER_H

#include "base/error.h"
#include "base/hash.h"

enum { CIPHER_KEY = 32, CIPHER_NONCE = 12, CIPHER_TAG = 16 };

/* One thread's; kept, because making one costs more than sealing a name. */
struct cipher;
struct cipher *cipher_open(void);
void cipher_close(struct cipher *cipher);
void cipher_close_at_end(struct cipher **cipher);
#define CIPHER_SCOPED __attribute__((cleanup(cipher_close_at_end))) struct cipher *

/* What a piece is sealed with. A nonce never serves twice under one key. */
struct cipher_with {
	const unsigned char *key;   /* CIPHER_KEY bytes */
	const unsigned char *nonce; /* CIPHER_NONCE bytes */
	struct text about;	    /* authenticated, not hidden: what the piece is */
};
/* `sealed` has room for plain.len + CIPHER_TAG bytes. */
void cipher_seal(struct cipher *cipher, const struct cipher_with *with, struct text plain,
		 unsigned char *sealed);
/* `plain` has room for sealed.len - CIPHER_TAG bytes. False when it is not what was sealed. */
bool cipher_unseal(struct cipher *cipher, const struct cipher_with *with, struct text sealed,
		   unsigned char *plain);

/*
 * Whole files, in pieces of 64 KiB: "bansho file 1\n", two NUL, a salt of 32 bytes, then every piece
 * sealed under HMAC-SHA-256(key, salt) with its number and whether it is the last in the nonce, so
 * that no piece can be moved, repeated or cut off.
 */
enum { VAULT_HEAD = 48, VAULT_PIECE = 65536 };
bool vault_is_one(struct text bytes);
struct text vault_seal(struct arena *into, const unsigned char key[static CIPHER_KEY],
		       struct text plain);
/* False when it is not what was sealed under this key. */
bool vault_unseal(struct arena *into, const unsigned char key[static CIPHER_KEY],
		  struct text sealed, struct text *plain);

#endif
