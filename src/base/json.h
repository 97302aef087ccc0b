/*
 * Canonical JSON (RFC 8785) as the journal needs it: object members must be given in ascending
 * order of their (ASCII) names, numbers are integers of at most 2^53 - 1, no white space. Giving
 * members out of order, a greater number, or more than JSON_DEPTH - 1 levels stops the process: it
 * would be our own mistake (a number from outside has met its limit in number_read). Reading is
 * done with jansson.
 */
#ifndef BANSHO_BASE_JSON_H
#define BANSHO_BASE_JSON_H

#include "base/writer.h"

enum { JSON_DEPTH = 16 };

struct json {
	struct writer *out;
	int depth;
	struct {
		bool is_object;
		bool has_one;
		bool has_name; /* and its value has not come yet */
		struct text last_name;
	} level[JSON_DEPTH];
};

struct json json_begin(struct writer *out);
/* Inside an object every value is preceded by json_name(). */
void json_name(struct json *json, struct text name);
void json_open_object(struct json *json);
void json_open_array(struct json *json);
void json_end(struct json *json); /* of the object or array last opened */
void json_text(struct json *json, struct text text);
void json_number(struct json *json, int64_t number);
void json_bool(struct json *json, bool value);
void json_put_null(struct json *json);
/* Shorthands: name and value. */
void json_text_at(struct json *json, const char *name, struct text text);
void json_number_at(struct json *json, const char *name, int64_t number);
void json_bool_at(struct json *json, const char *name, bool value);

#endif
