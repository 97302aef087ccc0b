/* Reading a file into a plan, and the preview made of it. */
#include "people/import_rooms.h"

#include "base/writer.h"

enum { DIGEST_MOST = 64 << 20 };

void
import_fault(struct importing *importing, int64_t line, enum meaning meaning, bool is_hint,
	     struct text wrong)
{
	struct people_import *import = importing->import;
	if (import->faults_count == importing->faults_room) {
		const size_t room = importing->faults_room == 0 ? 32 : importing->faults_room * 2;
		struct import_fault *list = ARENA_ARRAY(importing->look->arena, struct import_fault,
							room);
		for (size_t at = 0; at < import->faults_count; at++)
			list[at] = import->faults[at];
		import->faults = list;
		importing->faults_room = room;
	}
	const bool has_column = meaning != MEANING_COUNT && import_has(importing, meaning);
	import->faults[import->faults_count++] = (struct import_fault){
		.line = line,
		.column = has_column ? import->columns[importing->column[meaning]].heading : T(""),
		.wrong = wrong,
		.is_hint = is_hint,
	};
	import->hints += is_hint;
}

static void
count_change(struct people_import *import, enum import_what what)
{
	switch (what) {
	case IMPORT_SAME:
		import->same++;
		return;
	case IMPORT_ADDED:
		import->added++;
		return;
	case IMPORT_CHANGED:
		import->changed++;
		return;
	case IMPORT_ENDED:
		import->ended++;
		return;
	}
}

void
import_change(struct importing *importing, const struct import_change *change)
{
	struct people_import *import = importing->import;
	count_change(import, change->what);
	if (change->what == IMPORT_SAME)
		return;
	if (import->changes_count == importing->changes_room) {
		const size_t room = importing->changes_room == 0 ? 64 : importing->changes_room * 2;
		struct import_change *list = ARENA_ARRAY(importing->look->arena,
							 struct import_change, room);
		for (size_t at = 0; at < import->changes_count; at++)
			list[at] = import->changes[at];
		import->changes = list;
		importing->changes_room = room;
	}
	import->changes[import->changes_count++] = *change;
}

void
import_field(struct importing *importing, struct import_change *change, const char *label,
	     struct text was, struct text becomes)
{
	if (text_same(was, becomes) || change->fields_count == IMPORT_FIELDS_MOST)
		return;
	if (change->fields == NULL)
		change->fields = ARENA_ARRAY(importing->look->arena, struct import_field,
					     IMPORT_FIELDS_MOST);
	change->fields[change->fields_count++] = (struct import_field){ label, was, becomes };
}

void
import_hint_lost(struct importing *importing, const struct table_row *row, enum meaning meaning)
{
	const struct text cell = import_cell(importing, row, meaning);
	if (text_has(cell, T("\xef\xbf\xbd")) || text_has(cell, T("?")) || text_has(cell, T("〓")) ||
	    text_has(cell, T("？")))
		import_fault(importing, row->line, meaning, true,
			     text_format(importing->look->arena,
					 say("「%.*s」には、書き出しのときに失われた文字があるようです。元のシステムでUTF-8を選んで書き出し直してください。"),
					 T_ARG(cell)));
}

static void
write_change(struct writer *out, const struct import_change *change)
{
	write_format(out, "%d\n%.*s\n%.*s\n%.*s\n", (int)change->what, T_ARG(change->about),
		     T_ARG(change->key), T_ARG(change->name));
	for (size_t at = 0; at < change->fields_count; at++)
		write_format(out, "\t%s\n\t%.*s\n\t%.*s\n", change->fields[at].label,
			     T_ARG(change->fields[at].was), T_ARG(change->fields[at].becomes));
}

static struct error *
plan_digest(const struct importing *importing, struct text file, struct hash *digest)
{
	const struct people_import_options *options = importing->options;
	const struct hash of_file = hash_of(file);
	struct writer out = writer_open(importing->look->arena, DIGEST_MOST);
	write_format(&out, "%d %lld %d %d %d %d\n", (int)options->kind, (long long)importing->day.no,
		     options->ends_missing, options->leaves_out_faulty, options->opens_accounts,
		     options->keeps_blank);
	for (size_t at = 0; at < importing->import->changes_count; at++)
		write_change(&out, &importing->import->changes[at]);
	if (writer_is_full(&out))
		return reject("file", "ファイルが大きすぎます。いくつかに分けてください。");
	*digest = hash_of_two(hash_bytes(&of_file), writer_text(&out));
	return OK;
}

static struct error *
known_units(struct importing *importing)
{
	struct arena *arena = importing->look->arena;
	TRY(people_units(importing->look, importing->day, &importing->units,
			 &importing->units_count));
	struct keys *codes = &importing->unit_codes;
	codes->list = ARENA_ARRAY(arena, struct key, importing->units_count + 1);
	codes->count = importing->units_count;
	for (size_t at = 0; at < codes->count; at++)
		codes->list[at] = (struct key){ importing->units[at].code, at };
	keys_sort(codes);
	return OK;
}

struct error *
import_plan(struct look *look, const struct people_import_options *options, struct text file,
	    struct importing *importing, struct people_import *import)
{
	*import = (struct people_import){ 0 };
	*importing = (struct importing){
		.look = look,
		.options = options,
		.day = day_is_none(options->day) ? look_today(look) : options->day,
		.import = import,
	};
	if (file.len > IMPORT_MOST_BYTES)
		return reject("file", "ファイルが大きすぎます。%d MB までです。", IMPORT_MOST_BYTES >> 20);
	TRY(table_read(look->arena, file, IMPORT_MOST_ROWS, &importing->table));
	import->encoding = importing->table.encoding;
	import->separator = importing->table.separator;
	TRY(import_columns(importing));
	TRY(known_units(importing));
	if (options->kind == IMPORT_UNITS)
		TRY(import_units_plan(importing));
	else
		TRY(import_staff_plan(importing));
	return plan_digest(importing, file, &import->digest);
}

struct error *
people_import_preview(struct look *look, const struct people_import_options *options,
		      struct text file, struct people_import *import)
{
	struct importing importing;
	struct people_import made;
	TRY(import_plan(look, options, file, &importing, &made));
	*import = made;
	return OK;
}
