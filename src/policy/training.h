/*
 * Training and drills as the pack asks for them (training.yaml, courses/CODE.md): who is taught what and
 * when, the test at the end, and targeted mail for practice. All of it is optional.
 */
#ifndef BANSHO_POLICY_TRAINING_H
#define BANSHO_POLICY_TRAINING_H

#include "policy/occasion.h"

/* Who is meant: somebody serving with a post, of whom all of this holds. */
struct pack_audience {
	struct text code; /* "all" */
	struct words name;
	const struct pack_role **roles; /* one of them held; none, or one of SCOPE_EVERYONE: whatever is held */
	size_t roles_count;
	struct text *employments; /* codes of people's employments; none: any */
	size_t employments_count;
	int64_t newcomers; /* in service for at most so many days; 0: however long */
};

enum course_held {
	HELD_YEARLY,  /* in the plan of each 年度, from `month` on */
	HELD_JOINING, /* when somebody comes to belong to the audience, and again after `again` days */
	HELD_CALLED,  /* only when something calls for it: who opened a mail of a drill */
};

struct course_answer {
	struct words words;
	bool is_right;
};
enum { COURSE_MOST_ANSWERS = 8, COURSE_MOST_QUESTIONS = 40, COURSE_MOST_TEXT = 65536 };
struct course_question {
	struct words words;
	struct course_answer *answers; /* exactly one is right */
	size_t answers_count;
	struct words because; /* said after it was answered */
};

struct pack_course {
	struct text code; /* "basics" */
	struct words name;
	struct words about; /* one line: what for */
	const struct pack_audience *audience; /* NULL only with HELD_CALLED */
	enum course_held held;
	int64_t month; /* HELD_YEARLY: 1 to 12 */
	int64_t days;  /* time to do it */
	int64_t again; /* HELD_JOINING: days after which once more; 0: once */
	int64_t minutes;
	bool is_class; /* taught in a room: an attendance list says who was there */
	struct text text, text_en; /* Markdown; text_en may be empty. With is_class both may be */
	int64_t pass;		   /* per cent of right answers */
	struct course_question *questions; /* none: reading is enough */
	size_t questions_count;
	const struct pack_clause **clauses;
	size_t clauses_count;
};

/* A mail of a drill, and what its landing page teaches. */
struct pack_lure {
	struct text code;
	struct words name;    /* for those who plan it */
	struct words sender;  /* the name shown as sender */
	struct words subject;
	struct words body;    /* holds {link} */
	struct words *signs;  /* by which it could have been recognised */
	size_t signs_count;
	const struct pack_course *follow; /* for who opened it, or NULL */
};

struct pack_training {
	bool is_there;
	const struct pack_role *keeps;	 /* makes plan, attendance lists and drills */
	const struct pack_role *decides; /* decides the plan of a year */
	const struct pack_role **names;	 /* see who opened the mail of a drill */
	size_t names_count;
	const struct pack_role **tells; /* are told of suspicious mail */
	size_t tells_count;
	struct pack_audience *audiences;
	size_t audiences_count;
	struct pack_course *courses;
	size_t courses_count;
	struct pack_lure *lures;
	size_t lures_count;
};

const char *course_held_name(enum course_held held); /* "yearly" */

#endif
