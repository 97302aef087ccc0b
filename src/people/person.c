/* Persons. Their personal data stand in one row each. */
#include "people/rooms.h"

static struct person
person_from(const struct people_person_get_row *row)
{
	return (struct person){
		.id = { row->id },
		.number = row->number,
		.family = row->family,
		.given = row->given,
		.kana = row->kana,
		.mail = row->mail,
		.language = language_read(row->language),
		.employment = employment_from(row->employment),
		.since = day_from_kept(row->since),
		.until = day_from_kept(row->until),
		.name = row->name,
		.is_erased = row->is_erased,
	};
}

struct error *
people_person(struct look *look, struct person_id id, struct person *person)
{
	struct people_person_get_row row;
	bool found;
	TRY(people_person_get(look, &(struct people_person_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その職員は登録されていません。");
	*person = person_from(&row);
	return OK;
}

struct error *
people_person_by_number(struct look *look, struct text number, bool *found, struct person *person)
{
	struct people_person_number_row row;
	bool is_there;
	TRY(people_person_number(look, &(struct people_person_number_in){ number }, &is_there, &row));
	if (is_there)
		TRY(people_person(look, (struct person_id){ row.id }, person));
	*found = is_there;
	return OK;
}

struct error *
people_name(struct look *look, struct person_id id, struct text *name)
{
	struct people_person_get_row row;
	bool found;
	TRY(people_person_get(look, &(struct people_person_get_in){ id.no }, &found, &row));
	*name = found ? row.name : text_of(say("（不明）"));
	return OK;
}

struct text
name_join(struct arena *into, struct text family, struct text given)
{
	if (given.len == 0)
		return text_copy(into, family);
	return text_format(into, "%.*s　%.*s", T_ARG(family), T_ARG(given));
}

void
name_split(struct text name, struct text *family, struct text *given)
{
	name = text_trim(name);
	size_t wide, narrow = name.len;
	struct text head, rest;
	if (text_cut(name, ' ', &head, &rest))
		narrow = head.len;
	if (!text_find(name, T("　"), &wide))
		wide = name.len;
	const size_t at = wide < narrow ? wide : narrow;
	*family = text_first(name, at);
	*given = text_trim(text_from(name, at));
}

static bool
mail_is_well_formed(struct text mail)
{
	struct text before, behind, more;
	if (mail.len > 254 || !text_cut(mail, '@', &before, &behind) || before.len == 0 ||
	    text_cut(behind, '@', &before, &more) || !text_has(behind, T(".")))
		return false;
	for (size_t at = 0; at < mail.len; at++)
		if (mail.data[at] <= ' ' || mail.data[at] > '~')
			return false;
	return true;
}

struct error *
person_check(struct look *look, const struct person *person)
{
	TRY(words_check("number", person->number));
	TRY(words_check("family", person->family));
	TRY(words_check_optional("given", person->given));
	TRY(words_check_optional("kana", person->kana));
	TRY(period_check(person->since, person->until));
	if (person->employment == EMPLOYMENT_FISCAL && day_is_none(person->until))
		return reject("until", "会計年度任用職員には任期の終わりの日が必要です。年度の末日までの日を入力してください。");
	if (person->mail.len != 0 && !mail_is_well_formed(person->mail))
		return reject("mail", "メールアドレスの形ではありません。「taro@example.lg.jp」のように半角で入力してください。");
	struct people_person_number_row row;
	bool found;
	TRY(people_person_number(look, &(struct people_person_number_in){ person->number }, &found,
				 &row));
	if (found && row.id != person->id.no)
		return reject("number", "職員番号「%.*s」は、ほかの職員に使われています。",
			      T_ARG(person->number));
	return OK;
}

struct error *
person_index(struct act *act, struct person_id id)
{
	return people_person_touch(act, &(struct people_person_touch_in){ id.no });
}

struct error *
person_write(struct act *act, const struct person *person)
{
	TRY(people_person_update(
		act, &(struct people_person_update_in){
			     person->id.no, person->number,
			     name_join(act->look.arena, person->family, person->given), person->family,
			     person->given, person->kana, person->mail,
			     language_code(person->language),
			     employment_kept(person->employment), day_kept(person->since),
			     day_kept(person->until) }));
	return person_index(act, person->id);
}

struct error *
person_insert(struct act *act, const struct person *given, struct person_id *id)
{
	struct person person = *given;
	person.id = (struct person_id){ 0 };
	TRY(person_check(&act->look, &person));
	TRY(act_number(act, T("person"), &person.id.no));
	TRY(act_key_make(act, person.id.no));
	TRY(people_person_insert(act, &(struct people_person_insert_in){
					      person.id.no, person.number,
					      name_join(act->look.arena, person.family, person.given),
					      person.family, person.given, person.kana, person.mail,
					      language_code(person.language),
					      employment_kept(person.employment),
					      day_kept(person.since), day_kept(person.until) }));
	TRY(person_index(act, person.id));
	*id = person.id;
	return OK;
}

/* Who holds a post does not become somebody of a firm while holding it: nothing would cover them. */
static struct error *
check_employment(struct act *act, const struct person *before, const struct person *after)
{
	struct people_assignment_open_row *rows;
	size_t count;
	if (!employment_is_outside(after->employment) || employment_is_outside(before->employment))
		return OK;
	TRY(people_assignment_open(&act->look,
				   &(struct people_assignment_open_in){ after->id.no,
									act_today(act).no - 1 },
				   &rows, &count));
	if (count != 0)
		return reject("employment", "職に就いている人は、派遣・委託先の従事者に変えられません。先に配属を終えてください。");
	return OK;
}

struct error *
person_update(struct act *act, const struct person *person)
{
	struct person before;
	TRY(people_person(&act->look, person->id, &before));
	TRY(person_check(&act->look, person));
	TRY(check_employment(act, &before, person));
	return person_write(act, person);
}

static struct error *
note_person(struct act *act, const char *what, struct person_id id)
{
	return people_note(act,
			   &(struct noting){ .act = what,
					     .about = { people_about_person(act->look.arena, id) } });
}

struct error *
people_person_add(struct act *act, const struct person *person, struct person_id *id)
{
	struct person_id made;
	TRY(person_insert(act, person, &made));
	TRY(note_person(act, "people.person_add", made));
	*id = made;
	return OK;
}

struct error *
people_person_change(struct act *act, const struct person *person)
{
	TRY(person_update(act, person));
	return note_person(act, "people.person_change", person->id);
}

/* One column: what is sealed stays as it is, and so does what searches find. */
struct error *
people_person_language(struct act *act, struct person_id id, enum language language)
{
	TRY(people_person_set_language(
		act, &(struct people_person_set_language_in){ id.no, language_code(language) }));
	if (act_changes(act) != 1)
		return missing("その職員は登録されていません。");
	return note_person(act, "people.person_change", id);
}

static struct error *
end_assignments(struct act *act, struct person_id person, struct day last)
{
	struct people_assignment_open_row *rows;
	size_t count;
	TRY(people_assignment_open(&act->look,
				   &(struct people_assignment_open_in){ person.no, last.no }, &rows,
				   &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_assignment_set_until(
			act, &(struct people_assignment_set_until_in){ rows[at].id, last.no }));
	return OK;
}

static struct error *
end_secondments(struct act *act, struct person_id person, struct day last)
{
	struct people_secondment_open_row *rows;
	size_t count;
	TRY(people_secondment_open(&act->look,
				   &(struct people_secondment_open_in){ person.no, last.no }, &rows,
				   &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_secondment_set_until(
			act, &(struct people_secondment_set_until_in){ rows[at].id, last.no }));
	return OK;
}

static struct error *
must_leave_operator(struct act *act, struct day last)
{
	struct people_grant_operators_row left;
	TRY(people_grant_operators(&act->look,
				   &(struct people_grant_operators_in){ last.no + 1 }, &left));
	if (left.n == 0)
		return refuse("番所の管理者が一人もいなくなるため、終えられません。先に別の人を管理者にしてください。");
	return OK;
}

static struct error *
end_deputies_and_grants(struct act *act, struct person_id person, struct day last)
{
	struct people_deputy_open_row *deputies;
	struct people_grant_list_row *grants;
	size_t count;
	TRY(people_deputy_open(&act->look, &(struct people_deputy_open_in){ person.no, last.no },
			       &deputies, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_deputy_set_until(
			act, &(struct people_deputy_set_until_in){ deputies[at].id, last.no }));
	TRY(people_grant_list(&act->look, &(struct people_grant_list_in){ person.no, last.no + 1 },
			      &grants, &count));
	bool was_operator = false;
	for (size_t at = 0; at < count; at++) {
		was_operator = was_operator || text_is(grants[at].kind, "operator");
		TRY(people_grant_set_until(
			act, &(struct people_grant_set_until_in){ grants[at].id, last.no }));
	}
	return was_operator ? must_leave_operator(act, last) : OK;
}

struct error *
person_close(struct act *act, struct person_id id, struct day last)
{
	struct person person;
	TRY(people_person(&act->look, id, &person));
	TRY(end_check(act, person.since, last));
	person.until = last;
	TRY(person_write(act, &person));
	TRY(end_assignments(act, id, last));
	TRY(end_secondments(act, id, last));
	TRY(end_deputies_and_grants(act, id, last));
	if (last.no >= act_today(act).no)
		return OK;
	return people_session_all_ended(
		act, &(struct people_session_all_ended_in){ id.no, 0, act->look.now.ms });
}

struct error *
people_person_end(struct act *act, struct person_id id, struct day last)
{
	TRY(person_close(act, id, last));
	return people_note(act, &(struct noting){
					.act = "people.person_end",
					.about = { people_about_person(act->look.arena, id) },
					.pairs = { { .name = "last", .number = last.no } } });
}
