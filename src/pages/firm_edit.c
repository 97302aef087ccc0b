/* Keeping firms, engagements and their people. Right: people.edit. */
#include "pages/people_pages.h"

#include "base/number.h"

static struct url
firm_url(struct visit *visit, struct firm_id id)
{
	return url_of_number(visit->arena, "/people/firms/{}", id.no);
}

/* ---- Firms ---- */

static struct text
firm_stamp(struct visit *visit, const struct firm *firm)
{
	return stamp_of(visit, text_format(visit->arena, "%.*s\n%.*s\n%.*s\n%lld",
					   T_ARG(firm->code), T_ARG(firm->name),
					   T_ARG(firm->contact), (long long)firm->until.no));
}

static struct error *
draw_firm(struct visit *visit, const struct firm *firm, struct text title,
	  struct firm_form_page *page)
{
	page->frame = visit_frame(visit, title, "people");
	page->tabs = people_tabs(visit, TAB_FIRMS);
	page->csrf = visit->csrf;
	page->name = text_box(visit, "name", say("委託先の名前"), "", firm->name, true);
	page->code = text_box(visit, "code", say("業者コード"),
			      say("財務や契約のシステムで使っているコード。"), firm->code, true);
	page->contact = text_box(visit, "contact", say("窓口"), say("部署名と電話番号"),
				 firm->contact, false);
	return visit_draw(visit, firm_form_page, page);
}

static struct error *
firm_new_draw(struct look *look, struct visit *visit)
{
	(void)look;
	struct firm_form_page page = {
		.title = text_of(say("委託先を追加する")),
		.action = url_path(visit->arena, "/people/firms/new"),
		.back = url_path(visit->arena, "/people/firms"),
		.is_new = true,
	};
	return draw_firm(visit, &(struct firm){.until = DAY_NONE}, page.title, &page);
}

static struct error *
firm_edit_draw(struct look *look, struct visit *visit)
{
	struct firm firm;
	const struct firm_id id = { visit_id(visit, "id") };
	TRY(people_firm(look, id, &firm));
	struct firm_form_page page = {
		.title = text_format(visit->arena, say("%.*sの登録を直す"), T_ARG(firm.name)),
		.was = firm_stamp(visit, &firm),
		.action = url_of_number(visit->arena, "/people/firms/{}/edit", id.no),
		.back = firm_url(visit, id),
		.until = day_box(
			visit, "until", say("取引の終わりの日"),
			say("もう使わない業者のとき。委託が残っているあいだは入れられません。"),
			firm.until, false),
	};
	return draw_firm(visit, &firm, firm.name, &page);
}

static void
read_firm(const struct visit *visit, struct firm *firm)
{
	firm->name = text_trim(visit_text(visit, "name"));
	firm->code = text_trim(visit_text(visit, "code"));
	firm->contact = text_trim(visit_text(visit, "contact"));
}

static struct error *
firm_new_do(struct act *act, struct visit *visit)
{
	struct firm firm = { .until = DAY_NONE };
	struct firm_id id;
	read_firm(visit, &firm);
	TRY(people_firm_add(act, &firm, &id));
	visit->go_to = firm_url(visit, id);
	visit->done = "added";
	return OK;
}

static struct error *
firm_edit_do(struct act *act, struct visit *visit)
{
	struct firm firm;
	const struct firm_id id = { visit_id(visit, "id") };
	TRY(people_firm(&act->look, id, &firm));
	TRY(stamp_must_match(visit, firm_stamp(visit, &firm)));
	read_firm(visit, &firm);
	TRY(form_day(visit, "until", false, &firm.until));
	TRY(people_firm_change(act, &firm));
	visit->go_to = firm_url(visit, id);
	visit->done = "changed";
	return OK;
}

/* ---- Engagements ---- */

static struct text
engagement_words(struct visit *visit, const struct engagement *one)
{
	return text_format(visit->arena, say("%.*s　%.*s（%.*sまで）"), T_ARG(one->firm_name),
			   T_ARG(one->work), T_ARG(day_wareki(visit->arena, one->until)));
}

static struct error *
draw_engage(struct visit *visit, struct text title, struct engage_page *page)
{
	const bool is_below = page->firm != NULL;
	page->frame = visit_frame(visit, title, "people");
	page->tabs = people_tabs(visit, TAB_FIRMS);
	page->csrf = visit->csrf;
	page->work = text_box(visit, "work", say("業務の名前"), "", T(""), true);
	page->basis = text_box(visit, "basis",
			       is_below ? say("承諾の番号") : say("契約の番号"),
			       is_below ? say("再委託を認めた承諾書や許可証の番号。") : say("契約書の番号。"),
			       T(""), true);
	page->agreed = day_box(visit, "agreed", is_below ? say("承諾した日") : say("契約の日"),
			       say("始まりの日より前か、同じ日です。"), DAY_NONE, true);
	page->since = day_box(visit, "since", say("いつから"), "", DAY_NONE, true);
	page->until = day_box(visit, "until", say("いつまで"), "", DAY_NONE, true);
	return visit_draw(visit, engage_page, page);
}

static struct error *
engage_draw(struct look *look, struct visit *visit)
{
	struct firm firm;
	struct field_option *units;
	size_t count;
	const struct firm_id id = { visit_id(visit, "id") };
	TRY(people_firm(look, id, &firm));
	TRY(unit_options(look, visit, &units, &count));
	struct engage_page page = {
		.title = text_format(visit->arena, say("%.*sへの委託を登録する"),
				     T_ARG(firm.name)),
		.action = url_of_number(visit->arena, "/people/firms/{}/engage", id.no),
		.back = firm_url(visit, id),
		.unit = select_box(visit, "unit", text_of(say("受け持つ所属")), T(""), T(""),
				   true, units, count),
	};
	return draw_engage(visit, text_of(say("委託を登録する")), &page);
}

static struct error *
firm_box(struct look *look, struct visit *visit, const struct field_part **box)
{
	struct firm *firms;
	size_t count;
	TRY(people_firms(look, visit->today, true, &firms, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){ number_text(visit->arena, firms[at].id.no),
						     firms[at].name };
	*box = select_box(visit, "firm", text_of(say("再委託先")),
			  text_of(say("一覧にないときは、先に委託先として追加してください。")), T(""), true, options,
			  count);
	return OK;
}

static struct error *
below_draw(struct look *look, struct visit *visit)
{
	struct engagement above;
	const struct engagement_id id = { visit_id(visit, "id") };
	TRY(people_engagement(look, id, &above));
	struct engage_page page = {
		.title = text_of(say("再委託を登録する")),
		.above = engagement_words(visit, &above),
		.action = url_of_number(visit->arena, "/people/engagements/{}/below", id.no),
		.back = firm_url(visit, above.firm),
	};
	TRY(firm_box(look, visit, &page.firm));
	return draw_engage(visit, page.title, &page);
}

static struct error *
read_engagement(const struct visit *visit, struct engagement *engagement)
{
	struct error *faults = OK;
	engagement->work = text_trim(visit_text(visit, "work"));
	engagement->basis = text_trim(visit_text(visit, "basis"));
	if (engagement->work.len == 0)
		error_add(&faults, reject("work", "業務の名前を入れてください。"));
	if (engagement->basis.len == 0)
		error_add(&faults, reject("basis", "契約または承諾の番号を入れてください。"));
	error_add(&faults, form_day(visit, "agreed", true, &engagement->agreed));
	error_add(&faults, form_day(visit, "since", true, &engagement->since));
	error_add(&faults, form_day(visit, "until", true, &engagement->until));
	return faults;
}

/* `fault`: what is wrong with the box that only this form has, or OK. */
static struct error *
add_engagement(struct act *act, struct visit *visit, struct engagement *engagement,
	       struct error *fault)
{
	struct engagement_id id;
	struct error *faults = read_engagement(visit, engagement);
	error_add(&faults, fault);
	if (faults != OK)
		return faults;
	TRY(people_engagement_add(act, engagement, &id));
	visit->go_to = firm_url(visit, engagement->firm);
	visit->done = "added";
	return OK;
}

static struct error *
engage_do(struct act *act, struct visit *visit)
{
	struct engagement engagement = {.firm = {visit_id(visit, "id")}};
	struct error *fault = OK;
	if (!number_read(visit_text(visit, "unit"), 1, INT64_MAX, &engagement.unit.no))
		fault = reject("unit", "受け持つ所属を選んでください。");
	return add_engagement(act, visit, &engagement, fault);
}

static struct error *
below_do(struct act *act, struct visit *visit)
{
	struct engagement engagement = { .above = { visit_id(visit, "id") } };
	struct error *fault = OK;
	if (!number_read(visit_text(visit, "firm"), 1, INT64_MAX, &engagement.firm.no))
		fault = reject("firm", "再委託先を選んでください。");
	return add_engagement(act, visit, &engagement, fault);
}

static struct error *
until_draw(struct look *look, struct visit *visit)
{
	struct engagement one;
	const struct engagement_id id = { visit_id(visit, "id") };
	TRY(people_engagement(look, id, &one));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("委託の期間を改める"),
			       .name = text_format(visit->arena, "%.*s　%.*s", T_ARG(one.firm_name),
						   T_ARG(one.work)),
			       .words = N_("早めると、再委託、従事者、従事者の職とサインインも、その日で終わります。延ばしても、従事者の期間はそのままです。"),
			       .button = N_("期間を改める"),
			       .action = url_of_number(visit->arena, "/people/engagements/{}/until",
						       id.no),
			       .back = firm_url(visit, one.firm),
			       .usual = one.until,
			       .tab = TAB_FIRMS,
		       });
}

static struct error *
until_do(struct act *act, struct visit *visit)
{
	struct engagement one;
	struct day last;
	const struct engagement_id id = { visit_id(visit, "id") };
	TRY(people_engagement(&act->look, id, &one));
	TRY(form_day(visit, "last", true, &last));
	TRY(people_engagement_until(act, id, last));
	visit->go_to = firm_url(visit, one.firm);
	visit->done = "changed";
	return OK;
}

/* ---- Workers ---- */

static void
fill_worker(struct visit *visit, const struct engagement *one, struct worker_form_page *page)
{
	const struct field_option kinds[] = {
		{ text_of(employment_code(EMPLOYMENT_CONTRACTOR)),
		  text_of(employment_words(EMPLOYMENT_CONTRACTOR)) },
		{ text_of(employment_code(EMPLOYMENT_DISPATCHED)),
		  text_of(employment_words(EMPLOYMENT_DISPATCHED)) },
	};
	page->csrf = visit->csrf;
	page->number = text_box(visit, "number", say("番号"),
				say("登録済みの従事者はその番号。初めての人は、職員番号と重ならない番号を決めてください。"),
				T(""), true);
	page->family = text_box(visit, "family", say("姓"), "", T(""), false);
	page->given = text_box(visit, "given", say("名"), "", T(""), false);
	page->kana = text_box(visit, "kana", say("フリガナ"), "", T(""), false);
	page->kind = radio_box(visit, "kind", text_of(say("種別")), T(""), kinds[0].value, true,
			       kinds, 2);
	page->pledged = day_box(visit, "pledged", say("守秘の誓約をした日"),
				say("誓約書に署名した日。誓約のない人は登録できません。"), DAY_NONE, true);
	page->since = day_box(visit, "since", say("いつから"), "",
			      one->since.no > visit->today.no ? one->since : visit->today, true);
	page->until = day_box(visit, "until", say("いつまで"), say("委託の期間の中にしてください。"),
			      one->until, true);
}

static struct error *
worker_draw(struct look *look, struct visit *visit)
{
	struct engagement one;
	const struct engagement_id id = { visit_id(visit, "id") };
	TRY(people_engagement(look, id, &one));
	struct worker_form_page page = {
		.frame = visit_frame(visit, text_of(say("従事者を登録する")), "people"),
		.tabs = people_tabs(visit, TAB_FIRMS),
		.engagement = engagement_words(visit, &one),
		.action = url_of_number(visit->arena, "/people/engagements/{}/workers/new",
					id.no),
		.back = firm_url(visit, one.firm),
	};
	fill_worker(visit, &one, &page);
	return visit_draw(visit, worker_form_page, &page);
}

/* Somebody known by the number, or somebody new. */
static struct error *
worker_person(struct act *act, struct visit *visit, struct person_id *id)
{
	struct person person;
	bool found;
	const struct text number = text_trim(visit_text(visit, "number"));
	if (number.len == 0)
		return reject("number", "番号を入れてください。");
	TRY(people_person_by_number(&act->look, number, &found, &person));
	if (found) {
		*id = person.id;
		return OK;
	}
	person = (struct person){
		.number = number,
		.family = text_trim(visit_text(visit, "family")),
		.given = text_trim(visit_text(visit, "given")),
		.kana = text_trim(visit_text(visit, "kana")),
		.since = DAY_NONE,
		.until = DAY_NONE,
	};
	if (person.family.len == 0)
		return reject("family", "この番号の人はまだいません。登録する人の姓を入れてください。");
	if (!employment_read(visit_text(visit, "kind"), &person.employment) ||
	    !employment_is_outside(person.employment))
		return reject("kind", "種別を選んでください。");
	return people_person_add(act, &person, id);
}

static struct error *
worker_do(struct act *act, struct visit *visit)
{
	struct engagement one;
	struct worker_id made;
	struct error *faults = OK;
	struct worker worker = { .engagement = { visit_id(visit, "id") } };
	TRY(people_engagement(&act->look, worker.engagement, &one));
	error_add(&faults, form_day(visit, "pledged", true, &worker.pledged));
	error_add(&faults, form_day(visit, "since", true, &worker.since));
	error_add(&faults, form_day(visit, "until", true, &worker.until));
	if (faults != OK)
		return faults;
	TRY(worker_person(act, visit, &worker.person));
	TRY(people_worker_add(act, &worker, &made));
	visit->go_to = firm_url(visit, one.firm);
	visit->done = "added";
	return OK;
}

static struct error *
worker_end_draw(struct look *look, struct visit *visit)
{
	struct worker one;
	const int64_t id = visit_id(visit, "id");
	TRY(people_worker(look, (struct worker_id){ id }, &one));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("従事を終える"),
			       .name = text_format(visit->arena, "%.*s　%.*s", T_ARG(one.person_name),
						   T_ARG(one.work)),
			       .words = N_("ほかに有効な委託がなければ、その人の職とサインインも、その日で終わります。"),
			       .button = N_("従事を終える"),
			       .action = url_of_number(visit->arena, "/people/workers/{}/end", id),
			       .back = firm_url(visit, one.firm),
			       .usual = visit->today.no < one.until.no ? visit->today : one.until,
			       .tab = TAB_FIRMS,
		       });
}

static struct error *
worker_end_do(struct act *act, struct visit *visit)
{
	struct worker one;
	struct day last;
	const int64_t id = visit_id(visit, "id");
	TRY(people_worker(&act->look, (struct worker_id){ id }, &one));
	TRY(form_day(visit, "last", true, &last));
	TRY(people_worker_end(act, one.id, last));
	visit->go_to = firm_url(visit, one.firm);
	visit->done = "ended";
	return OK;
}

PAGE_ROWS(firm_edit,
	  { { METHOD_GET, "/people/firms/new" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = firm_new_draw },
	  { { METHOD_POST, "/people/firms/new" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = firm_new_do,
	    .again = firm_new_draw },
	  { { METHOD_GET, "/people/firms/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = firm_edit_draw },
	  { { METHOD_POST, "/people/firms/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = firm_edit_do, .again = firm_edit_draw },
	  { { METHOD_GET, "/people/firms/{id}/engage" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = engage_draw },
	  { { METHOD_POST, "/people/firms/{id}/engage" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = engage_do, .again = engage_draw },
	  { { METHOD_GET, "/people/engagements/{id}/below" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = below_draw },
	  { { METHOD_POST, "/people/engagements/{id}/below" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = below_do, .again = below_draw },
	  { { METHOD_GET, "/people/engagements/{id}/until" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = until_draw },
	  { { METHOD_POST, "/people/engagements/{id}/until" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = until_do, .again = until_draw },
	  { { METHOD_GET, "/people/engagements/{id}/workers/new" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = worker_draw },
	  { { METHOD_POST, "/people/engagements/{id}/workers/new" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = worker_do, .again = worker_draw },
	  { { METHOD_GET, "/people/workers/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = worker_end_draw },
	  { { METHOD_POST, "/people/workers/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = worker_end_do, .again = worker_end_draw });
