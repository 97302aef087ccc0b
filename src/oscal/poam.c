/*
 * The plan of action and milestones: every finding that is open, with who puts it right until when; what is
 * late before anybody opened a finding about it; and the exceptions in force, which are risks carried
 * knowingly.
 */
#include "oscal/rooms.h"

#include "base/say.h"

struct item {
	const char *kind; /* of uuids */
	struct text id, title, words, statement, plan, role, status;
	struct moment opened;
	struct day due; /* DAY_NONE: none said */
	const struct pack_clause *clause;
	struct text record; /* "finding:3" */
};

/* The end of that day. */
static struct text
end_of(struct arena *into, struct day day)
{
	return moment_utc(into, (struct moment){ day_begin(day_plus(day, 1)).ms - 1000 });
}

static void
add_log(struct writing *writing, json_t *risk, const struct item *item)
{
	struct arena *arena = writing->arena;
	json_t *entry = add_object(put_object(risk, "risk-log"), "entries");
	put_text(entry, "uuid", uuid_of(arena, writing->scope, "risk-entry", item->id));
	put_line(arena, entry, "title", text_of(say("見つかった")));
	put_text(entry, "start", moment_utc(arena, item->opened));
	put_z(entry, "status-change", "open");
}

static void
add_plan(struct writing *writing, json_t *risk, const struct item *item)
{
	struct arena *arena = writing->arena;
	json_t *response = add_object(risk, "remediations");
	put_text(response, "uuid", uuid_of(arena, writing->scope, "remediation", item->id));
	put_z(response, "lifecycle", "planned");
	put_line(arena, response, "title", item->title);
	put_prose(arena, response, "description", item->plan);
}

static struct text
add_risk(struct writing *writing, const struct item *item)
{
	struct arena *arena = writing->arena;
	const struct text uuid = uuid_of(arena, writing->scope, item->kind,
					 text_format(arena, "risk %.*s", T_ARG(item->id)));
	json_t *risk = add_object(writing->root, "risks");
	put_text(risk, "uuid", uuid);
	put_line(arena, risk, "title", item->title);
	put_prose(arena, risk, "description", item->words);
	put_prose(arena, risk, "statement", item->statement);
	put_text(risk, "status", item->status);
	if (!day_is_none(item->due))
		put_text(risk, "deadline", end_of(arena, item->due));
	if (item->clause != NULL)
		add_prop(arena, risk, "clause", item->clause->id);
	if (item->opened.ms != 0)
		add_log(writing, risk, item);
	if (item->plan.len > 0)
		add_plan(writing, risk, item);
	return uuid;
}

static void
add_item(struct writing *writing, const struct item *item)
{
	struct arena *arena = writing->arena;
	const struct text risk = add_risk(writing, item);
	json_t *object = add_object(writing->root, "poam-items");
	put_text(object, "uuid", uuid_of(arena, writing->scope, item->kind, item->id));
	put_line(arena, object, "title", item->title);
	put_prose(arena, object, "description", item->statement);
	if (item->clause != NULL) {
		add_prop(arena, object, "clause", item->clause->id);
		add_prop(arena, object, "statement",
			 statement_id(arena, writing->source->pack, item->clause->id));
	}
	add_prop(arena, object, "role", item->role.len > 0 ? token_of(arena, item->role) : T(""));
	add_prop(arena, object, "record", item->record);
	put_text(add_object(object, "related-risks"), "risk-uuid", risk);
}

static struct text
duty_of(const struct pack_clause *clause, struct text otherwise)
{
	return clause != NULL ? words_now(clause->duty) : otherwise;
}

static struct error *
add_findings(struct writing *writing, struct finding **list, size_t *count)
{
	struct arena *arena = writing->arena;
	const struct finding_query query = { .is_open_only = true,
					     .at = writing->is_past ? writing->day : DAY_NONE };
	TRY(assure_findings(writing->source->look, writing->source->pack, &query, list, count));
	for (size_t at = 0; at < *count; at++) {
		const struct finding *finding = &(*list)[at];
		const struct pack_clause *clause = finding->pack_clause;
		add_item(writing, &(struct item){
			.kind = "finding",
			.id = text_number(arena, finding->id.no),
			.title = text_format(arena, "%.*s　%.*s", T_ARG(finding->number),
					     T_ARG(clause != NULL ? clause->number : finding->clause)),
			.words = duty_of(clause, finding->clause),
			.statement = finding->why,
			.plan = finding->plan,
			.role = finding->role,
			.status = finding->plan.len > 0 ? T("remediating") : T("open"),
			.opened = finding->opened,
			.due = finding->due,
			.clause = clause,
			.record = text_format(arena, "finding:%lld", (long long)finding->id.no),
		});
	}
	return OK;
}

static bool
is_found(const struct finding *list, size_t count, const struct pack_clause *clause)
{
	for (size_t at = 0; at < count; at++)
		if (list[at].pack_clause == clause)
			return true;
	return false;
}

/* Late, and nobody has opened a finding yet: Bansho does so when its clock goes round. */
static void
add_late(struct writing *writing, const struct assured *assured)
{
	const struct pack_clause *clause = assured->clause;
	add_item(writing, &(struct item){
		.kind = "late",
		.id = clause->id,
		.title = clause->number,
		.words = words_now(clause->duty),
		.statement = assured->why,
		.role = clause->actor != NULL ? clause->actor->code : T(""),
		.status = T("open"),
		.due = DAY_NONE,
		.clause = clause,
	});
}

static void
add_exception(struct writing *writing, const struct assured *assured,
	      const struct exception_of *exception)
{
	struct arena *arena = writing->arena;
	const struct pack_clause *clause = assured->clause;
	add_item(writing, &(struct item){
		.kind = "exception",
		.id = text_format(arena, "%lld %.*s", (long long)exception->permit.no, T_ARG(clause->id)),
		.title = text_format(arena, "%.*s　%.*s", T_ARG(exception->number), T_ARG(clause->number)),
		.words = words_now(clause->duty),
		.statement = assured->why,
		.status = T("deviation-approved"),
		.due = exception->until,
		.clause = clause,
		.record = text_format(arena, "permit:%lld", (long long)exception->permit.no),
	});
}

struct error *
write_poam(struct writing *writing)
{
	const struct assurance *assurance = writing->source->assurance;
	struct finding *list;
	size_t count;
	put_about(writing, N_("指摘と例外の処置の計画"));
	json_t *system = put_object(writing->root, "system-id");
	put_z(system, "identifier-type", OSCAL_NS);
	put_text(system, "id", writing->source->body_code);
	TRY(add_findings(writing, &list, &count));
	for (size_t at = 0; at < assurance->count; at++) {
		const struct assured *assured = &assurance->clauses[at];
		if (assured->state == STATE_LATE && !is_found(list, count, assured->clause))
			add_late(writing, assured);
		for (size_t of = 0; of < assured->exceptions_count; of++)
			if (assured->exceptions[of].is_living)
				add_exception(writing, assured, &assured->exceptions[of]);
	}
	if (json_object_get(writing->root, "poam-items") != NULL)
		return OK;
	return missing("処置の計画に書くことがありません。遅れている条項も、指摘も、例外もないからです。");
}
