/* Reading and writing what logs say to witnesses. Every line must be exactly as it would be written. */
#include "journal/ask.h"

#include "base/number.h"
#include "base/writer.h"

#include <string.h>

static void
write_proof(struct writer *out, const struct merkle_proof *proof)
{
	for (size_t at = 0; at < proof->count; at++) {
		write_text(out, text_base64(out->arena, hash_bytes(&proof->at[at])));
		write_byte(out, '\n');
	}
	write_byte(out, '\n');
}

struct text
ask_write(struct arena *into, const struct ask *ask)
{
	struct writer out = writer_open(into, ASK_MOST);
	write_format(&out, "old %lld\n", (long long)ask->old);
	write_proof(&out, &ask->proof);
	write_text(&out, ask->note);
	return writer_text(&out);
}

struct text
ask_key_write(struct arena *into, const struct ask_key *ask)
{
	struct writer out = writer_open(into, ASK_MOST);
	write_format(&out, "entry %lld\n", (long long)ask->index);
	write_text(&out, text_base64(into, ask->entry));
	write_byte(&out, '\n');
	write_proof(&out, &ask->proof);
	write_text(&out, ask->note);
	return writer_text(&out);
}

/* ASCII digits without a leading zero. */
static bool
read_number(struct text digits, int64_t most, int64_t *number)
{
	for (size_t at = 0; at < digits.len; at++)
		if (digits.data[at] < '0' || digits.data[at] > '9')
			return false;
	if (digits.len > 1 && digits.data[0] == '0')
		return false;
	return number_read(digits, 0, most, number);
}

static bool
read_first(struct text line, struct text word, int64_t *number)
{
	return text_starts(line, word) &&
	       read_number(text_from(line, word.len), (int64_t)1 << 46, number);
}

/* From the first proof line on to behind the empty one. */
static struct error *
read_proof(struct arena *into, struct text *rest, struct merkle_proof *proof)
{
	struct text line, bytes;
	proof->count = 0;
	for (;;) {
		if (!text_cut(*rest, '\n', &line, rest))
			return reject(NULL, "証明のあとに、空の行と検証点がありません。");
		if (line.len == 0)
			return OK;
		if (proof->count == ASK_PROOF_MOST)
			return reject(NULL, "証明の行は%d行までです。", ASK_PROOF_MOST);
		if (!text_unbase64(into, line, &bytes) || bytes.len != HASH_LEN ||
		    !text_same(text_base64(into, bytes), line))
			return reject(NULL, "証明の行が、32バイトの base64 ではありません。");
		memcpy(proof->at[proof->count++].at, bytes.data, HASH_LEN);
	}
}

static struct error *
check_body(struct text body)
{
	if (body.len > ASK_MOST)
		return reject(NULL, "依頼が長すぎます（%d バイトまで）。", ASK_MOST);
	if (!text_is_utf8(body, NULL))
		return reject(NULL, "依頼が UTF-8 ではありません。");
	return OK;
}

struct error *
ask_read(struct arena *into, struct text body, struct ask *ask)
{
	struct ask made;
	struct text line, rest;
	TRY(check_body(body));
	if (!text_cut(body, '\n', &line, &rest) || !read_first(line, T("old "), &made.old))
		return reject(NULL, "依頼の1行目は「old 件数」でなければなりません。");
	TRY(read_proof(into, &rest, &made.proof));
	made.note = rest;
	TRY(note_read_any(into, rest, &made.head));
	*ask = made;
	return OK;
}

struct error *
ask_key_read(struct arena *into, struct text body, struct ask_key *ask)
{
	struct ask_key made;
	struct text line, rest;
	TRY(check_body(body));
	if (!text_cut(body, '\n', &line, &rest) || !read_first(line, T("entry "), &made.index))
		return reject(NULL, "依頼の1行目は「entry 番号」でなければなりません。");
	if (!text_cut(rest, '\n', &line, &rest) || !text_unbase64(into, line, &made.entry) ||
	    made.entry.len == 0 || made.entry.len > 65535)
		return reject(NULL, "依頼の2行目は、記録の base64 でなければなりません。");
	TRY(read_proof(into, &rest, &made.proof));
	made.note = rest;
	TRY(note_read_any(into, rest, &made.head));
	*ask = made;
	return OK;
}

struct text
ask_place(struct arena *into, struct text origin)
{
	const struct hash hash = hash_of(origin);
	return hash_hex(into, &hash);
}

/* ---- Files that are carried ---- */

static const char *const kinds[] = { [CARRY_CHECKPOINT] = "add-checkpoint", [CARRY_KEY] = "add-key" };

struct text
carry_write(struct arena *into, const struct carry *carry)
{
	struct writer out = writer_open(into, CARRY_MOST);
	write_format(&out, "bansho-carry v1 %s\nwitness %.*s\n",
		     carry->is_answer ? "answer" : "request", T_ARG(carry->witness));
	for (size_t at = 0; at < carry->count; at++) {
		const struct carry_part *part = &carry->parts[at];
		write_format(&out, "%s %lld %lld %zu %.*s\n", kinds[part->kind],
			     (long long)part->status, (long long)part->size, part->body.len,
			     T_ARG(part->origin));
		write_text(&out, part->body);
		write_byte(&out, '\n');
	}
	write_z(&out, "end\n");
	return writer_text(&out);
}

static bool
read_kind(struct text word, enum carry_kind *kind)
{
	for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++) {
		if (!text_is(word, kinds[at]))
			continue;
		*kind = (enum carry_kind)at; /* an index of the table */
		return true;
	}
	return false;
}

static bool
read_part(struct text line, struct text *rest, struct carry_part *part)
{
	struct text word, status, size, len, tail;
	int64_t bytes;
	if (!text_cut(line, ' ', &word, &tail) || !read_kind(word, &part->kind) ||
	    !text_cut(tail, ' ', &status, &tail) || !read_number(status, 999, &part->status) ||
	    !text_cut(tail, ' ', &size, &tail) ||
	    !read_number(size, (int64_t)1 << 46, &part->size) || !text_cut(tail, ' ', &len, &tail) ||
	    !read_number(len, ASK_MOST, &bytes) || tail.len == 0 || tail.len > NOTE_ORIGIN_MOST)
		return false;
	if ((size_t)bytes >= rest->len || rest->data[bytes] != '\n') /* not negative */
		return false;
	part->origin = tail;
	part->body = text_first(*rest, (size_t)bytes);
	*rest = text_from(*rest, (size_t)bytes + 1);
	return true;
}

static struct error *
read_parts(struct arena *into, struct text rest, struct carry *carry)
{
	struct text line;
	carry->parts = ARENA_ARRAY(into, struct carry_part, CARRY_PARTS_MOST);
	for (;;) {
		if (!text_cut(rest, '\n', &line, &rest))
			return reject(NULL, "運んだファイルが途中で切れています。もう一度写してください。");
		if (text_is(line, "end") && rest.len == 0)
			return OK;
		if (carry->count == CARRY_PARTS_MOST ||
		    !read_part(line, &rest, &carry->parts[carry->count]))
			return reject(NULL, "運んだファイルが壊れています。もう一度写してください。");
		carry->count++;
	}
}

struct error *
carry_read(struct arena *into, struct text file, struct carry *carry)
{
	struct carry made = { 0 };
	struct text line, rest;
	if (!text_is_utf8(file, NULL) || !text_cut(file, '\n', &line, &rest))
		return reject(NULL, "証人とやり取りするファイルではありません。");
	made.is_answer = text_is(line, "bansho-carry v1 answer");
	if (!made.is_answer && !text_is(line, "bansho-carry v1 request"))
		return reject(NULL, "証人とやり取りするファイルではありません。");
	if (!text_cut(rest, '\n', &line, &rest) || !text_starts(line, T("witness ")))
		return reject(NULL, "運んだファイルが壊れています。もう一度写してください。");
	made.witness = text_from(line, strlen("witness "));
	TRY(read_parts(into, rest, &made));
	*carry = made;
	return OK;
}
