/* Names and words of kinds, troubles, columns, matches and answers; pairs that are looked up. */
#include "access/rooms.h"


static const char *const kinds[ACCESS_KINDS] = { "person", "shared", "machine", "unknown" };
static const char *const troubles[TROUBLE_KINDS] = { "left",	   "moved",  "unused", "unknown",
						     "privileged", "shared", "absent", "asked" };
static const char *const columns[ACCESS_COLUMNS] = { "name",	  "number", "person", "mail",  "state",
						     "privilege", "used",   "kind",   "users", "why" };
static const char *const answers[] = { "", "same", "remove", "change" };

static bool
read_name(struct text name, const char *const *names, size_t count, int *at)
{
	for (size_t i = 0; i < count; i++)
		if (names[i][0] != '\0' && text_is(name, names[i])) {
			*at = (int)i; /* a handful */
			return true;
		}
	return false;
}

const char *
access_kind_name(enum access_kind kind)
{
	return kinds[kind];
}

bool
access_kind_read(struct text name, enum access_kind *kind)
{
	int at;
	const bool is = read_name(name, kinds, ACCESS_KINDS, &at);
	if (is)
		*kind = (enum access_kind)at;
	return is;
}

const char *
access_kind_words(enum access_kind kind)
{
	switch (kind) {
	case ACCESS_PERSON:
		return say("個人");
	case ACCESS_SHARED:
		return say("共用");
	case ACCESS_MACHINE:
		return say("機器・プログラム");
	case ACCESS_UNKNOWN:
	case ACCESS_KINDS:
		break;
	}
	return say("だれのものか不明");
}

const char *
trouble_name(enum trouble_kind kind)
{
	return troubles[kind];
}

bool
trouble_read(struct text name, enum trouble_kind *kind)
{
	int at;
	const bool is = read_name(name, troubles, TROUBLE_KINDS, &at);
	if (is)
		*kind = (enum trouble_kind)at;
	return is;
}

const char *
trouble_words(enum trouble_kind kind)
{
	switch (kind) {
	case TROUBLE_LEFT:
		return say("退職した人、職のない人のもの");
	case TROUBLE_MOVED:
		return say("異動した人のもの");
	case TROUBLE_UNUSED:
		return say("長く使われていないもの");
	case TROUBLE_UNKNOWN:
		return say("だれのものか分からないもの");
	case TROUBLE_PRIVILEGED:
		return say("許可のない特権");
	case TROUBLE_SHARED:
		return say("使う人の決まっていない共用");
	case TROUBLE_ABSENT:
		return say("新しい一覧にないもの");
	case TROUBLE_ASKED:
	case TROUBLE_KINDS:
		break;
	}
	return say("所属から頼まれた削除・変更");
}

const char *
access_column_name(enum access_column column)
{
	return columns[column];
}

const char *
access_column_words(enum access_column column)
{
	switch (column) {
	case COLUMN_NAME:
		return say("アカウント");
	case COLUMN_NUMBER:
		return say("職員番号");
	case COLUMN_PERSON:
		return say("氏名・表示名");
	case COLUMN_MAIL:
		return say("メールアドレス");
	case COLUMN_STATE:
		return say("使えるか(有効・停止)");
	case COLUMN_PRIVILEGE:
		return say("特権・管理者権限");
	case COLUMN_USED:
		return say("最後に使った日");
	case COLUMN_KIND:
		return say("種類(個人・共用・機器)");
	case COLUMN_USERS:
		return say("共用する人");
	case COLUMN_WHY:
	case ACCESS_COLUMNS:
		break;
	}
	return say("何に使うか・備考");
}

const char *
access_match_words(enum access_match match)
{
	switch (match) {
	case MATCH_NUMBER:
		return say("職員番号で");
	case MATCH_MAIL:
		return say("メールアドレスで");
	case MATCH_LOGIN:
		return say("アカウントの名前で");
	case MATCH_NAME:
		return say("氏名だけで");
	case MATCH_NONE:
		break;
	}
	return "";
}

const char *
access_answer_name(enum access_answer answer)
{
	return answers[answer];
}

bool
access_answer_read(struct text name, enum access_answer *answer)
{
	int at;
	const bool is = read_name(name, answers, sizeof answers / sizeof *answers, &at);
	if (is)
		*answer = (enum access_answer)at;
	return is;
}

const char *
access_answer_words(enum access_answer answer)
{
	switch (answer) {
	case ANSWER_SAME:
		return say("このまま使う");
	case ANSWER_REMOVE:
		return say("削除を頼む");
	case ANSWER_CHANGE:
		return say("変更を頼む");
	case ANSWER_NONE:
		break;
	}
	return say("選んでください");
}

struct text
about_account(struct arena *into, struct access_id id)
{
	return text_format(into, "account:%lld", (long long)id.no);
}

struct text
about_system(struct arena *into, struct row_id id)
{
	return text_format(into, "system:%lld", (long long)id.no);
}

/* ---- Pairs ---- */

void
pair_add(struct pairs *pairs, int64_t of, int64_t is)
{
	GROW(pairs->arena, pairs->list, pairs->count, pairs->room);
	pairs->list[pairs->count++] = (struct pair){ of, is };
}

const struct pair *
pairs_with(const struct pairs *pairs, int64_t of, size_t *count)
{
	size_t low = 0, high = pairs->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (pairs->list[middle].of < of)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < pairs->count && pairs->list[low + *count].of == of)
		(*count)++;
	return *count != 0 ? &pairs->list[low] : NULL;
}

bool
pair_is(const struct pairs *pairs, int64_t of, int64_t is)
{
	size_t count;
	const struct pair *list = pairs_with(pairs, of, &count);
	for (size_t at = 0; at < count; at++)
		if (list[at].is == is)
			return true;
	return false;
}
