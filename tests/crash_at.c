/*
 * Loaded before a program's libraries: it is killed before the n-th call that changes what is on disk
 * (n in the environment, CRASH_AT; 0: never), as a machine that loses power there.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static void
step(void)
{
	static long calls;
	static long at = -1;
	if (at < 0) {
		const char *words = getenv("CRASH_AT");
		at = words != NULL ? strtol(words, NULL, 10) : 0;
	}
	if (++calls == at)
		kill(getpid(), SIGKILL);
}

#define BEFORE(type, name, parameters, ...)                                                    \
	__attribute__((visibility("default"))) type name parameters                            \
	{                                                                                      \
		type(*real) parameters;                                                        \
		*(void **)&real = dlsym(RTLD_NEXT, #name);                                     \
		step();                                                                        \
		return real(__VA_ARGS__);                                                      \
	}

BEFORE(int, rename, (const char *from, const char *to), from, to)
BEFORE(int, unlink, (const char *path), path)
BEFORE(int, mkdir, (const char *path, mode_t mode), path, mode)
BEFORE(int, fsync, (int fd), fd)
BEFORE(ssize_t, pwrite, (int fd, const void *data, size_t len, off_t at), fd, data, len, at)
