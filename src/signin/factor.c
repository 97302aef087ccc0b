/* Factors of a person: listed, allowed, removed. */
#include "signin/rooms.h"

#include <string.h>

struct text
about_factor(struct arena *into, struct factor_id id)
{
	return text_format(into, "factor:%lld", (long long)id.no);
}

struct error *
note_factor(struct act *act, const char *what, struct person_id person, struct text other,
	    const struct fact_pair *pairs)
{
	struct fact fact = { .act = what, .about = { people_about_person(act->look.arena, person), other } };
	for (size_t at = 0; at < 3 && pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

const char *
factor_words(const struct factor *factor)
{
	if (factor->kind == FACTOR_TOTP)
		return say("確認コードのアプリ");
	return factor->is_resident && factor->verifies ? say("パスキー") : say("セキュリティキー");
}

struct error *
signin_factors(struct look *look, struct person_id person, struct factor **list, size_t *count)
{
	struct signin_factor_list_row *rows;
	TRY(signin_factor_list(look, &(struct signin_factor_list_in){ person.no }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct factor, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct factor){
			.id = { rows[at].id },
			.kind = text_is(rows[at].kind, "totp") ? FACTOR_TOTP : FACTOR_KEY,
			.name = rows[at].name,
			.verifies = rows[at].verifies != 0,
			.is_resident = rows[at].is_resident != 0,
			.credential = rows[at].credential,
			.created = { rows[at].created },
			.last_used = { rows[at].last_used },
		};
	return OK;
}

struct error *
signin_may_enrol(struct look *look, const struct pack *pack, const struct session *session,
		 struct text address)
{
	struct signin_factor_count_row factors;
	struct signin_demand demand;
	TRY(signin_factor_count(look, &(struct signin_factor_count_in){ session->person.no }, &factors));
	if (factors.living != 0 && (people_kinds(session->methods) & KIND_HELD) == 0)
		return refuse("登録済みの確認を示してから、登録を変えてください。なくしたときは、二人の担当者による回復を頼んでください。");
	TRY(signin_demand(look, pack, session->person, address, &demand));
	if (factors.living == 0 && !signin_is_enough(&demand, session->methods) &&
	    (session->methods & METHOD_TEMPORARY) == 0)
		return refuse("はじめて登録するには、システムの担当者から仮パスワードを手渡しで受け取り、それでサインインしてください。");
	return OK;
}

struct error *
factors_drop(struct act *act, struct person_id person, int64_t *count)
{
	struct signin_factor_ids_row *rows;
	size_t found;
	TRY(signin_factor_ids(&act->look, &(struct signin_factor_ids_in){ person.no }, &rows, &found));
	for (size_t at = 0; at < found; at++)
		TRY(signin_factor_removed(act, &(struct signin_factor_removed_in){
						       rows[at].id, person.no, act->look.now.ms, T("") }));
	*count = (int64_t)found; /* at most SIGNIN_MOST_FACTORS */
	return OK;
}

/* Must one stay, although nobody but its owner would ask for it? */
static struct error *
must_not_be_last(struct look *look, const struct pack *pack, const struct session *session,
		 struct text address)
{
	struct signin_factor_count_row factors;
	struct signin_demand demand;
	TRY(signin_factor_count(look, &(struct signin_factor_count_in){ session->person.no }, &factors));
	TRY(signin_demand_others(look, pack, session->person, address, &demand));
	if (factors.living <= 1 && demand.kinds > 1)
		return refuse("これを外すと、求められている確認ができなくなります。別のものを登録してから外してください。");
	return OK;
}

struct error *
signin_factor_remove(struct act *act, const struct pack *pack, const struct session *session,
		     struct text address, struct factor_id id)
{
	struct signin_factor_get_row row;
	bool found;
	TRY(signin_factor_get(&act->look, &(struct signin_factor_get_in){ id.no }, &found, &row));
	if (!found || row.removed != 0 || row.person != session->person.no)
		return missing("その登録は見つかりません。もう外されています。");
	TRY(must_not_be_last(&act->look, pack, session, address));
	TRY(signin_factor_removed(act, &(struct signin_factor_removed_in){ id.no, row.person,
									   act->look.now.ms, T("") }));
	TRY(note_factor(act, "signin.factor_remove", session->person, about_factor(act->look.arena, id),
			NULL));
	return people_sessions_end(act, session->person, session->id);
}
