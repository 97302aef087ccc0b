/* Things in hand and software; and one finding for each of them that is out of order. */
#include "assure/record.h"

#include "inventory/inventory.h"

static struct text
last_words(struct arena *arena, struct day last)
{
	return day_is_none(last) ? T("") : day_wareki(arena, last);
}

static struct error *
out_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	answer->all = stand->away;
	answer->good = stand->away - stand->overdue;
	if (stand->overdue != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("外に出ている%lld件のうち%lld件が、期限を過ぎて戻っていません。"),
					       (long long)stand->away, (long long)stand->overdue));
	if (stand->loans + stand->outings == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("貸し出しも持ち出しも、まだ記録されていません。")));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("貸出・修理%lld件と持ち出し%lld件に記録があり、期限を過ぎたものはありません(いま外に%lld件)。"),
				       (long long)stand->loans, (long long)stand->outings,
				       (long long)stand->away));
}

static struct error *
stock_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	const int64_t open = stand->units - stand->taken;
	answer->all = stand->units;
	answer->good = stand->taken;
	if (stand->units == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("台帳に物品がまだありません。")));
	if (day_is_none(stand->last))
		return answer_with(answer, STATE_MISSING, text_of(say("終えた棚卸がまだありません。")));
	if (open == 0)
		return answer_with(answer, STATE_FULFILLED,
				   text_format(arena, say("物品のある%lld課すべてが棚卸を終えています(最新%.*s)。"),
					       (long long)stand->units,
					       T_ARG(last_words(arena, stand->last))));
	if (open > stand->untaken)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("物品のある%lld課のうち%lld課の棚卸が古くなっています。"),
					       (long long)stand->units, (long long)(open - stand->untaken)));
	return answer_with(answer, STATE_CLAIMED,
			   text_format(arena, say("物品のある%lld課のうち%lld課が棚卸を終えています(進行中%lld件)。"),
				       (long long)stand->units, (long long)stand->taken,
				       (long long)stand->running));
}

static struct error *
missing_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	if (stand->gone != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("棚卸で見つからなかった物が%lld件、まだ所在不明です。"),
					       (long long)stand->gone));
	if (day_is_none(stand->last))
		return answer_with(answer, STATE_MISSING, text_of(say("終えた棚卸がまだありません。")));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("棚卸で所在不明のままの物はありません(最新%.*s)。"),
				       T_ARG(last_words(arena, stand->last))));
}

static struct error *
left_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	if (stand->held != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("もう勤めていない人が返していない物が%lld件あります。"),
					       (long long)stand->held));
	if (stand->left == 0)
		return answer_with(answer, STATE_CLAIMED,
				   text_of(say("この1年に退職した人はいません。いれば、返していない物がここに出ます。")));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("この1年に退職した%lld人に、返していない物はありません。"),
				       (long long)stand->left));
}

static struct error *
repair_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	if (stand->repairs == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("修理に出した記録がまだありません。")));
	return answer_with(answer, stand->unsafe != 0 ? STATE_CLAIMED : STATE_FULFILLED,
			   text_format(arena, say("修理に出した%lld件すべてに、中の情報をどうしたかの記録があります(消さずに秘密を守る契約で出したもの%lld件)。"),
				       (long long)stand->repairs, (long long)stand->unsafe));
}

/* The row was taken off the list: by whose word, the rows themselves say. */
static struct error *
ended_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	answer->all = stand->ended;
	answer->good = stand->ended - stand->unpermitted;
	if (stand->ended == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("台帳から除いた物がまだありません。")));
	if (stand->unpermitted != 0)
		return answer_with(answer, STATE_CLAIMED,
				   text_format(arena, say("台帳から除いた%lld件のうち%lld件は、廃棄の許可によらず、理由を書いて除いています。"),
					       (long long)stand->ended, (long long)stand->unpermitted));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("台帳から除いた%lld件すべてに、許可された廃棄の案件があります。"),
				       (long long)stand->ended));
}

static struct error *
support_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	answer->all = stand->software;
	answer->good = stand->dated - stand->past;
	if (stand->past != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("ソフトウェア%lld件のうち%lld件は、サポートが終わっています。"),
					       (long long)stand->software, (long long)stand->past));
	if (stand->dated == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("サポートの終わる日が書かれたソフトウェアがまだありません。")));
	if (stand->dated < stand->software)
		return answer_with(answer, STATE_CLAIMED,
				   text_format(arena, say("ソフトウェア%lld件のうち%lld件は、サポートの終わる日が書かれていません。"),
					       (long long)stand->software,
					       (long long)(stand->software - stand->dated)));
	return answer_with(answer, stand->ending != 0 ? STATE_DUE : STATE_FULFILLED,
			   text_format(arena, say("台帳のソフトウェア%lld件はサポート中です(まもなく終わるもの%lld件)。"),
				       (long long)stand->software, (long long)stand->ending));
}

static struct error *
licences_rule(struct arena *arena, const struct inventory_stand *stand, struct assured_rule *answer)
{
	answer->all = stand->software;
	answer->good = stand->software - stand->over;
	if (stand->over != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("ライセンスより多く使っているソフトウェアが%lld件あります。"),
					       (long long)stand->over));
	if (stand->software == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("台帳にソフトウェアがまだありません。")));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("台帳のソフトウェア%lld件で、使っている数はライセンスの数を超えていません。"),
				       (long long)stand->software));
}

struct error *
inventory_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	       struct assured_rule *answer)
{
	static struct error *(*const rules[KEEPS_COUNT])(struct arena *, const struct inventory_stand *,
							 struct assured_rule *) = {
		[KEEPS_OUT] = out_rule,		[KEEPS_STOCK] = stock_rule, [KEEPS_MISSING] = missing_rule,
		[KEEPS_LEFT] = left_rule,	[KEEPS_REPAIR] = repair_rule, [KEEPS_ENDED] = ended_rule,
		[KEEPS_SUPPORT] = support_rule, [KEEPS_LICENCES] = licences_rule,
	};
	struct inventory_stand stand;
	int64_t days;
	bool knows;
	TRY(store_has_step(evaluating->look, T("inventory"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING, text_of(say("物品の記録がまだありません。")));
	TRY(within_days(evaluating, rule, 0, &days));
	TRY(inventory_stand(evaluating->look, evaluating->flow, rule->keeps,
			    days_ago(evaluating->look, days), &stand));
	TRY(rules[rule->keeps](evaluating->look->arena, &stand, answer));
	if (rule->is_partial && (answer->state == STATE_FULFILLED || answer->state == STATE_DUE))
		answer->state = STATE_CLAIMED;
	return OK;
}

/* ---- Findings ---- */

/* Rules that are late by things of which each is a finding. */
bool
is_late_by_things(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct pack_evidence *rule = assured->rules[at].rule;
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (rule->kind != EVIDENCE_INVENTORY || rule->keeps == KEEPS_STOCK)
			return false;
		is_any = true;
	}
	return is_any;
}

static enum evidence_keeps
keeps_of(enum inventory_trouble_kind kind)
{
	switch (kind) {
	case AMISS_OVERDUE:
		return KEEPS_OUT;
	case AMISS_GONE:
		return KEEPS_MISSING;
	case AMISS_HELD:
		return KEEPS_LEFT;
	case AMISS_ENDED:
		return KEEPS_SUPPORT;
	case AMISS_OVER:
	case AMISS_KINDS:
		break;
	}
	return KEEPS_LICENCES;
}

/* The first clause whose rule looks at such a thing; else, of who holds it, the one about what is out. */
static const struct assured *
clause_of(const struct pack *pack, const struct assurance *assurance, enum evidence_keeps keeps)
{
	for (size_t at = 0; at < pack->evidence_count; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind != EVIDENCE_INVENTORY || rule->keeps != keeps || rule->clauses_count == 0)
			continue;
		for (size_t of = 0; of < assurance->count; of++)
			if (assurance->clauses[of].clause == rule->clauses[0])
				return &assurance->clauses[of];
	}
	return keeps == KEEPS_LEFT ? clause_of(pack, assurance, KEEPS_OUT) : NULL;
}

struct error *
causes_of_things(struct look *look, const struct flow *flow, const struct assurance *assurance,
		 struct causes *causes)
{
	struct inventory_trouble *list;
	struct cause *longer;
	size_t count;
	TRY(inventory_troubles(look, flow, &list, &count));
	longer = ARENA_ARRAY(look->arena, struct cause, causes->count + count + 1);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
	for (size_t at = 0; at < count; at++) {
		const struct assured *assured =
			clause_of(flow->pack, assurance, keeps_of(list[at].kind));
		if (assured == NULL)
			continue; /* the pack asks for no such evidence */
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_THING,
			.assured = assured,
			.about = text_format(look->arena, "thing-%s:%lld:%lld",
					     inventory_trouble_name(list[at].kind),
					     (long long)list[at].row.no, (long long)list[at].no),
			.why = list[at].words,
			.role = flow->pack->inventory->keeps,
			.unit = list[at].unit,
			.detail = text_of(inventory_trouble_name(list[at].kind)),
		};
	}
	return OK;
}
