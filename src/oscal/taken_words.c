/* Words of a catalog as words of a pack: both languages, parameters, and what is left to be answered. */
#include "oscal/reading.h"

#include "base/number.h"
#include "base/say.h"

#include <stdlib.h>
#include <string.h>

enum { PROSE_MOST = 16 << 20 };

/* What stands before words that are still missing in a language: readable, and easy to search for. */
const char mark_ja[] = "【要回答】";
const char mark_en[] = "[to answer] ";

void
oscal_ask(struct taken *taken, enum answer what, struct text about)
{
	struct answers *answers = &taken->answers;
	const size_t listed = answers->listed[what];
	/* Title and duty of one clause: one line is enough. */
	if (listed > 0 && text_same(answers->at[what][listed - 1], about))
		return;
	answers->count[what]++;
	if (answers->at[what] == NULL)
		answers->at[what] = ARENA_ARRAY(taken->into, struct text, OSCAL_MOST_LISTED);
	if (answers->listed[what] < OSCAL_MOST_LISTED)
		answers->at[what][answers->listed[what]++] = about;
}

bool
is_japanese(struct text text)
{
	uint32_t c;
	for (size_t at = 0; text_next(text, &at, &c);)
		if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
		    (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff))
			return true;
	return false;
}

struct words
words_from(struct taken *taken, struct text text, struct text about)
{
	if (text_is_blank(text))
		return (struct words){ T_INIT(""), T_INIT("") };
	if (is_japanese(text)) {
		oscal_ask(taken, ANSWER_ENGLISH, about);
		return (struct words){ text, text_join(taken->into, text_of(mark_en), text) };
	}
	oscal_ask(taken, ANSWER_JAPANESE, about);
	return (struct words){ text_join(taken->into, text_of(mark_ja), text), text };
}

/* Words that we wrote keep both languages; what is empty stays so, what is new gets a mark. */
struct words
both_words(struct taken *taken, struct words words, struct text about)
{
	if (text_is_blank(words.ja))
		return words_from(taken, words.en, about);
	if (!text_is_blank(words.en))
		return words;
	words.en = text_join(taken->into, text_of(mark_en), words.ja);
	oscal_ask(taken, ANSWER_ENGLISH, about);
	return words;
}

static bool
is_code(struct text text)
{
	if (text.len == 0 || text.len > 60)
		return false;
	for (size_t at = 0; at < text.len; at++) {
		const char c = text.data[at];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '.' || c == '-' || c == '_'))
			return false;
	}
	return true;
}

/* 第12条: what is plain of it, and enough of a digest to stay apart from every other. */
struct text
plain_code(struct taken *taken, struct text token)
{
	if (is_code(token))
		return token;
	const struct hash digest = hash_of(token);
	struct writer out = writer_open(taken->into, 128);
	for (size_t at = 0; at < token.len && out.len < 40; at++)
		if (is_code((struct text){ token.data + at, 1 }))
			write_byte(&out, token.data[at]);
	write_format(&out, "%s%.8s", out.len > 0 ? "-" : "x-", hash_hex(taken->into, &digest).data);
	return writer_text(&out);
}

struct text
taken_code(struct taken *taken, struct text token)
{
	const struct text code = plain_code(taken, token);
	if (!text_same(code, token))
		oscal_ask(taken, ANSWER_ID,
		    text_format(taken->into, "%.*s → %.*s", T_ARG(token), T_ARG(code)));
	return code;
}

struct text
finished(struct taken *taken, const struct writer *out)
{
	taken->is_too_big |= writer_is_full(out);
	return writer_text(out);
}

/* ---- Parameters ---- */

static int
token_order(const void *a, const void *b)
{
	return text_order((*(struct taken_parameter *const *)a)->token,
			  (*(struct taken_parameter *const *)b)->token);
}

struct taken_parameter *
taken_parameter_of(struct taken *taken, struct text token)
{
	struct taken_parameter wanted = { .token = token };
	struct taken_parameter *key = &wanted;
	if (taken->parameters_count == 0)
		return NULL;
	struct taken_parameter **found = bsearch(&key, taken->by_token, taken->parameters_count,
						 sizeof *taken->by_token, token_order);
	return found != NULL ? *found : NULL;
}

static struct taken_parameter *
parameter_new(struct taken *taken)
{
	if (taken->parameters_count == taken->parameters_room) {
		const size_t room = taken->parameters_room == 0 ? 64 : 2 * taken->parameters_room;
		struct taken_parameter *more = ARENA_ARRAY(taken->into, struct taken_parameter, room);
		if (taken->parameters_count > 0)
			memcpy(more, taken->parameters, taken->parameters_count * sizeof *more);
		taken->parameters = more;
		taken->parameters_room = room;
	}
	struct taken_parameter *made = &taken->parameters[taken->parameters_count++];
	*made = (struct taken_parameter){ 0 };
	return made;
}

struct measured {
	const char *word, *kind;
	int64_t times;
};

/* In the order in which they are looked for: 日 stands in 日数, "day" in "daily". */
static const struct measured units[] = {
	{ "年", "days", 365 },   { "year", "days", 365 },   { "annual", "days", 365 },
	{ "か月", "days", 30 },  { "月", "days", 30 },      { "month", "days", 30 },
	{ "週", "days", 7 },     { "week", "days", 7 },     { "時間", "minutes", 60 },
	{ "hour", "minutes", 60 }, { "分", "minutes", 1 },  { "minute", "minutes", 1 },
	{ "日", "days", 1 },     { "day", "days", 1 },      { "回", "count", 1 },
	{ "times", "count", 1 }, { "attempt", "count", 1 },
};

static bool
first_number(struct arena *into, struct text text, int64_t *number)
{
	const struct text narrow = text_narrow(into, text);
	size_t from = 0, to;
	while (from < narrow.len && (narrow.data[from] < '0' || narrow.data[from] > '9'))
		from++;
	for (to = from; to < narrow.len && narrow.data[to] >= '0' && narrow.data[to] <= '9';)
		to++;
	return number_read((struct text){ narrow.data + from, to - from }, 0, 1000000, number);
}

static const struct measured *
unit_in(struct text words)
{
	for (size_t at = 0; at < sizeof units / sizeof *units; at++)
		if (text_has(words, text_of(units[at].word)))
			return &units[at];
	return NULL;
}

enum { BOUND_MOST = 36500 };

/* A number with a unit is a parameter of a pack; anything else is words, shown where it stands. */
static void
measure(struct taken *taken, struct taken_parameter *parameter, struct text value)
{
	const struct measured *unit = unit_in(value);
	int64_t number;
	if (unit == NULL || !first_number(taken->into, value, &number) ||
	    number * unit->times > BOUND_MOST)
		return;
	parameter->is_number = true;
	parameter->kind = text_of(unit->kind);
	parameter->usual = number * unit->times;
	parameter->least = 0;
	parameter->most = BOUND_MOST;
}

static struct error *
shown_for(struct taken *taken, const struct spot *spot, struct text label, struct text *shown)
{
	struct writer out = writer_open(taken->into, 1 << 16);
	struct spot select;
	const json_t *values = json_object_get(spot->value, "values");
	TRY(object_at(taken->into, spot, "select", &select));
	const json_t *choices = select.value != NULL ? json_object_get(select.value, "choice") : NULL;
	const json_t *list = json_array_size(values) > 0 ? values : choices;
	for (size_t at = 0; at < json_array_size(list); at++) {
		const json_t *item = json_array_get(list, at);
		if (!json_is_string(item))
			return reject(where_is(taken->into, spot, NULL), "値は文字列の並びにしてください。");
		write_format(&out, "%s%s", at > 0 ? " / " : "", json_string_value(item));
	}
	*shown = json_array_size(list) > 0 ? text_copy(taken->into, writer_text(&out)) : label;
	return OK;
}

static bool
is_parameter_kind(struct text kind)
{
	return text_is(kind, "days") || text_is(kind, "minutes") || text_is(kind, "count") ||
	       text_is(kind, "yes-no");
}

static struct error *
own_parameter(struct taken *taken, const struct spot *spot, struct taken_parameter *parameter)
{
	struct arena *into = taken->into;
	const struct text label = parameter->name.ja;
	const struct text ja = prop_at(into, spot->value, OSCAL_NS, "label", "ja");
	const struct text least = prop_at(into, spot->value, OSCAL_NS, "least", NULL);
	const struct text most = prop_at(into, spot->value, OSCAL_NS, "most", NULL);
	parameter->name.ja = ja.len > 0 ? ja : label;
	parameter->name.en = prop_at(into, spot->value, OSCAL_NS, "label", "en");
	parameter->kind = prop_at(into, spot->value, OSCAL_NS, "kind", NULL);
	parameter->clause = prop_at(into, spot->value, OSCAL_NS, "clause", NULL);
	parameter->is_number = true;
	parameter->name = both_words(taken, parameter->name, parameter->token);
	if (is_parameter_kind(parameter->kind) &&
	    number_read(least, INT64_MIN, INT64_MAX, &parameter->least) &&
	    number_read(most, parameter->least, INT64_MAX, &parameter->most) &&
	    number_read(parameter->shown, parameter->least, parameter->most, &parameter->usual))
		return OK;
	return reject(where_is(into, spot, NULL),
		      "番所のパラメーターには、数の values、least、most が要ります。");
}

static struct text
own_code(struct taken *taken, struct text token)
{
	size_t at;
	if (taken->is_ours && text_find(token, T("_prm."), &at) && at + 1 == taken->prefix.len)
		return taken_code(taken, text_from(token, at + 5));
	return taken_code(taken, token);
}

static struct error *
taken_parameter(struct taken *taken, const struct spot *spot)
{
	struct arena *into = taken->into;
	struct text label;
	struct taken_parameter *parameter = parameter_new(taken);
	TRY(text_at(into, spot, "id", &parameter->token));
	TRY(text_at(into, spot, "label", &label));
	if (parameter->token.len == 0)
		return reject(where_is(into, spot, NULL), "id がありません。");
	label = plain_of(into, label.len > 0 ? label : parameter->token);
	TRY(shown_for(taken, spot, label, &parameter->shown));
	/* What a profile sets is what the body selected. */
	const json_t *set = json_object_get(taken->settings, text_z(into, parameter->token));
	if (json_is_string(set))
		parameter->shown = text_copy(into, text_of(json_string_value(set)));
	if (prop_at(into, spot->value, OSCAL_NS, "kind", NULL).len > 0) {
		parameter->code = own_code(taken, parameter->token);
		parameter->name.ja = label;
		return own_parameter(taken, spot, parameter);
	}
	if (set != NULL || json_array_size(json_object_get(spot->value, "values")) > 0)
		measure(taken, parameter, parameter->shown);
	oscal_ask(taken, ANSWER_PARAMETER,
	    text_format(into, "%.*s「%.*s」%.*s", T_ARG(parameter->token), T_ARG(label),
			T_ARG(parameter->is_number ? parameter->shown : T(""))));
	if (!parameter->is_number)
		return OK;
	parameter->code = taken_code(taken, parameter->token);
	parameter->name = words_from(taken, label, parameter->token);
	return OK;
}

/* Parameters stand beside groups and controls wherever they are needed; prose may use any of them. */
static struct error *
parameters_below(struct taken *taken, const struct spot *spot)
{
	static const char *const below[] = { "groups", "controls" };
	json_t *array;
	size_t count;
	TRY(array_at(taken->into, spot, "params", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(spot, "params", array, at);
		TRY(taken_parameter(taken, &item));
	}
	for (size_t kind = 0; kind < 2; kind++) {
		TRY(array_at(taken->into, spot, below[kind], &array, &count));
		for (size_t at = 0; at < count; at++) {
			const struct spot item = item_at(spot, below[kind], array, at);
			TRY(parameters_below(taken, &item));
		}
	}
	return OK;
}

struct error *
taken_parameters(struct taken *taken, const struct spot *catalog)
{
	TRY(parameters_below(taken, catalog));
	taken->by_token = ARENA_ARRAY(taken->into, struct taken_parameter *, taken->parameters_count + 1);
	for (size_t at = 0; at < taken->parameters_count; at++)
		taken->by_token[at] = &taken->parameters[at];
	qsort(taken->by_token, taken->parameters_count, sizeof *taken->by_token, token_order);
	for (size_t at = 0; at + 1 < taken->parameters_count; at++)
		if (text_same(taken->by_token[at]->token, taken->by_token[at + 1]->token))
			return reject(where_is(taken->into, catalog, "params"),
				      "パラメーター「%.*s」が二度あります。",
				      T_ARG(taken->by_token[at]->token));
	return OK;
}

/* "{{ insert: param, ac-1_prm_1 }}" from `at`: where it ends, and which parameter it is. */
static bool
insertion(struct text prose, size_t at, size_t *end, struct text *token)
{
	size_t close, colon;
	const struct text rest = text_from(prose, at);
	if (!text_starts(rest, T("{{")) || !text_find(rest, T("}}"), &close) || close > 200)
		return false;
	const struct text inside = text_first(rest, close);
	if (!text_has(inside, T("insert")) || !text_find(inside, T(","), &colon))
		return false;
	*token = text_trim(text_from(inside, colon + 1));
	*end = at + close + 2;
	return true;
}

/* `is_inner`: words of a parameter, whose own parameters are shown too, but no further. */
static void
write_prose(struct taken *taken, struct writer *out, struct text prose, bool is_inner)
{
	size_t from = 0;
	for (size_t at = 0; at < prose.len && !writer_is_full(out);) {
		size_t end;
		struct text token;
		if (prose.data[at] != '{' || !insertion(prose, at, &end, &token)) {
			at++;
			continue;
		}
		const struct taken_parameter *parameter = taken_parameter_of(taken, token);
		write_text(out, (struct text){ prose.data + from, at - from });
		write_z(out, "〔");
		if (parameter == NULL)
			write_text(out, token);
		else if (is_inner)
			write_text(out, parameter->shown);
		else
			write_prose(taken, out, parameter->shown, true);
		write_z(out, "〕");
		from = at = end;
	}
	write_text(out, text_from(prose, from));
}

struct text
prose_plain(struct taken *taken, struct text prose)
{
	if (!text_has(prose, T("{{")))
		return plain_of(taken->into, prose);
	/* One parameter may be shown many times over: together that has a limit too. */
	struct writer out = writer_open(taken->into, PROSE_MOST - taken->prose_len);
	write_prose(taken, &out, prose, false);
	taken->prose_len += out.len;
	return plain_of(taken->into, finished(taken, &out));
}
