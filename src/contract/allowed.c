/* Is somebody of a firm named and consented on a day? */
#include "contract/rooms.h"

enum { NAMINGS_MOST = 100 };

static bool
is_over(const struct contract_covering_row *row, struct day day)
{
	return row->contract != 0 &&
	       (row->ended != 0 ? row->ended < day.no : text_is(row->stage, "dropped"));
}

/* Covered by room people: the newest contract kept here counts before an engagement kept there alone. */
static struct error *
by_cover(struct look *look, struct person_id person, struct day day, struct contract_id contract,
	 struct contract_allowed *allowed)
{
	struct contract_covering_row *rows;
	size_t count;
	TRY(contract_covering(look, &(struct contract_covering_in){ person.no, day.no, NAMINGS_MOST },
			      &rows, &count));
	for (size_t at = 0; at < count && !allowed->is_allowed; at++) {
		const struct contract_covering_row *row = &rows[at];
		if (contract.no != 0 && row->contract != contract.no)
			continue;
		const bool is_consented = row->link == 0 || text_is(row->link_state, "consented") ||
					  text_is(row->link_state, "ended");
		allowed->state = !is_consented	     ? WORKER_NO_CONSENT
				 : is_over(row, day) ? WORKER_CONTRACT_OVER
						     : WORKER_ALLOWED;
		allowed->is_allowed = allowed->state == WORKER_ALLOWED;
		allowed->contract.no = row->contract;
		allowed->title = row->contract != 0 ? row->title : row->work;
		allowed->link.no = row->link;
		allowed->firm = row->firm_name;
		allowed->engagement.no = row->engagement;
		allowed->unit.no = row->unit;
	}
	return OK;
}

static enum contract_worker_state
lacking(const struct pack *pack, const struct contract_namings_row *row, struct day day)
{
	if (row->contract_ended != 0 && row->contract_ended < day.no)
		return WORKER_CONTRACT_OVER;
	if (row->since > day.no)
		return WORKER_NOT_YET;
	if (row->until < day.no || (row->ended != 0 && row->ended < day.no))
		return WORKER_OVER;
	if (row->engagement == 0)
		return WORKER_NO_CONSENT;
	if (row->pledged == 0)
		return WORKER_NO_PLEDGE;
	if (row->trained == 0 && pack->contracts != NULL && pack->contracts->is_trained)
		return WORKER_NO_TRAINING;
	return WORKER_NOT_YET; /* everything is there, but only from a later day on */
}

/* A naming whose days hold says more than one of other days. */
static int
nearness(enum contract_worker_state state)
{
	static const int of[WORKER_STATES] = {
		[WORKER_ALLOWED] = 9,	   [WORKER_NO_TRAINING] = 8, [WORKER_NO_PLEDGE] = 7,
		[WORKER_NO_CONSENT] = 6,   [WORKER_NOT_YET] = 5,     [WORKER_OVER] = 4,
		[WORKER_CONTRACT_OVER] = 3, [WORKER_NOT_NAMED] = 0,
	};
	return of[state];
}

static struct error *
by_naming(struct look *look, const struct pack *pack, struct person_id person, struct day day,
	  struct contract_id contract, struct contract_allowed *allowed)
{
	struct contract_namings_row *rows;
	size_t count;
	TRY(contract_namings(look, &(struct contract_namings_in){ person.no, NAMINGS_MOST }, &rows,
			     &count));
	for (size_t at = 0; at < count; at++) {
		const struct contract_namings_row *row = &rows[at];
		if (contract.no != 0 && row->contract != contract.no)
			continue;
		const enum contract_worker_state state = lacking(pack, row, day);
		if (nearness(state) <= nearness(allowed->state))
			continue;
		*allowed = (struct contract_allowed){
			.state = state,
			.contract = { row->contract },
			.title = row->title,
			.link = { row->link },
			.firm = row->firm_name,
			.engagement = { row->engagement },
			.unit = { row->unit },
		};
	}
	return OK;
}

struct error *
contract_worker_allowed(struct look *look, const struct pack *pack, struct person_id person,
			struct day day, struct contract_id contract,
			struct contract_allowed *allowed)
{
	struct contract_allowed made = { .state = WORKER_NOT_NAMED };
	TRY(by_cover(look, person, day, contract, &made));
	if (!made.is_allowed)
		TRY(by_naming(look, pack, person, day, contract, &made));
	made.state_words = text_of(contract_worker_state_words(made.state));
	*allowed = made;
	return OK;
}

struct error *
contract_workers_allowed(struct look *look, const struct pack *pack, struct day day,
			 struct contract_allowed_person **list, size_t *count)
{
	struct contract_covered_row *rows;
	size_t got, filled = 0;
	TRY(contract_covered(look, &(struct contract_covered_in){ day.no, CONTRACT_MOST_LISTED }, &rows,
			     &got));
	struct contract_allowed_person *made =
		ARENA_ARRAY(look->arena, struct contract_allowed_person, got + 1);
	for (size_t at = 0; at < got; at++) {
		struct contract_allowed_person *one = &made[filled];
		one->person.no = rows[at].person;
		one->name = rows[at].person_name;
		one->number = rows[at].number;
		TRY(contract_worker_allowed(look, pack, one->person, day, (struct contract_id){ 0 },
					    &one->by));
		filled += one->by.is_allowed;
	}
	*list = made;
	*count = filled;
	return OK;
}
