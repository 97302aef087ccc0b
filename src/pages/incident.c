/*
 * A case: what waits for the visitor, the days outside, and the timeline as its heart. Writing an entry is
 * done here; every other act has a form of its own (incident_decide.c, incident_work.c, incident_evidence.c).
 */
#include "pages/incident_case.h"

#include "base/number.h"

enum { MADE_LATER_MS = 120000 };

/* ---- The timeline ---- */

static unsigned
categories_asked(const struct visit *visit)
{
	enum entry_category category;
	return entry_category_read(visit_text(visit, "about"), &category) ? 1U << category : 0;
}

static struct filter_part *
category_filter(struct visit *visit, unsigned asked)
{
	struct filter_part *filter = ARENA_NEW(visit->arena, struct filter_part);
	*filter = filter_of(visit, "about", say("区分"), say("すべて"), ENTRY_CATEGORIES);
	for (int at = 0; at < ENTRY_CATEGORIES; at++) {
		filter_add(filter, text_of(entry_category_name((enum entry_category)at)),
			   text_of(entry_category_words((enum entry_category)at)));
		filter->options[at].is_chosen = (asked & 1U << at) != 0;
	}
	return filter;
}

static void
fill_entry(struct visit *visit, const struct incident_entry *entry, const struct incident_case_page *page,
	   struct incident_case_entries *row)
{
	*row = (struct incident_case_entries){
		.id = text_format(visit->arena, "entry-%lld", (long long)entry->id.no),
		.at = entry->at,
		.who = entry->person_name.len != 0 ? entry->person_name : text_of(say("番所")),
		.category = text_of(entry_category_words(entry->category)),
		.source = text_of(entry_source_words(entry->source)),
		.is_reported = entry->is_reported,
		.is_replaced = entry->replaced.no != 0,
		.words = entry->words,
	};
	if (entry->made.ms - entry->at.ms > MADE_LATER_MS)
		row->made = entry->made;
	if (page->may_write && entry->source != FROM_BANSHO && entry->replaced.no == 0)
		row->corrects = url_fragment(visit->arena,
					     url_query_number(visit->arena, page->here, "correct", entry->id.no),
					     T("write"));
}

static struct error *
fill_entries(struct look *look, struct visit *visit, struct incident_id id, struct incident_case_page *page)
{
	struct incident_entry *list;
	size_t count;
	struct entry_query query = { .categories = categories_asked(visit),
				     .only_reported = text_is(visit_text(visit, "reported"), "1"),
				     .with_replaced = true };
	page->category = category_filter(visit, query.categories);
	page->only_reported = query.only_reported;
	page->is_oldest_first = text_is(visit_text(visit, "oldest"), "1");
	TRY(incident_entries(look, id, &query, &list, &count));
	page->entries = ARENA_ARRAY(visit->arena, struct incident_case_entries, count + 1);
	page->entries_count = count;
	for (size_t at = 0; at < count; at++)
		fill_entry(visit, &list[page->is_oldest_first ? at : count - 1 - at], page, &page->entries[at]);
	return OK;
}

/* ---- Writing ---- */

static struct field_part *
category_box(struct visit *visit, enum entry_category stored)
{
	struct field_option options[ENTRY_CATEGORIES];
	for (int at = 0; at < ENTRY_CATEGORIES; at++)
		options[at] = (struct field_option){ text_of(entry_category_name((enum entry_category)at)),
						     text_of(entry_category_words((enum entry_category)at)) };
	return select_box(visit, "category", text_of(say("区分")), T(""), text_of(entry_category_name(stored)),
			  true, options, ENTRY_CATEGORIES);
}

static struct field_part *
source_box(struct visit *visit, enum entry_source stored)
{
	struct field_option options[FROM_BANSHO];
	for (int at = 0; at < FROM_BANSHO; at++)
		options[at] = (struct field_option){ text_of(entry_source_name((enum entry_source)at)),
						     text_of(entry_source_words((enum entry_source)at)) };
	return radio_box(visit, "source", text_of(say("どうやって分かりましたか")), T(""),
			 text_of(entry_source_name(stored)), true, options, FROM_BANSHO);
}

/* The entry that is written anew: what the address or the form names. */
static struct error *
entry_to_replace(struct look *look, struct visit *visit, struct incident_id id, struct incident_entry *entry)
{
	struct incident_entry *list;
	size_t count;
	int64_t no;
	*entry = (struct incident_entry){ .category = ENTRY_OBSERVATION, .source = FROM_SEEN };
	const struct text asked = visit_typed(visit, "replaces", visit_text(visit, "correct"));
	if (!number_read(asked, 1, INT64_MAX, &no))
		return OK;
	TRY(incident_entries(look, id, &(struct entry_query){ .with_replaced = true }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == no)
			*entry = list[at];
	return OK;
}

static struct error *
fill_writing(struct look *look, struct visit *visit, struct incident_id id, struct incident_case_page *page)
{
	struct incident_entry entry;
	TRY(entry_to_replace(look, visit, id, &entry));
	page->replaces = entry.id.no;
	page->replaced = entry.words;
	const struct field_option reported[] = { { T("1"), text_of(say("報告書に載せる")) } };
	const struct text ticked[] = { T("1") };
	struct field_part *const boxes[] = {
		long_box(visit, "words", say("起きたこと・したこと"), "", entry.words, true),
		category_box(visit, entry.category),
		source_box(visit, entry.source),
		moment_box(visit, "at", say("その日時"), say("空のままなら、いまです"), entry.at, false),
		checks_box(visit, "reported", text_of(say("外部への報告と様式")), T(""), ticked,
			   entry.is_reported ? 1 : 0, reported, 1),
	};
	const size_t count = sizeof boxes / sizeof *boxes;
	page->boxes = ARENA_ARRAY(visit->arena, struct incident_case_boxes, count);
	for (size_t at = 0; at < count; at++)
		page->boxes[page->boxes_count++].box = boxes[at];
	return OK;
}

static struct error *
case_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	TRY(incident_of_path(look, visit, &incident, &may));
	struct incident_case_page page = {
		.frame = visit_frame(visit, incident_line(visit->arena, &incident), "incidents"),
		.number = incident.number,
		.title = incident.title,
		.kind = kind_words(&incident),
		.csrf = visit->csrf,
		.here = incident_url(visit->arena, incident.id),
		.may_write = may.write && incident.state != INCIDENT_CLOSED,
		.persons = incident.persons,
	};
	TRY(case_fill_top(look, visit, &incident, &may, &page));
	TRY(case_fill_chain(look, visit, &incident, &page));
	TRY(case_fill_tasks(look, visit, &incident, &page));
	TRY(case_fill_outside(look, visit, &incident, &may, &page));
	TRY(case_fill_things(look, visit, &incident, &may, &page));
	TRY(fill_entries(look, visit, incident.id, &page));
	if (page.may_write)
		TRY(fill_writing(look, visit, incident.id, &page));
	return visit_draw(visit, incident_case_page, &page);
}

static struct error *
entry_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct entry_id id;
	TRY(incident_of_path(&act->look, visit, &incident, &may));
	struct entry_writing writing = { .incident = incident.id,
					 .is_reported = text_is(visit_text(visit, "reported"), "1"),
					 .words = visit_text(visit, "words") };
	if (!entry_category_read(visit_text(visit, "category"), &writing.category))
		return reject("category", "区分を選んでください。");
	if (!entry_source_read(visit_text(visit, "source"), &writing.source))
		return reject("source", "どうやって分かったかを選んでください。");
	TRY(form_moment(visit, "at", &writing.at));
	TRY(form_row(visit, "replaces", &writing.replaces.no));
	TRY(incident_entry_write(act, visit->office->pack, &writing, &id));
	visit->go_to = url_fragment(visit->arena,
				    url_query(visit->arena, incident_url(visit->arena, incident.id), "done",
					      T("incident-entry")),
				    text_format(visit->arena, "entry-%lld", (long long)id.no));
	return OK;
}

PAGE_ROWS(incident,
	  { { METHOD_GET, "/incidents/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = case_draw },
	  { { METHOD_POST, "/incidents/{id}" }, RIGHT_SELF, PAGE_ACT, .act = entry_do, .again = case_draw,
	    .keeps = true });
