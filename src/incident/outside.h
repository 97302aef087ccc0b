/*
 * What a case tells outside: reports to authorities with their days, their drafts, and the pack's own forms of a case.
 *
 * Which authorities are told follows from the facts, as data of the pack. The day of knowledge is
 * day one; the last day of a final report that is a Saturday, Sunday, holiday or 12/29-1/3 moves to the next
 * working day (個人情報保護法68条, 番号法29条の4; docs/incidents.md names the sources).
 */
#ifndef BANSHO_INCIDENT_OUTSIDE_H
#define BANSHO_INCIDENT_OUTSIDE_H

#include "incident/incident.h"

struct outside_id {
	int64_t no;
};

enum outside_stage {
	OUTSIDE_FIRST,	/* 速報 */
	OUTSIDE_FINAL,	/* 確報 */
	OUTSIDE_NOTICE, /* 連絡・届出 without a clock */
	OUTSIDE_STAGES,
};
const char *outside_stage_name(enum outside_stage stage);
const char *outside_stage_words(enum outside_stage stage);

/* ---- Outside ---- */

struct incident_outside {
	struct outside_id id;
	struct incident_id incident;
	const struct pack_authority *authority; /* NULL when the pack no longer has it */
	struct text code;
	enum outside_stage stage;
	struct day day_one, due; /* DAY_NONE: no clock */
	bool is_owed;	  /* false: asked, may be left */
	struct moment filed; /* ms 0: not yet */
	struct text person_name, way, reference, words;
	struct text waived; /* why not; empty: it is not */
	bool is_late;	  /* not filed and past its day, or filed after it */
};
struct error *incident_outside_list(struct look *look, const struct pack *pack, struct incident_id id,
				    struct incident_outside **list, size_t *count) MUST_USE;
/*
 * The last day of `days`, day_one being the first. A final report's (`rolls`) moves past Saturdays, Sundays,
 * holidays and 12/29-1/3; the preliminary one's, which the law gives as a rough number of days, does not.
 */
struct day incident_last_day(struct day day_one, int64_t days, bool rolls);

struct outside_filing {
	struct outside_id outside;
	struct moment at;	/* ms 0: now */
	struct text way;	/* web form, mail, telephone */
	struct text reference;	/* receipt number */
	struct text words;
	bool is_waived;		/* not told, because `words`; an owed one only by who closes */
};
/* "incident.outside". A final report filed files the first with it (one report may be both). */
struct error *incident_outside_file(struct act *act, const struct pack *pack,
				    const struct outside_filing *filing) MUST_USE;

/* An item of the draft to an authority, filled from the timeline. */
struct draft_item {
	const struct pack_report_item *item;
	struct text words; /* lines; empty: nothing known yet (言えることがまだない) */
};
/* Everything an authority's report asks, as the case stands. */
struct error *incident_draft(struct look *look, const struct pack *pack, struct incident_id id,
			     struct draft_item **list, size_t *count) MUST_USE;

/* The answers of a form that is a view of the case (様式第11-1号, 第11-2号), as flow keeps answers. */
struct view_answer {
	const struct pack_field *field;
	struct text value; /* as the field's kind keeps it; empty: nothing known */
};
const struct pack_form_view *incident_view(const struct pack *pack, struct text form);
struct error *incident_view_answers(struct look *look, const struct pack *pack, struct incident_id id,
				    const struct pack_form_view *view, struct view_answer **list,
				    size_t *count) MUST_USE;

#endif
