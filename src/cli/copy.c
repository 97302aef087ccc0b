/* Copying, hashing and removing files of a backup. */
#include "cli/copy.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 18, DEPTH_MOST = 8 }; /* data/bodies/CODE/packs/DIGEST/clauses, and some more */

static struct error *
pour(int from, int to, const char *name, struct hash *digest, int64_t *size)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	HASHER_SCOPED hasher = hasher_open();
	char *bytes = arena_get(arena, 1, CHUNK);
	hasher_begin(hasher);
	*size = 0;
	for (;;) {
		const ssize_t got = read(from, bytes, CHUNK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return broken("「%s」を読めません（%s）。", name, strerrordesc_np(errno));
		if (got == 0)
			break;
		const struct text piece = { bytes, (size_t)got }; /* positive */
		hasher_add(hasher, piece);
		if (to >= 0)
			TRY(fd_write_all(to, piece));
		*size += got;
	}
	*digest = hasher_end(hasher);
	if (to >= 0 && fsync(to) != 0)
		return broken("「%s」を保存できません（%s）。", name, strerrordesc_np(errno));
	return OK;
}

/* In a folder shared with a group the copy is shared too. */
static void
share(int fd, const char *path)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const char *slash = strrchr(path, '/');
	const struct text folder = text_first(text_of(path), slash != NULL ? (size_t)(slash - path) : 0);
	const mode_t mode = file_mode_in(text_z(arena, folder), 0600);
	if (folder.len != 0 && mode != 0600)
		(void)fchmod(fd, mode);
}

struct error *
copy_file(const char *from, const char *to, struct hash *digest, int64_t *size)
{
	FD_SCOPED in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (in < 0)
		return broken("「%s」を開けません（%s）。", from, strerrordesc_np(errno));
	FD_SCOPED out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (out < 0)
		return broken("「%s」を作れません（%s）。", to, strerrordesc_np(errno));
	share(out, to);
	return pour(in, out, to, digest, size);
}

struct error *
hash_file(const char *path, struct hash *digest, int64_t *size)
{
	FD_SCOPED in = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (in < 0)
		return broken("「%s」を開けません（%s）。", path, strerrordesc_np(errno));
	return pour(in, -1, path, digest, size);
}

struct list {
	struct arena *arena;
	struct listed *files;
	size_t count, room;
};

static void
add(struct list *list, const char *name, const char *path)
{
	if (list->count == list->room) {
		list->room = list->room == 0 ? 256 : 2 * list->room;
		struct listed *more = ARENA_ARRAY(list->arena, struct listed, list->room);
		for (size_t at = 0; at < list->count; at++)
			more[at] = list->files[at];
		list->files = more;
	}
	list->files[list->count++] = (struct listed){ name, path };
}

static struct error *
walk(struct list *list, const char *folder, const char *name, int depth)
{
	struct text *entries;
	size_t count;
	TRY(folder_list(list->arena, folder, LISTED_MOST, &entries, &count));
	for (size_t at = 0; at < count; at++) {
		const char *entry = text_z(list->arena, entries[at]);
		const char *path = path_join(list->arena, folder, entry);
		const char *below = name[0] == '\0' ? entry : path_join(list->arena, name, entry);
		struct stat about;
		if (lstat(path, &about) != 0)
			continue;
		if (S_ISREG(about.st_mode))
			add(list, below, path);
		else if (S_ISDIR(about.st_mode) && depth < DEPTH_MOST)
			TRY(walk(list, path, below, depth + 1));
	}
	return OK;
}

struct error *
list_files(struct arena *into, const char *folder, struct listed **files, size_t *count)
{
	struct list list = { .arena = into };
	TRY(walk(&list, folder, "", 0));
	*files = list.files;
	*count = list.count;
	return OK;
}

static void
remove_below(struct arena *arena, const char *folder, int depth)
{
	struct text *entries;
	size_t count;
	if (depth > DEPTH_MOST || folder_list(arena, folder, LISTED_MOST, &entries, &count) != OK)
		return;
	for (size_t at = 0; at < count; at++) {
		const char *path = path_join(arena, folder, text_z(arena, entries[at]));
		struct stat about;
		if (lstat(path, &about) == 0 && S_ISDIR(about.st_mode))
			remove_below(arena, path, depth + 1);
		else
			(void)unlink(path);
	}
	(void)rmdir(folder);
}

void
remove_tree(struct arena *arena, const char *folder)
{
	remove_below(arena, folder, 0);
}
