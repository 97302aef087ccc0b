/* Stamps in the store, each with an entry that holds its hash. */
#include "journal/journal_sql.h"
#include "journal/stamp.h"
#include "journal/witness_rooms.h"

enum { CHECKPOINTS_MOST = 2000 };

static struct error *
find_stamped(struct look *look, const struct hash *imprint, bool *found, struct text *note)
{
	struct journal_checkpoint_recent_row *rows;
	size_t count;
	*found = false;
	TRY(journal_checkpoint_recent(look,
				      &(struct journal_checkpoint_recent_in){ CHECKPOINTS_MOST },
				      &rows, &count));
	for (size_t at = 0; at < count && !*found; at++) {
		const struct hash hash = hash_of(rows[at].note);
		*found = hash_same(&hash, imprint);
		*note = rows[at].note;
	}
	return OK;
}

static struct error *
is_kept(void *with, const struct journal_stamp_in_row *row)
{
	const struct journal_stamping *stamping = with;
	if (row->size == stamping->head.size)
		return conflict("%lld 件の検証点のタイムスタンプは、すでに入っています。",
				(long long)row->size);
	return OK;
}

static struct error *
note_stamp(struct act *act, const struct journal_stamping *stamping, int64_t id)
{
	struct arena *arena = act->look.arena;
	const struct hash hash = hash_of(stamping->answer);
	return act_note(act, &(struct fact){
				     .act = "journal.stamp",
				     .about = { text_format(arena, "stamp:%lld", (long long)id) },
				     .pairs = { { "origin", stamping->head.origin, 0 },
						{ "sha256", hash_hex(arena, &hash), 0 },
						{ "size", { 0 }, stamping->head.size },
						{ "stamped", moment_utc(arena, stamping->at), 0 } },
			     });
}

struct error *
journal_stamp_keep(struct act *act, void *journal_stamping)
{
	struct journal_stamping *stamping = journal_stamping;
	struct look *look = &act->look;
	struct journal_stamp_top_row top;
	struct stamp stamp;
	struct journal_log log;
	struct text note;
	bool found;
	TRY(stamp_read(look->arena, stamping->answer, &stamp));
	TRY(find_stamped(look, &stamp.imprint, &found, &note));
	if (!found)
		return missing("このタイムスタンプは、この記録簿の検証点のものではありません。");
	TRY(stamp_check(look->arena, stamping->answer, note, stamping->ca, stamping->query));
	TRY(note_read(look->arena, note, &stamping->head));
	stamping->at = stamp.at;
	TRY(log_find(look, stamping->head.origin, &found, &log));
	if (!found)
		return missing("このタイムスタンプは、この記録簿の検証点のものではありません。");
	TRY(journal_stamp_in(look, &(struct journal_stamp_in_in){ log.no }, is_kept, stamping));
	TRY(journal_stamp_top(look, &found, &top));
	const int64_t id = found ? top.id + 1 : 1;
	TRY(journal_stamp_add(act, &(struct journal_stamp_add_in){ id, log.no, stamping->head.size,
								   stamping->answer, stamp.at.ms }));
	return note_stamp(act, stamping, id);
}

struct error *
journal_stamped(struct look *look, struct journal_stamped *stamped)
{
	struct journal_stamp_last_row row;
	bool found;
	*stamped = (struct journal_stamped){ 0 };
	TRY(store_has_step(look, T("journal"), JOURNAL_WITNESS_STEP, &found));
	if (!found)
		return OK;
	TRY(journal_stamp_last(look, &found, &row));
	if (found)
		*stamped = (struct journal_stamped){ true, row.size, { row.at } };
	return OK;
}
