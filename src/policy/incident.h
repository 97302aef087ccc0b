/* Incidents (事案): their kinds with what is done first, the chain of reports, who outside is told and by when,
   and the emergency plan. */
#ifndef BANSHO_POLICY_INCIDENT_H
#define BANSHO_POLICY_INCIDENT_H

#include "policy/form.h"

/* What a timeline's entry is about. */
enum entry_category {
	ENTRY_REPORT,	   /* 報告: what was told when it was found */
	ENTRY_OBSERVATION, /* 確認した事実 */
	ENTRY_ACTION,	   /* 対応 */
	ENTRY_DECISION,	   /* 判断・指示 */
	ENTRY_CONTACT,	   /* 外部との連絡 */
	ENTRY_EVIDENCE,	   /* 証拠 */
	ENTRY_CAUSE,	   /* 原因 */
	ENTRY_SECONDARY,   /* 二次被害 */
	ENTRY_PERSONS,	   /* 本人への対応 */
	ENTRY_PUBLISH,	   /* 公表 */
	ENTRY_DONE,	   /* 再発防止（実施済み） */
	ENTRY_TODO,	   /* 再発防止（今後） */
	ENTRY_OTHER,
	ENTRY_CATEGORIES,
};
const char *entry_category_name(enum entry_category category); /* "persons" */
bool entry_category_read(struct text name, enum entry_category *category);

enum play_phase {
	PHASE_CONTAIN, /* 拡大防止 */
	PHASE_KEEP,    /* 証拠保全 */
	PHASE_RECOVER, /* 復旧 */
	PHASE_INFORM,  /* 連絡・説明 */
	PHASE_PREVENT, /* 再発防止 */
	PLAY_PHASES,
};

/* One step of a playbook: becomes a task when an incident of its kind is confirmed. */
struct pack_play {
	struct text code; /* within its kind */
	struct words words;
	enum play_phase phase;
	const struct pack_role *role;	       /* who does it */
	const struct pack_parameter *within;   /* minutes or days from the judgement; NULL: no clock */
	const struct pack_clause *clause;
};

struct pack_incident_kind {
	struct text code; /* "mis-sent" */
	struct words name;
	struct words help;	/* how somebody in the office recognises it */
	struct words *at_once;	/* what the finder does before anything else */
	size_t at_once_count;
	struct pack_play *plays;
	size_t plays_count;
};

/* From when a link of the chain is told. */
enum link_at {
	LINK_REPORT,  /* from the first report */
	LINK_CONFIRM, /* once it is judged an incident */
	LINK_CAUSE,   /* once cause and prevention are reported */
};
/* In whose unit its role is looked up. */
enum link_whose {
	LINK_UNIT,   /* where it happened */
	LINK_SYSTEM, /* the unit that runs the system concerned; without a system there is no such link */
	LINK_BODY,
};
struct pack_link {
	struct text code; /* "manager" */
	enum link_at at;
	int order; /* within `at`: those of equal order together, 1 first */
	const struct pack_role *role;
	enum link_whose whose;
	const struct pack_parameter *within; /* minutes or days until the receipt is late */
	const struct pack_role *substitute;  /* told when it is; the role above where the pack says nothing */
	const struct when *when;	     /* over the facts of the incident; NULL: always */
	const struct pack_clause *clause;
};

/* Why outside must be told: what the law lists. */
struct pack_ground {
	struct text code; /* "wrongful" */
	struct words words;
	struct words help;
	const struct pack_parameter *persons; /* arises by itself from more persons than that; NULL: said */
	const struct pack_parameter *final;   /* days until the final report; NULL: the authority's */
};

struct pack_authority {
	struct text code; /* "ppc" */
	struct words name;
	struct words how;	 /* where and how it is told */
	const struct when *when; /* over the facts; NULL: every confirmed incident */
	const struct pack_parameter *first; /* days until the preliminary report, day of knowledge is day one */
	const struct pack_parameter *final; /* days until the final report; the longest of the grounds counts */
	bool is_choice; /* asked, not owed: may be left with a reason */
	bool is_drafted; /* its report has the items of `items` */
	const struct pack_clause *clause;
};

/* An item of the report to an authority, and what of the timeline belongs there. */
enum report_source {
	SOURCE_OVERVIEW,   /* days, kind, finder, unit, and the entries marked for the report */
	SOURCE_ITEMS,	   /* kinds and media of the data concerned */
	SOURCE_COUNT,	   /* number of persons */
	SOURCE_ENTRIES,	   /* entries of `categories` */
};
struct pack_report_item {
	struct text code;
	struct words name;
	enum report_source source;
	unsigned categories; /* bits 1 << enum entry_category; SOURCE_ENTRIES */
};

/* What a field of a form is filled from when an incident is printed as that form. */
struct pack_form_view {
	const struct pack_form *form;
	struct pack_view_field {
		const struct pack_field *field;
		struct text from; /* one of incident_view_sources */
	} *fields;
	size_t fields_count;
};
extern const char *const incident_view_sources[]; /* "title", "known", "entries.cause" …; ends with NULL */

/* A part of the emergency plan. */
enum plan_shows {
	PLAN_WORDS,    /* its words alone */
	PLAN_CONTACTS, /* the calling tree: chain, roles, authorities, who holds them today */
	PLAN_ITEMS,    /* what is to be reported */
	PLAN_MEASURES, /* playbooks by kind */
	PLAN_PREVENT,  /* how prevention is worked out */
};
struct pack_plan_part {
	struct text code;
	struct words name;
	struct words *words; /* paragraphs */
	size_t words_count;
	enum plan_shows shows;
	const struct pack_clause *clause;
};

/*
 * Facts of an incident that conditions may use, as fields: kind, source (staff, citizen, system, vendor),
 * verdict (incident, near-miss, event), grave, needed, crime, drill (yes-no), persons (number), grounds
 * (choices); and the code of an axis ("class").
 */
enum incident_fact {
	INCIDENT_KIND,
	INCIDENT_SOURCE,
	INCIDENT_VERDICT,
	INCIDENT_GRAVE,
	INCIDENT_NEEDED,
	INCIDENT_CRIME,
	INCIDENT_DRILL,
	INCIDENT_PERSONS,
	INCIDENT_GROUNDS,
	INCIDENT_FACTS,
};

struct pack_incidents {
	struct pack_incident_kind *kinds;
	size_t kinds_count; /* 0: the pack knows no incidents */
	struct pack_link *chain; /* by at, order, then as written */
	size_t chain_count;
	const struct pack_role **leads; /* judge, lead, keep evidence: CSIRT */
	size_t leads_count;
	const struct pack_role **orders; /* may give orders */
	size_t orders_count;
	const struct pack_role *acts_for; /* gives orders of its own judgement when `closes` is absent; or NULL */
	const struct pack_role *closes;	  /* CISO */
	struct pack_ground *grounds;
	size_t grounds_count;
	struct pack_authority *authorities;
	size_t authorities_count;
	struct pack_report_item *items;
	size_t items_count;
	struct pack_form_view *views;
	size_t views_count;
	struct pack_plan_part *plan;
	size_t plan_count;
	struct pack_form facts; /* one section: INCIDENT_FACTS fields */
};

struct pack;
/* NULL when there is none. */
const struct pack_incident_kind *pack_incident_kind(const struct pack *pack, struct text code);
const struct pack_link *pack_link(const struct pack *pack, struct text code);
const struct pack_authority *pack_authority(const struct pack *pack, struct text code);
const struct pack_ground *pack_ground(const struct pack *pack, struct text code);

#endif
