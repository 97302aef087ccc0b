/* How soon a password is guessed (quality.c), and whether it stands in a list of breached ones
 * (breached.c). */
#ifndef BANSHO_PEOPLE_QUALITY_H
#define BANSHO_PEOPLE_QUALITY_H

#include "base/error.h"

/* In hiragana, most likely first, NULL at the end. */
extern const char *const password_words[];

/*
 * Bits of guessing (2^n guesses) that an attacker needs who knows common passwords, Japanese
 * words in kana and romaji, and `own`: names of the body, its units and systems, and of the
 * person, in any script. ASCII is zxcvbn's; what it overrates, bytes from 0x80, is weighed
 * here: a word as a word, a repeated or next sign as almost nothing, else 4 bits for a kana and
 * 8 for an ideograph.
 */
double password_bits(struct text password, const struct text *own, size_t count);

/* Kana as romaji: Hepburn (とうきょう: toukyou), Hepburn without long vowels (tokyo), Kunrei
   (toukyou, si, ti, tu). What is no kana is left out. */
enum romaji { ROMAJI_HEPBURN, ROMAJI_SHORT, ROMAJI_KUNREI, ROMAJI_COUNT };
struct text kana_romaji(struct arena *into, struct text kana, enum romaji how);

/*
 * Is the password in the file at `path`, in the format of Have I Been Pwned: lines
 * "SHA1[:COUNT]", the 40 hex digits ascending? Read by bisection, some 40 small reads however
 * large it is. A file that is not there holds nothing. BROKEN when a line on the way is none of
 * that kind.
 */
struct error *password_is_breached(const char *path, struct text password,
				   bool *is_breached) MUST_USE;

#endif
