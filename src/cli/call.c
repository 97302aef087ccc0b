/* Reading the command line, help, and the exit status. */
#include "cli/conf.h"
#include "cli/rooms.h"

#include "base/file.h"
#include "base/log.h"
#include "base/number.h"
#include "base/secret.h"

#include <locale.h>
#include <signal.h>
#include <string.h>

const struct known_option common_options[] = {
	{ "data", "DIR", N_("データを置く場所。すべての命令に共通です。") },
	{ "body", "CODE", N_("団体のコード。団体が一つだけなら要りません。") },
	{ "config", "FILE", N_("設定ファイル。インストールした番所は、指定がなければ /etc/bansho/bansho.conf を読みます。") },
	{ "json", NULL, N_("結果を機械が読める JSON で標準出力に書きます。") },
	{ "lang", "ja|en", N_("表示の言葉。") },
	{ "help", NULL, N_("この説明を表示します。") },
	{ 0 },
};

bool
call_has(const struct call *call, const char *option)
{
	for (size_t at = 0; at < call->given_count; at++)
		if (strcmp(call->given[at].known->name, option) == 0)
			return true;
	return false;
}

struct text
call_text(const struct call *call, const char *option)
{
	struct text value = { 0 };
	for (size_t at = 0; at < call->given_count; at++)
		if (strcmp(call->given[at].known->name, option) == 0)
			value = call->given[at].value;
	return value;
}

const char *
call_z(const struct call *call, const char *option)
{
	const struct text value = call_text(call, option);
	return value.data == NULL ? NULL : text_z(call->arena, value);
}

struct error *
call_number(const struct call *call, const char *option, int64_t least, int64_t most,
	    int64_t usual, int64_t *number)
{
	const struct text value = call_text(call, option);
	*number = usual;
	if (value.data == NULL || number_read(value, least, most, number))
		return OK;
	return reject(text_format(call->arena, "--%s", option).data,
		      "「%.*s」は使えません。%lldから%lldまでの整数にしてください。", T_ARG(value),
		      (long long)least, (long long)most);
}

struct error *
call_must(const struct call *call, const char *option, struct text *value)
{
	*value = call_text(call, option);
	if (!text_is_blank(*value))
		return OK;
	return reject(text_format(call->arena, "--%s", option).data,
		      "--%s が要ります。bansho %s --help に使い方があります。", option,
		      call->command->name);
}

size_t
call_all(const struct call *call, const char *option, struct text *values, size_t most)
{
	size_t count = 0;
	for (size_t at = 0; at < call->given_count && count < most; at++)
		if (strcmp(call->given[at].known->name, option) == 0)
			values[count++] = call->given[at].value;
	return count;
}

static const struct known_option *
find_option(const struct known_option *options, struct text name)
{
	for (; options != NULL && options->name != NULL; options++)
		if (text_is(name, options->name))
			return options;
	return NULL;
}

/* One word that begins with "--": "--name", "--name value", "--name=value". */
static struct error *
read_option(struct call *call, int count, char **words, int *at)
{
	struct text name, value = { 0 };
	const bool has_value = text_cut(text_from(text_of(words[*at]), 2), '=', &name, &value);
	const struct known_option *known = find_option(call->command->options, name);
	if (known == NULL)
		known = find_option(common_options, name);
	if (known == NULL)
		return reject(words[*at], "知らない指定です。bansho %s --help に使い方があります。",
			      call->command->name);
	if (known->argument == NULL && has_value)
		return reject(words[*at], "--%s の後ろには何も書けません。", known->name);
	if (known->argument != NULL && !has_value) {
		if (*at + 1 >= count)
			return reject(words[*at], "--%s の後ろに %s を書いてください。", known->name,
				      known->argument);
		value = text_of(words[++*at]);
	}
	if (call->given_count == CALL_MOST_OPTIONS)
		return reject(words[*at], "指定が多すぎます（%d個まで）。", CALL_MOST_OPTIONS);
	call->given[call->given_count++] = (struct given_option){ known, value };
	return OK;
}

static struct error *
read_words(struct call *call, int count, char **words)
{
	bool is_options = true;
	for (int at = 0; at < count; at++) {
		size_t bad_at;
		if (!text_is_utf8(text_of(words[at]), &bad_at))
			return reject(NULL, "%d番目の言葉が UTF-8 ではありません。", at + 1);
		if (is_options && strcmp(words[at], "--") == 0)
			is_options = false;
		else if (is_options && strncmp(words[at], "--", 2) == 0)
			TRY(read_option(call, count, words, &at));
		else if (call->words_count == CALL_MOST_WORDS)
			return reject(words[at], "言葉が多すぎます。");
		else
			call->words[call->words_count++] = text_of(words[at]);
	}
	return OK;
}

static void
help_options(const struct known_option *options)
{
	for (; options != NULL && options->name != NULL; options++) {
		print("  --%s%s%s\n", options->name, options->argument != NULL ? " " : "",
		      options->argument != NULL ? options->argument : "");
		print("        %s\n", say(options->help));
	}
}

static void
help_command(const struct command *command)
{
	print("bansho %s %s\n\n%s\n\n", command->name, command->usage, say(command->about));
	help_options(command->options);
	help_options(common_options);
	print("\n%s\n", say("終了状態: 0 済んだ、1 誤りが見つかった、2 実行できなかった"));
}

static void
help_all(void)
{
	print("%s\n\n", say("番所 (bansho): 情報セキュリティポリシーを実行し、証明するしくみ"));
	print("%s\n\n", say("使い方: bansho 命令 --data DIR [指定...]"));
	for (const struct command *command = commands; command->name != NULL; command++) {
		struct text first, rest;
		text_cut(text_of(say(command->about)), '\n', &first, &rest);
		print("  %-10s%.*s\n", command->name, T_ARG(first));
	}
	print("\n%s\n", say("くわしくは: bansho 命令 --help"));
	print("%s\n", say("終了状態: 0 済んだ、1 誤りが見つかった、2 実行できなかった"));
}

static const struct command *
find_command(const char *name)
{
	for (const struct command *command = commands; command->name != NULL; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

static struct error *
check_words(const struct call *call)
{
	const struct command *command = call->command;
	if (call->words_count >= command->least_words && call->words_count <= command->most_words)
		return OK;
	return reject(NULL, "言葉の数が違います。使い方: bansho %s %s", command->name,
		      command->usage);
}

static struct error *
choose_language(const struct call *call)
{
	const struct text wish = call_text(call, "lang");
	if (text_is(wish, "en"))
		language_use(LANGUAGE_EN);
	else if (text_is(wish, "ja"))
		language_use(LANGUAGE_JA);
	else if (wish.data != NULL)
		return reject("--lang", "ja か en にしてください。");
	return OK;
}

/* What the configuration says and the command line does not. */
static struct error *
read_conf(struct call *call)
{
	struct conf conf;
	TRY(conf_read(call->arena, call_z(call, "config"), &conf));
	for (size_t at = 0; at < conf.count; at++) {
		const struct conf_line *line = &conf.lines[at];
		const struct known_option *known = find_option(call->command->options,
							       text_of(line->name));
		if (known == NULL)
			known = find_option(common_options, text_of(line->name));
		if (known == NULL || call_has(call, line->name) ||
		    call->given_count == CALL_MOST_OPTIONS ||
		    (known->argument == NULL && !text_is(line->value, "yes")))
			continue;
		call->given[call->given_count++] = (struct given_option){ known, line->value };
	}
	return OK;
}

static struct error *
run_call(struct call *call, int count, char **words)
{
	struct text data;
	TRY(read_words(call, count, words));
	TRY(choose_language(call));
	call->is_json = call_has(call, "json");
	if (call_has(call, "help")) {
		help_command(call->command);
		return OK;
	}
	TRY(check_words(call));
	if (!call->command->reads_no_conf)
		TRY(read_conf(call));
	if (call->command->needs_data)
		TRY(call_must(call, "data", &data));
	if (call->command->is_owners)
		TRY(become_owner(call));
	return call->command->run(call);
}

static int
report(const struct call *call, const struct error *error)
{
	if (error == OK)
		return call->status;
	print_errors(error);
	if (call->is_json) {
		print_text(json_of_error(call->arena, error));
		print("\n");
	}
	return EXIT_UNABLE;
}

static int
run_command(const struct command *command, int count, char **words)
{
	ARENA_SCOPED arena = arena_open((size_t)2 << 30);
	struct call call = { .arena = arena, .command = command };
	return report(&call, run_call(&call, count, words));
}

int
cli_main(int count, char **words)
{
	log_name("bansho");
	secret_start();
	signal(SIGPIPE, SIG_IGN);
	/* The language of the place, if it is English; numbers and order stay plain. */
	const char *place = setlocale(LC_MESSAGES, "");
	language_use(place != NULL && strncmp(place, "en", 2) == 0 ? LANGUAGE_EN : LANGUAGE_JA);
	if (count < 2 || strcmp(words[1], "--help") == 0 || strcmp(words[1], "help") == 0) {
		help_all();
		return count < 2 ? EXIT_UNABLE : EXIT_FINE;
	}
	if (strcmp(words[1], "--version") == 0) {
		print("bansho %s\n", BANSHO_VERSION);
		return EXIT_FINE;
	}
	const struct command *command = find_command(words[1]);
	if (command == NULL) {
		print_errors(reject(words[1], "知らない命令です。bansho --help に一覧があります。"));
		return EXIT_UNABLE;
	}
	return run_command(command, count - 2, words + 2);
}
