/* The words of this room: codes and names of kinds, days as they are kept, facts. */
#include "people/rooms.h"

#include "base/number.h"

int64_t
day_kept(struct day day)
{
	return day_is_none(day) ? 0 : day.no;
}

struct day
day_from_kept(int64_t no)
{
	return no == 0 ? DAY_NONE : (struct day){ no };
}

int64_t
day_first(struct day since)
{
	return day_is_none(since) ? DAY_FIRST : since.no;
}

int64_t
day_last(struct day until)
{
	return day_is_none(until) ? DAY_LAST : until.no;
}

bool
day_is_within(struct day day, struct day since, struct day until)
{
	return day_first(since) <= day.no && day.no <= day_last(until);
}

struct day
act_today(const struct act *act)
{
	return moment_day(act->look.now);
}

struct day
look_today(const struct look *look)
{
	return moment_day(look->now);
}

int64_t
minutes_ms(int64_t minutes)
{
	int64_t ms;
	return multiply_fits(minutes, 60000, &ms) ? ms : INT64_MAX / 4;
}

static bool
has_control(struct text words)
{
	uint32_t character;
	for (size_t at = 0; text_next(words, &at, &character);)
		if (character < 0x20 || character == 0x7f)
			return true;
	return false;
}

struct error *
words_check_optional(const char *field, struct text words)
{
	if (text_count(words) > PEOPLE_MOST_NAME)
		return reject(field, "%d文字以内で入力してください。", PEOPLE_MOST_NAME);
	if (has_control(words))
		return reject(field, "改行やタブは使えません。1行で入力してください。");
	return OK;
}

struct error *
words_check(const char *field, struct text words)
{
	if (text_is_blank(words))
		return reject(field, "入力してください。");
	return words_check_optional(field, words);
}

struct error *
period_check(struct day since, struct day until)
{
	if (day_first(since) > day_last(until))
		return reject("until", "終わりの日が始まりの日より前です。始まりの日以後の日にしてください。");
	return OK;
}

struct error *
end_check(const struct act *act, struct day since, struct day last)
{
	const bool has_begun = day_is_none(since) || since.no <= act_today(act).no;
	return has_begun ? period_check(since, last) : OK;
}

struct text
about_number(struct arena *into, const char *kind, int64_t no)
{
	return text_format(into, "%s:%lld", kind, (long long)no);
}

struct text
people_about_person(struct arena *into, struct person_id person)
{
	return about_number(into, "person", person.no);
}

struct text
people_about_unit(struct arena *into, struct unit_id unit)
{
	return about_number(into, "unit", unit.no);
}

struct text
people_about_post(struct arena *into, struct post_id post)
{
	return about_number(into, "post", post.no);
}

struct error *
people_note(struct act *act, const struct noting *noting)
{
	struct fact fact = { .act = noting->act };
	size_t count = 0;
	for (size_t at = 0; at < 3; at++)
		if (noting->about[at].len != 0)
			fact.about[count++] = noting->about[at];
	for (size_t at = 0; at < 5; at++)
		fact.pairs[at] = noting->pairs[at];
	return act_note(act, &fact);
}

struct text
language_code(enum language language)
{
	return language == LANGUAGE_EN ? T("en") : T("ja");
}

enum language
language_read(struct text code)
{
	return text_is(code, "en") ? LANGUAGE_EN : LANGUAGE_JA;
}

static const char *const unit_kinds[] = { "body", "bureau", "section", "other" };

const char *
unit_kind_code(enum unit_kind kind)
{
	return unit_kinds[kind];
}

const char *
unit_kind_words(enum unit_kind kind)
{
	switch (kind) {
	case UNIT_BODY:
		return say("団体");
	case UNIT_BUREAU:
		return say("局・部");
	case UNIT_SECTION:
		return say("課・室");
	case UNIT_OTHER:
		return say("その他");
	}
	return "";
}

bool
unit_kind_read(struct text words, enum unit_kind *kind)
{
	static const struct {
		const char *words;
		enum unit_kind kind;
	} known[] = {
		{ "body", UNIT_BODY },	     { "団体", UNIT_BODY },	  { "bureau", UNIT_BUREAU },
		{ "局", UNIT_BUREAU },	     { "部", UNIT_BUREAU },	  { "局・部", UNIT_BUREAU },
		{ "部局", UNIT_BUREAU },     { "section", UNIT_SECTION }, { "課", UNIT_SECTION },
		{ "室", UNIT_SECTION },	     { "課・室", UNIT_SECTION },  { "課室", UNIT_SECTION },
		{ "other", UNIT_OTHER },     { "その他", UNIT_OTHER },	  { "係", UNIT_OTHER },
		{ "担当", UNIT_OTHER },	     { "グループ", UNIT_OTHER },
	};
	words = text_trim(words);
	for (size_t at = 0; at < sizeof known / sizeof *known; at++) {
		if (text_is(words, known[at].words)) {
			*kind = known[at].kind;
			return true;
		}
	}
	return false;
}

static const char *const right_codes[RIGHT_COUNT] = { "public", "self", "apply", "decide",
	"people.read", "people.edit", "ledger.read", "ledger.write", "dossier.read", "map.read",
	"journal.read", "settings", "accounts" };

const char *
right_code(enum right right)
{
	return right < RIGHT_COUNT ? right_codes[right] : "";
}

bool
right_read(struct text code, enum right *right)
{
	for (int at = 0; at < RIGHT_COUNT; at++) {
		if (text_is(code, right_codes[at])) {
			*right = (enum right)at;
			return true;
		}
	}
	return false;
}

static const char *const grant_kinds[] = { "operator", "people", "ledger", "auditor" };

const char *
grant_kind_code(enum grant_kind kind)
{
	return grant_kinds[kind];
}

const char *
grant_kind_words(enum grant_kind kind)
{
	switch (kind) {
	case GRANT_OPERATOR:
		return say("番所の管理者");
	case GRANT_PEOPLE:
		return say("組織・職員の担当");
	case GRANT_LEDGER:
		return say("台帳の担当");
	case GRANT_AUDITOR:
		return say("監査の担当");
	}
	return "";
}

bool
grant_kind_read(struct text code, enum grant_kind *kind)
{
	for (int at = 0; at < 4; at++) {
		if (text_is(code, grant_kinds[at])) {
			*kind = (enum grant_kind)at;
			return true;
		}
	}
	return false;
}

struct error *
people_parameter(struct look *look, const struct pack *pack, const char *code, int64_t fallback,
		 int64_t *value)
{
	const struct pack_parameter *parameter = pack == NULL ? NULL
							     : pack_parameter(pack, text_of(code));
	struct text set;
	TRY(store_setting(look, text_format(look->arena, "parameter.%s", code), &set));
	int64_t result = parameter != NULL ? parameter->usual : fallback;
	const int64_t least = parameter != NULL ? parameter->least : 0;
	const int64_t most = parameter != NULL ? parameter->most : 1000000;
	(void)number_read(set, least, most, &result); /* else the usual one stays */
	*value = result;
	return OK;
}
