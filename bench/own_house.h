/* A body of the benchmark's own in a folder: real store, journal and pack, one unit with one post and one system. */
#ifndef BANSHO_BENCH_OWN_HOUSE_H
#define BANSHO_BENCH_OWN_HOUSE_H

#include "base/secret.h"
#include "clock.h"
#include "flow/flow.h"
#include "journal/journal.h"

enum { BLOCK = 500 }; /* done in one act */

struct own_house {
	struct arena *arena;
	struct store *store;
	struct pack *pack;
	struct flow flow;
	struct moment at; /* its clock; 0: the machine's */
	struct unit_id unit;
	struct post_id post;
	struct row_id system;
	int64_t many, from; /* how many of what is measured; where the block begins */
};

static struct moment
own_clock(void *with)
{
	return ((struct own_house *)with)->at;
}

/* `role` may be empty. */
static struct error *
own_begin(struct act *act, struct own_house *house, struct text post_name, struct text role)
{
	struct unit unit = { .code = T("1"), .name = T("情報課"), .kind = UNIT_SECTION,
			     .since = DAY_NONE, .until = DAY_NONE };
	struct post post = { .name = post_name, .rank = 1, .since = DAY_NONE, .until = DAY_NONE };
	TRY(people_unit_add(act, &unit, &house->unit));
	post.unit = house->unit;
	if (role.len != 0)
		post.roles[post.roles_count++] = role;
	TRY(people_post_add(act, house->pack, &post, &house->post));
	const struct ledger_value values[] = {
		{ T("name"), T("グループウェア") }, { T("kind"), T("business") },
		{ T("uses"), T("予定と連絡") },	    { T("system-class"), T("II") },
		{ T("zone"), T("lgwan") },	    { T("grave"), T("no") },
		{ T("place"), T("サーバ室") },	    { T("owner"), T("1") },
	};
	return ledger_add(act, house->pack, pack_ledger(house->pack, T("system")), values,
			  sizeof values / sizeof *values, &house->system);
}

static struct error *
own_person(struct act *act, const struct own_house *house, struct person person)
{
	struct assignment_id assignment;
	struct person_id id;
	person.since = person.until = DAY_NONE;
	TRY(people_person_add(act, &person, &id));
	return people_assign(act, &(struct assignment){ .person = id, .post = house->post, .is_main = true,
							.since = DAY_NONE, .until = DAY_NONE },
			     &assignment);
}

/* PACK_FOLDER FOLDER N. `with` is the benchmark's, and the house its first member. */
static void
own_open(char **argv, struct own_house *house)
{
	struct journal *journal;
	secret_start();
	house->arena = arena_open((size_t)4 << 30);
	house->many = atoll(argv[3]);
	must(pack_load(house->arena, argv[1], &pack_known, &house->pack, NULL));
	house->flow = (struct flow){ house->pack, flow_usual_outcomes };
	const struct store_options options = {
		.path = text_format(house->arena, "%s/store.sqlite", argv[2]).data,
		.ring = text_format(house->arena, "%s/keys/ring", argv[2]).data,
		.may_create = true,
		.migrations = bansho_migrations,
		.clock = house->at.ms != 0 ? own_clock : NULL,
		.clock_with = house,
	};
	must(store_open(house->arena, &options, &house->store));
	must(journal_open(house->arena, house->store, T("bench"), &journal));
}

static void
own_act(struct own_house *house, act_work *work)
{
	must(store_act(house->store, house->arena, &(struct actor){ .through = T("bench") }, work, house));
}

/* As many as are wanted, a block in each act. */
static void
own_fill(struct own_house *house, act_work *block)
{
	for (; house->from < house->many; house->from += BLOCK)
		own_act(house, block);
}

#endif
