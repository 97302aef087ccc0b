/* Names and words of states. */
#include "contract/rooms.h"

static const char *const worker_states[WORKER_STATES] = {
	[WORKER_ALLOWED] = N_("認められた従事者です"),
	[WORKER_NOT_NAMED] = N_("どの委託でも従事者として届け出られていません"),
	[WORKER_NOT_YET] = N_("従事できる日がまだ来ていません"),
	[WORKER_OVER] = N_("従事できる期間が終わっています"),
	[WORKER_NO_CONSENT] = N_("再委託に同意していない事業者の人です"),
	[WORKER_NO_PLEDGE] = N_("守秘の誓約がありません"),
	[WORKER_NO_TRAINING] = N_("教育を受けた記録がありません"),
	[WORKER_CONTRACT_OVER] = N_("委託が終わっています"),
};

const char *
contract_worker_state_words(enum contract_worker_state state)
{
	return say(worker_states[state]);
}

struct text
contract_about(struct arena *into, struct contract_id id)
{
	return text_format(into, "contract:%lld", (long long)id.no);
}

static const struct {
	const char *name, *words;
} stages[CONTRACT_STAGES] = { { "selecting", N_("選定中") },
			      { "running", N_("契約中") },
			      { "ended", N_("終了") },
			      { "dropped", N_("取りやめ") } },
  links[LINK_STATES] = { { "asked", N_("同意待ち") },
			 { "consented", N_("同意済み") },
			 { "refused", N_("不同意") },
			 { "found", N_("無断") },
			 { "ended", N_("終了") } },
  handovers[HANDOVER_STATES] = { { "open", N_("渡したまま") },
				 { "claimed", N_("委託先の申告") },
				 { "verified", N_("職員が確認") } },
  ends[HANDOVER_ENDS] = { { "returned", N_("返却") }, { "erased", N_("消去") } };

#define READ_NAME(names, most, name, out)                                                      \
	do {                                                                                   \
		for (size_t at_ = 0; at_ < (most); at_++)                                      \
			if (text_is((name), (names)[at_].name)) {                              \
				*(out) = at_;                                                  \
				return true;                                                   \
			}                                                                      \
		return false;                                                                  \
	} while (0)

const char *
contract_stage_name(enum contract_stage stage)
{
	return stages[stage].name;
}

const char *
contract_stage_words(enum contract_stage stage)
{
	return say(stages[stage].words);
}

bool
contract_stage_read(struct text name, enum contract_stage *stage)
{
	READ_NAME(stages, CONTRACT_STAGES, name, stage);
}

const char *
contract_link_state_name(enum contract_link_state state)
{
	return links[state].name;
}

const char *
contract_link_state_words(enum contract_link_state state)
{
	return say(links[state].words);
}

const char *
contract_handover_state_name(enum contract_handover_state state)
{
	return handovers[state].name;
}

const char *
contract_handover_state_words(enum contract_handover_state state)
{
	return say(handovers[state].words);
}

const char *
contract_handover_end_name(enum contract_handover_end end)
{
	return ends[end].name;
}

const char *
contract_handover_end_words(enum contract_handover_end end)
{
	return say(ends[end].words);
}

bool
contract_handover_end_read(struct text name, enum contract_handover_end *end)
{
	READ_NAME(ends, HANDOVER_ENDS, name, end);
}

struct text
about_link(struct arena *into, struct contract_link_id id)
{
	return text_format(into, "contract-link:%lld", (long long)id.no);
}

struct text
about_handover(struct arena *into, struct contract_handover_id id)
{
	return text_format(into, "contract-data:%lld", (long long)id.no);
}

struct text
path_of_contract(struct arena *into, struct contract_id id)
{
	return text_format(into, "/contracts/%lld", (long long)id.no);
}

struct day
contract_day(int64_t kept)
{
	return kept != 0 ? (struct day){ kept } : DAY_NONE;
}

int64_t
day_or_zero(struct day day)
{
	return day_is_none(day) ? 0 : day.no;
}
