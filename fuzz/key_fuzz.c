/*
 * Any bytes as what a browser and its authenticator say: client data to the first line end, then the
 * authenticator's. Nothing is accepted as signed that our one key did not sign; a new key that is accepted
 * fits what is kept of it.
 */
#include "signin/signin.h"
#include "promise.h"

#include <string.h>

static const struct key_party party = { T_INIT("bansho.example.jp"), T_INIT("https://bansho.example.jp") };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct key_answer answer = { .credential = T("0123456789abcdef") };
	struct key key = { .algorithm = -7 };
	struct key_made made;
	struct key_shown shown;
	unsigned char challenge[64], public_key[64];
	if (size > (1 << 13))
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	memset(challenge, 0x41, sizeof challenge);
	memset(public_key, 2, sizeof public_key);
	const struct text hex = text_hex(arena, (struct text){ (const char *)challenge, sizeof challenge });
	key.public_key = (struct text){ (const char *)public_key, sizeof public_key };
	text_cut(fuzz_text(arena, data, size), '\n', &answer.client, &answer.authenticator);
	if (must_say(signin_key_made(arena, &party, hex, &answer, &made))) {
		must(text_same(made.credential, answer.credential));
		must(made.public_key.len > 0 && made.counter >= 0);
	}
	answer.signature = text_first(answer.authenticator, answer.authenticator.len < 72 ? answer.authenticator.len : 72);
	must(!must_say(signin_key_check(&party, hex, &answer, &key, &shown)));
	(void)must_say(signin_key_read(arena, answer.client, answer.client, T(""), T(""), T(""), &answer));
	error_sweep();
	return 0;
}
