/* Accounts: who may sign in under which name. */
#include "people/rooms.h"

enum { LOGIN_LEAST = 2, LOGIN_MOST = 64, TEMPORARY_DAYS = 7, DAY_MINUTES = 24 * 60 };

const struct new_password people_password_elsewhere = { .encoded = T_INIT("elsewhere") };

struct text
login_fold(struct arena *into, struct text login)
{
	const struct text narrow = text_narrow(into, text_trim(login));
	char *data = arena_get(into, 1, narrow.len + 1);
	for (size_t at = 0; at < narrow.len; at++) {
		const char byte = narrow.data[at];
		data[at] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte); /* ASCII */
	}
	return (struct text){ data, narrow.len };
}

bool
login_is_well_formed(struct text login)
{
	if (login.len < LOGIN_LEAST || login.len > LOGIN_MOST)
		return false;
	for (size_t at = 0; at < login.len; at++) {
		const char byte = login.data[at];
		if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' ||
		      byte == '_' || byte == '-' || byte == '@'))
			return false;
	}
	return true;
}

bool
people_login_is_well_formed(struct text login)
{
	return login_is_well_formed(login);
}

struct error *
login_clash(struct look *look, struct text login, bool *clashes)
{
	struct people_account_by_login_row row;
	return people_account_by_login(look, &(struct people_account_by_login_in){ login }, clashes,
				       &row);
}

struct error *
people_person_by_login(struct look *look, struct text login, bool *found, struct person_id *person)
{
	struct people_account_by_login_row row;
	TRY(people_account_by_login(look, &(struct people_account_by_login_in){ login }, found,
				    &row));
	if (*found)
		person->no = row.id;
	return OK;
}

struct error *
people_account(struct look *look, struct person_id person, bool *found, struct account *account)
{
	struct people_account_get_row row;
	TRY(people_account_get(look, &(struct people_account_get_in){ person.no }, found, &row));
	if (*found)
		*account = (struct account){
			.person = person,
			.login = row.login,
			.is_temporary = row.is_temporary,
			.is_closed = row.is_closed,
			.is_kept_elsewhere =
				text_same(row.password, people_password_elsewhere.encoded),
			.changed = { row.changed },
			.locked_until = { row.locked_until > look->now.ms ? row.locked_until : 0 },
			.failed = row.failed,
			.last_sign_in = { row.last_sign_in },
		};
	return OK;
}

static struct error *
temporary_end(struct act *act, const struct pack *pack, const struct new_password *password,
	      int64_t *until)
{
	int64_t days;
	TRY(people_parameter(&act->look, pack, "sign-in.temporary-days", TEMPORARY_DAYS, &days));
	*until = password->is_temporary ? act->look.now.ms + minutes_ms(days * DAY_MINUTES) : 0;
	return OK;
}

struct error *
account_insert(struct act *act, const struct pack *pack, struct person_id person, struct text login,
	       const struct new_password *password)
{
	const struct text kept = login_fold(act->look.arena, login);
	struct people_account_get_row row;
	bool found, clashes;
	int64_t until;
	if (!login_is_well_formed(kept))
		return reject("login", "ログイン名は、半角の英数字と . _ - @ で、%d文字から%d文字にしてください。",
			      LOGIN_LEAST, LOGIN_MOST);
	TRY(people_account_get(&act->look, &(struct people_account_get_in){ person.no }, &found,
			       &row));
	if (found)
		return conflict("この職員にはすでにアカウントがあります。");
	TRY(worker_check_today(&act->look, person));
	TRY(login_clash(&act->look, kept, &clashes));
	if (clashes)
		return reject("login", "そのログイン名は、ほかの職員に使われています。");
	TRY(temporary_end(act, pack, password, &until));
	TRY(people_account_insert(act, &(struct people_account_insert_in){
					       person.no, kept, password->encoded,
					       password->is_temporary, until, act->look.now.ms }));
	return person_index(act, person);
}

static struct error *
note_account(struct act *act, const char *what, struct person_id person)
{
	return people_note(act, &(struct noting){ .act = what,
						  .about = { people_about_person(act->look.arena,
										 person) } });
}

struct error *
people_account_open(struct act *act, const struct pack *pack, struct person_id person,
		    struct text login, const struct new_password *password)
{
	struct person who;
	TRY(people_person(&act->look, person, &who));
	TRY(account_insert(act, pack, person, login, password));
	return note_account(act, "people.account_open", person);
}

static struct error *
must_have_account(struct look *look, struct person_id person)
{
	struct people_account_get_row row;
	bool found;
	TRY(people_account_get(look, &(struct people_account_get_in){ person.no }, &found, &row));
	return found ? OK : missing("この職員にはアカウントがありません。");
}

struct error *
people_account_reset(struct act *act, const struct pack *pack, struct person_id person,
		     const struct new_password *password)
{
	int64_t until;
	TRY(must_have_account(&act->look, person));
	TRY(worker_check_today(&act->look, person));
	TRY(temporary_end(act, pack, password, &until));
	TRY(people_account_password(act, &(struct people_account_password_in){
						 person.no, password->encoded,
						 password->is_temporary, until, act->look.now.ms }));
	TRY(people_session_all_ended(act, &(struct people_session_all_ended_in){
						  person.no, 0, act->look.now.ms }));
	TRY(password_told(act, person,
			  say("あなたの仮パスワードが発行され、それまでのサインインは終わりました。頼んだ覚えがないときは、情報システムの担当者に知らせてください。")));
	return note_account(act, "people.account_reset", person);
}

struct error *
people_account_close(struct act *act, struct person_id person)
{
	TRY(must_have_account(&act->look, person));
	TRY(people_account_set_closed(act, &(struct people_account_set_closed_in){ person.no }));
	TRY(people_session_all_ended(act, &(struct people_session_all_ended_in){
						  person.no, 0, act->look.now.ms }));
	return note_account(act, "people.account_close", person);
}

struct error *
people_accounts_entitled(struct look *look, bool is_everybody, struct person_id after,
			 struct person_id **list, size_t *count)
{
	struct people_account_entitled_row *rows;
	TRY(people_account_entitled(look,
				    &(struct people_account_entitled_in){ is_everybody, moment_day(look->now).no,
									  after.no, PEOPLE_MOST_LIST },
				    &rows, count));
	*list = ARENA_ARRAY(look->arena, struct person_id, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct person_id){ rows[at].id };
	return OK;
}

struct error *
people_temporaries_ending(struct look *look, struct moment soon, struct person_id after, size_t most,
			  struct temporary_password **list, size_t *count)
{
	struct people_account_temporary_row *rows;
	TRY(people_account_temporary(look,
				     &(struct people_account_temporary_in){ look->now.ms, soon.ms, after.no,
									    (int64_t)most },
				     &rows, count));
	*list = ARENA_ARRAY(look->arena, struct temporary_password, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct temporary_password){ { rows[at].id }, { rows[at].temporary_until } };
	return OK;
}
