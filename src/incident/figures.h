/* What the records of incidents show: for assure, and for the page of what is kept about a person. */
#ifndef BANSHO_INCIDENT_FIGURES_H
#define BANSHO_INCIDENT_FIGURES_H

#include "incident/incident.h"

/*
 * Links of the chain that nobody received in their time, of drills too: the longest waiting first, at most
 * INCIDENT_LINKS_LATE. Of what the policy no longer has, none. For assure; who may read a case is not asked.
 */
enum { INCIDENT_LINKS_LATE = 1000 };
struct incident_late {
	struct link_id id;
	struct incident_id incident;
	struct text number; /* of the case */
	const struct pack_link *link;
	struct unit_id unit; /* no 0: the whole body */
	struct moment term;
};
struct error *incident_links_late(struct look *look, const struct pack *pack, struct incident_late **list,
				  size_t *count) MUST_USE;

/* For assure: what the records of the days since `since` show. Drills count apart. */
struct incident_figures {
	int64_t cases, drills;	   /* reported since */
	int64_t unjudged, judged;  /* of the cases */
	int64_t judged_late;	   /* judged later than incident.judge-hours (24) after the report */
	int64_t unjudged_late;	   /* not judged, and that time has passed */
	int64_t confirmed, closed, dismissed;
	int64_t concluded, concluded_late; /* later than incident.cause-days (30) after the judgement */
	int64_t unconcluded_late;	   /* not yet, and that time has passed */
	int64_t links, received, received_late, unanswered; /* of drills too; unanswered: past their time now */
	int64_t orders, orders_answered, orders_late;	    /* TASK_CONTAIN … TASK_STOP */
	int64_t tasks, tasks_answered, tasks_late;	    /* TASK_PLAY, TASK_TASK */
	int64_t outside, filed, filed_late, outside_late, waived;
	int64_t evidence, evidence_files;
	int64_t citizens;	   /* cases from outside */
	int64_t disclosed;	   /* confirmed ones with a decision whether to publish */
	int64_t contacts, contacts_stale; /* confirmed before `since` */
	struct moment last_drill;
};
struct error *incident_figures(struct look *look, const struct pack *pack, struct moment since,
			       struct incident_figures *figures) MUST_USE;
/* Of one link of the chain alone (code). */
struct error *incident_link_figures(struct look *look, struct text code, struct moment since,
				    struct incident_figures *figures) MUST_USE;
/* Cases of one kind (code) reported since, without drills. */
struct error *incident_kind_cases(struct look *look, struct text code, struct moment since, int64_t *cases)
	MUST_USE;
/* How often a person stands here, for their own page. Drills too. */
struct incident_kept {
	int64_t reported; /* cases of which they are the reporter */
	int64_t typed;	  /* typed in for somebody else */
	int64_t entries;  /* of timelines */
	int64_t tasks;	  /* answered */
};
struct error *incident_kept(struct look *look, struct person_id person, struct incident_kept *kept)
	MUST_USE;
/* The first moment from now on at which time alone makes something late; ms 0: none is known. */
struct error *incident_until(struct look *look, const struct pack *pack, struct moment *until) MUST_USE;

#endif
