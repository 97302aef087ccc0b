/* What contracts.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static struct text
role_of(const struct pack_role *role)
{
	return role != NULL ? role->name.ja : T("");
}

static struct text
parameter_of(const struct pack_parameter *parameter)
{
	return parameter != NULL ? parameter->name.ja : T("");
}

static void
describe_lists(struct described *made, const struct pack_contracts *contracts)
{
	for (size_t at = 0; at < contracts->kinds_count; at++)
		describe_named(made, text_format(made->into, "kind.%.*s", T_ARG(contracts->kinds[at].code)),
			       text_of(N_("委託の種類")), contracts->kinds[at].name.ja);
	for (size_t at = 0; at < contracts->criteria_count; at++)
		describe_named(made,
			       text_format(made->into, "criterion.%.*s", T_ARG(contracts->criteria[at].code)),
			       text_of(N_("選定の基準")),
			       text_format(made->into, "%.*s%s", T_ARG(contracts->criteria[at].name.ja),
					   contracts->criteria[at].is_must ? "*" : ""));
	for (size_t at = 0; at < contracts->items_count; at++)
		describe_named(made, text_format(made->into, "item.%.*s", T_ARG(contracts->items[at].code)),
			       text_of(N_("契約に明記する要件")),
			       text_format(made->into, "%.*s%s", T_ARG(contracts->items[at].name.ja),
					   contracts->items[at].is_must ? "*" : ""));
	for (size_t at = 0; at < contracts->ways_count; at++)
		describe_named(made, text_format(made->into, "way.%.*s", T_ARG(contracts->ways[at].code)),
			       text_of(N_("データの渡し方")), contracts->ways[at].name.ja);
	for (size_t at = 0; at < contracts->access_count; at++)
		describe_named(made, text_format(made->into, "access.%.*s", T_ARG(contracts->access[at]->code)),
			       text_of(N_("従事者の許可証")), contracts->access[at]->title.ja);
	for (size_t at = 0; at < contracts->wrongs_count; at++)
		describe_named(made, text_format(made->into, "wrong.%.*s", T_ARG(contracts->wrongs[at].code)),
			       text_of(N_("サービスの決まり")), contracts->wrongs[at].name.ja);
	for (size_t at = 0; at < contracts->columns_count; at++)
		describe_named(made, text_format(made->into, "puts.%.*s", T_ARG(contracts->columns[at].column->name)),
			       contracts->columns[at].column->label.ja,
			       text_of(contract_shows_name(contracts->columns[at].shows)));
}

struct described
describe_contracts(struct arena *into, const struct pack_contracts *contracts)
{
	struct described made = { .into = into };
	describe(&made, "answers", N_("委託を受け持つ役割"), role_of(contracts->answers));
	describe(&made, "consents", N_("再委託に同意する役割"), role_of(contracts->consents));
	describe(&made, "verifies", N_("消去を確かめる役割"), role_of(contracts->verifies));
	describe(&made, "told", N_("改善の求めを知らされる役割"), role_of(contracts->told));
	describe(&made, "verified", N_("職員が確かめる分類"),
		 contracts->verified != NULL ? contracts->verified->name.ja : T(""));
	describe_yes(&made, "trained", N_("従事者の教育"), contracts->is_trained);
	describe(&made, "every", N_("確認の間隔"), parameter_of(contracts->every));
	describe(&made, "remind", N_("終わりを知らせる日数"), parameter_of(contracts->remind));
	describe(&made, "puts", N_("契約の台帳"), contracts->puts != NULL ? contracts->puts->name.ja : T(""));
	describe(&made, "services", N_("サービスの台帳"),
		 contracts->services != NULL ? contracts->services->name.ja : T(""));
	describe_lists(&made, contracts);
	return made;
}
