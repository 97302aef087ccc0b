/* Reading the journal: pages of history, checkpoints, roots and proofs. */
#include "base/file.h"
#include "journal/journal_sql.h"
#include "journal/rooms.h"

enum { HISTORY_MOST = 500 };

static int64_t
bounded(int64_t most)
{
	return most < 0 ? 0 : most > HISTORY_MOST ? HISTORY_MOST : most;
}

static struct error *
history_all(struct look *look, int64_t before, int64_t most, struct journal_entry **entries,
	    size_t *count)
{
	struct journal_entry_newest_row *rows;
	size_t got;
	TRY(journal_entry_newest(look, &(struct journal_entry_newest_in){ before, most }, &rows,
				 &got));
	*entries = ARENA_ARRAY(look->arena, struct journal_entry, got + 1);
	for (size_t at = 0; at < got; at++)
		TRY(entry_parse(look->arena, rows[at].id, rows[at].entry, &(*entries)[at]));
	*count = got;
	return OK;
}

struct error *
journal_history(struct look *look, struct text about, int64_t before, int64_t most,
		struct journal_entry **entries, size_t *count)
{
	struct journal_entry_of_row *rows;
	size_t got;
	if (about.len == 0)
		return history_all(look, before, bounded(most), entries, count);
	TRY(journal_entry_of(look,
			     &(struct journal_entry_of_in){ about, before, bounded(most) }, &rows,
			     &got));
	*entries = ARENA_ARRAY(look->arena, struct journal_entry, got + 1);
	for (size_t at = 0; at < got; at++)
		TRY(entry_parse(look->arena, rows[at].id, rows[at].entry, &(*entries)[at]));
	*count = got;
	return OK;
}

struct error *
journal_entry_read(struct look *look, int64_t seq, struct journal_entry *entry)
{
	struct journal_entry_one_row row;
	bool found;
	TRY(journal_entry_one(look, &(struct journal_entry_one_in){ seq }, &found, &row));
	if (!found)
		return missing("記録 %lld はありません。", (long long)seq);
	return entry_parse(look->arena, seq, row.entry, entry);
}

struct error *
journal_latest_checkpoint(struct look *look, bool *found, struct journal_checkpoint *checkpoint)
{
	struct journal_checkpoint_newest_row *rows;
	size_t count;
	TRY(journal_checkpoint_newest(look, &(struct journal_checkpoint_newest_in){ 1 }, &rows,
				      &count));
	struct head head;
	if (count == 1) {
		TRY(note_read(look->arena, rows[0].note, &head));
		*checkpoint = (struct journal_checkpoint){ head, rows[0].note, { rows[0].at } };
	}
	*found = count == 1;
	return OK;
}

struct error *
journal_checkpoint_over(struct look *look, int64_t seq, bool *found,
			struct journal_checkpoint *checkpoint)
{
	struct journal_checkpoint_from_row row;
	bool got;
	TRY(journal_checkpoint_from(look, &(struct journal_checkpoint_from_in){ seq + 1 }, &got,
				    &row));
	struct head head;
	if (got) {
		TRY(note_read(look->arena, row.note, &head));
		*checkpoint = (struct journal_checkpoint){ head, row.note, { row.at } };
	}
	*found = got;
	return OK;
}

struct error *
journal_vkey(struct look *look, struct text *vkey)
{
	struct journal_key_newest_row row;
	bool found;
	TRY(journal_key_newest(look, &found, &row));
	*vkey = found ? row.vkey : T("");
	return OK;
}

static struct error *
within(struct look *look, int64_t size)
{
	int64_t all;
	TRY(journal_size(look, &all));
	if (size < 0 || size > all)
		return reject(NULL, "記録の件数が範囲の外です（今は %lld 件）。", (long long)all);
	return OK;
}

struct error *
journal_root(struct look *look, int64_t size, struct hash *root)
{
	const struct merkle_source source = tile_source(look);
	TRY(within(look, size));
	return merkle_root_at(&source, size, root);
}

struct error *
journal_inclusion(struct look *look, int64_t seq, int64_t size, struct merkle_proof *proof)
{
	const struct merkle_source source = tile_source(look);
	TRY(within(look, size));
	return merkle_inclusion(&source, seq, size, proof);
}

struct error *
journal_consistency(struct look *look, int64_t from, int64_t to, struct merkle_proof *proof)
{
	const struct merkle_source source = tile_source(look);
	TRY(within(look, to));
	return merkle_consistency(&source, from, to, proof);
}

struct error *
sealer_note_read(struct arena *into, const char *data, struct text body, bool *found,
		 struct text *note)
{
	const char *folder = path_join(into, path_join(into, data, "seal"), text_z(into, body));
	const char *path = path_join(into, folder, "head");
	*found = file_exists(path);
	if (*found)
		TRY(file_read(into, path, NOTE_MOST, note));
	return OK;
}
