/* Verifying a bundle, without the store. Every size and number in it is an outsider's. */
#include "journal/bundle.h"

#include "base/number.h"

#include <string.h>
#include <zip.h>

struct bundle {
	struct arena *arena; /* of the report */
	struct arena *scratch;
	struct journal_report *report;
	const struct journal_verify_options *options;
	zip_t *zip;
	int64_t files, known; /* in the archive; that belong there */
	struct head head;
	struct text note;
	struct heads *heads;
	struct check *check;
};

static struct error *
read_member(struct bundle *bundle, zip_uint64_t at, size_t most, struct text *bytes)
{
	zip_stat_t stat;
	if (zip_stat_index(bundle->zip, at, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
	    stat.size > most)
		return reject(NULL, "大きすぎます");
	zip_file_t *file = zip_fopen_index(bundle->zip, at, 0);
	if (file == NULL)
		return reject(NULL, "開けません");
	char *data = arena_get(bundle->scratch, 1, (size_t)stat.size + 1);
	zip_uint64_t len = 0;
	zip_int64_t got;
	while (len < stat.size && (got = zip_fread(file, data + len, stat.size - len)) > 0)
		len += (zip_uint64_t)got; /* positive */
	/* The check sum is compared when the end is met. */
	got = zip_fread(file, data + len, 1);
	zip_fclose(file);
	if (got != 0 || len != stat.size)
		return reject(NULL, "壊れています");
	*bytes = (struct text){ data, (size_t)len };
	return OK;
}

/* A file that belongs in the bundle; says so when it cannot be had. */
static bool
take_file(struct bundle *bundle, const char *path, size_t most, struct text *bytes)
{
	const zip_int64_t at = zip_name_locate(bundle->zip, path, 0);
	if (at < 0) {
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中にファイル「%s」がありません。", path);
		return false;
	}
	bundle->known++;
	struct error *error = read_member(bundle, (zip_uint64_t)at, most, bytes);
	if (error == OK)
		return true;
	report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
		     "束の中のファイル「%s」を読めません（%.*s）。", path, T_ARG(error->words));
	return false;
}

static struct error *
check_part(struct bundle *bundle, int64_t no, int64_t width)
{
	struct text bytes, rest;
	arena_reset(bundle->scratch);
	const char *path = bundle_path(bundle->scratch, BUNDLE_LEVEL_ENTRIES, no, width);
	if (!take_file(bundle, path, BUNDLE_FILE_MOST, &bytes))
		return OK;
	int64_t seq = no * TILE_WIDTH;
	for (rest = bytes; rest.len >= 2; seq++) {
		const unsigned char *head = (const unsigned char *)rest.data;
		const size_t len = ((size_t)head[0] << 8) + head[1];
		if (len > rest.len - 2 || seq == no * TILE_WIDTH + width)
			break;
		struct entry_scan scan;
		bool is_read;
		TRY(check_entry(bundle->check, seq, text_first(text_from(rest, 2), len), NULL,
				&scan, &is_read));
		rest = text_from(rest, 2 + len);
	}
	if (rest.len != 0 || seq != no * TILE_WIDTH + width)
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
	*found = take_file(bundle, bundle_path(arena, level, no, TILE_WIDTH), TILE_BYTES, &bytes) &&
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
		const char *path =
			bundle_path(bundle->scratch, level, units / TILE_WIDTH, width);
		if (!take_file(bundle, path, TILE_BYTES, &bytes))
			continue;
		const struct hash *ours = bundle->check->frontier.pending[level];
		if (bundle->report->size == bundle->head.size &&
		    (bytes.len != (size_t)width * HASH_LEN ||
		     memcmp(bytes.data, ours, bytes.len) != 0) &&
		    bundle->report->signed_size >= bundle->head.size)
			report_entry(bundle->arena, bundle->report, FINDING_TILE_WRONG, -1,
				     "中間の木「%s」が書き換えられています。", path);
	}
}

static struct error *
check_journal(struct bundle *bundle)
{
	const int64_t size = bundle->head.size;
	for (int64_t no = 0; no < (size + TILE_WIDTH - 1) / TILE_WIDTH; no++) {
		/* More files claimed than there are: the rest is missing, said once. */
		if (bundle->known > bundle->files || no > bundle->files)
			break;
		const int64_t left = size - no * TILE_WIDTH;
		TRY(check_part(bundle, no, left < TILE_WIDTH ? left : TILE_WIDTH));
		if (bundle->options->progress != NULL)
			bundle->options->progress(bundle->options->progress_with, no * TILE_WIDTH,
						  size);
	}
	check_end(bundle->check);
	check_edge(bundle);
	return OK;
}

/* The hashes of a C2SP tlog-proof about entry `seq` whose checkpoint is the bundle's. */
static bool
read_proof(struct bundle *bundle, struct text words, int64_t seq, struct merkle_proof *proof)
{
	struct text line, bytes;
	int64_t index;
	proof->count = 0;
	if (!text_cut(words, '\n', &line, &words) || !text_is(line, PROOF_FIRST_LINE) ||
	    !text_cut(words, '\n', &line, &words) || !text_starts(line, T("index ")) ||
	    !number_read(text_from(line, 6), 0, INT64_MAX, &index) || index != seq)
		return false;
	while (text_cut(words, '\n', &line, &words) && line.len != 0) {
		if (proof->count == 2 * MERKLE_HEIGHT ||
		    !text_unbase64(bundle->scratch, line, &bytes) || bytes.len != HASH_LEN)
			return false;
		memcpy(proof->at[proof->count++].at, bytes.data, HASH_LEN);
	}
	return text_same(words, bundle->note);
}

static void
judge_proven(struct bundle *bundle, int64_t seq, struct text entry, struct text proof_words,
	     struct text about)
{
	struct merkle_proof proof;
	struct entry_scan scan;
	const struct hash leaf = merkle_leaf(entry);
	bool is_about = false;
	if (!entry_scan(entry, &scan)) {
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_STRANGE, seq,
			     "記録 %lld は記録の形をしていません。", (long long)seq);
		return;
	}
	for (size_t at = 0; at < scan.about_count; at++)
		is_about = is_about || text_same(scan.about[at], about);
	if (scan.seq != seq)
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_MOVED, seq,
			     "番号 %lld の場所に、記録 %lld があります。並べ替えか差し込みです。",
			     (long long)seq, (long long)scan.seq);
	else if (!is_about)
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_STRANGE, seq,
			     "記録 %lld は「%.*s」の記録ではありません。", (long long)seq,
			     T_ARG(about));
	if (!read_proof(bundle, proof_words, seq, &proof) ||
	    !merkle_inclusion_holds(&leaf, seq, bundle->head.size, &proof, &bundle->head.root))
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_EDITED, seq,
			     "記録 %lld が書き換えられているか、証明が合いません。", (long long)seq);
}

/* "entry/12.json" is entry 12. */
static bool
entry_no(struct text name, int64_t *seq)
{
	if (!text_starts(name, T("entry/")) || !text_ends(name, T(".json")))
		return false;
	return number_read(text_first(text_from(name, 6), name.len - 11), 0,
			   (int64_t)1 << MERKLE_HEIGHT, seq);
}

static struct error *
check_object(struct bundle *bundle)
{
	struct text about, entry, proof;
	if (!take_file(bundle, "about", 1000, &about))
		return OK;
	about = text_copy(bundle->arena, about);
	for (int64_t at = 0; at < bundle->files; at++) {
		int64_t seq;
		arena_reset(bundle->scratch);
		/* `at` is below the number of files, which is not negative. */
		const char *name = zip_get_name(bundle->zip, (zip_uint64_t)at, 0);
		if (name == NULL || !entry_no(text_of(name), &seq))
			continue;
		const char *proof_name =
			text_z(bundle->scratch, text_format(bundle->scratch,
							    "proof/%lld.tlog-proof",
							    (long long)seq));
		if (!take_file(bundle, name, JOURNAL_ENTRY_MOST, &entry) ||
		    !take_file(bundle, proof_name, (size_t)1 << 16, &proof))
			continue;
		judge_proven(bundle, seq, entry, proof, about);
		bundle->report->size++;
	}
	/* No tree is grown here: what an earlier checkpoint covers must not be beyond ours. */
	for (size_t at = 0; at < bundle->heads->count; at++) {
		const struct signed_head *head = &bundle->heads->at[at];
		if (head->size > bundle->head.size)
			report_entry(bundle->arena, bundle->report, FINDING_TAIL_CUT, -1,
				     "束の検証点（%lld 件）より新しい検証点（%lld 件）があります。",
				     (long long)bundle->head.size, (long long)head->size);
		else if (head->size == bundle->head.size &&
			 !hash_same(&head->root, &bundle->head.root))
			report_entry(bundle->arena, bundle->report, FINDING_REWRITTEN, -1,
				     "同じ件数（%lld 件）で、根の違う検証点があります。",
				     (long long)head->size);
		else if (head->size == bundle->head.size)
			bundle->report->signed_size = head->size;
	}
	bundle->report->root = bundle->head.root;
	return OK;
}

static struct error *
check_files(struct bundle *bundle)
{
	struct text readme;
	take_file(bundle, "README.txt", 1 << 16, &readme);
	struct error *error = zip_name_locate(bundle->zip, "about", 0) >= 0
				      ? check_object(bundle)
				      : check_journal(bundle);
	TRY(error);
	if (bundle->report->size == 0)
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中に記録が一つもありません。");
	if (bundle->files > bundle->known)
		report_entry(bundle->arena, bundle->report, FINDING_FILE_STRANGE, -1,
			     "束の中に、あるはずのないファイルが %lld 個あります。",
			     (long long)(bundle->files - bundle->known));
	return OK;
}

static struct error *
check_bundle(struct bundle *bundle)
{
	struct text vkey = T(""), note;
	HEADS_SCOPED heads = { 0 };
	take_file(bundle, "vkey", 1024, &vkey);
	vkey = text_copy(bundle->arena, text_trim(vkey));
	TRY(heads_open(&heads, bundle->arena, bundle->report, bundle->options, vkey));
	if (!take_file(bundle, "checkpoint", NOTE_MOST, &note))
		return OK;
	bundle->note = text_copy(bundle->arena, note);
	bundle->heads = &heads;
	heads_add(&heads, bundle->note, -1);
	heads_sort(&heads);
	if (note_read(bundle->arena, bundle->note, &bundle->head) != OK)
		return OK; /* said by heads_add() */
	struct check *check = ARENA_NEW(bundle->arena, struct check);
	*check = (struct check){ .arena = bundle->arena, .report = bundle->report,
				 .heads = &heads, .body = T(""), .with = bundle,
				 .tile = bundled_tile };
	bundle->check = check;
	return check_files(bundle);
}

struct error *
journal_verify_bundle(struct arena *into, const char *path,
		      const struct journal_verify_options *options, struct journal_report *report)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct bundle bundle = { .arena = into, .scratch = scratch, .report = report,
				 .options = options };
	int code;
	bundle.zip = zip_open(path, ZIP_RDONLY, &code);
	if (bundle.zip == NULL && code == ZIP_ER_NOENT)
		return missing("束「%s」がありません。", path);
	if (bundle.zip == NULL)
		return reject(NULL, "「%s」は束（ZIP ファイル）として読めません。", path);
	report_begin(report, into);
	bundle.files = zip_get_num_entries(bundle.zip, 0);
	struct error *error = check_bundle(&bundle);
	zip_discard(bundle.zip);
	return error;
}
