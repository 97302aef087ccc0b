/* The companion's table as entries, and entries as a table of staff. */
#include "directory/rooms.h"

#include "base/table.h"

#include <stdlib.h>

static const char *const columns[] = { DIRECTORY_COLUMNS };

static struct error *
check_heading(const struct table *table)
{
	if (table->count == 0 || table->rows[0].count != COLUMN_COUNT)
		return reject(NULL, "ディレクトリの一覧として読めません。もう一度読み込んでください。");
	for (size_t at = 0; at < COLUMN_COUNT; at++)
		if (!text_is(table->rows[0].cells[at], columns[at]))
			return reject(NULL, "ディレクトリの一覧として読めません。もう一度読み込んでください。");
	return OK;
}

static struct moment
moment_in(struct text cell)
{
	int64_t ms = 0;
	(void)number_read(cell, 0, INT64_MAX / 2, &ms);
	return (struct moment){ ms };
}

static void
read_names(struct arena *into, struct text cell, struct text **names, size_t *count)
{
	struct text one, rest = cell;
	*names = ARENA_ARRAY(into, struct text, DIRECTORY_MOST_GROUPS);
	for (bool more = cell.len != 0; more && *count < DIRECTORY_MOST_GROUPS;) {
		more = text_cut(rest, '\n', &one, &rest);
		if (one.len != 0)
			(*names)[(*count)++] = one;
	}
}

static void
read_entry(struct arena *into, const struct table_row *row, struct directory_entry *entry)
{
	const struct text *cells = row->cells;
	*entry = (struct directory_entry){
		.id = cells[COLUMN_ID],
		.login = cells[COLUMN_LOGIN],
		.number = cells[COLUMN_NUMBER],
		.name = cells[COLUMN_NAME],
		.family = cells[COLUMN_FAMILY],
		.given = cells[COLUMN_GIVEN],
		.kana = cells[COLUMN_KANA],
		.mail = cells[COLUMN_MAIL],
		.unit = cells[COLUMN_UNIT],
		.post = cells[COLUMN_POST],
		.is_disabled = text_has(cells[COLUMN_STATE], T("disabled")),
		.is_locked = text_has(cells[COLUMN_STATE], T("locked")),
		.created = moment_in(cells[COLUMN_CREATED]),
		.changed_password = moment_in(cells[COLUMN_CHANGED]),
		.last_logon = moment_in(cells[COLUMN_LOGON]),
		.expires = DAY_NONE,
	};
	(void)day_read(cells[COLUMN_EXPIRES], &entry->expires);
	read_names(into, cells[COLUMN_GROUPS], &entry->groups, &entry->groups_count);
	read_names(into, cells[COLUMN_PRIVILEGED], &entry->privileged, &entry->privileged_count);
}

static int
login_order(const void *left, const void *right)
{
	const struct directory_entry *a = left, *b = right;
	const int order = text_order(a->login, b->login);
	return order != 0 ? order : text_order(a->id, b->id);
}

struct error *
directory_entries(struct arena *into, struct text bytes, struct directory_entry **list,
		  size_t *count)
{
	struct table table;
	TRY(table_read(into, bytes, DIRECTORY_MOST_ENTRIES + 1, &table));
	TRY(check_heading(&table));
	struct directory_entry *made = ARENA_ARRAY(into, struct directory_entry, table.count);
	for (size_t at = 1; at < table.count; at++) {
		if (table.rows[at].count != COLUMN_COUNT)
			return reject(NULL, "ディレクトリの一覧の%lld行目が読めません。もう一度読み込んでください。",
				      (long long)table.rows[at].line);
		read_entry(into, &table.rows[at], &made[at - 1]);
	}
	if (table.count > 2)
		qsort(made, table.count - 1, sizeof *made, login_order);
	*list = made;
	*count = table.count - 1;
	return OK;
}

/* Quoted whatever is in it: read by us again, never by a spreadsheet. */
static void
put(struct writer *out, struct text cell, bool is_last)
{
	struct text before, rest = cell;
	write_byte(out, '"');
	while (text_cut(rest, '"', &before, &rest)) {
		write_text(out, before);
		write_z(out, "\"\"");
	}
	write_text(out, before);
	write_z(out, is_last ? "\"\r\n" : "\",");
}

/* A name that the directory keeps in one piece stays in one. */
static void
put_name(struct writer *out, const struct directory_entry *one)
{
	put(out, one->family.len != 0 ? one->family : one->name, false);
	put(out, one->family.len != 0 ? one->given : T(""), false);
}

struct text
directory_staff(struct arena *into, const struct directory_entry *list, size_t count,
		size_t *left_out)
{
	struct writer out = writer_open(into, DIRECTORY_MOST_BYTES);
	*left_out = 0;
	write_z(&out, "職員番号,姓,名,フリガナ,メールアドレス,所属,役職\r\n");
	for (size_t at = 0; at < count; at++) {
		const struct directory_entry *one = &list[at];
		/* A unit without a post would make a head of section a plain member of it. */
		const bool has_place = one->unit.len != 0 && one->post.len != 0;
		if (one->number.len == 0 || one->is_disabled) {
			++*left_out;
			continue;
		}
		put(&out, one->number, false);
		put_name(&out, one);
		put(&out, one->kana, false);
		put(&out, one->mail, false);
		put(&out, has_place ? one->unit : T(""), false);
		put(&out, has_place ? one->post : T(""), true);
	}
	return writer_text(&out);
}
