/* One round: compare how things stand with what was written down, and write what changed as one act. */
#include "assure/record.h"

#include "base/json.h"
#include "people/notice.h"

enum { ENDING_MOST = 500, TOLD_MOST = 200 };

struct changed {
	const struct assured *assured;
	struct text before; /* empty: the first */
};

struct told {
	struct person_id person;
	int64_t count;
};

struct round {
	const struct flow *flow;
	struct assurance assurance;
	int64_t last; /* the newest round's number, 0: none */
	bool has_round_today;
	struct changed *changed;
	size_t changed_count;
	struct causes causes;
	size_t causes_new;
	struct lasting *lasting;
	enum lasting_fate *fates;
	size_t lasting_count, fates_count;
	struct assure_judgements_ending_row *ending;
	size_t ending_count;
	struct told *told;
	size_t told_count;
	struct assure_recorded done;
};

/* ---- What changed ---- */

static bool
is_same_state(const struct assure_states_at_row *row, const struct assured *assured)
{
	return text_is(row->state, clause_state_name(assured->state)) &&
	       text_is(row->machine, clause_state_name(assured->machine)) &&
	       row->is_disagreeing == assured->is_disagreeing;
}

static struct error *
find_changed(struct look *look, struct round *round)
{
	const struct assurance *assurance = &round->assurance;
	struct assure_states_at_row *rows;
	size_t count;
	TRY(assure_states_at(look, &(struct assure_states_at_in){ INT64_MAX, STATES_MOST }, &rows,
			     &count));
	round->changed = ARENA_ARRAY(look->arena, struct changed, assurance->count + 1);
	for (size_t at = 0; at < assurance->count; at++) {
		const struct assured *assured = &assurance->clauses[at];
		const struct assure_states_at_row *row = states_row_of(rows, count,
								       assured->clause->id);
		if (row != NULL && is_same_state(row, assured))
			continue;
		round->changed[round->changed_count++] = (struct changed){
			assured, row != NULL ? row->state : T("")
		};
	}
	return OK;
}

static struct error *
find_findings(struct look *look, struct round *round)
{
	round->causes = causes_now(look->arena, &round->assurance, moment_day(look->now));
	TRY(causes_of_accounts(look, round->flow, &round->assurance, &round->causes));
	TRY(causes_of_checks(look, &round->assurance, &round->causes));
	TRY(causes_of_values(look, round->flow, &round->assurance, &round->causes));
	TRY(causes_of_overdue(look, round->flow, &round->assurance, &round->causes));
	TRY(causes_of_things(look, round->flow, &round->assurance, &round->causes));
	TRY(causes_of_entrance(look, round->flow, &round->assurance, &round->causes));
	TRY(causes_of_contracts(look, round->flow, &round->assurance, &round->causes));
	TRY(causes_of_reconciliations(look, round->flow, &round->assurance, &round->causes));
	TRY(lasting_findings(look, &round->lasting, &round->lasting_count));
	round->fates = ARENA_ARRAY(look->arena, enum lasting_fate, round->lasting_count + 1);
	for (size_t at = 0; at < round->lasting_count; at++) {
		round->fates[at] = lasting_match(&round->lasting[at], &round->causes, look->now);
		round->fates_count += round->fates[at] != LASTING_STAYS;
	}
	for (size_t at = 0; at < round->causes.count; at++)
		round->causes_new += !round->causes.list[at].is_known;
	return OK;
}

static struct error *
find_last(struct look *look, struct round *round)
{
	struct assure_round_newest_row row;
	bool found;
	TRY(assure_round_newest(look, &(struct assure_round_newest_in){ INT64_MAX }, &found, &row));
	if (!found)
		return OK;
	round->last = row.id;
	round->has_round_today = moment_day((struct moment){ row.at }).no == moment_day(look->now).no;
	return OK;
}

/* Of the judgements that end: those that count today, under their clause's present name. */
static struct error *
keep_newest(struct look *look, struct round *round)
{
	const struct judgement *newest;
	size_t count, kept = 0;
	TRY(judgements_newest(look, &newest, &count));
	for (size_t at = 0; at < round->ending_count; at++) {
		for (size_t of = 0; of < count; of++) {
			if (newest[of].id != round->ending[at].id)
				continue;
			round->ending[kept] = round->ending[at];
			round->ending[kept++].clause = newest[of].clause;
			break;
		}
	}
	round->ending_count = kept;
	return OK;
}

static struct error *
prepare(struct look *look, struct sealing *sealing, struct round *round)
{
	const int64_t today = moment_day(look->now).no;
	TRY(assure(look, round->flow, sealing, &round->assurance));
	TRY(find_last(look, round));
	TRY(find_changed(look, round));
	TRY(find_findings(look, round));
	TRY(assure_judgements_ending(
		look, &(struct assure_judgements_ending_in){ today, today + JUDGE_SOON_DAYS, ENDING_MOST },
		&round->ending, &round->ending_count));
	return keep_newest(look, round);
}

/* ---- Writing it down ---- */

static struct error *
add_state(struct act *act, const struct changed *changed, int64_t round)
{
	const struct assured *assured = changed->assured;
	int64_t id;
	TRY(act_number(act, T("assure-state"), &id));
	return assure_state_add(
		act, &(struct assure_state_add_in){
			     .id = id,
			     .round = round,
			     .clause = assured->clause->id,
			     .before = changed->before,
			     .state = text_of(clause_state_name(assured->state)),
			     .machine = text_of(clause_state_name(assured->machine)),
			     .is_disagreeing = assured->is_disagreeing,
			     .why = !assured->is_said	  ? assured->why
				    : assured->judgement->is_not_needed
					    ? text_of(say("責任者が不要と判断しています。"))
					    : text_of(say("責任者が実施していると申告しています。")),
			     .good = assured->good,
			     .total = assured->all,
			     .at = act->look.now.ms,
		     });
}

static struct error *
note_state(struct act *act, const struct changed *changed)
{
	const struct assured *assured = changed->assured;
	const struct text id = assured->clause->id;
	const struct fact fact = {
		.act = "assure.state",
		.about = { text_format(act->look.arena, "clause:%.*s", T_ARG(id)) },
		.clauses = { id },
		.pairs = { { "all", { 0 }, assured->all },
			   { "from", changed->before, 0 },
			   { "good", { 0 }, assured->good },
			   { "machine", text_of(clause_state_name(assured->machine)), 0 },
			   { "to", text_of(clause_state_name(assured->state)), 0 } },
	};
	return act_note(act, &fact);
}

/* A change is an entry of its own; first states, of which there are hundreds, stand in the round's. */
static struct error *
write_states(struct act *act, const struct round *round, int64_t id)
{
	for (size_t at = 0; at < round->changed_count; at++) {
		if (round->changed[at].before.len == 0)
			continue;
		TRY(add_state(act, &round->changed[at], id));
		TRY(note_state(act, &round->changed[at]));
	}
	return OK;
}

static void
tell_one(struct round *round, struct person_id person)
{
	for (size_t at = 0; at < round->told_count; at++)
		if (round->told[at].person.no == person.no) {
			round->told[at].count++;
			return;
		}
	if (round->told_count < TOLD_MOST)
		round->told[round->told_count++] = (struct told){ person, 1 };
}

/* Holders of one office for the whole body are told; hundreds of section heads see the list. */
static struct error *
find_told(struct look *look, struct round *round, const struct cause *cause)
{
	const struct pack_role *role = owner_of(cause->assured->clause);
	struct decider *holders;
	size_t count = 0;
	while (role != NULL && role->scope != SCOPE_BODY)
		role = role->above;
	if (role != NULL)
		TRY(people_role_holders(look, role, (struct unit_id){ 0 }, moment_day(look->now),
					&holders, &count));
	for (size_t at = 0; at < count; at++)
		tell_one(round, holders[at].person);
	return OK;
}

static struct error *
write_findings(struct act *act, struct round *round)
{
	struct arena *arena = act->look.arena;
	for (size_t at = 0; at < round->lasting_count; at++) {
		if (round->fates[at] == LASTING_ENDS) {
			TRY(finding_end(act, &round->lasting[at],
					text_of(say("原因がなくなったことを番所が確かめました。"))));
			round->done.ended++;
		} else if (round->fates[at] == LASTING_SETTLES) {
			TRY(finding_settle(act, &round->lasting[at]));
		}
	}
	round->told = ARENA_ARRAY(arena, struct told, TOLD_MOST);
	for (size_t at = 0; at < round->causes.count; at++) {
		struct finding_id id;
		if (round->causes.list[at].is_known)
			continue;
		TRY(finding_open(act, round->flow->pack, &round->causes.list[at], &id));
		TRY(find_told(&act->look, round, &round->causes.list[at]));
		round->done.opened++;
	}
	return OK;
}

static struct error *
write_reminders(struct act *act, struct round *round)
{
	struct arena *arena = act->look.arena;
	for (size_t at = 0; at < round->ending_count; at++) {
		const struct assure_judgements_ending_row *row = &round->ending[at];
		const struct pack_clause *clause = pack_clause(round->flow->pack, row->clause);
		const struct text about = text_format(arena, "clause:%.*s", T_ARG(row->clause));
		const struct fact fact = { .act = "clause.judge-remind", .about = { about },
					   .clauses = { row->clause },
					   .pairs = { { "judgement", { 0 }, row->id } } };
		const struct notify notify = {
			.person = { row->person },
			.about = about,
			.words = text_format(arena, say("%.*sの判断が%.*sで切れます。判断し直してください。"),
					     T_ARG(clause != NULL ? clause->number : row->clause),
					     T_ARG(day_wareki(arena, (struct day){ row->until }))),
			.path = text_format(arena, "/clauses/%.*s", T_ARG(row->clause)),
			.subject = text_of(say("期限の近い判断があります")),
		};
		TRY(people_notify(act, &notify));
		TRY(assure_judgement_reminded(
			act, &(struct assure_judgement_reminded_in){ row->id, act->look.now.ms }));
		TRY(act_note(act, &fact));
		round->done.reminded++;
	}
	return OK;
}

static struct error *
tell_all(struct act *act, const struct round *round)
{
	for (size_t at = 0; at < round->told_count; at++) {
		const struct notify notify = {
			.person = round->told[at].person,
			.about = T("findings"),
			.words = text_format(act->look.arena, say("新しい指摘が%lld件あります。"),
					     (long long)round->told[at].count),
			.path = T("/findings?mine=1"),
			.subject = text_of(say("新しい指摘があります")),
		};
		TRY(people_notify(act, &notify));
	}
	return OK;
}

/* As canonical JSON: the name of each state, and whether the journal was signed. */
static struct text
states_json(struct arena *into, const struct assurance *assurance)
{
	/* In order of their names. */
	static const enum clause_state order[] = { STATE_CLAIMED,   STATE_DUE,	   STATE_ENFORCED,
						   STATE_EXCEPTED,  STATE_FULFILLED, STATE_JUDGED,
						   STATE_LATE,	    STATE_MISSING };
	struct writer out = writer_open(into, 1024);
	struct json json = json_begin(&out);
	json_open_object(&json);
	for (size_t at = 0; at < sizeof order / sizeof *order; at++)
		json_number_at(&json, clause_state_name(order[at]), assurance->of[order[at]]);
	json_number_at(&json, "proved", assurance->is_proved);
	json_end(&json);
	return writer_text(&out);
}

static struct error *
write_round(struct act *act, struct round *round, int64_t id)
{
	const struct assurance *assurance = &round->assurance;
	const struct fact fact = {
		.act = "assure.round",
		.about = { T("assure") },
		.pairs = { { "changed", { 0 }, (int64_t)round->changed_count },
			   { "opened", { 0 }, round->done.opened },
			   { "round", { 0 }, id },
			   { "size", { 0 }, assurance->size },
			   { "states", states_json(act->look.arena, assurance), 0 } },
	};
	for (size_t at = 0; at < round->changed_count; at++)
		if (round->changed[at].before.len == 0)
			TRY(add_state(act, &round->changed[at], id));
	TRY(tell_all(act, round));
	TRY(assure_round_add(act, &(struct assure_round_add_in){
					  id, act->look.now.ms, assurance->size,
					  (int64_t)round->changed_count, /* clauses are few */
					  states_json(act->look.arena, assurance) }));
	return act_note(act, &fact);
}

static struct error *
write_all(struct act *act, void *with)
{
	struct round *round = with;
	struct round now = { 0 };
	int64_t id;
	TRY(find_last(&act->look, &now));
	if (now.last != round->last)
		return conflict("ほかのプログラムが先に記録しました。");
	TRY(act_number(act, T("assure-round"), &id));
	TRY(write_states(act, round, id));
	TRY(write_findings(act, round));
	TRY(write_reminders(act, round));
	TRY(write_round(act, round, id));
	round->done.is_done = true;
	round->done.changed = (int64_t)round->changed_count; /* clauses are few */
	return OK;
}

struct error *
assure_record(struct store *store, struct arena *arena, const struct flow *flow,
	      struct sealing *sealing, const struct actor *actor, struct assure_recorded *done)
{
	struct round round = { .flow = flow };
	*done = round.done;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(prepare(&look, sealing, &round));
	}
	if (round.has_round_today && round.changed_count + round.fates_count + round.causes_new +
						     round.ending_count ==
					     0)
		return OK;
	struct error *error = store_act(store, arena, actor, write_all, &round);
	if (error != OK && error->kind == ERROR_CONFLICT)
		return OK;
	*done = round.done;
	return error;
}
