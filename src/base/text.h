/*
 * The one string type. A text is a view of valid UTF-8 with a length; it need not end in NUL,
 * is never written through, and lives as long as the arena or literal it points into.
 * Supplementary planes, variation selectors and private-use characters pass unharmed.
 * The same struct carries bytes where a name says so (bytes, digest, blob).
 */
#ifndef BANSHO_BASE_TEXT_H
#define BANSHO_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	const char *data;
	size_t len;
};

/* A text from a literal, usable in constant tables as T_INIT("...") and in code as T("..."). */
#define T_INIT(literal) { "" literal, sizeof(literal) - 1 }
#define T(literal) ((struct text)T_INIT(literal))
/* For printf-like calls: printf("%.*s", T_ARG(text)). */
#define T_ARG(text) (int)(text).len, (text).data

struct text text_of(const char *z);
bool text_same(struct text a, struct text b);
bool text_is(struct text a, const char *z);
/* Byte order, for sorting and binary search: negative, 0, positive. */
int text_order(struct text a, struct text b);
bool text_is_empty(struct text text);
/* Nothing but white space, full-width space included. */
bool text_is_blank(struct text text);
bool text_starts(struct text text, struct text with);
bool text_ends(struct text text, struct text with);
/* Where `part` first stands, or false. */
bool text_find(struct text text, struct text part, size_t *at);
bool text_has(struct text text, struct text part);
struct text text_from(struct text text, size_t at);
struct text text_first(struct text text, size_t len);
/* Cut at the first `separator`: *head before it, *rest behind. False (all in *head) without one. */
bool text_cut(struct text text, char separator, struct text *head, struct text *rest);
/* Without white space (ASCII and U+3000) at both ends. */
struct text text_trim(struct text text);

/* Valid UTF-8 without NUL, overlong forms or surrogates (RFC 3629)? *bad_at says where not. */
bool text_is_utf8(struct text text, size_t *bad_at);
/* The next character at *at (text must be valid UTF-8), moving *at behind it. False at the end. */
bool text_next(struct text text, size_t *at, uint32_t *character);
/* How many characters (code points) stand in the text. */
size_t text_count(struct text text);

struct text text_copy(struct arena *into, struct text text);
/* A NUL-terminated copy, for library borders. */
const char *text_z(struct arena *into, struct text text);
/* A number in decimal digits, as in "%lld". */
struct text text_number(struct arena *into, int64_t number);
/* The same into `into`, without a NUL; answers how many bytes. */
enum { DIGITS_MOST = 20 };
size_t digits_of(int64_t number, char *into);
struct text text_format(struct arena *into, const char *format, ...)
	__attribute__((format(printf, 2, 3), nonnull(2)));
struct text text_join(struct arena *into, struct text a, struct text b);
/* Every `from` replaced by `to`; `text` itself, not a copy, when there is none. */
struct text text_replace(struct arena *into, struct text text, struct text from, struct text to);
struct text text_hex(struct arena *into, struct text bytes);
/* The bytes a lower- or upper-case hex text names; false when it is not one. */
bool text_unhex(struct arena *into, struct text hex, struct text *bytes);
struct text text_base64(struct arena *into, struct text bytes);
bool text_unbase64(struct arena *into, struct text base64, struct text *bytes);

/*
 * The text as search sees it: compatibility forms folded (NFKC), letters in lower case, katakana
 * as hiragana, spaces and variation selectors gone, and the usual variants of names (髙 﨑 𠮟 …)
 * as their common form. For searching only: what is folded is never stored as the thing itself.
 */
struct text text_fold(struct arena *into, struct text text);

/*
 * Compatibility forms folded (NFKC): full-width letters, half-width kana, the look-alike radicals
 * that PDF readers write for ideographs. What carries meaning in a numbering stays: circled and
 * Roman numerals, superscript digits. For recognising, never for keeping.
 */
struct text text_plain(struct arena *into, struct text text);

/* Full-width ASCII (digits, letters, signs) and the full-width space as their narrow forms. */
struct text text_narrow(struct arena *into, struct text text);

#endif
