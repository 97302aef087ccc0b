/* The pack as a whole: loading, checking, looking things up. */
#ifndef BANSHO_POLICY_PACK_H
#define BANSHO_POLICY_PACK_H

#include "base/hash.h"
#include "policy/audit.h"
#include "policy/entrance.h"
#include "policy/clause.h"
#include "policy/condition.h"
#include "policy/check.h"
#include "policy/contract.h"
#include "policy/delegation.h"
#include "policy/duty.h"
#include "policy/inventory.h"
#include "policy/evidence.h"
#include "policy/incident.h"
#include "policy/reconcile.h"
#include "policy/sign_in.h"
#include "policy/training.h"
#include "policy/value.h"

struct pack_term {
	struct words name;
	struct words means; /* in our own words */
	struct text *aliases;
	size_t aliases_count;
	const struct pack_clause *clause;
};

/* One edition of the document, oldest first. */
struct pack_edition {
	struct text version;
	struct text enacted;   /* ISO day, or empty */
	struct text effective; /* ISO day, or empty */
	bool is_full; /* 全部改正 */
};

struct pack {
	struct text id; /* "takamatsu" */
	struct words title;
	struct words body; /* name of the sample body */
	struct text version;
	bool is_sample;		/* made to show how it works, not adopted by the body itself */
	struct words document;	/* 情報セキュリティ対策基準 */
	struct words law;	/* the law that obliges the body to have it */
	struct text effective; /* ISO day from which it applies */
	struct text enacted;   /* ISO day, or empty */
	struct pack_edition *editions;
	size_t editions_count;
	const struct pack_role *publishes; /* who may put a new version into force, or NULL: only the command line */
	const struct pack_role *transfers; /* who decides a transfer list, or NULL: whoever may edit people */
	bool is_acknowledged; /* everybody is asked to acknowledge the version that binds them */
	struct pack_term *terms;
	size_t terms_count;
	struct hash digest; /* SHA-256 over its sorted files: names, lengths, bytes */
	struct pack_role *roles;
	size_t roles_count;
	struct pack_axis *axes;
	size_t axes_count;
	struct pack_parameter *parameters;
	size_t parameters_count;
	struct pack_clause *clauses; /* in the document's order, headings included */
	size_t clauses_count;
	size_t duties_count; /* of them with is_duty */
	struct pack_ledger *ledgers;
	size_t ledgers_count;
	struct pack_form *forms; /* by number: 1, 2, 3, 10, 11-1 */
	size_t forms_count;
	struct pack_field *questions; /* "say what you want to do", in order */
	size_t questions_count;
	struct pack_occasion *occasions;
	size_t occasions_count;
	struct pack_evidence *evidence;
	size_t evidence_count;
	struct pack_delegation *delegations; /* what standing delegation the policy allows */
	size_t delegations_count;
	struct pack_retention *retentions; /* at most one of each kind */
	size_t retentions_count;
	struct pack_sign_in sign_in;
	struct pack_duty *recurring; /* duties.yaml: what is to be done again and again */
	size_t recurring_count;
	struct pack_incidents incidents;
	struct pack_checklist *checklists; /* of self-checks */
	size_t checklists_count;
	struct pack_training training;
	const struct pack_audit *audit; /* audit.yaml, or NULL */
	const struct pack_inventory *inventory; /* inventory.yaml, or NULL */
	const struct pack_entrance *entrance; /* entrance.yaml, or NULL */
	const struct pack_contracts *contracts; /* contracts.yaml, or NULL */
	struct pack_reconcile *reconciliations; /* reconciliations.yaml: sets that must agree */
	size_t reconciliations_count;
	const struct pack_index *index; /* for the lookups below */
};

/* What the programs can do; a pack that names anything else does not load. NULL-terminated. */
struct pack_names {
	const char *const *outcomes;
	const char *const *controls;
	const char *const *parts; /* of Bansho, not built yet: what EVIDENCE_AWAITS may name */
	const char *const *rights; /* that a person may have */
	const char *const *parameters; /* read by name, whatever else the pack says of them */
	const char *const *deeds; /* done elsewhere in Bansho, may fulfil a duty; NULL: none is known */
};

/* The tables of this version: what a pack may name. programs/ fills exactly these. */
extern const struct pack_names pack_known;

/* What deserves a look: the linter's findings (docs/pack-format.md lists the codes). */
struct pack_warning {
	const char *code; /* "reference-dangles"; stable, for machines */
	struct text file; /* "clauses/02.yaml" */
	int line;	  /* from 1 */
	int column;
	struct text words; /* in the thread's language */
};

/* Where a thing is written. */
struct pack_place {
	struct text file; /* "roles.yaml" */
	int line;
	int column;
};

struct pack_report {
	size_t files;
	size_t clauses; /* duties */
	size_t headings;
	size_t forms;
	size_t errors;
	size_t warnings_count;
	struct pack_warning *warnings; /* in order of file and line; nothing that stops the pack */
	struct pack_place *roles; /* by index of pack->roles, for what is found out about people; NULL
				     when there are errors */
	size_t without_evidence; /* duties no rule proves */
};

/*
 * Add a warning that only somebody who knows more than the pack can find: roles nobody holds. It
 * takes its place in the order. `code` must be a literal.
 */
void pack_report_warn(struct arena *into, struct pack_report *report, const char *code,
		      const struct pack_place *place, struct text words);

/*
 * Load and check the pack in `folder`. Success: *pack is complete, consistent and lives in `into`
 * (about 1 MiB for 413 clauses). Failure: a list of INVALID errors, one per mistake, all of them,
 * in order of file and line; `field` is "forms/2.yaml:14:7", the words say what is wrong and what
 * would be right. *pack is untouched then; *report (may be NULL) is filled either way. MISSING
 * when the folder is not there. Limits: 200 files, 4 MiB each, depth 12, 20,000 clauses;
 * after 500 mistakes the rest is not listed.
 */
struct error *pack_load(struct arena *into, const char *folder, const struct pack_names *known,
			struct pack **pack, struct pack_report *report) MUST_USE;

/* Lookups: NULL when there is none. */
const struct pack_role *pack_role(const struct pack *pack, struct text code);
const struct pack_axis *pack_axis(const struct pack *pack, struct text code);
const struct pack_parameter *pack_parameter(const struct pack *pack, struct text code);
const struct pack_clause *pack_clause(const struct pack *pack, struct text id);
const struct pack_ledger *pack_ledger(const struct pack *pack, struct text code);
const struct pack_form *pack_form(const struct pack *pack, struct text number);
const struct pack_occasion *pack_occasion(const struct pack *pack, struct text code);
const struct pack_delegation *pack_delegation(const struct pack *pack, struct text code);
const struct pack_audience *pack_audience(const struct pack *pack, struct text code);
const struct pack_course *pack_course(const struct pack *pack, struct text code);
const struct pack_lure *pack_lure(const struct pack *pack, struct text code);
const struct pack_retention *pack_retention(const struct pack *pack, enum retained kind);
const struct pack_reconcile *pack_reconcile(const struct pack *pack, struct text code);
const struct pack_duty *pack_duty(const struct pack *pack, struct text code);
const struct pack_checklist *pack_checklist(const struct pack *pack, struct text code);
const struct pack_check_item *checklist_item(const struct pack_checklist *checklist,
					     struct text code);
/* Of audit.yaml; `audit` may be NULL. */
const struct pack_grade *pack_grade(const struct pack_audit *audit, struct text code);
const struct pack_theme *pack_theme(const struct pack_audit *audit, struct text code);
/* Of contracts.yaml; `contracts` may be NULL. */
const struct pack_contract_kind *pack_contract_kind(const struct pack_contracts *contracts,
						    struct text code);
const struct pack_contract_criterion *pack_contract_criterion(const struct pack_contracts *contracts, struct text code);
const struct pack_contract_item *pack_contract_item(const struct pack_contracts *contracts,
						    struct text code);
const struct pack_contract_way *pack_contract_way(const struct pack_contracts *contracts,
						  struct text code);
const struct pack_contract_wrong *pack_contract_wrong(const struct pack_contracts *contracts,
						      struct text code);
const struct pack_field *pack_question(const struct pack *pack, struct text name);
const struct pack_field *ledger_field(const struct pack_ledger *ledger, struct text name);
/* A field of the form, whichever section; *section (may be NULL) says which. */
const struct pack_field *form_field(const struct pack_form *form, struct text name,
				    const struct pack_section **section);
const struct pack_choice *field_choice(const struct pack_field *field, struct text code);
const struct pack_class *axis_value(const struct pack_axis *axis, struct text code);
/* The higher of two codes; an empty or unknown code counts as `unclassified`. */
const struct pack_class *class_highest(const struct pack_axis *axis, struct text a, struct text b);

/* Does `clause` stand under `above`, or is it `above` itself? */
bool clause_is_under(const struct pack_clause *clause, const struct pack_clause *above);

#endif
