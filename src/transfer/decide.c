/* Asking for a list, deciding and withdrawing it. */
#include "transfer/rooms.h"

static struct error *
must_be_whole(const struct transfer_preview *preview, const struct transfer *transfer)
{
	if (transfer->lines == 0)
		return reject("list", "一覧に行がありません。");
	if (preview->faults_count > preview->hints)
		return reject("list", "直すところが%zuあります。すべて直してから進めてください。",
			      preview->faults_count - preview->hints);
	return OK;
}

/* The preview as it is now must be the one that was seen. */
static struct error *
preview_now(struct act *act, const struct transferring *of, const struct hash *seen,
	    struct transfer_preview *preview, struct world *world)
{
	TRY(transfer_world(&act->look, of->flow, of->id, preview, world));
	if (!hash_same(&preview->digest, seen))
		return conflict("見たあとに、この一覧で起きることが変わりました（ほかの一覧が決裁されたか、登録が変わりました）。画面を開き直し、新しい内容を確かめてください。");
	return must_be_whole(preview, &world->transfer);
}

static struct error *
note_digest(struct act *act, struct transfer_id id, const char *what,
	    const struct transfer_preview *preview, struct day day)
{
	struct arena *arena = act->look.arena;
	return note_transfer(act, id, (struct person_id){ 0 }, what,
			     (struct fact_pair[]){
				     { "day", day_iso(arena, day), 0 },
				     { "deeds", { 0 }, (int64_t)preview->deeds_count }, /* bounded */
				     { "digest", hash_hex(arena, &preview->digest), 0 },
				     { "gaps", { 0 }, (int64_t)preview->new_gaps },
				     { NULL } });
}

struct error *
transfer_ask(struct act *act, const struct transferring *of, const struct hash *digest)
{
	struct transfer transfer;
	struct transfer_preview preview;
	struct world world;
	TRY(transfer_take_draft(act, of, &transfer));
	TRY(preview_now(act, of, digest, &preview, &world));
	TRY(transfer_list_ask(act, &(struct transfer_list_ask_in){ of->id.no, act->look.now.ms,
								   act->actor.person,
								   hash_bytes(digest) }));
	return note_digest(act, of->id, "transfer.ask", &preview, transfer.day);
}

/* ---- Who decides ---- */

static struct error *
is_decider(struct look *look, const struct pack *pack, struct person_id person, bool *is)
{
	struct decider *list;
	struct rights rights;
	size_t count;
	*is = false;
	if (pack->transfers == NULL) {
		TRY(people_rights(look, pack, person, &rights));
		*is = rights_may(&rights, RIGHT_PEOPLE_EDIT);
		return OK;
	}
	TRY(people_deciders(look, pack->transfers, (struct unit_id){ 0 }, moment_day(look->now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*is |= list[at].person.no == person.no;
	return OK;
}

struct error *
transfer_may_decide(struct look *look, const struct flow *flow, const struct transfer *transfer,
		    struct person_id person, bool *may, struct text *why_not)
{
	bool is = false;
	*may = false;
	*why_not = T("");
	if (person.no != 0)
		TRY(is_decider(look, flow->pack, person, &is));
	if (person.no == 0)
		*why_not = text_of(say("機械の管理者は決裁できません。画面で決裁します。"));
	else if (!is)
		*why_not = flow->pack->transfers != NULL
				   ? text_format(look->arena, say("決裁するのは、%.*sです。"),
						 T_ARG(words_now(flow->pack->transfers->name)))
				   : text_of(say("決裁するには、人と組織の担当の権限が要ります。"));
	else if (person.no == transfer->asked_by.no || person.no == transfer->changed_by.no)
		*why_not = text_of(say("あなたはこの一覧を直したか、決裁を求めた人です。決裁は別の人がします。"));
	*may = why_not->len == 0;
	return OK;
}

static struct error *
must_decide(struct act *act, const struct transferring *of, const struct transfer *transfer)
{
	struct text why_not;
	bool may;
	TRY(transfer_may_decide(&act->look, of->flow, transfer,
				(struct person_id){ act->actor.person }, &may, &why_not));
	if (!may)
		return refuse("%.*s", T_ARG(why_not));
	if (of->flow->pack->transfers == NULL)
		return OK;
	return people_must_hold(act, of->flow->pack->transfers, (struct unit_id){ 0 },
				(struct person_id){ 0 }, NULL);
}

struct error *
transfer_send_back(struct act *act, const struct transferring *of, struct text why)
{
	struct transfer transfer;
	TRY(transfer_take(act, of, &transfer));
	TRY(must_decide(act, of, &transfer));
	if (transfer.state != TRANSFER_ASKED)
		return conflict("差し戻せるのは、決裁待ちの一覧だけです（いまは「%s」）。",
				transfer_state_words(transfer.state));
	if (text_is_blank(why) || text_count(why) > TRANSFER_MOST_WHY)
		return reject("back_why", "差し戻す理由を%d文字までで書いてください。", TRANSFER_MOST_WHY);
	TRY(transfer_list_back(act, &(struct transfer_list_back_in){ of->id.no, text_trim(why) }));
	return note_transfer(act, of->id, (struct person_id){ 0 }, "transfer.send_back", NULL);
}

struct error *
transfer_decide(struct act *act, const struct transferring *of, const struct hash *digest)
{
	struct transfer transfer;
	struct transfer_preview preview;
	struct world world;
	TRY(transfer_take(act, of, &transfer));
	TRY(must_decide(act, of, &transfer));
	if (transfer.state != TRANSFER_ASKED)
		return conflict("決裁できるのは、決裁待ちの一覧だけです（いまは「%s」）。",
				transfer_state_words(transfer.state));
	TRY(preview_now(act, of, &transfer.digest, &preview, &world));
	if (!hash_same(digest, &transfer.digest))
		return conflict("画面に出ていた内容と、決裁を求められた内容が違います。画面を開き直してください。");
	TRY(world_write(act, &world));
	TRY(transfer_list_decide(act, &(struct transfer_list_decide_in){
					      of->id.no, act->look.now.ms, act->actor.person,
					      act->actor.role }));
	return note_digest(act, of->id, "transfer.decide", &preview, transfer.day);
}

/* ---- Withdrawing ---- */

/* Once the first of its days has come somebody has acted under it: then only another list changes it. */
static struct error *
must_not_have_begun(struct act *act, const struct transfer *transfer)
{
	struct transfer_line *lines;
	size_t count;
	int64_t first = transfer->day.no;
	TRY(transfer_lines(&act->look, transfer->id, &lines, &count));
	for (size_t at = 0; at < count; at++)
		if (!lines[at].is_dropped && !day_is_none(lines[at].day) && lines[at].day.no < first)
			first = lines[at].day.no;
	if (first <= moment_day(act->look.now).no)
		return conflict("発令の日が来ているので、取り下げられません。改めるには、新しい一覧を作ってください。");
	return OK;
}

struct error *
transfer_withdraw(struct act *act, const struct transferring *of, struct text why)
{
	struct transfer transfer;
	TRY(transfer_take(act, of, &transfer));
	TRY(transfer_must_edit(act, of->flow->pack));
	if (transfer.state == TRANSFER_WITHDRAWN)
		return conflict("この一覧は、もう取り下げられています。");
	if (text_is_blank(why) || text_count(why) > TRANSFER_MOST_WHY)
		return reject("why", "取り下げる理由を%d文字までで書いてください。", TRANSFER_MOST_WHY);
	if (transfer.state == TRANSFER_DECIDED || transfer.state == TRANSFER_IN_FORCE) {
		TRY(must_decide(act, of, &transfer));
		TRY(must_not_have_begun(act, &transfer));
		TRY(world_put_back(act, of->flow->pack, &transfer));
	}
	TRY(transfer_line_forget(act, &(struct transfer_line_forget_in){ of->id.no }));
	TRY(transfer_list_withdraw(act, &(struct transfer_list_withdraw_in){
						of->id.no, act->look.now.ms, act->actor.person,
						text_trim(why) }));
	return note_transfer(act, of->id, (struct person_id){ 0 }, "transfer.withdraw", NULL);
}
