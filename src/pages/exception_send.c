/* The register of exceptions as CSV and XLSX. On the pool. */
#include "pages/exception_send.h"

#include "pages/list_pages.h"

#include "base/writer.h"

static struct text
clauses_words(struct visit *visit, const struct flow_exception *one)
{
	struct writer out = writer_open(visit->arena, 1 << 20);
	for (size_t at = 0; at < one->clauses_count; at++) {
		const struct pack_clause *clause = pack_clause(visit->office->pack, one->clauses[at]);
		if (at != 0)
			write_byte(&out, '\n');
		write_text(&out, clause != NULL ? clause->number : one->clauses[at]);
	}
	return writer_text(&out);
}

static void
put_row(struct visit *visit, struct rows_out *out, const struct flow_exception *one)
{
	struct rows_cell *cell = rows_next(out);
	const struct day none = DAY_NONE;
	*cell++ = rows_words(one->number);
	*cell++ = rows_words(text_of(exception_state_words(one->state)));
	*cell++ = rows_words(text_of(one->is_emergency ? say("緊急") : ""));
	*cell++ = rows_words(clauses_words(visit, one));
	*cell++ = rows_words(one->measure);
	*cell++ = rows_day(one->from);
	*cell++ = rows_day(one->until);
	*cell++ = rows_words(text_of(one->is_default_end ? say("方針が決めた日数") : ""));
	*cell++ = rows_words(one->applicant_name);
	*cell++ = rows_words(one->unit_name);
	*cell++ = rows_day(one->reviewed.ms != 0 ? moment_day(one->reviewed) : none);
	*cell++ = rows_day(one->closed.ms != 0 ? moment_day(one->closed) : none);
	*cell = rows_words(one->result);
}

struct error *
exceptions_send(struct look *look, struct visit *visit, struct text said,
		const struct flow_exception *list, size_t count)
{
	const struct rows_column columns[] = {
		{ text_of(say("番号")), 20 },	      { text_of(say("状態")), 16 },
		{ text_of(say("緊急")), 8 },	      { text_of(say("例外にした条項")), 24 },
		{ text_of(say("代わりの措置")), 40 },  { text_of(say("いつから")), 16 },
		{ text_of(say("いつまで")), 16 },      { text_of(say("終わりの決め方")), 18 },
		{ text_of(say("申請した人")), 16 },    { text_of(say("所属")), 20 },
		{ text_of(say("最後に見直した日")), 16 }, { text_of(say("終わった日")), 16 },
		{ text_of(say("結果")), 40 },
	};
	struct rows_out out = rows_begin(visit->arena, text_of(say("例外措置の記録")), columns,
					 sizeof columns / sizeof *columns, count + 1);
	out.said = said;
	for (size_t at = 0; at < count; at++)
		put_row(visit, &out, &list[at]);
	return rows_send(look, visit, &out);
}
