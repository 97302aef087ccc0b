/*
 * `bansho backup`: a copy of a body while it works. The checkpoint is taken before the store is
 * copied, so that the copy must hold everything the checkpoint covers; restore proves it.
 */
#include "cli/copy.h"

#include "base/file.h"
#include "base/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct backup {
	struct call *call;
	struct body body;
	struct progress progress;
	const char *to;	    /* what was asked for */
	const char *folder; /* where the files are gathered */
	bool is_zip;
	struct json json;
	struct writer out;
	struct text checkpoint;
	int64_t files;
};

static void
note_file(struct backup *backup, const char *name, const struct hash *digest, int64_t size)
{
	json_open_object(&backup->json);
	json_text_at(&backup->json, "name", text_of(name));
	json_text_at(&backup->json, "sha256", hash_hex(backup->call->arena, digest));
	json_number_at(&backup->json, "size", size);
	json_end(&backup->json);
	backup->files++;
	progress_step(&backup->progress, backup->files, 0);
}

static struct error *
take_folder(struct backup *backup, const char *from, const char *name)
{
	struct arena *arena = backup->call->arena;
	struct listed *files;
	size_t count;
	if (!file_exists(from))
		return OK;
	TRY(list_files(arena, from, &files, &count));
	for (size_t at = 0; at < count; at++) {
		const char *below = path_join(arena, name, files[at].name);
		const char *to = path_join(arena, backup->folder, below);
		const struct text whole = text_of(to);
		struct hash digest;
		int64_t size;
		size_t end = whole.len;
		while (to[end - 1] != '/')
			end--;
		TRY(folder_make(text_z(arena, text_first(whole, end - 1))));
		TRY(copy_file(files[at].path, to, &digest, &size));
		note_file(backup, below, &digest, size);
	}
	return OK;
}

static struct error *
take_store(struct backup *backup)
{
	const char *to = path_join(backup->call->arena, backup->folder, "store.sqlite");
	struct hash digest;
	int64_t size;
	TRY(store_backup(backup->body.store, to, progress_step, &backup->progress));
	TRY(hash_file(to, &digest, &size));
	note_file(backup, "store.sqlite", &digest, size);
	return OK;
}

static struct error *
take_checkpoint(struct backup *backup)
{
	const struct body *body = &backup->body;
	struct arena *arena = backup->call->arena;
	bool found;
	seal_if_possible(&backup->body);
	TRY(sealed_note(arena, body->data, body->code, &found, &backup->checkpoint));
	if (!found)
		return missing("署名された検証点がまだないため、控えの正しさを示せません。bansho run で署名されるのを待つか、署名鍵を確かめてください。");
	TRY(file_replace(path_join(arena, backup->folder, "checkpoint"), backup->checkpoint, 0644));
	const struct hash digest = hash_of(backup->checkpoint);
	note_file(backup, "checkpoint", &digest, (int64_t)backup->checkpoint.len); /* small */
	return OK;
}

/* "head" and "2026/head" are both called head. */
static bool
is_called(const char *name, const char *const *names)
{
	const char *slash = strrchr(name, '/');
	const char *last = slash != NULL ? slash + 1 : name;
	for (; *names != NULL; names++)
		if (strcmp(last, *names) == 0)
			return true;
	return false;
}

static struct error *
take_text(struct backup *backup, const char *name, struct text bytes)
{
	const struct hash digest = hash_of(bytes);
	TRY(file_replace(path_join(backup->call->arena, backup->folder, name), bytes, 0644));
	note_file(backup, name, &digest, (int64_t)bytes.len); /* small */
	return OK;
}

/* Where the sealer's folder is closed to us it tells what is public itself. */
static struct error *
ask_key(struct backup *backup)
{
	struct arena *arena = backup->call->arena;
	const struct body *body = &backup->body;
	struct sealed sealed;
	if (call_has(backup->call, "with-key"))
		return refuse("署名鍵は、root だけが控えに入れられます。root で実行してください。");
	TRY(sealed_ask(arena, body->data, body->code, T(""), &sealed));
	TRY(folder_make(path_join(arena, backup->folder, "seal")));
	TRY(take_text(backup, "seal/head", sealed.note));
	return take_text(backup, "seal/vkey", text_join(arena, sealed.vkey, T("\n")));
}

/* Of every log: public keys and last heads go along always, signing keys only when asked for. */
static struct error *
take_key(struct backup *backup)
{
	static const char *const open[] = { "origin", "vkey", "head", NULL };
	static const char *const secret[] = { "key", "key.next", NULL };
	struct arena *arena = backup->call->arena;
	const char *seal = path_join(arena, path_join(arena, backup->body.data, "seal"),
				     text_z(arena, backup->body.code));
	const char *to = path_join(arena, backup->folder, "seal");
	struct listed *files;
	size_t count;
	if (!seal_is_open(arena, backup->body.data))
		return ask_key(backup);
	TRY(folder_make(to));
	TRY(list_files(arena, seal, &files, &count));
	for (size_t at = 0; at < count; at++) {
		const char *name = files[at].name, *slash = strrchr(name, '/');
		struct hash digest;
		int64_t size;
		if (!is_called(name, open) &&
		    !(is_called(name, secret) && call_has(backup->call, "with-key")))
			continue;
		if (slash != NULL)
			TRY(folder_make(path_join(
				arena, to,
				text_z(arena, text_first(text_of(name),
							 (size_t)(slash - name))))));
		TRY(copy_file(files[at].path, path_join(arena, to, name), &digest, &size));
		note_file(backup, path_join(arena, "seal", name), &digest, size);
	}
	return OK;
}

static struct error *
gather(struct backup *backup)
{
	struct arena *arena = backup->call->arena;
	const struct body *body = &backup->body;
	backup->out = writer_open(arena, 256 << 20);
	backup->json = json_begin(&backup->out);
	struct json *json = &backup->json;
	json_open_object(json);
	json_text_at(json, "body", body->code);
	json_name(json, T("files"));
	json_open_array(json);
	TRY(take_checkpoint(backup));
	TRY(take_store(backup));
	TRY(take_folder(backup, path_join(arena, body->folder, "pack"), "pack"));
	/* After the store too: a version it names lies there by then. */
	TRY(take_folder(backup, path_join(arena, body->folder, "packs"), "packs"));
	/* Attachments after the store: everything the copied rows name is there by then. */
	TRY(take_folder(backup, path_join(arena, body->folder, "blobs"), "blobs"));
	TRY(take_key(backup));
	json_end(json);
	json_number_at(json, "format", BACKUP_FORMAT);
	json_text_at(json, "name", body->name);
	json_text_at(json, "taken", moment_utc(arena, moment_now()));
	json_text_at(json, "version", T(BANSHO_VERSION));
	json_end(json);
	write_byte(&backup->out, '\n');
	if (writer_is_full(&backup->out))
		return broken("添付が多すぎて、控えの一覧を作れません。");
	TRY(file_replace(path_join(arena, backup->folder, "manifest.json"),
			 writer_text(&backup->out), 0644));
	/* For the health page. A body that cannot be written can be backed up all the same. */
	struct error *error = file_replace(
		path_join(arena, body->folder, "backup.state"),
		text_format(arena, "%lld\n", (long long)moment_now().ms), 0600);
	if (error != OK)
		log_error("backup", error);
	return OK;
}

static struct error *
finish(struct backup *backup)
{
	struct arena *arena = backup->call->arena;
	struct listed *files;
	size_t count;
	if (!backup->is_zip)
		return rename(backup->folder, backup->to) == 0
			       ? OK
			       : broken("控えのフォルダー「%s」を置けません。", backup->to);
	TRY(list_files(arena, backup->folder, &files, &count));
	struct zip_part *parts = ARENA_ARRAY(arena, struct zip_part, count + 1);
	for (size_t at = 0; at < count; at++)
		parts[at] = (struct zip_part){ files[at].name, files[at].path };
	const char *beside = text_format(arena, "%s.zip", backup->folder).data;
	struct error *error = zip_pack(beside, parts, count, &backup->progress);
	if (error == OK && rename(beside, backup->to) != 0)
		error = broken("控え「%s」を置けません。", backup->to);
	if (error != OK)
		(void)unlink(beside);
	return error;
}

static struct error *
say_taken(struct backup *backup)
{
	struct call *call = backup->call;
	struct head head;
	TRY(note_read(call->arena, backup->checkpoint, &head));
	if (!call->is_json) {
		print(say("控えを取りました: %s（記録 %lld件まで署名済み、ファイル %lld）\n"), backup->to,
		      (long long)head.size, (long long)backup->files);
		if (!call_has(call, "with-key"))
			print("%s\n", say("署名鍵は入っていません。別に控えるには --with-key を使ってください。"));
		print("%s\n", say("鍵束は入っていません。これだけでは個人データと添付を読めません。鍵束は bansho keys export で別に控えてください。"));
		return OK;
	}
	struct writer out = writer_open(call->arena, 8192);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "file", text_of(backup->to));
	json_number_at(&json, "files", backup->files);
	json_bool_at(&json, "key", call_has(call, "with-key"));
	json_text_at(&json, "root", hash_hex(call->arena, &head.root));
	json_number_at(&json, "size", head.size);
	json_end(&json);
	return print_writer(&out);
}

struct error *
run_backup(struct call *call)
{
	struct backup backup = { .call = call, .progress = progress_begin("控えを取っています") };
	backup.to = text_z(call->arena, call->words[0]);
	backup.is_zip = text_ends(call->words[0], T(".zip"));
	backup.folder = text_format(call->arena, "%s.part-%lld", backup.to,
				    (long long)getpid()).data;
	if (file_exists(backup.to))
		return conflict("「%s」はすでにあります。別の名前にしてください。", backup.to);
	TRY(call_body(call, false, &backup.body));
	struct error *error = folder_make(backup.folder);
	if (error == OK)
		error = gather(&backup);
	if (error == OK)
		error = finish(&backup);
	remove_tree(call->arena, backup.folder);
	body_close(&backup.body);
	progress_end(&backup.progress);
	TRY(error);
	return say_taken(&backup);
}
