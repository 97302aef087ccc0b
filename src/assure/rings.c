/* Three rings per chapter: what is laid down, what is done, what can be proved. */
#include "assure/rooms.h"

static struct text
with_comma(struct arena *into, struct text list, const char *more)
{
	return list.len == 0 ? text_of(more)
			     : text_format(into, "%.*s%s%s", T_ARG(list), say("、"), more);
}

/* A clause that cites a form which this policy does not bring is not laid down to the end. */
static bool
has_form(const struct pack_clause *clause)
{
	if (clause->form_number.len == 0)
		return true;
	for (size_t at = 0; at < clause->evidence_count; at++) {
		const struct pack_evidence *rule = clause->evidence[at];
		if (rule->occasion != NULL && rule->occasion->form != NULL &&
		    text_same(rule->occasion->form->number, clause->form_number))
			return true;
		if (rule->ledger != NULL && rule->ledger->form != NULL &&
		    text_same(rule->ledger->form->number, clause->form_number))
			return true;
	}
	return false;
}

struct text
clause_undefined(struct arena *into, const struct pack_clause *clause)
{
	struct text lacks = T("");
	if (clause->actor == NULL)
		lacks = with_comma(into, lacks, say("行う人"));
	if (clause->evidence_count == 0)
		lacks = with_comma(into, lacks, say("示し方"));
	if (clause->deadline_words.ja.len != 0 && clause->deadline == NULL)
		lacks = with_comma(into, lacks, say("期限の値"));
	if (clause->period_words.ja.len != 0 && clause->period == NULL)
		lacks = with_comma(into, lacks, say("間隔の値"));
	if (clause->evidence_count != 0 && !has_form(clause))
		lacks = with_comma(into, lacks, say("様式"));
	return lacks;
}

static bool
is_defined(const struct pack_clause *clause)
{
	return clause->actor != NULL && clause->evidence_count != 0 &&
	       (clause->deadline_words.ja.len == 0 || clause->deadline != NULL) &&
	       (clause->period_words.ja.len == 0 || clause->period != NULL) && has_form(clause);
}

static bool
is_done(enum clause_state state)
{
	switch (state) {
	case STATE_ENFORCED:
	case STATE_FULFILLED:
	case STATE_JUDGED:
	case STATE_DUE:
	case STATE_CLAIMED:
		return true;
	case STATE_EXCEPTED:
	case STATE_LATE:
	case STATE_MISSING:
	case STATE_COUNT:
		break;
	}
	return false;
}

bool
assured_in_ring(const struct assurance *assurance, const struct assured *assured, enum ring ring)
{
	const enum clause_state state = assured->state;
	switch (ring) {
	case RING_DEFINED:
		return is_defined(assured->clause);
	case RING_DONE:
		return is_done(state);
	case RING_PROVED:
	case RING_COUNT:
		break;
	}
	return assurance->is_proved && (state == STATE_ENFORCED || state == STATE_FULFILLED ||
					state == STATE_JUDGED);
}
