/*
 * Reading entries. Verification reads a million a second, so it walks the canonical bytes itself
 * (a general JSON reader builds a tree of every value, five times slower); pages use jansson.
 */
#include "journal/rooms.h"

#include <jansson.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

struct cursor {
	const char *at, *end;
};

static bool
take(struct cursor *cursor, char c)
{
	if (cursor->at == cursor->end || *cursor->at != c)
		return false;
	cursor->at++;
	return true;
}

static bool
peek(const struct cursor *cursor, char c)
{
	return cursor->at != cursor->end && *cursor->at == c;
}

/* What a string does not simply go on over: control characters, the quote, the escape. */
static const bool stops[256] = {
	[0] = true,  [1] = true,  [2] = true,  [3] = true,  [4] = true,	 [5] = true,  [6] = true,
	[7] = true,  [8] = true,  [9] = true,  [10] = true, [11] = true, [12] = true, [13] = true,
	[14] = true, [15] = true, [16] = true, [17] = true, [18] = true, [19] = true, [20] = true,
	[21] = true, [22] = true, [23] = true, [24] = true, [25] = true, [26] = true, [27] = true,
	[28] = true, [29] = true, [30] = true, [31] = true, ['"'] = true, ['\\'] = true,
};

/* The first byte of a string's rest that it does not simply go on over. */
static const char *
pass_plain(const char *at, const char *end)
{
#if defined(__SSE2__)
	const __m128i quote = _mm_set1_epi8('"'), escape = _mm_set1_epi8('\\');
	const __m128i control = _mm_set1_epi8(0x1f);
	for (; end - at >= 16; at += 16) {
		const __m128i bytes = _mm_loadu_si128((const __m128i_u *)at);
		const __m128i found = _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, escape)),
			_mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
		const int mask = _mm_movemask_epi8(found);
		if (mask != 0)
			return at + __builtin_ctz((unsigned)mask);
	}
#endif
	while (at < end && !stops[(unsigned char)*at])
		at++;
	return at;
}

/* A string's bytes between its quotes, escapes as they stand. */
static bool
take_string(struct cursor *cursor, struct text *inside)
{
	if (!take(cursor, '"'))
		return false;
	const char *const from = cursor->at, *const end = cursor->end, *at = from;
	for (;; at += 2) {
		at = pass_plain(at, end);
		if (at >= end || *at != '\\')
			break;
	}
	if (at >= end || *at != '"')
		return false;
	*inside = (struct text){ from, (size_t)(at - from) };
	cursor->at = at + 1;
	return true;
}

static bool
take_number(struct cursor *cursor, int64_t *number)
{
	const bool is_less = take(cursor, '-');
	const char *from = cursor->at;
	int64_t value = 0;
	while (cursor->at != cursor->end && *cursor->at >= '0' && *cursor->at <= '9') {
		if (cursor->at - from >= 17)
			return false;
		value = value * 10 + (*cursor->at++ - '0');
	}
	if (cursor->at == from || (*from == '0' && cursor->at - from > 1))
		return false;
	*number = is_less ? -value : value;
	return true;
}

static bool
take_word(struct cursor *cursor, struct text word)
{
	if ((size_t)(cursor->end - cursor->at) < word.len ||
	    memcmp(cursor->at, word.data, word.len) != 0)
		return false;
	cursor->at += word.len;
	return true;
}

/* Any value, nested at most a little: brackets are counted, strings passed over. */
static bool
skip_value(struct cursor *cursor)
{
	int depth = 0;
	struct text string;
	do {
		if (cursor->at == cursor->end)
			return false;
		const char c = *cursor->at;
		if (c == '"') {
			if (!take_string(cursor, &string))
				return false;
			continue;
		}
		if (depth == 0 && (c == ',' || c == '}' || c == ']'))
			return false;
		if (c == '{' || c == '[')
			depth++;
		if (c == '}' || c == ']')
			depth--;
		cursor->at++;
		if (depth == 0 && c != '}' && c != ']')
			while (cursor->at != cursor->end && *cursor->at != ',' &&
			       *cursor->at != '}')
				cursor->at++;
	} while (depth > 0);
	return true;
}

static bool
take_about(struct cursor *cursor, struct entry_scan *scan)
{
	if (!take(cursor, '['))
		return false;
	do {
		if (scan->about_count == FACT_MOST_ABOUT ||
		    !take_string(cursor, &scan->about[scan->about_count++]))
			return false;
	} while (take(cursor, ','));
	return take(cursor, ']');
}

static bool
take_rows(struct cursor *cursor, struct entry_scan *scan)
{
	const char *from = cursor->at + 1;
	if (!peek(cursor, '[') || !skip_value(cursor))
		return false;
	scan->rows = (struct text){ from, (size_t)(cursor->at - from - 1) };
	return true;
}

enum member { ABOUT, ACT, BODY, CLAUSES, DATA, PART, ROWS, SEQ, TIME, V, WHO, MEMBERS };
static const struct text members[MEMBERS] = {
	[ABOUT] = T_INIT("about"), [ACT] = T_INIT("act"),   [BODY] = T_INIT("body"),
	[CLAUSES] = T_INIT("clauses"), [DATA] = T_INIT("data"), [PART] = T_INIT("part"),
	[ROWS] = T_INIT("rows"),   [SEQ] = T_INIT("seq"),   [TIME] = T_INIT("time"),
	[V] = T_INIT("v"),	   [WHO] = T_INIT("who"),
};

/* Members stand in order: the one of that name is `from` or a later one. MEMBERS when it is none. */
static int
member_from(int from, struct text name)
{
	while (from < MEMBERS && !text_same(members[from], name))
		from++;
	return from;
}

static bool
take_member(struct cursor *cursor, int member, struct entry_scan *scan)
{
	if (member == ABOUT)
		return take_about(cursor, scan);
	if (member == ACT)
		return take_string(cursor, &scan->act);
	if (member == BODY)
		return take_string(cursor, &scan->body);
	if (member == ROWS)
		return take_rows(cursor, scan);
	if (member == SEQ)
		return take_number(cursor, &scan->seq);
	if (member == TIME)
		return take_string(cursor, &scan->time);
	return skip_value(cursor);
}

bool
entry_scan(struct text entry, struct entry_scan *scan)
{
	struct cursor cursor = { entry.data, entry.data + entry.len };
	struct text name;
	int next = 0;
	scan->seq = -1;
	scan->act = scan->body = scan->rows = scan->time = T("");
	scan->about_count = 0;
	if (!take(&cursor, '{'))
		return false;
	do {
		if (!take_string(&cursor, &name) || !take(&cursor, ':'))
			return false;
		const int member = member_from(next, name);
		if (member == MEMBERS || !take_member(&cursor, member, scan))
			return false;
		next = member + 1;
	} while (take(&cursor, ','));
	return take(&cursor, '}') && cursor.at == cursor.end && scan->seq >= 0;
}

bool
scan_row(struct text *rows, struct row_digest *row)
{
	struct cursor cursor = { rows->data, rows->data + rows->len };
	struct text hex;
	take(&cursor, ',');
	if (!take(&cursor, '[') || !take_string(&cursor, &row->table) || !take(&cursor, ',') ||
	    !take_number(&cursor, &row->id) || !take(&cursor, ','))
		return false;
	row->is_gone = take_word(&cursor, T("null"));
	if (!row->is_gone && (!take_string(&cursor, &hex) || !hash_read_hex(hex, &row->digest)))
		return false;
	if (!take(&cursor, ']'))
		return false;
	*rows = (struct text){ cursor.at, (size_t)(cursor.end - cursor.at) };
	return true;
}

static struct text
text_at(struct arena *into, const json_t *value)
{
	if (!json_is_string(value))
		return T("");
	return text_copy(into, (struct text){ json_string_value(value),
					      json_string_length(value) });
}

static struct text *
texts_at(struct arena *into, const json_t *array, size_t *count)
{
	*count = json_array_size(array);
	struct text *texts = ARENA_ARRAY(into, struct text, *count + 1);
	for (size_t at = 0; at < *count; at++)
		texts[at] = text_at(into, json_array_get(array, at));
	return texts;
}

static void
pairs_at(struct arena *into, json_t *data, struct journal_entry *entry)
{
	const char *name;
	json_t *value;
	entry->pairs = ARENA_ARRAY(into, struct journal_pair, json_object_size(data) + 1);
	json_object_foreach(data, name, value) {
		struct journal_pair *pair = &entry->pairs[entry->pair_count++];
		pair->name = text_copy(into, text_of(name));
		pair->number = json_integer_value(value);
		if (json_is_string(value))
			pair->text = text_at(into, value);
	}
}

static void
rows_at(struct arena *into, struct text json, struct journal_entry *entry)
{
	struct entry_scan scan;
	struct row_digest row;
	if (!entry_scan(json, &scan))
		return;
	entry->rows = ARENA_ARRAY(into, struct row_digest, scan.rows.len / 8 + 1);
	while (scan.rows.len != 0 && scan_row(&scan.rows, &row))
		entry->rows[entry->row_count++] = row;
}

/* "2026-11-21T02:21:07.123Z" */
struct moment
scan_time(struct text time)
{
	const char *z = time.data;
	int part[7] = { 0 };
	static const char shape[] = "dddd-dd-ddTdd:dd:dd.dddZ";
	if (time.len != sizeof shape - 1)
		return (struct moment){ 0 };
	size_t no = 0;
	for (size_t at = 0; at < sizeof shape - 1; at++) {
		if (shape[at] != 'd')
			no++;
		if (shape[at] == 'd' ? z[at] < '0' || z[at] > '9' : z[at] != shape[at])
			return (struct moment){ 0 };
		if (shape[at] == 'd')
			part[no] = part[no] * 10 + (z[at] - '0');
	}
	struct day day;
	if (!day_make(part[0], part[1], part[2], &day))
		return (struct moment){ 0 };
	const int64_t seconds = day.no * 86400 + part[3] * 3600 + part[4] * 60 + part[5];
	return (struct moment){ seconds * 1000 + part[6] };
}

struct error *
entry_parse(struct arena *into, int64_t seq, struct text json, struct journal_entry *entry)
{
	json_t *root = json_loadb(json.data, json.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(root)) {
		json_decref(root);
		return broken("記録 %lld が壊れています。bansho verify で確かめてください。",
			      (long long)seq);
	}
	const json_t *who = json_object_get(root, "who");
	*entry = (struct journal_entry){
		.seq = seq,
		.at = scan_time(text_at(into, json_object_get(root, "time"))),
		.act = text_at(into, json_object_get(root, "act")),
		.body = text_at(into, json_object_get(root, "body")),
		.who = { .person = json_integer_value(json_object_get(who, "person")),
			 .post = json_integer_value(json_object_get(who, "post")),
			 .deputy_for = json_integer_value(json_object_get(who, "deputy_for")),
			 .role = text_at(into, json_object_get(who, "role")),
			 .through = text_at(into, json_object_get(who, "through")) },
		.part = json_integer_value(json_object_get(root, "part")),
		.json = json,
		.leaf = merkle_leaf(json),
	};
	if (entry->part == 0)
		entry->part = 1;
	entry->about = texts_at(into, json_object_get(root, "about"), &entry->about_count);
	entry->clauses = texts_at(into, json_object_get(root, "clauses"), &entry->clause_count);
	pairs_at(into, json_object_get(root, "data"), entry);
	rows_at(into, json, entry);
	json_decref(root);
	return OK;
}
