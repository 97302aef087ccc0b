/* Having the tree signed: the newest log, what is left of the one before, and a key to be rolled. */
#include "journal/journal_sql.h"
#include "journal/sealer.h"

#include <string.h>

struct sealed {
	const struct journal_log *log;
	struct text note, vkey;
};

/* The tree's frontier at the log's end, from where the last seal left it. */
static struct error *
bring_frontier(struct look *look, struct sealer *sealer, const struct journal_log *log)
{
	const struct log_tree tree = log_tree_of(look, log);
	bool is_done = false;
	if (sealer->is_loaded && sealer->log == log->no)
		TRY(frontier_follow(&tree, log->size, &sealer->frontier, &is_done));
	if (is_done)
		return OK;
	sealer->is_loaded = false;
	TRY(frontier_load(&tree, log->size, &sealer->frontier));
	sealer->log = log->no;
	sealer->is_loaded = true;
	return OK;
}

/* Inclusion of one leaf in the head, with the entry's own bytes. */
static struct error *
prove_entry(struct look *look, const struct journal_log *log, int64_t leaf, int64_t size,
	    struct text *entry, struct merkle_proof *proof)
{
	struct journal_entry_one_row row;
	bool found;
	TRY(journal_entry_one(look, &(struct journal_entry_one_in){ log->first + leaf }, &found,
			      &row));
	if (!found)
		return broken("記録 %lld がありません。bansho verify で確かめてください。",
			      (long long)(log->first + leaf));
	*entry = row.entry;
	return journal_inclusion(look, log, leaf, size, proof);
}

/* The first head of a log that follows another shows how both hang together. */
static struct error *
make_first(struct look *look, const struct journal_log *log, struct sealer_wish *wish)
{
	const struct journal_log *before = log - 1; /* of journal_logs() */
	wish->is_first = true;
	TRY(prove_entry(look, log, 0, log->size, &wish->begin, &wish->begin_proof));
	return prove_entry(look, before, before->size - 1, before->size, &wish->close,
			   &wish->close_proof);
}

static struct error *
make_wish(struct look *look, struct sealer *sealer, const struct journal_log *log,
	  struct sealer_wish *wish)
{
	struct sealer_head seen;
	TRY(sealer_head(sealer, look->arena, log->origin, &seen));
	if (seen.head.size > log->size)
		return refuse("記録簿（%lld 件）が前回の検証点（%lld 件）より短くなっています。古い状態に戻されたおそれがあります。",
			      (long long)log->size, (long long)seen.head.size);
	TRY(bring_frontier(look, sealer, log));
	*wish = (struct sealer_wish){ .head = { log->origin, log->size,
						merkle_root(&sealer->frontier.tree) },
				      .from = seen.head.size };
	if (seen.head.size == 0 && log->no > 0)
		return make_first(look, log, wish);
	struct log_tree tree = log_tree_of(look, log);
	tree.frontier = &sealer->frontier;
	const struct merkle_source source = tile_source(&tree);
	return merkle_consistency(&source, seen.head.size, log->size, &wish->proof);
}

static struct error *
keep(struct act *act, void *with)
{
	const struct sealed *sealed = with;
	const struct journal_log *log = sealed->log;
	struct journal_key *keys;
	struct head head;
	size_t count;
	TRY(note_read(act->look.arena, sealed->note, &head));
	TRY(journal_keys(&act->look, log, &keys, &count));
	if (log->no == 0 && count == 0)
		TRY(journal_key_add(act,
				    &(struct journal_key_add_in){ head.size, sealed->vkey }));
	return journal_checkpoint_add(act, &(struct journal_checkpoint_add_in){
						   (log->no << LOG_SHIFT) + head.size,
						   sealed->note, act->look.now.ms });
}

static void
remember_key(struct sealer *sealer, struct text vkey)
{
	if (vkey.len >= sizeof sealer->vkey)
		return;
	memcpy(sealer->vkey, vkey.data, vkey.len);
	sealer->vkey[vkey.len] = '\0';
}

/* Sign one log up to its end, unless that is done. */
static struct error *
seal_log(struct store *store, struct sealer *sealer, struct arena *arena, struct look *look,
	 const struct journal_log *log)
{
	struct journal_checkpoint latest;
	struct sealer_wish wish;
	struct sealed sealed = { .log = log };
	bool found;
	TRY(journal_log_checkpoint(look, log, &found, &latest));
	if (found && latest.head.size == log->size)
		return OK;
	TRY(make_wish(look, sealer, log, &wish));
	TRY(sealer_sign(sealer, arena, &wish, &sealed.note, &sealed.vkey));
	if (!log->is_closed)
		remember_key(sealer, sealed.vkey);
	const struct actor actor = { .through = T("sealer") };
	return store_act(store, arena, &actor, keep, &sealed);
}

/*
 * An entry has announced a key that the sealer has not gone over to: show it that the entry is under
 * what it signed. Whoever seals next does this, so a program that died in between leaves nothing.
 */
static struct error *
roll_log(struct sealer *sealer, struct look *look, const struct journal_log *log)
{
	struct journal_log_key_newest_row newest;
	struct sealer_head seen;
	struct merkle_proof proof;
	struct text entry, vkey;
	bool found;
	TRY(journal_log_key_newest(look, &(struct journal_log_key_newest_in){ log->no }, &found,
				   &newest));
	if (!found || newest.id < log->first || text_is(newest.vkey, sealer->vkey))
		return OK;
	TRY(sealer_head(sealer, look->arena, log->origin, &seen));
	remember_key(sealer, seen.vkey);
	const int64_t leaf = newest.id - log->first;
	if (text_same(newest.vkey, seen.vkey) || seen.head.size <= leaf ||
	    seen.head.size > log->size)
		return OK;
	TRY(prove_entry(look, log, leaf, seen.head.size, &entry, &proof));
	TRY(sealer_roll(sealer, look->arena, log->origin, entry, leaf, &proof, &vkey));
	remember_key(sealer, vkey);
	return OK;
}

static struct error *
seal_look(struct store *store, struct sealer *sealer, struct arena *arena, struct look *look)
{
	struct journal_log *logs;
	size_t count;
	TRY(journal_logs(look, &logs, &count));
	if (count > 1) /* its final head, before anything of the next */
		TRY(seal_log(store, sealer, arena, look, &logs[count - 2]));
	if (count == 0)
		return OK;
	TRY(seal_log(store, sealer, arena, look, &logs[count - 1]));
	return roll_log(sealer, look, &logs[count - 1]);
}

static struct error *
seal_once(struct store *store, struct sealer *sealer, struct arena *arena)
{
	struct look look;
	TRY(look_begin(store, arena, &look));
	struct error *error = seal_look(store, sealer, arena, &look);
	look_end(&look);
	return error;
}

enum { SEAL_TRIES = 5 };

struct error *
journal_seal(struct store *store, struct sealer *sealer)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct error *error = OK;
	pthread_mutex_lock(&sealer->seal_lock);
	for (int tries = 0; tries < SEAL_TRIES; tries++) {
		error = seal_once(store, sealer, arena);
		if (error == OK || error->kind != ERROR_BUSY)
			break;
	}
	pthread_mutex_unlock(&sealer->seal_lock);
	/* The arena ends here; the error must not. */
	if (error != OK)
		return error_make(error->kind, error->file, error->line, NULL, "%.*s",
				  T_ARG(error->words));
	return OK;
}
