/*
 * Erasing a person: their key is destroyed, so what is sealed of them can be read by nobody any more,
 * here and in every backup of the store. Rows keep their bytes and every proof holds.
 */
#include "people/rooms.h"

#include "people/conflict.h"

#include "journal/journal.h"

static const char *const bases[] = { "retention", "request", "mistake", "other" };

const char *
erasure_basis_code(enum erasure_basis basis)
{
	return bases[basis];
}

const char *
erasure_basis_words(enum erasure_basis basis)
{
	switch (basis) {
	case ERASURE_RETENTION:
		return say("保存期間が過ぎた");
	case ERASURE_REQUEST:
		return say("本人から消去の請求があった");
	case ERASURE_MISTAKE:
		return say("まちがって登録した");
	case ERASURE_OTHER:
		return say("そのほか(根拠は文書で残す)");
	}
	return "";
}

bool
erasure_basis_read(struct text code, enum erasure_basis *basis)
{
	for (size_t at = 0; at < ERASURE_BASES; at++)
		if (text_is(code, bases[at])) {
			*basis = (enum erasure_basis)at;
			return true;
		}
	return false;
}

struct error *
people_erasure(struct look *look, struct person_id person, bool *found, struct erasure *erasure)
{
	struct people_erasure_get_row row;
	TRY(people_erasure_get(look, &(struct people_erasure_get_in){ person.no }, found, &row));
	if (!*found)
		return OK;
	*erasure = (struct erasure){ .person = person, .at = { row.at } };
	if (!erasure_basis_read(row.basis, &erasure->basis))
		erasure->basis = ERASURE_OTHER;
	return OK;
}

/* ---- May it be? ---- */

static struct error *
account_is_done(struct look *look, const struct person *person)
{
	struct account account;
	bool found;
	const bool serves = day_is_within(look_today(look), DAY_NONE, person->until);
	TRY(people_account(look, person->id, &found, &account));
	if (found && !account.is_closed && serves)
		return refuse("アカウントが使えるままです。先にアカウントを止めるか、退職を入れてください。");
	return OK;
}

static struct error *
posts_are_done(struct look *look, const struct person *person)
{
	struct people_assignment_open_row *rows;
	struct people_grant_list_row *grants;
	size_t count;
	const struct day today = look_today(look);
	TRY(people_assignment_open(look,
				   &(struct people_assignment_open_in){ person->id.no,
									today.no - 1 },
				   &rows, &count));
	if (count != 0)
		return refuse("まだ職に就いています。先に退職を入れてください(最後の日を過ぎてから消去できます)。");
	TRY(people_grant_list(look,
			      &(struct people_grant_list_in){ person->id.no, today.no },
			      &grants, &count));
	if (count != 0)
		return refuse("特別な権限があるままです。先に終えてください。");
	return OK;
}

static struct error *
work_is_done(struct look *look, const struct person *person)
{
	struct people_worker_last_row row;
	TRY(people_worker_last(look, &(struct people_worker_last_in){ person->id.no }, &row));
	if (row.last >= look_today(look).no)
		return refuse("まだ委託先の従事者です。先に従事を終えてください(最後の日を過ぎてから消去できます)。");
	return OK;
}

struct error *
people_erasable(struct look *look, struct person_id id)
{
	struct person person;
	TRY(people_person(look, id, &person));
	if (person.is_erased)
		return conflict("この職員の個人データは、もう消去してあります。");
	struct error *faults = posts_are_done(look, &person);
	error_add(&faults, account_is_done(look, &person));
	error_add(&faults, work_is_done(look, &person));
	return faults;
}

/* ---- Erasing ---- */

/*
 * What was sealed is written over too, with nothing under the key that goes: so the digests of
 * earlier entries cannot be tried against guesses of the number with what stands in the store.
 */
static struct error *
blank_row(struct act *act, struct person_id id)
{
	struct person person;
	const struct text number =
		text_format(act->look.arena, "erased-%lld", (long long)id.no);
	if (store_key_state(act->look.store, id.no) != KEY_HELD) /* a store put back from before */
		return people_erase_number(act, &(struct people_erase_number_in){ id.no, number });
	TRY(people_person(&act->look, id, &person));
	person.number = number;
	person.family = T("-");
	person.given = person.kana = person.mail = T("");
	return person_write(act, &person);
}

/* The few values that cannot be sealed, because they are looked up by: replaced. */
static struct error *
blank_rest(struct act *act, struct person_id id)
{
	struct people_account_get_row account;
	bool found;
	struct arena *arena = act->look.arena;
	TRY(blank_row(act, id));
	TRY(people_account_get(&act->look, &(struct people_account_get_in){ id.no }, &found,
			       &account));
	if (!found)
		return OK;
	TRY(people_session_all_ended(
		act, &(struct people_session_all_ended_in){ id.no, 0, act->look.now.ms }));
	return people_erase_account(act, &(struct people_erase_account_in){
						 id.no, text_format(arena, "erased-%lld",
								    (long long)id.no) });
}

static struct error *
note_erasure(struct act *act, const struct erasing *erasing, const struct hash *mark)
{
	struct arena *arena = act->look.arena;
	return people_note(
		act, &(struct noting){
			     .act = "people.person_erase",
			     .about = { people_about_person(arena, erasing->person) },
			     .pairs = { { .name = "basis",
					  .text = text_of(erasure_basis_code(erasing->basis)) },
					{ .name = "key", .text = hash_hex(arena, mark) } } });
}

struct error *
people_person_erase(struct act *act, const struct erasing *erasing)
{
	struct person person;
	struct hash mark;
	const struct person_id id = erasing->person;
	TRY(people_must_be_free((struct person_id){ act->actor.person }, id, MATTER_RIGHTS));
	TRY(people_erasable(&act->look, id));
	TRY(people_person(&act->look, id, &person));
	if (!text_same(text_trim(text_narrow(act->look.arena, erasing->number)),
		       text_narrow(act->look.arena, person.number)))
		return reject("number", "職員番号が違います。消去する職員の番号を、そのまま入れてください。");
	TRY(act_key_drop(act, id.no, &mark));
	TRY(people_erasure_insert(act, &(struct people_erasure_insert_in){
					       id.no, text_of(erasure_basis_code(erasing->basis)),
					       hash_bytes(&mark), act->look.now.ms }));
	TRY(blank_rest(act, id));
	TRY(person_index(act, id));
	return note_erasure(act, erasing, &mark);
}

/* ---- After a crash, and for verification ---- */

static struct error *
finish_one(void *with, const struct people_erasure_all_row *row)
{
	struct look *look = with;
	if (store_key_state(look->store, row->id) != KEY_HELD)
		return OK;
	return store_key_destroy(look->store, row->id);
}

struct error *
people_erasures_finish(struct look *look)
{
	return people_erasure_all(look, finish_one, look);
}

struct verifying {
	struct look *look;
	struct journal_report *report;
};

/* Was their row found to be another than the journal says? */
static bool
is_doubted(const struct journal_report *report, int64_t person)
{
	for (size_t at = 0; at < report->finding_count; at++)
		if (report->findings[at].id == person &&
		    (text_is(report->findings[at].table, "people_person") ||
		     text_is(report->findings[at].table, "people_erasure")))
			return true;
	return false;
}

static struct error *
verify_one(void *with, const struct people_key_owners_row *row)
{
	const struct verifying *verifying = with;
	struct journal_report *report = verifying->report;
	const enum key_state state = store_key_state(verifying->look->store, row->id);
	if (row->is_erased && state == KEY_HELD)
		journal_report_key(verifying->look->arena, report, FINDING_KEY_KEPT, row->id);
	else if (row->is_erased && !is_doubted(report, row->id))
		journal_report_erased(report, row->id);
	else if (!row->is_erased && report->has_ring && state != KEY_HELD)
		journal_report_key(verifying->look->arena, report, FINDING_KEY_MISSING, row->id);
	return OK;
}

struct error *
people_verify_keys(struct look *look, struct journal_report *report)
{
	struct verifying verifying = { look, report };
	bool seals;
	TRY(store_has_step(look, T("people"), SEALING_STEP, &seals));
	if (!seals)
		return OK; /* of Bansho 0.1: nobody was erased */
	report->has_ring = store_has_ring(look->store);
	if (report->has_ring && store_key_state(look->store, KEY_OF_BODY) != KEY_HELD)
		journal_report_key(look->arena, report, FINDING_KEY_MISSING, KEY_OF_BODY);
	return people_key_owners(look, verify_one, &verifying);
}
