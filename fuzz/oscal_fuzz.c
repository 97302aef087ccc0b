/*
 * Any bytes as an OSCAL document. What is read in becomes a folder that loads as a pack, or says in words
 * why not; what was made of somebody else's catalog always loads.
 */
#include "promise.h"

#include "base/file.h"
#include "oscal/oscal.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char work[] = "/dev/shm/oscal-fuzz-XXXXXX";

static void
empty(struct arena *arena, const char *folder)
{
	struct text *names;
	size_t count;
	if (folder_list(arena, folder, 1000, &names, &count) != OK)
		return;
	for (size_t at = 0; at < count; at++) {
		const char *path = path_join(arena, folder, text_z(arena, names[at]));
		if (unlink(path) != 0) {
			empty(arena, path);
			rmdir(path);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_made;
	struct oscal_read read = { 0 };
	struct pack *pack;
	if (size > (1 << 18))
		return 0;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	if (!is_made)
		must(mkdtemp(work) != NULL);
	is_made = true;
	const struct oscal_document document = { "document.json", fuzz_text(arena, data, size) };
	struct error *error = oscal_read(arena, &document, 1, work, &read);
	for (const struct error *at = error; at != NULL; at = at->next) {
		must_say(at);
		must(text_is_utf8(at->words, NULL) && text_is_utf8(at->field, NULL));
	}
	if (error == OK) {
		struct error *faults = pack_load(arena, work, &pack_known, &pack, NULL);
		must(must_say(faults) || read.is_ours);
	}
	empty(arena, work);
	error_sweep();
	return 0;
}

__attribute__((destructor)) static void
remove_folder(void)
{
	rmdir(work);
}
