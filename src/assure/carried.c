/*
 * Judgements follow their clause through changes of policy: what was judged of 9.3.b counts for 12.3.b
 * when a version carried it there, and for none when that version ended it.
 */
#include "assure/rooms.h"

#include <stdlib.h>

enum { VALID_MOST = 20000, OF_CLAUSE_MOST = 100 };

static int
by_clause_newest_first(const void *one, const void *other)
{
	const struct judgement *a = one, *b = other;
	const int order = text_order(a->clause, b->clause);
	if (order != 0)
		return order;
	if (a->at.ms != b->at.ms)
		return a->at.ms > b->at.ms ? -1 : 1;
	return a->id > b->id ? -1 : a->id < b->id;
}

struct error *
judgements_newest(struct look *look, const struct judgement **list, size_t *count)
{
	struct assure_judgements_newest_row *rows;
	struct enact_carry *carries;
	size_t rows_count, carries_count, got = 0;
	const struct day today = moment_day(look->now);
	TRY(assure_judgements_newest(look, &(struct assure_judgements_newest_in){ JUDGEMENTS_MOST },
				     &rows, &rows_count));
	TRY(enact_carries(look, ITEM_JUDGEMENTS, &carries, &carries_count));
	struct judgement *made = ARENA_ARRAY(look->arena, struct judgement, rows_count + 1);
	for (size_t at = 0; at < rows_count; at++) {
		made[got] = JUDGEMENT_FROM(&rows[at], today);
		made[got].clause = enact_carried(carries, carries_count, made[got].clause,
						 made[got].at);
		got += made[got].clause.len > 0;
	}
	qsort(made, got, sizeof *made, by_clause_newest_first);
	*count = 0;
	for (size_t at = 0; at < got; at++)
		if (*count == 0 || !text_same(made[*count - 1].clause, made[at].clause))
			made[(*count)++] = made[at];
	*list = made;
	return OK;
}

static int
by_code(const void *one, const void *other)
{
	return text_order(((const struct enact_judged *)one)->clause,
			  ((const struct enact_judged *)other)->clause);
}

struct error *
assure_judged(struct look *look, struct enact_judged **list, size_t *count)
{
	struct assure_judgements_valid_row *rows;
	struct enact_carry *carries;
	size_t rows_count, carries_count, got = 0;
	TRY(assure_judgements_valid(
		look, &(struct assure_judgements_valid_in){ moment_day(look->now).no, VALID_MOST },
		&rows, &rows_count));
	TRY(enact_carries(look, ITEM_JUDGEMENTS, &carries, &carries_count));
	struct enact_judged *made = ARENA_ARRAY(look->arena, struct enact_judged, rows_count + 1);
	for (size_t at = 0; at < rows_count; at++) {
		made[got] = (struct enact_judged){
			enact_carried(carries, carries_count, rows[at].clause,
				      (struct moment){ rows[at].at }),
			1
		};
		got += made[got].clause.len > 0;
	}
	qsort(made, got, sizeof *made, by_code);
	*count = 0;
	for (size_t at = 0; at < got; at++)
		if (*count != 0 && text_same(made[*count - 1].clause, made[at].clause))
			made[*count - 1].number++;
		else
			made[(*count)++] = made[at];
	*list = made;
	return OK;
}

/* ---- Of one clause ---- */

struct of_clause {
	struct look *look;
	struct text clause; /* as it is called now */
	const struct enact_carry *carries;
	size_t carries_count;
	struct judgement *made;
	size_t count;
};

/* Those that were written about `code` and are about the clause now. What ended stays to be read. */
static struct error *
read_written(struct of_clause *of, struct text code)
{
	struct assure_judgements_of_row *rows;
	size_t count;
	const struct day today = moment_day(of->look->now);
	TRY(assure_judgements_of(of->look, &(struct assure_judgements_of_in){ code, OF_CLAUSE_MOST },
				 &rows, &count));
	struct judgement *made = ARENA_ARRAY(of->look->arena, struct judgement,
					     of->count + count + 1);
	for (size_t at = 0; at < of->count; at++)
		made[at] = of->made[at];
	for (size_t at = 0; at < count; at++) {
		struct judgement *one = &made[of->count];
		*one = JUDGEMENT_FROM(&rows[at], today);
		const struct text now = enact_carried(of->carries, of->carries_count, code, one->at);
		const bool has_ended = now.len == 0 && text_same(code, of->clause);
		if (!has_ended && !text_same(now, of->clause))
			continue;
		one->clause = of->clause;
		one->is_valid = one->is_valid && !has_ended;
		of->count++;
	}
	of->made = made;
	return OK;
}

static bool
is_first(const struct of_clause *of, size_t carry)
{
	for (size_t at = 0; at < carry; at++)
		if (text_same(of->carries[at].code, of->carries[carry].code))
			return false;
	return !text_same(of->carries[carry].code, of->clause);
}

struct error *
assure_judgements(struct look *look, struct text clause, struct judgement **list, size_t *count)
{
	struct enact_carry *carries;
	struct of_clause of = { .look = look, .clause = clause };
	TRY(enact_carries(look, ITEM_JUDGEMENTS, &carries, &of.carries_count));
	of.carries = carries;
	TRY(read_written(&of, clause));
	for (size_t at = 0; at < of.carries_count; at++)
		if (is_first(&of, at))
			TRY(read_written(&of, of.carries[at].code));
	qsort(of.made, of.count, sizeof *of.made, by_clause_newest_first);
	*list = of.made;
	*count = of.count < OF_CLAUSE_MOST ? of.count : OF_CLAUSE_MOST;
	return OK;
}
