/* The page compiler's command line. */
#include "pagec.h"

#include "base/file.h"

#include <string.h>

enum { FILE_MOST = 4 << 20, OUT_MOST = 64 << 20 };

static const char usage[] =
	"pagec --out DIR --po PO FILE.html…   writes pages_html.h/.c and pages_walk.h/.c\n"
	"pagec --catalogue OUT.c --po PO      writes the catalogue say_english\n"
	"pagec --messages FILE.html…          prints every message of the pages as a .pot\n";

struct job {
	struct arena *arena;
	struct writer *told;
	struct faults faults;
	const char *out;
	const char *catalogue;
	const char *po;
	bool is_messages;
	const char *const *files;
	int count;
	struct template *all;
	struct translations translations;
};

static bool
arguments_read(struct job *job, int argc, const char *const argv[])
{
	int at = 1;

	for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
		const char *const value = at + 1 < argc ? argv[at + 1] : NULL;
		if (strcmp(argv[at], "--messages") == 0) {
			job->is_messages = true;
			continue;
		}
		if (!value)
			return false;
		if (strcmp(argv[at], "--out") == 0)
			job->out = value;
		else if (strcmp(argv[at], "--po") == 0)
			job->po = value;
		else if (strcmp(argv[at], "--catalogue") == 0)
			job->catalogue = value;
		else
			return false;
		at++;
	}
	job->files = argv + at;
	job->count = argc - at;
	return (job->out && job->po) || (job->catalogue && job->po) || job->is_messages;
}

static bool
source_read(struct job *job, const char *path, struct text *source)
{
	const struct error *const error = file_read(job->arena, path, FILE_MOST, source);

	if (error)
		fault_add(&job->faults, text_of(path), 1, "%.*s", T_ARG(error->words));
	return error == NULL;
}

static void
templates_read(struct job *job)
{
	struct template **last = &job->all;
	struct text source;

	for (int i = 0; i < job->count; i++) {
		if (!source_read(job, job->files[i], &source))
			continue;
		*last = template_read(job->arena, &job->faults, text_of(job->files[i]), source);
		last = &(*last)->next;
	}
}

static void
file_write(struct job *job, const char *path, const struct writer *out)
{
	if (writer_is_full(out))
		fault_add(&job->faults, text_of(path), 1, "would pass %d bytes", OUT_MOST);
	const struct error *const error = file_replace(path, writer_text(out), 0644);
	if (error)
		fault_add(&job->faults, text_of(path), 1, "%.*s", T_ARG(error->words));
}

static void
pages_write(struct job *job)
{
	struct writer out = writer_open(job->arena, OUT_MOST);

	header_write(&out, job->all);
	file_write(job, path_join(job->arena, job->out, "pages_html.h"), &out);
	out.len = 0;
	source_write(&out, job->all);
	file_write(job, path_join(job->arena, job->out, "pages_html.c"), &out);
	out.len = 0;
	walk_header_write(&out);
	file_write(job, path_join(job->arena, job->out, "pages_walk.h"), &out);
	out.len = 0;
	walk_source_write(&out, job->all);
	file_write(job, path_join(job->arena, job->out, "pages_walk.c"), &out);
}

static void
faults_tell(struct job *job)
{
	for (const struct fault *fault = job->faults.first; fault; fault = fault->next)
		write_format(job->told, "%.*s:%d: %.*s\n", T_ARG(fault->file), fault->line,
			     T_ARG(fault->words));
}

int
pagec_run(struct arena *arena, int argc, const char *const argv[], struct writer *told)
{
	struct job job = {.arena = arena, .told = told, .faults = {.arena = arena}};
	struct text source;

	if (!arguments_read(&job, argc, argv)) {
		write_z(told, usage);
		return 2;
	}
	if (job.po && source_read(&job, job.po, &source))
		job.translations = po_read(arena, &job.faults, text_of(job.po), source);
	templates_read(&job);
	if (job.faults.count == 0)
		templates_link(arena, &job.faults, job.all, &job.translations);
	if (job.faults.count == 0 && job.is_messages)
		messages_write(arena, told, job.all);
	if (job.faults.count == 0 && job.out)
		pages_write(&job);
	if (job.faults.count == 0 && job.catalogue) {
		struct writer out = writer_open(arena, OUT_MOST);
		catalogue_write(&out, &job.translations);
		file_write(&job, job.catalogue, &out);
	}
	faults_tell(&job);
	return job.faults.count == 0 ? 0 : 1;
}
