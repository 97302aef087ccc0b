/*
 * Importing organisation and staff: upload, see what would change, apply exactly that. The file
 * waits beside the store (upload.h); the digest of file, options and every change binds what is
 * applied to what was seen.
 */
#include "pages/people_pages.h"
#include "pages/upload.h"

#include "base/number.h"

enum {
	FILE_MOST = 4 << 20,
	BYTES_A_ROW = 3800, /* of memory, beside the cells; measured */
	SHOWN_CHANGES = 200,
	SHOWN_FAULTS = 200,
	PLAN_MOST = 256 << 20,
};

/* ---- Choosing a file ---- */

static struct error *
choose_draw(struct look *look, struct visit *visit)
{
	(void)look;
	upload_sweep(visit);
	const struct field_option kinds[] = {
		{ T("units"), text_of(say("所属(組織)")) },
		{ T("staff"), text_of(say("職員")) },
	};
	const struct text kind = visit_text(visit, "kind");
	struct people_import_page page = {
		.frame = visit_frame(visit, text_of(say("名簿の取り込み")), "people"),
		.tabs = people_tabs(visit, TAB_IMPORT),
		.csrf = visit->csrf,
		.may_account = visit_may(visit, RIGHT_ACCOUNTS),
		.ends_missing = visit_text(visit, "ends").len != 0,
		.opens_accounts = visit_text(visit, "opens").len != 0,
		.has_directory = directory_is_there(visit->office->directory),
		.fault = visit_fault(visit, T("file")),
		.kind = radio_box(visit, "kind", text_of(say("何の名簿か")), T(""),
				  kind.len != 0 ? kind : T("staff"), true, kinds, 2),
		.day = day_box(visit, "day", say("いつから有効か"),
			       say("4月1日付けの異動を前もって入れるときは、その日を入れてください。"),
			       visit->today, true),
	};
	return visit_draw(visit, people_import_page, &page);
}

static struct people_import_options
options_of(const struct visit *visit)
{
	struct people_import_options options = {
		.kind = text_is(visit_text(visit, "kind"), "units") ? IMPORT_UNITS : IMPORT_STAFF,
		.day = visit->today,
		.ends_missing = visit_text(visit, "ends").len != 0,
		.leaves_out_faulty = visit_text(visit, "skip").len != 0,
	};
	(void)day_read(visit_text(visit, "day"), &options.day);
	options.keeps_blank = visit_text(visit, "blank").len != 0;
	options.ends_missing &= !options.keeps_blank; /* nobody by omission */
	options.opens_accounts = options.kind == IMPORT_STAFF &&
				 visit_text(visit, "opens").len != 0 &&
				 visit_may(visit, RIGHT_ACCOUNTS);
	return options;
}

/* Can it be read at all? Said on the page where another file can be chosen. */
static struct error *
try_file(const struct visit *visit, struct text bytes)
{
	struct people_import import;
	const struct people_import_options options = options_of(visit);
	TRY(upload_must_be_bearable("file", bytes, BYTES_A_ROW));
	ARENA_SCOPED arena = arena_open(PLAN_MOST);
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(visit->office->store, arena, &look));
	return people_import_preview(&look, &options, bytes, &import);
}

static struct error *
keep_file(struct visit *visit)
{
	struct day day;
	struct text *name = ARENA_NEW(visit->arena, struct text);
	const struct field *file = request_file(visit->request, "file");
	TRY(form_day(visit, "day", true, &day));
	if (file != NULL)
		TRY(try_file(visit, file->value));
	TRY(upload_keep(visit, "file", FILE_MOST, name));
	visit->kept = name;
	return OK;
}

static struct url
with_options(struct visit *visit, struct url url)
{
	static const char *const flags[] = { "ends", "opens", "skip", "blank" };
	struct day day;
	const bool is_units = text_is(visit_text(visit, "kind"), "units");
	url = url_query(visit->arena, url, "kind", is_units ? T("units") : T("staff"));
	if (day_read(visit_text(visit, "day"), &day))
		url = url_query(visit->arena, url, "day", day_iso(visit->arena, day));
	for (size_t at = 0; at < sizeof flags / sizeof *flags; at++)
		if (visit_text(visit, flags[at]).len != 0)
			url = url_query(visit->arena, url, flags[at], T("1"));
	return url;
}

/* Nothing of the store changes yet: only on to the preview. */
static struct error *
chosen_do(struct act *act, struct visit *visit)
{
	(void)act;
	const struct text *name = visit->kept;
	visit->go_to = with_options(visit, url_of(visit->arena, "/people/import/{}", *name));
	return OK;
}

/* ---- The preview ---- */

static void
fill_columns(struct visit *visit, const struct people_import *import,
	     struct people_preview_page *page)
{
	page->columns = ARENA_ARRAY(visit->arena, struct people_preview_columns,
				    import->columns_count + 1);
	page->columns_count = import->columns_count;
	for (size_t at = 0; at < import->columns_count; at++)
		page->columns[at] = (struct people_preview_columns){
			.heading = import->columns[at].heading,
			.meaning = import->columns[at].meaning == NULL
					   ? T("")
					   : text_of(say(import->columns[at].meaning)),
			.is_used = import->columns[at].meaning != NULL,
		};
}

/* What keeps rows out comes first. */
static void
fill_faults(struct visit *visit, const struct people_import *import,
	    struct people_preview_page *page)
{
	const size_t shown = import->faults_count > SHOWN_FAULTS ? SHOWN_FAULTS
								 : import->faults_count;
	page->faults = ARENA_ARRAY(visit->arena, struct people_preview_faults, shown + 1);
	for (int hints = 0; hints < 2; hints++)
		for (size_t at = 0; at < import->faults_count && page->faults_count < shown; at++)
			if (import->faults[at].is_hint == (hints == 1))
				page->faults[page->faults_count++] =
					(struct people_preview_faults){
						.line = import->faults[at].line,
						.column = import->faults[at].column,
						.wrong = import->faults[at].wrong,
						.is_hint = import->faults[at].is_hint,
					};
	page->more_faults = (int64_t)(import->faults_count - shown); /* bounded by the file */
	page->faulty = (int64_t)(import->faults_count - import->hints);
}

static const char *
what_words(enum import_what what, const char **tag)
{
	switch (what) {
	case IMPORT_ADDED:
		*tag = "go";
		return say("追加");
	case IMPORT_CHANGED:
		*tag = "wait";
		return say("変更");
	case IMPORT_ENDED:
		*tag = "stop";
		return say("終了");
	case IMPORT_SAME:
		break;
	}
	*tag = "off";
	return say("同じ");
}

static void
fill_change(struct visit *visit, const struct import_change *change,
	    struct people_preview_changes *row)
{
	const char *tag;
	row->what = text_of(what_words(change->what, &tag));
	row->tag = text_of(tag);
	row->line = change->line;
	row->key = change->key;
	row->name = change->name;
	row->has_href = change->about.len != 0 &&
			about_url(visit->arena, change->about, &row->href);
	row->fields = ARENA_ARRAY(visit->arena, struct people_preview_changes_fields,
				  change->fields_count + 1);
	row->fields_count = change->fields_count;
	for (size_t at = 0; at < change->fields_count; at++)
		row->fields[at] = (struct people_preview_changes_fields){
			.label = text_of(say(change->fields[at].label)),
			.was = change->fields[at].was,
			.becomes = change->fields[at].becomes,
			.had = change->fields[at].was.len != 0,
		};
}

/* Endings first: they are what one must not overlook. */
static void
fill_changes(struct visit *visit, const struct people_import *import,
	     struct people_preview_page *page)
{
	static const enum import_what order[] = { IMPORT_ENDED, IMPORT_CHANGED, IMPORT_ADDED };
	const size_t shown = import->changes_count > SHOWN_CHANGES ? SHOWN_CHANGES
								   : import->changes_count;
	page->changes = ARENA_ARRAY(visit->arena, struct people_preview_changes, shown + 1);
	for (size_t kind = 0; kind < 3; kind++)
		for (size_t at = 0; at < import->changes_count && page->changes_count < shown; at++)
			if (import->changes[at].what == order[kind])
				fill_change(visit, &import->changes[at],
					    &page->changes[page->changes_count++]);
	page->more_changes = (int64_t)(import->changes_count - shown); /* bounded by the file */
}

static void
fill_counts(const struct people_import *import, struct people_preview_page *page)
{
	page->rows = (int64_t)import->rows; /* all bounded by the file */
	page->added = (int64_t)import->added;
	page->changed = (int64_t)import->changed;
	page->ended = (int64_t)import->ended;
	page->same = (int64_t)import->same;
	page->accounts = (int64_t)import->accounts_count;
}

static struct error *
draw_preview(struct visit *visit, const struct people_import_options *options,
	     const struct people_import *import)
{
	struct arena *arena = visit->arena;
	const struct text file = capture_text(visit->captures, "file");
	struct people_preview_page page = {
		.frame = visit_frame(visit, text_of(say("取り込みを確かめる")), "people"),
		.tabs = people_tabs(visit, TAB_IMPORT),
		.csrf = visit->csrf,
		.digest = hash_hex(arena, &import->digest),
		.kind = options->kind == IMPORT_UNITS ? T("units") : T("staff"),
		.day_iso = day_iso(arena, options->day),
		.day = options->day,
		.encoding = import->encoding,
		.separator = text_of(import->separator == '\t' ? say("タブ区切り") : say("カンマ区切り")),
		.is_units = options->kind == IMPORT_UNITS,
		.may_account = visit_may(visit, RIGHT_ACCOUNTS),
		.opens_accounts = options->opens_accounts,
		.ends_missing = options->ends_missing,
		.leaves_out = options->leaves_out_faulty,
		.keeps_blank = options->keeps_blank,
		.here = url_of(arena, "/people/import/{}", file),
		.apply = url_of(arena, "/people/import/{}/apply", file),
	};
	fill_columns(visit, import, &page);
	fill_faults(visit, import, &page);
	fill_changes(visit, import, &page);
	fill_counts(import, &page);
	const bool has_changes = import->changes_count != 0 || import->accounts_count != 0;
	page.may_apply = has_changes && (page.faulty == 0 || options->leaves_out_faulty);
	return visit_draw(visit, people_preview_page, &page);
}

/* The plan of a big file has an arena of its own; what the page shows is drawn before it closes. */
static struct error *
preview_draw(struct look *look, struct visit *visit)
{
	struct text bytes;
	struct people_import import;
	(void)look;
	const struct people_import_options options = options_of(visit);
	TRY(upload_read(visit, capture_text(visit->captures, "file"), &bytes));
	TRY(upload_must_be_bearable("file", bytes, BYTES_A_ROW));
	ARENA_SCOPED arena = arena_open(PLAN_MOST);
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	TRY(people_import_preview(&own, &options, bytes, &import));
	return draw_preview(visit, &options, &import);
}

/* ---- Applying ---- */

static struct error *
keep_accounts(struct visit *visit, const struct people_import *import,
	      struct people_import_order *order)
{
	struct people_import kept = { .accounts_count = import->accounts_count };
	kept.accounts = ARENA_ARRAY(visit->arena, struct initial_password,
				    import->accounts_count + 1);
	for (size_t at = 0; at < import->accounts_count; at++)
		kept.accounts[at] = (struct initial_password){
			.number = text_copy(visit->arena, import->accounts[at].number),
			.login = text_copy(visit->arena, import->accounts[at].login),
		};
	TRY(people_import_passwords(visit->arena, &kept, NULL, NULL));
	order->passwords = kept.accounts;
	order->passwords_count = kept.accounts_count;
	return OK;
}

/* Slow: read the file, plan once more to know the accounts, make their passwords. */
static struct error *
apply_prepare(struct visit *visit)
{
	struct people_import import;
	struct people_import_order *order = ARENA_NEW(visit->arena, struct people_import_order);
	visit->kept = order;
	order->pack = visit->office->pack;
	order->options = options_of(visit);
	TRY(visit_digest(visit, &order->digest));
	TRY(upload_read(visit, capture_text(visit->captures, "file"), &order->file));
	TRY(upload_must_be_bearable("file", order->file, BYTES_A_ROW));
	if (!order->options.opens_accounts)
		return OK;
	ARENA_SCOPED arena = arena_open(PLAN_MOST);
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	TRY(people_import_preview(&own, &order->options, order->file, &import));
	if (!hash_same(&order->digest, &import.digest))
		return conflict("確かめたあとに、登録内容が変わりました。もう一度確かめてから取り込んでください。");
	return keep_accounts(visit, &import, order);
}

static void
fill_passwords(struct visit *visit, const struct people_import_order *order,
	       struct people_imported_page *page)
{
	page->passwords = ARENA_ARRAY(visit->arena, struct people_imported_passwords,
				      order->passwords_count + 1);
	page->passwords_count = order->passwords_count;
	for (size_t at = 0; at < order->passwords_count; at++)
		page->passwords[at] = (struct people_imported_passwords){
			.number = order->passwords[at].number,
			.login = order->passwords[at].login,
			.clear = order->passwords[at].clear,
		};
	if (order->passwords_count != 0)
		page->csv = people_import_passwords_csv(visit->arena, order->passwords,
							order->passwords_count);
}

static struct error *
apply_do(struct act *act, struct visit *visit)
{
	struct people_import_order *order = visit->kept;
	TRY(people_import(act, order));
	struct people_imported_page page = {
		.frame = visit_frame(visit, text_of(say("取り込みました")), "people"),
		.tabs = people_tabs(visit, TAB_IMPORT),
		.csrf = visit->csrf,
		.added = (int64_t)order->result.added, /* all bounded by the file */
		.changed = (int64_t)order->result.changed,
		.ended = (int64_t)order->result.ended,
		.same = (int64_t)order->result.same,
		.left_out = (int64_t)(order->result.faults_count - order->result.hints),
		.is_units = order->options.kind == IMPORT_UNITS,
	};
	TRY(people_parameter(&act->look, visit->office->pack, "sign-in.temporary-days", 7,
			     &page.days));
	fill_passwords(visit, order, &page);
	TRY(visit_draw(visit, people_imported_page, &page));
	/* Should the commit still fail, the person chooses the file once more; nothing else is lost. */
	upload_drop(visit, capture_text(visit->captures, "file"));
	return OK;
}

/*
 * The list of temporary passwords comes back from the page that shows it, because nothing here may
 * keep it in clear; it goes out again as a file and nothing changes.
 */
static struct error *
passwords_send(struct act *act, struct visit *visit)
{
	(void)act;
	struct arena *arena = visit->arena;
	struct text csv = visit_text(visit, "csv");
	if (text_starts(csv, T("\xef\xbb\xbf")))
		csv = text_from(csv, 3);
	csv = text_replace(arena, csv, T("\r\n"), T("\n"));
	csv = text_replace(arena, csv, T("\n"), T("\r\n"));
	visit->answer.type = "text/csv; charset=utf-8";
	visit->answer.body = text_join(arena, T("\xef\xbb\xbf"), csv);
	visit->answer.download = text_format(arena, "%s-%.*s.csv", say("仮パスワード"),
					     T_ARG(day_iso(arena, visit->today)));
	return OK;
}

PAGE_ROWS(people_import,
	  { { METHOD_GET, "/people/import" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = choose_draw },
	  { { METHOD_POST, "/people/import" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .slow = keep_file,
	    .act = chosen_do, .again = choose_draw, .body = BODY_UPLOAD },
	  { { METHOD_POST, "/people/import/passwords" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .act = passwords_send },
	  { { METHOD_GET, "/people/import/{file:text}" }, RIGHT_PEOPLE_EDIT, PAGE_SLOW_LOOK,
	    .look = preview_draw },
	  { { METHOD_POST, "/people/import/{file:text}/apply" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .slow = apply_prepare, .act = apply_do, .again = preview_draw });
