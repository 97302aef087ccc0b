/*
 * bansho-clock: what time alone causes (reminders, escalation, expiry), and mail to the relay. It
 * opens the same store as banshod; acts of both wait for each other in SQLite. The only program of
 * ours that may connect outward. It starts nothing once it is shut in: when its sealer is gone or
 * the relay's authority has changed it ends, and who looks after it starts it again.
 */
#include "cli/body.h"
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
};

static const char help[] =
	"bansho-clock --data DIR [--body CODE] [--once] [--config FILE]\n"
	"\n"
	"Does what time alone causes, every 20 seconds: reminders, escalation, expiry, and mail\n"
	"to the relay that the body has set (setting mail.relay; none: no mail leaves).\n"
	"  --once        one round, then end\n"
	"  --config      configuration (/etc/bansho/bansho.conf when installed); options win over it\n"
	"  --supervised  end when the program that started it ends (bansho run)\n"
	"Ends on SIGTERM or SIGINT.\n"
	"Exit status: 0 ended as asked, 2 could not run.\n";

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "data", required_argument, NULL, 'd' }, { "body", required_argument, NULL, 'b' },
		{ "once", no_argument, NULL, 'o' },	  { "supervised", no_argument, NULL, 'S' },
		{ "config", required_argument, NULL, 'c' }, { "help", no_argument, NULL, 'h' },	  { 0 },
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
run(struct arena *arena, const struct options *options, const sigset_t *ends)
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
	return OK;
}

int
main(int count, char **words)
{
	struct options options;
	sigset_t ends;
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
		error = run(arena, &options, &ends);
	if (error != OK)
		log_error("start", error);
	return error == OK ? 0 : 2;
}
