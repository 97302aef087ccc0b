/* Backups as one ZIP file. */
#include "cli/rooms.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <zip.h>

enum { CHUNK = 1 << 18, PARTS_MOST = 1000000, NAME_MOST = 200 };

static void
zip_discard_at_end(zip_t **zip)
{
	if (*zip != NULL)
		zip_discard(*zip);
}
#define ZIP_SCOPED __attribute__((cleanup(zip_discard_at_end))) zip_t *

static void
zip_fclose_at_end(zip_file_t **file)
{
	if (*file != NULL)
		zip_fclose(*file);
}

static void
show(zip_t *zip, double share, void *progress)
{
	(void)zip;
	progress_step(progress, (int64_t)(share * 1000), 1000); /* share is between 0 and 1 */
}

struct error *
zip_pack(const char *to, const struct zip_part *parts, size_t count, struct progress *progress)
{
	int code;
	ZIP_SCOPED zip = zip_open(to, ZIP_CREATE | ZIP_EXCL, &code);
	if (zip == NULL)
		return broken("「%s」に書き込めません。", to);
	for (size_t at = 0; at < count; at++) {
		zip_source_t *source = zip_source_file(zip, parts[at].path, 0, -1);
		if (source == NULL ||
		    zip_file_add(zip, parts[at].name, source, ZIP_FL_ENC_UTF_8) < 0)
			return broken("「%s」を控えに入れられません。", parts[at].path);
	}
	zip_register_progress_callback_with_state(zip, 0.01, show, NULL, progress);
	if (zip_close(zip) != 0)
		return broken("控え「%s」を書き終えられません（%s）。空きを確かめてください。", to,
			      zip_strerror(zip));
	zip = NULL;
	return OK;
}

/* Only names a backup has: no way out of the folder. */
static bool
is_backup_name(const char *name)
{
	static const char *const begins[] = { "pack/", "packs/", "blobs/", "seal/" };
	const struct text text = text_of(name);
	if (text.len == 0 || text.len > NAME_MOST || name[0] == '/' || text_has(text, T("..")) ||
	    text_has(text, T("\\")) || text_has(text, T("//")) || text_ends(text, T("/")))
		return false;
	if (strcmp(name, "store.sqlite") == 0 || strcmp(name, "manifest.json") == 0 ||
	    strcmp(name, "checkpoint") == 0)
		return true;
	for (size_t at = 0; at < sizeof begins / sizeof *begins; at++)
		if (text_starts(text, text_of(begins[at])))
			return true;
	return false;
}

static struct error *
folder_for(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	return folder_make(text_z(arena, text_first(text_of(path), (size_t)(slash - path))));
}

static struct error *
unpack_one(struct arena *arena, zip_t *zip, zip_uint64_t no, const char *folder)
{
	const char *name = zip_get_name(zip, no, ZIP_FL_ENC_GUESS);
	if (name == NULL || !is_backup_name(name))
		return reject(name, "番所の控えにはない名前のファイルが入っています。");
	const char *path = path_join(arena, folder, name);
	TRY(folder_for(arena, path));
	FD_SCOPED fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	__attribute__((cleanup(zip_fclose_at_end))) zip_file_t *file = zip_fopen_index(zip, no, 0);
	if (fd < 0 || file == NULL)
		return broken("「%s」を取り出せません。", name);
	char *bytes = arena_get(arena, 1, CHUNK);
	for (;;) {
		const zip_int64_t got = zip_fread(file, bytes, CHUNK);
		if (got < 0)
			return broken("控えが壊れています（%s）。別の控えを使ってください。", name);
		if (got == 0)
			return OK;
		TRY(fd_write_all(fd, (struct text){ bytes, (size_t)got })); /* positive */
	}
}

struct error *
zip_unpack(struct arena *arena, const char *from, const char *folder, struct progress *progress)
{
	int code;
	ZIP_SCOPED zip = zip_open(from, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (zip == NULL)
		return reject(from, "控え（zip）として読めません。ファイルが壊れていないか確かめてください。");
	const zip_int64_t count = zip_get_num_entries(zip, 0);
	if (count < 0 || count > PARTS_MOST)
		return reject(from, "控えに入っているファイルが多すぎます。");
	for (zip_int64_t no = 0; no < count; no++) {
		ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
		struct error *error = unpack_one(scratch, zip, (zip_uint64_t)no, folder);
		if (error != OK)
			return error_keep(arena, error);
		progress_step(progress, no, count);
	}
	return OK;
}
