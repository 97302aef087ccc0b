/* Drills by mail: planning, what came of them, where their link leads, and reports of suspicious mail. */
#include "pages/training_pages.h"

/* ---- The list ---- */

static const char *
drill_tag(enum drill_state state)
{
	switch (state) {
	case DRILL_PLANNED:
		return "wait";
	case DRILL_RUNNING:
		return "go";
	case DRILL_ENDED:
	case DRILL_CANCELLED:
		break;
	}
	return "off";
}

static struct text
lure_words(const struct mail_drill *drill)
{
	return drill->lure != NULL ? words_now(drill->lure->name) : drill->lure_code;
}

static struct text
audience_words(const struct mail_drill *drill)
{
	return drill->audience != NULL ? words_now(drill->audience->name) : drill->audience_code;
}

static bool
is_counted(const struct mail_drill *drill)
{
	return drill->state == DRILL_RUNNING || drill->state == DRILL_ENDED;
}

static struct error *
fill_boxes(struct look *look, struct visit *visit, struct training_drills_page *page)
{
	const struct pack_training *training = &visit->office->pack->training;
	struct arena *arena = visit->arena;
	struct field_option *lures = ARENA_ARRAY(arena, struct field_option, training->lures_count + 1);
	struct field_option *audiences =
		ARENA_ARRAY(arena, struct field_option, training->audiences_count + 1);
	struct field_option *units;
	size_t units_count;
	struct field_part *sends = ARENA_NEW(arena, struct field_part);
	for (size_t at = 0; at < training->lures_count; at++)
		lures[at] = (struct field_option){ training->lures[at].code,
						   words_now(training->lures[at].name) };
	for (size_t at = 0; at < training->audiences_count; at++)
		audiences[at] = (struct field_option){ training->audiences[at].code,
						       words_now(training->audiences[at].name) };
	TRY(unit_options(look, visit, &units, &units_count));
	page->lure = radio_box(visit, "lure", text_of(say("送るメール")), T(""), T(""), true, lures,
			       training->lures_count);
	page->audience = select_box(visit, "audience", text_of(say("対象者")), T(""), T(""), true, audiences,
				    training->audiences_count);
	page->unit = select_box(visit, "unit", text_of(say("所属")),
				text_of(say("選ばなければ全体。選ぶと、その所属とその下だけに送ります。")), T(""),
				false, units, units_count);
	*sends = plain_box(visit, BOX_MOMENT, "sends", text_of(say("送る日時")), T(""), T(""), true);
	page->sends = sends;
	page->ends = day_box(visit, "ends", say("集計を終える日"), say("送ってから7日ほどが目安です。"),
			     DAY_NONE, true);
	return OK;
}

static struct error *
drills_draw(struct look *look, struct visit *visit)
{
	struct mail_drill *list;
	struct text relay;
	size_t count;
	TRY(training_is_there(visit));
	TRY(training_drills(look, visit->office->pack, &list, &count));
	TRY(store_setting(look, T("mail.relay"), &relay));
	struct training_drills_page page = {
		.frame = visit_frame(visit, text_of(say("訓練メール")), "yearly"),
		.csrf = visit->csrf,
		.has_relay = relay.len != 0,
		.drills = ARENA_ARRAY(visit->arena, struct training_drills_drills, count + 1),
		.drills_count = count,
	};
	TRY(training_may_keep(look, visit->office->pack, visit->session.person, &page.may_keep));
	page.may_keep &= visit->office->pack->training.lures_count != 0;
	TRY(training_tabs(look, visit, TRAIN_DRILLS, &page.tabs));
	for (size_t at = 0; at < count; at++)
		page.drills[at] = (struct training_drills_drills){
			.name = lure_words(&list[at]),
			.audience = audience_words(&list[at]),
			.unit = list[at].unit_name,
			.sends = list[at].sends,
			.ends = list[at].ends,
			.state = text_of(drill_state_words(list[at].state)),
			.tag = text_of(drill_tag(list[at].state)),
			.is_counted = is_counted(&list[at]),
			.targets = list[at].targets,
			.opened = list[at].opened,
			.reported = list[at].reported,
			.href = url_of_number(visit->arena, "/training/drills/{}", list[at].id.no),
		};
	if (page.may_keep)
		TRY(fill_boxes(look, visit, &page));
	return visit_draw(visit, training_drills_page, &page);
}

static struct error *
plan_do(struct act *act, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct drill_plan plan = { .lure = pack_lure(pack, visit_text(visit, "lure")),
				   .audience = pack_audience(pack, visit_text(visit, "audience")) };
	struct mail_drill_id id;
	TRY(must_keep_training(&act->look, visit));
	if (visit_text(visit, "unit").len != 0)
		TRY(visit_number(visit, "unit", &plan.unit.no));
	if (!moment_read(visit_text(visit, "sends"), &plan.sends))
		return reject("sends", "送る日時を選んでください。");
	TRY(form_day(visit, "ends", true, &plan.ends));
	TRY(training_drill_plan(act, pack, &plan, &id));
	visit->go_to = url_of_number(visit->arena, "/training/drills/{}", id.no);
	visit->done = "drill-planned";
	return OK;
}

static struct error *
cancel_do(struct act *act, struct visit *visit)
{
	struct mail_drill_id id;
	TRY(visit_number(visit, "id", &id.no));
	TRY(training_drill_cancel(act, visit->office->pack, id));
	visit->go_to = url_path(visit->arena, "/training/drills");
	visit->done = "cancelled";
	return OK;
}

/* ---- One drill ---- */

static struct text
names_words(struct visit *visit)
{
	const struct pack_training *training = &visit->office->pack->training;
	struct text words = T("");
	for (size_t at = 0; at < training->names_count; at++) {
		const struct text name = words_now(training->names[at]->name);
		words = at == 0 ? name
				: text_format(visit->arena, say("%.*s、%.*s"), T_ARG(words), T_ARG(name));
	}
	return words;
}

static struct error *
fill_result(struct look *look, struct visit *visit, const struct mail_drill *drill,
	    struct training_drill_page *page)
{
	struct drill_unit *units;
	struct drill_person *persons;
	size_t count;
	TRY(training_drill_units(look, drill->id, &units, &count));
	page->units = ARENA_ARRAY(visit->arena, struct training_drill_units, count + 1);
	page->units_count = count;
	for (size_t at = 0; at < count; at++)
		page->units[at] = (struct training_drill_units){ units[at].name, units[at].targets,
								 units[at].opened, units[at].reported,
								 units[at].ignored };
	TRY(training_may_name(look, visit->office->pack, visit->session.person, &page->may_name));
	if (!page->may_name)
		return OK;
	page->names = names_words(visit);
	TRY(training_drill_persons(look, visit->office->pack, drill->id, visit->session.person, &persons,
				   &count));
	page->persons = ARENA_ARRAY(visit->arena, struct training_drill_persons, count + 1);
	page->persons_count = count;
	for (size_t at = 0; at < count; at++)
		page->persons[at] = (struct training_drill_persons){
			persons[at].number, persons[at].name, persons[at].unit_name, persons[at].opened,
			persons[at].reported };
	return OK;
}

static struct error *
drill_draw(struct look *look, struct visit *visit)
{
	struct mail_drill drill;
	bool keeps;
	TRY(training_is_there(visit));
	TRY(training_drill(look, visit->office->pack, (struct mail_drill_id){ visit_id(visit, "id") },
			   &drill));
	struct training_drill_page page = {
		.frame = visit_frame(visit, lure_words(&drill), "yearly"),
		.name = lure_words(&drill),
		.state = text_of(drill_state_words(drill.state)),
		.tag = text_of(drill_tag(drill.state)),
		.csrf = visit->csrf,
		.id = number_text(visit->arena, drill.id.no),
		.audience = audience_words(&drill),
		.unit = drill.unit_name,
		.sends = drill.sends,
		.ends = drill.ends,
		.is_counted = is_counted(&drill),
		.targets = drill.targets,
		.without = drill.without_mail,
		.opened = drill.opened,
		.reported = drill.reported,
		.ignored = drill.ignored,
		.xlsx = url_of_number(visit->arena, "/training/drills/{}/units.xlsx", drill.id.no),
	};
	TRY(training_tabs(look, visit, TRAIN_DRILLS, &page.tabs));
	TRY(training_may_keep(look, visit->office->pack, visit->session.person, &keeps));
	page.may_cancel = keeps && drill.state == DRILL_PLANNED;
	/* What will come is known to who plans it alone; afterwards to whoever may read results. */
	if (drill.lure != NULL && (keeps || drill.state == DRILL_ENDED)) {
		page.sender = words_now(drill.lure->sender);
		page.subject = words_now(drill.lure->subject);
		page.body = text_replace(visit->arena, words_now(drill.lure->body), T("{link}"),
					 text_of(say("(ここに、一人ひとり違うリンクが入ります)")));
	}
	if (page.is_counted)
		TRY(fill_result(look, visit, &drill, &page));
	return visit_draw(visit, training_drill_page, &page);
}

static struct error *
units_send(struct look *look, struct visit *visit)
{
	struct mail_drill drill;
	struct drill_unit *units;
	size_t count;
	const struct rows_column columns[] = {
		{ text_of(say("所属")), 30 },	  { text_of(say("送った")), 10 }, { text_of(say("開いた")), 10 },
		{ text_of(say("報告した")), 10 }, { text_of(say("何もしなかった")), 16 },
	};
	TRY(training_is_there(visit));
	TRY(training_drill(look, visit->office->pack, (struct mail_drill_id){ visit_id(visit, "id") },
			   &drill));
	TRY(training_drill_units(look, drill.id, &units, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("訓練メールの結果")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = lure_words(&drill);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(units[at].name);
		*cell++ = rows_number(visit->arena, units[at].targets);
		*cell++ = rows_number(visit->arena, units[at].opened);
		*cell++ = rows_number(visit->arena, units[at].reported);
		*cell = rows_number(visit->arena, units[at].ignored);
	}
	return rows_send(look, visit, &out);
}

/* ---- Reports ---- */

static struct error *
reports_draw(struct look *look, struct visit *visit)
{
	const struct pack_training *training = &visit->office->pack->training;
	struct held_role *held;
	struct mail_report *list;
	size_t count;
	bool may = false;
	TRY(training_is_there(visit));
	TRY(people_roles_of(look, visit->office->pack, visit->session.person, visit->today, &held, &count));
	for (size_t at = 0; at < count; at++)
		for (size_t role = 0; role < training->tells_count; role++)
			may |= held[at].role == training->tells[role];
	if (!may)
		return refuse("この画面を使えるのは、方針で不審なメールの知らせを受ける役割の人だけです。");
	TRY(training_reports(look, &list, &count));
	struct training_reports_page page = {
		.frame = visit_frame(visit, text_of(say("不審なメールの報告")), "yearly"),
		.reports = ARENA_ARRAY(visit->arena, struct training_reports_reports, count + 1),
		.reports_count = count,
	};
	TRY(training_tabs(look, visit, TRAIN_REPORTS, &page.tabs));
	for (size_t at = 0; at < count; at++)
		page.reports[at] = (struct training_reports_reports){
			list[at].number, list[at].name,	 list[at].unit_name, list[at].at,
			list[at].subject, list[at].words, list[at].is_opened };
	return visit_draw(visit, training_reports_page, &page);
}

static struct error *
suspicious_draw(struct look *look, struct visit *visit)
{
	struct field_part *boxes = ARENA_ARRAY(visit->arena, struct field_part, 2);
	(void)look;
	TRY(training_is_there(visit));
	boxes[0] = plain_box(visit, BOX_YES_NO, "opened", text_of(say("リンクや添付を開きましたか")), T(""),
			     T("no"), true);
	boxes[1] = plain_box(visit, BOX_LONG, "words", text_of(say("差出人、気になったこと")),
			     text_of(say("パスワードを入れたときは、そのことだけを書きます。パスワードは書きません。")),
			     T(""), false);
	struct training_suspicious_page page = {
		.frame = visit_frame(visit, text_of(say("不審なメールを報告する")), "yearly"),
		.csrf = visit->csrf,
		.is_sent = text_is(visit_text(visit, "sent"), "1"),
		.subject = text_box(visit, "subject", say("メールの件名"),
				    say("メールの件名をそのまま写すか、貼り付けてください。"), T(""), true),
		.opened = &boxes[0],
		.words = &boxes[1],
	};
	return visit_draw(visit, training_suspicious_page, &page);
}

/* The same thanks whether it was a drill or not: who is told that it was one tells others. */
static struct error *
suspicious_do(struct act *act, struct visit *visit)
{
	bool is_drill;
	TRY(training_is_there(visit));
	TRY(training_suspicious(act, visit->office->pack, visit_text(visit, "subject"),
				visit_text(visit, "words"), text_is(visit_text(visit, "opened"), "yes"),
				&is_drill));
	visit->go_to = url_query(visit->arena, url_path(visit->arena, "/training/suspicious"), "sent", T("1"));
	return OK;
}

/* ---- Where the link leads: nobody is signed in, and nothing is said about whose it is ---- */

static struct error *
landing_draw(struct look *look, struct visit *visit)
{
	const struct pack_lure *lure;
	const struct text token = capture_text(visit->captures, "token");
	bool is_opened;
	TRY(training_token(look, visit->office->pack, token, &lure, &is_opened));
	struct landing_page page = {
		.frame = visit_frame(visit, text_of(say("お知らせ")), NULL),
		.is_shown = is_opened || text_is(visit_text(visit, "seen"), "1"),
		.action = url_of(visit->arena, "/m/{}", token),
	};
	page.signs = ARENA_ARRAY(visit->arena, struct landing_signs,
				 lure != NULL ? lure->signs_count + 1 : 1);
	for (size_t at = 0; lure != NULL && at < lure->signs_count; at++)
		page.signs[page.signs_count++].words = words_now(lure->signs[at]);
	return visit_draw(visit, landing_page, &page);
}

static struct error *
landing_do(struct act *act, struct visit *visit)
{
	const struct text token = capture_text(visit->captures, "token");
	TRY(training_opened(act, visit->office->pack, token));
	visit->go_to = url_query(visit->arena, url_of(visit->arena, "/m/{}", token), "seen", T("1"));
	return OK;
}

PAGE_ROWS(training_drill,
	  { { METHOD_GET, "/training/drills" }, RIGHT_MAP_READ, PAGE_LOOK, .look = drills_draw },
	  { { METHOD_POST, "/training/drills" }, RIGHT_DECIDE, PAGE_ACT, .act = plan_do,
	    .again = drills_draw },
	  { { METHOD_POST, "/training/drills/cancel" }, RIGHT_DECIDE, PAGE_ACT, .act = cancel_do },
	  { { METHOD_GET, "/training/drills/{id}" }, RIGHT_MAP_READ, PAGE_LOOK, .look = drill_draw },
	  { { METHOD_GET, "/training/drills/{id}/units.xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = units_send },
	  { { METHOD_GET, "/training/reports" }, RIGHT_DECIDE, PAGE_LOOK, .look = reports_draw },
	  { { METHOD_GET, "/training/suspicious" }, RIGHT_SELF, PAGE_LOOK, .look = suspicious_draw },
	  { { METHOD_POST, "/training/suspicious" }, RIGHT_SELF, PAGE_ACT, .act = suspicious_do,
	    .again = suspicious_draw },
	  { { METHOD_GET, "/m/{token:text}" }, RIGHT_PUBLIC, PAGE_LOOK, .look = landing_draw },
	  { { METHOD_POST, "/m/{token:text}" }, RIGHT_PUBLIC, PAGE_ACT, .act = landing_do });
