/* `bansho verify` and `bansho export`: proof without our server. */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/jails.h"
#include "people/erase.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHECKPOINTS_MOST = 64, WITNESSES_MOST = 16, MAGIC_LEN = 16 };

/* A key as a line, or a file that holds it. */
static struct error *
read_vkey(struct call *call, struct text given, struct text *vkey)
{
	if (!file_exists(text_z(call->arena, given))) {
		*vkey = text_trim(given);
		return OK;
	}
	TRY(file_read(call->arena, text_z(call->arena, given), 4096, vkey));
	*vkey = text_trim(*vkey);
	return OK;
}

static struct error *
read_key(struct call *call, struct text *vkey)
{
	const struct text given = call_text(call, "key");
	*vkey = T("");
	return given.data == NULL ? OK : read_vkey(call, given, vkey);
}

static struct error *
read_witnesses(struct call *call, struct journal_verify_options *options)
{
	struct text given[WITNESSES_MOST];
	struct text *keys = ARENA_ARRAY(call->arena, struct text, WITNESSES_MOST);
	options->witness_count = call_all(call, "witness", given, WITNESSES_MOST);
	options->witnesses = keys;
	for (size_t at = 0; at < options->witness_count; at++)
		TRY(read_vkey(call, given[at], &keys[at]));
	return OK;
}

struct error *
read_proof_options(struct call *call, struct journal_verify_options *options,
		   struct progress *progress)
{
	struct text *notes = ARENA_ARRAY(call->arena, struct text, CHECKPOINTS_MOST + 1);
	struct text paths[CHECKPOINTS_MOST];
	const size_t count = call_all(call, "checkpoint", paths, CHECKPOINTS_MOST);
	*options = (struct journal_verify_options){ .progress = progress_step,
						    .progress_with = progress,
						    .earlier = notes,
						    .earlier_count = count };
	for (size_t at = 0; at < count; at++)
		TRY(file_read(call->arena, text_z(call->arena, paths[at]), NOTE_MOST, &notes[at]));
	TRY(read_witnesses(call, options));
	return read_key(call, &options->vkey);
}

struct error *
verify_store_at(struct call *call, const char *path, const char *ring,
		const struct journal_verify_options *options, struct journal_report *report)
{
	struct store *store;
	LOOK_SCOPED look = { 0 };
	TRY(store_open(call->arena,
		       &(struct store_options){ .path = path, .is_read_only = true, .ring = ring,
						.migrations = bansho_migrations },
		       &store));
	struct error *error = look_begin(store, call->arena, &look);
	if (error == OK)
		error = journal_verify_store(&look, options, report);
	if (error == OK)
		error = people_verify_keys(&look, report);
	look_end(&look);
	look = (struct look){ 0 };
	store_close(store);
	return error;
}

enum thing { THING_STORE, THING_BUNDLE, THING_DATA };

static struct error *
what_is(const char *path, enum thing *thing)
{
	char magic[MAGIC_LEN] = { 0 };
	struct stat about;
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about) != 0)
		return missing("「%s」を開けません。store.sqlite、書き出した束、データの場所のどれかを指定してください。",
			       path);
	*thing = THING_DATA;
	if (S_ISDIR(about.st_mode)) {
		/* A bundle written to a folder says which logs it has. */
		if (fstatat(fd, "logs/index", &about, 0) == 0)
			*thing = THING_BUNDLE;
		return OK;
	}
	const ssize_t got = read(fd, magic, sizeof magic);
	const struct text begin = { magic, got > 0 ? (size_t)got : 0 };
	*thing = text_starts(begin, T("SQLite format 3")) ? THING_STORE : THING_BUNDLE;
	if (*thing == THING_BUNDLE && !text_starts(begin, T("PK")))
		return reject(path, "保存ファイルでも、書き出した束（zip）でもありません。");
	return OK;
}

/* A body's store under DATA, with what its sealer signed last. */
static struct error *
verify_data(struct call *call, const char *data, struct journal_verify_options *options,
	    struct journal_report *report)
{
	struct text code = call_text(call, "body"), *codes;
	size_t count;
	bool found;
	TRY(body_list(call->arena, data, &codes, &count));
	if (code.data == NULL && count == 0)
		return missing("%s に団体がありません。", data);
	if (code.data == NULL && count > 1)
		return reject("--body", "団体が%zuあります。--body で団体のコードを指定してください。", count);
	if (code.data == NULL)
		code = codes[0];
	struct text *notes = ARENA_ARRAY(call->arena, struct text, options->earlier_count + 1);
	for (size_t at = 0; at < options->earlier_count; at++)
		notes[at] = options->earlier[at];
	TRY(sealed_note(call->arena, data, code, &found, &notes[options->earlier_count]));
	options->earlier = notes;
	options->earlier_count += found ? 1 : 0;
	const struct text path = text_format(call->arena, "%s/bodies/%.*s/store.sqlite", data,
					     T_ARG(code));
	return verify_store_at(call, path.data, body_ring(call->arena, data, code), options, report);
}

static struct error *
verify_what(struct call *call, struct journal_verify_options *options,
	    struct journal_report *report)
{
	enum thing thing = THING_DATA;
	if (call->words_count == 0) {
		struct text data;
		TRY(call_must(call, "data", &data));
		return verify_data(call, text_z(call->arena, data), options, report);
	}
	const char *path = text_z(call->arena, call->words[0]);
	TRY(what_is(path, &thing));
	if (thing == THING_DATA)
		return verify_data(call, path, options, report);
	if (thing == THING_BUNDLE) {
		/* What somebody else made is parsed where it can do nothing. */
		TRY(jails_enter(JAIL_READER, NULL));
		return journal_verify_bundle(call->arena, path, options, report);
	}
	return verify_store_at(call, path, NULL, options, report);
}

struct error *
run_verify(struct call *call)
{
	struct progress progress = progress_begin("検証しています");
	struct journal_verify_options options;
	struct journal_report report;
	TRY(read_proof_options(call, &options, &progress));
	struct error *error = verify_what(call, &options, &report);
	progress_end(&progress);
	TRY(error);
	print_text(call->is_json ? journal_report_json(call->arena, &report)
				 : journal_report_words(call->arena, &report));
	if (call->is_json)
		print("\n");
	call->status = report.finding_total != 0 ? EXIT_FOUND : EXIT_FINE;
	return OK;
}

/* ---- Export ---- */

void
seal_if_possible(struct body *body)
{
	struct error *error = journal_seal(body->store, body->sealer);
	if (error != OK)
		print_errors(error); /* what is signed already is still good */
}

static struct error *
export_to(struct call *call, struct body *body, const char *path)
{
	LOOK_SCOPED look = { 0 };
	struct progress progress = progress_begin("書き出しています");
	const struct text about = call_text(call, "about");
	const struct journal_export_options options = {
		.about = about.data != NULL ? about : T(""),
		.progress = progress_step,
		.progress_with = &progress,
	};
	TRY(look_begin(body->store, call->arena, &look));
	struct error *error = journal_export(&look, &options, path);
	progress_end(&progress);
	return error;
}

struct error *
run_export(struct call *call)
{
	return export_journal(call, call->words[0]);
}

struct error *
export_journal(struct call *call, struct text to)
{
	struct body body;
	const char *path = text_z(call->arena, to);
	if (file_exists(path))
		return conflict("「%s」はすでにあります。別の名前にしてください。", path);
	TRY(call_body(call, false, &body));
	seal_if_possible(&body);
	struct error *error = export_to(call, &body, path);
	body_close(&body);
	TRY(error);
	if (call->is_json) {
		struct writer out = writer_open(call->arena, 8192);
		struct json json = json_begin(&out);
		json_open_object(&json);
		json_text_at(&json, "file", text_of(path));
		json_end(&json);
		return print_writer(&out);
	}
	print(say("書き出しました: %s\n検証: bansho verify %s\n"), path, path);
	return OK;
}
