/* Who is meant by a line of an account list: an index over everybody, made once for a list. */
#include "access/rooms.h"

#include <stdlib.h>

struct keyed {
	struct text key;
	size_t person;
};
struct index {
	struct keyed *list;
	size_t count, room;
};
struct one_person {
	int64_t id;
	struct text number, name;
	bool is_ended;
};
struct match_index {
	struct arena *arena;
	struct day today;
	struct one_person *persons;
	size_t count, room;
	struct index by_number, by_mail, by_login, by_name;
};

static void
add_key(struct match_index *index, struct index *into, struct text key)
{
	if (key.len == 0)
		return;
	GROW(index->arena, into->list, into->count, into->room);
	into->list[into->count++] = (struct keyed){ key, index->count };
}

static struct text
mail_name(struct text mail)
{
	struct text name, rest;
	return text_cut(mail, '@', &name, &rest) ? name : T("");
}

static struct error *
add_person(void *with, const struct access_import_person_row *row)
{
	struct match_index *index = with;
	struct arena *arena = index->arena;
	const struct text mail = text_fold(arena, row->mail);
	const struct text number = text_copy(arena, row->number);
	add_key(index, &index->by_number, text_fold(arena, number));
	add_key(index, &index->by_mail, mail);
	add_key(index, &index->by_login, mail_name(mail));
	add_key(index, &index->by_name, text_fold(arena, row->name));
	GROW(arena, index->persons, index->count, index->room);
	index->persons[index->count++] = (struct one_person){
		.id = row->id,
		.number = number,
		.name = text_copy(arena, row->name),
		.is_ended = row->until != 0 && row->until < index->today.no,
	};
	return OK;
}

static int
by_key(const void *a, const void *b)
{
	return text_order(((const struct keyed *)a)->key, ((const struct keyed *)b)->key);
}

static void
sort(struct index *index)
{
	if (index->count != 0)
		qsort(index->list, index->count, sizeof *index->list, by_key);
}

struct error *
match_index_make(struct look *look, struct match_index **made)
{
	struct match_index *index = ARENA_NEW(look->arena, struct match_index);
	index->arena = look->arena;
	index->today = moment_day(look->now);
	TRY(access_import_person(look, add_person, index));
	sort(&index->by_number);
	sort(&index->by_mail);
	sort(&index->by_login);
	sort(&index->by_name);
	*made = index;
	return OK;
}

/* Of several who bear a name or use a mail address, the one who serves, if only one does. */
static const struct one_person *
find(const struct match_index *index, const struct index *in, struct text key, bool *is_many)
{
	size_t low = 0, high = in->count, serving = 0;
	const struct one_person *one = NULL, *ended = NULL;
	*is_many = false;
	while (low < high && key.len != 0) {
		const size_t middle = low + (high - low) / 2;
		if (text_order(in->list[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; key.len != 0 && low < in->count && text_same(in->list[low].key, key); low++) {
		const struct one_person *person = &index->persons[in->list[low].person];
		if (person->is_ended) {
			*is_many = ended != NULL;
			ended = person;
			continue;
		}
		one = person;
		serving++;
	}
	if (serving > 0) {
		*is_many = serving > 1;
		return serving == 1 ? one : NULL;
	}
	return *is_many ? NULL : ended;
}

static bool
take(const struct one_person *person, enum access_match match, struct matched *matched)
{
	if (person == NULL)
		return false;
	*matched = (struct matched){ { person->id }, person->number, person->name, match, false };
	return true;
}

struct matched
match_person(const struct match_index *index, struct arena *arena, struct text number,
	     struct text mail, struct text account, struct text name)
{
	struct matched matched = { .number = T(""), .name = T("") };
	bool is_many;
	/* A number that is given and nobody's is not replaced by a guess. */
	if (number.len != 0) {
		(void)take(find(index, &index->by_number, text_fold(arena, number), &is_many),
			   MATCH_NUMBER, &matched);
		return matched;
	}
	if (take(find(index, &index->by_mail, text_fold(arena, mail), &is_many), MATCH_MAIL,
		 &matched))
		return matched;
	const struct text login = text_fold(arena, account);
	if (take(find(index, &index->by_mail, login, &is_many), MATCH_LOGIN, &matched) ||
	    take(find(index, &index->by_number, login, &is_many), MATCH_LOGIN, &matched) ||
	    take(find(index, &index->by_login, login, &is_many), MATCH_LOGIN, &matched))
		return matched;
	if (!take(find(index, &index->by_name, text_fold(arena, name), &is_many), MATCH_NAME,
		  &matched))
		matched.is_many = is_many;
	return matched;
}

struct matched
match_user(const struct match_index *index, struct arena *arena, struct text words)
{
	struct matched matched = { .number = T(""), .name = T("") };
	const struct text folded = text_fold(arena, words);
	bool is_many;
	if (!take(find(index, &index->by_number, folded, &is_many), MATCH_NUMBER, &matched) &&
	    !take(find(index, &index->by_name, folded, &is_many), MATCH_NAME, &matched))
		matched.is_many = is_many;
	return matched;
}
