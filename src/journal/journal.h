/*
 * The journal (記録簿): one entry per noted fact, in the transaction of its change, hashed into an
 * RFC 6962 Merkle tree whose heads (検証点) are C2SP signed-note checkpoints made by bansho-sealer.
 * Nobody, the administrator included, can change it unnoticed, and a third party can verify it
 * without our server. Formats: docs/journal.md.
 *
 * An entry is canonical JSON (RFC 8785). It holds no personal data: rows are named by table and id
 * with a salted digest, persons by their number. Sequence numbers count from 0.
 */
#ifndef BANSHO_JOURNAL_JOURNAL_H
#define BANSHO_JOURNAL_JOURNAL_H

#include "journal/merkle.h"
#include "journal/note.h"
#include "store/store.h"

/* ---- Writing: plug the journal into a store ---- */

struct journal;

/*
 * Attach the journal of body `body` (its code, "takamatsu-demo") to a store that was opened for
 * writing. Call before the first act. Lives in `into`, which must outlive the store: close the store
 * first. After this every act_note() of the store appends an entry; more rows than fit one entry
 * (JOURNAL_ROWS_MOST) go on in further entries of the same act, marked "part": 2, 3 …
 */
struct error *journal_open(struct arena *into, struct store *store, struct text body,
			   struct journal **journal) MUST_USE;

enum { JOURNAL_ROWS_MOST = 300, JOURNAL_ENTRY_MOST = 65535 };

/*
 * Size and root over the first `before` entries (JOURNAL_ALL: over all), hashed anew from the
 * entries alone: neither stored leaves nor tiles are believed. Reads only columns that the first
 * version had, so that the store of an older Bansho can be measured before it is touched.
 */
#define JOURNAL_ALL INT64_MAX
struct error *journal_measure(struct look *look, int64_t before, int64_t *size, struct hash *root)
	MUST_USE;

/*
 * Into an older state of the same store: append, byte for byte, the entries of `newer` from our size
 * on, with their salts, index and checkpoints, and touch (act_touch) every row they name, so that the
 * caller's note, which must follow in the same act, says how these rows stand now. The journal only
 * grows; what the entries did is undone by an entry. *count is how many were carried. CONFLICT when
 * `newer` does not begin with our tree.
 */
struct error *journal_carry(struct act *act, struct journal *journal, struct look *newer,
			    int64_t *count) MUST_USE;

/* ---- Logs: one per fiscal year (年度), each beginning with the last head of the one before ---- */

/*
 * Entries are numbered on over all logs; in a log's tree the leaf of entry `seq` is seq - first. A
 * log's place is its fiscal year ("2026"); its origin is "<body>.bansho/journal/2026", or without
 * the year for the first log of a body that 0.1.0 made.
 */
struct journal_log {
	int64_t no;	/* 0, 1, … */
	int64_t first;	/* seq of its leaf 0 */
	int64_t size;	/* entries it has in this look */
	bool is_closed; /* another one follows */
	struct text origin, place;
};
enum { JOURNAL_LOGS_MOST = 200, JOURNAL_KEYS_MOST = 4000 };

/* Oldest first; none in an empty journal. */
struct error *journal_logs(struct look *look, struct journal_log **logs, size_t *count) MUST_USE;
/* The log that entries are added to now. *found false in an empty journal. */
struct error *journal_log_now(struct look *look, bool *found, struct journal_log *log) MUST_USE;
/* The log that holds entry `seq`. MISSING when there is no such entry. */
struct error *journal_log_at(struct look *look, int64_t seq, struct journal_log *log) MUST_USE;

/* A public key of a log, as a C2SP vkey line. */
struct journal_key {
	struct text vkey;
	int64_t seq; /* of the entry that announced it; -1: the key the body began with */
};
/* In order of use. A log announced but not signed yet has its first key already. */
struct error *journal_keys(struct look *look, const struct journal_log *log,
			   struct journal_key **keys, size_t *count) MUST_USE;

/* ---- Sealing: checkpoints, made by the companion program bansho-sealer ---- */

struct sealer;

/*
 * Start `program` ("…/bansho-sealer") for the body under the data folder, or connect to the one that
 * runs as a service (base/dial.h: sealer/CODE.sock). It is started again when it has died. One sealer serves one thread at a time (it locks itself).
 */
struct error *sealer_start(struct arena *into, const char *program, const char *data,
			   struct text body, struct sealer **sealer) MUST_USE;
void sealer_end(struct sealer *sealer);
/* The public key it signs with. MISSING when it has none. */
struct error *sealer_vkey(struct sealer *sealer, struct arena *into, struct text *vkey) MUST_USE;
/*
 * The checkpoint it signed last of the log `origin` (empty: of the one that goes on) and that log's
 * key; each empty where there is none.
 */
struct error *sealer_note(struct sealer *sealer, struct arena *into, struct text origin,
			  struct text *note, struct text *vkey) MUST_USE;

/*
 * Have the present tree signed and keep the checkpoint. Waits for the writer: not from inside an
 * act. Nothing to do (an empty journal, or already signed) is success. REFUSED when the sealer will
 * not sign, because the journal does not extend what it signed before; MISSING when it has no key;
 * BROKEN when it cannot be spoken to. Acts go on meanwhile and nothing is lost.
 */
struct error *journal_seal(struct store *store, struct sealer *sealer) MUST_USE;

/*
 * Roll the key: the sealer makes the next key, an entry "journal.key" announces it, a checkpoint
 * over that entry is signed with the old key, and the old key is erased. Errors as of
 * journal_seal(); what was begun is finished by the next journal_seal() of any program.
 */
struct error *journal_roll(struct store *store, struct sealer *sealer, const struct actor *actor)
	MUST_USE;
/*
 * Close the present log and begin that of the fiscal year in which the store's clock stands: one
 * act, two entries ("journal.close", "journal.begin"). CONFLICT when that year's log, or a later
 * one, is already open. Errors and finishing as above.
 */
struct error *journal_turn(struct store *store, struct sealer *sealer, const struct actor *actor)
	MUST_USE;
/*
 * What time asks for (bansho-clock): a turn when the fiscal year has changed, a roll when the key
 * is as many days old as the setting journal.key-days says (1 when unset, 0 for never) and an entry
 * was made under it.
 */
struct journal_due {
	bool turn, roll;
};
struct error *journal_due(struct look *look, struct journal_due *due) MUST_USE;

/* A thread that seals after commits: at most once a second, or at once when 256 entries wait. */
struct sealing;
struct error *sealing_start(struct arena *into, struct store *store, struct journal *journal,
			    struct sealer *sealer, struct sealing **sealing) MUST_USE;
/* Seals what is left, then ends. Before store_close(). NULL is allowed. */
void sealing_stop(struct sealing *sealing);

/* How the journal stands, for pages and health. */
struct journal_state {
	int64_t size;	     /* entries of all logs, in this look's snapshot */
	int64_t signed_size; /* entries the newest checkpoint covers, with the logs before its own */
	struct moment signed_at;
	struct text trouble; /* why sealing does not succeed just now, or empty */
};
/* `sealing` NULL: `trouble` stays empty (another process seals). */
struct error *journal_state(struct look *look, struct sealing *sealing,
			    struct journal_state *state) MUST_USE;

/* ---- Reading ---- */

struct journal_pair {
	struct text name;
	struct text text; /* data NULL: the value is `number` */
	int64_t number;
};

struct journal_entry {
	int64_t seq;
	struct moment at;
	struct text act;  /* "dossier.decide" */
	struct text body;
	struct text *about;
	size_t about_count;
	struct text *clauses;
	size_t clause_count;
	struct journal_pair *pairs;
	size_t pair_count;
	struct row_digest *rows;
	size_t row_count;
	struct actor who;
	int64_t part;	  /* 1, or 2, 3 … for an entry that goes on with the rows of the one before */
	struct text json; /* the entry itself, the bytes that are hashed */
	struct hash leaf;
};

/* Before everything that will ever be: pass as `before` for the newest. */
#define JOURNAL_NEWEST INT64_MAX

/*
 * Entries whose seq is less than `before`, newest first, at most `most` (up to 500). With `about`
 * ("dossier:12") only those about that object; empty for all. The next page begins with `before` =
 * the last seq got.
 */
struct error *journal_history(struct look *look, struct text about, int64_t before, int64_t most,
			      struct journal_entry **entries, size_t *count) MUST_USE;
/* The newest entry about that object, without reading it; 0: there is none. */
struct error *journal_last_about(struct look *look, struct text about, int64_t *seq) MUST_USE;
/* MISSING when there is no such entry. */
struct error *journal_entry_read(struct look *look, int64_t seq, struct journal_entry *entry)
	MUST_USE;
struct error *journal_size(struct look *look, int64_t *size) MUST_USE;

/* How often an act stands in a stretch of the journal; an entry in several parts counts once. */
struct journal_tally {
	struct text act;
	int64_t count;
};
struct journal_span {
	int64_t first, last; /* the entries looked at; last < first: none */
	struct journal_tally *acts; /* newest first met */
	size_t count;
};
/* From a moment on and before another. Whoever has a bundle can count the same. */
struct error *journal_count_acts(struct look *look, struct moment from, struct moment until,
				 struct journal_span *span) MUST_USE;

struct journal_checkpoint {
	struct head head;  /* its size counts from the log's first entry */
	int64_t log;	   /* number of its log */
	int64_t first;	   /* seq of that log's leaf 0 */
	struct text note; /* the signed note itself */
	struct moment at; /* when it was kept, by our clock */
};
struct error *journal_latest_checkpoint(struct look *look, bool *found,
					struct journal_checkpoint *checkpoint) MUST_USE;
/* The newest of one log. */
struct error *journal_log_checkpoint(struct look *look, const struct journal_log *log, bool *found,
				     struct journal_checkpoint *checkpoint) MUST_USE;
/* The smallest-size checkpoint that covers entry `seq`. */
struct error *journal_checkpoint_over(struct look *look, int64_t seq, bool *found,
				      struct journal_checkpoint *checkpoint) MUST_USE;
/* The newest public key that the store knows, as a C2SP vkey line; empty before the first. */
struct error *journal_vkey(struct look *look, struct text *vkey) MUST_USE;

/* The root over the first `size` entries of a log. */
struct error *journal_root(struct look *look, const struct journal_log *log, int64_t size,
			   struct hash *root) MUST_USE;
/* RFC 6962 proofs from the store's tiles, in leaf numbers of the log. INVALID for impossible ones. */
struct error *journal_inclusion(struct look *look, const struct journal_log *log, int64_t leaf,
				int64_t size, struct merkle_proof *proof) MUST_USE;
struct error *journal_consistency(struct look *look, const struct journal_log *log, int64_t from,
				  int64_t to, struct merkle_proof *proof) MUST_USE;
/*
 * A C2SP tlog-proof of entry `seq` in the newest checkpoint of its log. CONFLICT when no checkpoint
 * covers it yet.
 */
struct error *journal_prove(struct look *look, int64_t seq, struct text *words) MUST_USE;

/*
 * Files of a log as C2SP tlog-tiles serves them, from the store and never beyond its newest
 * checkpoint. `level` -1 is for the entries. *found false when there is no such tile or width.
 */
struct error *journal_tile(struct look *look, const struct journal_log *log, int level, int64_t no,
			   int64_t width, bool *found, struct text *bytes) MUST_USE;

/* ---- Verifying ---- */

enum journal_finding_kind {
	FINDING_ENTRY_EDITED,	/* an entry is not what was hashed */
	FINDING_ENTRY_MISSING,	/* a number is skipped */
	FINDING_ENTRY_MOVED,	/* an entry stands at another number than its own */
	FINDING_ENTRY_STRANGE,	/* not an entry in canonical form, or of another body */
	FINDING_INDEX_WRONG,	/* the index behind object histories disagrees with the entries */
	FINDING_TAIL_CUT,	/* fewer entries than a checkpoint covers */
	FINDING_REWRITTEN,	/* another root than a checkpoint signed */
	FINDING_TILE_WRONG,	/* a tile is missing or disagrees */
	FINDING_CHECKPOINT_BAD,	/* not a checkpoint of this journal, or its signature fails */
	FINDING_KEY_OTHER,	/* signed with, or naming, another key than the one given */
	FINDING_ROW_EDITED,	/* a row is not what its last entry says */
	FINDING_ROW_ADDED,	/* a row no entry knows */
	FINDING_ROW_REMOVED,	/* a row is gone without an entry */
	FINDING_KEY_MISSING,	/* a person's key is gone, and nobody erased them */
	FINDING_KEY_KEPT,	/* a person was erased, but their key is still there */
	FINDING_LOG_BROKEN,	/* a log does not begin with the last head of the one before */
	FINDING_COSIGNATURE_BAD, /* a kept cosignature is not one of its checkpoint */
	FINDING_STAMP_BAD,	/* a time-stamp is not one of its checkpoint, or not what its entry says */
	FINDING_FILE_STRANGE,	/* (bundles) a file that is missing, unreadable or too many */
	FINDING_CLOCK_BACK,	/* (a remark) the clock said an earlier time than for the entry before */
};
/* "entry-edited", "tail-cut" … for machines. */
const char *journal_finding_name(enum journal_finding_kind kind);

struct journal_finding {
	enum journal_finding_kind kind;
	int64_t seq;	   /* the entry concerned (for a row: that last wrote it), or -1 */
	struct text table; /* the row concerned, or empty */
	int64_t id;
	struct text words; /* for a person */
};

enum { JOURNAL_FINDINGS_MOST = 1000, JOURNAL_COSIGNERS_MOST = 20 };

/* How far one witness has cosigned. */
struct journal_cosigner {
	struct text name;
	int64_t end;	  /* entries covered, 0 when none */
	struct moment at; /* of its newest cosignature over them, by its clock */
};

struct journal_report {
	int64_t size;	     /* entries read */
	int64_t signed_size; /* covered by checkpoints whose signatures and roots hold */
	int64_t logs;	     /* how many logs were read */
	int64_t checkpoints; /* how many were checked */
	int64_t rows;	     /* store rows compared */
	/* For tests and benches: entries that threads read ahead; when the rows' turn came. */
	int64_t ahead, rows_begin_us;
	bool is_key_given;   /* false: the signature was only checked with the key that came along */
	struct text vkey;    /* the key used, empty when there was none */
	struct hash root;    /* of the newest log */
	bool has_ring;	     /* keys were compared too (people_verify_keys) */
	int64_t *erased;     /* persons erased whose proofs hold: the first JOURNAL_FINDINGS_MOST */
	int64_t erased_total;
	struct journal_finding *findings; /* the first JOURNAL_FINDINGS_MOST */
	size_t finding_count;
	struct journal_cosigner *cosigners; /* every witness asked for or chosen by the body */
	size_t cosigner_count;
	int64_t stamps;		 /* time-stamps checked */
	struct moment stamped_at; /* of the newest good one */
	int64_t finding_total; /* 0: in order. Entries behind signed_size are merely not yet signed. */
	/* Among the findings, but not counted as such: true things a reader should know. A clock set
	   right after it went wrong must not spoil the journal for ever. */
	int64_t remark_total;
};

struct journal_verify_options {
	/* The key as known from elsewhere (a vkey line); empty: the one found in the store or bundle. */
	struct text vkey;
	/* Checkpoints kept from earlier (signed notes): reports, other bodies, sealer_note_read(). */
	const struct text *earlier;
	size_t earlier_count;
	/* Keys of witnesses (vkey lines) beside those the body has chosen. */
	const struct text *witnesses;
	size_t witness_count;
	/* Called now and then; NULL without. */
	void (*progress)(void *with, int64_t done, int64_t all);
	void *progress_with;
	/* Threads that read ahead: 0 as many as processors, below 0 none. Findings do not depend on it. */
	int threads;
};

/*
 * Verify a whole store: every entry hashed again, sequence, leaves, tiles, every checkpoint, every
 * row against its last entry. The report lives in look->arena. What is wrong with the journal is a
 * finding; an error means the verification itself could not be done.
 */
struct error *journal_verify_store(struct look *look, const struct journal_verify_options *options,
				   struct journal_report *report) MUST_USE;

/* The checkpoint the sealer last signed (DATA/seal/<body>/[<place>/]head), which even a store put back as a
 * whole to an earlier state must still extend: give it as `earlier`. *found false without one. */
struct error *sealer_note_read(struct arena *into, const char *data, struct text body, bool *found,
			       struct text *note) MUST_USE;

/* For rooms above that verify what they know of: one erased person, one finding about a person. */
void journal_report_erased(struct journal_report *report, int64_t person);
void journal_report_key(struct arena *arena, struct journal_report *report,
			enum journal_finding_kind kind, int64_t person);

/* The report as one JSON object (`--json`), and as lines for a person in the thread's language. */
struct text journal_report_json(struct arena *into, const struct journal_report *report);
struct text journal_report_words(struct arena *into, const struct journal_report *report);

/* ---- Bundles: what a third party verifies offline, without the store ---- */

struct journal_export_options {
	struct text about; /* one object with proofs ("dossier:12"); empty for the whole journal */
	void (*progress)(void *with, int64_t done, int64_t all);
	void *progress_with;
};

/*
 * Write everything up to the newest checkpoints: for each log its checkpoints, keys, and C2SP
 * tlog-tiles (entries and tiles), or for one object its entries each with a C2SP tlog-proof; and how
 * to verify. To a ZIP file when `path` ends with ".zip", otherwise to a folder; either is made
 * beside and put in place whole. CONFLICT when nothing is signed yet. Layout: docs/journal.md.
 */
struct error *journal_export(struct look *look, const struct journal_export_options *options,
			     const char *path) MUST_USE;

/* Verify a bundle (ZIP file or folder) without the store; rows are not compared. */
struct error *journal_verify_bundle(struct arena *into, const char *path,
				    const struct journal_verify_options *options,
				    struct journal_report *report) MUST_USE;

#endif
