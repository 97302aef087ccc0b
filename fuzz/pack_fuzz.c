/*
 * Any bytes as one file of a policy pack whose other files are good (fuzz/pack): the first line
 * names the file, the rest is what stands in it.
 */
#include "promise.h"

#include "base/file.h"
#include "policy/policy.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const folders[] = { "", "clauses", "courses", "forms", "ledgers", "occasions",
				       "evidence" };
static const char *const files[] = { "pack.yaml",      "roles.yaml",	 "classes.yaml",
				     "parameters.yaml", "questions.yaml", "occasions.yaml",
				     "evidence.yaml",	"clauses/1.yaml", "forms/2.yaml",
				     "ledgers/asset.yaml", "terms.yaml",     "clauses/2.yaml",
				     "forms/3.yaml",	"occasions/1.yaml", "evidence/1.yaml",
				     "duties.yaml",	"incidents.yaml",   "training.yaml",
				     "checklists.yaml", "audit.yaml",	    "courses/desk.md",
				     "courses/desk_en.md", "courses/mail.md", "ledgers/log.yaml",
				     "inventory.yaml",  "entrance.yaml",  "contracts.yaml",
				     "reconciliations.yaml" };
enum { FILES = sizeof files / sizeof *files, FOLDERS = sizeof folders / sizeof *folders };

static char work[] = "/dev/shm/pack-fuzz-XXXXXX";
static struct text good[FILES];

static void
put(struct arena *arena, const char *name, struct text bytes)
{
	const int fd = open(path_join(arena, work, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			    0600);
	must(fd >= 0 && fd_write_all(fd, bytes) == OK);
	close(fd);
}

static void
make_pack(struct arena *arena)
{
	must(mkdtemp(work) != NULL);
	for (size_t at = 0; at < FOLDERS; at++)
		must(folder_make(path_join(arena, work, folders[at])) == OK);
	for (size_t at = 0; at < FILES; at++) {
		must(file_read(arena, path_join(arena, FUZZ_PACK, files[at]), FUZZ_MOST,
			       &good[at]) == OK);
		put(arena, files[at], good[at]);
	}
}

static void
load(struct arena *arena, bool is_good)
{
	struct pack *pack = NULL;
	struct pack_report report = { 0 };
	struct error *errors = pack_load(arena, work, &pack_known, &pack, &report);
	must(!is_good || errors == OK);
	must((errors == OK) == (pack != NULL));
	for (const struct error *error = errors; error != NULL; error = error->next) {
		must_say(error);
		must(text_is_utf8(error->words, NULL) && error->field.len > 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *always;
	struct text name, bytes;
	if (size > (1 << 16))
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	if (always == NULL) {
		always = arena_open(ARENA_USUAL);
		make_pack(always);
		load(arena, true);
	}
	if (!text_cut(fuzz_text(arena, data, size), '\n', &name, &bytes))
		return 0;
	for (size_t at = 0; at < FILES; at++) {
		if (!text_is(name, files[at]))
			continue;
		put(arena, files[at], bytes);
		load(arena, text_same(bytes, good[at]));
		put(arena, files[at], good[at]);
	}
	error_sweep();
	return 0;
}

/* What it made goes with it. */
__attribute__((destructor)) static void
remove_pack(void)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	for (size_t at = 0; at < FILES && good[at].data != NULL; at++)
		unlink(path_join(arena, work, files[at]));
	for (size_t at = FOLDERS; at-- > 0;)
		rmdir(path_join(arena, work, folders[at]));
}
