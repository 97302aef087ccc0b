/* Files: read whole with a limit, replaced whole (write beside, fsync, rename, fsync folder). */
#ifndef BANSHO_BASE_FILE_H
#define BANSHO_BASE_FILE_H

#include "base/error.h"

#include <sys/types.h>

void fd_close_at_end(int *fd);
/* A descriptor that closes itself; -1 is none. */
#define FD_SCOPED __attribute__((cleanup(fd_close_at_end))) int

/* Everything in the file; more than `limit` bytes is an error. MISSING when there is none. */
struct error *file_read(struct arena *into, const char *path, size_t limit, struct text *bytes)
	MUST_USE;
struct error *fd_read_all(struct arena *into, int fd, size_t limit, struct text *bytes) MUST_USE;
struct error *fd_write_all(int fd, struct text bytes) MUST_USE;
/*
 * A folder with the set-group-id bit is shared with its group (two of our programs under two users
 * work on one body): files made there by file_replace() are the group's as they are the owner's,
 * folders made there are shared in turn. Elsewhere modes are as given.
 */
mode_t file_mode_in(const char *folder, mode_t mode);
/* The file at `path` holds `bytes` afterwards, or what it held before; never something between. */
struct error *file_replace(const char *path, struct text bytes, mode_t mode) MUST_USE;
bool file_exists(const char *path);
/* Make the folder and those above it, mode 0700 (shared: 2770), where missing. */
struct error *folder_make(const char *path) MUST_USE;
/* Sorted names in a folder, without those beginning with '.'. At most `most`. */
struct error *folder_list(struct arena *into, const char *path, size_t most, struct text **names,
			  size_t *count) MUST_USE;
/* dir + "/" + name, NUL-terminated. */
const char *path_join(struct arena *into, const char *folder, const char *name);
/* The folder of the running program, for finding its companions. */
const char *program_folder(struct arena *into);

#endif
