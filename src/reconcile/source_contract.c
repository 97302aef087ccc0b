/*
 * Sources that room contract knows: who is named for work given out, with or without consent, and the data that
 * went over. Words in a set are Japanese whoever runs it: the set's digest must not depend on the reader.
 */
#include "reconcile/rooms.h"

/* ---- How far down the chain a link is ---- */

struct link {
	int64_t id, depth;
};
struct contracts {
	struct filling *filling;
	struct link *links; /* by id */
	size_t count, room;
};

static int64_t
depth_of(const struct contracts *contracts, int64_t id)
{
	size_t from = 0, to = contracts->count;
	while (from < to) {
		const size_t at = from + (to - from) / 2;
		if (contracts->links[at].id == id)
			return contracts->links[at].depth;
		if (contracts->links[at].id < id)
			from = at + 1;
		else
			to = at;
	}
	return -1;
}

/* What stands above was there before: its number is lower. */
static struct error *
take_link(void *with, const struct reconcile_links_row *row)
{
	struct contracts *contracts = with;
	if (contracts->count == contracts->room) {
		const size_t room = contracts->room == 0 ? 64 : contracts->room * 2;
		struct link *grown = ARENA_ARRAY(contracts->filling->look->arena, struct link, room);
		for (size_t at = 0; at < contracts->count; at++)
			grown[at] = contracts->links[at];
		contracts->links = grown;
		contracts->room = room;
	}
	const int64_t depth = row->above == 0 ? 0 : depth_of(contracts, row->above) + 1;
	contracts->links[contracts->count++] = (struct link){ row->id, depth };
	return OK;
}

static struct error *
read_links(struct contracts *contracts)
{
	return reconcile_links(contracts->filling->look, take_link, contracts);
}

/* ---- Who is named ---- */

static struct text
standing_of(const struct reconcile_contract_workers_row *row)
{
	if (row->worker != 0)
		return T("同意・誓約がそろっている");
	if (row->engagement != 0)
		return row->pledged == 0   ? T("秘密を守る誓約がない")
		       : row->trained == 0 ? T("教育を受けた記録がない")
					   : T("まだ従事できない");
	return text_is(row->link_state, "found")     ? T("無断の再委託で、同意がない")
	       : text_is(row->link_state, "refused") ? T("再委託に同意しなかった")
						     : T("再委託にまだ同意していない");
}

/* Blank while nobody consented: no day lies in it. */
static struct text
may_period(struct arena *into, const struct reconcile_contract_workers_row *row)
{
	return row->worker == 0 ? T("") : source_period(into, row->may_since, row->may_until);
}

static struct error *
take_worker(void *with, const struct reconcile_contract_workers_row *row)
{
	const struct contracts *contracts = with;
	struct arena *arena = contracts->filling->look->arena;
	const int64_t until = row->ended != 0 && row->ended < row->until ? row->ended : row->until;
	const struct ledger_value values[] = {
		named_text("number", row->person_number),
		named_text("name", row->person_name),
		named_text("firm", row->firm_name),
		named_number(arena, "depth", depth_of(contracts, row->link)),
		named_text("contract", row->title),
		named_text("contract-number", row->contract_number),
		named_yes("is-consented", row->engagement != 0),
		named_yes("may-work", row->worker != 0),
		named_text("standing", standing_of(row)),
		named_day(arena, "since", row->since),
		named_day(arena, "until", until),
		named_day(arena, "pledged", row->pledged),
		named_day(arena, "trained", row->trained),
		named_text("period", may_period(arena, row)),
	};
	return filling_add(contracts->filling, values, sizeof values / sizeof *values);
}

struct error *
source_contract_workers(struct filling *filling)
{
	struct contracts contracts = { .filling = filling };
	TRY(read_links(&contracts));
	return reconcile_contract_workers(filling->look, take_worker, &contracts);
}

/* ---- Everybody with a name: staff, workers of contracts, of engagements kept in room people alone ---- */

static struct error *
take_staff(void *with, const struct reconcile_people_row *row)
{
	struct filling *filling = with;
	const bool is_serving = source_is_within(filling, row->since, row->until);
	const struct ledger_value values[] = {
		named_text("number", row->number),
		named_text("name", row->name),
		named_text("of", row->unit_name),
		named_yes("is-staff", true),
		named_yes("may-work", is_serving),
		named_text("standing", is_serving ? T("職員") : T("いま在籍していない")),
		named_text("period", source_period(filling->look->arena, row->since, row->until)),
	};
	if (source_is_outside(row->employment))
		return OK;
	return filling_add(filling, values, sizeof values / sizeof *values);
}

static struct error *
take_named(void *with, const struct reconcile_contract_workers_row *row)
{
	struct filling *filling = with;
	const struct ledger_value values[] = {
		named_text("number", row->person_number),
		named_text("name", row->person_name),
		named_text("of", row->firm_name),
		named_yes("is-staff", false),
		named_yes("may-work", row->worker != 0),
		named_text("standing", standing_of(row)),
		named_text("contract", row->title),
		named_text("period", may_period(filling->look->arena, row)),
	};
	return filling_add(filling, values, sizeof values / sizeof *values);
}

static struct error *
take_engaged(void *with, const struct reconcile_workers_row *row)
{
	struct filling *filling = with;
	const struct ledger_value values[] = {
		named_text("number", row->number),
		named_text("name", row->name),
		named_text("of", row->firm_name),
		named_yes("is-staff", false),
		named_yes("may-work", true),
		named_text("standing", T("同意・誓約がそろっている")),
		named_text("contract", row->work),
		named_text("period", source_period(filling->look->arena, row->since, row->until)),
	};
	return row->is_named != 0 ? OK : filling_add(filling, values, sizeof values / sizeof *values);
}

struct error *
source_named(struct filling *filling)
{
	TRY(reconcile_people(filling->look, take_staff, filling));
	TRY(reconcile_contract_workers(filling->look, take_named, filling));
	return reconcile_workers(filling->look, take_engaged, filling);
}

/* ---- Data that went over ---- */

/* As people say it, and always in Japanese: the digest of a set does not depend on who reads. */
static struct text
state_words(struct text name)
{
	if (text_is(name, "open"))
		return T("渡したまま");
	return text_is(name, "claimed") ? T("委託先の申告") : T("職員が確認");
}

/* Until it was said to be gone; else as long as the contract lasts. */
static int64_t
last_day(const struct reconcile_handovers_row *row)
{
	if (row->claimed != 0)
		return row->claimed;
	if (row->verified != 0)
		return row->verified;
	return row->ended != 0 ? row->ended : row->until;
}

static struct error *
take_handover(void *with, const struct reconcile_handovers_row *row)
{
	const struct contracts *contracts = with;
	struct arena *arena = contracts->filling->look->arena;
	const struct ledger_value values[] = {
		named_text("contract", row->title),
		named_text("contract-number", row->contract_number),
		named_text("firm", row->firm_name),
		named_number(arena, "depth", depth_of(contracts, row->link)),
		named_yes("is-consented", row->link_engagement != 0),
		named_text("what", row->what),
		named_text("class", row->class),
		named_number(arena, "copies", row->copies),
		named_text("serial", row->serial),
		named_text("file", row->file),
		named_text("file-name", row->file_name),
		named_yes("is-test", row->is_test != 0),
		named_day(arena, "handed", row->day),
		named_day(arena, "received", row->received),
		named_text("state", state_words(row->state)),
		named_day(arena, "claimed", row->claimed),
		named_day(arena, "verified", row->verified),
		named_yes("is-claimed", !text_is(row->state, "open")),
		named_yes("is-verified", text_is(row->state, "verified")),
		named_day(arena, "may-hold-until", last_day(row)),
	};
	return filling_add(contracts->filling, values, sizeof values / sizeof *values);
}

struct error *
source_handovers(struct filling *filling)
{
	struct contracts contracts = { .filling = filling };
	TRY(read_links(&contracts));
	return reconcile_handovers(filling->look, take_handover, &contracts);
}
