/* Improvements: what was answered with no, until it is put right. */
#include "check/rooms.h"

struct improvement
improvement_from(const struct check_answer_get_row *row, struct day today)
{
	return (struct improvement){
		.id = { row->id },
		.campaign = { row->campaign },
		.sheet = { row->sheet },
		.checklist = row->checklist,
		.title = row->title,
		.question = { row->ja, row->en },
		.about = row->row_title.len != 0 ? row->row_title
			 : row->person == 0	 ? row->unit_name
						 : T(""),
		.person = { row->person },
		.unit = { row->unit },
		.plan = row->words,
		.due = { row->due },
		.done = { row->done },
		.done_words = row->done_words,
		.is_late = row->done == 0 && row->due < today.no,
	};
}

/* Whose it is not learns nothing of it, not even that it is there. */
static struct error *
take(struct look *look, const struct pack *pack, struct improvement_id id, struct person_id person,
     struct improvement *improvement, struct decider *as)
{
	struct check_answer_get_row row;
	bool found = false, may = false, is_there;
	TRY(check_is_there(look, &is_there));
	if (is_there)
		TRY(check_answer_get(look, &(struct check_answer_get_in){ id.no }, &found, &row));
	found = found && text_is(row.answer, "no");
	if (found && row.person != 0)
		may = row.person == person.no;
	else if (found)
		TRY(may_answer_for(look, pack, row.checklist, (struct unit_id){ row.unit }, person,
				   &may, as));
	if (!may)
		return missing("その改善はありません。「自己点検」の一覧から選んでください。");
	*improvement = improvement_from(&row, moment_day(look->now));
	return OK;
}

struct error *
check_improvement(struct look *look, const struct pack *pack, struct improvement_id id,
		  struct person_id person, struct improvement *improvement)
{
	return take(look, pack, id, person, improvement, NULL);
}

/* For an act: it is theirs and open, and they act as what makes it theirs. */
static struct error *
take_up(struct act *act, const struct flow *flow, struct improvement_id id,
	struct improvement *improvement)
{
	struct decider as = { 0 };
	TRY(take(&act->look, flow->pack, id, (struct person_id){ act->actor.person }, improvement,
		 &as));
	if (improvement->done.ms != 0)
		return conflict("この改善は、もう済んでいます。画面を開き直してください。");
	if (as.role != NULL) {
		act->actor.role = as.role->code;
		act->actor.post = as.post.no;
		act->actor.deputy_for = as.deputy_for.no;
	}
	return OK;
}

static struct error *
note(struct act *act, const char *what, const struct improvement *improvement, struct day due)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what,
			     .about = { about_improvement(arena, improvement->id),
					about_campaign(arena, improvement->campaign) } };
	if (!day_is_none(due))
		fact.pairs[0] = (struct fact_pair){ "due", day_iso(arena, due), 0 };
	return act_note(act, &fact);
}

struct error *
check_improve(struct act *act, const struct flow *flow, struct improvement_id id, struct text words)
{
	struct improvement improvement;
	TRY(take_up(act, flow, id, &improvement));
	TRY(check_words("words", words, N_("何をして直したかを書いてください。")));
	TRY(check_answer_done(act, &(struct check_answer_done_in){ id.no, act->look.now.ms,
								   act->actor.person, words }));
	return note(act, "check.improve", &improvement, DAY_NONE);
}

struct error *
check_replan(struct act *act, const struct flow *flow, struct improvement_id id, struct text words,
	     struct day due)
{
	const struct day today = moment_day(act->look.now);
	struct improvement improvement;
	struct error *faults = OK;
	TRY(take_up(act, flow, id, &improvement));
	error_add(&faults, check_words("plan", words, N_("どう直すかを書いてください。")));
	if (day_is_none(due) || due.no < today.no || due.no > today.no + CHECK_MOST_DAYS)
		error_add(&faults, reject("due", "いつまでに直すかを、今日から1年以内の日で書いてください。"));
	TRY(faults);
	TRY(check_answer_move(act, &(struct check_answer_move_in){ id.no, due.no, words }));
	return note(act, "check.replan", &improvement, due);
}
