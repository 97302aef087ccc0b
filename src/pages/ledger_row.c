/*
 * One row of a ledger: its values, how its class must be handled, copies, dossiers, and every change
 * it went through with who and when. Closing one that was a mistake.
 */
#include "pages/ledger_pages.h"
#include "pages/dossier_parts.h"
#include "pages/duty_pages.h"
#include "pages/thing_pages.h"

#include "base/number.h"

enum { VERSIONS_SHOWN = 20, ENTRIES_READ = 200, DOSSIERS_SHOWN = 30 };

/* ---- Values ---- */

static void
link_asset(struct look *look, struct visit *visit, struct text value, struct ledger_row_fields *out)
{
	struct ledger_row other;
	int64_t id;
	if (!number_read(value, 1, INT64_MAX, &id) ||
	    ledger_read(look, visit->office->pack, (struct row_id){ id }, &other) != OK ||
	    !row_opens(look, visit, &other))
		return;
	out->href = row_url(visit, &other);
	out->is_linked = true;
}

static void
fill_fields(struct look *look, struct visit *visit, const struct ledger_row *row,
	    struct ledger_row_page *page)
{
	const struct pack_ledger *ledger = row->ledger;
	page->fields = ARENA_ARRAY(visit->arena, struct ledger_row_fields, ledger->fields_count + 1);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		const struct text value = ledger_value(visit->arena, row,
						       text_z(visit->arena, field->name));
		if (value.len == 0 || field == ledger->title || field == ledger->class_field)
			continue;
		struct ledger_row_fields *out = &page->fields[page->fields_count++];
		out->label = words_now(field->label);
		out->value = value_words(look, field, value);
		if (field->kind == FIELD_ASSET)
			link_asset(look, visit, value, out);
	}
}

static bool
is_over(struct visit *visit, const struct ledger_row *row)
{
	struct day until;
	const struct pack_field *field = row->ledger->retention;
	return field != NULL && row->state == ROW_LIVING &&
	       day_read(ledger_value(visit->arena, row, text_z(visit->arena, field->name)), &until) &&
	       until.no < visit->today.no;
}

static void
fill_class(struct visit *visit, const struct ledger_row *row, struct ledger_row_page *page)
{
	if (row->ledger->class_field == NULL)
		return;
	const struct pack_axis *axis = row->ledger->class_field->axis;
	const struct class_tag tag = row_tag(row);
	const struct flow_class class = { axis, class_highest(axis, row->class_code, row->class_code) };
	page->is_unclassified = row->class_code.len == 0 && row->state == ROW_LIVING;
	page->class = page->is_unclassified ? text_of(say("未分類")) : tag.words;
	page->is_top = tag.is_top;
	page->is_mid = tag.is_mid;
	page->handling = handling_make(visit, NULL, 0, &class, 1);
}

static struct error *
fill_copies(struct look *look, struct visit *visit, const struct ledger_row *row,
	    struct ledger_row_page *page)
{
	struct ledger_row *copies;
	TRY(ledger_copies(look, visit->office->pack, row->id, &copies, &page->copies_count));
	page->copies = ARENA_ARRAY(visit->arena, struct ledger_row_copies, page->copies_count + 1);
	for (size_t at = 0; at < page->copies_count; at++) {
		const struct class_tag tag = row_tag(&copies[at]);
		page->copies[at] = (struct ledger_row_copies){
			.number = text_format(visit->arena, "%lld", (long long)copies[at].number),
			.title = copies[at].title,
			.class = tag.words,
			.href = row_url(visit, &copies[at]),
			.may_open = row_opens(look, visit, &copies[at]),
			.is_top = tag.is_top,
			.is_mid = tag.is_mid,
		};
	}
	return OK;
}

/* ---- Dossiers, as the journal names them beside the row ---- */

static void
fill_permits(struct visit *visit, const struct dossier *dossier, struct ledger_row_dossiers *out)
{
	out->permits = ARENA_ARRAY(visit->arena, struct ledger_row_dossiers_permits, dossier->permits_count + 1);
	out->permits_count = dossier->permits_count;
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct flow_permit *permit = &dossier->permits[at];
		out->permits[at] = (struct ledger_row_dossiers_permits){
			.words = permit->occasion != NULL ? words_now(permit->occasion->title) : permit->number,
			.href = permit_url(visit, permit->id),
			.until = permit->until,
			.state = text_of(permit_state_words(permit->state)),
			.tag = permit_tag(permit->state),
		};
	}
}

static struct error *
add_dossier(struct look *look, struct visit *visit, int64_t id, struct ledger_row_page *page)
{
	struct dossier dossier;
	bool may = false;
	struct ledger_row_dossiers *out = &page->dossiers[page->dossiers_count];
	struct error *error = flow_read(look, visit->office->flow, (struct dossier_id){ id }, &dossier);
	if (error != OK && error->kind == ERROR_MISSING)
		return OK;
	TRY(error);
	if (dossier.state == DOSSIER_DRAFT)
		return OK;
	TRY(flow_may_see(look, visit->office->flow, &dossier, visit->session.person, &may));
	*out = (struct ledger_row_dossiers){ .number = dossier.number, .may_open = may };
	if (may) {
		out->words = dossier.purpose;
		out->state = text_of(dossier_stands(dossier.state, dossier_is_told(&dossier)));
		out->tag = state_tag(dossier.state);
		out->href = dossier_url(visit, dossier.id);
		fill_permits(visit, &dossier, out);
	}
	page->dossiers_count++;
	return OK;
}

static bool
dossier_in(const struct journal_entry *entry, int64_t *id)
{
	struct text kind, number;
	for (size_t at = 0; at < entry->about_count; at++)
		if (text_cut(entry->about[at], ':', &kind, &number) && text_is(kind, "dossier") &&
		    number_read(number, 1, INT64_MAX, id))
			return true;
	return false;
}

static struct error *
fill_dossiers(struct look *look, struct visit *visit, const struct journal_entry *entries,
	      size_t count, struct ledger_row_page *page)
{
	int64_t seen[DOSSIERS_SHOWN], id;
	size_t seen_count = 0;
	page->dossiers = ARENA_ARRAY(visit->arena, struct ledger_row_dossiers, DOSSIERS_SHOWN);
	for (size_t at = 0; at < count && seen_count < DOSSIERS_SHOWN; at++) {
		if (!dossier_in(&entries[at], &id))
			continue;
		bool is_known = false;
		for (size_t i = 0; i < seen_count; i++)
			is_known = is_known || seen[i] == id;
		if (is_known)
			continue;
		seen[seen_count++] = id;
		TRY(add_dossier(look, visit, id, page));
	}
	return OK;
}

/* ---- What is done about it again and again ---- */

static struct error *
fill_work(struct look *look, struct visit *visit, const struct pack_duty *duty, struct row_id row,
	  struct ledger_row_works *work)
{
	const struct duty_query query = { .duty = duty->code, .from = DAY_NONE, .until = DAY_NONE, .row = row };
	struct duty_occurrence *list;
	size_t count;
	TRY(duty_list(look, visit->office->flow, &query, DUTY_MOST_LISTED, &list, &count));
	*work = (struct ledger_row_works){ .name = words_now(duty->name),
					   .all = duty_url(visit->arena, duty->code),
					   .due = DAY_NONE, .last = DAY_NONE };
	for (size_t at = 0; at < count; at++) {
		const struct duty_occurrence *one = &list[at];
		const struct url href = occurrence_opens(look, visit, one) ? occurrence_url(visit->arena, one->id)
									   : (struct url){ 0 };
		if (one->done.ms == 0 && day_is_none(work->due)) {
			work->due = one->due;
			work->state = text_of(duty_state_words(one->state));
			work->tag = duty_tag(one->state);
			work->href = href;
		}
		if (one->state == DUTY_DONE && (day_is_none(work->last) || one->done_on.no >= work->last.no)) {
			work->last = one->done_on;
			work->last_href = href;
		}
	}
	return OK;
}

static struct error *
fill_works(struct look *look, struct visit *visit, const struct ledger_row *row, struct ledger_row_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->works = ARENA_ARRAY(visit->arena, struct ledger_row_works, pack->recurring_count + 1);
	for (size_t at = 0; at < pack->recurring_count; at++) {
		const struct pack_duty *duty = &pack->recurring[at];
		struct ledger_row_works *work = &page->works[page->works_count];
		if (duty->each != row->ledger)
			continue;
		TRY(fill_work(look, visit, duty, row->id, work));
		/* Of a duty for some rows alone, only those that ever had it. */
		if (duty->where == NULL || !day_is_none(work->due) || !day_is_none(work->last))
			page->works_count++;
	}
	return OK;
}

/* ---- Changes ---- */

/* The journal's entry of a version: the same act, naming the same revision. */
static bool
entry_of(const struct journal_entry *entries, size_t count, const struct ledger_version *version,
	 int64_t *seq)
{
	for (size_t at = 0; at < count; at++) {
		if (!text_same(entries[at].act, version->act))
			continue;
		for (size_t pair = 0; pair < entries[at].pair_count; pair++)
			if (text_is(entries[at].pairs[pair].name, "revision") &&
			    entries[at].pairs[pair].number == version->revision) {
				*seq = entries[at].seq;
				return true;
			}
	}
	return false;
}

static void
fill_changes(struct visit *visit, const struct ledger_version *version,
	     struct ledger_row_versions *out)
{
	out->changes = ARENA_ARRAY(visit->arena, struct ledger_row_versions_changes,
				   version->changes_count + 1);
	out->changes_count = version->changes_count;
	for (size_t at = 0; at < version->changes_count; at++)
		out->changes[at] = (struct ledger_row_versions_changes){
			.label = words_now(version->changes[at].field->label),
			.before = version->changes[at].before,
			.after = version->changes[at].after,
			.had = version->changes[at].before.len != 0,
		};
}

static struct error *
fill_versions(struct look *look, struct visit *visit, const struct ledger_row *row,
	      const struct journal_entry *entries, size_t entries_count,
	      struct ledger_row_page *page)
{
	struct ledger_version *versions;
	int64_t before = 0, seq;
	(void)number_read(visit_text(visit, "before"), 1, INT64_MAX, &before);
	TRY(ledger_versions(look, visit->office->pack, row->id, before, VERSIONS_SHOWN, &versions,
			    &page->versions_count));
	page->versions = ARENA_ARRAY(visit->arena, struct ledger_row_versions,
				     page->versions_count + 1);
	for (size_t at = 0; at < page->versions_count; at++) {
		struct ledger_row_versions *out = &page->versions[at];
		out->at = versions[at].at;
		out->act = act_in_words(versions[at].act);
		out->why = versions[at].why;
		if (versions[at].person != 0)
			TRY(people_name(look, (struct person_id){ versions[at].person }, &out->who));
		out->has_entry = visit_may(visit, RIGHT_JOURNAL_READ) &&
				 entry_of(entries, entries_count, &versions[at], &seq);
		if (out->has_entry)
			out->entry = url_of(visit->arena, "/journal/entries/{}",
					    text_format(visit->arena, "%lld", (long long)seq));
		fill_changes(visit, &versions[at], out);
		if (row->state == ROW_RETIRED && text_is(versions[at].act, "ledger.retire"))
			page->why = versions[at].why;
	}
	if (page->versions_count == VERSIONS_SHOWN && versions[VERSIONS_SHOWN - 1].revision > 1)
		page->older = url_query_number(visit->arena, row_url(visit, row), "before",
					       versions[VERSIONS_SHOWN - 1].revision);
	return OK;
}

static struct error *
fill_retired(struct look *look, struct visit *visit, const struct ledger_row *row,
	     struct ledger_row_page *page)
{
	struct dossier dossier;
	if (row->state != ROW_RETIRED)
		return OK;
	page->is_retired = true;
	page->retired = row->retired;
	if (row->retired_by == 0)
		return OK;
	struct dossier_id id = { row->retired_by };
	TRY(flow_read(look, visit->office->flow, id, &dossier));
	page->retired_by = dossier.number;
	page->retired_by_href = dossier_url(visit, id);
	return OK;
}

/* The journal calls every row by its number alone: lead to the ledger it stands in. */
static struct error *
go_to_its_ledger(struct look *look, struct visit *visit, bool *is_elsewhere)
{
	struct ledger_row row;
	const struct row_id id = { visit_id(visit, "id") };
	TRY(ledger_read(look, visit->office->pack, id, &row));
	*is_elsewhere = row.ledger != NULL &&
			!text_same(row.ledger->code, capture_text(visit->captures, "code"));
	if (!*is_elsewhere)
		return OK;
	TRY(visit_must_reach(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ row.owner }));
	visit->answer.status = 303;
	visit->answer.location = row_url(visit, &row);
	return OK;
}

struct error *
ledger_row_draw(struct look *look, struct visit *visit)
{
	struct ledger_row row;
	struct moment since;
	struct journal_entry *entries;
	size_t count;
	struct inventory_thing thing;
	struct arena *arena = visit->arena;
	bool is_elsewhere;
	TRY(go_to_its_ledger(look, visit, &is_elsewhere));
	if (is_elsewhere)
		return OK;
	TRY(ledger_row_of(look, visit, &row));
	TRY(inventory_thing(look, visit->office->flow, row.id, &thing));
	TRY(confirm_since(look, visit, row.ledger, &since));
	const struct text number = text_format(arena, "%lld", (long long)row.id.no);
	const struct text pieces[] = { row.ledger->code, number };
	struct field_part reason = plain_box(visit, BOX_LONG, "why", text_of(say("閉じる理由")), T(""),
					     T(""), true);
	struct ledger_row_page page = {
		.frame = visit_frame(visit, row.title, "ledger"),
		.ledger = words_now(row.ledger->name),
		.list = ledger_url(visit, row.ledger),
		.number = text_format(arena, "%lld", (long long)row.number),
		.title = row.title,
		.is_stale = row.state == ROW_LIVING && row.confirmed.ms < since.ms,
		.is_over = is_over(visit, &row),
		.may_write = row.state == ROW_LIVING && may_write(look, visit, row.owner),
		.has_thing = visit->office->pack->inventory != NULL && thing.kind != NULL,
		.thing = thing_url(visit->arena, row.id),
		.confirmed = row.confirmed,
		.csrf = visit->csrf,
		.revision = row.revision,
		.edit = url_make(arena, "/ledger/{}/{}/edit", 2, pieces),
		.copy = url_query(arena, url_of(arena, "/ledger/{}/new", row.ledger->code), "from",
				  number),
		.retire = url_make(arena, "/ledger/{}/{}/retire", 2, pieces),
		.reason = &reason,
		.is_closing = visit->faults != NULL,
	};
	TRY(journal_history(look,
			    text_format(arena, "%.*s:%.*s", T_ARG(row.ledger->code), T_ARG(number)),
			    JOURNAL_NEWEST, ENTRIES_READ, &entries, &count));
	fill_fields(look, visit, &row, &page);
	fill_class(visit, &row, &page);
	TRY(fill_copies(look, visit, &row, &page));
	TRY(fill_dossiers(look, visit, entries, count, &page));
	TRY(fill_works(look, visit, &row, &page));
	TRY(fill_versions(look, visit, &row, entries, count, &page));
	TRY(fill_retired(look, visit, &row, &page));
	return visit_draw(visit, ledger_row_page, &page);
}

struct error *
ledger_retire_do(struct act *act, struct visit *visit)
{
	struct ledger_row row;
	int64_t revision;
	TRY(visit_number(visit, "revision", &revision));
	TRY(ledger_row_to_change(&act->look, visit, &row));
	if (row.revision != revision)
		return conflict("この記録は、ほかの人が先に変更しました。開き直して確かめてください。");
	TRY(ledger_retire(act, visit->office->pack, row.id, 0, text_trim(visit_text(visit, "why"))));
	visit->go_to = row_url(visit, &row);
	visit->done = "row-retired";
	return OK;
}
