/*
 * The store of one body: a SQLite file in WAL mode with synchronous=FULL.
 *
 * The one law: nothing changes except in an act, and every act leaves an entry. Code that may read
 * receives a `struct look *`: a snapshot on a read-only connection. Code that may change receives a
 * `struct act *`, which only the store's writer thread makes. Compiled queries that write take a
 * `struct act *`, so a write outside an act does not compile.
 *
 * Acts of a body run one after another, on its writer thread or, when nobody else writes, on the
 * thread that called store_act(). What has queued up, each act in a savepoint, is committed together
 * with one fsync and answered after it. An act that changed a row without
 * noting a fact is undone and reported as broken. Work in an act has no effect outside the store.
 */
#ifndef BANSHO_STORE_STORE_H
#define BANSHO_STORE_STORE_H

#include "base/day.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/histogram.h"
#include "base/say.h"

struct store;
struct connection; /* private to the store */

/* A snapshot to read from. Values read from it live in its arena. */
struct look {
	struct store *store;
	struct connection *connection;
	struct arena *arena;
	struct moment now;
};

/* Who acts. Ids are 0 when there is none (a program acts: `through` names it). */
struct actor {
	int64_t person;
	int64_t post;
	int64_t deputy_for; /* the person in whose place, 0 in their own right */
	struct text role;   /* the pack's role code, or empty */
	struct text through; /* "web", "cli", "clock", "demo" */
};

enum { FACT_MOST_ABOUT = 8, FACT_MOST_CLAUSES = 16, FACT_MOST_PAIRS = 24 };

/* One named value of a fact: `text`, or `number` when text.data is NULL. No personal data here. */
struct fact_pair {
	const char *name;
	struct text text;
	int64_t number;
};

/*
 * What an act did, in words the journal keeps: act is "room.verb", about[0] is the object it was
 * done to ("dossier:12"), further abouts are objects whose history should show it too.
 */
struct fact {
	const char *act;
	struct text about[FACT_MOST_ABOUT];
	struct text clauses[FACT_MOST_CLAUSES];
	struct fact_pair pairs[FACT_MOST_PAIRS];
};

struct noted; /* private: facts with the digests of the rows they changed */

struct act {
	struct look look;
	struct actor actor;
	struct noted *first_noted, *last_noted;
	int64_t last_changes; /* rows changed by the last statement */
};

/* How many rows the act's last changing statement touched. */
int64_t act_changes(const struct act *act);

/* One step of a body's schema. Numbered from 1 within its room; never edited once published. */
struct migration {
	const char *room;
	int number;
	const char *sql;
};

/* Every step of every room, in floor order; made at build time (dependency `schema`). */
extern const struct migration bansho_migrations[];

/* The digest of one row as it stood when noted; is_gone when the row was deleted. */
struct row_digest {
	struct text table;
	int64_t id;
	bool is_gone;
	struct hash digest;
};

/* A fact as the journal receives it, inside the transaction of its change. */
struct store_note {
	const struct fact *fact;
	const struct actor *actor;
	struct moment at;
	struct hash salt; /* of the row digests; kept beside the entry, not in it */
	const struct row_digest *rows;
	size_t row_count;
};

/* The journal plugs in here (it stands a floor above). */
struct store_journal {
	void *self;
	/* Append the entry; runs in the act's transaction. */
	struct error *(*append)(void *self, struct act *act, const struct store_note *note);
	/* Before an act when what was appended last may be gone (it was undone), or not the last any
	 * more (another process has appended). */
	struct error *(*begin)(void *self, struct act *act);
	/* The transaction is committed (true) or failed and undone (false). */
	void (*end)(void *self, bool is_committed);
};

/* What to do with a store that lacks steps of the schema. */
enum store_steps {
	STEPS_TAKE,   /* take them, in place */
	STEPS_REFUSE, /* CONFLICT: an installed Bansho changes a copy only (`bansho upgrade`) */
	STEPS_LEAVE,  /* leave the schema as old as it is: for `bansho rollback` alone */
};

struct store_options {
	const char *path;
	bool may_create;
	bool is_read_only;		      /* looks only: no migration, no writer */
	/*
	 * The ring of keys, outside the store (docs/security.md); NULL: sealed columns can neither be
	 * written nor read. Made when the store knows of none yet; MISSING when it does and it is not
	 * there. A store opened to read does without.
	 */
	const char *ring;
	enum store_steps steps;		      /* of a store that is there; a new one gets all */
	const struct migration *migrations; /* ends with room NULL */
	struct moment (*clock)(void *with); /* NULL for the machine's clock */
	void *clock_with;
};

/*
 * Open the store and bring its schema up to date, in one transaction: a migration that fails leaves
 * the store as it was. A store made by a newer Bansho, or one whose published migration differs, is
 * refused.
 */
struct error *store_open(struct arena *into, const struct store_options *options,
			 struct store **store) MUST_USE;
/* How many steps of `migrations` the store that `look` sees lacks. */
struct error *store_steps_lacking(struct look *look, const struct migration *migrations,
				  size_t *count) MUST_USE;
/*
 * Bring everything into the one file at `path`, so that it can be renamed or linked: no write-ahead
 * log is left beside it. CONFLICT while another process has it open.
 */
struct error *store_settle(struct arena *arena, const char *path) MUST_USE;

/*
 * Whether the store's schema has that step. A store opened read-only may come from an earlier
 * Bansho; what stands on a later step than a room's first asks before it reads.
 */
struct error *store_has_step(struct look *look, struct text room, int64_t number, bool *has)
	MUST_USE;
/* Finishes what is queued, then closes. */
void store_close(struct store *store);
/* Attach the journal before the first act. */
void store_attach(struct store *store, const struct store_journal *journal);
const char *store_path(const struct store *store);

/* Open a snapshot; `arena` is where its values go. End it soon: it holds back WAL checkpoints. */
struct error *look_begin(struct store *store, struct arena *arena, struct look *look) MUST_USE;
void look_end(struct look *look);
/* For who will read most of the file, once: without copying its pages. */
void look_map(struct look *look);
/* False in an act, which sees its own changes and may yet be undone. */
bool look_is_snapshot(const struct look *look);
#define LOOK_SCOPED __attribute__((cleanup(look_end))) struct look

typedef struct error *act_work(struct act *act, void *with);

/* An act to be done. Belongs to the store from submit until `done` is called (on the writer). */
struct act_order {
	act_work *work;
	void *with;
	struct arena *arena; /* the act's; nobody else may use it meanwhile */
	struct actor actor;
	enum language language;
	/* Called after the commit (error NULL) or the refusal; the error lives in `arena`. */
	void (*done)(struct act_order *order, struct error *error);
	void *done_with;
	struct act_order *next; /* private */
	int64_t submitted_us;	/* private */
};

void store_submit(struct store *store, struct act_order *order);

/* What the writer has done since the store was opened; counted without a lock. */
struct store_counts {
	_Atomic uint64_t done, refused; /* acts */
	_Atomic uint64_t commits;
	_Atomic int64_t waiting; /* acts submitted and not yet taken up */
	struct histogram seconds; /* of acts, from submit to answer */
};
const struct store_counts *store_counts(const struct store *store);
/* Submit and wait. Not from inside an act. */
struct error *store_act(struct store *store, struct arena *arena, const struct actor *actor,
			act_work *work, void *with) MUST_USE;

/*
 * Keeping what was worked out from a snapshot (rights, the tree of units) for the looks that follow,
 * until anybody changes the body's file; nothing is kept in acts. A kind is a constant of the caller's
 * own, its address is its name; what a value depends on besides the store must be in the key: a
 * person, a day, the pack. No personal data.
 *
 *	const struct kept_key key = { &thing_kept, pack, person, day.no };
 *	const struct thing *kept = look_kept(look, &key);
 *	if (kept == NULL) {
 *		struct look keeping = look_to_keep(look);
 *		... make it with &keeping, in keeping.arena ...
 *		look_keep(&keeping, &key, made);
 *	}
 * A kept value is valid as long as the look.
 */
struct kept_kind {
	const char *name;
};
struct kept_key {
	const struct kept_kind *what;
	const void *of;
	int64_t first, second;
};
const void *look_kept(struct look *look, const struct kept_key *key);
struct look look_to_keep(struct look *look);
void look_keep(struct look *keeping, const struct kept_key *key, const void *value);

/* Close the entry of what was changed since the last note. The fact is copied. */
struct error *act_note(struct act *act, const struct fact *fact) MUST_USE;

/*
 * Cover a row by the next note although this act has not changed it: as it stands, or as gone when
 * there is no such row (or table). For what puts an older state back.
 */
struct error *act_touch(struct act *act, struct text table, int64_t id) MUST_USE;

/* The next number of a series ("dossier:2026", "person"), from 1, inside the act's transaction. */
struct error *act_number(struct act *act, struct text series, int64_t *number) MUST_USE;

/* No number that the series of the newer store gave out is given out here again. */
struct error *act_numbers_after(struct act *act, struct look *newer) MUST_USE;

/* A setting of the body ("body.name"): empty text when it was never set. */
struct error *store_setting(struct look *look, struct text name, struct text *value) MUST_USE;
/* Change it; the caller notes the fact. */
struct error *act_set(struct act *act, struct text name, struct text value) MUST_USE;

/* ---- Keys: what is sealed at rest (queryc: -- sealed TABLE.COLUMN by OWNER) ---- */

enum key_state {
	KEY_HELD,
	KEY_ERASED,  /* destroyed on purpose: what was sealed reads （消去済み） */
	KEY_MISSING, /* not in the ring */
};

enum { KEY_OF_BODY = 0 }; /* its owner: files, and values that are no person's */

bool store_has_ring(const struct store *store);
/* A store that has sealed anything names its ring, so that another body's is refused. */
struct error *store_ring_name(struct look *look, struct text *name) MUST_USE;
struct error *act_name_ring(struct act *act) MUST_USE;
enum key_state store_key_state(struct store *store, int64_t owner);
/* Give the owner a key unless they have one; it is on disk before the act is committed. */
struct error *act_key_make(struct act *act, int64_t owner) MUST_USE;
/*
 * Destroy the owner's key once this act is committed, and clear the write-ahead log of what it held.
 * *mark tells which key it was (its SHA-256 with a prefix; zeros when it was gone already). After a
 * crash in between, store_key_destroy() at the next opening finishes it.
 */
struct error *act_key_drop(struct act *act, int64_t owner, struct hash *mark) MUST_USE;
struct error *store_key_destroy(struct store *store, int64_t owner) MUST_USE;

/* A copy of the ring file, and bringing one back (store/ring.h says what wins). */
struct error *store_keys_export(const char *ring, const char *to) MUST_USE;
struct error *store_keys_import(const char *from, const char *ring, int64_t *taken) MUST_USE;

/* Files beside the store, sealed under the body's key. Written durably, mode 0600. */
struct error *store_file_write(struct store *store, const char *path, struct text plain) MUST_USE;
/* BROKEN when it was changed. What an older Bansho left in plain is read as it is. */
struct error *store_file_read(struct store *store, struct arena *into, const char *path,
			      size_t limit, struct text *plain) MUST_USE;
/* Seal what lies in plain in the folder; goes on where it stopped. */
struct error *store_files_seal(struct store *store, const char *folder) MUST_USE;

/*
 * Once per file, after values were sealed that stood there in plain: rewrite the whole file and empty
 * the write-ahead log, so that no free page keeps them. BUSY while another program reads.
 */
struct error *store_scrub(struct store *store) MUST_USE;

/*
 * Rooms above may keep an index in memory with the store (people: names for searching; assure: answers
 * of rules), four at most. `open` makes it on first use and is its name; it is closed with the store.
 */
void *store_index(struct store *store, void *(*open)(void), void (*close)(void *index));

/* A consistent copy of the whole store to a new file, while others read and write. */
struct error *store_backup(struct store *store, const char *to,
			   void (*progress)(void *with, int64_t done, int64_t all), void *with)
	MUST_USE;

/*
 * The rows of every journalled table, in parts that several looks may walk at the same time: in
 * order of their tables' names and of ids, which `first` and `last` include.
 */
struct row_part {
	struct text table;
	int64_t first, last;
};
struct error *store_row_parts(struct look *look, struct row_part **parts, size_t *count) MUST_USE;

/*
 * Call `each` for every row of a part with its digest under the salt that `salt_of` gives for it
 * (false: no entry knows this row). For verification.
 */
struct row_check {
	void *with;
	bool (*salt_of)(void *with, struct text table, int64_t id, struct hash *salt);
	struct error *(*each)(void *with, const struct row_digest *row);
};
struct error *store_walk_part(struct look *look, const struct row_part *part,
			      const struct row_check *check) MUST_USE;
/* All parts, one after another. */
struct error *store_walk_rows(struct look *look, const struct row_check *check) MUST_USE;

/* For tests: the n-th store call from now fails (1 is the next); 0 switches off. */
void store_fault_at(struct store *store, int64_t n);
/* For tests: the file may not grow beyond so many pages, as on a full disk (at least what it has). */
void store_test_most_pages(struct store *store, int pages);
/* How many store calls were made since store_fault_at. */
int64_t store_fault_calls(const struct store *store);

#endif
