/* Lists and their lines: reading them, staging a new one. */
#include "transfer/rooms.h"

#include <string.h>

struct error *
note_transfer(struct act *act, struct transfer_id id, struct person_id person, const char *what,
	      const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what, .about = { about_transfer(arena, id) } };
	if (person.no != 0)
		fact.about[1] = people_about_person(arena, person);
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

struct error *
transfer_read(struct look *look, struct transfer_id id, struct transfer *transfer)
{
	struct transfer_list_get_row row;
	bool found;
	TRY(transfer_list_get(look, &(struct transfer_list_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その人事異動の一覧はありません(%lld)。", (long long)id.no);
	struct transfer read = {
		.id = id,
		.title = row.title,
		.day = { row.day },
		.change = row.change,
		.created = { row.created },
		.asked = { row.asked },
		.decided = { row.decided },
		.withdrawn = { row.withdrawn },
		.created_by = { row.created_by },
		.changed_by = { row.changed_by },
		.asked_by = { row.asked_by },
		.decided_by = { row.decided_by },
		.withdrawn_by = { row.withdrawn_by },
		.created_name = row.created_name,
		.asked_name = row.asked_name,
		.decided_name = row.decided_name,
		.why = row.why,
		.lines = row.lines,
		.has_digest = row.digest.len == HASH_LEN,
	};
	if (!transfer_state_read(row.state, &read.state))
		return broken("人事異動の一覧の記録が読めません(%lld)。", (long long)id.no);
	if (read.has_digest)
		memcpy(read.digest.at, row.digest.data, HASH_LEN);
	/* Nobody has to write this down at midnight. */
	if (read.state == TRANSFER_DECIDED && read.day.no <= moment_day(look->now).no)
		read.state = TRANSFER_IN_FORCE;
	*transfer = read;
	return OK;
}

struct error *
transfer_lists(struct look *look, struct transfer **list, size_t *count)
{
	struct transfer_list_all_row *rows;
	TRY(transfer_list_all(look, &(struct transfer_list_all_in){ TRANSFER_MOST_LISTS }, &rows,
			      count));
	*list = ARENA_ARRAY(look->arena, struct transfer, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(transfer_read(look, (struct transfer_id){ rows[at].id }, &(*list)[at]));
	return OK;
}

/* Both queries of lines give the same columns. */
#define LINE_FROM(row)                                                                           \
	(struct transfer_line)                                                                   \
	{                                                                                        \
		.id = { (row)->id }, .place = (row)->place, .kind = (row)->kind,                 \
		.person = { (row)->person }, .number = (row)->number, .name = (row)->name,       \
		.kana = (row)->kana, .from_unit = (row)->from_unit,                              \
		.from_post = (row)->from_post, .to_unit = (row)->to_unit,                        \
		.to_post = (row)->to_post, .above = (row)->above, .day = day_of((row)->day),     \
		.note = (row)->note, .is_dropped = (row)->is_dropped,                            \
	}

struct error *
transfer_lines(struct look *look, struct transfer_id id, struct transfer_line **lines, size_t *count)
{
	struct transfer_line_all_row *rows;
	TRY(transfer_line_all(look, &(struct transfer_line_all_in){ id.no, TRANSFER_MOST_LINES * 4 },
			      &rows, count));
	*lines = ARENA_ARRAY(look->arena, struct transfer_line, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*lines)[at] = LINE_FROM(&rows[at]);
	return OK;
}

struct error *
transfer_line_read(struct look *look, struct line_id id, struct transfer_line *line,
		   struct transfer_id *list)
{
	struct transfer_line_get_row row;
	bool found;
	TRY(transfer_line_get(look, &(struct transfer_line_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その行はありません(%lld)。", (long long)id.no);
	*line = LINE_FROM(&row);
	list->no = row.list;
	return OK;
}

/* ---- Lines ---- */

static struct error *
cell_check(const char *field, const char *label, int64_t place, struct text value)
{
	if (text_count(value) > TRANSFER_MOST_CELL)
		return reject(field, "%lld行目の「%s」が長すぎます。%d文字までにしてください。",
			      (long long)place, say(label), TRANSFER_MOST_CELL);
	for (size_t at = 0; at < value.len; at++)
		if ((unsigned char)value.data[at] < 0x20)
			return reject(field, "%lld行目の「%s」に改行などが入っています。一行で書いてください。",
				      (long long)place, say(label));
	return OK;
}

struct error *
line_check(const struct transfer_line *line)
{
	const struct {
		const char *field, *label;
		struct text value;
	} cells[] = {
		{ "kind", N_("区分"), line->kind },
		{ "number", N_("職員番号"), line->number },
		{ "name", N_("氏名"), line->name },
		{ "kana", N_("フリガナ"), line->kana },
		{ "from_unit", N_("異動前の所属"), line->from_unit },
		{ "from_post", N_("異動前の職"), line->from_post },
		{ "to_unit", N_("異動後の所属"), line->to_unit },
		{ "to_post", N_("異動後の職"), line->to_post },
		{ "above", N_("上位の所属・出向先"), line->above },
		{ "note", N_("備考"), line->note },
	};
	struct error *faults = OK;
	for (size_t at = 0; at < sizeof cells / sizeof *cells; at++)
		error_add(&faults, cell_check(cells[at].field, cells[at].label, line->place,
					      cells[at].value));
	return faults;
}

/* Whom the number means, so that the line is sealed under that person's key. */
static struct error *
person_of(struct look *look, const struct transfer_line *line, int64_t *person)
{
	struct person found;
	bool is_there = false;
	*person = 0;
	if (line->number.len != 0)
		TRY(people_person_by_number(look, line->number, &is_there, &found));
	if (is_there && !found.is_erased)
		*person = found.id.no;
	return OK;
}

/* What is written of a line, whether it is new or corrected. */
#define LINE_CELLS(line)                                                                         \
	.kind = (line)->kind, .number = (line)->number, .name = (line)->name,                    \
	.kana = (line)->kana, .from_unit = (line)->from_unit, .from_post = (line)->from_post,    \
	.to_unit = (line)->to_unit, .to_post = (line)->to_post, .above = (line)->above,          \
	.day = no_of((line)->day), .note = (line)->note

struct error *
line_add(struct act *act, struct transfer_id id, const struct transfer_line *line)
{
	struct transfer_line_add_in in = {
		.list = id.no,
		.place = line->place,
		LINE_CELLS(line),
	};
	TRY(line_check(line));
	TRY(person_of(&act->look, line, &in.person));
	TRY(act_number(act, T("transfer-line"), &in.id));
	return transfer_line_add(act, &in);
}

static struct error *
line_change(struct act *act, const struct transfer_line *line)
{
	struct transfer_line_change_in in = {
		.id = line->id.no,
		LINE_CELLS(line),
	};
	TRY(line_check(line));
	TRY(person_of(&act->look, line, &in.person));
	return transfer_line_change(act, &in);
}

/* ---- Taking ---- */

/* The machine's operator, by the command line, stands for whoever may. */
static bool
is_operator(const struct act *act)
{
	return act->actor.person == 0 && text_is(act->actor.through, "cli");
}

struct error *
transfer_must_edit(struct act *act, const struct pack *pack)
{
	if (is_operator(act))
		return OK;
	return people_must_may(&act->look, pack, (struct person_id){ act->actor.person },
			       RIGHT_PEOPLE_EDIT, (struct unit_id){ 0 });
}

struct error *
transfer_take(struct act *act, const struct transferring *of, struct transfer *transfer)
{
	TRY(transfer_read(&act->look, of->id, transfer));
	if (transfer->change != of->change)
		return conflict("ほかの人がこの一覧を先に動かしました（いまは「%s」）。画面を開き直して、内容を確かめてください。",
				transfer_state_words(transfer->state));
	return OK;
}

struct error *
transfer_take_draft(struct act *act, const struct transferring *of, struct transfer *transfer)
{
	TRY(transfer_must_edit(act, of->flow->pack));
	TRY(transfer_take(act, of, transfer));
	if (transfer->state != TRANSFER_DRAFT && transfer->state != TRANSFER_ASKED)
		return conflict("直せるのは、決裁の前の一覧だけです（いまは「%s」）。決裁のあとは取り下げるか、新しい一覧で改めます。",
				transfer_state_words(transfer->state));
	return OK;
}

struct error *
transfer_touch(struct act *act, struct transfer_id id)
{
	return transfer_list_touch(act, &(struct transfer_list_touch_in){ id.no,
									  act->actor.person });
}

/* ---- Acts ---- */

struct error *
transfer_stage(struct act *act, const struct transfer_staging *staging, struct transfer_id *id)
{
	struct transfer_id made;
	const struct text title = text_trim(staging->title);
	if (title.len == 0 || text_count(title) > TRANSFER_MOST_CELL)
		return reject("title", "一覧の名前を%d文字までで書いてください。例 令和9年4月1日付け人事異動",
			      TRANSFER_MOST_CELL);
	if (day_is_none(staging->day) || staging->day.no <= moment_day(act->look.now).no)
		return reject("day", "発令日は、明日か、それよりあとの日にしてください。");
	TRY(act_number(act, T("transfer"), &made.no));
	TRY(transfer_list_add(act, &(struct transfer_list_add_in){ made.no, title, staging->day.no,
								   act->look.now.ms,
								   act->actor.person }));
	for (size_t at = 0; at < staging->count; at++)
		TRY(line_add(act, made, &staging->lines[at]));
	*id = made;
	return note_transfer(act, made, (struct person_id){ 0 }, "transfer.stage",
			     (struct fact_pair[]){
				     { "day", day_iso(act->look.arena, staging->day), 0 },
				     { "lines", { 0 }, (int64_t)staging->count }, /* bounded */
				     { NULL } });
}

struct error *
transfer_stage_again(struct act *act, const struct transferring *of,
		     const struct transfer_line *lines, size_t count)
{
	struct transfer transfer;
	TRY(transfer_take_draft(act, of, &transfer));
	TRY(transfer_line_drop_all(act, &(struct transfer_line_drop_all_in){ of->id.no }));
	for (size_t at = 0; at < count; at++)
		TRY(line_add(act, of->id, &lines[at]));
	TRY(transfer_touch(act, of->id));
	return note_transfer(act, of->id, (struct person_id){ 0 }, "transfer.stage",
			     (struct fact_pair[]){ { "lines", { 0 }, (int64_t)count }, /* bounded */
						   { NULL } });
}

struct error *
transfer_correct(struct act *act, const struct transferring *of, const struct transfer_line *line)
{
	struct transfer transfer;
	struct transfer_line made = *line, was;
	struct transfer_line_last_row last;
	struct transfer_id list;
	TRY(transfer_take_draft(act, of, &transfer));
	if (line->id.no != 0) {
		TRY(transfer_line_read(&act->look, line->id, &was, &list));
		if (list.no != of->id.no)
			return missing("その行は、この一覧にありません。");
		made.place = was.place;
		TRY(line_change(act, &made));
	} else {
		TRY(transfer_line_last(&act->look, &(struct transfer_line_last_in){ of->id.no },
				       &last));
		made.place = last.last + 1;
		TRY(line_add(act, of->id, &made));
	}
	TRY(transfer_touch(act, of->id));
	return note_transfer(act, of->id, (struct person_id){ 0 }, "transfer.correct",
			     (struct fact_pair[]){ { "place", { 0 }, made.place }, { NULL } });
}

struct error *
transfer_drop(struct act *act, const struct transferring *of, struct line_id line, bool is_dropped)
{
	struct transfer transfer;
	struct transfer_line was;
	struct transfer_id list;
	TRY(transfer_take_draft(act, of, &transfer));
	TRY(transfer_line_read(&act->look, line, &was, &list));
	if (list.no != of->id.no)
		return missing("その行は、この一覧にありません。");
	TRY(transfer_line_drop(act, &(struct transfer_line_drop_in){ line.no, is_dropped }));
	TRY(transfer_touch(act, of->id));
	return note_transfer(act, of->id, (struct person_id){ 0 }, "transfer.correct",
			     (struct fact_pair[]){ { "dropped", { 0 }, is_dropped },
						   { "place", { 0 }, was.place },
						   { NULL } });
}

struct error *
transfer_tick(struct act *act, const struct transferring *of, const struct transfer_tick *ticks,
	      size_t count)
{
	struct transfer transfer;
	TRY(transfer_take_draft(act, of, &transfer));
	TRY(transfer_end_clear(act, &(struct transfer_end_clear_in){ of->id.no }));
	for (size_t at = 0; at < count; at++) {
		int64_t id;
		if (ticks[at].kind == STAYS_PERMIT)
			return reject("kept", "許可は、許可した人が取り消します。ここでは終えられません。");
		TRY(act_number(act, T("transfer-end"), &id));
		TRY(transfer_end_add(act, &(struct transfer_end_add_in){
						  id, of->id.no,
						  text_of(stays_kind_name(ticks[at].kind)),
						  ticks[at].object }));
	}
	TRY(transfer_touch(act, of->id));
	return note_transfer(act, of->id, (struct person_id){ 0 }, "transfer.correct",
			     (struct fact_pair[]){ { "ends", { 0 }, (int64_t)count }, /* bounded */
						   { NULL } });
}
