/* What is wrong, one by one: each becomes a finding of its own. */
#include "inventory/rooms.h"

struct listing {
	struct look *look;
	const struct flow *flow;
	struct inventory_trouble *list;
	size_t count;
};

static void
put(struct listing *listing, enum inventory_trouble_kind kind, struct row_id row, int64_t no,
    struct unit_id unit, struct text words)
{
	if (listing->count < INVENTORY_MOST_LISTED)
		listing->list[listing->count++] = (struct inventory_trouble){ kind, row, no, unit, words };
}

static struct error *
list_away(struct listing *listing)
{
	struct look *look = listing->look;
	struct arena *arena = look->arena;
	struct inventory_person_left_row left;
	struct inventory_loan *away;
	size_t count;
	TRY(inventory_away(look, listing->flow, &(struct inventory_query){ 0 }, &away, &count));
	for (size_t at = 0; at < count; at++) {
		const struct inventory_loan *one = &away[at];
		const int64_t no = one->outing != 0 ? one->outing : one->id;
		left.has = 0;
		if (one->person.no != 0)
			TRY(inventory_person_left(look,
						  &(struct inventory_person_left_in){
							  one->person.no, moment_day(look->now).no },
						  &left));
		if (left.has != 0)
			put(listing, AMISS_HELD, one->thing, no, one->unit,
			    text_format(arena, say("%.*sの物を、もう勤めていない人が返していません。"),
					T_ARG(one->ledger)));
		else if (one->is_overdue)
			put(listing, AMISS_OVERDUE, one->thing, no, one->unit,
			    text_format(arena, say("%.*sの物が、期限(%.*s)を過ぎて戻っていません(%s)。"),
					T_ARG(one->ledger), T_ARG(moment_wareki(arena, one->due)),
					thing_state_words(one->kind)));
	}
	return OK;
}

static struct error *
list_gone(struct listing *listing)
{
	struct arena *arena = listing->look->arena;
	struct inventory_gone_list_row *rows;
	size_t count;
	TRY(inventory_gone_list(listing->look,
				&(struct inventory_gone_list_in){ INVENTORY_MOST_LISTED }, &rows, &count));
	for (size_t at = 0; at < count; at++)
		put(listing, AMISS_GONE, (struct row_id){ rows[at].thing }, rows[at].id,
		    (struct unit_id){ rows[at].owner },
		    text_format(arena, say("%.*sの物が、%.*sに終えた棚卸で見つかりませんでした。"),
				T_ARG(ledger_place(arena, listing->flow->pack, rows[at].ledger,
						   rows[at].number)),
				T_ARG(day_wareki(arena, moment_day((struct moment){ rows[at].at })))));
	return OK;
}

static struct error *
list_software(struct listing *listing)
{
	struct arena *arena = listing->look->arena;
	const struct pack_inventory *rules = listing->flow->pack->inventory;
	struct inventory_software *list;
	size_t count;
	TRY(inventory_software(listing->look, listing->flow, NULL, 0, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct inventory_software *one = &list[at];
		const struct text place = ledger_place(arena, listing->flow->pack, rules->software->code,
						       one->number);
		if (one->has_ended)
			put(listing, AMISS_ENDED, one->row, 0, one->unit,
			    text_format(arena, say("%.*sのソフトウェアは、%.*sにサポートが終わっています。"),
					T_ARG(place), T_ARG(day_wareki(arena, one->until))));
		if (one->is_over)
			put(listing, AMISS_OVER, one->row, 0, one->unit,
			    text_format(arena,
					say("%.*sのソフトウェアは、ライセンス%lld本に対して%lld本を使っています。"),
					T_ARG(place), (long long)one->licences, (long long)one->used));
	}
	return OK;
}

struct error *
inventory_troubles(struct look *look, const struct flow *flow, struct inventory_trouble **list,
		   size_t *count)
{
	struct listing listing = { look, flow, NULL, 0 };
	bool knows;
	*list = ARENA_ARRAY(look->arena, struct inventory_trouble, 1);
	*count = 0;
	TRY(store_has_step(look, T("inventory"), 1, &knows));
	if (!knows || flow->pack->inventory == NULL)
		return OK;
	listing.list = ARENA_ARRAY(look->arena, struct inventory_trouble, INVENTORY_MOST_LISTED);
	TRY(list_away(&listing));
	TRY(list_gone(&listing));
	TRY(list_software(&listing));
	*list = listing.list;
	*count = listing.count;
	return OK;
}
