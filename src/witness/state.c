/* A log as the witness remembers it: one text file, replaced whole. */
#include "witness/rooms.h"

#include "base/file.h"
#include "base/number.h"
#include "base/writer.h"

#include <errno.h>
#include <string.h>
#include <sys/file.h>

#define FIRST_LINE "bansho-witness log v1\n"

static void
write_state(struct writer *out, const struct state *state)
{
	struct arena *arena = out->arena;
	write_format(out, FIRST_LINE "origin %.*s\n", T_ARG(state->origin));
	if (state->family.len != 0)
		write_format(out, "family %.*s\n", T_ARG(state->family));
	for (size_t at = 0; at < state->key_count; at++)
		write_format(out, "key %lld %.*s\n", (long long)state->keys[at].after,
			     T_ARG(note_vkey(arena, &state->keys[at].key)));
	if (state->next.len != 0)
		write_format(out, "next %.*s\n", T_ARG(state->next));
	if (state->begin.origin.len != 0)
		write_format(out, "begin %lld %.*s %.*s\n", (long long)state->begin.size,
			     T_ARG(hash_hex(arena, &state->begin.root)),
			     T_ARG(state->begin.origin));
	write_byte(out, '\n');
	write_text(out, state->note);
}

struct error *
state_write(struct witness *witness, struct arena *scratch, const struct state *state)
{
	struct writer out = writer_open(scratch, STATE_MOST);
	const char *place = text_z(scratch, ask_place(scratch, state->origin));
	write_state(&out, state);
	if (writer_is_full(&out))
		return broken("証人の控えが大きくなりすぎました（%.*s）。", T_ARG(state->origin));
	return file_replace(path_join(scratch, witness->logs, place), writer_text(&out), 0600);
}

static bool
read_key(struct arena *into, struct text line, struct state *state)
{
	struct text after, vkey;
	struct state_key *key = &state->keys[state->key_count];
	if (state->key_count == STATE_KEYS_MOST || !text_cut(line, ' ', &after, &vkey) ||
	    !number_read(after, -1, INT64_MAX, &key->after) ||
	    note_vkey_read(into, vkey, &key->key) != OK)
		return false;
	state->key_count++;
	return true;
}

static bool
read_begin(struct text line, struct state_begin *begin)
{
	struct text size, root;
	return text_cut(line, ' ', &size, &line) && number_read(size, 0, INT64_MAX, &begin->size) &&
	       text_cut(line, ' ', &root, &begin->origin) && hash_read_hex(root, &begin->root) &&
	       begin->origin.len != 0;
}

static bool
read_line(struct arena *into, struct text line, struct state *state)
{
	struct text word, rest;
	if (!text_cut(line, ' ', &word, &rest) || rest.len == 0)
		return false;
	if (text_is(word, "origin"))
		state->origin = rest;
	else if (text_is(word, "family"))
		state->family = rest;
	else if (text_is(word, "next"))
		state->next = rest;
	else if (text_is(word, "key"))
		return read_key(into, rest, state);
	else if (text_is(word, "begin"))
		return read_begin(rest, &state->begin);
	else
		return false;
	return true;
}

static bool
read_state(struct arena *into, struct text file, struct state *state)
{
	struct text line, rest;
	if (!text_starts(file, T(FIRST_LINE)))
		return false;
	rest = text_from(file, strlen(FIRST_LINE));
	while (text_cut(rest, '\n', &line, &rest) && line.len != 0)
		if (!read_line(into, line, state))
			return false;
	state->note = rest;
	state->head = (struct head){ state->origin, 0, hash_of(T("")) };
	return state->origin.len != 0 && line.len == 0 &&
	       (rest.len == 0 || note_read_any(into, rest, &state->head) == OK);
}

struct error *
state_read(struct witness *witness, struct arena *into, struct text place, bool *found,
	   struct state *state)
{
	struct text file;
	const char *path = path_join(into, witness->logs, text_z(into, place));
	*found = file_exists(path);
	if (!*found)
		return OK;
	TRY(file_read(into, path, STATE_MOST, &file));
	*state = (struct state){ 0 };
	if (!read_state(into, file, state) || !text_same(ask_place(into, state->origin), place))
		return broken("証人の控え「%s」が壊れています。控えのない証人は、もう証言できません。新しい鍵で作り直してください。",
			      path);
	return OK;
}

struct error *
turn_take(struct witness *witness)
{
	pthread_mutex_lock(&witness->lock);
	int code;
	do
		code = flock(witness->turn, LOCK_EX);
	while (code != 0 && errno == EINTR);
	if (code == 0)
		return OK;
	pthread_mutex_unlock(&witness->lock);
	return broken("証人の順番を待てませんでした。");
}

void
turn_give(struct witness *witness)
{
	flock(witness->turn, LOCK_UN);
	pthread_mutex_unlock(&witness->lock);
}
