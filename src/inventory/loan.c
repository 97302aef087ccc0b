/* Handing out and taking back. */
#include "inventory/rooms.h"

static const char *const storages[] = { "erased", "none", "secrecy", NULL };

struct error *
must_keep_things(struct act *act, const struct flow *flow, struct unit_id unit)
{
	const struct pack_inventory *rules;
	TRY(inventory_rules(flow, &rules));
	return people_must_hold(act, rules->keeps, unit, (struct person_id){ 0 }, NULL);
}

struct error *
must_be_of_keepers(struct act *act, const struct flow *flow, struct unit_id unit)
{
	struct inventory_may may;
	TRY(inventory_may(&act->look, flow, unit, (struct person_id){ act->actor.person }, &may));
	if (!may.borrow)
		return refuse("これは、この物を保管する課の職員だけができます。");
	return OK;
}

/* A thing of the pack, there and not away. */
static struct error *
take_in_hand(struct act *act, const struct flow *flow, struct row_id id, struct inventory_thing *thing)
{
	TRY(inventory_thing(&act->look, flow, id, thing));
	if (thing->kind == NULL)
		return missing("この台帳の行は、貸し出したり持ち出したりする物ではありません。");
	if (thing->state == THING_ENDED)
		return conflict("「%.*s」は台帳から除かれています。手元にあるなら、保管する課に知らせてください。",
				T_ARG(thing->row.title));
	if (thing->state == THING_LENT || thing->state == THING_REPAIR || thing->state == THING_OUT)
		return conflict("「%.*s」は、もう%sです(%.*s)。戻っているなら、先に「戻した」を記録してください。",
				T_ARG(thing->row.title), thing_state_words(thing->state),
				T_ARG(thing->person_name.len != 0 ? thing->person_name : thing->firm));
	return OK;
}

static struct error *
day_within(struct act *act, const struct flow *flow, const struct pack_parameter *parameter,
	   int64_t usual, struct day due)
{
	const struct day today = moment_day(act->look.now);
	int64_t days = usual;
	if (parameter != NULL)
		TRY(people_parameter(&act->look, flow->pack, text_z(act->look.arena, parameter->code), usual,
				     &days));
	if (day_is_none(due))
		return reject("due", "いつ戻すかを書いてください。");
	if (due.no < today.no)
		return reject("due", "戻す日が過ぎています。今日から後の日を書いてください。");
	if (due.no > today.no + days)
		return reject("due", "戻す日は%lld日以内にしてください。長く使うときは、戻してから借り直します。",
			      (long long)days);
	return OK;
}

static struct error *
note_thing(struct act *act, const char *what, const struct inventory_thing *thing,
	   const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what, .about = { about_thing(arena, thing->row.id) } };
	if (thing->unit.no != 0)
		fact.about[1] = people_about_unit(arena, thing->unit);
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL && at < FACT_MOST_PAIRS; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

/* Whoever has the thing in hand has found it. */
static struct error *
settle(struct act *act, const struct inventory_thing *thing, struct text words)
{
	if (thing->state != THING_GONE)
		return OK;
	return inventory_item_settle(act, &(struct inventory_item_settle_in){
						  .thing = thing->row.id.no, .now = act->look.now.ms,
						  .person = act->actor.person, .words = words });
}

static struct error *
borrower_may(struct act *act, const struct flow *flow, const struct inventory_thing *thing,
	     struct person_id person)
{
	struct inventory_serves_row serves;
	if (person.no == act->actor.person)
		return must_be_of_keepers(act, flow, thing->unit);
	TRY(must_keep_things(act, flow, thing->unit));
	TRY(inventory_serves(&act->look,
			     &(struct inventory_serves_in){ person.no, moment_day(act->look.now).no },
			     &serves));
	if (serves.has == 0)
		return reject("person", "いま勤めている職員を選んでください。");
	return OK;
}

struct error *
inventory_lend(struct act *act, const struct flow *flow, const struct inventory_lending *lending)
{
	const struct pack_inventory *rules;
	struct inventory_thing thing;
	struct error *faults = OK;
	int64_t id;
	const struct person_id person = lending->person.no != 0
						? lending->person
						: (struct person_id){ act->actor.person };
	TRY(inventory_rules(flow, &rules));
	TRY(inventory_thing(&act->look, flow, lending->thing, &thing));
	TRY(borrower_may(act, flow, &thing, person));
	TRY(take_in_hand(act, flow, lending->thing, &thing));
	error_add(&faults, words_are(lending->words, "words", say("何に使うか"), INVENTORY_MOST_WORDS));
	error_add(&faults, day_within(act, flow, rules->loan, INVENTORY_USUAL_LOAN, lending->due));
	TRY(faults);
	TRY(settle(act, &thing, T("")));
	TRY(act_number(act, T("inventory-loan"), &id));
	TRY(inventory_loan_add(act, &(struct inventory_loan_add_in){
					  .id = id, .thing = thing.row.id.no, .kind = T("lend"),
					  .person = person.no, .words = tidy_words(lending->words),
					  .at = act->look.now.ms, .at_by = act->actor.person,
					  .due = end_of_day(lending->due).ms }));
	return note_thing(act, "inventory.lend", &thing,
			  (struct fact_pair[]){ { "due", day_iso(act->look.arena, lending->due), 0 },
						{ "loan", { 0 }, id },
						{ "self", { 0 }, person.no == act->actor.person },
						{ NULL } });
}

static bool
is_storage(struct text storage)
{
	for (size_t at = 0; storages[at] != NULL; at++)
		if (text_is(storage, storages[at]))
			return true;
	return false;
}

struct error *
inventory_repair(struct act *act, const struct flow *flow, const struct inventory_sending *sending)
{
	const struct pack_inventory *rules;
	struct inventory_thing thing;
	struct error *faults = OK;
	int64_t id;
	TRY(inventory_rules(flow, &rules));
	TRY(inventory_thing(&act->look, flow, sending->thing, &thing));
	TRY(must_keep_things(act, flow, thing.unit));
	TRY(take_in_hand(act, flow, sending->thing, &thing));
	error_add(&faults, words_are(sending->firm, "firm", say("修理する業者"), INVENTORY_MOST_FIRM));
	error_add(&faults, words_are(sending->words, "words", say("修理する理由"), INVENTORY_MOST_WORDS));
	if (!is_storage(sending->storage))
		error_add(&faults, reject("storage", "中の情報をどうしたかを選んでください。"));
	else if (!text_is(sending->storage, "none"))
		error_add(&faults, words_are(sending->storage_words, "storage_words",
					     say("消し方、または秘密を守る契約"), INVENTORY_MOST_WORDS));
	error_add(&faults, day_within(act, flow, rules->repair, INVENTORY_USUAL_REPAIR, sending->due));
	TRY(faults);
	TRY(settle(act, &thing, T("")));
	TRY(act_number(act, T("inventory-loan"), &id));
	TRY(inventory_loan_add(act, &(struct inventory_loan_add_in){
					  .id = id, .thing = thing.row.id.no, .kind = T("repair"),
					  .firm = tidy_words(sending->firm), .words = tidy_words(sending->words),
					  .storage = sending->storage,
					  .storage_words = tidy_words(sending->storage_words),
					  .at = act->look.now.ms, .at_by = act->actor.person,
					  .due = end_of_day(sending->due).ms }));
	return note_thing(act, "inventory.repair", &thing,
			  (struct fact_pair[]){ { "due", day_iso(act->look.arena, sending->due), 0 },
						{ "loan", { 0 }, id },
						{ "storage", sending->storage, 0 },
						{ NULL } });
}

/* ---- Out of the house ---- */

static bool
is_asset_of(const struct dossier *dossier, struct row_id row)
{
	for (size_t at = 0; at < dossier->assets_count; at++)
		if (dossier->assets[at].row.id.no == row.no)
			return true;
	return false;
}

/* The outing that flow has just written. */
static struct error *
newest_outing(struct act *act, const struct flow *flow, struct permit_id id, int64_t *outing)
{
	struct flow_permit permit;
	*outing = 0;
	TRY(flow_permit_read(&act->look, flow, id, &permit));
	for (size_t at = 0; at < permit.outings_count; at++)
		if (permit.outings[at].id > *outing)
			*outing = permit.outings[at].id;
	return OK;
}

static struct error *
must_cover(struct act *act, const struct flow *flow, const struct inventory_thing *thing,
	   struct permit_id permit)
{
	struct flow_permit *list;
	size_t count;
	TRY(flow_permits_of_thing(&act->look, flow, thing->row.id, thing->row.serial,
				  (struct person_id){ act->actor.person }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == permit.no)
			return OK;
	return refuse("その許可では「%.*s」を持ち出せません。この物を持ち出す申請をして、許可を受けてください。",
		      T_ARG(thing->row.title));
}

struct error *
inventory_out(struct act *act, const struct flow *flow, struct row_id id, struct permit_id permit_id)
{
	struct inventory_thing thing;
	struct flow_permit permit;
	struct dossier dossier;
	int64_t outing, loan;
	TRY(inventory_thing(&act->look, flow, id, &thing));
	TRY(must_cover(act, flow, &thing, permit_id));
	TRY(take_in_hand(act, flow, id, &thing));
	TRY(flow_permit_read(&act->look, flow, permit_id, &permit));
	TRY(flow_read(&act->look, flow, permit.dossier, &dossier));
	const bool is_asset = is_asset_of(&dossier, id);
	TRY(flow_out(act, flow, permit_id, dossier.change, is_asset ? id : (struct row_id){ 0 },
		     is_asset ? thing.row.title : thing.row.serial));
	if (is_asset && thing.state != THING_GONE)
		return OK;
	TRY(settle(act, &thing, T("")));
	TRY(newest_outing(act, flow, permit_id, &outing));
	TRY(act_number(act, T("inventory-loan"), &loan));
	TRY(inventory_loan_add(act, &(struct inventory_loan_add_in){
					  .id = loan, .thing = id.no, .kind = T("out"), .words = T(""),
					  .permit = permit_id.no, .outing = outing, .at = act->look.now.ms,
					  .at_by = act->actor.person, .due = 0 }));
	return note_thing(act, "inventory.out", &thing,
			  (struct fact_pair[]){ { "loan", { 0 }, loan },
						{ "outing", { 0 }, outing },
						{ "permit", permit.number, 0 },
						{ NULL } });
}

static struct error *
outing_back(struct act *act, const struct flow *flow, const struct inventory_thing *thing)
{
	struct flow_permit permit;
	struct dossier dossier;
	TRY(flow_permit_read(&act->look, flow, thing->permit, &permit));
	TRY(flow_read(&act->look, flow, permit.dossier, &dossier));
	return flow_back(act, flow, thing->permit, dossier.change, thing->outing);
}

static struct error *
not_away(const struct inventory_thing *thing)
{
	if (thing->state == THING_GONE)
		return conflict("「%.*s」は棚卸で見つからなかった物です。見つかったなら、「見つかった」を記録してください。",
				T_ARG(thing->row.title));
	return conflict("「%.*s」は外に出ていません。もう戻したか、まだ借りていません。", T_ARG(thing->row.title));
}

struct error *
inventory_back(struct act *act, const struct flow *flow, struct row_id id, struct text words)
{
	struct inventory_thing thing;
	TRY(inventory_thing(&act->look, flow, id, &thing));
	if (thing.outing != 0)
		return outing_back(act, flow, &thing);
	/* Who has it may give it back even after they have moved to another unit. */
	if (thing.loan == 0 || thing.person.no == 0 || thing.person.no != act->actor.person)
		TRY(must_be_of_keepers(act, flow, thing.unit));
	if (thing.loan == 0)
		return not_away(&thing);
	if (text_count(words) > INVENTORY_MOST_WORDS)
		return reject("words", "%d文字までにしてください。", INVENTORY_MOST_WORDS);
	TRY(inventory_loan_end(act, &(struct inventory_loan_end_in){ thing.loan, act->look.now.ms,
								    act->actor.person, tidy_words(words) }));
	return note_thing(act, "inventory.back", &thing,
			  (struct fact_pair[]){ { "loan", { 0 }, thing.loan },
						{ "overdue", { 0 }, thing.is_overdue },
						{ NULL } });
}

struct error *
inventory_found(struct act *act, const struct flow *flow, struct row_id id, struct text words)
{
	struct inventory_thing thing;
	TRY(inventory_thing(&act->look, flow, id, &thing));
	TRY(must_keep_things(act, flow, thing.unit));
	if (thing.state != THING_GONE)
		return conflict("「%.*s」は、所在不明ではありません。", T_ARG(thing.row.title));
	TRY(words_are(words, "words", say("どこで見つかったか"), INVENTORY_MOST_WORDS));
	TRY(settle(act, &thing, tidy_words(words)));
	return note_thing(act, "inventory.found", &thing,
			  (struct fact_pair[]){ { "item", { 0 }, thing.item }, { NULL } });
}
