/* Temporary passwords for the accounts an import opens. */
#include "people/import_rooms.h"

#include "base/writer.h"

struct error *
people_import_passwords(struct arena *into, struct people_import *import,
			void (*progress)(void *with, int64_t done, int64_t all), void *with)
{
	for (size_t at = 0; at < import->accounts_count; at++) {
		struct initial_password *one = &import->accounts[at];
		TRY(people_password_random(into, &one->clear, &one->password));
		if (progress != NULL)
			progress(with, (int64_t)at + 1, (int64_t)import->accounts_count);
	}
	return OK;
}

struct text
people_import_passwords_csv(struct arena *into, const struct initial_password *list, size_t count)
{
	struct writer out = writer_open(into, (size_t)16 << 20);
	write_z(&out, "\xef\xbb\xbf");
	table_write_cell(&out, text_of(say("職員番号")), true);
	table_write_cell(&out, text_of(say("ログイン名")), false);
	table_write_cell(&out, text_of(say("仮パスワード")), false);
	table_write_end(&out);
	for (size_t at = 0; at < count; at++) {
		table_write_cell(&out, list[at].number, true);
		table_write_cell(&out, list[at].login, false);
		table_write_cell(&out, list[at].clear, false);
		table_write_end(&out);
	}
	return writer_text(&out);
}
