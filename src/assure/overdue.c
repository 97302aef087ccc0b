/* Findings about one thing that is overdue: an occurrence of a duty, a point of an audit, a link of a chain. */
#include "assure/record.h"

#include "audit/audit.h"
#include "duty/duty.h"
#include "incident/figures.h"

/* The rule is late by such things alone; a rule with `within` may be late because nothing was done at all. */
static bool
is_of_overdue(const struct pack_evidence *rule)
{
	if (rule->kind == EVIDENCE_DUTY)
		return rule->within == NULL;
	if (rule->kind == EVIDENCE_AUDIT)
		return rule->asks == ASKS_SETTLED;
	return rule->kind == EVIDENCE_INCIDENTS && rule->incidents == INCIDENTS_CHAIN;
}

bool
is_late_by_overdue(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (!is_of_overdue(assured->rules[at].rule))
			return false;
		is_any = true;
	}
	return is_any;
}

static const struct assured *
assured_of(const struct assurance *assurance, const struct pack_clause *clause)
{
	for (size_t at = 0; at < assurance->count; at++)
		if (assurance->clauses[at].clause == clause)
			return &assurance->clauses[at];
	return NULL;
}

static void
make_room(struct arena *into, struct causes *causes, size_t more)
{
	struct cause *longer = ARENA_ARRAY(into, struct cause, causes->count + more + 1);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
}

/* ---- Duties ---- */

static const struct assured *
clause_of_duty(const struct assurance *assurance, const struct pack_duty *duty)
{
	const struct assured *found = NULL;
	for (size_t at = 0; at < duty->clauses_count && found == NULL; at++)
		found = assured_of(assurance, duty->clauses[at]);
	return found;
}

/* The row it is about is not named: a finding is read by more people than the ledger. */
static struct text
duty_words(struct arena *into, const struct duty_occurrence *one)
{
	const struct text name = words_now(one->duty->name), due = day_wareki(into, one->due);
	if (one->unit_name.len == 0)
		return text_format(into, say("「%.*s」が、期限(%.*s)を過ぎて行われていません。"), T_ARG(name),
				   T_ARG(due));
	return text_format(into, say("%.*sの「%.*s」が、期限(%.*s)を過ぎて行われていません。"),
			   T_ARG(one->unit_name), T_ARG(name), T_ARG(due));
}

/* Of what is done in another room the rules about that room say that it is late; once is enough. */
static bool
is_seen_elsewhere(const struct pack *pack, const struct pack_duty *duty)
{
	for (size_t at = 0; at < pack->evidence_count && duty->by.len != 0; at++)
		if (pack->evidence[at].kind == EVIDENCE_DUTY && pack->evidence[at].duty == duty)
			return false;
	return duty->by.len != 0;
}

static struct error *
add_duties(struct look *look, const struct flow *flow, const struct assurance *assurance,
	   struct causes *causes)
{
	struct duty_occurrence *list;
	size_t count;
	TRY(duty_overdue(look, flow, &list, &count));
	make_room(look->arena, causes, count);
	for (size_t at = 0; at < count; at++) {
		const struct assured *assured = clause_of_duty(assurance, list[at].duty);
		if (assured == NULL || is_seen_elsewhere(flow->pack, list[at].duty))
			continue; /* its clauses are headings; or another rule says it */
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_DUTY,
			.assured = assured,
			.about = duty_about(look->arena, list[at].id),
			.why = duty_words(look->arena, &list[at]),
			.role = list[at].duty->owner,
			.unit = list[at].unit,
		};
	}
	return OK;
}

/* ---- Points of audits ---- */

/* The clause that asks for their being put right; else the one about audits. */
static const struct assured *
clause_of_points(const struct pack *pack, const struct assurance *assurance)
{
	const struct assured *found = NULL;
	for (size_t at = 0; at < pack->evidence_count && found == NULL; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind == EVIDENCE_AUDIT && rule->asks == ASKS_SETTLED && rule->clauses_count != 0)
			found = assured_of(assurance, rule->clauses[0]);
	}
	return found != NULL ? found : assured_of(assurance, pack->audit->clause);
}

/* What was found stays with those who may read the audit. Done, it waits for an auditor. */
static struct error *
add_points(struct look *look, const struct pack *pack, const struct assurance *assurance,
	   struct causes *causes)
{
	struct arena *arena = look->arena;
	const struct assured *assured;
	struct audit_point *list;
	size_t count;
	bool knows;
	TRY(store_has_step(look, T("audit"), 1, &knows));
	if (!knows || pack->audit == NULL ||
	    (assured = clause_of_points(pack, assurance)) == NULL)
		return OK;
	TRY(audit_points(look, pack, (struct audit_id){ 0 }, &list, &count));
	make_room(arena, causes, count);
	for (size_t at = 0; at < count; at++) {
		const struct audit_point *point = &list[at];
		if (!point->is_late)
			continue;
		const bool waits = point->state == POINT_DONE;
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_POINT,
			.assured = assured,
			.about = audit_about_point(arena, point->id),
			.why = text_format(arena,
					   waits ? say("%.*sへの監査の指摘(期限%.*s)を、監査人がまだ確かめていません。")
						 : say("%.*sへの監査の指摘が、期限(%.*s)を過ぎて直っていません。"),
					   T_ARG(point->unit_name), T_ARG(day_wareki(arena, point->due))),
			.role = waits ? pack->audit->chief : pack->audit->answers,
			.unit = { waits ? 0 : point->unit.no },
		};
	}
	return OK;
}

/* ---- Links of chains ---- */

/* The clause of the link; else the first that a rule about the chain names for it, or for all. */
static const struct assured *
clause_of_link(const struct pack *pack, const struct assurance *assurance, const struct pack_link *link)
{
	const struct assured *found = link->clause != NULL ? assured_of(assurance, link->clause) : NULL;
	for (size_t at = 0; at < pack->evidence_count && found == NULL; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind == EVIDENCE_INCIDENTS && rule->incidents == INCIDENTS_CHAIN &&
		    (rule->link == NULL || rule->link == link) && rule->clauses_count != 0)
			found = assured_of(assurance, rule->clauses[0]);
	}
	return found;
}

static struct error *
add_links(struct look *look, const struct pack *pack, const struct assurance *assurance,
	  struct causes *causes)
{
	struct arena *arena = look->arena;
	struct incident_late *list;
	size_t count;
	TRY(incident_links_late(look, pack, &list, &count));
	make_room(arena, causes, count);
	for (size_t at = 0; at < count; at++) {
		const struct incident_late *late = &list[at];
		const struct assured *assured = clause_of_link(pack, assurance, late->link);
		if (assured == NULL)
			continue;
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_LINK,
			.assured = assured,
			.about = text_format(arena, "incident-link:%lld:%lld", (long long)late->id.no,
					     (long long)late->incident.no),
			.why = text_format(arena, say("%.*sの連絡を、%.*sが%.*sまでに受け取っていません。"),
					   T_ARG(late->number), T_ARG(words_now(late->link->role->name)),
					   T_ARG(moment_wareki(arena, late->term))),
			.role = late->link->role,
			.unit = late->unit,
		};
	}
	return OK;
}

struct error *
causes_of_overdue(struct look *look, const struct flow *flow, const struct assurance *assurance,
		  struct causes *causes)
{
	TRY(add_duties(look, flow, assurance, causes));
	TRY(add_points(look, flow->pack, assurance, causes));
	return add_links(look, flow->pack, assurance, causes);
}
