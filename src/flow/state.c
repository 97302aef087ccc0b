/* Figures about one occasion over all dossiers, for the clauses' evidence. */
#include "flow/rooms.h"

struct error *
flow_occasion_state(struct look *look, const struct flow *flow,
		    const struct pack_occasion *occasion, struct flow_occasion_state *state)
{
	struct flow_state_dossiers_row dossiers;
	struct flow_state_permits_row permits;
	struct flow_state_overdue_row overdue;
	struct flow_state_waiting_row waiting;
	struct flow_state_items_row items;
	struct flow_state_reports_row reports;
	int64_t days;
	const struct text code = occasion->code;
	TRY(people_parameter(look, flow->pack, "decide.escalate-days", 5, &days));
	const int64_t before = look->now.ms - days * 86400000;
	TRY(flow_state_dossiers(look, &(struct flow_state_dossiers_in){ code }, &dossiers));
	TRY(flow_state_permits(look, &(struct flow_state_permits_in){ code }, &permits));
	TRY(flow_state_overdue(look, &(struct flow_state_overdue_in){ code, look->now.ms },
			       &overdue));
	TRY(flow_state_waiting(look, &(struct flow_state_waiting_in){ code, before }, &waiting));
	TRY(flow_state_items(look, &(struct flow_state_items_in){ code }, &items));
	TRY(flow_state_reports(look, &(struct flow_state_reports_in){ code, look->now.ms },
			       &reports));
	*state = (struct flow_occasion_state){
		.dossiers = dossiers.sent,
		.granted = dossiers.granted,
		.living = permits.living,
		.overdue = overdue.overdue,
		.stale_waiting = waiting.late,
		.unbalanced = items.open,
		.claimed = items.claimed,
		.reports = reports.sent,
		.late = reports.late,
		.reports_running = reports.running,
		.reports_waiting = reports.waiting,
		.last_dossier = dossiers.last_dossier,
		.last = { dossiers.last },
	};
	return OK;
}
