#include "policy/rooms.h"

#include "base/day.h"
#include "base/number.h"
#include "base/say.h"
#include "base/writer.h"

#include <string.h>

enum { NEAR_LONGEST = 60, ALLOWED_LISTED = 30 };

/* Edits (insert, delete, replace, swap) from a to b; both at most NEAR_LONGEST bytes. */
static size_t
distance(struct text a, struct text b)
{
	size_t rows[3][NEAR_LONGEST + 1];

	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *now = rows[i % 3];
		const size_t *before = rows[(i + 2) % 3];
		const size_t *earlier = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			const bool is_same = a.data[i - 1] == b.data[j - 1];
			size_t best = before[j - 1] + (is_same ? 0 : 1);
			best = before[j] + 1 < best ? before[j] + 1 : best;
			best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
			    a.data[i - 2] == b.data[j - 1] && earlier[j - 2] + 1 < best)
				best = earlier[j - 2] + 1;
			now[j] = best;
		}
	}
	return rows[a.len % 3][b.len];
}

struct text
nearest(struct text to, const struct text *names, size_t count)
{
	struct text best = {"", 0};
	size_t least = to.len <= 3 ? 2 : to.len / 3 + 1;

	if (to.len == 0 || to.len > NEAR_LONGEST)
		return best;
	for (size_t i = 0; i < count; i++) {
		if (names[i].len > NEAR_LONGEST || names[i].len == 0)
			continue;
		const bool is_begun = to.len >= 3 && text_starts(names[i], to);
		const size_t far = is_begun ? 1 : distance(to, names[i]);
		if (far >= least)
			continue;
		least = far;
		best = names[i];
	}
	return best;
}

const char *
did_you_mean(struct reading *reading, struct text to, const struct text *names, size_t count)
{
	const struct text near = nearest(to, names, count);

	if (near.len > 0)
		return text_z(reading->scratch,
			      text_format(reading->scratch, say("「%.*s」ではありませんか。"),
					  T_ARG(near)));
	if (count == 0)
		return "";
	struct writer out = writer_open(reading->scratch, 4096);
	write_z(&out, say("使えるもの: "));
	for (size_t i = 0; i < count && i < ALLOWED_LISTED; i++) {
		if (i > 0)
			write_z(&out, ", ");
		write_text(&out, names[i]);
	}
	if (count > ALLOWED_LISTED)
		write_z(&out, " …");
	return text_z(reading->scratch, writer_text(&out));
}

void
fault_twice(struct reading *reading, const struct node *second, struct text code)
{
	fault(reading, second,
	      "「%.*s」が二度定義されています。別の名前にするか、片方を消してください。",
	      T_ARG(code));
}

static struct text *
texts_of_names(struct reading *reading, const char *const *names, size_t *count)
{
	*count = 0;
	while (names[*count] != NULL)
		(*count)++;
	struct text *texts = ARENA_ARRAY(reading->scratch, struct text, *count + 1);
	for (size_t i = 0; i < *count; i++)
		texts[i] = text_of(names[i]);
	return texts;
}

static void
check_key(struct reading *reading, const struct node *key, const char *what,
	  const struct key *keys)
{
	const char *names[64] = {NULL};

	for (size_t i = 0; keys[i].name != NULL && i < 63; i++) {
		if (text_is(key->text, keys[i].name))
			return;
		names[i] = keys[i].name;
	}
	size_t count;
	const struct text *texts = texts_of_names(reading, names, &count);
	fault(reading, key, "%sにキー「%.*s」はありません。%s", say(what), T_ARG(key->text),
	      did_you_mean(reading, key->text, texts, count));
}

bool
shape_map(struct reading *reading, const struct node *node, const char *what,
	  const struct key *keys)
{
	if (node->kind != NODE_MAP) {
		fault(reading, node, "%sは「キー: 値」の並びで書いてください。", say(what));
		return false;
	}
	for (const struct node *at = node->first; at != NULL; at = at->next)
		check_key(reading, at->key, what, keys);
	for (size_t i = 0; keys[i].name != NULL; i++)
		if (keys[i].is_required && node_get(node, keys[i].name) == NULL)
			fault(reading, node, "%sに「%s」がありません。書いてください。",
			      say(what), keys[i].name);
	return true;
}

bool
shape_list(struct reading *reading, const struct node *node, const char *what)
{
	if (node->kind == NODE_LIST)
		return true;
	fault(reading, node, "%sは「- 」で始まる並びで書いてください。", say(what));
	return false;
}

const struct node *
node_get(const struct node *map, const char *key)
{
	if (map->kind != NODE_MAP)
		return NULL;
	for (const struct node *at = map->first; at != NULL; at = at->next)
		if (text_is(at->key->text, key))
			return at;
	return NULL;
}

static bool
is_text(struct reading *reading, const struct node *node)
{
	if (node->kind != NODE_TEXT) {
		fault(reading, node,
		      "ここには一つの値を書いてください（並びや入れ子ではなく）。");
		return false;
	}
	if (!text_is_blank(node->text))
		return true;
	fault(reading, node, "値がありません。書くか、キーごと消してください。");
	return false;
}

struct text
get_text(struct reading *reading, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	if (node == NULL || !is_text(reading, node))
		return T("");
	return text_copy(reading->into, node->text);
}

static bool
is_code_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '-' || c == '_';
}

struct text
get_code(struct reading *reading, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);
	const struct text text = get_text(reading, map, key);

	if (text.len == 0)
		return text;
	bool is_good = text.len <= NEAR_LONGEST;
	for (size_t i = 0; i < text.len; i++)
		is_good = is_good && is_code_byte(text.data[i]);
	if (!is_good)
		fault(reading, node,
		      "符号「%.*s」が使えません。英数字と . - _ で 60 字までにしてください。",
		      T_ARG(text_first(text, text.len < 80 ? text.len : 0)));
	return is_good ? text : T("");
}

struct words
own_words(struct reading *reading, const struct node *map)
{
	return (struct words){.ja = get_text(reading, map, "ja"),
			      .en = get_text(reading, map, "en")};
}

struct words
get_words(struct reading *reading, const struct node *map, const char *key)
{
	static const struct key keys[] = {{"ja", true}, {"en", true}, {NULL, false}};
	const struct node *node = node_get(map, key);

	if (node == NULL || !shape_map(reading, node, "日本語と英語の言葉", keys))
		return (struct words){T_INIT(""), T_INIT("")};
	return own_words(reading, node);
}

struct words
get_printed(struct reading *reading, const struct node *map, const char *key)
{
	static const struct key keys[] = {{"ja", true}, {"en", false}, {NULL, false}};
	const struct node *node = node_get(map, key);

	if (node == NULL || !shape_map(reading, node, "文書の言葉", keys))
		return (struct words){T_INIT(""), T_INIT("")};
	return own_words(reading, node);
}

struct text
get_day(struct reading *reading, const struct node *map, const char *key, const char *what)
{
	const struct text text = get_text(reading, map, key);
	struct day day;

	if (text.len == 0)
		return text;
	if (day_read(text, &day))
		return day_iso(reading->into, day);
	fault(reading, node_get(map, key),
	      "%s「%.*s」が読めません。2026-04-01 のように書いてください。", say(what),
	      T_ARG(text));
	return T("");
}

bool
get_yes_no(struct reading *reading, const struct node *map, const char *key, bool usual)
{
	const struct node *node = node_get(map, key);

	if (node == NULL || !is_text(reading, node))
		return usual;
	if (text_is(node->text, "yes"))
		return true;
	if (!text_is(node->text, "no"))
		fault(reading, node, "「%.*s」ではなく yes か no を書いてください。",
		      T_ARG(node->text));
	return false;
}

bool
get_number(struct reading *reading, const struct node *map, const char *key, int64_t least,
	   int64_t most, int64_t *number)
{
	const struct node *node = node_get(map, key);

	if (node == NULL || !is_text(reading, node))
		return false;
	if (number_read(node->text, least, most, number))
		return true;
	fault(reading, node,
	      "「%.*s」は使えません。%lld から %lld までの整数を書いてください。",
	      T_ARG(node->text), (long long)least, (long long)most);
	return false;
}

int
one_of(struct reading *reading, const struct node *node, const char *const *names, int usual)
{
	if (!is_text(reading, node))
		return usual;
	for (int i = 0; names[i] != NULL; i++)
		if (text_is(node->text, names[i]))
			return i;
	size_t count;
	const struct text *texts = texts_of_names(reading, names, &count);
	fault(reading, node, "「%.*s」は使えません。%s", T_ARG(node->text),
	      did_you_mean(reading, node->text, texts, count));
	return usual;
}

int
get_one_of(struct reading *reading, const struct node *map, const char *key,
	   const char *const *names, int usual)
{
	const struct node *node = node_get(map, key);

	return node == NULL ? usual : one_of(reading, node, names, usual);
}

struct text *
get_texts(struct reading *reading, const struct node *map, const char *key, size_t *count)
{
	const struct node *node = node_get(map, key);

	*count = 0;
	if (node == NULL || !shape_list(reading, node, key))
		return NULL;
	struct text *texts = ARENA_ARRAY(reading->into, struct text, node->count + 1);
	for (const struct node *at = node->first; at != NULL; at = at->next)
		if (is_text(reading, at))
			texts[(*count)++] = text_copy(reading->into, at->text);
	return texts;
}

const struct when *
get_when(struct reading *reading, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);
	const struct when *when = NULL;

	if (node == NULL || !is_text(reading, node))
		return NULL;
	struct error *error =
		when_parse(reading->into, node->text,
			   where_at(reading, node->file, node->line, node->column), &when);
	if (error != NULL)
		fault_keep(reading, node->file, node->line, node->column, error);
	return when;
}
