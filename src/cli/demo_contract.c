/*
 * The demonstration's contracts: one that runs with links below it, one for a line, one that ended with all data verified, one
 * that ended on the contractor's word, one being chosen. All by the room's own acts.
 */
#include "cli/demo.h"
#include "contract/contract.h"

enum { CONTRACTS = 5, FIRMS_MOST = 3, HASTE_MS = 600000, ITEMS_MOST = 40 };

struct demo_contract {
	size_t units[CONTRACTS];
	struct contract_id ids[CONTRACTS];
	struct contract_link_id first[CONTRACTS], below;
	struct contract_demand_id demand;
};

enum task {
	TASK_OPEN, TASK_ANSWER, TASK_CHOOSE, TASK_SIGN, TASK_EXPLAIN, TASK_NAME, TASK_ASK, TASK_CONSENT,
	TASK_NAME_BELOW, TASK_ASK_AGAIN, TASK_HAND, TASK_HAND_ON, TASK_CONFIRM, TASK_DEMAND, TASK_SETTLE, TASK_CLAIM,
	TASK_VERIFY, TASK_END, TASK_ROWS, TASK_MAIL,
};

/* ---- What is given out ---- */

static const struct {
	enum demo_theme theme;
	const char *kind, *class_code, *title, *work, *firms[FIRMS_MOST], *codes[FIRMS_MOST], *place, *data;
	int until; /* days from today */
} contracts[CONTRACTS] = {
	{ THEME_IT, "operate", "I", "住民情報システムの監視と運用", "住民情報システムの監視、障害の一次対応、定期の保守を行う。",
	  { "見本情報サービス株式会社", "例題システムズ株式会社", "仮名ソリューションズ株式会社" }, { "G0101", "G0111", "G0112" },
	  "本庁舎 サーバ室\n見本情報サービス 運用センター", "住民情報の表のうち監視に要る列（12万件）", 130 },
	{ THEME_TAX, "other", "I", "納税通知書の印刷と封入", "納税通知書を印刷し、封入して郵便局に渡す。",
	  { "架空印刷株式会社", "例示プリント株式会社", NULL }, { "G0121", "G0122", NULL }, "架空印刷 第二工場",
	  "納税通知書の宛名と税額（8万件）", -60 },
	{ THEME_CITIZEN, "other", "III", "広報の写真の電子化", "公表ずみの写真を読み取り、目録を作る。",
	  { "見本フォト有限会社", NULL, NULL }, { "G0131", NULL, NULL }, "見本フォト 作業所", "公表ずみの写真 400枚", -40 },
	{ THEME_WELFARE, "cloud", "II", "介護の相談記録のクラウドサービス", "相談の記録を、庁内と相談所で共に使う。",
	  { "例示クラウド株式会社", "仮名ケアネット株式会社", NULL }, { "G0141", "G0142", NULL }, "", "", 300 },
	{ THEME_IT, "line", "II", "庁舎と支所を結ぶ通信回線", "本庁舎と支所の間の専用の回線を貸し、切れたときは四時間のうちに直す。",
	  { "例題通信株式会社", "仮名ネットワークス株式会社", NULL }, { "G0151", "G0152", NULL }, "本庁舎 通信機械室", "", 200 },
};

static void
be(struct act *act, const struct demo *demo, size_t person)
{
	act->actor.person = demo->people[person].id.no;
}

static void
be_head(struct act *act, const struct demo *demo, size_t no)
{
	be(act, demo, demo->units[demo->contract->units[no]].head);
}

/* ---- Choosing and signing ---- */

static struct error *
open_one(struct demo *demo, struct act *act, size_t no)
{
	struct demo_contract *made = demo->contract;
	struct contract_candidate_id candidate;
	be_head(act, demo, no);
	TRY(contract_open(act, demo->body->pack,
			  &(struct contract_opening){ .unit = demo->units[made->units[no]].id,
						      .title = text_of(contracts[no].title),
						      .work = text_of(contracts[no].work),
						      .kind = text_of(contracts[no].kind),
						      .class_code = text_of(contracts[no].class_code) },
			  &made->ids[no]));
	for (size_t at = 0; at < FIRMS_MOST && contracts[no].firms[at] != NULL; at++)
		TRY(contract_candidate_add(act, demo->body->pack, made->ids[no], (struct firm_id){ 0 },
					   text_of(contracts[no].firms[at]), &candidate));
	return OK;
}

/* The first candidate meets everything; the others lack a certificate. */
static struct error *
answer(struct demo *demo, struct act *act, size_t no)
{
	const struct pack *pack = demo->body->pack;
	struct contract_candidate *list;
	struct contract contract;
	size_t count;
	be_head(act, demo, no);
	TRY(contract_read(&act->look, pack, demo->contract->ids[no], &contract));
	TRY(contract_candidates(&act->look, pack, &contract, &list, &count));
	for (size_t at = 0; at < count; at++) {
		struct contract_answered *answers;
		size_t asked;
		TRY(contract_answers(&act->look, pack, &contract, list[at].id, &answers, &asked));
		for (size_t i = 0; i < asked; i++) {
			const bool lacks = at != 0 && text_is(answers[i].code, "certified");
			answers[i].answer = lacks ? T("no") : T("yes");
			answers[i].words = lacks ? T("認証は受けていない。")
					   : text_is(answers[i].code, "certified")
						   ? T("ISO/IEC 27001 の登録証（写し）")
						   : T("提案書と聞き取り");
		}
		TRY(contract_answer(act, pack, contract.id,
				    &(struct contract_answering){ list[at].id, answers, asked }));
	}
	return OK;
}

static struct error *
choose(struct demo *demo, struct act *act, size_t no)
{
	const struct pack *pack = demo->body->pack;
	struct contract_candidate *list;
	struct contract contract;
	size_t count;
	be_head(act, demo, no);
	TRY(contract_read(&act->look, pack, demo->contract->ids[no], &contract));
	TRY(contract_candidates(&act->look, pack, &contract, &list, &count));
	return contract_choose(act, pack, contract.id, contract.change, list[0].id,
			       T("基準をすべて満たし、似た業務の実績がある。"));
}

static struct error *
sign(struct demo *demo, struct act *act, size_t no)
{
	const struct pack *pack = demo->body->pack;
	const struct pack_contracts *rules = pack->contracts;
	const struct day today = moment_day(act->look.now);
	struct contract_said items[ITEMS_MOST] = { 0 };
	struct contract_link *links;
	struct contract contract;
	size_t count;
	be_head(act, demo, no);
	TRY(contract_read(&act->look, pack, demo->contract->ids[no], &contract));
	for (size_t at = 0; at < rules->items_count && at < ITEMS_MOST; at++) {
		const bool is_there = rules->items[at].is_must || !text_is(rules->items[at].code, "publish");
		items[at] = (struct contract_said){
			.code = rules->items[at].code,
			.is_answered = true,
			.is_present = is_there,
			.words = is_there ? text_format(act->look.arena, "特記仕様書 第%zu条", at + 3)
					  : T("公表は市が行うことにした。"),
		};
	}
	TRY(contract_sign(act, pack,
			  &(struct contract_signing){
				  .id = contract.id,
				  .change = contract.change,
				  .number = text_format(act->look.arena, "契約第%lld号", (long long)(100 + contract.id.no)),
				  .firm_code = text_of(contracts[no].codes[0]),
				  .place = text_of(contracts[no].place),
				  .agreed = today,
				  .since = today,
				  .until = day_plus(demo->size.today, contracts[no].until),
				  .items = items,
				  .items_count = rules->items_count,
			  }));
	TRY(contract_links(&act->look, contract.id, &links, &count));
	demo->contract->first[no] = links[0].id;
	return OK;
}

/* ---- Firms below, and workers ---- */

static struct error *
name(struct demo *demo, struct act *act, size_t no, struct contract_link_id link, const char *family, bool is_ready)
{
	const struct day today = moment_day(act->look.now);
	struct contract_link of;
	struct contract_worker_id id;
	be_head(act, demo, no);
	TRY(contract_link_read(&act->look, link, &of));
	return contract_name(act, demo->body->pack,
			     &(struct contract_naming){
				     .link = link,
				     .family = text_of(family),
				     .task = of.work,
				     .since = is_ready ? today : day_plus(today, 3),
				     .until = of.until,
				     .pledged = is_ready ? day_plus(today, -1) : DAY_NONE,
				     .trained = is_ready ? day_plus(today, -1) : DAY_NONE,
				     .trained_words = is_ready ? T("市の研修（委託先向け）") : T("") },
			     &id);
}

static struct error *
ask(struct demo *demo, struct act *act, const char *firm, const char *code, struct contract_link_id above,
    struct contract_link_id *link)
{
	struct contract_link of;
	be_head(act, demo, 0);
	TRY(contract_link_read(&act->look, above, &of));
	return contract_ask(act, demo->body->pack,
			    &(struct contract_asking){ .id = demo->contract->ids[0],
						       .above = above,
						       .firm_code = text_of(code),
						       .firm_name = text_of(firm),
						       .work = T("夜間の監視"),
						       .place = T("見本情報サービス 運用センター"),
						       .why = T("夜間の要員を確保するため。"),
						       .since = day_plus(moment_day(act->look.now), 7),
						       .until = of.until },
			    link);
}

static struct error *
consent(struct demo *demo, struct act *act)
{
	const size_t bureau = demo->units[demo->contract->units[0]].parent;
	struct contract_link link;
	be(act, demo, demo->units[bureau].head);
	TRY(contract_link_read(&act->look, demo->contract->below, &link));
	return contract_decide(act, demo->body->pack, link.id, link.change, true,
			       T("体制と従事者の名簿を確かめた。再委託先にも同じ要件を負わせる。"));
}

/* ---- Data ---- */

static struct error *
hand(struct demo *demo, struct act *act, size_t no, struct contract_link_id to, struct contract_link_id from)
{
	const struct day today = moment_day(act->look.now);
	struct contract_handover_id id;
	be_head(act, demo, no);
	return contract_hand(act, demo->body->pack,
			     &(struct contract_handing){
				     .id = demo->contract->ids[no],
				     .link = to,
				     .source = from,
				     .day = today,
				     .what = from.no != 0 ? T("監視に要る列の写し") : text_of(contracts[no].data),
				     .class_code = text_of(contracts[no].class_code),
				     .way = T("person"),
				     .copies = 1,
				     .serial = T(""),
				     .receipt = T("受領書 第1号"),
				     .received = today },
			     &id);
}

static struct error *
close_data(struct demo *demo, struct act *act, size_t no, bool is_verified)
{
	struct contract_handover *list;
	size_t count;
	be_head(act, demo, no);
	TRY(contract_handovers(&act->look, demo->body->pack, demo->contract->ids[no], &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct contract_closing closing = {
			.id = list[at].id,
			.change = list[at].change,
			.end = END_ERASED,
			.day = moment_day(act->look.now),
			.words = is_verified ? T("作業所で、機器の消去の記録と媒体を職員二人が見た。")
					     : T("消去報告書を受け取った。"),
		};
		TRY(is_verified ? contract_verify(act, demo->body->pack, &closing)
				: contract_claim(act, demo->body->pack, &closing));
	}
	return OK;
}

static struct error *
end(struct demo *demo, struct act *act, size_t no)
{
	struct contract contract;
	be_head(act, demo, no);
	TRY(contract_read(&act->look, demo->body->pack, demo->contract->ids[no], &contract));
	return contract_end(act, demo->body->pack, contract.id, contract.change, moment_day(act->look.now),
			    T("業務が終わり、渡したデータの始末がついた。"));
}

/* ---- Registers ---- */

enum { PAIRS = 12 };

struct pair {
	const char *name, *value;
};

/* Social media and a service under standard terms, with the rules for both, and how a cloud service was chosen. */
static const struct {
	const char *ledger;
	struct pair pairs[PAIRS];
} registers[] = {
	{ "service", { { "name", "みほん市公式SNS" }, { "service-kind", "sns" }, { "service-address", "https://sns.example.jp/mihon" },
		       { "service-use", "行事と防災のお知らせ" }, { "responsible", "市民課長" }, { "own-site", "yes" },
		       { "data-class", "III" }, { "own-site-where", "市のサイト「公式アカウント一覧」と、アカウントの説明欄" },
		       { "posting-rules", "係長が下書きを読み、課長が認めてから発信する。返信はしない。" } } },
	{ "service", { { "name", "みほんフォーム" }, { "service-kind", "terms" }, { "service-address", "https://form.example.jp/" },
		       { "service-use", "講座の申込み" }, { "data-class", "III" } } },
	{ "document", { { "name", "約款サービスの利用規定" }, { "document-kind", "terms-rule" }, { "version", "1.0" },
			{ "effective", "2026-04-01" }, { "contains", "scope\nservices\nsteps\nclass-limit" }, { "approved-by", "CISO" } } },
	{ "document", { { "name", "SNS運用手順" }, { "document-kind", "sns-rule" }, { "version", "1.0" },
			{ "effective", "2026-04-01" }, { "contains", "impersonation\ncredentials" }, { "approved-by", "CISO" } } },
	{ "vendor", { { "name", "文書共有サービスの選定" }, { "vendor", "例示クラウド株式会社" }, { "selected-on", "2026-03-02" },
		      { "work", "庁内の文書の共有" }, { "data-class", "II" }, { "conditions", "other-use\nstructure\npeople\nincident\nconfirm\npoor" },
		      { "ability", "同じ規模の団体での実績がある。" }, { "certified", "ISO/IEC 27017" },
		      { "cloud-backup", "一日一回、離れた二か所に控えをとる。" } } },
};

static struct error *
add_rows(struct demo *demo, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	be_head(act, demo, 2);
	for (size_t at = 0; at < sizeof registers / sizeof *registers; at++) {
		struct ledger_value values[PAIRS + 1];
		struct row_id row;
		size_t count = 0;
		const struct pack_ledger *ledger = pack_ledger(pack, text_of(registers[at].ledger));
		for (; count < PAIRS && registers[at].pairs[count].name != NULL; count++)
			values[count] = (struct ledger_value){ text_of(registers[at].pairs[count].name),
							       text_of(registers[at].pairs[count].value) };
		values[count++] = (struct ledger_value){
			T("owner"), text_format(act->look.arena, "%lld",
						(long long)demo->units[demo->contract->units[2]].id.no)
		};
		if (ledger != NULL)
			TRY(ledger_add(act, pack, ledger, values, count, &row));
	}
	return OK;
}

/* Use of mail by those who work on the premises is agreed in the register. */
static struct error *
agree_mail(struct demo *demo, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	struct ledger_value *kept, *all;
	struct contract contract;
	struct ledger_row row;
	size_t count;
	be_head(act, demo, 0);
	TRY(contract_read(&act->look, pack, demo->contract->ids[0], &contract));
	TRY(ledger_read(&act->look, pack, contract.row, &row));
	TRY(ledger_values(act->look.arena, &row, &kept, &count));
	all = ARENA_ARRAY(act->look.arena, struct ledger_value, count + 1);
	for (size_t at = 0; at < count; at++)
		all[at] = kept[at];
	all[count++] = (struct ledger_value){ T("mail-agreed"), T("yes") };
	return ledger_change(act, pack, row.id, row.revision, all, count);
}

/* ---- Looking after it ---- */

static struct error *
keep(struct demo *demo, struct act *act, enum task task, size_t no)
{
	const struct pack *pack = demo->body->pack;
	struct demo_contract *made = demo->contract;
	const struct day today = moment_day(act->look.now);
	int64_t rows;
	be_head(act, demo, no);
	if (task == TASK_EXPLAIN)
		return contract_explain(act, pack, made->ids[no], today,
					T("業務責任者に、特記仕様書と手引で説明した。"));
	if (task == TASK_DEMAND)
		return contract_demand(act, pack,
				       &(struct contract_demanding){ .id = made->ids[no],
								     .found = T("従事者の名簿が先月のままだった。"),
								     .wanted = T("変わった日に名簿を出しなおす。"),
								     .item = T("identify"),
								     .due = day_plus(today, 14) },
				       &made->demand);
	if (task == TASK_SETTLE)
		return contract_settle(act, pack, made->demand, 1, T("名簿が変わった日に届いたことを、二回続けて確かめた。"));
	TRY(contract_confirm(act, pack, made->ids[no],
			     &(struct contract_checked){ .day = today,
							 .how = T("訪問"),
							 .found = T("入退室と持ち物の決まりが守られている。"),
							 .is_fine = true }));
	/* The section looks through its rows of the register on the same occasion. */
	return ledger_confirm(act, pack, pack->contracts->puts, demo->units[made->units[no]].id, &rows);
}

struct error *
demo_do_contract(struct demo *demo, const struct demo_event *event, struct act *act)
{
	struct demo_contract *made = demo->contract;
	const struct contract_link_id nobody = { 0 };
	const size_t no = event->other;
	struct contract_link_id link;
	switch ((enum task)event->what) {
	case TASK_OPEN:
		return open_one(demo, act, no);
	case TASK_ANSWER:
		return answer(demo, act, no);
	case TASK_CHOOSE:
		return choose(demo, act, no);
	case TASK_SIGN:
		return sign(demo, act, no);
	case TASK_NAME:
		return name(demo, act, no, made->first[no], "外川", true);
	case TASK_NAME_BELOW:
		return name(demo, act, no, made->below, "夜久", true);
	case TASK_ASK:
		return ask(demo, act, "例示データ処理株式会社", "G0102", made->first[0], &made->below);
	case TASK_ASK_AGAIN:
		return ask(demo, act, "仮名サポート株式会社", "G0113", made->below, &link);
	case TASK_CONSENT:
		return consent(demo, act);
	case TASK_HAND:
		return hand(demo, act, no, made->first[no], nobody);
	case TASK_HAND_ON:
		return hand(demo, act, no, made->below, made->first[no]);
	case TASK_EXPLAIN:
	case TASK_CONFIRM:
	case TASK_DEMAND:
	case TASK_SETTLE:
		return keep(demo, act, (enum task)event->what, no);
	case TASK_CLAIM:
	case TASK_VERIFY:
		return close_data(demo, act, no, event->what == TASK_VERIFY);
	case TASK_END:
		return end(demo, act, no);
	case TASK_ROWS:
		return add_rows(demo, act);
	case TASK_MAIL:
		return agree_mail(demo, act);
	}
	return OK;
}

/* ---- Planning ---- */

static const struct {
	int ago;
	enum task task;
	size_t no;
} story[] = {
	{ 330, TASK_OPEN, 1 },	  { 322, TASK_ANSWER, 1 },  { 318, TASK_CHOOSE, 1 }, { 310, TASK_SIGN, 1 },
	{ 306, TASK_EXPLAIN, 1 }, { 304, TASK_NAME, 1 },    { 300, TASK_HAND, 1 },   { 296, TASK_OPEN, 2 },
	{ 290, TASK_ANSWER, 2 },  { 288, TASK_CHOOSE, 2 },  { 280, TASK_SIGN, 2 },   { 276, TASK_EXPLAIN, 2 },
	{ 270, TASK_HAND, 2 },	  { 230, TASK_OPEN, 0 },    { 222, TASK_ANSWER, 0 }, { 215, TASK_CHOOSE, 0 },
	{ 208, TASK_SIGN, 0 },	  { 204, TASK_EXPLAIN, 0 }, { 202, TASK_NAME, 0 },   { 200, TASK_MAIL, 0 },   { 196, TASK_HAND, 0 },
	{ 192, TASK_OPEN, 4 },	  { 190, TASK_ANSWER, 4 },  { 188, TASK_CHOOSE, 4 }, { 186, TASK_SIGN, 4 },
	{ 184, TASK_EXPLAIN, 4 },
	{ 180, TASK_CONFIRM, 1 }, { 170, TASK_CONFIRM, 2 }, { 150, TASK_ASK, 0 },    { 145, TASK_CONSENT, 0 },
	{ 130, TASK_NAME_BELOW, 0 }, { 126, TASK_HAND_ON, 0 }, { 90, TASK_CONFIRM, 0 }, { 89, TASK_CONFIRM, 4 }, { 88, TASK_DEMAND, 0 },
	{ 76, TASK_SETTLE, 0 },	  { 70, TASK_ROWS, 0 },	  { 59, TASK_VERIFY, 1 },   { 57, TASK_END, 1 },     { 39, TASK_CLAIM, 2 },
	{ 37, TASK_END, 2 },	  { 20, TASK_OPEN, 3 },	    { 12, TASK_ANSWER, 3 },  { 2, TASK_ASK_AGAIN, 0 },
};

static bool
choose_units(const struct demo *demo, size_t *units)
{
	for (size_t no = 0; no < CONTRACTS; no++) {
		for (size_t unit = demo->bureaus_count + 1; unit < demo->units_count && units[no] == 0; unit++)
			if (demo->units[unit].theme == contracts[no].theme && demo->units[unit].head != 0 &&
			    unit != demo->vacant_unit && unit != demo->away_unit && unit != demo->audit_unit)
				units[no] = unit;
		if (units[no] == 0)
			units[no] = demo->it_unit;
	}
	return demo->units[demo->it_unit].head != 0 &&
	       demo->units[demo->units[units[0]].parent].head != 0;
}

void
demo_plan_contract(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 97 }; /* not negative */
	struct moment last = { 0 };
	demo->contract = ARENA_NEW(demo->arena, struct demo_contract);
	if (demo->body->pack->contracts == NULL || !choose_units(demo, demo->contract->units))
		return;
	for (size_t at = 0; at < sizeof story / sizeof *story; at++) {
		struct moment when = demo_moment(&chance, day_plus(demo->size.today, -story[at].ago));
		/* Holidays put several on one day: one after the other all the same. */
		if (when.ms <= last.ms)
			when.ms = last.ms + 2 * HASTE_MS;
		last = when;
		demo_at(demo, when, DEED_CONTRACT, story[at].task, story[at].no);
	}
}
