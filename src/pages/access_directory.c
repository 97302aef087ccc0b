/*
 * Accounts of the directory (LDAP) as a system's list: read whole, written as the table that a file would be,
 * and shown in the same preview. A directory that stops in the middle gives no list at all.
 */
#include "pages/access_import.h"

#include "base/table.h"
#include "base/writer.h"
#include "directory/directory.h"

static void
cell(struct writer *out, struct text words, bool is_first)
{
	table_write_cell(out, words, is_first);
}

static struct text
privileges_of(struct arena *arena, const struct directory_entry *entry)
{
	struct text words = entry->privileged_count != 0 ? text_of("特権:") : T("");
	for (size_t at = 0; at < entry->privileged_count; at++)
		words = text_format(arena, "%.*s %.*s", T_ARG(words), T_ARG(entry->privileged[at]));
	return words;
}

static void
write_entry(struct arena *arena, struct writer *out, const struct directory_entry *entry)
{
	cell(out, entry->login, true);
	cell(out, entry->number, false);
	cell(out, entry->name, false);
	cell(out, entry->mail, false);
	cell(out, entry->is_disabled ? T("停止") : T("有効"), false);
	cell(out, privileges_of(arena, entry), false);
	cell(out, entry->last_logon.ms != 0 ? day_iso(arena, moment_day(entry->last_logon)) : T(""),
	     false);
	table_write_end(out);
}

static bool
tells_use(const struct directory_entry *list, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (list[at].last_logon.ms != 0)
			return true;
	return false;
}

/* Its headings are those that access_mapping_guess() knows; a directory that tells no use has no column. */
static struct text
as_list(struct arena *arena, const struct directory_entry *list, size_t count)
{
	static const char *const headings[] = { "ユーザーID", "職員番号", "氏名", "メールアドレス", "状態", "特権" };
	struct writer out = writer_open(arena, DIRECTORY_MOST_BYTES);
	table_write_cell(&out, T(ACCESS_DIRECTORY_TITLE), true);
	table_write_end(&out);
	for (size_t at = 0; at < sizeof headings / sizeof *headings; at++)
		cell(&out, text_of(headings[at]), at == 0);
	cell(&out, tells_use(list, count) ? T("最終ログオン") : T("(使った日はありません)"), false);
	table_write_end(&out);
	for (size_t at = 0; at < count; at++)
		write_entry(arena, &out, &list[at]);
	return writer_text(&out);
}

struct error *
access_directory_read(struct visit *visit)
{
	struct text table;
	struct directory_entry *list;
	size_t count;
	ARENA_SCOPED arena = arena_open(DIRECTORY_ARENA);
	struct error *error = directory_table(arena, visit->office->directory, &table);
	if (error == OK)
		error = directory_entries(arena, table, &list, &count);
	if (error != OK)
		return error_keep(visit->arena, error);
	struct text *name = ARENA_NEW(visit->arena, struct text);
	TRY(upload_keep_bytes(visit, as_list(arena, list, count), name));
	visit->kept = name;
	return OK;
}
