/* Names and phrases of the demonstration body: common ones, put together by chance. */
#include "cli/demo.h"

/* SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine. */
static uint64_t
next(struct chance *chance)
{
	uint64_t value = chance->state += 0x9E3779B97F4A7C15U;
	value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
	value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
	return value ^ (value >> 31);
}

int64_t
chance_below(struct chance *chance, int64_t below)
{
	if (below <= 1)
		return 0;
	return (int64_t)(next(chance) % (uint64_t)below); /* below is positive */
}

bool
chance_is(struct chance *chance, int64_t percent)
{
	return chance_below(chance, 100) < percent;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define PICK(chance, list) ((list)[chance_below((chance), (int64_t)COUNT(list))])

static const struct demo_name families[] = {
	{ "佐藤", "さとう" },	    { "鈴木", "すずき" },     { "髙橋", "たかはし" },
	{ "田中", "たなか" },	    { "伊藤", "いとう" },     { "渡邊", "わたなべ" },
	{ "山本", "やまもと" },	    { "中村", "なかむら" },   { "小林", "こばやし" },
	{ "加藤", "かとう" },	    { "𠮷田", "よしだ" },     { "山田", "やまだ" },
	{ "佐々木", "ささき" },	    { "山口", "やまぐち" },   { "松本", "まつもと" },
	{ "井上", "いのうえ" },	    { "木村", "きむら" },     { "林", "はやし" },
	{ "斎藤", "さいとう" },	    { "清水", "しみず" },     { "山﨑", "やまさき" },
	{ "森", "もり" },	    { "池田", "いけだ" },     { "橋本", "はしもと" },
	{ "阿部", "あべ" },	    { "石川", "いしかわ" },   { "山下", "やました" },
	{ "中島", "なかしま" },	    { "石井", "いしい" },     { "小川", "おがわ" },
	{ "前田", "まえだ" },	    { "岡田", "おかだ" },     { "長谷川", "はせがわ" },
	{ "藤田", "ふじた" },	    { "後藤", "ごとう" },     { "近藤", "こんどう" },
	{ "村上", "むらかみ" },	    { "遠藤", "えんどう" },   { "青木", "あおき" },
	{ "坂本", "さかもと" },	    { "福田", "ふくだ" },     { "太田", "おおた" },
	{ "西村", "にしむら" },	    { "藤井", "ふじい" },     { "金子", "かねこ" },
	{ "岡本", "おかもと" },	    { "藤原", "ふじわら" },   { "三宅", "みやけ" },
	{ "大西", "おおにし" },	    { "多田", "ただ" },	      { "宮武", "みやたけ" },
	{ "香川", "かがわ" },	    { "十河", "そごう" },     { "真鍋", "まなべ" },
	{ "冨田", "とみた" },	    { "濵田", "はまだ" },     { "辻󠄀", "つじ" },
	{ "齋藤", "さいとう" },	    { "渡邉", "わたなべ" },   { "德永", "とくなが" },
	{ "黑田", "くろだ" },	    { "桒原", "くわばら" },   { "塚本", "つかもと" },
	{ "尾﨑", "おざき" },	    { "谷本", "たにもと" },   { "植松", "うえまつ" },
	{ "片山", "かたやま" },	    { "久保", "くぼ" },	      { "河野", "こうの" },
	{ "平井", "ひらい" },	    { "五十嵐", "いがらし" }, { "勅使河原", "てしがわら" },
};

static const struct demo_name givens[] = {
	{ "陽子", "ようこ" },	{ "健一", "けんいち" }, { "美咲", "みさき" }, { "大輔", "だいすけ" },
	{ "由美", "ゆみ" },	{ "直樹", "なおき" },	{ "愛", "あい" },     { "翔太", "しょうた" },
	{ "恵子", "けいこ" },	{ "誠", "まこと" },	{ "優子", "ゆうこ" }, { "拓也", "たくや" },
	{ "智子", "ともこ" },	{ "浩", "ひろし" },	{ "麻衣", "まい" },   { "和也", "かずや" },
	{ "真由美", "まゆみ" }, { "哲也", "てつや" },	{ "さくら", "さくら" }, { "学", "まなぶ" },
	{ "久美子", "くみこ" }, { "剛", "つよし" },	{ "彩", "あや" },     { "隆", "たかし" },
	{ "裕子", "ゆうこ" },	{ "英樹", "ひでき" },	{ "千尋", "ちひろ" }, { "達也", "たつや" },
	{ "香織", "かおり" },	{ "修", "おさむ" },	{ "明美", "あけみ" }, { "雄介", "ゆうすけ" },
	{ "亜希子", "あきこ" }, { "聡", "さとし" },	{ "葵", "あおい" },   { "亮", "りょう" },
	{ "典子", "のりこ" },	{ "康弘", "やすひろ" }, { "桃子", "ももこ" }, { "健太", "けんた" },
	{ "ゆかり", "ゆかり" }, { "進", "すすむ" },	{ "瞳", "ひとみ" },   { "正人", "まさと" },
	{ "理恵", "りえ" },	{ "悠斗", "ゆうと" },	{ "結衣", "ゆい" },   { "淳", "じゅん" },
	{ "沙織", "さおり" },	{ "圭", "けい" },	{ "直美", "なおみ" }, { "卓", "たく" },
	{ "綾乃", "あやの" },	{ "博之", "ひろゆき" }, { "百合", "ゆり" },   { "蓮", "れん" },
};

struct demo_name
demo_family(struct chance *chance)
{
	return PICK(chance, families);
}

struct demo_name
demo_given(struct chance *chance)
{
	return PICK(chance, givens);
}

static const struct demo_section_name policy_sections[] = {
	{ "情報政策課", THEME_IT },	{ "政策課", THEME_OFFICE }, { "広聴広報課", THEME_OFFICE },
	{ "財政課", THEME_OFFICE },	{ "人事課", THEME_OFFICE }, { "総務課", THEME_OFFICE },
	{ "契約監理課", THEME_OFFICE }, { 0 },
};
static const struct demo_section_name citizen_sections[] = {
	{ "市民課", THEME_CITIZEN },	  { "税務課", THEME_TAX },	   { "納税課", THEME_TAX },
	{ "国保・年金課", THEME_CITIZEN }, { "地域振興課", THEME_CITIZEN }, { "人権啓発課", THEME_OFFICE },
	{ 0 },
};
static const struct demo_section_name welfare_sections[] = {
	{ "生活福祉課", THEME_WELFARE },   { "長寿福祉課", THEME_WELFARE },
	{ "障がい福祉課", THEME_WELFARE }, { "こども家庭課", THEME_WELFARE },
	{ "介護保険課", THEME_WELFARE },   { "保健センター", THEME_WELFARE }, { 0 },
};
static const struct demo_section_name works_sections[] = {
	{ "都市計画課", THEME_WORKS },	 { "道路管理課", THEME_WORKS }, { "建築指導課", THEME_WORKS },
	{ "環境総務課", THEME_WORKS },	 { "住宅課", THEME_WORKS },	{ "農林水産課", THEME_WORKS },
	{ 0 },
};
static const struct demo_section_name school_sections[] = {
	{ "教育総務課", THEME_SCHOOL },	  { "学校教育課", THEME_SCHOOL },
	{ "生涯学習課", THEME_SCHOOL },	  { "監査委員事務局", THEME_OFFICE },
	{ "保健体育課", THEME_SCHOOL },	  { 0 },
};

const struct demo_bureau_name demo_bureaus[] = {
	{ "政策局", policy_sections },	      { "市民局", citizen_sections },
	{ "健康福祉局", welfare_sections },    { "都市整備局", works_sections },
	{ "教育局", school_sections },
};
const size_t demo_bureaus_count = COUNT(demo_bureaus);

enum {
	CITIZEN = 1 << THEME_CITIZEN,
	TAX = 1 << THEME_TAX,
	WELFARE = 1 << THEME_WELFARE,
	WORKS = 1 << THEME_WORKS,
	SCHOOL = 1 << THEME_SCHOOL,
	IT = 1 << THEME_IT,
};

const struct demo_asset_kind demo_asset_kinds[] = {
	{ "住民異動届綴", "転入・転出・転居の届出書", "I", CITIZEN, true },
	{ "証明書交付申請書綴", "住民票・戸籍の証明の申請書", "I", CITIZEN, true },
	{ "印鑑登録原票", "印鑑登録の原票", "I", CITIZEN, true },
	{ "国民健康保険資格データ", "資格の取得・喪失の記録", "I", CITIZEN, true },
	{ "課税台帳データ", "市民税・固定資産税の課税の記録", "I", TAX, true },
	{ "納税相談記録", "分割納付などの相談の記録", "I", TAX, true },
	{ "家屋調査票", "家屋の評価の調査票", "II", TAX, true },
	{ "申告書綴", "市民税の申告書", "I", TAX, true },
	{ "生活保護ケース記録", "世帯ごとの支援の記録", "I", WELFARE, true },
	{ "要介護認定資料", "認定調査票と主治医の意見書", "I", WELFARE, true },
	{ "児童相談記録", "家庭からの相談の記録", "I", WELFARE, true },
	{ "健診結果データ", "健康診査の結果", "I", WELFARE, true },
	{ "手当支給台帳", "手当の支給の記録", "I", WELFARE, true },
	{ "道路台帳図", "市道の区域と構造の図面", "III", WORKS, false },
	{ "建築確認申請書綴", "建築確認の申請書と図面", "II", WORKS, true },
	{ "用地交渉記録", "用地の取得の交渉の記録", "I", WORKS, true },
	{ "市営住宅入居者台帳", "入居者と家賃の記録", "I", WORKS, true },
	{ "工事設計書", "発注前の設計書と積算", "I", WORKS, false },
	{ "学齢簿", "就学する児童・生徒の記録", "I", SCHOOL, true },
	{ "就学援助申請書綴", "就学援助の申請書", "I", SCHOOL, true },
	{ "図書館利用者データ", "利用者の登録と貸出の記録", "I", SCHOOL, true },
	{ "学校施設図面", "校舎の図面", "II", SCHOOL, false },
	{ "ネットワーク構成図", "庁内のネットワークの図", "I", IT, false },
	{ "システム設計書", "業務システムの設計書", "I", IT, false },
	{ "アクセス記録", "システムの利用の記録", "I", IT, true },
	{ "バックアップ媒体", "業務データの控え", "I", IT | TAX | CITIZEN, true },
	{ "職員名簿", "職員の氏名と連絡先", "II", 0, true },
	{ "出勤簿", "職員の勤務の記録", "II", 0, true },
	{ "契約書綴", "委託・購入の契約書", "II", 0, false },
	{ "予算要求資料", "次の年度の予算の要求", "II", 0, false },
	{ "会議録", "課内会議の記録", "III", 0, false },
	{ "起案文書綴", "決裁を受けた文書", "II", 0, false },
	{ "市民アンケート回答", "無記名の調査の回答", "II", 0, false },
	{ "苦情・要望記録", "市民からの苦情と要望の記録", "I", 0, true },
	{ "広報用写真", "広報紙に使った写真", "III", 0, false },
	{ "要綱・手引き", "公開している要綱と手引き", "III", 0, false },
	{ "研修資料", "職員向け研修の資料", "III", 0, false },
	{ "統計資料", "公表した統計", "III", 0, false },
	{ "業務用データ", "業務で使う表計算の資料", "", 0, false },
};
const size_t demo_asset_kinds_count = COUNT(demo_asset_kinds);

const char *
demo_place(struct chance *chance, bool is_paper)
{
	static const char *const paper[] = { "執務室 鍵付き書庫1", "執務室 鍵付き書庫2", "地下書庫 A列",
					     "地下書庫 C列",	   "執務室 キャビネット", "別館 文書保管室" };
	static const char *const other[] = { "執務室 施錠ロッカー", "執務室 媒体保管庫", "サーバ室",
					     "係長席 施錠引き出し", "執務室 耐火金庫" };
	return is_paper ? PICK(chance, paper) : PICK(chance, other);
}

const char *
demo_purpose(struct chance *chance, enum demo_theme theme)
{
	static const char *const any[] = {
		"委託先での入力作業のため、データを渡します。", "県への報告に必要な資料を届けます。",
		"支所での相談会で使います。",			"会計検査の資料として提出します。",
		"システムの保守事業者に障害の調査を頼みます。", "封入・発送の業務を委託するためです。",
	};
	static const char *const office[] = {
		"監査の実地調査で説明に使います。",	"指定管理者との協議で使います。",
		"国の調査への回答を作るためです。",	"広報紙の制作会社に原稿を渡します。",
	};
	if (theme == THEME_OFFICE || theme == THEME_IT)
		return chance_is(chance, 50) ? PICK(chance, office) : PICK(chance, any);
	return PICK(chance, any);
}

const char *
demo_partner(struct chance *chance)
{
	static const char *const list[] = {
		"株式会社みほんデータサービス 受託管理部", "県 市町村課",
		"東部支所 市民係",			    "西部支所 窓口係",
		"有限会社見本印刷 制作課",		    "社会福祉法人みほん会 相談支援センター",
		"みほんシステムズ株式会社 保守窓口",	    "中央保健センター",
	};
	return PICK(chance, list);
}

const char *
demo_route(struct chance *chance)
{
	static const char *const list[] = { "公用車で本庁から行き先へ直行", "公用車で支所を経由せず直行",
					    "職員2名で徒歩", "公用自転車で直行" };
	return PICK(chance, list);
}
