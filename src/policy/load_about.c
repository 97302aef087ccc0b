#include "policy/rooms.h"

#include "base/say.h"

/* What this pack is: pack.yaml with the editions of its document, and terms.yaml. */

static void
load_editions(struct reading *reading, const struct node *list)
{
	static const struct key keys[] = {{"version", true},
					  {"enacted", false},
					  {"effective", false},
					  {"full", false},
					  {NULL, false}};
	struct pack *pack = reading->pack;

	if (list == NULL || !shape_list(reading, list, "editions"))
		return;
	pack->editions = ARENA_ARRAY(reading->into, struct pack_edition, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_edition *edition = &pack->editions[pack->editions_count];
		if (!shape_map(reading, at, "版", keys))
			continue;
		edition->version = get_text(reading, at, "version");
		edition->enacted = get_day(reading, at, "enacted", N_("決定日"));
		edition->effective = get_day(reading, at, "effective", N_("施行日"));
		edition->is_full = get_yes_no(reading, at, "full", false);
		place_keep(reading, edition, at);
		pack->editions_count++;
	}
}

void
load_about(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {
		{"id", true},        {"title", true},      {"version", true},
		{"mode", true},      {"body", true},       {"law", true},
		{"document", true},  {"effective", true},  {"enacted", false},
		{"editions", false}, {"publishes", false}, {"transfers", false}, {"acknowledged", false},
		{NULL, false},
	};
	static const char *const modes[] = {"sample", "adopted", NULL};
	struct pack *pack = reading->pack;

	if (file == NULL || !shape_map(reading, file, "pack.yaml", keys))
		return;
	pack->id = get_code(reading, file, "id");
	pack->title = get_words(reading, file, "title");
	pack->version = get_text(reading, file, "version");
	pack->is_sample = get_one_of(reading, file, "mode", modes, 0) == 0;
	pack->body = get_words(reading, file, "body");
	pack->law = get_words(reading, file, "law");
	pack->document = get_words(reading, file, "document");
	pack->effective = get_day(reading, file, "effective", N_("施行日"));
	pack->enacted = get_day(reading, file, "enacted", N_("決定日"));
	load_editions(reading, node_get(file, "editions"));
	pack->publishes = REFER(reading, file, "publishes", refer_role);
	pack->transfers = REFER(reading, file, "transfers", refer_role);
	pack->is_acknowledged = get_yes_no(reading, file, "acknowledged", false);
	if (node_get(file, "effective") != NULL)
		place_keep(reading, &pack->effective, node_get(file, "effective"));
}

static void
check_term(struct reading *reading, const struct node *node, const struct pack_term *term)
{
	for (const struct pack_term *other = reading->pack->terms; other < term; other++)
		if (term->name.ja.len > 0 && text_same(other->name.ja, term->name.ja))
			fault_twice(reading, node, term->name.ja);
}

void
load_glossary(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"ja", true},      {"en", true},
					  {"means", false},  {"aliases", false},
					  {"clause", false}, {NULL, false}};
	struct pack *pack = reading->pack;
	size_t count;
	const struct node *at = file_items(reading, file, "terms", &count);

	pack->terms = ARENA_ARRAY(reading->into, struct pack_term, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_term *term = &pack->terms[pack->terms_count];
		if (!shape_map(reading, at, "用語", keys))
			continue;
		term->name = own_words(reading, at);
		term->means = get_words(reading, at, "means");
		term->aliases = get_texts(reading, at, "aliases", &term->aliases_count);
		term->clause = REFER(reading, at, "clause", refer_clause);
		check_term(reading, at, term);
		place_keep(reading, term, at);
		pack->terms_count++;
	}
}
