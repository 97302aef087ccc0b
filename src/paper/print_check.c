#include "paper/print_check.h"

#include "base/writer.h"

#include <string.h>

static void
write_place(struct writer *out, const struct place *place)
{
	if (place == NULL)
		return;
	write_place(out, place->above);
	if (place->name == NULL) {
		write_byte(out, '[');
		write_number(out, (int64_t)place->no); /* counts of a job are small */
		write_byte(out, ']');
		return;
	}
	if (out->len > 0)
		write_byte(out, '.');
	write_z(out, place->name);
}

const char *
place_name(const struct reading *in, const struct place *place, const char *name)
{
	struct writer out = writer_open(in->arena, 512);
	const struct place last = { .above = place, .name = name };

	write_place(&out, name == NULL ? place : &last);
	return text_z(in->arena, writer_text(&out));
}

static bool
is_known(const char *known, const char *name)
{
	struct text rest = text_of(known), word;

	while (!text_is_empty(rest)) {
		text_cut(rest, ' ', &word, &rest);
		if (text_is(word, name))
			return true;
	}
	return false;
}

/* A name from outside is shown only when it is short and plain. */
static const char *
shown_name(const char *name)
{
	const size_t len = strnlen(name, 41);

	for (size_t i = 0; i < len; i++)
		if (name[i] <= ' ' || name[i] > '~')
			return "(?)";
	return len > 40 ? "(?)" : name;
}

struct error *
check_object(const struct reading *in, const struct place *place, const json_t *value,
	     const char *known)
{
	const char *name;
	json_t *member, *object = (json_t *)(uintptr_t)value; /* jansson's loop is not const */

	if (!json_is_object(value))
		return reject(place_name(in, place, NULL), "ここにはオブジェクト {…} が必要です。");
	json_object_foreach (object, name, member) {
		if (!is_known(known, name))
			return reject(place_name(in, place, shown_name(name)),
				      "知らない項目です。ここに書けるのは %s です。", known);
	}
	return OK;
}

/* CR LF and CR become LF, a tab a space: what a browser or a spreadsheet puts in between. */
static struct text
plain_ends(struct arena *arena, struct text text)
{
	struct writer out;

	if (memchr(text.data, '\r', text.len) == NULL && memchr(text.data, '\t', text.len) == NULL)
		return text_copy(arena, text);
	out = writer_open(arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];

		if (c == '\r' && i + 1 < text.len && text.data[i + 1] == '\n')
			continue;
		write_byte(&out, c == '\r' ? '\n' : c == '\t' ? ' ' : c);
	}
	return writer_text(&out);
}

struct error *
check_text_value(const struct reading *in, const struct place *place, const json_t *value,
		 const struct text_rule *rule, struct text *text)
{
	struct text got;
	size_t bad_at;

	if (!json_is_string(value))
		return reject(place_name(in, place, NULL), "ここには文字列が必要です。");
	got = (struct text){ json_string_value(value), json_string_length(value) };
	if (!text_is_utf8(got, &bad_at))
		return reject(place_name(in, place, NULL), "UTF-8として正しくない文字列です。");
	if (text_count(got) > rule->most)
		return reject(place_name(in, place, NULL), "長すぎます。%zu文字以内にしてください。",
			      rule->most);
	if (rule->is_needed && text_is_blank(got))
		return reject(place_name(in, place, NULL), "空にはできません。");
	got = plain_ends(in->arena, got);
	if (rule->is_one_line && text_has(got, T("\n")))
		return reject(place_name(in, place, NULL), "改行のない1行にしてください。");
	*text = got;
	return OK;
}

struct error *
check_text(const struct reading *in, const struct place *place, const json_t *object,
	   const struct text_rule *rule, struct text *text)
{
	const json_t *value = json_object_get(object, rule->name);
	const struct place here = { .above = place, .name = rule->name };

	if (value == NULL && rule->is_needed)
		return reject(place_name(in, &here, NULL), "この項目が必要です。");
	if (value == NULL) {
		*text = T("");
		return OK;
	}
	return check_text_value(in, &here, value, rule, text);
}

struct error *
check_number(const struct reading *in, const struct place *place, const json_t *object,
	     const char *name, int64_t least, int64_t most, int64_t *number)
{
	const json_t *value = json_object_get(object, name);
	json_int_t got;

	if (value == NULL)
		return OK;
	got = json_integer_value(value);
	if (!json_is_integer(value) || got < least || got > most)
		return reject(place_name(in, place, name), "%lldから%lldまでの整数が必要です。",
			      (long long)least, (long long)most); /* int64_t is one of these */
	*number = got;
	return OK;
}

struct error *
check_bool(const struct reading *in, const struct place *place, const json_t *object,
	   const char *name, bool *into)
{
	const json_t *value = json_object_get(object, name);

	if (value == NULL)
		return OK;
	if (!json_is_boolean(value))
		return reject(place_name(in, place, name), "trueかfalseが必要です。");
	*into = json_is_true(value);
	return OK;
}

struct error *
check_array(const struct reading *in, const struct place *place, const json_t *object,
	    const char *name, bool is_needed, size_t most, const json_t **array)
{
	const json_t *value = json_object_get(object, name);

	if (value == NULL && is_needed)
		return reject(place_name(in, place, name), "この項目が必要です。");
	if (value != NULL && !json_is_array(value))
		return reject(place_name(in, place, name), "ここには配列 […] が必要です。");
	if (value != NULL && json_array_size(value) > most)
		return reject(place_name(in, place, name),
			      "多すぎます(%zu件)。一度に印刷できるのは%zu件までです。分けて印刷してください。",
			      json_array_size(value), most);
	*array = value;
	return OK;
}

struct error *
check_day(const struct reading *in, const struct place *place, const json_t *object,
	  const char *name, bool *has_day, struct day *day)
{
	const struct text_rule rule = { .name = name, .most = 10, .is_one_line = true };
	struct text text;
	struct day got = DAY_NONE;

	if (json_object_get(object, name) == NULL)
		return OK;
	TRY(check_text(in, place, object, &rule, &text));
	if (!text_is_empty(text) && !day_read(text, &got))
		return reject(place_name(in, place, name),
			      "日付は2026-11-21のように書いてください(空なら記入欄になります)。");
	*has_day = true;
	*day = got;
	return OK;
}

struct error *
check_moment(const struct reading *in, const struct place *place, const json_t *object,
	     const char *name, struct moment *moment)
{
	const struct text_rule rule = {
		.name = name, .most = 16, .is_needed = true, .is_one_line = true
	};
	struct text text;

	TRY(check_text(in, place, object, &rule, &text));
	if (!moment_read(text, moment))
		return reject(place_name(in, place, name),
			      "日時は2026-11-21T11:21のように書いてください。");
	return OK;
}

struct error *
check_texts(const struct reading *in, const struct place *place, const json_t *object,
	    const struct text_rule *rule, size_t most, struct text **texts, size_t *count)
{
	const struct place here = { .above = place, .name = rule->name };
	const json_t *array;
	size_t n;
	struct text *got;

	TRY(check_array(in, place, object, rule->name, rule->is_needed, most, &array));
	n = json_array_size(array);
	got = ARENA_ARRAY(in->arena, struct text, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct place element = { .above = &here, .no = i };

		TRY(check_text_value(in, &element, json_array_get(array, i), rule, &got[i]));
	}
	*texts = got;
	*count = n;
	return OK;
}
