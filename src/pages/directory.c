/*
 * The directory (LDAP, Active Directory) for the operator: does it answer, whose password it keeps, and
 * tying persons to accounts. What was read waits beside the store between preview and applying
 * (upload.h), so that a server that stops in between changes nothing.
 */
#include "pages/people_pages.h"
#include "pages/upload.h"

enum { SHOWN_TIES = 100, SHOWN_ROWS = 200, SHOWN_OTHERS = 60 };

/* ---- How it stands ---- */

static const char *
security_words(struct text code)
{
	if (text_is(code, "starttls"))
		return say("STARTTLS(証明書を確かめています)");
	if (text_is(code, "ldaps"))
		return say("LDAPS(証明書を確かめています)");
	return say("なし(この機械の中だけ)");
}

static void
fill_about(struct visit *visit, struct directory_page *page)
{
	struct directory_about about;
	struct directory *directory = visit->office->directory;
	page->is_there = directory_is_there(directory);
	if (!page->is_there)
		return;
	const struct error *error = directory_about(visit->arena, directory, &about);
	page->is_fine = error == OK;
	if (error != OK) {
		page->trouble = text_copy(visit->arena, error->words);
		return;
	}
	page->server = about.server;
	page->security = text_of(security_words(about.security));
	page->base = about.base;
}

static struct error *
fill_ties(struct look *look, struct visit *visit, struct directory_page *page)
{
	struct directory_tie *list;
	size_t count;
	struct person_id after = { 0 };
	const struct text typed = visit_text(visit, "after");
	if (typed.len != 0)
		TRY(visit_number(visit, "after", &after.no));
	TRY(directory_ties_count(look, &page->ties));
	TRY(directory_ties(look, after, SHOWN_TIES + 1, &list, &count));
	page->has_more = count > SHOWN_TIES;
	page->rows = ARENA_ARRAY(visit->arena, struct directory_rows, count + 1);
	for (; page->rows_count < count && page->rows_count < SHOWN_TIES; page->rows_count++) {
		const struct directory_tie *tie = &list[page->rows_count];
		page->rows[page->rows_count] = (struct directory_rows){
			.number = tie->number,
			.name = tie->name,
			.href = url_of_number(visit->arena, "/people/{}/account", tie->person.no),
			.since = tie->since,
		};
	}
	if (page->has_more)
		page->next = url_query(visit->arena, url_path(visit->arena, "/directory"), "after",
				       number_text(visit->arena, list[SHOWN_TIES - 1].person.no));
	return OK;
}

static struct error *
directory_draw(struct look *look, struct visit *visit)
{
	struct directory_page page = {
		.frame = visit_frame(visit, text_of(say("庁内のディレクトリ")), "people"),
		.tabs = people_tabs(visit, TAB_DIRECTORY),
		.csrf = visit->csrf,
	};
	TRY(fill_ties(look, visit, &page));
	fill_about(visit, &page);
	return visit_draw(visit, directory_page, &page);
}

/* ---- Reading ---- */

static struct error *
wait_elsewhere(struct look *look, struct visit *visit)
{
	(void)look;
	visit->waits = true;
	return OK;
}

static struct error *
keep(struct visit *visit, struct text bytes)
{
	struct text *name = ARENA_NEW(visit->arena, struct text);
	TRY(upload_keep_bytes(visit, bytes, name));
	visit->kept = name;
	return OK;
}

static struct error *
read_accounts(struct visit *visit)
{
	struct text table;
	ARENA_SCOPED arena = arena_open(DIRECTORY_ARENA);
	struct error *error = directory_table(arena, visit->office->directory, &table);
	return error == OK ? keep(visit, table) : error_keep(visit->arena, error);
}

static struct error *
read_staff(struct visit *visit)
{
	struct text table;
	struct directory_entry *list;
	size_t count, left_out;
	ARENA_SCOPED arena = arena_open(DIRECTORY_ARENA);
	struct error *error = directory_table(arena, visit->office->directory, &table);
	if (error == OK)
		error = directory_entries(arena, table, &list, &count);
	return error == OK ? keep(visit, directory_staff(arena, list, count, &left_out))
			   : error_keep(visit->arena, error);
}

/* Nothing of the store changes yet: only on to the preview. */
static struct error *
accounts_read_do(struct act *act, struct visit *visit)
{
	(void)act;
	const struct text *name = visit->kept;
	visit->go_to = url_of(visit->arena, "/directory/accounts/{}", *name);
	return OK;
}

static struct error *
staff_read_do(struct act *act, struct visit *visit)
{
	(void)act;
	const struct text *name = visit->kept;
	struct url to = url_of(visit->arena, "/people/import/{}", *name);
	to = url_query(visit->arena, to, "kind", T("staff"));
	to = url_query(visit->arena, to, "day", day_iso(visit->arena, visit->today));
	visit->go_to = url_query(visit->arena, to, "blank", T("1"));
	return OK;
}

/* ---- The preview ---- */

static const char *
what_words(enum directory_match_what what, const char **tag)
{
	*tag = "go";
	switch (what) {
	case MATCH_OPENED:
		return say("作る");
	case MATCH_TURNED:
		*tag = "wait";
		return say("替える");
	case MATCH_RENEWED:
		*tag = "stop";
		return say("作り直し");
	case MATCH_SAME:
	case MATCH_LEFT:
		break;
	}
	*tag = "off";
	return say("同じ");
}

static void
fill_row(struct visit *visit, const struct directory_match *match,
	 struct directory_accounts_page *page)
{
	const char *tag;
	if (page->rows_count == SHOWN_ROWS) {
		page->more++;
		return;
	}
	page->rows[page->rows_count++] = (struct directory_accounts_rows){
		.what = text_of(what_words(match->what, &tag)),
		.tag = text_of(tag),
		.number = match->number,
		.name = match->name,
		.login = match->login,
		.href = url_of_number(visit->arena, "/people/{}", match->person.no),
	};
}

static void
fill_other(const struct directory_match *match, struct directory_accounts_page *page)
{
	if (page->others_count == SHOWN_OTHERS) {
		page->more_left++;
		return;
	}
	page->others[page->others_count++] = (struct directory_accounts_others){
		.number = match->number,
		.name = match->name,
		.login = match->login,
		.why = match->why,
	};
}

/* What must not be overlooked comes first: accounts made anew, then staff who cannot be tied. */
static int
order_of(const struct directory_match *match)
{
	if (match->what == MATCH_LEFT)
		return match->person.no != 0 ? 2 : 3;
	return match->what == MATCH_RENEWED ? 0 : 1;
}

static void
fill_matches(struct visit *visit, const struct directory_matching *matching,
	     struct directory_accounts_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct directory_accounts_rows, SHOWN_ROWS);
	page->others = ARENA_ARRAY(visit->arena, struct directory_accounts_others, SHOWN_OTHERS);
	for (int order = 0; order < 4; order++)
		for (size_t at = 0; at < matching->count; at++) {
			const struct directory_match *match = &matching->list[at];
			if (order_of(match) != order)
				continue;
			if (match->what == MATCH_LEFT)
				fill_other(match, page);
			else
				fill_row(visit, match, page);
		}
}

static struct error *
draw_preview(struct visit *visit, size_t read, const struct directory_matching *matching)
{
	struct directory_accounts_page page = {
		.frame = visit_frame(visit, text_of(say("口座の結び付けを確かめる")), "people"),
		.tabs = people_tabs(visit, TAB_DIRECTORY),
		.csrf = visit->csrf,
		.digest = hash_hex(visit->arena, &matching->digest),
		.read = (int64_t)read, /* all at most DIRECTORY_MOST_ENTRIES */
		.opened = (int64_t)matching->opened,
		.turned = (int64_t)matching->turned,
		.renewed = (int64_t)matching->renewed,
		.same = (int64_t)matching->same,
		.left = (int64_t)matching->left,
		.unlisted = (int64_t)matching->unlisted,
		.may_apply = matching->count > matching->left,
		.apply = url_of(visit->arena, "/directory/accounts/{}",
				capture_text(visit->captures, "file")),
	};
	fill_matches(visit, matching, &page);
	return visit_draw(visit, directory_accounts_page, &page);
}

static struct error *
accounts_draw(struct look *look, struct visit *visit)
{
	struct text table;
	struct directory_entry *list;
	size_t count;
	struct directory_matching matching;
	(void)look;
	TRY(upload_read(visit, capture_text(visit->captures, "file"), &table));
	ARENA_SCOPED arena = arena_open(DIRECTORY_ARENA);
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	TRY(directory_entries(arena, table, &list, &count));
	TRY(directory_match_preview(&own, list, count, &matching));
	return draw_preview(visit, count, &matching);
}

/* ---- Applying ---- */

static struct error *
apply_prepare(struct visit *visit)
{
	struct directory_match_order *order =
		ARENA_NEW(visit->arena, struct directory_match_order);
	visit->kept = order;
	order->pack = visit->office->pack;
	TRY(visit_digest(visit, &order->digest));
	return upload_read(visit, capture_text(visit->captures, "file"), &order->table);
}

static struct error *
apply_do(struct act *act, struct visit *visit)
{
	TRY(directory_match(act, visit->kept));
	upload_drop(visit, capture_text(visit->captures, "file"));
	visit->go_to = url_path(visit->arena, "/directory");
	visit->done = "directory";
	return OK;
}

PAGE_ROWS(directory,
	  { { METHOD_GET, "/directory" }, RIGHT_ACCOUNTS, PAGE_SLOW_LOOK, .look = directory_draw },
	  { { METHOD_POST, "/directory/staff" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .look = wait_elsewhere,
	    .slow = read_staff, .act = staff_read_do },
	  { { METHOD_POST, "/directory/accounts" }, RIGHT_ACCOUNTS, PAGE_ACT, .look = wait_elsewhere,
	    .slow = read_accounts, .act = accounts_read_do },
	  { { METHOD_GET, "/directory/accounts/{file:text}" }, RIGHT_ACCOUNTS, PAGE_SLOW_LOOK,
	    .look = accounts_draw },
	  { { METHOD_POST, "/directory/accounts/{file:text}" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .slow = apply_prepare, .act = apply_do });
