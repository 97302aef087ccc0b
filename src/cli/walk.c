/* `bansho pack walk`: the body the pack is walked in, what is walked, and the report. */
#include "cli/walk.h"

#include "assure/assure.h"
#include "base/file.h"
#include "cli/copy.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Told to stop: the case at hand is finished, then the folder goes as always. */
static volatile sig_atomic_t told_to_stop;

static void
stop(int signal_no)
{
	told_to_stop = signal_no;
}

static void
listen_for_stop(void)
{
	struct sigaction action = { .sa_handler = stop, .sa_flags = SA_RESTART };
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

void
walk_note(struct walking *walking, struct text what, const struct error *wrong)
{
	if (walking->walked_count == WALK_MOST)
		return;
	struct walked *walked = &walking->walked[walking->walked_count++];
	walked->what = text_copy(walking->arena, what);
	walked->wrong = T("");
	if (wrong == NULL)
		return;
	walking->wrong_count++;
	walked->wrong = wrong->field.len == 0
				? text_copy(walking->arena, wrong->words)
				: text_format(walking->arena, "%.*s: %.*s", T_ARG(wrong->field),
					      T_ARG(wrong->words));
}

/* ---- What is walked ---- */

static bool
asks_permission(const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < occasion->steps_count; at++)
		if (occasion->steps[at].verb == STEP_PERMISSION && occasion->steps[at].when == NULL)
			return true;
	return false;
}

static void
walk_one(struct walking *walking, const struct pack_occasion *occasion, enum walk_fill fill,
	 enum walk_way way)
{
	static const char *const fills[] = { N_("いちばん短い答え"), N_("いちばん長い答え"), N_("見本の答え") };
	static const char *const ways[WAY_COUNT] = { N_("許可から終わりまで"), N_("不許可"), N_("差戻しから再申請"),
						     N_("決裁待ち"), N_("許可") };
	struct arena *kept = walking->case_arena;
	if (told_to_stop != 0)
		return;
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	walking->case_arena = arena;
	struct error *error = walk_case(walking, occasion, fill, way);
	walk_note(walking,
		  text_format(arena, say("場面 %.*s（%s、%s）"), T_ARG(occasion->code),
			      say(fills[fill]), say(ways[way])),
		  error);
	walking->case_arena = kept;
}

static void
walk_occasions(struct walking *walking)
{
	struct progress progress = progress_begin("方針パックを一通り動かしています");
	for (size_t at = 0; at < walking->pack->occasions_count; at++) {
		const struct pack_occasion *occasion = &walking->pack->occasions[at];
		walk_one(walking, occasion, FILL_LEAST, WAY_THROUGH);
		walk_one(walking, occasion, FILL_MOST, WAY_THROUGH);
		if (asks_permission(occasion)) {
			walk_one(walking, occasion, FILL_LEAST, WAY_REFUSED);
			walk_one(walking, occasion, FILL_LEAST, WAY_BACK);
		}
		progress_step(&progress, (int64_t)at, (int64_t)walking->pack->occasions_count);
	}
	progress_end(&progress);
}

/* Every rule must be answerable, whatever it says. */
static void
walk_evidence(struct walking *walking)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	LOOK_SCOPED look = { 0 };
	struct assurance assurance;
	struct error *error = look_begin(walking->body->store, arena, &look);
	if (error == OK)
		error = assure(&look, &walking->body->flow, NULL, &assurance);
	walk_note(walking, text_of(say("条項の証拠")), error);
}

static void
walk_journal(struct walking *walking)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	LOOK_SCOPED look = { 0 };
	struct journal_verify_options options = { 0 };
	struct journal_report report = { 0 };
	struct error *error = look_begin(walking->body->store, arena, &look);
	if (error == OK)
		error = journal_verify_store(&look, &options, &report);
	if (error == OK && report.finding_count != 0)
		error = broken("記録簿の検証で指摘が%zu件ありました。", report.finding_count);
	walk_note(walking, text_of(say("記録簿の検証")), error);
}

static struct error *
walk_all(struct walking *walking)
{
	TRY(walk_people(walking));
	walk_ledgers(walking);
	walk_papers(walking);
	walk_occasions(walking);
	if (told_to_stop != 0)
		return OK;
	walk_evidence(walking);
	TRY(journal_seal(walking->body->store, walking->body->sealer));
	walk_journal(walking);
	return OK;
}

/* ---- The report ---- */

static struct error *
report_json(struct walking *walking)
{
	struct writer out = writer_open(walking->arena, 8 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "cases", (int64_t)walking->walked_count); /* at most WALK_MOST */
	json_number_at(&json, "sheets", walking->sheets);
	json_name(&json, T("walked"));
	json_open_array(&json);
	for (size_t at = 0; at < walking->walked_count; at++) {
		json_open_object(&json);
		json_text_at(&json, "what", walking->walked[at].what);
		json_text_at(&json, "wrong", walking->walked[at].wrong);
		json_end(&json);
	}
	json_end(&json);
	json_number_at(&json, "wrong", (int64_t)walking->wrong_count);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
report(struct walking *walking)
{
	walking->call->status = walking->wrong_count != 0 ? EXIT_FOUND : EXIT_FINE;
	if (walking->call->is_json)
		return report_json(walking);
	for (size_t at = 0; at < walking->walked_count; at++)
		if (walking->walked[at].wrong.len != 0)
			print("%.*s: %.*s\n", T_ARG(walking->walked[at].what),
			      T_ARG(walking->walked[at].wrong));
	print(say("確かめたこと %zu、印刷した紙 %lld、うまくいかなかったこと %zu\n"),
	      walking->walked_count, (long long)walking->sheets, walking->wrong_count);
	return OK;
}

static struct error *
walk_in(struct call *call, struct body *body)
{
	struct walking walking = { .call = call, .arena = call->arena, .case_arena = call->arena,
				   .body = body, .pack = body->pack };
	walking.walked = ARENA_ARRAY(call->arena, struct walked, WALK_MOST);
	TRY(walk_all(&walking));
	if (told_to_stop != 0)
		return OK;
	return report(&walking);
}

static struct error *
walk_at(struct call *call, const char *data)
{
	struct body body;
	const struct body_new new = { .data = data, .code = T("walk"), .name = T("試し町"),
				      .pack = pack_place(call, call->words[1]) };
	TRY(body_make(call->arena, &new));
	TRY(body_open(call->arena, &(struct body_options){ .data = data, .code = "walk" }, &body));
	struct error *error = walk_in(call, &body);
	body_close(&body);
	return error;
}

struct error *
run_pack_walk(struct call *call)
{
	/* The process stands in the name, so that whose folder it is can be told. */
	char folder[64] = "";
	const struct text named = text_format(call->arena, "/tmp/bansho-pack-walk-%lld-XXXXXX",
					      (long long)getpid());
	memcpy(folder, named.data, named.len); /* some 40 bytes */
	if (mkdtemp(folder) == NULL)
		return broken("/tmp に一時フォルダーを作れません。");
	listen_for_stop();
	struct error *error = walk_at(call, folder);
	remove_tree(call->arena, folder);
	if (told_to_stop != 0) {
		signal(told_to_stop, SIG_DFL);
		(void)raise(told_to_stop);
	}
	return error;
}
