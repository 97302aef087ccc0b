/* `bansho reconcile`: what a run says, worked out again from its two lists, without our store. */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/jails.h"
#include "reconcile/match.h"

#include <unistd.h>

struct again {
	const struct pack_reconcile *of;
	struct reconcile_set sets[SIDES];
	struct reconcile_terms terms;
	struct reconcile_result result;
	struct text csv;
	struct hash digests[SIDES], result_digest;
};

static struct error *
read_side(struct call *call, struct arena *arena, enum pack_side side, const char *option,
	  struct again *again)
{
	struct text path, csv;
	TRY(call_must(call, option, &path));
	TRY(file_read(arena, text_z(arena, path), RECONCILE_MOST_BYTES, &csv));
	again->digests[side] = hash_of(csv);
	return reconcile_set_read(arena, csv, &again->sets[side]);
}

static struct error *
read_terms(struct call *call, struct again *again)
{
	static const char *const options[SIDES] = { "left-wait", "right-wait" };
	const struct text day = call_text(call, "day");
	again->terms.today = moment_day(moment_now());
	if (day.data != NULL && !day_read(day, &again->terms.today))
		return reject("--day", "日付として読めません。2026-11-21 のように書いてください。");
	for (int side = 0; side < SIDES; side++) {
		const struct pack_parameter *wait = again->of->sides[side].wait_days;
		TRY(call_number(call, options[side], 0, 100000, wait != NULL ? wait->usual : 0,
				&again->terms.wait[side]));
	}
	return OK;
}

static struct error *
work_out(struct call *call, struct arena *arena, struct again *again)
{
	struct text folder, code;
	struct pack *pack;
	TRY(call_must(call, "pack", &folder));
	TRY(call_must(call, "code", &code));
	TRY(pack_load(call->arena, text_z(call->arena, folder), &pack_known, &pack, NULL));
	again->of = pack_reconcile(pack, code);
	if (again->of == NULL)
		return missing("突き合わせ「%.*s」はこの方針にありません。", T_ARG(code));
	TRY(read_terms(call, again));
	TRY(read_side(call, arena, SIDE_LEFT, "left", again));
	TRY(read_side(call, arena, SIDE_RIGHT, "right", again));
	reconcile_match(arena, again->of, again->sets, &again->terms, &again->result);
	TRY(reconcile_result_write(arena, again->of, again->sets, &again->result, &again->csv));
	again->result_digest = hash_of(again->csv);
	return OK;
}

/* ---- Saying it ---- */

static struct error *
say_json(struct call *call, const struct again *again)
{
	struct arena *arena = call->arena;
	struct writer out = writer_open(arena, 1 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "code", again->of->code);
	json_text_at(&json, "day", day_iso(arena, again->terms.today));
	json_number_at(&json, "differences", (int64_t)again->result.count); /* bounded by the rows */
	json_text_at(&json, "left", hash_hex(arena, &again->digests[SIDE_LEFT]));
	json_number_at(&json, "left-wait", again->terms.wait[SIDE_LEFT]);
	json_number_at(&json, "matched", again->result.matched);
	json_text_at(&json, "result", hash_hex(arena, &again->result_digest));
	json_text_at(&json, "right", hash_hex(arena, &again->digests[SIDE_RIGHT]));
	json_number_at(&json, "right-wait", again->terms.wait[SIDE_RIGHT]);
	json_number_at(&json, "waiting", again->result.waiting);
	json_end(&json);
	return print_writer(&out);
}

static void
say_words(struct call *call, const struct again *again)
{
	const struct reconcile_result *result = &again->result;
	struct arena *arena = call->arena;
	print("%.*s\n", T_ARG(words_now(again->of->name)));
	print("left    %.*s\n", T_ARG(hash_hex(arena, &again->digests[SIDE_LEFT])));
	print("right   %.*s\n", T_ARG(hash_hex(arena, &again->digests[SIDE_RIGHT])));
	print("result  %.*s\n", T_ARG(hash_hex(arena, &again->result_digest)));
	print(say("合った%lld件、待っている%lld件、違い%zu件\n"), (long long)result->matched,
	      (long long)result->waiting, result->count);
	for (int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (result->of[kind] != 0)
			print("  %.*s: %lld\n",
			      T_ARG(difference_words(arena, again->of, (enum difference_kind)kind)),
			      (long long)result->of[kind]);
}

struct error *
run_reconcile(struct call *call)
{
	/* Lists and pack come from elsewhere: they are read where they can do nothing. */
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	struct again again = { 0 };
	TRY(jails_enter(JAIL_READER, NULL));
	TRY(work_out(call, arena, &again));
	call->status = again.result.count != 0 ? EXIT_FOUND : EXIT_FINE;
	if (call_has(call, "csv"))
		return fd_write_all(STDOUT_FILENO, again.csv);
	if (call->is_json)
		return say_json(call, &again);
	say_words(call, &again);
	return OK;
}
