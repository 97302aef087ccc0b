/* What only the command line's own files know. */
#ifndef BANSHO_CLI_ROOMS_H
#define BANSHO_CLI_ROOMS_H

#include "cli/body.h"
#include "cli/cli.h"

#include "base/json.h"
#include "base/writer.h"
#include "people/import.h"

/* ---- commands and options ---- */

enum { CALL_MOST_OPTIONS = 64, CALL_MOST_WORDS = 16 };

/* One option of a command: --name, or --name ARGUMENT. */
struct known_option {
	const char *name;
	const char *argument; /* what stands behind it, for the help; NULL: nothing does */
	const char *help;     /* message id */
};

struct given_option {
	const struct known_option *known;
	struct text value;
};

struct call {
	struct arena *arena;
	const struct command *command;
	struct given_option given[CALL_MOST_OPTIONS];
	size_t given_count;
	struct text words[CALL_MOST_WORDS]; /* what is no option, the command's name left out */
	size_t words_count;
	bool is_json;
	int status; /* EXIT_FINE or EXIT_FOUND; an error is EXIT_UNABLE */
};

struct command {
	const char *name;
	const char *usage; /* behind "bansho NAME" */
	const char *about; /* message id: one line, then what else one must know */
	size_t least_words, most_words;
	bool needs_data; /* --data must be given */
	const struct known_option *options; /* its own; ends with name NULL */
	struct error *(*run)(struct call *call);
	bool is_owners;	    /* root becomes the bodies' owner to run it */
	bool reads_no_conf; /* would not work with a faulty configuration otherwise */
};

extern const struct command commands[]; /* ends with name NULL */
extern const struct known_option common_options[];

bool call_has(const struct call *call, const char *option);
/* The last value given; data NULL when it was not. */
struct text call_text(const struct call *call, const char *option);
/* The same for library borders; NULL when it was not given. */
const char *call_z(const struct call *call, const char *option);
/* `usual` when it was not given; INVALID out of bounds. */
struct error *call_number(const struct call *call, const char *option, int64_t least, int64_t most,
			  int64_t usual, int64_t *number) MUST_USE;
/* Must be given. */
struct error *call_must(const struct call *call, const char *option, struct text *value) MUST_USE;
/* Every value of an option that may be given several times. */
size_t call_all(const struct call *call, const char *option, struct text *values, size_t most);

/*
 * When root runs us and DATA/bodies belongs to somebody else: become that user for good. For `run`,
 * which would otherwise serve strangers as root.
 */
struct error *become_owner(const struct call *call) MUST_USE;

/* ---- output ---- */

/* To stdout, in the thread's language. */
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void print_text(struct text text);
/* Write what `out` holds and a line end. */
struct error *print_writer(struct writer *out) MUST_USE;
/* A list of errors to stderr, one line each, "place: words". */
void print_errors(const struct error *error);
void put_errors_json(struct json *json, const struct error *error);
struct text json_of_error(struct arena *into, const struct error *error);

/* A line on stderr for anything longer than a second. */
struct progress {
	const char *doing; /* message id */
	int64_t began, last;
	bool is_shown;
};
struct progress progress_begin(const char *doing);
/* A callback of the rooms; with is a struct progress *. all 0: unknown. */
void progress_step(void *progress, int64_t done, int64_t all);
void progress_end(struct progress *progress);

/* ---- bodies ---- */

/* By --data and --body; read only for what changes nothing. */
struct error *call_body(const struct call *call, bool is_read_only, struct body *body) MUST_USE;
/* One act of the command line. */
struct error *call_act(struct body *body, act_work *work, void *with) MUST_USE;
struct error *setting_of(struct body *body, const char *name, struct text *value) MUST_USE;

/* ---- tables from outside ---- */

enum { SHEET_MOST = 32 << 20 };
/*
 * A file people handed in (CSV, TSV, XLSX), read by the jailed bansho-sheet, as CSV in UTF-8. INVALID
 * with row and column when it is no table.
 */
struct error *sheet_csv(const struct call *call, const char *path, struct text *csv,
			struct text *encoding) MUST_USE;

/* ---- ZIP files of backups ---- */

struct zip_part {
	const char *name; /* in the archive */
	const char *path; /* the file with its bytes */
};
struct error *zip_pack(const char *to, const struct zip_part *parts, size_t count,
		       struct progress *progress) MUST_USE;
/* Into `folder`; names that would leave it, or too many of them, are refused. */
struct error *zip_unpack(struct arena *arena, const char *from, const char *folder,
			 struct progress *progress) MUST_USE;

/* ---- proof ---- */

/* --key and --checkpoint, as verify and restore take them. */
struct error *read_proof_options(struct call *call, struct journal_verify_options *options,
				 struct progress *progress) MUST_USE;
/* `ring` NULL: keys are not compared. */
struct error *verify_store_at(struct call *call, const char *path, const char *ring,
			      const struct journal_verify_options *options,
			      struct journal_report *report) MUST_USE;
/* Sign what is not signed yet; when it cannot be, say so and go on. */
void seal_if_possible(struct body *body);
/* A bundle to a ZIP file or a new folder, with --about. */
struct error *export_journal(struct call *call, struct text to) MUST_USE;

/* ---- the commands ---- */

struct error *run_init(struct call *call) MUST_USE;
struct error *run_setup(struct call *call) MUST_USE;
struct error *run_setup_code(struct call *call) MUST_USE;
struct error *run_upgrade(struct call *call) MUST_USE;
struct error *run_rollback(struct call *call) MUST_USE;
struct error *run_config(struct call *call) MUST_USE;
struct error *run_demo(struct call *call) MUST_USE;
struct error *run_run(struct call *call) MUST_USE;
struct error *run_import(struct call *call) MUST_USE;
struct error *run_user(struct call *call) MUST_USE;
struct error *run_keys(struct call *call) MUST_USE;
struct error *run_person(struct call *call) MUST_USE;
struct error *run_pack(struct call *call) MUST_USE;
/* What `bansho pack WORD` does, besides check. */
struct error *run_pack_diff(struct call *call) MUST_USE;
struct error *run_pack_versions(struct call *call) MUST_USE;
struct error *run_pack_propose(struct call *call) MUST_USE;
struct error *run_pack_touched(struct call *call) MUST_USE;
struct error *run_pack_answer(struct call *call) MUST_USE;
struct error *run_pack_publish(struct call *call) MUST_USE;
struct error *run_pack_withdraw(struct call *call) MUST_USE;
struct error *run_pack_walk(struct call *call) MUST_USE;
struct error *pack_draft(struct call *call) MUST_USE; /* its draft part */
struct error *run_evidence(struct call *call) MUST_USE;
struct error *run_transfer(struct call *call) MUST_USE;
struct error *run_reconcile(struct call *call) MUST_USE;
struct error *run_permit(struct call *call) MUST_USE;
struct error *run_oscal(struct call *call) MUST_USE;
struct error *run_verify(struct call *call) MUST_USE;
struct error *run_journal(struct call *call) MUST_USE;
struct error *run_audit(struct call *call) MUST_USE;
struct error *run_export(struct call *call) MUST_USE;
struct error *run_backup(struct call *call) MUST_USE;
struct error *run_restore(struct call *call) MUST_USE;
struct error *run_status(struct call *call) MUST_USE;

/* init and setup: the person who may do everything else in the pages. */
struct first_person {
	struct body *body;
	struct person person;
	struct text login;
	struct new_password password;
	struct person_id id; /* given */
	struct text clear;   /* the temporary password */
};
struct error *first_person_add(struct call *call, struct first_person *first) MUST_USE;
/* 山田 花子 as family and given name. */
void first_person_name(struct call *call, struct text name, struct person *person);

/* A pack's folder by the name it has among those that came with us, or as given. */
const char *pack_place(const struct call *call, struct text name);
/* The folder of the packs that came with us, or NULL. */
const char *packs_folder(const struct call *call);

struct error *import_people(struct call *call, struct body *body, struct text file,
			    struct text encoding) MUST_USE;
struct error *import_ledger(struct call *call, struct body *body, struct text file) MUST_USE;

#endif
