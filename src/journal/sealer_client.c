/* Speaking to bansho-sealer: one request, one answer. */
#include "journal/sealer.h"

#include "base/companion.h"
#include "base/json.h"
#include "base/wire.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>

enum { REQUEST_MOST = WIRE_MOST };

static void
json_free_at_end(json_t **json)
{
	json_decref(*json);
}
#define JSON_SCOPED __attribute__((cleanup(json_free_at_end))) json_t *

struct error *
sealer_start(struct arena *into, const char *program, const char *data, struct text body,
	     struct sealer **sealer)
{
	struct sealer *made = ARENA_NEW(into, struct sealer);
	made->argv[0] = text_z(into, text_of(program));
	made->argv[1] = "--data";
	made->argv[2] = text_z(into, text_of(data));
	made->argv[3] = "--body";
	made->argv[4] = text_z(into, body);
	made->service = text_format(into, "sealer/%.*s.sock", T_ARG(body)).data;
	made->body = text_copy(into, body);
	pthread_mutex_init(&made->lock, NULL);
	pthread_mutex_init(&made->seal_lock, NULL);
	/* A sealer that died is an error to answer, not the end of this process. */
	signal(SIGPIPE, SIG_IGN);
	TRY(companion_start(made->service, made->argv, &made->child));
	made->is_running = true;
	*sealer = made;
	return OK;
}

static void
stop(struct sealer *sealer)
{
	if (sealer->is_running)
		child_end(&sealer->child);
	sealer->is_running = false;
}

void
sealer_end(struct sealer *sealer)
{
	if (sealer != NULL)
		stop(sealer);
}

static struct error *
ask_once(struct sealer *sealer, struct arena *arena, struct text request, struct text *reply)
{
	bool is_end = false;
	if (!sealer->is_running) {
		TRY(companion_start(sealer->service, sealer->argv, &sealer->child));
		sealer->is_running = true;
	}
	struct error *error = wire_send(sealer->child.fd, request);
	if (error == OK)
		error = wire_receive(arena, sealer->child.fd, reply, &is_end);
	if (error == OK && is_end)
		error = broken("署名のプログラムが答えずに終わりました。");
	if (error != OK)
		stop(sealer);
	return error;
}

static struct error *
refusal(const json_t *reply)
{
	const char *answer = json_string_value(json_object_get(reply, "answer"));
	const char *why = json_string_value(json_object_get(reply, "why"));
	const char *words = json_string_value(json_object_get(reply, "words"));
	if (answer != NULL && strcmp(answer, "no-key") == 0)
		return missing("署名鍵がないため、記録簿に署名できません（%s）。記録は残っています。鍵を戻すと署名が再開します。",
			       words != NULL ? words : "");
	if (answer == NULL || why == NULL)
		return broken("記録簿に署名できません（%s）。", words != NULL ? words : "?");
	if (strcmp(why, "smaller") == 0)
		return refuse("記録簿が前回の検証点より短いため、署名を断られました。古い状態に戻されたおそれがあります。");
	if (strcmp(why, "fork") == 0 || strcmp(why, "proof") == 0)
		return refuse("記録簿が前回の検証点の続きになっていないため、署名を断られました。書き換えられたおそれがあります。");
	if (strcmp(why, "begin") == 0)
		return refuse("新しい記録簿のはじめの記録が、前の記録簿の最後の検証点と合わないため、署名を断られました。");
	if (strcmp(why, "entry") == 0)
		return refuse("鍵を替える記録が正しくないため、署名のプログラムが鍵を替えませんでした。");
	if (strcmp(why, "closed") == 0)
		return refuse("この年度の記録簿は閉じています。続きには署名されません。");
	if (strcmp(why, "stale") == 0)
		return busy("別のプログラムが先に署名しました。もう一度行います。");
	return broken("署名のプログラムに断られました（%s）。", why);
}

static struct error *
ask(struct sealer *sealer, struct arena *arena, const struct writer *request, const char *expected,
    json_t **reply)
{
	struct text bytes;
	if (writer_is_full(request))
		return broken("署名の依頼が長すぎます。");
	pthread_mutex_lock(&sealer->lock);
	struct error *error = ask_once(sealer, arena, writer_text(request), &bytes);
	if (error != OK) /* perhaps it had died: once more with a new one */
		error = ask_once(sealer, arena, writer_text(request), &bytes);
	pthread_mutex_unlock(&sealer->lock);
	TRY(error);
	JSON_SCOPED read = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, NULL);
	const char *answer = json_string_value(json_object_get(read, "answer"));
	if (answer == NULL || strcmp(answer, expected) != 0)
		return refusal(read);
	*reply = json_incref(read);
	return OK;
}

static struct error *
text_in(struct arena *arena, const json_t *reply, const char *name, struct text *text)
{
	const char *z = json_string_value(json_object_get(reply, name));
	if (z == NULL)
		return broken("署名のプログラムの答えが読めません。");
	*text = text_copy(arena, text_of(z));
	return OK;
}

static void
put_proof(struct json *json, struct arena *arena, const char *name,
	  const struct merkle_proof *proof)
{
	json_name(json, text_of(name));
	json_open_array(json);
	for (size_t at = 0; at < proof->count; at++)
		json_text(json, hash_hex(arena, &proof->at[at]));
	json_end(json);
}

struct error *
sealer_vkey(struct sealer *sealer, struct arena *into, struct text *vkey)
{
	struct writer out = writer_open(into, REQUEST_MOST);
	JSON_SCOPED reply = NULL;
	write_z(&out, "{\"do\":\"head\"}");
	TRY(ask(sealer, into, &out, "head", &reply));
	return text_in(into, reply, "vkey", vkey);
}

struct error *
sealer_head(struct sealer *sealer, struct arena *arena, struct text origin,
	    struct sealer_head *head)
{
	struct writer out = writer_open(arena, REQUEST_MOST);
	struct json json = json_begin(&out);
	JSON_SCOPED reply = NULL;
	json_open_object(&json);
	json_text_at(&json, "do", T("head"));
	json_text_at(&json, "origin", origin);
	json_end(&json);
	TRY(ask(sealer, arena, &out, "head", &reply));
	struct sealer_head got = { .head.origin = origin };
	struct text root;
	TRY(text_in(arena, reply, "root", &root));
	TRY(text_in(arena, reply, "vkey", &got.vkey));
	got.head.size = json_integer_value(json_object_get(reply, "size"));
	if (got.head.size < 0 || !hash_read_hex(root, &got.head.root))
		return broken("署名のプログラムの答えが読めません。");
	*head = got;
	return OK;
}

struct error *
sealer_note(struct sealer *sealer, struct arena *into, struct text origin, struct text *note,
	    struct text *vkey)
{
	struct writer out = writer_open(into, REQUEST_MOST);
	struct json json = json_begin(&out);
	JSON_SCOPED reply = NULL;
	json_open_object(&json);
	json_text_at(&json, "do", T("head"));
	if (origin.len != 0)
		json_text_at(&json, "origin", origin);
	json_end(&json);
	TRY(ask(sealer, into, &out, "head", &reply));
	TRY(text_in(into, reply, "vkey", vkey));
	return text_in(into, reply, "note", note);
}

static void
put_wish(struct json *json, struct arena *arena, const struct sealer_wish *wish)
{
	json_open_object(json);
	if (wish->is_first) {
		json_text_at(json, "begin", wish->begin);
		put_proof(json, arena, "begin-proof", &wish->begin_proof);
		json_text_at(json, "close", wish->close);
		put_proof(json, arena, "close-proof", &wish->close_proof);
	}
	json_text_at(json, "do", wish->is_first ? T("turn") : T("sign"));
	if (!wish->is_first)
		json_number_at(json, "from", wish->from);
	json_text_at(json, "origin", wish->head.origin);
	if (!wish->is_first)
		put_proof(json, arena, "proof", &wish->proof);
	json_text_at(json, "root", hash_hex(arena, &wish->head.root));
	json_number_at(json, "size", wish->head.size);
	json_end(json);
}

struct error *
sealer_sign(struct sealer *sealer, struct arena *arena, const struct sealer_wish *wish,
	    struct text *note, struct text *vkey)
{
	struct writer out = writer_open(arena, REQUEST_MOST);
	struct json json = json_begin(&out);
	struct note_key key;
	JSON_SCOPED reply = NULL;
	put_wish(&json, arena, wish);
	TRY(ask(sealer, arena, &out, "signed", &reply));
	TRY(text_in(arena, reply, "note", note));
	TRY(text_in(arena, reply, "vkey", vkey));
	TRY(note_vkey_read(arena, *vkey, &key));
	if (note_check(arena, *note, &key) != NOTE_HOLDS)
		return broken("署名のプログラムの署名が正しくありません。");
	return OK;
}

struct error *
sealer_next_key(struct sealer *sealer, struct arena *arena, struct text origin, bool is_new_log,
		struct text *vkey)
{
	struct writer out = writer_open(arena, REQUEST_MOST);
	struct json json = json_begin(&out);
	JSON_SCOPED reply = NULL;
	json_open_object(&json);
	json_text_at(&json, "do", is_new_log ? T("next-log") : T("next-key"));
	json_text_at(&json, "origin", origin);
	json_end(&json);
	TRY(ask(sealer, arena, &out, "next", &reply));
	return text_in(arena, reply, "vkey", vkey);
}

struct error *
sealer_roll(struct sealer *sealer, struct arena *arena, struct text origin, struct text entry,
	    int64_t leaf, const struct merkle_proof *proof, struct text *vkey)
{
	struct writer out = writer_open(arena, REQUEST_MOST);
	struct json json = json_begin(&out);
	JSON_SCOPED reply = NULL;
	json_open_object(&json);
	json_text_at(&json, "do", T("roll"));
	json_text_at(&json, "entry", entry);
	json_number_at(&json, "leaf", leaf);
	json_text_at(&json, "origin", origin);
	put_proof(&json, arena, "proof", proof);
	json_end(&json);
	TRY(ask(sealer, arena, &out, "rolled", &reply));
	return text_in(arena, reply, "vkey", vkey);
}
