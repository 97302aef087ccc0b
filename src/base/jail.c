/*
 * The jail, from the outside in: privileges, limits, Landlock for files and network, seccomp
 * for everything else. Which calls are let through stands in jail_calls.c.
 */
#include "base/jail.h"
#include "base/file.h"
#include "base/jail_calls.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#include <stdatomic.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights of Landlock versions newer than this system's header. */
enum {
	FS_TRUNCATE = 1 << 14,                  /* version 3 */
	FS_IOCTL_DEV = 1 << 15,                 /* version 5 */
	NET_BIND_TCP = 1 << 0,                  /* version 4 */
	NET_CONNECT_TCP = 1 << 1,               /* version 4 */
	SCOPE_ABSTRACT_SOCKET = 1 << 0,         /* version 6 */
	SCOPE_SIGNAL = 1 << 1,                  /* version 6 */
	FS_FIRST = (1 << 13) - 1,               /* all of version 1 */
};

struct ruleset {
	uint64_t files;
	uint64_t network;
	uint64_t scope;
};

static const uint64_t on_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
				 LANDLOCK_ACCESS_FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV;
static const uint64_t to_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
/* Everything but making devices. */
static const uint64_t to_write = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
				 LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
				 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
				 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM |
				 LANDLOCK_ACCESS_FS_REFER | FS_TRUNCATE;

static struct error *
cannot(const char *what)
{
	return broken("プログラムを閉じ込められませんでした（%s: %s）。", what,
		      strerrordesc_np(errno));
}

/* Landlock holds the calling thread and those it starts later: a thread from before escapes. */
static struct error *
must_be_one_thread(void)
{
	struct stat tasks;
	if (stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 3)
		return broken("閉じ込める前にスレッドが動いています。");
	return OK;
}

static struct error *
limit(__rlimit_resource_t what, rlim_t most, const char *name)
{
	struct rlimit now;
	if (getrlimit(what, &now) != 0)
		return cannot(name);
	if (now.rlim_max <= most && now.rlim_cur <= most)
		return OK; /* narrower already, perhaps by a jail around this one */
	if (now.rlim_max < most)
		most = now.rlim_max;
	if (setrlimit(what, &(struct rlimit){most, most}) != 0)
		return cannot(name);
	return OK;
}

static struct error *
enter_limits(const struct jail *jail)
{
	TRY(limit(RLIMIT_CORE, 0, "RLIMIT_CORE")); /* a core file would hold secrets */
	if (jail->most_memory > 0)
		TRY(limit(RLIMIT_AS, jail->most_memory, "RLIMIT_AS"));
	if (jail->most_seconds > 0)
		TRY(limit(RLIMIT_CPU, jail->most_seconds, "RLIMIT_CPU"));
	if (jail->most_files > 0)
		TRY(limit(RLIMIT_NOFILE, jail->most_files, "RLIMIT_NOFILE"));
	if (jail->most_processes > 0)
		TRY(limit(RLIMIT_NPROC, jail->most_processes, "RLIMIT_NPROC"));
	return OK;
}

/* What this kernel's Landlock can hold of what the jail wants. */
static struct ruleset
ruleset_for(const struct jail *jail, long version)
{
	struct ruleset ruleset = {.files = FS_FIRST};
	if (version >= 2)
		ruleset.files |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		ruleset.files |= FS_TRUNCATE;
	if (version >= 5)
		ruleset.files |= FS_IOCTL_DEV;
	if (version >= 4)
		ruleset.network = NET_BIND_TCP | (jail->may_network ? 0 : NET_CONNECT_TCP);
	if (version >= 6 && !jail->may_network)
		ruleset.scope |= SCOPE_ABSTRACT_SOCKET;
	if (version >= 6) /* what is started inside can be signalled still */
		ruleset.scope |= SCOPE_SIGNAL;
	return ruleset;
}

static size_t
ruleset_size(long version)
{
	if (version >= 6)
		return sizeof(struct ruleset);
	return version >= 4 ? offsetof(struct ruleset, scope)
			    : offsetof(struct ruleset, network);
}

static struct error *
allow_path(int ruleset_fd, const struct ruleset *ruleset, const struct jail_path *path)
{
	FD_SCOPED fd = open(path->path, O_PATH | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return OK; /* closed, like everything that is not named */
	struct stat about;
	if (fd < 0 || fstat(fd, &about) != 0)
		return cannot(path->path);

	uint64_t rights = to_read;
	if (path->may_write)
		rights |= to_write;
	if (path->may_run)
		rights |= LANDLOCK_ACCESS_FS_EXECUTE;
	rights &= ruleset->files;
	if (!S_ISDIR(about.st_mode))
		rights &= on_files;
	const struct landlock_path_beneath_attr rule = {.allowed_access = rights,
							.parent_fd = fd};
	if (syscall(SYS_landlock_add_rule, ruleset_fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) !=
	    0)
		return cannot(path->path);
	return OK;
}

/* A short name for each thing an older kernel cannot hold; empty when nothing is missing. */
static struct text
missing_from(long version)
{
	if (version < 1)
		return T("Landlock");
	if (version < 2)
		return T("Landlock 2 (refer)");
	if (version < 3)
		return T("Landlock 3 (truncate)");
	if (version < 4)
		return T("Landlock 4 (network)");
	if (version < 5)
		return T("Landlock 5 (ioctl)");
	if (version < 6)
		return T("Landlock 6 (scope)");
	return T("");
}

static struct error *
enter_landlock(const struct jail *jail, struct text *what_is_missing)
{
	const long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	*what_is_missing = missing_from(version);
	if (version < 1)
		return OK;

	const struct ruleset ruleset = ruleset_for(jail, version);
	/* A descriptor, so an int. */
	FD_SCOPED fd =
		(int)syscall(SYS_landlock_create_ruleset, &ruleset, ruleset_size(version), 0);
	if (fd < 0)
		return cannot("landlock_create_ruleset");
	for (const struct jail_path *path = jail->paths; path != NULL && path->path != NULL;
	     path++)
		TRY(allow_path(fd, &ruleset, path));
	if (syscall(SYS_landlock_restrict_self, fd, 0) != 0)
		return cannot("landlock_restrict_self");
	return OK;
}

#if defined(__SANITIZE_ADDRESS__)
static atomic_bool is_jailed;

/* The leak check at the end wants ptrace, which every jail refuses. */
__attribute__((visibility("default"))) int
__lsan_is_turned_off(void)
{
	return atomic_load(&is_jailed);
}
#endif

struct error *
jail_enter(const struct jail *jail, struct text *what_is_missing)
{
	struct text missing_here = T("");
	TRY(must_be_one_thread());
#if defined(__SANITIZE_ADDRESS__)
	atomic_store(&is_jailed, true);
#endif
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return cannot("no_new_privs");
	/* Not attachable by others of the same user. Inside a jail it is so already. */
	if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return cannot("dumpable");
	TRY(enter_limits(jail));
	TRY(enter_landlock(jail, &missing_here));
	TRY(jail_filter_calls(jail));
	*what_is_missing = missing_here;
	return OK;
}
