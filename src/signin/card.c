/* IC cards: registered, listed, stopped. */
#include "signin/card_rooms.h"

#include "people/notice.h"

enum { TOLD_MOST = 64, SWEEP_ROWS = 500, ENDING_DAYS = 30 };
static const int64_t day_ms = 86400000;

static const char *const reason_codes[CARD_REASONS] = { "lost", "returned", "replaced", "revoked", "other" };

const char *
card_reason_code(enum card_reason reason)
{
	return reason_codes[reason];
}

const char *
card_reason_words(enum card_reason reason)
{
	switch (reason) {
	case CARD_LOST:
		return say("なくした・盗まれた");
	case CARD_RETURNED:
		return say("返した");
	case CARD_REPLACED:
		return say("新しいカードに替えた");
	case CARD_REVOKED:
		return say("発行者の失効リストにある");
	case CARD_OTHER:
		return say("その他");
	}
	return "";
}

bool
card_reason_read(struct text code, enum card_reason *reason)
{
	for (int at = 0; at < CARD_REASONS; at++)
		if (text_is(code, reason_codes[at])) {
			*reason = (enum card_reason)at;
			return true;
		}
	return false;
}

struct text
card_about(struct arena *into, struct card_id id)
{
	return text_format(into, "card:%lld", (long long)id.no);
}

bool
card_is_living(const struct card *card, struct moment now)
{
	return card->stopped.ms == 0 && now.ms <= card->face.until.ms;
}

struct error *
card_note(struct act *act, const char *what, struct card_id card, struct person_id person,
	  struct fact_pair first, struct fact_pair second)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what,
			     .about = { card_about(arena, card), people_about_person(arena, person) },
			     .pairs = { first, second } };
	return act_note(act, &fact);
}

/* ---- Telling ---- */

struct told {
	struct person_id at[TOLD_MOST];
	size_t count;
};

static void
told_add(struct told *told, struct person_id person, struct person_id except)
{
	for (size_t at = 0; at < told->count; at++)
		if (told->at[at].no == person.no)
			return;
	if (person.no != 0 && person.no != except.no && told->count < TOLD_MOST)
		told->at[told->count++] = person;
}

/* Operators, because they can put a card in the place of the one that is gone; and the pack's roles. */
static struct error *
keepers(struct look *look, const struct card_telling *telling, struct person_id actor,
	struct told *told)
{
	struct grant *grants;
	struct unit_id unit;
	size_t count;
	const struct day today = moment_day(look->now);
	const struct pack_cards *cards = &telling->pack->sign_in.cards;
	TRY(people_grants(look, (struct person_id){ 0 }, today, &grants, &count));
	for (size_t at = 0; at < count; at++)
		if (grants[at].kind == GRANT_OPERATOR)
			told_add(told, grants[at].person, actor);
	TRY(people_unit_of(look, telling->person, today, &unit));
	for (size_t role = 0; role < cards->tells_count; role++) {
		struct decider *holders;
		TRY(people_role_holders(look, cards->tells[role], unit, today, &holders, &count));
		for (size_t at = 0; at < count; at++)
			told_add(told, holders[at].person, actor);
	}
	return OK;
}

struct error *
card_tell(struct act *act, const struct card_telling *telling)
{
	struct arena *arena = act->look.arena;
	const struct person_id actor = { act->actor.person };
	struct told told = { .count = 0 };
	TRY(keepers(&act->look, telling, actor, &told));
	struct notify notify = { .about = card_about(arena, telling->card),
				 .subject = telling->subject };
	for (size_t at = 0; at < told.count; at++) {
		if (told.at[at].no == telling->person.no)
			continue; /* told below, in their own words */
		notify.person = told.at[at];
		notify.words = telling->words;
		notify.path = text_format(arena, "/people/%lld", (long long)telling->person.no);
		TRY(people_notify(act, &notify));
	}
	if (telling->person.no == actor.no)
		return OK;
	notify.person = telling->person;
	notify.words = telling->own_words;
	notify.path = T("/account/cards");
	return people_notify(act, &notify);
}

/* ---- Reading ---- */

static enum card_reason
reason_kept(struct text code)
{
	enum card_reason reason = CARD_OTHER;
	(void)card_reason_read(code, &reason); /* the schema knows no other */
	return reason;
}

/* Three queries give the same columns under three types. */
#define CARD_OF(row)                                                                           \
	((struct card){                                                                        \
		.id = { (row)->id },                                                           \
		.person = { (row)->person },                                                   \
		.face = { .issuer_key = (row)->issuer,                                         \
			  .serial = (row)->serial,                                             \
			  .issuer_name = (row)->issuer_name,                                   \
			  .subject = (row)->subject,                                           \
			  .since = { (row)->since },                                           \
			  .until = { (row)->until } },                                         \
		.registered = { (row)->registered },                                           \
		.registered_by = { (row)->registered_by },                                     \
		.is_by_file = (row)->is_by_file,                                               \
		.stopped = { (row)->stopped },                                                 \
		.reason = reason_kept((row)->reason),                                          \
		.stopped_by = { (row)->stopped_by },                                           \
		.last_used = { (row)->last_used },                                             \
	})

struct error *
signin_card(struct look *look, struct card_id id, struct card *card)
{
	struct signin_card_get_row row;
	bool found;
	TRY(signin_card_get(look, &(struct signin_card_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("そのカードは登録されていません。");
	*card = CARD_OF(&row);
	return OK;
}

struct error *
signin_cards_of(struct look *look, struct person_id person, struct card **list, size_t *count)
{
	struct signin_card_of_row *rows;
	TRY(signin_card_of(look, &(struct signin_card_of_in){ person.no, CARD_ROWS }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct card, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = CARD_OF(&rows[at]);
	return OK;
}

struct error *
signin_cards(struct look *look, const struct card_search *search, struct card **list, size_t *count)
{
	static const char *const filters[] = { "", "living", "ending", "stopped" };
	struct signin_card_list_row *rows;
	const int64_t most = search->most > CARD_ROWS ? CARD_ROWS : (int64_t)search->most; /* fits */
	TRY(signin_card_list(look,
			     &(struct signin_card_list_in){ text_of(filters[search->filter]),
							    search->words, look->now.ms,
							    look->now.ms + ENDING_DAYS * day_ms,
							    search->before.no, most },
			     &rows, count));
	*list = ARENA_ARRAY(look->arena, struct card, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = CARD_OF(&rows[at]);
	return OK;
}

/* ---- Registering ---- */

static struct error *
check_owner(struct look *look, struct person_id person)
{
	struct account account;
	struct card *cards;
	size_t count, living = 0;
	bool found;
	TRY(people_account(look, person, &found, &account));
	if (!found || account.is_closed)
		return reject("person", "この人には使えるアカウントがありません。先にアカウントを作ってください。");
	TRY(signin_cards_of(look, person, &cards, &count));
	for (size_t at = 0; at < count; at++)
		living += card_is_living(&cards[at], look->now) ? 1 : 0;
	if (living >= CARD_MOST)
		return reject("card", "登録できるカードは一人%d枚までです。使わないカードを止めてください。",
			      CARD_MOST);
	return OK;
}

static struct error *
check_free(struct look *look, const struct card_face *face)
{
	struct signin_card_by_certificate_row row;
	bool found;
	TRY(signin_card_by_certificate(
		look, &(struct signin_card_by_certificate_in){ face->issuer_key, face->serial }, &found,
		&row));
	if (found && row.stopped == 0)
		return conflict("このカードはもう登録されています。ほかの人のカードなら、システムの担当者に伝えてください。");
	return OK;
}

struct error *
signin_card_register(struct act *act, struct card_registering *registering)
{
	const struct card_face *face = &registering->face;
	const struct person_id person = registering->person;
	int64_t id;
	if (!registering->is_by_file && act->actor.person != person.no)
		return refuse("ほかの人のカードは登録できません。");
	TRY(check_owner(&act->look, person));
	TRY(check_free(&act->look, face));
	TRY(act_number(act, T("card"), &id));
	TRY(signin_card_insert(
		act, &(struct signin_card_insert_in){
			     id, person.no, face->issuer_key, face->issuer_name, face->serial,
			     face->subject, hash_bytes(&face->fingerprint), face->since.ms, face->until.ms,
			     act->look.now.ms, act->actor.person, registering->is_by_file }));
	registering->id = (struct card_id){ id };
	if (act->actor.person != person.no)
		TRY(people_notify(act, &(struct notify){
					       .person = person,
					       .about = card_about(act->look.arena, registering->id),
					       .words = text_of(say("あなたのICカードが登録されました。心当たりがないときは、カードの画面で止めてください。")),
					       .path = T("/account/cards") }));
	return card_note(act, "signin.card_register", registering->id, person,
			 (struct fact_pair){ .name = "by",
					     .text = registering->is_by_file ? T("file") : T("card") },
			 (struct fact_pair){ .name = "serial", .text = face->serial });
}

/* ---- Stopping ---- */

struct error *
signin_card_may_stop(struct look *look, const struct rights *rights, struct person_id owner, bool *may)
{
	struct unit_id unit;
	*may = rights->person.no == owner.no || rights_may(rights, RIGHT_ACCOUNTS);
	if (*may)
		return OK;
	TRY(people_unit_of(look, owner, moment_day(look->now), &unit));
	/* Who answers for the unit: a lost card waits for nobody, and stopping opens nothing. */
	if (unit.no != 0 && rights_may(rights, RIGHT_LEDGER_WRITE))
		TRY(rights_reach(look, rights, RIGHT_LEDGER_WRITE, unit, may));
	return OK;
}

static struct error *
tell_stop(struct act *act, struct card_telling *telling, enum card_reason reason)
{
	struct arena *arena = act->look.arena;
	struct text name;
	if (reason != CARD_LOST && reason != CARD_REVOKED)
		return OK;
	TRY(people_name(&act->look, telling->person, &name));
	if (reason == CARD_LOST) {
		telling->words = text_format(arena, say("%.*sさんのICカードがなくなったと届け出があり、止めました。"), T_ARG(name));
		telling->own_words = text_of(say("あなたのICカードが、なくなったものとして止められました。"));
		telling->subject = text_of(say("ICカードの紛失の届け出があります"));
	} else {
		telling->words = text_format(arena, say("%.*sさんのICカードが失効リストに載ったので、止めました。"), T_ARG(name));
		telling->own_words = text_of(say("あなたのICカードが発行者の失効リストに載ったので、止めました。"));
		telling->subject = text_of(say("ICカードが止まりました"));
	}
	return card_tell(act, telling);
}

static struct error *
stop(struct act *act, struct card_id id, struct person_id person, enum card_reason reason,
     const struct pack *pack)
{
	struct card_telling telling = { .card = id, .person = person, .pack = pack };
	TRY(signin_card_set_stopped(act, &(struct signin_card_set_stopped_in){
						 id.no, act->look.now.ms,
						 text_of(card_reason_code(reason)), act->actor.person }));
	TRY(tell_stop(act, &telling, reason));
	struct fact fact = {
		.act = "signin.card_stop",
		.about = { card_about(act->look.arena, id),
			   people_about_person(act->look.arena, person) },
		.pairs = { { .name = "reason", .text = text_of(card_reason_code(reason)) } },
	};
	if (pack->sign_in.cards.clause != NULL)
		fact.clauses[0] = pack->sign_in.cards.clause->id;
	TRY(act_note(act, &fact));
	return people_sessions_end_with(act, person, card_about(act->look.arena, id));
}

struct error *
signin_card_stop(struct act *act, const struct card_stopping *stopping)
{
	struct card card;
	bool may;
	TRY(signin_card(&act->look, stopping->id, &card));
	TRY(signin_card_may_stop(&act->look, stopping->rights, card.person, &may));
	if (!may || stopping->rights->person.no != act->actor.person)
		return refuse("このカードを止められるのは、本人、その所属を受け持つ人、システムの担当者です。");
	if (card.stopped.ms != 0)
		return conflict("このカードはもう止められています。");
	return stop(act, card.id, card.person, stopping->reason, stopping->pack);
}

struct error *
signin_card_sweep(struct act *act, void *with)
{
	struct card_sweep *sweep = with;
	struct signin_card_living_row *rows;
	size_t count;
	int64_t after = 0;
	sweep->stopped = 0;
	do {
		TRY(signin_card_living(&act->look, &(struct signin_card_living_in){ after, SWEEP_ROWS },
				       &rows, &count));
		for (size_t at = 0; at < count; at++) {
			struct card card;
			after = rows[at].id;
			if (!sweep->is_revoked(sweep->with, rows[at].issuer, rows[at].serial))
				continue;
			TRY(signin_card(&act->look, (struct card_id){ rows[at].id }, &card));
			TRY(stop(act, card.id, card.person, CARD_REVOKED, sweep->pack));
			sweep->stopped++;
		}
	} while (count == SWEEP_ROWS);
	return OK;
}
