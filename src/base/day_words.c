/* Days and moments as people write them, and read back. */
#include "base/day.h"

#include <string.h>

struct era {
	const char *name;     /* 令和 */
	const char *names[4]; /* other ways to write it, NULL at the end */
	char letter;          /* JIS X 0301 */
	struct {
		int year, month, day;
	} first, last; /* the last day may also be the next era's first */
};

/*
 * Meiji is read from 1873-01-01, when Japan took up the Gregorian calendar; earlier dates are
 * of the lunar calendar and would name another day. 30 July 1912 and 25 December 1926 belong to
 * both eras by their edicts: both are read, the later one is written.
 */
static const struct era eras[] = {
	{"令和", {"令", "㋿", "R", NULL}, 'R', {2019, 5, 1}, {9999, 12, 31}},
	{"平成", {"平", "㍻", "H", NULL}, 'H', {1989, 1, 8}, {2019, 4, 30}},
	{"昭和", {"昭", "㍼", "S", NULL}, 'S', {1926, 12, 25}, {1989, 1, 7}},
	{"大正", {"大", "㍽", "T", NULL}, 'T', {1912, 7, 30}, {1926, 12, 25}},
	{"明治", {"明", "㍾", "M", NULL}, 'M', {1873, 1, 1}, {1912, 7, 30}},
};
enum { ERAS = sizeof eras / sizeof eras[0], MEIJI_FIRST = 1868 };

/* The Gregorian year that is the era's first. */
static int
era_first_year(const struct era *era)
{
	return era->letter == 'M' ? MEIJI_FIRST : era->first.year;
}

static struct day
first_of(const struct era *era)
{
	struct day day = DAY_NONE;
	(void)day_make(era->first.year, era->first.month, era->first.day, &day);
	return day;
}

static struct day
last_of(const struct era *era)
{
	struct day day = DAY_NONE;
	(void)day_make(era->last.year, era->last.month, era->last.day, &day);
	return day;
}

/* NULL before Meiji 6. */
static const struct era *
era_of(struct day day)
{
	for (int i = 0; i < ERAS; i++)
		if (day.no >= first_of(&eras[i]).no)
			return &eras[i];
	return NULL;
}

/* A place in a text being read. Everything moves on only when it has read what it wanted. */
struct reading {
	struct text text;
	size_t at;
};

/* The next character in narrow form, or 0 at the end. */
static uint32_t
next_narrow(struct reading *reading)
{
	uint32_t character;
	if (!text_next(reading->text, &reading->at, &character))
		return 0;
	if (character >= 0xFF01 && character <= 0xFF5E)
		return character - 0xFF01 + '!';
	if (character == 0x3000)
		return ' ';
	return character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character;
}

static bool
skip_spaces(struct reading *reading)
{
	bool has_skipped = false;
	for (struct reading ahead = *reading; next_narrow(&ahead) == ' '; *reading = ahead)
		has_skipped = true;
	return has_skipped;
}

/* The word stands here, full-width or narrow, capital or small. */
static bool
take(struct reading *reading, const char *word)
{
	struct reading ahead = *reading;
	uint32_t wanted;
	skip_spaces(&ahead);
	for (size_t at = 0; text_next(text_of(word), &at, &wanted);)
		if (next_narrow(&ahead) != wanted)
			return false;
	*reading = ahead;
	return true;
}

/* A run of 1 to 8 digits and how many they are. */
static bool
take_digits(struct reading *reading, int *value, int *digits)
{
	struct reading ahead = *reading;
	skip_spaces(&ahead);
	int sum = 0;
	int count = 0;
	for (struct reading next = ahead;; ahead = next, count++) {
		const uint32_t character = next_narrow(&next);
		if (character < '0' || character > '9')
			break;
		if (count == 8)
			return false;
		sum = sum * 10 + (int)(character - '0'); /* 0 to 9 */
	}
	if (count == 0)
		return false;
	*reading = ahead;
	*value = sum;
	*digits = count;
	return true;
}

static const struct era *
take_era(struct reading *reading)
{
	for (int i = 0; i < ERAS; i++) {
		if (take(reading, eras[i].name))
			return &eras[i];
		for (int n = 0; eras[i].names[n] != NULL; n++)
			if (take(reading, eras[i].names[n]))
				return &eras[i];
	}
	return NULL;
}

/* Month and day behind the year, with the same separator between all three. */
static bool
take_month_and_day(struct reading *reading, int *month, int *day)
{
	static const char *const marks[][2] = {
		{"-", "-"}, {"/", "/"}, {".", "."}, {"年", "月"}};
	int digits;
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		struct reading ahead = *reading;
		if (!take(&ahead, marks[i][0]))
			continue;
		if (!take_digits(&ahead, month, &digits) || digits > 2 ||
		    !take(&ahead, marks[i][1]) || !take_digits(&ahead, day, &digits) ||
		    digits > 2 || (i == 3 && !take(&ahead, "日")))
			return false;
		*reading = ahead;
		return true;
	}
	return false;
}

static bool
take_era_day(struct reading *reading, const struct era *era, struct day *day)
{
	int year = 1;
	int month;
	int of_month;
	int digits;
	if (!take(reading, "元") &&
	    (!take_digits(reading, &year, &digits) || digits > 2 || year < 1))
		return false;
	struct day made;
	if (!take_month_and_day(reading, &month, &of_month) ||
	    !day_make(era_first_year(era) + year - 1, month, of_month, &made) ||
	    made.no < first_of(era).no || made.no > last_of(era).no)
		return false;
	*day = made;
	return true;
}

static bool
take_day(struct reading *reading, struct day *day)
{
	const struct era *era = take_era(reading);
	if (era != NULL)
		return take_era_day(reading, era, day);
	int year;
	int month;
	int of_month;
	int digits;
	if (!take_digits(reading, &year, &digits))
		return false;
	if (digits == 8)
		return day_make(year / 10000, year / 100 % 100, year % 100, day);
	return digits == 4 && take_month_and_day(reading, &month, &of_month) &&
	       day_make(year, month, of_month, day);
}

static bool
is_at_end(struct reading *reading)
{
	skip_spaces(reading);
	return reading->at == reading->text.len;
}

/* 2026-11-21, as days are kept: read at once, a list has hundreds of them. */
static bool
iso_read(struct text text, struct day *day)
{
	static const char form[] = "0000-00-00";
	int parts[3] = {0, 0, 0};
	int part = 0;
	if (text.len != sizeof form - 1)
		return false;
	for (size_t at = 0; at < text.len; at++) {
		const char byte = text.data[at];
		if (form[at] == '-') {
			if (byte != '-')
				return false;
			part++;
			continue;
		}
		if (byte < '0' || byte > '9')
			return false;
		parts[part] = parts[part] * 10 + (byte - '0');
	}
	return day_make(parts[0], parts[1], parts[2], day);
}

bool
day_read(struct text text, struct day *day)
{
	if (text.len == 0)
		return false;
	if (iso_read(text, day))
		return true;
	struct reading reading = {.text = text_trim(text)};
	struct day made;
	if (!take_day(&reading, &made) || !is_at_end(&reading))
		return false;
	*day = made;
	return true;
}

/* 11:21, 11:21:07, 11時21分 or 11時21分7秒, of a day of 24 hours. */
static bool
take_clock(struct reading *reading, int *seconds)
{
	int hour;
	int minute;
	int second = 0;
	int digits;
	if (!take_digits(reading, &hour, &digits) || digits > 2 || hour > 23)
		return false;
	const bool is_words = take(reading, "時");
	if (!is_words && !take(reading, ":"))
		return false;
	if (!take_digits(reading, &minute, &digits) || digits > 2 || minute > 59)
		return false;
	if (is_words && !take(reading, "分"))
		return false;
	const bool has_second = is_words ? !is_at_end(reading) : take(reading, ":");
	if (has_second && (!take_digits(reading, &second, &digits) || digits > 2 ||
			   second > 59 || (is_words && !take(reading, "秒"))))
		return false;
	*seconds = (hour * 60 + minute) * 60 + second;
	return true;
}

bool
moment_read(struct text text, struct moment *moment)
{
	struct reading reading = {.text = text_trim(text)};
	struct day day;
	int seconds;
	if (!take_day(&reading, &day))
		return false;
	if (!take(&reading, "T") && !skip_spaces(&reading))
		return false;
	if (!take_clock(&reading, &seconds) || !is_at_end(&reading))
		return false;
	*moment = (struct moment){day_begin(day).ms + (int64_t)seconds * 1000};
	return true;
}

static char *
put_sign(char *at, char sign)
{
	*at = sign;
	return at + 1;
}

/* `value` is not negative and has at most `count` digits. */
static char *
put_digits(char *at, int value, int count)
{
	for (int place = count - 1; place >= 0; place--, value /= 10)
		at[place] = (char)('0' + value % 10); /* one digit */
	return at + count;
}

static char *
put_two(char *at, int number)
{
	at[0] = (char)('0' + number / 10 % 10); /* digits */
	at[1] = (char)('0' + number % 10);
	return at + 2;
}

struct text
day_iso(struct arena *into, struct day day)
{
	int year;
	int month;
	int of_month;
	day_parts(day, &year, &month, &of_month);
	if (year == 0)
		return T("");
	if (year < 0 || year > 9999)
		return text_format(into, "%04d-%02d-%02d", year, month, of_month);
	char *made = arena_get(into, 1, sizeof "yyyy-mm-dd");
	char *at = put_digits(made, year, 4);
	at = put_digits(put_sign(at, '-'), month, 2);
	at = put_digits(put_sign(at, '-'), of_month, 2);
	return (struct text){made, (size_t)(at - made)};
}

/* 令和8, 令和元 */
static struct text
era_year(struct arena *into, const struct era *era, int year)
{
	const int of_era = year - era_first_year(era) + 1;
	if (of_era == 1)
		return text_format(into, "%s元", era->name);
	return text_format(into, "%s%d", era->name, of_era);
}

struct text
day_wareki(struct arena *into, struct day day)
{
	int year;
	int month;
	int of_month;
	day_parts(day, &year, &month, &of_month);
	if (year == 0)
		return T("");
	const struct era *era = era_of(day);
	if (era == NULL)
		return text_format(into, "%d年%d月%d日", year, month, of_month);
	return text_format(into, "%.*s年%d月%d日", T_ARG(era_year(into, era, year)), month,
			   of_month);
}

struct text
day_wareki_short(struct arena *into, struct day day)
{
	int year;
	int month;
	int of_month;
	day_parts(day, &year, &month, &of_month);
	const struct era *era = year == 0 ? NULL : era_of(day);
	if (era == NULL)
		return day_iso(into, day);
	const int of_era = year - era_first_year(era) + 1;
	if (of_era > 99)
		return text_format(into, "%c%02d.%02d.%02d", era->letter, of_era, month, of_month);
	char *const made = arena_bytes(into, 9);
	made[0] = era->letter;
	char *at = put_two(made + 1, of_era);
	*at = '.';
	at = put_two(at + 1, month);
	*at = '.';
	put_two(at + 1, of_month);
	return (struct text){made, 9};
}

struct text
fiscal_wareki(struct arena *into, int fiscal_year)
{
	/*
	 * A year in which the era changes is called by the era it has on 1 May: 令和元年度
	 * (2019, as the cabinet decided on 2019-04-02), 平成元年度 (1989), but 大正15年度
	 * (1926).
	 */
	struct day may;
	if (!day_make(fiscal_year, 5, 1, &may))
		return T("");
	const struct era *era = era_of(may);
	if (era == NULL)
		return text_format(into, "%d年度", fiscal_year);
	return text_format(into, "%.*s年度", T_ARG(era_year(into, era, fiscal_year)));
}

struct text
moment_utc(struct arena *into, struct moment moment)
{
	if (moment.ms == 0)
		return T("");
	/* Nine hours back: then what is JST below reads as UTC. */
	const struct moment shifted = {moment.ms - 9 * 3600 * INT64_C(1000)};
	int hour;
	int minute;
	int second;
	const struct day day = shifted.ms == 0 ? (struct day){0} : moment_day(shifted);
	moment_clock(shifted, &hour, &minute, &second);
	const int ms = (int)((moment.ms % 1000 + 1000) % 1000); /* below 1000 */
	const struct text date = day_iso(into, day);
	/* Every entry of the journal has one: by hand, five times faster than by a format. */
	char *made = arena_get(into, 1, date.len + sizeof "Thh:mm:ss.mmmZ");
	if (date.len > 0)
		memcpy(made, date.data, date.len);
	char *at = made + date.len;
	at = put_digits(put_sign(at, 'T'), hour, 2);
	at = put_digits(put_sign(at, ':'), minute, 2);
	at = put_digits(put_sign(at, ':'), second, 2);
	at = put_digits(put_sign(at, '.'), ms, 3);
	at = put_sign(at, 'Z');
	return (struct text){made, (size_t)(at - made)};
}

struct text
moment_wareki(struct arena *into, struct moment moment)
{
	if (moment.ms == 0)
		return T("");
	int hour;
	int minute;
	int second;
	moment_clock(moment, &hour, &minute, &second);
	return text_format(into, "%.*s %d時%02d分", T_ARG(day_wareki(into, moment_day(moment))),
			   hour, minute);
}

struct text
moment_local(struct arena *into, struct moment moment)
{
	if (moment.ms == 0)
		return T("");
	int hour;
	int minute;
	int second;
	moment_clock(moment, &hour, &minute, &second);
	return text_format(into, "%.*sT%02d:%02d", T_ARG(day_iso(into, moment_day(moment))),
			   hour, minute);
}
