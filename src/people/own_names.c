/* Names that are easily thought of for a password: the body, its pack, its units, the person.
 */
#include "people/rooms.h"

#include <string.h>

struct own {
	struct arena *arena;
	struct text *list;
	size_t count, room;
};

static void
own_add(struct own *own, struct text word)
{
	if (own->count < own->room && text_count(word) >= 2)
		own->list[own->count++] = word;
}

/* 人事課 and 人事, 高松市 and 高松. */
static void
own_add_name(struct own *own, struct text name)
{
	static const char *const kinds[] = {"課", "局", "部", "室", "係", "所", "市",
					    "町", "村", "区", "県", "府", "都"};
	own_add(own, name);
	for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++)
		if (text_ends(name, text_of(kinds[at])))
			own_add(own, text_first(name, name.len - strlen(kinds[at])));
}

/* Family and given name stand apart, with any white space between. */
static void
own_add_parts(struct own *own, struct text words)
{
	struct text family, given;
	name_split(words, &family, &given);
	own_add(own, family);
	own_add(own, given);
}

struct error *
people_password_own(struct look *look, const struct pack *pack, struct person_id person,
		    struct text **list, size_t *count)
{
	struct person who;
	struct unit *units;
	size_t units_count;
	struct text body, code;
	TRY(people_person(look, person, &who));
	TRY(people_units(look, look_today(look), &units, &units_count));
	TRY(store_setting(look, T("body.name"), &body));
	TRY(store_setting(look, T("body.code"), &code));
	struct own own = {.arena = look->arena, .room = units_count * 2 + 16};
	own.list = ARENA_ARRAY(look->arena, struct text, own.room);
	own_add(&own, T("bansho"));
	own_add(&own, pack->id);
	own_add(&own, code);
	own_add_name(&own, body);
	own_add_parts(&own, who.name);
	own_add_parts(&own, who.kana);
	for (size_t at = 0; at < units_count; at++)
		own_add_name(&own, units[at].name);
	*list = own.list;
	*count = own.count;
	return OK;
}
