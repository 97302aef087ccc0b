/*
 * Reconciliations in the demonstration body: four times in the year each is run. A list that tools or
 * contractors write is made from what it is held against, as they would write it: other widths, other names of
 * columns, a row too many, one that is missing. One difference is explained, others are put right or wait.
 */
#include "cli/demo.h"

#include "reconcile/reconcile.h"

#include "base/table.h"

enum { ROUNDS = 4, ROUND_DAYS = 85, LAST_AGO = 20, ROWS_MOST = 400, COPIES = 3 };

void
demo_plan_reconcile(struct demo *demo)
{
	if (demo->body->pack->reconciliations_count == 0)
		return;
	for (int round = 0; round < ROUNDS; round++) {
		const struct day day = day_plus(demo->size.today, -LAST_AGO - (ROUNDS - 1 - round) * ROUND_DAYS);
		if (day.no > demo->first.no)
			demo_at(demo, demo_moment(&demo->cases_chance, day), DEED_RECONCILE,
				(size_t)round, 0); /* not negative */
	}
}

/* ---- A list as somebody else would write it ---- */

struct making {
	struct arena *arena;
	const struct pack_reconcile *of;
	enum pack_side side; /* the list's */
	const struct reconcile_set *other;
	struct moment at;
	int round;
};

/* The same number as a tool writes it: full width, or with its letters in lower case. */
static struct text
as_written(struct arena *arena, struct text cell, size_t row)
{
	struct writer out = writer_open(arena, 4 * cell.len + 8);
	for (size_t at = 0; at < cell.len; at++) {
		const char one = cell.data[at];
		if (row % 3 == 1 && one >= '!' && one <= '~')
			write_character(&out, (uint32_t)(0xFEE0 + one)); /* its full-width form */
		else
			write_byte(&out, row % 3 == 2 && one >= 'A' && one <= 'Z' ? (char)(one + 32) : one);
	}
	return writer_text(&out);
}

static struct text
other_cell(const struct making *making, const struct pack_field *field, size_t row)
{
	for (size_t at = 0; field != NULL && row < making->other->count && at < making->other->columns; at++)
		if (text_same(making->other->names[at], field->name))
			return making->other->cells[row * making->other->columns + at];
	return T("");
}

/* What stands opposite: by the key, or by a comparison of columns. */
static const struct pack_field *
opposite(const struct making *making, const struct pack_field *field, bool *is_key)
{
	const struct pack_reconcile *of = making->of;
	const enum pack_side other = making->side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
	*is_key = true;
	for (size_t at = 0; at < of->keys_count; at++)
		if (of->keys[at].of[making->side] == field)
			return of->keys[at].of[other];
	*is_key = false;
	for (size_t at = 0; at < of->compares_count; at++)
		if (of->compares[at].of[making->side] == field)
			return of->compares[at].of[other];
	return NULL;
}

static struct text
cell_for(const struct making *making, const struct pack_field *field, size_t row, size_t copy)
{
	struct arena *arena = making->arena;
	bool is_key;
	const struct pack_field *from = opposite(making, field, &is_key);
	if (from != NULL && is_key && !text_is(field->name, "file"))
		return as_written(arena, other_cell(making, from, row), row);
	const struct text other = from != NULL && from->kind == field->kind ? other_cell(making, from, row)
									     : T("");
	if (other.len != 0)
		return other;
	switch (field->kind) {
	case FIELD_DAY:
		return day_iso(arena, day_plus(moment_day(making->at), -1 - (int64_t)(row % 20)));
	case FIELD_MOMENT:
		return moment_local(arena, making->at);
	case FIELD_NUMBER:
		return T("1");
	case FIELD_TEXT:
		return text_format(arena, text_has(field->name, T("machine")) ? "PC-%04zu" : "第%04zu号",
				   100 + row * COPIES + copy);
	case FIELD_LONG_TEXT:
	case FIELD_PERIOD:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
	case FIELD_YES_NO:
	case FIELD_ASSET:
	case FIELD_ASSETS:
	case FIELD_PERSON:
	case FIELD_UNIT:
	case FIELD_CLASS:
	case FIELD_SERIALS:
	case FIELD_FILE:
	case FIELD_CLAUSES:
		break;
	}
	return T("");
}

static struct text
stranger(const struct making *making, const struct pack_field *field, size_t one)
{
	static const char *const names[] = { "フリー圧縮ツール", "動画変換くん" };
	static const char *const persons[] = { "見本 知らず", "見本 名無し" };
	bool is_key;
	(void)opposite(making, field, &is_key);
	if (!is_key)
		return cell_for(making, field, one, 9);
	if (text_has(field->name, T("serial")))
		return text_format(making->arena, "MHN-%d", 9001 + (int)one);
	if (text_is(field->name, "name"))
		return text_of(persons[one]);
	if (text_is(field->name, "file")) {
		const struct hash digest = hash_of(text_of(names[one]));
		return hash_hex(making->arena, &digest);
	}
	return field->kind == FIELD_TEXT ? text_of(names[one]) : cell_for(making, field, one, 9);
}

/* Rows nobody expects: in the first rounds two, later one. */
static void
write_strangers(const struct making *making, struct writer *out)
{
	const struct pack_ledger *shape = making->of->sides[making->side].shape;
	const size_t count = making->round < 2 ? 2 : 1;
	for (size_t one = 0; one < count; one++) {
		for (size_t at = 0; at < shape->fields_count; at++)
			table_write_cell(out, stranger(making, &shape->fields[at], one), at == 0);
		table_write_end(out);
	}
}

static struct text
list_as_written(const struct making *making)
{
	const struct pack_reconcile_side *side = &making->of->sides[making->side];
	const struct pack_ledger *shape = side->shape;
	struct writer out = writer_open(making->arena, 4 << 20);
	write_text(&out, side->name.ja);
	write_z(&out, "\r\n");
	for (size_t at = 0; at < shape->fields_count; at++)
		table_write_cell(&out,
				 shape->fields[at].aliases_count != 0 ? shape->fields[at].aliases[0]
								      : shape->fields[at].label.ja,
				 at == 0);
	table_write_end(&out);
	for (size_t row = 0; row < making->other->count && row < ROWS_MOST; row++) {
		/* In the first rounds the last row had been forgotten. */
		if (making->round < 2 && row + 1 == making->other->count)
			continue;
		const size_t copies = side->is_many ? 1 + row % COPIES : 1;
		for (size_t copy = 0; copy < copies; copy++) {
			for (size_t at = 0; at < shape->fields_count; at++)
				table_write_cell(&out, cell_for(making, &shape->fields[at], row, copy),
						 at == 0);
			table_write_end(&out);
		}
	}
	write_strangers(making, &out);
	return writer_text(&out);
}

/* ---- Rows that the lists are held against, besides demo_inventory.c's: where the pack has such ledgers ---- */

static const char *const software[][3] = {
	{ "みほんPDF作成", "11.2", "12" }, { "みほん地図", "5.0", "4" }, { "みほん会計", "7.1", "6" },
};
static const char *const media[][2] = {
	{ "選挙事務 搬送用USB 1", "MHN-M001" }, { "選挙事務 搬送用USB 2", "MHN-M002" },
	{ "税証明 控え用ディスク", "MHN-M003" }, { "広報 写真用USB", "MHN-M004" },
};

struct rows {
	struct demo *demo;
	struct moment at;
};

static struct error *
add_software(struct act *act, const struct rows *rows, struct text owner)
{
	const struct pack *pack = rows->demo->body->pack;
	const struct pack_ledger *ledger = pack_ledger(pack, T("software"));
	struct row_id id;
	for (size_t at = 0; ledger != NULL && at < sizeof software / sizeof *software; at++) {
		const struct ledger_value values[] = {
			{ T("name"), text_of(software[at][0]) }, { T("owner"), owner },
			{ T("version"), text_of(software[at][1]) }, { T("licence"), T("bought") },
			{ T("licence-count"), text_of(software[at][2]) },
			{ T("support-until"), day_iso(act->look.arena, day_plus(moment_day(rows->at), 1200)) },
		};
		TRY(ledger_add(act, pack, ledger, values, sizeof values / sizeof *values, &id));
	}
	return OK;
}

static struct error *
add_media(struct act *act, const struct rows *rows, struct text owner)
{
	const struct pack *pack = rows->demo->body->pack;
	const struct pack_ledger *ledger = pack_ledger(pack, T("media"));
	struct row_id id;
	for (size_t at = 0; ledger != NULL && at < sizeof media / sizeof *media; at++) {
		const struct ledger_value values[] = {
			{ T("name"), text_of(media[at][0]) }, { T("owner"), owner },
			{ T("serial"), text_of(media[at][1]) }, { T("media-kind"), ledger_field(ledger, T("media-kind"))->choices[0].code },
			{ T("place"), T("情報政策課 鍵付き保管庫") }, { T("locked"), T("yes") },
		};
		TRY(ledger_add(act, pack, ledger, values, sizeof values / sizeof *values, &id));
	}
	return OK;
}

static struct error *
add_rows(struct act *act, void *with)
{
	const struct rows *rows = with;
	const struct demo *demo = rows->demo;
	const struct demo_unit *unit = &demo->units[demo->it_unit];
	const struct text owner = text_number(act->look.arena, unit->id.no);
	act->look.now = rows->at;
	act->actor = (struct actor){ .person = demo->people[unit->head].id.no, .through = T("demo") };
	TRY(add_software(act, rows, owner));
	return add_media(act, rows, owner);
}

/* ---- Acts ---- */

struct round {
	struct body *body;
	struct moment at;
	int no;
	struct person_id person;
	struct reconcile_handing handing;
	const struct reconcile_prepared *prepared;
	struct reconcile_explaining explaining;
};

static void
as_person(struct act *act, const struct round *round)
{
	act->look.now = round->at;
	act->actor = (struct actor){ .person = round->person.no, .through = T("demo") };
}

static struct error *
hand_in(struct act *act, void *with)
{
	const struct round *round = with;
	int64_t id;
	as_person(act, round);
	return reconcile_hand_in(act, &round->handing, &id);
}

static struct error *
run(struct act *act, void *with)
{
	const struct round *round = with;
	struct run_id id;
	as_person(act, round);
	return reconcile_run(act, &round->body->flow, round->prepared, &id);
}

static struct error *
explain(struct act *act, void *with)
{
	const struct round *round = with;
	as_person(act, round);
	return reconcile_explain(act, &round->explaining);
}

static struct error *
do_act(struct round *round, struct arena *arena, act_work *work)
{
	return store_act(round->body->store, arena, &(struct actor){ .through = T("demo") }, work, round);
}

static struct error *
make_list(struct round *round, struct arena *arena, const struct pack_reconcile *of, enum pack_side side)
{
	const enum pack_side other = side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
	struct reconcile_taking taking;
	struct reconcile_set set = { 0 };
	struct table table;
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(round->body->store, arena, &look));
	look.now = round->at;
	if (of->sides[other].source->takes != TAKES_COLUMNS)
		TRY(reconcile_source_read(&look, &round->body->flow, of, other, &set));
	look_end(&look);
	const struct making making = { arena, of, side, &set, round->at, round->no };
	const struct text bytes = list_as_written(&making);
	TRY(table_read(arena, bytes, RECONCILE_MOST_ROWS, &table));
	const struct reconcile_mapping mapping = reconcile_mapping_guess(arena, &of->sides[side], &table);
	TRY(reconcile_take(arena, of, side, &table, &mapping, &taking));
	TRY(reconcile_keep(round->body->store, arena, taking.csv));
	round->handing = (struct reconcile_handing){
		.of = of, .side = side, .taking = &taking,
		.name = text_format(arena, "%.*s_%.*s.csv", T_ARG(of->sides[side].name.ja),
				    T_ARG(day_iso(arena, moment_day(round->at)))),
		.encoding = table.encoding, .source = hash_of(bytes),
	};
	return do_act(round, arena, hand_in);
}

static struct error *
run_one(struct round *round, struct arena *arena, const struct pack_reconcile *of)
{
	struct reconcile_prepared prepared;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(round->body->store, arena, &look));
		look.now = round->at;
		TRY(reconcile_prepare(&look, &round->body->flow, of, &prepared));
	}
	TRY(reconcile_prepared_keep(round->body->store, arena, &prepared));
	round->prepared = &prepared;
	return do_act(round, arena, run);
}

/* The first difference that is still to be put right is one that may stay. */
static struct error *
explain_one(struct round *round, struct arena *arena, const struct pack_reconcile *of)
{
	const struct difference_query query = { .code = of->code, .is_there_only = true };
	struct difference *list;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(round->body->store, arena, &look));
		look.now = round->at;
		TRY(reconcile_differences(&look, &query, 2, &list, &count));
	}
	if (count == 0 || list[0].state == DIFFERENCE_EXPLAINED)
		return OK;
	round->explaining = (struct reconcile_explaining){
		.of = of, .id = list[0].id, .change = list[0].change,
		.words = T("事業者に問い合わせている。回答が届くまで待つ。"),
		.until = day_plus(moment_day(round->at), 60),
	};
	return do_act(round, arena, explain);
}

static struct error *
owner_of(struct round *round, struct arena *arena, const struct pack_reconcile *of)
{
	struct decider *list;
	size_t count;
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(round->body->store, arena, &look));
	look.now = round->at;
	TRY(people_deciders(&look, of->owner, (struct unit_id){ 0 }, moment_day(look.now),
			    (struct person_id){ 0 }, &list, &count));
	round->person = count == 0 ? (struct person_id){ 0 } : list[0].person;
	return OK;
}

static struct error *
play_one(struct round *round, const struct pack_reconcile *of)
{
	ARENA_SCOPED arena = arena_open(RECONCILE_MEMORY);
	TRY(owner_of(round, arena, of));
	if (round->person.no == 0)
		return OK;
	for (int side = 0; side < SIDES; side++)
		if (of->sides[side].source->takes == TAKES_COLUMNS)
			TRY(make_list(round, arena, of, (enum pack_side)side));
	TRY(run_one(round, arena, of));
	/* Of every second one: the others show what is still to be put right. */
	return round->no + 1 == ROUNDS && (of - round->body->pack->reconciliations) % 2 == 0
		       ? explain_one(round, arena, of)
		       : OK;
}

static struct error *
play_all(struct round *round)
{
	for (size_t at = 0; at < round->body->pack->reconciliations_count; at++)
		TRY(play_one(round, &round->body->pack->reconciliations[at]));
	return OK;
}

struct error *
demo_play_reconcile(struct demo *demo, const struct demo_event *event)
{
	struct round round = { .body = demo->body, .at = event->at, .no = (int)event->what }; /* < ROUNDS */
	struct rows rows = { demo, event->at };
	struct error *error = OK;
	if (round.no == 0) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		error = store_act(demo->body->store, arena, &(struct actor){ .through = T("demo") }, add_rows,
				  &rows);
		error = error == OK ? OK : error_keep(demo->arena, error);
	}
	if (error == OK)
		error = play_all(&round);
	return error == OK ? OK : error_keep(demo->arena, error);
}

struct error *
demo_any_reconcile(struct body *body, struct moment now)
{
	struct round round = { .body = body, .at = now, .no = ROUNDS - 1 };
	struct error *error = play_all(&round);
	return error == OK ? OK : error_keep(body->arena, error);
}
