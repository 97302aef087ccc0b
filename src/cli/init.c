/* `bansho init`: make a body, with the first person who may do everything else in the pages. */
#include "cli/rooms.h"

static struct error *
add_first(struct act *act, void *with)
{
	struct first_person *first = with;
	const struct pack *pack = first->body->pack;
	struct grant_id grant;
	TRY(people_person_add(act, &first->person, &first->id));
	const struct person_id id = first->id;
	const struct day today = moment_day(act->look.now);
	TRY(people_grant_give(act, &(struct grant){ .person = id, .kind = GRANT_OPERATOR,
						    .since = today, .until = DAY_NONE },
			      &grant));
	TRY(people_grant_give(act, &(struct grant){ .person = id, .kind = GRANT_PEOPLE,
						    .since = today, .until = DAY_NONE },
			      &grant));
	return people_account_open(act, pack, id, first->login, &first->password);
}

void
first_person_name(struct call *call, struct text name, struct person *person)
{
	name = text_replace(call->arena, text_trim(name), T("　"), T(" "));
	person->family = name;
	if (text_cut(name, ' ', &person->family, &person->given))
		person->given = text_trim(person->given);
}

static struct error *
name_of(struct call *call, struct person *person)
{
	struct text name;
	TRY(call_must(call, "admin-name", &name));
	first_person_name(call, name, person);
	return OK;
}

struct error *
first_person_add(struct call *call, struct first_person *first)
{
	TRY(people_password_random(call->arena, &first->clear, &first->password));
	TRY(call_act(first->body, add_first, first));
	return journal_seal(first->body->store, first->body->sealer);
}

static struct error *
fill(struct call *call, struct first_person *first)
{
	TRY(first_person_add(call, first));
	print(say("団体「%.*s」を作りました。\n"), T_ARG(first->body->name));
	print(say("最初の管理者: %.*s\n仮パスワード: %.*s\n"), T_ARG(first->login),
	      T_ARG(first->clear));
	print("%s\n", say("仮パスワードはもう表示されません。最初のサインインで変えてください。"));
	print(say("次: bansho run --data %s\n"), call_z(call, "data"));
	return OK;
}

/* Everything is looked at before anything is made. */
struct error *
run_init(struct call *call)
{
	struct body body;
	struct first_person first = { .body = &body, .person = { .since = DAY_NONE,
								 .until = DAY_NONE } };
	struct body_new new = { .data = call_z(call, "data") };
	struct text pack;
	TRY(call_must(call, "body", &new.code));
	TRY(call_must(call, "name", &new.name));
	TRY(call_must(call, "pack", &pack));
	TRY(call_must(call, "admin", &first.login));
	TRY(call_must(call, "admin-number", &first.person.number));
	TRY(name_of(call, &first.person));
	new.pack = pack_place(call, pack);
	TRY(body_make(call->arena, &new));
	TRY(call_body(call, false, &body));
	struct error *error = fill(call, &first);
	body_close(&body);
	return error;
}
