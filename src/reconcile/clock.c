/* What time causes: running what needs nobody, telling owners, telling the role above. */
#include "reconcile/rooms.h"

#include "people/notice.h"

static const struct actor the_clock = { .through = T_INIT("clock") };

/* ---- Running ---- */

struct running {
	const struct flow *flow;
	const struct reconcile_prepared *prepared;
};

static struct error *
run_work(struct act *act, void *with)
{
	const struct running *running = with;
	struct run_id id;
	return reconcile_run(act, running->flow, running->prepared, &id);
}

/* Its day has come, or something of it is still open and it was not run today. */
static bool
is_to_run(const struct reconcile_stand *stand, struct day today)
{
	if (!reconcile_is_inside(stand->of) || stand->of->every == NULL)
		return false;
	if (!stand->has_run || stand->next.no <= today.no)
		return true;
	return stand->open != 0 && moment_day(stand->run.at).no < today.no;
}

static struct error *
run_one(struct store *store, const struct flow *flow, const struct pack_reconcile *of, bool *has_run)
{
	ARENA_SCOPED arena = arena_open(RECONCILE_MEMORY);
	struct reconcile_prepared prepared;
	{
		LOOK_SCOPED look = { 0 };
		struct reconcile_stand stand;
		TRY(look_begin(store, arena, &look));
		TRY(reconcile_stand(&look, flow->pack, of, &stand));
		*has_run = is_to_run(&stand, moment_day(look.now));
		if (!*has_run)
			return OK;
		TRY(reconcile_prepare(&look, flow, of, &prepared));
	}
	TRY(reconcile_prepared_keep(store, arena, &prepared));
	return store_act(store, arena, &the_clock, run_work, &(struct running){ flow, &prepared });
}

/* ---- Telling ---- */

struct telling {
	const struct flow *flow;
	struct reconcile_stand stand;
	struct reconcile_told_get_row told;
	bool is_known;
	bool runs, escalates, late; /* what is told now */
	bool is_past; /* its day was before today */
};

static bool
was_told_after(int64_t told, struct day day)
{
	return told != 0 && moment_day((struct moment){ told }).no >= day.no;
}

/* By when it is to be run; of one that never was, some days after its owners were told first. */
static struct day
wanted_by(const struct telling *telling)
{
	if (telling->stand.has_run)
		return telling->stand.next;
	if (telling->told.run_told == 0)
		return DAY_NONE;
	return day_plus(moment_day((struct moment){ telling->told.run_told }), RECONCILE_LEAD_DAYS);
}

/*
 * Once when its time comes, once when it is past, once a week when differences are past their day. One that was
 * never run has no day to count from: it is told again, and to the role above, as long as nobody runs it.
 */
static void
decide(struct telling *telling, struct day today)
{
	const struct reconcile_stand *stand = &telling->stand;
	const bool asks = stand->of->every != NULL && !reconcile_is_inside(stand->of);
	const struct day by = wanted_by(telling);
	const int64_t told = telling->told.run_told;
	telling->is_past = asks && !day_is_none(by) && by.no < today.no;
	if (stand->has_run) {
		const struct day begins = day_plus(by, -RECONCILE_LEAD_DAYS);
		const struct day escalates = day_plus(by, RECONCILE_ESCALATE_DAYS);
		telling->runs = asks && ((begins.no <= today.no && !was_told_after(told, begins)) ||
					 (telling->is_past && !was_told_after(told, day_plus(by, 1))));
		telling->escalates = asks && escalates.no < today.no &&
				     !was_told_after(telling->told.run_escalated, escalates);
	} else {
		telling->runs = asks && (told == 0 || telling->is_past);
		telling->escalates = telling->is_past;
	}
	telling->late = stand->late != 0 && !was_told_after(telling->told.due_told, day_plus(today, -6));
}

static struct error *
tell(struct act *act, const struct telling *telling, const struct pack_role *role, struct text words,
     const char *subject)
{
	struct decider *list;
	size_t count;
	const struct text code = telling->stand.of->code;
	struct arena *arena = act->look.arena;
	if (role == NULL)
		return OK;
	TRY(people_deciders(&act->look, role, (struct unit_id){ 0 }, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(act, &(struct notify){
					       .person = list[at].person,
					       .about = reconcile_about(arena, code),
					       .words = words,
					       .path = text_format(arena, "/reconciliations/%.*s", T_ARG(code)),
					       .subject = text_of(subject),
				       }));
	return OK;
}

static struct error *
note(struct act *act, const struct telling *telling, const char *what)
{
	const struct fact fact = fact_of(act->look.arena, what, telling->stand.of);
	return act_note(act, &fact);
}

static struct error *
keep_told(struct act *act, struct telling *telling)
{
	const int64_t now = act->look.now.ms;
	int64_t id = telling->told.id;
	if (!telling->is_known) {
		TRY(act_number(act, T("reconcile-told"), &id));
		TRY(reconcile_told_add(act, &(struct reconcile_told_add_in){ id, telling->stand.of->code }));
	}
	return reconcile_told_set(act, &(struct reconcile_told_set_in){
					       .id = id,
					       .run_told = telling->runs ? now : telling->told.run_told,
					       .run_escalated = telling->escalates ? now
										   : telling->told.run_escalated,
					       .due_told = telling->late ? now : telling->told.due_told,
				       });
}

static struct error *
tell_work(struct act *act, void *with)
{
	struct telling *telling = with;
	const struct reconcile_stand *stand = &telling->stand;
	const struct text name = words_now(stand->of->name);
	struct arena *arena = act->look.arena;
	TRY(keep_told(act, telling));
	if (telling->runs)
		TRY(tell(act, telling, stand->of->owner,
			 telling->is_past
				 ? text_format(arena, say("突き合わせ「%.*s」の期限が過ぎています。一覧を取り込んで行ってください。"),
					       T_ARG(name))
				 : text_format(arena, say("突き合わせ「%.*s」をするときになりました。一覧を取り込んで行ってください。"),
					       T_ARG(name)),
			 say("突き合わせをするときになりました")));
	if (telling->late)
		TRY(tell(act, telling, stand->of->owner,
			 text_format(arena, say("突き合わせ「%.*s」で見つかった違いが、期限を過ぎて%lld件残っています。"),
				     T_ARG(name), (long long)stand->late),
			 say("期限を過ぎた違いがあります")));
	if (telling->runs || telling->late)
		TRY(note(act, telling, "reconcile.remind"));
	if (!telling->escalates)
		return OK;
	TRY(tell(act, telling, stand->of->owner->above,
		 text_format(arena, say("突き合わせ「%.*s」が、期限を過ぎても行われていません。"), T_ARG(name)),
		 say("行われていない突き合わせがあります")));
	return note(act, telling, "reconcile.escalate");
}

static struct error *
tell_one(struct store *store, const struct flow *flow, const struct pack_reconcile *of,
	 struct reconcile_done *done)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct telling telling = { .flow = flow };
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(reconcile_stand(&look, flow->pack, of, &telling.stand));
		TRY(reconcile_told_get(&look, &(struct reconcile_told_get_in){ of->code },
				       &telling.is_known, &telling.told));
		if (!telling.is_known)
			telling.told = (struct reconcile_told_get_row){ 0 };
		decide(&telling, moment_day(look.now));
	}
	if (!telling.runs && !telling.escalates && !telling.late)
		return OK;
	TRY(store_act(store, arena, &the_clock, tell_work, &telling));
	done->reminded += telling.runs || telling.late;
	done->escalated += telling.escalates;
	return OK;
}

/* One that cannot be run or told about does not keep the others from it; the first fault is returned. */
struct error *
reconcile_clock(struct store *store, const struct flow *flow, struct reconcile_done *done)
{
	struct error *first = OK;
	*done = (struct reconcile_done){ 0 };
	for (size_t at = 0; at < flow->pack->reconciliations_count; at++) {
		const struct pack_reconcile *of = &flow->pack->reconciliations[at];
		bool has_run = false;
		struct error *error = run_one(store, flow, of, &has_run);
		done->run += has_run && error == OK;
		if (error == OK)
			error = tell_one(store, flow, of, done);
		if (first == OK)
			first = error;
	}
	return first;
}
