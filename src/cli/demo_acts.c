/* The acts of a dossier, as the person at that desk would do them. */
#include "cli/demo.h"

#include "base/file.h"
#include "base/log.h"

enum { ANSWERS = 24 };

struct answers {
	struct flow_answer list[ANSWERS];
	size_t count;
};

static void
put(struct answers *answers, const char *name, struct text value)
{
	if (answers->count < ANSWERS)
		answers->list[answers->count++] =
			(struct flow_answer){ text_of(name), T(""), value };
}

static void
put_z(struct answers *answers, const char *name, const char *value)
{
	put(answers, name, text_of(value));
}

static void
put_of(struct answers *answers, const char *name, struct text item, struct text value)
{
	if (answers->count < ANSWERS)
		answers->list[answers->count++] = (struct flow_answer){ text_of(name), item, value };
}

static struct text
items_of(struct arena *arena, const struct demo *demo, const struct demo_story *story)
{
	const struct demo_asset *first = &demo->assets[story->asset];
	if (story->more == 0)
		return text_format(arena, "%.*s\t%.*s", T_ARG(first->serial), T_ARG(first->title));
	const struct demo_asset *second = &demo->assets[story->more - 1];
	return text_format(arena, "%.*s\t%.*s\n%.*s\t%.*s", T_ARG(first->serial),
			   T_ARG(first->title), T_ARG(second->serial), T_ARG(second->title));
}

static void
answer_send(struct demo *demo, struct demo_story *story, struct arena *arena,
	    struct answers *answers)
{
	static const char *const means[] = { "mail", "lgwan-mail", "transfer", "lgwan-mail" };
	const bool is_provide = story->doing == DOING_PROVIDE;
	put_z(answers, "doing", is_provide ? "provide" : "send");
	put_z(answers, "means", is_provide ? "medium" : means[chance_below(&story->chance, 4)]);
	put_z(answers, "protection", "encrypted\npassword");
	put_z(answers, "password-way", chance_is(&story->chance, 60) ? "phone" : "agreed");
	put_z(answers, "often", chance_is(&story->chance, 75) ? "once" : "repeated");
	if (is_provide)
		put(answers, "handed-items", items_of(arena, demo, story));
}

static const char *
medium_of(const struct demo_asset *asset)
{
	const struct text shape = text_of(asset->shape);
	if (text_is(shape, "binder") || text_is(shape, "document"))
		return "paper";
	if (text_is(shape, "usb") || text_is(shape, "disk") || text_is(shape, "optical") ||
	    text_is(shape, "computer"))
		return asset->shape;
	return "other";
}

static void
answer_carry(struct demo *demo, struct demo_story *story, struct arena *arena,
	     struct answers *answers)
{
	const struct demo_asset *asset = &demo->assets[story->asset];
	const char *medium = medium_of(asset);
	put_z(answers, "doing", "carry");
	put_z(answers, "often", "once");
	put_z(answers, "medium", medium);
	if (!text_is(text_of(medium), "paper"))
		put_z(answers, "carry-protection", "encrypted\npassword");
	put_z(answers, "container", chance_is(&story->chance, 85) ? "locked" : "sealed");
	put_z(answers, "route", story->route);
	put(answers, "leaves-at", moment_local(arena, story->leaves));
	put(answers, "returns-at", moment_local(arena, story->returns));
}

static void
answer_dispose(struct demo *demo, struct demo_story *story, struct arena *arena,
	       struct answers *answers)
{
	static const char *const reasons[] = {
		"保存期限が過ぎたため廃棄します。", "故障して使えなくなったため廃棄します。",
		"リース期間が終わるため処分します。", "システムの更新で不要になったため廃棄します。",
	};
	const bool is_vendor = story->fate == FATE_CLAIMED || chance_is(&story->chance, 25);
	put_z(answers, "doing", "dispose");
	put_z(answers, "purpose", reasons[chance_below(&story->chance, 4)]);
	put(answers, "items", items_of(arena, demo, story));
	put_z(answers, "method", chance_is(&story->chance, 70) ? "crush" : "dod");
	put(answers, "planned-on", day_iso(arena, day_plus(story->from, 7)));
	put_z(answers, "vendor-used", is_vendor ? "yes" : "no");
	if (is_vendor)
		put_z(answers, "vendor", "有限会社みほんリサイクル");
}

static void
answer_story(struct demo *demo, struct demo_story *story, struct arena *arena,
	     struct answers *answers)
{
	if (story->doing == DOING_DISPOSE) {
		answer_dispose(demo, story, arena, answers);
		return;
	}
	if (story->doing == DOING_CARRY)
		answer_carry(demo, story, arena, answers);
	else
		answer_send(demo, story, arena, answers);
	put_z(answers, "purpose", story->purpose);
	put_z(answers, "destination", story->partner);
	put(answers, "period", text_format(arena, "%.*s/%.*s", T_ARG(day_iso(arena, story->from)),
					   T_ARG(day_iso(arena, story->until))));
}

static struct error *
draft(struct demo *demo, struct demo_story *story, struct act *act)
{
	struct answers answers = { .count = 0 };
	struct row_id assets[2] = { demo->assets[story->asset].id };
	if (story->more != 0)
		assets[1] = demo->assets[story->more - 1].id;
	answer_story(demo, story, act->look.arena, &answers);
	const struct flow_words words = {
		.asked = { answers.list, answers.count, assets, story->more != 0 ? 2 : 1 },
	};
	return flow_draft(act, &demo->body->flow, (struct post_id){ 0 }, &words, &story->dossier);
}

static struct error *
save(struct demo *demo, const struct dossier *dossier, struct act *act)
{
	struct answers answers = { .count = 0 };
	put_z(&answers, "remarks", "差戻しの指摘に合わせて、方法と期間を見直しました。");
	const struct flow_words words = { .asked = { answers.list, answers.count, NULL, 0 },
					  .keeps_choice = true };
	return flow_save(act, &demo->body->flow, dossier->id, dossier->change, &words);
}

/* ---- Decisions ---- */

static const struct flow_step *
open_step(const struct dossier *dossier, enum step_verb verb)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (dossier->steps[at].state == STEP_OPEN && dossier->steps[at].verb == verb &&
		    dossier->steps[at].deciders_count != 0)
			return &dossier->steps[at];
	return NULL;
}

static struct error *
decide(struct demo *demo, const struct dossier *dossier, enum step_verb verb, enum verdict verdict,
       const char *words, struct act *act)
{
	const struct flow_step *step = open_step(dossier, verb);
	if (step == NULL)
		return OK; /* nobody waits for it: decided by the same person before */
	act->actor.person = step->deciders[0].person.no;
	const struct flow_ruling ruling = { step->id, verdict, text_of(words), dossier->digest };
	return flow_decide(act, &demo->body->flow, dossier->id, dossier->change, &ruling);
}

/* Whoever may decide as manager of the applicant's unit today. */
static struct error *
become_manager(struct demo *demo, const struct dossier *dossier, struct act *act)
{
	const struct pack_role *role = pack_role(demo->body->pack, T("manager"));
	struct decider *deciders;
	size_t count;
	if (role == NULL)
		return missing("役割 manager がありません。");
	TRY(people_deciders(&act->look, role, dossier->unit, moment_day(act->look.now),
			    dossier->applicant, &deciders, &count));
	if (count == 0)
		return missing("決裁する人がいません。");
	act->actor.person = deciders[0].person.no;
	return OK;
}

static struct error *
rule_extension(struct demo *demo, const struct dossier *dossier, struct act *act)
{
	TRY(become_manager(demo, dossier, act));
	return flow_rule_extension(act, &demo->body->flow, dossier->permits[0].id, dossier->change,
				   true, T(""));
}

static struct error *
revoke(struct demo *demo, const struct dossier *dossier, struct act *act)
{
	TRY(become_manager(demo, dossier, act));
	return flow_revoke(act, &demo->body->flow, dossier->permits[0].id, dossier->change,
			   T("行き先の受け入れが取りやめになったため。"));
}

static struct error *
bring_back(struct demo *demo, const struct dossier *dossier, struct act *act)
{
	const struct flow_permit *permit = &dossier->permits[0];
	for (size_t at = 0; at < permit->outings_count; at++)
		if (permit->outings[at].back.ms == 0)
			return flow_back(act, &demo->body->flow, permit->id, dossier->change,
					 permit->outings[at].id);
	return missing("出ている物がありません。");
}

/* ---- Results ---- */

/* A file as somebody would hand it in: kept among the attachments under its digest. */
static struct text
paper_of(struct demo *demo, struct arena *arena, const char *name, struct text serial)
{
	const struct text bytes =
		text_format(arena, "見本の書類です。\n%s\n番号: %.*s\n", name, T_ARG(serial));
	const struct hash digest = hash_of(bytes);
	const struct text hex = hash_hex(arena, &digest);
	const char *folder = path_join(arena, demo->body->folder, "blobs");
	struct error *error = store_file_write(
		demo->body->store, path_join(arena, folder, text_z(arena, hex)), bytes);
	if (error != OK)
		log_error("demo", error);
	return text_format(arena, "%.*s\t%s_%.*s.txt", T_ARG(hex), name, T_ARG(serial));
}

static struct text
person_no(struct arena *arena, const struct demo *demo, size_t person)
{
	return text_format(arena, "%lld", (long long)demo->people[person].id.no);
}

static void
end_item(struct demo *demo, struct demo_story *story, struct text serial, struct act *act,
	 struct answers *answers)
{
	struct arena *arena = act->look.arena;
	const struct demo_unit *unit = &demo->units[story->unit];
	const size_t witness = story->applicant == unit->chief ? unit->vice : unit->chief;
	const bool is_wiped = chance_is(&story->chance, 30);
	const bool is_claimed = story->fate == FATE_CLAIMED;
	put_of(answers, "end-method", serial,
	       is_claimed ? T("vendor") : is_wiped ? T("wiped") : T("destroyed"));
	put_of(answers, "end-at", serial, moment_local(arena, act->look.now));
	put_of(answers, "end-by", serial, person_no(arena, demo, story->applicant));
	put_of(answers, "end-what", serial,
	       is_claimed ? T("業者に引き渡した") : is_wiped ? T("消去ソフトで3回上書きした")
							     : T("破砕機で壊した"));
	if (is_claimed)
		put_of(answers, "end-certificate", serial, paper_of(demo, arena, "廃棄証明書", serial));
	else if (is_wiped)
		put_of(answers, "end-log", serial, paper_of(demo, arena, "消去記録", serial));
	else
		put_of(answers, "end-witness", serial, person_no(arena, demo, witness));
}

static void
answer_result(struct demo *demo, struct demo_story *story, struct act *act,
	      struct answers *answers)
{
	struct arena *arena = act->look.arena;
	const struct text serial = demo->assets[story->asset].serial;
	if (story->doing == DOING_SEND || story->doing == DOING_PROVIDE)
		put(answers, "done-at", moment_local(arena, act->look.now));
	if (story->doing == DOING_PROVIDE) {
		const bool is_claimed = story->fate == FATE_CLAIMED;
		put_of(answers, "handed-end", serial, is_claimed ? T("erased-claimed") : T("back"));
		put_of(answers, "handed-at", serial, moment_local(arena, act->look.now));
		if (is_claimed)
			put_of(answers, "handed-certificate", serial,
			       paper_of(demo, arena, "消去証明書", serial));
	}
	if (story->doing != DOING_DISPOSE)
		return;
	end_item(demo, story, serial, act, answers);
	if (story->more != 0 && story->fate != FATE_OPEN)
		end_item(demo, story, demo->assets[story->more - 1].serial, act, answers);
	if (story->fate == FATE_UNLISTED)
		end_item(demo, story, text_format(arena, "USB-X%03zu", story->asset % 1000), act,
			 answers);
}

static struct error *
record_result(struct demo *demo, struct demo_story *story, const struct dossier *dossier,
	      struct act *act)
{
	struct answers answers = { .count = 0 };
	if (dossier->state != DOSSIER_GRANTED)
		return OK; /* it completed itself when everything was back */
	answer_result(demo, story, act, &answers);
	return flow_result(act, &demo->body->flow, dossier->id, dossier->change, answers.list,
			   answers.count);
}

/* ---- */

static struct error *
do_with_permit(struct demo *demo, enum demo_deed deed, struct demo_story *story,
	       const struct dossier *dossier, struct act *act)
{
	const struct flow *flow = &demo->body->flow;
	if (dossier->permits_count == 0)
		return missing("許可証がありません。");
	if (deed == DEED_OUT)
		return flow_out(act, flow, dossier->permits[0].id, dossier->change,
				demo->assets[story->asset].id, T(""));
	if (deed == DEED_BACK)
		return bring_back(demo, dossier, act);
	if (deed == DEED_EXTEND)
		return flow_extend(act, flow, dossier->permits[0].id, dossier->change,
				   day_plus(dossier->permits[0].until, 4),
				   T("先方の作業が遅れ、予定の日までに終わらないため。"));
	if (deed == DEED_RULE_EXTENSION)
		return rule_extension(demo, dossier, act);
	return revoke(demo, dossier, act);
}

static struct error *
do_decision(struct demo *demo, enum demo_deed deed, const struct dossier *dossier, struct act *act)
{
	if (deed == DEED_PERMIT)
		return decide(demo, dossier, STEP_PERMISSION, VERDICT_PERMIT, "", act);
	if (deed == DEED_CONDITIONS)
		return decide(demo, dossier, STEP_PERMISSION, VERDICT_PERMIT_WITH,
			      "必要な項目だけに絞り、2人で確かめてから行うこと。", act);
	if (deed == DEED_REFUSE)
		return decide(demo, dossier, STEP_PERMISSION, VERDICT_REFUSE,
			      "個人情報を含まない集計表で足りるため、許可しません。", act);
	if (deed == DEED_SEND_BACK)
		return decide(demo, dossier, STEP_PERMISSION, VERDICT_SEND_BACK,
			      "行き先の担当者と、戻す日時を確かめて書き直してください。", act);
	return decide(demo, dossier, STEP_NOTIFICATION, VERDICT_ACKNOWLEDGE, "", act);
}

struct error *
demo_do_story(struct demo *demo, const struct demo_event *event, struct act *act)
{
	struct demo_story *story = &demo->stories[event->what];
	const struct flow *flow = &demo->body->flow;
	struct dossier dossier;
	act->actor.person = demo->people[story->applicant].id.no;
	if (event->deed == DEED_DRAFT)
		return draft(demo, story, act);
	TRY(flow_read(&act->look, flow, story->dossier, &dossier));
	if (event->deed == DEED_SEND)
		return flow_send(act, flow, dossier.id, dossier.change);
	if (event->deed == DEED_SAVE)
		return save(demo, &dossier, act);
	if (event->deed == DEED_WITHDRAW)
		return flow_withdraw(act, flow, dossier.id, dossier.change,
				     T("予定が変わったため。"));
	if (event->deed == DEED_CANCEL)
		return flow_cancel(act, flow, dossier.id, dossier.change,
				   T("持ち出す必要がなくなったため。"));
	if (event->deed == DEED_RESULT)
		return record_result(demo, story, &dossier, act);
	if (event->deed == DEED_OUT || event->deed == DEED_BACK || event->deed == DEED_EXTEND ||
	    event->deed == DEED_RULE_EXTENSION || event->deed == DEED_REVOKE)
		return do_with_permit(demo, event->deed, story, &dossier, act);
	return do_decision(demo, event->deed, &dossier, act);
}
