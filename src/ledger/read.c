/* Reading rows: one, by serial, copies, the highest class. */
#include "ledger/rooms.h"

enum { COPIES_MOST = 200 };

struct error *
ledger_read(struct look *look, const struct pack *pack, struct row_id id, struct ledger_row *row)
{
	struct ledger_row_read_row read;
	bool found;
	TRY(ledger_row_read(look, &(struct ledger_row_read_in){ id.no }, &found, &read));
	if (!found)
		return missing("台帳にその記録はありません(%lld)。", (long long)id.no);
	*row = ROW_FROM(look->arena, pack, &read);
	return OK;
}

struct error *
ledger_by_serial(struct look *look, const struct pack *pack, const struct pack_ledger *ledger,
		 struct text serial, bool *found, struct ledger_row *row)
{
	struct ledger_row_by_serial_row read;
	const struct text folded = text_fold(look->arena, serial);
	TRY(ledger_row_by_serial(look, &(struct ledger_row_by_serial_in){ ledger->code, folded },
				 found, &read));
	if (*found)
		*row = ROW_FROM(look->arena, pack, &read);
	return OK;
}

struct error *
ledger_copies(struct look *look, const struct pack *pack, struct row_id id,
	      struct ledger_row **rows, size_t *count)
{
	struct ledger_row_copies_row *read;
	size_t got;
	TRY(ledger_row_copies(look, &(struct ledger_row_copies_in){ id.no, COPIES_MOST }, &read, &got));
	struct ledger_row *made = ARENA_ARRAY(look->arena, struct ledger_row, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = ROW_FROM(look->arena, pack, &read[at]);
	*rows = made;
	*count = got;
	return OK;
}

struct error *
ledger_highest_class(struct look *look, const struct pack *pack, const struct row_id *rows,
		     size_t count, const struct pack_class **highest)
{
	const struct pack_class *top = NULL;
	for (size_t at = 0; at < count; at++) {
		struct ledger_row row;
		TRY(ledger_read(look, pack, rows[at], &row));
		const struct pack_class *value = class_of(pack, row.class_code);
		if (top == NULL || value->rank > top->rank)
			top = value;
	}
	*highest = top != NULL ? top : pack->axes[0].unclassified;
	return OK;
}
