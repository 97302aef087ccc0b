/* A form of the pack as a view of a case: what each of its fields says. */
#include "incident/rooms.h"

#include "base/writer.h"

#include <string.h>

enum { VIEW_MOST = 64 << 20 }; /* INCIDENT_MOST_ENTRIES of INCIDENT_MOST_WORDS fit */

struct viewing {
	struct look *look;
	const struct pack *pack;
	struct incident incident;
	struct incident_entry *entries;
	size_t entries_count;
	struct incident_affected *affected;
	size_t affected_count;
};

static struct text
lines_of(struct viewing *viewing, const char *category)
{
	struct arena *arena = viewing->look->arena;
	enum entry_category wanted = ENTRY_OTHER;
	struct writer made = writer_open(arena, VIEW_MOST);
	const bool is_all = category == NULL;
	if (!is_all && !entry_category_read(text_of(category), &wanted))
		return T("");
	for (size_t at = 0; at < viewing->entries_count; at++) {
		const struct incident_entry *entry = &viewing->entries[at];
		if (!is_all && entry->category != wanted)
			continue;
		if (made.len != 0)
			write_byte(&made, '\n');
		if (is_all) {
			write_text(&made, moment_wareki(arena, entry->at));
			write_z(&made, "　");
		}
		write_text(&made, entry->words);
	}
	return writer_text(&made);
}

static struct text
yes_no(enum said said)
{
	return said == SAID_YES ? T("yes") : said == SAID_NO ? T("no") : T("");
}

static struct text
moment_of(struct viewing *viewing, struct moment moment)
{
	return moment.ms == 0 ? T("") : moment_local(viewing->look->arena, moment);
}

static struct text
id_of(struct viewing *viewing, int64_t id)
{
	return id == 0 ? T("") : text_number(viewing->look->arena, id);
}

static struct text
assets_of(struct viewing *viewing)
{
	struct text made = T("");
	for (size_t at = 0; at < viewing->affected_count; at++)
		if (viewing->affected[at].asset.no != 0)
			made = text_format(viewing->look->arena, "%.*s%s%lld", T_ARG(made),
					   made.len == 0 ? "" : "\n",
					   (long long)viewing->affected[at].asset.no);
	return made;
}

static struct error *
evidence_of(struct viewing *viewing, struct text *made)
{
	struct incident_evidence *list;
	size_t count;
	*made = T("");
	TRY(incident_evidence_list(viewing->look, viewing->incident.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		*made = text_format(viewing->look->arena, "%.*s%s%lld\t%.*s", T_ARG(*made), made->len == 0 ? "" : "\n",
				    (long long)list[at].no, T_ARG(list[at].name));
	return OK;
}

static struct error *
tasks_of(struct viewing *viewing, struct text *made)
{
	struct incident_task *list;
	size_t count;
	*made = T("");
	TRY(incident_tasks(viewing->look, viewing->pack, viewing->incident.id, (struct person_id){ 0 }, &list,
			   &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].is_done)
			*made = text_format(viewing->look->arena, "%.*s%s%.*s　%.*s", T_ARG(*made),
					    made->len == 0 ? "" : "\n", T_ARG(list[at].words),
					    T_ARG(list[at].answer));
	return OK;
}

static struct error *
authorities_of(struct viewing *viewing, struct text *made)
{
	struct incident_outside *list;
	size_t count;
	*made = T("");
	TRY(incident_outside_list(viewing->look, viewing->pack, viewing->incident.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].filed.ms != 0 && !grounds_have(*made, list[at].code))
			*made = text_format(viewing->look->arena, "%.*s%s%.*s", T_ARG(*made),
					    made->len == 0 ? "" : "\n", T_ARG(list[at].code));
	return OK;
}

/* The plain ones. False when `from` is none of them. */
static bool
plain(struct viewing *viewing, struct text from, struct text *value)
{
	const struct incident *one = &viewing->incident;
	const struct {
		const char *name;
		struct text value;
	} all[] = {
		{ "number", one->number },
		{ "title", one->title },
		{ "kind", one->kind_code },
		{ "place", one->place },
		{ "damage", one->damage },
		{ "finder", one->finder },
		{ "occurred", moment_of(viewing, one->happened) },
		{ "known", moment_of(viewing, one->known) },
		{ "reported", moment_of(viewing, one->entered) },
		{ "reporter", id_of(viewing, one->reporter.no) },
		{ "unit", id_of(viewing, one->unit.no) },
		{ "today", day_iso(viewing->look->arena, moment_day(viewing->look->now)) },
		{ "source-outside", one->source == SOURCE_CITIZEN ? T("yes") : T("no") },
		{ "said-first", one->said.ms != 0 ? T("yes") : T("no") },
		{ "said-at", moment_of(viewing, one->said) },
		{ "judged", moment_of(viewing, one->judged) },
		{ "grave", yes_no(one->grave) },
		{ "crime", yes_no(one->crime) },
		{ "class", one->class_code.len == 0 ? T("") : one->class_code },
		{ "assets", assets_of(viewing) },
		{ "system", id_of(viewing, one->system.no) },
		{ "persons", text_number(viewing->look->arena, one->persons) },
		{ "disclosure", one->has_disclosure ? text_of(disclosure_name(one->disclosure)) : T("") },
	};
	for (size_t at = 0; at < sizeof all / sizeof *all; at++)
		if (text_is(from, all[at].name)) {
			*value = all[at].value;
			return true;
		}
	return false;
}

static struct error *
value_of(struct viewing *viewing, struct text from, struct text *value)
{
	if (plain(viewing, from, value))
		return OK;
	if (text_is(from, "words") || text_is(from, "timeline")) {
		*value = lines_of(viewing, text_is(from, "words") ? "report" : NULL);
		return OK;
	}
	if (text_is(from, "tasks"))
		return tasks_of(viewing, value);
	if (text_is(from, "evidence"))
		return evidence_of(viewing, value);
	if (text_is(from, "authorities"))
		return authorities_of(viewing, value);
	*value = T("");
	if (text_starts(from, T("entries.")))
		*value = lines_of(viewing, text_z(viewing->look->arena, text_from(from, strlen("entries."))));
	return OK;
}

/* A choice takes only its own codes, and a file nothing: the rest stays empty on the paper. */
static struct text
fitting(struct look *look, const struct pack_field *field, struct text value)
{
	struct text kept;
	if (field->kind == FIELD_CHOICE && field_choice(field, value) == NULL)
		return T("");
	if (field->kind == FIELD_CHOICES) {
		struct text item, made = T("");
		while (value_next(&value, &item))
			if (field_choice(field, item) != NULL)
				made = text_format(look->arena, "%.*s%s%.*s", T_ARG(made),
						   made.len == 0 ? "" : "\n", T_ARG(item));
		return made;
	}
	if (field->kind == FIELD_TEXT || field->kind == FIELD_LONG_TEXT)
		return value;
	return field_read(look->arena, field, value, &kept) == OK ? kept : T("");
}

const struct pack_form_view *
incident_view(const struct pack *pack, struct text form)
{
	for (size_t at = 0; at < pack->incidents.views_count; at++)
		if (pack->incidents.views[at].form != NULL &&
		    text_same(pack->incidents.views[at].form->number, form))
			return &pack->incidents.views[at];
	return NULL;
}

struct error *
incident_view_answers(struct look *look, const struct pack *pack, struct incident_id id,
		      const struct pack_form_view *view, struct view_answer **list, size_t *count)
{
	struct viewing viewing = { .look = look, .pack = pack };
	TRY(incident_read(look, pack, id, &viewing.incident));
	TRY(incident_entries(look, id, &(struct entry_query){ 0 }, &viewing.entries, &viewing.entries_count));
	TRY(incident_affected_list(look, pack, id, &viewing.affected, &viewing.affected_count));
	*list = ARENA_ARRAY(look->arena, struct view_answer, view->fields_count + 1);
	*count = view->fields_count;
	for (size_t at = 0; at < view->fields_count; at++) {
		struct text value;
		TRY(value_of(&viewing, view->fields[at].from, &value));
		(*list)[at] = (struct view_answer){ view->fields[at].field,
						    fitting(look, view->fields[at].field, value) };
	}
	return OK;
}
