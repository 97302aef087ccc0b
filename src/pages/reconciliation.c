/* One reconciliation: its two lists, what differs, its runs; and running it. */
#include "pages/reconcile_pages.h"

#include "paper/report_paper.h"

enum { SHOWN_MOST = 200, RUNS_SHOWN = 24, PRINTED_MOST = 500 };

/* ---- Drawing ---- */

static void
fill_sides(struct visit *visit, const struct reconcile_stand *stand, struct reconciliation_page *page)
{
	static const char *const places[SIDES] = { N_("左"), N_("右") };
	const struct pack_reconcile *of = stand->of;
	page->is_ready = true;
	page->sides = ARENA_ARRAY(visit->arena, struct reconciliation_sides, SIDES);
	page->sides_count = SIDES;
	for (int side = 0; side < SIDES; side++) {
		const struct pack_source *source = of->sides[side].source;
		const struct reconcile_list *list = &stand->lists[side];
		page->sides[side] = (struct reconciliation_sides){
			.place = text_of(say(places[side])),
			.name = words_now(of->sides[side].name),
			.from = words_now((struct words){ text_of(source->ja), text_of(source->en) }),
			.is_list = source->takes == TAKES_COLUMNS,
			.has_list = list->id != 0,
			.file = list->name,
			.rows = list->rows,
			.at = list->at,
			.who = list->person_name,
			.href = url_make(visit->arena, "/reconciliations/{}/lists/{}", 2,
					 (struct text[]){ of->code,
							  text_of(reconcile_side_name((enum pack_side)side)) }),
		};
		page->is_ready &= !page->sides[side].is_list || page->sides[side].has_list;
	}
}

static void
fill_clauses(struct visit *visit, const struct pack_reconcile *of, struct reconciliation_page *page)
{
	page->clauses = ARENA_ARRAY(visit->arena, struct reconciliation_clauses, of->clauses_count + 1);
	page->clauses_count = of->clauses_count;
	for (size_t at = 0; at < of->clauses_count; at++)
		page->clauses[at] = (struct reconciliation_clauses){
			of->clauses[at]->number, words_now(of->clauses[at]->duty),
			clause_page_url(visit->arena, of->clauses[at])
		};
}

static struct reconciliation_rows
row_of(struct arena *arena, const struct pack_reconcile *of, const struct difference *one)
{
	return (struct reconciliation_rows){
		.title = one->title,
		.href = difference_url(arena, one->id),
		.why = difference_why(arena, of, one),
		.left = difference_cells(arena, of, one, SIDE_LEFT),
		.right = difference_cells(arena, of, one, SIDE_RIGHT),
		.state = text_of(difference_state_words(one->state)),
		.tag = difference_tag(one->state),
		.due = one->due,
		.until = one->state == DIFFERENCE_EXPLAINED ? one->until : DAY_NONE,
	};
}

static struct error *
read_there(struct look *look, const struct pack_reconcile *of, size_t most, struct difference **list,
	   size_t *count)
{
	const struct difference_query query = { .code = of->code, .is_there_only = true };
	return reconcile_differences(look, &query, most, list, count);
}

static struct error *
fill_differences(struct look *look, struct visit *visit, const struct reconcile_stand *stand,
		 struct reconciliation_page *page)
{
	struct difference *list;
	size_t count;
	TRY(read_there(look, stand->of, SHOWN_MOST, &list, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct reconciliation_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		page->rows[at] = row_of(visit->arena, stand->of, &list[at]);
		page->has_left |= page->rows[at].left.len != 0;
		page->has_right |= page->rows[at].right.len != 0;
	}
	page->all = stand->run.differences > RECONCILE_MOST_KEPT ? stand->run.differences : 0;
	page->more = stand->open + stand->explained - (int64_t)count; /* at most SHOWN_MOST */
	return OK;
}

static struct text
who_ran(const struct reconcile_run *run)
{
	return run->person.no == 0 ? text_of(say("番所")) : run->person_name;
}

static struct error *
fill_runs(struct look *look, struct visit *visit, const struct pack_reconcile *of,
	  struct reconciliation_page *page)
{
	struct reconcile_run *list;
	size_t count;
	TRY(reconcile_runs(look, of->code, RUNS_SHOWN, &list, &count));
	page->runs = ARENA_ARRAY(visit->arena, struct reconciliation_runs, count + 1);
	page->runs_count = count;
	for (size_t at = 0; at < count; at++)
		page->runs[at] = (struct reconciliation_runs){
			.at = list[at].at,
			.href = reconcile_run_url(visit->arena, &list[at]),
			.who = who_ran(&list[at]),
			.matched = list[at].matched,
			.differences = list[at].differences,
			.added = list[at].added,
			.gone = list[at].gone,
		};
	return OK;
}

static void
fill_stand(struct visit *visit, const struct reconcile_stand *stand, struct reconciliation_page *page)
{
	page->state = stand_words(visit->arena, stand);
	page->tag = stand_tag(stand);
	page->has_run = stand->has_run;
	page->has_newer_list = stand->has_newer_list;
	page->every = stand->every;
	page->next = stand->next;
	page->open = stand->open;
	page->late = stand->late;
	page->explained = stand->explained;
	if (!stand->has_run)
		return;
	page->run = moment_day(stand->run.at);
	page->run_href = reconcile_run_url(visit->arena, &stand->run);
	page->matched = stand->run.matched;
	page->waiting = stand->run.waiting;
}

struct error *
reconciliation_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct pack_reconcile *of;
	struct reconcile_stand stand;
	TRY(reconcile_of(visit, &of));
	TRY(reconcile_stand(look, visit->office->pack, of, &stand));
	struct reconciliation_page page = {
		.frame = visit_frame(visit, words_now(of->name), "outside"),
		.title = words_now(of->name),
		.help = words_now(of->help),
		.owner = words_now(of->owner->name),
		.csrf = visit->csrf,
		.is_inside = reconcile_is_inside(of),
		.action = url_of(arena, "/reconciliations/{}/runs", of->code),
		.csv = url_of(arena, "/reconciliations/{}/csv", of->code),
		.xlsx = url_of(arena, "/reconciliations/{}/xlsx", of->code),
		.pdf = url_of(arena, "/reconciliations/{}/pdf", of->code),
		.left = words_now(of->sides[SIDE_LEFT].name),
		.right = words_now(of->sides[SIDE_RIGHT].name),
	};
	TRY(reconcile_may(look, of, visit->session.person, &page.may));
	fill_stand(visit, &stand, &page);
	fill_sides(visit, &stand, &page);
	fill_clauses(visit, of, &page);
	TRY(fill_differences(look, visit, &stand, &page));
	TRY(fill_runs(look, visit, of, &page));
	return visit_draw(visit, reconciliation_page, &page);
}

/* ---- Taking away ---- */

static struct error *
differences_send(struct look *look, struct visit *visit)
{
	const struct pack_reconcile *of;
	struct difference *list;
	size_t count;
	TRY(reconcile_of(visit, &of));
	const struct rows_column columns[] = {
		{ text_of(say("何が")), 30 },  { text_of(say("違い")), 40 },
		{ words_now(of->sides[SIDE_LEFT].name), 50 },
		{ words_now(of->sides[SIDE_RIGHT].name), 50 },
		{ text_of(say("状態")), 14 },  { text_of(say("期限")), 18 },
		{ text_of(say("わけ")), 50 },  { text_of(say("いつまで")), 18 },
	};
	TRY(read_there(look, of, RECONCILE_MOST_KEPT, &list, &count));
	struct rows_out out = rows_begin(visit->arena, words_now(of->name), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		const struct reconciliation_rows row = row_of(visit->arena, of, &list[at]);
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(row.title);
		*cell++ = rows_words(row.why);
		*cell++ = rows_words(row.left);
		*cell++ = rows_words(row.right);
		*cell++ = rows_words(row.state);
		*cell++ = rows_day(row.due);
		*cell++ = rows_words(list[at].words);
		*cell++ = rows_day(row.until);
	}
	return rows_send(look, visit, &out);
}

static void
print_pair(struct report_section *section, const char *label, struct text value)
{
	report_cell(section, text_of(say(label)));
	report_cell(section, value);
}

static void
print_stand(struct arena *arena, const struct reconcile_stand *stand, struct report_out *out)
{
	const struct reconcile_run *run = &stand->run;
	struct report_section *section = report_pairs(arena, out, text_of(say("結果")), 12);
	print_pair(section, N_("いまの様子"), stand_words(arena, stand));
	if (!stand->has_run)
		return;
	print_pair(section, N_("突き合わせた日時"), moment_wareki(arena, run->seen));
	print_pair(section, N_("合ったもの"), text_format(arena, say("%lld件"), (long long)run->matched));
	print_pair(section, N_("違い"), text_format(arena, say("%lld件"), (long long)run->differences));
	if (run->differences > PRINTED_MOST)
		print_pair(section, N_("下の表"),
			   text_format(arena, say("はじめの%d件だけです。"), PRINTED_MOST));
	for (int side = 0; side < SIDES; side++) {
		report_cell(section, words_now(stand->of->sides[side].name));
		report_cell(section, text_format(arena, say("%lld行 SHA-256 %.*s"), (long long)run->rows[side],
						 T_ARG(hash_hex(arena, &run->digests[side]))));
	}
	print_pair(section, N_("結果のSHA-256"), hash_hex(arena, &run->result));
}

/* A side that holds nothing of any difference has no column. */
static void
print_differences(struct arena *arena, const struct pack_reconcile *of, const struct difference *list,
		  size_t count, struct report_out *out)
{
	struct reconciliation_rows *rows = ARENA_ARRAY(arena, struct reconciliation_rows, count + 1);
	struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 5);
	bool has[SIDES] = { false, false };
	size_t columns_count = 0;
	for (size_t at = 0; at < count; at++) {
		rows[at] = row_of(arena, of, &list[at]);
		has[SIDE_LEFT] |= rows[at].left.len != 0;
		has[SIDE_RIGHT] |= rows[at].right.len != 0;
	}
	const int wide = has[SIDE_LEFT] && has[SIDE_RIGHT] ? 22 : 44;
	columns[columns_count++] = (struct report_column){ text_of(say("何が")), 20, false };
	columns[columns_count++] = (struct report_column){ text_of(say("違い")), 20, false };
	for (int side = 0; side < SIDES; side++)
		if (has[side])
			columns[columns_count++] =
				(struct report_column){ words_now(of->sides[side].name), wide, false };
	columns[columns_count++] = (struct report_column){ text_of(say("状態・期限")), 16, false };
	struct report_section *section =
		report_table(arena, out, text_of(say("違い")), columns, columns_count, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct reconciliation_rows *row = &rows[at];
		report_cell(section, row->title);
		report_cell(section, row->why);
		if (has[SIDE_LEFT])
			report_cell(section, row->left);
		if (has[SIDE_RIGHT])
			report_cell(section, row->right);
		report_cell(section,
			    text_format(arena, "%.*s %.*s", T_ARG(row->state),
					T_ARG(day_wareki_short(arena, day_is_none(row->until) ? row->due
											      : row->until))));
	}
}

static struct error *
differences_print(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct pack_reconcile *of;
	struct reconcile_stand stand;
	struct difference *list;
	struct text job;
	size_t count;
	TRY(reconcile_of(visit, &of));
	TRY(reconcile_stand(look, visit->office->pack, of, &stand));
	TRY(read_there(look, of, PRINTED_MOST, &list, &count));
	struct report_out out = report_open(arena, text_of(say("突き合わせの結果")), 2);
	out.caption = words_now(of->name);
	out.body_name = visit->office->body_name;
	out.day = visit->today;
	out.made = visit->now;
	print_stand(arena, &stand, &out);
	if (count != 0)
		print_differences(arena, of, list, count, &out);
	TRY(paper_report(arena, &out, &job));
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(arena, say("突き合わせ_%.*s.pdf"), T_ARG(of->code));
	return OK;
}

/* ---- Running ---- */

static struct error *
run_prepare(struct look *look, struct visit *visit)
{
	const struct pack_reconcile *of;
	return reconcile_owned(look, visit, &of);
}

/* Both sets are read and held together in memory of their own; what is to be written down goes on. */
static struct error *
run_slow(struct visit *visit)
{
	const struct pack_reconcile *of;
	struct reconcile_prepared prepared;
	ARENA_SCOPED arena = arena_open(RECONCILE_MEMORY);
	TRY(reconcile_of(visit, &of));
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(visit->office->store, arena, &look));
		TRY(reconcile_prepare(&look, visit->office->flow, of, &prepared));
	}
	TRY(reconcile_prepared_keep(visit->office->store, arena, &prepared));
	visit->kept = reconcile_prepared_copy(visit->arena, &prepared);
	return OK;
}

static struct error *
run_do(struct act *act, struct visit *visit)
{
	const struct reconcile_prepared *prepared = visit->kept;
	struct run_id id;
	TRY(reconcile_run(act, visit->office->flow, prepared, &id));
	visit->go_to = reconcile_url(visit->arena, prepared->of);
	visit->done = prepared->result.count == 0 ? "reconciled" : "reconciled-differs";
	return OK;
}

PAGE_ROWS(reconciliation,
	  { { METHOD_GET, "/reconciliations/{code:text}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = reconciliation_draw },
	  { { METHOD_GET, "/reconciliations/{code:text}/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK,
	    .look = differences_send },
	  { { METHOD_GET, "/reconciliations/{code:text}/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK,
	    .look = differences_send },
	  { { METHOD_GET, "/reconciliations/{code:text}/pdf" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK,
	    .look = differences_print },
	  { { METHOD_POST, "/reconciliations/{code:text}/runs" }, RIGHT_DECIDE, PAGE_ACT,
	    .look = run_prepare, .slow = run_slow, .act = run_do, .again = reconciliation_draw });
