/* bansho-sheet: a CSV or XLSX file from stdin, CSV in UTF-8 to stdout, all of it in a jail. */
#include "base/companion.h"
#include "base/file.h"
#include "base/jails.h"
#include "base/log.h"
#include "base/number.h"
#include "base/say.h"
#include "paper/sheet_in.h"

#include <fcntl.h>
#include <getopt.h>
#include <iconv.h>
#include <stdlib.h>
#include <unistd.h>

enum { REPORT_FD = 3, STATUS_REFUSED = 1, STATUS_BROKEN = 2 };

/* Most a 32 MiB file may come to: inflated strings, the CSV and what growing leaves behind. */
#define MOST_ARENA ((size_t)2 << 30)
static const char *const help = N_(
	"使い方: bansho-sheet [--sheet 名前か番号] [--rows 行数] [--bytes バイト数] < 表 > 表.csv\n"
	"\n"
	"標準入力からCSV(UTF-8、CP932、UTF-16、カンマかタブ)またはExcelのブック(.xlsx)を一つ読み\n"
	"(32 MiBまで)、UTF-8のCSVを標準出力に書きます。Excelの日付は 2026-11-21、ふりがなは除きます。\n"
	"\n"
	"  --sheet   読むシート(何も書かなければ、表示されている最初のシート)\n"
	"  --rows    行数の上限\n"
	"  --bytes   書くCSVの大きさの上限\n"
	"  --report  報告(JSON、1行)をCSVの前に書く。ファイルの誤りも報告し、終了状態は0\n"
	"  --english 報告の言葉を英語にする\n"
	"  --service systemdのソケットから起動されるときの形で受け答えする(docs/programs.md)\n"
	"  --listen PATH  systemdがない機械で、ソケットPATHへの接続ごとに同じことをする\n"
	"ファイル記述子3が開いていれば、報告はそこにも書きます。\n"
	"\n"
	"起動するとすぐに自分を閉じ込めます。ファイルも通信も他のプログラムの起動もできません。\n"
	"\n"
	"終了状態: 0 読めた、1 ファイルに誤りがある、2 使い方の誤りまたは内部の障害\n");

struct options {
	struct sheet_ask ask;
	bool has_report; /* before the CSV */
	bool has_fd;
	bool is_service;
	const char *listens; /* at this path */
};

/* What is made of a file. */
struct result {
	struct text report, csv;
	bool is_refused;
};

static bool
read_options(int count, char **words, struct options *options)
{
	static const struct option known[] = {
		{ "sheet", required_argument, NULL, 's' },  { "rows", required_argument, NULL, 'r' },
		{ "bytes", required_argument, NULL, 'b' },  { "report", no_argument, NULL, 'R' },
		{ "english", no_argument, NULL, 'e' },	     { "help", no_argument, NULL, 'h' },
		{ "service", no_argument, NULL, 'S' },
		{ "listen", required_argument, NULL, 'L' }, { 0 },
	};
	int64_t rows = SHEET_MOST_ROWS_IN, bytes = SHEET_MOST_CSV;
	optind = 0; /* a service reads twice: its own words, then those of the request */
	for (int got; (got = getopt_long(count, words, "h", known, NULL)) != -1;) {
		if (got == 's')
			options->ask.sheet = text_of(optarg);
		else if (got == 'R')
			options->has_report = true;
		else if (got == 'S')
			options->is_service = true;
		else if (got == 'L')
			options->listens = optarg;
		else if (got == 'e')
			language_use(LANGUAGE_EN);
		else if (!(got == 'r' &&
			   number_read(text_of(optarg), 1, SHEET_MOST_ROWS_IN, &rows)) &&
			 !(got == 'b' && number_read(text_of(optarg), 1, SHEET_MOST_CSV, &bytes)))
			return false;
	}
	options->ask.most_rows = (size_t)rows;	 /* number_read() bounds both */
	options->ask.most_bytes = (size_t)bytes;
	return optind == count;
}

/* Conversions are files that the jail closes off: what stays open stays loaded. */
static struct error *
load_conversions(void)
{
	static const char *const encodings[] = { "CP932", "UTF-16LE", "UTF-16BE" };
	for (size_t at = 0; at < sizeof encodings / sizeof *encodings; at++)
		if (iconv_open("UTF-8", encodings[at]) == (iconv_t)-1) /* as its manual says it fails */
			return broken("文字コード%sの変換表がこの機械にありません。", encodings[at]);
	return OK;
}

/* The sender's fault goes into the report; ours is an error here. */
static struct error *
convert(struct arena *arena, struct options *options, struct result *result)
{
	struct sheet_made made = { .separator = ',' };
	TRY(fd_read_all(arena, STDIN_FILENO, SHEET_MOST_FILE, &options->ask.file));
	const struct error *error = sheet_make(arena, &options->ask, &made);
	if (error != OK && error->kind != ERROR_INVALID)
		return error_keep(arena, error);
	result->is_refused = error != OK;
	if (error != OK && !options->has_report)
		log_error(say("表"), error);
	result->report = sheet_report(arena, &made, error);
	result->csv = error == OK ? made.csv : T("");
	return OK;
}

/* The words of a request by socket: options like those of the command line. */
static struct error *
read_request(struct arena *arena, struct options *options)
{
	char *words[COMPANION_MOST_WORDS + 1] = { (char[]){ "bansho-sheet" } };
	int count = 1;
	TRY(companion_words(arena, words, &count));
	if (!read_options(count, words, options))
		return reject(NULL, "依頼の引数が正しくありません。");
	return OK;
}

static struct error *
put_out(const struct options *options, const struct result *result)
{
	if (options->has_report)
		TRY(fd_write_all(STDOUT_FILENO, result->report));
	if (options->has_fd)
		TRY(fd_write_all(REPORT_FD, result->report));
	return fd_write_all(STDOUT_FILENO, result->csv);
}

static int
run(struct options *options)
{
	ARENA_SCOPED arena = arena_open(MOST_ARENA);
	struct result result = { 0 };
	const bool is_service = options->is_service;
	struct error *error = load_conversions();
	if (error == OK)
		error = jails_enter(JAIL_SHEET, NULL);
	if (error == OK && is_service)
		error = read_request(arena, options);
	if (error == OK)
		error = convert(arena, options, &result);
	if (error == OK && !is_service)
		error = put_out(options, &result);
	if (error != OK)
		log_error(say("表"), error);
	const int status = error != OK ? STATUS_BROKEN
			   : result.is_refused && !options->has_report ? STATUS_REFUSED
								       : EXIT_SUCCESS;
	const struct text report = options->has_report ? result.report : T("");
	if (is_service && companion_answer(status, report, result.csv) != OK)
		return STATUS_BROKEN;
	return status;
}

int
main(int count, char **words)
{
	/* Ask before any library opens something of its own there. */
	struct options options = { .has_fd = fcntl(REPORT_FD, F_GETFD) != -1 };
	log_name("bansho-sheet");
	if (!read_options(count, words, &options)) {
		const bool is_asked = count == 2 && text_is(text_of(words[1]), "--help");
		struct error *error = fd_write_all(is_asked ? STDOUT_FILENO : STDERR_FILENO,
						   text_of(say(help)));
		return is_asked && error == OK ? EXIT_SUCCESS : STATUS_BROKEN;
	}
	if (options.listens != NULL) {
		struct error *error = companion_listen(options.listens); /* once per connection */
		if (error != OK) {
			log_error("listen", error);
			return STATUS_BROKEN;
		}
		options.is_service = true;
	}
	if (options.is_service)
		options.has_fd = false;
	return run(&options);
}
