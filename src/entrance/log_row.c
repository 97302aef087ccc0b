/* The row of the pack's ledger that a visit becomes. */
#include "entrance/rooms.h"

struct filling {
	const struct pack_entrance *entrance;
	struct ledger_value values[ENTRANCE_COLUMNS + 1];
	size_t count;
};

static void
log_put(struct filling *filling, enum entrance_column column, struct text value)
{
	const struct pack_field *field = filling->entrance->columns[column];
	if (field != NULL && value.len != 0)
		filling->values[filling->count++] = (struct ledger_value){ field->name, value };
}

static struct text
yes_no(bool is_yes)
{
	return is_yes ? T("yes") : T("no");
}

struct error *
room_log_row_add(struct act *act, const struct pack *pack, const struct log_row *log,
	    struct row_id *added)
{
	struct arena *arena = act->look.arena;
	struct filling filling = { .entrance = pack->entrance };
	const struct pack_field *room = pack->entrance->columns[ENTRANCE_ROOM];
	filling.values[filling.count++] = (struct ledger_value){
		pack->entrance->log->owner->name, text_number(arena, log->room->unit.no)
	};
	log_put(&filling, ENTRANCE_NAME, log->name);
	log_put(&filling, ENTRANCE_ROOM, room->kind == FIELD_ASSET ? text_number(arena, log->room->id.no)
							       : log->room->name);
	log_put(&filling, ENTRANCE_ENTERED, moment_local(arena, log->entered));
	log_put(&filling, ENTRANCE_OF, log->of);
	log_put(&filling, ENTRANCE_PURPOSE, log->purpose);
	log_put(&filling, ENTRANCE_ID_SHOWN, yes_no(log->id_shown));
	log_put(&filling, ENTRANCE_DEVICES, log->devices);
	log_put(&filling, ENTRANCE_MOVED, yes_no(log->moved));
	log_put(&filling, ENTRANCE_ATTENDED, log->attended);
	log_put(&filling, ENTRANCE_IMPACT, log->moved ? yes_no(log->impact) : T(""));
	log_put(&filling, ENTRANCE_REMARKS, log->remarks);
	return ledger_add(act, pack, pack->entrance->log, filling.values, filling.count, added);
}

/* Replaces one value, or adds it. */
static void
log_set(struct ledger_value *values, size_t *count, const struct pack_field *field, struct text value)
{
	if (field == NULL || value.len == 0)
		return;
	for (size_t at = 0; at < *count; at++)
		if (text_same(values[at].name, field->name)) {
			values[at].value = value;
			return;
		}
	values[(*count)++] = (struct ledger_value){ field->name, value };
}

struct error *
room_log_row_leave(struct act *act, const struct pack *pack, struct row_id id, struct moment left,
	      struct text remarks)
{
	const struct pack_entrance *entrance = pack->entrance;
	struct arena *arena = act->look.arena;
	struct ledger_value *kept, *values;
	struct ledger_row row;
	size_t count;
	if (id.no == 0)
		return OK;
	TRY(ledger_read(&act->look, pack, id, &row));
	if (row.ledger != entrance->log || row.state == ROW_RETIRED)
		return OK;
	TRY(ledger_values(arena, &row, &kept, &count));
	values = ARENA_ARRAY(arena, struct ledger_value, count + 2);
	for (size_t at = 0; at < count; at++)
		values[at] = kept[at];
	const struct text before =
		entrance->columns[ENTRANCE_REMARKS] == NULL
			? T("")
			: ledger_value(arena, &row, text_z(arena, entrance->columns[ENTRANCE_REMARKS]->name));
	if (before.len != 0 && remarks.len != 0)
		remarks = text_format(arena, "%.*s %.*s", T_ARG(before), T_ARG(remarks));
	log_set(values, &count, entrance->columns[ENTRANCE_LEFT], moment_local(arena, left));
	log_set(values, &count, entrance->columns[ENTRANCE_REMARKS], remarks);
	return ledger_change(act, pack, id, row.revision, values, count);
}

static struct text
column_of(struct arena *arena, const struct ledger_row *row, const struct pack_field *field)
{
	return field == NULL ? T("") : ledger_value(arena, row, text_z(arena, field->name));
}

bool
entrance_row_is_of(struct arena *arena, const struct pack *pack, const struct entrance_room *room,
		   struct day first, const struct ledger_row *row)
{
	enum { MONTH_LEN = 7 }; /* 2026-11 */
	const struct pack_entrance *entrance = pack->entrance;
	const struct pack_field *of = entrance->columns[ENTRANCE_ROOM];
	const struct text entered = column_of(arena, row, entrance->columns[ENTRANCE_ENTERED]);
	const struct text where = column_of(arena, row, of);
	const bool is_here = of->kind == FIELD_ASSET ? text_same(where, text_number(arena, room->id.no))
						     : room_is_called(arena, where, room->name);
	return is_here &&
	       text_same(text_first(entered, MONTH_LEN), text_first(day_iso(arena, first), MONTH_LEN));
}
