/* What the pages about people, units, roles, accounts and settings share (people_parts.c). */
#ifndef BANSHO_PAGES_PEOPLE_PAGES_H
#define BANSHO_PAGES_PEOPLE_PAGES_H

#include "pages/rooms.h"
#include "people/import.h"
#include "people/organisation.h"

/* The tabs above every page about people. */
enum people_tab {
	TAB_PEOPLE,
	TAB_UNITS,
	TAB_FIRMS,
	TAB_ROLES,
	TAB_DEPUTIES,
	TAB_DELEGATIONS,
	TAB_TRANSFERS,
	TAB_IMPORT,
	TAB_RETENTION,
	TAB_GRANTS,
	TAB_CARDS,
	TAB_DIRECTORY,
	TAB_NONE,
};
struct people_tabs_part *people_tabs(struct visit *visit, enum people_tab here);

/*
 * What a page "as of a day" says and asks, from ?day=. `here` is its plain address, `keeps` (ended by NULL)
 * the names of other questions that stay. Links within go through with_day().
 */
struct as_of_part *as_of(struct visit *visit, struct url here, const char *const keeps[]);
struct url with_day(struct visit *visit, struct url url, struct day day);

/* A person's own page. */
struct url person_url(struct visit *visit, struct person_id id);
/*
 * The tick that ends today's main post the day before something else begins, with `more` after the words
 * that say so; *part is NULL when there is no such post. main_end_do() does it when it was ticked.
 */
struct error *main_end_offer(struct look *look, struct visit *visit, struct person_id id, const char *words,
			     const char *more, const struct main_end_part **part) MUST_USE;
struct error *main_end_do(struct act *act, struct visit *visit, struct person_id id, struct day since)
	MUST_USE;

/* So many days as people say them: 5年, 6か月 where they are just that (with the longest months or leap days), else 100日. */
struct text length_words(struct arena *into, int64_t days);

/* The day a page is about: ?day=R8.4.1, else today; a coming one only for people.edit, others see today. False when what was typed is no day. */
bool shown_day(const struct visit *visit, struct day *day);
/* The end of something for who may see it: a coming one only for people.edit. */
struct day told_until(const struct visit *visit, struct day until);
/* Today, or before, or after: does a period hold on the day? Open ends are DAY_NONE. */
bool is_within(struct day since, struct day until, struct day day);
/* A day of a form. Empty: DAY_NONE, or INVALID when it is needed. */
struct error *form_day(const struct visit *visit, const char *name, bool is_needed,
		       struct day *day) MUST_USE;

/* Boxes that live as long as the visit. */
struct field_part *text_box(struct visit *visit, const char *name, const char *label,
			    const char *help, struct text stored, bool is_required);
struct field_part *day_box(struct visit *visit, const char *name, const char *label,
			   const char *help, struct day stored, bool is_required);
struct field_part *number_box(struct visit *visit, const char *name, const char *label,
			      const char *help, int64_t stored, bool is_required);
struct field_part *select_box(struct visit *visit, const char *name, struct text label,
			      struct text help, struct text stored, bool is_required,
			      const struct field_option *options, size_t count);
/* The same choices laid open. */
struct field_part *radio_box(struct visit *visit, const char *name, struct text label,
			     struct text help, struct text stored, bool is_required,
			     const struct field_option *options, size_t count);
/* Several may be ticked; `stored` are the values ticked, typed ones win when drawn again. */
struct field_part *checks_box(struct visit *visit, const char *name, struct text label,
			      struct text help, const struct text *stored, size_t stored_count,
			      const struct field_option *options, size_t count);

struct text number_text(struct arena *arena, int64_t number);

/*
 * What a form was drawn from, as a short digest for a hidden field "was": two people cannot both
 * win. CONFLICT when the thing has changed since.
 */
struct text stamp_of(struct visit *visit, struct text words);
struct error *stamp_must_match(struct visit *visit, struct text stamp) MUST_USE;

/*
 * The newest entries of organisation and staff about an object, without the sign-ins of every day. NULL when the
 * person may not see it: journal.read or people.edit, or `is_own`.
 */
struct error *history_of(struct look *look, struct visit *visit, struct text about, bool is_own,
			 const struct history_part **history) MUST_USE;

/* A page that asks for a last day and ends something. */
struct ending {
	const char *title; /* message id */
	struct text name;  /* of what ends */
	const char *words; /* message id: what follows from it */
	const char *button;
	struct url action, back;
	struct day usual;
	bool has_no_day;	  /* it ends at once, or never was */
	struct field_part *extra; /* another question; NULL */
	struct text hidden_name, hidden;
	enum people_tab tab;
};
struct error *ending_draw(struct visit *visit, const struct ending *ending) MUST_USE;

#endif
