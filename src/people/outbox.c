/* Mail that waits for bansho-clock to hand it to the relay. */
#include "people/rooms.h"

enum { TRIES_MOST = 12, WAIT_MOST_MINUTES = 6 * 60, MAILS_MOST = 500 };

struct error *
people_outbox_next(struct look *look, size_t most, struct mail **list, size_t *count)
{
	struct people_outbox_due_row *rows;
	const int64_t limit = most > MAILS_MOST ? MAILS_MOST : (int64_t)most; /* fits */
	TRY(people_outbox_due(look, &(struct people_outbox_due_in){ look->now.ms, limit }, &rows,
			      count));
	*list = ARENA_ARRAY(look->arena, struct mail, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct mail){ { rows[at].id },
					     rows[at].address,
					     rows[at].subject,
					     rows[at].body,
					     rows[at].tries,
					     rows[at].sender };
	return OK;
}

static struct error *
note_mail(struct act *act, const char *what, struct outbox_id id, int64_t tries)
{
	return people_note(act, &(struct noting){
					.act = what,
					.about = { about_number(act->look.arena, "mail", id.no) },
					.pairs = { { .name = "tries", .number = tries } } });
}

static struct error *
waiting_mail(struct look *look, struct outbox_id id, struct people_outbox_get_row *row)
{
	bool found;
	TRY(people_outbox_get(look, &(struct people_outbox_get_in){ id.no }, &found, row));
	if (!found)
		return missing("そのメールは送信待ちにありません。");
	if (!text_is(row->state, "waiting"))
		return conflict("そのメールはすでに処理されています。");
	return OK;
}

struct error *
people_outbox_sent(struct act *act, struct outbox_id id)
{
	struct people_outbox_get_row row;
	TRY(waiting_mail(&act->look, id, &row));
	TRY(people_outbox_close(
		act, &(struct people_outbox_close_in){ id.no, T("sent"), row.tries + 1 }));
	return note_mail(act, "people.mail_sent", id, row.tries + 1);
}

static int64_t
wait_minutes(int64_t tries)
{
	int64_t minutes = 1;
	for (int64_t at = 1; at < tries && minutes < WAIT_MOST_MINUTES; at++)
		minutes *= 2;
	return minutes < WAIT_MOST_MINUTES ? minutes : WAIT_MOST_MINUTES;
}

struct error *
people_outbox_failed(struct act *act, struct outbox_id id, bool *is_given_up)
{
	struct people_outbox_get_row row;
	TRY(waiting_mail(&act->look, id, &row));
	const int64_t tries = row.tries + 1;
	const bool gives_up = tries >= TRIES_MOST;
	if (gives_up)
		TRY(people_outbox_close(
			act, &(struct people_outbox_close_in){ id.no, T("given_up"), tries }));
	else
		TRY(people_outbox_again(act, &(struct people_outbox_again_in){
						     id.no, tries,
						     act->look.now.ms +
							     minutes_ms(wait_minutes(tries)) }));
	TRY(note_mail(act, gives_up ? "people.mail_given_up" : "people.mail_failed", id, tries));
	if (is_given_up != NULL)
		*is_given_up = gives_up;
	return OK;
}

struct error *
people_outbox_count(struct look *look, int64_t *waiting, int64_t *given_up)
{
	struct people_outbox_states_row row;
	TRY(people_outbox_states(look, &row));
	*waiting = row.waiting;
	*given_up = row.given_up;
	return OK;
}
