/*
 * bansho-print, as the rest of the house meets it: jobs in, PDF out, seen through pdftoppm,
 * pdftotext and pdffonts. Pictures in golden/ are made anew with BANSHO_GOLDEN_WRITE=1; look at
 * them before keeping them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/writer.h"
#include "paper/print.h"

#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DPI = 72, MOST_LOUD = 24, LOUD = 96 };

struct stage {
	struct arena *arena;
	const char *program; /* bansho-print */
	const char *golden;
	const char *folder; /* ours, for this run */
};

static struct text
read_whole(struct stage *stage, const char *path)
{
	struct text bytes;

	assert_null(file_read(stage->arena, path, (size_t)64 << 20, &bytes));
	return bytes;
}

static const char *
in_folder(struct stage *stage, const char *name)
{
	return path_join(stage->arena, stage->folder, name);
}

static void
redirect(const char *path, int flags, int fd)
{
	const int opened = open(path, flags, 0600);

	if (opened < 0 || (opened != fd && dup2(opened, fd) < 0))
		_exit(99);
}

/* Run with stdin, stdout, stderr and fd 3 as files of our folder; the exit status. */
static int
run(struct stage *stage, const char *const argv[], const char *in, const char *out)
{
	const char *err = in_folder(stage, "stderr"), *report = in_folder(stage, "report");
	const pid_t pid = fork();
	int status;

	if (pid == 0) {
		const int make = O_WRONLY | O_CREAT | O_TRUNC;

		close(STDIN_FILENO);
		redirect(in, O_RDONLY, STDIN_FILENO);
		redirect(out, make, STDOUT_FILENO);
		redirect(err, make, STDERR_FILENO);
		redirect(report, make, 3);
		/* its leak check wants ptrace, which the jail refuses */
		setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
		execvp(argv[0], (char *const *)(uintptr_t)argv); /* exec does not write */
		_exit(98);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const char *
write_job(struct stage *stage, struct text job)
{
	const char *path = in_folder(stage, "job.json");

	assert_null(file_replace(path, job, 0600));
	return path;
}

/* Print a job that must be good; the path of the PDF. */
static const char *
print(struct stage *stage, struct text job, const char *name)
{
	const char *pdf = in_folder(stage, name);
	const char *const argv[] = { stage->program, NULL };
	const int status = run(stage, argv, write_job(stage, job), pdf);

	if (status != 0)
		print_message("%.*s\n", T_ARG(read_whole(stage, in_folder(stage, "stderr"))));
	assert_int_equal(status, 0);
	return pdf;
}

static struct text
golden_job(struct stage *stage, const char *name)
{
	return read_whole(stage,
			  text_z(stage->arena, text_format(stage->arena, "%s/print-%s.json",
							   stage->golden, name)));
}

static struct text
tool_output(struct stage *stage, const char *const argv[])
{
	const char *out = in_folder(stage, "tool-output");

	assert_int_equal(run(stage, argv, "/dev/null", out), 0);
	return read_whole(stage, out);
}

static struct text
words_of(struct stage *stage, const char *pdf)
{
	const char *const argv[] = { "pdftotext", "-raw", pdf, "-", NULL };

	return tool_output(stage, argv);
}

/* One page as a picture; the path of the PNG. */
static const char *
picture(struct stage *stage, const char *pdf, int page)
{
	const struct text number = text_format(stage->arena, "%d", page);
	const struct text dpi = text_format(stage->arena, "%d", DPI);
	const char *page_z = text_z(stage->arena, number), *dpi_z = text_z(stage->arena, dpi);
	const char *root = text_z(stage->arena, text_format(stage->arena, "%s-%d", pdf, page));
	const char *const argv[] = { "pdftoppm", "-r",	   dpi_z,	  "-gray", "-png", "-f",
				     page_z,	 "-l",	   page_z,	  "-singlefile", pdf,
				     root,	 NULL };

	tool_output(stage, argv);
	return text_z(stage->arena, text_format(stage->arena, "%s.png", root));
}

struct difference {
	double mean; /* of 255 */
	int loud;    /* pixels that differ by more than LOUD */
};

static struct difference
compare(const char *a_path, const char *b_path)
{
	cairo_surface_t *a = cairo_image_surface_create_from_png(a_path);
	cairo_surface_t *b = cairo_image_surface_create_from_png(b_path);
	const int width = cairo_image_surface_get_width(a);
	const int height = cairo_image_surface_get_height(a);
	struct difference difference = { 255, width * height + 1 };
	double sum = 0;

	assert_int_equal(cairo_surface_status(a), CAIRO_STATUS_SUCCESS);
	assert_int_equal(cairo_surface_status(b), CAIRO_STATUS_SUCCESS);
	if (width == cairo_image_surface_get_width(b) &&
	    height == cairo_image_surface_get_height(b)) {
		difference.loud = 0;
		for (int y = 0; y < height; y++) {
			const uint8_t *p = cairo_image_surface_get_data(a) +
					   (ptrdiff_t)y * cairo_image_surface_get_stride(a);
			const uint8_t *q = cairo_image_surface_get_data(b) +
					   (ptrdiff_t)y * cairo_image_surface_get_stride(b);

			for (int x = 0; x < width; x++) {
				const int d = abs(p[x * 4] - q[x * 4]);

				sum += d;
				difference.loud += d > LOUD;
			}
		}
		difference.mean = sum / width / height;
	}
	cairo_surface_destroy(a);
	cairo_surface_destroy(b);
	return difference;
}

static void
must_look_like(struct stage *stage, const char *pdf, const char *name, int page)
{
	const char *now = picture(stage, pdf, page);
	const char *golden = text_z(stage->arena, text_format(stage->arena, "%s/print-%s-%d.png",
							      stage->golden, name, page));
	struct difference difference;

	if (getenv("BANSHO_GOLDEN_WRITE") != NULL)
		assert_null(file_replace(golden, read_whole(stage, now), 0644));
	difference = compare(golden, now);
	if (difference.mean > 0.5 || difference.loud > MOST_LOUD)
		fail_msg("%s page %d: mean %.3f, %d loud pixels", name, page, difference.mean,
			 difference.loud);
}

static void
must_look_like_all(void **state, const char *name, int pages)
{
	struct stage *stage = *state;
	const char *pdf = print(stage, golden_job(stage, name), "golden.pdf");
	const struct text count = text_format(stage->arena, "\"pages\":%d,", pages);

	assert_true(text_has(read_whole(stage, in_folder(stage, "report")), count));
	for (int page = 1; page <= pages; page++)
		must_look_like(stage, pdf, name, page);
}

static void
form_2_with_awkward_names_looks_as_it_should(void **state)
{
	must_look_like_all(state, "form2", 2);
}

static void
form_3_with_forty_serials_goes_over_pages_with_repeated_heads(void **state)
{
	struct stage *stage = *state;
	struct text words;
	size_t heads = 0, at;

	must_look_like_all(state, "form3", 4);
	words = words_of(stage, in_folder(stage, "golden.pdf"));
	for (struct text rest = words; text_find(rest, T("製造番号 分類"), &at);
	     rest = text_from(rest, at + 1))
		heads++;
	assert_true(heads >= 2);
	assert_true(text_has(words, T("廃棄する機器(続き)")));
	assert_true(text_has(words, T("処理の結果(続き)")));
	for (int i = 1; i <= 15; i++) /* nothing is lost where the long text breaks */
		assert_true(text_has(text_replace(stage->arena, words, T("\n"), T("")),
				     text_format(stage->arena, "第%d群は", i)));
}

static void
an_empty_form_has_room_to_write_and_no_proof(void **state)
{
	struct stage *stage = *state;

	must_look_like_all(state, "empty", 1);
	assert_false(text_has(words_of(stage, in_folder(stage, "golden.pdf")), T("ダイジェスト")));
}

static void
a_ledger_is_landscape_with_every_row(void **state)
{
	struct stage *stage = *state;
	struct text words;

	must_look_like_all(state, "ledger", 4);
	words = words_of(stage, in_folder(stage, "golden.pdf"));
	for (int i = 1; i <= 60; i++)
		assert_true(text_has(words, text_format(stage->arena, "TKM-A-%05d", i)));
}

static void
a_picture_that_changed_by_one_character_is_noticed(void **state)
{
	struct stage *stage = *state;
	const struct text job = golden_job(stage, "form2");
	const char *was = print(stage, job, "was.pdf");
	const struct text other =
		text_replace(stage->arena, job, T("\"verdict\": \"許可\""), T("\"verdict\": \"不可\""));
	const char *is = print(stage, other, "is.pdf");

	assert_int_equal(compare(picture(stage, was, 2), picture(stage, was, 2)).loud, 0);
	assert_true(compare(picture(stage, was, 2), picture(stage, is, 2)).loud > MOST_LOUD);
}

static void
the_same_job_gives_the_same_bytes(void **state)
{
	struct stage *stage = *state;
	const struct text job = golden_job(stage, "form2");
	const struct text first = read_whole(stage, print(stage, job, "a.pdf"));
	const struct text second = read_whole(stage, print(stage, job, "b.pdf"));

	assert_true(text_same(first, second));
}

static void
rare_characters_are_copied_out_as_they_were_written(void **state)
{
	static const char *const kept[] = { "𠮟", "髙", "﨑", "辻󠄀", "邉\U000E0110", "邉\U000E0102",
					    "\uE000", "Nguyễn Thị Hoa", "☑", "参加" };
	struct stage *stage = *state;
	const struct text words =
		words_of(stage, print(stage, golden_job(stage, "form2"), "words.pdf"));

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (!text_has(words, text_of(kept[i])))
			fail_msg("%s is lost", kept[i]);
}

static void
what_no_font_has_is_reported_and_the_rest_is_not(void **state)
{
	struct stage *stage = *state;
	struct text report;

	print(stage, golden_job(stage, "form2"), "report.pdf");
	report = read_whole(stage, in_folder(stage, "report"));
	assert_true(text_has(report, T("{\"character\":\"U+E000\",\"kind\":\"no-glyph\"")));
	assert_true(text_has(report, T("{\"character\":\"U+9089 U+E0102\",\"kind\":\"no-variant\"")));
	assert_false(text_has(report, T("U+20B9F")));
	assert_false(text_has(report, T("U+E0100")));
	assert_false(text_has(report, T("U+E0110")));
}

static void
every_font_is_embedded_as_a_subset(void **state)
{
	struct stage *stage = *state;
	const char *const argv[] = {
		"pdffonts", print(stage, golden_job(stage, "form2"), "fonts.pdf"), NULL
	};
	struct text rest = tool_output(stage, argv), line;
	size_t fonts = 0;

	text_cut(rest, '\n', &line, &rest);
	text_cut(rest, '\n', &line, &rest);
	while (text_cut(rest, '\n', &line, &rest)) {
		assert_true(text_has(line, T(" yes yes yes ")));
		fonts++;
	}
	assert_true(fonts >= 2);
}

/* ---- jobs that are wrong */

/* The least job, with one section and one more member. */
static struct text
small_job(struct stage *stage, const char *section, const char *more)
{
	return text_format(stage->arena,
			   "{\"job\":\"sheet\",\"title\":\"題\",\"made\":\"2026-11-21T11:21\","
			   "\"sections\":[%s]%s}",
			   section, more);
}

static struct error *
read_job(struct stage *stage, struct text bytes)
{
	struct print_job job;

	return print_read(stage->arena, bytes, &job);
}

static void
must_refuse(struct stage *stage, const char *section, const char *more, const char *field)
{
	struct error *error = read_job(stage, small_job(stage, section, more));

	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	if (!text_is(error->field, field))
		fail_msg("expected %s, got %.*s: %.*s", field, T_ARG(error->field),
			 T_ARG(error->words));
	error_sweep();
}

static void
a_wrong_member_is_refused_by_its_place(void **state)
{
	struct stage *stage = *state;

	assert_null(read_job(stage, small_job(stage, "", "")));
	must_refuse(stage, "", ",\"titel\":\"x\"", "titel");
	must_refuse(stage, "", ",\"number\":7", "number");
	must_refuse(stage, "", ",\"day\":\"2026-13-01\"", "day");
	must_refuse(stage, "", ",\"addressee\":\"x\"", "addressee");
	must_refuse(stage, "", ",\"addressee\":[1]", "addressee[0]");
	must_refuse(stage, "", ",\"applicant\":{\"age\":1}", "applicant.age");
	must_refuse(stage, "", ",\"proof\":{}", "proof.record");
	must_refuse(stage, "",
		    ",\"proof\":{\"record\":\"a\",\"digest\":\"00\",\"tree_size\":1,"
		    "\"command\":\"b\"}",
		    "proof.digest");
	must_refuse(stage, "7", "", "sections[0]");
	must_refuse(stage, "{}", "", "sections[0].kind");
	must_refuse(stage, "{\"kind\":\"pie\"}", "", "sections[0].kind");
	must_refuse(stage, "{\"kind\":\"rows\"}", "", "sections[0].rows");
	must_refuse(stage, "{\"kind\":\"rows\",\"rows\":[[]]}", "", "sections[0].rows[0]");
	must_refuse(stage, "{\"kind\":\"rows\",\"rows\":[[{}]]}", "",
		    "sections[0].rows[0][0].label");
	must_refuse(stage, "{\"kind\":\"rows\",\"rows\":[[{\"label\":\"a\",\"lines\":41}]]}", "",
		    "sections[0].rows[0][0].lines");
	must_refuse(stage,
		    "{\"kind\":\"rows\",\"rows\":[[{\"label\":\"a\",\"choices\":[{\"words\":\"b\","
		    "\"is_chosen\":1}]}]]}",
		    "", "sections[0].rows[0][0].choices[0].is_chosen");
	must_refuse(stage,
		    "{\"kind\":\"items\",\"columns\":[{\"name\":\"a\",\"width\":1}],"
		    "\"rows\":[[\"b\",\"c\"]]}",
		    "", "sections[0].rows[0]");
	must_refuse(stage, "{\"kind\":\"items\",\"columns\":[],\"rows\":[]}", "",
		    "sections[0].columns");
	must_refuse(stage, "{\"kind\":\"items\",\"columns\":[{\"name\":\"a\"}],\"rows\":[]}", "",
		    "sections[0].columns[0].width");
	must_refuse(stage, "{\"kind\":\"decisions\",\"steps\":[{\"role\":\" \"}]}", "",
		    "sections[0].steps[0].role");
	must_refuse(stage, "{\"kind\":\"history\",\"events\":[{\"at\":\"now\",\"what\":\"a\"}]}",
		    "", "sections[0].events[0].at");
}

static void
must_refuse_bytes(struct stage *stage, struct text bytes, const char *why)
{
	struct error *error = read_job(stage, bytes);

	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	if (!text_has(error->words, text_of(why)))
		fail_msg("expected %s, got %.*s", why, T_ARG(error->words));
	error_sweep();
}

static struct text
repeated(struct stage *stage, const char *piece, size_t times)
{
	struct writer out = writer_open(stage->arena, (size_t)16 << 20);

	for (size_t i = 0; i < times; i++)
		write_z(&out, piece);
	return writer_text(&out);
}

static void
bytes_that_are_no_job_are_refused(void **state)
{
	struct stage *stage = *state;

	must_refuse_bytes(stage, T(""), "JSON");
	must_refuse_bytes(stage, T("[]"), "オブジェクト");
	must_refuse_bytes(stage, T("{\"job\":\"sheet\"}"), "必要です");
	must_refuse_bytes(stage, T("{\"job\":\"poster\"}"), "ledger");
	must_refuse_bytes(stage, T("{\"job\":\"sheet\",\"job\":\"sheet\"}"), "duplicate");
	must_refuse_bytes(stage, T("{\"title\":\"\xC3\x28\"}"), "UTF-8");
	must_refuse_bytes(stage, T("{\"title\":\"\xED\xA0\x80\"}"), "UTF-8");
	must_refuse_bytes(stage, small_job(stage, "", ",\"lead\":\"\\u0000\""), "JSON");
	must_refuse_bytes(stage, small_job(stage, "", ",\"lead\":\"\\ud842\""), "JSON");
	must_refuse_bytes(stage, repeated(stage, "[", 1000000), "JSON");
	must_refuse_bytes(stage, repeated(stage, " ", (4 << 20) + 1), "大きすぎます");
}

static struct text
rows_job(struct stage *stage, size_t rows)
{
	const struct text row = repeated(stage, "[\"あ\"],", rows - 1);

	return small_job(stage,
			 text_z(stage->arena,
				text_format(stage->arena,
					    "{\"kind\":\"items\",\"columns\":[{\"name\":\"a\","
					    "\"width\":1}],\"rows\":[%.*s[\"い\"]]}",
					    T_ARG(row))),
			 "");
}

static void
ten_thousand_rows_are_refused_and_five_thousand_are_not(void **state)
{
	struct stage *stage = *state;
	struct error *error = read_job(stage, rows_job(stage, 10000));

	assert_non_null(error);
	assert_true(text_is(error->field, "sections[0].rows"));
	assert_true(text_has(error->words, T("5000")));
	error_sweep();
	assert_null(read_job(stage, rows_job(stage, 5000)));
}

static void
a_refused_job_ends_with_one_and_says_why(void **state)
{
	struct stage *stage = *state;
	const char *const argv[] = { stage->program, NULL };
	const char *out = in_folder(stage, "none.pdf");

	assert_int_equal(run(stage, argv,
			     write_job(stage, small_job(stage, "{\"kind\":\"pie\"}", "")), out),
			 1);
	assert_int_equal(read_whole(stage, out).len, 0);
	assert_true(text_has(read_whole(stage, in_folder(stage, "stderr")), T("kind")));
	assert_true(text_has(read_whole(stage, in_folder(stage, "report")),
			     T("\"field\":\"sections[0].kind\"")));
	assert_int_equal(run(stage, argv, write_job(stage, repeated(stage, " ", 5 << 20)), out), 1);
	assert_int_equal(read_whole(stage, out).len, 0);
}

static void
mutated_jobs_are_read_or_refused_but_never_more(void **state)
{
	static const char *const names[] = { "form2", "form3", "empty", "ledger" };
	struct stage *stage = *state;
	uint32_t seed = 20261121;

	for (int i = 0; i < 1200; i++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		struct stage own = *stage;
		struct text job;
		char *bytes;
		struct error *error;

		own.arena = arena;
		job = golden_job(&own, names[i % 4]);
		bytes = arena_get(arena, 1, job.len + 1);
		memcpy(bytes, job.data, job.len);
		for (int j = 0; j < 1 + i % 5; j++) {
			seed = seed * 1664525 + 1013904223;
			bytes[seed % job.len] = "\"{}[],:0a\xE3\\"[(seed >> 13) % 11];
		}
		error = read_job(&own, (struct text){ bytes, job.len });
		assert_true(error == NULL || error->kind == ERROR_INVALID);
		error_sweep();
	}
}

/* ---- layout under strain */

static void
hostile_texts_are_printed_without_harm(void **state)
{
	struct stage *stage = *state;
	const struct text job = small_job(
		stage,
		"{\"kind\":\"rows\",\"rows\":[[{\"label\":\"逆\\u202eさ\",\"value\":"
		"\"a\\u202eb\\u0007c\\u200bd\\ufe0fe\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301"
		"\\u0301\\u0301\\u05d0\\u05d1 \\ud83d\\ude00\\r\\n\\t終\"}]]},"
		"{\"kind\":\"items\",\"columns\":[{\"name\":\"狭\",\"width\":1},{\"name\":\"広\","
		"\"width\":1000}],\"rows\":[[\"とても狭い欄に入る長い言葉\",\"\"]]}",
		"");
	const char *pdf = print(stage, job, "hostile.pdf");
	const struct text report = read_whole(stage, in_folder(stage, "report"));

	assert_true(text_has(report, T("{\"character\":\"U+202E\",\"kind\":\"no-glyph\"")));
	assert_true(text_has(report, T("{\"character\":\"U+0007\",\"kind\":\"no-glyph\"")));
	assert_true(text_has(words_of(stage, pdf), T("終")));
}

static void
one_very_long_value_breaks_over_pages_and_loses_nothing(void **state)
{
	struct stage *stage = *state;
	struct writer value = writer_open(stage->arena, 1 << 20);
	struct text words;

	for (int i = 0; i < 2000; i++)
		write_format(&value, "第%04d号、", i);
	words = words_of(
		stage,
		print(stage,
		      small_job(stage,
				text_z(stage->arena,
				       text_format(stage->arena,
						   "{\"kind\":\"rows\",\"rows\":[[{\"label\":\"文\","
						   "\"value\":\"%.*s\"}]]}",
						   T_ARG(writer_text(&value)))),
				""),
		      "long.pdf"));
	words = text_replace(stage->arena, words, T("\n"), T(""));
	for (int i = 0; i < 2000; i += 7)
		if (!text_has(words, text_format(stage->arena, "第%04d号", i)) &&
		    !text_has(words, text_format(stage->arena, "%04d", i)))
			fail_msg("%d is lost", i);
}

/* ---- the jail */

enum { JAIL_OPENED = 1, JAIL_CONNECTED = 2, JAIL_RAN = 4, JAIL_WROTE = 8, JAIL_NO_FONT = 16 };

/* What a process in the printer's jail could still do. */
static int
try_everything(void)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
					     .sin_port = htons(9),
					     .sin_addr = { htonl(INADDR_LOOPBACK) } };
	char program[] = "/bin/true";
	char *const argv[] = { program, NULL };
	int could = 0, fd;

	if (open("/etc/passwd", O_RDONLY) >= 0)
		could |= JAIL_OPENED;
	if (open(".", O_TMPFILE | O_WRONLY, 0600) >= 0)
		could |= JAIL_WROTE;
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd >= 0 && (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 ||
			errno == ECONNREFUSED))
		could |= JAIL_CONNECTED;
	if (open("/usr/share/fonts/truetype/ipamj/ipamjm.ttf", O_RDONLY) < 0)
		could |= JAIL_NO_FONT;
	/* were it allowed, the status would be 0 */
	if (execv(program, argv) == 0)
		could |= JAIL_RAN;
	return 64 + could;
}

static int
status_in_child(bool is_jailed)
{
	const pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (is_jailed && (print_fonts_find() != OK || print_jail_enter() != OK))
			_exit(127);
		_exit(try_everything());
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
inside_the_jail_only_fonts_can_be_read(void **state)
{
	(void)state;
	assert_int_equal(status_in_child(true), 64);
	/* Without the jail the same attempts succeed: execve replaces the process, status 0. */
	assert_int_equal(status_in_child(false), 0);
}

static int
set_up(void **state)
{
	struct stage *stage;
	struct arena *arena = arena_open((size_t)1 << 30);
	char folder[] = "/tmp/bansho-print-XXXXXX";

	stage = ARENA_NEW(arena, struct stage);
	stage->arena = arena;
	stage->program = getenv("BANSHO_PRINT");
	stage->golden = getenv("BANSHO_GOLDEN");
	*state = stage;
	if (stage->program == NULL || stage->golden == NULL) {
		print_error("BANSHO_PRINT and BANSHO_GOLDEN must name the program and tests/golden\n");
		return -1;
	}
	if (mkdtemp(folder) == NULL)
		return -1;
	stage->folder = text_z(arena, text_of(folder));
	return 0;
}

static int
tear_down(void **state)
{
	struct stage *stage = *state;
	struct text *names;
	size_t count;

	if (stage->folder == NULL)
		return 0;
	if (folder_list(stage->arena, stage->folder, 1000, &names, &count) == OK)
		for (size_t i = 0; i < count; i++)
			unlink(in_folder(stage, text_z(stage->arena, names[i])));
	rmdir(stage->folder);
	arena_close(stage->arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_2_with_awkward_names_looks_as_it_should),
		cmocka_unit_test(form_3_with_forty_serials_goes_over_pages_with_repeated_heads),
		cmocka_unit_test(an_empty_form_has_room_to_write_and_no_proof),
		cmocka_unit_test(a_ledger_is_landscape_with_every_row),
		cmocka_unit_test(a_picture_that_changed_by_one_character_is_noticed),
		cmocka_unit_test(the_same_job_gives_the_same_bytes),
		cmocka_unit_test(rare_characters_are_copied_out_as_they_were_written),
		cmocka_unit_test(what_no_font_has_is_reported_and_the_rest_is_not),
		cmocka_unit_test(every_font_is_embedded_as_a_subset),
		cmocka_unit_test(a_wrong_member_is_refused_by_its_place),
		cmocka_unit_test(bytes_that_are_no_job_are_refused),
		cmocka_unit_test(ten_thousand_rows_are_refused_and_five_thousand_are_not),
		cmocka_unit_test(a_refused_job_ends_with_one_and_says_why),
		cmocka_unit_test(mutated_jobs_are_read_or_refused_but_never_more),
		cmocka_unit_test(hostile_texts_are_printed_without_harm),
		cmocka_unit_test(one_very_long_value_breaks_over_pages_and_loses_nothing),
		cmocka_unit_test(inside_the_jail_only_fonts_can_be_read),
	};

	return cmocka_run_group_tests_name("print", tests, set_up, tear_down);
}
