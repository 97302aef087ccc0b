/* Answers: what a person typed into a field, the one way it is kept, what a person reads. */
#ifndef BANSHO_POLICY_VALUE_H
#define BANSHO_POLICY_VALUE_H

#include "base/error.h"
#include "policy/field.h"

struct day;

/*
 * Turn what a person typed (or a cell of an import) into the value kept, checking kind, limits
 * and choices, but neither `is_required` nor whether asset, person or unit exist. An empty or
 * blank text gives an empty value. Clauses are taken by id or by printed number, and must be duties. INVALID names field->name and says what would be right.
 * Choices are accepted as code, either language's words or alias, whatever their width.
 */
struct error *field_read(struct arena *into, const struct pack_field *field, struct text typed,
			 struct text *value) MUST_USE;

/*
 * The value as a person reads it in the thread's language: wareki days, words of choices, 「、」
 * between list items, clauses by their printed number. Asset, person and unit come out as their numbers: whoever knows the names
 * shows those instead.
 */
struct text field_show(struct arena *into, const struct pack_field *field, struct text value);

/* A list value (FIELD_CHOICES, FIELD_ASSETS, FIELD_SERIALS) item by item: false at the end. */
bool value_next(struct text *rest, struct text *item);
/* FIELD_SERIALS item or FIELD_FILE value: before and behind the tab. */
void value_halves(struct text item, struct text *first, struct text *second);
/* FIELD_PERIOD value: false when it is not one. */
bool value_period(struct text value, struct day *from, struct day *until);

const char *field_kind_name(enum field_kind kind);

#endif
