/* Whether two kinds of proof are demanded where the policy says so, and who has registered them. */
#include "assure/rooms.h"

#include "signin/signin.h"

static struct error *
demands_rule(const struct evaluating *evaluating, struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	/* There is one: the loader has seen to it. */
	const struct pack_parameter *parameter =
		pack_parameter(evaluating->flow->pack, T("sign-in.demands"));
	struct signin_standing now;
	TRY(signin_demands_stand(evaluating->look, evaluating->flow->pack, &now));
	answer->good = now.ready;
	answer->all = now.asked;
	if (!now.is_on)
		return answer_with(answer, STATE_MISSING,
				   text_format(arena, say("設定「%.*s」が「いいえ」です。「はい」にすると求める%lld人のうち、示すものを登録しているのは%lld人です。"),
					       T_ARG(words_now(parameter->name)), (long long)now.asked,
				       (long long)now.ready));
	if (now.ready < now.asked)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("役割と権限に二段階のサインインを求めています。求める%lld人のうち%lld人が、示すものをまだ登録していません(登録するまで使えません)。"),
					       (long long)now.asked, (long long)(now.asked - now.ready)));
	return answer_with(answer, STATE_ENFORCED,
			   text_format(arena, say("役割と権限に二段階のサインインを求め、求める%lld人が、示すものを登録しています。"),
				       (long long)now.asked));
}

/* A zone without addresses is nowhere, and demands nothing of anybody. */
static struct error *
zones_rule(const struct evaluating *evaluating, struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	const struct pack_sign_in *sign_in = &evaluating->flow->pack->sign_in;
	const struct pack_zone *first = NULL;
	for (size_t at = 0; at < sign_in->zones_count; at++) {
		struct text addresses;
		if (sign_in->zones[at].kinds < 2)
			continue;
		TRY(signin_zone_addresses(look, &sign_in->zones[at], &addresses));
		answer->all++;
		answer->good += addresses.len != 0;
		if (addresses.len == 0 && first == NULL)
			first = &sign_in->zones[at];
	}
	if (first != NULL)
		return answer_with(answer, STATE_MISSING,
				   text_format(look->arena, say("区域「%.*s」のアドレスが決まっていないので、二段階のサインインを求めていません。"),
					       T_ARG(words_now(first->name))));
	return answer_with(answer, STATE_ENFORCED,
			   text_format(look->arena, say("決められた区域(%lld)の端末からのサインインに、二種類の証明を求めています。"),
				       (long long)answer->all));
}

bool
rule_is_of_sign_in(const struct pack_evidence *rule)
{
	return rule->kind == EVIDENCE_CONTROL &&
	       (text_is(rule->control, "sign-in.demands") || text_is(rule->control, "sign-in.zones"));
}

struct error *
sign_in_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	     struct assured_rule *answer)
{
	return text_is(rule->control, "sign-in.zones") ? zones_rule(evaluating, answer)
						       : demands_rule(evaluating, answer);
}
