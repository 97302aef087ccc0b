/* Histograms with fixed steps, as Prometheus reads them. */
#include "base/histogram.h"

#include <inttypes.h>
#include <time.h>

static const int64_t steps_us[HISTOGRAM_STEPS] = { 500,	  1000,	  2500,	   5000,    10000,   25000,
						   50000, 100000, 250000, 1000000, 5000000, 30000000 };
static const char *const step_names[HISTOGRAM_STEPS] = { "0.0005", "0.001", "0.0025", "0.005",
							 "0.01",   "0.025", "0.05",   "0.1",
							 "0.25",   "1",	    "5",      "30" };

int64_t
clock_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void
histogram_add(struct histogram *histogram, int64_t us)
{
	size_t step = 0;
	while (step < HISTOGRAM_STEPS && us > steps_us[step])
		step++;
	atomic_fetch_add_explicit(&histogram->count[step], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&histogram->sum_us, us > 0 ? (uint64_t)us : 0, /* positive */
				  memory_order_relaxed);
}

void
histogram_write(struct writer *out, const char *name, const struct histogram *histogram)
{
	uint64_t sum = 0;
	write_format(out, "# TYPE %s histogram\n", name);
	for (size_t step = 0; step <= HISTOGRAM_STEPS; step++) {
		sum += atomic_load(&histogram->count[step]);
		write_format(out, "%s_bucket{le=\"%s\"} %" PRIu64 "\n", name,
			     step < HISTOGRAM_STEPS ? step_names[step] : "+Inf", sum);
	}
	const uint64_t us = atomic_load(&histogram->sum_us);
	write_format(out, "%s_sum %" PRIu64 ".%06" PRIu64 "\n%s_count %" PRIu64 "\n", name,
		     us / 1000000, us % 1000000, name, sum);
}
