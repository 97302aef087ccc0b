/* Logs, keys and checkpoints by what witnesses name them with. */
#include "journal/journal_sql.h"
#include "journal/witness_rooms.h"

struct error *
log_find(struct look *look, struct text origin, bool *found, struct journal_log *log)
{
	struct journal_log *logs;
	size_t count;
	*found = false;
	TRY(journal_logs(look, &logs, &count));
	for (size_t at = 0; at < count && !*found; at++)
		if (text_same(logs[at].origin, origin)) {
			*log = logs[at];
			*found = true;
		}
	return OK;
}

struct error *
log_keys(struct look *look, const struct journal_log *log, struct log_key **keys, size_t *count)
{
	struct journal_key *list;
	TRY(journal_keys(look, log, &list, count));
	*keys = ARENA_ARRAY(look->arena, struct log_key, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		/* A log's first key was announced in the log before, if at all. */
		(*keys)[at].leaf = list[at].seq >= log->first ? list[at].seq - log->first : -1;
		TRY(note_vkey_read(look->arena, list[at].vkey, &(*keys)[at].key));
	}
	return OK;
}

struct error *
log_checkpoint_from(struct look *look, const struct journal_log *log, int64_t size, bool *found,
		    struct journal_checkpoint *checkpoint)
{
	struct journal_checkpoint_from_row *rows;
	struct head head;
	size_t count;
	TRY(journal_checkpoint_from(look,
				    &(struct journal_checkpoint_from_in){
					    (log->no << LOG_SHIFT) + size,
					    (log->no + 1) << LOG_SHIFT, 1 },
				    &rows, &count));
	*found = count == 1;
	if (!*found)
		return OK;
	TRY(note_read(look->arena, rows[0].note, &head));
	*checkpoint = (struct journal_checkpoint){ head, log->no, log->first, rows[0].note,
						   { rows[0].at } };
	return OK;
}
