/* Asking for a longer permit, and answering it. */
#include "flow/rooms.h"

#include "people/conflict.h"

#include "base/json.h"

struct error *
extension_candidates(struct look *look, const struct pack_role *role,
		     const struct pack_delegation *power, struct unit_id unit,
		     struct person_id asker, struct decider **list, size_t *count)
{
	const struct day today = moment_day(look->now);
	*count = 0;
	if (power != NULL)
		TRY(people_delegates(look, power, unit, today, asker, list, count));
	return *count > 0 ? OK : people_deciders(look, role, unit, today, asker, list, count);
}

struct error *
extension_deciders(struct look *look, const struct flow *flow, const struct dossier *dossier,
		   const struct flow_permit *permit, struct person_id asker, struct decider **list,
		   size_t *count)
{
	*count = 0;
	if (permit->occasion == NULL || permit->occasion->permit.extends == NULL)
		return OK;
	return extension_candidates(look, permit->occasion->permit.extends,
				    extension_power(look, flow, dossier, permit->occasion),
				    dossier->unit, asker, list, count);
}

static const struct flow_extension *
asked_extension(const struct flow_permit *permit)
{
	for (size_t at = 0; at < permit->extensions_count; at++)
		if (permit->extensions[at].state == EXTENSION_ASKED)
			return &permit->extensions[at];
	return NULL;
}

static struct error *
must_be_extendable(struct look *look, const struct flow *flow, const struct flow_permit *permit,
		   struct day until)
{
	const struct pack_permit *how = &permit->occasion->permit;
	int64_t most = INT64_MAX / 2;
	if (permit->ended.ms != 0)
		return conflict("この許可証はもう終わっています。申請し直してください。");
	if (asked_extension(permit) != NULL)
		return conflict("延長はもう申請してあります。答えを待ってください。");
	if (day_is_none(until) || until.no <= permit->until.no)
		return reject("until", "いまの期限（%.*s）より後の日にしてください。",
			      T_ARG(day_wareki(look->arena, permit->until)));
	if (how->most != NULL)
		TRY(people_parameter(look, flow->pack, text_z(look->arena, how->most->code),
				     how->most->usual, &most));
	if (until.no - moment_day(look->now).no > most)
		return reject("until", "延ばせるのは、きょうから%lld日先までです。",
			      (long long)most);
	return OK;
}

static struct text
extension_digest(struct arena *arena, const struct dossier *dossier,
		 const struct flow_permit *permit, struct day until, struct text reason,
		 struct hash *digest)
{
	struct writer out = writer_open(arena, 64 << 10);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "dossier", hash_hex(arena, &dossier->digest));
	json_text_at(&json, "permit", permit->number);
	json_text_at(&json, "reason", reason);
	json_text_at(&json, "until", day_iso(arena, until));
	json_end(&json);
	*digest = hash_of(writer_text(&out));
	return hash_hex(arena, digest);
}

struct error *
flow_extend(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
	    struct day until, struct text reason)
{
	struct dossier dossier;
	struct flow_permit permit;
	struct decider *list;
	size_t count;
	int64_t extension;
	struct hash digest;
	TRY(permit_take(act, flow, id, change, &dossier, &permit));
	flow = dossier.flow;
	TRY(dossier_must_be_applicants(act, &dossier));
	if (permit.occasion == NULL || permit.occasion->permit.extends == NULL)
		return refuse("この許可は延長できません。申請し直してください。");
	TRY(words_must(reason, "reason", say("理由")));
	TRY(must_be_extendable(&act->look, flow, &permit, until));
	TRY(extension_deciders(&act->look, flow, &dossier, &permit, dossier.applicant, &list,
			       &count));
	if (count == 0)
		return refuse("延長を決裁できる人がいまいません。「組織と職」で職に人を割り当ててください。");
	const struct pack_delegation *power =
		extension_power(&act->look, flow, &dossier, permit.occasion);
	const struct text role = list[0].delegation.no != 0
					 ? permit.occasion->permit.extends->code
					 : list[0].role->code;
	const struct text hex = extension_digest(act->look.arena, &dossier, &permit, until,
						 clean_words(reason), &digest);
	TRY(act_number(act, T("flow-extension"), &extension));
	TRY(flow_extension_add(act, &(struct flow_extension_add_in){
					    .id = extension, .permit = id.no,
					    .dossier = dossier.id.no, .until_day = until.no,
					    .reason = clean_words(reason), .role = role,
					    .unit = dossier.unit.no,
					    .asked_by = act->actor.person,
					    .now = act->look.now.ms,
					    .digest = hash_bytes(&digest),
					    .power = power != NULL ? power->code
								   : (struct text){ 0 } }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	for (size_t at = 0; at < count; at++)
		TRY(tell(act, list[at].person, &dossier, say("許可の延長の申請があります")));
	return note_permit(act, &dossier, &permit, "permit.extend-ask", NULL,
			   (struct fact_pair[]){
				   { "digest", hex, 0 },
				   { "until", day_iso(act->look.arena, until), 0 },
				   { NULL } });
}

/* What is out may stay out until the new end. */
static struct error *
prolong(struct act *act, const struct flow_permit *permit, struct day until)
{
	TRY(flow_permit_until(act, &(struct flow_permit_until_in){ permit->id.no, until.no }));
	if (permit->state != PERMIT_OUT)
		return OK;
	return flow_outing_due(act, &(struct flow_outing_due_in){
					    permit->id.no, day_begin(day_plus(until, 1)).ms - 1 });
}

static struct error *
take_capacity(struct act *act, const struct dossier *dossier, const struct decider *list,
	      size_t count, struct delegation_id *delegation)
{
	for (size_t at = 0; at < count; at++) {
		if (list[at].person.no != act->actor.person)
			continue;
		act->actor.post = list[at].post.no;
		act->actor.role = list[at].role->code;
		act->actor.deputy_for = list[at].deputy_for.no;
		*delegation = list[at].delegation;
		return OK;
	}
	TRY(people_must_be_free((struct person_id){ act->actor.person }, dossier->applicant,
				is_exception(dossier) ? MATTER_EXCEPTION : MATTER_REQUEST));
	return refuse("延長を決裁できるのは、きょうその役割にある人だけです。");
}

struct error *
flow_rule_extension(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
		    bool is_granted, struct text words)
{
	struct dossier dossier;
	struct flow_permit permit;
	struct decider *list;
	struct delegation_id delegation = { 0 };
	size_t count;
	TRY(permit_take(act, flow, id, change, &dossier, &permit));
	flow = dossier.flow;
	TRY(extension_deciders(&act->look, flow, &dossier, &permit, dossier.applicant, &list,
			       &count));
	TRY(take_capacity(act, &dossier, list, count, &delegation));
	const struct flow_extension *asked = asked_extension(&permit);
	if (asked == NULL || permit.ended.ms != 0)
		return conflict("答えを待っている延長の申請はありません。");
	TRY(is_granted ? words_may(words, "words") : words_must(words, "words", say("理由")));
	TRY(flow_extension_decide(act, &(struct flow_extension_decide_in){
					       .id = asked->id,
					       .state = is_granted ? T("granted") : T("refused"),
					       .answer = clean_words(words),
					       .person = act->actor.person,
					       .now = act->look.now.ms,
					       .delegation = delegation.no }));
	if (is_granted)
		TRY(prolong(act, &permit, asked->until));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier,
		 is_granted ? say("延長が許可されました") : say("延長は許可されませんでした")));
	struct fact_pair pairs[5] = { { "decision", is_granted ? T("permit") : T("refuse"), 0 } };
	size_t pair = 1;
	if (delegation.no != 0)
		pairs[pair++] = (struct fact_pair){ "delegation", { 0 }, delegation.no };
	pairs[pair++] = (struct fact_pair){ "until", day_iso(act->look.arena, asked->until), 0 };
	pairs[pair] = (struct fact_pair){ "words", words_digest(act->look.arena, clean_words(words)), 0 };
	return note_permit(act, &dossier, &permit, "permit.extend", NULL, pairs);
}
