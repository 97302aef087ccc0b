/* What is kept about a person in the rooms of the year: self-checks, training, incidents, duties, audits. */
#include "pages/personal_data.h"

#include "audit/audit.h"
#include "check/check.h"
#include "duty/duty.h"
#include "incident/figures.h"
#include "reconcile/reconcile.h"
#include "training/training.h"

/* Their own page leads to the list; personnel stays here. */
static void
lead_to(struct gathering *to, struct personal_data_kinds *kind, struct url list)
{
	if (to->is_own)
		kind->href = list;
}

static struct error *
gather_checks(struct gathering *to)
{
	struct check_kept kept;
	struct personal_data_kinds *kind =
		personal_begin(to, say("自己点検"), say("本人の答え"),
			       say("本人と、方針が名前で見てよいと決めた役割の人。ほかの人には、数えたものだけ"), to->record);
	TRY(check_kept(to->look, to->person.id, &kept));
	personal_count(to, kind, say("聞かれた点検"), kept.sheets);
	personal_count(to, kind, say("「いいえ」や「当てはまらない」の答えと改善"), kept.answers);
	lead_to(to, kind, url_path(to->visit->arena, "/checks"));
	return OK;
}

static struct text
enrolment_line(struct gathering *to, const struct enrolment *one)
{
	struct arena *arena = to->visit->arena;
	if (one->state == ENROLMENT_OPEN)
		return text_format(arena, say("%.*sまで、試験%lld回"), T_ARG(day_wareki(arena, one->due)),
				   (long long)one->tries);
	if (one->state == ENROLMENT_EXCUSED)
		return text_format(arena, "%.*s %.*s", T_ARG(day_wareki(arena, moment_day(one->ended))),
				   T_ARG(one->words));
	return text_format(arena, "%.*s %.*s", T_ARG(day_wareki(arena, moment_day(one->ended))),
			   T_ARG(enrolment_how_words(arena, one)));
}

/* By name, what a drill showed is for the person alone and whom the policy names; not for personnel. */
static struct error *
gather_drills(struct gathering *to, struct personal_data_kinds *kind)
{
	struct training_kept kept;
	TRY(training_kept(to->look, to->person.id, &kept));
	personal_count(to, kind, say("受けた試験の答え"), kept.tries);
	personal_count(to, kind, say("報告した不審なメール"), kept.suspicious);
	personal_add(kind, say("終わった訓練メール"),
		     to->is_own ? text_format(to->visit->arena,
					      say("%lld件(開いたもの%lld件、報告したもの%lld件)"),
					      (long long)kept.drills, (long long)kept.opened,
					      (long long)kept.reported)
				: text_of(say("本人の画面でだけ見られます")));
	return OK;
}

static struct error *
gather_training(struct gathering *to)
{
	struct enrolment *list;
	size_t count;
	struct personal_data_kinds *kind =
		personal_begin(to, say("研修と訓練"), say("研修の計画と出席の名簿、本人の答え"),
			       say("本人、所属の長、研修を受け持つ人。訓練メールの結果は、本人と、方針が決めた役割の人だけ"),
			       to->record);
	TRY(gather_drills(to, kind));
	TRY(training_of(to->look, to->visit->office->pack, to->person.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (to->is_own || !list[at].is_from_drill)
			personal_add(kind,
				     text_format(to->visit->arena, "%.*s: %s",
						 T_ARG(list[at].course != NULL ? words_now(list[at].course->name)
									       : list[at].code),
						 enrolment_state_words(list[at].state))
					     .data,
				     enrolment_line(to, &list[at]));
	lead_to(to, kind, url_path(to->visit->arena, "/training"));
	return OK;
}

static struct error *
gather_incidents(struct gathering *to)
{
	struct incident_kept kept;
	struct personal_data_kinds *kind =
		personal_begin(to, say("事案"), say("本人の報告と、対応の経過に本人が書いたこと"),
			       say("本人が報告した事案は本人。対応する人、知らせを受ける役割の人、監査する人"), to->record);
	TRY(incident_kept(to->look, to->person.id, &kept));
	personal_count(to, kind, say("報告した事案(訓練を含む)"), kept.reported);
	personal_count(to, kind, say("代わりに入力した事案"), kept.typed);
	personal_count(to, kind, say("経過に書いたこと"), kept.entries);
	personal_count(to, kind, say("答えた作業や指示"), kept.tasks);
	lead_to(to, kind, url_path(to->visit->arena, "/incidents"));
	return OK;
}

static struct error *
gather_duties(struct gathering *to)
{
	struct duty_kept kept;
	struct personal_data_kinds *kind =
		personal_begin(to, say("くり返す仕事"), say("本人が番所で行ったこと"),
			       say("本人、その所属の長、団体全体の役割の人、監査する人"), to->record);
	TRY(duty_kept(to->look, to->person.id, &kept));
	personal_count(to, kind, say("行ったもの"), kept.done);
	personal_count(to, kind, say("見送ったもの"), kept.excused);
	personal_count(to, kind, say("いま頼まれているもの"), kept.handed);
	lead_to(to, kind, url_path(to->visit->arena, "/duties"));
	return OK;
}

static struct error *
gather_audits(struct gathering *to)
{
	struct audit_kept kept;
	struct personal_data_kinds *kind =
		personal_begin(to, say("監査"), say("監査を計画する人と、本人が番所で行ったこと"),
			       say("監査する人、監査を命じる人、報告を受ける人"), to->record);
	TRY(audit_kept(to->look, to->person.id, &kept));
	personal_count(to, kind, say("監査人になった監査"), kept.named);
	personal_count(to, kind, say("結果を付けた条項"), kept.signed_items);
	personal_count(to, kind, say("指摘への指示・回答・確認"), kept.steps);
	return OK;
}

static struct error *
gather_outside(struct gathering *to)
{
	struct reconcile_kept kept;
	struct personal_data_kinds *kind = personal_begin(
		to, say("物品・サーバ室・委託・突き合わせ"),
		say("本人と窓口の人が番所で行ったこと、入口のタブレット、突き合わせるときの職員の名簿"),
		say("物品・サーバ室・委託を受け持つ人、全体の台帳を見られる人、監査する人"),
		text_of(say("業務の記録として残ります。個人データを消去しても、入退室の記録と、突き合わせた一覧に写された氏名・職員番号は残ります。")));
	TRY(reconcile_kept(to->look, to->visit->office->pack, to->person.id, &kept));
	personal_count(to, kind, say("借りた物、持ち出した物"), kept.loans);
	personal_count(to, kind, say("サーバ室の入退室"), kept.visits);
	personal_count(to, kind, say("委託の従事者としての届け"), kept.works);
	personal_count(to, kind, say("全員の氏名・職員番号・所属が写された突き合わせ"), kept.runs);
	return OK;
}

struct error *
personal_rooms(struct gathering *to)
{
	TRY(gather_outside(to));
	TRY(gather_checks(to));
	TRY(gather_training(to));
	TRY(gather_incidents(to));
	TRY(gather_duties(to));
	return gather_audits(to);
}
