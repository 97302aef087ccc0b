/*
 * Showing more: where a session that has not shown enough is sent, and nowhere else; and the proof before
 * what weighs. Takamatsu 5.4 c), e).
 */
#include "pages/aside.h"
#include "pages/card_pages.h"
#include "pages/ways.h"

/* ---- Not enough yet ---- */

static struct url
next_of(struct visit *visit)
{
	struct url to;
	return url_from_local(visit_text(visit, "next"), &to) ? to : url_path(visit->arena, "/");
}

static struct error *
leave(struct visit *visit)
{
	visit->answer.status = 303;
	visit->answer.location = next_of(visit);
	return OK;
}

/* Without a way to show: may they register one here? */
static void
fill_enrol(struct look *look, struct visit *visit, struct more_page *page)
{
	struct error *fault = signin_may_enrol(look, visit->office->pack, &visit->session,
					       visit->request->client);
	page->may_enrol = fault == OK;
	if (fault != OK)
		page->enrol_fault = text_copy(visit->arena, fault->words);
}

static struct error *
more_draw(struct look *look, struct visit *visit)
{
	struct signin_demand demand;
	struct ways_part *ways;
	const unsigned kinds = people_kinds(visit->session.methods);
	TRY(signin_demand(look, visit->office->pack, visit->session.person, visit->request->client, &demand));
	if (signin_is_enough(&demand, visit->session.methods) && visit->faults == NULL)
		return leave(visit);
	struct more_page page = {
		.frame = visit_frame(visit, text_of(say("もう一つの確認")), NULL),
		.csrf = visit->csrf,
		.next = visit_text(visit, "next"),
		.why = signin_demand_words(visit->arena, &demand),
		.totp = url_path(visit->arena, "/account/factors/totp"),
		.key = url_path(visit->arena, "/account/factors/key"),
	};
	TRY(ways_make(look, visit, "more", (kinds & KIND_HELD) == 0, (kinds & KIND_KNOWN) == 0, &ways));
	page.ways = ways;
	if ((kinds & KIND_HELD) == 0)
		TRY(card_offer(look, visit, page.next, &page.card));
	page.has_way = ways != NULL || !url_is_empty(page.card);
	page.takes_cards = cards_are_used(visit->office);
	if (!page.has_way)
		fill_enrol(look, visit, &page);
	return visit_draw(visit, more_page, &page);
}

static struct error *
more_begin(struct look *look, struct visit *visit)
{
	return ways_read(look, visit, "more");
}

static struct error *
more_do(struct act *act, struct visit *visit)
{
	bool is_shown;
	TRY(ways_show(act, visit, &is_shown));
	if (!is_shown)
		return more_draw(&act->look, visit);
	visit->go_to = next_of(visit);
	return OK;
}

/* ---- Before what weighs ---- */

static struct text
name_kept(const struct field *field, bool is_again)
{
	return is_again ? text_from(field->name, 2) : field->name;
}

/* What was typed into the form that is asked about; the proof page sends it along as "t.NAME". */
static struct aside_form
typed_of(const struct visit *visit)
{
	const struct request *request = visit->request;
	const bool is_again = text_is(request->path, "/sign-in/proof");
	struct aside_form typed = { .to = is_again ? request_field(request, "to") : request->raw_target };
	typed.fields = ARENA_ARRAY(visit->arena, struct aside_field, request->fields.count + 1);
	for (size_t at = 0; at < request->fields.count && typed.count < ASIDE_FIELDS; at++) {
		const struct field *field = &request->fields.at[at];
		const bool is_ours = text_starts(field->name, T("t."));
		typed.has_files |= field->is_file && field->file_name.len != 0;
		if (field->is_file || is_again != is_ours || text_is(field->name, "csrf"))
			continue;
		typed.fields[typed.count++] =
			(struct aside_field){ name_kept(field, is_again), field->value };
	}
	return typed;
}

/* The card is shown at a door of its own; what was typed waits here, as `name` when it does already. */
static struct error *
offer_card(struct look *look, struct visit *visit, const struct aside_form *typed, struct text name,
	   struct proof_page *page)
{
	TRY(card_offer(look, visit, T(""), &page->card));
	if (url_is_empty(page->card))
		return OK;
	page->keeps = name.len != 0 || aside_keep(visit->office->aside, visit->session.id.no, typed,
						  visit->now, visit->arena, &name);
	if (!page->keeps)
		return OK;
	const struct url back = url_query(visit->arena, url_path(visit->arena, "/sign-in/proof"), "kept", name);
	page->card = url_query(visit->arena, page->card, "next", back.text);
	return OK;
}

/* Who has registered something held shows that; a password alone would prove less than signing in did. */
static struct error *
ask_proof(struct look *look, struct visit *visit, const struct aside_form *typed, struct text name)
{
	struct factor *list;
	struct ways_part *ways;
	size_t count;
	TRY(signin_factors(look, visit->session.person, &list, &count));
	struct proof_page page = {
		.frame = visit_frame(visit, text_of(say("本人確認")), NULL),
		.csrf = visit->csrf,
		.to = typed->to,
		.kept = ARENA_ARRAY(visit->arena, struct proof_kept, typed->count + 1),
		.kept_count = typed->count,
		.has_files = typed->has_files,
	};
	for (size_t at = 0; at < typed->count; at++)
		page.kept[at] = (struct proof_kept){ typed->fields[at].name, typed->fields[at].value };
	TRY(ways_make(look, visit, "proof", count != 0, count == 0, &ways));
	page.ways = ways;
	TRY(offer_card(look, visit, typed, name, &page));
	page.has_way = ways != NULL || !url_is_empty(page.card);
	return visit_draw(visit, proof_page, &page);
}

struct error *
proof_draw(struct look *look, struct visit *visit)
{
	const struct aside_form typed = typed_of(visit);
	return ask_proof(look, visit, &typed, T(""));
}

static struct error *
go_on(struct visit *visit, const struct aside_form *typed)
{
	struct go_on_page page = {
		.frame = visit_frame(visit, text_of(say("確認できました")), NULL),
		.csrf = visit->csrf,
		.kept = ARENA_ARRAY(visit->arena, struct go_on_kept, typed->count + 1),
		.kept_count = typed->count,
	};
	if (!url_from_local(typed->to, &page.to))
		return reject("to", "画面の内容が正しく届きませんでした。画面を開き直してください。");
	aside_drop(visit->office->aside, visit->session.id.no);
	for (size_t at = 0; at < typed->count; at++)
		page.kept[at] = (struct go_on_kept){ typed->fields[at].name, typed->fields[at].value };
	return visit_draw(visit, go_on_page, &page);
}

/* Back from the card door. What was put aside is given once: going back in the browser repeats no act. */
static struct error *
kept_draw(struct look *look, struct visit *visit)
{
	struct aside_form typed;
	bool is_fresh;
	const struct text name = visit_text(visit, "kept");
	if (!aside_find(visit->office->aside, visit->session.id.no, name, visit->now, visit->arena, &typed))
		return missing("確認の前に入力した内容は、もう残っていません。操作は行われていません。元の画面を開いて、もう一度入力してください。");
	TRY(signin_is_fresh(look, visit->office->pack, &visit->session, &is_fresh));
	if (!is_fresh)
		return ask_proof(look, visit, &typed, name);
	return go_on(visit, &typed);
}

static struct error *
proof_begin(struct look *look, struct visit *visit)
{
	struct factor *list;
	size_t count;
	TRY(signin_factors(look, visit->session.person, &list, &count));
	if (count != 0 && text_is(visit_text(visit, "what"), "password"))
		return refuse("登録した確認コードかキーで確かめてください。");
	return ways_read(look, visit, "proof");
}

static struct error *
proof_do(struct act *act, struct visit *visit)
{
	bool is_shown;
	struct url to;
	if (!url_from_local(visit_text(visit, "to"), &to))
		return reject("to", "画面の内容が正しく届きませんでした。画面を開き直してください。");
	TRY(ways_show(act, visit, &is_shown));
	if (!is_shown)
		return proof_draw(&act->look, visit);
	const struct aside_form typed = typed_of(visit);
	return go_on(visit, &typed);
}

PAGE_ROWS(more,
	  { { METHOD_GET, "/sign-in/more" }, RIGHT_SELF, PAGE_LOOK, .look = more_draw, .proof = PROOF_PART },
	  { { METHOD_POST, "/sign-in/more" }, RIGHT_SELF, PAGE_ACT, .look = more_begin, .slow = ways_verify,
	    .act = more_do, .again = more_draw, .proof = PROOF_PART },
	  { { METHOD_GET, "/sign-in/proof" }, RIGHT_SELF, PAGE_LOOK, .look = kept_draw },
	  { { METHOD_POST, "/sign-in/proof" }, RIGHT_SELF, PAGE_ACT, .look = proof_begin,
	    .slow = ways_verify, .act = proof_do, .again = proof_draw });
