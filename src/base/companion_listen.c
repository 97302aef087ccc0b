/* A process for each connection, as systemd's Accept=yes does it. */
#include "base/companion.h"
#include "base/file.h"
#include "base/service.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS_MOST = 8 };

/* Room for one more: what has ended is counted off, at the most we wait for one to end. */
static void
make_room(int *running)
{
	while (*running > 0) {
		const pid_t ended = waitpid(-1, NULL, *running < JOBS_MOST ? WNOHANG : 0);
		if (ended > 0)
			(*running)--;
		else if (ended == 0 || errno != EINTR)
			return;
	}
}

static struct error *
take_over(int fd)
{
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || dup2(fd, STDIN_FILENO) < 0 ||
	    dup2(fd, STDOUT_FILENO) < 0 || close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
		return broken("接続を引き継げません（%s）。", strerrordesc_np(errno));
	return OK;
}

struct error *
companion_listen(const char *path)
{
	FD_SCOPED door = -1;
	int running = 0;
	TRY(service_listen(path, 0660, &door));
	for (;;) {
		FD_SCOPED fd = accept4(door, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0 && errno != EINTR && errno != ECONNABORTED)
			return broken("依頼を待てません（%s）。", strerrordesc_np(errno));
		if (fd < 0)
			continue;
		make_room(&running);
		const pid_t pid = fork();
		if (pid == 0) {
			struct error *error = take_over(fd);
			door = fd = -1; /* take_over() has closed them */
			return error;
		}
		running += pid > 0 ? 1 : 0;
	}
}
