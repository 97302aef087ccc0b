/* Which reconciliation, addresses and words that its pages share. */
#include "pages/reconcile_pages.h"

bool
reconcile_sees(const struct visit *visit)
{
	return visit->rights.at[RIGHT_LEDGER_READ].is_all;
}

struct error *
reconcile_must_see(const struct visit *visit)
{
	if (reconcile_sees(visit))
		return OK;
	return refuse("突き合わせは団体の全体の一覧を扱うので、全体の台帳を見られる人だけが開けます。");
}

struct error *
reconcile_of(const struct visit *visit, const struct pack_reconcile **of)
{
	TRY(reconcile_must_see(visit));
	*of = pack_reconcile(visit->office->pack, capture_text(visit->captures, "code"));
	if (*of == NULL)
		return missing("その突き合わせは、今の方針にありません。一覧から選んでください。");
	return OK;
}

struct error *
reconcile_owned(struct look *look, const struct visit *visit, const struct pack_reconcile **of)
{
	bool may;
	TRY(reconcile_of(visit, of));
	TRY(reconcile_may(look, *of, visit->session.person, &may));
	if (!may)
		return refuse("この突き合わせを行えるのは、%.*sだけです。",
			      T_ARG(words_now((*of)->owner->name)));
	return OK;
}

struct url
reconcile_url(struct arena *arena, const struct pack_reconcile *of)
{
	return url_of(arena, "/reconciliations/{}", of->code);
}

struct url
reconcile_run_url(struct arena *arena, const struct reconcile_run *run)
{
	return url_make(arena, "/reconciliations/{}/runs/{}", 2,
			(struct text[]){ run->code, text_number(arena, run->id.no) });
}

struct url
difference_url(struct arena *arena, struct difference_id id)
{
	return url_of_number(arena, "/reconciliations/differences/{}", id.no);
}

struct text
difference_tag(enum difference_state state)
{
	switch (state) {
	case DIFFERENCE_OPEN:
		return T("wait");
	case DIFFERENCE_LATE:
		return T("stop");
	case DIFFERENCE_EXPLAINED:
	case DIFFERENCE_GONE:
	case DIFFERENCE_STATES:
		break;
	}
	return T("off");
}

static bool
has_fail(struct text fails, size_t no)
{
	struct text one, rest = fails;
	while (rest.len != 0) {
		struct text behind = T("");
		(void)text_cut(rest, ',', &one, &behind);
		if (one.len != 0 && (size_t)(one.data[0] - '0') == no && one.len == 1)
			return true;
		if (one.len == 2 && (size_t)((one.data[0] - '0') * 10 + one.data[1] - '0') == no)
			return true;
		rest = behind;
	}
	return false;
}

struct text
difference_why(struct arena *arena, const struct pack_reconcile *of, const struct difference *one)
{
	struct text words = difference_words(arena, of, one->kind);
	bool is_first = true;
	for (size_t at = 0; at < of->compares_count; at++) {
		if (!has_fail(one->fails, at + 1))
			continue;
		words = text_format(arena, "%.*s%s%.*s", T_ARG(words), is_first ? ": " : say("、"),
				    T_ARG(words_now(of->compares[at].name)));
		is_first = false;
	}
	return words;
}

struct text
cell_words(struct arena *arena, const struct pack_field *field, struct text value)
{
	switch (field->kind) {
	case FIELD_DAY:
	case FIELD_MOMENT:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
	case FIELD_YES_NO:
	case FIELD_CLASS:
		return field_show(arena, field, value);
	case FIELD_TEXT: /* names of units, persons and rows stand there in words already */
	case FIELD_LONG_TEXT:
	case FIELD_PERIOD:
	case FIELD_NUMBER:
	case FIELD_ASSET:
	case FIELD_ASSETS:
	case FIELD_PERSON:
	case FIELD_UNIT:
	case FIELD_SERIALS:
	case FIELD_FILE:
	case FIELD_CLAUSES:
		break;
	}
	return value;
}

struct text
difference_cells(struct arena *arena, const struct pack_reconcile *of, const struct difference *one,
		 enum pack_side side)
{
	const struct pack_field *columns[RECONCILE_MOST_COLUMNS];
	const size_t count = reconcile_columns(of, side, columns);
	struct ledger_value *values;
	struct text words = T("");
	size_t values_count;
	if (difference_row(arena, one, side, &values, &values_count) != OK)
		return words;
	for (size_t at = 0; at < count; at++)
		for (size_t i = 0; i < values_count; i++) {
			if (!text_same(values[i].name, columns[at]->name))
				continue;
			words = text_format(arena, "%.*s%s%.*s %.*s", T_ARG(words),
					    words.len == 0 ? "" : say("、"),
					    T_ARG(words_now(columns[at]->label)),
					    T_ARG(cell_words(arena, columns[at], values[i].value)));
		}
	return words;
}

struct text
stand_words(struct arena *arena, const struct reconcile_stand *stand)
{
	if (!stand->has_run)
		return text_of(say("まだ行っていない"));
	if (stand->late != 0)
		return text_format(arena, say("期限を過ぎた違い%lld件"), (long long)stand->late);
	if (stand->is_overdue)
		return text_of(say("期限を過ぎている"));
	if (stand->open != 0)
		return text_format(arena, say("違い%lld件"), (long long)stand->open);
	if (stand->is_empty)
		return text_of(say("比べるものがなかった"));
	return text_of(say("合っている"));
}

struct text
stand_tag(const struct reconcile_stand *stand)
{
	if (!stand->has_run || stand->late != 0 || stand->is_overdue)
		return T("stop");
	if (stand->open != 0)
		return T("wait");
	return stand->is_empty ? T("off") : T("go");
}
