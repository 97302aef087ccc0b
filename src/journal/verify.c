/* A whole store, verified in one pass over its entries and one over its rows. */
#include "journal/journal_sql.h"
#include "journal/witness_rooms.h"

enum { PART = 256, PROGRESS_EACH = 1 << 16 };

struct verifying {
	struct look *look;
	const struct journal_verify_options *options;
	struct journal_report *report;
	struct check *check;
	struct journal_log *logs;
	size_t log_count, next_log; /* the one that comes next */
	struct log_tree tree;
	struct row_map *map;
	struct arena *part_arena;
	/* The index rows of the present part of the entries. */
	struct journal_about_part_row *abouts;
	size_t about_count, next_about;
	int64_t part, abouts_seen;
	int64_t all;
};

static struct error *
add_checkpoint(void *with, const struct journal_checkpoint_in_row *row)
{
	heads_add(with, row->note, row->id & (((int64_t)1 << LOG_SHIFT) - 1));
	return OK;
}

static struct error *
stored_tile(void *with, int level, int64_t no, bool *found, struct hash hashes[static TILE_WIDTH])
{
	const struct verifying *verifying = with;
	return tile_read(&verifying->tree, level, no, found, hashes);
}

/* End the log that was read, and make ready for the next: its keys, its checkpoints. */
static struct error *
next_log(struct verifying *verifying)
{
	const struct journal_log *log = &verifying->logs[verifying->next_log++];
	struct check *check = verifying->check;
	struct journal_key *keys;
	size_t count;
	TRY(check_log_end(check));
	TRY(journal_keys(verifying->look, log, &keys, &count));
	struct text *vkeys = ARENA_ARRAY(verifying->look->arena, struct text, count + 1);
	for (size_t at = 0; at < count; at++)
		vkeys[at] = keys[at].vkey;
	verifying->tree = log_tree_of(verifying->look, log);
	check_log(check, log, vkeys, count);
	TRY(journal_checkpoint_in(verifying->look,
				  &(struct journal_checkpoint_in_in){
					  log->no << LOG_SHIFT, (log->no + 1) << LOG_SHIFT },
				  add_checkpoint, &check->heads));
	heads_sort(&check->heads);
	return OK;
}

static struct error *
load_part(struct verifying *verifying, int64_t part)
{
	struct look look = *verifying->look;
	const int64_t width = (int64_t)PART * FACT_MOST_ABOUT;
	arena_reset(verifying->part_arena);
	look.arena = verifying->part_arena;
	verifying->part = part;
	verifying->next_about = 0;
	return journal_about_part(&look,
				  &(struct journal_about_part_in){ part * width,
								   (part + 1) * width, width },
				  &verifying->abouts, &verifying->about_count);
}

/* The index rows of an entry must be exactly its "about". */
static struct error *
check_index(struct verifying *verifying, int64_t seq, const struct entry_scan *scan)
{
	bool is_right = true;
	if (seq / PART != verifying->part)
		TRY(load_part(verifying, seq / PART));
	while (verifying->next_about < verifying->about_count &&
	       verifying->abouts[verifying->next_about].id < seq * FACT_MOST_ABOUT)
		verifying->next_about++;
	for (size_t at = 0; at < scan->about_count; at++) {
		const size_t place = verifying->next_about + at;
		if (place >= verifying->about_count) {
			is_right = false;
			break;
		}
		const struct journal_about_part_row *row = &verifying->abouts[place];
		is_right = is_right && row->entry == seq &&
			   row->id == seq * FACT_MOST_ABOUT + (int64_t)at && /* below 8 */
			   text_same(row->about, scan->about[at]);
	}
	verifying->abouts_seen += (int64_t)scan->about_count; /* below 8 */
	if (!is_right)
		report_entry(verifying->look->arena, verifying->report, FINDING_INDEX_WRONG, seq,
			     "記録 %lld の索引が書き換えられています。履歴の画面に正しく出ません。",
			     (long long)seq);
	return OK;
}

static struct error *
verify_entry(void *with, const struct journal_entry_all_row *row)
{
	struct verifying *verifying = with;
	struct entry_scan scan;
	struct row_digest digest;
	bool is_read;
	while (verifying->next_log < verifying->log_count &&
	       row->id >= verifying->logs[verifying->next_log].first)
		TRY(next_log(verifying));
	TRY(check_entry(verifying->check, row->id, row->entry, &row->leaf, &scan, &is_read));
	if (verifying->options->progress != NULL && row->id % PROGRESS_EACH == 0)
		verifying->options->progress(verifying->options->progress_with, row->id,
					     verifying->all);
	if (!is_read)
		return OK;
	while (scan.rows.len != 0) {
		if (!scan_row(&scan.rows, &digest)) {
			report_entry(verifying->look->arena, verifying->report,
				     FINDING_ENTRY_STRANGE, row->id,
				     "記録 %lld の行の一覧が読めません。", (long long)row->id);
			break;
		}
		row_map_put(verifying->map, &digest, row->id);
	}
	return check_index(verifying, row->id, &scan);
}

/* More tiles or index rows than the entries account for. */
static struct error *
check_counts(struct verifying *verifying)
{
	struct journal_tile_count_row tiles;
	struct journal_about_count_row abouts;
	int64_t expected = 0;
	TRY(journal_tile_count(verifying->look, &tiles));
	TRY(journal_about_count(verifying->look, &abouts));
	for (size_t at = 0; at < verifying->log_count; at++)
		for (int level = 1; level < TILE_LEVELS; level++)
			expected += verifying->logs[at].size >> (8 * level);
	if (tiles.n > expected)
		report_entry(verifying->look->arena, verifying->report, FINDING_TILE_WRONG, -1,
			     "記録の件数より多くの中間の木が残っています（%lld 多い）。",
			     (long long)(tiles.n - expected));
	if (abouts.n > verifying->abouts_seen)
		report_entry(verifying->look->arena, verifying->report, FINDING_INDEX_WRONG, -1,
			     "記録にない索引の行が %lld あります。",
			     (long long)(abouts.n - verifying->abouts_seen));
	return OK;
}

/* Rows about logs and keys that no entry accounts for. */
static struct error *
check_log_rows(struct verifying *verifying)
{
	struct journal_log_key_count_row keys;
	struct journal_checkpoint_count_row strange, below;
	int64_t known = 0;
	bool has;
	TRY(store_has_step(verifying->look, T("journal"), JOURNAL_LOGS_STEP, &has));
	TRY(journal_checkpoint_count(verifying->look,
				     &(struct journal_checkpoint_count_in){
					     (int64_t)verifying->log_count << LOG_SHIFT, INT64_MAX },
				     &strange));
	TRY(journal_checkpoint_count(
		verifying->look, &(struct journal_checkpoint_count_in){ INT64_MIN, 0 }, &below));
	if (strange.n + below.n != 0)
		report_entry(verifying->look->arena, verifying->report, FINDING_CHECKPOINT_BAD, -1,
			     "記録のない記録簿の検証点が %lld 個あります。",
			     (long long)(strange.n + below.n));
	if (!has)
		return OK;
	TRY(journal_log_key_count(verifying->look, &keys));
	for (size_t at = 0; at < verifying->log_count; at++) {
		struct journal_key *list;
		size_t count;
		TRY(journal_keys(verifying->look, &verifying->logs[at], &list, &count));
		for (size_t no = 0; no < count; no++)
			known += list[no].seq >= 0 ? 1 : 0;
	}
	if (keys.n > known)
		report_entry(verifying->look->arena, verifying->report, FINDING_KEY_OTHER, -1,
			     "記録のない記録簿の鍵が %lld 個あります。", (long long)(keys.n - known));
	return OK;
}

/* Logs out of order would have us read entries twice or never. */
static void
put_logs_right(struct verifying *verifying)
{
	size_t kept = verifying->log_count != 0 ? 1 : 0;
	for (size_t at = kept; at < verifying->log_count; at++) {
		const struct journal_log *before = &verifying->logs[kept - 1];
		struct journal_log *log = &verifying->logs[at];
		if (log->no == before->no + 1 && log->first > before->first &&
		    log->first < verifying->all) {
			verifying->logs[kept++] = *log;
			continue;
		}
		report_entry(verifying->look->arena, verifying->report, FINDING_LOG_BROKEN,
			     log->first, "記録簿の一覧が書き換えられています（%lld 番目）。",
			     (long long)log->no + 1);
	}
	verifying->log_count = kept;
	for (size_t at = 0; at < kept; at++) {
		struct journal_log *log = &verifying->logs[at];
		log->is_closed = at + 1 < kept;
		log->size = (at + 1 < kept ? log[1].first : verifying->all) - log->first;
	}
	if (kept != 0 && verifying->logs[0].first != 0)
		report_entry(verifying->look->arena, verifying->report, FINDING_LOG_BROKEN, 0,
			     "最初の記録簿が記録 0 から始まっていません。");
	if (kept != 0)
		verifying->logs[0].first = 0;
}

/* One after another, by this thread. */
static struct error *
verify_between(struct verifying *verifying, int64_t first, int64_t before)
{
	return journal_entry_all(verifying->look, &(struct journal_entry_all_in){ first, before },
				 verify_entry, verifying);
}

static struct error *
verify_run(struct verifying *verifying, const struct run *run)
{
	bool is_taken;
	TRY(check_run(verifying->check, run, &is_taken));
	if (!is_taken)
		return verify_between(verifying, run->first, run->first + RUN_LEN);
	row_map_put_run(verifying->map, run);
	verifying->abouts_seen += run->abouts;
	verifying->report->ahead += RUN_LEN;
	if (verifying->options->progress != NULL && run->first % PROGRESS_EACH == 0)
		verifying->options->progress(verifying->options->progress_with, run->first,
					     verifying->all);
	return OK;
}

/* The entries of one log: as many runs as full tiles speak of, then whatever else there is. */
static struct error *
verify_log(struct verifying *verifying, struct crew *crew, int64_t *runs_left, int64_t before)
{
	const struct journal_log *log = &verifying->logs[verifying->next_log];
	const int64_t wanted = log->size / RUN_LEN;
	const int64_t runs = crew->count == 0 ? 0 : wanted < *runs_left ? wanted : *runs_left;
	TRY(next_log(verifying));
	struct ahead *ahead = ahead_open(crew, log->first, runs);
	struct error *error = OK;
	for (int64_t at = 0; at < runs && error == OK; at++) {
		error = verify_run(verifying, ahead_next(ahead));
		ahead_done(ahead);
	}
	ahead_close(ahead);
	*runs_left -= runs;
	if (error == OK)
		error = verify_between(verifying, log->first + runs * RUN_LEN, before);
	return error;
}

static struct error *
verify_entries(struct verifying *verifying, struct crew *crew)
{
	struct journal_tile_count_row tiles;
	TRY(journal_tile_count(verifying->look, &tiles));
	int64_t runs = tiles.n / RUN_TILES;
	TRY(verify_between(verifying, INT64_MIN, verifying->log_count == 0 ? INT64_MAX : 0));
	for (size_t at = 0; at < verifying->log_count; at++)
		TRY(verify_log(verifying, crew, &runs,
			       at + 1 < verifying->log_count ? verifying->logs[at + 1].first
							     : INT64_MAX));
	return OK;
}

static struct error *
verify_all(struct verifying *verifying, struct crew *crew)
{
	TRY(journal_size(verifying->look, &verifying->all));
	TRY(journal_logs(verifying->look, &verifying->logs, &verifying->log_count));
	put_logs_right(verifying);
	TRY(verify_entries(verifying, crew));
	TRY(check_log_end(verifying->check));
	check_end(verifying->check);
	TRY(check_log_rows(verifying));
	TRY(check_counts(verifying));
	TRY(verify_others(verifying->look, verifying->options, verifying->report));
	verifying->report->rows_begin_us = clock_us();
	return row_map_compare(verifying->map, verifying->look, crew, verifying->report);
}

struct error *
journal_verify_store(struct look *look, const struct journal_verify_options *options,
		     struct journal_report *report)
{
	ROW_MAP_SCOPED map = row_map_open();
	ARENA_SCOPED part_arena = arena_open(ARENA_USUAL);
	CHECK_SCOPED check = NULL;
	struct verifying verifying = { .look = look, .options = options, .report = report,
				       .map = map, .part_arena = part_arena, .part = -1 };
	report_begin(report, look->arena);
	TRY(check_open(look->arena, report, options, &check));
	check->with = &verifying;
	check->tile = stored_tile;
	verifying.check = check;
	struct crew crew;
	crew_open(&crew, look, options->threads);
	struct error *error = verify_all(&verifying, &crew);
	crew_close(&crew);
	return error;
}
