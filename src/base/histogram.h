/* Counting how long things took, cheaply and from any thread; written in the Prometheus text format. */
#ifndef BANSHO_BASE_HISTOGRAM_H
#define BANSHO_BASE_HISTOGRAM_H

#include "base/writer.h"

#include <stdatomic.h>
#include <stdint.h>

enum { HISTOGRAM_STEPS = 12 };

/* Zeroed is empty. One atomic addition each for the step and the sum. */
struct histogram {
	_Atomic uint64_t count[HISTOGRAM_STEPS + 1]; /* the last: longer than every step */
	_Atomic uint64_t sum_us;
};

int64_t clock_us(void); /* monotonic */
void histogram_add(struct histogram *histogram, int64_t us);
/* Lines NAME_bucket{le=…}, NAME_sum and NAME_count, with their TYPE. */
void histogram_write(struct writer *out, const char *name, const struct histogram *histogram);

#endif
