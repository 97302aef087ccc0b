/* What an entry of a journal announces. Hostile until its inclusion was checked, and after. */
#include "witness/rooms.h"

#include <jansson.h>

static struct text
member(struct arena *arena, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_string(value))
		return T("");
	return text_copy(arena, (struct text){ json_string_value(value), json_string_length(value) });
}

static bool
read_begin(struct arena *arena, const json_t *data, struct state_begin *begin)
{
	const json_t *size = json_object_get(data, "previous-size");
	begin->origin = member(arena, data, "previous-origin");
	if (begin->origin.len == 0 || !json_is_integer(size) || json_integer_value(size) < 1)
		return false;
	begin->size = json_integer_value(size);
	return hash_read_hex(member(arena, data, "previous-root"), &begin->root);
}

static bool
read_said(struct arena *arena, const json_t *entry, struct said *said)
{
	const json_t *data = json_object_get(entry, "data");
	const struct text act = member(arena, entry, "act");
	if (text_is(act, "journal.key")) {
		said->what = SAYING_KEY;
		said->vkey = member(arena, data, "vkey");
		return said->vkey.len != 0;
	}
	if (text_is(act, "journal.close")) {
		said->what = SAYING_CLOSE;
		said->vkey = member(arena, data, "next-vkey");
		said->next_origin = member(arena, data, "next-origin");
		return said->vkey.len != 0 && said->next_origin.len != 0;
	}
	said->what = SAYING_BEGIN;
	return text_is(act, "journal.begin") && read_begin(arena, data, &said->begin);
}

bool
entry_said(struct arena *arena, struct text entry, struct said *said)
{
	*said = (struct said){ 0 };
	/* jansson bounds its own depth (2048); the length has met its limit in ask_key_read(). */
	json_t *read = json_loadb(entry.data, entry.len, JSON_REJECT_DUPLICATES, NULL);
	const bool is_said = read != NULL && read_said(arena, read, said);
	json_decref(read);
	return is_said;
}
