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

struct store_options {
	const char *path;
	bool may_create;
	bool is_read_only;		      /* looks only: no migration, no writer */
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
};

void store_submit(struct store *store, struct act_order *order);
/* Submit and wait. Not from inside an act. */
struct error *store_act(struct store *store, struct arena *arena, const struct actor *actor,
			act_work *work, void *with) MUST_USE;

/* Close the entry of what was changed since the last note. The fact is copied. */
struct error *act_note(struct act *act, const struct fact *fact) MUST_USE;

/* The next number of a series ("dossier:2026", "person"), from 1, inside the act's transaction. */
struct error *act_number(struct act *act, struct text series, int64_t *number) MUST_USE;

/* A setting of the body ("body.name"): empty text when it was never set. */
struct error *store_setting(struct look *look, struct text name, struct text *value) MUST_USE;
/* Change it; the caller notes the fact. */
struct error *act_set(struct act *act, struct text name, struct text value) MUST_USE;

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
