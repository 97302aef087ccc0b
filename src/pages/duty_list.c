/* One duty: what it asks, and every time it was due. */
#include "pages/duty_pages.h"

#include "base/number.h"

enum { SHOWN_MOST = 500 };

struct narrowed {
	struct text code;
	struct duty_query query;
	struct text month; /* 令和8年6月; empty: all */
};

static bool
read_month(struct text typed, struct day *first, struct day *last)
{
	struct text year, month;
	int64_t y, m;
	if (!text_cut(typed, '-', &year, &month) || !number_read(year, 2000, 2098, &y) ||
	    !number_read(month, 1, 12, &m))
		return false;
	/* Both are within those bounds. */
	struct day next;
	if (!day_make((int)y, (int)m, 1, first) ||
	    !day_make((int)y + (m == 12), m == 12 ? 1 : (int)m + 1, 1, &next))
		return false;
	*last = day_plus(next, -1);
	return true;
}

static void
read_narrowed(struct visit *visit, struct narrowed *narrowed)
{
	struct day first, last;
	int64_t unit;
	*narrowed = (struct narrowed){
		.code = capture_text(visit->captures, "code"),
		.query = { .from = DAY_NONE, .until = DAY_NONE },
	};
	narrowed->query.duty = narrowed->code;
	if (number_read(visit_text(visit, "unit"), 1, INT64_MAX, &unit))
		narrowed->query.within.no = unit;
	if (!read_month(visit_text(visit, "month"), &first, &last))
		return;
	int year, month, day;
	narrowed->query.from = first;
	narrowed->query.until = last;
	day_parts(first, &year, &month, &day);
	narrowed->month = text_format(visit->arena, say("%d年%d月"), year, month);
}

/* A reason says more than the one word of the state. */
static struct text
said_of(const struct duty_occurrence *one)
{
	return one->state == DUTY_EXCUSED || one->state == DUTY_DROPPED ? one->words : one->why;
}

static void
fill_one(struct look *look, struct visit *visit, const struct duty_occurrence *one,
	 struct duty_list_rows *out)
{
	const bool may_open = occurrence_opens(look, visit, one);
	*out = (struct duty_list_rows){
		.title = one->row_title,
		.place = occurrence_place(one),
		.href = occurrence_url(visit->arena, one->id),
		.may_open = may_open,
		.due = one->due,
		.state = text_of(duty_state_words(one->state)),
		.tag = duty_tag(one->state),
		.done_on = one->done_on,
		.who = one->person_name,
		.words = may_open ? said_of(one) : T(""),
	};
}

static struct error *
fill_duty(struct look *look, struct visit *visit, const struct pack_duty *duty,
	  struct duty_list_page *page)
{
	struct arena *arena = visit->arena;
	page->help = words_now(duty->help);
	page->owner = words_now(duty->owner->name);
	TRY(duty_rhythm_words(look, visit->office->pack, duty, &page->rhythm));
	if (duty->by.len != 0)
		page->by = text_of(say("ほかの画面で行うと、ひとりでに済みになります。"));
	if (duty->puts != NULL) {
		page->puts = words_now(duty->puts->name);
		page->puts_href = url_of(arena, "/ledger/{}", duty->puts->code);
	}
	page->clauses = ARENA_ARRAY(arena, struct duty_list_clauses, duty->clauses_count + 1);
	page->clauses_count = duty->clauses_count;
	for (size_t at = 0; at < duty->clauses_count; at++)
		page->clauses[at] = (struct duty_list_clauses){
			duty->clauses[at]->number, words_now(duty->clauses[at]->duty),
			clause_page_url(arena, duty->clauses[at])
		};
	return OK;
}

static struct url
with_narrowed(struct visit *visit, struct url url)
{
	static const char *const names[] = { "month", "unit" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++)
		if (visit_text(visit, names[at]).len != 0)
			url = url_query(visit->arena, url, names[at],
					visit_text(visit, names[at]));
	return url;
}

static struct error *
read_list(struct look *look, struct visit *visit, struct narrowed *narrowed, size_t most,
	  struct duty_occurrence **list, size_t *count)
{
	read_narrowed(visit, narrowed);
	TRY(duty_list(look, visit->office->flow, &narrowed->query, most, list, count));
	if (*count == 0 && pack_duty(visit->office->pack, narrowed->code) == NULL)
		return missing("その仕事は方針にありません。年間表から選んでください。");
	return OK;
}

static struct error *
duty_list_draw(struct look *look, struct visit *visit)
{
	struct narrowed narrowed;
	struct duty_occurrence *list;
	size_t count;
	TRY(read_list(look, visit, &narrowed, SHOWN_MOST, &list, &count));
	const struct pack_duty *duty = pack_duty(visit->office->pack, narrowed.code);
	const struct text title = duty != NULL ? words_now(duty->name) : narrowed.code;
	struct duty_list_page page = {
		.frame = visit_frame(visit, title, "yearly"),
		.title = title,
		.month = narrowed.month,
		.all = duty_url(visit->arena, narrowed.code),
		.total = (int64_t)count, /* at most SHOWN_MOST */
		.is_cut = count == SHOWN_MOST,
		.csv = with_narrowed(visit, url_of(visit->arena, "/duties/{}/csv", narrowed.code)),
		.xlsx = with_narrowed(visit, url_of(visit->arena, "/duties/{}/xlsx", narrowed.code)),
		.rows = ARENA_ARRAY(visit->arena, struct duty_list_rows, count + 1),
		.rows_count = count,
	};
	if (duty != NULL)
		TRY(fill_duty(look, visit, duty, &page));
	for (size_t at = 0; at < count; at++)
		fill_one(look, visit, &list[at], &page.rows[at]);
	return visit_draw(visit, duty_list_page, &page);
}

static struct error *
duty_list_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("期限")), 18 },	  { text_of(say("ところ")), 30 },
		{ text_of(say("何について")), 40 }, { text_of(say("状態")), 12 },
		{ text_of(say("行った日")), 18 }, { text_of(say("だれが")), 18 },
		{ text_of(say("わけ")), 50 },
	};
	struct narrowed narrowed;
	struct duty_occurrence *list;
	size_t count;
	TRY(read_list(look, visit, &narrowed, DUTY_MOST_LISTED, &list, &count));
	const struct pack_duty *duty = pack_duty(visit->office->pack, narrowed.code);
	struct rows_out out =
		rows_begin(visit->arena, duty != NULL ? words_now(duty->name) : narrowed.code, columns,
			   sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct duty_list_rows row;
		fill_one(look, visit, &list[at], &row);
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_day(row.due);
		*cell++ = rows_words(row.place);
		*cell++ = rows_words(row.title);
		*cell++ = rows_words(row.state);
		*cell++ = rows_day(row.done_on);
		*cell++ = rows_words(row.who);
		*cell++ = rows_words(row.words);
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(duty_list,
	  { { METHOD_GET, "/duties/{code:text}" }, RIGHT_MAP_READ, PAGE_LOOK, .look = duty_list_draw },
	  { { METHOD_GET, "/duties/{code:text}/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = duty_list_send },
	  { { METHOD_GET, "/duties/{code:text}/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = duty_list_send });
