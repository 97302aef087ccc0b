/*
 * What entries of the journal say to people: acts and the objects they are about in words, where an object is
 * shown, and whether the reader may open it.
 */
#include "pages/rooms.h"

#include "audit/audit.h"
#include "contract/contract.h"
#include "incident/incident.h"

#include "base/number.h"

struct act_word {
	const char *act;
	const char *words;
};

/* What an act is called to a person; an act not listed shows as it stands. */
static const struct act_word act_words[] = {
	{ "body.make", N_("団体の作成") },
	{ "body.rollback", N_("更新の取り消し") },
	{ "clause.judge", N_("条項の判断") },
	{ "clause.judge-remind", N_("判断の期限の知らせ") },
	{ "assure.round", N_("条項の状態の確認") },
	{ "assure.state", N_("条項の状態の変化") },
	{ "finding.open", N_("指摘") },
	{ "finding.gone", N_("指摘の解消") },
	{ "finding.settle", N_("処理済みの指摘の解消の確認") },
	{ "finding.plan", N_("指摘への対応の予定") },
	{ "finding.close", N_("指摘の処理") },
	{ "incident.report", N_("事案の報告") },
	{ "incident.sheet", N_("様式による事案の報告") },
	{ "incident.receive", N_("事案の連絡の受取り") },
	{ "incident.escalate", N_("受け取られない連絡を代わりの人へ") },
	{ "incident.link-end", N_("事案の連絡の終わり") },
	{ "incident.judge", N_("インシデントかどうかの評価") },
	{ "incident.facts", N_("事案の事実の記録") },
	{ "incident.entry", N_("事案の経過") },
	{ "incident.correct", N_("事案の経過の訂正") },
	{ "incident.task", N_("事案の作業") },
	{ "incident.order", N_("事案の指示") },
	{ "incident.answer", N_("事案の作業・指示への答え") },
	{ "incident.remind", N_("遅れている事案の作業の知らせ") },
	{ "incident.evidence", N_("証拠の受入れ") },
	{ "incident.custody", N_("証拠の受渡し") },
	{ "incident.affected", N_("事案に関係する資産・人数") },
	{ "incident.affected-drop", N_("事案に関係しなかった資産") },
	{ "incident.outside", N_("事案の外部への報告") },
	{ "incident.outside-remind", N_("外部への報告の期限の知らせ") },
	{ "incident.conclude", N_("原因と再発防止策の報告") },
	{ "incident.close", N_("事案の終結") },
	{ "incident.contact", N_("緊急連絡網の連絡先") },
	{ "incident.contact-end", N_("緊急連絡網の連絡先の削除") },
	{ "incident.contacts-confirm", N_("緊急連絡網の確認") },
	{ "inventory.lend", N_("物品の貸出") },
	{ "inventory.repair", N_("物品を修理に出した") },
	{ "inventory.out", N_("物品の持ち出し") },
	{ "inventory.back", N_("物品の返却") },
	{ "inventory.begin", N_("棚卸の開始") },
	{ "inventory.seen", N_("棚卸で確かめた") },
	{ "inventory.stray", N_("棚卸で見つけた台帳にない物") },
	{ "inventory.explain", N_("棚卸のわけ") },
	{ "inventory.close", N_("棚卸の終わり") },
	{ "inventory.found", N_("所在不明の物が見つかった") },
	{ "inventory.remind", N_("戻っていない物の知らせ") },
	{ "inventory.escalate", N_("戻っていない物を管理者へ") },
	{ "inventory.support", N_("サポートの終わりの知らせ") },
	{ "enact.propose", N_("方針の新しい版の案") },
	{ "enact.answer", N_("新しい版が触れるものへの答え") },
	{ "enact.publish", N_("方針の公布") },
	{ "enact.withdraw", N_("方針の版の取下げ") },
	{ "enact.in_force", N_("方針の施行") },
	{ "enact.carry_out", N_("施行に伴う取扱い") },
	{ "enact.acknowledge", N_("方針の確認") },
	{ "enact.tell", N_("方針の確認のお願い") },
	{ "training.plan", N_("研修計画の作成") },
	{ "training.item", N_("研修計画の日の変更") },
	{ "training.decide", N_("研修計画の決定") },
	{ "training.report", N_("研修の実施状況の報告") },
	{ "training.open", N_("研修の開始") },
	{ "training.enrol", N_("研修の対象者への求め") },
	{ "training.try", N_("研修の確認テスト(不合格)") },
	{ "training.pass", N_("研修の受講") },
	{ "training.passed-on", N_("代理出席の伝達の確認") },
	{ "training.excuse", N_("研修の免除") },
	{ "training.left", N_("研修の対象からの除外(退職)") },
	{ "training.remind", N_("研修の知らせ") },
	{ "training.over", N_("研修の未受講を所属に知らせたこと") },
	{ "training.class", N_("集合研修の出席の記録") },
	{ "training.drill", N_("訓練メールの予定") },
	{ "training.send", N_("訓練メールの送信") },
	{ "training.opened", N_("訓練メールが開かれたこと") },
	{ "training.ended", N_("訓練メールの終了") },
	{ "training.cancel", N_("訓練メールの取りやめ") },
	{ "training.suspicious", N_("不審なメールの報告") },
	{ "transfer.stage", N_("人事異動の一覧の読み込み") },
	{ "transfer.correct", N_("人事異動の一覧の訂正") },
	{ "transfer.ask", N_("人事異動の決裁の求め") },
	{ "transfer.send_back", N_("人事異動の差戻し") },
	{ "transfer.decide", N_("人事異動の決裁") },
	{ "transfer.withdraw", N_("人事異動の取下げ") },
	{ "transfer.return_add", N_("退職者の返すものの追加") },
	{ "transfer.returned", N_("退職者からの返却") },
	{ "transfer.pledge", N_("退職後の秘密保持の確認") },
	{ "transfer.tell", N_("人事異動のお知らせ") },
	{ "people.grant_until", N_("特別な権限の期間の変更") },
	{ "people.deputy_until", N_("職務代理の期間の変更") },
	{ "dossier.resend", N_("改正による差戻し") },
	{ "dossier.end", N_("改正による終了") },
	{ "permit.end", N_("改正による許可の終了") },
	{ "people.role_carry", N_("改正による役割の引継ぎ") },
	{ "journal.begin", N_("年度の記録簿の開始") },
	{ "journal.close", N_("年度の記録簿の終了") },
	{ "journal.key", N_("署名鍵の交換") },
	{ "dossier.draft", N_("案件の作成") },
	{ "dossier.save", N_("案件の保存") },
	{ "dossier.send", N_("申請") },
	{ "dossier.decide", N_("決裁") },
	{ "dossier.grant", N_("許可の成立") },
	{ "dossier.reroute", N_("決裁経路の見直し") },
	{ "dossier.withdraw", N_("取下げ") },
	{ "dossier.cancel", N_("取消し") },
	{ "dossier.result", N_("結果の記録") },
	{ "dossier.complete", N_("案件の完了") },
	{ "dossier.strike", N_("対象外の記録") },
	{ "dossier.remind", N_("催促") },
	{ "dossier.escalate", N_("上位者への引き上げ") },
	{ "dossier.put", N_("台帳への書き込み") },
	{ "dossier.remind-report", N_("報告の催促") },
	{ "dossier.report-late", N_("報告の遅れ") },
	{ "exception.review", N_("例外措置の確認") },
	{ "exception.close", N_("例外措置の終了") },
	{ "incident.evidence-read", N_("証拠の取り出し") },
	{ "permit.issue", N_("許可証の発行") },
	{ "permit.out", N_("持ち出し") },
	{ "permit.return", N_("返却") },
	{ "permit.extend", N_("延長の決裁") },
	{ "permit.extend-ask", N_("延長の申請") },
	{ "permit.revoke", N_("許可の取消し") },
	{ "permit.expire", N_("許可の期限切れ") },
	{ "permit.remind", N_("期限の知らせ") },
	{ "permit.remind-return", N_("返却予定の知らせ") },
	{ "permit.overdue", N_("返却の催促") },
	{ "permit.overdue-escalate", N_("返却遅れの報告") },
	{ "ledger.add", N_("台帳への登録") },
	{ "ledger.change", N_("台帳の変更") },
	{ "ledger.confirm", N_("台帳の確認") },
	{ "ledger.retire", N_("台帳からの除却") },
	{ "ledger.import", N_("台帳の取り込み") },
	{ "entrance.tablet", N_("部屋のタブレットの番号を出したこと") },
	{ "entrance.tie", N_("部屋のタブレットの登録") },
	{ "entrance.stop", N_("部屋のタブレットを止めたこと") },
	{ "entrance.enter", N_("サーバ室への入室") },
	{ "entrance.leave", N_("サーバ室からの退室") },
	{ "entrance.refuse", N_("サーバ室の入口で断ったこと") },
	{ "entrance.close", N_("サーバ室の退室の記入") },
	{ "entrance.settle", N_("サーバ室の入室の説明") },
	{ "entrance.review", N_("サーバ室の入退室の点検") },
	{ "entrance.ask", N_("サーバ室に残る人についての知らせ") },
	{ "duty.plan", N_("くり返す仕事の予定") },
	{ "duty.begin", N_("起きたときにする仕事の開始") },
	{ "duty.done", N_("くり返す仕事の実施") },
	{ "duty.excuse", N_("くり返す仕事をしない記録") },
	{ "duty.hand", N_("くり返す仕事の依頼") },
	{ "duty.remind", N_("くり返す仕事の催促") },
	{ "duty.escalate", N_("くり返す仕事の遅れ") },
	{ "contract.open", N_("委託の開始") },
	{ "contract.candidate", N_("候補の事業者") },
	{ "contract.answer", N_("選定の基準への答え") },
	{ "contract.choose", N_("事業者の選定") },
	{ "contract.sign", N_("委託の契約") },
	{ "contract.drop", N_("委託の取りやめ") },
	{ "contract.explain", N_("守るべき内容の説明") },
	{ "contract.prolong", N_("委託の期間の延長") },
	{ "contract.ask", N_("再委託の求め") },
	{ "contract.found", N_("同意のない再委託の発見") },
	{ "contract.consent", N_("再委託への同意") },
	{ "contract.refuse", N_("再委託への不同意") },
	{ "contract.name", N_("従事者の届け出") },
	{ "contract.ready", N_("従事者の誓約・教育") },
	{ "contract.unname", N_("従事者の終わり") },
	{ "contract.hand", N_("データの引き渡し") },
	{ "contract.receive", N_("データの受領") },
	{ "contract.claim", N_("返却・消去の申告") },
	{ "contract.verify", N_("返却・消去の確認") },
	{ "contract.check", N_("委託先の対策の確認") },
	{ "contract.demand", N_("委託先への改善の求め") },
	{ "contract.answered", N_("改善の求めへの答え") },
	{ "contract.settle", N_("改善の確認") },
	{ "contract.end", N_("委託の終了") },
	{ "contract.remind", N_("委託の期限の知らせ") },
	{ "reconcile.list", N_("突き合わせる一覧の取込み") },
	{ "reconcile.run", N_("突き合わせ") },
	{ "reconcile.explain", N_("違いの説明") },
	{ "reconcile.remind", N_("突き合わせの催促") },
	{ "reconcile.escalate", N_("突き合わせの遅れ") },
	{ "audit.plan", N_("監査の計画") },
	{ "audit.name", N_("監査人の指名") },
	{ "audit.dismiss", N_("監査人の解任") },
	{ "audit.begin", N_("監査の開始") },
	{ "audit.sign", N_("監査の項目の結果") },
	{ "audit.sample", N_("監査の標本") },
	{ "audit.look", N_("標本の確認") },
	{ "audit.ask", N_("監査の資料の求め") },
	{ "audit.show", N_("監査の求めへの答え") },
	{ "audit.paper", N_("監査調書の保管") },
	{ "audit.point", N_("監査の指摘") },
	{ "audit.report", N_("監査結果の報告") },
	{ "audit.receive", N_("監査結果の受領") },
	{ "audit.close", N_("監査の終了") },
	{ "audit.order", N_("是正の指示") },
	{ "audit.answer", N_("指摘への答え") },
	{ "audit.verify", N_("是正の確認") },
	{ "audit.return", N_("是正の差戻し") },
	{ "audit.remind", N_("監査の期限の知らせ") },
	{ "audit.escalate", N_("監査の指摘の遅れ") },
	{ "council.call", N_("会議の招集") },
	{ "council.item", N_("会議の議題") },
	{ "council.minutes", N_("会議の記録") },
	{ "review.start", N_("見直しの開始") },
	{ "review.input", N_("見直しの材料の扱い") },
	{ "review.decide", N_("見直しの決定") },
	{ "access.list", N_("アカウントの一覧の取り込み") },
	{ "access.list-part", N_("アカウントの一覧の取り込み(続き)") },
	{ "access.change", N_("アカウントの登録の変更") },
	{ "access.close", N_("アカウントの抹消の記録") },
	{ "access.keep", N_("アカウントを残す決定") },
	{ "access.handle", N_("頼まれたアカウントの変更") },
	{ "access.settings", N_("システムの設定の変更") },
	{ "access.round", N_("アカウントの点検の開始") },
	{ "access.review", N_("アカウントの点検") },
	{ "access.remind", N_("アカウントの点検の催促") },
	{ "access.escalate", N_("アカウントの点検の遅れ") },
	{ "access.erase", N_("アカウントの名前の消去") },
	{ "check.plan", N_("自己点検の計画") },
	{ "check.open", N_("自己点検の開始") },
	{ "check.answer", N_("自己点検への答え") },
	{ "check.improve", N_("自己点検の改善") },
	{ "check.replan", N_("自己点検の改善の予定の変更") },
	{ "check.close", N_("自己点検の終了") },
	{ "check.withdraw", N_("自己点検の取りやめ") },
	{ "check.remind", N_("自己点検のお願い") },
	{ "check.escalate", N_("自己点検の遅れの知らせ") },
	{ "people.unit_add", N_("所属の追加") },
	{ "people.unit_change", N_("所属の変更") },
	{ "people.unit_end", N_("所属の終了") },
	{ "people.unit_change_from", N_("所属の変更（日を定めて）") },
	{ "people.unit_change_withdraw", N_("所属の変更の取消し") },
	{ "people.unit_succeed", N_("所属の引継ぎ先") },
	{ "people.post_add", N_("職の追加") },
	{ "people.post_change", N_("職の変更") },
	{ "people.post_end", N_("職の終了") },
	{ "people.post_succeed", N_("職の引継ぎ先") },
	{ "people.post_roles_from", N_("職の役割の変更（日を定めて）") },
	{ "people.person_add", N_("人の追加") },
	{ "people.person_change", N_("人の変更") },
	{ "people.person_end", N_("人の退職") },
	{ "people.assign", N_("配属") },
	{ "people.assignment_end", N_("配属の終了") },
	{ "people.assignment_until", N_("配属の延長") },
	{ "people.secondment_add", N_("出向の登録") },
	{ "people.secondment_end", N_("出向の終わりの日") },
	{ "people.firm_add", N_("委託先の登録") },
	{ "people.firm_change", N_("委託先の変更") },
	{ "people.engagement_add", N_("委託・再委託の登録") },
	{ "people.engagement_until", N_("委託の期間の変更") },
	{ "people.worker_add", N_("従事者の登録") },
	{ "people.worker_end", N_("従事の終了") },
	{ "people.deputy_add", N_("職務代理の指名") },
	{ "people.deputy_end", N_("職務代理の終了") },
	{ "people.erase_propose", N_("個人データの消去の提案") },
	{ "people.erase_hold", N_("個人データの消去の延期") },
	{ "people.disclose", N_("個人データの取り出し") },
	{ "people.window_open", N_("特権の使用の開始") },
	{ "people.window_end", N_("特権の使用の終了") },
	{ "people.delegation_give", N_("権限の委任") },
	{ "people.delegation_end", N_("権限の委任の終了") },
	{ "people.grant_give", N_("権限の付与") },
	{ "people.grant_end", N_("権限の終了") },
	{ "people.account_open", N_("アカウントの作成") },
	{ "people.account_reset", N_("仮パスワードの発行") },
	{ "people.account_close", N_("アカウントの停止") },
	{ "directory.match", N_("ディレクトリの口座の結び付け") },
	{ "directory.tie", N_("ディレクトリの口座と結び付ける") },
	{ "directory.untie", N_("ディレクトリの口座との結び付きを解く") },
	{ "people.password_change", N_("パスワードの変更") },
	{ "people.sign_in", N_("サインイン") },
	{ "people.sign_in_failed", N_("サインインの失敗") },
	{ "people.session_raise", N_("本人確認の追加") },
	{ "people.sign_out", N_("サインアウト") },
	{ "people.session_end", N_("サインアウト") },
	{ "people.session_touch", N_("利用の継続") },
	{ "signin.card_register", N_("ICカードの登録") },
	{ "signin.card_stop", N_("ICカードの停止") },
	{ "signin.card_use", N_("ICカードでのサインイン") },
	{ "signin.card_refused", N_("ICカードの拒否") },
	{ "people.import", N_("名簿の取り込み") },
	{ "people.import_units", N_("組織の取り込み") },
	{ "people.import_staff", N_("職員の取り込み") },
	{ "people.sessions_end", N_("ほかの端末のサインアウト") },
	{ "people.mail_sent", N_("メールの送信") },
	{ "people.mail_failed", N_("メールの送信失敗") },
	{ "people.mail_given_up", N_("メールの送信中止") },
	{ "body.demo", N_("見本の団体の作成") },
	{ "people.notices_read", N_("お知らせの既読") },
	{ "signin.factor_add", N_("二つめの確認の登録") },
	{ "signin.factor_remove", N_("二つめの確認の取り外し") },
	{ "signin.factor_copied", N_("キーの写しの疑い") },
	{ "signin.remind", N_("期限が近いことの知らせ") },
	{ "signin.recovery_ask", N_("サインインの回復の依頼") },
	{ "signin.recovery_agree", N_("サインインの回復への同意") },
	{ "signin.recovery_refuse", N_("サインインの回復の取りやめ") },
	{ "settings.zone", N_("区域のアドレスの変更") },
	{ "settings.change", N_("設定の変更") },
	{ "journal.stamp", N_("タイムスタンプの受け取り") },
	{ "journal.witness-alarm", N_("証人についての警報") },
	{ "journal.witness-back", N_("証人の復帰") },
};

struct text
act_in_words(struct text act)
{
	for (size_t at = 0; at < sizeof act_words / sizeof *act_words; at++)
		if (text_is(act, act_words[at].act))
			return text_of(say(act_words[at].words));
	return act;
}

struct about_word {
	const char *kind;
	const char *words;
};

static const struct about_word about_words[] = {
	{ "dossier", N_("個別案件") },
	{ "permit", N_("許可証") },
	{ "asset", N_("資産") },
	{ "person", N_("人") },
	{ "unit", N_("所属") },
	{ "post", N_("職") },
	{ "clause", N_("条項") },
	{ "body", N_("団体") },
	{ "ledger", N_("台帳") },
	{ "import", N_("取り込み") },
	{ "mail", N_("メール") },
	{ "sign-in", N_("サインイン") },
	{ "setting", N_("設定") },
	{ "journal", N_("記録簿") },
	{ "assure", N_("条項の状態") },
	{ "finding", N_("指摘") },
	{ "incident", N_("事案") },
	{ "incident-link", N_("事案の連絡") },
	{ "incident-contact", N_("緊急連絡網の連絡先") },
	{ "incident-contacts", N_("緊急連絡網") },
	{ "contract", N_("委託の契約") },
	{ "contract-link", N_("委託先・再委託先") },
	{ "contract-data", N_("渡したデータ") },
	{ "audit", N_("監査") },
	{ "audit-point", N_("監査の指摘") },
	{ "council", N_("会議") },
	{ "review", N_("見直し") },
	{ "witness", N_("証人") },
	{ "stamp", N_("タイムスタンプ") },
	{ "version", N_("方針の版") },
	{ "firm", N_("委託先") },
	{ "engagement", N_("委託") },
	{ "delegation", N_("権限の委任") },
	{ "window", N_("特権の使用") },
	{ "system", N_("システム") },
	{ "account", N_("アカウント") },
	{ "accounts", N_("システムのアカウント") },
	{ "setting", N_("システムの設定") },
	{ "duty", N_("くり返す仕事") },
	{ "room", N_("サーバ室") },
	{ "visit", N_("サーバ室の入退室") },
	{ "tablet", N_("部屋のタブレット") },
	{ "occurrence", N_("くり返す仕事の一回") },
	{ "take", N_("棚卸") },
	{ "thing-overdue", N_("戻っていない物") },
	{ "thing-gone", N_("見つからない物") },
	{ "thing-held", N_("退職した人の持つ物") },
	{ "thing-support", N_("サポートの終わったソフトウェア") },
	{ "thing-licences", N_("ライセンスを超えたソフトウェア") },
	{ "reconciliation", N_("突き合わせ") },
	{ "difference", N_("突き合わせの違い") },
	{ "access-round", N_("アカウントの点検") },
	{ "check", N_("自己点検") },
	{ "check-sheet", N_("自己点検の用紙") },
	{ "check-item", N_("自己点検の問い") },
	{ "check-improvement", N_("自己点検の改善") },
	{ "factor", N_("二つめの確認") },
	{ "recovery", N_("サインインの回復") },
	{ "zone", N_("区域") },
	{ "card", N_("ICカード") },
	{ "transfer", N_("人事異動の一覧") },
	{ "training", N_("研修") },
	{ "training-plan", N_("研修計画") },
	{ "training-item", N_("研修計画の研修") },
	{ "training-class", N_("集合研修") },
	{ "enrolment", N_("受講") },
	{ "mail-drill", N_("訓練メール") },
	{ "mail-report", N_("不審なメールの報告") },
};

struct text
about_in_words(struct arena *arena, struct text about)
{
	struct text kind, rest;
	if (!text_cut(about, ':', &kind, &rest))
		rest = T("");
	for (size_t at = 0; at < sizeof about_words / sizeof *about_words; at++)
		if (text_is(kind, about_words[at].kind))
			return text_format(arena, "%s %.*s", say(about_words[at].words),
					   T_ARG(text_is(rest, "unknown") || text_is(rest, "0") ? T("") : rest));
	return about;
}

/* Where an object named in an entry is shown. */
bool
about_url(struct arena *arena, struct text about, struct url *url)
{
	struct text kind, rest;
	int64_t number;
	if (!text_cut(about, ':', &kind, &rest))
		return false;
	if (text_is(kind, "clause")) {
		*url = url_of(arena, "/clauses/{}", rest);
		return true;
	}
	if (text_is(kind, "duty")) {
		*url = url_of(arena, "/duties/{}", rest);
		return true;
	}
	if (text_is(kind, "reconciliation")) {
		*url = url_of(arena, "/reconciliations/{}", rest);
		return true;
	}
	/* "accounts:5:left": what a finding about a system's accounts rests on. */
	if (text_is(kind, "accounts") && text_cut(rest, ':', &rest, &kind) &&
	    number_read(rest, 1, INT64_MAX, &number)) {
		*url = url_query(arena, url_of_number(arena, "/systems/{}", number), "trouble", kind);
		return true;
	}
	/* "setting:5:lock-attempts": a value of a row. */
	if (text_is(kind, "setting") && text_cut(rest, ':', &rest, &kind) &&
	    number_read(rest, 1, INT64_MAX, &number)) {
		*url = url_of_number(arena, "/system-settings/{}", number);
		return true;
	}
	/* "check-item:7:2": a question of a campaign. */
	if (text_is(kind, "check-item") && text_cut(rest, ':', &kind, &rest))
		kind = T("check");
	/* "incident-link:9:4": a link of a case. */
	if (text_is(kind, "incident-link") && text_cut(rest, ':', &kind, &rest))
		kind = T("incident");
	/* "thing-gone:7:2": a row, and what happened to it. */
	if (text_starts(kind, T("thing-"))) {
		*url = url_path(arena, "/software");
		if (text_is(kind, "thing-support") || text_is(kind, "thing-licences"))
			return true;
		if (!text_cut(rest, ':', &rest, &kind) || !number_read(rest, 1, INT64_MAX, &number))
			return false;
		*url = url_of_number(arena, "/things/{}", number);
		return true;
	}
	if (text_is(kind, "incident-contacts")) {
		*url = url_path(arena, "/incidents/plan");
		return true;
	}
	if (!number_read(rest, 1, INT64_MAX, &number))
		return false;
	if (text_is(kind, "take")) {
		*url = url_of_number(arena, "/stock/{}", number);
		return true;
	}
	if (text_is(kind, "dossier"))
		*url = url_of_number(arena, "/dossiers/{}", number);
	else if (text_is(kind, "permit"))
		*url = url_of_number(arena, "/permits/{}", number);
	else if (text_is(kind, "person"))
		*url = url_of_number(arena, "/people/{}", number);
	else if (text_is(kind, "unit"))
		*url = url_of_number(arena, "/units/{}", number);
	else if (text_is(kind, "post"))
		*url = url_of_number(arena, "/posts/{}", number);
	else if (text_is(kind, "firm"))
		*url = url_of_number(arena, "/people/firms/{}", number);
	else if (text_is(kind, "finding"))
		*url = url_of_number(arena, "/findings/{}", number);
	else if (text_is(kind, "room"))
		*url = url_of_number(arena, "/entrance/rooms/{}", number);
	else if (text_is(kind, "visit"))
		*url = url_of_number(arena, "/entrance/visits/{}", number);
	else if (text_is(kind, "occurrence"))
		*url = url_of_number(arena, "/duties/occurrences/{}", number);
	else if (text_is(kind, "difference"))
		*url = url_of_number(arena, "/reconciliations/differences/{}", number);
	else if (text_is(kind, "asset"))
		*url = url_of_number(arena, "/ledger/asset/{}", number);
	else if (text_is(kind, "system"))
		*url = url_of_number(arena, "/systems/{}", number);
	else if (text_is(kind, "check"))
		*url = url_of_number(arena, "/checks/{}", number);
	else if (text_is(kind, "contract"))
		*url = url_of_number(arena, "/contracts/{}", number);
	else if (text_is(kind, "audit"))
		*url = url_of_number(arena, "/audits/{}", number);
	else if (text_is(kind, "audit-point"))
		*url = url_of_number(arena, "/audit-points/{}", number);
	else if (text_is(kind, "council"))
		*url = url_of_number(arena, "/council/{}", number);
	else if (text_is(kind, "review"))
		*url = url_of_number(arena, "/reviews/{}", number);
	else if (text_is(kind, "transfer"))
		*url = url_of_number(arena, "/transfers/{}", number);
	else if (text_is(kind, "mail-drill"))
		*url = url_of_number(arena, "/training/drills/{}", number);
	else if (text_is(kind, "incident"))
		*url = url_of_number(arena, "/incidents/{}", number);
	else if (text_is(kind, "version"))
		*url = url_of_number(arena, "/policy/versions/{}", number);
	else
		return false;
	return true;
}

/* Those who see all of audits, and who answers to auditors for the unit. */
static bool
point_opens(struct look *look, const struct visit *visit, struct text typed)
{
	const struct pack *pack = visit->office->pack;
	struct audit_point point;
	struct audit_eyes eyes;
	int64_t number;
	bool answers = false;
	if (!number_read(typed, 1, INT64_MAX, &number) ||
	    audit_sees(look, pack, visit->session.person, &eyes) != OK)
		return false;
	if (eyes.all)
		return true;
	return audit_point(look, pack, (struct point_id){ number }, &point) == OK &&
	       audit_answers_for(look, &eyes, point.unit, &answers) == OK && answers;
}

bool
about_opens(struct look *look, const struct visit *visit, struct text about)
{
	struct text kind, rest, more;
	struct ledger_row row;
	int64_t number;
	if (!text_cut(about, ':', &kind, &rest))
		return true;
	if (text_is(kind, "accounts") && text_cut(rest, ':', &rest, &more))
		kind = T("system");
	if (text_is(kind, "setting") && text_cut(rest, ':', &rest, &more))
		kind = T("system");
	if (text_is(kind, "incident-link") && text_cut(rest, ':', &more, &rest))
		kind = T("incident");
	if (text_is(kind, "audit-point"))
		return point_opens(look, visit, rest);
	if (text_is(kind, "audit") || text_is(kind, "council") || text_is(kind, "review")) {
		struct audit_eyes eyes;
		return audit_sees(look, visit->office->pack, visit->session.person, &eyes) == OK && eyes.all;
	}
	if (text_is(kind, "contract")) {
		const struct pack *pack = visit->office->pack;
		struct contract contract;
		struct contract_rights may;
		return number_read(rest, 1, INT64_MAX, &number) &&
		       contract_read(look, pack, (struct contract_id){ number }, &contract) == OK &&
		       contract_rights(look, pack, &contract, visit->session.person, &may) == OK && may.may_read;
	}
	if (text_is(kind, "incident")) {
		struct incident incident;
		struct incident_may may;
		return number_read(rest, 1, INT64_MAX, &number) &&
		       incident_open(look, visit->office->pack, &visit->rights,
				     (struct incident_id){ number }, &incident, &may) == OK;
	}
	if (text_is(kind, "reconciliation") || text_is(kind, "difference"))
		return visit->rights.at[RIGHT_LEDGER_READ].is_all;
	if (!text_is(kind, "asset") && !text_is(kind, "system"))
		return true;
	return number_read(rest, 1, INT64_MAX, &number) &&
	       ledger_read(look, visit->office->pack, (struct row_id){ number }, &row) == OK &&
	       visit_reaches(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ row.owner });
}
