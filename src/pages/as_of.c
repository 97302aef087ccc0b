/* The organisation as of a day: which one a page shows, said clearly, and how to choose another. */
#include "pages/people_pages.h"

struct url
with_day(struct visit *visit, struct url url, struct day day)
{
	return day.no == visit->today.no
		       ? url
		       : url_query(visit->arena, url, "day", day_iso(visit->arena, day));
}

static struct url
with_kept(struct visit *visit, struct url url, const struct as_of_part *part)
{
	for (size_t at = 0; at < part->kept_count; at++)
		url = url_query(visit->arena, url, part->kept[at].name.data, part->kept[at].value);
	return url;
}

static void
add_day(struct visit *visit, struct as_of_part *part, const char *words, struct day day)
{
	if (day.no > visit->today.no && !visit_may(visit, RIGHT_PEOPLE_EDIT))
		return;
	part->days[part->days_count++] = (struct as_of_days){
		.words = text_of(words),
		.href = with_day(visit, part->today, day),
		.is_here = part->day.no == day.no,
	};
}

struct as_of_part *
as_of(struct visit *visit, struct url here, const char *const keeps[])
{
	enum { KEEPS_MOST = 8, DAYS_MOST = 3 };
	struct arena *arena = visit->arena;
	struct as_of_part *part = ARENA_NEW(arena, struct as_of_part);
	part->here = here;
	part->typed = visit_text(visit, "day");
	part->is_bad = !shown_day(visit, &part->day);
	part->is_today = part->day.no == visit->today.no;
	part->is_past = part->day.no < visit->today.no;
	part->kept = ARENA_ARRAY(arena, struct as_of_kept, KEEPS_MOST);
	for (size_t at = 0; keeps != NULL && keeps[at] != NULL && at < KEEPS_MOST; at++)
		if (visit_text(visit, keeps[at]).len != 0)
			part->kept[part->kept_count++] = (struct as_of_kept){
				text_of(keeps[at]), visit_text(visit, keeps[at])
			};
	part->today = with_kept(visit, here, part);
	part->days = ARENA_ARRAY(arena, struct as_of_days, DAYS_MOST);
	const struct day end = day_fiscal_end(visit->today); /* 31 March */
	struct day begin;
	if (day_make(day_fiscal_year(visit->today), 4, 1, &begin))
		add_day(visit, part, say("今年度の4月1日"), begin);
	add_day(visit, part, say("今年度末"), end);
	add_day(visit, part, say("次の4月1日"), day_plus(end, 1));
	return part;
}
