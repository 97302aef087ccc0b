/* Tables: what the bytes are, then RFC 4180. */
#include "base/table.h"
#include "base/writer.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* The whole file as UTF-8 in memory that may be written: quoted cells are unquoted in place. */
struct decoded {
	char *data;
	size_t len;
	struct text encoding;
};

/* Line and character, both from 1, behind what stands in `before`. */
static void
place_behind(struct text before, int64_t *line, int64_t *character)
{
	*line = 1;
	size_t begin = 0;
	for (size_t i = 0; i < before.len; i++) {
		const bool is_lone_cr = before.data[i] == '\r' &&
					(i + 1 == before.len || before.data[i + 1] != '\n');
		if (before.data[i] != '\n' && !is_lone_cr)
			continue;
		*line += 1;
		begin = i + 1;
	}
	*character =
		(int64_t)text_count(text_from(before, begin)) + 1; /* far below INT64_MAX */
}

static struct error *
not_in(const char *encoding, struct text before)
{
	int64_t line;
	int64_t character;
	place_behind(before, &line, &character);
	return reject(NULL,
		      "%lld行目の%lld文字目を読めません（文字コード: %s）。"
		      "ファイルをUTF-8で保存し直してください。",
		      (long long)line, (long long)character, encoding);
}

static struct error *
has_nul(struct text before)
{
	int64_t line;
	int64_t character;
	place_behind(before, &line, &character);
	return reject(NULL,
		      "%lld行目の%lld文字目に文字でないデータ（NUL）があります。"
		      "CSVのファイルか確かめてください。",
		      (long long)line, (long long)character);
}

static void
iconv_close_at_end(iconv_t *converter)
{
	(void)iconv_close(*converter);
}

/* `file` is from an encoding whose characters take at most three times their bytes in UTF-8. */
static struct error *
convert(struct arena *into, struct text file, const char *from, const char *words,
	struct decoded *decoded)
{
	__attribute__((cleanup(iconv_close_at_end))) iconv_t converter =
		iconv_open("UTF-8", from);
	if (converter == (iconv_t)-1) /* as its manual says it fails */
		return broken("文字コード%sの変換表がこの機械にありません。", from);

	const size_t room = file.len * 3 + 16;
	ARENA_SCOPED scratch = arena_open(room * 2 + 65536);
	char *const made = arena_get(scratch, 1, room);
	char *out = made;
	size_t out_left = room;
	char *in; /* iconv does not write through it; its type is older than const */
	memcpy(&in, &file.data, sizeof in);
	size_t in_left = file.len;
	const bool is_done = iconv(converter, &in, &in_left, &out, &out_left) != (size_t)-1;
	const struct text text = {made, room - out_left};
	if (!is_done)
		return not_in(words, text);
	*decoded = (struct decoded){.len = text.len, .encoding = text_of(from)};
	decoded->data = arena_get(into, 1, text.len + 1);
	memcpy(decoded->data, text.data, text.len);
	return OK;
}

static struct error *
decode(struct arena *into, struct text file, struct decoded *decoded)
{
	if (file.len > SIZE_MAX / 8)
		return reject(NULL, "ファイルが大きすぎます。");
	if (text_starts(file, T("\xFF\xFE")))
		return convert(into, text_from(file, 2), "UTF-16LE", "UTF-16LE", decoded);
	if (text_starts(file, T("\xFE\xFF")))
		return convert(into, text_from(file, 2), "UTF-16BE", "UTF-16BE", decoded);

	const bool has_bom = text_starts(file, T("\xEF\xBB\xBF"));
	const struct text text = has_bom ? text_from(file, 3) : file;
	size_t bad_at = 0;
	const bool is_utf8 = text_is_utf8(text, &bad_at);
	if (!is_utf8 && text.data[bad_at] == '\0')
		return has_nul(text_first(text, bad_at));
	if (!is_utf8 && has_bom)
		return not_in("UTF-8", text_first(text, bad_at));
	if (!is_utf8)
		return convert(into, text, "CP932", "UTF-8, CP932", decoded);
	*decoded = (struct decoded){
		.data = arena_get(into, 1, text.len + 1),
		.len = text.len,
		.encoding = has_bom ? T("UTF-8 (BOM)") : T("UTF-8"),
	};
	if (text.len > 0)
		memcpy(decoded->data, text.data, text.len);
	return OK;
}

/*
 * The first line with a comma or a tab outside quotes says it (a title may stand above): a tab and no comma,
 * then tabs separate.
 */
static char
separator_of(struct text text)
{
	bool is_quoted = false;
	bool has_tab = false;
	for (size_t i = 0; i < text.len; i++) {
		const char byte = text.data[i];
		if (byte == '"')
			is_quoted = !is_quoted;
		else if (is_quoted)
			continue;
		else if ((byte == '\n' || byte == '\r') && has_tab)
			break;
		else if (byte == ',')
			return ',';
		else if (byte == '\t')
			has_tab = true;
	}
	return has_tab ? '\t' : ',';
}

struct reader {
	struct arena *arena;
	char *data;
	size_t len;
	size_t at;
	int64_t line;
	char separator;
	struct text cells[TABLE_MOST_COLUMNS]; /* of the row being read */
	size_t count;
};

static bool
is_line_end(const struct reader *reader)
{
	return reader->data[reader->at] == '\n' || reader->data[reader->at] == '\r';
}

/* Over CR LF, LF or CR. */
static void
skip_line_end(struct reader *reader)
{
	if (reader->data[reader->at] == '\r' && reader->at + 1 < reader->len &&
	    reader->data[reader->at + 1] == '\n')
		reader->at++;
	reader->at++;
	reader->line++;
}

static struct error *
plain_cell(struct reader *reader, struct text *cell)
{
	const size_t begin = reader->at;
	for (; reader->at < reader->len && !is_line_end(reader) &&
	       reader->data[reader->at] != reader->separator;
	     reader->at++)
		if (reader->data[reader->at] == '"')
			return reject(NULL,
				      "%lld行目の%zu列目の途中に「\"」があります。"
				      "列全体を「\"」で囲み、中の「\"」は二つ重ねてください。",
				      (long long)reader->line, reader->count + 1);
	*cell = (struct text){reader->data + begin, reader->at - begin};
	return OK;
}

static bool
is_byte(const struct reader *reader, size_t at, char byte)
{
	return at < reader->len && reader->data[at] == byte;
}

/* Behind the opening quote; the cell is moved together over doubled quotes as it is read. */
static struct error *
quoted_cell(struct reader *reader, struct text *cell)
{
	const int64_t first_line = reader->line;
	char *const begin = reader->data + ++reader->at;
	char *end = begin;
	bool is_closed = false;
	for (; reader->at < reader->len; reader->at++) {
		const char byte = reader->data[reader->at];
		if (byte == '"' && !is_byte(reader, reader->at + 1, '"')) {
			reader->at++;
			is_closed = true;
			break;
		}
		if (byte == '"')
			reader->at++; /* the second of two stands for both */
		if (byte == '\n' || (byte == '\r' && !is_byte(reader, reader->at + 1, '\n')))
			reader->line++;
		*end++ = byte;
	}
	if (!is_closed)
		return reject(NULL, "%lld行目の「\"」が閉じられていません。",
			      (long long)first_line);
	if (reader->at < reader->len && !is_line_end(reader) &&
	    reader->data[reader->at] != reader->separator)
		return reject(NULL,
			      "%lld行目の%zu列目で、閉じた「\"」の後に文字が続いています。"
			      "中の「\"」は二つ重ねてください。",
			      (long long)reader->line, reader->count + 1);
	*cell = (struct text){begin, (size_t)(end - begin)}; /* end lies behind begin */
	return OK;
}

static struct error *
read_row(struct reader *reader, struct table_row *row)
{
	*row = (struct table_row){.line = reader->line};
	reader->count = 0;
	for (;;) {
		struct text cell;
		if (reader->count == TABLE_MOST_COLUMNS)
			return reject(NULL, "%lld行目の列が多すぎます（%d列まで）。",
				      (long long)row->line, TABLE_MOST_COLUMNS);
		if (reader->at < reader->len && reader->data[reader->at] == '"')
			TRY(quoted_cell(reader, &cell));
		else
			TRY(plain_cell(reader, &cell));
		if (cell.len > TABLE_MOST_CELL)
			return reject(NULL, "%lld行目の%zu列目が長すぎます（%dバイトまで）。",
				      (long long)row->line, reader->count + 1, TABLE_MOST_CELL);
		reader->cells[reader->count++] = cell;
		if (reader->at == reader->len || is_line_end(reader))
			break;
		reader->at++; /* the separator */
	}
	if (reader->at < reader->len)
		skip_line_end(reader);
	row->count = reader->count;
	row->cells = ARENA_ARRAY(reader->arena, struct text, row->count);
	memcpy(row->cells, reader->cells, row->count * sizeof *row->cells);
	return OK;
}

static struct error *
read_rows(struct reader *reader, size_t most, struct table *table)
{
	size_t room = 0;
	while (reader->at < reader->len) {
		if (is_line_end(reader)) { /* an empty line is no row */
			skip_line_end(reader);
			continue;
		}
		if (table->count == most)
			return reject(NULL,
				      "行が多すぎます（%zu行まで）。分けて取り込んでください。",
				      most);
		if (table->count == room) {
			room = room == 0 ? 64 : room * 2;
			struct table_row *const wider =
				ARENA_ARRAY(reader->arena, struct table_row, room);
			if (table->count > 0)
				memcpy(wider, table->rows, table->count * sizeof *wider);
			table->rows = wider;
		}
		TRY(read_row(reader, &table->rows[table->count]));
		table->count++;
	}
	return OK;
}

struct error *
table_read(struct arena *into, struct text file, size_t most, struct table *table)
{
	struct decoded decoded;
	TRY(decode(into, file, &decoded));
	const struct text text = {decoded.data, decoded.len};
	size_t bad_at;
	if (!text_is_utf8(text, &bad_at)) /* after decoding nothing else is left to refuse */
		return has_nul(text_first(text, bad_at));

	struct reader reader = {
		.arena = into,
		.data = decoded.data,
		.len = decoded.len,
		.line = 1,
		.separator = separator_of(text),
	};
	struct table made = {.encoding = decoded.encoding, .separator = reader.separator};
	TRY(read_rows(&reader, most, &made));
	*table = made;
	return OK;
}

/* +1, -1,  -0.5: a number a spreadsheet may have as it is. */
static bool
is_plain_number(struct text cell)
{
	size_t digits = 0;
	size_t points = 0;
	for (size_t i = 1; i < cell.len; i++) {
		if (cell.data[i] >= '0' && cell.data[i] <= '9')
			digits++;
		else if (cell.data[i] == '.' && digits > 0)
			points++;
		else
			return false;
	}
	return digits > 0 && points <= 1 && cell.data[cell.len - 1] != '.' &&
	       (cell.data[0] == '+' || cell.data[0] == '-');
}

/* Spreadsheets run a cell that begins like this (OWASP, "CSV injection"). A lone - is a dash.
 */
static bool
is_like_formula(struct text cell)
{
	return cell.len > 0 && strchr("=+-@\t\r\n", cell.data[0]) != NULL &&
	       cell.data[0] != '\0' && !is_plain_number(cell) && !text_is(cell, "-");
}

static bool
needs_quotes(struct text cell)
{
	if (cell.len == 0)
		return false;
	for (size_t i = 0; i < cell.len; i++)
		if (strchr(",\"\r\n\t", cell.data[i]) != NULL)
			return true;
	return cell.data[0] == ' ' || cell.data[cell.len - 1] == ' ';
}

void
table_write_cell(struct writer *out, struct text cell, bool is_first)
{
	if (!is_first)
		write_byte(out, ',');
	const bool is_quoted = needs_quotes(cell);
	if (is_quoted)
		write_byte(out, '"');
	if (is_like_formula(cell))
		write_byte(out, '\'');
	size_t at;
	while (text_find(cell, T("\""), &at)) {
		write_text(out, text_first(cell, at));
		write_z(out, "\"\"");
		cell = text_from(cell, at + 1);
	}
	write_text(out, cell);
	if (is_quoted)
		write_byte(out, '"');
}

void
table_write_end(struct writer *out)
{
	write_z(out, "\r\n");
}
