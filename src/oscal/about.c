/* What every document begins with, and the one way in for writing. */
#include "oscal/rooms.h"

#include "base/say.h"

static const struct {
	const char *name, *file;
} models[OSCAL_MODELS] = {
	{ "catalog", "catalog.json" },
	{ "profile", "profile.json" },
	{ "component-definition", "component-definition.json" },
	{ "assessment-plan", "assessment-plan.json" },
	{ "assessment-results", "assessment-results.json" },
	{ "plan-of-action-and-milestones", "poam.json" },
};

const char *
oscal_model_name(enum oscal_model model)
{
	return models[model].name;
}

const char *
oscal_model_file(enum oscal_model model)
{
	return models[model].file;
}

bool
oscal_model_read(struct text name, enum oscal_model *model)
{
	for (int at = 0; at < OSCAL_MODELS; at++) {
		if (text_is(name, models[at].name) ||
		    (at == OSCAL_POAM && text_is(name, "poam"))) {
			*model = (enum oscal_model)at;
			return true;
		}
	}
	return false;
}

bool
oscal_needs_body(enum oscal_model model)
{
	return model >= OSCAL_PLAN;
}

struct text
component_uuid(struct arena *into)
{
	return uuid_of(into, T("bansho"), "component", T("bansho"));
}

void
put_about(struct writing *writing, const char *title)
{
	struct arena *arena = writing->arena;
	const struct pack *pack = writing->source->pack;
	const bool is_bodys = text_same(writing->scope, writing->source->body_code);
	const struct text name = is_bodys ? writing->source->body_name : pack->body.ja;
	put_text(writing->root, "uuid", uuid_of(arena, writing->scope, title, writing->state));
	json_t *metadata = put_object(writing->root, "metadata");
	put_line(arena, metadata, "title", text_format(arena, "%.*s　%s", T_ARG(name), say(title)));
	put_text(metadata, "last-modified", writing->stamp);
	put_text(metadata, "version", line_of(arena, pack->version));
	put_z(metadata, "oscal-version", OSCAL_VERSION);
	add_prop(arena, metadata, "pack", pack->id);
	add_prop(arena, metadata, "pack-digest", hash_hex(arena, &pack->digest));
	json_t *party = add_object(metadata, "parties");
	put_text(party, "uuid", uuid_of(arena, writing->scope, "party", pack->id));
	put_z(party, "type", "organization");
	put_text(party, "name", line_of(arena, name));
}

void
add_link(json_t *object, const char *rel, struct text href, struct text words)
{
	json_t *link = add_object(object, "links");
	put_text(link, "href", href);
	put_z(link, "rel", rel);
	if (words.len > 0)
		put_text(link, "text", words);
}

json_t *
add_resource(struct writing *writing, const char *kind, struct text id, struct text title)
{
	json_t *matter = json_object_get(writing->root, "back-matter");
	if (matter == NULL)
		matter = put_object(writing->root, "back-matter");
	json_t *resource = add_object(matter, "resources");
	put_text(resource, "uuid", uuid_of(writing->arena, writing->scope, kind, id));
	put_line(writing->arena, resource, "title", title);
	add_prop(writing->arena, resource, "type", text_of(kind));
	return resource;
}

/*
 * A pack alone is as of the day it applies from. A body's records are as of their newest entry, or the
 * beginning of the day they are shown for: what was due yesterday may be late today without any act.
 */
static struct error *
choose_state(struct writing *writing)
{
	const struct oscal_source *source = writing->source;
	struct arena *arena = writing->arena;
	struct journal_entry *entries;
	size_t count;
	writing->stamp = time_of_day(arena, source->pack->effective);
	writing->state = hash_hex(arena, &source->pack->digest);
	if (source->assurance == NULL)
		return OK;
	const struct moment shown = source->assurance->at;
	struct moment at = shown;
	writing->day = moment_day(shown);
	writing->is_past = writing->day.no < moment_day(source->look->now).no;
	TRY(journal_history(source->look, T(""), JOURNAL_NEWEST, 1, &entries, &count));
	if (!writing->is_past) {
		at = day_begin(writing->day);
		if (count > 0 && entries[0].at.ms > at.ms)
			at = entries[0].at;
	}
	writing->stamp = moment_utc(arena, at);
	writing->state = text_format(arena, "%.*s\n%lld\n%.*s", T_ARG(writing->state),
				     count > 0 && !writing->is_past ? (long long)entries[0].seq : 0LL,
				     T_ARG(writing->stamp));
	return OK;
}

static struct error *
write_model(struct writing *writing, enum oscal_model model)
{
	switch (model) {
	case OSCAL_CATALOG:
		write_catalog(writing);
		return OK;
	case OSCAL_PROFILE:
		return write_profile(writing);
	case OSCAL_COMPONENTS:
		return write_components(writing);
	case OSCAL_PLAN:
		return write_plan(writing);
	case OSCAL_RESULTS:
		return write_results(writing);
	case OSCAL_POAM:
		return write_poam(writing);
	case OSCAL_MODELS:
		break;
	}
	return OK;
}

struct error *
oscal_write(struct arena *into, const struct oscal_source *source, enum oscal_model model,
	    struct text *json)
{
	JSON_SCOPED *document = new_object();
	struct writing writing = {
		.arena = into,
		.source = source,
		.scope = source->body_code.len > 0 ? source->body_code : source->pack->id,
		.document = document,
	};
	if (oscal_needs_body(model) && source->assurance == NULL)
		return missing("「%s」には団体の記録が要ります。--data で団体を指定してください。",
			       models[model].name);
	TRY(choose_state(&writing));
	writing.root = put_object(document, models[model].name);
	TRY(write_model(&writing, model));
	*json = json_bytes(into, document);
	return OK;
}
