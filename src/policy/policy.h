/*
 * A body's policy as data. A pack is a folder of YAML files (docs/pack-format.md); pack_load()
 * checks all of it and gives immutable structs that live in one arena. Everything below is read
 * only, holds no pointer outside that arena, and may be read by any thread.
 *
 * This room is pure: no store, no clock, no network. It knows what the policy says, not who the
 * people are nor what was answered; those who know bring answers (struct when_answers).
 *
 * Lists are a pointer and a count with the same name: `fields`, `fields_count`. An order that the
 * pack's author chose (clauses, fields, values) is kept; lookups by id are by binary search.
 *
 * The manual is in parts: words.h (roles, classes, parameters), clause.h, field.h and value.h, form.h
 * (ledgers too), occasion.h, delegation.h, duty.h, incident.h, check.h, training.h, audit.h, reconcile.h, entrance.h, condition.h, evidence.h,
 * sign_in.h, pack.h (loading, looking up).
 */
#ifndef BANSHO_POLICY_POLICY_H
#define BANSHO_POLICY_POLICY_H

#include "policy/pack.h"

#endif
