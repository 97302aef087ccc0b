/* What words of Japanese policies usually mean. Guesses that a person confirms. */
#include "draft/rooms.h"

const struct known_role known_roles[] = {
	{"mayor", "市長", "町長|村長|区長|知事|管理者である市長", "Mayor", SCOPE_BODY, false},
	{"ciso", "最高情報セキュリティ責任者", "CISO", "Chief Information Security Officer",
	 SCOPE_BODY, false},
	{"deputy-ciso", "副最高情報セキュリティ責任者", "副CISO|CISO補佐",
	 "Deputy Chief Information Security Officer", SCOPE_BODY, false},
	{"chief", "統括情報セキュリティ責任者", "", "General information security officer",
	 SCOPE_BODY, false},
	{"responsible", "情報セキュリティ責任者",
	 "部門情報セキュリティ責任者|部局情報セキュリティ責任者",
	 "Information security officer (bureau)", SCOPE_BUREAU, false},
	{"manager", "情報セキュリティ管理者", "", "Information security manager (section)",
	 SCOPE_SECTION, false},
	{"person-in-charge", "情報セキュリティ担当者", "",
	 "Information security contact (section)", SCOPE_SECTION, false},
	{"system-manager", "情報システム管理者", "", "Information system manager", SCOPE_SYSTEM,
	 false},
	{"system-operator", "情報システム担当者", "", "Information system operator",
	 SCOPE_SYSTEM, false},
	{"network-manager", "ネットワーク管理者", "統括ネットワーク管理者", "Network manager",
	 SCOPE_BODY, false},
	{"council", "情報セキュリティ委員会",
	 "情報セキュリティ会議|情報化推進委員会|情報セキュリティ推進会議|ICT推進会議",
	 "Information security committee", SCOPE_BODY, true},
	{"csirt", "CSIRT", "情報セキュリティインシデント対応チーム", "CSIRT", SCOPE_BODY, true},
	{"csirt-leader", "CSIRT責任者", "", "CSIRT leader", SCOPE_BODY, false},
	{"audit-chief", "情報セキュリティ監査統括責任者", "監査統括責任者",
	 "Chief of information security audit", SCOPE_BODY, false},
	{"auditor", "監査人", "情報セキュリティ監査人|監査担当者", "Auditor", SCOPE_BODY, true},
	{"risk-manager", "リスクマネージャー", "リスクマネジャー", "Risk manager",
	 SCOPE_SECTION, false},
	{"staff", "職員等",
	 "全ての職員等|すべての職員等|全職員|職員|教職員等|教職員|教員|従業員", "Staff",
	 SCOPE_EVERYONE, false},
	{NULL, NULL, NULL, NULL, SCOPE_BODY, false},
};

enum modality
modality_of(struct text sentence)
{
	/* Only how it ends counts: 「…してはならないものを除き、…しなければならない。」 */
	size_t from = sentence.len;
	for (int i = 0; i < 22 && from > 0; i++)
		(void)before(sentence, &from);
	const struct text end = text_from(sentence, from);
	if (has_any(end, "努め|努力").len > 0)
		return ENDEAVOUR;
	if (has_any(end, "てはならない|ではならない|てはいけない|ないこと。|禁止する|"
			 "禁止とする|を禁ず|禁止。")
			    .len > 0 ||
	    text_ends(sentence, T("禁止")))
		return MUST_NOT;
	if (has_any(end, "ことができる|できるものとする|てもよい|ても良い|て良い|てよい|"
			 "構わない|可とする|妨げない|ことがある")
		    .len > 0)
		return MAY;
	return MUST;
}

const char *
modality_name(enum modality modality)
{
	switch (modality) {
	case MUST:
		return "must";
	case MUST_NOT:
		return "must-not";
	case MAY:
		return "may";
	case ENDEAVOUR:
		return "endeavour";
	}
	return "must";
}

/* The first row whose words stand in the sentence. */
enum clause_kind
kind_of(struct text sentence)
{
	static const struct {
		const char *words;
		enum clause_kind kind;
	} rules[] = {
		{"もって充てる|任命する|任命し|選任し|指名する|を置く|設置し、その役割|"
		 "権限及び責任を有する|権限を有する|責任を有する|委任する",
		 CLAUSE_ASSIGN},
		{"定期的|定期に|定期保守|定期点検|毎年|毎月|年1回", CLAUSE_PERIODIC},
		{"の許可を得|許可を受け|承認を得|承認を受け|許可なく|許可した場合|"
		 "許可することができる",
		 CLAUSE_APPROVE},
		{"報告し|報告を行|報告する|通知し|通知する|連絡し|指示を仰|届け出|に提供する",
		 CLAUSE_REPORT},
		{"無害化|暗号化を施|暗号化し", CLAUSE_CONVERT},
		{"計画を|計画の|手順を|手順の策定|規程を|規定を整備|方針を|見直し|体制を整備|"
		 "策定",
		 CLAUSE_PLAN},
		{"監視|検知|点検|確認し|確認を行|調査し|調査する|分析", CLAUSE_DETECT},
		{"施錠|耐震|防火|サーバ室|配線|電源|ケーブル|搬入|搬出|固定|入退室|鍵付き|"
		 "廃棄し|設置し",
		 CLAUSE_PHYSICAL},
		{"遵守し|研修|訓練|理解|協力し|従わなければ|配慮|秘密", CLAUSE_ATTEST},
		{"設定し|設定を行|設定しなければ|制限し|制限を|認証|利用してはならない|"
		 "使用してはならない|接続してはならない|共有してはならない|遮断|停止し|分離|"
		 "禁止|パスワード",
		 CLAUSE_ENFORCE},
		{"記録|台帳|保存|保管|作成|明示|表示|分類", CLAUSE_RECORD},
	};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (has_any(sentence, rules[i].words).len > 0)
			return rules[i].kind;
	return CLAUSE_RECORD;
}

const char *
module_of(struct text sentence)
{
	static const struct {
		const char *words, *module;
	} rules[] = {
		{"インシデント|緊急時|侵害時|CSIRT", "incident"},
		{"監査|自己点検", "audit"},
		{"研修|訓練|教育", "training"},
		{"許可を得|承認を得|許可を受け|申請", "flow"},
		{"委託|事業者|クラウド|約款|ソーシャル", "vendor"},
		{"パスワード|ID|ICカード|認証|アクセス権", "auth"},
		{"暗号|電子署名", "crypto"},
		{"電子メール|無害化|ウイルス|不正プログラム", "gate"},
		{"ネットワーク|通信|接続", "zone"},
		{"監視|ログ|検知|時刻", "watch"},
		{"責任者は、|管理者は、|任命|充てる", "org"},
		{"情報資産|媒体|分類|廃棄|保管", "ledger"},
	};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (has_any(sentence, rules[i].words).len > 0)
			return rules[i].module;
	return "policy";
}
