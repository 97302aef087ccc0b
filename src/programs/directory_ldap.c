/* One connection to a server of the directory: secured, bound as the one who reads, one page at a time. */
#include "programs/directory.h"

#include "base/hash.h"
#include "base/log.h"
#include "base/say.h"
#include "base/writer.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST = 100000, VALUE_SHOWN = 400 };

/* ---- What went wrong ---- */

/* Of the server, for the log: it may quote names, so only its first words and the code of AD. */
static struct text
ad_code(struct line *line)
{
	char *said = NULL;
	struct text code = T("");
	size_t at;
	if (ldap_get_option(line->ldap, LDAP_OPT_DIAGNOSTIC_MESSAGE, &said) == LDAP_OPT_SUCCESS &&
	    said != NULL && text_find(text_of(said), T(" data "), &at))
		code = text_copy(line->arena,
				 text_first(text_from(text_of(said), at + strlen(" data ")), 3));
	ldap_memfree(said);
	return code;
}

/* Active Directory says why only in this code, whatever result it answers. */
static const char *
ad_words(struct text code)
{
	static const struct {
		const char *code, *words;
	} known[] = {
		{ "525", N_("そのような口座がない") },
		{ "52e", N_("パスワードが違う") },
		{ "530", N_("いまの時間はサインインできない設定") },
		{ "531", N_("この端末からはサインインできない設定") },
		{ "532", N_("パスワードの期限が切れている") },
		{ "533", N_("口座が止められている") },
		{ "568", N_("グループが多すぎる") },
		{ "701", N_("口座の期限が切れている") },
		{ "773", N_("次のサインインでパスワードを変える設定") },
		{ "775", N_("口座がロックされている") },
	};
	for (size_t at = 0; at < sizeof known / sizeof *known; at++)
		if (text_is(code, known[at].code))
			return say(known[at].words);
	return say("理由は示されていない");
}

/* What libldap and the TLS library say: where it failed, no names of ours. */
static struct text
library_words(struct line *line)
{
	char *said = NULL;
	struct text words = T("");
	size_t bad_at;
	if (line->ldap != NULL &&
	    ldap_get_option(line->ldap, LDAP_OPT_DIAGNOSTIC_MESSAGE, &said) == LDAP_OPT_SUCCESS &&
	    said != NULL) {
		words = text_copy(line->arena, text_first(text_of(said), strlen(said) < VALUE_SHOWN
										 ? strlen(said)
										 : VALUE_SHOWN));
		if (!text_is_utf8(words, &bad_at))
			words = text_first(words, bad_at);
	}
	ldap_memfree(said);
	return words;
}

enum directory_status
line_trouble(struct line *line, int rc, const char *doing, struct text *words)
{
	const struct text more = library_words(line);
	*words = text_format(line->arena, say("%sときに「%s」(%d)と答えました。%.*s"), doing,
			     ldap_err2string(rc), rc, T_ARG(more));
	switch (rc) {
	case LDAP_SERVER_DOWN:
	case LDAP_TIMEOUT:
	case LDAP_UNAVAILABLE:
	case LDAP_BUSY:
	case LDAP_TIMELIMIT_EXCEEDED:
		return DIRECTORY_DOWN;
	case LDAP_CONNECT_ERROR: /* the server was reached; TLS was not agreed on */
		return DIRECTORY_UNSAFE;
	default:
		return DIRECTORY_WRONG;
	}
}

/* ---- Connecting ---- */

static bool
set_all(struct line *line)
{
	LDAP *ldap = line->ldap;
	const struct directory_conf *conf = line->conf;
	const int version = LDAP_VERSION3, demand = LDAP_OPT_X_TLS_DEMAND, never = LDAP_DEREF_NEVER;
	const int tls12 = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2, zero = 0;
	const struct timeval reach = { .tv_sec = conf->seconds }, answer = { .tv_sec = conf->seconds * 2 };
	return ldap_set_option(ldap, LDAP_OPT_PROTOCOL_VERSION, &version) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_RESTART, LDAP_OPT_ON) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_DEREF, &never) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_NETWORK_TIMEOUT, &reach) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_TIMEOUT, &answer) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_X_TLS_REQUIRE_SAN, &demand) == LDAP_OPT_SUCCESS &&
	       ldap_set_option(ldap, LDAP_OPT_X_TLS_PROTOCOL_MIN, &tls12) == LDAP_OPT_SUCCESS &&
	       (conf->ca == NULL ||
		ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTFILE, conf->ca) == LDAP_OPT_SUCCESS) &&
	       ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &zero) == LDAP_OPT_SUCCESS;
}

/*
 * ldaps:// hides a refused certificate behind "can't contact": where words of the TLS library came
 * with it, a server was there.
 */
static enum directory_status
tls_trouble(struct line *line, int rc, const char *doing, struct text *words)
{
	const enum directory_status status = line_trouble(line, rc, doing, words);
	const struct text said = library_words(line);
	const bool is_tls = line->conf->security == SECURITY_LDAPS && rc == LDAP_SERVER_DOWN &&
			    (text_has(said, T("ertificate")) || text_has(said, T("error code")) ||
			     text_has(said, T("hostname")));
	return is_tls ? DIRECTORY_UNSAFE : status;
}

static int
bind_with(struct line *line, const char *dn, struct text password)
{
	struct berval given = { .bv_len = password.len };
	/* libldap does not write through it; its type is older than const. */
	memcpy(&given.bv_val, &password.data, sizeof given.bv_val);
	return ldap_sasl_bind_s(line->ldap, dn, LDAP_SASL_SIMPLE, &given, NULL, NULL, NULL);
}

enum directory_status
line_open(struct line *line, struct secret password, struct text *words)
{
	const struct directory_conf *conf = line->conf;
	int rc = ldap_initialize(&line->ldap, conf->urls);
	if (rc != LDAP_SUCCESS)
		return line_trouble(line, rc, say("つなぐ"), words);
	if (!set_all(line)) {
		*words = text_format(line->arena, say("証明書のファイル「%s」を使えません。"),
				     conf->ca != NULL ? conf->ca : "");
		return DIRECTORY_WRONG;
	}
	if (conf->security == SECURITY_STARTTLS) {
		rc = ldap_start_tls_s(line->ldap, NULL, NULL);
		if (rc != LDAP_SUCCESS)
			return tls_trouble(line, rc, say("暗号化を始める"), words);
	}
	if (password.len == 0) {
		*words = text_of(say("読み取り用のパスワード(password-file)が空です。"));
		return DIRECTORY_WRONG;
	}
	rc = bind_with(line, conf->bind_dn, (struct text){ (const char *)password.data, password.len });
	if (rc != LDAP_SUCCESS)
		return tls_trouble(line, rc, say("読み取り用の口座(bind-dn)でつなぐ"), words);
	return DIRECTORY_DONE;
}

void
line_close(struct line *line)
{
	if (line->ldap != NULL)
		(void)ldap_unbind_ext_s(line->ldap, NULL, NULL);
	line->ldap = NULL;
}

/* ---- Reading ---- */

static int
next_cookie(struct line *line, struct page *page)
{
	LDAPControl **controls = NULL;
	ber_int_t estimate = 0;
	struct berval cookie = { 0 };
	int rc = LDAP_SUCCESS, parsed = ldap_parse_result(line->ldap, page->answer, &rc, NULL, NULL,
							  NULL, &controls, 0);
	const LDAPControl *found = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
	if (parsed == LDAP_SUCCESS && rc == LDAP_SUCCESS && found != NULL)
		parsed = ldap_parse_pageresponse_control(line->ldap, controls[0], &estimate, &cookie);
	ldap_controls_free(controls);
	ber_bvfree(page->cookie);
	page->cookie = cookie.bv_len != 0 ? ber_bvdup(&cookie) : NULL;
	ber_memfree(cookie.bv_val);
	return parsed != LDAP_SUCCESS ? parsed : rc;
}

enum directory_status
line_page(struct line *line, struct page *page, struct text *words)
{
	LDAPControl *paging = NULL, *controls[2] = { NULL, NULL };
	struct timeval wait = { .tv_sec = line->conf->seconds * 4 };
	ldap_msgfree(page->answer);
	page->answer = NULL;
	int rc = ldap_create_page_control(line->ldap, (ber_int_t)line->conf->page, page->cookie, 1,
					  &paging); /* at most PAGE_MOST */
	controls[0] = paging;
	if (rc == LDAP_SUCCESS)
		rc = ldap_search_ext_s(line->ldap, page->base, LDAP_SCOPE_SUBTREE, page->filter,
				       page->wanted, 0, controls, NULL, &wait, LDAP_NO_LIMIT,
				       &page->answer);
	ldap_control_free(paging);
	if (rc == LDAP_SUCCESS)
		rc = next_cookie(line, page);
	if (rc == LDAP_SUCCESS)
		return DIRECTORY_DONE;
	return line_trouble(line, rc, say("一覧を読む"), words);
}

void
page_close(struct page *page)
{
	ldap_msgfree(page->answer);
	ber_bvfree(page->cookie);
	page->answer = NULL;
	page->cookie = NULL;
}

struct text *
values_of(struct line *line, LDAPMessage *entry, const char *attribute, size_t *count)
{
	struct berval **values = attribute != NULL
					 ? ldap_get_values_len(line->ldap, entry, attribute)
					 : NULL;
	const int found = values != NULL ? ldap_count_values_len(values) : 0;
	const size_t most = found < VALUES_MOST ? (size_t)found : VALUES_MOST; /* not negative */
	struct text *list = ARENA_ARRAY(line->arena, struct text, most + 1);
	for (size_t at = 0; at < most; at++)
		list[at] = text_copy(line->arena,
				     (struct text){ values[at]->bv_val, values[at]->bv_len });
	ldap_value_free_len(values);
	*count = most;
	return list;
}

/* Line ends and control characters have no place in a name. */
static struct text
on_one_line(struct arena *arena, struct text value)
{
	char *data = arena_bytes(arena, value.len + 1);
	for (size_t at = 0; at < value.len; at++)
		data[at] = (unsigned char)value.data[at] < ' ' ? ' ' : value.data[at];
	return text_trim((struct text){ data, value.len });
}

struct text
value_of(struct line *line, LDAPMessage *entry, const char *attribute)
{
	size_t count, bad_at;
	const struct text *list = values_of(line, entry, attribute, &count);
	if (count == 0 || list[0].len > VALUE_SHOWN || !text_is_utf8(list[0], &bad_at))
		return T("");
	return on_one_line(line->arena, list[0]);
}

struct text
id_of(struct line *line, LDAPMessage *entry)
{
	size_t count;
	const char *attribute = line->conf->attributes.id;
	const struct text *list = values_of(line, entry, attribute, &count);
	if (count == 0 || list[0].len == 0 || list[0].len > VALUE_SHOWN)
		return T("");
	if (strcasecmp(attribute, "objectGUID") == 0)
		return text_hex(line->arena, list[0]);
	return value_of(line, entry, attribute);
}

struct text
dn_of(struct line *line, struct text dn)
{
	char *plain = NULL;
	struct text made = dn;
	if (ldap_dn_normalize(text_z(line->arena, dn), LDAP_DN_FORMAT_LDAPV3, &plain,
			      LDAP_DN_FORMAT_LDAPV3) == LDAP_SUCCESS &&
	    plain != NULL)
		made = text_of(plain);
	char *data = arena_bytes(line->arena, made.len + 1);
	for (size_t at = 0; at < made.len; at++)
		data[at] = (char)(made.data[at] >= 'A' && made.data[at] <= 'Z' ? made.data[at] | 0x20
									       : made.data[at]); /* ASCII */
	ldap_memfree(plain);
	return (struct text){ data, made.len };
}

const char *
filter_for(struct line *line, struct text login)
{
	struct berval typed = { .bv_len = login.len }, escaped = { 0 };
	memcpy(&typed.bv_val, &login.data, sizeof typed.bv_val); /* read only; older than const */
	if (login.len == 0 || ldap_bv2escaped_filter_value(&typed, &escaped) != 0)
		return NULL;
	const struct text filter =
		text_format(line->arena, "(&%s(%s=%.*s))", line->conf->persons,
			    line->conf->attributes.login, (int)escaped.bv_len, escaped.bv_val);
	ber_memfree(escaped.bv_val);
	return text_z(line->arena, filter);
}

/* ---- Is it their password? ---- */

/* Exactly one account, or none: REFUSED. */
static enum directory_status
find_one(struct line *line, struct text login, const char **dn, struct text *id, struct text *words)
{
	const char *wanted[] = { line->conf->attributes.id, NULL };
	struct timeval wait = { .tv_sec = line->conf->seconds * 2 };
	LDAPMessage *answer = NULL;
	char **attributes;
	memcpy(&attributes, &(const char **){ wanted }, sizeof attributes); /* older than const */
	const char *filter = filter_for(line, login);
	if (filter == NULL)
		return DIRECTORY_REFUSED;
	const int rc = ldap_search_ext_s(line->ldap, line->conf->base, LDAP_SCOPE_SUBTREE, filter,
					 attributes, 0, NULL, NULL, &wait, 2, &answer);
	const int found = ldap_count_entries(line->ldap, answer);
	enum directory_status status = DIRECTORY_REFUSED;
	LDAPMessage *entry = found == 1 ? ldap_first_entry(line->ldap, answer) : NULL;
	char *name = entry != NULL ? ldap_get_dn(line->ldap, entry) : NULL;
	if (rc != LDAP_SUCCESS && rc != LDAP_SIZELIMIT_EXCEEDED) {
		status = line_trouble(line, rc, say("口座を探す"), words);
	} else if (found > 1) {
		log_warn("同じログイン名の口座が、ディレクトリに二つ以上あります。");
	} else if (name != NULL && name[0] != '\0') { /* an empty one would be nobody's bind */
		*dn = text_z(line->arena, text_of(name));
		*id = id_of(line, entry);
		status = DIRECTORY_DONE;
	}
	ldap_memfree(name);
	ldap_msgfree(answer);
	return status;
}

enum directory_status
directory_bind(struct line *line, struct text login, struct text password, struct text *words)
{
	const char *dn = NULL;
	struct text id = T("");
	if (password.len == 0 || login.len == 0) /* RFC 4513, 5.1.2: no password is no proof */
		return DIRECTORY_REFUSED;
	const enum directory_status found = find_one(line, login, &dn, &id, words);
	if (found != DIRECTORY_DONE)
		return found;
	const int rc = bind_with(line, dn, password);
	switch (rc) {
	case LDAP_SUCCESS:
		*words = id;
		return DIRECTORY_DONE;
	case LDAP_INVALID_CREDENTIALS:
	case LDAP_UNWILLING_TO_PERFORM:
	case LDAP_CONSTRAINT_VIOLATION:
	case LDAP_INSUFFICIENT_ACCESS:
	case LDAP_INAPPROPRIATE_AUTH:
	case LDAP_NO_SUCH_OBJECT:
		log_say("ディレクトリがサインインを断りました（%d、%s）。", rc, ad_words(ad_code(line)));
		return DIRECTORY_REFUSED;
	default:
		return line_trouble(line, rc, say("パスワードを確かめる"), words);
	}
}
