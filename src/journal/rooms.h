/* What only the journal's own files know. */
#ifndef BANSHO_JOURNAL_ROOMS_H
#define BANSHO_JOURNAL_ROOMS_H

#include "journal/journal.h"

#include <pthread.h>

enum { TILE_WIDTH = 256, TILE_LEVELS = 6, TILE_BYTES = TILE_WIDTH * HASH_LEN };
enum { TILE_LEVEL_SHIFT = 40 };

/* The tree as the writer goes on with it; hashes of the tiles that are not full yet. */
struct frontier {
	struct merkle tree;
	struct hash pending[TILE_LEVELS][TILE_WIDTH];
};

struct journal {
	struct arena *arena;
	struct text body;
	bool is_loaded;
	struct frontier frontier;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t has_new;
	int64_t committed;    /* entries known to be committed */
};

/* append.c */
/* The frontier is the store's again. At the beginning of what appends. */
struct error *journal_catch_up(struct journal *journal, struct act *act) MUST_USE;
/* One more leaf, and the tiles that it fills. */
struct error *journal_add_leaf(struct journal *journal, struct act *act, const struct hash *leaf)
	MUST_USE;
struct error *journal_add_abouts(struct act *act, const struct text *about, size_t count,
				 int64_t seq) MUST_USE;

/* tiles.c: hashes from the store */
struct error *tile_read(struct look *look, int level, int64_t no, bool *found,
			struct hash hashes[static TILE_WIDTH]) MUST_USE;
int64_t tile_id(int level, int64_t no);
/* Hashes of `count` units of 256^level leaves from unit `first` on, all within one tile. */
struct error *tile_units(struct look *look, int level, int64_t first, int64_t count,
			 struct hash *hashes) MUST_USE;
struct merkle_source tile_source(struct look *look);
struct error *frontier_load(struct look *look, int64_t size, struct frontier *frontier) MUST_USE;
/* Add a leaf; *full is how many levels got a full tile (0: none), their hashes in pending[]. */
void frontier_add(struct frontier *frontier, const struct hash *leaf, int *full);

/* entry.c */
struct entry_part {
	const struct store_note *note;
	struct text body;
	int64_t seq;
	int64_t part;
	size_t first_row, row_count;
};
struct error *entry_write(struct arena *into, const struct entry_part *part, struct text *entry)
	MUST_USE;

/* scan.c: what verification needs of an entry, at the speed of reading. */
struct entry_scan {
	int64_t seq;
	struct text body;
	struct text about[FACT_MOST_ABOUT];
	size_t about_count;
	struct text rows; /* still JSON: for scan_row() */
	struct text time; /* as it stands: "2026-11-21T02:21:07.123Z" */
};
/* False when this is not an entry in canonical form. */
bool entry_scan(struct text entry, struct entry_scan *scan);
/* The moment such a time says; 0 for what is none. */
struct moment scan_time(struct text time);
bool scan_row(struct text *rows, struct row_digest *row);
/* The whole entry, for pages. */
struct error *entry_parse(struct arena *into, int64_t seq, struct text json,
			  struct journal_entry *entry) MUST_USE;

/* report.c */
void report_begin(struct journal_report *report, struct arena *arena);
/* A finding about an entry (seq -1: none), with words for a person. */
void report_entry(struct arena *arena, struct journal_report *report,
		  enum journal_finding_kind kind, int64_t seq, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
void report_row(struct arena *arena, struct journal_report *report,
		enum journal_finding_kind kind, struct text table, int64_t id, int64_t seq);

/* heads.c: the checkpoints a verification holds the tree against. */
struct signed_head {
	int64_t size;
	struct hash root;
};
struct heads {
	struct arena *arena; /* of the report */
	struct arena *own;   /* of the list */
	struct journal_report *report;
	struct note_key key;
	bool has_key;
	bool is_rewritten; /* said once */
	struct signed_head *at;
	size_t count, room;
	size_t next; /* the next to meet, in order of size */
};
struct error *heads_open(struct heads *heads, struct arena *arena, struct journal_report *report,
			 const struct journal_verify_options *options, struct text own_vkey)
	MUST_USE;
void heads_close(struct heads *heads);
#define HEADS_SCOPED __attribute__((cleanup(heads_close))) struct heads
/* A checkpoint found under size `stored_as`, or given from outside (-1). */
void heads_add(struct heads *heads, struct text note, int64_t stored_as);
/* All added. */
void heads_sort(struct heads *heads);
/* The tree has grown to where it is. */
void heads_meet(struct heads *heads, const struct merkle *tree);
/* The tree ends at `size`: what a checkpoint covers beyond was cut. */
void heads_end(struct heads *heads, int64_t size);

/* check.c: entries one after another, as they come from a store or a bundle. */
enum { DOUBTS_MOST = 1000 };
struct doubt {
	int level;
	int64_t no;  /* of the tile */
	int64_t seq; /* of a leaf that differs, -1 when the tile is missing */
};
struct check {
	struct arena *arena;
	struct journal_report *report;
	struct heads *heads;
	struct text body;
	struct frontier frontier;
	bool is_lost; /* too much is missing to go on with the tree */
	char last_time[24]; /* of the entry before, as it stands there */
	struct doubt doubts[DOUBTS_MOST];
	size_t doubt_count;
	void *with;
	/* The tile as stored; NULL hashes when there is none. */
	struct error *(*tile)(void *with, int level, int64_t no, bool *found,
			      struct hash hashes[static TILE_WIDTH]);
};
/* The entry that stands at `seq`; `leaf` as stored, or NULL. *scan is filled when it can be read. */
struct error *check_entry(struct check *check, int64_t seq, struct text entry,
			  const struct text *leaf, struct entry_scan *scan, bool *is_read) MUST_USE;
void check_end(struct check *check);

/*
 * crew.c: threads that read ahead, each with a look of its own at the same state of the store. What
 * they find in order is taken as such; wherever they find anything else, the one thread that writes
 * the report reads again by itself. So findings are the same whatever the threads do.
 */
enum { CREW_MOST = 8 };
struct crew {
	size_t count; /* 0: the store is being written to too fast, or no thread can be had */
	struct look looks[CREW_MOST];
	pthread_t threads[CREW_MOST];
	struct crew_place {
		struct crew *crew;
		void (*work)(void *with, struct look *look);
		void *with;
		size_t no;
	} places[CREW_MOST];
};
void crew_open(struct crew *crew, struct look *look);
void crew_close(struct crew *crew);
/* Every thread calls `work` once, with its own look. */
void crew_start(struct crew *crew, void (*work)(void *with, struct look *look), void *with);
void crew_wait(struct crew *crew);

/* ahead.c: runs of entries that are wholly in order, hashed ahead of the check. */
enum { RUN_LEN = 1024, RUN_TILES = RUN_LEN / TILE_WIDTH, RUN_TABLES_MOST = 64, BODY_MOST = 128 };
struct run_row {
	int64_t id, seq;
	struct hash digest;
	int32_t table;
	bool is_gone;
};
struct run {
	struct arena *arena; /* of what follows */
	int64_t first;
	bool is_clean; /* RUN_LEN entries from `first`, and nothing to say about them by themselves */
	struct text body;
	struct hash *leaves;
	struct hash roots[RUN_TILES];
	struct text tables[RUN_TABLES_MOST];
	int32_t table_count;
	struct run_row *rows;
	size_t row_count, row_room;
	int64_t abouts;
};
struct ahead;
/* Runs from entry 0 on, `count` of them. */
struct ahead *ahead_open(struct crew *crew, int64_t count);
/* The next one, when it has been read; then say that it is done with. */
const struct run *ahead_next(struct ahead *ahead);
void ahead_done(struct ahead *ahead);
void ahead_close(struct ahead *ahead);
struct error *check_run(struct check *check, const struct run *run, bool *is_taken) MUST_USE;
void frontier_add_tile(struct frontier *frontier, const struct hash *leaves,
		       const struct hash *root, int *full);

/* rows.c: the last digest of every row, and the store against it. */
struct row_map;
struct row_map *row_map_open(void);
void row_map_close(struct row_map **map);
#define ROW_MAP_SCOPED __attribute__((cleanup(row_map_close))) struct row_map *
void row_map_put(struct row_map *map, const struct row_digest *row, int64_t seq);
void row_map_put_run(struct row_map *map, const struct run *run);
struct error *row_map_compare(struct row_map *map, struct look *look, struct crew *crew,
			      struct journal_report *report) MUST_USE;

#endif
