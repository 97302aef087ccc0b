/* AES-256-GCM for single values and for files in pieces. */
#include "base/cipher.h"
#include "base/secret.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cipher {
	EVP_CIPHER *kind;
	EVP_CIPHER_CTX *state;
};

static void
must(bool is_done)
{
	if (is_done)
		return;
	fprintf(stderr, "bansho: AES-256-GCM fails in OpenSSL\n");
	abort();
}

struct cipher *
cipher_open(void)
{
	struct cipher *cipher = calloc(1, sizeof *cipher);
	must(cipher != NULL);
	cipher->kind = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	cipher->state = EVP_CIPHER_CTX_new();
	must(cipher->kind != NULL && cipher->state != NULL);
	must(EVP_CipherInit_ex2(cipher->state, cipher->kind, NULL, NULL, 1, NULL) == 1);
	return cipher;
}

void
cipher_close(struct cipher *cipher)
{
	if (cipher == NULL)
		return;
	EVP_CIPHER_CTX_free(cipher->state);
	EVP_CIPHER_free(cipher->kind);
	free(cipher);
}

void
cipher_close_at_end(struct cipher **cipher)
{
	cipher_close(*cipher);
}

static void
begin(struct cipher *cipher, const struct cipher_with *with, bool seals)
{
	int len;
	must(EVP_CipherInit_ex2(cipher->state, NULL, with->key, with->nonce, seals, NULL) == 1);
	if (with->about.len == 0)
		return;
	/* Names of columns: short. */
	must(EVP_CipherUpdate(cipher->state, NULL, &len, (const unsigned char *)with->about.data,
			      (int)with->about.len) == 1);
}

void
cipher_seal(struct cipher *cipher, const struct cipher_with *with, struct text plain,
	    unsigned char *sealed)
{
	int len = 0, rest = 0;
	begin(cipher, with, true);
	must(plain.len < INT32_MAX);
	if (plain.len != 0)
		must(EVP_CipherUpdate(cipher->state, sealed, &len,
				      (const unsigned char *)plain.data, (int)plain.len) == 1);
	must(EVP_CipherFinal_ex(cipher->state, sealed + len, &rest) == 1);
	must(EVP_CIPHER_CTX_ctrl(cipher->state, EVP_CTRL_AEAD_GET_TAG, CIPHER_TAG,
				 sealed + plain.len) == 1);
}

bool
cipher_unseal(struct cipher *cipher, const struct cipher_with *with, struct text sealed,
	      unsigned char *plain)
{
	int len = 0, rest = 0;
	unsigned char tag[CIPHER_TAG];
	if (sealed.len < CIPHER_TAG || sealed.len >= INT32_MAX)
		return false;
	const size_t size = sealed.len - CIPHER_TAG;
	begin(cipher, with, false);
	if (size != 0 &&
	    EVP_CipherUpdate(cipher->state, plain, &len, (const unsigned char *)sealed.data,
			     (int)size) != 1) /* bounded above */
		return false;
	memcpy(tag, sealed.data + size, sizeof tag);
	must(EVP_CIPHER_CTX_ctrl(cipher->state, EVP_CTRL_AEAD_SET_TAG, CIPHER_TAG, tag) == 1);
	if (EVP_CipherFinal_ex(cipher->state, plain + len, &rest) == 1)
		return true;
	wipe(plain, size); /* nothing unproved leaves */
	return false;
}

/* ---- Files ---- */

static const char vault_magic[16] = "bansho file 1\n";

bool
vault_is_one(struct text bytes)
{
	return bytes.len >= sizeof vault_magic &&
	       memcmp(bytes.data, vault_magic, sizeof vault_magic) == 0;
}

static struct hash
key_of_file(const unsigned char *key, const char *head)
{
	return hash_keyed((struct text){ (const char *)key, CIPHER_KEY },
			  (struct text){ head, VAULT_HEAD });
}

static void
write_nonce(unsigned char nonce[static CIPHER_NONCE], uint64_t piece, bool is_last)
{
	memset(nonce, 0, CIPHER_NONCE);
	for (int at = 0; at < 8; at++)
		nonce[at + 3] = (unsigned char)(piece >> (56 - 8 * at));
	nonce[CIPHER_NONCE - 1] = is_last;
}

struct text
vault_seal(struct arena *into, const unsigned char key[static CIPHER_KEY], struct text plain)
{
	CIPHER_SCOPED cipher = cipher_open();
	const size_t pieces = plain.len == 0 ? 1 : (plain.len + VAULT_PIECE - 1) / VAULT_PIECE;
	char *data = arena_get(into, 1, VAULT_HEAD + plain.len + pieces * CIPHER_TAG);
	unsigned char nonce[CIPHER_NONCE], *out = (unsigned char *)data + VAULT_HEAD;
	memcpy(data, vault_magic, sizeof vault_magic);
	random_bytes(data + sizeof vault_magic, VAULT_HEAD - sizeof vault_magic);
	struct hash own = key_of_file(key, data);
	const struct cipher_with with = { own.at, nonce, T("") };
	for (size_t at = 0; at < pieces; at++) {
		const struct text rest = text_from(plain, at * VAULT_PIECE);
		const struct text piece = text_first(rest, rest.len < VAULT_PIECE ? rest.len
										 : VAULT_PIECE);
		write_nonce(nonce, at, at + 1 == pieces);
		cipher_seal(cipher, &with, piece, out);
		out += piece.len + CIPHER_TAG;
	}
	wipe(&own, sizeof own);
	return (struct text){ data, VAULT_HEAD + plain.len + pieces * CIPHER_TAG };
}

bool
vault_unseal(struct arena *into, const unsigned char key[static CIPHER_KEY], struct text sealed,
	     struct text *plain)
{
	CIPHER_SCOPED cipher = cipher_open();
	enum { WHOLE = VAULT_PIECE + CIPHER_TAG };
	if (!vault_is_one(sealed) || sealed.len < VAULT_HEAD + CIPHER_TAG)
		return false;
	struct text rest = text_from(sealed, VAULT_HEAD);
	unsigned char nonce[CIPHER_NONCE], *data = arena_get(into, 1, rest.len);
	struct hash own = key_of_file(key, sealed.data);
	const struct cipher_with with = { own.at, nonce, T("") };
	size_t len = 0;
	bool is_right = true;
	for (uint64_t at = 0; is_right && (at == 0 || rest.len != 0); at++) {
		const struct text piece = text_first(rest, rest.len < WHOLE ? rest.len : WHOLE);
		rest = text_from(rest, piece.len);
		write_nonce(nonce, at, rest.len == 0);
		is_right = cipher_unseal(cipher, &with, piece, data + len);
		len += is_right ? piece.len - CIPHER_TAG : 0;
	}
	wipe(&own, sizeof own);
	*plain = (struct text){ (const char *)data, len };
	return is_right;
}
