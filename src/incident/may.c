/* Who may do what with a case. */
#include "incident/rooms.h"

struct error *
holds_in(struct look *look, const struct pack_role *role, struct unit_id unit, struct person_id person,
	 bool *holds)
{
	struct decider *list;
	size_t count;
	*holds = false;
	if (role == NULL || person.no == 0)
		return OK;
	TRY(people_deciders(look, role, unit, moment_day(look->now), (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*holds |= list[at].person.no == person.no;
	return OK;
}

struct error *
holds_any(struct look *look, const struct pack_role *const *roles, size_t count, struct person_id person,
	  bool *holds)
{
	*holds = false;
	for (size_t at = 0; at < count && !*holds; at++)
		TRY(holds_in(look, roles[at], (struct unit_id){ 0 }, person, holds));
	return OK;
}

/* The same of the acting person, who then acts in that role. */
static struct error *
hold_any(struct act *act, const struct pack_role *const *roles, size_t count, bool *holds)
{
	*holds = false;
	for (size_t at = 0; at < count && !*holds; at++) {
		struct error *error = people_must_hold(act, roles[at], (struct unit_id){ 0 },
						       (struct person_id){ 0 }, NULL);
		if (error != OK && error->kind != ERROR_REFUSED)
			return error;
		*holds = error == OK;
	}
	return OK;
}

struct error *
must_order(struct act *act, const struct pack *pack)
{
	bool holds;
	TRY(hold_any(act, pack->incidents.orders, pack->incidents.orders_count, &holds));
	if (!holds)
		return refuse("指示を出せるのは、事案の指揮にあたる役割の人だけです。CSIRTに知らせてください。");
	return OK;
}

struct error *
must_lead(struct act *act, const struct pack *pack)
{
	bool holds;
	TRY(hold_any(act, pack->incidents.leads, pack->incidents.leads_count, &holds));
	if (!holds)
		TRY(hold_any(act, pack->incidents.orders, pack->incidents.orders_count, &holds));
	if (!holds)
		return refuse("この操作は、CSIRTと事案の指揮にあたる役割の人だけが行えます。");
	return OK;
}

struct error *
incident_may_lead(struct look *look, const struct pack *pack, struct person_id person, bool *may)
{
	TRY(holds_any(look, pack->incidents.leads, pack->incidents.leads_count, person, may));
	if (!*may)
		TRY(holds_any(look, pack->incidents.orders, pack->incidents.orders_count, person, may));
	return OK;
}

/* What the person holds for every case. */
static struct error *
may_anywhere(struct look *look, const struct pack *pack, struct person_id person, struct incident_may *may)
{
	*may = (struct incident_may){ 0 };
	if (person.no == 0 || pack->incidents.kinds_count == 0)
		return OK;
	TRY(holds_any(look, pack->incidents.orders, pack->incidents.orders_count, person, &may->order));
	TRY(holds_any(look, pack->incidents.leads, pack->incidents.leads_count, person, &may->lead));
	TRY(holds_in(look, pack->incidents.closes, (struct unit_id){ 0 }, person, &may->close));
	may->lead |= may->order;
	may->write = may->lead || may->close;
	return OK;
}

/* Do they have a link that was told, or a task? */
static struct error *
has_part(struct look *look, const struct pack *pack, struct incident_id id, struct person_id person, bool *has)
{
	struct incident_link_rows_row *links;
	struct incident_task_rows_row *tasks;
	size_t count;
	*has = false;
	TRY(incident_link_rows(look, &(struct incident_link_rows_in){ id.no, LINKS_MOST }, &links, &count));
	for (size_t at = 0; at < count && !*has; at++) {
		*has = links[at].person != 0 && links[at].person == person.no;
		const struct pack_link *link = pack_link(pack, links[at].code);
		if (!*has && link != NULL)
			TRY(link_may(look, link, (struct unit_id){ links[at].unit }, links[at].level, person,
				     has));
	}
	if (*has)
		return OK;
	TRY(incident_task_rows(look, &(struct incident_task_rows_in){ id.no, INCIDENT_MOST_TASKS }, &tasks,
			       &count));
	for (size_t at = 0; at < count && !*has; at++)
		TRY(task_may(look, pack, tasks[at].role, (struct unit_id){ tasks[at].unit },
			     (struct person_id){ tasks[at].assignee }, person, has));
	return OK;
}

static struct error *
may_here(struct look *look, const struct pack *pack, const struct incident *incident, struct person_id person,
	 struct incident_may *may)
{
	const bool is_own = person.no != 0 && (incident->reporter.no == person.no ||
					       incident->entered_by.no == person.no);
	may->write |= is_own;
	if (!may->write && person.no != 0)
		TRY(has_part(look, pack, incident->id, person, &may->write));
	may->read |= may->write;
	may->sees_contact = may->write;
	return OK;
}

struct error *
must_write(struct act *act, const struct pack *pack, const struct incident *incident)
{
	struct incident_may may;
	TRY(may_anywhere(&act->look, pack, (struct person_id){ act->actor.person }, &may));
	TRY(may_here(&act->look, pack, incident, (struct person_id){ act->actor.person }, &may));
	if (!may.write)
		return refuse("この事案に書き込めるのは、報告した人、連絡を受けた人、対応にあたる人だけです。");
	return OK;
}

static struct error *
reads(struct look *look, const struct rights *rights, const struct incident *incident, bool *may)
{
	const struct reach *reach = &rights->at[RIGHT_DOSSIER_READ];
	*may = reach->may && reach->is_all;
	if (!*may && reach->may && incident->unit.no != 0)
		TRY(rights_reach(look, rights, RIGHT_DOSSIER_READ, incident->unit, may));
	return OK;
}

struct error *
incident_may(struct look *look, const struct pack *pack, const struct rights *rights,
	     const struct incident *incident, struct incident_may *may)
{
	bool is_read;
	TRY(may_anywhere(look, pack, rights->person, may));
	TRY(may_here(look, pack, incident, rights->person, may));
	TRY(reads(look, rights, incident, &is_read));
	may->read |= is_read;
	return OK;
}

struct error *
incident_open(struct look *look, const struct pack *pack, const struct rights *rights, struct incident_id id,
	      struct incident *incident, struct incident_may *may)
{
	TRY(incident_read(look, pack, id, incident));
	TRY(incident_may(look, pack, rights, incident, may));
	if (!may->read)
		return missing("その事案はありません。一覧から選んでください。");
	return OK;
}
