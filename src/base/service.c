/* The few lines of libsystemd that we need; docs/dependencies.md says why they are ours. */
#include "base/service.h"
#include "base/file.h"
#include "base/number.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST_SOCKET = 3, MOST_SOCKETS = 8, WAITING = 128 };

/* Set once, before the jail is entered and threads start. */
static int notify = -1;
static int64_t watchdog_seconds;
static struct named_socket {
	char name[32];
	int fd;
} sockets[MOST_SOCKETS];
static size_t socket_count;

static int64_t
number_of(const char *name)
{
	const char *value = getenv(name);
	int64_t number = 0;
	if (value == NULL || !number_read(text_of(value), 0, INT64_MAX, &number))
		return 0;
	return number;
}

static bool
address_make(const char *path, struct sockaddr_un *address)
{
	const size_t len = strlen(path);
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (len == 0 || len >= sizeof address->sun_path)
		return false;
	memcpy(address->sun_path, path, len);
	return true;
}

/* Connected now: the jail lets nobody connect later. */
static void
find_notify(void)
{
	struct sockaddr_un address;
	const char *path = getenv("NOTIFY_SOCKET");
	if (path == NULL || !address_make(path, &address))
		return;
	socklen_t len = sizeof address;
	if (path[0] == '@') { /* an abstract name is as long as it is */
		address.sun_path[0] = '\0';
		len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path)); /* short */
	}
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, len) == 0)
		notify = fd;
	else if (fd >= 0)
		(void)close(fd);
}

static void
find_sockets(void)
{
	const char *names = getenv("LISTEN_FDNAMES");
	const int64_t count = number_of("LISTEN_PID") == getpid() ? number_of("LISTEN_FDS") : 0;
	struct text rest = text_of(names != NULL ? names : "");
	for (int at = 0; at < count && socket_count < MOST_SOCKETS; at++) {
		struct text name = rest;
		if (!text_cut(rest, ':', &name, &rest))
			rest = T("");
		struct named_socket *made = &sockets[socket_count++];
		name = text_first(name, sizeof made->name - 1);
		memcpy(made->name, name.data, name.len);
		made->fd = FIRST_SOCKET + at;
		(void)fcntl(made->fd, F_SETFD, FD_CLOEXEC);
	}
}

void
service_start(void)
{
	find_notify();
	find_sockets();
	const int64_t pid = number_of("WATCHDOG_PID");
	if (pid == 0 || pid == getpid())
		watchdog_seconds = number_of("WATCHDOG_USEC") / 1000000;
	/* Not for the programs we start. */
	static const char *const names[] = { "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID",
					     "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++)
		(void)unsetenv(names[at]);
}

static void
tell(const char *words)
{
	if (notify >= 0)
		(void)send(notify, words, strlen(words), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void
service_ready(void)
{
	tell("READY=1");
}

void
service_stopping(void)
{
	tell("STOPPING=1");
}

void
service_alive(void)
{
	if (watchdog_seconds > 0)
		tell("WATCHDOG=1");
}

unsigned
service_every_seconds(unsigned usual)
{
	const int64_t half = watchdog_seconds / 2;
	return half > 0 && half < usual ? (unsigned)half : usual; /* below an unsigned */
}

int
service_socket(const char *name)
{
	for (size_t at = 0; at < socket_count; at++)
		if (strcmp(sockets[at].name, name) == 0)
			return sockets[at].fd;
	return -1;
}

struct error *
service_become_owner(const char *folder)
{
	struct stat owner;
	if (geteuid() != 0 || stat(folder, &owner) != 0 || owner.st_uid == 0)
		return OK;
	if (setgroups(0, NULL) != 0 || setresgid(owner.st_gid, owner.st_gid, owner.st_gid) != 0 ||
	    setresuid(owner.st_uid, owner.st_uid, owner.st_uid) != 0)
		return broken("「%s」の持ち主（利用者番号%u）になれません（%s）。", folder, owner.st_uid,
			      strerrordesc_np(errno));
	return OK;
}

static bool
somebody_listens(const struct sockaddr_un *address)
{
	FD_SCOPED fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
}

struct error *
service_listen(const char *path, mode_t mode, int *fd)
{
	struct sockaddr_un address;
	struct stat about;
	if (!address_make(path, &address))
		return reject(NULL, "ソケットの場所が長すぎます: %s", path);
	if (lstat(path, &about) == 0) {
		if (!S_ISSOCK(about.st_mode) || somebody_listens(&address))
			return conflict("「%s」はほかのプログラムが使っています。", path);
		(void)unlink(path);
	}
	FD_SCOPED made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const mode_t before = umask(0777 & ~mode);
	const bool is_bound = made >= 0 && bind(made, (const struct sockaddr *)&address,
						 sizeof address) == 0;
	(void)umask(before);
	if (!is_bound || listen(made, WAITING) != 0)
		return broken("ソケット「%s」で待ち受けられません（%s）。", path,
			      strerrordesc_np(errno));
	*fd = made;
	made = -1; /* now the caller's */
	return OK;
}
