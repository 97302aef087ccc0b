/* Before it is sent: what would be allowed, for whom, until when; and the clocks of reports. */
#include "pages/dossier_parts.h"

const struct pack_field *
scope_field(const struct pack_occasion *occasion, struct text name)
{
	for (size_t at = 0; occasion != NULL && at < occasion->permit.scope_count; at++)
		if (text_same(occasion->permit.scope[at].name, name))
			return occasion->permit.scope[at].field;
	return NULL;
}

struct text
scope_words(struct visit *visit, const struct pack_field *field, struct text value)
{
	if (field == NULL || visit->look == NULL || field->kind == FIELD_ASSET ||
	    field->kind == FIELD_ASSETS || field->kind == FIELD_SERIALS)
		return value;
	return value_words(visit->look, field, value);
}

static void
fill_scope(struct visit *visit, const struct flow_permit_preview *permit,
	   struct allowed_permits *made)
{
	made->scope = ARENA_ARRAY(visit->arena, struct allowed_permits_scope,
				  permit->scope_count + 1);
	for (size_t at = 0; at < permit->scope_count; at++) {
		const struct flow_scope *scope = &permit->scope[at];
		const struct pack_field *field = scope_field(permit->occasion, scope->name);
		/* A row stands there as its serial number too, which is what people know. */
		if (field != NULL && (field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS) &&
		    text_has(scope->value, T(":")))
			continue;
		made->scope[made->scope_count].name = field != NULL ? words_now(field->label)
								   : scope->name;
		made->scope[made->scope_count++].value = scope_words(visit, field, scope->value);
	}
}

static void
fill_bends(struct visit *visit, const struct flow_permit_preview *permit,
	   struct allowed_permits *made)
{
	made->bends = ARENA_ARRAY(visit->arena, struct allowed_permits_bends, permit->bends_count + 1);
	made->bends_count = permit->bends_count;
	for (size_t at = 0; at < permit->bends_count; at++)
		made->bends[at] = (struct allowed_permits_bends){
			permit->bends[at]->number, words_now(permit->bends[at]->duty),
			clause_url(visit, permit->bends[at]) };
}

struct error *
allowed_make(struct look *look, struct visit *visit, const struct dossier *dossier,
	     struct allowed_part **made)
{
	struct flow_permit_preview *permits;
	size_t count;
	TRY(flow_preview_permits(look, visit->office->flow, dossier->id, &permits, &count));
	struct allowed_part *part = ARENA_NEW(visit->arena, struct allowed_part);
	part->permits = ARENA_ARRAY(visit->arena, struct allowed_permits, count + 1);
	part->permits_count = count;
	for (size_t at = 0; at < count; at++) {
		struct allowed_permits *one = &part->permits[at];
		*one = (struct allowed_permits){
			.title = words_now(permits[at].occasion->title),
			.is_at_send = permits[at].is_at_send,
			.from = permits[at].from,
			.until = permits[at].until,
			.is_default_end = permits[at].is_default_end,
			.holder = permits[at].holder_name,
		};
		fill_scope(visit, &permits[at], one);
		fill_bends(visit, &permits[at], one);
	}
	*made = part;
	return OK;
}

struct reports_part *
reports_make(struct visit *visit, const struct dossier *dossier)
{
	if (dossier->reports_count == 0)
		return NULL;
	struct reports_part *part = ARENA_NEW(visit->arena, struct reports_part);
	part->reports = ARENA_ARRAY(visit->arena, struct reports_reports, dossier->reports_count);
	part->reports_count = dossier->reports_count;
	for (size_t at = 0; at < dossier->reports_count; at++) {
		const struct flow_report *report = &dossier->reports[at];
		part->reports[at] = (struct reports_reports){
			report->occasion != NULL ? words_now(report->occasion->title) : T(""),
			report->happened, report->due, report->sent, report->is_late };
	}
	return part;
}
