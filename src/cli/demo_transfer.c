/*
 * Transfer lists of the demonstration body: the one by which some left and some moved in its April, decided
 * long since, and the draft for the April to come, which personnel has begun to write.
 */
#include "cli/demo.h"

#include "transfer/transfer.h"

enum step { STEP_STAGE, STEP_DECIDE, STEP_RETURN, STEP_NEXT };
enum { STAGED_BEFORE = 12, DECIDED_BEFORE = 9, NEXT_AGO = 10, NEXT_MOST = 8, HOUR = 3600 * 1000 };

struct demo_move {
	size_t person, to; /* to: unit; 0: leaves */
};

struct demo_transfer {
	struct demo_move *moves;
	size_t count;
	struct transfer_id list;
};

static const char *
post_name(enum demo_rank rank)
{
	return rank == RANK_SENIOR ? "主任主事" : "主事";
}

/* ---- Planning ---- */

void
demo_transfer_add(struct demo *demo, size_t person, size_t to)
{
	if (demo->transfer == NULL) {
		demo->transfer = ARENA_NEW(demo->arena, struct demo_transfer);
		demo->transfer->moves = ARENA_ARRAY(demo->arena, struct demo_move, demo->people_count);
	}
	demo->transfer->moves[demo->transfer->count++] = (struct demo_move){ person, to };
}

static void
at_hour(struct demo *demo, struct day day, int step_days, int64_t hour, enum step step)
{
	while (day_is_holiday(day))
		day = day_plus(day, step_days);
	demo_at(demo, (struct moment){ day_begin(day).ms + hour * HOUR }, DEED_TRANSFER, step, 0);
}

void
demo_plan_transfer(struct demo *demo)
{
	const struct day day = demo_april(demo);
	if (demo->transfer != NULL) {
		at_hour(demo, day_plus(day, -STAGED_BEFORE), 1, 10, STEP_STAGE);
		at_hour(demo, day_plus(day, -DECIDED_BEFORE), 1, 15, STEP_DECIDE);
		at_hour(demo, day_plus(day, -1), -1, 17, STEP_RETURN);
	}
	at_hour(demo, day_plus(demo->size.today, -NEXT_AGO), -1, 16, STEP_NEXT);
}

/* ---- Lines ---- */

static struct transfer_line
line_of(const struct demo *demo, size_t no, const char *kind, int64_t place)
{
	const struct demo_person *person = &demo->people[no];
	return (struct transfer_line){
		.place = place,
		.kind = text_of(kind),
		.number = person->person.number,
		.name = text_format(demo->arena, "%.*s　%.*s", T_ARG(person->person.family),
				    T_ARG(person->person.given)),
		.from_unit = text_of(demo->units[person->unit].name),
		.from_post = text_of(post_name(person->rank)),
		.day = DAY_NONE,
	};
}

static struct transfer_line
leaves(const struct demo *demo, size_t no, struct day last, int64_t place)
{
	struct transfer_line line = line_of(demo, no, "退職", place);
	line.day = last;
	return line;
}

static struct transfer_line
moves(const struct demo *demo, size_t no, const char *kind, size_t to, const char *post,
      int64_t place)
{
	struct transfer_line line = line_of(demo, no, kind, place);
	line.to_unit = demo->units[to].code;
	line.to_post = text_of(post);
	return line;
}

static struct text
title_of(struct arena *arena, struct day day)
{
	return text_format(arena, "%.*s付け人事異動", T_ARG(day_wareki(arena, day)));
}

/* ---- Of the year played ---- */

static struct error *
stage(struct demo *demo, struct act *act)
{
	struct demo_transfer *made = demo->transfer;
	const struct day day = demo_april(demo);
	struct transfer_line *lines =
		ARENA_ARRAY(act->look.arena, struct transfer_line, made->count + 1);
	struct transfer_staging staging = { .title = title_of(act->look.arena, day), .day = day,
					    .lines = lines };
	for (size_t at = 0; at < made->count; at++) {
		const struct demo_move *move = &made->moves[at];
		const int64_t place = (int64_t)staging.count + 2; /* bounded; the heading is 1 */
		/* Chance may send somebody to where they are. */
		if (move->to == demo->people[move->person].unit)
			continue;
		lines[staging.count++] =
			move->to == 0 ? leaves(demo, move->person, day_plus(day, -1), place)
				      : moves(demo, move->person, "異動", move->to,
					      post_name(demo->people[move->person].rank), place);
	}
	return transfer_stage(act, &staging, &made->list);
}

static struct error *
present(struct demo *demo, struct act *act, struct transferring *of)
{
	struct transfer transfer;
	TRY(transfer_read(&act->look, demo->transfer->list, &transfer));
	*of = (struct transferring){ .flow = &demo->body->flow, .id = transfer.id,
				     .change = transfer.change };
	return OK;
}

/* Whoever decides has not written it: a bureau's head, who keeps the staff until the year ends. */
static struct error *
decide(struct demo *demo, struct act *act)
{
	struct transferring of;
	struct transfer_preview preview;
	struct grant_id grant;
	const struct person_id head = demo->people[demo->units[1].head].id;
	TRY(people_grant_give(act, &(struct grant){ .person = head, .kind = GRANT_PEOPLE,
						    .since = moment_day(act->look.now),
						    .until = day_plus(demo_april(demo), -1) },
			      &grant));
	TRY(transfer_preview(&act->look, &demo->body->flow, demo->transfer->list, &preview));
	TRY(present(demo, act, &of));
	TRY(transfer_ask(act, &of, &preview.digest));
	TRY(present(demo, act, &of));
	act->actor.person = head.no;
	return transfer_decide(act, &of, &preview.digest);
}

/* All but the last of several: somebody always forgets. */
static struct error *
give_back(struct demo *demo, struct act *act)
{
	struct leaver *list;
	size_t count;
	TRY(transfer_leavers(&act->look, demo->transfer->list, &list, &count));
	for (size_t at = 0; at < count && (at == 0 || at + 1 < count); at++) {
		TRY(transfer_pledge(act, demo->transfer->list, list[at].person, true));
		for (size_t item = 0; item < list[at].returns_count; item++)
			TRY(transfer_returned(act, demo->transfer->list, list[at].returns[item].id));
	}
	return OK;
}

/* ---- Of the April to come ---- */

/* Somebody of that rank who stays until then and is in no other line. */
static size_t
somebody(const struct demo *demo, enum demo_theme theme, enum demo_rank rank, size_t nth)
{
	for (size_t no = 1; no < demo->people_count; no++) {
		const struct demo_person *person = &demo->people[no];
		if (person->is_settled && person->login == NULL && no != demo->operator_ &&
		    person->rank == rank && demo->units[person->unit].theme == theme &&
		    day_is_none(person->person.until) && nth-- == 0)
			return no;
	}
	return 0;
}

static size_t
unit_of_theme(const struct demo *demo, enum demo_theme theme)
{
	for (size_t unit = 1 + demo->bureaus_count; unit < demo->units_count; unit++)
		if (demo->units[unit].theme == theme && demo->units[unit].head != 0)
			return unit;
	return 0;
}

static struct error *
begin_next(struct demo *demo, struct act *act)
{
	const struct day day = day_plus(day_fiscal_end(demo->size.today), 1);
	const size_t citizen = somebody(demo, THEME_CITIZEN, RANK_STAFF, 0);
	const size_t tax = somebody(demo, THEME_TAX, RANK_STAFF, 0);
	const size_t goes = somebody(demo, THEME_CITIZEN, RANK_SENIOR, 0);
	const size_t rises = somebody(demo, THEME_WELFARE, RANK_STAFF, 0);
	const size_t to = unit_of_theme(demo, THEME_TAX);
	struct transfer_line lines[NEXT_MOST];
	struct transfer_staging staging = { .title = text_format(act->look.arena, "%.*s（案）",
								 T_ARG(title_of(act->look.arena, day))),
					    .day = day, .lines = lines };
	struct transfer_id id;
	if (goes != 0)
		lines[staging.count++] = leaves(demo, goes, day_plus(day, -1), 2);
	if (citizen != 0 && to != 0)
		lines[staging.count++] = moves(demo, citizen, "異動", to, "主事", 3);
	if (tax != 0)
		lines[staging.count++] = moves(demo, tax, "異動", demo->citizen_unit, "主事", 4);
	if (rises != 0)
		lines[staging.count++] =
			moves(demo, rises, "昇任", demo->people[rises].unit, "主任主事", 5);
	lines[staging.count++] = (struct transfer_line){ .place = 6, .kind = T("採用"),
							 .number = T("109003"),
							 .name = T("新田　春香"),
							 .to_unit = demo->units[demo->citizen_unit].code,
							 .to_post = T("主事"), .day = DAY_NONE };
	return transfer_stage(act, &staging, &id);
}

struct error *
demo_do_transfer(struct demo *demo, const struct demo_event *event, struct act *act)
{
	act->actor.person = demo->people[demo->operator_].id.no;
	switch ((enum step)event->what) {
	case STEP_STAGE:
		return stage(demo, act);
	case STEP_DECIDE:
		return decide(demo, act);
	case STEP_RETURN:
		return give_back(demo, act);
	case STEP_NEXT:
		return begin_next(demo, act);
	}
	return OK;
}
