/* Results: by question, by unit, by name where the pack allows it; and what evidence asks. */
#include "check/rooms.h"

/* ---- By question ---- */

static void
count_item(struct check_item_result *result, const struct check_item_tally_row *tallies,
	   size_t count, int64_t answered)
{
	for (size_t at = 0; at < count; at++)
		if (tallies[at].item == result->item.id) {
			result->no = tallies[at].no;
			result->na = tallies[at].na;
			result->open = tallies[at].open;
			result->late = tallies[at].late;
		}
	result->yes = answered - result->no - result->na;
}

struct error *
check_items(struct look *look, const struct campaign *campaign, struct check_item_result **list,
	    size_t *count)
{
	struct check_item_list_row *rows;
	struct check_item_tally_row *tallies;
	size_t tallied;
	TRY(check_item_list(look,
			    &(struct check_item_list_in){ campaign->id.no, CHECK_MOST_ITEMS }, &rows,
			    count));
	TRY(check_item_tally(look,
			     &(struct check_item_tally_in){ campaign->id.no,
							    moment_day(look->now).no,
							    CHECK_MOST_ITEMS },
			     &tallies, &tallied));
	*list = ARENA_ARRAY(look->arena, struct check_item_result, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct check_item *item = &(*list)[at].item;
		*item = (struct check_item){ .id = rows[at].id,
					     .code = rows[at].code,
					     .words = { rows[at].ja, rows[at].en },
					     .help = { rows[at].help_ja, rows[at].help_en },
					     .may_not_apply = rows[at].may_not_apply,
					     .due = DAY_NONE };
		item->clauses = clauses_split(look->arena, rows[at].clauses, &item->clauses_count);
		count_item(&(*list)[at], tallies, tallied, campaign->answered);
	}
	return OK;
}

/* ---- By unit ---- */

struct error *
check_units(struct look *look, const struct campaign *campaign, struct check_unit_result **list,
	    size_t *count)
{
	struct check_unit_tally_row *rows;
	TRY(check_unit_tally(look,
			     &(struct check_unit_tally_in){ campaign->id.no,
							    moment_day(look->now).no, UNITS_MOST },
			     &rows, count));
	*list = ARENA_ARRAY(look->arena, struct check_unit_result, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct check_unit_result){
			.unit = { rows[at].unit },
			.name = rows[at].name.len != 0 ? rows[at].name
						       : text_of(say("(いまはない所属)")),
			.asked = rows[at].asked,
			.answered = rows[at].answered,
			.no = rows[at].no,
			.open = rows[at].open,
			.late = rows[at].late,
			.is_few = campaign->asks == CHECKLIST_PERSON && rows[at].answered < CHECK_FEW,
		};
	return OK;
}

/* ---- By name ---- */

static bool
is_named_role(const struct pack_checklist *checklist, const struct pack_role *role)
{
	for (size_t at = 0; at < checklist->named_count; at++)
		if (checklist->named[at] == role)
			return true;
	return false;
}

static struct error *
reaches(struct look *look, const struct pack_checklist *checklist, const struct held_role *held,
	size_t count, struct unit_id unit, bool *is)
{
	*is = false;
	for (size_t at = 0; at < count && !*is; at++)
		if (is_named_role(checklist, held[at].role))
			TRY(people_unit_is_under(look, unit, held[at].unit, is));
	return OK;
}

static struct error *
add_unit(struct look *look, const struct campaign *campaign, struct unit_id unit,
	 struct check_named *list, size_t *count)
{
	struct check_sheets_in_row *rows;
	size_t got;
	TRY(check_sheets_in(look,
			    &(struct check_sheets_in_in){ campaign->id.no, unit.no, SHEETS_MOST },
			    &rows, &got));
	for (size_t at = 0; at < got && *count < SHEETS_MOST; at++)
		list[(*count)++] = (struct check_named){
			.sheet = { rows[at].id },
			.number = rows[at].number,
			.name = rows[at].name.len != 0 ? rows[at].name : rows[at].title,
			.has_answered = rows[at].done != 0,
			.is_excused = rows[at].is_excused,
			.no = rows[at].no,
			.na = rows[at].na,
		};
	return OK;
}

struct error *
check_by_name(struct look *look, const struct campaign *campaign, struct person_id person,
	      const struct pack *pack, struct check_named **list, size_t *count)
{
	const struct pack_checklist *checklist = campaign->pack_checklist;
	struct check_unit_result *units;
	struct held_role *held;
	size_t units_count, held_count;
	*count = 0;
	if (checklist == NULL || checklist->named_count == 0 || campaign->asks != CHECKLIST_PERSON)
		return OK;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &held_count));
	TRY(check_units(look, campaign, &units, &units_count));
	*list = ARENA_ARRAY(look->arena, struct check_named, SHEETS_MOST);
	for (size_t at = 0; at < units_count; at++) {
		bool is;
		TRY(reaches(look, checklist, held, held_count, units[at].unit, &is));
		if (is)
			TRY(add_unit(look, campaign, units[at].unit, *list, count));
	}
	return OK;
}

/* ---- For evidence and findings ---- */

static struct error *
count_over(struct look *look, struct text item, struct check_stand *stand)
{
	struct check_item_result *items;
	struct campaign campaign = { .id = stand->over };
	struct check_tally_row tally;
	size_t count;
	TRY(check_tally(look, &(struct check_tally_in){ stand->over.no }, &tally));
	campaign.answered = tally.answered;
	stand->asked = tally.asked;
	stand->answered = tally.answered;
	TRY(check_items(look, &campaign, &items, &count));
	for (size_t at = 0; at < count; at++) {
		if (item.len != 0 && !text_same(items[at].item.code, item))
			continue;
		stand->yes += items[at].yes;
		stand->no += items[at].no;
		stand->na += items[at].na;
		stand->open += items[at].open;
		stand->late += items[at].late;
	}
	return OK;
}

struct error *
check_stand(struct look *look, struct text checklist, struct text item, struct check_stand *stand)
{
	const int64_t today = moment_day(look->now).no;
	struct check_newest_over_row over;
	struct check_newest_running_row running;
	bool is_there;
	*stand = (struct check_stand){ .until = DAY_NONE, .running_until = DAY_NONE };
	TRY(check_is_there(look, &is_there));
	if (!is_there)
		return OK;
	TRY(check_newest_running(look, &(struct check_newest_running_in){ checklist, today },
				 &stand->has_running, &running));
	if (stand->has_running) {
		stand->running = (struct campaign_id){ running.id };
		stand->running_until = (struct day){ running.until };
	}
	TRY(check_newest_over(look, &(struct check_newest_over_in){ checklist, today },
			      &stand->has_over, &over));
	if (!stand->has_over)
		return OK;
	stand->over = (struct campaign_id){ over.id };
	stand->until = (struct day){ over.until };
	return count_over(look, item, stand);
}

struct error *
check_late(struct look *look, struct check_late **list, size_t *count)
{
	struct check_late_items_row *rows;
	bool is_there;
	*count = 0;
	TRY(check_is_there(look, &is_there));
	if (!is_there)
		return OK;
	TRY(check_late_items(look, &(struct check_late_items_in){ moment_day(look->now).no, LATE_MOST },
			     &rows, count));
	*list = ARENA_ARRAY(look->arena, struct check_late, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		size_t clauses;
		const struct text *ids = clauses_split(look->arena, rows[at].clauses, &clauses);
		(*list)[at] = (struct check_late){
			.item = rows[at].id,
			.campaign = { rows[at].campaign },
			.title = rows[at].title,
			.question = { rows[at].ja, rows[at].en },
			.clause = clauses != 0 ? ids[0] : T(""),
			.late = rows[at].late,
		};
	}
	return OK;
}

struct error *
check_kept(struct look *look, struct person_id person, struct check_kept *kept)
{
	struct check_kept_of_row row;
	bool is_there;
	*kept = (struct check_kept){ 0 };
	TRY(check_is_there(look, &is_there));
	if (!is_there)
		return OK;
	TRY(check_kept_of(look, &(struct check_kept_of_in){ person.no }, &row));
	*kept = (struct check_kept){ row.sheets, row.answers };
	return OK;
}
