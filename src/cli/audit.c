/* `bansho audit sample`: an audit's samples drawn again from an exported bundle alone (docs/audit.md). */
#include "cli/rooms.h"

#include "audit/sample.h"
#include "base/jails.h"

enum { ENTRIES_MOST = 20000000, ENTRIES_FIRST = 4096, ACTS_MOST = 1000, SAMPLES_MOST = 1000,
       SAMPLE_USUAL = 25 };

/* What is kept of an entry. */
struct seen {
	struct hash leaf;
	int64_t ms;
	int32_t act;
};
struct seen_log {
	struct text origin;
	int64_t first;
};
/* An "audit.sample" entry: what was asked, and the digest of what came. */
struct claimed {
	int64_t seq;
	struct text about;
	struct sample_asked asked;
	struct hash digest;
};
struct bundled {
	struct arena *arena;
	struct seen *entries;
	size_t count, room;
	struct text acts[ACTS_MOST];
	int32_t acts_count;
	struct seen_log logs[JOURNAL_LOGS_MOST];
	size_t logs_count;
	struct claimed *claims;
	size_t claims_count;
};

/* ---- Reading ---- */

static struct error *
act_of(struct bundled *bundled, struct text act, int32_t *no)
{
	for (*no = 0; *no < bundled->acts_count; (*no)++)
		if (text_same(bundled->acts[*no], act))
			return OK;
	if (bundled->acts_count == ACTS_MOST)
		return reject("--bundle", "この束には、知らない行為が多すぎます。");
	bundled->acts[bundled->acts_count++] = text_copy(bundled->arena, act);
	return OK;
}

static void
keep_entry(struct bundled *bundled, struct seen seen)
{
	if (bundled->count == bundled->room) {
		const size_t room = bundled->room == 0 ? ENTRIES_FIRST : 2 * bundled->room;
		struct seen *more = ARENA_ARRAY(bundled->arena, struct seen, room);
		for (size_t at = 0; at < bundled->count; at++)
			more[at] = bundled->entries[at];
		bundled->entries = more;
		bundled->room = room;
	}
	bundled->entries[bundled->count++] = seen;
}

static const struct journal_pair *
pair_called(const struct journal_entry *entry, const char *name)
{
	for (size_t at = 0; at < entry->pair_count; at++)
		if (text_is(entry->pairs[at].name, name))
			return &entry->pairs[at];
	return NULL;
}

static struct text
pair_text(struct arena *into, const struct journal_entry *entry, const char *name)
{
	const struct journal_pair *pair = pair_called(entry, name);
	return pair != NULL && pair->text.data != NULL ? text_copy(into, pair->text) : T("");
}

static int64_t
pair_number(const struct journal_entry *entry, const char *name)
{
	const struct journal_pair *pair = pair_called(entry, name);
	return pair != NULL && pair->text.data == NULL ? pair->number : 0;
}

static struct day
day_or_none(struct text text)
{
	struct day day;
	return day_read(text, &day) ? day : DAY_NONE;
}

static void
keep_claim(struct bundled *bundled, const struct journal_entry *entry)
{
	struct arena *into = bundled->arena;
	if (bundled->claims_count == SAMPLES_MOST || !text_is(entry->act, "audit.sample"))
		return;
	struct claimed *claim = &bundled->claims[bundled->claims_count];
	*claim = (struct claimed){
		.seq = entry->seq,
		.about = entry->about_count != 0 ? text_copy(into, entry->about[0]) : T(""),
		.asked = { .seed = pair_text(into, entry, "seed"),
			   .acts = pair_text(into, entry, "acts"),
			   .since = day_or_none(pair_text(into, entry, "since")),
			   .until = day_or_none(pair_text(into, entry, "until")),
			   .most = pair_number(entry, "most"),
			   .origin = pair_text(into, entry, "origin"),
			   .size = pair_number(entry, "size") },
	};
	if (hash_read_hex(pair_text(into, entry, "root"), &claim->asked.root) &&
	    hash_read_hex(pair_text(into, entry, "digest"), &claim->digest))
		bundled->claims_count++;
}

static struct error *
take_entry(void *with, const struct journal_log *log, const struct journal_entry *entry)
{
	struct bundled *bundled = with;
	int32_t act;
	if (entry->seq != (int64_t)bundled->count || bundled->count == ENTRIES_MOST)
		return reject("--bundle", "この束の記録は、%zu番で途切れています。記録簿全体の束を渡してください。",
			      bundled->count);
	if (bundled->logs_count == 0 ||
	    !text_same(bundled->logs[bundled->logs_count - 1].origin, log->origin)) {
		if (bundled->logs_count == JOURNAL_LOGS_MOST)
			return reject("--bundle", "この束には記録簿が多すぎます。");
		bundled->logs[bundled->logs_count++] =
			(struct seen_log){ text_copy(bundled->arena, log->origin), log->first };
	}
	TRY(act_of(bundled, entry->act, &act));
	keep_entry(bundled, (struct seen){ entry->leaf, entry->at.ms, act });
	keep_claim(bundled, entry);
	return OK;
}

static struct error *
read_bundle(struct call *call, struct bundled *bundled, struct journal_report *report)
{
	struct progress progress = progress_begin("検証しています");
	struct journal_verify_options options;
	struct text path;
	TRY(call_must(call, "bundle", &path));
	TRY(read_proof_options(call, &options, &progress));
	options.entry = take_entry;
	options.entry_with = bundled;
	bundled->claims = ARENA_ARRAY(call->arena, struct claimed, SAMPLES_MOST);
	/* What somebody else made is parsed where it can do nothing. */
	TRY(jails_enter(JAIL_READER, NULL));
	struct error *error =
		journal_verify_bundle(call->arena, text_z(call->arena, path), &options, report);
	progress_end(&progress);
	TRY(error);
	if (bundled->count == 0)
		return reject("--bundle", "記録簿全体の束ではありません。bansho export を --about なしで使って書き出したものを渡してください。");
	return OK;
}

/* ---- Drawing ---- */

static struct error *
entry_of(void *with, int64_t seq, struct sample_entry *entry)
{
	const struct bundled *bundled = with;
	const struct seen *seen = &bundled->entries[seq];
	*entry = (struct sample_entry){ bundled->acts[seen->act], { seen->ms }, seen->leaf };
	return OK;
}

/* The root over the entries of the log that ends at `size`, from the entries alone. */
static bool
root_at(const struct bundled *bundled, struct text origin, int64_t size, struct hash *root)
{
	struct merkle tree = { 0 };
	const struct seen_log *log = NULL;
	for (size_t at = 0; at < bundled->logs_count; at++)
		if (text_same(bundled->logs[at].origin, origin))
			log = &bundled->logs[at];
	if (log == NULL || size <= log->first || size > (int64_t)bundled->count)
		return false;
	for (int64_t seq = log->first; seq < size; seq++)
		merkle_add(&tree, &bundled->entries[seq].leaf);
	*root = merkle_root(&tree);
	return true;
}

static struct error *
draw(struct bundled *bundled, const struct sample_asked *asked, struct sample *sample)
{
	const struct sample_source source = { bundled, entry_of };
	return sample_draw(bundled->arena, asked, &source, sample);
}

static struct text
numbers(struct arena *into, const struct sample *sample)
{
	struct text list = T("");
	for (size_t at = 0; at < sample->count; at++)
		list = text_format(into, "%.*s%s%lld", T_ARG(list), at == 0 ? "" : " ",
				   (long long)sample->list[at].seq);
	return list;
}

static void
put_sample(struct json *json, struct arena *arena, const struct sample *sample)
{
	json_text_at(json, "digest", hash_hex(arena, &sample->digest));
	json_name(json, T("entries"));
	json_open_array(json);
	for (size_t at = 0; at < sample->count; at++)
		json_number(json, sample->list[at].seq);
	json_end(json);
}

/* One that the journal tells of: the same entries, from the same tree? */
static struct error *
redraw(struct call *call, struct bundled *bundled, const struct claimed *claim, struct json *json)
{
	struct sample sample = { 0 };
	struct hash root;
	const bool is_there = root_at(bundled, claim->asked.origin, claim->asked.size, &root);
	bool is_same = is_there && hash_same(&root, &claim->asked.root);
	if (is_same && sample_check(&claim->asked) == OK)
		TRY(draw(bundled, &claim->asked, &sample));
	is_same = is_same && hash_same(&sample.digest, &claim->digest);
	if (!is_same)
		call->status = EXIT_FOUND;
	if (json != NULL) {
		json_open_object(json);
		json_text_at(json, "about", claim->about);
		put_sample(json, call->arena, &sample);
		json_number_at(json, "entry", claim->seq);
		json_bool_at(json, "same", is_same);
		json_text_at(json, "seed", claim->asked.seed);
		json_end(json);
		return OK;
	}
	print(say("記録%lld（%.*s、種「%.*s」、先頭から%lld件の検証点）: %s\n"), (long long)claim->seq,
	      T_ARG(claim->about), T_ARG(claim->asked.seed), (long long)claim->asked.size,
	      is_same ? say("同じ標本になりました") : say("同じ標本になりません"));
	print("  %.*s\n", T_ARG(numbers(call->arena, &sample)));
	return OK;
}

static struct error *
redraw_all(struct call *call, struct bundled *bundled, struct json *json)
{
	if (json != NULL) {
		json_name(json, T("samples"));
		json_open_array(json);
	}
	for (size_t at = 0; at < bundled->claims_count; at++)
		TRY(redraw(call, bundled, &bundled->claims[at], json));
	if (json != NULL)
		json_end(json);
	else if (bundled->claims_count == 0)
		print("%s", say("この束には、監査の標本の記録がありません。\n"));
	return OK;
}

static struct error *
read_day(struct call *call, const char *option, struct day *day)
{
	const struct text given = call_text(call, option);
	*day = DAY_NONE;
	if (given.data != NULL && !day_read(given, day))
		return reject(option, "日付が読めません。2026-11-21 のように書いてください。");
	return OK;
}

/* One of our own: over everything in the bundle. */
static struct error *
draw_own(struct call *call, struct bundled *bundled, struct json *json)
{
	const struct text acts = call_text(call, "acts");
	struct sample_asked asked = { .seed = call_text(call, "seed"),
				      .acts = acts.data != NULL ? acts : T(""),
				      .origin = bundled->logs[bundled->logs_count - 1].origin,
				      .size = (int64_t)bundled->count };
	struct sample sample;
	TRY(call_number(call, "most", 1, SAMPLE_MOST, SAMPLE_USUAL, &asked.most));
	TRY(read_day(call, "since", &asked.since));
	TRY(read_day(call, "until", &asked.until));
	if (!root_at(bundled, asked.origin, asked.size, &asked.root))
		return reject("--bundle", "この束の記録簿を読めません。");
	TRY(draw(bundled, &asked, &sample));
	if (json != NULL) {
		put_sample(json, call->arena, &sample);
		return OK;
	}
	print("%.*s\n", T_ARG(numbers(call->arena, &sample)));
	return OK;
}

static struct error *
say_report(struct call *call, const struct journal_report *report)
{
	if (report->finding_total == 0)
		return OK;
	call->status = EXIT_FOUND;
	if (!call->is_json)
		print_text(journal_report_words(call->arena, report));
	return OK;
}

struct error *
run_audit(struct call *call)
{
	struct bundled *bundled = ARENA_NEW(call->arena, struct bundled);
	const bool has_seed = call_text(call, "seed").data != NULL;
	struct journal_report report;
	bundled->arena = call->arena;
	if (!text_is(call->words[0], "sample"))
		return reject("audit", "bansho audit sample --bundle FILE のように書いてください。");
	TRY(read_bundle(call, bundled, &report));
	TRY(say_report(call, &report));
	if (!call->is_json)
		return has_seed ? draw_own(call, bundled, NULL) : redraw_all(call, bundled, NULL);
	struct writer out = writer_open(call->arena, (size_t)16 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	if (has_seed)
		TRY(draw_own(call, bundled, &json));
	json_number_at(&json, "findings", report.finding_total);
	if (!has_seed)
		TRY(redraw_all(call, bundled, &json));
	json_end(&json);
	return print_writer(&out);
}
