/* One sheet: what it asks, what was answered, and who may answer and read it. */
#include "check/rooms.h"

static void
fill_items(struct arena *arena, struct check_sheet *sheet, const struct check_item_list_row *rows,
	   size_t count)
{
	sheet->items = ARENA_ARRAY(arena, struct check_item, count + 1);
	sheet->count = count;
	for (size_t at = 0; at < count; at++) {
		struct check_item *item = &sheet->items[at];
		*item = (struct check_item){
			.id = rows[at].id,
			.code = rows[at].code,
			.words = { rows[at].ja, rows[at].en },
			.help = { rows[at].help_ja, rows[at].help_en },
			.may_not_apply = rows[at].may_not_apply,
			.answer = sheet->done.ms != 0 ? CHECK_YES : CHECK_NONE,
			.due = DAY_NONE,
		};
		item->clauses = clauses_split(arena, rows[at].clauses, &item->clauses_count);
	}
}

static struct error *
fill_answers(struct look *look, struct check_sheet *sheet)
{
	struct check_answers_of_row *rows;
	size_t count;
	TRY(check_answers_of(look, &(struct check_answers_of_in){ sheet->id.no, CHECK_MOST_ITEMS },
			     &rows, &count));
	for (size_t at = 0; at < count; at++)
		for (size_t no = 0; no < sheet->count; no++) {
			struct check_item *item = &sheet->items[no];
			if (item->id != rows[at].item)
				continue;
			(void)check_answer_read(rows[at].answer, &item->answer);
			item->why = rows[at].words;
			item->done = (struct moment){ rows[at].done };
			item->done_words = rows[at].done_words;
			if (item->answer != CHECK_NO)
				continue;
			item->improvement = (struct improvement_id){ rows[at].id };
			item->due = (struct day){ rows[at].due };
		}
	return OK;
}

static struct text
about_whom(struct arena *arena, const struct check_sheet_get_row *row)
{
	if (row->person != 0)
		return row->person_name;
	if (row->row_id != 0)
		return row->row_title;
	return row->unit_name.len != 0 ? row->unit_name
				       : text_copy(arena, text_of(say("(いまはない所属)")));
}

static struct error *
sheet_head(struct look *look, struct sheet_id id, struct check_sheet *sheet)
{
	struct check_sheet_get_row row;
	bool found = false, is_there;
	TRY(check_is_there(look, &is_there));
	if (is_there)
		TRY(check_sheet_get(look, &(struct check_sheet_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その点検の用紙はありません。「自己点検」の一覧から選んでください。");
	*sheet = (struct check_sheet){
		.id = id,
		.campaign = { row.campaign },
		.checklist = row.checklist,
		.title = row.title,
		.asks = asks_read(row.asks),
		.is_open = text_is(row.state, "open") && row.done == 0 && !row.is_excused,
		.since = { row.since },
		.until = { row.until },
		.person = { row.person },
		.unit = { row.unit },
		.about = about_whom(look->arena, &row),
		.unit_name = row.unit_name,
		.done = { row.done },
		.done_by = row.done_name,
		.yes = row.yes,
		.no = row.no,
		.na = row.na,
	};
	return OK;
}

struct error *
check_sheet(struct look *look, struct sheet_id id, struct check_sheet *sheet)
{
	struct check_item_list_row *items;
	size_t count;
	TRY(sheet_head(look, id, sheet));
	TRY(check_item_list(look,
			    &(struct check_item_list_in){ sheet->campaign.no, CHECK_MOST_ITEMS },
			    &items, &count));
	fill_items(look->arena, sheet, items, count);
	return sheet->done.ms != 0 ? fill_answers(look, sheet) : OK;
}

/* ---- Who may ---- */

const struct pack_role *
who_answers_for(const struct pack *pack, const struct pack_checklist *checklist)
{
	if (checklist != NULL && checklist->by != NULL)
		return checklist->by;
	for (size_t at = 0; at < pack->roles_count; at++)
		if (pack->roles[at].scope == SCOPE_EVERYONE && pack->roles[at].above != NULL)
			return pack->roles[at].above;
	return NULL;
}

struct error *
may_answer_for(struct look *look, const struct pack *pack, struct text checklist,
	       struct unit_id unit, struct person_id person, bool *may, struct decider *as)
{
	const struct pack_checklist *known = pack_checklist(pack, checklist);
	struct decider *list;
	size_t count;
	*may = false;
	if (known == NULL || known->by == NULL || person.no == 0)
		return OK;
	TRY(people_deciders(look, known->by, unit, moment_day(look->now), (struct person_id){ 0 },
			    &list, &count));
	for (size_t at = 0; at < count && !*may; at++) {
		*may = list[at].person.no == person.no;
		if (*may && as != NULL)
			*as = list[at];
	}
	return OK;
}

static bool
is_at_or_above(const struct pack_role *role, const struct pack_role *below)
{
	for (; below != NULL; below = below->above)
		if (below == role)
			return true;
	return false;
}

struct error *
may_answer_any(struct look *look, const struct pack *pack, struct person_id person, bool *may)
{
	struct held_role *held;
	size_t count;
	*may = false;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (size_t no = 0; no < pack->checklists_count; no++)
		for (size_t at = 0; at < count && pack->checklists[no].by != NULL; at++)
			*may = *may || is_at_or_above(held[at].role, pack->checklists[no].by);
	return OK;
}

struct error *
check_may_answer(struct look *look, const struct pack *pack, const struct check_sheet *sheet,
		 struct person_id person, bool *may)
{
	if (sheet->person.no == 0)
		return may_answer_for(look, pack, sheet->checklist, sheet->unit, person, may, NULL);
	*may = person.no != 0 && sheet->person.no == person.no;
	return OK;
}

static struct error *
is_named_for(struct look *look, const struct pack *pack, const struct check_sheet *sheet,
	     struct person_id person, bool *is)
{
	const struct pack_checklist *checklist = pack_checklist(pack, sheet->checklist);
	struct held_role *held;
	size_t count;
	*is = false;
	if (checklist == NULL || checklist->named_count == 0)
		return OK;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (size_t at = 0; at < count && !*is; at++)
		for (size_t no = 0; no < checklist->named_count && !*is; no++)
			if (held[at].role == checklist->named[no])
				TRY(people_unit_is_under(look, sheet->unit, held[at].unit, is));
	return OK;
}

struct error *
check_may_read(struct look *look, const struct pack *pack, const struct check_sheet *sheet,
	       struct person_id person, bool *may)
{
	TRY(check_may_answer(look, pack, sheet, person, may));
	if (!*may)
		TRY(is_named_for(look, pack, sheet, person, may));
	/* What a section or system answered is the office's, nobody's own. */
	if (!*may && sheet->person.no == 0)
		TRY(check_may_run(look, pack, pack_checklist(pack, sheet->checklist), person, may));
	return OK;
}

/* ---- What is mine ---- */

static struct error *
add_mine(struct look *look, struct check_mine *mine, int64_t id)
{
	return sheet_head(look, (struct sheet_id){ id }, &mine->sheets[mine->sheets_count++]);
}

static struct error *
add_of_units(struct look *look, const struct pack *pack, struct person_id person,
	     struct check_mine *mine, const struct check_sheets_of_units_row *rows, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		bool may;
		TRY(may_answer_for(look, pack, rows[at].checklist,
				   (struct unit_id){ rows[at].unit }, person, &may, NULL));
		if (may)
			TRY(add_mine(look, mine, rows[at].id));
	}
	return OK;
}

static struct error *
my_sheets(struct look *look, const struct pack *pack, struct person_id person, bool is_head,
	  struct check_mine *mine)
{
	struct check_sheets_of_person_row *own;
	struct check_sheets_of_units_row *units = NULL;
	size_t own_count, units_count = 0;
	TRY(check_sheets_of_person(look, &(struct check_sheets_of_person_in){ person.no, 100 }, &own,
				   &own_count));
	if (is_head)
		TRY(check_sheets_of_units(look, &(struct check_sheets_of_units_in){ SHEETS_MOST },
					  &units, &units_count));
	mine->sheets = ARENA_ARRAY(look->arena, struct check_sheet, own_count + units_count + 1);
	for (size_t at = 0; at < own_count; at++)
		TRY(add_mine(look, mine, own[at].id));
	return add_of_units(look, pack, person, mine, units, units_count);
}

static struct error *
add_improvement(struct look *look, const struct check_answer_get_in *in, struct check_mine *mine)
{
	struct check_answer_get_row row;
	bool found;
	TRY(check_answer_get(look, in, &found, &row));
	if (found)
		mine->improvements[mine->improvements_count++] =
			improvement_from(&row, moment_day(look->now));
	return OK;
}

static struct error *
my_improvements(struct look *look, const struct pack *pack, struct person_id person, bool is_head,
		struct check_mine *mine)
{
	struct check_improves_of_person_row *own;
	struct check_improves_of_units_row *units = NULL;
	size_t own_count, units_count = 0;
	TRY(check_improves_of_person(look, &(struct check_improves_of_person_in){ person.no, 200 },
				     &own, &own_count));
	if (is_head)
		TRY(check_improves_of_units(look, &(struct check_improves_of_units_in){ SHEETS_MOST },
					    &units, &units_count));
	mine->improvements =
		ARENA_ARRAY(look->arena, struct improvement, own_count + units_count + 1);
	for (size_t at = 0; at < own_count; at++)
		TRY(add_improvement(look, &(struct check_answer_get_in){ own[at].id }, mine));
	for (size_t at = 0; at < units_count; at++) {
		bool may;
		TRY(may_answer_for(look, pack, units[at].checklist,
				   (struct unit_id){ units[at].unit }, person, &may, NULL));
		if (may)
			TRY(add_improvement(look, &(struct check_answer_get_in){ units[at].id }, mine));
	}
	return OK;
}

static void
note_due(struct check_mine *mine, struct day due, struct day today)
{
	mine->late += due.no < today.no;
	if (day_is_none(mine->next) || due.no < mine->next.no)
		mine->next = due;
}

struct error *
check_mine(struct look *look, const struct pack *pack, struct person_id person, struct day day,
	   struct check_mine *mine)
{
	bool is_there, is_head;
	*mine = (struct check_mine){ .next = DAY_NONE };
	TRY(check_is_there(look, &is_there));
	if (!is_there || person.no == 0)
		return OK;
	TRY(may_answer_any(look, pack, person, &is_head));
	TRY(my_sheets(look, pack, person, is_head, mine));
	TRY(my_improvements(look, pack, person, is_head, mine));
	for (size_t at = 0; at < mine->sheets_count; at++) {
		if (mine->sheets[at].done.ms != 0)
			continue;
		mine->waiting++;
		note_due(mine, mine->sheets[at].until, day);
	}
	for (size_t at = 0; at < mine->improvements_count; at++)
		note_due(mine, mine->improvements[at].due, day);
	return OK;
}
