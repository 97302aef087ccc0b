/* A little house with the real store and journal, for benches: one act adds a room and one entry. */
#ifndef BANSHO_BENCH_HOUSE_H
#define BANSHO_BENCH_HOUSE_H

#include "clock.h"
#include "house_sql.h"
#include "journal/journal.h"
#include "store/store.h"

#include "base/file.h"
#include "base/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct error *
add_room(struct act *act, void *with)
{
	int64_t id;
	(void)with;
	TRY(act_number(act, T("room"), &id));
	TRY(house_add(act, &(struct house_add_in){
				   .id = id,
				   .name = text_format(act->look.arena, "room %lld", (long long)id),
				   .note = T("note") }));
	const struct fact fact = { .act = "house.add",
				   .about = { text_format(act->look.arena, "room:%lld",
							  (long long)id) } };
	return act_note(act, &fact);
}

static struct store *
house_open(struct arena *arena, const char *folder)
{
	struct migration *migrations = ARENA_ARRAY(arena, struct migration, 12);
	struct text sql;
	struct store *store;
	struct journal *journal;
	size_t count = 0;
	for (const struct migration *step = bansho_migrations; step->room != NULL; step++)
		if (strcmp(step->room, "store") == 0 || strcmp(step->room, "journal") == 0)
			migrations[count++] = *step;
	must(file_read(arena, HOUSE_SCHEMA, 1 << 16, &sql));
	const struct text own = text_replace(arena, sql, T("CREATE TABLE journal_test"),
					     T("CREATE TABLE journal_bench"));
	migrations[count] = (struct migration){ "house", 1, text_z(arena, own) };
	must(store_open(arena,
			&(struct store_options){ .path = path_join(arena, folder, "house.sqlite"),
						 .may_create = true, .migrations = migrations },
			&store));
	must(journal_open(arena, store, T("bench"), &journal));
	return store;
}

#endif
