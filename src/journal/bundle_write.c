/*
 * Files of a bundle, written. In a ZIP file the members are made one by one while the archive is
 * written, so a journal of any size needs the memory of one tile. A folder is made beside its place.
 */
#include "journal/bundle.h"

#include "base/file.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

struct bundle_out {
	struct look *look;
	const struct journal_export_options *options;
	const char *path;
	zip_t *zip;	    /* or NULL, then: */
	const char *folder; /* where the files are made */
	struct arena *scratch; /* of the file being written */
	struct error *error;
	int64_t written, all;
};

struct member {
	struct bundle_out *out;
	const struct journal_log *log;
	int level;
	int64_t no, width;
	struct text bytes; /* given, or made when the member is opened */
	bool is_given;
	size_t at;
};

struct error *
bundle_out_open(struct look *look, const struct journal_export_options *options,
		const char *path, struct bundle_out **out)
{
	struct bundle_out *made = ARENA_NEW(look->arena, struct bundle_out);
	int code;
	*made = (struct bundle_out){ .look = look, .options = options, .path = path };
	if (!text_ends(text_of(path), T(".zip"))) {
		made->folder = text_format(look->arena, "%s.part-%lld", path,
					   (long long)getpid()).data;
		if (file_exists(path))
			return conflict("「%s」はすでにあります。別の名前にしてください。", path);
		TRY(folder_make(made->folder));
	} else {
		made->zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
		if (made->zip == NULL)
			return broken("「%s」に書き出せません。場所と空きを確かめてください。", path);
	}
	made->scratch = arena_open(ARENA_USUAL);
	*out = made;
	return OK;
}

static void
step(struct bundle_out *out)
{
	out->written++;
	if (out->options->progress != NULL && out->written % 256 == 0)
		out->options->progress(out->options->progress_with, out->written, out->all);
}

static struct error *
make_bytes(struct member *member)
{
	struct look look = *member->out->look;
	arena_reset(member->out->scratch);
	look.arena = member->out->scratch;
	return tile_bytes(&look, member->log, member->level, member->no, member->width,
			  &member->bytes);
}

static zip_int64_t
open_member(struct member *member)
{
	struct bundle_out *out = member->out;
	member->at = 0;
	if (!member->is_given)
		out->error = make_bytes(member);
	step(out);
	return out->error == OK ? 0 : -1;
}

static zip_int64_t
read_member(struct member *member, void *into, zip_uint64_t len)
{
	const size_t left = member->bytes.len - member->at;
	const size_t some = left < len ? left : (size_t)len;
	if (some != 0)
		memcpy(into, member->bytes.data + member->at, some);
	member->at += some;
	return (zip_int64_t)some; /* at most 16 MiB */
}

static zip_int64_t
give_member(void *with, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
	struct member *member = with;
	static const int failed[2] = { ZIP_ER_READ, 0 };
	if (command == ZIP_SOURCE_OPEN)
		return open_member(member);
	if (command == ZIP_SOURCE_READ)
		return read_member(member, data, len);
	if (command == ZIP_SOURCE_STAT) {
		zip_stat_init(data);
		return sizeof(zip_stat_t);
	}
	if (command == ZIP_SOURCE_ERROR && len >= sizeof failed) {
		memcpy(data, failed, sizeof failed);
		return sizeof failed;
	}
	if (command == ZIP_SOURCE_SUPPORTS)
		return ZIP_SOURCE_SUPPORTS_READABLE;
	return command == ZIP_SOURCE_CLOSE || command == ZIP_SOURCE_FREE ? 0 : -1;
}

static struct error *
zip_member(struct bundle_out *out, const char *path, const struct member *what)
{
	struct member *member = ARENA_NEW(out->look->arena, struct member);
	*member = *what;
	out->all++;
	zip_source_t *source = zip_source_function(out->zip, give_member, member);
	if (source == NULL)
		return broken("ZIP を作れません。");
	const zip_int64_t at = zip_file_add(out->zip, path, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return broken("ZIP に「%s」を入れられません。", path);
	}
	zip_file_set_mtime(out->zip, (zip_uint64_t)at, /* not negative here */
			   (time_t)(out->look->now.ms / 1000), 0);
	return OK;
}

static struct error *
folder_member(struct bundle_out *out, const char *path, struct member *member)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const char *to = path_join(arena, out->folder, path);
	const char *slash = strrchr(to, '/');
	TRY(folder_make(text_z(arena, text_first(text_of(to), (size_t)(slash - to)))));
	if (!member->is_given)
		TRY(make_bytes(member));
	FILE *file = fopen(to, "wxe");
	bool is_good = file != NULL;
	if (is_good && member->bytes.len != 0)
		is_good = fwrite(member->bytes.data, 1, member->bytes.len, file) == member->bytes.len;
	if (file != NULL && fclose(file) != 0)
		is_good = false;
	step(out);
	return is_good ? OK : broken("「%s」に書き出せません。場所と空きを確かめてください。", to);
}

static struct error *
add(struct bundle_out *out, const char *path, struct member *member)
{
	member->out = out;
	return out->zip != NULL ? zip_member(out, path, member) : folder_member(out, path, member);
}

struct error *
bundle_out_text(struct bundle_out *out, const char *path, struct text bytes)
{
	struct member member = { .bytes = bytes, .is_given = true };
	return add(out, path, &member);
}

struct error *
bundle_out_tile(struct bundle_out *out, const char *path, const struct journal_log *log, int level,
		int64_t no, int64_t width)
{
	struct member member = { .log = log, .level = level, .no = no, .width = width };
	return add(out, path, &member);
}

struct error *
bundle_out_end(struct bundle_out *out)
{
	struct error *error = OK;
	if (out->zip == NULL && rename(out->folder, out->path) != 0)
		error = broken("「%s」に書き出せません。場所と空きを確かめてください。", out->path);
	else if (out->zip != NULL && zip_close(out->zip) != 0)
		error = out->error != OK ? out->error
					 : broken("「%s」に書き出せません（%s）。", out->path,
						  zip_strerror(out->zip));
	if (error != OK)
		return error;
	out->zip = NULL;
	out->folder = NULL;
	arena_close(out->scratch);
	return OK;
}

static int
drop_one(const char *path, const struct stat *about, int what, struct FTW *where)
{
	(void)about, (void)what, (void)where;
	(void)remove(path);
	return 0;
}

void
bundle_out_drop(struct bundle_out *out)
{
	if (out->zip != NULL)
		zip_discard(out->zip);
	else if (out->folder != NULL)
		(void)nftw(out->folder, drop_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_close(out->scratch);
}
