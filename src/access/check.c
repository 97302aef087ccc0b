/* What is out of order with accounts, held against staff, permits, lists and what units asked for. */
#include "access/rooms.h"

#include <stdlib.h>

enum { CHECK_DAYS = 90, PERMITS_MOST = 20000 };

struct kept_until {
	int64_t account;
	enum trouble_kind kind;
	int64_t until;
};

struct checking {
	struct look *look;
	struct day today;
	int64_t unused_days;
	struct pairs places; /* person: units, and all above them */
	struct pairs users;  /* account: persons */
	struct pairs asked;  /* account: answers */
	struct kept_until *kept;
	size_t kept_count, kept_room;
	bool with_kept;
	struct trouble *list;
	size_t count, room;
};

/* ---- What is held against ---- */

static struct error *
add_place(void *with, const struct access_places_row *row)
{
	pair_add(with, row->person, row->above);
	return OK;
}

static struct error *
add_user(void *with, const struct access_used_by_row *row)
{
	pair_add(with, row->account, row->person);
	return OK;
}

static struct error *
add_asked(void *with, const struct access_asked_now_row *row)
{
	pair_add(with, row->account, row->id);
	return OK;
}

static struct error *
add_kept(void *with, const struct access_kept_now_row *row)
{
	struct checking *checking = with;
	enum trouble_kind kind;
	if (!trouble_read(row->kind, &kind))
		return OK;
	GROW(checking->look->arena, checking->kept, checking->kept_count, checking->kept_room);
	checking->kept[checking->kept_count++] =
		(struct kept_until){ row->account, kind, row->until };
	return OK;
}

static struct error *
gather(struct checking *checking)
{
	struct look *look = checking->look;
	const int64_t today = checking->today.no;
	checking->places.arena = checking->users.arena = checking->asked.arena = look->arena;
	TRY(access_places(look, &(struct access_places_in){ today }, add_place, &checking->places));
	TRY(access_used_by(look, &(struct access_used_by_in){ today }, add_user, &checking->users));
	TRY(access_asked_now(look, add_asked, &checking->asked));
	return access_kept_now(look, &(struct access_kept_now_in){ today }, add_kept, checking);
}

/* ---- One account ---- */

/* They stand in order of account. */
static const struct kept_until *
kept_of(const struct checking *checking, int64_t account, enum trouble_kind kind)
{
	size_t low = 0, high = checking->kept_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (checking->kept[middle].account < account)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < checking->kept_count && checking->kept[low].account == account; low++)
		if (checking->kept[low].kind == kind)
			return &checking->kept[low];
	return NULL;
}

static void
found(struct checking *checking, const struct access_check_all_row *row, enum trouble_kind kind,
      struct day since)
{
	const struct kept_until *kept = kept_of(checking, row->id, kind);
	if (kept != NULL && !checking->with_kept)
		return;
	GROW(checking->look->arena, checking->list, checking->count, checking->room);
	checking->list[checking->count++] = (struct trouble){
		.account = { row->id },
		.system = { row->system },
		.kind = kind,
		.person = { row->person },
		.is_kept = kept != NULL,
		.kept_until = kept != NULL ? (struct day){ kept->until } : DAY_NONE,
		.since = since,
	};
}

static void
check_person(struct checking *checking, const struct access_check_all_row *row)
{
	size_t places;
	const struct pair *at = pairs_with(&checking->places, row->person, &places);
	const bool has_left = row->person_until != 0 && row->person_until < checking->today.no;
	if (has_left || at == NULL) {
		found(checking, row, TROUBLE_LEFT,
		      has_left ? (struct day){ row->person_until } : DAY_NONE);
		return;
	}
	if (!row->is_for_all && row->unit != 0 &&
	    !pair_is(&checking->places, row->person, row->unit))
		found(checking, row, TROUBLE_MOVED, DAY_NONE);
}

static void
check_used(struct checking *checking, const struct access_check_all_row *row)
{
	const int64_t since = row->used != 0 ? row->used
					     : moment_day((struct moment){ row->added }).no;
	if (row->is_used_known && checking->today.no - since > checking->unused_days)
		found(checking, row, TROUBLE_UNUSED,
		      row->used != 0 ? (struct day){ row->used } : DAY_NONE);
}

static struct error *
check_row(void *with, const struct access_check_all_row *row)
{
	struct checking *checking = with;
	size_t users;
	if (pairs_with(&checking->asked, row->id, &users) != NULL)
		found(checking, row, TROUBLE_ASKED, DAY_NONE);
	/* Gone from the system: what else was wrong with it is over, if somebody says that it is gone. */
	if (row->current != 0 && row->list != row->current) {
		found(checking, row, TROUBLE_ABSENT, DAY_NONE);
		return OK;
	}
	if (row->is_disabled)
		return OK;
	if (text_is(row->kind, "unknown"))
		found(checking, row, TROUBLE_UNKNOWN, DAY_NONE);
	if (text_is(row->kind, "person"))
		check_person(checking, row);
	if (text_is(row->kind, "shared") && pairs_with(&checking->users, row->id, &users) == NULL)
		found(checking, row, TROUBLE_SHARED, DAY_NONE);
	if (!text_is(row->kind, "machine"))
		check_used(checking, row);
	if (row->is_privileged)
		found(checking, row, TROUBLE_PRIVILEGED, DAY_NONE);
	return OK;
}

/* ---- Permits: asked for those that are left ---- */

static struct error *
drop_permitted(struct checking *checking, const struct flow *flow)
{
	size_t kept = 0;
	for (size_t at = 0; at < checking->count; at++) {
		const struct trouble *trouble = &checking->list[at];
		struct access_account account;
		struct permit_id permit;
		struct text number;
		bool has = false;
		if (trouble->kind == TROUBLE_PRIVILEGED) {
			TRY(access_account(checking->look, trouble->account, &account));
			TRY(access_permit(checking->look, flow, &account, &has, &permit, &number));
		}
		if (!has)
			checking->list[kept++] = *trouble;
	}
	checking->count = kept;
	return OK;
}

static int
order(const void *a, const void *b)
{
	const struct trouble *one = a, *other = b;
	if (one->system.no != other->system.no)
		return one->system.no < other->system.no ? -1 : 1;
	if (one->kind != other->kind)
		return one->kind < other->kind ? -1 : 1;
	return one->account.no < other->account.no ? -1 : one->account.no > other->account.no;
}

struct error *
access_check(struct look *look, const struct flow *flow, struct row_id system, bool with_kept,
	     struct trouble **list, size_t *count)
{
	struct checking checking = { .look = look, .today = moment_day(look->now),
				     .with_kept = with_kept };
	*list = NULL;
	*count = 0;
	bool has;
	TRY(store_has_step(look, T("access"), 1, &has));
	if (!has)
		return OK;
	TRY(people_parameter(look, flow->pack, "account.check-days", CHECK_DAYS,
			     &checking.unused_days));
	TRY(gather(&checking));
	TRY(access_check_all(look, &(struct access_check_all_in){ system.no }, check_row,
			     &checking));
	TRY(drop_permitted(&checking, flow));
	if (checking.count != 0)
		qsort(checking.list, checking.count, sizeof *checking.list, order);
	*list = checking.list;
	*count = checking.count;
	return OK;
}
