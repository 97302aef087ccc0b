/* What handlers ask of a visit: fields, faults, rights, the frame, drawing. */
#include "pages/rooms.h"

#include "base/companion.h"
#include "base/file.h"
#include "base/log.h"
#include "people/notice.h"

enum { COMPANION_MOST = 64 << 20, COMPANION_SECONDS = 60 };

struct error *
visit_drawn(struct visit *visit, const struct html *html)
{
	if (html_is_full(html))
		return broken("画面が大きすぎて表示できません。条件を絞ってください。");
	visit->answer.body = html_page(html);
	return OK;
}

struct text
visit_text(const struct visit *visit, const char *name)
{
	return request_field(visit->request, name);
}

struct text
visit_typed(const struct visit *visit, const char *name, struct text stored)
{
	if (visit->faults != NULL && request_has(visit->request, name))
		return request_field(visit->request, name);
	for (size_t at = 0; visit->faults == NULL && at < visit->typed.count; at++)
		if (text_is(visit->typed.at[at].name, name))
			return visit->typed.at[at].value;
	return stored;
}

struct text
visit_fault(const struct visit *visit, struct text field)
{
	for (const struct error *one = visit->faults; one != NULL; one = one->next)
		if (text_same(one->field, field))
			return one->words;
	return T("");
}

int64_t
visit_id(const struct visit *visit, const char *name)
{
	return capture_number(visit->captures, name);
}

struct error *
visit_number(const struct visit *visit, const char *name, int64_t *number)
{
	struct error *error = request_number(visit->request, name, 0, INT64_MAX, number);
	if (error != OK)
		return reject(name, "画面の内容が正しく届きませんでした。画面を開き直してください。");
	return OK;
}

struct error *
visit_digest(const struct visit *visit, struct hash *digest)
{
	if (!hash_read_hex(visit_text(visit, "digest"), digest))
		return reject("digest", "画面の内容が正しく届きませんでした。画面を開き直してください。");
	return OK;
}

struct error *
visit_must_reach(struct look *look, struct visit *visit, enum right right, struct unit_id unit)
{
	bool reaches = false;
	if (rights_may(&visit->rights, right))
		TRY(rights_reach(look, &visit->rights, right, unit, &reaches));
	if (!reaches)
		return refuse("この所属の記録を扱う権限がありません。");
	return OK;
}

bool
visit_reaches(struct look *look, const struct visit *visit, enum right right, struct unit_id unit)
{
	bool reaches = false;
	return visit_may(visit, right) &&
	       rights_reach(look, &visit->rights, right, unit, &reaches) == OK && reaches;
}

bool
visit_may(const struct visit *visit, enum right right)
{
	return visit->has_session && rights_may(&visit->rights, right);
}

bool
visit_may_open(const struct visit *visit, const char *path)
{
	size_t count;
	const struct page_row *rows = pages_table(&count);
	for (size_t at = 0; at < count; at++)
		if (rows[at].route.method == METHOD_GET && strcmp(rows[at].route.pattern, path) == 0)
			return visit_may(visit, rows[at].right);
	return false;
}

/* ---- What waits ---- */

static const struct kept_kind counts_kept = { "counts of the frame" };

static struct error *
count(struct look *look, struct visit *visit, struct visit_counts *counts)
{
	const struct person_id person = visit->session.person;
	const bool may_decide = rights_may(&visit->rights, RIGHT_DECIDE);
	const struct kept_key key = { &counts_kept, visit->office->pack, person.no,
				      visit->today.no * 2 + (may_decide ? 1 : 0) };
	const struct visit_counts *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct visit_counts *made = ARENA_NEW(keeping.arena, struct visit_counts);
		struct flow_counts flow = { 0 };
		TRY(people_notices_unread(look, person, &made->unread));
		if (may_decide)
			TRY(flow_count(look, visit->office->flow, person, &flow));
		made->waiting = flow.waiting;
		look_keep(&keeping, &key, made);
		kept = made;
	}
	*counts = *kept;
	return OK;
}

static struct error *
count_in_own_look(struct visit *visit, struct visit_counts *counts)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(visit->office->store, visit->arena, &look));
	return count(&look, visit, counts);
}

struct visit_counts
visit_counts(struct visit *visit)
{
	if (visit->is_counted || !visit->has_session)
		return visit->counts;
	visit->is_counted = true;
	struct error *error = visit->look != NULL ? count(visit->look, visit, &visit->counts)
						  : count_in_own_look(visit, &visit->counts);
	if (error != OK)
		log_error("counts of the frame", error); /* the page itself matters more */
	return visit->counts;
}

/* ---- The frame ---- */

static void
add_item(struct visit *visit, struct frame_part *frame, const char *section, const char *name,
	 const char *words, struct url href, int64_t count)
{
	(void)visit;
	struct frame_menu *item = &frame->menu[frame->menu_count++];
	item->words = text_of(words);
	item->href = href;
	item->is_here = section != NULL && text_is(text_of(section), name);
	item->badge = count;
}

static void
fill_menu(struct visit *visit, struct frame_part *frame, const char *section)
{
	struct arena *arena = visit->arena;
	frame->menu = ARENA_ARRAY(arena, struct frame_menu, 16);
	add_item(visit, frame, section, "home", say("ホーム"), url_path(arena, "/"), 0);
	add_item(visit, frame, section, "now", say("いまの状況"), url_path(arena, "/now"), 0);
	if (visit_may(visit, RIGHT_APPLY))
		add_item(visit, frame, section, "ask", say("申請する"), url_path(arena, "/ask"), 0);
	add_item(visit, frame, section, "dossiers", say("案件"), url_path(arena, "/dossiers"), 0);
	if (visit_may(visit, RIGHT_DECIDE))
		add_item(visit, frame, section, "waiting", say("承認待ち"),
			 url_path(arena, "/waiting"), visit_counts(visit).waiting);
	add_item(visit, frame, section, "yearly", say("一年の仕事"), url_path(arena, "/yearly"), 0);
	add_item(visit, frame, section, "outside", say("委託・物品"), url_path(arena, "/outside"), 0);
	if (visit->office->pack->incidents.kinds_count != 0)
		add_item(visit, frame, section, "incidents", say("事案"), url_path(arena, "/incidents"), 0);
	if (visit_may(visit, RIGHT_LEDGER_READ))
		add_item(visit, frame, section, "ledger", say("台帳"), url_path(arena, "/ledger"), 0);
	if (visit_may(visit, RIGHT_PEOPLE_READ))
		add_item(visit, frame, section, "people", say("人と職"), url_path(arena, "/people"), 0);
	if (visit_may(visit, RIGHT_MAP_READ))
		add_item(visit, frame, section, "map", say("条項の地図"), url_path(arena, "/map"), 0);
	if (visit_may(visit, RIGHT_MAP_READ))
		add_item(visit, frame, section, "exceptions", say("例外"),
			 url_path(arena, "/exceptions"), 0);
	if (visit_may(visit, RIGHT_JOURNAL_READ))
		add_item(visit, frame, section, "journal", say("記録簿"),
			 url_path(arena, "/journal"), 0);
	if (visit_may(visit, RIGHT_SETTINGS))
		add_item(visit, frame, section, "settings", say("設定"),
			 url_path(arena, "/settings"), 0);
}

static void
fill_faults(struct visit *visit, struct frame_part *frame)
{
	struct url here = { 0 };
	const bool has_here = url_from_local(visit->request->raw_target, &here);
	frame->faults = ARENA_ARRAY(visit->arena, struct frame_faults,
				    error_count(visit->faults) + 1);
	for (const struct error *one = visit->faults; one != NULL; one = one->next) {
		struct frame_faults *fault = &frame->faults[frame->faults_count++];
		fault->words = one->words;
		fault->is_linked = has_here && one->field.len != 0;
		if (fault->is_linked)
			fault->href = url_fragment(visit->arena, here,
						   text_format(visit->arena, "f-%.*s",
							       T_ARG(one->field)));
	}
}

struct frame_part
visit_frame(struct visit *visit, struct text title, const char *section)
{
	struct arena *arena = visit->arena;
	const struct office *office = visit->office;
	struct frame_part frame = {
		.title = title,
		.body_name = office->body_name,
		.is_demo = office->is_demo,
		.version = office->version,
		.is_english = language_now() == LANGUAGE_EN,
		.css = asset_url(&pages_assets, arena, "app.css"),
		.tokens = asset_url(&pages_assets, arena, "tokens.css"),
		.script = asset_url(&pages_assets, arena, "app.js"),
		.icon = asset_url(&pages_assets, arena, "icon.svg"),
		.done = done_words(request_field(visit->request, "done")),
		.is_signed_in = visit->has_session,
		.is_part = visit->is_part,
		.csrf = visit->csrf,
		.here = visit->request->raw_target,
	};
	if (visit->has_session) {
		frame.person = visit->session.name;
		frame.unread = visit->is_part ? 0 : visit_counts(visit).unread;
		if (!visit->session.must_change && !visit->is_part)
			fill_menu(visit, &frame, section);
		frame_window(visit, &frame);
	}
	fill_faults(visit, &frame);
	return frame;
}

void
pages_fault(void *with, struct exchange *exchange, int status, struct text words)
{
	const struct office *office = with;
	struct visit plain = {
		.office = office,
		.exchange = exchange,
		.request = exchange_request(exchange),
		.arena = exchange_arena(exchange),
	};
	struct visit *kept = exchange_kept(exchange);
	struct visit *visit = kept != NULL ? kept : &plain;
	visit->faults = NULL;
	struct fault_page page = {
		.frame = visit_frame(visit, text_of(say("お知らせ")), NULL),
		.words = words,
		.status = status,
		.request = exchange_name(exchange),
		.is_forbidden = status == 403,
		.is_missing = status == 404,
		.is_conflict = status == 409,
		.is_ours = status >= 500,
		.home = url_path(visit->arena, "/"),
	};
	/* The journal has what was done; what was turned away is for the operator's log. */
	if (status == 403 || status >= 500)
		log_warn("%d %s%s", status, visit->request->method == METHOD_GET ? "GET " : "POST ",
			 visit->row != NULL ? visit->row->route.pattern : "-");
	/* What is not there is not said again: its address is anybody's words. */
	if (page.is_missing)
		page.frame.here = T("/");
	struct html html = html_open(visit->arena);
	fault_page(&html, &page);
	struct answer answer = { .status = status, .body = html_page(&html) };
	exchange_answer(exchange, &answer);
}

struct error *
run_companion(struct visit *visit, const char *name, const char *const *arguments, struct text in,
	      struct text *out)
{
	const char *argv[12] = { path_join(visit->arena, visit->office->programs, name) };
	for (size_t at = 0; arguments != NULL && arguments[at] != NULL && at < 10; at++)
		argv[at + 1] = arguments[at];
	return companion_filter(visit->arena, argv, in, COMPANION_MOST, COMPANION_SECONDS, out);
}
