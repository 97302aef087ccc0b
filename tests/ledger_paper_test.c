/* What is taken out of a ledger can be brought back, and its paper is what bansho-print takes. */
#include "people_house.h"

#include "base/child.h"
#include "base/file.h"
#include "paper/ledger_paper.h"
#include "paper/sheet.h"

#include <fcntl.h>

static const struct pack_ledger *
assets(struct house *h)
{
	return pack_ledger(h->pack, T("asset"));
}

static struct error *
fill(struct act *act, void *with)
{
	struct house *h = with;
	struct row_id first, copy;
	const struct text owner = text_format(h->arena, "%lld", (long long)h->section.no);
	struct ledger_value values[] = {
		{ T("name"), T("住民名簿, \"正本\" 𠮟る") }, { T("contents"), T("一行目\n二行目") },
		{ T("shape"), T("usb") },	{ T("serial"), T("00123") },
		{ T("made-on"), T("2026-04-01") }, { T("class"), T("II") },
		{ T("restrictions"), T("internal\nno-copy") }, { T("place"), T("3階 書庫") },
		{ T("owner"), owner },	{ T("personal"), T("yes") },
		{ T("keep-until"), T("2031-03-31") },
	};
	TRY(ledger_add(act, h->pack, assets(h), values, sizeof values / sizeof *values, &first));
	struct ledger_value more[] = {
		{ T("name"), T("写し") },     { T("shape"), T("binder") },
		{ T("place"), T("-") },	       { T("owner"), owner },
		{ T("class"), T("II") },       { T("copy-of"), text_format(h->arena, "%lld",
								     (long long)first.no) },
		{ T("other"), T("－") },
	};
	return ledger_add(act, h->pack, assets(h), more, sizeof more / sizeof *more, &copy);
}

static struct ledger_out
all_of(struct house *h)
{
	return (struct ledger_out){ .pack = h->pack, .ledger = assets(h), .body_name = T("試験市") };
}

/* Reading the file back finds nothing to change. */
static void
assert_same(struct house *h, const char *path)
{
	struct text bytes;
	struct table table;
	struct ledger_import import;
	must(file_read(h->arena, path, 1 << 20, &bytes));
	must(sheet_read(h->arena, getenv("BANSHO_PROGRAMS"), bytes, &table));
	const struct ledger_mapping mapping = ledger_mapping_guess(h->arena, assets(h), &table);
	LOOK(h, look);
	must(ledger_import_preview(&look, h->pack, assets(h), &table, &mapping, (struct unit_id){ 0 },
				   &import));
	for (size_t at = 0; at < import.count; at++) {
		const struct ledger_import_row *row = &import.rows[at];
		if (row->doing == ROW_WRONG)
			fail_msg("%.*s", T_ARG(row->faults->words));
		if (row->doing != ROW_SAME)
			fail_msg("%.*s: %.*s, %.*s", T_ARG(row->changes[0].field->name),
				 T_ARG(row->changes[0].before), T_ARG(row->changes[0].after));
	}
	assert_int_equal(import.same, 2);
}

static void
a_csv_taken_out_comes_back_unchanged(void **state)
{
	struct house *h = *state;
	const char *path = path_join(h->arena, h->folder, "out.csv");
	must(act_as(h, h->manager, fill, h));
	const struct ledger_out out = all_of(h);
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	{
		LOOK(h, look);
		must(ledger_write_csv(&look, &out, fd));
	}
	close(fd);
	assert_same(h, path);
}

static void
a_workbook_taken_out_comes_back_unchanged(void **state)
{
	struct house *h = *state;
	const char *path = path_join(h->arena, h->folder, "out.xlsx");
	must(act_as(h, h->manager, fill, h));
	const struct ledger_out out = all_of(h);
	{
		LOOK(h, look);
		must(ledger_write_xlsx(&look, &out, path, h->folder));
	}
	assert_same(h, path);
}

static void
the_paper_of_a_ledger_is_printed(void **state)
{
	struct house *h = *state;
	struct text job, pdf;
	const char *const argv[] = {
		path_join(h->arena, getenv("BANSHO_PROGRAMS"), "bansho-print"), NULL
	};
	const struct ledger_out out = all_of(h);
	for (int round = 0; round < 2; round++) {
		LOOK(h, look);
		must(paper_ledger(&look, &out, &job));
		must(child_filter(h->arena, argv, job, 16 << 20, 60, &pdf));
		assert_true(text_starts(pdf, T("%PDF")));
		if (round == 0) /* first the empty one */
			must(act_as(h, h->manager, fill, h));
	}
	assert_true(text_has(job, T("様式第1号")));
	assert_true(text_has(job, T("R08.04.01")));
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_csv_taken_out_comes_back_unchanged),
		PROMISE(a_workbook_taken_out_comes_back_unchanged),
		PROMISE(the_paper_of_a_ledger_is_printed),
	};
	setenv("ASAN_OPTIONS", "detect_leaks=0", 0); /* of bansho-print: it wants ptrace in the jail */
	return cmocka_run_group_tests_name("ledger_paper", tests, NULL, NULL);
}
