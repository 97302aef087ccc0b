/* What the files of bansho-directory share: its configuration, a connection, lists. */
#ifndef BANSHO_PROGRAMS_DIRECTORY_H
#define BANSHO_PROGRAMS_DIRECTORY_H

#include "base/error.h"
#include "base/secret.h"
#include "directory/wire.h"

#include <ldap.h>

enum { URLS_MOST = 4, FILTER_MOST = 1000, PAGE_MOST = 1000 };

/* ---- directory_conf.c ---- */

enum security { SECURITY_STARTTLS, SECURITY_LDAPS, SECURITY_OFF };

/* Names of attributes; NULL: the directory has none of that. */
struct attributes {
	const char *id, *login, *number, *name, *family, *given, *kana, *mail, *unit, *post;
	const char *created, *changed, *logon, *expires;
};

struct directory_conf {
	const char *urls; /* separated by spaces, as libldap takes them */
	int servers;
	enum security security;
	const char *ca; /* file; NULL: those of the machine */
	const char *bind_dn, *password_file;
	const char *base, *group_base;
	const char *persons, *groups; /* filters */
	struct attributes attributes;
	bool is_ad;
	struct text privileged; /* names of groups, separated by ';' */
	const char *body;	/* NULL: any */
	int64_t seconds;	/* waited for a server */
	int64_t page;		/* entries asked for at once */
};
/* INVALID with PATH:LINE, everything that is wrong at once. */
struct error *directory_conf_read(struct arena *into, const char *path,
				  struct directory_conf *conf) MUST_USE;
const char *security_code(enum security security);

/* ---- directory_ldap.c ---- */

struct line {
	LDAP *ldap;
	const struct directory_conf *conf;
	struct arena *arena;
};
/*
 * What came of it: DIRECTORY_DONE, or what is wrong and *words for the operator. No name and no
 * password is in them.
 */
enum directory_status line_open(struct line *line, struct secret password, struct text *words);
void line_close(struct line *line);
/* The same, as the one who reads. */
enum directory_status line_trouble(struct line *line, int rc, const char *doing, struct text *words);
/* Only one search: all entries of one page. *cookie is that of the next; empty: the last. */
struct page {
	const char *base, *filter;
	char **wanted; /* attributes; ends with NULL */
	struct berval *cookie;
	LDAPMessage *answer;
};
enum directory_status line_page(struct line *line, struct page *page, struct text *words);
void page_close(struct page *page);
/* The first value, clean UTF-8 of one line; empty without one. */
struct text value_of(struct line *line, LDAPMessage *entry, const char *attribute);
/* All of them, as they are. */
struct text *values_of(struct line *line, LDAPMessage *entry, const char *attribute, size_t *count);
/* The account's id; bytes that are no text in hex. */
struct text id_of(struct line *line, LDAPMessage *entry);
/* The distinguished name, in one form, so that it can be compared. */
struct text dn_of(struct line *line, struct text dn);
/* "(&PERSONS(LOGIN=…))" with what was typed escaped (RFC 4515). */
const char *filter_for(struct line *line, struct text login);

enum directory_status directory_bind(struct line *line, struct text login, struct text password,
				     struct text *words);

/* ---- directory_list.c, directory_groups.c ---- */

/* Which groups an account is in, through groups in groups. */
struct groups;
enum directory_status groups_read(struct line *line, struct groups **groups, struct text *words);
/*
 * The names of those that `dn` or `login` is in, or that the entry names itself (memberOf); sorted, at
 * most DIRECTORY_MOST_GROUPS.
 */
size_t groups_of(struct groups *groups, struct text dn, struct text login, const struct text *named,
		 size_t named_count, struct text *names);
bool group_is_privileged(const struct line *line, struct text name);

enum directory_status directory_list(struct line *line, struct text *table);

#endif
