/* The timeline. */
#include "incident/rooms.h"

struct error *
entry_put(struct act *act, const struct adding_entry *adding, struct entry_id *id)
{
	int64_t no;
	TRY(act_number(act, T("incident-entry"), &no));
	TRY(incident_entry_insert(act, &(struct incident_entry_insert_in){
					       .id = no,
					       .incident = adding->incident.no,
					       .at = adding->at.ms,
					       .now = act->look.now.ms,
					       .person = act->actor.person,
					       .role = act->actor.role.len == 0 ? (struct text){ 0 }
										: act->actor.role,
					       .category = text_of(entry_category_name(adding->category)),
					       .source = text_of(entry_source_name(adding->source)),
					       .is_reported = adding->is_reported,
					       .words = adding->words,
					       .replaces = adding->replaces.no,
				       }));
	id->no = no;
	return OK;
}

struct error *
entry_by_bansho(struct act *act, struct incident_id id, enum entry_category category, struct text words)
{
	struct entry_id entry;
	return entry_put(act,
			 &(struct adding_entry){ .incident = id, .at = act->look.now, .category = category,
						 .source = FROM_BANSHO, .words = words },
			 &entry);
}

static struct error *
replace(struct act *act, const struct entry_writing *writing, struct entry_id by)
{
	struct incident_entry_row_row row;
	bool found;
	TRY(incident_entry_row(&act->look, &(struct incident_entry_row_in){ writing->replaces.no }, &found,
			       &row));
	if (!found || row.incident != writing->incident.no)
		return missing("直そうとした経過がありません。経過の一覧から選んでください。");
	TRY(incident_entry_replace(act, &(struct incident_entry_replace_in){ row.id, by.no }));
	if (act_changes(act) == 0)
		return conflict("この経過は、ほかの人が先に直しました。直した後の経過を確かめてから、もう一度直してください。");
	return OK;
}

struct error *
incident_entry_write(struct act *act, const struct pack *pack, const struct entry_writing *writing,
		     struct entry_id *id)
{
	struct incident incident;
	struct incident_entry_count_row count;
	struct adding_entry adding = { .incident = writing->incident, .category = writing->category,
				       .source = writing->source, .is_reported = writing->is_reported,
				       .replaces = writing->replaces };
	struct entry_id made;
	TRY(living_take(act, pack, writing->incident, &incident));
	TRY(must_write(act, pack, &incident));
	TRY(line_take(act->look.arena, "words", writing->words, INCIDENT_MOST_WORDS, true, &adding.words));
	TRY(moment_take(act, "at", writing->at, &adding.at));
	if (writing->source == FROM_BANSHO)
		return reject("source", "何によって知ったかを選んでください。");
	TRY(incident_entry_count(&act->look, &(struct incident_entry_count_in){ incident.id.no }, &count));
	if (count.entries >= INCIDENT_MOST_ENTRIES)
		return refuse("経過が%d件になりました。続きは新しい事案にして、この事案の番号を書いてください。",
			      INCIDENT_MOST_ENTRIES);
	TRY(entry_put(act, &adding, &made));
	if (writing->replaces.no != 0)
		TRY(replace(act, writing, made));
	TRY(note_incident(act, incident.id, writing->replaces.no != 0 ? "incident.correct" : "incident.entry",
			  NULL,
			  (struct fact_pair[]){ { "entry", { 0 }, made.no },
						{ "category",
						  text_of(entry_category_name(writing->category)), 0 },
						{ "at", { 0 }, adding.at.ms },
						{ 0 } }));
	*id = made;
	return OK;
}

static struct error *
from_row(const struct incident_entry_rows_row *row, struct incident_entry *entry)
{
	*entry = (struct incident_entry){
		.id = { row->id },
		.at = { row->at },
		.made = { row->made },
		.person = { row->person },
		.person_name = row->person_name,
		.role = row->role,
		.is_reported = row->is_reported,
		.words = row->words,
		.replaces = { row->replaces },
		.replaced = { row->replaced },
	};
	if (!entry_category_read(row->category, &entry->category) ||
	    !entry_source_read(row->source, &entry->source))
		return broken("経過の記録が読めません(%lld)。", (long long)row->id);
	return OK;
}

struct error *
incident_entries(struct look *look, struct incident_id id, const struct entry_query *query,
		 struct incident_entry **list, size_t *count)
{
	struct incident_entry_rows_row *rows;
	size_t found;
	const size_t most = query->most == 0 || query->most > INCIDENT_MOST_ENTRIES + OPEN_MOST
				    ? INCIDENT_MOST_ENTRIES + OPEN_MOST
				    : query->most;
	TRY(incident_entry_rows(look,
				&(struct incident_entry_rows_in){ id.no, query->only_reported,
								  query->with_replaced, (int64_t)most },
				&rows, &found));
	*list = ARENA_ARRAY(look->arena, struct incident_entry, found + 1);
	*count = 0;
	for (size_t at = 0; at < found; at++) {
		TRY(from_row(&rows[at], &(*list)[*count]));
		if (query->categories == 0 || (query->categories & 1U << (*list)[*count].category) != 0)
			(*count)++;
	}
	return OK;
}
