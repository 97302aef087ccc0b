/* A table of people's own between its page of choosing and its preview. */
#include "pages/import_sheet.h"

#include "base/number.h"

enum { FAULTS_SHOWN = 200 };

/* ---- The file ---- */

static struct error *
read_file(struct arena *into, const struct visit *visit, const struct import_bounds *bounds,
	  struct text file, struct text wanted, struct sheet *sheet)
{
	const struct sheet_ask ask = { .file = file, .sheet = wanted, .most_rows = bounds->rows,
				       .most_bytes = bounds->bytes };
	return sheet_read_as(into, visit->office->programs, &ask, sheet);
}

struct error *
import_sheet_keep(struct visit *visit, const struct import_bounds *bounds)
{
	struct text *name = ARENA_NEW(visit->arena, struct text);
	const struct field *file = request_file(visit->request, "file");
	TRY(upload_keep(visit, "file", bounds->bytes, name));
	visit->kept = name;
	ARENA_SCOPED arena = arena_open(bounds->memory);
	struct sheet sheet;
	struct error *error = read_file(arena, visit, bounds, file->value, T(""), &sheet);
	if (error == OK)
		return OK;
	upload_drop(visit, *name);
	return error;
}

struct error *
import_sheet_read(struct arena *into, const struct visit *visit, const struct import_bounds *bounds,
		  struct sheet *sheet)
{
	struct text bytes;
	TRY(upload_read(visit, capture_text(visit->captures, "file"), &bytes));
	return read_file(into, visit, bounds, bytes, visit_text(visit, "sheet"), sheet);
}

struct text
import_sheet_words(struct visit *visit, const struct sheet *sheet)
{
	if (!text_is(sheet->table.encoding, "XLSX"))
		return sheet->table.encoding;
	const struct text name = sheet->names_count != 0 ? sheet->names[sheet->chosen] : T("");
	return text_format(visit->arena, say("Excel、シート「%.*s」"), T_ARG(name));
}

struct text
import_sheet_cell(const struct sheet *sheet, size_t row, int column)
{
	const struct table *table = &sheet->table;
	if (row >= table->count || column < 0 || (size_t)column >= table->rows[row].count)
		return T("");
	return table->rows[row].cells[column];
}

/* ---- What was chosen of the columns ---- */

bool
import_choice_holds(const struct visit *visit)
{
	return text_same(visit_text(visit, "sheet"), visit_text(visit, "mapped")) ||
	       !request_has(visit->request, "mapped");
}

size_t
import_heading(const struct visit *visit, const struct sheet *sheet, size_t guessed)
{
	int64_t heading;
	if (!number_read(visit_text(visit, "head"), 0, SHEET_MOST_ROWS_IN, &heading) ||
	    (size_t)heading >= sheet->table.count)
		return guessed;
	return (size_t)heading; /* not negative */
}

int
import_column(const struct visit *visit, struct text field, int guessed)
{
	int64_t column;
	const char *name = text_z(visit->arena, text_format(visit->arena, "c-%.*s", T_ARG(field)));
	if (!request_has(visit->request, name))
		return guessed;
	return number_read(visit_text(visit, name), 0, TABLE_MOST_COLUMNS - 1, &column)
		       ? (int)column /* at most 199 */
		       : -1;
}

/* ---- The parts of the preview ---- */

/* 「A: 情報資産名」, as spreadsheets call columns. */
static struct text
column_words(struct visit *visit, const struct sheet *sheet, size_t heading, int column)
{
	char letters[4] = { 0 };
	if (column < 26) {
		letters[0] = (char)('A' + column);
	} else {
		letters[0] = (char)('A' + column / 26 - 1); /* at most 200 columns */
		letters[1] = (char)('A' + column % 26);
	}
	return text_format(visit->arena, "%s: %.*s", letters,
			   T_ARG(import_sheet_cell(sheet, heading, column)));
}

static void
fill_sheets(struct visit *visit, const struct sheet *sheet, struct import_columns_part *columns)
{
	if (sheet->names_count < 2)
		return;
	columns->sheets = ARENA_ARRAY(visit->arena, struct import_columns_sheets, sheet->names_count);
	columns->sheets_count = sheet->names_count;
	for (size_t at = 0; at < sheet->names_count; at++)
		columns->sheets[at] =
			(struct import_columns_sheets){ sheet->names[at], at == sheet->chosen };
}

struct import_choice *
import_choice(struct visit *visit, const struct sheet *sheet, size_t heading, size_t fields_most)
{
	struct import_choice *choice = ARENA_NEW(visit->arena, struct import_choice);
	choice->sheet = sheet;
	choice->heading = heading;
	choice->columns.heading = choice->chosen.heading = (int64_t)heading; /* bounded by the file */
	if (sheet->names_count != 0)
		choice->columns.sheet = choice->chosen.sheet = sheet->names[sheet->chosen];
	choice->columns.mapping =
		ARENA_ARRAY(visit->arena, struct import_columns_mapping, fields_most);
	choice->chosen.columns =
		ARENA_ARRAY(visit->arena, struct import_chosen_columns, fields_most);
	fill_sheets(visit, sheet, &choice->columns);
	return choice;
}

static void
fill_options(struct visit *visit, const struct import_choice *choice, int chosen,
	     struct import_columns_mapping *out)
{
	const struct table *table = &choice->sheet->table;
	const size_t count = table->count != 0 ? table->rows[choice->heading].count : 0;
	out->options = ARENA_ARRAY(visit->arena, struct import_columns_mapping_options, count + 1);
	out->options_count = count;
	for (int at = 0; (size_t)at < count; at++)
		out->options[at] = (struct import_columns_mapping_options){
			text_number(visit->arena, at),
			column_words(visit, choice->sheet, choice->heading, at), at == chosen
		};
}

struct import_columns_mapping *
import_choice_add(struct visit *visit, struct import_choice *choice, struct text name,
		  struct text label, int chosen)
{
	struct import_columns_mapping *out =
		&choice->columns.mapping[choice->columns.mapping_count++];
	out->name = name;
	out->label = label;
	out->sample = import_sheet_cell(choice->sheet, choice->heading + 1, chosen);
	fill_options(visit, choice, chosen, out);
	choice->chosen.columns[choice->chosen.columns_count++] = (struct import_chosen_columns){
		name, chosen < 0 ? T("-") : text_number(visit->arena, chosen)
	};
	return out;
}

struct import_faults_part *
import_faults(struct visit *visit, int64_t wrong)
{
	struct import_faults_part *faults = ARENA_NEW(visit->arena, struct import_faults_part);
	faults->rows = ARENA_ARRAY(visit->arena, struct import_faults_rows, FAULTS_SHOWN);
	faults->more = wrong;
	return faults;
}

void
import_faults_add(struct import_faults_part *faults, int64_t line, const struct error *of,
		  struct text (*words_of)(struct text field))
{
	if (faults->rows_count == FAULTS_SHOWN)
		return;
	faults->more--;
	for (const struct error *one = of; one != NULL && faults->rows_count < FAULTS_SHOWN; one = one->next)
		faults->rows[faults->rows_count++] = (struct import_faults_rows){
			line, words_of != NULL ? words_of(one->field) : one->field, one->words
		};
}
