/* What only the recording files of assure know: causes of findings, and one round's work. */
#ifndef BANSHO_ASSURE_RECORD_H
#define BANSHO_ASSURE_RECORD_H

#include "assure/history.h"
#include "assure/rooms.h"

enum { STATES_MOST = 40000 };
/* The row of a clause among those of assure_states_at(), or NULL. */
const struct assure_states_at_row *states_row_of(const struct assure_states_at_row *rows,
						 size_t count, struct text clause);

/* Why a finding must be open: the same kind, clause and about is the same cause. */
struct cause {
	enum finding_kind kind;
	const struct assured *assured;
	struct text about;
	struct text why;
	int64_t follows; /* a finding closed by hand long ago whose cause still lasts; 0: none */
	/* ASSURE_ACCOUNTS: who answers, for which unit's system, and which trouble it is; ASSURE_DUTY, _POINT,
	   _LINK: who, and in which unit. NULL: whose clause it is. */
	const struct pack_role *role;
	struct unit_id unit;
	struct text detail;
	bool is_known;	 /* a finding stands for it already */
};
struct causes {
	struct cause *list;
	size_t count;
};
struct causes causes_now(struct arena *into, const struct assurance *assurance, struct day today);

/* With what is out of order with accounts of other systems, a cause for each system and kind. */
struct error *causes_of_accounts(struct look *look, const struct flow *flow,
				 const struct assurance *assurance, struct causes *causes) MUST_USE;

/* With questions of self-checks whose improvements are late. */
struct error *causes_of_checks(struct look *look, const struct assurance *assurance,
			       struct causes *causes) MUST_USE;

/* With values of rows that are worse than laid down, or at which nobody looked in time (EVIDENCE_VALUES). */
struct error *causes_of_values(struct look *look, const struct flow *flow,
			       const struct assurance *assurance, struct causes *causes) MUST_USE;

/* With what is overdue by itself: occurrences of duties, points of audits, links of incidents. */
struct error *causes_of_overdue(struct look *look, const struct flow *flow, const struct assurance *assurance,
				struct causes *causes) MUST_USE;
/* The clause is late by nothing else than such things, each of which is or will be its own finding. */
bool is_late_by_overdue(const struct assured *assured);
/* With each thing that is out of order; is every late rule of the clause about such things alone? */
struct error *causes_of_things(struct look *look, const struct flow *flow,
			       const struct assurance *assurance, struct causes *causes) MUST_USE;
bool is_late_by_things(const struct assured *assured);
/* With visits of server rooms that want an explanation or an end. */
struct error *causes_of_entrance(struct look *look, const struct flow *flow,
				 const struct assurance *assurance, struct causes *causes) MUST_USE;
/* With contracts that are over and not ended, firms at work without consent, demands past their day. */
struct error *causes_of_contracts(struct look *look, const struct flow *flow,
				  const struct assurance *assurance, struct causes *causes) MUST_USE;
/* With what differs in reconciliations. */
struct error *causes_of_reconciliations(struct look *look, const struct flow *flow,
					const struct assurance *assurance, struct causes *causes) MUST_USE;

/* A finding whose cause was there when last looked. */
struct lasting {
	struct finding_id id;
	struct text number;
	enum finding_kind kind;
	bool is_open;
	struct text clause, about;
	struct moment ended; /* closed by hand */
};
enum lasting_fate { LASTING_STAYS, LASTING_ENDS, LASTING_SETTLES };
struct error *lasting_findings(struct look *look, struct lasting **list, size_t *count) MUST_USE;
/* Marks causes that have their finding; says what becomes of the finding. */
enum lasting_fate lasting_match(const struct lasting *lasting, const struct causes *causes,
				struct moment now);

/* The role that answers for a clause: its actor's, or the nearest above who is appointed. */
const struct pack_role *owner_of(const struct pack_clause *clause);

/* Acts; each notes its entry. */
struct error *finding_open(struct act *act, const struct pack *pack, const struct cause *cause,
			   struct finding_id *id) MUST_USE;
struct error *finding_end(struct act *act, const struct lasting *lasting, struct text words) MUST_USE;
struct error *finding_settle(struct act *act, const struct lasting *lasting) MUST_USE;

#endif
