/* Promises of base/text.h: UTF-8 at the border, views, and the text as search sees it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"

#include <string.h>

#include "text_house.h"

static void
valid_utf8_is_told_from_broken_bytes(void **state)
{
	(void)state;
	static const struct {
		struct text bytes;
		bool is_valid;
		size_t bad_at;
	} cases[] = {
		{T_INIT(""), true, 0},
		{T_INIT("plain ASCII of more than eight"), true, 0},
		{T_INIT("役所の文書"), true, 0},
		{T_INIT("𠮷野家 葛\U000E0100 \uE000"), true, 0},
		{T_INIT("\xF4\x8F\xBF\xBF"), true, 0},
		{T_INIT("12345678\xC0\xAF"), false, 8},  /* overlong / */
		{T_INIT("a\xE0\x80\xAF"), false, 1},     /* overlong in three */
		{T_INIT("a\xE0\x9F\xBF"), false, 1},     /* overlong, last of them */
		{T_INIT("a\xF0\x80\x80\xAF"), false, 1}, /* overlong in four */
		{T_INIT("a\xF0\x8F\xBF\xBF"), false, 1}, /* overlong, last of them */
		{T_INIT("\xED\xA0\x80"), false, 0},      /* surrogate */
		{T_INIT("\xF4\x90\x80\x80"), false, 0},  /* past U+10FFFF */
		{T_INIT("\xF5\x80\x80\x80"), false, 0},
		{T_INIT("\x80"), false, 0},
		{T_INIT("\xC1\xBF"), false, 0},
		{T_INIT("abc\xE3\x81"), false, 3}, /* cut off */
		{T_INIT("ab\xE3\x81z"), false, 2},
		{T_INIT("ab\0cdefghijkl"), false, 2},    /* NUL, long way */
		{T_INIT("abcdefgh\0jklmnop"), false, 8}, /* NUL, in a block of eight */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t bad_at = 0;
		const bool is_valid = text_is_utf8(cases[i].bytes, &bad_at);
		if (is_valid != cases[i].is_valid || bad_at != cases[i].bad_at)
			fail_msg("case %zu: %d at %zu", i, is_valid, bad_at);
	}
	assert_false(text_is_utf8(T("\xFF"), NULL));
}

static void
characters_are_stepped_through_by_code_point(void **state)
{
	(void)state;
	const uint32_t wanted[] = {'a', 0xE9, 0x756A, 0x20BB7, 0xE0100, 0xE000};
	const struct text text = T("aé番𠮷\U000E0100\uE000");
	size_t at = 0;
	uint32_t character;
	for (size_t i = 0; i < 6; i++) {
		assert_true(text_next(text, &at, &character));
		assert_int_equal(character, wanted[i]);
	}
	assert_false(text_next(text, &at, &character));
	assert_int_equal(at, text.len);
	assert_int_equal(text_count(text), 6);
}

static void
stepping_through_broken_bytes_never_leaves_the_text(void **state)
{
	(void)state;
	const struct text text = {text_copy(arena, T("\xE3")).data, 1};
	size_t at = 0;
	uint32_t character;
	assert_true(text_next(text, &at, &character));
	assert_int_equal(character, 0xFFFD);
	assert_false(text_next(text, &at, &character));
	at = 0;
	assert_true(text_next(T("\xE3\x81z"), &at, &character));
	assert_int_equal(character, 0xFFFD);
	assert_int_equal(at, 1); /* one byte further, not one character */
}

static void
views_are_cut_and_compared(void **state)
{
	(void)state;
	struct text head;
	struct text rest;
	assert_true(text_cut(T("a:b:c"), ':', &head, &rest));
	assert_text(head, "a");
	assert_text(rest, "b:c");
	assert_false(text_cut(T("abc"), ':', &head, &rest));
	assert_text(head, "abc");
	assert_true(text_is_empty(rest));

	assert_true(text_starts(T("番所"), T("番")));
	assert_false(text_starts(T("番"), T("番所")));
	assert_true(text_ends(T("番所"), T("所")));
	assert_false(text_ends(T("番所"), T("番")));
	size_t at;
	assert_true(text_find(T("abcabc"), T("ca"), &at));
	assert_int_equal(at, 2);
	assert_false(text_has(T("abc"), T("d")));
	assert_true(text_has(T("abc"), T("")));
	assert_text(text_from(T("abc"), 9), "");
	assert_text(text_first(T("abc"), 2), "ab");
	assert_true(text_order(T("a"), T("b")) < 0);
	assert_true(text_order(T("ab"), T("a")) > 0);
	assert_int_equal(text_order(T("ab"), T("ab")), 0);
	assert_true(text_order(T("\xE3"), T("a")) > 0); /* bytes are not signed */
	assert_true(text_same((struct text){NULL, 0}, T("")));
	assert_null(text_copy(arena, (struct text){NULL, 0}).data);
}

static void
white_space_is_trimmed_full_width_included(void **state)
{
	(void)state;
	assert_text(text_trim(T("　 \t番　所\r\n　")), "番　所");
	assert_true(text_is_blank(T(" \t\n　　 ")));
	assert_true(text_is_blank(T("")));
	assert_false(text_is_blank(T("　あ")));
}

static void
texts_are_built_in_an_arena(void **state)
{
	(void)state;
	assert_text(text_join(arena, T("番"), T("所")), "番所");
	assert_text(text_replace(arena, T("a--b--"), T("--"), T("+")), "a+b+");
	assert_text(text_replace(arena, T("aaa"), T("aa"), T("")), "a");
	assert_text(text_replace(arena, T("abc"), T(""), T("x")), "abc");
	assert_text(text_replace(arena, T("abc"), T("c"), T("long")), "ablong");
	assert_text(text_format(arena, "%d件%s", 12, "。"), "12件。");
	assert_string_equal(text_z(arena, text_first(T("abc"), 2)), "ab");
}

static void
hex_and_base64_come_back_as_they_went(void **state)
{
	(void)state;
	const struct text bytes = T("\x00\xFF\x10番");
	struct text back;
	assert_text(text_hex(arena, bytes), "00ff10e795aa");
	assert_true(text_unhex(arena, T("00FF10e795AA"), &back));
	assert_true(text_same(bytes, back));
	assert_false(text_unhex(arena, T("abc"), &back));
	assert_false(text_unhex(arena, T("zz"), &back));
	assert_false(text_unhex(arena, T("00 1"), &back));

	/* RFC 4648 section 10. */
	static const char *const pairs[][2] = {
		{"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
		{"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
	for (size_t i = 0; i < 6; i++) {
		assert_text(text_base64(arena, text_of(pairs[i][0])), pairs[i][1]);
		assert_true(text_unbase64(arena, text_of(pairs[i][1]), &back));
		assert_text(back, pairs[i][0]);
	}
	assert_false(text_unbase64(arena, T("Zg="), &back));
	assert_false(text_unbase64(arena, T("Zh=="), &back)); /* stray bits */
	assert_false(text_unbase64(arena, T("Zm9v!"), &back));
	assert_false(text_unbase64(arena, T("Zm9v\n"), &back));
}

static void
assert_found_as(const char *a, const char *b)
{
	const struct text left = text_fold(arena, text_of(a));
	const struct text right = text_fold(arena, text_of(b));
	if (!text_same(left, right))
		fail_msg("%s is %.*s, %s is %.*s", a, T_ARG(left), b, T_ARG(right));
}

static void
people_find_what_they_type_otherwise(void **state)
{
	(void)state;
	static const char *const same[][2] = {
		{"ﾊﾝｶｸ", "はんかく"},
		{"ﾊﾞﾝｼｮ", "バンショ"},
		{"か゛き゛", "がぎ"},
		{"ヴァイオリン", "ゔぁいおりん"},
		{"サーバー", "さーばー"},
		{"ｻｰﾊﾞｰ", "サーバー"},
		{"髙橋", "高橋"},
		{"渡邉", "渡辺"},
		{"渡邊", "渡辺"},
		{"渡邉\U000E0101", "渡辺"},
		{"辻\U000E0100", "辻"},
		{"葛\uFE00城", "葛城"},
		{"山﨑", "山崎"},
		{"大塚", "大\uFA10"},
		{"神田", "\uFA19田"},
		{"𠮟る", "叱る"},
		{"𠮷田", "吉田"},
		{"齋藤", "斉藤"},
		{"齊藤", "斎藤"},
		{"濵田", "浜田"},
		{"濱田", "浜田"},
		{"德川", "徳川"},
		{"廣澤", "広沢"},
		{"ＡＢＣ１２３", "abc123"},
		{"山田　太郎", "山田太郎"},
		{"山田 太\t郎\n", "山田太郎"},
		{"①㈱㍻", "1(株)平成"},
		{"Straße", "STRASSE"},
		{"co\u00ADop\u200B", "coop"},
	};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		assert_found_as(same[i][0], same[i][1]);
	assert_text(text_fold(arena, T("ﾊﾝｶｸ")), "はんかく");
	assert_text(text_fold(arena, T("髙橋")), "高橋");
	assert_text(text_fold(arena, T("渡邉")), "渡辺");
	assert_text(text_fold(arena, T("")), "");
	assert_text(text_fold(arena, T("　")), "");
}

static void
different_names_stay_different_and_private_characters_stay(void **state)
{
	(void)state;
	assert_text(text_fold(arena, T("外字\uE000")), "外字\uE000");
	assert_text(text_fold(arena, T("\U000F0000")), "\U000F0000");
	assert_false(text_same(text_fold(arena, T("ハハ")), text_fold(arena, T("ババ"))));
	assert_false(text_same(text_fold(arena, T("サーバ")), text_fold(arena, T("サーバー"))));
	assert_false(text_same(text_fold(arena, T("ツ")), text_fold(arena, T("ッ"))));
}

static void
folding_twice_changes_nothing(void **state)
{
	(void)state;
	uint32_t from = 0;
	for (uint32_t character = 0x20; character < 0x30000; character++) {
		if (character >= 0xD800 && character <= 0xDFFF)
			continue;
		char bytes[4];
		size_t len = 0;
		if (character < 0x80) {
			bytes[len++] = (char)character;
		} else if (character < 0x800) {
			bytes[len++] = (char)(0xC0 | character >> 6);
			bytes[len++] = (char)(0x80 | (character & 63));
		} else {
			if (character < 0x10000) {
				bytes[len++] = (char)(0xE0 | character >> 12);
			} else {
				bytes[len++] = (char)(0xF0 | character >> 18);
				bytes[len++] = (char)(0x80 | (character >> 12 & 63));
			}
			bytes[len++] = (char)(0x80 | (character >> 6 & 63));
			bytes[len++] = (char)(0x80 | (character & 63));
		}
		const struct text once = text_fold(arena, (struct text){bytes, len});
		const struct text twice = text_fold(arena, once);
		if (!text_same(once, twice))
			fail_msg("U+%04X: %.*s, then %.*s", character, T_ARG(once),
				 T_ARG(twice));
		if (++from % 1000 == 0)
			arena_reset(arena);
	}
}

static void
full_width_forms_become_narrow(void **state)
{
	(void)state;
	assert_text(text_narrow(arena, T("ＡＢ（１２）～　番")), "AB(12)~ 番");
	assert_text(text_narrow(arena, T("")), "");
}

static void
numbers_are_written_in_digits(void **state)
{
	(void)state;
	assert_text(text_number(arena, 0), "0");
	assert_text(text_number(arena, -1), "-1");
	assert_text(text_number(arena, 1234567890), "1234567890");
	assert_text(text_number(arena, INT64_MAX), "9223372036854775807");
	assert_text(text_number(arena, INT64_MIN), "-9223372036854775808");
}

static void
plain_text_keeps_the_numerals_of_a_numbering(void **state)
{
	(void)state;
	assert_text(text_plain(arena, T("（１）ＣＩＳＯ　ｶﾞ")), "(1)CISO ガ");
	assert_text(text_plain(arena, T("⼈の⽤")), "人の用");
	assert_text(text_plain(arena, T("①Ⅰ※³¹⑴")), "①Ⅰ※³¹⑴");
	assert_text(text_plain(arena, T("か\u3099")), "が");
	assert_text(text_plain(arena, T("")), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_in_digits),
		cmocka_unit_test(valid_utf8_is_told_from_broken_bytes),
		cmocka_unit_test(characters_are_stepped_through_by_code_point),
		cmocka_unit_test(stepping_through_broken_bytes_never_leaves_the_text),
		cmocka_unit_test(views_are_cut_and_compared),
		cmocka_unit_test(white_space_is_trimmed_full_width_included),
		cmocka_unit_test(texts_are_built_in_an_arena),
		cmocka_unit_test(hex_and_base64_come_back_as_they_went),
		cmocka_unit_test(people_find_what_they_type_otherwise),
		cmocka_unit_test(different_names_stay_different_and_private_characters_stay),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(full_width_forms_become_narrow),
		cmocka_unit_test(plain_text_keeps_the_numerals_of_a_numbering),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
