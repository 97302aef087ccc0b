/* Campaigns: planned, opened, closed; and reading them. */
#include "check/rooms.h"

static struct error *
campaign_from(struct look *look, const struct pack *pack, const struct check_campaign_get_row *row,
	      struct campaign *made)
{
	const int64_t today = moment_day(look->now).no;
	struct check_tally_row tally;
	struct check_improve_tally_row improve;
	TRY(check_tally(look, &(struct check_tally_in){ row->id }, &tally));
	TRY(check_improve_tally(look, &(struct check_improve_tally_in){ row->id, today }, &improve));
	*made = (struct campaign){
		.id = { row->id },
		.checklist = row->checklist,
		.pack_checklist = pack_checklist(pack, row->checklist),
		.asks = asks_read(row->asks),
		.title = row->title,
		.since = { row->since },
		.until = { row->until },
		.planned = { row->planned },
		.opened = { row->opened },
		.closed = { row->closed },
		.planned_by = row->planned_name,
		.opened_by = row->opened_name,
		.closed_by = row->closed_name,
		.words = row->words,
		.asked = tally.asked,
		.answered = tally.answered,
		.yes = tally.yes,
		.no = tally.no,
		.na = tally.na,
		.open = improve.open,
		.late = improve.late,
	};
	if (!campaign_state_read(row->state, &made->state))
		return broken("自己点検%lldの状態が分かりません。", (long long)row->id);
	made->is_over = made->state == CAMPAIGN_OPEN && row->until < today;
	return OK;
}

struct error *
check_campaign(struct look *look, const struct pack *pack, struct campaign_id id,
	       struct campaign *campaign)
{
	struct check_campaign_get_row row;
	bool found = false, is_there;
	TRY(check_is_there(look, &is_there));
	if (is_there)
		TRY(check_campaign_get(look, &(struct check_campaign_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その自己点検はありません。一覧から選んでください。");
	return campaign_from(look, pack, &row, campaign);
}

struct error *
check_campaigns(struct look *look, const struct pack *pack, struct campaign **list, size_t *count)
{
	struct check_campaign_list_row *rows;
	bool is_there;
	size_t got = 0;
	*count = 0;
	*list = NULL;
	TRY(check_is_there(look, &is_there));
	if (!is_there)
		return OK;
	TRY(check_campaign_list(look, &(struct check_campaign_list_in){ CHECK_MOST_CAMPAIGNS }, &rows,
				&got));
	*list = ARENA_ARRAY(look->arena, struct campaign, got + 1);
	for (size_t at = 0; at < got; at++)
		TRY(check_campaign(look, pack, (struct campaign_id){ rows[at].id },
				   &(*list)[(*count)++]));
	return OK;
}

struct error *
check_campaign_units(struct look *look, struct campaign_id id, struct text **names, size_t *count)
{
	struct check_unit_list_row *rows;
	TRY(check_unit_list(look, &(struct check_unit_list_in){ id.no, CHECK_MOST_UNITS }, &rows,
			    count));
	*names = ARENA_ARRAY(look->arena, struct text, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*names)[at] = rows[at].name;
	return OK;
}

/* ---- Who runs it ---- */

static bool
is_among(const struct pack_role *role, const struct pack_role *const *roles, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (roles[at] == role)
			return true;
	return false;
}

static const struct held_role *
runs_as(const struct pack *pack, const struct pack_checklist *checklist,
	const struct held_role *held, size_t count)
{
	for (size_t no = 0; no < pack->checklists_count; no++) {
		const struct pack_checklist *one = &pack->checklists[no];
		for (size_t at = 0; (checklist == NULL || checklist == one) && at < count; at++)
			if (is_among(held[at].role, one->runs, one->runs_count))
				return &held[at];
	}
	return NULL;
}

struct error *
check_may_run(struct look *look, const struct pack *pack, const struct pack_checklist *checklist,
	      struct person_id person, bool *may)
{
	struct held_role *held;
	size_t count;
	*may = false;
	if (pack->checklists_count == 0 || person.no == 0)
		return OK;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	*may = runs_as(pack, checklist, held, count) != NULL;
	return OK;
}

struct error *
must_run(struct act *act, const struct pack *pack, struct text checklist)
{
	const struct pack_checklist *known = pack_checklist(pack, checklist);
	struct held_role *held;
	size_t count;
	if (known == NULL)
		return refuse("いまの方針には、この点検表がありません。");
	if (act->actor.person == 0)
		return OK;
	TRY(people_roles_of(&act->look, pack, (struct person_id){ act->actor.person },
			    moment_day(act->look.now), &held, &count));
	const struct held_role *as = runs_as(pack, known, held, count);
	if (as == NULL)
		return refuse("この自己点検を計画し、始め、終えられるのは、方針が定めた役割の人だけです。");
	act->actor.role = as->role->code;
	act->actor.post = as->post.no;
	act->actor.deputy_for = as->deputy_for.no;
	return OK;
}

/* ---- Planning ---- */

static struct error *
check_days(struct act *act, const struct planning *planning)
{
	const struct day today = moment_day(act->look.now);
	struct error *faults = OK;
	if (day_is_none(planning->since) || planning->since.no < today.no ||
	    planning->since.no > today.no + CHECK_MOST_DAYS)
		error_add(&faults, reject("since", "始める日を、今日から1年以内の日で書いてください。"));
	if (day_is_none(planning->until) || planning->until.no < planning->since.no ||
	    planning->until.no > planning->since.no + CHECK_MOST_DAYS)
		error_add(&faults, reject("until", "答える期限を、始める日から1年以内の日で書いてください。"));
	if (text_count(planning->title) > CHECK_MOST_TITLE)
		error_add(&faults, reject("title", "名前は%d字までにしてください。",
						   CHECK_MOST_TITLE));
	if (planning->units_count > CHECK_MOST_UNITS)
		error_add(&faults, reject("units", "所属は%dまでにしてください。上の所属を選ぶと、その下もすべて対象になります。",
						   CHECK_MOST_UNITS));
	return faults;
}

static struct error *
add_units(struct act *act, const struct planning *planning, struct campaign_id id)
{
	for (size_t at = 0; at < planning->units_count; at++) {
		struct unit unit;
		int64_t no;
		struct error *error = people_unit(&act->look, planning->units[at], &unit);
		if (error != OK && error->kind == ERROR_MISSING)
			return reject("units", "選んだ所属の一つがありません。画面を開き直してください。");
		TRY(error);
		TRY(act_number(act, T("check-unit"), &no));
		TRY(check_unit_add(act, &(struct check_unit_add_in){ no, id.no, unit.id.no }));
	}
	return OK;
}

struct error *
check_plan(struct act *act, const struct flow *flow, const struct planning *planning,
	   struct campaign_id *id)
{
	struct arena *arena = act->look.arena;
	const struct pack_checklist *checklist = pack_checklist(flow->pack, planning->checklist);
	struct text title = text_trim(planning->title);
	if (checklist == NULL)
		return reject("checklist", "どの点検表で行うかを選んでください。");
	TRY(must_run(act, flow->pack, checklist->code));
	TRY(check_days(act, planning));
	if (title.len == 0)
		title = text_format(arena, "%.*s %.*s",
				    T_ARG(fiscal_wareki(arena, day_fiscal_year(planning->since))),
				    T_ARG(words_now(checklist->name)));
	TRY(act_number(act, T("check"), &id->no));
	TRY(check_campaign_add(act, &(struct check_campaign_add_in){
					    .id = id->no,
					    .checklist = checklist->code,
					    .asks = text_of(checklist_of_name(checklist->of)),
					    .title = title,
					    .since = planning->since.no,
					    .until = planning->until.no,
					    .planned = act->look.now.ms,
					    .person = act->actor.person,
				    }));
	TRY(add_units(act, planning, *id));
	return act_note(act, &(struct fact){
				     .act = "check.plan",
				     .about = { about_campaign(arena, *id) },
				     .pairs = { { "checklist", checklist->code, 0 },
						{ "since", day_iso(arena, planning->since), 0 },
						{ "until", day_iso(arena, planning->until), 0 } },
			     });
}

/* ---- Opening ---- */

static struct error *
keep_items(struct act *act, const struct pack_checklist *checklist, struct campaign_id id)
{
	for (size_t at = 0; at < checklist->items_count; at++) {
		const struct pack_check_item *item = &checklist->items[at];
		int64_t no;
		TRY(act_number(act, T("check-item"), &no));
		TRY(check_item_add(act, &(struct check_item_add_in){
						no, id.no, (int64_t)at, /* at most CHECK_MOST_ITEMS */
						item->code, item->words.ja, item->words.en,
						item->help.ja.len != 0 ? item->help.ja : T(""),
						item->help.en.len != 0 ? item->help.en : T(""),
						clauses_joined(act->look.arena, item),
						item->may_not_apply }));
	}
	return OK;
}

struct error *
check_begin(struct act *act, const struct flow *flow, struct campaign_id id)
{
	struct arena *arena = act->look.arena;
	struct campaign campaign;
	int64_t asked;
	TRY(check_campaign(&act->look, flow->pack, id, &campaign));
	TRY(must_run(act, flow->pack, campaign.checklist));
	if (campaign.state != CAMPAIGN_PLANNED)
		return conflict("この自己点検は、もう予定ではありません。画面を開き直してください。");
	if (campaign.until.no < moment_day(act->look.now).no)
		return conflict("答える期限がもう過ぎています。取りやめて、新しく計画してください。");
	TRY(keep_items(act, campaign.pack_checklist, id));
	TRY(ask_all(act, campaign.pack_checklist, id, &asked));
	if (asked == 0)
		return reject("units", "答える人がいません。対象の所属と、答える役割の職を確かめてください。");
	TRY(check_campaign_open(act, &(struct check_campaign_open_in){ id.no, act->look.now.ms,
								       act->actor.person }));
	return act_note(act, &(struct fact){
				     .act = "check.open",
				     .about = { about_campaign(arena, id) },
				     .pairs = { { "asked", { 0 }, asked } },
			     });
}

/* ---- Closing ---- */

static struct error *
excuse_left(struct act *act, struct campaign_id id)
{
	struct check_left_row *rows;
	size_t count;
	TRY(check_left(&act->look,
		       &(struct check_left_in){ id.no, moment_day(act->look.now).no, SHEETS_MOST },
		       &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(check_sheet_excuse(act, &(struct check_sheet_excuse_in){ rows[at].id }));
	return OK;
}

/* Some units asked is not the body asked. */
static struct error *
tell_duties(struct act *act, const struct flow *flow, const struct campaign *campaign)
{
	struct text *units;
	size_t count;
	TRY(check_campaign_units(&act->look, campaign->id, &units, &count));
	if (count != 0)
		return OK;
	return duty_done_by(act, flow->pack,
			    &(struct duty_deed){
				    .by = "check.campaign",
				    .of = campaign->checklist,
				    .on = DAY_NONE,
				    .source = about_campaign(act->look.arena, campaign->id),
				    .words = campaign->title,
			    },
			    NULL);
}

struct error *
check_finish(struct act *act, const struct flow *flow, struct campaign_id id, struct text words)
{
	struct arena *arena = act->look.arena;
	struct campaign campaign;
	TRY(check_campaign(&act->look, flow->pack, id, &campaign));
	TRY(must_run(act, flow->pack, campaign.checklist));
	if (campaign.state != CAMPAIGN_OPEN)
		return conflict("この自己点検は、受付中ではありません。画面を開き直してください。");
	if (!campaign.is_over && campaign.answered < campaign.asked)
		return conflict("答える期限(%.*s)まで、まだ答えていない人を待ってください。全員が答えれば、期限の前でも終えられます。",
				T_ARG(day_wareki(arena, campaign.until)));
	TRY(check_words("words", words, N_("点検の結果をどう見るか、何をするかを書いてください。")));
	TRY(excuse_left(act, id));
	TRY(check_campaign_close(act, &(struct check_campaign_close_in){ id.no, act->look.now.ms,
									 act->actor.person, words }));
	TRY(act_note(act, &(struct fact){
				  .act = "check.close",
				  .about = { about_campaign(arena, id) },
				  .pairs = { { "answered", { 0 }, campaign.answered },
					     { "asked", { 0 }, campaign.asked },
					     { "no", { 0 }, campaign.no } },
			  }));
	return tell_duties(act, flow, &campaign);
}

struct error *
check_withdraw(struct act *act, const struct flow *flow, struct campaign_id id)
{
	struct campaign campaign;
	TRY(check_campaign(&act->look, flow->pack, id, &campaign));
	TRY(must_run(act, flow->pack, campaign.checklist));
	if (campaign.state != CAMPAIGN_PLANNED)
		return conflict("取りやめられるのは、まだ始まっていない自己点検だけです。画面を開き直してください。");
	TRY(check_campaign_withdraw(act, &(struct check_campaign_withdraw_in){
						 id.no, act->look.now.ms, act->actor.person }));
	return act_note(act, &(struct fact){ .act = "check.withdraw",
					     .about = { about_campaign(act->look.arena, id) } });
}
