/*
 * Asking after a permit. Candidates are found by the narrowest thing named (number, scope value,
 * person), living ones first; each is held against the whole question and the moment.
 */
#include "flow/consult.h"
#include "flow/rooms.h"

#include "base/number.h"
#include "journal/journal.h"
#include "people/account.h"

struct consulting {
	struct look *look;
	const struct flow *flow;
	const struct consult_question *question;
	struct moment at;
	struct day day;
	struct person_id person; /* no 0: anybody */
	struct consult_answer best;
};

/* ---- One permit at one moment ---- */

static enum consult_because
because_ended(enum permit_state state)
{
	switch (state) {
	case PERMIT_REVOKED:
		return BECAUSE_REVOKED;
	case PERMIT_USED_UP:
		return BECAUSE_USED_UP;
	case PERMIT_GIVEN_UP:
		return BECAUSE_GIVEN_UP;
	case PERMIT_VALID:
	case PERMIT_OUT:
	case PERMIT_RETURNED:
	case PERMIT_EXPIRED:
		return BECAUSE_ENDED;
	}
	return BECAUSE_ENDED;
}

static enum consult_because
because_of(const struct flow_consult_get_row *row, enum permit_state state, struct moment at)
{
	const struct day day = moment_day(at);
	if (row->issued > at.ms)
		return BECAUSE_NOT_ISSUED;
	if (row->ended != 0 && row->ended <= at.ms)
		return because_ended(state);
	if (day.no > row->until_day)
		return BECAUSE_ENDED;
	/* 0 where none is kept: who has no last day has not left. */
	if (row->holder_until != 0 && row->holder_until < day.no)
		return BECAUSE_HOLDER_LEFT;
	if (day.no < row->from_day)
		return BECAUSE_NOT_BEGUN;
	return row->is_out > 0 ? BECAUSE_OUT : BECAUSE_IN_FORCE;
}

static enum consulted
state_of(enum consult_because because)
{
	switch (because) {
	case BECAUSE_IN_FORCE:
	case BECAUSE_OUT:
		return CONSULTED_VALID;
	case BECAUSE_NOT_ISSUED:
	case BECAUSE_NOT_BEGUN:
		return CONSULTED_NOT_YET;
	case BECAUSE_ENDED:
	case BECAUSE_USED_UP:
	case BECAUSE_GIVEN_UP:
	case BECAUSE_HOLDER_LEFT:
		return CONSULTED_EXPIRED;
	case BECAUSE_REVOKED:
		return CONSULTED_REVOKED;
	case BECAUSE_NO_PERMIT:
	case BECAUSE_OTHER:
		return CONSULTED_NONE;
	}
	return CONSULTED_NONE;
}

/* ---- Does it cover what is asked? ---- */

static struct error *
read_scope(struct look *look, int64_t permit, struct consult_answer *answer)
{
	struct flow_consult_scopes_row *rows;
	size_t count;
	TRY(flow_consult_scopes(look, &(struct flow_consult_scopes_in){ permit }, &rows, &count));
	answer->scope = ARENA_ARRAY(look->arena, struct consult_pair, count + 1);
	answer->scope_count = count;
	for (size_t at = 0; at < count; at++)
		answer->scope[at] = (struct consult_pair){ rows[at].name, rows[at].value };
	return OK;
}

static bool
has_pair(struct arena *arena, const struct consult_answer *answer, const struct consult_pair *pair)
{
	for (size_t at = 0; at < answer->scope_count; at++)
		if (text_same(answer->scope[at].name, pair->name) &&
		    consult_same(arena, answer->scope[at].value, pair->value))
			return true;
	return false;
}

static bool
is_covered(const struct consulting *consulting, const struct flow_consult_get_row *row,
	   const struct consult_answer *answer)
{
	const struct consult_question *question = consulting->question;
	if (question->occasion.len != 0 && !text_same(question->occasion, row->occasion))
		return false;
	if (question->person.len != 0 && consulting->person.no != row->holder)
		return false;
	for (size_t at = 0; at < question->pairs_count; at++)
		if (!has_pair(consulting->look->arena, answer, &question->pairs[at]))
			return false;
	return true;
}

static bool
is_asked(const struct consult_question *question, struct text name)
{
	for (size_t at = 0; at < question->pairs_count; at++)
		if (text_same(question->pairs[at].name, name))
			return true;
	return false;
}

static void
list_unchecked(struct arena *arena, const struct consult_question *question,
	       struct consult_answer *answer)
{
	answer->unchecked = ARENA_ARRAY(arena, struct text, answer->scope_count + 1);
	for (size_t at = 0; at < answer->scope_count; at++) {
		const struct text name = answer->scope[at].name;
		bool is_listed = is_asked(question, name);
		for (size_t other = 0; other < answer->unchecked_count; other++)
			is_listed |= text_same(answer->unchecked[other], name);
		if (!is_listed)
			answer->unchecked[answer->unchecked_count++] = name;
	}
}

/* A valid one before one to come, one to come (the sooner first) before one that is over. */
static bool
is_better(const struct consult_answer *one, const struct consult_answer *than)
{
	if (than->id.no == 0)
		return true;
	const bool is_over = one->state != CONSULTED_VALID && one->state != CONSULTED_NOT_YET;
	const bool than_over = than->state != CONSULTED_VALID && than->state != CONSULTED_NOT_YET;
	if (is_over != than_over)
		return than_over;
	if (one->state != than->state && !is_over)
		return one->state == CONSULTED_VALID;
	if (one->state == CONSULTED_NOT_YET)
		return one->from.no < than->from.no;
	return one->until.no > than->until.no;
}

/* Holds one candidate against the question; *is_covering says whether it is about what is asked. */
static struct error *
try_permit(struct consulting *consulting, int64_t id, bool *is_covering)
{
	struct flow_consult_get_row row;
	struct consult_answer answer = { .at = consulting->at, .id = { id } };
	enum permit_state state;
	bool found;
	struct look *look = consulting->look;
	*is_covering = false;
	TRY(flow_consult_get(look, &(struct flow_consult_get_in){ id }, &found, &row));
	if (!found)
		return OK;
	if (!permit_state_read(row.state, &state))
		return broken("許可証の状態が読めません(%lld)。", (long long)id);
	TRY(read_scope(look, id, &answer));
	if (!is_covered(consulting, &row, &answer))
		return OK;
	*is_covering = true;
	answer.because = because_of(&row, state, consulting->at);
	answer.state = state_of(answer.because);
	answer.number = row.number;
	answer.occasion = row.occasion;
	answer.of = pack_occasion(consulting->flow->pack, row.occasion);
	answer.from = (struct day){ row.from_day };
	answer.until = (struct day){ row.until_day };
	answer.conditions = row.conditions;
	answer.holder = row.holder_number;
	if (is_better(&answer, &consulting->best))
		consulting->best = answer;
	return OK;
}

/* ---- Finding candidates ---- */

static bool
is_settled(const struct consulting *consulting)
{
	return consulting->best.id.no != 0 && consulting->best.state == CONSULTED_VALID;
}

static struct error *
try_number(struct consulting *consulting)
{
	struct look *look = consulting->look;
	struct flow_consult_number_row row;
	bool found, is_covering;
	struct text number = text_narrow(look->arena, consulting->question->permit);
	number = text_replace(look->arena, number, T(" "), T(""));
	TRY(flow_consult_number(look, &(struct flow_consult_number_in){ number }, &found, &row));
	if (!found)
		return OK;
	TRY(try_permit(consulting, row.id, &is_covering));
	if (!is_covering)
		consulting->best.because = BECAUSE_OTHER;
	return OK;
}

static struct error *
try_scope(struct consulting *consulting)
{
	struct flow_consult_scope_row *rows;
	size_t count;
	bool is_covering;
	struct look *look = consulting->look;
	const struct consult_question *question = consulting->question;
	const struct flow_consult_scope_in in = {
		consult_fold(look->arena, question->pairs[0].value), question->pairs[0].name,
		consulting->person.no, question->occasion, consulting->day.no, consulting->at.ms,
	};
	TRY(flow_consult_scope(look, &in, &rows, &count));
	for (size_t at = 0; at < count && !is_settled(consulting); at++)
		TRY(try_permit(consulting, rows[at].id, &is_covering));
	return OK;
}

static struct error *
try_holder(struct consulting *consulting)
{
	struct flow_consult_holder_row *rows;
	size_t count;
	bool is_covering;
	const struct flow_consult_holder_in in = { consulting->person.no,
						   consulting->question->occasion,
						   consulting->day.no, consulting->at.ms };
	TRY(flow_consult_holder(consulting->look, &in, &rows, &count));
	for (size_t at = 0; at < count && !is_settled(consulting); at++)
		TRY(try_permit(consulting, rows[at].id, &is_covering));
	return OK;
}

/* Permits that name no holder let the applicant pass. */
static struct error *
try_applicant(struct consulting *consulting)
{
	struct flow_consult_applicant_row *rows;
	size_t count;
	bool is_covering;
	const struct flow_consult_applicant_in in = { consulting->person.no,
						      consulting->question->occasion,
						      consulting->day.no, consulting->at.ms };
	TRY(flow_consult_applicant(consulting->look, &in, &rows, &count));
	for (size_t at = 0; at < count && !is_settled(consulting); at++)
		TRY(try_permit(consulting, rows[at].id, &is_covering));
	return OK;
}

static struct error *
find(struct consulting *consulting)
{
	const struct consult_question *question = consulting->question;
	if (question->permit.len != 0)
		return try_number(consulting);
	if (question->pairs_count != 0)
		return try_scope(consulting);
	TRY(try_holder(consulting));
	return is_settled(consulting) ? OK : try_applicant(consulting);
}

/* ---- The question ---- */

static struct error *
person_of(struct look *look, struct text words, struct person_id *person)
{
	const struct text name = text_trim(text_narrow(look->arena, words));
	struct person found;
	bool is_found = false;
	if (text_starts(name, T("id:"))) {
		if (!number_read(text_from(name, 3), 1, INT64_MAX, &person->no))
			person->no = 0;
		return OK;
	}
	if (!text_starts(name, T("login:"))) {
		const size_t skipped = text_starts(name, T("number:")) ? 7 : 0;
		TRY(people_person_by_number(look, text_from(name, skipped), &is_found, &found));
		if (is_found)
			*person = found.id;
		if (is_found || skipped != 0)
			return OK;
	}
	return people_person_by_login(
		look, text_from(name, text_starts(name, T("login:")) ? 6 : 0), &is_found, person);
}

static struct error *
must_fit(const char *field, struct text value)
{
	if (value.len <= CONSULT_MOST_VALUE)
		return OK;
	return reject(field, "長すぎます（%dバイトまで）。", CONSULT_MOST_VALUE);
}

static struct error *
must_ask(const struct consult_question *question)
{
	TRY(must_fit("permit", question->permit));
	TRY(must_fit("occasion", question->occasion));
	TRY(must_fit("person", question->person));
	if (question->pairs_count > CONSULT_MOST_PAIRS)
		return reject("scope", "対象は%d個までです。", CONSULT_MOST_PAIRS);
	for (size_t at = 0; at < question->pairs_count; at++) {
		TRY(must_fit("scope", question->pairs[at].name));
		TRY(must_fit("scope", question->pairs[at].value));
		if (text_is_blank(question->pairs[at].name) ||
		    text_is_blank(question->pairs[at].value))
			return reject("scope", "対象の名前と値を書いてください（例 device=ABC-123）。");
	}
	if (question->permit.len == 0 && question->person.len == 0 && question->pairs_count == 0)
		return reject("person",
			      "許可証番号、職員、対象のどれかを示してください。場面だけでは照会できません。");
	return OK;
}

struct error *
flow_consult(struct look *look, const struct flow *flow, const struct consult_question *question,
	     struct consult_answer *answer)
{
	struct consulting consulting = { .look = look, .flow = flow, .question = question,
					 .at = question->at.ms != 0 ? question->at : look->now };
	const struct consult_answer none = { .state = CONSULTED_NONE,
					     .because = BECAUSE_NO_PERMIT,
					     .at = consulting.at };
	TRY(must_ask(question));
	consulting.day = moment_day(consulting.at);
	consulting.best = none;
	if (question->person.len != 0)
		TRY(person_of(look, question->person, &consulting.person));
	/* Whom nobody knows has no permit: the same answer as for somebody without one. */
	if (question->person.len == 0 || consulting.person.no != 0)
		TRY(find(&consulting));
	if (consulting.best.id.no != 0) {
		list_unchecked(look->arena, question, &consulting.best);
		TRY(journal_last_about(look, about_permit(look->arena, consulting.best.id),
				       &consulting.best.entry));
	}
	*answer = consulting.best;
	return OK;
}

/* ---- Lists ---- */

struct error *
flow_consult_list(struct look *look, struct text occasion, bool is_living, struct permit_id before,
		  size_t most, struct consult_line **lines, size_t *count)
{
	struct flow_consult_all_row *rows;
	enum permit_state state;
	const struct flow_consult_all_in in = {
		before.no, occasion, is_living, moment_day(look->now).no, look->now.ms,
		most > FLOW_MOST_PAGE ? FLOW_MOST_PAGE : (int64_t)most, /* a page at most */
	};
	TRY(flow_consult_all(look, &in, &rows, count));
	*lines = ARENA_ARRAY(look->arena, struct consult_line, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct flow_consult_get_row row;
		bool found;
		TRY(flow_consult_get(look, &(struct flow_consult_get_in){ rows[at].id }, &found,
				     &row));
		if (!found || !permit_state_read(row.state, &state))
			return broken("許可証の状態が読めません(%lld)。", (long long)rows[at].id);
		const enum consult_because because = because_of(&row, state, look->now);
		(*lines)[at] = (struct consult_line){
			.id = { row.id }, .number = row.number, .occasion = row.occasion,
			.state = state_of(because), .because = because,
			.from = { row.from_day }, .until = { row.until_day },
			.holder = row.holder_number,
		};
	}
	return OK;
}
