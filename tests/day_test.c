/* Promises of base/day.h: the calendar, eras, holidays, and how people write days. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/day.h"

#include "text_house.h"

static struct day
at(int year, int month, int day)
{
	struct day made = DAY_NONE;
	if (!day_make(year, month, day, &made))
		fail_msg("no day %d-%d-%d", year, month, day);
	return made;
}

static void
days_are_counted_from_1970_and_come_back(void **state)
{
	(void)state;
	assert_int_equal(at(1970, 1, 1).no, 0);
	assert_int_equal(at(2000, 3, 1).no, 11017);
	assert_int_equal(at(1969, 12, 31).no, -1);
	struct day expected = at(1, 1, 1);
	for (int year = 1; year <= 2400; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= 31; day++) {
				struct day made;
				if (!day_make(year, month, day, &made))
					continue;
				int y;
				int m;
				int d;
				day_parts(made, &y, &m, &d);
				if (made.no != expected.no || y != year || m != month ||
				    d != day)
					fail_msg("%d-%d-%d", year, month, day);
				expected.no++;
			}
	assert_int_equal(day_of_week(at(2026, 11, 21)), 6);
	assert_int_equal(day_of_week(at(1899, 12, 31)), 0);
	struct day untouched = {7};
	assert_false(day_make(2100, 2, 29, &untouched));
	assert_false(day_make(2026, 13, 1, &untouched));
	assert_false(day_make(2026, 4, 31, &untouched));
	assert_false(day_make(0, 1, 1, &untouched));
	assert_false(day_make(10000, 1, 1, &untouched));
	assert_int_equal(untouched.no, 7);
	assert_true(day_is_none(day_plus(DAY_NONE, 5)));
	assert_text(day_iso(arena, DAY_NONE), "");
	assert_text(day_wareki(arena, DAY_NONE), "");
	assert_text(day_wareki_short(arena, DAY_NONE), "");
}

static void
the_business_year_begins_on_the_first_of_april(void **state)
{
	(void)state;
	assert_int_equal(day_fiscal_year(at(2023, 3, 31)), 2022);
	assert_int_equal(day_fiscal_year(at(2022, 4, 1)), 2022);
	assert_int_equal(day_fiscal_end(at(2022, 4, 1)).no, at(2023, 3, 31).no);
	assert_int_equal(day_fiscal_end(at(2023, 3, 31)).no, at(2023, 3, 31).no);
	assert_text(fiscal_wareki(arena, 2026), "令和8年度");
	assert_text(fiscal_wareki(arena, 2019), "令和元年度");
	assert_text(fiscal_wareki(arena, 2018), "平成30年度");
	assert_text(fiscal_wareki(arena, 1989), "平成元年度");
	assert_text(fiscal_wareki(arena, 1926), "大正15年度");
}

static void
each_era_begins_and_ends_on_its_day(void **state)
{
	(void)state;
	static const struct {
		int year, month, day;
		const char *wareki;
		const char *brief;
	} cases[] = {
		{2026, 11, 21, "令和8年11月21日", "R08.11.21"},
		{2019, 5, 1, "令和元年5月1日", "R01.05.01"},
		{2019, 4, 30, "平成31年4月30日", "H31.04.30"},
		{1989, 1, 8, "平成元年1月8日", "H01.01.08"},
		{1989, 1, 7, "昭和64年1月7日", "S64.01.07"},
		{1926, 12, 25, "昭和元年12月25日", "S01.12.25"},
		{1926, 12, 24, "大正15年12月24日", "T15.12.24"},
		{1912, 7, 30, "大正元年7月30日", "T01.07.30"},
		{1912, 7, 29, "明治45年7月29日", "M45.07.29"},
		{1873, 1, 1, "明治6年1月1日", "M06.01.01"},
		{1872, 12, 31, "1872年12月31日", "1872-12-31"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct day day = at(cases[i].year, cases[i].month, cases[i].day);
		assert_text(day_wareki(arena, day), cases[i].wareki);
		assert_text(day_wareki_short(arena, day), cases[i].brief);
		struct day back;
		assert_true(day_read(text_of(cases[i].wareki), &back));
		assert_int_equal(back.no, day.no);
		assert_true(day_read(text_of(cases[i].brief), &back));
		assert_int_equal(back.no, day.no);
	}
}

static void
a_day_is_read_however_people_write_it(void **state)
{
	(void)state;
	static const char *const same[] = {
		"2026-11-21",
		"2026/11/21",
		"2026.11.21",
		"20261121",
		"R8.11.21",
		"r8.11.21",
		"令8.11.21",
		"令和8年11月21日",
		"2026年11月21日",
		"２０２６年１１月２１日",
		"　令和　８年 11月 21日 ",
		"Ｒ８．１１．２１",
		"R08.11.21",
		"２０２６／１１／２１",
		"㋿8年11月21日",
		"R8/11/21",
		"R8-11-21",
	};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		struct day day = DAY_NONE;
		if (!day_read(text_of(same[i]), &day) || day.no != at(2026, 11, 21).no)
			fail_msg("%s", same[i]);
	}
	struct day day;
	assert_true(day_read(T("令和元年5月1日"), &day));
	assert_int_equal(day.no, at(2019, 5, 1).no);
	/* The days of change belong to both eras by their edicts. */
	assert_true(day_read(T("明治45年7月30日"), &day));
	assert_int_equal(day.no, at(1912, 7, 30).no);
	assert_true(day_read(T("T15.12.25"), &day));
	assert_int_equal(day.no, at(1926, 12, 25).no);
}

static void
a_day_that_does_not_exist_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",
		"　",
		"2026",
		"2026-11",
		"2026-11-31",
		"2025-02-29",
		"2026-13-01",
		"26-11-21",
		"2026-11/21",
		"2026 11 21",
		"2026112",
		"202611211",
		"令和8年11月21",
		"R8.11.21x",
		"令和元年4月30日",
		"平成31年5月1日",
		"昭和64年1月8日",
		"平成1年1月7日",
		"M5.12.31",
		"明治45年7月31日",
		"大正15年12月26日",
		"大正元年7月29日",
		"R0.1.1",
		"R100.1.1",
		"X8.1.1",
		"2026-11-21T00:00",
		"令和 年1月1日",
		"-2026-11-21",
		"2026-011-21",
		"元年1月1日",
		"2026元年1月1日",
		"\xE4\xBB",
		"20 261121",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct day day = {7};
		if (day_read(text_of(wrong[i]), &day))
			fail_msg("%s was read as %.*s", wrong[i], T_ARG(day_iso(arena, day)));
		assert_int_equal(day.no, 7);
	}
}

/* The holidays of some years on a Monday to Friday, as the Cabinet Office publishes them. */
static void
holidays_are_those_of_the_law(void **state)
{
	(void)state;
	static const char *const published[] = {
		/* 2006: the last year of the old rule for substitutes and for 4 May */
		"2006-01-09 2006-03-21 2006-05-03 2006-05-04 2006-05-05 2006-07-17 2006-09-18 "
		"2006-10-09 2006-11-03 2006-11-23",
		/* 2009: a day between two holidays, and 3 May on a Sunday */
		"2009-01-12 2009-02-11 2009-03-20 2009-04-29 2009-05-04 2009-05-05 2009-05-06 "
		"2009-07-20 2009-09-21 2009-09-22 2009-09-23 2009-10-12 2009-11-03 2009-11-23 "
		"2009-12-23",
		/* 2019: accession */
		"2019-01-14 2019-02-11 2019-03-21 2019-04-29 2019-04-30 2019-05-01 2019-05-02 "
		"2019-05-03 2019-05-06 2019-07-15 2019-08-12 2019-09-16 2019-09-23 2019-10-14 "
		"2019-10-22 2019-11-04",
		/* 2020 and 2021: moved for the games */
		"2020-01-13 2020-02-11 2020-02-24 2020-03-20 2020-04-29 2020-05-04 2020-05-05 "
		"2020-05-06 2020-07-23 2020-07-24 2020-08-10 2020-09-21 2020-09-22 2020-11-03 "
		"2020-11-23",
		"2021-01-11 2021-02-11 2021-02-23 2021-04-29 2021-05-03 2021-05-04 2021-05-05 "
		"2021-07-22 2021-07-23 2021-08-09 2021-09-20 2021-09-23 2021-11-03 2021-11-23",
		/* 2026: 22 September between 敬老の日 and 秋分の日 */
		"2026-01-12 2026-02-11 2026-02-23 2026-03-20 2026-04-29 2026-05-04 2026-05-05 "
		"2026-05-06 2026-07-20 2026-08-11 2026-09-21 2026-09-22 2026-09-23 2026-10-12 "
		"2026-11-03 2026-11-23",
		"2027-01-11 2027-02-11 2027-02-23 2027-03-22 2027-04-29 2027-05-03 2027-05-04 "
		"2027-05-05 2027-07-19 2027-08-11 2027-09-20 2027-09-23 2027-10-11 2027-11-03 "
		"2027-11-23",
	};
	for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
		const struct text list = text_of(published[i]);
		struct day day;
		assert_true(day_read(text_first(list, 10), &day));
		int year;
		int month;
		int of_month;
		day_parts(day, &year, &month, &of_month);
		for (day = at(year, 1, 4); day.no < at(year, 12, 29).no; day.no++) {
			const int week_day = day_of_week(day);
			if (week_day == 0 || week_day == 6) {
				assert_true(day_is_holiday(day));
				continue;
			}
			const struct text iso = day_iso(arena, day);
			if (day_is_holiday(day) != text_has(list, iso))
				fail_msg("%.*s", T_ARG(iso));
		}
	}
}

static void
the_equinoxes_fall_on_their_days(void **state)
{
	(void)state;
	/* 国立天文台 暦要項, from 2000 on */
	static const int spring[] = {20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20,
				     21, 21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 20, 21};
	for (int year = 2000; year < 2028; year++) {
		const int on = spring[year - 2000];
		const struct day day = at(year, 3, on);
		const struct day other = at(year, 3, on == 20 ? 21 : 20);
		const int week_day = day_of_week(other);
		assert_true(day_is_holiday(day));
		if (week_day != 0 && week_day != 6 && day_of_week(day) != 0)
			assert_false(day_is_holiday(other));

		const bool is_22 = year == 2012 || year == 2016 || year == 2020 || year == 2024;
		assert_true(day_is_holiday(at(year, 9, is_22 ? 22 : 23)));
	}
	assert_false(day_is_holiday(at(2016, 9, 23)));
	assert_false(day_is_holiday(at(2020, 9, 23)));
	assert_false(day_is_holiday(at(2017, 9, 22)));
	assert_true(day_is_holiday(at(2028, 9, 22)));
	assert_true(day_is_holiday(at(2032, 9, 22)));
}

static void
the_turn_of_the_year_is_no_working_time(void **state)
{
	(void)state;
	for (struct day day = at(2025, 12, 29); day.no <= at(2026, 1, 3).no; day.no++)
		assert_true(day_is_holiday(day));
	assert_false(day_is_holiday(at(2026, 12, 28)));
	assert_false(day_is_holiday(at(2028, 1, 4)));
}

static void
working_days_skip_holidays(void **state)
{
	(void)state;
	assert_int_equal(day_plus_working(at(2026, 5, 1), 1).no, at(2026, 5, 7).no);
	assert_int_equal(day_plus_working(at(2025, 12, 26), 1).no, at(2026, 1, 5).no);
	assert_int_equal(day_plus_working(at(2026, 11, 20), 2).no, at(2026, 11, 25).no);
	assert_int_equal(day_plus_working(at(2026, 11, 21), 0).no, at(2026, 11, 21).no);
	assert_true(day_is_none(day_plus_working(DAY_NONE, 3)));
}

static void
moments_are_shown_in_japan_and_in_utc(void **state)
{
	(void)state;
	const struct moment moment = {INT64_C(1795227667123)};
	assert_text(moment_utc(arena, moment), "2026-11-21T02:21:07.123Z");
	assert_text(moment_wareki(arena, moment), "令和8年11月21日 11時21分");
	assert_text(moment_local(arena, moment), "2026-11-21T11:21");
	assert_int_equal(moment_day(moment).no, at(2026, 11, 21).no);
	/* 15:00 UTC is midnight in Japan. */
	const struct moment midnight = day_begin(at(2026, 11, 21));
	assert_text(moment_utc(arena, midnight), "2026-11-20T15:00:00.000Z");
	assert_int_equal(moment_day(midnight).no, at(2026, 11, 21).no);
	assert_int_equal(moment_day((struct moment){midnight.ms - 1}).no, at(2026, 11, 20).no);
	assert_text(moment_utc(arena, (struct moment){-1}), "1969-12-31T23:59:59.999Z");
	assert_text(moment_utc(arena, (struct moment){9 * 3600 * 1000}),
		    "1970-01-01T09:00:00.000Z");
	int hour;
	int minute;
	int second;
	moment_clock((struct moment){-1}, &hour, &minute, &second);
	assert_int_equal(hour * 10000 + minute * 100 + second, 85959);
	assert_text(moment_utc(arena, (struct moment){0}), "");
	assert_text(moment_wareki(arena, (struct moment){0}), "");
	assert_text(moment_local(arena, (struct moment){0}), "");
	assert_true(day_is_none(moment_day((struct moment){0})));
	assert_true(moment_now().ms > INT64_C(1700000000000));
}

static void
a_moment_is_read_however_people_write_it(void **state)
{
	(void)state;
	static const char *const same[] = {
		"2026-11-21T11:21",      "2026-11-21 11:21",         "2026-11-21T11:21:00",
		"令和8年11月21日 11:21", "令和8年11月21日 11時21分", "R8.11.21　１１：２１",
		"20261121 11:21",
	};
	const int64_t wanted = INT64_C(1795227660000);
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		struct moment moment = {0};
		if (!moment_read(text_of(same[i]), &moment) || moment.ms != wanted)
			fail_msg("%s: %lld", same[i], (long long)moment.ms);
	}
	static const char *const wrong[] = {
		"",
		"2026-11-21",
		"2026-11-21T24:00",
		"2026-11-21T11:60",
		"2026-11-21T11",
		"11:21",
		"2026-11-21T11:21Z",
		"2026-11-21T11:21:60",
		"2026-11-2111:21",
		"2026-11-21 11時21",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct moment moment = {7};
		if (moment_read(text_of(wrong[i]), &moment) || moment.ms != 7)
			fail_msg("%s was read", wrong[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted_from_1970_and_come_back),
		cmocka_unit_test(the_business_year_begins_on_the_first_of_april),
		cmocka_unit_test(each_era_begins_and_ends_on_its_day),
		cmocka_unit_test(a_day_is_read_however_people_write_it),
		cmocka_unit_test(a_day_that_does_not_exist_is_refused),
		cmocka_unit_test(holidays_are_those_of_the_law),
		cmocka_unit_test(the_equinoxes_fall_on_their_days),
		cmocka_unit_test(the_turn_of_the_year_is_no_working_time),
		cmocka_unit_test(working_days_skip_holidays),
		cmocka_unit_test(moments_are_shown_in_japan_and_in_utc),
		cmocka_unit_test(a_moment_is_read_however_people_write_it),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
