#include "policy/rooms.h"

/* audit.yaml: who audits, and what follows from it. It may be left out: then nothing is audited here. */

enum { DAYS_USUAL = 30, DAYS_MOST = 730, SAMPLE_USUAL = 25, SAMPLE_MOST = 500, MONTHS = 12 };

static void
load_grades(struct reading *reading, const struct node *list, struct pack_audit *audit)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},       {"en", true},
					  {"days", false}, {"ordered", false}, {NULL, false}};

	audit->grades = ARENA_ARRAY(reading->into, struct pack_grade, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "指摘の重さ", keys))
			continue;
		struct pack_grade made = {.code = get_code(reading, at, "code"),
					  .name = own_words(reading, at),
					  .days = DAYS_USUAL,
					  .is_ordered = get_yes_no(reading, at, "ordered", true)};
		(void)get_number(reading, at, "days", 1, DAYS_MOST, &made.days);
		if (pack_grade(audit, made.code) != NULL)
			fault_twice(reading, at, made.code);
		audit->grades[audit->grades_count++] = made;
	}
	if (audit->grades_count == 0)
		fault(reading, list, "指摘の重さ（grades）を一つ以上書いてください。");
}

static void
load_themes(struct reading *reading, const struct node *list, struct pack_audit *audit)
{
	static const struct key keys[] = {
		{"code", true}, {"ja", true}, {"en", true}, {"clauses", true}, {NULL, false}};

	audit->themes = ARENA_ARRAY(reading->into, struct pack_theme, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "監査のテーマ", keys))
			continue;
		struct pack_theme made = {.code = get_code(reading, at, "code"),
					  .name = own_words(reading, at)};
		made.clauses = refer_clauses(reading, at, "clauses", &made.clauses_count);
		if (pack_theme(audit, made.code) != NULL)
			fault_twice(reading, at, made.code);
		for (size_t i = 0; i < made.clauses_count; i++)
			if (made.clauses[i] != NULL && !made.clauses[i]->is_duty)
				fault(reading, at,
				      "条項「%.*s」は見出しです。監査のテーマには義務のある条項を書いてください。",
				      T_ARG(made.clauses[i]->id));
		audit->themes[audit->themes_count++] = made;
	}
}

static void
check_roles(struct reading *reading, const struct node *file, const struct pack_audit *audit)
{
	const struct pack_role *const roles[] = {audit->chief, audit->auditor, audit->council,
						 audit->orders, audit->answers};
	static const char *const names[] = {"plans", "audits", "deliberates", "orders", "answers"};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (roles[i] != NULL && roles[i]->scope == SCOPE_EVERYONE)
			fault(reading, node_get(file, names[i]),
			      "「%.*s」は全員の役割です。監査では、任じられる役割を書いてください。",
			      T_ARG(roles[i]->code));
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]) - 1; i++)
		if (roles[i] != NULL && roles[i]->scope != SCOPE_BODY && roles[i]->scope != SCOPE_EVERYONE)
			fault(reading, node_get(file, names[i]),
			      "「%.*s」は所属ごとの役割です。ここには団体全体の役割（scope: body）を書いてください。",
			      T_ARG(roles[i]->code));
	if (audit->auditor != NULL && audit->auditor == audit->chief)
		fault(reading, node_get(file, "audits"),
		      "監査を命じる役割と監査人が同じです。自分で自分を監査人にすることになります。");
}

void
load_audit(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {
		{"plans", true},	 {"audits", false}, {"deliberates", false}, {"orders", true},
		{"answers", true}, {"every", false},   {"sample", false},  {"review-month", false},
		{"clause", false}, {"grades", true},   {"themes", false},  {NULL, false}};
	struct pack_audit *audit;

	if (file == NULL || !shape_map(reading, file, "ファイル", keys))
		return;
	audit = ARENA_NEW(reading->into, struct pack_audit);
	audit->chief = REFER(reading, file, "plans", refer_role);
	audit->auditor = REFER(reading, file, "audits", refer_role);
	audit->council = REFER(reading, file, "deliberates", refer_role);
	audit->orders = REFER(reading, file, "orders", refer_role);
	audit->answers = REFER(reading, file, "answers", refer_role);
	audit->every = refer_time(reading, file, "every", KIND(PARAMETER_DAYS));
	audit->clause = REFER(reading, file, "clause", refer_clause);
	audit->sample = SAMPLE_USUAL;
	(void)get_number(reading, file, "sample", 1, SAMPLE_MOST, &audit->sample);
	(void)get_number(reading, file, "review-month", 0, MONTHS, &audit->review_month);
	const struct node *grades = node_get(file, "grades"), *themes = node_get(file, "themes");
	if (grades != NULL && shape_list(reading, grades, "grades"))
		load_grades(reading, grades, audit);
	if (themes != NULL && shape_list(reading, themes, "themes"))
		load_themes(reading, themes, audit);
	check_roles(reading, file, audit);
	reading->pack->audit = audit;
}
