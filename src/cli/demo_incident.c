/*
 * Incidents of the demonstration's year: from a mail with open addresses to a contractor's ransomware whose
 * final report is due, a drill whose second link did not answer, and what came in this morning. Whoever has
 * the role on the day acts.
 */
#include "cli/demo.h"

#include "incident/contact.h"
#include "incident/incident.h"
#include "incident/outside.h"

#include "base/say.h"

enum { MINUTE = 60000, HOURS = 60, DAYS = 24 * 60, SWEEP = 1000, CONTACTS = 2000, CONFIRM = 2001 };

enum doing {
	DOES_RECEIVE, /* what: the link; more: words */
	DOES_REMARK,  /* an entry; number: its category */
	DOES_JUDGE,   /* number: the verdict; more: grounds */
	DOES_AFFECT,  /* what: what is concerned; more: its items; number: persons */
	DOES_ORDER,   /* what: words; more: the role; number: its kind */
	DOES_ANSWER,  /* every open task and order */
	DOES_KEEP,    /* evidence; what: its name; more: the bytes */
	DOES_FILE,    /* what: the authority; number: the stage */
	DOES_PUBLISH, /* number: whether; what: why */
	DOES_CONCLUDE,/* what: the cause; more: done; */
	DOES_CLOSE,
};

struct step {
	int64_t after; /* minutes since the report; the next working hours */
	enum doing doing;
	const char *role;
	const char *what, *more;
	int64_t number;
};

enum { STEPS = 24 };

struct plan {
	int64_t ago; /* days; 0: this morning */
	const char *kind, *title, *words, *place, *damage;
	enum incident_source source;
	enum demo_theme theme;
	enum said crime;
	bool is_drill, is_said;
	struct step steps[STEPS];
};

static const struct plan plans[] = {
	{ 232, "mis-sent", "講座の案内をBCCでなくTOで送った", "受講者186人に、互いの電子メールアドレスが見える形で送った。気付いたのは送信の10分後。",
	  "執務室", "電子メールアドレス186件が、受講者どうしで見える状態になった。", SOURCE_STAFF, THEME_WELFARE, SAID_NO, false, true,
	  { { 12, DOES_RECEIVE, "manager", "manager", "送信を止め、全員に削除を頼むこと。", SAID_YES },
	    { 40, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 55, DOES_RECEIVE, "chief", "chief", "", 0 },
	    { 60, DOES_RECEIVE, "responsible", "responsible", "", 0 },
	    { 75, DOES_KEEP, "csirt", "送信した電子メール.eml", "Subject: 講座のご案内\r\nTo: (186)\r\n", 0 },
	    { 90, DOES_JUDGE, "csirt-leader", "宛先の欄と送信の記録を確かめた。", "", VERDICT_INCIDENT },
	    { 95, DOES_AFFECT, "csirt", "受講者の名簿（電子メール）", "電子メールアドレス", 186 },
	    { 120, DOES_RECEIVE, "ciso", "confirmed-ciso", "本人への連絡を今日のうちに終えること。", 0 },
	    { 125, DOES_RECEIVE, "chief", "confirmed-chief", "", 0 },
	    { 130, DOES_ORDER, "chief", "受講者全員におわびと削除の依頼を送り、返事を数える", "manager", TASK_CONTAIN },
	    { 240, DOES_REMARK, "csirt", "140人から削除したとの返事があった。", "", ENTRY_PERSONS },
	    { 300, DOES_FILE, "csirt-liaison", "ministry", "", OUTSIDE_FIRST },
	    { 310, DOES_FILE, "csirt-liaison", "prefecture", "", OUTSIDE_FIRST },
	    { 2 * DAYS, DOES_FILE, "csirt-liaison", "ppc", "", OUTSIDE_FIRST },
	    { 2 * DAYS + 60, DOES_FILE, "csirt-liaison", "persons", "", OUTSIDE_NOTICE },
	    { 3 * DAYS, DOES_PUBLISH, "csirt-leader", "ホームページで公表した。", "", DISCLOSURE_DONE },
	    { 5 * DAYS, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 9 * DAYS, DOES_REMARK, "csirt", "迷惑メールなどの二次被害の申出はない。", "", ENTRY_SECONDARY },
	    { 12 * DAYS, DOES_CONCLUDE, "csirt-leader", "一人で宛先を入れ、送る前に誰も見ていなかった。", "10人を超える送信は二人で確かめる。一斉送信の仕組みに切り替えた。", 0 },
	    { 13 * DAYS, DOES_RECEIVE, "ciso", "cause-ciso", "ほかの課でも同じ手順にすること。", 0 },
	    { 13 * DAYS + 30, DOES_RECEIVE, "chief", "cause-chief", "", 0 },
	    { 14 * DAYS, DOES_FILE, "csirt-liaison", "ppc", "", OUTSIDE_FINAL },
	    { 15 * DAYS, DOES_CLOSE, "ciso", "再発防止を確かめた。", "", 0 } } },
	{ 187, "lost-medium", "業務用のUSBメモリが見つからない", "出張から戻り、鞄にUSBメモリがないことに気付いた。暗号化してある。",
	  "出張先からの帰り", "工事の写真と12人分の連絡先。", SOURCE_STAFF, THEME_WORKS, SAID_NO, false, false,
	  { { 9, DOES_RECEIVE, "manager", "manager", "立ち寄った所に電話すること。", SAID_YES },
	    { 30, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 45, DOES_RECEIVE, "chief", "chief", "", 0 },
	    { 50, DOES_RECEIVE, "responsible", "responsible", "", 0 },
	    { 70, DOES_JUDGE, "csirt-leader", "台帳の控えと暗号化の設定を確かめた。", "", VERDICT_INCIDENT },
	    { 75, DOES_AFFECT, "csirt", "工事の関係者の連絡先", "氏名、電話番号", 12 },
	    { 100, DOES_RECEIVE, "ciso", "confirmed-ciso", "", 0 },
	    { 110, DOES_RECEIVE, "chief", "confirmed-chief", "", 0 },
	    { 26 * HOURS, DOES_REMARK, "csirt", "鉄道の遺失物取扱所に届いていた。暗号化は解かれていない。", "", ENTRY_OBSERVATION },
	    { 27 * HOURS, DOES_PUBLISH, "csirt-leader", "拾得され、誰にも見られていない。", "", DISCLOSURE_NOT },
	    { 2 * DAYS, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 6 * DAYS, DOES_CONCLUDE, "csirt-leader", "鞄の外ポケットに入れていた。", "USBメモリを首掛けの入れ物に入れて運ぶことにした。", 0 },
	    { 7 * DAYS, DOES_RECEIVE, "ciso", "cause-ciso", "", 0 },
	    { 7 * DAYS + 20, DOES_RECEIVE, "chief", "cause-chief", "", 0 },
	    { 8 * DAYS, DOES_CLOSE, "ciso", "回収を確かめた。", "", 0 } } },
	{ 163, "violation", "許可のないUSBメモリに資料を写していた", "点検のとき、机の上にあるのを見つけた。中身は公開済みの資料。",
	  "執務室", "", SOURCE_STAFF, THEME_OFFICE, SAID_NO, false, false,
	  { { 25, DOES_RECEIVE, "manager", "manager", "本人から事情を聞く。", SAID_YES },
	    { 50, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 80, DOES_RECEIVE, "chief", "chief", "", 0 },
	    { 85, DOES_RECEIVE, "responsible", "responsible", "", 0 },
	    { 4 * HOURS, DOES_JUDGE, "csirt-leader", "公開済みの資料だけで、外に出ていない。", "", VERDICT_NEAR_MISS },
	    { 3 * DAYS, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 5 * DAYS, DOES_REMARK, "manager", "課内で、許可のある媒体の一覧を掲示した。", "", ENTRY_DONE },
	    { 6 * DAYS, DOES_CLOSE, "ciso", "指導を確かめた。", "", 0 } } },
	{ 141, "malware", "請求書を装うメールの添付を開いた", "マクロの警告が出たので閉じ、LANケーブルを抜いた。ウイルス対策が検知して止めていた。",
	  "窓口の端末", "いまのところない。", SOURCE_STAFF, THEME_CITIZEN, SAID_NO, false, false,
	  { { 6, DOES_RECEIVE, "manager", "manager", "端末に触らないこと。", 0 },
	    { 15, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 40, DOES_KEEP, "csirt", "添付ファイル.zip", "PK (sample)", 0 },
	    { 150, DOES_JUDGE, "csirt-leader", "検知して止まり、外部との通信もなかった。", "", VERDICT_NEAR_MISS },
	    { 155, DOES_ORDER, "csirt-leader", "同じメールを受け取った端末を調べる", "policy-manager", TASK_CONTAIN },
	    { 2 * DAYS, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 3 * DAYS, DOES_REMARK, "csirt", "手口を全職員に知らせた。", "", ENTRY_DONE },
	    { 4 * DAYS, DOES_CLOSE, "ciso", "被害はなかった。", "", 0 } } },
	{ 122, "other", "市のホームページに似たサイトがある", "市民から、市の名前で個人情報を入れさせるサイトがあると電話があった。",
	  "外部", "", SOURCE_CITIZEN, THEME_OFFICE, SAID_NOTHING, false, true,
	  { { 20, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 90, DOES_REMARK, "csirt-liaison", "通信事業者と警察の窓口に連絡した。", "", ENTRY_CONTACT },
	    { 5 * HOURS, DOES_JUDGE, "csirt-leader", "市の情報資産は侵害されていない。注意を呼びかけた。", "", VERDICT_EVENT } } },
	{ 96, "ransomware", "【訓練】共有フォルダのファイルが暗号化された", "連絡の訓練。二つ目の段は不在とし、代わりの人へ進むことを確かめる。",
	  "訓練", "", SOURCE_STAFF, THEME_TAX, SAID_YES, true, false,
	  { { 70, DOES_RECEIVE, "responsible", "manager", "課長は不在なので代わりに受け取った。", 0 },
	    { 80, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 90, DOES_JUDGE, "csirt-leader", "訓練の想定による。", "wrongful", VERDICT_INCIDENT },
	    { 100, DOES_RECEIVE, "ciso", "confirmed-ciso", "", 0 },
	    { 105, DOES_RECEIVE, "chief", "confirmed-chief", "", 0 },
	    { 110, DOES_ORDER, "chief", "税務システムの接続を切る（訓練）", "policy-manager", TASK_STOP },
	    { 130, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 150, DOES_CLOSE, "ciso", "不在のときも1時間余りで伝わった。夜間の電話番号を足す。", "", 0 } } },
	{ 75, "outage", "窓口のシステムが40分止まった", "配線の工事で幹線に触れ、つながらなくなった。施設の担当と直した。",
	  "サーバ室", "証明書の交付が40分止まった。", SOURCE_SYSTEM, THEME_CITIZEN, SAID_NO, false, false,
	  { { 5, DOES_RECEIVE, "manager", "manager", "手書きの受付に切り替えること。", 0 },
	    { 15, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 60, DOES_JUDGE, "csirt-leader", "攻撃ではなく工事が原因。情報の漏えいはない。", "", VERDICT_NEAR_MISS },
	    { 1 * DAYS, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 2 * DAYS, DOES_REMARK, "csirt", "幹線に目印を付け、工事の前に知らせる手順を決めた。", "", ENTRY_DONE },
	    { 3 * DAYS, DOES_CLOSE, "ciso", "", "", 0 } } },
	{ 54, "vendor", "印刷を委託した会社がランサムウェアに感染した", "委託先から電話。納品後に消すはずの宛名データがサーバに残っていた。",
	  "委託先", "住所と氏名1,605人分。持ち出されたおそれがある。", SOURCE_VENDOR, THEME_TAX, SAID_YES, false, true,
	  { { 20, DOES_RECEIVE, "manager", "manager", "「漏えいはない」という説明だけで終わらせない。", SAID_YES },
	    { 35, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 45, DOES_RECEIVE, "chief", "chief", "特に重要と判断する。", SAID_YES },
	    { 50, DOES_RECEIVE, "responsible", "responsible", "", 0 },
	    { 60, DOES_RECEIVE, "ciso", "ciso", "記者発表の準備をすること。", 0 },
	    { 80, DOES_JUDGE, "csirt-leader", "委託先の説明と、渡したデータの控えを突き合わせた。", "wrongful", VERDICT_INCIDENT },
	    { 90, DOES_AFFECT, "csirt", "宛名データ", "氏名、住所", 1605 },
	    { 120, DOES_RECEIVE, "ciso", "confirmed-ciso", "", 0 },
	    { 121, DOES_RECEIVE, "chief", "confirmed-chief", "", 0 },
	    { 130, DOES_ORDER, "chief", "委託先との接続とデータの受け渡しを止める", "policy-manager", TASK_STOP },
	    { 200, DOES_FILE, "csirt-liaison", "ministry", "", OUTSIDE_FIRST },
	    { 210, DOES_FILE, "csirt-liaison", "prefecture", "", OUTSIDE_FIRST },
	    { 1 * DAYS, DOES_KEEP, "csirt", "委託先の報告書（第1報）.pdf", "%PDF-1.4 (sample)", 0 },
	    { 1 * DAYS + 60, DOES_PUBLISH, "csirt-leader", "記者会見とホームページで公表した。", "", DISCLOSURE_DONE },
	    { 2 * DAYS, DOES_FILE, "csirt-liaison", "ppc", "", OUTSIDE_FIRST },
	    { 3 * DAYS, DOES_FILE, "csirt-liaison", "persons", "", OUTSIDE_NOTICE },
	    { 4 * DAYS, DOES_ANSWER, "csirt-leader", "", "", 0 },
	    { 5 * DAYS, DOES_FILE, "csirt-liaison", "police", "", OUTSIDE_NOTICE },
	    { 20 * DAYS, DOES_REMARK, "csirt", "いまのところ、悪用の申出はない。", "", ENTRY_SECONDARY },
	    { 24 * DAYS, DOES_CONCLUDE, "csirt-leader", "消去の証明を書面だけで受け取り、確かめていなかった。委託先の遠隔接続の装置が古いままだった。", "渡したデータを一件ずつ突き合わせて消去を確かめることにした。", 0 },
	    { 25 * DAYS, DOES_RECEIVE, "ciso", "cause-ciso", "再委託の先まで確かめること。", 0 },
	    { 25 * DAYS + 9, DOES_RECEIVE, "chief", "cause-chief", "", 0 } } },
	{ 3, "paper", "納税通知書を別の人の封筒に入れた", "窓口に届け出があり、1通を取り戻した。もう1通を確かめている。",
	  "税務の執務室", "2人分の氏名・住所・税額。", SOURCE_CITIZEN, THEME_TAX, SAID_NO, false, true,
	  { { 15, DOES_RECEIVE, "manager", "manager", "今日のうちに訪ねて返してもらうこと。", SAID_YES },
	    { 35, DOES_RECEIVE, "csirt-leader", "csirt", "", 0 },
	    { 50, DOES_RECEIVE, "chief", "chief", "", 0 },
	    { 55, DOES_RECEIVE, "responsible", "responsible", "", 0 },
	    { 60, DOES_JUDGE, "csirt-leader", "封筒と中身の控えを確かめた。", "", VERDICT_INCIDENT },
	    { 70, DOES_AFFECT, "csirt", "納税通知書", "氏名、住所、税額", 2 },
	    { 80, DOES_RECEIVE, "ciso", "confirmed-ciso", "", 0 },
	    { 85, DOES_RECEIVE, "chief", "confirmed-chief", "", 0 },
	    { 120, DOES_REMARK, "manager", "1通目を取り戻し、おわびした。", "", ENTRY_PERSONS },
	    { 125, DOES_ANSWER, "csirt-leader", "", "", 0 } } },
	{ 0, "mis-sent", "見積書を別の会社に送った", "宛先の候補を選び違えた。相手には電話で削除を頼んだ。",
	  "執務室", "見積書1件。個人情報はない。", SOURCE_STAFF, THEME_WORKS, SAID_NO, false, false, { { 0 } } },
};
enum { PLANS = sizeof plans / sizeof *plans };

/* ---- Who acts ---- */

static size_t
section_of(const struct demo *demo, enum demo_theme theme)
{
	for (size_t unit = demo->bureaus_count + 1; unit < demo->units_count; unit++)
		if (demo->units[unit].theme == theme && demo->units[unit].head != 0 &&
		    demo->units[unit].count > 3 && unit != demo->vacant_unit && unit != demo->away_unit)
			return unit;
	return 0;
}

static size_t
somebody_in(const struct demo *demo, size_t unit)
{
	const struct demo_unit *section = &demo->units[unit];
	for (size_t no = section->first + section->count; no-- > section->first;)
		if (demo->people[no].is_settled && no != section->head)
			return no;
	return section->head;
}

static struct error *
be(struct demo *demo, struct act *act, const char *code, struct unit_id unit)
{
	const struct pack_role *role = pack_role(demo->body->pack, text_of(code));
	struct decider *list;
	size_t count = 0;
	if (role != NULL)
		TRY(people_deciders(&act->look, role, unit, moment_day(act->look.now), (struct person_id){ 0 },
				    &list, &count));
	if (count == 0)
		return broken("見本に「%s」の役割の人がいません。", code);
	act->actor.person = list[0].person.no;
	act->actor.role = list[0].role->code;
	return OK;
}

/* ---- Steps ---- */

static struct error *
receive_all(struct demo *demo, struct act *act, struct incident_id id, const char *only, const struct step *step)
{
	const struct pack *pack = demo->body->pack;
	struct incident_link *links;
	size_t count;
	TRY(incident_links(&act->look, pack, id, (struct person_id){ 0 }, &links, &count));
	for (size_t at = 0; at < count; at++) {
		struct link_receiving receiving = { .link = links[at].id, .words = T("") };
		if (links[at].received.ms != 0 || links[at].ended.ms != 0 ||
		    (only != NULL && !text_is(links[at].code, only)))
			continue;
		TRY(be(demo, act, step != NULL ? step->role : text_z(act->look.arena, links[at].role_code),
		       links[at].unit));
		if (step != NULL)
			receiving.words = text_of(step->more);
		if (step != NULL && step->number == SAID_YES)
			*(text_is(links[at].code, "manager") ? &receiving.needed : &receiving.grave) = SAID_YES;
		TRY(incident_receive(act, pack, &receiving));
	}
	return OK;
}

static struct error *
answer_all(struct demo *demo, struct act *act, struct incident_id id)
{
	const struct pack *pack = demo->body->pack;
	struct incident_task *tasks;
	size_t count;
	TRY(incident_tasks(&act->look, pack, id, (struct person_id){ 0 }, &tasks, &count));
	for (size_t at = 0; at < count; at++)
		if (!tasks[at].is_answered)
			TRY(incident_task_answer(act, pack,
						 &(struct task_answering){ .task = tasks[at].id, .is_done = true,
									   .words = T("手順どおりに行った。") }));
	return OK;
}

static struct error *
keep(struct demo *demo, struct act *act, struct incident_id id, const struct step *step)
{
	struct evidence_taking taking = { .incident = id, .name = text_of(step->what), .origin = T("執務室の端末"),
					  .is_file = true };
	const struct text bytes = text_of(step->more);
	struct evidence_id made;
	TRY(incident_file_keep(demo->body->store, act->look.arena, bytes, &taking.digest));
	taking.size = (int64_t)bytes.len; /* small */
	return incident_evidence_take(act, demo->body->pack, &taking, &made);
}

static struct error *
file(struct demo *demo, struct act *act, struct incident_id id, const struct step *step)
{
	const struct pack *pack = demo->body->pack;
	struct incident_outside *list;
	size_t count;
	TRY(incident_outside_list(&act->look, pack, id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].code, step->what) && (int64_t)list[at].stage == step->number &&
		    list[at].filed.ms == 0)
			return incident_outside_file(
				act, pack, &(struct outside_filing){ .outside = list[at].id, .way = T("報告フォームと電話"),
								     .reference = T(""), .words = T("") });
	return OK;
}

static struct error *
give(struct demo *demo, struct act *act, const struct incident *incident, const struct step *step)
{
	struct task_id made;
	return incident_task_give(act, demo->body->pack,
				  &(struct task_giving){ .incident = incident->id,
							 .kind = (enum task_kind)step->number,
							 .words = text_of(step->what),
							 .role = pack_role(demo->body->pack, text_of(step->more)),
							 .unit = incident->unit,
							 .due = { act->look.now.ms + (int64_t)DAYS * MINUTE } },
				  &made);
}

static struct error *
step_do(struct demo *demo, struct act *act, struct incident_id id, const struct step *step)
{
	const struct pack *pack = demo->body->pack;
	struct incident incident;
	struct entry_id entry;
	struct affected_id affected;
	TRY(incident_read(&act->look, pack, id, &incident));
	TRY(be(demo, act, step->role, incident.unit));
	switch (step->doing) {
	case DOES_RECEIVE:
		return receive_all(demo, act, id, step->what, step);
	case DOES_REMARK:
		return incident_entry_write(act, pack,
					    &(struct entry_writing){ .incident = id,
								     .category = (enum entry_category)step->number,
								     .source = FROM_TOLD,
								     .is_reported = true,
								     .words = text_of(step->what) },
					    &entry);
	case DOES_JUDGE:
		return incident_judge(act, pack,
				      &(struct incident_judging){ .incident = id,
								  .verdict = (enum incident_verdict)step->number,
								  .words = text_of(step->what),
								  .grounds = text_of(step->more) });
	case DOES_AFFECT:
		return incident_affected_add(act, pack,
					     &(struct affected_adding){ .incident = id, .name = text_of(step->what),
									.items = text_of(step->more),
									.media = T("電子データ・紙"),
									.persons = step->number, .is_sure = true },
					     &affected);
	case DOES_ORDER:
		return give(demo, act, &incident, step);
	case DOES_ANSWER:
		return answer_all(demo, act, id);
	case DOES_KEEP:
		return keep(demo, act, id, step);
	case DOES_FILE:
		return file(demo, act, id, step);
	case DOES_PUBLISH:
		return incident_set_facts(act, pack,
					  &(struct incident_facts){ .incident = id, .has_disclosure = true,
								    .disclosure = (enum disclosure)step->number,
								    .disclosure_words = text_of(step->what) });
	case DOES_CONCLUDE:
		return incident_conclude(act, pack,
					 &(struct incident_concluding){ .incident = id,
									.cause = text_of(step->what),
									.done = text_of(step->more),
									.todo = T("年度末に、実施の状況を確かめる。") });
	case DOES_CLOSE:
		return incident_close(act, pack, &(struct incident_closing){ .incident = id,
									     .words = text_of(step->what) });
	}
	return OK;
}

static struct error *
open_case(struct demo *demo, struct act *act, size_t no)
{
	const struct plan *plan = &plans[no];
	const size_t unit = section_of(demo, plan->theme);
	struct incident_reporting reporting = {
		.kind = text_of(plan->kind),
		.title = text_of(plan->title),
		.words = text_of(plan->words),
		.place = text_of(plan->place),
		.damage = text_of(plan->damage),
		.finder = T(""),
		.contact = T(""),
		.source = plan->source,
		.way = plan->is_said ? WAY_SAID : WAY_SELF,
		.happened = { act->look.now.ms - (int64_t)40 * MINUTE },
		.known = { act->look.now.ms - (int64_t)10 * MINUTE },
		.said = { plan->is_said ? act->look.now.ms - (int64_t)8 * MINUTE : 0 },
		.unit = demo->units[unit].id,
		.crime = plan->crime,
		.is_drill = plan->is_drill,
	};
	act->actor.person = demo->people[somebody_in(demo, unit)].id.no;
	if (plan->is_drill)
		TRY(be(demo, act, "csirt-leader", (struct unit_id){ 0 }));
	return incident_report(act, demo->body->pack, &reporting, &demo->incidents[no]);
}

/* What came in on the policy's own forms is judged, answered and ended by the CSIRT. */
static struct error *
sweep(struct demo *demo, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	struct rights rights;
	struct incident *list;
	size_t count;
	bool has_more;
	TRY(be(demo, act, "ciso", (struct unit_id){ 0 }));
	TRY(people_rights(&act->look, pack, (struct person_id){ act->actor.person }, &rights));
	TRY(incident_list(&act->look, pack, &rights,
			  &(struct incident_query){ .has_state = true, .state = INCIDENT_REPORTED }, &list, &count,
			  &has_more));
	for (size_t at = 0; at < count; at++) {
		if (list[at].dossier.no == 0)
			continue;
		TRY(receive_all(demo, act, list[at].id, NULL, NULL));
		TRY(receive_all(demo, act, list[at].id, NULL, NULL));
		TRY(be(demo, act, "csirt-leader", (struct unit_id){ 0 }));
		TRY(incident_judge(act, pack,
				   &(struct incident_judging){ .incident = list[at].id, .verdict = VERDICT_EVENT,
							       .words = T("様式の報告を確かめた。被害はない。") }));
	}
	return OK;
}

/* ---- The calling tree ---- */

static const struct {
	enum contact_kind kind;
	const char *code, *name, *phone, *words;
} contacts[] = {
	{ CONTACT_ROLE, "csirt-leader", "CSIRT責任者", "000-0000-0101", "夜間も出る" },
	{ CONTACT_ROLE, "csirt-coordinator", "CSIRT業務統括", "000-0000-0102", "" },
	{ CONTACT_ROLE, "csirt-liaison", "CSIRT対外連携担当", "000-0000-0103", "" },
	{ CONTACT_ROLE, "chief", "統括情報セキュリティ責任者", "000-0000-0110", "" },
	{ CONTACT_ROLE, "ciso", "最高情報セキュリティ責任者", "000-0000-0111", "秘書を通す" },
	{ CONTACT_AUTHORITY, "prefecture", "県の情報政策担当", "000-0000-0201", "開庁時間。夜間は守衛" },
	{ CONTACT_AUTHORITY, "police", "県警察 サイバー犯罪相談窓口", "000-0000-0202", "" },
	{ CONTACT_AUTHORITY, "ppc", "個人情報保護委員会", "000-0000-0203", "報告は報告フォーム" },
	{ CONTACT_OTHER, "", "運用委託先の当番", "000-0000-0301", "24時間" },
};

static struct error *
put_contacts(struct demo *demo, struct act *act)
{
	struct contact_id made;
	TRY(be(demo, act, "csirt-leader", (struct unit_id){ 0 }));
	for (size_t at = 0; at < sizeof contacts / sizeof *contacts; at++)
		TRY(incident_contact_put(act, demo->body->pack,
					 &(struct incident_contact){ .kind = contacts[at].kind,
								     .code = text_of(contacts[at].code),
								     .name = text_of(contacts[at].name),
								     .phone = text_of(contacts[at].phone),
								     .mail = T(""),
								     .words = text_of(contacts[at].words),
								     .rank = (int64_t)at + 1 }, /* nine */
					 &made));
	return OK;
}

struct error *
demo_do_incident(struct demo *demo, const struct demo_event *event, struct act *act)
{
	if (event->what == SWEEP)
		return sweep(demo, act);
	if (event->what == CONTACTS)
		return put_contacts(demo, act);
	if (event->what == CONFIRM) {
		TRY(be(demo, act, "csirt-leader", (struct unit_id){ 0 }));
		return incident_contacts_confirm(act, demo->body->pack);
	}
	if (event->other == 0)
		return open_case(demo, act, event->what);
	if (demo->incidents[event->what].no == 0)
		return OK; /* it was refused, and counted */
	return step_do(demo, act, demo->incidents[event->what], &plans[event->what].steps[event->other - 1]);
}

/* ---- Planning ---- */

static struct moment
reported_at(const struct demo *demo, size_t no)
{
	struct day day = day_plus(demo->size.today, -plans[no].ago);
	if (plans[no].ago == 0) {
		const struct moment recent = { demo->size.now.ms - (int64_t)45 * MINUTE };
		return recent;
	}
	while (day_is_holiday(day))
		day = day_plus(day, 1);
	return (struct moment){ day_begin(day).ms + (int64_t)((9 * HOURS + 20 + (int64_t)no * 13) * MINUTE) };
}

/* A step that falls on a day off is done on the next working day, at the same time. */
static struct moment
done_at(struct moment reported, int64_t after)
{
	const struct moment at = { reported.ms + after * MINUTE };
	const struct day day = moment_day(at);
	struct day works = day;
	while (after >= DAYS && day_is_holiday(works))
		works = day_plus(works, 1);
	return (struct moment){ at.ms + (works.no - day.no) * (int64_t)DAYS * MINUTE };
}

void
demo_plan_incidents(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 79 }; /* not negative */
	if (demo->body->pack->incidents.kinds_count == 0 || section_of(demo, THEME_TAX) == 0 ||
	    section_of(demo, THEME_WORKS) == 0 || section_of(demo, THEME_CITIZEN) == 0 ||
	    section_of(demo, THEME_WELFARE) == 0 || section_of(demo, THEME_OFFICE) == 0)
		return;
	demo_at(demo, demo_moment(&chance, day_plus(demo->size.today, -250)), DEED_INCIDENT, CONTACTS, 0);
	demo_at(demo, demo_moment(&chance, day_plus(demo->size.today, -70)), DEED_INCIDENT, CONFIRM, 0);
	for (size_t no = 0; no < PLANS; no++) {
		const struct moment reported = reported_at(demo, no);
		struct moment last = reported;
		demo_at(demo, reported, DEED_INCIDENT, no, 0);
		if (plans[no].is_drill) /* the second link does not answer in its hour */
			demo_at(demo, (struct moment){ reported.ms + (int64_t)62 * MINUTE }, DEED_CLOCK, 0, 0);
		for (size_t step = 0; step < STEPS && plans[no].steps[step].role != NULL; step++) {
			struct moment at = done_at(reported, plans[no].steps[step].after);
			/* Days off may put two steps on one day: one after the other all the same. */
			if (at.ms <= last.ms && step != 0 && plans[no].steps[step].after > plans[no].steps[step - 1].after)
				at.ms = last.ms + MINUTE;
			last = at;
			demo_at(demo, at, DEED_INCIDENT, no, step + 1);
		}
	}
	for (int64_t ago = 330; ago > 0; ago -= 15) /* what came on paper forms */
		demo_at(demo, demo_moment(&chance, day_plus(demo->size.today, -ago)), DEED_INCIDENT, SWEEP, 0);
	demo_at(demo, (struct moment){ demo->size.now.ms - (int64_t)5 * MINUTE }, DEED_INCIDENT, SWEEP, 0);
}
