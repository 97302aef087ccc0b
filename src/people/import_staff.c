/* The plan of a staff file: rows put together by employee number. */
#include "people/import_rooms.h"

/* --- what is known --- */

struct loading {
	struct importing *importing;
	size_t room;
};

static struct error *
load_person(void *with, const struct people_person_all_row *row)
{
	struct loading *loading = with;
	struct importing *importing = loading->importing;
	struct arena *arena = importing->look->arena;
	if (importing->known_count == loading->room) {
		loading->room = loading->room == 0 ? 256 : loading->room * 2;
		struct known_person *more = ARENA_ARRAY(arena, struct known_person, loading->room);
		for (size_t at = 0; at < importing->known_count; at++)
			more[at] = importing->known[at];
		importing->known = more;
	}
	importing->known[importing->known_count++] = (struct known_person){
		.person = { .id = { row->id },
			    .number = text_copy(arena, row->number),
			    .family = text_copy(arena, row->family),
			    .given = text_copy(arena, row->given),
			    .kana = text_copy(arena, row->kana),
			    .mail = text_copy(arena, row->mail),
			    .language = language_read(row->language),
			    .since = day_from_kept(row->since),
			    .until = day_from_kept(row->until),
			    .name = text_copy(arena, row->name) },
		.login = text_copy(arena, row->login),
		.is_operator = row->is_operator,
	};
	return OK;
}

static struct error *
load_place(void *with, const struct people_assignment_today_row *row)
{
	struct loading *loading = with;
	struct importing *importing = loading->importing;
	struct arena *arena = importing->look->arena;
	if (importing->places_count == loading->room) {
		loading->room = loading->room == 0 ? 256 : loading->room * 2;
		struct known_place *more = ARENA_ARRAY(arena, struct known_place, loading->room);
		for (size_t at = 0; at < importing->places_count; at++)
			more[at] = importing->places[at];
		importing->places = more;
	}
	importing->places[importing->places_count++] = (struct known_place){
		.id = { row->id },
		.person = { row->person },
		.place = { { row->unit }, text_copy(arena, row->post_name) },
		.is_main = row->is_main,
	};
	return OK;
}

/* Both lists are in the order of persons. */
static void
join_places(struct importing *importing)
{
	size_t place = 0;
	for (size_t at = 0; at < importing->known_count; at++) {
		struct known_person *known = &importing->known[at];
		while (place < importing->places_count &&
		       importing->places[place].person.no < known->person.id.no)
			place++;
		known->first_place = place;
		while (place < importing->places_count &&
		       importing->places[place].person.no == known->person.id.no)
			place++, known->places++;
	}
}

struct error *
import_staff_known(struct importing *importing)
{
	struct arena *arena = importing->look->arena;
	struct loading persons = { importing, 0 }, places = { importing, 0 };
	TRY(people_person_all(importing->look, load_person, &persons));
	TRY(people_assignment_today(importing->look,
				    &(struct people_assignment_today_in){ importing->day.no },
				    load_place, &places));
	join_places(importing);
	struct keys *numbers = &importing->known_numbers, *logins = &importing->known_logins;
	numbers->list = ARENA_ARRAY(arena, struct key, importing->known_count + 1);
	logins->list = ARENA_ARRAY(arena, struct key, importing->known_count + 1);
	for (size_t at = 0; at < importing->known_count; at++) {
		numbers->list[numbers->count++] =
			(struct key){ importing->known[at].person.number, at };
		if (importing->known[at].login.len != 0)
			logins->list[logins->count++] = (struct key){ importing->known[at].login, at };
	}
	keys_sort(numbers);
	keys_sort(logins);
	return OK;
}

/* --- rows --- */

static void
fault(struct importing *importing, struct planned_person *planned, int64_t line,
      enum meaning meaning, struct text wrong)
{
	planned->is_faulty = true;
	import_fault(importing, line, meaning, false, wrong);
}

/* By code, else by a name that only one unit has. */
static bool
find_unit(const struct importing *importing, struct text words, struct unit_id *unit)
{
	size_t at, found = importing->units_count, count = 0;
	if (keys_find(&importing->unit_codes, words, &at)) {
		*unit = importing->units[at].id;
		return true;
	}
	for (at = 0; at < importing->units_count; at++) {
		if (text_same(importing->units[at].name, words)) {
			found = at;
			count++;
		}
	}
	if (count != 1)
		return false;
	*unit = importing->units[found].id;
	return true;
}

static void
read_unit(struct importing *importing, struct planned_person *planned,
	  const struct table_row *row, enum meaning meaning, struct unit_id *unit)
{
	struct arena *arena = importing->look->arena;
	const struct text words = import_cell(importing, row, meaning);
	struct text full;
	if (words.len == 0 || find_unit(importing, words, unit))
		return;
	if (import_lost_zeros(&importing->unit_codes, words, &full))
		fault(importing, planned, row->line, meaning,
		      text_format(arena, say("「%.*s」は登録済みの「%.*s」の先頭の0が失われたもののようです。表計算ソフトで開かずに、書き出したままのファイルを使ってください。"),
				  T_ARG(words), T_ARG(full)));
	else
		fault(importing, planned, row->line, meaning,
		      text_format(arena, say("所属「%.*s」が登録されていません。先に組織のファイルを取り込むか、登録済みの所属コードにしてください。"),
				  T_ARG(words)));
}

static struct place
read_place(struct importing *importing, struct planned_person *planned,
	   const struct table_row *row)
{
	const bool by_code = import_cell(importing, row, STAFF_UNIT_CODE).len != 0;
	struct place place = { .post = import_cell(importing, row, STAFF_POST) };
	read_unit(importing, planned, row, by_code ? STAFF_UNIT_CODE : STAFF_UNIT, &place.unit);
	if (place.post.len == 0)
		place.post = T("職員");
	const struct error *error = words_check("post", place.post);
	if (error != OK)
		fault(importing, planned, row->line, STAFF_POST, error->words);
	return place;
}

static void
add_concurrent(struct importing *importing, struct planned_person *planned, struct place place,
	       int64_t line)
{
	for (size_t at = 0; at < planned->concurrent_count; at++)
		if (place_same(planned->concurrent[at], place))
			return;
	if (planned->concurrent_count == CONCURRENT_MOST) {
		fault(importing, planned, line, MEANING_COUNT,
		      text_format(importing->look->arena, say("兼務は一人につき%dまでです。"),
				  CONCURRENT_MOST));
		return;
	}
	planned->concurrent[planned->concurrent_count++] = place;
}

static void
read_concurrent_columns(struct importing *importing, struct planned_person *planned,
			const struct table_row *row)
{
	struct place place = { .post = import_cell(importing, row, STAFF_CONCURRENT_POST) };
	read_unit(importing, planned, row, STAFF_CONCURRENT_UNIT, &place.unit);
	if (place.post.len == 0)
		place.post = T("職員");
	if (place.unit.no != 0)
		add_concurrent(importing, planned, place, row->line);
}

static bool
is_concurrent_row(const struct importing *importing, const struct table_row *row)
{
	static const char *const yes[] = { "兼務", "兼", "1", "○", "〇", "yes", "true", "有" };
	const struct text mark = text_narrow(importing->look->arena,
					     import_cell(importing, row, STAFF_CONCURRENT));
	for (size_t at = 0; at < sizeof yes / sizeof *yes; at++)
		if (text_is(mark, yes[at]))
			return true;
	return false;
}

static struct text
read_kana(const struct importing *importing, const struct table_row *row)
{
	if (import_has(importing, STAFF_KANA))
		return import_cell(importing, row, STAFF_KANA);
	return name_join(importing->look->arena, import_cell(importing, row, STAFF_KANA_FAMILY),
			 import_cell(importing, row, STAFF_KANA_GIVEN));
}

static void
keep_blank(struct person *person, const struct person *was)
{
	if (person->kana.len == 0)
		person->kana = was->kana;
	if (person->mail.len == 0)
		person->mail = was->mail;
}

static void
read_person(struct importing *importing, struct planned_person *planned,
	    const struct table_row *row)
{
	struct person *person = &planned->person;
	const struct person was = *person;
	if (import_has(importing, STAFF_FAMILY)) {
		person->family = import_cell(importing, row, STAFF_FAMILY);
		person->given = import_cell(importing, row, STAFF_GIVEN);
	} else {
		name_split(import_cell(importing, row, STAFF_NAME), &person->family, &person->given);
	}
	if (import_has(importing, STAFF_KANA) || import_has(importing, STAFF_KANA_FAMILY))
		person->kana = read_kana(importing, row);
	if (import_has(importing, STAFF_MAIL))
		person->mail = import_cell(importing, row, STAFF_MAIL);
	if (importing->options->keeps_blank)
		keep_blank(person, &was);
	import_hint_lost(importing, row,
			 import_has(importing, STAFF_FAMILY) ? STAFF_FAMILY : STAFF_NAME);
	planned->main = read_place(importing, planned, row);
	read_concurrent_columns(importing, planned, row);
}

static void
read_login(struct importing *importing, struct planned_person *planned,
	   const struct table_row *row)
{
	struct arena *arena = importing->look->arena;
	const struct text login = login_fold(arena, import_cell(importing, row, STAFF_LOGIN));
	size_t at;
	if (!importing->options->opens_accounts || login.len == 0 ||
	    (planned->known != NULL && planned->known->login.len != 0))
		return;
	if (!login_is_well_formed(login))
		fault(importing, planned, row->line, STAFF_LOGIN,
		      text_of(say("ログイン名は、半角の英数字と . _ - @ で、2文字から64文字にしてください。")));
	else if (keys_find(&importing->known_logins, login, &at))
		fault(importing, planned, row->line, STAFF_LOGIN,
		      text_format(arena, say("ログイン名「%.*s」は、ほかの職員に使われています。"),
				  T_ARG(login)));
	planned->login = login;
}

static void
check_number(struct importing *importing, struct planned_person *planned)
{
	struct arena *arena = importing->look->arena;
	struct text full;
	const struct text number = planned->person.number;
	if (number.len == 0)
		fault(importing, planned, planned->line, STAFF_NUMBER,
		      text_of(say("職員番号がありません。職員番号を入れてください。")));
	else if (planned->known == NULL &&
		 import_lost_zeros(&importing->known_numbers, number, &full))
		fault(importing, planned, planned->line, STAFF_NUMBER,
		      text_format(arena, say("「%.*s」は登録済みの「%.*s」の先頭の0が失われたもののようです。表計算ソフトで開かずに、書き出したままのファイルを使ってください。"),
				  T_ARG(number), T_ARG(full)));
}

static void
plan_main_row(struct importing *importing, const struct table_row *row)
{
	struct planned_person *planned = &importing->planned[importing->planned_count++];
	const struct text number = import_cell(importing, row, STAFF_NUMBER);
	size_t at;
	*planned = (struct planned_person){ .line = row->line };
	if (keys_find(&importing->known_numbers, number, &at)) {
		planned->known = &importing->known[at];
		importing->known[at].is_in_file = true;
		planned->person = planned->known->person;
	} else {
		planned->person.since = importing->day;
		planned->person.until = DAY_NONE;
	}
	planned->person.number = number;
	check_number(importing, planned);
	read_person(importing, planned, row);
	read_login(importing, planned, row);
}

static void
index_rows(struct importing *importing)
{
	struct keys *numbers = &importing->planned_numbers;
	numbers->list = ARENA_ARRAY(importing->look->arena, struct key, importing->planned_count + 1);
	numbers->count = importing->planned_count;
	for (size_t at = 0; at < numbers->count; at++)
		numbers->list[at] = (struct key){ importing->planned[at].person.number, at };
	keys_sort(numbers);
	for (size_t at = 1; at < numbers->count; at++) {
		const struct planned_person *first = &importing->planned[numbers->list[at - 1].at];
		struct planned_person *second = &importing->planned[numbers->list[at].at];
		if (second->person.number.len != 0 &&
		    text_same(first->person.number, second->person.number))
			fault(importing, second, second->line, STAFF_NUMBER,
			      text_format(importing->look->arena,
					  say("職員番号「%.*s」は%lld行目にもあります。兼務の行は「兼務」の列に印を付けてください。"),
					  T_ARG(second->person.number), (long long)first->line));
	}
}

static void
index_logins(struct importing *importing)
{
	struct keys logins = { ARENA_ARRAY(importing->look->arena, struct key,
					   importing->planned_count + 1), 0 };
	for (size_t at = 0; at < importing->planned_count; at++)
		if (importing->planned[at].login.len != 0)
			logins.list[logins.count++] = (struct key){ importing->planned[at].login, at };
	keys_sort(&logins);
	for (size_t at = 1; at < logins.count; at++) {
		const struct planned_person *first = &importing->planned[logins.list[at - 1].at];
		struct planned_person *second = &importing->planned[logins.list[at].at];
		if (text_same(first->login, second->login))
			fault(importing, second, second->line, STAFF_LOGIN,
			      text_format(importing->look->arena,
					  say("ログイン名「%.*s」は%lld行目にもあります。一人ずつ別のものにしてください。"),
					  T_ARG(second->login), (long long)first->line));
	}
}

static void
plan_concurrent_row(struct importing *importing, const struct table_row *row)
{
	const struct text number = import_cell(importing, row, STAFF_NUMBER);
	size_t at;
	if (!keys_find(&importing->planned_numbers, number, &at)) {
		import_fault(importing, row->line, STAFF_NUMBER, false,
			     text_format(importing->look->arena,
					 say("職員番号「%.*s」の本務の行がありません。兼務の行だけでは取り込めません。"),
					 T_ARG(number)));
		return;
	}
	struct planned_person *planned = &importing->planned[at];
	const struct place place = read_place(importing, planned, row);
	if (place.unit.no == 0 && !planned->is_faulty)
		fault(importing, planned, row->line, STAFF_UNIT_CODE,
		      text_of(say("兼務の行に所属がありません。所属コードを入れてください。")));
	if (place.unit.no != 0)
		add_concurrent(importing, planned, place, row->line);
}

/* --- those the file lacks --- */

static void
plan_ends(struct importing *importing)
{
	struct arena *arena = importing->look->arena;
	for (size_t at = 0; at < importing->known_count; at++) {
		const struct known_person *known = &importing->known[at];
		const struct person *person = &known->person;
		if (known->is_in_file || day_first(person->since) >= importing->day.no ||
		    day_last(person->until) < importing->day.no)
			continue;
		if (known->is_operator) {
			import_fault(importing, 0, MEANING_COUNT, true,
				     text_format(arena, say("ファイルにない職員番号「%.*s」は、番所の管理者なので終えません。"),
						 T_ARG(person->number)));
			continue;
		}
		importing->planned[importing->planned_count++] = (struct planned_person){
			.what = IMPORT_ENDED, .person = *person, .known = known
		};
		import_change(importing, &(struct import_change){
						 .what = IMPORT_ENDED,
						 .about = people_about_person(arena, person->id),
						 .key = person->number,
						 .name = person->name });
	}
}

static struct error *
plan_rows(struct importing *importing)
{
	const struct table *table = &importing->table;
	for (size_t at = 1; at < table->count; at++) {
		const struct table_row *row = &table->rows[at];
		if (import_row_is_blank(row))
			continue;
		importing->import->rows++;
		if (!is_concurrent_row(importing, row))
			plan_main_row(importing, row);
	}
	index_rows(importing);
	index_logins(importing);
	for (size_t at = 1; at < table->count; at++)
		if (is_concurrent_row(importing, &table->rows[at]))
			plan_concurrent_row(importing, &table->rows[at]);
	for (size_t at = 0; at < importing->planned_count; at++)
		TRY(import_person_compare(importing, &importing->planned[at]));
	return OK;
}

/* The accounts that the good rows would open. */
static void
list_accounts(struct importing *importing)
{
	struct people_import *import = importing->import;
	import->accounts = ARENA_ARRAY(importing->look->arena, struct initial_password,
				       importing->planned_count + 1);
	for (size_t at = 0; at < importing->planned_count; at++) {
		const struct planned_person *planned = &importing->planned[at];
		if (!planned->is_faulty && planned->login.len != 0)
			import->accounts[import->accounts_count++] = (struct initial_password){
				.number = planned->person.number, .login = planned->login
			};
	}
}

struct error *
import_staff_plan(struct importing *importing)
{
	TRY(import_staff_known(importing));
	importing->planned = ARENA_ARRAY(importing->look->arena, struct planned_person,
					 importing->table.count + importing->known_count + 1);
	TRY(plan_rows(importing));
	list_accounts(importing);
	if (importing->options->ends_missing)
		plan_ends(importing);
	return OK;
}
