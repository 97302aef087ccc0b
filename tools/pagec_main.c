#include "pagec.h"

#include "base/file.h"

int
main(int argc, char *argv[])
{
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	struct writer told = writer_open(arena, (size_t)16 << 20);
	const int status = pagec_run(arena, argc, (const char *const *)argv, &told);
	const struct error *const error = fd_write_all(status == 0 ? 1 : 2, writer_text(&told));

	return error ? 1 : status;
}
