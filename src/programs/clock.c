/*
 * bansho-clock: what time alone causes (reminders, escalation, expiry), and mail to the relay. It
 * opens the same store as banshod; acts of both wait for each other in SQLite. Of our programs it and
 * bansho-directory alone may connect outward. It starts nothing once it is shut in: when its sealer
 * is gone or the relay's authority has changed it ends, and who looks after it starts it again.
 */
#include "cli/body.h"
#include "cli/cli.h"
#include "cli/clock.h"
#include "cli/conf.h"

#include "base/jails.h"
#include "base/log.h"
#include "base/service.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>

enum { EVERY_SECONDS = 20 };

struct options {
	const char *data;
	const char *body;
	const char *config;
	bool is_once;
	bool asks_witness;
};

static const char help[] =
	"bansho-clock --data DIR [--body CODE] [--once | --ask-witness] [--config FILE]\n"
	"\n"
	"Does what time alone causes, every 20 seconds: reminders, escalation, expiry, and mail\n"
	"to the relay that the body has set (setting mail.relay; none: no mail leaves). Asks the\n"
	"witnesses and the time-stamp authority that the body has chosen.\n"
	"  --once        one round, then end\n"
	"  --config      configuration (/etc/bansho/bansho.conf when installed); options win over it\n"
	"  --ask-witness  only ask whether the store is as old as the witnesses remember: exit\n"
	"                status 1 when it is not\n"
	"  --supervised  end when the program that started it ends (bansho run)\n"
	"Ends on SIGTERM or SIGINT.\n"
	"Exit status: 0 ended as asked, 1 the store is older than was seen, 2 could not run,\n"
	"75 another version of the policy is in force: to be started again at once.\n";

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "data", required_argument, NULL, 'd' }, { "body", required_argument, NULL, 'b' },
		{ "once", no_argument, NULL, 'o' },	  { "supervised", no_argument, NULL, 'S' },
		{ "config", required_argument, NULL, 'c' }, { "ask-witness", no_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' }, { 0 },
	};
	*options = (struct options){ 0 };
	for (int got; (got = getopt_long(count, words, "h", known, NULL)) != -1;) {
		if (got == 'd')
			options->data = optarg;
		else if (got == 'b')
			options->body = optarg;
		else if (got == 'c')
			options->config = optarg;
		else if (got == 'o')
			options->is_once = true;
		else if (got == 'w')
			options->asks_witness = true;
		else if (got == 'S')
			(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		else
			return false;
	}
	return optind == count;
}

static struct error *
read_conf(struct arena *arena, struct options *options)
{
	struct conf conf;
	TRY(conf_read(arena, options->config, &conf));
	if (options->data == NULL)
		options->data = conf_z(arena, &conf, "data");
	if (options->body == NULL)
		options->body = conf_z(arena, &conf, "body");
	if (options->data == NULL)
		return reject("--data", "--data が要ります。bansho-clock --help に使い方があります。");
	return OK;
}

/* True when asked to end. */
static bool
is_asked_to_end(const sigset_t *ends)
{
	const struct timespec wait = { .tv_sec = EVERY_SECONDS };
	return sigtimedwait(ends, NULL, &wait) > 0;
}

static struct error *
shut_in(void *with, const struct body *body)
{
	const struct text *authority = with;
	const struct jail_places places = {
		.body = body->folder,
		.keys = body->keys,
		.own = authority->len != 0 ? text_z(body->arena, *authority) : NULL,
	};
	return jails_enter(JAIL_CLOCK, &places);
}

static struct error *
run(struct arena *arena, const struct options *options, const sigset_t *ends, int *status)
{
	struct body body;
	struct clock_work work = { 0 };
	TRY(clock_authority(arena, options->data, options->body, &work.authority));
	TRY(body_open(arena,
		      &(struct body_options){ .data = options->data, .code = options->body,
					      .shut_in = shut_in, .shut_in_with = &work.authority },
		      &body));
	service_ready();
	do {
		clock_round(&body, &work);
		service_alive();
	} while (!options->is_once && !work.must_restart && !is_asked_to_end(ends));
	service_stopping();
	body_close(&body);
	if (work.is_other_policy && !options->is_once)
		*status = EXIT_AGAIN;
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
	service_start();
	secret_start();
	(void)umask(S_IRWXO); /* what is made belongs to the group too, where a folder is shared */
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
	struct error *error = read_conf(arena, &options);
	if (error == OK)
		error = options.asks_witness ? ask_witness(arena, &options, &status)
					     : run(arena, &options, &ends, &status);
	if (error != OK)
		log_error("start", error);
	return error == OK ? status : 2;
}
