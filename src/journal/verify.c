/* A whole store, verified in one pass over its entries and one over its rows. */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

enum { PART = 256, PROGRESS_EACH = 1 << 16 };

struct verifying {
	struct look *look;
	const struct journal_verify_options *options;
	struct journal_report *report;
	struct heads heads;
	struct check *check;
	struct row_map *map;
	struct arena *part_arena;
	/* The index rows of the present part of the entries. */
	struct journal_about_part_row *abouts;
	size_t about_count, next_about;
	int64_t part, abouts_seen;
	int64_t all;
};

static struct error *
add_checkpoint(void *with, const struct journal_checkpoint_all_row *row)
{
	heads_add(with, row->note, row->id);
	return OK;
}

static struct error *
stored_tile(void *with, int level, int64_t no, bool *found, struct hash hashes[static TILE_WIDTH])
{
	return tile_read(with, level, no, found, hashes);
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
	for (int level = 1; level < TILE_LEVELS; level++)
		expected += verifying->report->size >> (8 * level);
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
	if (verifying->options->progress != NULL && run->first % PROGRESS_EACH == 0)
		verifying->options->progress(verifying->options->progress_with, run->first,
					     verifying->all);
	return OK;
}

/* As many runs as full tiles speak of; whatever else there is comes before and after. */
static struct error *
verify_entries(struct verifying *verifying, struct crew *crew)
{
	struct journal_tile_count_row tiles;
	TRY(journal_tile_count(verifying->look, &tiles));
	const int64_t runs = crew->count == 0 ? 0
			     : tiles.n < verifying->all / TILE_WIDTH
				     ? tiles.n / RUN_TILES
				     : verifying->all / RUN_LEN;
	struct ahead *ahead = ahead_open(crew, runs);
	struct error *error = verify_between(verifying, INT64_MIN, 0);
	for (int64_t at = 0; at < runs && error == OK; at++) {
		error = verify_run(verifying, ahead_next(ahead));
		ahead_done(ahead);
	}
	ahead_close(ahead);
	if (error == OK)
		error = verify_between(verifying, runs * RUN_LEN, INT64_MAX);
	return error;
}

static struct error *
verify_all(struct verifying *verifying, struct crew *crew)
{
	TRY(journal_checkpoint_all(verifying->look, add_checkpoint, &verifying->heads));
	heads_sort(&verifying->heads);
	TRY(journal_size(verifying->look, &verifying->all));
	TRY(verify_entries(verifying, crew));
	check_end(verifying->check);
	TRY(check_counts(verifying));
	return row_map_compare(verifying->map, verifying->look, crew, verifying->report);
}

struct error *
journal_verify_store(struct look *look, const struct journal_verify_options *options,
		     struct journal_report *report)
{
	ROW_MAP_SCOPED map = row_map_open();
	ARENA_SCOPED part_arena = arena_open(ARENA_USUAL);
	struct text vkey;
	struct verifying verifying = { .look = look, .options = options, .report = report,
				       .map = map, .part_arena = part_arena, .part = -1 };
	report_begin(report, look->arena);
	TRY(journal_vkey(look, &vkey));
	struct error *error =
		heads_open(&verifying.heads, look->arena, report, options, vkey);
	struct check *check = ARENA_NEW(look->arena, struct check);
	*check = (struct check){ .arena = look->arena, .report = report,
				 .heads = &verifying.heads, .body = T(""), .with = look,
				 .tile = stored_tile };
	verifying.check = check;
	struct crew crew;
	crew_open(&crew, look);
	if (error == OK)
		error = verify_all(&verifying, &crew);
	crew_close(&crew);
	heads_close(&verifying.heads);
	return error;
}
