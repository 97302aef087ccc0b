/* What only this room's own files know. */
#ifndef BANSHO_TRAINING_ROOMS_H
#define BANSHO_TRAINING_ROOMS_H

#include "training/training.h"
#include "training/training_sql.h"

#include "base/say.h"
#include "duty/duty.h"

enum { DAY_MS = 86400000, PAGE_MOST = 200, ROUND_MOST = 400 };

/* ---- words.c ---- */

/* "training-plan:3" */
struct text about_training(struct arena *into, const char *what, int64_t id);
/* Note a fact about one thing, with up to six pairs ended by name NULL. */
struct error *note_training(struct act *act, const char *name, struct text about,
			    const struct fact_pair *pairs) MUST_USE;
/* The name of a course as the policy has it now, or its code. */
struct text course_name(const struct pack *pack, struct text code);

/* Who heads a section, by the policy; NULL: it has no such role. */
const struct pack_role *section_role(const struct pack *pack);

/* ---- plan.c ---- */

/* act->actor must hold the role today; sets actor.role and its like. */
struct error *must_keep(struct act *act, const struct pack *pack) MUST_USE;

/* ---- enrol.c ---- */

struct enrolling {
	struct text course;
	struct person_id person;
	const char *why; /* "plan", "joined", "drill", "class" */
	int64_t item, drill; /* 0: none */
	struct day since, due;
};
/* The row alone; the caller notes. */
struct error *enrol(struct act *act, const struct enrolling *enrolling, struct enrolment_id *id) MUST_USE;
/* "passed", "excused", "ended". */
struct enrolment_end {
	const char *state, *how;
	int64_t score; /* -1: none */
	int64_t class; /* 0: none */
	struct text words;
};
struct error *end_enrolment(struct act *act, struct enrolment_id id, const struct enrolment_end *end)
	MUST_USE;
/* ",fiscal,dispatched," */
struct text employments_of(struct arena *into, const struct pack_audience *audience);
/* The roles to ask for: one empty one where anybody will do. */
const struct text *roles_asked(struct arena *into, const struct pack_audience *audience, size_t *count);
/* The first day of service that still makes a newcomer; 0: it does not matter. */
int64_t served_since(const struct pack_audience *audience, struct day today);

/* ---- landing.c ---- */

struct hash token_hash(struct text token);

/* ---- send.c ---- */

struct clocking {
	struct store *store;
	struct arena *arena;
	const struct pack *pack;
	size_t left;
	struct training_done *done;
};
extern const struct actor training_clock_actor;
struct error *send_drills(struct clocking *clocking) MUST_USE;
struct error *end_drills(struct clocking *clocking) MUST_USE;

#endif
