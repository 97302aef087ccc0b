/* Names and words of states, and what entries are about. */
#include "training/rooms.h"

struct text
about_training(struct arena *into, const char *what, int64_t id)
{
	return text_format(into, "%s:%lld", what, (long long)id);
}

struct error *
note_training(struct act *act, const char *name, struct text about, const struct fact_pair *pairs)
{
	struct fact fact = { .act = name, .about = { about } };
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

struct text
course_name(const struct pack *pack, struct text code)
{
	const struct pack_course *course = pack_course(pack, code);
	return course != NULL ? words_now(course->name) : code;
}

const struct pack_role *
section_role(const struct pack *pack)
{
	for (size_t at = 0; at < pack->roles_count; at++)
		if (pack->roles[at].scope == SCOPE_SECTION)
			return &pack->roles[at];
	return NULL;
}

const char *
enrolment_state_words(enum enrolment_state state)
{
	switch (state) {
	case ENROLMENT_OPEN:
		return say("未受講");
	case ENROLMENT_PASSED:
		return say("受講済み");
	case ENROLMENT_EXCUSED:
		return say("免除");
	case ENROLMENT_ENDED:
		return say("対象外");
	}
	return "";
}

struct text
enrolment_how_words(struct arena *into, const struct enrolment *enrolment)
{
	if (text_is(enrolment->how, "test"))
		return text_format(into, say("テストに合格(%lld%%)"), (long long)enrolment->score);
	if (text_is(enrolment->how, "read"))
		return text_of(say("読んで確認"));
	if (text_is(enrolment->how, "class"))
		return text_of(say("集合研修に出席"));
	if (text_is(enrolment->how, "passed-on"))
		return text_of(say("代理出席の内容を伝達"));
	return T("");
}

const char *
drill_state_words(enum drill_state state)
{
	switch (state) {
	case DRILL_PLANNED:
		return say("送信前");
	case DRILL_RUNNING:
		return say("実施中");
	case DRILL_ENDED:
		return say("終了");
	case DRILL_CANCELLED:
		return say("取りやめ");
	}
	return "";
}
