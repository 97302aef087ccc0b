/* Judgements: what the policy leaves to judgement, who decided it, why and until when. */
#include "pages/list_pages.h"

enum kind { KIND_OPEN, KIND_UNANSWERED, KIND_ENDING, KIND_RAN_OUT, KIND_VALID, KIND_ALL, KIND_COUNT };

static const struct {
	const char *name;
	const char *words;
} kinds[KIND_COUNT] = {
	{ "open", N_("答えが要るもの") }, { "unanswered", N_("未回答") },
	{ "ending", N_("まもなく期限切れ") }, { "ran-out", N_("期限切れ") },
	{ "valid", N_("有効") },	      { "all", N_("すべて") },
};

const char *
judging_tag(enum judging judging)
{
	switch (judging) {
	case JUDGING_VALID:
	case JUDGING_BY_DEED:
		return "go";
	case JUDGING_ENDING:
		return "wait";
	case JUDGING_RAN_OUT:
	case JUDGING_UNANSWERED:
		return "stop";
	case JUDGING_NONE:
	case JUDGING_COUNT:
		break;
	}
	return "off";
}

static bool
is_of_kind(enum judging judging, enum kind kind)
{
	switch (kind) {
	case KIND_OPEN:
		return judging == JUDGING_UNANSWERED || judging == JUDGING_RAN_OUT;
	case KIND_UNANSWERED:
		return judging == JUDGING_UNANSWERED;
	case KIND_ENDING:
		return judging == JUDGING_ENDING;
	case KIND_RAN_OUT:
		return judging == JUDGING_RAN_OUT;
	case KIND_VALID:
		return judging == JUDGING_VALID || judging == JUDGING_ENDING;
	case KIND_ALL:
	case KIND_COUNT:
		break;
	}
	return judging != JUDGING_NONE;
}

static enum kind
kind_asked(const struct visit *visit)
{
	const struct text asked = visit_text(visit, "kind");
	for (int at = 0; at < KIND_COUNT; at++)
		if (text_is(asked, kinds[at].name))
			return (enum kind)at;
	return KIND_OPEN;
}

struct narrowing {
	struct assurance assurance;
	enum kind kind;
	struct text words, folded;
	const struct pack_role *role;
	bool is_mine;
	struct held_role *held;
	size_t held_count;
};

static struct error *
read_narrowing(struct look *look, struct visit *visit, struct narrowing *narrowing)
{
	const struct office *office = visit->office;
	*narrowing = (struct narrowing){
		.kind = kind_asked(visit),
		.words = text_trim(visit_text(visit, "q")),
		.role = pack_role(office->pack, visit_text(visit, "role")),
		.is_mine = text_is(visit_text(visit, "mine"), "1"),
	};
	narrowing->folded = text_fold(visit->arena, narrowing->words);
	TRY(people_roles_of(look, office->pack, visit->session.person, visit->today,
			    &narrowing->held, &narrowing->held_count));
	return assure(look, office->flow, office->sealing, &narrowing->assurance);
}

/* As assure_may_judge() says; asked for hundreds of clauses at once. */
static bool
may_judge(const struct narrowing *narrowing, const struct pack_clause *clause)
{
	for (const struct pack_role *role = clause->actor; role != NULL; role = role->above)
		for (size_t at = 0; at < narrowing->held_count; at++)
			if (narrowing->held[at].role == role && role->scope != SCOPE_EVERYONE)
				return true;
	return false;
}

static bool
is_wanted(struct visit *visit, const struct narrowing *narrowing, const struct assured *assured,
	  enum kind kind)
{
	const struct pack_clause *clause = assured->clause;
	if (!is_of_kind(assured_judging(assured, visit->today), kind) ||
	    (narrowing->role != NULL && clause->actor != narrowing->role) ||
	    (narrowing->is_mine && !may_judge(narrowing, clause)))
		return false;
	return narrowing->folded.len == 0 ||
	       text_has(text_fold(visit->arena, words_now(clause->duty)), narrowing->folded) ||
	       text_has(text_fold(visit->arena, clause->number), narrowing->folded);
}

static struct url
with_filters(struct visit *visit, const struct narrowing *narrowing, struct url base, enum kind kind)
{
	struct arena *arena = visit->arena;
	base = url_query(arena, base, "kind", text_of(kinds[kind].name));
	if (narrowing->words.len != 0)
		base = url_query(arena, base, "q", narrowing->words);
	if (narrowing->role != NULL)
		base = url_query(arena, base, "role", narrowing->role->code);
	return narrowing->is_mine ? url_query(arena, base, "mine", T("1")) : base;
}

static void
fill_kinds(struct visit *visit, const struct narrowing *narrowing, struct judgements_page *page)
{
	const struct assurance *assurance = &narrowing->assurance;
	page->kinds = ARENA_ARRAY(visit->arena, struct judgements_kinds, KIND_COUNT);
	page->kinds_count = KIND_COUNT;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct judgements_kinds *made = &page->kinds[kind];
		made->words = text_of(say(kinds[kind].words));
		made->href = with_filters(visit, narrowing, url_path(visit->arena, "/judgements"),
					  (enum kind)kind);
		made->is_here = narrowing->kind == (enum kind)kind;
		for (size_t at = 0; at < assurance->count; at++)
			made->number += is_wanted(visit, narrowing, &assurance->clauses[at],
						  (enum kind)kind);
	}
}

static void
fill_row(struct visit *visit, const struct narrowing *narrowing, const struct assured *assured,
	 struct judgements_rows *row)
{
	const struct pack_clause *clause = assured->clause;
	const enum judging judging = assured_judging(assured, visit->today);
	const struct judgement *judgement = assured->judgement != NULL ? assured->judgement
								       : assured->ran_out;
	*row = (struct judgements_rows){
		.number = clause->number,
		.duty = words_now(clause->duty),
		.href = clause_page_url(visit->arena, clause),
		.role = clause->actor != NULL ? words_now(clause->actor->short_name) : T(""),
		.status = text_of(judging_tag(judging)),
		.status_words = text_of(judging_words(judging)),
		.until = DAY_NONE,
		.may = may_judge(narrowing, clause) && judging != JUDGING_VALID &&
		       judging != JUDGING_BY_DEED,
	};
	if (judgement == NULL)
		return;
	row->verdict = text_of(judgement->is_not_needed ? say("不要") : say("実施している"));
	row->person = judgement->person_name;
	row->reason = judgement->words;
	row->at = judgement->at;
	row->until = judgement->until;
}

static struct error *
judgements_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct narrowing narrowing;
	TRY(read_narrowing(look, visit, &narrowing));
	const struct assurance *assurance = &narrowing.assurance;
	struct filter_part role = role_filter(visit);
	struct judgements_page page = {
		.frame = visit_frame(visit, text_of(say("判断")), "map"),
		.kind = text_of(kinds[narrowing.kind].name),
		.words = narrowing.words,
		.role = &role,
		.is_mine = narrowing.is_mine,
		.at = assurance->at,
		.csv = with_filters(visit, &narrowing, url_path(arena, "/judgements/csv"),
				    narrowing.kind),
		.xlsx = with_filters(visit, &narrowing, url_path(arena, "/judgements/xlsx"),
				     narrowing.kind),
		.rows = ARENA_ARRAY(arena, struct judgements_rows, assurance->count + 1),
	};
	fill_kinds(visit, &narrowing, &page);
	for (size_t at = 0; at < assurance->count; at++)
		if (is_wanted(visit, &narrowing, &assurance->clauses[at], narrowing.kind))
			fill_row(visit, &narrowing, &assurance->clauses[at],
				 &page.rows[page.rows_count++]);
	return visit_draw(visit, judgements_page, &page);
}

static void
put_row(struct visit *visit, const struct narrowing *narrowing, const struct assured *assured,
	struct rows_out *out)
{
	struct judgements_rows row;
	fill_row(visit, narrowing, assured, &row);
	struct rows_cell *cell = rows_next(out);
	*cell++ = rows_words(assured->clause->id);
	*cell++ = rows_words(row.number);
	*cell++ = rows_words(row.duty);
	*cell++ = rows_words(row.role);
	*cell++ = rows_words(row.status_words);
	*cell++ = rows_words(row.verdict);
	*cell++ = rows_words(row.reason);
	*cell++ = rows_words(row.person);
	*cell++ = rows_day(row.at.ms == 0 ? DAY_NONE : moment_day(row.at));
	*cell++ = rows_day(row.until);
}

static struct error *
judgements_send(struct look *look, struct visit *visit)
{
	struct narrowing narrowing;
	TRY(read_narrowing(look, visit, &narrowing));
	const struct assurance *assurance = &narrowing.assurance;
	const struct rows_column columns[] = {
		{ text_of(say("条項ID")), 14 }, { text_of(say("条項")), 14 },
		{ text_of(say("義務")), 50 },	{ text_of(say("だれが判断するか")), 20 },
		{ text_of(say("状態")), 18 },	{ text_of(say("判断")), 14 },
		{ text_of(say("理由")), 60 },	{ text_of(say("判断した人")), 16 },
		{ text_of(say("判断した日")), 18 }, { text_of(say("いつまで")), 18 },
	};
	struct rows_out out = rows_begin(visit->arena, text_of(say("判断")), columns,
					 sizeof columns / sizeof *columns, assurance->count);
	out.said = moment_wareki(visit->arena, assurance->at);
	for (size_t at = 0; at < assurance->count; at++)
		if (is_wanted(visit, &narrowing, &assurance->clauses[at], narrowing.kind))
			put_row(visit, &narrowing, &assurance->clauses[at], &out);
	return rows_send(look, visit, &out);
}

PAGE_ROWS(judgement,
	  { { METHOD_GET, "/judgements" }, RIGHT_MAP_READ, PAGE_LOOK, .look = judgements_draw },
	  { { METHOD_GET, "/judgements/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = judgements_send },
	  { { METHOD_GET, "/judgements/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = judgements_send });
