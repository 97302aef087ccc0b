/* Labels as a print job. */
#include "paper/label_paper.h"

#include "base/say.h"
#include "paper/sheet_paper.h"

#include <jansson.h>

static void
drop(json_t **json)
{
	json_decref(*json);
}

static void
put(json_t *object, const char *name, struct text text)
{
	if (text.len != 0)
		json_object_set_new(object, name, json_stringn(text.data, text.len));
}

/* What does not fit on a label is not read there. */
static struct text
first_of(struct text text, size_t most)
{
	size_t at = 0, end = 0;
	uint32_t character;
	for (size_t count = 0; count < most && text_next(text, &at, &character); count++)
		end = at;
	return (struct text){ text.data, end };
}

static json_t *
label_json(const struct label_out *label)
{
	enum { TITLE_MOST = 60 };
	json_t *made = json_object();
	put(made, "code", label->code);
	put(made, "shown", label->shown);
	put(made, "title", first_of(label->title, TITLE_MOST));
	put(made, "place", first_of(label->place, TITLE_MOST));
	return made;
}

struct error *
paper_labels(struct arena *into, struct text body_name, struct moment made_at,
	     const struct label_out *labels, size_t count, struct text *job)
{
	__attribute__((cleanup(drop))) json_t *made = json_object();
	json_t *section = json_object(), *list = json_array(), *sections = json_array();
	if (count > SHEET_MOST_LABELS)
		return reject(NULL, "ラベルは一度に%d枚までです。係ごとに分けて印刷してください。", SHEET_MOST_LABELS);
	for (size_t at = 0; at < count; at++)
		json_array_append_new(list, label_json(&labels[at]));
	json_object_set_new(section, "kind", json_string("labels"));
	json_object_set_new(section, "labels", list);
	json_array_append_new(sections, section);
	json_object_set_new(made, "job", json_string("sheet"));
	put(made, "title", text_of(say("物品のラベル")));
	put(made, "body", body_name);
	put(made, "made", moment_local(into, made_at));
	json_object_set_new(made, "sections", sections);
	const size_t len = json_dumpb(made, NULL, 0, JSON_COMPACT);
	if (len > SHEET_MOST_BYTES)
		return reject(NULL, "ラベルが多すぎます。係ごとに分けて印刷してください。");
	char *room = arena_get(into, 1, len + 1);
	(void)json_dumpb(made, room, len, JSON_COMPACT);
	*job = (struct text){ room, len };
	return OK;
}
