/* What incidents.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static struct text
term_of(const struct pack_parameter *parameter)
{
	return parameter != NULL ? parameter->code : T("");
}

struct described
describe_incident_kind(struct arena *into, const struct pack_incident_kind *kind)
{
	struct described made = { .into = into };
	struct text at_once = T("");
	describe_words(&made, "name", N_("名前"), kind->name);
	for (size_t at = 0; at < kind->at_once_count; at++)
		at_once = joined(into, at_once, kind->at_once[at].ja);
	describe(&made, "at-once", N_("すぐにすること"), at_once);
	for (size_t at = 0; at < kind->plays_count; at++) {
		const struct pack_play *play = &kind->plays[at];
		describe_named(&made, text_format(into, "play %.*s", T_ARG(play->code)),
			       text_format(into, "%s「%.*s」", say("手順"), T_ARG(play->words.ja)),
			       text_format(into, "%.*s %.*s", T_ARG(play->role != NULL ? play->role->name.ja : T("")),
					   T_ARG(term_of(play->within))));
	}
	return made;
}

struct described
describe_link(struct arena *into, const struct pack_link *link)
{
	struct described made = { .into = into };
	describe(&made, "role", N_("役割"), link->role->name.ja);
	describe(&made, "order", N_("順"), text_format(into, "%d.%d", (int)link->at, link->order));
	describe(&made, "within", N_("期限"), term_of(link->within));
	describe(&made, "substitute", N_("代わりの人"),
		 link->substitute != NULL ? link->substitute->name.ja : T(""));
	describe(&made, "when", N_("いつ"), link->when != NULL ? when_source(link->when) : T(""));
	return made;
}

struct described
describe_authority(struct arena *into, const struct pack_authority *authority)
{
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), authority->name);
	describe(&made, "when", N_("いつ"), authority->when != NULL ? when_source(authority->when) : T(""));
	describe(&made, "first", N_("速報"), term_of(authority->first));
	describe(&made, "final", N_("確報"), term_of(authority->final));
	return made;
}
