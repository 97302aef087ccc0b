/* Signing in with an IC card, or showing one besides. */
#include "signin/card_rooms.h"

enum { USES_LOOKED_AT = 50, ADDRESS_MOST = 64 };

/* What stands against the certificate itself, said to who holds it. */
static const char *
state_words(struct text state)
{
	static const struct {
		const char *state, *words;
	} known[] = {
		{ "unreadable", N_("カードの証明書を読み取れません。別のカードで試すか、システムの担当者に伝えてください。") },
		{ "unfit", N_("この証明書はサインインに使えません。サインイン用の証明書を選んでいるか確かめてください。") },
		{ "unknown-issuer", N_("このカードを発行したところは、ここでは受け付けていません。職員用のカードを選んでいるか確かめてください。") },
		{ "not-yet", N_("カードの有効期間がまだ始まっていません。端末の時計ではなく、カードの開始日を確かめてください。") },
		{ "expired", N_("カードの有効期限が切れています。新しいカードを受け取って登録してください。") },
		{ "revoked", N_("このカードは発行者によって失効しています。システムの担当者に伝えてください。") },
		{ "no-list", N_("発行者の失効リストが届いていないため、いまはカードを確かめられません。ほかの方法でサインインし、システムの担当者に伝えてください。") },
		{ "old-list", N_("発行者の失効リストが古くなっているため、いまはカードを確かめられません。ほかの方法でサインインし、システムの担当者に伝えてください。") },
	};
	for (size_t at = 0; at < sizeof known / sizeof *known; at++)
		if (text_is(state, known[at].state))
			return say(known[at].words);
	return say(known[0].words);
}

static const char *
reason_words(const char *reason, struct text state)
{
	if (text_is(text_of(reason), "not-registered"))
		return say("このカードは登録されていません。ほかの方法でサインインして、アカウントの「ICカード」から登録してください。");
	if (text_is(text_of(reason), "stopped"))
		return say("このカードは止められています。システムの担当者に伝えてください。");
	if (text_is(text_of(reason), "other-person"))
		return say("別の人としてサインインしています。先にサインアウトするか、自分のカードを使ってください。");
	if (text_is(text_of(reason), "no-account"))
		return say("このカードの持ち主は、いまはサインインできません。システムの担当者に確かめてください。");
	return state_words(state);
}

/* The refusal is an act of its own and stands. */
static struct error *
refuse_card(struct act *act, struct card_showing *showing, const char *reason,
	    const struct signin_card_by_certificate_row *row)
{
	struct fact fact = { .act = "signin.card_refused",
			     .about = { T("sign-in:unknown") },
			     .pairs = { { .name = "reason", .text = text_of(reason) } } };
	if (row != NULL) {
		fact.about[0] = card_about(act->look.arena, (struct card_id){ row->id });
		fact.about[1] = people_about_person(act->look.arena, (struct person_id){ row->person });
	}
	showing->is_shown = false;
	showing->refusal = text_of(reason_words(reason, text_of(showing->state)));
	return act_note(act, &fact);
}

/* Does another living session show the card from somewhere else? */
static struct error *
look_elsewhere(struct look *look, struct card_showing *showing, struct card_id card)
{
	struct signin_card_uses_row *uses;
	struct session *sessions;
	size_t uses_count, count;
	TRY(signin_card_uses(look, &(struct signin_card_uses_in){ card.no, USES_LOOKED_AT }, &uses,
			     &uses_count));
	TRY(people_sessions(look, showing->person, &sessions, &count));
	for (size_t at = 0; at < count; at++)
		for (size_t use = 0; use < uses_count; use++)
			if (uses[use].session == sessions[at].id.no &&
			    sessions[at].id.no != showing->session.no &&
			    !text_same(uses[use].address, showing->address))
				showing->is_elsewhere = true;
	return OK;
}

/* To the person as well, in the session that has just begun. */
static struct error *
tell_elsewhere(struct act *act, const struct card_showing *showing, struct card_id card)
{
	const struct actor actor = act->actor;
	struct text name;
	TRY(people_name(&act->look, showing->person, &name));
	const struct card_telling telling = {
		card, showing->person, showing->pack,
		text_format(act->look.arena, say("%.*sさんのICカードが、二つの場所で同時に使われています。"), T_ARG(name)),
		text_of(say("あなたのICカードが、二つの場所で同時に使われています。心当たりがないときは、カードの画面で止めてください。")),
		text_of(say("ICカードが二つの場所で使われています")),
	};
	act->actor.person = 0;
	struct error *error = card_tell(act, &telling);
	act->actor = actor;
	return error;
}

static struct error *
keep_use(struct act *act, struct card_showing *showing, struct card_id card)
{
	int64_t id;
	TRY(act_number(act, T("card-use"), &id));
	TRY(signin_card_use_insert(act, &(struct signin_card_use_insert_in){
						id, card.no, showing->person.no, showing->shown_in.no,
						act->look.now.ms,
						text_first(showing->address,
							   showing->address.len < ADDRESS_MOST
								   ? showing->address.len
								   : ADDRESS_MOST) }));
	if (showing->is_elsewhere)
		TRY(tell_elsewhere(act, showing, card));
	return card_note(act, "signin.card_use", card, showing->person,
			 (struct fact_pair){ .name = "session", .number = showing->shown_in.no },
			 showing->is_elsewhere
				 ? (struct fact_pair){ .name = "elsewhere", .text = T("yes") }
				 : (struct fact_pair){ 0 });
}

static unsigned
methods_of(const struct pack *pack)
{
	return pack->sign_in.cards.has_pin ? (unsigned)METHOD_CARD_PIN : (unsigned)METHOD_CARD;
}

static struct error *
open_or_raise(struct act *act, struct card_showing *showing, struct card_id card)
{
	const struct text with = card_about(act->look.arena, card);
	showing->shown_in = showing->session;
	if (showing->session.no != 0)
		return people_session_raise(act, showing->session, methods_of(showing->pack), with,
					    &showing->token);
	struct opening opening = {
		.person = showing->person,
		.pack = showing->pack,
		.methods = methods_of(showing->pack),
		.with = with,
		.address = showing->address,
		.agent = showing->agent,
	};
	TRY(people_session_open(act, &opening));
	showing->shown_in = opening.session;
	showing->token = opening.token;
	return OK;
}

struct error *
signin_card_show(struct act *act, void *with)
{
	struct card_showing *showing = with;
	struct signin_card_by_certificate_row row;
	bool found;
	TRY(signin_card_by_certificate(&act->look,
				       &(struct signin_card_by_certificate_in){
					       showing->face.issuer_key, showing->face.serial },
				       &found, &row));
	/* The same number on another certificate is not the card that was registered. */
	found = found && text_same(row.fingerprint, hash_bytes(&showing->face.fingerprint));
	if (showing->state[0] != '\0')
		return refuse_card(act, showing, showing->state, found ? &row : NULL);
	if (!found)
		return refuse_card(act, showing, "not-registered", NULL);
	if (row.stopped != 0)
		return refuse_card(act, showing, "stopped", &row);
	showing->person = (struct person_id){ row.person };
	showing->is_elsewhere = false;
	if (showing->session.no != 0 && showing->signed_in.no != row.person)
		return refuse_card(act, showing, "other-person", &row);
	const struct card_id card = { row.id };
	TRY(look_elsewhere(&act->look, showing, card));
	struct error *error = open_or_raise(act, showing, card);
	/* It refuses before it changes anything. */
	if (error != OK && error->kind == ERROR_REFUSED)
		return refuse_card(act, showing, "no-account", &row);
	TRY(error);
	showing->is_shown = true;
	return keep_use(act, showing, card);
}
