/* Addresses, tags, reach and the box for labels. */
#include "pages/thing_pages.h"

struct url
thing_url(struct arena *arena, struct row_id id)
{
	return url_of_number(arena, "/things/{}", id.no);
}

struct url
take_url(struct arena *arena, struct take_id id)
{
	return url_of_number(arena, "/stock/{}", id.no);
}

struct text
thing_tag(enum thing_state state, bool is_overdue)
{
	if (is_overdue)
		return T("stop");
	switch (state) {
	case THING_IN:
		return T("go");
	case THING_LENT:
	case THING_REPAIR:
	case THING_OUT:
		return T("wait");
	case THING_GONE:
		return T("stop");
	case THING_ENDED:
	case THING_STATES:
		break;
	}
	return T("off");
}

struct error *
things_must_be(const struct visit *visit)
{
	if (visit->office->pack->inventory == NULL)
		return missing("この団体の方針には、物品の決まり（inventory.yaml）がありません。");
	return OK;
}

const struct unit_id *
things_within(const struct visit *visit, size_t *count)
{
	static const struct unit_id none = { 0 };
	const struct reach *reach = &visit->rights.at[RIGHT_LEDGER_READ];
	*count = reach->is_all ? 0 : reach->count;
	if (reach->is_all)
		return NULL;
	return reach->count == 0 ? &none : reach->units;
}

bool
thing_opens(struct look *look, struct visit *visit, struct unit_id unit, struct person_id holder)
{
	if (holder.no != 0 && holder.no == visit->session.person.no)
		return true;
	return unit.no != 0 && visit_reaches(look, visit, RIGHT_LEDGER_READ, unit);
}

struct scan_part *
scan_box(struct visit *visit, struct url action, bool is_post)
{
	struct scan_part *scan = ARENA_NEW(visit->arena, struct scan_part);
	const struct text fault = visit_fault(visit, T("code"));
	visit->answer.uses_camera = true;
	*scan = (struct scan_part){
		.action = action,
		.is_post = is_post,
		.csrf = visit->csrf,
		.value = fault.len != 0 ? visit_text(visit, "code") : T(""),
		.fault = fault,
	};
	return scan;
}
