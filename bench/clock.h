/* What every benchmark needs: a clock, and an end when something fails. */
#ifndef BANSHO_BENCH_CLOCK_H
#define BANSHO_BENCH_CLOCK_H

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double
now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void
must(struct error *error)
{
	if (error == OK)
		return;
	fprintf(stderr, "%.*s\n", T_ARG(error->words));
	exit(2);
}

#endif
