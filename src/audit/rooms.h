/* What only this room's own files know. */
#ifndef BANSHO_AUDIT_ROOMS_H
#define BANSHO_AUDIT_ROOMS_H

#include "audit/audit.h"
#include "audit/audit_sql.h"

#include "base/say.h"
#include "duty/duty.h"
#include "people/notice.h"

static const int64_t AUDIT_DAY_MS = 86400000;

/* audit.yaml of the pack. MISSING without one. */
struct error *audit_rules(const struct pack *pack, const struct pack_audit **rules) MUST_USE;
/* The acting person holds the role for the whole body. */
struct error *must_be(struct act *act, const struct pack_role *role) MUST_USE;
/* The acting person is an auditor of it, and independent still. *is_lead may be NULL. */
struct error *must_audit(struct act *act, const struct pack *pack, struct audit_id id, bool *is_lead)
	MUST_USE;
/* The case in one of the states, or CONFLICT. */
struct error *take_case(struct act *act, const struct pack *pack, struct audit_id id,
			enum audit_state first, enum audit_state last, struct audit *audit) MUST_USE;
/* INVALID: empty where it is needed, or too long. */
struct error *must_say(const char *field, struct text words, int64_t most, const char *empty)
	MUST_USE;
struct text path_of(struct arena *arena, const char *under, int64_t no); /* "/audits/3" */

#endif
