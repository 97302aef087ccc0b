/*
 * Any bytes as an entry of the journal, read both ways: by the scanner verification uses and by the
 * JSON library the pages use. Where both read it they read the same.
 */
#include "journal/rooms.h"
#include "promise.h"

static void
inside(struct text whole, struct text part)
{
	must(part.len == 0 ||
	     (part.data >= whole.data && part.data + part.len <= whole.data + whole.len));
}

static size_t
walk_rows(struct text entry, struct text rows)
{
	struct row_digest row;
	size_t count = 0;
	while (rows.len != 0 && scan_row(&rows, &row)) {
		inside(entry, row.table);
		inside(entry, rows);
		count++;
	}
	return count;
}

static bool
has_escape(struct text text)
{
	return text_has(text, T("\\"));
}

static void
same_both_ways(const struct entry_scan *scan, const struct journal_entry *entry)
{
	must(has_escape(scan->body) || text_same(scan->body, entry->body));
	must(entry->about_count == scan->about_count);
	for (size_t at = 0; at < scan->about_count; at++)
		must(has_escape(scan->about[at]) ||
		     text_same(scan->about[at], entry->about[at]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > JOURNAL_ENTRY_MOST)
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text entry = fuzz_text(arena, data, size);
	struct entry_scan scan;
	struct journal_entry parsed;
	const bool is_scanned = entry_scan(entry, &scan);
	const bool is_parsed = must_say(entry_parse(arena, 7, entry, &parsed));
	if (is_scanned) {
		must(scan.seq >= 0 && scan.about_count <= FACT_MOST_ABOUT);
		inside(entry, scan.body);
		inside(entry, scan.rows);
		const size_t rows = walk_rows(entry, scan.rows);
		must(!is_parsed || parsed.row_count == rows);
	}
	if (is_scanned && is_parsed)
		same_both_ways(&scan, &parsed);
	error_sweep();
	return 0;
}
