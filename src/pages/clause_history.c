/* A clause's year: its state at each month's end from April to March, and every change. */
#include "pages/list_pages.h"

#include "base/number.h"

enum { MONTHS = 12, YEAR_LEAST = 2000, YEAR_MOST = 2100 };

static const char *const month_names[MONTHS] = {
	N_("4月"), N_("5月"), N_("6月"), N_("7月"), N_("8月"), N_("9月"), N_("10月"), N_("11月"),
	N_("12月"), N_("1月"), N_("2月"), N_("3月"),
};

/* The last day of the month that is so many months after April of the fiscal year. */
static struct day
month_end(int year, int month)
{
	struct day next = DAY_NONE;
	const int number = 4 + month; /* counted from January of `year` */
	const int after = number + 1;
	if (!day_make(year + (after > 12 ? 1 : 0), after > 12 ? after - 12 : after, 1, &next))
		return DAY_NONE;
	return day_plus(next, -1);
}

static void
fill_months(struct visit *visit, int year, const struct assure_change *list, size_t count,
	    struct clause_page *page)
{
	page->months = ARENA_ARRAY(visit->arena, struct clause_months, MONTHS);
	page->months_count = MONTHS;
	for (int at = 0; at < MONTHS; at++) {
		enum clause_state state = STATE_MISSING;
		const struct day end = month_end(year, at);
		const struct day begin = at == 0 ? month_end(year - 1, MONTHS - 1) : month_end(year, at - 1);
		struct clause_months *month = &page->months[at];
		month->name = text_of(say(month_names[at]));
		month->is_known = begin.no < visit->today.no &&
				  assure_state_at(list, count, end, &state);
		month->state = month->is_known ? text_of(clause_state_name(state)) : T("unknown");
		month->state_words = text_of(clause_state_words(state));
	}
}

static void
fill_change(struct visit *visit, const struct assure_change *from, struct clause_changes *change)
{
	*change = (struct clause_changes){
		.at = from->at,
		.state = text_of(clause_state_name(from->state)),
		.state_words = text_of(clause_state_words(from->state)),
		.before_words = text_of(clause_state_words(from->before)),
		.is_first = from->is_first,
		.why = from->why,
		.is_counted = from->all != 0,
		.good = from->good,
		.all = from->all,
	};
	if (from->entry < 0)
		return;
	change->entry = text_format(visit->arena, "%lld", (long long)from->entry);
	change->has_entry = visit_may(visit, RIGHT_JOURNAL_READ);
	change->entry_href = url_of(visit->arena, "/journal/entries/{}", change->entry);
}

static struct url
year_url(struct visit *visit, const struct pack_clause *clause, int year)
{
	return url_query_number(visit->arena, clause_page_url(visit->arena, clause), "year", year);
}

struct error *
clause_history(struct look *look, struct visit *visit, const struct pack_clause *clause,
	       struct clause_page *page)
{
	const int now = day_fiscal_year(visit->today);
	struct assure_change *list;
	int64_t asked = now;
	size_t count;
	if (!number_read(visit_text(visit, "year"), YEAR_LEAST, YEAR_MOST, &asked))
		asked = now;
	const int year = (int)asked; /* within YEAR_LEAST and YEAR_MOST */
	TRY(assure_changes(look, clause->id, &list, &count));
	page->year = fiscal_wareki(visit->arena, year);
	fill_months(visit, year, list, count, page);
	page->changes = ARENA_ARRAY(visit->arena, struct clause_changes, count + 1);
	for (size_t at = 0; at < count; at++) {
		const int its = day_fiscal_year(moment_day(list[at].at));
		if (its < year && url_is_empty(page->year_before))
			page->year_before = year_url(visit, clause, year - 1);
		if (its == year)
			fill_change(visit, &list[at], &page->changes[page->changes_count++]);
	}
	if (year < now)
		page->year_after = year_url(visit, clause, year + 1);
	return OK;
}
