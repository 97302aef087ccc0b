/* The dispatch table: the rows of every feature, laid end to end once. */
#include "pages/rooms.h"

#include <pthread.h>
#include <string.h>

enum { ROWS_MOST = 1200 };

struct feature {
	const struct page_row *rows;
	const size_t *count;
};

#define FEATURE(name) { name##_rows, &name##_rows_count }
static const struct feature features[] = {
	FEATURE(sign_in),
	FEATURE(monthly),
	FEATURE(more),
	FEATURE(passkey),
	FEATURE(factor),
	FEATURE(recovery),
	FEATURE(zone),
	FEATURE(home),
	FEATURE(notice),
	FEATURE(ask),
	FEATURE(dossier),
	FEATURE(permit),
	FEATURE(exception),
	FEATURE(map),
	FEATURE(duty_mine),
	FEATURE(duty_year),
	FEATURE(duty_one),
	FEATURE(duty_list),
	FEATURE(things),
	FEATURE(thing),
	FEATURE(stock),
	FEATURE(take),
	FEATURE(software),
	FEATURE(clauses),
	FEATURE(clause),
	FEATURE(judgement),
	FEATURE(finding),
	FEATURE(checks),
	FEATURE(check_sheet),
	FEATURE(check_campaign),
	FEATURE(version),
	FEATURE(version_act),
	FEATURE(reconcile_difference),
	FEATURE(reconcile_import),
	FEATURE(reconcile_run),
	FEATURE(reconciliation),
	FEATURE(reconciliations),
	FEATURE(yearly),
	FEATURE(acknowledge),
	FEATURE(now),
	FEATURE(oscal),
	FEATURE(incident_public),
	FEATURE(incident_report),
	FEATURE(incident_plan),
	FEATURE(incident_list),
	FEATURE(incident_paper),
	FEATURE(incident_decide),
	FEATURE(incident_work),
	FEATURE(evidence),
	FEATURE(incident),
	FEATURE(journal),
	FEATURE(log),
	FEATURE(outside),
	FEATURE(paper),
	FEATURE(ledger_import),
	FEATURE(ledgers),
	FEATURE(ledger),
	FEATURE(systems),
	FEATURE(access_import),
	FEATURE(access_account),
	FEATURE(system), FEATURE(system_settings),
	FEATURE(access_review),
	FEATURE(entrance),
	FEATURE(entrance_log),
	FEATURE(entrance_badge),
	FEATURE(tablet),
	FEATURE(training),
	FEATURE(training_section),
	FEATURE(training_plan),
	FEATURE(training_drill),
	FEATURE(audit),
	FEATURE(audit_case),
	FEATURE(audit_point),
	FEATURE(audit_work),
	FEATURE(contract),
	FEATURE(contract_chain),
	FEATURE(contract_choose),
	FEATURE(contract_data),
	FEATURE(contract_keep),
	FEATURE(contracts),
	FEATURE(council),
	FEATURE(review),
	FEATURE(transfer),
	FEATURE(transfer_line),
	FEATURE(handover),
	FEATURE(people_import),
	FEATURE(people),
	FEATURE(firm_edit),
	FEATURE(firms),
	FEATURE(second),
	FEATURE(person_edit),
	FEATURE(person_erase),
	FEATURE(card),
	FEATURE(cards),
	FEATURE(person),
	FEATURE(unit_edit),
	FEATURE(unit),
	FEATURE(role),
	FEATURE(deputy),
	FEATURE(delegation),
	FEATURE(privilege),
	FEATURE(retention),
	FEATURE(personal_data),
	FEATURE(account),
	FEATURE(account_admin),
	FEATURE(directory),
	FEATURE(settings),
	FEATURE(health),
};

/* Filled once, before the first request, and only read afterwards. */
static struct page_row all[ROWS_MOST];
static size_t all_count;
static pthread_once_t is_filled = PTHREAD_ONCE_INIT;

static void
fill(void)
{
	for (size_t at = 0; at < sizeof features / sizeof *features; at++)
		for (size_t row = 0; row < *features[at].count && all_count < ROWS_MOST; row++)
			all[all_count++] = features[at].rows[row];
}

const struct page_row *
pages_table(size_t *count)
{
	pthread_once(&is_filled, fill);
	*count = all_count;
	return all;
}
