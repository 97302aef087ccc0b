/* What only the files of this room know. */
#ifndef BANSHO_PEOPLE_ROOMS_H
#define BANSHO_PEOPLE_ROOMS_H

#include "people/account.h"
#include "people/erase.h"
#include "people/notice.h"
#include "people/organisation.h"
#include "people/people_sql.h"

#include "base/writer.h"

enum {
	UNIT_MOST_DEPTH = 20, /* of the tree; closure ids allow 63 */
	DAY_FIRST = -1000000, /* stands for "from ever" and "open" where SQL compares */
	DAY_LAST = 10000000,
	SEALING_STEP = 2, /* of our schema: from it on personal data is sealed */
};

/* Days in the store: NULL, which compiled queries give and take as 0, is DAY_NONE. */
int64_t day_kept(struct day day);
struct day day_from_kept(int64_t no);
int64_t day_first(struct day since);
int64_t day_last(struct day until);
bool day_is_within(struct day day, struct day since, struct day until);
struct day act_today(const struct act *act);
struct day look_today(const struct look *look);
int64_t minutes_ms(int64_t minutes);

/* INVALID when empty, longer than PEOPLE_MOST_NAME characters, or of several lines. */
struct error *words_check(const char *field, struct text words) MUST_USE;
/* The same, but empty is allowed. */
struct error *words_check_optional(const char *field, struct text words) MUST_USE;
/* INVALID when the end lies before the beginning. */
struct error *period_check(struct day since, struct day until) MUST_USE;
/* Of what ends: what has not begun may end before it begins, and then never was. */
struct error *end_check(const struct act *act, struct day since, struct day last) MUST_USE;

struct text about_number(struct arena *into, const char *kind, int64_t no);
/* Note a fact about up to three objects (kind NULL: none) with up to four pairs. */
struct noting {
	const char *act;
	struct text about[3];
	struct fact_pair pairs[5];
};
struct error *people_note(struct act *act, const struct noting *noting) MUST_USE;

struct text language_code(enum language language);
enum language language_read(struct text code);

/* "山田　太郎". */
struct text name_join(struct arena *into, struct text family, struct text given);
/* "山田 太郎" at its first white space; all in *family without one. */
void name_split(struct text name, struct text *family, struct text *given);
/* Bring what search sees of the person up to date. */
struct error *person_index(struct act *act, struct person_id id) MUST_USE;

/* ---- the directory in memory (directory.c) ---- */

struct directory_search {
	struct text words;
	int64_t day; /* without with_ended: who still serves then */
	bool with_ended;
	bool is_narrowed;
	const int64_t *ids; /* ascending; with is_narrowed: of these only */
	size_t ids_count;
	struct text after_sort;
	int64_t after; /* 0: from the beginning */
	size_t most;
};
struct directory_found {
	int64_t id;
	struct text sort;
};
/* By sort, then id; `found` has room for search->most. */
struct error *directory_search(struct look *look, const struct directory_search *search,
			       struct directory_found *found, size_t *count) MUST_USE;

/* ---- Attempts (attempts.c) ---- */

struct people_account_get_row;
/* 32 random bytes as hex, and what the store keeps of them. */
struct text token_new(struct arena *into, struct hash *kept);
/* Sets sign_in->is_known. */
struct error *attempts_prepare(struct look *look, struct sign_in *sign_in) MUST_USE;
/* Does a lock keep this one out? */
bool attempts_lock(const struct act *act, const struct sign_in *sign_in,
		   const struct people_account_get_row *row);
struct error *attempts_failed(struct act *act, const struct sign_in *sign_in,
			      const struct people_account_get_row *row) MUST_USE;
/* It was they: counts begin anew, and the browser is known from now on. */
struct error *attempts_passed(struct act *act, struct sign_in *sign_in,
			      const struct people_account_get_row *row) MUST_USE;
/* A notice to the owner that something about signing in has changed: ASVS 5.0 6.3.7. */
struct error *password_told(struct act *act, struct person_id person, const char *words) MUST_USE;
/* Of too many sessions the oldest end. */
struct error *sessions_trim(struct act *act, const struct pack *pack, struct person_id person) MUST_USE;
/* 0, for NULL, is a password: what sessions were opened with before it was kept. */
unsigned methods_from_kept(int64_t kept);
/* One more wrong attempt; the caller notes it. */
struct error *account_count_failure(struct act *act, const struct pack *pack,
				    const struct people_account_get_row *row) MUST_USE;

/* Login names as they are kept: narrow, lower case. */
struct text login_fold(struct arena *into, struct text login);
bool login_is_well_formed(struct text login);
struct error *login_clash(struct look *look, struct text login, bool *clashes) MUST_USE;

/* Roles a post newly carries from `since` on, and those it no longer does. */
struct error *post_set_roles(struct act *act, const struct post *post, struct day since) MUST_USE;

/* Insert, without noting a fact: the import notes one per person. */
struct error *person_insert(struct act *act, const struct person *person, struct person_id *id)
	MUST_USE;
struct error *person_update(struct act *act, const struct person *person) MUST_USE;
/* Write the row and nothing else, without rules. */
struct error *person_write(struct act *act, const struct person *person) MUST_USE;
struct error *person_check(struct look *look, const struct person *person) MUST_USE;
/* Ends everything the person has after `last`. */
struct error *person_close(struct act *act, struct person_id person, struct day last) MUST_USE;
struct error *assignment_insert(struct act *act, const struct assignment *assignment,
				struct assignment_id *id) MUST_USE;
struct error *account_insert(struct act *act, const struct pack *pack, struct person_id person,
			     struct text login, const struct new_password *password) MUST_USE;
struct error *unit_insert(struct act *act, const struct unit *unit, struct unit_id *id) MUST_USE;
struct error *unit_update(struct act *act, const struct unit *unit) MUST_USE;
struct error *unit_change_from(struct act *act, const struct unit *unit, struct day from) MUST_USE;
/* After any change of a unit, its forms, its end or its successor (tree.c). */
struct error *tree_refresh(struct act *act, struct unit_id unit) MUST_USE;

/* People of firms: INVALID when nothing covers them on all of the days; staff need no cover. */
struct error *worker_check(struct look *look, struct person_id person, enum employment employment,
			   struct day since, struct day until) MUST_USE;
struct error *worker_check_today(struct look *look, struct person_id person) MUST_USE;
/* Workers of an engagement go no further than `last` (worker.c). */
struct error *workers_cut(struct act *act, int64_t engagement, struct day last) MUST_USE;

struct text beside_code(enum beside beside);
enum beside beside_read(struct text code);
enum employment employment_from(struct text kept);
struct text employment_kept(enum employment employment); /* NULL for regular */

#endif
