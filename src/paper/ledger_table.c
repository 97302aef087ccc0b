/* Rows as cells in words, and the CSV made of them. */
#include "paper/ledger_rooms.h"

#include "base/file.h"
#include "base/number.h"
#include "base/table.h"
#include "base/writer.h"

enum { UNITS_ROOM = 4096, UNITS_MOST = 3000 };

/* Names read once: an open table by the unit's number. */
struct names {
	int64_t unit[UNITS_ROOM];
	struct text name[UNITS_ROOM];
	size_t count;
};

struct telling {
	struct look *look;    /* for names; its arena keeps them */
	struct look row_look; /* its arena is forgotten after every row */
	const struct ledger_out *out;
	struct names *names;
	struct error *(*each)(void *with, const struct ledger_cells *cells);
	void *with;
};

static struct error *
unit_words(struct telling *telling, const struct pack_field *field, struct text value,
	   struct text *words)
{
	struct names *names = telling->names;
	int64_t unit;
	if (!number_read(value, 1, INT64_MAX, &unit))
		return OK;
	size_t at = (size_t)unit % UNITS_ROOM; /* not negative */
	while (names->unit[at] != 0 && names->unit[at] != unit)
		at = (at + 1) % UNITS_ROOM;
	if (names->unit[at] == 0 && names->count == UNITS_MOST)
		return ledger_show(&telling->row_look, field, value, words);
	if (names->unit[at] == 0) {
		TRY(ledger_show(telling->look, field, value, &names->name[at]));
		names->unit[at] = unit;
		names->count++;
	}
	*words = names->name[at];
	return OK;
}

static struct error *
cell_of(struct telling *telling, const struct pack_field *field, struct text value,
	struct ledger_cell *cell)
{
	struct arena *arena = telling->row_look.arena;
	*cell = (struct ledger_cell){ .day = DAY_NONE };
	if (value.len == 0)
		return OK;
	if (field->kind == FIELD_UNIT)
		return unit_words(telling, field, value, &cell->words);
	if (field->kind == FIELD_DAY && day_read(value, &cell->day)) {
		cell->words = day_iso(arena, cell->day);
		return OK;
	}
	return ledger_show(&telling->row_look, field, value, &cell->words);
}

static struct text
value_of(const struct ledger_value *values, size_t count, struct text name)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(values[at].name, name))
			return values[at].value;
	return T("");
}

static struct error *
tell_row(void *with, const struct ledger_row *row)
{
	struct telling *telling = with;
	const struct pack_ledger *ledger = telling->out->ledger;
	struct ledger_cell *cells = ARENA_ARRAY(telling->row_look.arena, struct ledger_cell,
						ledger->fields_count + 1);
	struct ledger_value *values;
	size_t count;
	if (telling->out->wants != NULL &&
	    !telling->out->wants(telling->out->wants_with, telling->row_look.arena, row)) {
		arena_reset(telling->row_look.arena);
		return OK;
	}
	TRY(ledger_values(telling->row_look.arena, row, &values, &count));
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		TRY(cell_of(telling, field, value_of(values, count, field->name), &cells[at]));
	}
	TRY(telling->each(telling->with, &(struct ledger_cells){ row, cells }));
	arena_reset(telling->row_look.arena);
	return OK;
}

struct error *
ledger_cells_each(struct look *look, const struct ledger_out *out,
		  struct error *(*each)(void *with, const struct ledger_cells *cells), void *with)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct telling telling = { .look = look, .row_look = *look, .out = out,
				   .names = ARENA_NEW(look->arena, struct names), .each = each,
				   .with = with };
	telling.row_look.arena = scratch;
	return ledger_each(look, out->pack, out->ledger, &out->query, tell_row, &telling);
}

/* ---- CSV ---- */

enum { PIECE = 256 << 10, PIECE_MOST = 16 << 20 };

struct csv_writing {
	const struct ledger_out *out;
	struct arena *arena; /* of the piece not yet written */
	struct writer piece;
	int fd;
};

static struct error *
flush(struct csv_writing *writing)
{
	TRY(fd_write_all(writing->fd, writer_text(&writing->piece)));
	arena_reset(writing->arena);
	writing->piece = writer_open(writing->arena, PIECE_MOST);
	return OK;
}

static struct error *
csv_row(void *with, const struct ledger_cells *cells)
{
	struct csv_writing *writing = with;
	struct writer *piece = &writing->piece;
	table_write_cell(piece, text_format(writing->arena, "%lld", (long long)cells->row->number),
			 true);
	for (size_t at = 0; at < writing->out->ledger->fields_count; at++)
		table_write_cell(piece, cells->fields[at].words, false);
	table_write_cell(piece, day_iso(writing->arena, moment_day(cells->row->confirmed)), false);
	table_write_end(piece);
	return piece->len > PIECE ? flush(writing) : OK;
}

struct error *
ledger_write_csv(struct look *look, const struct ledger_out *out, int fd)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct csv_writing writing = { out, arena, writer_open(arena, PIECE_MOST), fd };
	write_z(&writing.piece, "\xEF\xBB\xBF");
	table_write_cell(&writing.piece, text_of(say("台帳番号")), true);
	for (size_t at = 0; at < out->ledger->fields_count; at++)
		table_write_cell(&writing.piece, words_now(out->ledger->fields[at].label), false);
	table_write_cell(&writing.piece, text_of(say("最終確認日")), false);
	table_write_end(&writing.piece);
	TRY(ledger_cells_each(look, out, csv_row, &writing));
	return flush(&writing);
}
