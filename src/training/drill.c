/* Drills by mail: planning them, what came of them. */
#include "training/rooms.h"

enum { DRILLS_MOST = 200, UNITS_MOST = 5000, HEADROOM_DAYS = 60 };

static enum drill_state
state_of(struct text name)
{
	return text_is(name, "planned")	    ? DRILL_PLANNED
	       : text_is(name, "ended")	    ? DRILL_ENDED
	       : text_is(name, "cancelled") ? DRILL_CANCELLED
					    : DRILL_RUNNING;
}

struct error *
training_drill(struct look *look, const struct pack *pack, struct mail_drill_id id,
	       struct mail_drill *drill)
{
	struct training_drill_get_row row;
	bool found;
	TRY(training_drill_get(look, &(struct training_drill_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その訓練メールはありません。");
	*drill = (struct mail_drill){
		.id = { row.id },
		.lure = pack_lure(pack, row.lure),
		.lure_code = row.lure,
		.audience_code = row.audience,
		.audience = pack_audience(pack, row.audience),
		.unit = { row.unit },
		.unit_name = row.unit_name,
		.sends = { row.sends },
		.ended = { row.ended },
		.ends = { row.ends },
		.state = state_of(row.state),
		.targets = row.targets,
		.without_mail = row.without_mail,
		.opened = row.opened,
		.reported = row.reported,
		.both = row.both,
		.ignored = row.targets - row.opened - row.reported + row.both,
	};
	return OK;
}

struct error *
training_drills(struct look *look, const struct pack *pack, struct mail_drill **list, size_t *count)
{
	struct training_drill_list_row *rows;
	TRY(training_drill_list(look, &(struct training_drill_list_in){ DRILLS_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct mail_drill, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(training_drill(look, pack, (struct mail_drill_id){ rows[at].id }, &(*list)[at]));
	return OK;
}

struct error *
training_drill_last(struct look *look, const struct pack *pack, bool *found, struct mail_drill *drill)
{
	struct training_drill_newest_ended_row row;
	TRY(training_drill_newest_ended(look, found, &row));
	return *found ? training_drill(look, pack, (struct mail_drill_id){ row.id }, drill) : OK;
}

/* ---- By unit and by name ---- */

static void
add_up(struct drill_unit *sum, const struct training_target_units_row *row)
{
	sum->targets += row->targets;
	sum->opened += row->opened;
	sum->reported += row->reported;
	sum->ignored += row->ignored;
}

struct error *
training_drill_units(struct look *look, struct mail_drill_id id, struct drill_unit **list, size_t *count)
{
	struct training_target_units_row *rows;
	struct drill_unit others = { .name = text_of(say("そのほかの所属")) };
	size_t units, smallest = 0;
	TRY(training_target_units(look, &(struct training_target_units_in){ id.no, UNITS_MOST }, &rows,
				  &units));
	*list = ARENA_ARRAY(look->arena, struct drill_unit, units + 1);
	*count = 0;
	for (size_t at = 0; at < units; at++) {
		if (rows[at].targets < TRAINING_UNIT_LEAST || rows[at].unit == 0) {
			add_up(&others, &rows[at]);
			continue;
		}
		struct drill_unit *made = &(*list)[(*count)++];
		*made = (struct drill_unit){ .unit = { rows[at].unit }, .name = rows[at].name };
		add_up(made, &rows[at]);
		if (made->targets < (*list)[smallest].targets)
			smallest = *count - 1;
	}
	/* What is left over must not be told apart by subtracting from the total either. */
	if (others.targets > 0 && others.targets < TRAINING_UNIT_LEAST && *count > 0) {
		struct drill_unit *with = &(*list)[smallest];
		others.targets += with->targets;
		others.opened += with->opened;
		others.reported += with->reported;
		others.ignored += with->ignored;
		*with = (*list)[--(*count)];
	}
	if (others.targets > 0)
		(*list)[(*count)++] = others;
	return OK;
}

struct error *
training_drill_persons(struct look *look, const struct pack *pack, struct mail_drill_id id,
		       struct person_id reader, struct drill_person **list, size_t *count)
{
	struct training_target_persons_row *rows;
	bool may;
	TRY(training_may_name(look, pack, reader, &may));
	if (!may)
		return refuse("訓練の結果を名前で見られるのは、方針が決めた役割の人だけです。");
	TRY(training_target_persons(
		look, &(struct training_target_persons_in){ id.no, TRAINING_MOST_LIST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct drill_person, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct drill_person){ { rows[at].person }, rows[at].number, rows[at].name,
						     rows[at].unit_name,  { rows[at].opened },
						     { rows[at].reported } };
	return OK;
}

/* ---- Acts ---- */

struct error *
training_drill_plan(struct act *act, const struct pack *pack, const struct drill_plan *plan,
		    struct mail_drill_id *id)
{
	struct error *faults = OK;
	const struct day sends = moment_day(plan->sends);
	TRY(must_keep(act, pack));
	if (plan->lure == NULL)
		error_add(&faults, reject("lure", "送るメールを選んでください。"));
	if (plan->audience == NULL)
		error_add(&faults, reject("audience", "対象者を選んでください。"));
	if (plan->sends.ms < act->look.now.ms)
		error_add(&faults, reject("sends", "送る日時は、これからの日時にしてください。"));
	if (day_is_none(plan->ends) || plan->ends.no < sends.no || plan->ends.no > sends.no + HEADROOM_DAYS)
		error_add(&faults, reject("ends", "集計を終える日は、送る日から%d日のうちの日にしてください。",
					  HEADROOM_DAYS));
	TRY(faults);
	TRY(act_number(act, T("mail-drill"), &id->no));
	TRY(training_drill_add(act, &(struct training_drill_add_in){
					    .id = id->no,
					    .lure = plan->lure->code,
					    .audience = plan->audience->code,
					    .unit = plan->unit.no,
					    .sends = plan->sends.ms,
					    .ends = plan->ends.no,
					    .now = act->look.now.ms,
					    .person = act->actor.person,
				    }));
	return note_training(act, "training.drill", about_training(act->look.arena, "mail-drill", id->no),
			     (struct fact_pair[]){ { "audience", plan->audience->code, 0 },
						   { "ends", day_iso(act->look.arena, plan->ends), 0 },
						   { "lure", plan->lure->code, 0 },
						   { NULL } });
}

struct error *
training_drill_cancel(struct act *act, const struct pack *pack, struct mail_drill_id id)
{
	struct mail_drill drill;
	TRY(must_keep(act, pack));
	TRY(training_drill(&act->look, pack, id, &drill));
	if (drill.state != DRILL_PLANNED)
		return conflict("この訓練は、もう送り始めたか、終わっています。");
	TRY(training_drill_set(act, &(struct training_drill_set_in){ id.no, T("cancelled") }));
	return note_training(act, "training.cancel", about_training(act->look.arena, "mail-drill", id.no),
			     NULL);
}
