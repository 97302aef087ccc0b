/*
 * How long taking in a list of accounts takes: a body of N staff, one system, a list of N accounts. First all of
 * them new, then the same list a month later (last uses differ, a few left, moved, are unknown). Real store,
 * journal and packs; the median of five previews, and each apply once.
 *
 *	access_bench PACK_FOLDER FOLDER N
 */
#include "own_house.h"
#include "median.h"

#include "access/access.h"
#include "base/table.h"
#include "base/writer.h"

enum { TIMES = 5 };

struct bench {
	struct own_house house; /* first: the acts take it */
	struct table table;
	struct access_mapping mapping;
	struct access_import import;
	bool is_second;
};

static struct error *
house_work(struct act *act, void *with)
{
	return own_begin(act, with, T("主事"), T(""));
}

static struct error *
staff_work(struct act *act, void *with)
{
	struct own_house *house = with;
	struct arena *arena = act->look.arena;
	for (int64_t no = house->from; no < house->from + BLOCK && no < house->many; no++)
		TRY(own_person(act, house,
			       (struct person){ .number = text_format(arena, "%06lld", (long long)no),
						.family = text_format(arena, "姓%lld", (long long)(no % 700)),
						.given = text_format(arena, "名%lld", (long long)no),
						.kana = T("カナ"),
						.mail = text_format(arena, "u%06lld@city.example.jp", (long long)no) }));
	return OK;
}

static struct text
list_of(struct bench *bench, bool is_second)
{
	struct writer out = writer_open(bench->house.arena, (size_t)64 << 20);
	write_z(&out, "ユーザーID,職員番号,氏名,状態,権限,最終ログイン,種別\r\n");
	for (int64_t no = 0; no < bench->house.many; no++) {
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
	return access_import_apply(act, &bench->house.flow,
				   &(struct access_applying){ bench->house.system, &bench->table, &bench->mapping,
							      T("csv"), bench->import.digest, false },
				   &done);
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
		must(look_begin(bench->house.store, arena, &look));
		must(table_read(arena, file, ACCESS_LIST_MOST, &bench->table));
		must(access_system(&look, &bench->house.flow, bench->house.system, &system));
		bench->mapping = access_mapping_guess(arena, &system, &bench->table);
		must(access_import_preview(&look, &bench->house.flow, bench->house.system, &bench->table, &bench->mapping,
					   &bench->import));
		times[at] = now() - began;
		look_end(&look);
		look = (struct look){ 0 };
		arena_close(arena);
	}
	const double usual = median(times, TIMES);
	must(table_read(bench->house.arena, file, ACCESS_LIST_MOST, &bench->table));
	struct arena *arena = arena_open((size_t)512 << 20);
	const double began = now();
	must(store_act(bench->house.store, arena, &(struct actor){ .through = T("bench") }, apply_work, bench));
	const double applied = now() - began;
	const size_t memory = arena_used(arena);
	arena_close(arena);
	struct arena *checking = arena_open((size_t)512 << 20);
	const double from = now();
	struct trouble *troubles;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		must(look_begin(bench->house.store, checking, &look));
		must(access_check(&look, &bench->house.flow, bench->house.system, false, &troubles, &count));
	}
	printf("%-8s %lld lines: added %lld, changed %lld (last use only %lld), absent %zu; preview %.0f ms (median of %d), "
	       "apply %.0f ms (%zu MiB), check %.0f ms (%zu found)\n",
	       what, (long long)bench->import.count, (long long)bench->import.added,
	       (long long)bench->import.changed, (long long)bench->import.used_only, bench->import.absent_count,
	       usual * 1e3, TIMES, applied * 1e3, memory >> 20, (now() - from) * 1e3, count);
	arena_close(checking);
}

int
main(int argc, char **argv)
{
	static struct bench bench;
	if (argc != 4)
		return 2;
	own_open(argv, &bench.house);
	own_act(&bench.house, house_work);
	own_fill(&bench.house, staff_work);
	measure(&bench, "first");
	bench.is_second = true;
	measure(&bench, "second");
	store_close(bench.house.store);
	return 0;
}
