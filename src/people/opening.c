/* The one way to a session, what was shown in it, and showing more. */
#include "people/rooms.h"

enum {
	IDLE_MINUTES = 30,
	SESSION_HOURS = 12,
	ADDRESS_MOST = 64,
	AGENT_MOST = 200,
	WITH_MOST = 40,
	SHOWN_MOST = 400,
};

struct method_name {
	enum session_method method;
	unsigned kinds;
	const char *code;
	const char *words;
};

static const struct method_name methods_known[] = {
	{ METHOD_PASSWORD, KIND_KNOWN, "password", N_("パスワード") },
	{ METHOD_DIRECTORY, KIND_KNOWN, "directory", N_("庁内のパスワード") },
	{ METHOD_TOTP, KIND_HELD, "totp", N_("確認コード") },
	{ METHOD_KEY, KIND_HELD, "key", N_("セキュリティキー") },
	{ METHOD_PASSKEY, KIND_HELD | KIND_KNOWN, "passkey", N_("パスキー") },
	{ METHOD_CARD, KIND_HELD, "card", N_("ICカード") },
	{ METHOD_CARD_PIN, KIND_HELD | KIND_KNOWN, "card-pin", N_("ICカードと暗証番号") },
	{ METHOD_TICKET, KIND_KNOWN, "ticket", N_("端末のサインイン") },
};
enum { METHODS = sizeof methods_known / sizeof *methods_known };

unsigned
people_kinds(unsigned methods)
{
	unsigned kinds = 0;
	for (size_t at = 0; at < METHODS; at++)
		if ((methods & methods_known[at].method) != 0)
			kinds |= methods_known[at].kinds;
	return kinds;
}

int
people_kinds_count(unsigned kinds)
{
	return ((kinds & KIND_KNOWN) != 0) + ((kinds & KIND_HELD) != 0) + ((kinds & KIND_BEING) != 0);
}

static const struct method_name *
name_of(enum session_method method)
{
	for (size_t at = 1; at < METHODS; at++)
		if (methods_known[at].method == method)
			return &methods_known[at];
	return &methods_known[0];
}

const char *
session_method_code(enum session_method method)
{
	return name_of(method)->code;
}

const char *
session_method_words(enum session_method method)
{
	return say(name_of(method)->words);
}

bool
session_method_read(struct text code, enum session_method *method)
{
	for (size_t at = 0; at < METHODS; at++)
		if (text_is(code, methods_known[at].code)) {
			*method = methods_known[at].method;
			return true;
		}
	return false;
}

/* Joined by `between`, as codes or in words. */
static struct text
join(struct arena *into, unsigned methods, const char *between, bool is_words)
{
	struct text joined = { 0 };
	for (size_t at = 0; at < METHODS; at++) {
		const struct method_name *name = &methods_known[at];
		const char *words = is_words ? say(name->words) : name->code;
		if ((methods & name->method) != 0)
			joined = joined.len == 0
					 ? text_of(words)
					 : text_format(into, "%.*s%s%s", T_ARG(joined), between, words);
	}
	return joined;
}

struct text
session_methods_words(struct arena *into, unsigned methods)
{
	return join(into, methods, say("、"), true);
}

unsigned
methods_from_kept(int64_t kept)
{
	return kept == 0 ? (unsigned)METHOD_PASSWORD : (unsigned)kept; /* written from an unsigned */
}

/* At most `most` bytes, and no half character at the end. */
static struct text
cut_to(struct text words, size_t most)
{
	size_t bad_at;
	if (words.len > most)
		words = text_first(words, most);
	return text_is_utf8(words, &bad_at) ? words : text_first(words, bad_at);
}

static struct text
new_token(struct arena *into, struct hash *kept)
{
	unsigned char random[TOKEN_LEN / 2];
	random_bytes(random, sizeof random);
	const struct text token = text_hex(into, (struct text){ (const char *)random, sizeof random });
	*kept = hash_of(token);
	wipe(random, sizeof random);
	return token;
}

/* ' card:12 ' after what was shown before; once each. */
static struct error *
shown_with(struct arena *into, struct text before, struct text with, struct text *shown)
{
	*shown = before;
	if (with.len == 0)
		return OK;
	const struct text one = text_format(into, " %.*s ", T_ARG(with));
	if (with.len > WITH_MOST || text_has(with, T(" ")) || text_has(with, T("%")) ||
	    before.len + one.len > SHOWN_MOST)
		return broken("サインインに使ったものの名前が長すぎます。");
	if (!text_has(before, one))
		*shown = text_format(into, "%.*s%.*s", T_ARG(before), T_ARG(one));
	return OK;
}

static struct error *
insert(struct act *act, struct opening *opening)
{
	const int64_t now = act->look.now.ms;
	int64_t id, idle, hours;
	struct hash kept;
	struct text shown;
	TRY(people_parameter(&act->look, opening->pack, "sign-in.idle-minutes", IDLE_MINUTES, &idle));
	TRY(people_parameter(&act->look, opening->pack, "sign-in.session-hours", SESSION_HOURS, &hours));
	TRY(shown_with(act->look.arena, T(""), opening->with, &shown));
	TRY(act_number(act, T("session"), &id));
	opening->token = new_token(act->look.arena, &kept);
	opening->session = (struct session_id){ id };
	TRY(people_session_insert(
		act, &(struct people_session_insert_in){
			     id, opening->person.no, hash_bytes(&kept), now,
			     now + minutes_ms(hours * 60), idle, opening->must_change,
			     cut_to(opening->address, ADDRESS_MOST), cut_to(opening->agent, AGENT_MOST),
			     opening->methods, shown }));
	return people_session_seen_put(act, &(struct people_session_seen_put_in){ id, now });
}

static struct error *
note_session(struct act *act, const char *what, struct person_id person, struct session_id session,
	     unsigned methods)
{
	struct arena *arena = act->look.arena;
	return people_note(act, &(struct noting){
					.act = what,
					.about = { people_about_person(arena, person) },
					.pairs = { { .name = "session", .number = session.no },
						   { .name = "methods",
						     .text = join(arena, methods, " ", false) } } });
}

struct error *
people_session_open(struct act *act, struct opening *opening)
{
	struct people_account_get_row row;
	bool found;
	TRY(people_account_get(&act->look, &(struct people_account_get_in){ opening->person.no },
			       &found, &row));
	if (!found || row.is_closed ||
	    !day_is_within(act_today(act), day_from_kept(row.since), day_from_kept(row.until)))
		return refuse("このアカウントは使えません。システムの担当者に確かめてください。");
	TRY(insert(act, opening));
	TRY(people_account_signed_in(act, &(struct people_account_signed_in_in){
						  opening->person.no, act->look.now.ms }));
	/* From here on it is they who act. */
	act->actor.person = opening->person.no;
	TRY(note_session(act, "people.sign_in", opening->person, opening->session, opening->methods));
	opening->last_sign_in = (struct moment){ row.last_sign_in };
	opening->failed_since = row.failed_since;
	return OK;
}

struct error *
people_session_raise(struct act *act, struct session_id session, unsigned methods, struct text with,
		     struct text *token)
{
	struct people_session_get_row row;
	struct hash kept;
	struct text shown;
	bool found;
	TRY(people_session_get(&act->look, &(struct people_session_get_in){ session.no }, &found, &row));
	if (!found || row.ended != 0 || row.person != act->actor.person)
		return missing("サインインが切れました。もう一度サインインしてください。");
	TRY(shown_with(act->look.arena, row.shown, with, &shown));
	const struct text made = new_token(act->look.arena, &kept);
	TRY(people_session_raised(act, &(struct people_session_raised_in){
					       session.no, hash_bytes(&kept),
					       methods_from_kept(row.methods) | methods,
					       act->look.now.ms, shown }));
	*token = made;
	return note_session(act, "people.session_raise", (struct person_id){ row.person }, session,
			    methods);
}

struct error *
people_sessions_end_with(struct act *act, struct person_id person, struct text with)
{
	const struct text pattern = text_format(act->look.arena, "%% %.*s %%", T_ARG(with));
	TRY(people_session_shown_ended(act, &(struct people_session_shown_ended_in){
						    person.no, pattern, act->look.now.ms }));
	return people_note(act, &(struct noting){
					.act = "people.sessions_end",
					.about = { people_about_person(act->look.arena, person), with } });
}

struct error *
people_sign_in_fail(struct act *act, const struct pack *pack, struct person_id person,
		    enum session_method method)
{
	struct people_account_get_row row;
	struct noting noting = {
		.act = "people.sign_in_failed",
		.about = { T("sign-in:unknown") },
		.pairs = { { .name = "method", .text = text_of(session_method_code(method)) } },
	};
	bool found = false;
	if (person.no != 0)
		TRY(people_account_get(&act->look, &(struct people_account_get_in){ person.no }, &found,
				       &row));
	if (found) {
		TRY(account_count_failure(act, pack, &row));
		noting.about[0] = people_about_person(act->look.arena, person);
	}
	return people_note(act, &noting);
}

struct error *
people_sign_in_locked(struct look *look, struct person_id person, bool *is_locked)
{
	struct people_account_get_row row;
	bool found;
	TRY(people_account_get(look, &(struct people_account_get_in){ person.no }, &found, &row));
	*is_locked = found && row.locked_until > look->now.ms;
	return OK;
}
