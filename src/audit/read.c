/* Audits, their scope, auditors, items, requests and papers, as they stand. */
#include "audit/rooms.h"

static enum audit_state
state_of(int64_t begun, int64_t reported, int64_t closed)
{
	if (closed != 0)
		return AUDIT_CLOSED;
	if (reported != 0)
		return AUDIT_REPORTED;
	return begun != 0 ? AUDIT_BEGUN : AUDIT_PLANNED;
}

#define AUDIT_FROM(r)                                                                          \
	((struct audit){                                                                       \
		.id = { (r)->id },                                                             \
		.year = (int)(r)->year, /* a fiscal year */                                    \
		.state = state_of((r)->begun, (r)->reported, (r)->closed),                     \
		.title = (r)->title,                                                           \
		.aim = (r)->aim,                                                               \
		.since = { (r)->since },                                                       \
		.until = { (r)->until },                                                       \
		.planned = { (r)->planned },                                                   \
		.begun = { (r)->begun },                                                       \
		.reported = { (r)->reported },                                                 \
		.received = { (r)->received },                                                 \
		.closed = { (r)->closed },                                                     \
		.planner = { (r)->planner },                                                   \
		.reporter = { (r)->reporter },                                                 \
		.receiver = { (r)->receiver },                                                 \
		.report = (r)->report,                                                         \
		.closed_why = (r)->closed_why,                                                 \
		.change = (r)->change,                                                         \
	})

static struct error *
decided_about(struct look *look, struct text about, enum agenda_kind kind, bool *is)
{
	struct audit_agenda_has_row row;
	TRY(audit_agenda_has(
		look, &(struct audit_agenda_has_in){ about, text_of(agenda_kind_name(kind)) }, &row));
	*is = row.has != 0;
	return OK;
}

static struct error *
count_up(struct look *look, const struct pack *pack, struct audit *audit)
{
	const struct text about = audit_about(look->arena, audit->id);
	struct audit_case_counts_row row;
	struct audit_point *points;
	size_t count;
	TRY(audit_case_counts(look, &(struct audit_case_counts_in){ audit->id.no }, &row));
	audit->items = row.items;
	audit->signed_items = row.signed_items;
	audit->unmet = row.unmet;
	audit->points = row.points;
	audit->auditors = row.auditors;
	TRY(audit_points(look, pack, audit->id, &points, &count));
	for (size_t at = 0; at < count; at++)
		audit->open_points +=
			points[at].state != POINT_SETTLED && points[at].state != POINT_ADVICE;
	TRY(decided_about(look, about, AGENDA_PLAN, &audit->is_told));
	return decided_about(look, about, AGENDA_RESULT, &audit->is_decided);
}

struct error *
audit_list(struct look *look, const struct pack *pack, int year, struct audit **list, size_t *count)
{
	struct audit_case_list_row *rows;
	size_t got;
	TRY(audit_case_list(look, &(struct audit_case_list_in){ year, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++) {
		(*list)[at] = AUDIT_FROM(&rows[at]);
		(void)audit_kind_read(rows[at].kind, &(*list)[at].kind);
		TRY(count_up(look, pack, &(*list)[at]));
	}
	return OK;
}

struct error *
audit_read(struct look *look, const struct pack *pack, struct audit_id id, struct audit *audit)
{
	struct audit_case_get_row row;
	const struct pack_audit *rules;
	bool found;
	TRY(audit_rules(pack, &rules));
	TRY(audit_case_get(look, &(struct audit_case_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その監査はありません。監査の一覧から選んでください。");
	*audit = AUDIT_FROM(&row);
	(void)audit_kind_read(row.kind, &audit->kind);
	return count_up(look, pack, audit);
}

struct error *
audit_scopes(struct look *look, struct audit_id id, struct audit_scope **list, size_t *count)
{
	struct audit_scope_list_row *rows;
	size_t got;
	TRY(audit_scope_list(look, &(struct audit_scope_list_in){ id.no, AUDIT_MOST_UNITS }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit_scope, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = (struct audit_scope){
			.unit = { rows[at].unit },
			.engagement = { rows[at].engagement },
			.name = rows[at].engagement == 0
					? rows[at].name
					: text_format(look->arena, "%.*s（%.*s）", T_ARG(rows[at].firm),
						      T_ARG(rows[at].work)),
		};
	return OK;
}

struct error *
audit_auditors(struct look *look, struct audit_id id, struct auditor **list, size_t *count)
{
	struct audit_auditor_list_row *rows;
	size_t got;
	TRY(audit_auditor_list(look, &(struct audit_auditor_list_in){ id.no, AUDIT_MOST_LIST }, &rows,
			       &got));
	*list = ARENA_ARRAY(look->arena, struct auditor, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = (struct auditor){ rows[at].id,	   { rows[at].person }, rows[at].name,
						rows[at].is_lead,  { rows[at].named },
						{ rows[at].ended }, rows[at].ended_why };
	return OK;
}

struct error *
audit_items(struct look *look, const struct pack *pack, struct audit_id id, struct audit_item **list,
	    size_t *count)
{
	struct audit_item_list_row *rows;
	size_t got;
	TRY(audit_item_list(look, &(struct audit_item_list_in){ id.no, AUDIT_MOST_ITEMS }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit_item, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++) {
		(*list)[at] = (struct audit_item){ .id = rows[at].id,
						   .clause = pack_clause(pack, rows[at].clause),
						   .clause_id = rows[at].clause,
						   .words = rows[at].words,
						   .name = rows[at].name,
						   .at = { rows[at].at } };
		(void)item_result_read(rows[at].result, &(*list)[at].result);
	}
	return OK;
}

struct error *
audit_requests(struct look *look, struct audit_id id, struct audit_request **list, size_t *count)
{
	const struct day today = moment_day(look->now);
	struct audit_request_list_row *rows;
	size_t got;
	TRY(audit_request_list(look, &(struct audit_request_list_in){ id.no, AUDIT_MOST_LIST }, &rows,
			       &got));
	*list = ARENA_ARRAY(look->arena, struct audit_request, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = (struct audit_request){
			.id = rows[at].id,
			.audit = { rows[at].audit },
			.audit_title = rows[at].title,
			.unit = { rows[at].unit },
			.unit_name = rows[at].unit_name,
			.words = rows[at].words,
			.answer = rows[at].answer,
			.name = rows[at].name,
			.due = { rows[at].due },
			.at = { rows[at].at },
			.answered = { rows[at].answered },
			.is_late = rows[at].answered == 0 && rows[at].due < today.no,
		};
	return OK;
}

static struct hash
hash_from(struct text bytes)
{
	struct hash hash = { { 0 } };
	for (size_t at = 0; at < HASH_LEN && at < bytes.len; at++)
		hash.at[at] = (uint8_t)bytes.data[at];
	return hash;
}

struct error *
audit_papers(struct look *look, struct audit_id id, struct audit_paper **list, size_t *count)
{
	struct audit_paper_list_row *rows;
	size_t got;
	TRY(audit_paper_list(look, &(struct audit_paper_list_in){ id.no, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit_paper, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = (struct audit_paper){
			.id = rows[at].id,
			.item = rows[at].item,
			.request = rows[at].request,
			.title = rows[at].title,
			.name = rows[at].name,
			.person_name = rows[at].person_name,
			.digest = hash_from(rows[at].digest),
			.size = rows[at].size,
			.at = { rows[at].at },
		};
	return OK;
}

struct error *
audit_draws(struct look *look, struct audit_id id, struct audit_draw **list, size_t *count)
{
	struct audit_draw_list_row *rows;
	size_t got;
	TRY(audit_draw_list(look, &(struct audit_draw_list_in){ id.no, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit_draw, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = (struct audit_draw){
			.id = rows[at].id,
			.audit = id,
			.asked = { .seed = rows[at].seed,
				   .acts = rows[at].acts,
				   .since = rows[at].since != 0 ? (struct day){ rows[at].since } : DAY_NONE,
				   .until = rows[at].until != 0 ? (struct day){ rows[at].until } : DAY_NONE,
				   .most = rows[at].most,
				   .origin = rows[at].origin,
				   .size = rows[at].size,
				   .root = hash_from(rows[at].root) },
			.digest = hash_from(rows[at].digest),
			.count = rows[at].count,
			.looked = rows[at].looked,
			.doubts = rows[at].doubts,
			.name = rows[at].name,
			.at = { rows[at].at },
		};
	return OK;
}

struct error *
audit_drawn(struct look *look, int64_t draw, struct audit_drawn **list, size_t *count)
{
	struct audit_drawn_list_row *rows;
	size_t got;
	TRY(audit_drawn_list(look, &(struct audit_drawn_list_in){ draw, SAMPLE_MOST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct audit_drawn, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = (struct audit_drawn){
			.place = rows[at].place,
			.seq = rows[at].seq,
			.result = text_is(rows[at].result, "good")    ? DRAWN_GOOD
				  : text_is(rows[at].result, "doubt") ? DRAWN_DOUBT
								      : DRAWN_NONE,
			.words = rows[at].words,
			.name = rows[at].name,
		};
	return OK;
}

struct error *
audit_kept(struct look *look, struct person_id person, struct audit_kept *kept)
{
	struct audit_kept_of_row row;
	TRY(audit_kept_of(look, &(struct audit_kept_of_in){ person.no }, &row));
	*kept = (struct audit_kept){ row.named, row.signed_items, row.steps };
	return OK;
}
