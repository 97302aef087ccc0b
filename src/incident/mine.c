/* What waits for a person. */
#include "incident/rooms.h"

static bool
has_id(const int64_t *list, size_t count, int64_t id)
{
	for (size_t at = 0; at < count; at++)
		if (list[at] == id)
			return true;
	return false;
}

struct error *
incident_links_of(struct look *look, const struct pack *pack, struct person_id person,
		  struct incident_link **list, size_t *count)
{
	struct incident_link_open_row *rows;
	size_t found;
	*count = 0;
	TRY(incident_link_open(look, &(struct incident_link_open_in){ OPEN_MOST }, &rows, &found));
	*list = ARENA_ARRAY(look->arena, struct incident_link, found + 1);
	for (size_t at = 0; at < found; at++) {
		struct incident_link *links;
		size_t links_count;
		bool may = false;
		const struct pack_link *link = pack_link(pack, rows[at].code);
		if (link != NULL)
			TRY(link_may(look, link, (struct unit_id){ rows[at].unit }, rows[at].level, person,
				     &may));
		if (!may)
			continue;
		TRY(incident_links(look, pack, (struct incident_id){ rows[at].incident }, person, &links,
				   &links_count));
		for (size_t no = 0; no < links_count; no++)
			if (links[no].id.no == rows[at].id)
				(*list)[(*count)++] = links[no];
	}
	return OK;
}

struct error *
incident_tasks_of(struct look *look, const struct pack *pack, struct person_id person,
		  struct incident_task **list, size_t *count)
{
	struct incident_task_open_row *rows;
	size_t found, seen_count = 0;
	*count = 0;
	TRY(incident_task_open(look, &(struct incident_task_open_in){ OPEN_MOST }, &rows, &found));
	*list = ARENA_ARRAY(look->arena, struct incident_task, found + 1);
	int64_t *seen = ARENA_ARRAY(look->arena, int64_t, found + 1);
	for (size_t at = 0; at < found; at++) {
		struct incident_task *tasks;
		size_t tasks_count;
		bool may;
		TRY(task_may(look, pack, rows[at].role, (struct unit_id){ rows[at].unit },
			     (struct person_id){ rows[at].assignee }, person, &may));
		if (!may || has_id(seen, seen_count, rows[at].incident))
			continue;
		seen[seen_count++] = rows[at].incident;
		TRY(incident_tasks(look, pack, (struct incident_id){ rows[at].incident }, person, &tasks,
				   &tasks_count));
		for (size_t no = 0; no < tasks_count && *count < found; no++)
			if (tasks[no].is_mine)
				(*list)[(*count)++] = tasks[no];
	}
	return OK;
}

static void
sooner(struct incident_mine *mine, struct moment moment, struct incident_id id)
{
	if (mine->first.no == 0)
		mine->first = id;
	if (moment.ms == 0 || (mine->next.ms != 0 && moment.ms >= mine->next.ms))
		return;
	mine->next = moment;
	mine->first = id;
}

static struct error *
lead(struct look *look, const struct pack *pack, struct person_id person, struct incident_mine *mine)
{
	struct incident_case_rows_row *rows;
	struct incident_outside_open_row *outside;
	size_t count;
	bool may;
	TRY(incident_may_lead(look, pack, person, &may));
	if (!may)
		return OK;
	TRY(incident_case_rows(look,
			       &(struct incident_case_rows_in){ .living = true, .drills = true,
								.before = INT64_MAX, .most = OPEN_MOST },
			       &rows, &count));
	mine->cases = (int64_t)count; /* at most OPEN_MOST */
	TRY(incident_outside_open(look, &(struct incident_outside_open_in){ OPEN_MOST }, &outside, &count));
	mine->outside = (int64_t)count; /* likewise */
	for (size_t at = 0; at < count; at++)
		if (outside[at].due != 0)
			sooner(mine, day_begin(day_plus((struct day){ outside[at].due }, 1)),
			       (struct incident_id){ outside[at].incident });
	return OK;
}

struct error *
incident_mine(struct look *look, const struct pack *pack, struct person_id person, struct incident_mine *mine)
{
	struct incident_link *links;
	struct incident_task *tasks;
	size_t count;
	*mine = (struct incident_mine){ 0 };
	if (pack->incidents.kinds_count == 0 || person.no == 0)
		return OK;
	TRY(incident_links_of(look, pack, person, &links, &count));
	mine->links = (int64_t)count; /* at most OPEN_MOST */
	for (size_t at = 0; at < count; at++) {
		mine->late += links[at].is_late;
		sooner(mine, links[at].term, links[at].incident);
	}
	TRY(incident_tasks_of(look, pack, person, &tasks, &count));
	mine->tasks = (int64_t)count; /* likewise */
	for (size_t at = 0; at < count; at++) {
		mine->late += tasks[at].is_late;
		sooner(mine, tasks[at].due, tasks[at].incident);
	}
	return lead(look, pack, person, mine);
}

struct error *
incident_kept(struct look *look, struct person_id person, struct incident_kept *kept)
{
	struct incident_kept_of_row row;
	TRY(incident_kept_of(look, &(struct incident_kept_of_in){ person.no }, &row));
	*kept = (struct incident_kept){ row.reported, row.typed, row.entries, row.tasks };
	return OK;
}
