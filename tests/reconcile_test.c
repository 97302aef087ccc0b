/* Reconciliations: how two sets are held against each other, lists handed in, runs, what differs, and time. */
#include "journal/journal.h"

#define HOUSE_JOURNAL
#include "flow_house.h"

#include "assure/finding.h"
#include "assure/history.h"
#include "base/table.h"
#include "reconcile/reconcile.h"

#include <iconv.h>

static const char our_reconciliations[] =
	"reconciliations:\n"
	"  - code: software\n"
	"    ja: \"見つかったソフトと台帳\"\n    en: \"Software found\"\n"
	"    clauses: [\"7.1.15.b-2\"]\n    owner: ciso\n    every: software.confirm-days\n"
	"    left:\n"
	"      source: upload\n      ja: \"ツールの一覧\"\n      en: \"Tool\"\n      many: yes\n"
	"      columns:\n"
	"        - {name: product, ja: \"ソフト名\", en: \"Product\", kind: text, required: yes}\n"
	"        - {name: machine, ja: \"端末\", en: \"Machine\", kind: text}\n"
	"        - {name: seen, ja: \"検出日\", en: \"Seen\", kind: day}\n"
	"    right: {source: ledger, ledger: software}\n"
	"    key: [{left: product, right: name}]\n"
	"    compare:\n"
	"      - {ja: \"本数\", en: \"Licences\", as: number, left: rows, right: licence-count, more: right}\n"
	"      - {ja: \"サポート\", en: \"Support\", as: day, left: today, right: support-until, more: right}\n"
	"    show: {right: [owner]}\n"
	"  - code: still-out\n"
	"    ja: \"持ち出したままの人と職員\"\n    en: \"Out, and serving\"\n"
	"    clauses: [\"6.1.1.h-1\"]\n    owner: ciso\n    every: software.confirm-days\n"
	"    left: {source: outings, where: 'is-out = yes', many: yes}\n"
	"    right: {source: people, alone: fine}\n"
	"    key: [{left: person-number, right: number}]\n"
	"    compare:\n"
	"      - {ja: \"在籍\", en: \"In service\", as: inside, left: today, right: period}\n"
	"  - code: disposed\n"
	"    ja: \"廃棄と証明書\"\n    en: \"Disposals and certificates\"\n"
	"    clauses: [\"7.3.1.d\"]\n    owner: ciso\n"
	"    left: {source: items, occasion: dispose, wait: {column: granted, days: permit.usual-days}}\n"
	"    right:\n"
	"      source: upload\n"
	"      columns:\n"
	"        - {name: serial, ja: \"製造番号\", en: \"Serial\", kind: text, aliases: [\"S/N\"]}\n"
	"        - {name: wiped, ja: \"消去日\", en: \"Wiped\", kind: day}\n"
	"        - {name: count, ja: \"数\", en: \"Count\", kind: number}\n"
	"    key: [{left: serial, right: serial, zeros: yes}]\n"
	"    compare:\n"
	"      - {ja: \"日\", en: \"Day\", as: day, left: granted, right: wiped, within: 30}\n"
	"  - code: everybody\n"
	"    ja: \"全員\"\n    en: \"Everyone\"\n    clauses: [\"7.1.15.c\"]\n    owner: ciso\n"
	"    left: {source: everyone}\n    right: {source: workers, alone: fine}\n"
	"    key: [{left: number, right: number}]\n"
	"  - code: permitted\n"
	"    ja: \"許可\"\n    en: \"Permits\"\n    clauses: [\"7.1.15.c\"]\n    owner: ciso\n"
	"    left: {source: permits, occasion: transport}\n    right: {source: outings}\n"
	"    key: [{left: permit-number, right: permit-number}]\n"
	"  - code: away\n"
	"    ja: \"外\"\n    en: \"Out\"\n    clauses: [\"7.1.15.c\"]\n    owner: ciso\n"
	"    left: {source: loans, where: 'is-outside = yes'}\n    right: {source: all-permits}\n"
	"    key: [{left: permit-number, right: permit-number}]\n"
	"  - code: known\n"
	"    ja: \"従事者\"\n    en: \"Workers\"\n    clauses: [\"7.1.15.c\"]\n    owner: ciso\n"
	"    left: {source: contract-workers}\n    right: {source: named, alone: fine}\n"
	"    key: [{left: name, right: name}]\n"
	"  - code: data\n"
	"    ja: \"データ\"\n    en: \"Data\"\n    clauses: [\"7.1.15.c\"]\n    owner: ciso\n"
	"    left: {source: handovers, where: 'is-verified = no', many: yes}\n"
	"    right: {source: visits, alone: fine, many: yes}\n"
	"    key: [{left: firm, right: of}]\n";

static const char our_evidence[] =
	"evidence:\n"
	"  - {kind: reconciliation, reconciliation: software, clauses: [\"7.1.15.b-2\"], ja: \"突合\", en: \"R\"}\n"
	"  - {kind: reconciliation, reconciliation: still-out, clauses: [\"6.1.1.h-1\"], ja: \"人\", en: \"P\"}\n";

static void
put_file(struct house *h, const char *name, const char *words)
{
	const char *path = text_format(h->arena, "%s/pack/%s", h->folder, name).data;
	must(file_replace(path, text_of(words), 0600));
}

static void
load_our_pack(struct flow_house *f)
{
	struct house *h = &f->house;
	char command[400];
	load_own_pack(f);
	put_file(h, "reconciliations.yaml", our_reconciliations);
	snprintf(command, sizeof command,
		 "sed -i -e '/kind: reconciliation/d' -e 's/\"7.1.15.b-2\", //;/part: reconciliation/d' '%s/pack/evidence/'*",
		 h->folder);
	assert_int_equal(system(command), 0);
	put_file(h, "evidence/99.yaml", our_evidence);
	must(pack_load(h->arena, text_format(h->arena, "%s/pack", h->folder).data, &pack_known,
		       &h->pack, NULL));
	f->flow.pack = h->pack;
}

static int
open_house(void **state)
{
	*state = flow_house_with(sizeof(struct flow_house), load_our_pack);
	return 0;
}

#define OUR_TEST(name) cmocka_unit_test_setup_teardown(name, open_house, house_close)

static const struct pack_reconcile *
of_code(struct flow_house *f, const char *code)
{
	const struct pack_reconcile *of = pack_reconcile(f->house.pack, text_of(code));
	assert_non_null(of);
	return of;
}

/* ---- Holding two sets against each other ---- */

static void
what_people_write_differently_is_the_same_key(void **state)
{
	static const char *const same[][2] = {
		{ "ABC-123", "ａｂｃ－１２３" },	{ "ABC 123", "abc123" }, { "サーバー", "ｻｰﾊﾞ" },
		{ "髙橋　太郎", "高橋太郎" },	{ "'0012", "0012" },   { "X‐1", "X–1" },
		{ "Ｓ／Ｎ ７", "s/n7" },
	};
	static const char *const other[][2] = { { "ABC123", "ABC124" }, { "0012", "12" }, { "1.0", "10" } };
	struct arena *arena = arena_open(ARENA_USUAL);
	(void)state;
	for (size_t at = 0; at < sizeof same / sizeof *same; at++)
		assert_true(text_same(reconcile_normal(arena, text_of(same[at][0]), false),
				      reconcile_normal(arena, text_of(same[at][1]), false)));
	for (size_t at = 0; at < sizeof other / sizeof *other; at++)
		assert_false(text_same(reconcile_normal(arena, text_of(other[at][0]), false),
				       reconcile_normal(arena, text_of(other[at][1]), false)));
	assert_true(text_is(reconcile_normal(arena, T("0012"), true), "12"));
	assert_true(text_is(reconcile_normal(arena, T("000"), true), "0"));
	arena_close(arena);
}

static struct reconcile_result
match(struct flow_house *f, const char *code, const char *left, const char *right)
{
	struct reconcile_set sets[SIDES];
	struct reconcile_result result;
	const struct reconcile_terms terms = { .today = D(0), .wait = { 10, 0 } };
	must(reconcile_set_read(f->house.arena, text_of(left), &sets[SIDE_LEFT]));
	must(reconcile_set_read(f->house.arena, text_of(right), &sets[SIDE_RIGHT]));
	reconcile_match(f->house.arena, of_code(f, code), sets, &terms, &result);
	return result;
}

static void
what_is_alone_missing_twice_or_blank_is_told_apart(void **state)
{
	/* Today is 2026-11-21; what was permitted in the last ten days is still waited for. */
	const struct reconcile_result result =
		match(*state, "disposed",
		      "no,serial,granted\r\n1,A-1,2026-10-01\r\n2,A-2,2026-10-01\r\n3,A-3,2026-11-15\r\n"
		      "4,A-4,2026-10-01\r\n5,A-4,2026-10-01\r\n6,,2026-10-01\r\n7,00A5,2026-10-01\r\n",
		      "serial,wiped,count\r\nａ１,2026-10-20,\r\nA6,2026-10-20,\r\nA4,2026-10-01,\r\n"
		      "A5,2026-12-24,\r\n,2026-10-01,\r\n");
	assert_int_equal(result.matched, 2); /* A1, and A4 though it stands twice on the left */
	assert_int_equal(result.waiting, 1);
	assert_int_equal(result.of[DIFFERENCE_LEFT], 1);
	assert_true(text_is(result.found[0].key, "a2"));
	assert_int_equal(result.found[0].row[SIDE_LEFT], 2);
	assert_int_equal(result.of[DIFFERENCE_RIGHT], 1);
	assert_true(text_is(result.found[1].key, "a6"));
	assert_int_equal(result.of[DIFFERENCE_VALUE], 1); /* A5: 84 days apart */
	assert_true(text_is(result.found[2].key, "a5"));
	assert_int_equal(result.found[2].fails, 1);
	assert_int_equal(result.of[DIFFERENCE_LEFT_TWICE], 1);
	assert_int_equal(result.found[3].rows[SIDE_LEFT], 2);
	assert_int_equal(result.of[DIFFERENCE_LEFT_BLANK], 1);
	assert_int_equal(result.of[DIFFERENCE_RIGHT_BLANK], 1);
	assert_int_equal(result.count, 6);
}

static void
numbers_and_days_may_be_more_only_where_the_pack_says_so(void **state)
{
	const char *right = "name,licence-count,support-until\r\nＯｆｆｉｃｅ,3,2027-01-01\r\nPDF,2,2027-01-01\r\n"
			    "Old,5,2026-11-20\r\n";
	struct reconcile_result result =
		match(*state, "software", "product\r\nOffice\r\nOFFICE\r\nPDF\r\nPDF\r\nPDF\r\nold\r\n", right);
	assert_int_equal(result.matched, 1);
	assert_int_equal(result.count, 2);
	assert_true(text_is(result.found[0].key, "old"));
	assert_int_equal(result.found[0].fails, 2); /* its support ended yesterday */
	assert_true(text_is(result.found[1].key, "pdf"));
	assert_int_equal(result.found[1].fails, 1); /* three installed, two licences */
	assert_int_equal(result.found[1].rows[SIDE_LEFT], 3);
	/* No count in the register is no licence. */
	result = match(*state, "software", "product\r\nX\r\n", "name,licence-count,support-until\r\nX,,2030-01-01\r\n");
	assert_int_equal(result.of[DIFFERENCE_VALUE], 1);
}

static void
a_day_must_lie_within_the_period(void **state)
{
	const char *left = "person-number\r\n1\r\n2\r\n3\r\n4\r\n5\r\n";
	const struct reconcile_result result =
		match(*state, "still-out", left,
		      "number,period\r\n1,2020-04-01/\r\n2,2020-04-01/2026-11-20\r\n3,/2026-11-21\r\n5,\r\n9,/\r\n");
	assert_int_equal(result.matched, 2);
	assert_int_equal(result.of[DIFFERENCE_LEFT], 1); /* 4 is nobody */
	assert_int_equal(result.of[DIFFERENCE_VALUE], 2); /* 2 has left; 5 never had a day */
	assert_int_equal(result.of[DIFFERENCE_RIGHT], 0);
}

static void
the_same_sets_in_any_order_give_the_same_keys(void **state)
{
	struct flow_house *f = *state;
	const struct reconcile_result one = match(f, "disposed", "serial,granted\r\nA,\r\nB,\r\nC,\r\n",
						  "serial,wiped\r\nD,\r\nC,\r\n");
	const struct reconcile_result two = match(f, "disposed", "serial,granted\r\nC,\r\nA,\r\nB,\r\n",
						  "serial,wiped\r\nC,\r\nD,\r\n");
	assert_int_equal(one.count, two.count);
	for (size_t at = 0; at < one.count; at++) {
		assert_int_equal(one.found[at].kind, two.found[at].kind);
		assert_true(text_same(one.found[at].key, two.found[at].key));
	}
}

/* ---- Handing in ---- */

static struct reconcile_taking
take(struct flow_house *f, const char *code, enum pack_side side, struct text bytes)
{
	const struct pack_reconcile *of = of_code(f, code);
	struct reconcile_taking taking;
	struct table table;
	must(table_read(f->house.arena, bytes, RECONCILE_MOST_ROWS, &table));
	const struct reconcile_mapping mapping =
		reconcile_mapping_guess(f->house.arena, &of->sides[side], &table);
	must(reconcile_take(f->house.arena, of, side, &table, &mapping, &taking));
	return taking;
}

static struct text
in_encoding(struct flow_house *f, const char *encoding, const char *words)
{
	const iconv_t to = iconv_open(encoding, "UTF-8");
	char *in = (char *)(uintptr_t)words; /* iconv does not write there */
	size_t left = strlen(words), room = 4 * left + 4;
	char *out = arena_bytes(f->house.arena, room), *end = out;
	assert_true(to != (iconv_t)-1);
	assert_true(iconv(to, &in, &left, &end, &room) != (size_t)-1);
	iconv_close(to);
	return (struct text){ out, (size_t)(end - out) };
}

static void
lists_as_tools_write_them_are_one_and_the_same(void **state)
{
	static const char words[] = "資産管理ツール出力\r\n\r\nソフト名,端末,検出日\r\n表計算,PC－01,2026/11/1\r\n";
	struct flow_house *f = *state;
	const struct reconcile_taking utf8 = take(f, "software", SIDE_LEFT, text_of(words));
	const struct reconcile_taking cp932 =
		take(f, "software", SIDE_LEFT, in_encoding(f, "CP932", words));
	const struct text tabs = text_replace(f->house.arena, text_of(words), T(","), T("\t"));
	const struct text wide = in_encoding(f, "UTF-16LE", text_z(f->house.arena, tabs));
	const struct reconcile_taking utf16 =
		take(f, "software", SIDE_LEFT, text_join(f->house.arena, T("\xFF\xFE"), wide));
	assert_int_equal(utf8.set.count, 1);
	assert_true(text_is(utf8.csv, "no,product,machine,seen\r\n1,表計算,PC－01,2026-11-01\r\n"));
	assert_true(hash_same(&utf8.digest, &cp932.digest));
	assert_true(hash_same(&utf8.digest, &utf16.digest));
}

static void
one_row_that_cannot_be_read_keeps_the_whole_list_out(void **state)
{
	struct flow_house *f = *state;
	const struct reconcile_taking taking =
		take(f, "disposed", SIDE_RIGHT,
		     T("S/N,消去日,数\r\nA1,R8.11.1,3\r\nA2,きのう,1\r\nA?,,\"1,200\"\r\n,-,\r\n"));
	assert_int_equal(taking.wrong_count, 1);
	assert_int_equal(taking.wrong[0].line, 3);
	assert_true(has_fault(taking.wrong[0].faults, "wiped"));
	assert_int_equal(taking.csv.len, 0);
	assert_int_equal(taking.doubtful, 1);
	assert_int_equal(taking.blank, 1);
	/* And without the column of the key nothing is read at all. */
	struct reconcile_taking none;
	struct table table;
	must(table_read(f->house.arena, T("なまえ\r\nx\r\n"), 10, &table));
	const struct pack_reconcile *of = of_code(f, "disposed");
	const struct reconcile_mapping mapping =
		reconcile_mapping_guess(f->house.arena, &of->sides[SIDE_RIGHT], &table);
	assert_int_equal(reconcile_take(f->house.arena, of, SIDE_RIGHT, &table, &mapping, &none)->kind,
			 ERROR_INVALID);
}

static void
what_tools_write_for_an_unknown_number_is_no_number(void **state)
{
	struct flow_house *f = *state;
	const struct reconcile_taking taking =
		take(f, "disposed", SIDE_RIGHT, T("S/N,消去日,数\r\n不明,,\r\nN/A,,\r\n－,,\r\nA1,,\r\n"));
	assert_int_equal(taking.blank, 3);
	/* Else it would be the same thing as whatever else has no number. */
	const struct reconcile_result result = match(
		f, "disposed", "serial,granted\r\n不明,2026-11-01\r\n", text_z(f->house.arena, taking.csv));
	assert_int_equal(result.matched, 0);
	assert_int_equal(result.of[DIFFERENCE_RIGHT_BLANK], 1);
}

/* ---- Running ---- */

struct deed_of {
	struct flow_house *f;
	enum { HAND_IN, RUN, EXPLAIN, ADD, SETTLE } what;
	struct reconcile_handing handing;
	struct reconcile_prepared prepared;
	struct reconcile_explaining explaining;
	struct run_id run;
	int64_t list;
	const char *name, *count, *support;
	struct row_id row;
	struct finding_id finding;
};

static struct error *
add_software(struct act *act, struct deed_of *deed)
{
	const struct house *h = &deed->f->house;
	const struct ledger_value values[] = {
		{ T("name"), text_of(deed->name) },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)h->section.no) },
		{ T("licence"), T("bought") },
		{ T("licence-count"), text_of(deed->count) },
		{ T("support-until"), text_of(deed->support != NULL ? deed->support : "2030-03-31") },
	};
	return ledger_add(act, h->pack, pack_ledger(h->pack, T("software")), values, 5, &deed->row);
}

static struct error *
work(struct act *act, void *with)
{
	struct deed_of *deed = with;
	switch (deed->what) {
	case HAND_IN:
		return reconcile_hand_in(act, &deed->handing, &deed->list);
	case RUN:
		return reconcile_run(act, &deed->f->flow, &deed->prepared, &deed->run);
	case EXPLAIN:
		return reconcile_explain(act, &deed->explaining);
	case ADD:
		return add_software(act, deed);
	case SETTLE:
		return assure_finding_close(act, deed->f->house.pack, deed->finding, T("済み"));
	}
	return OK;
}

static struct row_id
has_software(struct flow_house *f, const char *name, const char *count)
{
	struct deed_of deed = { .f = f, .what = ADD, .name = name, .count = count };
	must(act_as(&f->house, f->house.manager, work, &deed));
	return deed.row;
}

static struct deed_of
handing(struct flow_house *f, const struct reconcile_taking *taking, const char *code, enum pack_side side)
{
	must(reconcile_keep(f->house.store, f->house.arena, taking->csv));
	return (struct deed_of){ .f = f, .what = HAND_IN,
				 .handing = { .of = of_code(f, code), .side = side, .taking = taking,
					      .name = T("list.csv"), .encoding = T("UTF-8") } };
}

static void
hand_in(struct flow_house *f, const char *code, enum pack_side side, const char *words)
{
	const struct reconcile_taking taking = take(f, code, side, text_of(words));
	struct deed_of deed = handing(f, &taking, code, side);
	must(act_as(&f->house, f->ciso, work, &deed));
}

static struct deed_of
prepared(struct flow_house *f, const char *code)
{
	struct deed_of deed = { .f = f, .what = RUN };
	LOOK(&f->house, look);
	must(reconcile_prepare(&look, &f->flow, of_code(f, code), &deed.prepared));
	must(reconcile_prepared_keep(f->house.store, f->house.arena, &deed.prepared));
	return deed;
}

static struct reconcile_run
run(struct flow_house *f, const char *code)
{
	struct deed_of deed = prepared(f, code);
	struct reconcile_run made;
	must(act_as(&f->house, f->ciso, work, &deed));
	LOOK(&f->house, look);
	must(reconcile_run_read(&look, text_of(code), deed.run, &made));
	return made;
}

static struct difference *
there(struct flow_house *f, const char *code, size_t *count)
{
	struct difference *list;
	LOOK(&f->house, look);
	must(reconcile_differences(&look, &(struct difference_query){ .code = text_of(code), .is_there_only = true },
				   100, &list, count));
	return list;
}

static void
differences_last_from_run_to_run_until_they_are_put_right(void **state)
{
	struct flow_house *f = *state;
	size_t count;
	has_software(f, "表計算", "10");
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\nゲーム\r\n");
	struct reconcile_run first = run(f, "software");
	assert_int_equal(first.matched, 1);
	assert_int_equal(first.alone[SIDE_LEFT], 1);
	assert_int_equal(first.added, 1);
	const struct difference one = there(f, "software", &count)[0];
	assert_int_equal(count, 1);
	assert_int_equal(one.state, DIFFERENCE_OPEN);
	assert_true(text_is(one.title, "ゲーム"));
	assert_int_equal(one.due.no, D(RECONCILE_USUAL_DUE).no);
	days_pass(f, 5);
	const struct reconcile_run second = run(f, "software");
	assert_int_equal(second.added + second.gone, 0);
	assert_int_equal(there(f, "software", &count)[0].id.no, one.id.no);
	days_pass(f, 40);
	assert_int_equal(there(f, "software", &count)[0].state, DIFFERENCE_LATE);
	has_software(f, "ゲーム", "1");
	const struct reconcile_run third = run(f, "software");
	assert_int_equal(third.gone, 1);
	assert_int_equal(third.differences, 0);
	(void)there(f, "software", &count);
	assert_int_equal(count, 0);
	struct difference gone;
	LOOK(&f->house, look);
	must(reconcile_difference(&look, one.id, &gone));
	assert_int_equal(gone.state, DIFFERENCE_GONE);
	assert_int_equal(gone.end.no, third.id.no);
}

static void
what_is_explained_may_stay_until_its_day_and_no_longer(void **state)
{
	struct flow_house *f = *state;
	size_t count;
	has_software(f, "表計算", "10");
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\nゲーム\r\n");
	(void)run(f, "software");
	const struct difference *one = there(f, "software", &count);
	struct deed_of deed = { .f = f, .what = EXPLAIN,
				.explaining = { of_code(f, "software"), one->id, one->change, T(" "), D(400) } };
	assert_int_equal(act_as(&f->house, f->house.staff, work, &deed)->kind, ERROR_REFUSED);
	struct error *error = act_as(&f->house, f->ciso, work, &deed);
	assert_true(has_fault(error, "words") && has_fault(error, "until"));
	deed.explaining.words = T("研修で使う体験版。十二月に消す。");
	deed.explaining.until = D(20);
	must(act_as(&f->house, f->ciso, work, &deed));
	assert_int_equal(act_as(&f->house, f->ciso, work, &deed)->kind, ERROR_CONFLICT); /* changed since */
	assert_int_equal(there(f, "software", &count)->state, DIFFERENCE_EXPLAINED);
	days_pass(f, 10);
	(void)run(f, "software"); /* it is still there, and still explained */
	assert_int_equal(there(f, "software", &count)->state, DIFFERENCE_EXPLAINED);
	days_pass(f, 11);
	assert_int_equal(there(f, "software", &count)->state, DIFFERENCE_OPEN);
}

static void
an_explanation_does_not_cover_what_differs_later(void **state)
{
	struct flow_house *f = *state;
	struct deed_of adding = { .f = f, .what = ADD, .name = "表計算", .count = "1", .support = "2026-12-01" };
	size_t count;
	must(act_as(&f->house, f->house.manager, work, &adding));
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\n表計算\r\n");
	(void)run(f, "software");
	const struct difference *one = there(f, "software", &count);
	assert_true(text_is(one->fails, "1")); /* two installed, one licence */
	struct deed_of deed = { .f = f, .what = EXPLAIN,
				.explaining = { of_code(f, "software"), one->id, one->change, T("発注した"), D(60) } };
	must(act_as(&f->house, f->ciso, work, &deed));
	days_pass(f, 20);
	(void)run(f, "software"); /* its support has ended as well */
	const struct difference *more = there(f, "software", &count);
	assert_int_equal(count, 1);
	assert_true(text_is(more->fails, "1,2"));
	assert_int_equal(more->state, DIFFERENCE_OPEN);
	assert_int_equal(more->due.no, D(20 + RECONCILE_USUAL_DUE).no);
	assert_true(text_is(more->words, "発注した"));
}

static void
none_of_too_many_differences_seems_gone(void **state)
{
	struct flow_house *f = *state;
	struct text words = T("ソフト名\r\n"), later = T("ソフト名\r\n");
	struct arena *arena = f->house.arena;
	struct writer out = writer_open(arena, 1 << 20);
	for (int no = 0; no < RECONCILE_MOST_KEPT; no++)
		write_format(&out, "M%05d\r\n", no);
	words = text_join(arena, words, writer_text(&out));
	/* These come before all others. */
	for (int no = 0; no < 10; no++)
		write_format(&out, "A%05d\r\n", no);
	later = text_join(arena, later, writer_text(&out));
	hand_in(f, "software", SIDE_LEFT, text_z(arena, words));
	assert_int_equal(run(f, "software").added, RECONCILE_MOST_KEPT);
	hours_pass(f, 1);
	hand_in(f, "software", SIDE_LEFT, text_z(arena, later));
	const struct reconcile_run second = run(f, "software");
	assert_int_equal(second.differences, RECONCILE_MOST_KEPT + 10);
	assert_int_equal(second.gone + second.added, 0);
}

static void
nobody_but_who_answers_hands_in_or_runs_and_nothing_is_half_done(void **state)
{
	struct flow_house *f = *state;
	has_software(f, "表計算", "1");
	const struct reconcile_taking taking =
		take(f, "software", SIDE_LEFT, T("ソフト名\r\n表計算\r\n表計算\r\nゲーム\r\n"));
	struct deed_of deed = handing(f, &taking, "software", SIDE_LEFT);
	assert_int_equal(act_as(&f->house, f->house.manager, work, &deed)->kind, ERROR_REFUSED);
	fault_walk(&f->house, f->ciso, work, &deed);
	struct deed_of running = prepared(f, "software");
	assert_int_equal(act_as(&f->house, f->house.manager, work, &running)->kind, ERROR_REFUSED);
	fault_walk(&f->house, f->ciso, work, &running);
	/* What was prepared before a newer run is not written over it. */
	hours_pass(f, 1);
	struct deed_of old = prepared(f, "software");
	hours_pass(f, 1);
	(void)run(f, "software");
	assert_int_equal(act_as(&f->house, f->ciso, work, &old)->kind, ERROR_CONFLICT);
}

static void
a_side_that_was_not_handed_in_is_asked_for(void **state)
{
	struct flow_house *f = *state;
	struct reconcile_prepared made;
	LOOK(&f->house, look);
	struct error *error = reconcile_prepare(&look, &f->flow, of_code(f, "software"), &made);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_true(has_fault(error, "left"));
}

/* From the files and the digests of the entry alone: what bansho reconcile does. */
static void
an_outsider_recomputes_the_result_and_sees_what_was_changed(void **state)
{
	struct flow_house *f = *state;
	struct arena *arena = f->house.arena;
	struct reconcile_set sets[SIDES];
	struct reconcile_result result;
	struct text csv;
	has_software(f, "=表計算,\"x\"", "10");
	hand_in(f, "software", SIDE_LEFT, "ソフト名,端末\r\n\"=表計算,\"\"x\"\"\",PC1\r\nゲーム,PC2\r\n");
	const struct reconcile_run made = run(f, "software");
	assert_int_equal(made.matched, 1);
	for (int side = 0; side < SIDES; side++) {
		must(reconcile_file(f->house.store, arena, &made.digests[side], &csv));
		must(reconcile_set_read(arena, csv, &sets[side]));
	}
	const struct reconcile_terms terms = { .today = moment_day(made.seen),
					       .wait = { made.waits[0], made.waits[1] } };
	reconcile_match(arena, of_code(f, "software"), sets, &terms, &result);
	must(reconcile_result_write(arena, of_code(f, "software"), sets, &result, &csv));
	const struct hash again = hash_of(csv);
	assert_true(hash_same(&again, &made.result));
	/* Another list under the same name is found out. */
	const char *path = text_format(arena, "%s/blobs/%.*s", f->house.folder,
				       T_ARG(hash_hex(arena, &made.digests[SIDE_LEFT]))).data;
	assert_true(file_exists(path));
	must(store_file_write(f->house.store, path, T("no,product\r\n1,表計算\r\n")));
	assert_int_equal(reconcile_file(f->house.store, arena, &made.digests[SIDE_LEFT], &csv)->kind,
			 ERROR_BROKEN);
}

static void
every_named_source_can_be_read(void **state)
{
	struct flow_house *f = *state;
	bool is_read[64] = { false };
	struct dossier dossier = granted_carry(f);
	take_out(f, f->house.staff, &dossier, f->secret);
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\n");
	hand_in(f, "disposed", SIDE_RIGHT, "S/N\r\nA\r\n");
	for (size_t at = 0; at < f->house.pack->reconciliations_count; at++) {
		const struct pack_reconcile *of = &f->house.pack->reconciliations[at];
		const struct deed_of deed = prepared(f, text_z(f->house.arena, of->code));
		for (int side = 0; side < SIDES; side++)
			is_read[of->sides[side].source - pack_sources] = true;
		if (text_is(of->code, "still-out")) {
			assert_int_equal(deed.prepared.rows[SIDE_LEFT], 1);
			assert_int_equal(deed.prepared.result.matched, 1);
		}
		if (text_is(of->code, "permitted"))
			assert_int_equal(deed.prepared.result.matched, 1);
		if (text_is(of->code, "everybody"))
			assert_int_equal(deed.prepared.rows[SIDE_LEFT], 7);
	}
	for (size_t at = 0; at < pack_sources_count; at++)
		if (!is_read[at])
			fail_msg("no reader of %s was tried", pack_sources[at].name);
}

/* ---- Time ---- */

static struct reconcile_done
tick(struct flow_house *f)
{
	struct reconcile_done done;
	must(reconcile_clock(f->house.store, &f->flow, &done));
	return done;
}

static void
the_clock_runs_what_needs_nobody_and_tells_who_must_hand_in(void **state)
{
	struct flow_house *f = *state;
	int64_t days;
	const struct pack_parameter *every = of_code(f, "software")->every;
	days = every->usual;
	const int64_t before = notices_of(f, f->ciso), above = notices_of(f, f->house.mayor);
	struct reconcile_done done = tick(f);
	assert_int_equal(done.run, 1);	    /* still-out */
	assert_int_equal(done.reminded, 1); /* software was never run */
	done = tick(f);
	assert_int_equal(done.run + done.reminded + done.escalated, 0);
	assert_int_equal(notices_of(f, f->ciso), before + 1);
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\n");
	has_software(f, "表計算", "1");
	(void)run(f, "software");
	days_pass(f, days - RECONCILE_LEAD_DAYS - 1);
	assert_int_equal(tick(f).reminded, 0);
	days_pass(f, 1);
	assert_int_equal(tick(f).reminded, 1);
	assert_int_equal(tick(f).reminded, 0);
	days_pass(f, RECONCILE_LEAD_DAYS + 1); /* overdue since yesterday */
	assert_int_equal(tick(f).reminded, 1);
	days_pass(f, RECONCILE_ESCALATE_DAYS);
	done = tick(f);
	assert_int_equal(done.escalated, 1);
	assert_int_equal(tick(f).escalated, 0);
	assert_int_equal(notices_of(f, f->house.mayor), above + 1);
	assert_int_equal(notices_of(f, f->ciso), before + 3);
}

static void
what_nobody_ever_runs_is_told_again_and_above(void **state)
{
	struct flow_house *f = *state;
	const int64_t above = notices_of(f, f->house.mayor);
	assert_int_equal(tick(f).reminded, 1);
	days_pass(f, RECONCILE_LEAD_DAYS);
	struct reconcile_done done = tick(f);
	assert_int_equal(done.reminded + done.escalated, 0);
	for (int time = 1; time <= 2; time++) {
		days_pass(f, time == 1 ? 1 : RECONCILE_LEAD_DAYS + 1);
		done = tick(f);
		assert_int_equal(done.reminded, 1);
		assert_int_equal(done.escalated, 1);
		assert_int_equal(tick(f).reminded, 0);
		assert_int_equal(notices_of(f, f->house.mayor), above + time);
	}
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\n");
	has_software(f, "表計算", "1");
	(void)run(f, "software");
	days_pass(f, RECONCILE_LEAD_DAYS + 1);
	done = tick(f);
	assert_int_equal(done.reminded + done.escalated, 0);
}

static void
what_stays_past_its_day_is_told_once_a_week(void **state)
{
	struct flow_house *f = *state;
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\nゲーム\r\n");
	(void)run(f, "software");
	(void)tick(f);
	days_pass(f, RECONCILE_USUAL_DUE + 1);
	assert_int_equal(tick(f).reminded, 1);
	days_pass(f, 6);
	assert_int_equal(tick(f).reminded, 0);
	days_pass(f, 1);
	assert_int_equal(tick(f).reminded, 1);
}

/* ---- Evidence ---- */

static enum clause_state
state_of_rule(struct flow_house *f, const char *code)
{
	struct assurance assurance;
	LOOK(&f->house, look);
	must(assure(&look, &f->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		for (size_t i = 0; i < assurance.clauses[at].rules_count; i++)
			if (assurance.clauses[at].rules[i].rule->kind == EVIDENCE_RECONCILIATION &&
			    text_is(assurance.clauses[at].rules[i].rule->reconciliation->code, code))
				return assurance.clauses[at].rules[i].state;
	fail_msg("no rule");
	return STATE_COUNT;
}

static enum clause_state
rule_state(struct flow_house *f)
{
	return state_of_rule(f, "software");
}

static size_t
findings(struct flow_house *f, struct finding *newest)
{
	const struct finding_query query = { .is_open_only = true, .has_kind = true,
					     .kind = ASSURE_RECONCILE, .at = DAY_NONE };
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	struct finding *list;
	size_t count;
	must(assure_record(f->house.store, f->house.arena, &f->flow, NULL, &clock, &done));
	LOOK(&f->house, look);
	must(assure_findings(&look, f->house.pack, &query, &list, &count));
	if (count != 0)
		*newest = list[0];
	return count;
}

static void
evidence_follows_the_runs_and_one_finding_stands_for_all_differences(void **state)
{
	struct flow_house *f = *state;
	struct finding finding;
	size_t count;
	assert_int_equal(rule_state(f), STATE_MISSING);
	hand_in(f, "software", SIDE_LEFT, "ソフト名\r\n表計算\r\nゲーム\r\n体験版\r\n");
	has_software(f, "表計算", "1");
	(void)run(f, "software");
	assert_int_equal(rule_state(f), STATE_DUE);
	assert_int_equal(findings(f, &finding), 1);
	assert_true(text_is(finding.about, "reconciliation:software"));
	assert_true(text_is(finding.role, "ciso"));
	assert_int_equal(findings(f, &finding), 1);
	struct deed_of closing = { .f = f, .what = SETTLE, .finding = finding.id };
	assert_int_equal(act_as(&f->house, f->ciso, work, &closing)->kind, ERROR_REFUSED);
	days_pass(f, RECONCILE_USUAL_DUE + 1);
	assert_int_equal(rule_state(f), STATE_LATE);
	has_software(f, "ゲーム", "1");
	(void)run(f, "software");
	const struct difference *one = there(f, "software", &count);
	assert_int_equal(count, 1);
	struct deed_of deed = { .f = f, .what = EXPLAIN,
				.explaining = { of_code(f, "software"), one->id, one->change, T("体験版"),
						day_plus(moment_day(f->house.now), 5) } };
	must(act_as(&f->house, f->ciso, work, &deed));
	assert_int_equal(rule_state(f), STATE_FULFILLED);
	assert_int_equal(findings(f, &finding), 0);
	days_pass(f, 6); /* the explanation has run out */
	assert_int_equal(rule_state(f), STATE_LATE);
	assert_int_equal(findings(f, &finding), 1);
	days_pass(f, of_code(f, "software")->every->usual);
	assert_int_equal(rule_state(f), STATE_LATE);
}

static void
nothing_held_against_nothing_is_no_proof(void **state)
{
	struct flow_house *f = *state;
	(void)run(f, "still-out"); /* nobody ever took anything out */
	assert_int_equal(state_of_rule(f, "still-out"), STATE_CLAIMED);
	struct dossier dossier = granted_carry(f);
	take_out(f, f->house.staff, &dossier, f->secret);
	hours_pass(f, 1);
	(void)run(f, "still-out");
	assert_int_equal(state_of_rule(f, "still-out"), STATE_FULFILLED);
}

/* No rule of evidence names it: its clause is its own. */
static void
differences_are_a_finding_whether_or_not_evidence_asks_for_them(void **state)
{
	struct flow_house *f = *state;
	struct finding finding;
	(void)run(f, "everybody");
	assert_int_equal(findings(f, &finding), 1);
	assert_true(text_is(finding.about, "reconciliation:everybody"));
	assert_true(text_is(finding.clause, "7.1.15.c"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_write_differently_is_the_same_key),
		OUR_TEST(what_is_alone_missing_twice_or_blank_is_told_apart),
		OUR_TEST(numbers_and_days_may_be_more_only_where_the_pack_says_so),
		OUR_TEST(a_day_must_lie_within_the_period),
		OUR_TEST(the_same_sets_in_any_order_give_the_same_keys),
		OUR_TEST(lists_as_tools_write_them_are_one_and_the_same),
		OUR_TEST(one_row_that_cannot_be_read_keeps_the_whole_list_out),
		OUR_TEST(what_tools_write_for_an_unknown_number_is_no_number),
		OUR_TEST(differences_last_from_run_to_run_until_they_are_put_right),
		OUR_TEST(what_is_explained_may_stay_until_its_day_and_no_longer),
		OUR_TEST(an_explanation_does_not_cover_what_differs_later),
		OUR_TEST(none_of_too_many_differences_seems_gone),
		OUR_TEST(nobody_but_who_answers_hands_in_or_runs_and_nothing_is_half_done),
		OUR_TEST(a_side_that_was_not_handed_in_is_asked_for),
		OUR_TEST(an_outsider_recomputes_the_result_and_sees_what_was_changed),
		OUR_TEST(every_named_source_can_be_read),
		OUR_TEST(the_clock_runs_what_needs_nobody_and_tells_who_must_hand_in),
		OUR_TEST(what_nobody_ever_runs_is_told_again_and_above),
		OUR_TEST(what_stays_past_its_day_is_told_once_a_week),
		OUR_TEST(evidence_follows_the_runs_and_one_finding_stands_for_all_differences),
		OUR_TEST(nothing_held_against_nothing_is_no_proof),
		OUR_TEST(differences_are_a_finding_whether_or_not_evidence_asks_for_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
