/*
 * Sealing what Bansho 0.1 left in plain, once, at the first opening by one that seals. What is read is
 * plain where it stands in plain, so writing it back seals it; a second run changes nothing.
 */
#include "people/rooms.h"

enum { PART = 500 };

static struct error *
seal_persons(struct act *act)
{
	struct people_person_plain_row *rows;
	size_t count = PART;
	while (count == PART) {
		TRY(people_person_plain(&act->look, &(struct people_person_plain_in){ PART }, &rows,
					&count));
		for (size_t at = 0; at < count; at++) {
			struct person person;
			const struct person_id id = { rows[at].id };
			TRY(people_person(&act->look, id, &person));
			TRY(act_key_make(act, id.no));
			TRY(person_write(act, &person));
		}
	}
	return OK;
}

static struct error *
seal_outbox(struct act *act)
{
	struct people_outbox_old_row *rows;
	size_t count = PART;
	for (int64_t after = 0; count == PART;) {
		TRY(people_outbox_old(&act->look, &(struct people_outbox_old_in){ after, PART },
				      &rows, &count));
		for (size_t at = 0; at < count; at++) {
			after = rows[at].id;
			TRY(people_outbox_seal(act, &(struct people_outbox_seal_in){
							    rows[at].id, KEY_OF_BODY,
							    rows[at].address, rows[at].subject,
							    rows[at].body }));
		}
	}
	return OK;
}

static struct error *
seal_notices(struct act *act)
{
	struct people_notice_old_row *rows;
	size_t count = PART;
	for (int64_t after = 0; count == PART;) {
		TRY(people_notice_old(&act->look, &(struct people_notice_old_in){ after, PART },
				      &rows, &count));
		for (size_t at = 0; at < count; at++) {
			after = rows[at].id;
			TRY(people_notice_seal(act, &(struct people_notice_seal_in){
							    rows[at].id, rows[at].person,
							    rows[at].words }));
		}
	}
	return OK;
}

static struct error *
seal_deputies(struct act *act)
{
	struct people_deputy_old_row *rows;
	size_t count = PART;
	for (int64_t after = 0; count == PART;) {
		TRY(people_deputy_old(&act->look, &(struct people_deputy_old_in){ after, PART },
				      &rows, &count));
		for (size_t at = 0; at < count; at++) {
			after = rows[at].id;
			TRY(people_deputy_seal(act, &(struct people_deputy_seal_in){
							    rows[at].id, rows[at].absent,
							    rows[at].reason }));
		}
	}
	return OK;
}

static struct error *
seal_sessions(struct act *act)
{
	struct people_session_old_row *rows;
	size_t count = PART;
	for (int64_t after = 0; count == PART;) {
		TRY(people_session_old(&act->look, &(struct people_session_old_in){ after, PART },
				       &rows, &count));
		for (size_t at = 0; at < count; at++) {
			after = rows[at].id;
			TRY(people_session_seal(act, &(struct people_session_seal_in){
							     rows[at].id, rows[at].person,
							     rows[at].address, rows[at].agent }));
		}
	}
	return OK;
}

struct error *
people_seal(struct act *act)
{
	struct text name;
	TRY(store_ring_name(&act->look, &name));
	if (name.len != 0)
		return OK;
	TRY(seal_persons(act));
	TRY(seal_outbox(act));
	TRY(seal_notices(act));
	TRY(seal_deputies(act));
	TRY(seal_sessions(act));
	TRY(act_name_ring(act));
	return people_note(act, &(struct noting){ .act = "people.seal", .about = { T("body") } });
}
