/* Files of a backup: copied, hashed, listed, removed. For backup.c and restore.c. */
#ifndef BANSHO_CLI_COPY_H
#define BANSHO_CLI_COPY_H

#include "cli/rooms.h"

/* The bytes of `from` in the new file `to`, on disk; their digest and number. */
struct error *copy_file(const char *from, const char *to, struct hash *digest, int64_t *size)
	MUST_USE;
struct error *hash_file(const char *path, struct hash *digest, int64_t *size) MUST_USE;

struct listed {
	const char *name; /* below the folder: "pack/roles.yaml" */
	const char *path;
};
enum { LISTED_MOST = 1000000 };
/* Every file below `folder`, three levels deep; names sorted within each folder. */
struct error *list_files(struct arena *into, const char *folder, struct listed **files,
			 size_t *count) MUST_USE;
/* What list_files() finds, and the folders. Best effort. */
void remove_tree(struct arena *arena, const char *folder);

/* Of the log `origin` (empty: the one that goes on), asked of the sealer itself. */
struct sealed {
	struct text note, vkey;
};
struct error *sealed_ask(struct arena *into, const char *data, struct text code,
			 struct text origin, struct sealed *sealed) MUST_USE;

enum { BACKUP_FORMAT = 1 };

#endif
