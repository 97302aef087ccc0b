/* What people promises: roles by post and day, deputies, rights, sign-in, notices. */
#include "people_house.h"

#include "people/notice.h"
#include "people/quality.h"

static void
a_role_is_held_through_the_nearest_post_above(void **state)
{
	struct house *h = *state;
	size_t count;
	struct decider *list = deciders(h, "manager", h->section, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->manager.no);
	assert_int_equal(list[0].why, DECIDER_HOLDER);
	list = deciders(h, "responsible", h->section, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->director.no);
	list = deciders(h, "mayor", h->other, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->mayor.no);
}

static struct error *
chief_manages_too(struct act *act, void *with)
{
	struct house *h = with;
	struct post post;
	TRY(people_post(&act->look, h->chief, &post));
	post.roles[post.roles_count++] = T("manager");
	return people_post_change(act, h->pack, &post);
}

static void
a_holder_further_up_counts_only_where_none_is_nearer(void **state)
{
	struct house *h = *state;
	size_t count;
	fault_walk(h, NOBODY, chief_manages_too, h);
	struct decider *list = deciders(h, "manager", h->section, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->manager.no);
	list = deciders(h, "manager", h->other, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->director.no);
	assert_int_equal(list[0].why, DECIDER_HOLDER);
}

static void
nobody_decides_their_own_but_the_role_above_does(void **state)
{
	struct house *h = *state;
	size_t count;
	struct decider *list = deciders(h, "manager", h->section, D(0), h->manager, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->director.no);
	assert_int_equal(list[0].why, DECIDER_ABOVE);
	assert_true(text_is(list[0].role->code, "responsible"));
	/* a vacant section is decided above, too: 契約課 has no manager, nor chief, nor ciso */
	list = deciders(h, "manager", h->other, D(0), h->director, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->mayor.no);
	(void)deciders(h, "mayor", h->other, D(0), h->mayor, &count);
	assert_int_equal(count, 0);
}

static struct error *
move_manager(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id id;
	TRY(leave_post(act, h->manager, D(9), &id));
	TRY(leave_post(act, h->staff, D(9), &id));
	return people_assign(act, &(struct assignment){ .person = h->staff, .post = h->head,
							.is_main = true, .since = D(10),
							.until = DAY_NONE }, &id);
}

static void
a_transfer_changes_who_holds_the_role_on_its_day(void **state)
{
	struct house *h = *state;
	size_t count;
	fault_walk(h, NOBODY, move_manager, h);
	struct decider *list = deciders(h, "manager", h->section, D(9), NOBODY, &count);
	assert_int_equal(list[0].person.no, h->manager.no);
	assert_int_equal(count, 1);
	list = deciders(h, "manager", h->section, D(10), NOBODY, &count);
	assert_int_equal(list[0].person.no, h->staff.no);
	assert_int_equal(count, 1);
}

static struct error *
name_deputy(struct act *act, void *with)
{
	struct house *h = with;
	struct deputy_id id;
	return people_deputy_add(act, h->pack,
				 &(struct deputy){ .post = h->head, .absent = h->manager,
						   .deputy = h->deputy, .since = D(1), .until = D(3),
						   .reason = T("出張") }, &id);
}

static struct error *
hold_manager(struct act *act, void *with)
{
	struct house *h = with;
	struct decider as;
	TRY(people_must_hold(act, role(h, "manager"), h->section, NOBODY, &as));
	return act_note(act, &(struct fact){ .act = "test.decide", .about = { T("dossier:1") } });
}

static void
a_deputy_decides_on_the_days_named_and_is_recorded_as_one(void **state)
{
	struct house *h = *state;
	size_t count;
	struct error *error = act_as(h, h->deputy, name_deputy, h);
	assert_non_null(error); /* not the holder, no right */
	assert_int_equal(error->kind, ERROR_REFUSED);
	fault_walk(h, h->manager, name_deputy, h);
	(void)deciders(h, "manager", h->section, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	struct decider *list = deciders(h, "manager", h->section, D(2), NOBODY, &count);
	assert_int_equal(count, 2);
	assert_int_equal(list[1].person.no, h->deputy.no);
	assert_int_equal(list[1].deputy_for.no, h->manager.no);
	/* the holder's own is not decided by whom the holder named */
	list = deciders(h, "manager", h->section, D(2), h->manager, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->director.no);
	assert_non_null(act_as(h, h->deputy, hold_manager, h));
	h->now.ms += 2 * 86400000;
	must(act_as(h, h->deputy, hold_manager, h));
	assert_int_equal(h->last_deputy_for, h->manager.no);
	assert_int_equal(h->last_post, h->head.no);
	h->now.ms += 2 * 86400000;
	assert_non_null(act_as(h, h->deputy, hold_manager, h));
}

static void
roles_and_gaps_are_listed(void **state)
{
	struct house *h = *state;
	struct held_role *held;
	struct role_gap *gaps;
	size_t count;
	LOOK(h, look);
	must(people_roles_of(&look, h->pack, h->manager, D(0), &held, &count));
	assert_true(count >= 1);
	assert_true(text_is(held[0].role->code, "manager"));
	must(people_role_gaps(&look, h->pack, D(0), &gaps, &count));
	bool misses_ciso = false, misses_section = false, misses_held = false;
	for (size_t at = 0; at < count; at++) {
		misses_ciso |= text_is(gaps[at].role->code, "ciso");
		misses_section |= gaps[at].unit.no == h->other.no;
		misses_held |= gaps[at].unit.no == h->section.no;
	}
	assert_true(misses_ciso && misses_section && !misses_held);
}

static void
rights_follow_roles_and_grants(void **state)
{
	struct house *h = *state;
	struct rights rights;
	bool reaches;
	LOOK(h, look);
	must(people_rights(&look, h->pack, h->manager, &rights));
	assert_true(rights_may(&rights, RIGHT_LEDGER_WRITE));
	assert_false(rights_may(&rights, RIGHT_PEOPLE_EDIT));
	must(rights_reach(&look, &rights, RIGHT_LEDGER_WRITE, h->section, &reaches));
	assert_true(reaches);
	must(rights_reach(&look, &rights, RIGHT_LEDGER_WRITE, h->other, &reaches));
	assert_false(reaches);
	must(people_rights(&look, h->pack, h->director, &rights));
	must(rights_reach(&look, &rights, RIGHT_LEDGER_READ, h->other, &reaches));
	assert_true(reaches);
	must(people_rights(&look, h->pack, h->deputy, &rights));
	assert_true(rights_may(&rights, RIGHT_APPLY));
	assert_false(rights_may(&rights, RIGHT_LEDGER_WRITE) || rights_may(&rights, RIGHT_MAP_READ));
	must(people_rights(&look, h->pack, h->staff, &rights));
	assert_true(rights_may(&rights, RIGHT_SETTINGS) && rights_may(&rights, RIGHT_ACCOUNTS));
	must(people_rights(&look, h->pack, (struct person_id){ 999 }, &rights));
	assert_true(rights_may(&rights, RIGHT_PUBLIC) && !rights_may(&rights, RIGHT_SELF));
	assert_non_null(people_must_may(&look, h->pack, h->deputy, RIGHT_SETTINGS,
					(struct unit_id){ 0 }));
}

static struct error *
end_operator(struct act *act, void *with)
{
	return people_person_end(act, ((struct house *)with)->staff, D(0));
}

static struct error *
end_manager(struct act *act, void *with)
{
	return people_person_end(act, ((struct house *)with)->manager, D(0));
}

static void
the_last_operator_stays_and_others_may_go(void **state)
{
	struct house *h = *state;
	size_t count;
	struct error *error = act_now(h, end_operator, h);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
	fault_walk(h, NOBODY, end_manager, h);
	(void)deciders(h, "manager", h->section, D(0), NOBODY, &count);
	assert_int_equal(count, 1);
	struct decider *list = deciders(h, "manager", h->section, D(1), NOBODY, &count);
	assert_int_equal(list[0].person.no, h->director.no);
}

static struct error *
circle(struct act *act, void *with)
{
	struct house *h = with;
	struct unit unit;
	TRY(people_unit(&act->look, h->bureau, &unit));
	unit.parent = h->section;
	return people_unit_change(act, &unit);
}

static struct error *
move_section(struct act *act, void *with)
{
	struct house *h = with;
	struct unit unit;
	TRY(people_unit(&act->look, h->section, &unit));
	unit.parent = h->city;
	return people_unit_change(act, &unit);
}

static struct error *
end_section(struct act *act, void *with)
{
	return people_unit_end(act, ((struct house *)with)->section, D(0));
}

static void
the_tree_has_no_circles_and_moves_as_a_whole(void **state)
{
	struct house *h = *state;
	struct unit *units;
	size_t count;
	struct error *error = act_now(h, circle, h);
	assert_non_null(error);
	assert_string_equal(error->field.data, "parent");
	fault_walk(h, NOBODY, move_section, h);
	LOOK(h, look);
	bool is_under;
	must(people_unit_is_under(&look, h->section, h->bureau, &is_under));
	assert_false(is_under);
	must(people_unit_is_under(&look, h->section, h->city, &is_under));
	assert_true(is_under);
	must(people_units(&look, D(0), &units, &count));
	assert_int_equal(count, 4);
	assert_int_equal(units[0].id.no, h->city.no);
	assert_int_equal(units[1].depth, 1);
	error = act_now(h, end_section, h); /* staff are still there */
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
}

static void
search_forgives_width_kana_and_variants_and_pages(void **state)
{
	struct house *h = *state;
	static const char *const asked[] = { "やまだ", "ﾔﾏﾀﾞ", "ヤマダタロウ", "山田 太郎", "０００012" };
	struct person_row *rows;
	size_t count;
	bool has_more;
	LOOK(h, look);
	for (size_t at = 0; at < 5; at++) {
		must(people_search(&look, &(struct people_search){ .words = text_of(asked[at]),
								   .day = DAY_NONE, .most = 10 },
				   &rows, &count, &has_more));
		assert_int_equal(count, 1);
		assert_int_equal(rows[0].id.no, h->staff.no);
	}
	must(people_search(&look, &(struct people_search){ .words = T("高橋"), .day = DAY_NONE },
			   &rows, &count, &has_more));
	assert_int_equal(count, 1);
	assert_true(text_is(rows[0].name, "髙橋　課子"));
	struct people_search search = { .unit = h->bureau, .day = DAY_NONE, .most = 2 };
	size_t all = 0;
	do {
		must(people_search(&look, &search, &rows, &count, &has_more));
		all += count;
		search.after_sort = rows[count - 1].sort;
		search.after = rows[count - 1].id;
	} while (has_more);
	assert_int_equal(all, 4);
}

/* --- sign-in --- */

static struct new_password made;

static struct error *
open_account(struct act *act, void *with)
{
	struct house *h = with;
	return people_account_open(act, h->pack, h->staff, T("ＹＡＭＡＤＡ"), &made);
}

static bool
try_sign_in(struct house *h, const char *login, const char *clear, struct sign_in *sign_in)
{
	SECRET_SCOPED password = secret_from(text_of(clear));
	*sign_in = (struct sign_in){ .login = text_of(login), .password = password,
				     .address = T("127.0.0.1"), .agent = T("試験"),
				     .pack = h->pack };
	{
		LOOK(h, look);
		must(people_sign_in_prepare(&look, sign_in));
	}
	people_sign_in_verify(sign_in);
	must(act_now(h, people_sign_in, sign_in));
	return sign_in->is_signed_in;
}

static bool
session_lives(struct house *h, struct text token, struct moment seen, struct session *session)
{
	bool found;
	LOOK(h, look);
	must(people_session_find(&look, token, seen, &found, session));
	return found;
}

static const char good[] = "nagai-aikotoba-no-rei-42";

static void
give_account(struct house *h, bool is_temporary)
{
	SECRET_SCOPED secret = secret_from(text_of(good));
	must(people_password_encode(h->arena, secret, is_temporary, &made));
	must(act_now(h, open_account, h));
}

static void
sign_in_opens_a_session_and_shows_the_last_one(void **state)
{
	struct house *h = *state;
	struct sign_in sign_in;
	struct session session;
	give_account(h, false);
	assert_false(try_sign_in(h, "yamada", "chigau", &sign_in));
	assert_string_equal(h->last_act, "people.sign_in_failed");
	assert_true(try_sign_in(h, " Yamada", good, &sign_in));
	assert_int_equal(sign_in.last_sign_in.ms, 0);
	assert_int_equal(sign_in.failed_since, 1);
	assert_int_equal(sign_in.token.len, TOKEN_LEN);
	assert_true(session_lives(h, sign_in.token, (struct moment){ 0 }, &session));
	assert_int_equal(session.person.no, h->staff.no);
	assert_false(session_lives(h, T("00"), (struct moment){ 0 }, &session));
	const int64_t first = h->now.ms;
	h->now.ms += 60000;
	assert_true(try_sign_in(h, "yamada", good, &sign_in));
	assert_int_equal(sign_in.last_sign_in.ms, first);
}

static void
unknown_names_and_wrong_passwords_look_alike(void **state)
{
	struct house *h = *state;
	struct sign_in unknown, wrong;
	give_account(h, false);
	assert_false(try_sign_in(h, "nobody", good, &unknown));
	assert_false(try_sign_in(h, "yamada", "chigau", &wrong));
	assert_true(text_same(unknown.refusal, wrong.refusal));
	/* the code an unknown name is checked against costs what a real one costs */
	assert_memory_equal(unknown.encoded.data, made.encoded.data,
			    (size_t)(strstr(made.encoded.data, "p=1$") - made.encoded.data));
	assert_int_equal(unknown.encoded.len, made.encoded.len);
}

static void
too_many_failures_lock_for_a_while(void **state)
{
	struct house *h = *state;
	struct sign_in sign_in;
	give_account(h, false);
	for (int at = 0; at < 5; at++)
		assert_false(try_sign_in(h, "yamada", "chigau", &sign_in));
	assert_false(try_sign_in(h, "yamada", good, &sign_in));
	h->now.ms += 16 * 60000;
	assert_true(try_sign_in(h, "yamada", good, &sign_in));
}

static void
a_session_ends_when_idle_too_old_or_revoked(void **state)
{
	struct house *h = *state;
	struct sign_in sign_in;
	struct session session;
	give_account(h, false);
	assert_true(try_sign_in(h, "yamada", good, &sign_in));
	h->now.ms += 29 * 60000;
	assert_true(session_lives(h, sign_in.token, (struct moment){ 0 }, &session));
	const int entries = h->entries;
	must(act_now(h, people_session_touch, &session));
	assert_int_equal(h->entries, entries); /* a touch is no entry */
	h->now.ms += 29 * 60000;
	assert_true(session_lives(h, sign_in.token, (struct moment){ 0 }, &session));
	h->now.ms += 2 * 60000;
	assert_false(session_lives(h, sign_in.token, (struct moment){ 0 }, &session));
	assert_true(session_lives(h, sign_in.token, (struct moment){ h->now.ms - 60000 }, &session));
	h->now.ms += 12 * 3600000;
	assert_false(session_lives(h, sign_in.token, h->now, &session));
}

static struct error *
close_account(struct act *act, void *with)
{
	return people_account_close(act, ((struct house *)with)->staff);
}

struct ending {
	struct session_id session;
	struct person_id person;
};

static struct error *
end_session(struct act *act, void *with)
{
	const struct ending *ending = with;
	return people_session_end(act, ending->session, ending->person);
}

static void
sessions_are_listed_and_revoked(void **state)
{
	struct house *h = *state;
	struct sign_in one, two;
	struct session session, *list;
	size_t count;
	give_account(h, false);
	assert_true(try_sign_in(h, "yamada", good, &one) && try_sign_in(h, "yamada", good, &two));
	{
		LOOK(h, look);
		must(people_sessions(&look, h->staff, &list, &count));
		assert_int_equal(count, 2);
		assert_true(text_is(list[0].agent, "試験"));
	}
	struct ending ending = { one.session, h->manager };
	assert_non_null(act_now(h, end_session, &ending)); /* somebody else's */
	ending.person = h->staff;
	fault_walk(h, NOBODY, end_session, &ending);
	assert_false(session_lives(h, one.token, (struct moment){ 0 }, &session));
	assert_true(session_lives(h, two.token, (struct moment){ 0 }, &session));
	fault_walk(h, NOBODY, close_account, h);
	assert_false(session_lives(h, two.token, (struct moment){ 0 }, &session));
	assert_false(try_sign_in(h, "yamada", good, &two));
}

static void
a_temporary_password_must_be_changed_and_runs_out(void **state)
{
	struct house *h = *state;
	struct sign_in sign_in, other;
	struct session session;
	give_account(h, true);
	assert_true(try_sign_in(h, "yamada", good, &sign_in));
	assert_true(try_sign_in(h, "yamada", good, &other));
	assert_true(sign_in.must_change);
	SECRET_SCOPED present = secret_from(text_of(good));
	SECRET_SCOPED weak = secret_from(T("password1234"));
	SECRET_SCOPED chosen = secret_from(T("betsu no nagai aikotoba 7"));
	struct password_change change = { .person = h->staff, .session = sign_in.session,
					  .present = present, .chosen = weak };
	LOOK(h, look);
	assert_non_null(people_password_prepare(&look, h->pack, &change));
	change.chosen = present;
	must(people_password_prepare(&look, h->pack, &change));
	assert_non_null(people_password_verify(h->arena, &change)); /* the same again */
	change.chosen = chosen;
	must(people_password_prepare(&look, h->pack, &change));
	look_end(&look);
	look = (struct look){ 0 };
	must(people_password_verify(h->arena, &change));
	fault_walk(h, h->staff, people_password_change, &change);
	assert_true(session_lives(h, sign_in.token, (struct moment){ 0 }, &session));
	assert_false(session.must_change);
	assert_false(session_lives(h, other.token, (struct moment){ 0 }, &session));
	assert_non_null(act_as(h, h->staff, people_password_change, &change)); /* stale */
	assert_false(try_sign_in(h, "yamada", good, &sign_in));
	assert_true(try_sign_in(h, "yamada", "betsu no nagai aikotoba 7", &sign_in));
	assert_false(sign_in.must_change);
}

static void
an_unused_temporary_password_runs_out(void **state)
{
	struct house *h = *state;
	struct sign_in sign_in;
	give_account(h, true);
	h->now.ms += (int64_t)8 * 86400000;
	assert_false(try_sign_in(h, "yamada", good, &sign_in));
}

static void
guessable_passwords_are_refused(void **state)
{
	(void)state;
	const struct password_rules rules = { .least = 10, .login = T("yamada") };
	assert_non_null(people_password_rules(T("short"), &rules));
	assert_non_null(people_password_rules(T("aaaaaaaaaaaaaaaa"), &rules));
	assert_non_null(people_password_rules(T("password123"), &rules));
	assert_non_null(people_password_rules(T("xK9-Yamada-qz7!"), &rules));
	must(people_password_rules(T("betsu no nagai aikotoba 7"), &rules));
	must(people_password_rules(T("むずかしい合言葉を使う"), &rules));
}

/* What somebody of a town hall thinks of first, in every script. */
static void
words_of_the_body_and_of_japanese_are_guessable(void **state)
{
	static const char *const guessed[] = {
		"takamatsushiyakusho", "Takamatsu2026!", "watashinopasuwaado", "sakurasakura", "SakuraSakura1",
		"yamadatarou1", "Yamada.Taro.1", "jinjijinji", "たかまつしやくしょ", "タカマツシヤクショ", "ぱすわーどぱすわーど",
		"パスワードパスワード", "ｐａｓｓｗｏｒｄ１２３", "山田太郎山田太郎山田太郎", "人事課人事課人事課", "試験市役所試験市役所", "あいうえおかきくけこ",
		"さくらさくらさくら", "ヤマダタロウヤマダ", "ああああああああああ", "こんにちはこんにちは",
	};
	static const char *const kept[] = {
		"betsu no nagai aikotoba 7", "むずかしい合言葉を使う", "たかまつの海は今日もしずか", "correct horse battery staple",
		"udon wa katame de negi ooi", "窓の外で猫が二回鳴いた", "qV7-xw3!Lm90z", "ペンギンが南極で傘をさす",
	};
	struct house *h = *state;
	struct text *own;
	size_t count;
	LOOK(h, look);
	must(people_password_own(&look, h->pack, h->staff, &own, &count));
	const struct password_rules rules = { .least = 8, .login = T("t.y"), .number = T("000012"), .own = own,
					      .own_count = count };
	for (size_t at = 0; at < sizeof guessed / sizeof *guessed; at++) {
		const struct error *error = people_password_rules(text_of(guessed[at]), &rules);
		if (error == OK)
			print_message("# %s: %.1f bits\n", guessed[at], password_bits(text_of(guessed[at]), own, count));
		assert_non_null(error);
	}
	for (size_t at = 0; at < sizeof kept / sizeof *kept; at++) {
		if (password_bits(text_of(kept[at]), own, count) < 28)
			print_message("# %s: %.1f bits\n", kept[at], password_bits(text_of(kept[at]), own, count));
		must(people_password_rules(text_of(kept[at]), &rules));
	}
}

static void
kana_are_spelled_as_people_type_them(void **state)
{
	struct house *h = *state;
	assert_true(text_is(kana_romaji(h->arena, T("トウキョウ"), ROMAJI_HEPBURN), "toukyou"));
	assert_true(text_is(kana_romaji(h->arena, T("とうきょう"), ROMAJI_SHORT), "tokyo"));
	assert_true(text_is(kana_romaji(h->arena, T("しちょう"), ROMAJI_KUNREI), "sityou"));
	assert_true(text_is(kana_romaji(h->arena, T("にっぽん"), ROMAJI_HEPBURN), "nippon"));
	assert_true(text_is(kana_romaji(h->arena, T("ラーメン"), ROMAJI_HEPBURN), "ramen"));
	assert_true(text_is(kana_romaji(h->arena, T("山"), ROMAJI_HEPBURN), ""));
}

/* SHA-1 of "melon-melon-23" and friends, in the form of the public list: in order, with counts. */
static void
breached_list_write(const char *path, const char *const *passwords, size_t count)
{
	char digits[64][SHA1_HEX + 1] = { 0 };
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	for (size_t at = 0; at < count; at++)
		sha1_hex(text_of(passwords[at]), digits[at]);
	qsort(digits, count, sizeof *digits, (int (*)(const void *, const void *))strcmp);
	for (size_t at = 0; at < count; at++)
		fprintf(file, "%s:%d\r\n", digits[at], at % 7 == 0 ? 1234567 : (int)at + 1);
	fclose(file);
}

static void
a_breached_password_is_refused(void **state)
{
	struct house *h = *state;
	char path[128], words[40][24];
	const char *list[40];
	for (int at = 0; at < 40; at++) {
		snprintf(words[at], sizeof words[at], "melon-Kawa-%d-zq", at * 7919);
		list[at] = words[at];
	}
	snprintf(path, sizeof path, "%s/breached-passwords.txt", h->folder);
	struct password_rules rules = { .least = 10, .login = T("yamada"), .number = T("000012"), .breached = path };
	must(people_password_rules(T("melon-Kawa-0-zq"), &rules)); /* no list, nothing in it */
	for (size_t count = 1; count <= 40; count++) {
		breached_list_write(path, list, count);
		for (size_t at = 0; at < 40; at++) {
			struct error *error = people_password_rules(text_of(list[at]), &rules);
			assert_true((error != OK) == (at < count));
			if (error != OK)
				assert_int_equal(error->kind, ERROR_INVALID);
		}
	}
}

static void
a_file_that_is_no_breached_list_is_told_and_lets_nothing_through(void **state)
{
	struct house *h = *state;
	char path[128];
	snprintf(path, sizeof path, "%s/breached-passwords.txt", h->folder);
	FILE *file = fopen(path, "w");
	fputs("password\n123456\n", file);
	fclose(file);
	const struct password_rules rules = { .least = 10, .login = T("yamada"), .breached = path };
	const struct error *error = people_password_rules(T("melon-Kawa-0-zq"), &rules);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_BROKEN);
}

static void
csrf_belongs_to_one_session(void **state)
{
	struct house *h = *state;
	const struct text a = people_csrf(h->arena, T("token-a"));
	assert_true(people_csrf_matches(T("token-a"), a));
	assert_false(people_csrf_matches(T("token-b"), a));
	assert_false(people_csrf_matches(T("token-a"), T("")));
	assert_false(people_csrf_matches(T(""), people_csrf(h->arena, T(""))));
}

/* --- notices --- */

static struct error *
tell(struct act *act, void *with)
{
	struct house *h = with;
	TRY(people_notify(act, &(struct notify){ .person = h->manager, .about = T("dossier:1"),
						 .words = T("住民記録の持ち出しの申請です"),
						 .path = T("/dossiers/1"),
						 .subject = T("承認待ちの申請があります") }));
	return act_note(act, &(struct fact){ .act = "test.tell", .about = { T("dossier:1") } });
}

static struct outbox_id mail_id;

static struct error *
mail_failed(struct act *act, void *with)
{
	return people_outbox_failed(act, mail_id, with);
}

static struct error *
mail_sent(struct act *act, void *with)
{
	(void)with;
	return people_outbox_sent(act, mail_id);
}

static struct error *
mark_read(struct act *act, void *with)
{
	return people_notices_read(act, ((struct house *)with)->manager, T("dossier:1"));
}

static void
notices_stand_in_the_page_and_mail_tells_no_more_than_that_something_waits(void **state)
{
	struct house *h = *state;
	struct notice *list;
	struct mail *mails;
	size_t count;
	int64_t unread, waiting, given_up;
	fault_walk(h, NOBODY, tell, h);
	LOOK(h, look);
	must(people_notices(&look, h->manager, true, (struct notice_id){ 0 }, 10, &list, &count));
	assert_int_equal(count, 1);
	must(people_outbox_next(&look, 10, &mails, &count));
	assert_int_equal(count, 1);
	assert_true(text_has(mails[0].body, T("/dossiers/1")));
	assert_false(text_has(mails[0].body, T("住民記録")));
	mail_id = mails[0].id;
	look_end(&look);
	bool is_given_up = false;
	must(act_now(h, mail_failed, &is_given_up));
	must(look_begin(h->store, h->arena, &look));
	must(people_outbox_next(&look, 10, &mails, &count));
	assert_int_equal(count, 0);
	look_end(&look);
	h->now.ms += 61000;
	must(look_begin(h->store, h->arena, &look));
	must(people_outbox_next(&look, 10, &mails, &count));
	assert_int_equal(count, 1);
	look_end(&look);
	fault_walk(h, NOBODY, mail_sent, h);
	assert_non_null(act_now(h, mail_sent, h));
	fault_walk(h, h->manager, mark_read, h);
	must(look_begin(h->store, h->arena, &look));
	must(people_notices_unread(&look, h->manager, &unread));
	must(people_outbox_count(&look, &waiting, &given_up));
	assert_int_equal(unread + waiting + given_up, 0);
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_role_is_held_through_the_nearest_post_above),
		HOUSE_TEST(a_holder_further_up_counts_only_where_none_is_nearer),
		HOUSE_TEST(nobody_decides_their_own_but_the_role_above_does),
		HOUSE_TEST(a_transfer_changes_who_holds_the_role_on_its_day),
		HOUSE_TEST(a_deputy_decides_on_the_days_named_and_is_recorded_as_one),
		HOUSE_TEST(roles_and_gaps_are_listed),
		HOUSE_TEST(rights_follow_roles_and_grants),
		HOUSE_TEST(the_last_operator_stays_and_others_may_go),
		HOUSE_TEST(the_tree_has_no_circles_and_moves_as_a_whole),
		HOUSE_TEST(search_forgives_width_kana_and_variants_and_pages),
		HOUSE_TEST(sign_in_opens_a_session_and_shows_the_last_one),
		HOUSE_TEST(unknown_names_and_wrong_passwords_look_alike),
		HOUSE_TEST(too_many_failures_lock_for_a_while),
		HOUSE_TEST(a_session_ends_when_idle_too_old_or_revoked),
		HOUSE_TEST(sessions_are_listed_and_revoked),
		HOUSE_TEST(a_temporary_password_must_be_changed_and_runs_out),
		HOUSE_TEST(an_unused_temporary_password_runs_out),
		HOUSE_TEST(guessable_passwords_are_refused),
		HOUSE_TEST(words_of_the_body_and_of_japanese_are_guessable),
		HOUSE_TEST(kana_are_spelled_as_people_type_them),
		HOUSE_TEST(a_breached_password_is_refused),
		HOUSE_TEST(a_file_that_is_no_breached_list_is_told_and_lets_nothing_through),
		HOUSE_TEST(csrf_belongs_to_one_session),
		HOUSE_TEST(notices_stand_in_the_page_and_mail_tells_no_more_than_that_something_waits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
