/* An auditor's work: items, requests to units, samples, working papers and their files. */
#include "pages/audit_pages.h"

#include "base/file.h"

/* The audit of the path, for one of its auditors. */
static struct error *
open_mine(struct look *look, struct visit *visit, struct audit *audit)
{
	struct audit_eyes eyes;
	bool is_auditor, is_lead;
	TRY(audit_open(look, visit, audit, &eyes));
	TRY(audit_is_mine(look, visit, audit->id, &is_auditor, &is_lead));
	if (!is_auditor)
		return refuse("この監査の監査人だけができます。");
	return OK;
}

static struct audit_form_page *
form_under(struct visit *visit, const struct audit *audit, const char *title, struct url action,
	   const char *button)
{
	return audit_form_make(visit, title, audit->title, audit_url(visit, audit->id),
			       action, button);
}

/* ---- An item ---- */

static struct field_part *
result_box(struct visit *visit, enum item_result stored)
{
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, ITEM_RESULTS);
	for (int at = ITEM_MET; at < ITEM_RESULTS; at++)
		options[at - ITEM_MET] = (struct field_option){ text_of(item_result_name((enum item_result)at)),
								text_of(item_result_words((enum item_result)at)) };
	return radio_box(visit, "result", text_of(say("結果")), T(""), text_of(item_result_name(stored)), true,
			 options, ITEM_RESULTS - ITEM_MET);
}

static struct error *
item_draw(struct look *look, struct visit *visit)
{
	const int64_t item = visit_id(visit, "item");
	struct audit audit;
	struct audit_item *list;
	size_t count, at = 0;
	TRY(open_mine(look, visit, &audit));
	if (audit.state != AUDIT_BEGUN)
		return conflict("項目の結果を書けるのは、監査を始めてから報告するまでです。");
	TRY(audit_items(look, visit->office->pack, audit.id, &list, &count));
	while (at < count && list[at].id != item)
		at++;
	if (at == count)
		return missing("その条項は、この監査の項目にありません。");
	struct audit_form_page *page =
		audit_form_make(visit, say("項目の結果"), audit.title, audit_url(visit, audit.id),
				audit_under(visit, "/audits/{}/items/{}", audit.id.no, item), say("署名して残す"));
	page->lead = text_of(say("見たことと結果を残します。報告までは、付け直せます。"));
	if (list[at].clause != NULL) {
		audit_form_fact(page, say("条項"), list[at].clause->number);
		audit_form_fact(page, say("義務"), words_now(list[at].clause->duty));
	}
	audit_form_field(page, result_box(visit, list[at].result));
	audit_form_field(page, long_box(visit, "words", say("見たこと"),
					say("何を見て、そう判断したか。守られているときは書かなくてもかまいません。"),
					list[at].words, false));
	return audit_form_draw(visit, page);
}

static struct error *
item_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	enum item_result result = ITEM_NONE;
	TRY(audit_gate(&act->look, visit));
	(void)item_result_read(visit_text(visit, "result"), &result);
	TRY(audit_sign(act, visit->office->pack, id, visit_id(visit, "item"), result,
		       audit_typed(visit, "words")));
	visit->go_to = audit_url(visit, id);
	visit->done = "saved";
	return OK;
}

/* ---- Requests ---- */

static struct error *
scope_units(struct look *look, struct visit *visit, struct audit_id id, struct field_option **options,
	    size_t *count)
{
	struct audit_scope *scopes;
	struct unit *units;
	size_t scopes_count, units_count;
	*count = 0;
	TRY(audit_scopes(look, id, &scopes, &scopes_count));
	TRY(people_units(look, visit->today, &units, &units_count));
	*options = ARENA_ARRAY(visit->arena, struct field_option, units_count + 1);
	for (size_t at = 0; at < scopes_count; at++) {
		struct engagement engagement;
		if (scopes[at].engagement.no == 0)
			continue;
		TRY(people_engagement(look, scopes[at].engagement, &engagement));
		scopes[at].unit = engagement.unit;
	}
	for (size_t at = 0; at < units_count; at++) {
		bool is_in = false;
		for (size_t i = 0; i < scopes_count && !is_in; i++)
			TRY(people_unit_is_under(look, units[at].id, scopes[i].unit, &is_in));
		if (is_in)
			(*options)[(*count)++] = (struct field_option){ number_text(visit->arena, units[at].id.no),
									units[at].name };
	}
	return OK;
}

static struct error *
ask_draw(struct look *look, struct visit *visit)
{
	struct field_option *options;
	struct audit audit;
	size_t count;
	TRY(open_mine(look, visit, &audit));
	TRY(scope_units(look, visit, audit.id, &options, &count));
	struct audit_form_page *page = form_under(visit, &audit, say("所属に資料を求める"),
						  audit_path(visit, "/audits/{}/requests/new", audit.id.no), say("求める"));
	audit_form_field(page, select_box(visit, "unit", text_of(say("所属")), T(""), T(""), true, options, count));
	audit_form_field(page, long_box(visit, "words", say("見せてほしい資料や説明"), "", T(""), true));
	audit_form_field(page, day_box(visit, "due", say("いつまでに"), "", day_plus(visit->today, 14), true));
	return audit_form_draw(visit, page);
}

static struct error *
ask_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	struct unit_id unit = { 0 };
	struct day due;
	TRY(audit_gate(&act->look, visit));
	TRY(form_day(visit, "due", true, &due));
	if (visit_text(visit, "unit").len != 0)
		TRY(visit_number(visit, "unit", &unit.no));
	TRY(audit_ask(act, visit->office->pack, id, unit, audit_typed(visit, "words"), due));
	visit->go_to = audit_url(visit, id);
	visit->done = "audit-asked";
	return OK;
}

/* The request of the path, for who may see all or answers for its unit. */
static struct error *
open_request(struct look *look, struct visit *visit, struct audit_request *request, struct audit_eyes *eyes,
	     bool *is_mine)
{
	struct audit_request *list;
	struct audit *audits;
	size_t count, audits_count;
	TRY(audit_eyes_of(look, visit, false, eyes));
	TRY(audit_list(look, visit->office->pack, 0, &audits, &audits_count));
	for (size_t no = 0; no < audits_count; no++) {
		TRY(audit_requests(look, audits[no].id, &list, &count));
		for (size_t at = 0; at < count; at++) {
			if (list[at].id != visit_id(visit, "request"))
				continue;
			TRY(audit_answers_for(look, eyes, list[at].unit, is_mine));
			if (!*is_mine && !eyes->all)
				return refuse("この所属への求めを見る権限がありません。");
			*request = list[at];
			return OK;
		}
	}
	return missing("その求めはありません。");
}

static struct error *
request_draw(struct look *look, struct visit *visit)
{
	struct audit_request request;
	struct audit_eyes eyes;
	bool is_mine = false;
	TRY(open_request(look, visit, &request, &eyes, &is_mine));
	const bool is_done = request.answered.ms != 0;
	struct audit_request_page page = {
		.frame = visit_frame(visit, text_of(say("監査の資料の求め")), "yearly"),
		.above = eyes.all ? request.audit_title : text_of(say("監査")),
		.above_href = eyes.all ? audit_url(visit, request.audit) : url_path(visit->arena, "/audits"),
		.audit = request.audit_title,
		.unit = request.unit_name,
		.words = request.words,
		.due = request.due,
		.answer = request.answer,
		.who = request.name,
		.answered = request.answered,
		.state = text_of(is_done ? say("回答済み") : request.is_late ? say("期限切れ") : say("回答待ち")),
		.tag = text_of(is_done ? "go" : request.is_late ? "stop" : "wait"),
	};
	if (is_mine && !is_done)
		page.answer_href = audit_path(visit, "/audit-requests/{}/answer", request.id);
	return visit_draw(visit, audit_request_page, &page);
}

static struct error *
show_draw(struct look *look, struct visit *visit)
{
	struct audit_request request;
	struct audit_eyes eyes;
	bool is_mine = false;
	TRY(open_request(look, visit, &request, &eyes, &is_mine));
	if (!is_mine)
		return refuse("この所属への求めに答えられるのは、所属の責任者です。");
	struct audit_form_page *page =
		audit_form_make(visit, say("監査の求めに答える"), request.unit_name,
				audit_path(visit, "/audit-requests/{}", request.id),
				audit_path(visit, "/audit-requests/{}/answer", request.id), say("答える"));
	audit_form_fact(page, say("求めているもの"), request.words);
	audit_form_fact(page, say("期限"), day_wareki(visit->arena, request.due));
	audit_form_field(page, long_box(visit, "words", say("答え"), "", T(""), true));
	audit_form_field(page, file_box(visit, "file", say("ファイル"), say("なくてもかまいません。ハッシュとともに保管します。"), false));
	return audit_form_draw(visit, page);
}

static struct error *
show_do(struct act *act, struct visit *visit)
{
	const int64_t request = visit_id(visit, "request");
	TRY(audit_show(act, visit->office->pack, request, audit_typed(visit, "words"),
		       audit_file_of(visit, "file")));
	visit->go_to = audit_path(visit, "/audit-requests/{}", request);
	visit->done = "saved";
	return OK;
}

/* ---- Papers ---- */

static struct error *
paper_draw(struct look *look, struct visit *visit)
{
	struct audit_item *items;
	struct audit audit;
	size_t count;
	TRY(open_mine(look, visit, &audit));
	TRY(audit_items(look, visit->office->pack, audit.id, &items, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){ number_text(visit->arena, items[at].id),
						     items[at].clause != NULL ? items[at].clause->number
									      : items[at].clause_id };
	struct audit_form_page *page =
		form_under(visit, &audit, say("調書を保管する"), audit_path(visit, "/audits/{}/papers/new", audit.id.no), say("保管する"));
	page->lead = text_of(say("保管したファイルは、SHA-256とともに記録簿に残り、差し替えられません。"));
	audit_form_field(page, text_box(visit, "title", say("調書の名前"), "", T(""), true));
	audit_form_field(page, select_box(visit, "item", text_of(say("条項")), T(""), T(""), false, options, count));
	audit_form_field(page, file_box(visit, "file", say("ファイル"), "", true));
	return audit_form_draw(visit, page);
}

/* Nobody fills the disk who may not. */
static struct error *
paper_prepare(struct look *look, struct visit *visit)
{
	struct audit audit;
	return open_mine(look, visit, &audit);
}

static struct error *
show_prepare(struct look *look, struct visit *visit)
{
	struct audit_request request;
	struct audit_eyes eyes;
	bool is_mine = false;
	TRY(open_request(look, visit, &request, &eyes, &is_mine));
	return is_mine ? OK : refuse("この所属への求めに答えられるのは、所属の責任者です。");
}

static struct error *
keep_slow(struct visit *visit)
{
	return files_keep(visit);
}

static struct error *
paper_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	int64_t item = 0;
	TRY(audit_gate(&act->look, visit));
	if (visit_text(visit, "item").len != 0)
		TRY(visit_number(visit, "item", &item));
	TRY(audit_paper_keep(act, visit->office->pack, id, audit_typed(visit, "title"), item,
			     audit_file_of(visit, "file")));
	visit->go_to = audit_url(visit, id);
	visit->done = "saved";
	return OK;
}

static struct error *
paper_send(struct look *look, struct visit *visit)
{
	struct audit_eyes eyes;
	struct audit audit;
	struct audit_paper *list;
	size_t count;
	TRY(audit_open(look, visit, &audit, &eyes));
	if (!eyes.is_chief && !eyes.is_reader && !eyes.is_auditor)
		return refuse("調書を見られるのは、監査を命じる人と監査人だけです。");
	TRY(audit_papers(look, audit.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id == visit_id(visit, "paper")) {
			TRY(blob_read(visit, &list[at].digest, &visit->answer.body));
			visit->answer.type = "application/octet-stream";
			visit->answer.download = list[at].name;
			return OK;
		}
	return missing("その調書はありません。");
}

/* ---- Samples ---- */

static const struct {
	const char *acts, *words;
} sampled[] = {
	{ "", N_("すべての記録") },
	{ "dossier.decide", N_("申請への決裁") },
	{ "dossier.", N_("申請・案件のすべて") },
	{ "permit.", N_("許可証") },
	{ "exception.", N_("例外措置") },
	{ "ledger.", N_("台帳") },
	{ "access.", N_("アカウント") },
	{ "people.", N_("人と職") },
};

struct text
sampled_words(struct text acts)
{
	for (size_t at = 0; at < sizeof sampled / sizeof *sampled; at++)
		if (text_is(acts, sampled[at].acts))
			return text_of(say(sampled[at].words));
	return act_in_words(acts);
}

static struct field_part *
acts_box(struct visit *visit)
{
	enum { KNOWN = sizeof sampled / sizeof *sampled };
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, KNOWN);
	for (size_t at = 0; at < KNOWN; at++)
		options[at] = (struct field_option){ at == 0 ? T("all") : text_of(sampled[at].acts),
						     text_of(say(sampled[at].words)) };
	return select_box(visit, "acts", text_of(say("どの行為から")), T(""), T("dossier.decide"), true, options,
			  KNOWN);
}

static struct error *
sample_new_draw(struct look *look, struct visit *visit)
{
	struct audit audit;
	TRY(open_mine(look, visit, &audit));
	struct audit_form_page *page = form_under(visit, &audit, say("記録簿から標本を選ぶ"),
						  audit_path(visit, "/audits/{}/samples/new", audit.id.no), say("くじを引く"));
	page->lead = text_of(say("種と最新の検証点から計算で選びます。選び直しは記録に残るので、種は立会いの前で決め、議事に残してください。"));
	audit_form_field(page, text_box(visit, "seed", say("くじの種"),
					say("だれにも前もって分からない言葉。例: 委員が振ったさいころの目、公表された数字。"), T(""), true));
	audit_form_field(page, acts_box(visit));
	audit_form_field(page, number_box(visit, "most", say("いくつ"), "", visit->office->pack->audit->sample, true));
	audit_form_field(page, day_box(visit, "since", say("この日から"), "", DAY_NONE, false));
	audit_form_field(page, day_box(visit, "until", say("この日まで"), "", DAY_NONE, false));
	return audit_form_draw(visit, page);
}

static struct error *
sample_new_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	const struct text acts = audit_typed(visit, "acts");
	struct sample_asked asked = { .seed = audit_typed(visit, "seed"),
				      .acts = text_is(acts, "all") ? T("") : acts };
	int64_t draw;
	TRY(audit_gate(&act->look, visit));
	TRY(form_day(visit, "since", false, &asked.since));
	TRY(form_day(visit, "until", false, &asked.until));
	struct error *error = request_number(visit->request, "most", 1, SAMPLE_MOST, &asked.most);
	if (error != OK)
		return reject("most", "標本の数は1から%dまでの数で書いてください。", SAMPLE_MOST);
	TRY(audit_sample(act, visit->office->pack, id, &asked, &draw));
	visit->go_to = audit_under(visit, "/audits/{}/samples/{}", id.no, draw);
	visit->done = "audit-drawn";
	return OK;
}

static struct error *
draw_of_path(struct look *look, struct visit *visit, struct audit_id id, struct audit_draw *draw)
{
	struct audit_draw *list;
	size_t count;
	TRY(audit_draws(look, id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id == visit_id(visit, "draw")) {
			*draw = list[at];
			return OK;
		}
	return missing("その標本はありません。");
}

static const char *
row_name(struct visit *visit, const char *what, int64_t place)
{
	return text_format(visit->arena, "%s-%lld", what, (long long)place).data;
}

static struct error *
fill_drawn(struct look *look, struct visit *visit, const struct audit_draw *draw,
	   struct audit_sample_page *page)
{
	struct audit_drawn *list;
	size_t count;
	TRY(audit_drawn(look, draw->id, &list, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct audit_sample_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		struct journal_entry entry;
		struct audit_sample_rows *row = &page->rows[at];
		TRY(journal_entry_read(look, list[at].seq, &entry));
		const struct text typed = visit_typed(visit, row_name(visit, "r", list[at].place),
						      text_of(drawn_result_name(list[at].result)));
		*row = (struct audit_sample_rows){
			.place = number_text(visit->arena, list[at].place),
			.seq = list[at].seq,
			.href = audit_path(visit, "/journal/{}", list[at].seq),
			.act = act_in_words(entry.act),
			.at = entry.at,
			.result = text_of(drawn_result_words(list[at].result)),
			.tag = text_of(list[at].result == DRAWN_GOOD    ? "go"
				       : list[at].result == DRAWN_DOUBT ? "stop"
									: "off"),
			.words = visit_typed(visit, row_name(visit, "w", list[at].place), list[at].words),
			.fault = visit_fault(visit, text_of(row_name(visit, "w", list[at].place))),
			.is_good = text_is(typed, "good"),
			.is_doubt = text_is(typed, "doubt"),
			.who = list[at].name,
		};
		row->is_none = !row->is_good && !row->is_doubt;
	}
	return OK;
}

static struct text
days_of(struct visit *visit, const struct sample_asked *asked)
{
	const struct text since = day_is_none(asked->since) ? T("") : day_wareki(visit->arena, asked->since);
	const struct text until = day_is_none(asked->until) ? T("") : day_wareki(visit->arena, asked->until);
	if (since.len == 0 && until.len == 0)
		return text_of(say("すべて"));
	return text_format(visit->arena, say("%.*sから%.*sまで"), T_ARG(since), T_ARG(until));
}

static struct error *
sample_draw_page(struct look *look, struct visit *visit)
{
	struct audit_eyes eyes;
	struct audit_draw draw;
	struct audit audit;
	bool is_auditor, is_lead;
	TRY(audit_open(look, visit, &audit, &eyes));
	if (!eyes.is_chief && !eyes.is_reader && !eyes.is_auditor)
		return refuse("標本を見られるのは、監査を命じる人と監査人だけです。");
	TRY(draw_of_path(look, visit, audit.id, &draw));
	TRY(audit_is_mine(look, visit, audit.id, &is_auditor, &is_lead));
	struct audit_sample_page page = {
		.frame = visit_frame(visit, text_of(say("記録簿の標本")), "yearly"),
		.above = audit.title,
		.above_href = audit_url(visit, audit.id),
		.seed = draw.asked.seed,
		.acts = draw.asked.acts,
		.acts_words = sampled_words(draw.asked.acts),
		.days = days_of(visit, &draw.asked),
		.most = draw.asked.most,
		.count = draw.count,
		.origin = draw.asked.origin,
		.size = draw.asked.size,
		.root = hash_hex(visit->arena, &draw.asked.root),
		.digest = hash_hex(visit->arena, &draw.digest),
		.command = T("bansho audit sample --bundle journal.zip"),
		.csrf = visit->csrf,
		.action = audit_under(visit, "/audits/{}/samples/{}", audit.id.no, draw.id),
		.may = is_auditor && audit.state == AUDIT_BEGUN,
	};
	TRY(fill_drawn(look, visit, &draw, &page));
	return visit_draw(visit, audit_sample_page, &page);
}

/* What was chosen or written anew; the rest stays. */
static struct error *
look_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	struct error *faults = OK;
	struct audit_drawn *list;
	struct audit_draw draw;
	size_t count;
	bool is_auditor, is_lead;
	TRY(audit_gate(&act->look, visit));
	TRY(audit_is_mine(&act->look, visit, id, &is_auditor, &is_lead));
	if (!is_auditor)
		return refuse("この監査の監査人だけができます。");
	TRY(draw_of_path(&act->look, visit, id, &draw));
	TRY(audit_drawn(&act->look, draw.id, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct text typed = visit_text(visit, row_name(visit, "r", list[at].place));
		const struct text words = audit_typed(visit, row_name(visit, "w", list[at].place));
		const enum drawn_result result = text_is(typed, "good")	   ? DRAWN_GOOD
						 : text_is(typed, "doubt") ? DRAWN_DOUBT
									   : DRAWN_NONE;
		if (result == DRAWN_NONE ||
		    (result == list[at].result && text_same(words, list[at].words)))
			continue;
		struct error *error = audit_look(act, visit->office->pack, id, draw.id, list[at].place, result,
						 words);
		if (error != OK && error->kind != ERROR_INVALID)
			return error;
		if (error != OK)
			error_add(&faults, reject(row_name(visit, "w", list[at].place), "%.*s",
						  T_ARG(error->words)));
	}
	TRY(faults);
	visit->go_to = audit_under(visit, "/audits/{}/samples/{}", id.no, draw.id);
	visit->done = "saved";
	return OK;
}

PAGE_ROWS(audit_work,
	  { { METHOD_GET, "/audits/{id}/items/{item}" }, RIGHT_SELF, PAGE_LOOK, .look = item_draw },
	  { { METHOD_POST, "/audits/{id}/items/{item}" }, RIGHT_SELF, PAGE_ACT, .act = item_do,
	    .again = item_draw },
	  { { METHOD_GET, "/audits/{id}/requests/new" }, RIGHT_SELF, PAGE_LOOK, .look = ask_draw },
	  { { METHOD_POST, "/audits/{id}/requests/new" }, RIGHT_SELF, PAGE_ACT, .act = ask_do,
	    .again = ask_draw },
	  { { METHOD_GET, "/audit-requests/{request}" }, RIGHT_SELF, PAGE_LOOK, .look = request_draw },
	  { { METHOD_GET, "/audit-requests/{request}/answer" }, RIGHT_SELF, PAGE_LOOK, .look = show_draw },
	  { { METHOD_POST, "/audit-requests/{request}/answer" }, RIGHT_SELF, PAGE_ACT, .slow = keep_slow,
	    .look = show_prepare, .act = show_do, .again = show_draw, .body = BODY_UPLOAD },
	  { { METHOD_GET, "/audits/{id}/papers/new" }, RIGHT_SELF, PAGE_LOOK, .look = paper_draw },
	  { { METHOD_POST, "/audits/{id}/papers/new" }, RIGHT_SELF, PAGE_ACT, .slow = keep_slow,
	    .look = paper_prepare, .act = paper_do, .again = paper_draw, .body = BODY_UPLOAD },
	  { { METHOD_GET, "/audits/{id}/papers/{paper}" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = paper_send },
	  { { METHOD_GET, "/audits/{id}/samples/new" }, RIGHT_SELF, PAGE_LOOK, .look = sample_new_draw },
	  { { METHOD_POST, "/audits/{id}/samples/new" }, RIGHT_SELF, PAGE_ACT, .act = sample_new_do,
	    .again = sample_new_draw },
	  { { METHOD_GET, "/audits/{id}/samples/{draw}" }, RIGHT_SELF, PAGE_LOOK,
	    .look = sample_draw_page },
	  { { METHOD_POST, "/audits/{id}/samples/{draw}" }, RIGHT_SELF, PAGE_ACT, .act = look_do,
	    .again = sample_draw_page });
