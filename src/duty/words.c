/* Names and words of states and rhythms. */
#include "duty/rooms.h"

static const char *const state_names[DUTY_STATES] = { "planned", "open", "late", "done", "excused",
						      "dropped" };
static const char *const state_words[DUTY_STATES] = { N_("予定"), N_("するとき"), N_("遅れ"),
						      N_("済み"), N_("見送り"), N_("取消し") };
static const char *const state_marks[DUTY_STATES] = { N_("予"), N_("今"), N_("遅"),
						      N_("済"), N_("見"), N_("消") };

const char *
duty_state_name(enum duty_state state)
{
	return state_names[state];
}

const char *
duty_state_words(enum duty_state state)
{
	return say(state_words[state]);
}

const char *
duty_state_mark(enum duty_state state)
{
	return say(state_marks[state]);
}

struct text
duty_about(struct arena *into, struct duty_id id)
{
	return text_format(into, "occurrence:%lld", (long long)id.no);
}

struct text
about_duty(struct arena *into, struct text code)
{
	return text_format(into, "duty:%.*s", T_ARG(code));
}

struct fact
fact_about(struct arena *into, const char *act, const struct duty_occurrence *occurrence)
{
	const struct pack_duty *duty = occurrence->duty;
	struct fact fact = {
		.act = act,
		.about = { duty_about(into, occurrence->id), about_duty(into, occurrence->code) },
		.pairs = { { "due", day_iso(into, occurrence->due), 0 } },
	};
	if (occurrence->unit.no != 0)
		fact.about[2] = people_about_unit(into, occurrence->unit);
	for (size_t at = 0; duty != NULL && at < duty->clauses_count && at < FACT_MOST_CLAUSES; at++)
		fact.clauses[at] = duty->clauses[at]->id;
	return fact;
}

/* 毎年 5月・11月: from April on, as the year runs. */
static struct text
months_words(struct arena *into, unsigned months)
{
	struct text words = T("");
	if (months == 0xFFFU)
		return text_of(say("毎月"));
	for (int at = 0; at < 12; at++) {
		const int month = (at + 3) % 12;
		if ((months & (1U << month)) == 0)
			continue;
		words = text_format(into, say("%.*s%s%d月"), T_ARG(words),
				    words.len == 0 ? "" : say("・"), month + 1);
	}
	return text_format(into, say("毎年 %.*s"), T_ARG(words));
}

struct error *
duty_rhythm_words(struct look *look, const struct pack *pack, const struct pack_duty *duty,
		  struct text *words)
{
	struct rhythm rhythm;
	TRY(rhythm_of(look, pack, duty, &rhythm));
	switch (duty->rhythm) {
	case RHYTHM_MONTHS:
		*words = months_words(look->arena, duty->months);
		break;
	case RHYTHM_EVERY:
		*words = text_format(look->arena, say("前回から%lld日以内"), (long long)rhythm.every);
		break;
	case RHYTHM_NEEDED:
		*words = text_format(look->arena, say("起きたとき(%lld日以内)"),
				     (long long)rhythm.within);
		break;
	}
	return OK;
}
