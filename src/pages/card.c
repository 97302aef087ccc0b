/*
 * The card door: signing in with an IC card, and registering the card in the reader. Both are served
 * behind the listener that asks for client certificates; everywhere else these addresses lead there.
 * Each request there proves anew that the card is in the reader, so what is shown is what is used.
 */
#include "pages/card_pages.h"
#include "pages/limits.h"
#include "pages/ways.h"

#include "signin/signin.h"

bool
cards_are_used(const struct office *office)
{
	return office->issuers != NULL;
}

struct card_face
card_face_of(const struct certificate *certificate)
{
	return (struct card_face){
		.issuer_key = certificate->issuer_key,
		.serial = certificate->serial,
		.issuer_name = certificate->issuer,
		.subject = certificate->name,
		.fingerprint = certificate->fingerprint,
		.since = certificate->since,
		.until = certificate->until,
	};
}

struct error *
card_offer(struct look *look, struct visit *visit, struct text next, struct url *offer)
{
	struct card *cards;
	size_t count, living = 0;
	struct url to;
	*offer = (struct url){ T("") };
	if (!cards_are_used(visit->office))
		return OK;
	TRY(signin_cards_of(look, visit->session.person, &cards, &count));
	for (size_t at = 0; at < count; at++)
		living += card_is_living(&cards[at], visit->now) ? 1 : 0;
	if (living == 0)
		return OK;
	*offer = url_path(visit->arena, "/card");
	if (url_from_local(next, &to))
		*offer = url_query(visit->arena, *offer, "next", next);
	return OK;
}

/* The card of this request. `state` is UNREADABLE and the rest empty when none came. */
struct shown {
	bool has_card;
	enum certificate_state state;
	struct certificate certificate;
};

static struct shown
shown_card(const struct visit *visit)
{
	struct shown shown = { .state = CERTIFICATE_UNREADABLE };
	if (!visit->office->is_card_door || visit->request->certificate.len == 0)
		return shown;
	shown.state = issuers_check(visit->office->issuers, visit->arena,
				    visit->request->certificate, visit->now, &shown.certificate);
	shown.has_card = shown.state != CERTIFICATE_UNREADABLE;
	return shown;
}

/* Here only when no card is used: otherwise the way leads to the door. */
static struct error *
must_be_door(const struct visit *visit)
{
	if (visit->office->is_card_door)
		return OK;
	return missing("この番所では、ICカードでのサインインを使っていません。ほかの方法でサインインしてください。");
}

static struct text
first_fault(const struct visit *visit)
{
	return visit->faults != NULL ? visit->faults->words : T("");
}

/* ---- Signing in ---- */

static struct error *
card_draw(struct look *look, struct visit *visit)
{
	(void)look;
	TRY(must_be_door(visit));
	const struct shown shown = shown_card(visit);
	struct card_page page = {
		.frame = visit_frame(visit, text_of(say("ICカードでサインイン")), NULL),
		.fault = first_fault(visit),
		.has_card = shown.has_card,
		.is_more = visit->has_session,
		.name = shown.certificate.name,
		.issuer = shown.certificate.issuer,
		.serial = shown.certificate.serial,
		.until = shown.certificate.until,
		.person = visit->session.name,
		.next = request_field(visit->request, "next"),
	};
	page.frame.faults_count = 0; /* said above the card */
	return visit_draw(visit, card_page, &page);
}

static struct error *
card_begin(struct look *look, struct visit *visit)
{
	(void)look;
	TRY(must_be_door(visit));
	TRY(ways_must_be_open(visit));
	const struct shown shown = shown_card(visit);
	if (visit->request->certificate.len == 0)
		return reject("card", "カードを読み取れませんでした。カードをリーダーに差して、もう一度お試しください。");
	const struct text agent = visit->request->user_agent;
	struct card_showing *showing = ARENA_NEW(visit->arena, struct card_showing);
	*showing = (struct card_showing){
		.face = card_face_of(&shown.certificate),
		.state = shown.state == CERTIFICATE_GOOD ? "" : certificate_state_code(shown.state),
		.address = visit->request->client,
		.agent = agent.len > 200 ? text_first(agent, 200) : agent,
		.pack = visit->office->pack,
	};
	if (visit->has_session) {
		showing->session = visit->session.id;
		showing->signed_in = visit->session.person;
	}
	visit->kept = showing;
	return OK;
}

static struct error *
card_do(struct act *act, struct visit *visit)
{
	struct card_showing *showing = visit->kept;
	struct url to;
	TRY(signin_card_show(act, showing));
	if (!showing->is_shown) {
		limits_sign_in_failed(visit->office->limits, visit->request->client, visit->now);
		/* The failure is an act of its own and stands; only the page says no. */
		visit->faults = error_keep(visit->arena,
					   reject("card", "%.*s", T_ARG(showing->refusal)));
		visit->answer.status = 422;
		return card_draw(&act->look, visit);
	}
	if (!url_from_local(visit_text(visit, "next"), &to))
		to = url_query(visit->arena, url_path(visit->arena, "/"), "welcome", T("1"));
	visit->go_to = url_at_port(visit->arena, visit->request->host, visit->office->home_port, to);
	visit->answer.cookies[0] = (struct cookie){ .name = "session", .value = showing->token };
	return OK;
}

/* ---- Registering the card in the reader ---- */

struct error *
card_must_be_good(enum certificate_state state, const char *field)
{
	switch (state) {
	case CERTIFICATE_GOOD:
		return OK;
	case CERTIFICATE_UNREADABLE:
		return reject(field, "証明書として読めません。カードの証明書のファイル(PEM か DER)を選んでください。");
	case CERTIFICATE_UNFIT:
		return reject(field, "この証明書はサインインに使えません。サインイン用の証明書を選んでください。");
	case CERTIFICATE_UNKNOWN_ISSUER:
		return reject(field, "このカードの発行者は、ここでは受け付けていません。発行者を加えるのは、運用の設定です。");
	case CERTIFICATE_NOT_YET:
		return reject(field, "カードの有効期間がまだ始まっていません。");
	case CERTIFICATE_EXPIRED:
		return reject(field, "カードの有効期限が切れています。新しいカードを登録してください。");
	case CERTIFICATE_REVOKED:
		return reject(field, "このカードは発行者によって失効しています。登録できません。");
	case CERTIFICATE_NO_LIST:
	case CERTIFICATE_OLD_LIST:
		return reject(field, "発行者の失効リストがないか古いため、いまはカードを確かめられません。システムの担当者が新しいリストを置いてから、もう一度お試しください。");
	}
	return OK;
}

static struct error *
register_draw(struct look *look, struct visit *visit)
{
	TRY(must_be_door(visit));
	TRY(signin_may_enrol(look, visit->office->pack, &visit->session, visit->request->client));
	const struct shown shown = shown_card(visit);
	struct card_register_page page = {
		.frame = visit_frame(visit, text_of(say("ICカードを登録する")), NULL),
		.csrf = visit->csrf,
		.fault = first_fault(visit),
		.has_card = shown.has_card,
		.name = shown.certificate.name,
		.issuer = shown.certificate.issuer,
		.serial = shown.certificate.serial,
		.until = shown.certificate.until,
		.person = visit->session.name,
	};
	page.frame.faults_count = 0;
	return visit_draw(visit, card_register_page, &page);
}

static struct error *
register_begin(struct look *look, struct visit *visit)
{
	TRY(must_be_door(visit));
	const struct shown shown = shown_card(visit);
	TRY(signin_may_enrol(look, visit->office->pack, &visit->session, visit->request->client));
	TRY(visit_must_be_fresh(look, visit));
	TRY(card_must_be_good(shown.state, "card"));
	struct card_registering *registering = ARENA_NEW(visit->arena, struct card_registering);
	*registering = (struct card_registering){ .person = visit->session.person,
						  .face = card_face_of(&shown.certificate) };
	visit->kept = registering;
	return OK;
}

static struct error *
register_do(struct act *act, struct visit *visit)
{
	TRY(signin_card_register(act, visit->kept));
	visit->go_to = url_at_port(visit->arena, visit->request->host, visit->office->home_port,
				   url_path(visit->arena, "/account/cards"));
	visit->done = "card-registered";
	return OK;
}

PAGE_ROWS(card,
	  { { METHOD_GET, "/card" }, RIGHT_PUBLIC, PAGE_LOOK, .look = card_draw },
	  { { METHOD_POST, "/card" }, RIGHT_PUBLIC, PAGE_ACT, .look = card_begin, .act = card_do,
	    .again = card_draw },
	  { { METHOD_GET, "/card/register" }, RIGHT_SELF, PAGE_LOOK, .look = register_draw,
	    .proof = PROOF_PART },
	  { { METHOD_POST, "/card/register" }, RIGHT_SELF, PAGE_ACT, .look = register_begin,
	    .act = register_do, .again = register_draw, .proof = PROOF_PART });
