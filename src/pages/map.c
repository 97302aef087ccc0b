/* The map of clauses: three rings per chapter, every clause on one screen. And the policy to read. */
#include "pages/list_pages.h"

/* ---- The map ---- */

struct mapping {
	struct visit *visit;
	const struct standing *standing;
	struct map_page *page;
	size_t room; /* most chapters, sections and clauses there can be */
	struct map_chapters *chapter;
	struct map_chapters_sections *section;
	const struct pack_clause *last_chapter, *last_section;
};

/* The rings of a chapter, or of everything (NULL). */
static struct rings_part *
rings_of(struct visit *visit, const struct standing *standing, const struct pack_clause *chapter)
{
	static const int radius[RING_COUNT] = { 20, 14, 8 };
	struct arena *arena = visit->arena;
	const struct assurance *assurance = &standing->assurance;
	struct rings_part *part = ARENA_NEW(arena, struct rings_part);
	part->rings = ARENA_ARRAY(arena, struct rings_rings, RING_COUNT);
	part->rings_count = RING_COUNT;
	for (int at = 0; at < RING_COUNT; at++) {
		const enum ring ring = (enum ring)at;
		struct url href = url_query(arena, url_path(arena, "/clauses"), "ring",
					    text_of(assure_ring_name(ring)));
		if (chapter != NULL)
			href = url_query(arena, href, "chapter", chapter->id);
		part->rings[at] = (struct rings_rings){
			.name = text_of(assure_ring_name(ring)),
			.words = text_of(assure_ring_words(ring)),
			.radius = radius[at],
			.href = standing_url(visit, standing, href),
			.formula = text_of(assure_ring_formula(ring)),
		};
	}
	for (size_t no = 0; no < assurance->count; no++) {
		const struct assured *assured = &assurance->clauses[no];
		if (chapter != NULL && chapter_of(assured->clause) != chapter)
			continue;
		part->total++;
		for (int at = 0; at < RING_COUNT; at++)
			part->rings[at].number += assured_in_ring(assurance, assured, (enum ring)at);
	}
	for (int at = 0; at < RING_COUNT; at++)
		part->rings[at].percent = part->total == 0 ? 0
							   : part->rings[at].number * 100 / part->total;
	part->label = chapter == NULL ? text_of(say("全体の三つの輪"))
				      : text_format(arena, say("%.*s %.*sの三つの輪"),
						    T_ARG(chapter->number),
						    T_ARG(words_now(chapter->title)));
	return part;
}

static void
open_chapter(struct mapping *mapping, const struct pack_clause *chapter)
{
	struct arena *arena = mapping->visit->arena;
	if (chapter == mapping->last_chapter)
		return;
	mapping->last_chapter = chapter;
	mapping->last_section = chapter;
	mapping->section = NULL;
	mapping->chapter = &mapping->page->chapters[mapping->page->chapters_count++];
	mapping->chapter->number = chapter->number;
	mapping->chapter->title = words_now(chapter->title);
	mapping->chapter->rings = rings_of(mapping->visit, mapping->standing, chapter);
	mapping->chapter->sections = ARENA_ARRAY(arena, struct map_chapters_sections, mapping->room);
}

static void
open_section(struct mapping *mapping, const struct pack_clause *section)
{
	struct arena *arena = mapping->visit->arena;
	const struct pack_clause *heading = section != NULL && !section->is_duty ? section : NULL;
	if (mapping->section != NULL && heading == mapping->last_section)
		return;
	mapping->last_section = heading;
	mapping->section = &mapping->chapter->sections[mapping->chapter->sections_count++];
	if (heading != NULL) {
		mapping->section->number = heading->number;
		mapping->section->title = words_now(heading->title);
	}
	mapping->section->clauses = ARENA_ARRAY(arena, struct map_chapters_sections_clauses,
						mapping->room);
}

static void
add_clause(struct mapping *mapping, const struct assured *assured)
{
	struct arena *arena = mapping->visit->arena;
	const struct pack_clause *clause = assured->clause;
	open_chapter(mapping, chapter_of(clause));
	open_section(mapping, section_of(clause));
	struct map_chapters_sections_clauses *made =
		&mapping->section->clauses[mapping->section->clauses_count++];
	made->number = clause->number;
	made->state = text_of(clause_state_name(assured->state));
	made->words = words_now(clause->duty);
	made->label = text_format(arena, "%.*s %s %.*s", T_ARG(clause->number),
				  clause_state_words(assured->state), T_ARG(made->words));
	made->href = standing_url(mapping->visit, mapping->standing, clause_page_url(arena, clause));
	made->is_disagreeing = assured->is_disagreeing;
	made->is_excepted = assured->state == STATE_EXCEPTED;
}

static void
fill_states(struct visit *visit, struct map_page *page, const struct standing *standing)
{
	struct arena *arena = visit->arena;
	page->states = ARENA_ARRAY(arena, struct map_states, STATE_COUNT);
	for (int at = 0; at < STATE_COUNT; at++) {
		const enum clause_state state = (enum clause_state)at;
		struct map_states *made = &page->states[page->states_count++];
		made->name = text_of(clause_state_name(state));
		made->words = text_of(clause_state_words(state));
		made->number = standing->assurance.of[at];
		made->href = standing_url(visit, standing,
					  url_query(arena, url_path(arena, "/clauses"), "state",
						    made->name));
	}
}

static void
fill_formulas(struct visit *visit, struct map_page *page)
{
	page->formulas = ARENA_ARRAY(visit->arena, struct map_formulas, RING_COUNT);
	page->formulas_count = RING_COUNT;
	for (int at = 0; at < RING_COUNT; at++)
		page->formulas[at] = (struct map_formulas){
			text_of(assure_ring_name((enum ring)at)),
			text_of(assure_ring_formula((enum ring)at)),
		};
}

/* What asks for a person now, whatever day the map shows. */
static struct error *
fill_asking(struct look *look, struct visit *visit, const struct standing *standing,
	    struct map_page *page)
{
	struct finding_counts counts;
	struct assurance now = standing->assurance;
	TRY(assure_finding_count(look, &counts));
	page->findings = counts.open;
	page->findings_late = counts.late;
	if (standing->is_past)
		TRY(assure(look, visit->office->flow, visit->office->sealing, &now));
	for (size_t at = 0; at < now.count; at++) {
		const enum judging judging = assured_judging(&now.clauses[at], visit->today);
		page->unanswered += judging == JUDGING_UNANSWERED || judging == JUDGING_RAN_OUT;
	}
	return OK;
}

/* Arrays are sized by what can stand in them at most: duties of one chapter. */
static size_t
most_in_chapter(const struct assurance *assurance)
{
	size_t most = 1, here = 0;
	const struct pack_clause *chapter = NULL;
	for (size_t at = 0; at < assurance->count; at++) {
		const struct pack_clause *its = chapter_of(assurance->clauses[at].clause);
		here = its == chapter ? here + 1 : 1;
		chapter = its;
		most = here > most ? here : most;
	}
	return most;
}

static struct error *
map_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct standing standing;
	TRY(standing_read(look, visit, &standing));
	const struct assurance *assurance = &standing.assurance;
	const struct standing_part box = standing_box(visit, &standing, url_path(arena, "/map"));
	struct map_page page = {
		.frame = visit_frame(visit, text_of(say("条項の地図")), "map"),
		.document = words_now(visit->office->pack->document),
		.total = (int64_t)assurance->count, /* clauses are few */
		.at = assurance->at,
		.typed = visit_text(visit, "at"),
		.standing = &box,
		.rings = rings_of(visit, &standing, NULL),
		.list = standing_url(visit, &standing, url_path(arena, "/clauses")),
		.csv = standing_url(visit, &standing, url_path(arena, "/map/csv")),
		.xlsx = standing_url(visit, &standing, url_path(arena, "/map/xlsx")),
		.chapters = ARENA_ARRAY(arena, struct map_chapters, assurance->count + 1),
	};
	struct mapping mapping = { .visit = visit, .standing = &standing, .page = &page,
				   .room = most_in_chapter(assurance) };
	fill_states(visit, &page, &standing);
	fill_formulas(visit, &page);
	TRY(fill_asking(look, visit, &standing, &page));
	for (size_t at = 0; at < assurance->count; at++)
		add_clause(&mapping, &assurance->clauses[at]);
	return visit_draw(visit, map_page, &page);
}

/* ---- The policy, for everybody (Takamatsu 6.1.3) ---- */

static bool
matches(struct visit *visit, const struct pack_clause *clause, struct text folded)
{
	if (folded.len == 0)
		return true;
	const struct text words[] = { clause->number, words_now(clause->duty),
				      words_now(clause->title),
				      clause->actor != NULL ? words_now(clause->actor->name) : T("") };
	for (size_t at = 0; at < 4; at++)
		if (text_has(text_fold(visit->arena, words[at]), folded))
			return true;
	return false;
}

static void
list_sheets(struct visit *visit, struct policy_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->sheets = ARENA_ARRAY(visit->arena, struct policy_sheets, pack->forms_count + 1);
	for (size_t at = 0; at < pack->forms_count; at++) {
		const struct pack_form *form = &pack->forms[at];
		page->sheets[page->sheets_count++] = (struct policy_sheets){
			.label = words_now(form->label),
			.title = words_now(form->title),
			.href = url_of(visit->arena, "/forms/{}", form->number),
		};
	}
}

static struct error *
policy_draw(struct look *look, struct visit *visit)
{
	(void)look;
	const struct pack *pack = visit->office->pack;
	const struct text words = visit_text(visit, "words");
	const struct text folded = text_fold(visit->arena, words);
	struct policy_page page = {
		.frame = visit_frame(visit, text_of(say("方針の一覧")), "policy"),
		.document = words_now(pack->document),
		.version = pack->version,
		.total = (int64_t)pack->duties_count,
		.words = words,
		.rows = ARENA_ARRAY(visit->arena, struct policy_rows, pack->clauses_count + 1),
	};
	for (size_t at = 0; at < pack->clauses_count; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		if (!matches(visit, clause, folded) || (folded.len != 0 && !clause->is_duty))
			continue;
		page.rows[page.rows_count++] = (struct policy_rows){
			.number = clause->number,
			.title = words_now(clause->title),
			.duty = words_now(clause->duty),
			.actor = clause->actor != NULL ? words_now(clause->actor->short_name) : T(""),
			.href = clause_page_url(visit->arena, clause),
			.is_heading = !clause->is_duty,
		};
	}
	if (words.len == 0)
		list_sheets(visit, &page);
	return visit_draw(visit, policy_page, &page);
}

PAGE_ROWS(map,
	  { { METHOD_GET, "/map" }, RIGHT_MAP_READ, PAGE_LOOK, .look = map_draw },
	  { { METHOD_GET, "/policy" }, RIGHT_SELF, PAGE_LOOK, .look = policy_draw });
