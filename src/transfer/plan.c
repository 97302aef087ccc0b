/* Lines about persons, each held against what is registered. */
#include "transfer/rooms.h"

struct reading {
	struct world *world;
	const struct transfer_line *line;
	enum transfer_kind kind;
	int64_t person;
	struct day first; /* of what is new */
};

/* ---- Who ---- */

struct error *
world_name(struct world *world, int64_t at)
{
	struct world_person *person = &world->persons[at];
	struct transfer_person_name_row row;
	bool found;
	if (person->name.len != 0 || person->id.no == 0)
		return OK;
	TRY(transfer_person_name(world->look, &(struct transfer_person_name_in){ person->id.no },
				 &found, &row));
	if (found)
		person->name = row.name;
	return OK;
}

/* "123" for "000123": a spreadsheet took the zeros. */
static bool
lost_zeros(const struct world *world, struct text number, struct text *full)
{
	static const char zeros[] = "0000000000";
	for (size_t count = 1; count < sizeof zeros && number.len > 0 && number.len < 12; count++) {
		const struct text padded =
			text_join(world->arena, (struct text){ zeros, count }, number);
		if (world_person(world, padded) >= 0) {
			*full = padded;
			return true;
		}
	}
	return false;
}

static void
nobody(struct reading *reading)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	struct text full;
	if (line->number.len == 0)
		world_fault(world, line, N_("職員番号"), false,
			    text_of(say("職員番号が空です。")));
	else if (lost_zeros(world, line->number, &full))
		world_fault(world, line, N_("職員番号"), false,
			    text_format(world->arena, say("職員番号「%.*s」の人はいません。頭の0が落ちていませんか（%.*s）。"),
					T_ARG(line->number), T_ARG(full)));
	else
		world_fault(world, line, N_("職員番号"), false,
			    text_format(world->arena, say("職員番号「%.*s」の人はいません。番号を確かめるか、新しい人なら区分を「採用」にしてください。"),
					T_ARG(line->number)));
}

static bool
is_same_name(struct arena *arena, struct text a, struct text b)
{
	return text_same(text_fold(arena, a), text_fold(arena, b));
}

static struct error *
find_person(struct reading *reading)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	reading->person = world_person(world, line->number);
	if (reading->person < 0) {
		nobody(reading);
		return OK;
	}
	TRY(world_name(world, reading->person));
	struct world_person *person = &world->persons[reading->person];
	person->is_listed = true;
	if (line->name.len != 0 && !is_same_name(world->arena, line->name, person->name))
		world_fault(world, line, N_("氏名"), false,
			    text_format(world->arena, say("職員番号%.*sは%.*sさんです。番号か氏名が違っています。"),
					T_ARG(line->number), T_ARG(person->name)));
	if (!person->is_new && !day_is_none(person->was) && person->was.no < world->before.no)
		world_fault(world, line, N_("職員番号"), false,
			    text_format(world->arena, say("%.*sさんは、発令日より前に退職しています。"),
					T_ARG(person->name)));
	return OK;
}

/* ---- Where ---- */

static void
check_from(struct reading *reading, int64_t place)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	const struct world_post *post = &world->posts[world->places[place].post];
	const struct text now = world_place_words(world, place, false);
	size_t how_many;
	if (line->from_unit.len != 0) {
		const int64_t unit = world_unit(world, line->from_unit, false, &how_many);
		const bool is_same = how_many == 1 ? unit == post->unit : how_many > 1;
		if (!is_same)
			world_fault(world, line, N_("異動前の所属"), false,
				    text_format(world->arena, say("異動前の所属が「%.*s」になっていますが、いまの登録は「%.*s」です。どちらかを直してください。"),
						T_ARG(line->from_unit), T_ARG(now)));
	}
	if (line->from_post.len != 0 && !is_same_name(world->arena, line->from_post, post->name))
		world_fault(world, line, N_("異動前の職"), true,
			    text_format(world->arena, say("異動前の職が「%.*s」になっていますが、いまの登録は「%.*s」です。"),
					T_ARG(line->from_post), T_ARG(now)));
}

static struct text
roles_in_words(const struct world *world, const struct world_post *post)
{
	struct writer out = writer_open(world->arena, 2000);
	for (size_t at = 0; at < post->roles_count; at++) {
		write_z(&out, at > 0 ? "、" : "");
		write_text(&out, words_now(post->roles[at]->name));
	}
	return post->roles_count == 0 ? text_of(say("役割は付きません")) : writer_text(&out);
}

static void
say_made(struct reading *reading, int64_t post)
{
	struct world *world = reading->world;
	world_fault(world, reading->line, N_("異動後の職"), true,
		    text_format(world->arena, say("「%.*s」はまだない職です。決裁すると新しく作ります（%.*s）。"),
				T_ARG(world_post_words(world, post)),
				T_ARG(roles_in_words(world, &world->posts[post]))));
}

/* The post that the line means, made when the unit has none of that name. NOWHERE with its fault said. */
static int64_t
post_meant(struct reading *reading, struct text unit_words, struct text post_words)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	struct arena *arena = world->arena;
	size_t how_many;
	bool is_made;
	if (post_words.len == 0)
		world_fault(world, line, N_("異動後の職"), false,
			    text_of(say("異動後の職が空です。")));
	if (unit_words.len == 0)
		world_fault(world, line, N_("異動後の所属"), false,
			    text_of(say("異動後の所属が空です。")));
	if (post_words.len == 0 || unit_words.len == 0)
		return NOWHERE;
	const int64_t unit = world_unit(world, unit_words, true, &how_many);
	if (how_many == 0)
		world_fault(world, line, N_("異動後の所属"), false,
			    text_format(arena, say("「%.*s」という所属は、発令日にはありません。名前かコードを確かめてください。"),
					T_ARG(unit_words)));
	if (how_many > 1)
		world_fault(world, line, N_("異動後の所属"), false,
			    text_format(arena, say("「%.*s」という所属は%zuあります。局の名前を付けるか、コードで書いてください。"),
					T_ARG(unit_words), how_many));
	if (how_many != 1)
		return NOWHERE;
	const int64_t post = world_post_for(world, unit, post_words, &is_made);
	if (is_made)
		say_made(reading, post);
	return post;
}

static struct transfer_deed *
deed_of(struct reading *reading)
{
	const struct world_person *person = &reading->world->persons[reading->person];
	struct transfer_deed *deed = world_deed(reading->world, reading->line, reading->kind,
						person->name);
	deed->person = person->id;
	deed->number = person->number;
	return deed;
}

static bool
is_first_main(struct reading *reading)
{
	struct world *world = reading->world;
	struct world_person *person = &world->persons[reading->person];
	if (person->main_line.no == 0) {
		person->main_line = reading->line->id;
		return true;
	}
	world_fault(world, reading->line, NULL, false,
		    text_format(world->arena, say("%.*sさんの本務を動かす行が、ほかにもあります。一行だけにしてください。"),
				T_ARG(person->name)));
	return false;
}

/* ---- Kinds ---- */

static void
move(struct reading *reading)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	const int64_t main = world_main(world, reading->person);
	if (main >= 0)
		check_from(reading, main);
	/* 昇任 without a unit stays where it is. */
	struct text unit = line->to_unit;
	if (unit.len == 0 && reading->kind == PROMOTION && main >= 0)
		unit = world->units[world->posts[world->places[main].post].unit].unit.code;
	const int64_t post = post_meant(reading, unit, line->to_post);
	if (post < 0 || world_line_is_faulty(world, line) || !is_first_main(reading))
		return;
	if (main >= 0 && world->places[main].post == post) {
		world_fault(world, line, NULL, true,
			    text_of(say("もう、その所属のその職です。この行は何も変えません。")));
		return;
	}
	struct transfer_deed *deed = deed_of(reading);
	deed->was = world_place_words(world, main, false);
	deed->becomes = world_post_words(world, post);
	if (main >= 0)
		world_end(world, main, day_plus(reading->first, -1));
	world_place(world, reading->person, post, true, BESIDE_CONCURRENT, reading->first);
}

/* Whose service has ended long before. */
static bool
may_come_back(const struct world *world, int64_t at)
{
	const struct world_person *person = &world->persons[at];
	return !person->is_new && !person->is_listed && !day_is_none(person->was) &&
	       person->was.no < world->day.no && world_main(world, at) < 0;
}

static void
come_back(struct reading *reading)
{
	struct world_person *person = &reading->world->persons[reading->person];
	person->is_back = person->is_listed = true;
	person->since = reading->first;
	person->until = DAY_NONE;
	person->name = reading->line->name;
	person->main_line = reading->line->id;
}

static void
hire(struct reading *reading)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	struct arena *arena = world->arena;
	reading->person = world_person(world, line->number);
	if (line->number.len == 0)
		world_fault(world, line, N_("職員番号"), false, text_of(say("職員番号が空です。")));
	if (line->name.len == 0)
		world_fault(world, line, N_("氏名"), false, text_of(say("採用する人の氏名が空です。")));
	const bool is_back = reading->person >= 0 && may_come_back(world, reading->person);
	if (reading->person >= 0 && !is_back)
		world_fault(world, line, N_("職員番号"), false,
			    text_format(arena, say("職員番号「%.*s」は、もう登録されています。採用する人の番号を確かめるか、区分を「異動」にしてください。"),
					T_ARG(line->number)));
	const int64_t post = post_meant(reading, line->to_unit, line->to_post);
	if (post < 0 || world_line_is_faulty(world, line))
		return;
	if (is_back)
		come_back(reading);
	else
		reading->person = world_person_add(
		world, &(struct world_person){ .number = line->number, .name = line->name,
					       .kana = line->kana, .since = reading->first,
					       .until = DAY_NONE, .was = DAY_NONE, .is_listed = true,
					       .other = T(""), .away_from = DAY_NONE,
					       .main_line = line->id });
	world_place(world, reading->person, post, true, BESIDE_CONCURRENT, reading->first);
	deed_of(reading)->becomes = world_post_words(world, post);
}

/* 3月31日付け退職 is served to its end; 4月1日付け means that the day before was the last. */
static struct day
last_of_leaver(const struct reading *reading)
{
	const struct world *world = reading->world;
	const struct day day = reading->line->day;
	return !day_is_none(day) && day.no < world->day.no ? day : world->before;
}

static void
leave(struct reading *reading)
{
	struct world *world = reading->world;
	struct world_person *person = &world->persons[reading->person];
	const int64_t main = world_main(world, reading->person);
	if (main >= 0)
		check_from(reading, main);
	if (world_line_is_faulty(world, reading->line) || !is_first_main(reading))
		return;
	const struct day last = last_of_leaver(reading);
	struct transfer_deed *deed = deed_of(reading);
	deed->was = world_place_words(world, main, false);
	deed->becomes = text_of(say("退職"));
	deed->day = last;
	for (int64_t at = person->first; at >= 0; at = world->places[at].next)
		if (day_is_none(world->places[at].until) || world->places[at].until.no > last.no)
			world_end(world, at, last);
	person->is_ending = true;
	person->until = last;
}

static void
go_away(struct reading *reading)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	struct world_person *person = &world->persons[reading->person];
	const struct text other = line->above.len != 0 ? line->above : line->to_unit;
	const int64_t main = world_main(world, reading->person);
	if (main >= 0)
		check_from(reading, main);
	if (other.len == 0)
		world_fault(world, line, N_("上位の所属・出向先"), false,
			    text_of(say("出向先の名前を「出向先」か「異動後の所属」に書いてください。")));
	if (world_line_is_faulty(world, line) || !is_first_main(reading))
		return;
	struct transfer_deed *deed = deed_of(reading);
	deed->was = world_place_words(world, main, false);
	deed->becomes = text_format(world->arena, say("%.*sへ出向"), T_ARG(other));
	for (int64_t at = person->first; at >= 0; at = world->places[at].next)
		if (world_covers(world, &world->places[at], reading->first))
			world_end(world, at, day_plus(reading->first, -1));
	person->is_away = true;
	person->away_from = reading->first;
	person->other = other;
}

static bool
holds(const struct world *world, int64_t person, int64_t post, struct day day)
{
	for (int64_t at = world->persons[person].first; at >= 0; at = world->places[at].next)
		if (world->places[at].post == post && world_covers(world, &world->places[at], day))
			return true;
	return false;
}

static void
add_beside(struct reading *reading, enum beside beside)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	const int64_t post = post_meant(reading, line->to_unit, line->to_post);
	if (post < 0 || world_line_is_faulty(world, line))
		return;
	if (holds(world, reading->person, post, reading->first)) {
		world_fault(world, line, NULL, true,
			    text_of(say("もう、その職に就いています。この行は何も変えません。")));
		return;
	}
	deed_of(reading)->becomes = text_format(world->arena, "%s %.*s", transfer_kind_words(reading->kind),
						T_ARG(world_post_words(world, post)));
	world_place(world, reading->person, post, false, beside, reading->first);
}

/* Of what they hold beside their main post, what the line means; all of it fits an empty cell. */
static int64_t
beside_meant(struct reading *reading, size_t *how_many)
{
	struct world *world = reading->world;
	const struct transfer_line *line = reading->line;
	const struct text unit_words = line->from_unit.len != 0 ? line->from_unit : line->to_unit;
	const struct text post_words = line->from_post.len != 0 ? line->from_post : line->to_post;
	size_t units;
	int64_t found = NOWHERE;
	const int64_t unit = world_unit(world, unit_words, false, &units);
	*how_many = 0;
	for (int64_t at = world->persons[reading->person].first; at >= 0; at = world->places[at].next) {
		const struct world_place *place = &world->places[at];
		const struct world_post *post = &world->posts[place->post];
		if (place->is_main || place->is_new || !world_covers(world, place, world->before) ||
		    (unit_words.len != 0 && post->unit != unit) ||
		    (post_words.len != 0 && !is_same_name(world->arena, post_words, post->name)))
			continue;
		found = at;
		(*how_many)++;
	}
	return found;
}

static void
end_beside(struct reading *reading)
{
	struct world *world = reading->world;
	size_t how_many;
	const int64_t place = beside_meant(reading, &how_many);
	if (how_many != 1)
		world_fault(world, reading->line, NULL, false,
			    how_many == 0 ? text_of(say("解く兼務が見つかりません。兼務の所属と職を「異動前」に書いてください。"))
					  : text_of(say("兼務が幾つもあります。どれを解くか、所属と職を「異動前」に書いてください。")));
	if (how_many != 1 || world_line_is_faulty(world, reading->line))
		return;
	struct transfer_deed *deed = deed_of(reading);
	deed->was = world_place_words(world, place, false);
	deed->becomes = text_of(say("兼務を解く"));
	world_end(world, place, day_plus(reading->first, -1));
}

static struct error *
plan_person(struct world *world, const struct transfer_line *line, enum transfer_kind kind)
{
	struct reading reading = { .world = world, .line = line, .kind = kind, .person = NOWHERE,
				   .first = day_is_none(line->day) ? world->day : line->day };
	if (reading.first.no <= moment_day(world->look->now).no)
		world_fault(world, line, N_("発令日"), false,
			    text_of(say("発令日が過ぎています。明日か、それよりあとの日にしてください。")));
	if (kind != HIRE) {
		TRY(find_person(&reading));
		if (reading.person < 0)
			return OK;
	}
	switch (kind) {
	case MOVE:
	case PROMOTION:
		move(&reading);
		return OK;
	case HIRE:
		hire(&reading);
		return OK;
	case LEAVE:
		leave(&reading);
		return OK;
	case AWAY:
		go_away(&reading);
		return OK;
	case CONCURRENT:
		add_beside(&reading, BESIDE_CONCURRENT);
		return OK;
	case ACTING:
		add_beside(&reading, BESIDE_ACTING);
		return OK;
	case JOINT:
		add_beside(&reading, BESIDE_JOINT);
		return OK;
	case CONCURRENT_END:
		end_beside(&reading);
		return OK;
	case UNIT_OPEN:
	case UNIT_CLOSE:
	case UNIT_RENAME:
	case UNIT_MERGE:
	case TRANSFER_KINDS:
		break;
	}
	return OK;
}

static bool
is_late(enum transfer_kind kind)
{
	return kind == CONCURRENT || kind == ACTING || kind == JOINT;
}

static void
unknown_kind(struct world *world, const struct transfer_line *line)
{
	if (line->kind.len == 0)
		world_fault(world, line, N_("区分"), false,
			    text_of(say("区分が空です。異動、昇任、採用、退職、兼務、兼務解除、事務取扱、出向、併任、新設、廃止、名称変更、統合のどれかを書いてください。")));
	else
		world_fault(world, line, N_("区分"), false,
			    text_format(world->arena, say("区分「%.*s」は分かりません。異動、昇任、採用、退職、兼務、兼務解除、事務取扱、出向、併任、新設、廃止、名称変更、統合のどれかにしてください。"),
					T_ARG(line->kind)));
}

struct error *
plan_persons(struct world *world)
{
	/* Who is hired in one line may hold a second post by another. */
	for (int step = 0; step < 2; step++)
		for (size_t at = 0; at < world->lines_count; at++) {
			const struct transfer_line *line = &world->lines[at];
			enum transfer_kind kind;
			const bool is_known = transfer_kind_read(world->arena, line->kind, &kind);
			if (!is_known && step == 0)
				unknown_kind(world, line);
			if (is_known && !transfer_kind_is_unit(kind) && is_late(kind) == (step == 1))
				TRY(plan_person(world, line, kind));
		}
	return OK;
}

/* ---- What was ticked ---- */

struct error *
plan_ends(struct world *world)
{
	struct transfer_end_all_row *rows;
	size_t count;
	TRY(transfer_end_all(world->look, &(struct transfer_end_all_in){ world->transfer.id.no },
			     &rows, &count));
	for (size_t row = 0; row < count; row++)
		for (size_t at = 0; text_is(rows[row].kind, "assignment") && at < world->places_count;
		     at++)
			if (world->places[at].id.no == rows[row].object &&
			    !world->places[at].is_ended) {
				world_end(world, (int64_t)at, world->before); /* an index */
				world->places[at].is_by_hand = true;
			}
	return OK;
}

/* Who was taken along by a unit has no line that named them. */
static struct error *
name_deeds(struct world *world)
{
	for (size_t at = 0; at < world->preview->deeds_count; at++) {
		struct transfer_deed *deed = &world->preview->deeds[at];
		if (deed->person.no == 0 || deed->who.len != 0)
			continue;
		const int64_t person = world_person_of_id(world, deed->person.no);
		TRY(world_name(world, person));
		deed->who = world->persons[person].name;
	}
	return OK;
}

struct error *
plan_lines(struct look *look, const struct pack *pack, const struct transfer *transfer,
	   const struct transfer_line *lines, size_t count, struct transfer_preview *preview,
	   struct world *world)
{
	TRY(world_read(look, pack, transfer, lines, count, world));
	world->preview = preview;
	world->faults_room = world->lines_count * 6 + world->units_count + 100;
	world->deeds_room = world->lines_count + world->places_count + 10;
	*preview = (struct transfer_preview){
		.faults = ARENA_ARRAY(look->arena, struct transfer_fault, world->faults_room + 1),
		.deeds = ARENA_ARRAY(look->arena, struct transfer_deed, world->deeds_room + 1),
	};
	/* What a decided list said is written; its lines would now be read a second time. */
	const bool is_open = transfer->state == TRANSFER_DRAFT || transfer->state == TRANSFER_ASKED;
	if (!is_open)
		return OK;
	if (transfer->day.no <= moment_day(look->now).no)
		world_fault(world, NULL, NULL, false,
			    text_of(say("この一覧の発令日は過ぎています。新しい一覧を作ってください。")));
	plan_units(world);
	TRY(plan_persons(world));
	plan_closed(world);
	TRY(plan_ends(world));
	return name_deeds(world);
}

struct error *
plan_all(struct look *look, const struct pack *pack, struct transfer_id id,
	 struct transfer_preview *preview, struct world *world)
{
	struct transfer transfer;
	struct transfer_line *lines;
	size_t count;
	TRY(transfer_read(look, id, &transfer));
	TRY(transfer_lines(look, id, &lines, &count));
	return plan_lines(look, pack, &transfer, lines, count, preview, world);
}
