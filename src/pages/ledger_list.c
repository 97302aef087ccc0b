/* The list of a ledger: search, narrowing, order, pages by keyset. And the rows of its features. */
#include "pages/ledger_pages.h"

enum { LIST_MOST_CELLS = 12 };

/* One more than is shown: what tells whether a row is kept too long. */
struct columns {
	const struct pack_field *fields[LIST_MOST_CELLS + 1];
	size_t by_name[LIST_MOST_CELLS + 1]; /* all of them, in the order of names */
	size_t count;			     /* of those shown */
	size_t all;
};

static void
add_column(struct columns *columns, const struct pack_field *field)
{
	size_t at = columns->all;
	columns->fields[columns->all] = field;
	for (; at > 0; at--) {
		const size_t before = columns->by_name[at - 1];
		if (text_order(columns->fields[before]->name, field->name) <= 0)
			break;
		columns->by_name[at] = before;
	}
	columns->by_name[at] = columns->all++;
}

/* The listed columns, without those that have a place of their own. */
static struct columns
columns_of(const struct pack_ledger *ledger)
{
	struct columns columns = { 0 };
	for (size_t at = 0; at < ledger->fields_count && columns.all < LIST_MOST_CELLS; at++) {
		const struct pack_field *field = &ledger->fields[at];
		if (field->is_listed && field != ledger->title && field != ledger->class_field)
			add_column(&columns, field);
	}
	columns.count = columns.all;
	if (ledger->retention != NULL)
		add_column(&columns, ledger->retention);
	return columns;
}

/* A row's values by column; those it does not answer are empty. */
struct cells {
	struct text at[LIST_MOST_CELLS + 1];
};

/* As text_order(); most names differ in their first byte already. */
static int
name_order(struct text a, struct text b)
{
	if (a.len != 0 && b.len != 0 && a.data[0] != b.data[0])
		return (unsigned char)a.data[0] < (unsigned char)b.data[0] ? -1 : 1;
	return text_order(a, b);
}

/* Values stand in the order of their names, as values_write() sorts them: one walk finds all. */
static struct error *
cells_read(struct visit *visit, const struct columns *columns, const struct ledger_row *row,
	   struct cells *cells)
{
	struct ledger_value *values;
	size_t count, next = 0;
	TRY(ledger_values(visit->arena, row, &values, &count));
	for (size_t at = 0; at < columns->all; at++) {
		const size_t column = columns->by_name[at];
		const struct text name = columns->fields[column]->name;
		int order = 1;
		while (next < count && (order = name_order(values[next].name, name)) < 0)
			next++;
		if (next < count && order == 0)
			cells->at[column] = values[next].value;
	}
	return OK;
}

static struct text
cell_words(struct look *look, struct visit *visit, const struct pack_field *field, struct text value)
{
	struct day day;
	if (field->kind == FIELD_DAY && day_read(value, &day))
		return language_now() == LANGUAGE_JA ? day_wareki_short(visit->arena, day) : value;
	return value_words(look, field, value);
}

static bool
is_over(struct visit *visit, const struct ledger_row *row, const struct columns *columns,
	const struct cells *cells)
{
	struct day until;
	return columns->all > columns->count && row->state == ROW_LIVING &&
	       day_read(cells->at[columns->all - 1], &until) && until.no < visit->today.no;
}

/* Better not broken over lines. */
static bool
is_short(enum field_kind kind)
{
	return kind == FIELD_DAY || kind == FIELD_NUMBER || kind == FIELD_CHOICE ||
	       kind == FIELD_UNIT || kind == FIELD_PERSON || kind == FIELD_YES_NO;
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct columns *columns,
	 const struct listing *listing, const struct ledger_row *row,
	 const struct ledger_list_page *page, struct ledger_list_rows *out)
{
	const struct class_tag tag = row_tag(row);
	struct cells cells = { 0 };
	TRY(cells_read(visit, columns, row, &cells));
	*out = (struct ledger_list_rows){
		.number = row->number,
		.title = row->title.len != 0 ? row->title : text_of(say("(名前なし)")),
		.href = url_below(visit->arena, page->here, row->id.no),
		.class = row->class_code.len != 0 ? tag.mark : text_of(say("未分類")),
		.is_top = tag.is_top,
		.is_mid = tag.is_mid,
		.is_copy = row->parent.no != 0,
		.is_stale = row->state == ROW_LIVING &&
			    row->confirmed.ms < listing->query.unconfirmed_before.ms,
		.is_over = is_over(visit, row, columns, &cells),
		.cells = ARENA_ARRAY(visit->arena, struct ledger_list_rows_cells, columns->count + 1),
		.cells_count = columns->count,
	};
	for (size_t at = 0; at < columns->count; at++) {
		out->cells[at].words = cell_words(look, visit, columns->fields[at], cells.at[at]);
		out->cells[at].is_short = is_short(columns->fields[at]->kind);
	}
	return OK;
}

static void
fill_sorts(struct visit *visit, enum ledger_sort sort, struct ledger_list_page *page)
{
	page->sorts = ARENA_ARRAY(visit->arena, struct ledger_list_sorts, 4);
	page->sorts_count = 4;
	page->sorts[0] = (struct ledger_list_sorts){ T("number"), text_of(say("番号")),
						     sort == SORT_NUMBER };
	page->sorts[1] = (struct ledger_list_sorts){ T("title"), text_of(say("名前")),
						     sort == SORT_TITLE };
	page->sorts[2] = (struct ledger_list_sorts){ T("class"), text_of(say("分類の高い順")),
						     sort == SORT_CLASS };
	page->sorts[3] = (struct ledger_list_sorts){ T("changed"), text_of(say("新しく変えた順")),
						     sort == SORT_CHANGED };
}

static void
fill_classes(struct visit *visit, const struct pack_ledger *ledger, struct text chosen,
	     struct ledger_list_page *page)
{
	const struct pack_axis *axis = ledger->class_field != NULL ? ledger->class_field->axis : NULL;
	page->has_class = axis != NULL;
	if (axis == NULL)
		return;
	page->classes = ARENA_ARRAY(visit->arena, struct ledger_list_classes, axis->values_count + 1);
	page->classes_count = axis->values_count;
	for (size_t at = 0; at < axis->values_count; at++)
		page->classes[at] = (struct ledger_list_classes){
			axis->values[at].code, words_now(axis->values[at].name),
			text_same(axis->values[at].code, chosen)
		};
}

static struct error *
fill_units(struct look *look, struct visit *visit, struct unit_id chosen,
	   struct ledger_list_page *page)
{
	struct field_option *options;
	TRY(reach_options(look, visit, RIGHT_LEDGER_READ, &options, &page->units_count));
	const struct text wanted = text_number(visit->arena, chosen.no);
	page->units = ARENA_ARRAY(visit->arena, struct ledger_list_units, page->units_count + 1);
	for (size_t at = 0; at < page->units_count; at++)
		page->units[at] = (struct ledger_list_units){ options[at].value, options[at].words,
							      text_same(options[at].value, wanted) };
	return OK;
}

static struct error *
fill_rows(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	  const struct listing *listing, const struct ledger_page *list,
	  struct ledger_list_page *page)
{
	const struct columns columns = columns_of(ledger);
	page->heads = ARENA_ARRAY(visit->arena, struct ledger_list_heads, columns.count + 1);
	page->heads_count = columns.count;
	for (size_t at = 0; at < columns.count; at++)
		page->heads[at].words = words_now(columns.fields[at]->label);
	page->rows = ARENA_ARRAY(visit->arena, struct ledger_list_rows, list->count + 1);
	page->rows_count = list->count;
	for (size_t at = 0; at < list->count; at++)
		TRY(fill_row(look, visit, &columns, listing, &list->rows[at], page,
			     &page->rows[at]));
	return OK;
}

/* The same narrowing in another form: the same query behind another path. */
static struct url
save_url(struct visit *visit, const struct ledger_list_page *page, const struct listing *listing,
	 struct url path)
{
	const struct text query = text_from(listing->base.text, page->here.text.len);
	struct url to = path;
	(void)url_from_local(text_join(visit->arena, path.text, query), &to); /* both are ours */
	return to;
}

static void
fill_saves(struct visit *visit, const struct pack_ledger *ledger, const struct listing *listing,
	   struct ledger_list_page *page)
{
	page->csv = save_url(visit, page, listing, url_of(visit->arena, "/ledger/{}/csv", ledger->code));
	page->xlsx = save_url(visit, page, listing,
			      url_of(visit->arena, "/ledger/{}/xlsx", ledger->code));
	page->pdf = save_url(visit, page, listing, url_of(visit->arena, "/ledger/{}/pdf", ledger->code));
}

struct error *
ledger_list_draw(struct look *look, struct visit *visit)
{
	const struct pack_ledger *ledger;
	struct listing listing;
	struct ledger_page list;
	struct arena *arena = visit->arena;
	TRY(ledger_of(visit, &ledger));
	TRY(listing_read(look, visit, ledger, ledger_url(visit, ledger), &listing));
	listing.query.after = visit_text(visit, "after");
	TRY(ledger_list(look, visit->office->pack, ledger, &listing.query, LEDGER_PAGE, &list));
	struct pager_part pager = { .total = list.total, .has_total = true };
	if (listing.query.after.len != 0)
		pager.first = listing.base;
	if (list.next.len != 0)
		pager.next = url_query(arena, listing.base, "after", list.next);
	struct ledger_list_page page = {
		.frame = visit_frame(visit, words_now(ledger->name), "ledger"),
		.name = words_now(ledger->name),
		.words = listing.query.words,
		.said = listing.said,
		.form = ledger->form != NULL ? words_now(ledger->form->label) : T(""),
		.has_confirm = ledger->confirm != NULL,
		.is_retired = listing.query.state == ROW_RETIRED,
		.is_unconfirmed = listing.query.is_unconfirmed,
		.is_narrowed = listing.is_narrowed,
		.may_write = visit_may(visit, RIGHT_LEDGER_WRITE),
		.here = ledger_url(visit, ledger),
		.new = url_of(arena, "/ledger/{}/new", ledger->code),
		.import = url_of(arena, "/ledger/{}/import", ledger->code),
		.confirm = url_of(arena, "/ledger/{}/confirm", ledger->code),
		.pages = &pager,
	};
	fill_sorts(visit, listing.query.sort, &page);
	fill_classes(visit, ledger, listing.query.class_code, &page);
	TRY(fill_units(look, visit, listing.unit, &page));
	fill_saves(visit, ledger, &listing, &page);
	TRY(fill_rows(look, visit, ledger, &listing, &list, &page));
	return visit_draw(visit, ledger_list_page, &page);
}

PAGE_ROWS(ledger,
	  { { METHOD_GET, "/ledger/{code:text}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = ledger_list_draw },
	  { { METHOD_GET, "/ledger/{code:text}/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK,
	    .look = ledger_csv_send },
	  { { METHOD_GET, "/ledger/{code:text}/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK,
	    .look = ledger_xlsx_send },
	  { { METHOD_GET, "/ledger/{code:text}/pdf" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK,
	    .look = ledger_pdf_send },
	  { { METHOD_GET, "/ledger/{code:text}/new" }, RIGHT_LEDGER_WRITE, PAGE_LOOK,
	    .look = ledger_new_draw },
	  { { METHOD_POST, "/ledger/{code:text}/new" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = ledger_new_do, .again = ledger_new_draw },
	  { { METHOD_GET, "/ledger/{code:text}/confirm" }, RIGHT_LEDGER_WRITE, PAGE_LOOK,
	    .look = ledger_confirm_draw },
	  { { METHOD_POST, "/ledger/{code:text}/confirm" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = ledger_confirm_do, .again = ledger_confirm_draw },
	  { { METHOD_GET, "/ledger/{code:text}/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = ledger_row_draw },
	  { { METHOD_GET, "/ledger/{code:text}/{id}/edit" }, RIGHT_LEDGER_WRITE, PAGE_LOOK,
	    .look = ledger_edit_draw },
	  { { METHOD_POST, "/ledger/{code:text}/{id}/edit" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = ledger_edit_do, .again = ledger_edit_draw },
	  { { METHOD_POST, "/ledger/{code:text}/{id}/retire" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = ledger_retire_do, .again = ledger_row_draw });
