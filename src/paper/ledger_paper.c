/* The ledger's own 様式: one long table in landscape, as a job for bansho-print. */
#include "paper/ledger_rooms.h"

#include "paper/job.h"
#include "paper/sheet_paper.h"

#include "base/writer.h"

struct printing {
	const struct ledger_out *out;
	struct arena *arena;
	const struct pack_field *columns[SHEET_MOST_COLUMNS];
	size_t columns_count;
	json_t *rows;
};

/* The columns the policy itself names for the ledger, and those that lists show. */
static bool
is_printed(const struct pack_ledger *ledger, const struct pack_field *field)
{
	if (field->is_listed)
		return true;
	for (size_t at = 0; at < ledger->clauses_count; at++)
		if (field->clause != NULL && field->clause == ledger->clauses[at])
			return true;
	return false;
}

static void
choose_columns(struct printing *printing)
{
	const struct pack_ledger *ledger = printing->out->ledger;
	for (size_t at = 0; at < ledger->fields_count; at++)
		if (is_printed(ledger, &ledger->fields[at]) &&
		    printing->columns_count < SHEET_MOST_COLUMNS - 1)
			printing->columns[printing->columns_count++] = &ledger->fields[at];
}

static int
width_of(const struct pack_field *field)
{
	switch (field->kind) {
	case FIELD_CLASS:
	case FIELD_YES_NO:
	case FIELD_NUMBER:
		return 17;
	case FIELD_DAY:
	case FIELD_MOMENT:
		return 21;
	case FIELD_CHOICE:
	case FIELD_CHOICES:
	case FIELD_PERIOD:
		return 25;
	case FIELD_UNIT:
	case FIELD_PERSON:
	case FIELD_ASSET:
	case FIELD_ASSETS:
		return 25;
	case FIELD_TEXT:
	case FIELD_FILE:
		return field->has_most && field->most <= 80 ? 26 : 36;
	case FIELD_LONG_TEXT:
	case FIELD_SERIALS:
	case FIELD_CLAUSES:
		return 40;
	}
	return 25;
}

static void
column(json_t *columns, struct text name, int width, const char *side)
{
	json_t *made = job_object(columns);
	job_put(made, "name", name);
	json_object_set_new(made, "width", json_integer(width));
	job_put(made, "side", text_of(side));
}

static void
put_columns(const struct printing *printing, json_t *columns)
{
	column(columns, text_of(say("番号")), 12, "right");
	for (size_t at = 0; at < printing->columns_count; at++) {
		const struct pack_field *field = printing->columns[at];
		const bool is_middle = field->kind == FIELD_CLASS || field->kind == FIELD_YES_NO;
		column(columns, words_now(field->label), width_of(field), is_middle ? "middle" : "left");
	}
}

/* Narrow columns: the class as its mark, days as R08.11.21. */
static struct text
printed(const struct printing *printing, const struct ledger_cells *cells,
	const struct pack_field *field)
{
	const struct pack_ledger *ledger = printing->out->ledger;
	const struct ledger_cell *cell = &cells->fields[field - ledger->fields];
	if (!day_is_none(cell->day))
		return day_wareki_short(printing->arena, cell->day);
	if (field == ledger->class_field) {
		const struct pack_class *value = axis_value(field->axis, cells->row->class_code);
		return value != NULL ? words_now(value->mark) : text_of(say("未分類"));
	}
	return cell->words;
}

static struct error *
print_row(void *with, const struct ledger_cells *cells)
{
	struct printing *printing = with;
	if (json_array_size(printing->rows) == LEDGER_PAPER_MOST)
		return reject(NULL, "一度に印刷できるのは%d件までです。所属や分類で絞ってから印刷してください。",
			      LEDGER_PAPER_MOST);
	json_t *row = job_row(printing->rows);
	json_array_append_new(row, job_string(text_format(printing->arena, "%lld",
						      (long long)cells->row->number)));
	for (size_t at = 0; at < printing->columns_count; at++)
		json_array_append_new(row, job_string(printed(printing, cells, printing->columns[at])));
	arena_reset(printing->arena);
	return OK;
}

/* 様式第1号(3.2.1.(b)関係) */
static struct text
caption_of(struct arena *into, const struct pack_ledger *ledger)
{
	struct writer out = writer_open(into, 2000);
	if (ledger->form == NULL)
		return T("");
	write_text(&out, words_now(ledger->form->label));
	for (size_t at = 0; at < ledger->clauses_count; at++) {
		write_z(&out, at == 0 ? "(" : ", ");
		write_text(&out, ledger->clauses[at]->number);
	}
	if (ledger->clauses_count != 0)
		write_z(&out, say("関係)"));
	return writer_text(&out);
}

static void
put_section(const struct printing *printing, json_t *sections)
{
	json_t *section = job_section(sections, "items", T(""));
	put_columns(printing, job_list(section, "columns"));
	json_object_set(section, "rows", printing->rows);
	if (json_array_size(printing->rows) == 0)
		json_object_set_new(section, "empty_rows", json_integer(15));
}

struct error *
paper_ledger(struct look *look, const struct ledger_out *out, struct text *job)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	JOB_SCOPED rows = json_array();
	JOB_SCOPED made = json_object();
	struct printing printing = { .out = out, .arena = scratch, .rows = rows };
	choose_columns(&printing);
	TRY(ledger_cells_each(look, out, print_row, &printing));
	job_put(made, "job", T("ledger"));
	job_put(made, "title", words_now(out->ledger->name));
	job_put(made, "caption", caption_of(look->arena, out->ledger));
	job_put(made, "body", out->body_name);
	job_put(made, "day", day_iso(look->arena, moment_day(look->now)));
	job_put(made, "made", moment_local(look->arena, look->now));
	if (out->said.len != 0)
		job_put(made, "lead", out->said);
	put_section(&printing, job_list(made, "sections"));
	return job_write(look->arena, made, say("印刷するには大きすぎます。所属や分類で絞ってから印刷してください。"),
			 job);
}
