/* Ways to show something in a running session: /sign-in/more and the proof before what weighs. */
#ifndef BANSHO_PAGES_WAYS_H
#define BANSHO_PAGES_WAYS_H

#include "pages/rooms.h"
#include "signin/signin.h"

/*
 * Guessing many accounts from one place comes to an end; other places go on. REFUSED, with how long to wait,
 * before any password, code, key or card from there is looked at.
 */
struct error *ways_must_be_open(struct visit *visit) MUST_USE;

/* What the session may show; NULL: nothing. `use` binds the challenge; only_held leaves out a password. */
struct error *ways_make(struct look *look, struct visit *visit, const char *use, bool wants_held,
			bool wants_known, struct ways_part **ways) MUST_USE;
/* What was sent, as visit->kept (struct showing); wrong answers are left to signin_show() to count. */
struct error *ways_read(struct look *look, struct visit *visit, const char *use) MUST_USE;
/* The slow part: argon2. */
struct error *ways_verify(struct visit *visit) MUST_USE;
/*
 * In the act: true when it was shown, then the session's new token is the visit's and its cookie's.
 * Otherwise visit->faults says what was wrong, and the page is to be drawn again.
 */
struct error *ways_show(struct act *act, struct visit *visit, bool *is_shown) MUST_USE;

/* The browser's answer, with its challenge checked and spent: *is_wrong. REFUSED: keys can't be used here. */
struct error *ways_key(struct look *look, struct visit *visit, const char *use, int64_t whose,
		       struct key_shown *shown, bool *is_wrong) MUST_USE;
/* Who we are to authenticators, and words when they cannot be used here. */
struct error *ways_party(struct look *look, struct visit *visit, struct key_party *party,
			 struct text *words) MUST_USE;
/* Bytes as browsers' scripts write them. */
struct text ways_base64url(struct arena *into, struct text bytes);
/* "takamatsu:12": who a passkey is for. */
struct text ways_user(struct visit *visit, struct person_id person);

#endif
