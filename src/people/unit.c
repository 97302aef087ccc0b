/* Units: a tree with days. */
#include "people/rooms.h"

static struct unit
unit_from(const struct people_unit_get_row *row)
{
	struct unit unit = {
		.id = { row->id },
		.parent = { row->parent },
		.code = row->code,
		.name = row->name,
		.rank = row->place,
		.since = day_from_kept(row->since),
		.until = day_from_kept(row->until),
	};
	(void)unit_kind_read(row->kind, &unit.kind); /* the table's CHECK allows no other */
	return unit;
}

struct error *
people_unit(struct look *look, struct unit_id id, struct unit *unit)
{
	struct people_unit_get_row row;
	bool found;
	TRY(people_unit_get(look, &(struct people_unit_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その所属は登録されていません。");
	*unit = unit_from(&row);
	return OK;
}

struct error *
people_unit_by_code(struct look *look, struct text code, struct day day, bool *found,
		    struct unit *unit)
{
	struct people_unit_by_code_get_row row;
	bool is_there;
	TRY(people_unit_by_code_get(look, &(struct people_unit_by_code_get_in){ code, day.no },
				    &is_there, &row));
	if (is_there)
		TRY(people_unit(look, (struct unit_id){ row.id }, unit));
	*found = is_there;
	return OK;
}

struct error *
people_unit_is_under(struct look *look, struct unit_id unit, struct unit_id above, bool *is_under)
{
	struct people_unit_under_find_row row;
	return people_unit_under_find(
		look, &(struct people_unit_under_find_in){ unit.no, above.no }, is_under, &row);
}

struct error *
people_unit_path(struct look *look, struct unit_id unit, struct unit **path, size_t *count)
{
	struct people_unit_above_row *rows;
	size_t got;
	TRY(people_unit_above(look, &(struct people_unit_above_in){ unit.no }, &rows, &got));
	struct unit *made = ARENA_ARRAY(look->arena, struct unit, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = unit_from(&(struct people_unit_get_row){
			rows[at].id, rows[at].parent, rows[at].code, rows[at].name, rows[at].kind,
			rows[at].place, rows[at].since, rows[at].until });
	*path = made;
	*count = got;
	return OK;
}

/* --- the tree in order --- */

struct growing {
	const struct people_unit_all_row *rows;
	size_t count;
	struct unit *made;
	size_t made_count;
};

static void
grow(struct growing *tree, int64_t parent, int depth)
{
	for (size_t at = 0; at < tree->count; at++) {
		const struct people_unit_all_row *row = &tree->rows[at];
		if (row->parent != parent || depth > UNIT_MOST_DEPTH)
			continue;
		struct unit *unit = &tree->made[tree->made_count++];
		*unit = unit_from(&(struct people_unit_get_row){
			row->id, row->parent, row->code, row->name, row->kind, row->place,
			row->since, row->until });
		unit->depth = depth;
		grow(tree, row->id, depth + 1);
	}
}

/* A unit whose parent has ended stands at the top. */
static void
free_orphans(struct people_unit_all_row *rows, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		bool has_parent = rows[at].parent == 0;
		for (size_t other = 0; other < count && !has_parent; other++)
			has_parent = rows[other].id == rows[at].parent;
		if (!has_parent)
			rows[at].parent = 0;
	}
}

struct error *
people_units(struct look *look, struct day day, struct unit **units, size_t *count)
{
	struct people_unit_all_row *rows;
	size_t got;
	TRY(people_unit_all(look, &(struct people_unit_all_in){ day.no, PEOPLE_MOST_UNITS }, &rows,
			    &got));
	free_orphans(rows, got);
	struct growing tree = { rows, got, ARENA_ARRAY(look->arena, struct unit, got + 1), 0 };
	grow(&tree, 0, 0);
	*units = tree.made;
	*count = tree.made_count;
	return OK;
}

/* --- changing --- */

static struct error *
check_parent(struct look *look, const struct unit *unit)
{
	if (unit->parent.no == 0)
		return OK;
	struct people_unit_get_row parent;
	bool found, is_under = false;
	TRY(people_unit_get(look, &(struct people_unit_get_in){ unit->parent.no }, &found, &parent));
	if (!found)
		return reject("parent", "上位の所属が登録されていません。登録済みの所属から選んでください。");
	if (parent.until != 0 && parent.until < day_last(unit->until))
		return reject("parent", "上位の所属が先に終わります。別の所属を選ぶか、終わりの日を合わせてください。");
	if (unit->id.no != 0)
		TRY(people_unit_is_under(look, unit->parent, unit->id, &is_under));
	if (is_under)
		return reject("parent", "自分自身か、自分の下の所属は、上位の所属にできません。");
	struct people_unit_depth_row depth;
	struct people_unit_height_row height = { 0 };
	TRY(people_unit_depth(look, &(struct people_unit_depth_in){ unit->parent.no }, &depth));
	if (unit->id.no != 0)
		TRY(people_unit_height(look, &(struct people_unit_height_in){ unit->id.no }, &height));
	if (depth.deepest + height.highest + 1 >= UNIT_MOST_DEPTH)
		return reject("parent", "組織の階層は%dまでです。", UNIT_MOST_DEPTH);
	return OK;
}

static struct error *
check_unit(struct look *look, const struct unit *unit)
{
	TRY(words_check("name", unit->name));
	TRY(words_check("code", unit->code));
	TRY(period_check(unit->since, unit->until));
	struct people_unit_code_clash_row row;
	bool clashes;
	TRY(people_unit_code_clash(look,
				   &(struct people_unit_code_clash_in){
					   unit->code, unit->id.no, day_first(unit->since),
					   day_last(unit->until) },
				   &clashes, &row));
	if (clashes)
		return reject("code", "所属コード「%.*s」は、ほかの所属で使われています。別のコードにしてください。",
			      T_ARG(unit->code));
	return check_parent(look, unit);
}

static struct error *
join_tree(struct act *act, int64_t unit, int64_t parent)
{
	TRY(people_unit_under_self(act, &(struct people_unit_under_self_in){ unit }));
	if (parent == 0)
		return OK;
	return people_unit_under_join(act, &(struct people_unit_under_join_in){ unit, parent });
}

/* The unit has a new parent: every unit below it gets new ones above. */
static struct error *
move_in_tree(struct act *act, int64_t unit)
{
	struct people_unit_below_row *below;
	size_t count;
	TRY(people_unit_below(&act->look,
			      &(struct people_unit_below_in){ unit, PEOPLE_MOST_UNITS }, &below,
			      &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_unit_under_leave(
			act, &(struct people_unit_under_leave_in){ below[at].unit }));
	for (size_t at = 0; at < count; at++)
		TRY(join_tree(act, below[at].unit, below[at].parent));
	return OK;
}

struct error *
unit_insert(struct act *act, const struct unit *given, struct unit_id *id)
{
	struct unit unit = *given;
	unit.id = (struct unit_id){ 0 };
	TRY(check_unit(&act->look, &unit));
	TRY(act_number(act, T("unit"), &unit.id.no));
	TRY(people_unit_insert(act, &(struct people_unit_insert_in){
					    unit.id.no, unit.parent.no, unit.code, unit.name,
					    text_of(unit_kind_code(unit.kind)), unit.rank,
					    day_kept(unit.since), day_kept(unit.until) }));
	TRY(join_tree(act, unit.id.no, unit.parent.no));
	*id = unit.id;
	return OK;
}

static struct error *
note_unit(struct act *act, const char *what, const struct unit *unit)
{
	struct arena *arena = act->look.arena;
	struct noting noting = {
		.act = what,
		.about = { people_about_unit(arena, unit->id) },
		.pairs = { { .name = "code", .text = unit->code },
			   { .name = "kind", .text = text_of(unit_kind_code(unit->kind)) },
			   { .name = "name", .text = unit->name } },
	};
	if (unit->parent.no != 0)
		noting.about[1] = people_about_unit(arena, unit->parent);
	return people_note(act, &noting);
}

struct error *
people_unit_add(struct act *act, const struct unit *given, struct unit_id *id)
{
	struct unit unit = *given;
	TRY(unit_insert(act, given, &unit.id));
	TRY(note_unit(act, "people.unit_add", &unit));
	*id = unit.id;
	return OK;
}

struct error *
unit_update(struct act *act, const struct unit *unit)
{
	struct unit before;
	TRY(people_unit(&act->look, unit->id, &before));
	TRY(check_unit(&act->look, unit));
	TRY(people_unit_update(act, &(struct people_unit_update_in){
					    unit->id.no, unit->parent.no, unit->code, unit->name,
					    text_of(unit_kind_code(unit->kind)), unit->rank,
					    day_kept(unit->since), day_kept(unit->until) }));
	return before.parent.no == unit->parent.no ? OK : move_in_tree(act, unit->id.no);
}

struct error *
people_unit_change(struct act *act, const struct unit *unit)
{
	TRY(unit_update(act, unit));
	return note_unit(act, "people.unit_change", unit);
}

static struct error *
end_posts_of(struct act *act, struct unit_id unit, struct day last)
{
	struct people_post_open_of_unit_row *posts;
	size_t count;
	TRY(people_post_open_of_unit(
		&act->look, &(struct people_post_open_of_unit_in){ unit.no, last.no }, &posts,
		&count));
	for (size_t at = 0; at < count; at++)
		TRY(people_post_set_until(
			act, &(struct people_post_set_until_in){ posts[at].id, last.no }));
	return OK;
}

struct error *
people_unit_end(struct act *act, struct unit_id id, struct day last)
{
	struct unit unit;
	struct people_unit_goes_on_row row;
	bool goes_on;
	TRY(people_unit(&act->look, id, &unit));
	TRY(period_check(unit.since, last));
	TRY(people_unit_goes_on(&act->look, &(struct people_unit_goes_on_in){ id.no, last.no },
				&goes_on, &row));
	if (goes_on)
		return refuse("その日より後も続く下位の所属か職員がいるため、終えられません。先にそちらを移すか終えてください。");
	TRY(end_posts_of(act, id, last));
	TRY(people_unit_set_until(act, &(struct people_unit_set_until_in){ id.no, last.no }));
	return people_note(act, &(struct noting){
					.act = "people.unit_end",
					.about = { people_about_unit(act->look.arena, id) },
					.pairs = { { .name = "last", .number = last.no } } });
}
