/* Values at the boundary: the shortest and the longest a field takes. */
#include "cli/walk.h"

enum { TEXT_USUAL = 400, LONG_USUAL = 8000, MINUTE_MS = 60000 };

/* Every text is another one, since some must be; characters are those that break things. */
static struct text
words_of(struct walking *walking, int64_t characters)
{
	static const char *const rare[] = { "𠮷", "髙", "ゔ", "㈱", "ﾊﾟ", "葛󠄀" };
	struct writer out = writer_open(walking->case_arena, (size_t)characters * 8 + 64);
	struct text no = text_format(walking->case_arena, "%lld", (long long)++walking->serial);
	if ((int64_t)no.len > characters)
		no = text_from(no, no.len - (size_t)characters); /* both positive */
	write_text(&out, no);
	while ((int64_t)text_count(writer_text(&out)) < characters) {
		const int64_t left = characters - (int64_t)text_count(writer_text(&out));
		const struct text next = text_of(rare[left % 6]);
		write_text(&out, (int64_t)text_count(next) <= left ? next : T("字"));
	}
	return writer_text(&out);
}

/* 目的（例 12） */
static struct text
usual_for(struct walking *walking, const struct pack_field *field)
{
	const struct text words = text_format(walking->case_arena, say("%.*s（例%lld）"),
					      T_ARG(words_now(field->label)),
					      (long long)++walking->serial);
	if (field->has_most && (int64_t)text_count(words) > field->most)
		return words_of(walking, field->most);
	return words;
}

static struct text
text_for(struct walking *walking, const struct pack_field *field, enum walk_fill fill)
{
	if (fill == FILL_USUAL && !(field->has_least && field->least > 1))
		return usual_for(walking, field);
	const int64_t usual = field->kind == FIELD_TEXT ? TEXT_USUAL : LONG_USUAL;
	if (fill == FILL_MOST)
		return words_of(walking, field->has_most ? field->most : usual);
	return words_of(walking, field->has_least && field->least > 1 ? field->least : 1);
}

static struct text
choices_for(struct walking *walking, const struct pack_field *field, enum walk_fill fill)
{
	struct writer out = writer_open(walking->case_arena, 1 << 20);
	const size_t count = fill == FILL_MOST && field->kind == FIELD_CHOICES
				     ? field->choices_count
				     : 1;
	size_t first = fill == FILL_MOST && field->kind == FIELD_CHOICE ? field->choices_count - 1 : 0;
	if (fill == FILL_USUAL && field->choices_count != 0)
		first = (size_t)++walking->serial % field->choices_count; /* not negative */
	for (size_t at = first; at < first + count && at < field->choices_count; at++) {
		if (out.len != 0)
			write_byte(&out, '\n');
		write_text(&out, field->choices[at].code);
	}
	return writer_text(&out);
}

static struct text
serials_for(struct walking *walking, const struct pack_field *field, enum walk_fill fill)
{
	struct writer out = writer_open(walking->case_arena, 1 << 16);
	int64_t count = field->has_least && field->least > 1 ? field->least : 1;
	if (fill == FILL_MOST && field->has_most && count < 5)
		count = field->most < 5 ? field->most : 5;
	for (int64_t at = 0; at < count; at++)
		write_format(&out, "%sW-%06lld\t媒体", at == 0 ? "" : "\n",
			     (long long)++walking->serial);
	return writer_text(&out);
}

static struct text
clauses_for(struct walking *walking, enum walk_fill fill)
{
	struct writer out = writer_open(walking->case_arena, 1 << 14);
	size_t left = fill == FILL_MOST ? 3 : 1;
	for (size_t at = 0; at < walking->pack->clauses_count && left != 0; at++) {
		if (!walking->pack->clauses[at].is_duty)
			continue;
		if (out.len != 0)
			write_byte(&out, '\n');
		write_text(&out, walking->pack->clauses[at].id);
		left--;
	}
	return writer_text(&out);
}

static struct text
row_for(struct walking *walking, const struct pack_field *field)
{
	const struct pack *pack = walking->pack;
	if (walking->rows == NULL || field->of == NULL)
		return T("");
	const size_t ledger = (size_t)(field->of - pack->ledgers); /* it is one of them */
	for (size_t at = 0; at < WALK_ROWS; at++)
		if (walking->rows[ledger * WALK_ROWS + at].no != 0)
			return text_number(walking->case_arena,
					   walking->rows[ledger * WALK_ROWS + at].no);
	return T("");
}

struct moment
walk_now(const struct walking *walking)
{
	return walking->now.ms != 0 ? walking->now : moment_now();
}

static struct moment
next_minute(struct walking *walking)
{
	return (struct moment){ walk_now(walking).ms + (++walking->serial % 500) * MINUTE_MS };
}

struct text
walk_value(struct walking *walking, const struct pack_field *field, enum walk_fill fill)
{
	struct arena *into = walking->case_arena;
	const struct day today = moment_day(walk_now(walking));
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
		return text_for(walking, field, fill);
	case FIELD_DAY:
		return day_iso(into, today);
	case FIELD_MOMENT:
		return moment_local(into, next_minute(walking));
	case FIELD_PERIOD:
		return text_format(into, "%.*s/%.*s", T_ARG(day_iso(into, today)),
				   T_ARG(day_iso(into, day_plus(today, fill == FILL_MOST ? 6 : 0))));
	case FIELD_NUMBER:
		if (fill == FILL_MOST)
			return text_number(into, field->has_most ? field->most : INT32_MAX);
		return text_number(into, field->has_least ? field->least : 0);
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		return choices_for(walking, field, fill);
	case FIELD_YES_NO:
		return fill == FILL_LEAST ? T("no") : T("yes");
	case FIELD_ASSET:
	case FIELD_ASSETS:
		return row_for(walking, field);
	case FIELD_PERSON:
		return text_number(into, ++walking->serial % 2 == 0 ? walking->clerk.no
								    : walking->witness.no);
	case FIELD_UNIT:
		return text_number(into, walking->section.no);
	case FIELD_CLASS:
		if (field->is_computed || field->axis->values_count == 0)
			return T("");
		return field->axis->values[fill == FILL_MOST ? 0 : field->axis->values_count - 1].code;
	case FIELD_SERIALS:
		return serials_for(walking, field, fill);
	case FIELD_FILE:
		return T("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\t空.txt");
	case FIELD_CLAUSES:
		return clauses_for(walking, fill);
	}
	return T("");
}
