/* add-checkpoint: the checks of C2SP tlog-witness, in its order. */
#include "witness/rooms.h"

#include "base/day.h"
#include "base/log.h"

#include <string.h>

static const char plain[] = "text/plain; charset=utf-8";

void
answer_words(struct arena *arena, struct witness_answer *answer, int status, struct text words)
{
	*answer = (struct witness_answer){ status, plain, text_join(arena, words, T("\n")) };
}

void
answer_size(struct arena *arena, struct witness_answer *answer, int64_t size)
{
	*answer = (struct witness_answer){ 409, "text/x.tlog.size",
					   text_format(arena, "%lld\n", (long long)size) };
}

void
answer_broken(struct arena *arena, struct witness_answer *answer, const struct error *error)
{
	log_error("witness", error);
	answer_words(arena, answer, 500, T("internal error"));
}

bool
signer_of(struct arena *arena, const struct state *state, const struct head *head,
	  struct text note, size_t *signer, struct witness_answer *answer)
{
	for (size_t at = state->key_count; at-- > 0;) {
		const struct state_key *key = &state->keys[at];
		const enum note_answer said = note_check(arena, note, &key->key);
		if (said == NOTE_FALSE)
			break;
		if (said == NOTE_OTHER_KEY || key->after >= head->size)
			continue;
		*signer = at;
		return true;
	}
	answer_words(arena, answer, 403, T("no valid signature by a key trusted for this origin"));
	return false;
}

/* The note as the log signed it, with our line behind. */
static struct error *
cosign(struct witness *witness, struct arena *arena, struct text note, struct text *line)
{
	const int64_t seconds = moment_now().ms / 1000;
	return cosign_line(arena, note, witness->name, witness->seed, seconds, line);
}

static void
forget_keys(struct state *state, size_t signer)
{
	memmove(state->keys, state->keys + signer,
		(state->key_count - signer) * sizeof *state->keys);
	state->key_count -= signer;
}

/* Only the log's own line of a note is remembered: what others wrote is not ours to keep. */
static struct text
own_note(struct arena *arena, struct text note, const struct note_key *key)
{
	struct text text, rest, line;
	const struct text wanted = text_format(arena, "— %.*s ", T_ARG(key->name));
	if (!note_cut(note, &text, &rest))
		return note;
	while (rest.len != 0) {
		text_cut(rest, '\n', &line, &rest);
		const struct text one = text_format(arena, "%.*s\n%.*s\n", T_ARG(text), T_ARG(line));
		if (text_starts(line, wanted) && note_check(arena, one, key) == NOTE_HOLDS)
			return one;
	}
	return note;
}

void
cosign_head(struct witness *witness, struct arena *arena, struct state *state,
	    const struct head *head, struct text note, size_t signer,
	    struct witness_answer *answer)
{
	struct text line;
	const struct text own = own_note(arena, note, &state->keys[signer].key);
	struct error *error = cosign(witness, arena, own, &line);
	state->head = *head;
	state->note = text_join(arena, own, line);
	forget_keys(state, signer);
	if (error == OK)
		error = state_write(witness, arena, state);
	if (error != OK)
		answer_broken(arena, answer, error);
	else
		*answer = (struct witness_answer){ 200, plain, line };
}

/* Does the tree asked about go on from the one cosigned? Answers when not. */
static bool
extends(struct arena *arena, const struct state *state, const struct ask *ask,
	struct witness_answer *answer)
{
	if (ask->old > ask->head.size) {
		answer_words(arena, answer, 400, T("the old size is greater than the checkpoint's"));
		return false;
	}
	if (ask->old != state->head.size) {
		answer_size(arena, answer, state->head.size);
		return false;
	}
	if (ask->old == ask->head.size && !hash_same(&ask->head.root, &state->head.root)) {
		log_say("FORK of %.*s at size %lld: another root than the one cosigned",
			T_ARG(state->origin), (long long)ask->old);
		answer_size(arena, answer, state->head.size);
		return false;
	}
	if (merkle_consistency_holds(ask->old, &state->head.root, ask->head.size, &ask->head.root,
				     &ask->proof))
		return true;
	log_say("refused %.*s: no consistency from %lld to %lld", T_ARG(state->origin),
		(long long)ask->old, (long long)ask->head.size);
	answer_words(arena, answer, 422, T("the consistency proof does not hold"));
	return false;
}

static void
judge(struct witness *witness, struct arena *arena, const struct ask *ask,
      struct witness_answer *answer)
{
	struct state state;
	size_t signer;
	bool found;
	struct error *error =
		state_read(witness, arena, ask_place(arena, ask->head.origin), &found, &state);
	if (error != OK) {
		answer_broken(arena, answer, error);
		return;
	}
	if (!found) {
		answer_words(arena, answer, 404, T("this witness does not know the origin"));
		return;
	}
	if (!signer_of(arena, &state, &ask->head, ask->note, &signer, answer) ||
	    !extends(arena, &state, ask, answer))
		return;
	if (state.begin.origin.len != 0)
		answer_words(arena, answer, 403,
			     T("this log must begin with its journal.begin entry (add-key)"));
	else if (state.next.len != 0 && ask->head.size > state.head.size)
		answer_words(arena, answer, 403, T("this log is closed"));
	else
		cosign_head(witness, arena, &state, &ask->head, ask->note, signer, answer);
}

void
witness_add_checkpoint(struct witness *witness, struct arena *arena, struct text body,
		       struct witness_answer *answer)
{
	struct ask ask;
	struct error *error = ask_read(arena, body, &ask);
	if (error != OK) {
		answer_words(arena, answer, 400, error->words);
		return;
	}
	error = turn_take(witness);
	if (error != OK) {
		answer_broken(arena, answer, error);
		return;
	}
	judge(witness, arena, &ask, answer);
	turn_give(witness);
}

static bool
is_place(struct text place)
{
	struct hash hash;
	return place.len == 2 * HASH_LEN && hash_read_hex(place, &hash);
}

void
witness_checkpoint(struct witness *witness, struct arena *arena, struct text place,
		   struct witness_answer *answer)
{
	struct state state;
	bool found = false;
	/* A file is replaced whole: reading needs no turn. */
	struct error *error = is_place(place) ? state_read(witness, arena, place, &found, &state) : OK;
	if (error != OK)
		answer_broken(arena, answer, error);
	else if (!found || state.note.len == 0)
		answer_words(arena, answer, 404, T("no checkpoint of such an origin"));
	else
		*answer = (struct witness_answer){ 200, plain, state.note };
}
