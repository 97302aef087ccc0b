/* The files of a pack, as they lie in its folder. */
#include "oscal/rooms.h"

#include "base/file.h"

#include <sys/stat.h>

/* As pack_load() has them. */
enum { FILES_MOST = 200, FILE_MOST = 4 << 20, TOTAL_MOST = 16 << 20 };

struct taking {
	struct arena *into;
	const char *folder;
	struct oscal_file *files;
	size_t count, bytes;
};

static struct error *
take_file(struct taking *taking, struct text path)
{
	struct text bytes;
	if (taking->count == FILES_MOST)
		return reject(taking->folder, "方針パックのファイルが多すぎます（%dまで）。", FILES_MOST);
	TRY(file_read(taking->into, path_join(taking->into, taking->folder, text_z(taking->into, path)),
		      FILE_MOST, &bytes));
	taking->bytes += bytes.len;
	if (taking->bytes > TOTAL_MOST)
		return reject(taking->folder, "方針パックが大きすぎます（合わせて%dバイトまで）。",
			      TOTAL_MOST);
	taking->files[taking->count++] = (struct oscal_file){ path, bytes };
	return OK;
}

static bool
is_folder(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static struct error *
take_below(struct taking *taking, struct text folder)
{
	struct text *names;
	size_t count;
	TRY(folder_list(taking->into,
			path_join(taking->into, taking->folder, text_z(taking->into, folder)),
			FILES_MOST, &names, &count));
	for (size_t at = 0; at < count; at++)
		TRY(take_file(taking, text_format(taking->into, "%.*s/%.*s", T_ARG(folder),
						  T_ARG(names[at]))));
	return OK;
}

struct error *
oscal_pack_files(struct arena *into, const char *folder, struct oscal_file **files, size_t *count)
{
	struct taking taking = { .into = into, .folder = folder };
	struct text *names;
	size_t names_count;
	TRY(folder_list(into, folder, FILES_MOST, &names, &names_count));
	taking.files = ARENA_ARRAY(into, struct oscal_file, FILES_MOST);
	for (size_t at = 0; at < names_count; at++) {
		if (is_folder(path_join(into, folder, text_z(into, names[at]))))
			TRY(take_below(&taking, names[at]));
		else
			TRY(take_file(&taking, names[at]));
	}
	*files = taking.files;
	*count = taking.count;
	return OK;
}
