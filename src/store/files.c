/* Files beside the store, sealed under the key of the body. */
#include "store/rooms.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>

enum { FILE_MODE = 0600, FILES_MOST = 1000000, PLAIN_MOST = 256 << 20 };

static struct error *
file_key(struct store *store, unsigned char key[static CIPHER_KEY])
{
	unsigned char body[CIPHER_KEY];
	if (store->ring == NULL || ring_key(store->ring, KEY_OF_BODY, body) != KEY_HELD)
		return broken("鍵束に団体の鍵がないため、添付ファイルを扱えません。控えの鍵束を bansho keys import で戻してください。");
	struct hash derived = hash_keyed((struct text){ (const char *)body, CIPHER_KEY },
					 T("bansho files"));
	memcpy(key, derived.at, CIPHER_KEY);
	wipe(&derived, sizeof derived);
	wipe(body, sizeof body);
	return OK;
}

struct error *
store_file_write(struct store *store, const char *path, struct text plain)
{
	ARENA_SCOPED arena = arena_open((size_t)PLAIN_MOST * 2);
	unsigned char key[CIPHER_KEY];
	if (plain.len > PLAIN_MOST)
		return reject(NULL, "ファイルが大きすぎます。");
	TRY(file_key(store, key));
	const struct text sealed = vault_seal(arena, key, plain);
	wipe(key, sizeof key);
	return file_replace(path, sealed, FILE_MODE);
}

struct error *
store_file_read(struct store *store, struct arena *into, const char *path, size_t limit,
		struct text *plain)
{
	ARENA_SCOPED arena = arena_open((size_t)PLAIN_MOST * 2);
	unsigned char key[CIPHER_KEY];
	struct text bytes;
	const size_t more = limit / VAULT_PIECE * CIPHER_TAG + VAULT_HEAD + CIPHER_TAG;
	TRY(file_read(arena, path, limit + more, &bytes));
	if (!vault_is_one(bytes)) {
		*plain = text_copy(into, bytes);
		return OK;
	}
	TRY(file_key(store, key));
	const bool is_right = vault_unseal(into, key, bytes, plain);
	wipe(key, sizeof key);
	if (!is_right)
		return broken("保管しているファイルが、登録されたときと違っています。システムの担当者に知らせてください。");
	return OK;
}

static struct error *
seal_one(struct store *store, const char *path)
{
	ARENA_SCOPED arena = arena_open((size_t)PLAIN_MOST * 2);
	struct text bytes;
	TRY(file_read(arena, path, PLAIN_MOST, &bytes));
	return vault_is_one(bytes) ? OK : store_file_write(store, path, bytes);
}

struct error *
store_files_seal(struct store *store, const char *folder)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct text *names;
	size_t count;
	if (!file_exists(folder))
		return OK;
	TRY(folder_list(arena, folder, FILES_MOST, &names, &count));
	for (size_t at = 0; at < count; at++)
		TRY(seal_one(store, path_join(arena, folder, text_z(arena, names[at]))));
	return OK;
}
