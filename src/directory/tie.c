/* Ties between persons and accounts of the directory. */
#include "directory/rooms.h"

#include "directory/directory_sql.h"

struct error *
directory_tie(struct look *look, struct person_id person, bool *found, struct directory_tie *tie)
{
	struct directory_tie_get_row row;
	TRY(directory_tie_get(look, &(struct directory_tie_get_in){ person.no }, found, &row));
	*found = *found && row.ended == 0;
	if (*found)
		*tie = (struct directory_tie){ .person = person, .key = row.key,
					       .since = { row.since } };
	return OK;
}

struct error *
directory_ties(struct look *look, struct person_id after, size_t most, struct directory_tie **list,
	       size_t *count)
{
	struct directory_tie_page_row *rows;
	const int64_t wanted = most < PEOPLE_MOST_LIST ? (int64_t)most : PEOPLE_MOST_LIST;
	TRY(directory_tie_page(look, &(struct directory_tie_page_in){ after.no, wanted }, &rows,
			       count));
	*list = ARENA_ARRAY(look->arena, struct directory_tie, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct directory_tie){ .person = { rows[at].id },
						      .since = { rows[at].since },
						      .name = rows[at].name,
						      .number = rows[at].number };
	return OK;
}

struct error *
directory_ties_count(struct look *look, int64_t *count)
{
	struct directory_tie_count_row row;
	TRY(directory_tie_count(look, &row));
	*count = row.held;
	return OK;
}

struct error *
tie_put(struct act *act, const struct directory_match *match)
{
	struct directory_tie_get_row row;
	bool found;
	const int64_t now = act->look.now.ms, person = match->person.no;
	TRY(directory_tie_get(&act->look, &(struct directory_tie_get_in){ person }, &found, &row));
	if (found)
		TRY(directory_tie_again(
			act, &(struct directory_tie_again_in){ person, match->key, now }));
	else
		TRY(directory_tie_add(act,
				      &(struct directory_tie_add_in){ person, match->key, now }));
	return act_note(act, &(struct fact){
				     .act = "directory.tie",
				     .about = { people_about_person(act->look.arena, match->person) },
			     });
}

struct error *
directory_untie(struct act *act, struct person_id person)
{
	struct directory_tie tie;
	bool found;
	TRY(directory_tie(&act->look, person, &found, &tie));
	if (!found)
		return missing("この職員は、庁内のディレクトリの口座と結び付いていません。");
	TRY(directory_tie_end(act,
			      &(struct directory_tie_end_in){ person.no, act->look.now.ms }));
	TRY(act_note(act, &(struct fact){
				  .act = "directory.untie",
				  .about = { people_about_person(act->look.arena, person) },
			  }));
	return people_account_close(act, person);
}
