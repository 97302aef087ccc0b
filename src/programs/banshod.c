/*
 * banshod: the web pages of one body. libmicrohttpd's threads serve looks, the store's writer
 * thread runs acts, a small pool does slow work. It opens its sockets, then shuts itself in: it can
 * reach neither the signing key nor, through new files, anything but the body's own folder, and it
 * can connect nowhere.
 */
#include "cli/body.h"
#include "cli/cli.h"
#include "cli/conf.h"
#include "pages/pages.h"
#include "programs/card_door.h"
#include "programs/consult_listen.h"
#include "signin/signin.h"

#include "base/dial.h"
#include "base/file.h"
#include "base/jails.h"
#include "base/log.h"
#include "base/number.h"
#include "base/service.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

enum { POOL_THREADS = 2, POOL_WAITING = 200, WAITERS = 8, STOP_SECONDS = 20 };

struct options {
	const char *data;
	const char *body;
	const char *address;
	int64_t port; /* -1: not said */
	bool is_plain;
	bool is_demo;
	bool has_services;
	int listening;
	int64_t certificate_ends; /* ms since 1970, 0: no certificate */
	const char *metrics;	  /* path of the operator's socket, or NULL */
	int operator_listening;	  /* or -1 */
	const char *permits, *permits_group; /* where machines ask after permits, or NULL */
	int permits_listening;		     /* or -1 */
	const char *config;
	const char *certificate, *key; /* the operator's; NULL: those in DATA/tls */
	const char *cards; /* folder of card issuers and revocation lists; NULL: no cards */
	int64_t card_port, card_public_port, public_port; /* -1: not said */
	struct card_door door;
};

static const char help[] =
	"banshod --data DIR [--body CODE] [--listen ADDRESS] [--port PORT] [--plain] [--demo]\n"
	"        [--config FILE]\n"
	"\n"
	"Serves the pages of one body. Prints \"ready ADDRESS\" when it answers.\n"
	"  --listen  address to listen on (127.0.0.1)\n"
	"  --port    port, 0 for any free one (8443)\n"
	"  --plain   HTTP instead of HTTPS: only behind a proxy on this machine\n"
	"  --metrics PATH  Unix socket for the operator: GET /health and /metrics\n"
	"  --permits PATH  Unix socket where machines ask after permits (docs/permits.md)\n"
	"  --permits-group GROUP  whose members may ask there; nobody else but us\n"
	"  --cards FOLDER  sign-in with IC cards: issuers.pem and *.crl (docs/cards.md)\n"
	"  --card-port PORT  where cards are asked for (8444); the rest of the pages never asks\n"
	"  --card-public-port PORT, --public-port PORT  as browsers reach both, behind a proxy\n"
	"  --demo    say on every page that this is a demonstration\n"
	"  --config  configuration (/etc/bansho/bansho.conf when installed); options win over it\n"
	"  --supervised  end when the program that started it ends (bansho run)\n"
	"Ends on SIGTERM or SIGINT after finishing what was begun.\n"
	"Exit status: 0 ended as asked, 2 could not run, 75 another version of the policy is in\n"
	"force: to be started again at once.\n";

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "data", required_argument, NULL, 'd' }, { "body", required_argument, NULL, 'b' },
		{ "listen", required_argument, NULL, 'l' }, { "port", required_argument, NULL, 'p' },
		{ "plain", no_argument, NULL, 'P' },	  { "demo", no_argument, NULL, 'D' },
		{ "config", required_argument, NULL, 'c' },
		{ "supervised", no_argument, NULL, 'S' }, { "help", no_argument, NULL, 'h' },
		{ "metrics", required_argument, NULL, 'm' },
		{ "permits", required_argument, NULL, 'a' },
		{ "permits-group", required_argument, NULL, 'g' },
		{ "cards", required_argument, NULL, 'C' },
		{ "card-port", required_argument, NULL, 'q' },
		{ "card-public-port", required_argument, NULL, 'Q' },
		{ "public-port", required_argument, NULL, 'O' },
		{ 0 },
	};
	*options = (struct options){ .port = -1, .card_port = -1, .card_public_port = -1,
				     .public_port = -1 };
	for (int got; (got = getopt_long(count, words, "h", known, NULL)) != -1;) {
		if (got == 'd')
			options->data = optarg;
		else if (got == 'b')
			options->body = optarg;
		else if (got == 'l')
			options->address = optarg;
		else if (got == 'p' && number_read(text_of(optarg), 0, 65535, &options->port))
			continue;
		else if (got == 'q' && number_read(text_of(optarg), 0, 65535, &options->card_port))
			continue;
		else if (got == 'Q' &&
			 number_read(text_of(optarg), 1, 65535, &options->card_public_port))
			continue;
		else if (got == 'O' && number_read(text_of(optarg), 1, 65535, &options->public_port))
			continue;
		else if (got == 'C')
			options->cards = optarg;
		else if (got == 'm')
			options->metrics = optarg;
		else if (got == 'a')
			options->permits = optarg;
		else if (got == 'g')
			options->permits_group = optarg;
		else if (got == 'c')
			options->config = optarg;
		else if (got == 'P')
			options->is_plain = true;
		else if (got == 'D')
			options->is_demo = true;
		else if (got == 'S')
			(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		else
			return false;
	}
	return optind == count;
}

/* What the command line does not say, the configuration does, else what is usual. */
static struct error *
read_conf(struct arena *arena, struct options *options)
{
	struct conf conf;
	TRY(conf_read(arena, options->config, &conf));
	if (options->data == NULL)
		options->data = conf_z(arena, &conf, "data");
	if (options->body == NULL)
		options->body = conf_z(arena, &conf, "body");
	if (options->address == NULL)
		options->address = conf_z(arena, &conf, "listen");
	if (options->address == NULL)
		options->address = "127.0.0.1";
	if (options->port < 0)
		options->port = conf_number(&conf, "port", 8443);
	options->is_plain |= conf_is_yes(&conf, "plain");
	options->certificate = conf_z(arena, &conf, "certificate");
	options->key = conf_z(arena, &conf, "certificate-key");
	if (options->cards == NULL)
		options->cards = conf_z(arena, &conf, "cards");
	if (options->card_port < 0)
		options->card_port = conf_number(&conf, "card-port", 8444);
	if (options->card_public_port < 0)
		options->card_public_port = conf_number(&conf, "card-public-port", -1);
	if (options->public_port < 0)
		options->public_port = conf_number(&conf, "public-port", -1);
	if (options->data == NULL)
		return reject("--data", "--data が要ります。banshod --help に使い方があります。");
	return OK;
}

/* Where all companions are services, it never starts a program. */
static bool
has_services(void)
{
	return dial_has("print.sock") && dial_has("sheet.sock") && dial_has("sealer");
}

static struct error *
shut_in(void *with, const struct body *body)
{
	const struct options *options = with;
	const struct jail_places places = { .body = body->folder, .keys = body->keys,
					      .programs = body->programs, .cards = options->cards };
	return jails_enter(options->has_services ? JAIL_BANSHOD : JAIL_BANSHOD_ALONE, &places);
}

static struct error *
load_tls(struct arena *arena, const struct options *options, struct tls *tls)
{
	const char *folder = path_join(arena, options->data, "tls");
	if (options->certificate != NULL)
		return tls_load_files(arena, options->key, options->certificate, tls);
	TRY(folder_make(folder));
	TRY(tls_make(folder, NULL));
	return tls_load(arena, folder, tls);
}

/* The store still answers: worth telling systemd that we are well. And is our policy in force? */
static bool
is_well(const struct body *body, bool *is_current)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	LOOK_SCOPED look = { 0 };
	struct enact_version version;
	bool found = false;
	struct error *error = look_begin(body->store, arena, &look);
	if (error == OK)
		error = enact_version_in_force(&look, &found, &version);
	if (error != OK)
		log_error("watch", error);
	else if (found && !hash_same(&version.digest, &body->pack->digest))
		*is_current = false;
	error_sweep();
	return error == OK;
}

/*
 * Acts are refused as soon as another version of the policy is in force (enact_must_be_current), so
 * that looking every second suffices. False: it is, and we are to be started again.
 */
static bool
wait_for_end(const struct body *body, struct card_door *door, const sigset_t *ends)
{
	const struct timespec every = { .tv_sec = 1 };
	const int64_t alive_ms = service_every_seconds(60) * 1000;
	int64_t said = moment_now().ms;
	bool is_current = true;
	service_ready();
	while (is_current && sigtimedwait(ends, NULL, &every) < 0) {
		const bool is_fine = is_well(body, &is_current);
		card_door_watch(door);
		if (!is_fine || moment_now().ms - said < alive_ms)
			continue;
		service_alive();
		said = moment_now().ms;
	}
	service_stopping();
	if (!is_current)
		log_say("方針の新しい版が施行されたので、始め直します。");
	return is_current;
}

/* Bounded where it was read. */
static uint16_t
port_said(int64_t port)
{
	return port < 0 ? 0 : (uint16_t)port;
}

static struct error *
serve(struct arena *arena, struct options *options, const struct tls *tls,
      struct body *body, const sigset_t *ends, bool *is_current)
{
	struct office office = {
		.store = body->store,
		.pack = body->pack,
		.flow = &body->flow,
		.pool = pool_open(POOL_THREADS, POOL_WAITING),
		.waiters = pool_open(WAITERS, POOL_WAITING),
		.directory = directory_open(arena, body->code),
		.sealing = body->sealing,
		.seen = seen_open(),
		.limits = limits_open(),
		.aside = aside_open(),
		.challenges = challenges_open(),
		.data = options->data,
		.folder = body->folder,
		.certificate_ends = options->certificate_ends,
		.programs = body->programs,
		.body_code = body->code,
		.body_name = body->name,
		.version = T(BANSHO_VERSION),
		.is_demo = options->is_demo,
	};
	const struct server_options how = {
		.address = options->address,
		.listening = options->listening,
		.tls = options->is_plain ? NULL : tls,
		.trusts_proxy = options->is_plain,
		.with = &office,
		.body = pages_body,
		.serve = pages_serve,
		.fault = pages_fault,
	};
	const struct server_options for_operator = {
		.listening = options->operator_listening,
		.threads = 1,
		.most_connections = 8,
		.with = &office,
		.serve = pages_operator,
	};
	struct server *server, *operators = NULL;
	struct consult_service *permits = NULL;
	struct error *error = card_door_start(&options->door, &how, &office,
					      port_said(options->card_public_port),
					      port_said(options->public_port));
	if (error == OK)
		error = server_start(&how, &server);
	if (error == OK && options->operator_listening >= 0) {
		office.server = server;
		error = server_start(&for_operator, &operators);
		if (error != OK)
			server_stop(server, 0);
	}
	if (error == OK && options->permits_listening >= 0) {
		error = consult_start(&(struct consult_door){ options->permits_listening, body->store,
							      &body->flow },
				      &permits);
		if (error != OK)
			server_stop(server, 0);
		if (error != OK && operators != NULL)
			server_stop(operators, 0);
	}
	if (error == OK) {
		const struct text address = text_format(
			arena, "http%s://%s:%u/", options->is_plain ? "" : "s", options->address,
			server_port(server));
		printf("ready %.*s\n", T_ARG(address));
		fflush(stdout);
		*is_current = wait_for_end(body, &options->door, ends);
		consult_stop(permits);
		if (operators != NULL)
			server_stop(operators, 1);
		server_stop(server, STOP_SECONDS);
	}
	card_door_stop(&options->door, STOP_SECONDS);
	pool_close(office.pool);
	pool_close(office.waiters);
	seen_close(office.seen);
	limits_close(office.limits);
	aside_close(office.aside);
	challenges_close(office.challenges);
	return error;
}

/* What listens must be open before the jail, which knows no new sockets. */
static struct error *
open_doors(struct options *options)
{
	options->listening = service_socket("https");
	if (options->listening < 0) /* read_options() bounds the port */
		TRY(server_listen(options->address, (uint16_t)options->port, &options->listening));
	TRY(card_door_open(&options->door, options->cards, options->address,
			   port_said(options->card_port)));
	options->operator_listening = service_socket("metrics");
	if (options->operator_listening < 0 && options->metrics != NULL)
		TRY(service_listen(options->metrics, 0660, &options->operator_listening));
	options->permits_listening = service_socket("permits");
	if (options->permits_listening < 0 && options->permits != NULL)
		TRY(consult_door_open(options->permits, options->permits_group,
				      &options->permits_listening));
	return OK;
}

static struct error *
run(struct arena *arena, struct options *options, const sigset_t *ends, bool *is_current)
{
	struct tls tls = { 0 };
	struct body body;
	if (!options->is_plain)
		TRY(load_tls(arena, options, &tls));
	if (!options->is_plain)
		TRY(tls_ends(&tls, &options->certificate_ends));
	TRY(open_doors(options));
	TRY(body_open(arena,
		      &(struct body_options){ .data = options->data, .code = options->body,
					      .shut_in = shut_in, .shut_in_with = options },
		      &body));
	struct error *error = body_seal_on(&body);
	if (error == OK)
		error = serve(arena, options, &tls, &body, ends, is_current);
	body_close(&body);
	return error;
}

int
main(int count, char **words)
{
	struct options options;
	sigset_t ends;
	bool is_current = true;
	log_name("banshod");
	secret_start();
	if (!read_options(count, words, &options)) {
		fputs(help, count == 2 && strcmp(words[1], "--help") == 0 ? stdout : stderr);
		return count == 2 && strcmp(words[1], "--help") == 0 ? 0 : 2;
	}
	service_start();
	(void)umask(S_IRWXO); /* what is made belongs to the group too, where a folder is shared */
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct error *error = read_conf(arena, &options);
	if (error == OK) {
		dial_folder(options.data);
		options.has_services = has_services();
		if (dial_has("."))
			error = dial_apart();
	}
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (error == OK)
		error = run(arena, &options, &ends, &is_current);
	if (error != OK)
		log_error("start", error);
	return error != OK ? EXIT_UNABLE : is_current ? EXIT_FINE : EXIT_AGAIN;
}
