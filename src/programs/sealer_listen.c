/* The sealer's door: accepts, checks who calls, passes messages to the sealer one by one. */
#include "programs/sealer_listen.h"

#include "base/file.h"
#include "base/log.h"
#include "base/service.h"
#include "base/wire.h"

#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { CALLERS_MOST = 64, CALLER_SECONDS = 5, ALIVE_SECONDS = 60 };

struct callers {
	struct pollfd at[CALLERS_MOST + 1]; /* at[0] is the door */
	nfds_t count;
};

struct error *
sealer_door_open(const char *path, const char *group, struct sealer_door *door)
{
	const struct group *found = group != NULL ? getgrnam(group) : NULL;
	if (group != NULL && found == NULL)
		return reject("--group", "グループ「%s」がこの機械にありません。", group);
	door->has_group = found != NULL;
	door->group = found != NULL ? found->gr_gid : 0;
	return service_listen(path, 0660, &door->fd);
}

static bool
may_ask(const struct sealer_door *door, int fd)
{
	struct ucred who;
	socklen_t len = sizeof who;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0)
		return false;
	if (who.uid == 0 || who.uid == geteuid() || (door->has_group && who.gid == door->group))
		return true;
	log_warn("署名を求めた利用者%uには許されていません。", who.uid);
	return false;
}

static void
let_in(const struct sealer_door *door, struct callers *callers)
{
	/* One who stops in the middle of a message must not keep the others waiting. */
	const struct timeval patience = { .tv_sec = CALLER_SECONDS };
	FD_SCOPED fd = accept4(door->fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0 || !may_ask(door, fd))
		return;
	if (callers->count > CALLERS_MOST) {
		log_warn("署名を待つ接続が多すぎるため、一つ断りました。");
		return;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	callers->at[callers->count++] = (struct pollfd){ .fd = fd, .events = POLLIN };
	fd = -1; /* now the list's */
}

/* False when the caller has gone, or is to go. */
static bool
serve_caller(const struct sealer_door *door, int fd)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text message;
	bool is_end = false;
	struct error *error = wire_receive(arena, fd, &message, &is_end);
	if (error == OK && !is_end)
		error = wire_send(fd, door->answer(door->with, arena, message));
	if (error != OK)
		log_error("caller", error);
	const bool stays = error == OK && !is_end;
	error_sweep();
	return stays;
}

struct error *
sealer_door_serve(const struct sealer_door *door)
{
	struct callers callers = { .at = { { .fd = door->fd, .events = POLLIN } }, .count = 1 };
	const int every = (int)service_every_seconds(ALIVE_SECONDS) * 1000; /* a minute at most */
	service_ready();
	for (;;) {
		const int ready = poll(callers.at, callers.count, every);
		if (ready < 0 && errno != EINTR)
			return broken("署名の依頼を待てません（%s）。", strerrordesc_np(errno));
		service_alive();
		/* From behind, so that the last may take the place of one who leaves. */
		for (nfds_t at = callers.count; ready > 0 && at-- > 1;) {
			if (callers.at[at].revents == 0 || serve_caller(door, callers.at[at].fd))
				continue;
			(void)close(callers.at[at].fd);
			callers.at[at] = callers.at[--callers.count];
		}
		if (ready > 0 && callers.at[0].revents != 0)
			let_in(door, &callers);
	}
}
