/* What is done in the rooms of the working year, as steps that one person after another takes. */
#ifndef BANSHO_TESTS_YEAR_ACTS_H
#define BANSHO_TESTS_YEAR_ACTS_H

#include "year_audit.h"
#include "year_check.h"
#include "year_duty.h"
#include "year_incident.h"
#include "year_training.h"

#define STEP_WORLD struct year
#include "steps.h"

#define STAFF offsetof(struct year, f.house.staff)
#define DEPUTY offsetof(struct year, f.house.deputy)
#define MANAGER offsetof(struct year, f.house.manager)
#define OTHER offsetof(struct year, f.other_manager)
#define CHIEF offsetof(struct year, f.house.director)
#define CISO offsetof(struct year, f.ciso)
#define CSIRT offsetof(struct year, csirt)
#define KEEPER offsetof(struct year, keeper)
#define AUDITOR offsetof(struct year, auditor)
#define MEMBER offsetof(struct year, member)
#define ANYBODY offsetof(struct year, nobody)

static inline void
duties_are_planned(struct year *y)
{
	struct duty_done done;
	must(duty_plan(y->f.house.store, y->f.house.arena, &y->f.flow, &done));
}

#endif
