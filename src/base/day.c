/*
 * Days, counted on the proleptic Gregorian calendar (the arithmetic is that of H. Hinnant,
 * "chrono-compatible low-level date algorithms"), and Japan's holidays.
 */
#include "base/day.h"

#include <time.h>

enum { MS_PER_SECOND = 1000, MS_PER_DAY = 86400 * 1000, MS_JST = 9 * 3600 * 1000 };
enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };
enum { SUNDAY = 0, MONDAY = 1, SATURDAY = 6 };

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

bool
day_is_none(struct day day)
{
	return day.no == DAY_NONE.no;
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_length(int year, int month)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return length[month - 1] + (month == 2 && is_leap(year));
}

/* Year, month and day must exist. */
static struct day
day_at(int year, int month, int day)
{
	const int64_t y = month <= 2 ? year - 1 : year; /* a year that begins in March */
	const int64_t era = floor_div(y, 400);
	const int64_t year_of_era = y - era * 400;
	const int64_t day_of_year =
		(153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	const int64_t day_of_era =
		year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (struct day){era * 146097 + day_of_era - 719468};
}

bool
day_make(int year, int month, int day, struct day *made)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
	    day > month_length(year, month))
		return false;
	*made = day_at(year, month, day);
	return true;
}

void
day_parts(struct day day, int *year, int *month, int *day_of_month)
{
	*year = *month = *day_of_month = 0;
	if (day.no < day_at(FIRST_YEAR, 1, 1).no || day.no > day_at(LAST_YEAR, 12, 31).no)
		return;
	const int64_t z = day.no + 719468;
	const int64_t era = floor_div(z, 146097);
	const int64_t day_of_era = z - era * 146097;
	const int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
		365;
	const int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	const int64_t shifted = (5 * day_of_year + 2) / 153;
	/* All three are small: the day lies within the years checked above. */
	*day_of_month = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int
day_of_week(struct day day)
{
	const int64_t shifted = day.no % 7 + 4; /* 1970-01-01 was a Thursday */
	return (int)((shifted + 7) % 7);        /* 0 to 6 */
}

struct day
day_plus(struct day day, int64_t days)
{
	struct day sum;
	if (day_is_none(day) || __builtin_add_overflow(day.no, days, &sum.no))
		return DAY_NONE;
	return sum;
}

int
day_fiscal_year(struct day day)
{
	int year;
	int month;
	int day_of_month;
	day_parts(day, &year, &month, &day_of_month);
	return month < 4 ? year - 1 : year;
}

struct day
day_fiscal_end(struct day day)
{
	if (day_is_none(day))
		return day;
	return day_at(day_fiscal_year(day) + 1, 3, 31);
}

/* The day of the month of the `nth` Monday. */
static int
nth_monday(int year, int month, int nth)
{
	const int first = day_of_week(day_at(year, month, 1));
	return 1 + (MONDAY - first + 7) % 7 + (nth - 1) * 7;
}

/*
 * The equinoxes by the usual approximation, good from 1980 to 2099. The law leaves the days to
 * the calendar published each February (国立天文台 暦要項), which has never differed from it.
 */
static int
equinox(int year, int64_t millionths_in_1980)
{
	const int64_t years = year - 1980;
	return (int)((millionths_in_1980 + 242194 * years) / 1000000 -
		     years / 4); /* 20 to 23 */
}

static bool
is_marine_mountain_or_sports_day(int year, int month, int day)
{
	if (year == 2020) /* moved for the Olympic games, by special law */
		return (month == 7 && (day == 23 || day == 24)) || (month == 8 && day == 10);
	if (year == 2021)
		return (month == 7 && (day == 22 || day == 23)) || (month == 8 && day == 8);
	if (month == 7)
		return day == (year < 2003 ? 20 : nth_monday(year, 7, 3));
	if (month == 8)
		return day == 11 && year >= 2016;
	return month == 10 && day == nth_monday(year, 10, 2);
}

static bool
is_emperors_day(int year, int month, int day)
{
	if (year == 2019) /* accession and enthronement, by special law */
		return (month == 5 && day == 1) || (month == 10 && day == 22);
	return year < 2019 ? month == 12 && day == 23 : month == 2 && day == 23;
}

/* A 国民の祝日 in the narrow sense: article 2 of the law and its special laws. */
static bool
is_named_holiday(struct day that)
{
	int year;
	int month;
	int day;
	day_parts(that, &year, &month, &day);
	if (year < 2000 || year > 2099)
		return false;
	if (is_emperors_day(year, month, day) ||
	    is_marine_mountain_or_sports_day(year, month, day))
		return true;
	switch (month) {
	case 1:
		return day == 1 || day == nth_monday(year, 1, 2);
	case 2:
		return day == 11;
	case 3:
		return day == equinox(year, 20843100);
	case 4:
		return day == 29;
	case 5:
		return day == 3 || day == 5 || (day == 4 && year >= 2007);
	case 9:
		return day == (year < 2003 ? 15 : nth_monday(year, 9, 3)) ||
		       day == equinox(year, 23248800);
	case 11:
		return day == 3 || day == 23;
	default:
		return false;
	}
}

/*
 * Article 3 paragraph 2: a holiday on a Sunday moves to the nearest day behind it that is none
 * (until 2006: to the Monday).
 */
static bool
is_substitute_holiday(struct day day)
{
	int year;
	int month;
	int day_of_month;
	day_parts(day, &year, &month, &day_of_month);
	struct day before = day_plus(day, -1);
	if (year < 2007)
		return day_of_week(before) == SUNDAY && is_named_holiday(before);
	for (; is_named_holiday(before); before = day_plus(before, -1))
		if (day_of_week(before) == SUNDAY)
			return true;
	return false;
}

bool
day_is_holiday(struct day day)
{
	if (day_is_none(day))
		return false;
	const int week_day = day_of_week(day);
	if (week_day == SATURDAY || week_day == SUNDAY)
		return true;
	int year;
	int month;
	int day_of_month;
	day_parts(day, &year, &month, &day_of_month);
	if ((month == 12 && day_of_month >= 29) || (month == 1 && day_of_month <= 3))
		return true;
	/* Article 3 paragraph 3: a day between two holidays is one. */
	return is_named_holiday(day) || is_substitute_holiday(day) ||
	       (is_named_holiday(day_plus(day, -1)) && is_named_holiday(day_plus(day, 1)));
}

struct day
day_plus_working(struct day day, int count)
{
	while (count > 0 && !day_is_none(day)) {
		day = day_plus(day, 1);
		if (!day_is_holiday(day))
			count--;
	}
	return day;
}

struct moment
moment_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (struct moment){(int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000};
}

struct day
moment_day(struct moment moment)
{
	int64_t local;
	if (moment.ms == 0 || __builtin_add_overflow(moment.ms, (int64_t)MS_JST, &local))
		return DAY_NONE;
	return (struct day){floor_div(local, MS_PER_DAY)};
}

void
moment_clock(struct moment moment, int *hour, int *minute, int *second)
{
	const int64_t of_day = moment.ms % MS_PER_DAY + MS_PER_DAY + MS_JST;
	const int seconds = (int)(of_day / MS_PER_SECOND % 86400); /* below 86400 */
	*hour = seconds / 3600;
	*minute = seconds / 60 % 60;
	*second = seconds % 60;
}

struct moment
day_begin(struct day day)
{
	struct moment begin;
	if (day_is_none(day) ||
	    __builtin_mul_overflow(day.no, (int64_t)MS_PER_DAY, &begin.ms) ||
	    __builtin_sub_overflow(begin.ms, (int64_t)MS_JST, &begin.ms))
		return (struct moment){0};
	return begin;
}
