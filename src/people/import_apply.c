/* Doing what was previewed, in one act. */
#include "people/import_rooms.h"

/* --- units --- */

static struct error *
parent_id(struct act *act, struct importing *importing, const struct planned_unit *planned,
	  struct unit_id *parent)
{
	struct unit above;
	size_t at;
	bool found = false;
	*parent = (struct unit_id){ 0 };
	if (planned->parent_code.len == 0)
		return OK;
	if (keys_find(&importing->planned_codes, planned->parent_code, &at) &&
	    !importing->planned_units[at].is_faulty) {
		*parent = importing->planned_units[at].unit.id;
		return OK;
	}
	TRY(people_unit_by_code(&act->look, planned->parent_code, importing->day, &found, &above));
	if (!found)
		return conflict("上位の所属「%.*s」が見つかりません。もう一度ファイルを確かめてください。",
				T_ARG(planned->parent_code));
	*parent = above.id;
	return OK;
}

static struct error *
note_unit(struct act *act, const char *what, const struct unit *unit, int64_t line)
{
	return people_note(act, &(struct noting){
					.act = what,
					.about = { people_about_unit(act->look.arena, unit->id) },
					.pairs = { { .name = "code", .text = unit->code },
						   { .name = "line", .number = line },
						   { .name = "name", .text = unit->name } } });
}

static struct error *
apply_unit(struct act *act, struct importing *importing, struct planned_unit *planned)
{
	planned->is_done = true;
	TRY(parent_id(act, importing, planned, &planned->unit.parent));
	switch (planned->what) {
	case IMPORT_ADDED:
		TRY(unit_insert(act, &planned->unit, &planned->unit.id));
		return note_unit(act, "people.unit_add", &planned->unit, planned->line);
	case IMPORT_CHANGED:
		/* What it was before stays true of the days before. */
		if (day_first(planned->unit.since) < importing->day.no)
			TRY(unit_change_from(act, &planned->unit, importing->day));
		else
			TRY(unit_update(act, &planned->unit));
		return note_unit(act, "people.unit_change", &planned->unit, planned->line);
	case IMPORT_ENDED:
		return people_unit_end(act, planned->unit.id,
				       (struct day){ importing->day.no - 1 });
	case IMPORT_SAME:
		return OK;
	}
	return OK;
}

static bool
is_ready(const struct importing *importing, const struct planned_unit *planned)
{
	size_t at;
	return planned->what == IMPORT_ENDED || planned->parent_code.len == 0 ||
	       !keys_find(&importing->planned_codes, planned->parent_code, &at) ||
	       importing->planned_units[at].is_done || importing->planned_units[at].is_faulty;
}

/* Parents first: a round for every level of the tree, then the ends. */
static struct error *
apply_units(struct act *act, struct importing *importing)
{
	for (int level = 0; level <= UNIT_MOST_DEPTH; level++) {
		for (size_t at = 0; at < importing->planned_units_count; at++) {
			struct planned_unit *planned = &importing->planned_units[at];
			const bool is_end = planned->what == IMPORT_ENDED;
			if (planned->is_done || planned->is_faulty ||
			    is_end != (level == UNIT_MOST_DEPTH) || !is_ready(importing, planned))
				continue;
			TRY(apply_unit(act, importing, planned));
		}
	}
	return OK;
}

/* --- staff --- */

static int64_t
rank_by_name(struct text name)
{
	static const struct {
		const char *end;
		int64_t rank;
	} ends[] = { { "市長", 1 },  { "町長", 1 },   { "村長", 1 },  { "局長", 1 }, { "部長", 1 },
		     { "次長", 5 },  { "課長", 10 },  { "室長", 10 }, { "所長", 10 }, { "補佐", 20 },
		     { "係長", 30 }, { "主査", 40 } };
	for (size_t at = 0; at < sizeof ends / sizeof *ends; at++)
		if (text_ends(name, text_of(ends[at].end)))
			return ends[at].rank;
	return 50;
}

/* The post of that name in the unit; a new one, carrying no role, where there is none. */
static struct error *
post_for(struct act *act, struct place place, struct day day, struct post_id *id)
{
	struct people_post_clash_row row;
	bool found;
	TRY(people_post_clash(&act->look,
			      &(struct people_post_clash_in){ place.unit.no, place.post, 0, day.no,
							      day.no },
			      &found, &row));
	id->no = row.id;
	if (found)
		return OK;
	TRY(act_number(act, T("post"), &id->no));
	return people_post_insert(act, &(struct people_post_insert_in){
					    id->no, place.unit.no, place.post,
					    rank_by_name(place.post), day.no, 0 });
}

static struct error *
place_person(struct act *act, const struct importing *importing, struct person_id person,
	     struct place place, bool is_main)
{
	struct assignment_id id;
	struct assignment assignment = { .person = person, .is_main = is_main,
					 .beside = place.beside,
					 .since = importing->day, .until = DAY_NONE };
	TRY(post_for(act, place, importing->day, &assignment.post));
	return assignment_insert(act, &assignment, &id);
}

static struct error *
leave_main(struct act *act, const struct importing *importing, const struct known_person *known)
{
	for (size_t at = 0; known != NULL && at < known->places; at++) {
		const struct known_place *place = &importing->places[known->first_place + at];
		if (place->is_main)
			TRY(people_assignment_set_until(
				act, &(struct people_assignment_set_until_in){
					     place->id.no, importing->day.no - 1 }));
	}
	return OK;
}

static struct error *
place_all(struct act *act, const struct importing *importing, const struct planned_person *planned)
{
	const struct person_id person = planned->person.id;
	if (planned->main.unit.no != 0) {
		TRY(leave_main(act, importing, planned->known));
		TRY(place_person(act, importing, person, planned->main, true));
	}
	for (size_t at = 0; at < planned->concurrent_count; at++)
		TRY(place_person(act, importing, person, planned->concurrent[at], false));
	return OK;
}

static struct error *
open_account(struct act *act, const struct people_import_order *order,
	     const struct planned_person *planned)
{
	if (planned->login.len == 0)
		return OK;
	for (size_t at = 0; at < order->passwords_count; at++)
		if (text_same(order->passwords[at].number, planned->person.number))
			return account_insert(act, order->pack, planned->person.id, planned->login,
					      &order->passwords[at].password);
	return reject("accounts", "職員番号「%.*s」の仮パスワードが用意されていません。",
		      T_ARG(planned->person.number));
}

static struct error *
note_person(struct act *act, const char *what, const struct planned_person *planned)
{
	struct arena *arena = act->look.arena;
	struct noting noting = { .act = what,
				 .about = { people_about_person(arena, planned->person.id) },
				 .pairs = { { .name = "line", .number = planned->line } } };
	if (planned->main.unit.no != 0)
		noting.about[1] = people_about_unit(arena, planned->main.unit);
	return people_note(act, &noting);
}

static struct error *
apply_person(struct act *act, const struct people_import_order *order,
	     const struct importing *importing, struct planned_person *planned)
{
	switch (planned->what) {
	case IMPORT_SAME:
		return OK;
	case IMPORT_ENDED:
		return people_person_end(act, planned->person.id,
					 (struct day){ importing->day.no - 1 });
	case IMPORT_ADDED:
		TRY(person_insert(act, &planned->person, &planned->person.id));
		break;
	case IMPORT_CHANGED:
		TRY(person_update(act, &planned->person));
		break;
	}
	TRY(place_all(act, importing, planned));
	TRY(open_account(act, order, planned));
	return note_person(act, planned->what == IMPORT_ADDED ? "people.person_add"
							      : "people.person_change",
			   planned);
}

static struct error *
apply_staff(struct act *act, const struct people_import_order *order, struct importing *importing)
{
	for (size_t at = 0; at < importing->planned_count; at++)
		if (!importing->planned[at].is_faulty)
			TRY(apply_person(act, order, importing, &importing->planned[at]));
	return OK;
}

/* --- the act --- */

static struct error *
check_order(const struct people_import_order *order, const struct people_import *import)
{
	if (!hash_same(&order->digest, &import->digest))
		return conflict("確かめたあとに、ファイルか登録内容が変わりました。もう一度確かめてから取り込んでください。");
	if (import->faults_count > import->hints && !order->options.leaves_out_faulty)
		return reject("file", "誤りのある行が%zuあります。直してから取り込むか、「誤りのある行を除いて取り込む」を選んでください。",
			      import->faults_count - import->hints);
	return OK;
}

static struct error *
note_import(struct act *act, const struct people_import_order *order)
{
	const struct people_import *import = &order->result;
	const bool is_units = order->options.kind == IMPORT_UNITS;
	const struct hash file = hash_of(order->file);
	int64_t id;
	TRY(act_number(act, T("import"), &id));
	return people_note(
		act, &(struct noting){
			     .act = is_units ? "people.import_units" : "people.import_staff",
			     .about = { about_number(act->look.arena, "import", id) },
			     .pairs = { { .name = "added", .number = (int64_t)import->added },
					{ .name = "changed", .number = (int64_t)import->changed },
					{ .name = "ended", .number = (int64_t)import->ended },
					{ .name = "file", .text = hash_hex(act->look.arena, &file) },
					{ .name = "rows", .number = (int64_t)import->rows } } });
}

struct error *
people_import(struct act *act, void *with)
{
	struct people_import_order *order = with;
	struct importing importing;
	TRY(import_plan(&act->look, &order->options, order->file, &importing, &order->result));
	TRY(check_order(order, &order->result));
	if (order->options.kind == IMPORT_UNITS)
		TRY(apply_units(act, &importing));
	else
		TRY(apply_staff(act, order, &importing));
	return note_import(act, order);
}
