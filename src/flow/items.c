/* Items by serial number: listing them, what was really done, how each ended. */
#include "flow/rooms.h"

struct text
serial_fold(struct arena *into, struct text serial)
{
	return text_fold(into, serial);
}

static struct error *
find_asset(struct act *act, const struct flow *flow, const struct dossier *dossier,
	   struct text serial, int64_t *asset)
{
	struct arena *arena = act->look.arena;
	const struct text folded = serial_fold(arena, serial);
	*asset = 0;
	for (size_t at = 0; at < dossier->assets_count; at++) {
		const struct ledger_row *row = &dossier->assets[at].row;
		if (row->serial.len > 0 && text_same(serial_fold(arena, row->serial), folded)) {
			*asset = row->id.no;
			return OK;
		}
	}
	for (size_t at = 0; at < flow->pack->ledgers_count; at++) {
		const struct pack_ledger *ledger = &flow->pack->ledgers[at];
		struct ledger_row row;
		bool found = false;
		if (ledger->serial != NULL)
			TRY(ledger_by_serial(&act->look, flow->pack, ledger, serial, &found, &row));
		if (found) {
			*asset = row.id.no;
			return OK;
		}
	}
	return OK;
}

struct listing {
	struct act *act;
	const struct flow *flow;
	struct dossier *dossier; /* its items grow with what is added */
};

static struct error *
add_item(const struct listing *listing, const struct pack_form *form, struct text serial,
	 struct text what, bool is_listed)
{
	int64_t id, asset;
	struct act *act = listing->act;
	TRY(find_asset(act, listing->flow, listing->dossier, serial, &asset));
	TRY(act_number(act, T("flow-item"), &id));
	return flow_item_add(act, &(struct flow_item_add_in){
					  .id = id,
					  .dossier = listing->dossier->id.no,
					  .form = form->number,
					  .serial = serial,
					  .folded = serial_fold(act->look.arena, serial),
					  .what = what.data == NULL ? T("") : what,
					  .is_listed = is_listed ? 1 : 0,
					  .asset = asset,
				  });
}

struct error *
items_list(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	struct dossier listed = *dossier;
	const struct listing listing = { act, flow, &listed };
	struct asking asking = dossier_asking(&act->look, flow, dossier);
	for (size_t at = 0; at < dossier->items_count; at++)
		TRY(flow_item_drop(act, &(struct flow_item_drop_in){ dossier->items[at].id }));
	for (size_t at = 0; at < dossier->forms_count; at++) {
		const struct pack_form *form = dossier->forms[at];
		for (size_t one = 0; form->ends_count > 0 && one < form->sections_count; one++) {
			const struct pack_section *section = &form->sections[one];
			if (section->each == NULL ||
			    !asking_meets(&asking, section->shown_when, T("")))
				continue;
			struct text rest = asking_value(&asking, section->each, T("")), item;
			struct text serial, what;
			while (value_next(&rest, &item)) {
				value_halves(item, &serial, &what);
				TRY(add_item(&listing, form, serial, what, true));
			}
		}
	}
	return OK;
}

static const struct pack_end *
end_of(struct asking *asking, const struct flow_item *item)
{
	for (size_t at = 0; item->form != NULL && at < item->form->ends_count; at++)
		if (asking_meets(asking, item->form->ends[at].when, item->serial))
			return &item->form->ends[at];
	return NULL;
}

struct error *
items_settle(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	struct asking asking = dossier_asking(&act->look, flow, dossier);
	for (size_t at = 0; at < dossier->items_count; at++) {
		const struct flow_item *item = &dossier->items[at];
		const struct pack_end *end = end_of(&asking, item);
		if (end == item->end)
			continue;
		TRY(flow_item_end(act, &(struct flow_item_end_in){
					       item->id, end != NULL ? end->code : T(""),
					       end != NULL && end->is_verified ? 1 : 0 }));
	}
	return OK;
}

static const struct flow_item *
item_of(struct arena *arena, const struct dossier *dossier, struct text serial)
{
	const struct text folded = serial_fold(arena, serial);
	for (size_t at = 0; at < dossier->items_count; at++)
		if (text_same(serial_fold(arena, dossier->items[at].serial), folded))
			return &dossier->items[at];
	return NULL;
}

/* The form with the result section in which that field is asked per item; NULL. */
static const struct pack_form *
form_of_item(const struct dossier *dossier, struct text name)
{
	for (size_t at = 0; at < dossier->forms_count; at++) {
		const struct pack_section *section;
		if (form_field(dossier->forms[at], name, &section) != NULL &&
		    section->each != NULL)
			return dossier->forms[at];
	}
	return NULL;
}

/* A serial nobody applied for: kept, visible, and open until it is put right. */
static struct error *
add_unlisted(const struct listing *listing, const struct pack_form *form,
	     const struct flow_answer *answer)
{
	if (answer->item.len == 0 || answer->value.len == 0)
		return OK;
	if (listing->dossier->items_count >= 2 * FLOW_MOST_ITEMS)
		return reject("answers", "物が多すぎます。案件を分けてください。");
	TRY(add_item(listing, form, answer->item, T(""), false));
	return read_items(&listing->act->look, listing->flow, listing->dossier);
}

static struct error *
put_result(const struct listing *listing, struct flow_answer answer)
{
	const struct pack_section *section;
	struct arena *arena = listing->act->look.arena;
	const struct pack_field *field = field_of(listing->flow->pack, answer.name, &section);
	if (field == NULL || !section_is_result(section))
		return reject("answers", "「%.*s」という結果の欄はありません。", T_ARG(answer.name));
	if (answer.value.len > FLOW_MOST_VALUE || answer.item.len > 400)
		return reject("answers", "「%.*s」が長すぎます。短くしてください。",
			      T_ARG(answer.name));
	struct text value;
	if (field_read(arena, field, answer.value, &value) == OK)
		answer.value = value;
	answer.item = text_trim(answer.item);
	if (section->each == NULL && answer.item.len > 0)
		return reject("answers", "「%.*s」は物ごとの欄ではありません。", T_ARG(answer.name));
	if (section->each != NULL && answer.item.len == 0)
		return reject("answers", "「%.*s」がどの物のことかがありません。", T_ARG(answer.name));
	if (section->each != NULL) {
		const struct pack_form *form = form_of_item(listing->dossier, answer.name);
		const struct flow_item *item = item_of(arena, listing->dossier, answer.item);
		if (item != NULL)
			answer.item = item->serial;
		else if (form != NULL && form->ends_count > 0)
			TRY(add_unlisted(listing, form, &answer));
	}
	return answer_put(listing->act, listing->dossier->id, &answer);
}

/* Who says "finished" must hear when it is not. */
static struct error *
must_be_complete(struct act *act, const struct flow *flow, struct dossier_id id)
{
	struct dossier dossier;
	TRY(flow_read(&act->look, flow, id, &dossier));
	flow = dossier.flow;
	if (dossier.state != DOSSIER_COMPLETE)
		return conflict("まだ終われません。結果の欄、物ごとの結果、返却のどれかが残っています。");
	return OK;
}

struct error *
flow_result(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	    const struct flow_answer *answers, size_t count)
{
	struct dossier dossier;
	TRY(dossier_take(act, flow, id, change, &dossier));
	flow = dossier.flow;
	TRY(dossier_must_be_units(act, &dossier));
	if (dossier.state != DOSSIER_GRANTED)
		return conflict("結果を記録できるのは、許可されて終わっていない案件だけです（いまは「%s」）。",
				dossier_state_words(dossier.state));
	if (count > FLOW_MOST_ANSWERS)
		return reject("answers", "答えが多すぎます（%d個まで）。", FLOW_MOST_ANSWERS);
	const struct listing listing = { act, flow, &dossier };
	for (size_t at = 0; at < count; at++)
		TRY(put_result(&listing, answers[at]));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ id.no, act->look.now.ms }));
	TRY(flow_read(&act->look, flow, id, &dossier));
	flow = dossier.flow;
	TRY(answers_must_fit(&dossier));
	TRY(items_settle(act, flow, &dossier));
	TRY(flow_read(&act->look, flow, id, &dossier));
	flow = dossier.flow;
	const struct flow_balance *balance = &dossier.balance;
	TRY(note_dossier(act, &dossier, "dossier.result",
			 (struct fact_pair[]){
				 { "claimed", { 0 }, (int64_t)(balance->ended - balance->verified) },
				 { "ended", { 0 }, (int64_t)balance->ended },
				 { "listed", { 0 }, (int64_t)balance->listed },
				 { "unlisted", { 0 }, (int64_t)balance->unlisted },
				 { NULL } }));
	TRY(dossier_settle(act, flow, id, count == 0));
	return count == 0 ? must_be_complete(act, flow, id) : OK;
}

struct error *
flow_strike(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	    struct text serial, struct text why)
{
	struct dossier dossier;
	TRY(dossier_take(act, flow, id, change, &dossier));
	flow = dossier.flow;
	TRY(must_oversee(act, flow, &dossier));
	TRY(words_must(why, "why", say("理由")));
	const struct flow_item *item = item_of(act->look.arena, &dossier, serial);
	if (item == NULL)
		return missing("番号「%.*s」はこの案件にありません。", T_ARG(serial));
	if (item->is_listed)
		return refuse("申請された物は消せません。どう終わったかを記録してください。");
	if (item->is_struck || dossier.state != DOSSIER_GRANTED)
		return conflict("もう片付いています。");
	TRY(flow_item_strike(act, &(struct flow_item_strike_in){ item->id, clean_words(why) }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ id.no, act->look.now.ms }));
	TRY(note_dossier(act, &dossier, "dossier.strike",
			 (struct fact_pair[]){
				 { "serial", words_digest(act->look.arena, item->serial), 0 },
				 { "why", words_digest(act->look.arena, why), 0 },
				 { NULL } }));
	return dossier_settle(act, flow, id, false);
}
