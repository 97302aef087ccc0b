/* What only this room's own files know. */
#ifndef BANSHO_INCIDENT_ROOMS_H
#define BANSHO_INCIDENT_ROOMS_H

#include "incident/contact.h"
#include "incident/figures.h"
#include "incident/incident.h"
#include "incident/incident_sql.h"
#include "incident/outside.h"

#include "base/say.h"
#include "duty/duty.h"

enum { LINKS_MOST = 50, CONTACTS_MOST = 500, OUTSIDE_MOST = 100, OPEN_MOST = 1000, LATER_MS = 300000,
       MINUTE_MS = 60000, DAY_MS = 86400000 };

/* ---- case.c ---- */

/* One line, trimmed: INVALID with the field when it is too long, or empty and needed. */
struct error *line_take(struct arena *arena, const char *field, struct text typed, size_t most,
			bool is_needed, struct text *line) MUST_USE;
/* A moment that is not to come; ms 0 becomes now. */
struct error *moment_take(const struct act *act, const char *field, struct moment typed,
			  struct moment *moment) MUST_USE;
/* The case to act on: CONFLICT when `change` (not 0) is not the present one. */
struct error *incident_take(struct act *act, const struct pack *pack, struct incident_id id, int64_t change,
			    struct incident *incident) MUST_USE;
/* And it must be living: CONFLICT when it is closed. */
struct error *living_take(struct act *act, const struct pack *pack, struct incident_id id,
			  struct incident *incident) MUST_USE;
/* Note a fact about the case, with up to eight pairs ended by name NULL, under a clause or NULL. */
struct error *note_incident(struct act *act, struct incident_id id, const char *what,
			    const struct pack_clause *clause, const struct fact_pair *pairs) MUST_USE;
/* Write back kind, facts, unit, system and disclosure as they stand in `incident`. */
struct error *facts_put(struct act *act, const struct incident *incident) MUST_USE;

/* ---- facts.c ---- */

/* Does the condition hold for the case? NULL always does. */
bool facts_hold(struct arena *arena, const struct pack *pack, const struct when *when,
		const struct incident *incident);
bool grounds_have(struct text grounds, struct text code);
/* Those of the pack only, each once; and those that arise from the number of persons as it stands. */
struct error *grounds_settle(struct look *look, const struct pack *pack, struct text grounds,
			     int64_t persons, struct text *settled) MUST_USE;
/* A pack's time in ms; parameter NULL: 0. */
struct error *term_of(struct look *look, const struct pack *pack, const struct pack_parameter *parameter,
		      int64_t *ms) MUST_USE;
struct error *days_of(struct look *look, const struct pack *pack, const struct pack_parameter *parameter,
		      int64_t *days) MUST_USE;

/* ---- may.c ---- */

/* Is the person among the deciders of one of the roles today (for the whole body)? */
struct error *holds_any(struct look *look, const struct pack_role *const *roles, size_t count,
			struct person_id person, bool *holds) MUST_USE;
/* The same of one role in a unit. */
struct error *holds_in(struct look *look, const struct pack_role *role, struct unit_id unit,
		       struct person_id person, bool *holds) MUST_USE;
/* REFUSED unless the acting person leads or may order; the entry then says in which role. */
struct error *must_lead(struct act *act, const struct pack *pack) MUST_USE;
struct error *must_order(struct act *act, const struct pack *pack) MUST_USE;
/* REFUSED unless they may write into the case. */
struct error *must_write(struct act *act, const struct pack *pack, const struct incident *incident) MUST_USE;

/* ---- entry.c ---- */

/* What Bansho itself writes into the timeline. */
struct error *entry_by_bansho(struct act *act, struct incident_id id, enum entry_category category,
			      struct text words) MUST_USE;
struct adding_entry {
	struct incident_id incident;
	struct moment at;
	enum entry_category category;
	enum entry_source source;
	bool is_reported;
	struct text words;
	struct entry_id replaces;
};
struct error *entry_put(struct act *act, const struct adding_entry *adding, struct entry_id *id) MUST_USE;

/* ---- link.c ---- */

/* Tell whoever has the role for the unit; *told how many. `subject` (a message) is all that a mail says. */
struct error *tell_role(struct act *act, const struct incident *incident, const struct pack_role *role,
			struct unit_id unit, struct text words, const char *subject, size_t *told) MUST_USE;
struct error *tell_person(struct act *act, const struct incident *incident, struct person_id person,
			  struct text words, const char *subject) MUST_USE;
/* Tell the links whose turn it is now. */
struct error *links_advance(struct act *act, const struct pack *pack, struct incident_id id) MUST_USE;
/* Nothing is waited for any more. */
struct error *links_end(struct act *act, struct incident_id id) MUST_USE;
/* Who has it at a level: the role, its substitute, who stands above them; NULL: nobody. */
const struct pack_role *link_role(const struct pack_link *link, int64_t level);
struct error *link_escalate(struct act *act, const struct pack *pack, struct link_id id) MUST_USE;
struct error *link_may(struct look *look, const struct pack_link *link, struct unit_id unit, int64_t level,
		       struct person_id person, bool *may) MUST_USE;

/* ---- task.c ---- */

/* The steps of the case's playbook that are not tasks yet. */
struct error *plays_begin(struct act *act, const struct pack *pack, const struct incident *incident) MUST_USE;
struct error *task_may(struct look *look, const struct pack *pack, struct text role, struct unit_id unit,
		       struct person_id assignee, struct person_id person, bool *may) MUST_USE;

/* ---- outside.c ---- */

/* Reports that are owed now, and their days. */
struct error *outside_settle(struct act *act, const struct pack *pack, const struct incident *incident) MUST_USE;

/* What the facts bring about: links, reports outside. */
struct error *facts_follow(struct act *act, const struct pack *pack, struct incident_id id) MUST_USE;

#endif
