/* Acted first, reported after: the clock of a report, from the event until it is sent. */
#include "flow/rooms.h"

enum { REPORT_MINUTE_MS = 60000, REPORT_DAY_MS = 86400000 };

bool
report_happened(struct asking *asking, const struct pack_occasion *occasion, struct moment *happened)
{
	const struct pack_field *field = occasion->report.happened;
	const struct text value = asking_value(asking, field, T(""));
	struct day day;
	if (field->kind == FIELD_MOMENT)
		return moment_read(value, happened);
	if (!day_read(value, &day))
		return false;
	*happened = day_begin(day);
	return true;
}

/* Where only the day is known, the clock begins with its end: nobody can say it was earlier. */
static struct error *
find_due(struct look *look, const struct flow *flow, const struct pack_occasion *occasion,
	 struct moment from, bool is_day, int64_t *due)
{
	const struct pack_parameter *within = occasion->report.within;
	int64_t length;
	TRY(people_parameter(look, flow->pack, text_z(look->arena, within->code), within->usual,
			     &length));
	const int64_t unit = within->kind == PARAMETER_DAYS ? REPORT_DAY_MS : REPORT_MINUTE_MS;
	*due = from.ms + (is_day ? REPORT_DAY_MS - 1 : 0) + length * unit;
	return OK;
}

static struct error *
put_report(struct act *act, const struct flow *flow, const struct dossier *dossier,
	   const struct pack_occasion *occasion, bool is_sent)
{
	struct asking asking = dossier_asking(&act->look, flow, dossier);
	struct flow_report_get_row row;
	struct moment happened;
	int64_t due, id;
	bool found;
	const bool is_known = report_happened(&asking, occasion, &happened);
	if (!is_known)
		happened = dossier->created;
	TRY(find_due(&act->look, flow, occasion, happened,
		     is_known && occasion->report.happened->kind == FIELD_DAY, &due));
	TRY(flow_report_get(&act->look,
			    &(struct flow_report_get_in){ dossier->id.no, occasion->code }, &found,
			    &row));
	/* The first time it was sent counts; what is sent again later was reported then. */
	const int64_t sent = found && row.sent != 0 ? row.sent : is_sent ? act->look.now.ms : 0;
	const int64_t since = is_known ? happened.ms : 0;
	if (found && row.happened == since && row.due == due && row.sent == sent)
		return OK;
	if (found)
		return flow_report_change(act, &(struct flow_report_change_in){
						       .id = row.id, .happened = since, .due = due,
						       .sent = sent });
	TRY(act_number(act, T("flow-report"), &id));
	return flow_report_add(act, &(struct flow_report_add_in){
					    .id = id, .dossier = dossier->id.no,
					    .occasion = occasion->code, .happened = since,
					    .due = due, .sent = sent });
}

/* A draft that no longer leads there reports nothing; what was sent stays. */
static struct error *
drop_reports(struct act *act, const struct dossier *dossier)
{
	struct flow_reports_row *rows;
	size_t count;
	TRY(flow_reports(&act->look, &(struct flow_reports_in){ dossier->id.no }, &rows, &count));
	for (size_t at = 0; at < count; at++) {
		bool is_there = rows[at].sent != 0;
		for (size_t one = 0; one < dossier->occasions_count; one++)
			is_there |= text_same(dossier->occasions[one]->code, rows[at].occasion);
		if (!is_there)
			TRY(flow_report_drop(act, &(struct flow_report_drop_in){ rows[at].id }));
	}
	return OK;
}

struct error *
reports_put(struct act *act, const struct flow *flow, const struct dossier *dossier, bool is_sent)
{
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (dossier->occasions[at]->has_report)
			TRY(put_report(act, flow, dossier, dossier->occasions[at], is_sent));
	return drop_reports(act, dossier);
}

struct error *
read_reports(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_reports_row *rows;
	size_t count;
	TRY(flow_reports(look, &(struct flow_reports_in){ dossier->id.no }, &rows, &count));
	dossier->reports = ARENA_ARRAY(look->arena, struct flow_report, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct flow_report *report = &dossier->reports[dossier->reports_count];
		const int64_t until = rows[at].sent != 0 ? rows[at].sent : look->now.ms;
		*report = (struct flow_report){ .occasion = pack_occasion(flow->pack,
									  rows[at].occasion),
						.happened = { rows[at].happened },
						.due = { rows[at].due },
						.sent = { rows[at].sent },
						.is_late = until > rows[at].due };
		if (report->occasion == NULL)
			continue;
		dossier->is_late |= report->is_late;
		dossier->reports_count++;
	}
	return OK;
}
