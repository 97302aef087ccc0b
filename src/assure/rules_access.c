/* Accounts of other systems: what is out of order with them, how fresh the lists are, who reviewed. */
#include "assure/record.h"

static struct error *
systems_once(const struct evaluating *evaluating)
{
	struct asked_once *once = evaluating->once;
	if (once->has_systems)
		return OK;
	TRY(access_systems(evaluating->look, evaluating->flow, &once->systems, &once->systems_count));
	once->has_systems = true;
	return OK;
}

static int64_t
listed_systems(const struct asked_once *once)
{
	int64_t listed = 0;
	for (size_t at = 0; at < once->systems_count; at++)
		listed += once->systems[at].listed.ms != 0;
	return listed;
}

/* The checks before CHECK_LISTED are the troubles of room access, in the same order. */
static struct error *
trouble_rule(const struct evaluating *evaluating, enum trouble_kind kind,
	     struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct asked_once *once = evaluating->once;
	const int64_t today = moment_day(evaluating->look->now).no;
	struct assure_accounts_late_row late;
	int64_t troubles = 0, systems = 0, accounts = 0;
	for (size_t at = 0; at < once->systems_count; at++) {
		troubles += once->systems[at].troubles[kind];
		systems += once->systems[at].troubles[kind] != 0;
		accounts += once->systems[at].accounts;
	}
	if (listed_systems(once) == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("システムのアカウントの一覧が、まだ一つも取り込まれていません。")));
	answer->all = accounts;
	answer->good = accounts - troubles;
	if (troubles == 0)
		return answer_with(answer, STATE_FULFILLED,
				   text_format(arena, say("アカウント%lld件に「%s」はありません。"),
					       (long long)accounts, trouble_words(kind)));
	TRY(assure_accounts_late(evaluating->look,
				 &(struct assure_accounts_late_in){ text_of(trouble_name(kind)), today },
				 &late));
	if (late.late != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("「%s」が%lldシステムに%lld件あり、直す期限を過ぎた指摘があります。"),
					       trouble_words(kind), (long long)systems,
					       (long long)troubles));
	return answer_with(answer, STATE_DUE,
			   text_format(arena, say("「%s」が%lldシステムに%lld件あります。"),
				       trouble_words(kind), (long long)systems, (long long)troubles));
}

static struct error *
listed_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct asked_once *once = evaluating->once;
	struct text one = T("");
	int64_t days, stale = 0;
	TRY(within_days(evaluating, rule, 90, &days));
	const struct moment since = days_ago(evaluating->look, days);
	for (size_t at = 0; at < once->systems_count; at++)
		if (once->systems[at].listed.ms < since.ms && stale++ == 0)
			one = once->systems[at].title;
	answer->all = (int64_t)once->systems_count; /* at most ACCESS_MOST_SYSTEMS */
	answer->good = answer->all - stale;
	if (listed_systems(once) == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("システムのアカウントの一覧が、まだ一つも取り込まれていません。")));
	if (stale != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("アカウントの一覧が%lld日より古いか、まだないシステムが%lldあります(%.*sなど)。"),
					       (long long)days, (long long)stale, T_ARG(one)));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%lldのシステムすべての一覧が、%lld日以内に取り込まれています。"),
				       (long long)answer->all, (long long)days));
}

static struct error *
reviewed_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	struct access_round round;
	int64_t days;
	bool found;
	TRY(within_days(evaluating, rule, 400, &days));
	TRY(access_round(look, &found, &round));
	if (!found)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("所属によるアカウントの点検が、まだ行われていません。")));
	answer->all = round.units;
	answer->good = round.done;
	if (round.started.ms < days_ago(look, days).ms)
		return answer_with(answer, STATE_LATE,
				   text_format(look->arena, say("アカウントの点検が%lld日行われていません。"),
					       (long long)days));
	if (round.done == round.units)
		return answer_with(answer, STATE_FULFILLED,
				   text_format(look->arena, say("%lldの所属すべてが、アカウントを点検しました。"),
					       (long long)round.units));
	if (round.due.no < moment_day(look->now).no)
		return answer_with(answer, STATE_LATE,
				   text_format(look->arena, say("期限(%.*s)を過ぎても、%lldの所属のうち%lldがアカウントを点検していません。"),
					       T_ARG(day_wareki(look->arena, round.due)),
					       (long long)round.units,
					       (long long)(round.units - round.done)));
	return answer_with(answer, STATE_DUE,
			   text_format(look->arena, say("%lldの所属のうち%lldがアカウントを点検しました(期限%.*s)。"),
				       (long long)round.units, (long long)round.done,
				       T_ARG(day_wareki(look->arena, round.due))));
}

struct error *
accounts_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	bool knows;
	TRY(store_has_step(evaluating->look, T("assure"), 3, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING,
				   text_of(say("システムのアカウントの一覧が、まだ一つも取り込まれていません。")));
	TRY(systems_once(evaluating));
	if (rule->check == CHECK_LISTED)
		TRY(listed_rule(evaluating, rule, answer));
	else if (rule->check == CHECK_REVIEWED)
		TRY(reviewed_rule(evaluating, rule, answer));
	else
		TRY(trouble_rule(evaluating, (enum trouble_kind)rule->check, answer));
	if (rule->is_partial && answer->state == STATE_FULFILLED)
		answer->state = STATE_CLAIMED;
	return OK;
}

/* ---- Findings ---- */

/* The clause under which a kind of trouble is a finding: the first that a rule names for it. */
static const struct assured *
clause_for(const struct pack *pack, const struct assurance *assurance, enum trouble_kind kind)
{
	for (size_t at = 0; at < pack->evidence_count; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind != EVIDENCE_ACCOUNTS || (int)rule->check != (int)kind)
			continue;
		for (size_t i = 0; i < assurance->count && rule->clauses_count != 0; i++)
			if (assurance->clauses[i].clause == rule->clauses[0])
				return &assurance->clauses[i];
	}
	return NULL;
}

static struct error *
add_system(struct look *look, const struct pack *pack, const struct assurance *assurance,
	   const struct access_system *system, struct causes *causes)
{
	for (int kind = 0; kind < TROUBLE_KINDS; kind++) {
		const struct assured *assured =
			clause_for(pack, assurance, (enum trouble_kind)kind);
		const struct text name = text_of(trouble_name((enum trouble_kind)kind));
		if (system->troubles[kind] == 0 || assured == NULL)
			continue;
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_ACCOUNTS,
			.assured = assured,
			.about = text_format(look->arena, "accounts:%lld:%.*s",
					     (long long)system->id.no, T_ARG(name)),
			.why = text_format(look->arena, say("%.*sに「%s」が%lld件あります。"),
					   T_ARG(system->title),
					   trouble_words((enum trouble_kind)kind),
					   (long long)system->troubles[kind]),
			.role = access_ledger(pack)->accounts_manager,
			.unit = system->owner,
			.detail = name,
		};
	}
	return OK;
}

struct error *
causes_of_accounts(struct look *look, const struct flow *flow, const struct assurance *assurance,
		   struct causes *causes)
{
	struct access_system *list;
	struct cause *longer;
	size_t count;
	TRY(access_systems(look, flow, &list, &count));
	longer = ARENA_ARRAY(look->arena, struct cause, causes->count + count * TROUBLE_KINDS + 1);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
	for (size_t at = 0; at < count; at++)
		TRY(add_system(look, flow->pack, assurance, &list[at], causes));
	return OK;
}
