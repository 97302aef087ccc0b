/* Bodies and queries taken apart: application/x-www-form-urlencoded and multipart/form-data. */
#include "web/rooms.h"

#include <string.h>

enum { MOST_PART_HEAD = 8192, MOST_BOUNDARY = 70, MOST_TYPE = 200 };

static int
hex_of(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}

static char
small(char letter)
{
	return letter >= 'A' && letter <= 'Z' ? (char)(letter + ('a' - 'A')) : letter;
}

bool
text_same_letters(struct text a, struct text b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (small(a.data[i]) != small(b.data[i]))
			return false;
	return true;
}

struct text
text_small(struct arena *into, struct text text)
{
	char *copy = ARENA_ARRAY(into, char, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		copy[i] = small(text.data[i]);
	return (struct text){copy, text.len};
}

static struct error *
must_be_text(struct text text)
{
	size_t bad_at;
	if (text_is_utf8(text, &bad_at))
		return OK;
	return reject(NULL, "送られた文字を読み取れません。UTF-8 で送ってください。");
}

/* Line ends CR LF as LF, in place. */
static void
fold_line_ends(char *data, size_t *len)
{
	size_t to = 0;
	for (size_t from = 0; from < *len; from++)
		if (!(data[from] == '\r' && from + 1 < *len && data[from + 1] == '\n'))
			data[to++] = data[from];
	*len = to;
}

struct error *
percent_decode(char *data, size_t *len, bool is_form)
{
	size_t to = 0;
	for (size_t from = 0; from < *len; from++) {
		char byte = data[from];
		if (byte == '%') {
			const int high = from + 2 < *len ? hex_of(data[from + 1]) : -1;
			const int low = from + 2 < *len ? hex_of(data[from + 2]) : -1;
			if (high < 0 || low < 0)
				return reject(
					NULL,
					"アドレスまたは入力の％の使い方が正しくありません。");
			byte = (char)(high * 16 + low); /* 0..255 */
			from += 2;
		} else if (byte == '+' && is_form) {
			byte = ' ';
		}
		data[to++] = byte;
	}
	TRY(must_be_text((struct text){data, to}));
	*len = to;
	return OK;
}

static struct error *
list_add(struct field_list *list, const struct field *field)
{
	if (list->count >= WEB_MOST_FIELDS)
		return reject(NULL, "入力欄の数が多すぎます (%d 個まで)。", WEB_MOST_FIELDS);
	if (field->name.len > WEB_MOST_NAME)
		return reject(NULL, "入力欄の名前が長すぎます。");
	if (!field->is_file && field->value.len > WEB_MOST_VALUE)
		return reject(NULL, "ひとつの欄の入力が長すぎます (%d KB まで)。",
			      WEB_MOST_VALUE / 1024);
	if (list->count == list->room) {
		const size_t room = list->room == 0 ? 16 : list->room * 2;
		struct field *at = ARENA_ARRAY(list->arena, struct field, room);
		if (list->count > 0)
			memcpy(at, list->at, list->count * sizeof *at);
		list->at = at;
		list->room = room;
	}
	list->at[list->count++] = *field;
	return OK;
}

static struct error *
add_pair(struct field_list *list, char *data, size_t len)
{
	char *sign = memchr(data, '=', len);
	size_t name_len = sign == NULL ? len : (size_t)(sign - data);
	char *value = sign == NULL ? data + len : sign + 1;
	size_t value_len = sign == NULL ? 0 : len - name_len - 1;

	TRY(percent_decode(data, &name_len, true));
	TRY(percent_decode(value, &value_len, true));
	fold_line_ends(value, &value_len);
	const struct field field = {.name = {data, name_len}, .value = {value, value_len}};
	return list_add(list, &field);
}

struct error *
fields_urlencoded(struct field_list *list, char *data, size_t len)
{
	while (len > 0) {
		char *end = memchr(data, '&', len);
		const size_t pair = end == NULL ? len : (size_t)(end - data);
		if (pair > 0)
			TRY(add_pair(list, data, pair));
		if (end == NULL)
			return OK;
		data = end + 1;
		len -= pair + 1;
	}
	return OK;
}

/*
 * The next `name=value` behind a ';' of a header. A quoted value keeps its quotes' inside as
 * sent. False at the end, or where the header is not well-formed.
 */
static bool
parameter_next(struct text *rest, struct text *name, struct text *value)
{
	*rest = text_trim(*rest);
	if (rest->len == 0 || rest->data[0] != ';')
		return false;
	struct text tail;
	if (!text_cut(text_from(*rest, 1), '=', name, &tail))
		return false;
	*name = text_trim(*name);
	if (tail.len == 0 || tail.data[0] != '"') {
		size_t len = 0;
		while (len < tail.len && tail.data[len] != ';')
			len++;
		*value = text_trim(text_first(tail, len));
		*rest = text_from(tail, len);
		return true;
	}
	size_t end = 1;
	while (end < tail.len && tail.data[end] != '"') {
		const bool is_escape =
			tail.data[end] == '\\' && end + 1 < tail.len &&
			(tail.data[end + 1] == '"' || tail.data[end + 1] == '\\');
		end += is_escape ? 2 : 1;
	}
	if (end >= tail.len)
		return false;
	*value = text_first(text_from(tail, 1), end - 1);
	*rest = text_from(tail, end + 1);
	return true;
}

bool
header_parameter(struct text header, const char *name, struct text *value)
{
	size_t at = 0;
	while (at < header.len && header.data[at] != ';')
		at++;
	struct text rest = text_from(header, at), found_name, found;
	while (parameter_next(&rest, &found_name, &found)) {
		if (text_same_letters(found_name, text_of(name))) {
			*value = found;
			return true;
		}
	}
	return false;
}

/* Browsers write " CR LF in names as %22 %0D %0A (WHATWG form-data), others as backslash pairs.
 */
static struct text
unquote(struct arena *into, struct text raw)
{
	char *copy = ARENA_ARRAY(into, char, raw.len + 1);
	size_t to = 0;
	for (size_t i = 0; i < raw.len; i++) {
		const struct text here = text_from(raw, i);
		const bool is_pair = here.len > 1 && here.data[0] == '\\' &&
				     (here.data[1] == '"' || here.data[1] == '\\');
		if (is_pair)
			copy[to++] = raw.data[++i];
		else if (text_starts(here, T("%22")) || text_starts(here, T("%0D")) ||
			 text_starts(here, T("%0A"))) {
			copy[to++] = (char)(hex_of(here.data[1]) * 16 +
					    hex_of(here.data[2])); /* ASCII */
			i += 2;
		} else
			copy[to++] = raw.data[i];
	}
	return (struct text){copy, to};
}

/* Some browsers send a whole path: only what stands behind the last folder is a name. */
static struct error *
file_name_read(struct arena *into, struct text raw, struct text *name)
{
	struct text whole = unquote(into, raw);
	TRY(must_be_text(whole));
	size_t begin = 0;
	for (size_t i = 0; i < whole.len; i++) {
		const unsigned char byte = (unsigned char)whole.data[i];
		if (byte < 0x20 || byte == 0x7f)
			return reject(NULL, "ファイル名に使えない文字があります。名前を変えてか"
					    "ら送ってください。");
		if (byte == '/' || byte == '\\')
			begin = i + 1;
	}
	whole = text_from(whole, begin);
	if (whole.len > WEB_MOST_FILE_NAME)
		return reject(NULL, "ファイル名が長すぎます (255 文字まで)。");
	*name = text_is(whole, ".") || text_is(whole, "..") ? T("_") : whole;
	return OK;
}

static struct error *
part_broken(void)
{
	return reject(NULL, "送られたフォームの形が正しくありません。もう一度送ってください。");
}

static struct error *
disposition_read(struct arena *into, struct text value, struct field *field)
{
	struct text raw;
	if (!text_same_letters(text_first(value, value.len < 9 ? value.len : 9),
			       T("form-data")) ||
	    !header_parameter(value, "name", &raw))
		return part_broken();
	field->name = unquote(into, raw);
	TRY(must_be_text(field->name));
	field->is_file = header_parameter(value, "filename", &raw);
	return field->is_file ? file_name_read(into, raw, &field->file_name) : OK;
}

static struct error *
part_head_read(struct arena *into, struct text head, struct field *field)
{
	bool has_disposition = false;
	while (head.len > 0) {
		struct text line, name, value;
		text_cut(head, '\n', &line, &head);
		if (!text_cut(line, ':', &name, &value))
			return part_broken();
		value = text_trim(value);
		if (text_same_letters(name, T("content-disposition"))) {
			TRY(disposition_read(into, value, field));
			has_disposition = true;
		} else if (text_same_letters(name, T("content-type"))) {
			TRY(must_be_text(value));
			field->type = text_first(value, value.len < MOST_TYPE ? value.len : 0);
		}
	}
	return has_disposition ? OK : part_broken();
}

/* The part between two delimiters: head, empty line, value. */
static struct error *
part_read(struct field_list *list, char *data, size_t len)
{
	char *gap = memmem(data, len < MOST_PART_HEAD ? len : MOST_PART_HEAD, "\r\n\r\n", 4);
	if (gap == NULL)
		return part_broken();
	struct field field = {.name = T("")};
	TRY(part_head_read(list->arena, (struct text){data, (size_t)(gap - data)}, &field));
	char *value = gap + 4;
	size_t value_len = len - (size_t)(value - data);
	if (!field.is_file) {
		TRY(must_be_text((struct text){value, value_len}));
		fold_line_ends(value, &value_len);
	}
	field.value = (struct text){value, value_len};
	return list_add(list, &field);
}

struct error *
fields_multipart(struct field_list *list, char *data, size_t len, struct text boundary)
{
	if (boundary.len == 0 || boundary.len > MOST_BOUNDARY)
		return part_broken();
	const struct text fence = text_join(list->arena, T("\r\n--"), boundary);

	/* The first delimiter has no line end before it. */
	if (len < fence.len - 2 || memcmp(data, fence.data + 2, fence.len - 2) != 0)
		return part_broken();
	char *at = data + fence.len - 2;
	const char *end = data + len;
	for (;;) {
		const size_t left = (size_t)(end - at);
		if (left >= 2 && at[0] == '-' && at[1] == '-')
			return OK;
		if (left < 2 || at[0] != '\r' || at[1] != '\n')
			return part_broken();
		char *part = at + 2;
		char *next = memmem(part, left - 2, fence.data, fence.len);
		if (next == NULL)
			return part_broken();
		TRY(part_read(list, part, (size_t)(next - part)));
		at = next + fence.len;
	}
}
