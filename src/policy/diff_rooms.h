/* What the files of the diff share. Nothing outside includes it. */
#ifndef BANSHO_POLICY_DIFF_ROOMS_H
#define BANSHO_POLICY_DIFF_ROOMS_H

#include "policy/diff.h"

/* ---- diff_alike.c ---- */

/* Pairs of neighbouring characters, sorted. */
struct pairs {
	uint64_t *at;
	size_t count;
};
struct pairs pairs_of(struct arena *into, struct text text);
int pairs_alike(const struct pairs *a, const struct pairs *b);

/* ---- diff_describe.c: a thing of the pack as keys and values ---- */

struct key_value {
	struct text key;
	struct text label;
	struct text value;
};
struct described {
	struct arena *into;
	struct key_value *keys;
	size_t count, room;
};
struct described describe_clause(struct arena *into, const struct pack_clause *clause);
struct described describe_role(struct arena *into, const struct pack_role *role);
struct described describe_parameter(struct arena *into, const struct pack_parameter *parameter);
struct described describe_axis(struct arena *into, const struct pack_axis *axis);
struct described describe_ledger(struct arena *into, const struct pack_ledger *ledger);
struct described describe_form(struct arena *into, const struct pack_form *form);
struct described describe_question(struct arena *into, const struct pack_field *question);
struct described describe_checklist(struct arena *into, const struct pack_checklist *checklist);
struct described describe_occasion(struct arena *into, const struct pack_occasion *occasion);

struct described describe_duty(struct arena *into, const struct pack_duty *duty);

/* The keys of which one has another value than the other. */
struct key_change *changed_keys(struct arena *into, const struct described *before,
				const struct described *after, size_t *count);

/* ---- diff_parts.c ---- */

void diff_parts(struct arena *into, struct pack_diff *diff);

#endif
