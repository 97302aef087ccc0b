/* Transfer lists: all of them, reading a file into a new one, and one of them with what it would do. */
#include "pages/transfer_pages.h"

#include "paper/sheet.h"

#include "base/number.h"

enum {
	FILE_MOST = 4 << 20,
	TABLE_MOST = 4 << 20,
	SHOWN_ROWS = 1000,
};

static const char *
tag_of(enum transfer_state state)
{
	switch (state) {
	case TRANSFER_DRAFT:
	case TRANSFER_ASKED:
		return "wait";
	case TRANSFER_DECIDED:
	case TRANSFER_IN_FORCE:
		return "go";
	case TRANSFER_WITHDRAWN:
		return "off";
	}
	return "";
}

struct url
transfer_url(struct arena *arena, struct transfer_id id)
{
	return url_of_number(arena, "/transfers/{}", id.no);
}

struct url
transfer_act_url(struct arena *arena, struct transfer_id id, const char *what)
{
	const struct text pieces[] = { text_number(arena, id.no), text_of(what) };
	return url_make(arena, "/transfers/{}/{}", 2, pieces);
}

/* ---- Who may see ---- */

static struct error *
may_decide(struct look *look, struct visit *visit, const struct transfer *transfer, bool *may,
	   struct text *why_not)
{
	return transfer_may_decide(look, visit->office->flow, transfer, visit->session.person, may,
				   why_not);
}

/* Whoever decides by a role need not keep the organisation. */
static struct error *
must_see(struct look *look, struct visit *visit)
{
	const struct transfer nobodys = { .asked_by = { -1 }, .changed_by = { -1 } };
	struct text why_not;
	bool may = visit_may(visit, RIGHT_PEOPLE_EDIT);
	if (!may)
		TRY(may_decide(look, visit, &nobodys, &may, &why_not));
	if (!may)
		return refuse("人事異動の一覧を見る権限がありません。人と組織の担当者に相談してください。");
	return OK;
}

struct error *
transfer_shown(struct look *look, struct visit *visit, struct transfer *transfer)
{
	TRY(must_see(look, visit));
	return transfer_read(look, (struct transfer_id){ visit_id(visit, "id") }, transfer);
}

/* ---- All lists ---- */

static struct error *
lists_draw(struct look *look, struct visit *visit)
{
	struct transfer *list;
	size_t count;
	TRY(must_see(look, visit));
	TRY(transfer_lists(look, &list, &count));
	struct transfers_page page = {
		.frame = visit_frame(visit, text_of(say("人事異動")), "people"),
		.tabs = people_tabs(visit, TAB_TRANSFERS),
		.csrf = visit->csrf,
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.fault = visit_fault(visit, T("file")),
		.headings = transfer_headings(visit->arena),
		.title = text_box(visit, "title", say("一覧の名前"), say("例 令和9年4月1日付け人事異動"), T(""), true),
		.day = day_box(visit, "day", say("発令日"), say("一覧のほとんどの行の発令日。行ごとの発令日は、ファイルに書けます。"),
			       day_plus(day_fiscal_end(visit->today), 1), true),
		.rows = ARENA_ARRAY(visit->arena, struct transfers_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++)
		page.rows[at] = (struct transfers_rows){
			.title = list[at].title,
			.href = transfer_url(visit->arena, list[at].id),
			.day = list[at].day,
			.lines = list[at].lines,
			.state = text_of(transfer_state_words(list[at].state)),
			.tag = text_of(tag_of(list[at].state)),
		};
	return visit_draw(visit, transfers_page, &page);
}

/* ---- Reading a file ---- */

/* Slow: the file goes through the companion program that reads tables in its jail. */
static struct error *
read_file(struct visit *visit)
{
	const struct field *file = request_file(visit->request, "file");
	struct transfer_table *read = ARENA_NEW(visit->arena, struct transfer_table);
	struct sheet sheet;
	if (file == NULL || file->value.len == 0)
		return reject("file", "ファイルを選んでください。");
	if (file->value.len > FILE_MOST)
		return reject("file", "ファイルが大きすぎます。%d MB までです。", FILE_MOST >> 20);
	const struct sheet_ask ask = { .file = file->value, .sheet = T(""),
				       .most_rows = TRANSFER_MOST_LINES + 20, .most_bytes = TABLE_MOST };
	TRY(sheet_read_as(visit->arena, visit->office->programs, &ask, &sheet));
	TRY(transfer_table_read(visit->arena, &sheet.table, read));
	visit->kept = read;
	return OK;
}

static struct error *
stage_do(struct act *act, struct visit *visit)
{
	const struct transfer_table *read = visit->kept;
	struct transfer_staging staging = { .title = visit_text(visit, "title"),
					    .lines = read->lines, .count = read->count };
	struct transfer_id id;
	TRY(form_day(visit, "day", true, &staging.day));
	TRY(transfer_stage(act, &staging, &id));
	visit->go_to = transfer_url(visit->arena, id);
	visit->done = "transfer-staged";
	return OK;
}

static struct error *
again_do(struct act *act, struct visit *visit)
{
	const struct transfer_table *read = visit->kept;
	struct transferring of;
	TRY(transferring_of(visit, &of));
	visit->go_to = transfer_url(visit->arena, of.id);
	visit->done = "transfer-staged";
	return transfer_stage_again(act, &of, read->lines, read->count);
}

/* ---- One list ---- */

static void
fill_faults(struct visit *visit, const struct transfer *transfer,
	    const struct transfer_preview *preview, struct transfer_list_page *page)
{
	struct arena *arena = visit->arena;
	const size_t most = preview->faults_count < SHOWN_ROWS ? preview->faults_count : SHOWN_ROWS;
	page->faulty = (int64_t)(preview->faults_count - preview->hints); /* bounded */
	page->faults = ARENA_ARRAY(arena, struct transfer_list_faults, most + 1);
	/* What keeps the list back comes first. */
	for (int hints = 0; hints < 2; hints++)
		for (size_t at = 0; at < preview->faults_count && page->faults_count < most; at++) {
			const struct transfer_fault *fault = &preview->faults[at];
			if (fault->is_hint != (hints == 1))
				continue;
			const struct text pieces[] = { text_number(arena, transfer->id.no),
						       text_number(arena, fault->line.no) };
			page->faults[page->faults_count++] = (struct transfer_list_faults){
				.place = fault->place,
				.column = fault->column != NULL ? text_of(say(fault->column)) : T(""),
				.wrong = fault->wrong,
				.is_hint = fault->is_hint,
				.has_href = page->may_edit && fault->line.no != 0 &&
					    !page->is_decided,
				.href = url_make(arena, "/transfers/{}/lines/{}", 2, pieces),
			};
		}
}

static void
fill_deeds(struct visit *visit, const struct transfer *transfer,
	   const struct transfer_preview *preview, struct transfer_list_page *page)
{
	struct arena *arena = visit->arena;
	page->deeds = ARENA_ARRAY(arena, struct transfer_list_deeds, preview->deeds_count + 1);
	page->deeds_count = preview->deeds_count;
	page->happening = (int64_t)preview->deeds_count;
	for (size_t at = 0; at < preview->deeds_count; at++) {
		const struct transfer_deed *deed = &preview->deeds[at];
		const struct text line[] = { text_number(arena, transfer->id.no),
					     text_number(arena, deed->line.no) };
		const struct text person[] = { text_number(arena, transfer->id.no),
					       text_number(arena, deed->person.no) };
		page->deeds[at] = (struct transfer_list_deeds){
			.place = deed->place,
			.kind = text_of(transfer_kind_words(deed->kind)),
			.number = deed->number,
			.who = deed->who,
			.was = deed->was,
			.becomes = deed->becomes,
			.day = deed->day,
			.has_handover = page->is_decided && deed->person.no != 0,
			.handover = url_make(arena, "/transfers/{}/handover/{}", 2, person),
			.has_href = page->may_edit && !page->is_decided && deed->line.no != 0,
			.href = url_make(arena, "/transfers/{}/lines/{}", 2, line),
		};
		page->has_leavers |= page->is_decided && deed->kind == LEAVE;
	}
}

static struct error *
fill_dropped(struct look *look, struct visit *visit, const struct transfer *transfer,
	     struct transfer_list_page *page)
{
	struct arena *arena = visit->arena;
	struct transfer_line *lines;
	size_t count;
	TRY(transfer_lines(look, transfer->id, &lines, &count));
	page->dropped = ARENA_ARRAY(arena, struct transfer_list_dropped, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct transfer_line *line = &lines[at];
		const struct text pieces[] = { text_number(arena, transfer->id.no),
					       text_number(arena, line->id.no) };
		if (line->is_dropped && page->dropped_count < SHOWN_ROWS)
			page->dropped[page->dropped_count++] = (struct transfer_list_dropped){
				.place = line->place,
				.kind = line->kind,
				.number = line->number,
				.name = line->name,
				.action = url_make(arena, "/transfers/{}/lines/{}/drop", 2, pieces),
			};
	}
	return OK;
}

static void
fill_effects(struct visit *visit, const struct transfer_preview *preview, struct transfer_list_page *page)
{
	struct arena *arena = visit->arena;
	page->gained = (int64_t)preview->gained;
	page->lost = (int64_t)preview->lost;
	page->new_gaps = (int64_t)preview->new_gaps;
	page->roles = ARENA_ARRAY(arena, struct transfer_list_roles, preview->roles_count + 1);
	page->roles_count = preview->roles_count;
	for (size_t at = 0; at < preview->roles_count; at++)
		page->roles[at] = (struct transfer_list_roles){
			.who = preview->roles[at].who,
			.role = words_now(preview->roles[at].role->name),
			.unit = preview->roles[at].unit_name,
			.is_gained = preview->roles[at].is_gained };
	page->gaps = ARENA_ARRAY(arena, struct transfer_list_gaps, preview->gaps_count + 1);
	for (int fresh = 1; fresh >= 0; fresh--)
		for (size_t at = 0; at < preview->gaps_count; at++)
			if (preview->gaps[at].is_new == (fresh == 1))
				page->gaps[page->gaps_count++] = (struct transfer_list_gaps){
					.role = words_now(preview->gaps[at].role->name),
					.unit = preview->gaps[at].unit_name,
					.is_new = preview->gaps[at].is_new };
	page->left = ARENA_ARRAY(arena, struct transfer_list_left, preview->left_count + 1);
	page->left_count = preview->left_count;
	for (size_t at = 0; at < preview->left_count; at++) {
		const struct transfer_left *left = &preview->left[at];
		page->left[at] = (struct transfer_list_left){
			.who = left->who, .is_leaving = left->is_leaving,
			.dossiers = left->dossiers, .waiting = left->waiting,
			.permits = left->permits, .out = left->out, .rows = left->rows,
			.to = left->to };
	}
}

static void
fill_kept(struct visit *visit, const struct transfer_preview *preview, struct transfer_list_page *page)
{
	struct arena *arena = visit->arena;
	page->kept = ARENA_ARRAY(arena, struct transfer_list_kept, preview->kept_count + 1);
	page->kept_count = preview->kept_count;
	for (size_t at = 0; at < preview->kept_count; at++) {
		const struct transfer_kept *kept = &preview->kept[at];
		page->kept[at] = (struct transfer_list_kept){
			.who = kept->who,
			.what = kept->what,
			.value = text_format(arena, "%s:%lld", stays_kind_name(kept->kind),
					     (long long)kept->object),
			.may_end = kept->may_end && page->may_edit,
			.ends = kept->ends };
		if (kept->kind == STAYS_PERMIT)
			page->kept[at].href = url_of_number(arena, "/permits/{}", kept->object);
	}
}

static struct error *
fill_acts(struct look *look, struct visit *visit, const struct transfer *transfer,
	  const struct transfer_preview *preview, struct transfer_list_page *page)
{
	struct arena *arena = visit->arena;
	TRY(may_decide(look, visit, transfer, &page->may_decide, &page->why_not));
	page->is_other = page->is_asked && !hash_same(&preview->digest, &transfer->digest);
	page->may_ask = page->may_edit && page->faulty == 0 && transfer->lines > 0 &&
			(page->is_draft || page->is_other);
	page->may_withdraw = page->is_decided
				     ? page->may_decide && transfer->state == TRANSFER_DECIDED
				     : page->may_edit;
	page->digest = hash_hex(arena, &preview->digest);
	page->change = number_text(arena, transfer->change);
	page->add = transfer_act_url(arena, transfer->id, "lines");
	page->again = transfer_act_url(arena, transfer->id, "file");
	page->tick = transfer_act_url(arena, transfer->id, "kept");
	page->ask = transfer_act_url(arena, transfer->id, "ask");
	page->decide = transfer_act_url(arena, transfer->id, "decide");
	page->back = transfer_act_url(arena, transfer->id, "back");
	page->withdraw = transfer_act_url(arena, transfer->id, "withdraw");
	page->leavers = transfer_act_url(arena, transfer->id, "leavers");
	page->file_fault = visit_fault(visit, T("file"));
	page->back_is_wrong = visit_fault(visit, T("back_why")).len != 0;
	page->withdraw_is_wrong = visit_fault(visit, T("why")).len != 0;
	page->back_why = text_box(visit, "back_why", say("差し戻す理由"), "", T(""), true);
	page->withdraw_why = text_box(visit, "why", say("取り下げる理由"), "", T(""), true);
	return OK;
}

struct error *
transfer_draw(struct look *look, struct visit *visit)
{
	struct transfer transfer;
	struct transfer_preview preview;
	TRY(transfer_shown(look, visit, &transfer));
	TRY(transfer_preview(look, visit->office->flow, transfer.id, &preview));
	struct transfer_list_page page = {
		.frame = visit_frame(visit, transfer.title, "people"),
		.tabs = people_tabs(visit, TAB_TRANSFERS),
		.csrf = visit->csrf,
		.title = transfer.title,
		.day = transfer.day,
		.state = text_of(transfer_state_words(transfer.state)),
		.tag = text_of(tag_of(transfer.state)),
		.created_by = transfer.created_name,
		.created = transfer.created,
		.asked_by = transfer.asked_name,
		.asked = transfer.asked,
		.decided_by = transfer.decided_name,
		.decided = transfer.decided,
		.why = transfer.why,
		.is_draft = transfer.state == TRANSFER_DRAFT,
		.is_asked = transfer.state == TRANSFER_ASKED,
		.is_decided = transfer.state == TRANSFER_DECIDED ||
			      transfer.state == TRANSFER_IN_FORCE,
		.is_withdrawn = transfer.state == TRANSFER_WITHDRAWN,
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
	};
	fill_faults(visit, &transfer, &preview, &page);
	fill_deeds(visit, &transfer, &preview, &page);
	TRY(fill_dropped(look, visit, &transfer, &page));
	fill_effects(visit, &preview, &page);
	fill_kept(visit, &preview, &page);
	TRY(staying_of(look, visit, preview.moved, preview.moved_count, true, &page.accounts));
	TRY(fill_acts(look, visit, &transfer, &preview, &page));
	return visit_draw(visit, transfer_list_page, &page);
}

/* ---- Acts ---- */

struct error *
transferring_of(struct visit *visit, struct transferring *of)
{
	*of = (struct transferring){ .flow = visit->office->flow, .id = { visit_id(visit, "id") } };
	return visit_number(visit, "change", &of->change);
}

static struct error *
begin(struct visit *visit, struct transferring *of, const char *done)
{
	TRY(transferring_of(visit, of));
	visit->go_to = transfer_url(visit->arena, of->id);
	visit->done = done;
	return OK;
}

static struct error *
ask_do(struct act *act, struct visit *visit)
{
	struct transferring of;
	struct hash digest;
	TRY(begin(visit, &of, "transfer-asked"));
	TRY(visit_digest(visit, &digest));
	return transfer_ask(act, &of, &digest);
}

static struct error *
decide_do(struct act *act, struct visit *visit)
{
	struct transferring of;
	struct hash digest;
	TRY(must_see(&act->look, visit)); /* before a fault tells how a list stands */
	TRY(begin(visit, &of, "transfer-decided"));
	TRY(visit_digest(visit, &digest));
	return transfer_decide(act, &of, &digest);
}

static struct error *
back_do(struct act *act, struct visit *visit)
{
	struct transferring of;
	TRY(must_see(&act->look, visit)); /* before a fault tells how a list stands */
	TRY(begin(visit, &of, "transfer-sent-back"));
	return transfer_send_back(act, &of, text_trim(visit_text(visit, "back_why")));
}

static struct error *
withdraw_do(struct act *act, struct visit *visit)
{
	struct transferring of;
	TRY(begin(visit, &of, "transfer-withdrawn"));
	return transfer_withdraw(act, &of, text_trim(visit_text(visit, "why")));
}

/* "grant:5" */
static struct error *
kept_do(struct act *act, struct visit *visit)
{
	struct transferring of;
	const struct fields typed = request_fields(visit->request, visit->arena, "kept");
	struct transfer_tick *ticks = ARENA_ARRAY(visit->arena, struct transfer_tick, typed.count + 1);
	TRY(begin(visit, &of, "saved"));
	for (size_t at = 0; at < typed.count; at++) {
		struct text kind, object;
		if (!text_cut(typed.at[at].value, ':', &kind, &object) ||
		    !stays_kind_read(kind, &ticks[at].kind) ||
		    !number_read(object, 1, INT64_MAX, &ticks[at].object))
			return reject("kept", "画面の内容が正しく届きませんでした。画面を開き直してください。");
	}
	return transfer_tick(act, &of, ticks, typed.count);
}

PAGE_ROWS(transfer,
	  { { METHOD_GET, "/transfers" }, RIGHT_SELF, PAGE_LOOK, .look = lists_draw },
	  { { METHOD_POST, "/transfers" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .slow = read_file,
	    .act = stage_do, .again = lists_draw, .body = BODY_UPLOAD },
	  { { METHOD_GET, "/transfers/{id}" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = transfer_draw },
	  { { METHOD_POST, "/transfers/{id}/file" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .slow = read_file,
	    .act = again_do, .again = transfer_draw, .body = BODY_UPLOAD },
	  { { METHOD_POST, "/transfers/{id}/kept" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = kept_do,
	    .again = transfer_draw },
	  { { METHOD_POST, "/transfers/{id}/ask" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = ask_do,
	    .again = transfer_draw },
	  { { METHOD_POST, "/transfers/{id}/decide" }, RIGHT_SELF, PAGE_ACT, .act = decide_do,
	    .again = transfer_draw },
	  { { METHOD_POST, "/transfers/{id}/back" }, RIGHT_SELF, PAGE_ACT, .act = back_do,
	    .again = transfer_draw },
	  { { METHOD_POST, "/transfers/{id}/withdraw" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = withdraw_do, .again = transfer_draw });
