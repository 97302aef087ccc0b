/* Is it an incident? And the facts from which the rest follows. */
#include "incident/rooms.h"

static struct error *
check_kind(const struct pack *pack, struct text kind, struct incident *incident)
{
	if (kind.len == 0)
		return OK;
	if (pack_incident_kind(pack, kind) == NULL)
		return reject("kind", "その種類はありません。選び直してください。");
	incident->kind_code = kind;
	return OK;
}

static struct error *
check_class(const struct pack *pack, struct text code, struct incident *incident)
{
	if (code.len == 0)
		return OK;
	if (pack->axes_count == 0 || axis_value(&pack->axes[0], code) == NULL)
		return reject("class", "その分類はありません。選び直してください。");
	incident->class_code = code;
	return OK;
}

static void
say_if(enum said said, enum said *to)
{
	if (said != SAID_NOTHING)
		*to = said;
}

/* What was typed about grounds, as far as the pack knows them. */
static struct error *
take_grounds(struct act *act, const struct pack *pack, struct text typed, struct incident *incident)
{
	const struct text wanted = typed.data == NULL ? incident->grounds : typed;
	return grounds_settle(&act->look, pack, wanted, incident->persons, &incident->grounds);
}

static enum incident_state
state_after(enum incident_verdict verdict, const struct incident *incident)
{
	if (verdict == VERDICT_EVENT)
		return INCIDENT_DISMISSED;
	return incident->concluded.ms != 0 ? INCIDENT_CONCLUDED : INCIDENT_OPEN;
}

static struct error *
put(struct act *act, const struct incident_judging *judging, const struct incident *incident, struct text words)
{
	return incident_case_judge(
		act, &(struct incident_case_judge_in){
			     .id = incident->id.no,
			     .state = text_of(incident_state_name(state_after(judging->verdict, incident))),
			     .verdict = text_of(incident_verdict_name(judging->verdict)),
			     .now = act->look.now.ms,
			     .person = act->actor.person,
			     .role = act->actor.role,
			     .words = words,
			     .kind = incident->kind_code,
			     .grave = incident->grave,
			     .needed = incident->needed,
			     .crime = incident->crime,
			     .class = incident->class_code.len == 0 ? (struct text){ 0 }
								    : incident->class_code,
			     .grounds = incident->grounds,
		     });
}

/* Nothing waits any more; who reported learns why. */
static struct error *
dismiss(struct act *act, const struct incident *incident)
{
	TRY(links_end(act, incident->id));
	if (incident->reporter.no == 0 || incident->reporter.no == act->actor.person)
		return OK;
	return tell_person(act, incident, incident->reporter,
			   text_format(act->look.arena,
				       say("%.*s「%.*s」は、インシデントではないと評価しました。知らせていただき、ありがとうございました。"),
				       T_ARG(incident->number), T_ARG(incident->title)),
			   say("報告した件の評価が出ました"));
}

static struct error *
follow(struct act *act, const struct pack *pack, struct incident_id id)
{
	struct incident incident;
	TRY(incident_read(&act->look, pack, id, &incident));
	if (incident.state == INCIDENT_DISMISSED)
		TRY(dismiss(act, &incident));
	else
		TRY(plays_begin(act, pack, &incident));
	return facts_follow(act, pack, id);
}

struct error *
incident_judge(struct act *act, const struct pack *pack, const struct incident_judging *judging)
{
	struct incident incident;
	struct text words;
	TRY(incident_take(act, pack, judging->incident, judging->change, &incident));
	if (incident.state == INCIDENT_CLOSED)
		return conflict("この事案は終結しています。");
	TRY(must_lead(act, pack));
	TRY(line_take(act->look.arena, "words", judging->words, INCIDENT_MOST_WORDS, true, &words));
	TRY(check_kind(pack, judging->kind, &incident));
	TRY(check_class(pack, judging->class_code, &incident));
	say_if(judging->grave, &incident.grave);
	say_if(judging->needed, &incident.needed);
	say_if(judging->crime, &incident.crime);
	TRY(take_grounds(act, pack, judging->grounds, &incident));
	TRY(put(act, judging, &incident, words));
	TRY(entry_by_bansho(act, incident.id, ENTRY_DECISION,
			    text_format(act->look.arena, say("評価：%s。%.*s"),
					incident_verdict_words(judging->verdict), T_ARG(words))));
	TRY(follow(act, pack, incident.id));
	return note_incident(act, incident.id, "incident.judge", NULL,
			     (struct fact_pair[]){
				     { "verdict", text_of(incident_verdict_name(judging->verdict)), 0 },
				     { "kind", incident.kind_code, 0 },
				     { "grave", { 0 }, incident.grave },
				     { "crime", { 0 }, incident.crime },
				     { "class", incident.class_code.len == 0 ? T("") : incident.class_code, 0 },
				     { "grounds", incident.grounds, 0 },
				     { 0 } });
}

/* ---- Facts ---- */

static struct error *
take_disclosure(struct act *act, const struct incident_facts *facts, struct incident *incident)
{
	struct text words;
	if (!facts->has_disclosure)
		return OK;
	TRY(line_take(act->look.arena, "disclosure_words", facts->disclosure_words, INCIDENT_MOST_WORDS,
		      facts->disclosure == DISCLOSURE_NOT, &words));
	incident->has_disclosure = true;
	incident->disclosure = facts->disclosure;
	incident->disclosure_words = words;
	return entry_by_bansho(act, incident->id, ENTRY_PUBLISH,
			       text_format(act->look.arena, say("公表の判断：%s。%.*s"),
					   disclosure_words(facts->disclosure), T_ARG(words)));
}

static struct error *
take_place(struct act *act, const struct pack *pack, const struct incident_facts *facts,
	   struct incident *incident)
{
	struct ledger_row row;
	struct unit unit;
	if (facts->unit.no != 0) {
		TRY(people_unit(&act->look, facts->unit, &unit));
		incident->unit = facts->unit;
	}
	if (facts->system.no != 0) {
		TRY(ledger_read(&act->look, pack, facts->system, &row));
		incident->system = facts->system;
	}
	return OK;
}

struct error *
incident_set_facts(struct act *act, const struct pack *pack, const struct incident_facts *facts)
{
	struct incident incident;
	TRY(incident_take(act, pack, facts->incident, facts->change, &incident));
	if (incident.state == INCIDENT_CLOSED)
		return conflict("この事案は終結しています。");
	TRY(must_lead(act, pack));
	TRY(check_kind(pack, facts->kind, &incident));
	TRY(check_class(pack, facts->class_code, &incident));
	say_if(facts->grave, &incident.grave);
	say_if(facts->needed, &incident.needed);
	say_if(facts->crime, &incident.crime);
	TRY(take_grounds(act, pack, facts->grounds, &incident));
	TRY(take_place(act, pack, facts, &incident));
	TRY(take_disclosure(act, facts, &incident));
	TRY(facts_put(act, &incident));
	TRY(facts_follow(act, pack, incident.id));
	return note_incident(act, incident.id, "incident.facts", NULL,
			     (struct fact_pair[]){
				     { "kind", incident.kind_code, 0 },
				     { "grave", { 0 }, incident.grave },
				     { "needed", { 0 }, incident.needed },
				     { "crime", { 0 }, incident.crime },
				     { "grounds", incident.grounds, 0 },
				     { "disclosure",
				       incident.has_disclosure ? text_of(disclosure_name(incident.disclosure))
							       : T(""),
				       0 },
				     { 0 } });
}
