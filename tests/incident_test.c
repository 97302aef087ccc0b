/* Incidents: the chain and who stands in, the timeline, days outside, evidence, and what closing takes. */
#define HOUSE_JOURNAL
#include "office_house.h"
#include "deed.h"

#include "assure/finding.h"
#include "assure/history.h"
#include "incident/contact.h"
#include "incident/figures.h"
#include "incident/incident.h"
#include "incident/outside.h"

enum { MINUTE = 60000, HOUR = 3600000 };

/* The body of flow's tests with a CSIRT and a system that another section runs. */
struct incident_house {
	struct flow_house f; /* first: the helpers of flow take it */
	struct person_id csirt, leader;
	struct row_id system;
};

static struct incident_house *
house_of(void **state)
{
	return *state;
}

static struct error *
fill_work(struct act *act, void *with)
{
	struct incident_house *i = with;
	struct house *h = &i->f.house;
	i->csirt = add_person(act, "000030", "守", "一", "マモリ ハジメ",
			      add_post(act, h, h->bureau, "CSIRT", "csirt"));
	i->leader = add_person(act, "000031", "頭", "二", "カシラ フタ",
			       add_post(act, h, h->bureau, "CSIRT責任者", "csirt-leader"));
	return add_system_of_other(act, &i->f, "住民記録システム", "住民記録", &i->system);
}

static int
incident_open_house(void **state)
{
	struct incident_house *i = flow_house_within(sizeof *i);
	i->f.flow.outcomes = incident_outcomes;
	must(act_now(&i->f.house, fill_work, i));
	*state = i;
	return 0;
}

#define INCIDENT_TEST(name) cmocka_unit_test_setup_teardown(name, incident_open_house, house_close)

static void
pass(struct incident_house *i, int64_t ms)
{
	i->f.house.now.ms += ms;
}

static struct moment
now_of(const struct incident_house *i)
{
	return i->f.house.now;
}

/* ---- Deeds ---- */

struct play_act {
	struct incident_house *i;
	struct incident_reporting reporting;
	struct link_receiving receiving;
	struct incident_judging judging;
	struct incident_facts facts;
	struct entry_writing writing;
	struct task_giving giving;
	struct task_answering answering;
	struct evidence_taking taking;
	struct custody_noting noting;
	struct affected_adding adding;
	struct outside_filing filing;
	struct incident_concluding concluding;
	struct incident_closing closing;
	struct incident_contact contact;
	struct incident_id id;
	struct entry_id entry;
	struct task_id task;
	struct evidence_id evidence;
	struct affected_id affected;
	struct contact_id contact_id;
	bool is_same;
};

#define WORK(name, call)                                                                       \
	static struct error *name(struct act *act, void *with)                                 \
	{                                                                                      \
		struct play_act *d = with;                                                         \
		const struct pack *pack = d->i->f.house.pack;                                  \
		return call;                                                                   \
	}
WORK(report_work, incident_report(act, pack, &d->reporting, &d->id))
WORK(receive_work, incident_receive(act, pack, &d->receiving))
WORK(judge_work, incident_judge(act, pack, &d->judging))
WORK(facts_work, incident_set_facts(act, pack, &d->facts))
WORK(write_work, incident_entry_write(act, pack, &d->writing, &d->entry))
WORK(give_work, incident_task_give(act, pack, &d->giving, &d->task))
WORK(answer_work, incident_task_answer(act, pack, &d->answering))
WORK(take_work, incident_evidence_take(act, pack, &d->taking, &d->evidence))
WORK(custody_work, incident_custody_note(act, pack, &d->noting, &d->is_same))
WORK(affected_work, incident_affected_add(act, pack, &d->adding, &d->affected))
WORK(file_work, incident_outside_file(act, pack, &d->filing))
WORK(conclude_work, incident_conclude(act, pack, &d->concluding))
WORK(close_work, incident_close(act, pack, &d->closing))
WORK(confirm_work, incident_contacts_confirm(act, pack))
WORK(contact_work, incident_contact_put(act, pack, &d->contact, &d->contact_id))

static void
refused(struct error *error, enum error_kind kind, const char *field)
{
	must_refuse(error, kind);
	if (field != NULL)
		assert_true(text_is(error->field, field));
}

static struct play_act
reporting_of(struct incident_house *i, const char *kind)
{
	return (struct play_act){ .i = i,
			      .reporting = { .kind = text_of(kind),
					     .title = T("共有フォルダのファイルが開けない"),
					     .words = T("拡張子が変わり、金銭を求める文が表示された。"),
					     .place = T("人事課の端末"),
					     .happened = { now_of(i).ms - 30 * MINUTE },
					     .known = { now_of(i).ms - 10 * MINUTE } } };
}

static struct incident_id
report(struct incident_house *i, const char *kind)
{
	struct play_act d = reporting_of(i, kind);
	must(act_as(&i->f.house, i->f.house.staff, report_work, &d));
	return d.id;
}

static struct incident
read_case(struct incident_house *i, struct incident_id id)
{
	struct incident incident;
	LOOK(&i->f.house, look);
	must(incident_read(&look, i->f.house.pack, id, &incident));
	return incident;
}

static bool
link_find(struct incident_house *i, struct incident_id id, struct person_id who, const char *code,
	  struct incident_link *link)
{
	struct incident_link *list;
	size_t count;
	LOOK(&i->f.house, look);
	must(incident_links(&look, i->f.house.pack, id, who, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].code, code)) {
			*link = list[at];
			return true;
		}
	return false;
}

static bool
is_told(struct incident_house *i, struct incident_id id, const char *code)
{
	struct incident_link link;
	return link_find(i, id, (struct person_id){ 0 }, code, &link);
}

static struct error *
receive(struct incident_house *i, struct incident_id id, const char *code, struct person_id who,
	struct link_receiving how)
{
	struct incident_link link;
	struct play_act d = { .i = i, .receiving = how };
	assert_true(link_find(i, id, who, code, &link));
	d.receiving.link = link.id;
	return act_as(&i->f.house, who, receive_work, &d);
}

static struct error *
judge(struct incident_house *i, struct incident_id id, enum incident_verdict verdict, const char *grounds)
{
	struct play_act d = { .i = i,
			  .judging = { .incident = id,
				       .change = read_case(i, id).change,
				       .verdict = verdict,
				       .words = T("脅迫文と暗号化を確かめた。"),
				       .crime = SAID_YES,
				       .grounds = grounds == NULL ? (struct text){ 0 } : text_of(grounds) } };
	return act_as(&i->f.house, i->csirt, judge_work, &d);
}

static struct incident_done
tick(struct incident_house *i)
{
	struct incident_done done;
	bool is_more;
	must(incident_clock(i->f.house.store, i->f.house.arena, i->f.house.pack, 100, &done, &is_more));
	assert_false(is_more);
	return done;
}

/* ---- The chain ---- */

static void
a_report_goes_from_link_to_link(void **state)
{
	struct incident_house *i = house_of(state);
	const struct house *h = &i->f.house;
	struct play_act d = reporting_of(i, "ransomware");
	d.reporting.system = i->system;
	must(act_as(&i->f.house, h->staff, report_work, &d));
	const struct incident made = read_case(i, d.id);
	assert_int_equal(made.state, INCIDENT_REPORTED);
	assert_true(made.unit.no == h->section.no);
	assert_true(made.happened.ms < made.known.ms && made.known.ms < made.entered.ms);
	assert_int_equal(notices_of(&i->f, h->manager), 1);
	assert_int_equal(notices_of(&i->f, i->csirt), 0);
	assert_false(is_told(i, d.id, "csirt"));

	refused(receive(i, d.id, "manager", i->f.other_manager, (struct link_receiving){ 0 }), ERROR_REFUSED, NULL);
	must(receive(i, d.id, "manager", h->manager, (struct link_receiving){ .needed = SAID_YES }));
	assert_int_equal(notices_of(&i->f, i->csirt), 1);
	assert_int_equal(notices_of(&i->f, i->f.other_manager), 1); /* who runs the system */
	assert_false(is_told(i, d.id, "chief"));
	must(receive(i, d.id, "csirt", i->csirt, (struct link_receiving){ 0 }));
	assert_true(is_told(i, d.id, "chief"));
	assert_true(is_told(i, d.id, "responsible"));
	assert_false(is_told(i, d.id, "ciso")); /* nobody said that it is grave */
	must(receive(i, d.id, "chief", h->director, (struct link_receiving){ .grave = SAID_YES }));
	assert_true(is_told(i, d.id, "ciso"));
	refused(receive(i, d.id, "chief", h->director, (struct link_receiving){ 0 }), ERROR_CONFLICT, NULL);
}

static void
saying_that_nobody_above_need_know_takes_a_reason(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "mis-sent");
	refused(receive(i, id, "manager", i->f.house.manager, (struct link_receiving){ .needed = SAID_NO }),
		ERROR_INVALID, "words");
	must(receive(i, id, "manager", i->f.house.manager,
		     (struct link_receiving){ .needed = SAID_NO, .words = T("分類Ⅲだけで、回収できた。") }));
	must(receive(i, id, "csirt", i->csirt, (struct link_receiving){ 0 }));
	assert_false(is_told(i, id, "chief"));
}

static void
class_one_is_always_told_further(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "lost-medium");
	d.reporting.class_code = T("I");
	must(act_as(&i->f.house, i->f.house.staff, report_work, &d));
	must(receive(i, d.id, "manager", i->f.house.manager, (struct link_receiving){ 0 }));
	must(receive(i, d.id, "csirt", i->csirt, (struct link_receiving){ 0 }));
	assert_true(is_told(i, d.id, "chief"));
}

static void
an_absent_link_holds_nobody_up_and_a_substitute_takes_its_place(void **state)
{
	struct incident_house *i = house_of(state);
	const struct house *h = &i->f.house;
	struct incident_link link;
	const struct incident_id id = report(i, "ransomware");
	assert_int_equal(tick(i).escalated, 0);
	refused(receive(i, id, "manager", h->director, (struct link_receiving){ 0 }), ERROR_REFUSED, NULL);
	pass(i, 61 * MINUTE);
	assert_int_equal(tick(i).escalated, 1);
	assert_int_equal(tick(i).escalated, 0);
	assert_true(is_told(i, id, "csirt"));
	assert_true(notices_of(&i->f, h->director) > 0);
	assert_true(link_find(i, id, h->director, "manager", &link));
	assert_true(link.is_late && link.is_mine && link.level == 1);
	must(receive(i, id, "manager", h->director, (struct link_receiving){ 0 }));
	assert_true(link_find(i, id, h->director, "manager", &link));
	assert_true(text_is(link.as_role, "responsible"));
	pass(i, 30 * (int64_t)HOUR);
	tick(i);
	assert_true(link_find(i, id, h->director, "manager", &link));
	assert_int_equal(link.level, 1); /* received: nobody else is told */
}

static size_t
unreceived(struct incident_house *i, struct person_id person, struct finding *newest)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	const struct finding_query query = { .is_open_only = true, .has_kind = true,
					     .kind = ASSURE_LINK, .person = person, .at = DAY_NONE };
	struct house *h = &i->f.house;
	struct assure_recorded recorded;
	struct finding *list;
	size_t count;
	must(assure_record(h->store, h->arena, &i->f.flow, NULL, &clock, &recorded));
	LOOK(h, look);
	must(assure_findings(&look, h->pack, &query, &list, &count));
	if (count != 0)
		*newest = list[0];
	return count;
}

static void
word_that_nobody_received_is_a_finding_for_who_should_have_until_somebody_does(void **state)
{
	struct incident_house *i = house_of(state);
	const struct house *h = &i->f.house;
	const struct person_id anybody = { 0 };
	struct finding finding;
	const struct incident_id id = report(i, "ransomware");
	assert_int_equal(unreceived(i, anybody, &finding), 0);
	pass(i, 61 * MINUTE);
	tick(i);
	assert_int_equal(unreceived(i, anybody, &finding), 1);
	assert_true(text_starts(finding.about, T("incident-link:")));
	assert_true(text_has(finding.why, read_case(i, id).number));
	assert_false(text_has(finding.why, read_case(i, id).title)); /* read by more people than the case */
	assert_int_equal(unreceived(i, h->manager, &finding), 1);
	assert_int_equal(unreceived(i, i->f.other_manager, &finding), 0);
	must(receive(i, id, "manager", h->director, (struct link_receiving){ 0 }));
	assert_int_equal(unreceived(i, anybody, &finding), 0);
}

static void
a_clock_that_was_off_tells_one_level_a_round_and_one_set_back_tells_nobody(void **state)
{
	struct incident_house *i = house_of(state);
	struct incident_link link;
	const struct incident_id id = report(i, "malware");
	pass(i, -5 * (int64_t)HOUR); /* wrong clock */
	assert_int_equal(tick(i).escalated, 0);
	pass(i, 5 * (int64_t)HOUR + 10 * (int64_t)24 * HOUR); /* off for ten days */
	assert_int_equal(tick(i).escalated, 1);
	assert_int_equal(tick(i).escalated, 0);
	assert_true(link_find(i, id, (struct person_id){ 0 }, "manager", &link));
	assert_int_equal(link.level, 1);
	assert_true(link.due.ms > now_of(i).ms);
	pass(i, 61 * MINUTE);
	tick(i);
	assert_true(link_find(i, id, (struct person_id){ 0 }, "manager", &link));
	assert_int_equal(link.level, 2);
}

static void
whoever_reports_and_would_be_told_has_received_it(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "paper");
	struct incident_link link;
	d.reporting.way = WAY_SAID; /* the manager types in what a clerk said */
	d.reporting.reporter = i->f.house.staff;
	d.reporting.said = (struct moment){ now_of(i).ms - 5 * MINUTE };
	must(act_as(&i->f.house, i->f.house.manager, report_work, &d));
	assert_true(link_find(i, d.id, i->f.house.manager, "manager", &link));
	assert_true(link.received.ms != 0);
	assert_true(is_told(i, d.id, "csirt"));
	const struct incident made = read_case(i, d.id);
	assert_true(made.reporter.no == i->f.house.staff.no && made.entered_by.no == i->f.house.manager.no);
}

static void
a_citizen_s_report_goes_to_the_csirt_at_once(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "other");
	d.reporting.source = SOURCE_CITIZEN;
	d.reporting.way = WAY_PUBLIC;
	d.reporting.contact = T("088-000-0000");
	must(act_now(&i->f.house, report_work, &d));
	assert_true(is_told(i, d.id, "csirt"));
	assert_true(notices_of(&i->f, i->csirt) == 1);
	assert_true(read_case(i, d.id).unit.no == 0);
}

static void
a_receipt_tells_its_number_to_whoever_has_the_key(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "other");
	struct text number;
	struct moment made;
	bool found;
	d.reporting.source = SOURCE_CITIZEN;
	d.reporting.way = WAY_PUBLIC;
	d.reporting.receipt_key = T("a key");
	d.reporting.receipt_number = T("2345-6789");
	must(act_now(&i->f.house, report_work, &d));
	LOOK(&i->f.house, look);
	must(incident_receipt(&look, T("a key"), &found, &number, &made));
	assert_true(found && text_is(number, "2345-6789") && made.ms != 0);
	must(incident_receipt(&look, T("2345-6789"), &found, &number, &made));
	assert_false(found);
}

static void
times_that_cannot_be_are_refused(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "other");
	d.reporting.known.ms = now_of(i).ms + HOUR;
	refused(act_as(&i->f.house, i->f.house.staff, report_work, &d), ERROR_INVALID, "known");
	d = reporting_of(i, "other");
	d.reporting.happened.ms = now_of(i).ms;
	refused(act_as(&i->f.house, i->f.house.staff, report_work, &d), ERROR_INVALID, "happened");
	d = reporting_of(i, "nothing");
	refused(act_as(&i->f.house, i->f.house.staff, report_work, &d), ERROR_INVALID, "kind");
	d = reporting_of(i, "other");
	d.reporting.title = T("  ");
	refused(act_as(&i->f.house, i->f.house.staff, report_work, &d), ERROR_INVALID, "title");
}

/* ---- The timeline ---- */

static struct error *
write_as(struct incident_house *i, struct incident_id id, struct person_id who, const char *words,
	 int64_t minutes_ago, struct entry_id replaces, struct entry_id *made)
{
	struct play_act d = { .i = i,
			  .writing = { .incident = id,
				       .at = { now_of(i).ms - minutes_ago * MINUTE },
				       .category = ENTRY_OBSERVATION,
				       .source = FROM_SEEN,
				       .words = text_of(words),
				       .replaces = replaces } };
	struct error *error = act_as(&i->f.house, who, write_work, &d);
	if (error == OK && made != NULL)
		*made = d.entry;
	return error;
}

static size_t
entries_of(struct incident_house *i, struct incident_id id, bool with_replaced, struct incident_entry **list)
{
	size_t count;
	LOOK(&i->f.house, look);
	must(incident_entries(&look, id,
			      &(struct entry_query){ .categories = 1U << ENTRY_OBSERVATION,
						     .with_replaced = with_replaced },
			      list, &count));
	return count;
}

static void
two_people_writing_the_same_timeline_lose_no_word(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "malware");
	struct incident_entry *list;
	struct entry_id first, second;
	must(write_as(i, id, i->csirt, "端末を切り離した", 5, (struct entry_id){ 0 }, &first));
	must(write_as(i, id, i->f.house.staff, "警告が出た", 20, (struct entry_id){ 0 }, &second));
	assert_int_equal(entries_of(i, id, false, &list), 2);
	assert_true(list[0].id.no == second.no); /* by when it was so, not by when it was written */
	/* Both put the same one right: the second is told that it was. */
	must(write_as(i, id, i->leader, "端末2台を切り離した", 5, first, NULL));
	refused(write_as(i, id, i->csirt, "端末3台を切り離した", 5, first, NULL), ERROR_CONFLICT, NULL);
	assert_int_equal(entries_of(i, id, false, &list), 2);
	assert_true(text_is(list[1].words, "端末2台を切り離した"));
	assert_int_equal(entries_of(i, id, true, &list), 3); /* the older stays to be seen */
}

static void
who_has_no_part_in_a_case_neither_reads_nor_writes(void **state)
{
	struct incident_house *i = house_of(state);
	const struct house *h = &i->f.house;
	const struct incident_id id = report(i, "malware");
	struct rights rights;
	struct incident incident;
	struct incident_may may;
	refused(write_as(i, id, h->deputy, "見た", 1, (struct entry_id){ 0 }, NULL), ERROR_REFUSED, NULL);
	LOOK(&i->f.house, look);
	must(people_rights(&look, h->pack, i->f.other_manager, &rights));
	refused(incident_open(&look, h->pack, &rights, id, &incident, &may), ERROR_MISSING, NULL);
	must(people_rights(&look, h->pack, h->staff, &rights));
	must(incident_open(&look, h->pack, &rights, id, &incident, &may));
	assert_true(may.write && !may.lead && !may.order && !may.close);
	must(people_rights(&look, h->pack, i->csirt, &rights));
	must(incident_open(&look, h->pack, &rights, id, &incident, &may));
	assert_true(may.lead && !may.close);
	struct incident *list;
	size_t count;
	bool has_more;
	must(people_rights(&look, h->pack, i->f.other_manager, &rights));
	must(incident_list(&look, h->pack, &rights, &(struct incident_query){ 0 }, &list, &count, &has_more));
	assert_int_equal(count, 0);
}

/* ---- Judgement, orders ---- */

static void
an_incident_makes_its_playbook_tasks_and_an_event_ends_what_waits(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "ransomware"), other = report(i, "mis-sent");
	struct incident_task *tasks;
	size_t count;
	struct play_act d = { .i = i, .judging = { .incident = id, .verdict = VERDICT_INCIDENT, .words = T("見た") } };
	refused(act_as(&i->f.house, i->f.house.manager, judge_work, &d), ERROR_REFUSED, NULL);
	must(judge(i, id, VERDICT_INCIDENT, NULL));
	{
		LOOK(&i->f.house, look);
		must(incident_tasks(&look, i->f.house.pack, id, i->f.house.director, &tasks, &count));
	}
	assert_int_equal(count, pack_incident_kind(i->f.house.pack, T("ransomware"))->plays_count);
	assert_true(text_is(tasks[1].role_code, "chief") && tasks[1].is_mine && tasks[1].due.ms != 0);
	assert_true(is_told(i, id, "confirmed-ciso"));
	must(judge(i, other, VERDICT_EVENT, NULL));
	assert_int_equal(read_case(i, other).state, INCIDENT_DISMISSED);
	assert_int_equal(read_case(i, other).waiting, 0);
	assert_true(notices_of(&i->f, i->f.house.staff) > 0);
	/* Judged again: more became known. */
	must(judge(i, other, VERDICT_INCIDENT, NULL));
	assert_int_equal(read_case(i, other).state, INCIDENT_OPEN);
}

static void
a_judgement_on_an_older_page_is_a_conflict(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "malware");
	struct play_act d = { .i = i, .judging = { .incident = id, .change = read_case(i, id).change,
					       .verdict = VERDICT_INCIDENT, .words = T("見た") } };
	must(act_as(&i->f.house, i->csirt, judge_work, &d));
	refused(act_as(&i->f.house, i->leader, judge_work, &d), ERROR_CONFLICT, NULL);
}

static struct incident_task
order(struct incident_house *i, struct incident_id id, struct person_id who)
{
	struct incident_task *tasks;
	size_t count;
	struct play_act d = { .i = i, .giving = { .incident = id, .kind = TASK_STOP, .words = T("住民記録を止める"),
					      .role = pack_role(i->f.house.pack, T("system-manager")),
					      .unit = i->f.house.other } };
	must(act_as(&i->f.house, who, give_work, &d));
	LOOK(&i->f.house, look);
	must(incident_tasks(&look, i->f.house.pack, id, i->f.other_manager, &tasks, &count));
	return tasks[count - 1];
}

static void
an_order_while_the_ciso_is_not_reached_says_that_it_is_of_own_judgement(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "intrusion");
	struct play_act d = { .i = i };
	must(judge(i, id, VERDICT_INCIDENT, NULL));
	d.giving = (struct task_giving){ .incident = id, .kind = TASK_CONTAIN, .words = T("止める"),
					 .assignee = i->f.house.staff };
	refused(act_as(&i->f.house, i->csirt, give_work, &d), ERROR_REFUSED, NULL);
	const struct incident_task own = order(i, id, i->f.house.director);
	assert_true(own.is_own_judgement && own.is_mine);
	must(receive(i, id, "confirmed-ciso", i->f.ciso, (struct link_receiving){ 0 }));
	assert_false(order(i, id, i->f.house.director).is_own_judgement);
	/* Answered once, with when it was done. */
	d.answering = (struct task_answering){ .task = own.id, .is_done = true, .words = T("14時に止めた") };
	refused(act_as(&i->f.house, i->f.house.staff, answer_work, &d), ERROR_REFUSED, NULL);
	must(act_as(&i->f.house, i->f.other_manager, answer_work, &d));
	refused(act_as(&i->f.house, i->f.other_manager, answer_work, &d), ERROR_CONFLICT, NULL);
	d.answering = (struct task_answering){ .task = order(i, id, i->leader).id };
	refused(act_as(&i->f.house, i->f.other_manager, answer_work, &d), ERROR_INVALID, "words");
}

static void
a_late_task_is_remembered_once(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "ransomware");
	must(judge(i, id, VERDICT_INCIDENT, NULL));
	pass(i, 3 * (int64_t)HOUR);
	assert_true(tick(i).reminded >= 2);
	assert_int_equal(tick(i).reminded, 0);
}

/* ---- Outside ---- */

static struct day
day_of(int year, int month, int day)
{
	struct day made;
	assert_true(day_make(year, month, day, &made));
	return made;
}

static void
the_day_of_knowledge_is_day_one_and_a_final_day_rolls_past_holidays(void **state)
{
	(void)state;
	assert_int_equal(incident_last_day(day_of(2026, 6, 1), 30, true).no, day_of(2026, 6, 30).no);
	/* 2026-12-30 falls between 12/29 and 1/3, the 4th of January is a Monday. */
	assert_int_equal(incident_last_day(day_of(2026, 12, 1), 30, true).no, day_of(2027, 1, 4).no);
	/* The 30th day is Saturday, October 31st: Monday. */
	assert_int_equal(incident_last_day(day_of(2026, 10, 2), 30, true).no, day_of(2026, 11, 2).no);
	/* Friday, January 1st, a holiday within the New Year. */
	assert_int_equal(incident_last_day(day_of(2026, 12, 3), 30, true).no, day_of(2027, 1, 4).no);
	/* Before the holidays of May (3rd to 6th in 2026): the 3rd is a Sunday. */
	assert_int_equal(incident_last_day(day_of(2026, 4, 4), 30, true).no, day_of(2026, 5, 7).no);
	assert_int_equal(incident_last_day(day_of(2026, 6, 1), 60, true).no, day_of(2026, 7, 30).no);
	assert_int_equal(incident_last_day(day_of(2026, 6, 3), 5, false).no, day_of(2026, 6, 7).no);
}

static bool
outside_find(struct incident_house *i, struct incident_id id, const char *code, enum outside_stage stage,
	     struct incident_outside *outside)
{
	struct incident_outside *list;
	size_t count;
	LOOK(&i->f.house, look);
	must(incident_outside_list(&look, i->f.house.pack, id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].code, code) && list[at].stage == stage) {
			*outside = list[at];
			return true;
		}
	return false;
}

static void
who_must_be_told_follows_from_the_facts(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "ransomware"), plain = report(i, "mis-sent");
	struct incident_outside outside;
	must(judge(i, plain, VERDICT_INCIDENT, NULL));
	assert_false(outside_find(i, plain, "ppc", OUTSIDE_FIRST, &outside));
	must(judge(i, id, VERDICT_INCIDENT, "wrongful\nsensitive"));
	const struct day known = moment_day(read_case(i, id).known);
	assert_true(outside_find(i, id, "ppc", OUTSIDE_FIRST, &outside));
	assert_true(outside.is_owed);
	assert_int_equal(outside.due.no, known.no + 4);
	assert_true(outside_find(i, id, "ppc", OUTSIDE_FINAL, &outside));
	assert_int_equal(outside.due.no, incident_last_day(known, 60, true).no);
	assert_true(outside_find(i, id, "police", OUTSIDE_NOTICE, &outside));
	assert_true(outside_find(i, id, "ipa", OUTSIDE_NOTICE, &outside));
	assert_false(outside.is_owed);
	/* The wrongful purpose is ruled out: 30 days. */
	struct play_act d = { .i = i, .facts = { .incident = id, .grounds = T("sensitive") } };
	must(act_as(&i->f.house, i->csirt, facts_work, &d));
	assert_true(outside_find(i, id, "ppc", OUTSIDE_FINAL, &outside));
	assert_int_equal(outside.due.no, incident_last_day(known, 30, true).no);
}

static void
a_hundred_and_one_persons_make_a_report_owed_from_that_day(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "mis-sent");
	struct incident_outside outside;
	struct play_act d = { .i = i, .adding = { .incident = id, .name = T("宛先の名簿"), .items = T("氏名、電子メール"),
					      .media = T("電子メール"), .persons = 100, .is_sure = true } };
	must(judge(i, id, VERDICT_INCIDENT, NULL));
	must(act_as(&i->f.house, i->f.house.staff, affected_work, &d));
	assert_false(outside_find(i, id, "ppc", OUTSIDE_FIRST, &outside));
	pass(i, 3 * (int64_t)24 * HOUR);
	d.adding = (struct affected_adding){ .incident = id, .asset = i->f.secret, .persons = 1 };
	must(act_as(&i->f.house, i->csirt, affected_work, &d));
	const struct incident made = read_case(i, id);
	assert_int_equal(made.persons, 101);
	assert_true(text_is(made.grounds, "many"));
	assert_true(text_is(made.class_code, "I")); /* the asset's */
	assert_true(is_told(i, id, "manager"));
	assert_true(outside_find(i, id, "ppc", OUTSIDE_FIRST, &outside));
	assert_int_equal(outside.day_one.no, moment_day(now_of(i)).no);
	/* Reminded on the day before and on the day, and not twice a day. */
	pass(i, 3 * (int64_t)24 * HOUR);
	assert_true(tick(i).outside > 0);
	assert_int_equal(tick(i).outside, 0);
}

static void
a_final_report_may_be_both_and_an_owed_one_is_left_only_by_the_closer(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "intrusion");
	struct incident_outside outside;
	struct play_act d = { .i = i };
	must(judge(i, id, VERDICT_INCIDENT, "sensitive"));
	assert_true(outside_find(i, id, "ministry", OUTSIDE_FIRST, &outside));
	d.filing = (struct outside_filing){ .outside = outside.id, .is_waived = true, .words = T("県から届く") };
	refused(act_as(&i->f.house, i->csirt, file_work, &d), ERROR_REFUSED, NULL);
	must(act_as(&i->f.house, i->f.ciso, file_work, &d));
	assert_true(outside_find(i, id, "ppc", OUTSIDE_FINAL, &outside));
	d.filing = (struct outside_filing){ .outside = outside.id, .way = T("報告フォーム"), .reference = T("123") };
	must(act_as(&i->f.house, i->csirt, file_work, &d));
	assert_true(outside_find(i, id, "ppc", OUTSIDE_FIRST, &outside));
	assert_true(outside.filed.ms != 0 && text_is(outside.reference, "123"));
	refused(act_as(&i->f.house, i->csirt, file_work, &d), ERROR_CONFLICT, NULL);
}

/* ---- Evidence ---- */

static void
evidence_is_hashed_when_it_is_taken_in_and_a_changed_one_is_noticed(void **state)
{
	struct incident_house *i = house_of(state);
	struct house *h = &i->f.house;
	const struct incident_id id = report(i, "ransomware");
	const struct text bytes = T("YOUR FILES ARE ENCRYPTED");
	struct play_act d = { .i = i, .taking = { .incident = id, .name = T("note.txt"), .origin = T("人事課の端末"),
					      .is_file = true, .size = 24 } };
	struct incident_evidence evidence;
	struct custody *custody;
	struct text read;
	size_t count;
	refused(act_as(h, i->csirt, take_work, &d), ERROR_BROKEN, NULL); /* the file was never kept */
	must(incident_file_keep(h->store, h->arena, bytes, &d.taking.digest));
	must(act_as(h, i->csirt, take_work, &d));
	{
		LOOK(h, look);
		must(incident_evidence_read(&look, d.evidence, &evidence));
		must(incident_file_read(&look, &evidence, &read));
		const struct hash digest = hash_of(bytes);
		assert_true(hash_same(&digest, &evidence.digest));
		assert_true(text_same(read, bytes));
	}
	d.noting = (struct custody_noting){ .evidence = d.evidence, .doing = CUSTODY_CHECKED };
	must(act_as(h, i->csirt, custody_work, &d));
	assert_true(d.is_same);
	d.noting = (struct custody_noting){ .evidence = d.evidence, .doing = CUSTODY_HANDED };
	refused(act_as(h, i->csirt, custody_work, &d), ERROR_INVALID, "holder");
	d.noting.holder = T("県警察 サイバー犯罪対策課");
	must(act_as(h, i->csirt, custody_work, &d));
	/* Somebody puts another file in its place. */
	const char *path = text_format(h->arena, "%s/blobs/%.*s", h->folder,
				       T_ARG(hash_hex(h->arena, &evidence.digest))).data;
	must(store_file_write(h->store, path, T("NOTHING HAPPENED")));
	d.noting = (struct custody_noting){ .evidence = d.evidence, .doing = CUSTODY_CHECKED };
	must(act_as(h, i->csirt, custody_work, &d));
	assert_false(d.is_same);
	LOOK(h, look);
	refused(incident_file_read(&look, &evidence, &read), ERROR_BROKEN, NULL);
	must(incident_custody(&look, d.evidence, &custody, &count));
	assert_int_equal(count, 4);
	assert_true(custody[1].is_checked && custody[1].is_same && !custody[3].is_same);
	must(incident_evidence_read(&look, d.evidence, &evidence));
	assert_true(text_is(evidence.holder, "県警察 サイバー犯罪対策課"));
}

/* ---- The end ---- */

static void
answer_all(struct incident_house *i, struct incident_id id)
{
	struct incident_task *tasks;
	size_t count;
	{
		LOOK(&i->f.house, look);
		must(incident_tasks(&look, i->f.house.pack, id, i->csirt, &tasks, &count));
	}
	for (size_t at = 0; at < count; at++) {
		struct play_act d = { .i = i, .answering = { .task = tasks[at].id, .is_done = true } };
		if (!tasks[at].is_answered)
			must(act_as(&i->f.house, i->csirt, answer_work, &d));
	}
}

static void
file_all(struct incident_house *i, struct incident_id id)
{
	struct incident_outside *list;
	size_t count;
	{
		LOOK(&i->f.house, look);
		must(incident_outside_list(&look, i->f.house.pack, id, &list, &count));
	}
	for (size_t at = 0; at < count; at++) {
		struct play_act d = { .i = i, .filing = { .outside = list[at].id, .way = T("電話") } };
		if (list[at].filed.ms == 0)
			must(act_as(&i->f.house, i->csirt, file_work, &d));
	}
}

static void
a_case_is_closed_by_the_ciso_when_nothing_stands_against_it(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "lost-medium");
	struct play_act d = { .i = i, .closing = { .incident = id } };
	refused(act_as(&i->f.house, i->f.ciso, close_work, &d), ERROR_REFUSED, NULL);
	must(judge(i, id, VERDICT_INCIDENT, "sensitive"));
	d.concluding = (struct incident_concluding){ .incident = id, .cause = T("鞄ごと置き忘れた") };
	refused(act_as(&i->f.house, i->csirt, conclude_work, &d), ERROR_INVALID, "done");
	d.concluding.todo = T("持ち出す媒体は暗号化したものだけにする");
	must(act_as(&i->f.house, i->csirt, conclude_work, &d));
	assert_true(is_told(i, id, "cause-ciso"));
	answer_all(i, id);
	file_all(i, id);
	d.facts = (struct incident_facts){ .incident = id, .has_disclosure = true, .disclosure = DISCLOSURE_NOT };
	refused(act_as(&i->f.house, i->csirt, facts_work, &d), ERROR_INVALID, "disclosure_words");
	d.facts.disclosure_words = T("拾得され、見られていない");
	must(act_as(&i->f.house, i->csirt, facts_work, &d));
	refused(act_as(&i->f.house, i->f.ciso, close_work, &d), ERROR_REFUSED, NULL);
	must(receive(i, id, "cause-ciso", i->f.ciso, (struct link_receiving){ 0 }));
	must(receive(i, id, "cause-chief", i->f.house.director, (struct link_receiving){ 0 }));
	refused(act_as(&i->f.house, i->csirt, close_work, &d), ERROR_REFUSED, NULL);
	must(act_as(&i->f.house, i->f.ciso, close_work, &d));
	assert_int_equal(read_case(i, id).state, INCIDENT_CLOSED);
	refused(write_as(i, id, i->csirt, "あとから", 0, (struct entry_id){ 0 }, NULL), ERROR_CONFLICT, NULL);
}

static void
the_draft_and_the_forms_are_views_of_the_timeline(void **state)
{
	struct incident_house *i = house_of(state);
	const struct incident_id id = report(i, "ransomware");
	struct draft_item *items;
	struct view_answer *answers;
	size_t count, filled = 0;
	struct play_act d = { .i = i, .adding = { .incident = id, .name = T("職員の名簿"), .items = T("氏名"),
					      .persons = 320 } };
	must(act_as(&i->f.house, i->f.house.staff, affected_work, &d));
	must(judge(i, id, VERDICT_INCIDENT, "wrongful"));
	d.concluding = (struct incident_concluding){ .incident = id, .cause = T("VPN装置の弱点"),
						     .done = T("更新した"), .todo = T("多要素認証") };
	must(act_as(&i->f.house, i->csirt, conclude_work, &d));
	LOOK(&i->f.house, look);
	must(incident_draft(&look, i->f.house.pack, id, &items, &count));
	assert_int_equal(count, i->f.house.pack->incidents.items_count);
	assert_true(text_has(items[0].words, T("共有フォルダのファイルが開けない")));
	assert_true(text_has(items[2].words, T("320")));
	assert_true(text_has(items[3].words, T("VPN装置の弱点")));
	assert_true(text_has(items[7].words, T("更新した")) && !text_has(items[7].words, T("多要素認証")));
	assert_true(text_has(items[8].words, T("多要素認証")));
	const struct pack_form_view *view = incident_view(i->f.house.pack, T("11-2"));
	assert_non_null(view);
	must(incident_view_answers(&look, i->f.house.pack, id, view, &answers, &count));
	for (size_t at = 0; at < count; at++) {
		if (text_is(answers[at].field->name, "cause-found"))
			filled += text_is(answers[at].value, "VPN装置の弱点");
		if (text_is(answers[at].field->name, "incident-number"))
			filled += text_same(answers[at].value, read_case(i, id).number);
		if (text_is(answers[at].field->name, "known-at"))
			filled += answers[at].value.len == T("2026-11-21T11:21").len;
	}
	assert_int_equal(filled, 3);
}

/* ---- Drills, contacts, mine, figures ---- */

static void
a_drill_runs_the_chain_and_tells_nobody_outside(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "ransomware");
	struct incident_outside outside;
	struct incident_figures figures;
	d.reporting.is_drill = true;
	d.reporting.unit = i->f.house.section;
	refused(act_as(&i->f.house, i->f.house.staff, report_work, &d), ERROR_REFUSED, NULL);
	must(act_as(&i->f.house, i->csirt, report_work, &d));
	assert_true(is_told(i, d.id, "manager"));
	must(judge(i, d.id, VERDICT_INCIDENT, "wrongful"));
	assert_false(outside_find(i, d.id, "ppc", OUTSIDE_FIRST, &outside));
	LOOK(&i->f.house, look);
	must(incident_figures(&look, i->f.house.pack, (struct moment){ 1 }, &figures));
	assert_int_equal(figures.cases, 0);
	assert_int_equal(figures.drills, 1);
	assert_true(figures.last_drill.ms == now_of(i).ms);
}

static void
an_exercise_that_was_closed_fulfils_a_duty(void **state)
{
	struct incident_house *i = house_of(state);
	struct house *h = &i->f.house;
	struct play_act d = reporting_of(i, "ransomware");
	deed_ask(h, "incident.exercise");
	d.reporting.is_drill = true;
	d.reporting.unit = h->section;
	must(act_as(h, i->csirt, report_work, &d));
	must(judge(i, d.id, VERDICT_INCIDENT, "wrongful"));
	answer_all(i, d.id);
	assert_int_equal(deed_done(h, ""), 0);
	d.closing = (struct incident_closing){ .incident = d.id };
	must(act_as(h, i->f.ciso, close_work, &d));
	assert_int_equal(deed_done(h, incident_about(h->arena, d.id).data), 1);
	assert_int_equal(deed_done_of(h, "chain-exercise", incident_about(h->arena, d.id).data), 1);
}

static void
contacts_that_were_confirmed_fulfil_a_duty(void **state)
{
	struct incident_house *i = house_of(state);
	struct house *h = &i->f.house;
	struct play_act d = { .i = i, .contact = { .kind = CONTACT_ROLE, .code = T("ciso"), .name = T("副市長"),
						   .phone = T("088-000-0001") } };
	deed_ask(h, "incident.contacts");
	refused(act_as(h, i->csirt, confirm_work, &d), ERROR_CONFLICT, NULL);
	must(act_as(h, i->csirt, contact_work, &d));
	assert_int_equal(deed_done(h, ""), 0);
	must(act_as(h, i->csirt, confirm_work, &d));
	assert_int_equal(deed_done(h, "incident-contacts:0"), 1);
}

static void
what_waits_for_me_is_counted_and_so_is_what_the_records_show(void **state)
{
	struct incident_house *i = house_of(state);
	struct incident_mine mine;
	struct incident_figures figures;
	struct play_act d = { .i = i, .contact = { .kind = CONTACT_ROLE, .code = T("ciso"), .name = T("副市長"),
					       .phone = T("088-000-0001") } };
	const struct incident_id id = report(i, "ransomware");
	must(act_as(&i->f.house, i->csirt, contact_work, &d));
	d.contact.code = T("king");
	refused(act_as(&i->f.house, i->csirt, contact_work, &d), ERROR_INVALID, "code");
	must(judge(i, id, VERDICT_INCIDENT, "wrongful"));
	pass(i, 4 * (int64_t)24 * HOUR);
	LOOK(&i->f.house, look);
	must(incident_mine(&look, i->f.house.pack, i->f.house.manager, &mine));
	assert_true(mine.links == 1 && mine.late == 1 && mine.first.no == id.no && mine.cases == 0);
	must(incident_mine(&look, i->f.house.pack, i->csirt, &mine));
	assert_true(mine.tasks > 0 && mine.cases == 1 && mine.outside > 0);
	must(incident_mine(&look, i->f.house.pack, i->f.house.staff, &mine));
	assert_true(mine.links == 0 && mine.tasks == 0 && mine.cases == 0);
	must(incident_figures(&look, i->f.house.pack, (struct moment){ 1 }, &figures));
	assert_true(figures.cases == 1 && figures.judged == 1 && figures.judged_late == 0);
	assert_true(figures.unanswered > 0 && figures.outside_late > 0 && figures.contacts == 1);
	assert_true(figures.tasks > 0 && figures.tasks_late > 0);
}

static void
a_store_call_that_fails_changes_nothing(void **state)
{
	struct incident_house *i = house_of(state);
	struct play_act d = reporting_of(i, "ransomware");
	fault_walk(&i->f.house, i->f.house.staff, report_work, &d);
	struct play_act judged = { .i = i, .judging = { .incident = d.id, .verdict = VERDICT_INCIDENT, .words = T("見た"),
						    .grounds = T("wrongful") } };
	fault_walk(&i->f.house, i->csirt, judge_work, &judged);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		INCIDENT_TEST(a_report_goes_from_link_to_link),
		INCIDENT_TEST(saying_that_nobody_above_need_know_takes_a_reason),
		INCIDENT_TEST(class_one_is_always_told_further),
		INCIDENT_TEST(an_absent_link_holds_nobody_up_and_a_substitute_takes_its_place),
		INCIDENT_TEST(word_that_nobody_received_is_a_finding_for_who_should_have_until_somebody_does),
		INCIDENT_TEST(a_clock_that_was_off_tells_one_level_a_round_and_one_set_back_tells_nobody),
		INCIDENT_TEST(whoever_reports_and_would_be_told_has_received_it),
		INCIDENT_TEST(a_citizen_s_report_goes_to_the_csirt_at_once),
		INCIDENT_TEST(a_receipt_tells_its_number_to_whoever_has_the_key),
		INCIDENT_TEST(times_that_cannot_be_are_refused),
		INCIDENT_TEST(two_people_writing_the_same_timeline_lose_no_word),
		INCIDENT_TEST(who_has_no_part_in_a_case_neither_reads_nor_writes),
		INCIDENT_TEST(an_incident_makes_its_playbook_tasks_and_an_event_ends_what_waits),
		INCIDENT_TEST(a_judgement_on_an_older_page_is_a_conflict),
		INCIDENT_TEST(an_order_while_the_ciso_is_not_reached_says_that_it_is_of_own_judgement),
		INCIDENT_TEST(a_late_task_is_remembered_once),
		cmocka_unit_test(the_day_of_knowledge_is_day_one_and_a_final_day_rolls_past_holidays),
		INCIDENT_TEST(who_must_be_told_follows_from_the_facts),
		INCIDENT_TEST(a_hundred_and_one_persons_make_a_report_owed_from_that_day),
		INCIDENT_TEST(a_final_report_may_be_both_and_an_owed_one_is_left_only_by_the_closer),
		INCIDENT_TEST(evidence_is_hashed_when_it_is_taken_in_and_a_changed_one_is_noticed),
		INCIDENT_TEST(a_case_is_closed_by_the_ciso_when_nothing_stands_against_it),
		INCIDENT_TEST(the_draft_and_the_forms_are_views_of_the_timeline),
		INCIDENT_TEST(a_drill_runs_the_chain_and_tells_nobody_outside),
		INCIDENT_TEST(an_exercise_that_was_closed_fulfils_a_duty),
		INCIDENT_TEST(contacts_that_were_confirmed_fulfil_a_duty),
		INCIDENT_TEST(what_waits_for_me_is_counted_and_so_is_what_the_records_show),
		INCIDENT_TEST(a_store_call_that_fails_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
