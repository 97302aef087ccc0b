/* Samples by lot: see sample.h, which says the same as docs/audit.md. */
#include "audit/sample.h"

enum { WORD_LEN = 8, BITS = 8 };

struct error *
sample_check(const struct sample_asked *asked)
{
	struct error *faults = OK;
	const struct text seed = asked->seed;
	size_t at;
	if (text_is_blank(seed))
		error_add(&faults, reject("seed", "くじの種にする言葉を書いてください(例: さいころの目、公表された数字)。"));
	if (text_count(seed) > SAMPLE_MOST_SEED || text_find(seed, T("\n"), &at) ||
	    text_find(seed, T("\r"), &at))
		error_add(&faults, reject("seed", "くじの種は%d文字までの1行にしてください。", SAMPLE_MOST_SEED));
	if (asked->acts.len > SAMPLE_MOST_ACTS || text_find(asked->acts, T("\n"), &at))
		error_add(&faults, reject("acts", "選ぶ行為の名前が長すぎます。"));
	if (asked->most < 1 || asked->most > SAMPLE_MOST)
		error_add(&faults, reject("most", "標本の数は1から%dまでです。", SAMPLE_MOST));
	if (!day_is_none(asked->since) && !day_is_none(asked->until) &&
	    asked->until.no < asked->since.no)
		error_add(&faults, reject("until", "終わりの日が始まりの日より前です。"));
	return faults;
}

static struct text
day_or_dash(struct arena *arena, struct day day)
{
	return day_is_none(day) ? T("-") : day_iso(arena, day);
}

static struct text
seed_of(struct arena *arena, const struct sample_asked *asked)
{
	const struct text since = day_or_dash(arena, asked->since);
	const struct text until = day_or_dash(arena, asked->until);
	const struct text root = hash_hex(arena, &asked->root);
	return text_format(arena, "bansho-sample-v1\n%.*s\n%lld\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
			   T_ARG(asked->origin), (long long)asked->size, T_ARG(root),
			   T_ARG(asked->acts), T_ARG(since), T_ARG(until), T_ARG(asked->seed));
}

static bool
fits(const struct sample_asked *asked, const struct sample_entry *entry)
{
	const struct day day = moment_day(entry->at);
	if (!day_is_none(asked->since) && day.no < asked->since.no)
		return false;
	if (!day_is_none(asked->until) && day.no > asked->until.no)
		return false;
	if (asked->acts.len == 0)
		return true;
	return text_ends(asked->acts, T(".")) ? text_starts(entry->act, asked->acts)
					      : text_same(entry->act, asked->acts);
}

/* Below `size` without favouring any; false: passed over. */
static bool
number_from(const struct hash *hash, int64_t size, int64_t *number)
{
	const uint64_t below = (uint64_t)size;	       /* positive */
	const uint64_t rest = (0 - below) % below;     /* 2^64 mod size */
	uint64_t word = 0;
	for (int at = 0; at < WORD_LEN; at++)
		word = word << BITS | hash->at[at];
	if (rest != 0 && word >= 0 - rest)
		return false;
	*number = (int64_t)(word % below); /* below size */
	return true;
}

static bool
is_drawn(const int64_t *seen, size_t count, int64_t number)
{
	for (size_t at = 0; at < count; at++)
		if (seen[at] == number)
			return true;
	return false;
}

struct error *
sample_draw(struct arena *into, const struct sample_asked *asked, const struct sample_source *source,
	    struct sample *sample)
{
	const struct text seed = seed_of(into, asked);
	HASHER_SCOPED hasher = hasher_open();
	HASHER_SCOPED digest = hasher_open();
	TRY(sample_check(asked));
	if (asked->size < 1)
		return conflict("署名された記録がまだありません。");
	*sample = (struct sample){ .list = ARENA_ARRAY(into, struct sampled, (size_t)asked->most) };
	int64_t *seen = ARENA_ARRAY(into, int64_t, (size_t)asked->most);
	hasher_begin(digest);
	while (sample->tries < SAMPLE_TRIES && sample->count < (size_t)asked->most &&
	       (int64_t)sample->count < asked->size) {
		struct sample_entry entry;
		int64_t number;
		hasher_begin(hasher);
		hasher_add(hasher, seed);
		char digits[32];
		const size_t len = digits_of(sample->tries++, digits);
		hasher_add(hasher, T("\n"));
		hasher_add(hasher, (struct text){ digits, len });
		const struct hash hash = hasher_end(hasher);
		if (!number_from(&hash, asked->size, &number) ||
		    is_drawn(seen, sample->count, number))
			continue;
		TRY(source->entry(source->with, number, &entry));
		if (!fits(asked, &entry))
			continue;
		seen[sample->count] = number;
		sample->list[sample->count++] = (struct sampled){ number, entry.leaf };
		hasher_add(digest, text_format(into, "%lld %.*s\n", (long long)number,
					       T_ARG(hash_hex(into, &entry.leaf))));
	}
	sample->digest = hasher_end(digest);
	return OK;
}
