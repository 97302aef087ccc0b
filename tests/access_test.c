/* Accounts of other systems: lists, what is out of order, findings, and the yearly review. */
#define HOUSE_JOURNAL
#include "office_house.h"

#include "access/access.h"
#include "assure/finding.h"
#include "assure/history.h"
#include "base/table.h"

/* The body of flow's tests with one system of the section, and the day of its June review ahead. */
struct access_house {
	struct flow_house f; /* first: the helpers of flow take it */
	struct row_id system;
};

static struct access_house *
house_of(void **state)
{
	return *state;
}

static struct error *
fill_work(struct act *act, void *with)
{
	struct access_house *a = with;
	return add_system_of_other(act, &a->f, "人事給与システム", "給与の計算", &a->system);
}

static int
access_open(void **state)
{
	struct access_house *a = flow_house_within(sizeof *a);
	must(act_now(&a->f.house, fill_work, a));
	*state = a;
	return 0;
}

#define ACCESS_TEST(name) cmocka_unit_test_setup_teardown(name, access_open, house_close)

/* ---- Lists ---- */

struct list_deed {
	struct access_house *a;
	struct table table;
	struct access_mapping mapping;
	struct access_import import;
	struct access_applying applying;
	int64_t done;
};

static void
preview(struct access_house *a, const char *file, struct list_deed *deed)
{
	struct access_system system;
	*deed = (struct list_deed){ .a = a };
	must(table_read(a->f.house.arena, text_of(file), ACCESS_LIST_MOST, &deed->table));
	LOOK(&a->f.house, look);
	must(access_system(&look, &a->f.flow, a->system, &system));
	deed->mapping = access_mapping_guess(look.arena, &system, &deed->table);
	must(access_import_preview(&look, &a->f.flow, a->system, &deed->table, &deed->mapping,
				   &deed->import));
	deed->applying = (struct access_applying){ .system = a->system, .table = &deed->table,
						   .mapping = &deed->mapping, .source = T("csv"),
						   .digest = deed->import.digest };
}

static struct error *
apply_work(struct act *act, void *with)
{
	struct list_deed *deed = with;
	return access_import_apply(act, &deed->a->f.flow, &deed->applying, &deed->done);
}

static void
take_in(struct access_house *a, const char *file)
{
	struct list_deed deed;
	preview(a, file, &deed);
	must(act_as(&a->f.house, a->f.other_manager, apply_work, &deed));
}

#define HEADING "ユーザーID,職員番号,氏名,状態,権限,最終ログイン,種別,共用者\r\n"
#define YAMADA "yamada,000012,山田 太郎,有効,一般,2026-11-20,,\r\n"

static size_t
troubles(struct access_house *a, enum trouble_kind kind)
{
	struct trouble *list;
	size_t count, of = 0;
	LOOK(&a->f.house, look);
	must(access_check(&look, &a->f.flow, a->system, false, &list, &count));
	for (size_t at = 0; at < count; at++)
		of += list[at].kind == kind;
	return of;
}

static size_t
all_troubles(struct access_house *a)
{
	size_t of = 0;
	for (int kind = 0; kind < TROUBLE_KINDS; kind++)
		of += troubles(a, (enum trouble_kind)kind);
	return of;
}

static struct access_account
account_named(struct access_house *a, const char *name)
{
	const struct access_query query = { .system = a->system, .with_closed = true };
	struct access_account *list;
	size_t count;
	LOOK(&a->f.house, look);
	must(access_accounts(&look, &query, 100, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].name, name))
			return list[at];
	fail_msg("no account %s", name);
	return list[0];
}

/* ---- Acts, as works ---- */

struct saying_deed {
	struct access_saying saying;
};
static struct error *
say_work(struct act *act, void *with)
{
	return access_say(act, &((struct saying_deed *)with)->saying);
}

struct many_deed {
	struct access_house *a;
	struct access_id id;
	enum trouble_kind kind;
	struct day until;
	int64_t closed;
	const char *words;
};
static struct error *
close_work(struct act *act, void *with)
{
	struct many_deed *d = with;
	return access_close(act, &d->id, 1, text_of(d->words), &d->closed);
}
static struct error *
keep_work(struct act *act, void *with)
{
	struct many_deed *d = with;
	return access_keep(act, &d->a->f.flow, &d->id, 1, d->kind, text_of(d->words), d->until);
}

static struct error *
fails(struct access_house *a, struct person_id who, act_work *work, void *with, enum error_kind kind)
{
	return act_fails(&a->f.house, who, work, with, kind);
}

/* ---- Tests: lists ---- */

static void
columns_are_known_by_their_headings_and_persons_by_number_mail_and_name(void **state)
{
	struct access_house *a = house_of(state);
	struct list_deed deed;
	preview(a,
		"人事給与システム 利用者一覧\r\n"
		"ユーザーID,職員番号,氏名,状態,権限,最終ログイン\r\n"
		"yamada,000012,,有効,一般,2026/11/20 9:31:05\r\n"
		"takahashi,,高橋　課子,有効,管理者,133771392000000000\r\n"
		"000013,,,停止,,未使用\r\n"
		"nobody,999999,山田太郎,有効,,\r\n",
		&deed);
	assert_int_equal(deed.mapping.heading, 1);
	assert_int_equal(deed.import.count, 4);
	assert_int_equal(deed.import.added, 4);
	assert_int_equal(deed.import.unknown, 1);
	const struct access_import_row *rows = deed.import.rows;
	assert_int_equal(rows[0].person.no, a->f.house.staff.no);
	assert_int_equal(rows[0].match, MATCH_NUMBER);
	assert_int_equal(rows[0].used.no, D(-1).no);
	/* the variant of the name that the list has is the person's too */
	assert_int_equal(rows[1].person.no, a->f.house.manager.no);
	assert_int_equal(rows[1].match, MATCH_NAME);
	assert_true(rows[1].is_privileged);
	assert_int_equal(rows[2].person.no, a->f.house.deputy.no);
	assert_int_equal(rows[2].match, MATCH_LOGIN);
	assert_true(rows[2].is_disabled);
	/* a number that is nobody's is not replaced by a guess from the name */
	assert_int_equal(rows[3].person.no, 0);
	assert_int_equal(rows[3].kind, ACCESS_UNKNOWN);
}

static void
nothing_is_removed_by_being_left_out_of_a_list(void **state)
{
	struct access_house *a = house_of(state);
	struct list_deed deed;
	take_in(a, HEADING YAMADA "old,000013,,有効,一般,2026-11-20,,\r\n");
	preview(a, HEADING YAMADA, &deed);
	assert_int_equal(deed.import.absent_count, 1);
	assert_true(text_is(deed.import.absent[0].name, "old"));
	take_in(a, HEADING YAMADA);
	const struct access_account old = account_named(a, "old");
	assert_int_equal(old.closed.ms, 0);
	assert_true(old.is_absent);
	assert_int_equal(troubles(a, TROUBLE_ABSENT), 1);
	assert_int_equal(all_troubles(a), 1);
	struct many_deed close = { .a = a, .id = old.id, .words = "消したことを画面で確かめた" };
	must(act_as(&a->f.house, a->f.other_manager, close_work, &close));
	assert_int_equal(close.closed, 1);
	assert_int_equal(all_troubles(a), 0);
	/* back in the list: it is not gone after all */
	take_in(a, HEADING YAMADA "old,000013,,有効,一般,2026-11-20,,\r\n");
	assert_int_equal(account_named(a, "old").closed.ms, 0);
}

static void
what_was_said_here_outlives_the_next_list(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, "ユーザーID,氏名\r\nbatch01,夜間バッチ\r\n");
	const struct access_account account = account_named(a, "batch01");
	struct saying_deed say = { { .id = account.id, .change = account.change,
				     .kind = ACCESS_MACHINE, .why = T("夜間の取込み") } };
	must(act_as(&a->f.house, a->f.other_manager, say_work, &say));
	take_in(a, "ユーザーID,氏名\r\nbatch01,夜間バッチ\r\n");
	assert_int_equal(account_named(a, "batch01").kind, ACCESS_MACHINE);
	assert_true(text_is(account_named(a, "batch01").why, "夜間の取込み"));
}

static void
lines_that_cannot_be_read_stop_the_list_or_are_left_out_and_never_lose_the_account(void **state)
{
	struct access_house *a = house_of(state);
	struct list_deed deed;
	take_in(a, HEADING YAMADA);
	preview(a, HEADING "yamada,000012,,なぞ,一般,2026-11-20,,\r\nyamada,000012,,有効,,,,\r\n,000013,,,,,,\r\n",
		&deed);
	assert_int_equal(deed.import.wrong, 3);
	fails(a, a->f.other_manager, apply_work, &deed, ERROR_INVALID);
	preview(a, HEADING "yamada,000012,,なぞ,一般,2026-11-20,,\r\nnew,000013,,有効,,2026-11-20,,\r\n", &deed);
	deed.applying.skip_wrong = true;
	must(act_as(&a->f.house, a->f.other_manager, apply_work, &deed));
	assert_false(account_named(a, "yamada").is_absent);
}

static void
two_administrators_with_two_lists_do_not_apply_both(void **state)
{
	struct access_house *a = house_of(state);
	struct list_deed one, other;
	preview(a, HEADING YAMADA, &one);
	preview(a, HEADING YAMADA "second,000013,,有効,,2026-11-20,,\r\n", &other);
	must(act_as(&a->f.house, a->f.other_manager, apply_work, &one));
	fails(a, a->f.other_manager, apply_work, &other, ERROR_CONFLICT);
}

static void
a_list_is_applied_whole_or_not_at_all(void **state)
{
	struct access_house *a = house_of(state);
	struct list_deed deed;
	take_in(a, HEADING YAMADA "shared01,,窓口,有効,,2026-11-20,共用,000012\r\n");
	preview(a,
		HEADING "yamada,000012,,停止,一般,2026-11-20,,\r\n"
			"shared01,,窓口,有効,,2026-11-20,共用,\"000012、000013\"\r\n"
			"new,000013,,有効,,2026-11-20,,\r\n",
		&deed);
	assert_int_equal(deed.import.changed, 2);
	fault_walk(&a->f.house, a->f.other_manager, apply_work, &deed);
	assert_int_equal(troubles(a, TROUBLE_SHARED), 0);
}

/* ---- Tests: what is out of order ---- */

static struct error *
leave_work(struct act *act, void *with)
{
	struct access_house *a = with;
	return people_person_end(act, a->f.house.deputy, D(0));
}

static struct error *
move_work(struct act *act, void *with)
{
	struct access_house *a = with;
	struct house *h = &a->f.house;
	struct assignment *list;
	struct assignment_id id;
	size_t count;
	const struct post_id post = add_post(act, h, h->other, "主任", NULL);
	must(people_assignments_of(&act->look, h->staff, &list, &count));
	must(people_assignment_end(act, list[0].id, D(-1)));
	return people_assign(act, &(struct assignment){ .person = h->staff, .post = post,
							.is_main = true, .since = D(0),
							.until = DAY_NONE },
			     &id);
}

static void
accounts_of_people_who_left_or_moved_are_found_on_the_day(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, HEADING YAMADA "shikano,000013,,有効,一般,2026-11-20,,\r\n");
	assert_int_equal(all_troubles(a), 0);
	must(act_now(&a->f.house, leave_work, a));
	assert_int_equal(troubles(a, TROUBLE_LEFT), 0);
	days_pass(&a->f, 1);
	assert_int_equal(troubles(a, TROUBLE_LEFT), 1);
	must(act_now(&a->f.house, move_work, a));
	assert_int_equal(troubles(a, TROUBLE_MOVED), 1);
	/* the system's own list says that it was stopped: that is the evidence that ends it */
	take_in(a, HEADING YAMADA "shikano,000013,,停止,一般,2026-11-20,,\r\n");
	assert_int_equal(troubles(a, TROUBLE_LEFT), 0);
}

static void
accounts_that_nobody_uses_are_found_and_only_where_use_is_known(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, HEADING "yamada,000012,,有効,一般,2026-05-01,,\r\nshikano,000013,,有効,一般,,,\r\n");
	assert_int_equal(troubles(a, TROUBLE_UNUSED), 1);
	days_pass(&a->f, 91);
	assert_int_equal(troubles(a, TROUBLE_UNUSED), 2);
	/* a list without that column knows nothing of it */
	take_in(a, "ユーザーID,職員番号,状態\r\nyamada,000012,有効\r\nshikano,000013,有効\r\n");
	assert_int_equal(troubles(a, TROUBLE_UNUSED), 0);
}

static void
a_shared_account_needs_its_list_of_users_and_a_machine_its_reason(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, HEADING "madoguchi,,窓口,有効,一般,2026-11-20,共用,\r\n");
	assert_int_equal(troubles(a, TROUBLE_SHARED), 1);
	const struct access_account account = account_named(a, "madoguchi");
	struct saying_deed say = { { .id = account.id, .change = account.change,
				     .kind = ACCESS_MACHINE, .why = T("") } };
	fails(a, a->f.other_manager, say_work, &say, ERROR_INVALID);
	say.saying.kind = ACCESS_SHARED;
	say.saying.users = (struct person_id[]){ a->f.house.staff, a->f.house.deputy };
	say.saying.users_count = 2;
	must(act_as(&a->f.house, a->f.other_manager, say_work, &say));
	assert_int_equal(all_troubles(a), 0);
	fails(a, a->f.other_manager, say_work, &say, ERROR_CONFLICT); /* somebody was first */
	struct access_account *list;
	size_t count;
	LOOK(&a->f.house, look);
	must(access_accounts_of(&look, a->f.house.deputy, &list, &count));
	assert_int_equal(count, 1);
}

struct settings_deed {
	struct access_house *a;
	bool is_for_all;
};

static struct error *
settings_work(struct act *act, void *with)
{
	const struct settings_deed *deed = with;
	return access_system_settings(act, &deed->a->f.flow, deed->a->system, deed->is_for_all);
}

static size_t
staying(struct access_house *a, struct person_id person, struct unit_id unit, bool *has_shared)
{
	const struct access_moving moving = { person, &unit, unit.no != 0 };
	struct access_staying *list;
	size_t count;
	LOOK(&a->f.house, look);
	must(access_staying(&look, &moving, &list, &count));
	*has_shared = false;
	for (size_t at = 0; at < count; at++) {
		assert_int_equal(list[at].owner.no, a->f.house.other.no);
		assert_true(text_is(list[at].system_title, "人事給与システム"));
		*has_shared |= list[at].is_shared;
	}
	return count;
}

/* What nobody can use any more (the disabled one) stays with nobody. */
static void
who_moves_or_leaves_takes_along_what_is_said_before(void **state)
{
	struct access_house *a = house_of(state);
	const struct house *h = &a->f.house;
	struct settings_deed for_all = { a, true };
	bool has_shared;
	take_in(a, HEADING YAMADA "madoguchi,,窓口,有効,一般,2026-11-20,共用,000012;000013\r\n"
				  "yamada-2,000012,山田 太郎,無効,一般,,,\r\n");
	assert_int_equal(staying(a, h->staff, (struct unit_id){ 0 }, &has_shared), 2); /* leaves */
	assert_true(has_shared);
	assert_int_equal(staying(a, h->staff, h->section, &has_shared), 1); /* stays in the unit */
	assert_true(has_shared);
	assert_int_equal(staying(a, h->staff, h->other, &has_shared), 2);
	assert_int_equal(staying(a, h->manager, (struct unit_id){ 0 }, &has_shared), 0);
	must(act_as(&a->f.house, a->f.other_manager, settings_work, &for_all));
	assert_int_equal(staying(a, h->staff, h->other, &has_shared), 0);
	assert_int_equal(staying(a, h->staff, (struct unit_id){ 0 }, &has_shared), 2);
	/* Gone from its system: nothing is left to be said. */
	take_in(a, HEADING "madoguchi,,窓口,有効,一般,2026-11-20,共用,000012;000013\r\n");
	assert_int_equal(staying(a, h->staff, (struct unit_id){ 0 }, &has_shared), 1);
}

/* Who applies names the account; the manager of its system permits. */
static struct dossier_id
permit_privileged(struct access_house *a, const char *account, struct row_id system)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "privileged"),
		ANSWER("purpose", "月次の処理のため"),
		ANSWER("period", "2026-11-21/2026-12-20"),
		{ T("account"), { 0 }, text_of(account) },
		{ T("system"), { 0 },
		  text_format(a->f.house.arena, "%lld", (long long)system.no) },
	};
	const struct dossier_id id = draft_as(
		&a->f, a->f.house.staff,
		(struct flow_words){ .asked = { .answers = answers, .answers_count = 5 } });
	must(send_it(&a->f, a->f.house.staff, id));
	return id;
}

static void
a_privileged_account_needs_a_permit_that_names_it_and_is_in_force(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, HEADING "yamada-adm,000012,,有効,管理者,2026-11-20,,\r\n");
	assert_int_equal(troubles(a, TROUBLE_PRIVILEGED), 1);
	const struct dossier_id other = permit_privileged(a, "tanaka-adm", a->system);
	must(decide(&a->f, a->f.other_manager, other, VERDICT_PERMIT, ""));
	assert_int_equal(troubles(a, TROUBLE_PRIVILEGED), 1);
	const struct dossier_id id = permit_privileged(a, "yamada-adm", a->system);
	assert_int_equal(troubles(a, TROUBLE_PRIVILEGED), 1);
	must(decide(&a->f, a->f.other_manager, id, VERDICT_PERMIT, ""));
	assert_int_equal(troubles(a, TROUBLE_PRIVILEGED), 0);
	days_pass(&a->f, 40);
	assert_int_equal(troubles(a, TROUBLE_PRIVILEGED), 1);
}

static void
what_is_left_as_it_is_counts_again_after_its_day_and_only_the_manager_says_so(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, HEADING "vendor,,委託先,有効,一般,2026-11-20,,\r\n");
	struct many_deed keep = { .a = a, .id = account_named(a, "vendor").id,
				  .kind = TROUBLE_UNKNOWN, .until = D(30), .words = "契約の更新まで" };
	fails(a, a->f.house.manager, keep_work, &keep, ERROR_REFUSED);
	fails(a, a->f.house.staff, keep_work, &keep, ERROR_REFUSED);
	keep.until = D(400);
	fails(a, a->f.other_manager, keep_work, &keep, ERROR_INVALID);
	keep.until = D(30);
	keep.words = "　";
	fails(a, a->f.other_manager, keep_work, &keep, ERROR_INVALID);
	keep.words = "契約の更新まで";
	must(act_as(&a->f.house, a->f.other_manager, keep_work, &keep));
	assert_int_equal(all_troubles(a), 0);
	days_pass(&a->f, 31);
	assert_int_equal(troubles(a, TROUBLE_UNKNOWN), 1);
}

/* ---- Tests: findings ---- */

static size_t
findings(struct access_house *a, struct finding *newest)
{
	const struct finding_query query = { .is_open_only = true, .has_kind = true,
					     .kind = ASSURE_ACCOUNTS, .at = DAY_NONE };
	struct finding *list;
	size_t count;
	LOOK(&a->f.house, look);
	must(assure_findings(&look, a->f.house.pack, &query, &list, &count));
	if (count != 0)
		*newest = list[0];
	return count;
}

static void
record(struct access_house *a)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	must(assure_record(a->f.house.store, a->f.house.arena, &a->f.flow, NULL, &clock, &done));
}

struct closing {
	struct access_house *a;
	struct finding_id id;
};
static struct error *
close_finding_work(struct act *act, void *with)
{
	struct closing *closing = with;
	return assure_finding_close(act, closing->a->f.house.pack, closing->id, T("直した"));
}

static bool
may_answer(struct access_house *a, const struct finding *finding, struct person_id who)
{
	struct text role;
	bool may;
	LOOK(&a->f.house, look);
	must(assure_may_answer(&look, a->f.house.pack, finding, who, &role, &may));
	return may;
}

static void
troubles_are_findings_with_owner_and_day_that_end_only_when_put_right(void **state)
{
	struct access_house *a = house_of(state);
	struct finding finding = { 0 };
	take_in(a, HEADING YAMADA "shikano,000013,,有効,一般,2026-11-20,,\r\n");
	record(a);
	assert_int_equal(findings(a, &finding), 0);
	must(act_now(&a->f.house, leave_work, a));
	days_pass(&a->f, 1);
	record(a);
	assert_int_equal(findings(a, &finding), 1);
	assert_true(text_is(finding.role, "system-manager"));
	assert_int_equal(finding.person.no, a->f.other_manager.no);
	assert_int_equal(finding.due.no, D(31).no);
	assert_true(text_is(finding.detail, "left"));
	assert_true(may_answer(a, &finding, a->f.other_manager));
	assert_false(may_answer(a, &finding, a->f.house.manager)); /* another section's head */
	struct closing closing = { a, finding.id };
	fails(a, a->f.other_manager, close_finding_work, &closing, ERROR_REFUSED);
	/* past its day the clause is late */
	days_pass(&a->f, 31);
	{
		struct assurance assurance;
		LOOK(&a->f.house, look);
		must(assure(&look, &a->f.flow, NULL, &assurance));
		for (size_t at = 0; at < assurance.count; at++)
			if (text_is(assurance.clauses[at].clause->id, "7.2.1.b.c"))
				assert_int_equal(assurance.clauses[at].machine, STATE_MISSING);
		/* nobody has reviewed yet, which is worse; the rule itself says late */
		bool is_late = false;
		for (size_t at = 0; at < assurance.count; at++)
			for (size_t i = 0; i < assurance.clauses[at].rules_count; i++)
				is_late = is_late ||
					  (assurance.clauses[at].rules[i].rule->kind == EVIDENCE_ACCOUNTS &&
					   assurance.clauses[at].rules[i].rule->check == CHECK_LEFT &&
					   assurance.clauses[at].rules[i].state == STATE_LATE);
		assert_true(is_late);
	}
	struct many_deed close = { .a = a, .id = account_named(a, "shikano").id, .words = "消した" };
	must(act_as(&a->f.house, a->f.other_manager, close_work, &close));
	record(a);
	assert_int_equal(findings(a, &finding), 0);
}

/* ---- Tests: the review ---- */

struct round_deed {
	struct access_house *a;
	struct day due;
	int64_t id;
};
static struct error *
begin_work(struct act *act, void *with)
{
	struct round_deed *d = with;
	return access_round_begin(act, &d->a->f.flow, d->due, &d->id);
}

struct review_deed {
	struct access_house *a;
	struct unit_id unit;
	struct hash digest;
	struct access_answering answers[8];
	size_t count;
};
static struct error *
review_work(struct act *act, void *with)
{
	struct review_deed *d = with;
	return access_review(act, &d->a->f.flow, d->unit, &d->digest, d->answers, d->count);
}

static struct review_deed
all_as_they_are(struct access_house *a, struct unit_id unit)
{
	struct review_deed deed = { .a = a, .unit = unit };
	struct access_sheet sheet;
	LOOK(&a->f.house, look);
	must(access_sheet(&look, &a->f.flow, unit, &sheet));
	deed.digest = sheet.digest;
	for (size_t at = 0; at < sheet.count && at < 8; at++)
		deed.answers[deed.count++] = (struct access_answering){ sheet.items[at].account.id,
									ANSWER_SAME, T("") };
	return deed;
}

static void
begin_round(struct access_house *a)
{
	struct round_deed deed = { .a = a, .due = D(30) };
	take_in(a,
		HEADING YAMADA "takahashi,000011,,有効,一般,2026-11-20,,\r\n"
			       "shikano,000013,,有効,管理者,2026-11-20,,\r\n"
			       "madoguchi,,,有効,一般,2026-11-20,共用,000012\r\n");
	must(act_as(&a->f.house, a->f.other_manager, begin_work, &deed));
	fails(a, a->f.other_manager, begin_work, &deed, ERROR_CONFLICT);
}

static void
a_head_reviews_their_people_and_their_own_accounts_go_to_who_stands_above(void **state)
{
	struct access_house *a = house_of(state);
	struct house *h = &a->f.house;
	struct access_sheet sheet;
	begin_round(a);
	LOOK(h, look);
	must(access_sheet(&look, &a->f.flow, h->section, &sheet));
	assert_int_equal(sheet.count, 3);
	assert_true(text_is(sheet.items[0].account.name, "yamada"));
	assert_false(sheet.items[0].must_answer);
	assert_true(sheet.items[1].must_answer); /* privileged: must be answered */
	assert_int_equal(sheet.items[2].account.kind, ACCESS_SHARED);
	must(access_sheet(&look, &a->f.flow, h->bureau, &sheet));
	assert_int_equal(sheet.count, 1);
	assert_true(text_is(sheet.items[0].account.name, "takahashi"));
	struct error *error = access_sheet(&look, &a->f.flow, h->other, &sheet);
	assert_int_equal(error->kind, ERROR_MISSING); /* has nobody with an account */
	error_sweep();
}

static void
only_the_unit_s_own_head_answers_for_it_and_only_for_what_was_shown(void **state)
{
	struct access_house *a = house_of(state);
	struct house *h = &a->f.house;
	begin_round(a);
	struct review_deed deed = all_as_they_are(a, h->section);
	fails(a, h->staff, review_work, &deed, ERROR_REFUSED);
	fails(a, a->f.other_manager, review_work, &deed, ERROR_REFUSED);
	fails(a, h->director, review_work, &deed, ERROR_REFUSED);
	struct review_deed guessed = deed;
	guessed.unit = h->other; /* another unit's number is not asked */
	fails(a, a->f.other_manager, review_work, &guessed, ERROR_MISSING);
	struct review_deed some = deed;
	some.count = 1;
	const struct error *missing = fails(a, h->manager, review_work, &some, ERROR_INVALID);
	assert_int_equal(error_count(missing), 2);
	struct review_deed stale = deed;
	stale.digest.at[0] ^= 1;
	fails(a, h->manager, review_work, &stale, ERROR_CONFLICT);
	fault_walk(h, h->manager, review_work, &deed);
	fails(a, h->manager, review_work, &deed, ERROR_CONFLICT); /* once */
	struct access_round round;
	bool found;
	LOOK(h, look);
	must(access_round(&look, &found, &round));
	assert_int_equal(round.units, 2);
	assert_int_equal(round.done, 1);
	assert_int_equal(round.accounts, 3);
}

static void
a_removal_that_was_asked_for_is_trouble_until_it_is_done(void **state)
{
	struct access_house *a = house_of(state);
	struct house *h = &a->f.house;
	begin_round(a);
	struct review_deed deed = all_as_they_are(a, h->section);
	deed.answers[0].answer = ANSWER_REMOVE;
	deed.answers[1].answer = ANSWER_CHANGE; /* without words */
	fails(a, h->manager, review_work, &deed, ERROR_INVALID);
	deed.answers[1].words = T("特権は要らない");
	must(act_as(h, h->manager, review_work, &deed));
	assert_int_equal(troubles(a, TROUBLE_ASKED), 2);
	struct many_deed keep = { .a = a, .id = deed.answers[0].account, .kind = TROUBLE_ASKED,
				  .until = D(10), .words = "残す" };
	fails(a, a->f.other_manager, keep_work, &keep, ERROR_INVALID);
	struct many_deed close = { .a = a, .id = deed.answers[0].account, .words = "消した" };
	must(act_as(h, a->f.other_manager, close_work, &close));
	assert_int_equal(troubles(a, TROUBLE_ASKED), 1);
	struct access_request *list;
	size_t count;
	LOOK(h, look);
	must(access_requests(&look, deed.answers[0].account, &list, &count));
	assert_int_equal(count, 1);
	assert_int_not_equal(list[0].handled.ms, 0);
}

static struct access_done
tick(struct access_house *a)
{
	struct access_done done;
	must(access_clock(a->f.house.store, a->f.house.arena, &a->f.flow, &done));
	return done;
}

static void
time_begins_the_review_in_its_month_reminds_and_tells_who_stands_above(void **state)
{
	struct access_house *a = house_of(state);
	struct house *h = &a->f.house;
	take_in(a, HEADING YAMADA);
	assert_false(tick(a).has_begun); /* November */
	h->now = (struct moment){ day_begin(D(192)).ms + 3600000 }; /* 1 June */
	const int64_t before = notices_of(&a->f, h->manager);
	assert_true(tick(a).has_begun);
	assert_int_equal(notices_of(&a->f, h->manager), before + 1);
	assert_false(tick(a).has_begun);
	days_pass(&a->f, 6);
	assert_int_equal(tick(a).reminded, 0);
	days_pass(&a->f, 1);
	assert_int_equal(tick(a).reminded, 1);
	assert_int_equal(tick(a).reminded, 0);
	const int64_t above = notices_of(&a->f, h->director);
	days_pass(&a->f, 24); /* past the day */
	assert_int_equal(tick(a).escalated, 1);
	assert_int_equal(notices_of(&a->f, h->director), above + 1);
	assert_int_equal(tick(a).escalated, 0);
	struct review_deed deed = all_as_they_are(a, h->section);
	must(act_as(h, h->manager, review_work, &deed));
	days_pass(&a->f, 8);
	assert_int_equal(tick(a).reminded, 0);
}

/* ---- Tests: erasure ---- */

static struct error *
erase_work(struct act *act, void *with)
{
	struct access_house *a = with;
	return access_person_erase(act, a->f.house.staff);
}

static void
an_erased_person_s_accounts_keep_no_name(void **state)
{
	struct access_house *a = house_of(state);
	take_in(a, HEADING YAMADA);
	const struct access_account before = account_named(a, "yamada");
	fails(a, (struct person_id){ 0 }, erase_work, a, ERROR_REFUSED);
	struct many_deed close = { .a = a, .id = before.id, .words = "消した" };
	must(act_as(&a->f.house, a->f.other_manager, close_work, &close));
	must(act_now(&a->f.house, erase_work, a));
	struct access_account after;
	LOOK(&a->f.house, look);
	must(access_account(&look, before.id, &after));
	assert_false(text_has(after.name, T("yamada")));
	assert_int_equal(after.person.no, a->f.house.staff.no);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ACCESS_TEST(columns_are_known_by_their_headings_and_persons_by_number_mail_and_name),
		ACCESS_TEST(nothing_is_removed_by_being_left_out_of_a_list),
		ACCESS_TEST(what_was_said_here_outlives_the_next_list),
		ACCESS_TEST(lines_that_cannot_be_read_stop_the_list_or_are_left_out_and_never_lose_the_account),
		ACCESS_TEST(two_administrators_with_two_lists_do_not_apply_both),
		ACCESS_TEST(a_list_is_applied_whole_or_not_at_all),
		ACCESS_TEST(accounts_of_people_who_left_or_moved_are_found_on_the_day),
		ACCESS_TEST(accounts_that_nobody_uses_are_found_and_only_where_use_is_known),
		ACCESS_TEST(a_shared_account_needs_its_list_of_users_and_a_machine_its_reason),
		ACCESS_TEST(who_moves_or_leaves_takes_along_what_is_said_before),
		ACCESS_TEST(a_privileged_account_needs_a_permit_that_names_it_and_is_in_force),
		ACCESS_TEST(what_is_left_as_it_is_counts_again_after_its_day_and_only_the_manager_says_so),
		ACCESS_TEST(troubles_are_findings_with_owner_and_day_that_end_only_when_put_right),
		ACCESS_TEST(a_head_reviews_their_people_and_their_own_accounts_go_to_who_stands_above),
		ACCESS_TEST(only_the_unit_s_own_head_answers_for_it_and_only_for_what_was_shown),
		ACCESS_TEST(a_removal_that_was_asked_for_is_trouble_until_it_is_done),
		ACCESS_TEST(time_begins_the_review_in_its_month_reminds_and_tells_who_stands_above),
		ACCESS_TEST(an_erased_person_s_accounts_keep_no_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
