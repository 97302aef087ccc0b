/* Keeping uploaded files for the minutes between preview and applying. */
#include "pages/upload.h"

#include "pages/limits.h"

#include "base/file.h"
#include "base/number.h"
#include "base/writer.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	NAME_RANDOM = 16, /* bytes */
	KEPT_SECONDS = 3600,
	KEPT_MOST = 100, /* files of all persons together */
	KEPT_EACH = 10,	 /* files of one person */
	TYPED_MOST = 500, /* forms that wait for a new sign-in */
	TYPED_BYTES = 128 << 10,
	BEARABLE = 192 << 20, /* of WEB_MOST_MEMORY; the rest is for what is there already */
	BYTES_A_CELL = 48,
};

static const char *
folder_of(const struct visit *visit)
{
	struct arena *arena = visit->arena;
	return text_z(arena, text_format(arena, "%s/bodies/%.*s/uploads", visit->office->data,
					 T_ARG(visit->office->body_code)));
}

/* "<32 hex digits>-<person>": whose it is stands in the name. */
static bool
is_name_of(const struct visit *visit, struct text name)
{
	struct text random, bytes, person;
	int64_t number;
	return text_cut(name, '-', &random, &person) && random.len == NAME_RANDOM * 2 &&
	       text_unhex(visit->arena, random, &bytes) &&
	       number_read(person, 1, INT64_MAX, &number) &&
	       number == visit->session.person.no;
}

static bool
is_stale(const struct stat *found)
{
	return found->st_mtime + KEPT_SECONDS < time(NULL);
}

static void
folder_close(DIR **folder)
{
	if (*folder != NULL)
		closedir(*folder);
}

/* Remove what is older than an hour; how many are left, and how many of them of this person? */
static size_t
sweep(const struct visit *visit, const char *path, size_t *own)
{
	size_t left = 0;
	*own = 0;
	__attribute__((cleanup(folder_close))) DIR *folder = opendir(path);
	if (folder == NULL)
		return 0;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		struct stat found;
		if (entry->d_name[0] == '.' ||
		    fstatat(dirfd(folder), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (is_stale(&found))
			unlinkat(dirfd(folder), entry->d_name, 0);
		else {
			left++;
			*own += is_name_of(visit, text_of(entry->d_name));
		}
	}
	return left;
}

static struct error *
check_file(const struct field *file, const char *field, size_t most)
{
	if (file == NULL)
		return reject(field, "ファイルを選んでください。");
	if (file->value.len == 0)
		return reject(field, "選んだファイルは空です。中身のあるファイルを選んでください。");
	if (file->value.len > most)
		return reject(field, "ファイルが大きすぎます。%zu MB までです。分けて取り込むか、サーバーで bansho import を使ってください。",
			      most >> 20);
	return OK;
}

void
upload_sweep(const struct visit *visit)
{
	size_t own;
	(void)sweep(visit, folder_of(visit), &own);
}

struct error *
upload_keep(const struct visit *visit, const char *field, size_t most, struct text *name)
{
	const struct field *file = request_file(visit->request, field);
	TRY(check_file(file, field, most));
	return upload_keep_bytes(visit, file->value, name);
}

struct error *
upload_keep_bytes(const struct visit *visit, struct text bytes, struct text *name)
{
	struct arena *arena = visit->arena;
	unsigned char random[NAME_RANDOM];
	size_t own;
	const char *folder = folder_of(visit);
	TRY(folder_make(folder));
	if (sweep(visit, folder, &own) >= KEPT_MOST)
		return busy("ほかの取り込みがたくさん途中になっています。しばらくしてから、もう一度お試しください。");
	if (own >= KEPT_EACH)
		return busy("途中の取り込みが%d件あります。どれかを終えるか、1時間ほどしてから、もう一度お試しください。",
			    KEPT_EACH);
	random_bytes(random, sizeof random);
	const struct text made = text_format(
		arena, "%.*s-%lld",
		T_ARG(text_hex(arena, (struct text){ (const char *)random, sizeof random })),
		(long long)visit->session.person.no);
	TRY(store_file_write(visit->office->store, path_join(arena, folder, text_z(arena, made)),
			     bytes));
	*name = made;
	return OK;
}

struct error *
upload_read(const struct visit *visit, struct text name, struct text *bytes)
{
	struct arena *arena = visit->arena;
	struct stat found;
	upload_sweep(visit);
	if (!is_name_of(visit, name))
		return missing("アップロードしたファイルが見つかりません。もう一度ファイルを選んでください。");
	const char *path = path_join(arena, folder_of(visit), text_z(arena, name));
	if (stat(path, &found) != 0 || is_stale(&found))
		return missing("アップロードしてから時間がたったので、ファイルは消えています。もう一度ファイルを選んでください。");
	return store_file_read(visit->office->store, arena, path, WEB_MOST_UPLOAD, bytes);
}

void
upload_drop(const struct visit *visit, struct text name)
{
	if (is_name_of(visit, name))
		unlink(path_join(visit->arena, folder_of(visit), text_z(visit->arena, name)));
}

struct error *
upload_must_be_bearable(const char *field, struct text bytes, size_t bytes_a_row)
{
	size_t separators = 0, feeds = 0, returns = 0;
	for (size_t at = 0; at < bytes.len; at++) {
		const char byte = bytes.data[at];
		separators += byte == ',' || byte == '\t';
		feeds += byte == '\n';
		returns += byte == '\r';
	}
	/* CR LF is one line end, in whatever encoding. */
	const size_t rows = (feeds > returns ? feeds : returns) + 1, cells = separators + rows;
	if (bytes.len * 6 + cells * BYTES_A_CELL + rows * bytes_a_row > BEARABLE)
		return reject(field, "この表は、画面から一度に取り込むには大きすぎます(%zu行)。分けて取り込むか、サーバーで bansho import を使ってください。",
			      rows);
	return OK;
}

/* ---- What was typed when the session had ended ---- */

static const char *
typed_folder(const struct visit *visit)
{
	struct arena *arena = visit->arena;
	return text_z(arena, text_format(arena, "%s/bodies/%.*s/typed", visit->office->data,
					 T_ARG(visit->office->body_code)));
}

static bool
is_typed_name(const struct visit *visit, struct text name)
{
	struct text bytes;
	return name.len == NAME_RANDOM * 2 && text_unhex(visit->arena, name, &bytes);
}

/* A line a field: its name and its value, both in base64. Files must be chosen again. */
static struct text
typed_bytes(const struct visit *visit)
{
	const struct fields *fields = &visit->request->fields;
	struct writer out = writer_open(visit->arena, TYPED_BYTES);
	for (size_t at = 0; at < fields->count; at++) {
		const struct field *field = &fields->at[at];
		if (field->is_file || text_is(field->name, "csrf"))
			continue;
		write_text(&out, text_base64(visit->arena, field->name));
		write_z(&out, " ");
		write_text(&out, text_base64(visit->arena, field->value));
		write_z(&out, "\n");
	}
	return writer_text(&out);
}

struct error *
typed_keep(const struct visit *visit, struct text *name)
{
	struct arena *arena = visit->arena;
	unsigned char random[NAME_RANDOM];
	size_t own;
	const char *folder = typed_folder(visit);
	if (!limits_may_type(visit->office->limits, visit->request->client, visit->now))
		return busy("いまは書いた内容を預かれません。ブラウザーの「戻る」で書いた画面に戻れます。");
	TRY(folder_make(folder));
	if (sweep(visit, folder, &own) >= TYPED_MOST)
		return busy("いまは書いた内容を預かれません。ブラウザーの「戻る」で書いた画面に戻れます。");
	random_bytes(random, sizeof random);
	*name = text_hex(arena, (struct text){ (const char *)random, sizeof random });
	return store_file_write(visit->office->store, path_join(arena, folder, text_z(arena, *name)),
				typed_bytes(visit));
}

void
typed_take(struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct text name = request_field(visit->request, "kept");
	struct text rest, line;
	struct stat found;
	if (visit->request->method != METHOD_GET || !visit->has_session || !is_typed_name(visit, name))
		return;
	const char *path = path_join(arena, typed_folder(visit), text_z(arena, name));
	if (stat(path, &found) != 0 || is_stale(&found) ||
	    store_file_read(visit->office->store, arena, path, TYPED_BYTES * 2, &rest) != OK)
		return;
	struct field *fields = ARENA_ARRAY(arena, struct field, rest.len / 2 + 1);
	while (rest.len != 0 && text_cut(rest, '\n', &line, &rest)) {
		struct field *field = &fields[visit->typed.count];
		struct text typed, value;
		if (!text_cut(line, ' ', &typed, &value) || !text_unbase64(arena, typed, &field->name) ||
		    !text_unbase64(arena, value, &field->value))
			break;
		visit->typed.count++;
	}
	visit->typed.at = fields;
}
