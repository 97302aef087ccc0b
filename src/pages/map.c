/* The map of clauses, one clause with its records, and the policy for everybody to read. */
#include "pages/bent.h"

#include "assure/assure.h"

/* ---- The map ---- */

static const struct pack_clause *
chapter_of(const struct pack_clause *clause)
{
	while (clause->parent != NULL)
		clause = clause->parent;
	return clause;
}

/* The heading right under the chapter, or NULL. */
static const struct pack_clause *
section_of(const struct pack_clause *clause)
{
	const struct pack_clause *section = NULL;
	for (; clause->parent != NULL; clause = clause->parent)
		section = clause;
	return section;
}

static struct url
clause_url(struct arena *arena, const struct pack_clause *clause)
{
	return url_of(arena, "/clauses/{}", clause->id);
}

struct mapping {
	struct visit *visit;
	struct map_page *page;
	size_t room; /* most chapters, sections and clauses there can be */
	struct map_chapters *chapter;
	struct map_chapters_sections *section;
	const struct pack_clause *last_chapter, *last_section;
};

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
	made->href = clause_url(arena, clause);
	made->is_disagreeing = assured->is_disagreeing;
}

static void
fill_states(struct visit *visit, struct map_page *page, const struct assurance *assurance,
	    bool is_filtered, enum clause_state filter)
{
	page->states = ARENA_ARRAY(visit->arena, struct map_states, STATE_COUNT);
	for (int at = 0; at < STATE_COUNT; at++) {
		const enum clause_state state = (enum clause_state)at;
		if (assurance->of[at] == 0 && !(is_filtered && filter == state))
			continue;
		struct map_states *made = &page->states[page->states_count++];
		made->name = text_of(clause_state_name(state));
		made->words = text_of(clause_state_words(state));
		made->number = assurance->of[at];
		made->href = url_query(visit->arena, url_path(visit->arena, "/map"), "state",
				       made->name);
		made->is_chosen = is_filtered && filter == state;
	}
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
	const struct office *office = visit->office;
	struct assurance assurance;
	enum clause_state filter = STATE_MISSING;
	const bool is_filtered = clause_state_read(visit_text(visit, "state"), &filter);
	TRY(assure(look, office->flow, office->sealing, &assurance));
	struct map_page page = {
		.frame = visit_frame(visit, text_of(say("条項の地図")), "map"),
		.document = words_now(office->pack->document),
		.total = (int64_t)assurance.count,
		.at = assurance.at,
		.all = url_path(visit->arena, "/map"),
		.is_filtered = is_filtered,
		.filter = is_filtered ? text_of(clause_state_words(filter)) : T(""),
		.chapters = ARENA_ARRAY(visit->arena, struct map_chapters, assurance.count + 1),
	};
	struct mapping mapping = { .visit = visit, .page = &page,
				   .room = most_in_chapter(&assurance) };
	fill_states(visit, &page, &assurance, is_filtered, filter);
	for (size_t at = 0; at < assurance.count; at++)
		if (!is_filtered || assurance.clauses[at].state == filter)
			add_clause(&mapping, &assurance.clauses[at]);
	return visit_draw(visit, map_page, &page);
}

/* ---- One clause ---- */

static const char *
kind_words(enum clause_kind kind)
{
	switch (kind) {
	case CLAUSE_HEADING:
		return say("見出し");
	case CLAUSE_APPROVE:
		return say("許可");
	case CLAUSE_REPORT:
		return say("報告");
	case CLAUSE_RECORD:
		return say("記録");
	case CLAUSE_PERIODIC:
		return say("定期に行うこと");
	case CLAUSE_ENFORCE:
		return say("守らせること");
	case CLAUSE_DETECT:
		return say("見つけること");
	case CLAUSE_CONVERT:
		return say("変換");
	case CLAUSE_ASSIGN:
		return say("役割を定めること");
	case CLAUSE_ATTEST:
		return say("確かめること");
	case CLAUSE_PLAN:
		return say("計画・手順");
	case CLAUSE_PHYSICAL:
		return say("物理的な備え");
	}
	return "";
}

/* Where the records behind a rule are. */
static bool
records_url(struct arena *arena, const struct pack_evidence *rule, struct url *url)
{
	switch (rule->kind) {
	case EVIDENCE_PERMITS:
		*url = url_query(arena, url_path(arena, "/dossiers"), "list", T("all"));
		return true;
	case EVIDENCE_BALANCED:
		*url = url_query(arena, url_path(arena, "/dossiers"), "list", T("unbalanced"));
		return true;
	case EVIDENCE_LEDGER:
		*url = url_of(arena, "/ledger/{}", rule->ledger->code);
		return true;
	case EVIDENCE_ROLE:
		*url = url_path(arena, "/people/roles");
		return true;
	case EVIDENCE_CONTROL:
		*url = url_path(arena, "/journal");
		return text_is(rule->control, "journal.verified");
	case EVIDENCE_JUDGED:
	case EVIDENCE_REPORTS:
	case EVIDENCE_EXCEPTIONS:
	case EVIDENCE_ACKNOWLEDGED:
	case EVIDENCE_AWAITS:
		return false;
	}
	return false;
}

static void
fill_rules(struct visit *visit, const struct assured *assured, struct clause_page *page)
{
	page->rules = ARENA_ARRAY(visit->arena, struct clause_rules, assured->rules_count + 1);
	page->rules_count = assured->rules_count;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct assured_rule *rule = &assured->rules[at];
		struct clause_rules *made = &page->rules[at];
		made->words = words_now(rule->rule->words);
		made->state = text_of(clause_state_name(rule->state));
		made->state_words = text_of(clause_state_words(rule->state));
		made->why = rule->why;
		made->is_counted = rule->all != 0;
		made->good = rule->good;
		made->all = rule->all;
		made->has_records = records_url(visit->arena, rule->rule, &made->records);
	}
}

static struct error *
fill_judgements(struct look *look, struct visit *visit, const struct pack_clause *clause,
		struct clause_page *page)
{
	struct judgement *list;
	size_t count;
	TRY(assure_judgements(look, clause->id, &list, &count));
	page->judgements = ARENA_ARRAY(visit->arena, struct clause_judgements, count + 1);
	page->judgements_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct pack_role *role = pack_role(visit->office->pack, list[at].role);
		page->judgements[at] = (struct clause_judgements){
			.person = list[at].person_name,
			.role = role != NULL ? words_now(role->short_name) : list[at].role,
			.verdict = text_of(list[at].is_not_needed ? say("不要") : say("実施している")),
			.words = list[at].words,
			.at = list[at].at,
			.until = list[at].until,
			.is_valid = list[at].is_valid,
		};
	}
	return OK;
}

static struct error *
fill_state(struct look *look, struct visit *visit, const struct pack_clause *clause,
	   struct clause_page *page)
{
	const struct office *office = visit->office;
	struct assurance assurance;
	TRY(assure(look, office->flow, office->sealing, &assurance));
	for (size_t at = 0; at < assurance.count; at++) {
		const struct assured *assured = &assurance.clauses[at];
		if (assured->clause != clause)
			continue;
		page->shows_state = true;
		page->state = text_of(clause_state_name(assured->state));
		page->state_words = text_of(clause_state_words(assured->state));
		page->machine = text_of(clause_state_name(assured->machine));
		page->machine_words = text_of(clause_state_words(assured->machine));
		page->why = assured->why;
		page->at = assurance.at;
		page->is_disagreeing = assured->is_disagreeing;
		fill_rules(visit, assured, page);
	}
	return fill_judgements(look, visit, clause, page);
}

static struct text
where_of(struct visit *visit, const struct pack_clause *clause)
{
	struct text where = T("");
	for (const struct pack_clause *up = clause->parent; up != NULL; up = up->parent) {
		const struct text title = words_now(up->title);
		if (title.len == 0)
			continue;
		where = where.len == 0
				? text_format(visit->arena, "%.*s %.*s", T_ARG(up->number),
					      T_ARG(title))
				: text_format(visit->arena, "%.*s %.*s › %.*s", T_ARG(up->number),
					      T_ARG(title), T_ARG(where));
	}
	return where;
}

static struct field_part
verdict_box(struct visit *visit, const struct pack_clause *clause)
{
	struct field_part box = plain_box(visit, BOX_CHOICE, "what", text_of(say("判断")), T(""),
					  T(""), true);
	const struct text typed = visit_typed(visit, "what", T("fulfilled"));
	box.is_select = false;
	box.is_radio = true;
	box.options = ARENA_ARRAY(visit->arena, struct field_options, 2);
	box.options[box.options_count++] = (struct field_options){
		.id = T("i-what-1"),
		.value = T("fulfilled"),
		.words = text_of(say("番所の外で実施している")),
		.is_chosen = !text_is(typed, "not-needed"),
	};
	if (clause->is_discretionary)
		box.options[box.options_count++] = (struct field_options){
			.id = T("i-what-2"),
			.value = T("not-needed"),
			.words = text_of(say("必要ないと判断した")),
			.is_chosen = text_is(typed, "not-needed"),
		};
	return box;
}

static struct error *
clause_draw(struct look *look, struct visit *visit)
{
	struct bent_part *bent;
	const struct office *office = visit->office;
	const struct pack_clause *clause = pack_clause(office->pack,
						       capture_text(visit->captures, "clause"));
	if (clause == NULL)
		return missing("その条項は、今の方針にはありません。方針の一覧から選んでください。");
	const bool has_map = visit_may(visit, RIGHT_MAP_READ);
	const struct pack_role *as;
	bool may = false;
	struct field_part what = verdict_box(visit, clause);
	struct field_part words = plain_box(visit, BOX_LONG, "words", text_of(say("理由")),
					    text_of(say("あとから読む人に分かるように、根拠も書いてください。")),
					    T(""), true);
	struct field_part until = plain_box(visit, BOX_DAY, "until", text_of(say("いつまで")),
					    text_of(say("1年以内。過ぎたら判断し直します。")),
					    T(""), true);
	struct clause_page page = {
		.frame = visit_frame(visit, clause->number, has_map ? "map" : NULL),
		.number = clause->number,
		.duty = clause->is_duty ? words_now(clause->duty) : words_now(clause->title),
		.where = where_of(visit, clause),
		.actor = clause->actor != NULL ? words_now(clause->actor->name) : T(""),
		.kind = text_of(kind_words(clause->kind)),
		.form = clause->form_number,
		.has_form = pack_form(office->pack, clause->form_number) != NULL,
		.form_href = url_of(visit->arena, "/forms/{}", clause->form_number),
		.is_note = clause->is_note,
		.is_discretionary = clause->is_discretionary,
		.csrf = visit->csrf,
		.action = url_of(visit->arena, "/clauses/{}/judge", clause->id),
		.what = &what,
		.words = &words,
		.until = &until,
		.has_map = has_map,
		.back = has_map ? url_path(visit->arena, "/map") : url_path(visit->arena, "/policy"),
	};
	TRY(bent_make(look, visit, clause, &bent));
	page.bent = bent;
	if (has_map && clause->is_duty) {
		TRY(fill_state(look, visit, clause, &page));
		TRY(assure_may_judge(look, office->pack, clause, visit->session.person, &as, &may));
		page.may_judge = may;
	}
	return visit_draw(visit, clause_page, &page);
}

static struct error *
judge_do(struct act *act, struct visit *visit)
{
	struct day until = DAY_NONE;
	const struct text id = capture_text(visit->captures, "clause");
	const struct text typed = visit_text(visit, "until");
	if (!day_read(typed, &until))
		return reject("until", "日付として読めません。R9.3.31 のように書いてください。");
	TRY(assure_judge(act, visit->office->pack, id, text_is(visit_text(visit, "what"), "not-needed"),
			 visit_text(visit, "words"), until));
	visit->go_to = url_of(visit->arena, "/clauses/{}", id);
	visit->done = "saved";
	return OK;
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
			.href = clause_url(visit->arena, clause),
			.is_heading = !clause->is_duty,
		};
	}
	return visit_draw(visit, policy_page, &page);
}

PAGE_ROWS(map,
	  { { METHOD_GET, "/map" }, RIGHT_MAP_READ, PAGE_LOOK, .look = map_draw },
	  { { METHOD_GET, "/policy" }, RIGHT_SELF, PAGE_LOOK, .look = policy_draw },
	  { { METHOD_GET, "/clauses/{clause:text}" }, RIGHT_SELF, PAGE_LOOK, .look = clause_draw },
	  { { METHOD_POST, "/clauses/{clause:text}/judge" }, RIGHT_MAP_READ, PAGE_ACT,
	    .act = judge_do, .again = clause_draw });
