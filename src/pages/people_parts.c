/* Shared by the pages about people: tabs, days, boxes, stamps, history, and the ending page. */
#include "pages/people_pages.h"

#include "base/number.h"

enum { HISTORY_SHOWN = 12, HISTORY_READ = 300 };

/* ---- Tabs ---- */

static void
add_tab(struct people_tabs_part *tabs, const char *words, struct url href, bool is_here)
{
	struct people_tabs_tabs *tab = &tabs->tabs[tabs->tabs_count++];
	tab->words = text_of(words);
	tab->href = href;
	tab->is_here = is_here;
}

struct people_tabs_part *
people_tabs(struct visit *visit, enum people_tab here)
{
	struct arena *arena = visit->arena;
	struct people_tabs_part *tabs = ARENA_NEW(arena, struct people_tabs_part);
	tabs->tabs = ARENA_ARRAY(arena, struct people_tabs_tabs, TAB_NONE);
	add_tab(tabs, say("職員"), url_path(arena, "/people"), here == TAB_PEOPLE);
	add_tab(tabs, say("所属と職"), url_path(arena, "/units"), here == TAB_UNITS);
	add_tab(tabs, say("役割"), url_path(arena, "/people/roles"), here == TAB_ROLES);
	add_tab(tabs, say("委託先"), url_path(arena, "/people/firms"), here == TAB_FIRMS);
	add_tab(tabs, say("職務代理"), url_path(arena, "/deputies"), here == TAB_DEPUTIES);
	add_tab(tabs, say("委任"), url_path(arena, "/delegations"), here == TAB_DELEGATIONS);
	if (visit_may(visit, RIGHT_PEOPLE_EDIT))
		add_tab(tabs, say("人事異動"), url_path(arena, "/transfers"), here == TAB_TRANSFERS);
	if (visit_may(visit, RIGHT_PEOPLE_EDIT))
		add_tab(tabs, say("名簿の取り込み"), url_path(arena, "/people/import"),
			here == TAB_IMPORT);
	if (visit_may(visit, RIGHT_PEOPLE_EDIT))
		add_tab(tabs, say("個人データ"), url_path(arena, "/people/retention"),
			here == TAB_RETENTION);
	if (visit_may(visit, RIGHT_ACCOUNTS))
		add_tab(tabs, say("特別な権限"), url_path(arena, "/people/grants"),
			here == TAB_GRANTS);
	if (visit_may(visit, RIGHT_ACCOUNTS))
		add_tab(tabs, say("ICカード"), url_path(arena, "/cards"), here == TAB_CARDS);
	if (visit_may(visit, RIGHT_ACCOUNTS))
		add_tab(tabs, say("ディレクトリ"), url_path(arena, "/directory"),
			here == TAB_DIRECTORY);
	return tabs;
}

/* ---- Days and numbers ---- */

bool
shown_day(const struct visit *visit, struct day *day)
{
	const struct text typed = text_trim(visit_text(visit, "day"));
	*day = visit->today;
	if (typed.len != 0 && !day_read(typed, day))
		return false;
	/* Who will be where is personnel's to tell, before the day. */
	if (day->no > visit->today.no && !visit_may(visit, RIGHT_PEOPLE_EDIT))
		*day = visit->today;
	return true;
}

struct day
told_until(const struct visit *visit, struct day until)
{
	const bool is_to_come = !day_is_none(until) && until.no >= visit->today.no;
	return is_to_come && !visit_may(visit, RIGHT_PEOPLE_EDIT) ? DAY_NONE : until;
}

bool
is_within(struct day since, struct day until, struct day day)
{
	return (day_is_none(since) || since.no <= day.no) &&
	       (day_is_none(until) || until.no >= day.no);
}

struct error *
form_day(const struct visit *visit, const char *name, bool is_needed, struct day *day)
{
	const struct text typed = text_trim(visit_text(visit, name));
	struct day read = DAY_NONE;
	if (typed.len == 0 && is_needed)
		return reject(name, "日付を入れてください。例 R8.4.1");
	if (typed.len != 0 && !day_read(typed, &read))
		return reject(name, "「%.*s」は日付として読めません。R8.4.1 や 2026-04-01 のように書いてください。",
			      T_ARG(typed));
	*day = read;
	return OK;
}

struct text
number_text(struct arena *arena, int64_t number)
{
	return text_format(arena, "%lld", (long long)number);
}

/* ---- Boxes ---- */

static struct field_part *
keep_box(struct visit *visit, struct field_part box)
{
	struct field_part *kept = ARENA_NEW(visit->arena, struct field_part);
	*kept = box;
	return kept;
}

struct field_part *
text_box(struct visit *visit, const char *name, const char *label, const char *help,
	 struct text stored, bool is_required)
{
	return keep_box(visit, plain_box(visit, BOX_TEXT, name, text_of(label), text_of(help),
					 stored, is_required));
}

struct field_part *
day_box(struct visit *visit, const char *name, const char *label, const char *help,
	struct day stored, bool is_required)
{
	return keep_box(visit, plain_box(visit, BOX_DAY, name, text_of(label), text_of(help),
					 day_iso(visit->arena, stored), is_required));
}

struct field_part *
number_box(struct visit *visit, const char *name, const char *label, const char *help,
	   int64_t stored, bool is_required)
{
	return keep_box(visit, plain_box(visit, BOX_NUMBER, name, text_of(label), text_of(help),
					 number_text(visit->arena, stored), is_required));
}

static void
add_options(struct visit *visit, struct field_part *box, const struct field_option *options,
	    size_t count)
{
	box->options = ARENA_ARRAY(visit->arena, struct field_options, count + 1);
	box->options_count = count;
	for (size_t at = 0; at < count; at++)
		box->options[at] = (struct field_options){
			.id = text_format(visit->arena, "i-%.*s-%zu", T_ARG(box->name), at + 1),
			.value = options[at].value,
			.words = options[at].words,
			.is_chosen = text_same(box->value, options[at].value),
		};
}

struct field_part *
select_box(struct visit *visit, const char *name, struct text label, struct text help,
	   struct text stored, bool is_required, const struct field_option *options, size_t count)
{
	struct field_part *box = keep_box(
		visit, plain_box(visit, BOX_CHOICE, name, label, help, stored, is_required));
	add_options(visit, box, options, count);
	return box;
}

struct field_part *
radio_box(struct visit *visit, const char *name, struct text label, struct text help,
	  struct text stored, bool is_required, const struct field_option *options, size_t count)
{
	struct field_part *box = select_box(visit, name, label, help, stored, is_required, options,
					    count);
	box->is_select = false;
	box->is_radio = true;
	return box;
}

static bool
is_among(struct text value, const struct text *list, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(list[at], value))
			return true;
	return false;
}

struct field_part *
checks_box(struct visit *visit, const char *name, struct text label, struct text help,
	   const struct text *stored, size_t stored_count, const struct field_option *options,
	   size_t count)
{
	struct field_part *box = select_box(visit, name, label, help, T(""), false, options, count);
	box->is_select = false;
	box->is_checks = true;
	const struct fields typed = request_fields(visit->request, visit->arena, name);
	struct text *chosen = ARENA_ARRAY(visit->arena, struct text, typed.count + 1);
	for (size_t at = 0; at < typed.count; at++)
		chosen[at] = typed.at[at].value;
	const bool is_again = visit->faults != NULL;
	for (size_t at = 0; at < count; at++)
		box->options[at].is_chosen =
			is_again ? is_among(options[at].value, chosen, typed.count)
				 : is_among(options[at].value, stored, stored_count);
	return box;
}

/* ---- Stamps ---- */

struct text
stamp_of(struct visit *visit, struct text words)
{
	const struct hash hash = hash_of(words);
	return text_first(hash_hex(visit->arena, &hash), 24);
}

struct error *
stamp_must_match(struct visit *visit, struct text stamp)
{
	if (text_same(visit_text(visit, "was"), stamp))
		return OK;
	return conflict("開いているあいだに、ほかの人が先に変更しました。画面を開き直して、いまの内容を確かめてから直してください。");
}

/* ---- History ---- */

/* Organisation and staff only: not the ledger rows of a unit, not the coming and going of sign-ins. */
static bool
is_shown(struct text act)
{
	static const char *const daily[] = {
		"people.sign_in",     "people.sign_in_failed", "people.session_end",
		"people.session_touch", "people.sessions_end", "people.notices_read",
		"people.session_raise",
	};
	for (size_t at = 0; at < sizeof daily / sizeof *daily; at++)
		if (text_is(act, daily[at]))
			return false;
	return text_starts(act, T("people."));
}

static struct error *
history_row(struct look *look, struct visit *visit, const struct journal_entry *entry,
	    struct history_rows *row)
{
	row->at = entry->at;
	row->act = act_in_words(entry->act);
	row->who = text_of(say("番所"));
	if (entry->who.person != 0)
		TRY(people_name(look, (struct person_id){ entry->who.person }, &row->who));
	row->may_open = visit_may(visit, RIGHT_JOURNAL_READ);
	if (row->may_open)
		row->href = url_of_number(visit->arena, "/journal/entries/{}", entry->seq);
	return OK;
}

struct error *
history_of(struct look *look, struct visit *visit, struct text about, bool is_own,
	   const struct history_part **history)
{
	struct journal_entry *entries;
	size_t count;
	*history = NULL;
	const bool may_read = visit_may(visit, RIGHT_JOURNAL_READ);
	if (!is_own && !may_read && !visit_may(visit, RIGHT_PEOPLE_EDIT))
		return OK;
	TRY(journal_history(look, about, JOURNAL_NEWEST, HISTORY_READ, &entries, &count));
	struct history_part *made = ARENA_NEW(visit->arena, struct history_part);
	made->rows = ARENA_ARRAY(visit->arena, struct history_rows, HISTORY_SHOWN);
	for (size_t at = 0; at < count && made->rows_count < HISTORY_SHOWN; at++) {
		if (!is_shown(entries[at].act) || entries[at].part > 1)
			continue;
		TRY(history_row(look, visit, &entries[at], &made->rows[made->rows_count]));
		made->rows_count++;
	}
	made->may_open = may_read;
	if (may_read)
		made->all = url_query(visit->arena, url_path(visit->arena, "/journal"), "about",
				      about);
	*history = made;
	return OK;
}

/* ---- Of a person ---- */

struct url
person_url(struct visit *visit, struct person_id id)
{
	return url_of_number(visit->arena, "/people/{}", id.no);
}

static struct error *
main_today(struct look *look, struct visit *visit, struct person_id id, bool *found, struct assignment *main)
{
	struct assignment *list;
	size_t count;
	*found = false;
	TRY(people_assignments_of(look, id, &list, &count));
	for (size_t at = 0; at < count && !*found; at++)
		if (list[at].is_main && is_within(list[at].since, list[at].until, visit->today)) {
			*main = list[at];
			*found = true;
		}
	return OK;
}

struct error *
main_end_offer(struct look *look, struct visit *visit, struct person_id id, const char *words, const char *more,
	       const struct main_end_part **part)
{
	struct assignment main;
	bool found;
	*part = NULL;
	TRY(main_today(look, visit, id, &found, &main));
	if (!found)
		return OK;
	struct main_end_part *made = ARENA_NEW(visit->arena, struct main_end_part);
	*made = (struct main_end_part){
		.words = text_of(words),
		.help = text_format(visit->arena, say("%.*s %.*s を、上の「いつから」の前の日で終わりにします。%s"),
				    T_ARG(main.unit_name), T_ARG(main.post_name), more),
		.ends = visit->faults == NULL || visit_text(visit, "ends_main").len != 0,
	};
	*part = made;
	return OK;
}

struct error *
main_end_do(struct act *act, struct visit *visit, struct person_id id, struct day since)
{
	struct assignment main;
	bool found;
	TRY(main_today(&act->look, visit, id, &found, &main));
	return found && visit_text(visit, "ends_main").len != 0
		       ? people_assignment_end(act, main.id, day_plus(since, -1))
		       : OK;
}

/* ---- Lengths ---- */

/* n years are as many days as any n years in a row may have. */
static bool
are_years(int64_t days, int64_t *years)
{
	enum { FOUR_YEARS = 4 * 365 + 1 };
	*years = (days + 1) * 4 / FOUR_YEARS;
	return *years > 0 && days >= *years * 365 + *years / 4 && days <= *years * 365 + (*years + 3) / 4;
}

/* The longest n months in a row may have, which is what a policy that means months writes. */
static bool
are_months(int64_t days, int64_t *months)
{
	static const int64_t longest[] = { 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337 };
	for (size_t at = 0; at < sizeof longest / sizeof *longest; at++)
		if (days == longest[at]) {
			*months = (int64_t)at + 1;
			return true;
		}
	return false;
}

struct text
length_words(struct arena *into, int64_t days)
{
	int64_t number;
	if (are_years(days, &number))
		return text_format(into, say("%lld年"), (long long)number);
	if (are_months(days, &number))
		return text_format(into, say("%lldか月"), (long long)number);
	return text_format(into, say("%lld日"), (long long)days);
}

/* ---- Ending something ---- */

struct error *
ending_draw(struct visit *visit, const struct ending *ending)
{
	struct ending_page page = {
		.frame = visit_frame(visit, text_of(say(ending->title)), "people"),
		.tabs = ending->tab == TAB_NONE ? NULL : people_tabs(visit, ending->tab),
		.csrf = visit->csrf,
		.title = text_of(say(ending->title)),
		.name = ending->name,
		.words = text_of(say(ending->words)),
		.button = text_of(say(ending->button)),
		.action = ending->action,
		.back = ending->back,
		.extra = ending->extra,
		.hidden_name = ending->hidden_name,
		.hidden = ending->hidden,
		.last = ending->has_no_day
				? NULL
				: day_box(visit, "last", say("最後の日"),
					  say("この日までは続き、次の日から終わります。"),
					  ending->usual, true),
	};
	return visit_draw(visit, ending_page, &page);
}
