/* Reconciliations of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static struct text
side_in_words(struct arena *into, const struct pack_reconcile_side *side)
{
	struct text words = side->name.ja;
	if (side->source == NULL)
		return words;
	words = joined(into, words, text_of(side->source->name));
	if (side->ledger != NULL)
		words = joined(into, words, side->ledger->code);
	if (side->occasion != NULL)
		words = joined(into, words, side->occasion->code);
	for (size_t i = 0; side->source->takes == TAKES_COLUMNS && i < side->shape->fields_count; i++)
		words = joined(into, words, side->shape->fields[i].name);
	if (side->where != NULL)
		words = joined(into, words, when_source(side->where));
	if (side->is_many)
		words = joined(into, words, T("many"));
	if (side->may_be_alone)
		words = joined(into, words, T("alone: fine"));
	if (side->wait_days != NULL)
		words = joined(into, words, side->wait_days->code);
	return words;
}

static struct text
name_of(const struct pack_field *field)
{
	return field != NULL ? field->name : T("-");
}

static struct text
keys_in_words(struct arena *into, const struct pack_reconcile *of)
{
	struct text words = T("");
	for (size_t i = 0; i < of->keys_count; i++)
		words = joined(into, words,
			       text_format(into, "%.*s = %.*s%s",
					   T_ARG(name_of(of->keys[i].of[SIDE_LEFT])),
					   T_ARG(name_of(of->keys[i].of[SIDE_RIGHT])),
					   of->keys[i].drops_zeros ? " (zeros)" : ""));
	return words;
}

static struct text
compares_in_words(struct arena *into, const struct pack_reconcile *of)
{
	static const char *const more[] = { "", " more: left", " more: right" };
	struct text words = T("");
	for (size_t i = 0; i < of->compares_count; i++) {
		const struct pack_reconcile_compare *at = &of->compares[i];
		const int which = at->may_be_more[SIDE_LEFT] ? 1 : at->may_be_more[SIDE_RIGHT] ? 2 : 0;
		words = joined(into, words,
			       text_format(into, "%.*s %s %.*s %.*s %lld%s", T_ARG(at->name.ja),
					   compare_as_name(at->as), T_ARG(name_of(at->of[SIDE_LEFT])),
					   T_ARG(name_of(at->of[SIDE_RIGHT])), (long long)at->within,
					   more[which]));
	}
	return words;
}

static struct text
shown_in_words(struct arena *into, const struct pack_reconcile *of)
{
	struct text words = T("");
	for (int side = 0; side < SIDES; side++)
		for (size_t i = 0; i < of->shows_count[side]; i++)
			words = joined(into, words, of->shows[side][i]->name);
	return words;
}

struct described
describe_reconcile(struct arena *into, const struct pack_reconcile *of)
{
	struct described made = { .into = into };
	struct text clauses = T("");
	for (size_t i = 0; i < of->clauses_count; i++)
		clauses = joined(into, clauses, of->clauses[i]->number);
	describe_words(&made, "name", N_("名前"), of->name);
	describe_words(&made, "help", N_("説明"), of->help);
	describe(&made, "clauses", N_("条項"), clauses);
	describe(&made, "owner", N_("担当"), of->owner->name.ja);
	describe(&made, "every", N_("間隔"), of->every != NULL ? of->every->code : T(""));
	describe(&made, "due", N_("期限"), of->due != NULL ? of->due->code : T(""));
	describe(&made, "left", N_("左の一覧"), side_in_words(into, &of->sides[SIDE_LEFT]));
	describe(&made, "right", N_("右の一覧"), side_in_words(into, &of->sides[SIDE_RIGHT]));
	describe(&made, "key", N_("何で突き合わせるか"), keys_in_words(into, of));
	describe(&made, "compare", N_("比べる列"), compares_in_words(into, of));
	describe(&made, "show", N_("見せる列"), shown_in_words(into, of));
	return made;
}
