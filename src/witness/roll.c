/*
 * add-key: a log's next key, or its next log, announced by an entry in the very tree that was
 * cosigned last. Nothing here is taken on anybody's word: an entry counts when it lies in a tree
 * this witness has cosigned, and a tree was cosigned only when a trusted key signed it.
 */
#include "witness/rooms.h"

#include "base/log.h"

struct roll {
	struct witness *witness;
	struct arena *arena;
	const struct ask_key *ask;
	struct state state;
	struct said said;
	struct note_key key; /* announced */
	struct witness_answer *answer;
};

static void
fail(struct roll *roll, int status, struct text words)
{
	answer_words(roll->arena, roll->answer, status, words);
}

static void
keep(struct roll *roll, const struct state *state)
{
	struct error *error = state_write(roll->witness, roll->arena, state);
	if (error != OK)
		answer_broken(roll->arena, roll->answer, error);
	else
		fail(roll, 200, note_vkey(roll->arena, &roll->key));
}

static bool
is_known(const struct state *state, const struct note_key *key)
{
	for (size_t at = 0; at < state->key_count; at++)
		if (text_same((struct text){ (const char *)state->keys[at].key.key, NOTE_PUBLIC_LEN },
			      (struct text){ (const char *)key->key, NOTE_PUBLIC_LEN }))
			return true;
	return false;
}

static void
add_key(struct roll *roll)
{
	struct state *state = &roll->state;
	if (!text_same(roll->key.name, state->origin)) {
		fail(roll, 422, T("the announced key has another name than the log"));
		return;
	}
	if (is_known(state, &roll->key)) {
		fail(roll, 200, note_vkey(roll->arena, &roll->key));
		return;
	}
	if (state->key_count == STATE_KEYS_MOST) {
		fail(roll, 422, T("too many announced keys are waiting to be used"));
		return;
	}
	state->keys[state->key_count++] = (struct state_key){ roll->ask->index, roll->key };
	log_say("%.*s: next key %.*s", T_ARG(state->origin),
		T_ARG(note_vkey(roll->arena, &roll->key)));
	keep(roll, state);
}

/* "town.bansho/journal/2027" in the family "town.bansho/journal": four digits, nothing else. */
static bool
is_next_origin(const struct state *state, struct text next)
{
	if (state->family.len == 0 || !text_starts(next, state->family) ||
	    next.len != state->family.len + 5 || next.data[state->family.len] != '/' ||
	    text_same(next, state->origin))
		return false;
	for (size_t at = state->family.len + 1; at < next.len; at++)
		if (next.data[at] < '0' || next.data[at] > '9')
			return false;
	return true;
}

static bool
is_same_successor(const struct roll *roll, const struct state *next)
{
	return is_known(next, &roll->key) &&
	       (next->begin.origin.len == 0 || text_same(next->begin.origin, roll->state.origin));
}

/* The successor is written first: when we die between, the request is repeated and closes. */
static void
close_log(struct roll *roll)
{
	struct state *state = &roll->state;
	struct state *next = ARENA_NEW(roll->arena, struct state);
	const struct text origin = roll->said.next_origin;
	bool found;
	if (roll->ask->index != state->head.size - 1 || !is_next_origin(state, origin) ||
	    !text_same(roll->key.name, origin)) {
		fail(roll, 422, T("not the last entry, or not a successor this log may announce"));
		return;
	}
	struct error *error =
		state_read(roll->witness, roll->arena, ask_place(roll->arena, origin), &found, next);
	if (error == OK && found && !is_same_successor(roll, next)) {
		fail(roll, 409, T("the successor is known already, with another key"));
		return;
	}
	if (error == OK && !found) {
		*next = (struct state){ .origin = origin, .family = state->family, .key_count = 1,
					.begin = { state->origin, state->head.size,
						   state->head.root } };
		next->keys[0] = (struct state_key){ -1, roll->key };
		error = state_write(roll->witness, roll->arena, next);
	}
	if (error != OK) {
		answer_broken(roll->arena, roll->answer, error);
		return;
	}
	log_say("%.*s: closed, goes on as %.*s", T_ARG(state->origin), T_ARG(origin));
	state->next = origin;
	keep(roll, state);
}

/* Is the shown entry in the tree of the shown checkpoint? Answers when not. */
static bool
is_included(struct roll *roll)
{
	const struct ask_key *ask = roll->ask;
	const struct hash leaf = merkle_leaf(ask->entry);
	if (ask->index >= ask->head.size) {
		fail(roll, 400, T("the entry lies behind the checkpoint"));
		return false;
	}
	if (merkle_inclusion_holds(&leaf, ask->index, ask->head.size, &ask->proof, &ask->head.root))
		return true;
	log_say("refused %.*s: entry %lld is not in the tree", T_ARG(roll->state.origin),
		(long long)ask->index);
	fail(roll, 422, T("the inclusion proof does not hold"));
	return false;
}

static void
begin_log(struct roll *roll, size_t signer)
{
	struct state *state = &roll->state;
	const struct state_begin *wanted = &state->begin, *said = &roll->said.begin;
	if (wanted->origin.len == 0) {
		answer_size(roll->arena, roll->answer, state->head.size);
		return;
	}
	if (!is_included(roll))
		return;
	if (roll->ask->index != 0 || !text_same(said->origin, wanted->origin) ||
	    said->size != wanted->size || !hash_same(&said->root, &wanted->root)) {
		log_say("refused %.*s: it does not begin where %.*s ended", T_ARG(state->origin),
			T_ARG(wanted->origin));
		fail(roll, 422, T("the log does not begin with the head its predecessor ended with"));
		return;
	}
	state->begin = (struct state_begin){ .origin = T("") };
	cosign_head(roll->witness, roll->arena, state, &roll->ask->head, roll->ask->note, signer,
		    roll->answer);
}

static void
announce(struct roll *roll)
{
	const struct head *head = &roll->ask->head;
	if (head->size != roll->state.head.size || !hash_same(&head->root, &roll->state.head.root)) {
		answer_size(roll->arena, roll->answer, roll->state.head.size);
		return;
	}
	if (!is_included(roll))
		return;
	if (note_vkey_read(roll->arena, roll->said.vkey, &roll->key) != OK)
		fail(roll, 422, T("the announced key cannot be read"));
	else if (roll->said.what == SAYING_CLOSE)
		close_log(roll);
	else if (roll->state.next.len != 0)
		fail(roll, 403, T("this log is closed"));
	else
		add_key(roll);
}

static void
judge(struct roll *roll)
{
	const struct ask_key *ask = roll->ask;
	size_t signer;
	bool found;
	struct error *error = state_read(roll->witness, roll->arena,
					 ask_place(roll->arena, ask->head.origin), &found,
					 &roll->state);
	if (error != OK)
		answer_broken(roll->arena, roll->answer, error);
	else if (!found)
		fail(roll, 404, T("this witness does not know the origin"));
	else if (!signer_of(roll->arena, &roll->state, &ask->head, ask->note, &signer, roll->answer))
		return;
	else if (!entry_said(roll->arena, ask->entry, &roll->said))
		fail(roll, 422, T("the entry announces nothing"));
	else if (roll->said.what == SAYING_BEGIN)
		begin_log(roll, signer);
	else
		announce(roll);
}

void
witness_add_key(struct witness *witness, struct arena *arena, struct text body,
		struct witness_answer *answer)
{
	struct ask_key ask;
	struct error *error = ask_key_read(arena, body, &ask);
	if (error != OK) {
		answer_words(arena, answer, 400, error->words);
		return;
	}
	error = turn_take(witness);
	if (error != OK) {
		answer_broken(arena, answer, error);
		return;
	}
	struct roll *roll = ARENA_NEW(arena, struct roll);
	*roll = (struct roll){ .witness = witness, .arena = arena, .ask = &ask, .answer = answer };
	judge(roll);
	turn_give(witness);
}
