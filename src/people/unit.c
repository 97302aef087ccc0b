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
		.successor = { row->successor },
	};
	(void)unit_kind_read(row->kind, &unit.kind); /* the table's CHECK allows no other */
	return unit;
}

struct error *
people_unit_on(struct look *look, struct unit_id id, struct day day, struct unit *unit)
{
	struct people_unit_get_row row;
	bool found;
	TRY(people_unit_get(look, &(struct people_unit_get_in){ id.no, day.no }, &found, &row));
	if (!found)
		return missing("その所属は登録されていません。");
	*unit = unit_from(&row);
	return OK;
}

struct error *
people_unit(struct look *look, struct unit_id id, struct unit *unit)
{
	return people_unit_on(look, id, look_today(look), unit);
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
		TRY(people_unit_on(look, (struct unit_id){ row.id }, day, unit));
	*found = is_there;
	return OK;
}

struct error *
people_unit_is_under_on(struct look *look, struct unit_id unit, struct unit_id above,
			struct day day, bool *is_under)
{
	struct people_unit_under_find_row row;
	return people_unit_under_find(
		look, &(struct people_unit_under_find_in){ unit.no, above.no, day.no }, is_under,
		&row);
}

struct error *
people_unit_is_under(struct look *look, struct unit_id unit, struct unit_id above, bool *is_under)
{
	return people_unit_is_under_on(look, unit, above, look_today(look), is_under);
}

struct error *
people_unit_path_on(struct look *look, struct unit_id unit, struct day day, struct unit **path,
		    size_t *count)
{
	struct people_unit_above_row *rows;
	size_t got;
	TRY(people_unit_above(look, &(struct people_unit_above_in){ unit.no, day.no }, &rows,
			      &got));
	struct unit *made = ARENA_ARRAY(look->arena, struct unit, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = unit_from(&(struct people_unit_get_row){
			rows[at].id, rows[at].parent, rows[at].code, rows[at].name, rows[at].kind,
			rows[at].place, rows[at].since, rows[at].until, rows[at].successor });
	*path = made;
	*count = got;
	return OK;
}

struct error *
people_unit_path(struct look *look, struct unit_id unit, struct unit **path, size_t *count)
{
	return people_unit_path_on(look, unit, look_today(look), path, count);
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
			row->since, row->until, row->successor });
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

/* A unit above itself on any day would make every question about it endless. */
static struct error *
check_parent(struct look *look, const struct unit *unit, struct day from)
{
	if (unit->parent.no == 0)
		return OK;
	struct people_unit_base_row parent;
	struct people_unit_under_later_row under;
	bool found, is_under = false;
	TRY(people_unit_base(look, &(struct people_unit_base_in){ unit->parent.no }, &found, &parent));
	if (!found)
		return reject("parent", "上位の所属が登録されていません。登録済みの所属から選んでください。");
	if (parent.until != 0 && parent.until < day_last(unit->until) && parent.successor == 0)
		return reject("parent", "上位の所属が先に終わります。別の所属を選ぶか、終わりの日を合わせてください。");
	if (unit->id.no != 0)
		TRY(people_unit_under_later(look,
					    &(struct people_unit_under_later_in){
						    unit->parent.no, unit->id.no, day_first(from) },
					    &is_under, &under));
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

/* `from`: the first day on which it is as said. */
static struct error *
check_unit(struct look *look, const struct unit *unit, struct day from)
{
	TRY(words_check("name", unit->name));
	TRY(words_check("code", unit->code));
	TRY(period_check(unit->since, unit->until));
	struct people_unit_code_clash_row row;
	bool clashes;
	TRY(people_unit_code_clash(look,
				   &(struct people_unit_code_clash_in){
					   unit->code, unit->id.no, day_first(from),
					   day_last(unit->until) },
				   &clashes, &row));
	if (clashes)
		return reject("code", "所属コード「%.*s」は、ほかの所属で使われています。別のコードにしてください。",
			      T_ARG(unit->code));
	return check_parent(look, unit, from);
}

struct error *
unit_insert(struct act *act, const struct unit *given, struct unit_id *id)
{
	struct unit unit = *given;
	unit.id = (struct unit_id){ 0 };
	TRY(check_unit(&act->look, &unit, unit.since));
	TRY(act_number(act, T("unit"), &unit.id.no));
	TRY(people_unit_insert(act, &(struct people_unit_insert_in){
					    unit.id.no, unit.parent.no, unit.code, unit.name,
					    text_of(unit_kind_code(unit.kind)), unit.rank,
					    day_kept(unit.since), day_kept(unit.until) }));
	TRY(tree_refresh(act, unit.id));
	*id = unit.id;
	return OK;
}

static struct error *
note_unit(struct act *act, const char *what, const struct unit *unit, struct day from)
{
	struct arena *arena = act->look.arena;
	struct noting noting = {
		.act = what,
		.about = { people_about_unit(arena, unit->id) },
		.pairs = { { .name = "code", .text = unit->code },
			   { .name = "kind", .text = text_of(unit_kind_code(unit->kind)) },
			   { .name = "name", .text = unit->name } },
	};
	if (!day_is_none(from))
		noting.pairs[3] = (struct fact_pair){ .name = "since", .number = from.no };
	if (unit->parent.no != 0)
		noting.about[1] = people_about_unit(arena, unit->parent);
	return people_note(act, &noting);
}

struct error *
people_unit_add(struct act *act, const struct unit *given, struct unit_id *id)
{
	struct unit unit = *given;
	TRY(unit_insert(act, given, &unit.id));
	TRY(note_unit(act, "people.unit_add", &unit, DAY_NONE));
	*id = unit.id;
	return OK;
}

static struct error *
form_write(struct act *act, int64_t form, const struct unit *unit)
{
	return people_unit_form_update(act, &(struct people_unit_form_update_in){
						     form, unit->parent.no, unit->code, unit->name,
						     text_of(unit_kind_code(unit->kind)),
						     unit->rank });
}

struct error *
unit_update(struct act *act, const struct unit *unit)
{
	struct unit before;
	struct people_unit_form_on_row form;
	bool has_form;
	const struct day today = act_today(act);
	TRY(people_unit(&act->look, unit->id, &before));
	TRY(people_unit_form_on(&act->look,
				&(struct people_unit_form_on_in){ unit->id.no, today.no }, &has_form,
				&form));
	TRY(check_unit(&act->look, unit, has_form ? today : unit->since));
	if (has_form) {
		TRY(form_write(act, form.id, unit));
		TRY(people_unit_set_period(act, &(struct people_unit_set_period_in){
							unit->id.no, day_kept(unit->since),
							day_kept(unit->until) }));
	} else {
		TRY(people_unit_update(act, &(struct people_unit_update_in){
						    unit->id.no, unit->parent.no, unit->code,
						    unit->name, text_of(unit_kind_code(unit->kind)),
						    unit->rank, day_kept(unit->since),
						    day_kept(unit->until) }));
	}
	return tree_refresh(act, unit->id);
}

struct error *
people_unit_change(struct act *act, const struct unit *unit)
{
	TRY(unit_update(act, unit));
	return note_unit(act, "people.unit_change", unit, DAY_NONE);
}

/* --- from a day on --- */

static struct error *
check_form(struct look *look, const struct unit *unit, struct day from)
{
	if (day_is_none(from) || from.no <= day_first(unit->since))
		return reject("from", "変わる日は、所属の始まりの日より後にしてください。始まりから違うときは、登録内容を訂正してください。");
	if (from.no > day_last(unit->until))
		return reject("from", "その所属は、変わる日より前に終わります。終わりの日より前の日にしてください。");
	return check_unit(look, unit, from);
}

struct error *
unit_change_from(struct act *act, const struct unit *given, struct day from)
{
	struct unit unit = *given, before;
	struct people_unit_form_at_row at;
	bool is_there;
	TRY(people_unit(&act->look, unit.id, &before));
	unit.since = before.since;
	unit.until = before.until;
	TRY(check_form(&act->look, &unit, from));
	TRY(people_unit_form_at(&act->look, &(struct people_unit_form_at_in){ unit.id.no, from.no },
				&is_there, &at));
	if (is_there) {
		TRY(form_write(act, at.id, &unit));
	} else {
		int64_t id;
		TRY(act_number(act, T("unit_form"), &id));
		TRY(people_unit_form_insert(act, &(struct people_unit_form_insert_in){
							 id, unit.id.no, from.no, unit.parent.no,
							 unit.code, unit.name,
							 text_of(unit_kind_code(unit.kind)),
							 unit.rank }));
	}
	return tree_refresh(act, unit.id);
}

struct error *
people_unit_change_from(struct act *act, const struct unit *unit, struct day from)
{
	TRY(unit_change_from(act, unit, from));
	return note_unit(act, "people.unit_change_from", unit, from);
}

struct error *
people_unit_change_withdraw(struct act *act, struct unit_id id, struct day from)
{
	struct people_unit_form_at_row at;
	bool is_there;
	TRY(people_unit_form_at(&act->look, &(struct people_unit_form_at_in){ id.no, from.no },
				&is_there, &at));
	if (!is_there)
		return missing("その日からの変更は登録されていません。");
	TRY(people_unit_form_withdraw(
		act, &(struct people_unit_form_withdraw_in){ at.id, act_today(act).no }));
	TRY(tree_refresh(act, id));
	return people_note(act, &(struct noting){
					.act = "people.unit_change_withdraw",
					.about = { people_about_unit(act->look.arena, id) },
					.pairs = { { .name = "since", .number = from.no } } });
}

struct error *
people_unit_forms(struct look *look, struct unit_id id, struct unit_form **forms, size_t *count)
{
	struct people_unit_base_row base;
	struct people_unit_forms_of_row *rows;
	size_t got;
	bool found;
	TRY(people_unit_base(look, &(struct people_unit_base_in){ id.no }, &found, &base));
	if (!found)
		return missing("その所属は登録されていません。");
	TRY(people_unit_forms_of(look, &(struct people_unit_forms_of_in){ id.no }, &rows, &got));
	struct unit_form *made = ARENA_ARRAY(look->arena, struct unit_form, got + 1);
	made[0].from = day_from_kept(base.since);
	made[0].unit = unit_from(&(struct people_unit_get_row){
		base.id, base.parent, base.code, base.name, base.kind, base.place, base.since,
		base.until, base.successor });
	for (size_t at = 0; at < got; at++) {
		made[at + 1].from = (struct day){ rows[at].since };
		made[at + 1].unit = unit_from(&(struct people_unit_get_row){
			base.id, rows[at].parent, rows[at].code, rows[at].name, rows[at].kind,
			rows[at].place, base.since, base.until, base.successor });
	}
	*forms = made;
	*count = got + 1;
	return OK;
}

/* --- its end --- */

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
	TRY(end_check(act, unit.since, last));
	TRY(people_unit_goes_on(&act->look, &(struct people_unit_goes_on_in){ id.no, last.no },
				&goes_on, &row));
	if (goes_on)
		return refuse("その日より後も続く下位の所属か職員がいるため、終えられません。先にそちらを移すか終えてください。");
	TRY(end_posts_of(act, id, last));
	TRY(people_unit_set_until(act, &(struct people_unit_set_until_in){ id.no, last.no }));
	TRY(tree_refresh(act, id));
	return people_note(act, &(struct noting){
					.act = "people.unit_end",
					.about = { people_about_unit(act->look.arena, id) },
					.pairs = { { .name = "last", .number = last.no } } });
}

static struct error *
check_successor(struct look *look, const struct unit *unit, struct unit_id successor)
{
	struct unit other;
	struct people_unit_under_later_row under;
	bool is_under;
	if (day_is_none(unit->until))
		return reject("successor", "この所属は続いています。先に終わりの日を決めてください。");
	if (successor.no == 0)
		return OK;
	TRY(people_unit(look, successor, &other));
	if (day_last(other.until) <= unit->until.no || day_first(other.since) > unit->until.no + 1)
		return reject("successor", "引き継ぐ所属は、この所属が終わった次の日にある所属から選んでください。");
	TRY(people_unit_under_later(look,
				    &(struct people_unit_under_later_in){
					    successor.no, unit->id.no, unit->until.no + 1 },
				    &is_under, &under));
	if (is_under)
		return reject("successor", "自分自身か、自分の下の所属には引き継げません。");
	return OK;
}

struct error *
people_unit_succeed(struct act *act, struct unit_id id, struct unit_id successor)
{
	struct unit unit;
	TRY(people_unit(&act->look, id, &unit));
	TRY(check_successor(&act->look, &unit, successor));
	TRY(people_unit_set_successor(
		act, &(struct people_unit_set_successor_in){ id.no, successor.no }));
	TRY(tree_refresh(act, id));
	struct noting noting = { .act = "people.unit_succeed",
				 .about = { people_about_unit(act->look.arena, id) } };
	if (successor.no != 0)
		noting.about[1] = people_about_unit(act->look.arena, successor);
	return people_note(act, &noting);
}
