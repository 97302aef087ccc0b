/* The names and shapes inside a bundle, shared by its writers and its readers. */
#ifndef BANSHO_JOURNAL_BUNDLE_H
#define BANSHO_JOURNAL_BUNDLE_H

#include "journal/rooms.h"

enum { BUNDLE_LEVEL_ENTRIES = -1, BUNDLE_FILE_MOST = TILE_WIDTH * (JOURNAL_ENTRY_MOST + 2) };
/* Of the small files; and of checkpoints that a log's folder of earlier ones may hold. */
enum { BUNDLE_TEXT_MOST = 1 << 16, BUNDLE_VKEYS_MOST = 4 << 20, BUNDLE_EARLIER_MOST = 4096 };
#define PROOF_FIRST_LINE "c2sp.org/tlog-proof@v1"

/* C2SP tlog-proof of entry `seq` of the log in that checkpoint of it. */
struct error *proof_write(struct look *look, const struct journal_log *log, int64_t seq,
			  const struct journal_checkpoint *checkpoint, struct text *words) MUST_USE;
/* The bytes of a tile, or of a bundle of entries. */
struct error *tile_bytes(struct look *look, const struct journal_log *log, int level, int64_t no,
			 int64_t width, struct text *bytes) MUST_USE;

/* C2SP tlog-tiles: "tile/0/x001/234", "tile/entries/000.p/70"; width 256 is a full one. */
const char *bundle_path(struct arena *into, int level, int64_t no, int64_t width);

/* ---- bundle_write.c: files of a bundle, into a ZIP file or a folder ---- */

struct bundle_out;
/* A ZIP file when the path ends with ".zip". `progress` as in journal_export_options. */
struct error *bundle_out_open(struct look *look, const struct journal_export_options *options,
			      const char *path, struct bundle_out **out) MUST_USE;
struct error *bundle_out_text(struct bundle_out *out, const char *path, struct text bytes) MUST_USE;
/* Tile bytes are made when they are written. `log` must live until the end. */
struct error *bundle_out_tile(struct bundle_out *out, const char *path,
			      const struct journal_log *log, int level, int64_t no, int64_t width)
	MUST_USE;
/* Put it in its place. */
struct error *bundle_out_end(struct bundle_out *out) MUST_USE;
/* After a failure: nothing is left. */
void bundle_out_drop(struct bundle_out *out);

/* A log as it goes into a bundle: up to its newest checkpoint. */
struct bundled_log {
	struct journal_log log;
	struct journal_checkpoint checkpoint;
	const char *folder; /* "logs/2026" */
};
/* The files that stand for the log itself: checkpoint, vkeys, origin, first. */
struct error *bundle_out_log(struct bundle_out *out, struct look *look,
			     const struct bundled_log *log) MUST_USE;
/* object_write.c */
struct error *bundle_object(struct bundle_out *out, struct look *look, struct text about,
			    const struct bundled_log *logs, size_t count) MUST_USE;

/* ---- bundle_source.c: files of a bundle, from a ZIP file or a folder ---- */

struct bundle_source;
/* MISSING when there is nothing at `path`, INVALID when it is neither. */
struct error *bundle_source_open(struct arena *into, const char *path,
				 struct bundle_source **source) MUST_USE;
void bundle_source_close(struct bundle_source *source);
/* How many files there are. */
int64_t bundle_source_count(const struct bundle_source *source);
/* Their names, "logs/2026/vkeys". Folders are none. */
const char *bundle_source_name(const struct bundle_source *source, int64_t at);
bool bundle_source_has(const struct bundle_source *source, const char *path);
/* MISSING, or INVALID with what is wrong. */
struct error *bundle_source_read(const struct bundle_source *source, struct arena *into,
				 const char *path, size_t most, struct text *bytes) MUST_USE;

/* ---- bundle_read.c and object_read.c ---- */

struct bundle {
	struct arena *arena; /* of the report */
	struct arena *scratch;
	struct journal_report *report;
	const struct journal_verify_options *options;
	struct bundle_source *source;
	int64_t known; /* files that belong there */
	struct check *check;
	/* The log being read. */
	const char *folder; /* "logs/2026/" or, in a bundle of 0.1.0, "" */
	struct head head;
	struct text note;
};
/* A file that belongs in the bundle; says so when it cannot be had. */
bool bundle_take(struct bundle *bundle, const char *path, size_t most, struct text *bytes);
/* Begin a log: read what stands for it. False when it cannot be read; said already. */
struct error *bundle_take_log(struct bundle *bundle, int64_t no, struct text place, bool is_last,
			      bool *is_read) MUST_USE;
/* The key at the top is the first of the oldest log, which was just begun. */
void bundle_check_vkey(struct bundle *bundle);
struct error *bundle_check_object(struct bundle *bundle, const struct text *places, size_t count)
	MUST_USE;

#endif
