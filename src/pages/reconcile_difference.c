/* One difference: what stands on either side, what to do about it, and why it may stay. */
#include "pages/reconcile_pages.h"

#include "base/number.h"

static struct error *
difference_of(struct look *look, struct visit *visit, struct difference *one, const struct pack_reconcile **of)
{
	TRY(reconcile_must_see(visit));
	TRY(reconcile_difference(look, (struct difference_id){ visit_id(visit, "id") }, one));
	*of = pack_reconcile(visit->office->pack, one->code);
	if (*of == NULL)
		return missing("この違いの突き合わせは、今の方針にありません。記録は残っています。");
	return OK;
}

static struct error *
fill_side(struct arena *arena, const struct pack_reconcile *of, const struct difference *one,
	  enum pack_side side, struct reconcile_difference_sides *out)
{
	const struct pack_field *columns[RECONCILE_MOST_COLUMNS];
	const size_t columns_count = reconcile_columns(of, side, columns);
	struct ledger_value *values;
	size_t count;
	TRY(difference_row(arena, one, side, &values, &count));
	out->name = words_now(of->sides[side].name);
	out->has_row = count != 0 || one->row[side].len != 0;
	out->cells = ARENA_ARRAY(arena, struct reconcile_difference_sides_cells, columns_count + 1);
	if (one->rows[side] > 1)
		out->count = text_format(arena, say("同じ番号の行が%lld行あり、その一つです。"),
					 (long long)one->rows[side]);
	for (size_t at = 0; at < columns_count; at++) {
		struct text value = T("");
		for (size_t i = 0; i < count; i++)
			if (text_same(values[i].name, columns[at]->name))
				value = cell_words(arena, columns[at], values[i].value);
		out->cells[out->cells_count++] = (struct reconcile_difference_sides_cells){
			words_now(columns[at]->label), value.len != 0 ? value : text_of(say("(空欄)"))
		};
	}
	return OK;
}

static struct error *
difference_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct pack_reconcile *of;
	struct difference one;
	struct field_part day;
	TRY(difference_of(look, visit, &one, &of));
	const struct text title = one.title.len != 0 ? one.title : text_of(say("突き合わせの違い"));
	struct reconcile_difference_page page = {
		.frame = visit_frame(visit, title, "outside"),
		.reconciliation = words_now(of->name),
		.back = reconcile_url(arena, of),
		.title = one.title,
		.why = difference_why(arena, of, &one),
		.help = words_now(of->help),
		.state = text_of(difference_state_words(one.state)),
		.tag = difference_tag(one.state),
		.is_gone = one.state == DIFFERENCE_GONE,
		.opened = one.opened,
		.ended = one.ended,
		.due = one.due,
		.words = one.words,
		.until = one.until,
		.explained = one.explained,
		.who = one.person_name,
		.csrf = visit->csrf,
		.change = one.change,
		.action = difference_url(arena, one.id),
		.has_journal = visit_may(visit, RIGHT_JOURNAL_READ),
		.journal = url_query(arena, url_path(arena, "/journal"), "about",
				     difference_about(arena, one.id)),
		.sides = ARENA_ARRAY(arena, struct reconcile_difference_sides, SIDES),
		.sides_count = SIDES,
	};
	TRY(reconcile_may(look, of, visit->session.person, &page.may));
	for (int side = 0; side < SIDES; side++)
		TRY(fill_side(arena, of, &one, (enum pack_side)side, &page.sides[side]));
	page.reason = long_box(visit, "words", say("違っていてよいわけ"),
			       say("あとで監査する人が読んで納得できるように書いてください。"), one.words, true);
	day = plain_box(visit, BOX_DAY, "until", text_of(say("いつまでよいか")),
			text_of(say("一年以内。この日を過ぎると、また直すものになります。")),
			day_is_none(one.until) ? T("") : day_iso(arena, one.until), true);
	page.day = &day;
	/* Drawn again over somebody else's change it must not win: the person opens it anew. */
	if (visit->faults != NULL)
		(void)number_read(visit_text(visit, "change"), 1, INT64_MAX, &page.change);
	return visit_draw(visit, reconcile_difference_page, &page);
}

static struct error *
explain_do(struct act *act, struct visit *visit)
{
	struct difference one;
	struct reconcile_explaining explaining = { .words = visit_text(visit, "words"), .until = DAY_NONE };
	TRY(difference_of(&act->look, visit, &one, &explaining.of));
	explaining.id = one.id;
	TRY(visit_number(visit, "change", &explaining.change));
	const struct text until = visit_text(visit, "until");
	if (!text_is_blank(until) && !day_read(until, &explaining.until))
		return reject("until", "日付として読めません。R9.3.31 のように書いてください。");
	TRY(reconcile_explain(act, &explaining));
	visit->go_to = reconcile_url(visit->arena, explaining.of);
	visit->done = "difference-explained";
	return OK;
}

PAGE_ROWS(reconcile_difference,
	  { { METHOD_GET, "/reconciliations/differences/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = difference_draw },
	  { { METHOD_POST, "/reconciliations/differences/{id}" }, RIGHT_DECIDE, PAGE_ACT,
	    .act = explain_do, .again = difference_draw });
