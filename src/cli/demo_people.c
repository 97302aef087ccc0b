/* Who works where in the demonstration body, and what becomes of them during the year. */
#include "cli/demo.h"

#include "people/delegation.h"
#include "people/erase.h"

enum { SECTIONS_PER_300 = 22, SECTIONS_LEAST = 5, SECTIONS_MOST = 400, RANKS = 6, MONTH = 30 };

static size_t
add_unit(struct demo *demo, const char *name, enum unit_kind kind, size_t parent, int64_t code)
{
	struct demo_unit *unit = &demo->units[demo->units_count];
	*unit = (struct demo_unit){
		.name = name,
		.kind = kind,
		.parent = parent,
		.theme = THEME_OFFICE,
		.code = text_format(demo->arena, "%04lld", (long long)code),
	};
	return demo->units_count++;
}

static const struct demo_section_name *
section_at(size_t bureau, size_t no, bool *is_again)
{
	const struct demo_section_name *list = demo_bureaus[bureau].sections;
	size_t count = 0;
	while (list[count].name != NULL)
		count++;
	*is_again = no >= count;
	return &list[no % count];
}

static void
add_section(struct demo *demo, size_t no)
{
	const size_t bureau = no % demo->bureaus_count;
	const size_t place = no / demo->bureaus_count;
	bool is_again;
	const struct demo_section_name *section = section_at(bureau, place, &is_again);
	const char *name = section->name;
	if (is_again)
		name = text_format(demo->arena, "%s第%zu分室", name, place).data;
	const size_t unit = add_unit(demo, name, UNIT_SECTION, 1 + bureau,
				     (int64_t)(1000 * (bureau + 1) + place + 1)); /* small */
	demo->units[unit].theme = section->theme;
	if (!is_again && text_is(text_of(name), "情報政策課"))
		demo->it_unit = unit;
	if (!is_again && text_is(text_of(name), "市民課"))
		demo->citizen_unit = unit;
	if (!is_again && text_is(text_of(name), "監査委員事務局"))
		demo->audit_unit = unit;
}

static void
plan_units(struct demo *demo)
{
	int64_t sections = demo->size.staff * SECTIONS_PER_300 / 300;
	if (sections < SECTIONS_LEAST)
		sections = SECTIONS_LEAST;
	if (sections > SECTIONS_MOST)
		sections = SECTIONS_MOST;
	demo->sections_count = (size_t)sections; /* between the two bounds */
	demo->bureaus_count = demo->sections_count < demo_bureaus_count ? demo->sections_count
									: demo_bureaus_count;
	demo->units = ARENA_ARRAY(demo->arena, struct demo_unit, demo->sections_count + 16);
	add_unit(demo, words_now(demo->body->pack->body).data, UNIT_BODY, 0, 0);
	for (size_t no = 0; no < demo->bureaus_count; no++)
		add_unit(demo, demo_bureaus[no].name, UNIT_BUREAU, 0, (int64_t)no + 1);
	for (size_t no = 0; no < demo->sections_count; no++)
		add_section(demo, no);
	if (demo->audit_unit == 0)
		demo->audit_unit = demo->it_unit;
	demo->csirt_unit = add_unit(demo, "CSIRT", UNIT_OTHER, 0, 9001);
	demo->council_unit = add_unit(demo, "ICT推進会議", UNIT_OTHER, 0, 9002);
}

static size_t
add_person(struct demo *demo, size_t unit, enum demo_rank rank)
{
	const size_t no = demo->people_count++;
	struct demo_person *made = &demo->people[no];
	const struct demo_name family = demo_family(&demo->chance);
	const struct demo_name given = demo_given(&demo->chance);
	struct day since;
	/* Everybody serves when the year begins. A real day, far from the ends of int. */
	(void)day_make((int)(day_fiscal_year(demo->first) - chance_below(&demo->chance, 25)), 4, 1, &since);
	*made = (struct demo_person){
		.unit = unit,
		.rank = rank,
		.is_settled = true,
		.person = {
			.number = text_format(demo->arena, "%06zu", 100000 + no),
			.family = text_of(family.words),
			.given = text_of(given.words),
			.kana = text_format(demo->arena, "%s　%s", family.kana, given.kana),
			.since = since,
			.until = DAY_NONE,
		},
	};
	return no;
}

static enum demo_rank
rank_of(size_t place, size_t count)
{
	if (place == 0)
		return RANK_HEAD;
	if (place == 1)
		return RANK_VICE;
	if (place == 2)
		return RANK_CHIEF;
	if (place < 3 + count / 4)
		return RANK_SENIOR;
	return place + count / 6 >= count ? RANK_TEMPORARY : RANK_STAFF;
}

static void
fill_section(struct demo *demo, size_t unit, size_t count)
{
	struct demo_unit *section = &demo->units[unit];
	section->first = demo->people_count;
	section->count = count;
	for (size_t place = 0; place < count; place++) {
		const enum demo_rank rank = rank_of(place, count);
		const size_t person = add_person(demo, unit, rank);
		if (rank == RANK_HEAD)
			section->head = person;
		if (rank == RANK_VICE)
			section->vice = person;
		if (rank == RANK_CHIEF)
			section->chief = person;
	}
}

static void
plan_staff(struct demo *demo)
{
	const size_t above = 2 + demo->bureaus_count;
	const size_t staff = (size_t)demo->size.staff; /* bounded by the option */
	const size_t sections = demo->sections_count;
	const size_t left = staff > above + 4 * sections ? staff - above : 4 * sections;
	demo->people = ARENA_ARRAY(demo->arena, struct demo_person, above + left + 16);
	demo->people_count = 1;
	demo->mayor = demo->units[0].head = add_person(demo, 0, RANK_HEAD);
	demo->vice_mayor = demo->units[0].vice = add_person(demo, 0, RANK_VICE);
	for (size_t no = 1; no <= demo->bureaus_count; no++)
		demo->units[no].head = add_person(demo, no, RANK_HEAD);
	for (size_t no = 0; no < sections; no++)
		fill_section(demo, 1 + demo->bureaus_count + no,
			     left * (no + 1) / sections - left * no / sections);
}

/* Where there is no office of the auditors, a section that has nothing to do with the stories lends one. */
static void
choose_auditors(struct demo *demo)
{
	for (size_t unit = demo->bureaus_count + 1;
	     demo->audit_unit == demo->it_unit && unit < demo->units_count; unit++)
		if (demo->units[unit].kind == UNIT_SECTION && demo->units[unit].chief != 0 &&
		    unit != demo->it_unit && unit != demo->citizen_unit && unit != demo->vacant_unit &&
		    unit != demo->away_unit)
			demo->audit_unit = unit;
}

/* The persons visitors sign in as. */
static void
choose_guests(struct demo *demo)
{
	const struct demo_unit *citizen = &demo->units[demo->citizen_unit];
	const struct demo_unit *it = &demo->units[demo->it_unit];
	demo->clerk = citizen->first + citizen->count / 2;
	demo->manager = citizen->head;
	demo->operator_ = it->count > 4 ? it->first + 3 : it->chief;
	demo->auditor = demo->units[demo->audit_unit].chief;
	demo->people[demo->clerk].rank = RANK_STAFF;
	demo->people[demo->clerk].login = "shokuin";
	demo->people[demo->manager].login = "kacho";
	demo->people[demo->operator_].login = "system";
	demo->people[demo->auditor].login = "kansa";
	demo->people[demo->vice_mayor].login = "ciso";
	demo->people[it->head].login = "csirt";
	demo->people[demo->units[demo->away_unit].vice].login = "dairi";
}

/* A section of its own for each thing that shall be seen: a vacant post, an absent head. */
static void
choose_sections(struct demo *demo)
{
	const size_t first = 1 + demo->bureaus_count;
	demo->vacant_unit = first + demo->sections_count - 1;
	demo->away_unit = first + demo->sections_count / 2;
	while (demo->vacant_unit == demo->it_unit || demo->vacant_unit == demo->citizen_unit ||
	       demo->vacant_unit == demo->audit_unit)
		demo->vacant_unit = demo->vacant_unit > first ? demo->vacant_unit - 1 : first;
	while (demo->away_unit == demo->it_unit || demo->away_unit == demo->citizen_unit ||
	       demo->away_unit == demo->audit_unit || demo->away_unit == demo->vacant_unit)
		demo->away_unit++;
}

static struct moment
begin_at(const struct demo *demo, int64_t step)
{
	enum { NINE = 9 * 3600 * 1000, STEP_MS = 7000 };
	return (struct moment){ day_begin(demo->first).ms + NINE + step * STEP_MS };
}

static void
enter_person(struct demo *demo, size_t no, struct moment at)
{
	demo_at(demo, at, DEED_PERSON, no, 0);
	demo_at(demo, at, DEED_ASSIGN, no, 0);
	demo_at(demo, at, DEED_ACCOUNT, no, 0);
}

static void
concurrent(struct demo *demo, size_t person, size_t unit, size_t place)
{
	demo_at(demo, begin_at(demo, 2000), DEED_CONCURRENT, person, unit * RANKS + place);
}

static void
enter_all(struct demo *demo)
{
	int64_t step = 0;
	demo_at(demo, begin_at(demo, step++), DEED_SETTINGS, 0, 0);
	for (size_t no = 0; no < demo->units_count; no++, step++) {
		demo_at(demo, begin_at(demo, step), DEED_UNIT, no, 0);
		demo_at(demo, begin_at(demo, step), DEED_POSTS, no, 0);
	}
	for (size_t no = 1; no < demo->people_count; no++)
		enter_person(demo, no, begin_at(demo, step++ % 2000));
	const struct demo_unit *it = &demo->units[demo->it_unit];
	const struct demo_unit *citizen = &demo->units[demo->citizen_unit];
	concurrent(demo, it->head, demo->csirt_unit, 0);
	concurrent(demo, it->vice, demo->csirt_unit, 1);
	concurrent(demo, citizen->vice, demo->csirt_unit, 2);
	concurrent(demo, it->chief, demo->csirt_unit, 3);
	concurrent(demo, citizen->chief, demo->csirt_unit, 3);
	concurrent(demo, demo->vice_mayor, demo->council_unit, 0);
	for (size_t no = 1; no <= demo->bureaus_count; no++)
		concurrent(demo, demo->units[no].head, demo->council_unit, 1);
	demo_at(demo, begin_at(demo, 2001), DEED_GRANT, demo->operator_, GRANT_OPERATOR);
	demo_at(demo, begin_at(demo, 2001), DEED_GRANT, demo->operator_, GRANT_PEOPLE);
	demo_at(demo, begin_at(demo, 2001), DEED_GRANT, demo->auditor, GRANT_AUDITOR);
}

struct day
demo_april(const struct demo *demo)
{
	return day_plus(day_fiscal_end(demo->first), 1);
}

static bool
may_change(const struct demo *demo, size_t no)
{
	const struct demo_person *person = &demo->people[no];
	return person->login == NULL && no != demo->operator_ &&
	       (person->rank == RANK_STAFF || person->rank == RANK_SENIOR);
}

/* Every April some leave, some move, some come. */
static void
plan_changes(struct demo *demo)
{
	const struct day day = demo_april(demo), erased = day_plus(day, 60);
	bool has_erased = erased.no >= demo->size.today.no;
	for (size_t no = 1; no < demo->people_count; no++) {
		if (!may_change(demo, no) || !chance_is(&demo->chance, 7))
			continue;
		struct demo_person *person = &demo->people[no];
		person->is_settled = false;
		/* One list moves them all; chance is asked all the same, for the stories that follow. */
		(void)demo_moment(&demo->chance, day_plus(day, -9));
		if (chance_is(&demo->chance, 40)) {
			demo_transfer_add(demo, no, 0);
			demo_at(demo, demo_moment(&demo->chance, day), DEED_CLOSE, no, 0);
			if (!has_erased) {
				demo->erased = no;
				demo_at(demo, (struct moment){ day_begin(erased).ms + 10 * 3600000 },
					DEED_ERASE, no, 0);
			}
			has_erased = true;
			continue;
		}
		const size_t to = 1 + demo->bureaus_count +
				  (size_t)chance_below(&demo->chance,
						       (int64_t)demo->sections_count); /* small */
		demo_transfer_add(demo, no, to);
	}
	demo_plan_transfer(demo);
}

static void
plan_absences(struct demo *demo)
{
	const struct day last = day_plus(demo->size.today, -MONTH);
	const size_t head = demo->units[demo->vacant_unit].head;
	demo->people[head].is_settled = false;
	demo_at(demo, demo_moment(&demo->chance, day_plus(last, -7)), DEED_LEAVE, head,
		(size_t)last.no); /* after 1970 */
	demo_at(demo, demo_moment(&demo->chance, day_plus(last, 1)), DEED_CLOSE, head, 0);
	demo_at(demo, demo_moment(&demo->chance, day_plus(demo->size.today, -6)), DEED_DEPUTY,
		demo->away_unit, 0);
	for (size_t at = 0; at < demo->body->pack->delegations_count; at++)
		demo_at(demo, demo_moment(&demo->chance, day_plus(demo->size.today, -120)),
			DEED_DELEGATE, at, 0);
}

void
demo_plan_people(struct demo *demo)
{
	plan_units(demo);
	plan_staff(demo);
	choose_sections(demo);
	choose_auditors(demo);
	choose_guests(demo);
	enter_all(demo);
	plan_changes(demo);
	plan_absences(demo);
	demo_plan_organisation(demo);
}

/* ---- Playing ---- */

struct post_plan {
	const char *name;
	const char *roles[4];
};

static struct post_plan
plan_of_post(const struct demo *demo, size_t unit, size_t rank)
{
	static const struct post_plan body[] = { { "市長", { "mayor" } }, { "副市長", { "ciso" } } };
	static const struct post_plan csirt[] = {
		{ "CSIRT責任者", { "csirt-leader", "csirt" } },
		{ "業務統括", { "csirt-coordinator", "csirt" } },
		{ "対外連携担当", { "csirt-liaison", "csirt" } },
		{ "要員", { "csirt" } },
	};
	static const struct post_plan council[] = { { "議長", { "council" } },
						    { "委員", { "council" } } };
	static const struct post_plan section[] = {
		{ "課長", { "manager" } }, { "課長補佐", { 0 } },
		{ "係長", { "risk-manager" } }, { "主任主事", { 0 } },
		{ "主事", { 0 } },	   { "会計年度任用職員", { 0 } },
	};
	static const struct post_plan it[] = {
		{ "課長", { "manager", "policy-manager", "system-manager" } },
		{ "課長補佐", { "system-operator" } },
		{ "係長", { "risk-manager", "system-operator" } },
		{ "主任主事", { "system-operator" } },
		{ "主事", { 0 } },
		{ "会計年度任用職員", { 0 } },
	};
	if (unit == 0)
		return rank < 2 ? body[rank] : (struct post_plan){ 0 };
	if (unit == demo->csirt_unit)
		return rank < 4 ? csirt[rank] : (struct post_plan){ 0 };
	if (unit == demo->council_unit)
		return rank < 2 ? council[rank] : (struct post_plan){ 0 };
	if (unit <= demo->bureaus_count)
		return rank != 0 ? (struct post_plan){ 0 }
		       : unit == 1 ? (struct post_plan){ "局長（情報政策担当）",
							 { "chief", "responsible" } }
				   : (struct post_plan){ "局長", { "responsible" } };
	if (unit == demo->it_unit)
		return it[rank];
	struct post_plan plan = section[rank];
	if (unit == demo->audit_unit && rank == 0 &&
	    text_is(text_of(demo->units[unit].name), "監査委員事務局"))
		plan.name = "事務局長";
	if (unit == demo->audit_unit && rank == 2)
		plan.roles[1] = "auditor";
	if (rank == 0 && (demo->units[unit].theme == THEME_CITIZEN ||
			  demo->units[unit].theme == THEME_TAX))
		plan.roles[1] = "system-manager";
	return plan;
}

static struct error *
add_posts(struct demo *demo, size_t no, struct act *act)
{
	struct demo_unit *unit = &demo->units[no];
	for (size_t rank = 0; rank < RANKS; rank++) {
		const struct post_plan plan = plan_of_post(demo, no, rank);
		if (plan.name == NULL)
			continue;
		struct post post = { .unit = unit->id, .name = text_of(plan.name),
				     .rank = (int64_t)rank + 1, .since = DAY_NONE, .until = DAY_NONE };
		for (size_t at = 0; at < 4 && plan.roles[at] != NULL; at++)
			if (pack_role(demo->body->pack, text_of(plan.roles[at])) != NULL)
				post.roles[post.roles_count++] = text_of(plan.roles[at]);
		TRY(people_post_add(act, demo->body->pack, &post, &unit->posts[rank]));
	}
	return OK;
}

static struct error *
add_unit_now(struct demo *demo, size_t no, struct act *act)
{
	struct demo_unit *unit = &demo->units[no];
	const struct unit made = {
		.parent = { no == 0 ? 0 : demo->units[unit->parent].id.no },
		.code = unit->code,
		.name = text_of(unit->name),
		.kind = unit->kind,
		.rank = (int64_t)no + 1,
		.since = DAY_NONE,
		.until = DAY_NONE,
	};
	return people_unit_add(act, &made, &unit->id);
}

static struct error *
assign(struct demo *demo, size_t no, size_t unit, size_t place, bool is_main, struct act *act)
{
	struct demo_person *person = &demo->people[no];
	const struct assignment assignment = {
		.person = person->id,
		.post = demo->units[unit].posts[place],
		.is_main = is_main,
		.since = DAY_NONE,
		.until = DAY_NONE,
	};
	struct assignment_id id;
	TRY(people_assign(act, &assignment, &id));
	if (is_main)
		person->assignment = id;
	return OK;
}

static struct error *
name_deputy(struct demo *demo, size_t no, struct act *act)
{
	const struct demo_unit *unit = &demo->units[no];
	const struct deputy deputy = {
		.post = unit->posts[0],
		.absent = demo->people[unit->head].id,
		.deputy = demo->people[unit->vice].id,
		.since = moment_day(act->look.now),
		.until = day_plus(demo->size.today, 14),
		.reason = T("研修のため不在"),
	};
	struct deputy_id id;
	act->actor.person = deputy.absent.no;
	return people_deputy_add(act, demo->body->pack, &deputy, &id);
}

/* What the policy allows, its first holder gives on for a year. */
static struct error *
delegate(struct demo *demo, size_t which, struct act *act)
{
	const struct pack_delegation *of = &demo->body->pack->delegations[which];
	const struct day today = moment_day(act->look.now);
	const struct delegation given = { .code = of->code, .since = today,
					  .until = day_plus(today, 300),
					  .reason = T("定例のものが多く、早く答える必要があるため") };
	struct delegation_id id;
	struct decider *holders;
	size_t count;
	TRY(people_role_holders(&act->look, of->from, (struct unit_id){ 0 }, today, &holders,
				&count));
	if (count == 0)
		return OK;
	act->actor.person = holders[0].person.no;
	return people_delegation_give(act, demo->body->pack, &given, &id);
}

static struct error *
give(struct demo *demo, const struct demo_event *event, struct act *act)
{
	static const enum grant_kind kinds[] = { GRANT_OPERATOR, GRANT_PEOPLE, GRANT_LEDGER,
						 GRANT_AUDITOR };
	const struct grant grant = { .person = demo->people[event->what].id,
				     .kind = kinds[event->other], .since = demo->first,
				     .until = DAY_NONE };
	struct grant_id id;
	if (act->actor.person == grant.person.no)
		act->actor.person = 0; /* the first of all is made by who sets the body up */
	return people_grant_give(act, &grant, &id);
}

static struct error *
open_account(struct demo *demo, const struct demo_person *person, struct act *act)
{
	return people_account_open(act, demo->body->pack, person->id,
				   person->login != NULL ? text_of(person->login)
							 : person->person.number,
				   &demo->password);
}

struct error *
demo_do_people(struct demo *demo, const struct demo_event *event, struct act *act)
{
	struct demo_person *person = &demo->people[event->what < demo->people_count ? event->what : 0];
	const struct day day = { (int64_t)event->other }; /* was put there from a day */
	if (demo->operator_ != 0)
		act->actor.person = demo->people[demo->operator_].id.no;
	if (event->deed == DEED_ORGANISATION)
		return demo_do_organisation(demo, event, act);
	if (event->deed == DEED_UNIT)
		return add_unit_now(demo, event->what, act);
	if (event->deed == DEED_POSTS)
		return add_posts(demo, event->what, act);
	if (event->deed == DEED_PERSON)
		return people_person_add(act, &person->person, &person->id);
	if (event->deed == DEED_ASSIGN)
		return assign(demo, event->what, person->unit, person->rank, true, act);
	if (event->deed == DEED_CONCURRENT)
		return assign(demo, event->what, event->other / RANKS, event->other % RANKS, false,
			      act);
	if (event->deed == DEED_ACCOUNT)
		return open_account(demo, person, act);
	if (event->deed == DEED_GRANT)
		return give(demo, event, act);
	if (event->deed == DEED_DEPUTY)
		return name_deputy(demo, event->what, act);
	if (event->deed == DEED_DELEGATE)
		return delegate(demo, event->what, act);
	if (event->deed == DEED_LEAVE)
		return people_person_end(act, person->id, day);
	if (event->deed == DEED_CLOSE)
		return people_account_close(act, person->id);
	if (event->deed == DEED_ERASE)
		return flow_person_erase(act, &(struct erasing){ person->id, ERASURE_REQUEST,
								 person->person.number });
	return broken("見本の行為%dが分かりません。", (int)event->deed);
}
