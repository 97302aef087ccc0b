/* What only this room's own files know. */
#ifndef BANSHO_ENTRANCE_ROOMS_H
#define BANSHO_ENTRANCE_ROOMS_H

#include "entrance/entrance.h"
#include "entrance/entrance_sql.h"

#include "base/say.h"

enum { HOUR_MS = 3600000, MINUTE_MS = 60000, DAY_MS = 86400000 };

struct text room_about_tablet(struct arena *into, struct tablet_id id);
struct text room_about_row(struct arena *into, struct row_id id);
/* Of something in that room. */
struct fact room_fact_in(struct arena *into, const char *act, struct row_id room);

/* ---- room.c ---- */

/* The acting person keeps that room's log; *room says which it is. */
struct error *room_must_keep(struct act *act, const struct pack *pack, struct row_id id,
			struct entrance_room *room) MUST_USE;
struct error *room_must_reason(const char *box, struct text words, const char *ask) MUST_USE;

/* ---- entrant.c ---- */

/* The same name: spaces, width, case and variant characters do not matter. */
bool room_is_called(struct arena *arena, struct text a, struct text b);
/* As on that moment. */
struct error *room_entrants_at(struct look *look, const struct flow *flow,
			  const struct entrance_room *room, struct moment at, struct entrant **list,
			  size_t *count) MUST_USE;
/* Is it somebody named for work that nobody consented to? Then `why` says so; else it is empty. */
struct error *room_unconsented(struct look *look, const struct flow *flow, struct moment at,
			       struct text name, struct text of, struct text *why) MUST_USE;
const struct entrant *room_entrant_called(const struct entrant *list, size_t count, struct text key);
/* The permit under which that device may be in the room at that moment; no 0: none. */
struct error *room_permit_of(struct look *look, const struct flow *flow,
			     const struct entrance_room *room, struct moment at, struct text serial,
			     struct permit_id *permit) MUST_USE;

/* ---- log_row.c ---- */

/* What the pack's ledger of entries says of a visit. */
struct log_row {
	const struct entrance_room *room;
	struct text name, of, purpose, devices, attended, remarks;
	bool id_shown, moved, impact;
	struct moment entered;
};
/* Notes its own entry: nothing else may have been changed before it. */
struct error *room_log_row_add(struct act *act, const struct pack *pack, const struct log_row *log,
			  struct row_id *added) MUST_USE;
/* The same; nothing happens where the row is gone or closed. */
struct error *room_log_row_leave(struct act *act, const struct pack *pack, struct row_id row,
			    struct moment left, struct text remarks) MUST_USE;

/* ---- visit.c ---- */

struct text room_purpose_words(const struct pack_entrance *entrance, struct text code);
struct error *room_late_ms(struct look *look, const struct pack *pack, int64_t *ms) MUST_USE;
/* Who entered before that and is inside has been so too long. */
struct error *room_long_before(struct look *look, const struct pack *pack, struct moment *before) MUST_USE;

/* ---- review.c ---- */

struct day room_month_first(struct day day);
struct day room_month_next(struct day first);
struct error *room_by_hand_in(struct look *look, const struct pack *pack, struct unit_id owner,
			 struct moment from, struct moment until, int64_t *rows) MUST_USE;

#endif
