/*
 * `bansho restore`: nothing is put in its place before the files are what the backup's list says and
 * the journal's tree is proved against the backup's checkpoint, the checkpoints given, and what the
 * sealer of this machine signed last.
 */
#include "cli/copy.h"

#include "base/file.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_MOST = 256 << 20 };

struct restore {
	struct call *call;
	struct progress progress;
	const char *data;
	const char *folder; /* where the files are looked at */
	struct text code;
	struct journal_report report;
};

static void
json_free_at_end(json_t **json)
{
	json_decref(*json);
}

static struct error *
copy_all(struct restore *restore, const char *from)
{
	struct arena *arena = restore->call->arena;
	struct listed *files;
	size_t count;
	TRY(list_files(arena, from, &files, &count));
	for (size_t at = 0; at < count; at++) {
		const char *to = path_join(arena, restore->folder, files[at].name);
		const struct text whole = text_of(to);
		struct hash digest;
		int64_t size;
		size_t end = whole.len;
		while (to[end - 1] != '/')
			end--;
		TRY(folder_make(text_z(arena, text_first(whole, end - 1))));
		TRY(copy_file(files[at].path, to, &digest, &size));
		progress_step(&restore->progress, (int64_t)at, (int64_t)count); /* bounded */
	}
	return OK;
}

static struct error *
unpack(struct restore *restore)
{
	struct stat about;
	const char *from = text_z(restore->call->arena, restore->call->words[0]);
	if (stat(from, &about) != 0)
		return missing("控え「%s」がありません。", from);
	TRY(folder_make(restore->folder));
	if (S_ISDIR(about.st_mode))
		return copy_all(restore, from);
	return zip_unpack(restore->call->arena, from, restore->folder, &restore->progress);
}

static struct error *
check_file(struct restore *restore, const json_t *one)
{
	const char *name = json_string_value(json_object_get(one, "name"));
	const char *hex = json_string_value(json_object_get(one, "sha256"));
	struct hash wanted, found;
	int64_t size;
	if (name == NULL || hex == NULL || strstr(name, "..") != NULL ||
	    !hash_read_hex(text_of(hex), &wanted))
		return reject("manifest.json", "控えの一覧が正しくありません。");
	TRY(hash_file(path_join(restore->call->arena, restore->folder, name), &found, &size));
	if (!hash_same(&wanted, &found))
		return reject(name, "控えを取ったときと内容が違います。控えが壊れたか、書き換えられています。");
	return OK;
}

static struct error *
check_files(struct restore *restore, const json_t *manifest)
{
	const json_t *files = json_object_get(manifest, "files");
	struct listed *found;
	size_t count;
	if (!json_is_array(files))
		return reject("manifest.json", "控えの一覧が正しくありません。");
	for (size_t at = 0; at < json_array_size(files); at++)
		TRY(check_file(restore, json_array_get(files, at)));
	TRY(list_files(restore->call->arena, restore->folder, &found, &count));
	if (count != json_array_size(files) + 1)
		return reject("manifest.json", "控えに、一覧にないファイルがあります。");
	return OK;
}

static bool
is_code(const char *code)
{
	return code != NULL && code[0] != '\0' && code[0] != '-' && strlen(code) <= 60 &&
	       strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(code);
}

static struct error *
read_manifest(struct restore *restore)
{
	struct arena *arena = restore->call->arena;
	struct text bytes;
	TRY(file_read(arena, path_join(arena, restore->folder, "manifest.json"), MANIFEST_MOST,
		      &bytes));
	__attribute__((cleanup(json_free_at_end))) json_t *manifest =
		json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, NULL);
	const char *code = json_string_value(json_object_get(manifest, "body"));
	if (!is_code(code) ||
	    json_integer_value(json_object_get(manifest, "format")) != BACKUP_FORMAT)
		return reject("manifest.json", "番所の控えではないか、別の版の控えです。");
	restore->code = text_copy(arena, text_of(code));
	return check_files(restore, manifest);
}

/* Against every checkpoint we can have. */
static struct error *
prove(struct restore *restore)
{
	struct arena *arena = restore->call->arena;
	struct journal_verify_options options;
	bool found;
	TRY(read_proof_options(restore->call, &options, &restore->progress));
	struct text *notes = ARENA_ARRAY(arena, struct text, options.earlier_count + 2);
	for (size_t at = 0; at < options.earlier_count; at++)
		notes[at] = options.earlier[at];
	TRY(file_read(arena, path_join(arena, restore->folder, "checkpoint"), NOTE_MOST,
		      &notes[options.earlier_count++]));
	TRY(sealed_note(arena, restore->data, restore->code, &found,
			     &notes[options.earlier_count]));
	options.earlier_count += found ? 1 : 0;
	options.earlier = notes;
	return verify_store_at(restore->call, path_join(arena, restore->folder, "store.sqlite"), NULL,
			       &options, &restore->report);
}

/* ---- Putting in place ---- */

/* The key of any log below a folder of the sealer. */
static struct error *
has_key(struct arena *arena, const char *folder, bool *has)
{
	struct listed *files;
	size_t count = 0;
	*has = false;
	if (file_exists(folder))
		TRY(list_files(arena, folder, &files, &count));
	for (size_t at = 0; at < count; at++)
		*has = *has || strcmp(files[at].name, "key") == 0 ||
		       text_ends(text_of(files[at].name), T("/key"));
	return OK;
}

static struct error *
place_seal_file(struct arena *arena, const struct listed *file, const char *seal)
{
	const char *to = path_join(arena, seal, file->name);
	const struct text folder =
		text_first(text_of(to), (size_t)(strrchr(to, '/') - to)); /* `to` is below seal */
	struct hash digest;
	int64_t size;
	if (file_exists(to))
		return OK;
	TRY(folder_make(text_z(arena, folder)));
	return copy_file(file->path, to, &digest, &size);
}

static struct error *
place_key(struct restore *restore)
{
	struct arena *arena = restore->call->arena;
	const char *from = path_join(arena, restore->folder, "seal");
	const char *seal = path_join(arena, path_join(arena, restore->data, "seal"),
				     text_z(arena, restore->code));
	struct listed *files;
	struct hash digest;
	int64_t size;
	size_t count;
	bool is_given, is_there;
	TRY(has_key(arena, from, &is_given));
	if (is_given && !seal_is_open(arena, restore->data))
		return refuse("控えに署名鍵があります。戻せるのは root だけなので、root で実行してください。");
	TRY(has_key(arena, seal, &is_there));
	if (!is_given || is_there)
		return OK;
	TRY(list_files(arena, from, &files, &count));
	for (size_t at = 0; at < count; at++)
		TRY(place_seal_file(arena, &files[at], seal));
	/* A backup of 0.1.0 has no head beside the key. */
	if (!file_exists(path_join(arena, seal, "head")))
		TRY(copy_file(path_join(arena, restore->folder, "checkpoint"),
			      path_join(arena, seal, "head"), &digest, &size));
	return hand_over(arena, seal);
}

static struct error *
place(struct restore *restore)
{
	struct arena *arena = restore->call->arena;
	const char *to = path_join(arena, path_join(arena, restore->data, "bodies"),
				   text_z(arena, restore->code));
	TRY(place_key(restore));
	remove_tree(arena, path_join(arena, restore->folder, "seal"));
	(void)unlink(path_join(arena, restore->folder, "manifest.json"));
	(void)unlink(path_join(arena, restore->folder, "checkpoint"));
	TRY(folder_make(path_join(arena, restore->folder, "blobs")));
	TRY(hand_over(arena, restore->folder));
	if (rename(restore->folder, to) != 0)
		return conflict("団体「%.*s」を置けません。すでにあるかもしれません。", T_ARG(restore->code));
	return OK;
}

static struct error *
must_be_new(struct restore *restore)
{
	struct arena *arena = restore->call->arena;
	const char *to = path_join(arena, path_join(arena, restore->data, "bodies"),
				   text_z(arena, restore->code));
	if (file_exists(to))
		return conflict("団体「%.*s」は %s にすでにあります。上書きはしません。別の --data を指定してください。",
				T_ARG(restore->code), restore->data);
	return OK;
}

static struct error *
check_and_place(struct restore *restore)
{
	TRY(unpack(restore));
	TRY(read_manifest(restore));
	TRY(must_be_new(restore));
	TRY(prove(restore));
	if (restore->report.finding_total != 0)
		return OK; /* the caller says what was found */
	return place(restore);
}

static void
say_ring(struct restore *restore)
{
	const char *ring = body_ring(restore->call->arena, restore->data, restore->code);
	if (!file_exists(ring))
		print(say("鍵束がありません。最新の鍵束の控えを bansho keys import で戻すまで、番所は動きません。\n"));
}

static void
say_restored(struct restore *restore)
{
	struct call *call = restore->call;
	const char *seal = text_format(call->arena, "%s/seal/%.*s", restore->data,
				       T_ARG(restore->code)).data;
	bool has = false;
	print_text(call->is_json ? journal_report_json(call->arena, &restore->report)
				 : journal_report_words(call->arena, &restore->report));
	if (call->is_json) {
		print("\n");
		return;
	}
	if (restore->report.finding_total != 0) {
		print("%s\n", say("控えの記録簿に誤りがあるため、戻しませんでした。"));
		return;
	}
	print(say("戻しました: 団体「%.*s」、記録 %lld件。根は検証点と合っています。\n"),
	      T_ARG(restore->code), (long long)restore->report.size);
	say_ring(restore);
	if (has_key(call->arena, seal, &has) == OK && !has)
		print(say("署名鍵がありません。別に控えた鍵を %s に戻すまで、新しい記録は署名されません。\n"), seal);
}

struct error *
run_restore(struct call *call)
{
	struct restore restore = { .call = call, .progress = progress_begin("確かめています"),
				   .data = call_z(call, "data") };
	/* Begins with a dot: no list of bodies shows it. */
	const char *bodies = path_join(call->arena, restore.data, "bodies");
	restore.folder = text_format(call->arena, "%s/.restore-%lld", bodies, (long long)getpid()).data;
	TRY(folder_make(bodies));
	struct error *error = check_and_place(&restore);
	remove_tree(call->arena, restore.folder);
	progress_end(&restore.progress);
	TRY(error);
	call->status = restore.report.finding_total != 0 ? EXIT_FOUND : EXIT_FINE;
	say_restored(&restore);
	return OK;
}
