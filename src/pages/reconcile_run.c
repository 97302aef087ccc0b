/* One run as it was: counts, digests, the two lists and the result to take away. */
#include "pages/reconcile_pages.h"

enum { CHANGED_SHOWN = 200 };

static struct error *
run_of(struct look *look, struct visit *visit, const struct pack_reconcile **of, struct reconcile_run *run)
{
	TRY(reconcile_of(visit, of));
	return reconcile_run_read(look, (*of)->code, (struct run_id){ visit_id(visit, "id") }, run);
}

static struct url
file_url(struct arena *arena, const struct reconcile_run *run, const char *what)
{
	return url_make(arena, "/reconciliations/{}/runs/{}/{}", 3,
			(struct text[]){ run->code, text_number(arena, run->id.no), text_of(what) });
}

static struct error *
fill_sides(struct look *look, struct visit *visit, const struct pack_reconcile *of,
	   const struct reconcile_run *run, struct reconcile_run_page *page)
{
	page->sides = ARENA_ARRAY(visit->arena, struct reconcile_run_sides, SIDES);
	page->sides_count = SIDES;
	for (int side = 0; side < SIDES; side++) {
		struct reconcile_list list = { 0 };
		if (run->lists[side] != 0)
			TRY(reconcile_list_read(look, of->code, run->lists[side], &list));
		page->sides[side] = (struct reconcile_run_sides){
			.name = words_now(of->sides[side].name),
			.rows = run->rows[side],
			.alone = run->alone[side],
			.digest = hash_hex(visit->arena, &run->digests[side]),
			.file = list.name,
			.href = file_url(visit->arena, run, reconcile_side_name((enum pack_side)side)),
		};
	}
	return OK;
}

static struct error *
fill_changed(struct look *look, struct visit *visit, const struct pack_reconcile *of,
	     const struct reconcile_run *run, struct reconcile_run_page *page)
{
	const struct difference_query query = { .code = of->code, .run = run->id };
	struct difference *list;
	size_t count;
	TRY(reconcile_differences(look, &query, CHANGED_SHOWN, &list, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct reconcile_run_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++)
		page->rows[at] = (struct reconcile_run_rows){
			.title = list[at].title,
			.href = difference_url(visit->arena, list[at].id),
			.why = difference_why(visit->arena, of, &list[at]),
			.what = text_of(list[at].end.no == run->id.no ? say("なくなった")
								       : say("見つかった")),
		};
	return OK;
}

static struct text
command_of(struct arena *arena, const struct reconcile_run *run)
{
	return text_format(arena,
			   "bansho reconcile --pack DIR --code %.*s --left left.csv --right right.csv \\\n"
			   "    --day %.*s --left-wait %lld --right-wait %lld",
			   T_ARG(run->code), T_ARG(day_iso(arena, moment_day(run->seen))),
			   (long long)run->waits[SIDE_LEFT], (long long)run->waits[SIDE_RIGHT]);
}

static struct error *
run_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct pack_reconcile *of;
	struct reconcile_run run;
	TRY(run_of(look, visit, &of, &run));
	struct reconcile_run_page page = {
		.frame = visit_frame(visit, words_now(of->name), "outside"),
		.title = words_now(of->name),
		.back = reconcile_url(arena, of),
		.at = run.at,
		.seen = run.seen,
		.who = run.person.no == 0 ? text_of(say("番所")) : run.person_name,
		.matched = run.matched,
		.waiting = run.waiting,
		.differing = run.differing,
		.unclear = run.unclear,
		.differences = run.differences,
		.added = run.added,
		.gone = run.gone,
		.result = hash_hex(arena, &run.result),
		.result_href = file_url(arena, &run, "result"),
		.command = command_of(arena, &run),
		.has_journal = visit_may(visit, RIGHT_JOURNAL_READ),
		.journal = url_query(arena, url_path(arena, "/journal"), "about",
				     reconcile_about(arena, of->code)),
	};
	TRY(fill_sides(look, visit, of, &run, &page));
	TRY(fill_changed(look, visit, of, &run, &page));
	return visit_draw(visit, reconcile_run_page, &page);
}

/* The very bytes whose digest the journal holds. */
static struct error *
file_send_as(struct look *look, struct visit *visit)
{
	const struct text what = capture_text(visit->captures, "what");
	const struct pack_reconcile *of;
	struct reconcile_run run;
	enum pack_side side;
	const struct hash *digest;
	TRY(run_of(look, visit, &of, &run));
	if (text_is(what, "result"))
		digest = &run.result;
	else if (reconcile_side_read(what, &side))
		digest = &run.digests[side];
	else
		return missing("保存できるのは、left、right、result のどれかです。");
	TRY(reconcile_file(visit->office->store, visit->arena, digest, &visit->answer.body));
	visit->answer.type = "text/csv; charset=utf-8";
	visit->answer.download = text_format(visit->arena, "%.*s-%lld-%.*s.csv", T_ARG(of->code),
					     (long long)run.id.no, T_ARG(what));
	return OK;
}

PAGE_ROWS(reconcile_run,
	  { { METHOD_GET, "/reconciliations/{code:text}/runs/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = run_draw },
	  { { METHOD_GET, "/reconciliations/{code:text}/runs/{id}/{what:text}" }, RIGHT_LEDGER_READ,
	    PAGE_SLOW_LOOK, .look = file_send_as });
