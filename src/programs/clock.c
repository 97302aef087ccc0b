/*
 * bansho-clock: what time alone causes (reminders, escalation, expiry), and mail to the relay. It
 * opens the same store as banshod; acts of both wait for each other in SQLite.
 */
#include "cli/body.h"
#include "cli/clock.h"

#include "base/log.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

enum { EVERY_SECONDS = 20 };

struct options {
	const char *data;
	const char *body;
	bool is_once;
	bool asks_witness;
};

static const char help[] =
	"bansho-clock --data DIR [--body CODE] [--once | --ask-witness]\n"
	"\n"
	"Does what time alone causes, every 20 seconds: reminders, escalation, expiry, and mail\n"
	"to the relay that the body has set (setting mail.relay; none: no mail leaves). Asks the\n"
	"witnesses and the time-stamp authority that the body has chosen.\n"
	"  --once        one round, then end\n"
	"  --ask-witness  only ask whether the store is as old as the witnesses remember: exit\n"
	"                status 1 when it is not\n"
	"  --supervised  end when the program that started it ends (bansho run)\n"
	"Ends on SIGTERM or SIGINT.\n"
	"Exit status: 0 ended as asked, 1 the store is older than was seen, 2 could not run.\n";

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "data", required_argument, NULL, 'd' }, { "body", required_argument, NULL, 'b' },
		{ "once", no_argument, NULL, 'o' },	  { "supervised", no_argument, NULL, 'S' },
		{ "ask-witness", no_argument, NULL, 'w' }, { "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	*options = (struct options){ 0 };
	for (int got; (got = getopt_long(count, words, "h", known, NULL)) != -1;) {
		if (got == 'd')
			options->data = optarg;
		else if (got == 'b')
			options->body = optarg;
		else if (got == 'o')
			options->is_once = true;
		else if (got == 'w')
			options->asks_witness = true;
		else if (got == 'S')
			(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		else
			return false;
	}
	return options->data != NULL && optind == count;
}

/* True when asked to end. */
static bool
is_asked_to_end(const sigset_t *ends)
{
	const struct timespec wait = { .tv_sec = EVERY_SECONDS };
	return sigtimedwait(ends, NULL, &wait) > 0;
}

static struct error *
run(struct arena *arena, const struct options *options, const sigset_t *ends)
{
	struct body body;
	struct clock_work work = { 0 };
	TRY(body_open(arena,
		      &(struct body_options){ .data = options->data, .code = options->body },
		      &body));
	do
		clock_round(&body, &work);
	while (!options->is_once && !is_asked_to_end(ends));
	body_close(&body);
	return OK;
}

static struct error *
ask_witness(struct arena *arena, const struct options *options, int *status)
{
	struct body body;
	struct witness_verdict verdict;
	TRY(body_open(arena,
		      &(struct body_options){ .data = options->data, .code = options->body,
					      .is_read_only = true },
		      &body));
	struct error *error = witness_ask_start(&body, arena, &verdict);
	body_close(&body);
	if (error != OK)
		return error;
	if (verdict.warning.len != 0)
		fprintf(stderr, "%.*s\n", T_ARG(verdict.warning));
	if (verdict.refusal.len != 0)
		fprintf(stderr, "%.*s\n", T_ARG(verdict.refusal));
	*status = verdict.refusal.len != 0 ? 1 : 0;
	return OK;
}

int
main(int count, char **words)
{
	struct options options;
	sigset_t ends;
	int status = 0;
	log_name("bansho-clock");
	secret_start();
	if (!read_options(count, words, &options)) {
		const bool is_asked = count == 2 && strcmp(words[1], "--help") == 0;
		fputs(help, is_asked ? stdout : stderr);
		return is_asked ? 0 : 2;
	}
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	struct error *error = options.asks_witness ? ask_witness(arena, &options, &status)
						   : run(arena, &options, &ends);
	if (error != OK)
		log_error("start", error);
	return error == OK ? status : 2;
}
