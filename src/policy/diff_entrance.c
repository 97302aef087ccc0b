/* What entrance.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static void
describe_ledger_of(struct described *made, const char *key, const char *label,
		   const struct pack_ledger *ledger)
{
	describe(made, key, label, ledger != NULL ? ledger->name.ja : T(""));
}

struct described
describe_entrance(struct arena *into, const struct pack_entrance *entrance)
{
	struct described made = { .into = into };
	struct text staff = T(""), purposes = T(""), columns = T("");
	for (size_t at = 0; at < entrance->staff_count; at++)
		staff = joined(into, staff, entrance->staff[at]->name.ja);
	for (size_t at = 0; at < entrance->purposes_count; at++)
		purposes = joined(into, purposes, entrance->purposes[at].name.ja);
	for (int at = 0; at < ENTRANCE_COLUMNS; at++)
		if (entrance->columns[at] != NULL)
			columns = joined(into, columns, entrance->columns[at]->label.ja);
	describe(&made, "keeper", N_("部屋を管理する役割"), entrance->keeper != NULL ? entrance->keeper->name.ja : T(""));
	describe_ledger_of(&made, "rooms", N_("部屋の台帳"), entrance->rooms);
	describe(&made, "where", N_("記録を付ける部屋"), entrance->where != NULL ? when_source(entrance->where) : T(""));
	describe_ledger_of(&made, "listed", N_("入室を許可した人の名簿"), entrance->listed);
	describe(&made, "staff", N_("職で入れる役割"), staff);
	describe(&made, "devices", N_("持込みの許可"), entrance->devices != NULL ? entrance->devices->title.ja : T(""));
	describe_ledger_of(&made, "log", N_("入退室の台帳"), entrance->log);
	describe(&made, "columns", N_("入退室の台帳の列"), columns);
	describe(&made, "purposes", N_("入室の目的"), purposes);
	describe_yes(&made, "visitors", N_("立会いがあれば、名簿にない人も入れる"), entrance->takes_visitors);
	return made;
}
