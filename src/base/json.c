/* Canonical JSON, checked while it is written. */
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>

/* Beyond 2^53 - 1 a number would not survive another reader (RFC 8785 section 3.2.2.3). */
static const int64_t most_number = (INT64_C(1) << 53) - 1;

/* Writing something that is not canonical would be our own mistake, and must not be signed. */
static void
must(bool is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "bansho: json: %s\n", what);
	abort();
}

struct json
json_begin(struct writer *out)
{
	return (struct json){.out = out};
}

static void
comma(struct json *json)
{
	if (json->level[json->depth].has_one)
		write_byte(json->out, ',');
	json->level[json->depth].has_one = true;
}

/* Before a value: a comma in an array; in an object its name must have been given. */
static void
value(struct json *json)
{
	if (json->depth == 0) {
		must(!json->level[0].has_one, "a second value behind the first");
		json->level[0].has_one = true;
	} else if (json->level[json->depth].is_object) {
		must(json->level[json->depth].has_name, "a value without a name");
		json->level[json->depth].has_name = false;
	} else {
		comma(json);
	}
}

/* RFC 8785 section 3.2.2.2. */
static void
write_string(struct writer *out, struct text text)
{
	static const char hex[] = "0123456789abcdef";
	static const char short_form[0x20] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
	write_byte(out, '"');
	size_t from = 0;
	for (size_t at = 0; at < text.len; at++) {
		const unsigned char byte = (unsigned char)text.data[at];
		if (byte >= 0x20 && byte != '"' && byte != '\\')
			continue;
		write_text(out, text_first(text_from(text, from), at - from));
		from = at + 1;
		write_byte(out, '\\');
		if (byte >= 0x20) {
			write_byte(out, (char)byte); /* " or \ */
		} else if (short_form[byte] != '\0') {
			write_byte(out, short_form[byte]);
		} else {
			write_z(out, "u00");
			write_byte(out, hex[byte >> 4]);
			write_byte(out, hex[byte & 15]);
		}
	}
	write_text(out, text_from(text, from));
	write_byte(out, '"');
}

void
json_name(struct json *json, struct text name)
{
	must(json->level[json->depth].is_object, "a name outside an object");
	must(!json->level[json->depth].has_name, "a name behind a name");
	must(!json->level[json->depth].has_one ||
		     text_order(json->level[json->depth].last_name, name) < 0,
	     "member names out of order");
	comma(json);
	json->level[json->depth].last_name = name;
	json->level[json->depth].has_name = true;
	write_string(json->out, name);
	write_byte(json->out, ':');
}

static void
open_level(struct json *json, bool is_object)
{
	value(json);
	must(json->depth + 1 < JSON_DEPTH, "too deep");
	json->depth++;
	json->level[json->depth].is_object = is_object;
	json->level[json->depth].has_one = false;
	json->level[json->depth].has_name = false;
	write_byte(json->out, is_object ? '{' : '[');
}

void
json_open_object(struct json *json)
{
	open_level(json, true);
}

void
json_open_array(struct json *json)
{
	open_level(json, false);
}

void
json_end(struct json *json)
{
	must(json->depth > 0, "nothing is open");
	must(!json->level[json->depth].has_name, "a name without a value");
	write_byte(json->out, json->level[json->depth].is_object ? '}' : ']');
	json->depth--;
}

void
json_text(struct json *json, struct text text)
{
	value(json);
	write_string(json->out, text);
}

void
json_number(struct json *json, int64_t number)
{
	must(number >= -most_number && number <= most_number, "a number beyond 2^53 - 1");
	value(json);
	write_number(json->out, number);
}

void
json_bool(struct json *json, bool is_true)
{
	value(json);
	write_z(json->out, is_true ? "true" : "false");
}

void
json_put_null(struct json *json)
{
	value(json);
	write_z(json->out, "null");
}

void
json_text_at(struct json *json, const char *name, struct text text)
{
	json_name(json, text_of(name));
	json_text(json, text);
}

void
json_number_at(struct json *json, const char *name, int64_t number)
{
	json_name(json, text_of(name));
	json_number(json, number);
}

void
json_bool_at(struct json *json, const char *name, bool is_true)
{
	json_name(json, text_of(name));
	json_bool(json, is_true);
}
