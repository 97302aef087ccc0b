/* Standing delegation (委任・専決): what runs, giving it, taking it back. */
#include "pages/people_pages.h"

#include "people/delegation.h"

/* ---- The list ---- */

/* 「技術の利用の許可、期間の延長」: what is given, in the words of the occasions. */
static struct text
powers_words(struct visit *visit, const struct pack_delegation *of)
{
	struct writer out = writer_open(visit->arena, 4096);
	for (size_t at = 0; at < of->powers_count; at++) {
		const struct pack_power *power = &of->powers[at];
		write_format(&out, "%s%.*s%s", at > 0 ? say("、") : "",
			     T_ARG(words_now(power->occasion->title)),
			     power->kind == POWER_EXTEND ? say("(期間の延長)") : say("(許可)"));
	}
	return writer_text(&out);
}

static struct error *
holds_post(struct look *look, struct visit *visit, struct post_id post, bool *holds)
{
	struct assignment *list;
	size_t count;
	*holds = false;
	TRY(people_assignments_of(look, visit->session.person, &list, &count));
	for (size_t at = 0; at < count; at++)
		*holds |= list[at].post.no == post.no &&
			  is_within(list[at].since, list[at].until, visit->today);
	return OK;
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct delegation *one,
	 struct delegations_rows *row)
{
	struct arena *arena = visit->arena;
	*row = (struct delegations_rows){
		.name = one->of != NULL ? words_now(one->of->name) : one->code,
		.post = text_format(arena, "%.*s %.*s", T_ARG(one->unit_name), T_ARG(one->post_name)),
		.giver = one->given_by_name,
		.reason = one->reason,
		.since = one->since,
		.until = one->until,
		.is_now = is_within(one->since, one->until, visit->today),
		.is_asleep = !one->is_held,
		.is_gone = one->of == NULL,
		.giver_href = url_of_number(arena, "/people/{}", one->given_by.no),
		.ends = url_of_number(arena, "/delegations/{}/end", one->id.no),
	};
	TRY(holds_post(look, visit, one->post, &row->may_end));
	if (one->of == NULL)
		return OK;
	row->from = words_now(one->of->from->name);
	row->to = words_now(one->of->to->name);
	row->powers = powers_words(visit, one->of);
	if (one->of->clause != NULL && visit_may(visit, RIGHT_MAP_READ)) {
		row->clause = one->of->clause->number;
		row->clause_href = url_of(arena, "/clauses/{}", one->of->clause->id);
	}
	return OK;
}

static struct error *
delegations_draw(struct look *look, struct visit *visit)
{
	struct delegation *list, *givable;
	size_t count, givable_count;
	const struct pack *pack = visit->office->pack;
	TRY(people_delegations(look, pack, visit->today, &list, &count));
	TRY(people_delegations_givable(look, pack, visit->session.person, &givable, &givable_count));
	struct delegations_page page = {
		.frame = visit_frame(visit, text_of(say("権限の委任(専決)")), "people"),
		.tabs = people_tabs(visit, TAB_DELEGATIONS),
		.may_give = givable_count > 0,
		.has_any = pack->delegations_count > 0,
		.rows = ARENA_ARRAY(visit->arena, struct delegations_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++)
		TRY(fill_row(look, visit, &list[at], &page.rows[at]));
	return visit_draw(visit, delegations_page, &page);
}

/* ---- Giving ---- */

static struct error *
new_draw(struct look *look, struct visit *visit)
{
	struct delegation *list;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(people_delegations_givable(look, visit->office->pack, visit->session.person, &list,
				       &count));
	struct field_option *options = ARENA_ARRAY(arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){
			list[at].code,
			text_format(arena, say("%.*s: %.*sへ。%.*s"), T_ARG(words_now(list[at].of->name)),
				    T_ARG(words_now(list[at].of->to->name)),
				    T_ARG(powers_words(visit, list[at].of))),
		};
	struct delegation_form_page page = {
		.frame = visit_frame(visit, text_of(say("権限を委任する")), "people"),
		.tabs = people_tabs(visit, TAB_DELEGATIONS),
		.csrf = visit->csrf,
		.has_choices = count > 0,
		.which = radio_box(visit, "code", text_of(say("どの権限を")), T(""),
				   count == 1 ? options[0].value : T(""), true, options, count),
		.since = day_box(visit, "since", say("いつから"), "", visit->today, true),
		.until = day_box(visit, "until", say("いつまで"), say("いつでも早く終えられます。"), DAY_NONE, true),
		.reason = text_box(visit, "reason", say("理由"),
				   say("例 定例の延長が多く、早く答える必要があるため。だれでも読めます。"), T(""), true),
	};
	return visit_draw(visit, delegation_form_page, &page);
}

static struct error *
new_do(struct act *act, struct visit *visit)
{
	struct delegation_id id;
	struct error *faults = OK;
	struct delegation given = { .code = visit_text(visit, "code"),
				    .reason = text_trim(visit_text(visit, "reason")) };
	if (given.code.len == 0)
		error_add(&faults, reject("code", "どの権限を委任するか選んでください。"));
	error_add(&faults, form_day(visit, "since", true, &given.since));
	error_add(&faults, form_day(visit, "until", true, &given.until));
	if (given.reason.len == 0)
		error_add(&faults, reject("reason", "理由を入れてください。"));
	if (faults != OK)
		return faults;
	TRY(people_delegation_give(act, visit->office->pack, &given, &id));
	visit->go_to = url_path(visit->arena, "/delegations");
	visit->done = "delegated";
	return OK;
}

/* ---- Taking back ---- */

static struct error *
end_draw(struct look *look, struct visit *visit)
{
	struct delegation one;
	struct arena *arena = visit->arena;
	bool holds;
	TRY(people_delegation(look, visit->office->pack,
			      (struct delegation_id){ visit_id(visit, "id") }, &one));
	TRY(holds_post(look, visit, one.post, &holds));
	if (!holds)
		return refuse("委任を終えられるのは、委任した職に、いま就いている人だけです。");
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("委任を終える"),
			       .name = text_format(arena, say("%.*s(%.*s %.*s)"),
						   T_ARG(one.of != NULL ? words_now(one.of->name)
									: one.code),
						   T_ARG(one.unit_name), T_ARG(one.post_name)),
			       .words = N_("いますぐ終えるときは、きのうの日付を入れてください。決裁を待っている案件は、委任した職に戻ります。"),
			       .button = N_("委任を終える"),
			       .action = url_of_number(arena, "/delegations/{}/end", one.id.no),
			       .back = url_path(arena, "/delegations"),
			       .usual = visit->today,
			       .tab = TAB_DELEGATIONS,
		       });
}

static struct error *
end_do(struct act *act, struct visit *visit)
{
	struct day last;
	TRY(form_day(visit, "last", true, &last));
	TRY(people_delegation_end(act, visit->office->pack,
				  (struct delegation_id){ visit_id(visit, "id") }, last));
	visit->go_to = url_path(visit->arena, "/delegations");
	visit->done = "ended";
	return OK;
}

/* Who may is checked by the acts: the holder of the giving role, in their own right. */
PAGE_ROWS(delegation,
	  { { METHOD_GET, "/delegations" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = delegations_draw },
	  { { METHOD_GET, "/delegations/new" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = new_draw },
	  { { METHOD_POST, "/delegations/new" }, RIGHT_PEOPLE_READ, PAGE_ACT, .act = new_do,
	    .again = new_draw },
	  { { METHOD_GET, "/delegations/{id}/end" }, RIGHT_PEOPLE_READ, PAGE_LOOK,
	    .look = end_draw },
	  { { METHOD_POST, "/delegations/{id}/end" }, RIGHT_PEOPLE_READ, PAGE_ACT, .act = end_do,
	    .again = end_draw });
