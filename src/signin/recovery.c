/* Recovery by two holders of the pack's recovery roles. */
#include "signin/rooms.h"

#include "people/notice.h"

enum { HOUR_MS = 3600000, REASON_MOST = 500 };

const char *
recovery_state_words(enum recovery_state state)
{
	switch (state) {
	case RECOVERY_ASKED:
		return say("二人めの同意を待っています");
	case RECOVERY_DONE:
		return say("回復しました");
	case RECOVERY_REFUSED:
		return say("取りやめました");
	case RECOVERY_LATE:
		break;
	}
	return say("期限が過ぎました");
}

/* As what a person may recover: in their own right, or as somebody's deputy. */
struct capacity {
	bool may;
	struct text role;
	struct person_id deputy_for;
};

static bool
recovers(const struct pack *pack, const struct pack_role *role)
{
	for (size_t at = 0; at < pack->sign_in.recovers_count; at++)
		if (pack->sign_in.recovers[at] == role)
			return true;
	return false;
}

/* Their own right first. */
static struct error *
capacity_of(struct look *look, const struct pack *pack, struct person_id person,
	    struct capacity *capacity)
{
	struct held_role *list;
	size_t count;
	*capacity = (struct capacity){ 0 };
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &list, &count));
	for (size_t at = 0; at < count; at++)
		if (recovers(pack, list[at].role) &&
		    (!capacity->may || (capacity->deputy_for.no != 0 && list[at].deputy_for.no == 0)))
			*capacity = (struct capacity){ true, list[at].role->code, list[at].deputy_for };
	return OK;
}

struct error *
signin_may_recover(struct look *look, const struct pack *pack, struct person_id person, bool *may)
{
	struct capacity capacity;
	TRY(capacity_of(look, pack, person, &capacity));
	*may = capacity.may;
	return OK;
}

static struct error *
must_be_holder(struct act *act, const struct pack *pack, struct capacity *capacity)
{
	TRY(capacity_of(&act->look, pack, (struct person_id){ act->actor.person }, capacity));
	if (!capacity->may)
		return refuse("サインインの回復ができるのは、方針が決めた役割の人だけです。");
	act->actor.role = capacity->role;
	act->actor.deputy_for = capacity->deputy_for.no;
	return OK;
}

static struct text
about_recovery(struct arena *into, struct recovery_id id)
{
	return text_format(into, "recovery:%lld", (long long)id.no);
}

static struct error *
check_ask(struct act *act, const struct recovery_new *made)
{
	struct signin_recovery_waiting_row row;
	struct account account;
	bool found;
	if (made->person.no == act->actor.person)
		return refuse("自分のサインインの回復は、自分では頼めません。方針が決めた役割のほかの二人に頼んでください。");
	if (text_is_blank(made->reason) || text_count(made->reason) > REASON_MOST)
		return reject("reason", "理由を%d文字以内で書いてください。本人だとどうやって確かめたかも書いてください。",
			      REASON_MOST);
	TRY(people_account(&act->look, made->person, &found, &account));
	if (!found)
		return missing("この職員にはアカウントがありません。");
	TRY(signin_recovery_waiting(
		&act->look, &(struct signin_recovery_waiting_in){ made->person.no, act->look.now.ms }, &found,
		&row));
	return !found ? OK : conflict("この職員の回復は、もう頼まれています。二人めの同意を待っています。");
}

struct error *
signin_recovery_ask(struct act *act, const struct recovery_new *made, struct recovery_id *id)
{
	struct capacity capacity;
	int64_t no;
	const int64_t now = act->look.now.ms;
	TRY(must_be_holder(act, made->pack, &capacity));
	TRY(check_ask(act, made));
	TRY(act_number(act, T("recovery"), &no));
	TRY(signin_recovery_insert(act, &(struct signin_recovery_insert_in){
						no, made->person.no, text_trim(made->reason),
						made->removes_factors, act->actor.person, capacity.role, now,
						now + (int64_t)RECOVERY_HOURS * HOUR_MS }));
	TRY(people_notify(act, &(struct notify){
				       .person = made->person,
				       .about = about_recovery(act->look.arena, (struct recovery_id){ no }),
				       .words = text_of(say("あなたのサインインの回復が頼まれました。頼んでいないときは、すぐにシステムの担当者に伝えてください。")),
				       .path = T("/account"),
				       .subject = text_of(say("サインインについてのお知らせ")) }));
	id->no = no;
	return note_factor(act, "signin.recovery_ask", made->person, about_recovery(act->look.arena, *id),
			   (struct fact_pair[]){ { .name = "removes_factors", .number = made->removes_factors },
						 { 0 } });
}

static enum recovery_state
state_of(const struct signin_recovery_get_row *row, struct moment now)
{
	if (text_is(row->state, "done"))
		return RECOVERY_DONE;
	if (text_is(row->state, "refused"))
		return RECOVERY_REFUSED;
	return row->until > now.ms ? RECOVERY_ASKED : RECOVERY_LATE;
}

static struct error *
get(struct look *look, struct recovery_id id, struct signin_recovery_get_row *row)
{
	bool found;
	TRY(signin_recovery_get(look, &(struct signin_recovery_get_in){ id.no }, &found, row));
	return found ? OK : missing("その回復の記録はありません。");
}

/* Open, and whoever acts is another than the person: *row. */
static struct error *
take(struct act *act, struct recovery_id id, struct signin_recovery_get_row *row)
{
	TRY(get(&act->look, id, row));
	if (state_of(row, act->look.now) != RECOVERY_ASKED)
		return conflict("この回復は、もう終わっています(%s)。",
				recovery_state_words(state_of(row, act->look.now)));
	if (row->person == act->actor.person)
		return refuse("自分のサインインの回復には、自分では同意できません。");
	return OK;
}

/* Two persons in two capacities: neither is the other's deputy, nor both the same one's. */
static struct error *
must_be_other(struct act *act, const struct pack *pack, const struct signin_recovery_get_row *row,
	      const struct capacity *second)
{
	struct capacity first;
	if (row->asked_by == act->actor.person)
		return refuse("頼んだ人は、自分では同意できません。方針が決めた役割のもう一人に、その人のサインインで同意してもらってください。");
	TRY(capacity_of(&act->look, pack, (struct person_id){ row->asked_by }, &first));
	const int64_t one = first.deputy_for.no != 0 ? first.deputy_for.no : row->asked_by;
	const int64_t other = second->deputy_for.no != 0 ? second->deputy_for.no : act->actor.person;
	if (one == other || one == act->actor.person || other == row->asked_by || one == row->person ||
	    other == row->person)
		return refuse("二人のうち一人が、もう一人や本人の職務代理です。別の人に同意してもらってください。");
	return OK;
}

static struct error *
end(struct act *act, struct recovery_id id, const char *state, const struct capacity *capacity)
{
	return signin_recovery_ended(act, &(struct signin_recovery_ended_in){
						id.no, text_of(state), act->actor.person, capacity->role,
						act->look.now.ms });
}

struct error *
signin_recovery_agree(struct act *act, const struct pack *pack, struct recovery_id id,
		      const struct new_password *password)
{
	struct signin_recovery_get_row row;
	struct capacity capacity;
	int64_t removed = 0;
	TRY(must_be_holder(act, pack, &capacity));
	TRY(take(act, id, &row));
	TRY(must_be_other(act, pack, &row, &capacity));
	const struct person_id person = { row.person };
	TRY(end(act, id, "done", &capacity));
	if (row.removes_factors)
		TRY(factors_drop(act, person, &removed));
	TRY(people_notify(act, &(struct notify){
				       .person = person,
				       .about = about_recovery(act->look.arena, id),
				       .words = text_of(say("あなたのサインインが、二人の担当者によって回復されました。頼んでいないときは、すぐにシステムの担当者に伝えてください。")),
				       .path = T("/account"),
				       .subject = text_of(say("サインインについてのお知らせ")) }));
	TRY(note_factor(act, "signin.recovery_agree", person, about_recovery(act->look.arena, id),
			(struct fact_pair[]){ { .name = "factors", .number = removed },
					      { .name = "asked_by", .number = row.asked_by },
					      { 0 } }));
	return people_account_reset(act, pack, person, password);
}

struct error *
signin_recovery_refuse(struct act *act, const struct pack *pack, struct recovery_id id)
{
	struct signin_recovery_get_row row;
	struct capacity capacity;
	TRY(must_be_holder(act, pack, &capacity));
	TRY(take(act, id, &row));
	TRY(end(act, id, "refused", &capacity));
	return note_factor(act, "signin.recovery_refuse", (struct person_id){ row.person },
			   about_recovery(act->look.arena, id), NULL);
}

struct error *
signin_recovery(struct look *look, struct recovery_id id, struct recovery *recovery)
{
	struct signin_recovery_get_row row;
	TRY(get(look, id, &row));
	*recovery = (struct recovery){
		.id = id,
		.person = { row.person },
		.state = state_of(&row, look->now),
		.reason = row.reason,
		.removes_factors = row.removes_factors,
		.asked_by = { row.asked_by },
		.asked = { row.asked },
		.until = { row.until },
		.ended = { row.ended },
		.second = { row.second },
		.person_name = row.person_name,
		.person_number = row.person_number,
		.asked_name = row.asked_name,
		.second_name = row.second_name,
	};
	return OK;
}

struct error *
signin_recoveries(struct look *look, size_t most, struct recovery **list, size_t *count)
{
	struct signin_recovery_ids_row *rows;
	TRY(signin_recovery_ids(look, &(struct signin_recovery_ids_in){ (int64_t)most }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct recovery, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(signin_recovery(look, (struct recovery_id){ rows[at].id }, &(*list)[at]));
	return OK;
}
