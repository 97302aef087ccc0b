/* What only this room's own files know. */
#ifndef BANSHO_CONTRACT_ROOMS_H
#define BANSHO_CONTRACT_ROOMS_H

#include "contract/contract.h"
#include "contract/contract_sql.h"

#include "base/say.h"
#include "duty/duty.h"
#include "people/notice.h"

struct day contract_day(int64_t kept); /* 0: DAY_NONE */
int64_t day_or_zero(struct day day);

struct text about_link(struct arena *into, struct contract_link_id id);
struct text about_handover(struct arena *into, struct contract_handover_id id);
struct text path_of_contract(struct arena *into, struct contract_id id); /* "/contracts/3" */

/* contracts.yaml of the pack. MISSING without one. */
struct error *contract_rules(const struct pack *pack, const struct pack_contracts **rules) MUST_USE;
/* INVALID: empty where it is needed (`empty` not NULL), or too long. */
struct error *contract_must_say(const char *field, struct text words, int64_t most, const char *empty) MUST_USE;
/* INVALID: no day, or one to come. */
struct error *must_be_past(struct act *act, const char *field, struct day day) MUST_USE;
/* A class of the pack's axis, or empty. */
struct error *must_be_class(const struct pack_contracts *rules, struct text code, bool is_needed) MUST_USE;

/*
 * The contract, of which the acting person holds the role in its unit; in one of the stages (CONFLICT), and
 * as it was when they looked at it (change 0: whenever).
 */
struct error *take_contract(struct act *act, const struct pack *pack, struct contract_id id,
			    int64_t change, const struct pack_role *role, unsigned stages,
			    struct contract *contract) MUST_USE;
#define STAGE(stage) (1U << (stage))

/* The entry of an act about the contract. */
struct error *note_contract(struct act *act, const char *what, const struct contract *contract,
			    const struct fact_pair *pairs, size_t count) MUST_USE;

/* row.c: bring the register's row up to date; nothing where the pack names none. */
struct error *row_put(struct act *act, const struct pack *pack, struct contract_id id) MUST_USE;

/* link.c: a registered firm, or one registered now. */
struct error *firm_of(struct act *act, struct firm_id given, struct text code, struct text name,
		      struct firm_id *firm) MUST_USE;
/* worker.c: who of a link has everything becomes a worker of room people. */
struct error *workers_settle(struct act *act, const struct pack *pack, const struct contract_link *link)
	MUST_USE;
/* handover.c */
bool class_wants_proof(const struct pack_contracts *rules, struct text class_code);

#endif
