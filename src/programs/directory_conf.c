/* The operator's file: where the directory is, and how it calls what we ask for. */
#include "programs/directory.h"

#include "base/file.h"
#include "base/number.h"
#include "base/say.h"

#include <string.h>

enum { CONF_BYTES = 64 << 10, VALUE_MOST = 2000 };

enum key {
	KEY_KIND,
	KEY_URL,
	KEY_TLS,
	KEY_CA,
	KEY_BIND_DN,
	KEY_PASSWORD_FILE,
	KEY_BASE,
	KEY_GROUP_BASE,
	KEY_PERSONS,
	KEY_GROUPS,
	KEY_PRIVILEGED,
	KEY_BODY,
	KEY_SECONDS,
	KEY_PAGE,
	KEY_ID,
	KEY_LOGIN,
	KEY_NUMBER,
	KEY_NAME,
	KEY_FAMILY,
	KEY_GIVEN,
	KEY_KANA,
	KEY_MAIL,
	KEY_UNIT,
	KEY_POST,
	KEY_CREATED,
	KEY_CHANGED,
	KEY_LOGON,
	KEY_EXPIRES,
	KEY_COUNT,
};

/* The usual value with Active Directory, and with OpenLDAP. Without either it must be said. */
static const struct {
	const char *name, *ad, *openldap;
	bool is_needed;
} keys[KEY_COUNT] = {
	[KEY_KIND] = { "kind", "", "", true },
	[KEY_URL] = { "url", NULL, NULL, true },
	[KEY_TLS] = { "tls", "starttls", "starttls", true },
	[KEY_CA] = { "ca", NULL, NULL, false },
	[KEY_BIND_DN] = { "bind-dn", NULL, NULL, true },
	[KEY_PASSWORD_FILE] = { "password-file", NULL, NULL, false },
	[KEY_BASE] = { "base", NULL, NULL, true },
	[KEY_GROUP_BASE] = { "group-base", NULL, NULL, false },
	[KEY_PERSONS] = { "persons",
			  "(&(objectCategory=person)(objectClass=user))", "(objectClass=inetOrgPerson)", true },
	[KEY_GROUPS] = { "groups", "(objectClass=group)",
			 "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))", true },
	[KEY_PRIVILEGED] = { "privileged",
			     "Administrators;Domain Admins;Enterprise Admins;Schema Admins;Account Operators;"
			     "Server Operators;Backup Operators;Print Operators;DnsAdmins;Group Policy Creator Owners",
			     NULL, false },
	[KEY_BODY] = { "body", NULL, NULL, false },
	[KEY_SECONDS] = { "seconds", "5", "5", true },
	[KEY_PAGE] = { "page", "500", "500", true },
	[KEY_ID] = { "id", "objectGUID", "entryUUID", true },
	[KEY_LOGIN] = { "login", "sAMAccountName", "uid", true },
	[KEY_NUMBER] = { "number", "employeeNumber", "employeeNumber", false },
	[KEY_NAME] = { "name", "displayName", "cn", false },
	[KEY_FAMILY] = { "family", "sn", "sn", false },
	[KEY_GIVEN] = { "given", "givenName", "givenName", false },
	[KEY_KANA] = { "kana", "msDS-PhoneticDisplayName", NULL, false },
	[KEY_MAIL] = { "mail", "mail", "mail", false },
	[KEY_UNIT] = { "unit", "department", "departmentNumber", false },
	[KEY_POST] = { "post", "title", "title", false },
	[KEY_CREATED] = { "created", "whenCreated", "createTimestamp", false },
	[KEY_CHANGED] = { "changed", "pwdLastSet", "pwdChangedTime", false },
	[KEY_LOGON] = { "last-logon", "lastLogonTimestamp", "authTimestamp", false },
	[KEY_EXPIRES] = { "expires", "accountExpires", NULL, false },
};

struct reading {
	struct arena *arena;
	const char *path;
	const char *values[KEY_COUNT];
	int64_t lines[KEY_COUNT];
	struct error *faults;
};

#define fault(reading, line, ...)                                                              \
	error_add(&(reading)->faults,                                                          \
		  reject(text_format((reading)->arena, "%s:%lld", (reading)->path, (long long)(line)).data, __VA_ARGS__))

const char *
security_code(enum security security)
{
	switch (security) {
	case SECURITY_STARTTLS:
		return "starttls";
	case SECURITY_LDAPS:
		return "ldaps";
	case SECURITY_OFF:
		break;
	}
	return "off";
}

static void
read_line(struct reading *reading, struct text line, int64_t number)
{
	struct text name, value;
	line = text_trim(line);
	if (line.len == 0 || line.data[0] == '#')
		return;
	if (!text_cut(line, '=', &name, &value)) {
		fault(reading, number, "「項目 = 値」の形で書いてください。");
		return;
	}
	name = text_trim(name);
	value = text_trim(value);
	for (int at = 0; at < KEY_COUNT; at++) {
		if (!text_is(name, keys[at].name))
			continue;
		if (reading->values[at] != NULL)
			fault(reading, number, "「%s」が二度あります。", keys[at].name);
		else if (value.len > VALUE_MOST)
			fault(reading, number, "長すぎます。");
		reading->values[at] = text_z(reading->arena, value);
		reading->lines[at] = number;
		return;
	}
	fault(reading, number, "「%.*s」という項目はありません。docs/directory.md に一覧があります。", T_ARG(name));
}

static void
fill_usual(struct reading *reading, bool is_ad)
{
	for (int at = 0; at < KEY_COUNT; at++) {
		if (reading->values[at] == NULL)
			reading->values[at] = is_ad ? keys[at].ad : keys[at].openldap;
		else if (reading->values[at][0] == '\0') /* said to be none */
			reading->values[at] = NULL;
		if (reading->values[at] == NULL && keys[at].is_needed)
			fault(reading, reading->lines[at], "「%s」を書いてください。", keys[at].name);
	}
}

/* Plain only where no packet leaves the machine. A longer name only looks like ours. */
static bool
is_own_machine(struct text url)
{
	static const char *const own[] = { "ldap://127.0.0.1", "ldap://[::1]", "ldap://localhost" };
	if (text_starts(url, T("ldapi://")))
		return true;
	for (size_t at = 0; at < sizeof own / sizeof *own; at++) {
		const struct text rest = text_from(url, strlen(own[at]));
		if (text_starts(url, text_of(own[at])) &&
		    (rest.len == 0 || rest.data[0] == ':' || rest.data[0] == '/'))
			return true;
	}
	return false;
}

static void
check_url(struct reading *reading, struct text url, enum security security)
{
	const int64_t line = reading->lines[KEY_URL];
	const bool is_ldaps = text_starts(url, T("ldaps://"));
	if (!is_ldaps && !text_starts(url, T("ldap://")) && !text_starts(url, T("ldapi://")))
		fault(reading, line, "ldap:// か ldaps:// で始まるアドレスを、空白で区切って書いてください。");
	else if (is_ldaps != (security == SECURITY_LDAPS))
		fault(reading, line, "tls = ldaps のときは ldaps://、そのほかのときは ldap:// で書いてください。");
	else if (security == SECURITY_OFF && !is_own_machine(url))
		fault(reading, reading->lines[KEY_TLS], "tls = off は、この機械の中(ldap://127.0.0.1、ldapi://)だけで使えます。starttls か ldaps にしてください。");
}

static void
read_urls(struct reading *reading, struct directory_conf *conf)
{
	struct text one, rest = text_of(reading->values[KEY_URL]);
	for (bool more = true; more;) {
		more = text_cut(rest, ' ', &one, &rest);
		if (one.len == 0)
			continue;
		check_url(reading, one, conf->security);
		if (++conf->servers > URLS_MOST) {
			fault(reading, reading->lines[KEY_URL], "サーバーは%d台までです。", URLS_MOST);
			return;
		}
	}
	conf->urls = reading->values[KEY_URL];
}

static void
read_security(struct reading *reading, struct directory_conf *conf)
{
	const struct text value = text_of(reading->values[KEY_TLS]);
	if (text_is(value, "ldaps"))
		conf->security = SECURITY_LDAPS;
	else if (text_is(value, "off"))
		conf->security = SECURITY_OFF;
	else if (!text_is(value, "starttls"))
		fault(reading, reading->lines[KEY_TLS], "starttls、ldaps、off のどれかを書いてください。");
}

static int64_t
read_number(struct reading *reading, enum key key, int64_t least, int64_t most)
{
	int64_t number = least;
	if (!number_read(text_of(reading->values[key]), least, most, &number))
		fault(reading, reading->lines[key], "%lldから%lldまでの数を書いてください。", (long long)least,
		      (long long)most);
	return number;
}

static void
check_filter(struct reading *reading, enum key key)
{
	const struct text filter = text_of(reading->values[key]);
	if (filter.len > FILTER_MOST || !text_starts(filter, T("(")) || !text_ends(filter, T(")")))
		fault(reading, reading->lines[key], "( で始まり ) で終わる、%d文字までの検索条件を書いてください。",
		      FILTER_MOST);
}

static void
settle(struct reading *reading, struct directory_conf *conf)
{
	const char *const *values = reading->values;
	const char *group_base = values[KEY_GROUP_BASE];
	read_security(reading, conf);
	read_urls(reading, conf);
	check_filter(reading, KEY_PERSONS);
	check_filter(reading, KEY_GROUPS);
	conf->ca = values[KEY_CA];
	conf->bind_dn = values[KEY_BIND_DN];
	conf->password_file = values[KEY_PASSWORD_FILE];
	conf->base = values[KEY_BASE];
	conf->group_base = group_base != NULL ? group_base : conf->base;
	conf->persons = values[KEY_PERSONS];
	conf->groups = values[KEY_GROUPS];
	conf->privileged = text_of(values[KEY_PRIVILEGED] != NULL ? values[KEY_PRIVILEGED] : "");
	conf->body = values[KEY_BODY];
	conf->seconds = read_number(reading, KEY_SECONDS, 1, 15);
	conf->page = read_number(reading, KEY_PAGE, 10, PAGE_MOST);
	conf->attributes = (struct attributes){
		.id = values[KEY_ID],	      .login = values[KEY_LOGIN],
		.number = values[KEY_NUMBER], .name = values[KEY_NAME],
		.family = values[KEY_FAMILY], .given = values[KEY_GIVEN],
		.kana = values[KEY_KANA],     .mail = values[KEY_MAIL],
		.unit = values[KEY_UNIT],     .post = values[KEY_POST],
		.created = values[KEY_CREATED], .changed = values[KEY_CHANGED],
		.logon = values[KEY_LOGON],   .expires = values[KEY_EXPIRES],
	};
}

struct error *
directory_conf_read(struct arena *into, const char *path, struct directory_conf *conf)
{
	struct reading reading = { .arena = into, .path = path };
	struct text bytes, line;
	size_t bad_at;
	int64_t number = 0;
	TRY(file_read(into, path, CONF_BYTES, &bytes));
	if (!text_is_utf8(bytes, &bad_at))
		return reject(path, "UTF-8で書いてください。");
	for (bool more = true; more;) {
		more = text_cut(bytes, '\n', &line, &bytes);
		read_line(&reading, line, ++number);
	}
	const char *kind = reading.values[KEY_KIND];
	*conf = (struct directory_conf){ .is_ad = kind != NULL && strcmp(kind, "ad") == 0 };
	if (kind == NULL || (!conf->is_ad && strcmp(kind, "openldap") != 0))
		fault(&reading, reading.lines[KEY_KIND], "kind = ad (Active Directory) か kind = openldap を書いてください。");
	fill_usual(&reading, conf->is_ad);
	if (reading.faults != OK)
		return reading.faults;
	settle(&reading, conf);
	return reading.faults;
}
