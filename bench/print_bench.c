/*
 * Forms a second on one core: bansho-print as the server runs it, one process with its jail per job,
 * against a bare process that draws the same words once with pango and cairo, no layout, no jail.
 * Both on one core, one after another. Processor time counts, so that neighbours matter less; the
 * time on the clock stands beside.
 */
#include <cairo-pdf.h>
#include <fcntl.h>
#include <pango/pangocairo.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 30, MOST = 1 << 20 };

static cairo_status_t
out(void *with, const unsigned char *data, unsigned len)
{
	(void)with;
	return fwrite(data, 1, len, stdout) == len ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Every string of the job, one under another. */
static int
bare(void)
{
	static char job[MOST];
	const size_t len = fread(job, 1, MOST - 1, stdin);
	cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(out, NULL, 595, 842);
	cairo_t *cairo = cairo_create(pdf);
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoFontDescription *font = pango_font_description_from_string("IPAexMincho 9");
	double y = 20;
	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, 550 * PANGO_SCALE);
	for (char *at = job; at < job + len;) {
		char *from = memchr(at, '"', (size_t)(job + len - at));
		char *end = from == NULL ? NULL : strchr(from + 1, '"');
		int width, height;
		if (end == NULL)
			break;
		pango_layout_set_text(layout, from + 1, (int)(end - from - 1));
		pango_layout_get_pixel_size(layout, &width, &height);
		if (y + height > 820) {
			cairo_show_page(cairo);
			y = 20;
		}
		cairo_move_to(cairo, 20, y);
		pango_cairo_show_layout(cairo, layout);
		y += height;
		at = end + 1;
	}
	cairo_surface_finish(pdf);
	return cairo_surface_status(pdf) == CAIRO_STATUS_SUCCESS ? 0 : 2;
}

struct spent {
	double clock, processor;
};

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static struct spent
run(const char *const argv[], const char *job)
{
	struct timespec begin, end;
	struct rusage usage;
	int status;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	const pid_t child = fork();
	if (child == 0) {
		const int in = open(job, O_RDONLY), sink = open("/dev/null", O_WRONLY);
		dup2(in, 0);
		dup2(sink, 1);
		dup2(sink, 2);
		closefrom(3);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (wait4(child, &status, 0, &usage) != child || status != 0) {
		fprintf(stderr, "%s failed\n", argv[0]);
		exit(2);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	return (struct spent){ (double)(end.tv_sec - begin.tv_sec) +
				       (double)(end.tv_nsec - begin.tv_nsec) / 1e9,
			       seconds(usage.ru_utime) + seconds(usage.ru_stime) };
}

static int
by_processor(const void *a, const void *b)
{
	const struct spent *left = a, *right = b;
	return (left->processor > right->processor) - (left->processor < right->processor);
}

static struct spent
median(struct spent *all)
{
	qsort(all, ROUNDS, sizeof *all, by_processor);
	return all[ROUNDS / 2];
}

int
main(int argc, char **argv)
{
	struct spent ours[ROUNDS], theirs[ROUNDS];
	cpu_set_t one;
	if (argc == 2 && strcmp(argv[1], "--bare") == 0)
		return bare();
	if (argc != 3) {
		fprintf(stderr, "print_bench BANSHO-PRINT JOB.json\n");
		return 2;
	}
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof one, &one);
	for (int round = 0; round < ROUNDS; round++) {
		theirs[round] = run((const char *[]){ "/proc/self/exe", "--bare", NULL }, argv[2]);
		ours[round] = run((const char *[]){ argv[1], NULL }, argv[2]);
	}
	const struct spent base = median(theirs), own = median(ours);
	printf("bare pango and cairo     %8.1f forms/s of one core (%.1f by the clock)  1.00\n",
	       1 / base.processor, 1 / base.clock);
	printf("bansho-print             %8.1f forms/s of one core (%.1f by the clock)  %.2f\n",
	       1 / own.processor, 1 / own.clock, base.processor / own.processor);
	return 0;
}
