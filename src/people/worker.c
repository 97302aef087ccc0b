/* People of firms: what covers them, and that nothing of theirs outlasts it. */
#include "people/rooms.h"

enum { LINKS_MOST = 1000 };

struct error *
people_worker_covered(struct look *look, struct person_id person, struct day day, bool *covered,
		      struct day *last)
{
	int64_t reached = day.no - 1;
	for (int links = 0; links < LINKS_MOST; links++) {
		struct people_worker_reach_row row;
		TRY(people_worker_reach(
			look, &(struct people_worker_reach_in){ person.no, reached + 1 }, &row));
		if (row.last == 0)
			break;
		reached = row.last;
	}
	*covered = reached >= day.no;
	last->no = reached;
	return OK;
}

struct error *
worker_check(struct look *look, struct person_id person, enum employment employment,
	     struct day since, struct day until)
{
	bool covered;
	struct day last;
	if (!employment_is_outside(employment))
		return OK;
	if (day_is_none(since))
		return reject("since", "派遣・委託先の従事者の配属には、始まりの日が必要です。");
	TRY(people_worker_covered(look, person, since, &covered, &last));
	if (!covered)
		return reject("person", "この従事者は、その日に有効な委託（同意）と守秘の誓約がありません。先に「委託先」で登録してください。");
	if (day_last(until) > last.no)
		return reject("until", "委託（同意）と誓約の期間を越えています。終わりの日を%.*sまでにしてください。",
			      T_ARG(day_wareki(look->arena, last)));
	return OK;
}

struct error *
worker_check_today(struct look *look, struct person_id person)
{
	struct people_person_until_row row;
	bool found;
	const struct day today = look_today(look);
	TRY(people_person_until(look, &(struct people_person_until_in){ person.no }, &found, &row));
	return found ? worker_check(look, person, employment_from(row.employment), today, today) : OK;
}

/* Posts and service of somebody of a firm, after their cover has become shorter or longer. */
static struct error *
settle(struct act *act, struct person_id id)
{
	struct people_assignment_after_row *rows;
	struct people_worker_last_row last;
	struct person person;
	size_t count;
	TRY(people_assignment_after(&act->look,
				    &(struct people_assignment_after_in){ id.no, DAY_FIRST }, &rows,
				    &count));
	for (size_t at = 0; at < count; at++) {
		bool covered;
		struct day reach;
		TRY(people_worker_covered(&act->look, id, (struct day){ rows[at].since }, &covered,
					  &reach));
		if (rows[at].until == 0 || rows[at].until > reach.no)
			TRY(people_assignment_set_until(
				act, &(struct people_assignment_set_until_in){ rows[at].id,
									       reach.no }));
	}
	TRY(people_worker_last(&act->look, &(struct people_worker_last_in){ id.no }, &last));
	if (last.last == 0)
		return OK;
	TRY(people_person(&act->look, id, &person));
	person.until = (struct day){ last.last };
	TRY(period_check(person.since, person.until));
	TRY(person_write(act, &person));
	return last.last >= act_today(act).no
		       ? OK
		       : people_session_all_ended(act, &(struct people_session_all_ended_in){
							       id.no, 0, act->look.now.ms });
}

struct error *
workers_cut(struct act *act, int64_t engagement, struct day last)
{
	struct people_worker_open_row *rows;
	size_t count;
	TRY(people_worker_open(&act->look, &(struct people_worker_open_in){ engagement, last.no },
			       &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_worker_set_until(
			act, &(struct people_worker_set_until_in){ rows[at].id, last.no }));
	for (size_t at = 0; at < count; at++)
		TRY(settle(act, (struct person_id){ rows[at].person }));
	return OK;
}

static struct error *
check_days(const struct worker *worker, const struct engagement *engagement)
{
	if (day_is_none(worker->pledged))
		return reject("pledged", "守秘の誓約をした日を入力してください。誓約のない従事者は登録できません。");
	if (day_is_none(worker->since))
		return reject("since", "始まりの日を入力してください。");
	if (day_is_none(worker->until))
		return reject("until", "終わりの日を入力してください。");
	TRY(period_check(worker->since, worker->until));
	if (worker->pledged.no > worker->since.no)
		return reject("pledged", "誓約の日が、始まりの日より後です。誓約の前に従事させることはできません。");
	if (worker->since.no < engagement->since.no || worker->until.no > engagement->until.no)
		return reject("until", "従事の期間は、委託の期間の中にしてください。");
	return OK;
}

static struct error *
check_worker(struct look *look, const struct worker *worker)
{
	struct person person;
	struct engagement engagement;
	struct people_worker_clash_row row;
	bool clashes;
	TRY(people_person(look, worker->person, &person));
	if (!employment_is_outside(person.employment))
		return reject("person", "この人は派遣・委託先の従事者として登録されていません。任用の種別を改めてください。");
	TRY(people_engagement(look, worker->engagement, &engagement));
	TRY(check_days(worker, &engagement));
	TRY(people_worker_clash(look,
				&(struct people_worker_clash_in){ person.id.no, engagement.id.no,
								  worker->since.no,
								  worker->until.no },
				&clashes, &row));
	if (clashes)
		return reject("since", "この期間には、同じ委託の従事者としてすでに登録されています。");
	return OK;
}

static struct error *
note_worker(struct act *act, const char *what, int64_t person, int64_t engagement,
	    struct day until)
{
	struct arena *arena = act->look.arena;
	return people_note(act, &(struct noting){
					.act = what,
					.about = { people_about_person(arena,
								       (struct person_id){ person }),
						   about_number(arena, "engagement", engagement) },
					.pairs = { { .name = "until", .number = until.no } } });
}

struct error *
people_worker_add(struct act *act, const struct worker *worker, struct worker_id *id)
{
	int64_t made;
	TRY(check_worker(&act->look, worker));
	TRY(act_number(act, T("worker"), &made));
	TRY(people_worker_insert(act, &(struct people_worker_insert_in){
					      made, worker->person.no, worker->engagement.no,
					      worker->pledged.no, worker->since.no,
					      worker->until.no }));
	TRY(settle(act, worker->person));
	TRY(note_worker(act, "people.worker_add", worker->person.no, worker->engagement.no,
			worker->until));
	id->no = made;
	return OK;
}

struct error *
people_worker_end(struct act *act, struct worker_id id, struct day last)
{
	struct people_worker_get_row row;
	bool found;
	TRY(people_worker_get(&act->look, &(struct people_worker_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その従事者の登録はありません。");
	if (last.no > row.until)
		return reject("until", "終わりの日を延ばすときは、新しい期間の従事者として登録してください。");
	if (row.since <= act_today(act).no)
		TRY(period_check((struct day){ row.since }, last));
	TRY(people_worker_set_until(act, &(struct people_worker_set_until_in){ id.no, last.no }));
	TRY(settle(act, (struct person_id){ row.person }));
	return note_worker(act, "people.worker_end", row.person, row.engagement, last);
}

struct error *
people_worker(struct look *look, struct worker_id id, struct worker *worker)
{
	struct people_worker_get_row row;
	struct worker *list;
	size_t count;
	bool found;
	TRY(people_worker_get(look, &(struct people_worker_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その従事者の登録はありません。");
	TRY(people_workers(look, (struct person_id){ row.person },
			   (struct engagement_id){ row.engagement }, (struct firm_id){ 0 }, &list,
			   &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == id.no) {
			*worker = list[at];
			return OK;
		}
	return missing("その従事者の登録はありません。");
}

struct error *
people_workers(struct look *look, struct person_id person, struct engagement_id engagement,
	       struct firm_id firm, struct worker **list, size_t *count)
{
	struct people_worker_list_row *rows;
	size_t got;
	TRY(people_worker_list(
		look, &(struct people_worker_list_in){ person.no, engagement.no, firm.no }, &rows,
		&got));
	struct worker *made = ARENA_ARRAY(look->arena, struct worker, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = (struct worker){
			.id = { rows[at].id },
			.person = { rows[at].person },
			.engagement = { rows[at].engagement },
			.pledged = { rows[at].pledged },
			.since = { rows[at].since },
			.until = { rows[at].until },
			.person_name = rows[at].person_name,
			.number = rows[at].number,
			.firm = { rows[at].firm },
			.firm_name = rows[at].firm_name,
			.work = rows[at].work,
			.basis = rows[at].basis,
		};
	*list = made;
	*count = got;
	return OK;
}
