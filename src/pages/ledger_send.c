/* A list of a ledger to take away: CSV, Excel, PDF. On the pool: it may take a while. */
#include "pages/ledger_pages.h"
#include "pages/list_pages.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct error *
send_temporary(struct visit *visit, const char **folder, const char **path)
{
	struct arena *arena = visit->arena;
	unsigned char random[16];
	*folder = text_z(arena, text_format(arena, "%s/bodies/%.*s/tmp", visit->office->data,
					    T_ARG(visit->office->body_code)));
	TRY(folder_make(*folder));
	random_bytes(random, sizeof random);
	const struct text name = text_hex(arena, (struct text){ (const char *)random, sizeof random });
	*path = path_join(arena, *folder, text_z(arena, name));
	return OK;
}

static struct error *
out_of(struct look *look, struct visit *visit, struct ledger_out *out)
{
	struct listing *listing = ARENA_NEW(visit->arena, struct listing);
	const struct pack_ledger *ledger;
	TRY(ledger_of(visit, &ledger));
	TRY(listing_read(look, visit, ledger, ledger_url(visit, ledger), listing));
	*out = (struct ledger_out){ .pack = visit->office->pack, .ledger = ledger,
				    .query = listing->query, .body_name = visit->office->body_name,
				    .said = listing->said };
	return OK;
}

static struct text
file_name(struct visit *visit, const struct ledger_out *out, const char *kind)
{
	return text_format(visit->arena, "%.*s-%.*s.%s", T_ARG(words_now(out->ledger->name)),
			   T_ARG(day_iso(visit->arena, visit->today)), kind);
}

struct error *
send_file(struct visit *visit, int *fd, const char *type)
{
	struct stat found;
	if (fstat(*fd, &found) != 0)
		return broken("一時ファイルを読めませんでした。");
	visit->answer.is_stream = true;
	visit->answer.length = found.st_size;
	visit->answer.fd = *fd;
	visit->answer.type = type;
	*fd = -1;
	return OK;
}

struct error *
ledger_csv_send(struct look *look, struct visit *visit)
{
	struct ledger_out out;
	const char *folder, *path;
	TRY(out_of(look, visit, &out));
	TRY(send_temporary(visit, &folder, &path));
	FD_SCOPED fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return broken("一時ファイルを作れませんでした。");
	unlink(path);
	TRY(ledger_write_csv(look, &out, fd));
	visit->answer.download = file_name(visit, &out, "csv");
	return send_file(visit, &fd, "text/csv; charset=utf-8");
}

struct error *
ledger_xlsx_send(struct look *look, struct visit *visit)
{
	struct ledger_out out;
	const char *folder, *path;
	TRY(out_of(look, visit, &out));
	TRY(send_temporary(visit, &folder, &path));
	struct error *error = ledger_write_xlsx(look, &out, path, folder);
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	TRY(error);
	if (fd < 0)
		return broken("一時ファイルを読めませんでした。");
	visit->answer.download = file_name(visit, &out, "xlsx");
	return send_file(visit, &fd,
			 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

struct error *
ledger_pdf_send(struct look *look, struct visit *visit)
{
	struct ledger_out out;
	struct text job;
	TRY(out_of(look, visit, &out));
	TRY(paper_ledger(look, &out, &job));
	look_end(look); /* printing takes seconds and holds no snapshot */
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = file_name(visit, &out, "pdf");
	return OK;
}
