/* Any text as a policy: it is refused with words, or becomes a draft that loads as a pack. */
#include "promise.h"

#include "base/file.h"
#include "draft/draft.h"
#include "policy/policy.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static char work[] = "/dev/shm/draft-fuzz-XXXXXX";

static void
make_folders(struct arena *arena)
{
	must(mkdtemp(work) != NULL);
	must(folder_make(path_join(arena, work, "clauses")) == OK);
	must(folder_make(path_join(arena, work, "forms")) == OK);
}

static void
put(struct arena *arena, const struct draft_file *file)
{
	const int fd = open(path_join(arena, work, text_z(arena, file->name)),
			    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd >= 0 && fd_write_all(fd, file->bytes) == OK);
	close(fd);
}

static void
check_files(const struct draft *draft)
{
	size_t bad_at;
	for (size_t at = 0; at < draft->files_count; at++) {
		must(text_is_utf8(draft->files[at].bytes, &bad_at));
		must(!text_has(draft->files[at].name, T("..")));
	}
	for (const struct draft_question *one = draft->questions; one != NULL; one = one->next)
		must(one->words.len > 0 && text_is_utf8(one->words, &bad_at));
}

static void
check_loads(struct arena *arena, const struct draft *draft)
{
	struct pack *pack = NULL;
	struct pack_report report = {0};
	for (size_t at = 0; at < draft->files_count; at++)
		put(arena, &draft->files[at]);
	must(pack_load(arena, work, &pack_known, &pack, &report) == OK);
	must(pack != NULL && pack->duties_count == draft->counts.duties);
	for (size_t at = 0; at < draft->files_count; at++)
		unlink(path_join(arena, work, text_z(arena, draft->files[at].name)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_made;
	struct draft *draft = NULL;
	if (size > (1 << 16))
		return 0;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	if (!is_made)
		make_folders(arena);
	is_made = true;
	struct error *error = draft_make(arena, fuzz_text(arena, data, size), &draft);
	must_say(error);
	must((error == OK) == (draft != NULL));
	if (draft != NULL) {
		check_files(draft);
		check_loads(arena, draft);
	}
	error_sweep();
	return 0;
}

/* What it made goes with it. */
__attribute__((destructor)) static void
remove_folders(void)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	rmdir(path_join(arena, work, "clauses"));
	rmdir(path_join(arena, work, "forms"));
	rmdir(work);
}
