/* One thing: found by its label, handed out, taken back. */
#include "pages/dossier_parts.h"
#include "pages/people_pages.h"
#include "pages/thing_pages.h"

#include "base/number.h"
#include "incident/incident.h"

enum { HISTORY_MOST = 50 };

/* ---- The page ---- */

static struct field_option *
storage_options(struct visit *visit, size_t *count)
{
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 3);
	options[0] = (struct field_option){ T("erased"), text_of(say("中の情報を消した")) };
	options[1] = (struct field_option){ T("none"), text_of(say("情報を保存する部分がない")) };
	options[2] = (struct field_option){ T("secrecy"), text_of(say("消せないので、秘密を守る契約をした")) };
	*count = 3;
	return options;
}

static void
fill_boxes(struct visit *visit, const struct inventory_may *may, struct thing_page *page)
{
	size_t count;
	const struct field_option *storages = storage_options(visit, &count);
	page->back_words = text_box(visit, "back_words", say("気付いたこと"), say("壊れていた、付属品がないなど"), T(""), false);
	page->lend_words = text_box(visit, "words", say("何に使うか"), say("例 窓口の説明会で使う"), T(""), true);
	page->lend_due = day_box(visit, "due", say("いつ戻すか"), "", visit->today, true);
	if (may->keep)
		page->lend_person = text_box(visit, "person", say("借りる人"),
					     say("職員番号か氏名。空のままなら、あなたが借ります。"), T(""), false);
	page->firm = text_box(visit, "firm", say("修理する業者"), "", T(""), true);
	page->repair_words = text_box(visit, "repair_words", say("修理する理由"), "", T(""), true);
	page->storage = radio_box(visit, "storage", text_of(say("中の情報をどうしたか")), T(""), T(""), true,
				  storages, count);
	page->storage_words = text_box(visit, "storage_words", say("消し方、または契約"),
				       say("例 全域を上書きして消去し、結果を控えた。例 保守契約第8条(秘密の保持)を確かめた"),
				       T(""), false);
	page->repair_due = day_box(visit, "repair_due", say("いつ戻るか"), "", DAY_NONE, true);
	page->found_words = text_box(visit, "found_words", say("どこで見つかったか"), "", T(""), true);
}

static void
fill_history(struct visit *visit, const struct inventory_loan *list, size_t count, struct thing_page *page)
{
	page->history = ARENA_ARRAY(visit->arena, struct thing_history, count + 1);
	page->history_count = count;
	for (size_t at = 0; at < count; at++)
		page->history[at] = (struct thing_history){
			.kind = text_of(list[at].kind == THING_LENT	? say("貸出")
					: list[at].kind == THING_REPAIR ? say("修理")
									: say("持ち出し")),
			.who = list[at].person_name.len != 0 ? list[at].person_name : list[at].firm,
			.what = list[at].permit_number.len != 0 ? list[at].permit_number : list[at].words,
			.at = list[at].at,
			.due = list[at].due,
			.back = list[at].back,
			.is_overdue = list[at].is_overdue,
		};
}

static void
fill_permits(struct visit *visit, const struct flow_permit *list, size_t count, struct thing_page *page)
{
	page->permits = ARENA_ARRAY(visit->arena, struct thing_permits, count + 1);
	page->permits_count = count;
	for (size_t at = 0; at < count; at++)
		page->permits[at] = (struct thing_permits){
			.number = list[at].number,
			.value = text_number(visit->arena, list[at].id.no),
			.words = text_format(visit->arena, "%.*s %.*s",
					     T_ARG(list[at].occasion != NULL
							   ? words_now(list[at].occasion->title)
							   : T("")),
					     T_ARG(list[at].holder_name)),
			.returns = list[at].returns,
			.until = list[at].until,
		};
}

/* The report of a loss, as the pack calls it. */
static struct url
lost_url(struct visit *visit, struct text title)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	struct url url = url_path(visit->arena, "/incidents/report");
	for (size_t at = 0; at < incidents->kinds_count; at++)
		if (text_starts(incidents->kinds[at].code, T("lost"))) {
			url = url_query(visit->arena, url, "kind", incidents->kinds[at].code);
			return url_query(visit->arena, url, "title",
					 text_format(visit->arena, say("棚卸で「%.*s」が見つからない"),
						     T_ARG(title)));
		}
	return url;
}

static void
fill_head(struct visit *visit, const struct inventory_thing *thing, struct thing_page *page)
{
	struct arena *arena = visit->arena;
	page->title = thing->row.title;
	page->ledger = text_format(arena, "%.*s %lld", T_ARG(words_now(thing->row.ledger->name)),
				   (long long)thing->row.number);
	page->ledger_href = url_make(arena, "/ledger/{}/{}", 2,
				     (struct text[]){ thing->row.ledger->code,
						      text_number(arena, thing->row.id.no) });
	page->unit = thing->unit_name;
	page->code = inventory_code_shown(arena, thing->row.id);
	page->serial = thing->row.serial;
	page->class = row_tag(&thing->row).words;
	page->place = ledger_value(arena, &thing->row, "place");
	page->state = text_of(thing_state_words(thing->state));
	page->tag = thing_tag(thing->state, thing->is_overdue);
	page->is_away = thing->loan != 0 || thing->outing != 0;
	page->is_out = thing->outing != 0;
	page->is_gone = thing->state == THING_GONE;
	page->is_ended = thing->state == THING_ENDED;
	page->who = thing->person_name.len != 0 ? thing->person_name : thing->firm;
	page->what = thing->words;
	page->since = thing->since;
	page->due = thing->due;
	page->is_overdue = thing->is_overdue;
	page->permit = thing->permit_number;
	page->permit_href = permit_url(visit, thing->permit);
	page->needs_permit = thing->kind != NULL && thing->kind->needs_permit;
	page->lost = lost_url(visit, thing->row.title);
}

static struct url
act_on(struct visit *visit, struct row_id id, const char *what)
{
	return url_make(visit->arena, "/things/{}/{}", 2,
			(struct text[]){ text_number(visit->arena, id.no), text_of(what) });
}

static struct error *
read_thing(struct look *look, struct visit *visit, struct row_id id, struct inventory_thing *thing)
{
	TRY(inventory_thing(look, visit->office->flow, id, thing));
	if (!thing_opens(look, visit, thing->unit, thing->person))
		return refuse("この物は、保管する課の職員だけが見られます。拾った物なら、保管する課か情報政策の担当に届けてください。");
	return OK;
}

static struct error *
draw_thing(struct look *look, struct visit *visit, struct row_id id)
{
	const struct flow *flow = visit->office->flow;
	const struct person_id me = visit->session.person;
	struct inventory_thing thing;
	struct inventory_loan *history;
	struct inventory_may may;
	struct flow_permit *permits;
	size_t history_count, permits_count;
	TRY(read_thing(look, visit, id, &thing));
	TRY(inventory_may(look, flow, thing.unit, me, &may));
	TRY(inventory_history(look, flow, id, HISTORY_MOST, &history, &history_count));
	/* A file of papers is no thing that is lent, but once it went out by a permit its way stands here. */
	if (thing.row.ledger == NULL || (thing.kind == NULL && history_count == 0))
		return missing("この台帳の行は、貸し出したり持ち出したりする物ではありません。");
	TRY(flow_permits_of_thing(look, flow, id, thing.row.serial, me, &permits, &permits_count));
	struct thing_page page = {
		.frame = visit_frame(visit, thing.row.title, "outside"),
		.csrf = visit->csrf,
		.may_back = may.borrow || thing.person.no == me.no || thing.outing != 0,
		.may_lend = thing.kind != NULL && may.borrow && visit_may(visit, RIGHT_APPLY),
		.may_keep = thing.kind != NULL && may.keep,
		.back = act_on(visit, id, "back"),
		.lend = act_on(visit, id, "lend"),
		.repair = act_on(visit, id, "repair"),
		.out = act_on(visit, id, "out"),
		.found = act_on(visit, id, "found"),
		.has_journal = visit_may(visit, RIGHT_JOURNAL_READ),
		.journal = url_query(visit->arena, url_path(visit->arena, "/journal"), "about",
				     text_format(visit->arena, "asset:%lld", (long long)id.no)),
		.scan = scan_box(visit, url_path(visit->arena, "/things/scan"), false),
	};
	fill_head(visit, &thing, &page);
	fill_boxes(visit, &may, &page);
	fill_history(visit, history, history_count, &page);
	fill_permits(visit, permits, permits_count, &page);
	return visit_draw(visit, thing_page, &page);
}

static struct error *
thing_draw(struct look *look, struct visit *visit)
{
	TRY(things_must_be(visit));
	return draw_thing(look, visit, (struct row_id){ visit_id(visit, "id") });
}

/* A label that cannot be read is said where the next is read. */
static struct error *
scan_draw(struct look *look, struct visit *visit)
{
	struct row_id row;
	TRY(things_must_be(visit));
	/* Opened by its address, or from a bookmark on a phone: nothing was read yet. */
	const bool is_first = !request_has(visit->request, "code");
	struct error *error = inventory_find(look, visit->office->flow, visit_text(visit, "code"), &row);
	if (error == OK) {
		visit->answer.status = 303;
		visit->answer.location = thing_url(visit->arena, row);
		return OK;
	}
	if (error->kind != ERROR_INVALID && error->kind != ERROR_MISSING)
		return error;
	error->field = T("code");
	if (!is_first)
		visit->faults = error;
	struct scanned_page page = {
		.frame = visit_frame(visit, text_of(is_first ? say("ラベルを読み取る") : say("読み取れませんでした")), "outside"),
		.is_first = is_first,
		.scan = scan_box(visit, url_path(visit->arena, "/things/scan"), false),
	};
	return visit_draw(visit, scanned_page, &page);
}

/* ---- Acts ---- */

/* Boxes of several forms stand on one page: each has its own name. */
static struct error *
named(struct error *error, const char *from, const char *to)
{
	for (struct error *one = error; one != NULL; one = one->next)
		if (text_is(one->field, from))
			one->field = text_of(to);
	return error;
}

static void
finish(struct visit *visit, struct row_id id, const char *done)
{
	visit->go_to = thing_url(visit->arena, id);
	visit->done = done;
}

static struct error *
lend_do(struct act *act, struct visit *visit)
{
	struct inventory_lending lending = { .thing = { visit_id(visit, "id") },
					     .words = visit_text(visit, "words"), .due = DAY_NONE };
	const struct text person = text_trim(visit_text(visit, "person"));
	size_t count = 1;
	TRY(form_day(visit, "due", false, &lending.due)); /* the act asks for it, after who may */
	if (person.len != 0)
		TRY(people_called(&act->look, person, &lending.person, &count));
	if (count == 0)
		return reject("person", "その人は見つかりません。職員番号か氏名を書いてください。");
	if (count != 1)
		return reject("person", "同じ氏名の人が何人もいます。職員番号で書いてください。");
	TRY(inventory_lend(act, visit->office->flow, &lending));
	finish(visit, lending.thing, "thing-lent");
	return OK;
}

static struct error *
repair_do(struct act *act, struct visit *visit)
{
	struct inventory_sending sending = {
		.thing = { visit_id(visit, "id") },
		.firm = visit_text(visit, "firm"),
		.words = visit_text(visit, "repair_words"),
		.storage = visit_text(visit, "storage"),
		.storage_words = visit_text(visit, "storage_words"),
		.due = DAY_NONE,
	};
	TRY(form_day(visit, "repair_due", false, &sending.due));
	TRY(named(named(inventory_repair(act, visit->office->flow, &sending), "words", "repair_words"), "due",
		  "repair_due"));
	finish(visit, sending.thing, "thing-repair");
	return OK;
}

static struct error *
thing_out_do(struct act *act, struct visit *visit)
{
	const struct row_id id = { visit_id(visit, "id") };
	struct permit_id permit = { 0 };
	(void)number_read(visit_text(visit, "permit"), 1, INT64_MAX, &permit.no); /* none covers nothing */
	TRY(inventory_out(act, visit->office->flow, id, permit));
	finish(visit, id, "out");
	return OK;
}

static struct error *
thing_back_do(struct act *act, struct visit *visit)
{
	const struct row_id id = { visit_id(visit, "id") };
	TRY(named(inventory_back(act, visit->office->flow, id, visit_text(visit, "back_words")), "words",
		  "back_words"));
	finish(visit, id, "back");
	return OK;
}

static struct error *
found_do(struct act *act, struct visit *visit)
{
	const struct row_id id = { visit_id(visit, "id") };
	TRY(named(inventory_found(act, visit->office->flow, id, visit_text(visit, "found_words")), "words",
		  "found_words"));
	finish(visit, id, "thing-found");
	return OK;
}

PAGE_ROWS(thing,
	  { { METHOD_GET, "/things/scan" }, RIGHT_SELF, PAGE_LOOK, .look = scan_draw },
	  { { METHOD_GET, "/things/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = thing_draw },
	  { { METHOD_POST, "/things/{id}/lend" }, RIGHT_APPLY, PAGE_ACT, .act = lend_do,
	    .again = thing_draw },
	  { { METHOD_POST, "/things/{id}/repair" }, RIGHT_DECIDE, PAGE_ACT, .act = repair_do,
	    .again = thing_draw },
	  { { METHOD_POST, "/things/{id}/out" }, RIGHT_APPLY, PAGE_ACT, .act = thing_out_do,
	    .again = thing_draw },
	  { { METHOD_POST, "/things/{id}/back" }, RIGHT_APPLY, PAGE_ACT, .act = thing_back_do,
	    .again = thing_draw },
	  { { METHOD_POST, "/things/{id}/found" }, RIGHT_DECIDE, PAGE_ACT, .act = found_do,
	    .again = thing_draw });
