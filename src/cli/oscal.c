/* `bansho oscal`: a pack and a body's evidence as OSCAL, and OSCAL catalogs as packs. */
#include "cli/rooms.h"

#include "base/file.h"
#include "assure/history.h"
#include "base/jails.h"
#include "oscal/oscal.h"

enum { FILE_MODE = 0644 };

struct exporting {
	struct call *call;
	struct oscal_source source;
	bool is_wanted[OSCAL_MODELS];
	bool is_chosen; /* by --model: what cannot be written is then an error */
	const char *folder;
	struct text written[OSCAL_MODELS];
	size_t count;
};

static struct error *
choose_models(struct exporting *exporting)
{
	struct text names[CALL_MOST_OPTIONS];
	const size_t count = call_all(exporting->call, "model", names, CALL_MOST_OPTIONS);
	exporting->is_chosen = count > 0;
	for (int at = 0; at < OSCAL_MODELS; at++)
		exporting->is_wanted[at] = count == 0;
	for (size_t at = 0; at < count; at++) {
		enum oscal_model model;
		if (!oscal_model_read(names[at], &model))
			return reject("--model", "「%.*s」はありません。catalog、profile、component-definition、assessment-plan、assessment-results、poam のどれかにしてください。",
				      T_ARG(names[at]));
		exporting->is_wanted[model] = true;
	}
	return OK;
}

static struct error *
write_one(struct exporting *exporting, enum oscal_model model)
{
	struct arena *arena = exporting->call->arena;
	const char *file = oscal_model_file(model);
	struct text json;
	if (!exporting->is_chosen && oscal_needs_body(model) && exporting->source.assurance == NULL)
		return OK;
	struct error *error = oscal_write(arena, &exporting->source, model, &json);
	if (error != OK && error->kind == ERROR_MISSING && !exporting->is_chosen) {
		print_errors(error); /* nothing to tell is no fault */
		return OK;
	}
	TRY(error);
	TRY(file_replace(path_join(arena, exporting->folder, file), json, FILE_MODE));
	exporting->written[exporting->count++] = text_of(file);
	return OK;
}

static struct error *
write_all(struct exporting *exporting)
{
	struct call *call = exporting->call;
	TRY(folder_make(exporting->folder));
	for (int at = 0; at < OSCAL_MODELS; at++)
		if (exporting->is_wanted[at])
			TRY(write_one(exporting, (enum oscal_model)at));
	if (!call->is_json) {
		for (size_t at = 0; at < exporting->count; at++)
			print("%s/%.*s\n", exporting->folder, T_ARG(exporting->written[at]));
		return OK;
	}
	struct writer out = writer_open(call->arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_name(&json, T("files"));
	json_open_array(&json);
	for (size_t at = 0; at < exporting->count; at++)
		json_text(&json, exporting->written[at]);
	json_end(&json);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
export_pack(struct exporting *exporting, const char *folder)
{
	struct arena *arena = exporting->call->arena;
	struct pack *pack;
	TRY(pack_load(arena, folder, &pack_known, &pack, NULL));
	TRY(oscal_pack_files(arena, folder, &exporting->source.files, &exporting->source.files_count));
	exporting->source.pack = pack;
	return write_all(exporting);
}

static struct error *
assured_at(struct call *call, struct look *look, const struct body *body, struct text typed,
	   struct assurance *assurance, int64_t *entry)
{
	struct assure_then then;
	struct day day;
	if (!day_read(typed, &day))
		return reject("--at", "日付が読めません。2026-11-21 か R8.11.21 のように書いてください。");
	if (day.no > moment_day(look->now).no)
		return reject("--at", "これからの日です。今日か、過ぎた日にしてください。");
	TRY(assure_at(look, body->pack, day, assurance, &then));
	if (then.found) {
		*entry = then.entry;
		assurance->at = (struct moment){ day_begin(day_plus(day, 1)).ms - 1 };
		return OK;
	}
	if (then.first.ms == 0)
		return missing("状態の記録はまだありません。bansho-clock が動くと、毎日残ります。");
	return missing("その日の記録はありません。最初の記録は %.*s です。",
		       T_ARG(moment_wareki(call->arena, then.first)));
}

static struct error *
export_body(struct exporting *exporting, struct body *body)
{
	struct arena *arena = exporting->call->arena;
	LOOK_SCOPED look = { 0 };
	struct assurance assurance;
	struct oscal_source *source = &exporting->source;
	TRY(look_begin(body->store, arena, &look));
	const struct text at = call_text(exporting->call, "at");
	if (at.data != NULL)
		TRY(assured_at(exporting->call, &look, body, at, &assurance, &source->entry));
	else
		TRY(assure(&look, &body->flow, NULL, &assurance));
	TRY(oscal_pack_files(arena, path_join(arena, body->folder, "pack"), &source->files,
			     &source->files_count));
	source->pack = body->pack;
	source->look = &look;
	source->body_code = body->code;
	source->body_name = body->name;
	source->assurance = &assurance;
	return write_all(exporting);
}

static struct error *
run_oscal_export(struct call *call)
{
	struct exporting exporting = { .call = call, .folder = text_z(call->arena, call->words[1]) };
	const struct text pack = call_text(call, "pack");
	struct text data;
	struct body body;
	if (call->words_count != 2)
		return reject(NULL, "使い方: bansho oscal %s", call->command->usage);
	TRY(choose_models(&exporting));
	if (pack.data != NULL)
		return export_pack(&exporting, pack_place(call, pack));
	TRY(call_must(call, "data", &data));
	TRY(call_body(call, true, &body));
	struct error *error = export_body(&exporting, &body);
	body_close(&body);
	return error;
}

/* ---- Import ---- */

struct importing {
	struct call *call;
	const char *folder;
	struct oscal_read read;
	struct pack_report report;
	struct error *faults; /* of the pack that was made */
};

static void
print_import(const struct importing *importing)
{
	const struct oscal_read *read = &importing->read;
	for (size_t at = 0; at < read->notes_count; at++)
		print("%.*s: %.*s\n", T_ARG(read->notes[at].where), T_ARG(read->notes[at].words));
	for (const struct error *fault = importing->faults; fault != NULL; fault = fault->next)
		print("%.*s: %s%.*s\n", T_ARG(fault->field), say("誤り: "), T_ARG(fault->words));
	if (read->is_untouched)
		print(say("番所が書き出したままのカタログです。方針パックを一字も変えずに戻しました。\n"));
	print(say("%s: ファイル %zu、条項 %zu、食い違い %zu、答えること %zu、誤り %zu\n"), importing->folder,
	      read->files, importing->report.clauses, read->notes_count, read->to_answer,
	      importing->report.errors);
}

static struct error *
import_json(const struct importing *importing)
{
	const struct oscal_read *read = &importing->read;
	struct writer out = writer_open(importing->call->arena, 16 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "clauses", (int64_t)importing->report.clauses); /* counts are small */
	json_name(&json, T("differences"));
	json_open_array(&json);
	for (size_t at = 0; at < read->notes_count; at++) {
		json_open_object(&json);
		json_text_at(&json, "where", read->notes[at].where);
		json_text_at(&json, "words", read->notes[at].words);
		json_end(&json);
	}
	json_end(&json);
	json_name(&json, T("errors"));
	json_open_array(&json);
	for (const struct error *fault = importing->faults; fault != NULL; fault = fault->next) {
		json_open_object(&json);
		json_text_at(&json, "where", fault->field);
		json_text_at(&json, "words", fault->words);
		json_end(&json);
	}
	json_end(&json);
	json_number_at(&json, "files", (int64_t)read->files);
	json_bool_at(&json, "ours", read->is_ours);
	json_number_at(&json, "to_answer", (int64_t)read->to_answer);
	json_bool_at(&json, "untouched", read->is_untouched);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
run_oscal_import(struct call *call)
{
	struct oscal_document documents[CALL_MOST_WORDS];
	struct importing importing = { .call = call };
	struct pack *pack;
	const size_t count = call->words_count - 2; /* between "import" and the folder */
	if (call->words_count < 3)
		return reject(NULL, "使い方: bansho oscal %s", call->command->usage);
	importing.folder = text_z(call->arena, call->words[call->words_count - 1]);
	for (size_t at = 0; at < count; at++) {
		documents[at].name = text_z(call->arena, call->words[at + 1]);
		TRY(file_read(call->arena, documents[at].name, OSCAL_MOST_BYTES, &documents[at].bytes));
	}
	/* From here on it reads what others wrote, and may write nowhere but into that folder. */
	TRY(folder_make(importing.folder));
	TRY(jails_enter(JAIL_IMPORT, &(struct jail_places){ .own = importing.folder }));
	TRY(oscal_read(call->arena, documents, count, importing.folder, &importing.read));
	importing.faults = pack_load(call->arena, importing.folder, &pack_known, &pack, &importing.report);
	if (importing.faults != OK || importing.read.notes_count > 0)
		call->status = EXIT_FOUND;
	if (call->is_json)
		return import_json(&importing);
	print_import(&importing);
	return OK;
}

struct error *
run_oscal(struct call *call)
{
	if (text_is(call->words[0], "export"))
		return run_oscal_export(call);
	if (text_is(call->words[0], "import"))
		return run_oscal_import(call);
	return reject(NULL, "使い方: bansho oscal %s", call->command->usage);
}
