/* Files and folders, read and replaced whole. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 16384 };

void
fd_close_at_end(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* What the last failed call said, for an operator. */
static const char *
why(void)
{
	const char *words = strerrordesc_np(errno);
	return words != NULL ? words : "?";
}

struct error *
fd_read_all(struct arena *into, int fd, size_t limit, struct text *bytes)
{
	struct stat about;
	size_t room = FIRST_READ;
	/* One byte more than the file has, so that its end is seen without growing. */
	if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0)
		room = (size_t)about.st_size + 1; /* positive */
	if (limit < SIZE_MAX && room > limit + 1)
		room = limit + 1;

	char *data = arena_get(into, 1, room);
	for (size_t len = 0;;) {
		const ssize_t got = read(fd, data + len, room - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return broken("ファイルを読めませんでした（%s）。", why());
		if (got == 0) {
			*bytes = (struct text){data, len};
			return OK;
		}
		len += (size_t)got; /* positive */
		if (len > limit)
			return reject(NULL, "大きすぎます。%zuバイトまでにしてください。",
				      limit);
		if (len == room) {
			room = room > limit / 2 ? limit + 1 : room * 2;
			char *const wider = arena_get(into, 1, room);
			memcpy(wider, data, len);
			data = wider;
		}
	}
}

struct error *
file_read(struct arena *into, const char *path, size_t limit, struct text *bytes)
{
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return missing("ファイル「%s」がありません。", path);
	if (fd < 0)
		return broken("ファイル「%s」を開けませんでした（%s）。", path, why());
	return fd_read_all(into, fd, limit, bytes);
}

/* write(), without dying of SIGPIPE when fd is a socket whose other side has gone. */
static ssize_t
write_some(int fd, const char *data, size_t len)
{
	const ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);
	return sent < 0 && errno == ENOTSOCK ? write(fd, data, len) : sent;
}

struct error *
fd_write_all(int fd, struct text bytes)
{
	for (size_t at = 0; at < bytes.len;) {
		const ssize_t put = write_some(fd, bytes.data + at, bytes.len - at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return broken("書き込めませんでした（%s）。", why());
		at += (size_t)put; /* not negative */
	}
	return OK;
}

/* The folder part of a path; "." when it has none. */
static struct text
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL)
		return T(".");
	const size_t len = (size_t)(slash - path); /* slash lies behind path */
	return (struct text){path, len == 0 ? 1 : len};
}

static struct error *
write_and_keep(int fd, struct text bytes, mode_t mode)
{
	TRY(fd_write_all(fd, bytes));
	if (fchmod(fd, mode) != 0 || fsync(fd) != 0)
		return broken("ファイルを保存できませんでした（%s）。", why());
	return OK;
}

/* Without this the new name may be gone after a power cut. */
static struct error *
folder_sync(const char *folder)
{
	FD_SCOPED fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		return broken("フォルダー「%s」を保存できませんでした（%s）。", folder, why());
	return OK;
}

mode_t
file_mode_in(const char *folder, mode_t mode)
{
	struct stat about;
	if (stat(folder, &about) != 0 || (about.st_mode & S_ISGID) == 0)
		return mode;
	return mode | (mode & S_IRWXU) >> 3;
}

struct error *
file_replace(const char *path, struct text bytes, mode_t mode)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const char *folder = text_z(arena, folder_of(path));
	const struct text pattern = text_format(arena, "%s/.new-XXXXXX", folder);
	char *beside = arena_get(arena, 1, pattern.len + 1);
	memcpy(beside, pattern.data, pattern.len);

	FD_SCOPED fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0)
		return broken("フォルダー「%s」に書き込めませんでした（%s）。", folder, why());
	struct error *error = write_and_keep(fd, bytes, file_mode_in(folder, mode));
	if (error == OK && rename(beside, path) != 0)
		error = broken("ファイル「%s」を置き換えられませんでした（%s）。", path, why());
	if (error != OK) {
		(void)unlink(beside);
		return error;
	}
	return folder_sync(folder);
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/*
 * A new folder inherits the bit, and the mode where the umask lets it; otherwise the mode is set by
 * descriptor, as a jail allows. (A service under RestrictSUIDSGID= may not, and has umask 0007.)
 */
static struct error *
folder_share(const char *path)
{
	struct stat about;
	if (stat(path, &about) != 0 || (about.st_mode & S_ISGID) == 0 ||
	    (about.st_mode & S_IRWXG) == S_IRWXG)
		return OK;
	FD_SCOPED fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fchmod(fd, S_ISGID | 0770) != 0)
		return broken("フォルダー「%s」をグループと共有できませんでした（%s）。", path, why());
	return OK;
}

static struct error *
folder_make_one(const char *path)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct stat about;
	if (mkdir(path, file_mode_in(text_z(arena, folder_of(path)), 0700)) == 0)
		return folder_share(path);
	if (errno != EEXIST)
		return broken("フォルダー「%s」を作れませんでした（%s）。", path, why());
	if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
		return broken("「%s」はフォルダーではありません。別の名前にしてください。",
			      path);
	return OK;
}

struct error *
folder_make(const char *path)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text whole = text_of(path);
	for (size_t at = 1; at <= whole.len; at++)
		if (at == whole.len || path[at] == '/')
			TRY(folder_make_one(text_z(arena, text_first(whole, at))));
	return OK;
}

static void
dir_close_at_end(DIR **dir)
{
	if (*dir != NULL)
		(void)closedir(*dir);
}

static int
name_order(const void *a, const void *b)
{
	return text_order(*(const struct text *)a, *(const struct text *)b);
}

static struct error *
read_names(struct arena *into, DIR *dir, const char *path, size_t most, struct text **names,
	   size_t *count)
{
	size_t room = 0;
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(dir);
		if (entry == NULL && errno != 0)
			return broken("フォルダー「%s」を読めませんでした（%s）。", path,
				      why());
		if (entry == NULL)
			return OK;
		if (entry->d_name[0] == '.')
			continue;
		if (*count == most)
			return reject(NULL, "フォルダー「%s」の中身が多すぎます（%zu件まで）。",
				      path, most);
		if (*count == room) {
			room = room == 0 ? 32 : room * 2;
			struct text *const wider = ARENA_ARRAY(into, struct text, room);
			if (*count > 0)
				memcpy(wider, *names, *count * sizeof **names);
			*names = wider;
		}
		(*names)[(*count)++] = text_copy(into, text_of(entry->d_name));
	}
}

struct error *
folder_list(struct arena *into, const char *path, size_t most, struct text **names,
	    size_t *count)
{
	__attribute__((cleanup(dir_close_at_end))) DIR *dir = opendir(path);
	if (dir == NULL && (errno == ENOENT || errno == ENOTDIR))
		return missing("フォルダー「%s」がありません。", path);
	if (dir == NULL)
		return broken("フォルダー「%s」を開けませんでした（%s）。", path, why());

	struct text *found = NULL;
	size_t found_count = 0;
	TRY(read_names(into, dir, path, most, &found, &found_count));
	if (found_count > 0)
		qsort(found, found_count, sizeof *found, name_order);
	*names = found;
	*count = found_count;
	return OK;
}

const char *
path_join(struct arena *into, const char *folder, const char *name)
{
	return text_format(into, "%s/%s", folder, name).data;
}

const char *
program_folder(struct arena *into)
{
	char path[PATH_MAX];
	const ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
	if (len <= 0)
		return ".";
	path[len] = '\0';
	return text_z(into, folder_of(path));
}
