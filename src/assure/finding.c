/* Findings: reading them, and the acts that open, plan, close and end them. */
#include "assure/record.h"

#include "people/conflict.h"

#include "base/number.h"

enum { FINDINGS_STEP = 3 };

static const char *const kinds[ASSURE_KINDS] = { "late",     "exception", "judgement",
						  "disagree", "accounts",  "check",
						  "duty",     "point",     "link",
						  "setting",  "thing", "entrance", "contract", "reconcile" };
static const char *const states[FINDING_STATES] = { "open", "closed", "gone" };

const char *
assure_finding_name(enum finding_kind kind)
{
	return kinds[kind];
}

const char *
assure_finding_words(enum finding_kind kind)
{
	switch (kind) {
	case ASSURE_LATE:
		return say("遅れ・不備");
	case ASSURE_EXCEPTION:
		return say("例外の期限切れ");
	case ASSURE_JUDGEMENT:
		return say("判断の期限切れ");
	case ASSURE_ACCOUNTS:
		return say("アカウントの照合");
	case ASSURE_CHECK:
		return say("自己点検の改善の遅れ");
	case ASSURE_SETTING:
		return say("設定の不足");
	case ASSURE_DUTY:
		return say("期限切れのくり返す仕事");
	case ASSURE_POINT:
		return say("期限切れの監査の指摘");
	case ASSURE_LINK:
		return say("受け取られない連絡");
	case ASSURE_THING:
		return say("物品・ソフトウェアの不備");
	case ASSURE_ENTRANCE:
		return say("サーバ室の入退室");
	case ASSURE_CONTRACT:
		return say("委託の不備");
	case ASSURE_RECONCILE:
		return say("突き合わせの違い");
	case ASSURE_DISAGREE:
	case ASSURE_KINDS:
		break;
	}
	return say("判断と記録の食い違い");
}

bool
assure_finding_kind_read(struct text name, enum finding_kind *kind)
{
	for (int at = 0; at < ASSURE_KINDS; at++) {
		if (text_is(name, kinds[at])) {
			*kind = (enum finding_kind)at;
			return true;
		}
	}
	return false;
}

const char *
assure_finding_state_words(enum finding_state state)
{
	switch (state) {
	case FINDING_OPEN:
		return say("未処理");
	case FINDING_CLOSED:
		return say("処理済み");
	case FINDING_GONE:
	case FINDING_STATES:
		break;
	}
	return say("解消");
}

/* ---- Reading ---- */

static enum finding_state
state_read(struct text name)
{
	return text_is(name, "open")	 ? FINDING_OPEN
	       : text_is(name, "closed") ? FINDING_CLOSED
					 : FINDING_GONE;
}

#define FINDING_FROM(pack, r, today)                                                           \
	((struct finding){                                                                     \
		.id = { (r)->id },                                                             \
		.number = (r)->number,                                                         \
		.state = state_read((r)->state),                                               \
		.clause = (r)->clause,                                                         \
		.pack_clause = pack_clause((pack), (r)->clause),                               \
		.about = (r)->about,                                                           \
		.why = (r)->why,                                                               \
		.role = (r)->role,                                                             \
		.unit = { (r)->unit },                                                         \
		.detail = (r)->detail,                                                         \
		.person = { (r)->person },                                                     \
		.person_name = (r)->person_name,                                               \
		.plan = (r)->plan,                                                             \
		.due = { (r)->due },                                                           \
		.opened = { (r)->opened },                                                     \
		.ended = { (r)->ended },                                                       \
		.ended_by = { (r)->ended_by },                                                 \
		.ended_by_name = (r)->ended_by_name,                                           \
		.done = (r)->done,                                                             \
		.is_late = text_is((r)->state, "open") && (r)->due < (today).no,               \
		.is_cause_lasting = (r)->settled == 0,                                         \
		.follows = { (r)->follows },                                                   \
	})

static bool
says(struct arena *arena, const struct finding *finding, struct text folded)
{
	const struct text words[] = { finding->number, finding->clause, finding->why, finding->plan,
				      finding->done,
				      finding->pack_clause != NULL ? finding->pack_clause->number
								   : T("") };
	for (size_t at = 0; at < sizeof words / sizeof *words; at++)
		if (text_has(text_fold(arena, words[at]), folded))
			return true;
	return false;
}

/* Where a finding names a unit, the role must be held there or above it. */
static struct error *
stands_over(struct look *look, const struct finding *finding, const struct held_role *held,
	    bool *stands)
{
	*stands = true;
	if (finding->unit.no == 0 || held->role->scope == SCOPE_BODY)
		return OK;
	return people_unit_is_under(look, finding->unit, held->unit, stands);
}

static struct error *
holds_above(struct look *look, const struct finding *finding, const struct pack_role *owner,
	    const struct held_role *held, size_t count, const struct pack_role **as)
{
	*as = NULL;
	for (const struct pack_role *role = owner; role != NULL && *as == NULL; role = role->above)
		for (size_t at = 0; at < count && *as == NULL; at++) {
			bool stands;
			if (held[at].role != role || role->scope == SCOPE_EVERYONE)
				continue;
			TRY(stands_over(look, finding, &held[at], &stands));
			if (stands)
				*as = role;
		}
	return OK;
}

static struct error *
is_owner(struct look *look, const struct pack *pack, const struct finding *finding,
	 struct person_id person, const struct held_role *held, size_t count, struct text *role,
	 bool *is)
{
	const struct pack_role *as;
	TRY(holds_above(look, finding, pack_role(pack, finding->role), held, count, &as));
	*role = as != NULL ? as->code : T("");
	*is = as != NULL || (finding->person.no != 0 && finding->person.no == person.no);
	return OK;
}

/* A text without data is NULL, which asks for any. */
static struct text
any_or(struct text wanted)
{
	return wanted.len != 0 ? wanted : (struct text){ 0 };
}

static struct assure_finding_list_in
asked_of(const struct finding_query *query)
{
	const bool is_now = day_is_none(query->at);
	return (struct assure_finding_list_in){
		.state = is_now && query->is_open_only ? T("open") : (struct text){ 0 },
		.kind = query->has_kind ? text_of(kinds[query->kind]) : (struct text){ 0 },
		.clause = any_or(query->clause),
		.role = any_or(query->role),
		.opened_before = is_now ? 0 : day_begin(day_plus(query->at, 1)).ms,
		.most = FINDINGS_MOST,
	};
}

struct error *
assure_findings(struct look *look, const struct pack *pack, const struct finding_query *query,
		struct finding **list, size_t *count)
{
	const struct assure_finding_list_in in = asked_of(query);
	const struct text folded = text_fold(look->arena, query->words);
	const struct day today = moment_day(look->now);
	struct assure_finding_list_row *rows;
	struct held_role *held = NULL;
	size_t got, held_count = 0;
	bool knows;
	*count = 0;
	*list = NULL;
	TRY(store_has_step(look, T("assure"), FINDINGS_STEP, &knows));
	if (!knows)
		return OK;
	if (query->person.no != 0)
		TRY(people_roles_of(look, pack, query->person, today, &held, &held_count));
	TRY(assure_finding_list(look, &in, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct finding, got + 1);
	for (size_t at = 0; at < got; at++) {
		struct text role;
		bool is_theirs = true;
		struct finding finding = FINDING_FROM(pack, &rows[at], today);
		if (!assure_finding_kind_read(rows[at].kind, &finding.kind) ||
		    (folded.len != 0 && !says(look->arena, &finding, folded)))
			continue;
		if (query->person.no != 0)
			TRY(is_owner(look, pack, &finding, query->person, held, held_count, &role,
				     &is_theirs));
		if (is_theirs)
			(*list)[(*count)++] = finding;
	}
	return OK;
}

struct error *
assure_finding(struct look *look, const struct pack *pack, struct finding_id id,
	       struct finding *finding)
{
	struct assure_finding_one_row row;
	bool found;
	TRY(assure_finding_one(look, &(struct assure_finding_one_in){ id.no }, &found, &row));
	if (!found)
		return missing("その指摘はありません。一覧から選んでください。");
	*finding = FINDING_FROM(pack, &row, moment_day(look->now));
	if (!assure_finding_kind_read(row.kind, &finding->kind))
		return broken("指摘%.*sの種類が分かりません。", T_ARG(row.number));
	return OK;
}

struct error *
assure_finding_count(struct look *look, struct finding_counts *counts)
{
	struct assure_finding_tally_row row;
	bool knows;
	*counts = (struct finding_counts){ 0 };
	TRY(store_has_step(look, T("assure"), FINDINGS_STEP, &knows));
	if (!knows)
		return OK;
	TRY(assure_finding_tally(look, &(struct assure_finding_tally_in){ moment_day(look->now).no },
				 &row));
	*counts = (struct finding_counts){ row.open, row.late };
	return OK;
}

struct error *
assure_may_answer(struct look *look, const struct pack *pack, const struct finding *finding,
		  struct person_id person, struct text *role, bool *may)
{
	struct held_role *held;
	size_t count;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	return is_owner(look, pack, finding, person, held, count, role, may);
}

/* ---- Acts of the clock ---- */

static struct text
about_finding(struct arena *into, int64_t id)
{
	return text_format(into, "finding:%lld", (long long)id);
}

static struct text
about_clause(struct arena *into, struct text clause)
{
	return text_format(into, "clause:%.*s", T_ARG(clause));
}

static struct error *
note(struct act *act, const char *name, int64_t id, struct text clause, const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = name,
			     .about = { about_finding(arena, id), about_clause(arena, clause) },
			     .clauses = { clause } };
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

/* The only holder of a role of the whole body, or for the unit named; or nobody. */
static struct error *
only_holder(struct look *look, const struct pack_role *role, struct unit_id unit,
	    struct person_id *person)
{
	struct decider *holders;
	size_t count = 0;
	*person = (struct person_id){ 0 };
	if (role == NULL || (role->scope != SCOPE_BODY && unit.no == 0))
		return OK;
	TRY(people_role_holders(look, role, unit, moment_day(look->now), &holders, &count));
	if (count == 1)
		*person = holders[0].person;
	return OK;
}

static struct error *
next_number(struct act *act, struct text *number)
{
	struct arena *arena = act->look.arena;
	const int year = day_fiscal_year(moment_day(act->look.now));
	int64_t serial;
	TRY(act_number(act, text_format(arena, "finding:%d", year), &serial));
	*number = text_format(arena, "%.*s-F%04lld", T_ARG(fiscal_wareki(arena, year)),
			      (long long)serial);
	return OK;
}

struct error *
finding_open(struct act *act, const struct pack *pack, const struct cause *cause,
	     struct finding_id *id)
{
	const struct pack_role *role =
		cause->role != NULL ? cause->role : owner_of(cause->assured->clause);
	const struct text clause = cause->assured->clause->id;
	struct person_id person;
	struct text number;
	int64_t days;
	TRY(people_parameter(&act->look, pack, "finding.due-days", FINDING_DUE_DAYS, &days));
	TRY(only_holder(&act->look, role, cause->unit, &person));
	TRY(next_number(act, &number));
	TRY(act_number(act, T("finding"), &id->no));
	const struct day due = day_plus(moment_day(act->look.now), days);
	TRY(assure_finding_add(act, &(struct assure_finding_add_in){
					    .id = id->no,
					    .number = number,
					    .kind = text_of(kinds[cause->kind]),
					    .clause = clause,
					    .about = cause->about,
					    .why = cause->why,
					    .role = role != NULL ? role->code : T(""),
					    .person = person.no,
					    .due = due.no,
					    .opened = act->look.now.ms,
					    .follows = cause->follows,
					    .unit = cause->unit.no,
					    .detail = cause->detail,
				    }));
	const struct fact_pair pairs[] = { { "about", cause->about, 0 },
					   { "due", day_iso(act->look.arena, due), 0 },
					   { "kind", text_of(kinds[cause->kind]), 0 },
					   { "role", role != NULL ? role->code : T(""), 0 },
					   { NULL } };
	return note(act, "finding.open", id->no, clause, pairs);
}

struct error *
finding_end(struct act *act, const struct lasting *lasting, struct text words)
{
	TRY(assure_finding_end(act, &(struct assure_finding_end_in){
					    .id = lasting->id.no,
					    .state = text_of(states[FINDING_GONE]),
					    .ended = act->look.now.ms,
					    .done = words,
					    .settled = act->look.now.ms,
				    }));
	return note(act, "finding.gone", lasting->id.no, lasting->clause, NULL);
}

struct error *
finding_settle(struct act *act, const struct lasting *lasting)
{
	TRY(assure_finding_settle(act, &(struct assure_finding_settle_in){ lasting->id.no,
									   act->look.now.ms }));
	return note(act, "finding.settle", lasting->id.no, lasting->clause, NULL);
}

/* ---- Acts of its owner ---- */

static struct error *
take_up(struct act *act, const struct pack *pack, struct finding_id id, struct text words,
	struct finding *finding)
{
	struct text role;
	bool may;
	const struct person_id person = { act->actor.person };
	TRY(assure_finding(&act->look, pack, id, finding));
	TRY(assure_may_answer(&act->look, pack, finding, person, &role, &may));
	if (!may)
		return refuse("この指摘に答えられるのは、条項が定める責任者か、その上の責任者です。");
	if (finding->state != FINDING_OPEN)
		return conflict("この指摘は、もう終わっています。");
	if (text_is_blank(words))
		return reject("words", "内容を書いてください。");
	if (text_count(words) > FINDING_MOST_WORDS)
		return reject("words", "内容は%d文字までにしてください。", FINDING_MOST_WORDS);
	act->actor.role = role;
	return OK;
}

struct error *
assure_finding_plan(struct act *act, const struct pack *pack, struct finding_id id,
		    struct text words, struct day due)
{
	enum { DUE_MOST_DAYS = 366 };
	struct finding finding;
	const struct day today = moment_day(act->look.now);
	TRY(take_up(act, pack, id, words, &finding));
	if (day_is_none(due) || due.no < today.no || due.no > today.no + DUE_MOST_DAYS)
		return reject("due", "いつまでに行うかを、今日から1年以内の日で書いてください。");
	TRY(assure_finding_set_plan(act, &(struct assure_finding_set_plan_in){
						 id.no, words, due.no, act->actor.person }));
	const struct fact_pair pairs[] = { { "due", day_iso(act->look.arena, due), 0 }, { NULL } };
	return note(act, "finding.plan", id.no, finding.clause, pairs);
}

/* What ends by itself cannot be ended here: where it is put right instead, or NULL. */
static const char *
put_right_elsewhere(enum finding_kind kind)
{
	switch (kind) {
	case ASSURE_ACCOUNTS:
		return N_("アカウントの指摘は、ここでは終えられません。システムの画面で、一つずつ直すか、残す理由と期限を書いてください。すべて済むと、番所が自分で終えます。");
	case ASSURE_CHECK:
		return N_("自己点検の改善の指摘は、ここでは終えられません。「いいえ」と答えた人が改善を記録するよう促してください。すべて済むと、番所が自分で終えます。");
	case ASSURE_SETTING:
		return N_("設定の指摘は、ここでは終えられません。設定を直し、システムの台帳に新しい値と確かめた日を書いてください。足りると、番所が自分で終えます。");
	case ASSURE_DUTY:
		return N_("くり返す仕事の指摘は、ここでは終えられません。その仕事の画面で、行った記録か、今回しないわけを書いてください。番所が自分で終えます。");
	case ASSURE_POINT:
		return N_("監査の指摘の遅れは、ここでは終えられません。指摘に答え、監査人の確かめを受けてください。番所が自分で終えます。");
	case ASSURE_LINK:
		return N_("事案の連絡の指摘は、ここでは終えられません。事案の画面で連絡を受け取ってください。番所が自分で終えます。");
	case ASSURE_THING:
		return N_("物品の指摘は、ここでは終えられません。物を戻す、見つける、廃棄の手続をする、ソフトウェアを置きかえるなど、もとを直して記録してください。番所が自分で終えます。");
	case ASSURE_ENTRANCE:
		return N_("入退室の指摘は、ここでは終えられません。その入室の画面で、退室を記入するか、説明を書いてください。済むと、番所が自分で終えます。");
	case ASSURE_CONTRACT:
		return N_("委託の指摘は、ここでは終えられません。委託の画面で直してください。直ると、番所が自分で終えます。");
	case ASSURE_RECONCILE:
		return N_("突き合わせの指摘は、ここでは終えられません。違いを一つずつ直してもう一度突き合わせるか、違っていてよいわけと期限を書いてください。すべて済むと、番所が自分で終えます。");
	case ASSURE_LATE:
	case ASSURE_EXCEPTION:
	case ASSURE_JUDGEMENT:
	case ASSURE_DISAGREE:
	case ASSURE_KINDS:
		break;
	}
	return NULL;
}

bool
assure_finding_ends_itself(enum finding_kind kind)
{
	return put_right_elsewhere(kind) != NULL;
}

/* Whose deed the finding rests on: who judged, or who applied for the exception. */
static struct error *
author_of(struct look *look, const struct finding *finding, struct person_id *author)
{
	struct assure_author_row row;
	struct text rest = finding->about;
	int64_t no;
	bool found;
	*author = (struct person_id){ 0 };
	const bool is_judgement = text_starts(rest, T("judgement:"));
	if (!is_judgement && !text_starts(rest, T("permit:")))
		return OK;
	rest = text_from(rest, is_judgement ? sizeof "judgement:" - 1 : sizeof "permit:" - 1);
	if (!number_read(rest, 1, INT64_MAX, &no))
		return OK;
	TRY(assure_author(look, &(struct assure_author_in){ is_judgement ? no : 0,
							    is_judgement ? 0 : no }, &found, &row));
	if (found)
		author->no = row.person;
	return OK;
}

struct error *
assure_finding_close(struct act *act, const struct pack *pack, struct finding_id id,
		     struct text words)
{
	struct finding finding;
	struct person_id author;
	TRY(take_up(act, pack, id, words, &finding));
	if (assure_finding_ends_itself(finding.kind))
		return refuse("%s", say(put_right_elsewhere(finding.kind)));
	TRY(author_of(&act->look, &finding, &author));
	TRY(people_must_be_free((struct person_id){ act->actor.person }, author, MATTER_FINDING));
	TRY(assure_finding_end(act, &(struct assure_finding_end_in){
					    .id = id.no,
					    .state = text_of(states[FINDING_CLOSED]),
					    .ended = act->look.now.ms,
					    .ended_by = act->actor.person,
					    .done = words,
				    }));
	return note(act, "finding.close", id.no, finding.clause, NULL);
}

struct error *
assure_kept(struct look *look, struct person_id person, struct assure_kept *kept)
{
	struct assure_kept_counts_row row;
	TRY(assure_kept_counts(look, &(struct assure_kept_counts_in){ person.no }, &row));
	*kept = (struct assure_kept){ row.judgements, row.findings };
	return OK;
}
