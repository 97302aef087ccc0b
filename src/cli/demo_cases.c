/*
 * What else happens in the demonstration body than sending, carrying and disposing: rows of the
 * other ledgers, and one dossier of each further kind. Written as answers, for a pack that has these
 * ledgers and occasions; another pack goes without.
 */
#include "cli/demo_plan.h"

#define SYSTEM(title, sort, use, class, net, grave_)                                          \
	{ "name", title }, { "kind", sort }, { "uses", use }, { "system-class", class },       \
		{ "zone", net }, { "grave", grave_ }, { "place", "本庁舎 サーバ室" }
#define DOCUMENT(title, sort, in)                                                             \
	{ "name", title }, { "document-kind", sort }, { "version", "1.0" },                    \
		{ "effective", "2026-04-01" }, { "contains", in }, { "approved-by", "CISO" }

/* The first ones are named by @row. */
static const struct row_plan rows[] = {
	{ "system", WHO_IT_HEAD, 330, { SYSTEM("庁内ネットワーク", "network", "庁内の通信", "I", "lgwan", "yes") } },
	{ "system", WHO_IT_HEAD, 330, { SYSTEM("グループウェア", "business", "予定・連絡・文書", "II", "lgwan", "no") } },
	{ "system", WHO_TAX_HEAD, 325, { SYSTEM("税務システム", "business", "市税の課税と収納", "I", "my-number", "yes") } },
	{ "system", WHO_CITIZEN_HEAD, 325, { SYSTEM("住民記録システム", "business", "住民票などの発行", "I", "my-number", "yes") } },
	{ "room", WHO_IT_HEAD, 300, { { "name", "本庁舎 サーバ室" }, { "room-kind", "server" }, { "place", "本庁舎 6階" }, { "entrances", "1" }, { "entry-check", "ICカードと暗証番号" }, { "measures", "quake\nfire\ngas\ncamera" } } },
	{ "document", WHO_IT_HEAD, 280, { DOCUMENT("情報セキュリティ実施手順", "procedure", "") } },
	{ "document", WHO_IT_HEAD, 280, { DOCUMENT("緊急時対応計画", "emergency-plan", "contacts\nreports\nmeasures\nevidence\nrecovery") } },
	{ "document", WHO_IT_HEAD, 270, { DOCUMENT("緊急連絡網", "contact-list", "contacts") } },
	{ "document", WHO_TAX_HEAD, 260, { DOCUMENT("税務システム実施手順", "system-procedure", "") } },
	{ "document", WHO_IT_HEAD, 260, { DOCUMENT("施設外での情報処理の安全管理措置", "outside-rule", "") } },
	{ "document", WHO_IT_HEAD, 220, { DOCUMENT("情報セキュリティ研修計画", "training-plan", "roles") } },
	{ "document", WHO_IT_HEAD, 200, { DOCUMENT("CSIRT設置要綱", "structure", "contacts") } },
	{ "contract", WHO_TAX_HEAD, 150, { { "name", "税務システム保守" }, { "system", "@row:2" }, { "vendor", "有限会社みほんシステム" }, { "contract-kind", "operate" }, { "period", "2026-04-01/2027-03-31" }, { "items", "comply\nidentify\nlevel\naccess\ntraining\npurpose\nsecrecy\nsubcontract\nreturn\nreports\naudit\nbreach" }, { "items-why-not", "公表の取決めは協議中" }, { "explained-on", "2026-04-01" }, { "checked", "2026-09-01" } } },
	{ "backup", WHO_TAX_HEAD, 30, { { "name", "税務システム 日次" }, { "system", "@row:2" }, { "last-at", "@now" }, { "every-days", "1" }, { "place", "県外のデータセンター" }, { "away", "yes" }, { "protected", "yes" } } },
	{ "work-record", WHO_IT_HEAD, 45, { { "name", "庁内ネットワーク 装置の更新" }, { "system", "@row:0" }, { "work-at", "@before" }, { "work-by", "情報政策課 係長" }, { "confirmed-by", "情報政策課 課長補佐" }, { "place", "本庁舎 サーバ室" }, { "work", "基幹スイッチの部品を取り替え、通信を確かめた。" }, { "work-kind", "change" }, { "contractor", "no" } } },
	{ "work-record", WHO_TAX_HEAD, 20, { { "name", "税務システム 定期保守" }, { "system", "@row:2" }, { "work-at", "@before" }, { "work-by", "有限会社みほんシステム" }, { "confirmed-by", "税務の係長" }, { "place", "本庁舎 サーバ室" }, { "work", "定期の点検。異常なし。" }, { "work-kind", "maintain" }, { "contractor", "yes" }, { "attended", "税務の主任主事" } } },
	{ "failure-record", WHO_CITIZEN_HEAD, 60, { { "name", "証明書の発行が止まった" }, { "system", "@row:3" }, { "happened", "@before" }, { "failure", "帳票の印刷が30分止まった。" }, { "handled", "印刷の待ち行列を消して再開した。" }, { "ended", "@now" } } },
	{ "entry-log", WHO_IT_HEAD, 20, { { "name", "有限会社みほんシステム 担当者" }, { "room", "本庁舎 サーバ室" }, { "entered", "@before" }, { "left", "@now" }, { "of", "有限会社みほんシステム" }, { "purpose", "税務システムの定期保守" }, { "id-shown", "yes" }, { "moved", "yes" }, { "attended", "情報政策課 主任主事" }, { "impact", "yes" } } },
	{ "document", WHO_IT_HEAD, 215, { DOCUMENT("緊急時訓練の計画", "drill-plan", "") } },
};

#define DEVICE                                                                                \
	{ "device-kind", "computer" }, { "device", "みほん電機 NB-15" },                         \
		{ "device-serial", "NB15-00418" }

static const struct case_plan cases[] = {
	{ WHO_CITIZEN, 12, false, { { "doing", "outside-work\nremote" }, { "purpose", "台風のとき、自宅から避難所の一覧を更新するため" }, { "destination", "市内の自宅" }, { "period", "@days:20" }, { "worker", "@me" }, { "place-kind", "home" }, DEVICE, { "device-from", "policy" }, { "device-safety", "lock\npassword\nantivirus\nencryption" }, { "remote-used", "yes" }, { "carry-safety", "bag\nwatch" }, { "system", "@row:1" }, { "remote-reason", "災害のとき、登庁できない職員が一覧を更新する。" }, { "identify", "password\ncard" }, { "line-encryption", "vpn" }, { "public-line", "no" } } },
	{ WHO_TAX, 40, false, { { "doing", "software" }, { "purpose", "申告書の図面を開くため" }, { "reason", "支給のパソコンのソフトでは図面が開けない。" }, { "period", "@days:60" }, DEVICE, { "device-from", "policy" }, { "software", "みほんビューア" }, { "software-version", "3.2" }, { "software-maker", "みほんソフト" }, { "licence", "free" }, { "licence-count", "1" }, { "software-support", "yes" } } },
	{ WHO_WELFARE, 25, false, { { "doing", "private-device\nbring-in" }, { "purpose", "訪問先で写真を撮るため" }, { "reason", "支給のカメラが修理中で、代わりがない。" }, { "period", "@days:30" }, { "device-kind", "phone" }, { "device", "みほん SP-2" }, { "device-serial", "SP2-7731" }, { "device-owner", "申請者本人" }, { "data-class", "III" }, { "device-safety", "lock\npassword" }, { "joins-network", "no" }, { "brought-on", "@today" }, { "bring-place", "福祉の執務室" } } },
	{ WHO_IT_HEAD, 90, false, { { "doing", "external-link" }, { "purpose", "県の災害情報システムにつなぐため" }, { "system", "@row:0" }, { "link-kind", "network" }, { "counterpart", "みほん県 災害情報システム" }, { "link-points", "1" }, { "line-type", "ip-vpn" }, { "line-protection", "vpn\nfirewall" }, { "period", "@days:300" }, { "link-config", "県庁の専用の区画だけ。インターネットにはつながらない。" }, { "link-devices", "ルータ1台、サーバ2台" }, { "link-technology", "機器の証明書と通信の暗号化" }, { "link-impact", "none" }, { "link-impact-note", "試験の区画で1週間確かめた。" }, { "cut-contact", "県の防災課（24時間）" }, { "cut-way", "サーバ室の接続装置3番のケーブルを抜く" } } },
	{ WHO_TAX_HEAD, 70, false, { { "doing", "except" }, { "purpose", "税務システムの古い端末の例外" }, { "bent-clauses", "7.3.1.d" }, { "hardship", "税務システムの端末のソフトのサポートが終わったが、更新は来年度になる。" }, { "exception-way", "other-way" }, { "instead", "端末をほかのネットワークから切り離し、媒体の差込口をふさぐ。" }, { "exception-reason", "課税の時期に端末を入れ替えると、納税通知が出せない。" }, { "period", "@days:180" } } },
	{ WHO_CITIZEN_HEAD, 9, false, { { "doing", "except-emergency" }, { "purpose", "停電中に紙で証明書を出した" }, { "acted-at", "@before" }, { "bent-clauses", "7.1.2.a" }, { "hardship", "停電でシステムが使えず、作業の記録を入れられなかった。" }, { "exception-way", "other-way" }, { "instead", "紙の控えに番号を付けて残し、復旧の後に入力する。" }, { "urgency", "葬儀のための証明書を待つ市民がいた。" }, { "no-prior", "市長とCISOに連絡がつく前に対応する必要があった。" } } },
	{ WHO_CITIZEN, 16, false, { { "doing", "found" }, { "purpose", "差出人の分からないメールを開いた" }, { "known-at", "@before" }, { "where", "窓口の執務室" }, { "event", "差出人の分からないメールの添付を開いた。画面に変化はない。" }, { "finder", "窓口の職員" }, { "damage", "いまのところなし" }, { "from-citizen", "no" }, { "crime", "no" }, { "unplugged", "yes" } } },
	{ WHO_CITIZEN_HEAD, 16, false, { { "doing", "incident" }, { "purpose", "添付を開いた件の報告" }, { "known-at", "@before" }, { "where", "窓口の執務室" }, { "event", "差出人の分からないメールの添付を開いた。" }, { "event-kind", "malware" }, { "finder", "窓口の職員" }, { "damage", "端末1台を切り離した。情報の流出は見つかっていない。" }, { "from-citizen", "no" }, { "data-class", "I" }, { "said-first", "no" }, { "important", "no" }, { "measures", "LANケーブルを抜き、端末を調べている。" } } },
	{ WHO_TAX, 95, false, { { "doing", "privileged" }, { "purpose", "課税の一括処理と利用者の登録のため" }, { "system", "@row:2" }, { "account-of", "@me" }, { "account", "zei-admin" }, { "period", "@days:300" } } },
	{ WHO_TAX, 1, true, { { "doing", "carry\noutside-work\nremote\nprivate-device\nbring-in\nconnect" }, { "purpose", "自宅で申告の相談に答えるため（テレワーク）" }, { "assets", "@stick" }, { "destination", "市内の自宅" }, { "period", "@days:6" }, { "often", "once" }, { "medium", "usb" }, { "container", "locked" }, { "carry-protection", "encrypted" }, { "route", "電車で自宅へ直行" }, { "leaves-at", "@later" }, { "returns-at", "@back" }, { "worker", "@me" }, { "place-kind", "home" }, { "device-kind", "computer" }, { "device", "みほん電機 HB-13" }, { "device-serial", "HB13-90210" }, { "device-from", "private" }, { "device-safety", "lock\npassword\nantivirus\nencryption" }, { "remote-used", "yes" }, { "carry-safety", "bag\nwatch\nstraight" }, { "reason", "支給のパソコンは持ち出せる台数が足りない。" }, { "device-owner", "申請者本人" }, { "data-class", "I" }, { "joins-network", "yes" }, { "brought-on", "@today" }, { "bring-place", "税務の執務室" }, { "network", "@row:0" }, { "mac", "00:1A:2B:3C:4D:5E" }, { "connect-place", "自宅から VPN で" }, { "system", "@row:2" }, { "remote-reason", "申告の期限の前で、相談が続くため。" }, { "identify", "password\ncard" }, { "line-encryption", "vpn" }, { "public-line", "no" } } },
	{ WHO_WELFARE, 1, true, { { "doing", "terms-service" }, { "purpose", "講座の申込みを受け付けるため" }, { "service", "みほんフォーム" }, { "service-address", "https://form.example.jp/" }, { "service-use", "講座の申込み" }, { "data-class", "III" }, { "terms-read", "use\nowner\nstop" }, { "terms-risk", "with-measures" }, { "terms-measures", "氏名のほかは尋ねない。終わったら消す。" }, { "period", "@days:60" } } },
	{ WHO_CITIZEN_HEAD, 15, false, { { "doing", "inquiry" }, { "purpose", "差出人の分からないメールの添付を開いた端末で、不正プログラムの疑いを調べるため" }, { "inquiry-of", "pc-log\nweb" }, { "inquiry-range", "窓口の執務室の端末1台と、その利用者" }, { "period", "@days:14" }, { "investigator", "@operator" } } },
};

_Static_assert(sizeof rows / sizeof *rows <= DEMO_ROWS, "room for the rows");
_Static_assert(sizeof cases / sizeof *cases <= DEMO_CASES, "room for the cases");

/* ---- Planning ---- */

static bool
pack_fits(const struct pack *pack)
{
	static const char *const occasions[] = {
		"outside-work", "remote", "software", "private-device", "bring-in", "external-link",
		"except", "except-emergency", "first-report", "incident", "terms-service",
		"privileged-account", "usage-inquiry",
	};
	for (size_t at = 0; at < sizeof occasions / sizeof *occasions; at++)
		if (pack_occasion(pack, text_of(occasions[at])) == NULL)
			return false;
	for (size_t at = 0; at < sizeof rows / sizeof *rows; at++)
		if (pack_ledger(pack, text_of(rows[at].ledger)) == NULL)
			return false;
	return true;
}

static size_t
unit_about(const struct demo *demo, enum demo_theme theme)
{
	for (size_t unit = demo->bureaus_count + 1; unit < demo->units_count; unit++)
		if (demo->units[unit].theme == theme && demo->units[unit].head != 0 &&
		    demo->units[unit].count > 3 && unit != demo->vacant_unit &&
		    unit != demo->away_unit)
			return unit;
	return 0;
}

static size_t
unit_of(const struct demo *demo, enum who who)
{
	if (who == WHO_IT_HEAD)
		return demo->it_unit;
	if (who == WHO_WELFARE)
		return unit_about(demo, THEME_WELFARE);
	return who == WHO_TAX_HEAD || who == WHO_TAX ? unit_about(demo, THEME_TAX)
						     : unit_about(demo, THEME_CITIZEN);
}

static size_t
person_of(const struct demo *demo, enum who who)
{
	const struct demo_unit *unit = &demo->units[unit_of(demo, who)];
	if (who == WHO_IT_HEAD || who == WHO_TAX_HEAD || who == WHO_CITIZEN_HEAD)
		return unit->head;
	for (size_t at = 3; at < unit->count; at++)
		if (demo->people[unit->first + at].is_settled)
			return unit->first + at;
	return unit->chief;
}

static struct moment
when(struct demo *demo, int64_t ago)
{
	return demo_moment(&demo->cases_chance, day_plus(demo->size.today, -ago));
}

bool
demo_has_cast(const struct demo *demo)
{
	return unit_about(demo, THEME_TAX) != 0 && unit_about(demo, THEME_CITIZEN) != 0 &&
	       unit_about(demo, THEME_WELFARE) != 0;
}

void
demo_plan_case(struct demo *demo, struct chance *chance, const struct case_plan *plan,
	       enum demo_deed deed, size_t what)
{
	struct moment at = demo_moment(chance, day_plus(demo->size.today, -plan->ago));
	demo_at(demo, at, deed, what, 0);
	for (size_t step = 1; step < (plan->is_left ? 2 : 2 + DECISIONS); step++) {
		at = demo_later(chance, at, 2, step == 1 ? 10 : 3 * HOUR_MINUTES);
		demo_at(demo, at, deed, what, step);
	}
}

void
demo_plan_cases(struct demo *demo)
{
	demo->cases_chance = (struct chance){ (uint64_t)demo->size.seed + 77 }; /* not negative */
	if (!pack_fits(demo->body->pack) || !demo_has_cast(demo))
		return;
	for (size_t no = 0; no < sizeof rows / sizeof *rows; no++)
		demo_at(demo, when(demo, rows[no].ago), DEED_ROW, no, 0);
	for (size_t no = 0; no < sizeof cases / sizeof *cases; no++)
		demo_plan_case(demo, &demo->cases_chance, &cases[no], DEED_CASE, no);
}

size_t
demo_cases_made(const struct demo *demo)
{
	size_t made = 0;
	for (size_t no = 0; no < DEMO_CASES; no++)
		made += demo->cases[no].no != 0;
	return made;
}

/* ---- Playing ---- */

static struct text
row_no(const struct demo *demo, struct arena *arena, const char *digits)
{
	const size_t no = (size_t)(digits[0] - '0'); /* one digit */
	return text_format(arena, "%lld", (long long)demo->rows[no].no);
}

static struct text
days_from(struct arena *arena, struct day today, struct text days)
{
	int64_t count = 0;
	for (size_t at = 0; at < days.len; at++)
		count = count * 10 + (days.data[at] - '0');
	return text_format(arena, "%.*s/%.*s", T_ARG(day_iso(arena, today)),
			   T_ARG(day_iso(arena, day_plus(today, count))));
}

/* A row that no story of the year takes away. */
static struct text
stick_of(const struct demo *demo, struct arena *arena, size_t unit)
{
	for (size_t no = 0; no < demo->assets_count; no++) {
		const struct demo_asset *asset = &demo->assets[no];
		if (asset->unit == unit && asset->id.no != 0 && !asset->is_taken &&
		    text_is(text_of(asset->shape), "usb") &&
		    text_is(text_of(asset->class_code), "I"))
			return text_format(arena, "%lld", (long long)asset->id.no);
	}
	return T("");
}

static struct text
value_of(const struct demo *demo, const struct act *act, enum who who, const char *value)
{
	struct arena *arena = act->look.arena;
	const struct text text = text_of(value);
	const struct moment now = act->look.now;
	if (text_is(text, "@me"))
		return text_format(arena, "%lld",
				   (long long)demo->people[person_of(demo, who)].id.no);
	if (text_is(text, "@name"))
		return text_format(arena, "%.*s %.*s", T_ARG(demo->people[person_of(demo, who)].person.family),
				   T_ARG(demo->people[person_of(demo, who)].person.given));
	if (text_is(text, "@unit-name"))
		return text_of(demo->units[unit_of(demo, who)].name);
	if (text_is(text, "@operator"))
		return text_format(arena, "%lld", (long long)demo->people[demo->operator_].id.no);
	if (text_is(text, "@today"))
		return day_iso(arena, moment_day(now));
	if (text_is(text, "@now"))
		return moment_local(arena, now);
	if (text_is(text, "@before"))
		return moment_local(arena, (struct moment){ now.ms - 30 * MINUTE_MS });
	if (text_is(text, "@later"))
		return moment_local(arena, (struct moment){ now.ms + (int64_t)48 * HOUR_MINUTES * MINUTE_MS });
	if (text_is(text, "@back"))
		return moment_local(arena, (struct moment){ now.ms + (int64_t)96 * HOUR_MINUTES * MINUTE_MS });
	if (text_is(text, "@stick"))
		return stick_of(demo, arena, unit_of(demo, who));
	if (text_starts(text, T("@row:")))
		return row_no(demo, arena, value + 5);
	if (text_starts(text, T("@days:")))
		return days_from(arena, moment_day(now), text_from(text, 6));
	return text;
}

static void
be(struct demo *demo, enum who who, const char *role, struct act *act)
{
	act->actor.person = demo->people[person_of(demo, who)].id.no;
	act->actor.role = text_of(role);
}

struct error *
demo_add_row(struct demo *demo, const struct row_plan *plan, struct act *act, struct row_id *row)
{
	struct ledger_value values[PAIRS + 1];
	size_t count = 0;
	for (; count < PAIRS && plan->pairs[count].name != NULL; count++)
		values[count] = (struct ledger_value){
			text_of(plan->pairs[count].name),
			value_of(demo, act, plan->who, plan->pairs[count].value)
		};
	values[count++] = (struct ledger_value){
		T("owner"), text_format(act->look.arena, "%lld",
					(long long)demo->units[unit_of(demo, plan->who)].id.no)
	};
	be(demo, plan->who, "manager", act);
	return ledger_add(act, demo->body->pack, pack_ledger(demo->body->pack, text_of(plan->ledger)),
			  values, count, row);
}

struct error *
demo_do_row(struct demo *demo, const struct demo_event *event, struct act *act)
{
	return demo_add_row(demo, &rows[event->what], act, &demo->rows[event->what]);
}

static struct error *
draft(struct demo *demo, const struct case_plan *plan, struct act *act, struct dossier_id *dossier)
{
	struct flow_answer answers[PAIRS];
	size_t count = 0;
	for (; count < PAIRS && plan->pairs[count].name != NULL; count++) {
		answers[count] = (struct flow_answer){
			text_of(plan->pairs[count].name), T(""),
			value_of(demo, act, plan->who, plan->pairs[count].value)
		};
		if (answers[count].value.len == 0)
			return OK; /* a small body without such a stick: no such case */
	}
	const struct flow_words words = { .asked = { answers, count, NULL, 0 } };
	return flow_draft(act, &demo->body->flow, (struct post_id){ 0 }, &words, dossier);
}

/* Whoever is first among those who wait: permits, says an opinion, or takes note. */
static struct error *
decide(struct demo *demo, const struct dossier *dossier, struct act *act)
{
	static const enum verdict verdicts[] = { VERDICT_PERMIT, VERDICT_OPINION,
						 VERDICT_ACKNOWLEDGE };
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		if (step->state != STEP_OPEN || step->deciders_count == 0)
			continue;
		act->actor.person = step->deciders[0].person.no;
		const struct flow_ruling ruling = {
			step->id, verdicts[step->verb],
			step->verb == STEP_CONSULTATION ? T("代わりの措置があり、差し支えない。") : T(""),
			dossier->digest
		};
		return flow_decide(act, &demo->body->flow, dossier->id, dossier->change, &ruling);
	}
	return OK;
}

struct error *
demo_step_case(struct demo *demo, const struct case_plan *plan, size_t step, struct act *act,
	       struct dossier_id *id)
{
	struct dossier dossier;
	be(demo, plan->who, "", act);
	act->actor.role = (struct text){ 0 };
	if (step == 0)
		return draft(demo, plan, act, id);
	if (id->no == 0)
		return OK;
	TRY(flow_read(&act->look, &demo->body->flow, *id, &dossier));
	if (step == 1)
		return flow_send(act, &demo->body->flow, dossier.id, dossier.change);
	return decide(demo, &dossier, act);
}

struct error *
demo_do_case(struct demo *demo, const struct demo_event *event, struct act *act)
{
	return demo_step_case(demo, &cases[event->what], event->other, act,
			      &demo->cases[event->what]);
}
