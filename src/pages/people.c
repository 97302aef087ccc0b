/* The directory: searching staff, and the list as CSV. */
#include "pages/people_pages.h"

#include "base/number.h"
#include "base/table.h"
#include "base/writer.h"

enum { PEOPLE_PAGE = 50, CSV_PAGE = 200, CSV_MOST = 16 << 20 };

/* What the search form asks for; the same words go into the links of the pages. */
struct asked {
	struct people_search search;
	struct url base; /* the query without the place in the list */
};

static void
read_unit(const struct visit *visit, struct unit_id *unit)
{
	int64_t number;
	const struct text typed = text_trim(visit_text(visit, "unit"));
	unit->no = number_read(typed, 1, INT64_MAX, &number) ? number : 0;
}

static void
read_asked(struct visit *visit, struct url base, struct asked *asked)
{
	struct arena *arena = visit->arena;
	struct people_search *search = &asked->search;
	*search = (struct people_search){
		.words = text_trim(visit_text(visit, "q")),
		.with_ended = visit_text(visit, "ended").len != 0,
		.most = PEOPLE_PAGE,
	};
	(void)shown_day(visit, &search->day);
	read_unit(visit, &search->unit);
	asked->base = with_day(visit, base, search->day);
	if (search->words.len != 0)
		asked->base = url_query(arena, asked->base, "q", search->words);
	if (search->unit.no != 0)
		asked->base = url_query_number(arena, asked->base, "unit", search->unit.no);
	if (search->with_ended)
		asked->base = url_query(arena, asked->base, "ended", T("1"));
}

static void
read_place(const struct visit *visit, struct people_search *search)
{
	int64_t number;
	if (!number_read(visit_text(visit, "after"), 1, INT64_MAX, &number))
		return;
	search->after.no = number;
	search->after_sort = visit_text(visit, "sort");
}

static void
fill_row(struct visit *visit, const struct person_row *person, struct day day,
	 struct people_rows *row)
{
	struct arena *arena = visit->arena;
	*row = (struct people_rows){
		.number = person->number,
		.name = person->name,
		.kana = person->kana,
		.unit = person->unit_name,
		.post = person->post_name,
		.href = with_day(visit, url_of_number(arena, "/people/{}", person->id.no), day),
		.employment = person->employment == EMPLOYMENT_REGULAR
				      ? T("")
				      : text_of(employment_words(person->employment)),
		.has_unit = person->unit.no != 0,
		.has_account = person->has_account,
		.is_away = person->is_away,
		.is_ended = !day_is_none(person->until) && person->until.no < day.no,
		.until = told_until(visit, person->until),
	};
	if (row->has_unit)
		row->unit_href = with_day(
			visit, url_of_number(arena, "/units/{}", person->unit.no), day);
}

static struct error *
fill_units(struct look *look, struct visit *visit, struct unit_id chosen, struct people_page *page)
{
	struct field_option *options;
	TRY(unit_options(look, visit, &options, &page->units_count));
	const struct text wanted = number_text(visit->arena, chosen.no);
	page->units = ARENA_ARRAY(visit->arena, struct people_units, page->units_count + 1);
	for (size_t at = 0; at < page->units_count; at++)
		page->units[at] = (struct people_units){
			.value = options[at].value,
			.words = options[at].words,
			.is_chosen = text_same(options[at].value, wanted),
		};
	return OK;
}

static struct error *
people_draw(struct look *look, struct visit *visit)
{
	struct asked asked, csv;
	struct person_row *rows;
	size_t count;
	bool has_more;
	struct arena *arena = visit->arena;
	struct pager_part pager = { 0 };
	read_asked(visit, url_path(arena, "/people"), &asked);
	read_asked(visit, url_path(arena, "/people/csv"), &csv);
	read_place(visit, &asked.search);
	TRY(people_search(look, &asked.search, &rows, &count, &has_more));
	struct people_page page = {
		.frame = visit_frame(visit, text_of(say("職員")), "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.words = asked.search.words,
		.as_of = as_of(visit, url_path(arena, "/people"),
			       (const char *const[]){ "q", "unit", "ended", NULL }),
		.day_typed = visit_text(visit, "day"),
		.with_ended = asked.search.with_ended,
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.is_narrowed = asked.search.words.len != 0 || asked.search.unit.no != 0,
		.csv = csv.base,
		.rows = ARENA_ARRAY(arena, struct people_rows, count + 1),
		.rows_count = count,
		.pages = &pager,
	};
	for (size_t at = 0; at < count; at++)
		fill_row(visit, &rows[at], asked.search.day, &page.rows[at]);
	TRY(fill_units(look, visit, asked.search.unit, &page));
	if (asked.search.after.no != 0)
		pager.first = asked.base;
	if (has_more) {
		pager.next = url_query(arena, asked.base, "sort", rows[count - 1].sort);
		pager.next = url_query_number(arena, pager.next, "after", rows[count - 1].id.no);
	}
	return visit_draw(visit, people_page, &page);
}

/* ---- CSV ---- */

static void
write_heading(struct writer *out)
{
	static const char *const headings[] = { "職員番号", "氏名", "フリガナ", "所属", "役職",
						"任用の種別", "最後の日" };
	write_z(out, "\xef\xbb\xbf"); /* so that spreadsheets see UTF-8 */
	for (size_t at = 0; at < sizeof headings / sizeof *headings; at++)
		table_write_cell(out, text_of(headings[at]), at == 0);
	table_write_end(out);
}

static void
write_person(const struct visit *visit, struct writer *out, const struct person_row *row)
{
	table_write_cell(out, row->number, true);
	table_write_cell(out, row->name, false);
	table_write_cell(out, row->kana, false);
	table_write_cell(out, row->unit_name, false);
	table_write_cell(out, row->post_name, false);
	table_write_cell(out, day_iso(visit->arena, told_until(visit, row->until)), false);
	table_write_end(out);
}

static struct error *
csv_send(struct look *look, struct visit *visit)
{
	struct asked asked;
	bool has_more = true;
	struct writer out = writer_open(visit->arena, CSV_MOST);
	read_asked(visit, url_path(visit->arena, "/people/csv"), &asked);
	asked.search.most = CSV_PAGE;
	write_heading(&out);
	while (has_more && !writer_is_full(&out)) {
		struct person_row *rows;
		size_t count;
		TRY(people_search(look, &asked.search, &rows, &count, &has_more));
		for (size_t at = 0; at < count; at++)
			write_person(visit, &out, &rows[at]);
		if (count == 0)
			break;
		asked.search.after = rows[count - 1].id;
		asked.search.after_sort = rows[count - 1].sort;
	}
	if (writer_is_full(&out))
		return reject("unit", "一覧が大きすぎます。所属をしぼって保存してください。");
	visit->answer.type = "text/csv; charset=utf-8";
	visit->answer.body = writer_text(&out);
	visit->answer.download = text_format(visit->arena, "%s-%.*s.csv", say("職員"),
					     T_ARG(day_iso(visit->arena, visit->today)));
	return OK;
}

PAGE_ROWS(people,
	  { { METHOD_GET, "/people" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = people_draw },
	  { { METHOD_GET, "/people/csv" }, RIGHT_PEOPLE_READ, PAGE_SLOW_LOOK, .look = csv_send });
