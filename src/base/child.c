/* Companion programs: posix_spawn, a socket pair, and a deadline. */
#include "base/child.h"
#include "base/file.h"
#include "base/log.h"
#include "base/writer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* stdin and stdout are `fd`, stderr is ours, nothing else is open, no signal is masked. */
static int
spawn(const char *const argv[], int fd, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	sigset_t usual;
	sigemptyset(&none);
	sigfillset(&usual);
	if (posix_spawn_file_actions_init(&files) != 0)
		return ENOMEM;
	if (posix_spawnattr_init(&how) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return ENOMEM;
	}
	int rc = posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &usual);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (rc == 0) {
		/* execve() does not write through argv; its type is older than const. */
		char *const *plain;
		memcpy(&plain, &argv, sizeof plain);
		rc = posix_spawn(pid, argv[0], &files, &how, plain, environ);
	}
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

struct error *
child_start(const char *const argv[], struct child *child)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return broken("プログラム「%s」とつなげませんでした（%s）。", argv[0],
			      strerrordesc_np(errno));
	FD_SCOPED ours = pair[0];
	FD_SCOPED theirs = pair[1];
	pid_t pid;
	const int rc = spawn(argv, theirs, &pid);
	if (rc != 0)
		return broken("プログラム「%s」を始められませんでした（%s）。", argv[0],
			      strerrordesc_np(rc));
	*child = (struct child){.pid = pid, .fd = ours};
	ours = -1; /* now the child's holder closes it */
	return OK;
}

/* 0 for exit status 0, otherwise the status, or 128 and the signal as a shell counts. */
static int
wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
child_end(struct child *child)
{
	fd_close_at_end(&child->fd);
	return child->pid == CHILD_IS_SERVICE ? 0 : wait_for(child->pid);
}

static int64_t
clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long poll may still wait, 0 when the deadline has passed. */
static int
ms_until(int64_t deadline)
{
	const int64_t left = deadline - clock_ms();
	return left <= 0 ? 0 : left > 60000 ? 60000 : (int)left; /* at most a minute */
}

struct exchange {
	int fd;
	struct text in; /* what is still to be given */
	struct writer out;
	bool is_given;
	bool is_answered;
};

static void
give_some(struct exchange *exchange)
{
	const ssize_t put = send(exchange->fd, exchange->in.data, exchange->in.len,
				 MSG_NOSIGNAL | MSG_DONTWAIT);
	if (put < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (put < 0)
		exchange->in =
			T(""); /* it wants no more; its status tells whether it is well */
	else
		exchange->in = text_from(exchange->in, (size_t)put); /* not negative */
}

static void
take_some(struct exchange *exchange)
{
	char bytes[8192];
	const ssize_t got = recv(exchange->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0)
		exchange->is_answered = true;
	else
		write_text(&exchange->out, (struct text){bytes, (size_t)got}); /* positive */
}

/* False when time ran out. */
static bool
talk(struct exchange *exchange, int64_t deadline)
{
	while (!exchange->is_answered && !writer_is_full(&exchange->out)) {
		if (exchange->in.len == 0 && !exchange->is_given) {
			(void)shutdown(exchange->fd, SHUT_WR);
			exchange->is_given = true;
		}
		struct pollfd ready = {.fd = exchange->fd, .events = POLLIN};
		if (!exchange->is_given)
			ready.events |= POLLOUT;
		const int count = poll(&ready, 1, ms_until(deadline));
		if (clock_ms() >= deadline)
			return false;
		if (count <= 0)
			continue;
		if ((ready.revents & POLLOUT) != 0)
			give_some(exchange);
		if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
			take_some(exchange);
	}
	return true;
}

/* A program that has answered must also end in time. */
static bool
ends_before(pid_t pid, int64_t deadline)
{
	FD_SCOPED watch = pidfd_open(pid, 0);
	if (watch < 0)
		return true; /* cannot watch: wait_for() waits */
	struct pollfd ended = {.fd = watch, .events = POLLIN};
	while (poll(&ended, 1, ms_until(deadline)) <= 0)
		if (clock_ms() >= deadline)
			return false;
	return true;
}

static struct error *
too_large(const char *name, size_t limit)
{
	return broken("プログラム「%s」の結果が大きすぎます（%zuバイトまで）。", name, limit);
}

static struct error *
too_late(const char *name, unsigned seconds)
{
	return broken("プログラム「%s」が%u秒以内に終わりませんでした。", name, seconds);
}

struct error *
child_exchange(struct arena *into, const char *name, int fd, struct text in, size_t limit,
	       unsigned seconds, struct text *out)
{
	const int64_t deadline = clock_ms() + (int64_t)seconds * 1000;
	struct exchange exchange = {.fd = fd, .in = in, .out = writer_open(into, limit)};
	if (!talk(&exchange, deadline))
		return too_late(name, seconds);
	if (writer_is_full(&exchange.out))
		return too_large(name, limit);
	*out = writer_text(&exchange.out);
	return OK;
}

struct error *
child_filter(struct arena *into, const char *const argv[], struct text in, size_t limit,
	     unsigned seconds, struct text *out)
{
	struct child child;
	TRY(child_start(argv, &child));
	const int64_t deadline = clock_ms() + (int64_t)seconds * 1000;
	struct exchange exchange = {.fd = child.fd, .in = in, .out = writer_open(into, limit)};
	bool is_in_time = talk(&exchange, deadline);
	const bool is_full = writer_is_full(&exchange.out);
	if (is_in_time && !is_full) /* a full one would wait for us for ever */
		is_in_time = ends_before(child.pid, deadline);
	if (!is_in_time || is_full)
		(void)kill(child.pid, SIGKILL);
	const int status = child_end(&child);

	if (is_full)
		return too_large(argv[0], limit);
	if (!is_in_time)
		return too_late(argv[0], seconds);
	if (status != 0)
		return broken("プログラム「%s」が失敗しました（終了コード%d）。", argv[0],
			      status);
	*out = writer_text(&exchange.out);
	return OK;
}
