/* Which clause of one version is which of the other. */
#include "policy/diff_rooms.h"

#include "base/say.h"

#include <stdlib.h>

/* Comparing each with each stops being sensible beyond this many left over. */
enum { LEFT_MOST = 4000, CANDIDATES_MOST = 400000 };

struct side {
	const struct pack *pack;
	struct pairs *pairs; /* of each clause's words */
	ptrdiff_t *with;     /* index in the other, or -1 */
};

struct candidate {
	int alike;
	size_t before, after;
};

static struct text
words_of(const struct pack_clause *clause)
{
	return clause->is_duty ? clause->duty.ja : clause->title.ja;
}

static struct side
side_of(struct arena *scratch, const struct pack *pack)
{
	struct side side = { .pack = pack,
			     .pairs = ARENA_ARRAY(scratch, struct pairs, pack->clauses_count + 1),
			     .with = ARENA_ARRAY(scratch, ptrdiff_t, pack->clauses_count + 1) };
	for (size_t at = 0; at < pack->clauses_count; at++) {
		side.pairs[at] = pairs_of(scratch, words_of(&pack->clauses[at]));
		side.with[at] = -1;
	}
	return side;
}

static void
pair(struct side *before, struct side *after, size_t a, size_t b)
{
	before->with[a] = (ptrdiff_t)b; /* at most PACK_MOST_CLAUSES */
	after->with[b] = (ptrdiff_t)a;
}

static bool
may_be_same(const struct side *before, const struct side *after, size_t a, size_t b)
{
	return before->with[a] < 0 && after->with[b] < 0 &&
	       before->pack->clauses[a].is_duty == after->pack->clauses[b].is_duty;
}

/* By id; `least`: how alike their words must be. */
static void
pair_by_id(struct side *before, struct side *after, int least)
{
	for (size_t a = 0; a < before->pack->clauses_count; a++) {
		const struct pack_clause *there =
			pack_clause(after->pack, before->pack->clauses[a].id);
		if (there == NULL)
			continue;
		const size_t b = (size_t)(there - after->pack->clauses); /* it is one of them */
		if (may_be_same(before, after, a, b) &&
		    pairs_alike(&before->pairs[a], &after->pairs[b]) >= least)
			pair(before, after, a, b);
	}
}

/* The most alike first; of equals the nearest by place. */
static int
by_alike(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	if (a->alike != b->alike)
		return b->alike - a->alike;
	if (a->before != b->before)
		return a->before < b->before ? -1 : 1;
	return (a->after > b->after) - (a->after < b->after);
}

static size_t
left_over(const struct side *side)
{
	size_t count = 0;
	for (size_t at = 0; at < side->pack->clauses_count; at++)
		count += side->with[at] < 0;
	return count;
}

static void
pair_by_words(struct arena *scratch, struct side *before, struct side *after)
{
	if (left_over(before) > LEFT_MOST || left_over(after) > LEFT_MOST)
		return;
	struct candidate *list = ARENA_ARRAY(scratch, struct candidate, CANDIDATES_MOST);
	size_t count = 0;
	for (size_t a = 0; a < before->pack->clauses_count; a++)
		for (size_t b = 0; b < after->pack->clauses_count && count < CANDIDATES_MOST; b++) {
			if (!may_be_same(before, after, a, b))
				continue;
			const int alike = pairs_alike(&before->pairs[a], &after->pairs[b]);
			if (alike >= ALIKE_OTHER_ID)
				list[count++] = (struct candidate){ alike, a, b };
		}
	qsort(list, count, sizeof *list, by_alike);
	for (size_t at = 0; at < count; at++)
		if (may_be_same(before, after, list[at].before, list[at].after))
			pair(before, after, list[at].before, list[at].after);
}

/* ---- The list ---- */

struct listing {
	struct arena *into;
	struct pack_diff *diff;
	struct side before, after;
	size_t next; /* of the older version's clauses, whose gone ones are to be listed */
};

/* The clause it stands under is another now. */
static bool
is_elsewhere(const struct listing *listing, const struct pack_clause *a,
	     const struct pack_clause *b)
{
	if (!text_same(a->id, b->id) || !text_same(a->number, b->number))
		return true;
	if (a->parent == NULL || b->parent == NULL)
		return a->parent != b->parent;
	const size_t above = (size_t)(a->parent - listing->diff->before->clauses);
	return listing->before.with[above] < 0 ||
	       &listing->diff->after->clauses[listing->before.with[above]] != b->parent;
}

static struct clause_change *
add(struct listing *listing, enum change_kind kind, const struct pack_clause *before,
    const struct pack_clause *after)
{
	struct pack_diff *diff = listing->diff;
	struct clause_change *made = &diff->clauses[diff->clauses_count++];
	*made = (struct clause_change){ .kind = kind, .before = before, .after = after };
	return made;
}

static void
add_pair(struct listing *listing, size_t a, size_t b)
{
	const struct pack_clause *before = &listing->diff->before->clauses[a];
	const struct pack_clause *after = &listing->diff->after->clauses[b];
	struct clause_change *made = add(listing, CHANGE_KEPT, before, after);
	const struct described was = describe_clause(listing->into, before);
	const struct described is = describe_clause(listing->into, after);
	made->keys = changed_keys(listing->into, &was, &is, &made->keys_count);
	made->is_moved = is_elsewhere(listing, before, after);
	made->alike = pairs_alike(&listing->before.pairs[a], &listing->after.pairs[b]);
	if (made->keys_count > 0)
		made->kind = CHANGE_CHANGED;
	else if (made->is_moved)
		made->kind = CHANGE_MOVED;
}

/* Gone ones that stood before the clause `until` of the older version. */
static void
add_gone(struct listing *listing, size_t until)
{
	for (; listing->next < until; listing->next++)
		if (listing->before.with[listing->next] < 0)
			add(listing, CHANGE_GONE, &listing->diff->before->clauses[listing->next],
			    NULL);
}

static void
list_clauses(struct listing *listing)
{
	const struct pack *before = listing->diff->before, *after = listing->diff->after;
	for (size_t b = 0; b < after->clauses_count; b++) {
		const ptrdiff_t a = listing->after.with[b];
		if (a < 0) {
			add(listing, CHANGE_NEW, NULL, &after->clauses[b]);
			continue;
		}
		add_gone(listing, (size_t)a);
		add_pair(listing, (size_t)a, b);
	}
	add_gone(listing, before->clauses_count);
}

static void
count_duties(struct pack_diff *diff)
{
	for (size_t at = 0; at < diff->clauses_count; at++) {
		const struct clause_change *change = &diff->clauses[at];
		const struct pack_clause *clause = change->after != NULL ? change->after
									 : change->before;
		diff->of[change->kind] += clause->is_duty;
	}
}

struct pack_diff *
pack_diff(struct arena *into, const struct pack *before, const struct pack *after)
{
	ARENA_SCOPED scratch = arena_open((size_t)512 << 20);
	struct pack_diff *diff = ARENA_NEW(into, struct pack_diff);
	*diff = (struct pack_diff){ .before = before, .after = after };
	diff->clauses = ARENA_ARRAY(into, struct clause_change,
				    before->clauses_count + after->clauses_count + 1);
	struct listing listing = { .into = into, .diff = diff,
				   .before = side_of(scratch, before),
				   .after = side_of(scratch, after) };
	pair_by_id(&listing.before, &listing.after, ALIKE_SAME_ID);
	pair_by_words(scratch, &listing.before, &listing.after);
	pair_by_id(&listing.before, &listing.after, 0);
	list_clauses(&listing);
	count_duties(diff);
	diff_parts(into, diff);
	return diff;
}

const struct clause_change *
diff_clause(const struct pack_diff *diff, struct text before)
{
	for (size_t at = 0; at < diff->clauses_count; at++)
		if (diff->clauses[at].before != NULL &&
		    text_same(diff->clauses[at].before->id, before))
			return &diff->clauses[at];
	return NULL;
}

const char *
change_name(enum change_kind kind)
{
	static const char *const names[CHANGE_COUNT] = { "kept", "moved", "changed", "new", "gone" };
	return names[kind];
}

const char *
change_words(enum change_kind kind)
{
	static const char *const words[CHANGE_COUNT] = { N_("そのまま"), N_("移動"), N_("変更"),
							 N_("新設"), N_("廃止") };
	return say(words[kind]);
}
