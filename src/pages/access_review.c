/* The yearly review of accounts: progress, and the one page of each unit. */
#include "pages/access_pages.h"
#include "pages/dossier_parts.h"
#include "pages/people_pages.h"

enum { USUAL_DAYS = 30 };

static struct url
review_url(struct arena *arena, struct unit_id unit)
{
	return url_of_number(arena, "/access-review/{}", unit.no);
}

/* Progress of the whole body: who may see every clause's evidence, and who runs Bansho. */
static bool
may_see_all(const struct visit *visit)
{
	return visit_may(visit, RIGHT_MAP_READ) &&
	       (visit_may(visit, RIGHT_SETTINGS) || visit_may(visit, RIGHT_JOURNAL_READ));
}

/* ---- Progress ---- */

static void
fill_mine(struct visit *visit, const struct access_review *list, size_t count,
	  struct access_reviews_page *page)
{
	page->mine = ARENA_ARRAY(visit->arena, struct access_reviews_mine, count + 1);
	page->mine_count = count;
	for (size_t at = 0; at < count; at++)
		page->mine[at] = (struct access_reviews_mine){
			list[at].unit_name, review_url(visit->arena, list[at].unit),
			list[at].done.ms != 0, list[at].is_late
		};
}

static const char *
state_of(const struct access_review *review, const char **tag)
{
	*tag = review->done.ms != 0 ? "go" : review->is_late ? "stop" : "wait";
	if (review->done.ms != 0)
		return say("済み");
	return review->is_late ? say("期限切れ") : say("まだ");
}

static void
fill_all(struct visit *visit, const struct access_review *list, size_t count,
	 struct access_reviews_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct access_reviews_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		const char *tag;
		page->rows[at] = (struct access_reviews_rows){
			.unit = list[at].unit_name,
			.href = review_url(visit->arena, list[at].unit),
			.state = text_of(state_of(&list[at], &tag)),
			.who = list[at].person_name,
			.at = list[at].done,
			.accounts = list[at].accounts,
			.removals = list[at].removals,
			.changes = list[at].changes,
		};
		page->rows[at].tag = text_of(tag);
	}
}

static struct error *
fill_round(struct look *look, struct visit *visit, struct access_reviews_page *page)
{
	struct access_round round;
	struct access_review *list;
	size_t count;
	TRY(access_round(look, &page->has_round, &round));
	if (!page->has_round)
		return OK;
	page->year = fiscal_wareki(visit->arena, round.year);
	page->started = round.started;
	page->due = round.due;
	page->units = round.units;
	page->done = round.done;
	page->left = round.units - round.done;
	page->accounts = round.accounts;
	page->removals = round.removals;
	page->changes = round.changes;
	TRY(access_reviews(look, visit->office->flow, visit->session.person, &list, &count));
	fill_mine(visit, list, count, page);
	if (!page->may_all)
		return OK;
	TRY(access_reviews(look, visit->office->flow, (struct person_id){ 0 }, &list, &count));
	fill_all(visit, list, count, page);
	page->may_begin = page->may_begin && (page->left == 0 || round.due.no < visit->today.no);
	return OK;
}

static struct error *
reviews_draw(struct look *look, struct visit *visit)
{
	struct access_reviews_page page = {
		.frame = visit_frame(visit, text_of(say("アカウントの点検")), "ledger"),
		.csrf = visit->csrf,
		.may_all = may_see_all(visit),
		.may_begin = visit_may(visit, RIGHT_SETTINGS) &&
			     access_ledger(visit->office->pack) != NULL,
		.csv = url_path(visit->arena, "/access-review/csv"),
		.xlsx = url_path(visit->arena, "/access-review/xlsx"),
		.begin_due = day_box(visit, "due", say("いつまでに答えてもらうか"), "",
				     day_plus(visit->today, USUAL_DAYS), true),
	};
	TRY(fill_round(look, visit, &page));
	return visit_draw(visit, access_reviews_page, &page);
}

static struct error *
reviews_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("所属")), 30 },	    { text_of(say("状態")), 12 },
		{ text_of(say("期限")), 16 },	    { text_of(say("だれが")), 20 },
		{ text_of(say("済んだ日")), 16 },   { text_of(say("アカウント")), 12 },
		{ text_of(say("削除の依頼")), 12 }, { text_of(say("変更の依頼")), 12 },
	};
	struct access_review *list;
	size_t count;
	if (!may_see_all(visit))
		return refuse("全所属の進み具合を見る権限がありません。");
	TRY(access_reviews(look, visit->office->flow, (struct person_id){ 0 }, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("アカウントの点検")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		const char *tag;
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].unit_name);
		*cell++ = rows_words(text_of(state_of(&list[at], &tag)));
		*cell++ = rows_day(list[at].due);
		*cell++ = rows_words(list[at].person_name);
		*cell++ = rows_day(list[at].done.ms != 0 ? moment_day(list[at].done) : DAY_NONE);
		*cell++ = rows_number(visit->arena, list[at].accounts);
		*cell++ = rows_number(visit->arena, list[at].removals);
		*cell++ = rows_number(visit->arena, list[at].changes);
	}
	return rows_send(look, visit, &out);
}

static struct error *
begin_do(struct act *act, struct visit *visit)
{
	struct day due;
	int64_t id;
	TRY(form_day(visit, "due", true, &due));
	TRY(access_round_begin(act, visit->office->flow, due, &id));
	visit->go_to = url_path(visit->arena, "/access-review");
	visit->done = "access-round";
	return OK;
}

/* ---- One unit ---- */

static const char *
name_of(struct arena *arena, const char *what, struct access_id account)
{
	return text_z(arena, text_format(arena, "%s-%lld", what, (long long)account.no));
}

static struct text
note_of(const struct access_item *item)
{
	for (int kind = 0; kind < TROUBLE_KINDS; kind++)
		if (item->troubles[kind])
			return text_of(trouble_words((enum trouble_kind)kind));
	return T("");
}

static void
fill_item(struct visit *visit, const struct access_item *item, struct access_review_rows *out)
{
	struct arena *arena = visit->arena;
	const char *answer_name = name_of(arena, "a", item->account.id);
	const char *words_name = name_of(arena, "w", item->account.id);
	enum access_answer answer = item->must_answer ? ANSWER_NONE : ANSWER_SAME;
	const struct text typed =
		visit_typed(visit, answer_name, text_of(access_answer_name(answer)));
	if (!access_answer_read(typed, &answer))
		answer = ANSWER_NONE;
	out->id = text_number(arena, item->account.id.no);
	out->system = item->account.system_title;
	out->name = item->account.name;
	out->note = note_of(item);
	out->is_trouble = out->note.len != 0;
	out->fault = visit_fault(visit, text_of(answer_name));
	out->words = visit_typed(visit, words_name, T(""));
	out->words_fault = visit_fault(visit, text_of(words_name));
	out->is_privileged = item->account.is_privileged;
	out->is_none = answer == ANSWER_NONE;
	out->is_same = answer == ANSWER_SAME;
	out->is_remove = answer == ANSWER_REMOVE;
	out->is_change = answer == ANSWER_CHANGE;
}

/* Items of one person stand together; shared accounts are one group. */
static bool
is_same_person(const struct access_item *a, const struct access_item *b)
{
	const bool is_shared = a->account.kind == ACCESS_SHARED;
	return is_shared == (b->account.kind == ACCESS_SHARED) &&
	       (is_shared || a->account.person.no == b->account.person.no);
}

static struct error *
fill_rows(struct look *look, struct visit *visit, const struct access_sheet *sheet,
	  struct access_review_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct access_review_rows, sheet->count + 1);
	page->rows_count = sheet->count;
	for (size_t at = 0; at < sheet->count; at++) {
		const struct access_item *item = &sheet->items[at];
		struct access_review_rows *row = &page->rows[at];
		struct unit_id unit = { 0 };
		row->is_first = at == 0 || !is_same_person(item, &sheet->items[at - 1]);
		row->is_shared = item->account.kind == ACCESS_SHARED;
		row->person = item->account.person_name;
		row->number = item->account.person_number;
		if (row->is_first && item->account.person.no != 0)
			TRY(people_unit_of(look, item->account.person, visit->today, &unit));
		row->where = unit.no != 0 ? unit_name(look, unit.no) : T("");
		fill_item(visit, item, row);
		page->must += item->must_answer;
	}
	return OK;
}

static struct error *
review_draw(struct look *look, struct visit *visit)
{
	const struct unit_id unit = { visit_id(visit, "unit") };
	struct access_sheet sheet;
	bool may;
	TRY(access_may_review(look, visit->office->flow, unit, visit->session.person, &may));
	if (!may && !may_see_all(visit))
		return refuse("この所属の点検を見られるのは、所属の責任者とその上の人です。");
	TRY(access_sheet(look, visit->office->flow, unit, &sheet));
	struct access_review_page page = {
		.frame = visit_frame(visit, text_of(say("アカウントの点検")), "ledger"),
		.unit = sheet.review.unit_name,
		.due = sheet.review.due,
		.is_late = sheet.review.is_late,
		.may = may,
		.is_open = may && sheet.review.done.ms == 0,
		.done = sheet.review.done,
		.who = sheet.review.person_name,
		.accounts = sheet.review.accounts,
		.removals = sheet.review.removals,
		.changes = sheet.review.changes,
		.csrf = visit->csrf,
		.digest = hash_hex(visit->arena, &sheet.digest),
		.action = review_url(visit->arena, unit),
	};
	/* What is not about one box is said above them. */
	if (visit->faults != NULL && visit->faults->field.len == 0)
		page.fault = visit->faults->words;
	TRY(fill_rows(look, visit, &sheet, &page));
	return visit_draw(visit, access_review_page, &page);
}

static struct error *
review_do(struct act *act, struct visit *visit)
{
	const struct unit_id unit = { visit_id(visit, "unit") };
	struct access_sheet sheet;
	struct access_answering *answers;
	struct hash digest;
	bool may;
	/* Nobody learns from a fault what a unit has, who may not see it. */
	TRY(access_may_review(&act->look, visit->office->flow, unit, visit->session.person, &may));
	if (!may)
		return refuse("この所属の点検に答えられるのは、所属の責任者か、その職務代理者だけです。");
	TRY(visit_digest(visit, &digest));
	TRY(access_sheet(&act->look, visit->office->flow, unit, &sheet));
	answers = ARENA_ARRAY(visit->arena, struct access_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++) {
		const struct access_id id = sheet.items[at].account.id;
		answers[at].account = id;
		answers[at].answer = ANSWER_NONE;
		(void)access_answer_read(visit_text(visit, name_of(visit->arena, "a", id)),
					 &answers[at].answer);
		answers[at].words = text_trim(visit_text(visit, name_of(visit->arena, "w", id)));
	}
	TRY(access_review(act, visit->office->flow, unit, &digest, answers, sheet.count));
	visit->go_to = url_path(visit->arena, "/access-review");
	visit->done = "access-reviewed";
	return OK;
}

PAGE_ROWS(access_review,
	  { { METHOD_GET, "/access-review" }, RIGHT_APPLY, PAGE_LOOK, .look = reviews_draw },
	  { { METHOD_GET, "/access-review/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = reviews_send },
	  { { METHOD_GET, "/access-review/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = reviews_send },
	  { { METHOD_POST, "/access-review/begin" }, RIGHT_SETTINGS, PAGE_ACT, .act = begin_do,
	    .again = reviews_draw },
	  { { METHOD_GET, "/access-review/{unit}" }, RIGHT_APPLY, PAGE_LOOK, .look = review_draw },
	  { { METHOD_POST, "/access-review/{unit}" }, RIGHT_APPLY, PAGE_ACT, .act = review_do,
	    .again = review_draw });
