/* The inside of a condition, shared by its parser (when_parse.c) and evaluator (when.c) only.
 */
#ifndef BANSHO_POLICY_WHEN_H
#define BANSHO_POLICY_WHEN_H

#include "policy/policy.h"

enum {
	WHEN_MOST_BYTES = 2000,
	WHEN_MOST_DEPTH = 20,
	WHEN_MOST_NODES = 200,
};

enum when_op {
	OP_OR,
	OP_AND,
	OP_NOT,
	OP_BARE,
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_LESS_EQUAL,
	OP_MORE,
	OP_MORE_EQUAL,
	OP_IN,
};

struct operand {
	bool is_name;
	struct text name;
	struct when_value *values; /* one literal, or those of a list */
	size_t values_count;
};

struct when_node {
	enum when_op op;
	const struct when_node *first; /* OR, AND, NOT */
	const struct when_node *second;
	struct operand left; /* the others */
	struct operand right;
};

struct when {
	struct text source;
	const struct when_node *root;
};

#endif
