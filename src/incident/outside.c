/*
 * Who outside is told, and by when. The facts say which authorities; their reports and days are settled anew
 * whenever the facts change. What was filed stays as it was filed.
 */
#include "incident/rooms.h"

struct day
incident_last_day(struct day day_one, int64_t days, bool rolls)
{
	struct day last = day_plus(day_one, days > 0 ? days - 1 : 0);
	while (rolls && day_is_holiday(last))
		last = day_plus(last, 1);
	return last;
}

/* The only grounds are numbers of persons: known from the day the number was, not from the report. */
static bool
is_by_number_alone(const struct pack *pack, struct text grounds)
{
	bool is_any = false;
	struct text item;
	while (value_next(&grounds, &item)) {
		const struct pack_ground *ground = pack_ground(pack, item);
		if (ground == NULL || ground->persons == NULL)
			return false;
		is_any = true;
	}
	return is_any;
}

/* The longest of the authority's own and those of the grounds. */
static struct error *
final_days(struct look *look, const struct pack *pack, const struct pack_authority *authority,
	   struct text grounds, int64_t *days)
{
	struct text item;
	TRY(days_of(look, pack, authority->final, days));
	while (value_next(&grounds, &item)) {
		const struct pack_ground *ground = pack_ground(pack, item);
		int64_t longer;
		if (ground == NULL || ground->final == NULL)
			continue;
		TRY(days_of(look, pack, ground->final, &longer));
		if (longer > *days)
			*days = longer;
	}
	return OK;
}

struct settling {
	struct act *act;
	const struct pack *pack;
	const struct incident *incident;
	const struct incident_outside_rows_row *rows;
	size_t count;
};

static const struct incident_outside_rows_row *
row_of(const struct settling *settling, const struct pack_authority *authority, enum outside_stage stage)
{
	for (size_t at = 0; at < settling->count; at++)
		if (text_same(settling->rows[at].authority, authority->code) &&
		    text_is(settling->rows[at].stage, outside_stage_name(stage)))
			return &settling->rows[at];
	return NULL;
}

static struct error *
settle_one(const struct settling *settling, const struct pack_authority *authority,
	   enum outside_stage stage, int64_t days)
{
	struct act *act = settling->act;
	const struct incident *incident = settling->incident;
	const struct incident_outside_rows_row *row = row_of(settling, authority, stage);
	const bool is_owed = !authority->is_choice;
	struct day one = moment_day(incident->known);
	int64_t id;
	if (is_by_number_alone(settling->pack, incident->grounds) && authority->when != NULL)
		one = row != NULL ? (struct day){ row->day_one } : moment_day(act->look.now);
	const int64_t due = days == 0 ? 0 : incident_last_day(one, days, stage == OUTSIDE_FINAL).no;
	if (row != NULL) {
		if (row->filed != 0 || (row->due == due && row->day_one == one.no && row->is_owed == is_owed))
			return OK;
		return incident_outside_term(act, &(struct incident_outside_term_in){ row->id, one.no, due,
										      is_owed });
	}
	TRY(act_number(act, T("incident-outside"), &id));
	return incident_outside_insert(act, &(struct incident_outside_insert_in){
						    .id = id,
						    .incident = incident->id.no,
						    .authority = authority->code,
						    .stage = text_of(outside_stage_name(stage)),
						    .day_one = one.no,
						    .due = due,
						    .now = act->look.now.ms,
						    .is_owed = is_owed,
					    });
}

/* It no longer applies: shown as not owed, without a day, unless it was filed. */
static struct error *
release(const struct settling *settling, const struct pack_authority *authority)
{
	for (int stage = 0; stage < OUTSIDE_STAGES; stage++) {
		const struct incident_outside_rows_row *row =
			row_of(settling, authority, (enum outside_stage)stage);
		if (row != NULL && row->filed == 0 && (row->is_owed || row->due != 0))
			TRY(incident_outside_term(settling->act, &(struct incident_outside_term_in){
									  row->id, row->day_one, 0, false }));
	}
	return OK;
}

static struct error *
settle_authority(const struct settling *settling, const struct pack_authority *authority)
{
	struct look *look = &settling->act->look;
	const struct incident *incident = settling->incident;
	int64_t first, final;
	const bool applies = incident->is_judged && incident->verdict == VERDICT_INCIDENT &&
			     !incident->is_drill &&
			     facts_hold(look->arena, settling->pack, authority->when, incident);
	if (!applies)
		return release(settling, authority);
	TRY(days_of(look, settling->pack, authority->first, &first));
	if (authority->first != NULL)
		TRY(settle_one(settling, authority, OUTSIDE_FIRST, first));
	if (authority->final != NULL) {
		TRY(final_days(look, settling->pack, authority, incident->grounds, &final));
		TRY(settle_one(settling, authority, OUTSIDE_FINAL, final));
	}
	if (authority->first == NULL && authority->final == NULL)
		TRY(settle_one(settling, authority, OUTSIDE_NOTICE, 0));
	return OK;
}

struct error *
outside_settle(struct act *act, const struct pack *pack, const struct incident *incident)
{
	struct incident_outside_rows_row *rows;
	struct settling settling = { .act = act, .pack = pack, .incident = incident };
	TRY(incident_outside_rows(&act->look,
				  &(struct incident_outside_rows_in){ incident->id.no, OUTSIDE_MOST }, &rows,
				  &settling.count));
	settling.rows = rows;
	for (size_t at = 0; at < pack->incidents.authorities_count; at++)
		TRY(settle_authority(&settling, &pack->incidents.authorities[at]));
	return OK;
}

/* ---- Filing ---- */

static struct error *
must_waive(struct act *act, const struct pack *pack, bool is_owed)
{
	if (!is_owed)
		return must_lead(act, pack);
	if (pack->incidents.closes == NULL)
		return must_order(act, pack);
	return people_must_hold(act, pack->incidents.closes, (struct unit_id){ 0 }, (struct person_id){ 0 },
				NULL);
}

static struct error *
file_row(struct act *act, int64_t id, struct moment at, const struct text *said)
{
	return incident_outside_file_set(act, &(struct incident_outside_file_set_in){
						    id, at.ms, act->look.now.ms, act->actor.person, said[0],
						    said[1], said[2] });
}

/* One report may be both: the final one files the first with it. */
static struct error *
file_first_too(struct act *act, const struct incident_outside_row_row *final, struct moment at,
	       const struct text *said)
{
	struct incident_outside_rows_row *rows;
	size_t count;
	TRY(incident_outside_rows(&act->look,
				  &(struct incident_outside_rows_in){ final->incident, OUTSIDE_MOST }, &rows,
				  &count));
	for (size_t no = 0; no < count; no++)
		if (text_same(rows[no].authority, final->authority) && text_is(rows[no].stage, "first") &&
		    rows[no].filed == 0)
			TRY(file_row(act, rows[no].id, at, said));
	return OK;
}

static struct error *
say_filed(struct act *act, const struct pack *pack, const struct incident_outside_row_row *row,
	  const struct outside_filing *filing, struct moment at, const struct text *said)
{
	struct arena *arena = act->look.arena;
	const struct pack_authority *authority = pack_authority(pack, row->authority);
	const struct text name = authority != NULL ? words_now(authority->name) : row->authority;
	const char *stage = text_is(row->stage, "first")   ? outside_stage_words(OUTSIDE_FIRST)
			    : text_is(row->stage, "final") ? outside_stage_words(OUTSIDE_FINAL)
							   : outside_stage_words(OUTSIDE_NOTICE);
	struct entry_id entry;
	return entry_put(act,
			 &(struct adding_entry){
				 .incident = { row->incident },
				 .at = at,
				 .category = ENTRY_CONTACT,
				 .source = FROM_BANSHO,
				 .is_reported = !filing->is_waived,
				 .words = filing->is_waived
						  ? text_format(arena, say("%.*sへの%sは行わない。理由：%.*s"),
								T_ARG(name), stage, T_ARG(said[2]))
						  : text_format(arena, say("%.*sへ%sを行った。%.*s %.*s %.*s"),
								T_ARG(name), stage, T_ARG(said[0]),
								T_ARG(said[1]), T_ARG(said[2])),
			 },
			 &entry);
}

struct error *
incident_outside_file(struct act *act, const struct pack *pack, const struct outside_filing *filing)
{
	struct arena *arena = act->look.arena;
	struct incident_outside_row_row row;
	struct incident incident;
	struct text said[3];
	struct moment at;
	bool found;
	TRY(incident_outside_row(&act->look, &(struct incident_outside_row_in){ filing->outside.no }, &found,
				 &row));
	if (!found)
		return missing("その報告はありません。");
	TRY(living_take(act, pack, (struct incident_id){ row.incident }, &incident));
	TRY(filing->is_waived ? must_waive(act, pack, row.is_owed) : must_lead(act, pack));
	if (row.filed != 0)
		return conflict("この報告は、もう済んでいます。");
	TRY(line_take(arena, "way", filing->way, INCIDENT_MOST_LINE, false, &said[0]));
	TRY(line_take(arena, "reference", filing->reference, INCIDENT_MOST_LINE, false, &said[1]));
	TRY(line_take(arena, "words", filing->words, INCIDENT_MOST_WORDS, filing->is_waived, &said[2]));
	TRY(moment_take(act, "at", filing->at, &at));
	if (filing->is_waived)
		TRY(incident_outside_waive(act, &(struct incident_outside_waive_in){
							row.id, act->look.now.ms, act->actor.person, said[2] }));
	else
		TRY(file_row(act, row.id, at, said));
	if (!filing->is_waived && text_is(row.stage, "final"))
		TRY(file_first_too(act, &row, at, said));
	TRY(say_filed(act, pack, &row, filing, at, said));
	return note_incident(act, incident.id, "incident.outside", NULL,
			     (struct fact_pair[]){ { "authority", row.authority, 0 },
						   { "stage", row.stage, 0 },
						   { "waived", { 0 }, filing->is_waived },
						   { "at", { 0 }, at.ms },
						   { "late", { 0 },
						     row.due != 0 && moment_day(at).no > row.due },
						   { 0 } });
}

/* ---- Reading ---- */

static enum outside_stage
stage_of(struct text name)
{
	for (int stage = 0; stage < OUTSIDE_STAGES; stage++)
		if (text_is(name, outside_stage_name((enum outside_stage)stage)))
			return (enum outside_stage)stage;
	return OUTSIDE_NOTICE;
}

struct error *
incident_outside_list(struct look *look, const struct pack *pack, struct incident_id id,
		      struct incident_outside **list, size_t *count)
{
	struct incident_outside_rows_row *rows;
	const int64_t today = moment_day(look->now).no;
	TRY(incident_outside_rows(look, &(struct incident_outside_rows_in){ id.no, OUTSIDE_MOST }, &rows,
				  count));
	*list = ARENA_ARRAY(look->arena, struct incident_outside, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		const struct incident_outside_rows_row *row = &rows[at];
		const int64_t until = row->filed != 0 ? moment_day((struct moment){ row->filed }).no : today;
		(*list)[at] = (struct incident_outside){
			.id = { row->id },
			.incident = { row->incident },
			.authority = pack_authority(pack, row->authority),
			.code = row->authority,
			.stage = stage_of(row->stage),
			.day_one = { row->day_one },
			.due = row->due == 0 ? DAY_NONE : (struct day){ row->due },
			.is_owed = row->is_owed,
			.filed = { row->filed },
			.person_name = row->person_name,
			.way = row->way,
			.reference = row->reference,
			.words = row->words,
			.waived = row->waived,
			.is_late = row->due != 0 && row->is_owed && row->waived.len == 0 && until > row->due,
		};
	}
	return OK;
}
