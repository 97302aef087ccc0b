/* The register of exceptions, and where rules are bent. */
#include "flow/rooms.h"

#include "base/writer.h"

const char *
exception_state_words(enum exception_state state)
{
	switch (state) {
	case EXCEPTION_LIVING:
		return say("例外措置中");
	case EXCEPTION_RUN_OUT:
		return say("期限切れ・未終了");
	case EXCEPTION_CLOSED:
		return say("終了");
	}
	return "";
}

struct error *
read_bent(struct look *look, struct permit_id permit, struct text **clauses, size_t *count)
{
	struct flow_bent_list_row *rows;
	size_t found;
	TRY(flow_bent_list(look, &(struct flow_bent_list_in){ permit.no }, &rows, &found));
	struct text *list = ARENA_ARRAY(look->arena, struct text, found + 1);
	for (size_t at = 0; at < found; at++)
		list[at] = rows[at].clause;
	*clauses = list;
	*count = found;
	return OK;
}

static struct error *
read_reviews(struct look *look, struct flow_exception *exception)
{
	struct flow_reviews_row *rows;
	size_t count;
	TRY(flow_reviews(look, &(struct flow_reviews_in){ exception->permit.no }, &rows, &count));
	exception->reviews = ARENA_ARRAY(look->arena, struct flow_review, count + 1);
	exception->reviews_count = count;
	for (size_t at = 0; at < count; at++)
		exception->reviews[at] = (struct flow_review){ .day = { rows[at].day },
							       .by = { rows[at].person },
							       .by_name = rows[at].name,
							       .role = rows[at].role,
							       .words = rows[at].words,
							       .at = { rows[at].at } };
	return OK;
}

/* The days count, not whether the clock has been by already. */
static enum exception_state
state_of(const struct look *look, const struct flow_exception *exception, bool has_ended)
{
	if (exception->closed.ms != 0)
		return EXCEPTION_CLOSED;
	if (has_ended || exception->until.no < moment_day(look->now).no)
		return EXCEPTION_RUN_OUT;
	return EXCEPTION_LIVING;
}

static bool
permit_is_over(enum permit_state state)
{
	return state != PERMIT_VALID && state != PERMIT_OUT && state != PERMIT_RETURNED;
}

struct error *
flow_exception_read(struct look *look, const struct flow *flow, struct permit_id permit,
		    struct flow_exception *exception)
{
	struct flow_exception_get_row row;
	bool found;
	TRY(flow_exception_get(look, &(struct flow_exception_get_in){ permit.no }, &found, &row));
	if (!found)
		return missing("その例外措置はありません(%lld)。", (long long)permit.no);
	struct flow under;
	TRY(flow_under(look, flow, row.dossier, &under));
	struct flow_exception read = {
		.permit = permit,
		.number = row.number,
		.dossier = { row.dossier },
		.change = row.change,
		.occasion = pack_occasion(under.pack, row.occasion),
		.measure = row.measure,
		.from = { row.from_day },
		.until = { row.until_day },
		.is_emergency = row.is_emergency != 0,
		.is_default_end = row.is_default_end != 0,
		.applicant = { row.applicant },
		.applicant_name = row.applicant_name,
		.unit = { row.unit },
		.unit_name = row.unit_name,
		.issued = { row.issued },
		.reviewed = { row.reviewed },
		.closed = { row.closed },
		.closed_by = { row.closed_by },
		.closed_name = row.closed_name,
		.result = row.result,
	};
	if (!permit_state_read(row.state, &read.permit_state))
		return broken("許可証の状態が読めません(%lld)。", (long long)permit.no);
	read.state = state_of(look, &read, permit_is_over(read.permit_state));
	TRY(read_bent(look, permit, &read.clauses, &read.clauses_count));
	TRY(read_reviews(look, &read));
	*exception = read;
	return OK;
}

/* ",8.4.1,8.4.2,": the clause and those below it; nothing for any. */
static struct text
clauses_below(struct arena *arena, const struct pack *pack, const struct pack_clause *above)
{
	if (above == NULL)
		return (struct text){ 0 };
	struct writer out = writer_open(arena, 4 << 20);
	write_byte(&out, ',');
	for (size_t at = 0; at < pack->clauses_count; at++)
		if (clause_is_under(&pack->clauses[at], above))
			write_format(&out, "%.*s,", T_ARG(pack->clauses[at].id));
	return writer_text(&out);
}

struct error *
flow_exceptions(struct look *look, const struct flow *flow,
		const struct flow_exceptions_query *query, size_t most,
		struct flow_exception **list, size_t *count, struct permit_id *next)
{
	struct flow_exception_list_row *rows;
	size_t found;
	most = most == 0 ? FLOW_PAGE : most > FLOW_MOST_PAGE ? FLOW_MOST_PAGE : most;
	TRY(flow_exception_list(
		look,
		&(struct flow_exception_list_in){
			.state = query->has_state ? (int64_t)query->state + 1 : 0,
			.clauses = clauses_below(look->arena, flow->pack, query->clause),
			.today = moment_day(look->now).no,
			.before = query->before.no != 0 ? query->before.no : INT64_MAX,
			.most = (int64_t)most },
		&rows, &found));
	struct flow_exception *made = ARENA_ARRAY(look->arena, struct flow_exception, found + 1);
	for (size_t at = 0; at < found; at++)
		TRY(flow_exception_read(look, flow, (struct permit_id){ rows[at].id }, &made[at]));
	next->no = found == most ? rows[found - 1].id : 0;
	*list = made;
	*count = found;
	return OK;
}

struct error *
flow_bends(struct look *look, const struct flow *flow, const struct pack_clause *clause,
	   struct day day, struct flow_bend **list, size_t *count)
{
	struct flow_bent_on_row *rows;
	size_t found;
	TRY(flow_bent_on(look,
			 &(struct flow_bent_on_in){
				 .clauses = clauses_below(look->arena, flow->pack, clause),
				 .day = day.no, .ended_from = day_begin(day).ms,
				 .most = FLOW_MOST_BENDS },
			 &rows, &found));
	struct flow_bend *made = ARENA_ARRAY(look->arena, struct flow_bend, found + 1);
	for (size_t at = 0; at < found; at++)
		made[at] = (struct flow_bend){ .clause = rows[at].clause,
					       .permit = { rows[at].permit },
					       .number = rows[at].number,
					       .dossier = { rows[at].dossier },
					       .measure = rows[at].measure,
					       .from = { rows[at].from_day },
					       .until = { rows[at].until_day },
					       .is_emergency = rows[at].is_emergency != 0,
					       .is_default_end = rows[at].is_default_end != 0 };
	*list = made;
	*count = found;
	return OK;
}

struct error *
flow_exception_figures(struct look *look, struct moment since,
		       struct flow_exception_figures *figures)
{
	struct flow_exception_figure_row row;
	TRY(flow_exception_figure(look,
				  &(struct flow_exception_figure_in){ moment_day(look->now).no,
								      since.ms },
				  &row));
	*figures = (struct flow_exception_figures){ .living = row.living, .run_out = row.run_out,
						    .closed = row.closed,
						    .unreviewed = row.unreviewed,
						    .last = { row.last } };
	return OK;
}
