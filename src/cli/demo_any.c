/* The demonstration body of any pack: who can sign in, and something of everything. */
#include "cli/walk.h"

enum { DRILL_AGO = 12 };

static const char demo_password[] = "bansho-demo-2026";

struct opening_all {
	struct walking *walking;
	struct new_password password;
};

static struct error *
open_for(struct act *act, const struct opening_all *opening, struct person_id person, struct text login)
{
	return people_account_open(act, opening->walking->pack, person, login, &opening->password);
}

static struct error *
give(struct act *act, struct person_id person, enum grant_kind kind)
{
	struct grant_id id;
	return people_grant_give(act, &(struct grant){ .person = person, .kind = kind,
						       .since = DAY_NONE, .until = DAY_NONE },
				 &id);
}

/* The first head of a section is called as in the other demonstration, everybody else by the role. */
static struct error *
open_holders(struct act *act, const struct opening_all *opening)
{
	const struct walking *walking = opening->walking;
	bool has_head = false;
	for (size_t at = 0; at < walking->pack->roles_count; at++) {
		const struct pack_role *role = &walking->pack->roles[at];
		const bool is_head = !has_head && role->scope == SCOPE_SECTION;
		if (walking->holders[at].no == 0)
			continue;
		has_head |= is_head;
		TRY(open_for(act, opening, walking->holders[at], is_head ? T("kacho") : role->code));
	}
	return OK;
}

static struct error *
open_all(struct act *act, void *with)
{
	const struct opening_all *opening = with;
	const struct walking *walking = opening->walking;
	const struct fact fact = { .act = "body.demo", .about = { T("body") } };
	TRY(open_for(act, opening, walking->clerk, T("shokuin")));
	TRY(open_for(act, opening, walking->witness, T("system")));
	TRY(give(act, walking->witness, GRANT_OPERATOR));
	TRY(give(act, walking->witness, GRANT_PEOPLE));
	TRY(open_holders(act, opening));
	TRY(act_set(act, T("body.demo"), T("1")));
	TRY(act_set(act, T("demo.password"), text_of(demo_password)));
	return act_note(act, &fact);
}

static struct error *
open_accounts(struct walking *walking)
{
	struct opening_all opening = { .walking = walking };
	SECRET_SCOPED clear = secret_from(text_of(demo_password));
	TRY(people_password_encode(walking->arena, clear, false, &opening.password));
	return call_act(walking->body, open_all, &opening);
}

static void
play_one(struct walking *walking, const struct pack_occasion *occasion, enum walk_way way)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	walking->case_arena = arena;
	struct error *error = walk_case(walking, occasion, FILL_USUAL, way);
	walk_note(walking, text_format(arena, say("場面 %.*s"), T_ARG(occasion->code)), error);
	walking->case_arena = walking->arena;
}

static struct error *
report(struct call *call, const struct walking *walking)
{
	for (size_t at = 0; at < walking->walked_count; at++)
		if (walking->walked[at].wrong.len != 0)
			print_errors(broken("%.*s: %.*s", T_ARG(walking->walked[at].what),
					    T_ARG(walking->walked[at].wrong)));
	if (call->is_json) {
		struct writer out = writer_open(call->arena, 1024);
		struct json json = json_begin(&out);
		json_open_object(&json);
		json_text_at(&json, "body", walking->body->code);
		json_number_at(&json, "refused", (int64_t)walking->wrong_count);
		json_end(&json);
		return print_writer(&out);
	}
	print(say("見本の団体「%.*s」を作りました。役割に就いている人は、役割の符号（roles.yaml の code）でサインインできます。\n"),
	      T_ARG(walking->body->name));
	return demo_print_guests(walking->body);
}

struct error *
demo_any(struct call *call, struct demo *demo)
{
	struct body *body = demo->body;
	struct chance chance = { 2026 };
	struct walking walking = { .call = call, .arena = call->arena, .case_arena = call->arena,
				   .body = body, .pack = body->pack, .chance = &chance, .now = demo->size.now };
	walking.walked = ARENA_ARRAY(call->arena, struct walked, WALK_MOST);
	/* It happens now, not during a year; only mail for practice takes its days. */
	demo->clock_ms = demo->size.now.ms - (int64_t)DRILL_AGO * 86400000;
	TRY(walk_people(&walking));
	TRY(open_accounts(&walking));
	demo_any_training(&walking);
	demo->clock_ms = demo->size.now.ms;
	walk_ledgers(&walking);
	for (size_t at = 0; at < body->pack->occasions_count; at++) {
		play_one(&walking, &body->pack->occasions[at], WAY_THROUGH);
		play_one(&walking, &body->pack->occasions[at], WAY_PERMITTED);
		play_one(&walking, &body->pack->occasions[at], WAY_WAITING);
	}
	demo_any_more(&walking);
	walk_note(&walking, text_of(say("くり返す仕事")), demo_any_duty(body));
	demo_any_year(&walking);
	walk_note(&walking, text_of(say("物品")), demo_any_inventory(body));
	walk_note(&walking, text_of(say("突き合わせ")), demo_any_reconcile(body, demo->size.now));
	TRY(journal_seal(body->store, body->sealer));
	return report(call, &walking);
}
