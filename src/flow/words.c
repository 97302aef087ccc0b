/* Names and words of states, and the names of things in the journal. */
#include "flow/rooms.h"

static const char *const state_names[] = {
	[DOSSIER_DRAFT] = "draft",	 [DOSSIER_SENT] = "sent",
	[DOSSIER_RETURNED] = "returned", [DOSSIER_REFUSED] = "refused",
	[DOSSIER_GRANTED] = "granted",	 [DOSSIER_COMPLETE] = "complete",
	[DOSSIER_WITHDRAWN] = "withdrawn", [DOSSIER_CANCELLED] = "cancelled",
};

static const char *const permit_names[] = {
	[PERMIT_VALID] = "valid",     [PERMIT_OUT] = "out",	    [PERMIT_RETURNED] = "returned",
	[PERMIT_EXPIRED] = "expired", [PERMIT_REVOKED] = "revoked", [PERMIT_USED_UP] = "used-up",
	[PERMIT_GIVEN_UP] = "given-up",
};

static const char *const verdict_names[] = {
	[VERDICT_PERMIT] = "permit",	   [VERDICT_PERMIT_WITH] = "permit-with",
	[VERDICT_REFUSE] = "refuse",	   [VERDICT_SEND_BACK] = "send-back",
	[VERDICT_OPINION] = "opinion",	   [VERDICT_ACKNOWLEDGE] = "acknowledge",
};

const char *
dossier_state_name(enum dossier_state state)
{
	return state_names[state];
}

const char *
dossier_state_words(enum dossier_state state)
{
	switch (state) {
	case DOSSIER_DRAFT:
		return say("下書き");
	case DOSSIER_SENT:
		return say("決裁中");
	case DOSSIER_RETURNED:
		return say("差戻し");
	case DOSSIER_REFUSED:
		return say("不許可");
	case DOSSIER_GRANTED:
		return say("許可");
	case DOSSIER_COMPLETE:
		return say("完了");
	case DOSSIER_WITHDRAWN:
		return say("取下げ");
	case DOSSIER_CANCELLED:
		return say("取消し");
	}
	return "";
}

bool
dossier_is_told(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (dossier->steps[at].verb == STEP_PERMISSION)
			return false;
	return dossier->occasions_count != 0;
}

const char *
dossier_stands(enum dossier_state state, bool is_told)
{
	return state == DOSSIER_GRANTED && is_told ? say("報告済み") : dossier_state_words(state);
}

const char *
verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

const char *
verdict_words(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PERMIT:
		return say("許可");
	case VERDICT_PERMIT_WITH:
		return say("条件付き許可");
	case VERDICT_REFUSE:
		return say("不許可");
	case VERDICT_SEND_BACK:
		return say("差戻し");
	case VERDICT_OPINION:
		return say("意見");
	case VERDICT_ACKNOWLEDGE:
		return say("確認");
	}
	return "";
}

const char *
permit_state_name(enum permit_state state)
{
	return permit_names[state];
}

const char *
permit_state_words(enum permit_state state)
{
	switch (state) {
	case PERMIT_VALID:
		return say("有効");
	case PERMIT_OUT:
		return say("持出中");
	case PERMIT_RETURNED:
		return say("返却済み");
	case PERMIT_EXPIRED:
		return say("期限切れ");
	case PERMIT_REVOKED:
		return say("許可の取消し");
	case PERMIT_USED_UP:
		return say("使用済み");
	case PERMIT_GIVEN_UP:
		return say("不使用");
	}
	return "";
}

const char *
step_verb_words(enum step_verb verb)
{
	switch (verb) {
	case STEP_PERMISSION:
		return say("許可");
	case STEP_CONSULTATION:
		return say("協議");
	case STEP_NOTIFICATION:
		return say("報告");
	}
	return "";
}

static bool
name_read(struct text name, const char *const *names, size_t count, size_t *which)
{
	for (size_t at = 0; at < count; at++) {
		if (text_is(name, names[at])) {
			*which = at;
			return true;
		}
	}
	return false;
}

bool
state_read(struct text name, enum dossier_state *state)
{
	size_t which;
	if (!name_read(name, state_names, sizeof state_names / sizeof *state_names, &which))
		return false;
	*state = (enum dossier_state)which; /* within the table */
	return true;
}

bool
permit_state_read(struct text name, enum permit_state *state)
{
	size_t which;
	if (!name_read(name, permit_names, sizeof permit_names / sizeof *permit_names, &which))
		return false;
	*state = (enum permit_state)which; /* within the table */
	return true;
}

bool
verdict_read(struct text name, enum verdict *verdict)
{
	size_t which;
	if (!name_read(name, verdict_names, sizeof verdict_names / sizeof *verdict_names, &which))
		return false;
	*verdict = (enum verdict)which; /* within the table */
	return true;
}

struct text
about_dossier(struct arena *into, struct dossier_id id)
{
	return text_format(into, "dossier:%lld", (long long)id.no);
}

struct text
about_permit(struct arena *into, struct permit_id id)
{
	return text_format(into, "permit:%lld", (long long)id.no);
}

struct text
about_asset(struct arena *into, const struct ledger_row *row)
{
	if (row->ledger == NULL)
		return text_format(into, "row:%lld", (long long)row->id.no);
	return text_format(into, "%.*s:%lld", T_ARG(row->ledger->code), (long long)row->id.no);
}

struct text
clean_words(struct text words)
{
	const struct text clean = text_trim(words);
	return clean.data == NULL ? T("") : clean;
}

struct error *
words_may(struct text words, const char *field)
{
	if (text_count(words) > FLOW_MOST_WORDS)
		return reject(field, "%d文字以内で書いてください。", FLOW_MOST_WORDS);
	return OK;
}

struct error *
words_must(struct text words, const char *field, const char *what)
{
	if (text_is_blank(words))
		return reject(field, "%sを書いてください。", what);
	return words_may(words, field);
}

struct text
words_digest(struct arena *into, struct text words)
{
	const struct hash digest = hash_of(words);
	return hash_hex(into, &digest);
}

const char *
decider_basis_words(enum decider_basis basis)
{
	switch (basis) {
	case DECIDES_HOLDER:
		return "";
	case DECIDES_DEPUTY:
		return say("代理");
	case DECIDES_ABOVE:
		return say("上位");
	case DECIDES_DELEGATE:
		return say("専決");
	case DECIDES_STAND_IN:
		return say("代決");
	}
	return "";
}

enum decider_basis
decision_basis(const struct flow_decision *decision, struct step_id step)
{
	for (size_t at = 0; at < decision->capacities_count; at++)
		if (decision->capacities[at].step.no == step.no)
			return decision->capacities[at].basis;
	return decision->basis;
}
