/* One clause: the duty, who answers, how it is proved, what the machine saw and what persons judged. */
#include "pages/audit_pages.h"
#include "pages/bent.h"
#include "pages/list_pages.h"

/* Drills count for the chain; contacts and the parts of the plan stand on its page. */
static struct url
incidents_url(struct arena *arena, const struct pack_evidence *rule)
{
	const struct url list = url_path(arena, "/incidents");
	if (rule->incidents == INCIDENTS_CONTACTS || rule->incidents == INCIDENTS_PLAN)
		return url_path(arena, "/incidents/plan");
	if (rule->incidents == INCIDENTS_CHAIN || rule->incidents == INCIDENTS_DRILLED)
		return url_query(arena, list, "drills", T("1"));
	return rule->of != NULL ? url_query(arena, list, "kind", rule->of->code) : list;
}

/* The council's records and the reviews open for few. */
static struct url
audits_url(struct arena *arena, enum audit_asks asks, bool sees_audits)
{
	if (sees_audits && (asks == ASKS_REVIEWED || asks == ASKS_USED))
		return url_path(arena, "/reviews");
	if (sees_audits && (asks == ASKS_MET || asks == ASKS_IMPROVED))
		return url_path(arena, "/council");
	return url_path(arena, "/audits");
}

static struct url
inventory_url(struct arena *arena, const struct pack_evidence *rule)
{
	switch (rule->keeps) {
	case KEEPS_STOCK:
	case KEEPS_MISSING:
		return url_path(arena, "/stock");
	case KEEPS_SUPPORT:
	case KEEPS_LICENCES:
		return url_path(arena, "/software");
	case KEEPS_OUT:
	case KEEPS_LEFT:
	case KEEPS_REPAIR:
	case KEEPS_ENDED:
	case KEEPS_COUNT:
		break;
	}
	return url_path(arena, "/things");
}

/* Where the records behind a rule are. */
static bool
records_url(struct arena *arena, const struct pack_evidence *rule, bool sees_audits, struct url *url)
{
	switch (rule->kind) {
	case EVIDENCE_PERMITS:
	case EVIDENCE_REPORTS:
		*url = url_query(arena, url_path(arena, "/dossiers"), "list", T("all"));
		return true;
	case EVIDENCE_BALANCED:
		*url = url_query(arena, url_path(arena, "/dossiers"), "list", T("unbalanced"));
		return true;
	case EVIDENCE_VALUES:
		*url = url_path(arena, "/system-settings");
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
	case EVIDENCE_ACCOUNTS:
		*url = rule->check == CHECK_REVIEWED ? url_path(arena, "/access-review")
						     : url_path(arena, "/systems");
		return true;
	case EVIDENCE_DUTY:
		*url = url_of(arena, "/duties/{}", rule->duty->code);
		return true;
	case EVIDENCE_CHECKS:
		*url = url_path(arena, "/checks");
		return true;
	case EVIDENCE_TRAINING:
		*url = rule->trains == TRAINING_DRILLED	? url_path(arena, "/training/drills")
		       : rule->trains == TRAINING_PASSED ? url_path(arena, "/training/results")
							: url_path(arena, "/training/plan");
		return true;
	case EVIDENCE_RECONCILIATION:
		*url = url_of(arena, "/reconciliations/{}", rule->reconciliation->code);
		return true;
	case EVIDENCE_AUDIT:
		*url = audits_url(arena, rule->asks, sees_audits);
		return true;
	case EVIDENCE_INVENTORY:
		*url = inventory_url(arena, rule);
		return true;
	case EVIDENCE_ENTRANCE:
		*url = url_path(arena, "/entrance");
		return true;
	case EVIDENCE_CONTRACTS:
		*url = url_path(arena, "/contracts");
		return true;
	case EVIDENCE_INCIDENTS:
		*url = incidents_url(arena, rule);
		return true;
	case EVIDENCE_JUDGED:
	case EVIDENCE_EXCEPTIONS:
	case EVIDENCE_ACKNOWLEDGED:
	case EVIDENCE_AWAITS:
		return false;
	}
	return false;
}

static void
fill_rules(struct visit *visit, const struct assured *assured, bool sees_audits, struct clause_page *page)
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
		made->has_records = records_url(visit->arena, rule->rule, sees_audits, &made->records);
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

/* ---- Its state, now or on the day asked for ---- */

/* Of a past day all; of today only those overrun, as those in force stand above the facts already. */
static void
fill_exceptions(struct visit *visit, const struct assured *assured, bool is_past,
		struct clause_page *page)
{
	page->exceptions = ARENA_ARRAY(visit->arena, struct clause_exceptions,
				       assured->exceptions_count + 1);
	for (size_t at = 0; at < assured->exceptions_count; at++) {
		const struct exception_of *one = &assured->exceptions[at];
		if (one->is_living && !is_past)
			continue;
		page->exceptions[page->exceptions_count++] = (struct clause_exceptions){
			.number = one->number,
			.href = exception_url(visit, one->permit),
			.from = one->from,
			.until = one->until,
			.is_living = one->is_living,
		};
	}
}

static void
fill_rings(struct visit *visit, const struct assurance *assurance, const struct assured *assured,
	   struct clause_page *page)
{
	page->rings = ARENA_ARRAY(visit->arena, struct clause_rings, RING_COUNT);
	page->rings_count = RING_COUNT;
	for (int at = 0; at < RING_COUNT; at++)
		page->rings[at] = (struct clause_rings){
			text_of(assure_ring_name((enum ring)at)),
			text_of(assure_ring_words((enum ring)at)),
			assured_in_ring(assurance, assured, (enum ring)at),
		};
}

static void
fill_judging(struct visit *visit, const struct assured *assured, struct clause_page *page)
{
	const enum judging judging = assured_judging(assured, visit->today);
	page->judging = text_of(judging_words(judging));
	page->judging_tag = text_of(judging_tag(judging));
	page->is_asked = judging == JUDGING_UNANSWERED || judging == JUDGING_RAN_OUT;
}

static void
fill_assured(struct visit *visit, const struct standing *standing, const struct assured *assured,
	     struct clause_page *page)
{
	page->shows_state = true;
	page->is_past = standing->is_past;
	page->state = text_of(clause_state_name(assured->state));
	page->state_words = text_of(clause_state_words(assured->state));
	page->machine = text_of(clause_state_name(assured->machine));
	page->machine_words = text_of(clause_state_words(assured->machine));
	page->why = assured->why;
	page->at = standing->assurance.at;
	page->is_disagreeing = assured->is_disagreeing;
	fill_rings(visit, &standing->assurance, assured, page);
	fill_exceptions(visit, assured, standing->is_past, page);
	if (!standing->is_past)
		fill_judging(visit, assured, page);
}

static struct error *
fill_findings(struct look *look, struct visit *visit, const struct pack_clause *clause,
	      struct clause_page *page)
{
	const struct finding_query query = { .clause = clause->id, .at = DAY_NONE };
	struct finding *list;
	size_t count;
	TRY(assure_findings(look, visit->office->pack, &query, &list, &count));
	page->findings = ARENA_ARRAY(visit->arena, struct clause_findings, count + 1);
	page->findings_count = count;
	for (size_t at = 0; at < count; at++)
		page->findings[at] = (struct clause_findings){
			.number = list[at].number,
			.href = url_of_number(visit->arena, "/findings/{}", list[at].id.no),
			.kind = text_of(assure_finding_words(list[at].kind)),
			.state = text_of(assure_finding_state_words(list[at].state)),
			.tag = text_of(finding_tag(&list[at])),
			.why = list[at].why,
			.due = list[at].due,
		};
	return OK;
}

static struct error *
fill_state(struct look *look, struct visit *visit, const struct pack_clause *clause,
	   struct standing *standing, struct clause_page *page)
{
	struct audit_eyes eyes;
	TRY(standing_read(look, visit, standing));
	TRY(audit_eyes_of(look, visit, false, &eyes));
	for (size_t at = 0; at < standing->assurance.count; at++) {
		const struct assured *assured = &standing->assurance.clauses[at];
		if (assured->clause != clause)
			continue;
		fill_assured(visit, standing, assured, page);
		fill_rules(visit, assured, eyes.all, page);
	}
	TRY(fill_findings(look, visit, clause, page));
	TRY(clause_history(look, visit, clause, page));
	return fill_judgements(look, visit, clause, page);
}

/* ---- Who that is today ---- */

/* The unit in which the visitor works, or the body. */
static struct error *
own_unit(struct look *look, struct visit *visit, struct unit_id *unit)
{
	struct held_role *held;
	size_t count;
	*unit = (struct unit_id){ 0 };
	TRY(people_roles_of(look, visit->office->pack, visit->session.person, visit->today, &held,
			    &count));
	if (count != 0)
		*unit = held[0].unit;
	return OK;
}

static struct error *
fill_holders(struct look *look, struct visit *visit, const struct pack_clause *clause,
	     struct clause_page *page)
{
	enum { SHOWN_MOST = 5 };
	const struct pack_role *role = clause->actor;
	struct decider *list;
	struct unit_id unit;
	size_t count;
	if (role == NULL)
		return OK;
	if (role->scope == SCOPE_EVERYONE) {
		page->holders_more = text_of(say("この団体で働く人すべてです。"));
		return OK;
	}
	TRY(own_unit(look, visit, &unit));
	TRY(people_role_holders(look, role, unit, visit->today, &list, &count));
	page->holders = ARENA_ARRAY(visit->arena, struct clause_holders, SHOWN_MOST);
	for (size_t at = 0; at < count && at < SHOWN_MOST; at++)
		page->holders[page->holders_count++] = (struct clause_holders){
			.name = list[at].name,
			.post = list[at].post_name,
			.href = url_of_number(visit->arena, "/people/{}", list[at].person.no),
		};
	if (role->scope != SCOPE_BODY)
		page->holders_more = text_of(say("あなたの所属の場合です。ほかの所属では、その所属の役割の人です。"));
	else if (count == 0)
		page->holders_more = text_of(say("いま、この役割の人がいません。"));
	else if (count > SHOWN_MOST)
		page->holders_more = text_format(visit->arena, say("ほか%zu人"), count - SHOWN_MOST);
	return OK;
}

/* 「速やかに(24時間以内)」: the policy's words and the body's own value. */
static struct error *
with_value(struct look *look, struct visit *visit, struct words words,
	   const struct pack_parameter *parameter, struct text *said)
{
	int64_t value;
	*said = words_now(words);
	if (parameter == NULL)
		return OK;
	TRY(people_parameter(look, visit->office->pack, text_z(visit->arena, parameter->code),
			     parameter->usual, &value));
	*said = text_format(visit->arena, "%.*s(%.*s: %lld%s)", T_ARG(*said),
			    T_ARG(words_now(parameter->name)), (long long)value,
			    parameter->kind == PARAMETER_DAYS	   ? say("日")
			    : parameter->kind == PARAMETER_MINUTES ? say("分")
								   : "");
	return OK;
}

static struct text
also_of(struct visit *visit, const struct pack_clause *clause)
{
	struct text said = T("");
	for (size_t at = 0; at < clause->also_count; at++)
		said = at == 0 ? words_now(clause->also[at]->name)
			       : text_format(visit->arena, "%.*s%s%.*s", T_ARG(said), say("、"),
					     T_ARG(words_now(clause->also[at]->name)));
	return said;
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

struct judge_boxes {
	struct field_part what, words, until;
};

static struct judge_boxes
judge_boxes(struct visit *visit, const struct pack_clause *clause)
{
	return (struct judge_boxes){
		verdict_box(visit, clause),
		plain_box(visit, BOX_LONG, "words", text_of(say("理由")),
			  text_of(say("あとから読む人に分かるように、根拠も書いてください。")), T(""), true),
		plain_box(visit, BOX_DAY, "until", text_of(say("いつまで")),
			  text_of(say("1年以内。過ぎたら判断し直します。")), T(""), true),
	};
}

static void
fill_facts(struct visit *visit, const struct pack_clause *clause, struct clause_page *page)
{
	page->number = clause->number;
	page->duty = clause->is_duty ? words_now(clause->duty) : words_now(clause->title);
	page->where = where_of(visit, clause);
	page->actor = clause->actor != NULL ? words_now(clause->actor->name) : T("");
	page->also = also_of(visit, clause);
	page->kind = text_of(clause_kind_words(clause->kind));
	page->form = clause->form_number;
	page->has_form = pack_form(visit->office->pack, clause->form_number) != NULL;
	page->form_href = url_of(visit->arena, "/forms/{}", clause->form_number);
	page->is_note = clause->is_note;
	page->is_discretionary = clause->is_discretionary;
	if (clause->is_duty)
		page->lacks = clause_undefined(visit->arena, clause);
}

static struct error *
fill_duty(struct look *look, struct visit *visit, const struct pack_clause *clause,
	  struct standing *standing, struct clause_page *page)
{
	const struct pack_role *as;
	bool may = false;
	TRY(with_value(look, visit, clause->deadline_words, clause->deadline, &page->deadline));
	TRY(with_value(look, visit, clause->period_words, clause->period, &page->period));
	TRY(fill_holders(look, visit, clause, page));
	if (!page->has_map)
		return OK;
	TRY(fill_state(look, visit, clause, standing, page));
	TRY(assure_may_judge(look, visit->office->pack, clause, visit->session.person, &as, &may));
	page->may_judge = may && !standing->is_past;
	return OK;
}

static struct error *
clause_draw(struct look *look, struct visit *visit)
{
	const struct pack_clause *clause = pack_clause(visit->office->pack,
						       capture_text(visit->captures, "clause"));
	if (clause == NULL)
		return missing("その条項は、今の方針にはありません。方針の一覧から選んでください。");
	const bool has_map = visit_may(visit, RIGHT_MAP_READ);
	struct standing standing = { .day = DAY_NONE };
	struct bent_part *bent = NULL;
	struct judge_boxes boxes = judge_boxes(visit, clause);
	struct clause_page page = {
		.frame = visit_frame(visit, clause->number, has_map ? "map" : NULL),
		.csrf = visit->csrf,
		.action = url_of(visit->arena, "/clauses/{}/judge", clause->id),
		.here = clause_page_url(visit->arena, clause),
		.typed = visit_text(visit, "at"),
		.what = &boxes.what,
		.words = &boxes.words,
		.until = &boxes.until,
		.has_map = has_map,
	};
	fill_facts(visit, clause, &page);
	if (clause->is_duty)
		TRY(fill_duty(look, visit, clause, &standing, &page));
	if (!standing.is_past)
		TRY(bent_make(look, visit, clause, &bent));
	page.bent = bent;
	const struct standing_part box = standing_box(visit, &standing, page.here);
	page.standing = &box;
	page.back = has_map ? standing_url(visit, &standing, url_path(visit->arena, "/map"))
			    : url_path(visit->arena, "/policy");
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

PAGE_ROWS(clause,
	  { { METHOD_GET, "/clauses/{clause:text}" }, RIGHT_SELF, PAGE_LOOK, .look = clause_draw },
	  { { METHOD_POST, "/clauses/{clause:text}/judge" }, RIGHT_MAP_READ, PAGE_ACT,
	    .act = judge_do, .again = clause_draw });
