/* Keeping the register of exceptions: looked at, and closed with what was done. */
#include "flow/rooms.h"

#include "people/conflict.h"

bool
has_emergency(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct pack_occasion *occasion = dossier->permits[at].occasion;
		if (dossier->permits[at].is_exception && occasion != NULL &&
		    occasion->exception.is_emergency)
			return true;
	}
	return false;
}

bool
is_exception(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (dossier->occasions[at]->has_exception)
			return true;
	return false;
}

struct error *
exceptions_close(struct act *act, const struct dossier *dossier, struct text result)
{
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct flow_permit *permit = &dossier->permits[at];
		if (permit->is_exception && !permit->is_closed)
			TRY(flow_exception_end(act, &(struct flow_exception_end_in){
							    .id = permit->id.no,
							    .now = act->look.now.ms,
							    .person = act->actor.person,
							    .result = result }));
	}
	return OK;
}

struct keeping {
	struct look *look;
	const struct dossier *dossier;
	struct decider *all; /* each person once */
	size_t count;
};

enum { KEEPERS_MOST = 500 };

static struct error *
add_keepers(struct keeping *keeping, const struct pack_role *role, struct unit_id unit)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(keeping->look, role, unit, moment_day(keeping->look->now),
			    keeping->dossier->applicant, &list, &count));
	for (size_t at = 0; at < count && keeping->count < KEEPERS_MOST; at++) {
		bool is_there = false;
		for (size_t one = 0; one < keeping->count; one++)
			is_there |= keeping->all[one].person.no == list[at].person.no;
		if (!is_there)
			keeping->all[keeping->count++] = list[at];
	}
	return OK;
}

/* Who decided or was told, and who extends; with those above them when asked for. */
static struct error *
find_keepers(struct look *look, const struct dossier *dossier, bool has_above,
	     struct keeping *keeping)
{
	*keeping = (struct keeping){ .look = look, .dossier = dossier };
	keeping->all = ARENA_ARRAY(look->arena, struct decider, KEEPERS_MOST);
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct pack_occasion *occasion = dossier->permits[at].occasion;
		if (dossier->permits[at].is_exception && occasion != NULL &&
		    occasion->permit.extends != NULL)
			TRY(add_keepers(keeping, occasion->permit.extends, dossier->unit));
	}
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		const struct pack_role *role = step->wished;
		TRY(add_keepers(keeping, role, step->unit));
		for (role = role->above; has_above && role != NULL; role = role->above)
			TRY(add_keepers(keeping, role, step->unit));
	}
	return OK;
}

struct error *
may_keep(struct look *look, const struct dossier *dossier, struct person_id person, bool *may,
	 struct decider *as)
{
	struct keeping keeping;
	*may = false;
	TRY(find_keepers(look, dossier, true, &keeping));
	for (size_t at = 0; at < keeping.count && !*may; at++) {
		if (keeping.all[at].person.no != person.no)
			continue;
		*as = keeping.all[at];
		*may = true;
	}
	return OK;
}

struct error *
tell_keepers(struct act *act, const struct dossier *dossier, const char *words)
{
	struct keeping keeping;
	TRY(find_keepers(&act->look, dossier, false, &keeping));
	for (size_t at = 0; at < keeping.count; at++)
		TRY(tell(act, keeping.all[at].person, dossier, words));
	return OK;
}

static struct error *
exception_take(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
	       struct dossier *dossier, struct flow_permit *permit)
{
	TRY(permit_take(act, flow, id, change, dossier, permit));
	if (!permit->is_exception)
		return missing("その許可証は例外措置のものではありません。");
	if (permit->is_closed)
		return conflict("この例外措置はもう閉じてあります。");
	return OK;
}

static void
take_capacity(struct act *act, const struct decider *as)
{
	act->actor.role = as->role->code;
	act->actor.post = as->post.no;
	act->actor.deputy_for = as->deputy_for.no;
}

static struct error *
must_may_close(struct act *act, const struct dossier *dossier)
{
	const struct person_id person = { act->actor.person };
	struct decider as;
	bool may = person.no != 0 && person.no == dossier->applicant.no;
	if (!may)
		TRY(is_of_unit(&act->look, dossier, person, &may));
	if (may)
		return OK;
	TRY(may_keep(&act->look, dossier, person, &may, &as));
	if (!may)
		return refuse("例外措置を閉じられるのは、申請した課の職員と、決裁や報告に関わる役割にある人だけです。");
	take_capacity(act, &as);
	return OK;
}

struct error *
flow_exception_close(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
		     struct text result)
{
	struct dossier dossier;
	struct flow_permit permit;
	TRY(exception_take(act, flow, id, change, &dossier, &permit));
	TRY(must_may_close(act, &dossier));
	TRY(words_must(result, "result", say("何をしたか")));
	for (size_t at = 0; at < permit.outings_count; at++)
		if (permit.outings[at].back.ms == 0)
			return conflict("持ち出したものが戻っていません。返却を記録してから閉じてください。");
	if (permit.ended.ms == 0)
		TRY(flow_permit_end(act, &(struct flow_permit_end_in){
						 id.no, text_of(permit_state_name(PERMIT_USED_UP)),
						 { 0 }, act->look.now.ms }));
	TRY(flow_exception_end(act, &(struct flow_exception_end_in){
					    .id = id.no, .now = act->look.now.ms,
					    .person = act->actor.person,
					    .result = clean_words(result) }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	TRY(tell_keepers(act, &dossier, say("例外措置が終わりました")));
	TRY(note_permit(act, &dossier, &permit, "exception.close", NULL,
			(struct fact_pair[]){
				{ "result", words_digest(act->look.arena, clean_words(result)), 0 },
				{ NULL } }));
	return dossier_settle(act, flow, dossier.id, false);
}

static struct error *
review_must_fit(const struct act *act, const struct flow_permit *permit, struct day day)
{
	if (day_is_none(day) || day.no > moment_day(act->look.now).no)
		return reject("day", "確かめた日を、きょうまでの日で入れてください。");
	if (day.no < permit->from.no)
		return reject("day", "例外措置が始まった日（%.*s）より後の日を入れてください。",
			      T_ARG(day_wareki(act->look.arena, permit->from)));
	return OK;
}

struct error *
flow_exception_review(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
		      struct day day, struct text words)
{
	struct dossier dossier;
	struct flow_permit permit;
	struct decider as;
	int64_t review;
	bool may;
	struct arena *arena = act->look.arena;
	TRY(exception_take(act, flow, id, change, &dossier, &permit));
	TRY(may_keep(&act->look, &dossier, (struct person_id){ act->actor.person }, &may, &as));
	if (!may)
		TRY(people_must_be_free((struct person_id){ act->actor.person }, dossier.applicant,
					MATTER_EXCEPTION));
	if (!may)
		return refuse("例外措置を確かめられるのは、決裁や報告、延長に関わる役割にある人（申請者のほか）だけです。");
	TRY(review_must_fit(act, &permit, day));
	TRY(words_must(words, "words", say("確かめたこと")));
	take_capacity(act, &as);
	TRY(act_number(act, T("flow-review"), &review));
	TRY(flow_review_add(act, &(struct flow_review_add_in){
					 .id = review, .permit = id.no, .day = day.no,
					 .person = act->actor.person, .role = as.role->code,
					 .words = clean_words(words), .at = act->look.now.ms }));
	const int64_t looked = day_begin(day_plus(day, 1)).ms - 1;
	TRY(flow_exception_reviewed(act, &(struct flow_exception_reviewed_in){
						 id.no, looked < act->look.now.ms
								? looked
								: act->look.now.ms }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier, say("例外措置が確かめられました")));
	return note_permit(act, &dossier, &permit, "exception.review", NULL,
			   (struct fact_pair[]){
				   { "day", day_iso(arena, day), 0 },
				   { "words", words_digest(arena, clean_words(words)), 0 },
				   { NULL } });
}
