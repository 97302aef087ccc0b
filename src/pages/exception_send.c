/* The register of exceptions as CSV and XLSX. On the pool. */
#include "pages/exception_send.h"

#include "base/file.h"
#include "paper/list_paper.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct text
clauses_words(struct visit *visit, const struct flow_exception *one)
{
	struct writer out = writer_open(visit->arena, 1 << 20);
	for (size_t at = 0; at < one->clauses_count; at++) {
		const struct pack_clause *clause = pack_clause(visit->office->pack, one->clauses[at]);
		if (at != 0)
			write_byte(&out, '\n');
		write_text(&out, clause != NULL ? clause->number : one->clauses[at]);
	}
	return writer_text(&out);
}

static void
put_row(struct visit *visit, struct list_out *out, const struct flow_exception *one)
{
	struct list_cell *cell = list_row(out);
	const struct day none = DAY_NONE;
	*cell++ = list_words(one->number);
	*cell++ = list_words(text_of(exception_state_words(one->state)));
	*cell++ = list_words(text_of(one->is_emergency ? say("緊急") : ""));
	*cell++ = list_words(clauses_words(visit, one));
	*cell++ = list_words(one->measure);
	*cell++ = list_day(one->from);
	*cell++ = list_day(one->until);
	*cell++ = list_words(text_of(one->is_default_end ? say("方針が決めた日数") : ""));
	*cell++ = list_words(one->applicant_name);
	*cell++ = list_words(one->unit_name);
	*cell++ = list_day(one->reviewed.ms != 0 ? moment_day(one->reviewed) : none);
	*cell++ = list_day(one->closed.ms != 0 ? moment_day(one->closed) : none);
	*cell = list_words(one->result);
}

/* A file under DATA/bodies/CODE/tmp that has no name any more. */
static struct error *
send_workbook(struct visit *visit, const struct list_out *out)
{
	unsigned char random[16];
	struct stat found;
	const char *folder = path_join(visit->arena, visit->office->folder, "tmp");
	TRY(folder_make(folder));
	random_bytes(random, sizeof random);
	const struct text name = text_hex(visit->arena,
					  (struct text){ (const char *)random, sizeof random });
	const char *path = path_join(visit->arena, folder, text_z(visit->arena, name));
	struct error *error = list_write_xlsx(out, path, folder);
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	TRY(error);
	if (fd < 0 || fstat(fd, &found) != 0)
		return broken("一時ファイルを読めませんでした。");
	visit->answer.is_stream = true;
	visit->answer.length = found.st_size;
	visit->answer.fd = fd;
	visit->answer.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	fd = -1; /* the engine closes it */
	return OK;
}

struct error *
exceptions_send(struct look *look, struct visit *visit, struct text said,
		const struct flow_exception *list, size_t count)
{
	const struct list_column columns[] = {
		{ text_of(say("番号")), 20 },	      { text_of(say("状態")), 16 },
		{ text_of(say("緊急")), 8 },	      { text_of(say("例外にした条項")), 24 },
		{ text_of(say("代わりの措置")), 40 },  { text_of(say("いつから")), 16 },
		{ text_of(say("いつまで")), 16 },      { text_of(say("終わりの決め方")), 18 },
		{ text_of(say("申請した人")), 16 },    { text_of(say("所属")), 20 },
		{ text_of(say("最後に見直した日")), 16 }, { text_of(say("終わった日")), 16 },
		{ text_of(say("結果")), 40 },
	};
	const bool is_csv = text_ends(visit->request->path, T("/csv"));
	struct list_out out = list_begin(visit->arena, text_of(say("例外措置の記録")), columns,
					 sizeof columns / sizeof *columns, count + 1);
	out.said = said;
	out.at = visit->now;
	for (size_t at = 0; at < count; at++)
		put_row(visit, &out, &list[at]);
	look_end(look);
	visit->answer.download = text_format(visit->arena, "%.*s-%.*s.%s", T_ARG(out.name),
					     T_ARG(day_iso(visit->arena, visit->today)),
					     is_csv ? "csv" : "xlsx");
	if (!is_csv)
		return send_workbook(visit, &out);
	visit->answer.type = "text/csv; charset=utf-8";
	visit->answer.body = list_csv(visit->arena, &out);
	return OK;
}
