/*
 * Sealed values. In the file: "~1~" and in base64 owner (8 bytes), nonce (12), AES-256-GCM ciphertext
 * and tag; authenticated with it are "table.column" and the owner. So a value says whose key it
 * needs wherever a query joins it in, and row digests cover what stands in the file: destroying a key
 * changes no row.
 */
#include "store/rooms.h"

#include <string.h>

enum { OWNER = 8, OVERHEAD = OWNER + CIPHER_NONCE + CIPHER_TAG, ABOUT_MOST = 128 };

static const struct text prefix = T_INIT("~1~");

struct about {
	char bytes[ABOUT_MOST + OWNER];
	size_t len;
};

static void
put_owner(char *into, int64_t owner)
{
	for (int at = 0; at < OWNER; at++)
		into[at] = (char)((uint64_t)owner >> (56 - 8 * at)); /* one byte each */
}

static int64_t
get_owner(const char *from)
{
	uint64_t owner = 0;
	for (int at = 0; at < OWNER; at++)
		owner = owner << 8 | (unsigned char)from[at];
	return (int64_t)owner; /* as put_owner() wrote it */
}

static struct about
about_of(const char *column, int64_t owner)
{
	struct about about = { .len = strlen(column) };
	if (about.len > ABOUT_MOST)
		about.len = ABOUT_MOST;
	memcpy(about.bytes, column, about.len);
	put_owner(about.bytes + about.len, owner);
	about.len += OWNER;
	return about;
}

static struct error *
no_key(enum key_state state, int64_t owner)
{
	if (state == KEY_ERASED)
		return conflict("この職員の個人データは消去してあるため、もう書き込めません。");
	return broken("鍵束に番号 %lld の鍵がありません。控えの鍵束を bansho keys import で戻してください。",
		      (long long)owner);
}

static struct text
seal(struct statement *statement, const unsigned char *key, const char *column, int64_t owner,
     struct text plain)
{
	struct arena *arena = statement->arena;
	const struct about about = about_of(column, owner);
	char *data = arena_get(arena, 1, plain.len + OVERHEAD);
	put_owner(data, owner);
	random_bytes(data + OWNER, CIPHER_NONCE);
	const struct cipher_with with = { key, (unsigned char *)data + OWNER,
					  { about.bytes, about.len } };
	cipher_seal(statement->connection->cipher, &with, plain,
		    (unsigned char *)data + OWNER + CIPHER_NONCE);
	return text_join(arena, prefix,
			 text_base64(arena, (struct text){ data, plain.len + OVERHEAD }));
}

struct error *
query_bind_sealed(struct statement *statement, int at, const char *column, int64_t owner,
		  struct text value)
{
	unsigned char key[CIPHER_KEY];
	struct ring *ring = statement->connection->store->ring;
	if (value.len == 0) {
		query_bind_text(statement, at, T(""));
		return OK;
	}
	if (ring == NULL)
		return broken("鍵束がつながっていないため、個人データを書き込めません。");
	const enum key_state state = ring_key(ring, owner, key);
	if (state != KEY_HELD)
		return no_key(state, owner);
	query_bind_text(statement, at, seal(statement, key, column, owner, value));
	wipe(key, sizeof key);
	return OK;
}

/* ---- Reading ---- */

static struct text
in_place_of(enum key_state state, bool is_name)
{
	if (!is_name)
		return T("");
	return text_of(state == KEY_ERASED ? say("（消去済み）") : say("（鍵がありません）"));
}

static enum key_state
key_of(struct statement *statement, int64_t owner, unsigned char *key, struct error **error)
{
	struct ring *ring = statement->connection->store->ring;
	if (ring == NULL)
		return KEY_MISSING;
	enum key_state state = ring_key(ring, owner, key);
	if (state != KEY_MISSING)
		return state;
	*error = ring_refresh(ring, true); /* made by another process a moment ago? */
	return *error == OK ? ring_key(ring, owner, key) : KEY_MISSING;
}

static struct error *
was_changed(const char *column, int64_t owner)
{
	return broken("暗号にして保存した値が書き換えられています(%s、番号 %lld)。bansho verify で確かめてください。",
		      column, (long long)owner);
}

static struct error *
unseal(struct statement *statement, const char *column, bool is_name, struct text bytes,
       struct text *value)
{
	unsigned char key[CIPHER_KEY];
	struct error *error = OK;
	const int64_t owner = get_owner(bytes.data);
	const struct about about = about_of(column, owner);
	const enum key_state state = key_of(statement, owner, key, &error);
	TRY(error);
	if (state != KEY_HELD) {
		*value = in_place_of(state, is_name);
		return OK;
	}
	const size_t len = bytes.len - OVERHEAD;
	char *plain = arena_get(statement->arena, 1, len + 1);
	const struct cipher_with with = { key, (const unsigned char *)bytes.data + OWNER,
					  { about.bytes, about.len } };
	const bool is_right = cipher_unseal(statement->connection->cipher, &with,
					    text_from(bytes, OWNER + CIPHER_NONCE),
					    (unsigned char *)plain);
	wipe(key, sizeof key);
	if (!is_right)
		return was_changed(column, owner);
	*value = (struct text){ plain, len };
	return OK;
}

struct error *
query_sealed(struct statement *statement, int column, const char *name, bool is_name,
	     struct arena *into, struct text *value)
{
	struct text bytes;
	/* What stands in plain was written by an older Bansho, or by nobody of ours: verify tells. */
	*value = query_text(statement, column, into);
	if (!text_starts(*value, prefix))
		return OK;
	if (!text_unbase64(statement->arena, text_from(*value, prefix.len), &bytes) ||
	    bytes.len < OVERHEAD)
		return was_changed(name, 0);
	return unseal(statement, name, is_name, bytes, value);
}
