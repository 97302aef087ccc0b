/* Retirement from the ledger, and the table of what dossiers cause. */
#include "flow/rooms.h"

#include "base/number.h"

static struct error *
retire_row(struct act *act, const struct flow *flow, struct dossier_id id, struct row_id row,
	   struct text why)
{
	struct ledger_row read;
	if (row.no == 0)
		return OK;
	TRY(ledger_read(&act->look, flow->pack, row, &read));
	if (read.state == ROW_RETIRED)
		return OK;
	return ledger_retire(act, flow->pack, row, id.no, why);
}

/* Which rows: of the field the outcome names, else every asset of the dossier. */
static struct error *
retire_assets(struct act *act, const struct flow *flow, const struct dossier *dossier,
	      const struct pack_outcome *outcome, struct text why)
{
	struct asking asking = dossier_asking(&act->look, flow, dossier);
	for (size_t at = 0; at < outcome->arguments_count; at++) {
		const struct pack_argument *argument = &outcome->arguments[at];
		const struct pack_field *field =
			argument->is_field ? field_of(flow->pack, argument->value, NULL) : NULL;
		if (!text_is(argument->name, "assets") || field == NULL)
			continue;
		struct text rest = asking_value(&asking, field, T("")), item;
		int64_t row;
		while (value_next(&rest, &item))
			if (number_read(item, 1, INT64_MAX, &row))
				TRY(retire_row(act, flow, dossier->id, (struct row_id){ row }, why));
		return OK;
	}
	for (size_t at = 0; at < dossier->assets_count; at++)
		TRY(retire_row(act, flow, dossier->id, dossier->assets[at].row.id, why));
	return OK;
}

struct error *
flow_ledger_retire(struct act *act, const struct flow *flow, struct dossier_id id,
		   const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	struct dossier dossier;
	TRY(flow_read(&act->look, flow, id, &dossier));
	const struct text why = text_format(act->look.arena, "%.*s %.*s", T_ARG(dossier.number),
					    T_ARG(occasion->title.ja));
	TRY(retire_assets(act, flow, &dossier, outcome, why));
	for (size_t at = 0; at < dossier.items_count; at++)
		if (dossier.items[at].is_listed && dossier.items[at].end != NULL)
			TRY(retire_row(act, flow, id, dossier.items[at].asset, why));
	return OK;
}

const struct flow_outcome flow_usual_outcomes[] = {
	{ "permit.issue", flow_permit_issue },
	{ "ledger.retire", flow_ledger_retire },
	{ "ledger.put", flow_ledger_put },
	{ NULL, NULL },
};
