/* Conditions: "carry" in doing and class >= "II". */
#ifndef BANSHO_POLICY_CONDITION_H
#define BANSHO_POLICY_CONDITION_H

#include "base/error.h"
#include "policy/field.h"

/*
 *	when   = or
 *	or     = and { "or" and }
 *	and    = not { "and" not }
 *	not    = "not" not | "(" when ")" | test
 *	test   = value [ ("=" | "!=" | "<" | "<=" | ">" | ">=") value | "in" ( list | name ) ]
 *	list   = "(" literal { "," literal } ")"
 *	value  = name | number | "text" | yes | no
 *	name   = letters, digits, "_", "-", "." ; begins with a letter
 *
 * Total: it always ends and never fails. A name without an answer equals nothing (so `=` is false
 * and `!=` is true), is less and greater than nothing, and alone is false. A class compares by its
 * rank with another class or a code of the same axis. A list `=` a text when it holds it alone;
 * `"x" in list` asks for one item. Days and moments compare as their ISO texts. Text of at most
 * 2,000 bytes, depth 20, 200 nodes.
 */
struct when;

enum when_kind { WHEN_NONE, WHEN_TEXT, WHEN_NUMBER, WHEN_YES_NO, WHEN_CLASS, WHEN_LIST };

struct when_value {
	enum when_kind kind;
	struct text text; /* TEXT, CLASS (the code), LIST (items separated by \n) */
	int64_t number;	  /* NUMBER, YES_NO (0 or 1) */
	const struct pack_axis *axis; /* CLASS */
};

/* Who answers names. Returns kind WHEN_NONE for what is not answered. */
struct when_answers {
	struct when_value (*answer)(void *with, struct text name);
	void *with;
};

/* `where` ("file:line:col") goes into the error's field. */
struct error *when_parse(struct arena *into, struct text source, const char *where,
			 const struct when **when) MUST_USE;
/* NULL is true. */
bool when_evaluate(const struct when *when, const struct when_answers *answers);
/* The condition as it was written. */
struct text when_source(const struct when *when);
/* Calls `each` for every name in the condition. */
void when_names(const struct when *when, void (*each)(void *with, struct text name), void *with);
/* The value a field's kept text is in conditions. */
struct when_value when_value_of(const struct pack_field *field, struct text value);

/*
 * Names that conditions may use: question names; in a form, its fields (in an `each` section, the
 * item's own too); the code of an axis ("class": the highest class of the assets chosen);
 * "asset.<column>" (true of any of the assets chosen: a list of their values).
 */

#endif
