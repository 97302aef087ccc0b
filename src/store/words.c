/*
 * Functions that statements have. instr() as SQLite has it, found by memmem(): a search of a ledger asks it of every row, and SQLite's
 * own, like its LIKE, walks character by character (four times as long on Japanese).
 */
#include "store/rooms.h"

#include <string.h>

static int64_t
characters(const char *text, size_t len)
{
	int64_t count = 0;
	for (size_t at = 0; at < len; at++)
		count += ((unsigned char)text[at] & 0xc0) != 0x80;
	return count;
}

static void
find_in(sqlite3_context *context, int count, sqlite3_value **given)
{
	(void)count;
	const int kind = sqlite3_value_type(given[0]);
	if (kind == SQLITE_NULL || sqlite3_value_type(given[1]) == SQLITE_NULL)
		return;
	const bool is_bytes = kind == SQLITE_BLOB && sqlite3_value_type(given[1]) == SQLITE_BLOB;
	const char *hay = is_bytes ? sqlite3_value_blob(given[0])
				   : (const char *)sqlite3_value_text(given[0]);
	const char *needle = is_bytes ? sqlite3_value_blob(given[1])
				      : (const char *)sqlite3_value_text(given[1]);
	const size_t hay_len = (size_t)sqlite3_value_bytes(given[0]);	     /* never negative */
	const size_t needle_len = (size_t)sqlite3_value_bytes(given[1]); /* likewise */
	const char *found = needle_len == 0 ? hay
			    : hay_len == 0  ? NULL
					    : memmem(hay, hay_len, needle, needle_len);
	if (found == NULL && needle_len != 0)
		sqlite3_result_int64(context, 0);
	else if (needle_len == 0 || is_bytes)
		sqlite3_result_int64(context, needle_len == 0 ? 1 : found - hay + 1);
	else
		sqlite3_result_int64(context, characters(hay, (size_t)(found - hay)) + 1);
}

/*
 * Views that show the organisation as it is today ask for the day here, so that a change written in
 * March holds at 0:00 on April 1st with nobody there to turn a table over. It is one day for the whole
 * of a look or act, never that of the machine's clock in the middle of one.
 */
static void
tell_today(sqlite3_context *context, int count, sqlite3_value **given)
{
	const struct connection *connection = sqlite3_user_data(context);
	(void)count, (void)given;
	sqlite3_result_int64(context, connection->today);
}

void
words_teach(struct connection *connection)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	sqlite3_create_function(connection->db, "instr", 2, flags, NULL, find_in, NULL, NULL);
	sqlite3_create_function(connection->db, "body_today", 0, flags, connection, tell_today,
				NULL, NULL);
}
