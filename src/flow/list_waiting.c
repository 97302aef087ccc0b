/* What waits for a person's decision: open steps first, then extensions asked for. */
#include "flow/rooms.h"

#include "base/number.h"
#include "base/writer.h"

static struct error *
write_roles(struct look *look, const struct pack *pack, struct person_id person,
	    struct writer *out)
{
	struct held_role *list;
	size_t count;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct pack_role *role = list[at].role;
		const int64_t unit = role->scope == SCOPE_BODY ? 0 : list[at].unit.no;
		if (role->scope == SCOPE_EVERYONE)
			continue;
		write_format(out, "%.*s@%lld,", T_ARG(role->code), (long long)unit);
		/* What they may receive: each row is looked at again, whether it was given. */
		for (size_t of = 0; of < pack->delegations_count; of++)
			if (pack->delegations[of].to == role)
				write_format(out, "%.*s@%lld,",
					     T_ARG(pack->delegations[of].from->code),
					     (long long)(pack->delegations[of].from->scope == SCOPE_BODY
								 ? 0
								 : unit));
	}
	return OK;
}

/*
 * ",manager@12,ciso@0,": the roles a person has today, and where. Roles of earlier versions of the
 * policy too, while dossiers are open under them.
 */
static struct error *
roles_of(struct look *look, const struct flow *flow, struct person_id person, struct text *roles)
{
	struct flow_packs_open_row *rows;
	size_t count;
	struct writer out = writer_open(look->arena, 1 << 20);
	write_byte(&out, ',');
	TRY(write_roles(look, flow->pack, person, &out));
	if (flow->shelf != NULL) {
		TRY(flow_packs_open(look, &(struct flow_packs_open_in){ SHELF_MOST }, &rows, &count));
		for (size_t at = 0; at < count; at++) {
			const struct pack *then = pack_then(look, flow, rows[at].pack);
			if (then != NULL)
				TRY(write_roles(look, then, person, &out));
		}
	}
	*roles = writer_text(&out);
	return OK;
}

/* Who is asked in two roles is asked once: one line for a dossier. */
static bool
is_listed(const struct flow_page *page, int64_t dossier, struct person_id deputy_for)
{
	for (size_t at = 0; at < page->count; at++)
		if (page->lines[at].id.no == dossier && page->lines[at].deputy_for.no == deputy_for.no)
			return true;
	return false;
}

static struct error *
add_step_line(struct look *look, const struct flow *flow, struct person_id person,
	      const struct flow_list_waiting_row *row, struct flow_page *page)
{
	const struct pack_role *wished, *escalated;
	TRY(role_then(look, flow, row->id, row->wished, &wished));
	TRY(role_then(look, flow, row->id, row->escalated_role, &escalated));
	struct flow_step step = { .wished = wished,
				  .unit = { row->step_unit },
				  .escalated = { row->escalated } };
	if (step.wished == NULL)
		return OK;
	TRY(power_then(look, flow, row->id, row->delegation, &step.power));
	TRY(resolve_deciders(look, (struct person_id){ row->applicant }, escalated, &step));
	const struct flow_decider *as = step_decider(&step, person);
	if (as == NULL || is_listed(page, row->id, as->deputy_for))
		return OK;
	struct flow_line *line = &page->lines[page->count++];
	*line = (struct flow_line){
		.id = { row->id },
		.number = row->number,
		.purpose = row->purpose,
		.title = line_title(flow, row->lead),
		.applicant_name = row->applicant_name,
		.unit_name = row->unit_name,
		.changed = { row->changed },
		.since = { row->opened },
		.verb = (enum step_verb)row->verb, /* written from the enum */
		.deputy_for = as->deputy_for,
		.basis = as->basis,
	};
	state_read(row->state, &line->state);
	return OK;
}

static struct error *
list_steps(struct look *look, const struct flow *flow, const struct flow_query *query,
	   struct text roles, int64_t after, size_t most, struct flow_page *page)
{
	bool is_end = false;
	while (!is_end && page->count < most) {
		struct flow_list_waiting_row *rows;
		size_t count;
		TRY(flow_list_waiting(look,
				      &(struct flow_list_waiting_in){ roles, after, FLOW_PAGE },
				      &rows, &count));
		is_end = count < FLOW_PAGE;
		for (size_t at = 0; at < count && page->count < most; at++) {
			after = rows[at].step;
			TRY(add_step_line(look, flow, query->person, &rows[at], page));
		}
	}
	if (page->count == most)
		page->next = text_format(look->arena, "s%lld", (long long)after);
	return OK;
}

static struct error *
add_asked_line(struct look *look, const struct flow *flow, struct person_id person,
	       const struct flow_list_asked_row *row, struct flow_page *page)
{
	struct decider *list;
	size_t count;
	const struct pack_role *role;
	const struct pack_delegation *power;
	TRY(role_then(look, flow, row->id, row->role, &role));
	if (role == NULL)
		return OK;
	TRY(power_then(look, flow, row->id, row->power, &power));
	TRY(extension_candidates(look, role, power, (struct unit_id){ row->step_unit },
				 (struct person_id){ row->asked_by }, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].person.no != person.no)
			continue;
		struct flow_line *line = &page->lines[page->count++];
		*line = (struct flow_line){
			.id = { row->id },
			.number = row->number,
			.purpose = row->purpose,
			.title = line_title(flow, row->lead),
			.applicant_name = row->applicant_name,
			.unit_name = row->unit_name,
			.changed = { row->changed },
			.since = { row->asked },
			.verb = STEP_PERMISSION,
			.deputy_for = list[at].deputy_for,
			.basis = basis_of(list[at].why, false),
			.is_extension = true,
			.permit = { row->permit },
		};
		state_read(row->state, &line->state);
		return OK;
	}
	return OK;
}

static struct error *
list_asked(struct look *look, const struct flow *flow, const struct flow_query *query,
	   struct text roles, int64_t after, size_t most, struct flow_page *page)
{
	struct flow_list_asked_row *rows;
	size_t count;
	TRY(flow_list_asked(look, &(struct flow_list_asked_in){ roles, after, FLOW_MOST_PAGE },
			    &rows, &count));
	for (size_t at = 0; at < count; at++) {
		if (page->count == most) {
			page->next = text_format(look->arena, "e%lld", (long long)after);
			return OK;
		}
		after = rows[at].extension;
		TRY(add_asked_line(look, flow, query->person, &rows[at], page));
	}
	return OK;
}

struct error *
list_waiting(struct look *look, const struct flow *flow, const struct flow_query *query,
	     size_t most, struct flow_page *page)
{
	struct text roles;
	int64_t after = 0;
	const bool is_asked = text_starts(query->after, T("e"));
	if (most > FLOW_MOST_PAGE)
		most = FLOW_MOST_PAGE;
	*page = (struct flow_page){ .lines = ARENA_ARRAY(look->arena, struct flow_line, most + 1),
				    .next = T("") };
	if (query->after.len > 1)
		number_read(text_from(query->after, 1), 0, INT64_MAX, &after);
	TRY(roles_of(look, flow, query->person, &roles));
	if (!is_asked)
		TRY(list_steps(look, flow, query, roles, after, most, page));
	if (page->next.len > 0)
		return OK;
	return list_asked(look, flow, query, roles, is_asked ? after : 0, most, page);
}
