/*
 * What can fail returns `struct error *`: NULL is success. Words are for a person, in the language
 * of the thread (base/say.h), and say what is wrong and what would be right.
 *
 * Errors live in the thread's own error arena until error_sweep(), which the loop that started
 * the unit of work calls; nobody frees one. To hand an error to another thread, error_keep() it.
 */
#ifndef BANSHO_BASE_ERROR_H
#define BANSHO_BASE_ERROR_H

#include "base/text.h"

enum error_kind {
	ERROR_INVALID,	/* what was given is wrong; the field says where */
	ERROR_REFUSED,	/* the person may not do this */
	ERROR_MISSING,	/* there is no such thing */
	ERROR_CONFLICT, /* it changed meanwhile, or is no longer in the state this needs */
	ERROR_BUSY,	/* try again later */
	ERROR_BROKEN,	/* our own fault, or the machine's */
};

struct error {
	enum error_kind kind;
	struct text words;  /* for the person */
	struct text field;  /* the field or file:line concerned, or empty */
	struct error *next; /* a further fault found in the same run, or NULL */
	const char *file;   /* where in our code, for the log */
	int line;
};

#define MUST_USE __attribute__((warn_unused_result))

/* No error. */
#define OK ((struct error *)NULL)

#define TRY(call)                                              \
	do {                                                   \
		struct error *const try_error_ = (call);       \
		if (__builtin_expect(try_error_ != NULL, 0))   \
			return try_error_;                     \
	} while (0)

/* `format` is a message id (Japanese) that say() translates. `field` may be NULL. */
struct error *error_make(enum error_kind kind, const char *file, int line, const char *field,
			 const char *format, ...) __attribute__((format(printf, 5, 6))) MUST_USE;

#define reject(field, ...) error_make(ERROR_INVALID, __FILE__, __LINE__, (field), __VA_ARGS__)
#define refuse(...) error_make(ERROR_REFUSED, __FILE__, __LINE__, NULL, __VA_ARGS__)
#define missing(...) error_make(ERROR_MISSING, __FILE__, __LINE__, NULL, __VA_ARGS__)
#define conflict(...) error_make(ERROR_CONFLICT, __FILE__, __LINE__, NULL, __VA_ARGS__)
#define busy(...) error_make(ERROR_BUSY, __FILE__, __LINE__, NULL, __VA_ARGS__)
#define broken(...) error_make(ERROR_BROKEN, __FILE__, __LINE__, NULL, __VA_ARGS__)

/* Put `one` behind the faults already in *list (NULL when none). Either may be NULL. */
void error_add(struct error **list, struct error *one);
size_t error_count(const struct error *list);

/* A copy in `into`, with everything it points at. NULL stays NULL. */
struct error *error_keep(struct arena *into, const struct error *error);

/* Forget this thread's errors. Call between units of work only. */
void error_sweep(void);

const char *error_kind_name(enum error_kind kind);

#endif
