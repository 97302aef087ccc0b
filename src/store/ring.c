/* The ring of keys: read into locked memory, replaced whole, shared by processes under a lock. */
#include "store/ring.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 32, RECORD = 40, RECORDS_MOST = 1000000, FRESH_MOST = 64 };

static const char magic[16] = "bansho ring 1\n";

struct record {
	int64_t owner;
	unsigned char key[CIPHER_KEY];
};

/* Which file we have read. */
struct version {
	ino_t file;
	off_t size;
	struct timespec changed;
};

struct ring {
	char *path, *lock_path, *folder;
	pthread_rwlock_t lock;
	unsigned char id[RING_ID];
	struct secret kept; /* struct record, ascending */
	size_t count;
	struct secret fresh; /* struct record, not yet in the file */
	size_t fresh_count;
	struct version version;
	time_t looked; /* under the lock */
};

static const unsigned char nothing[CIPHER_KEY];

static struct record *
records(const struct secret *secret)
{
	return (struct record *)(void *)secret->data; /* sodium_malloc() of a multiple of 8 */
}

static bool
is_erased(const struct record *record)
{
	return memcmp(record->key, nothing, CIPHER_KEY) == 0;
}

static struct record *
find(const struct secret *secret, size_t count, int64_t owner)
{
	struct record *all = records(secret);
	size_t low = 0, high = count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (all[middle].owner < owner)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && all[low].owner == owner ? &all[low] : NULL;
}

static struct record *
find_fresh(struct ring *ring, int64_t owner)
{
	for (size_t at = ring->fresh_count; at > 0; at--) /* the newest is asked for most */
		if (records(&ring->fresh)[at - 1].owner == owner)
			return &records(&ring->fresh)[at - 1];
	return NULL;
}

/* ---- The file ---- */

static struct error *
damaged(const struct ring *ring)
{
	return reject("ring", "鍵束「%s」が壊れています。控えの鍵束を bansho keys import で戻してください。",
		      ring->path);
}

static void
put_number(unsigned char *into, int64_t number)
{
	for (int at = 0; at < 8; at++)
		into[at] = (unsigned char)((uint64_t)number >> (56 - 8 * at));
}

static int64_t
get_number(const unsigned char *from)
{
	uint64_t number = 0;
	for (int at = 0; at < 8; at++)
		number = number << 8 | from[at];
	return (int64_t)number; /* owners are positive */
}

static struct error *
take_bytes(struct ring *ring, const struct secret *bytes)
{
	if (bytes->len < HEAD + HASH_LEN || (bytes->len - HEAD - HASH_LEN) % RECORD != 0 ||
	    memcmp(bytes->data, magic, sizeof magic) != 0)
		return damaged(ring);
	const size_t count = (bytes->len - HEAD - HASH_LEN) / RECORD;
	const struct hash sum =
		hash_of((struct text){ (const char *)bytes->data, bytes->len - HASH_LEN });
	if (memcmp(sum.at, bytes->data + bytes->len - HASH_LEN, HASH_LEN) != 0)
		return damaged(ring);
	struct secret kept = secret_open((count + 1) * sizeof(struct record));
	for (size_t at = 0; at < count; at++) {
		const unsigned char *from = bytes->data + HEAD + at * RECORD;
		struct record *record = &records(&kept)[at];
		record->owner = get_number(from);
		memcpy(record->key, from + 8, CIPHER_KEY);
		if (at > 0 && record->owner <= record[-1].owner) {
			secret_close(&kept);
			return damaged(ring);
		}
	}
	if (ring->kept.data != NULL)
		secret_close(&ring->kept);
	ring->kept = kept;
	ring->count = count;
	memcpy(ring->id, bytes->data + sizeof magic, RING_ID);
	return OK;
}

static struct version
version_of(const struct stat *about)
{
	return (struct version){ about->st_ino, about->st_size, about->st_mtim };
}

static bool
is_same(const struct version *a, const struct version *b)
{
	return a->file == b->file && a->size == b->size &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

/* Caller holds the lock for writing. */
static struct error *
read_again(struct ring *ring)
{
	struct stat about;
	if (stat(ring->path, &about) != 0)
		return missing("鍵束「%s」がありません。控えの鍵束を bansho keys import で戻してください。",
			       ring->path);
	const struct version version = version_of(&about);
	if (is_same(&version, &ring->version))
		return OK;
	if (about.st_size > HEAD + HASH_LEN + (off_t)RECORDS_MOST * RECORD)
		return damaged(ring);
	struct secret bytes = { 0 };
	TRY(secret_read_file(ring->path, (size_t)about.st_size, &bytes)); /* bounded above */
	struct error *error = take_bytes(ring, &bytes);
	secret_close(&bytes);
	if (error == OK)
		ring->version = version;
	return error;
}

static struct secret
all_bytes(const struct ring *ring)
{
	struct secret bytes = secret_open(HEAD + ring->count * RECORD + HASH_LEN);
	memcpy(bytes.data, magic, sizeof magic);
	memcpy(bytes.data + sizeof magic, ring->id, RING_ID);
	for (size_t at = 0; at < ring->count; at++) {
		unsigned char *into = bytes.data + HEAD + at * RECORD;
		put_number(into, records(&ring->kept)[at].owner);
		memcpy(into + 8, records(&ring->kept)[at].key, CIPHER_KEY);
	}
	const struct hash sum =
		hash_of((struct text){ (const char *)bytes.data, bytes.len - HASH_LEN });
	memcpy(bytes.data + bytes.len - HASH_LEN, sum.at, HASH_LEN);
	return bytes;
}

/* What a replaced file held must not be found on the disk by its old blocks. */
static void
overwrite(int fd)
{
	static const char zeros[4096];
	struct stat about;
	if (fd < 0 || fstat(fd, &about) != 0)
		return;
	for (off_t at = 0; at < about.st_size; at += (off_t)sizeof zeros)
		if (pwrite(fd, zeros, sizeof zeros, at) < 0)
			return;
	(void)fsync(fd);
}

static struct error *
write_all(struct ring *ring)
{
	struct stat about;
	FD_SCOPED before = open(ring->path, O_RDWR | O_CLOEXEC);
	struct secret bytes = all_bytes(ring);
	struct error *error = file_replace(
		ring->path, (struct text){ (const char *)bytes.data, bytes.len }, 0600);
	secret_close(&bytes);
	TRY(error);
	overwrite(before);
	if (stat(ring->path, &about) == 0)
		ring->version = version_of(&about);
	return OK;
}

/* One process at a time; ends with the descriptor. */
static struct error *
lock_file(struct ring *ring, int *fd)
{
	const mode_t mode = file_mode_in(ring->folder, 0600);
	*fd = open(ring->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, mode);
	if (*fd >= 0 && mode != 0600)
		(void)fchmod(*fd, mode); /* whatever the umask says; it is empty */
	if (*fd < 0 || flock(*fd, LOCK_EX) != 0)
		return broken("鍵束「%s」に鍵を掛けられません(%s)。場所と権限を確かめてください。",
			      ring->path, strerrordesc_np(errno));
	return OK;
}

/* ---- Opening ---- */

static char *
copy_z(const char *a, const char *b)
{
	const size_t len = strlen(a), more = strlen(b);
	char *made = malloc(len + more + 1);
	if (made == NULL)
		abort();
	memcpy(made, a, len);
	memcpy(made + len, b, more + 1);
	return made;
}

static struct error *
make_file(struct ring *ring)
{
	FD_SCOPED fd = -1;
	TRY(folder_make(ring->folder));
	TRY(lock_file(ring, &fd));
	if (file_exists(ring->path))
		return OK;
	random_bytes(ring->id, RING_ID);
	ring->kept = secret_open(2 * sizeof(struct record));
	random_bytes(records(&ring->kept)[0].key, CIPHER_KEY);
	ring->count = 1;
	return write_all(ring);
}

struct error *
ring_open(const char *path, bool may_make, struct ring **ring)
{
	struct ring *made = calloc(1, sizeof *made);
	if (made == NULL)
		abort();
	made->path = copy_z(path, "");
	made->lock_path = copy_z(path, ".lock");
	made->folder = copy_z(path, "");
	char *slash = strrchr(made->folder, '/');
	if (slash != NULL)
		*slash = '\0';
	pthread_rwlock_init(&made->lock, NULL);
	made->fresh = secret_open(FRESH_MOST * sizeof(struct record));
	struct error *error = OK;
	if (may_make && !file_exists(path))
		error = make_file(made);
	if (error == OK)
		error = read_again(made);
	if (error != OK) {
		ring_close(made);
		return error;
	}
	*ring = made;
	return OK;
}

void
ring_close(struct ring *ring)
{
	if (ring == NULL)
		return;
	if (ring->kept.data != NULL)
		secret_close(&ring->kept);
	if (ring->fresh.data != NULL)
		secret_close(&ring->fresh);
	pthread_rwlock_destroy(&ring->lock);
	free(ring->path);
	free(ring->lock_path);
	free(ring->folder);
	free(ring);
}

struct text
ring_name(struct arena *into, struct ring *ring)
{
	return text_hex(into, (struct text){ (const char *)ring->id, RING_ID });
}

struct error *
ring_refresh(struct ring *ring, bool now)
{
	struct timespec clock;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &clock);
	if (!now && __atomic_load_n(&ring->looked, __ATOMIC_RELAXED) == clock.tv_sec)
		return OK;
	__atomic_store_n(&ring->looked, clock.tv_sec, __ATOMIC_RELAXED);
	pthread_rwlock_wrlock(&ring->lock);
	struct error *error = read_again(ring);
	pthread_rwlock_unlock(&ring->lock);
	return error;
}

enum key_state
ring_key(struct ring *ring, int64_t owner, unsigned char key[static CIPHER_KEY])
{
	enum key_state state = KEY_MISSING;
	pthread_rwlock_rdlock(&ring->lock);
	const struct record *record = find(&ring->kept, ring->count, owner);
	if (record == NULL)
		record = find_fresh(ring, owner);
	if (record != NULL) {
		state = is_erased(record) ? KEY_ERASED : KEY_HELD;
		memcpy(key, record->key, CIPHER_KEY);
	}
	pthread_rwlock_unlock(&ring->lock);
	return state;
}

/* ---- Changing ---- */

void
ring_make(struct ring *ring, int64_t owner)
{
	pthread_rwlock_wrlock(&ring->lock);
	if (find(&ring->kept, ring->count, owner) == NULL && find_fresh(ring, owner) == NULL) {
		const size_t room = ring->fresh.len / sizeof(struct record);
		if (ring->fresh_count == room) {
			struct secret wider = secret_open(ring->fresh.len * 2);
			memcpy(wider.data, ring->fresh.data, ring->fresh.len);
			secret_close(&ring->fresh);
			ring->fresh = wider;
		}
		struct record *record = &records(&ring->fresh)[ring->fresh_count++];
		record->owner = owner;
		random_bytes(record->key, CIPHER_KEY);
	}
	pthread_rwlock_unlock(&ring->lock);
}

/* By insertion: new owners come last as a rule, and qsort() would copy keys to unlocked memory. */
static void
put_in_order(struct record *all, size_t count)
{
	for (size_t at = 1; at < count; at++) {
		if (all[at - 1].owner <= all[at].owner)
			continue;
		struct record moved = all[at];
		size_t to = at;
		for (; to > 0 && all[to - 1].owner > moved.owner; to--)
			all[to] = all[to - 1];
		all[to] = moved;
		wipe(&moved, sizeof moved);
	}
}

/* Both locks are held and the file was reread. */
static struct error *
add_fresh(struct ring *ring)
{
	const size_t room = ring->count + ring->fresh_count + 1;
	struct secret all = secret_open(room * sizeof(struct record));
	const struct secret before = ring->kept;
	const size_t before_count = ring->count;
	size_t count = before_count;
	memcpy(all.data, before.data, before_count * sizeof(struct record));
	for (size_t at = 0; at < ring->fresh_count; at++) {
		const struct record *record = &records(&ring->fresh)[at];
		if (find(&before, before_count, record->owner) == NULL)
			records(&all)[count++] = *record;
	}
	put_in_order(records(&all), count);
	ring->kept = all;
	ring->count = count;
	struct error *error = write_all(ring);
	if (error != OK) {
		secret_close(&ring->kept);
		ring->kept = before;
		ring->count = before_count;
		return error;
	}
	struct secret done = before;
	secret_close(&done);
	ring->fresh_count = 0;
	return OK;
}

struct error *
ring_save(struct ring *ring)
{
	FD_SCOPED fd = -1;
	if (ring->fresh_count == 0) /* only the writer thread makes keys */
		return OK;
	TRY(lock_file(ring, &fd));
	pthread_rwlock_wrlock(&ring->lock);
	struct error *error = read_again(ring);
	if (error == OK)
		error = add_fresh(ring);
	pthread_rwlock_unlock(&ring->lock);
	return error;
}

void
ring_forget(struct ring *ring)
{
	pthread_rwlock_wrlock(&ring->lock);
	wipe(ring->fresh.data, ring->fresh.len);
	ring->fresh_count = 0;
	pthread_rwlock_unlock(&ring->lock);
}

/* An owner whose key is missing gets the mark of an erased one. */
static struct error *
mark_erased(struct ring *ring, int64_t owner)
{
	struct record *record = find(&ring->kept, ring->count, owner);
	if (record != NULL && is_erased(record))
		return OK;
	if (record == NULL) {
		struct secret all = secret_open((ring->count + 2) * sizeof(struct record));
		memcpy(all.data, ring->kept.data, ring->count * sizeof(struct record));
		records(&all)[ring->count].owner = owner; /* secret_open() zeroes */
		secret_close(&ring->kept);
		ring->kept = all;
		ring->count++;
		put_in_order(records(&all), ring->count);
	} else {
		wipe(record->key, CIPHER_KEY);
	}
	return write_all(ring);
}

struct error *
ring_destroy(struct ring *ring, int64_t owner)
{
	FD_SCOPED fd = -1;
	TRY(lock_file(ring, &fd));
	pthread_rwlock_wrlock(&ring->lock);
	struct error *error = read_again(ring);
	if (error == OK)
		error = mark_erased(ring, owner);
	pthread_rwlock_unlock(&ring->lock);
	return error;
}

/* ---- Copies kept elsewhere ---- */

struct error *
ring_export(struct ring *ring, const char *to)
{
	if (file_exists(to))
		return conflict("「%s」はすでにあります。別の名前にしてください。", to);
	pthread_rwlock_rdlock(&ring->lock);
	struct secret bytes = all_bytes(ring);
	pthread_rwlock_unlock(&ring->lock);
	struct error *error = secret_write_file(to, bytes);
	secret_close(&bytes);
	return error;
}

/* What `from` knows and we do not; what is erased here stays erased. */
static struct error *
take_missing(struct ring *ring, struct ring *from, int64_t *taken)
{
	for (size_t at = 0; at < from->count; at++) {
		const struct record *record = &records(&from->kept)[at];
		const struct record *own = find(&ring->kept, ring->count, record->owner);
		if (own != NULL && memcmp(own->key, record->key, CIPHER_KEY) != 0 &&
		    !is_erased(own) && !is_erased(record))
			return conflict("控えの鍵束と今の鍵束で、番号 %lld の鍵が違います。どちらが正しいか確かめてください。",
					(long long)record->owner);
	}
	for (size_t at = 0; at < from->count; at++) {
		const struct record *record = &records(&from->kept)[at];
		if (find(&ring->kept, ring->count, record->owner) != NULL)
			continue;
		ring_make(ring, record->owner);
		memcpy(find_fresh(ring, record->owner)->key, record->key, CIPHER_KEY);
		(*taken)++;
	}
	return ring_save(ring);
}

struct error *
ring_import(const char *from, const char *to, int64_t *taken)
{
	struct ring *copy, *own;
	*taken = 0;
	TRY(ring_open(from, false, &copy));
	struct error *error = OK;
	if (!file_exists(to)) {
		*taken = (int64_t)copy->count; /* bounded by RECORDS_MOST */
		error = ring_export(copy, to);
		ring_close(copy);
		return error;
	}
	error = ring_open(to, false, &own);
	if (error == OK) {
		error = memcmp(own->id, copy->id, RING_ID) == 0
				? take_missing(own, copy, taken)
				: refuse("別の団体の鍵束です。この団体の控えを指定してください。");
		ring_close(own);
	}
	ring_close(copy);
	return error;
}
