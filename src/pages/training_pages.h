/* What the pages of training share. */
#ifndef BANSHO_PAGES_TRAINING_PAGES_H
#define BANSHO_PAGES_TRAINING_PAGES_H

#include "pages/list_pages.h"
#include "pages/people_pages.h"

#include "training/training.h"

struct text course_words(const struct pack_course *course, struct text code);
struct url course_url(struct arena *arena, struct text code);
/* How an enrolment is marked: "go", "wait", "stop", "off". */
const char *enrolment_tag(const struct enrolment *enrolment);
/* MISSING where the policy has no training. */
struct error *training_is_there(const struct visit *visit) MUST_USE;
/* REFUSED with words unless the visitor keeps training. */
struct error *must_keep_training(struct look *look, struct visit *visit) MUST_USE;
/* The tabs above the pages; what the visitor may open. */
enum training_tab { TRAIN_MINE, TRAIN_SECTION, TRAIN_RESULTS, TRAIN_PLAN, TRAIN_CLASSES, TRAIN_DRILLS, TRAIN_REPORTS };
struct error *training_tabs(struct look *look, struct visit *visit, enum training_tab here,
			    const struct training_tabs_part **tabs) MUST_USE;

/* 受講率: per cent of those asked who are done or excused. */
int64_t training_rate(int64_t asked, int64_t passed, int64_t excused);

#endif
