#include "policy/policy.h"

#include "base/day.h"
#include "base/number.h"
#include "base/say.h"
#include "base/writer.h"

enum {
	VALUE_MOST_LINE = 400,   /* characters of a one-line text when the pack sets no limit */
	VALUE_MOST_TEXT = 8000,  /* of a long text */
	VALUE_MOST_ITEMS = 1000, /* of a list */
	VALUE_MOST_BYTES = 256 << 10,
};

bool
value_next(struct text *rest, struct text *item)
{
	while (rest->len > 0) {
		struct text head;
		struct text tail = {"", 0};
		if (!text_cut(*rest, '\n', &head, &tail))
			tail = (struct text){"", 0};
		*rest = tail;
		if (head.len == 0)
			continue;
		*item = head;
		return true;
	}
	return false;
}

void
value_halves(struct text item, struct text *first, struct text *second)
{
	*second = (struct text){"", 0};
	if (!text_cut(item, '\t', first, second))
		*first = item;
}

bool
value_period(struct text value, struct day *from, struct day *until)
{
	struct text head;
	struct text tail;

	return text_cut(value, '/', &head, &tail) && day_read(head, from) &&
	       day_read(tail, until);
}

static const char *
name_of(struct arena *into, const struct pack_field *field)
{
	return text_z(into, field->name);
}

static struct error *
check_length(struct arena *into, const struct pack_field *field, struct text text)
{
	const int64_t usual =
		field->kind == FIELD_LONG_TEXT ? VALUE_MOST_TEXT : VALUE_MOST_LINE;
	const int64_t most = field->has_most ? field->most : usual;
	const int64_t count = (int64_t)text_count(text); /* bounded by VALUE_MOST_BYTES */

	if (count > most)
		return reject(name_of(into, field),
			      "%lld 文字あります。%lld 文字までにしてください。",
			      (long long)count, (long long)most);
	if (field->has_least && count < field->least)
		return reject(name_of(into, field), "%lld 文字以上で書いてください。",
			      (long long)field->least);
	return OK;
}

static struct error *
read_text(struct arena *into, const struct pack_field *field, struct text typed,
	  struct text *value)
{
	const struct text plain = text_replace(into, typed, T("\r\n"), T("\n"));
	const struct text clean = text_trim(text_replace(into, plain, T("\r"), T("\n")));

	if (field->kind == FIELD_TEXT && text_has(clean, T("\n")))
		return reject(name_of(into, field), "改行を入れずに一行で書いてください。");
	TRY(check_length(into, field, clean));
	*value = text_copy(into, clean);
	return OK;
}

static struct error *
read_day(struct arena *into, const struct pack_field *field, struct text typed,
	 struct text *value)
{
	struct day day;

	if (!day_read(text_trim(typed), &day))
		return reject(name_of(into, field), "日付として読めません。2026-11-21 や "
						    "令和8年11月21日 のように書いてください。");
	*value = day_iso(into, day);
	return OK;
}

static struct error *
read_moment(struct arena *into, const struct pack_field *field, struct text typed,
	    struct text *value)
{
	struct moment moment;

	if (!moment_read(text_trim(typed), &moment))
		return reject(
			name_of(into, field),
			"日時として読めません。2026-11-21 09:30 のように書いてください。");
	*value = moment_local(into, moment);
	return OK;
}

/* "from/until", also with 〜 ～ ~ or from alone (one day). */
static struct error *
read_period(struct arena *into, const struct pack_field *field, struct text typed,
	    struct text *value)
{
	struct text text = text_replace(into, typed, T("〜"), T("~"));
	text = text_replace(into, text, T("～"), T("~"));
	text = text_trim(text_replace(into, text, T("から"), T("~")));
	struct text head;
	struct text tail;
	struct day from;
	struct day until;
	bool is_pair = text_cut(text, '~', &head, &tail);

	if (!is_pair && text.len == 21)
		is_pair = text_cut(text, '/', &head, &tail);
	if (!is_pair)
		head = tail = text;
	if (!day_read(text_trim(head), &from) || !day_read(text_trim(tail), &until))
		return reject(name_of(into, field), "期間として読めません。2026-11-21～2027-03-"
						    "31 のように書いてください。");
	if (until.no < from.no)
		return reject(name_of(into, field),
			      "終わりの日が始まりの日より前です。日付を確かめてください。");
	*value = text_format(into, "%.*s/%.*s", T_ARG(day_iso(into, from)),
			     T_ARG(day_iso(into, until)));
	return OK;
}

static struct error *
read_number(struct arena *into, const struct pack_field *field, struct text typed,
	    struct text *value)
{
	const int64_t least = field->has_least ? field->least : -1000000000000;
	const int64_t most = field->has_most ? field->most : 1000000000000;
	const struct text plain =
		text_replace(into, text_trim(text_narrow(into, typed)), T(","), T(""));
	int64_t number;

	if (!number_read(plain, least, most, &number))
		return reject(name_of(into, field),
			      "%lld から %lld までの整数を書いてください。", (long long)least,
			      (long long)most);
	*value = text_format(into, "%lld", (long long)number);
	return OK;
}

static bool
sounds_like(struct arena *into, struct text folded, struct text other)
{
	return other.len > 0 && text_same(folded, text_fold(into, other));
}

static const struct pack_choice *
choice_of(struct arena *into, const struct pack_field *field, struct text typed)
{
	const struct text trimmed = text_trim(typed);
	const struct pack_choice *exact = field_choice(field, trimmed);
	const struct text folded = text_fold(into, trimmed);

	if (exact != NULL)
		return exact;
	for (size_t i = 0; i < field->choices_count; i++) {
		const struct pack_choice *at = &field->choices[i];
		if (sounds_like(into, folded, at->code) ||
		    sounds_like(into, folded, at->words.ja) ||
		    sounds_like(into, folded, at->words.en))
			return at;
		for (size_t j = 0; j < at->aliases_count; j++)
			if (sounds_like(into, folded, at->aliases[j]))
				return at;
	}
	return NULL;
}

static struct text
choices_listed(struct arena *into, const struct pack_field *field)
{
	struct writer out = writer_open(into, 4096);

	for (size_t i = 0; i < field->choices_count; i++) {
		if (i > 0)
			write_z(&out, "、");
		write_text(&out, words_now(field->choices[i].words));
	}
	return writer_text(&out);
}

static struct error *
not_a_choice(struct arena *into, const struct pack_field *field, struct text typed)
{
	return reject(name_of(into, field), "「%.*s」は選べません。選べるもの: %.*s",
		      T_ARG(text_first(typed, typed.len < 200 ? typed.len : 0)),
		      T_ARG(choices_listed(into, field)));
}

static struct error *
read_choice(struct arena *into, const struct pack_field *field, struct text typed,
	    struct text *value)
{
	const struct pack_choice *choice = choice_of(into, field, typed);

	if (choice == NULL)
		return not_a_choice(into, field, typed);
	*value = choice->code;
	return OK;
}

/* Items stand one per line, or between 「、」 or commas as people's lists have them. */
static struct error *
read_choices(struct arena *into, const struct pack_field *field, struct text typed,
	     struct text *value)
{
	struct text rest = text_replace(into, text_replace(into, typed, T("、"), T("\n")),
					T(","), T("\n"));
	struct text item;
	bool *is_chosen = ARENA_ARRAY(into, bool, field->choices_count + 1);
	struct writer out = writer_open(into, VALUE_MOST_BYTES);

	while (value_next(&rest, &item)) {
		if (text_is_blank(item))
			continue;
		const struct pack_choice *choice = choice_of(into, field, item);
		if (choice == NULL)
			return not_a_choice(into, field, item);
		is_chosen[choice - field->choices] = true;
	}
	for (size_t i = 0; i < field->choices_count; i++) {
		if (!is_chosen[i])
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, field->choices[i].code);
	}
	*value = writer_text(&out);
	return OK;
}

static struct error *
read_yes_no(struct arena *into, const struct pack_field *field, struct text typed,
	    struct text *value)
{
	static const char *const yes[] = {"yes", "はい", "有", "あり", "○", "1", "true", "on"};
	static const char *const no[] = {"no", "いいえ", "無",    "なし",
					 "×",  "0",      "false", "off"};
	const struct text folded = text_fold(into, typed);

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (!sounds_like(into, folded, text_of(yes[i])) &&
		    !sounds_like(into, folded, text_of(no[i])))
			continue;
		*value = sounds_like(into, folded, text_of(yes[i])) ? T("yes") : T("no");
		return OK;
	}
	return reject(name_of(into, field), "「はい」か「いいえ」で答えてください。");
}

static struct error *
read_row(struct arena *into, const struct pack_field *field, struct text typed,
	 struct text *value)
{
	int64_t number;

	if (!number_read(text_trim(typed), 1, INT64_MAX, &number))
		return reject(name_of(into, field), "一覧から選んでください。");
	*value = text_format(into, "%lld", (long long)number);
	return OK;
}

static struct error *
check_items(struct arena *into, const struct pack_field *field, int64_t count)
{
	const int64_t most = field->has_most ? field->most : VALUE_MOST_ITEMS;

	if (count > most)
		return reject(
			name_of(into, field),
			"%lld 件あります。%lld 件までにして、残りは別の申請にしてください。",
			(long long)count, (long long)most);
	if (field->has_least && count > 0 && count < field->least)
		return reject(name_of(into, field), "%lld 件以上にしてください。",
			      (long long)field->least);
	return OK;
}

/* Is `line` already one of the lines of `list`? With `is_key`, compare up to the tab only. */
static bool
has_line(struct text list, struct text line)
{
	struct text wanted;
	struct text ignored;
	struct text item;

	value_halves(line, &wanted, &ignored);
	while (value_next(&list, &item)) {
		struct text first;
		value_halves(item, &first, &ignored);
		if (text_same(first, wanted))
			return true;
	}
	return false;
}

static struct error *
read_rows(struct arena *into, const struct pack_field *field, struct text typed,
	  struct text *value)
{
	struct text rest = text_replace(into, typed, T(","), T("\n"));
	struct text item;
	struct writer out = writer_open(into, VALUE_MOST_BYTES);
	int64_t count = 0;

	while (value_next(&rest, &item)) {
		struct text number;
		if (text_is_blank(item))
			continue;
		if (++count > VALUE_MOST_ITEMS)
			break;
		TRY(read_row(into, field, item, &number));
		if (has_line(writer_text(&out), number))
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, number);
	}
	TRY(check_items(into, field, count));
	*value = writer_text(&out);
	return OK;
}

static struct error *
read_serials(struct arena *into, const struct pack_field *field, struct text typed,
	     struct text *value)
{
	struct text rest = text_replace(into, typed, T("\r"), T("\n"));
	struct text item;
	struct writer out = writer_open(into, VALUE_MOST_BYTES);
	int64_t count = 0;

	while (value_next(&rest, &item)) {
		struct text serial;
		struct text what;
		value_halves(text_trim(item), &serial, &what);
		serial = text_trim(serial);
		if (serial.len == 0)
			continue;
		if (has_line(writer_text(&out), serial))
			return reject(
				name_of(into, field),
				"「%.*"
				"s」が二度書かれています。一行に一つずつ、同じ番号は一度だけに"
				"してください。",
				T_ARG(text_first(serial, serial.len < 200 ? serial.len : 0)));
		if (++count > VALUE_MOST_ITEMS)
			break;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, serial);
		if (what.len > 0) {
			write_byte(&out, '\t');
			write_text(&out, text_trim(text_replace(into, what, T("\t"), T(" "))));
		}
	}
	TRY(check_items(into, field, count));
	*value = writer_text(&out);
	return OK;
}

/* A duty by its id, or by its number as the document prints it. */
static const struct pack_clause *
clause_of(struct arena *into, const struct pack *pack, struct text typed)
{
	const struct pack_clause *clause = pack_clause(pack, typed);
	const struct text folded = text_fold(into, typed);

	for (size_t i = 0; clause == NULL && i < pack->clauses_count; i++)
		if (sounds_like(into, folded, pack->clauses[i].number))
			clause = &pack->clauses[i];
	return clause;
}

static struct error *
read_clauses(struct arena *into, const struct pack_field *field, struct text typed,
	     struct text *value)
{
	struct text rest = text_narrow(into, typed);
	struct text item;
	struct writer out = writer_open(into, VALUE_MOST_BYTES);
	int64_t count = 0;

	rest = text_replace(into, text_replace(into, rest, T("、"), T("\n")), T(","), T("\n"));
	rest = text_replace(into, rest, T("\r"), T("\n"));
	while (value_next(&rest, &item)) {
		item = text_trim(item);
		if (item.len == 0)
			continue;
		if (++count > VALUE_MOST_ITEMS)
			break;
		const struct text said = text_first(item, item.len < 200 ? item.len : 0);
		const struct pack_clause *clause = clause_of(into, field->pack, item);
		if (clause == NULL)
			return reject(
				name_of(into, field),
				"条項「%.*s」はこの方針にありません。条項の番号を一行に一つずつ"
				"書いてください。",
				T_ARG(said));
		if (!clause->is_duty)
			return reject(name_of(into, field),
				      "「%.*s」は見出しです。その下の条項を選んでください。",
				      T_ARG(said));
		if (has_line(writer_text(&out), clause->id))
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, clause->id);
	}
	TRY(check_items(into, field, count));
	*value = writer_text(&out);
	return OK;
}

static struct error *
read_class(struct arena *into, const struct pack_field *field, struct text typed,
	   struct text *value)
{
	const struct text folded = text_fold(into, typed);
	struct writer out = writer_open(into, 4096);

	for (size_t i = 0; i < field->axis->values_count; i++) {
		const struct pack_class *class = &field->axis->values[i];
		if (sounds_like(into, folded, class->code) ||
		    sounds_like(into, folded, class->name.ja) ||
		    sounds_like(into, folded, class->name.en) ||
		    sounds_like(into, folded, class->mark.ja)) {
			*value = class->code;
			return OK;
		}
		if (i > 0)
			write_z(&out, "、");
		write_text(&out, words_now(class->name));
	}
	return reject(name_of(into, field), "「%.*s」という分類はありません。選べるもの: %.*s",
		      T_ARG(text_first(typed, typed.len < 200 ? typed.len : 0)),
		      T_ARG(writer_text(&out)));
}

static struct error *
read_file(struct arena *into, const struct pack_field *field, struct text typed,
	  struct text *value)
{
	struct hash hash;
	struct text digest;
	struct text name;

	value_halves(text_trim(typed), &digest, &name);
	if (!hash_read_hex(digest, &hash))
		return reject(name_of(into, field),
			      "ファイルを選び直してください（SHA-256の値ではありません）。");
	name = text_trim(name);
	TRY(check_length(into, field, name));
	*value = name.len == 0 ? hash_hex(into, &hash)
			       : text_format(into, "%.*s\t%.*s", T_ARG(hash_hex(into, &hash)),
					     T_ARG(name));
	return OK;
}

struct error *
field_read(struct arena *into, const struct pack_field *field, struct text typed,
	   struct text *value)
{
	if (text_is_blank(typed)) {
		*value = (struct text){"", 0};
		return OK;
	}
	if (typed.len > VALUE_MOST_BYTES)
		return reject(name_of(into, field), "長すぎます。%d バイトまでです。",
			      VALUE_MOST_BYTES);
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
		return read_text(into, field, typed, value);
	case FIELD_DAY:
		return read_day(into, field, typed, value);
	case FIELD_MOMENT:
		return read_moment(into, field, typed, value);
	case FIELD_PERIOD:
		return read_period(into, field, typed, value);
	case FIELD_NUMBER:
		return read_number(into, field, typed, value);
	case FIELD_CHOICE:
		return read_choice(into, field, typed, value);
	case FIELD_CHOICES:
		return read_choices(into, field, typed, value);
	case FIELD_YES_NO:
		return read_yes_no(into, field, typed, value);
	case FIELD_ASSET:
	case FIELD_PERSON:
	case FIELD_UNIT:
		return read_row(into, field, typed, value);
	case FIELD_ASSETS:
		return read_rows(into, field, typed, value);
	case FIELD_CLASS:
		return read_class(into, field, typed, value);
	case FIELD_SERIALS:
		return read_serials(into, field, typed, value);
	case FIELD_CLAUSES:
		return read_clauses(into, field, typed, value);
	case FIELD_FILE:
		return read_file(into, field, typed, value);
	}
	return broken("知らない種類の項目です。");
}
