/* The asking side of the permits' socket: what a gate or a firewall does, in its simplest form. */
#include "cli/permit.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 10 };

static struct error *
connect_to(const char *path, int *fd)
{
	const struct timeval patience = { .tv_sec = PATIENCE_SECONDS };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const size_t len = strlen(path);
	if (len == 0 || len >= sizeof address.sun_path)
		return reject("--socket", "ソケットの場所が長すぎます: %s", path);
	memcpy(address.sun_path, path, len);
	FD_SCOPED made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (made < 0 || setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
	    setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0 ||
	    connect(made, (const struct sockaddr *)&address, sizeof address) != 0)
		return busy("照会ソケット「%s」につながりません（%s）。banshod が動いているか、このソケットのグループに入っているかを確かめてください。",
			    path, strerrordesc_np(errno));
	*fd = made;
	made = -1; /* now the caller's */
	return OK;
}

static struct error *
send_all(int fd, struct text line)
{
	for (size_t at = 0; at < line.len;) {
		const ssize_t put = send(fd, line.data + at, line.len - at, MSG_NOSIGNAL);
		if (put <= 0)
			return busy("照会を送れません（%s）。", strerrordesc_np(errno));
		at += (size_t)put; /* positive */
	}
	return OK;
}

struct error *
permit_ask(struct arena *into, const char *path, struct text question, struct text *answer)
{
	char *bytes = arena_bytes(into, CONSULT_MOST_REPLY + 1);
	struct text rest;
	size_t len = 0;
	FD_SCOPED fd = -1;
	TRY(connect_to(path, &fd));
	TRY(send_all(fd, question));
	while (len <= CONSULT_MOST_REPLY) {
		const ssize_t got = recv(fd, bytes + len, CONSULT_MOST_REPLY + 1 - len, 0);
		if (got <= 0)
			break;
		len += (size_t)got; /* positive */
		if (text_cut((struct text){ bytes, len }, '\n', answer, &rest))
			return OK;
	}
	return busy("照会に答えがありません。banshod の記録を見てください。");
}
