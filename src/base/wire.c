/* Framed messages over a stream socket or pipe. */
#include "base/wire.h"
#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 4 };

struct error *
wire_send(int fd, struct text message)
{
	if (message.len > WIRE_MOST)
		return reject(NULL, "メッセージが大きすぎます（%dバイトまで）。", WIRE_MOST);
	/* Head and body in one write: one wake-up of the other side, not two. */
	ARENA_SCOPED arena = arena_open((size_t)WIRE_MOST * 2);
	unsigned char *frame = arena_get(arena, 1, HEAD + message.len);
	for (int i = 0; i < HEAD; i++)
		frame[i] = (unsigned char)(message.len >> (24 - 8 * i)); /* one byte each */
	if (message.len > 0)
		memcpy(frame + HEAD, message.data, message.len);
	return fd_write_all(fd, (struct text){(const char *)frame, HEAD + message.len});
}

/* `len` bytes, or fewer when the other side closes before: *got tells. */
static struct error *
receive(int fd, unsigned char *into, size_t len, size_t *got)
{
	size_t at = 0;
	while (at < len) {
		const ssize_t some = read(fd, into + at, len - at);
		if (some < 0 && errno == EINTR)
			continue;
		if (some < 0)
			return broken("相手のプログラムから受け取れませんでした（%s）。",
				      strerrordesc_np(errno));
		if (some == 0)
			break;
		at += (size_t)some; /* positive */
	}
	*got = at;
	return OK;
}

struct error *
wire_receive(struct arena *into, int fd, struct text *message, bool *is_end)
{
	unsigned char head[HEAD];
	size_t got;
	TRY(receive(fd, head, HEAD, &got));
	if (got == 0) {
		*is_end = true;
		return OK;
	}
	size_t len = 0;
	for (int i = 0; i < HEAD; i++)
		len = len << 8 | head[i];
	if (got == HEAD && len > WIRE_MOST)
		return broken("相手のプログラムのメッセージが大きすぎます（%zuバイト）。", len);

	unsigned char *body = arena_get(into, 1, got == HEAD ? len + 1 : 1);
	if (got == HEAD)
		TRY(receive(fd, body, len, &got));
	else
		got = SIZE_MAX;
	if (got != len)
		return broken("相手のプログラムがメッセージの途中で終わりました。");
	*message = (struct text){(const char *)body, len};
	*is_end = false;
	return OK;
}
