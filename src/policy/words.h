/* The words a policy is written in: what people read, roles, classes, and the values it leaves open. */
#ifndef BANSHO_POLICY_WORDS_H
#define BANSHO_POLICY_WORDS_H

#include "base/text.h"

struct pack_clause;

/* --- words --- */

/* What a person reads, in both languages. `en` is never empty when `ja` is not. */
struct words {
	struct text ja;
	struct text en;
};

/* The words in the language of this thread (base/say.h). */
struct text words_now(struct words words);

/* --- roles --- */

enum role_scope {
	SCOPE_BODY,	/* one holder for the whole body: CISO */
	SCOPE_BUREAU,	/* one per bureau: 情報セキュリティ責任者 */
	SCOPE_SECTION,	/* one per section: 情報セキュリティ管理者 */
	SCOPE_SYSTEM,	/* one per information system */
	SCOPE_EVERYONE, /* everybody who works for the body; not appointed */
};

struct pack_role {
	struct text code; /* "manager" */
	struct words name;
	struct words short_name; /* for narrow places; the name where the pack gives none */
	enum role_scope scope;
	struct words appointed;	       /* how: "課長の職にある者" */
	const struct pack_role *above; /* decides when the holder may not; NULL at the top */
	bool must_be_held;	       /* a unit of that scope without a holder is a gap */
	bool is_collegial;	       /* a council or team: several holders at once */
	bool is_privileged;	       /* what it lets change counts only in a privileged window */
	const struct pack_clause *clause;
};

/* --- classes --- */

/* The moments at which a handling rule matters. Bits of pack_rule.moments. */
enum moment_bit {
	WHEN_CREATED = 1,
	WHEN_STORED = 2,
	WHEN_SENT = 4,
	WHEN_CARRIED = 8,
	WHEN_OUTSIDE = 16, /* processed outside the premises */
	WHEN_DISPOSED = 32,
};

struct pack_rule {
	struct words words;
	const struct pack_clause *clause;
	unsigned moments;
};

struct pack_criterion {
	struct words words;
	const struct pack_clause *clause;
};

struct pack_class {
	struct text code; /* "I" */
	struct words name; /* 重要性分類Ⅰ */
	struct words mark; /* what a label shows: Ⅰ */
	int rank;	   /* 1 is the lowest; higher means more protection */
	struct pack_criterion *criteria;
	size_t criteria_count;
	struct pack_rule *rules; /* handling profile, in the pack's order */
	size_t rules_count;
};

/* One ordered scale. Where several things come together the highest value counts. */
struct pack_axis {
	struct text code; /* also the name in conditions: "class" */
	struct words name;
	struct pack_class *values; /* highest first */
	size_t values_count;
	const struct pack_class *unclassified; /* what counts until somebody has classified */
};

/* --- parameters --- */

enum parameter_kind {
	PARAMETER_DAYS,
	PARAMETER_MINUTES,
	PARAMETER_COUNT,
	PARAMETER_YES_NO, /* 0 or 1 */
};

const char *parameter_kind_name(enum parameter_kind kind); /* "days" */

/* A value the policy leaves open. A body's own setting, within the bounds, overrules `usual`. */
struct pack_parameter {
	struct text code; /* "permit.usual-days" */
	struct words name;
	enum parameter_kind kind;
	int64_t usual;
	int64_t least;
	int64_t most;
	const struct pack_clause *clause; /* the clause that leaves it open, or NULL */
};

#endif
