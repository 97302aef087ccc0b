/* Connecting to Unix sockets, here or in a child that can do nothing else. */
#include "base/dial.h"
#include "base/file.h"
#include "base/jails.h"
#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { NAME_MOST = 80, WAIT_SECONDS = 10 };

/* Set once, before threads start. */
static char folder[sizeof((struct sockaddr_un){ 0 }).sun_path];
static int apart = -1; /* to the child that dials */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void
dial_folder(const char *data)
{
	const int len = snprintf(folder, sizeof folder, "%s/run", data);
	if (len < 0 || (size_t)len >= sizeof folder) /* not negative */
		folder[0] = '\0';
}

static bool
is_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-./";
	return strspn(name, letters) == strlen(name) && strstr(name, "..") == NULL &&
	       strlen(name) < NAME_MOST;
}

static bool
address_of(const char *name, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (folder[0] == '\0' || !is_name(name))
		return false;
	const int len = snprintf(address->sun_path, sizeof address->sun_path, "%s/%s", folder, name);
	return len > 0 && (size_t)len < sizeof address->sun_path; /* positive */
}

bool
dial_has(const char *name)
{
	struct sockaddr_un address;
	return address_of(name, &address) && file_exists(address.sun_path);
}

/* 0, or the errno. */
static int
dial_here(const char *name, int *fd)
{
	struct sockaddr_un address;
	const struct timeval wait = { .tv_sec = WAIT_SECONDS };
	if (!address_of(name, &address))
		return EINVAL;
	FD_SCOPED made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (made < 0 || setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) != 0 ||
	    connect(made, (const struct sockaddr *)&address, sizeof address) != 0)
		return errno;
	*fd = made;
	made = -1; /* now the caller's */
	return 0;
}

/* A message of one number, perhaps with a descriptor beside it. */
struct parcel {
	int number;
	struct iovec part;
	_Alignas(struct cmsghdr) char beside[CMSG_SPACE(sizeof(int))];
	struct msghdr message;
};

static void
parcel_begin(struct parcel *parcel, bool has_room)
{
	memset(parcel, 0, sizeof *parcel);
	parcel->part = (struct iovec){ &parcel->number, sizeof parcel->number };
	parcel->message = (struct msghdr){ .msg_iov = &parcel->part, .msg_iovlen = 1 };
	if (has_room) {
		parcel->message.msg_control = parcel->beside;
		parcel->message.msg_controllen = sizeof parcel->beside;
	}
}

static bool
send_answer(int to, int trouble, int fd)
{
	struct parcel parcel;
	parcel_begin(&parcel, trouble == 0);
	parcel.number = trouble;
	if (trouble == 0) {
		struct cmsghdr *head = CMSG_FIRSTHDR(&parcel.message);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(head), &fd, sizeof fd);
	}
	return sendmsg(to, &parcel.message, MSG_NOSIGNAL) >= 0;
}

static void
serve_dialing(int from)
{
	char name[NAME_MOST];
	for (;;) {
		const ssize_t got = recv(from, name, sizeof name - 1, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return;
		name[got] = '\0';
		FD_SCOPED fd = -1;
		const int trouble = dial_here(name, &fd);
		if (!send_answer(from, trouble, fd))
			return;
	}
}

/* The child's whole life. */
static void
be_dialer(int from)
{
	(void)prctl(PR_SET_NAME, "bansho-dial");
	/* It ends with its parent, which may still have jobs to finish when it is told to stop. */
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	/* Only the way back to the parent stays open, and the log. */
	if (dup2(from, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
		return;
	struct error *error = jails_enter(JAIL_DIALER, NULL);
	if (error != OK)
		log_error("dialer", error);
	else
		serve_dialing(STDIN_FILENO);
}

struct error *
dial_apart(void)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return broken("つなぐためのプログラムを始められません（%s）。", strerrordesc_np(errno));
	FD_SCOPED ours = pair[0];
	FD_SCOPED theirs = pair[1];
	const pid_t pid = fork();
	if (pid < 0)
		return broken("つなぐためのプログラムを始められません（%s）。", strerrordesc_np(errno));
	if (pid == 0) {
		be_dialer(theirs);
		_exit(0);
	}
	apart = ours;
	ours = -1; /* stays open as long as the process */
	return OK;
}

static int
ask_apart(const char *name, int *fd)
{
	struct parcel parcel;
	parcel_begin(&parcel, true);
	if (send(apart, name, strlen(name), MSG_NOSIGNAL) < 0)
		return errno;
	if (recvmsg(apart, &parcel.message, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof parcel.number)
		return EPIPE;
	const struct cmsghdr *head = CMSG_FIRSTHDR(&parcel.message);
	if (parcel.number != 0)
		return parcel.number;
	if (head == NULL || head->cmsg_type != SCM_RIGHTS ||
	    head->cmsg_len != CMSG_LEN(sizeof *fd))
		return EPROTO;
	memcpy(fd, CMSG_DATA(head), sizeof *fd);
	return 0;
}

struct error *
dial(const char *name, int *fd)
{
	int made = -1, trouble;
	if (apart < 0 || !is_name(name)) {
		trouble = dial_here(name, &made);
	} else {
		pthread_mutex_lock(&lock);
		trouble = ask_apart(name, &made);
		pthread_mutex_unlock(&lock);
	}
	if (trouble != 0)
		return busy("番所のサービス「%s」につながりません（%s）。サービスが動いているか確かめてください。",
			    name, strerrordesc_np(trouble));
	*fd = made;
	return OK;
}
