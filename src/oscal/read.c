/* JSON from outside: its size, depth and number of values are known before a parser builds anything. */
#include "oscal/reading.h"

#include <string.h>

struct scan {
	size_t depth, most_depth, values, line;
	bool is_string;
};

static void
scan_byte(struct scan *scan, struct text bytes, size_t *at)
{
	const char c = bytes.data[*at];
	if (c == '\n')
		scan->line++;
	if (scan->is_string) {
		if (c == '\\')
			(*at)++;
		else if (c == '"')
			scan->is_string = false;
		return;
	}
	if (c == '"')
		scan->is_string = true;
	else if (c == '{' || c == '[')
		scan->depth++;
	else if ((c == '}' || c == ']') && scan->depth > 0)
		scan->depth--;
	scan->values += c == '{' || c == '[' || c == ',';
	if (scan->depth > scan->most_depth)
		scan->most_depth = scan->depth;
}

static struct error *
within_limits(const char *file, struct text bytes)
{
	struct scan scan = { .line = 1 };
	if (bytes.len > OSCAL_MOST_BYTES)
		return reject(file, "文書が大きすぎます（%dバイトまで）。", OSCAL_MOST_BYTES);
	for (size_t at = 0; at < bytes.len; at++) {
		scan_byte(&scan, bytes, &at);
		if (scan.most_depth > OSCAL_MOST_DEPTH)
			return reject(file, "%zu行目で入れ子が深すぎます（%d段まで）。", scan.line,
				      OSCAL_MOST_DEPTH);
		if (scan.values > OSCAL_MOST_VALUES)
			return reject(file, "%zu行目で値が多すぎます（%dまで）。", scan.line,
				      OSCAL_MOST_VALUES);
	}
	return OK;
}

struct error *
document_read(struct arena *into, const struct oscal_document *document, json_t **json)
{
	json_error_t fault;
	struct text bytes = document->bytes;
	if (text_starts(bytes, T("\xef\xbb\xbf"))) /* some editors leave one */
		bytes = text_from(bytes, 3);
	TRY(within_limits(document->name, bytes));
	json_t *read = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, &fault);
	if (read == NULL) {
		const struct text said = text_of(fault.text);
		size_t bad;
		return reject(text_format(into, "%s:%d:%d", document->name, fault.line, fault.column).data,
			      "JSONとして読めません（%.*s）。",
			      T_ARG(text_is_utf8(said, &bad) ? said : T("?")));
	}
	if (json_is_object(read)) {
		*json = read;
		return OK;
	}
	json_decref(read);
	return reject(document->name, "OSCALの文書は { で始まります。");
}

static void
write_where(struct writer *out, const struct spot *spot)
{
	if (spot->above != NULL) {
		write_where(out, spot->above);
		if (spot->above->above != NULL || spot->above->name != NULL)
			write_byte(out, '.');
	}
	if (spot->name != NULL)
		write_z(out, spot->name);
	if (spot->is_item)
		write_format(out, "[%zu]", spot->index);
}

const char *
where_is(struct arena *into, const struct spot *spot, const char *member)
{
	struct writer out = writer_open(into, 1 << 16);
	write_format(&out, "%s: ", spot->file);
	write_where(&out, spot);
	if (member != NULL)
		write_format(&out, ".%s", member);
	return text_z(into, writer_text(&out));
}

static struct text
string_of(struct arena *into, const json_t *value)
{
	return text_copy(into, (struct text){ json_string_value(value), json_string_length(value) });
}

struct error *
text_at(struct arena *into, const struct spot *spot, const char *name, struct text *found)
{
	const json_t *value = json_object_get(spot->value, name);
	if (value == NULL) {
		*found = T("");
		return OK;
	}
	if (!json_is_string(value))
		return reject(where_is(into, spot, name), "ここには文字列が要ります。");
	*found = string_of(into, value);
	return OK;
}

struct error *
object_at(struct arena *into, const struct spot *spot, const char *name, struct spot *found)
{
	json_t *value = json_object_get(spot->value, name);
	if (value != NULL && !json_is_object(value))
		return reject(where_is(into, spot, name), "ここには { … } が要ります。");
	*found = (struct spot){ .file = spot->file, .above = spot, .name = name, .value = value };
	return OK;
}

struct error *
array_at(struct arena *into, const struct spot *spot, const char *name, json_t **array, size_t *count)
{
	json_t *value = json_object_get(spot->value, name);
	*array = value;
	*count = 0;
	if (value == NULL)
		return OK;
	if (!json_is_array(value))
		return reject(where_is(into, spot, name), "ここには [ … ] が要ります。");
	*count = json_array_size(value);
	for (size_t at = 0; at < *count; at++) {
		const struct spot item = item_at(spot, name, value, at);
		if (!json_is_object(item.value))
			return reject(where_is(into, &item, NULL), "ここには { … } が要ります。");
	}
	return OK;
}

struct spot
item_at(const struct spot *spot, const char *name, json_t *array, size_t index)
{
	return (struct spot){ .file = spot->file, .above = spot, .name = name, .index = index,
			      .is_item = true, .value = json_array_get(array, index) };
}

static bool
member_is(const json_t *object, const char *name, const char *wanted)
{
	const json_t *value = json_object_get(object, name);
	if (wanted == NULL)
		return true;
	return json_is_string(value) && strcmp(json_string_value(value), wanted) == 0;
}

/* A value that did not fit on a line stands whole in the remarks. */
static struct text
prop_value(struct arena *into, const json_t *prop, bool is_ours)
{
	const json_t *remarks = json_object_get(prop, "remarks");
	const json_t *value = json_object_get(prop, "value");
	if (is_ours && json_is_string(remarks))
		return plain_of(into, string_of(into, remarks));
	return json_is_string(value) ? string_of(into, value) : T("");
}

struct text
prop_at(struct arena *into, const json_t *object, const char *ns, const char *name, const char *class)
{
	const json_t *props = json_object_get(object, "props");
	for (size_t at = 0; at < json_array_size(props); at++) {
		const json_t *prop = json_array_get(props, at);
		if (member_is(prop, "name", name) && member_is(prop, "ns", ns) &&
		    member_is(prop, "class", class))
			return prop_value(into, prop, ns != NULL);
	}
	return T("");
}

static struct text
member_of(struct arena *into, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_string(value) ? string_of(into, value) : T("");
}

bool
prop_next(struct arena *into, const json_t *object, const char *name, size_t *from,
	  struct found_prop *found)
{
	const json_t *props = json_object_get(object, "props");
	for (; *from < json_array_size(props); (*from)++) {
		const json_t *prop = json_array_get(props, *from);
		if (!member_is(prop, "name", name) || !member_is(prop, "ns", OSCAL_NS))
			continue;
		*found = (struct found_prop){ prop_value(into, prop, true), member_of(into, prop, "group"),
					      member_of(into, prop, "class") };
		(*from)++;
		return true;
	}
	return false;
}
