/* Evidence for machines. */
#include "assure/history.h"
#include "assure/rooms.h"

#include "base/json.h"

enum { JSON_MOST = 64 << 20 };

static void
write_exceptions(struct json *json, struct arena *arena, const struct assured *assured)
{
	json_name(json, T("exceptions"));
	json_open_array(json);
	for (size_t at = 0; at < assured->exceptions_count; at++) {
		const struct exception_of *exception = &assured->exceptions[at];
		json_open_object(json);
		json_bool_at(json, "living", exception->is_living);
		json_text_at(json, "permit", exception->number);
		json_text_at(json, "until", day_iso(arena, exception->until));
		json_end(json);
	}
	json_end(json);
}

/* Which parts of Bansho that are still to come would show it: the reason why it is missing, for programs. */
static void
write_awaited(struct json *json, const struct assured *assured)
{
	bool is_open = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct pack_evidence *rule = assured->rules[at].rule;
		if (rule->kind != EVIDENCE_AWAITS)
			continue;
		if (!is_open) {
			json_name(json, T("awaits"));
			json_open_array(json);
		}
		is_open = true;
		json_text(json, rule->part);
	}
	if (is_open)
		json_end(json);
}

static void
write_clause(struct json *json, struct arena *arena, const struct assured *assured)
{
	json_open_object(json);
	write_awaited(json, assured);
	json_text_at(json, "clause", assured->clause->id);
	json_bool_at(json, "disagreeing", assured->is_disagreeing);
	if (assured->exceptions_count != 0)
		write_exceptions(json, arena, assured);
	json_number_at(json, "good", assured->good);
	json_text_at(json, "machine", text_of(clause_state_name(assured->machine)));
	json_number_at(json, "of", assured->all);
	if (assured->since.ms != 0)
		json_text_at(json, "since", moment_utc(arena, assured->since));
	json_text_at(json, "state", text_of(clause_state_name(assured->state)));
	json_text_at(json, "why", assured->why);
	json_end(json);
}

static void
write_rings(struct json *json, const struct assurance *assurance)
{
	json_name(json, T("rings"));
	json_open_object(json);
	for (int ring = 0; ring < RING_COUNT; ring++) {
		int64_t in = 0;
		for (size_t at = 0; at < assurance->count; at++)
			in += assured_in_ring(assurance, &assurance->clauses[at], (enum ring)ring);
		json_number_at(json, assure_ring_name((enum ring)ring), in);
	}
	json_end(json);
}

static void
write_states(struct json *json, const struct assurance *assurance)
{
	/* In order of their names. */
	static const enum clause_state order[] = { STATE_CLAIMED,   STATE_DUE,	   STATE_ENFORCED,
						   STATE_EXCEPTED,  STATE_FULFILLED, STATE_JUDGED,
						   STATE_LATE,	    STATE_MISSING };
	json_name(json, T("states"));
	json_open_object(json);
	for (size_t at = 0; at < sizeof order / sizeof *order; at++)
		json_number_at(json, clause_state_name(order[at]), assurance->of[order[at]]);
	json_end(json);
}

struct text
assurance_json(struct arena *into, const struct assurance *assurance,
	       const struct assure_then *then)
{
	struct writer out = writer_open(into, JSON_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "at", moment_utc(into, assurance->at));
	json_name(&json, T("clauses"));
	json_open_array(&json);
	for (size_t at = 0; at < assurance->count; at++)
		write_clause(&json, into, &assurance->clauses[at]);
	json_end(&json);
	if (then != NULL)
		json_number_at(&json, "entry", then->entry);
	json_number_at(&json, "journal", assurance->size);
	json_bool_at(&json, "proved", assurance->is_proved);
	write_rings(&json, assurance);
	write_states(&json, assurance);
	json_end(&json);
	return writer_text(&out);
}
