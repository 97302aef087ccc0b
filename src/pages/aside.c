/* Forms put aside while an IC card is shown: a table in memory, each form with memory of its own. */
#include "pages/aside.h"

#include "base/hash.h"

#include <pthread.h>

enum { NAME_BYTES = 16, FORM_LIMIT = 1 << 20 };

struct slot {
	int64_t session; /* 0: free */
	struct moment made;
	struct text name;
	struct aside_form form;
	struct arena *arena;
};

struct aside {
	struct arena *arena;
	pthread_mutex_t lock;
	struct slot slots[ASIDE_FORMS];
};

struct aside *
aside_open(void)
{
	struct arena *arena = arena_open(ARENA_USUAL);
	struct aside *aside = ARENA_NEW(arena, struct aside);
	aside->arena = arena;
	pthread_mutex_init(&aside->lock, NULL);
	return aside;
}

void
aside_close(struct aside *aside)
{
	if (aside == NULL)
		return;
	for (size_t at = 0; at < ASIDE_FORMS; at++)
		arena_close(aside->slots[at].arena);
	pthread_mutex_destroy(&aside->lock);
	arena_close(aside->arena);
}

static void
empty(struct slot *slot)
{
	arena_close(slot->arena);
	*slot = (struct slot){ 0 };
}

/* A clock that was set back makes a form too old, never immortal. */
static bool
is_over(const struct slot *slot, struct moment now)
{
	return now.ms - slot->made.ms > ASIDE_MINUTES * 60000 || slot->made.ms - now.ms > PEOPLE_CLOCK_SLACK_MS;
}

/* What is too old goes at each visit; nobody else would free it. */
static struct slot *
slot_of(struct aside *aside, int64_t session, struct moment now)
{
	struct slot *found = NULL;
	for (size_t at = 0; at < ASIDE_FORMS; at++) {
		struct slot *slot = &aside->slots[at];
		if (slot->session != 0 && is_over(slot, now))
			empty(slot);
		if (slot->session == session)
			found = slot;
	}
	return found;
}

static struct slot *
free_slot(struct aside *aside)
{
	struct slot *oldest = &aside->slots[0];
	for (size_t at = 0; at < ASIDE_FORMS; at++)
		if (aside->slots[at].made.ms < oldest->made.ms) /* a free one is from 1970 */
			oldest = &aside->slots[at];
	empty(oldest);
	return oldest;
}

static bool
is_small(const struct aside_form *form)
{
	size_t bytes = form->to.len;
	for (size_t at = 0; at < form->count && bytes <= ASIDE_BYTES; at++)
		bytes += form->fields[at].name.len + form->fields[at].value.len;
	return bytes <= ASIDE_BYTES && form->count <= ASIDE_FIELDS;
}

static struct aside_form
copy_of(struct arena *into, const struct aside_form *form)
{
	struct aside_form copy = *form;
	copy.to = text_copy(into, form->to);
	copy.fields = ARENA_ARRAY(into, struct aside_field, form->count + 1);
	for (size_t at = 0; at < form->count; at++)
		copy.fields[at] = (struct aside_field){ text_copy(into, form->fields[at].name),
							text_copy(into, form->fields[at].value) };
	return copy;
}

bool
aside_keep(struct aside *aside, int64_t session, const struct aside_form *form, struct moment now,
	   struct arena *into, struct text *name)
{
	unsigned char random[NAME_BYTES];
	if (aside == NULL)
		return false;
	random_bytes(random, sizeof random);
	*name = text_hex(into, (struct text){ (const char *)random, sizeof random });
	aside_drop(aside, session);
	if (!is_small(form))
		return false;
	struct arena *arena = arena_open(FORM_LIMIT);
	const struct slot made = { session, now, text_copy(arena, *name), copy_of(arena, form), arena };
	pthread_mutex_lock(&aside->lock);
	struct slot *slot = slot_of(aside, session, now);
	if (slot != NULL)
		empty(slot);
	else
		slot = free_slot(aside);
	*slot = made;
	pthread_mutex_unlock(&aside->lock);
	return true;
}

bool
aside_find(struct aside *aside, int64_t session, struct text name, struct moment now,
	   struct arena *into, struct aside_form *form)
{
	if (aside == NULL)
		return false;
	pthread_mutex_lock(&aside->lock);
	const struct slot *slot = slot_of(aside, session, now);
	const bool found = slot != NULL && bytes_same_constant_time(slot->name, name);
	if (found)
		*form = copy_of(into, &slot->form);
	pthread_mutex_unlock(&aside->lock);
	return found;
}

void
aside_drop(struct aside *aside, int64_t session)
{
	if (aside == NULL)
		return;
	pthread_mutex_lock(&aside->lock);
	for (size_t at = 0; at < ASIDE_FORMS; at++)
		if (aside->slots[at].session == session)
			empty(&aside->slots[at]);
	pthread_mutex_unlock(&aside->lock);
}
