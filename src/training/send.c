/* Sending a drill's mail, some at a time, each with a link of its own; and ending a drill. */
#include "training/rooms.h"

#include "base/secret.h"
#include "people/notice.h"

#include <stdlib.h>

enum { DRILLS_AT_ONCE = 20, MAILS_AT_ONCE = 100 };

const struct actor training_clock_actor = { .through = T_INIT("clock") };

struct sending {
	const struct pack *pack;
	const struct training_drill_to_send_row *drill;
	const struct pack_lure *lure;
	const int64_t *persons;
	size_t count;
	bool is_last;
	int64_t sent, without_mail;
};

/* ---- One mail ---- */

static struct text
token_make(struct arena *arena)
{
	unsigned char bytes[TRAINING_TOKEN_LEN / 2];
	random_bytes(bytes, sizeof bytes);
	return text_hex(arena, (struct text){ (const char *)bytes, sizeof bytes });
}

static struct error *
add_target(struct act *act, int64_t drill, struct person_id person, struct text *token)
{
	struct unit_id unit;
	int64_t target;
	*token = token_make(act->look.arena);
	const struct hash hash = token_hash(*token);
	TRY(people_unit_of(&act->look, person, moment_day(act->look.now), &unit));
	TRY(act_number(act, T("training-target"), &target));
	return training_target_add(act, &(struct training_target_add_in){ target, drill, person.no, unit.no,
									  hash_bytes(&hash),
									  act->look.now.ms });
}

static struct error *
send_one(struct act *act, const struct sending *sending, struct person_id id, bool *is_sent)
{
	struct arena *arena = act->look.arena;
	const struct pack_lure *lure = sending->lure;
	struct person person;
	struct text url, token;
	TRY(people_person(&act->look, id, &person));
	TRY(store_setting(&act->look, T("body.url"), &url));
	*is_sent = person.mail.len != 0;
	if (!*is_sent)
		return OK;
	const bool is_english = person.language == LANGUAGE_EN && lure->body.en.len > 0;
	TRY(add_target(act, sending->drill->id, id, &token));
	const struct text link = text_format(arena, "%.*s/m/%.*s", T_ARG(url), T_ARG(token));
	return people_mail(act, &(struct mailing){
					.person = id,
					.sender = is_english ? lure->sender.en : lure->sender.ja,
					.subject = is_english ? lure->subject.en : lure->subject.ja,
					.body = text_replace(arena, is_english ? lure->body.en : lure->body.ja,
							     T("{link}"), link) });
}

struct error *
training_drill_hand(struct act *act, const struct pack *pack, struct mail_drill_id id,
		    const struct person_id *persons, size_t count, struct text *tokens)
{
	struct mail_drill drill;
	TRY(must_keep(act, pack));
	TRY(training_drill(&act->look, pack, id, &drill));
	if (drill.state != DRILL_RUNNING)
		return conflict("この訓練は、いま行われていません。");
	for (size_t at = 0; at < count; at++)
		TRY(add_target(act, id.no, persons[at], &tokens[at]));
	const int64_t handed = (int64_t)count < drill.without_mail ? (int64_t)count : drill.without_mail;
	TRY(training_drill_sent(act, &(struct training_drill_sent_in){ id.no, -handed, drill.ends.no }));
	return note_training(act, "training.send", about_training(act->look.arena, "mail-drill", id.no),
			     (struct fact_pair[]){ { "handed", { 0 }, (int64_t)count }, { NULL } });
}

/* ---- Some at a time ---- */

static struct error *
send_act(struct act *act, void *with)
{
	struct sending *sending = with;
	const struct training_drill_to_send_row *drill = sending->drill;
	struct day ends = { drill->ends };
	const struct day today = moment_day(act->look.now);
	for (size_t at = 0; at < sending->count; at++) {
		bool is_sent;
		TRY(send_one(act, sending, (struct person_id){ sending->persons[at] }, &is_sent));
		sending->sent += is_sent;
		sending->without_mail += !is_sent;
	}
	/* Nobody ran until the drill should have been over: it lasts a week from now. */
	if (ends.no < today.no)
		ends = day_plus(today, 7);
	TRY(training_drill_sent(act, &(struct training_drill_sent_in){ drill->id, sending->without_mail,
								       ends.no }));
	TRY(training_drill_set(act, &(struct training_drill_set_in){
					    drill->id, sending->is_last ? T("running") : T("sending") }));
	return note_training(act, "training.send",
			     about_training(act->look.arena, "mail-drill", drill->id),
			     (struct fact_pair[]){ { "mails", { 0 }, sending->sent },
						   { "without-address", { 0 }, sending->without_mail },
						   { NULL } });
}

static int
order_of(const void *a, const void *b)
{
	const int64_t *one = a, *two = b;
	return (*one > *two) - (*one < *two);
}

/* Everybody meant who has no mail yet, each once whatever roles they hold. */
static struct error *
to_send(struct look *look, const struct pack_audience *audience, int64_t unit, int64_t after,
	int64_t **persons, size_t *count)
{
	const struct day today = moment_day(look->now);
	size_t roles, room = 0;
	const struct text *role = roles_asked(look->arena, audience, &roles);
	*persons = ARENA_ARRAY(look->arena, int64_t, roles * MAILS_AT_ONCE + 1);
	for (size_t at = 0; at < roles; at++) {
		struct training_members_row *rows;
		size_t found;
		TRY(training_members(look,
				     &(struct training_members_in){
					     role[at], employments_of(look->arena, audience),
					     served_since(audience, today), unit, today.no, after,
					     MAILS_AT_ONCE },
				     &rows, &found));
		for (size_t i = 0; i < found; i++)
			(*persons)[room++] = rows[i].person;
	}
	/* In the order of their numbers, so that the highest sent says where to go on. */
	if (room > 1)
		qsort(*persons, room, sizeof **persons, order_of);
	*count = 0;
	for (size_t at = 0; at < room && *count < MAILS_AT_ONCE; at++)
		if (*count == 0 || (*persons)[*count - 1] != (*persons)[at])
			(*persons)[(*count)++] = (*persons)[at];
	return OK;
}

static struct error *
send_some(struct clocking *clocking, const struct training_drill_to_send_row *drill, int64_t *after,
	  bool *is_over)
{
	const struct pack_audience *audience = pack_audience(clocking->pack, drill->audience);
	struct sending sending = { .pack = clocking->pack, .drill = drill,
				   .lure = pack_lure(clocking->pack, drill->lure) };
	int64_t *persons = NULL;
	if (audience != NULL && sending.lure != NULL) {
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		TRY(to_send(&look, audience, drill->unit, *after, &persons, &sending.count));
	}
	sending.persons = persons;
	sending.is_last = sending.count < MAILS_AT_ONCE;
	*is_over = sending.is_last;
	TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, send_act, &sending));
	if (sending.count > 0)
		*after = persons[sending.count - 1];
	clocking->done->sent += sending.sent;
	return OK;
}

struct error *
send_drills(struct clocking *clocking)
{
	struct training_drill_to_send_row *rows;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		TRY(training_drill_to_send(&look,
					   &(struct training_drill_to_send_in){ look.now.ms,
										DRILLS_AT_ONCE },
					   &rows, &count));
	}
	for (size_t at = 0; at < count; at++) {
		struct training_target_last_row last;
		bool is_over = false;
		{
			LOOK_SCOPED look = { 0 };
			TRY(look_begin(clocking->store, clocking->arena, &look));
			TRY(training_target_last(&look, &(struct training_target_last_in){ rows[at].id },
						 &last));
		}
		int64_t after = last.person; /* where an earlier round was interrupted */
		for (int pass = 0; pass < TRAINING_MOST_TARGETS / MAILS_AT_ONCE && !is_over; pass++)
			TRY(send_some(clocking, &rows[at], &after, &is_over));
	}
	return OK;
}

/* ---- Ending ---- */

struct ending {
	const struct pack *pack;
	const struct training_drill_to_end_row *drill;
};

/* Mail that reached nobody was no drill. */
static struct error *
tell_duties(struct act *act, const struct pack *pack, int64_t id, struct text about)
{
	struct mail_drill drill;
	TRY(training_drill(&act->look, pack, (struct mail_drill_id){ id }, &drill));
	if (drill.targets == 0)
		return OK;
	return duty_done_by(act, pack,
			    &(struct duty_deed){
				    .by = "training.drill",
				    .unit = drill.unit,
				    .on = DAY_NONE,
				    .source = about,
				    .words = drill.lure != NULL ? words_now(drill.lure->name) : drill.lure_code,
			    },
			    NULL);
}

static struct error *
end_act(struct act *act, void *with)
{
	const struct ending *ending = with;
	const struct training_drill_to_end_row *drill = ending->drill;
	struct arena *arena = act->look.arena;
	const struct text about = about_training(arena, "mail-drill", drill->id);
	TRY(training_drill_end(act, &(struct training_drill_end_in){ drill->id, act->look.now.ms }));
	if (drill->made_by != 0)
		TRY(people_notify(act, &(struct notify){
					       .person = { drill->made_by },
					       .about = about,
					       .words = text_of(say("訓練メールの集計が終わりました")),
					       .path = text_format(arena, "/training/drills/%lld",
								   (long long)drill->id),
				       }));
	TRY(note_training(act, "training.ended", about, NULL));
	return tell_duties(act, ending->pack, drill->id, about);
}

struct error *
end_drills(struct clocking *clocking)
{
	struct training_drill_to_end_row *rows;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		TRY(training_drill_to_end(&look,
					  &(struct training_drill_to_end_in){ moment_day(look.now).no,
									      DRILLS_AT_ONCE },
					  &rows, &count));
	}
	for (size_t at = 0; at < count; at++) {
		struct ending ending = { clocking->pack, &rows[at] };
		TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, end_act, &ending));
		clocking->done->ended++;
	}
	return OK;
}
