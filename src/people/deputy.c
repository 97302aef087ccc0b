/* Deputies (職務代理): named for days, with a reason, by the holder or whoever keeps the staff. */
#include "people/rooms.h"

enum { DEPUTY_MOST_DAYS = 366 };

static struct error *
must_be_holder_or_keeper(struct act *act, const struct pack *pack, int64_t absent)
{
	if (act->actor.person == 0 || act->actor.person == absent)
		return OK; /* a program acts in the name of who runs it */
	return people_must_may(&act->look, pack, (struct person_id){ act->actor.person },
			       RIGHT_PEOPLE_EDIT, (struct unit_id){ 0 });
}

static struct error *
check_days(struct act *act, const struct deputy *deputy)
{
	if (day_is_none(deputy->since) || deputy->since.no < act_today(act).no)
		return reject("since", "始まりの日は、今日か、それより後の日にしてください。");
	if (day_is_none(deputy->until))
		return reject("until", "終わりの日を入力してください。期限のない代理は登録できません。");
	TRY(period_check(deputy->since, deputy->until));
	if (deputy->until.no - deputy->since.no > DEPUTY_MOST_DAYS)
		return reject("until", "代理の期間は1年以内にしてください。");
	return OK;
}

static struct error *
check_people(struct look *look, const struct deputy *deputy)
{
	struct people_assignment_holds_row row;
	struct unit_id unit;
	bool holds;
	if (deputy->deputy.no == deputy->absent.no)
		return reject("deputy", "本人は代理になれません。ほかの職員を選んでください。");
	TRY(people_assignment_holds(look,
				    &(struct people_assignment_holds_in){
					    deputy->absent.no, deputy->post.no, deputy->since.no },
				    &holds, &row));
	if (!holds)
		return reject("post", "始まりの日に、その職に就いている職員ではありません。職と職員を確かめてください。");
	TRY(people_unit_of(look, deputy->deputy, deputy->since, &unit));
	if (unit.no == 0)
		return reject("deputy", "代理になる職員には、その日の配属がありません。配属のある職員を選んでください。");
	return OK;
}

static struct error *
tell_both(struct act *act, const struct deputy *deputy)
{
	struct arena *arena = act->look.arena;
	const struct text about = people_about_post(arena, deputy->post);
	TRY(people_notify(act, &(struct notify){
				       .person = deputy->deputy,
				       .about = about,
				       .words = text_of(say("職務の代理に指定されました。")),
				       .path = T("/deputies"),
				       .subject = text_of(say("職務の代理に指定されました")) }));
	return people_notify(act, &(struct notify){
					  .person = deputy->absent,
					  .about = about,
					  .words = text_of(say("あなたの職務の代理が登録されました。")),
					  .path = T("/deputies"),
					  .subject = text_of(say("職務の代理が登録されました")) });
}

static struct error *
note_deputy(struct act *act, const char *what, const struct deputy *deputy)
{
	struct arena *arena = act->look.arena;
	return people_note(
		act, &(struct noting){ .act = what,
				       .about = { people_about_person(arena, deputy->absent),
						  people_about_person(arena, deputy->deputy),
						  people_about_post(arena, deputy->post) },
				       .pairs = { { .name = "since", .number = deputy->since.no },
						  { .name = "until", .number = deputy->until.no } } });
}

struct error *
people_deputy_add(struct act *act, const struct pack *pack, const struct deputy *deputy,
		  struct deputy_id *id)
{
	int64_t made;
	TRY(must_be_holder_or_keeper(act, pack, deputy->absent.no));
	TRY(words_check("reason", deputy->reason));
	TRY(check_days(act, deputy));
	TRY(check_people(&act->look, deputy));
	TRY(act_number(act, T("deputy"), &made));
	TRY(people_deputy_insert(act, &(struct people_deputy_insert_in){
					      made, deputy->post.no, deputy->absent.no,
					      deputy->deputy.no, deputy->since.no, deputy->until.no,
					      deputy->reason }));
	TRY(tell_both(act, deputy));
	TRY(note_deputy(act, "people.deputy_add", deputy));
	id->no = made;
	return OK;
}

struct error *
people_deputy_end(struct act *act, const struct pack *pack, struct deputy_id id, struct day last)
{
	struct people_deputy_get_row row;
	bool found;
	TRY(people_deputy_get(&act->look, &(struct people_deputy_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その代理は登録されていません。");
	TRY(must_be_holder_or_keeper(act, pack, row.absent));
	if (last.no < act_today(act).no - 1 || last.no > row.until)
		return reject("until", "昨日から、登録された終わりの日までの間の日にしてください。");
	TRY(people_deputy_set_until(act, &(struct people_deputy_set_until_in){ id.no, last.no }));
	const struct deputy ended = { .post = { row.post },
				      .absent = { row.absent },
				      .deputy = { row.deputy },
				      .since = { row.since },
				      .until = last };
	return note_deputy(act, "people.deputy_end", &ended);
}

struct error *
people_deputy_until(struct act *act, struct deputy_id id, struct day until)
{
	struct people_deputy_get_row row;
	bool found;
	TRY(people_deputy_get(&act->look, &(struct people_deputy_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その代理は登録されていません。");
	TRY(people_deputy_set_until(act, &(struct people_deputy_set_until_in){ id.no, until.no }));
	const struct deputy changed = { .post = { row.post },
					.absent = { row.absent },
					.deputy = { row.deputy },
					.since = { row.since },
					.until = until };
	return note_deputy(act, "people.deputy_until", &changed);
}

struct error *
people_deputies(struct look *look, struct person_id person, struct day day, struct deputy **list,
		size_t *count)
{
	struct people_deputy_list_row *rows;
	TRY(people_deputy_list(look, &(struct people_deputy_list_in){ person.no, day.no }, &rows,
			       count));
	*list = ARENA_ARRAY(look->arena, struct deputy, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct deputy){
			.id = { rows[at].id },
			.post = { rows[at].post },
			.absent = { rows[at].absent },
			.deputy = { rows[at].deputy },
			.since = { rows[at].since },
			.until = { rows[at].until },
			.reason = rows[at].reason,
			.post_name = rows[at].post_name,
			.unit_name = rows[at].unit_name,
			.absent_name = rows[at].absent_name,
			.deputy_name = rows[at].deputy_name,
		};
	return OK;
}
