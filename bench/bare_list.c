/*
 * What a list page costs at the least: libmicrohttpd with the same epoll pool as Bansho, one prepared
 * statement on a plain table, a handler that escapes and prints 50 rows. No session, no rights, no
 * search, no snapshot kept over several statements, no languages, no security headers. This is what
 * a competent prototype does, and what Bansho's page is held against.
 *
 * usage: bare_list STORE PORT THREADS [KEY CERTIFICATE]
 * Copies the assets of a demonstration body's STORE into a table of its own in memory-mapped WAL
 * (STORE.bare), serves http://127.0.0.1:PORT/ until its standard input ends.
 */
#include <microhttpd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_MOST = 256 << 10, COLUMNS = 9 };

static const char *path;

static void
stop(const char *why)
{
	fprintf(stderr, "bare_list: %s\n", why);
	exit(2);
}

/* ---- The table ---- */

static void
table_make(const char *from)
{
	sqlite3 *db;
	char *sql = sqlite3_mprintf(
		"PRAGMA journal_mode=WAL; ATTACH %Q AS demo;"
		"CREATE TABLE asset (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, title TEXT NOT NULL,"
		" class TEXT NOT NULL, shape TEXT, serial TEXT, restrictions TEXT, place TEXT, owner TEXT,"
		" keep_until TEXT) STRICT;"
		"INSERT INTO asset SELECT r.id, r.number, r.title, r.class,"
		" json_extract(r.field_values, '$.shape'), r.serial,"
		" json_extract(r.field_values, '$.restrictions'), json_extract(r.field_values, '$.place'),"
		" u.name, json_extract(r.field_values, '$.keep-until')"
		" FROM demo.ledger_row r JOIN demo.people_unit u ON u.id = r.owner"
		" WHERE r.ledger = 'asset' AND r.is_retired = 0;"
		"CREATE UNIQUE INDEX asset_number ON asset (number)", from);
	char *why = NULL;
	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		stop(why != NULL ? why : "cannot make the table");
	sqlite3_free(sql);
	sqlite3_close(db);
}

/* A connection and a statement for each thread of the server. */
static sqlite3_stmt *
statement(void)
{
	static _Thread_local sqlite3_stmt *kept;
	if (kept != NULL)
		return kept;
	sqlite3 *db;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		stop("cannot open the table");
	sqlite3_busy_timeout(db, 5000);
	sqlite3_exec(db, "PRAGMA mmap_size=268435456; PRAGMA cache_size=-8000", NULL, NULL, NULL);
	if (sqlite3_prepare_v3(db,
			       "SELECT number, title, class, shape, serial, restrictions, place, owner,"
			       " keep_until FROM asset WHERE number > ? ORDER BY number LIMIT 50",
			       -1, SQLITE_PREPARE_PERSISTENT, &kept, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	return kept;
}

/* ---- The page ---- */

struct page {
	char *at, *end;
};

static void
put(struct page *page, const char *data, size_t len)
{
	if (len > (size_t)(page->end - page->at))
		stop("the page is full");
	memcpy(page->at, data, len);
	page->at += len;
}
#define PUT(page, words) put((page), "" words, sizeof(words) - 1)

static void
put_escaped(struct page *page, const unsigned char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		switch (*text) {
		case '&': PUT(page, "&amp;"); break;
		case '<': PUT(page, "&lt;"); break;
		case '>': PUT(page, "&gt;"); break;
		case '"': PUT(page, "&#34;"); break;
		case '\'': PUT(page, "&#39;"); break;
		default: put(page, (const char *)text, 1);
		}
	}
}

static void
put_row(struct page *page, sqlite3_stmt *row)
{
	PUT(page, "<tr>");
	for (int column = 0; column < COLUMNS; column++) {
		if (column == 1) {
			PUT(page, "<td><a href=\"/ledger/asset/");
			put_escaped(page, sqlite3_column_text(row, 0));
			PUT(page, "\">");
		} else {
			PUT(page, "<td>");
		}
		put_escaped(page, sqlite3_column_text(row, column));
		if (column == 1)
			PUT(page, "</a>");
		PUT(page, "</td>");
	}
	PUT(page, "</tr>\n");
}

static size_t
page_write(char *into)
{
	struct page page = { into, into + PAGE_MOST };
	sqlite3_stmt *row = statement();
	PUT(&page, "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>資産</title>"
		   "</head><body><h1>資産</h1><table><tr><th>番号</th><th>名前</th><th>分類</th>"
		   "<th>形態</th><th>製造番号</th><th>取扱制限</th><th>保管場所</th><th>所管課</th>"
		   "<th>保存期限</th></tr>\n");
	sqlite3_bind_int64(row, 1, 0);
	while (sqlite3_step(row) == SQLITE_ROW)
		put_row(&page, row);
	sqlite3_reset(row);
	PUT(&page, "</table></body></html>\n");
	return (size_t)(page.at - into);
}

static enum MHD_Result
answer(void *with, struct MHD_Connection *connection, const char *url, const char *method,
       const char *version, const char *data, size_t *size, void **kept)
{
	static int seen;
	static _Thread_local char *page;
	(void)with, (void)url, (void)method, (void)version, (void)data, (void)size;
	if (*kept == NULL) {
		*kept = &seen;
		return MHD_YES;
	}
	if (page == NULL && (page = malloc(PAGE_MOST)) == NULL)
		stop("no memory");
	const size_t len = page_write(page);
	struct MHD_Response *response =
		MHD_create_response_from_buffer(len, page, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
	const enum MHD_Result result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

static char *
file_whole(const char *name)
{
	char *bytes = calloc(1, 64 << 10);
	FILE *file = fopen(name, "r");
	if (bytes == NULL || file == NULL || fread(bytes, 1, (64 << 10) - 1, file) == 0)
		stop("cannot read the key or certificate");
	fclose(file);
	return bytes;
}

int
main(int count, char **words)
{
	if (count != 4 && count != 6)
		stop("usage: bare_list STORE PORT THREADS [KEY CERTIFICATE]");
	path = sqlite3_mprintf("%s.bare%d", words[1], (int)getpid());
	table_make(words[1]);
	const unsigned threads = (unsigned)atoi(words[3]); /* ours: 1 to 64 */
	const struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, count == 6 ? file_whole(words[4]) : NULL },
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, count == 6 ? file_whole(words[5]) : NULL },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | (count == 6 ? (unsigned)MHD_USE_TLS : 0u),
		(uint16_t)atoi(words[2]), NULL, NULL, answer, NULL, MHD_OPTION_THREAD_POOL_SIZE, threads,
		MHD_OPTION_CONNECTION_LIMIT, 1000u, MHD_OPTION_ARRAY, count == 6 ? tls : &tls[2],
		MHD_OPTION_END);
	if (daemon == NULL)
		stop("cannot listen");
	puts("ready");
	fflush(stdout);
	while (getchar() != EOF)
		continue;
	MHD_stop_daemon(daemon);
	unlink(path);
	return 0;
}
