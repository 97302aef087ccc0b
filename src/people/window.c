/* Privileged windows: opened with a reason, for minutes, in one session. */
#include "people/window.h"

#include "people/rooms.h"

struct error *
people_window_minutes(struct look *look, const struct pack *pack, int64_t *minutes)
{
	return people_parameter(look, pack, "privileged.window-minutes", 0, minutes);
}

static struct error *
check_ask(struct act *act, const struct pack *pack, const struct window_ask *ask)
{
	int64_t most;
	struct rights rights;
	struct error *faults = OK;
	TRY(people_window_minutes(&act->look, pack, &most));
	TRY(people_rights(&act->look, pack, (struct person_id){ act->actor.person }, &rights));
	if (most == 0)
		return refuse("この団体では、特権の時間を使っていません。権限はそのまま使えます。");
	if (!rights_need_any_window(&rights))
		return refuse("あなたには、特権の時間を始めて使う権限がありません。");
	if (ask->minutes < 1 || ask->minutes > most)
		error_add(&faults, reject("minutes", "1分から%lld分までの間で入れてください。",
					  (long long)most));
	if (text_is_blank(ask->reason))
		error_add(&faults, reject("reason", "何のために使うかを書いてください。例 4月の異動の登録"));
	else
		error_add(&faults, words_check("reason", ask->reason));
	return faults;
}

static struct error *
note_window(struct act *act, const char *what, int64_t window, const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = {
		.act = what,
		.about = { people_about_person(arena, (struct person_id){ act->actor.person }),
			   text_format(arena, "window:%lld", (long long)window) },
	};
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

struct error *
people_window_open(struct act *act, const struct pack *pack, const struct window_ask *ask,
		   struct window_id *id)
{
	const struct text reason = text_trim(ask->reason);
	const struct hash digest = hash_of(reason);
	const int64_t now = act->look.now.ms;
	TRY(check_ask(act, pack, ask));
	TRY(people_window_close(act, &(struct people_window_close_in){ ask->session.no, now }));
	TRY(act_number(act, T("window"), &id->no));
	TRY(people_window_insert(act, &(struct people_window_insert_in){
					      id->no, act->actor.person, ask->session.no, reason, now,
					      now + minutes_ms(ask->minutes) }));
	return note_window(act, "people.window_open", id->no,
			   (struct fact_pair[]){
				   { "minutes", { 0 }, ask->minutes },
				   { "reason", hash_hex(act->look.arena, &digest), 0 },
				   { NULL } });
}

struct error *
people_window_end(struct act *act, struct session_id session)
{
	struct window window;
	bool found;
	TRY(people_window_of(&act->look, session, &found, &window));
	if (!found || window.person.no != act->actor.person)
		return conflict("特権の時間は、もう終わっています。");
	TRY(people_window_close(act,
				&(struct people_window_close_in){ session.no, act->look.now.ms }));
	return note_window(act, "people.window_end", window.id.no, NULL);
}

#define WINDOW_FROM(r)                                                                         \
	((struct window){ .id = { (r)->id },                                                   \
			  .person = { (r)->person },                                           \
			  .session = { (r)->session },                                         \
			  .reason = (r)->reason,                                               \
			  .opened = { (r)->opened },                                           \
			  .until = { (r)->until },                                             \
			  .ended = { (r)->ended },                                             \
			  .name = (r)->name })

struct error *
people_window_of(struct look *look, struct session_id session, bool *found, struct window *window)
{
	struct people_window_running_row row;
	TRY(people_window_running(look,
				  &(struct people_window_running_in){ session.no, look->now.ms },
				  found, &row));
	if (*found)
		*window = WINDOW_FROM(&row);
	return OK;
}

struct error *
people_windows(struct look *look, struct person_id person, struct window_id before, size_t most,
	       struct window **list, size_t *count)
{
	struct people_window_list_row *rows;
	TRY(people_window_list(look,
			       &(struct people_window_list_in){ person.no, before.no,
								(int64_t)most /* a page */ },
			       &rows, count));
	*list = ARENA_ARRAY(look->arena, struct window, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = WINDOW_FROM(&rows[at]);
	return OK;
}
