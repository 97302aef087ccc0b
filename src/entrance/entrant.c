/* Who may enter a room on a day, and what may be brought in. */
#include "entrance/rooms.h"

#include "contract/contract.h"
#include "flow/consult.h"
#include "people/organisation.h"

#include <stdlib.h>

static const char *const kind_names[ENTRANT_KINDS] = { "staff", "listed", "visitor" };
static const char *const kind_words[ENTRANT_KINDS] = { N_("職員(職により)"), N_("名簿の人"), N_("名簿にない人") };

const char *
entrant_kind_name(enum entrant_kind kind)
{
	return kind_names[kind];
}

const char *
entrant_kind_words(enum entrant_kind kind)
{
	return say(kind_words[kind]);
}

struct gathering {
	struct look *look;
	const struct flow *flow;
	const struct pack_entrance *entrance;
	const struct entrance_room *room;
	struct moment at;
	struct firm *firms;
	size_t firms_count;
	enum contract_worker_state state; /* of the person of a firm who was looked at last */
	struct entrant *list;
	size_t count;
};

bool
room_is_called(struct arena *arena, struct text a, struct text b)
{
	const struct text one = consult_fold(arena, a);
	return one.len != 0 && text_same(one, consult_fold(arena, b));
}

/* ---- By their post ---- */

static bool
is_there(const struct gathering *gathering, struct person_id person)
{
	for (size_t at = 0; at < gathering->count; at++)
		if (gathering->list[at].person.no == person.no)
			return true;
	return false;
}

static struct error *
add_holder(struct gathering *gathering, const struct decider *holder)
{
	struct look *look = gathering->look;
	struct unit unit;
	if (gathering->count == ENTRANCE_MOST_ENTRANTS || is_there(gathering, holder->person))
		return OK;
	TRY(people_unit(look, holder->unit, &unit));
	gathering->list[gathering->count++] = (struct entrant){
		.key = text_format(look->arena, "P%lld", (long long)holder->person.no),
		.kind = ENTRANT_STAFF,
		.person = holder->person,
		.name = holder->name,
		.of = unit.name,
		.may = true,
	};
	return OK;
}

/* Only people of the unit itself: a role that nobody has there is not looked for above. */
static struct error *
gather_staff(struct gathering *gathering)
{
	const struct day day = moment_day(gathering->at);
	for (size_t at = 0; at < gathering->entrance->staff_count; at++) {
		const struct pack_role *role = gathering->entrance->staff[at];
		struct decider *list;
		size_t count;
		TRY(people_role_holders(gathering->look, role, gathering->room->unit, day, &list, &count));
		for (size_t i = 0; i < count; i++)
			if (role->scope == SCOPE_BODY || list[i].unit.no == gathering->room->unit.no)
				TRY(add_holder(gathering, &list[i]));
	}
	return OK;
}

/* ---- By name ---- */

static struct text
value_in(const struct ledger_value *values, size_t count, const struct pack_field *field)
{
	for (size_t at = 0; field != NULL && at < count; at++)
		if (text_same(values[at].name, field->name))
			return values[at].value;
	return T("");
}

static bool
is_of_room(const struct gathering *gathering, struct arena *arena, struct text value)
{
	if (gathering->entrance->listed_room->kind == FIELD_ASSET)
		return text_same(value, text_number(arena, gathering->room->id.no));
	return room_is_called(arena, value, gathering->room->name);
}

/* "2026-04-01/2027-03-31"; an open or missing period is no end. */
static bool
is_in_period(struct text period, struct day day, bool *is_over)
{
	struct text halves[2] = { period, T("") };
	struct day from = DAY_NONE, until = DAY_NONE;
	for (size_t at = 0; at < period.len; at++)
		if (period.data[at] == '/') {
			halves[0] = text_first(period, at);
			halves[1] = (struct text){ period.data + at + 1, period.len - at - 1 };
			break;
		}
	if (halves[0].len != 0 && !day_read(halves[0], &from))
		from = DAY_NONE;
	if (halves[1].len != 0 && !day_read(halves[1], &until))
		until = DAY_NONE;
	*is_over = !day_is_none(until) && until.no < day.no;
	return !*is_over && (day_is_none(from) || from.no <= day.no);
}

/* A permit that was taken back stops the row it was written by; a row that never had one stands by itself. */
static struct error *
check_permit(struct gathering *gathering, struct entrant *made)
{
	const struct pack_entrance *entrance = gathering->entrance;
	struct consult_answer answer;
	struct consult_question question = {
		.occasion = entrance->listed_by != NULL ? entrance->listed_by->code : T(""),
		.pairs = { { entrance->listed_entrant, made->name },
			   { entrance->listed_place, gathering->room->name } },
		.pairs_count = 2,
		.at = gathering->at,
	};
	if (entrance->listed_by == NULL || made->name.len > CONSULT_MOST_VALUE)
		return OK;
	TRY(flow_consult(gathering->look, gathering->flow, &question, &answer));
	if (answer.state == CONSULTED_REVOKED || answer.because == BECAUSE_GIVEN_UP) {
		made->may = false;
		made->why = text_of(say("入室の許可が取り消されています。"));
	}
	return OK;
}

/* Somebody of a firm: only while consent, pledge and what else the pack asks for are there. */
static struct error *
check_allowed(struct gathering *gathering, struct entrant *made)
{
	struct contract_allowed allowed;
	TRY(contract_worker_allowed(gathering->look, gathering->flow->pack, made->person,
				    moment_day(gathering->at), (struct contract_id){ 0 }, &allowed));
	gathering->state = allowed.state;
	if (allowed.is_allowed || !made->may)
		return OK;
	made->may = false;
	made->why = text_format(gathering->look->arena, say("%.*s。"), T_ARG(allowed.state_words));
	return OK;
}

/* The worker of that name, covered or not; else whoever is named in a contract only. */
static struct error *
find_worker(struct gathering *gathering, struct firm_id firm, struct entrant *made)
{
	struct look *look = gathering->look;
	struct worker *workers;
	struct person_id found;
	struct person person;
	size_t count, called;
	TRY(people_workers(look, (struct person_id){ 0 }, (struct engagement_id){ 0 }, firm, &workers, &count));
	for (size_t i = 0; i < count; i++) {
		struct contract_allowed allowed;
		if (!room_is_called(look->arena, workers[i].person_name, made->name))
			continue;
		made->person = workers[i].person;
		TRY(contract_worker_allowed(look, gathering->flow->pack, made->person,
					    moment_day(gathering->at), (struct contract_id){ 0 }, &allowed));
		if (allowed.is_allowed)
			return OK;
	}
	if (made->person.no != 0)
		return OK;
	TRY(people_called(look, made->name, &found, &called));
	if (called != 1)
		return OK;
	TRY(people_person(look, found, &person));
	if (employment_is_outside(person.employment))
		made->person = found;
	return OK;
}

static struct error *
check_worker(struct gathering *gathering, struct entrant *made)
{
	struct arena *arena = gathering->look->arena;
	size_t at = 0;
	while (at < gathering->firms_count && !room_is_called(arena, gathering->firms[at].name, made->of))
		at++;
	if (at == gathering->firms_count)
		return OK;
	made->is_outside = true;
	TRY(find_worker(gathering, gathering->firms[at].id, made));
	if (made->person.no != 0)
		return check_allowed(gathering, made);
	if (made->may) {
		made->may = false;
		made->why = text_of(say("会社の従事者として届けられていません。"));
	}
	return OK;
}

/* One of the body's own, of that name; anybody else is from outside. */
static struct error *
check_own(struct gathering *gathering, struct entrant *made)
{
	struct person person;
	struct person_id found;
	size_t count;
	if (made->is_outside)
		return OK;
	TRY(people_called(gathering->look, made->name, &found, &count));
	made->is_outside = count == 0;
	if (count != 1)
		return OK;
	TRY(people_person(gathering->look, found, &person));
	made->is_outside = employment_is_outside(person.employment);
	made->person = found;
	/* Whatever firm is said: nobody gets in by another firm's name. */
	if (made->is_outside)
		return check_allowed(gathering, made);
	if (!day_is_none(person.until) && person.until.no < moment_day(gathering->at).no) {
		made->may = false;
		made->why = text_of(say("もう在籍していません。"));
	}
	return OK;
}

static bool
is_same_entrant(const struct entrant *a, const struct entrant *b)
{
	if (a->person.no != 0 || b->person.no != 0)
		return a->person.no == b->person.no;
	return text_same(a->name, b->name) && text_same(a->of, b->of);
}

/* A permit that was renewed stands as a row of its own: the row that lets in counts, not the first one. */
static void
add_listed(struct gathering *gathering, const struct entrant *made)
{
	struct entrant *same = NULL, *shut = NULL;
	for (size_t at = 0; at < gathering->count; at++) {
		struct entrant *one = &gathering->list[at];
		if (is_same_entrant(one, made))
			same = one;
		if (!one->may)
			shut = one;
	}
	if (same != NULL && (!same->may || !made->may || made->person.no != 0)) {
		if (!same->may && made->may)
			*same = *made;
		return;
	}
	if (gathering->count < ENTRANCE_MOST_ENTRANTS)
		gathering->list[gathering->count++] = *made;
	else if (made->may && shut != NULL)
		*shut = *made;
}

static struct error *
gather_listed(void *with, const struct ledger_row *row)
{
	struct gathering *gathering = with;
	const struct pack_entrance *entrance = gathering->entrance;
	struct look *look = gathering->look;
	struct ledger_value *values;
	size_t count;
	bool is_over;
	TRY(ledger_values(look->arena, row, &values, &count));
	if (!is_of_room(gathering, look->arena, value_in(values, count, entrance->listed_room)))
		return OK;
	const bool is_now = is_in_period(value_in(values, count, entrance->listed_period),
					 moment_day(gathering->at), &is_over);
	if (gathering->count == ENTRANCE_MOST_ENTRANTS && !is_now)
		return OK;
	struct entrant made = {
		.key = text_format(look->arena, "L%lld", (long long)row->id.no),
		.kind = ENTRANT_LISTED,
		.row = row->id,
		.name = text_copy(look->arena, value_in(values, count, entrance->listed_name)),
		.of = text_copy(look->arena, value_in(values, count, entrance->listed_of)),
		.may = is_now,
		.why = is_now ? T("") : text_of(is_over ? say("許可の期間が過ぎています。") : say("許可の期間はこれからです。")),
	};
	TRY(check_permit(gathering, &made));
	TRY(check_worker(gathering, &made));
	TRY(check_own(gathering, &made));
	add_listed(gathering, &made);
	return OK;
}

static int
in_order(const void *left, const void *right)
{
	const struct entrant *a = left, *b = right;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	const int of = text_order(a->of, b->of), name = text_order(a->name, b->name);
	if (of != 0 || name != 0)
		return of != 0 ? of : name;
	return (a->row.no > b->row.no) - (a->row.no < b->row.no);
}

struct error *
room_entrants_at(struct look *look, const struct flow *flow, const struct entrance_room *room,
	    struct moment at, struct entrant **list, size_t *count)
{
	struct gathering gathering = { .look = look, .flow = flow, .entrance = flow->pack->entrance,
				       .room = room, .at = at };
	gathering.list = ARENA_ARRAY(look->arena, struct entrant, ENTRANCE_MOST_ENTRANTS);
	TRY(people_firms(look, moment_day(at), true, &gathering.firms, &gathering.firms_count));
	TRY(gather_staff(&gathering));
	TRY(ledger_each(look, flow->pack, gathering.entrance->listed,
			&(struct ledger_query){ .state = ROW_LIVING }, gather_listed, &gathering));
	if (gathering.count > 1)
		qsort(gathering.list, gathering.count, sizeof *gathering.list, in_order);
	*list = gathering.list;
	*count = gathering.count;
	return OK;
}

struct error *
entrance_entrants(struct look *look, const struct flow *flow, const struct entrance_room *room,
		  struct entrant **list, size_t *count)
{
	return room_entrants_at(look, flow, room, look->now, list, count);
}

const struct entrant *
room_entrant_called(const struct entrant *list, size_t count, struct text key)
{
	for (size_t at = 0; at < count; at++)
		if (key.len != 0 && text_same(list[at].key, key))
			return &list[at];
	return NULL;
}

/* ---- Who is put on the list, or comes as a visitor ---- */

static struct error *
open_gathering(struct look *look, const struct flow *flow, struct moment at, struct gathering *gathering)
{
	*gathering = (struct gathering){ .look = look, .flow = flow, .at = at,
					 .entrance = flow->pack->entrance, .state = WORKER_ALLOWED };
	return people_firms(look, moment_day(at), true, &gathering->firms, &gathering->firms_count);
}

struct error *
room_unconsented(struct look *look, const struct flow *flow, struct moment at, struct text name,
		 struct text of, struct text *why)
{
	struct gathering gathering;
	struct entrant made = { .name = name, .of = of, .may = true };
	*why = T("");
	TRY(open_gathering(look, flow, at, &gathering));
	TRY(check_worker(&gathering, &made));
	TRY(check_own(&gathering, &made));
	if (gathering.state == WORKER_NO_CONSENT)
		*why = made.why;
	return OK;
}

/* Listed for later days: what is there by then counts. */
static struct moment
first_day(struct look *look, struct text period)
{
	size_t len = 0;
	struct day from;
	while (len < period.len && period.data[len] != '/')
		len++;
	if (!day_read(text_first(period, len), &from) || from.no <= moment_day(look->now).no)
		return look->now;
	return day_begin(from);
}

struct error *
entrance_may_list(struct look *look, const struct flow *flow, const struct pack_ledger *ledger,
		  const struct ledger_value *values, size_t count)
{
	const struct pack_entrance *entrance = flow->pack->entrance;
	struct gathering gathering;
	if (entrance == NULL || !text_same(ledger->code, entrance->listed->code))
		return OK;
	struct entrant made = { .name = value_in(values, count, entrance->listed_name),
				.of = value_in(values, count, entrance->listed_of),
				.may = true };
	TRY(open_gathering(look, flow,
			   first_day(look, value_in(values, count, entrance->listed_period)), &gathering));
	TRY(check_worker(&gathering, &made));
	TRY(check_own(&gathering, &made));
	if (made.may)
		return OK;
	return reject(text_z(look->arena, entrance->listed_name->name),
		      "「%.*s」さんは名簿に載せられません。%.*s 委託の従事者なら、同意・誓約・従事者の届けを先に済ませてください。",
		      T_ARG(made.name), T_ARG(made.why));
}

struct error *
entrance_ledger_put(struct act *act, const struct flow *flow, struct dossier_id id,
		    const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	struct look *look = &act->look;
	struct dossier dossier;
	TRY(flow_ledger_put(act, flow, id, occasion, outcome));
	if (flow->pack->entrance == NULL)
		return OK;
	TRY(flow_read(look, flow, id, &dossier));
	for (size_t at = 0; at < dossier.made_count; at++) {
		const struct ledger_row *row = &dossier.made[at].row;
		struct ledger_value *values;
		size_t count;
		if (dossier.made[at].occasion != occasion)
			continue;
		TRY(ledger_values(look->arena, row, &values, &count));
		TRY(entrance_may_list(look, flow, row->ledger, values, count));
	}
	return OK;
}

/* ---- What may be brought in ---- */

static struct text
in_scope(const struct consult_answer *answer, struct text name)
{
	for (size_t at = 0; at < answer->scope_count; at++)
		if (text_same(answer->scope[at].name, name))
			return answer->scope[at].value;
	return T("");
}

struct error *
room_permit_of(struct look *look, const struct flow *flow, const struct entrance_room *room,
	       struct moment at, struct text serial, struct permit_id *permit)
{
	const struct pack_entrance *entrance = flow->pack->entrance;
	struct consult_answer answer;
	*permit = (struct permit_id){ 0 };
	if (entrance->devices == NULL || room->name.len > CONSULT_MOST_VALUE)
		return OK;
	TRY(flow_consult(look, flow,
			 &(struct consult_question){ .occasion = entrance->devices->code,
						     .pairs = { { entrance->devices_serial, serial },
								{ entrance->devices_place, room->name } },
						     .pairs_count = 2,
						     .at = at },
			 &answer));
	if (answer.state == CONSULTED_VALID)
		*permit = answer.id;
	return OK;
}

static struct error *
add_carried(struct look *look, const struct flow *flow, const struct entrance_room *room,
	    const struct consult_line *line, struct carried *list, size_t *count)
{
	const struct pack_entrance *entrance = flow->pack->entrance;
	struct consult_answer answer;
	TRY(flow_consult(look, flow, &(struct consult_question){ .permit = line->number }, &answer));
	if (answer.state != CONSULTED_VALID || *count == ENTRANCE_MOST_PERMITS ||
	    !room_is_called(look->arena, in_scope(&answer, entrance->devices_place), room->name))
		return OK;
	list[(*count)++] = (struct carried){ in_scope(&answer, entrance->devices_serial),
					     answer.number, answer.id, answer.until };
	return OK;
}

struct error *
entrance_carried(struct look *look, const struct flow *flow, const struct entrance_room *room,
		 struct carried **list, size_t *count)
{
	const struct pack_entrance *entrance = flow->pack->entrance;
	struct permit_id before = { INT64_MAX };
	struct consult_line *lines;
	size_t lines_count;
	*count = 0;
	*list = ARENA_ARRAY(look->arena, struct carried, ENTRANCE_MOST_PERMITS);
	/* Permits for other rooms stand among them: a page of them says nothing about this room. */
	while (entrance->devices != NULL && *count < ENTRANCE_MOST_PERMITS) {
		TRY(flow_consult_list(look, entrance->devices->code, true, before, ENTRANCE_MOST_PERMITS,
				      &lines, &lines_count));
		for (size_t at = 0; at < lines_count; at++)
			TRY(add_carried(look, flow, room, &lines[at], *list, count));
		if (lines_count == 0)
			break;
		before = lines[lines_count - 1].id;
	}
	return OK;
}
