/* Words, who may, and explaining a difference. */
#include "reconcile/rooms.h"

static const char *const side_names[SIDES] = { "left", "right" };

const char *
reconcile_side_name(enum pack_side side)
{
	return side_names[side];
}

bool
reconcile_side_read(struct text name, enum pack_side *side)
{
	for (int at = 0; at < SIDES; at++)
		if (text_is(name, side_names[at])) {
			*side = (enum pack_side)at;
			return true;
		}
	return false;
}

const char *
difference_state_words(enum difference_state state)
{
	static const char *const words[DIFFERENCE_STATES] = { N_("直す"), N_("期限を過ぎた"),
							      N_("説明あり"), N_("なくなった") };
	return say(words[state]);
}

struct text
difference_about(struct arena *into, struct difference_id id)
{
	return text_format(into, "difference:%lld", (long long)id.no);
}

struct text
reconcile_about(struct arena *into, struct text code)
{
	return text_format(into, "reconciliation:%.*s", T_ARG(code));
}

struct fact
fact_of(struct arena *into, const char *act, const struct pack_reconcile *of)
{
	struct fact fact = { .act = act, .about = { reconcile_about(into, of->code) } };
	for (size_t at = 0; at < of->clauses_count && at < FACT_MOST_CLAUSES; at++)
		fact.clauses[at] = of->clauses[at]->id;
	return fact;
}

/* ---- Who may ---- */

/* A program acts for nobody: the clock runs what its day has come for. */
struct error *
must_own(struct act *act, const struct pack_reconcile *of)
{
	if (act->actor.person == 0)
		return OK;
	return people_must_hold(act, of->owner, (struct unit_id){ 0 }, (struct person_id){ 0 }, NULL);
}

struct error *
reconcile_may(struct look *look, const struct pack_reconcile *of, struct person_id person, bool *may)
{
	struct decider *list;
	size_t count;
	*may = false;
	TRY(people_deciders(look, of->owner, (struct unit_id){ 0 }, moment_day(look->now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*may |= list[at].person.no == person.no;
	return OK;
}

/* ---- Explaining ---- */

static struct error *
check_words(const struct act *act, const struct reconcile_explaining *explaining)
{
	const struct day today = moment_day(act->look.now);
	struct error *faults = OK;
	if (text_trim(explaining->words).len == 0)
		error_add(&faults, reject("words", "違っていてよいわけを入力してください。"));
	if (text_count(explaining->words) > RECONCILE_MOST_WORDS)
		error_add(&faults, reject("words", "%d文字までにしてください。", RECONCILE_MOST_WORDS));
	if (day_is_none(explaining->until))
		error_add(&faults, reject("until", "いつまでよいかを入力してください。"));
	else if (explaining->until.no < today.no ||
		 explaining->until.no > today.no + RECONCILE_MOST_UNTIL)
		error_add(&faults, reject("until", "今日から%d日までの日を入力してください。",
					  RECONCILE_MOST_UNTIL));
	return faults;
}

struct error *
reconcile_explain(struct act *act, const struct reconcile_explaining *explaining)
{
	struct arena *arena = act->look.arena;
	struct difference difference;
	TRY(must_own(act, explaining->of));
	TRY(reconcile_difference(&act->look, explaining->id, &difference));
	if (!text_same(difference.code, explaining->of->code))
		return missing("その違いは、この突き合わせのものではありません。");
	if (difference.change != explaining->change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	if (difference.state == DIFFERENCE_GONE)
		return conflict("この違いは、もうなくなっています。");
	TRY(check_words(act, explaining));
	TRY(reconcile_difference_explain(act, &(struct reconcile_difference_explain_in){
						      .id = explaining->id.no,
						      .words = text_trim(explaining->words),
						      .until = explaining->until.no,
						      .explained = act->look.now.ms,
						      .person = act->actor.person,
					      }));
	struct fact fact = fact_of(arena, "reconcile.explain", explaining->of);
	fact.about[1] = fact.about[0];
	fact.about[0] = difference_about(arena, explaining->id);
	fact.pairs[0] = (struct fact_pair){ "until", day_iso(arena, explaining->until), 0 };
	return act_note(act, &fact);
}
