/* The assessment-results: every clause's state as of a moment, why, and what the journal's head was. */
#include "oscal/rooms.h"

#include "base/say.h"

struct told {
	const char *state;  /* of the finding's target */
	const char *reason;
	const char *status; /* implementation-status */
};

/* OSCAL knows no state between; ours stands beside it as a property. */
static struct told
told_of(const struct assured *assured)
{
	switch (assured->state) {
	case STATE_ENFORCED:
	case STATE_FULFILLED:
		return (struct told){ "satisfied", "pass", "implemented" };
	case STATE_JUDGED:
		return (struct told){ "satisfied", "other", "not-applicable" };
	case STATE_DUE:
		return (struct told){ "satisfied", "other", "implemented" };
	case STATE_EXCEPTED:
		return (struct told){ "not-satisfied", "other", "alternative" };
	case STATE_CLAIMED:
		return (struct told){ "not-satisfied", "other", "partial" };
	case STATE_LATE:
		return (struct told){ "not-satisfied", "fail", "partial" };
	case STATE_MISSING:
	case STATE_COUNT:
		break;
	}
	return (struct told){ "not-satisfied", "other", "planned" };
}

static struct text
uuid_for(const struct writing *writing, const char *kind, const struct assured *assured)
{
	return uuid_of(writing->arena, writing->scope, kind,
		       text_format(writing->arena, "%.*s\n%.*s", T_ARG(writing->state),
				   T_ARG(assured->clause->id)));
}

static struct text
title_of(const struct writing *writing, const struct pack_clause *clause)
{
	const struct text title = words_now(clause->title);
	if (title.len == 0)
		return clause->number;
	return text_format(writing->arena, "%.*s　%.*s", T_ARG(clause->number), T_ARG(title));
}

static void
add_observation(struct writing *writing, json_t *result, const struct assured *assured,
		const struct assured_rule *answer, struct text uuid)
{
	struct arena *arena = writing->arena;
	json_t *observation = add_object(result, "observations");
	put_text(observation, "uuid", uuid);
	put_line(arena, observation, "title", title_of(writing, assured->clause));
	put_prose(arena, observation, "description", answer != NULL ? answer->why : assured->machine_why);
	add_text(observation, "methods", text_of(answer != NULL ? rule_method(answer->rule) : "UNKNOWN"));
	add_text(observation, "types", T("control-objective"));
	put_text(observation, "collected", writing->stamp);
	add_prop(arena, observation, "clause", assured->clause->id);
	json_t *actor = add_object(add_object(observation, "origins"), "actors");
	put_z(actor, "type", "tool");
	put_text(actor, "actor-uuid", component_uuid(arena));
	if (answer == NULL)
		return;
	add_prop(arena, observation, "state", text_of(clause_state_name(answer->state)));
	add_rule_props(writing, observation, answer->rule);
	if (answer->all == 0)
		return;
	add_prop(arena, observation, "good", text_number(arena, answer->good));
	add_prop(arena, observation, "all", text_number(arena, answer->all));
}

/* What a person judged is an observation too: asked, and told with a name, a reason and an end. */
static void
add_judgement(struct writing *writing, json_t *result, const struct assured *assured, struct text uuid)
{
	const struct judgement *judgement = assured->judgement;
	struct arena *arena = writing->arena;
	json_t *observation = add_object(result, "observations");
	put_text(observation, "uuid", uuid);
	put_line(arena, observation, "title", title_of(writing, assured->clause));
	put_prose(arena, observation, "description", judgement->words);
	add_text(observation, "methods", T("INTERVIEW"));
	add_text(observation, "types", T("control-objective"));
	put_text(observation, "collected", moment_utc(arena, judgement->at));
	put_text(observation, "expires", time_of_day(arena, day_iso(arena, day_plus(judgement->until, 1))));
	add_prop(arena, observation, "clause", assured->clause->id);
	add_prop(arena, observation, "record", text_format(arena, "judgement:%lld",
							   (long long)judgement->id));
	add_prop(arena, observation, "verdict",
		 judgement->is_not_needed ? T("not-needed") : T("fulfilled"));
	add_prop(arena, observation, "role", token_of(arena, judgement->role));
}

/* Late, or bent by an exception: somebody carries the difference. */
static bool
has_risk(const struct assured *assured)
{
	return assured->state == STATE_LATE || assured->state == STATE_EXCEPTED;
}

static void
relate(json_t *object, struct text uuid)
{
	put_text(add_object(object, "related-observations"), "observation-uuid", uuid);
}

/* The entry of the journal that wrote this state down. */
static struct error *
add_entry(struct writing *writing, json_t *finding, const struct assured *assured)
{
	struct assure_change *changes;
	size_t count;
	TRY(assure_changes(writing->source->look, assured->clause->id, &changes, &count));
	for (size_t at = 0; at < count; at++) {
		if (moment_day(changes[at].at).no > writing->day.no)
			continue;
		if (changes[at].state == assured->state && changes[at].entry >= 0)
			add_prop(writing->arena, finding, "record",
				 text_format(writing->arena, "entry:%lld", (long long)changes[at].entry));
		return OK;
	}
	return OK;
}

static void
put_target(struct writing *writing, json_t *finding, const struct assured *assured)
{
	const struct told told = told_of(assured);
	json_t *target = put_object(finding, "target");
	put_z(target, "type", "statement-id");
	put_text(target, "target-id",
		 statement_id(writing->arena, writing->source->pack, assured->clause->id));
	json_t *status = put_object(target, "status");
	put_z(status, "state", told.state);
	put_z(status, "reason", told.reason);
	put_z(put_object(target, "implementation-status"), "state", told.status);
}

/* What each rule saw; what was read back from a past day is one answer of all rules together. */
static void
add_observations(struct writing *writing, json_t *result, json_t *finding, const struct assured *assured)
{
	struct arena *arena = writing->arena;
	for (size_t at = 0; at < (assured->rules_count > 0 ? assured->rules_count : 1); at++) {
		const struct text uuid = uuid_for(writing, text_format(arena, "observation-%zu", at).data,
						  assured);
		add_observation(writing, result, assured,
				at < assured->rules_count ? &assured->rules[at] : NULL, uuid);
		relate(finding, uuid);
	}
	if (assured->judgement == NULL)
		return;
	const struct text uuid = uuid_for(writing, "judgement", assured);
	add_judgement(writing, result, assured, uuid);
	relate(finding, uuid);
}

static struct error *
add_finding(struct writing *writing, json_t *result, const struct assured *assured)
{
	struct arena *arena = writing->arena;
	json_t *finding = add_object(result, "findings");
	put_text(finding, "uuid", uuid_for(writing, "finding", assured));
	put_line(arena, finding, "title", title_of(writing, assured->clause));
	put_prose(arena, finding, "description", assured->why);
	add_prop(arena, finding, "clause", assured->clause->id);
	add_prop(arena, finding, "state", text_of(clause_state_name(assured->state)));
	add_prop(arena, finding, "machine", text_of(clause_state_name(assured->machine)));
	if (assured->is_disagreeing)
		add_prop(arena, finding, "disagreeing", T("yes"));
	put_target(writing, finding, assured);
	add_observations(writing, result, finding, assured);
	if (has_risk(assured))
		put_text(add_object(finding, "related-risks"), "risk-uuid",
			 uuid_for(writing, "risk", assured));
	return add_entry(writing, finding, assured);
}

static void
add_risk(struct writing *writing, json_t *result, const struct assured *assured)
{
	struct arena *arena = writing->arena;
	if (!has_risk(assured))
		return;
	json_t *risk = add_object(result, "risks");
	put_text(risk, "uuid", uuid_for(writing, "risk", assured));
	put_line(arena, risk, "title", title_of(writing, assured->clause));
	put_prose(arena, risk, "description", words_now(assured->clause->duty));
	put_prose(arena, risk, "statement", assured->why);
	put_z(risk, "status", assured->state == STATE_LATE ? "open" : "deviation-approved");
	add_prop(arena, risk, "clause", assured->clause->id);
	for (size_t at = 0; at < assured->exceptions_count; at++)
		add_prop(arena, risk, "record", text_format(arena, "permit:%lld",
							     (long long)assured->exceptions[at].permit.no));
	if (assured->exceptions_count > 0 && assured->state == STATE_EXCEPTED)
		put_text(risk, "deadline", moment_utc(arena, day_begin(day_plus(
						   assured->exceptions[0].until, 1))));
}

/* The head of the journal under which all this was so: who has the records can hold it against them. */
static struct error *
add_head(struct writing *writing, json_t *result)
{
	const struct oscal_source *source = writing->source;
	struct arena *arena = writing->arena;
	struct journal_checkpoint checkpoint;
	bool found = false;
	/* Of a past day: the first head that covers its round. */
	if (!writing->is_past)
		TRY(journal_latest_checkpoint(source->look, &found, &checkpoint));
	else if (source->entry > 0)
		TRY(journal_checkpoint_over(source->look, source->entry, &found, &checkpoint));
	if (!found)
		return OK;
	const struct hash note = hash_of(checkpoint.note);
	add_prop(arena, result, "log", checkpoint.head.origin);
	add_prop(arena, result, "tree-size", text_number(arena, checkpoint.head.size));
	add_prop(arena, result, "tree-root", hash_hex(arena, &checkpoint.head.root));
	json_t *resource = add_resource(writing, "checkpoint", hash_hex(arena, &note),
					text_of(say("記録簿の検証点")));
	json_t *link = add_object(resource, "rlinks");
	put_z(link, "href", "checkpoint.txt");
	put_z(link, "media-type", "text/plain");
	json_t *hash = add_object(link, "hashes");
	put_z(hash, "algorithm", "SHA-256");
	put_text(hash, "value", hash_hex(arena, &note));
	json_t *inside = put_object(resource, "base64");
	put_z(inside, "filename", "checkpoint.txt");
	put_z(inside, "media-type", "text/plain");
	put_text(inside, "value", text_base64(arena, checkpoint.note));
	return OK;
}

struct error *
write_results(struct writing *writing)
{
	const struct assurance *assurance = writing->source->assurance;
	struct arena *arena = writing->arena;
	put_about(writing, N_("条項の点検の結果"));
	put_z(put_object(writing->root, "import-ap"), "href", oscal_model_file(OSCAL_PLAN));
	json_t *result = add_object(writing->root, "results");
	put_text(result, "uuid", uuid_of(arena, writing->scope, "result", writing->state));
	put_text(result, "title",
		 text_format(arena, say("%.*sの条項の状態"),
			     T_ARG(day_wareki(arena, moment_day(assurance->at)))));
	put_z(result, "description", say("記録から計算した、条項ごとの状態と理由。"));
	put_text(result, "start", moment_utc(arena, day_begin(moment_day(assurance->at))));
	put_text(result, "end", writing->stamp);
	json_t *reviewed = put_object(result, "reviewed-controls");
	put_object(add_object(reviewed, "control-selections"), "include-all");
	TRY(add_head(writing, result));
	for (size_t at = 0; at < assurance->count; at++) {
		TRY(add_finding(writing, result, &assurance->clauses[at]));
		add_risk(writing, result, &assurance->clauses[at]);
	}
	return OK;
}
