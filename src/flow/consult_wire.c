/* Questions and answers as lines of JSON. */
#include "flow/consult.h"

#include "base/json.h"
#include "base/log.h"

#include <jansson.h>
#include <string.h>

/* ---- Names and words ---- */

const char *
consulted_name(enum consulted state)
{
	switch (state) {
	case CONSULTED_VALID:
		return "valid";
	case CONSULTED_NOT_YET:
		return "not-yet";
	case CONSULTED_EXPIRED:
		return "expired";
	case CONSULTED_REVOKED:
		return "revoked";
	case CONSULTED_NONE:
		return "none";
	}
	return "none";
}

const char *
consult_because_name(enum consult_because because)
{
	switch (because) {
	case BECAUSE_IN_FORCE:
		return "in-force";
	case BECAUSE_OUT:
		return "out";
	case BECAUSE_NOT_ISSUED:
		return "not-issued";
	case BECAUSE_NOT_BEGUN:
		return "not-begun";
	case BECAUSE_ENDED:
		return "ended";
	case BECAUSE_USED_UP:
		return "used-up";
	case BECAUSE_GIVEN_UP:
		return "given-up";
	case BECAUSE_HOLDER_LEFT:
		return "holder-left";
	case BECAUSE_REVOKED:
		return "revoked";
	case BECAUSE_NO_PERMIT:
		return "no-permit";
	case BECAUSE_OTHER:
		return "other";
	}
	return "no-permit";
}

struct text
consult_reason(struct arena *into, const struct consult_answer *answer)
{
	const struct text from = language_now() == LANGUAGE_EN ? day_iso(into, answer->from)
							       : day_wareki(into, answer->from);
	const struct text until = language_now() == LANGUAGE_EN ? day_iso(into, answer->until)
								: day_wareki(into, answer->until);
	switch (answer->because) {
	case BECAUSE_IN_FORCE:
		return text_format(into, say("%.*sまで有効です。"), T_ARG(until));
	case BECAUSE_OUT:
		return text_format(into, say("%.*sまで有効で、いま持ち出しています。"),
				   T_ARG(until));
	case BECAUSE_NOT_ISSUED:
		return text_of(say("そのときには、まだ許可されていませんでした。"));
	case BECAUSE_NOT_BEGUN:
		return text_format(into, say("この許可は%.*sからです。"), T_ARG(from));
	case BECAUSE_ENDED:
		return text_format(into, say("この許可は%.*sで終わりました。"), T_ARG(until));
	case BECAUSE_USED_UP:
		return text_of(say("許可を受けたことは済んで、完了しています。"));
	case BECAUSE_GIVEN_UP:
		return text_of(say("使わないまま、申請した人が取りやめました。"));
	case BECAUSE_HOLDER_LEFT:
		return text_of(say("許可を受けた人は、もう在籍していません。"));
	case BECAUSE_REVOKED:
		return text_of(say("許可は取り消されました。"));
	case BECAUSE_NO_PERMIT:
		return text_of(say("当てはまる許可はありません。"));
	case BECAUSE_OTHER:
		return text_of(say("その許可証は、別の場面・人・対象のものです。"));
	}
	return T("");
}

/* ---- Reading a question ---- */

static struct text
text_in(struct arena *into, const json_t *value)
{
	return text_copy(into, (struct text){ json_string_value(value),
					      json_string_length(value) });
}

static struct error *
read_scope(struct arena *into, json_t *scope, struct consult_question *question)
{
	const char *name;
	json_t *value;
	if (!json_is_object(scope))
		return reject("scope", "名前と値の組にしてください。");
	if (json_object_size(scope) > CONSULT_MOST_PAIRS)
		return reject("scope", "対象は%d個までです。", CONSULT_MOST_PAIRS);
	json_object_foreach (scope, name, value) {
		if (!json_is_string(value))
			return reject("scope", "値は文字列にしてください。");
		question->pairs[question->pairs_count++] = (struct consult_pair){
			text_copy(into, text_of(name)), text_in(into, value) };
	}
	return OK;
}

/* Milliseconds since 1970, or a day and time in JST: 2026-11-21T09:30. */
static struct error *
read_at(struct arena *into, const json_t *value, struct moment *at)
{
	static const int64_t most = INT64_C(253402300800000); /* the year 10000 */
	if (json_is_integer(value) && json_integer_value(value) > 0 &&
	    json_integer_value(value) < most) {
		at->ms = json_integer_value(value);
		return OK;
	}
	if (json_is_string(value) && moment_read(text_in(into, value), at) && at->ms > 0)
		return OK;
	return reject("at", "時点が読めません。1970年からのミリ秒か、2026-11-21T09:30 の形にしてください。");
}

/* What is not known is refused: a condition misspelt must not be a condition dropped. */
static struct error *
read_member(struct arena *into, const char *name, json_t *value, struct consult_question *question,
	    struct text *id)
{
	struct text *texts[] = { id, &question->permit, &question->occasion, &question->person };
	static const char *const names[] = { "id", "permit", "occasion", "person" };
	if (strcmp(name, "v") == 0)
		return OK;
	if (strcmp(name, "scope") == 0)
		return read_scope(into, value, question);
	if (strcmp(name, "at") == 0)
		return read_at(into, value, &question->at);
	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		if (strcmp(name, names[at]) != 0)
			continue;
		if (!json_is_string(value))
			return reject(names[at], "文字列にしてください。");
		if (json_string_length(value) == 0 ||
		    json_string_length(value) > CONSULT_MOST_VALUE)
			return reject(names[at], "1バイトから%dバイトまでにしてください。",
				      CONSULT_MOST_VALUE);
		*texts[at] = text_in(into, value);
		return OK;
	}
	return reject(NULL, "知らない項目があります。v、id、permit、occasion、person、scope、at だけが使えます。");
}

static struct error *
read_object(struct arena *into, json_t *json, struct consult_question *question, struct text *id)
{
	const char *name;
	json_t *value;
	if (!json_is_object(json))
		return reject(NULL, "JSON のオブジェクトを一行に一つ書いてください。");
	/* Whose question it was is said in the refusal, too. */
	value = json_object_get(json, "id");
	if (value != NULL)
		TRY(read_member(into, "id", value, question, id));
	value = json_object_get(json, "v");
	if (!json_is_integer(value) || json_integer_value(value) != CONSULT_VERSION)
		return reject("v", "版は %d にしてください。", CONSULT_VERSION);
	json_object_foreach (json, name, value)
		TRY(read_member(into, name, value, question, id));
	return OK;
}

struct error *
consult_read(struct arena *into, struct text line, struct consult_question *question,
	     struct text *id)
{
	*question = (struct consult_question){ 0 };
	*id = T("");
	if (line.len > CONSULT_MOST_LINE)
		return reject(NULL, "一行が長すぎます（%dバイトまで）。", CONSULT_MOST_LINE);
	json_t *json = json_loadb(line.data != NULL ? line.data : "", line.len,
				  JSON_REJECT_DUPLICATES, NULL);
	if (json == NULL)
		return reject(NULL, "JSON として読めません。");
	struct error *error = read_object(into, json, question, id);
	json_decref(json);
	return error;
}

/* ---- Writing ---- */

static void
put_both(struct arena *arena, struct json *json, const struct consult_answer *answer)
{
	const enum language before = language_now();
	json_name(json, T("reason"));
	json_open_object(json);
	language_use(LANGUAGE_EN);
	json_text_at(json, "en", consult_reason(arena, answer));
	language_use(LANGUAGE_JA);
	json_text_at(json, "ja", consult_reason(arena, answer));
	language_use(before);
	json_end(json);
}

static void
put_clauses(struct json *json, const struct pack_occasion *occasion)
{
	json_name(json, T("clauses"));
	json_open_array(json);
	for (size_t at = 0; occasion != NULL && at < occasion->clauses_count; at++)
		json_text(json, occasion->clauses[at]->id);
	json_end(json);
}

static void
put_scope(struct json *json, const struct consult_answer *answer)
{
	json_name(json, T("scope"));
	json_open_array(json);
	for (size_t at = 0; at < answer->scope_count; at++) {
		json_open_object(json);
		json_text_at(json, "name", answer->scope[at].name);
		json_text_at(json, "value", answer->scope[at].value);
		json_end(json);
	}
	json_end(json);
}

static struct text
ended_line(struct writer *out)
{
	write_byte(out, '\n');
	return writer_text(out);
}

static struct error *
too_long(void)
{
	return reject(NULL, "許可証の内容が長すぎて、一行で答えられません。");
}

struct text
consult_write(struct arena *into, struct text id, const struct consult_answer *answer)
{
	const bool has = answer->id.no != 0;
	struct writer out = writer_open(into, CONSULT_MOST_REPLY);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "at", moment_utc(into, answer->at));
	json_text_at(&json, "because", text_of(consult_because_name(answer->because)));
	if (has) {
		put_clauses(&json, answer->of);
		json_text_at(&json, "conditions", answer->conditions);
		json_number_at(&json, "entry", answer->entry);
		json_text_at(&json, "from", day_iso(into, answer->from));
		json_text_at(&json, "holder", answer->holder);
	}
	if (id.len != 0)
		json_text_at(&json, "id", id);
	if (has) {
		json_text_at(&json, "occasion", answer->occasion);
		json_text_at(&json, "permit", answer->number);
	}
	put_both(into, &json, answer);
	if (has)
		put_scope(&json, answer);
	json_text_at(&json, "state", text_of(consulted_name(answer->state)));
	if (has) {
		json_name(&json, T("unchecked"));
		json_open_array(&json);
		for (size_t at = 0; at < answer->unchecked_count; at++)
			json_text(&json, answer->unchecked[at]);
		json_end(&json);
		json_text_at(&json, "until", day_iso(into, answer->until));
	}
	json_number_at(&json, "v", CONSULT_VERSION);
	json_end(&json);
	const struct text line = ended_line(&out);
	/* Half an answer is none. */
	return writer_is_full(&out) ? consult_write_error(into, id, too_long()) : line;
}

struct text
consult_write_error(struct arena *into, struct text id, const struct error *error)
{
	struct writer out = writer_open(into, CONSULT_MOST_REPLY);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "error", text_of(error_kind_name(error->kind)));
	if (error->field.len != 0)
		json_text_at(&json, "field", error->field);
	if (id.len != 0)
		json_text_at(&json, "id", id);
	json_text_at(&json, "state", T("error"));
	json_number_at(&json, "v", CONSULT_VERSION);
	/* Our own faults are for the log. */
	json_text_at(&json, "words",
		     error->kind == ERROR_BROKEN ? text_of(say("番所の側の誤りです。記録を見てください。"))
						 : error->words);
	json_end(&json);
	return ended_line(&out);
}

static int
pair_order(const struct consult_pair *one, const struct consult_pair *other)
{
	return text_order(one->name, other->name);
}

struct text
consult_write_question(struct arena *into, const struct consult_question *question)
{
	struct consult_question sorted = *question;
	struct writer out = writer_open(into, CONSULT_MOST_REPLY);
	struct json json = json_begin(&out);
	for (size_t at = 1; at < sorted.pairs_count; at++)
		for (size_t to = at; to > 0 && pair_order(&sorted.pairs[to], &sorted.pairs[to - 1]) < 0; to--) {
			const struct consult_pair moved = sorted.pairs[to];
			sorted.pairs[to] = sorted.pairs[to - 1];
			sorted.pairs[to - 1] = moved;
		}
	json_open_object(&json);
	if (sorted.at.ms != 0)
		json_number_at(&json, "at", sorted.at.ms);
	if (sorted.occasion.len != 0)
		json_text_at(&json, "occasion", sorted.occasion);
	if (sorted.permit.len != 0)
		json_text_at(&json, "permit", sorted.permit);
	if (sorted.person.len != 0)
		json_text_at(&json, "person", sorted.person);
	if (sorted.pairs_count != 0) {
		json_name(&json, T("scope"));
		json_open_object(&json);
		for (size_t at = 0; at < sorted.pairs_count; at++) {
			json_name(&json, sorted.pairs[at].name);
			json_text(&json, sorted.pairs[at].value);
		}
		json_end(&json);
	}
	json_number_at(&json, "v", CONSULT_VERSION);
	json_end(&json);
	return ended_line(&out);
}

struct text
consult_reply(struct look *look, const struct flow *flow, struct text line)
{
	struct consult_question question;
	struct consult_answer answer;
	struct text id = T("");
	struct error *error = consult_read(look->arena, line, &question, &id);
	if (error == OK)
		error = flow_consult(look, flow, &question, &answer);
	if (error != OK && error->kind == ERROR_BROKEN)
		log_error("permits", error);
	return error != OK ? consult_write_error(look->arena, id, error)
			   : consult_write(look->arena, id, &answer);
}
