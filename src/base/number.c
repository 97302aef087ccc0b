/* The one reader of numbers from outside, and sums that notice when they do not fit. */
#include "base/number.h"

static bool
digit_of(uint32_t character, int64_t *digit)
{
	if (character >= '0' && character <= '9') {
		*digit = (int64_t)character - '0';
		return true;
	}
	if (character >= 0xFF10 && character <= 0xFF19) { /* full-width 0 to 9 */
		*digit = (int64_t)character - 0xFF10;
		return true;
	}
	return false;
}

bool
number_read(struct text text, int64_t least, int64_t most, int64_t *value)
{
	const bool is_negative = text_starts(text, T("-"));
	size_t at = is_negative ? 1 : 0;
	if (at == text.len)
		return false;

	int64_t sum = 0;
	uint32_t character;
	while (text_next(text, &at, &character)) {
		int64_t digit;
		if (!digit_of(character, &digit) || !multiply_fits(sum, 10, &sum) ||
		    !add_fits(sum, is_negative ? -digit : digit, &sum))
			return false;
	}
	if (sum < least || sum > most)
		return false;
	*value = sum;
	return true;
}

bool
add_fits(int64_t a, int64_t b, int64_t *sum)
{
	int64_t made;
	if (__builtin_add_overflow(a, b, &made))
		return false;
	*sum = made;
	return true;
}

bool
multiply_fits(int64_t a, int64_t b, int64_t *product)
{
	int64_t made;
	if (__builtin_mul_overflow(a, b, &made))
		return false;
	*product = made;
	return true;
}
