/*
 * Writing a bundle: a ZIP file in the layout of C2SP tlog-tiles. The members are made one by one
 * while the archive is written, so a journal of any size needs the memory of one tile.
 */
#include "journal/bundle.h"

#include "base/writer.h"
#include "journal/journal_sql.h"
#include "journal/witness.h"

#include <string.h>
#include <time.h>
#include <zip.h>

enum { OBJECT_ENTRIES_MOST = 20000 };

struct exporting {
	struct look *look;
	const struct journal_export_options *options;
	struct journal_checkpoint checkpoint;
	zip_t *zip;
	struct arena *scratch; /* of the member being written */
	struct error *error;
	int64_t written, all;
};

struct member {
	struct exporting *exporting;
	int level;
	int64_t no, width;
	struct text bytes; /* given, or made when the member is opened */
	bool is_given;
	size_t at;
};

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

static struct error *
write_entry(void *with, const struct journal_entry_all_row *row)
{
	struct writer *out = with;
	write_byte(out, (char)(row->entry.len >> 8)); /* at most 65535 */
	write_byte(out, (char)(row->entry.len & 0xFF));
	write_text(out, row->entry);
	return OK;
}

static struct error *
make_bytes(struct member *member)
{
	struct exporting *exporting = member->exporting;
	struct look look = *exporting->look;
	const int64_t first = member->no * TILE_WIDTH;
	look.arena = exporting->scratch;
	if (member->level == BUNDLE_LEVEL_ENTRIES) {
		struct writer out = writer_open(look.arena, BUNDLE_FILE_MOST);
		TRY(journal_entry_all(&look,
				      &(struct journal_entry_all_in){ first, first + member->width },
				      write_entry, &out));
		member->bytes = writer_text(&out);
		return OK;
	}
	struct hash *hashes = ARENA_ARRAY(look.arena, struct hash, TILE_WIDTH);
	TRY(tile_units(&look, member->level, first, member->width, hashes));
	member->bytes = (struct text){ (const char *)hashes, (size_t)member->width * HASH_LEN };
	return OK;
}

static zip_int64_t
open_member(struct member *member)
{
	struct exporting *exporting = member->exporting;
	member->at = 0;
	if (!member->is_given) {
		arena_reset(exporting->scratch);
		exporting->error = make_bytes(member);
	}
	exporting->written++;
	if (exporting->options->progress != NULL && exporting->written % 256 == 0)
		exporting->options->progress(exporting->options->progress_with,
					     exporting->written, exporting->all);
	return exporting->error == OK ? 0 : -1;
}

static zip_int64_t
read_member(struct member *member, void *into, zip_uint64_t len)
{
	const size_t left = member->bytes.len - member->at;
	const size_t some = left < len ? left : (size_t)len;
	if (some != 0)
		memcpy(into, member->bytes.data + member->at, some);
	member->at += some;
	return (zip_int64_t)some; /* at most 16 MiB */
}

static zip_int64_t
give_member(void *with, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
	struct member *member = with;
	static const int failed[2] = { ZIP_ER_READ, 0 };
	if (command == ZIP_SOURCE_OPEN)
		return open_member(member);
	if (command == ZIP_SOURCE_READ)
		return read_member(member, data, len);
	if (command == ZIP_SOURCE_STAT) {
		zip_stat_init(data);
		return sizeof(zip_stat_t);
	}
	if (command == ZIP_SOURCE_ERROR && len >= sizeof failed) {
		memcpy(data, failed, sizeof failed);
		return sizeof failed;
	}
	if (command == ZIP_SOURCE_SUPPORTS)
		return ZIP_SOURCE_SUPPORTS_READABLE;
	return command == ZIP_SOURCE_CLOSE || command == ZIP_SOURCE_FREE ? 0 : -1;
}

static struct error *
add_member(struct exporting *exporting, const char *path, struct member *member)
{
	member->exporting = exporting;
	exporting->all++;
	zip_source_t *source = zip_source_function(exporting->zip, give_member, member);
	if (source == NULL)
		return broken("ZIP を作れません。");
	const zip_int64_t at = zip_file_add(exporting->zip, path, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return broken("ZIP に「%s」を入れられません。", path);
	}
	zip_file_set_mtime(exporting->zip, (zip_uint64_t)at, /* not negative here */
			   (time_t)(exporting->checkpoint.at.ms / 1000), 0);
	return OK;
}

static struct error *
add_bytes(struct exporting *exporting, const char *path, struct text bytes)
{
	struct member *member = ARENA_NEW(exporting->look->arena, struct member);
	member->bytes = bytes;
	member->is_given = true;
	return add_member(exporting, path, member);
}

static struct error *
add_tile(struct exporting *exporting, int level, int64_t no, int64_t width)
{
	struct arena *arena = exporting->look->arena;
	struct member *member = ARENA_NEW(arena, struct member);
	*member = (struct member){ .level = level, .no = no, .width = width };
	return add_member(exporting, bundle_path(arena, level, no, width), member);
}

static struct error *
add_level(struct exporting *exporting, int level, int64_t units)
{
	for (int64_t no = 0; no < units / TILE_WIDTH; no++)
		TRY(add_tile(exporting, level, no, TILE_WIDTH));
	if (units % TILE_WIDTH != 0)
		TRY(add_tile(exporting, level, units / TILE_WIDTH, units % TILE_WIDTH));
	return OK;
}

static struct error *
add_journal(struct exporting *exporting)
{
	const int64_t size = exporting->checkpoint.head.size;
	TRY(add_level(exporting, BUNDLE_LEVEL_ENTRIES, size));
	for (int level = 0; level < TILE_LEVELS && size >> (8 * level) > 0; level++)
		TRY(add_level(exporting, level, size >> (8 * level)));
	return OK;
}

/* C2SP tlog-proof. */
static struct error *
proof_words(struct exporting *exporting, int64_t seq, struct text *words)
{
	struct arena *arena = exporting->look->arena;
	struct merkle_proof proof;
	TRY(journal_inclusion(exporting->look, seq, exporting->checkpoint.head.size, &proof));
	struct writer out = writer_open(arena, (size_t)1 << 16);
	write_format(&out, PROOF_FIRST_LINE "\nindex %lld\n", (long long)seq);
	for (size_t at = 0; at < proof.count; at++) {
		write_text(&out, text_base64(arena, hash_bytes(&proof.at[at])));
		write_byte(&out, '\n');
	}
	write_byte(&out, '\n');
	write_text(&out, exporting->checkpoint.note);
	*words = writer_text(&out);
	return OK;
}

static struct error *
add_proven(struct exporting *exporting, const struct journal_entry_of_row *row)
{
	struct arena *arena = exporting->look->arena;
	struct text words;
	TRY(proof_words(exporting, row->id, &words));
	TRY(add_bytes(exporting,
		      text_z(arena, text_format(arena, "entry/%lld.json", (long long)row->id)),
		      row->entry));
	return add_bytes(exporting,
			 text_z(arena, text_format(arena, "proof/%lld.tlog-proof",
						   (long long)row->id)),
			 words);
}

static struct error *
add_object(struct exporting *exporting)
{
	int64_t before = exporting->checkpoint.head.size, all = 0;
	struct journal_entry_of_row *rows;
	size_t count;
	do {
		TRY(journal_entry_of(exporting->look,
				     &(struct journal_entry_of_in){ exporting->options->about,
								    before, 500 },
				     &rows, &count));
		for (size_t at = 0; at < count; at++)
			TRY(add_proven(exporting, &rows[at]));
		all += (int64_t)count; /* at most 500 */
		if (count != 0)
			before = rows[count - 1].id;
	} while (count != 0 && all < OBJECT_ENTRIES_MOST);
	if (all == 0)
		return missing("「%.*s」についての署名済みの記録はありません。",
			       T_ARG(exporting->options->about));
	return add_bytes(exporting, "about", exporting->options->about);
}

static const char readme[] =
	"番所（Bansho）記録簿の束\n"
	"\n"
	"この束は、サーバーがなくても、誰でも検証できます。\n"
	"  bansho verify この束.zip --vkey '別に受け取った検証鍵'\n"
	"検証鍵（vkey）は、この束とは別の道（紙の報告、電話など）で受け取ったものを使ってください。\n"
	"\n"
	"checkpoint        署名された検証点（C2SP tlog-checkpoint, Ed25519）\n"
	"vkey              検証鍵\n"
	"tile/entries/…    記録（正準 JSON）を256件ずつ（C2SP tlog-tiles）\n"
	"tile/0/… tile/1/… RFC 6962 のハッシュ\n"
	"entry/… proof/…   一つの案件の束のとき：記録と、その証明（C2SP tlog-proof）\n"
	"\n"
	"A bundle of a Bansho journal\n"
	"\n"
	"Anyone can verify it without our server:\n"
	"  bansho verify THIS.zip --vkey 'the key received by another way'\n"
	"or with any tool for C2SP tlog-tiles / tlog-proof: each leaf is SHA-256(0x00 || entry), each\n"
	"node SHA-256(0x01 || left || right); the root of the tree stands in `checkpoint`, signed.\n"
	"See https://c2sp.org/tlog-tiles, https://c2sp.org/tlog-checkpoint, RFC 6962.\n";

static struct error *
add_all(struct exporting *exporting)
{
	struct text vkey;
	TRY(journal_vkey(exporting->look, &vkey));
	TRY(add_bytes(exporting, "checkpoint", exporting->checkpoint.note));
	TRY(add_bytes(exporting, "vkey", text_join(exporting->look->arena, vkey, T("\n"))));
	TRY(add_bytes(exporting, "README.txt", text_of(readme)));
	return exporting->options->about.len == 0 ? add_journal(exporting)
						  : add_object(exporting);
}

struct error *
journal_export(struct look *look, const struct journal_export_options *options,
	       const char *path)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct exporting exporting = { .look = look, .options = options, .scratch = scratch };
	bool found;
	int code;
	TRY(journal_latest_checkpoint(look, &found, &exporting.checkpoint));
	if (!found)
		return conflict("まだ検証点がありません。署名されるまで待ってから、もう一度書き出してください。");
	TRY(journal_note_cosigned(look, exporting.checkpoint.head.origin,
				  exporting.checkpoint.head.size, exporting.checkpoint.note,
				  &exporting.checkpoint.note));
	exporting.zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	if (exporting.zip == NULL)
		return broken("「%s」に書き出せません。場所と空きを確かめてください。", path);
	struct error *error = add_all(&exporting);
	if (error == OK && zip_close(exporting.zip) == 0)
		return OK;
	if (error == OK)
		error = exporting.error != OK
				? exporting.error
				: broken("「%s」に書き出せません（%s）。", path,
					 zip_strerror(exporting.zip));
	zip_discard(exporting.zip);
	return error;
}
