/* Whose temporary password or IC card runs out soon is told, once, while there is time to renew it. */
#include "signin/card.h"
#include "signin/rooms.h"

#include "people/notice.h"

enum { TEMPORARY_DAYS = 1, CARD_DAYS = 7, PAGE = 200 };
static const int64_t day_ms = 86400000;
static const struct actor the_clock = { .through = T_INIT("clock") };

struct ending {
	const char *kind; /* "card", "password" */
	int64_t what;	  /* the card */
	struct person_id person;
	struct text serial;
	struct moment until;
};
struct endings {
	struct ending *at;
	size_t count, most;
};

static struct error *
may_sign_in(struct look *look, struct person_id id, bool *may)
{
	struct account account;
	struct person person;
	bool found;
	*may = false;
	TRY(people_account(look, id, &found, &account));
	if (!found || account.is_closed)
		return OK;
	TRY(people_person(look, id, &person));
	const struct day today = moment_day(look->now);
	*may = (day_is_none(person.since) || person.since.no <= today.no) &&
	       (day_is_none(person.until) || person.until.no >= today.no);
	return OK;
}

static struct error *
add(struct look *look, struct endings *endings, const struct ending *ending)
{
	bool may;
	TRY(may_sign_in(look, ending->person, &may));
	if (may && endings->count < endings->most)
		endings->at[endings->count++] = *ending;
	return OK;
}

/* The end of what is soon; 0: nobody is told. */
static struct error *
soon_of(struct look *look, const struct pack *pack, const char *code, int64_t usual, struct moment *soon)
{
	int64_t days;
	TRY(people_parameter(look, pack, code, usual, &days));
	*soon = (struct moment){ days <= 0 ? 0 : look->now.ms + days * day_ms };
	return OK;
}

static struct error *
find_cards(struct look *look, struct moment soon, struct endings *endings)
{
	struct signin_card_ending_row *rows;
	size_t count;
	int64_t after = 0;
	do {
		TRY(signin_card_ending(look,
				       &(struct signin_card_ending_in){ look->now.ms, soon.ms, after, PAGE },
				       &rows, &count));
		for (size_t at = 0; at < count; at++) {
			TRY(add(look, endings,
				&(struct ending){ "card", rows[at].id, { rows[at].person }, rows[at].serial,
						  { rows[at].until } }));
			after = rows[at].id;
		}
	} while (count == PAGE && endings->count < endings->most);
	return OK;
}

static struct error *
is_told(struct look *look, const struct ending *ending, bool *is)
{
	struct signin_reminder_find_row row;
	return signin_reminder_find(look,
				    &(struct signin_reminder_find_in){ ending->person.no, text_of(ending->kind),
								       ending->what, ending->until.ms },
				    is, &row);
}

static struct error *
find_passwords(struct look *look, struct moment soon, struct endings *endings)
{
	struct temporary_password *list;
	struct person_id after = { 0 };
	size_t count;
	do {
		TRY(people_temporaries_ending(look, soon, after, PAGE, &list, &count));
		for (size_t at = 0; at < count; at++) {
			const struct ending ending = { "password", 0, list[at].person, T(""), list[at].until };
			bool told;
			after = list[at].person;
			TRY(is_told(look, &ending, &told));
			if (!told)
				TRY(add(look, endings, &ending));
		}
	} while (count == PAGE && endings->count < endings->most);
	return OK;
}

static struct error *
find_all(struct look *look, const struct pack *pack, struct endings *endings)
{
	struct moment soon;
	TRY(soon_of(look, pack, "sign-in.card-remind-days", CARD_DAYS, &soon));
	if (soon.ms != 0)
		TRY(find_cards(look, soon, endings));
	TRY(soon_of(look, pack, "sign-in.temporary-remind-days", TEMPORARY_DAYS, &soon));
	return soon.ms != 0 ? find_passwords(look, soon, endings) : OK;
}

static struct notify
notice_of(struct arena *arena, const struct ending *ending)
{
	const struct text day = day_wareki(arena, moment_day(ending->until));
	struct notify notify = { .person = ending->person };
	if (ending->what == 0) {
		notify.about = people_about_person(arena, ending->person);
		notify.path = T("/password");
		notify.subject = text_of(say("仮パスワードの期限が近づいています"));
		notify.words = text_format(arena, say("仮パスワードは%.*sに切れます。それまでにサインインして、自分のパスワードに変えてください。切れたあとは、情報システムの担当者に新しい仮パスワードを頼んでください。"),
					   T_ARG(day));
		return notify;
	}
	notify.about = card_about(arena, (struct card_id){ ending->what });
	notify.path = T("/account/cards");
	notify.subject = text_of(say("ICカードの期限が近づいています"));
	notify.words = text_format(arena, say("ICカード(番号 %.*s)は%.*sに切れます。新しいカードを受け取り、切れる前にここで登録してください。"),
				   T_ARG(ending->serial), T_ARG(day));
	return notify;
}

static struct error *
remind(struct act *act, void *with)
{
	const struct ending *ending = with;
	struct arena *arena = act->look.arena;
	const struct notify notify = notice_of(arena, ending);
	int64_t id;
	bool told;
	TRY(is_told(&act->look, ending, &told));
	if (told)
		return OK; /* another program was first */
	TRY(act_number(act, T("reminder"), &id));
	TRY(signin_reminder_insert(act, &(struct signin_reminder_insert_in){
						id, ending->person.no, text_of(ending->kind), ending->what,
						ending->until.ms, act->look.now.ms }));
	TRY(people_notify(act, &notify));
	struct fact fact = { .act = "signin.remind",
			     .about = { people_about_person(arena, ending->person) },
			     .pairs = { { .name = "what", .text = text_of(ending->kind) } } };
	if (ending->what != 0)
		fact.about[1] = notify.about;
	return act_note(act, &fact);
}

struct error *
signin_clock(struct store *store, struct arena *arena, const struct pack *pack, size_t most,
	     struct signin_reminded *done)
{
	struct endings endings = { ARENA_ARRAY(arena, struct ending, most + 1), 0, most };
	*done = (struct signin_reminded){ 0 };
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(find_all(&look, pack, &endings));
	}
	for (size_t at = 0; at < endings.count; at++) {
		TRY(store_act(store, arena, &the_clock, remind, &endings.at[at]));
		done->told++;
	}
	return OK;
}
