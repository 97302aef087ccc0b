/* One occasion's whole life: asked, filled in, sent, decided, used, recorded, finished, printed. */
#include "cli/walk.h"

#include "base/number.h"

enum { LATELY_MS = 300000, ROUNDS = 40, TRIES_MOST = 3, ANSWERS_MOST = 600 };

struct living {
	struct walking *walking;
	const struct pack_occasion *occasion;
	enum walk_fill fill;
	struct dossier_id id;
	struct dossier dossier; /* as read last */
	struct flow_answer tried[ANSWERS_MOST]; /* value: how often, in digits of its length */
	int times[ANSWERS_MOST];
	size_t tried_count;
};

/* ---- Acts, each by the person named ---- */

enum deed { BEGIN, SAVE, SEND, DECIDE, OUT, BACK, CLOSE, RESULT };

struct doing {
	struct living *living;
	enum deed deed;
	struct flow_words words;
	struct flow_ruling ruling;
	const struct flow_permit *permit;
	struct row_id asset;
	int64_t outing;
	const struct flow_answer *answers;
	size_t count;
};

static struct error *
work(struct act *act, void *with)
{
	struct doing *doing = with;
	struct living *living = doing->living;
	const struct flow *flow = &living->walking->body->flow;
	const int64_t change = living->dossier.change;
	switch (doing->deed) {
	case BEGIN:
		return flow_draft(act, flow, (struct post_id){ 0 }, &doing->words, &living->id);
	case SAVE:
		return flow_save(act, flow, living->id, change, &doing->words);
	case SEND:
		return flow_send(act, flow, living->id, change);
	case DECIDE:
		return flow_decide(act, flow, living->id, change, &doing->ruling);
	case OUT:
		return flow_out(act, flow, doing->permit->id, change, doing->asset, T("書類一式"));
	case BACK:
		return flow_back(act, flow, doing->permit->id, change, doing->outing);
	case CLOSE:
		return flow_exception_close(act, flow, doing->permit->id, change,
					    T("確かめました。"));
	case RESULT:
		return flow_result(act, flow, living->id, change, doing->answers, doing->count);
	}
	return OK;
}

static struct error *
read_again(struct living *living)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(living->walking->body->store, living->walking->case_arena, &look));
	return flow_read(&look, &living->walking->body->flow, living->id, &living->dossier);
}

static struct error *
do_as(struct living *living, struct person_id person, struct doing *doing)
{
	const struct actor actor = { .person = person.no, .through = T("cli") };
	doing->living = living;
	TRY(store_act(living->walking->body->store, living->walking->case_arena, &actor, work,
		      doing));
	return read_again(living);
}

static struct person_id
applicant_of(const struct walking *walking, const struct pack_occasion *occasion)
{
	if (occasion->by_count == 0 || occasion->by[0]->scope == SCOPE_EVERYONE)
		return walking->clerk;
	return walking->holders[occasion->by[0] - walking->pack->roles];
}

static struct error *
may_apply(struct look *look, const struct walking *walking, const struct flow_match *match,
	  struct person_id person, bool *may)
{
	*may = true;
	for (size_t at = 0; at < match->occasions_count && *may; at++)
		TRY(flow_may_apply(look, &walking->body->flow, match->occasions[at], person, may));
	return OK;
}

/* The answers may give rise to other occasions too: who may bring them all, if anybody may. */
static struct error *
find_applicant(const struct living *living, const struct walk_answers *answers,
	       struct person_id *applicant)
{
	const struct walking *walking = living->walking;
	const struct flow_asked asked = { answers->list, answers->count, answers->assets,
					  answers->assets_count };
	struct flow_match *match = ARENA_NEW(walking->case_arena, struct flow_match);
	LOOK_SCOPED look = { 0 };
	bool may;
	*applicant = applicant_of(walking, living->occasion);
	TRY(look_begin(walking->body->store, walking->case_arena, &look));
	TRY(flow_match(&look, &walking->body->flow, &asked, match));
	TRY(may_apply(&look, walking, match, *applicant, &may));
	for (size_t at = 0; at < walking->pack->roles_count && !may; at++) {
		const struct person_id holder = walking->holders[at];
		if (holder.no == 0)
			continue;
		TRY(flow_may_apply(&look, &walking->body->flow, living->occasion, holder, &may));
		if (may)
			TRY(may_apply(&look, walking, match, holder, &may));
		if (may)
			*applicant = holder;
	}
	return OK;
}

/* ---- Filling in ---- */

static const struct pack_field *
find_field(const struct living *living, struct text name)
{
	const struct pack_field *field = pack_question(living->walking->pack, name);
	for (size_t at = 0; field == NULL && at < living->dossier.forms_count; at++)
		field = form_field(living->dossier.forms[at], name, NULL);
	return field;
}

static int
times_tried(struct living *living, struct text name, struct text item)
{
	for (size_t at = 0; at < living->tried_count; at++)
		if (text_same(living->tried[at].name, name) &&
		    text_same(living->tried[at].item, item))
			return living->times[at]++;
	if (living->tried_count == ANSWERS_MOST)
		return TRIES_MOST;
	living->tried[living->tried_count] = (struct flow_answer){ name, item, T("") };
	living->times[living->tried_count++] = 1;
	return 0;
}

/* What a report is about has happened already. */
static bool
is_past(const struct living *living, const struct pack_field *field)
{
	for (size_t at = 0; at < living->dossier.occasions_count; at++) {
		const struct pack_field *happened = living->dossier.occasions[at]->report.happened;
		if (happened != NULL && text_same(happened->name, field->name))
			return true;
	}
	return false;
}

/* Items that leave the ledger must be listed with the serials it knows. */
static struct text
value_for(struct living *living, const struct pack_field *field, enum walk_fill fill)
{
	struct arena *arena = living->walking->case_arena;
	struct text value = walk_value(living->walking, field, fill);
	if (field->kind == FIELD_MOMENT && is_past(living, field))
		value = moment_local(arena, (struct moment){ walk_now(living->walking).ms - LATELY_MS });
	for (size_t at = 0; field->kind == FIELD_SERIALS && at < living->dossier.assets_count; at++) {
		const struct text serial = living->dossier.assets[at].row.serial;
		if (serial.len != 0 && !text_has(value, serial))
			value = text_format(arena, "%.*s\n%.*s", T_ARG(serial), T_ARG(value));
	}
	return value;
}

struct typing {
	struct flow_answer list[ANSWERS_MOST];
	size_t count;
};

static bool
is_typed(const struct typing *typing, struct text name, struct text item)
{
	for (size_t at = 0; at < typing->count; at++)
		if (text_same(typing->list[at].name, name) && text_same(typing->list[at].item, item))
			return true;
	return false;
}

static void
type(struct typing *typing, struct text name, struct text item, struct text value)
{
	if (!is_typed(typing, name, item) && typing->count < ANSWERS_MOST)
		typing->list[typing->count++] = (struct flow_answer){ name, item, value };
}

/* Answer what was found wanting; a fault that stays after three tries is the pack's. */
static struct error *
answer_faults(struct living *living, const struct error *faults, struct typing *typing)
{
	for (const struct error *fault = faults; fault != NULL; fault = fault->next) {
		struct text name, item = T("");
		if (!text_cut(fault->field, '@', &name, &item))
			name = fault->field;
		if (is_typed(typing, name, item))
			continue; /* asked by several sheets */
		const struct pack_field *field = find_field(living, name);
		const int times = times_tried(living, name, item);
		if (field == NULL || times >= TRIES_MOST)
			return error_make(ERROR_INVALID, __FILE__, __LINE__,
					  text_z(living->walking->case_arena, fault->field), "%.*s",
					  T_ARG(fault->words));
		type(typing, field->name, item,
		     value_for(living, field,
			       times == 0 ? living->fill : times == 1 ? FILL_LEAST : FILL_MOST));
	}
	return OK;
}

static struct error *
is_shown(struct living *living, struct look *look, const struct pack_section *section,
	 const struct pack_field *field, bool *shown)
{
	struct dossier *dossier = &living->dossier;
	const struct flow *flow = &living->walking->body->flow;
	const struct flow_asked asked = { dossier->answers, dossier->answers_count, NULL, 0,
					  dossier->forms, dossier->forms_count };
	TRY(flow_is_shown(look, flow, &asked, section->shown_when, T(""), shown));
	if (*shown)
		TRY(flow_is_shown(look, flow, &asked, field->shown_when, T(""), shown));
	return OK;
}

/* Everything that may be answered, for the longest form there is. */
static struct error *
answer_all(struct living *living, struct typing *typing)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(living->walking->body->store, living->walking->case_arena, &look));
	for (size_t form = 0; form < living->dossier.forms_count; form++) {
		const struct pack_form *one = living->dossier.forms[form];
		for (size_t at = 0; at < one->sections_count; at++) {
			const struct pack_section *section = &one->sections[at];
			if (section->stage != STAGE_APPLY || section->each != NULL)
				continue;
			for (size_t no = 0; no < section->fields_count; no++) {
				const struct pack_field *field = &section->fields[no];
				bool shown;
				TRY(is_shown(living, &look, section, field, &shown));
				if (!shown || field->is_computed ||
				    dossier_answer(&living->dossier, field->name, T("")).len != 0 ||
				    times_tried(living, field->name, T("")) != 0)
					continue;
				type(typing, field->name, T(""),
				     value_for(living, field, living->fill));
			}
		}
	}
	return OK;
}

static struct error *
find_faults(struct living *living, bool is_result, struct error **faults)
{
	LOOK_SCOPED look = { 0 };
	*faults = NULL;
	TRY(look_begin(living->walking->body->store, living->walking->case_arena, &look));
	return is_result ? flow_check_result(&look, &living->walking->body->flow, living->id, faults)
			 : flow_check(&look, &living->walking->body->flow, living->id, faults);
}

static struct error *
fill_in(struct living *living)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct typing *typing = ARENA_NEW(living->walking->case_arena, struct typing);
		struct error *faults;
		if (living->fill == FILL_MOST)
			TRY(answer_all(living, typing));
		TRY(find_faults(living, false, &faults));
		TRY(answer_faults(living, faults, typing));
		if (typing->count == 0)
			return OK;
		struct doing save = { .deed = SAVE,
				      .words = { .asked = { typing->list, typing->count, NULL, 0 },
						 .keeps_choice = true } };
		TRY(do_as(living, living->dossier.applicant, &save));
	}
	return broken("答えがいつまでもそろいません。");
}

/* An item ends when some end's condition holds: every choice is tried, the rest is answered. */
static void
answer_item(struct living *living, const struct pack_section *section, struct text item, size_t round,
	    struct typing *typing)
{
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		struct text value = walk_value(living->walking, field, living->fill);
		if (field->kind == FIELD_CHOICE)
			value = field->choices[round % field->choices_count].code;
		if (field->kind == FIELD_YES_NO)
			value = round % 2 == 0 ? T("yes") : T("no");
		type(typing, field->name, item, value);
	}
}

static void
answer_items(struct living *living, size_t round, struct typing *typing)
{
	const struct dossier *dossier = &living->dossier;
	for (size_t at = 0; at < dossier->items_count; at++) {
		const struct flow_item *item = &dossier->items[at];
		for (size_t no = 0; item->end == NULL && no < item->form->sections_count; no++)
			if (item->form->sections[no].each != NULL)
				answer_item(living, &item->form->sections[no], item->serial, round,
					    typing);
	}
}

static struct error *
fill_result(struct living *living)
{
	for (int round = 0; round < ROUNDS && living->dossier.state == DOSSIER_GRANTED; round++) {
		struct typing *typing = ARENA_NEW(living->walking->case_arena, struct typing);
		struct error *faults;
		TRY(find_faults(living, true, &faults));
		TRY(answer_faults(living, faults, typing));
		answer_items(living, (size_t)round, typing); /* not negative */
		struct doing result = { .deed = RESULT, .answers = typing->list,
					.count = typing->count };
		TRY(do_as(living, living->dossier.applicant, &result));
		if (typing->count == 0)
			return OK;
	}
	return OK;
}

/* ---- Deciding ---- */

static const struct flow_step *
open_step(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (dossier->steps[at].state == STEP_OPEN)
			return &dossier->steps[at];
	return NULL;
}

static enum verdict
verdict_for(const struct living *living, const struct flow_step *step, enum verdict wished)
{
	if (step->verb == STEP_CONSULTATION)
		return VERDICT_OPINION;
	if (step->verb == STEP_NOTIFICATION)
		return VERDICT_ACKNOWLEDGE;
	if (wished == VERDICT_PERMIT && living->fill == FILL_MOST)
		return VERDICT_PERMIT_WITH;
	return wished;
}

/* Decide until nothing is open, or a wished verdict other than permission was given. */
static struct error *
decide_all(struct living *living, enum verdict wished)
{
	for (int round = 0; round < FLOW_MOST_STEPS; round++) {
		const struct flow_step *step = open_step(&living->dossier);
		if (step == NULL)
			return OK;
		if (step->deciders_count == 0)
			return missing("「%.*s」を決める人がいません。%.*s",
				       T_ARG(words_now(step->wished->name)), T_ARG(step->problem));
		struct doing decide = { .deed = DECIDE };
		decide.ruling = (struct flow_ruling){ .step = step->id,
						      .verdict = verdict_for(living, step, wished),
						      .words = T("確かめました。"),
						      .digest = living->dossier.digest };
		TRY(do_as(living, step->deciders[0].person, &decide));
		if (decide.ruling.verdict == VERDICT_REFUSE ||
		    decide.ruling.verdict == VERDICT_SEND_BACK)
			return OK;
	}
	return broken("決裁がいつまでも終わりません。");
}

/* ---- Using ---- */

static struct error *
go_out(struct living *living, size_t permit)
{
	const struct dossier *dossier = &living->dossier;
	struct doing out = { .deed = OUT, .permit = &dossier->permits[permit] };
	if (dossier->assets_count != 0)
		out.asset = dossier->assets[0].row.id;
	TRY(do_as(living, dossier->applicant, &out));
	const struct flow_permit *now = &living->dossier.permits[permit];
	if (now->outings_count == 0)
		return broken("持ち出しが記録されていません。");
	struct doing back = { .deed = BACK, .permit = now, .outing = now->outings[0].id };
	return do_as(living, living->dossier.applicant, &back);
}

/* An exception without a result sheet is over when somebody says what was done. */
static struct error *
close_exceptions(struct living *living)
{
	struct error *faults;
	TRY(find_faults(living, true, &faults));
	for (size_t at = 0; faults == NULL && at < living->dossier.permits_count; at++) {
		struct doing close = { .deed = CLOSE, .permit = &living->dossier.permits[at] };
		if (close.permit->is_exception && !close.permit->is_closed)
			TRY(do_as(living, living->dossier.applicant, &close));
	}
	return OK;
}

static struct error *
use(struct living *living)
{
	if (living->occasion->has_permit && living->dossier.permits_count == 0)
		return broken("許可証が出ませんでした。");
	for (size_t at = 0; at < living->dossier.permits_count; at++)
		if (living->dossier.permits[at].is_signed_out &&
		    living->dossier.state == DOSSIER_GRANTED)
			TRY(go_out(living, at));
	TRY(close_exceptions(living));
	return fill_result(living);
}

/* ---- The whole ---- */

static struct error *
begin(struct living *living)
{
	struct walk_answers answers;
	struct person_id applicant;
	bool found;
	const struct pack_occasion *occasion = living->occasion;
	TRY(walk_find(living->walking, occasion, &answers, &found));
	if (!found && !occasion->is_offered)
		return missing("この場面に至る答えがありません。");
	struct text *wanted =
		ARENA_ARRAY(living->walking->case_arena, struct text, occasion->needs_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < occasion->needs_count; at++)
		wanted[count++] = occasion->needs[at]->code;
	if (!found)
		wanted[count++] = occasion->code;
	struct doing draft = { .deed = BEGIN,
			       .words = { .asked = { answers.list, answers.count, answers.assets,
						     answers.assets_count },
					  .wanted = wanted, .wanted_count = count } };
	TRY(find_applicant(living, &answers, &applicant));
	return do_as(living, applicant, &draft);
}

static struct error *
send(struct living *living)
{
	struct doing doing = { .deed = SEND };
	TRY(fill_in(living));
	return do_as(living, living->dossier.applicant, &doing);
}

static struct error *
must_be(const struct living *living, enum dossier_state state)
{
	if (living->dossier.state == state)
		return OK;
	return broken("案件は「%s」になるはずですが、「%s」です。", dossier_state_words(state),
		      dossier_state_words(living->dossier.state));
}

struct error *
walk_case(struct walking *walking, const struct pack_occasion *occasion, enum walk_fill fill,
	  enum walk_way way)
{
	struct living *living = ARENA_NEW(walking->case_arena, struct living);
	living->walking = walking;
	living->occasion = occasion;
	living->fill = fill;
	TRY(walk_fresh_rows(walking));
	TRY(begin(living));
	TRY(send(living));
	if (way == WAY_REFUSED) {
		TRY(decide_all(living, VERDICT_REFUSE));
		return must_be(living, DOSSIER_REFUSED);
	}
	if (way == WAY_WAITING)
		return OK;
	if (way == WAY_BACK) {
		TRY(decide_all(living, VERDICT_SEND_BACK));
		TRY(must_be(living, DOSSIER_RETURNED));
		TRY(send(living));
	}
	TRY(decide_all(living, VERDICT_PERMIT));
	if (way == WAY_PERMITTED)
		return OK;
	TRY(use(living));
	TRY(walk_print(walking, &living->dossier));
	return must_be(living, DOSSIER_COMPLETE);
}
