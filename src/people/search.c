/* Finding persons, page by page. */
#include "people/rooms.h"

enum { SEARCH_MOST = 200 };

static struct person_row
row_from(const struct people_person_list_row *row)
{
	return (struct person_row){
		.id = { row->id },
		.number = row->number,
		.name = row->name,
		.kana = row->kana,
		.unit = { row->unit },
		.unit_name = row->unit_name,
		.post_name = row->post_name,
		.has_account = row->has_account,
		.until = day_from_kept(row->until),
		.sort = row->sort,
	};
}

struct error *
people_search(struct look *look, const struct people_search *search, struct person_row **rows,
	      size_t *count, bool *has_more)
{
	const size_t most = search->most == 0 || search->most > SEARCH_MOST ? SEARCH_MOST
									    : search->most;
	const struct day day = day_is_none(search->day) ? look_today(look) : search->day;
	const struct people_person_list_in in = {
		.words = text_fold(look->arena, search->words),
		.unit = search->unit.no,
		.day = day.no,
		.with_ended = search->with_ended,
		.after_sort = search->after_sort,
		.after = search->after.no,
		.most = (int64_t)most + 1, /* 201 at most */
	};
	struct people_person_list_row *got;
	size_t got_count;
	TRY(people_person_list(look, &in, &got, &got_count));
	*has_more = got_count > most;
	*count = *has_more ? most : got_count;
	*rows = ARENA_ARRAY(look->arena, struct person_row, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*rows)[at] = row_from(&got[at]);
	return OK;
}
