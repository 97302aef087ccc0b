/*
 * One dossier: where it stands, what to do next, what was asked, decided and done, and the acts
 * that stand on this page: withdraw, cancel, strike, finish, apply again with the same content.
 */
#include "pages/bent.h"
#include "pages/dossier_rows.h"

/* ---- What to do next ---- */

static void
add_way(struct dossier_page *page, const char *words, struct url href, bool is_main)
{
	page->ways[page->ways_count++] = (struct dossier_ways){ text_of(words), href, is_main };
}

static const struct flow_decision *
decision_last(const struct dossier *dossier, enum verdict verdict)
{
	for (size_t at = dossier->decisions_count; at-- > 0;)
		if (dossier->decisions[at].verdict == verdict)
			return &dossier->decisions[at];
	return NULL;
}

/* Everybody whose turn it is; a step nobody can decide says what to do about it. */
static void
next_waiting(struct visit *visit, const struct dossier *dossier, struct dossier_page *page)
{
	struct writer who = writer_open(visit->arena, 16 << 10);
	page->next = text_of(say("決裁を待っています。"));
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		if (step->state != STEP_OPEN)
			continue;
		const struct flow_decider *first = step->deciders;
		if (step->deciders_count == 0)
			write_text(&who, step->problem);
		else
			write_format(&who, say("%.*s %.*sさんの順番です。"),
				     T_ARG(first->post_name), T_ARG(first->name));
	}
	page->next_by = writer_text(&who);
}

static void
next_stopped(struct visit *visit, const struct dossier *dossier, enum verdict verdict,
	     struct dossier_page *page)
{
	const struct flow_decision *last = decision_last(dossier, verdict);
	if (last == NULL)
		return;
	page->next_by = text_format(visit->arena, say("%.*s %.*sさんから:"),
				    T_ARG(last->post_name), T_ARG(last->name));
	page->next_words = last->words;
}

static const struct flow_permit *
permit_out(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].state == PERMIT_OUT)
			return &dossier->permits[at];
	return NULL;
}

static const struct flow_permit *
permit_signed(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].is_signed_out && dossier->permits[at].ended.ms == 0)
			return &dossier->permits[at];
	return NULL;
}

/* Is there a result to be written down, with what was answered? */
static struct error *
asks_result(struct look *look, struct visit *visit, const struct dossier *dossier, bool *asks)
{
	const struct flow_asked asked = dossier_asked(visit->arena, dossier);
	*asks = false;
	for (size_t form = 0; form < dossier->forms_count; form++)
		for (size_t at = 0; at < dossier->forms[form]->sections_count && !*asks; at++) {
			const struct pack_section *section = &dossier->forms[form]->sections[at];
			if (section->stage != STAGE_RESULT)
				continue;
			*asks = section->shown_when == NULL;
			if (!*asks)
				TRY(flow_is_shown(look, visit->office->flow, &asked,
						  section->shown_when, T(""), asks));
		}
	return OK;
}

static void
next_granted(struct visit *visit, const struct dossier *dossier, const struct flow_may *may,
	     bool has_result, struct dossier_page *page)
{
	const struct flow_permit *out = permit_out(dossier), *carry = permit_signed(dossier);
	if (out != NULL) {
		page->next = text_of(say("持ち出し中です。戻したら、すぐに返却を記録してください。"));
		add_way(page, say("返却を記録する"), permit_url(visit, out->id), true);
	} else if (carry != NULL && may->out) {
		page->next = text_of(say("許可されました。持ち出すときに、その場で記録してください。"));
		add_way(page, say("持ち出しを記録する"), permit_url(visit, carry->id), true);
	} else if (has_result) {
		page->next = text_of(dossier_is_told(dossier)
					     ? say("報告は済みました。終わったら、結果を記録してください。")
					     : say("許可されました。終わったら、結果を記録してください。"));
	} else if (dossier_is_told(dossier)) {
		page->next = text_of(say("報告は済みました。"));
	} else {
		page->next = text_of(say("許可されました。"));
	}
	if (has_result && may->result)
		add_way(page, say("結果を記録する"),
			url_of_number(visit->arena, "/dossiers/{}/result", dossier->id.no),
			page->ways_count == 0);
	page->may_finish = may->result && !has_result && out == NULL;
}

static void
next_draft(struct visit *visit, const struct dossier *dossier, const struct flow_may *may,
	   struct dossier_page *page)
{
	page->next = dossier->state == DOSSIER_DRAFT
			     ? text_of(say("まだ申請していません。"))
			     : text_of(say("差し戻されました。直して、もう一度申請してください。"));
	if (dossier->state == DOSSIER_RETURNED)
		next_stopped(visit, dossier, VERDICT_SEND_BACK, page);
	if (may->save)
		add_way(page, dossier->state == DOSSIER_DRAFT ? say("続きを書く") : say("直す"),
			dossier->occasions_count != 0
				? url_of_number(visit->arena, "/dossiers/{}/edit", dossier->id.no)
				: url_of_number(visit->arena, "/dossiers/{}/assets",
						dossier->id.no),
			true);
	if (may->send && dossier->occasions_count != 0)
		add_way(page, say("確かめて申請する"),
			url_of_number(visit->arena, "/dossiers/{}/send", dossier->id.no), false);
}

static void
fill_next(struct visit *visit, const struct dossier *dossier, const struct flow_may *may,
	  bool has_result, struct dossier_page *page)
{
	page->ways = ARENA_ARRAY(visit->arena, struct dossier_ways, 8);
	if (may->decide)
		add_way(page,
			may->verb == STEP_PERMISSION	 ? say("決裁する")
			: may->verb == STEP_CONSULTATION ? say("意見を書く")
							 : say("報告を確かめる"),
			url_of_number(visit->arena, "/dossiers/{}/decide", dossier->id.no), true);
	switch (dossier->state) {
	case DOSSIER_DRAFT:
	case DOSSIER_RETURNED:
		next_draft(visit, dossier, may, page);
		break;
	case DOSSIER_SENT:
		next_waiting(visit, dossier, page);
		break;
	case DOSSIER_REFUSED:
		page->next = text_of(say("許可されませんでした。"));
		next_stopped(visit, dossier, VERDICT_REFUSE, page);
		break;
	case DOSSIER_GRANTED:
		next_granted(visit, dossier, may, has_result, page);
		break;
	case DOSSIER_COMPLETE:
		page->next = text_of(say("この案件は完了しました。することはありません。"));
		break;
	case DOSSIER_WITHDRAWN:
		page->next = text_of(say("取り下げられました。することはありません。"));
		break;
	case DOSSIER_CANCELLED:
		page->next = text_of(say("取り消されました。することはありません。"));
		break;
	}
}

/* ---- The rest of the page ---- */

static void
fill_permits(struct visit *visit, const struct dossier *dossier, struct dossier_page *page)
{
	page->permits = ARENA_ARRAY(visit->arena, struct dossier_permits,
				    dossier->permits_count + 1);
	page->permits_count = dossier->permits_count;
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct flow_permit *permit = &dossier->permits[at];
		page->permits[at] = (struct dossier_permits){
			.number = permit->number,
			.title = permit->occasion != NULL ? words_now(permit->occasion->title)
							  : T(""),
			.state = text_of(permit_state_words(permit->state)),
			.tag = permit_tag(permit->state),
			.conditions = permit->conditions,
			.ended = permit->ended_why,
			.from = permit->from,
			.until = permit->until,
			.leaves = permit->leaves,
			.returns = permit->returns,
			.is_overdue = permit->is_overdue,
			.is_lapsed = permit->is_lapsed,
			.is_bending = permit->is_exception,
			.is_default_end = permit->is_default_end,
			.holder = permit->holder.no != dossier->applicant.no ? permit->holder_name
									     : T(""),
			.exception = exception_url(visit, permit->id),
			.href = permit_url(visit, permit->id),
		};
	}
}

static void
add_item_answer(struct look *look, struct visit *visit, const struct dossier *dossier,
		const struct flow_answer *answer, struct dossier_items *made)
{
	const struct pack_field *field = dossier_field(visit, dossier, answer->name, NULL);
	if (field == NULL || answer->value.len == 0)
		return;
	struct dossier_items_answers *one = &made->answers[made->answers_count++];
	one->label = words_now(field->label);
	one->value = value_words(look, field, answer->value);
	if (field->kind == FIELD_FILE)
		file_link(visit, dossier, answer->value, &one->file, &one->href);
}

/* What was recorded about it. */
static void
fill_item_answers(struct look *look, struct visit *visit, const struct dossier *dossier,
		  struct text serial, struct dossier_items *made)
{
	size_t count = 0;
	for (size_t at = 0; at < dossier->answers_count; at++)
		count += text_same(dossier->answers[at].item, serial);
	made->answers = ARENA_ARRAY(visit->arena, struct dossier_items_answers, count + 1);
	for (size_t at = 0; at < dossier->answers_count; at++)
		if (text_same(dossier->answers[at].item, serial))
			add_item_answer(look, visit, dossier, &dossier->answers[at], made);
}

static struct error *
fill_item(struct look *look, struct visit *visit, const struct dossier *dossier,
	  const struct flow_item *item, struct dossier_page *page)
{
	struct ledger_row row;
	struct dossier_items *made = &page->items[page->items_count++];
	made->serial = item->serial;
	made->what = item->what;
	made->is_unlisted = !item->is_listed && !item->is_struck;
	made->outcome = item->end != NULL ? words_now(item->end->words) : text_of(say("まだ"));
	made->tag = item->end == NULL ? T("wait") : item->end->is_verified ? T("go") : T("stop");
	if (item->is_struck) {
		made->outcome = text_of(say("対象外"));
		made->tag = T("off");
		made->struck = item->struck_why;
	}
	if (made->is_unlisted)
		page->loose[page->loose_count++].serial = item->serial;
	fill_item_answers(look, visit, dossier, item->serial, made);
	if (item->asset.no == 0 ||
	    ledger_read(look, visit->office->pack, item->asset, &row) != OK)
		return OK;
	made->asset = row.title;
	made->asset_href = row_url(visit, &row);
	made->may_open_asset = row_opens(look, visit, &row);
	return OK;
}

static struct error *
fill_items(struct look *look, struct visit *visit, const struct dossier *dossier,
	   struct dossier_page *page)
{
	const struct flow_balance *balance = &dossier->balance;
	/* Before it is permitted, nothing can have been done. */
	page->has_items = dossier->items_count != 0 && (dossier->state == DOSSIER_GRANTED ||
							dossier->state == DOSSIER_COMPLETE);
	page->items = ARENA_ARRAY(visit->arena, struct dossier_items, dossier->items_count + 1);
	page->loose = ARENA_ARRAY(visit->arena, struct dossier_loose, dossier->items_count + 1);
	for (size_t at = 0; at < dossier->items_count; at++)
		TRY(fill_item(look, visit, dossier, &dossier->items[at], page));
	/* Counts of at most a thousand. */
	page->listed = (int64_t)balance->listed;
	page->ended_items = (int64_t)balance->ended;
	page->verified = (int64_t)balance->verified;
	page->claimed = (int64_t)(balance->ended - balance->verified);
	page->open = (int64_t)balance->open;
	page->unlisted = (int64_t)balance->unlisted;
	page->is_balanced = balance->is_balanced;
	return OK;
}

static void
fill_head(struct visit *visit, const struct dossier *dossier, struct dossier_page *page)
{
	const struct class_tag tag = classes_tag(visit, dossier->classes, dossier->classes_count);
	page->number = dossier->number;
	page->title = dossier_titles(visit, dossier);
	page->purpose = dossier->purpose;
	page->state = text_of(dossier_stands(dossier->state, dossier_is_told(dossier)));
	page->tag = state_tag(dossier->state);
	page->class = tag.words;
	page->is_top = tag.is_top;
	page->is_mid = tag.is_mid;
	page->applicant = dossier->applicant_name;
	page->unit = text_format(visit->arena, "%.*s %.*s", T_ARG(dossier->unit_name),
				 T_ARG(dossier->post_name));
	page->sent = dossier->sent;
	page->revision = dossier->revision;
	page->change = dossier->change;
	page->stale = dossier->stale_why;
	page->is_other_pack = dossier->is_other_pack;
	page->is_used = dossier->state == DOSSIER_SENT || dossier->state == DOSSIER_GRANTED;
	if (dossier->sent.ms != 0)
		page->digest = hash_hex(visit->arena, &dossier->digest);
}

static void
fill_acts(struct visit *visit, const struct dossier *dossier, const struct flow_may *may,
	  struct dossier_page *page)
{
	const int64_t id = dossier->id.no;
	page->may_withdraw = may->withdraw;
	page->may_cancel = may->cancel;
	page->may_strike = may->strike;
	page->is_draft = dossier->state == DOSSIER_DRAFT;
	page->may_copy = dossier->applicant.no == visit->session.person.no &&
			 dossier->sent.ms != 0 && dossier->state != DOSSIER_RETURNED &&
			 dossier->state != DOSSIER_SENT && visit_may(visit, RIGHT_APPLY);
	page->withdraw = url_of_number(visit->arena, "/dossiers/{}/withdraw", id);
	page->cancel = url_of_number(visit->arena, "/dossiers/{}/cancel", id);
	page->copy = url_of_number(visit->arena, "/dossiers/{}/copy", id);
	page->finish = url_of_number(visit->arena, "/dossiers/{}/result", id);
	page->strike = url_of_number(visit->arena, "/dossiers/{}/strike", id);
}

static struct field_part *
why_box(struct visit *visit, bool is_required)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, BOX_LONG, "why", text_of(say("理由")), T(""), T(""), is_required);
	return box;
}

/* Three forms ask "why" on one page; their boxes need ids of their own. */
static struct field_part *
named_box(struct visit *visit, const char *id, bool is_required)
{
	struct field_part *box = why_box(visit, is_required);
	box->id = text_of(id);
	return box;
}

static struct error *
dossier_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	struct flow_may may;
	bool has_result;
	struct holdings_part *holdings;
	struct sheets_part *sheets;
	TRY(dossier_open(look, visit, &dossier));
	TRY(flow_may(look, visit->office->flow, &dossier, visit->session.person, &may));
	TRY(holdings_make(look, visit, &dossier, &holdings));
	TRY(sheets_make(look, visit, &dossier, &sheets));
	struct dossier_page page = {
		.frame = visit_frame(visit, dossier.number, "dossiers"),
		.csrf = visit->csrf,
		.why_withdraw = named_box(visit, "why-withdraw", false),
		.why_cancel = named_box(visit, "why-cancel", dossier.state == DOSSIER_GRANTED),
		.why_strike = named_box(visit, "why-strike", true),
		.route = route_make(visit, dossier.steps, dossier.steps_count, &dossier),
		.sheets = sheets,
		.holdings = holdings,
		.duties = duties_make(visit, dossier.occasions, dossier.is_wanted,
				      dossier.occasions_count),
		.handling = dossier_handling(visit, &dossier),
		.reports = reports_make(visit, &dossier),
	};
	fill_head(visit, &dossier, &page);
	fill_acts(visit, &dossier, &may, &page);
	TRY(asks_result(look, visit, &dossier, &has_result));
	fill_next(visit, &dossier, &may, has_result, &page);
	fill_permits(visit, &dossier, &page);
	TRY(fill_items(look, visit, &dossier, &page));
	TRY(events_make(look, visit, &dossier, &page));
	return visit_draw(visit, dossier_page, &page);
}

/* ---- Acts of this page ---- */

typedef struct error *ending(struct act *act, const struct flow *flow, struct dossier_id id,
			     int64_t change, struct text why);

static struct error *
end_do(struct act *act, struct visit *visit, ending *end, const char *done)
{
	const struct dossier_id id = { visit_id(visit, "id") };
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(end(act, visit->office->flow, id, change, text_trim(visit_text(visit, "why"))));
	visit->go_to = dossier_url(visit, id);
	visit->done = done;
	return OK;
}

static struct error *
withdraw_do(struct act *act, struct visit *visit)
{
	return end_do(act, visit, flow_withdraw, "withdrawn");
}

static struct error *
cancel_do(struct act *act, struct visit *visit)
{
	return end_do(act, visit, flow_cancel, "cancelled");
}

static struct error *
strike_do(struct act *act, struct visit *visit)
{
	const struct dossier_id id = { visit_id(visit, "id") };
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(flow_strike(act, visit->office->flow, id, change, visit_text(visit, "serial"),
			text_trim(visit_text(visit, "why"))));
	visit->go_to = dossier_url(visit, id);
	visit->done = "struck";
	return OK;
}

/* Days and serials belong to the one time; everything else is worth keeping. */
static bool
is_worth_copying(struct visit *visit, const struct dossier *dossier,
		 const struct flow_answer *answer)
{
	const struct pack_section *section;
	const struct pack_field *field = dossier_field(visit, dossier, answer->name, &section);
	if (field == NULL || answer->item.len != 0 || field->prefill != PREFILL_NONE ||
	    (section != NULL && section->stage == STAGE_RESULT))
		return false;
	return field->kind != FIELD_DAY && field->kind != FIELD_MOMENT &&
	       field->kind != FIELD_PERIOD && field->kind != FIELD_SERIALS &&
	       field->kind != FIELD_FILE;
}

static struct error *
copy_do(struct act *act, struct visit *visit)
{
	struct dossier dossier;
	struct dossier_id made;
	TRY(dossier_open(&act->look, visit, &dossier));
	struct flow_answer *answers = ARENA_ARRAY(visit->arena, struct flow_answer,
						  dossier.answers_count + 1);
	struct row_id *rows = ARENA_ARRAY(visit->arena, struct row_id, dossier.assets_count + 1);
	struct flow_words words = { .purpose = dossier.purpose,
				    .asked = { .answers = answers, .assets = rows } };
	for (size_t at = 0; at < dossier.answers_count; at++)
		if (is_worth_copying(visit, &dossier, &dossier.answers[at]))
			answers[words.asked.answers_count++] = dossier.answers[at];
	for (size_t at = 0; at < dossier.assets_count; at++)
		if (dossier.assets[at].row.state == ROW_LIVING)
			rows[words.asked.assets_count++] = dossier.assets[at].row.id;
	TRY(flow_draft(act, visit->office->flow, dossier.post, &words, &made));
	visit->go_to = url_of_number(visit->arena, "/dossiers/{}/needs", made.no);
	visit->done = "copied";
	return OK;
}

PAGE_ROWS(dossier,
	  { { METHOD_GET, "/dossiers" }, RIGHT_SELF, PAGE_LOOK, .look = dossier_list_draw },
	  { { METHOD_GET, "/dossiers/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = dossier_draw },
	  { { METHOD_GET, "/dossiers/{id}/edit" }, RIGHT_APPLY, PAGE_LOOK,
	    .look = dossier_form_draw },
	  { { METHOD_POST, "/dossiers/{id}/edit" }, RIGHT_APPLY, PAGE_ACT, .act = dossier_form_do,
	    .again = dossier_form_draw },
	  { { METHOD_GET, "/dossiers/{id}/send" }, RIGHT_APPLY, PAGE_LOOK,
	    .look = dossier_send_draw },
	  { { METHOD_POST, "/dossiers/{id}/send" }, RIGHT_APPLY, PAGE_ACT, .act = dossier_send_do,
	    .again = dossier_send_draw },
	  { { METHOD_GET, "/dossiers/{id}/result" }, RIGHT_APPLY, PAGE_LOOK,
	    .look = dossier_result_draw },
	  { { METHOD_POST, "/dossiers/{id}/result" }, RIGHT_APPLY, PAGE_ACT,
	    .look = dossier_result_may, .slow = dossier_result_keep, .act = dossier_result_do, .again = dossier_result_draw,
	    .body = BODY_UPLOAD },
	  { { METHOD_GET, "/dossiers/{id}/files/{digest:text}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = file_draw },
	  { { METHOD_POST, "/dossiers/{id}/withdraw" }, RIGHT_APPLY, PAGE_ACT, .act = withdraw_do,
	    .again = dossier_draw },
	  { { METHOD_POST, "/dossiers/{id}/cancel" }, RIGHT_APPLY, PAGE_ACT, .act = cancel_do,
	    .again = dossier_draw },
	  { { METHOD_POST, "/dossiers/{id}/copy" }, RIGHT_APPLY, PAGE_ACT, .act = copy_do },
	  { { METHOD_POST, "/dossiers/{id}/strike" }, RIGHT_DECIDE, PAGE_ACT, .act = strike_do,
	    .again = dossier_draw },
	  { { METHOD_GET, "/waiting" }, RIGHT_DECIDE, PAGE_LOOK, .look = waiting_draw },
	  { { METHOD_GET, "/dossiers/{id}/decide" }, RIGHT_DECIDE, PAGE_LOOK, .look = decide_draw },
	  { { METHOD_POST, "/dossiers/{id}/decide" }, RIGHT_DECIDE, PAGE_ACT, .act = decide_do,
	    .again = decide_draw });
