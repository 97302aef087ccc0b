/*
 * Any bytes as a bundle: as a ZIP file when they begin like one, else as the files in it, each
 * begun by a line "@@ NAME", packed here (a check sum would keep changed bytes from being read).
 */
#include "journal/journal.h"
#include "promise.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

enum { MEMBERS_MOST = 64, ZIP_MOST = 1 << 21 };

static void
add_member(zip_t *zip, struct text name, struct text bytes, struct arena *arena)
{
	zip_source_t *source = zip_source_buffer(zip, bytes.data, bytes.len, 0);
	must(source != NULL);
	const zip_int64_t at = zip_file_add(zip, text_z(arena, name), source, 0);
	if (at < 0)
		zip_source_free(source);
	else
		zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

/* The files in `all`, as they lie one behind another. */
static void
add_members(zip_t *zip, struct arena *arena, struct text all)
{
	size_t next;
	for (int no = 0; no < MEMBERS_MOST && text_starts(all, T("@@ ")); no++) {
		struct text name, rest;
		if (!text_cut(text_from(all, 3), '\n', &name, &rest))
			return;
		if (!text_find(rest, T("\n@@ "), &next))
			next = rest.len;
		if (name.len > 0 && name.len < 200 && text_is_utf8(name, NULL) &&
		    memchr(name.data, 0, name.len) == NULL)
			add_member(zip, name, text_first(rest, next), arena);
		all = text_from(rest, next < rest.len ? next + 1 : next);
	}
}

static struct text
pack(struct arena *arena, struct text all)
{
	zip_error_t trouble;
	zip_error_init(&trouble);
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &trouble);
	must(source != NULL);
	zip_source_keep(source);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &trouble);
	must(zip != NULL);
	add_members(zip, arena, all);
	struct text made = T("");
	if (zip_close(zip) != 0) {
		zip_discard(zip);
	} else if (zip_source_open(source) == 0) {
		char *room = arena_get(arena, 1, ZIP_MOST);
		const zip_int64_t got = zip_source_read(source, room, ZIP_MOST);
		made = (struct text){ room, got > 0 ? (size_t)got : 0 };
		zip_source_close(source);
	}
	zip_source_free(source);
	return made;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > (1 << 18))
		return 0;
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	struct text zip = fuzz_text(arena, data, size);
	const struct journal_verify_options options = { 0 };
	struct journal_report report = { 0 };
	char path[64];
	secret_start();
	if (!text_starts(zip, T("PK")))
		zip = pack(arena, zip);
	const int fd = memfd_create("bundle", MFD_CLOEXEC);
	must(fd >= 0 && write(fd, zip.data, zip.len) == (ssize_t)zip.len);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (must_say(journal_verify_bundle(arena, path, &options, &report)) &&
	    report.finding_total == 0)
		must(report.size > 0 && report.checkpoints > 0);
	must(journal_report_json(arena, &report).len > 0);
	must(journal_report_words(arena, &report).len > 0);
	close(fd);
	error_sweep();
	return 0;
}
