/* Rows of the register of services that are as the pack says they must not be. */
#include "contract/rooms.h"

#include "base/arena.h"

struct looking {
	struct look *look;
	struct arena *row_arena; /* of one row */
	const struct pack_contracts *rules;
	struct contract_wrong *list;
	size_t count;
};

static struct error *
look_at(void *with, const struct ledger_row *row)
{
	struct looking *looking = with;
	struct ledger_answers holding = { .ledger = looking->rules->services };
	struct ledger_value *values;
	arena_reset(looking->row_arena);
	TRY(ledger_values(looking->row_arena, row, &values, &holding.count));
	holding.values = values;
	for (size_t at = 0; at < looking->rules->wrongs_count; at++) {
		const struct pack_contract_wrong *rule = &looking->rules->wrongs[at];
		if (looking->count >= CONTRACT_MOST_LISTED ||
		    !when_evaluate(rule->where, &(struct when_answers){ ledger_answer, &holding }))
			continue;
		looking->list[looking->count++] =
			(struct contract_wrong){ .rule = rule,
						 .row = row->id,
						 .title = text_copy(looking->look->arena, row->title),
						 .unit = { row->owner } };
	}
	return OK;
}

struct error *
contract_wrongs(struct look *look, const struct pack *pack, struct contract_wrong **list, size_t *count)
{
	const struct pack_contracts *rules;
	TRY(contract_rules(pack, &rules));
	*list = NULL;
	*count = 0;
	if (rules->services == NULL || rules->wrongs_count == 0)
		return OK;
	struct looking looking = { .look = look,
				   .row_arena = arena_open(ARENA_USUAL),
				   .rules = rules,
				   .list = ARENA_ARRAY(look->arena, struct contract_wrong,
						       CONTRACT_MOST_LISTED) };
	struct error *error = ledger_each(look, pack, rules->services,
					  &(struct ledger_query){ .state = ROW_LIVING }, look_at, &looking);
	arena_close(looking.row_arena);
	TRY(error);
	*list = looking.list;
	*count = looking.count;
	return OK;
}
