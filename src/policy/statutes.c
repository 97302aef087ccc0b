#include "policy/lint.h"

#include "base/number.h"

/*
 * Acts that the policies of municipalities name, with the number under which each was
 * promulgated. Only acts whose number is certain stand here; of any other nothing is said.
 */

enum era { ERA_NONE, MEIJI, TAISHO, SHOWA, HEISEI, REIWA };

struct act_number {
	enum era era;
	int year;
	int number;
};

struct known_act {
	struct text name;
	struct text short_name;
	struct act_number number;
};

#define ACT(name, short_name, era, year, number) \
	{ \
		T_INIT(name), T_INIT(short_name), \
		{ \
			era, year, number \
		} \
	}
static const struct known_act acts[] = {
	ACT("サイバーセキュリティ基本法", "", HEISEI, 26, 104),
	ACT("デジタル社会形成基本法", "", REIWA, 3, 35),
	ACT("官民データ活用推進基本法", "", HEISEI, 28, 103),
	ACT("地方自治法", "", SHOWA, 22, 67),
	ACT("地方公務員法", "", SHOWA, 25, 261),
	ACT("国家公務員法", "", SHOWA, 22, 120),
	ACT("地方公営企業法", "", SHOWA, 27, 292),
	ACT("地方独立行政法人法", "", HEISEI, 15, 118),
	ACT("地方教育行政の組織及び運営に関する法律", "地教行法", SHOWA, 31, 162),
	ACT("地方税法", "", SHOWA, 25, 226),
	ACT("住民基本台帳法", "", SHOWA, 42, 81),
	ACT("戸籍法", "", SHOWA, 22, 224),
	ACT("公職選挙法", "", SHOWA, 25, 100),
	ACT("統計法", "", HEISEI, 19, 53),
	ACT("個人情報の保護に関する法律", "個人情報保護法", HEISEI, 15, 57),
	ACT("行政手続における特定の個人を識別するための番号の利用等に関する法律", "番号法",
	    HEISEI, 25, 27),
	ACT("不正アクセス行為の禁止等に関する法律", "不正アクセス禁止法", HEISEI, 11, 128),
	ACT("不正競争防止法", "", HEISEI, 5, 47),
	ACT("著作権法", "", SHOWA, 45, 48),
	ACT("特許法", "", SHOWA, 34, 121),
	ACT("刑法", "", MEIJI, 40, 45),
	ACT("民法", "", MEIJI, 29, 89),
	ACT("行政手続法", "", HEISEI, 5, 88),
	ACT("行政不服審査法", "", HEISEI, 26, 68),
	ACT("国家賠償法", "", SHOWA, 22, 125),
	ACT("行政機関の保有する情報の公開に関する法律", "情報公開法", HEISEI, 11, 42),
	ACT("公文書等の管理に関する法律", "公文書管理法", HEISEI, 21, 66),
	ACT("特定秘密の保護に関する法律", "特定秘密保護法", HEISEI, 25, 108),
	ACT("情報通信技術を活用した行政の推進等に関する法律", "デジタル手続法", HEISEI, 14,
	    151),
	ACT("電子署名及び認証業務に関する法律", "電子署名法", HEISEI, 12, 102),
	ACT("電子署名等に係る地方公共団体情報システム機構の認証業務に関する法律",
	    "公的個人認証法", HEISEI, 14, 153),
	ACT("地方公共団体情報システムの標準化に関する法律", "標準化法", REIWA, 3, 40),
	ACT("地方公共団体情報システム機構法", "", HEISEI, 25, 29),
	ACT("電気通信事業法", "", SHOWA, 59, 86),
	ACT("特定電子メールの送信の適正化等に関する法律", "特定電子メール法", HEISEI, 14, 26),
	ACT("災害対策基本法", "", SHOWA, 36, 223),
	ACT("消防法", "", SHOWA, 23, 186),
};

static const struct text eras[] = {T_INIT(""),     T_INIT("明治"), T_INIT("大正"),
				   T_INIT("昭和"), T_INIT("平成"), T_INIT("令和")};

/* The number at *at, in Arabic or kanji digits, 元 as 1; -1 when there is none. */
static int64_t
any_number(struct text text, size_t *at)
{
	size_t end = *at;
	int64_t number;

	if (text_starts(text_from(text, *at), T("元"))) {
		*at += T("元").len;
		return 1;
	}
	while (end < text.len && text.data[end] >= '0' && text.data[end] <= '9')
		end++;
	if (end == *at)
		return kanji_number(text, at);
	const struct text digits = text_first(text_from(text, *at), end - *at);
	*at = end;
	return number_read(digits, 0, 99999, &number) ? number : -1;
}

/* 平成26年法律第104号, 平成二十六年十一月十二日法律第百四号: era, year and the last number. */
static bool
read_number(struct arena *scratch, struct text printed, struct act_number *number)
{
	const struct text text = text_fold(scratch, printed);
	size_t at;

	*number = (struct act_number){ERA_NONE, 0, 0};
	for (int era = MEIJI; era <= REIWA; era++) {
		if (!text_find(text, eras[era], &at))
			continue;
		number->era = (enum era)era; /* one of them */
		at += eras[era].len;
		number->year = (int)any_number(text, &at); /* below 100,000 or -1 */
		break;
	}
	if (number->era == ERA_NONE || !text_find(text, T("法律第"), &at))
		return false;
	at += T("法律第").len;
	number->number = (int)any_number(text, &at); /* below 1,000,000 or -1 */
	return number->year > 0 && number->number > 0;
}

static bool
is_act(struct arena *scratch, struct text folded, const struct known_act *act)
{
	return text_same(folded, text_fold(scratch, act->name)) ||
	       (act->short_name.len > 0 &&
		text_same(folded, text_fold(scratch, act->short_name)));
}

static void
lint_statute(struct reading *reading, const struct pack_clause *clause,
	     const struct pack_statute *statute)
{
	const struct text folded = text_fold(reading->scratch, statute->name);
	struct act_number said;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		const struct act_number *right = &acts[i].number;
		if (!is_act(reading->scratch, folded, &acts[i]))
			continue;
		if (read_number(reading->scratch, statute->number, &said) &&
		    said.era == right->era && said.year == right->year &&
		    said.number == right->number)
			return;
		note(reading, statute, "statute-number",
		     "条項「%.*s」の「%.*s」は%.*sとありますが、%.*s%d年法律第%d号です。",
		     T_ARG(clause->id), T_ARG(statute->name), T_ARG(statute->number),
		     T_ARG(eras[right->era]), right->year, right->number);
		return;
	}
}

void
lint_statutes(struct reading *reading)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->clauses_count; i++)
		for (size_t j = 0; j < pack->clauses[i].statutes_count; j++)
			lint_statute(reading, &pack->clauses[i], &pack->clauses[i].statutes[j]);
}
