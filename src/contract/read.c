/* Contracts and what hangs on them, as they stand. */
#include "contract/rooms.h"

#include "base/writer.h"

enum { ITEMS_MOST = 200, ROWS_MOST = 20000, CANDIDATES_MOST = 50 };

static int64_t
count_unverified(const struct pack *pack, const struct contract_handover_unclosed_row *rows, size_t count)
{
	int64_t made = 0;
	for (size_t at = 0; at < count; at++)
		made += text_is(rows[at].state, "open") || class_wants_proof(pack->contracts, rows[at].class);
	return made;
}

struct error *
contract_read(struct look *look, const struct pack *pack, struct contract_id id,
	      struct contract *contract)
{
	const struct day today = moment_day(look->now);
	struct contract_handover_unclosed_row *unclosed;
	struct contract_case_get_row row;
	size_t count;
	bool found;
	TRY(contract_case_get(look, &(struct contract_case_get_in){ id.no, today.no }, &found, &row));
	if (!found)
		return missing("その委託はありません。委託の一覧から選んでください。");
	TRY(contract_handover_unclosed(look, &(struct contract_handover_unclosed_in){ id.no, ROWS_MOST },
				       &unclosed, &count));
	*contract = (struct contract){
		.id = id,
		.unit = { row.unit },
		.unit_name = row.unit_name,
		.title = row.title,
		.work = row.work,
		.kind = row.kind,
		.of = pack_contract_kind(pack->contracts, row.kind),
		.class_code = row.class,
		.system = { row.system },
		.system_title = row.system_title,
		.made = { row.made },
		.chosen = { row.candidate },
		.firm_name = row.firm_name,
		.reason = row.reason,
		.number = row.number,
		.agreed = contract_day(row.agreed),
		.since = contract_day(row.since),
		.until = contract_day(row.until),
		.engagement = { row.engagement },
		.explained = contract_day(row.explained),
		.explained_words = row.explained_words,
		.row = { row.ledger_row },
		.ended = contract_day(row.ended),
		.end_words = row.end_words,
		.links = row.links,
		.unconsented = row.unconsented,
		.found = row.found,
		.workers = row.workers,
		.handovers = row.handovers,
		.open = row.open,
		.claimed = row.claimed,
		.unverified = count_unverified(pack, unclosed, count),
		.demands = row.demands,
		.late_demands = row.late_demands,
		.checked = contract_day(row.checked),
		.change = row.change,
	};
	(void)contract_stage_read(row.stage, &contract->stage);
	contract->is_past = contract->stage == CONTRACT_RUNNING && row.until < today.no;
	return OK;
}

/* ",3,7,": what instr() finds a unit in. */
static struct text
units_seen(struct arena *arena, const struct contract_eyes *eyes)
{
	struct writer out = writer_open(arena, 1 << 20);
	write_byte(&out, ',');
	for (size_t at = 0; eyes != NULL && at < eyes->count; at++)
		write_format(&out, "%lld,", (long long)eyes->units[at].no);
	return writer_text(&out);
}

struct error *
contract_list(struct look *look, const struct pack *pack, const struct contract_query *query,
	      size_t most, struct contract **list, size_t *count)
{
	struct contract_case_ids_row *rows;
	size_t got;
	const char *stage = query->is_waiting_only ? "waiting"
			    : query->is_open_only  ? "open"
			    : query->has_stage	   ? contract_stage_name(query->stage)
						   : "";
	if (most > CONTRACT_MOST_LISTED)
		most = CONTRACT_MOST_LISTED;
	TRY(contract_case_ids(look,
			      &(struct contract_case_ids_in){
				      .whole = query->eyes == NULL || query->eyes->all,
				      .units = units_seen(look->arena, query->eyes),
				      .stage = text_of(stage),
				      .today = moment_day(look->now).no,
				      .most = (int64_t)most, /* <= 2000 */
			      },
			      &rows, &got));
	struct contract *made = ARENA_ARRAY(look->arena, struct contract, got + 1);
	for (size_t at = 0; at < got; at++)
		TRY(contract_read(look, pack, (struct contract_id){ rows[at].id }, &made[at]));
	*list = made;
	*count = got;
	return OK;
}

static struct error *
count_answers(struct look *look, const struct pack *pack, const struct contract *contract,
	      struct contract_candidate *candidate)
{
	struct contract_answered *answers;
	size_t count;
	TRY(contract_answers(look, pack, contract, candidate->id, &answers, &count));
	for (size_t at = 0; at < count; at++) {
		candidate->answered += answers[at].answer.len != 0;
		candidate->musts +=
			answers[at].criterion->is_must && !text_is(answers[at].answer, "yes");
	}
	return OK;
}

struct error *
contract_candidates(struct look *look, const struct pack *pack, const struct contract *contract,
		    struct contract_candidate **list, size_t *count)
{
	struct contract_candidate_rows_row *rows;
	size_t got;
	TRY(contract_candidate_rows(
		look, &(struct contract_candidate_rows_in){ contract->id.no, CANDIDATES_MOST }, &rows, &got));
	struct contract_candidate *made = ARENA_ARRAY(look->arena, struct contract_candidate, got + 1);
	for (size_t at = 0; at < got; at++) {
		made[at] = (struct contract_candidate){ .id = { rows[at].id },
							.firm = { rows[at].firm },
							.name = rows[at].name,
							.is_chosen = rows[at].id == contract->chosen.no };
		TRY(count_answers(look, pack, contract, &made[at]));
	}
	*list = made;
	*count = got;
	return OK;
}

struct error *
contract_items(struct look *look, const struct pack *pack, struct contract_id id,
	       struct contract_said **list, size_t *count)
{
	const struct pack_contracts *rules;
	struct contract_item_rows_row *rows;
	size_t got;
	TRY(contract_rules(pack, &rules));
	TRY(contract_item_rows(look, &(struct contract_item_rows_in){ id.no, ITEMS_MOST }, &rows, &got));
	struct contract_said *made = ARENA_ARRAY(look->arena, struct contract_said, rules->items_count + 1);
	for (size_t at = 0; at < rules->items_count; at++) {
		made[at].item = &rules->items[at];
		made[at].code = rules->items[at].code;
		for (size_t i = 0; i < got; i++)
			if (text_same(rows[i].item, made[at].code)) {
				made[at].is_answered = true;
				made[at].is_present = rows[i].is_present != 0;
				made[at].words = rows[i].words;
			}
	}
	*list = made;
	*count = rules->items_count;
	return OK;
}

#define DEMAND_FROM(look, pack, r, out)                                                        \
	*(out) = (struct contract_demand)                                                      \
	{                                                                                      \
		.id = { (r)->id }, .contract = { (r)->contract }, .contract_title = (r)->title, \
		.unit = { (r)->unit }, .link = { (r)->link }, .firm_name = (r)->firm_name,     \
		.found = (r)->found, .wanted = (r)->wanted,                                    \
		.item = pack_contract_item((pack)->contracts, (r)->item), .due = { (r)->due }, \
		.made = { (r)->made }, .answered = { (r)->answered }, .settled = { (r)->settled }, \
		.answer = (r)->answer, .settle = (r)->settle,                                  \
		.is_late = (r)->settled == 0 && (r)->due < moment_day((look)->now).no,         \
		.change = (r)->change,                                                         \
	}

struct error *
contract_demands(struct look *look, const struct pack *pack, struct contract_id id,
		 struct contract_demand **list, size_t *count)
{
	struct contract_demand_rows_row *rows;
	size_t got;
	TRY(contract_demand_rows(
		look, &(struct contract_demand_rows_in){ .contract = id.no, .is_open = id.no == 0,
						       .most = CONTRACT_MOST_LISTED }, &rows,
		&got));
	struct contract_demand *made = ARENA_ARRAY(look->arena, struct contract_demand, got + 1);
	for (size_t at = 0; at < got; at++)
		DEMAND_FROM(look, pack, &rows[at], &made[at]);
	*list = made;
	*count = got;
	return OK;
}

struct error *
contract_checks(struct look *look, struct contract_id id, struct contract_checked **list, size_t *count)
{
	struct contract_check_rows_row *rows;
	size_t got;
	TRY(contract_check_rows(look, &(struct contract_check_rows_in){ id.no, CONTRACT_MOST_LISTED }, &rows,
				&got));
	struct contract_checked *made = ARENA_ARRAY(look->arena, struct contract_checked, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = (struct contract_checked){ .day = { rows[at].day },
						      .how = rows[at].how,
						      .found = rows[at].found,
						      .name = rows[at].name,
						      .is_fine = rows[at].is_fine != 0 };
	*list = made;
	*count = got;
	return OK;
}
