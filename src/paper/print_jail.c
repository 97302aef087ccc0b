#include "paper/print.h"

#include "base/jail.h"

/* A sanitizer reserves terabytes of address space for its shadow. */
#if defined(__SANITIZE_ADDRESS__)
#define MOST_MEMORY 0
#else
#define MOST_MEMORY ((size_t)1 << 30)
#endif

struct error *
print_jail_enter(struct text *what_is_missing)
{
	static const struct jail_path paths[] = {
		{ .path = "/usr/share/fonts" },
		{ .path = "/usr/local/share/fonts" },
		{ .path = NULL },
	};
	const struct jail jail = {
		.paths = paths, .most_memory = MOST_MEMORY, .most_seconds = 120
	};

	return jail_enter(&jail, what_is_missing);
}
