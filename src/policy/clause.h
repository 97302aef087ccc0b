/* The clause tree: duties in our own words, and what the text says of others. */
#ifndef BANSHO_POLICY_CLAUSE_H
#define BANSHO_POLICY_CLAUSE_H

#include "policy/words.h"

struct pack_evidence;

enum clause_kind {
	CLAUSE_HEADING, /* no duty of its own */
	CLAUSE_APPROVE,
	CLAUSE_REPORT,
	CLAUSE_RECORD,
	CLAUSE_PERIODIC,
	CLAUSE_ENFORCE,
	CLAUSE_DETECT,
	CLAUSE_CONVERT,
	CLAUSE_ASSIGN,
	CLAUSE_ATTEST,
	CLAUSE_PLAN,
	CLAUSE_PHYSICAL,
};

enum modality {
	MUST,
	MUST_NOT,
	MAY,
	ENDEAVOUR, /* 努める */
};

/* A place where the document cites one of its own clauses. */
struct pack_reference {
	struct text printed; /* "7.4.(1)", as printed */
	struct words subject; /* what the sentence says stands there: 例外措置の許可; may be empty */
	const struct pack_clause *to; /* the clause meant, or NULL: nobody knows */
};

struct pack_statute {
	struct text name;   /* サイバーセキュリティ基本法 */
	struct text number; /* 平成26年法律第104号, as printed */
};

struct pack_clause {
	struct text id;	    /* "3.2.9.a-1", "n11": as the pack writes it, without any prefix */
	struct text number; /* "3.2.(9) a)", "※11": as the document prints it */
	struct words title; /* of a chapter, section or item; empty otherwise */
	struct words duty;  /* in our own words; empty when is_duty is false */
	bool is_duty;	    /* counted in "413 clauses" */
	bool is_note;	    /* an explanatory note (※) */
	bool is_discretionary; /* 必要に応じ: not doing it is a judgement that must be recorded */
	enum clause_kind kind;
	enum modality modality;
	struct text module;		/* the part of Bansho it belongs to: "ledger" */
	const struct pack_role *actor;	/* NULL for headings */
	const struct pack_role **also;	/* further actors, where the text names two */
	size_t also_count;
	struct words printed; /* the document's own sentence, where the pack's author gives it; may be empty */
	struct text form_number;	/* 様式 the clause names ("2"), or empty; may not be in the pack yet */
	const struct pack_clause *parent; /* NULL for chapters and notes to the whole */
	int depth;			/* 0 for chapters */
	const struct pack_evidence **evidence; /* rules that prove it; none: the state is missing */
	size_t evidence_count;
	/* What the text leaves open, or says of others; the linter reads these. */
	struct words deadline_words;	       /* 速やかに; empty: no deadline */
	const struct pack_parameter *deadline; /* the number the body gives it, or NULL */
	struct words period_words;	       /* 定期的に */
	const struct pack_parameter *period;
	struct pack_reference *references;
	size_t references_count;
	struct text *roles_named; /* names of roles as printed in the clause */
	size_t roles_named_count;
	struct pack_statute *statutes;
	size_t statutes_count;
};

const char *clause_kind_name(enum clause_kind kind);  /* "approve" */
const char *clause_kind_words(enum clause_kind kind); /* 「許可」 */

#endif
