/* Acts about accounts: what they are, that they were removed, that something stays as it is. */
#include "access/rooms.h"

static struct error *
note(struct act *act, const char *name, const struct access_account *account,
     const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = name,
			     .about = { about_account(arena, account->id),
					about_system(arena, account->system) } };
	if (account->person.no != 0)
		fact.about[2] = people_about_person(arena, account->person);
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

static struct error *
check_words(const char *field, struct text words, const char *empty)
{
	if (text_is_blank(words))
		return reject(field, "%s", empty);
	if (text_count(words) > ACCESS_MOST_WORDS)
		return reject(field, "%d文字までにしてください。", ACCESS_MOST_WORDS);
	return OK;
}

static struct error *
must_serve(struct act *act, const char *field, struct person_id id, struct unit_id *unit)
{
	struct person person;
	const struct day today = moment_day(act->look.now);
	struct error *error = people_person(&act->look, id, &person);
	if (error != OK && error->kind == ERROR_MISSING)
		return reject(field, "その人は登録されていません。");
	TRY(error);
	if (person.is_erased || (!day_is_none(person.until) && person.until.no < today.no))
		return reject(field, "%.*sさんは在職していません。", T_ARG(person.name));
	return people_unit_of(&act->look, id, today, unit);
}

/* ---- Users of a shared account ---- */

static bool
is_in(const struct person_id *list, size_t count, int64_t person)
{
	for (size_t at = 0; at < count; at++)
		if (list[at].no == person)
			return true;
	return false;
}

static struct error *
set_users(struct act *act, const struct access_saying *saying)
{
	struct access_user_list_row *rows;
	size_t count;
	const struct day today = moment_day(act->look.now);
	TRY(access_user_list(
		&act->look,
		&(struct access_user_list_in){ saying->id.no, today.no, ACCESS_MOST_USERS }, &rows,
		&count));
	for (size_t at = 0; at < count; at++)
		if (!is_in(saying->users, saying->users_count, rows[at].person))
			TRY(access_user_end(act, &(struct access_user_end_in){ rows[at].id,
									       today.no - 1 }));
	for (size_t at = 0; at < saying->users_count; at++) {
		const int64_t person = saying->users[at].no;
		bool has = is_in(saying->users, at, person);
		int64_t id;
		for (size_t old = 0; old < count && !has; old++)
			has = rows[old].person == person;
		if (has)
			continue;
		TRY(act_number(act, T("access-user"), &id));
		TRY(access_user_add(act, &(struct access_user_add_in){ id, saying->id.no, person,
								       today.no }));
	}
	return OK;
}

static struct error *
check_saying(struct act *act, const struct access_saying *saying, struct unit_id *unit)
{
	struct unit_id nowhere;
	if (saying->kind == ACCESS_PERSON && saying->person.no == 0)
		return reject("person", "だれのアカウントかを選んでください。");
	if (saying->kind == ACCESS_PERSON)
		TRY(must_serve(act, "person", saying->person, unit));
	if (saying->users_count > ACCESS_MOST_USERS)
		return reject("users", "共用する人は%d人までです。", ACCESS_MOST_USERS);
	for (size_t at = 0; saying->kind == ACCESS_SHARED && at < saying->users_count; at++)
		TRY(must_serve(act, "users", saying->users[at], &nowhere));
	if (saying->kind == ACCESS_MACHINE)
		TRY(check_words("why", saying->why,
				say("どの機器・プログラムが、何のために使うかを書いてください。")));
	if (saying->is_privileged)
		TRY(check_words("why", saying->why, say("特権が要る理由を書いてください。")));
	if (text_count(saying->why) > ACCESS_MOST_WORDS)
		return reject("why", "%d文字までにしてください。", ACCESS_MOST_WORDS);
	return OK;
}

static struct error *
take_open(struct act *act, struct access_id id, int64_t change, struct access_account *account)
{
	TRY(access_account(&act->look, id, account));
	if (account->closed.ms != 0)
		return conflict("このアカウントは、もう抹消済みです。画面を開き直してください。");
	if (account->change != change)
		return conflict("このアカウントは、ほかの人が先に変えました。画面を開き直して、確かめてください。");
	return OK;
}

struct error *
access_say(struct act *act, const struct access_saying *saying)
{
	struct access_account account;
	struct access_account_get_row row;
	struct unit_id unit = { 0 };
	bool found;
	TRY(take_open(act, saying->id, saying->change, &account));
	TRY(check_saying(act, saying, &unit));
	TRY(access_account_get(&act->look, &(struct access_account_get_in){ saying->id.no }, &found,
			       &row));
	const bool is_person = saying->kind == ACCESS_PERSON;
	/* Once it is known whose it is, what the list called them is not kept in plain. */
	TRY(access_account_set_kind(
		act, &(struct access_account_set_kind_in){
			     .id = saying->id.no,
			     .kind = text_of(access_kind_name(saying->kind)),
			     .person = is_person ? saying->person.no : 0,
			     .unit = is_person ? unit.no : 0,
			     .is_privileged = saying->is_privileged,
			     .label = is_person ? (struct text){ 0 } : row.label,
			     .why = saying->why.len != 0 ? saying->why : (struct text){ 0 },
		     }));
	struct access_saying users = *saying;
	if (saying->kind != ACCESS_SHARED)
		users.users_count = 0;
	TRY(set_users(act, &users));
	account.person = is_person ? saying->person : account.person;
	const struct fact_pair pairs[] = {
		{ "kind", text_of(access_kind_name(saying->kind)), 0 },
		{ "privileged", { 0 }, saying->is_privileged },
		{ "users", { 0 }, (int64_t)users.users_count }, /* bounded */
		{ NULL },
	};
	return note(act, "access.change", &account, pairs);
}

/* ---- Removed ---- */

static struct error *
handle_open(struct act *act, struct access_id id, struct text words)
{
	enum { OPEN_MOST = 100 };
	struct access_answer_open_row *rows;
	size_t count;
	TRY(access_answer_open(&act->look, &(struct access_answer_open_in){ id.no, OPEN_MOST },
			       &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(access_answer_handle(
			act, &(struct access_answer_handle_in){ rows[at].id, act->look.now.ms,
								act->actor.person, words }));
	return OK;
}

struct error *
access_close(struct act *act, const struct access_id *ids, size_t count, struct text words,
	     int64_t *closed)
{
	*closed = 0;
	if (count == 0)
		return reject("account", "アカウントを選んでください。");
	TRY(check_words("words", words, say("どのように確かめたか、消したかを書いてください。")));
	for (size_t at = 0; at < count; at++) {
		struct access_account account;
		TRY(access_account(&act->look, ids[at], &account));
		if (account.closed.ms != 0)
			continue;
		TRY(access_account_close(act, &(struct access_account_close_in){
						      ids[at].no, act->look.now.ms,
						      act->actor.person, words }));
		TRY(handle_open(act, ids[at], words));
		TRY(note(act, "access.close", &account, NULL));
		(*closed)++;
	}
	return OK;
}

/* ---- Left as it is ---- */

static struct error *
keep_one(struct act *act, const struct pack_ledger *ledger, const struct access_account *account,
	 enum trouble_kind kind, struct text words, struct day until)
{
	struct decider as;
	int64_t id;
	TRY(people_must_hold(act, ledger->accounts_manager, account->owner, (struct person_id){ 0 },
			     &as));
	TRY(act_number(act, T("access-kept"), &id));
	TRY(access_keep_add(act, &(struct access_keep_add_in){
					 .id = id,
					 .account = account->id.no,
					 .kind = text_of(trouble_name(kind)),
					 .words = words,
					 .until = until.no,
					 .person = act->actor.person,
					 .role = as.role->code,
					 .at = act->look.now.ms,
				 }));
	const struct fact_pair pairs[] = { { "kind", text_of(trouble_name(kind)), 0 },
					   { "until", day_iso(act->look.arena, until), 0 },
					   { NULL } };
	return note(act, "access.keep", account, pairs);
}

struct error *
access_keep(struct act *act, const struct flow *flow, const struct access_id *ids, size_t count,
	    enum trouble_kind kind, struct text words, struct day until)
{
	const struct pack_ledger *ledger = access_ledger(flow->pack);
	const struct day today = moment_day(act->look.now);
	if (ledger == NULL)
		return missing("この団体の方針には、アカウントを見るシステムの台帳がありません。");
	if (count == 0)
		return reject("account", "アカウントを選んでください。");
	if (kind == TROUBLE_ASKED)
		return reject("kind", "頼まれた削除・変更は、行うか、行わない理由を書いて答えてください。");
	TRY(check_words("words", words, say("このまま残す理由を書いてください。")));
	if (day_is_none(until) || until.no < today.no || until.no > today.no + ACCESS_KEEP_MOST_DAYS)
		return reject("until", "いつまで残すかを、今日から1年以内の日で書いてください。");
	for (size_t at = 0; at < count; at++) {
		struct access_account account;
		TRY(access_account(&act->look, ids[at], &account));
		if (account.closed.ms != 0)
			return conflict("抹消済みのアカウントが含まれています。画面を開き直してください。");
		TRY(keep_one(act, ledger, &account, kind, words, until));
	}
	return OK;
}

struct error *
access_handle(struct act *act, int64_t request, struct text words)
{
	struct access_answer_get_row row;
	struct access_account account;
	bool found;
	TRY(access_answer_get(&act->look, &(struct access_answer_get_in){ request }, &found, &row));
	if (!found)
		return missing("その依頼はありません。画面を開き直してください。");
	if (row.handled != 0)
		return conflict("この依頼は、もう済んでいます。画面を開き直してください。");
	TRY(check_words("words", words, say("何をしたか、行わないなら理由を書いてください。")));
	TRY(access_account(&act->look, (struct access_id){ row.account }, &account));
	TRY(access_answer_handle(act, &(struct access_answer_handle_in){
					      request, act->look.now.ms, act->actor.person, words }));
	return note(act, "access.handle", &account,
		    (struct fact_pair[]){ { "answer", row.answer, 0 },
					  { "request", { 0 }, request },
					  { NULL } });
}

struct error *
access_person_erase(struct act *act, struct person_id person)
{
	enum { NAMED_MOST = 1000 };
	struct access_account_named_row *rows;
	size_t count;
	TRY(access_account_named(&act->look,
				 &(struct access_account_named_in){ person.no, NAMED_MOST }, &rows,
				 &count));
	for (size_t at = 0; at < count; at++)
		if (rows[at].closed == 0)
			return refuse("ほかのシステムのアカウントが抹消されていません(%.*sなど)。システムで消し、抹消を記録してから消去してください。",
				      T_ARG(rows[at].name));
	for (size_t at = 0; at < count; at++)
		TRY(access_account_rename(
			act, &(struct access_account_rename_in){
				     rows[at].id, text_format(act->look.arena, "erased-%lld",
							      (long long)rows[at].id) }));
	if (count == 0)
		return OK;
	return act_note(act, &(struct fact){
				     .act = "access.erase",
				     .about = { people_about_person(act->look.arena, person) },
				     .pairs = { { "accounts", { 0 }, (int64_t)count } },
			     });
}
