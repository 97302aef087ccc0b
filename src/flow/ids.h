/*
 * What the room works with: ids, limits, outcomes, parameters.
 */
#ifndef BANSHO_FLOW_IDS_H
#define BANSHO_FLOW_IDS_H

#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "policy/shelf.h"
#include "store/store.h"

struct dossier_id {
	int64_t no;
};
struct permit_id {
	int64_t no;
};
struct step_id {
	int64_t no;
};

enum {
	FLOW_MOST_ANSWERS = 4000,   /* of a dossier, items' included */
	FLOW_MOST_ASSETS = 200,	    /* chosen in a dossier */
	FLOW_MOST_ITEMS = 500,	    /* serials in a dossier */
	FLOW_MOST_OCCASIONS = 40,
	FLOW_MOST_STEPS = 80,	    /* of a route */
	FLOW_MOST_PURPOSE = 2000,   /* characters */
	FLOW_MOST_VALUE = 64 << 10, /* bytes of one answer: 8,000 characters of any kind */
	FLOW_MOST_WORDS = 4000,	    /* characters of reasons, conditions, opinions */
	FLOW_PAGE = 50,
	FLOW_MOST_PAGE = 200,
};

/* ---- What the room works with ---- */

struct flow;

/* What a granted or completed dossier causes. Runs inside the act that caused it. */
struct flow_outcome {
	const char *name; /* as packs write it: "permit.issue" */
	struct error *(*run)(struct act *act, const struct flow *flow, struct dossier_id dossier,
			     const struct pack_occasion *occasion,
			     const struct pack_outcome *outcome);
};

/* Made once by the program; everything here reads it only. `outcomes` ends with name NULL. */
struct flow {
	const struct pack *pack; /* in force */
	const struct flow_outcome *outcomes;
	struct pack_shelf *shelf; /* earlier versions; NULL: everything is read under `pack` */
};

/* Outcomes that this room can do by itself, for the programs' table. */
struct error *flow_permit_issue(struct act *act, const struct flow *flow, struct dossier_id dossier,
				const struct pack_occasion *occasion,
				const struct pack_outcome *outcome) MUST_USE;
/* Retires the dossier's assets in the ledger (those matched by serial too), once per dossier. */
struct error *flow_ledger_retire(struct act *act, const struct flow *flow,
				 struct dossier_id dossier, const struct pack_occasion *occasion,
				 const struct pack_outcome *outcome) MUST_USE;
/*
 * Writes a row into the ledger that the outcome names, through ledger's own acts; its values are the
 * outcome's arguments: fields' answers, or literals. A ledger's owner column that no argument fills is
 * the applicant's unit. Once per occasion; the row is among dossier.made. The values are checked when
 * the dossier is sent (those of result sheets: when the result is), so that granting does not fail for
 * one; when a row could not be written all the same (its serial was taken meanwhile) it is a CONFLICT.
 */
struct error *flow_ledger_put(struct act *act, const struct flow *flow, struct dossier_id dossier,
			      const struct pack_occasion *occasion,
			      const struct pack_outcome *outcome) MUST_USE;
/* permit.issue, ledger.retire and ledger.put, ended with name NULL; programs have a table of their own (cli/body.c). */
extern const struct flow_outcome flow_usual_outcomes[];

/*
 * Parameters (people_parameter) that this room reads, with the value where the pack has none:
 * decide.remind-days 2, decide.escalate-days 5, permit.remind-days 3 (before it ends),
 * return.before-minutes 1440, return.remind-minutes 60 and return.escalate-minutes 240 (after the
 * planned return); permit.usual-days 30 for permits whose occasion names no days;
 * report.remind-minutes 60 (before a report is due).
 */

#endif
