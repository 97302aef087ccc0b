/*
 * What happens in the demonstration body of any pack besides permits and duties: a self-check that not
 * everybody has answered, the training plan of the year, an incident that is being looked into and one that
 * nobody has received yet. All of it by whoever the pack says; what a pack does not have is left out.
 */
#include "cli/walk.h"

#include "check/check.h"
#include "training/training.h"

enum { OPEN_DAYS = 14, IMPROVE_DAYS = 21, ROUNDS = 4, HOUR_MS = 3600000 };

struct telling {
	struct walking *walking;
	const struct pack_checklist *checklist;
	struct person_id person;
	bool says_no; /* once: an improvement is to be seen */
};

/* The first who decides in the role; *found false where nobody does. */
static struct error *
become(struct act *act, const struct pack_role *role, struct unit_id unit, bool *found)
{
	struct decider *list;
	size_t count = 0;
	*found = false;
	if (role == NULL)
		return OK;
	TRY(people_deciders(&act->look, role, unit, moment_day(act->look.now), (struct person_id){ 0 },
			    &list, &count));
	*found = count != 0;
	if (*found)
		act->actor = (struct actor){ .person = list[0].person.no, .role = list[0].role->code,
					     .through = T("demo") };
	return OK;
}

/* ---- A self-check ---- */

static struct error *
ask_all(struct act *act, void *with)
{
	const struct telling *telling = with;
	const struct flow *flow = &telling->walking->body->flow;
	const struct day today = moment_day(act->look.now);
	struct campaign_id id;
	bool found;
	TRY(become(act, telling->checklist->runs[0], (struct unit_id){ 0 }, &found));
	if (!found)
		return OK;
	TRY(check_plan(act, flow,
		       &(struct planning){ .checklist = telling->checklist->code, .since = today,
					   .until = day_plus(today, OPEN_DAYS) },
		       &id));
	return check_begin(act, flow, id);
}

static struct error *
answer_sheet(struct act *act, struct telling *telling, struct sheet_id id)
{
	struct check_sheet sheet;
	TRY(check_sheet(&act->look, id, &sheet));
	struct check_answering *answers =
		ARENA_ARRAY(act->look.arena, struct check_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct check_answering){ .item = sheet.items[at].id, .answer = CHECK_YES,
							.due = DAY_NONE };
	if (telling->says_no && sheet.count != 0) {
		answers[0].answer = CHECK_NO;
		answers[0].words = T("手順を書いて課内に配り、来週もう一度確かめる。");
		answers[0].due = day_plus(moment_day(act->look.now), IMPROVE_DAYS);
	}
	telling->says_no = false;
	return check_answer(act, &telling->walking->body->flow, id, answers, sheet.count);
}

static struct error *
answer_mine(struct act *act, void *with)
{
	struct telling *telling = with;
	struct check_mine mine;
	TRY(check_mine(&act->look, telling->walking->pack, telling->person, moment_day(act->look.now), &mine));
	act->actor = (struct actor){ .person = telling->person.no, .through = T("demo") };
	for (size_t at = 0; at < mine.sheets_count; at++)
		if (mine.sheets[at].done.ms == 0)
			TRY(answer_sheet(act, telling, mine.sheets[at].id));
	return OK;
}

/* Those whom visitors sign in as first find theirs to answer: the clerk, and the first head of a section. */
static bool
is_left_open(const struct walking *walking, size_t role)
{
	for (size_t at = 0; at < walking->pack->roles_count; at++)
		if (walking->pack->roles[at].scope == SCOPE_SECTION && walking->holders[at].no != 0)
			return at == role;
	return false;
}

static struct error *
check_all(struct walking *walking)
{
	struct telling telling = { .walking = walking, .says_no = true };
	const struct pack *pack = walking->pack;
	for (size_t at = 0; at < pack->checklists_count; at++) {
		telling.checklist = &pack->checklists[at];
		if (telling.checklist->runs_count != 0)
			TRY(call_act(walking->body, ask_all, &telling));
	}
	for (size_t at = 0; at < pack->roles_count; at++) {
		telling.person = walking->holders[at];
		if (telling.person.no != 0 && !is_left_open(walking, at))
			TRY(call_act(walking->body, answer_mine, &telling));
	}
	return OK;
}

/* ---- The training plan ---- */

static struct error *
plan_training(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack *pack = walking->pack;
	struct training_plan_id id;
	struct training_plan plan;
	bool found;
	TRY(training_plan_of(&act->look, day_fiscal_year(moment_day(act->look.now)), &found, &plan));
	if (found)
		return OK; /* demo_any_training() has made it */
	TRY(become(act, pack->training.keeps, (struct unit_id){ 0 }, &found));
	if (!found)
		return OK;
	TRY(training_plan_make(act, pack, day_fiscal_year(moment_day(act->look.now)), &id));
	TRY(become(act, pack->training.decides, (struct unit_id){ 0 }, &found));
	if (!found)
		return OK;
	TRY(training_plan(&act->look, id, &plan));
	return training_plan_decide(act, pack, id, plan.change);
}

/* ---- Incidents ---- */

/* Every link that was told by now, as long as receiving one tells another. */
static struct error *
receive_all(struct act *act, const struct pack *pack, struct incident_id id)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct incident_link *links;
		size_t count;
		TRY(incident_links(&act->look, pack, id, (struct person_id){ 0 }, &links, &count));
		for (size_t at = 0; at < count; at++) {
			bool found;
			if (links[at].link == NULL || links[at].received.ms != 0 || links[at].ended.ms != 0)
				continue;
			TRY(become(act, links[at].link->role, links[at].unit, &found));
			if (found)
				TRY(incident_receive(act, pack,
						     &(struct link_receiving){ .link = links[at].id,
									       .words = T("") }));
		}
	}
	return OK;
}

static struct error *
report_one(struct act *act, const struct walking *walking, const struct pack_incident_kind *kind,
	   int64_t hours, const char *words, struct incident_id *id)
{
	act->actor = (struct actor){ .person = walking->clerk.no, .through = T("demo") };
	return incident_report(act, walking->pack,
			       &(struct incident_reporting){ .kind = kind->code,
							     .title = words_now(kind->name),
							     .words = text_of(words),
							     .place = T("執務室"),
							     .known = { act->look.now.ms - hours * HOUR_MS } },
			       id);
}

static struct error *
report_incidents(struct act *act, void *with)
{
	const struct walking *walking = with;
	const struct pack_incidents *incidents = &walking->pack->incidents;
	struct incident_id id;
	bool found;
	TRY(report_one(act, walking, &incidents->kinds[0], 2, "気付いてすぐに止め、相手に電話した。", &id));
	TRY(receive_all(act, walking->pack, id));
	TRY(become(act, incidents->leads_count != 0 ? incidents->leads[0] : NULL, (struct unit_id){ 0 },
		   &found));
	if (found)
		TRY(incident_judge(act, walking->pack,
				   &(struct incident_judging){ .incident = id, .verdict = VERDICT_INCIDENT,
							       .words = T("送信と端末の記録を確かめた。") }));
	TRY(receive_all(act, walking->pack, id));
	return report_one(act, walking, &incidents->kinds[incidents->kinds_count > 1 ? 1 : 0], 0,
			  "いま気付いた。まだ何も触っていない。", &id);
}

void
demo_any_year(struct walking *walking)
{
	const struct pack *pack = walking->pack;
	walk_note(walking, text_of(say("自己点検")), check_all(walking));
	if (pack->training.is_there)
		walk_note(walking, text_of(say("研修計画")),
			  call_act(walking->body, plan_training, walking));
	if (pack->incidents.kinds_count != 0)
		walk_note(walking, text_of(say("事案")), call_act(walking->body, report_incidents, walking));
}
