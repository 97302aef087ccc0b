/* What and whom a case concerns: rows of ledgers, data by its description, numbers of persons. */
#include "incident/rooms.h"

enum { PERSONS_MOST = 200000000 };

/* The sum, the class and the grounds follow what is concerned. */
static struct error *
count_again(struct act *act, const struct pack *pack, struct incident *incident, struct text class_code)
{
	struct incident_affected_sum_row sum;
	TRY(incident_affected_sum(&act->look, &(struct incident_affected_sum_in){ incident->id.no }, &sum));
	incident->persons = sum.persons;
	TRY(grounds_settle(&act->look, pack, incident->grounds, sum.persons, &incident->grounds));
	if (class_code.len != 0 && pack->axes_count != 0) {
		const struct pack_class *highest =
			incident->class_code.len == 0
				? axis_value(&pack->axes[0], class_code)
				: class_highest(&pack->axes[0], incident->class_code, class_code);
		if (highest != NULL)
			incident->class_code = highest->code;
	}
	TRY(facts_put(act, incident));
	return facts_follow(act, pack, incident->id);
}

static struct error *
check_adding(struct act *act, const struct pack *pack, const struct affected_adding *adding,
	     struct incident_affected_insert_in *in, struct text *class_code)
{
	struct arena *arena = act->look.arena;
	struct ledger_row row = { .title = T("") };
	*class_code = T("");
	if (adding->asset.no != 0) {
		TRY(ledger_read(&act->look, pack, adding->asset, &row));
		*class_code = row.class_code;
	}
	TRY(line_take(arena, "name", adding->name.len != 0 ? adding->name : row.title, INCIDENT_MOST_LINE, true,
		      &in->name));
	TRY(line_take(arena, "items", adding->items, INCIDENT_MOST_WORDS, false, &in->items));
	TRY(line_take(arena, "media", adding->media, INCIDENT_MOST_LINE, false, &in->media));
	if (adding->persons < 0 || adding->persons > PERSONS_MOST)
		return reject("persons", "人数を0から%dまでの数で入れてください。", PERSONS_MOST);
	return OK;
}

struct error *
incident_affected_add(struct act *act, const struct pack *pack, const struct affected_adding *adding,
		      struct affected_id *id)
{
	struct incident_affected_insert_in in = { 0 };
	struct incident incident;
	struct incident_affected *list;
	struct text class_code;
	size_t count;
	TRY(living_take(act, pack, adding->incident, &incident));
	TRY(must_write(act, pack, &incident));
	TRY(check_adding(act, pack, adding, &in, &class_code));
	TRY(incident_affected_list(&act->look, pack, incident.id, &list, &count));
	if (count >= INCIDENT_MOST_AFFECTED)
		return refuse("関係する資産は一つの事案に%d件までです。", INCIDENT_MOST_AFFECTED);
	for (size_t at = 0; at < count; at++)
		if (adding->asset.no != 0 && list[at].asset.no == adding->asset.no)
			return conflict("「%.*s」は、もう入っています。人数を直すには、外してから入れ直してください。",
					T_ARG(list[at].name));
	TRY(act_number(act, T("incident-affected"), &in.id));
	in.incident = incident.id.no;
	in.asset = adding->asset.no;
	in.persons = adding->persons;
	in.is_sure = adding->is_sure;
	in.now = act->look.now.ms;
	in.person = act->actor.person;
	TRY(incident_affected_insert(act, &in));
	TRY(count_again(act, pack, &incident, class_code));
	TRY(note_incident(act, incident.id, "incident.affected", NULL,
			  (struct fact_pair[]){ { "asset", { 0 }, adding->asset.no },
						{ "persons", { 0 }, adding->persons },
						{ "sure", { 0 }, adding->is_sure },
						{ "all", { 0 }, incident.persons },
						{ 0 } }));
	id->no = in.id;
	return OK;
}

struct error *
incident_affected_drop(struct act *act, const struct pack *pack, struct affected_id id, struct text typed)
{
	struct incident_affected_row_row row;
	struct incident incident;
	struct text words;
	bool found;
	TRY(incident_affected_row(&act->look, &(struct incident_affected_row_in){ id.no }, &found, &row));
	if (!found)
		return missing("その記載はありません。");
	TRY(living_take(act, pack, (struct incident_id){ row.incident }, &incident));
	TRY(must_lead(act, pack));
	TRY(line_take(act->look.arena, "words", typed, INCIDENT_MOST_WORDS, true, &words));
	TRY(incident_affected_end(act, &(struct incident_affected_end_in){ id.no, act->look.now.ms,
									   act->actor.person, words }));
	if (act_changes(act) == 0)
		return conflict("この記載は、ほかの人が先に外しました。");
	TRY(count_again(act, pack, &incident, T("")));
	TRY(entry_by_bansho(act, incident.id, ENTRY_OBSERVATION,
			    text_format(act->look.arena, say("「%.*s」は関係していませんでした。%.*s"),
					T_ARG(row.name), T_ARG(words))));
	return note_incident(act, incident.id, "incident.affected-drop", NULL,
			     (struct fact_pair[]){ { "affected", { 0 }, id.no },
						   { "all", { 0 }, incident.persons },
						   { 0 } });
}

struct error *
incident_affected_list(struct look *look, const struct pack *pack, struct incident_id id,
		       struct incident_affected **list, size_t *count)
{
	struct incident_affected_rows_row *rows;
	TRY(incident_affected_rows(look, &(struct incident_affected_rows_in){ id.no, INCIDENT_MOST_AFFECTED },
				   &rows, count));
	*list = ARENA_ARRAY(look->arena, struct incident_affected, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct incident_affected *made = &(*list)[at];
		struct ledger_row asset;
		*made = (struct incident_affected){ .id = { rows[at].id },
						    .asset = { rows[at].asset },
						    .name = rows[at].name,
						    .items = rows[at].items,
						    .media = rows[at].media,
						    .persons = rows[at].persons,
						    .is_sure = rows[at].is_sure,
						    .person_name = rows[at].person_name,
						    .at = { rows[at].at } };
		if (made->asset.no != 0) {
			TRY(ledger_read(look, pack, made->asset, &asset));
			made->asset_number = text_number(look->arena, asset.number);
		}
	}
	return OK;
}
