/* Chosen witnesses, and what is kept of their cosignatures. */
#include "journal/journal_sql.h"
#include "journal/witness_rooms.h"

enum { LINES_MOST = 64, COSIGNERS_MOST = 16 };

static struct error *
read_setting(struct look *look, int place, const char *what, struct text *value)
{
	return store_setting(look, text_format(look->arena, "witness.%d.%s", place, what), value);
}

struct error *
journal_witnesses(struct look *look, struct journal_witness list[static JOURNAL_WITNESSES_MOST],
		  size_t *count)
{
	*count = 0;
	for (int place = 1; place <= JOURNAL_WITNESSES_MOST; place++) {
		struct journal_witness *one = &list[*count];
		*one = (struct journal_witness){ .place = place };
		TRY(read_setting(look, place, "vkey", &one->vkey));
		TRY(read_setting(look, place, "url", &one->url));
		TRY(read_setting(look, place, "ca", &one->ca));
		TRY(read_setting(look, place, "told", &one->told));
		if (one->vkey.len != 0 &&
		    cosign_vkey_read(look->arena, one->vkey, &one->key) == OK)
			(*count)++;
	}
	return OK;
}

struct text
journal_witness_id(struct arena *into, const struct note_key *key)
{
	return text_format(into, "%.*s+%.*s", T_ARG(key->name),
			   T_ARG(text_hex(into, (struct text){ (const char *)key->id, 4 })));
}

static struct error *
find_no(struct look *look, int64_t no, bool *found, struct journal_log *log)
{
	struct journal_log *logs;
	size_t count;
	*found = false;
	TRY(journal_logs(look, &logs, &count));
	for (size_t at = 0; at < count; at++)
		if (logs[at].no == no) {
			*log = logs[at];
			*found = true;
		}
	return OK;
}

struct error *
journal_cosigned(struct look *look, const struct note_key *witness,
		 struct journal_cosigned *cosigned)
{
	struct journal_cosignature_last_row row;
	struct journal_checkpoint checkpoint;
	struct journal_log log;
	bool found;
	*cosigned = (struct journal_cosigned){ .origin = T(""), .note = T("") };
	TRY(store_has_step(look, T("journal"), JOURNAL_WITNESS_STEP, &found));
	if (!found)
		return OK;
	TRY(journal_cosignature_last(
		look,
		&(struct journal_cosignature_last_in){ journal_witness_id(look->arena, witness) },
		&found, &row));
	if (found)
		TRY(find_no(look, row.log, &found, &log));
	if (!found)
		return OK;
	cosigned->is_any = true;
	cosigned->origin = log.origin;
	cosigned->size = row.size;
	cosigned->end = log.first + row.size;
	cosigned->at = (struct moment){ row.at };
	TRY(log_checkpoint_from(look, &log, row.size, &found, &checkpoint));
	if (found && checkpoint.head.size == row.size)
		cosigned->note = text_join(look->arena, checkpoint.note, row.line);
	return OK;
}

/* The witness's own valid line among those it answered with. */
static struct error *
own_line(struct arena *arena, const struct journal_cosignature *given, struct text note,
	 struct text *line)
{
	struct text rest = given->lines;
	int64_t seconds;
	for (int at = 0; at < LINES_MOST && rest.len != 0; at++) {
		struct text one;
		text_cut(rest, '\n', &one, &rest);
		*line = text_join(arena, one, T("\n"));
		if (cosign_check(arena, text_join(arena, note, *line), &given->witness, &seconds) ==
		    NOTE_HOLDS)
			return OK;
	}
	return reject(NULL, "証人「%.*s」の署名が、%lld 件の検証点のものではありません。",
		      T_ARG(given->witness.name), (long long)given->size);
}

struct error *
journal_cosignature_keep(struct act *act, void *journal_cosignature)
{
	struct journal_cosignature *given = journal_cosignature;
	struct look *look = &act->look;
	struct journal_cosignature_top_row top;
	struct journal_checkpoint checkpoint;
	struct journal_log log;
	struct text line;
	bool found;
	TRY(log_find(look, given->origin, &found, &log));
	if (found)
		TRY(log_checkpoint_from(look, &log, given->size, &found, &checkpoint));
	if (!found || checkpoint.head.size != given->size)
		return missing("証人「%.*s」は %.*s の %lld 件の検証点を証言していますが、ここにはありません。古い控えに戻されたおそれがあります。",
			       T_ARG(given->witness.name), T_ARG(given->origin),
			       (long long)given->size);
	TRY(own_line(look->arena, given, checkpoint.note, &line));
	given->note = text_join(look->arena, checkpoint.note, line);
	TRY(journal_cosignature_top(look, &found, &top));
	return journal_cosignature_add(
		act, &(struct journal_cosignature_add_in){
			     found ? top.id + 1 : 1, log.no, given->size,
			     journal_witness_id(look->arena, &given->witness), line,
			     look->now.ms });
}

/* Newest first come the rows: of each witness only the first counts. */
static bool
is_first_of(const struct journal_cosignature_of_row *rows, size_t at)
{
	for (size_t before = 0; before < at; before++)
		if (text_same(rows[before].witness, rows[at].witness))
			return false;
	return true;
}

struct error *
journal_note_cosigned(struct look *look, struct text origin, int64_t size, struct text note,
		      struct text *cosigned)
{
	struct journal_cosignature_of_row *rows;
	struct journal_log log;
	size_t count, put = 0;
	bool found;
	*cosigned = note;
	TRY(store_has_step(look, T("journal"), JOURNAL_WITNESS_STEP, &found));
	if (found)
		TRY(log_find(look, origin, &found, &log));
	if (!found)
		return OK;
	TRY(journal_cosignature_of(look,
				   &(struct journal_cosignature_of_in){ log.no, size, LINES_MOST },
				   &rows, &count));
	for (size_t at = 0; at < count && put < COSIGNERS_MOST; at++)
		if (is_first_of(rows, at)) {
			*cosigned = text_join(look->arena, *cosigned, rows[at].line);
			put++;
		}
	return OK;
}

struct error *
journal_compare(struct look *look, const struct head *head, enum journal_age *age, int64_t *ours)
{
	struct journal_log log;
	struct hash root;
	bool found;
	*ours = 0;
	TRY(log_find(look, head->origin, &found, &log));
	if (!found) {
		*age = AGE_OTHER;
		return OK;
	}
	*ours = log.size;
	if (head->size > log.size) {
		*age = AGE_OLDER;
		return OK;
	}
	TRY(journal_root(look, &log, head->size, &root));
	*age = hash_same(&root, &head->root) ? AGE_FITS : AGE_FORKED;
	return OK;
}
