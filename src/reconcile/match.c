/* Two sets held against each other: sorted by key together, then walked key by key. */
#include "reconcile/match.h"

#include "base/number.h"
#include "base/say.h"

#include <stdlib.h>

/* ---- Words ---- */

static const char *const kind_names[DIFFERENCE_KINDS] = { "left",       "right",      "differs",
							  "left-twice", "right-twice", "left-blank",
							  "right-blank" };

const char *
difference_name(enum difference_kind kind)
{
	return kind_names[kind];
}

struct text
difference_words(struct arena *into, const struct pack_reconcile *of, enum difference_kind kind)
{
	static const char *const words[DIFFERENCE_KINDS] = {
		N_("「%.*s」にだけある"),	N_("「%.*s」にだけある"), N_("内容が違う"),
		N_("「%.*s」に重なっている"),	N_("「%.*s」に重なっている"),
		N_("「%.*s」に番号のない行がある"), N_("「%.*s」に番号のない行がある"),
	};
	const bool is_right = kind == DIFFERENCE_RIGHT || kind == DIFFERENCE_RIGHT_TWICE ||
			      kind == DIFFERENCE_RIGHT_BLANK;
	const struct words side = of->sides[is_right ? SIDE_RIGHT : SIDE_LEFT].name;
	if (kind == DIFFERENCE_VALUE)
		return text_of(say(words[kind]));
	return text_replace(into, text_of(say(words[kind])), T("%.*s"), words_now(side));
}

bool
difference_read(struct text name, enum difference_kind *kind)
{
	for (int at = 0; at < DIFFERENCE_KINDS; at++)
		if (text_is(name, kind_names[at])) {
			*kind = (enum difference_kind)at;
			return true;
		}
	return false;
}

/* ---- Columns ---- */

static void
use_column(const struct pack_field *columns[RECONCILE_MOST_COLUMNS], size_t *count,
	   const struct pack_field *field)
{
	if (field == NULL || *count == RECONCILE_MOST_COLUMNS)
		return;
	for (size_t at = 0; at < *count; at++)
		if (text_same(columns[at]->name, field->name))
			return;
	columns[(*count)++] = field;
}

size_t
reconcile_columns(const struct pack_reconcile *of, enum pack_side side,
		  const struct pack_field *columns[RECONCILE_MOST_COLUMNS])
{
	const struct pack_reconcile_side *one = &of->sides[side];
	size_t count = 0;
	for (size_t at = 0; at < of->keys_count; at++)
		use_column(columns, &count, of->keys[at].of[side]);
	for (size_t at = 0; at < of->compares_count; at++)
		use_column(columns, &count, of->compares[at].of[side]);
	use_column(columns, &count, one->wait);
	for (size_t at = 0; at < of->shows_count[side]; at++)
		use_column(columns, &count, of->shows[side][at]);
	for (size_t at = 0; one->source->takes == TAKES_COLUMNS && at < one->shape->fields_count; at++)
		use_column(columns, &count, &one->shape->fields[at]);
	return count;
}

/* ---- Working ---- */

struct entry {
	uint64_t first; /* of the key's bytes, so that most comparisons end there */
	struct text key;
	uint32_t row;
	uint32_t side;
};

/* Where a column stands in a set; -1: nowhere. */
struct places {
	int key[RECONCILE_MOST_KEYS];
	int compare[RECONCILE_MOST_COMPARES];
	int wait;
};

struct matching {
	struct arena *arena;
	const struct pack_reconcile *of;
	const struct reconcile_set *sets;
	const struct reconcile_terms *terms;
	struct places places[SIDES];
	struct entry *entries;
	size_t count;
	struct reconcile_result *result;
	size_t room;
};

static int
place_of_column(const struct reconcile_set *set, const struct pack_field *field)
{
	for (size_t at = 0; field != NULL && at < set->columns; at++)
		if (text_same(set->names[at], field->name))
			return (int)at; /* at most RECONCILE_MOST_COLUMNS */
	return -1;
}

static void
find_places(struct matching *matching)
{
	for (int side = 0; side < SIDES; side++) {
		struct places *places = &matching->places[side];
		const struct reconcile_set *set = &matching->sets[side];
		for (size_t at = 0; at < matching->of->keys_count; at++)
			places->key[at] = place_of_column(set, matching->of->keys[at].of[side]);
		for (size_t at = 0; at < matching->of->compares_count; at++)
			places->compare[at] =
				place_of_column(set, matching->of->compares[at].of[side]);
		places->wait = place_of_column(set, matching->of->sides[side].wait);
	}
}

static struct text
cell(const struct matching *matching, int side, size_t row, int column)
{
	const struct reconcile_set *set = &matching->sets[side];
	return column < 0 ? T("") : set->cells[row * set->columns + (size_t)column]; /* a place */
}

static struct text
key_of(const struct matching *matching, int side, size_t row)
{
	const struct pack_reconcile *of = matching->of;
	struct text key = T("");
	for (size_t at = 0; at < of->keys_count; at++) {
		const struct text part =
			reconcile_normal(matching->arena,
					 cell(matching, side, row, matching->places[side].key[at]),
					 of->keys[at].drops_zeros);
		key = at == 0 ? part
			      : text_format(matching->arena, "%.*s %.*s", T_ARG(key), T_ARG(part));
	}
	return text_is_blank(key) ? T("") : key;
}

static uint64_t
first_bytes(struct text key)
{
	uint64_t first = 0;
	for (size_t at = 0; at < sizeof first; at++)
		first = first << 8 | (at < key.len ? (unsigned char)key.data[at] : 0);
	return first;
}

static int
entry_order(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	const int keys = text_order(a->key, b->key);
	if (keys != 0)
		return keys;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return a->row < b->row ? -1 : 1;
}

static void
gather(struct matching *matching)
{
	const size_t all = matching->sets[SIDE_LEFT].count + matching->sets[SIDE_RIGHT].count;
	matching->entries = ARENA_ARRAY(matching->arena, struct entry, all + 1);
	for (uint32_t side = 0; side < SIDES; side++)
		for (uint32_t row = 0; row < matching->sets[side].count; row++) {
			const struct text key = key_of(matching, (int)side, row);
			matching->entries[matching->count++] =
				(struct entry){ first_bytes(key), key, row, side };
		}
	if (matching->count > 1)
		qsort(matching->entries, matching->count, sizeof *matching->entries, entry_order);
}

/* ---- What does not agree ---- */

/* The rows of one key: first those on the left. */
struct group {
	const struct entry *rows[SIDES];
	size_t count[SIDES];
	struct text key;
};

static void
add(struct matching *matching, const struct group *group, enum difference_kind kind,
    const struct entry *left, const struct entry *right, unsigned fails)
{
	struct reconcile_result *result = matching->result;
	if (result->count == matching->room) {
		const size_t room = matching->room == 0 ? 64 : matching->room * 2;
		struct reconcile_found *grown =
			ARENA_ARRAY(matching->arena, struct reconcile_found, room);
		for (size_t at = 0; at < result->count; at++)
			grown[at] = result->found[at];
		result->found = grown;
		matching->room = room;
	}
	result->of[kind]++;
	result->found[result->count++] = (struct reconcile_found){
		.kind = kind,
		.key = group->key,
		.row = { left == NULL ? 0 : left->row + 1, right == NULL ? 0 : right->row + 1 },
		.rows = { (int64_t)group->count[SIDE_LEFT], /* at most RECONCILE_MOST_ROWS */
			  (int64_t)group->count[SIDE_RIGHT] },
		.fails = fails,
	};
}

static bool
digits(const char *from, int count, int *number)
{
	*number = 0;
	for (int at = 0; at < count; at++) {
		if (from[at] < '0' || from[at] > '9')
			return false;
		*number = *number * 10 + from[at] - '0';
	}
	return true;
}

/* Kept values are ISO: 2026-11-21, and what follows in a moment. */
static bool
day_of(struct text text, struct day *day)
{
	int year, month, date;
	return text.len >= 10 && text.data[4] == '-' && text.data[7] == '-' &&
	       digits(text.data, 4, &year) && digits(text.data + 5, 2, &month) &&
	       digits(text.data + 8, 2, &date) && day_make(year, month, date, day);
}

/* 2026-04-01/2027-03-31; either end may be open. No day lies in a blank period. */
static bool
is_inside(struct text at, struct text period)
{
	struct text from, until;
	struct day day, edge;
	if (period.len == 0 || !day_of(at, &day))
		return false;
	(void)text_cut(period, '/', &from, &until);
	if (from.len != 0 && (!day_of(from, &edge) || day.no < edge.no))
		return false;
	return until.len == 0 || (day_of(until, &edge) && day.no <= edge.no);
}

static bool
number_of(struct text text, int64_t *number)
{
	return number_read(text, INT64_MIN / 4, INT64_MAX / 4, number);
}

static bool
is_near(const struct pack_reconcile_compare *compare, int64_t left, int64_t right)
{
	const int64_t more = left - right;
	if (more > 0 && compare->may_be_more[SIDE_LEFT])
		return true;
	if (more < 0 && compare->may_be_more[SIDE_RIGHT])
		return true;
	return (more < 0 ? -more : more) <= compare->within;
}

static bool
amount(const struct matching *matching, const struct pack_reconcile_compare *compare, int side,
       const struct group *group, struct text text, int64_t *number)
{
	struct day day;
	switch (compare->what[side]) {
	case COMPARE_ROWS:
		*number = (int64_t)group->count[side]; /* at most RECONCILE_MOST_ROWS */
		return true;
	case COMPARE_TODAY:
		*number = matching->terms->today.no;
		return true;
	case COMPARE_COLUMN:
		break;
	}
	if (compare->as == COMPARE_NUMBER)
		return number_of(text, number);
	if (!day_of(text, &day))
		return false;
	*number = day.no;
	return true;
}

static bool
agrees(const struct matching *matching, size_t no, const struct group *group, size_t left,
       size_t right)
{
	const struct pack_reconcile_compare *compare = &matching->of->compares[no];
	struct text a = cell(matching, SIDE_LEFT, left, matching->places[SIDE_LEFT].compare[no]);
	const struct text b = cell(matching, SIDE_RIGHT, right, matching->places[SIDE_RIGHT].compare[no]);
	int64_t x, y;
	switch (compare->as) {
	case COMPARE_SAME:
		return text_same(reconcile_normal(matching->arena, a, false),
				 reconcile_normal(matching->arena, b, false));
	case COMPARE_INSIDE:
		if (compare->what[SIDE_LEFT] == COMPARE_TODAY)
			a = day_iso(matching->arena, matching->terms->today);
		return is_inside(a, b);
	case COMPARE_NUMBER:
	case COMPARE_DAY:
		break;
	}
	return amount(matching, compare, SIDE_LEFT, group, a, &x) &&
	       amount(matching, compare, SIDE_RIGHT, group, b, &y) && is_near(compare, x, y);
}

static unsigned
fails_of(const struct matching *matching, const struct group *group, size_t left, size_t right)
{
	unsigned fails = 0;
	for (size_t no = 0; no < matching->of->compares_count; no++)
		if (!agrees(matching, no, group, left, right))
			fails |= 1U << no;
	return fails;
}

/* Of a row on the left: what fails against the row on the right that agrees best; 0: it agrees. */
static unsigned
best_of(const struct matching *matching, const struct group *group, size_t left,
	const struct entry **best)
{
	unsigned least = ~0U;
	for (size_t at = 0; at < group->count[SIDE_RIGHT] && at < RECONCILE_MOST_BESIDE && least != 0;
	     at++) {
		const struct entry *right = &group->rows[SIDE_RIGHT][at];
		const unsigned fails = fails_of(matching, group, left, right->row);
		if (least != ~0U && __builtin_popcount(fails) >= __builtin_popcount(least))
			continue;
		least = fails;
		*best = right;
	}
	return least;
}

static void
compare_group(struct matching *matching, const struct group *group)
{
	const struct entry *left = NULL, *right = NULL, *against = NULL;
	unsigned all = 0;
	for (size_t at = 0; at < group->count[SIDE_LEFT]; at++) {
		const unsigned fails =
			best_of(matching, group, group->rows[SIDE_LEFT][at].row, &against);
		if (fails != 0 && left == NULL) {
			left = &group->rows[SIDE_LEFT][at];
			right = against;
		}
		all |= fails;
	}
	if (all == 0)
		matching->result->matched++;
	else
		add(matching, group, DIFFERENCE_VALUE, left, right, all);
}

/* Every row of it is younger than what is waited. */
static bool
is_waited_for(const struct matching *matching, const struct group *group, int side)
{
	struct day day;
	if (matching->of->sides[side].wait == NULL)
		return false;
	for (size_t at = 0; at < group->count[side]; at++) {
		const struct text text = cell(matching, side, group->rows[side][at].row,
					      matching->places[side].wait);
		if (!day_of(text, &day) ||
		    day.no + matching->terms->wait[side] < matching->terms->today.no)
			return false;
	}
	return true;
}

static void
alone(struct matching *matching, const struct group *group, int side)
{
	const struct entry *row = group->rows[side];
	if (matching->of->sides[side].may_be_alone)
		return;
	if (is_waited_for(matching, group, side)) {
		matching->result->waiting++;
		return;
	}
	add(matching, group, side == SIDE_LEFT ? DIFFERENCE_LEFT : DIFFERENCE_RIGHT,
	    side == SIDE_LEFT ? row : NULL, side == SIDE_RIGHT ? row : NULL, 0);
}

static void
take_group(struct matching *matching, const struct group *group)
{
	const struct entry *left = group->count[SIDE_LEFT] != 0 ? group->rows[SIDE_LEFT] : NULL;
	const struct entry *right = group->count[SIDE_RIGHT] != 0 ? group->rows[SIDE_RIGHT] : NULL;
	if (group->key.len == 0) {
		if (left != NULL)
			add(matching, group, DIFFERENCE_LEFT_BLANK, left, NULL, 0);
		if (right != NULL)
			add(matching, group, DIFFERENCE_RIGHT_BLANK, NULL, right, 0);
		return;
	}
	if (group->count[SIDE_LEFT] > 1 && !matching->of->sides[SIDE_LEFT].is_many)
		add(matching, group, DIFFERENCE_LEFT_TWICE, left, NULL, 0);
	if (group->count[SIDE_RIGHT] > 1 && !matching->of->sides[SIDE_RIGHT].is_many)
		add(matching, group, DIFFERENCE_RIGHT_TWICE, NULL, right, 0);
	if (right == NULL)
		alone(matching, group, SIDE_LEFT);
	else if (left == NULL)
		alone(matching, group, SIDE_RIGHT);
	else
		compare_group(matching, group);
}

static int
found_order(const void *left, const void *right)
{
	const struct reconcile_found *a = left, *b = right;
	return a->kind != b->kind ? (int)a->kind - (int)b->kind : text_order(a->key, b->key);
}

void
reconcile_match(struct arena *into, const struct pack_reconcile *of,
		const struct reconcile_set sets[SIDES], const struct reconcile_terms *terms,
		struct reconcile_result *result)
{
	struct matching matching = { .arena = into, .of = of, .sets = sets, .terms = terms,
				     .result = result };
	size_t at = 0;
	*result = (struct reconcile_result){ 0 };
	find_places(&matching);
	gather(&matching);
	while (at < matching.count) {
		struct group group = { .key = matching.entries[at].key };
		for (; at < matching.count && text_same(matching.entries[at].key, group.key); at++) {
			const uint32_t side = matching.entries[at].side;
			if (group.count[side]++ == 0)
				group.rows[side] = &matching.entries[at];
		}
		take_group(&matching, &group);
	}
	if (result->count > 1)
		qsort(result->found, result->count, sizeof *result->found, found_order);
}
