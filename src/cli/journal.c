/* `bansho journal`: the logs, their keys, and proofs, for the operator at the machine. */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/number.h"

static const struct actor operator_actor = { .through = T_INIT("cli") };

/* ---- state ---- */

static void
put_log(struct json *json, const struct journal_log *log, const struct journal_checkpoint *signed_by,
	size_t key_count, struct text vkey)
{
	json_open_object(json);
	json_bool_at(json, "closed", log->is_closed);
	json_number_at(json, "first", log->first);
	json_number_at(json, "keys", (int64_t)key_count); /* at most JOURNAL_KEYS_MOST */
	json_text_at(json, "origin", log->origin);
	json_text_at(json, "place", log->place);
	json_number_at(json, "signed", signed_by->head.size);
	json_number_at(json, "size", log->size);
	json_text_at(json, "vkey", vkey);
	json_end(json);
}

static struct error *
say_log(struct call *call, struct look *look, const struct journal_log *log, struct json *json)
{
	struct journal_checkpoint checkpoint = { 0 };
	struct journal_key *keys;
	size_t count;
	bool found;
	TRY(journal_log_checkpoint(look, log, &found, &checkpoint));
	TRY(journal_keys(look, log, &keys, &count));
	const struct text vkey = count != 0 ? keys[count - 1].vkey : T("");
	if (call->is_json) {
		put_log(json, log, &checkpoint, count, vkey);
		return OK;
	}
	print(say("%.*s年度: 記録 %lldから%lld件、署名済み %lld件、鍵 %zu個%s\n"), T_ARG(log->place),
	      (long long)log->first, (long long)log->size, (long long)checkpoint.head.size, count,
	      log->is_closed ? say("（閉じています）") : "");
	print("  %.*s\n", T_ARG(vkey));
	return OK;
}

static struct error *
say_state(struct call *call, struct look *look)
{
	struct journal_log *logs;
	struct journal_due due;
	size_t count;
	struct writer out = writer_open(call->arena, 1 << 20);
	struct json json = json_begin(&out);
	TRY(journal_logs(look, &logs, &count));
	TRY(journal_due(look, &due));
	json_open_object(&json);
	json_name(&json, T("logs"));
	json_open_array(&json);
	for (size_t at = 0; at < count; at++)
		TRY(say_log(call, look, &logs[at], &json));
	json_end(&json);
	json_bool_at(&json, "roll_due", due.roll);
	json_bool_at(&json, "turn_due", due.turn);
	json_end(&json);
	if (call->is_json)
		return print_writer(&out);
	if (due.turn)
		print("%s\n", say("年度が変わっています。番所の時計が次の記録簿を始めます。"));
	return OK;
}

static struct error *
journal_say(struct call *call, bool is_read_only)
{
	struct body body;
	TRY(call_body(call, is_read_only, &body));
	LOOK_SCOPED look = { 0 };
	struct error *error = look_begin(body.store, call->arena, &look);
	if (error == OK)
		error = say_state(call, &look);
	look_end(&look);
	body_close(&body);
	return error;
}

/* ---- prove ---- */

static struct error *
write_proof(struct call *call, struct body *body, int64_t seq)
{
	LOOK_SCOPED look = { 0 };
	struct text words;
	seal_if_possible(body);
	TRY(look_begin(body->store, call->arena, &look));
	TRY(journal_prove(&look, seq, &words));
	if (call->words_count < 3) {
		print_text(words);
		return OK;
	}
	const char *path = text_z(call->arena, call->words[2]);
	if (file_exists(path))
		return conflict("「%s」はすでにあります。別の名前にしてください。", path);
	return file_replace(path, words, 0644);
}

static struct error *
prove(struct call *call)
{
	struct body body;
	int64_t seq;
	if (call->words_count < 2 || !number_read(call->words[1], 0, INT64_MAX, &seq))
		return reject(NULL, "証明する記録の番号を書いてください。例 bansho journal prove 12");
	TRY(call_body(call, false, &body));
	struct error *error = write_proof(call, &body, seq);
	body_close(&body);
	return error;
}

/* ---- turn and roll ---- */

static struct error *
change(struct call *call, bool is_turn)
{
	struct body body;
	TRY(call_body(call, false, &body));
	struct error *error = is_turn ? journal_turn(body.store, body.sealer, &operator_actor)
				      : journal_roll(body.store, body.sealer, &operator_actor);
	if (error != OK)
		error = error_keep(call->arena, error);
	body_close(&body);
	TRY(error);
	return journal_say(call, true);
}

struct error *
run_journal(struct call *call)
{
	const struct text what = call->words[0];
	if (text_is(what, "prove"))
		return prove(call);
	if (text_is(what, "export") && call->words_count == 2)
		return export_journal(call, call->words[1]);
	if (call->words_count == 1 && (text_is(what, "turn") || text_is(what, "roll")))
		return change(call, text_is(what, "turn"));
	if (call->words_count == 1 && text_is(what, "state"))
		return journal_say(call, true);
	return reject(NULL, "使い方: bansho %s %s", call->command->name, call->command->usage);
}
