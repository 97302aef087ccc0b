/* Building documents with jansson. Members are sorted when they are written, so their order here is free. */
#include "oscal/rooms.h"

#include <stdlib.h>

/* Memory or a text that is no UTF-8, which no text of ours is: nothing to go on with. */
static json_t *
made(json_t *value)
{
	if (value == NULL)
		abort();
	return value;
}

json_t *
new_object(void)
{
	return made(json_object());
}

void
put(json_t *object, const char *name, json_t *value)
{
	if (json_object_set_new(object, name, made(value)) != 0)
		abort();
}

void
put_text(json_t *object, const char *name, struct text text)
{
	put(object, name, json_stringn(text.data, text.len));
}

void
put_z(json_t *object, const char *name, const char *z)
{
	put_text(object, name, text_of(z));
}

json_t *
put_object(json_t *object, const char *name)
{
	json_t *value = new_object();
	put(object, name, value);
	return value;
}

json_t *
array_in(json_t *object, const char *name)
{
	json_t *array = json_object_get(object, name);
	if (array != NULL)
		return array;
	array = json_array();
	put(object, name, array);
	return array;
}

json_t *
add_object(json_t *object, const char *name)
{
	json_t *value = new_object();
	if (json_array_append_new(array_in(object, name), value) != 0)
		abort();
	return value;
}

void
add_text(json_t *object, const char *name, struct text text)
{
	if (json_array_append_new(array_in(object, name), made(json_stringn(text.data, text.len))) != 0)
		abort();
}

void
put_line(struct arena *arena, json_t *object, const char *name, struct text plain)
{
	put_text(object, name, markup_of(arena, line_of(arena, plain)));
}

void
put_prose(struct arena *arena, json_t *object, const char *name, struct text plain)
{
	put_text(object, name, markup_of(arena, plain));
}

void
add_property(struct arena *arena, json_t *object, const struct property *property)
{
	const struct text line = line_of(arena, property->value);
	if (line.len == 0)
		return;
	json_t *prop = add_object(object, "props");
	put_z(prop, "name", property->name);
	put_z(prop, "ns", OSCAL_NS);
	put_text(prop, "value", line);
	if (property->class != NULL)
		put_z(prop, "class", property->class);
	if (property->group != NULL)
		put_z(prop, "group", property->group);
	/* A value is one line; what is more stands whole in the remarks. */
	if (!text_same(line, property->value))
		put_prose(arena, prop, "remarks", property->value);
}

void
add_prop(struct arena *arena, json_t *object, const char *name, struct text value)
{
	add_property(arena, object, &(struct property){ .name = name, .value = value });
}

void
add_english(struct arena *arena, json_t *object, const char *name, struct words words)
{
	add_property(arena, object,
		     &(struct property){ .name = name, .value = words.en, .class = "en" });
}

void
add_words(struct arena *arena, json_t *object, const char *name, struct words words)
{
	add_property(arena, object,
		     &(struct property){ .name = name, .value = words.ja, .class = "ja" });
	add_english(arena, object, name, words);
}

void
put_title(struct arena *arena, json_t *object, struct words title, struct text otherwise)
{
	const bool has_title = line_of(arena, title.ja).len > 0;
	put_line(arena, object, "title", has_title ? title.ja : otherwise);
	if (!has_title) {
		add_prop(arena, object, "untitled", T("yes"));
		return;
	}
	if (text_same(line_of(arena, title.ja), title.ja))
		add_english(arena, object, "title", title);
	else
		add_words(arena, object, "title", title);
}

static int
append(const char *bytes, size_t len, void *out)
{
	write_text(out, (struct text){ bytes, len });
	return writer_is_full(out) ? -1 : 0;
}

struct text
json_bytes(struct arena *into, const json_t *document)
{
	struct writer out = writer_open_roomy(into, 1 << 16, (size_t)256 << 20);
	if (json_dump_callback(document, append, &out, JSON_SORT_KEYS | JSON_INDENT(1)) != 0)
		abort();
	write_byte(&out, '\n');
	return writer_text(&out);
}
