/* Named sources of reconciliations: what a pack may hold against what. */
#include "policy/policy.h"

static const struct pack_source_column permit_columns[] = {
	{"permit-number", "許可の番号", "Permit", FIELD_TEXT},
	{"holder", "許可された人", "Holder", FIELD_TEXT},
	{"holder-number", "許可された人の職員番号", "Holder's staff number", FIELD_TEXT},
	{"permit-unit", "申請した所属", "Unit", FIELD_TEXT},
	{"valid-from", "いつから", "Valid from", FIELD_DAY},
	{"valid-until", "いつまで", "Valid until", FIELD_DAY},
	{"in-force", "いま有効", "In force", FIELD_YES_NO},
	{"is-withdrawn", "取り消された", "Withdrawn", FIELD_YES_NO},
};

static const struct pack_source_column outing_columns[] = {
	{"permit-number", "許可の番号", "Permit", FIELD_TEXT},
	{"item", "持ち出したもの", "What was taken out", FIELD_TEXT},
	{"serial", "番号", "Serial", FIELD_TEXT},
	{"out", "持ち出した日時", "Taken out", FIELD_MOMENT},
	{"due", "戻す予定の日時", "Due back", FIELD_MOMENT},
	{"back", "戻った日時", "Came back", FIELD_MOMENT},
	{"is-out", "まだ戻っていない", "Still out", FIELD_YES_NO},
	{"person", "持ち出した人", "Taken out by", FIELD_TEXT},
	{"person-number", "持ち出した人の職員番号", "Staff number", FIELD_TEXT},
	{"valid-until", "許可がいつまでか", "Permit valid until", FIELD_DAY},
};

static const struct pack_source_column item_columns[] = {
	{"serial", "番号", "Serial", FIELD_TEXT},
	{"item", "もの", "Item", FIELD_TEXT},
	{"case-number", "案件の番号", "Case", FIELD_TEXT},
	{"granted", "許可された日", "Permitted on", FIELD_DAY},
	{"ended", "どう終わったか", "How it ended", FIELD_TEXT},
	{"is-ended", "終わっている", "Has ended", FIELD_YES_NO},
	{"is-verified", "職員が確かめた", "Verified", FIELD_YES_NO},
};

static const struct pack_source_column people_columns[] = {
	{"number", "職員番号", "Staff number", FIELD_TEXT},
	{"name", "氏名", "Name", FIELD_TEXT},
	{"of", "所属", "Unit", FIELD_TEXT},
	{"period", "在籍する期間", "In service", FIELD_PERIOD},
	{"is-serving", "いま在籍している", "In service now", FIELD_YES_NO},
};

static const struct pack_source_column worker_columns[] = {
	{"number", "番号", "Number", FIELD_TEXT},
	{"name", "氏名", "Name", FIELD_TEXT},
	{"firm", "会社", "Firm", FIELD_TEXT},
	{"work", "作業", "Work", FIELD_TEXT},
	{"consented", "委託・再委託を認めた日", "Consented on", FIELD_DAY},
	{"pledged", "誓約した日", "Pledged on", FIELD_DAY},
	{"period", "従事できる期間", "May work", FIELD_PERIOD},
};

static const struct pack_source_column everyone_columns[] = {
	{"number", "番号", "Number", FIELD_TEXT},
	{"name", "氏名", "Name", FIELD_TEXT},
	{"of", "所属・会社", "Unit or firm", FIELD_TEXT},
	{"is-staff", "職員", "Staff", FIELD_YES_NO},
	{"period", "在籍・従事できる期間", "In service, or may work", FIELD_PERIOD},
};

static const struct pack_source_column all_permit_columns[] = {
	{"permit-number", "許可の番号", "Permit", FIELD_TEXT},
	{"occasion", "何の許可か", "What it permits", FIELD_TEXT},
	{"holder", "許可された人", "Holder", FIELD_TEXT},
	{"holder-number", "許可された人の職員番号", "Holder's staff number", FIELD_TEXT},
	{"permit-unit", "申請した所属", "Unit", FIELD_TEXT},
	{"valid-from", "いつから", "Valid from", FIELD_DAY},
	{"valid-until", "いつまで", "Valid until", FIELD_DAY},
	{"in-force", "いま有効", "In force", FIELD_YES_NO},
};

static const struct pack_source_column contract_worker_columns[] = {
	{"number", "番号", "Number", FIELD_TEXT},
	{"name", "氏名", "Name", FIELD_TEXT},
	{"firm", "会社", "Firm", FIELD_TEXT},
	{"depth", "再委託の深さ（0は委託先）", "Depth in the chain (0: the contractor)", FIELD_NUMBER},
	{"contract", "委託", "Contract", FIELD_TEXT},
	{"contract-number", "契約の番号", "Number of the contract", FIELD_TEXT},
	{"is-consented", "会社の従事に同意がある", "The firm's work is consented to", FIELD_YES_NO},
	{"may-work", "同意・誓約などがそろっている", "Consent, pledge and the rest are there", FIELD_YES_NO},
	{"standing", "状況", "Standing", FIELD_TEXT},
	{"since", "いつから", "From", FIELD_DAY},
	{"until", "いつまで", "Until", FIELD_DAY},
	{"pledged", "誓約した日", "Pledged on", FIELD_DAY},
	{"trained", "教育を受けた日", "Trained on", FIELD_DAY},
	{"period", "従事できる期間", "May work", FIELD_PERIOD},
};

static const struct pack_source_column named_columns[] = {
	{"number", "番号", "Number", FIELD_TEXT},
	{"name", "氏名", "Name", FIELD_TEXT},
	{"of", "所属・会社", "Unit or firm", FIELD_TEXT},
	{"is-staff", "職員", "Staff", FIELD_YES_NO},
	{"may-work", "在籍しているか、従事できる", "Serves, or may work", FIELD_YES_NO},
	{"standing", "状況", "Standing", FIELD_TEXT},
	{"contract", "委託", "Contract", FIELD_TEXT},
	{"period", "在籍・従事できる期間", "In service, or may work", FIELD_PERIOD},
};

static const struct pack_source_column handover_columns[] = {
	{"contract", "委託", "Contract", FIELD_TEXT},
	{"contract-number", "契約の番号", "Number of the contract", FIELD_TEXT},
	{"firm", "持っている会社", "Firm that holds it", FIELD_TEXT},
	{"depth", "再委託の深さ（0は委託先）", "Depth in the chain (0: the contractor)", FIELD_NUMBER},
	{"is-consented", "会社の従事に同意がある", "The firm's work is consented to", FIELD_YES_NO},
	{"what", "渡したデータ", "Data", FIELD_TEXT},
	{"class", "分類", "Class", FIELD_TEXT},
	{"copies", "写しの数", "Copies", FIELD_NUMBER},
	{"serial", "媒体の番号", "Serial of the medium", FIELD_TEXT},
	{"file", "ファイルのSHA-256", "SHA-256 of the file", FIELD_TEXT},
	{"file-name", "ファイルの名前", "Name of the file", FIELD_TEXT},
	{"is-test", "テストに使う本物のデータ", "Real data used to test", FIELD_YES_NO},
	{"handed", "渡した日", "Handed over on", FIELD_DAY},
	{"received", "受け取りを確かめた日", "Receipt on", FIELD_DAY},
	{"state", "返却・消去の状況", "Standing of return or erasure", FIELD_TEXT},
	{"claimed", "返却・消去したと申告のあった日", "Claimed to be gone on", FIELD_DAY},
	{"verified", "職員が確かめた日", "Verified on", FIELD_DAY},
	{"is-claimed", "返却・消去の申告がある", "Claimed to be gone", FIELD_YES_NO},
	{"is-verified", "職員が確かめた", "Verified", FIELD_YES_NO},
	{"may-hold-until", "持っていてよい最後の日", "Last day on which it may be held", FIELD_DAY},
};

static const struct pack_source_column visit_columns[] = {
	{"name", "氏名", "Name", FIELD_TEXT},
	{"of", "所属・会社", "Unit or firm", FIELD_TEXT},
	{"room", "部屋", "Room", FIELD_TEXT},
	{"kind", "入れる訳（staff、listed、visitor）", "By what (staff, listed, visitor)", FIELD_TEXT},
	{"entered", "入った日時", "Entered", FIELD_MOMENT},
	{"left", "出た日時", "Left", FIELD_MOMENT},
	{"received", "番所に届いた日時", "Reached Bansho", FIELD_MOMENT},
	{"escort", "立ち会った職員", "Escort", FIELD_TEXT},
	{"devices", "持ち込んだ機器", "Devices brought", FIELD_TEXT},
	{"is-inside", "まだ出ていない", "Still inside", FIELD_YES_NO},
	{"is-late", "あとから届いた", "Handed in late", FIELD_YES_NO},
	{"is-refused", "入れなかった", "Refused", FIELD_YES_NO},
	{"is-unlisted", "許可がないのに入った", "Came in without being permitted", FIELD_YES_NO},
	{"is-unpermitted", "許可のない機器を持ち込んだ", "Brought a device without a permit", FIELD_YES_NO},
	{"is-settled", "説明がある", "Explained", FIELD_YES_NO},
};

static const struct pack_source_column loan_columns[] = {
	{"item", "もの", "Item", FIELD_TEXT},
	{"serial", "番号", "Serial", FIELD_TEXT},
	{"owner", "持ち主の所属", "Owner unit", FIELD_TEXT},
	{"way", "渡し方（lend、repair、out）", "Way (lend, repair, out)", FIELD_TEXT},
	{"person", "持っている人", "Who has it", FIELD_TEXT},
	{"person-number", "持っている人の職員番号", "Staff number", FIELD_TEXT},
	{"firm", "修理に出した会社", "Firm that repairs it", FIELD_TEXT},
	{"out", "渡した日時", "Taken out", FIELD_MOMENT},
	{"due", "戻す予定の日時", "Due back", FIELD_MOMENT},
	{"back", "戻った日時", "Came back", FIELD_MOMENT},
	{"is-away", "まだ戻っていない", "Still away", FIELD_YES_NO},
	{"is-outside", "庁舎の外へ出た", "Out of the house", FIELD_YES_NO},
	{"is-overdue", "期限を過ぎている", "Overdue", FIELD_YES_NO},
	{"permit-number", "許可の番号", "Permit", FIELD_TEXT},
	{"valid-until", "許可がいつまでか", "Permit valid until", FIELD_DAY},
};

#define COLUMNS(list) list, sizeof(list) / sizeof(list[0])

const struct pack_source pack_sources[] = {
	{"upload", "手元の一覧", "List handed in", TAKES_COLUMNS, NULL, 0},
	{"ledger", "台帳", "Ledger", TAKES_LEDGER, NULL, 0},
	{"permits", "許可", "Permits", TAKES_OCCASION, COLUMNS(permit_columns)},
	{"outings", "持ち出しと返却の記録", "Things taken out", TAKES_NOTHING, COLUMNS(outing_columns)},
	{"items", "番号ごとの廃棄・提供", "Items by serial", TAKES_ITEMS, COLUMNS(item_columns)},
	{"people", "職員", "Staff", TAKES_NOTHING, COLUMNS(people_columns)},
	{"workers", "認めた委託先の従事者", "Consented workers", TAKES_NOTHING, COLUMNS(worker_columns)},
	{"everyone", "職員と、認めた委託先の従事者", "Staff and consented workers", TAKES_NOTHING,
	 COLUMNS(everyone_columns)},
	{"all-permits", "いずれかの許可", "Permits of any kind", TAKES_NOTHING, COLUMNS(all_permit_columns)},
	{"contract-workers", "委託の従事者（同意のない者も）", "Workers named for contracts, consented or not",
	 TAKES_NOTHING, COLUMNS(contract_worker_columns)},
	{"named", "職員と、名前の分かっている従事者（同意のない者も）", "Staff and workers named, consented or not",
	 TAKES_NOTHING, COLUMNS(named_columns)},
	{"handovers", "委託先に渡したデータ", "Data handed to contractors", TAKES_NOTHING,
	 COLUMNS(handover_columns)},
	{"visits", "タブレットで受け付けた入退室", "Visits taken by a tablet", TAKES_NOTHING,
	 COLUMNS(visit_columns)},
	{"loans", "物品の貸出・修理・持ち出し", "Things lent, repaired, taken out", TAKES_NOTHING,
	 COLUMNS(loan_columns)},
};
const size_t pack_sources_count = sizeof(pack_sources) / sizeof(pack_sources[0]);

const struct pack_source *
pack_source(struct text name)
{
	for (size_t i = 0; i < pack_sources_count; i++)
		if (text_is(name, pack_sources[i].name))
			return &pack_sources[i];
	return NULL;
}

bool
reconcile_is_inside(const struct pack_reconcile *of)
{
	return of->sides[SIDE_LEFT].source->takes != TAKES_COLUMNS &&
	       of->sides[SIDE_RIGHT].source->takes != TAKES_COLUMNS;
}
