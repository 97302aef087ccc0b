/*
 * Import of the organisation and of staff: previewed, then applied as previewed; nobody is ended by omission.
 */
#ifndef BANSHO_PEOPLE_IMPORT_H
#define BANSHO_PEOPLE_IMPORT_H

#include "people/account.h"
#include "people/people.h"

/* --- import --- */

enum people_import_kind { IMPORT_UNITS, IMPORT_STAFF };
enum { IMPORT_MOST_ROWS = 20000, IMPORT_MOST_BYTES = 8 << 20 };
/* What the arena of a preview or import must be allowed to grow to; 4,000 rows take 30 MiB. */
#define IMPORT_ARENA ((size_t)512 << 20)

struct people_import_options {
	enum people_import_kind kind;
	struct day day;		 /* from which what changes is valid; DAY_NONE: today */
	bool ends_missing;	 /* end (the day before) units or persons that the file lacks */
	bool leaves_out_faulty;	 /* apply the good rows although others are faulty */
	bool keeps_blank;	 /* a list that does not know everything: an empty cell leaves what is
				    there, and who has left stays so */
	bool opens_accounts;	 /* for persons without one, where the file gives a login name */
};

enum import_what { IMPORT_SAME, IMPORT_ADDED, IMPORT_CHANGED, IMPORT_ENDED };

struct import_field {
	const char *label; /* 氏名 (message id) */
	struct text was;
	struct text becomes;
};
struct import_change {
	enum import_what what;
	int64_t line;	   /* in the file; 0 for what the file lacks */
	struct text about; /* "person:12"; empty when added */
	struct text key;   /* employee number or unit code */
	struct text name;
	struct import_field *fields;
	size_t fields_count;
};
struct import_fault {
	int64_t line;
	struct text column; /* as the file heads it; empty: the row as a whole */
	struct text wrong;  /* what is wrong and what would be right, for the person */
	bool is_hint;	    /* does not keep the row out */
};
struct import_column {
	struct text heading;
	const char *meaning; /* message id; NULL: not used */
};
/* An account that the import would open: `clear` and `password` are empty until
   people_import_passwords(). */
struct initial_password {
	struct text number;
	struct text login;
	struct text clear;
	struct new_password password;
};
struct people_import {
	struct text encoding;
	char separator;
	struct import_column *columns;
	size_t columns_count;
	size_t rows; /* data rows */
	struct import_change *changes; /* without IMPORT_SAME */
	size_t changes_count;
	size_t added, changed, ended, same;
	struct import_fault *faults;
	size_t faults_count;
	size_t hints; /* of them */
	struct initial_password *accounts; /* with opens_accounts: those that would be opened */
	size_t accounts_count;
	struct hash digest; /* of file, options and every change: what people_import() is bound to */
};
/*
 * Read the file and say what it would do; nothing changes. INVALID when it is no table, or a column
 * that is needed is missing (the words name the headings understood). Right: people.edit.
 */
struct error *people_import_preview(struct look *look, const struct people_import_options *options,
				    struct text file, struct people_import *import) MUST_USE;

/*
 * Make the temporary passwords of import->accounts: slow (20 ms each), so neither in a look nor in an
 * act. `progress` may be NULL.
 */
struct error *people_import_passwords(struct arena *into, struct people_import *import,
				      void (*progress)(void *with, int64_t done, int64_t all),
				      void *with) MUST_USE;
/* The list as CSV (UTF-8 with BOM) to hand out once. */
struct text people_import_passwords_csv(struct arena *into, const struct initial_password *list,
					size_t count);

/*
 * Apply what was previewed: an act_work. CONFLICT when the file, or what it would now do, is not
 * what `digest` stands for. INVALID when rows are faulty and leaves_out_faulty is not set. One entry
 * per person or unit, and one for the import with the file's digest.
 */
struct people_import_order {
	const struct pack *pack;
	struct people_import_options options;
	struct text file;
	struct hash digest;
	const struct initial_password *passwords; /* import.accounts, made */
	size_t passwords_count;
	struct people_import result; /* out */
};
struct error *people_import(struct act *act, void *people_import_order) MUST_USE;

#endif
