/* The component-definition: Bansho as a component, and how it carries each clause out. */
#include "oscal/rooms.h"

#include "base/say.h"

/* Of NIST's values: a part that does not exist yet is planned, what is seen for Bansho alone partial. */
static const char *
status_of(const struct pack_clause *clause)
{
	const char *status = "implemented";
	for (size_t at = 0; at < clause->evidence_count; at++) {
		if (clause->evidence[at]->kind == EVIDENCE_AWAITS)
			return "planned";
		if (clause->evidence[at]->is_partial)
			status = "partial";
	}
	return status;
}

static void
add_rule(struct writing *writing, json_t *requirement, const struct pack_clause *clause,
	 const struct pack_evidence *rule)
{
	struct arena *arena = writing->arena;
	const struct text id = text_format(arena, "%.*s\n%.*s", T_ARG(clause->id),
					   T_ARG(rule_uuid(writing, "rule", rule)));
	json_t *statement = add_object(requirement, "statements");
	put_text(statement, "statement-id", statement_id(arena, writing->source->pack, clause->id));
	put_text(statement, "uuid", uuid_of(arena, writing->scope, "statement", id));
	put_prose(arena, statement, "description", words_of_rule(writing, rule));
	add_rule_props(writing, statement, rule);
	if (rule->is_partial)
		add_prop(arena, statement, "partial", T("yes"));
}

static void
add_requirement(struct writing *writing, json_t *implementation, const struct pack_clause *clause)
{
	struct arena *arena = writing->arena;
	struct writer words = writer_open(arena, 1 << 20);
	json_t *requirement = add_object(implementation, "implemented-requirements");
	put_text(requirement, "uuid", uuid_of(arena, writing->scope, "requirement", clause->id));
	put_text(requirement, "control-id", control_id(arena, writing->source->pack, clause->id));
	for (size_t at = 0; at < clause->evidence_count; at++) {
		if (at > 0)
			write_byte(&words, '\n');
		write_text(&words, words_of_rule(writing, clause->evidence[at]));
		add_rule(writing, requirement, clause, clause->evidence[at]);
	}
	put_prose(arena, requirement, "description", writer_text(&words));
	json_t *status = add_object(requirement, "props");
	put_z(status, "name", "implementation-status");
	put_z(status, "value", status_of(clause));
	if (clause->actor == NULL)
		return;
	json_t *role = add_object(requirement, "responsible-roles");
	put_text(role, "role-id", token_of(arena, clause->actor->code));
}

static void
add_roles(struct writing *writing)
{
	struct arena *arena = writing->arena;
	json_t *metadata = json_object_get(writing->root, "metadata");
	for (size_t at = 0; at < writing->source->pack->roles_count; at++) {
		const struct pack_role *role = &writing->source->pack->roles[at];
		json_t *object = add_object(metadata, "roles");
		put_text(object, "id", token_of(arena, role->code));
		put_line(arena, object, "title", words_now(role->name));
	}
}

struct error *
write_components(struct writing *writing)
{
	const struct pack *pack = writing->source->pack;
	struct arena *arena = writing->arena;
	json_t *implementation = NULL;
	put_about(writing, N_("番所による条項の実施"));
	add_roles(writing);
	json_t *component = add_object(writing->root, "components");
	put_text(component, "uuid", component_uuid(arena));
	put_z(component, "type", "software");
	put_z(component, "title", say("番所（Bansho）"));
	put_z(component, "description",
	      say("方針の条項を実行し、条項ごとに何が定められ、行われ、証明できるかを記録から示すしくみ。"));
	for (size_t at = 0; pack_known.controls[at] != NULL; at++)
		add_prop(arena, component, "control", text_of(pack_known.controls[at]));
	for (size_t at = 0; at < pack->clauses_count; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		if (clause->evidence_count == 0)
			continue;
		if (implementation == NULL) {
			implementation = add_object(component, "control-implementations");
			put_text(implementation, "uuid",
				 uuid_of(arena, writing->scope, "implementation", pack->id));
			put_z(implementation, "source", oscal_model_file(OSCAL_PROFILE));
			put_z(implementation, "description",
			      say("条項ごとに、番所が何をもってその条項が守られていると示すか。"));
		}
		add_requirement(writing, implementation, clause);
	}
	return OK;
}
