/* The assessment-plan: what is looked at for every clause, how, and how often. */
#include "oscal/rooms.h"

#include "base/say.h"
#include "people/people.h"

static void
add_activity(struct writing *writing, const struct pack_evidence *rule)
{
	struct arena *arena = writing->arena;
	json_t *local = json_object_get(writing->root, "local-definitions");
	if (local == NULL)
		local = put_object(writing->root, "local-definitions");
	json_t *activity = add_object(local, "activities");
	put_text(activity, "uuid", rule_uuid(writing, "activity", rule));
	put_line(arena, activity, "title", words_of_rule(writing, rule));
	put_prose(arena, activity, "description", words_of_rule(writing, rule));
	json_t *method = add_object(activity, "props");
	put_z(method, "name", "method");
	put_z(method, "value", rule_method(rule));
	add_rule_props(writing, activity, rule);
	json_t *controls = add_object(put_object(activity, "related-controls"), "control-selections");
	for (size_t at = 0; at < rule->clauses_count; at++)
		put_text(add_object(controls, "include-controls"), "control-id",
			 control_id(arena, writing->source->pack, rule->clauses[at]->id));
}

static void
add_everything(json_t *object)
{
	json_t *subject = add_object(object, "subjects");
	put_z(subject, "type", "component");
	put_object(subject, "include-all");
}

/* A rule that asks for freshness is answered anew within that time; every other one every day. */
static struct error *
add_task(struct writing *writing, const struct pack_evidence *rule)
{
	const struct oscal_source *source = writing->source;
	struct arena *arena = writing->arena;
	int64_t every = 1;
	const char *unit = "days";
	if (rule->within != NULL && (rule->within->kind == PARAMETER_DAYS ||
				     rule->within->kind == PARAMETER_MINUTES)) {
		TRY(people_parameter(source->look, source->pack, text_z(arena, rule->within->code),
				     rule->within->usual, &every));
		unit = rule->within->kind == PARAMETER_DAYS ? "days" : "minutes";
	}
	json_t *task = add_object(writing->root, "tasks");
	put_text(task, "uuid", rule_uuid(writing, "task", rule));
	put_z(task, "type", "action");
	put_line(arena, task, "title", words_of_rule(writing, rule));
	json_t *frequency = put_object(put_object(task, "timing"), "at-frequency");
	put(frequency, "period", json_integer(every < 1 ? 1 : every));
	put_z(frequency, "unit", unit);
	json_t *activity = add_object(task, "associated-activities");
	put_text(activity, "activity-uuid", rule_uuid(writing, "activity", rule));
	add_everything(activity);
	return OK;
}

static void
add_tool(struct writing *writing)
{
	struct arena *arena = writing->arena;
	json_t *assets = put_object(writing->root, "assessment-assets");
	json_t *component = add_object(assets, "components");
	put_text(component, "uuid", component_uuid(arena));
	put_z(component, "type", "software");
	put_z(component, "title", say("番所（Bansho）"));
	put_z(component, "description", say("記録簿と台帳から条項の状態を計算するしくみ。"));
	put_z(put_object(component, "status"), "state", "operational");
	json_t *platform = add_object(assets, "assessment-platforms");
	put_text(platform, "uuid", uuid_of(arena, writing->scope, "platform", T("bansho")));
	put_z(platform, "title", say("番所（Bansho）"));
	put_text(add_object(platform, "uses-components"), "component-uuid", component_uuid(arena));
}

struct error *
write_plan(struct writing *writing)
{
	const struct pack *pack = writing->source->pack;
	struct arena *arena = writing->arena;
	put_about(writing, N_("条項の点検の計画"));
	/* Bansho writes no system-security-plan: the component-definition tells what stands in its place. */
	json_t *plan = add_resource(writing, "system-security-plan", pack->id,
				    text_of(say("システムセキュリティ計画の代わりに読むもの")));
	put_z(add_object(plan, "rlinks"), "href", oscal_model_file(OSCAL_COMPONENTS));
	put_text(put_object(writing->root, "import-ssp"), "href",
		 text_join(arena, T("#"),
			   uuid_of(arena, writing->scope, "system-security-plan", pack->id)));
	json_t *reviewed = put_object(writing->root, "reviewed-controls");
	put_object(add_object(reviewed, "control-selections"), "include-all");
	json_t *subject = add_object(writing->root, "assessment-subjects");
	put_z(subject, "type", "component");
	put_object(subject, "include-all");
	add_tool(writing);
	for (size_t at = 0; at < pack->evidence_count; at++) {
		add_activity(writing, &pack->evidence[at]);
		TRY(add_task(writing, &pack->evidence[at]));
	}
	return OK;
}
