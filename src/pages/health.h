/* How the house stands: gathered once, shown as a page, as JSON and as metrics. */
#ifndef BANSHO_PAGES_HEALTH_H
#define BANSHO_PAGES_HEALTH_H

#include "pages/pages.h"

enum health_state { HEALTH_FINE, HEALTH_WARN, HEALTH_BAD };

enum { HEALTH_ITEMS = 12 };

struct health_item {
	const char *name;	/* for programs: "store", "sealing" … */
	const char *title;	/* N_() */
	enum health_state state;
	struct text words;	/* said already: what stands, and what to do when it is not fine */
};

struct health {
	struct health_item items[HEALTH_ITEMS];
	size_t count;
	enum health_state worst;

	int64_t entries, signed_entries; /* of the journal */
	bool has_sealing_trouble;
	int64_t sessions, mails_waiting, mails_given_up;
	int64_t disk_free, disk_size; /* bytes */
	int64_t clock_ran, backup_taken, certificate_ends; /* ms since 1970, 0: never, none */
};

/* Never fails: what cannot be read is an item that is not fine. */
void health_gather(struct arena *arena, const struct office *office, struct health *health);
/* {"state":"fine|warn|bad","items":[{"name":…,"state":…,"words":…}]} */
struct text health_json(struct arena *arena, const struct health *health);
/* The Prometheus text format; counters of server and store included. */
struct text health_metrics(struct arena *arena, const struct office *office,
			   const struct health *health);
const char *health_state_name(enum health_state state);

#endif
