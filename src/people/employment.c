/* Words of the staff office: how somebody is employed, how a post is held, secondment. */
#include "people/rooms.h"

static const char *const employments[EMPLOYMENTS] = { "regular", "reappointed", "fiscal",
						      "special", "dispatched",	"contractor" };

const char *
employment_code(enum employment employment)
{
	return employments[employment];
}

struct text
employment_kept(enum employment employment)
{
	return employment == EMPLOYMENT_REGULAR ? (struct text){ 0 }
						: text_of(employment_code(employment));
}

enum employment
employment_from(struct text kept)
{
	enum employment employment = EMPLOYMENT_REGULAR;
	(void)employment_read(kept, &employment); /* nothing is kept for regular */
	return employment;
}

const char *
employment_words(enum employment employment)
{
	switch (employment) {
	case EMPLOYMENT_REGULAR:
		return say("正規職員");
	case EMPLOYMENT_REAPPOINTED:
		return say("再任用職員");
	case EMPLOYMENT_FISCAL:
		return say("会計年度任用職員");
	case EMPLOYMENT_SPECIAL:
		return say("特別職");
	case EMPLOYMENT_DISPATCHED:
		return say("派遣労働者");
	case EMPLOYMENT_CONTRACTOR:
		return say("委託先の従事者");
	}
	return "";
}

bool
employment_is_outside(enum employment employment)
{
	return employment == EMPLOYMENT_DISPATCHED || employment == EMPLOYMENT_CONTRACTOR;
}

bool
employment_read(struct text words, enum employment *employment)
{
	static const struct {
		const char *words;
		enum employment employment;
	} known[] = {
		{ "正規", EMPLOYMENT_REGULAR },
		{ "正規職員", EMPLOYMENT_REGULAR },
		{ "正職員", EMPLOYMENT_REGULAR },
		{ "常勤", EMPLOYMENT_REGULAR },
		{ "任期付職員", EMPLOYMENT_REGULAR },
		{ "任期付", EMPLOYMENT_REGULAR },
		{ "再任用", EMPLOYMENT_REAPPOINTED },
		{ "再任用職員", EMPLOYMENT_REAPPOINTED },
		{ "暫定再任用", EMPLOYMENT_REAPPOINTED },
		{ "定年前再任用", EMPLOYMENT_REAPPOINTED },
		{ "定年前再任用短時間勤務職員", EMPLOYMENT_REAPPOINTED },
		{ "会計年度", EMPLOYMENT_FISCAL },
		{ "会計年度任用", EMPLOYMENT_FISCAL },
		{ "会計年度任用職員", EMPLOYMENT_FISCAL },
		{ "会任", EMPLOYMENT_FISCAL },
		{ "特別職", EMPLOYMENT_SPECIAL },
		{ "派遣", EMPLOYMENT_DISPATCHED },
		{ "派遣労働者", EMPLOYMENT_DISPATCHED },
		{ "派遣社員", EMPLOYMENT_DISPATCHED },
		{ "派遣職員", EMPLOYMENT_DISPATCHED },
		{ "委託", EMPLOYMENT_CONTRACTOR },
		{ "委託先", EMPLOYMENT_CONTRACTOR },
		{ "委託先の従事者", EMPLOYMENT_CONTRACTOR },
		{ "委託従事者", EMPLOYMENT_CONTRACTOR },
	};
	words = text_trim(words);
	for (int at = 0; at < EMPLOYMENTS; at++) {
		if (text_is(words, employments[at])) {
			*employment = (enum employment)at;
			return true;
		}
	}
	for (size_t at = 0; at < sizeof known / sizeof *known; at++) {
		if (text_is(words, known[at].words)) {
			*employment = known[at].employment;
			return true;
		}
	}
	return false;
}

/* --- how a post is held --- */

struct text
beside_code(enum beside beside)
{
	switch (beside) {
	case BESIDE_CONCURRENT:
		break;
	case BESIDE_ACTING:
		return T("acting");
	case BESIDE_JOINT:
		return T("joint");
	}
	return (struct text){ 0 };
}

enum beside
beside_read(struct text code)
{
	return text_is(code, "acting")	? BESIDE_ACTING
	       : text_is(code, "joint") ? BESIDE_JOINT
					: BESIDE_CONCURRENT;
}

const char *
assignment_words(bool is_main, enum beside beside)
{
	if (is_main)
		return say("本務");
	switch (beside) {
	case BESIDE_CONCURRENT:
		return say("兼務");
	case BESIDE_ACTING:
		return say("事務取扱");
	case BESIDE_JOINT:
		return say("併任");
	}
	return "";
}

bool
beside_read_words(struct text words, bool *is_main, enum beside *beside)
{
	static const struct {
		const char *words;
		bool is_main;
		enum beside beside;
	} known[] = {
		{ "本務", true, BESIDE_CONCURRENT },  { "main", true, BESIDE_CONCURRENT },
		{ "主務", true, BESIDE_CONCURRENT },  { "兼務", false, BESIDE_CONCURRENT },
		{ "兼任", false, BESIDE_CONCURRENT }, { "兼", false, BESIDE_CONCURRENT },
		{ "concurrent", false, BESIDE_CONCURRENT },
		{ "事務取扱", false, BESIDE_ACTING }, { "事務取扱い", false, BESIDE_ACTING },
		{ "事取", false, BESIDE_ACTING },     { "acting", false, BESIDE_ACTING },
		{ "併任", false, BESIDE_JOINT },      { "joint", false, BESIDE_JOINT },
	};
	words = text_trim(words);
	for (size_t at = 0; at < sizeof known / sizeof *known; at++) {
		if (text_is(words, known[at].words)) {
			*is_main = known[at].is_main;
			*beside = known[at].beside;
			return true;
		}
	}
	return false;
}

const char *
secondment_words(enum secondment_way way)
{
	switch (way) {
	case SECONDMENT_OUT:
		return say("出向（他団体へ）");
	case SECONDMENT_IN:
		return say("出向受入れ（他団体から）");
	}
	return "";
}
