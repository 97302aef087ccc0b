/*
 * The body's directory (LDAP, Active Directory): accounts read from it, persons bound to theirs, and
 * signing in with the password that the directory keeps.
 *
 * Nothing here speaks LDAP. banshod may not connect anywhere; it asks the companion bansho-directory
 * at DATA/run/directory.sock (docs/directory.md), which knows where the servers are, by which
 * certificates they are known, and the password it reads with: all of that stands in a file of the
 * operator's that no page can change.
 *
 * What comes from the directory never gives a role, a post or a right. Nobody is ended because the
 * directory no longer lists them.
 */
#ifndef BANSHO_DIRECTORY_DIRECTORY_H
#define BANSHO_DIRECTORY_DIRECTORY_H

#include "people/account.h"
#include "people/people.h"

enum {
	DIRECTORY_MOST_ENTRIES = 20000,
	DIRECTORY_MOST_BYTES = 32 << 20, /* of a table of them */
};
/* What an arena must be allowed to grow to that holds a table and its entries. */
#define DIRECTORY_ARENA ((size_t)512 << 20)

/* ---- asking the directory: slow, so neither in a look nor in an act ---- */

/* The way to the companion, and what is remembered of how it fared. One for the program. */
struct directory;
struct directory *directory_open(struct arena *into, struct text body);
/* Does this machine have a bansho-directory at all? NULL: no. */
bool directory_is_there(const struct directory *directory);

/* When a server last answered this program, and when none did; nobody is asked for it. */
struct directory_reached {
	struct moment reached, failed; /* 0: not since the program began */
	bool is_unsafe;		       /* the last failure: no certificate that is vouched for */
};
struct directory_reached directory_reached(const struct directory *directory);

/* What the companion says of itself, for the operator. */
struct directory_about {
	struct text server;   /* that answered: ldap://dc1.city.local */
	struct text security; /* "starttls", "ldaps", "off" */
	struct text base;
	int64_t servers; /* configured */
};
/* BUSY: no server answers, or none with a certificate that is vouched for; the words say which. */
struct error *directory_about(struct arena *into, struct directory *directory,
			      struct directory_about *about) MUST_USE;

/*
 * Every account, as a table to be kept between preview and applying: the whole or an error, never a
 * part (a server that stops in the middle is BUSY, a limit of the server's INVALID). Seconds for
 * thousands. Give it to directory_entries().
 */
struct error *directory_table(struct arena *into, struct directory *directory, struct text *table)
	MUST_USE;

/* One account of the directory. Texts are empty, moments 0 and days DAY_NONE where it says nothing. */
struct directory_entry {
	struct text id;	   /* stays the same however it is renamed: entryUUID, objectGUID */
	struct text login; /* narrow, lower case */
	struct text number; /* of the person, as the directory has it */
	struct text name, family, given, kana, mail, unit, post;
	bool is_disabled;
	bool is_locked;
	struct moment created, changed_password;
	struct moment last_logon; /* AD tells it up to 14 days late */
	struct day expires;
	struct text *groups; /* names, through groups in groups, sorted; at most 300 */
	size_t groups_count;
	struct text *privileged; /* of them, those the operator calls privileged */
	size_t privileged_count;
};
/*
 * The entries of such a table, by login. INVALID when it is none. They point into `into`.
 *
 *	struct text table;
 *	TRY(directory_table(arena, office->directory, &table));	(on a pool thread)
 *	TRY(directory_entries(arena, table, &list, &count));
 */
struct error *directory_entries(struct arena *into, struct text table,
				struct directory_entry **list, size_t *count) MUST_USE;

/*
 * The same entries as a table that people_import_preview() reads (IMPORT_STAFF): those with a number
 * that are not disabled. *left_out: how many are not in it.
 */
struct text directory_staff(struct arena *into, const struct directory_entry *list, size_t count,
			    size_t *left_out);

/* ---- ties: whose password the directory keeps ---- */

struct directory_tie {
	struct person_id person;
	struct text key; /* the account's id in the directory */
	struct moment since;
	/* In lists: */
	struct text name, number;
};
/* *found false: none, or it has ended. */
struct error *directory_tie(struct look *look, struct person_id person, bool *found,
			    struct directory_tie *tie) MUST_USE;
/* Living ones, without their keys, by person; `after` 0: from the beginning. */
struct error *directory_ties(struct look *look, struct person_id after, size_t most,
			     struct directory_tie **list, size_t *count) MUST_USE;
struct error *directory_ties_count(struct look *look, int64_t *count) MUST_USE;
/*
 * The directory's password opens this account no more: it is closed until somebody gives a temporary
 * password. MISSING when there is no tie. Right: accounts.
 */
struct error *directory_untie(struct act *act, struct person_id person) MUST_USE;

enum directory_match_what {
	MATCH_SAME,    /* tied to that account already */
	MATCH_OPENED,  /* the person gets an account under that login name */
	MATCH_TURNED,  /* has an account; from now on the directory's password opens it */
	MATCH_RENEWED, /* is tied, to an account that was made anew in the directory */
	MATCH_LEFT,    /* left as it is, and `why` says why */
};
struct directory_match {
	enum directory_match_what what;
	struct person_id person; /* no 0: nobody */
	struct text number, name, login;
	struct text key;
	struct text why; /* of MATCH_LEFT, for the reader */
};
struct directory_matching {
	struct directory_match *list; /* without MATCH_SAME; those left come last */
	size_t count;
	size_t opened, turned, renewed, same, left;
	size_t unlisted; /* tied, but the directory lists them no more: they stay tied */
	struct hash digest; /* of all of it: what directory_match() is bound to */
};
/*
 * Who would be tied to which account: by the number, where the directory gives one, else by a login
 * name that the person's account has already. Left as they are: disabled accounts, a number given
 * twice, persons who have left, a login name that is another's or cannot be one, and whoever holds
 * the grant operator, so that somebody can sign in when the directory is down.
 */
struct error *directory_match_preview(struct look *look, const struct directory_entry *list,
				      size_t count, struct directory_matching *matching) MUST_USE;
/*
 * Do what was previewed: an act_work; all of it or nothing. CONFLICT when it would now do something
 * else. One entry for each person ("directory.tie") and one for the whole. Sessions of accounts that
 * are turned end. Right: accounts.
 */
struct directory_match_order {
	const struct pack *pack;
	struct text table; /* of directory_table() */
	struct hash digest;
	struct directory_matching result; /* out */
};
struct error *directory_match(struct act *act, void *directory_match_order) MUST_USE;

/* ---- signing in ---- */

/*
 * After people_sign_in_prepare(): is it the directory that keeps this person's password? Then
 * sign_in->is_kept_elsewhere, and not people_sign_in_verify() is called but directory_sign_in_verify(),
 * on a thread that may wait. The act people_sign_in() is the same and counts failures alike.
 */
struct error *directory_sign_in_prepare(struct look *look, struct sign_in *sign_in) MUST_USE;
/*
 * BUSY when the directory cannot be asked: nobody is signed in and no failure is counted. An empty
 * password, an account made anew under the same name, and everything the directory refuses do not
 * match. An account that is locked or closed here is not asked for there.
 */
struct error *directory_sign_in_verify(struct arena *arena, struct directory *directory,
				       struct sign_in *sign_in) MUST_USE;

#endif
