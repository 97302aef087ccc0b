/* Months of a room's log, and looking through them. */
#include "entrance/rooms.h"

enum { MONTHS_MOST = 24 };

struct day
room_month_first(struct day day)
{
	struct day first = day;
	int year, month, of;
	day_parts(day, &year, &month, &of);
	(void)day_make(year, month, 1, &first);
	return first;
}

struct day
room_month_next(struct day first)
{
	return room_month_first(day_plus(first, 31));
}

struct error *
room_by_hand_in(struct look *look, const struct pack *pack, struct unit_id owner, struct moment from,
	   struct moment until, int64_t *rows)
{
	struct entrance_by_hand_row row;
	TRY(entrance_by_hand(look,
		    &(struct entrance_by_hand_in){ pack->entrance->log->code, owner.no, from.ms, until.ms }, &row));
	*rows = row.rows;
	return OK;
}

static struct error *
count_month(struct look *look, const struct pack *pack, const struct entrance_room *room,
	    struct day first, struct entrance_month *month)
{
	const struct moment from = day_begin(first), until = day_begin(room_month_next(first));
	struct entrance_month_counts_row counts;
	int64_t late;
	TRY(room_late_ms(look, pack, &late));
	TRY(entrance_month_counts(look, &(struct entrance_month_counts_in){ room->id.no, from.ms, until.ms, late }, &counts));
	*month = (struct entrance_month){
		.first = first,
		.entries = counts.entries,
		.refused = counts.refused,
		.late = counts.late,
		.inside = counts.inside,
		.troubled = counts.troubled,
	};
	return OK;
}

/* A month, but for what was written by hand. */
static struct error *
fill_month(struct look *look, const struct pack *pack, const struct entrance_room *room,
	   struct day first, struct entrance_month *month)
{
	struct entrance_review_of_row review;
	bool found;
	TRY(count_month(look, pack, room, first, month));
	TRY(entrance_review_of(look, &(struct entrance_review_of_in){ room->id.no, first.no }, &found, &review));
	if (found) {
		month->reviewed = (struct moment){ review.at };
		month->reviewer = review.name;
		month->words = review.words;
	}
	return OK;
}

struct error *
entrance_month(struct look *look, const struct pack *pack, const struct entrance_room *room,
	       struct day day, struct entrance_month *month)
{
	const struct day first = room_month_first(day);
	TRY(fill_month(look, pack, room, first, month));
	return room_by_hand_in(look, pack, room->unit, day_begin(first), day_begin(room_month_next(first)),
			       &month->by_hand);
}

/* Of all the months at once: every row of the ledger is read for it. */
static struct error *
fill_by_hand(struct look *look, const struct pack *pack, struct unit_id owner,
	     struct entrance_month *list, size_t count)
{
	struct entrance_by_hand_days_row *rows;
	size_t rows_count;
	const struct entrance_by_hand_days_in in = {
		.ledger = pack->entrance->log->code,
		.owner = owner.no,
		.from = day_begin(list[count - 1].first).ms,
		.until = day_begin(room_month_next(list[0].first)).ms,
		.most = (int64_t)MONTHS_MOST * 31,
	};
	TRY(entrance_by_hand_days(look, &in, &rows, &rows_count));
	for (size_t i = 0; i < rows_count; i++) {
		const struct day first = room_month_first((struct day){ rows[i].day });
		for (size_t at = 0; at < count; at++)
			if (list[at].first.no == first.no)
				list[at].by_hand += rows[i].rows;
	}
	return OK;
}

struct error *
entrance_months(struct look *look, const struct pack *pack, const struct entrance_room *room,
		struct entrance_month **list, size_t *count)
{
	const struct day now = room_month_first(moment_day(look->now));
	struct entrance_first_entry_row entry;
	TRY(entrance_first_entry(look, &(struct entrance_first_entry_in){ room->id.no }, &entry));
	const struct day first = entry.first == 0 ? now : room_month_first(moment_day((struct moment){ entry.first }));
	*list = ARENA_ARRAY(look->arena, struct entrance_month, MONTHS_MOST);
	*count = 0;
	for (struct day day = now; day.no >= first.no && *count < MONTHS_MOST;
	     day = room_month_first(day_plus(day, -1)))
		TRY(fill_month(look, pack, room, day, &(*list)[(*count)++]));
	return *count == 0 ? OK : fill_by_hand(look, pack, room->unit, *list, *count);
}

struct error *
entrance_review(struct act *act, const struct pack *pack, struct row_id id, struct day first,
		struct text words)
{
	struct arena *arena = act->look.arena;
	struct entrance_month month;
	struct entrance_room room;
	struct entrance_review_of_row row;
	bool found;
	int64_t number;
	TRY(room_must_keep(act, pack, id, &room));
	first = room_month_first(first);
	if (room_month_next(first).no > moment_day(act->look.now).no)
		return reject("month", "まだ終わっていない月です。月が替わってから点検してください。");
	TRY(entrance_review_of(&act->look, &(struct entrance_review_of_in){ id.no, first.no }, &found, &row));
	if (found)
		return conflict("この月は、もう点検してあります。");
	TRY(entrance_month(&act->look, pack, &room, first, &month));
	if (month.troubled != 0)
		return conflict("説明の付いていない入室が%lld件あります。先に説明を書いてください。",
				(long long)month.troubled);
	if (month.inside != 0)
		return conflict("退室の記録がない入室が%lld件あります。先に退室を確かめて記入してください。",
				(long long)month.inside);
	TRY(room_must_reason("words", words, say("見て分かったことを入力してください。なければ「問題なし」と書いてください。")));
	TRY(act_number(act, T("entrance-review"), &number));
	TRY(entrance_review_add(act, &(struct entrance_review_add_in){
				    .id = number,
				    .room = id.no,
				    .month = first.no,
				    .person = act->actor.person,
				    .role = act->actor.role,
				    .at = act->look.now.ms,
				    .words = text_trim(words),
				    .entries = month.entries,
				    .refused = month.refused,
				    .late = month.late,
				    .troubled = month.troubled,
				    .by_hand = month.by_hand,
			    }));
	struct fact fact = room_fact_in(arena, "entrance.review", id);
	fact.pairs[0] = (struct fact_pair){ "month", day_iso(arena, first), 0 };
	fact.pairs[1] = (struct fact_pair){ "entries", { 0 }, month.entries };
	return act_note(act, &fact);
}
