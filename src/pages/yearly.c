/* 一年の仕事: what the policy asks every year, in one place, so that the menu stays short. */
#include "pages/audit_pages.h"
#include "pages/duty_pages.h"

#include "check/check.h"
#include "training/training.h"

static struct error *
fill_mine(struct look *look, struct visit *visit, struct yearly_page *page)
{
	struct duty_mine duties;
	struct check_mine checks;
	struct training_mine training;
	struct audit_mine audits;
	const struct pack *pack = visit->office->pack;
	const struct person_id person = visit->session.person;
	if (page->has_duties) {
		TRY(duty_mine(look, visit->office->flow, person, visit->today, &duties));
		page->duties = (int64_t)duties.count; /* at most DUTY_MINE_MOST */
		page->duties_late = duties.late;
	}
	if (page->has_checks) {
		TRY(check_mine(look, pack, person, visit->today, &checks));
		page->checks = checks.waiting + (int64_t)checks.improvements_count;
		page->checks_late = checks.late;
		page->checks_due = checks.next;
	}
	TRY(audit_mine(look, pack, person, visit->today, &audits));
	page->audits = audits.open;
	page->audits_late = audits.late;
	page->audits_due = audits.next;
	page->orders_late = audits.orders_late;
	page->has_audits |= audits.open != 0;
	if (page->has_training) {
		TRY(training_mine(look, pack, person, &training));
		page->courses = training.open;
		page->courses_late = training.late;
		page->course = training.next;
		page->course_due = training.due;
		page->section_late = training.section_late;
	}
	return OK;
}

static struct error *
yearly_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct audit_eyes eyes;
	struct yearly_page page = {
		.frame = visit_frame(visit, text_of(say("一年の仕事")), "yearly"),
		.has_duties = pack->recurring_count != 0,
		.has_checks = pack->checklists_count != 0 && visit_may(visit, RIGHT_APPLY),
		.has_training = pack->training.is_there,
		.has_audits = visit_may(visit, RIGHT_MAP_READ),
		.has_council = pack->audit != NULL && pack->audit->council != NULL,
		.may_map = visit_may(visit, RIGHT_MAP_READ),
		.may_section = visit_may(visit, RIGHT_DOSSIER_READ),
	};
	TRY(audit_eyes_of(look, visit, false, &eyes));
	page.may_audits = eyes.all;
	TRY(fill_mine(look, visit, &page));
	return visit_draw(visit, yearly_page, &page);
}

PAGE_ROWS(yearly, { { METHOD_GET, "/yearly" }, RIGHT_SELF, PAGE_LOOK, .look = yearly_draw });
