/* What dossiers have to say about erasing a person, and what they kept of names. */
#include "flow/rooms.h"

#include "people/erase.h"

enum { PART = 500 };

struct error *
flow_erasable(struct look *look, struct person_id person)
{
	struct flow_person_open_row open;
	struct flow_person_out_row out;
	struct error *faults = people_erasable(look, person);
	if (faults != OK && faults->kind == ERROR_CONFLICT)
		return faults; /* erased already */
	TRY(flow_person_open(look, &(struct flow_person_open_in){ person.no }, &open));
	TRY(flow_person_out(look, &(struct flow_person_out_in){ person.no }, &out));
	if (open.dossiers != 0)
		error_add(&faults, refuse("この職員の案件が%lld件、決裁中か許可中です。終わってから消去してください。",
					  (long long)open.dossiers));
	if (out.out != 0)
		error_add(&faults, refuse("この職員が持ち出したものが%lld件、戻っていません。返却を記録してから消去してください。",
					  (long long)out.out));
	return faults;
}

struct error *
flow_person_erase(struct act *act, const struct erasing *erasing)
{
	TRY(flow_erasable(&act->look, erasing->person));
	return people_person_erase(act, erasing);
}

struct error *
flow_kept(struct look *look, struct person_id person, struct flow_kept *kept)
{
	struct flow_kept_counts_row row;
	TRY(flow_kept_counts(look, &(struct flow_kept_counts_in){ person.no }, &row));
	*kept = (struct flow_kept){ row.dossiers, row.decisions, row.permits, row.outings };
	return OK;
}

struct text
found_by(struct arena *into, struct text number, struct text purpose)
{
	return text_fold(into, text_format(into, "%.*s\n%.*s", T_ARG(number), T_ARG(purpose)));
}

struct error *
flow_unname(struct act *act)
{
	struct flow_find_old_row *rows;
	size_t count = PART;
	for (int64_t after = 0; count == PART;) {
		TRY(flow_find_old(&act->look, &(struct flow_find_old_in){ after, PART }, &rows,
				  &count));
		for (size_t at = 0; at < count; at++) {
			after = rows[at].id;
			TRY(flow_find_change(act, &(struct flow_find_change_in){
							  rows[at].id,
							  found_by(act->look.arena, rows[at].number,
								   rows[at].purpose) }));
		}
	}
	return OK;
}
