/* Passwords: what is good enough, making temporary ones, changing one's own. */
#include "people/rooms.h"
#include "people/quality.h"

#include <string.h>

enum { PASSWORD_MOST = 200, PASSWORD_USUAL_LEAST = 10, RANDOM_LEN = 14 };

/* 2^28 guesses: what an attacker of a salted argon2id code with one machine tries in a quarter. */
static const double least_bits = 28.0;

static bool
holds_login(struct arena *arena, struct text password, struct text login)
{
	const struct text folded = login_fold(arena, password);
	return login.len >= 3 && text_has(folded, login_fold(arena, login));
}

static struct error *
check_breached(struct text password, const char *list)
{
	bool is_breached;
	TRY(password_is_breached(list, password, &is_breached));
	if (is_breached)
		return reject("password", "このパスワードは、ほかの場所で漏れたパスワードの一覧にあります。ほかで使っていない、別のものにしてください。");
	return OK;
}

struct error *
people_password_rules(struct text password, const struct password_rules *rules)
{
	ARENA_SCOPED arena = arena_open((size_t)1 << 20);
	size_t bad_at;
	if (!text_is_utf8(password, &bad_at) || password.len > PASSWORD_MOST)
		return reject("password", "パスワードは%dバイト以内の文字で入力してください。", PASSWORD_MOST);
	if ((int64_t)text_count(password) < rules->least)
		return reject("password", "パスワードは%lld文字以上にしてください。", (long long)rules->least);
	if (holds_login(arena, password, rules->login) || holds_login(arena, password, rules->number))
		return reject("password", "ログイン名や職員番号を含むパスワードは使えません。");
	if (password_bits(password, rules->own, rules->own_count) < least_bits)
		return reject("password", "推測されやすいパスワードです。団体・所属・自分の名前やよくある言葉は、すぐに試されます。関係のない言葉をいくつか並べるなど、長くしてください。");
	return check_breached(password, rules->breached);
}

struct error *
people_password_encode(struct arena *into, struct secret password, bool is_temporary,
		       struct new_password *encoded)
{
	struct text code;
	TRY(password_hash(into, password, &code));
	*encoded = (struct new_password){ code, is_temporary };
	return OK;
}

struct error *
people_password_random(struct arena *into, struct text *clear, struct new_password *password)
{
	/* 32 signs that are not mistaken for each other: 5 bits each, 70 bits in all. */
	static const char signs[] = "abcdefghijkmnpqrstuvwxyz23456789";
	SECRET_SCOPED secret = secret_random(RANDOM_LEN);
	for (size_t at = 0; at < RANDOM_LEN; at++)
		secret.data[at] = (unsigned char)signs[secret.data[at] % 32];
	struct new_password made;
	TRY(people_password_encode(into, secret, true, &made));
	*clear = text_copy(into, (struct text){ (const char *)secret.data, RANDOM_LEN });
	*password = made;
	return OK;
}

static struct text
secret_text(struct secret secret)
{
	return (struct text){ (const char *)secret.data, secret.len };
}

/* With those the caller knows. */
static struct error *
own_names(struct look *look, const struct pack *pack, const struct password_change *change,
	  struct password_rules *rules)
{
	struct text *own;
	size_t count;
	TRY(people_password_own(look, pack, change->person, &own, &count));
	struct text *all = ARENA_ARRAY(look->arena, struct text, count + change->more_count + 1);
	for (size_t at = 0; at < count; at++)
		all[at] = own[at];
	for (size_t at = 0; at < change->more_count; at++)
		all[count + at] = change->more[at];
	rules->own = all;
	rules->own_count = count + change->more_count;
	return OK;
}

struct error *
people_password_prepare(struct look *look, const struct pack *pack,
			struct password_change *change)
{
	struct people_account_get_row row;
	bool found;
	int64_t least;
	TRY(people_account_get(look, &(struct people_account_get_in){ change->person.no }, &found,
			       &row));
	if (!found || row.is_closed)
		return refuse("この職員には使えるアカウントがありません。");
	TRY(people_parameter(look, pack, "sign-in.password-least", PASSWORD_USUAL_LEAST, &least));
	struct password_rules rules = { .least = least, .login = row.login, .number = row.number };
	TRY(own_names(look, pack, change, &rules));
	TRY(people_password_rules(secret_text(change->chosen), &rules));
	change->encoded = row.password;
	change->login = row.login;
	change->number = row.number;
	return OK;
}

struct error *
people_password_verify(struct arena *into, struct password_change *change)
{
	if (!password_matches(change->encoded, change->present))
		return reject("present", "今のパスワードが違います。もう一度入力してください。");
	if (secret_same(change->present, change->chosen))
		return reject("password", "今と同じパスワードにはできません。別のものにしてください。");
	TRY(check_breached(secret_text(change->chosen), change->breached));
	return people_password_encode(into, change->chosen, false, &change->made);
}

struct error *
password_told(struct act *act, struct person_id person, const char *words)
{
	return people_notify(act, &(struct notify){
					  .person = person,
					  .about = people_about_person(act->look.arena, person),
					  .words = text_of(words),
					  .path = T("/account"),
				  });
}

struct error *
people_password_change(struct act *act, void *with)
{
	struct password_change *change = with;
	const struct person_id person = change->person;
	struct people_account_get_row row;
	bool found;
	TRY(people_account_get(&act->look, &(struct people_account_get_in){ person.no }, &found,
			       &row));
	if (!found || row.is_closed || !text_same(row.password, change->encoded))
		return conflict("パスワードはすでに変更されています。もう一度サインインしてください。");
	TRY(people_account_password(act, &(struct people_account_password_in){
						 person.no, change->made.encoded, false, 0,
						 act->look.now.ms }));
	TRY(people_session_all_ended(act, &(struct people_session_all_ended_in){
						  person.no, change->session.no, act->look.now.ms }));
	if (change->session.no != 0)
		TRY(people_session_freed(act,
					 &(struct people_session_freed_in){ change->session.no }));
	TRY(password_told(act, person,
			  say("あなたのパスワードが変更されました。心当たりがないときは、情報システムの担当者に知らせてください。")));
	return people_note(act, &(struct noting){
					.act = "people.password_change",
					.about = { people_about_person(act->look.arena, person) } });
}
