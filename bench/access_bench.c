/*
 * How long taking in a list of accounts takes: a body of N staff, one system, a list of N accounts. First all of
 * them new, then the same list a month later (last uses differ, a few left, moved, are unknown). Real store,
 * journal and packs; the median of five previews, and each apply once.
 *
 *	access_bench PACK_FOLDER FOLDER N
 */
#include "access/access.h"
#include "base/secret.h"
#include "base/table.h"
#include "base/writer.h"
#include "clock.h"
#include "journal/journal.h"

enum { TIMES = 5, BLOCK = 500 };

struct bench {
	struct arena *arena;
	struct store *store;
	struct pack *pack;
	struct flow flow;
	int64_t staff, from;
	struct unit_id unit;
	struct post_id post;
	struct row_id system;
	struct table table;
	struct access_mapping mapping;
	struct access_import import;
	bool is_second;
};

static struct error *
house_work(struct act *act, void *with)
{
	struct bench *bench = with;
	const struct ledger_value values[] = {
		{ T("name"), T("グループウェア") },	{ T("kind"), T("business") },
		{ T("uses"), T("予定と連絡") },	{ T("system-class"), T("II") },
		{ T("zone"), T("lgwan") },	{ T("grave"), T("no") },
		{ T("place"), T("サーバ室") },
		{ T("owner"), T("1") },
	};
	struct unit unit = { .code = T("1"), .name = T("情報課"), .kind = UNIT_SECTION,
			     .since = DAY_NONE, .until = DAY_NONE };
	struct post post = { .name = T("主事"), .rank = 1, .since = DAY_NONE, .until = DAY_NONE };
	TRY(people_unit_add(act, &unit, &bench->unit));
	post.unit = bench->unit;
	TRY(people_post_add(act, bench->pack, &post, &bench->post));
	return ledger_add(act, bench->pack, access_ledger(bench->pack), values,
			  sizeof values / sizeof *values, &bench->system);
}

static struct error *
staff_work(struct act *act, void *with)
{
	struct bench *bench = with;
	for (int64_t no = bench->from; no < bench->from + BLOCK && no < bench->staff; no++) {
		struct person_id id;
		struct assignment_id assignment;
		TRY(people_person_add(act,
				      &(struct person){
					      .number = text_format(act->look.arena, "%06lld", (long long)no),
					      .family = text_format(act->look.arena, "姓%lld", (long long)(no % 700)),
					      .given = text_format(act->look.arena, "名%lld", (long long)no),
					      .kana = T("カナ"),
					      .mail = text_format(act->look.arena, "u%06lld@city.example.jp", (long long)no),
					      .since = DAY_NONE, .until = DAY_NONE },
				      &id));
		TRY(people_assign(act, &(struct assignment){ .person = id, .post = bench->post, .is_main = true,
							     .since = DAY_NONE, .until = DAY_NONE },
				  &assignment));
	}
	return OK;
}

static struct text
list_of(struct bench *bench, bool is_second)
{
	struct writer out = writer_open(bench->arena, (size_t)64 << 20);
	write_z(&out, "ユーザーID,職員番号,氏名,状態,権限,最終ログイン,種別\r\n");
	for (int64_t no = 0; no < bench->staff; no++) {
		if (is_second && no % 500 == 7)
			continue;
		const bool is_other = is_second && no % 300 == 11;
		/* A third by number, a third by mail, a third by name alone. */
		write_format(&out, "u%06lld,", (long long)no);
		if (no % 3 == 0)
			write_format(&out, "%06lld", (long long)no);
		write_format(&out, ",姓%lld　名%lld,%s,%s,2026/%02lld/%02lld 08:3%lld:00,個人\r\n",
			     (long long)(no % 700), (long long)no, is_other ? "停止" : "有効",
			     no % 200 == 0 ? "管理者" : "一般", (long long)(is_second ? 11 : 10),
			     (long long)(no % 28 + 1), (long long)(no % 10));
	}
	return writer_text(&out);
}

static struct error *
apply_work(struct act *act, void *with)
{
	struct bench *bench = with;
	int64_t done;
	return access_import_apply(act, &bench->flow,
				   &(struct access_applying){ bench->system, &bench->table, &bench->mapping,
							      T("csv"), bench->import.digest, false },
				   &done);
}

static int
order(const void *a, const void *b)
{
	const double one = *(const double *)a, other = *(const double *)b;
	return one < other ? -1 : one > other;
}

static void
measure(struct bench *bench, const char *what)
{
	const struct text file = list_of(bench, bench->is_second);
	double times[TIMES];
	for (int at = 0; at < TIMES; at++) {
		struct arena *arena = arena_open((size_t)512 << 20);
		struct access_system system;
		const double began = now();
		LOOK_SCOPED look = { 0 };
		must(look_begin(bench->store, arena, &look));
		must(table_read(arena, file, ACCESS_LIST_MOST, &bench->table));
		must(access_system(&look, &bench->flow, bench->system, &system));
		bench->mapping = access_mapping_guess(arena, &system, &bench->table);
		must(access_import_preview(&look, &bench->flow, bench->system, &bench->table, &bench->mapping,
					   &bench->import));
		times[at] = now() - began;
		look_end(&look);
		look = (struct look){ 0 };
		arena_close(arena);
	}
	qsort(times, TIMES, sizeof *times, order);
	must(table_read(bench->arena, file, ACCESS_LIST_MOST, &bench->table));
	struct arena *arena = arena_open((size_t)512 << 20);
	const double began = now();
	must(store_act(bench->store, arena, &(struct actor){ .through = T("bench") }, apply_work, bench));
	const double applied = now() - began;
	const size_t memory = arena_used(arena);
	arena_close(arena);
	struct arena *checking = arena_open((size_t)512 << 20);
	const double from = now();
	struct trouble *troubles;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		must(look_begin(bench->store, checking, &look));
		must(access_check(&look, &bench->flow, bench->system, false, &troubles, &count));
	}
	printf("%-8s %lld lines: added %lld, changed %lld (last use only %lld), absent %zu; preview %.0f ms (median of %d), "
	       "apply %.0f ms (%zu MiB), check %.0f ms (%zu found)\n",
	       what, (long long)bench->import.count, (long long)bench->import.added,
	       (long long)bench->import.changed, (long long)bench->import.used_only, bench->import.absent_count,
	       times[TIMES / 2] * 1e3, TIMES, applied * 1e3, memory >> 20, (now() - from) * 1e3, count);
	arena_close(checking);
}

int
main(int argc, char **argv)
{
	static struct bench bench;
	struct journal *journal;
	if (argc != 4)
		return 2;
	secret_start();
	bench.arena = arena_open((size_t)2 << 30);
	bench.staff = atoll(argv[3]);
	must(pack_load(bench.arena, argv[1], &pack_known, &bench.pack, NULL));
	bench.flow = (struct flow){ bench.pack, flow_usual_outcomes };
	const struct store_options options = {
		.path = text_format(bench.arena, "%s/store.sqlite", argv[2]).data,
		.ring = text_format(bench.arena, "%s/keys/ring", argv[2]).data,
		.may_create = true,
		.migrations = bansho_migrations,
	};
	must(store_open(bench.arena, &options, &bench.store));
	must(journal_open(bench.arena, bench.store, T("bench"), &journal));
	const struct actor actor = { .through = T("bench") };
	must(store_act(bench.store, bench.arena, &actor, house_work, &bench));
	for (; bench.from < bench.staff; bench.from += BLOCK)
		must(store_act(bench.store, bench.arena, &actor, staff_work, &bench));
	measure(&bench, "first");
	bench.is_second = true;
	measure(&bench, "second");
	store_close(bench.store);
	return 0;
}
