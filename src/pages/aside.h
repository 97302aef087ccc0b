/* What was typed into a form, put aside while its sender shows an IC card at the card door (aside.c). */
#ifndef BANSHO_PAGES_ASIDE_H
#define BANSHO_PAGES_ASIDE_H

#include "pages/pages.h"

/*
 * The card door is another origin, which a form's content must not be sent to. So it stays here, in memory:
 * one form of a session, ASIDE_MINUTES long; ASIDE_FORMS sessions at once (the oldest gives way). A
 * restart forgets all of them; the person is then told to type again, and nothing was done.
 */
enum { ASIDE_MINUTES = 30, ASIDE_FORMS = 200, ASIDE_FIELDS = 1000, ASIDE_BYTES = 256 << 10 };

struct aside_field {
	struct text name, value;
};
struct aside_form {
	struct text to; /* the act's address */
	struct aside_field *fields;
	size_t count;
	bool has_files; /* there were some, which are not kept */
};

/*
 * Keep the form for the session, in place of an older one. *name is how it is asked for: random, of
 * hexadecimal digits. False: it is too big, or `aside` is NULL; an older one of the session is gone.
 */
bool aside_keep(struct aside *aside, int64_t session, const struct aside_form *form, struct moment now,
		struct arena *into, struct text *name);
/* Copied into `into`. False: none of that name for this session, or too old. */
bool aside_find(struct aside *aside, int64_t session, struct text name, struct moment now,
		struct arena *into, struct aside_form *form);
/* The form of the session is forgotten. */
void aside_drop(struct aside *aside, int64_t session);

#endif
