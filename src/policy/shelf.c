/* Older versions of the policy, read when somebody asks. */
#include "policy/shelf.h"

#include "base/file.h"
#include "base/log.h"

#include <pthread.h>

enum { SHELF_ARENA = 256 << 20 };

struct shelved {
	struct hash digest;
	const struct pack *pack; /* NULL: it could not be had; said once */
};

struct pack_shelf {
	const char *folder;
	const struct pack_names *known;
	pthread_mutex_t lock;
	struct arena *arena; /* of the packs kept */
	struct shelved kept[SHELF_MOST];
	size_t count;
};

struct pack_shelf *
shelf_open(struct arena *into, const char *folder, const struct pack_names *known)
{
	struct pack_shelf *shelf = ARENA_NEW(into, struct pack_shelf);
	shelf->folder = text_z(into, text_of(folder));
	shelf->known = known;
	shelf->arena = arena_open(SHELF_ARENA);
	pthread_mutex_init(&shelf->lock, NULL);
	return shelf;
}

void
shelf_close(struct pack_shelf *shelf)
{
	if (shelf == NULL)
		return;
	arena_close(shelf->arena);
	shelf->arena = NULL;
	pthread_mutex_destroy(&shelf->lock);
}

const char *
shelf_place(struct arena *into, const struct pack_shelf *shelf, const struct hash *digest)
{
	return path_join(into, shelf->folder, text_z(into, hash_hex(into, digest)));
}

static struct error *
load(struct pack_shelf *shelf, struct arena *into, const struct hash *digest,
     const struct pack **pack)
{
	struct pack *loaded;
	const char *place = shelf_place(into, shelf, digest);
	if (!file_exists(place))
		return missing("方針の前の版「%s」がありません。控えから packs フォルダーを戻してください。",
			       place);
	TRY(pack_load(into, place, shelf->known, &loaded, NULL));
	if (!hash_same(&loaded->digest, digest))
		return broken("方針の版「%s」の中身が、しまったときと違います。控えから packs フォルダーを戻してください。",
			      place);
	*pack = loaded;
	return OK;
}

static struct shelved *
kept(struct pack_shelf *shelf, const struct hash *digest)
{
	for (size_t at = 0; at < shelf->count; at++)
		if (hash_same(&shelf->kept[at].digest, digest))
			return &shelf->kept[at];
	return NULL;
}

static struct error *
take(struct pack_shelf *shelf, struct arena *into, const struct hash *digest,
     const struct pack **pack)
{
	struct shelved *found = kept(shelf, digest);
	if (found != NULL && found->pack != NULL) {
		*pack = found->pack;
		return OK;
	}
	const bool is_kept = found != NULL || shelf->count < SHELF_MOST;
	TRY(load(shelf, is_kept ? shelf->arena : into, digest, pack));
	if (found != NULL)
		found->pack = *pack;
	else if (is_kept)
		shelf->kept[shelf->count++] = (struct shelved){ *digest, *pack };
	return OK;
}

struct error *
shelf_take(struct pack_shelf *shelf, struct arena *into, const struct hash *digest,
	   const struct pack **pack)
{
	pthread_mutex_lock(&shelf->lock);
	struct error *error = take(shelf, into, digest, pack);
	pthread_mutex_unlock(&shelf->lock);
	return error;
}

/* A version that cannot be had is asked for with every dossier of it. */
static bool
is_given_up(struct pack_shelf *shelf, const struct hash *digest)
{
	const struct shelved *found = kept(shelf, digest);
	return found != NULL && found->pack == NULL;
}

const struct pack *
shelf_find(struct pack_shelf *shelf, struct arena *into, const struct hash *digest)
{
	const struct pack *pack = NULL;
	if (shelf == NULL)
		return NULL;
	pthread_mutex_lock(&shelf->lock);
	if (!is_given_up(shelf, digest)) {
		struct error *error = take(shelf, into, digest, &pack);
		if (error != OK)
			log_error("policy", error);
		if (error != OK && shelf->count < SHELF_MOST)
			shelf->kept[shelf->count++] = (struct shelved){ *digest, NULL };
	}
	pthread_mutex_unlock(&shelf->lock);
	return pack;
}
