/*
 * A permit in use: signed out and back on the spot (the medium's QR code leads here), extended,
 * revoked; and the list of what is out.
 */
#include "pages/bent.h"
#include "pages/dossier_parts.h"

#include "base/number.h"

/* ---- Reading ---- */

static struct error *
permit_open(struct look *look, struct visit *visit, struct flow_permit *permit,
	    struct dossier *dossier)
{
	bool may = false;
	const struct flow *flow = visit->office->flow;
	TRY(flow_permit_read(look, flow, (struct permit_id){ visit_id(visit, "id") }, permit));
	TRY(flow_read(look, flow, permit->dossier, dossier));
	TRY(flow_may_see(look, flow, dossier, visit->session.person, &may));
	if (!may)
		return refuse("この許可証を見られるのは、申請した人、同じ所属の人、決裁にかかわる人だけです。");
	return OK;
}

static bool
is_usable(const struct visit *visit, const struct flow_permit *permit)
{
	return permit->ended.ms == 0 && permit->from.no <= visit->today.no &&
	       visit->today.no <= permit->until.no;
}

static const struct flow_outing *
outing_of(const struct flow_permit *permit, struct row_id asset)
{
	for (size_t at = 0; at < permit->outings_count; at++)
		if (permit->outings[at].asset.no == asset.no && permit->outings[at].back.ms == 0)
			return &permit->outings[at];
	return NULL;
}

/* ---- The things ---- */

static void
add_thing(struct visit *visit, const struct flow_outing *outing, struct text title, int64_t asset,
	  const struct flow_may *may, bool is_usable_now, struct permit_page *page)
{
	struct permit_things *made = &page->things[page->things_count++];
	*made = (struct permit_things){
		.asset = text_format(visit->arena, "%lld", (long long)asset),
		.what = title,
		.words = title,
		.is_out = outing != NULL,
		.may_out = outing == NULL && is_usable_now && may->out,
	};
	if (outing == NULL)
		return;
	made->outing = outing->id;
	made->went = outing->out;
	made->due = outing->due;
	made->is_overdue = outing->is_overdue;
	made->may_back = may->back;
}

static void
fill_things(struct visit *visit, const struct flow_permit *permit, const struct dossier *dossier,
	    const struct flow_may *may, struct permit_page *page)
{
	size_t outs = 0, backs = 0;
	const bool usable = is_usable(visit, permit);
	page->things = ARENA_ARRAY(visit->arena, struct permit_things,
				   dossier->assets_count + permit->outings_count + 1);
	for (size_t at = 0; at < dossier->assets_count; at++) {
		const struct ledger_row *row = &dossier->assets[at].row;
		add_thing(visit, outing_of(permit, row->id), row->title, row->id.no, may, usable,
			  page);
	}
	for (size_t at = 0; at < permit->outings_count; at++)
		if (permit->outings[at].asset.no == 0 && permit->outings[at].back.ms == 0)
			add_thing(visit, &permit->outings[at], permit->outings[at].what, 0, may,
				  usable, page);
	for (size_t at = 0; at < page->things_count; at++) {
		outs += page->things[at].may_out;
		backs += page->things[at].may_back;
	}
	page->may_all_out = outs > 1;
	page->may_all_back = backs > 1;
	page->may_name = dossier->assets_count == 0 && usable && may->out;
}

static void
fill_outings(struct visit *visit, const struct flow_permit *permit, struct permit_page *page)
{
	page->outings = ARENA_ARRAY(visit->arena, struct permit_outings, permit->outings_count + 1);
	page->outings_count = permit->outings_count;
	for (size_t at = 0; at < permit->outings_count; at++) {
		const struct flow_outing *one = &permit->outings[at];
		page->outings[at] = (struct permit_outings){
			one->what,     one->out,      one->due,	       one->back,
			one->out_name, one->back_name, one->is_overdue,
		};
	}
}

/* ---- Extensions ---- */

static struct text
extension_words(enum extension_state state)
{
	switch (state) {
	case EXTENSION_ASKED:
		return text_of(say("答えを待っています"));
	case EXTENSION_GRANTED:
		return text_of(say("延長した"));
	case EXTENSION_REFUSED:
		return text_of(say("延長しない"));
	}
	return T("");
}

static struct text
extension_tag(enum extension_state state)
{
	switch (state) {
	case EXTENSION_ASKED:
		return T("wait");
	case EXTENSION_GRANTED:
		return T("go");
	case EXTENSION_REFUSED:
		return T("stop");
	}
	return T("");
}

static void
fill_extensions(struct visit *visit, const struct flow_permit *permit,
		const struct dossier *dossier, const struct flow_may *may, struct permit_page *page)
{
	bool is_asked = false;
	const bool is_own = dossier->applicant.no == visit->session.person.no;
	page->extensions = ARENA_ARRAY(visit->arena, struct permit_extensions,
				       permit->extensions_count + 1);
	page->extensions_count = permit->extensions_count;
	for (size_t at = 0; at < permit->extensions_count; at++) {
		const struct flow_extension *one = &permit->extensions[at];
		is_asked |= one->state == EXTENSION_ASKED;
		page->extensions[at] = (struct permit_extensions){
			.until = one->until,
			.reason = one->reason,
			.by = dossier->applicant_name,
			.state = extension_words(one->state),
			.tag = extension_tag(one->state),
			.answer = one->answer,
			.asked = one->asked,
		};
	}
	page->may_extend = is_own && may->extend && !is_asked && permit->ended.ms == 0 &&
			   permit->occasion != NULL && permit->occasion->permit.extends != NULL;
	page->may_rule = is_asked && may->rule_extension;
	page->may_revoke = may->revoke && permit->ended.ms == 0;
}

/* ---- The page ---- */

static struct text
warning_words(const struct visit *visit, const struct flow_permit *permit)
{
	if (permit->is_lapsed)
		return text_of(say("期限が切れましたが、まだ戻っていないものがあります。すぐに戻して、返却を記録してください。"));
	if (permit->is_overdue)
		return text_of(say("戻す予定の時刻を過ぎています。すぐに戻すか、管理者に連絡してください。"));
	if (permit->ended.ms == 0 && permit->from.no > visit->today.no)
		return text_of(say("この許可は、まだ始まっていません。"));
	return T("");
}

static void
fill_head(struct visit *visit, const struct flow_permit *permit, const struct dossier *dossier,
	  struct permit_page *page)
{
	const struct class_tag tag = classes_tag(visit, dossier->classes, dossier->classes_count);
	page->number = permit->number;
	page->title = permit->occasion != NULL ? words_now(permit->occasion->title)
					       : dossier_title(dossier);
	page->state = text_of(permit_state_words(permit->state));
	page->tag = permit_tag(permit->state);
	page->is_usable = is_usable(visit, permit);
	page->is_ended = permit->ended.ms != 0;
	page->warning = warning_words(visit, permit);
	page->conditions = permit->conditions;
	page->ended_why = permit->ended_why;
	page->dossier_number = dossier->number;
	page->dossier = dossier_url(visit, dossier->id);
	page->purpose = dossier->purpose;
	page->applicant = dossier->applicant_name;
	page->unit = text_format(visit->arena, "%.*s %.*s", T_ARG(dossier->unit_name),
				 T_ARG(dossier->post_name));
	page->from = permit->from;
	page->until = permit->until;
	page->leaves = permit->leaves;
	page->returns = permit->returns;
	page->issued = permit->issued;
	page->class = tag.words;
	page->is_top = tag.is_top;
	page->is_mid = tag.is_mid;
	page->is_bending = permit->is_exception;
	page->is_default_end = permit->is_default_end;
	page->exception = exception_url(visit, permit->id);
	page->holder = permit->holder_name;
	page->scope = ARENA_ARRAY(visit->arena, struct permit_scope, permit->scope_count + 1);
	page->scope_count = permit->scope_count;
	for (size_t at = 0; at < permit->scope_count; at++) {
		const struct flow_scope *scope = &permit->scope[at];
		const struct pack_field *field = scope_field(permit->occasion, scope->name);
		page->scope[at] = (struct permit_scope){
			field != NULL ? words_now(field->label) : scope->name,
			scope_words(visit, field, scope->value) };
	}
	page->is_signed_out = permit->is_signed_out;
	page->change = dossier->change;
}

static struct field_part *
box_of(struct visit *visit, enum box_kind kind, const char *name, const char *label,
       const char *help, bool is_required)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, kind, name, text_of(label), text_of(help), T(""), is_required);
	return box;
}

static void
fill_boxes(struct visit *visit, struct permit_page *page)
{
	page->what = box_of(visit, BOX_TEXT, "what", say("持ち出す物"), "", true);
	page->until_box = box_of(visit, BOX_DAY, "until", say("いつまで延ばしますか"), "", true);
	page->reason = box_of(visit, BOX_LONG, "reason", say("延ばす理由"), "", true);
	page->rule_words = box_of(visit, BOX_LONG, "words", say("答えに添える言葉"),
				  say("延長しないときは、理由を書いてください。"), false);
	page->why = box_of(visit, BOX_LONG, "why", say("取り消す理由"), "", true);
}

static struct error *
permit_draw(struct look *look, struct visit *visit)
{
	struct flow_permit permit;
	struct dossier dossier;
	struct flow_may may;
	TRY(permit_open(look, visit, &permit, &dossier));
	TRY(flow_may(look, visit->office->flow, &dossier, visit->session.person, &may));
	const int64_t id = permit.id.no;
	struct permit_page page = {
		.frame = visit_frame(visit, permit.number, "dossiers"),
		.csrf = visit->csrf,
		.out = url_of_number(visit->arena, "/permits/{}/out", id),
		.back = url_of_number(visit->arena, "/permits/{}/back", id),
		.extend = url_of_number(visit->arena, "/permits/{}/extend", id),
		.rule = url_of_number(visit->arena, "/permits/{}/extension", id),
		.revoke = url_of_number(visit->arena, "/permits/{}/revoke", id),
		.handling = handling_make(visit, &permit.occasion, permit.occasion != NULL ? 1 : 0,
					  dossier.classes, dossier.classes_count),
	};
	fill_head(visit, &permit, &dossier, &page);
	fill_boxes(visit, &page);
	fill_things(visit, &permit, &dossier, &may, &page);
	fill_outings(visit, &permit, &page);
	fill_extensions(visit, &permit, &dossier, &may, &page);
	return visit_draw(visit, permit_page, &page);
}

/* ---- Acts ---- */

/* The dossier's counter grows with each signature of the same act. */
static struct error *
change_now(struct act *act, struct visit *visit, struct permit_id id, int64_t *change)
{
	struct flow_permit permit;
	struct dossier dossier;
	TRY(flow_permit_read(&act->look, visit->office->flow, id, &permit));
	TRY(flow_read(&act->look, visit->office->flow, permit.dossier, &dossier));
	*change = dossier.change;
	return OK;
}

static struct error *
out_all(struct act *act, struct visit *visit, int64_t change)
{
	struct flow_permit permit;
	struct dossier dossier;
	TRY(permit_open(&act->look, visit, &permit, &dossier));
	for (size_t at = 0; at < dossier.assets_count; at++) {
		const struct row_id asset = dossier.assets[at].row.id;
		if (outing_of(&permit, asset) != NULL)
			continue;
		TRY(flow_out(act, visit->office->flow, permit.id, change, asset, T("")));
		TRY(change_now(act, visit, permit.id, &change));
	}
	return OK;
}

static struct error *
out_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	int64_t change;
	struct row_id asset;
	TRY(visit_number(visit, "change", &change));
	if (request_has(visit->request, "all")) {
		TRY(out_all(act, visit, change));
	} else {
		TRY(visit_number(visit, "asset", &asset.no));
		TRY(flow_out(act, visit->office->flow, id, change, asset,
			     text_trim(visit_text(visit, "what"))));
	}
	visit->go_to = permit_url(visit, id);
	visit->done = "out";
	return OK;
}

static struct error *
back_all(struct act *act, struct visit *visit, int64_t change)
{
	struct flow_permit permit;
	struct dossier dossier;
	TRY(permit_open(&act->look, visit, &permit, &dossier));
	for (size_t at = 0; at < permit.outings_count; at++) {
		if (permit.outings[at].back.ms != 0)
			continue;
		TRY(flow_back(act, visit->office->flow, permit.id, change, permit.outings[at].id));
		TRY(change_now(act, visit, permit.id, &change));
	}
	return OK;
}

static struct error *
back_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	int64_t change, outing;
	TRY(visit_number(visit, "change", &change));
	if (request_has(visit->request, "all")) {
		TRY(back_all(act, visit, change));
	} else {
		TRY(visit_number(visit, "outing", &outing));
		TRY(flow_back(act, visit->office->flow, id, change, outing));
	}
	visit->go_to = permit_url(visit, id);
	visit->done = "back";
	return OK;
}

static struct error *
extend_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	int64_t change;
	struct day until;
	TRY(visit_number(visit, "change", &change));
	if (!day_read(visit_text(visit, "until"), &until))
		return reject("until", "日付を読めません。「R8.11.21」のように書いてください。");
	TRY(flow_extend(act, visit->office->flow, id, change, until,
			text_trim(visit_text(visit, "reason"))));
	visit->go_to = permit_url(visit, id);
	visit->done = "extend-asked";
	return OK;
}

static struct error *
extension_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	const bool is_granted = text_is(visit_text(visit, "granted"), "yes");
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(flow_rule_extension(act, visit->office->flow, id, change, is_granted,
				text_trim(visit_text(visit, "words"))));
	visit->go_to = permit_url(visit, id);
	visit->done = is_granted ? "extended" : "not-extended";
	return OK;
}

static struct error *
revoke_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(flow_revoke(act, visit->office->flow, id, change,
			text_trim(visit_text(visit, "why"))));
	visit->go_to = permit_url(visit, id);
	visit->done = "revoked";
	return OK;
}

/* ---- What is out ---- */

static void
fill_out(struct visit *visit, const struct flow_page *found, struct out_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct out_rows, found->count + 1);
	page->rows_count = found->count;
	for (size_t at = 0; at < found->count; at++) {
		const struct flow_line *line = &found->lines[at];
		page->rows[at] = (struct out_rows){
			.number = line->number,
			.title = line->title,
			.purpose = line->purpose,
			.applicant = line->applicant_name,
			.unit = line->unit_name,
			.due = line->due,
			.is_overdue = line->is_overdue,
			.href = permit_url(visit, line->permit),
		};
	}
}

static struct error *
out_draw(struct look *look, struct visit *visit)
{
	struct flow_page found;
	const bool is_overdue = text_is(visit_text(visit, "list"), "overdue");
	const struct reach *reach = &visit->rights.at[RIGHT_DOSSIER_READ];
	struct unit_id *top = ARENA_NEW(visit->arena, struct unit_id);
	struct flow_query query = {
		.list = is_overdue ? FLOW_OVERDUE : FLOW_OUT,
		.person = visit->session.person,
		.units = reach->units,
		.units_count = reach->count,
		.after = visit_text(visit, "after"),
	};
	if (reach->is_all) {
		struct unit *units;
		size_t count;
		TRY(people_units(look, visit->today, &units, &count));
		top = ARENA_ARRAY(visit->arena, struct unit_id, count + 1);
		query.units_count = 0;
		for (size_t at = 0; at < count; at++)
			if (units[at].depth == 0)
				top[query.units_count++] = units[at].id;
		query.units = top;
	}
	TRY(flow_list(look, visit->office->flow, &query, FLOW_PAGE, &found));
	const struct url all = url_path(visit->arena, "/out");
	const struct url late = url_path(visit->arena, "/out?list=overdue");
	struct out_lists lists[] = {
		{ text_of(say("持ち出し中のもの")), all, !is_overdue },
		{ text_of(say("遅れているもの")), late, is_overdue },
	};
	struct pager_part pager = { 0 };
	if (query.after.len != 0)
		pager.first = is_overdue ? late : all;
	if (found.next.len != 0)
		pager.next = url_query(visit->arena, is_overdue ? late : all, "after", found.next);
	struct out_page page = {
		.frame = visit_frame(visit, text_of(say("持ち出し中")), "dossiers"),
		.lists = lists,
		.lists_count = sizeof lists / sizeof *lists,
		.is_overdue_only = is_overdue,
		.has_things = visit->office->pack->inventory != NULL,
		.pager = &pager,
	};
	fill_out(visit, &found, &page);
	return visit_draw(visit, out_page, &page);
}

PAGE_ROWS(permit,
	  { { METHOD_GET, "/out" }, RIGHT_SELF, PAGE_LOOK, .look = out_draw },
	  { { METHOD_GET, "/permits/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = permit_draw },
	  { { METHOD_POST, "/permits/{id}/out" }, RIGHT_APPLY, PAGE_ACT, .act = out_do,
	    .again = permit_draw },
	  { { METHOD_POST, "/permits/{id}/back" }, RIGHT_APPLY, PAGE_ACT, .act = back_do,
	    .again = permit_draw },
	  { { METHOD_POST, "/permits/{id}/extend" }, RIGHT_APPLY, PAGE_ACT, .act = extend_do,
	    .again = permit_draw },
	  { { METHOD_POST, "/permits/{id}/extension" }, RIGHT_DECIDE, PAGE_ACT, .act = extension_do,
	    .again = permit_draw },
	  { { METHOD_POST, "/permits/{id}/revoke" }, RIGHT_DECIDE, PAGE_ACT, .act = revoke_do,
	    .again = permit_draw });
