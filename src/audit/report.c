/* The report of an audit, who received it, and its end. */
#include "audit/rooms.h"

static struct error *
tell_report(struct act *act, const struct pack *pack, const struct audit *audit)
{
	struct arena *arena = act->look.arena;
	struct tell tell = { .about = audit_about(arena, audit->id),
			     .words = text_format(arena, say("監査「%.*s」の結果が報告されました。"),
						  T_ARG(audit->title)),
			     .path = path_of(arena, "/audits", audit->id.no),
			     .subject = say("監査の結果が報告されました") };
	tell.role = pack->audit->orders;
	TRY(people_tell_role(act, &tell));
	if (pack->audit->council == NULL || pack->audit->council == pack->audit->orders)
		return OK;
	tell.role = pack->audit->council;
	return people_tell_role(act, &tell);
}

struct error *
audit_report(struct act *act, const struct pack *pack, struct audit_id id, int64_t change,
	     struct text words)
{
	struct audit_auditor_find_row row;
	struct audit audit;
	bool found;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_BEGUN, &audit));
	TRY(audit_auditor_find(&act->look, &(struct audit_auditor_find_in){ id.no, act->actor.person },
			       &found, &row));
	if (!found || !row.is_lead)
		TRY(must_be(act, pack->audit->chief));
	if (audit.change != change)
		return conflict("この監査は、ほかの人が先に進めました。画面を開き直してください。");
	if (audit.signed_items < audit.items)
		return conflict("まだ見ていない条項が%lld件あります。すべての条項に結果を付けてから報告してください。",
				(long long)(audit.items - audit.signed_items));
	TRY(must_say("words", words, AUDIT_MOST_WORDS, say("監査の結果のまとめを書いてください。")));
	TRY(audit_case_report(act, &(struct audit_case_report_in){ id.no, act->look.now.ms,
								   act->actor.person, words }));
	TRY(tell_report(act, pack, &audit));
	const struct text about = audit_about(act->look.arena, id);
	TRY(act_note(act, &(struct fact){
				  .act = "audit.report",
				  .about = { about },
				  .pairs = { { "items", { 0 }, audit.items },
					     { "points", { 0 }, audit.points },
					     { "unmet", { 0 }, audit.unmet } },
			  }));
	return duty_done_by(act, pack,
			    &(struct duty_deed){ .by = "audit.report", .on = DAY_NONE, .source = about,
						 .words = audit.title },
			    NULL);
}

struct error *
audit_receive(struct act *act, const struct pack *pack, struct audit_id id)
{
	struct audit audit;
	TRY(take_case(act, pack, id, AUDIT_REPORTED, AUDIT_REPORTED, &audit));
	TRY(must_be(act, pack->audit->orders));
	if (audit.received.ms != 0)
		return conflict("この報告は、もう受け取られています。");
	TRY(audit_case_receive(act, &(struct audit_case_receive_in){ id.no, act->look.now.ms,
								     act->actor.person }));
	return act_note(act, &(struct fact){ .act = "audit.receive",
					     .about = { audit_about(act->look.arena, id) } });
}

struct error *
audit_close(struct act *act, const struct pack *pack, struct audit_id id, struct text why)
{
	struct audit audit;
	TRY(take_case(act, pack, id, AUDIT_REPORTED, AUDIT_REPORTED, &audit));
	TRY(must_be(act, pack->audit->chief));
	if (audit.received.ms == 0)
		return conflict("%.*sがまだ報告を受け取っていません。", T_ARG(words_now(pack->audit->orders->name)));
	if (pack->audit->council != NULL && !audit.is_decided)
		return conflict("結果が、まだ%.*sに報告されていません。会議の議題にして、記録を残してください。",
				T_ARG(words_now(pack->audit->council->name)));
	if (audit.open_points != 0)
		return conflict("直ったことを確かめていない指摘が%lld件あります。", (long long)audit.open_points);
	TRY(must_say("why", why, AUDIT_MOST_WORDS, say("終えるにあたってのまとめを書いてください。")));
	TRY(audit_case_close(act, &(struct audit_case_close_in){ id.no, act->look.now.ms, why }));
	return act_note(act, &(struct fact){ .act = "audit.close",
					     .about = { audit_about(act->look.arena, id) } });
}
