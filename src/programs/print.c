/* bansho-print: one job from stdin, one PDF to stdout, a report on fd 3, all of it in a jail. */
#include "base/companion.h"
#include "base/file.h"
#include "base/log.h"
#include "base/say.h"
#include "base/writer.h"
#include "paper/print.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPORT_FD = 3, STATUS_REFUSED = 1, STATUS_BROKEN = 2 };

static const char *const help = N_(
	"使い方: bansho-print [--service] < 依頼.json > 様式.pdf 3> 報告.json\n"
	"\n"
	"標準入力から印刷の依頼(JSON、UTF-8、4 MiBまで)を一つ読み、PDFを標準出力に書きます。\n"
	"ファイル記述子3が開いていれば、ページ数と注意(書体にない文字など)をJSONで書きます。\n"
	"依頼の書き方は docs/paper.md にあります。\n"
	"\n"
	"  --service  systemdのソケットから起動されるときの形で受け答えする(docs/programs.md)\n"
	"  --listen PATH  systemdがない機械で、ソケットPATHへの接続ごとに同じことをする\n"
	"\n"
	"起動するとすぐに自分を閉じ込めます。読めるのは書体だけで、通信も他のプログラムの起動も\n"
	"できません。\n"
	"\n"
	"終了状態: 0 印刷した、1 依頼に誤りがある、2 使い方の誤りまたは内部の障害\n");

static struct error *
print_job_from(struct arena *arena, struct print_report *report, struct text *pdf)
{
	struct text bytes;
	struct print_job job;

	TRY(fd_read_all(arena, STDIN_FILENO, SHEET_MOST_BYTES, &bytes));
	TRY(print_read(arena, bytes, &job));
	return print_pdf(arena, &job, report, pdf);
}

static struct error *
shut_in(void)
{
	TRY(print_fonts_find());
	return print_jail_enter();
}

/* The words of a request by socket: bansho-print takes none. */
static struct error *
skip_words(struct arena *arena)
{
	char *words[COMPANION_MOST_WORDS + 1];
	int count = 0;
	return companion_words(arena, words, &count);
}

static int
run(bool has_report, bool is_service)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct print_report *report = ARENA_NEW(arena, struct print_report);
	struct text pdf = T("");
	struct error *error = shut_in();
	int status = EXIT_SUCCESS;

	if (error == OK && is_service)
		error = skip_words(arena);
	if (error == OK)
		error = print_job_from(arena, report, &pdf);
	if (error == OK && !is_service)
		error = fd_write_all(STDOUT_FILENO, pdf);
	if (error != NULL) {
		log_error(say("印刷"), error);
		status = error->kind == ERROR_INVALID ? STATUS_REFUSED : STATUS_BROKEN;
	}
	if (is_service && companion_answer(status, T(""), status == 0 ? pdf : T("")) != OK)
		status = STATUS_BROKEN;
	if (has_report) {
		error = fd_write_all(REPORT_FD, print_report_json(arena, report, error));
		if (error != NULL) {
			log_error(say("報告"), error);
			status = STATUS_BROKEN;
		}
	}
	return status;
}

int
main(int argc, char **argv)
{
	/* Ask before any library opens something of its own there. */
	const bool has_report = fcntl(REPORT_FD, F_GETFD) != -1;

	log_name("bansho-print");
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return fd_write_all(STDOUT_FILENO, text_of(say(help))) == OK ? EXIT_SUCCESS :
									       STATUS_BROKEN;
	const bool listens = argc == 3 && strcmp(argv[1], "--listen") == 0;
	const bool is_service = listens || (argc == 2 && strcmp(argv[1], "--service") == 0);
	struct error *error = listens ? companion_listen(argv[2]) : OK; /* once per connection */
	if (error != OK) {
		log_error("listen", error);
		return STATUS_BROKEN;
	}
	if (argc != 1 && !is_service) {
		log_say("引数はありません。bansho-print --help をご覧ください。");
		return STATUS_BROKEN;
	}
	return run(has_report && !is_service, is_service);
}
