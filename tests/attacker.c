/*
 * An attacker inside each jail of the table (base/jails.h). For every row and every attempt a process
 * of its own drops root, enters exactly that jail and tries. What the row grants must work and
 * nothing else, so a jail that grew is found as surely as one that broke. Everything is tried once
 * more with Landlock hidden, as on an older kernel: whatever does not lean on Landlock must still hold.
 * usage: attacker [SEED]; the seed chooses names, ports, sizes and the order. Prints TAP.
 */
#include "attacker.h"

#include "base/jails.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 61234, WAIT_SECONDS = 60 };

struct world world;

/* What a row of the table grants, as attempts name it. */
static unsigned
grants_of(const struct jail_row *row)
{
	unsigned grants = row->limits.is_single ? 0 : MAY_THREAD;
	bool has_files = row->limits.may_run;
	if (row->limits.may_network)
		grants |= MAY_NETWORK | MAY_DIAL;
	if (row->limits.may_dial)
		grants |= MAY_DIAL;
	if (row->limits.may_run)
		grants |= MAY_RUN;
	if (row->limits.most_seconds == 0)
		grants |= MAY_SPIN;
	for (const struct jail_grant *at = row->grants;
	     at->place != PLACE_FIXED || at->path != NULL; at++) {
		has_files = true;
		if (at->place == PLACE_OWN)
			grants |= at->may_write ? MAY_READ_OWN | MAY_WRITE_OWN : MAY_READ_OWN;
		if (at->place == PLACE_BODY)
			grants |= at->may_write ? MAY_READ_BODY | MAY_WRITE_BODY : MAY_READ_BODY;
		if (at->place == PLACE_CARDS)
			grants |= MAY_READ_CARDS;
		if (at->place != PLACE_FIXED)
			continue;
		if (strcmp(at->path, "/") == 0)
			grants |= MAY_READ_ALL | MAY_READ_OWN | MAY_READ_CARDS | MAY_READ_BODY | MAY_READ_ETC;
		if (strcmp(at->path, "/etc") == 0)
			grants |= MAY_READ_ETC;
		if (strcmp(at->path, "/proc") == 0)
			grants |= MAY_READ_PROC;
	}
	return has_files ? grants | HAS_FILES : grants;
}

static void
die(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(99);
}

/* The kernel of Debian 12 has no network rules, an older one no Landlock at all. */
static void
hide_landlock(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (filter == NULL || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
					       SCMP_SYS(landlock_create_ruleset), 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || seccomp_load(filter) != 0)
		_exit(REPORT_BROKEN);
	seccomp_release(filter);
}

static void
drop_root(void)
{
	if (getuid() == 0 && (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
			      setresuid(NOBODY, NOBODY, NOBODY) != 0))
		_exit(REPORT_BROKEN);
}

static void
attack(enum jail_name name, const struct attempt *attempt, bool has_landlock)
{
	const struct jail_places places = { .body = world.body, .keys = world.body, .own = world.own, .programs = world.programs, .cards = world.cards };
	(void)setpgid(0, 0);
	drop_root();
	world.row = &jail_table[name];
	if (name == JAIL_DIALER) /* as base/dial.c does: its parent's sockets are none of its */
		(void)close_range(STDERR_FILENO + 1, ~0U, 0);
	if (attempt->before != NULL)
		attempt->before();
	if (!has_landlock)
		hide_landlock();
	const int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC); /* it says that Landlock is missing */
	const int loud = dup(STDERR_FILENO);
	if (!has_landlock)
		dup2(quiet, STDERR_FILENO);
	const struct error *error = jails_enter(name, &places);
	dup2(loud, STDERR_FILENO);
	close(quiet);
	close(loud);
	if (error != OK) {
		dprintf(2, "# %.*s\n", T_ARG(error->words));
		_exit(REPORT_BROKEN);
	}
	errno = 0;
	_exit(attempt->try() ? REPORT_DONE : REPORT_REFUSED);
}

/* How it ended: a report, or -1 when the kernel ended it. */
static int
outcome(enum jail_name name, const struct attempt *attempt, bool has_landlock)
{
	fflush(NULL);
	const pid_t pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		alarm(WAIT_SECONDS);
		attack(name, attempt, has_landlock);
	}
	int status;
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	(void)kill(-pid, SIGKILL); /* whatever it left behind: it is ours now (make_world) */
	while (waitpid(-pid, NULL, 0) > 0)
		continue;
	if (WIFEXITED(status)) /* 127: what it ran could not be loaded */
		return WEXITSTATUS(status) == 127 ? REPORT_REFUSED : WEXITSTATUS(status);
	const int signal = WTERMSIG(status);
	return signal == SIGSYS || signal == SIGXCPU || signal == SIGKILL ? REPORT_REFUSED
									  : REPORT_BROKEN;
}

static const char *
word_of(int report)
{
	return report == REPORT_REFUSED ? "refused" : report == REPORT_DONE ? "done" : "broken";
}

static int number, failures;

static void
try_one(enum jail_name name, const struct attempt *attempt, long landlock)
{
	const unsigned grants = grants_of(&jail_table[name]);
	const bool may = (grants & attempt->needs) == attempt->needs && attempt->needs != 0;
	/* Where a program has files at all, only Landlock knows which. */
	const bool leans = attempt->landlock != 0 &&
			   (attempt->is_file ? (grants & HAS_FILES) != 0
					     : (grants & attempt->leans_when) != 0);
	const bool has_what_it_needs = !leans || landlock >= attempt->landlock;
	const char *how = landlock > 0 ? "" : ", without Landlock";
	if (!may && !has_what_it_needs) {
		printf("ok %d - %s: %s%s # SKIP only Landlock %d refuses it\n", ++number,
		       jail_table[name].program, attempt->name, how, attempt->landlock);
		return;
	}
	const int report = outcome(name, attempt, landlock > 0);
	const bool is_right = report == (may ? REPORT_DONE : REPORT_REFUSED);
	failures += !is_right;
	printf("%s %d - %s: %s%s: %s%s\n", is_right ? "ok" : "not ok", ++number,
	       jail_table[name].program, attempt->name, how, word_of(report),
	       is_right ? may ? ", as the table grants" : ""
			: may ? ", but the table grants it" : ", but the table does not grant it");
}

/* What the kernel cannot hold is said, by name, in the log. */
static void
try_saying(void)
{
	char said[512] = "";
	int ends[2];
	if (pipe(ends) != 0)
		die("pipe");
	fflush(NULL);
	const pid_t pid = fork();
	if (pid == 0) {
		hide_landlock();
		dup2(ends[1], STDERR_FILENO);
		_exit(jails_enter(JAIL_SHEET, NULL) == OK ? 0 : 1);
	}
	close(ends[1]);
	int status;
	waitpid(pid, &status, 0);
	const bool is_right = status == 0 && read(ends[0], said, sizeof said - 1) > 0 &&
			      strstr(said, "Landlock") != NULL;
	close(ends[0]);
	failures += !is_right;
	printf("%s %d - a kernel without Landlock is named in the log\n", is_right ? "ok" : "not ok",
	       ++number);
}

/* ---- The world outside the jails ---- */

static void
join(char *into, const char *name)
{
	if (snprintf(into, PLACE_MOST, "%s/%s", world.folder, name) >= PLACE_MOST)
		die("path");
}

static void
put(const char *path, mode_t mode)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0 || write(fd, "secret\n", 7) != 7 || fchmod(fd, mode) != 0)
		die(path);
	close(fd);
}

static void
folder(const char *path)
{
	if (mkdir(path, 0755) != 0 || (getuid() == 0 && chown(path, NOBODY, NOBODY) != 0))
		die(path);
}

static int
listener(int family, const struct sockaddr *at, socklen_t len)
{
	const int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, at, len) != 0 || listen(fd, 1000) != 0)
		die("listen");
	return fd;
}

static void
open_network(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	socklen_t len = sizeof in;
	struct ifreq up = { .ifr_flags = IFF_UP };
	/* A network of our own, where nothing is outside: nobody is really spoken to. */
	if (getuid() == 0 && unshare(CLONE_NEWNET) == 0) {
		const int fd = socket(AF_INET, SOCK_DGRAM, 0);
		strcpy(up.ifr_name, "lo");
		if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &up) != 0)
			die("lo");
		close(fd);
	}
	world.listening = listener(AF_INET, (struct sockaddr *)&in, sizeof in);
	if (getsockname(world.listening, (struct sockaddr *)&world.there, &len) != 0)
		die("getsockname");
	join(un.sun_path, "socket");
	(void)listener(AF_UNIX, (struct sockaddr *)&un, sizeof un);
	if (chmod(un.sun_path, 0777) != 0)
		die("socket");
	world.there_unix = un;
	snprintf(world.abstract, sizeof world.abstract, "%cattacker-%d", 0, getpid());
	un = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(un.sun_path, sizeof un.sun_path, "%cattacker-%d", 0, getpid());
	(void)listener(AF_UNIX, (struct sockaddr *)&un, sizeof un);
	world.there_abstract = un;
	/* A client's connection, as banshod holds them. */
	const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(client, (struct sockaddr *)&world.there, sizeof world.there) != 0)
		die("connect");
	world.accepted = accept4(world.listening, NULL, NULL, SOCK_CLOEXEC);
	if (world.accepted < 0)
		die("accept");
}

/* A process of the same user that holds a secret and can be hit. */
static pid_t
start_victim(void)
{
	const pid_t pid = fork();
	if (pid != 0)
		return pid;
	drop_root();
	prctl(PR_SET_DUMPABLE, 1);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		pause();
}

static void
make_world(unsigned seed)
{
	snprintf(world.folder, sizeof world.folder, "/tmp/attacker-XXXXXX");
	if (mkdtemp(world.folder) == NULL || chmod(world.folder, 0755) != 0)
		die(world.folder);
	join(world.body, "body");
	join(world.own, "own");
	join(world.cards, "cards");
	join(world.programs, "programs");
	join(world.elsewhere, "elsewhere");
	const char *const folders[] = { world.body, world.own, world.programs, world.cards, world.elsewhere };
	for (size_t at = 0; at < sizeof folders / sizeof *folders; at++) {
		folder(folders[at]);
		snprintf(world.name, sizeof world.name, "%s/secret", folders[at]);
		put(world.name, 0644);
		if (getuid() == 0 && chown(world.name, NOBODY, NOBODY) != 0)
			die("chown");
		snprintf(world.name, sizeof world.name, "%s/way-out", folders[at]);
		char to[PLACE_MOST + 16];
		snprintf(to, sizeof to, "%s/secret", world.elsewhere);
		if (symlink(to, world.name) != 0)
			die("symlink");
		snprintf(world.name, sizeof world.name, "cp /bin/false %s/tool", folders[at]);
		if (system(world.name) != 0)
			die("cp");
	}
	snprintf(world.name, sizeof world.name, "new-%u", seed % 100000);
	world.seed = seed;
	world.driver = getpid();
	prctl(PR_SET_DUMPABLE, 1);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	open_network();
	world.victim = start_victim();
}

static void
forget_world(void)
{
	char words[PLACE_MOST + 16];
	kill(world.victim, SIGKILL);
	snprintf(words, sizeof words, "rm -rf %s", world.folder);
	if (system(words) != 0)
		printf("# could not remove %s\n", world.folder);
}

/* The same order for the same seed. */
static size_t
shuffle(size_t *order, size_t count)
{
	unsigned state = world.seed * 2654435761u + 1;
	for (size_t at = 0; at < count; at++)
		order[at] = at;
	for (size_t at = count; at > 1; at--) {
		state = state * 1664525u + 1013904223u;
		const size_t other = (state >> 8) % at;
		const size_t kept = order[at - 1];
		order[at - 1] = order[other];
		order[other] = kept;
	}
	return count;
}

int
main(int count, char **words)
{
	const unsigned seed = count > 1 ? (unsigned)atoi(words[1]) : 1;
	const long landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
	size_t order[ATTEMPTS_MOST];
	setvbuf(stdout, NULL, _IOLBF, 0);
	make_world(seed);
	printf("# seed %u, Landlock %ld, user %s\n", seed, landlock,
	       getuid() == 0 ? "61234" : "this one");
	if (getuid() != 0)
		printf("# as root it would change its user as services do\n");
	const size_t attempts = shuffle(order, attempt_count);
	for (enum jail_name name = 0; name < JAIL_COUNT; name++)
		for (size_t at = 0; at < attempts; at++)
			try_one(name, &attempt_list[order[at]], landlock < 0 ? 0 : landlock);
	for (enum jail_name name = 0; landlock > 0 && name < JAIL_COUNT; name++)
		for (size_t at = 0; at < attempts; at++)
			if (strncmp(attempt_list[order[at]].name, "call ", 5) != 0)
				try_one(name, &attempt_list[order[at]], 0);
	try_saying();
	forget_world();
	printf("1..%d\n", number);
	return failures != 0;
}
