/*
 * Files that people give with a result: certificates, logs of erasing. They lie beside the store
 * under the SHA-256 of what was given, sealed under the body's key. The answer names that digest; so
 * the journal's digest of the answer covers them.
 * Keeping one twice is keeping it once, and one that no answer names harms nobody.
 */
#include "pages/dossier_parts.h"
#include "pages/limits.h"

#include "base/file.h"

#include <string.h>

enum { FILE_MOST = 32 << 20, NAME_MOST = 200 };

static const char *
blobs_folder(struct visit *visit)
{
	const struct text store = text_of(store_path(visit->office->store));
	size_t end = store.len;
	while (end > 0 && store.data[end - 1] != '/')
		end--;
	return path_join(visit->arena,
			 end == 0 ? "." : text_z(visit->arena, text_first(store, end)), "blobs");
}

static const char *
blob_path(struct visit *visit, const struct hash *digest)
{
	return path_join(visit->arena, blobs_folder(visit),
			 text_z(visit->arena, hash_hex(visit->arena, digest)));
}

struct error *
files_keep(struct visit *visit)
{
	const struct fields *fields = &visit->request->fields;
	for (size_t at = 0; at < fields->count; at++) {
		const struct field *file = &fields->at[at];
		if (!file->is_file || file->file_name.len == 0)
			continue;
		const struct hash digest = hash_of(file->value);
		const char *path = blob_path(visit, &digest);
		if (file_exists(path))
			continue;
		if (!limits_may_keep(visit->office->limits, visit->session.person.no,
				     file->value.len, visit->now))
			return refuse("一日に添付できる量を超えました。明日もう一度添付するか、システムの担当者に相談してください。");
		TRY(folder_make(blobs_folder(visit)));
		TRY(store_file_write(visit->office->store, path, file->value));
	}
	return OK;
}

/* A file's name in one line, not longer than a field may be. */
static struct text
plain_name(struct visit *visit, struct text name)
{
	struct text plain = text_replace(visit->arena, name, T("\t"), T(" "));
	size_t at = 0, end = 0;
	uint32_t character;
	plain = text_replace(visit->arena, plain, T("\n"), T(" "));
	while (end < NAME_MOST && text_next(plain, &at, &character) && at <= NAME_MOST)
		end = at;
	return text_first(plain, end);
}

struct text
file_value(struct visit *visit, struct text name)
{
	const struct field *file = request_file(visit->request, text_z(visit->arena, name));
	if (file == NULL)
		return T("");
	const struct hash digest = hash_of(file->value);
	return text_format(visit->arena, "%.*s\t%.*s", T_ARG(hash_hex(visit->arena, &digest)),
			   T_ARG(plain_name(visit, file->file_name)));
}

void
file_link(struct visit *visit, const struct dossier *dossier, struct text value, struct text *name,
	  struct url *href)
{
	struct text digest;
	const struct text id = text_format(visit->arena, "%lld", (long long)dossier->id.no);
	value_halves(value, &digest, name);
	if (name->len == 0)
		*name = digest;
	*href = url_make(visit->arena, "/dossiers/{}/files/{}", 2, (struct text[]){ id, digest });
}

struct error *
blob_read(struct visit *visit, const struct hash *digest, struct text *bytes)
{
	TRY(store_file_read(visit->office->store, visit->arena, blob_path(visit, digest), FILE_MOST, bytes));
	const struct hash found = hash_of(*bytes);
	if (!hash_same(&found, digest))
		return broken("保管しているファイルが、登録されたときと違っています。システムの担当者に知らせてください。");
	return OK;
}

struct error *
file_send(struct visit *visit, struct text hex, struct text name)
{
	struct hash digest;
	if (!hash_read_hex(hex, &digest))
		return missing("そのファイルはありません。");
	TRY(blob_read(visit, &digest, &visit->answer.body));
	visit->answer.type = "application/octet-stream";
	visit->answer.download = name.len != 0 ? name : hex;
	return OK;
}

struct error *
file_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	struct hash digest;
	const struct text wanted = capture_text(visit->captures, "digest");
	TRY(dossier_open(look, visit, &dossier));
	for (size_t at = 0; at < dossier.answers_count; at++) {
		struct text hex, name;
		value_halves(dossier.answers[at].value, &hex, &name);
		if (!text_same(hex, wanted) || !hash_read_hex(hex, &digest))
			continue;
		return file_send(visit, hex, name);
	}
	return missing("そのファイルはこの案件にありません。");
}
