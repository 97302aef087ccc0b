/* What only this room's own files know. */
#ifndef BANSHO_ACCESS_ROOMS_H
#define BANSHO_ACCESS_ROOMS_H

#include "access/access.h"
#include "access/access_sql.h"

#include "base/say.h"
#include "base/table.h"

enum { PERSONS_MOST = 200000, PLACES_MOST = 1000000, UNITS_MOST = 5000 };

struct text about_account(struct arena *into, struct access_id id);
struct text about_system(struct arena *into, struct row_id id);

/* A list that grows while rows come by. */
#define GROW(arena, list, count, room)                                                         \
	do {                                                                                   \
		if ((count) == (room)) {                                                       \
			(room) = (room) == 0 ? 256 : (room) * 2;                               \
			__typeof__(list) grown_ =                                              \
				arena_get((arena), sizeof *(list), (room));                    \
			for (size_t grow_ = 0; grow_ < (count); grow_++)                       \
				grown_[grow_] = (list)[grow_];                                 \
			(list) = grown_;                                                       \
		}                                                                              \
	} while (0)

/* What belongs to what: person to unit, account to user. Sorted by `of`. */
struct pair {
	int64_t of, is;
};
struct pairs {
	struct arena *arena;
	struct pair *list;
	size_t count, room;
};
void pair_add(struct pairs *pairs, int64_t of, int64_t is);
/* The first of those with `of`; *count how many. */
const struct pair *pairs_with(const struct pairs *pairs, int64_t of, size_t *count);
bool pair_is(const struct pairs *pairs, int64_t of, int64_t is);

/* ---- heads.c: who reviews whose accounts ---- */

struct heads;
/* As things stand today. NULL in *heads: the pack has no ledger with accounts. */
struct error *heads_now(struct look *look, const struct pack *pack, struct heads **heads) MUST_USE;
/* The unit that is asked about a person's accounts; no 0: nobody stands above them. */
struct unit_id heads_unit_of(const struct heads *heads, int64_t person);
/* The units of heads, each once, in order of number. */
size_t heads_count(const struct heads *heads);
struct unit_id heads_at(const struct heads *heads, size_t at);
/* Users of an account today. */
const struct pair *heads_users(const struct heads *heads, int64_t account, size_t *count);
/* Which unit is asked about an account; no 0: none. */
struct unit_id heads_of_account(const struct heads *heads, int64_t account, int64_t person,
				bool is_shared);

/* ---- import_match.c ---- */

struct match_index;
struct error *match_index_make(struct look *look, struct match_index **index) MUST_USE;
struct matched {
	struct person_id person; /* no 0: nobody, or more than one */
	struct text number, name;
	enum access_match match;
	bool is_many; /* the name is borne by several */
};
/* By staff number, mail address, the account itself, name; the first that says something counts. */
struct matched match_person(const struct match_index *index, struct arena *arena, struct text number,
			    struct text mail, struct text account, struct text name);
/* One user of a shared account, as typed: a number or a name. */
struct matched match_user(const struct match_index *index, struct arena *arena, struct text words);

/* ---- columns.c ---- */

struct text cell_at(const struct table_row *row, int column);
/* "number=職員番号": what fed what, for the next list of the system. */
struct text mapping_keep(struct arena *into, const struct table *table,
			 const struct access_mapping *mapping);
/* Cells of words; false: they are none of those known. */
bool cell_disabled(struct arena *arena, struct text heading, struct text cell, bool *is);
bool cell_privileged(struct arena *arena, struct text cell, bool *is);
bool cell_kind(struct arena *arena, struct text cell, enum access_kind *kind);
/* DAY_NONE for an empty one and 未使用. */
bool cell_used(struct arena *arena, struct text cell, struct day *used);

#endif
