/*
 * Any bytes as the body of multipart/form-data between boundaries named "b", and as a form's
 * Content-Type header (its first line): the long way of an upload before a handler sees it.
 */
#include "promise.h"
#include "web/rooms.h"

#include <string.h>

static void
promises_hold(struct text body, const struct field_list *list)
{
	size_t bad_at, all = 0;
	must(list->count <= WEB_MOST_FIELDS);
	for (size_t at = 0; at < list->count; at++) {
		const struct field *field = &list->at[at];
		must(field->name.len <= WEB_MOST_NAME);
		must(text_is_utf8(field->name, &bad_at) && text_is_utf8(field->file_name, &bad_at));
		must(!text_has(field->file_name, T("/")) && !text_has(field->file_name, T("\\")));
		must(field->is_file || text_is_utf8(field->value, &bad_at));
		all += field->value.len;
	}
	/* No part is made of more than was sent. */
	must(all <= body.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > FUZZ_MOST)
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text header, body, boundary;
	if (!text_cut(fuzz_text(arena, data, size), '\n', &header, &body))
		return 0;
	if (!header_parameter(header, "boundary", &boundary) || boundary.len == 0)
		boundary = T("b");
	char *room = ARENA_ARRAY(arena, char, body.len + 1);
	if (body.len > 0)
		memcpy(room, body.data, body.len);
	struct field_list list = { .arena = arena };
	must_say(fields_multipart(&list, room, body.len, boundary));
	promises_hold(body, &list);
	error_sweep();
	return 0;
}
