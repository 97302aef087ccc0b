/* The median of what was measured. */
#ifndef BANSHO_BENCH_MEDIAN_H
#define BANSHO_BENCH_MEDIAN_H

#include <stdlib.h>

static inline int
by_value(const void *one, const void *other)
{
	const double a = *(const double *)one, b = *(const double *)other;
	return (a > b) - (a < b);
}

/* Leaves the list in order. */
static inline double
median(double *list, size_t count)
{
	qsort(list, count, sizeof *list, by_value);
	return list[count / 2];
}

#endif
