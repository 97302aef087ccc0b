/* The register of IC cards: one's own, a person's, all of them; stopping; registering from a file. */
#include "pages/card_pages.h"
#include "pages/list_pages.h"

#include "base/number.h"

enum { PAGE = 50, WARN_DAYS = 30 };

/* ---- A list ---- */

static void
state_in_words(const struct visit *visit, const struct card *card, struct card_list_rows *row)
{
	row->tag = T("go");
	row->state = text_of(say("使えます"));
	if (card->stopped.ms != 0) {
		row->tag = T("off");
		row->state = text_of(say("停止"));
		row->note = text_of(card_reason_words(card->reason));
	} else if (card->face.until.ms < visit->now.ms) {
		row->tag = T("stop");
		row->state = text_of(say("期限切れ"));
	} else if (moment_day(card->face.until).no - visit->today.no < WARN_DAYS) {
		row->tag = T("wait");
		row->state = text_of(say("もうすぐ期限"));
	}
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct card *card, bool has_persons,
	 struct card_list_rows *row)
{
	bool may = false;
	*row = (struct card_list_rows){
		.name = card->face.subject,
		.serial = card->face.serial,
		.until = moment_day(card->face.until),
		.registered = moment_day(card->registered),
		.last_used = card->last_used,
		.person_cards = url_of_number(visit->arena, "/people/{}/cards", card->person.no),
		.stops = url_of_number(visit->arena, "/cards/{}/stop", card->id.no),
	};
	if (has_persons)
		TRY(people_name(look, card->person, &row->person));
	if (card->stopped.ms == 0)
		TRY(signin_card_may_stop(look, &visit->rights, card->person, &may));
	row->may_stop = may;
	state_in_words(visit, card, row);
	return OK;
}

static struct error *
list_of(struct look *look, struct visit *visit, const struct card *cards, size_t count,
	bool has_persons, const struct card_list_part **list)
{
	struct card_list_part *made = ARENA_NEW(visit->arena, struct card_list_part);
	made->has_persons = has_persons;
	made->rows = ARENA_ARRAY(visit->arena, struct card_list_rows, count + 1);
	made->rows_count = count;
	for (size_t at = 0; at < count; at++)
		TRY(fill_row(look, visit, &cards[at], has_persons, &made->rows[at]));
	*list = made;
	return OK;
}

/* ---- One's own ---- */

static struct error *
own_draw(struct look *look, struct visit *visit)
{
	struct card *cards;
	size_t count;
	const struct pack_occasion *occasion = visit->office->pack->sign_in.cards.occasion;
	TRY(signin_cards_of(look, visit->session.person, &cards, &count));
	struct account_cards_page page = {
		.frame = visit_frame(visit, text_of(say("あなたのICカード")), NULL),
		.is_used = cards_are_used(visit->office),
	};
	if (text_is(visit_text(visit, "lost"), "1") && occasion != NULL)
		page.report = words_now(occasion->title);
	TRY(list_of(look, visit, cards, count, false, &page.cards));
	return visit_draw(visit, account_cards_page, &page);
}

/* ---- A person's ---- */

static struct error *
person_draw(struct look *look, struct visit *visit)
{
	struct person person;
	struct card *cards;
	size_t count;
	bool may;
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_person(look, id, &person));
	TRY(signin_card_may_stop(look, &visit->rights, id, &may));
	if (!may)
		return refuse("この人のカードを見る権限がありません。");
	TRY(signin_cards_of(look, id, &cards, &count));
	struct person_cards_page page = {
		.frame = visit_frame(visit, text_format(visit->arena, say("%.*sさんのICカード"),
							T_ARG(person.name)),
				     "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.csrf = visit->csrf,
		.name = person.name,
		.back = url_of_number(visit->arena, "/people/{}", id.no),
		.action = url_of_number(visit->arena, "/people/{}/cards", id.no),
		.may_register = visit_may(visit, RIGHT_ACCOUNTS) && !person.is_erased,
		.is_used = cards_are_used(visit->office),
		.fault = visit_fault(visit, T("file")),
	};
	TRY(list_of(look, visit, cards, count, false, &page.cards));
	return visit_draw(visit, person_cards_page, &page);
}

static struct error *
file_begin(struct look *look, struct visit *visit)
{
	struct certificate certificate;
	const struct field *file = request_file(visit->request, "file");
	(void)look;
	if (!cards_are_used(visit->office))
		return reject("file", "この番所では、ICカードでのサインインを使っていません。");
	if (file == NULL)
		return reject("file", "証明書のファイルを選んでください。");
	TRY(card_must_be_good(issuers_check(visit->office->issuers, visit->arena, file->value,
					    visit->now, &certificate),
			      "file"));
	struct card_registering *registering = ARENA_NEW(visit->arena, struct card_registering);
	*registering = (struct card_registering){ .person = { visit_id(visit, "id") },
						  .face = card_face_of(&certificate),
						  .is_by_file = true };
	visit->kept = registering;
	return OK;
}

static struct error *
file_do(struct act *act, struct visit *visit)
{
	TRY(signin_card_register(act, visit->kept));
	visit->go_to = url_of_number(visit->arena, "/people/{}/cards", visit_id(visit, "id"));
	visit->done = "card-registered";
	return OK;
}

/* ---- Stopping ---- */

static struct field_part *
reason_box(struct visit *visit)
{
	static const enum card_reason reasons[] = { CARD_LOST, CARD_RETURNED, CARD_REPLACED, CARD_OTHER };
	struct field_option options[4];
	for (size_t at = 0; at < 4; at++)
		options[at] = (struct field_option){ text_of(card_reason_code(reasons[at])),
						     text_of(card_reason_words(reasons[at])) };
	return radio_box(visit, "reason", text_of(say("止める理由")),
			 text_of(say("なくしたときは、システムの担当者などに知らせが届きます。")), T("lost"), true,
			 options, 4);
}

static struct url
back_from(const struct visit *visit, const struct card *card)
{
	return card->person.no == visit->session.person.no
		       ? url_path(visit->arena, "/account/cards")
		       : url_of_number(visit->arena, "/people/{}/cards", card->person.no);
}

static struct error *
stop_draw(struct look *look, struct visit *visit)
{
	struct card card;
	bool may;
	TRY(signin_card(look, (struct card_id){ visit_id(visit, "id") }, &card));
	TRY(signin_card_may_stop(look, &visit->rights, card.person, &may));
	if (!may) /* that there is one is nobody else's business */
		return missing("そのカードは登録されていません。");
	struct card_stop_page page = {
		.frame = visit_frame(visit, text_of(say("ICカードを止める")), NULL),
		.csrf = visit->csrf,
		.name = card.face.subject,
		.serial = card.face.serial,
		.is_own = card.person.no == visit->session.person.no,
		.is_stopped = card.stopped.ms != 0,
		.action = url_of_number(visit->arena, "/cards/{}/stop", card.id.no),
		.back = back_from(visit, &card),
		.reason = reason_box(visit),
	};
	TRY(people_name(look, card.person, &page.person));
	return visit_draw(visit, card_stop_page, &page);
}

static struct error *
stop_do(struct act *act, struct visit *visit)
{
	struct card card;
	struct card_stopping stopping = { .id = { visit_id(visit, "id") },
					  .pack = visit->office->pack,
					  .rights = &visit->rights };
	if (!card_reason_read(visit_text(visit, "reason"), &stopping.reason) ||
	    stopping.reason == CARD_REVOKED)
		return reject("reason", "止める理由を選んでください。");
	TRY(signin_card(&act->look, stopping.id, &card));
	TRY(signin_card_stop(act, &stopping));
	visit->go_to = back_from(visit, &card);
	if (stopping.reason == CARD_LOST && card.person.no == visit->session.person.no)
		visit->go_to = url_query(visit->arena, visit->go_to, "lost", T("1"));
	visit->done = "card-stopped";
	return OK;
}

/* ---- All of them, for who keeps accounts ---- */

static void
issuer_in_words(const struct visit *visit, const struct issuer_state *state,
		struct cards_issuers *row)
{
	*row = (struct cards_issuers){
		.name = state->name,
		.until = moment_day(state->until),
		.list_since = state->list_since,
		.list_until = state->list_until,
		.revoked = state->revoked,
		.tag = T("go"),
		.state = text_of(say("正常")),
	};
	if (state->until.ms < visit->now.ms) {
		row->tag = T("stop");
		row->state = text_of(say("発行者の期限切れ"));
	} else if (!state->has_list) {
		row->tag = T("stop");
		row->state = text_of(say("失効リストがない"));
	} else if (state->list_until.ms != 0 && state->list_until.ms < visit->now.ms) {
		row->tag = T("stop");
		row->state = text_of(say("失効リストが古い"));
	}
}

static struct error *
fill_issuers(struct visit *visit, struct cards_page *page)
{
	struct issuer_state *states;
	size_t count;
	page->is_used = cards_are_used(visit->office);
	if (!page->is_used)
		return OK;
	TRY(issuers_list(visit->office->issuers, visit->arena, &states, &count));
	page->trouble = issuers_trouble(visit->office->issuers, visit->arena);
	page->issuers = ARENA_ARRAY(visit->arena, struct cards_issuers, count + 1);
	page->issuers_count = count;
	for (size_t at = 0; at < count; at++)
		issuer_in_words(visit, &states[at], &page->issuers[at]);
	return OK;
}

static const char *const filter_codes[] = { "all", "living", "ending", "stopped" };

static enum card_filter
filter_asked(const struct visit *visit)
{
	const struct text asked = visit_text(visit, "state");
	for (int at = 0; at < 4; at++)
		if (text_is(asked, filter_codes[at]))
			return (enum card_filter)at;
	return CARDS_LIVING;
}

static struct filter_part
state_filter(struct visit *visit, enum card_filter asked)
{
	struct filter_part filter = filter_of(visit, "state", say("状態"), "", 4);
	filter_add(&filter, T("living"), text_of(say("使えるもの")));
	filter_add(&filter, T("ending"), text_of(say("期限切れ・もうすぐ期限")));
	filter_add(&filter, T("stopped"), text_of(say("止めたもの")));
	filter_add(&filter, T("all"), text_of(say("すべて")));
	for (size_t at = 0; at < 4; at++)
		filter.options[at].is_chosen = text_is(filter.options[at].value, filter_codes[asked]);
	return filter;
}

static struct error *
fill_cards(struct look *look, struct visit *visit, struct card_search *search,
	   struct cards_page *page, struct pager_part *pager)
{
	struct card *cards;
	size_t count;
	(void)number_read(visit_text(visit, "before"), 1, INT64_MAX, &search->before.no);
	TRY(signin_cards(look, search, &cards, &count));
	const bool has_more = count > PAGE;
	struct url next = url_query(visit->arena,
				    url_query(visit->arena, url_path(visit->arena, "/cards"), "state",
					      text_of(filter_codes[search->filter])),
				    "words", search->words);
	if (search->before.no != 0)
		pager->first = next;
	if (has_more)
		pager->next = url_query_number(visit->arena, next, "before", cards[PAGE - 1].id.no);
	page->pages = has_more || search->before.no != 0 ? pager : NULL;
	return list_of(look, visit, cards, has_more ? PAGE : count, true, &page->cards);
}

static struct error *
cards_draw(struct look *look, struct visit *visit)
{
	struct card_search search = { .filter = filter_asked(visit),
				      .words = text_trim(visit_text(visit, "words")),
				      .most = PAGE + 1 };
	struct filter_part filter = state_filter(visit, search.filter);
	struct pager_part pager = { 0 };
	struct cards_page page = {
		.frame = visit_frame(visit, text_of(say("ICカード")), "people"),
		.tabs = people_tabs(visit, TAB_CARDS),
		.words = search.words,
		.state = &filter,
	};
	TRY(fill_issuers(visit, &page));
	TRY(fill_cards(look, visit, &search, &page, &pager));
	return visit_draw(visit, cards_page, &page);
}

PAGE_ROWS(cards,
	  { { METHOD_GET, "/account/cards" }, RIGHT_SELF, PAGE_LOOK, .look = own_draw },
	  { { METHOD_GET, "/cards" }, RIGHT_ACCOUNTS, PAGE_LOOK, .look = cards_draw },
	  { { METHOD_GET, "/cards/{id}/stop" }, RIGHT_SELF, PAGE_LOOK, .look = stop_draw },
	  { { METHOD_POST, "/cards/{id}/stop" }, RIGHT_SELF, PAGE_ACT, .act = stop_do,
	    .again = stop_draw },
	  { { METHOD_GET, "/people/{id}/cards" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = person_draw },
	  { { METHOD_POST, "/people/{id}/cards" }, RIGHT_ACCOUNTS, PAGE_ACT, .look = file_begin,
	    .act = file_do, .again = person_draw, .proof = PROOF_FRESH });
