/* The list of cases that a person may read. */
#include "incident/rooms.h"

enum { LIST_PAGE = 100, SCAN_MOST = 2000 };

static bool
has_words(struct arena *arena, const struct incident_case_rows_row *row, struct text folded)
{
	return folded.len == 0 || text_has(text_fold(arena, row->number), folded) ||
	       text_has(text_fold(arena, row->title), folded) ||
	       text_has(text_fold(arena, row->place), folded);
}

static struct incident_case_rows_in
asked(const struct incident_query *query, int64_t before)
{
	struct incident_case_rows_in in = {
		.state = query->has_state ? text_of(incident_state_name(query->state)) : (struct text){ 0 },
		.living = query->only_living,
		.kind = query->kind.len != 0 ? query->kind : (struct text){ 0 },
		.drills = query->with_drills,
		.reporter = query->reporter.no,
		.before = before,
		.most = SCAN_MOST,
	};
	struct day first, next;
	if (query->fiscal_year != 0 && day_make(query->fiscal_year, 4, 1, &first) &&
	    day_make(query->fiscal_year + 1, 4, 1, &next)) {
		in.known_from = day_begin(first).ms;
		in.known_to = day_begin(next).ms;
	}
	return in;
}

struct error *
incident_list(struct look *look, const struct pack *pack, const struct rights *rights,
	      const struct incident_query *query, struct incident **list, size_t *count, bool *has_more)
{
	const size_t most = query->most == 0 ? LIST_PAGE : query->most > 1000 ? 1000 : query->most;
	const struct text folded = query->words.len == 0 ? T("") : text_fold(look->arena, query->words);
	struct incident_case_rows_row *rows;
	size_t found;
	const struct incident_case_rows_in in = asked(query, query->before.no == 0 ? INT64_MAX : query->before.no);
	TRY(incident_case_rows(look, &in, &rows, &found));
	*list = ARENA_ARRAY(look->arena, struct incident, most + 1);
	*count = 0;
	*has_more = false;
	for (size_t at = 0; at < found; at++) {
		struct incident incident;
		struct incident_may may;
		if (!has_words(look->arena, &rows[at], folded))
			continue;
		TRY(incident_read(look, pack, (struct incident_id){ rows[at].id }, &incident));
		TRY(incident_may(look, pack, rights, &incident, &may));
		if (!may.read)
			continue;
		if (*count == most) {
			*has_more = true;
			return OK;
		}
		(*list)[(*count)++] = incident;
	}
	return OK;
}
