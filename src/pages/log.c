/*
 * The logs as C2SP tlog-tiles serves them: /log/2026/checkpoint, /log/2026/tile/0/x001/234 and so on.
 * Checkpoints, keys and hashes are for everybody, who learns nothing from them but that the journal
 * grows and is not rewritten; the entries are for those who may read the journal.
 */
#include "pages/rooms.h"

#include "base/number.h"
#include "base/writer.h"

enum { TILE_FULL = 256, LEVEL_ENTRIES = -1, LEVEL_MOST = 5, VKEYS_MOST = 4 << 20 };
static const char plain_text[] = "text/plain; charset=utf-8";

/* For programs: words, no page. */
static struct error *
not_there(struct visit *visit, const char *words)
{
	visit->answer.status = 404;
	visit->answer.type = plain_text;
	visit->answer.body = text_format(visit->arena, "%s\n", say(words));
	return OK;
}

static struct error *
find_log(struct look *look, struct visit *visit, bool *found, struct journal_log *log)
{
	const struct text place = capture_text(visit->captures, "place");
	struct journal_log *logs;
	size_t count;
	*found = false;
	TRY(journal_logs(look, &logs, &count));
	for (size_t at = 0; at < count; at++)
		if (text_same(logs[at].place, place)) {
			*log = logs[at];
			*found = true;
		}
	return *found ? OK : not_there(visit, N_("その年度の記録簿はありません。"));
}

static struct error *
checkpoint_send(struct look *look, struct visit *visit)
{
	struct journal_log log;
	struct journal_checkpoint checkpoint;
	bool found;
	TRY(find_log(look, visit, &found, &log));
	if (!found)
		return OK;
	TRY(journal_log_checkpoint(look, &log, &found, &checkpoint));
	if (!found)
		return not_there(visit, N_("この記録簿にはまだ検証点がありません。"));
	visit->answer.type = plain_text;
	visit->answer.body = checkpoint.note;
	return OK;
}

static struct error *
vkeys_send(struct look *look, struct visit *visit)
{
	struct journal_log log;
	struct journal_key *keys;
	size_t count;
	bool found;
	TRY(find_log(look, visit, &found, &log));
	if (!found)
		return OK;
	TRY(journal_keys(look, &log, &keys, &count));
	struct writer out = writer_open(visit->arena, VKEYS_MOST);
	for (size_t at = 0; at < count; at++)
		write_format(&out, "%.*s\n", T_ARG(keys[at].vkey));
	visit->answer.type = plain_text;
	visit->answer.body = writer_text(&out);
	return OK;
}

struct tile_name {
	int level;
	int64_t no, width;
};

static bool
three_digits(struct text digits, int64_t *number)
{
	return digits.len == 3 && number_read(digits, 0, 999, number) && digits.data[0] >= '0' &&
	       digits.data[0] <= '9';
}

/* "x001/x234/067", or "067.p/12": the numbers of tlog-tiles, in no other spelling. */
static bool
read_tile(struct text path, struct tile_name *tile)
{
	struct text piece, part;
	int64_t number;
	tile->no = 0;
	tile->width = TILE_FULL;
	for (int depth = 0; depth < 5; depth++) {
		const bool is_last = !text_cut(path, '/', &piece, &path) ||
				     text_ends(piece, T(".p"));
		if (!is_last) {
			if (!text_starts(piece, T("x")) || !three_digits(text_from(piece, 1), &number) ||
			    (depth == 0 && number == 0))
				return false;
			tile->no = tile->no * 1000 + number;
			continue;
		}
		part = piece;
		if (text_ends(piece, T(".p"))) {
			part = text_first(piece, piece.len - 2);
			if (path.len == 0 || path.data[0] == '0' ||
			    !number_read(path, 1, TILE_FULL - 1, &tile->width))
				return false;
		}
		if (!three_digits(part, &number))
			return false;
		tile->no = tile->no * 1000 + number;
		return true;
	}
	return false;
}

static struct error *
send(struct look *look, struct visit *visit, const struct tile_name *tile)
{
	struct journal_log log;
	bool found;
	TRY(find_log(look, visit, &found, &log));
	if (!found)
		return OK;
	TRY(journal_tile(look, &log, tile->level, tile->no, tile->width, &found,
			 &visit->answer.body));
	if (!found)
		return not_there(visit, N_("そのタイルはありません。"));
	visit->answer.type = "application/octet-stream";
	/* A full tile never changes again; entries are not for caches of others. */
	if (tile->width == TILE_FULL && tile->level != LEVEL_ENTRIES)
		visit->answer.caching = CACHE_FOREVER;
	return OK;
}

static struct error *
tile_send(struct look *look, struct visit *visit)
{
	struct text level, rest;
	struct tile_name tile;
	int64_t number;
	if (!text_cut(capture_text(visit->captures, "path"), '/', &level, &rest) || level.len != 1 ||
	    !number_read(level, 0, LEVEL_MOST, &number) || !read_tile(rest, &tile))
		return not_there(visit, N_("そのタイルはありません。"));
	tile.level = (int)number; /* at most LEVEL_MOST */
	return send(look, visit, &tile);
}

static struct error *
entries_send(struct look *look, struct visit *visit)
{
	struct tile_name tile;
	if (!read_tile(capture_text(visit->captures, "path"), &tile))
		return not_there(visit, N_("そのタイルはありません。"));
	tile.level = LEVEL_ENTRIES;
	return send(look, visit, &tile);
}

PAGE_ROWS(log,
	  { { METHOD_GET, "/log/{place:text}/checkpoint" }, RIGHT_PUBLIC, PAGE_LOOK,
	    .look = checkpoint_send },
	  { { METHOD_GET, "/log/{place:text}/vkeys" }, RIGHT_PUBLIC, PAGE_LOOK, .look = vkeys_send },
	  { { METHOD_GET, "/log/{place:text}/tile/entries/{path:rest}" }, RIGHT_JOURNAL_READ,
	    PAGE_SLOW_LOOK, .look = entries_send },
	  { { METHOD_GET, "/log/{place:text}/tile/{path:rest}" }, RIGHT_PUBLIC, PAGE_SLOW_LOOK,
	    .look = tile_send });
