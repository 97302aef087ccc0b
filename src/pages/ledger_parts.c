/* What the pages of a ledger share. */
#include "pages/ledger_pages.h"

#include "base/number.h"

struct error *
ledger_of(const struct visit *visit, const struct pack_ledger **ledger)
{
	*ledger = pack_ledger(visit->office->pack, capture_text(visit->captures, "code"));
	if (*ledger == NULL)
		return missing("その台帳は、今の方針にはありません。");
	return OK;
}

struct error *
ledger_row_of(struct look *look, struct visit *visit, struct ledger_row *row)
{
	const struct pack_ledger *ledger;
	TRY(ledger_of(visit, &ledger));
	TRY(ledger_read(look, visit->office->pack, (struct row_id){ visit_id(visit, "id") }, row));
	if (row->ledger != ledger)
		return missing("この台帳にその記録はありません。");
	return visit_must_reach(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ row->owner });
}

struct error *
ledger_row_to_change(struct look *look, struct visit *visit, struct ledger_row *row)
{
	TRY(ledger_row_of(look, visit, row));
	TRY(visit_must_reach(look, visit, RIGHT_LEDGER_WRITE, (struct unit_id){ row->owner }));
	if (row->state == ROW_RETIRED)
		return conflict("この記録はすでに閉じられているので、変更できません。");
	return OK;
}

bool
may_write(struct look *look, struct visit *visit, int64_t unit)
{
	return visit_reaches(look, visit, RIGHT_LEDGER_WRITE, (struct unit_id){ unit });
}

struct url
ledger_url(struct visit *visit, const struct pack_ledger *ledger)
{
	return url_of(visit->arena, "/ledger/{}", ledger->code);
}

struct error *
confirm_since(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	      struct moment *since)
{
	const struct pack_parameter *confirm = ledger->confirm;
	int64_t days = 0;
	since->ms = 0;
	if (confirm == NULL)
		return OK;
	TRY(people_parameter(look, visit->office->pack, text_z(visit->arena, confirm->code),
			     confirm->usual, &days));
	since->ms = visit->now.ms - days * 86400000; /* a parameter is bounded */
	return OK;
}

/* ---- The list's form ---- */

static const struct pack_axis *
axis_of(const struct pack_ledger *ledger)
{
	return ledger->class_field != NULL ? ledger->class_field->axis : NULL;
}

static enum ledger_sort
sort_of(struct text code)
{
	return text_is(code, "title")	? SORT_TITLE :
	       text_is(code, "class")	? SORT_CLASS :
	       text_is(code, "changed") ? SORT_CHANGED :
					  SORT_NUMBER;
}

/* Nothing chosen: what the visitor may see, which must be said to the query. */
static struct error *
keep_within(struct look *look, struct visit *visit, struct listing *listing)
{
	const struct reach *reach = &visit->rights.at[RIGHT_LEDGER_READ];
	if (listing->unit.no != 0) {
		TRY(visit_must_reach(look, visit, RIGHT_LEDGER_READ, listing->unit));
		listing->query.within = &listing->unit;
		listing->query.within_count = 1;
		return OK;
	}
	if (reach->may && reach->is_all)
		return OK;
	if (!reach->may || reach->count == 0)
		return refuse("この台帳を見る権限がありません。");
	listing->query.within = reach->units;
	listing->query.within_count = reach->count;
	return OK;
}

static void
add_said(struct writer *said, const char *what, struct text words)
{
	if (said->len != 0)
		write_z(said, "、");
	write_z(said, what);
	write_text(said, words);
}

static void
say_narrowing(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	      struct listing *listing)
{
	struct writer said = writer_open(visit->arena, 4096);
	const struct ledger_query *query = &listing->query;
	if (listing->unit.no != 0)
		add_said(&said, say("所属: "), unit_name(look, listing->unit.no));
	if (query->class_code.len != 0)
		add_said(&said, say("分類: "),
			 words_now(axis_value(axis_of(ledger), query->class_code)->name));
	if (query->words.len != 0)
		add_said(&said, say("言葉: "), query->words);
	if (query->state == ROW_RETIRED)
		add_said(&said, say("閉じた記録"), T(""));
	if (query->is_unconfirmed)
		add_said(&said, say("確認が必要なもの"), T(""));
	listing->said = writer_text(&said);
	listing->is_narrowed = listing->said.len != 0;
}

static void
add_base(struct visit *visit, struct listing *listing, const char *name, struct text value)
{
	if (value.len != 0)
		listing->base = url_query(visit->arena, listing->base, name, value);
}

struct error *
listing_read(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	     struct url base, struct listing *listing)
{
	const struct text class_code = visit_text(visit, "class");
	const struct pack_axis *axis = axis_of(ledger);
	*listing = (struct listing){
		.query = { .words = text_trim(visit_text(visit, "q")),
			   .sort = sort_of(visit_text(visit, "sort")),
			   .is_unconfirmed = visit_text(visit, "unconfirmed").len != 0 },
		.base = base,
	};
	(void)number_read(text_trim(visit_text(visit, "unit")), 1, INT64_MAX, &listing->unit.no);
	if (text_is(visit_text(visit, "state"), "retired"))
		listing->query.state = ROW_RETIRED;
	if (axis != NULL && class_code.len != 0 && axis_value(axis, class_code) != NULL)
		listing->query.class_code = class_code;
	if (listing->query.words.len > 200)
		return reject("q", "探す言葉が長すぎます。短くしてください。");
	TRY(confirm_since(look, visit, ledger, &listing->query.unconfirmed_before));
	TRY(keep_within(look, visit, listing));
	add_base(visit, listing, "q", listing->query.words);
	if (listing->unit.no != 0)
		listing->base = url_query_number(visit->arena, listing->base, "unit", listing->unit.no);
	add_base(visit, listing, "class", listing->query.class_code);
	if (listing->query.state == ROW_RETIRED)
		add_base(visit, listing, "state", T("retired"));
	if (listing->query.is_unconfirmed)
		add_base(visit, listing, "unconfirmed", T("1"));
	if (listing->query.sort != SORT_NUMBER)
		add_base(visit, listing, "sort", visit_text(visit, "sort"));
	say_narrowing(look, visit, ledger, listing);
	return OK;
}

struct reached {
	struct field_option *options;
	size_t count;
};

static struct error *
pick_reached(struct look *look, struct visit *visit, enum right right, struct reached *reached)
{
	struct field_option *all;
	size_t count;
	const struct reach *reach = &visit->rights.at[right];
	TRY(unit_options(look, visit, &all, &count));
	reached->options = ARENA_ARRAY(look->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++) {
		bool reaches = reach->is_all;
		int64_t unit;
		if (!reaches && number_read(all[at].value, 1, INT64_MAX, &unit))
			TRY(rights_reach(look, &visit->rights, right, (struct unit_id){ unit },
					 &reaches));
		if (reaches)
			reached->options[reached->count++] = all[at];
	}
	return OK;
}

static const struct kept_kind reached_kept = { "units within reach" };

/* The same for everybody with the same rights; the person and the day stand for those. */
struct error *
reach_options(struct look *look, struct visit *visit, enum right right,
	      struct field_option **options, size_t *count)
{
	const struct kept_key key = { &reached_kept, visit->office->pack, visit->rights.person.no,
				      visit->today.no * RIGHT_COUNT + (int64_t)right };
	const struct reached *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct reached *made = ARENA_NEW(keeping.arena, struct reached);
		TRY(pick_reached(&keeping, visit, right, made));
		look_keep(&keeping, &key, made);
		kept = made;
	}
	*options = kept->options;
	*count = kept->count;
	return OK;
}
