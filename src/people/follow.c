/* Who answers for what a unit or a post left when it ended. */
#include "people/rooms.h"

enum { FOLLOW_MOST = 100 };

struct error *
people_unit_follow(struct look *look, struct unit_id id, struct day day, struct unit_id *now)
{
	for (int steps = 0; steps < FOLLOW_MOST; steps++) {
		struct unit unit;
		TRY(people_unit(look, id, &unit));
		if (unit.successor.no == 0 || day.no <= day_last(unit.until))
			break;
		id = unit.successor;
	}
	*now = id;
	return OK;
}

struct error *
people_post_follow(struct look *look, struct post_id id, struct day day, struct post_id *now)
{
	for (int steps = 0; steps < FOLLOW_MOST; steps++) {
		struct post post;
		TRY(people_post(look, id, &post));
		if (post.successor.no == 0 || day.no <= day_last(post.until))
			break;
		id = post.successor;
	}
	*now = id;
	return OK;
}

static struct error *
check_successor(struct look *look, const struct post *post, struct post_id successor)
{
	struct post other;
	struct post_id last;
	if (day_is_none(post->until))
		return reject("successor", "この職は続いています。先に終わりの日を決めてください。");
	if (successor.no == 0)
		return OK;
	TRY(people_post(look, successor, &other));
	if (day_last(other.until) <= post->until.no || day_first(other.since) > post->until.no + 1)
		return reject("successor", "引き継ぐ職は、この職が終わった次の日にある職から選んでください。");
	TRY(people_post_follow(look, successor, (struct day){ DAY_LAST }, &last));
	if (last.no == post->id.no || successor.no == post->id.no)
		return reject("successor", "自分自身に戻る引継ぎはできません。");
	return OK;
}

struct error *
people_post_succeed(struct act *act, struct post_id id, struct post_id successor)
{
	struct post post;
	TRY(people_post(&act->look, id, &post));
	TRY(check_successor(&act->look, &post, successor));
	TRY(people_post_set_successor(
		act, &(struct people_post_set_successor_in){ id.no, successor.no }));
	struct noting noting = { .act = "people.post_succeed",
				 .about = { people_about_post(act->look.arena, id) } };
	if (successor.no != 0)
		noting.about[1] = people_about_post(act->look.arena, successor);
	return people_note(act, &noting);
}
