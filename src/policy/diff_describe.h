/* For the files that write a thing of the pack as keys and values. */
#ifndef BANSHO_POLICY_DIFF_DESCRIBE_H
#define BANSHO_POLICY_DIFF_DESCRIBE_H

#include "policy/diff_rooms.h"

/* `label` is a message id. */
void describe(struct described *described, const char *key, const char *label, struct text value);
void describe_named(struct described *described, struct text key, struct text label,
		    struct text value);
void describe_words(struct described *described, const char *key, const char *label,
		    struct words words);
void describe_yes(struct described *described, const char *key, const char *label, bool is_yes);
/* list、one */
struct text joined(struct arena *into, struct text list, struct text one);

/* diff_sign_in.c */
struct described describe_zone(struct arena *into, const struct pack_zone *zone);
struct described describe_demands(struct arena *into, const struct pack_sign_in *sign_in);
struct described describe_weights(struct arena *into, const struct pack_sign_in *sign_in);
struct described describe_recovery(struct arena *into, const struct pack_sign_in *sign_in);
struct described describe_cards(struct arena *into, const struct pack_sign_in *sign_in);

/* diff_incidents.c */
struct described describe_incident_kind(struct arena *into, const struct pack_incident_kind *kind);
struct described describe_link(struct arena *into, const struct pack_link *link);
struct described describe_authority(struct arena *into, const struct pack_authority *authority);
/* diff_training.c */
struct described describe_audience(struct arena *into, const struct pack_audience *audience);
struct described describe_course(struct arena *into, const struct pack_course *course);
struct described describe_lure(struct arena *into, const struct pack_lure *lure);
struct described describe_training(struct arena *into, const struct pack_training *training);
/* diff_audit.c */
struct described describe_audit(struct arena *into, const struct pack_audit *audit);
struct described describe_inventory(struct arena *into, const struct pack_inventory *inventory);
struct described describe_reconcile(struct arena *into, const struct pack_reconcile *of);
struct described describe_theme(struct arena *into, const struct pack_theme *theme);
/* diff_entrance.c */
struct described describe_entrance(struct arena *into, const struct pack_entrance *entrance);
/* diff_contracts.c */
struct described describe_contracts(struct arena *into, const struct pack_contracts *contracts);

#endif
