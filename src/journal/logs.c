/* The row of logs, one per fiscal year, and their keys, as the store tells of them. */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

struct text
log_place(struct arena *into, struct moment at)
{
	return text_format(into, "%04d", day_fiscal_year(moment_day(at)));
}

struct text
log_origin(struct arena *into, struct text body, struct text place)
{
	return text_format(into, "%.*s/%.*s", T_ARG(note_origin(into, body)), T_ARG(place));
}

/*
 * The first log of a body made by 0.1.0: nothing but its entries tells of it. What cannot be read
 * is left to the verification to say.
 */
static struct error *
first_of_old(struct look *look, struct journal_log *log)
{
	struct journal_entry_one_row row;
	struct journal_entry entry;
	struct journal_checkpoint_from_row *notes;
	struct head head;
	size_t count;
	bool found;
	*log = (struct journal_log){ .origin = T(""), .place = T("0000") };
	TRY(journal_entry_one(look, &(struct journal_entry_one_in){ 0 }, &found, &row));
	if (found && entry_parse(look->arena, 0, row.entry, &entry) == OK) {
		log->origin = note_origin(look->arena, entry.body);
		log->place = log_place(look->arena, entry.at);
		return OK;
	}
	TRY(journal_checkpoint_from(look,
				    &(struct journal_checkpoint_from_in){ 0, (int64_t)1 << LOG_SHIFT,
									  1 },
				    &notes, &count));
	if (count == 1 && note_read(look->arena, notes[0].note, &head) == OK)
		log->origin = head.origin;
	return OK;
}

static struct error *
list_rows(struct look *look, struct journal_log_list_row **rows, size_t *count)
{
	bool has;
	*count = 0;
	TRY(store_has_step(look, T("journal"), JOURNAL_LOGS_STEP, &has));
	if (!has)
		return OK;
	return journal_log_list(look, &(struct journal_log_list_in){ JOURNAL_LOGS_MOST - 1 }, rows,
				count);
}

struct error *
journal_logs(struct look *look, struct journal_log **logs, size_t *count)
{
	struct journal_log_list_row *rows = NULL;
	size_t got, made = 0;
	int64_t size;
	struct journal_log *list = ARENA_ARRAY(look->arena, struct journal_log, JOURNAL_LOGS_MOST);
	TRY(journal_size(look, &size));
	TRY(list_rows(look, &rows, &got));
	if (got == 0 || rows[0].id != 0)
		TRY(first_of_old(look, &list[made]));
	/* Nothing there: no entry, no checkpoint. */
	if ((got == 0 || rows[0].id != 0) && (size > 0 || list[made].origin.len != 0))
		made++;
	for (size_t at = 0; at < got; at++)
		list[made++] = (struct journal_log){ .no = rows[at].id, .first = rows[at].first,
						     .origin = rows[at].origin,
						     .place = rows[at].place };
	for (size_t at = 0; at < made; at++) {
		list[at].is_closed = at + 1 < made;
		list[at].size = (at + 1 < made ? list[at + 1].first : size) - list[at].first;
	}
	*logs = list;
	*count = made;
	return OK;
}

struct error *
journal_log_now(struct look *look, bool *found, struct journal_log *log)
{
	struct journal_log *logs;
	size_t count;
	TRY(journal_logs(look, &logs, &count));
	*found = count != 0;
	if (count != 0)
		*log = logs[count - 1];
	return OK;
}

struct error *
journal_log_at(struct look *look, int64_t seq, struct journal_log *log)
{
	struct journal_log *logs;
	size_t count;
	TRY(journal_logs(look, &logs, &count));
	for (size_t at = count; at-- > 0;)
		if (seq >= logs[at].first && seq - logs[at].first < logs[at].size) {
			*log = logs[at];
			return OK;
		}
	return missing("記録 %lld はありません。", (long long)seq);
}

struct error *
journal_keys(struct look *look, const struct journal_log *log, struct journal_key **keys,
	     size_t *count)
{
	struct journal_key *list = ARENA_ARRAY(look->arena, struct journal_key, JOURNAL_KEYS_MOST);
	struct journal_log_key_list_row *rows = NULL;
	struct journal_key_first_row first;
	size_t got = 0, made = 0;
	bool found = false;
	TRY(store_has_step(look, T("journal"), JOURNAL_LOGS_STEP, &found));
	if (found)
		TRY(journal_log_key_list(look,
					 &(struct journal_log_key_list_in){ log->no,
									    JOURNAL_KEYS_MOST - 1 },
					 &rows, &got));
	if (log->no == 0) {
		TRY(journal_key_first(look, &found, &first));
		if (found)
			list[made++] = (struct journal_key){ first.vkey, -1 };
	}
	for (size_t at = 0; at < got; at++)
		list[made++] = (struct journal_key){ rows[at].vkey, rows[at].id };
	*keys = list;
	*count = made;
	return OK;
}
