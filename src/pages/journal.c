/*
 * The journal for people: how it stands, its entries, verifying here, and the bundle that a third
 * party verifies without us.
 */
#include "journal/stamp.h"
#include "journal/witness.h"
#include "pages/rooms.h"

#include "base/file.h"
#include "base/number.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES_PAGE = 50 };

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
	{ "enact.propose", N_("方針の新しい版の案") },
	{ "enact.answer", N_("新しい版が触れるものへの答え") },
	{ "enact.publish", N_("方針の公布") },
	{ "enact.withdraw", N_("方針の版の取下げ") },
	{ "enact.in_force", N_("方針の施行") },
	{ "enact.carry_out", N_("施行に伴う取扱い") },
	{ "enact.acknowledge", N_("方針の確認") },
	{ "enact.tell", N_("方針の確認のお願い") },
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
	{ "access-round", N_("アカウントの点検") },
	{ "factor", N_("二つめの確認") },
	{ "recovery", N_("サインインの回復") },
	{ "zone", N_("区域") },
	{ "card", N_("ICカード") },
	{ "transfer", N_("人事異動の一覧") },
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
					   T_ARG(text_is(rest, "unknown") ? T("") : rest));
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
	/* "accounts:5:left": what a finding about a system's accounts rests on. */
	if (text_is(kind, "accounts") && text_cut(rest, ':', &rest, &kind) &&
	    number_read(rest, 1, INT64_MAX, &number)) {
		*url = url_query(arena, url_of_number(arena, "/systems/{}", number), "trouble", kind);
		return true;
	}
	if (!number_read(rest, 1, INT64_MAX, &number))
		return false;
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
	else if (text_is(kind, "asset"))
		*url = url_of_number(arena, "/ledger/asset/{}", number);
	else if (text_is(kind, "system"))
		*url = url_of_number(arena, "/systems/{}", number);
	else if (text_is(kind, "transfer"))
		*url = url_of_number(arena, "/transfers/{}", number);
	else if (text_is(kind, "version"))
		*url = url_of_number(arena, "/policy/versions/{}", number);
	else
		return false;
	return true;
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
	if (!text_is(kind, "asset") && !text_is(kind, "system"))
		return true;
	return number_read(rest, 1, INT64_MAX, &number) &&
	       ledger_read(look, visit->office->pack, (struct row_id){ number }, &row) == OK &&
	       visit_reaches(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ row.owner });
}

static struct error *
who_in_words(struct look *look, const struct visit *visit, const struct actor *who,
	     struct text *name, struct text *role)
{
	*name = text_is(who->through, "clock") ? text_of(say("番所(時計)"))
		: text_is(who->through, "cli") ? text_of(say("番所(コマンド)"))
					       : text_of(say("番所"));
	*role = T("");
	if (who->person != 0)
		TRY(people_name(look, (struct person_id){ who->person }, name));
	const struct pack_role *known = pack_role(visit->office->pack, who->role);
	if (known != NULL)
		*role = words_now(known->short_name);
	return OK;
}

/* Who reads the journal need not see every dossier; a draft is nobody's but the applicant's. */
static bool
may_follow(struct look *look, const struct visit *visit, const struct journal_entry *entry,
	   struct text about)
{
	if (!text_starts(about, T("dossier:")) && !text_starts(about, T("permit:")))
		return about_opens(look, visit, about);
	return visit->rights.at[RIGHT_DOSSIER_READ].is_all && !text_is(entry->act, "dossier.draft") &&
	       !text_is(entry->act, "dossier.save");
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct journal_entry *entry,
	 struct journal_rows *row)
{
	struct arena *arena = visit->arena;
	row->seq = entry->seq;
	row->at = entry->at;
	row->act = act_in_words(entry->act);
	row->href = url_of(arena, "/journal/entries/{}",
			   text_format(arena, "%lld", (long long)entry->seq));
	TRY(who_in_words(look, visit, &entry->who, &row->who, &row->role));
	row->abouts = ARENA_ARRAY(arena, struct journal_rows_abouts, entry->about_count + 1);
	row->abouts_count = entry->about_count;
	for (size_t at = 0; at < entry->about_count; at++) {
		row->abouts[at].words = about_in_words(arena, entry->about[at]);
		row->abouts[at].has_href =
			may_follow(look, visit, entry, entry->about[at]) &&
			about_url(arena, entry->about[at], &row->abouts[at].href);
	}
	return OK;
}

static struct error *
fill_entries(struct look *look, struct visit *visit, struct journal_page *page,
	     struct pager_part *pager)
{
	struct journal_entry *entries;
	size_t count;
	int64_t before = JOURNAL_NEWEST;
	const struct text typed = visit_text(visit, "before");
	if (typed.len != 0 && !number_read(typed, 0, INT64_MAX, &before))
		before = JOURNAL_NEWEST;
	TRY(journal_history(look, page->about, before, ENTRIES_PAGE + 1, &entries, &count));
	const size_t shown = count > ENTRIES_PAGE ? ENTRIES_PAGE : count;
	page->rows = ARENA_ARRAY(visit->arena, struct journal_rows, shown + 1);
	page->rows_count = shown;
	for (size_t at = 0; at < shown; at++)
		TRY(fill_row(look, visit, &entries[at], &page->rows[at]));
	struct url base = url_path(visit->arena, "/journal");
	if (page->about.len != 0)
		base = url_query(visit->arena, base, "about", page->about);
	if (before != JOURNAL_NEWEST)
		pager->first = base;
	if (count > ENTRIES_PAGE)
		pager->next = url_query_number(visit->arena, base, "before",
					       entries[shown - 1].seq);
	return OK;
}

/* What the newest entry about the witness says, when it is an alarm. */
static struct error *
alarm_of(struct look *look, struct text name, struct text *alarm)
{
	struct journal_entry *entries;
	size_t count;
	struct text why = T("");
	*alarm = T("");
	TRY(journal_history(look, text_format(look->arena, "witness:%.*s", T_ARG(name)),
			    JOURNAL_NEWEST, 1, &entries, &count));
	if (count == 0 || !text_is(entries->act, "journal.witness-alarm"))
		return OK;
	for (size_t at = 0; at < entries->pair_count; at++)
		if (text_is(entries->pairs[at].name, "why"))
			why = entries->pairs[at].text;
	if (text_is(why, "late"))
		*alarm = text_of(say("長いあいだ証言していません。証人の機械か回線を確かめてください。"));
	else if (text_is(why, "refused"))
		*alarm = text_of(say("この記録簿か、その鍵を知らないと答えています。証人の側の登録を確かめてください。"));
	else
		*alarm = text_of(say("前に見たものの続きではないと答えています。記録簿が書き換えられたか、古い控えに戻されたおそれがあります。CSIRTに知らせてください。"));
	return OK;
}

static struct error *
fill_witnesses(struct look *look, struct visit *visit, struct journal_page *page)
{
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	struct journal_stamped stamped;
	size_t count;
	TRY(journal_witnesses(look, list, &count));
	page->witnesses = ARENA_ARRAY(visit->arena, struct journal_witnesses, count + 1);
	page->witnesses_count = count;
	for (size_t at = 0; at < count; at++) {
		struct journal_witnesses *row = &page->witnesses[at];
		struct journal_cosigned cosigned;
		TRY(journal_cosigned(look, &list[at].key, &cosigned));
		row->name = list[at].key.name;
		row->is_any = cosigned.is_any;
		row->size = cosigned.end;
		row->at = cosigned.at;
		TRY(alarm_of(look, row->name, &row->alarm));
	}
	TRY(journal_stamped(look, &stamped));
	page->is_stamped = stamped.is_any;
	page->stamped_size = stamped.size;
	page->stamped_at = stamped.at;
	return OK;
}

static struct error *
fill_log(struct look *look, struct visit *visit, const struct journal_log *log,
	 struct journal_logs *row)
{
	struct arena *arena = visit->arena;
	struct journal_checkpoint checkpoint;
	struct journal_entry since;
	struct journal_key *keys;
	int64_t year = 0;
	size_t count;
	bool found;
	TRY(journal_log_checkpoint(look, log, &found, &checkpoint));
	TRY(journal_keys(look, log, &keys, &count));
	*row = (struct journal_logs){
		.year = log->place,
		.first = log->first,
		.size = log->size,
		.signed_size = found ? checkpoint.head.size : 0,
		.keys = (int64_t)count, /* at most JOURNAL_KEYS_MOST */
		.is_closed = log->is_closed,
		/* The page of the log's newest entries. */
		.show = url_query_number(arena, url_path(arena, "/journal"), "before",
					 log->first + log->size),
		.checkpoint = url_of(arena, "/log/{}/checkpoint", log->place),
		.vkeys = url_of(arena, "/log/{}/vkeys", log->place),
	};
	if (number_read(log->place, 1, 9999, &year))
		row->year = fiscal_wareki(arena, (int)year); /* at most 9999 */
	if (count == 0)
		return OK;
	row->vkey = keys[count - 1].vkey;
	if (keys[count - 1].seq < 0)
		return OK;
	TRY(journal_entry_read(look, keys[count - 1].seq, &since));
	row->key_since = moment_wareki(arena, since.at);
	return OK;
}

static struct error *
fill_logs(struct look *look, struct visit *visit, struct journal_page *page)
{
	struct journal_log *logs;
	size_t count;
	TRY(journal_logs(look, &logs, &count));
	page->logs = ARENA_ARRAY(visit->arena, struct journal_logs, count + 1);
	page->logs_count = count;
	for (size_t at = 0; at < count; at++) /* newest first */
		TRY(fill_log(look, visit, &logs[count - 1 - at], &page->logs[at]));
	return OK;
}

static struct error *
journal_draw(struct look *look, struct visit *visit)
{
	struct journal_state state;
	struct journal_checkpoint checkpoint;
	struct pager_part pager = { 0 };
	struct arena *arena = visit->arena;
	struct journal_page page = {
		.frame = visit_frame(visit, text_of(say("記録簿")), "journal"),
		.about = text_trim(visit_text(visit, "about")),
		.verify = url_path(arena, "/journal/verify"),
		.bundle = url_path(arena, "/journal/bundle"),
		.pages = &pager,
	};
	TRY(journal_state(look, visit->office->sealing, &state));
	TRY(journal_latest_checkpoint(look, &page.has_checkpoint, &checkpoint));
	TRY(journal_vkey(look, &page.vkey));
	page.size = state.size;
	page.signed_size = state.signed_size;
	page.signed_at = state.signed_at;
	page.trouble = state.trouble;
	if (page.has_checkpoint)
		page.note = checkpoint.note;
	if (page.about.len != 0)
		page.bundle = url_query(arena, page.bundle, "about", page.about);
	TRY(fill_logs(look, visit, &page));
	TRY(fill_witnesses(look, visit, &page));
	TRY(fill_entries(look, visit, &page, &pager));
	return visit_draw(visit, journal_page, &page);
}

/* ---- One entry ---- */

static struct error *
fill_proof(struct look *look, struct visit *visit, const struct journal_entry *entry,
	   struct journal_entry_page *page)
{
	struct journal_checkpoint checkpoint;
	struct journal_log log;
	struct merkle_proof proof;
	TRY(journal_checkpoint_over(look, entry->seq, &page->is_signed, &checkpoint));
	if (!page->is_signed)
		return OK;
	page->signed_size = checkpoint.first + checkpoint.head.size;
	TRY(journal_log_at(look, entry->seq, &log));
	TRY(journal_inclusion(look, &log, entry->seq - log.first, checkpoint.head.size, &proof));
	page->proof = ARENA_ARRAY(visit->arena, struct journal_entry_proof, proof.count + 1);
	page->proof_count = proof.count;
	for (size_t at = 0; at < proof.count; at++)
		page->proof[at].hash = hash_hex(visit->arena, &proof.at[at]);
	return OK;
}

static void
fill_digests(struct visit *visit, const struct journal_entry *entry,
	     struct journal_entry_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct journal_entry_rows, entry->row_count + 1);
	page->rows_count = entry->row_count;
	for (size_t at = 0; at < entry->row_count; at++)
		page->rows[at] = (struct journal_entry_rows){
			.table = entry->rows[at].table,
			.id = entry->rows[at].id,
			.digest = hash_hex(visit->arena, &entry->rows[at].digest),
			.is_gone = entry->rows[at].is_gone,
		};
}

static struct text
clauses_of(struct visit *visit, const struct journal_entry *entry)
{
	struct writer out = writer_open(visit->arena, 8192);
	for (size_t at = 0; at < entry->clause_count; at++) {
		const struct pack_clause *clause = pack_clause(visit->office->pack,
							       entry->clauses[at]);
		if (at != 0)
			write_z(&out, "、");
		write_text(&out, clause != NULL ? clause->number : entry->clauses[at]);
	}
	return writer_text(&out);
}

static struct error *
entry_draw(struct look *look, struct visit *visit)
{
	struct journal_entry entry;
	struct text role;
	int64_t seq;
	struct arena *arena = visit->arena;
	if (!number_read(capture_text(visit->captures, "seq"), 0, INT64_MAX, &seq))
		return missing("その番号の記録はありません。");
	TRY(journal_entry_read(look, seq, &entry));
	struct journal_entry_page page = {
		.frame = visit_frame(visit,
				     text_format(arena, say("記録 %lld"), (long long)seq),
				     "journal"),
		.seq = seq,
		.at = entry.at,
		.act = act_in_words(entry.act),
		.json = entry.json,
		.leaf = hash_hex(arena, &entry.leaf),
		.clauses = clauses_of(visit, &entry),
		.back = url_path(arena, "/journal"),
	};
	TRY(who_in_words(look, visit, &entry.who, &page.who, &role));
	if (role.len != 0)
		page.who = text_format(arena, "%.*s(%.*s)", T_ARG(page.who), T_ARG(role));
	fill_digests(visit, &entry, &page);
	TRY(fill_proof(look, visit, &entry, &page));
	return visit_draw(visit, journal_entry_page, &page);
}

/* ---- Verifying and taking away ---- */

static struct error *
verify_draw(struct look *look, struct visit *visit)
{
	struct journal_report report;
	struct arena *arena = visit->arena;
	TRY(journal_verify_store(look, &(struct journal_verify_options){ 0 }, &report));
	TRY(people_verify_keys(look, &report));
	struct journal_verify_page page = {
		.frame = visit_frame(visit, text_of(say("検証の結果")), "journal"),
		.is_good = report.finding_total == 0,
		.size = report.size,
		.signed_size = report.signed_size,
		.checkpoints = report.checkpoints,
		.rows = report.rows,
		.total = report.finding_total,
		.root = hash_hex(arena, &report.root),
		.back = url_path(arena, "/journal"),
		.findings = ARENA_ARRAY(arena, struct journal_verify_findings,
					report.finding_count + 1),
		.findings_count = report.finding_count,
		.erased = ARENA_ARRAY(arena, struct journal_verify_erased,
				      JOURNAL_FINDINGS_MOST),
	};
	for (int64_t at = 0; at < report.erased_total && at < JOURNAL_FINDINGS_MOST; at++)
		page.erased[page.erased_count++].person = report.erased[at];
	for (size_t at = 0; at < report.finding_count; at++)
		page.findings[at] = (struct journal_verify_findings){
			.words = report.findings[at].words,
			.kind = text_of(journal_finding_name(report.findings[at].kind)),
		};
	return visit_draw(visit, journal_verify_page, &page);
}

/* A bundle is written beside the store, sent as a stream, and unlinked at once. */
static struct error *
bundle_send(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct text about = text_trim(visit_text(visit, "about"));
	unsigned char name[8];
	random_bytes(name, sizeof name);
	const char *path = text_z(
		arena, text_format(arena, "%s/bodies/%.*s/bundle-%.*s.zip", visit->office->data,
				   T_ARG(visit->office->body_code),
				   T_ARG(text_hex(arena, (struct text){ (char *)name, sizeof name }))));
	TRY(journal_export(look, &(struct journal_export_options){ .about = about }, path));
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat found;
	const bool is_open = fd >= 0 && fstat(fd, &found) == 0;
	unlink(path);
	if (!is_open)
		return broken("検証用の束を作れませんでした。空き容量を確かめてください。");
	visit->answer.type = "application/zip";
	visit->answer.is_stream = true;
	visit->answer.fd = fd;
	visit->answer.length = found.st_size;
	visit->answer.download = text_format(
		arena, "bansho-%.*s-%.*s.zip", T_ARG(visit->office->body_code),
		T_ARG(about.len != 0 ? text_replace(arena, about, T(":"), T("-"))
				     : day_iso(arena, visit->today)));
	fd = -1; /* the engine's now */
	return OK;
}

PAGE_ROWS(journal,
	  { { METHOD_GET, "/journal" }, RIGHT_JOURNAL_READ, PAGE_LOOK, .look = journal_draw },
	  { { METHOD_GET, "/journal/entries/{seq:text}" }, RIGHT_JOURNAL_READ, PAGE_LOOK,
	    .look = entry_draw },
	  { { METHOD_GET, "/journal/verify" }, RIGHT_JOURNAL_READ, PAGE_SLOW_LOOK,
	    .look = verify_draw },
	  { { METHOD_GET, "/journal/bundle" }, RIGHT_JOURNAL_READ, PAGE_SLOW_LOOK,
	    .look = bundle_send });
