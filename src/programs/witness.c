/*
 * bansho-witness: cosigns the heads of other bodies' journals (docs/journal.md, "Witnesses"), over
 * HTTPS or in files that are carried. It holds its own key and one small file per log.
 */
#include "web/web.h"
#include "witness/witness.h"

#include "base/file.h"
#include "base/jails.h"
#include "base/log.h"
#include "base/number.h"
#include "base/service.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_FOUND = 1, EXIT_CANNOT = 2, STOP_SECONDS = 10, MOST_THREADS = 4,
       CONNECTIONS = 500, BODIES = 64 << 20 };

struct options {
	const char *data, *name, *address;
	int64_t port;
	bool is_plain;
	const char *words[4];
	int count;
};

static const char help[] =
	"bansho-witness init --data DIR --name NAME     make a key and print its vkey\n"
	"bansho-witness vkey --data DIR                 print it again\n"
	"bansho-witness log add ORIGIN VKEY --data DIR  know a log by its vkey\n"
	"bansho-witness log list --data DIR             the logs known, and how far\n"
	"bansho-witness carry IN OUT --data DIR         answer a file that was carried here\n"
	"bansho-witness serve --data DIR [--listen ADDRESS] [--port PORT] [--plain]\n"
	"\n"
	"Cosigns the heads of journals: C2SP tlog-witness, tlog-cosignature. NAME is what this\n"
	"witness is known by, like pref.example.lg.jp/witness. serve prints \"ready ADDRESS\".\n"
	"  --listen  address to listen on (127.0.0.1)\n"
	"  --port    port, 0 for any free one (8444)\n"
	"  --plain   HTTP instead of HTTPS: on 127.0.0.1 and ::1 only\n"
	"Exit status: 0 done, 1 refused, 2 could not run.\n";

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "data", required_argument, NULL, 'd' },   { "name", required_argument, NULL, 'n' },
		{ "listen", required_argument, NULL, 'l' }, { "port", required_argument, NULL, 'p' },
		{ "plain", no_argument, NULL, 'P' },	    { "supervised", no_argument, NULL, 'S' },
		{ "help", no_argument, NULL, 'h' },	    { 0 },
	};
	*options = (struct options){ .address = "127.0.0.1", .port = 8444 };
	for (int got; (got = getopt_long(count, words, "h", known, NULL)) != -1;) {
		if (got == 'd')
			options->data = optarg;
		else if (got == 'n')
			options->name = optarg;
		else if (got == 'l')
			options->address = optarg;
		else if (got == 'p' && number_read(text_of(optarg), 0, 65535, &options->port))
			continue;
		else if (got == 'P')
			options->is_plain = true;
		else if (got == 'S')
			(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		else
			return false;
	}
	for (; optind < count && options->count < 4; optind++)
		options->words[options->count++] = words[optind];
	return options->data != NULL && options->count > 0 && optind == count;
}

static bool
is_call(const struct options *options, const char *first, const char *second, int count)
{
	return options->count == count && strcmp(options->words[0], first) == 0 &&
	       (second == NULL || strcmp(options->words[1], second) == 0);
}

/* ---- serve ---- */

struct witness_row {
	struct route route;
	void (*add)(struct witness *witness, struct arena *arena, struct text body,
		    struct witness_answer *answer);
};

static const struct witness_row rows[] = {
	{ { METHOD_POST, "/add-checkpoint" }, witness_add_checkpoint },
	{ { METHOD_POST, "/add-key" }, witness_add_key },
	{ { METHOD_GET, "/{place:text}/checkpoint" }, NULL },
};
static const struct route_table table = ROUTE_TABLE_INIT(rows);

static void
answer_plain(struct exchange *exchange, int status, struct text words)
{
	struct arena *arena = exchange_arena(exchange);
	const struct answer answer = { .status = status,
				       .type = "text/plain; charset=utf-8",
				       .body = text_join(arena, words, T("\n")) };
	exchange_answer(exchange, &answer);
}

static void
serve(void *with, struct exchange *exchange)
{
	struct witness *witness = with;
	const struct request *request = exchange_request(exchange);
	struct arena *arena = exchange_arena(exchange);
	struct captures captures;
	struct witness_answer made;
	struct text allow;
	size_t row;
	const enum route_result found = route_find(&table, request, &row, &captures, &allow);
	if (found != ROUTE_FOUND) {
		answer_plain(exchange, found == ROUTE_MISSING ? 404 : 405, T("no such address"));
		return;
	}
	if (rows[row].add != NULL)
		rows[row].add(witness, arena, request->body, &made);
	else
		witness_checkpoint(witness, arena, capture_text(&captures, "place"), &made);
	const struct answer answer = { .status = made.status, .type = made.type, .body = made.body };
	exchange_answer(exchange, &answer);
	error_sweep();
}

static enum body_allowed
body_allowed(void *with, const struct request *request)
{
	(void)with;
	(void)request;
	return BODY_RAW;
}

static void
fault(void *with, struct exchange *exchange, int status, struct text words)
{
	(void)with;
	answer_plain(exchange, status, words);
}

static bool
is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static struct error *
load_tls(struct arena *arena, const struct options *options, struct tls *tls)
{
	const char *folder = path_join(arena, options->data, "tls");
	const char *const hosts[] = { options->address, NULL };
	TRY(folder_make(folder));
	TRY(tls_make(folder, is_loopback(options->address) ? NULL : hosts));
	return tls_load(arena, folder, tls);
}

static struct error *
run_server(struct arena *arena, const struct options *options, const struct tls *tls, int listening,
	   struct witness *witness)
{
	struct server *server;
	sigset_t ends;
	int which;
	const struct server_options how = {
		.address = options->address,
		.listening = listening,
		.tls = tls,
		.threads = MOST_THREADS,
		.most_connections = CONNECTIONS,
		.most_bodies = BODIES,
		.with = witness,
		.body = body_allowed,
		.serve = serve,
		.fault = fault,
	};
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	TRY(server_start(&how, &server));
	const struct text address = text_format(arena, "http%s://%s:%u", tls == NULL ? "" : "s",
						options->address, server_port(server));
	printf("ready %.*s\n", T_ARG(address));
	fflush(stdout);
	sigwait(&ends, &which);
	server_stop(server, STOP_SECONDS);
	return OK;
}

static struct error *
run_serve(struct arena *arena, const struct options *options)
{
	struct tls tls = { 0 };
	struct witness *witness;
	if (options->is_plain && !is_loopback(options->address))
		return reject("--plain", "暗号化しない待ち受けは、127.0.0.1 か ::1 だけです。");
	if (!options->is_plain)
		TRY(load_tls(arena, options, &tls));
	TRY(witness_open(arena, options->data, &witness));
	/* What listens must be open before the jail, which knows no new sockets. */
	int listening = -1;
	struct error *error = server_listen(options->address,
					    (uint16_t)options->port, /* read_options() bounds it */
					    &listening);
	if (error == OK)
		error = jails_enter(JAIL_WITNESS, &(struct jail_places){ .own = options->data });
	if (error == OK)
		error = run_server(arena, options, options->is_plain ? NULL : &tls, listening, witness);
	witness_close(witness);
	return error;
}

/* ---- The others ---- */

static struct error *
run_init(struct arena *arena, const struct options *options)
{
	struct text vkey;
	if (options->name == NULL)
		return reject("--name", "--name で証人の名前を指定してください。例 pref.example.lg.jp/witness");
	TRY(witness_init(arena, options->data, text_of(options->name), &vkey));
	printf("%.*s\n", T_ARG(vkey));
	return OK;
}

static struct error *
list_logs(struct arena *arena, struct witness *witness)
{
	struct witness_log *logs;
	size_t count;
	TRY(witness_log_list(witness, arena, &logs, &count));
	for (size_t at = 0; at < count; at++)
		printf("%.*s\t%lld\t%s\t%.*s\n", T_ARG(logs[at].origin), (long long)logs[at].size,
		       logs[at].is_closed ? "closed" : "open", T_ARG(logs[at].vkey));
	return OK;
}

static struct error *
answer_file(struct arena *arena, struct text file, int fd, struct witness *witness, int *status)
{
	struct text out;
	struct witness_carried carried;
	TRY(witness_carry(witness, arena, file, &out, &carried));
	TRY(fd_write_all(fd, out));
	if (fsync(fd) != 0)
		return broken("返事のファイルを書けません（%s）。", strerrordesc_np(errno));
	if (!carried.is_done) {
		fprintf(stderr, "%.*s\n", T_ARG(carried.words));
		*status = EXIT_FOUND;
		return OK;
	}
	printf("%s\n", carried.is_again ? say("このファイルは前にも受け取っています。同じ検証点をもう一度証言しました。返事のファイルを団体に渡してください。")
					: say("証言しました。返事のファイルを団体に渡してください。"));
	return OK;
}

static struct error *
run_with(struct arena *arena, const struct options *options, struct witness *witness)
{
	if (is_call(options, "vkey", NULL, 1)) {
		printf("%.*s\n", T_ARG(witness_vkey(arena, witness)));
		return OK;
	}
	if (is_call(options, "log", "list", 2))
		return list_logs(arena, witness);
	if (is_call(options, "log", "add", 4))
		return witness_log_add(witness, text_of(options->words[2]),
				       text_trim(text_of(options->words[3])));
	return reject(NULL, "知らない命令です。bansho-witness --help に一覧があります。");
}

/* The medium is root's to read and write; the answer is made by who the key belongs to. */
static struct error *
carry(struct arena *arena, const struct options *options, int *status)
{
	struct text file;
	struct witness *witness;
	const char *to = options->words[2];
	TRY(file_read(arena, options->words[1], CARRY_MOST, &file));
	FD_SCOPED fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return broken("返事のファイル「%s」を書けません（%s）。", to, strerrordesc_np(errno));
	TRY(service_become_owner(options->data));
	TRY(witness_open(arena, options->data, &witness));
	struct error *error = answer_file(arena, file, fd, witness, status);
	witness_close(witness);
	if (error != OK)
		(void)unlink(to);
	return error;
}

static struct error *
run(struct arena *arena, const struct options *options, int *status)
{
	struct witness *witness;
	if (is_call(options, "carry", NULL, 3))
		return carry(arena, options, status);
	TRY(service_become_owner(options->data));
	if (is_call(options, "serve", NULL, 1))
		return run_serve(arena, options);
	if (is_call(options, "init", NULL, 1))
		return run_init(arena, options);
	TRY(witness_open(arena, options->data, &witness));
	struct error *error = run_with(arena, options, witness);
	witness_close(witness);
	return error;
}

int
main(int count, char **words)
{
	struct options options;
	int status = EXIT_DONE;
	log_name("bansho-witness");
	secret_start();
	signal(SIGPIPE, SIG_IGN);
	const char *place = setlocale(LC_MESSAGES, "");
	language_use(place != NULL && strncmp(place, "en", 2) == 0 ? LANGUAGE_EN : LANGUAGE_JA);
	if (!read_options(count, words, &options)) {
		const bool is_asked = count == 2 && strcmp(words[1], "--help") == 0;
		fputs(help, is_asked ? stdout : stderr);
		return is_asked ? EXIT_DONE : EXIT_CANNOT;
	}
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	struct error *error = run(arena, &options, &status);
	if (error == OK)
		return status;
	log_error(options.words[0], error);
	return error->kind == ERROR_BROKEN || error->kind == ERROR_MISSING ? EXIT_CANNOT : EXIT_FOUND;
}
