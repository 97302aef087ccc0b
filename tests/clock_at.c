/*
 * Loaded before a program's libraries: its day is another. The file that CLOCK_AT names holds the
 * milliseconds (eight bytes) that are added to the machine's clock; it is mapped before any jail, so that
 * a test can let days pass while the program runs.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *added;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("CLOCK_AT");
	const int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return;
	void *mapped = mmap(NULL, sizeof *added, PROT_READ, MAP_SHARED, fd, 0);
	if (mapped != MAP_FAILED)
		added = mapped;
	close(fd);
}

__attribute__((visibility("default"))) int
clock_gettime(clockid_t which, struct timespec *now)
{
	static int (*real)(clockid_t, struct timespec *);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	const int result = real(which, now);
	if (result == 0 && which == CLOCK_REALTIME && added != NULL) {
		now->tv_sec += (time_t)(*added / 1000);
		now->tv_nsec += (long)(*added % 1000) * 1000000;
		if (now->tv_nsec >= 1000000000) {
			now->tv_nsec -= 1000000000;
			now->tv_sec++;
		}
	}
	return result;
}
