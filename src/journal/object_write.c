/*
 * A bundle about one object: its entries, each with a C2SP tlog-proof. Beside them the entries that
 * announce keys and join logs, each proven in the first checkpoint that covers it, which is under
 * the key before; so a key known from elsewhere leads to those that signed the newest checkpoints.
 */
#include "journal/bundle.h"

#include "base/writer.h"
#include "journal/journal_sql.h"

enum { OBJECT_ENTRIES_MOST = 20000, PART = 500 };

struct object_out {
	struct bundle_out *out;
	struct look *look;
	const struct bundled_log *logs;
	size_t count;
	int64_t oldest, newest; /* logs touched */
	int64_t *linked;	/* entries that are in as links */
	size_t linked_count;
};

static const struct bundled_log *
log_of(const struct object_out *object, int64_t seq)
{
	for (size_t at = 0; at < object->count; at++) {
		const struct bundled_log *log = &object->logs[at];
		if (seq >= log->log.first && seq < log->log.first + log->checkpoint.head.size)
			return log;
	}
	return NULL;
}

static struct error *
add_proven(struct object_out *object, const struct bundled_log *log, int64_t seq,
	   struct text entry, const struct journal_checkpoint *checkpoint)
{
	struct arena *arena = object->look->arena;
	struct text words;
	TRY(proof_write(object->look, &log->log, seq, checkpoint, &words));
	TRY(bundle_out_text(object->out,
			    text_format(arena, "entry/%lld.json", (long long)seq).data, entry));
	return bundle_out_text(object->out,
			       text_format(arena, "proof/%lld.tlog-proof", (long long)seq).data,
			       words);
}

/* A link: proven in the checkpoint that the key before signed. */
static struct error *
add_link(struct object_out *object, const struct bundled_log *log, int64_t seq)
{
	struct journal_entry_one_row row;
	struct journal_checkpoint checkpoint;
	bool found;
	for (size_t at = 0; at < object->linked_count; at++)
		if (object->linked[at] == seq)
			return OK;
	if (seq < log->log.first || seq >= log->log.first + log->checkpoint.head.size ||
	    object->linked_count == OBJECT_ENTRIES_MOST)
		return OK;
	TRY(journal_entry_one(object->look, &(struct journal_entry_one_in){ seq }, &found, &row));
	if (!found)
		return broken("記録 %lld がありません。bansho verify で確かめてください。", (long long)seq);
	TRY(journal_checkpoint_over(object->look, seq, &found, &checkpoint));
	if (!found)
		return OK;
	object->linked[object->linked_count++] = seq;
	return add_proven(object, log, seq, row.entry, &checkpoint);
}

static struct error *
add_links(struct object_out *object, const struct bundled_log *log)
{
	struct journal_key *keys;
	size_t count;
	TRY(journal_keys(object->look, &log->log, &keys, &count));
	for (size_t at = 0; at < count; at++)
		TRY(add_link(object, log, keys[at].seq));
	/* Where it joins its neighbours, as far as they are in the bundle. */
	if (log->log.no > object->oldest)
		TRY(add_link(object, log, log->log.first));
	if (log->log.no < object->newest)
		TRY(add_link(object, log, log->log.first + log->log.size - 1));
	return OK;
}

static struct error *
add_logs(struct object_out *object)
{
	struct look *look = object->look;
	struct writer index = writer_open(look->arena, BUNDLE_TEXT_MOST);
	struct journal_key *keys;
	size_t key_count;
	bool is_first = true;
	for (size_t at = 0; at < object->count; at++) {
		const struct bundled_log *log = &object->logs[at];
		if (log->log.no < object->oldest || log->log.no > object->newest)
			continue;
		TRY(journal_keys(look, &log->log, &keys, &key_count));
		if (is_first && key_count != 0)
			TRY(bundle_out_text(object->out, "vkey",
					    text_join(look->arena, keys[0].vkey, T("\n"))));
		is_first = false;
		write_format(&index, "%.*s\n", T_ARG(log->log.place));
		TRY(bundle_out_log(object->out, look, log));
		TRY(add_links(object, log));
	}
	return bundle_out_text(object->out, "logs/index", writer_text(&index));
}

/* Which logs the object's entries are in; the newest of all goes in for its keys. */
static struct error *
find_logs(struct object_out *object, struct text about, int64_t *count)
{
	struct journal_entry_of_row *rows;
	int64_t before = JOURNAL_NEWEST;
	size_t got;
	*count = 0;
	do {
		TRY(journal_entry_of(object->look,
				     &(struct journal_entry_of_in){ about, before, PART }, &rows,
				     &got));
		for (size_t at = 0; at < got; at++) {
			const struct bundled_log *log = log_of(object, rows[at].id);
			if (log == NULL)
				continue;
			if (*count == 0)
				object->newest = log->log.no;
			object->oldest = log->log.no;
			(*count)++;
		}
		if (got != 0)
			before = rows[got - 1].id;
	} while (got != 0 && *count < OBJECT_ENTRIES_MOST);
	return OK;
}

static struct error *
add_entries(struct object_out *object, struct text about)
{
	struct journal_entry_of_row *rows;
	int64_t before = JOURNAL_NEWEST, all = 0;
	size_t got;
	do {
		TRY(journal_entry_of(object->look,
				     &(struct journal_entry_of_in){ about, before, PART }, &rows,
				     &got));
		for (size_t at = 0; at < got; at++) {
			const struct bundled_log *log = log_of(object, rows[at].id);
			bool is_in = log == NULL;
			for (size_t no = 0; no < object->linked_count; no++)
				is_in = is_in || object->linked[no] == rows[at].id;
			if (!is_in)
				TRY(add_proven(object, log, rows[at].id, rows[at].entry,
					       &log->checkpoint));
		}
		all += (int64_t)got; /* at most PART */
		if (got != 0)
			before = rows[got - 1].id;
	} while (got != 0 && all < OBJECT_ENTRIES_MOST);
	return OK;
}

struct error *
bundle_object(struct bundle_out *out, struct look *look, struct text about,
	      const struct bundled_log *logs, size_t count)
{
	struct object_out object = { .out = out, .look = look, .logs = logs, .count = count };
	int64_t found;
	object.linked = ARENA_ARRAY(look->arena, int64_t, OBJECT_ENTRIES_MOST);
	TRY(find_logs(&object, about, &found));
	if (found == 0)
		return missing("「%.*s」についての署名済みの記録はありません。", T_ARG(about));
	TRY(add_logs(&object));
	TRY(add_entries(&object, about));
	return bundle_out_text(out, "about", about);
}
