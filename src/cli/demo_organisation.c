/*
 * What makes an organisation of a list of staff: appointments that end with the fiscal year, posts held by
 * somebody else's side, secondment, a unit renamed and one closed, and firms with their people. None of
 * these takes part in the stories.
 */
#include "cli/demo.h"

#include "people/organisation.h"

enum step {
	STEP_UNITS, STEP_SECONDED, STEP_FIRMS, STEP_APRIL, STEP_AWAY, STEP_RENEW, STEP_ENGAGE, STEP_SHORT,
	STEP_NEXT,
};
enum { HELPERS = 4, NOTICE_DAYS = 17, SHORT_DAYS = 40 };

static const struct {
	const char *number, *family, *given, *kana;
	enum employment employment;
	const char *post;
} helpers[HELPERS] = {
	{ "W00001", "外山", "大輔", "とやま　だいすけ", EMPLOYMENT_CONTRACTOR, "運用委託員" },
	{ "W00002", "受川", "美咲", "うけがわ　みさき", EMPLOYMENT_CONTRACTOR, "運用委託員" },
	{ "W00003", "請井", "翔", "うけい　しょう", EMPLOYMENT_CONTRACTOR, "運用委託員" },
	{ "W00004", "派田", "葵", "はだ　あおい", EMPLOYMENT_DISPATCHED, "窓口補助員" },
};

struct demo_organisation {
	struct unit_id project, closing, board;
	struct post_id helper_posts[HELPERS];
	struct person_id helpers[HELPERS];
	struct person_id leaving, coming;
	struct assignment_id leaving_post;
	struct firm_id firms[3]; /* that contracts, that is passed on to, that lends staff */
	struct day end;		 /* of the fiscal year engaged for last */
};

static struct day
first_end(const struct demo *demo)
{
	return day_fiscal_end(demo->first);
}

static void
at_step(struct demo *demo, struct day day, enum step step, size_t other)
{
	enum { TEN = 10 * 3600 * 1000 };
	while (day_is_holiday(day))
		day = day_plus(day, 1);
	demo_at(demo, (struct moment){ day_begin(day).ms + TEN }, DEED_ORGANISATION, step, other);
}

/* Appointed until the end of March, and every March for another year. */
static void
plan_terms(struct demo *demo)
{
	for (size_t no = 1; no < demo->people_count; no++) {
		struct person *person = &demo->people[no].person;
		if (demo->people[no].rank != RANK_TEMPORARY)
			continue;
		person->employment = EMPLOYMENT_FISCAL;
		person->until = first_end(demo);
		for (struct day end = first_end(demo); end.no < demo->size.today.no;
		     end = day_fiscal_end(day_plus(end, 1)))
			at_step(demo, day_plus(end, -NOTICE_DAYS), STEP_RENEW, no);
	}
}

void
demo_plan_organisation(struct demo *demo)
{
	const struct day begin = day_plus(demo->first, 1), notice = day_plus(first_end(demo), -NOTICE_DAYS);
	demo->organisation = ARENA_NEW(demo->arena, struct demo_organisation);
	demo->organisation->end = demo->first;
	plan_terms(demo);
	at_step(demo, begin, STEP_UNITS, 0);
	at_step(demo, begin, STEP_SECONDED, 0);
	at_step(demo, begin, STEP_FIRMS, 0);
	at_step(demo, begin, STEP_ENGAGE, 0);
	at_step(demo, notice, STEP_APRIL, 0);
	at_step(demo, notice, STEP_AWAY, 0);
	for (struct day end = first_end(demo); end.no < demo->size.today.no;
	     end = day_fiscal_end(day_plus(end, 1)))
		at_step(demo, day_plus(end, -NOTICE_DAYS + 1), STEP_ENGAGE, 0);
	at_step(demo, day_plus(demo->size.today, -20), STEP_SHORT, 0);
	at_step(demo, day_plus(demo->size.today, -16), STEP_NEXT, 0);
}

/* ---- Playing ---- */

static struct error *
add_unit(struct demo *demo, const char *code, const char *name, struct unit_id parent,
	 struct act *act, struct unit_id *id)
{
	(void)demo;
	return people_unit_add(act,
			       &(struct unit){ .parent = parent, .code = text_of(code),
					       .name = text_of(name), .kind = UNIT_OTHER,
					       .rank = 500, .since = DAY_NONE, .until = DAY_NONE },
			       id);
}

static struct error *
add_post(struct demo *demo, struct unit_id unit, const char *name, struct act *act,
	 struct post_id *id)
{
	return people_post_add(act, demo->body->pack,
			       &(struct post){ .unit = unit, .name = text_of(name), .rank = 60,
					       .since = DAY_NONE, .until = DAY_NONE },
			       id);
}

static struct error *
hold(struct act *act, struct person_id person, struct post_id post, enum beside beside,
     struct day since)
{
	struct assignment_id id;
	return people_assign(act, &(struct assignment){ .person = person, .post = post,
							.beside = beside, .since = since,
							.until = DAY_NONE },
			     &id);
}

/* 選挙管理委員会 with clerks of the mayor's side, and a vacant post that the bureau's head looks after. */
static struct error *
make_units(struct demo *demo, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	const struct unit_id body = demo->units[0].id, bureau = demo->units[1].id;
	const size_t section = 1 + demo->bureaus_count;
	struct post_id clerk, vice;
	TRY(add_unit(demo, "9101", "選挙管理委員会事務局", body, act, &made->board));
	TRY(add_unit(demo, "9102", "広域連携推進室", bureau, act, &made->project));
	TRY(add_unit(demo, "9103", "庁舎移転準備室", bureau, act, &made->closing));
	TRY(add_post(demo, made->board, "書記", act, &clerk));
	TRY(add_post(demo, bureau, "次長", act, &vice));
	for (size_t no = section; no < section + 2; no++)
		TRY(hold(act, demo->people[demo->units[no].chief].id, clerk, BESIDE_JOINT, DAY_NONE));
	return hold(act, demo->people[demo->units[1].head].id, vice, BESIDE_ACTING, demo->first);
}

static struct error *
add_person(struct act *act, const struct person *person, struct post_id post,
	   struct person_id *id, struct assignment_id *assignment)
{
	TRY(people_person_add(act, person, id));
	return people_assign(act, &(struct assignment){ .person = *id, .post = post,
							.is_main = true, .since = DAY_NONE,
							.until = DAY_NONE },
			     assignment);
}

static struct error *
make_seconded(struct demo *demo, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	const struct post_id post = demo->units[1 + demo->bureaus_count].posts[RANK_STAFF];
	struct assignment_id id;
	struct secondment_id secondment;
	TRY(add_person(act, &(struct person){ .number = T("109001"), .family = T("岡田"),
					      .given = T("千尋"), .kana = T("おかだ　ちひろ"),
					      .since = DAY_NONE, .until = DAY_NONE },
		       post, &made->leaving, &made->leaving_post));
	TRY(add_person(act, &(struct person){ .number = T("109002"), .family = T("安藤"),
					      .given = T("亮"), .kana = T("あんどう　りょう"),
					      .since = DAY_NONE, .until = DAY_NONE },
		       post, &made->coming, &id));
	return people_secondment_add(act, &(struct secondment){ .person = made->coming,
								.way = SECONDMENT_IN,
								.other = T("県総務部市町村課"),
								.since = demo->first,
								.until = DAY_NONE },
				     &secondment);
}

static struct error *
make_firms(struct demo *demo, struct act *act)
{
	static const struct {
		const char *code, *name, *contact;
	} firms[] = {
		{ "G0101", "見本情報サービス株式会社", "公共営業部 000-000-0101" },
		{ "G0102", "例示データ処理株式会社", "運用管理課 000-000-0102" },
		{ "G0103", "架空人材派遣株式会社", "派遣管理課 000-000-0103" },
	};
	for (size_t at = 0; at < sizeof firms / sizeof *firms; at++)
		TRY(people_firm_add(act, &(struct firm){ .code = text_of(firms[at].code),
							 .name = text_of(firms[at].name),
							 .contact = text_of(firms[at].contact),
							 .until = DAY_NONE },
				    &demo->organisation->firms[at]));
	return OK;
}

static struct error *
make_helpers(struct demo *demo, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	const struct unit_id it = demo->units[demo->it_unit].id;
	const struct unit_id citizen = demo->units[demo->citizen_unit].id;
	struct post_id operating, desk;
	TRY(add_post(demo, it, "運用委託員", act, &operating));
	TRY(add_post(demo, citizen, "窓口補助員", act, &desk));
	for (size_t at = 0; at < HELPERS; at++)
		made->helper_posts[at] = helpers[at].employment == EMPLOYMENT_DISPATCHED ? desk
											 : operating;
	return OK;
}

static struct error *
take_on(struct demo *demo, size_t no, struct engagement_id engagement, struct day since,
	struct day until, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	struct worker_id worker;
	struct assignment_id id;
	if (made->helpers[no].no == 0)
		TRY(people_person_add(act, &(struct person){ .number = text_of(helpers[no].number),
							     .family = text_of(helpers[no].family),
							     .given = text_of(helpers[no].given),
							     .kana = text_of(helpers[no].kana),
							     .employment = helpers[no].employment,
							     .since = DAY_NONE, .until = DAY_NONE },
				      &made->helpers[no]));
	TRY(people_worker_add(act, &(struct worker){ .person = made->helpers[no],
						     .engagement = engagement,
						     .pledged = day_plus(since, -3), .since = since,
						     .until = until },
			      &worker));
	return people_assign(act, &(struct assignment){ .person = made->helpers[no],
							.post = made->helper_posts[no],
							.is_main = true, .since = since,
							.until = until },
			     &id);
}

/* The contracts of a fiscal year, or of what is left of it. */
static struct error *
engage(struct demo *demo, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	struct arena *arena = act->look.arena;
	struct engagement_id contract, below, lending;
	const struct day since = day_plus(made->end, made->end.no == demo->first.no ? 2 : 1);
	const struct day until = day_fiscal_end(since);
	const int year = day_fiscal_year(since) - 2018;
	struct engagement engagement = {
		.firm = made->firms[0],
		.unit = demo->units[demo->it_unit].id,
		.work = T("住民情報システムの運用保守"),
		.basis = text_format(arena, "R%d情第12号契約", year),
		.agreed = day_plus(since, -1),
		.since = since,
		.until = until,
	};
	if (made->helper_posts[0].no == 0)
		TRY(make_helpers(demo, act));
	TRY(people_engagement_add(act, &engagement, &contract));
	engagement.firm = made->firms[1];
	engagement.above = contract;
	engagement.work = T("運用ヘルプデスク");
	engagement.basis = text_format(arena, "R%d再委託承諾第3号", year);
	TRY(people_engagement_add(act, &engagement, &below));
	engagement.firm = made->firms[2];
	engagement.above = (struct engagement_id){ 0 };
	engagement.unit = demo->units[demo->citizen_unit].id;
	engagement.work = T("窓口補助の労働者派遣");
	engagement.basis = text_format(arena, "R%d市第8号契約", year);
	TRY(people_engagement_add(act, &engagement, &lending));
	TRY(take_on(demo, 0, contract, since, until, act));
	TRY(take_on(demo, 1, contract, since, until, act));
	TRY(take_on(demo, 2, below, since, until, act));
	TRY(take_on(demo, 3, lending, since, until, act));
	made->end = until;
	return OK;
}

/* A unit is renamed in April, another one closed and followed. */
static struct error *
change_units(struct demo *demo, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	struct unit unit;
	TRY(people_unit(&act->look, made->project, &unit));
	unit.name = T("広域連携・移住推進室");
	TRY(people_unit_change_from(act, &unit, day_plus(first_end(demo), 1)));
	TRY(people_unit_end(act, made->closing, first_end(demo)));
	return people_unit_succeed(act, made->closing, demo->units[1 + demo->bureaus_count].id);
}

/* What is decided for the next April stands there already. */
static struct error *
plan_next(struct demo *demo, struct act *act)
{
	struct unit unit;
	TRY(people_unit(&act->look, demo->organisation->project, &unit));
	unit.name = T("地域未来推進室");
	return people_unit_change_from(act, &unit,
				       day_plus(day_fiscal_end(demo->size.today), 1));
}

static struct error *
send_away(struct demo *demo, struct act *act)
{
	struct demo_organisation *made = demo->organisation;
	struct secondment_id id;
	TRY(people_assignment_end(act, made->leaving_post, first_end(demo)));
	return people_secondment_add(act, &(struct secondment){ .person = made->leaving,
								.way = SECONDMENT_OUT,
								.other = T("後期高齢者医療広域連合"),
								.since = day_plus(first_end(demo), 1),
								.until = DAY_NONE },
				     &id);
}

static struct error *
renew(struct demo *demo, size_t no, struct act *act)
{
	struct person person;
	TRY(people_person(&act->look, demo->people[no].id, &person));
	person.until = day_fiscal_end(day_plus(person.until, 1));
	return people_person_change(act, &person);
}

/* A small contract that ends soon: the page of firms says so. */
static struct error *
engage_shortly(struct demo *demo, struct act *act)
{
	struct engagement_id id;
	const struct day since = moment_day(act->look.now);
	return people_engagement_add(
		act, &(struct engagement){ .firm = demo->organisation->firms[1],
					   .unit = demo->units[demo->citizen_unit].id,
					   .work = T("紙台帳の電子化"), .basis = T("市第31号契約"),
					   .agreed = since, .since = since,
					   .until = day_plus(demo->size.today, SHORT_DAYS) },
		&id);
}

struct error *
demo_do_organisation(struct demo *demo, const struct demo_event *event, struct act *act)
{
	switch ((enum step)event->what) {
	case STEP_UNITS:
		return make_units(demo, act);
	case STEP_SECONDED:
		return make_seconded(demo, act);
	case STEP_FIRMS:
		return make_firms(demo, act);
	case STEP_APRIL:
		return change_units(demo, act);
	case STEP_AWAY:
		return send_away(demo, act);
	case STEP_RENEW:
		return renew(demo, event->other, act);
	case STEP_ENGAGE:
		return engage(demo, act);
	case STEP_SHORT:
		return engage_shortly(demo, act);
	case STEP_NEXT:
		return plan_next(demo, act);
	}
	return OK;
}
