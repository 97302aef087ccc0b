/*
 * Say what you want to do: the pack's questions in plain words, the assets from the ledger, then
 * which occasions these meet, what each clause asks and why. Every step is kept in a draft, so
 * nothing typed is lost, and each works without scripts.
 */
#include "pages/dossier_parts.h"

#include "base/number.h"

enum { FOUND_MOST = 30, POSTS_MOST = 20, FIND_MOST = 200 };

/* The first page asks what depends on nothing; assets are chosen on the next. */
static bool
is_asked_first(const struct pack_field *question)
{
	return question->shown_when == NULL && question->kind != FIELD_ASSETS &&
	       question->kind != FIELD_ASSET;
}

static const struct pack_ledger *
ledger_asked(const struct pack *pack)
{
	for (size_t at = 0; at < pack->questions_count; at++)
		if (pack->questions[at].of != NULL)
			return pack->questions[at].of;
	return pack->ledgers_count != 0 ? &pack->ledgers[0] : NULL;
}

/* ---- What do you want to do? ---- */

/* What is chosen when nothing was sent yet: the draft's answer, or the choices in the address. */
static struct text
answer_so_far(struct visit *visit, const struct dossier *dossier, const struct pack_field *question)
{
	const struct text in_address = question->kind == FIELD_CHOICES ? field_typed(visit, question)
								       : T("");
	if (in_address.len != 0 && visit->faults == NULL)
		return in_address;
	return dossier != NULL ? dossier_answer(dossier, question->name, T("")) : T("");
}

/* Long lists of choices are narrowed by words, and what is chosen goes along in the address. */
static void
narrow(struct visit *visit, struct field_part *box, struct ask_page *page)
{
	if (box->groups_count == 0)
		return;
	page->is_grouped = true;
	box_narrow(visit, box, page->find);
	page->is_nothing = page->find.len != 0 && box->groups_count == 0;
	for (size_t at = 0; at < box->options_count; at++) {
		if (!box->options[at].is_chosen)
			continue;
		page->kept[page->kept_count++] = (struct ask_kept){ box->name, box->options[at].value };
		page->whole = url_query(visit->arena, page->whole,
					text_z(visit->arena, box->name), box->options[at].value);
	}
}

static size_t
most_choices(const struct pack *pack)
{
	size_t most = 1;
	for (size_t at = 0; at < pack->questions_count; at++)
		most += pack->questions[at].choices_count;
	return most;
}

static struct error *
fill_questions(struct look *look, struct visit *visit, const struct dossier *dossier,
	       struct ask_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->find = text_first(text_trim(visit_text(visit, "find")), FIND_MOST);
	page->here = page->whole = page->action;
	page->kept = ARENA_ARRAY(visit->arena, struct ask_kept, most_choices(pack));
	page->fields = ARENA_ARRAY(visit->arena, struct ask_fields, pack->questions_count + 1);
	for (size_t at = 0; at < pack->questions_count; at++) {
		const struct pack_field *question = &pack->questions[at];
		struct field_part *box;
		if (!is_asked_first(question))
			continue;
		TRY(answer_box(look, visit, dossier, question, question->name,
			       answer_so_far(visit, dossier, question), &box));
		narrow(visit, box, page);
		page->fields[page->fields_count++] =
			(struct ask_fields){ .name = question->name, .box = box };
	}
	return OK;
}

/* In which post, when there are several. */
static struct error *
fill_posts(struct look *look, struct visit *visit, struct ask_page *page)
{
	struct assignment *list;
	size_t count, got = 0;
	TRY(people_assignments_of(look, visit->session.person, &list, &count));
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, BOX_CHOICE, "post", text_of(say("どの職として申請しますか")),
			 text_of(say("申請は、その職の所属の管理者に届きます。")), T(""), true);
	box->options = ARENA_ARRAY(visit->arena, struct field_options, POSTS_MOST);
	for (size_t at = 0; at < count && got < POSTS_MOST; at++) {
		if ((!day_is_none(list[at].since) && list[at].since.no > visit->today.no) ||
		    (!day_is_none(list[at].until) && list[at].until.no < visit->today.no))
			continue;
		struct field_options *option = &box->options[got++];
		option->value = text_format(visit->arena, "%lld", (long long)list[at].post.no);
		option->words = text_format(visit->arena, "%.*s %.*s", T_ARG(list[at].unit_name),
					    T_ARG(list[at].post_name));
		option->is_chosen = box->value.len != 0 ? text_same(box->value, option->value)
							: list[at].is_main;
	}
	box->options_count = got;
	page->post = got > 1 ? box : NULL;
	return OK;
}

static struct error *
fill_asset(struct look *look, struct visit *visit, struct ask_page *page)
{
	int64_t id;
	struct ledger_row row;
	const struct text wanted = visit_text(visit, "asset");
	if (!number_read(wanted, 1, INT64_MAX, &id) ||
	    ledger_read(look, visit->office->pack, (struct row_id){ id }, &row) != OK)
		return OK;
	page->asset = wanted;
	page->asset_title = row.title;
	return OK;
}

static struct error *
ask_draw(struct look *look, struct visit *visit)
{
	struct ask_page page = {
		.frame = visit_frame(visit, text_of(say("申請する")), "ask"),
		.csrf = visit->csrf,
		.action = url_path(visit->arena, "/ask"),
		.stages = stages_make(visit, NULL, STAGE_ASK),
	};
	TRY(fill_questions(look, visit, NULL, &page));
	TRY(fill_posts(look, visit, &page));
	TRY(fill_asset(look, visit, &page));
	struct field_part search =
		plain_box(visit, BOX_TEXT, "q", text_of(say("どの情報資産ですか")),
			  text_of(say("名前・番号・保管場所の一部を書くと、次の画面で台帳から探します。空のままでもかまいません。")),
			  T(""), false);
	page.search = page.asset.len == 0 ? &search : NULL;
	return visit_draw(visit, ask_page, &page);
}

static struct error *
ask_again_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	TRY(dossier_open_draft(look, visit, &dossier));
	struct ask_page page = {
		.frame = visit_frame(visit, text_of(say("申請する")), "ask"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/ask", dossier.id.no),
		.change = dossier.change,
		.stages = stages_make(visit, &dossier, STAGE_ASK),
	};
	TRY(fill_questions(look, visit, &dossier, &page));
	return visit_draw(visit, ask_page, &page);
}

/* What the first page must have been told. */
static struct error *
must_be_told(struct visit *visit, const struct flow_answer *answers, size_t count)
{
	const struct pack *pack = visit->office->pack;
	struct error *faults = OK;
	for (size_t at = 0; at < count; at++) {
		const struct pack_field *question = pack_question(pack, answers[at].name);
		struct text value;
		if (question == NULL)
			continue;
		struct error *fault = field_read(visit->arena, question, answers[at].value, &value);
		if (fault == OK && question->is_required && value.len == 0)
			fault = reject(text_z(visit->arena, question->name),
				       "「%.*s」に答えてください。",
				       T_ARG(words_now(question->label)));
		error_add(&faults, fault);
	}
	return faults;
}

static struct error *
read_questions(struct visit *visit, struct flow_words *words)
{
	const size_t most = visit->office->pack->questions_count + 1;
	struct flow_answer *answers = ARENA_ARRAY(visit->arena, struct flow_answer, most);
	TRY(answers_typed(visit, NULL, T(""), answers, most, &words->asked.answers_count));
	words->asked.answers = answers;
	return must_be_told(visit, answers, words->asked.answers_count);
}

static struct url
assets_url(struct visit *visit, struct dossier_id id)
{
	const struct url to = url_of_number(visit->arena, "/dossiers/{}/assets", id.no);
	const struct text words = text_trim(visit_text(visit, "q"));
	return words.len != 0 ? url_query(visit->arena, to, "q", words) : to;
}

/* Nobody is sent to choose assets for what has none. */
static struct error *
after_questions(struct act *act, struct visit *visit, struct dossier_id id)
{
	struct dossier dossier;
	bool is_shown = true;
	const struct pack *pack = visit->office->pack;
	TRY(flow_read(&act->look, visit->office->flow, id, &dossier));
	const struct flow_asked asked = dossier_asked(visit->arena, &dossier);
	visit->go_to = assets_url(visit, id);
	for (size_t at = 0; at < pack->questions_count; at++) {
		const struct pack_field *question = &pack->questions[at];
		if (question->kind != FIELD_ASSETS || question->of != flow_asset_ledger(pack) ||
		    question->shown_when == NULL)
			continue;
		TRY(flow_is_shown(&act->look, visit->office->flow, &asked, question->shown_when,
				  T(""), &is_shown));
	}
	if (!is_shown && text_trim(visit_text(visit, "q")).len == 0 && dossier.assets_count == 0)
		visit->go_to = url_of_number(visit->arena, "/dossiers/{}/needs", id.no);
	return OK;
}

static struct error *
ask_do(struct act *act, struct visit *visit)
{
	struct flow_words words = { 0 };
	struct dossier_id made;
	struct row_id asset;
	struct post_id post = { 0 };
	TRY(read_questions(visit, &words));
	if (number_read(visit_text(visit, "post"), 1, INT64_MAX, &post.no) == false)
		post.no = 0;
	if (number_read(visit_text(visit, "asset"), 1, INT64_MAX, &asset.no)) {
		words.asked.assets = &asset;
		words.asked.assets_count = 1;
	}
	TRY(flow_draft(act, visit->office->flow, post, &words, &made));
	return after_questions(act, visit, made);
}

static struct error *
ask_again_do(struct act *act, struct visit *visit)
{
	const struct dossier_id id = { visit_id(visit, "id") };
	struct flow_words words = { .keeps_choice = true };
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(read_questions(visit, &words));
	TRY(flow_save(act, visit->office->flow, id, change, &words));
	return after_questions(act, visit, id);
}

/* ---- Which assets? ---- */

static bool
is_chosen(const struct dossier *dossier, struct row_id row)
{
	for (size_t at = 0; at < dossier->assets_count; at++)
		if (dossier->assets[at].row.id.no == row.no)
			return true;
	return false;
}

static void
fill_chosen(struct look *look, struct visit *visit, const struct dossier *dossier,
	    struct ask_assets_page *page)
{
	page->chosen = ARENA_ARRAY(visit->arena, struct ask_assets_chosen,
				   dossier->assets_count + 1);
	page->chosen_count = dossier->assets_count;
	for (size_t at = 0; at < dossier->assets_count; at++) {
		const struct ledger_row *row = &dossier->assets[at].row;
		const struct class_tag tag = row_tag(row);
		page->chosen[at] = (struct ask_assets_chosen){
			.id = text_format(visit->arena, "%lld", (long long)row->id.no),
			.title = row->title,
			.class = tag.mark,
			.is_top = tag.is_top,
			.is_mid = tag.is_mid,
			.owner = unit_name(look, row->owner),
			.serial = row->serial,
			.is_retired = row->state == ROW_RETIRED,
		};
	}
	const struct class_tag tag = classes_tag(visit, dossier->classes, dossier->classes_count);
	page->class = tag.words;
	page->is_top = tag.is_top;
	page->is_mid = tag.is_mid;
}

/* Another unit's assets can be found and named, but not where they are kept. */
static struct error *
fill_found(struct look *look, struct visit *visit, const struct dossier *dossier,
	   const struct ledger_page *found, struct ask_assets_page *page)
{
	page->found = ARENA_ARRAY(visit->arena, struct ask_assets_found, found->count + 1);
	page->found_count = found->count;
	for (size_t at = 0; at < found->count; at++) {
		const struct ledger_row *row = &found->rows[at];
		const struct class_tag tag = row_tag(row);
		bool may_read = false;
		if (row->owner != 0)
			TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_READ,
					 (struct unit_id){ row->owner }, &may_read));
		page->found[at] = (struct ask_assets_found){
			.id = text_format(visit->arena, "%lld", (long long)row->id.no),
			.number = text_format(visit->arena, "%lld", (long long)row->number),
			.title = row->title,
			.class = tag.mark,
			.is_top = tag.is_top,
			.is_mid = tag.is_mid,
			.owner = unit_name(look, row->owner),
			.serial = row->serial,
			.place = may_read ? row_details(look, row) : T(""),
			.is_chosen = is_chosen(dossier, row->id),
		};
	}
	page->is_cut = found->next.len != 0;
	return OK;
}

static struct error *
assets_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	struct ledger_page found = { 0 };
	TRY(dossier_open_draft(look, visit, &dossier));
	const struct pack *pack = visit->office->pack;
	const struct pack_ledger *ledger = ledger_asked(pack);
	const struct text words = text_trim(visit_text(visit, "q"));
	const int64_t id = dossier.id.no;
	struct ask_assets_page page = {
		.frame = visit_frame(visit, text_of(say("情報資産を選ぶ")), "ask"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/assets", id),
		.after = url_of_number(visit->arena, "/dossiers/{}/needs", id),
		.before = url_of_number(visit->arena, "/dossiers/{}/ask", id),
		.change = dossier.change,
		.number = dossier.number,
		.words = words,
		.has_searched = words.len != 0,
		.is_own = words.len == 0,
		.stages = stages_make(visit, &dossier, STAGE_ASSETS),
		.handling = dossier_handling(visit, &dossier),
	};
	const struct ledger_query query = { .words = words,
					    .owner = words.len == 0 ? dossier.unit.no : 0 };
	if (ledger != NULL)
		TRY(ledger_list(look, pack, ledger, &query, FOUND_MOST, &found));
	fill_chosen(look, visit, &dossier, &page);
	TRY(fill_found(look, visit, &dossier, &found, &page));
	return visit_draw(visit, ask_assets_page, &page);
}

/* The words that keep purpose and wanted occasions as they are. */
static struct flow_words
words_as_they_are(struct visit *visit, const struct dossier *dossier)
{
	struct text *wanted = ARENA_ARRAY(visit->arena, struct text, dossier->occasions_count + 1);
	struct flow_words words = { .purpose = dossier->purpose, .wanted = wanted };
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (dossier->is_wanted[at])
			wanted[words.wanted_count++] = dossier->occasions[at]->code;
	return words;
}

static struct error *
assets_do(struct act *act, struct visit *visit)
{
	struct dossier dossier;
	int64_t change, add = 0, remove = 0;
	TRY(visit_number(visit, "change", &change));
	TRY(dossier_open_draft(&act->look, visit, &dossier));
	if (!number_read(visit_text(visit, "add"), 1, INT64_MAX, &add))
		add = 0;
	if (!number_read(visit_text(visit, "remove"), 1, INT64_MAX, &remove))
		remove = 0;
	struct row_id *rows = ARENA_ARRAY(visit->arena, struct row_id, dossier.assets_count + 2);
	size_t count = 0;
	for (size_t at = 0; at < dossier.assets_count; at++)
		if (dossier.assets[at].row.id.no != remove)
			rows[count++] = dossier.assets[at].row.id;
	if (add != 0 && !is_chosen(&dossier, (struct row_id){ add }))
		rows[count++] = (struct row_id){ add };
	struct flow_words words = words_as_they_are(visit, &dossier);
	words.asked.assets = rows;
	words.asked.assets_count = count;
	TRY(flow_save(act, visit->office->flow, dossier.id, change, &words));
	visit->go_to = assets_url(visit, dossier.id);
	return OK;
}

/* ---- What is needed, and why ---- */

static bool
is_found(const struct dossier *dossier, const struct pack_occasion *occasion, bool *is_wanted)
{
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (dossier->occasions[at] == occasion) {
			*is_wanted = dossier->is_wanted[at];
			return true;
		}
	*is_wanted = false;
	return false;
}

static void
fill_others(struct visit *visit, const struct dossier *dossier, struct ask_needs_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->others = ARENA_ARRAY(visit->arena, struct ask_needs_others, pack->occasions_count + 1);
	for (size_t at = 0; at < pack->occasions_count; at++) {
		const struct pack_occasion *occasion = &pack->occasions[at];
		bool is_wanted;
		if ((is_found(dossier, occasion, &is_wanted) && !is_wanted) ||
		    (!is_wanted && !occasion->is_offered))
			continue;
		page->others[page->others_count++] = (struct ask_needs_others){
			.id = text_format(visit->arena, "wanted-%.*s", T_ARG(occasion->code)),
			.code = occasion->code,
			.title = words_now(occasion->title),
			.why = words_now(occasion->why),
			.by = by_words(visit, occasion),
			.is_chosen = is_wanted,
		};
	}
}

/* Questions that come up only now, and stand on no sheet. */
static struct error *
fill_more(struct look *look, struct visit *visit, const struct dossier *dossier,
	  struct ask_needs_page *page)
{
	const struct pack *pack = visit->office->pack;
	const struct flow_asked asked = dossier_asked(visit->arena, dossier);
	page->questions = ARENA_ARRAY(visit->arena, struct ask_needs_questions,
				      pack->questions_count + 1);
	for (size_t at = 0; at < pack->questions_count; at++) {
		const struct pack_field *question = &pack->questions[at];
		bool is_shown, is_on_sheet = false;
		struct field_part *box;
		if (question->shown_when == NULL)
			continue;
		for (size_t form = 0; form < dossier->forms_count; form++)
			is_on_sheet |= form_field(dossier->forms[form], question->name, NULL) != NULL;
		TRY(flow_is_shown(look, visit->office->flow, &asked, question->shown_when, T(""),
				  &is_shown));
		if (!is_shown || is_on_sheet || dossier->occasions_count == 0)
			continue;
		TRY(answer_box(look, visit, dossier, question, question->name,
			       dossier_answer(dossier, question->name, T("")), &box));
		page->questions[page->questions_count++] =
			(struct ask_needs_questions){ .name = question->name, .box = box };
	}
	return OK;
}

static struct error *
needs_draw(struct look *look, struct visit *visit)
{
	struct dossier dossier;
	TRY(dossier_open_draft(look, visit, &dossier));
	const struct class_tag tag = classes_tag(visit, dossier.classes, dossier.classes_count);
	struct ask_needs_page page = {
		.frame = visit_frame(visit, text_of(say("必要な手続")), "ask"),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/dossiers/{}/needs", dossier.id.no),
		.assets = url_of_number(visit->arena, "/dossiers/{}/assets", dossier.id.no),
		.dossier = dossier_url(visit, dossier.id),
		.change = dossier.change,
		.number = dossier.number,
		.is_needed = dossier.occasions_count != 0,
		.sheets = (int64_t)dossier.forms_count, /* a few */
		.class = tag.words,
		.is_top = tag.is_top,
		.is_mid = tag.is_mid,
		.stages = stages_make(visit, &dossier, STAGE_NEEDS),
		.duties = duties_make(visit, dossier.occasions, dossier.is_wanted,
				      dossier.occasions_count),
		.handling = dossier_handling(visit, &dossier),
		.route = route_make(visit, dossier.steps, dossier.steps_count, &dossier),
	};
	fill_others(visit, &dossier, &page);
	TRY(fill_more(look, visit, &dossier, &page));
	return visit_draw(visit, ask_needs_page, &page);
}

static void
read_wanted(struct visit *visit, struct flow_words *words)
{
	const struct fields chosen = request_fields(visit->request, visit->arena, "wanted");
	struct text *wanted = ARENA_ARRAY(visit->arena, struct text, chosen.count + 1);
	words->wanted = wanted;
	words->wanted_count = 0;
	for (size_t at = 0; at < chosen.count; at++)
		if (pack_occasion(visit->office->pack, chosen.at[at].value) != NULL)
			wanted[words->wanted_count++] = chosen.at[at].value;
}

static struct error *
needs_do(struct act *act, struct visit *visit)
{
	struct dossier dossier;
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(dossier_open_draft(&act->look, visit, &dossier));
	const struct flow_asked asked = dossier_asked(visit->arena, &dossier);
	struct flow_words words = words_as_they_are(visit, &dossier);
	TRY(read_questions(visit, &words));
	words.asked.assets = asked.assets;
	words.asked.assets_count = asked.assets_count;
	if (request_has(visit->request, "has_others"))
		read_wanted(visit, &words);
	TRY(flow_save(act, visit->office->flow, dossier.id, change, &words));
	TRY(flow_read(&act->look, visit->office->flow, dossier.id, &dossier));
	if (dossier.occasions_count == 0)
		return reject("wanted", "申請する手続を選んでください。手続が要らないときは、ここで終わってかまいません。");
	visit->go_to = url_of_number(visit->arena, "/dossiers/{}/edit", dossier.id.no);
	return OK;
}

PAGE_ROWS(ask,
	  { { METHOD_GET, "/ask" }, RIGHT_APPLY, PAGE_LOOK, .look = ask_draw },
	  { { METHOD_POST, "/ask" }, RIGHT_APPLY, PAGE_ACT, .act = ask_do, .again = ask_draw },
	  { { METHOD_GET, "/dossiers/{id}/ask" }, RIGHT_APPLY, PAGE_LOOK, .look = ask_again_draw },
	  { { METHOD_POST, "/dossiers/{id}/ask" }, RIGHT_APPLY, PAGE_ACT, .act = ask_again_do,
	    .again = ask_again_draw },
	  { { METHOD_GET, "/dossiers/{id}/assets" }, RIGHT_APPLY, PAGE_LOOK, .look = assets_draw },
	  { { METHOD_POST, "/dossiers/{id}/assets" }, RIGHT_APPLY, PAGE_ACT, .act = assets_do,
	    .again = assets_draw },
	  { { METHOD_GET, "/dossiers/{id}/needs" }, RIGHT_APPLY, PAGE_LOOK, .look = needs_draw },
	  { { METHOD_POST, "/dossiers/{id}/needs" }, RIGHT_APPLY, PAGE_ACT, .act = needs_do,
	    .again = needs_draw });
