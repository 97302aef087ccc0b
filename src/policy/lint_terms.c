#include "policy/lint.h"

#include "base/writer.h"

/* Terms that are defined and never used. "Used" is: in a clause, a criterion, a handling rule,
 * or the words of a form the policy gives (or of its ledger); not in its own definition, nor in
 * that of another term of the same glossary, nor in what is Bansho's own: questions, occasions,
 * papers for which no form is given. */

/* A piece of the pack's Japanese, folded; `clause` where it stands in one. */
struct passage {
	struct text folded;
	const struct pack_clause *clause;
};

struct passages {
	struct reading *reading;
	struct passage *at;
	size_t count;
	size_t room;
};

static void
add(struct passages *all, struct text text, const struct pack_clause *clause)
{
	if (text.len == 0)
		return;
	if (all->count == all->room) {
		const size_t room = all->room * 2 + 256;
		struct passage *more = ARENA_ARRAY(all->reading->scratch, struct passage, room);
		for (size_t i = 0; i < all->count; i++)
			more[i] = all->at[i];
		all->at = more;
		all->room = room;
	}
	all->at[all->count++] =
		(struct passage){text_fold(all->reading->scratch, text), clause};
}

static void
add_fields(struct passages *all, const struct pack_field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add(all, fields[i].label.ja, NULL);
		add(all, fields[i].help.ja, NULL);
		for (size_t j = 0; j < fields[i].choices_count; j++) {
			add(all, fields[i].choices[j].words.ja, NULL);
			add(all, fields[i].choices[j].help.ja, NULL);
		}
	}
}

static void
add_clauses(struct passages *all, const struct pack *pack)
{
	for (size_t i = 0; i < pack->clauses_count; i++) {
		const struct pack_clause *clause = &pack->clauses[i];
		add(all, clause->title.ja, clause);
		add(all, clause->duty.ja, clause);
		add(all, clause->printed.ja, clause);
	}
	for (size_t i = 0; i < pack->axes_count; i++)
		for (size_t j = 0; j < pack->axes[i].values_count; j++) {
			const struct pack_class *class = &pack->axes[i].values[j];
			add(all, class->name.ja, NULL);
			for (size_t k = 0; k < class->criteria_count; k++)
				add(all, class->criteria[k].words.ja, NULL);
			for (size_t k = 0; k < class->rules_count; k++)
				add(all, class->rules[k].words.ja, NULL);
		}
}

static void
add_papers(struct passages *all, const struct pack *pack)
{
	for (size_t i = 0; i < pack->forms_count; i++) {
		const struct pack_form *form = &pack->forms[i];
		if (!form->is_given)
			continue;
		add(all, form->title.ja, NULL);
		for (size_t j = 0; j < form->sections_count; j++) {
			add(all, form->sections[j].title.ja, NULL);
			add_fields(all, form->sections[j].fields,
				   form->sections[j].fields_count);
		}
	}
	for (size_t i = 0; i < pack->ledgers_count; i++)
		if (pack->ledgers[i].form != NULL && pack->ledgers[i].form->is_given)
			add_fields(all, pack->ledgers[i].fields, pack->ledgers[i].fields_count);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Latin terms are words of their own: SLA is not in "translate". */
static bool
speaks_of(struct text passage, struct text term)
{
	const bool is_latin = is_letter(term.data[0]) && is_letter(term.data[term.len - 1]);
	size_t from = 0;
	size_t at;

	while (text_find(text_from(passage, from), term, &at)) {
		const size_t begin = from + at;
		const size_t end = begin + term.len;
		const bool is_inside = (begin > 0 && is_letter(passage.data[begin - 1])) ||
				       (end < passage.len && is_letter(passage.data[end]));
		if (!is_latin || !is_inside)
			return true;
		from = begin + 1;
	}
	return false;
}

/* Is the clause where this or a neighbouring term of the glossary is defined? */
static bool
is_definition(const struct pack *pack, const struct pack_term *term,
	      const struct pack_clause *clause)
{
	if (clause == NULL || term->clause == NULL)
		return false;
	if (clause_is_under(clause, term->clause))
		return true;
	for (size_t i = 0; i < pack->terms_count; i++)
		if (pack->terms[i].clause != NULL &&
		    pack->terms[i].clause->parent == term->clause->parent &&
		    clause_is_under(clause, pack->terms[i].clause))
			return true;
	return false;
}

static bool
is_used(const struct passages *all, const struct pack_term *term, struct text name)
{
	const struct text folded = text_fold(all->reading->scratch, name);

	for (size_t i = 0; folded.len > 0 && i < all->count; i++)
		if (speaks_of(all->at[i].folded, folded) &&
		    !is_definition(all->reading->pack, term, all->at[i].clause))
			return true;
	return false;
}

void
lint_terms(struct reading *reading)
{
	const struct pack *pack = reading->pack;
	struct passages all = {.reading = reading};

	if (pack->terms_count == 0)
		return;
	add_clauses(&all, pack);
	add_papers(&all, pack);
	for (size_t i = 0; i < pack->terms_count; i++) {
		const struct pack_term *term = &pack->terms[i];
		bool is_found = is_used(&all, term, term->name.ja);
		for (size_t j = 0; j < term->aliases_count && !is_found; j++)
			is_found = is_used(&all, term, term->aliases[j]);
		if (!is_found)
			note(reading, term, "term-unused",
			     "用語「%.*"
			     "s」は定められていますが、定義のほか、方針のどこにも出てきません"
			     "。",
			     T_ARG(term->name.ja));
	}
}
