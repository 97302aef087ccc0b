/* Personal data whose time has passed: found, proposed, put off. */
#include "people/retention.h"

#include "people/rooms.h"

enum { HOLD_MOST_DAYS = 3653, TOLD_MOST = 1000 };

struct error *
people_kept(struct look *look, struct person_id person, struct person_kept *kept)
{
	struct people_kept_counts_row row;
	TRY(people_kept_counts(look, &(struct people_kept_counts_in){ person.no }, &row));
	*kept = (struct person_kept){
		.sessions = row.sessions,
		.first_session = { row.first_session },
		.windows = row.windows,
		.notices = row.notices,
		.first_notice = { row.first_notice },
		.mails = row.mails,
		.deputies = row.deputies,
		.delegations = row.delegations,
		.grants = row.grants,
		.assignments = row.assignments,
	};
	return OK;
}

struct error *
people_retention_days(struct look *look, const struct pack *pack, enum retained kind, int64_t *days)
{
	const struct pack_retention *how = pack_retention(pack, kind);
	*days = 0;
	if (how == NULL || how->days == NULL)
		return OK;
	return people_parameter(look, pack, text_z(look->arena, how->days->code), how->days->usual,
				days);
}

struct error *
people_retention_due(struct look *look, const struct pack *pack, bool with_held,
		     struct due_person **list, size_t *count)
{
	struct people_retention_list_row *rows;
	int64_t days;
	const struct day today = look_today(look);
	*list = NULL;
	*count = 0;
	TRY(people_retention_days(look, pack, RETAINED_PERSON, &days));
	if (days == 0)
		return OK;
	TRY(people_retention_list(look,
				  &(struct people_retention_list_in){ today.no - days, today.no,
								      with_held, RETENTION_MOST },
				  &rows, count));
	*list = ARENA_ARRAY(look->arena, struct due_person, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct due_person){
			.person = { rows[at].id },
			.name = rows[at].name,
			.number = rows[at].number,
			.left = { rows[at].until },
			.due = { rows[at].until + days + 1 },
			.proposed = { rows[at].proposed },
			.held_until = day_from_kept(rows[at].held_until),
			.held_by = { rows[at].held_by },
			.held_by_name = rows[at].held_by_name,
			.reason = rows[at].reason,
		};
	return OK;
}

/* Those who keep the staff, and who run Bansho. */
static struct error *
tell_keepers(struct act *act, struct person_id about)
{
	struct grant *list;
	size_t count, told = 0;
	struct person_id *done = ARENA_ARRAY(act->look.arena, struct person_id, TOLD_MOST);
	TRY(people_grants(&act->look, (struct person_id){ 0 }, act_today(act), &list, &count));
	for (size_t at = 0; at < count && told < TOLD_MOST; at++) {
		bool is_told = false;
		for (size_t one = 0; one < told; one++)
			is_told |= done[one].no == list[at].person.no;
		if (is_told || (list[at].kind != GRANT_OPERATOR && list[at].kind != GRANT_PEOPLE) ||
		    !day_is_within(act_today(act), list[at].since, list[at].until))
			continue;
		done[told++] = list[at].person;
		TRY(people_notify(
			act, &(struct notify){
				     .person = list[at].person,
				     .about = people_about_person(act->look.arena, about),
				     .words = text_of(say("保存の期間が過ぎた職員の個人データがあります。消去するか決めてください。")),
				     .path = T("/people/retention"),
				     .subject = text_of(say("個人データの消去の提案があります")) }));
	}
	return OK;
}

struct error *
people_erase_propose(struct act *act, const struct due_person *due)
{
	TRY(people_retention_put(act, &(struct people_retention_put_in){
					      due->person.no, act->look.now.ms, T("") }));
	TRY(tell_keepers(act, due->person));
	return people_note(
		act, &(struct noting){ .act = "people.erase_propose",
				       .about = { people_about_person(act->look.arena, due->person) },
				       .pairs = { { .name = "due", .number = due->due.no },
						  { .name = "left", .number = due->left.no } } });
}

static struct error *
must_be_due(struct look *look, const struct pack *pack, struct person_id person)
{
	struct due_person *list;
	size_t count;
	TRY(people_retention_due(look, pack, true, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].person.no == person.no)
			return OK;
	return conflict("この職員の個人データは、まだ消去の時期ではないか、もう消去してあります。");
}

struct error *
people_erase_hold(struct act *act, const struct pack *pack, struct person_id person,
		  struct day until, struct text reason)
{
	const struct day today = act_today(act);
	const struct hash digest = hash_of(text_trim(reason));
	struct error *faults = OK;
	if (day_is_none(until) || until.no <= today.no || until.no > today.no + HOLD_MOST_DAYS)
		error_add(&faults, reject("until", "あしたから10年以内の日を入れてください。"));
	if (text_is_blank(reason))
		error_add(&faults, reject("reason", "なぜまだ消せないかを書いてください。例 訴訟で記録を使っているため"));
	else
		error_add(&faults, words_check("reason", text_trim(reason)));
	if (faults != OK)
		return faults;
	TRY(must_be_due(&act->look, pack, person));
	TRY(people_retention_hold(act, &(struct people_retention_hold_in){
					       person.no, act->look.now.ms, until.no,
					       act->actor.person, text_trim(reason) }));
	return people_note(
		act, &(struct noting){ .act = "people.erase_hold",
				       .about = { people_about_person(act->look.arena, person) },
				       .pairs = { { .name = "reason",
						    .text = hash_hex(act->look.arena, &digest) },
						  { .name = "until", .number = until.no } } });
}

struct error *
people_disclosed(struct act *act, struct person_id person)
{
	struct person read;
	TRY(people_person(&act->look, person, &read));
	return people_note(
		act, &(struct noting){ .act = "people.disclose",
				       .about = { people_about_person(act->look.arena, person) } });
}
