/* Cosignatures: the signed message is two lines of its own before the note's text. */
#include "journal/cosign.h"

#include <sodium.h>
#include <string.h>

enum { STAMP_LEN = 8, COSIGNATURE_LEN = 4 + STAMP_LEN + crypto_sign_BYTES };

struct note_key
cosign_key_of_seed(struct text name, struct secret seed)
{
	uint8_t key[NOTE_PUBLIC_LEN];
	SECRET_SCOPED whole = secret_open(crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(key, whole.data, seed.data);
	return note_key_of_kind(NOTE_WITNESS, name, key);
}

struct text
cosign_vkey(struct arena *into, const struct note_key *key)
{
	return note_vkey_of_kind(into, NOTE_WITNESS, key);
}

struct error *
cosign_vkey_read(struct arena *into, struct text line, struct note_key *key)
{
	return note_vkey_read_kind(into, NOTE_WITNESS, line, key);
}

static struct text
message(struct arena *into, struct text text, int64_t seconds)
{
	return text_format(into, "cosignature/v1\ntime %lld\n%.*s", (long long)seconds,
			   T_ARG(text));
}

struct error *
cosign_line(struct arena *into, struct text note, struct text name, struct secret seed,
	    int64_t seconds, struct text *line)
{
	struct text text, signatures;
	unsigned char public[NOTE_PUBLIC_LEN];
	if (!note_cut(note, &text, &signatures))
		return reject(NULL, "検証点の形式が正しくありません。");
	SECRET_SCOPED whole = secret_open(crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(public, whole.data, seed.data);
	const struct note_key key = note_key_of_kind(NOTE_WITNESS, name, public);
	const struct text signed_text = message(into, text, seconds);
	unsigned char bytes[COSIGNATURE_LEN];
	memcpy(bytes, key.id, 4);
	for (int at = 0; at < STAMP_LEN; at++)
		bytes[4 + at] = (unsigned char)((uint64_t)seconds >> (8 * (7 - at)) & 0xFF);
	crypto_sign_detached(bytes + 4 + STAMP_LEN, NULL, (const unsigned char *)signed_text.data,
			     signed_text.len, whole.data);
	const struct text base64 =
		text_base64(into, (struct text){ (const char *)bytes, sizeof bytes });
	*line = text_format(into, "— %.*s %.*s\n", T_ARG(name), T_ARG(base64));
	return OK;
}

static int64_t
read_seconds(struct text bytes)
{
	uint64_t seconds = 0;
	for (size_t at = 0; at < STAMP_LEN; at++)
		seconds = seconds << 8 | (unsigned char)bytes.data[4 + at];
	return seconds > INT64_MAX ? -1 : (int64_t)seconds; /* checked */
}

static enum note_answer
check_line(struct arena *into, struct text text, struct text line, const struct note_key *key,
	   int64_t *seconds)
{
	struct text name, base64, bytes;
	if (!text_starts(line, T("— ")) ||
	    !text_cut(text_from(line, strlen("— ")), ' ', &name, &base64) ||
	    !text_unbase64(into, base64, &bytes) || bytes.len < 4)
		return NOTE_FALSE;
	if (!text_same(name, key->name) || memcmp(bytes.data, key->id, 4) != 0)
		return NOTE_OTHER_KEY;
	if (bytes.len != COSIGNATURE_LEN)
		return NOTE_FALSE;
	const int64_t at = read_seconds(bytes);
	const struct text said = message(into, text, at);
	if (at < 0 || crypto_sign_verify_detached(
			      (const unsigned char *)bytes.data + 4 + STAMP_LEN,
			      (const unsigned char *)said.data, said.len, key->key) != 0)
		return NOTE_FALSE;
	*seconds = at > *seconds ? at : *seconds;
	return NOTE_HOLDS;
}

enum note_answer
cosign_check(struct arena *into, struct text note, const struct note_key *key, int64_t *seconds)
{
	struct text text, rest, line;
	int64_t newest = 0;
	if (!note_cut(note, &text, &rest))
		return NOTE_FALSE;
	enum note_answer answer = NOTE_OTHER_KEY;
	while (rest.len != 0) {
		text_cut(rest, '\n', &line, &rest);
		const enum note_answer one = check_line(into, text, line, key, &newest);
		if (one == NOTE_FALSE)
			return NOTE_FALSE;
		if (one == NOTE_HOLDS)
			answer = NOTE_HOLDS;
	}
	if (answer == NOTE_HOLDS)
		*seconds = newest;
	return answer;
}
