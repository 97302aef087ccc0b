/*
 * Any bytes as a form: a first line that is empty means urlencoded, else it is the boundary of
 * multipart/form-data. Whatever is accepted must keep the promises of web.h.
 */
#include "promise.h"
#include "web/rooms.h"

#include <string.h>

static void
promises_hold(const struct field_list *list)
{
	size_t bad_at;
	must(list->count <= WEB_MOST_FIELDS);
	for (size_t i = 0; i < list->count; i++) {
		const struct field *field = &list->at[i];
		must(field->name.len <= WEB_MOST_NAME && text_is_utf8(field->name, &bad_at));
		must(text_is_utf8(field->file_name, &bad_at) &&
		     !text_has(field->file_name, T("/")));
		must(field->is_file || text_is_utf8(field->value, &bad_at));
		must(field->is_file || !text_has(field->value, T("\r\n")) ||
		     field->value.len <= WEB_MOST_VALUE);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > FUZZ_MOST)
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text all = text_copy(arena, (struct text){(const char *)data, size});
	struct text boundary, body;
	if (!text_cut(all, '\n', &boundary, &body))
		return 0;
	char *room = ARENA_ARRAY(arena, char, body.len + 1);
	if (body.len > 0)
		memcpy(room, body.data, body.len);
	struct field_list list = {.arena = arena};
	struct error *error = boundary.len == 0
				      ? fields_urlencoded(&list, room, body.len)
				      : fields_multipart(&list, room, body.len, boundary);
	promises_hold(&list);
	must(error == NULL || error->words.len > 0);
	error_sweep();
	return 0;
}
