/* C2SP signed notes: reading, signing, checking. */
#include "journal/note.h"

#include "base/number.h"
#include "base/writer.h"

#include <sodium.h>
#include <string.h>

struct text
note_origin(struct arena *into, struct text body)
{
	return text_join(into, body, T(".bansho/journal"));
}

struct note_key
note_key_of_kind(enum note_kind kind, struct text name, const uint8_t key[static NOTE_PUBLIC_LEN])
{
	struct note_key made = { .name = name };
	memcpy(made.key, key, sizeof made.key);
	char tail[2 + NOTE_PUBLIC_LEN] = { '\n', (char)kind };
	memcpy(tail + 2, key, NOTE_PUBLIC_LEN);
	const struct hash hash = hash_of_two(name, (struct text){ tail, sizeof tail });
	memcpy(made.id, hash.at, sizeof made.id);
	return made;
}

struct note_key
note_key_of(struct text name, const uint8_t key[static NOTE_PUBLIC_LEN])
{
	return note_key_of_kind(NOTE_LOG, name, key);
}

struct text
note_vkey_of_kind(struct arena *into, enum note_kind kind, const struct note_key *key)
{
	char bytes[1 + NOTE_PUBLIC_LEN] = { (char)kind };
	memcpy(bytes + 1, key->key, NOTE_PUBLIC_LEN);
	const struct text id = text_hex(into, (struct text){ (const char *)key->id, 4 });
	const struct text base64 = text_base64(into, (struct text){ bytes, sizeof bytes });
	return text_format(into, "%.*s+%.*s+%.*s", T_ARG(key->name), T_ARG(id), T_ARG(base64));
}

struct text
note_vkey(struct arena *into, const struct note_key *key)
{
	return note_vkey_of_kind(into, NOTE_LOG, key);
}

/* A key's name: not empty, no white space and no plus (signed-note). */
static bool
is_name(struct text name)
{
	if (name.len == 0 || name.len > NOTE_ORIGIN_MOST || !text_is_utf8(name, NULL))
		return false;
	for (size_t at = 0; at < name.len; at++)
		if ((unsigned char)name.data[at] <= ' ' || name.data[at] == '+')
			return false;
	return true;
}

struct error *
note_vkey_read_kind(struct arena *into, enum note_kind kind, struct text line,
		    struct note_key *key)
{
	struct text name, rest, id_hex, base64, id, bytes;
	if (!text_cut(text_trim(line), '+', &name, &rest) || !is_name(name) ||
	    !text_cut(rest, '+', &id_hex, &base64) || !text_unhex(into, id_hex, &id) ||
	    id.len != 4 || !text_unbase64(into, base64, &bytes))
		return reject("vkey", "検証鍵の形式が正しくありません。「名前+8桁+base64」の1行を指定してください。");
	if (bytes.len != 1 + NOTE_PUBLIC_LEN || bytes.data[0] != (char)kind)
		return kind == NOTE_LOG
			       ? reject("vkey", "検証鍵の種類が違います。Ed25519 の検証鍵を指定してください。")
			       : reject("vkey", "証人の検証鍵ではありません。bansho-witness init が示した1行を指定してください。");
	uint8_t raw[NOTE_PUBLIC_LEN];
	memcpy(raw, bytes.data + 1, sizeof raw);
	const struct note_key made = note_key_of_kind(kind, text_copy(into, name), raw);
	if (memcmp(made.id, id.data, sizeof made.id) != 0)
		return reject("vkey", "検証鍵の8桁の番号が鍵と合いません。写し間違いがないか確かめてください。");
	*key = made;
	return OK;
}

struct error *
note_vkey_read(struct arena *into, struct text line, struct note_key *key)
{
	return note_vkey_read_kind(into, NOTE_LOG, line, key);
}

struct note_key
note_key_of_seed(struct text name, struct secret seed)
{
	uint8_t key[NOTE_PUBLIC_LEN];
	SECRET_SCOPED whole = secret_open(crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(key, whole.data, seed.data);
	return note_key_of(name, key);
}

static struct text
note_body(struct arena *into, const struct head *head)
{
	const struct text root = text_base64(into, hash_bytes(&head->root));
	return text_format(into, "%.*s\n%lld\n%.*s\n", T_ARG(head->origin),
			   (long long)head->size, T_ARG(root));
}

struct text
note_sign(struct arena *into, const struct head *head, struct secret seed)
{
	uint8_t key[NOTE_PUBLIC_LEN];
	SECRET_SCOPED whole = secret_open(crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(key, whole.data, seed.data);
	const struct note_key named = note_key_of(head->origin, key);
	const struct text body = note_body(into, head);
	char line[4 + crypto_sign_BYTES];
	memcpy(line, named.id, 4);
	crypto_sign_detached((unsigned char *)line + 4, NULL, (const unsigned char *)body.data,
			     body.len, whole.data);
	const struct text base64 = text_base64(into, (struct text){ line, sizeof line });
	return text_format(into, "%.*s\n— %.*s %.*s\n", T_ARG(body), T_ARG(head->origin),
			   T_ARG(base64));
}

bool
note_cut(struct text note, struct text *body, struct text *signatures)
{
	if (note.len > NOTE_MOST || !text_is_utf8(note, NULL) || !text_ends(note, T("\n")))
		return false;
	size_t at = 0, last = 0, step;
	while (text_find(text_from(note, at), T("\n\n"), &step)) {
		last = at + step;
		at = last + 1;
	}
	if (last == 0 || last + 2 >= note.len)
		return false;
	*body = text_first(note, last + 1);
	*signatures = text_from(note, last + 2);
	return true;
}

/* A number as it must be written: no sign, no leading zero, no full-width digits. */
static bool
read_size(struct text digits, int64_t *size)
{
	for (size_t at = 0; at < digits.len; at++)
		if (digits.data[at] < '0' || digits.data[at] > '9')
			return false;
	if (digits.len > 1 && digits.data[0] == '0')
		return false;
	return number_read(digits, 0, ((int64_t)1 << 46), size);
}

static struct error *
read_head(struct arena *into, struct text note, struct head *head, struct text *further)
{
	struct text body, signatures, size, root, rest, bytes;
	struct head made;
	if (!note_cut(note, &body, &signatures) || !text_starts(signatures, T("— ")))
		return reject(NULL, "検証点の形式が正しくありません。");
	if (!text_cut(body, '\n', &made.origin, &rest) || !text_cut(rest, '\n', &size, &rest) ||
	    !text_cut(rest, '\n', &root, &rest) || made.origin.len == 0)
		return reject(NULL, "検証点は、名前・件数・根の3行でなければなりません。");
	if (!read_size(size, &made.size))
		return reject(NULL, "検証点の件数が数ではありません。");
	if (!text_unbase64(into, root, &bytes) || bytes.len != HASH_LEN ||
	    !text_same(text_base64(into, bytes), root))
		return reject(NULL, "検証点の根が正しい形ではありません。");
	memcpy(made.root.at, bytes.data, HASH_LEN);
	made.origin = text_copy(into, made.origin);
	*head = made;
	*further = rest;
	return OK;
}

struct error *
note_read(struct arena *into, struct text note, struct head *head)
{
	struct text further;
	struct head made;
	TRY(read_head(into, note, &made, &further));
	if (further.len != 0)
		return reject(NULL, "検証点は、名前・件数・根の3行でなければなりません。");
	*head = made;
	return OK;
}

/* Signed notes hold no control character but the line feed; lines of the text are not empty. */
static bool
is_clean(struct text note, struct text further)
{
	for (size_t at = 0; at < note.len; at++)
		if ((unsigned char)note.data[at] < ' ' && note.data[at] != '\n')
			return false;
	return !text_starts(further, T("\n")) && !text_has(further, T("\n\n"));
}

struct error *
note_read_any(struct arena *into, struct text note, struct head *head)
{
	struct text further;
	struct head made;
	TRY(read_head(into, note, &made, &further));
	if (!is_clean(note, further))
		return reject(NULL, "検証点の形式が正しくありません。");
	*head = made;
	return OK;
}

static enum note_answer
check_line(struct arena *into, struct text body, struct text line, const struct note_key *key)
{
	struct text name, base64, bytes;
	if (!text_starts(line, T("— ")))
		return NOTE_FALSE;
	if (!text_cut(text_from(line, strlen("— ")), ' ', &name, &base64) ||
	    !text_unbase64(into, base64, &bytes) || bytes.len < 4)
		return NOTE_FALSE;
	if (!text_same(name, key->name) || memcmp(bytes.data, key->id, 4) != 0)
		return NOTE_OTHER_KEY;
	if (bytes.len != 4 + crypto_sign_BYTES)
		return NOTE_FALSE;
	const int bad = crypto_sign_verify_detached((const unsigned char *)bytes.data + 4,
						    (const unsigned char *)body.data, body.len,
						    key->key);
	return bad == 0 ? NOTE_HOLDS : NOTE_FALSE;
}

enum note_answer
note_check(struct arena *into, struct text note, const struct note_key *key)
{
	struct text body, rest, line;
	if (!note_cut(note, &body, &rest))
		return NOTE_FALSE;
	enum note_answer answer = NOTE_OTHER_KEY;
	while (rest.len != 0) {
		text_cut(rest, '\n', &line, &rest);
		const enum note_answer one = check_line(into, body, line, key);
		if (one == NOTE_FALSE)
			return NOTE_FALSE;
		if (one == NOTE_HOLDS)
			answer = NOTE_HOLDS;
	}
	return answer;
}
