/* Addresses, tags and rights that the pages of recurring work share. */
#include "pages/duty_pages.h"

struct url
occurrence_url(struct arena *arena, struct duty_id id)
{
	return url_of_number(arena, "/duties/occurrences/{}", id.no);
}

struct url
duty_url(struct arena *arena, struct text code)
{
	return url_of(arena, "/duties/{}", code);
}

struct text
duty_tag(enum duty_state state)
{
	switch (state) {
	case DUTY_OPEN:
		return T("wait");
	case DUTY_LATE:
		return T("stop");
	case DUTY_DONE:
		return T("go");
	case DUTY_PLANNED:
	case DUTY_EXCUSED:
	case DUTY_DROPPED:
	case DUTY_STATES:
		break;
	}
	return T("off");
}

bool
occurrence_opens(struct look *look, struct visit *visit, const struct duty_occurrence *occurrence)
{
	const struct person_id me = visit->session.person;
	bool may = false;
	if (occurrence->person.no == me.no || occurrence->handed.no == me.no ||
	    visit_may(visit, RIGHT_JOURNAL_READ))
		return true;
	if (visit_may(visit, RIGHT_MAP_READ) &&
	    (occurrence->unit.no == 0 ||
	     visit_reaches(look, visit, RIGHT_LEDGER_READ, occurrence->unit)))
		return true;
	return duty_may(look, occurrence, me, &may) == OK && may;
}

struct text
occurrence_place(const struct duty_occurrence *occurrence)
{
	return occurrence->unit.no == 0 ? text_of(say("全庁")) : occurrence->unit_name;
}
