/*
 * Any bytes as what a checkpoint is verified with and is: the first line as a vkey, the rest as a
 * signed note. Where the rest begins with "sign:" it is a note's text, signed here with the key of
 * an all-zero seed, so that good signatures are met too.
 */
#include "journal/rooms.h"
#include "promise.h"

#include <sodium.h>
#include <string.h>

static struct text
sign_text(struct arena *arena, struct text body)
{
	unsigned char seed[NOTE_SEED_LEN] = { 0 }, public[NOTE_PUBLIC_LEN],
		      whole[crypto_sign_SECRETKEYBYTES];
	char line[4 + crypto_sign_BYTES];
	struct text origin, rest;
	crypto_sign_seed_keypair(public, whole, seed);
	text_cut(body, '\n', &origin, &rest);
	const struct note_key key = note_key_of(origin, public);
	memcpy(line, key.id, sizeof key.id);
	crypto_sign_detached((unsigned char *)line + 4, NULL, (const unsigned char *)body.data,
			     body.len, whole);
	return text_format(arena, "%.*s\n— %.*s %.*s\n", T_ARG(body), T_ARG(origin),
			   T_ARG(text_base64(arena, (struct text){ line, sizeof line })));
}

/* What was read is what stands there: written again it is the note's own text. */
static void
same_text(struct arena *arena, struct text note, const struct head *head)
{
	const struct text again =
		text_format(arena, "%.*s\n%lld\n%.*s\n\n", T_ARG(head->origin),
			    (long long)head->size,
			    T_ARG(text_base64(arena, hash_bytes(&head->root))));
	must(head->size >= 0 && text_starts(note, again));
}

static void
judge(struct arena *arena, struct text vkey, struct text note)
{
	const struct text notes[] = { note, note };
	const struct journal_verify_options options = { .vkey = vkey, .earlier = notes,
							.earlier_count = 2 };
	const struct journal_log log = { .origin = T("test.bansho/journal"), .size = 4 };
	struct journal_report report;
	struct merkle tree = { 0 };
	const struct hash leaf = merkle_leaf(T("entry"));
	CHECK_SCOPED check = NULL;
	report_begin(&report, arena);
	if (check_open(arena, &report, &options, &check) != OK)
		return;
	check_log(check, &log, &vkey, 1);
	heads_add(&check->heads, note, 3);
	heads_sort(&check->heads);
	for (int at = 0; at < 4; at++) {
		heads_meet(&check->heads, &tree);
		merkle_add(&tree, &leaf);
	}
	heads_end(&check->heads, tree.size);
	check_end(check);
	must(report.signed_size >= 0 && report.signed_size <= tree.size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 2 * NOTE_MOST)
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text vkey, note;
	struct note_key key, again;
	struct head head;
	secret_start();
	text_cut(fuzz_text(arena, data, size), '\n', &vkey, &note);
	if (text_starts(note, T("sign:")))
		note = sign_text(arena, text_from(note, 5));
	const bool is_key = must_say(note_vkey_read(arena, vkey, &key));
	if (is_key) {
		must(note_vkey_read(arena, note_vkey(arena, &key), &again) == OK);
		must(memcmp(key.key, again.key, sizeof key.key) == 0 &&
		     text_same(key.name, again.name));
	}
	const bool is_note = must_say(note_read(arena, note, &head));
	if (is_note)
		same_text(arena, note, &head);
	if (is_key && note_check(arena, note, &key) == NOTE_HOLDS)
		must(text_has(note, T("\n\n— ")));
	judge(arena, vkey, note);
	error_sweep();
	return 0;
}
