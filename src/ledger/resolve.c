/* Whom or what people mean when they write a unit, an asset or a person in a list or a box. */
#include "ledger/rooms.h"

#include "base/number.h"

static struct text
number_words(struct look *look, int64_t number)
{
	return text_format(look->arena, "%lld", (long long)number);
}

static const char *
name_of(struct look *look, const struct pack_field *field)
{
	return text_z(look->arena, field->name);
}

/* Do the folded words say the unit's name with one or more of those above it in front? */
static struct error *
is_path(struct look *look, struct text folded, int64_t unit, bool *is_it)
{
	struct unit *path;
	size_t count;
	struct text said = T("");
	*is_it = false;
	TRY(people_unit_path(look, (struct unit_id){ unit }, &path, &count));
	for (size_t at = 0; at < count && !*is_it && said.len < folded.len; at++) {
		said = text_join(look->arena, text_fold(look->arena, path[at].name), said);
		*is_it = text_same(said, folded);
	}
	return OK;
}

/* 総務局情報政策課, 総務局　情報政策課. */
static struct error *
unit_by_path(struct look *look, struct text typed, int64_t *unit, size_t *count)
{
	struct ledger_unit_ending_row *rows;
	size_t rows_count;
	const struct text folded = text_fold(look->arena, typed);
	*count = 0;
	TRY(ledger_unit_ending(look,
			       &(struct ledger_unit_ending_in){ typed, moment_day(look->now).no },
			       &rows, &rows_count));
	for (size_t at = 0; at < rows_count; at++) {
		bool is_it;
		TRY(is_path(look, folded, rows[at].id, &is_it));
		if (!is_it)
			continue;
		*unit = rows[at].id;
		(*count)++;
	}
	return OK;
}

static struct error *
resolve_unit(struct look *look, const struct pack_field *field, struct text typed,
	     struct text *value)
{
	struct ledger_unit_called_row *rows;
	size_t count;
	int64_t unit = 0;
	TRY(ledger_unit_called(look,
			       &(struct ledger_unit_called_in){ typed, moment_day(look->now).no },
			       &rows, &count));
	if (count == 2 && rows[0].is_code != 0)
		count = 1;
	if (count == 1)
		unit = rows[0].id;
	if (count == 0)
		TRY(unit_by_path(look, typed, &unit, &count));
	if (count > 1)
		return reject(name_of(look, field),
			      "「%.*s」という所属が二つ以上あります。所属コードか、局からの名前で書いてください。",
			      T_ARG(typed));
	if (count == 0)
		return reject(name_of(look, field),
			      "「%.*s」という所属はありません。所属の名前かコードを書いてください。",
			      T_ARG(typed));
	*value = number_words(look, unit);
	return OK;
}

/* 台帳番号, alone or with the name behind it as lists show it: "12 住民基本台帳". */
static struct error *
resolve_asset(struct look *look, const struct pack_field *field, struct text typed,
	      struct text *value)
{
	struct ledger_row_by_number_row row;
	struct text head, rest;
	int64_t number;
	bool found = false;
	(void)text_cut(typed, ' ', &head, &rest);
	if (field->of != NULL && number_read(head, 1, INT64_MAX, &number))
		TRY(ledger_row_by_number(look,
					 &(struct ledger_row_by_number_in){ field->of->code, number },
					 &found, &row));
	if (!found)
		return reject(name_of(look, field),
			      "「%.*s」という台帳番号の記録はありません。台帳の一覧で番号を確かめてください。",
			      T_ARG(typed));
	*value = number_words(look, row.id);
	return OK;
}

static struct error *
resolve_person(struct look *look, const struct pack_field *field, struct text typed,
	       struct text *value)
{
	struct person_id person;
	size_t count;
	TRY(people_called(look, typed, &person, &count));
	if (count != 1)
		return reject(name_of(look, field),
			      "「%.*s」がだれか分かりません。職員番号で書いてください。", T_ARG(typed));
	*value = number_words(look, person.no);
	return OK;
}

struct error *
ledger_resolve(struct look *look, const struct pack_field *field, struct text typed,
	       struct text *value)
{
	const struct text words = text_trim(typed);
	if (words.len != 0 && field->kind == FIELD_UNIT)
		return resolve_unit(look, field, words, value);
	if (words.len != 0 && field->kind == FIELD_ASSET)
		return resolve_asset(look, field, words, value);
	if (words.len != 0 && field->kind == FIELD_PERSON)
		return resolve_person(look, field, words, value);
	*value = typed;
	return OK;
}
