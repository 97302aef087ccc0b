/* What a page says after an act was done and the browser came back: "?done=CODE". */
#include "pages/rooms.h"

struct done {
	const char *code;
	const char *words;
};

static const struct done list[] = {
	{ "saved", "保存しました。" },
	{ "sent", "申請を送りました。決裁が済むとお知らせします。" },
	{ "granted", "申請を送り、許可されました。" },
	{ "decided", "決裁を記録しました。" },
	{ "withdrawn", "申請を取り下げました。" },
	{ "cancelled", "取り消しました。" },
	{ "result", "結果を記録しました。" },
	{ "complete", "結果がすべてそろい、案件は完了しました。" },
	{ "copied", "前と同じ内容で下書きを作りました。日付などを書き直して申請してください。" },
	{ "result-open", "記録しました。まだ書くところが残っています。" },
	{ "not-extended", "延長しないと答えました。" },
	{ "struck", "対象外として記録しました。" },
	{ "out", "持ち出しを記録しました。" },
	{ "back", "返却を記録しました。" },
	{ "extend-asked", "延長を申請しました。" },
	{ "extended", "延長への答えを記録しました。" },
	{ "revoked", "許可を取り消しました。" },
	{ "row-added", "台帳に登録しました。" },
	{ "row-changed", "台帳を変更しました。" },
	{ "row-retired", "台帳の記録を閉じました。" },
	{ "confirmed", "台帳の確認を記録しました。" },
	{ "imported", "取り込みました。" },
	{ "added", "追加しました。" },
	{ "changed", "変更しました。" },
	{ "ended", "終了を記録しました。" },
	{ "password", "パスワードを変更しました。ほかの端末からはサインアウトしました。" },
	{ "signed-out", "サインアウトしています。続けるにはサインインしてください。" },
	{ "bye", "サインアウトしました。" },
	{ "session-ended", "その端末をサインアウトしました。" },
	{ "sessions-ended", "ほかの端末をすべてサインアウトさせました。" },
	{ "read", "お知らせを既読にしました。" },
	{ "settings", "設定を変更しました。" },
	{ "account", "アカウントを変更しました。" },
};

struct text
done_words(struct text code)
{
	for (size_t at = 0; at < sizeof list / sizeof *list; at++)
		if (text_is(code, list[at].code))
			return text_of(say(list[at].words));
	return T("");
}
