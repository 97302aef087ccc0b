#include "policy/policy.h"

#include "base/file.h"
#include "base/say.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pack_copy.h"

/* The pack that uses every key deserves no warning; each defect below brings its own, at its
 * line, and it goes away with the defect. */

static struct pack_report
check(const char *folder)
{
	struct pack_report report;

	(void)good_pack_of(folder, &report);
	return report;
}

static void
print_warnings(const struct pack_report *report)
{
	for (size_t i = 0; i < report->warnings_count; i++) {
		const struct pack_warning *at = &report->warnings[i];
		print_message("# %.*s:%d:%d %s %.*s\n", T_ARG(at->file), at->line, at->column,
			      at->code, T_ARG(at->words));
	}
}

static size_t
count_of(const struct pack_report *report, const char *code)
{
	size_t count = 0;

	for (size_t i = 0; i < report->warnings_count; i++)
		count += strcmp(report->warnings[i].code, code) == 0;
	return count;
}

static void
a_pack_that_is_right_in_everything_has_no_warning(void **state)
{
	const struct pack_report report = check(here("packs/whole"));

	(void)state;
	print_warnings(&report);
	assert_int_equal(report.warnings_count, 0);
	assert_int_equal(report.without_evidence, 0);
}

struct defect {
	const char *code;
	const char *file;
	const char *from;
	const char *to;
	int offset; /* lines from where `from` stands to where the warning stands */
	const char *words;
	const char
		*where; /* the file the warning stands in, when it is another: then any line */
};

static const struct defect defects[] = {
	/* Citations */
	{"reference-dangles", "clauses/01.yaml", "２．２．ｂ）", "２．９．ｂ）", 0,
	 "2.2.b) のこと", NULL},
	{"reference-dangles", "clauses/01.yaml", "２．２．ｂ）", "※", 0, "ありません", NULL},
	{"reference-dangles", "clauses/01.yaml",
	 "printed: \"２．２．ｂ）\", subject: {ja: \"例外\", en: \"exceptions\"}, to: "
	 "\"2.2.b\"",
	 "printed: \"第2条第2項第3号\"", 0, "to に書いて", NULL},
	{"reference-wrong", "clauses/01.yaml", "２．２．ｂ）", "2. 2. a )", 0, "2.2.b) のこと",
	 NULL},
	{"reference-wrong", "clauses/01.yaml", "２．２．ｂ）", "2―1―1", 0, "2.2.b) のこと",
	 NULL},
	{"reference-wrong", "clauses/01.yaml", "２．２．ｂ）", "第二条第三項", 0,
	 "それは監査です", NULL},
	{"reference-wrong", "clauses/01.yaml",
	 "printed: \"２．２．ｂ）\", subject: {ja: \"例外\", en: \"exceptions\"}, to: "
	 "\"2.2.b\"",
	 "printed: \"2.3\", subject: {ja: \"例外の許可\"}", 0, "例外の許可のこととして", NULL},
	/* Roles */
	{"role-not-appointed", "roles.yaml",
	 "    appointed: {ja: \"町長が指名する\", en: \"named by the mayor\"}\n", "", -4,
	 "監査人", NULL},
	{"role-unknown", "clauses/01.yaml", "\"情報セキュリティ管理者\"",
	 "\"統括情報セキュリティ管理者\"", 0, "「情報セキュリティ管理者」ではありませんか",
	 NULL},
	{"auditor-not-independent", "roles.yaml",
	 "en: \"named by the mayor\"}\n    above: mayor",
	 "en: \"named by the mayor\"}\n    above: manager", -4, "監査人", NULL},
	{"approver-controls-self", "occasions/2.yaml", "    by: [manager]\n", "", 4, "町長",
	 NULL},
	{"approver-controls-self", "occasions/2.yaml", "by: [manager]", "by: [manager, mayor]",
	 5, "町長", NULL},
	{"permission-outside-model", "roles.yaml", "    clause: \"1.1.a\"\n", "", 0, "町長",
	 "occasions/2.yaml"},
	/* Forms and ledgers */
	{"form-absent", "clauses/02.yaml", "form: \"1\"", "form: \"7\"", 0, "様式第7号", NULL},
	{"form-misses-clause", "clauses/02.yaml", "module: flow, modality: must-not",
	 "module: flow, form: \"1\", modality: must-not", 0, "様式第1号", NULL},
	{"ledger-without-evidence", "evidence/2.yaml",
	 "kind: entrance, about: kept, within: audit.days",
	 "kind: judged, within: audit.days", 0, "入退室管理簿", "ledgers/visit.yaml"},
	{"column-unfilled", "occasions/1.yaml", "{name: name, value: \"外から使う機器\"}, ", "",
	 0, "名前", NULL},
	/* Times and evidence */
	{"duty-without-period", "clauses/02.yaml",
	 ", period: {ja: \"定期的に\", en: \"regularly\", every: ledger.confirm}", "", 0,
	 "2.1.b", NULL},
	{"period-without-number", "clauses/02.yaml", ", every: ledger.confirm", "", 0,
	 "定期的に", NULL},
	{"deadline-without-number", "clauses/02.yaml", ", within: report.minutes", "", 0,
	 "速やかに", NULL},
	{"clause-without-evidence", "evidence/1.yaml", "clauses: [\"1.1.e\"]",
	 "clauses: [\"1.1.d\"]", 0, "1.1.e", "clauses/01.yaml"},
	/* Terms */
	{"term-unused", "terms.yaml", "ja: \"情報資産\"", "ja: \"ＳＬＡ\"", 0, "ＳＬＡ", NULL},
	{"term-unused", "terms.yaml", "ja: \"情報資産\", en: \"Information asset\"",
	 "ja: \"毎年\", en: \"Every year\", clause: \"2.3.a\"", 0, "毎年", NULL},
	/* Dates */
	{"in-force-before-enacted", "pack.yaml", "enacted: \"2026-03-20\"\neffective",
	 "enacted: \"2026-08-29\"\neffective", 1, "2026-08-29", NULL},
	{"in-force-before-enacted", "pack.yaml", "enacted: \"2015-03-01\"",
	 "enacted: \"2015-05-01\"", 0, "2015-05-01", NULL},
	{"edition-order", "pack.yaml", "\"2018-04-01\"", "\"2014-04-01\"", 0, "1.1", NULL},
	{"version-order", "pack.yaml", "{version: \"1.1\"", "{version: \"0.9\"", 0,
	 "「1.0」の次が「0.9」", NULL},
	{"full-revision-minor", "pack.yaml", "effective: \"2018-04-01\"",
	 "effective: \"2018-04-01\", full: yes", 0, "全部改正", NULL},
	{"edition-not-current", "pack.yaml", "version: \"2.0\"\nmode", "version: \"2.1\"\nmode",
	 10, "2.0", NULL},
	/* Acts */
	{"statute-number", "clauses/01.yaml", "平成26年法律第104号", "平成28年法律第31号", 0,
	 "平成26年法律第104号", NULL},
	{"statute-number", "clauses/01.yaml", "昭和二十二年法律第六十七号",
	 "昭和二十二年法律第六十八号", 0, "昭和22年法律第67号", NULL},
	/* What leads nowhere */
	{"many-questions", "questions.yaml", "  - {name: own,",
	 "  - {name: q1, ja: \"一\", en: \"1\", kind: yes-no}\n  - {name: q2, ja: \"二\", en: "
	 "\"2\", kind: yes-no}\n"
	 "  - {name: q3, ja: \"三\", en: \"3\", kind: yes-no}\n  - {name: q4, ja: \"四\", en: "
	 "\"4\", kind: yes-no}\n"
	 "  - {name: own,",
	 -7, "質問が 7", NULL},
	{"question-unused", "questions.yaml", "  - {name: own,",
	 "  - {name: idle, ja: \"天気\", en: \"Weather\", kind: yes-no}\n  - {name: own,", 0,
	 "天気", NULL},
	{"choice-leads-nowhere", "questions.yaml", "      - {code: bend,",
	 "      - {code: sleep, ja: \"休む\", en: \"Sleep\"}\n      - {code: bend,", 0, "休む",
	 NULL},
	{"parameter-unused", "parameters.yaml", "parameters:\n",
	 "parameters:\n  - {code: idle.days, ja: \"使わない値\", en: \"Idle\", kind: days, "
	 "usual: 1}\n",
	 1, "idle.days", NULL},
};

static bool
has_warning(const struct pack_report *report, const struct defect *defect, int line)
{
	const char *file = defect->where != NULL ? defect->where : defect->file;

	for (size_t i = 0; i < report->warnings_count; i++) {
		const struct pack_warning *at = &report->warnings[i];
		if (strcmp(at->code, defect->code) == 0 && text_is(at->file, file) &&
		    (defect->where != NULL || at->line == line) &&
		    text_has(at->words, text_of(defect->words)))
			return true;
	}
	return false;
}

static void
each_defect_is_warned_of_at_its_line_and_no_longer_when_mended(void **state)
{
	const char *folder = copy_pack_of("packs/whole");
	size_t unseen = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(defects) / sizeof(defects[0]); i++) {
		const struct defect *at = &defects[i];
		struct text before;
		assert_null(
			file_read(arena, path_join(arena, folder, at->file), 1 << 20, &before));
		const int line = spoil(folder, at->file, at->from, at->to) + at->offset;
		const struct pack_report report = check(folder);
		if (!has_warning(&report, at, line)) {
			print_message("# no %s at %s:%d '%s'\n", at->code, at->file, line,
				      at->words);
			print_warnings(&report);
			unseen++;
		}
		put(folder, at->file, before);
	}
	assert_int_equal(unseen, 0);
	assert_int_equal(check(folder).warnings_count, 0);
	remove_pack(folder);
}

struct variant {
	const char *file;
	const char *from;
	const char *to;
};

/* The same thing as documents write it. */
static const struct variant variants[] = {
	{"clauses/01.yaml", "２．２．ｂ）", "2.2.b)"},
	{"clauses/01.yaml", "２．２．ｂ）", "2. 2. (B)"},
	{"clauses/01.yaml", "２．２．ｂ）", "２―２―ｂ"},
	{"clauses/01.yaml", "２．２．ｂ）", "第２条第２項ｂ"},
	{"clauses/01.yaml", "２．２．ｂ）", "第二条第二項ｂ号"},
	{"clauses/01.yaml", "２．２．ｂ）", "2.2"}, /* the section the clause stands in */
	{"clauses/01.yaml", ", to: \"2.2.b\"", ""}, /* the words agree */
	{"clauses/01.yaml", "names: [\"ＣＩＳＯ\"", "names: [\"C I S O\""},
	{"clauses/01.yaml", "names: [\"ＣＩＳＯ\"", "names: [\"町長\""},
	{"clauses/01.yaml", "平成26年法律第104号", "平成二十六年法律第百四号"},
	{"clauses/01.yaml", "平成26年法律第104号", "平成二六年法律第一〇四号"},
	{"clauses/01.yaml", "平成26年法律第104号", "平成２６年１１月１２日法律第１０４号"},
	{"clauses/01.yaml", "平成26年法律第104号", "（平成 26 年法律第 104 号）"},
	{"clauses/01.yaml", "サイバーセキュリティ基本法", "だれも知らない法律"},
	{"clauses/01.yaml", "\"地方自治法\", number: \"昭和二十二年法律第六十七号\"",
	 "\"個人情報保護法\", number: \"平成15年法律第57号\""},
	{"terms.yaml", "ja: \"ＣＩＳＯ\"", "ja: \"Ｃ Ｉ Ｓ Ｏ\""},
	{"pack.yaml", "version: \"1.0\"", "version: \"平成27年\""}, /* names do not compare */
	{"pack.yaml", "version: \"1.1\"", "version: \"1.10\""},
};

static void
other_ways_of_writing_the_same_are_no_defect(void **state)
{
	const char *folder = copy_pack_of("packs/whole");

	(void)state;
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++) {
		struct text before;
		assert_null(file_read(arena, path_join(arena, folder, variants[i].file),
				      1 << 20, &before));
		(void)spoil(folder, variants[i].file, variants[i].from, variants[i].to);
		const struct pack_report report = check(folder);
		print_warnings(&report);
		if (report.warnings_count > 0)
			fail_msg("'%s' was not understood", variants[i].to);
		put(folder, variants[i].file, before);
	}
	remove_pack(folder);
}

static const char form_nine[] = "number: \"9\"\nja: \"相談票\"\nen: \"Consultation\"\nlabel: "
				"{ja: \"様式第9号\", en: \"Form 9\"}\n"
				"clauses: [\"2.3.a\"]\nsections: []\n";
static const char consulting[] =
	"occasions:\n  - code: consult\n    ja: \"相談\"\n    en: \"Consult\"\n    why: {ja: "
	"\"相談\", en: \"Consult\"}\n"
	"    clauses: [\"2.3.a\"]\n    form: \"9\"\n    when: 'own'\n    route:\n"
	"      - {verb: consultation, role: ciso, whose: body}\n";

static void
a_form_without_occasion_or_answer_is_warned_of(void **state)
{
	const char *folder = copy_pack_of("packs/whole");

	(void)state;
	put(folder, "forms/9.yaml", text_of(form_nine));
	struct pack_report report = check(folder);
	assert_int_equal(report.warnings_count, 1);
	assert_string_equal(report.warnings[0].code, "form-unused");
	assert_true(text_is(report.warnings[0].file, "forms/9.yaml"));
	put(folder, "occasions/9.yaml", text_of(consulting));
	report = check(folder);
	assert_int_equal(report.warnings_count, 1);
	assert_string_equal(report.warnings[0].code, "form-nobody-approves");
	(void)spoil(folder, "forms/9.yaml", "clauses:", "given: no\nclauses:");
	assert_int_equal(check(folder).warnings_count, 0);
	(void)spoil(folder, "forms/9.yaml", "given: no\n", "");
	(void)spoil(folder, "occasions/9.yaml", "consultation", "notification");
	assert_int_equal(check(folder).warnings_count, 0);
	remove_pack(folder);
}

static void
warnings_stop_nothing_and_wait_until_there_is_no_mistake(void **state)
{
	const char *folder = copy_pack_of("packs/whole");
	struct pack *pack = NULL;
	struct pack_report report;

	(void)state;
	(void)spoil(folder, "clauses/01.yaml", "平成26年法律第104号", "平成28年法律第31号");
	assert_null(load(folder, &pack, &report));
	assert_non_null(pack);
	assert_int_equal(count_of(&report, "statute-number"), 1);
	(void)spoil(folder, "roles.yaml", "above: ciso", "above: cisso");
	assert_non_null(load(folder, &pack, &report));
	assert_int_equal(count_of(&report, "statute-number"), 0);
	assert_null(report.roles);
	remove_pack(folder);
}

static void
what_is_known_of_people_takes_its_place_among_the_warnings(void **state)
{
	const char *folder = copy_pack_of("packs/whole");

	(void)state;
	(void)spoil(folder, "clauses/01.yaml", "平成26年法律第104号", "平成28年法律第31号");
	(void)spoil(folder, "terms.yaml", "情報資産", "ＳＬＡ");
	struct pack_report report = check(folder);
	assert_int_equal(report.warnings_count, 2);
	pack_report_warn(arena, &report, "role-unheld", &report.roles[1], T("空いています"));
	assert_int_equal(report.warnings_count, 3);
	assert_string_equal(report.warnings[1].code, "role-unheld");
	assert_true(text_is(report.warnings[1].file, "roles.yaml"));
	assert_int_equal(report.warnings[1].line, 9);
	remove_pack(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_pack_that_is_right_in_everything_has_no_warning, setup, teardown),
		cmocka_unit_test_setup_teardown(
			each_defect_is_warned_of_at_its_line_and_no_longer_when_mended, setup,
			teardown),
		cmocka_unit_test_setup_teardown(other_ways_of_writing_the_same_are_no_defect,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_form_without_occasion_or_answer_is_warned_of,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			warnings_stop_nothing_and_wait_until_there_is_no_mistake, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			what_is_known_of_people_takes_its_place_among_the_warnings, setup,
			teardown),
	};

	return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
