/* Reads a staff file as a table, which every import must: seconds. usage: import_bench FILE.csv */
#include "clock.h"

#include "base/file.h"
#include "base/table.h"

int
main(int count, char **words)
{
	struct arena *arena = arena_open((size_t)512 << 20);
	struct table table;
	struct text bytes;
	if (count != 2)
		return 2;
	const double begin = now();
	must(file_read(arena, words[1], 64 << 20, &bytes));
	must(table_read(arena, bytes, 20000, &table));
	printf("%.4f\n", now() - begin);
	return 0;
}
