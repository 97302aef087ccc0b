/* Shared by the pages about accounts of other systems. */
#include "pages/access_pages.h"

struct error *
access_system_of(struct look *look, struct visit *visit, enum right right,
		 struct access_system *system)
{
	const struct row_id id = { visit_id(visit, "id") };
	TRY(access_system(look, visit->office->flow, id, system));
	return visit_must_reach(look, visit, right, system->owner);
}

struct error *
access_account_of_path(struct look *look, struct visit *visit, enum right right,
		       struct access_system *system, struct access_account *account)
{
	TRY(access_system_of(look, visit, right, system));
	TRY(access_account(look, (struct access_id){ visit_id(visit, "account") }, account));
	/* A number of another system's account is none here. */
	if (account->system.no != system->id.no)
		return missing("そのアカウントはありません。システムの一覧から選んでください。");
	return OK;
}

struct url
access_system_url(struct arena *arena, struct row_id system)
{
	return url_of_number(arena, "/systems/{}", system.no);
}

struct url
access_account_url(struct arena *arena, const struct access_account *account)
{
	return url_make(arena, "/systems/{}/accounts/{}", 2,
			((struct text[]){ text_number(arena, account->system.no),
					  text_number(arena, account->id.no) }));
}

struct text
access_whose(struct arena *arena, const struct access_account *account)
{
	if (account->person.no != 0)
		return text_format(arena, "%.*s %.*s", T_ARG(account->person_number),
				   T_ARG(account->person_name));
	if (account->label.len != 0)
		return text_format(arena, say("(一覧では「%.*s」)"), T_ARG(account->label));
	return account->kind == ACCESS_UNKNOWN ? text_of(say("(分かりません)")) : T("");
}

struct text
access_state_words(const struct access_account *account)
{
	if (account->closed.ms != 0)
		return text_of(say("抹消済み"));
	if (account->is_absent)
		return text_of(say("一覧にない"));
	return text_of(account->is_disabled ? say("停止") : say("有効"));
}

const char *
access_state_tag(const struct access_account *account)
{
	if (account->closed.ms != 0 || account->is_disabled)
		return "off";
	return account->is_absent ? "stop" : "go";
}

int64_t
access_troubles_sum(const struct access_system *system)
{
	int64_t sum = 0;
	for (int kind = 0; kind < TROUBLE_KINDS; kind++)
		sum += system->troubles[kind];
	return sum;
}

struct error *
access_systems_in_reach(struct look *look, struct visit *visit, struct access_system **list,
			size_t *count)
{
	size_t kept = 0;
	TRY(access_systems(look, visit->office->flow, list, count));
	for (size_t at = 0; at < *count; at++) {
		bool reaches;
		TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_READ, (*list)[at].owner,
				 &reaches));
		if (reaches)
			(*list)[kept++] = (*list)[at];
	}
	*count = kept;
	return OK;
}
