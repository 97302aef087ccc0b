/* What only assure's own files know. */
#ifndef BANSHO_ASSURE_ROOMS_H
#define BANSHO_ASSURE_ROOMS_H

#include "assure/assure.h"
#include "assure/assure_sql.h"

struct evaluating {
	struct look *look;
	const struct flow *flow;
	struct sealing *sealing;
};

/* What one rule says now. */
struct error *rule_evaluate(const struct evaluating *evaluating, const struct pack_evidence *rule,
			    struct assured_rule *answer) MUST_USE;

#define JUDGEMENT_FROM(r, today)                                                               \
	((struct judgement){ (r)->id, (r)->clause, { (r)->person }, (r)->person_name,          \
			     (r)->role, (r)->is_not_needed, (r)->words, { (r)->at },           \
			     { (r)->until }, (r)->until >= (today).no })

#endif
