/* Text as search sees it. Unicode's own tables (utf8proc) do most; Japanese habits are below.
 */
#include "base/text.h"
#include "base/writer.h"

#include <stdlib.h>
#include <utf8proc.h>

struct variant {
	uint32_t from;
	uint32_t to;
};

/*
 * Characters of names and places that stand for another, by code point: forms outside JIS level
 * 1 and 2, and old forms (旧字体) that registers keep and people do not type. Compatibility
 * ideographs that Unicode itself unifies (塚, 神 …) are already folded by NFKC.
 */
static const struct variant variants[] = {
	{0x4E9E, 0x4E9C},  /* 亞 亜 */
	{0x4F5B, 0x4ECF},  /* 佛 仏 */
	{0x4F86, 0x6765},  /* 來 来 */
	{0x5152, 0x5150},  /* 兒 児 */
	{0x5167, 0x5185},  /* 內 内 */
	{0x5169, 0x4E21},  /* 兩 両 */
	{0x51A8, 0x5BCC},  /* 冨 富 */
	{0x51DC, 0x51DB},  /* 凜 凛 */
	{0x570B, 0x56FD},  /* 國 国 */
	{0x5713, 0x5186},  /* 圓 円 */
	{0x582F, 0x5C2D},  /* 堯 尭 */
	{0x589E, 0x5897},  /* 增 増 */
	{0x58FD, 0x5BFF},  /* 壽 寿 */
	{0x5B78, 0x5B66},  /* 學 学 */
	{0x5BE6, 0x5B9F},  /* 實 実 */
	{0x5BF6, 0x5B9D},  /* 寶 宝 */
	{0x5CEF, 0x5CF0},  /* 峯 峰 */
	{0x5D5C, 0x5D0E},  /* 嵜 崎 */
	{0x5D8B, 0x5CF6},  /* 嶋 島 */
	{0x5D8C, 0x5CF6},  /* 嶌 島 */
	{0x5DD6, 0x5DCC},  /* 巖 巌 */
	{0x5EE3, 0x5E83},  /* 廣 広 */
	{0x5F4C, 0x5F25},  /* 彌 弥 */
	{0x5FB7, 0x5FB3},  /* 德 徳 */
	{0x60E0, 0x6075},  /* 惠 恵 */
	{0x61C9, 0x5FDC},  /* 應 応 */
	{0x654E, 0x6559},  /* 敎 教 */
	{0x6589, 0x658E},  /* 斉 斎 */
	{0x66FB, 0x6607},  /* 曻 昇 */
	{0x66FE, 0x66FD},  /* 曾 曽 */
	{0x6703, 0x4F1A},  /* 會 会 */
	{0x6852, 0x6851},  /* 桒 桑 */
	{0x689D, 0x6761},  /* 條 条 */
	{0x69AE, 0x6804},  /* 榮 栄 */
	{0x69C7, 0x69D9},  /* 槇 槙 */
	{0x6A9C, 0x6867},  /* 檜 桧 */
	{0x6AFB, 0x685C},  /* 櫻 桜 */
	{0x6B65, 0x6B69},  /* 步 歩 */
	{0x6DF8, 0x6E05},  /* 淸 清 */
	{0x6E0A, 0x6DF5},  /* 渊 淵 */
	{0x6E15, 0x6DF5},  /* 渕 淵 */
	{0x6F80, 0x6E0B},  /* 澀 渋 */
	{0x6F81, 0x6E0B},  /* 澁 渋 */
	{0x6FA4, 0x6CA2},  /* 澤 沢 */
	{0x6FF1, 0x6D5C},  /* 濱 浜 */
	{0x6FF5, 0x6D5C},  /* 濵 浜 */
	{0x7027, 0x6EDD},  /* 瀧 滝 */
	{0x7028, 0x702C},  /* 瀨 瀬 */
	{0x771E, 0x771F},  /* 眞 真 */
	{0x7912, 0x78EF},  /* 礒 磯 */
	{0x797F, 0x7984},  /* 祿 禄 */
	{0x7C54, 0x85AA},  /* 籔 薮 */
	{0x7DD6, 0x7DD2},  /* 緖 緒 */
	{0x7E23, 0x770C},  /* 縣 県 */
	{0x8207, 0x4E0E},  /* 與 与 */
	{0x8218, 0x9928},  /* 舘 館 */
	{0x8420, 0x840C},  /* 萠 萌 */
	{0x842C, 0x4E07},  /* 萬 万 */
	{0x8597, 0x5712},  /* 薗 園 */
	{0x85CF, 0x8535},  /* 藏 蔵 */
	{0x85EA, 0x85AA},  /* 藪 薮 */
	{0x8C50, 0x8C4A},  /* 豐 豊 */
	{0x8CF4, 0x983C},  /* 賴 頼 */
	{0x9059, 0x9065},  /* 遙 遥 */
	{0x9089, 0x8FBA},  /* 邉 辺 */
	{0x908A, 0x8FBA},  /* 邊 辺 */
	{0x9435, 0x9244},  /* 鐵 鉄 */
	{0x95DC, 0x95A2},  /* 關 関 */
	{0x9751, 0x9752},  /* 靑 青 */
	{0x975C, 0x9759},  /* 靜 静 */
	{0x9AD9, 0x9AD8},  /* 髙 高 */
	{0x9DD7, 0x9D0E},  /* 鷗 鴎 */
	{0x9E7D, 0x5869},  /* 鹽 塩 */
	{0x9ED1, 0x9ED2},  /* 黑 黒 */
	{0x9F4A, 0x658E},  /* 齊 斎 */
	{0x9F4B, 0x658E},  /* 齋 斎 */
	{0x9F8D, 0x7ADC},  /* 龍 竜 */
	{0xFA11, 0x5D0E},  /* 﨑 崎 */
	{0x2000B, 0x4E08}, /* 𠀋 丈 */
	{0x20B9F, 0x53F1}, /* 𠮟 叱 */
	{0x20BB7, 0x5409}, /* 𠮷 吉 */
	{0x2123D, 0x571F}, /* 𡈽 土 */
	{0x2363A, 0x6A4B}, /* 𣘺 橋 */
};

static int
variant_order(const void *character, const void *variant)
{
	const uint32_t a = *(const uint32_t *)character;
	const uint32_t b = ((const struct variant *)variant)->from;
	return (a > b) - (a < b);
}

static uint32_t
usual_form(uint32_t character)
{
	/* Katakana with a hiragana of their own, ヽ and ヾ included; ー stays. */
	if ((character >= 0x30A1 && character <= 0x30F6) ||
	    (character >= 0x30FD && character <= 0x30FE))
		return character - 0x60;
	if (character < variants[0].from)
		return character;
	const struct variant *variant =
		bsearch(&character, variants, sizeof variants / sizeof variants[0],
			sizeof variants[0], variant_order);
	return variant != NULL ? variant->to : character;
}

static bool
is_dropped(uint32_t character)
{
	return (character >= '\t' && character <= '\r') || character == ' ' ||
	       character == 0x85 || character == 0xA0 || character == 0x1680 ||
	       (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
	       character == 0x2029 || character == 0x202F || character == 0x205F ||
	       character == 0x3000 || (character >= 0xFE00 && character <= 0xFE0F) ||
	       (character >= 0xE0100 && character <= 0xE01EF);
}

/* Without what is dropped; how many are left. */
static utf8proc_ssize_t
drop(utf8proc_int32_t *characters, utf8proc_ssize_t count)
{
	utf8proc_ssize_t left = 0;
	for (utf8proc_ssize_t i = 0; i < count; i++)
		if (!is_dropped((uint32_t)characters[i])) /* decomposed: never negative */
			characters[left++] = characters[i];
	return left;
}

struct text
text_fold(struct arena *into, struct text text)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
					  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	const utf8proc_uint8_t *data = (const utf8proc_uint8_t *)text.data;
	const utf8proc_ssize_t len = (utf8proc_ssize_t)text.len; /* arenas hold far less */
	if (len == 0)
		return T("");
	utf8proc_ssize_t count = utf8proc_decompose(data, len, NULL, 0, options);
	if (count <= 0)
		return count == 0 ? T("") : text_copy(into, text);

	utf8proc_int32_t *characters =
		ARENA_ARRAY(into, utf8proc_int32_t, (size_t)count + 1); /* positive */
	count = utf8proc_decompose(data, len, characters, count, options);
	count = drop(characters, count);
	count = utf8proc_normalize_utf32(characters, count, options);

	struct writer out = writer_open(into, SIZE_MAX / 2);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		write_character(&out, usual_form((uint32_t)characters[i]));
	return writer_text(&out);
}

static bool
is_numeral(uint32_t character)
{
	return (character >= 0x2150 && character <= 0x218F) || /* Roman */
	       (character >= 0x2460 && character <= 0x24FF) || /* circled */
	       (character >= 0x3220 && character <= 0x32FF) || /* in parentheses, circled */
	       (character >= 0x2776 && character <= 0x2793) || character == 0xB2 ||
	       character == 0xB3 || character == 0xB9 ||
	       (character >= 0x2070 && character <= 0x2079); /* superscript */
}

static void
write_compatible(struct writer *out, struct text run)
{
	utf8proc_uint8_t *folded = NULL;
	const utf8proc_ssize_t len =
		utf8proc_map((const utf8proc_uint8_t *)run.data,
			     (utf8proc_ssize_t)run.len, /* arenas hold far less */
			     &folded, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
	if (run.len > 0 && len >= 0)
		write_text(out, (struct text){(const char *)folded, (size_t)len});
	else
		write_text(out, run);
	free(folded);
}

struct text
text_plain(struct arena *into, struct text text)
{
	struct writer out = writer_open(into, SIZE_MAX / 2);
	uint32_t character;
	size_t from = 0;
	for (size_t at = 0, was = 0; text_next(text, &at, &character); was = at) {
		if (!is_numeral(character))
			continue;
		write_compatible(&out, text_from(text_first(text, was), from));
		write_text(&out, text_from(text_first(text, at), was));
		from = at;
	}
	write_compatible(&out, text_from(text, from));
	return writer_text(&out);
}

struct text
text_narrow(struct arena *into, struct text text)
{
	struct writer out = writer_open(into, text.len);
	uint32_t character;
	for (size_t at = 0; text_next(text, &at, &character);) {
		if (character >= 0xFF01 && character <= 0xFF5E)
			character -= 0xFF01 - '!';
		else if (character == 0x3000)
			character = ' ';
		write_character(&out, character);
	}
	return writer_text(&out);
}
