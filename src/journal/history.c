/* Reading the journal: pages of history, checkpoints, roots and proofs. */
#include "base/file.h"
#include "base/writer.h"
#include "journal/bundle.h"
#include "journal/journal_sql.h"

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
journal_last_about(struct look *look, struct text about, int64_t *seq)
{
	struct journal_about_last_row row;
	TRY(journal_about_last(look, &(struct journal_about_last_in){ about }, &row));
	*seq = row.entry;
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

static struct error *
take_note(struct look *look, int64_t id, struct text note, int64_t at, int64_t first,
	  struct journal_checkpoint *checkpoint)
{
	struct head head;
	TRY(note_read(look->arena, note, &head));
	*checkpoint = (struct journal_checkpoint){ head, id >> LOG_SHIFT, first, note, { at } };
	return OK;
}

struct error *
journal_log_checkpoint(struct look *look, const struct journal_log *log, bool *found,
		       struct journal_checkpoint *checkpoint)
{
	struct journal_checkpoint_last_row row;
	TRY(journal_checkpoint_last(look,
				    &(struct journal_checkpoint_last_in){
					    log->no << LOG_SHIFT, (log->no + 1) << LOG_SHIFT },
				    found, &row));
	return *found ? take_note(look, row.id, row.note, row.at, log->first, checkpoint) : OK;
}

struct error *
journal_latest_checkpoint(struct look *look, bool *found, struct journal_checkpoint *checkpoint)
{
	struct journal_log *logs;
	size_t count;
	*found = false;
	TRY(journal_logs(look, &logs, &count));
	/* The newest log may not be signed yet. */
	while (count-- > 0 && !*found)
		TRY(journal_log_checkpoint(look, &logs[count], found, checkpoint));
	return OK;
}

struct error *
journal_checkpoint_over(struct look *look, int64_t seq, bool *found,
			struct journal_checkpoint *checkpoint)
{
	struct journal_checkpoint_from_row *rows;
	struct journal_log log;
	size_t count;
	TRY(journal_log_at(look, seq, &log));
	TRY(journal_checkpoint_from(look,
				    &(struct journal_checkpoint_from_in){
					    (log.no << LOG_SHIFT) + seq - log.first + 1,
					    (log.no + 1) << LOG_SHIFT, 1 },
				    &rows, &count));
	*found = count == 1;
	return count == 1 ? take_note(look, rows[0].id, rows[0].note, rows[0].at, log.first,
				      checkpoint)
			  : OK;
}

struct error *
journal_vkey(struct look *look, struct text *vkey)
{
	struct journal_log *logs;
	struct journal_key *keys;
	size_t count, key_count = 0;
	*vkey = T("");
	TRY(journal_logs(look, &logs, &count));
	while (count-- > 0 && key_count == 0) {
		TRY(journal_keys(look, &logs[count], &keys, &key_count));
		if (key_count != 0)
			*vkey = keys[key_count - 1].vkey;
	}
	return OK;
}

static struct error *
within(const struct journal_log *log, int64_t size)
{
	if (size < 0 || size > log->size)
		return reject(NULL, "記録の件数が範囲の外です（今は %lld 件）。",
			      (long long)log->size);
	return OK;
}

struct error *
journal_root(struct look *look, const struct journal_log *log, int64_t size, struct hash *root)
{
	const struct log_tree tree = log_tree_of(look, log);
	const struct merkle_source source = tile_source(&tree);
	TRY(within(log, size));
	return merkle_root_at(&source, size, root);
}

struct error *
journal_inclusion(struct look *look, const struct journal_log *log, int64_t leaf, int64_t size,
		  struct merkle_proof *proof)
{
	const struct log_tree tree = log_tree_of(look, log);
	const struct merkle_source source = tile_source(&tree);
	TRY(within(log, size));
	return merkle_inclusion(&source, leaf, size, proof);
}

struct error *
journal_consistency(struct look *look, const struct journal_log *log, int64_t from, int64_t to,
		    struct merkle_proof *proof)
{
	const struct log_tree tree = log_tree_of(look, log);
	const struct merkle_source source = tile_source(&tree);
	TRY(within(log, to));
	return merkle_consistency(&source, from, to, proof);
}

struct error *
journal_prove(struct look *look, int64_t seq, struct text *words)
{
	struct journal_log log;
	struct journal_checkpoint checkpoint;
	bool found;
	TRY(journal_log_at(look, seq, &log));
	TRY(journal_log_checkpoint(look, &log, &found, &checkpoint));
	if (!found || checkpoint.head.size <= seq - log.first)
		return conflict("記録 %lld にはまだ署名がありません。署名されるまで待ってから、もう一度実行してください。",
				(long long)seq);
	return proof_write(look, &log, seq, &checkpoint, words);
}

/* ---- Tiles as they are served ---- */

static struct error *
put_entry(void *with, const struct journal_entry_all_row *row)
{
	struct writer *out = with;
	write_byte(out, (char)(row->entry.len >> 8)); /* at most 65535 */
	write_byte(out, (char)(row->entry.len & 0xFF));
	write_text(out, row->entry);
	return OK;
}

struct error *
tile_bytes(struct look *look, const struct journal_log *log, int level, int64_t no, int64_t width,
	   struct text *bytes)
{
	const int64_t first = no * TILE_WIDTH;
	if (level == BUNDLE_LEVEL_ENTRIES) {
		struct writer out = writer_open(look->arena, BUNDLE_FILE_MOST);
		TRY(journal_entry_all(look,
				      &(struct journal_entry_all_in){
					      log->first + first, log->first + first + width },
				      put_entry, &out));
		*bytes = writer_text(&out);
		return OK;
	}
	const struct log_tree tree = log_tree_of(look, log);
	struct hash *hashes = ARENA_ARRAY(look->arena, struct hash, TILE_WIDTH);
	TRY(tile_units(&tree, level, first, width, hashes));
	*bytes = (struct text){ (const char *)hashes, (size_t)width * HASH_LEN };
	return OK;
}

struct error *
journal_tile(struct look *look, const struct journal_log *log, int level, int64_t no,
	     int64_t width, bool *found, struct text *bytes)
{
	struct journal_checkpoint checkpoint;
	*found = false;
	if (level < BUNDLE_LEVEL_ENTRIES || level >= TILE_LEVELS || no < 0 ||
	    no >> (TILE_LEVEL_SHIFT - 1) != 0 || width < 1 || width > TILE_WIDTH)
		return OK;
	TRY(journal_log_checkpoint(look, log, found, &checkpoint));
	if (!*found)
		return OK;
	const int64_t units = checkpoint.head.size >> (level > 0 ? 8 * level : 0);
	*found = no * TILE_WIDTH + width <= units;
	return *found ? tile_bytes(look, log, level, no, width, bytes) : OK;
}

/* "2026": the folder of a later log. */
static bool
is_place(struct text name)
{
	for (size_t at = 0; at < name.len; at++)
		if (name.data[at] < '0' || name.data[at] > '9')
			return false;
	return name.len == 4;
}

struct error *
sealer_note_read(struct arena *into, const char *data, struct text body, bool *found,
		 struct text *note)
{
	const char *folder = path_join(into, path_join(into, data, "seal"), text_z(into, body));
	const char *path = path_join(into, folder, "head");
	struct text *names;
	size_t count = 0;
	if (file_exists(folder))
		TRY(folder_list(into, folder, JOURNAL_LOGS_MOST, &names, &count));
	for (size_t at = 0; at < count; at++) {
		const char *later =
			path_join(into, path_join(into, folder, text_z(into, names[at])), "head");
		if (is_place(names[at]) && file_exists(later))
			path = later;
	}
	*found = file_exists(path);
	if (*found)
		TRY(file_read(into, path, NOTE_MOST, note));
	return OK;
}
