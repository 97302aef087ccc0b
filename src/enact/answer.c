/* Answers to what a version touches, saved a few at a time. */
#include "enact/rooms.h"

static const struct enact_item *
item_called(struct arena *arena, const struct enact_touched *touched, struct text key)
{
	for (size_t at = 0; at < touched->count; at++)
		if (text_same(item_key(arena, &touched->items[at]), key))
			return &touched->items[at];
	return NULL;
}

static struct error *
check_all(struct act *act, const struct enacting *enacting, const struct enact_touched *touched,
	  const struct enact_answer *answers, size_t count)
{
	struct arena *arena = act->look.arena;
	struct error *faults = OK;
	for (size_t at = 0; at < count; at++) {
		const struct enact_item *item = item_called(arena, touched, answers[at].key);
		if (item == NULL)
			error_add(&faults, reject(text_z(arena, answers[at].key),
						  "この版が触れるものに「%.*s」はありません。画面を開き直してください。",
						  T_ARG(answers[at].key)));
		else
			error_add(&faults, answer_check(arena, enacting->to, item,
							answers[at].choice, answers[at].target));
	}
	return faults;
}

static struct error *
save(struct act *act, struct version_id version, const struct enact_item *item,
     const struct enact_answer *answer, bool *is_changed)
{
	struct enact_item_find_row row;
	const struct text kind = text_of(item_kind_name(item->kind));
	const struct text choice = text_of(item_choice_name(answer->choice));
	const struct text target = answer->choice == CHOICE_CARRY ? answer->target : (struct text){ 0 };
	const int64_t now = act->look.now.ms;
	bool found;
	TRY(enact_item_find(&act->look, &(struct enact_item_find_in){ version.no, kind, item->code },
			    &found, &row));
	if (answer->choice == item->choice &&
	    (answer->choice != CHOICE_CARRY || text_same(item->target, answer->target)))
		return OK;
	*is_changed = true;
	if (answer->choice == CHOICE_NONE)
		return found ? enact_item_drop(act, &(struct enact_item_drop_in){ row.id }) : OK;
	if (found)
		return enact_item_change(act, &(struct enact_item_change_in){
						      row.id, choice, target, now,
						      act->actor.person });
	TRY(act_number(act, T("enact-item"), &row.id));
	return enact_item_add(act, &(struct enact_item_add_in){
					   .id = row.id, .version = version.no, .kind = kind,
					   .code = item->code, .choice = choice, .target = target,
					   .now = now, .person = act->actor.person });
}

struct error *
enact_answer(struct act *act, const struct enacting *enacting, const struct enact_answer *answers,
	     size_t count)
{
	struct arena *arena = act->look.arena;
	struct enact_version version;
	struct enact_touched touched;
	int64_t saved = 0;
	TRY(version_take(act, enacting, &version));
	if (version.state != VERSION_PROPOSED)
		return conflict("答えを変えられるのは案だけです（いまは「%s」）。",
				version_state_words(version.state));
	TRY(enact_touched(&act->look, enacting->from, enacting->to, enacting->id, enacting->judged,
			  enacting->judged_count, &touched));
	TRY(check_all(act, enacting, &touched, answers, count));
	for (size_t at = 0; at < count; at++) {
		bool is_changed = false;
		TRY(save(act, enacting->id, item_called(arena, &touched, answers[at].key),
			 &answers[at], &is_changed));
		saved += is_changed;
	}
	if (saved == 0)
		return OK;
	TRY(enact_version_touch(act, &(struct enact_version_touch_in){ enacting->id.no }));
	return note_version(act, enacting->id, "enact.answer",
			    (struct fact_pair[]){ { "answers", { 0 }, saved }, { NULL } });
}
