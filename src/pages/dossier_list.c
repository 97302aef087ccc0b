/* Lists of dossiers: one's own, those of the units one looks after, what is stuck or unbalanced. */
#include "pages/dossier_rows.h"

struct list_kind {
	const char *name;
	enum flow_list list;
	const char *words;
	bool is_wide;  /* for those who may read others' dossiers */
	bool is_whole; /* for those who may read the whole body's */
};

static const struct list_kind kinds[] = {
	{ "mine", FLOW_MINE, N_("自分の案件"), false, false },
	{ "all", FLOW_ALL, N_("所属の案件"), true, false },
	{ "unbalanced", FLOW_UNBALANCED, N_("物が合っていない案件"), true, false },
	{ "stuck", FLOW_STUCK, N_("決裁する人がいない案件"), true, true },
};

static bool
may_list(const struct visit *visit, const struct list_kind *kind)
{
	const struct reach *reach = &visit->rights.at[RIGHT_DOSSIER_READ];
	if (!kind->is_wide)
		return true;
	/* No unit at all would read as the whole body. */
	return reach->may && (reach->is_all || (reach->count != 0 && !kind->is_whole));
}

static const struct list_kind *
kind_chosen(const struct visit *visit)
{
	const struct text wanted = visit_text(visit, "list");
	for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++)
		if (text_is(wanted, kinds[at].name) && may_list(visit, &kinds[at]))
			return &kinds[at];
	/* Who cannot apply has none of their own. */
	return visit_may(visit, RIGHT_APPLY) || !may_list(visit, &kinds[1]) ? &kinds[0] : &kinds[1];
}

static void
fill_lists(struct visit *visit, const struct list_kind *chosen, struct dossier_list_page *page)
{
	const size_t count = sizeof kinds / sizeof *kinds;
	page->lists = ARENA_ARRAY(visit->arena, struct dossier_list_lists, count);
	for (size_t at = 0; at < count; at++) {
		if (!may_list(visit, &kinds[at]))
			continue;
		page->lists[page->lists_count++] = (struct dossier_list_lists){
			.words = text_of(say(kinds[at].words)),
			.href = url_query(visit->arena, url_path(visit->arena, "/dossiers"), "list",
					  text_of(kinds[at].name)),
			.is_here = &kinds[at] == chosen,
		};
	}
	if (page->lists_count == 1)
		page->lists_count = 0;
}

static void
fill_states(struct visit *visit, struct flow_query *query, struct dossier_list_page *page)
{
	const struct text wanted = visit_text(visit, "state");
	page->states = ARENA_ARRAY(visit->arena, struct dossier_list_states, DOSSIER_CANCELLED + 1);
	for (int at = DOSSIER_DRAFT; at <= DOSSIER_CANCELLED; at++) {
		const enum dossier_state state = (enum dossier_state)at; /* within the enum */
		const struct text name = text_of(dossier_state_name(state));
		const bool is_chosen = text_same(name, wanted);
		if (is_chosen) {
			query->has_state = true;
			query->state = state;
		}
		page->states[page->states_count++] = (struct dossier_list_states){
			name, text_of(dossier_state_words(state)), is_chosen
		};
	}
}

static void
fill_rows(struct visit *visit, const struct flow_page *found, struct dossier_list_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct dossier_list_rows, found->count + 1);
	page->rows_count = found->count;
	for (size_t at = 0; at < found->count; at++) {
		const struct flow_line *line = &found->lines[at];
		page->rows[at] = (struct dossier_list_rows){
			.number = line->number,
			.purpose = line->purpose,
			.title = line->title,
			.state = text_of(dossier_stands(line->state, line->is_told)),
			.tag = state_tag(line->state),
			.applicant = line->applicant_name,
			.unit = line->unit_name,
			.problem = line->problem,
			.changed = line->changed,
			.href = dossier_url(visit, line->id),
		};
	}
}

static struct pager_part
pager_of(struct visit *visit, const struct flow_query *query, const struct list_kind *kind,
	 struct text next)
{
	struct url here = url_query(visit->arena, url_path(visit->arena, "/dossiers"), "list",
				    text_of(kind->name));
	struct pager_part pager = { 0 };
	if (query->words.len != 0)
		here = url_query(visit->arena, here, "q", query->words);
	if (query->has_state)
		here = url_query(visit->arena, here, "state", visit_text(visit, "state"));
	if (query->after.len != 0)
		pager.first = here;
	if (next.len != 0)
		pager.next = url_query(visit->arena, here, "after", next);
	return pager;
}

struct error *
dossier_list_draw(struct look *look, struct visit *visit)
{
	struct flow_page found;
	const struct list_kind *kind = kind_chosen(visit);
	const struct reach *reach = &visit->rights.at[RIGHT_DOSSIER_READ];
	struct flow_query query = {
		.list = kind->list,
		.person = visit->session.person,
		.units = reach->is_all ? NULL : reach->units,
		.units_count = reach->is_all ? 0 : reach->count,
		.words = text_trim(visit_text(visit, "q")),
		.after = visit_text(visit, "after"),
	};
	struct dossier_list_page page = {
		.frame = visit_frame(visit, text_of(say("案件")), "dossiers"),
		.words = query.words,
		.may_apply = visit_may(visit, RIGHT_APPLY),
		.list_name = text_of(kind->name),
	};
	fill_lists(visit, kind, &page);
	fill_states(visit, &query, &page);
	page.is_searched = query.words.len != 0 || query.has_state;
	TRY(flow_list(look, visit->office->flow, &query, FLOW_PAGE, &found));
	fill_rows(visit, &found, &page);
	const struct pager_part pager = pager_of(visit, &query, kind, found.next);
	page.pager = &pager;
	return visit_draw(visit, dossier_list_page, &page);
}
