/* A row's values: one canonical JSON object in the store, an array of names and values in C. */
#include "ledger/rooms.h"

#include "base/json.h"
#include "base/number.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST_BYTES = 4 << 20 };

static int
value_order(const void *left, const void *right)
{
	const struct ledger_value *a = left, *b = right;
	return text_order(a->name, b->name);
}

struct text
values_write(struct arena *into, const struct pack_ledger *ledger,
	     const struct ledger_value *values, size_t count)
{
	struct ledger_value *sorted = ARENA_ARRAY(into, struct ledger_value, count + 1);
	size_t kept = 0;
	for (size_t at = 0; at < count; at++)
		if (values[at].value.len != 0 && ledger_field(ledger, values[at].name) != NULL)
			sorted[kept++] = values[at];
	if (kept > 1)
		qsort(sorted, kept, sizeof *sorted, value_order);
	struct writer out = writer_open(into, VALUES_MOST_BYTES);
	struct json json = json_begin(&out);
	json_open_object(&json);
	for (size_t at = 0; at < kept; at++) {
		json_name(&json, sorted[at].name);
		json_text(&json, sorted[at].value);
	}
	json_end(&json);
	return writer_text(&out);
}

static void
drop_json(json_t **json)
{
	json_decref(*json);
}

/*
 * The string whose quote stands at *at; *at goes behind its closing quote. False for \u, which
 * values_write() uses for odd control characters, and for what is no string.
 */
static bool
escaped_string(struct arena *into, struct text json, size_t *at, struct text *says)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	size_t end = *at + 1, len = 0;
	if (*at >= json.len || json.data[*at] != '"')
		return false;
	char *made = arena_bytes(into, json.len - *at);
	for (; end < json.len && json.data[end] != '"'; end++) {
		char byte = json.data[end];
		if (byte == '\\') {
			const char *known = ++end < json.len ? strchr(from, json.data[end]) : NULL;
			if (known == NULL || *known == '\0')
				return false;
			byte = to[known - from];
		}
		made[len++] = byte;
	}
	*says = (struct text){ made, len };
	*at = end + 1;
	return end < json.len;
}

/* The same where no backslash stands: a view. */
static bool
plain_string(struct text json, size_t *at, struct text *says)
{
	if (*at >= json.len || json.data[*at] != '"')
		return false;
	const char *begin = json.data + *at + 1;
	const char *end = memchr(begin, '"', json.len - *at - 1);
	if (end == NULL)
		return false;
	*says = (struct text){ begin, (size_t)(end - begin) }; /* end lies behind begin */
	*at += says->len + 2;
	return true;
}

struct scan {
	struct arena *into;
	struct text json;
	size_t at;
	bool is_escaped; /* somewhere in it */
};

static bool
scan_string(struct scan *scan, struct text *says)
{
	return scan->is_escaped ? escaped_string(scan->into, scan->json, &scan->at, says)
				: plain_string(scan->json, &scan->at, says);
}

static bool
scan_byte(struct scan *scan, char byte)
{
	return scan->at < scan->json.len && scan->json.data[scan->at++] == byte;
}

/*
 * The values straight from the bytes as values_write() leaves them, {"name":"value",...}: a list of
 * rows reads fifty of these. False where anything else stands; jansson reads it then. `json` lives
 * as long as the values.
 */
static bool
values_plain(struct arena *into, struct text json, struct ledger_value **values, size_t *count)
{
	enum { PLAIN_MOST = 64 };
	struct ledger_value *made = ARENA_ARRAY(into, struct ledger_value, 8);
	struct scan scan = { into, json, 0, text_has(json, T("\\")) };
	size_t got = 0, room = 8;
	bool is_end = text_is(json, "{}");
	if (!is_end && !scan_byte(&scan, '{'))
		return false;
	while (!is_end) {
		if (got == room) {
			struct ledger_value *more = ARENA_ARRAY(into, struct ledger_value, room * 2);
			memcpy(more, made, got * sizeof *made);
			made = more;
			room *= 2;
		}
		if (got == PLAIN_MOST || !scan_string(&scan, &made[got].name) ||
		    !scan_byte(&scan, ':') || !scan_string(&scan, &made[got].value))
			return false;
		got++;
		is_end = scan.at + 1 == json.len && json.data[scan.at] == '}';
		if (!is_end && !scan_byte(&scan, ','))
			return false;
	}
	*values = made;
	*count = got;
	return true;
}

struct error *
values_read(struct arena *into, struct text json, struct ledger_value **values, size_t *count)
{
	if (values_plain(into, text_copy(into, json), values, count))
		return OK;
	__attribute__((cleanup(drop_json))) json_t *object =
		json_loadb(json.data != NULL ? json.data : "", json.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(object))
		return broken("台帳の値を読めません。");
	struct ledger_value *made = ARENA_ARRAY(into, struct ledger_value,
						json_object_size(object) + 1);
	size_t got = 0;
	const char *name;
	json_t *value;
	json_object_foreach(object, name, value) {
		made[got++] = (struct ledger_value){
			text_copy(into, text_of(name)),
			text_copy(into, (struct text){ json_string_value(value),
						       json_string_length(value) }),
		};
	}
	*values = made;
	*count = got;
	return OK;
}

struct text
value_of(const struct ledger_value *values, size_t count, struct text name)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(values[at].name, name))
			return values[at].value;
	return T("");
}

struct text
ledger_value(struct arena *into, const struct ledger_row *row, const char *name)
{
	struct ledger_value *values;
	size_t count;
	if (values_read(into, row->values, &values, &count) != OK)
		return T("");
	return value_of(values, count, text_of(name));
}

struct error *
ledger_values(struct arena *into, const struct ledger_row *row, struct ledger_value **values,
	      size_t *count)
{
	return values_read(into, row->values, values, count);
}

const struct pack_class *
class_of(const struct pack *pack, struct text code)
{
	const struct pack_class *value = axis_value(&pack->axes[0], code);
	return value != NULL ? value : pack->axes[0].unclassified;
}

static int64_t
number_in(const struct pack_field *field, const struct ledger_value *values, size_t count)
{
	int64_t number = 0;
	if (field == NULL || !number_read(value_of(values, count, field->name), 0, INT64_MAX, &number))
		return 0;
	return number;
}

static struct text
folded_of(struct arena *into, const struct pack_ledger *ledger, const struct ledger_value *values,
	  size_t count)
{
	struct writer out = writer_open(into, VALUES_MOST_BYTES);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		const struct text value = value_of(values, count, field->name);
		if (!field->is_searched || value.len == 0)
			continue;
		if (out.len != 0)
			write_byte(&out, '\n');
		write_text(&out, text_fold(into, field_show(into, field, value)));
	}
	return writer_text(&out);
}

struct row_heads
heads_of(struct arena *into, const struct pack *pack, const struct pack_ledger *ledger,
	 const struct ledger_value *values, size_t count)
{
	struct row_heads heads = {
		.owner = number_in(ledger->owner, values, count),
		.parent = number_in(ledger->parent, values, count),
		.json = values_write(into, ledger, values, count),
		.folded = folded_of(into, ledger, values, count),
	};
	if (ledger->title != NULL)
		heads.title = value_of(values, count, ledger->title->name);
	const struct text code = ledger->class_field != NULL
					 ? value_of(values, count, ledger->class_field->name)
					 : T("");
	heads.class_code = code;
	heads.class_rank = class_of(pack, code)->rank;
	if (ledger->serial != NULL)
		heads.serial = value_of(values, count, ledger->serial->name);
	if (heads.serial.len != 0)
		heads.serial_folded = text_fold(into, heads.serial);
	else
		heads.serial = (struct text){ 0 };
	return heads;
}

struct text
about_row(struct arena *into, const struct pack_ledger *ledger, int64_t id)
{
	return text_format(into, "%.*s:%lld", T_ARG(ledger->code), (long long)id);
}

struct when_value
ledger_answer(void *with, struct text name)
{
	const struct ledger_answers *row = with;
	const struct pack_field *field = ledger_field(row->ledger, name);
	for (size_t at = 0; field != NULL && at < row->count; at++)
		if (text_same(row->values[at].name, name))
			return when_value_of(field, row->values[at].value);
	return (struct when_value){ .kind = WHEN_NONE };
}
