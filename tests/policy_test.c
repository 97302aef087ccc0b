#include "policy/policy.h"
#include "policy/diff.h"

#include "base/file.h"
#include "base/say.h"
#include "base/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pack_copy.h"

static const char *
copy_pack(void)
{
	return copy_pack_of("../packs/takamatsu");
}

static struct pack *
good_pack(void)
{
	return good_pack_of(here("../packs/takamatsu"), NULL);
}

static bool
has_fault(const struct error *errors, const char *where, const char *words)
{
	for (; errors != NULL; errors = errors->next)
		if (text_starts(errors->field, text_of(where)) &&
		    text_has(errors->words, text_of(words)))
			return true;
	return false;
}

static bool
is_told(const struct error *errors, const char *where, const char *words)
{
	if (has_fault(errors, where, words))
		return true;
	for (; errors != NULL; errors = errors->next)
		print_message("# %.*s %.*s\n", T_ARG(errors->field), T_ARG(errors->words));
	print_message("# no fault at %s with '%s'\n", where, words);
	return false;
}

static void
must_have(const struct error *errors, const char *where, const char *words)
{
	assert_true(is_told(errors, where, words));
}

/* --- the Takamatsu pack --- */

static void
takamatsu_loads_without_a_mistake(void **state)
{
	struct pack_report report;

	(void)state;
	const struct pack *pack = good_pack_of(here("../packs/takamatsu"), &report);
	assert_int_equal(report.clauses, 413);
	assert_int_equal(pack->duties_count, 413);
	assert_int_equal(report.errors, 0);
	assert_int_equal(report.without_evidence, 0);
}

static void
takamatsu_holds_all_fifteen_sheets(void **state)
{
	static const char *const sheets[] = {"1", "2",  "3",    "4",    "5",  "6",    "7",   "8",
					     "9", "10", "11-1", "11-2", "12", "13-1", "13-2"};
	const struct pack *pack = good_pack();
	size_t given = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++) {
		const struct pack_form *form = pack_form(pack, text_of(sheets[i]));
		if (form == NULL || !form->is_given)
			fail_msg("no form %s", sheets[i]);
	}
	for (size_t i = 0; i < pack->forms_count; i++)
		given += pack->forms[i].is_given;
	assert_int_equal(given, sizeof(sheets) / sizeof(sheets[0]));
	for (size_t i = 0; i < pack->clauses_count; i++)
		if (pack->clauses[i].form_number.len > 0)
			assert_non_null(pack_form(pack, pack->clauses[i].form_number));
}

static void
every_row_of_the_clause_table_is_a_clause(void **state)
{
	struct pack *pack = good_pack();
	struct text rest;
	struct text id;
	size_t count = 0;

	(void)state;
	assert_null(file_read(arena, here("packs/takamatsu-ids.txt"), 1 << 20, &rest));
	while (value_next(&rest, &id)) {
		const struct pack_clause *clause = pack_clause(pack, id);
		if (clause == NULL || !clause->is_duty)
			fail_msg("no duty %.*s", T_ARG(id));
		assert_true(clause->duty.ja.len > 0 && clause->duty.en.len > 0);
		assert_non_null(clause->actor);
		assert_true(clause->kind != CLAUSE_HEADING);
		count++;
	}
	assert_int_equal(count, 413);
}

static void
clauses_have_their_numbers_and_parents(void **state)
{
	struct pack *pack = good_pack();
	const struct pack_clause *clause = pack_clause(pack, T("3.2.9.a-1"));

	(void)state;
	assert_non_null(clause);
	assert_true(text_is(clause->number, "3.2.(9) a)-1"));
	assert_true(text_is(clause->parent->id, "3.2.9.a"));
	assert_true(clause_is_under(clause, pack_clause(pack, T("3.2"))));
	assert_false(clause_is_under(clause, pack_clause(pack, T("4"))));
	assert_true(text_is(pack_clause(pack, T("3.2.9"))->title.ja, "情報資産の廃棄"));
	assert_true(pack_clause(pack, T("n11"))->is_note);
	assert_true(text_is(pack_clause(pack, T("n11"))->parent->id, "3.2.9.a"));
	assert_null(pack_clause(pack, T("3.2.99")));
	assert_null(pack_clause(pack, T("")));
}

static struct when_value
class_one(void *with, struct text name)
{
	struct pack *pack = with;

	if (text_is(name, "class"))
		return (struct when_value){.kind = WHEN_CLASS,
					   .text = T("I"),
					   .axis = pack_axis(pack, T("class"))};
	if (text_is(name, "doing"))
		return (struct when_value){.kind = WHEN_LIST, .text = T("send\ncarry")};
	return (struct when_value){.kind = WHEN_NONE};
}

static void
a_carried_class_one_asset_meets_two_occasions(void **state)
{
	struct pack *pack = good_pack();
	const struct when_answers answers = {.answer = class_one, .with = pack};

	(void)state;
	assert_true(when_evaluate(pack_occasion(pack, T("send"))->when, &answers));
	assert_true(when_evaluate(pack_occasion(pack, T("transport"))->when, &answers));
	assert_false(when_evaluate(pack_occasion(pack, T("dispose"))->when, &answers));
	const struct pack_occasion *transport = pack_occasion(pack, T("transport"));
	assert_true(transport->has_permit);
	assert_true(text_is(transport->permit.returns->name, "returns-at"));
	assert_true(text_is(transport->form->number, "2"));
	assert_true(text_is(transport->steps[0].role->code, "manager"));
}

static struct when_value
teleworker(void *with, struct text name)
{
	if (text_is(name, "doing"))
		return (struct when_value){.kind = WHEN_LIST,
					   .text = T("carry\noutside-work\nremote\n"
						     "private-device\nbring-in\nconnect")};
	if (text_is(name, "device-from"))
		return (struct when_value){.kind = WHEN_TEXT, .text = T("private")};
	return text_is(name, "class") ? class_one(with, name)
				      : (struct when_value){.kind = WHEN_NONE};
}

/* "manager@applicant system-manager@field/network": who permits the occasion. */
static struct text
who_permits(const struct pack_occasion *occasion, const struct when_answers *answers)
{
	static const char *const whose[] = {"applicant", "owner", "body", "field"};
	struct text all = T("");

	for (size_t i = 0; i < occasion->steps_count; i++) {
		const struct pack_step *step = &occasion->steps[i];
		if (step->verb != STEP_PERMISSION || !when_evaluate(step->when, answers))
			continue;
		const struct text field = step->field != NULL ? step->field->name : T("");
		all = text_format(arena, "%.*s %.*s@%s/%.*s", T_ARG(all), T_ARG(step->role->code),
				  whose[step->whose], T_ARG(field));
	}
	return all;
}

static size_t
add_new(struct text *list, size_t count, struct text one)
{
	for (size_t i = 0; i < count; i++)
		if (text_same(list[i], one))
			return count;
	list[count] = one;
	return count + 1;
}

static void
telework_needs_six_sheets_and_three_sets_of_approvers(void **state)
{
	static const char *const wanted[] = {"2", "7", "8", "9", "10", "12"};
	struct pack *pack = good_pack();
	const struct when_answers answers = {.answer = teleworker, .with = pack};
	struct text sheets[60], sets[60];
	size_t sheets_count = 0, sets_count = 0;

	(void)state;
	for (size_t i = 0; i < pack->occasions_count; i++) {
		const struct pack_occasion *occasion = &pack->occasions[i];
		if (!when_evaluate(occasion->when, &answers))
			continue;
		const struct text who = who_permits(occasion, &answers);
		sheets_count = add_new(sheets, sheets_count, occasion->form->number);
		if (who.len > 0)
			sets_count = add_new(sets, sets_count, who);
	}
	assert_int_equal(sheets_count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(add_new(sheets, 6, text_of(wanted[i])), 6);
	assert_int_equal(sets_count, 3);
	assert_int_equal(add_new(sets, 3, T(" manager@applicant/")), 3);
	assert_int_equal(
		add_new(sets, 3, T(" manager@applicant/ system-manager@field/network")), 3);
	assert_int_equal(add_new(sets, 3, T(" system-manager@field/system")), 3);
	assert_ptr_equal(pack_occasion(pack, T("bring-in"))->needs[0],
			 pack_occasion(pack, T("private-device")));
}

static void
the_highest_class_counts_and_unclassified_is_highest(void **state)
{
	struct pack *pack = good_pack();
	const struct pack_axis *axis = pack_axis(pack, T("class"));

	(void)state;
	assert_true(text_is(class_highest(axis, T("III"), T("II"))->code, "II"));
	assert_true(text_is(class_highest(axis, T("III"), T(""))->code, "I"));
	assert_true(axis->values[0].rules_count > axis->values[2].rules_count);
	const char *folder = copy_pack();
	struct pack *silent = NULL;
	spoil(folder, "classes.yaml", "    unclassified: \"I\"\n", "");
	assert_null(load(folder, &silent, NULL));
	assert_true(text_is(silent->axes[0].unclassified->code, "I"));
	remove_pack(folder);
}

static void
the_digest_changes_with_any_file_and_only_then(void **state)
{
	struct pack *pack = good_pack();
	struct pack *copy = NULL;
	const char *folder = copy_pack();

	(void)state;
	assert_null(load(folder, &copy, NULL));
	assert_true(hash_same(&pack->digest, &copy->digest));
	spoil(folder, "forms/3.yaml", "立会人", "見届人");
	assert_null(load(folder, &copy, NULL));
	assert_false(hash_same(&pack->digest, &copy->digest));
	remove_pack(folder);
}

/* --- the pack that uses every key --- */

static struct pack *
whole_pack(void)
{
	return good_pack_of(here("packs/whole"), NULL);
}

static void
the_document_has_editions_terms_and_somebody_who_publishes_it(void **state)
{
	const struct pack *pack = whole_pack();

	(void)state;
	assert_true(text_is(pack->enacted, "2026-03-20"));
	assert_int_equal(pack->editions_count, 3);
	assert_true(text_is(pack->editions[1].effective, "2018-04-01"));
	assert_int_equal(pack->editions[1].enacted.len, 0);
	assert_true(pack->editions[2].is_full && !pack->editions[1].is_full);
	assert_true(text_is(pack->publishes->code, "ciso"));
	assert_true(pack->is_acknowledged);
	assert_int_equal(pack->terms_count, 2);
	assert_true(text_is(pack->terms[0].aliases[0], "最高情報セキュリティ責任者"));
	assert_true(text_is(pack->terms[0].clause->id, "1.1.b"));
	assert_null(pack->terms[1].clause);
	assert_true(good_pack()->is_acknowledged);
}

static void
clauses_say_what_they_leave_open_and_cite(void **state)
{
	const struct pack *pack = whole_pack();
	const struct pack_clause *clause = pack_clause(pack, T("1.1.a"));

	(void)state;
	assert_int_equal(clause->modality, MAY);
	assert_int_equal(clause->references_count, 1);
	assert_true(text_is(clause->references[0].printed, "２．２．ｂ）"));
	assert_true(text_is(clause->references[0].subject.ja, "例外"));
	assert_ptr_equal(clause->references[0].to, pack_clause(pack, T("2.2.b")));
	assert_int_equal(pack_clause(pack, T("1.1.b"))->roles_named_count, 2);
	assert_int_equal(pack_clause(pack, T("1.1.b"))->modality, MUST);
	assert_true(text_is(pack_clause(pack, T("1.1.c"))->also[0]->code, "mayor"));
	assert_true(text_is(pack_clause(pack, T("1.1.d"))->printed.ja, "当町の文書の文"));
	assert_int_equal(pack_clause(pack, T("1.1"))->statutes_count, 2);
	assert_true(text_is(pack_clause(pack, T("2.2.a"))->deadline_words.ja, "速やかに"));
	assert_true(text_is(pack_clause(pack, T("2.2.a"))->deadline->code, "report.minutes"));
	assert_true(text_is(pack_clause(pack, T("2.1.b"))->period->code, "ledger.confirm"));
	assert_null(pack_clause(pack, T("2.2.b"))->deadline);
	assert_int_equal(pack_clause(pack, T("2.2.b"))->modality, MUST_NOT);
	assert_int_equal(pack_clause(pack, T("2.3.a"))->modality, ENDEAVOUR);
}

static void
occasions_of_folders_follow_the_root_file_and_hold_every_key(void **state)
{
	const struct pack *pack = whole_pack();
	const struct pack_occasion *outside = pack_occasion(pack, T("outside"));
	const struct pack_occasion *bend = pack_occasion(pack, T("exception"));
	const struct pack_occasion *emergency = pack_occasion(pack, T("emergency"));
	const struct pack_occasion *diary = pack_occasion(pack, T("diary"));

	(void)state;
	assert_int_equal(pack->occasions_count, 5);
	assert_ptr_equal(pack_occasion(pack, T("own-device")), &pack->occasions[0]);
	assert_int_equal(outside->by_count, 2);
	assert_ptr_equal(outside->needs[0], &pack->occasions[0]);
	assert_true(outside->is_offered && !emergency->is_offered);
	assert_int_equal(outside->steps[0].whose, WHOSE_FIELD);
	assert_true(text_is(outside->steps[0].field->name, "system"));
	assert_true(text_is(bend->steps[1].field->name, "unit"));
	assert_true(text_is(outside->permit.holder->name, "who"));
	assert_int_equal(outside->permit.scope_count, 2);
	assert_true(text_is(outside->permit.scope[0].name, "device"));
	assert_true(text_is(outside->permit.scope[0].field->name, "device-serial"));
	assert_true(text_is(outside->outcomes[1].name, "ledger.put"));
	assert_true(bend->has_exception && !bend->exception.is_emergency && !bend->has_report);
	assert_true(text_is(bend->exception.clauses->name, "bent"));
	assert_true(emergency->exception.is_emergency && emergency->has_report);
	assert_true(text_is(emergency->exception.ends->code, "exception.days"));
	assert_true(text_is(emergency->report.happened->name, "happened-at"));
	assert_true(text_is(emergency->report.within->code, "report.minutes"));
	assert_int_equal(diary->steps_count, 0);
	assert_false(diary->has_permit);
	assert_false(emergency->form->is_given);
	assert_true(outside->form->is_given);
	assert_true(text_is(pack_question(pack, T("doing"))->choices[0].group.ja, "外"));
}

static struct when_value
a_laptop(void *with, struct text name)
{
	(void)with;
	if (text_is(name, "kind"))
		return (struct when_value){.kind = WHEN_TEXT, .text = T("laptop")};
	if (text_is(name, "owner"))
		return (struct when_value){.kind = WHEN_TEXT, .text = T("3")};
	return (struct when_value){.kind = WHEN_NONE};
}

static void
evidence_of_folders_holds_every_kind(void **state)
{
	const struct pack *pack = whole_pack();
	const struct when_answers answers = {.answer = a_laptop};
	const struct pack_evidence *rows = pack_clause(pack, T("2.1.b"))->evidence[0];

	(void)state;
	assert_int_equal(pack->evidence_count, 28);
	assert_int_equal(pack_clause(pack, T("2.1.b"))->evidence[4]->kind, EVIDENCE_ENTRANCE);
	assert_int_equal(pack_clause(pack, T("2.1.b"))->evidence[4]->entrance, ENTRANCE_KEPT);
	assert_true(text_is(pack->entrance->columns[ENTRANCE_ENTERED]->name, "entered"));
	assert_true(text_is(pack->entrance->devices_serial, "device"));
	assert_false(pack->entrance->takes_visitors);
	assert_int_equal(rows->least, 2);
	assert_true(when_evaluate(rows->where, &answers));
	assert_int_equal(pack_clause(pack, T("2.2.a"))->evidence[0]->kind, EVIDENCE_REPORTS);
	assert_int_equal(pack_clause(pack, T("2.2.b"))->evidence[0]->kind, EVIDENCE_EXCEPTIONS);
	assert_int_equal(pack_clause(pack, T("2.3.a"))->evidence_count, 3);
	assert_int_equal(pack_clause(pack, T("2.3.a"))->evidence[1]->kind, EVIDENCE_AUDIT);
	assert_int_equal(pack_clause(pack, T("2.3.a"))->evidence[2]->kind, EVIDENCE_AWAITS);
	assert_true(text_is(pack_clause(pack, T("2.3.a"))->evidence[2]->part, "watch"));
	assert_int_equal(pack_clause(pack, T("2.1.a"))->evidence[1]->kind,
			 EVIDENCE_ACKNOWLEDGED);
	assert_int_equal(pack_clause(pack, T("2.1.a"))->evidence[2]->kind, EVIDENCE_CHECKS);
	assert_true(text_is(pack_clause(pack, T("2.1.a"))->evidence[2]->item->code, "locks"));
	assert_int_equal(pack_clause(pack, T("1.1.c"))->evidence[1]->shows, SHOWS_IMPROVED);
}

static void
things_say_which_rows_and_who_keeps_them(void **state)
{
	const struct pack *pack = whole_pack();
	const struct pack_inventory *inventory = pack->inventory;
	const struct when_answers answers = {.answer = a_laptop};
	const struct pack_clause *clause = pack_clause(pack, T("2.1.b"));

	(void)state;
	assert_non_null(inventory);
	assert_true(text_is(inventory->keeps->code, "manager"));
	assert_int_equal(inventory->things_count, 1);
	assert_false(inventory->things[0].needs_permit);
	assert_true(when_evaluate(inventory->things[0].where, &answers));
	assert_true(text_is(inventory->software->code, "program"));
	assert_true(text_is(inventory->until->name, "until"));
	assert_true(text_is(inventory->licences->name, "bought"));
	assert_true(text_is(inventory->warn->code, "exception.days"));
	assert_int_equal(clause->evidence[2]->keeps, KEEPS_SUPPORT);
	assert_int_equal(clause->evidence[3]->keeps, KEEPS_LICENCES);
}

static void
checklists_say_whom_they_ask_and_what(void **state)
{
	const struct pack *pack = whole_pack();
	const struct pack_checklist *staff = pack_checklist(pack, T("staff"));
	const struct pack_checklist *devices = pack_checklist(pack, T("devices"));

	(void)state;
	assert_int_equal(pack->checklists_count, 3);
	assert_int_equal(staff->of, CHECKLIST_PERSON);
	assert_true(staff->named[0] == pack_role(pack, T("manager")));
	assert_false(checklist_item(staff, T("locks"))->may_not_apply);
	assert_true(text_is(staff->items[0].clauses[0]->id, "2.1.a"));
	assert_int_equal(devices->of, CHECKLIST_SYSTEM);
	assert_true(devices->ledger == pack_ledger(pack, T("device")));
	assert_true(devices->by == pack_role(pack, T("system-manager")));
	assert_true(devices->items[0].may_not_apply);
}

static void
incidents_are_read_with_their_chain_in_order(void **state)
{
	const struct pack *pack = whole_pack();
	const struct pack_incidents *all = &pack->incidents;

	(void)state;
	assert_int_equal(all->kinds_count, 2);
	assert_int_equal(all->kinds[0].plays_count, 2);
	assert_int_equal(all->kinds[0].plays[1].phase, PHASE_INFORM);
	assert_true(text_is(all->chain[0].code, "manager"));
	assert_true(text_is(all->chain[0].substitute->code, "mayor"));
	assert_true(text_is(all->chain[1].code, "ciso"));
	assert_true(text_is(all->chain[1].substitute->code, "mayor")); /* who stands above */
	assert_int_equal(all->chain[2].at, LINK_CAUSE);
	assert_true(all->authorities[0].is_drafted && all->authorities[1].is_choice);
	assert_int_equal(all->items[1].categories, 1U << ENTRY_CAUSE | 1U << ENTRY_SECONDARY);
	assert_int_equal(all->views[0].fields_count, 2);
	assert_int_equal(all->plan[0].shows, PLAN_CONTACTS);
	assert_ptr_equal(pack_clause(pack, T("2.2.a"))->evidence[1]->link, &all->chain[0]);
	assert_ptr_equal(pack_clause(pack, T("2.2.a"))->evidence[3]->of, &all->kinds[0]);
}

static void
training_has_its_courses_with_their_texts(void **state)
{
	const struct pack *pack = whole_pack();
	const struct pack_course *desk = pack_course(pack, T("desk"));

	(void)state;
	assert_true(pack->training.is_there);
	assert_int_equal(pack->training.courses_count, 3);
	assert_true(text_has(desk->text, T("何も残さない")));
	assert_true(text_has(desk->text_en, T("Nothing stays")));
	assert_true(desk->questions[0].answers[0].is_right);
	assert_int_equal(pack_course(pack, T("heads"))->again, 400);
	assert_ptr_equal(pack_lure(pack, T("prize"))->follow, pack_course(pack, T("mail")));
	assert_int_equal(pack_audience(pack, T("short"))->newcomers, 30);
	const char *folder = copy_pack_of("packs/whole");
	struct pack *other = NULL;
	spoil(folder, "courses/desk.md", "何も残さない", "すべて片付ける");
	assert_null(load(folder, &other, NULL));
	assert_false(hash_same(&pack->digest, &other->digest));
	put(folder, "courses/nobody.md", T("# x\n"));
	assert_non_null(load(folder, &other, NULL));
	remove_pack(folder);
}

static void
a_root_file_may_stand_in_its_folder_instead(void **state)
{
	const char *folder = copy_pack_of("packs/whole");
	struct pack *pack = NULL;

	(void)state;
	unlink(path_join(arena, folder, "terms.yaml"));
	assert_null(load(folder, &pack, NULL));
	assert_int_equal(pack->terms_count, 0);
	put(folder, "evidence/1.yaml", T("evidence: []\n"));
	put(folder, "evidence/2.yaml", T("evidence: []\n"));
	assert_null(load(folder, &pack, NULL));
	assert_int_equal(pack->evidence_count, 0);
	unlink(path_join(arena, folder, "evidence/1.yaml"));
	unlink(path_join(arena, folder, "evidence/2.yaml"));
	must_have(load(folder, &pack, NULL), "evidence.yaml:1:1", "ありません");
	remove_pack(folder);
}

/* --- mistakes --- */

struct mistake {
	const char *file;
	const char *from;
	const char *to;
	int offset; /* lines from where `from` stands to where the mistake is reported */
	const char *words;
};

static const struct mistake mistakes[] = {
	{"pack.yaml", "version: \"1.2\"", "versoin: \"1.2\"", 0, "「version」ではありませんか"},
	{"pack.yaml", "mode: sample", "mode: smaple", 0, "「sample」ではありませんか"},
	{"pack.yaml", "2019-04-01", "2019-04-31", 0, "施行日"},
	{"roles.yaml", "above: ciso", "above: cisso", 0, "「ciso」ではありませんか"},
	{"pack.yaml", "version: \"1.2\"\n", "", -2, "「version」がありません"},
	{"clauses/03.yaml", "    actor: manager\n", "", -6, "actor"},
	{"roles.yaml", "scope: section", "scope: sect", 0, "「section」ではありませんか"},
	{"roles.yaml", "must-be-held: yes", "must-be-held: maybe", 0, "yes か no"},
	{"roles.yaml", "code: ciso", "code: mayor", 0, "二度定義"},
	{"classes.yaml", "unclassified: \"I\"", "unclassified: \"IV\"", 0, "分類「IV」"},
	{"classes.yaml", "moments: [create]", "moments: [created]", 0,
	 "「create」ではありませんか"},
	{"classes.yaml", "clause: \"3.1.1.a\"", "clause: \"3.1.1.z\"", 0, "条項「3.1.1.z」"},
	{"parameters.yaml", "usual: 30, least: 1, most: 366", "usual: 400, least: 1, most: 366",
	 0, "1 から 366"},
	{"parameters.yaml", "least: 8, most: 64", "least: 88, most: 64", 0, "大きく"},
	{"clauses/03.yaml", "actor: manager", "actor: manger", 0,
	 "「manager」ではありませんか"},
	{"clauses/03.yaml", "under: \"3.1\"", "under: \"3.9\"", 0, "条項「3.9」"},
	{"clauses/03.yaml", "kind: record", "kind: recrod", 0, "「record」ではありませんか"},
	{"clauses/03.yaml", "id: \"3.2.1.a\"", "id: \"3.1.1.a\"", 0, "二度定義"},
	{"ledgers/asset.yaml", "title: name", "title: nmae", 0, "「name」ではありませんか"},
	{"ledgers/asset.yaml", "owner: owner", "owner: place", 0, "種類 text"},
	{"ledgers/asset.yaml", "kind: class\n", "kind: clas\n", 0, "「class」ではありませんか"},
	{"ledgers/asset.yaml", "name: contents", "name: name", 0, "二度定義"},
	{"forms/2.yaml", "\"carry\" in doing'", "\"cary\" in doing'", 0,
	 "「carry」ではありませんか"},
	{"forms/2.yaml", "means != \"paper\"", "meanz != \"paper\"", 0,
	 "「means」ではありませんか"},
	{"forms/2.yaml", "prefill: asset.serial", "prefill: asset.seriel", 0,
	 "「serial」ではありませんか"},
	{"forms/3.yaml", "kind: person", "kind: text", 0, "別の様式"},
	{"forms/2.yaml", "each: handed-items", "each: purpose", 0, "serials"},
	{"forms/3.yaml", "vendor-used = yes", "vendor-used = \"yes\"", 0, "yes・no"},
	{"forms/3.yaml", "name: items, ja", "name: asset, ja", 0, "条件の言葉"},
	{"questions.yaml", "kind: choices", "kind: text", 2, "choices は使えません"},
	{"occasions.yaml", "verb: permission", "verb: permit", 0, "使えるもの: permission"},
	{"occasions.yaml", "role: manager", "role: boss", 0, "使えるもの: mayor"},
	{"occasions.yaml", "role: manager", "role: staff", 0, "全員の役割"},
	{"occasions.yaml", "role: manager, whose: applicant", "role: ciso, whose: applicant", 0,
	 "whose が合いません"},
	{"occasions.yaml", "form: \"2\"", "form: \"22\"", 0, "様式「22」"},
	{"occasions.yaml", "class >= \"II\"", "class >= \"IIII\"", 0, "「IIII」はありません"},
	{"occasions.yaml", "class >= \"II\"", "class >= ", 0, "文字目"},
	{"occasions.yaml", "returns: returns-at", "returns: period", 0, "種類 period"},
	{"occasions.yaml", "name: permit.issue", "name: permit.isue", 0,
	 "「permit.issue」ではありませんか"},
	{"occasions.yaml", "field: items", "field: itmes", 0, "「items」ではありませんか"},
	{"evidence.yaml", "control: journal.verified", "control: journal.verifed", 0,
	 "「journal.verified」ではありませんか"},
	{"evidence.yaml", "clauses: [\"3.2.9.c\"]", "clauses: [\"3.2.9\"]", 0, "見出し"},
	{"evidence.yaml", "kind: role, role: ciso", "kind: role, ledger: asset", 0,
	 "role が要ります"},
	/* YAML itself */
	{"roles.yaml", "  - code: ciso", "\t- code: ciso", 0, ""},
	{"roles.yaml", "code: ciso", "code: &top ciso", 0, "アンカー"},
	{"roles.yaml", "above: ciso", "above: *top", 0, "エイリアス"},
	{"roles.yaml", "scope: body", "scope: !!str body", 0, "タグ"},
	{"roles.yaml", "scope: body", "scope: body\n    scope: body", 1, "二度書かれています"},
	{"roles.yaml", "ja: \"市長\"", "ja: \"\"", 0, "値がありません"},
	{"roles.yaml", "ja: \"市長\"", "ja: \"市\\0長\"", 0, "NUL"},
	{"roles.yaml", "ja: \"市長\"", "ja: \"\x8e\x73\x92\xb7\"", 0, "Shift_JIS"},
	{"roles.yaml", "ja: \"市長\"", "ja: [市長]", 0, "一つの値"},
	{"roles.yaml", "ja: \"市長\"", "ja: [[[[[[[[[[[[1]]]]]]]]]]]]", 0, "深すぎます"},
	{"roles.yaml", "roles:", "---\nroles: []\n---\nroles:", 2, "文書は一つだけ"},
};

#define TEN(line) line line line line line line line line line line
#define SIX(lines) lines lines lines lines lines lines

/* The same for the pack that uses every key (tests/packs/whole). */
static const struct mistake further_mistakes[] = {
	{"pack.yaml", "enacted: \"2026-03-20\"\neffective",
	 "enacted: \"2026-13-20\"\neffective", 0, "決定日「2026-13-20」"},
	{"pack.yaml", "effective: \"2018-04-01\"", "effective: \"2018-04-31\"", 0, "施行日"},
	{"pack.yaml", "{version: \"1.1\",", "{versoin: \"1.1\",", 0,
	 "「version」ではありませんか"},
	{"pack.yaml", "publishes: ciso", "publishes: cisso", 0, "「ciso」ではありませんか"},
	{"pack.yaml", "acknowledged: yes", "acknowledged: always", 0, "yes か no"},
	{"sign-in.yaml", "kinds: 2, clause: \"2.1.a\"", "kinds: 3, clause: \"2.1.a\"", 0, "2"},
	{"sign-in.yaml", "clause: \"2.1.a\"}", "clause: \"2.1.x\"}", 0, "条項「2.1.x」"},
	{"sign-in.yaml", "role: ciso", "role: cisso", 0, "「ciso」ではありませんか"},
	{"sign-in.yaml", "role: ciso, kinds", "kinds", 0, "どちらか一つ"},
	{"sign-in.yaml", "right: settings", "right: setings", 0, "「settings」ではありませんか"},
	{"sign-in.yaml", "occasion: own-device", "occasion: own-devise", 0,
	 "「own-device」ではありませんか"},
	{"sign-in.yaml", "least: \"I\"", "least: \"V\"", 0, "分類「V」"},
	{"sign-in.yaml", "axis: class, least: \"I\"", "axis: class", 0, "一緒に"},
	{"sign-in.yaml", "pin: yes", "pin: maybe", 0, "yes か no"},
	{"sign-in.yaml", "tell: [manager]", "tell: [manger]", 0, "「manager」ではありませんか"},
	{"sign-in.yaml", "recovery:", "recover:", 0, "「recovery」ではありませんか"},
	{"checklists.yaml", "by: manager\n    ", "", -4, "by（だれが答えるかの役割）"},
	{"checklists.yaml", "by: manager", "by: staff", 0, "全員の役割"},
	{"checklists.yaml", "ledger: device\n    ", "", -5, "ledger（システムの台帳）"},
	{"checklists.yaml", "clause: \"2.3.a\"", "clause: \"2.3.a\"\n    by: ciso", 1,
	 "一人ひとりが答えます"},
	{"checklists.yaml", "runs: [ciso]", "runs: [cisso]", 0, "「ciso」ではありませんか"},
	{"checklists.yaml", "code: section", "code: staff", 0, "staff"},
	{"checklists.yaml", "of: person", "of: persons", 0, "「person」ではありませんか"},
	{"evidence/2.yaml", "item: locks", "item: lock", 0, "項目「lock」"},
	{"evidence/2.yaml", "checklist: staff", "checklist: stuff", 0, "点検表「stuff」"},
	{"evidence/2.yaml", "kind: judged, ", "kind: judged, shows: improved, ", 0, "shows は使えません"},
	{"evidence/2.yaml", "column: tries", "column: trise", 0, "「tries」ではありませんか"},
	{"evidence/2.yaml", "column: tries", "column: name", 0, "name"},
	{"evidence/2.yaml", "least: 1, most: permit.days, ", "", 0, "least / most を書いてください"},
	{"evidence/2.yaml", "most: permit.days", "most: permit.dais", 0, "「permit.days」ではありませんか"},
	{"evidence/2.yaml", "is: server", "is: servant", 0, "「servant」はありません"},
	{"evidence/2.yaml", "is: server, ", "", 0, "is を書いてください"},
	{"evidence/2.yaml", "looked: looked, ", "", 0, "いっしょに書いてください"},
	{"evidence/2.yaml", "kind: judged, ", "kind: judged, most: 3, ", 0, "most は使えません"},
	{"terms.yaml", "means:", "meanz:", 0, "「means」ではありませんか"},
	{"terms.yaml", "clause: \"1.1.b\"", "clause: \"1.9.b\"", 0, "条項「1.9.b」"},
	{"terms.yaml", "ja: \"情報資産\"", "ja: \"ＣＩＳＯ\"", 0, "二度定義"},
	{"clauses/01.yaml", "modality: may", "modality: maybe", 0,
	 "使えるもの: must, must-not, may"},
	{"clauses/01.yaml", "also: [mayor]", "also: [mayer]", 0, "「mayor」ではありませんか"},
	{"clauses/01.yaml", "to: \"2.2.b\"", "to: \"2.2.x\"", 0, "条項「2.2.x」"},
	{"clauses/01.yaml", "refers: [{printed:", "refers: [{printd:", 0,
	 "「printed」ではありませんか"},
	{"clauses/01.yaml", "number: \"平成26年法律第104号\"", "no: \"平成26年法律第104号\"", 0,
	 "「number」がありません"},
	{"clauses/01.yaml", "printed: {ja: \"当町", "printed: {jp: \"当町", 0, "「ja」"},
	{"clauses/01.yaml", "names: [\"ＣＩＳＯ\",", "names: [[\"ＣＩＳＯ\"],", 0, "一つの値"},
	{"clauses/01.yaml", "title: {ja: \"役割\", en: \"Roles\"}",
	 "title: {ja: \"役割\", en: \"Roles\"}\n    modality: may", -3, "modality を消して"},
	{"clauses/02.yaml", "every: ledger.confirm", "every: report.minutes", 0,
	 "種類 minutes"},
	{"clauses/02.yaml", "every: ledger.confirm", "within: ledger.confirm", 0,
	 "「within」はありません"},
	{"clauses/02.yaml", "within: report.minutes", "within: report.minute", 0,
	 "「report.minutes」ではありませんか"},
	{"forms/3.yaml", "given: no", "given: none", 0, "yes か no"},
	{"forms/3.yaml", "kind: clauses", "kind: clause", 0, "「clauses」ではありませんか"},
	{"forms/3.yaml", "least: 1, most: 5", "least: 6, most: 5", 0, "大きく"},
	{"ledgers/device.yaml", "group: {ja: \"持ち運ぶもの\", en: \"Carried\"}",
	 "group: {ja: \"持ち運ぶもの\"}", 0, "「en」がありません"},
	{"occasions/1.yaml", "by: [manager,", "by: [staff,", 0, "全員の役割"},
	{"occasions/1.yaml", "by: [manager,", "by: [manger,", 0, "「manager」ではありませんか"},
	{"occasions/1.yaml", "needs: [own-device]", "needs: [own-devise]", 0,
	 "「own-device」ではありませんか"},
	{"occasions/1.yaml", "needs: [own-device]", "needs: [outside]", 0, "元に戻ります"},
	{"occasions/1.yaml", "needs: [own-device]", "needs: [diary]", 0,
	 "許可証（permit）がありません"},
	{"occasions/1.yaml", "whose: field, field: system,", "whose: field,", 0, "いつも一緒"},
	{"occasions/1.yaml", "whose: field, field: system,", "whose: owner, field: system,", 0,
	 "いつも一緒"},
	{"occasions/1.yaml", "field: system, clause", "field: period, clause", 0,
	 "種類 period"},
	{"occasions/1.yaml", "field: system, clause", "field: systen, clause", 0,
	 "「system」ではありませんか"},
	{"occasions/1.yaml", "whose: field, field: system,", "whose: body,", 0,
	 "whose が合いません"},
	{"occasions/1.yaml", "holder: who", "holder: period", 0, "種類 period"},
	{"occasions/1.yaml", "field: device-serial}, {name: system,",
	 "field: device-seriol}, {name: system,", 0, "「device-serial」ではありませんか"},
	{"occasions/1.yaml", "{name: system, field: system}]", "{name: device, field: system}]",
	 0, "二度定義"},
	{"occasions/1.yaml", "usual: permit.days, period", "usual: report.minutes, period", 0,
	 "種類 minutes"},
	{"occasions/1.yaml", "{name: ledger, value: device}, ", "", 0, "どの台帳に"},
	{"occasions/1.yaml", "value: device}", "value: devise}", 0,
	 "「device」ではありませんか"},
	{"occasions/1.yaml", "{name: serial, field", "{name: seriol, field", 0,
	 "「serial」ではありませんか"},
	{"occasions/1.yaml", "value: laptop", "value: lapdog", 0, "「lapdog」は選べません"},
	{"occasions/1.yaml", "{name: kind, value: laptop}", "{name: kind, field: period}", 0,
	 "種類 period"},
	{"occasions/1.yaml", "permit.issue, at: grant", "permit.issue, at: send", 0,
	 "緊急の例外"},
	{"occasions/2.yaml", "offered: no", "offered: never", 0, "yes か no"},
	{"occasions/2.yaml", "clauses: bent, measure: instead}", "clauses: instead}", 0,
	 "種類 long-text"},
	{"occasions/2.yaml", "{clauses: bent, measure: instead}", "{measure: instead}", 0,
	 "「clauses」がありません"},
	{"occasions/2.yaml", "emergency: yes, ends: exception.days", "emergency: yes", 0,
	 "ends（終わり"},
	{"occasions/2.yaml", "emergency: yes, ends: exception.days", "ends: exception.days", -1,
	 "permission"},
	{"occasions/2.yaml", "ends: exception.days", "ends: report.minutes", 0, "種類 minutes"},
	{"occasions/2.yaml", "    permit: {}\n", "", 0, "例外（exception）は許可証"},
	{"occasions/2.yaml", "happened: happened-at, ", "", 0, "「happened」がありません"},
	{"occasions/2.yaml", "happened: happened-at", "happened: unit", 0, "種類 unit"},
	{"occasions/2.yaml", "    route: []\n",
	 "    route: []\n    outcomes: [{name: permit.issue, at: grant}]\n", 1,
	 "permit がありません"},
	{"evidence/2.yaml", "occasion: emergency,", "occasion: outside,", 0,
	 "report がありません"},
	{"evidence/2.yaml", "kind: permits, occasion: outside",
	 "kind: permits, occasion: diary", 0, "permit がありません"},
	{"evidence/2.yaml", "kind: exceptions, within: exception.days", "kind: exceptions", 0,
	 "within が要ります"},
	{"evidence/2.yaml", "part: watch", "part: watchs", 0, "「watch」ではありませんか"},
	{"evidence/2.yaml", "part: watch", "control: policy.published", 0, "part が要ります"},
	{"evidence/2.yaml", "kind: awaits, part: watch",
	 "kind: control, control: sign-in.demands", 0, "パラメータ sign-in.demands が要ります"},
	{"evidence/2.yaml", "kind = \"laptop\"", "kynd = \"laptop\"", 0,
	 "「kind」ではありませんか"},
	{"evidence/2.yaml", "kind = \"laptop\"", "kind = \"desktop\"", 0,
	 "「desktop」はありません"},
	{"evidence/2.yaml", "kind = \"laptop\"", "doing = \"laptop\"", 0,
	 "条件の名前「doing」"},
	{"evidence/2.yaml", "least: 2", "least: 0", 0, "1 から"},
	{"inventory.yaml", "keeps: manager", "keeps: staff", 0, "全員の役割"},
	{"inventory.yaml", "ledger: device", "ledger: devize", 0, "「device」ではありませんか"},
	{"inventory.yaml", "kind = \"laptop\"", "kind = \"desktop\"", 0, "「desktop」はありません"},
	{"inventory.yaml", ", used: used,", ",", 0, "両方が要ります"},
	{"inventory.yaml", "until: until", "until: bought", 0, "bought"},
	{"inventory.yaml", "permit: no}", "permit: no}\n  - {ledger: device}", 1, "二度"},
	{"evidence/2.yaml", "about: support", "about: stock", 0, "stock には要ります"},
	{"duties.yaml", "owner: ciso", "owner: staff", 0, "全員の役割"},
	{"duties.yaml", "owner: ciso", "owner: cisso", 0, "「ciso」ではありませんか"},
	{"duties.yaml", "months: [4, 10]", "months: [4, 13]", 0, "1 から 12"},
	{"duties.yaml", "months: [4, 10]", "months: []", 0, "月がありません"},
	{"duties.yaml", "every: ledger.confirm\n    lead", "every: report.minutes\n    lead", 0,
	 "種類 days"},
	{"duties.yaml", "by: incident.exercise", "by: incident.exercize", 0,
	 "「incident.exercise」ではありませんか"},
	{"duties.yaml", "kind = \"laptop\"", "kind = \"desktop\"", 0, "「desktop」はありません"},
	{"duties.yaml", "result = \"bad\"", "resalt = \"bad\"", 0, "「result」ではありませんか"},
	{"duties.yaml", "column: kind, is: \"laptop\"", "column: kind", 0, "どちらか"},
	{"duties.yaml", "column: kind, is: \"laptop\"", "column: serial, is: \"T-1\"", 0,
	 "二つとない番号"},
	{"duties.yaml", "from: duty", "from: duti", 0, "「duty」ではありませんか"},
	{"duties.yaml", "column: kind,", "column: kinnd,", 0, "「kind」ではありませんか"},
	{"duties.yaml", "code: review", "code: test", 0, "test"},
	{"evidence/2.yaml", "duty: review", "duty: reveiw", 0, "「review」ではありませんか"},
	{"evidence/2.yaml", "duty: review", "part: watch", 0, "duty が要ります"},
	{"evidence/2.yaml", "kind: judged, within", "kind: judged, least: 1, within", 0,
	 "least は使えません"},
	{"evidence/2.yaml", "about: chain", "about: chains", 0, "「chain」ではありませんか"},
	{"evidence/2.yaml", "link: manager", "link: managers", 0, "連絡の段"},
	{"evidence/2.yaml", "about: plan, plan: contacts", "about: plan", 0, "about: plan のときだけ"},
	{"evidence/2.yaml", "of: lost", "of: found", 0, "の種類を書いて"},
	{"incidents.yaml", "at: cause, order: 1", "at: end, order: 1", 0, "「end」は使えません"},
	{"incidents.yaml", "role: system-manager, within: report.minutes",
	 "role: system-manager, within: incident.most", 0, "種類 count"},
	{"incidents.yaml", "{code: tell, ja", "{code: block, ja", 0, "二度定義"},
	{"incidents.yaml", "grave = yes", "graev = yes", 0, "「grave」ではありませんか"},
	{"incidents.yaml", "kind = \"lost\"", "kind = \"lots\"", 0, "「lost」ではありませんか"},
	{"incidents.yaml", "persons: incident.most", "persons: permit.days", 0, "種類 count"},
	{"incidents.yaml", "takes: entries, entries: [cause, secondary]", "takes: entries", 0,
	 "takes: entries のときだけ"},
	{"incidents.yaml", "entries: [cause, secondary]", "entries: [cause, secondly]", 0,
	 "「secondly」は使えません"},
	{"incidents.yaml", "happened-at: known", "happened: known", 0, "項目「happened」はありません"},
	{"incidents.yaml", "happened-at: known", "happened-at: knwon", 0, "「known」ではありませんか"},
	{"evidence/2.yaml", "shows: passed, course: desk", "shows: passed", 0, "course"},
	{"evidence/2.yaml", "shows: passed, course: desk", "shows: passed, course: deks", 0,
	 "training.yaml にありません"},
	{"evidence/2.yaml", "shows: drilled, within: audit.days", "shows: drilled", 0, "within"},
	{"training.yaml", "    month: 5\n", "", -6, "month"},
	{"training.yaml", "right: yes", "right: no", 0, "ちょうど 1 つ"},
	{"training.yaml", "follow: mail", "follow: desk", 0, "held: called"},
	{"training.yaml", "{link}", "link", 0, "{link}"},
	{"training.yaml", "audience: all", "audience: al", 0, "audiences にありません"},
	{"contracts.yaml", "criteria:\n", "criteria:\n" SIX(TEN("  - {}\n")), 1, "選定の基準は60まで"},
	{"contracts.yaml", "items:\n", "items:\n" SIX(TEN("  - {}\n")), 1, "要件は60まで"},
	{"contracts.yaml", "from: kind", "from: kinds", 0, "「kind」ではありませんか"},
	{"contracts.yaml", "from: kind", "from: items", 0, "選択肢にありません"},
	{"contracts.yaml", "kind: server", "kind: serve", 0, "kinds にありません"},
	{"contracts.yaml", "column: serial", "column: serail", 0, "という列はありません"},
	{"contracts.yaml", "least: \"II\"", "least: \"V\"", 0, "この軸にありません"},
	{"contracts.yaml", "not owner", "not onwer", 0, "「owner」ではありませんか"},
	{"contracts.yaml", "consents: ciso", "consents: staff", 0, "全員の役割です"},
	{"evidence/2.yaml", "shows: linked", "shows: checked", 0, "within"},
};

static void
each_is_told(const char *from, const struct mistake *list, size_t count)
{
	const char *folder = copy_pack_of(from);
	struct pack *pack = NULL;
	size_t untold = 0;

	for (size_t i = 0; i < count; i++) {
		const struct mistake *at = &list[i];
		struct arena *whole = arena;
		struct text before;
		arena = arena_open(ARENA_USUAL); /* a pack with its courses is too big to be read so often in one */
		assert_null(
			file_read(arena, path_join(arena, folder, at->file), 1 << 20, &before));
		const int line = spoil(folder, at->file, at->from, at->to) + at->offset;
		struct error *errors = load(folder, &pack, NULL);
		const struct text where = text_format(arena, "%s:%d:", at->file, line);
		untold += !is_told(errors, text_z(arena, where), at->words);
		assert_null(pack);
		put(folder, at->file, before);
		error_sweep();
		arena_close(arena);
		arena = whole;
	}
	assert_int_equal(untold, 0);
	assert_null(load(folder, &pack, NULL));
	remove_pack(folder);
}

static void
each_mistake_is_told_at_its_line_with_what_would_be_right(void **state)
{
	(void)state;
	each_is_told("../packs/takamatsu", mistakes, sizeof(mistakes) / sizeof(mistakes[0]));
}

static void
each_mistake_in_the_further_keys_is_told(void **state)
{
	(void)state;
	each_is_told("packs/whole", further_mistakes,
		     sizeof(further_mistakes) / sizeof(further_mistakes[0]));
}

/* The line in "file:line:column". */
static int
line_of(const struct error *error)
{
	const char *colon = strchr(text_z(arena, error->field), ':');

	assert_non_null(colon);
	return atoi(colon + 1);
}

static void
all_mistakes_come_in_one_run_in_order(void **state)
{
	const char *folder = copy_pack();
	struct pack *pack = NULL;
	struct pack_report report;

	(void)state;
	spoil(folder, "roles.yaml", "above: ciso", "above: cisso");
	spoil(folder, "roles.yaml", "scope: section", "scope: sect");
	spoil(folder, "roles.yaml", "above: mayor", "above: mayer");
	spoil(folder, "clauses/03.yaml", "kind: record", "kind: recrod");
	spoil(folder, "forms/2.yaml", "stage: result", "stage: reslt");
	spoil(folder, "occasions.yaml", "verb: permission", "verb: permit");
	spoil(folder, "evidence.yaml", "role: chief", "role: cheif");
	spoil(folder, "classes.yaml", "axes:", "axes: {");
	struct error *errors = load(folder, &pack, &report);
	must_have(errors, "roles.yaml:", "cisso");
	must_have(errors, "roles.yaml:", "sect");
	must_have(errors, "clauses/03.yaml:", "recrod");
	must_have(errors, "forms/2.yaml:", "reslt");
	must_have(errors, "occasions.yaml:", "permit");
	must_have(errors, "evidence.yaml:", "cheif");
	must_have(errors, "classes.yaml:", "YAML");
	assert_int_equal(report.errors, error_count(errors));
	for (const struct error *at = errors; at->next != NULL; at = at->next) {
		struct text one;
		struct text two;
		struct text rest;
		(void)text_cut(at->field, ':', &one, &rest);
		(void)text_cut(at->next->field, ':', &two, &rest);
		assert_true(text_order(one, two) <= 0);
		if (text_same(one, two))
			assert_true(line_of(at) <= line_of(at->next));
	}
	remove_pack(folder);
}

static void
missing_and_strange_files_are_told(void **state)
{
	const char *folder = copy_pack();
	struct pack *pack = NULL;

	(void)state;
	unlink(path_join(arena, folder, "roles.yaml"));
	put(folder, "rolls.yaml", T("roles: []\n"));
	put(folder, "forms/4.yml", T("x"));
	put(folder, "questions.yaml", T(""));
	struct error *errors = load(folder, &pack, NULL);
	must_have(errors, "roles.yaml:1:1", "ありません");
	must_have(errors, "rolls.yaml:1:1", "「roles.yaml」ではありませんか");
	must_have(errors, "forms/4.yml:1:1", "ではありません");
	must_have(errors, "questions.yaml:1:1", "空");
	remove_pack(folder);
	errors = load("/nowhere/at/all", &pack, NULL);
	assert_non_null(errors);
	assert_int_equal(errors->kind, ERROR_MISSING);
}

static void
an_alias_bomb_is_refused_at_once(void **state)
{
	const char *folder = copy_pack();
	struct pack *pack = NULL;
	struct writer bomb = writer_open(arena, 1 << 20);

	(void)state;
	write_z(&bomb, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 12; i++) {
		write_format(&bomb, "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			write_format(&bomb, "%s*a%d", j > 0 ? ", " : "", i - 1);
		write_z(&bomb, "]\n");
	}
	put(folder, "questions.yaml", writer_text(&bomb));
	struct error *errors = load(folder, &pack, NULL);
	must_have(errors, "questions.yaml:1:", "アンカー");
	must_have(errors, "questions.yaml:2:", "エイリアス");
	assert_true(arena_used(arena) < ARENA_USUAL);
	remove_pack(folder);
}

static void
huge_and_deep_input_meets_a_limit(void **state)
{
	const char *folder = copy_pack();
	struct pack *pack = NULL;
	struct writer wide = writer_open(arena, 4 << 20);

	(void)state;
	write_z(&wide, "questions: [");
	for (int i = 0; i < 300000; i++)
		write_z(&wide, "a,");
	write_z(&wide, "a]\n");
	put(folder, "questions.yaml", writer_text(&wide));
	must_have(load(folder, &pack, NULL), "questions.yaml:", "多すぎます");
	struct writer deep = writer_open(arena, 4 << 20);
	for (int i = 0; i < 60000; i++)
		write_byte(&deep, '[');
	put(folder, "questions.yaml", writer_text(&deep));
	must_have(load(folder, &pack, NULL), "questions.yaml:", "深すぎます");
	remove_pack(folder);
}

/* --- conditions --- */

struct answered {
	const char *name;
	struct when_value value;
};

static struct when_value
answer(void *with, struct text name)
{
	const struct pack *pack = with;
	const struct answered known[] = {
		{"one", {.kind = WHEN_NUMBER, .number = 1}},
		{"ten", {.kind = WHEN_NUMBER, .number = 10}},
		{"word", {.kind = WHEN_TEXT, .text = T("語")}},
		{"sure", {.kind = WHEN_YES_NO, .number = 1}},
		{"never", {.kind = WHEN_YES_NO, .number = 0}},
		{"list", {.kind = WHEN_LIST, .text = T("a\nb")}},
		{"single", {.kind = WHEN_LIST, .text = T("a")}},
		{"low", {.kind = WHEN_CLASS, .text = T("III"), .axis = &pack->axes[0]}},
		{"high", {.kind = WHEN_CLASS, .text = T("I"), .axis = &pack->axes[0]}},
		{"day", {.kind = WHEN_TEXT, .text = T("2026-11-21")}},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (text_is(name, known[i].name))
			return known[i].value;
	return (struct when_value){.kind = WHEN_NONE};
}

static void
conditions_say_what_they_mean(void **state)
{
	static const struct {
		const char *source;
		bool is_true;
	} cases[] = {
		{"one = 1", true},
		{"one == 1", true},
		{"one != 1", false},
		{"one < ten", true},
		{"ten <= 10", true},
		{"ten < 10", false},
		{"ten > 9", true},
		{"ten >= 11", false},
		{"one = -1", false},
		{"word = \"語\"", true},
		{"word = '別'", false},
		{"word != '別'", true},
		{"sure", true},
		{"never", false},
		{"not never", true},
		{"sure = yes", true},
		{"never = no", true},
		{"yes", true},
		{"no", false},
		{"one = 1 and ten = 10", true},
		{"one = 2 or ten = 10", true},
		{"one = 2 and ten = 10 or sure", true},
		{"one = 2 and (ten = 10 or sure)", false},
		{"not one = 2", true},
		{"not (one = 1 or one = 2)", false},
		{"not not sure", true},
		{"\"a\" in list", true},
		{"\"c\" in list", false},
		{"list = \"a\"", false},
		{"single = \"a\"", true},
		{"one in (1, 2)", true},
		{"one in (3)", false},
		{"word in (\"語\", \"x\")", true},
		{"list", true},
		{"low < \"II\"", true},
		{"high >= \"II\"", true},
		{"low >= \"II\"", false},
		{"high > low", true},
		{"high = \"I\"", true},
		{"high = \"X\"", false},
		{"high in (\"I\", \"II\")", true},
		{"day >= \"2026-04-01\"", true},
		{"nothing", false},
		{"nothing = 1", false},
		{"nothing != 1", true},
		{"nothing < 1", false},
		{"nothing >= 1", false},
		{"nothing = nothing", false},
		{"\"a\" in nothing", false},
		{"one = \"1\"", false},
		{"one < word", false},
	};
	struct pack *pack = good_pack();
	const struct when_answers answers = {.answer = answer, .with = pack};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct when *when = NULL;
		struct error *error = when_parse(arena, text_of(cases[i].source), "x", &when);
		if (error != NULL)
			fail_msg("%s: %.*s", cases[i].source, T_ARG(error->words));
		if (when_evaluate(when, &answers) != cases[i].is_true)
			fail_msg("%s is not %d", cases[i].source, cases[i].is_true);
	}
	assert_true(when_evaluate(NULL, NULL));
}

static void
broken_conditions_are_refused_with_a_place(void **state)
{
	static const char *const cases[] = {
		"",           "   ",
		"=",          "a =",
		"= 1",        "a = = 1",
		"a b",        "(a",
		"a)",         "a and",
		"or a",       "not",
		"a in",       "a in ()",
		"a in (1",    "a in (b)",
		"a in \"x\"", "\"x\"",
		"1",          "a = \"x",
		"a = ''",     "a < > 1",
		"a && b",     "a; b",
		"日本 = 1",   "a = 99999999999999999999",
		"a = -",      "in = 1",
		"and",        "a = 1 = 2",
		"a.\"x\"",    "$a",
	};
	struct writer deep = writer_open(arena, 4096);
	struct writer wide = writer_open(arena, 4096);
	const struct when *when = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error *error = when_parse(arena, text_of(cases[i]), "f:1:2", &when);
		if (error == NULL)
			fail_msg("'%s' was taken", cases[i]);
		assert_true(text_is(error->field, "f:1:2"));
		assert_null(when);
	}
	for (int i = 0; i < 500; i++)
		write_byte(&deep, '(');
	write_byte(&deep, 'a');
	for (int i = 0; i < 500; i++)
		write_byte(&deep, ')');
	assert_non_null(when_parse(arena, writer_text(&deep), NULL, &when));
	for (int i = 0; i < 300; i++)
		write_z(&wide, i == 0 ? "a" : " or a");
	assert_non_null(when_parse(arena, writer_text(&wide), NULL, &when));
	assert_non_null(when_parse(arena, T("a = \"\xff\""), NULL, &when));
}

/* Random sentences over the alphabet of conditions: parsing and evaluating always ends. */
static void
garbage_never_stops_the_parser(void **state)
{
	static const char *const pieces[] = {
		"a",  "doing", " and ", " or ",         "not ",  "(",  ")", "=",
		"!=", "<",     ">=",    " in ",         "\"x\"", "'",  "1", "-",
		",",  ".",     "yes",   "\xe8\xaa\x9e", "\xff",  "\n", " ", ""};
	struct pack *pack = good_pack();
	const struct when_answers answers = {.answer = answer, .with = pack};
	uint32_t seed = 12345;
	size_t taken = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct arena *small = arena_open(1 << 20);
		struct writer out = writer_open(small, 4096);
		const struct when *when = NULL;
		for (uint32_t i = 0; i < 2 + round % 12u; i++) {
			seed = seed * 1664525u + 1013904223u;
			write_z(&out,
				pieces[(seed >> 16) % (sizeof(pieces) / sizeof(pieces[0]))]);
		}
		if (when_parse(small, writer_text(&out), NULL, &when) == NULL) {
			(void)when_evaluate(when, &answers);
			(void)when_evaluate(when, NULL);
			taken++;
		}
		arena_close(small);
		error_sweep();
	}
	assert_true(taken > 0);
}

/* --- values --- */

static const struct pack_field *
column(struct pack *pack, const char *name)
{
	return ledger_field(&pack->ledgers[0], text_of(name));
}

static void
reads(const struct pack_field *field, const char *typed, const char *kept)
{
	struct text value;
	struct error *error = field_read(arena, field, text_of(typed), &value);

	if (error != NULL)
		fail_msg("'%s': %.*s", typed, T_ARG(error->words));
	if (!text_is(value, kept))
		fail_msg("'%s' became '%.*s', not '%s'", typed, T_ARG(value), kept);
}

static void
refuses(const struct pack_field *field, const char *typed)
{
	struct text value;
	struct error *error = field_read(arena, field, text_of(typed), &value);

	if (error == NULL)
		fail_msg("'%s' was taken", typed);
	assert_true(text_same(error->field, field->name));
}

static void
typed_values_become_the_one_way_they_are_kept(void **state)
{
	struct pack *pack = good_pack();
	const struct pack_form *form = pack_form(pack, T("2"));

	(void)state;
	reads(column(pack, "shape"), "ＵＳＢメモリ", "usb");
	reads(column(pack, "shape"), "ファイルサーバー", "nas");
	reads(column(pack, "shape"), "cd-r", "optical");
	refuses(column(pack, "shape"), "巻物");
	reads(column(pack, "class"), "Ⅰ", "I");
	reads(column(pack, "class"), "重要性分類Ⅱ", "II");
	refuses(column(pack, "class"), "4");
	reads(column(pack, "restrictions"), "コピー禁止、部外秘", "internal\nno-copy");
	refuses(column(pack, "restrictions"), "部外秘、秘密");
	reads(column(pack, "made-on"), "令和8年11月21日", "2026-11-21");
	refuses(column(pack, "made-on"), "きのう");
	reads(column(pack, "personal"), "有", "yes");
	reads(column(pack, "personal"), "×", "no");
	refuses(column(pack, "personal"), "たぶん");
	reads(column(pack, "name"), "　辻󠄀さんの台帳 ", "辻󠄀さんの台帳");
	refuses(column(pack, "name"), "一行\n二行");
	struct writer hundred = writer_open(arena, 4096);
	for (int i = 0; i < 120; i++)
		write_z(&hundred, "あ");
	reads(column(pack, "name"), text_z(arena, writer_text(&hundred)),
	      text_z(arena, writer_text(&hundred)));
	write_z(&hundred, "あ");
	refuses(column(pack, "name"), text_z(arena, writer_text(&hundred)));
	reads(column(pack, "contents"), "一行\r\n二行", "一行\n二行");
	reads(column(pack, "name"), " \n ", "");
	reads(form_field(form, T("period"), NULL), "2026-11-21～2027-03-31",
	      "2026-11-21/2027-03-31");
	reads(form_field(form, T("period"), NULL), "2026-11-21/2027-03-31",
	      "2026-11-21/2027-03-31");
	reads(form_field(form, T("period"), NULL), "令和8年11月21日", "2026-11-21/2026-11-21");
	refuses(form_field(form, T("period"), NULL), "2027-03-31～2026-11-21");
	reads(form_field(form, T("handed-items"), NULL), "A1\t本\n\n A2 ", "A1\t本\nA2");
	refuses(form_field(form, T("handed-items"), NULL), "A1\nA2\nA1\tもう一度");
	reads(form_field(form, T("assets"), NULL), "3\n5\n3", "3\n5");
	refuses(form_field(form, T("assets"), NULL), "3\nx");
	reads(form_field(form, T("returns-at"), NULL), "2026-11-21 17:00", "2026-11-21T17:00");
}

static void
clauses_are_taken_by_id_or_number_and_shown_by_number(void **state)
{
	struct pack *pack = whole_pack();
	const struct pack_field *bent = form_field(pack_form(pack, T("3")), T("bent"), NULL);

	(void)state;
	reads(bent, "2.1.a", "2.1.a");
	reads(bent, "２．１．（１）、 2.2.b ,2.1.a", "2.1.a\n2.2.b");
	reads(bent, "2.1. (2)\r\n2.2.b)", "2.1.b\n2.2.b");
	reads(bent, " \n", "");
	refuses(bent, "9.9");
	refuses(bent, "2.1");
	refuses(bent, "1.1.a,1.1.b,1.1.c,1.1.d,1.1.e,2.1.a");
	assert_true(text_is(field_show(arena, bent, T("2.1.a\n9.9")), "2.1.(1)、9.9"));
}

static void
kept_values_are_shown_in_words(void **state)
{
	struct pack *pack = good_pack();
	const struct pack_field *restrictions = column(pack, "restrictions");

	(void)state;
	assert_true(text_is(field_show(arena, restrictions, T("internal\nno-copy")),
			    "部外秘、コピー禁止"));
	assert_true(text_is(field_show(arena, column(pack, "made-on"), T("2026-11-21")),
			    "令和8年11月21日"));
	assert_true(text_is(field_show(arena, column(pack, "class"), T("I")), "重要性分類Ⅰ"));
	language_use(LANGUAGE_EN);
	assert_true(text_is(field_show(arena, column(pack, "shape"), T("usb")), "USB stick"));
	language_use(LANGUAGE_JA);
}

static void
evidence_hangs_on_its_clauses_and_nowhere_else(void **state)
{
	struct pack *pack = good_pack();
	const struct pack_clause *login = pack_clause(pack, T("n44"));

	(void)state;
	assert_int_equal(login->evidence_count, 6);
	assert_true(login->evidence[0]->is_partial);
	assert_int_equal(login->evidence[3]->kind, EVIDENCE_VALUES);
	assert_true(text_is(login->evidence[3]->column->name, "lock-attempts"));
	assert_true(login->evidence[3]->at_least.is_there && login->evidence[3]->at_least.number == 1);
	assert_ptr_equal(login->evidence[3]->at_most.parameter,
			 pack_parameter(pack, T("sign-in.attempts")));
	assert_int_equal(pack_clause(pack, T("3.2.9.b"))->evidence[0]->kind, EVIDENCE_BALANCED);
	assert_int_equal(pack_clause(pack, T("3.2.7.b"))->evidence_count, 2);
	assert_int_equal(pack_clause(pack, T("3.2.7"))->evidence_count, 0);
}

static void
duties_are_read_and_compared(void **state)
{
	struct pack *before = NULL, *after = NULL, *without = NULL;
	const char *folder = copy_pack_of("packs/whole");
	(void)state;

	assert_null(load(folder, &before, NULL));
	assert_int_equal(before->recurring_count, 3);
	const struct pack_duty *test = pack_duty(before, T("test"));
	const struct pack_duty *review = pack_duty(before, T("review"));
	const struct pack_duty *repair = pack_duty(before, T("repair"));
	assert_int_equal(test->rhythm, RHYTHM_EVERY);
	assert_int_equal(test->lead, 14);
	assert_int_equal(test->escalate, 3);
	assert_true(text_is(test->by, "incident.exercise"));
	assert_ptr_equal(test->each, pack_ledger(before, T("device")));
	assert_int_equal(test->record.fields_count, 2);
	assert_int_equal(test->columns_count, 3);
	assert_int_equal(test->columns[0].source, FROM_DUTY);
	assert_true(text_is(test->columns[1].literal, "laptop"));
	assert_int_equal(test->columns[2].source, FROM_UNIT);
	assert_int_equal(review->rhythm, RHYTHM_MONTHS);
	assert_int_equal(review->months, 1U << 3 | 1U << 9);
	assert_int_equal(review->lead, -1);
	assert_int_equal(repair->rhythm, RHYTHM_NEEDED);
	assert_true(text_is(repair->within->code, "permit.days"));
	assert_ptr_equal(pack_clause(before, T("2.1.b"))->evidence[1]->duty, review);
	(void)spoil(folder, "duties.yaml", "months: [4, 10]", "months: [4]");
	assert_null(load(folder, &after, NULL));
	const struct pack_diff *diff = pack_diff(arena, before, after);
	assert_int_equal(diff_part(diff, PART_DUTY, T("review"))->kind, CHANGE_CHANGED);
	assert_null(diff_part(diff, PART_DUTY, T("test")));
	unlink(path_join(arena, folder, "duties.yaml"));
	(void)spoil(folder, "evidence/2.yaml", "  - {kind: duty", "  # {kind: duty");
	assert_null(load(folder, &without, NULL));
	assert_int_equal(without->recurring_count, 0);
	diff = pack_diff(arena, before, without);
	assert_int_equal(diff_part(diff, PART_DUTY, T("repair"))->kind, CHANGE_GONE);
}

static void
reconciliations_are_read_and_compared(void **state)
{
	struct pack *before = NULL, *after = NULL;
	const char *folder = copy_pack_of("packs/whole");
	(void)state;

	assert_null(load(folder, &before, NULL));
	assert_int_equal(before->reconciliations_count, 2);
	const struct pack_reconcile *found = pack_reconcile(before, T("devices-found"));
	const struct pack_reconcile *out = pack_reconcile(before, T("permitted"));
	const struct pack_ledger *device = pack_ledger(before, T("device"));
	assert_true(text_is(found->owner->code, "ciso"));
	assert_true(text_is(found->every->code, "ledger.confirm"));
	assert_string_equal(found->sides[SIDE_LEFT].source->name, "upload");
	assert_int_equal(found->sides[SIDE_LEFT].shape->fields_count, 3);
	assert_true(found->sides[SIDE_LEFT].is_many && found->sides[SIDE_RIGHT].may_be_alone);
	assert_true(text_is(found->sides[SIDE_LEFT].wait->name, "seen-on"));
	assert_ptr_equal(found->sides[SIDE_RIGHT].shape, device);
	assert_non_null(found->sides[SIDE_RIGHT].where);
	assert_true(found->keys[0].drops_zeros);
	assert_ptr_equal(found->keys[0].of[SIDE_RIGHT], device->serial);
	assert_int_equal(found->compares[0].what[SIDE_LEFT], COMPARE_ROWS);
	assert_true(found->compares[0].may_be_more[SIDE_LEFT]);
	assert_int_equal(found->shows_count[SIDE_RIGHT], 2);
	assert_true(reconcile_is_inside(out) && !reconcile_is_inside(found));
	assert_null(out->every);
	assert_int_equal(out->compares[0].as, COMPARE_DAY);
	assert_ptr_equal(pack_clause(before, T("2.1.b"))->evidence[5]->reconciliation, found);
	(void)spoil(folder, "reconciliations.yaml", "zeros: yes", "zeros: no");
	assert_null(load(folder, &after, NULL));
	const struct pack_diff *diff = pack_diff(arena, before, after);
	assert_int_equal(diff_part(diff, PART_RECONCILE, T("devices-found"))->kind, CHANGE_CHANGED);
	assert_null(diff_part(diff, PART_RECONCILE, T("permitted")));
}

/* Each mistake of a reconciliation is said where it stands. */
static void
mistakes_in_reconciliations_are_said(void **state)
{
	static const struct {
		const char *right, *wrong, *says;
	} wrongs[] = {
		{"source: outings", "source: outing", "突き合わせの元"},
		{"clauses: [\"2.1.b\"]", "clauses: []", "条項を一つ以上"},
		{"owner: ciso", "owner: manager", "団体に一人"},
		{"ledger: device", "occasion: outside", "ledger が要ります"},
		{"right: serial, zeros", "right: serials, zeros", "serials"},
		{"as: number, left: rows", "as: inside, left: rows", "rows"},
		{"alone: fine", "alone: fine\n      wait: {column: name, days: permit.days}", "wait"},
		{"kind: day}", "kind: unit}", "種類は text"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		struct pack *pack = NULL;
		const char *folder = copy_pack_of("packs/whole");
		bool is_said = false;
		(void)spoil(folder, "reconciliations.yaml", wrongs[i].right, wrongs[i].wrong);
		const struct error *errors = load(folder, &pack, NULL);
		for (const struct error *at = errors; at != NULL; at = at->next)
			is_said |= text_starts(at->field, T("reconciliations.yaml")) &&
				   text_has(at->words, text_of(wrongs[i].says));
		if (!is_said)
			fail_msg("%s is not said", wrongs[i].wrong);
	}
}

static void
what_must_be_shown_to_sign_in_is_read_and_compared(void **state)
{
	struct pack *before = NULL, *after = NULL, *without = NULL;
	const char *folder = copy_pack_of("packs/whole");
	(void)state;

	assert_null(load(folder, &before, NULL));
	const struct pack_sign_in *sign_in = &before->sign_in;
	assert_int_equal(sign_in->zones_count, 1);
	assert_int_equal(sign_in->zones[0].kinds, 2);
	assert_int_equal(sign_in->demands_count, 2);
	assert_true(text_is(sign_in->demands[0].role->code, "ciso"));
	assert_true(text_is(sign_in->demands[1].right, "settings"));
	assert_int_equal(sign_in->weights_count, 2);
	assert_int_equal(sign_in->recovers_count, 3);
	(void)spoil(folder, "sign-in.yaml", "kinds: 2", "kinds: 1");
	(void)spoil(folder, "sign-in.yaml", "mayor, ciso, manager", "mayor, ciso");
	assert_null(load(folder, &after, NULL));
	const struct pack_diff *diff = pack_diff(arena, before, after);
	assert_int_equal(diff_part(diff, PART_SIGN_IN, T("my-number"))->kind, CHANGE_CHANGED);
	assert_int_equal(diff_part(diff, PART_SIGN_IN, T("recovery"))->kind, CHANGE_CHANGED);
	assert_null(diff_part(diff, PART_SIGN_IN, T("step-up")));
	(void)spoil(folder, "incidents.yaml", "substitute: mayor, ", "");
	(void)spoil(folder, "incidents.yaml", "{code: tell, ja", "{code: say, ja");
	assert_null(load(folder, &after, NULL));
	diff = pack_diff(arena, before, after);
	assert_int_equal(diff_part(diff, PART_INCIDENT, T("chain.manager"))->kind, CHANGE_CHANGED);
	assert_int_equal(diff_part(diff, PART_INCIDENT, T("kind.lost"))->keys_count, 2);
	assert_null(diff_part(diff, PART_INCIDENT, T("authority.police")));
	unlink(path_join(arena, folder, "sign-in.yaml"));
	assert_null(load(folder, &without, NULL));
	assert_int_equal(without->sign_in.zones_count, 0);
	diff = pack_diff(arena, before, without);
	assert_int_equal(diff_part(diff, PART_SIGN_IN, T("demands"))->kind, CHANGE_GONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(takamatsu_loads_without_a_mistake, setup,
						teardown),
		cmocka_unit_test_setup_teardown(takamatsu_holds_all_fifteen_sheets, setup,
						teardown),
		cmocka_unit_test_setup_teardown(every_row_of_the_clause_table_is_a_clause,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			telework_needs_six_sheets_and_three_sets_of_approvers, setup, teardown),
		cmocka_unit_test_setup_teardown(clauses_have_their_numbers_and_parents, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_carried_class_one_asset_meets_two_occasions,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_highest_class_counts_and_unclassified_is_highest, setup, teardown),
		cmocka_unit_test_setup_teardown(the_digest_changes_with_any_file_and_only_then,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			each_mistake_is_told_at_its_line_with_what_would_be_right, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			the_document_has_editions_terms_and_somebody_who_publishes_it, setup,
			teardown),
		cmocka_unit_test_setup_teardown(clauses_say_what_they_leave_open_and_cite,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			occasions_of_folders_follow_the_root_file_and_hold_every_key, setup,
			teardown),
		cmocka_unit_test_setup_teardown(evidence_of_folders_holds_every_kind, setup,
						teardown),
		cmocka_unit_test_setup_teardown(incidents_are_read_with_their_chain_in_order, setup,
						teardown),
		cmocka_unit_test_setup_teardown(things_say_which_rows_and_who_keeps_them, setup,
						teardown),
		cmocka_unit_test_setup_teardown(checklists_say_whom_they_ask_and_what, setup,
						teardown),
		cmocka_unit_test_setup_teardown(training_has_its_courses_with_their_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(a_root_file_may_stand_in_its_folder_instead,
						setup, teardown),
		cmocka_unit_test_setup_teardown(each_mistake_in_the_further_keys_is_told, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			clauses_are_taken_by_id_or_number_and_shown_by_number, setup, teardown),
		cmocka_unit_test_setup_teardown(all_mistakes_come_in_one_run_in_order, setup,
						teardown),
		cmocka_unit_test_setup_teardown(missing_and_strange_files_are_told, setup,
						teardown),
		cmocka_unit_test_setup_teardown(an_alias_bomb_is_refused_at_once, setup,
						teardown),
		cmocka_unit_test_setup_teardown(huge_and_deep_input_meets_a_limit, setup,
						teardown),
		cmocka_unit_test_setup_teardown(conditions_say_what_they_mean, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_conditions_are_refused_with_a_place,
						setup, teardown),
		cmocka_unit_test_setup_teardown(garbage_never_stops_the_parser, setup,
						teardown),
		cmocka_unit_test_setup_teardown(typed_values_become_the_one_way_they_are_kept,
						setup, teardown),
		cmocka_unit_test_setup_teardown(kept_values_are_shown_in_words, setup,
						teardown),
		cmocka_unit_test_setup_teardown(what_must_be_shown_to_sign_in_is_read_and_compared,
						setup, teardown),
		cmocka_unit_test_setup_teardown(duties_are_read_and_compared, setup, teardown),
		cmocka_unit_test_setup_teardown(reconciliations_are_read_and_compared, setup, teardown),
		cmocka_unit_test_setup_teardown(mistakes_in_reconciliations_are_said, setup, teardown),
		cmocka_unit_test_setup_teardown(evidence_hangs_on_its_clauses_and_nowhere_else,
						setup, teardown),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
