/* Entry logs of server rooms: what room entrance counts, said for a rule; and findings about single visits. */
#include "entrance/entrance.h"

#include "assure/record.h"

enum { ENTRANCE_USUAL_DAYS = 365, REVIEW_GRACE_DAYS = 15 };

/* What is asked by every rule of the kind. */
struct standing {
	const struct evaluating *evaluating;
	struct entrance_stand stand;
	int64_t days;
};

#define say_count(standing, answer, state, words, count)                                       \
	answer_with((answer), (state),                                                         \
		    text_format((standing)->evaluating->look->arena, words, (long long)(count)))

static struct error *
kept_rule(const struct standing *standing, struct assured_rule *answer)
{
	const struct entrance_stand *stand = &standing->stand;
	answer->all = stand->rooms;
	answer->good = stand->rooms - stand->silent;
	if (stand->rooms == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("入退室を記録する部屋が台帳にありません。")));
	if (stand->long_inside != 0)
		return say_count(standing, answer, STATE_LATE,
				 say("退室の記録がないまま長く過ぎた入室が%lld件あります。"), stand->long_inside);
	if (stand->entries == 0 && stand->with_tablet == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("部屋のタブレットが登録されておらず、受け付けた入室がありません。")));
	if (stand->silent != 0)
		return say_count(standing, answer, STATE_LATE,
				 say("期間の内に一件も入室の記録がない部屋が%lldあります。"), stand->silent);
	if (stand->by_hand != 0)
		return answer_with(answer, STATE_CLAIMED,
				   text_format(standing->evaluating->look->arena,
					       say("入室%lld件をタブレットで受け付けました。ほかに、人が台帳に書いた入室が%lld件あります。"),
					       (long long)stand->entries, (long long)stand->by_hand));
	return say_count(standing, answer, STATE_FULFILLED,
			 say("入室%lld件を、部屋のタブレットで受け付けた時刻とともに記録しています。"), stand->entries);
}

static struct error *
permitted_rule(const struct standing *standing, struct assured_rule *answer)
{
	const struct entrance_stand *stand = &standing->stand;
	answer->all = stand->entries;
	answer->good = stand->entries - stand->unlisted;
	if (stand->entries == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("タブレットで受け付けた入室がまだありません。")));
	if (stand->unlisted_open != 0)
		return say_count(standing, answer, STATE_LATE,
				 say("許可を確かめられず、説明も付いていない入室が%lld件あります。"), stand->unlisted_open);
	return answer_with(answer, STATE_FULFILLED,
			   text_format(standing->evaluating->look->arena,
				       say("入室%lld件は、許可された人か、職員が立ち会った人でした(説明の付いたもの%lld件、入室を断ったもの%lld件)。"),
				       (long long)stand->entries, (long long)stand->unlisted,
				       (long long)stand->refused));
}

static struct error *
carried_rule(const struct standing *standing, struct assured_rule *answer)
{
	const struct entrance_stand *stand = &standing->stand;
	answer->all = stand->carried;
	answer->good = stand->carried;
	if (stand->entries == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("タブレットで受け付けた入室がまだありません。")));
	if (stand->carried_open != 0)
		return say_count(standing, answer, STATE_LATE,
				 say("許可のない機器を持ち込み、説明の付いていない入室が%lld件あります。"), stand->carried_open);
	return answer_with(answer, STATE_FULFILLED,
			   text_format(standing->evaluating->look->arena,
				       say("入室%lld件で持ち込まれた機器・媒体%lld台を、許可証と照らしました。"),
				       (long long)stand->entries, (long long)stand->carried));
}

static struct error *
shown_rule(const struct standing *standing, struct assured_rule *answer)
{
	const struct entrance_stand *stand = &standing->stand;
	answer->all = stand->entries;
	answer->good = stand->entries - stand->unshown;
	if (stand->entries == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("タブレットで受け付けた入室がまだありません。")));
	if (stand->unshown != 0)
		return say_count(standing, answer, STATE_CLAIMED,
				 say("身分証明書を確かめなかった入室が%lld件あります。"), stand->unshown);
	return say_count(standing, answer, STATE_FULFILLED,
			 say("入室%lld件すべてで、身分証明書を示したことが記録されています。"), stand->entries);
}

static struct error *
moves_rule(const struct standing *standing, struct assured_rule *answer)
{
	const struct entrance_stand *stand = &standing->stand;
	answer->all = stand->moves;
	answer->good = stand->moves - stand->unattended;
	if (stand->moves == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("機器の搬出入の記録がまだありません。")));
	if (stand->unattended != 0)
		return say_count(standing, answer, STATE_CLAIMED,
				 say("職員の立会いが書かれていない搬出入が%lld件あります。"), stand->unattended);
	return say_count(standing, answer, STATE_FULFILLED,
			 say("機器の搬出入%lld件のすべてに、職員が立ち会いました。"), stand->moves);
}

static struct error *
reviewed_rule(const struct standing *standing, struct assured_rule *answer)
{
	const struct entrance_stand *stand = &standing->stand;
	int year, month, day;
	day_parts(moment_day(standing->evaluating->look->now), &year, &month, &day);
	answer->all = stand->rooms;
	answer->good = stand->reviewed;
	if (stand->reviewed == 0)
		return answer_with(answer, STATE_MISSING, text_of(say("入退室の記録を点検した月が、まだありません。")));
	if (stand->unreviewed != 0)
		return say_count(standing, answer, day <= REVIEW_GRACE_DAYS ? STATE_DUE : STATE_LATE,
				 say("先月の記録を点検していない部屋が%lldあります。"), stand->unreviewed);
	return say_count(standing, answer, STATE_FULFILLED,
			 say("%lld部屋の記録が、先月分まで点検されています。"), stand->reviewed);
}

static struct error *
answer_about(const struct standing *standing, enum evidence_entrance about,
	     struct assured_rule *answer)
{
	switch (about) {
	case ENTRANCE_KEPT:
		return kept_rule(standing, answer);
	case ENTRANCE_PERMITTED:
		return permitted_rule(standing, answer);
	case ENTRANCE_CARRIED:
		return carried_rule(standing, answer);
	case ENTRANCE_SHOWN:
		return shown_rule(standing, answer);
	case ENTRANCE_MOVES:
		return moves_rule(standing, answer);
	case ENTRANCE_REVIEWED:
		return reviewed_rule(standing, answer);
	case ENTRANCE_ABOUTS:
		break;
	}
	return broken("証拠の種類が分かりません。");
}

struct error *
entrance_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	struct standing standing = { .evaluating = evaluating };
	bool knows;
	TRY(store_has_step(look, T("entrance"), 1, &knows));
	if (!knows || evaluating->flow->pack->entrance == NULL) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING, text_of(say("入退室の記録がまだありません。")));
	TRY(within_days(evaluating, rule, ENTRANCE_USUAL_DAYS, &standing.days));
	TRY(entrance_stand(look, evaluating->flow->pack, day_plus(moment_day(look->now), -standing.days),
			   &standing.stand));
	TRY(answer_about(&standing, rule->entrance, answer));
	if (rule->is_partial && (answer->state == STATE_FULFILLED || answer->state == STATE_DUE))
		answer->state = STATE_CLAIMED;
	return OK;
}

/* ---- Findings ---- */

/* The clause under which a visit is a finding: the first that a rule names for what is wrong with it. */
static const struct assured *
clause_for(const struct pack *pack, const struct assurance *assurance, enum evidence_entrance about)
{
	for (size_t at = 0; at < pack->evidence_count; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind != EVIDENCE_ENTRANCE || rule->entrance != about)
			continue;
		for (size_t i = 0; i < assurance->count && rule->clauses_count != 0; i++)
			if (assurance->clauses[i].clause == rule->clauses[0])
				return &assurance->clauses[i];
	}
	return NULL;
}

static enum evidence_entrance
about_of(const struct visited *visit)
{
	if (!visit->is_open)
		return ENTRANCE_KEPT;
	for (size_t at = 0; at < visit->devices_count; at++)
		if (visit->devices[at].is_unpermitted)
			return ENTRANCE_CARRIED;
	return ENTRANCE_PERMITTED;
}

/* No names: a finding is read by more people than the log is. */
static struct text
why_of(struct arena *into, const struct visited *visit)
{
	if (!visit->is_open)
		return text_format(into, say("%.*sの入室(%.*s)に、退室の記録がありません。"),
				   T_ARG(visit->room_name),
				   T_ARG(moment_local(into, visit->entered)));
	return text_format(into, say("%.*sの入室(%.*s)に、説明の要ることがあります。%.*s"),
			   T_ARG(visit->room_name), T_ARG(moment_local(into, visit->entered)),
			   T_ARG(visit->trouble));
}

struct error *
causes_of_entrance(struct look *look, const struct flow *flow, const struct assurance *assurance,
		   struct causes *causes)
{
	struct visited *list;
	struct cause *longer;
	size_t count;
	bool knows;
	TRY(store_has_step(look, T("entrance"), 1, &knows));
	if (!knows || flow->pack->entrance == NULL)
		return OK;
	TRY(entrance_troubles(look, flow->pack, &list, &count));
	longer = ARENA_ARRAY(look->arena, struct cause, causes->count + count + 1);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
	for (size_t at = 0; at < count; at++) {
		const struct assured *assured = clause_for(flow->pack, assurance, about_of(&list[at]));
		if (assured == NULL)
			continue;
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_ENTRANCE,
			.assured = assured,
			.about = entrance_about_visit(look->arena, list[at].id),
			.why = why_of(look->arena, &list[at]),
			.role = flow->pack->entrance->keeper,
			.unit = list[at].unit,
		};
	}
	return OK;
}
