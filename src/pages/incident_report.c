/*
 * The first report (第一報), from a phone in under a minute: what it is, one line, and when it was known. The
 * rest may be left; somebody else's report is typed in by the same page. Takamatsu 6.3.1.
 */
#include "pages/incident_pages.h"
#include "pages/upload.h"

#include "incident/contact.h"

static void
fill_kinds(struct visit *visit, struct incident_report_page *page)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	page->kinds = ARENA_ARRAY(visit->arena, struct incident_report_kinds, incidents->kinds_count + 1);
	page->kinds_count = incidents->kinds_count;
	for (size_t at = 0; at < incidents->kinds_count; at++)
		page->kinds[at] = (struct incident_report_kinds){
			words_now(incidents->kinds[at].name),
			words_now(incidents->kinds[at].help),
			url_query(visit->arena, url_path(visit->arena, "/incidents/report"), "kind",
				  incidents->kinds[at].code),
		};
}

static struct field_part *
source_box(struct visit *visit)
{
	struct field_option options[INCIDENT_SOURCES];
	for (int at = 0; at < INCIDENT_SOURCES; at++)
		options[at] = (struct field_option){ text_of(incident_source_name((enum incident_source)at)),
						     text_of(incident_source_words((enum incident_source)at)) };
	return radio_box(visit, "source", text_of(say("どこから分かりましたか")), T(""),
			 text_of(incident_source_name(SOURCE_STAFF)), false, options, INCIDENT_SOURCES);
}

static struct error *
fill_more(struct look *look, struct visit *visit, struct incident_report_page *page)
{
	enum { MOST = 12 };
	bool may_lead;
	struct field_part *list[MOST] = {
		long_box(visit, "words", say("くわしく"), say("見たこと、聞いたこと、したことを、そのまま書きます。"), T(""), false),
		long_box(visit, "damage", say("いま分かっている被害や影響"), "", T(""), false),
		NULL,
		source_box(visit),
		text_box(visit, "finder", say("見つけた人"), say("報告する人と違うとき"), T(""), false),
		text_box(visit, "contact", say("外部の人の連絡先"), say("対応にあたる人だけが見られます。"), T(""), false),
		text_box(visit, "who", say("報告した人"), say("電話や口頭で聞いた報告を代わりに入れるとき、その人の職員番号か氏名"), T(""), false),
		moment_box(visit, "said", say("聞いた日時"), say("電話や口頭で聞いたとき"), (struct moment){ 0 }, false),
		said_box(visit, "crime", say("犯罪のおそれがありますか"), "", SAID_NOTHING),
		case_class_box(visit, T("")),
	};
	TRY(system_box(look, visit, (struct row_id){ 0 }, &list[2]));
	TRY(incident_may_lead(look, visit->office->pack, visit->session.person, &may_lead));
	if (may_lead) {
		struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
		*box = plain_box(visit, BOX_YES_NO, "drill", text_of(say("訓練ですか")),
				 text_of(say("訓練は、外部への報告を始めません。")), T("no"), false);
		list[10] = box;
	}
	page->more = ARENA_ARRAY(visit->arena, struct incident_report_more, MOST);
	for (size_t at = 0; at < MOST; at++)
		if (list[at] != NULL)
			page->more[page->more_count++].box = list[at];
	return OK;
}

static struct error *
report_draw(struct look *look, struct visit *visit)
{
	TRY(incidents_must_be(visit));
	typed_take(visit);
	const struct text code = visit_typed(visit, "kind", visit_text(visit, "kind"));
	const struct pack_incident_kind *kind = pack_incident_kind(visit->office->pack, code);
	struct incident_report_page page = {
		.frame = visit_frame(visit, text_of(say("事案を報告する")), "incidents"),
		.csrf = visit->csrf,
		.other = url_path(visit->arena, "/incidents/report"),
	};
	if (kind == NULL) {
		fill_kinds(visit, &page);
		return visit_draw(visit, incident_report_page, &page);
	}
	page.kind = kind->code;
	page.kind_name = words_now(kind->name);
	page.first = ARENA_ARRAY(visit->arena, struct incident_report_first, kind->at_once_count + 1);
	for (size_t at = 0; at < kind->at_once_count; at++)
		page.first[page.first_count++].words = words_now(kind->at_once[at]);
	page.title = text_box(visit, "title", say("何が起きましたか"),
			      say("一言で。例 窓口の端末に「ファイルを暗号化した」という画面が出ている"),
			      visit_text(visit, "title"), true);
	page.known = moment_box(visit, "known", say("気付いた日時"), "", visit->now, true);
	page.happened = moment_box(visit, "happened", say("起きた日時"), say("分からなければ空のままで"),
				   (struct moment){ 0 }, false);
	page.place = text_box(visit, "place", say("場所"), say("例 本庁舎2階 市民課の窓口"), T(""), false);
	page.is_open = visit->faults != NULL || visit->typed.count != 0;
	TRY(fill_more(look, visit, &page));
	return visit_draw(visit, incident_report_page, &page);
}

static struct error *
times_typed(const struct visit *visit, struct incident_reporting *reporting)
{
	TRY(form_moment(visit, "known", &reporting->known));
	TRY(form_moment(visit, "happened", &reporting->happened));
	return form_moment(visit, "said", &reporting->said);
}

static struct error *
report_do(struct act *act, struct visit *visit)
{
	struct incident_id id;
	struct incident_reporting reporting = {
		.kind = visit_text(visit, "kind"),
		.title = visit_text(visit, "title"),
		.words = visit_text(visit, "words"),
		.place = visit_text(visit, "place"),
		.damage = visit_text(visit, "damage"),
		.finder = visit_text(visit, "finder"),
		.contact = visit_text(visit, "contact"),
		.crime = form_said(visit, "crime"),
		.class_code = visit_text(visit, "class"),
		.is_drill = text_is(visit_text(visit, "drill"), "yes"),
	};
	TRY(incidents_must_be(visit));
	TRY(times_typed(visit, &reporting));
	TRY(form_row(visit, "system", &reporting.system.no));
	TRY(form_person(&act->look, visit, "who", &reporting.reporter));
	(void)incident_source_read(visit_text(visit, "source"), &reporting.source);
	reporting.way = reporting.reporter.no != 0 || reporting.said.ms != 0 ? WAY_SAID : WAY_SELF;
	TRY(incident_report(act, visit->office->pack, &reporting, &id));
	visit->go_to = incident_url(visit->arena, id);
	visit->done = "incident-reported";
	return OK;
}

PAGE_ROWS(incident_report,
	  { { METHOD_GET, "/incidents/report" }, RIGHT_SELF, PAGE_LOOK, .look = report_draw },
	  { { METHOD_POST, "/incidents/report" }, RIGHT_SELF, PAGE_ACT, .act = report_do,
	    .again = report_draw, .keeps = true });
