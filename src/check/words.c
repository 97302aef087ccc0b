/* Names, and small things several files need. */
#include "check/rooms.h"

static const char *const states[] = { "planned", "open", "closed", "withdrawn" };
static const char *const answers[] = { "", "yes", "no", "na" };

const char *
campaign_state_words(enum campaign_state state)
{
	switch (state) {
	case CAMPAIGN_PLANNED:
		return say("予定");
	case CAMPAIGN_OPEN:
		return say("受付中");
	case CAMPAIGN_CLOSED:
		return say("終了");
	case CAMPAIGN_WITHDRAWN:
		break;
	}
	return say("取りやめ");
}

bool
campaign_state_read(struct text name, enum campaign_state *state)
{
	for (int at = CAMPAIGN_PLANNED; at <= CAMPAIGN_WITHDRAWN; at++)
		if (text_is(name, states[at])) {
			*state = (enum campaign_state)at;
			return true;
		}
	return false;
}

enum checklist_of
asks_read(struct text name)
{
	for (int at = CHECKLIST_PERSON; at <= CHECKLIST_SYSTEM; at++)
		if (text_is(name, checklist_of_name((enum checklist_of)at)))
			return (enum checklist_of)at;
	return CHECKLIST_PERSON;
}

const char *
check_answer_name(enum check_answer answer)
{
	return answers[answer];
}

const char *
check_answer_words(enum check_answer answer)
{
	switch (answer) {
	case CHECK_YES:
		return say("はい");
	case CHECK_NO:
		return say("いいえ");
	case CHECK_NA:
		return say("該当しない");
	case CHECK_NONE:
		break;
	}
	return "";
}

bool
check_answer_read(struct text name, enum check_answer *answer)
{
	for (int at = CHECK_YES; at <= CHECK_NA; at++)
		if (text_is(name, answers[at])) {
			*answer = (enum check_answer)at;
			return true;
		}
	return false;
}

struct text
about_campaign(struct arena *into, struct campaign_id id)
{
	return text_format(into, "check:%lld", (long long)id.no);
}

struct text
about_sheet(struct arena *into, struct sheet_id id)
{
	return text_format(into, "check-sheet:%lld", (long long)id.no);
}

struct text
about_improvement(struct arena *into, struct improvement_id id)
{
	return text_format(into, "check-improvement:%lld", (long long)id.no);
}

struct text
clauses_joined(struct arena *into, const struct pack_check_item *item)
{
	struct text joined = T("");
	for (size_t at = 0; at < item->clauses_count; at++)
		joined = text_format(into, "%.*s%s%.*s", T_ARG(joined), at == 0 ? "" : " ",
				     T_ARG(item->clauses[at]->id));
	return joined;
}

struct text *
clauses_split(struct arena *into, struct text joined, size_t *count)
{
	size_t most = 1;
	for (size_t at = 0; at < joined.len; at++)
		most += joined.data[at] == ' ';
	struct text *list = ARENA_ARRAY(into, struct text, most);
	*count = 0;
	for (size_t at = 0, from = 0; at <= joined.len; at++) {
		if (at < joined.len && joined.data[at] != ' ')
			continue;
		if (at > from)
			list[(*count)++] = (struct text){ joined.data + from, at - from };
		from = at + 1;
	}
	return list;
}

struct error *
check_words(const char *field, struct text words, const char *missing)
{
	if (text_trim(words).len == 0)
		return reject(field, "%s", say(missing));
	if (text_count(words) > CHECK_MOST_WORDS)
		return reject(field, "%d字までで書いてください。", CHECK_MOST_WORDS);
	return OK;
}

struct error *
check_is_there(struct look *look, bool *is_there)
{
	return store_has_step(look, T("check"), 1, is_there);
}
