/* Files of a bundle, read from a ZIP file or a folder. Every name and size is an outsider's. */
#include "journal/bundle.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

enum { FILES_MOST = 1 << 22, FOLDER_MOST = 100000, DEPTH_MOST = 12, NAMES_FIRST = 1024 };

struct bundle_source {
	struct arena *arena;
	const char *path;
	zip_t *zip; /* or NULL: a folder */
	const char **names; /* of a folder's files */
	size_t count, room;
};

static void
add_name(struct bundle_source *source, const char *name)
{
	if (source->count == source->room) {
		const size_t room = source->room == 0 ? NAMES_FIRST : source->room * 2;
		const char **bigger = ARENA_ARRAY(source->arena, const char *, room);
		if (source->count != 0)
			memcpy(bigger, source->names, source->count * sizeof *bigger);
		source->names = bigger;
		source->room = room;
	}
	source->names[source->count++] = name;
}

static struct error *
walk(struct bundle_source *source, const char *below, int depth)
{
	struct text *names;
	size_t count;
	const char *folder = below[0] == '\0' ? source->path
					      : path_join(source->arena, source->path, below);
	TRY(folder_list(source->arena, folder, FOLDER_MOST, &names, &count));
	for (size_t at = 0; at < count; at++) {
		const char *one = text_z(source->arena, names[at]);
		const char *name = below[0] == '\0' ? one : path_join(source->arena, below, one);
		struct stat about;
		if (source->count == FILES_MOST ||
		    lstat(path_join(source->arena, source->path, name), &about) != 0)
			return reject(NULL, "「%s」を束として読めません。", source->path);
		/* What is neither is counted, and belongs nowhere. */
		if (!S_ISDIR(about.st_mode))
			add_name(source, name);
		else if (depth < DEPTH_MOST)
			TRY(walk(source, name, depth + 1));
	}
	return OK;
}

struct error *
bundle_source_open(struct arena *into, const char *path, struct bundle_source **source)
{
	struct bundle_source *made = ARENA_NEW(into, struct bundle_source);
	struct stat about;
	int code;
	made->arena = into;
	made->path = path;
	*source = made;
	if (stat(path, &about) != 0)
		return missing("束「%s」がありません。", path);
	if (S_ISDIR(about.st_mode))
		return walk(made, "", 0);
	made->zip = zip_open(path, ZIP_RDONLY, &code);
	if (made->zip == NULL)
		return reject(NULL, "「%s」は束（ZIP ファイル）として読めません。", path);
	return OK;
}

void
bundle_source_close(struct bundle_source *source)
{
	if (source->zip != NULL)
		zip_discard(source->zip);
	source->zip = NULL;
}

int64_t
bundle_source_count(const struct bundle_source *source)
{
	return source->zip != NULL ? zip_get_num_entries(source->zip, 0)
				   : (int64_t)source->count; /* at most FILES_MOST */
}

const char *
bundle_source_name(const struct bundle_source *source, int64_t at)
{
	/* `at` is below the count, which is not negative. */
	const char *name = source->zip != NULL ? zip_get_name(source->zip, (zip_uint64_t)at, 0)
					       : source->names[at];
	return name != NULL ? name : "";
}

bool
bundle_source_has(const struct bundle_source *source, const char *path)
{
	if (source->zip != NULL)
		return zip_name_locate(source->zip, path, 0) >= 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	return file_exists(path_join(arena, source->path, path));
}

static struct error *
read_member(const struct bundle_source *source, struct arena *into, const char *path, size_t most,
	    struct text *bytes)
{
	zip_stat_t stat;
	const zip_int64_t at = zip_name_locate(source->zip, path, 0);
	if (at < 0)
		return missing("束の中にファイル「%s」がありません。", path);
	if (zip_stat_index(source->zip, (zip_uint64_t)at, 0, &stat) != 0 ||
	    (stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > most)
		return reject(NULL, "大きすぎます");
	zip_file_t *file = zip_fopen_index(source->zip, (zip_uint64_t)at, 0);
	if (file == NULL)
		return reject(NULL, "開けません");
	char *data = arena_get(into, 1, (size_t)stat.size + 1);
	zip_uint64_t len = 0;
	zip_int64_t got;
	while (len < stat.size && (got = zip_fread(file, data + len, stat.size - len)) > 0)
		len += (zip_uint64_t)got; /* positive */
	/* The check sum is compared when the end is met. */
	got = zip_fread(file, data + len, 1);
	zip_fclose(file);
	if (got != 0 || len != stat.size)
		return reject(NULL, "壊れています");
	*bytes = (struct text){ data, (size_t)len };
	return OK;
}

struct error *
bundle_source_read(const struct bundle_source *source, struct arena *into, const char *path,
		   size_t most, struct text *bytes)
{
	if (source->zip != NULL)
		return read_member(source, into, path, most, bytes);
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct stat about;
	const char *whole = path_join(arena, source->path, path);
	if (lstat(whole, &about) != 0)
		return missing("束の中にファイル「%s」がありません。", path);
	if (!S_ISREG(about.st_mode))
		return reject(NULL, "ファイルではありません");
	return file_read(into, whole, most, bytes);
}
