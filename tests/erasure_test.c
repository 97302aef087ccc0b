/* What is promised of erasing a person: when it may be, what is gone, what still works. */
#include "flow_house.h"
#include "people/erase.h"
#include "people/notice.h"

#include <stdarg.h>

#define NUMBER "000013" /* 𠮟野　次郎 */

static int
shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int
shell(const char *format, ...)
{
	char command[2000];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	return system(command);
}

static struct error *
erase_work(struct act *act, void *with)
{
	return flow_person_erase(act, with);
}

static struct error *
end_work(struct act *act, void *with)
{
	const struct house *h = with;
	return people_person_end(act, h->deputy, D(-1));
}

static struct erasing
erasing_of(struct flow_house *h)
{
	return (struct erasing){ .person = h->house.deputy, .basis = ERASURE_RETENTION,
				 .number = T(NUMBER) };
}

static struct error *
erase(struct flow_house *h)
{
	struct erasing erasing = erasing_of(h);
	return act_now(&h->house, erase_work, &erasing);
}

static void
refused_with(struct flow_house *h, const char *words)
{
	struct erasing erasing = erasing_of(h);
	const struct error *error = act_fails(&h->house, NOBODY, erase_work, &erasing, ERROR_REFUSED);
	bool is_said = false;
	for (; error != NULL; error = error->next)
		is_said |= text_has(error->words, text_of(words));
	assert_true(is_said);
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_HELD);
}

static size_t
search(struct house *h, const char *words, struct person_row **rows)
{
	size_t count;
	bool has_more;
	LOOK(h, look);
	must(people_search(&look, &(struct people_search){ .words = text_of(words),
							   .day = DAY_NONE, .with_ended = true },
			   rows, &count, &has_more));
	return count;
}

/* ---- When ---- */

static void
who_serves_or_has_open_matters_is_not_erased(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier;
	const struct dossier_id id = draft_carry(h, h->house.deputy, h->secret, "支所");
	refused_with(h, "まだ職に就いています");
	must(send_it(h, h->house.deputy, id));
	refused_with(h, "案件が1件");
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	refused_with(h, "案件が1件");
	dossier = dossier_now(h, id);
	take_out(h, h->house.deputy, &dossier, h->secret);
	must(act_now(&h->house, end_work, &h->house));
	refused_with(h, "戻っていません");
}

static void
the_number_must_be_typed(void **state)
{
	struct flow_house *h = *state;
	must(act_now(&h->house, end_work, &h->house));
	struct erasing erasing = erasing_of(h);
	erasing.number = T("000012");
	struct error *error = act_now(&h->house, erase_work, &erasing);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_true(text_is(error->field, "number"));
	erasing.number = T(" ００００１３ "); /* as it is typed */
	must(act_now(&h->house, erase_work, &erasing));
	assert_string_equal(h->house.last_act, "people.person_erase");
	error = act_now(&h->house, erase_work, &erasing);
	assert_int_equal(error->kind, ERROR_CONFLICT); /* once is enough */
}

static void
a_failing_call_erases_nothing(void **state)
{
	struct flow_house *h = *state;
	struct erasing erasing = erasing_of(h);
	must(act_now(&h->house, end_work, &h->house));
	fault_walk(&h->house, (struct person_id){ 0 }, erase_work, &erasing);
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_ERASED);
}

/* ---- What is gone, what works ---- */

static void
an_erased_person_is_nobody_everywhere(void **state)
{
	struct flow_house *h = *state;
	struct person_row *rows;
	struct person person;
	struct assignment *assignments;
	struct flow_page page;
	struct text ids;
	struct person_id called;
	size_t count;
	const struct dossier_id id = draft_carry(h, h->house.deputy, h->secret, "支所");
	assert_int_equal(search(&h->house, "しかの", &rows), 1);
	assert_int_equal(shell("grep -rqF 000013 %s/store*", h->house.folder), 0);
	must(act_now(&h->house, end_work, &h->house));
	must(erase(h));
	assert_int_equal(search(&h->house, "しかの", &rows), 0);
	assert_int_equal(search(&h->house, "叱野", &rows), 0);
	assert_int_equal(search(&h->house, NUMBER, &rows), 0);
	assert_int_equal(search(&h->house, "taro@example", &rows), count = search(&h->house, "", &rows) - 1);
	assert_true(count > 3);
	LOOK(&h->house, look);
	must(people_person(&look, h->house.deputy, &person));
	assert_true(person.is_erased);
	assert_true(text_is(person.name, "（消去済み）"));
	assert_true(text_same(person.number, text_format(h->house.arena, "erased-%lld",
							 (long long)h->house.deputy.no)));
	assert_int_equal(person.kana.len + person.mail.len + person.family.len, 0);
	must(people_assignments_of(&look, h->house.deputy, &assignments, &count));
	assert_int_equal(count, 1);
	assert_true(text_is(assignments[0].person_name, "（消去済み）"));
	assert_true(text_is(dossier_now(h, id).applicant_name, "（消去済み）"));
	must(flow_list(&look, &h->flow,
		       &(struct flow_query){ .list = FLOW_MINE, .person = h->house.deputy }, 10,
		       &page));
	assert_int_equal(page.count, 1);
	must(people_named(&look, T("シカノ"), &ids));
	assert_int_equal(ids.len, 0);
	must(people_called(&look, T("𠮟野　次郎"), &called, &count));
	assert_int_equal(count, 0);
	must(people_called(&look, T("山田 太郎"), &called, &count));
	assert_int_equal(count, 1);
	assert_int_equal(called.no, h->house.staff.no);
	/* The few values looked up by are gone from the files too. */
	assert_int_not_equal(shell("grep -rqF 000013 %s/store*", h->house.folder), 0);
}

static struct error *
notify_work(struct act *act, void *with)
{
	const struct house *h = with;
	TRY(people_notify(act, &(struct notify){ .person = h->deputy, .about = T("x:1"),
						 .words = T("知らせ"), .path = T("/"),
						 .subject = T("知らせ") }));
	return people_notify(act, &(struct notify){ .person = h->staff, .about = T("x:1"),
						    .words = T("知らせ"), .path = T("/"),
						    .subject = T("知らせ") });
}

static struct error *
notify_and_note(struct act *act, void *with)
{
	TRY(notify_work(act, with));
	return act_note(act, &(struct fact){ .act = "test.notify", .about = { T("x:1") } });
}

static void
what_would_tell_them_goes_on_without(void **state)
{
	struct flow_house *h = *state;
	int64_t before, after;
	must(act_now(&h->house, end_work, &h->house));
	must(erase(h));
	{
		LOOK(&h->house, look);
		must(people_notices_unread(&look, h->house.deputy, &before));
	}
	must(act_now(&h->house, notify_and_note, &h->house));
	LOOK(&h->house, look);
	must(people_notices_unread(&look, h->house.deputy, &after));
	assert_int_equal(before, after);
	must(people_notices_unread(&look, h->house.staff, &after));
	assert_true(after > 0);
}

static void
a_dossier_is_found_by_its_applicants_name(void **state)
{
	struct flow_house *h = *state;
	struct flow_page page;
	draft_carry(h, h->house.deputy, h->secret, "支所");
	draft_carry(h, h->house.staff, h->secret, "支所");
	LOOK(&h->house, look);
	static const char *const words[] = { "シカノ", "叱野次郎", "委託先 しかの", "山田" };
	static const size_t found[] = { 1, 1, 1, 0 };
	for (size_t at = 0; at < 4; at++) {
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_MINE, .person = h->house.deputy,
						     .words = text_of(words[at]) }, 10, &page));
		assert_int_equal(page.count, found[at]);
	}
}

/* ---- Accidents ---- */

static void
close_store(struct house *h)
{
	store_close(h->store);
	h->store = NULL;
}

static void
open_store(struct house *h, const struct migration *migrations, bool has_ring)
{
	const struct store_options options = {
		.path = text_format(h->arena, "%s/store", h->folder).data,
		.ring = has_ring ? text_format(h->arena, "%s/keys/ring", h->folder).data : NULL,
		.may_create = true,
		.migrations = migrations,
		.clock = house_clock,
		.clock_with = h,
	};
	must(store_open(h->arena, &options, &h->store));
	store_attach(h->store, &(struct store_journal){ .self = h, .append = house_append });
}

static void
a_crash_before_the_key_was_destroyed_is_made_good(void **state)
{
	struct flow_house *h = *state;
	struct person person;
	must(act_now(&h->house, end_work, &h->house));
	assert_int_equal(shell("cp %s/keys/ring %s/ring.before", h->house.folder, h->house.folder), 0);
	must(erase(h));
	close_store(&h->house);
	assert_int_equal(shell("cp %s/ring.before %s/keys/ring", h->house.folder, h->house.folder), 0);
	open_store(&h->house, bansho_migrations, true);
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_HELD);
	LOOK(&h->house, look);
	must(people_erasures_finish(&look));
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_ERASED);
	must(people_person(&look, h->house.deputy, &person));
	assert_true(text_is(person.name, "（消去済み）"));
}

/* ---- A store of Bansho 0.1 ---- */

static struct error *
seal_work(struct act *act, void *with)
{
	(void)with;
	TRY(flow_unname(act));
	return people_seal(act);
}

static const char old_rows[] =
	"INSERT INTO people_unit VALUES (1, NULL, '1', '市', 'body', 1, NULL, NULL);"
	"INSERT INTO people_post VALUES (1, 1, '主事', 1, NULL, NULL);"
	"INSERT INTO people_person VALUES (1, '77', '花咲　かすみ', '花咲', 'かすみ', 'ハナサキ', 'kasumi@x.jp', 'ja', NULL, NULL);"
	"INSERT INTO people_person_cache VALUES (1, '77 花咲かすみ', 'はなさき');"
	"INSERT INTO people_deputy VALUES (1, 1, 1, 1, 1, 2, '花咲の病気');"
	"INSERT INTO people_notice VALUES (1, 1, 'x:1', '花咲さんへ', '/', 1, NULL);"
	"INSERT INTO people_outbox VALUES (1, 'kasumi@x.jp', '花咲', '本文', 'waiting', 0, 1, 1);"
	"INSERT INTO people_outbox VALUES (2, '', '', '', 'sent', 1, 1, 1);"
	"INSERT INTO people_session VALUES (1, 1, x'00', 1, 2, 3, 0, '10.77.77.1', 'Hanasaki/1', NULL);"
	"INSERT INTO flow_dossier VALUES (1, '1', 1, 1, 'draft', '目的', 1, NULL, 1, '', NULL, NULL, NULL, 1, NULL, 1, NULL, NULL);"
	"INSERT INTO flow_find_cache VALUES (1, '目的 花咲かすみ');";

static void
what_an_older_bansho_left_in_plain_is_sealed_once(void **state)
{
	struct flow_house *f = *state;
	struct house *h = &f->house;
	struct migration old[64];
	struct person_row *rows;
	struct mail *mails;
	size_t kept = 0, count;
	close_store(h);
	assert_int_equal(shell("rm -r %s/store* %s/keys", h->folder, h->folder), 0);
	for (const struct migration *step = bansho_migrations; step->room != NULL; step++)
		if (step->number == 1 && kept < 63)
			old[kept++] = *step;
	old[kept] = (struct migration){ 0 };
	open_store(h, old, false);
	close_store(h);
	assert_null(file_replace(text_format(h->arena, "%s/rows.sql", h->folder).data,
				 text_of(old_rows), 0600));
	assert_int_equal(shell("sqlite3 -bail %s/store <%s/rows.sql && rm %s/rows.sql", h->folder,
			       h->folder, h->folder), 0);
	assert_int_equal(shell("grep -qF 花咲 %s/store", h->folder), 0);
	open_store(h, bansho_migrations, true);
	must(act_now(h, seal_work, NULL));
	assert_string_equal(h->last_act, "people.seal");
	const int entries = h->entries;
	must(act_now(h, seal_work, NULL));
	assert_int_equal(h->entries, entries); /* only once */
	must(store_scrub(h->store));
	static const char *const words[] = { "花咲", "はなさき", "ハナサキ", "かすみ", "kasumi",
					     "10.77.77.1", "Hanasaki" };
	for (size_t at = 0; at < sizeof words / sizeof *words; at++)
		assert_int_not_equal(shell("grep -rqF '%s' %s", words[at], h->folder), 0);
	assert_int_equal(search(h, "花咲", &rows), 1);
	assert_true(text_is(rows[0].name, "花咲　かすみ"));
	LOOK(h, look);
	must(people_outbox_next(&look, 10, &mails, &count));
	assert_int_equal(count, 1);
	assert_true(text_is(mails[0].address, "kasumi@x.jp"));
}

/* Nothing personal that the house holds stands in any file. */
static void
no_name_stands_in_a_file(void **state)
{
	struct flow_house *h = *state;
	static const char *const words[] = { "山田", "太郎", "ヤマダ", "やまだ", "taro@", "髙橋", "タカハシ" };
	must(send_it(h, h->house.staff, draft_carry(h, h->house.staff, h->secret, "支所")));
	assert_int_equal(shell("test -s %s/store-wal", h->house.folder), 0);
	for (size_t at = 0; at < sizeof words / sizeof *words; at++)
		assert_int_not_equal(shell("grep -rqF '%s' %s --exclude-dir=pack", words[at],
					   h->house.folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(who_serves_or_has_open_matters_is_not_erased),
		FLOW_TEST(the_number_must_be_typed),
		FLOW_TEST(a_failing_call_erases_nothing),
		FLOW_TEST(an_erased_person_is_nobody_everywhere),
		FLOW_TEST(what_would_tell_them_goes_on_without),
		FLOW_TEST(a_dossier_is_found_by_its_applicants_name),
		FLOW_TEST(a_crash_before_the_key_was_destroyed_is_made_good),
		FLOW_TEST(what_an_older_bansho_left_in_plain_is_sealed_once),
		FLOW_TEST(no_name_stands_in_a_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
