/* What must be shown to sign in, by sign-in.yaml: zones, roles and rights, step-up, recovery. */
#ifndef BANSHO_POLICY_SIGN_IN_H
#define BANSHO_POLICY_SIGN_IN_H

#include "policy/occasion.h"

/* A part of the network; which addresses belong to it is the body's setting "zone.CODE.addresses". */
struct pack_zone {
	struct text code; /* "my-number" */
	struct words name;
	int64_t kinds; /* of known, held, being: how many different ones must be shown in it */
	const struct pack_clause *clause;
};

/* Who holds the role, or has the right, must show so many kinds wherever they are. */
struct pack_demand {
	const struct pack_role *role; /* NULL: of the right */
	struct text right;	      /* "settings": one of pack_names.rights */
	int64_t kinds;
	const struct pack_clause *clause;
};

/* Deciding this asks for a fresh proof. */
struct pack_weight {
	const struct pack_occasion *occasion; /* NULL: of the class */
	const struct pack_axis *axis;
	const struct pack_class *least; /* that value or a higher one */
	const struct pack_clause *clause;
};

struct pack_sign_in {
	struct pack_zone *zones;
	size_t zones_count;
	struct pack_demand *demands; /* in force when parameter sign-in.demands is yes */
	size_t demands_count;
	struct pack_weight *weights;
	size_t weights_count;
	const struct pack_role **recovers; /* two different holders of these together; none: nobody */
	size_t recovers_count;
	const struct pack_clause *recovery_clause;
};

#endif
