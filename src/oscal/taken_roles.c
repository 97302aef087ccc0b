/* Roles of a document as roles of a pack, and which controls a profile selects. */
#include "oscal/reading.h"

#include "base/say.h"

#include <string.h>

static struct words
own_pair(struct taken *taken, const struct spot *spot, const char *name, struct text otherwise)
{
	const struct text ja = prop_at(taken->into, spot->value, OSCAL_NS, name, "ja");
	return (struct words){ ja.len > 0 ? ja : otherwise,
			       prop_at(taken->into, spot->value, OSCAL_NS, name, "en") };
}

static void
own_role(struct taken *taken, const struct spot *spot, struct text title, struct text description,
	 struct taken_role *role)
{
	struct arena *into = taken->into;
	role->scope = prop_at(into, spot->value, OSCAL_NS, "scope", NULL);
	role->name = own_title(taken, spot, title);
	role->short_name = own_pair(taken, spot, "short", T(""));
	role->appointed = own_pair(taken, spot, "appointed", plain_of(into, description));
	role->above = code_of(prop_at(into, spot->value, OSCAL_NS, "above", NULL));
	role->clause = prop_at(into, spot->value, OSCAL_NS, "clause", NULL);
	role->must_be_held = prop_at(into, spot->value, OSCAL_NS, "must-be-held", NULL).len > 0;
	role->is_collegial = prop_at(into, spot->value, OSCAL_NS, "collegial", NULL).len > 0;
}

static bool
is_scope(struct text scope)
{
	return text_is(scope, "body") || text_is(scope, "bureau") || text_is(scope, "section") ||
	       text_is(scope, "system") || text_is(scope, "everyone");
}

static struct error *
taken_role(struct taken *taken, const struct spot *spot, struct taken_role *role)
{
	struct text id, title, description;
	TRY(text_at(taken->into, spot, "id", &id));
	TRY(text_at(taken->into, spot, "title", &title));
	TRY(text_at(taken->into, spot, "description", &description));
	if (id.len == 0)
		return reject(where_is(taken->into, spot, NULL), "id がありません。");
	if (prop_at(taken->into, spot->value, OSCAL_NS, "scope", NULL).len > 0) {
		role->code = taken_code(taken, code_of(id));
		own_role(taken, spot, title, description, role);
	} else {
		role->code = taken_code(taken, id);
		role->name = words_from(taken, plain_of(taken->into, title.len > 0 ? title : id), id);
	}
	if (text_is_blank(role->name.ja) && text_is_blank(role->name.en))
		role->name.ja = id;
	role->name = both_words(taken, role->name, id);
	role->short_name = both_words(taken, role->short_name, id);
	role->appointed = both_words(taken, role->appointed, id);
	if (is_scope(role->scope))
		return OK;
	oscal_ask(taken, ANSWER_ROLE, id);
	role->scope = T("body");
	return OK;
}

struct error *
taken_roles(struct taken *taken, const struct spot *metadata)
{
	json_t *array;
	size_t count;
	TRY(array_at(taken->into, metadata, "roles", &array, &count));
	taken->roles = ARENA_ARRAY(taken->into, struct taken_role, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(metadata, "roles", array, at);
		TRY(taken_role(taken, &item, &taken->roles[at]));
		for (size_t before = 0; before < at; before++)
			if (text_same(taken->roles[before].code, taken->roles[at].code))
				return reject(where_is(taken->into, &item, NULL),
					      "役割「%.*s」が二度あります。",
					      T_ARG(taken->roles[at].code));
		if (at > 1000)
			return reject(where_is(taken->into, &item, NULL), "役割が多すぎます。");
	}
	taken->roles_count = count;
	return OK;
}

/* ---- What a profile selects ---- */

static bool
lists(const json_t *selection, const char *name, const char *id)
{
	const json_t *groups = json_object_get(selection, name);
	for (size_t at = 0; at < json_array_size(groups); at++) {
		const json_t *ids = json_object_get(json_array_get(groups, at), "with-ids");
		for (size_t of = 0; of < json_array_size(ids); of++) {
			const json_t *one = json_array_get(ids, of);
			if (json_is_string(one) && strcmp(json_string_value(one), id) == 0)
				return true;
		}
	}
	return false;
}

static bool
takes_children(const json_t *selection, const char *id)
{
	const json_t *groups = json_object_get(selection, "include-controls");
	for (size_t at = 0; at < json_array_size(groups); at++) {
		const json_t *group = json_array_get(groups, at);
		const json_t *with = json_object_get(group, "with-child-controls");
		json_t *one;
		size_t of;
		if (!json_is_string(with) || strcmp(json_string_value(with), "yes") != 0)
			continue;
		json_array_foreach(json_object_get(group, "with-ids"), of, one)
			if (json_is_string(one) && strcmp(json_string_value(one), id) == 0)
				return true;
	}
	return false;
}

bool
is_selected(const struct taken *taken, const json_t *control, bool is_brought, bool *brings)
{
	const json_t *id = json_object_get(control, "id");
	*brings = is_brought;
	if (taken->selection == NULL || !json_is_string(id))
		return true;
	*brings |= takes_children(taken->selection, json_string_value(id));
	if (lists(taken->selection, "exclude-controls", json_string_value(id)))
		return false;
	if (json_object_get(taken->selection, "include-controls") == NULL)
		return true;
	return is_brought || lists(taken->selection, "include-controls", json_string_value(id));
}
