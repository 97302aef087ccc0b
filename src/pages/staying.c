/* Accounts of other systems that people would take along who move or leave: for the pages of a transfer. */
#include "pages/transfer_pages.h"

#include "pages/access_pages.h"

enum { STAYING_MOST = 1000, OWNERS_MOST = 200 };

/* Whether the visitor may look into the systems of a unit, asked once for each. */
struct reaching {
	struct look *look;
	struct visit *visit;
	struct unit_id owner[OWNERS_MOST];
	bool reaches[OWNERS_MOST];
	size_t count;
};

static struct error *
may_look(struct reaching *reaching, struct unit_id owner, bool *may)
{
	for (size_t at = 0; at < reaching->count; at++)
		if (reaching->owner[at].no == owner.no) {
			*may = reaching->reaches[at];
			return OK;
		}
	TRY(rights_reach(reaching->look, &reaching->visit->rights, RIGHT_LEDGER_READ, owner, may));
	if (reaching->count < OWNERS_MOST) {
		reaching->owner[reaching->count] = owner;
		reaching->reaches[reaching->count++] = *may;
	}
	return OK;
}

/* Who keeps the staff must know where to ask; what an account is called is the system's and its owner's. */
static struct error *
fill_row(struct reaching *reaching, const struct transfer_moved *moved,
	 const struct access_staying *account, struct staying_rows *row)
{
	struct arena *arena = reaching->visit->arena;
	bool reaches = false;
	TRY(may_look(reaching, account->owner, &reaches));
	*row = (struct staying_rows){
		.who = moved->who,
		.system = account->system_title,
		.owner = account->owner_name,
		.is_privileged = account->is_privileged,
		.is_shared = account->is_shared,
	};
	if (reaches || moved->person.no == reaching->visit->session.person.no)
		row->name = account->name;
	if (!reaches)
		return OK;
	row->system_href = access_system_url(arena, account->system);
	row->href = access_account_url(arena, &(struct access_account){ .id = account->id,
									.system = account->system });
	return OK;
}

struct error *
staying_of(struct look *look, struct visit *visit, const struct transfer_moved *moved, size_t count,
	   bool has_who, const struct staying_part **part)
{
	struct reaching *reaching = ARENA_NEW(visit->arena, struct reaching);
	struct staying_part *made = ARENA_NEW(visit->arena, struct staying_part);
	reaching->look = look;
	reaching->visit = visit;
	made->has_who = has_who;
	made->rows = ARENA_ARRAY(visit->arena, struct staying_rows, STAYING_MOST);
	*part = NULL;
	for (size_t at = 0; at < count; at++) {
		const struct access_moving moving = { moved[at].person, moved[at].units,
						      moved[at].units_count };
		struct access_staying *list;
		size_t found;
		TRY(access_staying(look, &moving, &list, &found));
		for (size_t one = 0; one < found && !made->is_more; one++) {
			made->is_more = made->rows_count == STAYING_MOST;
			if (!made->is_more)
				TRY(fill_row(reaching, &moved[at], &list[one],
					     &made->rows[made->rows_count++]));
		}
	}
	if (made->rows_count != 0)
		*part = made;
	return OK;
}
