/* Notices: in the page always, by mail where there is an address. */
#include "people/rooms.h"

static struct error *
outbox_put(struct act *act, const struct person *person, const struct mailing *mailing)
{
	int64_t id;
	TRY(act_number(act, T("outbox"), &id));
	return people_outbox_insert(act, &(struct people_outbox_insert_in){
						id, person->id.no, person->mail, mailing->subject,
						mailing->body, act->look.now.ms, mailing->sender });
}

static struct error *
mail_put(struct act *act, const struct person *person, const struct notify *notify)
{
	struct text url;
	TRY(store_setting(&act->look, T("body.url"), &url));
	const struct text body = text_format(act->look.arena, "%.*s\n\n%.*s%.*s\n",
					     T_ARG(notify->subject), T_ARG(url), T_ARG(notify->path));
	return outbox_put(act, person, &(struct mailing){ .subject = notify->subject, .body = body });
}

static bool
may_get_mail(struct act *act, const struct person *person)
{
	return !person->is_erased && person->mail.len != 0 &&
	       day_is_within(act_today(act), DAY_NONE, person->until);
}

struct error *
people_mail(struct act *act, const struct mailing *mailing)
{
	struct person person;
	TRY(people_person(&act->look, mailing->person, &person));
	return may_get_mail(act, &person) ? outbox_put(act, &person, mailing) : OK;
}

struct error *
people_notify(struct act *act, const struct notify *notify)
{
	struct person person;
	int64_t id;
	TRY(people_person(&act->look, notify->person, &person));
	if (person.is_erased)
		return OK; /* nobody is there to read it */
	TRY(act_number(act, T("notice"), &id));
	TRY(people_notice_insert(act, &(struct people_notice_insert_in){
					      id, person.id.no, notify->about, notify->words,
					      notify->path, act->look.now.ms }));
	if (notify->subject.len == 0 || !may_get_mail(act, &person))
		return OK;
	return mail_put(act, &person, notify);
}

struct error *
people_tell_role(struct act *act, const struct tell *tell)
{
	struct decider *list;
	size_t count;
	if (tell->role == NULL)
		return OK;
	TRY(people_deciders(&act->look, tell->role, tell->unit, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].person.no != act->actor.person)
			TRY(people_notify(act, &(struct notify){
						       .person = list[at].person,
						       .about = tell->about,
						       .words = tell->words,
						       .path = tell->path,
						       .subject = tell->subject != NULL ? text_of(tell->subject)
											: T(""),
					       }));
	return OK;
}

struct error *
people_notices(struct look *look, struct person_id person, bool only_unread,
	       struct notice_id before, size_t most, struct notice **list, size_t *count)
{
	struct people_notice_list_row *rows;
	const int64_t limit = most > PEOPLE_MOST_LIST ? PEOPLE_MOST_LIST : (int64_t)most; /* fits */
	TRY(people_notice_list(look,
			       &(struct people_notice_list_in){ person.no, only_unread, before.no,
								limit },
			       &rows, count));
	*list = ARENA_ARRAY(look->arena, struct notice, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct notice){
			.id = { rows[at].id },
			.person = { rows[at].person },
			.about = rows[at].about,
			.words = rows[at].words,
			.path = rows[at].path,
			.created = { rows[at].created },
			.read = { rows[at].read_at },
		};
	return OK;
}

struct error *
people_notices_unread(struct look *look, struct person_id person, int64_t *count)
{
	struct people_notice_count_row row;
	TRY(people_notice_count(look, &(struct people_notice_count_in){ person.no }, &row));
	*count = row.n;
	return OK;
}

struct error *
people_notices_read(struct act *act, struct person_id person, struct text about)
{
	TRY(people_notice_mark(
		act, &(struct people_notice_mark_in){ person.no, about, act->look.now.ms }));
	if (act_changes(act) == 0)
		return OK;
	return people_note(act, &(struct noting){
					.act = "people.notices_read",
					.about = { people_about_person(act->look.arena, person) } });
}
