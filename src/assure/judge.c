/* Judgements: a recorded decision about a clause, with who, why and until when. */
#include "assure/rooms.h"

#include "people/conflict.h"

struct error *
assure_may_judge(struct look *look, const struct pack *pack, const struct pack_clause *clause,
		 struct person_id person, const struct pack_role **as, bool *may)
{
	struct held_role *held;
	size_t count;
	*may = false;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (const struct pack_role *role = clause->actor; role != NULL; role = role->above) {
		for (size_t at = 0; at < count; at++) {
			if (held[at].role != role || role->scope == SCOPE_EVERYONE)
				continue;
			*as = role;
			*may = true;
			return OK;
		}
	}
	return OK;
}

static struct error *
check(struct act *act, const struct pack_clause *clause, bool is_not_needed, struct text words,
      struct day until)
{
	const struct day today = moment_day(act->look.now);
	struct error *faults = OK;
	if (text_is_blank(words))
		error_add(&faults, reject("words", "判断の理由を書いてください。"));
	if (text_count(words) > JUDGE_MOST_WORDS)
		error_add(&faults, reject("words", "理由は%d文字までにしてください。", JUDGE_MOST_WORDS));
	if (day_is_none(until) || until.no < today.no || until.no > today.no + JUDGE_MOST_DAYS)
		error_add(&faults,
			  reject("until", "いつまでの判断かを、今日から1年以内の日で書いてください。"));
	if (is_not_needed && !clause->is_discretionary)
		error_add(&faults,
			  reject("what", "この条項は「必要に応じて」の定めではないので、不要と判断することはできません。"));
	return faults;
}

static struct error *
note(struct act *act, const struct pack_clause *clause, bool is_not_needed, struct day until)
{
	struct arena *arena = act->look.arena;
	const struct fact fact = {
		.act = "clause.judge",
		.about = { text_format(arena, "clause:%.*s", T_ARG(clause->id)) },
		.clauses = { clause->id },
		.pairs = { { "until", day_iso(arena, until), 0 },
			   { "verdict", is_not_needed ? T("not-needed") : T("fulfilled"), 0 } },
	};
	return act_note(act, &fact);
}

/* A duty that is late is not judged away by who should have done it: the role above judges it. */
static struct error *
must_not_be_late_for(struct act *act, const struct pack *pack, const struct pack_clause *clause)
{
	const struct person_id person = { act->actor.person };
	struct assure_states_of_row *rows;
	struct held_role *held;
	size_t count, held_count;
	TRY(assure_states_of(&act->look, &(struct assure_states_of_in){ clause->id, 1 }, &rows,
			     &count));
	if (count == 0 || !text_is(rows[0].machine, clause_state_name(STATE_LATE)) ||
	    clause->actor == NULL || clause->actor->scope == SCOPE_EVERYONE ||
	    clause->actor->above == NULL)
		return OK;
	TRY(people_roles_of(&act->look, pack, person, moment_day(act->look.now), &held,
			    &held_count));
	for (size_t at = 0; at < held_count; at++)
		if (held[at].role == clause->actor && held[at].deputy_for.no == 0)
			return people_must_be_free(person, person, MATTER_JUDGEMENT);
	return OK;
}

struct error *
assure_judge(struct act *act, const struct pack *pack, struct text id, bool is_not_needed,
	     struct text words, struct day until)
{
	const struct pack_clause *clause = pack_clause(pack, id);
	const struct pack_role *as;
	bool may;
	int64_t number;
	if (clause == NULL || !clause->is_duty)
		return missing("条項「%.*s」は方針にありません。", T_ARG(id));
	TRY(assure_may_judge(&act->look, pack, clause, (struct person_id){ act->actor.person }, &as,
			     &may));
	if (!may)
		return refuse("この条項を判断できるのは、条項が定める責任者か、その上の責任者です。");
	TRY(check(act, clause, is_not_needed, words, until));
	TRY(must_not_be_late_for(act, pack, clause));
	act->actor.role = as->code;
	TRY(act_number(act, T("judgement"), &number));
	TRY(assure_judgement_add(act, &(struct assure_judgement_add_in){
					      .id = number,
					      .clause = clause->id,
					      .person = act->actor.person,
					      .role = as->code,
					      .is_not_needed = is_not_needed,
					      .words = words,
					      .at = act->look.now.ms,
					      .until = until.no,
				      }));
	return note(act, clause, is_not_needed, until);
}
