/*
 * Words for a person in the language of the thread's unit of work. Message ids are the Japanese
 * words themselves; po/en.po holds the English ones and is compiled in at build time. glibc's own
 * gettext picks its catalogue by process environment, which a server of many readers cannot use.
 */
#ifndef BANSHO_BASE_SAY_H
#define BANSHO_BASE_SAY_H

enum language { LANGUAGE_JA, LANGUAGE_EN };

/* The language this thread speaks until told otherwise. A new thread speaks Japanese. */
void language_use(enum language language);
enum language language_now(void);

/* The words for a Japanese message id; the id itself where no translation is known. */
const char *say(const char *message) __attribute__((format_arg(1)));

/* Marks a message id in a table for the list of translations; whoever shows it calls say(). */
#define N_(message) (message)

/* A compiled catalogue: pairs sorted by message id (strcmp order). */
struct say_pair {
	const char *message;
	const char *words;
};
struct say_catalogue {
	const struct say_pair *pairs;
	int count;
};
/* The English catalogue, generated from po/en.po. */
extern const struct say_catalogue say_english;

#endif
