/* Lines about units: opened, closed, renamed, merged. They come before those about persons. */
#include "transfer/rooms.h"

/* By the end of its name, as offices are called. */
static enum unit_kind
kind_of_name(struct text name)
{
	static const struct {
		const char *end;
		enum unit_kind kind;
	} ends[] = { { "局", UNIT_BUREAU },  { "部", UNIT_BUREAU },   { "課", UNIT_SECTION },
		     { "室", UNIT_SECTION }, { "所", UNIT_SECTION }, { "館", UNIT_SECTION },
		     { "園", UNIT_SECTION }, { "センター", UNIT_SECTION } };
	for (size_t at = 0; at < sizeof ends / sizeof *ends; at++)
		if (text_ends(name, text_of(ends[at].end)))
			return ends[at].kind;
	return UNIT_OTHER;
}

/* The unit that a cell means; says so when there is none, or more than one. */
static int64_t
unit_meant(struct world *world, const struct transfer_line *line, const char *column,
	   struct text words, bool on_the_day)
{
	struct arena *arena = world->arena;
	size_t how_many;
	const int64_t unit = world_unit(world, words, on_the_day, &how_many);
	if (words.len == 0)
		world_fault(world, line, column, false,
			    text_format(arena, say("「%s」が空です。所属の名前かコードを書いてください。"), say(column)));
	else if (how_many == 0)
		world_fault(world, line, column, false,
			    text_format(arena, say("「%.*s」という所属はありません。名前かコードを確かめてください。"),
					T_ARG(words)));
	else if (how_many > 1)
		world_fault(world, line, column, false,
			    text_format(arena, say("「%.*s」という所属は%zuあります。局の名前を付けるか、コードで書いてください。"),
					T_ARG(words), how_many));
	return how_many == 1 ? unit : NOWHERE;
}

static void
open_unit(struct world *world, const struct transfer_line *line)
{
	struct arena *arena = world->arena;
	size_t how_many;
	const int64_t above = unit_meant(world, line, N_("上位の所属・出向先"), line->above, true);
	if (line->to_unit.len == 0)
		world_fault(world, line, N_("異動後の所属"), false,
			    text_of(say("新しい所属の名前を「異動後の所属」に書いてください。")));
	if (line->number.len == 0)
		world_fault(world, line, N_("異動後の所属コード"), false,
			    text_of(say("新しい所属のコードがありません。「異動後の所属コード」の列か、この行の「職員番号」に書いてください。")));
	(void)world_unit(world, line->number, true, &how_many);
	if (line->number.len != 0 && how_many != 0)
		world_fault(world, line, N_("異動後の所属コード"), false,
			    text_format(arena, say("コード「%.*s」は、ほかの所属が使っています。"), T_ARG(line->number)));
	if (world_line_is_faulty(world, line))
		return;
	(void)world_unit_add(world, &(struct world_unit){
					    .unit = { .code = line->number,
						      .name = line->to_unit,
						      .kind = kind_of_name(line->to_unit),
						      .rank = RANK_OF_OTHERS,
						      .since = world->day,
						      .until = DAY_NONE },
					    .was = T(""), .above = above, .is_there = true,
					    .is_new = true, .successor = NOWHERE, .line = line->id });
	struct transfer_deed *deed = world_deed(world, line, UNIT_OPEN, line->to_unit);
	deed->number = line->number;
	deed->becomes = text_format(arena, say("%.*sの下に新設"),
				    T_ARG(world->units[above].unit.name));
}

static bool
is_touched(struct world *world, const struct transfer_line *line, const struct world_unit *unit)
{
	if (!unit->is_closed && !unit->is_renamed)
		return false;
	world_fault(world, line, N_("異動前の所属"), false,
		    text_format(world->arena, say("「%.*s」については、ほかの行でも廃止や名称変更をしています。一行だけにしてください。"),
				T_ARG(unit->unit.name)));
	return true;
}

static void
rename_unit(struct world *world, const struct transfer_line *line)
{
	const int64_t at = unit_meant(world, line, N_("異動前の所属"), line->from_unit, true);
	if (line->to_unit.len == 0)
		world_fault(world, line, N_("異動後の所属"), false,
			    text_of(say("新しい名前を「異動後の所属」に書いてください。")));
	if (at < 0 || line->to_unit.len == 0 || is_touched(world, line, &world->units[at]))
		return;
	struct world_unit *unit = &world->units[at];
	struct transfer_deed *deed = world_deed(world, line, UNIT_RENAME, unit->unit.name);
	deed->number = unit->unit.code;
	deed->was = unit->unit.name;
	deed->becomes = line->to_unit;
	unit->unit.name = line->to_unit;
	unit->folded = text_fold(world->arena, line->to_unit);
	unit->folded_whole = text_fold(
		world->arena,
		text_join(world->arena, unit->above >= 0 ? world->units[unit->above].unit.name : T(""),
			  line->to_unit));
	unit->is_renamed = true;
	unit->line = line->id;
}

static void
close_unit(struct world *world, const struct transfer_line *line, bool is_merged)
{
	struct arena *arena = world->arena;
	const int64_t at = unit_meant(world, line, N_("異動前の所属"), line->from_unit, true);
	int64_t successor = NOWHERE;
	if (is_merged || line->to_unit.len != 0)
		successor = unit_meant(world, line, N_("異動後の所属"), line->to_unit, true);
	if (at < 0 || world_line_is_faulty(world, line) || is_touched(world, line, &world->units[at]))
		return;
	if (successor == at) {
		world_fault(world, line, N_("異動後の所属"), false,
			    text_of(say("廃止する所属とは別の所属を書いてください。")));
		return;
	}
	if (successor < 0)
		world_fault(world, line, N_("異動後の所属"), true,
			    text_of(say("引き継ぐ所属が書かれていません。決裁中の案件や台帳を引き継ぐ所属を「異動後の所属」に書けます。")));
	struct world_unit *unit = &world->units[at];
	struct transfer_deed *deed =
		world_deed(world, line, is_merged ? UNIT_MERGE : UNIT_CLOSE, unit->unit.name);
	unit->is_closed = true;
	unit->is_merged = is_merged;
	unit->is_there = false;
	unit->successor = successor;
	unit->line = line->id;
	deed->number = unit->unit.code;
	deed->was = unit->unit.name;
	deed->day = world->before;
	deed->becomes = successor < 0 ? text_of(say("引き継ぐ所属なし"))
				      : text_format(arena, say("%.*sが引き継ぐ"),
						    T_ARG(world->units[successor].unit.name));
}

static void
plan_unit(struct world *world, const struct transfer_line *line, enum transfer_kind kind)
{
	if (!day_is_none(line->day) && line->day.no != world->day.no) {
		world_fault(world, line, N_("発令日"), false,
			    text_of(say("所属の新設や廃止は、一覧の発令日と同じ日にしてください。")));
		return;
	}
	switch (kind) {
	case UNIT_OPEN:
		open_unit(world, line);
		return;
	case UNIT_RENAME:
		rename_unit(world, line);
		return;
	case UNIT_CLOSE:
		close_unit(world, line, false);
		return;
	case UNIT_MERGE:
		close_unit(world, line, true);
		return;
	case MOVE:
	case PROMOTION:
	case HIRE:
	case LEAVE:
	case CONCURRENT:
	case ACTING:
	case CONCURRENT_END:
	case AWAY:
	case JOINT:
	case TRANSFER_KINDS:
		return;
	}
}

void
plan_units(struct world *world)
{
	/* A unit may be merged into one that the list opens further down, and be below it. */
	static const enum transfer_kind order[] = { UNIT_OPEN, UNIT_RENAME, UNIT_CLOSE, UNIT_MERGE };
	for (size_t step = 0; step < sizeof order / sizeof *order; step++)
		for (size_t at = 0; at < world->lines_count; at++) {
			enum transfer_kind kind;
			if (transfer_kind_read(world->arena, world->lines[at].kind, &kind) &&
			    kind == order[step])
				plan_unit(world, &world->lines[at], kind);
		}
}

/* ---- Who is left ---- */

static void
take_along(struct world *world, int64_t place, const struct world_unit *unit)
{
	bool is_made;
	const struct world_place was = world->places[place];
	const struct text name = world->posts[was.post].name;
	const struct text words = world_place_words(world, place, true);
	const int64_t post = world_post_for(world, unit->successor, name, &is_made);
	const struct transfer_line line = { .id = unit->line, .day = DAY_NONE };
	if (post < 0)
		return;
	world_end(world, place, world->before);
	world_place(world, was.person, post, was.is_main, was.beside, world->day);
	struct world_person *person = &world->persons[was.person];
	person->is_listed = true;
	struct transfer_deed *deed = world_deed(world, &line, MOVE, person->name);
	deed->person = person->id;
	deed->number = person->number;
	deed->was = words;
	deed->becomes = world_post_words(world, post);
}

void
plan_closed(struct world *world)
{
	const size_t count = world->places_count;
	for (size_t at = 0; at < count; at++) {
		const struct world_place *place = &world->places[at];
		const struct world_post *post = &world->posts[place->post];
		if (post->unit < 0 || !world->units[post->unit].is_closed ||
		    !world_covers(world, place, world->day))
			continue;
		const struct world_unit *unit = &world->units[post->unit];
		const struct transfer_line line = { .id = unit->line };
		if (unit->is_merged)
			take_along(world, (int64_t)at, unit); /* an index */
		else
			world_fault(world, &line, NULL, false,
				    text_format(world->arena, say("「%.*s」を廃止しますが、%.*s(%.*s)の異動先がありません。この人の行を加えてください。"),
						T_ARG(unit->unit.name),
						T_ARG(world->persons[place->person].number),
						T_ARG(post->name)));
	}
	for (size_t at = 0; at < world->units_count; at++) {
		const struct world_unit *unit = &world->units[at];
		if (unit->is_there && !unit->is_new && unit->above >= 0 &&
		    world->units[unit->above].is_closed) {
			const struct transfer_line of = { .id = world->units[unit->above].line };
			world_fault(world, &of, NULL, false,
				    text_format(world->arena, say("「%.*s」を廃止しますが、下に「%.*s」が残ります。その所属も廃止か統合にしてください。"),
						T_ARG(world->units[unit->above].unit.name),
						T_ARG(unit->unit.name)));
		}
	}
}
