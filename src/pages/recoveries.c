/* Recovery of sign-in by two holders of the pack's roles. Takamatsu 7.2.5 a) 1. */
#include "pages/account_parts.h"
#include "pages/people_pages.h"

#include "signin/signin.h"

enum { RECOVERIES_SHOWN = 50 };

static const char *
tag_of(enum recovery_state state)
{
	switch (state) {
	case RECOVERY_ASKED:
		return "wait";
	case RECOVERY_DONE:
		return "go";
	case RECOVERY_REFUSED:
	case RECOVERY_LATE:
		break;
	}
	return "off";
}

/* Who may neither recover nor answer for it has no business here. */
static struct error *
must_see(struct look *look, struct visit *visit, bool *may)
{
	TRY(signin_may_recover(look, visit->office->pack, visit->session.person, may));
	if (!*may && !visit_may(visit, RIGHT_JOURNAL_READ) && !visit_may(visit, RIGHT_ACCOUNTS))
		return refuse("サインインの回復を見られるのは、方針が決めた役割の人と、システムの担当者だけです。");
	return OK;
}

/* ---- The list, and asking ---- */

static void
fill_roles(struct visit *visit, struct recoveries_page *page)
{
	const struct pack_sign_in *sign_in = &visit->office->pack->sign_in;
	for (size_t at = 0; at < sign_in->recovers_count; at++) {
		const struct text name = words_now(sign_in->recovers[at]->name);
		page->roles = at == 0 ? name
				      : text_format(visit->arena, "%.*s%s%.*s", T_ARG(page->roles), say("、"),
						    T_ARG(name));
	}
}

static struct error *
fill_asking(struct look *look, struct visit *visit, struct recoveries_page *page)
{
	const struct field_option removes[] = {
		{ T("yes"), text_of(say("登録をすべて外す(なくした、盗まれた、分からない)")) },
		{ T("no"), text_of(say("残す(パスワードだけ忘れた)")) },
	};
	struct person person;
	bool found;
	page->number = text_trim(text_narrow(visit->arena, visit_text(visit, "number")));
	if (page->number.len == 0)
		return OK;
	TRY(people_person_by_number(look, page->number, &found, &person));
	if (!found) {
		page->number_fault = text_of(say("その職員番号の人はいません。"));
		return OK;
	}
	page->name = person.name;
	struct field_part *reason = ARENA_NEW(visit->arena, struct field_part);
	*reason = plain_box(visit, BOX_LONG, "reason", text_of(say("理由と、本人の確かめ方")),
			    text_of(say("例 スマートフォンを水没させた。窓口で顔と職員証を確かめた。")), T(""), true);
	page->reason = reason;
	page->removes = radio_box(visit, "removes", text_of(say("登録してある二つめの確認")), T(""), T(""), true,
				  removes, 2);
	return OK;
}

static struct error *
recoveries_draw(struct look *look, struct visit *visit)
{
	struct recovery *list;
	size_t count;
	struct recoveries_page page = {
		.frame = visit_frame(visit, text_of(say("サインインの回復")), NULL),
		.csrf = visit->csrf,
	};
	TRY(must_see(look, visit, &page.may));
	fill_roles(visit, &page);
	if (page.may)
		TRY(fill_asking(look, visit, &page));
	TRY(signin_recoveries(look, RECOVERIES_SHOWN, &list, &count));
	page.rows = ARENA_ARRAY(visit->arena, struct recoveries_rows, count + 1);
	page.rows_count = count;
	for (size_t at = 0; at < count; at++)
		page.rows[at] = (struct recoveries_rows){
			.name = list[at].person_name,
			.state = text_of(recovery_state_words(list[at].state)),
			.tag = text_of(tag_of(list[at].state)),
			.asked = list[at].asked,
			.asked_by = list[at].asked_name,
			.href = url_of_number(visit->arena, "/recoveries/{}", list[at].id.no),
		};
	return visit_draw(visit, recoveries_page, &page);
}

static struct error *
ask_do(struct act *act, struct visit *visit)
{
	struct person person;
	struct recovery_id id;
	bool found;
	const struct text removes = visit_text(visit, "removes");
	TRY(people_person_by_number(&act->look, text_trim(text_narrow(visit->arena, visit_text(visit, "number"))),
				    &found, &person));
	if (!found)
		return missing("その職員番号の人はいません。");
	if (!text_is(removes, "yes") && !text_is(removes, "no"))
		return reject("removes", "登録してある二つめの確認をどうするかを選んでください。");
	TRY(signin_recovery_ask(act,
				&(struct recovery_new){
					.pack = visit->office->pack,
					.person = person.id,
					.reason = visit_text(visit, "reason"),
					.removes_factors = text_is(removes, "yes"),
				},
				&id));
	visit->go_to = url_of_number(visit->arena, "/recoveries/{}", id.no);
	visit->done = "recovery-asked";
	return OK;
}

/* ---- One of them ---- */

static struct recovery_id
recovery_of(const struct visit *visit)
{
	return (struct recovery_id){ visit_id(visit, "id") };
}

static struct error *
recovery_draw(struct look *look, struct visit *visit)
{
	struct recovery one;
	bool may;
	const struct text id = number_text(visit->arena, visit_id(visit, "id"));
	TRY(must_see(look, visit, &may));
	TRY(signin_recovery(look, recovery_of(visit), &one));
	const bool is_open = one.state == RECOVERY_ASKED;
	struct recovery_page page = {
		.frame = visit_frame(visit, text_of(say("サインインの回復")), NULL),
		.csrf = visit->csrf,
		.name = one.person_name,
		.number = one.person_number,
		.state = text_of(recovery_state_words(one.state)),
		.tag = text_of(tag_of(one.state)),
		.reason = one.reason,
		.removes = one.removes_factors,
		.asked_by = one.asked_name,
		.asked = one.asked,
		.until = one.until,
		.second = one.second_name,
		.ended = one.ended,
		.is_first = is_open && one.asked_by.no == visit->session.person.no,
		.agree = url_of(visit->arena, "/recoveries/{}/agree", id),
		.refuse = url_of(visit->arena, "/recoveries/{}/refuse", id),
	};
	page.may = may && is_open && !page.is_first && one.person.no != visit->session.person.no;
	return visit_draw(visit, recovery_page, &page);
}

/* Shown in the answer to the act itself, so nothing keeps it in clear. */
static struct error *
agree_do(struct act *act, struct visit *visit)
{
	const struct one_time_password *making = visit->kept;
	struct recovery one;
	struct recovered_page page;
	TRY(signin_recovery_agree(act, visit->office->pack, recovery_of(visit), &making->password));
	TRY(signin_recovery(&act->look, recovery_of(visit), &one));
	page = (struct recovered_page){
		.frame = visit_frame(visit, text_of(say("回復しました")), NULL),
		.name = one.person_name,
		.password = making->clear,
		.back = url_of_number(visit->arena, "/recoveries/{}", one.id.no),
	};
	TRY(people_parameter(&act->look, visit->office->pack, "sign-in.temporary-days", 7, &page.days));
	return visit_draw(visit, recovered_page, &page);
}

static struct error *
refuse_do(struct act *act, struct visit *visit)
{
	TRY(signin_recovery_refuse(act, visit->office->pack, recovery_of(visit)));
	visit->go_to = url_of_number(visit->arena, "/recoveries/{}", visit_id(visit, "id"));
	visit->done = "recovery-refused";
	return OK;
}

PAGE_ROWS(recovery,
	  { { METHOD_GET, "/recoveries" }, RIGHT_SELF, PAGE_LOOK, .look = recoveries_draw },
	  { { METHOD_POST, "/recoveries" }, RIGHT_DECIDE, PAGE_ACT, .act = ask_do,
	    .again = recoveries_draw, .proof = PROOF_FRESH },
	  { { METHOD_GET, "/recoveries/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = recovery_draw },
	  { { METHOD_POST, "/recoveries/{id}/agree" }, RIGHT_DECIDE, PAGE_ACT, .slow = one_time_password_make,
	    .act = agree_do, .again = recovery_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/recoveries/{id}/refuse" }, RIGHT_DECIDE, PAGE_ACT, .act = refuse_do,
	    .again = recovery_draw });
