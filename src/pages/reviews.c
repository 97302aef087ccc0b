/* The review of the policy: what it collects, what is made of it, the decision. */
#include "pages/audit_pages.h"

#include "assure/review.h"

static const char *
state_of(const struct review *review, const char **tag)
{
	*tag = review->decided.ms == 0 ? "wait" : "go";
	if (review->decided.ms == 0)
		return say("見直し中");
	return review->is_change ? say("方針を変える") : say("方針を変えない");
}

static struct error *
list_draw(struct look *look, struct visit *visit)
{
	struct audit_eyes eyes;
	struct review *list;
	size_t count;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	TRY(review_list(look, &list, &count));
	struct reviews_page page = {
		.frame = visit_frame(visit, text_of(say("方針の見直し")), "yearly"),
		.may = eyes.is_chief && (count == 0 || list[0].decided.ms != 0),
		.month = visit->office->pack->audit != NULL ? visit->office->pack->audit->review_month : 0,
		.start = url_path(visit->arena, "/reviews/new"),
		.rows = ARENA_ARRAY(visit->arena, struct reviews_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++) {
		const char *tag;
		const char *state = state_of(&list[at], &tag);
		page.rows[at] = (struct reviews_rows){
			list[at].why, review_page_url(visit, list[at].id),
			fiscal_wareki(visit->arena, list[at].year), list[at].started, list[at].decided,
			text_of(state), text_of(tag)
		};
	}
	return visit_draw(visit, reviews_page, &page);
}

static struct error *
start_draw(struct look *look, struct visit *visit)
{
	struct audit_eyes eyes;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	if (!eyes.is_chief)
		return refuse("見直しを始められるのは、監査を命じる役割の人だけです。");
	struct audit_form_page *page =
		audit_form_make(visit, say("見直しを始める"), text_of(say("方針の見直し")),
				url_path(visit->arena, "/reviews"), url_path(visit->arena, "/reviews/new"),
				say("始める"));
	audit_form_field(page, text_box(visit, "why", say("きっかけ"), say("例: 年次の見直し、法改正"),
					text_of(say("年次の見直し")), true));
	return audit_form_draw(visit, page);
}

static struct error *
start_do(struct act *act, struct visit *visit)
{
	struct review_id id;
	TRY(audit_gate(&act->look, visit));
	TRY(review_start(act, visit->office->pack, assure_review_sources, audit_typed(visit, "why"), &id));
	visit->go_to = review_page_url(visit, id);
	visit->done = "added";
	return OK;
}

/* ---- One ---- */

static struct error *
open_review(struct look *look, struct visit *visit, struct review *review, bool *may)
{
	struct audit_eyes eyes;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	TRY(review_read(look, (struct review_id){ visit_id(visit, "review") }, review));
	*may = (eyes.is_chief || eyes.is_council) && review->decided.ms == 0;
	return OK;
}

static struct error *
fill_inputs(struct look *look, struct visit *visit, const struct review *review, bool may,
	    struct review_page *page)
{
	struct review_input *list;
	size_t count;
	TRY(review_inputs(look, visit->office->flow, assure_review_sources, review, &list, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct review_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct review_source *source = list[at].source;
		page->rows[at] = (struct review_rows){
			.source = text_of(say(source->words)),
			.figures = list[at].figures,
			.words = list[at].words,
			.who = list[at].name,
			.may = may,
			.say = url_make(visit->arena, "/reviews/{}/inputs/{}", 2,
					((struct text[]){ number_text(visit->arena, review->id.no),
							  text_of(source->code) })),
		};
		/* An auditor called in for one audit reads the review, and not all that it draws on. */
		if (source->path != NULL && visit_may_open(visit, source->path))
			(void)url_from_local(text_of(source->path), &page->rows[at].path);
	}
	return OK;
}

static struct error *
fill_agenda(struct look *look, struct visit *visit, const struct review *review, struct review_page *page)
{
	struct agenda *list;
	size_t count;
	TRY(council_about(look, audit_about_review(visit->arena, review->id), &list, &count));
	page->agenda = ARENA_ARRAY(visit->arena, struct review_agenda, count + 1);
	page->agenda_count = count;
	for (size_t at = 0; at < count; at++)
		page->agenda[at] = (struct review_agenda){
			list[at].title, council_url(visit, list[at].meeting), list[at].day,
			text_of(council_decision_words(list[at].decision))
		};
	return OK;
}

static void
fill_next(struct visit *visit, const struct review *review, bool may, struct review_page *page)
{
	const bool waits = visit->office->pack->audit->council != NULL && !review->is_told;
	if (review->decided.ms != 0)
		return;
	page->next = text_of(waits ? say("材料をどう生かすかを書き、会議の議題にしてください。会議の記録が残ると、決められます。")
				   : say("決められます。決めると、そのときの材料が書き留められます。"));
	page->actions = ARENA_ARRAY(visit->arena, struct review_actions, 1);
	if (may && !waits)
		page->actions[page->actions_count++] =
			(struct review_actions){ text_of(say("見直しの結果を決める")),
						 audit_path(visit, "/reviews/{}/decide", review->id.no), true };
}

static struct error *
review_draw(struct look *look, struct visit *visit)
{
	struct review review;
	const char *tag;
	bool may;
	TRY(open_review(look, visit, &review, &may));
	struct review_page page = {
		.frame = visit_frame(visit, review.why, "yearly"),
		.why = review.why,
		.year = fiscal_wareki(visit->arena, review.year),
		.state = text_of(state_of(&review, &tag)),
		.since = review.since,
		.started = review.started,
		.decided = review.decided,
		.words = review.words,
		.decider = review.decider_name,
	};
	page.tag = text_of(tag);
	fill_next(visit, &review, may, &page);
	TRY(fill_inputs(look, visit, &review, may, &page));
	TRY(fill_agenda(look, visit, &review, &page));
	return visit_draw(visit, review_page, &page);
}

static struct error *
input_draw(struct look *look, struct visit *visit)
{
	const struct text code = capture_text(visit->captures, "source");
	struct review review;
	struct review_input *list;
	size_t count;
	bool may;
	TRY(open_review(look, visit, &review, &may));
	if (!may)
		return refuse("見直しに書けるのは、会議の構成員と監査を命じる役割の人です。");
	TRY(review_inputs(look, visit->office->flow, assure_review_sources, &review, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (!text_is(code, list[at].source->code))
			continue;
		struct audit_form_page *page = audit_form_make(
			visit, say("どう生かすかを書く"), review.why, review_page_url(visit, review.id),
			url_make(visit->arena, "/reviews/{}/inputs/{}", 2,
				 ((struct text[]){ number_text(visit->arena, review.id.no), code })),
			say("残す"));
		audit_form_fact(page, say("材料"), text_of(say(list[at].source->words)));
		audit_form_fact(page, say("この期間のようす"), list[at].figures);
		audit_form_field(page, long_box(visit, "words", say("どう生かすか"), "", list[at].words, true));
		return audit_form_draw(visit, page);
	}
	return missing("その材料はありません。");
}

static struct error *
input_do(struct act *act, struct visit *visit)
{
	const struct review_id id = { visit_id(visit, "review") };
	TRY(audit_gate(&act->look, visit));
	TRY(review_use(act, visit->office->pack, id, capture_text(visit->captures, "source"),
		       audit_typed(visit, "words")));
	visit->go_to = review_page_url(visit, id);
	visit->done = "saved";
	return OK;
}

static struct error *
decide_draw(struct look *look, struct visit *visit)
{
	struct review review;
	bool may;
	TRY(open_review(look, visit, &review, &may));
	if (!may)
		return refuse("見直しの結果を決められるのは、会議の構成員と監査を命じる役割の人です。");
	struct audit_form_page *page =
		audit_form_make(visit, say("見直しの結果を決める"), review.why, review_page_url(visit, review.id),
				audit_path(visit, "/reviews/{}/decide", review.id.no), say("決める"));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 2);
	options[0] = (struct field_option){ T("keep"), text_of(say("方針を変えない")) };
	options[1] = (struct field_option){ T("change"), text_of(say("方針を変える")) };
	audit_form_field(page, radio_box(visit, "decision", text_of(say("結果")), T(""), T(""), true, options, 2));
	audit_form_field(page, long_box(visit, "words", say("決めたことと理由"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
decide_do(struct act *act, struct visit *visit)
{
	const struct review_id id = { visit_id(visit, "review") };
	const struct text decision = visit_text(visit, "decision");
	struct review review;
	TRY(audit_gate(&act->look, visit));
	TRY(review_read(&act->look, id, &review));
	if (!text_is(decision, "keep") && !text_is(decision, "change"))
		return reject("decision", "変えるか変えないかを選んでください。");
	TRY(review_decide(act, visit->office->flow, assure_review_sources, id, review.change,
			  text_is(decision, "change"), audit_typed(visit, "words")));
	visit->go_to = review_page_url(visit, id);
	visit->done = "review-decided";
	return OK;
}

PAGE_ROWS(review, { { METHOD_GET, "/reviews" }, RIGHT_SELF, PAGE_LOOK, .look = list_draw },
	  { { METHOD_GET, "/reviews/new" }, RIGHT_SELF, PAGE_LOOK, .look = start_draw },
	  { { METHOD_POST, "/reviews/new" }, RIGHT_SELF, PAGE_ACT, .act = start_do, .again = start_draw },
	  { { METHOD_GET, "/reviews/{review}" }, RIGHT_SELF, PAGE_LOOK, .look = review_draw },
	  { { METHOD_GET, "/reviews/{review}/inputs/{source:text}" }, RIGHT_SELF, PAGE_LOOK,
	    .look = input_draw },
	  { { METHOD_POST, "/reviews/{review}/inputs/{source:text}" }, RIGHT_SELF, PAGE_ACT,
	    .act = input_do, .again = input_draw },
	  { { METHOD_GET, "/reviews/{review}/decide" }, RIGHT_SELF, PAGE_LOOK, .look = decide_draw },
	  { { METHOD_POST, "/reviews/{review}/decide" }, RIGHT_SELF, PAGE_ACT, .act = decide_do,
	    .again = decide_draw });
