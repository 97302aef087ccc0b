/*
 * One thread, poll, connections that never block. Who sends half a line, takes no answers or asks
 * without end keeps nobody else waiting: a line must be finished and an answer taken within seconds, a
 * turn is a few questions, and when all places are taken the one silent longest makes room.
 */
#include "programs/consult_listen.h"

#include "base/file.h"
#include "base/log.h"
#include "base/service.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { IN_MOST = 2 * CONSULT_MOST_LINE, OUT_MOST = 2 * CONSULT_MOST_REPLY, EVERY_MS = 1000,
       CALLER_MOST = 1 << 20 };

struct caller {
	struct arena *arena; /* it lies in this */
	int fd;
	uid_t user;
	bool is_last;	    /* has said its last, or nothing more is heard: gone once it has taken all */
	size_t in_len;	    /* not answered yet */
	size_t out_len, out_at;
	int64_t active;	    /* when a whole question came, or came in */
	int64_t waiting;    /* since when a line is unfinished or an answer untaken; 0: neither */
	char in[IN_MOST];
	char out[OUT_MOST];
};

struct consult_service {
	struct arena *arena; /* it lies in this */
	struct consult_door door;
	pthread_t thread;
	int ending; /* eventfd */
	size_t count;
	struct caller *callers[CONSULT_CALLERS_MOST];
};

static int64_t
clock_ms(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

struct error *
consult_door_open(const char *path, const char *group, int *fd)
{
	const struct group *found = group != NULL ? getgrnam(group) : NULL;
	if (group != NULL && found == NULL)
		return reject("--permits-group", "グループ「%s」がこの機械にありません。", group);
	TRY(service_listen(path, 0660, fd));
	if (found != NULL && chown(path, (uid_t)-1, found->gr_gid) != 0) /* -1: as it is */
		return refuse("ソケット「%s」をグループ「%s」のものにできません（%s）。そのグループに入れるか、systemd のソケットを使ってください。",
			      path, group, strerrordesc_np(errno));
	return OK;
}

/* ---- Callers come and go ---- */

static void
leave(struct consult_service *service, size_t at)
{
	struct caller *caller = service->callers[at];
	(void)close(caller->fd);
	arena_close(caller->arena);
	service->callers[at] = service->callers[--service->count];
}

static bool
user_of(int fd, uid_t *user)
{
	struct ucred who;
	socklen_t len = sizeof who;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0)
		return false;
	*user = who.uid;
	return true;
}

/* One user's connections make room for that user's own; only a full house asks others to go. */
static void
make_room(struct consult_service *service, uid_t user)
{
	size_t own = 0, longest = service->count;
	for (size_t at = 0; at < service->count; at++)
		own += service->callers[at]->user == user;
	if (own < CONSULT_OF_ONE_USER && service->count < CONSULT_CALLERS_MOST)
		return;
	for (size_t at = 0; at < service->count; at++) {
		const struct caller *caller = service->callers[at];
		if (own >= CONSULT_OF_ONE_USER && caller->user != user)
			continue;
		if (longest == service->count ||
		    caller->active < service->callers[longest]->active)
			longest = at;
	}
	leave(service, longest);
}

static void
let_in(struct consult_service *service)
{
	const int fd = accept4(service->door.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	uid_t user;
	if (fd < 0)
		return;
	if (!user_of(fd, &user)) {
		(void)close(fd);
		return;
	}
	make_room(service, user);
	struct arena *arena = arena_open(CALLER_MOST);
	struct caller *caller = ARENA_NEW(arena, struct caller);
	caller->arena = arena;
	caller->fd = fd;
	caller->user = user;
	caller->active = clock_ms();
	service->callers[service->count++] = caller;
}

/* ---- Questions and answers ---- */

static void
put_out(struct caller *caller, struct text line)
{
	if (line.len > OUT_MOST - caller->out_len) { /* a reply has its limit; two fit */
		caller->is_last = true;
		return;
	}
	memcpy(caller->out + caller->out_len, line.data, line.len);
	caller->out_len += line.len;
}

/* What was answered is forgotten; what came behind it stays. */
static void
take_in(struct caller *caller, size_t len)
{
	memmove(caller->in, caller->in + len, caller->in_len - len);
	caller->in_len -= len;
}

static void
refuse_long(struct caller *caller)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	put_out(caller, consult_write_error(
				arena, T(""),
				reject(NULL, "一行が長すぎます（%dバイトまで）。", CONSULT_MOST_LINE)));
	caller->is_last = true;
	caller->in_len = 0;
	error_sweep();
}

static bool
has_line(const struct caller *caller, struct text *line)
{
	const struct text in = { caller->in, caller->in_len };
	struct text rest;
	return text_cut(in, '\n', line, &rest);
}

/*
 * Everything of one turn is answered from one snapshot, taken after the questions came: so an answer
 * never stands behind an act that was committed before its question was sent.
 */
static void
answer_lines(struct consult_service *service, struct caller *caller)
{
	struct text line;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	LOOK_SCOPED look = { 0 };
	struct error *error = look_begin(service->door.store, arena, &look);
	for (int turn = 0; turn < CONSULT_TURN && has_line(caller, &line); turn++) {
		const size_t len = line.len + 1;
		if (OUT_MOST - caller->out_len < CONSULT_MOST_REPLY)
			break; /* answers must be taken first */
		if (error != OK)
			put_out(caller, consult_write_error(arena, T(""), error));
		else if (line.len > CONSULT_MOST_LINE)
			refuse_long(caller);
		else
			put_out(caller, consult_reply(&look, service->door.flow, line));
		if (caller->is_last)
			break;
		take_in(caller, len);
		caller->active = clock_ms();
		caller->waiting = 0;
	}
	if (error != OK)
		log_error("permits", error);
	error_sweep();
}

/* False: there is nothing more to be had of it. */
static bool
hear(struct caller *caller)
{
	const ssize_t got = recv(caller->fd, caller->in + caller->in_len,
				 IN_MOST - caller->in_len, 0);
	if (got < 0)
		return errno == EAGAIN || errno == EINTR;
	if (got == 0)
		caller->is_last = true;
	caller->in_len += (size_t)got; /* not negative */
	return true;
}

/* False: the other side is gone. */
static bool
tell(struct caller *caller)
{
	while (caller->out_at < caller->out_len) {
		const ssize_t put = send(caller->fd, caller->out + caller->out_at,
					 caller->out_len - caller->out_at, MSG_NOSIGNAL);
		if (put < 0)
			return errno == EAGAIN || errno == EINTR;
		caller->out_at += (size_t)put; /* not negative */
	}
	caller->out_at = caller->out_len = 0;
	return true;
}

static bool
has_more(const struct caller *caller)
{
	struct text line;
	return caller->out_len == 0 && has_line(caller, &line);
}

static void
watch_patience(struct caller *caller)
{
	const bool is_owing = caller->out_len != 0 || (caller->in_len != 0 && !has_more(caller));
	if (!is_owing)
		caller->waiting = 0;
	else if (caller->waiting == 0)
		caller->waiting = clock_ms();
}

/* False when the caller is to go. */
static bool
serve(struct consult_service *service, struct caller *caller, short ready)
{
	struct text line;
	const size_t owed = caller->out_len - caller->out_at;
	if ((ready & (POLLERR | POLLNVAL)) != 0)
		return false;
	if ((ready & (POLLIN | POLLHUP)) != 0 && !caller->is_last && !hear(caller))
		return false;
	if (caller->out_len == 0 && has_line(caller, &line))
		answer_lines(service, caller);
	else if (caller->out_len == 0 && caller->in_len > CONSULT_MOST_LINE)
		refuse_long(caller);
	if (!tell(caller))
		return false;
	if (caller->out_len - caller->out_at < owed || has_more(caller))
		caller->waiting = 0; /* it goes on */
	watch_patience(caller);
	if (caller->waiting != 0 && clock_ms() - caller->waiting > CONSULT_SECONDS * 1000)
		return false;
	return !(caller->is_last && caller->out_len == 0 && !has_more(caller));
}

static short
events_of(const struct caller *caller)
{
	if (caller->out_len != 0)
		return POLLOUT; /* nothing is heard before it has taken what it asked for */
	return caller->is_last ? 0 : POLLIN;
}

static void *
answer_all(void *with)
{
	struct consult_service *service = with;
	struct pollfd at[CONSULT_CALLERS_MOST + 2];
	for (;;) {
		bool is_pending = false;
		at[0] = (struct pollfd){ .fd = service->ending, .events = POLLIN };
		at[1] = (struct pollfd){ .fd = service->door.fd, .events = POLLIN };
		for (size_t no = 0; no < service->count; no++) {
			at[no + 2] = (struct pollfd){ .fd = service->callers[no]->fd,
						      .events = events_of(service->callers[no]) };
			is_pending |= has_more(service->callers[no]);
		}
		const size_t count = service->count;
		const int ready = poll(at, count + 2, is_pending ? 0 : EVERY_MS);
		if (at[0].revents != 0 || (ready < 0 && errno != EINTR))
			return NULL;
		/* From behind, so that the last may take the place of one who leaves. */
		for (size_t no = count; no-- > 0;)
			if (!serve(service, service->callers[no], ready > 0 ? at[no + 2].revents : 0))
				leave(service, no);
		if (ready > 0 && at[1].revents != 0)
			let_in(service);
	}
}

struct error *
consult_start(const struct consult_door *door, struct consult_service **service)
{
	struct arena *arena = arena_open(CALLER_MOST);
	struct consult_service *made = ARENA_NEW(arena, struct consult_service);
	made->arena = arena;
	made->door = *door;
	made->ending = eventfd(0, EFD_CLOEXEC);
	const int flags = fcntl(door->fd, F_GETFL);
	if (made->ending < 0 || flags < 0 || fcntl(door->fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    pthread_create(&made->thread, NULL, answer_all, made) != 0) {
		arena_close(arena);
		return broken("許可証の照会を始められません（%s）。", strerrordesc_np(errno));
	}
	*service = made;
	return OK;
}

void
consult_stop(struct consult_service *service)
{
	const uint64_t one = 1;
	if (service == NULL || write(service->ending, &one, sizeof one) != sizeof one)
		return;
	pthread_join(service->thread, NULL);
	while (service->count > 0)
		leave(service, service->count - 1);
	(void)close(service->ending);
	arena_close(service->arena);
}
