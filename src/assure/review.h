/* What assurance adds to the yearly review (audit/audit.h): findings. */
#ifndef BANSHO_ASSURE_REVIEW_H
#define BANSHO_ASSURE_REVIEW_H

#include "audit/audit.h"

/* Ended by code NULL, as review_start() and its like take it. */
extern const struct review_source assure_review_sources[];

#endif
