/* The logs of the journal: one, as yet. */
#include "journal/witness_rooms.h"

struct error *
log_list(struct look *look, struct log_view **logs, size_t *count)
{
	struct journal_checkpoint latest;
	bool found;
	*count = 0;
	*logs = ARENA_NEW(look->arena, struct log_view);
	TRY(journal_latest_checkpoint(look, &found, &latest));
	if (!found)
		return OK;
	(*logs)->origin = latest.head.origin;
	*count = 1;
	return journal_size(look, &(*logs)->size);
}

struct error *
log_find(struct look *look, struct text origin, bool *found, struct log_view *log)
{
	struct log_view *logs;
	size_t count;
	*found = false;
	TRY(log_list(look, &logs, &count));
	for (size_t at = 0; at < count && !*found; at++)
		if (text_same(logs[at].origin, origin)) {
			*log = logs[at];
			*found = true;
		}
	return OK;
}

struct error *
log_keys(struct look *look, const struct log_view *log, struct log_key **keys, size_t *count)
{
	struct text vkey;
	(void)log;
	*keys = ARENA_NEW(look->arena, struct log_key);
	*count = 1;
	(*keys)->leaf = -1;
	TRY(journal_vkey(look, &vkey));
	return note_vkey_read(look->arena, vkey, &(*keys)->key);
}

struct error *
log_checkpoint_from(struct look *look, const struct log_view *log, int64_t size, bool *found,
		    struct journal_checkpoint *checkpoint)
{
	(void)log;
	*found = false;
	return size < 1 ? journal_checkpoint_over(look, 0, found, checkpoint)
			: journal_checkpoint_over(look, size - 1, found, checkpoint);
}

struct error *
log_checkpoint_newest(struct look *look, const struct log_view *log, bool *found,
		      struct journal_checkpoint *checkpoint)
{
	(void)log;
	return journal_latest_checkpoint(look, found, checkpoint);
}

struct error *
log_root(struct look *look, const struct log_view *log, int64_t size, struct hash *root)
{
	(void)log;
	return journal_root(look, size, root);
}

struct error *
log_inclusion(struct look *look, const struct log_view *log, int64_t leaf, int64_t size,
	      struct merkle_proof *proof)
{
	(void)log;
	return journal_inclusion(look, leaf, size, proof);
}

struct error *
log_consistency(struct look *look, const struct log_view *log, int64_t from, int64_t to,
		struct merkle_proof *proof)
{
	(void)log;
	return journal_consistency(look, from, to, proof);
}
