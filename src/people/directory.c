/*
 * The directory in memory: what search and the order of lists need of every person, because the store
 * holds names only sealed. One per store, filled from what is committed; people_person_cache says
 * which persons changed since. A person whose key was destroyed is read again by their erasure.
 */
#include "people/rooms.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DIRECTORY_MOST = 512 << 20, DIRECTORY_FULL = 400 << 20, GARBAGE_MOST = 16 << 20 };

struct entry {
	int64_t id;
	int64_t until;	     /* as kept: 0 is open */
	struct text folded;  /* number, name, kana, login, mail */
	struct text names;   /* name, kana: folded */
	struct text called;  /* the name without white space */
	struct text sort;
};

struct directory {
	struct arena *own;
	pthread_rwlock_t lock;
	struct arena *arena; /* of the entries */
	size_t fresh_size;   /* of the arena when it was new */
	struct entry *entries; /* by sort, then id */
	size_t count;
	int64_t version;
};

static void *
directory_open(void)
{
	struct arena *own = arena_open((size_t)1 << 20);
	struct directory *directory = ARENA_NEW(own, struct directory);
	directory->own = own;
	pthread_rwlock_init(&directory->lock, NULL);
	return directory;
}

static void
directory_close(void *with)
{
	struct directory *directory = with;
	pthread_rwlock_destroy(&directory->lock);
	arena_close(directory->arena);
	arena_close(directory->own);
}

static int
entry_order(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	const int order = text_order(a->sort, b->sort);
	return order != 0 ? order : a->id < b->id ? -1 : a->id > b->id;
}

static int
id_order(const void *left, const void *right)
{
	const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return a < b ? -1 : a > b;
}

/* ---- Filling ---- */

struct filling {
	struct arena *arena;
	struct entry *entries;
	size_t count;
	int64_t version;
};

static struct text
without_space(struct arena *arena, struct text name)
{
	return text_replace(arena, text_replace(arena, name, T("\u3000"), T("")), T(" "), T(""));
}

static struct error *
fill_one(void *with, const struct people_person_changed_row *row)
{
	struct filling *filling = with;
	struct arena *arena = filling->arena;
	if (arena_used(arena) > DIRECTORY_FULL)
		return broken("職員が多すぎて、名前の索引を作れません。");
	if (filling->count < 8 || (filling->count & (filling->count - 1)) == 0) {
		struct entry *wider = ARENA_ARRAY(arena, struct entry,
						  filling->count < 8 ? 8 : filling->count * 2);
		if (filling->count != 0)
			memcpy(wider, filling->entries, filling->count * sizeof *wider);
		filling->entries = wider;
	}
	const struct text names = text_format(arena, "%.*s\n%.*s", T_ARG(row->name),
					      T_ARG(row->kana));
	const struct text all = text_format(arena, "%.*s\n%.*s\n%.*s\n%.*s", T_ARG(row->number),
					    T_ARG(names), T_ARG(row->login), T_ARG(row->mail));
	filling->entries[filling->count++] = (struct entry){
		.id = row->id,
		.until = row->until,
		.folded = text_fold(arena, all),
		.names = text_fold(arena, names),
		/* A name without a space would be the row's own bytes, which are gone when the look ends. */
		.called = text_copy(arena, without_space(arena, row->name)),
		.sort = text_fold(arena, row->kana.len != 0 ? row->kana : row->name),
	};
	filling->version = row->version;
	return OK;
}

static bool
is_among(const int64_t *ids, size_t count, int64_t id)
{
	return count != 0 && bsearch(&id, ids, count, sizeof *ids, id_order) != NULL;
}

/* What was there, without those that changed, and these. */
static void
merge(struct directory *directory, const struct filling *filling)
{
	struct arena *arena = directory->arena;
	struct entry *all = ARENA_ARRAY(arena, struct entry, directory->count + filling->count + 1);
	int64_t *changed = ARENA_ARRAY(arena, int64_t, filling->count + 1);
	size_t count = 0;
	for (size_t at = 0; at < filling->count; at++)
		changed[at] = filling->entries[at].id;
	if (filling->count != 0)
		qsort(changed, filling->count, sizeof *changed, id_order);
	for (size_t at = 0; at < directory->count; at++)
		if (!is_among(changed, filling->count, directory->entries[at].id))
			all[count++] = directory->entries[at];
	for (size_t at = 0; at < filling->count; at++)
		all[count++] = filling->entries[at];
	if (count != 0)
		qsort(all, count, sizeof *all, entry_order);
	directory->entries = all;
	directory->count = count;
}

static struct error *
fill(struct directory *directory, struct look *look)
{
	const bool is_new = directory->arena == NULL ||
			    arena_used(directory->arena) > directory->fresh_size * 2 + GARBAGE_MOST;
	struct filling filling = { .version = is_new ? 0 : directory->version };
	struct arena *before = NULL;
	filling.arena = is_new ? arena_open(DIRECTORY_MOST) : directory->arena;
	struct error *error = people_person_changed(
		look, &(struct people_person_changed_in){ filling.version }, fill_one, &filling);
	if (error != OK) {
		if (is_new)
			arena_close(filling.arena);
		return error;
	}
	if (is_new) {
		before = directory->arena;
		directory->arena = filling.arena;
		directory->count = 0;
	}
	merge(directory, &filling);
	if (is_new)
		directory->fresh_size = arena_used(directory->arena);
	directory->version = filling.version;
	arena_close(before);
	return OK;
}

/* Always from what is committed: an act that is undone later must leave nothing here. */
static struct error *
fill_from_committed(struct directory *directory, struct store *store)
{
	ARENA_SCOPED arena = arena_open(DIRECTORY_MOST);
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(store, arena, &look));
	return fill(directory, &look);
}

/* Locked for reading on success; give back with pthread_rwlock_unlock(). */
static struct error *
directory_take(struct look *look, struct directory **taken)
{
	struct people_person_version_row row;
	bool seals;
	struct directory *directory = store_index(look->store, directory_open, directory_close);
	pthread_rwlock_rdlock(&directory->lock);
	const bool is_known = directory->arena != NULL;
	pthread_rwlock_unlock(&directory->lock);
	if (!is_known) {
		TRY(store_has_step(look, T("people"), SEALING_STEP, &seals));
		if (!seals)
			return conflict("前の版の番所の保存ファイルです。bansho run で一度動かすと新しくなります。");
	}
	TRY(people_person_version(look, &row));
	pthread_rwlock_rdlock(&directory->lock);
	if (directory->arena == NULL || directory->version < row.version) {
		pthread_rwlock_unlock(&directory->lock);
		pthread_rwlock_wrlock(&directory->lock);
		struct error *error = OK;
		if (directory->arena == NULL || directory->version < row.version)
			error = fill_from_committed(directory, look->store);
		pthread_rwlock_unlock(&directory->lock);
		TRY(error);
		pthread_rwlock_rdlock(&directory->lock);
	}
	*taken = directory;
	return OK;
}

/* ---- Asking ---- */

static size_t
place_after(const struct directory *directory, struct text sort, int64_t id)
{
	const struct entry last = { .id = id, .sort = sort };
	size_t low = 0, high = directory->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (entry_order(&directory->entries[middle], &last) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct error *
directory_search(struct look *look, const struct directory_search *search,
		 struct directory_found *found, size_t *count)
{
	struct directory *directory;
	const struct text words = text_fold(look->arena, search->words);
	TRY(directory_take(look, &directory));
	size_t at = search->after != 0 ? place_after(directory, search->after_sort, search->after)
				       : 0;
	for (*count = 0; at < directory->count && *count < search->most; at++) {
		const struct entry *entry = &directory->entries[at];
		if ((words.len != 0 && !text_has(entry->folded, words)) ||
		    (!search->with_ended && entry->until != 0 && entry->until < search->day) ||
		    (search->is_narrowed && !is_among(search->ids, search->ids_count, entry->id)))
			continue;
		found[(*count)++] = (struct directory_found){
			entry->id, text_copy(look->arena, entry->sort)
		};
	}
	pthread_rwlock_unlock(&directory->lock);
	return OK;
}

struct error *
people_named(struct look *look, struct text words, struct text *ids)
{
	struct directory *directory;
	struct writer out = writer_open(look->arena, 4 << 20);
	const struct text folded = text_fold(look->arena, words);
	*ids = T("");
	if (folded.len == 0)
		return OK;
	TRY(directory_take(look, &directory));
	for (size_t at = 0; at < directory->count; at++)
		if (text_has(directory->entries[at].names, folded))
			write_format(&out, "%s%lld,", writer_text(&out).len == 0 ? "," : "",
				     (long long)directory->entries[at].id);
	pthread_rwlock_unlock(&directory->lock);
	*ids = writer_text(&out);
	return OK;
}

struct error *
people_called(struct look *look, struct text words, struct person_id *person, size_t *count)
{
	struct directory *directory;
	struct people_person_number_row row;
	bool found;
	const struct text called = without_space(look->arena, words);
	TRY(people_person_number(look, &(struct people_person_number_in){ called }, &found, &row));
	*count = found;
	person->no = found ? row.id : 0;
	if (found || called.len == 0)
		return OK;
	TRY(directory_take(look, &directory));
	for (size_t at = 0; at < directory->count; at++) {
		if (!text_same(directory->entries[at].called, called))
			continue;
		person->no = directory->entries[at].id;
		(*count)++;
	}
	pthread_rwlock_unlock(&directory->lock);
	return OK;
}
