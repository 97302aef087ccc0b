/* Reading permits with their use, and items with how they ended. */
#include "flow/rooms.h"

static struct error *
read_outings(struct look *look, struct flow_permit *permit)
{
	struct flow_outings_row *rows;
	size_t count;
	TRY(flow_outings(look, &(struct flow_outings_in){ permit->id.no }, &rows, &count));
	permit->outings = ARENA_ARRAY(look->arena, struct flow_outing, count + 1);
	permit->outings_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct flow_outings_row *row = &rows[at];
		permit->outings[at] = (struct flow_outing){
			.id = row->id,
			.permit = permit->id,
			.asset = { row->asset },
			.what = row->what,
			.out = { row->out },
			.due = { row->due },
			.back = { row->back },
			.out_by = { row->out_by },
			.back_by = { row->back_by },
			.out_name = row->out_name,
			.back_name = row->back_name,
			.is_overdue = row->back == 0 && row->due != 0 && row->due < look->now.ms,
		};
		permit->is_overdue |= permit->outings[at].is_overdue;
		permit->is_lapsed |= row->back == 0 &&
				     permit->until.no < moment_day(look->now).no;
	}
	return OK;
}

static enum extension_state
extension_state_of(struct text name)
{
	if (text_is(name, "granted"))
		return EXTENSION_GRANTED;
	return text_is(name, "refused") ? EXTENSION_REFUSED : EXTENSION_ASKED;
}

static struct error *
read_extensions(struct look *look, struct flow_permit *permit)
{
	struct flow_extensions_row *rows;
	size_t count;
	TRY(flow_extensions(look, &(struct flow_extensions_in){ permit->id.no }, &rows, &count));
	permit->extensions = ARENA_ARRAY(look->arena, struct flow_extension, count + 1);
	permit->extensions_count = count;
	for (size_t at = 0; at < count; at++)
		permit->extensions[at] = (struct flow_extension){
			.id = rows[at].id,
			.until = { rows[at].until_day },
			.reason = rows[at].reason,
			.answer = rows[at].answer,
			.state = extension_state_of(rows[at].state),
			.asked = { rows[at].asked },
			.decided = { rows[at].decided },
			.by = { rows[at].decided_by },
			.by_name = rows[at].by_name,
			.delegation = { rows[at].delegation },
		};
	return OK;
}

static struct error *
read_scope(struct look *look, struct flow_permit *permit)
{
	struct flow_scopes_row *rows;
	size_t count;
	TRY(flow_scopes(look, &(struct flow_scopes_in){ permit->id.no }, &rows, &count));
	permit->scope = ARENA_ARRAY(look->arena, struct flow_scope, count + 1);
	permit->scope_count = count;
	for (size_t at = 0; at < count; at++)
		permit->scope[at] = (struct flow_scope){ rows[at].name, rows[at].value };
	return OK;
}

static struct error *
read_holder(struct look *look, struct flow_permit *permit)
{
	struct flow_dossier_applicant_row row;
	bool found;
	if (permit->holder.no == 0) {
		TRY(flow_dossier_applicant(look,
					   &(struct flow_dossier_applicant_in){ permit->dossier.no },
					   &found, &row));
		permit->holder.no = found ? row.applicant : 0;
	}
	return people_name(look, permit->holder, &permit->holder_name);
}

static struct error *
read_bending(struct look *look, struct flow_permit *permit)
{
	struct flow_exception_brief_row row;
	TRY(flow_exception_brief(look, &(struct flow_exception_brief_in){ permit->id.no },
				 &permit->is_exception, &row));
	permit->is_closed = permit->is_exception && row.closed != 0;
	return permit->is_exception ? read_bent(look, permit->id, &permit->bends, &permit->bends_count)
				    : OK;
}

struct error *
read_permit_row(struct look *look, const struct flow *flow, const struct flow_permit_get_row *row,
		struct flow_permit *permit)
{
	*permit = (struct flow_permit){
		.id = { row->id },
		.number = row->number,
		.dossier = { row->dossier },
		.occasion = pack_occasion(flow->pack, row->occasion),
		.from = { row->from_day },
		.until = { row->until_day },
		.leaves = { row->leaves },
		.returns = { row->returns },
		.is_signed_out = row->is_signed_out != 0,
		.conditions = row->conditions,
		.issued = { row->issued },
		.ended = { row->ended },
		.ended_why = row->ended_why,
		.holder = { row->holder },
		.is_default_end = row->is_default_end != 0,
	};
	if (!permit_state_read(row->state, &permit->state))
		return broken("許可証の状態が読めません(%lld)。", (long long)row->id);
	TRY(read_holder(look, permit));
	TRY(read_scope(look, permit));
	TRY(read_bending(look, permit));
	TRY(read_outings(look, permit));
	return read_extensions(look, permit);
}

struct error *
flow_permit_read(struct look *look, const struct flow *flow, struct permit_id id,
		 struct flow_permit *permit)
{
	struct flow_permit_get_row row;
	bool found;
	TRY(flow_permit_get(look, &(struct flow_permit_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その許可証はありません(%lld)。", (long long)id.no);
	struct flow under;
	TRY(flow_under(look, flow, row.dossier, &under));
	return read_permit_row(look, &under, &row, permit);
}

struct error *
read_permits(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_permits_row *rows;
	size_t count;
	TRY(flow_permits(look, &(struct flow_permits_in){ dossier->id.no }, &rows, &count));
	dossier->permits = ARENA_ARRAY(look->arena, struct flow_permit, count + 1);
	dossier->permits_count = count;
	for (size_t at = 0; at < count; at++)
		TRY(flow_permit_read(look, flow, (struct permit_id){ rows[at].id },
				     &dossier->permits[at]));
	return OK;
}

static const struct pack_end *
form_end(const struct pack_form *form, struct text code)
{
	for (size_t at = 0; form != NULL && at < form->ends_count; at++)
		if (text_same(form->ends[at].code, code))
			return &form->ends[at];
	return NULL;
}

static void
balance_item(struct flow_balance *balance, const struct flow_item *item)
{
	if (item->is_struck)
		return;
	if (!item->is_listed) {
		balance->unlisted++;
		return;
	}
	balance->listed++;
	if (item->end == NULL) {
		balance->open++;
		return;
	}
	balance->ended++;
	if (item->end->is_verified)
		balance->verified++;
}

struct error *
read_items(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_items_row *rows;
	size_t count;
	TRY(flow_items(look, &(struct flow_items_in){ dossier->id.no }, &rows, &count));
	dossier->items = ARENA_ARRAY(look->arena, struct flow_item, count + 1);
	dossier->items_count = count;
	dossier->balance = (struct flow_balance){ 0 };
	for (size_t at = 0; at < count; at++) {
		struct flow_item *item = &dossier->items[at];
		*item = (struct flow_item){
			.id = rows[at].id,
			.form = pack_form(flow->pack, rows[at].form),
			.serial = rows[at].serial,
			.what = rows[at].what,
			.is_listed = rows[at].is_listed != 0,
			.asset = { rows[at].asset },
			.is_struck = rows[at].struck_why.data != NULL,
			.struck_why = rows[at].struck_why,
		};
		item->end = form_end(item->form, rows[at].end_code);
		balance_item(&dossier->balance, item);
	}
	dossier->balance.is_balanced =
		dossier->balance.open == 0 && dossier->balance.unlisted == 0;
	return OK;
}
