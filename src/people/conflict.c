/* Conflicts of interest, all of them. */
#include "people/conflict.h"

#include "people/rooms.h"

static struct error *
has_named(struct look *look, const struct decider *holder, struct person_id whose, struct day day,
	  bool *has)
{
	struct people_deputy_is_row row;
	return people_deputy_is(look,
				&(struct people_deputy_is_in){ holder->post.no, holder->person.no,
							       whose.no, day.no },
				has, &row);
}

struct error *
conflict_of_decider(struct look *look, const struct decider *decider, struct person_id whose,
		    struct day day, enum conflict *conflict)
{
	bool is_named = false;
	*conflict = CONFLICT_NONE;
	if (whose.no == 0)
		return OK;
	if (decider->person.no == whose.no)
		*conflict = CONFLICT_OWN;
	else if (decider->deputy_for.no == whose.no)
		*conflict = CONFLICT_STAND_IN;
	else if (decider->deputy_for.no == 0)
		TRY(has_named(look, decider, whose, day, &is_named));
	if (is_named)
		*conflict = CONFLICT_NAMED;
	return OK;
}

static const char *
own_words(enum matter matter)
{
	switch (matter) {
	case MATTER_REQUEST:
		return say("自分の申請は、自分では決裁できません。上の役割の人が決裁します。");
	case MATTER_EXCEPTION:
		return say("自分が申請した例外措置は、自分では許可も延長も確認もできません。ほかの人が行います。");
	case MATTER_FINDING:
		return say("自分の判断や申請が原因の指摘は、自分では処理済みにできません。上の役割の人に頼んでください。");
	case MATTER_JUDGEMENT:
		return say("自分が行うはずで遅れている義務は、自分では判断できません。上の役割の人が判断します。");
	case MATTER_AUDIT:
		return say("番所を管理する人は、その監査の担当になれません。別の人にしてください。");
	case MATTER_RIGHTS:
		break;
	}
	return say("自分の権限や個人データの扱いは、自分では決められません。ほかの担当者が行います。");
}

const char *
conflict_words(enum conflict conflict, enum matter matter)
{
	switch (conflict) {
	case CONFLICT_NONE:
		return "";
	case CONFLICT_OWN:
		return own_words(matter);
	case CONFLICT_STAND_IN:
		return say("あなたを代理に指定した人の申請なので、その代理としては決裁できません。上の役割の人が決裁します。");
	case CONFLICT_NAMED:
		return say("あなたの職務代理になっている人の申請なので、あなたは決裁できません。上の役割の人が決裁します。");
	case CONFLICT_GIVER:
		break;
	}
	return say("権限を委任した人の申請なので、委任を受けたあなたは決裁できません。上の役割の人が決裁します。");
}

struct error *
people_must_be_free(struct person_id person, struct person_id whose, enum matter matter)
{
	if (person.no == 0 || person.no != whose.no)
		return OK;
	return refuse("%s", conflict_words(CONFLICT_OWN, matter));
}
