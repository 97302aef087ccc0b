/* Numbers of cells as people read them: days, moments, leading zeros. */
#include "paper/sheet_in.h"

#include "base/day.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	EXCEL_EPOCH = 25569,	/* serial of 1970-01-01, counting from 1899-12-30 */
	EXCEL_1904 = 1462,	/* days by which the other calendar is late */
	EXCEL_LAST = 2958465,	/* 9999-12-31 */
	MINUTES = 1440,
};

/* The ids every workbook knows without saying (ECMA-376 18.8.30, with the Japanese ones). */
struct style
style_of_builtin(int64_t id)
{
	enum number_look look = LOOK_NUMBER;
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) ||
	    (id >= 50 && id <= 58))
		look = LOOK_DAY;
	else if (id == 22)
		look = LOOK_MOMENT;
	else if ((id >= 18 && id <= 21) || id == 32 || id == 33 || (id >= 45 && id <= 47))
		look = LOOK_TIME;
	return (struct style){ look, 0 };
}

/* Only the letters that stand for something: without "…", […], and what \ _ * take with them. */
static size_t
bare_format(struct text code, char *bare, size_t room)
{
	size_t len = 0;
	for (size_t at = 0; at < code.len && len + 1 < room; at++) {
		const char byte = code.data[at];
		if (byte == ';')
			break; /* the first section is for positive numbers */
		if (byte == '\\' || byte == '_' || byte == '*') {
			at++;
		} else if (byte == '"' || byte == '[') {
			const char end = byte == '"' ? '"' : ']';
			while (at + 1 < code.len && code.data[at + 1] != end)
				at++;
			at++;
		} else {
			bare[len++] = (char)tolower((unsigned char)byte);
		}
	}
	bare[len] = '\0';
	return len;
}

struct style
style_of_format(struct text code)
{
	char bare[256];
	const size_t len = bare_format(code, bare, sizeof bare);
	if (strcmp(bare, "general") == 0)
		return (struct style){ LOOK_NUMBER, 0 };
	if (len > 1 && len < 32 && strspn(bare, "0") == len)
		return (struct style){ LOOK_ZEROS, (int)len };
	const bool has_time = strpbrk(bare, "hs") != NULL;
	const bool has_day = strpbrk(bare, "ydg") != NULL || (strchr(bare, 'm') != NULL && !has_time);
	const enum number_look look = has_day && has_time ? LOOK_MOMENT :
				      has_day		  ? LOOK_DAY :
				      has_time		  ? LOOK_TIME :
							    LOOK_NUMBER;
	return (struct style){ look, 0 };
}

static struct text
day_of(struct arena *into, double serial, bool is_1904)
{
	int64_t days = (int64_t)serial; /* at most EXCEL_LAST */
	if (is_1904)
		days += EXCEL_1904;
	else if (days < 60)
		days += 1; /* Excel counts 29 February 1900, which was not */
	return day_iso(into, (struct day){ days - EXCEL_EPOCH });
}

static struct text
time_of(struct arena *into, double serial)
{
	const double part = serial - floor(serial);
	const int minutes = (int)(part * MINUTES + 0.5) % MINUTES; /* below a day's */
	return text_format(into, "%02d:%02d", minutes / 60, minutes % 60);
}

static struct text
plain_number(struct arena *into, struct text number, double value)
{
	if (!text_has(number, T("E")) && !text_has(number, T("e")) && !text_has(number, T(".")))
		return number;
	if (floor(value) == value && fabs(value) < 1e15)
		return text_format(into, "%.0f", value);
	return text_format(into, "%.15g", value);
}

struct text
number_shown(struct arena *into, struct text number, struct style style, bool is_1904)
{
	char *end;
	const char *z = text_z(into, number);
	const double value = strtod(z, &end);
	if (end == z || *end != '\0' || !isfinite(value))
		return number;
	const bool is_day = value >= 0 && value < EXCEL_LAST + 1 - (is_1904 ? EXCEL_1904 : 0);
	switch (style.look) {
	case LOOK_NUMBER:
		break;
	case LOOK_ZEROS:
		if (floor(value) == value && value >= 0 && value < 1e15)
			return text_format(into, "%0*.0f", style.zeros, value);
		break;
	case LOOK_DAY:
		if (is_day && value >= 1)
			return day_of(into, value, is_1904);
		break;
	case LOOK_TIME:
		if (is_day && value < 1)
			return time_of(into, value);
		break;
	case LOOK_MOMENT:
		if (is_day && value >= 1)
			return text_format(into, "%.*sT%.*s", T_ARG(day_of(into, value, is_1904)),
					   T_ARG(time_of(into, value)));
		break;
	}
	return plain_number(into, number, value);
}
