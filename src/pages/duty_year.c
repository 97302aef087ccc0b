/* The year of duties: what a reader sees at once, and what an auditor takes along. */
#include "pages/duty_pages.h"
#include "pages/dossier_parts.h"

#include "base/number.h"

enum { MONTHS = 12, YEARS_SHOWN = 4 };

struct asked {
	int year, this_year;
	struct unit_id unit;
	struct text place;
};

static struct error *
read_asked(struct look *look, struct visit *visit, struct asked *asked)
{
	int64_t year, unit = 0;
	*asked = (struct asked){ .this_year = day_fiscal_year(visit->today),
				 .place = text_of(say("全庁")) };
	asked->year = asked->this_year;
	if (number_read(visit_text(visit, "year"), 2000, 2098, &year))
		asked->year = (int)year; /* within those bounds */
	if (!number_read(visit_text(visit, "unit"), 1, INT64_MAX, &unit))
		return OK;
	struct unit found;
	TRY(people_unit(look, (struct unit_id){ unit }, &found));
	asked->unit = found.id;
	asked->place = found.name;
	return OK;
}

static struct filter_part
years_filter(struct visit *visit, const struct asked *asked)
{
	struct filter_part filter = filter_of(visit, "year", say("年度"), "", YEARS_SHOWN);
	for (int at = 0; at < YEARS_SHOWN; at++) {
		const int year = asked->this_year + 1 - at;
		filter_add(&filter, text_format(visit->arena, "%d", year),
			   fiscal_wareki(visit->arena, year));
		filter.options[at].is_chosen = year == asked->year;
	}
	return filter;
}

static struct error *
units_filter(struct look *look, struct visit *visit, const struct asked *asked,
	     struct filter_part *filter)
{
	struct field_option *options;
	size_t count;
	TRY(unit_options(look, visit, &options, &count));
	*filter = filter_of(visit, "unit", say("所属"), say("全庁"), count);
	for (size_t at = 0; at < count; at++) {
		int64_t unit = 0;
		filter_add(filter, options[at].value, options[at].words);
		filter->options[at].is_chosen =
			number_read(options[at].value, 1, INT64_MAX, &unit) &&
			unit == asked->unit.no;
	}
	return OK;
}

static int
calendar_month(int column)
{
	return (column + 3) % MONTHS + 1;
}

/* 済み3、遅れ1 */
static struct text
cell_words(struct arena *arena, const struct duty_cell *cell)
{
	static const enum duty_state order[] = { DUTY_LATE, DUTY_OPEN, DUTY_PLANNED, DUTY_DONE,
						 DUTY_EXCUSED };
	struct text words = T("");
	if (cell->all == 0)
		return text_of(say("予定"));
	for (size_t at = 0; at < sizeof order / sizeof *order; at++)
		if (cell->of[order[at]] != 0)
			words = text_format(arena, "%.*s%s%s%lld", T_ARG(words),
					    words.len == 0 ? "" : say("、"),
					    duty_state_words(order[at]),
					    (long long)cell->of[order[at]]);
	return words;
}

static struct url
month_url(struct visit *visit, const struct asked *asked, struct text code, int column)
{
	struct arena *arena = visit->arena;
	const int year = asked->year + (column >= 9);
	struct url url = url_query(arena, duty_url(arena, code), "month",
				   text_format(arena, "%d-%02d", year, calendar_month(column)));
	if (asked->unit.no != 0)
		url = url_query(arena, url, "unit",
				text_format(arena, "%lld", (long long)asked->unit.no));
	return url;
}

/* One occurrence: its own page, for who may open it. */
static struct error *
cell_url(struct look *look, struct visit *visit, const struct asked *asked,
	 const struct duty_year_row *row, int column, struct url *url)
{
	const struct duty_cell *cell = &row->months[column];
	struct duty_occurrence one;
	*url = month_url(visit, asked, row->code, column);
	if (cell->one.no == 0)
		return OK;
	TRY(duty_read(look, visit->office->flow, cell->one, &one));
	if (occurrence_opens(look, visit, &one))
		*url = occurrence_url(visit->arena, one.id);
	return OK;
}

static struct error *
fill_months(struct look *look, struct visit *visit, const struct asked *asked,
	    const struct duty_year_row *row, struct duty_year_rows *out)
{
	const int now = asked->year != asked->this_year ? -1 : 0;
	int year, month, day;
	day_parts(visit->today, &year, &month, &day);
	out->months = ARENA_ARRAY(visit->arena, struct duty_year_rows_months, MONTHS);
	out->months_count = MONTHS;
	for (int at = 0; at < MONTHS; at++) {
		const struct duty_cell *cell = &row->months[at];
		struct duty_year_rows_months *made = &out->months[at];
		made->is_now = now == 0 && calendar_month(at) == month;
		if (cell->all == 0 && !cell->is_to_come)
			continue;
		const enum duty_state state = duty_cell_state(cell);
		made->mark = text_of(duty_state_mark(state));
		made->state = text_of(duty_state_name(state));
		made->words = cell_words(visit->arena, cell);
		made->is_linked = cell->all != 0;
		if (cell->all > 1)
			made->count = text_format(visit->arena, "%lld/%lld",
						  (long long)(cell->of[DUTY_DONE] +
							      cell->of[DUTY_EXCUSED]),
						  (long long)cell->all);
		if (cell->all != 0)
			TRY(cell_url(look, visit, asked, row, at, &made->href));
	}
	return OK;
}

static struct text
clause_numbers(struct arena *arena, const struct pack_duty *duty)
{
	struct text words = T("");
	for (size_t at = 0; at < duty->clauses_count; at++)
		words = text_format(arena, "%.*s%s%.*s", T_ARG(words), at == 0 ? "" : say("、"),
				    T_ARG(duty->clauses[at]->number));
	return words;
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct asked *asked,
	 const struct duty_year_row *row, struct duty_year_rows *out)
{
	out->title = row->duty != NULL ? words_now(row->duty->name) : row->code;
	out->href = duty_url(visit->arena, row->code);
	if (row->duty != NULL) {
		out->owner = words_now(row->duty->owner->short_name);
		out->clauses = clause_numbers(visit->arena, row->duty);
		TRY(duty_rhythm_words(look, visit->office->pack, row->duty, &out->rhythm));
	}
	return fill_months(look, visit, asked, row, out);
}

static void
fill_heads(struct visit *visit, const struct asked *asked, struct duty_year_page *page)
{
	int year, month, day;
	day_parts(visit->today, &year, &month, &day);
	page->heads = ARENA_ARRAY(visit->arena, struct duty_year_heads, MONTHS);
	page->heads_count = MONTHS;
	for (int at = 0; at < MONTHS; at++)
		page->heads[at] = (struct duty_year_heads){
			text_format(visit->arena, say("%d月"), calendar_month(at)),
			asked->year == asked->this_year && calendar_month(at) == month,
		};
	page->legend = ARENA_ARRAY(visit->arena, struct duty_year_legend, DUTY_STATES);
	page->legend_count = DUTY_DROPPED;
	for (int at = 0; at < DUTY_DROPPED; at++)
		page->legend[at] = (struct duty_year_legend){
			text_of(duty_state_mark((enum duty_state)at)),
			text_of(duty_state_name((enum duty_state)at)),
			text_of(duty_state_words((enum duty_state)at)),
		};
}

static struct url
with_asked(struct visit *visit, const struct asked *asked, struct url url)
{
	url = url_query(visit->arena, url, "year", text_format(visit->arena, "%d", asked->year));
	if (asked->unit.no != 0)
		url = url_query(visit->arena, url, "unit",
				text_format(visit->arena, "%lld", (long long)asked->unit.no));
	return url;
}

static struct error *
duty_year_draw(struct look *look, struct visit *visit)
{
	struct asked asked;
	struct duty_year_row *rows;
	struct filter_part units;
	size_t count;
	TRY(read_asked(look, visit, &asked));
	TRY(duty_year(look, visit->office->flow, asked.year, asked.unit, &rows, &count));
	TRY(units_filter(look, visit, &asked, &units));
	struct filter_part years = years_filter(visit, &asked);
	struct duty_year_page page = {
		.frame = visit_frame(visit, text_of(say("年間表")), "yearly"),
		.year = fiscal_wareki(visit->arena, asked.year),
		.place = asked.place,
		.years = &years,
		.units = &units,
		.at = visit->now,
		.csv = with_asked(visit, &asked, url_path(visit->arena, "/duties/year/csv")),
		.xlsx = with_asked(visit, &asked, url_path(visit->arena, "/duties/year/xlsx")),
		.rows = ARENA_ARRAY(visit->arena, struct duty_year_rows, count + 1),
		.rows_count = count,
	};
	fill_heads(visit, &asked, &page);
	for (size_t at = 0; at < count; at++) {
		TRY(fill_row(look, visit, &asked, &rows[at], &page.rows[at]));
		for (int month = 0; month < MONTHS; month++)
			page.late += rows[at].months[month].of[DUTY_LATE];
	}
	return visit_draw(visit, duty_year_page, &page);
}

/* ---- To take away ---- */

static struct error *
duty_year_send(struct look *look, struct visit *visit)
{
	enum { BEFORE = 4 };
	struct rows_column columns[BEFORE + MONTHS] = {
		{ text_of(say("仕事")), 36 },
		{ text_of(say("条項")), 16 },
		{ text_of(say("担当")), 20 },
		{ text_of(say("いつ")), 20 },
	};
	struct asked asked;
	struct duty_year_row *rows;
	size_t count;
	TRY(read_asked(look, visit, &asked));
	TRY(duty_year(look, visit->office->flow, asked.year, asked.unit, &rows, &count));
	for (int at = 0; at < MONTHS; at++)
		columns[BEFORE + at] = (struct rows_column){
			text_format(visit->arena, say("%d月"), calendar_month(at)), 12
		};
	const struct text name = text_format(visit->arena, say("年間表 %.*s"),
					     T_ARG(fiscal_wareki(visit->arena, asked.year)));
	struct rows_out out = rows_begin(visit->arena, name, columns, BEFORE + MONTHS, count);
	out.said = text_format(visit->arena, "%.*s %.*s", T_ARG(asked.place),
			       T_ARG(moment_wareki(visit->arena, visit->now)));
	for (size_t at = 0; at < count; at++) {
		struct duty_year_rows row = { 0 };
		TRY(fill_row(look, visit, &asked, &rows[at], &row));
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(row.title);
		*cell++ = rows_words(row.clauses);
		*cell++ = rows_words(row.owner);
		*cell++ = rows_words(row.rhythm);
		for (int month = 0; month < MONTHS; month++)
			*cell++ = rows_words(row.months[month].mark.len == 0
						     ? T("")
						     : row.months[month].words);
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(duty_year,
	  { { METHOD_GET, "/duties/year" }, RIGHT_MAP_READ, PAGE_LOOK, .look = duty_year_draw },
	  { { METHOD_GET, "/duties/year/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = duty_year_send },
	  { { METHOD_GET, "/duties/year/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = duty_year_send });
