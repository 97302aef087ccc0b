/* What an imported person differs in from the one that is known. */
#include "people/import_rooms.h"

bool
place_same(struct place a, struct place b)
{
	return a.unit.no == b.unit.no && text_same(a.post, b.post);
}

static struct text
unit_words(const struct importing *importing, struct unit_id id)
{
	for (size_t at = 0; at < importing->units_count; at++)
		if (importing->units[at].id.no == id.no)
			return text_format(importing->look->arena, "%.*s %.*s",
					   T_ARG(importing->units[at].code),
					   T_ARG(importing->units[at].name));
	return T("");
}

static struct text
place_words(const struct importing *importing, struct place place)
{
	const struct text unit = unit_words(importing, place.unit);
	return text_format(importing->look->arena, "%.*s %.*s", T_ARG(unit), T_ARG(place.post));
}

static const struct known_place *
main_place(const struct importing *importing, const struct known_person *known)
{
	for (size_t at = 0; known != NULL && at < known->places; at++)
		if (importing->places[known->first_place + at].is_main)
			return &importing->places[known->first_place + at];
	return NULL;
}

static void
compare_main(struct importing *importing, struct planned_person *planned,
	     struct import_change *change)
{
	const struct known_place *was = main_place(importing, planned->known);
	if (planned->main.unit.no == 0)
		return;
	if (was != NULL && place_same(was->place, planned->main)) {
		planned->main.unit.no = 0;
		return;
	}
	import_field(importing, change, "所属と役職",
		     was != NULL ? place_words(importing, was->place) : T(""),
		     place_words(importing, planned->main));
}

static bool
has_concurrent(const struct importing *importing, const struct known_person *known,
	       struct place place)
{
	for (size_t at = 0; known != NULL && at < known->places; at++) {
		const struct known_place *other = &importing->places[known->first_place + at];
		if (!other->is_main && place_same(other->place, place))
			return true;
	}
	return false;
}

/* Only those that are new stay planned. */
static void
compare_concurrent(struct importing *importing, struct planned_person *planned,
		   struct import_change *change)
{
	size_t kept = 0;
	for (size_t at = 0; at < planned->concurrent_count; at++) {
		const struct place place = planned->concurrent[at];
		if (has_concurrent(importing, planned->known, place))
			continue;
		import_field(importing, change, "兼務", T(""), place_words(importing, place));
		planned->concurrent[kept++] = place;
	}
	planned->concurrent_count = kept;
}

static void
compare_words(struct importing *importing, struct planned_person *planned,
	      struct import_change *change)
{
	struct arena *arena = importing->look->arena;
	const struct person *becomes = &planned->person;
	const struct person none = { .name = T(""), .kana = T(""), .mail = T(""), .until = DAY_NONE };
	const struct person *was = planned->known != NULL ? &planned->known->person : &none;
	planned->person.name = name_join(arena, becomes->family, becomes->given);
	change->name = planned->person.name;
	import_field(importing, change, "氏名", was->name, becomes->name);
	import_field(importing, change, "フリガナ", was->kana, becomes->kana);
	import_field(importing, change, "メールアドレス", was->mail, becomes->mail);
	if (day_last(was->until) < importing->day.no) {
		import_field(importing, change, "最後の日", day_iso(arena, was->until), T(""));
		planned->person.until = DAY_NONE;
	}
	import_field(importing, change, "ログイン名",
		     planned->known != NULL ? planned->known->login : T(""),
		     planned->login.len != 0 || planned->known == NULL ? planned->login
								       : planned->known->login);
}

static enum meaning
meaning_of(const struct importing *importing, struct text field)
{
	if (text_is(field, "mail"))
		return STAFF_MAIL;
	if (text_is(field, "kana"))
		return import_has(importing, STAFF_KANA) ? STAFF_KANA : STAFF_KANA_FAMILY;
	if (text_is(field, "number"))
		return STAFF_NUMBER;
	return import_has(importing, STAFF_FAMILY) ? STAFF_FAMILY : STAFF_NAME;
}

/* A list that does not know everything takes nobody back who has left: it only says so. */
static bool
is_back_from_ended(struct importing *importing, struct planned_person *planned)
{
	if (!importing->options->keeps_blank || planned->known == NULL ||
	    day_last(planned->known->person.until) >= importing->day.no)
		return false;
	planned->is_faulty = true; /* left out */
	import_fault(importing, planned->line, STAFF_NUMBER, true,
		     text_format(importing->look->arena,
				 say("退職した職員(%.*s)の口座が、使えるまま残っています。取り込みません。要らなければ、もとのほうで止めてください。"),
				 T_ARG(planned->person.number)));
	return true;
}

struct error *
import_person_compare(struct importing *importing, struct planned_person *planned)
{
	struct import_change change = { .line = planned->line, .key = planned->person.number,
					.about = T("") };
	if (planned->is_faulty || is_back_from_ended(importing, planned))
		return OK;
	struct error *error = person_check(importing->look, &planned->person);
	if (error != OK && error->kind != ERROR_INVALID)
		return error;
	if (error != OK) {
		planned->is_faulty = true;
		import_fault(importing, planned->line, meaning_of(importing, error->field), false,
			     error->words);
		return OK;
	}
	compare_words(importing, planned, &change);
	compare_main(importing, planned, &change);
	compare_concurrent(importing, planned, &change);
	planned->what = planned->known == NULL	   ? IMPORT_ADDED
			: change.fields_count != 0 ? IMPORT_CHANGED
						   : IMPORT_SAME;
	change.what = planned->what;
	if (planned->known != NULL)
		change.about = people_about_person(importing->look->arena, planned->person.id);
	import_change(importing, &change);
	return OK;
}
