/* Workers of firms, by name; and when they become workers of room people. */
#include "contract/rooms.h"

enum { TASK_MOST = 200, TRAINED_MOST = 200, NAME_MOST = 80 };

static struct error *
worker_from(struct look *look, const struct pack *pack, const struct contract_worker_rows_row *row,
	    struct contract_worker *worker)
{
	const struct pack_contracts *rules = pack->contracts;
	const struct day today = moment_day(look->now);
	struct contract_allowed allowed;
	*worker = (struct contract_worker){
		.id = { row->id },
		.link = { row->link },
		.contract = { row->contract },
		.person = { row->person },
		.name = row->name,
		.number = row->number,
		.task = row->task,
		.since = { row->since },
		.until = { row->until },
		.pledged = contract_day(row->pledged),
		.trained = contract_day(row->trained),
		.trained_words = row->trained_words,
		.ended = contract_day(row->ended),
		.change = row->change,
	};
	TRY(contract_worker_allowed(look, pack, worker->person, today, worker->contract, &allowed));
	worker->state = allowed.state;
	for (size_t at = 0; rules != NULL && at < rules->access_count; at++) {
		struct contract_permits_held_row held;
		TRY(contract_permits_held(look,
					  &(struct contract_permits_held_in){
						  row->person, rules->access[at]->code, today.no },
					  &held));
		worker->permits += held.count;
	}
	return OK;
}

struct error *
contract_workers(struct look *look, const struct pack *pack, struct contract_id id, struct contract_link_id link,
		 struct contract_worker **list, size_t *count)
{
	struct contract_worker_rows_row *rows;
	size_t got;
	TRY(contract_worker_rows(
		look,
		&(struct contract_worker_rows_in){ link.no == 0 ? id.no : 0, link.no, 0, CONTRACT_MOST_LISTED },
		&rows, &got));
	struct contract_worker *made = ARENA_ARRAY(look->arena, struct contract_worker, got + 1);
	for (size_t at = 0; at < got; at++)
		TRY(worker_from(look, pack, &rows[at], &made[at]));
	*list = made;
	*count = got;
	return OK;
}

static struct error *
note_worker(struct act *act, const char *what, const struct contract *contract, struct contract_link_id link,
	    struct person_id person)
{
	struct arena *arena = act->look.arena;
	return act_note(act, &(struct fact){ .act = what,
					     .about = { about_link(arena, link),
							contract_about(arena, contract->id),
							people_about_person(arena, person),
							people_about_unit(arena, contract->unit) } });
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Everything the pack asks for is there: from the day it was, room people covers them. */
static struct error *
settle_one(struct act *act, const struct pack *pack, const struct contract_link *link,
	   const struct contract_worker_rows_row *row)
{
	struct worker_id worker;
	const bool is_trained = row->trained != 0 || !pack->contracts->is_trained;
	if (row->worker != 0 || row->ended != 0 || row->pledged == 0 || !is_trained)
		return OK;
	int64_t since = later(row->since, link->since.no);
	since = later(since, row->pledged);
	since = later(since, row->trained);
	const int64_t until = row->until < link->until.no ? row->until : link->until.no;
	if (since > until)
		return OK;
	TRY(people_worker_add(act,
			      &(struct worker){ .person = { row->person },
						.engagement = link->engagement,
						.pledged = { row->pledged },
						.since = { since },
						.until = { until } },
			      &worker));
	return contract_worker_made(act, &(struct contract_worker_made_in){ row->id, worker.no });
}

struct error *
workers_settle(struct act *act, const struct pack *pack, const struct contract_link *link)
{
	struct contract_worker_rows_row *rows;
	size_t count;
	if (link->state != LINK_CONSENTED)
		return OK;
	TRY(contract_worker_rows(
		&act->look, &(struct contract_worker_rows_in){ 0, link->id.no, 0, CONTRACT_MOST_LISTED }, &rows,
		&count));
	for (size_t at = 0; at < count; at++)
		TRY(settle_one(act, pack, link, &rows[at]));
	return OK;
}

/* Days that are there already; which training it was goes with its day. */
static struct error *
check_ready(struct act *act, struct day pledged, struct day trained, struct text trained_words)
{
	struct error *faults = day_is_none(pledged) ? OK : must_be_past(act, "pledged", pledged);
	if (day_is_none(trained) && text_is_blank(trained_words))
		return faults;
	error_add(&faults, must_be_past(act, "trained", trained));
	error_add(&faults, contract_must_say("trained-words", trained_words, TRAINED_MOST,
					     say("どんな教育を受けたかを入力してください。")));
	return faults;
}

static struct error *
check_naming(struct act *act, const struct contract_naming *naming, const struct contract_link *link)
{
	struct error *faults = contract_must_say("task", naming->task, TASK_MOST, say("担当する作業を入力してください。"));
	if (day_is_none(naming->since) || day_is_none(naming->until))
		error_add(&faults, reject("since", "始まりの日と終わりの日を入力してください。"));
	else if (naming->since.no < link->since.no || naming->until.no > link->until.no ||
		 naming->until.no < naming->since.no)
		error_add(&faults, reject("since", "従事する期間は、委託の期間の中にしてください。"));
	error_add(&faults, check_ready(act, naming->pledged, naming->trained, naming->trained_words));
	return faults;
}

/* A person of the firm, added by name: the name is sealed there. */
static struct error *
person_of(struct act *act, const struct contract_naming *naming, struct contract_worker_id id,
	  struct person_id *person)
{
	if (naming->person.no != 0) {
		struct person known;
		TRY(people_person(&act->look, naming->person, &known));
		*person = naming->person;
		return employment_is_outside(known.employment)
			       ? OK
			       : reject("person", "この人はこの団体の職員です。委託先の人を選んでください。");
	}
	TRY(contract_must_say("family", naming->family, NAME_MOST, say("従事者の氏名を入力してください。")));
	TRY(contract_must_say("given", naming->given, NAME_MOST, NULL));
	return people_person_add(
		act,
		&(struct person){ .number = text_format(act->look.arena, "W%06lld", (long long)id.no),
				  .family = text_trim(naming->family),
				  .given = text_trim(naming->given),
				  .employment = EMPLOYMENT_CONTRACTOR,
				  .since = naming->since,
				  .until = naming->until },
		person);
}

static struct error *
must_be_unnamed(struct look *look, const struct contract_naming *naming, struct person_id person)
{
	struct contract_worker_rows_row *rows;
	size_t count;
	TRY(contract_worker_rows(
		look, &(struct contract_worker_rows_in){ 0, naming->link.no, 0, CONTRACT_MOST_LISTED }, &rows,
		&count));
	for (size_t at = 0; at < count; at++)
		if (rows[at].person == person.no && rows[at].ended == 0 &&
		    rows[at].since <= naming->until.no && rows[at].until >= naming->since.no)
			return reject("person", "この人は、もうこの委託先の従事者になっています。");
	return OK;
}

struct error *
contract_name(struct act *act, const struct pack *pack, const struct contract_naming *naming,
	      struct contract_worker_id *id)
{
	const struct pack_contracts *rules;
	struct contract contract;
	struct contract_link link;
	struct person_id person;
	TRY(contract_rules(pack, &rules));
	TRY(contract_link_read(&act->look, naming->link, &link));
	TRY(take_contract(act, pack, link.contract, 0, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(check_naming(act, naming, &link));
	TRY(act_number(act, T("contract-worker"), &id->no));
	TRY(person_of(act, naming, *id, &person));
	TRY(must_be_unnamed(&act->look, naming, person));
	TRY(contract_worker_add(act, &(struct contract_worker_add_in){
					     id->no, link.id.no, person.no, text_trim(naming->task),
					     naming->since.no, naming->until.no, day_or_zero(naming->pledged),
					     day_or_zero(naming->trained),
					     day_is_none(naming->trained) ? T("") : text_trim(naming->trained_words),
					     act->look.now.ms }));
	TRY(workers_settle(act, pack, &link));
	return note_worker(act, "contract.name", &contract, link.id, person);
}

static struct error *
take_worker(struct act *act, const struct pack *pack, struct contract_worker_id id, int64_t change,
	    struct contract_worker_rows_row *row, struct contract *contract)
{
	const struct pack_contracts *rules;
	struct contract_worker_rows_row *rows;
	size_t count;
	TRY(contract_rules(pack, &rules));
	TRY(contract_worker_rows(&act->look, &(struct contract_worker_rows_in){ 0, 0, id.no, 1 }, &rows, &count));
	if (count == 0 || id.no == 0)
		return missing("その従事者は、この委託にいません。");
	TRY(take_contract(act, pack, (struct contract_id){ rows[0].contract }, 0, rules->answers,
			  STAGE(CONTRACT_RUNNING), contract));
	if (rows[0].change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	if (rows[0].ended != 0)
		return conflict("この従事者は、もう外れています。");
	*row = rows[0];
	return OK;
}

struct error *
contract_ready(struct act *act, const struct pack *pack, struct contract_worker_id id, int64_t change,
	       struct day pledged, struct day trained, struct text trained_words)
{
	struct contract_worker_rows_row row;
	struct contract contract;
	struct contract_link link;
	TRY(take_worker(act, pack, id, change, &row, &contract));
	TRY(check_ready(act, pledged, trained, trained_words));
	if (day_is_none(pledged) && day_is_none(trained))
		return reject("pledged", "誓約の日か、教育の日を入力してください。");
	TRY(contract_worker_ready(act, &(struct contract_worker_ready_in){
					       id.no, day_is_none(pledged) ? row.pledged : pledged.no,
					       day_is_none(trained) ? row.trained : trained.no,
					       day_is_none(trained) ? row.trained_words : text_trim(trained_words) }));
	TRY(contract_link_read(&act->look, (struct contract_link_id){ row.link }, &link));
	TRY(workers_settle(act, pack, &link));
	return note_worker(act, "contract.ready", &contract, link.id, (struct person_id){ row.person });
}

struct error *
contract_unname(struct act *act, const struct pack *pack, struct contract_worker_id id, int64_t change,
		struct day last)
{
	struct contract_worker_rows_row row;
	struct contract contract;
	TRY(take_worker(act, pack, id, change, &row, &contract));
	if (day_is_none(last))
		return reject("last", "従事を終える日を入力してください。");
	if (last.no < row.since - 1 || last.no > row.until)
		return reject("last", "終える日は、従事する期間の中にしてください。");
	TRY(contract_worker_stop(act, &(struct contract_worker_stop_in){ id.no, last.no }));
	if (row.worker != 0)
		TRY(people_worker_end(act, (struct worker_id){ row.worker }, last));
	return note_worker(act, "contract.unname", &contract, (struct contract_link_id){ row.link },
			   (struct person_id){ row.person });
}
