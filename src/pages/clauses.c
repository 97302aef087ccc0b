/* The list behind every number of the map: duties by chapter, state, ring and role, as of a day. */
#include "pages/list_pages.h"

struct narrowing {
	struct standing standing;
	struct text words, folded;
	const struct pack_clause *chapter; /* NULL: all */
	bool has_state;
	enum clause_state state;
	bool has_ring, is_out; /* is_out: those that are not in the ring */
	enum ring ring;
	const struct pack_role *role;
};

static struct error *
read_narrowing(struct look *look, struct visit *visit, struct narrowing *narrowing)
{
	const struct pack *pack = visit->office->pack;
	*narrowing = (struct narrowing){ .words = text_trim(visit_text(visit, "q")) };
	narrowing->folded = text_fold(visit->arena, narrowing->words);
	narrowing->chapter = pack_clause(pack, visit_text(visit, "chapter"));
	narrowing->has_state = clause_state_read(visit_text(visit, "state"), &narrowing->state);
	narrowing->has_ring = assure_ring_read(visit_text(visit, "ring"), &narrowing->ring);
	narrowing->is_out = text_is(visit_text(visit, "has"), "no");
	narrowing->role = pack_role(pack, visit_text(visit, "role"));
	return standing_read(look, visit, &narrowing->standing);
}

static bool
is_found(struct visit *visit, const struct narrowing *narrowing, const struct pack_clause *clause)
{
	if (narrowing->folded.len == 0)
		return true;
	const struct text words[] = { clause->number, clause->id, words_now(clause->duty),
				      clause->actor != NULL ? words_now(clause->actor->name) : T("") };
	for (size_t at = 0; at < sizeof words / sizeof *words; at++)
		if (text_has(text_fold(visit->arena, words[at]), narrowing->folded))
			return true;
	return false;
}

static bool
is_wanted(struct visit *visit, const struct narrowing *narrowing, const struct assured *assured)
{
	const struct pack_clause *clause = assured->clause;
	if (narrowing->chapter != NULL && !clause_is_under(clause, narrowing->chapter))
		return false;
	if (narrowing->has_state && assured->state != narrowing->state)
		return false;
	if (narrowing->role != NULL && clause->actor != narrowing->role)
		return false;
	if (narrowing->has_ring && assured_in_ring(&narrowing->standing.assurance, assured,
						   narrowing->ring) == narrowing->is_out)
		return false;
	return is_found(visit, narrowing, clause);
}

/* ---- The filters ---- */

static struct filter_part
chapter_filter(struct visit *visit, const struct narrowing *narrowing)
{
	const struct pack *pack = visit->office->pack;
	struct filter_part filter = filter_of(visit, "chapter", say("章"), say("すべて"),
					      pack->clauses_count);
	for (size_t at = 0; at < pack->clauses_count; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		if (clause->parent != NULL || clause->is_note)
			continue;
		filter_add(&filter, clause->id,
			   text_format(visit->arena, "%.*s %.*s", T_ARG(clause->number),
				       T_ARG(words_now(clause->title))));
		filter.options[filter.options_count - 1].is_chosen = clause == narrowing->chapter;
	}
	return filter;
}

static struct filter_part
state_filter(struct visit *visit, const struct narrowing *narrowing)
{
	struct filter_part filter = filter_of(visit, "state", say("状態"), say("すべて"), STATE_COUNT);
	for (int at = 0; at < STATE_COUNT; at++) {
		const enum clause_state state = (enum clause_state)at;
		filter_add(&filter, text_of(clause_state_name(state)),
			   text_of(clause_state_words(state)));
		filter.options[at].is_chosen = narrowing->has_state && narrowing->state == state;
	}
	return filter;
}

static struct filter_part
ring_filter(struct visit *visit, const struct narrowing *narrowing)
{
	struct filter_part filter = filter_of(visit, "ring", say("輪"), say("問わない"), RING_COUNT);
	for (int at = 0; at < RING_COUNT; at++) {
		filter_add(&filter, text_of(assure_ring_name((enum ring)at)),
			   text_of(assure_ring_words((enum ring)at)));
		filter.options[at].is_chosen = narrowing->has_ring &&
					       narrowing->ring == (enum ring)at;
	}
	return filter;
}

static struct filter_part
has_filter(struct visit *visit, const struct narrowing *narrowing)
{
	struct filter_part filter = filter_of(visit, "has", say("輪に"), "", 2);
	filter_add(&filter, T("yes"), text_of(say("入るもの")));
	filter_add(&filter, T("no"), text_of(say("入らないもの")));
	filter.options[1].is_chosen = narrowing->is_out;
	return filter;
}

static struct url
with_filters(struct visit *visit, const struct narrowing *narrowing, struct url base)
{
	static const char *const names[] = { "q", "chapter", "state", "ring", "has", "role" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		const struct text value = visit_text(visit, names[at]);
		if (value.len != 0)
			base = url_query(visit->arena, base, names[at], value);
	}
	return standing_url(visit, &narrowing->standing, base);
}

/* ---- The page ---- */

static void
fill_row(struct visit *visit, const struct narrowing *narrowing, const struct assured *assured,
	 struct clauses_rows *row)
{
	struct arena *arena = visit->arena;
	const struct assurance *assurance = &narrowing->standing.assurance;
	const struct pack_clause *clause = assured->clause;
	*row = (struct clauses_rows){
		.number = clause->number,
		.duty = words_now(clause->duty),
		.href = standing_url(visit, &narrowing->standing, clause_page_url(arena, clause)),
		.actor = clause->actor != NULL ? words_now(clause->actor->short_name) : T(""),
		.state = text_of(clause_state_name(assured->state)),
		.state_words = text_of(clause_state_words(assured->state)),
		.why = assured->why,
		.is_counted = assured->all != 0,
		.good = assured->good,
		.of = assured->all,
		.is_defined = assured_in_ring(assurance, assured, RING_DEFINED),
		.lacks = clause_undefined(arena, clause),
		.is_done = assured_in_ring(assurance, assured, RING_DONE),
		.is_proved = assured_in_ring(assurance, assured, RING_PROVED),
		.is_disagreeing = assured->is_disagreeing,
	};
}

static struct error *
clauses_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct narrowing narrowing;
	TRY(read_narrowing(look, visit, &narrowing));
	const struct assurance *assurance = &narrowing.standing.assurance;
	const struct url here = with_filters(visit, &narrowing, url_path(arena, "/clauses"));
	struct standing now = narrowing.standing;
	now.is_past = false;
	struct narrowing today = narrowing;
	today.standing = now;
	struct standing_part standing = standing_box(
		visit, &narrowing.standing, with_filters(visit, &today, url_path(arena, "/clauses")));
	struct filter_part chapter = chapter_filter(visit, &narrowing);
	struct filter_part state = state_filter(visit, &narrowing);
	struct filter_part ring = ring_filter(visit, &narrowing);
	struct filter_part has = has_filter(visit, &narrowing);
	struct filter_part role = role_filter(visit);
	(void)here;
	struct clauses_page page = {
		.frame = visit_frame(visit, text_of(say("条項の一覧")), "map"),
		.words = narrowing.words,
		.typed = visit_text(visit, "at"),
		.standing = &standing,
		.chapter = &chapter,
		.state = &state,
		.ring = &ring,
		.has = &has,
		.role = &role,
		.formula = narrowing.has_ring ? text_of(assure_ring_formula(narrowing.ring)) : T(""),
		.all = (int64_t)assurance->count, /* clauses are few */
		.at = assurance->at,
		.csv = with_filters(visit, &narrowing, url_path(arena, "/map/csv")),
		.xlsx = with_filters(visit, &narrowing, url_path(arena, "/map/xlsx")),
		.rows = ARENA_ARRAY(arena, struct clauses_rows, assurance->count + 1),
	};
	for (size_t at = 0; at < assurance->count; at++)
		if (is_wanted(visit, &narrowing, &assurance->clauses[at]))
			fill_row(visit, &narrowing, &assurance->clauses[at],
				 &page.rows[page.rows_count++]);
	page.total = (int64_t)page.rows_count; /* clauses are few */
	return visit_draw(visit, clauses_page, &page);
}

/* ---- To take away ---- */

static struct text
yes_no(bool value)
{
	return text_of(value ? say("はい") : say("いいえ"));
}

static void
put_row(struct visit *visit, const struct narrowing *narrowing, const struct assured *assured,
	struct rows_out *out)
{
	struct clauses_rows row;
	const struct pack_clause *clause = assured->clause;
	struct arena *arena = visit->arena;
	fill_row(visit, narrowing, assured, &row);
	struct rows_cell *cell = rows_next(out);
	*cell++ = rows_words(clause->id);
	*cell++ = rows_words(clause->number);
	*cell++ = rows_words(row.duty);
	*cell++ = rows_words(row.actor);
	*cell++ = rows_words(row.state_words);
	*cell++ = rows_words(text_of(clause_state_words(assured->machine)));
	*cell++ = rows_words(row.why);
	*cell++ = rows_words(assured->all == 0 ? T("") : text_format(arena, "%lld", (long long)row.good));
	*cell++ = rows_words(assured->all == 0 ? T("") : text_format(arena, "%lld", (long long)row.of));
	*cell++ = rows_words(yes_no(row.is_defined));
	*cell++ = rows_words(row.lacks);
	*cell++ = rows_words(yes_no(row.is_done));
	*cell++ = rows_words(yes_no(row.is_proved));
	*cell++ = rows_words(moment_wareki(arena, narrowing->standing.assurance.at));
}

static struct error *
clauses_send(struct look *look, struct visit *visit)
{
	struct narrowing narrowing;
	TRY(read_narrowing(look, visit, &narrowing));
	const struct assurance *assurance = &narrowing.standing.assurance;
	const struct rows_column columns[] = {
		{ text_of(say("条項ID")), 14 },	 { text_of(say("条項")), 14 },
		{ text_of(say("義務")), 50 },	 { text_of(say("だれが")), 20 },
		{ text_of(say("状態")), 16 },	 { text_of(say("番所が見た状態")), 16 },
		{ text_of(say("根拠")), 60 },	 { text_of(say("整っている件数")), 10 },
		{ text_of(say("全件数")), 10 },	 { text_of(say("定めた")), 8 },
		{ text_of(say("まだ決まっていないこと")), 24 }, { text_of(say("実施した")), 8 },
		{ text_of(say("証明できる")), 10 }, { text_of(say("いつの状態")), 24 },
	};
	struct rows_out out = rows_begin(visit->arena, text_of(say("条項の状態")), columns,
					 sizeof columns / sizeof *columns, assurance->count);
	out.said = moment_wareki(visit->arena, assurance->at);
	for (size_t at = 0; at < assurance->count; at++)
		if (is_wanted(visit, &narrowing, &assurance->clauses[at]))
			put_row(visit, &narrowing, &assurance->clauses[at], &out);
	return rows_send(look, visit, &out);
}

PAGE_ROWS(clauses,
	  { { METHOD_GET, "/clauses" }, RIGHT_MAP_READ, PAGE_LOOK, .look = clauses_draw },
	  { { METHOD_GET, "/map/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = clauses_send },
	  { { METHOD_GET, "/map/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = clauses_send });
