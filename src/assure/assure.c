/* Every clause's state, from its rules and from what persons judged. */
#include "assure/rooms.h"

#include "base/json.h"

enum { JUDGEMENTS_MOST = 5000 };

static const char *const names[STATE_COUNT] = {
	"enforced", "fulfilled", "judged", "excepted", "due", "claimed", "late", "missing",
};

const char *
clause_state_name(enum clause_state state)
{
	return names[state];
}

const char *
clause_state_words(enum clause_state state)
{
	switch (state) {
	case STATE_ENFORCED:
		return say("仕組みで実施");
	case STATE_FULFILLED:
		return say("実施済み");
	case STATE_JUDGED:
		return say("不要と判断");
	case STATE_EXCEPTED:
		return say("例外を許可中");
	case STATE_DUE:
		return say("期限が近い");
	case STATE_CLAIMED:
		return say("一部・申告のみ");
	case STATE_LATE:
		return say("遅れ・不備");
	case STATE_MISSING:
	case STATE_COUNT:
		break;
	}
	return say("証拠なし");
}

bool
clause_state_read(struct text name, enum clause_state *state)
{
	for (int at = 0; at < STATE_COUNT; at++) {
		if (text_is(name, names[at])) {
			*state = (enum clause_state)at;
			return true;
		}
	}
	return false;
}

static struct error *
answer_rules(const struct evaluating *evaluating, struct assured *assured)
{
	const struct pack_clause *clause = assured->clause;
	assured->rules = ARENA_ARRAY(evaluating->look->arena, struct assured_rule,
				     clause->evidence_count + 1);
	assured->machine = STATE_MISSING;
	assured->why = text_of(say("この条項を示す記録は、まだ番所にありません。"));
	for (size_t at = 0; at < clause->evidence_count; at++) {
		struct assured_rule *answer = &assured->rules[at];
		TRY(rule_evaluate(evaluating, clause->evidence[at], answer));
		if (at == 0 || answer->state > assured->machine) {
			assured->machine = answer->state;
			assured->why = answer->why;
		}
	}
	assured->rules_count = clause->evidence_count;
	return OK;
}

/* A person's judgement counts where the machine saw nothing; it never hides what is late. */
static void
apply_judgement(struct arena *arena, struct assured *assured)
{
	const struct judgement *judgement = assured->judgement;
	if (judgement == NULL)
		return;
	assured->is_disagreeing = assured->machine == STATE_LATE;
	if (assured->machine != STATE_MISSING && assured->machine != STATE_CLAIMED)
		return;
	assured->state = judgement->is_not_needed ? STATE_JUDGED : STATE_CLAIMED;
	assured->why = text_format(
		arena,
		judgement->is_not_needed ? say("%.*sが、%.*sまで不要と判断しています。")
					 : say("%.*sが、%.*sまで実施していると申告しています。"),
		T_ARG(judgement->person_name), T_ARG(day_wareki(arena, judgement->until)));
}

static const struct judgement *
newest_for(const struct judgement *all, size_t count, struct text clause)
{
	const struct judgement *newest = NULL;
	for (size_t at = 0; at < count; at++)
		if (text_same(all[at].clause, clause))
			newest = &all[at];
	return newest;
}

static struct error *
valid_judgements(struct look *look, struct judgement **all, size_t *count)
{
	struct assure_judgements_valid_row *rows;
	const struct day today = moment_day(look->now);
	TRY(assure_judgements_valid(
		look, &(struct assure_judgements_valid_in){ today.no, JUDGEMENTS_MOST }, &rows,
		count));
	*all = ARENA_ARRAY(look->arena, struct judgement, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*all)[at] = JUDGEMENT_FROM(&rows[at], today);
	return OK;
}

struct error *
assure(struct look *look, const struct flow *flow, struct sealing *sealing,
       struct assurance *assurance)
{
	const struct evaluating evaluating = { look, flow, sealing };
	const struct pack *pack = flow->pack;
	struct assurance made = { .at = look->now };
	struct judgement *judged;
	size_t judged_count;
	TRY(valid_judgements(look, &judged, &judged_count));
	made.clauses = ARENA_ARRAY(look->arena, struct assured, pack->duties_count + 1);
	for (size_t at = 0; at < pack->clauses_count; at++) {
		if (!pack->clauses[at].is_duty)
			continue;
		struct assured *assured = &made.clauses[made.count++];
		assured->clause = &pack->clauses[at];
		assured->judgement = newest_for(judged, judged_count, assured->clause->id);
		TRY(answer_rules(&evaluating, assured));
		assured->state = assured->machine;
		apply_judgement(look->arena, assured);
		made.of[assured->state]++;
	}
	*assurance = made;
	return OK;
}

struct text
assurance_json(struct arena *into, const struct assurance *assurance)
{
	struct writer out = writer_open(into, (size_t)8 << 20);
	struct json json = json_begin(&out);
	json_open_array(&json);
	for (size_t at = 0; at < assurance->count; at++) {
		const struct assured *assured = &assurance->clauses[at];
		json_open_object(&json);
		json_text_at(&json, "clause", assured->clause->id);
		json_text_at(&json, "state", text_of(clause_state_name(assured->state)));
		json_text_at(&json, "why", assured->why);
		json_end(&json);
	}
	json_end(&json);
	return writer_text(&out);
}
