/* What only the journal's own files know. */
#ifndef BANSHO_JOURNAL_ROOMS_H
#define BANSHO_JOURNAL_ROOMS_H

#include "journal/journal.h"

#include <pthread.h>

enum { TILE_WIDTH = 256, TILE_LEVELS = 6, TILE_BYTES = TILE_WIDTH * HASH_LEN };
enum { TILE_LEVEL_SHIFT = 40, LOG_SHIFT = 48 }; /* in the ids of tiles and checkpoints */

/* The tree as the writer goes on with it; hashes of the tiles that are not full yet. */
struct frontier {
	struct merkle tree;
	struct hash pending[TILE_LEVELS][TILE_WIDTH];
};

struct journal {
	struct arena *arena;
	struct text body;
	bool is_loaded;
	int64_t log;   /* number of the log appended to, -1 while there is none */
	int64_t first; /* seq of its leaf 0 */
	struct frontier frontier;
	/* The log that a "journal.close" of this act announced, until its "journal.begin". */
	bool is_closing;
	char next_origin[NOTE_ORIGIN_MOST + 1];
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
/* The log that follows (or the first): from here on leaves count from 0 again. */
struct error *journal_start_log(struct journal *journal, struct act *act, int64_t log,
				int64_t first, struct text origin, struct text place) MUST_USE;
enum { JOURNAL_LOGS_STEP = 2 }; /* of this room's schema */
struct error *journal_add_abouts(struct act *act, const struct text *about, size_t count,
				 int64_t seq) MUST_USE;

/* logs.c */
/* The fiscal year, and the origin of the log of that year. */
struct text log_place(struct arena *into, struct moment at);
struct text log_origin(struct arena *into, struct text body, struct text place);

/* What the entries about the journal itself are called (append.c, turn.c, check.c, the sealer). */
#define ACT_CLOSE "journal.close"
#define ACT_BEGIN "journal.begin"
#define ACT_KEY "journal.key"

/* tiles.c: hashes from the store */
/* The tree of one log in a look; with a frontier its unfinished tiles need not be made again. */
struct log_tree {
	struct look *look;
	int64_t log, first;
	const struct frontier *frontier; /* or NULL */
};
struct log_tree log_tree_of(struct look *look, const struct journal_log *log);
struct error *tile_read(const struct log_tree *tree, int level, int64_t no, bool *found,
			struct hash hashes[static TILE_WIDTH]) MUST_USE;
int64_t tile_id(int64_t log, int level, int64_t no);
/* Hashes of `count` units of 256^level leaves from unit `first` on, all within one tile. */
struct error *tile_units(const struct log_tree *tree, int level, int64_t first, int64_t count,
			 struct hash *hashes) MUST_USE;
/* `tree` must outlive the source. */
struct merkle_source tile_source(const struct log_tree *tree);
/*
 * Bring a frontier of the same log on to `size` leaves by reading only what it lacks. Not done when
 * its last leaf is not the store's, or too much is lacking: then load it.
 */
struct error *frontier_follow(const struct log_tree *tree, int64_t size, struct frontier *frontier,
			      bool *is_done) MUST_USE;
/* The empty tree. */
void frontier_begin(struct frontier *frontier);
struct error *frontier_load(const struct log_tree *tree, int64_t size, struct frontier *frontier)
	MUST_USE;
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
	struct text act;
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

/* keys.c: the keys of one log after another, each announced by an entry the one before signed. */
struct chain_key {
	struct note_key key;
	int64_t leaf;	     /* of the entry that announced it, -1: not met (or a log's first key) */
	int64_t least, most; /* sizes it signed; INT64_MAX and 0: none */
	int64_t proven;	     /* the greatest size it signed whose root held */
	bool is_after_given; /* the key given from outside, or one that follows it */
};
struct chain {
	struct arena *arena; /* of the report */
	struct arena *own;   /* of the list */
	struct journal_report *report;
	const struct journal_verify_options *options;
	struct note_key given;
	bool has_met_given;
	int64_t first_log;     /* number of the first log that is checked */
	struct text next_vkey; /* announced by the log before */
	struct chain_key *keys; /* of the log being checked */
	size_t count, announced, last;
};
struct error *chain_open(struct chain *chain, struct arena *arena, struct journal_report *report,
			 const struct journal_verify_options *options) MUST_USE;
void chain_close(struct chain *chain);
/* A log begins; its keys as they are listed, in order of use. */
void chain_log(struct chain *chain, int64_t log, struct text origin, const struct text *vkeys,
	       size_t count);
/* Which key signed the note; says so when none did. Without any key every note counts. */
bool chain_signed(struct chain *chain, struct text note, int64_t size, size_t *no);
/* An entry of this log announces its next key. */
void chain_announce(struct chain *chain, int64_t seq, int64_t leaf, struct text vkey);
/* A checkpoint by that key holds over the entries. */
void chain_proven(struct chain *chain, size_t no, int64_t size);
/* Whether that key is the one given from outside or follows it. */
bool chain_counts(const struct chain *chain, size_t no);
void chain_end_log(struct chain *chain);
void chain_end(struct chain *chain, bool is_signed_after_given);

/* heads.c: the checkpoints of one log that a verification holds the tree against. */
struct signed_head {
	int64_t size;
	struct hash root;
	size_t key;
};
struct heads {
	struct arena *arena; /* of the report */
	struct arena *own;   /* of the list */
	struct journal_report *report;
	struct chain *chain;
	struct text origin;
	int64_t first;	     /* seq of the log's leaf 0 */
	bool is_rewritten;   /* said once */
	bool is_signed_after_given; /* something in any log */
	int64_t held;	     /* leaves covered by a checkpoint that holds */
	struct signed_head *at;
	size_t count, room;
	size_t next; /* the next to meet, in order of size */
};
void heads_open(struct heads *heads, struct chain *chain);
void heads_close(struct heads *heads);
/* A log begins: its keys are in the chain. Takes what was kept elsewhere of this log. */
void heads_log(struct heads *heads, struct text origin, int64_t first);
/* A checkpoint found under size `stored_as`, or given from outside (-1). */
void heads_add(struct heads *heads, struct text note, int64_t stored_as);
/* All added. */
void heads_sort(struct heads *heads);
/* The tree has grown to where it is. */
void heads_meet(struct heads *heads, const struct merkle *tree);
/* That checkpoint is known to hold. */
void heads_hold(struct heads *heads, const struct signed_head *head);
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
	struct chain chain;
	struct heads heads;
	struct text body;
	struct text *origins; /* of the report->logs logs that came */
	struct journal_log log; /* the one whose entries come now */
	bool has_log;
	bool is_closed; /* its "journal.close" has come */
	/* What the log before was, as its entries say. */
	struct text closed_origin, next_origin;
	struct hash closed_root;
	int64_t closed_size, closed_held;
	bool is_begin_good;
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
/* Everything that is kept for a verification; lives in `arena`. */
struct error *check_open(struct arena *arena, struct journal_report *report,
			 const struct journal_verify_options *options, struct check **check)
	MUST_USE;
void check_close(struct check **check);
#define CHECK_SCOPED __attribute__((cleanup(check_close))) struct check *
/* A log begins, with its keys as listed. Its checkpoints are added to check->heads, then sorted. */
void check_log(struct check *check, const struct journal_log *log, const struct text *vkeys,
	       size_t count);
/* The entry that stands at `seq`; `leaf` as stored, or NULL. *scan is filled when it can be read. */
struct error *check_entry(struct check *check, int64_t seq, struct text entry,
			  const struct text *leaf, struct entry_scan *scan, bool *is_read) MUST_USE;
/* All entries of the log have come. */
struct error *check_log_end(struct check *check) MUST_USE;
/* The same where no tree was grown: the log ends with this head. `is_whole`: all its entries came. */
void check_join_end(struct check *check, int64_t size, const struct hash *root, bool is_whole);
struct error *check_leaves_end(struct check *check) MUST_USE;
/* An entry about the journal itself, or one behind the end of its log (check_log.c). */
void check_own(struct check *check, int64_t seq, const struct entry_scan *scan, struct text json);
/* All logs have come. */
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
void crew_open(struct crew *crew, struct look *look, int threads);
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
	char first_time[24], last_time[24]; /* as they stand there; they never go back */
	struct hash *leaves;
	struct hash roots[RUN_TILES];
	struct text tables[RUN_TABLES_MOST];
	int32_t table_count;
	struct run_row *rows;
	size_t row_count, row_room;
	int64_t abouts;
};
struct ahead;
/* Runs from entry `first` on, `count` of them. */
struct ahead *ahead_open(struct crew *crew, int64_t first, int64_t count);
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
