/* Names and words of states and kinds. */
#include "transfer/rooms.h"

static const char *const state_names[] = { "draft", "asked", "decided", "in-force", "withdrawn" };

const char *
transfer_state_name(enum transfer_state state)
{
	return state_names[state];
}

bool
transfer_state_read(struct text name, enum transfer_state *state)
{
	for (size_t at = 0; at < sizeof state_names / sizeof *state_names; at++)
		if (text_is(name, state_names[at])) {
			*state = (enum transfer_state)at;
			return true;
		}
	return false;
}

const char *
transfer_state_words(enum transfer_state state)
{
	switch (state) {
	case TRANSFER_DRAFT:
		return say("作成中");
	case TRANSFER_ASKED:
		return say("決裁待ち");
	case TRANSFER_DECIDED:
		return say("決裁済み");
	case TRANSFER_IN_FORCE:
		return say("発令済み");
	case TRANSFER_WITHDRAWN:
		return say("取下げ");
	}
	return "";
}

struct kind_words {
	const char *name, *words;
	const char *aliases; /* separated by '|'; the first that fits wins */
};

static const struct kind_words kinds[TRANSFER_KINDS] = {
	[MOVE] = { "move", N_("異動"), "異動|転任|配置換|配置換え|配置替え|転属|復職|復帰|転入|move" },
	[PROMOTION] = { "promotion", N_("昇任"), "昇任|昇格|昇進|昇任異動|降任|promotion" },
	[HIRE] = { "hire", N_("採用"), "採用|新規採用|新採|任用|再任用|会計年度任用|hire" },
	[LEAVE] = { "leave", N_("退職"), "退職|定年退職|普通退職|勧奨退職|辞職|免職|任期満了|離職|leave" },
	[CONCURRENT] = { "concurrent", N_("兼務"), "兼務|兼職|兼任|concurrent" },
	[ACTING] = { "acting", N_("事務取扱"), "事務取扱|事務取扱い|取扱|心得|acting" },
	[CONCURRENT_END] = { "concurrent-end", N_("兼務解除"),
			     "兼務解除|兼職解除|兼任解除|事務取扱解除|併任解除|concurrent-end" },
	[AWAY] = { "away", N_("出向"), "出向|派遣|割愛|割愛退職|away" },
	[JOINT] = { "joint", N_("併任"), "併任|joint" },
	[UNIT_OPEN] = { "unit-open", N_("所属の新設"), "新設|所属新設|所属の新設|組織新設|設置|unit-open" },
	[UNIT_CLOSE] = { "unit-close", N_("所属の廃止"), "廃止|所属廃止|所属の廃止|組織廃止|unit-close" },
	[UNIT_RENAME] = { "unit-rename", N_("所属の名称変更"),
			  "名称変更|改称|所属名称変更|所属の名称変更|組織名称変更|unit-rename" },
	[UNIT_MERGE] = { "unit-merge", N_("所属の統合"), "統合|統廃合|所属統合|所属の統合|組織統合|unit-merge" },
};

const char *
transfer_kind_name(enum transfer_kind kind)
{
	return kinds[kind].name;
}

const char *
transfer_kind_words(enum transfer_kind kind)
{
	return say(kinds[kind].words);
}

static bool
is_alias(struct arena *arena, struct text folded, const char *aliases)
{
	struct text rest = text_of(aliases), one;
	for (bool more = true; more;) {
		more = text_cut(rest, '|', &one, &rest);
		if (text_same(text_fold(arena, one), folded))
			return true;
	}
	return false;
}

bool
transfer_kind_read(struct arena *arena, struct text words, enum transfer_kind *kind)
{
	struct text folded = text_fold(arena, text_trim(words));
	size_t at;
	/* 退職（定年） */
	if (text_find(folded, T("("), &at) && at > 0)
		folded = text_first(folded, at);
	for (size_t one = 0; one < TRANSFER_KINDS; one++)
		if (is_alias(arena, folded, kinds[one].aliases)) {
			*kind = (enum transfer_kind)one;
			return true;
		}
	return false;
}

bool
transfer_kind_is_unit(enum transfer_kind kind)
{
	return kind == UNIT_OPEN || kind == UNIT_CLOSE || kind == UNIT_RENAME || kind == UNIT_MERGE;
}

static const char *const kept_names[] = { "grant", "deputy", "assignment", "permit" };

const char *
stays_kind_name(enum stays_kind kind)
{
	return kept_names[kind];
}

bool
stays_kind_read(struct text name, enum stays_kind *kind)
{
	for (size_t at = 0; at < sizeof kept_names / sizeof *kept_names; at++)
		if (text_is(name, kept_names[at])) {
			*kind = (enum stays_kind)at;
			return true;
		}
	return false;
}

struct text
about_transfer(struct arena *into, struct transfer_id id)
{
	return text_format(into, "transfer:%lld", (long long)id.no);
}

struct day
day_of(int64_t no)
{
	return no != 0 ? (struct day){ no } : DAY_NONE;
}

int64_t
no_of(struct day day)
{
	return day_is_none(day) ? 0 : day.no;
}
