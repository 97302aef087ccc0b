/* Reading accounts, their users, what was decided and what was asked about them. */
#include "access/rooms.h"

#include "flow/consult.h"
#include "flow/permit.h"

enum { OF_PERSON_MOST = 500, REQUESTS_MOST = 100, KEEPINGS_MOST = 100 };

static struct day
day_or_none(int64_t no)
{
	return no == 0 ? DAY_NONE : (struct day){ no };
}

static enum access_kind
kind_of(struct text name)
{
	enum access_kind kind = ACCESS_UNKNOWN;
	(void)access_kind_read(name, &kind);
	return kind;
}

#define ACCOUNT_FROM(r)                                                                        \
	((struct access_account){                                                              \
		.id = { (r)->id },                                                             \
		.system = { (r)->system },                                                     \
		.system_title = (r)->system_title,                                             \
		.owner = { (r)->owner },                                                       \
		.name = (r)->name,                                                             \
		.kind = kind_of((r)->kind),                                                    \
		.person = { (r)->person },                                                     \
		.person_number = (r)->person_number,                                           \
		.person_name = (r)->person_name,                                               \
		.unit = { (r)->unit },                                                         \
		.is_privileged = (r)->is_privileged,                                           \
		.is_disabled = (r)->is_disabled,                                               \
		.label = (r)->label,                                                           \
		.why = (r)->why,                                                               \
		.used = day_or_none((r)->used),                                                \
		.added = { (r)->added },                                                       \
		.reviewed = { (r)->reviewed },                                                 \
		.closed = { (r)->closed },                                                     \
		.closed_why = (r)->closed_why,                                                 \
		.is_absent = (r)->is_absent && (r)->closed == 0,                               \
		.change = (r)->change,                                                         \
	})

struct error *
access_account(struct look *look, struct access_id id, struct access_account *account)
{
	struct access_account_get_row row;
	bool found;
	TRY(access_account_get(look, &(struct access_account_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("そのアカウントはありません。システムの一覧から選んでください。");
	*account = ACCOUNT_FROM(&row);
	account->closed_by_name = row.closed_by_name;
	return OK;
}

struct error *
access_accounts(struct look *look, const struct access_query *query, size_t most,
		struct access_account **list, size_t *count)
{
	struct access_account_list_row *rows;
	struct text ids = T("");
	if (text_trim(query->words).len != 0)
		TRY(people_named(look, query->words, &ids));
	const struct access_account_list_in in = {
		.system = query->system.no,
		.kind = query->has_kind ? text_of(access_kind_name(query->kind))
					: (struct text){ 0 },
		.privileged = query->is_privileged_only,
		.closed = query->with_closed,
		.folded = text_fold(look->arena, query->words),
		.ids = ids,
		.after = query->after.no,
		.most = most > 1000 ? 1000 : (int64_t)most, /* at most 1,000 */
	};
	TRY(access_account_list(look, &in, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct access_account, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = ACCOUNT_FROM(&rows[at]);
	return OK;
}

struct error *
access_accounts_of(struct look *look, struct person_id person, struct access_account **list,
		   size_t *count)
{
	struct access_account_of_row *rows;
	TRY(access_account_of(look,
			      &(struct access_account_of_in){ person.no, moment_day(look->now).no,
							      OF_PERSON_MOST },
			      &rows, count));
	*list = ARENA_ARRAY(look->arena, struct access_account, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(access_account(look, (struct access_id){ rows[at].id }, &(*list)[at]));
	return OK;
}

static bool
still_theirs(const struct access_held_row *row, const struct access_moving *moving)
{
	if (moving->units_count == 0)
		return false;
	if (row->is_for_all)
		return true;
	if (text_is(row->kind, access_kind_name(ACCESS_SHARED)))
		return false;
	for (size_t at = 0; at < moving->units_count; at++)
		if (moving->units[at].no == row->unit)
			return true;
	return row->unit == 0; /* nobody knows what it was given for: the yearly review asks */
}

struct error *
access_staying(struct look *look, const struct access_moving *moving, struct access_staying **list,
	       size_t *count)
{
	struct access_held_row *rows;
	size_t held, found = 0;
	TRY(access_held(look,
			&(struct access_held_in){ moving->person.no, moment_day(look->now).no,
						  OF_PERSON_MOST },
			&rows, &held));
	struct access_staying *made = ARENA_ARRAY(look->arena, struct access_staying, held + 1);
	for (size_t at = 0; at < held; at++)
		if (!still_theirs(&rows[at], moving))
			made[found++] = (struct access_staying){
				.id = { rows[at].id },
				.system = { rows[at].system },
				.system_title = rows[at].system_title,
				.owner = { rows[at].owner },
				.owner_name = rows[at].owner_name,
				.name = rows[at].name,
				.is_shared = text_is(rows[at].kind, access_kind_name(ACCESS_SHARED)),
				.is_privileged = rows[at].is_privileged,
			};
	*list = made;
	*count = found;
	return OK;
}

struct error *
access_users(struct look *look, struct access_id id, struct access_user **list, size_t *count)
{
	struct access_user_list_row *rows;
	TRY(access_user_list(look,
			     &(struct access_user_list_in){ id.no, moment_day(look->now).no,
							    ACCESS_MOST_USERS },
			     &rows, count));
	*list = ARENA_ARRAY(look->arena, struct access_user, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct access_user){ .person = { rows[at].person },
						    .number = rows[at].number,
						    .name = rows[at].name,
						    .since = { rows[at].since } };
	return OK;
}

struct error *
access_permit(struct look *look, const struct flow *flow, const struct access_account *account,
	      bool *found, struct permit_id *permit, struct text *number)
{
	const struct pack_ledger *ledger = access_ledger(flow->pack);
	struct consult_answer answer;
	const struct consult_question question = {
		.pairs = { { T("account"), account->name },
			   { T("system"), text_format(look->arena, "%.*s:%lld",
						      ledger != NULL ? (int)ledger->code.len : 0,
						      ledger != NULL ? ledger->code.data : "",
						      (long long)account->system.no) } },
		.pairs_count = 2,
	};
	*found = false;
	/* What cannot be asked has no permit. */
	if (account->name.len > CONSULT_MOST_VALUE)
		return OK;
	TRY(flow_consult(look, flow, &question, &answer));
	*found = answer.state == CONSULTED_VALID;
	if (!*found)
		return OK;
	*permit = answer.id;
	*number = answer.number;
	return OK;
}

struct error *
access_keepings(struct look *look, struct access_id id, struct access_keeping **list,
		size_t *count)
{
	struct access_keep_list_row *rows;
	TRY(access_keep_list(look, &(struct access_keep_list_in){ id.no, KEEPINGS_MOST }, &rows,
			     count));
	*list = ARENA_ARRAY(look->arena, struct access_keeping, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct access_keeping *keeping = &(*list)[at];
		*keeping = (struct access_keeping){ .words = rows[at].words,
						    .until = { rows[at].until },
						    .person_name = rows[at].name,
						    .at = { rows[at].at } };
		if (!trouble_read(rows[at].kind, &keeping->kind))
			return broken("残すと決めた記録の種類が分かりません(%lld)。",
				      (long long)rows[at].id);
	}
	return OK;
}

struct error *
access_requests(struct look *look, struct access_id account, struct access_request **list,
		size_t *count)
{
	struct access_answer_list_row *rows;
	TRY(access_answer_list(look,
			       &(struct access_answer_list_in){ account.no, REQUESTS_MOST }, &rows,
			       count));
	*list = ARENA_ARRAY(look->arena, struct access_request, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct access_request *request = &(*list)[at];
		*request = (struct access_request){
			.id = rows[at].id,
			.account = account,
			.unit_name = rows[at].unit_name,
			.asked_by = rows[at].asked_by,
			.words = rows[at].words,
			.at = { rows[at].at },
			.handled = { rows[at].handled },
			.handled_by = rows[at].handled_by_name,
			.handled_words = rows[at].handled_words,
		};
		if (!access_answer_read(rows[at].answer, &request->answer))
			return broken("点検の答えの記録が読めません(%lld)。", (long long)rows[at].id);
	}
	return OK;
}
