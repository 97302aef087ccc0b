/*
 * Lists by keyset: the cursor of a page is the sort key of its last row, so that the thousandth
 * page costs what the first does, and rows added meanwhile neither repeat nor hide others.
 */
#include "ledger/rooms.h"

#include "base/number.h"
#include "base/writer.h"

#include <string.h>

struct filter {
	struct text ledger, class_code, words[LEDGER_MOST_WORDS];
	int64_t is_retired, unconfirmed, owner;
	int64_t within[LEDGER_MOST_WITHIN]; /* 0 behind the last */
};

/* Words are separated by spaces of any width; what stands beyond the fourth joins the fourth. */
static void
filter_words(struct arena *into, struct text typed, struct filter *filter)
{
	struct text rest = text_trim(text_replace(into, typed, T("\u3000"), T(" ")));
	for (int at = 0; at < LEDGER_MOST_WORDS && rest.len != 0; at++) {
		struct text word = rest, behind = T("");
		if (at < LEDGER_MOST_WORDS - 1 && !text_cut(rest, ' ', &word, &behind))
			behind = T("");
		const struct text folded = text_fold(into, word);
		if (folded.len != 0)
			filter->words[at] = folded;
		rest = text_trim(behind);
	}
}

static struct error *
filter_of(struct arena *into, const struct pack_ledger *ledger, const struct ledger_query *query,
	  struct filter *made)
{
	if (query->within_count > LEDGER_MOST_WITHIN)
		return reject("unit", "所属を一つ選んでください。一度に見られる所属は%dまでです。",
			      LEDGER_MOST_WITHIN);
	struct filter filter = {
		.ledger = ledger->code,
		.is_retired = query->state == ROW_RETIRED,
		.owner = query->owner,
	};
	if (query->class_code.len != 0)
		filter.class_code = query->class_code;
	if (query->is_unconfirmed)
		filter.unconfirmed = query->unconfirmed_before.ms;
	for (size_t at = 0; at < query->within_count; at++)
		filter.within[at] = query->within[at].no;
	filter_words(into, query->words, &filter);
	*made = filter;
	return OK;
}

/* The members every list query's parameters share. */
#define FILTER(f)                                                                              \
	.ledger = (f)->ledger, .is_retired = (f)->is_retired, .class_code = (f)->class_code,   \
	.unconfirmed = (f)->unconfirmed, .w1 = (f)->words[0], .w2 = (f)->words[1],             \
	.w3 = (f)->words[2], .w4 = (f)->words[3], .owner = (f)->owner,                         \
	.u1 = (f)->within[0], .u2 = (f)->within[1], .u3 = (f)->within[2],                      \
	.u4 = (f)->within[3], .u5 = (f)->within[4], .u6 = (f)->within[5],                      \
	.u7 = (f)->within[6], .u8 = (f)->within[7]

/* A cursor is "NUMBER KEY": the last row's number, and its sort key where that is another. */
static struct error *
cursor_read(struct text cursor, int64_t *number, struct text *key)
{
	struct text head, rest;
	*key = T("");
	if (cursor.len == 0)
		return OK;
	if (!text_cut(cursor, ' ', &head, &rest) || !number_read(head, 0, INT64_MAX, number))
		return reject("after", "続きの位置が正しくありません。一覧を最初から開き直してください。");
	*key = rest;
	return OK;
}

static int64_t
key_number(struct text key, int64_t otherwise)
{
	int64_t number;
	return number_read(key, INT64_MIN, INT64_MAX, &number) ? number : otherwise;
}

#define FILL(page, look, pack, read, got)                                                      \
	do {                                                                                   \
		(page)->rows = ARENA_ARRAY((look)->arena, struct ledger_row, (got) + 1);       \
		for (size_t at_ = 0; at_ < (got); at_++)                                       \
			(page)->rows[at_] = ROW_FROM((look)->arena, (pack), &(read)[at_]);     \
		(page)->count = (got);                                                         \
	} while (0)

static bool
is_plain(const struct filter *filter)
{
	for (size_t at = 0; at < LEDGER_MOST_WORDS; at++)
		if (filter->words[at].data != NULL)
			return false;
	return filter->class_code.data == NULL && filter->unconfirmed == 0 &&
	       filter->within[0] == 0 && filter->is_retired == 0;
}

/* As FILL, from rows that are known to live and to be this ledger's. */
#define FILL_LIVING(page, look, known, read, got)                                              \
	do {                                                                                   \
		(page)->rows = ARENA_ARRAY((look)->arena, struct ledger_row, (got) + 1);       \
		for (size_t at_ = 0; at_ < (got); at_++)                                       \
			(page)->rows[at_] = (struct ledger_row){                               \
				.id = { (read)[at_].id },                                      \
				.ledger = (known),                                             \
				.number = (read)[at_].number,                                  \
				.title = (read)[at_].title,                                    \
				.class_code = (read)[at_].class_code,                          \
				.owner = (read)[at_].owner,                                    \
				.serial = (read)[at_].serial,                                  \
				.parent = { (read)[at_].parent },                              \
				.state = ROW_LIVING,                                           \
				.revision = (read)[at_].revision,                              \
				.created = { (read)[at_].created },                            \
				.changed = { (read)[at_].changed },                            \
				.confirmed = { (read)[at_].confirmed },                        \
				.values = (read)[at_].field_values,                            \
			};                                                                     \
		(page)->count = (got);                                                         \
	} while (0)

static struct error *
list_all(struct look *look, const struct pack *pack, const struct filter *filter, int64_t after,
	 size_t most, struct ledger_page *page)
{
	size_t got;
	const struct pack_ledger *ledger = pack_ledger(pack, filter->ledger);
	if (filter->owner != 0) {
		struct ledger_list_owner_all_row *read;
		TRY(ledger_list_owner_all(look,
					  &(struct ledger_list_owner_all_in){
						  filter->ledger, filter->owner, after, (int64_t)most },
					  &read, &got));
		FILL_LIVING(page, look, ledger, read, got);
		return OK;
	}
	struct ledger_list_number_all_row *read;
	TRY(ledger_list_number_all(look,
				   &(struct ledger_list_number_all_in){ filter->ledger, after,
									(int64_t)most },
				   &read, &got));
	FILL_LIVING(page, look, ledger, read, got);
	return OK;
}

static struct error *
list_by_number(struct look *look, const struct pack *pack, const struct filter *filter,
	       int64_t after, size_t most, struct ledger_page *page)
{
	size_t got;
	if (is_plain(filter))
		return list_all(look, pack, filter, after, most, page);
	if (filter->owner != 0) {
		struct ledger_list_owner_row *read;
		TRY(ledger_list_owner(look,
				      &(struct ledger_list_owner_in){ FILTER(filter),
								      .after_number = after,
								      .most = (int64_t)most },
				      &read, &got));
		FILL(page, look, pack, read, got);
		return OK;
	}
	struct ledger_list_number_row *read;
	TRY(ledger_list_number(look,
			       &(struct ledger_list_number_in){ FILTER(filter), .after_number = after,
								.most = (int64_t)most },
			       &read, &got));
	FILL(page, look, pack, read, got);
	return OK;
}

static struct error *
list_by_title(struct look *look, const struct pack *pack, const struct filter *filter,
	      int64_t number, struct text key, size_t most, struct ledger_page *page)
{
	struct ledger_list_title_row *read;
	size_t got;
	TRY(ledger_list_title(look,
			      &(struct ledger_list_title_in){ FILTER(filter), .after_title = key,
							      .after_number = number,
							      .most = (int64_t)most },
			      &read, &got));
	FILL(page, look, pack, read, got);
	return OK;
}

static struct error *
list_by_class(struct look *look, const struct pack *pack, const struct filter *filter,
	      int64_t number, struct text key, size_t most, struct ledger_page *page)
{
	struct ledger_list_class_row *read;
	size_t got;
	TRY(ledger_list_class(look,
			      &(struct ledger_list_class_in){
				      FILTER(filter), .after_rank = key_number(key, INT64_MAX),
				      .after_number = number, .most = (int64_t)most },
			      &read, &got));
	FILL(page, look, pack, read, got);
	return OK;
}

static struct error *
list_by_change(struct look *look, const struct pack *pack, const struct filter *filter,
	       int64_t number, struct text key, size_t most, struct ledger_page *page)
{
	struct ledger_list_changed_row *read;
	size_t got;
	TRY(ledger_list_changed(look,
				&(struct ledger_list_changed_in){
					FILTER(filter), .after_changed = key_number(key, INT64_MAX),
					.after_number = number, .most = (int64_t)most },
				&read, &got));
	FILL(page, look, pack, read, got);
	return OK;
}

static struct error *
count_kept(struct look *look, const struct filter *f, int64_t *total)
{
	struct ledger_count_kept_row row;
	TRY(ledger_count_kept(look,
			      &(struct ledger_count_kept_in){
				      f->ledger, f->is_retired, f->class_code, f->owner,
				      f->within[0], f->within[1], f->within[2], f->within[3],
				      f->within[4], f->within[5], f->within[6], f->within[7] },
			      &row));
	*total = row.total;
	return OK;
}

static struct error *
count_now(struct look *look, const struct filter *filter, int64_t *total)
{
	if (filter->unconfirmed == 0 && filter->words[0].data == NULL)
		return count_kept(look, filter, total);
	if (filter->owner != 0) {
		struct ledger_count_owner_row row;
		TRY(ledger_count_owner(look, &(struct ledger_count_owner_in){ FILTER(filter) }, &row));
		*total = row.total;
		return OK;
	}
	struct ledger_count_row row;
	TRY(ledger_count(look, &(struct ledger_count_in){ FILTER(filter) }, &row));
	*total = row.total;
	return OK;
}

static const struct kept_kind total_kept = { "rows of a ledger" };

/* What is counted, as 128 bits of a digest. */
static struct kept_key
key_of(struct look *look, const struct filter *filter)
{
	struct writer out = writer_open(look->arena, 1 << 20);
	write_text(&out, filter->ledger);
	write_format(&out, "\n%lld %lld %lld %.*s\n", (long long)filter->is_retired,
		     (long long)filter->unconfirmed, (long long)filter->owner,
		     T_ARG(filter->class_code));
	for (size_t at = 0; at < LEDGER_MOST_WITHIN; at++)
		write_format(&out, "%lld ", (long long)filter->within[at]);
	for (size_t at = 0; at < LEDGER_MOST_WORDS; at++) {
		write_format(&out, "%zu:", filter->words[at].len);
		write_text(&out, filter->words[at]);
	}
	const struct hash digest = hash_of(writer_text(&out));
	struct kept_key key = { .what = &total_kept };
	memcpy(&key.first, digest.at, sizeof key.first);
	memcpy(&key.second, digest.at + sizeof key.first, sizeof key.second);
	return key;
}

/* Counting a large ledger costs more than its page. */
static struct error *
count_all(struct look *look, const struct filter *filter, int64_t *total)
{
	const struct kept_key key = key_of(look, filter);
	const int64_t *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		int64_t *made = ARENA_NEW(keeping.arena, int64_t);
		TRY(count_now(look, filter, made));
		look_keep(&keeping, &key, made);
		kept = made;
	}
	*total = *kept;
	return OK;
}

static struct text
cursor_of(struct arena *into, const struct pack *pack, enum ledger_sort sort,
	  const struct ledger_row *last)
{
	const long long number = (long long)last->number;
	switch (sort) {
	case SORT_NUMBER:
		return text_format(into, "%lld ", number);
	case SORT_TITLE:
		return text_format(into, "%lld %.*s", number, T_ARG(last->title));
	case SORT_CLASS:
		return text_format(into, "%lld %d", number, class_of(pack, last->class_code)->rank);
	case SORT_CHANGED:
		return text_format(into, "%lld %lld", number, (long long)last->changed.ms);
	}
	return T("");
}

static struct error *
list_sorted(struct look *look, const struct pack *pack, const struct filter *filter,
	    const struct ledger_query *query, size_t most, struct ledger_page *page)
{
	int64_t number = query->sort == SORT_CLASS || query->sort == SORT_CHANGED ? INT64_MAX : 0;
	struct text key;
	TRY(cursor_read(query->after, &number, &key));
	switch (query->sort) {
	case SORT_NUMBER:
		return list_by_number(look, pack, filter, number, most, page);
	case SORT_TITLE:
		return list_by_title(look, pack, filter, number, key, most, page);
	case SORT_CLASS:
		return list_by_class(look, pack, filter, number, key, most, page);
	case SORT_CHANGED:
		return list_by_change(look, pack, filter, number, key, most, page);
	}
	return broken("並び順が分かりません。");
}

static const struct kept_kind alone_kept = { "unit without others below" };

/* The one unit that these stand for, 0 when it is not one. */
static struct error *
unit_alone(struct look *look, const int64_t *w, int64_t *alone)
{
	const struct kept_key key = { &alone_kept, NULL, w[0], 0 };
	const int64_t *kept = w[1] == 0 ? look_kept(look, &key) : NULL;
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct ledger_units_within_row *units;
		size_t count;
		int64_t *made = ARENA_NEW(keeping.arena, int64_t);
		TRY(ledger_units_within(look,
					&(struct ledger_units_within_in){ w[0], w[1], w[2], w[3],
									  w[4], w[5], w[6], w[7] },
					&units, &count));
		*made = count == 1 ? units[0].unit : 0;
		if (w[1] == 0)
			look_keep(&keeping, &key, made);
		kept = made;
	}
	*alone = *kept;
	return OK;
}

/*
 * Most people see one unit without others below it: then its own index leads to the rows, where a
 * walk through the whole ledger would find one row in thirty.
 */
static struct error *
narrow_to_owner(struct look *look, struct filter *filter)
{
	int64_t alone;
	if (filter->owner != 0 || filter->within[0] == 0)
		return OK;
	TRY(unit_alone(look, filter->within, &alone));
	if (alone == 0)
		return OK;
	filter->owner = alone;
	memset(filter->within, 0, sizeof filter->within);
	return OK;
}

struct error *
ledger_list(struct look *look, const struct pack *pack, const struct pack_ledger *ledger,
	    const struct ledger_query *query, size_t most, struct ledger_page *page)
{
	struct filter filter;
	struct ledger_page made = { 0 };
	TRY(filter_of(look->arena, ledger, query, &filter));
	TRY(narrow_to_owner(look, &filter));
	TRY(list_sorted(look, pack, &filter, query, most + 1, &made));
	if (made.count > most) {
		made.count = most;
		made.next = cursor_of(look->arena, pack, query->sort, &made.rows[most - 1]);
	}
	made.total = (int64_t)made.count; /* at most `most` */
	if (made.next.len != 0 || query->after.len != 0)
		TRY(count_all(look, &filter, &made.total));
	*page = made;
	return OK;
}

struct walking {
	const struct pack *pack;
	struct error *(*each)(void *with, const struct ledger_row *row);
	void *with;
};

static struct error *
walk_one(void *with, const struct ledger_walk_row *read)
{
	const struct walking *walking = with;
	const struct ledger_row row = ROW_FROM(NULL, walking->pack, read);
	return walking->each(walking->with, &row);
}

struct error *
ledger_each(struct look *look, const struct pack *pack, const struct pack_ledger *ledger,
	    const struct ledger_query *query,
	    struct error *(*each)(void *with, const struct ledger_row *row), void *with)
{
	struct filter filter;
	struct walking walking = { pack, each, with };
	TRY(filter_of(look->arena, ledger, query, &filter));
	return ledger_walk(look, &(struct ledger_walk_in){ FILTER(&filter) }, walk_one, &walking);
}
