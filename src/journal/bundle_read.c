/* Verifying a bundle, without the store. Every size and number in it is an outsider's. */
#include "journal/bundle.h"

#include "base/number.h"
#include "journal/witness_rooms.h"
#include "journal/witness_rooms.h"

#include <string.h>

enum { SEQ_MOST_SHIFT = 46, PLACES_MOST = JOURNAL_LOGS_MOST, INDEX_MOST = PLACES_MOST * 8 };

bool
bundle_take(struct bundle *bundle, const char *path, size_t most, struct text *bytes)
{
	struct error *error =
		bundle_source_read(bundle->source, bundle->scratch, path, most, bytes);
	if (error == OK || error->kind != ERROR_MISSING)
		bundle->known++;
	if (error == OK)
		return true;
	if (error->kind == ERROR_MISSING)
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中にファイル「%s」がありません。", path);
	else
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中のファイル「%s」を読めません（%.*s）。", path, T_ARG(error->words));
	return false;
}

/* A file of the log being read. */
static const char *
below(struct bundle *bundle, const char *name)
{
	return text_format(bundle->scratch, "%s%s", bundle->folder, name).data;
}

/* Whoever asked sees it as it stands, whatever is found about it. */
static struct error *
show_entry(struct bundle *bundle, int64_t seq, struct text json)
{
	struct journal_entry entry;
	if (bundle->options->entry == NULL)
		return OK;
	TRY(entry_parse(bundle->scratch, seq, json, &entry));
	return bundle->options->entry(bundle->options->entry_with, &bundle->check->log, &entry);
}

static struct error *
check_part(struct bundle *bundle, int64_t no, int64_t width)
{
	struct text bytes, rest;
	arena_reset(bundle->scratch);
	const char *path = below(bundle, bundle_path(bundle->scratch, BUNDLE_LEVEL_ENTRIES, no,
						     width));
	if (!bundle_take(bundle, path, BUNDLE_FILE_MOST, &bytes))
		return OK;
	const int64_t first = bundle->check->log.first + no * TILE_WIDTH;
	int64_t seq = first;
	for (rest = bytes; rest.len >= 2; seq++) {
		const unsigned char *head = (const unsigned char *)rest.data;
		const size_t len = ((size_t)head[0] << 8) + head[1];
		if (len > rest.len - 2 || seq == first + width)
			break;
		struct entry_scan scan;
		bool is_read;
		TRY(check_entry(bundle->check, seq, text_first(text_from(rest, 2), len), NULL,
				&scan, &is_read));
		if (is_read)
			TRY(show_entry(bundle, seq, text_first(text_from(rest, 2), len)));
		rest = text_from(rest, 2 + len);
	}
	if (rest.len != 0 || seq != first + width)
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, seq,
			     "束の中の「%s」の記録の数が合いません（%lld 件のはずです）。", path,
			     (long long)width);
	return OK;
}

static struct error *
bundled_tile(void *with, int level, int64_t no, bool *found, struct hash hashes[static TILE_WIDTH])
{
	struct bundle *bundle = with;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct arena *scratch = bundle->scratch;
	struct text bytes;
	/* The entries being checked lie in the usual scratch. */
	bundle->scratch = arena;
	*found = bundle_take(bundle, below(bundle, bundle_path(arena, level, no, TILE_WIDTH)),
			     TILE_BYTES, &bytes) &&
		 bytes.len == TILE_BYTES;
	if (*found)
		memcpy(hashes, bytes.data, TILE_BYTES);
	bundle->scratch = scratch;
	return OK;
}

/* The tiles at the right edge, which are not full. */
static void
check_edge(struct bundle *bundle)
{
	for (int level = 0; level < TILE_LEVELS; level++) {
		const int64_t units = bundle->head.size >> (8 * level);
		const int64_t width = units % TILE_WIDTH;
		struct text bytes;
		if (width == 0)
			continue;
		arena_reset(bundle->scratch);
		const char *path = below(bundle, bundle_path(bundle->scratch, level,
							     units / TILE_WIDTH, width));
		if (!bundle_take(bundle, path, TILE_BYTES, &bytes))
			continue;
		const struct hash *ours = bundle->check->frontier.pending[level];
		if (bundle->check->frontier.tree.size == bundle->head.size &&
		    (bytes.len != (size_t)width * HASH_LEN ||
		     memcmp(bytes.data, ours, bytes.len) != 0) &&
		    bundle->check->heads.held >= bundle->head.size)
			report_entry(bundle->arena, bundle->report, FINDING_TILE_WRONG, -1,
				     "中間の木「%s」が書き換えられています。", path);
	}
}

static struct error *
check_entries(struct bundle *bundle)
{
	const int64_t size = bundle->head.size, files = bundle_source_count(bundle->source);
	for (int64_t no = 0; no < (size + TILE_WIDTH - 1) / TILE_WIDTH; no++) {
		/* More files claimed than there are: the rest is missing, said once. */
		if (bundle->known > files || no > files)
			break;
		const int64_t left = size - no * TILE_WIDTH;
		TRY(check_part(bundle, no, left < TILE_WIDTH ? left : TILE_WIDTH));
		if (bundle->options->progress != NULL)
			bundle->options->progress(bundle->options->progress_with, no * TILE_WIDTH,
						  size);
	}
	TRY(check_log_end(bundle->check));
	check_edge(bundle);
	return OK;
}

/* ---- What stands for a log ---- */

struct described {
	struct journal_log log;
	struct text *vkeys;
	size_t count;
};

static void
cut_vkeys(struct bundle *bundle, struct text lines, struct described *described)
{
	struct text line;
	described->vkeys = ARENA_ARRAY(bundle->arena, struct text, JOURNAL_KEYS_MOST);
	while (lines.len != 0 && described->count < JOURNAL_KEYS_MOST) {
		text_cut(lines, '\n', &line, &lines);
		if (line.len != 0)
			described->vkeys[described->count++] = text_copy(bundle->arena, line);
	}
}

/* A bundle of 0.1.0 has one log and says less of it. */
static bool
describe_old(struct bundle *bundle, struct described *described)
{
	struct text lines;
	if (!bundle_take(bundle, "vkey", BUNDLE_TEXT_MOST, &lines))
		return false;
	cut_vkeys(bundle, lines, described);
	described->log.origin = bundle->head.origin;
	return true;
}

static bool
describe(struct bundle *bundle, struct described *described)
{
	struct text lines, origin, first;
	if (bundle->folder[0] == '\0')
		return describe_old(bundle, described);
	if (!bundle_take(bundle, below(bundle, "vkeys"), BUNDLE_VKEYS_MOST, &lines) ||
	    !bundle_take(bundle, below(bundle, "origin"), BUNDLE_TEXT_MOST, &origin) ||
	    !bundle_take(bundle, below(bundle, "first"), BUNDLE_TEXT_MOST, &first))
		return false;
	cut_vkeys(bundle, lines, described);
	described->log.origin = text_copy(bundle->arena, text_trim(origin));
	if (number_read(text_trim(first), 0, (int64_t)1 << SEQ_MOST_SHIFT, &described->log.first))
		return true;
	report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
		     "束の中のファイル「%sfirst」が数ではありません。", bundle->folder);
	return false;
}

/* An answer with what it stamps beside it, which is a checkpoint of this log like the others. */
static struct error *
add_stamp(struct bundle *bundle, const char *path)
{
	struct text answer, note;
	const struct text name = text_of(path);
	if (!text_ends(name, T(".tsr"))) {
		bundle->known += text_ends(name, T(".checkpoint")) ? 0 : 1;
		return OK;
	}
	const char *beside = text_format(bundle->scratch, "%.*s.checkpoint",
					 T_ARG(text_first(name, name.len - strlen(".tsr"))))
				     .data;
	if (!bundle_take(bundle, path, STAMP_MOST, &answer) ||
	    !bundle_take(bundle, beside, NOTE_MOST, &note))
		return OK;
	heads_add(&bundle->check->heads, note, -1);
	verify_stamp(bundle->arena, bundle->report, answer, note);
	return OK;
}

/* Earlier checkpoints; answers of time-stamp authorities belong here too. */
static struct error *
add_earlier(struct bundle *bundle)
{
	const struct text notes = text_format(bundle->arena, "%scheckpoints/", bundle->folder);
	const struct text stamps = text_format(bundle->arena, "%sstamp/", bundle->folder);
	const int64_t files = bundle_source_count(bundle->source);
	for (int64_t at = 0; bundle->folder[0] != '\0' && at < files; at++) {
		const char *path = bundle_source_name(bundle->source, at);
		struct text note;
		int64_t size;
		arena_reset(bundle->scratch);
		if (text_starts(text_of(path), stamps))
			TRY(add_stamp(bundle, path));
		if (!text_starts(text_of(path), notes) ||
		    !number_read(text_from(text_of(path), notes.len), 1,
				 (int64_t)1 << SEQ_MOST_SHIFT, &size) ||
		    !bundle_take(bundle, path, NOTE_MOST, &note))
			continue;
		heads_add(&bundle->check->heads, note, size);
		TRY(verify_note(bundle->arena, bundle->options, bundle->report, note,
				bundle->check->log.first + size));
	}
	return OK;
}

struct error *
bundle_take_log(struct bundle *bundle, int64_t no, struct text place, bool is_last, bool *is_read)
{
	struct described described = { .log = { .no = no, .is_closed = !is_last, .place = place } };
	struct text note;
	arena_reset(bundle->scratch);
	*is_read = false;
	bundle->folder = place.len == 0
				 ? ""
				 : text_format(bundle->arena, "logs/%.*s/", T_ARG(place)).data;
	if (!bundle_take(bundle, below(bundle, "checkpoint"), NOTE_MOST, &note))
		return OK;
	bundle->note = text_copy(bundle->arena, note);
	struct error *error = note_read(bundle->arena, bundle->note, &bundle->head);
	if (error != OK) {
		report_entry(bundle->arena, bundle->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）を読めません：%.*s", -1LL, T_ARG(error->words));
		return OK;
	}
	if (!describe(bundle, &described))
		return OK;
	described.log.size = bundle->head.size;
	check_log(bundle->check, &described.log, described.vkeys, described.count);
	heads_add(&bundle->check->heads, bundle->note, -1);
	TRY(verify_note(bundle->arena, bundle->options, bundle->report, bundle->note,
			described.log.first + bundle->head.size));
	TRY(add_earlier(bundle));
	heads_sort(&bundle->check->heads);
	*is_read = true;
	return OK;
}

/* ---- The bundle ---- */

static bool
is_place(struct text line)
{
	for (size_t at = 0; at < line.len; at++)
		if (line.data[at] < '0' || line.data[at] > '9')
			return false;
	return line.len == 4;
}

static void
read_index(struct bundle *bundle, struct text *places, size_t *count)
{
	struct text lines, line;
	*count = 0;
	if (!bundle_source_has(bundle->source, "logs/index") &&
	    bundle_source_has(bundle->source, "checkpoint")) {
		places[(*count)++] = T(""); /* of 0.1.0 */
		return;
	}
	if (!bundle_take(bundle, "logs/index", INDEX_MOST, &lines))
		return;
	while (lines.len != 0) {
		text_cut(lines, '\n', &line, &lines);
		if (*count < PLACES_MOST && is_place(line))
			places[(*count)++] = text_copy(bundle->arena, line);
		else
			report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
				     "束の中の「logs/index」が正しくありません。");
	}
}

/* The key at the top is the first of the oldest log. */
void
bundle_check_vkey(struct bundle *bundle)
{
	const struct chain *chain = &bundle->check->chain;
	struct note_key key;
	struct text line;
	if (!bundle_take(bundle, "vkey", BUNDLE_TEXT_MOST, &line))
		return;
	if (chain->count == 0 || note_vkey_read(bundle->scratch, line, &key) != OK ||
	    memcmp(key.key, chain->keys[0].key.key, sizeof key.key) != 0)
		report_entry(bundle->arena, bundle->report, FINDING_KEY_OTHER, -1,
			     "束の中の「vkey」が、最初の記録簿の最初の鍵と違います。");
}

static struct error *
check_logs(struct bundle *bundle, const struct text *places, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		bool is_read;
		TRY(bundle_take_log(bundle, (int64_t)at, places[at], at + 1 == count, &is_read));
		if (!is_read)
			continue;
		if (at == 0 && places[0].len != 0)
			bundle_check_vkey(bundle);
		TRY(check_entries(bundle));
	}
	return OK;
}

static struct error *
check_bundle(struct bundle *bundle)
{
	struct text *places = ARENA_ARRAY(bundle->arena, struct text, PLACES_MOST);
	struct text readme;
	size_t count;
	bundle_take(bundle, "README.txt", BUNDLE_TEXT_MOST, &readme);
	read_index(bundle, places, &count);
	struct error *error = bundle_source_has(bundle->source, "about")
				      ? bundle_check_object(bundle, places, count)
				      : check_logs(bundle, places, count);
	TRY(error);
	check_end(bundle->check);
	if (bundle->report->size == 0)
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中に記録が一つもありません。");
	const int64_t files = bundle_source_count(bundle->source);
	if (files > bundle->known)
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中に、あるはずのないファイルが %lld 個あります。",
			     (long long)(files - bundle->known));
	return OK;
}

struct error *
journal_verify_bundle(struct arena *into, const char *path,
		      const struct journal_verify_options *options, struct journal_report *report)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	CHECK_SCOPED check = NULL;
	struct bundle bundle = { .arena = into, .scratch = scratch, .report = report,
				 .options = options };
	TRY(bundle_source_open(into, path, &bundle.source));
	report_begin(report, into);
	struct error *error = check_open(into, report, options, &check);
	if (error == OK) {
		check->with = &bundle;
		check->tile = bundled_tile;
		bundle.check = check;
		error = check_bundle(&bundle);
	}
	bundle_source_close(bundle.source);
	return error;
}
