/* Names and words of states, rings, judgings and parts. */
#include "assure/rooms.h"

static const char *const states[STATE_COUNT] = {
	"enforced", "fulfilled", "judged", "excepted", "due", "claimed", "late", "missing",
};

const char *
clause_state_name(enum clause_state state)
{
	return states[state];
}

const char *
clause_state_words(enum clause_state state)
{
	switch (state) {
	case STATE_ENFORCED:
		return say("仕組みで実施");
	case STATE_FULFILLED:
		return say("実施済み");
	case STATE_JUDGED:
		return say("不要と判断");
	case STATE_EXCEPTED:
		return say("例外を許可中");
	case STATE_DUE:
		return say("期限が近い");
	case STATE_CLAIMED:
		return say("一部・申告のみ");
	case STATE_LATE:
		return say("遅れ・不備");
	case STATE_MISSING:
	case STATE_COUNT:
		break;
	}
	return say("証拠なし");
}

bool
clause_state_read(struct text name, enum clause_state *state)
{
	for (int at = 0; at < STATE_COUNT; at++) {
		if (text_is(name, states[at])) {
			*state = (enum clause_state)at;
			return true;
		}
	}
	return false;
}

const char *
judging_words(enum judging judging)
{
	switch (judging) {
	case JUDGING_BY_DEED:
		return say("記録で実施が分かる");
	case JUDGING_VALID:
		return say("判断は有効");
	case JUDGING_ENDING:
		return say("まもなく期限切れ");
	case JUDGING_RAN_OUT:
		return say("期限切れ");
	case JUDGING_UNANSWERED:
		return say("未回答");
	case JUDGING_NONE:
	case JUDGING_COUNT:
		break;
	}
	return "";
}

static const char *const rings[RING_COUNT] = { "defined", "done", "proved" };

const char *
assure_ring_name(enum ring ring)
{
	return rings[ring];
}

const char *
assure_ring_words(enum ring ring)
{
	switch (ring) {
	case RING_DEFINED:
		return say("定めた");
	case RING_DONE:
		return say("実施した");
	case RING_PROVED:
	case RING_COUNT:
		break;
	}
	return say("証明できる");
}

const char *
assure_ring_formula(enum ring ring)
{
	switch (ring) {
	case RING_DEFINED:
		return say("定めた = だれが行うか、何で示すかが決まっていて、期限・間隔の値と様式もそろっている条項");
	case RING_DONE:
		return say("実施した = 仕組みで実施、実施済み、期限が近い(まだ間に合う)、一部・申告のみ、不要と判断、のどれかの条項。例外を許可中のものは入りません");
	case RING_PROVED:
	case RING_COUNT:
		break;
	}
	return say("証明できる = 仕組みで実施、実施済み、不要と判断、のどれかで、その記録が署名された検証点に守られている条項");
}

bool
assure_ring_read(struct text name, enum ring *ring)
{
	for (int at = 0; at < RING_COUNT; at++) {
		if (text_is(name, rings[at])) {
			*ring = (enum ring)at;
			return true;
		}
	}
	return false;
}

struct part_word {
	const char *part;
	const char *words;
};

/* Parts of Bansho that later versions bring (pack_known.parts), as a person calls them. */
static const struct part_word parts[] = {
	{ "gate", N_("ファイルの無害化") },
	{ "zone", N_("ネットワークの分離") },
	{ "watch", N_("ログと監視") },
};

const char *
awaited_words(struct text part)
{
	for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
		if (text_is(part, parts[at].part))
			return say(parts[at].words);
	return say("まだない部分");
}
