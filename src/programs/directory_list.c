/* Every account as a table: read page by page, written when all of it is there. */
#include "programs/directory.h"

#include "base/day.h"
#include "base/number.h"
#include "base/say.h"
#include "base/writer.h"
#include "directory/directory.h"

#include <string.h>
#include <time.h>

enum { WANTED_MOST = 24, ROW_GROUPS_BYTES = 24000 };

/* 100 ns since 1601; 0 and the greatest number mean never. */
static int64_t
ms_of_filetime(struct text value)
{
	const int64_t epoch = 116444736000000000;
	int64_t ticks;
	if (!number_read(value, 1, INT64_MAX - 1, &ticks) || ticks <= epoch)
		return 0;
	return (ticks - epoch) / 10000;
}

/* 20261121021107Z, with or without ".0" (RFC 4517, 3.3.13); another zone than Z is not read. */
static int64_t
ms_of_generalized(struct arena *arena, struct text value)
{
	struct tm parts = { 0 };
	const char *end = strptime(text_z(arena, value), "%Y%m%d%H%M%S", &parts);
	if (end == NULL || (end[0] != 'Z' && end[0] != '.'))
		return 0;
	const time_t seconds = timegm(&parts);
	return seconds > 0 ? (int64_t)seconds * 1000 : 0;
}

static int64_t
moment_of(struct line *line, LDAPMessage *entry, const char *attribute)
{
	const struct text value = value_of(line, entry, attribute);
	if (value.len == 0)
		return 0;
	return text_ends(value, T("Z")) ? ms_of_generalized(line->arena, value) : ms_of_filetime(value);
}

/* ---- State ---- */

static const char *const state_ad[] = { "userAccountControl", "lockoutTime" };
static const char *const state_openldap[] = { "pwdAccountLockedTime", "nsAccountLock" };

static struct text
state_of_ad(struct line *line, LDAPMessage *entry)
{
	enum { ACCOUNTDISABLE = 2 };
	int64_t control = 0, locked = 0;
	(void)number_read(value_of(line, entry, state_ad[0]), 0, INT64_MAX, &control);
	(void)number_read(value_of(line, entry, state_ad[1]), 0, INT64_MAX, &locked);
	return text_format(line->arena, "%s %s", (control & ACCOUNTDISABLE) != 0 ? "disabled" : "",
			   locked != 0 ? "locked" : "");
}

/* ppolicy: this very moment means that an administrator has shut it for good. */
static struct text
state_of_openldap(struct line *line, LDAPMessage *entry)
{
	const struct text locked = value_of(line, entry, state_openldap[0]);
	const struct text shut = value_of(line, entry, state_openldap[1]);
	const bool is_disabled = text_is(locked, "000001010000Z") || text_is(shut, "true") ||
				 text_is(shut, "TRUE");
	return text_format(line->arena, "%s %s", is_disabled ? "disabled" : "",
			   !is_disabled && locked.len != 0 ? "locked" : "");
}

/* ---- Rows ---- */

static void
put(struct writer *out, struct text cell, bool is_last)
{
	struct text before, rest = cell;
	write_byte(out, '"');
	while (text_cut(rest, '"', &before, &rest)) {
		write_text(out, before);
		write_z(out, "\"\"");
	}
	write_text(out, before);
	write_z(out, is_last ? "\"\r\n" : "\",");
}

static struct text
joined(struct line *line, const struct text *names, size_t count, bool only_privileged)
{
	struct writer out = writer_open(line->arena, ROW_GROUPS_BYTES * 2);
	for (size_t at = 0; at < count; at++) {
		const struct text so_far = writer_text(&out);
		if (so_far.len + names[at].len > ROW_GROUPS_BYTES ||
		    (only_privileged && !group_is_privileged(line, names[at])))
			continue;
		if (so_far.len != 0)
			write_byte(&out, '\n');
		write_text(&out, names[at]);
	}
	return writer_text(&out);
}

static struct text
folded(struct line *line, struct text login)
{
	char *data = arena_bytes(line->arena, login.len + 1);
	for (size_t at = 0; at < login.len; at++)
		data[at] = (char)(login.data[at] >= 'A' && login.data[at] <= 'Z'
					  ? login.data[at] | 0x20
					  : login.data[at]); /* ASCII */
	return (struct text){ data, login.len };
}

static void
put_moments(struct line *line, LDAPMessage *entry, struct writer *out)
{
	const struct attributes *names = &line->conf->attributes;
	const char *const moments[] = { names->created, names->changed, names->logon };
	for (size_t at = 0; at < 3; at++)
		put(out, text_number(line->arena, moment_of(line, entry, moments[at])), false);
	const int64_t expires = moment_of(line, entry, names->expires);
	put(out, expires != 0 ? day_iso(line->arena, moment_day((struct moment){ expires })) : T(""),
	    false);
}

static void
put_groups(struct line *line, LDAPMessage *entry, struct groups *groups, struct writer *out)
{
	struct text *names = ARENA_ARRAY(line->arena, struct text, DIRECTORY_MOST_GROUPS);
	size_t named;
	struct text *memberships = values_of(line, entry, "memberOf", &named);
	char *dn = ldap_get_dn(line->ldap, entry);
	for (size_t at = 0; at < named; at++)
		memberships[at] = dn_of(line, memberships[at]);
	const size_t count = groups_of(groups, dn_of(line, text_of(dn != NULL ? dn : "")),
				       value_of(line, entry, line->conf->attributes.login),
				       memberships, named, names);
	ldap_memfree(dn);
	put(out, joined(line, names, count, false), false);
	put(out, joined(line, names, count, true), true);
}

static void
put_entry(struct line *line, LDAPMessage *entry, struct groups *groups, struct writer *out)
{
	const struct attributes *names = &line->conf->attributes;
	const char *const words[] = { names->number, names->name, names->family, names->given,
				      names->kana,   names->mail, names->unit,	 names->post };
	put(out, id_of(line, entry), false);
	put(out, folded(line, value_of(line, entry, names->login)), false);
	for (size_t at = 0; at < sizeof words / sizeof *words; at++)
		put(out, value_of(line, entry, words[at]), false);
	put(out, line->conf->is_ad ? state_of_ad(line, entry) : state_of_openldap(line, entry), false);
	put_moments(line, entry, out);
	put_groups(line, entry, groups, out);
}

static void
put_heading(struct writer *out)
{
	static const char *const names[] = { DIRECTORY_COLUMNS };
	for (size_t at = 0; at < COLUMN_COUNT; at++)
		put(out, text_of(names[at]), at + 1 == COLUMN_COUNT);
}

static char **
wanted_of(const struct line *line)
{
	const struct attributes *names = &line->conf->attributes;
	const char *const *state = line->conf->is_ad ? state_ad : state_openldap;
	const char *const all[] = { names->id,	    names->login,   names->number, names->name,
				    names->family,  names->given,   names->kana,   names->mail,
				    names->unit,    names->post,    names->created, names->changed,
				    names->logon,   names->expires, state[0],	   state[1],
				    "memberOf" };
	const char **made = ARENA_ARRAY(line->arena, const char *, WANTED_MOST);
	char **plain;
	size_t count = 0;
	for (size_t at = 0; at < sizeof all / sizeof *all; at++)
		if (all[at] != NULL)
			made[count++] = all[at];
	memcpy(&plain, &made, sizeof plain); /* libldap only reads; its type is older than const */
	return plain;
}

enum directory_status
directory_list(struct line *line, struct text *table)
{
	struct groups *groups = NULL;
	struct writer out = writer_open(line->arena, DIRECTORY_MOST_BYTES);
	struct page page = { .base = line->conf->base, .filter = line->conf->persons,
			     .wanted = wanted_of(line) };
	size_t count = 0;
	enum directory_status status = groups_read(line, &groups, table);
	put_heading(&out);
	while (status == DIRECTORY_DONE) {
		status = line_page(line, &page, table);
		LDAPMessage *entry = status == DIRECTORY_DONE
					     ? ldap_first_entry(line->ldap, page.answer)
					     : NULL;
		for (; entry != NULL && count < DIRECTORY_MOST_ENTRIES;
		     entry = ldap_next_entry(line->ldap, entry), count++)
			put_entry(line, entry, groups, &out);
		if (entry != NULL || writer_is_full(&out)) {
			*table = text_of(say("口座が多すぎます(20,000まで)。base か persons で絞ってください。"));
			status = DIRECTORY_WRONG;
		}
		if (page.cookie == NULL)
			break;
	}
	page_close(&page);
	if (status == DIRECTORY_DONE)
		*table = writer_text(&out);
	return status;
}
