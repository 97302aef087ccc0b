/* The workbook's own parts: its sheets, shared strings, and how its styles show numbers. */
#include "paper/sheet_in.h"

#include "base/number.h"

#include <string.h>

struct format {
	int64_t id;
	struct style style;
};

struct parts_reading {
	struct arena *arena;
	struct book_parts *parts;
	struct writer words;	 /* of the string being read */
	int in_string, in_furigana, in_text, in_formats;
	size_t room;
	struct format *formats; /* the workbook's own */
	size_t formats_count;
	struct text workbook; /* its part */
};

static struct error *
nothing(void *with, const char *name)
{
	(void)with, (void)name;
	return OK;
}

static struct error *
no_words(void *with, struct text words)
{
	(void)with, (void)words;
	return OK;
}

/* Room for one more in an array of the arena that doubles. */
static void *
grow(struct arena *arena, void *array, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return array;
	*room = *room == 0 ? 64 : *room * 2;
	void *wider = arena_get(arena, size, *room);
	if (count != 0)
		memcpy(wider, array, count * size);
	return wider;
}

/* ---- Shared strings: <si> with <t>, or runs <r><t>; <rPh> is furigana ---- */

static struct error *
string_open(void *with, const char *name, const char *const *attributes)
{
	struct parts_reading *reading = with;
	(void)attributes;
	if (strcmp(name, "si") == 0) {
		reading->in_string++;
		reading->words = writer_open(reading->arena, TABLE_MOST_CELL + 4);
	} else if (strcmp(name, "rPh") == 0) {
		reading->in_furigana++;
	} else if (strcmp(name, "t") == 0) {
		reading->in_text++;
	}
	return OK;
}

static struct error *
string_close(void *with, const char *name)
{
	struct parts_reading *reading = with;
	struct book_parts *parts = reading->parts;
	if (strcmp(name, "rPh") == 0)
		reading->in_furigana--;
	else if (strcmp(name, "t") == 0)
		reading->in_text--;
	if (strcmp(name, "si") != 0)
		return OK;
	reading->in_string--;
	if (parts->strings_count == BOOK_MOST_STRINGS)
		return reject(NULL, "Excelファイルの文字列が多すぎます（%dまで）。", BOOK_MOST_STRINGS);
	parts->strings = grow(reading->arena, parts->strings, parts->strings_count, &reading->room,
			      sizeof *parts->strings);
	/* One that is too long is refused where a cell uses it. */
	parts->strings[parts->strings_count++] = writer_text(&reading->words);
	return OK;
}

static struct error *
string_words(void *with, struct text words)
{
	struct parts_reading *reading = with;
	if (reading->in_string > 0 && reading->in_text > 0 && reading->in_furigana == 0)
		write_text(&reading->words, words);
	return OK;
}

static struct error *
read_strings(struct parts_reading *reading, struct book *book)
{
	const struct xml_calls calls = { reading, string_open, string_close, string_words };
	if (!book_has(book, "xl/sharedStrings.xml"))
		return OK;
	reading->room = 0;
	return book_read(book, "xl/sharedStrings.xml", &calls);
}

/* ---- Styles: <numFmts>, and <cellXfs> in whose order cells name them ---- */

static struct style
style_of(const struct parts_reading *reading, int64_t id)
{
	for (size_t at = 0; at < reading->formats_count; at++)
		if (reading->formats[at].id == id)
			return reading->formats[at].style;
	return style_of_builtin(id);
}

static struct error *
add_format(struct parts_reading *reading, const char *const *attributes)
{
	int64_t id;
	enum { FORMATS_MOST = 2000 };
	if (reading->formats_count == FORMATS_MOST ||
	    !number_read(xml_attribute(attributes, "numFmtId"), 0, INT32_MAX, &id))
		return OK;
	if (reading->formats == NULL)
		reading->formats = ARENA_ARRAY(reading->arena, struct format, FORMATS_MOST);
	reading->formats[reading->formats_count++] = (struct format){
		id, style_of_format(xml_attribute(attributes, "formatCode"))
	};
	return OK;
}

static struct error *
add_style(struct parts_reading *reading, const char *const *attributes)
{
	struct book_parts *parts = reading->parts;
	int64_t id = 0;
	if (parts->styles_count == BOOK_MOST_STYLES)
		return reject(NULL, "Excelファイルの書式が多すぎます。");
	(void)number_read(xml_attribute(attributes, "numFmtId"), 0, INT32_MAX, &id);
	parts->styles = grow(reading->arena, parts->styles, parts->styles_count, &reading->room,
			     sizeof *parts->styles);
	parts->styles[parts->styles_count++] = style_of(reading, id);
	return OK;
}

static struct error *
style_open(void *with, const char *name, const char *const *attributes)
{
	struct parts_reading *reading = with;
	if (strcmp(name, "numFmt") == 0)
		return add_format(reading, attributes);
	if (strcmp(name, "cellXfs") == 0)
		reading->in_formats = 1;
	if (strcmp(name, "xf") == 0 && reading->in_formats == 1)
		return add_style(reading, attributes);
	return OK;
}

static struct error *
style_close(void *with, const char *name)
{
	struct parts_reading *reading = with;
	if (strcmp(name, "cellXfs") == 0)
		reading->in_formats = 0;
	return OK;
}

static struct error *
read_styles(struct parts_reading *reading, struct book *book)
{
	const struct xml_calls calls = { reading, style_open, style_close, no_words };
	if (!book_has(book, "xl/styles.xml"))
		return OK;
	reading->room = 0;
	return book_read(book, "xl/styles.xml", &calls);
}

/* ---- Sheets: names in workbook.xml, parts in its relations ---- */

static struct error *
workbook_open(void *with, const char *name, const char *const *attributes)
{
	struct parts_reading *reading = with;
	struct book_parts *parts = reading->parts;
	if (strcmp(name, "workbookPr") == 0) {
		const struct text value = xml_attribute(attributes, "date1904");
		parts->is_1904 = text_is(value, "1") || text_is(value, "true");
	}
	if (strcmp(name, "sheet") != 0)
		return OK;
	if (parts->sheets_count == SHEET_MOST_NAMES)
		return reject(NULL, "シートが多すぎます（%dまで）。", SHEET_MOST_NAMES);
	if (parts->sheets == NULL)
		parts->sheets = ARENA_ARRAY(reading->arena, struct book_sheet, SHEET_MOST_NAMES);
	const struct text state = xml_attribute(attributes, "state");
	parts->sheets[parts->sheets_count++] = (struct book_sheet){
		.name = text_copy(reading->arena, xml_attribute(attributes, "name")),
		/* r:id; the sheet's own sheetId has another name */
		.relation = text_copy(reading->arena, xml_attribute(attributes, "id")),
		.is_hidden = text_is(state, "hidden") || text_is(state, "veryHidden"),
	};
	return OK;
}

/* "worksheets/sheet1.xml" beside the workbook, "/xl/worksheets/sheet1.xml" from the top. */
static struct text
target_part(struct arena *arena, struct text target)
{
	if (text_starts(target, T("/")))
		return text_copy(arena, text_from(target, 1));
	return text_join(arena, T("xl/"), target);
}

static struct error *
relation_open(void *with, const char *name, const char *const *attributes)
{
	struct parts_reading *reading = with;
	struct book_parts *parts = reading->parts;
	if (strcmp(name, "Relationship") != 0 ||
	    text_is(xml_attribute(attributes, "TargetMode"), "External"))
		return OK;
	const struct text id = xml_attribute(attributes, "Id");
	for (size_t at = 0; at < parts->sheets_count; at++)
		if (text_same(parts->sheets[at].relation, id))
			parts->sheets[at].part = target_part(reading->arena,
							     xml_attribute(attributes, "Target"));
	return OK;
}

struct error *
book_parts_read(struct arena *into, struct book *book, struct book_parts *parts)
{
	struct parts_reading reading = { .arena = into, .parts = parts };
	const struct xml_calls workbook = { &reading, workbook_open, nothing, no_words };
	const struct xml_calls relations = { &reading, relation_open, nothing, no_words };
	if (!book_has(book, "xl/workbook.xml"))
		return reject(NULL, "Excelのブック（.xlsx）ではありません。.xlsxかCSVで保存し直してください。");
	TRY(book_read(book, "xl/workbook.xml", &workbook));
	TRY(book_read(book, "xl/_rels/workbook.xml.rels", &relations));
	TRY(read_styles(&reading, book));
	return read_strings(&reading, book);
}
