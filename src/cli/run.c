/*
 * `bansho run`: start banshod and bansho-clock in the foreground, pass on that it is ready, start
 * again what dies, end everything when asked.
 */
#include "cli/demo.h"

#include "base/child.h"
#include "base/file.h"
#include "base/log.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { WARDS = 3, WORDS_MOST = 24, LINE_MOST = 512, AGAIN_MS = 2000, AGAIN_MOST_MS = 60000,
       STEADY_MS = 30000 };

/* One program that is looked after. */
struct ward {
	const char *name;
	const char *argv[WORDS_MOST];
	struct child child;
	bool is_running;
	int64_t started, again_at;
	int64_t delay;
	char line[LINE_MOST];
	size_t len;
};

struct keeper {
	struct call *call;
	struct ward wards[WARDS];
	bool is_ending;
	bool was_ready;
	bool is_unable; /* the first start failed: no use in trying again */
};

static void
begin(struct ward *ward)
{
	struct error *error = child_start(ward->argv, &ward->child);
	ward->started = moment_now().ms;
	ward->is_running = error == OK;
	ward->len = 0;
	if (error == OK)
		return;
	log_error(ward->name, error);
	ward->again_at = ward->started + ward->delay;
}

static void
put_words(struct ward *ward, struct call *call, const char *program, const char *extra)
{
	size_t at = 0;
	ward->name = program;
	ward->delay = AGAIN_MS;
	ward->argv[at++] = path_join(call->arena, program_folder(call->arena), program);
	ward->argv[at++] = "--data";
	ward->argv[at++] = call_z(call, "data");
	if (call_has(call, "body")) {
		ward->argv[at++] = "--body";
		ward->argv[at++] = call_z(call, "body");
	}
	if (call_has(call, "config")) {
		ward->argv[at++] = "--config";
		ward->argv[at++] = call_z(call, "config");
	}
	ward->argv[at++] = "--supervised";
	for (size_t no = 0; extra != NULL && no < call->given_count; no++) {
		const char *name = call->given[no].known->name;
		if (strcmp(name, "listen") != 0 && strcmp(name, "port") != 0 &&
		    strcmp(name, "plain") != 0 && strcmp(name, "permits") != 0 &&
		    strcmp(name, "permits-group") != 0)
			continue;
		ward->argv[at++] = text_format(call->arena, "--%s", name).data;
		if (call->given[no].known->argument != NULL)
			ward->argv[at++] = text_z(call->arena, call->given[no].value);
		if (at + 3 >= WORDS_MOST)
			break;
	}
	if (extra != NULL && extra[0] != '\0')
		ward->argv[at++] = extra;
}

/* What only the open store knows: is it a demonstration, and who may sign in. */
static struct error *
look_inside(struct call *call, bool *is_demo, bool is_talking)
{
	struct body body;
	struct text demo;
	TRY(call_body(call, true, &body));
	struct error *error = setting_of(&body, "body.demo", &demo);
	*is_demo = error == OK && text_is(demo, "1");
	if (error == OK && is_talking && *is_demo)
		error = demo_print_guests(&body);
	body_close(&body);
	return error;
}

static void
say_ready(struct keeper *keeper, struct text line)
{
	bool is_demo;
	print("%.*s\n", T_ARG(line));
	if (keeper->was_ready)
		return;
	keeper->was_ready = true;
	if (keeper->call->is_json)
		return;
	struct error *error = look_inside(keeper->call, &is_demo, true);
	if (error != OK)
		print_errors(error);
	print("\n%s\n", say("止めるには Ctrl+C を押してください。"));
}

static void
hear_line(struct keeper *keeper, struct ward *ward)
{
	const struct text line = { ward->line, ward->len };
	ward->len = 0;
	if (text_starts(line, T("ready ")))
		say_ready(keeper, line);
}

static void
ended(struct keeper *keeper, struct ward *ward)
{
	const int status = child_end(&ward->child);
	const int64_t now = moment_now().ms;
	ward->is_running = false;
	if (keeper->is_ending)
		return;
	if (!keeper->was_ready && ward == &keeper->wards[0] && status == EXIT_UNABLE) {
		keeper->is_unable = true; /* it has said why */
		return;
	}
	if (status == EXIT_AGAIN) {
		ward->delay = AGAIN_MS;
		ward->again_at = now;
		log_say("%s を、新しい版の方針で始め直します。", ward->name);
		return;
	}
	ward->delay = now - ward->started > STEADY_MS ? AGAIN_MS : 2 * ward->delay;
	if (ward->delay > AGAIN_MOST_MS)
		ward->delay = AGAIN_MOST_MS;
	ward->again_at = now + ward->delay;
	log_say("%s が止まりました（終了コード%d）。%lld秒後に始め直します。", ward->name, status,
		(long long)(ward->delay / 1000));
}

static void
hear(struct keeper *keeper, struct ward *ward)
{
	char bytes[256];
	const ssize_t got = read(ward->child.fd, bytes, sizeof bytes);
	if (got < 0 && errno == EINTR)
		return;
	if (got <= 0) {
		ended(keeper, ward);
		return;
	}
	for (ssize_t at = 0; at < got; at++) {
		if (bytes[at] == '\n')
			hear_line(keeper, ward);
		else if (ward->len < LINE_MOST)
			ward->line[ward->len++] = bytes[at];
	}
}

static void
start_due(struct keeper *keeper)
{
	const int64_t now = moment_now().ms;
	for (size_t at = 0; at < WARDS && !keeper->is_ending; at++) {
		struct ward *ward = &keeper->wards[at];
		if (ward->name == NULL)
			continue;
		/* The clock opens the store too: let the first start bring the schema up to date. */
		if (at > 0 && !keeper->was_ready)
			continue;
		if (!ward->is_running && now >= ward->again_at)
			begin(ward);
	}
}

static void
end_all(struct keeper *keeper)
{
	keeper->is_ending = true;
	for (size_t at = WARDS; at-- > 0;) {
		struct ward *ward = &keeper->wards[at];
		if (!ward->is_running)
			continue;
		(void)kill(ward->child.pid, SIGTERM);
		(void)child_end(&ward->child);
		ward->is_running = false;
	}
}

static void
watch(struct keeper *keeper, int signals)
{
	while (!keeper->is_ending && !keeper->is_unable) {
		start_due(keeper);
		struct pollfd ready[WARDS + 1] = { { .fd = signals, .events = POLLIN } };
		for (size_t at = 0; at < WARDS; at++)
			ready[at + 1] = (struct pollfd){
				.fd = keeper->wards[at].is_running ? keeper->wards[at].child.fd : -1,
				.events = POLLIN,
			};
		if (poll(ready, WARDS + 1, 500) <= 0)
			continue;
		if (ready[0].revents != 0)
			keeper->is_ending = true;
		for (size_t at = 0; at < WARDS && !keeper->is_ending; at++)
			if (ready[at + 1].revents != 0)
				hear(keeper, &keeper->wards[at]);
	}
	end_all(keeper);
}

static struct error *
catch_signals(int *signals)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &ends, NULL) != 0)
		return broken("終わりの合図を受け取れません。");
	*signals = signalfd(-1, &ends, SFD_CLOEXEC);
	return *signals < 0 ? broken("終わりの合図を受け取れません。") : OK;
}

/*
 * An old backup put back must not be written on: bansho-clock, the only program that calls out, asks
 * the witnesses first. It says itself what it found.
 */
static struct error *
ask_witness(struct call *call)
{
	struct child child;
	const char *argv[] = {
		path_join(call->arena, program_folder(call->arena), "bansho-clock"),
		"--data", call_z(call, "data"), "--ask-witness",
		call_has(call, "body") ? "--body" : NULL, call_z(call, "body"), NULL,
	};
	TRY(child_start(argv, &child));
	const int status = child_end(&child);
	if (status == EXIT_FINE)
		return OK;
	if (status == EXIT_FOUND && call_has(call, "despite-witness")) {
		log_say("証人の見たものより古い記録簿で、承知のうえで始めます（--despite-witness）。");
		return OK;
	}
	call->status = EXIT_FOUND;
	return status == EXIT_FOUND
		       ? refuse("番所を始めません。上の行に理由と、次にすることがあります。")
		       : broken("始める前に証人に尋ねられませんでした。上の行に理由があります。");
}

/*
 * The way to the directory, where the operator has described it in DATA/directory.conf; installed it is
 * a service. It listens before banshod starts, which then connects through its dialer.
 */
static struct error *
put_directory(struct ward *ward, struct call *call)
{
	struct arena *arena = call->arena;
	const char *data = call_z(call, "data");
	const char *config = path_join(arena, data, "directory.conf");
	const char *run = path_join(arena, data, "run");
	if (data == NULL || !file_exists(config))
		return OK;
	TRY(folder_make(run));
	ward->name = "bansho-directory";
	ward->delay = AGAIN_MS;
	const char *const words[] = {
		path_join(arena, program_folder(arena), "bansho-directory"), "--config", config,
		"--supervised", "--listen", path_join(arena, run, "directory.sock"), NULL,
	};
	memcpy(ward->argv, words, sizeof words);
	begin(ward);
	return OK;
}

struct error *
run_run(struct call *call)
{
	struct keeper *keeper = ARENA_NEW(call->arena, struct keeper);
	FD_SCOPED signals = -1;
	bool is_demo;
	TRY(look_inside(call, &is_demo, false));
	TRY(ask_witness(call));
	TRY(catch_signals(&signals));
	keeper->call = call;
	put_words(&keeper->wards[0], call, "banshod", is_demo ? "--demo" : "");
	put_words(&keeper->wards[1], call, "bansho-clock", NULL);
	TRY(put_directory(&keeper->wards[2], call));
	watch(keeper, signals);
	return keeper->is_unable ? broken("banshod を始められませんでした。上の行に理由があります。") : OK;
}
