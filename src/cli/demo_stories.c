/* The year's dossiers: which course each takes, and when its acts happen. */
#include "cli/demo.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MINUTES = 60, DAY_MINUTES = 24 * 60, PICKS = 80, NOW_PER = 400 };

/* Dossiers that stand in a certain state now; `each` of them per NOW_PER dossiers. */
struct standing {
	enum demo_doing doing;
	enum demo_fate fate;
	int64_t each;
	int64_t least_ago, most_ago; /* days before today on which it was begun */
};

static const struct standing standings[] = {
	{ DOING_SEND, FATE_DRAFT, 4, 0, 12 },	 { DOING_CARRY, FATE_DRAFT, 3, 0, 9 },
	{ DOING_DISPOSE, FATE_DRAFT, 2, 0, 20 }, { DOING_SEND, FATE_WAITING, 6, 0, 1 },
	{ DOING_CARRY, FATE_WAITING, 5, 0, 1 },	 { DOING_DISPOSE, FATE_WAITING, 4, 0, 1 },
	{ DOING_SEND, FATE_STUCK, 2, 10, 16 },	 { DOING_CARRY, FATE_STUCK, 1, 9, 12 },
	{ DOING_DISPOSE, FATE_STUCK, 1, 12, 20 }, { DOING_SEND, FATE_SENT_BACK, 3, 2, 9 },
	{ DOING_CARRY, FATE_SENT_BACK, 2, 2, 6 }, { DOING_CARRY, FATE_VALID, 5, 1, 3 },
	{ DOING_DISPOSE, FATE_VALID, 3, 2, 20 }, { DOING_CARRY, FATE_OUT, 9, 2, 6 },
	{ DOING_CARRY, FATE_OVERDUE, 4, 5, 9 },	 { DOING_CARRY, FATE_EXTENSION_ASKED, 2, 5, 9 },
	{ DOING_DISPOSE, FATE_OPEN, 4, 15, 80 }, { DOING_DISPOSE, FATE_UNLISTED, 1, 15, 40 },
	{ DOING_PROVIDE, FATE_VALID, 3, 2, 9 },
};

static bool
is_medium(const struct demo_asset *asset)
{
	static const char *const media[] = { "usb", "disk", "optical", "computer", "card", "tape" };
	for (size_t at = 0; at < sizeof media / sizeof *media; at++)
		if (text_is(text_of(asset->shape), media[at]))
			return true;
	return false;
}

static bool
suits(const struct demo_asset *asset, enum demo_doing doing, struct moment at)
{
	if (asset->is_taken || asset->free_from.ms > at.ms ||
	    text_is(text_of(asset->class_code), "III"))
		return false;
	if (doing == DOING_SEND)
		return true;
	if (doing == DOING_CARRY)
		return is_medium(asset) || text_is(text_of(asset->shape), "binder");
	return is_medium(asset) && asset->serial.len != 0;
}

/* Index + 1, 0 when nothing suits. */
static size_t
pick_asset(struct demo *demo, size_t unit, enum demo_doing doing, struct moment at)
{
	const size_t section = unit - 1 - demo->bureaus_count;
	const size_t first = demo->assets_count * section / demo->sections_count;
	const size_t end = demo->assets_count * (section + 1) / demo->sections_count;
	for (int tries = 0; tries < PICKS && end > first; tries++) {
		const size_t no = first + (size_t)chance_below(&demo->chance,
							       (int64_t)(end - first)); /* small */
		if (suits(&demo->assets[no], doing, at))
			return no + 1;
	}
	return 0;
}

static void
take_asset(struct demo *demo, size_t no_and_one, struct moment until, bool is_disposal)
{
	if (no_and_one == 0)
		return;
	demo->assets[no_and_one - 1].free_from = until;
	demo->assets[no_and_one - 1].is_taken |= is_disposal;
}

static size_t
pick_applicant(struct demo *demo, size_t unit)
{
	const struct demo_unit *section = &demo->units[unit];
	for (int tries = 0; tries < PICKS; tries++) {
		const size_t no = section->first +
				  (size_t)chance_below(&demo->chance, (int64_t)section->count); /* small */
		if (demo->people[no].is_settled && demo->people[no].rank != RANK_TEMPORARY &&
		    (demo->people[no].rank != RANK_HEAD || chance_is(&demo->chance, 15)))
			return no;
	}
	return 0;
}

/* ---- The acts of one dossier ---- */

struct telling {
	struct demo *demo;
	size_t no;
	struct demo_story *story;
	struct moment at;
};

static void
then(struct telling *telling, enum demo_deed deed, int64_t least_minutes, int64_t most_minutes)
{
	telling->at = demo_later(&telling->demo->chance, telling->at, least_minutes,
				 most_minutes);
	demo_at(telling->demo, telling->at, deed, telling->no, 0);
}

static void
at_moment(struct telling *telling, enum demo_deed deed, struct moment at)
{
	if (at.ms > telling->at.ms)
		telling->at = at;
	demo_at(telling->demo, telling->at, deed, telling->no, 0);
}

static struct moment
minutes_after(struct moment from, int64_t minutes)
{
	return (struct moment){ from.ms + minutes * MINUTE_MS };
}

/* When it shall leave and come back: after the decision that is to be expected. */
static void
plan_days(struct telling *telling)
{
	struct demo *demo = telling->demo;
	struct demo_story *story = telling->story;
	struct chance *chance = &demo->chance;
	const int64_t wait = story->fate == FATE_SENT_AGAIN ? 6 : 3;
	const struct day begin = moment_day(telling->at);
	story->leaves = demo_moment(chance, day_plus(begin, wait));
	story->returns = demo_later(chance, story->leaves, 2 * HOUR_MINUTES, 2 * DAY_MINUTES);
	if (story->fate == FATE_OUT)
		story->returns = demo_later(chance, demo->size.now, 2 * HOUR_MINUTES,
					    4 * DAY_MINUTES);
	if (story->fate == FATE_OUT || story->fate == FATE_OVERDUE ||
	    story->fate == FATE_EXTENSION_ASKED)
		story->leaves = demo_moment(chance, day_plus(begin, 1));
	if (story->fate == FATE_OVERDUE)
		story->returns = minutes_after(demo->size.now,
					       -6 * HOUR_MINUTES - chance_below(chance, DAY_MINUTES));
	if (story->fate == FATE_EXTENSION_ASKED)
		story->returns = demo_later(chance, demo->size.now, HOUR_MINUTES, DAY_MINUTES);
	story->from = begin;
	story->until = day_plus(moment_day(story->returns), 1 + chance_below(chance, 5));
	if (story->until.no > begin.no + 29)
		story->until = day_plus(begin, 29);
}

static void
tell_use(struct telling *telling)
{
	struct demo *demo = telling->demo;
	const struct demo_story *story = telling->story;
	if (story->doing != DOING_CARRY) {
		then(telling, DEED_RESULT, HOUR_MINUTES, 3 * DAY_MINUTES);
		return;
	}
	at_moment(telling, DEED_OUT, minutes_after(story->leaves, chance_below(&demo->chance, 20)));
	if (story->fate == FATE_OUT || story->fate == FATE_OVERDUE)
		return;
	if (story->fate == FATE_EXTENDED || story->fate == FATE_EXTENSION_ASKED)
		then(telling, DEED_EXTEND, 30, 5 * HOUR_MINUTES);
	if (story->fate == FATE_EXTENSION_ASKED)
		return;
	if (story->fate == FATE_EXTENDED)
		then(telling, DEED_RULE_EXTENSION, 20, DAY_MINUTES);
	const int64_t late = story->fate == FATE_LATE
				     ? 5 * HOUR_MINUTES + chance_below(&demo->chance, 2 * DAY_MINUTES)
				     : -chance_below(&demo->chance, 90);
	at_moment(telling, DEED_BACK, minutes_after(story->returns, late));
	then(telling, DEED_RESULT, 5, 3 * HOUR_MINUTES);
}

static void
tell_permit(struct telling *telling)
{
	const enum demo_fate fate = telling->story->fate;
	then(telling, fate == FATE_WITH_CONDITIONS ? DEED_CONDITIONS : DEED_PERMIT, 15,
	     8 * HOUR_MINUTES);
	then(telling, DEED_ACKNOWLEDGE, 5, 5 * HOUR_MINUTES);
	if (fate == FATE_CANCELLED)
		then(telling, DEED_CANCEL, HOUR_MINUTES, DAY_MINUTES);
	else if (fate == FATE_REVOKED)
		then(telling, DEED_REVOKE, HOUR_MINUTES, DAY_MINUTES);
	else if (fate != FATE_EXPIRED && fate != FATE_VALID)
		tell_use(telling);
}

static void
tell_decision(struct telling *telling)
{
	switch (telling->story->fate) {
	case FATE_DRAFT:
	case FATE_WAITING:
	case FATE_STUCK:
		return;
	case FATE_REFUSED:
		then(telling, DEED_REFUSE, HOUR_MINUTES, DAY_MINUTES);
		return;
	case FATE_WITHDRAWN:
		then(telling, DEED_WITHDRAW, 30, 5 * HOUR_MINUTES);
		return;
	case FATE_SENT_BACK:
		then(telling, DEED_SEND_BACK, 30, 5 * HOUR_MINUTES);
		return;
	case FATE_SENT_AGAIN:
		then(telling, DEED_SEND_BACK, 30, 5 * HOUR_MINUTES);
		then(telling, DEED_SAVE, 30, 4 * HOUR_MINUTES);
		then(telling, DEED_SEND, 2, 10);
		tell_permit(telling);
		return;
	case FATE_DONE:
	case FATE_LATE:
	case FATE_WITH_CONDITIONS:
	case FATE_EXTENDED:
	case FATE_CANCELLED:
	case FATE_EXPIRED:
	case FATE_REVOKED:
	case FATE_CLAIMED:
	case FATE_VALID:
	case FATE_OUT:
	case FATE_OVERDUE:
	case FATE_EXTENSION_ASKED:
	case FATE_OPEN:
	case FATE_UNLISTED:
		tell_permit(telling);
		return;
	case FATE_COUNT:
		return;
	}
}

static void
add_story(struct demo *demo, enum demo_doing doing, enum demo_fate fate, size_t unit,
	  size_t applicant, struct moment at)
{
	const size_t asset = pick_asset(demo, unit, doing, at);
	if (applicant == 0 || asset == 0 || demo->stories_count == demo->stories_room)
		return;
	const size_t no = demo->stories_count++;
	struct demo_story *story = &demo->stories[no];
	struct telling telling = { demo, no, story, at };
	*story = (struct demo_story){ .doing = doing, .fate = fate, .unit = unit,
				      .applicant = applicant, .asset = asset - 1 };
	story->purpose = demo_purpose(&demo->chance, demo->units[unit].theme);
	story->partner = demo_partner(&demo->chance);
	story->route = demo_route(&demo->chance);
	story->chance = (struct chance){ (uint64_t)chance_below(&demo->chance, INT32_MAX) + no };
	const struct moment end = { at.ms + (int64_t)45 * DAY_MINUTES * MINUTE_MS };
	take_asset(demo, asset, end, doing == DOING_DISPOSE);
	if (doing == DOING_DISPOSE && (fate == FATE_OPEN || chance_is(&demo->chance, 30))) {
		story->more = pick_asset(demo, unit, doing, at);
		take_asset(demo, story->more, end, true);
	}
	plan_days(&telling);
	at_moment(&telling, DEED_DRAFT, at);
	if (fate == FATE_DRAFT)
		return;
	then(&telling, DEED_SEND, 3, 50);
	tell_decision(&telling);
}

/* ---- Which dossiers there are ---- */

static enum demo_fate
fate_of_past(struct chance *chance, enum demo_doing doing)
{
	const int64_t toss = chance_below(chance, 100);
	if (toss < 6)
		return FATE_SENT_AGAIN;
	if (toss < 10)
		return FATE_WITH_CONDITIONS;
	if (toss < 13)
		return FATE_REFUSED;
	if (toss < 15)
		return FATE_WITHDRAWN;
	if (toss < 17)
		return FATE_CANCELLED;
	if (toss < 19 && doing != DOING_DISPOSE)
		return FATE_EXPIRED;
	if (toss < 20)
		return FATE_REVOKED;
	if (doing == DOING_CARRY && toss < 27)
		return FATE_LATE;
	if (doing == DOING_CARRY && toss < 32)
		return FATE_EXTENDED;
	if ((doing == DOING_DISPOSE && toss < 38) || (doing == DOING_PROVIDE && toss < 32))
		return FATE_CLAIMED;
	return FATE_DONE;
}

static enum demo_doing
some_doing(struct chance *chance)
{
	const int64_t toss = chance_below(chance, 100);
	return toss < 36 ? DOING_SEND : toss < 50 ? DOING_PROVIDE : toss < 85 ? DOING_CARRY : DOING_DISPOSE;
}

static size_t
some_section(struct demo *demo)
{
	return 1 + demo->bureaus_count +
	       (size_t)chance_below(&demo->chance, (int64_t)demo->sections_count); /* small */
}

/* A working day that many days ago, or the last one before. */
static struct moment
days_ago(struct demo *demo, int64_t ago)
{
	struct day day = day_plus(demo->size.today, -ago);
	struct moment at;
	do {
		while (day_is_holiday(day))
			day = day_plus(day, -1);
		at = demo_moment(&demo->chance, day);
		day = day_plus(day, -1);
	} while (at.ms > demo->size.now.ms - (int64_t)HOUR_MINUTES * MINUTE_MS);
	return at;
}

static void
add_standing(struct demo *demo, const struct standing *standing)
{
	const int64_t count = (standing->each * (int64_t)demo->stories_room + NOW_PER - 1) / NOW_PER;
	for (int64_t no = 0; no < count; no++) {
		const size_t unit = some_section(demo);
		const int64_t ago = standing->least_ago +
				    chance_below(&demo->chance,
						 standing->most_ago - standing->least_ago + 1);
		add_story(demo, standing->doing, standing->fate, unit, pick_applicant(demo, unit),
			  days_ago(demo, ago));
	}
}

/* What the persons whom visitors sign in as find on their desks. */
static void
add_desk(struct demo *demo)
{
	static const struct standing desk[] = {
		{ DOING_CARRY, FATE_OUT, 0, 2, 2 },	  { DOING_SEND, FATE_DRAFT, 0, 1, 1 },
		{ DOING_CARRY, FATE_SENT_BACK, 0, 3, 3 }, { DOING_SEND, FATE_WAITING, 0, 1, 1 },
		{ DOING_CARRY, FATE_DONE, 0, 40, 40 },	  { DOING_CARRY, FATE_DONE, 0, 90, 90 },
		{ DOING_DISPOSE, FATE_OPEN, 0, 30, 30 },
	};
	static const struct standing others[] = {
		{ DOING_CARRY, FATE_WAITING, 0, 0, 0 },	 { DOING_DISPOSE, FATE_WAITING, 0, 1, 1 },
		{ DOING_SEND, FATE_STUCK, 0, 9, 9 },	 { DOING_CARRY, FATE_OVERDUE, 0, 7, 7 },
		{ DOING_CARRY, FATE_EXTENSION_ASKED, 0, 6, 6 },
	};
	const size_t unit = demo->citizen_unit;
	for (size_t at = 0; at < sizeof desk / sizeof *desk; at++)
		add_story(demo, desk[at].doing, desk[at].fate, unit, demo->clerk,
			  days_ago(demo, desk[at].least_ago));
	for (size_t at = 0; at < sizeof others / sizeof *others; at++)
		add_story(demo, others[at].doing, others[at].fate, unit,
			  demo->units[unit].first + 3, days_ago(demo, others[at].least_ago));
	add_story(demo, DOING_SEND, FATE_WAITING, demo->away_unit,
		  pick_applicant(demo, demo->away_unit), days_ago(demo, 1));
	add_story(demo, DOING_CARRY, FATE_WAITING, demo->vacant_unit,
		  pick_applicant(demo, demo->vacant_unit), days_ago(demo, 1));
}

static void
plan_clock(struct demo *demo)
{
	enum { HALF_PAST_EIGHT = 17 * 30 * 60 * 1000 };
	for (struct day day = day_plus(demo->first, 70); day.no <= demo->size.today.no;
	     day = day_plus(day, 1)) {
		if (day_is_holiday(day))
			continue;
		const struct moment at = { day_begin(day).ms + HALF_PAST_EIGHT };
		demo_at(demo, at, DEED_CLOCK, 0, 0);
		if (day_of_week(day) == 1 && day.no % 2 == 0)
			demo_at(demo, at, DEED_SEAL, 0, 0);
	}
	demo_at(demo, demo->size.now, DEED_CLOCK, 0, 0);
	demo_at(demo, demo->size.now, DEED_SEAL, 0, 0);
	demo_at(demo, demo->size.now, DEED_ASSURE, 0, 0);
	demo_at(demo, demo->size.now, DEED_SEAL, 0, 0);
}

void
demo_plan_stories(struct demo *demo)
{
	enum { FIRST_DAY = 75, LAST_DAY = 388 };
	demo->stories = ARENA_ARRAY(demo->arena, struct demo_story, demo->stories_room + 1);
	add_desk(demo);
	for (size_t at = 0; at < sizeof standings / sizeof *standings; at++)
		add_standing(demo, &standings[at]);
	for (size_t tries = 0; tries < 4 * demo->stories_room; tries++) {
		const enum demo_doing doing = some_doing(&demo->chance);
		const size_t unit = some_section(demo);
		const int64_t day = FIRST_DAY + chance_below(&demo->chance, LAST_DAY - FIRST_DAY);
		add_story(demo, doing, fate_of_past(&demo->chance, doing), unit,
			  pick_applicant(demo, unit),
			  demo_moment(&demo->chance, day_plus(demo->first, day)));
	}
	plan_clock(demo);
}
