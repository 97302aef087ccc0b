/*
 * What a witness is to be asked, from where it stands to our newest checkpoint. A new key counts for
 * it only once the announcing entry lies in a tree it has cosigned under the key before; so each roll
 * is three steps: up to the checkpoint over the entry, the entry, and on.
 */
#include "journal/witness_rooms.h"

struct plan {
	struct look *look;
	const struct journal_log *log;
	struct carry_part *parts;
	size_t count;
	int64_t size; /* where the witness stands in `log` */
	struct text given; /* our vkey that it began with, while size is 0 */
};

static struct error *
put(struct plan *plan, const struct carry_part *part)
{
	if (plan->count == CARRY_PARTS_MOST)
		return conflict("証人に渡すものが多すぎます（%d件まで）。", CARRY_PARTS_MOST);
	plan->parts[plan->count++] = *part;
	return OK;
}

static struct error *
grow(struct plan *plan, const struct journal_checkpoint *to)
{
	struct ask ask = { .old = plan->size, .note = to->note };
	TRY(journal_consistency(plan->look, plan->log, plan->size, to->head.size, &ask.proof));
	plan->size = to->head.size;
	return put(plan, &(struct carry_part){ .kind = CARRY_CHECKPOINT,
					       .size = to->head.size,
					       .origin = plan->log->origin,
					       .body = ask_write(plan->look->arena, &ask) });
}

static struct error *
show(struct plan *plan, int64_t leaf, const struct journal_checkpoint *in)
{
	struct journal_entry entry;
	struct ask_key ask = { .index = leaf, .note = in->note };
	TRY(journal_entry_read(plan->look, plan->log->first + leaf, &entry));
	ask.entry = entry.json;
	TRY(journal_inclusion(plan->look, plan->log, leaf, in->head.size, &ask.proof));
	return put(plan, &(struct carry_part){ .kind = CARRY_KEY,
					       .size = in->head.size,
					       .origin = plan->log->origin,
					       .body = ask_key_write(plan->look->arena, &ask) });
}

/* Which of the keys signed the checkpoint at which the witness stands; the first when unknown. */
static struct error *
key_known(struct plan *plan, const struct log_key *keys, size_t count, size_t *known)
{
	struct journal_checkpoint stands;
	bool found;
	*known = 0;
	for (size_t at = 0; at < count && plan->size == 0; at++)
		if (text_same(note_vkey(plan->look->arena, &keys[at].key), plan->given))
			*known = at;
	TRY(log_checkpoint_from(plan->look, plan->log, plan->size, &found, &stands));
	if (!found || plan->size == 0 || stands.head.size != plan->size)
		return OK;
	for (size_t at = 0; at < count; at++)
		if (note_check(plan->look->arena, stands.note, &keys[at].key) == NOTE_HOLDS)
			*known = at;
	return OK;
}

static struct error *
roll_over(struct plan *plan, const struct log_key *next)
{
	struct journal_checkpoint over;
	bool found;
	const int64_t least = plan->size > next->leaf ? plan->size : next->leaf + 1;
	TRY(log_checkpoint_from(plan->look, plan->log, least, &found, &over));
	if (!found)
		return OK; /* announced, not signed yet: there is nothing under the new key either */
	if (over.head.size > plan->size)
		TRY(grow(plan, &over));
	return show(plan, next->leaf, &over);
}

/* Through one log, to its newest checkpoint. */
static struct error *
through(struct plan *plan, bool *found, struct journal_checkpoint *newest)
{
	struct log_key *keys;
	size_t count, known;
	TRY(journal_log_checkpoint(plan->look, plan->log, found, newest));
	if (!*found)
		return OK;
	if (plan->size > newest->head.size)
		return conflict("証人は %lld 件まで見ていますが、こちらの検証点は %lld 件までです。",
				(long long)plan->size, (long long)newest->head.size);
	TRY(log_keys(plan->look, plan->log, &keys, &count));
	TRY(key_known(plan, keys, count, &known));
	for (size_t at = known + 1; at < count; at++)
		TRY(roll_over(plan, &keys[at]));
	return newest->head.size > plan->size ? grow(plan, newest) : OK;
}

/* From a finished log into the next: its last entry, then the first of the next. */
static struct error *
turn(struct plan *plan, const struct journal_log *next, const struct journal_checkpoint *last)
{
	struct journal_checkpoint first;
	bool found;
	TRY(log_checkpoint_from(plan->look, next, 1, &found, &first));
	if (!found || last->head.size != plan->log->size)
		return OK; /* still being sealed */
	TRY(show(plan, plan->log->size - 1, last));
	plan->log = next;
	TRY(show(plan, 0, &first));
	plan->size = first.head.size;
	return OK;
}

static struct error *
plan_logs(struct plan *plan, const struct journal_log *logs, size_t at, size_t count)
{
	struct journal_checkpoint newest;
	bool found = false;
	plan->log = &logs[at];
	for (;;) {
		TRY(through(plan, &found, &newest));
		if (!found || at + 1 == count)
			break;
		at++;
		TRY(turn(plan, &logs[at], &newest));
		if (plan->log != &logs[at])
			break;
	}
	if (plan->count == 0 && found) /* nothing new: the same once more, for its time */
		return grow(plan, &newest);
	return OK;
}

struct error *
journal_requests(struct look *look, const struct journal_standing *standing,
		 struct carry_part **parts, size_t *count)
{
	struct journal_log *logs;
	size_t log_count, at = 0;
	struct text origin = standing->origin;
	struct note_key given;
	if (origin.len == 0 && note_vkey_read(look->arena, standing->vkey, &given) == OK)
		origin = given.name;
	TRY(journal_logs(look, &logs, &log_count));
	*count = 0;
	if (log_count == 0)
		return OK;
	while (origin.len != 0 && at < log_count && !text_same(logs[at].origin, origin))
		at++;
	if (at == log_count)
		return missing("「%.*s」という記録簿はありません。", T_ARG(origin));
	struct plan plan = { .look = look, .size = standing->size,
			     .given = standing->vkey };
	plan.parts = ARENA_ARRAY(look->arena, struct carry_part, CARRY_PARTS_MOST);
	TRY(plan_logs(&plan, logs, at, log_count));
	*parts = plan.parts;
	*count = plan.count;
	return OK;
}

struct error *
journal_origins(struct look *look, struct text **origins, size_t *count)
{
	struct journal_log *logs;
	TRY(journal_logs(look, &logs, count));
	*origins = ARENA_ARRAY(look->arena, struct text, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*origins)[at] = logs[at].origin;
	return OK;
}
