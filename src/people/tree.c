/*
 * The day table and the tree, worked out anew from a unit and its forms whenever they change: one row for
 * every stretch of days, so that a question about any day, past or to come, is one look-up. What is to
 * hold from April 1st stands there in March, and nobody needs to be present for it to begin.
 */
#include "people/rooms.h"

enum { STEPS_MOST = 60 };

/* --- what a unit is called on which days --- */

static struct error *
put_days(struct act *act, const struct people_unit_base_row *base,
	 const struct people_unit_forms_of_row *form, int64_t from, int64_t to)
{
	return people_unit_day_insert(
		act, &(struct people_unit_day_insert_in){
			     base->id, form->parent, form->code, form->name, form->kind,
			     form->place, base->since, base->until, base->successor, from, to });
}

static struct error *
refresh_days(struct act *act, struct unit_id unit)
{
	struct people_unit_base_row base;
	struct people_unit_forms_of_row *forms;
	size_t count;
	bool found;
	TRY(people_unit_base(&act->look, &(struct people_unit_base_in){ unit.no }, &found, &base));
	if (!found)
		return missing("その所属は登録されていません。");
	TRY(people_unit_forms_of(&act->look, &(struct people_unit_forms_of_in){ unit.no }, &forms,
				 &count));
	TRY(people_unit_day_leave(act, &(struct people_unit_day_leave_in){ unit.no }));
	struct people_unit_forms_of_row form = { 0,	    base.parent, base.code, base.name,
						 base.kind, base.place };
	int64_t from = DAY_FIRST;
	for (size_t at = 0; at < count; at++) {
		TRY(put_days(act, &base, &form, from, forms[at].since - 1));
		form = forms[at];
		from = form.since;
	}
	return put_days(act, &base, &form, from, DAY_LAST);
}

/* --- who stands above whom on which days --- */

struct piece {
	int64_t parent, from, to;
};

/* Neighbours under the same parent are one, so that a new name alone makes no row. */
static void
add_piece(struct piece *pieces, size_t *count, struct piece piece)
{
	if (piece.from > piece.to)
		return;
	if (*count != 0 && pieces[*count - 1].parent == piece.parent)
		pieces[*count - 1].to = piece.to;
	else
		pieces[(*count)++] = piece;
}

static struct error *
pieces_of(struct look *look, int64_t unit, struct piece **list, size_t *count)
{
	struct people_unit_day_of_row *rows;
	size_t got, made_count = 0;
	TRY(people_unit_day_of(look, &(struct people_unit_day_of_in){ unit }, &rows, &got));
	struct piece *made = ARENA_ARRAY(look->arena, struct piece, got + 1);
	const bool is_followed = got != 0 && rows[0].successor != 0 && rows[0].until != 0;
	const int64_t last = is_followed ? rows[0].until : DAY_LAST;
	for (size_t at = 0; at < got; at++)
		add_piece(made, &made_count,
			  (struct piece){ rows[at].parent, rows[at].holds_from,
					  rows[at].holds_to < last ? rows[at].holds_to : last });
	if (is_followed)
		add_piece(made, &made_count,
			  (struct piece){ rows[0].successor, last + 1, DAY_LAST });
	*list = made;
	*count = made_count;
	return OK;
}

struct climb {
	int64_t unit;	 /* who climbs */
	int64_t above;	 /* as far as here */
	int64_t from, to; /* on these days */
	int steps;
};

static struct error *
climb_on(struct act *act, const struct climb *climb)
{
	struct piece *pieces;
	size_t count;
	TRY(people_unit_tree_insert(act, &(struct people_unit_tree_insert_in){
					       climb->unit, climb->above, climb->steps, climb->from,
					       climb->to }));
	if (climb->steps == STEPS_MOST)
		return OK;
	TRY(pieces_of(&act->look, climb->above, &pieces, &count));
	for (size_t at = 0; at < count; at++) {
		const struct climb next = {
			climb->unit,
			pieces[at].parent,
			pieces[at].from > climb->from ? pieces[at].from : climb->from,
			pieces[at].to < climb->to ? pieces[at].to : climb->to,
			climb->steps + 1,
		};
		if (next.above != 0 && next.from <= next.to)
			TRY(climb_on(act, &next));
	}
	return OK;
}

static struct error *
refresh_tree(struct act *act, int64_t unit)
{
	TRY(people_unit_tree_leave(act, &(struct people_unit_tree_leave_in){ unit }));
	return climb_on(act, &(struct climb){ unit, unit, DAY_FIRST, DAY_LAST, 0 });
}

struct error *
tree_refresh(struct act *act, struct unit_id unit)
{
	struct people_unit_below_row *below;
	size_t count;
	TRY(refresh_days(act, unit));
	TRY(people_unit_below(&act->look,
			      &(struct people_unit_below_in){ unit.no, PEOPLE_MOST_UNITS }, &below,
			      &count));
	for (size_t at = 0; at < count; at++)
		if (below[at].unit != unit.no)
			TRY(refresh_tree(act, below[at].unit));
	return refresh_tree(act, unit.no);
}
