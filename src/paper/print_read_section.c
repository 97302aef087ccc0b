#include "paper/print_check.h"

#include "base/say.h"

static const struct text_rule heading_rule = {
	.name = "heading", .most = SHEET_MOST_NAME, .is_one_line = true
};
static const struct text_rule label_rule = {
	.name = "label", .most = SHEET_MOST_LABEL, .is_needed = true
};
static const struct text_rule value_rule = { .name = "value", .most = SHEET_MOST_VALUE };
static const struct text_rule words_rule = {
	.name = "words", .most = SHEET_MOST_NAME, .is_needed = true, .is_one_line = true
};
static const struct text_rule column_rule = {
	.name = "name", .most = SHEET_MOST_COLUMN, .is_needed = true
};
static const struct text_rule notes_rule = {
	.name = "lines", .most = SHEET_MOST_VALUE, .is_needed = true
};

static struct error *
read_choice(const struct reading *in, const struct place *place, const json_t *object,
	    struct print_choice *choice)
{
	TRY(check_object(in, place, object, "words is_chosen"));
	TRY(check_text(in, place, object, &words_rule, &choice->words));
	return check_bool(in, place, object, "is_chosen", &choice->is_chosen);
}

static struct error *
read_field(const struct reading *in, const struct place *place, const json_t *object,
	   struct print_field *field)
{
	const struct place choices = { .above = place, .name = "choices" };
	const json_t *array;

	TRY(check_object(in, place, object, "label value choices lines"));
	TRY(check_text(in, place, object, &label_rule, &field->label));
	TRY(check_text(in, place, object, &value_rule, &field->value));
	field->lines = 1;
	TRY(check_number(in, place, object, "lines", 1, 40, &field->lines));
	TRY(check_array(in, place, object, "choices", false, SHEET_MOST_CHOICES, &array));
	field->choices_count = json_array_size(array);
	field->choices = ARENA_ARRAY(in->arena, struct print_choice, field->choices_count + 1);
	for (size_t i = 0; i < field->choices_count; i++) {
		const struct place here = { .above = &choices, .no = i };

		TRY(read_choice(in, &here, json_array_get(array, i), &field->choices[i]));
	}
	return OK;
}

static struct error *
read_rows(struct reading *in, const struct place *place, const json_t *object,
	  struct print_section *section)
{
	const struct place rows = { .above = place, .name = "rows" };
	const json_t *array;

	TRY(check_object(in, place, object, "kind heading rows"));
	TRY(check_array(in, place, object, "rows", true, SHEET_MOST_LINES, &array));
	section->lines_count = json_array_size(array);
	section->lines = ARENA_ARRAY(in->arena, struct print_line, section->lines_count + 1);
	for (size_t i = 0; i < section->lines_count; i++) {
		const struct place here = { .above = &rows, .no = i };
		const json_t *fields = json_array_get(array, i);
		struct print_line *line = &section->lines[i];

		line->count = json_array_size(fields); /* 0 when it is no array */
		if (line->count < 1 || line->count > 2)
			return reject(place_name(in, &here, NULL),
				      "行は、一つか二つの欄の配列です。");
		for (size_t j = 0; j < line->count; j++) {
			const struct place field = { .above = &here, .no = j };

			TRY(read_field(in, &field, json_array_get(fields, j), &line->fields[j]));
		}
	}
	return OK;
}

static struct error *
read_side(const struct reading *in, const struct place *place, const json_t *object,
	  enum print_side *side)
{
	const struct text_rule rule = { .name = "side", .most = 10 };
	struct text word;

	TRY(check_text(in, place, object, &rule, &word));
	if (!text_is_empty(word) && !text_is(word, "left") && !text_is(word, "middle") &&
	    !text_is(word, "right"))
		return reject(place_name(in, place, "side"),
			      "寄せはleft(左)、middle(中央)、right(右)のどれかです。");
	*side = text_is(word, "middle") ? PRINT_MIDDLE :
		text_is(word, "right")	? PRINT_RIGHT :
					  PRINT_LEFT;
	return OK;
}

static struct error *
read_columns(const struct reading *in, const struct place *place, const json_t *object,
	     struct print_section *section)
{
	const struct place columns = { .above = place, .name = "columns" };
	const json_t *array;

	TRY(check_array(in, place, object, "columns", true, SHEET_MOST_COLUMNS, &array));
	section->columns_count = json_array_size(array);
	if (section->columns_count == 0)
		return reject(place_name(in, &columns, NULL), "列が一つ以上必要です。");
	section->columns = ARENA_ARRAY(in->arena, struct print_column, section->columns_count);
	for (size_t i = 0; i < section->columns_count; i++) {
		const struct place here = { .above = &columns, .no = i };
		const json_t *column = json_array_get(array, i);
		struct print_column *got = &section->columns[i];

		TRY(check_object(in, &here, column, "name width side"));
		TRY(check_text(in, &here, column, &column_rule, &got->name));
		TRY(check_number(in, &here, column, "width", 1, 1000, &got->width));
		if (got->width == 0)
			return reject(place_name(in, &here, "width"), "この項目が必要です。");
		TRY(read_side(in, &here, column, &got->side));
	}
	return OK;
}

static struct error *
read_cells(const struct reading *in, const struct place *place, const json_t *cells, size_t count,
	   struct text *into)
{
	if (!json_is_array(cells) || json_array_size(cells) != count)
		return reject(place_name(in, place, NULL),
			      "行は、列と同じ数(%zu)の文字列の配列です。", count);
	for (size_t i = 0; i < count; i++) {
		const struct place here = { .above = place, .no = i };

		TRY(check_text_value(in, &here, json_array_get(cells, i), &value_rule, &into[i]));
	}
	return OK;
}

static struct error *
read_items(struct reading *in, const struct place *place, const json_t *object,
	   struct print_section *section)
{
	const struct place rows = { .above = place, .name = "rows" };
	const json_t *array;

	TRY(check_object(in, place, object, "kind heading columns rows empty_rows"));
	TRY(read_columns(in, place, object, section));
	TRY(check_number(in, place, object, "empty_rows", 0, 40, &section->empty_rows));
	TRY(check_array(in, place, object, "rows", true, SHEET_MOST_ROWS - in->rows, &array));
	section->rows_count = json_array_size(array);
	in->rows += section->rows_count;
	section->rows = ARENA_ARRAY(in->arena, struct text *, section->rows_count + 1);
	for (size_t i = 0; i < section->rows_count; i++) {
		const struct place here = { .above = &rows, .no = i };

		section->rows[i] = ARENA_ARRAY(in->arena, struct text, section->columns_count);
		TRY(read_cells(in, &here, json_array_get(array, i), section->columns_count,
			       section->rows[i]));
	}
	return OK;
}

static struct error *
read_step(const struct reading *in, const struct place *place, const json_t *object,
	  struct print_step *step)
{
	const struct text_rule role = {
		.name = "role", .most = SHEET_MOST_LABEL, .is_needed = true
	};
	const struct text_rule post = { .name = "post", .most = SHEET_MOST_NAME };
	const struct text_rule name = { .name = "name", .most = SHEET_MOST_NAME };
	const struct text_rule verdict = { .name = "verdict", .most = 40, .is_one_line = true };
	const struct text_rule as = { .name = "as", .most = 20, .is_one_line = true };
	bool has_day;

	TRY(check_object(in, place, object, "role post name verdict day is_deputy as"));
	TRY(check_text(in, place, object, &role, &step->role));
	TRY(check_text(in, place, object, &post, &step->post));
	TRY(check_text(in, place, object, &name, &step->name));
	TRY(check_text(in, place, object, &verdict, &step->verdict));
	TRY(check_text(in, place, object, &as, &step->as));
	step->day = DAY_NONE;
	TRY(check_day(in, place, object, "day", &has_day, &step->day));
	return check_bool(in, place, object, "is_deputy", &step->is_deputy);
}

static struct error *
read_decisions(struct reading *in, const struct place *place, const json_t *object,
	       struct print_section *section)
{
	const struct place steps = { .above = place, .name = "steps" };
	const json_t *array;

	TRY(check_object(in, place, object, "kind heading steps"));
	TRY(check_array(in, place, object, "steps", true, SHEET_MOST_STEPS, &array));
	section->steps_count = json_array_size(array);
	section->steps = ARENA_ARRAY(in->arena, struct print_step, section->steps_count + 1);
	for (size_t i = 0; i < section->steps_count; i++) {
		const struct place here = { .above = &steps, .no = i };

		TRY(read_step(in, &here, json_array_get(array, i), &section->steps[i]));
	}
	return OK;
}

static struct error *
read_event(const struct reading *in, const struct place *place, const json_t *object,
	   struct text *cells)
{
	const struct text_rule who = { .name = "who", .most = SHEET_MOST_NAME };
	const struct text_rule what = {
		.name = "what", .most = SHEET_MOST_VALUE, .is_needed = true
	};
	struct moment at;

	TRY(check_object(in, place, object, "at who what"));
	TRY(check_moment(in, place, object, "at", &at));
	cells[0] = moment_wareki(in->arena, at);
	TRY(check_text(in, place, object, &who, &cells[1]));
	return check_text(in, place, object, &what, &cells[2]);
}

/* A history is an items table whose columns are known. */
static struct error *
read_history(struct reading *in, const struct place *place, const json_t *object,
	     struct print_section *section)
{
	static const struct {
		const char *name;
		int width;
	} columns[3] = { { N_("日時"), 42 }, { N_("行った者"), 38 }, { N_("行ったこと"), 70 } };
	const struct place events = { .above = place, .name = "events" };
	const json_t *array;

	TRY(check_object(in, place, object, "kind heading events"));
	TRY(check_array(in, place, object, "events", true, SHEET_MOST_EVENTS, &array));
	section->columns_count = 3;
	section->columns = ARENA_ARRAY(in->arena, struct print_column, 3);
	for (size_t i = 0; i < 3; i++) {
		section->columns[i] = (struct print_column){
			.name = text_of(say(columns[i].name)),
			.width = columns[i].width,
			.side = PRINT_LEFT,
		};
	}
	section->rows_count = json_array_size(array);
	section->rows = ARENA_ARRAY(in->arena, struct text *, section->rows_count + 1);
	for (size_t i = 0; i < section->rows_count; i++) {
		const struct place here = { .above = &events, .no = i };

		section->rows[i] = ARENA_ARRAY(in->arena, struct text, 3);
		TRY(read_event(in, &here, json_array_get(array, i), section->rows[i]));
	}
	return OK;
}

static struct error *
read_label(const struct reading *in, const struct place *place, const json_t *object,
	   struct print_label *label)
{
	static const struct text_rule rules[] = {
		{ .name = "code", .most = SHEET_MOST_CODE, .is_needed = true, .is_one_line = true },
		{ .name = "shown", .most = SHEET_MOST_LABEL, .is_needed = true, .is_one_line = true },
		{ .name = "title", .most = SHEET_MOST_NAME, .is_needed = true, .is_one_line = true },
		{ .name = "place", .most = SHEET_MOST_NAME, .is_one_line = true },
	};

	TRY(check_object(in, place, object, "code shown title place"));
	TRY(check_text(in, place, object, &rules[0], &label->code));
	TRY(check_text(in, place, object, &rules[1], &label->shown));
	TRY(check_text(in, place, object, &rules[2], &label->title));
	return check_text(in, place, object, &rules[3], &label->place);
}

static struct error *
read_labels(struct reading *in, const struct place *place, const json_t *object,
	    struct print_section *section)
{
	const struct place labels = { .above = place, .name = "labels" };
	const json_t *array;

	TRY(check_object(in, place, object, "kind heading labels"));
	TRY(check_array(in, place, object, "labels", true, SHEET_MOST_LABELS, &array));
	section->labels_count = json_array_size(array);
	section->labels = ARENA_ARRAY(in->arena, struct print_label, section->labels_count + 1);
	for (size_t i = 0; i < section->labels_count; i++) {
		const struct place here = { .above = &labels, .no = i };

		TRY(read_label(in, &here, json_array_get(array, i), &section->labels[i]));
	}
	return OK;
}

static struct error *
read_notes(struct reading *in, const struct place *place, const json_t *object,
	   struct print_section *section)
{
	TRY(check_object(in, place, object,
			 section->kind == PRINT_NOTES ? "kind heading lines" : "kind lines"));
	return check_texts(in, place, object, &notes_rule, SHEET_MOST_LINES, &section->notes,
			   &section->notes_count);
}

struct section_reader {
	const char *kind;
	enum print_section_kind is;
	struct error *(*read)(struct reading *in, const struct place *place, const json_t *object,
			      struct print_section *section);
};

static const struct section_reader readers[] = {
	{ "rows", PRINT_ROWS, read_rows },
	{ "items", PRINT_ITEMS, read_items },
	{ "decisions", PRINT_DECISIONS, read_decisions },
	{ "notes", PRINT_NOTES, read_notes },
	{ "history", PRINT_HISTORY, read_history },
	{ "remarks", PRINT_REMARKS, read_notes },
	{ "labels", PRINT_LABELS, read_labels },
};

static struct error *
read_section(struct reading *in, const struct place *place, const json_t *object,
	     struct print_section *section)
{
	const struct text_rule rule = { .name = "kind", .most = 20, .is_needed = true };
	struct text kind;

	if (!json_is_object(object))
		return reject(place_name(in, place, NULL), "ここにはオブジェクト {…} が必要です。");
	TRY(check_text(in, place, object, &rule, &kind));
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		if (!text_is(kind, readers[i].kind))
			continue;
		section->kind = readers[i].is;
		TRY(check_text(in, place, object, &heading_rule, &section->heading));
		return readers[i].read(in, place, object, section);
	}
	return reject(place_name(in, place, "kind"),
		      "kindはrows、items、decisions、notes、history、remarks、labelsのどれかです。");
}

struct error *
read_sections(struct reading *in, const json_t *job, struct print_job *into)
{
	const struct place sections = { .name = "sections" };
	const json_t *array;

	TRY(check_array(in, NULL, job, "sections", true, SHEET_MOST_SECTIONS, &array));
	into->sections_count = json_array_size(array);
	into->sections = ARENA_ARRAY(in->arena, struct print_section, into->sections_count + 1);
	for (size_t i = 0; i < into->sections_count; i++) {
		const struct place here = { .above = &sections, .no = i };

		TRY(read_section(in, &here, json_array_get(array, i), &into->sections[i]));
	}
	return OK;
}
