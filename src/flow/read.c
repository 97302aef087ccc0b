/* Reading a dossier whole. */
#include "flow/rooms.h"

#include <string.h>

static struct error *
read_head(struct look *look, struct dossier_id id, struct dossier *dossier)
{
	struct flow_dossier_get_row row;
	bool found;
	TRY(flow_dossier_get(look, &(struct flow_dossier_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その案件はありません(%lld)。", (long long)id.no);
	*dossier = (struct dossier){
		.id = id,
		.number = row.number,
		.change = row.change,
		.revision = row.revision,
		.purpose = row.purpose,
		.applicant = { row.applicant },
		.post = { row.post },
		.unit = { row.unit },
		.applicant_name = row.applicant_name,
		.post_name = row.post_name,
		.unit_name = row.unit_name,
		.created = { row.created },
		.sent = { row.sent },
		.changed = { row.changed },
		.ended = { row.ended },
	};
	if (!state_read(row.state, &dossier->state))
		return broken("案件の状態が読めません(%lld)。", (long long)id.no);
	if (row.digest.len == HASH_LEN)
		memcpy(dossier->digest.at, row.digest.data, HASH_LEN);
	return OK;
}

/* The version it was sent under, when that is another than the one in force and can be had. */
const struct pack *
pack_then(struct look *look, const struct flow *flow, struct text digest)
{
	struct hash wanted;
	if (digest.len != HASH_LEN || memcmp(digest.data, flow->pack->digest.at, HASH_LEN) == 0)
		return NULL;
	memcpy(wanted.at, digest.data, HASH_LEN);
	return shelf_find(flow->shelf, look->arena, &wanted);
}

static struct error *
read_pack(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_dossier_get_row row;
	bool found;
	TRY(flow_dossier_get(look, &(struct flow_dossier_get_in){ dossier->id.no }, &found, &row));
	dossier->flow = flow;
	/* Until it is sent, again or for the first time, the version in force counts. */
	if (dossier->state == DOSSIER_DRAFT || dossier->state == DOSSIER_RETURNED)
		return OK;
	dossier->is_other_pack = row.pack.len == HASH_LEN &&
				 memcmp(row.pack.data, flow->pack->digest.at, HASH_LEN) != 0;
	const struct pack *then = pack_then(look, flow, row.pack);
	if (then == NULL)
		return OK;
	struct flow *under = ARENA_NEW(look->arena, struct flow);
	*under = *flow;
	under->pack = then;
	dossier->flow = under;
	return OK;
}

struct error *
flow_under(struct look *look, const struct flow *flow, int64_t dossier, struct flow *under)
{
	struct flow_dossier_get_row row;
	bool found;
	*under = *flow;
	TRY(flow_dossier_get(look, &(struct flow_dossier_get_in){ dossier }, &found, &row));
	const struct pack *then = found ? pack_then(look, flow, row.pack) : NULL;
	if (then != NULL)
		under->pack = then;
	return OK;
}

struct error *
role_then(struct look *look, const struct flow *flow, int64_t dossier, struct text code,
	  const struct pack_role **role)
{
	struct flow under;
	*role = pack_role(flow->pack, code);
	if (*role != NULL || code.len == 0)
		return OK;
	TRY(flow_under(look, flow, dossier, &under));
	*role = pack_role(under.pack, code);
	return OK;
}

static struct error *
read_answers(struct look *look, struct dossier *dossier)
{
	struct flow_answers_row *rows;
	size_t count;
	TRY(flow_answers(look,
			 &(struct flow_answers_in){ dossier->id.no, FLOW_MOST_ANSWERS + 1 }, &rows,
			 &count));
	dossier->answers = ARENA_ARRAY(look->arena, struct flow_answer, count + 1);
	for (size_t at = 0; at < count; at++)
		dossier->answers[at] =
			(struct flow_answer){ rows[at].name, rows[at].item, rows[at].value };
	dossier->answers_count = count;
	return OK;
}

static struct error *
read_assets(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_chosen_list_row *rows;
	size_t count;
	TRY(flow_chosen_list(look, &(struct flow_chosen_list_in){ dossier->id.no }, &rows, &count));
	const bool is_sent = dossier->sent.ms != 0 && dossier->state != DOSSIER_RETURNED;
	dossier->assets = ARENA_ARRAY(look->arena, struct flow_asset, count + 1);
	dossier->others = ARENA_ARRAY(look->arena, struct flow_asset, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct ledger_row row;
		TRY(ledger_read(look, flow->pack, (struct row_id){ rows[at].asset }, &row));
		struct flow_asset *asset = row_is_asset(flow->pack, &row)
						   ? &dossier->assets[dossier->assets_count++]
						   : &dossier->others[dossier->others_count++];
		*asset = (struct flow_asset){ .row = row, .class_then = rows[at].class_then,
					      .owner_then = { rows[at].owner_then } };
		asset->is_changed = is_sent && (!text_same(row.class_code, asset->class_then) ||
						row.owner != asset->owner_then.no);
	}
	return OK;
}

static void
add_sheet(struct dossier *dossier, const struct pack_form *form)
{
	for (size_t at = 0; at < dossier->forms_count; at++)
		if (dossier->forms[at] == form)
			return;
	if (form != NULL)
		dossier->forms[dossier->forms_count++] = form;
}

static struct error *
read_occasions(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_occasions_row *rows;
	size_t count;
	TRY(flow_occasions(look, &(struct flow_occasions_in){ dossier->id.no }, &rows, &count));
	dossier->occasions = ARENA_ARRAY(look->arena, const struct pack_occasion *, count + 1);
	dossier->is_wanted = ARENA_ARRAY(look->arena, bool, count + 1);
	dossier->forms = ARENA_ARRAY(look->arena, const struct pack_form *, count + 1);
	for (size_t at = 0; at < flow->pack->occasions_count; at++) {
		const struct pack_occasion *occasion = &flow->pack->occasions[at];
		for (size_t row = 0; row < count; row++) {
			if (!text_same(rows[row].occasion, occasion->code))
				continue;
			dossier->is_wanted[dossier->occasions_count] = rows[row].is_wanted != 0;
			dossier->occasions[dossier->occasions_count++] = occasion;
			add_sheet(dossier, occasion->form);
		}
	}
	return OK;
}

static struct ledger_row *
rows_of(struct arena *arena, const struct flow_asset *assets, size_t count)
{
	struct ledger_row *rows = ARENA_ARRAY(arena, struct ledger_row, count + 1);
	for (size_t at = 0; at < count; at++)
		rows[at] = assets[at].row;
	return rows;
}

struct asking
dossier_asking(struct look *look, const struct flow *flow, const struct dossier *dossier)
{
	(void)flow;
	struct asking asking = { .look = look, .pack = dossier->flow->pack, .answers = dossier->answers,
				 .answers_count = dossier->answers_count,
				 .classes = dossier->classes,
				 .classes_count = dossier->classes_count,
				 .forms = dossier->forms,
				 .forms_count = dossier->forms_count };
	asking.rows = rows_of(look->arena, dossier->assets, dossier->assets_count);
	asking.rows_count = dossier->assets_count;
	asking.others = rows_of(look->arena, dossier->others, dossier->others_count);
	asking.others_count = dossier->others_count;
	return asking;
}

/* Until it is sent, what the answers and assets meet now counts, not what they met when saved. */
static void
rematch(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct text *wanted = ARENA_ARRAY(look->arena, struct text, dossier->occasions_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (dossier->is_wanted[at])
			wanted[count++] = dossier->occasions[at]->code;
	struct asking asking = dossier_asking(look, flow, dossier);
	struct flow_match match;
	asking_match(&asking, wanted, count, &match);
	dossier->occasions = match.occasions;
	dossier->occasions_count = match.occasions_count;
	dossier->forms = match.forms;
	dossier->forms_count = match.forms_count;
	dossier->is_wanted = ARENA_ARRAY(look->arena, bool, match.occasions_count + 1);
	for (size_t at = 0; at < match.occasions_count; at++)
		for (size_t one = 0; one < count; one++)
			dossier->is_wanted[at] |=
				text_same(match.occasions[at]->code, wanted[one]);
}

static struct error *
read_capacities(struct look *look, struct dossier *dossier)
{
	struct flow_capacities_row *rows;
	size_t count;
	TRY(flow_capacities(look, &(struct flow_capacities_in){ dossier->id.no }, &rows, &count));
	for (size_t at = 0; at < dossier->decisions_count; at++) {
		struct flow_decision *decision = &dossier->decisions[at];
		decision->capacities = ARENA_ARRAY(look->arena, struct flow_capacity, count + 1);
		for (size_t one = 0; one < count; one++)
			if (rows[one].decision == decision->id)
				decision->capacities[decision->capacities_count++] =
					(struct flow_capacity){
						.step = { rows[one].step },
						.role = rows[one].role,
						.post = { rows[one].post },
						.deputy_for = { rows[one].deputy_for },
						/* written from the enum */
						.basis = (enum decider_basis)rows[one].basis,
						.delegation = { rows[one].delegation } };
	}
	return OK;
}

static struct error *
read_decisions(struct look *look, struct dossier *dossier)
{
	struct flow_decisions_row *rows;
	size_t count;
	TRY(flow_decisions(look, &(struct flow_decisions_in){ dossier->id.no }, &rows, &count));
	dossier->decisions = ARENA_ARRAY(look->arena, struct flow_decision, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct flow_decision *decision = &dossier->decisions[at];
		*decision = (struct flow_decision){
			.id = rows[at].id,
			.revision = rows[at].revision,
			.person = { rows[at].person },
			.deputy_for = { rows[at].deputy_for },
			.post = { rows[at].post },
			.name = rows[at].name,
			.post_name = rows[at].post_name,
			.deputy_for_name = rows[at].deputy_for_name,
			.role = rows[at].role,
			.basis = (enum decider_basis)rows[at].basis, /* written from the enum */
			.delegation = { rows[at].delegation },
			.words = rows[at].words,
			.at = { rows[at].at },
			.is_superseded = rows[at].revision < dossier->revision,
		};
		if (!verdict_read(rows[at].verdict, &decision->verdict) ||
		    rows[at].digest.len != HASH_LEN)
			return broken("決裁が読めません(%lld)。", (long long)rows[at].id);
		memcpy(decision->digest.at, rows[at].digest.data, HASH_LEN);
	}
	dossier->decisions_count = count;
	return read_capacities(look, dossier);
}

static void
find_class_now(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct asking asking = dossier_asking(look, flow, dossier);
	asking_classes(&asking);
	dossier->classes = asking.classes;
	dossier->classes_count = asking.classes_count;
}

static bool
say_changed(struct look *look, const struct flow_asset *assets, size_t count,
	    struct dossier *dossier)
{
	for (size_t at = 0; at < count; at++) {
		if (!assets[at].is_changed)
			continue;
		dossier->is_stale = true;
		dossier->stale_why = text_format(
			look->arena, say("申請のあと、情報資産「%.*s」の分類か所管が変わりました。"),
			T_ARG(assets[at].row.title));
		return true;
	}
	return false;
}

/* Bansho 0.1 froze no route; what it froze is still what was decided. */
static bool
is_as_frozen(struct asking *asking, const struct dossier *dossier)
{
	const bool has_route[] = { true, false };
	for (size_t at = 0; at < 2; at++) {
		const struct hash now = hash_of(frozen_content(
			asking, dossier,
			(struct freezing){ .is_then = true, .has_route = has_route[at],
					   .revision = dossier->revision }));
		if (hash_same(&now, &dossier->digest))
			return true;
	}
	return false;
}

/* Is what was sent still what stands here? */
static void
find_stale(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	if (dossier->state != DOSSIER_SENT && dossier->state != DOSSIER_GRANTED)
		return;
	if (say_changed(look, dossier->assets, dossier->assets_count, dossier) ||
	    say_changed(look, dossier->others, dossier->others_count, dossier) ||
	    (dossier->is_other_pack && dossier->flow == flow)) /* its version cannot be had */
		return;
	struct asking asking = dossier_asking(look, flow, dossier);
	if (is_as_frozen(&asking, dossier))
		return;
	dossier->is_stale = true;
	dossier->stale_why = text_of(say("申請したときの内容と、いまの内容が違います。"));
}

struct error *
flow_read(struct look *look, const struct flow *flow, struct dossier_id id, struct dossier *dossier)
{
	struct dossier read;
	TRY(read_head(look, id, &read));
	TRY(read_pack(look, flow, &read));
	const struct flow *given = flow;
	flow = read.flow;
	TRY(read_answers(look, &read));
	TRY(read_assets(look, flow, &read));
	find_class_now(look, flow, &read);
	TRY(read_occasions(look, flow, &read));
	TRY(read_decisions(look, &read));
	const bool is_editable = read.state == DOSSIER_DRAFT || read.state == DOSSIER_RETURNED;
	if (is_editable)
		rematch(look, flow, &read);
	if (is_editable)
		TRY(make_route(look, flow, &read, &read.steps, &read.steps_count));
	else
		TRY(read_route(look, flow, &read));
	TRY(read_permits(look, flow, &read));
	TRY(read_items(look, flow, &read));
	TRY(read_reports(look, flow, &read));
	TRY(read_made(look, flow, &read));
	find_stale(look, given, &read);
	*dossier = read;
	return OK;
}

struct error *
flow_find(struct look *look, struct text number, bool *found, struct dossier_id *id)
{
	struct flow_dossier_by_number_row row;
	struct text wanted = text_narrow(look->arena, number);
	wanted = text_replace(look->arena, wanted, T(" "), T(""));
	TRY(flow_dossier_by_number(look, &(struct flow_dossier_by_number_in){ wanted }, found,
				   &row));
	if (*found)
		id->no = row.id;
	return OK;
}

struct text
dossier_answer(const struct dossier *dossier, struct text name, struct text item)
{
	for (size_t at = 0; at < dossier->answers_count; at++)
		if (text_same(dossier->answers[at].name, name) &&
		    text_same(dossier->answers[at].item, item))
			return dossier->answers[at].value;
	return T("");
}

struct text
dossier_title(const struct dossier *dossier)
{
	if (dossier->occasions_count == 0)
		return text_of(say("申請"));
	return words_now(dossier->occasions[0]->title);
}

struct error *
dossier_take(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	     struct dossier *dossier)
{
	TRY(flow_read(&act->look, flow, id, dossier));
	if (dossier->change != change)
		return conflict("ほかの人がこの案件を先に動かしました（いまの状態は「%s」）。"
				"画面を開き直して、内容を確かめてください。",
				dossier_state_words(dossier->state));
	return OK;
}

struct error *
dossier_must_be_applicants(const struct act *act, const struct dossier *dossier)
{
	if (act->actor.person == 0 || act->actor.person != dossier->applicant.no)
		return refuse("これは申請した本人だけができます。");
	return OK;
}

struct error *
is_of_unit(struct look *look, const struct dossier *dossier, struct person_id person, bool *is)
{
	struct assignment *list;
	size_t count;
	*is = false;
	TRY(people_assignments_in(look, dossier->unit, moment_day(look->now), &list, &count));
	for (size_t at = 0; at < count; at++)
		*is |= list[at].person.no == person.no;
	return OK;
}

struct error *
dossier_must_be_units(struct act *act, const struct dossier *dossier)
{
	if (act->actor.person != 0 && act->actor.person == dossier->applicant.no)
		return OK;
	bool is;
	TRY(is_of_unit(&act->look, dossier, (struct person_id){ act->actor.person }, &is));
	if (!is)
		return refuse("これは申請した本人か、同じ所属の職員だけができます。");
	return OK;
}
