/* What time causes about accounts: a round begins in its month, units are reminded, those above told. */
#include "access/rooms.h"

#include "people/notice.h"

enum { DAY_MS = 86400000, REVIEW_MONTH = 6, REVIEW_DAYS = 30, REMIND_DAYS = 7, BETWEEN_DAYS = 300,
       REVIEWS_MOST = 5000 };

static const struct actor the_clock = { .through = T_INIT("clock") };

struct ticking {
	const struct flow *flow;
	struct access_done *done;
	int64_t month, days, remind;
	const struct access_review_list_row *row;
	struct day due;
};

static struct error *
begin_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	const struct day today = moment_day(act->look.now);
	struct access_round last;
	bool found;
	int64_t id;
	TRY(access_round(&act->look, &found, &last));
	if (found && act->look.now.ms - last.started.ms < BETWEEN_DAYS * (int64_t)DAY_MS)
		return OK; /* another program was first */
	TRY(access_round_begin(act, ticking->flow, day_plus(today, ticking->days), &id));
	ticking->done->has_begun = true;
	return OK;
}

static bool
is_month(struct day today, int64_t wanted)
{
	int year, month, day;
	day_parts(today, &year, &month, &day);
	return month == wanted;
}

static struct error *
begin_if_due(struct store *store, struct arena *arena, struct ticking *ticking)
{
	struct access_round last;
	struct access_stand stand = { 0 };
	bool found, is_time;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(access_round(&look, &found, &last));
		is_time = is_month(moment_day(look.now), ticking->month) &&
			  (!found ||
			   look.now.ms - last.started.ms >= BETWEEN_DAYS * (int64_t)DAY_MS);
		if (is_time)
			TRY(access_stand(&look, ticking->flow, look.now, &stand));
	}
	if (!is_time || stand.accounts == 0)
		return OK;
	struct error *error = store_act(store, arena, &the_clock, begin_act, ticking);
	/* Nobody to ask yet is nothing to stumble over. */
	return error != OK && error->kind == ERROR_INVALID ? OK : error;
}

/* ---- Reminding ---- */

static struct error *
tell(struct act *act, const struct decider *list, size_t count, struct unit_id unit,
     struct text words, const char *subject)
{
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(act, &(struct notify){
					       .person = list[at].person,
					       .about = people_about_unit(act->look.arena, unit),
					       .words = words,
					       .path = text_format(act->look.arena,
								   "/access-review/%lld",
								   (long long)unit.no),
					       .subject = text_of(subject),
				       }));
	return OK;
}

/* Of the reviewing roles, the first that somebody holds in that very unit. */
static struct error *
heads_in(struct look *look, const struct pack *pack, struct unit_id unit,
	 const struct pack_role **role, struct decider **list, size_t *count)
{
	*count = 0;
	for (*role = access_ledger(pack)->accounts_reviewer; *role != NULL; *role = (*role)->above) {
		size_t got, kept = 0;
		TRY(people_role_holders(look, *role, unit, moment_day(look->now), list, &got));
		for (size_t at = 0; at < got; at++)
			if ((*list)[at].unit.no == unit.no)
				(*list)[kept++] = (*list)[at];
		*count = kept;
		if (kept != 0)
			return OK;
	}
	return OK;
}

static struct error *
remind_act(struct act *act, void *with)
{
	struct ticking *ticking = with;
	struct arena *arena = act->look.arena;
	const struct access_review_list_row *row = ticking->row;
	const struct unit_id unit = { row->unit };
	const bool is_late = ticking->due.no < moment_day(act->look.now).no;
	const bool escalates = is_late && row->escalated == 0;
	const struct pack_role *role;
	struct decider *list;
	size_t count;
	TRY(heads_in(&act->look, ticking->flow->pack, unit, &role, &list, &count));
	TRY(tell(act, list, count, unit,
		 text_format(arena, say("アカウントの点検がまだです(期限%.*s)。"),
			     T_ARG(day_wareki(arena, ticking->due))),
		 say("アカウントの点検がまだです")));
	if (escalates && role != NULL && role->above != NULL) {
		TRY(people_deciders(&act->look, role->above, unit, moment_day(act->look.now),
				    (struct person_id){ 0 }, &list, &count));
		TRY(tell(act, list, count, unit,
			 text_format(arena, say("%.*sのアカウントの点検が、期限を過ぎても済んでいません。"),
				     T_ARG(row->unit_name)),
			 say("済んでいないアカウントの点検があります")));
	}
	if (escalates)
		TRY(access_review_escalated(act, &(struct access_review_escalated_in){
							 row->id, act->look.now.ms }));
	else
		TRY(access_review_told(
			act, &(struct access_review_told_in){ row->id, act->look.now.ms }));
	ticking->done->reminded++;
	ticking->done->escalated += escalates;
	return act_note(act, &(struct fact){
				     .act = escalates ? "access.escalate" : "access.remind",
				     .about = { people_about_unit(arena, unit) },
				     .pairs = { { "review", { 0 }, row->id } },
			     });
}

static bool
is_to_remind(const struct ticking *ticking, const struct access_review_list_row *row,
	     struct moment now)
{
	if (row->done != 0)
		return false;
	if (ticking->due.no < moment_day(now).no && row->escalated == 0)
		return true;
	return now.ms - row->told >= ticking->remind * DAY_MS;
}

static struct error *
remind(struct store *store, struct arena *arena, struct ticking *ticking)
{
	struct access_review_list_row *rows = NULL;
	struct access_round round;
	size_t count = 0;
	struct moment now;
	bool found;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		now = look.now;
		TRY(access_round(&look, &found, &round));
		if (found)
			TRY(access_review_list(&look,
					       &(struct access_review_list_in){ round.id, REVIEWS_MOST },
					       &rows, &count));
	}
	for (size_t at = 0; at < count; at++) {
		ticking->row = &rows[at];
		ticking->due = round.due;
		if (is_to_remind(ticking, &rows[at], now))
			TRY(store_act(store, arena, &the_clock, remind_act, ticking));
	}
	return OK;
}

struct error *
access_clock(struct store *store, struct arena *arena, const struct flow *flow,
	     struct access_done *done)
{
	struct ticking ticking = { .flow = flow, .done = done };
	*done = (struct access_done){ 0 };
	if (access_ledger(flow->pack) == NULL)
		return OK;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(people_parameter(&look, flow->pack, "access-review.month", REVIEW_MONTH,
				     &ticking.month));
		TRY(people_parameter(&look, flow->pack, "access-review.days", REVIEW_DAYS,
				     &ticking.days));
		TRY(people_parameter(&look, flow->pack, "access-review.remind-days", REMIND_DAYS,
				     &ticking.remind));
	}
	TRY(begin_if_due(store, arena, &ticking));
	return remind(store, arena, &ticking);
}
