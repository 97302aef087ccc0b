/* Where two documents say different things. Items with an id, a uuid or a name are held against their like. */
#include "oscal/reading.h"

#include "base/say.h"

#include <string.h>

enum { SHOWN_MOST = 60 /* characters of a value */ };

struct path {
	const struct path *above;
	const char *name;
	struct text key;
};

static void
write_path(struct writer *out, const struct path *path)
{
	if (path->above != NULL)
		write_path(out, path->above);
	if (path->above != NULL && path->name != NULL)
		write_byte(out, '.');
	if (path->name != NULL)
		write_z(out, path->name);
	if (path->key.len > 0)
		write_format(out, "[%.*s]", T_ARG(path->key));
}

static struct text
shown(struct arena *into, const json_t *value)
{
	struct text text;
	size_t at = 0, count = 0;
	uint32_t c;
	if (value == NULL)
		return text_of(say("なし"));
	if (json_is_string(value))
		text = line_of(into, (struct text){ json_string_value(value), json_string_length(value) });
	else if (json_is_integer(value))
		text = text_number(into, json_integer_value(value));
	else
		text = json_is_object(value) ? T("{…}") : json_is_array(value) ? T("[…]") : T("…");
	while (count < SHOWN_MOST && text_next(text, &at, &c))
		count++;
	return at < text.len ? text_join(into, text_first(text, at), T("…")) : text;
}

static void
sort_out(struct differences *differences, struct text path)
{
	if (text_starts(path, T("catalog.metadata.roles")))
		differences->in_roles = true;
	else if (text_starts(path, T("catalog.metadata")))
		differences->in_pack = true;
	else if (text_starts(path, T("catalog.params")))
		differences->in_parameters = true;
	else if (text_starts(path, T("catalog.groups")) || text_starts(path, T("catalog.controls")))
		differences->in_clauses = true;
}

static void
tell(struct differences *differences, const struct path *path, const json_t *theirs,
     const json_t *ours)
{
	struct writer out = writer_open(differences->into, 1 << 16);
	write_path(&out, path);
	const struct text where = writer_text(&out);
	sort_out(differences, where);
	if (differences->count == OSCAL_MOST_LISTED) {
		differences->left_out++;
		return;
	}
	if (differences->notes == NULL)
		differences->notes = ARENA_ARRAY(differences->into, struct oscal_note, OSCAL_MOST_LISTED);
	differences->notes[differences->count++] = (struct oscal_note){
		text_format(differences->into, "%s: %.*s", differences->file, T_ARG(where)),
		text_format(differences->into, say("文書「%.*s」、方針パック「%.*s」"),
			    T_ARG(shown(differences->into, theirs)),
			    T_ARG(shown(differences->into, ours))),
	};
}

static struct text
key_of(const json_t *item)
{
	static const char *const keys[] = { "id", "uuid", "control-id", "param-id", NULL };
	for (size_t at = 0; keys[at] != NULL; at++) {
		const json_t *value = json_object_get(item, keys[at]);
		if (json_is_string(value))
			return (struct text){ json_string_value(value), json_string_length(value) };
	}
	return (struct text){ NULL, 0 };
}

/* Usually at the same place; searched for from there on otherwise. */
static json_t *
like(const json_t *array, size_t from, struct text key)
{
	const size_t count = json_array_size(array);
	for (size_t step = 0; step < count; step++) {
		json_t *item = json_array_get(array, (from + step) % count);
		if (text_same(key_of(item), key))
			return item;
	}
	return NULL;
}

static bool
is_identity(const struct path *path, const char *name)
{
	if (strcmp(name, "uuid") == 0 && path->above == NULL)
		return true;
	return strcmp(name, "last-modified") == 0 || strcmp(name, "oscal-version") == 0;
}

/* Texts are the same when they read the same: some editors escape more, some less. */
static bool
is_same(struct arena *into, const json_t *a, const json_t *b)
{
	if (a == NULL || b == NULL)
		return false;
	if (json_equal(a, b))
		return true;
	if (!json_is_string(a) || !json_is_string(b))
		return false;
	return text_same(plain_of(into, (struct text){ json_string_value(a), json_string_length(a) }),
			 plain_of(into, (struct text){ json_string_value(b), json_string_length(b) }));
}

static void compare(struct differences *differences, const struct path *path, json_t *theirs,
		    json_t *ours);

static void
compare_objects(struct differences *differences, const struct path *path, json_t *theirs,
		json_t *ours)
{
	const char *name;
	json_t *value;
	json_object_foreach(theirs, name, value) {
		const struct path below = { path, name, { NULL, 0 } };
		if (!is_identity(path, name))
			compare(differences, &below, value, json_object_get(ours, name));
	}
	json_object_foreach(ours, name, value) {
		const struct path below = { path, name, { NULL, 0 } };
		if (json_object_get(theirs, name) == NULL && !is_identity(path, name))
			compare(differences, &below, NULL, value);
	}
}

/* The order of what has a key counts too: two that changed places are told as one difference. */
static void
compare_keyed(struct differences *differences, const struct path *path, json_t *theirs, json_t *ours)
{
	bool is_moved = false;
	for (size_t at = 0; at < json_array_size(theirs); at++) {
		json_t *item = json_array_get(theirs, at);
		const struct path below = { path->above, path->name, key_of(item) };
		compare(differences, &below, item, like(ours, at, below.key));
		is_moved |= !text_same(below.key, key_of(json_array_get(ours, at)));
	}
	for (size_t at = 0; at < json_array_size(ours); at++) {
		json_t *item = json_array_get(ours, at);
		const struct path below = { path->above, path->name, key_of(item) };
		if (like(theirs, at, below.key) == NULL)
			compare(differences, &below, NULL, item);
	}
	if (is_moved && json_array_size(theirs) == json_array_size(ours))
		tell(differences, path, theirs, ours);
}

static void
compare_arrays(struct differences *differences, const struct path *path, json_t *theirs, json_t *ours)
{
	const size_t a = json_array_size(theirs), b = json_array_size(ours);
	if (a > 0 && key_of(json_array_get(theirs, 0)).len > 0 && b > 0 &&
	    key_of(json_array_get(ours, 0)).len > 0) {
		compare_keyed(differences, path, theirs, ours);
		return;
	}
	for (size_t at = 0; at < (a > b ? a : b); at++) {
		const struct path below = { path->above, path->name,
					    text_number(differences->into, (int64_t)at) }; /* in limits */
		compare(differences, &below, json_array_get(theirs, at), json_array_get(ours, at));
	}
}

static void
compare(struct differences *differences, const struct path *path, json_t *theirs, json_t *ours)
{
	if (json_is_object(theirs) && json_is_object(ours))
		compare_objects(differences, path, theirs, ours);
	else if (json_is_array(theirs) && json_is_array(ours))
		compare_arrays(differences, path, theirs, ours);
	else if (!is_same(differences->into, theirs, ours))
		tell(differences, path, theirs, ours);
}

void
differ(struct differences *differences, const json_t *theirs, const json_t *ours, const char *model)
{
	const struct path path = { NULL, model, { NULL, 0 } };
	compare(differences, &path, json_object_get(theirs, model), json_object_get(ours, model));
}
