/* Firms, and what the body has engaged or consented that they do. */
#include "people/rooms.h"

enum { CHAIN_MOST = 10 };

/* --- firms --- */

static struct error *
check_firm(struct look *look, const struct firm *firm)
{
	TRY(words_check("name", firm->name));
	TRY(words_check("code", firm->code));
	TRY(words_check_optional("contact", firm->contact));
	struct people_firm_code_row row;
	struct people_firm_goes_on_row engaged;
	bool found, goes_on = false;
	TRY(people_firm_code(look, &(struct people_firm_code_in){ firm->code }, &found, &row));
	if (found && row.id != firm->id.no)
		return reject("code", "業者コード「%.*s」は、ほかの委託先で使われています。",
			      T_ARG(firm->code));
	if (!day_is_none(firm->until))
		TRY(people_firm_goes_on(
			look, &(struct people_firm_goes_on_in){ firm->id.no, firm->until.no },
			&goes_on, &engaged));
	if (goes_on)
		return reject("until", "その日より後も続く委託があります。先に委託の期間を改めてください。");
	return OK;
}

static struct error *
note_firm(struct act *act, const char *what, struct firm_id id)
{
	return people_note(
		act, &(struct noting){ .act = what,
				       .about = { about_number(act->look.arena, "firm", id.no) } });
}

struct error *
people_firm_add(struct act *act, const struct firm *given, struct firm_id *id)
{
	struct firm firm = *given;
	firm.id = (struct firm_id){ 0 };
	TRY(check_firm(&act->look, &firm));
	TRY(act_number(act, T("firm"), &firm.id.no));
	TRY(people_firm_insert(act, &(struct people_firm_insert_in){ firm.id.no, firm.code, firm.name,
								    firm.contact,
								    day_kept(firm.until) }));
	TRY(note_firm(act, "people.firm_add", firm.id));
	*id = firm.id;
	return OK;
}

struct error *
people_firm_change(struct act *act, const struct firm *firm)
{
	struct firm before;
	TRY(people_firm(&act->look, firm->id, &before));
	TRY(check_firm(&act->look, firm));
	TRY(people_firm_update(act, &(struct people_firm_update_in){ firm->id.no, firm->code,
								    firm->name, firm->contact,
								    day_kept(firm->until) }));
	return note_firm(act, "people.firm_change", firm->id);
}

struct error *
people_firm(struct look *look, struct firm_id id, struct firm *firm)
{
	struct people_firm_get_row row;
	bool found;
	TRY(people_firm_get(look, &(struct people_firm_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その委託先は登録されていません。");
	*firm = (struct firm){ .id = id, .code = row.code, .name = row.name,
			       .contact = row.contact, .until = day_from_kept(row.until) };
	return OK;
}

struct error *
people_firm_by_code(struct look *look, struct text code, bool *found, struct firm_id *id)
{
	struct people_firm_code_row row;
	TRY(people_firm_code(look, &(struct people_firm_code_in){ code }, found, &row));
	if (*found)
		id->no = row.id;
	return OK;
}

struct error *
people_firms(struct look *look, struct day day, bool with_ended, struct firm **list, size_t *count)
{
	struct people_firm_list_row *rows;
	size_t got;
	TRY(people_firm_list(
		look, &(struct people_firm_list_in){ day.no, with_ended, PEOPLE_MOST_LIST }, &rows,
		&got));
	struct firm *made = ARENA_ARRAY(look->arena, struct firm, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = (struct firm){
			.id = { rows[at].id },
			.code = rows[at].code,
			.name = rows[at].name,
			.contact = rows[at].contact,
			.until = day_from_kept(rows[at].until),
			.engagements = rows[at].engagements,
			.workers = rows[at].workers,
		};
	*list = made;
	*count = got;
	return OK;
}

/* --- engagements --- */

static struct engagement
engagement_from(const struct people_engagement_get_row *row)
{
	return (struct engagement){
		.id = { row->id },
		.firm = { row->firm },
		.above = { row->above },
		.unit = { row->unit },
		.work = row->work,
		.basis = row->basis,
		.agreed = { row->agreed },
		.since = { row->since },
		.until = { row->until },
		.firm_name = row->firm_name,
		.unit_name = row->unit_name,
		.above_name = row->above_name,
	};
}

struct error *
people_engagement(struct look *look, struct engagement_id id, struct engagement *engagement)
{
	struct people_engagement_get_row row;
	bool found;
	TRY(people_engagement_get(
		look, &(struct people_engagement_get_in){ id.no, look_today(look).no }, &found,
		&row));
	if (!found)
		return missing("その委託は登録されていません。");
	*engagement = engagement_from(&row);
	return OK;
}

struct error *
people_engagements(struct look *look, struct firm_id firm, struct unit_id unit, struct day day,
		   struct engagement **list, size_t *count)
{
	struct people_engagement_list_row *rows;
	size_t got;
	TRY(people_engagement_list(look,
				   &(struct people_engagement_list_in){
					   firm.no, unit.no, day_kept(day), look_today(look).no },
				   &rows, &got));
	struct engagement *made = ARENA_ARRAY(look->arena, struct engagement, got + 1);
	for (size_t at = 0; at < got; at++) {
		const struct people_engagement_list_row *row = &rows[at];
		made[at] = engagement_from(&(struct people_engagement_get_row){
			row->id, row->firm, row->above, row->unit, row->work, row->basis,
			row->agreed, row->since, row->until, row->firm_name, row->unit_name,
			row->above_name });
	}
	*list = made;
	*count = got;
	return OK;
}

struct error *
people_engagement_chain(struct look *look, struct engagement_id id, struct engagement **chain,
			size_t *count)
{
	struct engagement up[CHAIN_MOST];
	size_t steps = 0;
	for (; id.no != 0 && steps < CHAIN_MOST; steps++) {
		TRY(people_engagement(look, id, &up[steps]));
		id = up[steps].above;
	}
	struct engagement *made = ARENA_ARRAY(look->arena, struct engagement, steps + 1);
	for (size_t at = 0; at < steps; at++)
		made[at] = up[steps - 1 - at];
	*chain = made;
	*count = steps;
	return OK;
}

static struct error *
check_days(const struct engagement *engagement)
{
	if (day_is_none(engagement->since))
		return reject("since", "始まりの日を入力してください。");
	if (day_is_none(engagement->until))
		return reject("until", "終わりの日を入力してください。");
	TRY(period_check(engagement->since, engagement->until));
	if (day_is_none(engagement->agreed))
		return reject("agreed", "契約または同意の日を入力してください。");
	if (engagement->agreed.no > engagement->since.no)
		return reject("agreed", "契約または同意の日が、始まりの日より後です。同意の前に作業を始めさせることはできません。");
	return OK;
}

static struct error *
check_above(struct look *look, struct engagement *engagement)
{
	struct engagement *chain;
	size_t count;
	if (engagement->above.no == 0)
		return OK;
	TRY(people_engagement_chain(look, engagement->above, &chain, &count));
	if (count == 0)
		return missing("その委託は登録されていません。");
	if (count + 1 > CHAIN_MOST)
		return reject("above", "再委託は%d段までです。", CHAIN_MOST);
	for (size_t at = 0; at < count; at++)
		if (chain[at].firm.no == engagement->firm.no)
			return reject("firm", "その委託先は、この委託の上位にすでにいます。別の委託先を選んでください。");
	const struct engagement *above = &chain[count - 1];
	if (engagement->since.no < above->since.no || engagement->until.no > above->until.no)
		return reject("until", "再委託の期間は、元の委託の期間の中にしてください。");
	engagement->unit = above->unit;
	return OK;
}

static struct error *
check_engagement(struct look *look, struct engagement *engagement)
{
	struct firm firm;
	struct unit unit;
	TRY(people_firm(look, engagement->firm, &firm));
	TRY(words_check("work", engagement->work));
	TRY(words_check("basis", engagement->basis));
	TRY(check_days(engagement));
	if (engagement->until.no > day_last(firm.until))
		return reject("until", "その委託先は、委託の終わりの日より前に取引を終えています。");
	TRY(check_above(look, engagement));
	if (engagement->unit.no == 0)
		return reject("unit", "受け持つ所属を選んでください。");
	return people_unit(look, engagement->unit, &unit);
}

static struct error *
note_engagement(struct act *act, const char *what, const struct engagement *engagement)
{
	struct arena *arena = act->look.arena;
	return people_note(
		act, &(struct noting){
			     .act = what,
			     .about = { about_number(arena, "engagement", engagement->id.no),
					about_number(arena, "firm", engagement->firm.no),
					people_about_unit(arena, engagement->unit) },
			     .pairs = { { .name = "since", .number = engagement->since.no },
					{ .name = "until", .number = engagement->until.no } } });
}

struct error *
people_engagement_add(struct act *act, const struct engagement *given, struct engagement_id *id)
{
	struct engagement engagement = *given;
	TRY(check_engagement(&act->look, &engagement));
	TRY(act_number(act, T("engagement"), &engagement.id.no));
	TRY(people_engagement_insert(act, &(struct people_engagement_insert_in){
						  engagement.id.no, engagement.firm.no,
						  engagement.above.no, engagement.unit.no,
						  engagement.work, engagement.basis,
						  engagement.agreed.no, engagement.since.no,
						  engagement.until.no }));
	TRY(note_engagement(act, "people.engagement_add", &engagement));
	*id = engagement.id;
	return OK;
}

/* What hangs on an engagement goes no further than it does. */
static struct error *
cut_below(struct act *act, int64_t engagement, struct day last)
{
	struct people_engagement_below_row *below;
	size_t count;
	TRY(workers_cut(act, engagement, last));
	TRY(people_engagement_below(&act->look,
				    &(struct people_engagement_below_in){ engagement, last.no },
				    &below, &count));
	for (size_t at = 0; at < count; at++) {
		TRY(people_engagement_set_until(
			act, &(struct people_engagement_set_until_in){ below[at].id, last.no }));
		TRY(cut_below(act, below[at].id, last));
	}
	return OK;
}

struct error *
people_engagement_until(struct act *act, struct engagement_id id, struct day until)
{
	struct engagement engagement;
	TRY(people_engagement(&act->look, id, &engagement));
	const bool is_shorter = !day_is_none(until) && until.no < engagement.until.no;
	engagement.until = until;
	/* One that has not begun may end before it begins: it then never was. */
	if (!is_shorter || engagement.since.no <= act_today(act).no)
		TRY(check_engagement(&act->look, &engagement));
	TRY(people_engagement_set_until(
		act, &(struct people_engagement_set_until_in){ id.no, until.no }));
	if (is_shorter)
		TRY(cut_below(act, id.no, until));
	return note_engagement(act, "people.engagement_until", &engagement);
}
