/* `bansho import`: show what a file would do, then do exactly that. */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/table.h"

/* What was asked: only show, apply what a digest stands for, or apply at once. */
static struct error *
check_way(const struct call *call)
{
	if (call_has(call, "apply") && !call_has(call, "digest"))
		return reject("--apply", "--digest に、予告で表示された値を書いてください。");
	if (call_has(call, "preview") && (call_has(call, "apply") || call_has(call, "yes")))
		return reject("--preview", "--preview と --apply、--yes は一緒に使えません。");
	return OK;
}

static bool
is_applying(const struct call *call)
{
	return call_has(call, "apply") || call_has(call, "yes");
}

static struct error *
digest_to_apply(const struct call *call, const struct hash *previewed, struct hash *digest)
{
	const struct text given = call_text(call, "digest");
	*digest = *previewed;
	if (given.data == NULL)
		return OK;
	if (!hash_read_hex(given, digest))
		return reject("--digest", "16進64桁の値にしてください。");
	return OK;
}

static void
print_digest(const struct call *call, const struct hash *digest)
{
	print(say("\nこのとおりに取り込むには: --apply --digest %.*s\n"),
	      T_ARG(hash_hex(call->arena, digest)));
}

/* ---- Units and staff ---- */

static const char *
sign_of(enum import_what what)
{
	switch (what) {
	case IMPORT_SAME:
		return "=";
	case IMPORT_ADDED:
		return "+";
	case IMPORT_CHANGED:
		return "*";
	case IMPORT_ENDED:
		return "-";
	}
	return "?";
}

static void
print_change(const struct import_change *change)
{
	print("%s %.*s %.*s", sign_of(change->what), T_ARG(change->key), T_ARG(change->name));
	for (size_t at = 0; at < change->fields_count; at++) {
		const struct import_field *field = &change->fields[at];
		print("  %s: %.*s→%.*s", say(field->label), T_ARG(field->was),
		      T_ARG(field->becomes));
	}
	print("\n");
}

static void
print_people(const struct call *call, const struct people_import *import, struct text encoding)
{
	print(say("文字コード: %.*s、%zu行\n"), T_ARG(encoding), import->rows);
	for (size_t at = 0; at < import->changes_count; at++)
		print_change(&import->changes[at]);
	for (size_t at = 0; at < import->faults_count; at++) {
		const struct import_fault *fault = &import->faults[at];
		print(say("%lld行目 %.*s: %s%.*s\n"), (long long)fault->line, T_ARG(fault->column),
		      fault->is_hint ? say("注意: ") : say("誤り: "), T_ARG(fault->wrong));
	}
	print(say("追加 %zu、変更 %zu、終了 %zu、同じ %zu、誤り %zu\n"), import->added,
	      import->changed, import->ended, import->same, import->faults_count - import->hints);
	if (!is_applying(call))
		print_digest(call, &import->digest);
}

static struct error *
people_json(const struct call *call, const struct people_import *import, struct text encoding,
	    bool is_applied)
{
	struct writer out = writer_open(call->arena, 64 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "added", (int64_t)import->added); /* bounded by IMPORT_MOST_ROWS */
	json_bool_at(&json, "applied", is_applied);
	json_number_at(&json, "changed", (int64_t)import->changed);
	json_text_at(&json, "digest", hash_hex(call->arena, &import->digest));
	json_text_at(&json, "encoding", encoding);
	json_number_at(&json, "ended", (int64_t)import->ended);
	json_name(&json, T("faults"));
	json_open_array(&json);
	for (size_t at = 0; at < import->faults_count; at++) {
		json_open_object(&json);
		json_text_at(&json, "column", import->faults[at].column);
		json_bool_at(&json, "hint", import->faults[at].is_hint);
		json_number_at(&json, "line", import->faults[at].line);
		json_text_at(&json, "words", import->faults[at].wrong);
		json_end(&json);
	}
	json_end(&json);
	json_number_at(&json, "same", (int64_t)import->same);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
people_options(struct call *call, struct people_import_options *options)
{
	const struct text day = call_text(call, "day");
	*options = (struct people_import_options){
		.kind = text_is(call->words[0], "units") ? IMPORT_UNITS : IMPORT_STAFF,
		.day = DAY_NONE,
		.ends_missing = call_has(call, "end-missing"),
		.leaves_out_faulty = call_has(call, "skip-wrong"),
		.opens_accounts = call_has(call, "accounts"),
	};
	if (day.data != NULL && !day_read(day, &options->day))
		return reject("--day", "日付が読めません。2026-04-01 のように書いてください。");
	return OK;
}

static struct error *
preview_people(struct call *call, struct body *body, const struct people_import_order *order,
	       struct people_import *import)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, call->arena, &look));
	return people_import_preview(&look, &order->options, order->file, import);
}

static struct error *
make_passwords(struct call *call, struct people_import_order *order, struct people_import *import)
{
	struct progress progress = progress_begin("仮パスワードを作っています");
	TRY(people_import_passwords(call->arena, import, progress_step, &progress));
	progress_end(&progress);
	order->passwords = import->accounts;
	order->passwords_count = import->accounts_count;
	return OK;
}

/* Passwords go to their file before the act: afterwards nobody could know them. */
static struct error *
keep_passwords(struct call *call, const struct people_import_order *order)
{
	const char *path = call_z(call, "accounts");
	if (path == NULL || order->passwords_count == 0)
		return OK;
	if (file_exists(path))
		return conflict("「%s」はすでにあります。別の名前にしてください。", path);
	TRY(file_replace(path,
			 people_import_passwords_csv(call->arena, order->passwords,
						     order->passwords_count),
			 0600));
	if (!call->is_json)
		print(say("仮パスワード %zu件を %s に書きました。配ったら消してください。\n"),
		      order->passwords_count, path);
	return OK;
}

struct error *
import_people(struct call *call, struct body *body, struct text file, struct text encoding)
{
	struct people_import_order order = { .pack = body->pack, .file = file };
	struct people_import import;
	TRY(people_options(call, &order.options));
	TRY(preview_people(call, body, &order, &import));
	const bool is_faulty = import.faults_count > import.hints;
	call->status = is_faulty ? EXIT_FOUND : EXIT_FINE;
	const bool applies = is_applying(call) && (!is_faulty || order.options.leaves_out_faulty);
	if (!call->is_json)
		print_people(call, &import, encoding);
	if (applies) {
		TRY(digest_to_apply(call, &import.digest, &order.digest));
		TRY(make_passwords(call, &order, &import));
		TRY(keep_passwords(call, &order));
		TRY(call_act(body, people_import, &order));
		seal_if_possible(body);
	}
	if (call->is_json)
		return people_json(call, &import, encoding, applies);
	if (applies)
		print("%s\n", say("取り込みました。"));
	else if (is_applying(call))
		print("%s\n", say("誤りのある行があるため、何も取り込みませんでした。直すか、--skip-wrong を付けてください。"));
	return OK;
}

/* ---- Ledgers ---- */

struct ledger_order {
	const struct pack *pack;
	const struct pack_ledger *ledger;
	const struct table *table;
	const struct ledger_mapping *mapping;
	struct unit_id owner;
	struct hash digest;
	bool skips_wrong;
	int64_t done;
};

static struct error *
apply_ledger(struct act *act, void *with)
{
	struct ledger_order *order = with;
	return ledger_import_apply(act, order->pack, order->ledger, order->table, order->mapping,
				   order->owner, &order->digest, order->skips_wrong, &order->done);
}

static void
print_ledger(const struct call *call, const struct ledger_import *import)
{
	for (size_t at = 0; at < import->count; at++)
		for (const struct error *fault = import->rows[at].faults; fault != NULL;
		     fault = fault->next)
			print(say("%lld行目 %.*s: %s%.*s\n"), (long long)import->rows[at].line,
			      T_ARG(fault->field), say("誤り: "), T_ARG(fault->words));
	print(say("追加 %lld、変更 %lld、同じ %lld、誤り %lld\n"), (long long)import->added,
	      (long long)import->changed, (long long)import->same, (long long)import->wrong);
	if (!is_applying(call))
		print_digest(call, &import->digest);
}

static struct error *
ledger_json(const struct call *call, const struct ledger_import *import, bool is_applied)
{
	struct writer out = writer_open(call->arena, 128 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "added", import->added);
	json_bool_at(&json, "applied", is_applied);
	json_number_at(&json, "changed", import->changed);
	json_text_at(&json, "digest", hash_hex(call->arena, &import->digest));
	json_name(&json, T("faults"));
	json_open_array(&json);
	for (size_t at = 0; at < import->count; at++)
		for (const struct error *fault = import->rows[at].faults; fault != NULL;
		     fault = fault->next) {
			json_open_object(&json);
			json_text_at(&json, "column", fault->field);
			json_number_at(&json, "line", import->rows[at].line);
			json_text_at(&json, "words", fault->words);
			json_end(&json);
		}
	json_end(&json);
	json_number_at(&json, "same", import->same);
	json_number_at(&json, "wrong", import->wrong);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
usual_owner(struct call *call, struct look *look, struct unit_id *owner)
{
	const struct text code = call_text(call, "owner");
	struct unit unit;
	bool found;
	if (code.data == NULL)
		return OK;
	TRY(people_unit_by_code(look, code, moment_day(look->now), &found, &unit));
	if (!found)
		return reject("--owner", "所属コード「%.*s」の所属はありません。", T_ARG(code));
	*owner = unit.id;
	return OK;
}

static struct error *
preview_ledger(struct call *call, struct body *body, struct ledger_order *order,
	       struct ledger_import *import)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, call->arena, &look));
	TRY(usual_owner(call, &look, &order->owner));
	return ledger_import_preview(&look, order->pack, order->ledger, order->table,
				     order->mapping, order->owner, import);
}

struct error *
import_ledger(struct call *call, struct body *body, struct text file)
{
	const struct text code = call_text(call, "ledger");
	struct ledger_order order = { .pack = body->pack,
				      .skips_wrong = call_has(call, "skip-wrong") };
	struct ledger_import import;
	struct table table;
	order.ledger = pack_ledger(body->pack, code.data != NULL ? code : T("asset"));
	if (order.ledger == NULL)
		return reject("--ledger", "この団体の方針に台帳「%.*s」はありません。", T_ARG(code));
	TRY(table_read(call->arena, file, LEDGER_IMPORT_MOST, &table));
	const struct ledger_mapping mapping =
		ledger_mapping_guess(call->arena, order.ledger, &table);
	order.table = &table;
	order.mapping = &mapping;
	TRY(preview_ledger(call, body, &order, &import));
	call->status = import.wrong != 0 ? EXIT_FOUND : EXIT_FINE;
	const bool applies = is_applying(call) && (import.wrong == 0 || order.skips_wrong);
	if (!call->is_json)
		print_ledger(call, &import);
	if (applies) {
		TRY(digest_to_apply(call, &import.digest, &order.digest));
		TRY(call_act(body, apply_ledger, &order));
		seal_if_possible(body);
	}
	if (call->is_json)
		return ledger_json(call, &import, applies);
	if (applies)
		print(say("%lld件を取り込みました。\n"), (long long)order.done);
	else if (is_applying(call))
		print("%s\n", say("誤りのある行があるため、何も取り込みませんでした。直すか、--skip-wrong を付けてください。"));
	return OK;
}

/* ---- */

struct error *
run_import(struct call *call)
{
	struct body body;
	struct text file, encoding;
	const struct text kind = call->words[0];
	if (!text_is(kind, "units") && !text_is(kind, "staff") && !text_is(kind, "ledger"))
		return reject(NULL, "units、staff、ledger のどれかを書いてください。");
	TRY(check_way(call));
	TRY(sheet_csv(call, text_z(call->arena, call->words[1]), &file, &encoding));
	TRY(call_body(call, !is_applying(call), &body));
	struct error *error = text_is(kind, "ledger") ? import_ledger(call, &body, file)
						      : import_people(call, &body, file, encoding);
	body_close(&body);
	return error;
}
