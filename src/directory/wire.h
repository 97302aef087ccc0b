/*
 * What banshod and bansho-directory say to each other: a companion's request (base/companion.h) of
 * these words, then the input; answered with one of these states and bytes.
 *
 *	about BODY			DONE: lines server, security, base, servers
 *	bind BODY LOGIN, input PASSWORD	DONE: the account's id; REFUSED
 *	list BODY			DONE: a table, headings as below
 * Otherwise the bytes say, in words for the operator, what is wrong.
 */
#ifndef BANSHO_DIRECTORY_WIRE_H
#define BANSHO_DIRECTORY_WIRE_H

enum directory_status {
	DIRECTORY_DONE = 0,
	DIRECTORY_REFUSED = 3, /* the password is not that account's, or there is no such account */
	DIRECTORY_DOWN = 4,    /* no server answers */
	DIRECTORY_UNSAFE = 5,  /* it answers, but not with a certificate that is vouched for */
	DIRECTORY_WRONG = 6,   /* it answers, but something is set up wrongly, here or there */
};

/* The columns of the table, in this order. Lists have one name a line. Moments are ms since 1970. */
#define DIRECTORY_COLUMNS                                                                              \
	"id", "login", "number", "name", "family", "given", "kana", "mail", "unit", "post", "state",  \
		"created", "changed", "logon", "expires", "groups", "privileged"
enum directory_column {
	COLUMN_ID,
	COLUMN_LOGIN,
	COLUMN_NUMBER,
	COLUMN_NAME,
	COLUMN_FAMILY,
	COLUMN_GIVEN,
	COLUMN_KANA,
	COLUMN_MAIL,
	COLUMN_UNIT,
	COLUMN_POST,
	COLUMN_STATE, /* "disabled", "locked" or both, separated by a space */
	COLUMN_CREATED,
	COLUMN_CHANGED, /* the password */
	COLUMN_LOGON,
	COLUMN_EXPIRES, /* a day, 2026-03-31 */
	COLUMN_GROUPS,
	COLUMN_PRIVILEGED,
	COLUMN_COUNT,
};
enum { DIRECTORY_MOST_GROUPS = 300 };

#endif
