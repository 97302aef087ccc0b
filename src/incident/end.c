/* Cause and prevention reported; the CISO closes. */
#include "incident/rooms.h"

static struct error *
entry_of(struct act *act, struct incident_id id, enum entry_category category, struct text words)
{
	struct entry_id entry;
	if (words.len == 0)
		return OK;
	return entry_put(act,
			 &(struct adding_entry){ .incident = id, .at = act->look.now, .category = category,
						 .source = FROM_SEEN, .is_reported = true, .words = words },
			 &entry);
}

struct error *
incident_conclude(struct act *act, const struct pack *pack, const struct incident_concluding *concluding)
{
	struct arena *arena = act->look.arena;
	struct incident incident;
	struct text cause, done, todo;
	TRY(incident_take(act, pack, concluding->incident, concluding->change, &incident));
	if (incident.state != INCIDENT_OPEN)
		return conflict("原因と再発防止の報告ができるのは、対応中の事案だけです。いまは「%s」です。",
				incident_state_words(incident.state));
	TRY(must_lead(act, pack));
	TRY(line_take(arena, "cause", concluding->cause, INCIDENT_MOST_WORDS, true, &cause));
	TRY(line_take(arena, "done", concluding->done, INCIDENT_MOST_WORDS, false, &done));
	TRY(line_take(arena, "todo", concluding->todo, INCIDENT_MOST_WORDS, false, &todo));
	if (done.len == 0 && todo.len == 0)
		return reject("done", "再発防止策を、済んだものとこれからのものに分けて、どちらかは書いてください。");
	TRY(entry_of(act, incident.id, ENTRY_CAUSE, cause));
	TRY(entry_of(act, incident.id, ENTRY_DONE, done));
	TRY(entry_of(act, incident.id, ENTRY_TODO, todo));
	TRY(incident_case_conclude(act, &(struct incident_case_conclude_in){
						incident.id.no, act->look.now.ms, act->actor.person,
						act->actor.role }));
	TRY(links_advance(act, pack, incident.id));
	return note_incident(act, incident.id, "incident.conclude", NULL, NULL);
}

/* ---- Closing ---- */

struct against {
	struct text *list;
	size_t count;
};

static void
add(struct against *against, struct text words)
{
	against->list[against->count++] = words;
}

static struct error *
against_links(struct look *look, const struct pack *pack, struct incident_id id, struct against *against)
{
	struct incident_link *links;
	size_t count;
	TRY(incident_links(look, pack, id, (struct person_id){ 0 }, &links, &count));
	for (size_t at = 0; at < count; at++)
		if (links[at].received.ms == 0 && links[at].ended.ms == 0 && links[at].link != NULL &&
		    links[at].link->at == LINK_CAUSE)
			add(against, text_format(look->arena, say("原因と再発防止の報告を%.*sが受け取っていません。"),
						 T_ARG(words_now(links[at].link->role->name))));
	return OK;
}

static struct error *
against_outside(struct look *look, const struct pack *pack, struct incident_id id, struct against *against)
{
	struct incident_outside *list;
	size_t count;
	TRY(incident_outside_list(look, pack, id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].is_owed && list[at].filed.ms == 0 && list[at].waived.len == 0)
			add(against,
			    text_format(look->arena, say("%.*sへの%sが済んでいません。"),
					T_ARG(list[at].authority != NULL ? words_now(list[at].authority->name)
									 : list[at].code),
					outside_stage_words(list[at].stage)));
	return OK;
}

struct error *
incident_closable(struct look *look, const struct pack *pack, const struct incident *incident,
		  struct text **reasons, size_t *count)
{
	struct against against = { .list = ARENA_ARRAY(look->arena, struct text, LINKS_MOST + OUTSIDE_MOST + 5) };
	if (!incident->is_judged)
		add(&against, text_of(say("インシデントかどうかの評価が済んでいません。")));
	if (incident->is_judged && incident->verdict == VERDICT_INCIDENT && !incident->is_drill) {
		if (incident->concluded.ms == 0)
			add(&against, text_of(say("原因と再発防止策が報告されていません。")));
		if (!incident->has_disclosure)
			add(&against, text_of(say("公表するかどうかの判断が記録されていません。")));
	}
	if (incident->open_tasks != 0)
		add(&against, text_format(look->arena, say("答えのない作業や指示が%lld件あります。"),
					  (long long)incident->open_tasks));
	TRY(against_links(look, pack, incident->id, &against));
	TRY(against_outside(look, pack, incident->id, &against));
	*reasons = against.list;
	*count = against.count;
	return OK;
}

static struct error *
must_close(struct act *act, const struct pack *pack, const struct incident *incident)
{
	struct text *reasons, all = T("");
	size_t count;
	if (pack->incidents.closes == NULL)
		return refuse("この団体の方針には、事案を終結させる役割が定められていません。");
	TRY(people_must_hold(act, pack->incidents.closes, (struct unit_id){ 0 }, (struct person_id){ 0 },
			     NULL));
	TRY(incident_closable(&act->look, pack, incident, &reasons, &count));
	for (size_t at = 0; at < count; at++)
		all = text_join(act->look.arena, all, reasons[at]);
	if (count != 0)
		return refuse("まだ終結できません。%.*s", T_ARG(all));
	return OK;
}

/* What was tried out counts where it was tried out, on the day it was. */
static struct error *
tell_duties(struct act *act, const struct pack *pack, const struct incident *incident)
{
	if (!incident->is_drill)
		return OK;
	return duty_done_by(act, pack,
			    &(struct duty_deed){
				    .by = "incident.exercise",
				    .unit = incident->unit,
				    .on = moment_day(incident->entered),
				    .source = incident_about(act->look.arena, incident->id),
				    .words = text_format(act->look.arena, "%.*s %.*s", T_ARG(incident->number),
							 T_ARG(incident->title)),
			    },
			    NULL);
}

struct error *
incident_close(struct act *act, const struct pack *pack, const struct incident_closing *closing)
{
	struct incident incident;
	struct text words;
	TRY(incident_take(act, pack, closing->incident, closing->change, &incident));
	if (incident.state == INCIDENT_CLOSED || incident.state == INCIDENT_DISMISSED)
		return conflict("この事案は、もう終わっています。");
	TRY(must_close(act, pack, &incident));
	TRY(line_take(act->look.arena, "words", closing->words, INCIDENT_MOST_WORDS, false, &words));
	TRY(entry_by_bansho(act, incident.id, ENTRY_DECISION,
			    text_format(act->look.arena, say("終結としました。%.*s"), T_ARG(words))));
	TRY(links_end(act, incident.id));
	TRY(incident_case_close(act, &(struct incident_case_close_in){ incident.id.no, act->look.now.ms,
								       act->actor.person, act->actor.role,
								       words }));
	TRY(note_incident(act, incident.id, "incident.close", NULL, NULL));
	return tell_duties(act, pack, &incident);
}
