/* Server rooms as the pack lays them down (entrance.yaml): which rooms keep an entry log, who may enter. */
#ifndef BANSHO_POLICY_ENTRANCE_H
#define BANSHO_POLICY_ENTRANCE_H

#include "policy/occasion.h"

struct pack_role;

/* Columns of the entry log that Bansho fills in from what the tablet took. */
enum entrance_column {
	ENTRANCE_NAME,
	ENTRANCE_ROOM,
	ENTRANCE_ENTERED,
	ENTRANCE_LEFT,
	ENTRANCE_OF,	   /* unit or firm */
	ENTRANCE_PURPOSE,
	ENTRANCE_ID_SHOWN,
	ENTRANCE_DEVICES,  /* brought in */
	ENTRANCE_MOVED,	   /* equipment was carried in or out */
	ENTRANCE_ATTENDED, /* by whom */
	ENTRANCE_IMPACT,   /* on the systems there, looked at beforehand */
	ENTRANCE_REMARKS,
	ENTRANCE_COLUMNS,
};

/* A button of the tablet: why somebody enters. */
struct pack_purpose {
	struct text code;
	struct words name;
};

struct pack_entrance {
	const struct pack_role *keeper; /* in the room's unit: tablets, the log, its review */
	const struct pack_ledger *rooms; /* the rows for which `where` holds are rooms with an entry log */
	const struct when *where;	 /* NULL: all */
	/* Who was permitted, one by one. */
	const struct pack_ledger *listed;
	const struct pack_field *listed_name, *listed_room, *listed_of, *listed_period; /* of, period: or NULL */
	const struct pack_occasion *listed_by; /* whose permit it rests on, or NULL */
	struct text listed_entrant, listed_place; /* what that permit's scope calls name and room */
	const struct pack_role **staff; /* whose holders in the room's unit may enter by their post */
	size_t staff_count;
	/* What may be brought in, or NULL: whatever is written down. */
	const struct pack_occasion *devices;
	struct text devices_serial, devices_place; /* names in its scope */
	const struct pack_ledger *log; /* every visit becomes a row of it */
	const struct pack_field *columns[ENTRANCE_COLUMNS]; /* NULL: the ledger has none */
	struct pack_purpose *purposes;
	size_t purposes_count;
	bool takes_visitors; /* who is not permitted may enter with somebody who is */
};

enum { ENTRANCE_PURPOSES_MOST = 8, ENTRANCE_USUAL_LATE = 5 /* minutes, parameter entrance.late-minutes */ };


#endif
