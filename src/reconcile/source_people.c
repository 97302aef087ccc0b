/* Sources that room people knows: staff, workers of contractors, both. */
#include "reconcile/rooms.h"

struct text
source_period(struct arena *into, int64_t since, int64_t until)
{
	const struct ledger_value ends[] = { named_day(into, "since", since),
					     named_day(into, "until", until) };
	return text_format(into, "%.*s/%.*s", T_ARG(ends[0].value), T_ARG(ends[1].value));
}

bool
source_is_outside(struct text employment)
{
	enum employment kind;
	return employment_read(employment, &kind) && employment_is_outside(kind);
}

bool
source_is_within(const struct filling *filling, int64_t since, int64_t until)
{
	const int64_t today = moment_day(filling->look->now).no;
	return (since == 0 || since <= today) && (until == 0 || until >= today);
}

static struct error *
take_person(void *with, const struct reconcile_people_row *row)
{
	struct filling *filling = with;
	const struct ledger_value values[] = {
		named_text("number", row->number),
		named_text("name", row->name),
		named_text("of", row->unit_name),
		named_text("period", source_period(filling->look->arena, row->since, row->until)),
		named_yes("is-serving", source_is_within(filling, row->since, row->until)),
		named_yes("is-staff", true),
	};
	if (source_is_outside(row->employment))
		return OK;
	return filling_add(filling, values, sizeof values / sizeof *values);
}

struct error *
source_people(struct filling *filling)
{
	return reconcile_people(filling->look, take_person, filling);
}

static struct error *
take_worker(void *with, const struct reconcile_workers_row *row)
{
	struct filling *filling = with;
	struct arena *arena = filling->look->arena;
	const struct ledger_value values[] = {
		named_text("number", row->number),
		named_text("name", row->name),
		named_text("firm", row->firm_name),
		named_text("of", row->firm_name),
		named_text("work", row->work),
		named_day(arena, "consented", row->agreed),
		named_day(arena, "pledged", row->pledged),
		named_text("period", source_period(arena, row->since, row->until)),
		named_yes("is-staff", false),
	};
	return filling_add(filling, values, sizeof values / sizeof *values);
}

struct error *
source_workers(struct filling *filling)
{
	return reconcile_workers(filling->look, take_worker, filling);
}

struct error *
source_everyone(struct filling *filling)
{
	TRY(source_people(filling));
	return source_workers(filling);
}
