/* How contracts stand, for evidence: what is there, what is due, what is late. */
#include "contract/rooms.h"

enum { EXPLAIN_DAYS = 30, RECEIPT_DAYS = 7, MOST = 20000 };

struct standing {
	struct look *look;
	const struct pack *pack;
	struct day today;
	struct contract_stand *stand;
};

static void
until(struct standing *standing, int64_t day)
{
	struct contract_stand *stand = standing->stand;
	if (day >= standing->today.no && (day_is_none(stand->next) || day < stand->next.no))
		stand->next = (struct day){ day };
}

/* Good when it was done, due until `day`, late after it. */
static void
count_one(struct standing *standing, bool is_done, int64_t day)
{
	struct contract_stand *stand = standing->stand;
	stand->all++;
	if (is_done)
		stand->good++;
	else if (day < standing->today.no)
		stand->late++;
	else
		stand->due++;
	if (!is_done)
		until(standing, day);
}

static struct error *
stand_running(struct standing *standing, enum contract_part part, int64_t within)
{
	struct contract_running_row *rows;
	size_t count;
	TRY(contract_running(standing->look, &(struct contract_running_in){ MOST }, &rows, &count));
	for (size_t at = 0; at < count; at++) {
		if (part == CONTRACTS_EXPLAINED)
			count_one(standing, rows[at].explained != 0, rows[at].since + EXPLAIN_DAYS);
		else if (part == CONTRACTS_CHECKED) {
			const int64_t from = rows[at].checked != 0 ? rows[at].checked : rows[at].since;
			const bool is_fresh = from + within >= standing->today.no;
			count_one(standing, is_fresh && rows[at].checked != 0, from + within);
			if (is_fresh)
				until(standing, from + within);
		} else
			count_one(standing, true, 0); /* nothing is signed without choice and items */
	}
	return OK;
}

static struct error *
stand_links(struct standing *standing)
{
	struct contract_links_open_row *rows;
	size_t count;
	TRY(contract_links_open(standing->look, &(struct contract_links_open_in){ MOST }, &rows, &count));
	for (size_t at = 0; at < count; at++) {
		if (text_is(rows[at].state, "found"))
			count_one(standing, false, 0);
		else
			count_one(standing, text_is(rows[at].state, "consented"), rows[at].since);
	}
	return OK;
}

static struct error *
stand_workers(struct standing *standing)
{
	struct contract_workers_open_row *rows;
	size_t count;
	TRY(contract_workers_open(standing->look,
				  &(struct contract_workers_open_in){ standing->today.no, MOST }, &rows, &count));
	for (size_t at = 0; at < count; at++) {
		struct contract_allowed allowed;
		TRY(contract_worker_allowed(standing->look, standing->pack,
					    (struct person_id){ rows[at].person }, standing->today,
					    (struct contract_id){ rows[at].contract }, &allowed));
		count_one(standing, allowed.is_allowed, rows[at].since);
	}
	return OK;
}

static struct error *
stand_handed(struct standing *standing)
{
	struct contract_handover_unreceived_row *rows;
	struct contract_handover_counts_row counts;
	size_t count;
	TRY(contract_handover_unreceived(standing->look, &(struct contract_handover_unreceived_in){ MOST }, &rows,
					 &count));
	TRY(contract_handover_counts(standing->look, &counts));
	for (size_t at = 0; at < count; at++)
		count_one(standing, false, rows[at].day + RECEIPT_DAYS);
	standing->stand->all += counts.received;
	standing->stand->good += counts.received;
	return OK;
}

/* Contracts that are over: ended with their data gone, or past their day and not ended. */
static struct error *
stand_gone(struct standing *standing)
{
	struct contract_running_row *rows;
	struct contract_ended_row *ended;
	size_t count, over;
	TRY(contract_running(standing->look, &(struct contract_running_in){ MOST }, &rows, &count));
	TRY(contract_ended(standing->look, &(struct contract_ended_in){ CONTRACT_MOST_LISTED }, &ended, &over));
	for (size_t at = 0; at < count; at++)
		if (rows[at].until < standing->today.no)
			count_one(standing, false, rows[at].until);
		else
			until(standing, rows[at].until);
	for (size_t at = 0; at < over; at++) {
		struct contract contract;
		TRY(contract_read(standing->look, standing->pack, (struct contract_id){ ended[at].id },
				  &contract));
		standing->stand->all++;
		if (contract.claimed != 0)
			standing->stand->claimed++;
		else
			standing->stand->good++;
	}
	return OK;
}

static struct error *
stand_demands(struct standing *standing)
{
	struct contract_demand_rows_row *rows;
	size_t count;
	TRY(contract_demand_rows(standing->look,
				 &(struct contract_demand_rows_in){ .is_all = 1, .most = CONTRACT_MOST_LISTED }, &rows, &count));
	for (size_t at = 0; at < count; at++)
		count_one(standing, rows[at].settled != 0, rows[at].due);
	return OK;
}

static struct error *
stand_services(struct standing *standing)
{
	const struct pack_contracts *rules = standing->pack->contracts;
	struct ledger_totals totals;
	struct contract_wrong *wrongs;
	size_t count;
	if (rules->services == NULL)
		return OK;
	TRY(contract_wrongs(standing->look, standing->pack, &wrongs, &count));
	TRY(ledger_totals(standing->look, rules->services, (struct moment){ 0 }, (struct moment){ 0 }, &totals));
	standing->stand->all = totals.rows;
	standing->stand->late = (int64_t)count; /* of a list with a limit */
	standing->stand->good = totals.rows > standing->stand->late ? totals.rows - standing->stand->late : 0;
	return OK;
}

struct error *
contract_stands(struct look *look, const struct pack *pack, enum contract_part part, int64_t within,
		struct contract_stand *stand)
{
	struct contract_stand made = { .next = DAY_NONE };
	struct standing standing = { look, pack, moment_day(look->now), &made };
	const struct pack_contracts *rules;
	TRY(contract_rules(pack, &rules));
	switch (part) {
	case CONTRACTS_SELECTED:
	case CONTRACTS_SIGNED:
	case CONTRACTS_EXPLAINED:
	case CONTRACTS_CHECKED:
		TRY(stand_running(&standing, part, within));
		break;
	case CONTRACTS_LINKED:
		TRY(stand_links(&standing));
		break;
	case CONTRACTS_NAMED:
		TRY(stand_workers(&standing));
		break;
	case CONTRACTS_HANDED:
		TRY(stand_handed(&standing));
		break;
	case CONTRACTS_GONE:
		TRY(stand_gone(&standing));
		break;
	case CONTRACTS_DEMANDED:
		TRY(stand_demands(&standing));
		break;
	case CONTRACTS_SERVED:
		TRY(stand_services(&standing));
		break;
	case CONTRACTS_PARTS:
		break;
	}
	*stand = made;
	return OK;
}
