/* Names and words of states, items and choices. */
#include "enact/rooms.h"

#include "base/say.h"

static const char *const state_names[] = { "proposed", "published", "in-force", "past", "withdrawn" };

const char *
version_state_name(enum version_state state)
{
	return state_names[state];
}

bool
version_state_read(struct text name, enum version_state *state)
{
	for (size_t at = 0; at < sizeof state_names / sizeof *state_names; at++)
		if (text_is(name, state_names[at])) {
			*state = (enum version_state)at;
			return true;
		}
	return false;
}

const char *
version_state_words(enum version_state state)
{
	switch (state) {
	case VERSION_PROPOSED:
		return say("案");
	case VERSION_PUBLISHED:
		return say("公布済み");
	case VERSION_IN_FORCE:
		return say("施行中");
	case VERSION_PAST:
		return say("旧版");
	case VERSION_WITHDRAWN:
		return say("取下げ");
	}
	return "";
}

static const char *const kind_names[ITEM_COUNT] = { "dossiers", "permits", "exceptions", "role",
						    "ledger",	"column",  "fill",	 "judgements" };

const char *
item_kind_name(enum item_kind kind)
{
	return kind_names[kind];
}

bool
item_kind_read(struct text name, enum item_kind *kind)
{
	for (size_t at = 0; at < ITEM_COUNT; at++)
		if (text_is(name, kind_names[at])) {
			*kind = (enum item_kind)at;
			return true;
		}
	return false;
}

const char *
item_kind_words(enum item_kind kind)
{
	switch (kind) {
	case ITEM_DOSSIERS:
		return say("決裁中の案件");
	case ITEM_PERMITS:
		return say("有効な許可");
	case ITEM_EXCEPTIONS:
		return say("有効な例外措置");
	case ITEM_ROLE:
		return say("なくなる役割");
	case ITEM_LEDGER:
		return say("なくなる台帳");
	case ITEM_COLUMN:
		return say("なくなる列");
	case ITEM_FILL:
		return say("新しい必須の列");
	case ITEM_JUDGEMENTS:
		return say("条項についての判断");
	case ITEM_COUNT:
		break;
	}
	return "";
}

static const char *const choice_names[CHOICE_COUNT] = { "", "continue", "resend", "end", "carry", "later" };

const char *
item_choice_name(enum item_choice choice)
{
	return choice_names[choice];
}

bool
item_choice_read(struct text name, enum item_choice *choice)
{
	for (size_t at = 0; at < CHOICE_COUNT; at++)
		if (text_is(name, choice_names[at])) {
			*choice = (enum item_choice)at;
			return true;
		}
	return false;
}

static const char *
continue_words(enum item_kind kind)
{
	switch (kind) {
	case ITEM_DOSSIERS:
		return say("旧版のまま決裁を続ける");
	case ITEM_PERMITS:
	case ITEM_EXCEPTIONS:
		return say("旧版のまま期限まで続ける");
	case ITEM_LEDGER:
		return say("新しく書き込まず、今ある行は履歴で読める");
	case ITEM_COLUMN:
		return say("今ある値は行の履歴に残す");
	case ITEM_JUDGEMENTS:
		return say("判断をそのまま有効とする");
	case ITEM_ROLE:
	case ITEM_FILL:
	case ITEM_COUNT:
		break;
	}
	return say("旧版のまま続ける");
}

const char *
item_choice_words(enum item_kind kind, enum item_choice choice)
{
	switch (choice) {
	case CHOICE_NONE:
		return say("まだ答えていない");
	case CHOICE_CONTINUE:
		return continue_words(kind);
	case CHOICE_RESEND:
		return say("申請者に戻し、新しい版で申請し直す");
	case CHOICE_END:
		return kind == ITEM_ROLE ? say("役割を引き継がない") : say("施行の日に終わる");
	case CHOICE_CARRY:
		return kind == ITEM_ROLE ? say("次の役割に引き継ぐ") : say("次の条項に引き継ぐ");
	case CHOICE_LATER:
		return say("次に行を直すときに記入する");
	case CHOICE_COUNT:
		break;
	}
	return "";
}

struct text
item_key(struct arena *into, const struct enact_item *item)
{
	return text_format(into, "%s:%.*s", item_kind_name(item->kind), T_ARG(item->code));
}
