/* What things are called in the store, and to people. */
#include "audit/rooms.h"

#define READ_BY_NAME(name, count, name_of, out)                                                \
	do {                                                                                   \
		for (int at_ = 0; at_ < (count); at_++) {                                      \
			if (!text_is((name), name_of((__typeof__(*(out)))at_)))                \
				continue;                                                      \
			*(out) = (__typeof__(*(out)))at_;                                      \
			return true;                                                           \
		}                                                                              \
		return false;                                                                  \
	} while (0)

const char *
audit_kind_name(enum audit_kind kind)
{
	static const char *const names[AUDIT_KINDS] = { "regular", "special", "outside" };
	return names[kind];
}

const char *
audit_kind_words(enum audit_kind kind)
{
	static const char *const words[AUDIT_KINDS] = { N_("定期監査"), N_("臨時監査"),
							N_("委託先などの監査") };
	return say(words[kind]);
}

bool
audit_kind_read(struct text name, enum audit_kind *kind)
{
	READ_BY_NAME(name, AUDIT_KINDS, audit_kind_name, kind);
}

const char *
audit_state_words(enum audit_state state)
{
	static const char *const words[] = { N_("計画"), N_("実施中"), N_("報告済み"), N_("終了") };
	return say(words[state]);
}

const char *
item_result_name(enum item_result result)
{
	static const char *const names[ITEM_RESULTS] = { "", "met", "weak", "unmet", "apart" };
	return names[result];
}

const char *
item_result_words(enum item_result result)
{
	static const char *const words[ITEM_RESULTS] = { N_("まだ見ていない"), N_("守られている"),
							 N_("一部不十分"), N_("守られていない"),
							 N_("対象外") };
	return say(words[result]);
}

bool
item_result_read(struct text name, enum item_result *result)
{
	READ_BY_NAME(name, ITEM_RESULTS, item_result_name, result);
}

const char *
drawn_result_name(enum drawn_result result)
{
	static const char *const names[DRAWN_RESULTS] = { "", "good", "doubt" };
	return names[result];
}

const char *
drawn_result_words(enum drawn_result result)
{
	static const char *const words[DRAWN_RESULTS] = { N_("まだ見ていない"), N_("問題なし"),
							  N_("疑問あり") };
	return say(words[result]);
}

const char *
point_state_words(enum point_state state)
{
	static const char *const words[] = { N_("指示待ち"), N_("助言"),	 N_("回答待ち"),
					     N_("是正中"),   N_("確認待ち"), N_("是正を確認") };
	return say(words[state]);
}

const char *
agenda_kind_name(enum agenda_kind kind)
{
	static const char *const names[AGENDA_KINDS] = { "plan", "result", "improvement", "review", "other" };
	return names[kind];
}

const char *
agenda_kind_words(enum agenda_kind kind)
{
	static const char *const words[AGENDA_KINDS] = { N_("監査計画の報告"), N_("監査結果の報告"),
							 N_("改善計画"), N_("方針の見直し"), N_("その他") };
	return say(words[kind]);
}

bool
agenda_kind_read(struct text name, enum agenda_kind *kind)
{
	READ_BY_NAME(name, AGENDA_KINDS, agenda_kind_name, kind);
}

const char *
council_decision_name(enum council_decision decision)
{
	static const char *const names[COUNCIL_DECISIONS] = { "", "noted", "agreed", "again" };
	return names[decision];
}

const char *
council_decision_words(enum council_decision decision)
{
	static const char *const words[COUNCIL_DECISIONS] = { N_("未審議"), N_("了承"), N_("決定"),
							      N_("継続審議") };
	return say(words[decision]);
}

bool
council_decision_read(struct text name, enum council_decision *decision)
{
	READ_BY_NAME(name, COUNCIL_DECISIONS, council_decision_name, decision);
}

struct text
audit_about(struct arena *into, struct audit_id id)
{
	return text_format(into, "audit:%lld", (long long)id.no);
}

struct text
audit_about_point(struct arena *into, struct point_id id)
{
	return text_format(into, "audit-point:%lld", (long long)id.no);
}

struct text
audit_about_meeting(struct arena *into, struct meeting_id id)
{
	return text_format(into, "council:%lld", (long long)id.no);
}

struct text
audit_about_review(struct arena *into, struct review_id id)
{
	return text_format(into, "review:%lld", (long long)id.no);
}

struct text
path_of(struct arena *arena, const char *under, int64_t no)
{
	return text_format(arena, "%s/%lld", under, (long long)no);
}

struct error *
must_say(const char *field, struct text words, int64_t most, const char *empty)
{
	if (empty != NULL && text_is_blank(words))
		return reject(field, "%s", empty);
	if ((int64_t)text_count(words) > most) /* of a field, far below 2^63 */
		return reject(field, "%lld文字までにしてください。", (long long)most);
	return OK;
}
