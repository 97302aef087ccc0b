/* What is taken from a catalog must be complete for a pack to load, in order, and point at nothing that is not there. */
#include "oscal/reading.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 11 };

static const struct taken_role *
role_called(const struct taken *taken, struct text code)
{
	for (size_t at = 0; at < taken->roles_count; at++)
		if (text_same(taken->roles[at].code, code))
			return &taken->roles[at];
	return NULL;
}

bool
is_role(const struct taken *taken, struct text code)
{
	return role_called(taken, code) != NULL;
}

static bool
is_one_of(struct text word, const char *const *words)
{
	for (size_t at = 0; words[at] != NULL; at++)
		if (text_is(word, words[at]))
			return true;
	return false;
}

static bool
is_parameter(const struct taken *taken, struct text code)
{
	for (size_t at = 0; at < taken->parameters_count; at++)
		if (taken->parameters[at].is_number && text_same(taken->parameters[at].code, code))
			return true;
	return false;
}

static void
keep_roles(const struct taken *taken, struct taken_clause *clause)
{
	size_t kept = 0;
	for (size_t at = 0; at < clause->also_count; at++)
		if (is_role(taken, clause->also[at]))
			clause->also[kept++] = clause->also[at];
	clause->also_count = kept;
}

/* Whose duty, how, and which parameters: what is not there is asked for, not guessed. */
static void
complete_duty(struct taken *taken, struct taken_clause *clause)
{
	static const char *const kinds[] = { "approve", "report", "record", "periodic", "enforce", "detect",
					     "convert", "assign", "attest", "plan", "physical", "heading", NULL };
	static const char *const modalities[] = { "must-not", "may", "endeavour", NULL };
	if (!is_role(taken, clause->actor)) {
		oscal_ask(taken, ANSWER_ACTOR, clause->id);
		clause->actor = T("to-answer");
	}
	keep_roles(taken, clause);
	if (!is_one_of(clause->kind, kinds)) {
		oscal_ask(taken, ANSWER_KIND, clause->id);
		clause->kind = T("attest");
	}
	if (!is_one_of(clause->modality, modalities))
		clause->modality = T("");
	if (!text_same(plain_code(taken, clause->module), clause->module))
		clause->module = T("");
	if (!is_parameter(taken, clause->deadline_within))
		clause->deadline_within = T("");
	if (!is_parameter(taken, clause->period_every))
		clause->period_every = T("");
}

/* What a clause must have and nobody said, under a mark and on the list. */
static void
complete(struct taken *taken, struct taken_clause *clause)
{
	const struct words none = { T_INIT(""), T_INIT("") };
	if (text_is_blank(clause->number))
		clause->number = clause->id;
	clause->title = both_words(taken, clause->title, clause->id);
	clause->printed = both_words(taken, clause->printed, clause->id);
	clause->deadline = both_words(taken, clause->deadline, clause->id);
	clause->period = both_words(taken, clause->period, clause->id);
	clause->form = text_same(plain_code(taken, clause->form), clause->form) ? clause->form : T("");
	if (!clause->is_duty) {
		clause->deadline = clause->period = none;
		return;
	}
	clause->duty = both_words(taken, clause->duty, clause->id);
	if (clause->duty.ja.len == 0) {
		oscal_ask(taken, ANSWER_STATEMENT, clause->id);
		clause->duty = (struct words){ text_of(mark_ja), text_of(mark_en) };
	}
	complete_duty(taken, clause);
}

static int
position_order(const void *a, const void *b)
{
	const struct taken_clause *one = *(struct taken_clause *const *)a;
	const struct taken_clause *other = *(struct taken_clause *const *)b;
	return (one->position > other->position) - (one->position < other->position);
}

/* Headings of which a profile has taken nothing. */
static size_t
without_empty(struct taken_clause **clauses, size_t count)
{
	size_t kept = 0;
	for (size_t at = count; at-- > 0;) {
		clauses[at]->is_needed |= clauses[at]->is_duty;
		if (clauses[at]->is_needed && clauses[at]->parent != NULL)
			clauses[at]->parent->is_needed = true;
	}
	for (size_t at = 0; at < count; at++)
		if (clauses[at]->is_needed)
			clauses[kept++] = clauses[at];
	return kept;
}

/* The pack's order, where the tree could not tell it; what somebody added follows what it stands behind. */
static void
put_in_order(struct taken *taken)
{
	size_t count = 0;
	int64_t last = 0;
	taken->clauses = ARENA_ARRAY(taken->into, struct taken_clause *, taken->clauses_count + 1);
	for (struct taken_clause *at = taken->first; at != NULL; at = at->next) {
		complete(taken, at);
		if (at->position < 0)
			at->position = last;
		if (at->parent != NULL && at->parent->position > at->position)
			at->position = at->parent->position;
		last = at->position;
		taken->clauses[count++] = at;
	}
	taken->clauses_count = taken->selection != NULL ? without_empty(taken->clauses, count) : count;
	count = taken->clauses_count;
	if (!taken->has_positions)
		return;
	/* Insertion keeps equals in their order, and such packs are nearly in order already. */
	for (size_t at = 1; at < count; at++)
		for (size_t to = at; to > 0 && position_order(&taken->clauses[to - 1],
							      &taken->clauses[to]) > 0; to--) {
			struct taken_clause *moved = taken->clauses[to];
			taken->clauses[to] = taken->clauses[to - 1];
			taken->clauses[to - 1] = moved;
		}
}

static int
id_order(const void *a, const void *b)
{
	return text_order((*(struct taken_clause *const *)a)->id, (*(struct taken_clause *const *)b)->id);
}

static struct taken_clause *
clause_called(struct taken_clause **sorted, size_t count, struct text id)
{
	struct taken_clause wanted = { .id = id };
	struct taken_clause *key = &wanted;
	struct taken_clause **found = bsearch(&key, sorted, count, sizeof *sorted, id_order);
	return found != NULL ? *found : NULL;
}

static void
drop_blank(struct taken_clause *clause)
{
	size_t kept = 0;
	for (size_t at = 0; at < clause->statutes_count; at++)
		if (!text_is_blank(clause->statutes[at].name) && !text_is_blank(clause->statutes[at].number))
			clause->statutes[kept++] = clause->statutes[at];
	clause->statutes_count = kept;
	kept = 0;
	for (size_t at = 0; at < clause->cites_count; at++)
		if (!text_is_blank(clause->cites[at].printed))
			clause->cites[kept++] = clause->cites[at];
	clause->cites_count = kept;
	kept = 0;
	for (size_t at = 0; at < clause->names_count; at++)
		if (!text_is_blank(clause->names[at]))
			clause->names[kept++] = clause->names[at];
	clause->names_count = kept;
}

/* References that lead to no clause stay as they are printed, and are listed. */
static void
resolve_links(struct taken *taken, struct taken_clause **sorted, struct taken_clause *clause)
{
	drop_blank(clause);
	for (size_t at = 0; at < clause->cites_count; at++) {
		struct cited *cited = &clause->cites[at];
		cited->subject = both_words(taken, cited->subject, clause->id);
		if (cited->to.len == 0 ||
		    clause_called(sorted, taken->clauses_count, cited->to) != NULL)
			continue;
		oscal_ask(taken, ANSWER_LINK, text_format(taken->into, "%.*s → %.*s", T_ARG(clause->id),
						    T_ARG(cited->to)));
		cited->to = T("");
	}
}

static struct error *
check_depths(struct taken *taken)
{
	for (size_t at = 0; at < taken->clauses_count; at++) {
		size_t depth = 0;
		for (const struct taken_clause *above = taken->clauses[at]->parent; above != NULL;
		     above = above->parent)
			depth++;
		if (depth > DEPTH_MOST)
			return reject(text_z(taken->into, taken->clauses[at]->where),
				      "条項の段が深すぎます。%d 段までです。", DEPTH_MOST + 1);
	}
	return OK;
}

/* Above somebody stands a role that is there, and nobody stands above himself. */
static void
check_roles(struct taken *taken)
{
	for (size_t at = 0; at < taken->roles_count; at++) {
		struct taken_role *role = &taken->roles[at];
		const struct taken_role *above = role;
		size_t steps = 0;
		while (above != NULL && steps++ <= taken->roles_count)
			above = role_called(taken, above->above);
		if (above != NULL || role_called(taken, role->above) == NULL)
			role->above = T("");
	}
}

static struct error *
check_ids(struct taken *taken)
{
	const size_t count = taken->clauses_count;
	struct taken_clause **sorted = ARENA_ARRAY(taken->into, struct taken_clause *, count + 1);
	if (count == 0)
		return reject(taken->file, "条項になるもの（groups、controls）が一つもありません。");
	memcpy(sorted, taken->clauses, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, id_order);
	for (size_t at = 0; at + 1 < count; at++)
		if (text_same(sorted[at]->id, sorted[at + 1]->id))
			return reject(text_z(taken->into, sorted[at + 1]->where),
				      "id「%.*s」が二度使われています（%.*s）。", T_ARG(sorted[at]->id),
				      T_ARG(sorted[at]->where));
	for (size_t at = 0; at < count; at++)
		resolve_links(taken, sorted, sorted[at]);
	for (size_t at = 0; at < taken->parameters_count; at++)
		if (clause_called(sorted, count, taken->parameters[at].clause) == NULL)
			taken->parameters[at].clause = T("");
	for (size_t at = 0; at < taken->roles_count; at++)
		if (clause_called(sorted, count, taken->roles[at].clause) == NULL)
			taken->roles[at].clause = T("");
	return OK;
}

struct error *
taken_check(struct taken *taken)
{
	check_roles(taken);
	put_in_order(taken);
	TRY(check_depths(taken));
	return check_ids(taken);
}
