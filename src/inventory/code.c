/* Labels: ten digits that notice what a scanner does to them. */
#include "inventory/rooms.h"

enum { ROW_DIGITS = 8, DIGITS = 10, MODULUS = 97, REPEATED_MOST = 8 };

static const int64_t row_most = 99999999;

struct text
inventory_code(struct arena *into, struct row_id row)
{
	if (row.no < 1 || row.no > row_most)
		return T("");
	return text_format(into, "%08lld%02lld", (long long)row.no,
			   (long long)(MODULUS + 1 - row.no * 100 % MODULUS));
}

struct text
inventory_code_shown(struct arena *into, struct row_id row)
{
	const struct text code = inventory_code(into, row);
	if (code.len != DIGITS)
		return code;
	return text_format(into, "%.4s %.4s %.2s", code.data, code.data + 4, code.data + 8);
}

/* Digits alone, without what people put between them; empty when there is anything else. */
static struct text
only_digits(struct arena *arena, struct text typed)
{
	const struct text folded = text_fold(arena, text_trim(typed));
	char *digits = arena_get(arena, folded.len + 1, 1);
	size_t len = 0;
	for (size_t at = 0; at < folded.len; at++) {
		const char byte = folded.data[at];
		if (byte >= '0' && byte <= '9')
			digits[len++] = byte;
		else if (byte != ' ' && byte != '-')
			return T("");
	}
	return (struct text){ digits, len };
}

/* The same ten digits, again and again. */
static bool
is_repeated(struct text digits)
{
	if (digits.len == 0 || digits.len % DIGITS != 0 || digits.len > DIGITS * REPEATED_MOST)
		return false;
	for (size_t at = DIGITS; at < digits.len; at++)
		if (digits.data[at] != digits.data[at - DIGITS])
			return false;
	return true;
}

static int64_t
number_of(const char *digits, size_t count)
{
	int64_t number = 0;
	for (size_t at = 0; at < count; at++)
		number = number * 10 + (digits[at] - '0'); /* at most ten digits */
	return number;
}

/* One digit too few or too many: a scanner's slip. Eight, twelve and thirteen are other makers' codes. */
static bool
is_nearly_ours(size_t len)
{
	return len == DIGITS - 1 || len == DIGITS + 1 || (len % DIGITS == 0 && len != 0);
}

enum code_kind
inventory_code_read(struct arena *arena, struct text typed, struct row_id *row)
{
	if (text_trim(typed).len == 0)
		return CODE_EMPTY;
	const struct text digits = only_digits(arena, typed);
	if (!is_repeated(digits))
		return is_nearly_ours(digits.len) ? CODE_GARBLED : CODE_OTHER;
	const int64_t number = number_of(digits.data, DIGITS);
	const int64_t check = number % 100;
	if (number % MODULUS != 1 || check < 2 || check > MODULUS + 1 || number / 100 == 0)
		return CODE_GARBLED;
	*row = (struct row_id){ number / 100 };
	return CODE_LABEL;
}
