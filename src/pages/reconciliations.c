/* All reconciliations of the policy, and how each stands. */
#include "pages/reconcile_pages.h"

static struct error *
fill_row(struct look *look, struct visit *visit, const struct pack_reconcile *of,
	 struct reconciliations_rows *row)
{
	struct reconcile_stand stand;
	TRY(reconcile_stand(look, visit->office->pack, of, &stand));
	*row = (struct reconciliations_rows){
		.title = words_now(of->name),
		.href = reconcile_url(visit->arena, of),
		.left = words_now(of->sides[SIDE_LEFT].name),
		.right = words_now(of->sides[SIDE_RIGHT].name),
		.owner = words_now(of->owner->name),
		.state = stand_words(visit->arena, &stand),
		.tag = stand_tag(&stand),
		.run = stand.has_run ? moment_day(stand.run.at) : DAY_NONE,
		.next = stand.next,
		.explained = stand.explained,
	};
	return OK;
}

static struct error *
fill(struct look *look, struct visit *visit, struct reconciliations_rows **rows, size_t *count)
{
	const struct pack *pack = visit->office->pack;
	TRY(reconcile_must_see(visit));
	*count = pack->reconciliations_count;
	*rows = ARENA_ARRAY(visit->arena, struct reconciliations_rows, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(fill_row(look, visit, &pack->reconciliations[at], &(*rows)[at]));
	return OK;
}

static struct error *
list_draw(struct look *look, struct visit *visit)
{
	struct reconciliations_page page = {
		.frame = visit_frame(visit, text_of(say("突き合わせ")), "outside"),
		.csv = url_path(visit->arena, "/reconciliations.csv"),
		.xlsx = url_path(visit->arena, "/reconciliations.xlsx"),
	};
	TRY(fill(look, visit, &page.rows, &page.rows_count));
	return visit_draw(visit, reconciliations_page, &page);
}

static struct error *
list_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("突き合わせ")), 40 }, { text_of(say("左の一覧")), 30 },
		{ text_of(say("右の一覧")), 30 },   { text_of(say("担当")), 24 },
		{ text_of(say("いまの様子")), 24 }, { text_of(say("前回")), 18 },
		{ text_of(say("次の期限")), 18 },
	};
	struct reconciliations_rows *rows;
	size_t count;
	TRY(fill(look, visit, &rows, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("突き合わせ")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(rows[at].title);
		*cell++ = rows_words(rows[at].left);
		*cell++ = rows_words(rows[at].right);
		*cell++ = rows_words(rows[at].owner);
		*cell++ = rows_words(rows[at].state);
		*cell++ = rows_day(rows[at].run);
		*cell++ = rows_day(rows[at].next);
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(reconciliations,
	  { { METHOD_GET, "/reconciliations" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = list_draw },
	  { { METHOD_GET, "/reconciliations.csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = list_send },
	  { { METHOD_GET, "/reconciliations.xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = list_send });
