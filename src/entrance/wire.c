/* What a tablet hands in, as JSON. */
#include "entrance/rooms.h"

#include <jansson.h>

enum { EVENT_MOST = 16384, SERIAL_MOST = 40, KEY_MOST = 24 };

struct reader {
	struct arena *into;
	json_t *object;
};

static struct error *
garbled(void)
{
	return reject("event", "読み取れない記録です。もう一度入力してください。");
}

/* One line, as it may stand in a ledger. */
static bool
is_line(struct text text)
{
	for (size_t at = 0; at < text.len; at++)
		if ((unsigned char)text.data[at] < ' ')
			return false;
	return true;
}

static struct error *
text_at(const struct reader *reader, const char *name, size_t most, struct text *value)
{
	const json_t *member = json_object_get(reader->object, name);
	*value = T("");
	if (member == NULL)
		return OK;
	if (!json_is_string(member))
		return garbled();
	*value = text_trim(text_copy(reader->into, (struct text){ json_string_value(member),
								  json_string_length(member) }));
	if (text_count(*value) > most)
		return reject(name, "%zu文字までにしてください。", most);
	return is_line(*value) ? OK : garbled();
}

static struct error *
moment_at(const struct reader *reader, const char *name, struct moment *moment)
{
	const json_t *member = json_object_get(reader->object, name);
	/* From 2020 to 2200: beyond, the tablet's clock says nothing. */
	if (!json_is_integer(member) || json_integer_value(member) < 1577836800000 ||
	    json_integer_value(member) > 7258118400000)
		return garbled();
	moment->ms = json_integer_value(member);
	return OK;
}

static bool
is_yes(const struct reader *reader, const char *name)
{
	return json_is_true(json_object_get(reader->object, name));
}

static struct error *
serials_at(const struct reader *reader, const char *name, struct text *list, size_t *count)
{
	json_t *members = json_object_get(reader->object, name);
	*count = 0;
	if (members == NULL)
		return OK;
	if (!json_is_array(members))
		return garbled();
	if (json_array_size(members) > ENTRANCE_MOST_DEVICES)
		return reject(name, "機器・媒体は%d台までです。", ENTRANCE_MOST_DEVICES);
	for (size_t at = 0; at < json_array_size(members); at++) {
		const json_t *member = json_array_get(members, at);
		if (!json_is_string(member))
			return garbled();
		const struct text serial = text_trim(text_copy(
			reader->into,
			(struct text){ json_string_value(member), json_string_length(member) }));
		if (!is_line(serial))
			return garbled();
		if (serial.len == 0 || text_count(serial) > SERIAL_MOST)
			return reject(name, "機器の番号は%d文字までにしてください。", SERIAL_MOST);
		list[(*count)++] = serial;
	}
	return OK;
}

static bool
is_mark(struct text text)
{
	if (text.len != ENTRANCE_MARK_LEN)
		return false;
	for (size_t at = 0; at < text.len; at++)
		if (!((text.data[at] >= '0' && text.data[at] <= '9') ||
		      (text.data[at] >= 'a' && text.data[at] <= 'f')))
			return false;
	return true;
}

static struct error *
read_what(const struct reader *reader, struct entrance_event *event)
{
	static const char *const names[] = { "enter", "leave", "refuse" };
	struct text what;
	TRY(text_at(reader, "what", KEY_MOST, &what));
	for (int at = 0; at < 3; at++)
		if (text_is(what, names[at])) {
			event->what = (enum entrance_what)at;
			return OK;
		}
	return garbled();
}

static struct error *
read_event(const struct reader *reader, struct entrance_event *event)
{
	TRY(read_what(reader, event));
	TRY(text_at(reader, "mark", ENTRANCE_MARK_LEN, &event->mark));
	TRY(moment_at(reader, "at", &event->at));
	TRY(text_at(reader, "key", KEY_MOST, &event->key));
	TRY(text_at(reader, "name", ENTRANCE_MOST_NAME, &event->name));
	TRY(text_at(reader, "of", ENTRANCE_MOST_NAME, &event->of));
	TRY(text_at(reader, "purpose", KEY_MOST * 3, &event->purpose));
	TRY(text_at(reader, "words", ENTRANCE_MOST_WORDS / 2, &event->words));
	TRY(text_at(reader, "escort", KEY_MOST, &event->escort));
	TRY(text_at(reader, "visit", ENTRANCE_MARK_LEN, &event->visit));
	event->id_shown = is_yes(reader, "shown");
	event->moved = is_yes(reader, "moved");
	event->impact = is_yes(reader, "impact");
	TRY(serials_at(reader, "devices", event->devices, &event->devices_count));
	TRY(serials_at(reader, "outside", event->outside, &event->outside_count));
	if (!is_mark(event->mark) || (event->what == ENTRANCE_LEAVES && !is_mark(event->visit)))
		return garbled();
	return OK;
}

struct error *
entrance_event_read(struct arena *into, struct text body, struct entrance_event *event)
{
	struct entrance_event made = { 0 };
	if (body.len > EVENT_MOST)
		return garbled();
	json_t *object = json_loadb(body.data, body.len, JSON_REJECT_DUPLICATES, NULL);
	struct reader reader = { into, object };
	struct error *error = json_is_object(object) ? read_event(&reader, &made) : garbled();
	json_decref(object);
	if (error == OK)
		*event = made;
	return error;
}
