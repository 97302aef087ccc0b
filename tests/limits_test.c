/* What one address, session or person may do too much of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/limits.h"

#include <stdio.h>

static struct limits *limits;

static int
begin(void **state)
{
	(void)state;
	limits = limits_open();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	limits_close(limits);
	return 0;
}

static const struct moment noon = { 1795000000000 };

static void
fail_often(struct text address, int times)
{
	for (int at = 0; at < times; at++)
		limits_sign_in_failed(limits, address, noon);
}

static void
an_address_that_fails_too_often_waits_and_others_do_not(void **state)
{
	int64_t wait = 0;
	(void)state;
	fail_often(T("192.0.2.7"), LIMITS_ADDRESS_MOST - 1);
	assert_true(limits_may_sign_in(limits, T("192.0.2.7"), noon, &wait));
	fail_often(T("192.0.2.7"), 1);
	assert_false(limits_may_sign_in(limits, T("192.0.2.7"), noon, &wait));
	assert_int_equal(wait, LIMITS_FORGIVE_SECONDS);
	assert_true(limits_may_sign_in(limits, T("192.0.2.8"), noon, &wait));
}

static void
failures_are_forgiven_one_by_one_and_never_pile_up(void **state)
{
	int64_t wait;
	(void)state;
	fail_often(T("192.0.2.7"), 10 * LIMITS_ADDRESS_MOST);
	const struct moment soon = { noon.ms + LIMITS_FORGIVE_SECONDS * 1000 };
	assert_true(limits_may_sign_in(limits, T("192.0.2.7"), soon, &wait));
	limits_sign_in_failed(limits, T("192.0.2.7"), soon);
	assert_false(limits_may_sign_in(limits, T("192.0.2.7"), soon, &wait));
	const struct moment later = { noon.ms + 2 * LIMITS_ADDRESS_MOST * LIMITS_FORGIVE_SECONDS * 1000LL };
	assert_true(limits_may_sign_in(limits, T("192.0.2.7"), later, &wait));
}

static void
an_ipv6_client_is_its_network(void **state)
{
	int64_t wait;
	(void)state;
	fail_often(T("2001:db8:1:2::5"), LIMITS_ADDRESS_MOST);
	assert_false(limits_may_sign_in(limits, T("2001:db8:1:2:ffff::1"), noon, &wait));
	assert_true(limits_may_sign_in(limits, T("2001:db8:1:3::5"), noon, &wait));
}

static void
strange_addresses_and_many_of_them_harm_nobody(void **state)
{
	ARENA_SCOPED arena = arena_open((size_t)1 << 24);
	char long_one[5000];
	int64_t wait;
	(void)state;
	for (size_t at = 0; at < sizeof long_one; at++)
		long_one[at] = 'x';
	fail_often((struct text){ long_one, sizeof long_one }, LIMITS_ADDRESS_MOST);
	fail_often((struct text){ 0 }, LIMITS_ADDRESS_MOST);
	assert_false(limits_may_sign_in(limits, T(""), noon, &wait));
	for (int at = 0; at < 20000; at++)
		limits_sign_in_failed(limits, text_format(arena, "10.%d.%d.1", at / 200, at % 200), noon);
	assert_true(limits_may_sign_in(limits, T("192.0.2.9"), noon, &wait));
}

static void
a_session_has_so_much_slow_work_at_once_and_another_its_own(void **state)
{
	(void)state;
	for (int at = 0; at < LIMITS_SLOW_MOST; at++)
		assert_true(limits_slow_begin(limits, 7));
	assert_false(limits_slow_begin(limits, 7));
	assert_true(limits_slow_begin(limits, 8));
	limits_slow_end(limits, 7);
	assert_true(limits_slow_begin(limits, 7));
	assert_false(limits_slow_begin(limits, 7));
}

static void
a_person_keeps_so_many_files_a_day(void **state)
{
	(void)state;
	for (int at = 0; at < LIMITS_FILES_MOST; at++)
		assert_true(limits_may_keep(limits, 5, 1000, noon));
	assert_false(limits_may_keep(limits, 5, 1, noon));
	assert_true(limits_may_keep(limits, 6, LIMITS_FILE_BYTES, noon));
	assert_false(limits_may_keep(limits, 6, 1, noon));
	const struct moment tomorrow = { noon.ms + 86400000 };
	assert_true(limits_may_keep(limits, 5, 1000, tomorrow));
}

static void
reports_from_outside_are_few_of_one_address_and_many_of_all(void **state)
{
	int64_t wait;
	(void)state;
	for (int at = 0; at < LIMITS_REPORT_MOST; at++)
		assert_true(limits_may_report(limits, T("192.0.2.7"), noon, &wait));
	assert_false(limits_may_report(limits, T("192.0.2.7"), noon, &wait));
	assert_in_range(wait, 1, LIMITS_REPORT_SECONDS);
	assert_true(limits_may_report(limits, T("192.0.2.8"), noon, &wait));
	const struct moment later = { noon.ms + (LIMITS_REPORT_SECONDS + 1) * 1000 };
	assert_true(limits_may_report(limits, T("192.0.2.7"), later, &wait));
	assert_false(limits_may_report(limits, T("192.0.2.7"), later, &wait));
	int taken = 0;
	for (int at = 0; at < LIMITS_REPORTS_MOST * 2; at++) {
		char address[32];
		snprintf(address, sizeof address, "198.51.%d.%d", at / 250, at % 250);
		taken += limits_may_report(limits, text_of(address), noon, &wait);
	}
	assert_in_range(taken, 1, LIMITS_REPORTS_MOST);
}

static void
without_limits_everything_may(void **state)
{
	int64_t wait;
	(void)state;
	limits_sign_in_failed(NULL, T("192.0.2.7"), noon);
	assert_true(limits_may_sign_in(NULL, T("192.0.2.7"), noon, &wait));
	assert_true(limits_slow_begin(NULL, 1));
	limits_slow_end(NULL, 1);
	assert_true(limits_may_keep(NULL, 1, (size_t)1 << 40, noon));
}

#define LIMITS_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		LIMITS_TEST(an_address_that_fails_too_often_waits_and_others_do_not),
		LIMITS_TEST(failures_are_forgiven_one_by_one_and_never_pile_up),
		LIMITS_TEST(an_ipv6_client_is_its_network),
		LIMITS_TEST(strange_addresses_and_many_of_them_harm_nobody),
		LIMITS_TEST(a_session_has_so_much_slow_work_at_once_and_another_its_own),
		LIMITS_TEST(a_person_keeps_so_many_files_a_day),
		LIMITS_TEST(reports_from_outside_are_few_of_one_address_and_many_of_all),
		LIMITS_TEST(without_limits_everything_may),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
