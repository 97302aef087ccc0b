/*
 * What is done in some rooms, as steps that one person after another takes, and a walk over them. Whoever includes
 * it says in what world: STEP_WORLD is a struct whose first member is a struct flow_house.
 */
#ifndef BANSHO_TESTS_STEPS_H
#define BANSHO_TESTS_STEPS_H

#include "flow_house.h"

struct step {
	const char *name;
	size_t who; /* where in the world the person stands */
	struct error *(*doing)(struct act *act, STEP_WORLD *world);
	void (*before)(STEP_WORLD *world); /* NULL: nothing */
};

#define STEP(who, doing) { #doing, who, doing, NULL }
#define STEP_AFTER(before, who, doing) { #doing, who, doing, before }

struct step_deed {
	STEP_WORLD *world;
	const struct step *step;
};

static inline struct error *
step_work(struct act *act, void *with)
{
	const struct step_deed *deed = with;
	return deed->step->doing(act, deed->world);
}

static inline struct person_id
who_takes(const STEP_WORLD *world, const struct step *step)
{
	struct person_id who;
	memcpy(&who, (const char *)world + step->who, sizeof who);
	return who;
}

/* One after another, each as it is meant to go. */
static inline void
take_steps(STEP_WORLD *world, const struct step *steps, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		struct step_deed deed = { world, &steps[at] };
		if (steps[at].before != NULL)
			steps[at].before(world);
		must(act_as(&world->f.house, who_takes(world, &steps[at]), step_work, &deed));
	}
}
#define TAKE(world, steps) take_steps((world), (steps), sizeof(steps) / sizeof *(steps))

/* One after another, each with its n-th store call failing for every n: nothing has changed, until it succeeds. */
static inline void
walk_steps(STEP_WORLD *world, const struct step *steps, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		struct step_deed deed = { world, &steps[at] };
		print_message("# %s\n", steps[at].name);
		if (steps[at].before != NULL)
			steps[at].before(world);
		fault_walk(&world->f.house, who_takes(world, &steps[at]), step_work, &deed);
	}
}
#define WALK(world, steps) walk_steps((world), (steps), sizeof(steps) / sizeof *(steps))

#endif
