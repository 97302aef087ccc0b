/* What time causes: people are told. What was decided needs nobody to begin. */
#include "transfer/rooms.h"

#include "people/notice.h"

enum { TELL_DAYS = 7, PERSONS_AT_ONCE = 200, AFTER_DAYS = 30 };

static const struct actor the_clock = { .through = T_INIT("clock") };

enum stage { STAGE_COMING, STAGE_BEGINS, STAGE_UNRETURNED };
static const char *const stage_names[] = { "coming", "begins", "unreturned" };

struct telling {
	const struct flow *flow;
	struct transfer_id list;
	struct day day;
	enum stage stage;
	const struct transfer_to_tell_row *rows;
	size_t count;
	int64_t told;
};

static struct error *
mark(struct act *act, const struct telling *telling, int64_t person)
{
	int64_t id;
	TRY(act_number(act, T("transfer-told"), &id));
	return transfer_told_add(act, &(struct transfer_told_add_in){
					    id, telling->list.no, person,
					    text_of(stage_names[telling->stage]), act->look.now.ms });
}

static struct error *
notify(struct act *act, const struct telling *telling, int64_t person, const char *words,
       const char *subject, struct text path)
{
	return people_notify(act, &(struct notify){
					  .person = { person },
					  .about = about_transfer(act->look.arena, telling->list),
					  .words = text_of(words),
					  .path = path,
					  .subject = text_of(subject) });
}

static struct error *
tell_own(struct act *act, const struct telling *telling, int64_t person)
{
	if (telling->stage == STAGE_COMING)
		return notify(act, telling, person, say("あなたの異動が決まりました。引き継ぐものを確かめてください"),
			      say("引継ぎの確認をお願いします"), T("/handover"));
	return notify(act, telling, person, say("今日から新しい所属や職です。引き継いだものを確かめてください"),
		      say("引継ぎの確認をお願いします"), T("/handover"));
}

/* The managers of the unit that the leaver was in. */
static struct error *
tell_heads(struct act *act, const struct telling *telling, int64_t person)
{
	const struct pack *pack = telling->flow->pack;
	const struct day before = day_plus(telling->day, -1);
	struct unit_id unit;
	TRY(people_unit_of(&act->look, (struct person_id){ person }, before, &unit));
	for (size_t at = 0; unit.no != 0 && at < pack->roles_count; at++) {
		struct decider *heads;
		size_t count;
		if (pack->roles[at].scope != SCOPE_SECTION || !pack->roles[at].must_be_held)
			continue;
		TRY(people_role_holders(&act->look, &pack->roles[at], unit,
					moment_day(act->look.now), &heads, &count));
		for (size_t one = 0; one < count; one++)
			TRY(notify(act, telling, heads[one].person.no,
				   say("退職した人が、まだ返していないものがあります。人事の担当者に確かめてください"),
				   say("返却の確認をお願いします"), T("/notices")));
	}
	return OK;
}

static struct error *
tell_act(struct act *act, void *with)
{
	struct telling *telling = with;
	for (size_t at = 0; at < telling->count; at++) {
		const int64_t person = telling->rows[at].person;
		struct transfer_return_open_row open = { 0 };
		struct transfer_leaver_is_row leaver;
		bool leaves;
		TRY(transfer_leaver_is(&act->look,
				       &(struct transfer_leaver_is_in){ telling->list.no, person },
				       &leaves, &leaver));
		TRY(transfer_return_open(&act->look,
					 &(struct transfer_return_open_in){ telling->list.no, person },
					 &open));
		TRY(mark(act, telling, person));
		if (telling->stage == STAGE_UNRETURNED && (!leaves || open.open == 0))
			continue;
		if (telling->stage == STAGE_BEGINS && leaves)
			continue;
		if (telling->stage == STAGE_UNRETURNED)
			TRY(tell_heads(act, telling, person));
		else
			TRY(tell_own(act, telling, person));
		telling->told++;
	}
	return note_transfer(act, telling->list, (struct person_id){ 0 }, "transfer.tell",
			     (struct fact_pair[]){ { "persons", { 0 }, telling->told },
						   { "stage", text_of(stage_names[telling->stage]), 0 },
						   { NULL } });
}

static struct error *
tell_stage(struct store *store, struct arena *arena, struct telling *telling,
	   struct transfer_told *done, bool *is_more)
{
	struct transfer_to_tell_row *rows;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(transfer_to_tell(&look,
				     &(struct transfer_to_tell_in){
					     telling->list.no, text_of(stage_names[telling->stage]),
					     PERSONS_AT_ONCE },
				     &rows, &telling->count));
	}
	telling->rows = rows;
	telling->told = 0;
	if (telling->count == 0)
		return OK;
	TRY(store_act(store, arena, &the_clock, tell_act, telling));
	done->told += telling->told;
	*is_more |= telling->count == PERSONS_AT_ONCE;
	return OK;
}

static struct error *
lists_due(struct store *store, struct arena *arena, const struct flow *flow, struct day *today,
	  struct transfer_lists_to_tell_row **rows, size_t *count)
{
	LOOK_SCOPED look = { 0 };
	int64_t days;
	TRY(look_begin(store, arena, &look));
	*today = moment_day(look.now);
	TRY(people_parameter(&look, flow->pack, "transfer.tell-days", TELL_DAYS, &days));
	return transfer_lists_to_tell(&look,
				      &(struct transfer_lists_to_tell_in){ today->no - AFTER_DAYS,
									   today->no + days },
				      rows, count);
}

struct error *
transfer_clock(struct store *store, struct arena *arena, const struct flow *flow, size_t most,
	       struct transfer_told *done, bool *is_more)
{
	struct transfer_lists_to_tell_row *rows;
	struct day today;
	size_t count;
	*done = (struct transfer_told){ 0 };
	*is_more = false;
	TRY(lists_due(store, arena, flow, &today, &rows, &count));
	for (size_t at = 0; at < count && done->told < (int64_t)most; at++) { /* most is small */
		struct telling telling = { .flow = flow, .list = { rows[at].id },
					   .day = { rows[at].day } };
		/* A machine that was off on the day tells what still matters. */
		telling.stage = rows[at].day > today.no ? STAGE_COMING : STAGE_BEGINS;
		TRY(tell_stage(store, arena, &telling, done, is_more));
		if (rows[at].day >= today.no)
			continue;
		telling.stage = STAGE_UNRETURNED;
		TRY(tell_stage(store, arena, &telling, done, is_more));
	}
	return OK;
}
