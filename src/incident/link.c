/* The chain: who is told when, who has received it, and who is told when nobody has. */
#include "incident/rooms.h"

#include "people/notice.h"

const struct pack_role *
link_role(const struct pack_link *link, int64_t level)
{
	const struct pack_role *role = link->role;
	if (level > 0)
		role = link->substitute;
	for (int64_t at = 1; at < level && role != NULL; at++)
		role = role->above;
	return role;
}

struct error *
link_may(struct look *look, const struct pack_link *link, struct unit_id unit, int64_t level,
	 struct person_id person, bool *may)
{
	*may = false;
	for (int64_t at = 0; at <= level && !*may; at++)
		TRY(holds_in(look, link_role(link, at), unit, person, may));
	return OK;
}

/* ---- Telling ---- */

struct error *
tell_person(struct act *act, const struct incident *incident, struct person_id person, struct text words,
	    const char *subject)
{
	struct arena *arena = act->look.arena;
	return people_notify(act, &(struct notify){
					  .person = person,
					  .about = incident_about(arena, incident->id),
					  .words = words,
					  .path = text_format(arena, "/incidents/%lld",
							      (long long)incident->id.no),
					  .subject = text_of(incident->is_drill ? say("【訓練】事案の連絡があります")
										: subject),
				  });
}

struct error *
tell_role(struct act *act, const struct incident *incident, const struct pack_role *role,
	  struct unit_id unit, struct text words, const char *subject, size_t *told)
{
	struct decider *list;
	*told = 0;
	if (role == NULL)
		return OK;
	TRY(people_deciders(&act->look, role, unit, moment_day(act->look.now), (struct person_id){ 0 }, &list,
			    told));
	for (size_t at = 0; at < *told; at++)
		if (list[at].person.no != act->actor.person)
			TRY(tell_person(act, incident, list[at].person, words, subject));
	return OK;
}

static struct text
link_words(struct arena *arena, const struct incident *incident, enum link_at at)
{
	switch (at) {
	case LINK_REPORT:
		return text_format(arena, say("%.*s「%.*s」の報告がありました。受け取ったことを記録してください。"),
				   T_ARG(incident->number), T_ARG(incident->title));
	case LINK_CONFIRM:
		return text_format(arena, say("%.*s「%.*s」をインシデントと評価しました。受け取ったことを記録してください。"),
				   T_ARG(incident->number), T_ARG(incident->title));
	case LINK_CAUSE:
		return text_format(arena, say("%.*s「%.*s」の原因と再発防止策の報告です。確かめて、受け取ったことを記録してください。"),
				   T_ARG(incident->number), T_ARG(incident->title));
	}
	return T("");
}

static struct unit_id
unit_of(struct act *act, const struct pack *pack, const struct pack_link *link,
	const struct incident *incident)
{
	struct ledger_row row;
	switch (link->whose) {
	case LINK_UNIT:
		return incident->unit;
	case LINK_SYSTEM:
		if (incident->system.no != 0 && ledger_read(&act->look, pack, incident->system, &row) == OK)
			return (struct unit_id){ row.owner };
		return (struct unit_id){ 0 };
	case LINK_BODY:
		break;
	}
	return (struct unit_id){ 0 };
}

/* Who reports and would themself have to be told has received it. */
static struct error *
receive_own(struct act *act, const struct pack_link *link, struct unit_id unit, int64_t id)
{
	bool may;
	TRY(link_may(&act->look, link, unit, 0, (struct person_id){ act->actor.person }, &may));
	if (!may)
		return OK;
	return incident_link_receive(act, &(struct incident_link_receive_in){
						  id, act->look.now.ms, act->actor.person, link->role->code,
						  text_of(say("本人の操作で知っています。")) });
}

static struct error *
link_tell(struct act *act, const struct pack *pack, const struct pack_link *link,
	  const struct incident *incident)
{
	const struct unit_id unit = unit_of(act, pack, link, incident);
	int64_t id, ms;
	size_t told;
	if (unit.no == 0 && link->whose != LINK_BODY)
		return OK; /* nobody to ask: those after it are told at once */
	TRY(term_of(&act->look, pack, link->within, &ms));
	TRY(act_number(act, T("incident-link"), &id));
	TRY(incident_link_insert(act, &(struct incident_link_insert_in){
					      .id = id,
					      .incident = incident->id.no,
					      .code = link->code,
					      .role = link->role->code,
					      .unit = unit.no,
					      .now = act->look.now.ms,
					      .due = ms == 0 ? 0 : act->look.now.ms + ms,
				      }));
	TRY(tell_role(act, incident, link->role, unit, link_words(act->look.arena, incident, link->at),
		      say("事案の連絡があります"), &told));
	return receive_own(act, link, unit, id);
}

/* ---- Whose turn it is ---- */

static bool
has_begun(const struct incident *incident, enum link_at at)
{
	switch (at) {
	case LINK_REPORT:
		return true;
	case LINK_CONFIRM:
		return incident->is_judged && incident->verdict == VERDICT_INCIDENT;
	case LINK_CAUSE:
		return incident->concluded.ms != 0;
	}
	return false;
}

static const struct incident_link_rows_row *
told_already(const struct incident_link_rows_row *rows, size_t count, struct text code)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(rows[at].code, code))
			return &rows[at];
	return NULL;
}

struct error *
links_advance(struct act *act, const struct pack *pack, struct incident_id id)
{
	const struct pack_incidents *all = &pack->incidents;
	struct incident incident;
	TRY(incident_read(&act->look, pack, id, &incident));
	if (incident.state == INCIDENT_CLOSED || incident.state == INCIDENT_DISMISSED)
		return OK;
	for (size_t at = 0; at < all->chain_count;) {
		const struct pack_link *first = &all->chain[at];
		struct incident_link_rows_row *rows;
		size_t end = at, count, there = 0;
		bool goes_on = false;
		for (; end < all->chain_count && all->chain[end].at == first->at &&
		       all->chain[end].order == first->order;
		     end++) {
			const struct pack_link *link = &all->chain[end];
			TRY(incident_link_rows(&act->look, &(struct incident_link_rows_in){ id.no, LINKS_MOST },
					       &rows, &count));
			if (has_begun(&incident, link->at) && told_already(rows, count, link->code) == NULL &&
			    facts_hold(act->look.arena, pack, link->when, &incident))
				TRY(link_tell(act, pack, link, &incident));
		}
		TRY(incident_link_rows(&act->look, &(struct incident_link_rows_in){ id.no, LINKS_MOST }, &rows,
				       &count));
		for (size_t no = at; no < end; no++) {
			const struct incident_link_rows_row *row = told_already(rows, count, all->chain[no].code);
			there += row != NULL;
			goes_on |= row != NULL && (row->received != 0 || row->level > 0);
		}
		at = end;
		if (there != 0 && !goes_on) /* wait here; what another moment begins goes its own way */
			while (at < all->chain_count && all->chain[at].at == first->at)
				at++;
	}
	return OK;
}

struct error *
links_end(struct act *act, struct incident_id id)
{
	struct incident_link_rows_row *rows;
	size_t count;
	TRY(incident_link_rows(&act->look, &(struct incident_link_rows_in){ id.no, LINKS_MOST }, &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(incident_link_end(act, &(struct incident_link_end_in){ rows[at].id, act->look.now.ms }));
	return OK;
}

/* ---- Receipts ---- */

static struct error *
hold_link(struct act *act, const struct pack_link *link, const struct incident_link_row_row *row)
{
	for (int64_t at = 0; at <= row->level; at++) {
		const struct pack_role *role = link_role(link, at);
		if (role == NULL)
			continue;
		struct error *error = people_must_hold(act, role, (struct unit_id){ row->unit },
						       (struct person_id){ 0 }, NULL);
		if (error == OK || error->kind != ERROR_REFUSED)
			return error;
	}
	return refuse("この連絡を受け取るのは「%.*s」です。", T_ARG(words_now(link->role->name)));
}

static struct error *
check_said(const struct link_receiving *receiving, struct text words)
{
	if (receiving->needed == SAID_NO && words.len == 0)
		return reject("words", "上への報告が要らないと判断した理由を書いてください。");
	return OK;
}

static struct error *
take_facts(struct act *act, const struct pack *pack, const struct link_receiving *receiving,
	   struct incident *incident)
{
	if (receiving->needed == SAID_NOTHING && receiving->grave == SAID_NOTHING)
		return links_advance(act, pack, incident->id);
	if (receiving->needed != SAID_NOTHING)
		incident->needed = receiving->needed;
	if (receiving->grave != SAID_NOTHING)
		incident->grave = receiving->grave;
	TRY(facts_put(act, incident));
	return facts_follow(act, pack, incident->id);
}

static struct text
receipt_words(struct act *act, const struct link_receiving *receiving, struct text role, struct text words)
{
	struct arena *arena = act->look.arena;
	struct text made = text_format(arena, say("%.*sが受け取りました。"), T_ARG(role));
	if (receiving->needed == SAID_YES)
		made = text_join(arena, made, text_of(say("上への報告が必要と判断しました。")));
	if (receiving->needed == SAID_NO)
		made = text_join(arena, made, text_of(say("上への報告は要らないと判断しました。")));
	if (receiving->grave == SAID_YES)
		made = text_join(arena, made, text_of(say("特に重要と判断しました。")));
	return text_join(arena, made, words);
}

struct error *
incident_receive(struct act *act, const struct pack *pack, const struct link_receiving *receiving)
{
	struct incident_link_row_row row;
	struct incident incident;
	struct text words;
	bool found;
	TRY(incident_link_row(&act->look, &(struct incident_link_row_in){ receiving->link.no }, &found, &row));
	if (!found)
		return missing("その連絡はありません。");
	TRY(living_take(act, pack, (struct incident_id){ row.incident }, &incident));
	const struct pack_link *link = pack_link(pack, row.code);
	if (link == NULL || row.ended != 0)
		return conflict("この連絡は、もう受け取らなくてよくなりました。");
	TRY(hold_link(act, link, &row));
	if (row.received != 0)
		return conflict("%.*sが%.*sに受け取っています。", T_ARG(row.person_name),
				T_ARG(moment_wareki(act->look.arena, (struct moment){ row.received })));
	TRY(line_take(act->look.arena, "words", receiving->words, INCIDENT_MOST_WORDS, false, &words));
	TRY(check_said(receiving, words));
	const struct pack_role *as = pack_role(pack, act->actor.role);
	TRY(incident_link_receive(act, &(struct incident_link_receive_in){ row.id, act->look.now.ms,
									   act->actor.person, act->actor.role,
									   words }));
	TRY(entry_by_bansho(act, incident.id, ENTRY_DECISION,
			    receipt_words(act, receiving, words_now(as != NULL ? as->name : link->role->name),
					  words)));
	TRY(take_facts(act, pack, receiving, &incident));
	return note_incident(act, incident.id, "incident.receive", link->clause,
			     (struct fact_pair[]){ { "link", link->code, 0 },
						   { "level", { 0 }, row.level },
						   { "late", { 0 },
						     row.term != 0 && act->look.now.ms > row.term },
						   { "needed", { 0 }, receiving->needed },
						   { "grave", { 0 }, receiving->grave },
						   { 0 } });
}

/* ---- Nobody has received it ---- */

static struct error *
tell_next(struct act *act, const struct incident *incident, const struct pack_link *link,
	  const struct incident_link_row_row *row)
{
	struct arena *arena = act->look.arena;
	const struct pack_role *role = link_role(link, row->level + 1);
	const struct unit_id unit = { row->unit };
	size_t told = 0;
	const struct text words = text_format(
		arena, say("%.*s「%.*s」の連絡を%.*sが受け取っていません。代わりに受け取ってください。"),
		T_ARG(incident->number), T_ARG(incident->title), T_ARG(words_now(link->role->name)));
	TRY(tell_role(act, incident, role, unit, words, say("受け取られていない事案の連絡があります"), &told));
	if (row->level == 0)
		TRY(tell_role(act, incident, link->role, unit, link_words(arena, incident, link->at),
			      say("受け取られていない事案の連絡があります"), &(size_t){ 0 }));
	if (role == NULL || told == 0)
		return entry_by_bansho(act, incident->id, ENTRY_OTHER,
				       text_format(arena, say("%.*sが時間内に受け取っていません。代わりの人がいないので、電話で知らせてください。"),
						   T_ARG(words_now(link->role->name))));
	return entry_by_bansho(act, incident->id, ENTRY_OTHER,
			       text_format(arena, say("%.*sが時間内に受け取っていません。代わりに%.*sに知らせました。"),
					   T_ARG(words_now(link->role->name)), T_ARG(words_now(role->name))));
}

static struct error *
end_link(struct act *act, const struct incident_link_row_row *row)
{
	TRY(incident_link_end(act, &(struct incident_link_end_in){ row->id, act->look.now.ms }));
	return note_incident(act, (struct incident_id){ row->incident }, "incident.link-end", NULL,
			     (struct fact_pair[]){ { "link", row->code, 0 }, { 0 } });
}

/* Its term is over, or was begun by a clock that was wrong: then somebody hears of it early, not never. */
static bool
is_past(const struct incident_link_row_row *row, struct moment now)
{
	const int64_t begun = row->escalated != 0 ? row->escalated : row->told;
	return row->due <= now.ms || begun > now.ms + DAY_MS;
}

struct error *
link_escalate(struct act *act, const struct pack *pack, struct link_id id)
{
	struct incident_link_row_row row;
	struct incident incident;
	int64_t ms;
	bool found;
	TRY(incident_link_row(&act->look, &(struct incident_link_row_in){ id.no }, &found, &row));
	if (!found || row.due == 0 || row.received != 0 || row.ended != 0 || !is_past(&row, act->look.now))
		return OK; /* another program, or a person, was first */
	TRY(incident_read(&act->look, pack, (struct incident_id){ row.incident }, &incident));
	const struct pack_link *link = pack_link(pack, row.code);
	if (link == NULL || incident.state == INCIDENT_CLOSED || incident.state == INCIDENT_DISMISSED)
		return end_link(act, &row);
	TRY(tell_next(act, &incident, link, &row));
	TRY(term_of(&act->look, pack, link->within, &ms));
	const bool is_more = link_role(link, row.level + 2) != NULL && ms != 0;
	TRY(incident_link_escalate(act, &(struct incident_link_escalate_in){
						 id.no, act->look.now.ms,
						 is_more ? act->look.now.ms + ms : 0 }));
	TRY(links_advance(act, pack, incident.id));
	return note_incident(act, incident.id, "incident.escalate", link->clause,
			     (struct fact_pair[]){ { "link", link->code, 0 },
						   { "level", { 0 }, row.level + 1 },
						   { 0 } });
}

/* ---- Reading ---- */

static struct error *
from_row(struct look *look, const struct pack *pack, const struct incident_link_rows_row *row,
	 struct person_id person, struct incident_link *link)
{
	*link = (struct incident_link){
		.id = { row->id },
		.incident = { row->incident },
		.link = pack_link(pack, row->code),
		.code = row->code,
		.role_code = row->role,
		.unit = { row->unit },
		.unit_name = row->unit_name,
		.told = { row->told },
		.term = { row->term },
		.due = { row->due },
		.level = row->level,
		.escalated = { row->escalated },
		.received = { row->received },
		.ended = { row->ended },
		.person_name = row->person_name,
		.as_role = row->as_role,
		.words = row->words,
		.person = { row->person },
	};
	link->is_late = row->term != 0 && row->ended == 0 &&
			(row->received != 0 ? row->received : look->now.ms) > row->term;
	if (row->received == 0 && row->ended == 0 && link->link != NULL && person.no != 0)
		TRY(link_may(look, link->link, link->unit, link->level, person, &link->is_mine));
	return OK;
}

static int64_t
place_in_chain(const struct pack *pack, const struct incident_link *link)
{
	return link->link == NULL ? INT64_MAX : link->link - pack->incidents.chain;
}

struct error *
incident_links(struct look *look, const struct pack *pack, struct incident_id id, struct person_id person,
	       struct incident_link **list, size_t *count)
{
	struct incident_link_rows_row *rows;
	TRY(incident_link_rows(look, &(struct incident_link_rows_in){ id.no, LINKS_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct incident_link, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct incident_link link;
		size_t to = at;
		TRY(from_row(look, pack, &rows[at], person, &link));
		for (; to > 0 && place_in_chain(pack, &link) < place_in_chain(pack, &(*list)[to - 1]); to--)
			(*list)[to] = (*list)[to - 1];
		(*list)[to] = link;
	}
	return OK;
}

struct error *
incident_link_people(struct look *look, const struct pack *pack, const struct incident_link *link,
		     struct decider **list, size_t *count)
{
	(void)pack;
	*count = 0;
	*list = NULL;
	if (link->link == NULL)
		return OK;
	const struct pack_role *role = link_role(link->link, link->level);
	return people_deciders(look, role != NULL ? role : link->link->role, link->unit, moment_day(look->now),
			       (struct person_id){ 0 }, list, count);
}
