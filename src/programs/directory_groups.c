/* Groups, and groups in groups: read once, followed upwards for each account. */
#include "programs/directory.h"

#include "base/say.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_MOST = 20000, JOINS_MOST = 2000000 };

struct group {
	struct text dn, name;
	size_t visited; /* for which account it was last come by */
};
/* `who` (a group's or account's name, or a login) is in the group. */
struct join {
	struct text who;
	size_t group;
};
struct groups {
	struct group *list; /* sorted by dn */
	size_t count, room;
	struct join *joins; /* sorted by who */
	size_t joins_count, joins_room;
	size_t *waiting; /* as many as groups */
	size_t visit;
	bool is_over;
};

static void *
grown(struct arena *arena, const void *old, size_t size, size_t count, size_t *room)
{
	*room = *room == 0 ? 256 : *room * 2;
	void *made = arena_get(arena, size, *room);
	if (count != 0)
		memcpy(made, old, size * count);
	return made;
}

static void
add_group(struct groups *groups, struct arena *arena, struct text dn, struct text name)
{
	groups->is_over |= groups->count >= GROUPS_MOST;
	if (groups->is_over)
		return;
	if (groups->count == groups->room)
		groups->list = grown(arena, groups->list, sizeof *groups->list, groups->count,
				     &groups->room);
	groups->list[groups->count++] = (struct group){ .dn = dn, .name = name };
}

static void
add_join(struct groups *groups, struct arena *arena, struct text who, size_t group)
{
	groups->is_over |= groups->joins_count >= JOINS_MOST;
	if (groups->is_over)
		return;
	if (groups->joins_count == groups->joins_room)
		groups->joins = grown(arena, groups->joins, sizeof *groups->joins,
				      groups->joins_count, &groups->joins_room);
	groups->joins[groups->joins_count++] = (struct join){ who, group };
}

static int
group_order(const void *left, const void *right)
{
	const struct group *a = left, *b = right;
	return text_order(a->dn, b->dn);
}

static int
join_order(const void *left, const void *right)
{
	const struct join *a = left, *b = right;
	return text_order(a->who, b->who);
}

static const struct group *
group_called(const struct groups *groups, struct text dn)
{
	const struct group wanted = { .dn = dn };
	return groups->count == 0 ? NULL
				  : bsearch(&wanted, groups->list, groups->count,
					    sizeof *groups->list, group_order);
}

/* ---- Reading ---- */

/* While reading, before the groups are sorted: members by the dn of their group. */
struct member {
	struct text who, group;
	bool is_upwards; /* the group `group` is itself in `who` (memberOf) */
};
struct members {
	struct member *list;
	size_t count, room;
};

static void
add_members(struct line *line, LDAPMessage *entry, struct members *members, struct text group)
{
	static const struct {
		const char *name;
		bool is_dn, is_upwards;
	} kinds[] = { { "member", true, false },
		      { "uniqueMember", true, false },
		      { "memberUid", false, false },
		      { "memberOf", true, true } };
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
		size_t count;
		const struct text *values = values_of(line, entry, kinds[kind].name, &count);
		for (size_t at = 0; at < count && members->count < JOINS_MOST; at++) {
			if (members->count == members->room)
				members->list = grown(line->arena, members->list,
						      sizeof *members->list, members->count,
						      &members->room);
			members->list[members->count++] = (struct member){
				.who = kinds[kind].is_dn ? dn_of(line, values[at]) : values[at],
				.group = group,
				.is_upwards = kinds[kind].is_upwards,
			};
		}
	}
}

static void
read_groups(struct line *line, LDAPMessage *answer, struct groups *groups, struct members *members)
{
	for (LDAPMessage *entry = ldap_first_entry(line->ldap, answer); entry != NULL;
	     entry = ldap_next_entry(line->ldap, entry)) {
		char *name = ldap_get_dn(line->ldap, entry);
		const struct text dn = dn_of(line, text_of(name != NULL ? name : ""));
		ldap_memfree(name);
		add_group(groups, line->arena, dn, value_of(line, entry, "cn"));
		add_members(line, entry, members, dn);
	}
}

static void
join_members(struct line *line, struct groups *groups, const struct members *members)
{
	for (size_t at = 0; at < members->count; at++) {
		const struct member *one = &members->list[at];
		const struct group *group =
			group_called(groups, one->is_upwards ? one->who : one->group);
		if (group != NULL)
			add_join(groups, line->arena, one->is_upwards ? one->group : one->who,
				 (size_t)(group - groups->list)); /* points into the list */
	}
	if (groups->joins_count > 1)
		qsort(groups->joins, groups->joins_count, sizeof *groups->joins, join_order);
}

enum directory_status
groups_read(struct line *line, struct groups **made, struct text *words)
{
	static const char *const names[] = { "cn", "member", "uniqueMember", "memberUid", "memberOf",
					     NULL };
	struct groups *groups = ARENA_NEW(line->arena, struct groups);
	struct members members = { 0 };
	struct page page = { .base = line->conf->group_base, .filter = line->conf->groups };
	memcpy(&page.wanted, &(const char *const *){ names }, sizeof page.wanted); /* older than const */
	enum directory_status status;
	do {
		status = line_page(line, &page, words);
		if (status == DIRECTORY_DONE)
			read_groups(line, page.answer, groups, &members);
	} while (status == DIRECTORY_DONE && page.cookie != NULL && !groups->is_over);
	page_close(&page);
	if (status != DIRECTORY_DONE)
		return status;
	if (groups->count > 1)
		qsort(groups->list, groups->count, sizeof *groups->list, group_order);
	join_members(line, groups, &members);
	if (groups->is_over || members.count >= JOINS_MOST) {
		*words = text_of(say("グループが多すぎます(20,000まで)。group-base か groups で絞ってください。"));
		return DIRECTORY_WRONG;
	}
	groups->waiting = ARENA_ARRAY(line->arena, size_t, groups->count + 1);
	*made = groups;
	return DIRECTORY_DONE;
}

/* ---- Following ---- */

static void
come_by(struct groups *groups, size_t group, size_t *waiting)
{
	if (groups->list[group].visited == groups->visit)
		return;
	groups->list[group].visited = groups->visit;
	groups->waiting[(*waiting)++] = group;
}

static void
come_by_joins(struct groups *groups, struct text who, size_t *waiting)
{
	size_t low = 0, high = groups->joins_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (text_order(groups->joins[middle].who, who) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < groups->joins_count && text_same(groups->joins[low].who, who); low++)
		come_by(groups, groups->joins[low].group, waiting);
}

static int
name_order(const void *left, const void *right)
{
	const struct text *a = left, *b = right;
	return text_order(*a, *b);
}

/* A group is come by once, so circles end. */
size_t
groups_of(struct groups *groups, struct text dn, struct text login, const struct text *named,
	  size_t named_count, struct text *names)
{
	size_t waiting = 0, done = 0, count = 0;
	groups->visit++;
	come_by_joins(groups, dn, &waiting);
	if (login.len != 0)
		come_by_joins(groups, login, &waiting);
	for (size_t at = 0; at < named_count; at++) {
		const struct group *group = group_called(groups, named[at]);
		if (group != NULL)
			come_by(groups, (size_t)(group - groups->list), &waiting); /* in the list */
	}
	while (done < waiting) {
		const struct group *group = &groups->list[groups->waiting[done++]];
		come_by_joins(groups, group->dn, &waiting);
		if (group->name.len != 0 && count < DIRECTORY_MOST_GROUPS)
			names[count++] = group->name;
	}
	if (count > 1)
		qsort(names, count, sizeof *names, name_order);
	return count;
}

bool
group_is_privileged(const struct line *line, struct text name)
{
	struct text one, rest = line->conf->privileged;
	for (bool more = rest.len != 0; more;) {
		more = text_cut(rest, ';', &one, &rest);
		if (text_same(text_fold(line->arena, text_trim(one)), text_fold(line->arena, name)))
			return true;
	}
	return false;
}
