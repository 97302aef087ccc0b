/* What a page says after an act was done and the browser came back: "?done=CODE". */
#include "pages/rooms.h"

struct done {
	const char *code;
	const char *words;
};

static const struct done list[] = {
	{ "saved", N_("保存しました。") },
	{ "audit-planned", N_("監査の計画を残しました。次に監査人を決めてください。") },
	{ "audit-begun", N_("監査を始めました。対象の所属に知らせました。") },
	{ "audit-asked", N_("所属に知らせました。") },
	{ "audit-drawn", N_("標本を選びました。種と検証点は記録簿に残りました。") },
	{ "audit-reported", N_("監査の結果を報告しました。CISOと会議に知らせました。") },
	{ "audit-received", N_("報告を受け取りました。指摘ごとに、是正を指示してください。") },
	{ "audit-closed", N_("監査を終えました。") },
	{ "council-called", N_("会議の日を残し、構成員に知らせました。") },
	{ "council-held", N_("議事と決定を残しました。") },
	{ "review-decided", N_("見直しの結果を残しました。") },
	{ "sent", N_("申請を送りました。決裁が済むとお知らせします。") },
	{ "reported", N_("報告を送りました。") },
	{ "granted", N_("申請を送り、許可されました。") },
	{ "decided", N_("決裁を記録しました。") },
	{ "withdrawn", N_("申請を取り下げました。") },
	{ "cancelled", N_("取り消しました。") },
	{ "result", N_("結果を記録しました。") },
	{ "complete", N_("結果がすべてそろい、案件は完了しました。") },
	{ "copied", N_("前と同じ内容で下書きを作りました。日付などを書き直して申請してください。") },
	{ "result-open", N_("記録しました。まだ書くところが残っています。") },
	{ "not-extended", N_("延長しないと答えました。") },
	{ "struck", N_("対象外として記録しました。") },
	{ "out", N_("持ち出しを記録しました。") },
	{ "back", N_("返却を記録しました。") },
	{ "extend-asked", N_("延長を申請しました。") },
	{ "extended", N_("延長への答えを記録しました。") },
	{ "revoked", N_("許可を取り消しました。") },
	{ "reviewed", N_("見直しを記録しました。申請した人にお知らせが届きます。") },
	{ "exception-closed", N_("結果を記録して、例外を終えました。") },
	{ "row-added", N_("台帳に登録しました。") },
	{ "row-changed", N_("台帳を変更しました。") },
	{ "row-retired", N_("台帳の記録を閉じました。") },
	{ "confirmed", N_("台帳の確認を記録しました。") },
	{ "imported", N_("取り込みました。") },
	{ "directory", N_("結び付けました。次のサインインから、パソコンと同じパスワードになります。") },
	{ "added", N_("追加しました。") },
	{ "changed", N_("変更しました。") },
	{ "ended", N_("終了を記録しました。") },
	{ "finding-closed", N_("処理済みにしました。原因がなくなったかどうかは、番所が確かめます。") },
	{ "card-registered", N_("カードを登録しました。") },
	{ "card-stopped", N_("カードを止めました。このカードで始めたサインインは終わりました。") },
	{ "erased", N_("個人データを消去しました。記録と証明は残っています。") },
	{ "password", N_("パスワードを変更しました。ほかの端末からはサインアウトしました。") },
	{ "signed-out", N_("サインアウトしています。続けるにはサインインしてください。") },
	{ "bye", N_("サインアウトしました。") },
	{ "session-ended", N_("その端末をサインアウトしました。") },
	{ "assigned", N_("配属を記録しました。役割は、その日から自動で移ります。") },
	{ "held", N_("個人データをまだ残すことにしました。") },
	{ "window-ended", N_("特権を使う時間を終えました。") },
	{ "delegated", N_("権限を委任しました。受ける人にお知らせが届きます。") },
	{ "deputised", N_("職務代理を決めました。二人にお知らせが届きます。") },
	{ "sessions-ended", N_("ほかの端末をすべてサインアウトさせました。") },
	{ "read", N_("お知らせを既読にしました。") },
	{ "settings", N_("設定を変更しました。") },
	{ "account", N_("アカウントを変更しました。") },
	{ "published", N_("公布しました。施行日の0時に切り替わります。") },
	{ "version-withdrawn", N_("この版を取り下げました。") },
	{ "factor-added", N_("登録しました。次のサインインから尋ねます。ほかの端末はサインアウトしました。") },
	{ "factor-removed", N_("登録を外しました。ほかの端末はサインアウトしました。") },
	{ "recovery-asked", N_("回復を頼みました。方針が決めた役割のもう一人が、その人のサインインで同意すると進みます。") },
	{ "recovery-refused", N_("回復を取りやめました。") },
	{ "account-closed", N_("抹消を記録しました。") },
	{ "account-kept", N_("残す理由と期限を記録しました。その日を過ぎると、また確かめの対象になります。") },
	{ "accounts-listed", N_("一覧を取り込みました。職員の登録と照らし合わせた結果は下のとおりです。") },
	{ "access-round", N_("点検を始め、所属の責任者に知らせました。") },
	{ "access-reviewed", N_("点検を記録しました。頼まれた削除と変更は、システムの責任者に届きます。") },
	{ "transfer-staged", N_("読み込みました。まだ何も変わっていません。") },
	{ "transfer-asked", N_("決裁を求めました。") },
	{ "transfer-decided", N_("決裁を記録しました。発令日の0時に切り替わります。") },
	{ "transfer-sent-back", N_("差し戻しました。") },
	{ "transfer-withdrawn", N_("取り下げました。") },
	{ "returned", N_("返却を記録しました。") },
	{ "pledged", N_("秘密を守ることの確認を記録しました。") },
	{ "acknowledged", N_("方針の確認を記録しました。") },
};

struct text
done_words(struct text code)
{
	for (size_t at = 0; at < sizeof list / sizeof *list; at++)
		if (text_is(code, list[at].code))
			return text_of(say(list[at].words));
	return T("");
}
