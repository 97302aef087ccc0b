/* What a granted or completed dossier causes: permits, and retirement from the ledger. */
#include "flow/rooms.h"

#include "base/number.h"
#include "base/writer.h"

static struct error *
find_days(struct act *act, const struct flow *flow, struct asking *asking,
	  const struct pack_permit *how, struct day *from, struct day *until)
{
	struct arena *arena = act->look.arena;
	int64_t usual, most = INT64_MAX / 4;
	const struct day today = moment_day(act->look.now);
	TRY(people_parameter(&act->look, flow->pack,
			     how->usual != NULL ? text_z(arena, how->usual->code)
						: "permit.usual-days",
			     how->usual != NULL ? how->usual->usual : 30, &usual));
	if (how->most != NULL)
		TRY(people_parameter(&act->look, flow->pack, text_z(arena, how->most->code),
				     how->most->usual, &most));
	*from = today;
	*until = day_plus(today, usual);
	if (how->period != NULL) {
		const struct text asked = asking_value(asking, how->period, T(""));
		if (!value_period(asked, from, until))
			day_read(asked, until);
	}
	if (until->no - from->no + 1 > most)
		*until = day_plus(*from, most - 1);
	return OK;
}

static int64_t
find_moment(struct asking *asking, const struct pack_field *field)
{
	struct moment moment = { 0 };
	if (field != NULL)
		moment_read(asking_value(asking, field, T("")), &moment);
	return moment.ms;
}

static struct text
find_conditions(struct arena *arena, const struct dossier *dossier)
{
	struct writer out = writer_open(arena, 1 << 20);
	for (size_t at = 0; at < dossier->decisions_count; at++) {
		const struct flow_decision *decision = &dossier->decisions[at];
		if (decision->revision != dossier->revision ||
		    decision->verdict != VERDICT_PERMIT_WITH)
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, decision->words);
	}
	return out.len > 0 ? writer_text(&out) : T("");
}

struct error *
flow_permit_issue(struct act *act, const struct flow *flow, struct dossier_id id,
		  const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	struct dossier dossier;
	struct day from, until;
	int64_t number;
	struct arena *arena = act->look.arena;
	const struct pack_permit *how = &occasion->permit;
	(void)outcome;
	TRY(flow_read(&act->look, flow, id, &dossier));
	flow = dossier.flow;
	struct asking asking = dossier_asking(&act->look, flow, &dossier);
	TRY(find_days(act, flow, &asking, how, &from, &until));
	TRY(act_number(act, T("permit"), &number));
	const struct flow_permit_add_in in = {
		.id = number,
		.number = text_format(arena, "%.*s-%zu", T_ARG(dossier.number),
				      dossier.permits_count + 1),
		.dossier = id.no,
		.occasion = occasion->code,
		.from_day = from.no,
		.until_day = until.no,
		.leaves = find_moment(&asking, how->leaves),
		.returns = find_moment(&asking, how->returns),
		.is_signed_out = how->returns != NULL ? 1 : 0,
		.conditions = find_conditions(arena, &dossier),
		.now = act->look.now.ms,
	};
	TRY(flow_permit_add(act, &in));
	const struct flow_permit permit = { .id = { number }, .occasion = occasion };
	return note_permit(act, &dossier, &permit, "permit.issue", NULL,
			   (struct fact_pair[]){ { "digest", hash_hex(arena, &dossier.digest), 0 },
						 { "from", day_iso(arena, from), 0 },
						 { "occasion", occasion->code, 0 },
						 { "until", day_iso(arena, until), 0 },
						 { NULL } });
}

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
	flow = dossier.flow;
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
	{ NULL, NULL },
};
