/* Clauses as keys and values, and which of two are different. */
#include "policy/diff_describe.h"

#include "base/say.h"

void
describe(struct described *described, const char *key, const char *label, struct text value)
{
	describe_named(described, text_of(key), text_of(say(label)), value);
}

void
describe_named(struct described *described, struct text key, struct text label, struct text value)
{
	if (described->count == described->room) {
		const size_t room = described->room == 0 ? 16 : 2 * described->room;
		struct key_value *more = ARENA_ARRAY(described->into, struct key_value, room);
		for (size_t at = 0; at < described->count; at++)
			more[at] = described->keys[at];
		described->keys = more;
		described->room = room;
	}
	described->keys[described->count++] = (struct key_value){ key, label, value };
}

void
describe_words(struct described *described, const char *key, const char *label, struct words words)
{
	describe(described, key, label, words.ja);
	if (words.en.len > 0)
		describe_named(described, text_format(described->into, "%s.en", key),
			       text_format(described->into, say("%s（英語）"), say(label)), words.en);
}

void
describe_yes(struct described *described, const char *key, const char *label, bool is_yes)
{
	describe(described, key, label, is_yes ? text_of(say("はい")) : T(""));
}

struct text
joined(struct arena *into, struct text list, struct text one)
{
	return list.len == 0 ? one : text_format(into, "%.*s、%.*s", T_ARG(list), T_ARG(one));
}

static const char *
modality_words(enum modality modality)
{
	switch (modality) {
	case MUST:
		return say("しなければならない");
	case MUST_NOT:
		return say("してはならない");
	case MAY:
		return say("できる");
	case ENDEAVOUR:
		return say("努める");
	}
	return "";
}

static struct text
roles_of(struct arena *into, const struct pack_clause *clause)
{
	struct text list = clause->actor != NULL ? clause->actor->name.ja : T("");
	for (size_t at = 0; at < clause->also_count; at++)
		list = joined(into, list, clause->also[at]->name.ja);
	return list;
}

static struct text
with_number(struct arena *into, struct words words, const struct pack_parameter *parameter)
{
	if (parameter == NULL)
		return words.ja;
	return text_format(into, "%.*s（%.*s）", T_ARG(words.ja), T_ARG(parameter->code));
}

static struct text
evidence_of(struct arena *into, const struct pack_clause *clause)
{
	struct text list = T("");
	for (size_t at = 0; at < clause->evidence_count; at++)
		list = joined(into, list, clause->evidence[at]->words.ja);
	return list;
}

static struct text
references_of(struct arena *into, const struct pack_clause *clause)
{
	struct text list = T("");
	for (size_t at = 0; at < clause->references_count; at++)
		list = joined(into, list, clause->references[at].printed);
	for (size_t at = 0; at < clause->statutes_count; at++)
		list = joined(into, list,
			      text_format(into, "%.*s（%.*s）", T_ARG(clause->statutes[at].name),
					  T_ARG(clause->statutes[at].number)));
	return list;
}

struct described
describe_clause(struct arena *into, const struct pack_clause *clause)
{
	struct described made = { .into = into };
	describe_words(&made, "title", N_("見出し"), clause->title);
	describe_words(&made, "duty", N_("義務"), clause->duty);
	describe(&made, "actor", N_("だれが"), roles_of(into, clause));
	describe(&made, "kind", N_("種類"), text_of(clause_kind_words(clause->kind)));
	describe(&made, "modality", N_("強さ"), text_of(modality_words(clause->modality)));
	describe_yes(&made, "discretionary", N_("必要に応じて"), clause->is_discretionary);
	describe(&made, "form", N_("様式"), clause->form_number);
	describe(&made, "module", N_("受け持つ部分"), clause->module);
	describe(&made, "deadline", N_("期限"),
		 with_number(into, clause->deadline_words, clause->deadline));
	describe(&made, "period", N_("頻度"),
		 with_number(into, clause->period_words, clause->period));
	describe(&made, "printed", N_("原文"), clause->printed.ja);
	describe(&made, "refers", N_("引用"), references_of(into, clause));
	describe(&made, "evidence", N_("証拠"), evidence_of(into, clause));
	return made;
}

/* ---- What is different ---- */

static const struct key_value *
value_of(const struct described *described, struct text key)
{
	for (size_t at = 0; at < described->count; at++)
		if (text_same(described->keys[at].key, key))
			return &described->keys[at];
	return NULL;
}

struct key_change *
changed_keys(struct arena *into, const struct described *before, const struct described *after,
	     size_t *count)
{
	struct key_change *list = NULL;
	const size_t most = before->count + after->count;
	*count = 0;
	for (size_t at = 0; at < most; at++) {
		const bool is_old = at < before->count;
		const struct key_value *here = is_old ? &before->keys[at]
						      : &after->keys[at - before->count];
		const struct key_value *there = value_of(is_old ? after : before, here->key);
		/* What both have was looked at from the older side. */
		if (there != NULL ? !is_old || text_same(here->value, there->value)
				  : here->value.len == 0)
			continue;
		if (list == NULL)
			list = ARENA_ARRAY(into, struct key_change, most);
		const struct text other = there != NULL ? there->value : T("");
		list[(*count)++] = (struct key_change){ here->key, here->label,
							is_old ? here->value : other,
							is_old ? other : here->value };
	}
	return list;
}
