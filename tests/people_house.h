/* A small body in a real store, for the tests of people: its pack, units, posts and persons. */
#ifndef BANSHO_TESTS_PEOPLE_HOUSE_H
#define BANSHO_TESTS_PEOPLE_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#ifdef HOUSE_JOURNAL
#include "journal/journal.h"
#endif
#include "people/account.h"
#include "people/import.h"

struct house {
	struct arena *arena;
	struct store *store;
	struct pack *pack;
	struct moment now;
	struct actor actor;
	char folder[64];
	char last_act[64]; /* of the last fact that the journal got */
	char last_about[64];
	int64_t last_deputy_for, last_post;
	int entries;
	struct unit_id city, bureau, section, other;
	struct post_id head, chief, clerk;
	struct person_id mayor, director, manager, staff, deputy;
};

#define DAY0 20778 /* 2026-11-21 */
#define D(n) ((struct day){ DAY0 + (n) })
#define NOBODY ((struct person_id){ 0 })

static inline struct error *
house_append(void *self, struct act *act, const struct store_note *note)
{
	struct house *house = self;
	(void)act;
	house->entries++;
	snprintf(house->last_act, sizeof house->last_act, "%s", note->fact->act);
	snprintf(house->last_about, sizeof house->last_about, "%.*s", T_ARG(note->fact->about[0]));
	house->last_deputy_for = note->actor->deputy_for;
	house->last_post = note->actor->post;
	return OK;
}

static inline struct moment
house_clock(void *with)
{
	return ((struct house *)with)->now;
}

static inline void
must(struct error *error)
{
	if (error != OK)
		print_message("# %s:%d %.*s [%.*s]\n", error->file, error->line, T_ARG(error->words),
			      T_ARG(error->field));
	assert_null(error);
}

static inline struct error *
act_as(struct house *house, struct person_id who, act_work *work, void *with)
{
	struct actor actor = { .person = who.no, .role = T(""), .through = T("test") };
	return store_act(house->store, house->arena, &actor, work, with);
}

static inline struct error *
act_now(struct house *house, act_work *work, void *with)
{
	return act_as(house, (struct person_id){ 0 }, work, with);
}

static inline struct unit_id
add_unit(struct act *act, const char *code, const char *name, enum unit_kind kind,
	 struct unit_id parent)
{
	struct unit_id id;
	must(people_unit_add(act, &(struct unit){ .code = text_of(code), .name = text_of(name),
						  .kind = kind, .parent = parent,
						  .since = DAY_NONE, .until = DAY_NONE }, &id));
	return id;
}

static inline struct post_id
add_post(struct act *act, struct house *house, struct unit_id unit, const char *name,
	 const char *role)
{
	struct post post = { .unit = unit, .name = text_of(name), .rank = 1, .since = DAY_NONE,
			     .until = DAY_NONE };
	struct post_id id;
	if (role != NULL)
		post.roles[post.roles_count++] = text_of(role);
	must(people_post_add(act, house->pack, &post, &id));
	return id;
}

static inline struct person_id
add_person(struct act *act, const char *number, const char *family, const char *given,
	   const char *kana, struct post_id post)
{
	struct person_id id;
	struct assignment_id assignment;
	must(people_person_add(act, &(struct person){ .number = text_of(number),
						      .family = text_of(family),
						      .given = text_of(given), .kana = text_of(kana),
						      .mail = T("taro@example.lg.jp"),
						      .since = DAY_NONE, .until = DAY_NONE }, &id));
	must(people_assign(act, &(struct assignment){ .person = id, .post = post, .is_main = true,
						      .since = DAY_NONE, .until = DAY_NONE },
			   &assignment));
	return id;
}

static inline struct error *
house_fill(struct act *act, void *with)
{
	struct house *h = with;
	struct grant_id grant;
	h->city = add_unit(act, "0001", "試験市", UNIT_BODY, (struct unit_id){ 0 });
	h->bureau = add_unit(act, "0100", "総務局", UNIT_BUREAU, h->city);
	h->section = add_unit(act, "0110", "人事課", UNIT_SECTION, h->bureau);
	h->other = add_unit(act, "0120", "契約課", UNIT_SECTION, h->bureau);
	struct post_id mayor = add_post(act, h, h->city, "市長", "mayor");
	h->chief = add_post(act, h, h->bureau, "総務局長", "responsible");
	h->head = add_post(act, h, h->section, "課長", "manager");
	h->clerk = add_post(act, h, h->section, "主事", NULL);
	h->mayor = add_person(act, "000001", "市原", "長子", "イチハラ オサコ", mayor);
	h->director = add_person(act, "000010", "局田", "長一", "キョクダ チョウイチ", h->chief);
	h->manager = add_person(act, "000011", "髙橋", "課子", "タカハシ カコ", h->head);
	h->staff = add_person(act, "000012", "山田", "太郎", "ヤマダ タロウ", h->clerk);
	h->deputy = add_person(act, "000013", "𠮟野", "次郎", "シカノ ジロウ", h->clerk);
	return people_grant_give(act, &(struct grant){ .person = h->staff, .kind = GRANT_OPERATOR,
						       .since = DAY_NONE, .until = DAY_NONE },
				 &grant);
}

/* The store, also opened again; its clock and its journal know the house by its address. */
static inline void
house_store(struct house *h, bool may_create)
{
	const struct store_options options = {
		.path = text_format(h->arena, "%s/store", h->folder).data,
		.ring = text_format(h->arena, "%s/keys/ring", h->folder).data,
		.may_create = may_create,
		.migrations = bansho_migrations,
		.clock = house_clock,
		.clock_with = h,
	};
	must(store_open(h->arena, &options, &h->store));
#ifdef HOUSE_JOURNAL /* a real one, for what reads entries */
	struct journal *journal;
	must(journal_open(h->arena, h->store, T("test"), &journal));
#else
	store_attach(h->store, &(struct store_journal){ .self = h, .append = house_append });
#endif
}

/* A test's own house of `size` bytes, whose first member is the house: a folder and a day, no store yet. */
static inline void *
house_new(size_t size, size_t memory)
{
	static bool has_started;
	struct house *h = calloc(1, size);
	if (!has_started)
		secret_start();
	has_started = true;
	h->arena = arena_open(memory);
	h->now = (struct moment){ day_begin(D(0)).ms + 9 * 3600000 };
	strcpy(h->folder, "/tmp/house-test-XXXXXX");
	assert_non_null(mkdtemp(h->folder));
	return h;
}

static inline void *
house_within(size_t size)
{
	struct house *h = house_new(size, (size_t)512 << 20);
	must(pack_load(h->arena, TESTS_FOLDER "/../packs/takamatsu", &pack_known, &h->pack, NULL));
	house_store(h, true);
	must(act_now(h, house_fill, h));
	return h;
}

static inline int
house_open(void **state)
{
	*state = house_within(sizeof(struct house));
	return 0;
}

static inline int
house_close(void **state)
{
	struct house *house = *state;
	char command[128];
	store_close(house->store);
	arena_close(house->arena);
	snprintf(command, sizeof command, "rm -rf '%s'", house->folder);
	assert_int_equal(system(command), 0);
	free(house);
	return 0;
}

#define LOOK(house, look)        \
	LOOK_SCOPED look = { 0 }; \
	must(look_begin((house)->store, (house)->arena, &look))

static inline const struct pack_role *
role(struct house *house, const char *code)
{
	const struct pack_role *found = pack_role(house->pack, text_of(code));
	assert_non_null(found);
	return found;
}

static inline struct decider *
deciders(struct house *house, const char *code, struct unit_id unit, struct day day,
	 struct person_id except, size_t *count)
{
	struct decider *list;
	LOOK(house, look);
	must(people_deciders(&look, role(house, code), unit, day, except, &list, count));
	return list;
}

/* Their first assignment ends with the day. */
static inline struct error *
leave_post(struct act *act, struct person_id who, struct day last, struct assignment_id *left)
{
	struct assignment *list;
	size_t count;
	TRY(people_assignments_of(&act->look, who, &list, &count));
	*left = list[0].id;
	return people_assignment_end(act, list[0].id, last);
}

/* Every journalled row, as digests under one salt: equal when nothing changed. */
static inline bool
salt_of_none(void *with, struct text table, int64_t id, struct hash *salt)
{
	(void)with, (void)table, (void)id, (void)salt;
	return true;
}

static inline struct error *
add_row(void *with, const struct row_digest *row)
{
	struct hash *sum = with;
	const struct hash next = hash_of_two(hash_bytes(sum), hash_bytes(&row->digest));
	*sum = next;
	return OK;
}

static inline struct hash
everything(struct house *house)
{
	struct hash sum = { { 0 } };
	LOOK(house, look);
	must(store_walk_rows(&look, &(struct row_check){ &sum, salt_of_none, add_row }));
	return sum;
}

/* The error is there, and of that kind. */
static inline void
must_refuse(struct error *error, enum error_kind kind)
{
	assert_non_null(error);
	if (error->kind != kind)
		must(error);
}

/* The act fails in the way asked for, and nothing has changed. */
static inline struct error *
act_fails(struct house *house, struct person_id who, act_work *work, void *with, enum error_kind kind)
{
	const struct hash before = everything(house);
	struct error *error = act_as(house, who, work, with);
	const struct hash after = everything(house);
	must_refuse(error, kind);
	assert_true(hash_same(&before, &after));
	return error;
}

/* Run the act with its n-th store call failing, for every n: nothing changes until it succeeds. */
static inline void
fault_walk(struct house *house, struct person_id who, act_work *work, void *with)
{
	const struct hash before = everything(house);
	for (int n = 1; n < 20000; n++) {
		store_fault_at(house->store, n);
		struct error *error = act_as(house, who, work, with);
		const bool has_failed = error != OK;
		const int64_t calls = store_fault_calls(house->store);
		store_fault_at(house->store, 0);
		if (!has_failed) {
			assert_true(calls < n); /* or a failing call was taken for a good one */
			const struct hash after = everything(house);
			assert_false(hash_same(&before, &after));
			assert_true(n > 3);
			return;
		}
		const struct hash after = everything(house);
		if (error->kind != ERROR_BROKEN)
			must(error);
		assert_true(hash_same(&before, &after));
		error_sweep();
	}
	fail_msg("it never succeeded");
}

#endif
