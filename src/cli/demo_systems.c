/*
 * The body's systems in the demonstration: their settings written down, most as the policy wants them and one
 * not; who holds weighty accounts; the documents the standards ask for; and applications that are rare.
 */
#include "cli/demo_plan.h"

#include "signin/signin.h"

enum { SYSTEMS = 4, FIRST_AGO = 250, LAST_AGO = 12 };

/* What an event is about, and which. */
enum deed { DEED_SETTING, DEED_WEAKER, DEED_ZONES, DEED_PLAN_ROW, DEED_PLAN_CASE };

/* Rows 0 to 3 of demo_cases.c, in that order. */
#define LOGIN(factors, attempts, idle)                                                        \
	{ "login-factors", factors }, { "password-length", "12" }, { "password-days", "90" },  \
		{ "temporary-changed", "yes" }, { "credentials-safe", "yes" },                 \
		{ "lock-attempts", attempts }, { "idle-minutes", idle }, { "last-shown", "yes" }, \
		{ "access-limited", "yes" }, { "services-stopped", "yes" },                    \
		{ "privileged-minutes", "60" }, { "records-locked", "yes" },                    \
		{ "traffic-encrypted", "yes" }
#define TERMINALS                                                                             \
	{ "terminals", "yes" }, { "disk-encrypted", "yes" }, { "chip-used", "yes" },            \
		{ "password-not-saved", "yes" }, { "usb-blocked", "yes" }, { "autorun-off", "yes" }, \
		{ "install-locked", "yes" }
#define ANTIVIRUS                                                                             \
	{ "antivirus", "yes" }, { "pattern-days", "1" }, { "antivirus-current", "yes" },        \
		{ "antivirus-locked", "yes" }

static const struct pair settings[SYSTEMS][PAIRS] = {
	{ LOGIN("2", "5", "10"), ANTIVIRUS, { "terminals", "no" }, { "wireless", "yes" }, { "wireless-safe", "yes" }, { "remote", "yes" }, { "remote-factors", "2" }, { "remote-encrypted", "yes" } },
	{ LOGIN("2", "5", "30"), ANTIVIRUS, TERMINALS, { "wireless", "no" }, { "remote", "yes" }, { "remote-factors", "2" }, { "remote-encrypted", "yes" } },
	{ LOGIN("2", "3", "10"), ANTIVIRUS, TERMINALS, { "wireless", "no" }, { "remote", "no" } },
	{ LOGIN("2", "3", "10"), ANTIVIRUS, TERMINALS, { "wireless", "no" }, { "remote", "no" } },
};

/* After an update of the groupware a value fell back, and the look at the settings found it. */
enum { WEAKER_SYSTEM = 1 };
static const struct pair weaker[] = { { "idle-minutes", "60" } };

#define DOCUMENT(title, sort, in)                                                             \
	{ "name", title }, { "document-kind", sort }, { "version", "1.1" },                    \
		{ "effective", "2026-04-01" }, { "contains", in }, { "approved-by", "統括情報セキュリティ責任者" }
#define ACCOUNT(title, sort, why_)                                                            \
	{ "name", title }, { "account-kind", sort }, { "holder", "@me" }, { "why", why_ }, { "checked", "@today" }

static const struct row_plan rows[] = {
	{ "document", WHO_IT_HEAD, 240, { DOCUMENT("システムの緊急時連絡体制", "system-contact", "contacts") } },
	{ "document", WHO_IT_HEAD, 236, { DOCUMENT("通信回線・装置の構成図", "network-document", ""), { "place", "サーバ室の鍵付きの棚" }, { "locked", "yes" } } },
	{ "document", WHO_IT_HEAD, 230, { DOCUMENT("利用者IDの扱いの定め", "id-rule", "") } },
	{ "document", WHO_IT_HEAD, 226, { DOCUMENT("約款による外部サービスの利用規定", "terms-rule", "scope\nservices\nsteps\nclass-limit") } },
	{ "document", WHO_IT_HEAD, 222, { DOCUMENT("SNS運用手順", "sns-rule", "impersonation\ncredentials") } },
	{ "work-record", WHO_IT_HEAD, 44, { { "name", "グループウェア 管理者IDの変更" }, { "system", "@row:1" }, { "work-at", "@before" }, { "work-by", "有限会社みほんシステム 技術員" }, { "confirmed-by", "情報政策課 係長" }, { "place", "本庁舎 サーバ室" }, { "work", "管理者IDのパスワードを変え、代行者の権限を付け直した。" }, { "work-kind", "privilege" }, { "contractor", "yes" }, { "attended", "情報政策課 係長" } } },
	{ "privileged-id", WHO_IT_HEAD, 60, { ACCOUNT("gw-admin", "privileged", "グループウェアの管理"), { "system", "@row:1" } } },
	{ "privileged-id", WHO_TAX_HEAD, 58, { ACCOUNT("zei-admin", "privileged", "課税の一括処理"), { "system", "@row:2" } } },
	{ "privileged-id", WHO_IT_HEAD, 57, { ACCOUNT("gw-admin（代行）", "deputy", "係長が不在の日の管理"), { "system", "@row:1" } } },
	{ "privileged-id", WHO_CITIZEN_HEAD, 56, { ACCOUNT("madoguchi", "shared", "総合窓口の順番の表示"), { "holders", "総合窓口の当番の職員" }, { "system", "@row:1" } } },
	{ "privileged-id", WHO_CITIZEN_HEAD, 55, { ACCOUNT("窓口 共用カード01", "card", "住民票の発行の当番"), { "system", "@row:3" } } },
};

#define OFFICE_PC                                                                             \
	{ "device-from", "section" }, { "device-kind", "computer" }, { "device", "みほん電機 NB-15" }, \
		{ "device-system", "@row:1" }

static const struct case_plan cases[] = {
	{ WHO_WELFARE, 61, false, { { "doing", "unknown-class" }, { "purpose", "県から届いた名簿の扱いを決めるため" }, { "received-what", "見守りの対象者の名簿" }, { "received-from", "みほん県 福祉の担当課" }, { "received-on", "@today" }, { "received-contents", "氏名、住所、見守りの要否。分類の表示はない。" }, { "class-proposed", "I" } } },
	{ WHO_CITIZEN, 51, false, { { "doing", "publish" }, { "purpose", "窓口の混み具合を市民に知らせるため" }, { "publish-title", "窓口の待ち時間の統計" }, { "publish-where", "web" }, { "publish-on", "@today" }, { "publish-checks", "errors\npersonal\nsecond\nfinal" } } },
	{ WHO_IT_HEAD, 205, false, { { "doing", "equipment-outside" }, { "purpose", "災害のとき県と通信を続けるため" }, { "system", "@row:0" }, { "equipment-name", "防災通信の中継装置" }, { "equipment-items", "MH-2207\t中継装置" }, { "data-class", "I" }, { "site", "みほん電力 中央変電所" }, { "site-operator", "みほん電力株式会社" }, { "site-measures", "rack\nentry\npower\nencryption" }, { "check-days", "180" }, { "period", "@days:300" } } },
	{ WHO_TAX, 36, false, { { "doing", "setting" }, { "purpose", "電子申告の画面を開くため" }, { "reason", "いまの設定では署名の部品が動かない。" }, { "period", "@days:60" }, OFFICE_PC, { "device-serial", "NB15-00511" }, { "setting-now", "署名の部品を止めている" }, { "setting-new", "電子申告のサイトだけ署名の部品を動かす" } } },
	{ WHO_WELFARE, 31, false, { { "doing", "web-service" }, { "purpose", "大きな図面を設計事務所から受け取るため" }, { "reason", "メールで送れる大きさを超える。" }, { "period", "@days:45" }, { "service", "みほんファイル便" }, { "service-address", "https://bin.example.jp/" }, { "service-use", "図面の受け取り。個人の情報は入れない。" } } },
	{ WHO_CITIZEN, 56, false, { { "doing", "hardware" }, { "purpose", "窓口の端末の記憶装置を増やすため" }, { "reason", "画像の読み取りで容量が足りない。" }, { "period", "@days:60" }, OFFICE_PC, { "device-serial", "NB15-00377" }, { "hardware-change", "内蔵の記憶装置を512GBのものに替える" } } },
	{ WHO_IT_HEAD, 82, false, { { "doing", "inquiry" }, { "purpose", "夜間に続いた外への大きな送信のわけを調べるため" }, { "inquiry-of", "pc-log\nweb" }, { "inquiry-range", "9月1日から7日まで、該当する端末2台の通信の記録" }, { "period", "@days:14" } } },
	{ WHO_CITIZEN_HEAD, 98, false, { { "doing", "terms-service" }, { "purpose", "講習会の出欠を集めるため" }, { "service", "みほん出欠表" }, { "service-address", "https://shukketsu.example.jp/" }, { "service-use", "講習会の出欠" }, { "data-class", "III" }, { "terms-read", "use\nowner\nstop" }, { "terms-risk", "acceptable" }, { "terms-measures", "氏名は書かず、番号で答えてもらう。" }, { "period", "@days:300" } } },
	{ WHO_IT_HEAD, 88, false, { { "doing", "except" }, { "purpose", "ICカードを配り終えるまでの番所のサインイン" }, { "bent-clauses", "5.4.c" }, { "hardship", "番所に二種類の証明でサインインするためのICカードが、まだ全員に届いていない。" }, { "exception-way", "other-way" }, { "instead", "庁内のネットワークからだけ使い、重い操作の前にはもう一度パスワードを求める。" }, { "exception-reason", "カードが届く年度末までは、申請と決裁を止められない。" }, { "period", "@days:300" } } },
	{ WHO_TAX_HEAD, 64, false, { { "doing", "room-list" }, { "purpose", "税務システムの毎月の一括処理に立ち会うため" }, { "room", "本庁舎 サーバ室" }, { "entrant", "@name" }, { "entrant-of", "@unit-name" }, { "entrant-kind", "staff" }, { "period", "@days:90" }, { "entry-check", "card\npin\nlog" } } },
	{ WHO_IT_HEAD, 54, false, { { "doing", "room-device" }, { "purpose", "空調の故障の原因を調べる測定器を置くため" }, { "room", "本庁舎 サーバ室" }, { "device-kind", "other" }, { "device", "みほん計測 温度記録計 TR-8" }, { "device-serial", "TR8-00217" }, { "room-impact", "none" }, { "room-impact-note", "電池で動き、ネットワークにつながらないことを確かめた。" }, { "period", "@days:60" } } },
	{ WHO_CITIZEN, 47, false, { { "doing", "connect" }, { "purpose", "窓口の順番を表示するため" }, { "reason", "表示の内容を庁内のシステムから受け取る。" }, { "period", "@days:300" }, OFFICE_PC, { "device-serial", "NB15-00402" }, { "network", "@row:0" }, { "mac", "00:1A:2B:3C:4D:60" }, { "connect-place", "1階 総合窓口" } } },
	{ WHO_WELFARE, 43, false, { { "doing", "private-device\nbring-in\nconnect" }, { "purpose", "訪問の記録を庁内で読み込むため" }, { "reason", "支給の端末の修理が終わるまで、代わりがない。" }, { "period", "@days:90" }, { "device-from", "private" }, { "device-kind", "computer" }, { "device", "みほん電機 HB-11" }, { "device-serial", "HB11-20815" }, { "device-owner", "申請者本人" }, { "data-class", "III" }, { "device-safety", "lock\npassword\nantivirus\nencryption" }, { "joins-network", "yes" }, { "brought-on", "@today" }, { "bring-place", "福祉の執務室" }, { "network", "@row:0" }, { "mac", "00:1A:2B:3C:4D:61" }, { "connect-place", "2階 福祉の窓口" } } },
};

_Static_assert(sizeof cases / sizeof *cases <= DEMO_SYSTEM_CASES, "room for the cases");

/* ---- Planning ---- */

static bool
pack_fits(const struct pack *pack)
{
	static const char *const occasions[] = { "unknown-class", "publish", "equipment-outside", "setting",
						 "web-service",	  "hardware", "usage-inquiry",
						 "terms-service", "room-list", "room-device" };
	const struct pack_ledger *systems = pack_ledger(pack, T("system"));
	for (size_t at = 0; at < sizeof occasions / sizeof *occasions; at++)
		if (pack_occasion(pack, text_of(occasions[at])) == NULL)
			return false;
	return pack_ledger(pack, T("privileged-id")) != NULL && pack_ledger(pack, T("document")) != NULL &&
	       pack_ledger(pack, T("work-record")) != NULL &&
	       systems != NULL && ledger_field(systems, T("settings-looked")) != NULL;
}

static struct moment
when(struct demo *demo, struct chance *chance, int64_t ago)
{
	return demo_moment(chance, day_plus(demo->size.today, -ago));
}

void
demo_plan_systems(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 83 }; /* not negative */
	if (!pack_fits(demo->body->pack) || !demo_has_cast(demo))
		return;
	for (size_t system = 0; system < SYSTEMS; system++)
		demo_at(demo, when(demo, &chance, FIRST_AGO - (int64_t)system), DEED_SYSTEMS, DEED_SETTING,
			system);
	demo_at(demo, when(demo, &chance, FIRST_AGO), DEED_SYSTEMS, DEED_ZONES, 0);
	demo_at(demo, when(demo, &chance, LAST_AGO), DEED_SYSTEMS, DEED_WEAKER, WEAKER_SYSTEM);
	for (size_t no = 0; no < sizeof rows / sizeof *rows; no++)
		demo_at(demo, when(demo, &chance, rows[no].ago), DEED_SYSTEMS, DEED_PLAN_ROW, no);
	for (size_t no = 0; no < sizeof cases / sizeof *cases; no++)
		demo_plan_case(demo, &chance, &cases[no], DEED_SYSTEMS, (no << 8) + DEED_PLAN_CASE);
}

/* ---- Playing ---- */

static struct text
value_among(const struct pair *pairs, size_t count, struct text name, struct text otherwise)
{
	for (size_t at = 0; at < count && pairs[at].name != NULL; at++)
		if (text_is(name, pairs[at].name))
			return text_of(pairs[at].value);
	return otherwise;
}

/* All values of the row as they are, with these, and looked at today. */
static struct error *
write_settings(struct demo *demo, size_t system, const struct pair *pairs, size_t count, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	struct arena *arena = act->look.arena;
	struct ledger_row row;
	if (demo->rows[system].no == 0)
		return OK;
	TRY(ledger_read(&act->look, pack, demo->rows[system], &row));
	const struct pack_ledger *ledger = row.ledger;
	struct ledger_value *values = ARENA_ARRAY(arena, struct ledger_value, ledger->fields_count);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct text name = ledger->fields[at].name;
		values[at].name = name;
		values[at].value = value_among(pairs, count, name,
					      ledger_value(arena, &row, text_z(arena, name)));
		if (text_is(name, "settings-looked"))
			values[at].value = day_iso(arena, moment_day(act->look.now));
	}
	act->actor.person = demo->people[demo->units[demo->it_unit].head].id.no;
	act->actor.role = T("system-manager");
	return ledger_change(act, pack, row.id, row.revision, values, ledger->fields_count);
}

/* Where two kinds of proof are demanded: parts of the network from which no visitor comes. */
static struct error *
set_zones(struct demo *demo, struct act *act)
{
	const struct pack_sign_in *sign_in = &demo->body->pack->sign_in;
	act->actor.person = demo->people[demo->operator_].id.no;
	for (size_t at = 0; at < sign_in->zones_count; at++)
		if (sign_in->zones[at].kinds > 1)
			TRY(signin_zone_set(act, &sign_in->zones[at], "addresses",
					    text_format(act->look.arena, "10.%zu.0.0/16", 20 + at)));
	return OK;
}

struct error *
demo_do_systems(struct demo *demo, const struct demo_event *event, struct act *act)
{
	const size_t no = event->what >> 8;
	struct row_id row;
	switch ((enum deed)(event->what & 0xff)) {
	case DEED_SETTING:
		return write_settings(demo, event->other, settings[event->other], PAIRS, act);
	case DEED_WEAKER:
		return write_settings(demo, event->other, weaker, sizeof weaker / sizeof *weaker, act);
	case DEED_ZONES:
		return set_zones(demo, act);
	case DEED_PLAN_ROW:
		return demo_add_row(demo, &rows[event->other], act, &row);
	case DEED_PLAN_CASE:
		return demo_step_case(demo, &cases[no], event->other, act, &demo->system_cases[no]);
	}
	return OK;
}
