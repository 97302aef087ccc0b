/* The council: its sessions, what is on the agenda, minutes and decisions. */
#include "pages/audit_pages.h"

static struct error *
may_write(struct look *look, struct visit *visit, struct audit_eyes *eyes)
{
	TRY(audit_eyes_of(look, visit, true, eyes));
	if (visit->office->pack->audit->council == NULL)
		return missing("この団体の方針には、審議する会議がありません。");
	if (!eyes->is_chief && !eyes->is_council)
		return refuse("会議の記録をつけられるのは、会議の構成員と監査を命じる役割の人です。");
	return OK;
}

static struct error *
list_draw(struct look *look, struct visit *visit)
{
	const struct pack_audit *rules = visit->office->pack->audit;
	struct audit_eyes eyes;
	struct meeting *list;
	size_t count;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	TRY(council_list(look, &list, &count));
	const bool has = rules != NULL && rules->council != NULL;
	struct councils_page page = {
		.frame = visit_frame(visit, text_of(say("会議")), "yearly"),
		.council = has ? words_now(rules->council->name) : text_of(say("会議")),
		.may = has && (eyes.is_chief || eyes.is_council),
		.call = url_path(visit->arena, "/council/new"),
		.rows = ARENA_ARRAY(visit->arena, struct councils_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++) {
		const bool is_held = list[at].held.ms != 0;
		page.rows[at] = (struct councils_rows){
			list[at].title, council_url(visit, list[at].id), list[at].day, list[at].place,
			text_of(is_held ? say("記録済み") : say("これから")), text_of(is_held ? "go" : "wait"),
			list[at].items
		};
	}
	return visit_draw(visit, councils_page, &page);
}

static struct error *
call_draw(struct look *look, struct visit *visit)
{
	struct audit_eyes eyes;
	TRY(may_write(look, visit, &eyes));
	struct audit_form_page *page =
		audit_form_make(visit, say("会議を開く"), text_of(say("会議")), url_path(visit->arena, "/council"),
				url_path(visit->arena, "/council/new"), say("構成員に知らせる"));
	audit_form_field(page, text_box(visit, "title", say("会議の名前"), say("例: 令和8年度第2回"), T(""), true));
	audit_form_field(page, day_box(visit, "day", say("開く日"), "", day_plus(visit->today, 14), true));
	audit_form_field(page, text_box(visit, "place", say("場所"), "", T(""), false));
	return audit_form_draw(visit, page);
}

static struct error *
call_do(struct act *act, struct visit *visit)
{
	struct meeting_id id;
	struct day day;
	TRY(audit_gate(&act->look, visit));
	TRY(form_day(visit, "day", true, &day));
	TRY(council_call(act, visit->office->pack, day, audit_typed(visit, "title"),
			 audit_typed(visit, "place"), &id));
	visit->go_to = council_url(visit, id);
	visit->done = "council-called";
	return OK;
}

/* ---- One session ---- */

static struct error *
fill_rows(struct look *look, struct visit *visit, struct meeting_id id, struct council_page *page)
{
	struct agenda *list;
	size_t count;
	TRY(council_agenda(look, id, &list, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct council_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		page->rows[at] = (struct council_rows){
			.kind = text_of(agenda_kind_words(list[at].kind)),
			.title = list[at].title,
			.words = list[at].words,
			.decision = text_of(council_decision_words(list[at].decision)),
			.tag = text_of(decision_tag(list[at].decision)),
			.decided = list[at].decided,
		};
		if (list[at].about.len != 0)
			(void)about_url(visit->arena, list[at].about, &page->rows[at].href);
	}
	return OK;
}

static void
fill_next(struct visit *visit, const struct meeting *meeting, bool may, struct council_page *page)
{
	const bool is_time = meeting->day.no <= visit->today.no;
	page->actions = ARENA_ARRAY(visit->arena, struct council_actions, 2);
	if (page->is_held)
		return;
	page->next = text_of(page->rows_count == 0 ? say("議題を加えてください。")
			     : is_time		   ? say("会議のあと、議事と、議題ごとの決定を残してください。")
						   : say("会議の日になると、議事と決定を残せます。"));
	if (!may)
		return;
	page->actions[page->actions_count++] =
		(struct council_actions){ text_of(say("議題を加える")),
					  audit_path(visit, "/council/{}/items/new", meeting->id.no),
					  page->rows_count == 0 };
	if (is_time && page->rows_count != 0)
		page->actions[page->actions_count++] =
			(struct council_actions){ text_of(say("議事と決定を残す")),
						  audit_path(visit, "/council/{}/minutes", meeting->id.no), true };
}

static struct error *
meeting_draw(struct look *look, struct visit *visit)
{
	const struct meeting_id id = { visit_id(visit, "meeting") };
	struct audit_eyes eyes;
	struct meeting meeting;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	TRY(council_read(look, id, &meeting));
	struct council_page page = {
		.frame = visit_frame(visit, meeting.title, "yearly"),
		.title = meeting.title,
		.day = meeting.day,
		.place = meeting.place,
		.is_held = meeting.held.ms != 0,
		.present = meeting.present,
		.minutes = meeting.minutes,
		.writer = meeting.writer_name,
		.held = meeting.held,
	};
	TRY(fill_rows(look, visit, id, &page));
	fill_next(visit, &meeting, eyes.is_chief || eyes.is_council, &page);
	return visit_draw(visit, council_page, &page);
}

/* ---- An item ---- */

static void
add_option(struct visit *visit, struct field_option *options, size_t *count, const char *kind, int64_t id,
	   enum agenda_kind agenda, struct text title)
{
	options[(*count)++] = (struct field_option){
		text_format(visit->arena, "%s/%s:%lld", agenda_kind_name(agenda), kind, (long long)id),
		text_format(visit->arena, "%s「%.*s」", agenda_kind_words(agenda), T_ARG(title))
	};
}

/* What may be put before the council now: each with the kind of item that it would be. */
static struct error *
what_box(struct look *look, struct visit *visit, struct field_part **box)
{
	struct audit *audits;
	struct review *reviews;
	size_t audits_count, reviews_count, count = 0;
	TRY(audit_list(look, visit->office->pack, 0, &audits, &audits_count));
	TRY(review_list(look, &reviews, &reviews_count));
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, 3 * audits_count + reviews_count + 2);
	for (size_t at = 0; at < audits_count; at++) {
		if (audits[at].state == AUDIT_PLANNED && !audits[at].is_told)
			add_option(visit, options, &count, "audit", audits[at].id.no, AGENDA_PLAN, audits[at].title);
		if (audits[at].state == AUDIT_REPORTED && !audits[at].is_decided)
			add_option(visit, options, &count, "audit", audits[at].id.no, AGENDA_RESULT, audits[at].title);
		if (audits[at].state == AUDIT_REPORTED)
			add_option(visit, options, &count, "audit", audits[at].id.no, AGENDA_IMPROVEMENT,
				   audits[at].title);
	}
	for (size_t at = 0; at < reviews_count; at++)
		if (reviews[at].decided.ms == 0 && !reviews[at].is_told)
			add_option(visit, options, &count, "review", reviews[at].id.no, AGENDA_REVIEW, reviews[at].why);
	options[count++] = (struct field_option){ T("other/"), text_of(agenda_kind_words(AGENDA_OTHER)) };
	*box = radio_box(visit, "what", text_of(say("何について")), T(""), T(""), true, options, count);
	return OK;
}

static struct error *
item_draw(struct look *look, struct visit *visit)
{
	const struct meeting_id id = { visit_id(visit, "meeting") };
	struct audit_eyes eyes;
	struct meeting meeting;
	struct field_part *box;
	TRY(may_write(look, visit, &eyes));
	TRY(council_read(look, id, &meeting));
	TRY(what_box(look, visit, &box));
	struct audit_form_page *page =
		audit_form_make(visit, say("議題を加える"), meeting.title, council_url(visit, id),
				audit_path(visit, "/council/{}/items/new", id.no), say("加える"));
	audit_form_field(page, box);
	audit_form_field(page, text_box(visit, "title", say("議題"), "", T(""), true));
	audit_form_field(page, long_box(visit, "words", say("説明"), "", T(""), false));
	return audit_form_draw(visit, page);
}

static struct error *
item_do(struct act *act, struct visit *visit)
{
	const struct meeting_id id = { visit_id(visit, "meeting") };
	struct agenda_writing writing = { .title = audit_typed(visit, "title"),
					  .words = audit_typed(visit, "words") };
	struct text kind;
	TRY(audit_gate(&act->look, visit));
	if (!text_cut(visit_text(visit, "what"), '/', &kind, &writing.about) ||
	    !agenda_kind_read(kind, &writing.kind))
		return reject("what", "何についての議題かを選んでください。");
	TRY(council_add(act, visit->office->pack, id, &writing));
	visit->go_to = council_url(visit, id);
	visit->done = "added";
	return OK;
}

/* ---- Minutes ---- */

static const char *
item_name(struct visit *visit, const char *what, int64_t id)
{
	return text_format(visit->arena, "%s-%lld", what, (long long)id).data;
}

static struct error *
minutes_draw(struct look *look, struct visit *visit)
{
	const struct meeting_id id = { visit_id(visit, "meeting") };
	struct audit_eyes eyes;
	struct meeting meeting;
	struct agenda *list;
	size_t count;
	TRY(may_write(look, visit, &eyes));
	TRY(council_read(look, id, &meeting));
	TRY(council_agenda(look, id, &list, &count));
	struct audit_form_page *page =
		audit_form_make(visit, say("議事と決定を残す"), meeting.title, council_url(visit, id),
				audit_path(visit, "/council/{}/minutes", id.no), say("残す"));
	page->lead = text_of(say("残すと変えられません。議題が「了承」か「決定」になると、監査や見直しが先に進みます。"));
	audit_form_field(page, text_box(visit, "present", say("出席した人の職"), say("例: 副市長、総務局長ほか3人"), T(""), true));
	audit_form_field(page, long_box(visit, "minutes", say("議事の記録"), "", T(""), true));
	for (size_t at = 0; at < count; at++) {
		struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, COUNCIL_DECISIONS);
		for (int no = COUNCIL_NOTED; no < COUNCIL_DECISIONS; no++)
			options[no - 1] = (struct field_option){
				text_of(council_decision_name((enum council_decision)no)),
				text_of(council_decision_words((enum council_decision)no)) };
		audit_form_heading(page, text_format(visit->arena, say("議題%lld %.*s"), (long long)list[at].place,
						     T_ARG(list[at].title)));
		audit_form_field(page, radio_box(visit, item_name(visit, "d", list[at].id), text_of(say("どうなったか")),
						 T(""), T(""), true, options, COUNCIL_DECISIONS - 1));
		audit_form_field(page, long_box(visit, item_name(visit, "w", list[at].id), say("決まったこと"), "", T(""),
						false));
	}
	return audit_form_draw(visit, page);
}

static struct error *
minutes_do(struct act *act, struct visit *visit)
{
	const struct meeting_id id = { visit_id(visit, "meeting") };
	struct audit_eyes eyes;
	struct meeting meeting;
	struct agenda *list;
	size_t count;
	TRY(audit_gate(&act->look, visit));
	TRY(may_write(&act->look, visit, &eyes));
	TRY(council_read(&act->look, id, &meeting));
	TRY(council_agenda(&act->look, id, &list, &count));
	struct agenda_deciding *deciding = ARENA_ARRAY(visit->arena, struct agenda_deciding, count + 1);
	for (size_t at = 0; at < count; at++) {
		deciding[at].id = list[at].id;
		(void)council_decision_read(visit_text(visit, item_name(visit, "d", list[at].id)),
					    &deciding[at].decision);
		deciding[at].words = audit_typed(visit, item_name(visit, "w", list[at].id));
	}
	TRY(council_minutes(act, visit->office->pack, id, meeting.change, audit_typed(visit, "minutes"),
			    audit_typed(visit, "present"), deciding, count));
	visit->go_to = council_url(visit, id);
	visit->done = "council-held";
	return OK;
}

PAGE_ROWS(council, { { METHOD_GET, "/council" }, RIGHT_SELF, PAGE_LOOK, .look = list_draw },
	  { { METHOD_GET, "/council/new" }, RIGHT_SELF, PAGE_LOOK, .look = call_draw },
	  { { METHOD_POST, "/council/new" }, RIGHT_SELF, PAGE_ACT, .act = call_do, .again = call_draw },
	  { { METHOD_GET, "/council/{meeting}" }, RIGHT_SELF, PAGE_LOOK, .look = meeting_draw },
	  { { METHOD_GET, "/council/{meeting}/items/new" }, RIGHT_SELF, PAGE_LOOK, .look = item_draw },
	  { { METHOD_POST, "/council/{meeting}/items/new" }, RIGHT_SELF, PAGE_ACT, .act = item_do,
	    .again = item_draw },
	  { { METHOD_GET, "/council/{meeting}/minutes" }, RIGHT_SELF, PAGE_LOOK, .look = minutes_draw },
	  { { METHOD_POST, "/council/{meeting}/minutes" }, RIGHT_SELF, PAGE_ACT, .act = minutes_do,
	    .again = minutes_draw });
