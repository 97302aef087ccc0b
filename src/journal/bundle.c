/*
 * Writing a bundle: the layout of docs/journal.md, each log's folder as C2SP tlog-tiles has it.
 */
#include "journal/bundle.h"

#include "base/file.h"
#include "base/writer.h"
#include "journal/journal_sql.h"

const char *
bundle_path(struct arena *into, int level, int64_t no, int64_t width)
{
	struct text path = text_format(into, "%03lld", (long long)no % 1000);
	for (int64_t rest = no / 1000; rest > 0; rest /= 1000)
		path = text_format(into, "x%03lld/%.*s", (long long)rest % 1000, T_ARG(path));
	const struct text kind = level == BUNDLE_LEVEL_ENTRIES
					 ? T("entries")
					 : text_format(into, "%d", level);
	if (width == TILE_WIDTH)
		return text_z(into, text_format(into, "tile/%.*s/%.*s", T_ARG(kind), T_ARG(path)));
	return text_z(into, text_format(into, "tile/%.*s/%.*s.p/%lld", T_ARG(kind), T_ARG(path),
					(long long)width));
}

struct error *
proof_write(struct look *look, const struct journal_log *log, int64_t seq,
	    const struct journal_checkpoint *checkpoint, struct text *words)
{
	struct merkle_proof proof;
	TRY(journal_inclusion(look, log, seq - log->first, checkpoint->head.size, &proof));
	struct writer out = writer_open(look->arena, BUNDLE_TEXT_MOST);
	write_format(&out, PROOF_FIRST_LINE "\nindex %lld\n", (long long)(seq - log->first));
	for (size_t at = 0; at < proof.count; at++) {
		write_text(&out, text_base64(look->arena, hash_bytes(&proof.at[at])));
		write_byte(&out, '\n');
	}
	write_byte(&out, '\n');
	write_text(&out, checkpoint->note);
	*words = writer_text(&out);
	return OK;
}

/* ---- What stands for a log ---- */

static const char *
below(struct look *look, const struct bundled_log *log, const char *name)
{
	return path_join(look->arena, log->folder, name);
}

/* The keys announced up to the checkpoint, one vkey line each. */
static struct error *
vkey_lines(struct look *look, const struct bundled_log *log, struct text *lines)
{
	struct journal_key *keys;
	size_t count;
	TRY(journal_keys(look, &log->log, &keys, &count));
	struct writer out = writer_open(look->arena, BUNDLE_VKEYS_MOST);
	for (size_t at = 0; at < count; at++) {
		if (keys[at].seq >= log->log.first + log->checkpoint.head.size)
			break;
		write_text(&out, keys[at].vkey);
		write_byte(&out, '\n');
	}
	*lines = writer_text(&out);
	return OK;
}

struct error *
bundle_out_log(struct bundle_out *out, struct look *look, const struct bundled_log *log)
{
	struct arena *arena = look->arena;
	struct text lines;
	TRY(vkey_lines(look, log, &lines));
	TRY(bundle_out_text(out, below(look, log, "checkpoint"), log->checkpoint.note));
	TRY(bundle_out_text(out, below(look, log, "vkeys"), lines));
	TRY(bundle_out_text(out, below(look, log, "origin"),
			    text_join(arena, log->log.origin, T("\n"))));
	return bundle_out_text(out, below(look, log, "first"),
			       text_format(arena, "%lld\n", (long long)log->log.first));
}

/* ---- The whole journal ---- */

static struct error *
add_level(struct bundle_out *out, struct look *look, const struct bundled_log *log, int level)
{
	const int64_t units = log->checkpoint.head.size >> (level > 0 ? 8 * level : 0);
	for (int64_t no = 0; no * TILE_WIDTH < units; no++) {
		const int64_t left = units - no * TILE_WIDTH;
		const int64_t width = left < TILE_WIDTH ? left : TILE_WIDTH;
		const char *path = bundle_path(look->arena, level, no, width);
		TRY(bundle_out_tile(out, below(look, log, path), &log->log, level, no, width));
	}
	return OK;
}

struct adding {
	struct bundle_out *out;
	struct look *look;
	const struct bundled_log *log;
};

static struct error *
add_one(struct adding *adding, int64_t id, struct text note)
{
	const int64_t size = id - (adding->log->log.no << LOG_SHIFT);
	const struct text name = text_format(adding->look->arena, "checkpoints/%lld",
					     (long long)size);
	if (size == adding->log->checkpoint.head.size)
		return OK;
	return bundle_out_text(adding->out, below(adding->look, adding->log, name.data), note);
}

static struct error *
add_earlier(void *with, const struct journal_checkpoint_in_row *row)
{
	struct adding *adding = with;
	return add_one(adding, row->id, text_copy(adding->look->arena, row->note));
}

/* Too many to give all: those that show the way from key to key. */
static struct error *
add_links(struct adding *adding)
{
	struct look *look = adding->look;
	const struct journal_log *log = &adding->log->log;
	struct journal_checkpoint_from_row *rows;
	struct journal_key *keys;
	size_t key_count, count;
	int64_t last = -1;
	TRY(journal_keys(look, log, &keys, &key_count));
	for (size_t at = 0; at < key_count; at++) {
		if (keys[at].seq < log->first)
			continue;
		/* That under the old key, and the first under the new one. */
		TRY(journal_checkpoint_from(look,
					    &(struct journal_checkpoint_from_in){
						    (log->no << LOG_SHIFT) + keys[at].seq -
							    log->first + 1,
						    (log->no + 1) << LOG_SHIFT, 2 },
					    &rows, &count));
		for (size_t no = 0; no < count; no++) {
			if (rows[no].id > last)
				TRY(add_one(adding, rows[no].id, rows[no].note));
			last = rows[no].id > last ? rows[no].id : last;
		}
	}
	return OK;
}

static struct error *
add_checkpoints(struct bundle_out *out, struct look *look, const struct bundled_log *log)
{
	struct adding adding = { out, look, log };
	struct journal_checkpoint_count_row all;
	const int64_t least = log->log.no << LOG_SHIFT, before = (log->log.no + 1) << LOG_SHIFT;
	TRY(journal_checkpoint_count(look, &(struct journal_checkpoint_count_in){ least, before },
				     &all));
	if (all.n > BUNDLE_EARLIER_MOST)
		return add_links(&adding);
	return journal_checkpoint_in(look, &(struct journal_checkpoint_in_in){ least, before },
				     add_earlier, &adding);
}

static struct error *
add_log(struct bundle_out *out, struct look *look, const struct bundled_log *log)
{
	TRY(bundle_out_log(out, look, log));
	TRY(add_checkpoints(out, look, log));
	for (int level = BUNDLE_LEVEL_ENTRIES; level < TILE_LEVELS; level++)
		TRY(add_level(out, look, log, level));
	return OK;
}

static struct error *
add_journal(struct bundle_out *out, struct look *look, const struct bundled_log *logs,
	    size_t count)
{
	struct writer index = writer_open(look->arena, BUNDLE_TEXT_MOST);
	struct journal_key *keys;
	size_t key_count;
	TRY(journal_keys(look, &logs[0].log, &keys, &key_count));
	if (key_count != 0)
		TRY(bundle_out_text(out, "vkey",
				    text_join(look->arena, keys[0].vkey, T("\n"))));
	for (size_t at = 0; at < count; at++) {
		write_format(&index, "%.*s\n", T_ARG(logs[at].log.place));
		TRY(add_log(out, look, &logs[at]));
	}
	return bundle_out_text(out, "logs/index", writer_text(&index));
}

static const char readme[] =
	"番所（Bansho）記録簿の束\n"
	"\n"
	"この束は、サーバーがなくても、誰でも検証できます。\n"
	"  bansho verify この束 --key '別に受け取った検証鍵'\n"
	"検証鍵（vkey）は、この束とは別の道（紙の報告、電話など）で受け取ったものを使ってください。\n"
	"\n"
	"vkey                         最初の検証鍵\n"
	"logs/index                   年度ごとの記録簿（古い順）\n"
	"logs/年度/checkpoint         署名された最新の検証点（C2SP tlog-checkpoint, Ed25519）\n"
	"logs/年度/checkpoints/件数   それより前の検証点\n"
	"logs/年度/vkeys              使われた検証鍵（使われた順）\n"
	"logs/年度/tile/entries/…     記録（正準 JSON）を256件ずつ（C2SP tlog-tiles）\n"
	"logs/年度/tile/0/… 1/…       RFC 6962 のハッシュ\n"
	"entry/… proof/…              一つの案件の束のとき：記録と、その証明（C2SP tlog-proof）\n"
	"\n"
	"A bundle of a Bansho journal\n"
	"\n"
	"Anyone can verify it without our server:\n"
	"  bansho verify THIS --key 'the key received by another way'\n"
	"or with any tool for C2SP tlog-tiles / tlog-proof: each folder logs/<fiscal year> is such a log.\n"
	"Each leaf is SHA-256(0x00 || entry), each node SHA-256(0x01 || left || right); the root of the\n"
	"tree stands in `checkpoint`, signed. A new key is announced by an entry \"journal.key\" that a\n"
	"checkpoint under the old key covers; the next log by \"journal.close\" and its own leaf 0,\n"
	"\"journal.begin\", which names the last head of the log before.\n"
	"See https://c2sp.org/tlog-tiles, https://c2sp.org/tlog-checkpoint, RFC 6962.\n";

/* The logs that are signed, from the oldest on. */
static struct error *
signed_logs(struct look *look, struct bundled_log **logs, size_t *count)
{
	struct journal_log *all;
	size_t all_count, made = 0;
	bool found = true;
	TRY(journal_logs(look, &all, &all_count));
	struct bundled_log *list = ARENA_ARRAY(look->arena, struct bundled_log, all_count + 1);
	for (size_t at = 0; at < all_count && found; at++) {
		struct bundled_log *one = &list[made];
		one->log = all[at];
		one->folder = path_join(look->arena, "logs", text_z(look->arena, all[at].place));
		TRY(journal_log_checkpoint(look, &all[at], &found, &one->checkpoint));
		made += found ? 1 : 0;
		/* What is not signed to its end is the last to be shown. */
		found = found && one->checkpoint.head.size == all[at].size;
	}
	if (made == 0)
		return conflict("まだ検証点がありません。署名されるまで待ってから、もう一度書き出してください。");
	*logs = list;
	*count = made;
	return OK;
}

struct error *
journal_export(struct look *look, const struct journal_export_options *options, const char *path)
{
	struct bundled_log *logs;
	struct bundle_out *out;
	size_t count;
	TRY(signed_logs(look, &logs, &count));
	TRY(bundle_out_open(look, options, path, &out));
	struct error *error = bundle_out_text(out, "README.txt", text_of(readme));
	if (error == OK)
		error = options->about.len == 0
				? add_journal(out, look, logs, count)
				: bundle_object(out, look, options->about, logs, count);
	if (error == OK)
		error = bundle_out_end(out);
	if (error != OK)
		bundle_out_drop(out);
	return error;
}
