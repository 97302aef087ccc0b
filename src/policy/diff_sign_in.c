/* What sign-in.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static struct text
clause_of(const struct pack_clause *clause)
{
	return clause != NULL ? clause->number : T("");
}

struct described
describe_zone(struct arena *into, const struct pack_zone *zone)
{
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), zone->name);
	describe(&made, "kinds", N_("求める種類の数"), text_number(into, zone->kinds));
	describe(&made, "clause", N_("条項"), clause_of(zone->clause));
	return made;
}

struct described
describe_demands(struct arena *into, const struct pack_sign_in *sign_in)
{
	struct described made = { .into = into };
	for (size_t at = 0; at < sign_in->demands_count; at++) {
		const struct pack_demand *demand = &sign_in->demands[at];
		const struct text of = demand->role != NULL ? demand->role->name.ja : demand->right;
		const struct text code = demand->role != NULL ? demand->role->code : demand->right;
		describe_named(&made, code, of, text_number(into, demand->kinds));
	}
	return made;
}

struct described
describe_weights(struct arena *into, const struct pack_sign_in *sign_in)
{
	struct described made = { .into = into };
	struct text occasions = T("");
	for (size_t at = 0; at < sign_in->weights_count; at++) {
		const struct pack_weight *weight = &sign_in->weights[at];
		if (weight->occasion != NULL)
			occasions = joined(into, occasions, weight->occasion->title.ja);
		else if (weight->least != NULL)
			describe_named(&made, weight->axis->code, weight->axis->name.ja, weight->least->name.ja);
	}
	describe(&made, "occasions", N_("場面"), occasions);
	return made;
}

struct described
describe_recovery(struct arena *into, const struct pack_sign_in *sign_in)
{
	struct described made = { .into = into };
	struct text roles = T("");
	for (size_t at = 0; at < sign_in->recovers_count; at++)
		roles = joined(into, roles, sign_in->recovers[at]->name.ja);
	describe(&made, "roles", N_("役割"), roles);
	describe(&made, "clause", N_("条項"), clause_of(sign_in->recovery_clause));
	return made;
}

struct described
describe_cards(struct arena *into, const struct pack_sign_in *sign_in)
{
	struct described made = { .into = into };
	const struct pack_cards *cards = &sign_in->cards;
	struct text roles = T("");
	for (size_t at = 0; at < cards->tells_count; at++)
		roles = joined(into, roles, cards->tells[at]->name.ja);
	describe(&made, "pin", N_("暗証番号"), cards->has_pin ? T("yes") : T("no"));
	describe(&made, "tell", N_("紛失を知らせる役割"), roles);
	describe(&made, "occasion", N_("申請の種類"),
		 cards->occasion != NULL ? cards->occasion->title.ja : T(""));
	describe(&made, "clause", N_("条項"), clause_of(cards->clause));
	return made;
}
