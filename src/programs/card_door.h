/*
 * The door for IC cards: a second listener that asks for client certificates, so that browsers are not
 * asked on every other page; and the watch over issuers and revocation lists (web/issuers.h).
 */
#ifndef BANSHO_PROGRAMS_CARD_DOOR_H
#define BANSHO_PROGRAMS_CARD_DOOR_H

#include "pages/pages.h"

struct card_door {
	struct issuers *issuers; /* NULL: no cards are configured */
	int listening;		 /* or -1 */
	struct office office;	 /* the same body, seen from this door */
	struct server *server;
};

/* Before the jail: reads the folder, listens. `folder` NULL: no cards. */
struct error *card_door_open(struct card_door *door, const char *folder, const char *address,
			     uint16_t port) MUST_USE;
/*
 * Before any pages are served: `office` learns where browsers reach both, `how` is how its pages are
 * served. The public ports are 0 where they are those we listen at; behind a proxy the other pages'
 * is then 443.
 */
struct error *card_door_start(struct card_door *door, const struct server_options *how,
			      struct office *office, uint16_t card_public_port,
			      uint16_t public_port) MUST_USE;
/* Every second: what changed in the folder; cards that a list names now are stopped. */
void card_door_watch(struct card_door *door);
void card_door_stop(struct card_door *door, unsigned seconds);

#endif
