/* Numbers that come from outside enter here; sums that could overflow are checked here. */
#ifndef BANSHO_BASE_NUMBER_H
#define BANSHO_BASE_NUMBER_H

#include "base/text.h"

/*
 * A decimal integer, optional leading '-', nothing else (full-width digits are accepted), between
 * `least` and `most`. False, and *value untouched, otherwise.
 */
bool number_read(struct text text, int64_t least, int64_t most, int64_t *value);
/* False, and the result untouched, when it does not fit. */
bool add_fits(int64_t a, int64_t b, int64_t *sum);
bool multiply_fits(int64_t a, int64_t b, int64_t *product);

#endif
