/* The witness's own place, and the logs its operator trusts. */
#include "witness/rooms.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { NAME_MOST = 200 };

static struct error *
check_name(struct text name)
{
	bool is_fine = name.len != 0 && name.len <= NAME_MOST;
	for (size_t at = 0; at < name.len; at++)
		is_fine = is_fine && name.data[at] > ' ' && name.data[at] <= '~' &&
			  name.data[at] != '+';
	return is_fine ? OK
		       : reject("--name", "証人の名前は、空白と + のない半角200文字までにしてください。例 pref.example.lg.jp/witness");
}

struct error *
witness_init(struct arena *into, const char *data, struct text name, struct text *vkey)
{
	TRY(check_name(name));
	TRY(folder_make(path_join(into, data, "logs")));
	SECRET_SCOPED seed = secret_random(NOTE_SEED_LEN);
	TRY(secret_write_file(path_join(into, data, "key"), seed));
	const struct note_key key = cosign_key_of_seed(name, seed);
	*vkey = cosign_vkey(into, &key);
	TRY(file_replace(path_join(into, data, "name"), text_join(into, name, T("\n")), 0644));
	return file_replace(path_join(into, data, "vkey"), text_join(into, *vkey, T("\n")), 0644);
}

static struct error *
read_own(struct witness *witness)
{
	struct arena *arena = witness->arena;
	struct text name;
	TRY(file_read(arena, path_join(arena, witness->data, "name"), NAME_MOST + 1, &name));
	witness->name = text_trim(name);
	TRY(check_name(witness->name));
	TRY(secret_read_file(path_join(arena, witness->data, "key"), NOTE_SEED_LEN,
			     &witness->seed));
	if (witness->seed.len != NOTE_SEED_LEN)
		return broken("証人の鍵の長さが正しくありません。");
	witness->key = cosign_key_of_seed(witness->name, witness->seed);
	return OK;
}

struct error *
witness_open(struct arena *into, const char *data, struct witness **witness)
{
	struct witness *made = ARENA_NEW(into, struct witness);
	*made = (struct witness){ .arena = into, .data = data, .turn = -1,
				  .logs = path_join(into, data, "logs") };
	if (!file_exists(path_join(into, data, "key")))
		return missing("%s に証人の鍵がありません。bansho-witness init で作ってください。", data);
	struct error *error = read_own(made);
	if (error == OK) {
		made->turn = open(path_join(into, data, "lock"),
				  O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (made->turn < 0)
			error = broken("証人の順番を守るファイルを開けません。");
	}
	if (error != OK) {
		secret_close(&made->seed);
		return error;
	}
	pthread_mutex_init(&made->lock, NULL);
	*witness = made;
	return OK;
}

void
witness_close(struct witness *witness)
{
	secret_close(&witness->seed);
	close(witness->turn);
	witness->turn = -1;
}

struct text
witness_vkey(struct arena *into, const struct witness *witness)
{
	return cosign_vkey(into, &witness->key);
}

/* Is `name` the family itself or below it? */
static bool
is_of_family(struct text name, struct text family)
{
	return text_same(name, family) ||
	       (text_starts(name, family) && name.data[family.len] == '/');
}

/* Above the year of "town.bansho/journal/2026"; what has no year is its own family. */
static struct text
family_of(struct text origin)
{
	const size_t year = strlen("/2026");
	bool is_year = origin.len > year && origin.data[origin.len - year] == '/';
	for (size_t at = 1; at < year && is_year; at++)
		is_year = origin.data[origin.len - at] >= '0' && origin.data[origin.len - at] <= '9';
	return is_year ? text_first(origin, origin.len - year) : origin;
}

static struct error *
add_log(struct witness *witness, struct arena *arena, const struct state *state)
{
	struct state known;
	bool found;
	TRY(state_read(witness, arena, ask_place(arena, state->origin), &found, &known));
	if (found)
		return conflict("「%.*s」はすでに知っています。鍵の交代は記録簿が自分で知らせます。",
				T_ARG(state->origin));
	return state_write(witness, arena, state);
}

struct error *
witness_log_add(struct witness *witness, struct text origin, struct text vkey)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct state state = { .key_count = 1, .keys = { { .after = -1 } } };
	TRY(note_vkey_read(arena, vkey, &state.keys[0].key));
	state.origin = state.keys[0].key.name;
	if (origin.len == 0 || !is_of_family(state.origin, origin))
		return reject("ORIGIN", "検証鍵の名前「%.*s」が「%.*s」のものではありません。団体に確かめてください。",
			      T_ARG(state.origin), T_ARG(origin));
	state.family = text_same(origin, state.origin) ? family_of(origin) : origin;
	state.head.origin = state.origin;
	TRY(turn_take(witness));
	struct error *error = add_log(witness, arena, &state);
	turn_give(witness);
	return error;
}

struct error *
witness_log_list(struct witness *witness, struct arena *into, struct witness_log **logs,
		 size_t *count)
{
	struct text *places;
	size_t all, got = 0;
	TRY(folder_list(into, witness->logs, LOGS_MOST, &places, &all));
	*logs = ARENA_ARRAY(into, struct witness_log, all + 1);
	for (size_t at = 0; at < all; at++) {
		struct state *state = ARENA_NEW(into, struct state);
		bool found;
		TRY(state_read(witness, into, places[at], &found, state));
		if (!found || state->key_count == 0)
			continue;
		(*logs)[got++] = (struct witness_log){
			.origin = state->origin,
			.vkey = note_vkey(into, &state->keys[state->key_count - 1].key),
			.size = state->head.size,
			.is_closed = state->next.len != 0,
		};
	}
	*count = got;
	return OK;
}
