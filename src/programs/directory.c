/*
 * bansho-directory: speaks LDAP for banshod, which may connect nowhere. One process for each request:
 * it reads the operator's file and the password to read with, shuts itself in (a network, one file of
 * certificates, nothing of any body), serves one request and ends. docs/directory.md.
 */
#include "programs/directory.h"

#include "base/companion.h"
#include "base/file.h"
#include "base/jails.h"
#include "base/log.h"
#include "base/say.h"
#include "base/writer.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_FINE = 0, STATUS_FOUND = 1, STATUS_UNABLE = 2 };
enum { PASSWORD_MOST = 1024 };
#define DIRECTORY_MOST_MEMORY ((size_t)1 << 30)

static const char *const help = 	N_("使い方: bansho-directory [--config FILE] [--password-file FILE] --service|--listen PATH|check\n"
	   "\n"
	   "庁内のディレクトリ(LDAP、Active Directory)の口座を読み、パスワードを確かめます。\n"
	   "  --config         設定ファイル(/etc/bansho/directory.conf)\n"
	   "  --password-file  読み取り用の口座のパスワード(設定ファイルの password-file より優先)\n"
	   "  --service        systemdのソケットから起動されるときの形で、依頼を一つ受ける\n"
	   "  --listen PATH    systemdがない機械で、ソケットPATHへの接続ごとに同じことをする\n"
	   "  --english        言葉を英語にする\n"
	   "  check            つないで一覧を読み、何件あるかを表示する(何も変えません)\n"
	   "\n"
	   "終了状態: 0 できた、1 つながらないか設定に誤りがある、2 動けない\n");

struct options {
	const char *config, *password_file, *listens;
	bool is_service, is_check, is_help;
};

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "password-file", required_argument, NULL, 'p' },
		{ "listen", required_argument, NULL, 'L' },
		{ "service", no_argument, NULL, 'S' },
		{ "supervised", no_argument, NULL, 'd' },
		{ "english", no_argument, NULL, 'e' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	*options = (struct options){ .config = "/etc/bansho/directory.conf" };
	for (int got; (got = getopt_long(count, words, "h", known, NULL)) != -1;) {
		if (got == 'c')
			options->config = optarg;
		else if (got == 'p')
			options->password_file = optarg;
		else if (got == 'L')
			options->listens = optarg;
		else if (got == 'S')
			options->is_service = true;
		else if (got == 'd')
			(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		else if (got == 'e')
			language_use(LANGUAGE_EN);
		else if (got == 'h')
			options->is_help = true;
		else
			return false;
	}
	options->is_check = optind + 1 == count && strcmp(words[optind], "check") == 0;
	const int ways = options->is_check + options->is_service + (options->listens != NULL);
	return !options->is_help && ways == 1 && optind + (options->is_check ? 1 : 0) == count;
}

/* Without the line's end that editors write. */
static struct error *
read_password(const struct options *options, const struct directory_conf *conf,
	      struct secret *password)
{
	const char *path = options->password_file != NULL ? options->password_file
							  : conf->password_file;
	if (path == NULL)
		return reject("password-file", "読み取り用の口座のパスワードを入れたファイル(password-file)を書いてください。");
	TRY(secret_read_file(path, PASSWORD_MOST, password));
	while (password->len > 0 && (password->data[password->len - 1] == '\n' ||
				     password->data[password->len - 1] == '\r'))
		password->len--;
	return OK;
}

static enum directory_status
about(struct line *line, struct text *words)
{
	char *url = NULL;
	(void)ldap_get_option(line->ldap, LDAP_OPT_URI, &url);
	*words = text_format(line->arena, "%s\n%s\n%s\n%d\n",
			     line->conf->servers == 1 && url != NULL ? url : line->conf->urls,
			     security_code(line->conf->security), line->conf->base,
			     line->conf->servers);
	ldap_memfree(url);
	return DIRECTORY_DONE;
}

struct request {
	const char *what, *body, *login;
	struct text input;
};

static enum directory_status
serve(struct line *line, const struct request *request, struct secret password, struct text *words)
{
	if (line->conf->body != NULL && strcmp(line->conf->body, request->body) != 0) {
		*words = text_of(say("このディレクトリは、ほかの団体のものです(設定の body)。"));
		return DIRECTORY_WRONG;
	}
	if (strcmp(request->what, "bind") == 0 && request->input.len == 0)
		return DIRECTORY_REFUSED; /* before anything is asked of anybody */
	const enum directory_status opened = line_open(line, password, words);
	if (opened != DIRECTORY_DONE)
		return opened;
	if (strcmp(request->what, "bind") == 0)
		return directory_bind(line, text_of(request->login), request->input, words);
	if (strcmp(request->what, "list") == 0)
		return directory_list(line, words);
	if (strcmp(request->what, "about") == 0)
		return about(line, words);
	*words = text_of(say("依頼が正しくありません。"));
	return DIRECTORY_WRONG;
}

static struct error *
read_request(struct arena *arena, struct request *request)
{
	char *words[COMPANION_MOST_WORDS + 1];
	int count = 0;
	TRY(companion_words(arena, words, &count));
	if (count < 2 || (strcmp(words[0], "bind") == 0) != (count == 3))
		return reject(NULL, "依頼が正しくありません。");
	*request = (struct request){ .what = words[0], .body = words[1],
				     .login = count == 3 ? words[2] : "" };
	return fd_read_all(arena, STDIN_FILENO, PASSWORD_MOST, &request->input);
}

/* ---- check ---- */

static int
print_check(enum directory_status status, struct text words)
{
	size_t rows = 0;
	if (status != DIRECTORY_DONE) {
		fprintf(stderr, "%.*s\n", T_ARG(words));
		return STATUS_FOUND;
	}
	/* A row ends where a quoted cell does; what is within a cell has no line end of its own kind. */
	for (size_t at = 0; at + 1 < words.len; at++)
		rows += words.data[at] == '\r' && words.data[at + 1] == '\n';
	printf(say("つながりました。口座は%zu件です。\n"), rows - 1); /* without the heading */
	return STATUS_FINE;
}

static int
run(const struct options *options)
{
	ARENA_SCOPED arena = arena_open(DIRECTORY_MOST_MEMORY);
	SECRET_SCOPED password = { 0 };
	struct directory_conf conf = { 0 };
	struct request request = { .what = "list", .body = "" };
	struct text words = T("");
	struct error *error = directory_conf_read(arena, options->config, &conf);
	if (error == OK)
		error = read_password(options, &conf, &password);
	if (error == OK) /* libldap would read files and variables of its own kind */
		error = setenv("LDAPNOINIT", "1", 1) == 0 ? OK : broken("環境変数を置けません。");
	if (error == OK)
		error = jails_enter(JAIL_DIRECTORY, &(struct jail_places){ .own = conf.ca });
	if (error == OK && options->is_check)
		request.body = conf.body != NULL ? conf.body : "";
	else if (error == OK)
		error = read_request(arena, &request);
	if (error != OK) {
		log_error("directory", error);
		if (!options->is_check && companion_answer(DIRECTORY_WRONG, error->words, T("")) != OK)
			log_warn("依頼した側が、答えを待たずに切りました。");
		return STATUS_UNABLE;
	}
	struct line line = { .conf = &conf, .arena = arena };
	const enum directory_status status = serve(&line, &request, password, &words);
	line_close(&line);
	if (options->is_check)
		return print_check(status, words);
	if (status != DIRECTORY_DONE && status != DIRECTORY_REFUSED)
		log_warn("%.*s", T_ARG(words));
	return companion_answer((int)status, words, T("")) == OK ? STATUS_FINE : STATUS_UNABLE;
}

int
main(int count, char **words)
{
	struct options options;
	log_name("bansho-directory");
	secret_start();
	if (!read_options(count, words, &options)) {
		fputs(say(help), options.is_help ? stdout : stderr);
		return options.is_help ? STATUS_FINE : STATUS_UNABLE;
	}
	if (options.listens != NULL) {
		struct error *error = companion_listen(options.listens); /* once per connection */
		if (error != OK) {
			log_error("listen", error);
			return STATUS_UNABLE;
		}
	}
	return run(&options);
}
