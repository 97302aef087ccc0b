/*
 * Days and moments. A body lives in Japan Standard Time (UTC+9, no summer time); its business year
 * (年度) runs from 1 April to 31 March; pages and paper show the Japanese era (和暦).
 */
#ifndef BANSHO_BASE_DAY_H
#define BANSHO_BASE_DAY_H

#include "base/text.h"

/* A calendar day: days since 1970-01-01. DAY_NONE is no day. */
struct day {
	int64_t no;
};
/* A point in time: milliseconds since 1970-01-01T00:00:00Z. 0 is no moment. */
struct moment {
	int64_t ms;
};

#define DAY_NONE ((struct day){ INT64_MIN })

bool day_is_none(struct day day);
bool day_make(int year, int month, int day, struct day *made);
void day_parts(struct day day, int *year, int *month, int *day_of_month);
/* 0 is Sunday. */
int day_of_week(struct day day);
struct day day_plus(struct day day, int64_t days);
/* 4 for a day between 2022-04-01 and 2023-03-31 is 2022. */
int day_fiscal_year(struct day day);
struct day day_fiscal_end(struct day day);

/*
 * Saturday, Sunday, a national holiday (国民の祝日に関する法律, computed for 2000 to 2099) or
 * 29 December to 3 January.
 */
bool day_is_holiday(struct day day);
/* The day `count` working days after `day` (count >= 0); 0 is the day itself, holiday or not. */
struct day day_plus_working(struct day day, int count);

/*
 * A day as people write it: 2026-11-21, 2026/11/21, 2026.11.21, 20261121, R8.11.21, 令8.11.21,
 * 令和8年11月21日, 令和元年5月1日, 2026年11月21日; full-width forms and spaces are accepted.
 * Eras from Meiji 6 (1873, the Gregorian calendar) on; a date outside its era is refused.
 */
bool day_read(struct text text, struct day *day);

/* Written, DAY_NONE and the moment 0 are empty. Days before 1873 have no era: 1872年12月31日. */
struct text day_iso(struct arena *into, struct day day);	  /* 2026-11-21 */
struct text day_wareki(struct arena *into, struct day day);	  /* 令和8年11月21日 */
struct text day_wareki_short(struct arena *into, struct day day); /* R08.11.21, JIS X 0301 */
/* 令和8年度; a year in which the era changes is called by the era of 1 May: 令和元年度. */
struct text fiscal_wareki(struct arena *into, int fiscal_year);

/* Now, from the machine's clock. Acts and looks carry their own `now`; use that in rules. */
struct moment moment_now(void);
struct day moment_day(struct moment moment); /* in JST */
void moment_clock(struct moment moment, int *hour, int *minute, int *second);
/* Midnight JST at which the day begins. */
struct moment day_begin(struct day day);
struct text moment_utc(struct arena *into, struct moment moment);    /* 2026-11-21T02:21:07.123Z */
struct text moment_wareki(struct arena *into, struct moment moment); /* 令和8年11月21日 11時21分 */
/* "2026-11-21T11:21" (JST), as datetime-local inputs send it; also with a space or wareki day. */
bool moment_read(struct text text, struct moment *moment);
struct text moment_local(struct arena *into, struct moment moment); /* 2026-11-21T11:21 */

#endif
