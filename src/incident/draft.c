/* The report to an authority, item by item, as the case stands. */
#include "incident/rooms.h"

#include "base/writer.h"

enum { DRAFT_MOST = 64 << 20 }; /* INCIDENT_MOST_ENTRIES of INCIDENT_MOST_WORDS fit */

static struct text
line(struct arena *arena, struct text before, const char *label, struct text words)
{
	if (words.len == 0)
		return before;
	const struct text one = text_format(arena, "%s%s%.*s", label, label[0] != '\0' ? "：" : "", T_ARG(words));
	return before.len == 0 ? one : text_format(arena, "%.*s\n%.*s", T_ARG(before), T_ARG(one));
}

static struct text
when_known(struct arena *arena, struct moment moment)
{
	return moment.ms == 0 ? text_of(say("調査中")) : moment_wareki(arena, moment);
}

static struct text
entries_of(struct arena *arena, const struct incident_entry *list, size_t count, unsigned categories,
	   bool only_reported)
{
	struct writer made = writer_open(arena, DRAFT_MOST);
	for (size_t at = 0; at < count; at++) {
		if ((categories & 1U << list[at].category) == 0 || (only_reported && !list[at].is_reported))
			continue;
		if (made.len != 0)
			write_byte(&made, '\n');
		write_text(&made, moment_wareki(arena, list[at].at));
		write_z(&made, "　");
		write_text(&made, list[at].words);
	}
	return writer_text(&made);
}

static struct text
overview(struct look *look, const struct pack *pack, const struct incident *incident,
	 const struct incident_entry *list, size_t count)
{
	struct arena *arena = look->arena;
	struct text made = T(""), rest = incident->grounds, code, grounds = T("");
	made = line(arena, made, say("発生日時"), when_known(arena, incident->happened));
	made = line(arena, made, say("発覚日時"), moment_wareki(arena, incident->known));
	made = line(arena, made, say("発生した事案"), incident->title);
	if (incident->kind != NULL)
		made = line(arena, made, say("種類"), words_now(incident->kind->name));
	made = line(arena, made, say("場所"), incident->place);
	made = line(arena, made, say("発見者"),
		    incident->finder.len != 0 ? incident->finder
					      : text_of(incident_source_words(incident->source)));
	made = line(arena, made, say("所属"), incident->unit_name);
	while (value_next(&rest, &code)) {
		const struct pack_ground *ground = pack_ground(pack, code);
		if (ground != NULL)
			grounds = grounds.len == 0 ? words_now(ground->words)
						   : text_format(arena, "%.*s、%.*s", T_ARG(grounds),
								 T_ARG(words_now(ground->words)));
	}
	made = line(arena, made, say("報告が要る事由"), grounds);
	const struct text course = entries_of(arena, list, count, ~0U, true);
	if (course.len != 0)
		made = text_format(arena, "%.*s\n%s\n%.*s", T_ARG(made), say("事実経過："), T_ARG(course));
	return made;
}

static struct text
items_of(struct arena *arena, const struct incident_affected *list, size_t count)
{
	struct text made = T("");
	for (size_t at = 0; at < count; at++)
		made = line(arena, made, "",
			    text_format(arena, say("%.*s（媒体：%.*s、項目：%.*s）"), T_ARG(list[at].name),
					T_ARG(list[at].media.len != 0 ? list[at].media : text_of(say("調査中"))),
					T_ARG(list[at].items.len != 0 ? list[at].items
								      : text_of(say("調査中")))));
	return made;
}

static struct text
persons_of(struct arena *arena, const struct incident_affected *list, size_t count)
{
	int64_t sure = 0, maybe = 0;
	for (size_t at = 0; at < count; at++)
		*(list[at].is_sure ? &sure : &maybe) += list[at].persons;
	if (count == 0)
		return T("");
	if (maybe == 0)
		return text_format(arena, say("%lld人"), (long long)sure);
	return text_format(arena, say("%lld人（ほかに、おそれのある人が%lld人）"), (long long)sure,
			   (long long)maybe);
}

struct error *
incident_draft(struct look *look, const struct pack *pack, struct incident_id id, struct draft_item **list,
	       size_t *count)
{
	struct arena *arena = look->arena;
	const struct pack_incidents *all = &pack->incidents;
	struct incident incident;
	struct incident_entry *entries;
	struct incident_affected *affected;
	size_t entries_count, affected_count;
	TRY(incident_read(look, pack, id, &incident));
	TRY(incident_entries(look, id, &(struct entry_query){ 0 }, &entries, &entries_count));
	TRY(incident_affected_list(look, pack, id, &affected, &affected_count));
	*list = ARENA_ARRAY(arena, struct draft_item, all->items_count + 1);
	*count = all->items_count;
	for (size_t at = 0; at < all->items_count; at++) {
		struct draft_item *item = &(*list)[at];
		item->item = &all->items[at];
		switch (item->item->source) {
		case SOURCE_OVERVIEW:
			item->words = overview(look, pack, &incident, entries, entries_count);
			break;
		case SOURCE_ITEMS:
			item->words = items_of(arena, affected, affected_count);
			break;
		case SOURCE_COUNT:
			item->words = persons_of(arena, affected, affected_count);
			break;
		case SOURCE_ENTRIES:
			item->words = entries_of(arena, entries, entries_count, item->item->categories, false);
			break;
		}
	}
	return OK;
}
