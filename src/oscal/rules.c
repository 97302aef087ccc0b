/* Evidence rules, as several models tell them. */
#include "oscal/rooms.h"

#include "base/say.h"

const char *
rule_kind_name(const struct pack_evidence *rule)
{
	static const char *const names[] = {
		[EVIDENCE_PERMITS] = "permits",	      [EVIDENCE_LEDGER] = "ledger",
		[EVIDENCE_ROLE] = "role",	      [EVIDENCE_CONTROL] = "control",
		[EVIDENCE_BALANCED] = "balanced",     [EVIDENCE_JUDGED] = "judged",
		[EVIDENCE_REPORTS] = "reports",	      [EVIDENCE_EXCEPTIONS] = "exceptions",
		[EVIDENCE_ACKNOWLEDGED] = "acknowledged", [EVIDENCE_ACCOUNTS] = "accounts",
		[EVIDENCE_DUTY] = "duty",	      [EVIDENCE_INCIDENTS] = "incidents",
		[EVIDENCE_CHECKS] = "checks",	      [EVIDENCE_TRAINING] = "training",
		[EVIDENCE_AUDIT] = "audit",	      [EVIDENCE_VALUES] = "values",
		[EVIDENCE_INVENTORY] = "inventory",     [EVIDENCE_ENTRANCE] = "entrance",
		[EVIDENCE_CONTRACTS] = "contracts",     [EVIDENCE_RECONCILIATION] = "reconciliation",
		[EVIDENCE_AWAITS] = "awaits",
	};
	return names[rule->kind];
}

/* What the machine tries itself is a test; records are examined; what a person says is an interview. */
const char *
rule_method(const struct pack_evidence *rule)
{
	switch (rule->kind) {
	case EVIDENCE_CONTROL:
		return "TEST";
	case EVIDENCE_JUDGED:
	case EVIDENCE_CHECKS:
	case EVIDENCE_ACKNOWLEDGED:
		return "INTERVIEW";
	case EVIDENCE_PERMITS:
	case EVIDENCE_LEDGER:
	case EVIDENCE_ROLE:
	case EVIDENCE_BALANCED:
	case EVIDENCE_REPORTS:
	case EVIDENCE_EXCEPTIONS:
	case EVIDENCE_ACCOUNTS:
	case EVIDENCE_DUTY:
	case EVIDENCE_INCIDENTS:
	case EVIDENCE_TRAINING:
	case EVIDENCE_RECONCILIATION:
	case EVIDENCE_AUDIT:
	case EVIDENCE_VALUES:
	case EVIDENCE_INVENTORY:
	case EVIDENCE_ENTRANCE:
	case EVIDENCE_CONTRACTS:
	case EVIDENCE_AWAITS:
		break;
	}
	return "EXAMINE";
}

struct text
rule_target(const struct pack_evidence *rule)
{
	if (rule->occasion != NULL)
		return rule->occasion->code;
	if (rule->column != NULL)
		return rule->column->name;
	if (rule->ledger != NULL)
		return rule->ledger->code;
	if (rule->role != NULL)
		return rule->role->code;
	if (rule->duty != NULL)
		return rule->duty->code;
	if (rule->reconciliation != NULL)
		return rule->reconciliation->code;
	if (rule->kind == EVIDENCE_ACCOUNTS)
		return text_of(evidence_check_name(rule->check));
	if (rule->kind == EVIDENCE_INCIDENTS)
		return text_of(evidence_incidents_name(rule->incidents));
	if (rule->checklist != NULL)
		return rule->item == NULL ? rule->checklist->code : rule->item->code;
	if (rule->kind == EVIDENCE_TRAINING)
		return rule->course != NULL ? rule->course->code
					    : text_of(evidence_training_name(rule->trains));
	if (rule->kind == EVIDENCE_AUDIT)
		return text_of(audit_asks_name(rule->asks));
	if (rule->kind == EVIDENCE_INVENTORY)
		return text_of(evidence_keeps_name(rule->keeps));
	if (rule->kind == EVIDENCE_ENTRANCE)
		return text_of(evidence_entrance_name(rule->entrance));
	if (rule->kind == EVIDENCE_CONTRACTS)
		return text_of(contract_part_name(rule->contracts));
	return rule->control.len > 0 ? rule->control : rule->part;
}

static struct text
first_clause(const struct pack_evidence *rule)
{
	return rule->clauses_count > 0 ? rule->clauses[0]->id : T("");
}

/* A pack may say the same rule twice; an identifier stands for one of them. */
static size_t
alike_before(const struct pack *pack, const struct pack_evidence *rule)
{
	size_t count = 0;
	for (const struct pack_evidence *other = pack->evidence; other < rule; other++)
		count += other->kind == rule->kind &&
			 text_same(rule_target(other), rule_target(rule)) &&
			 text_same(first_clause(other), first_clause(rule)) &&
			 text_same(other->words.ja, rule->words.ja);
	return count;
}

struct text
rule_uuid(const struct writing *writing, const char *kind, const struct pack_evidence *rule)
{
	struct arena *arena = writing->arena;
	const size_t before = alike_before(writing->source->pack, rule);
	struct text id = text_format(arena, "%s\n%.*s\n%.*s\n%.*s", rule_kind_name(rule),
				     T_ARG(rule_target(rule)), T_ARG(first_clause(rule)),
				     T_ARG(rule->words.ja));
	if (before > 0)
		id = text_format(arena, "%.*s\n%zu", T_ARG(id), before);
	return uuid_of(arena, writing->scope, kind, id);
}

void
add_rule_props(const struct writing *writing, json_t *object, const struct pack_evidence *rule)
{
	struct arena *arena = writing->arena;
	add_prop(arena, object, "evidence", text_of(rule_kind_name(rule)));
	add_prop(arena, object, "evidence-of", rule_target(rule));
	if (rule->within != NULL)
		add_prop(arena, object, "evidence-within", rule->within->code);
	if (rule->where != NULL)
		add_prop(arena, object, "evidence-where", when_source(rule->where));
}

struct text
words_of_rule(const struct writing *writing, const struct pack_evidence *rule)
{
	const struct text words = words_now(rule->words);
	if (words.len > 0)
		return words;
	return text_format(writing->arena, "%s %.*s", rule_kind_name(rule), T_ARG(rule_target(rule)));
}
