/*
 * Showing more: where a session that has not shown enough is sent, and nowhere else; and the proof before
 * what weighs. Takamatsu 5.4 c), e).
 */
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
	page.has_way = ways != NULL;
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

enum { KEPT_MOST = 1000 };

/* What was typed into the form that is asked about; the proof page sends it along as "t.NAME". */
struct typed {
	struct text to;
	struct proof_kept *kept;
	size_t count;
	bool has_files;
};

static struct typed
typed_of(const struct visit *visit)
{
	const struct request *request = visit->request;
	const bool is_again = text_is(request->path, "/sign-in/proof");
	struct typed typed = { .to = is_again ? request_field(request, "to") : request->raw_target };
	typed.kept = ARENA_ARRAY(visit->arena, struct proof_kept, request->fields.count + 1);
	for (size_t at = 0; at < request->fields.count && typed.count < KEPT_MOST; at++) {
		const struct field *field = &request->fields.at[at];
		const bool is_ours = text_starts(field->name, T("t."));
		typed.has_files |= field->is_file && field->file_name.len != 0;
		if (field->is_file || is_again != is_ours || text_is(field->name, "csrf"))
			continue;
		typed.kept[typed.count++] = (struct proof_kept){
			is_ours ? text_from(field->name, 2) : field->name, field->value };
	}
	return typed;
}

/* Who has registered something held shows that; a password alone would prove less than signing in did. */
struct error *
proof_draw(struct look *look, struct visit *visit)
{
	const struct typed typed = typed_of(visit);
	struct factor *list;
	struct ways_part *ways;
	size_t count;
	TRY(signin_factors(look, visit->session.person, &list, &count));
	struct proof_page page = {
		.frame = visit_frame(visit, text_of(say("本人確認")), NULL),
		.csrf = visit->csrf,
		.to = typed.to,
		.kept = typed.kept,
		.kept_count = typed.count,
		.has_files = typed.has_files,
	};
	TRY(ways_make(look, visit, "proof", count != 0, count == 0, &ways));
	page.ways = ways;
	page.has_way = ways != NULL;
	return visit_draw(visit, proof_page, &page);
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
	const struct typed typed = typed_of(visit);
	struct go_on_page page = {
		.frame = visit_frame(visit, text_of(say("確認できました")), NULL),
		.csrf = visit->csrf,
		.to = to,
		.kept = ARENA_ARRAY(visit->arena, struct go_on_kept, typed.count + 1),
		.kept_count = typed.count,
	};
	for (size_t at = 0; at < typed.count; at++)
		page.kept[at] = (struct go_on_kept){ typed.kept[at].name, typed.kept[at].value };
	return visit_draw(visit, go_on_page, &page);
}

PAGE_ROWS(more,
	  { { METHOD_GET, "/sign-in/more" }, RIGHT_SELF, PAGE_LOOK, .look = more_draw, .proof = PROOF_PART },
	  { { METHOD_POST, "/sign-in/more" }, RIGHT_SELF, PAGE_ACT, .look = more_begin, .slow = ways_verify,
	    .act = more_do, .again = more_draw, .proof = PROOF_PART },
	  { { METHOD_POST, "/sign-in/proof" }, RIGHT_SELF, PAGE_ACT, .look = proof_begin,
	    .slow = ways_verify, .act = proof_do, .again = proof_draw });
