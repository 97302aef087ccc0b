/* Companions: by socket when they are services, else by starting them. */
#include "base/companion.h"
#include "base/dial.h"
#include "base/file.h"
#include "base/number.h"
#include "base/secret.h"
#include "base/wire.h"
#include "base/writer.h"

#include <string.h>
#include <unistd.h>

enum { HEAD_MOST = 32 };

struct error *
companion_start(const char *service, const char *const argv[], struct child *child)
{
	if (!dial_has(service))
		return child_start(argv, child);
	struct child made = { .pid = CHILD_IS_SERVICE };
	struct error *error = dial(service, &made.fd);
	/* Services that were stopped leave their sockets; root can do without them. */
	if (error != OK && geteuid() == 0)
		return child_start(argv, child);
	TRY(error);
	*child = made;
	return OK;
}

/* "print.sock" for /usr/libexec/bansho/bansho-print. */
static const char *
service_of(struct arena *arena, const char *program)
{
	const char *slash = strrchr(program, '/');
	const struct text name = text_of(slash != NULL ? slash + 1 : program);
	if (!text_starts(name, T("bansho-")))
		return NULL;
	return text_format(arena, "%.*s.sock", T_ARG(text_from(name, T("bansho-").len))).data;
}

static struct text
request(struct arena *arena, const char *const argv[], struct text in)
{
	struct writer out = writer_open(arena, in.len + WIRE_MOST + 8);
	size_t len = 0;
	for (size_t at = 1; argv[at] != NULL; at++)
		len += strlen(argv[at]) + 1;
	for (int at = 0; at < 4; at++)
		write_byte(&out, (char)(len >> (24 - 8 * at) & 0xFF)); /* one byte each */
	for (size_t at = 1; argv[at] != NULL; at++)
		write_text(&out, (struct text){ argv[at], strlen(argv[at]) + 1 });
	write_text(&out, in);
	return writer_text(&out);
}

/* An answer that was cut off does not have the length it announced. */
static struct error *
take(const char *program, struct text answer, int *status, struct text *out)
{
	struct text head, bytes, number, length;
	int64_t ended, len;
	if (!text_cut(answer, '\n', &head, &bytes) || !text_cut(head, ' ', &number, &length) ||
	    !number_read(number, 0, 255, &ended) || !number_read(length, 0, INT64_MAX, &len) ||
	    bytes.len != (size_t)len) /* not negative */
		return broken("プログラム「%s」が途中で終わりました。", program);
	*status = (int)ended; /* at most 255 */
	*out = bytes;
	return OK;
}

struct error *
companion_ask(struct arena *into, const char *service, const char *const words[], struct text in,
	      size_t limit, unsigned seconds, int *status, struct text *out)
{
	struct text answer;
	FD_SCOPED fd = -1;
	TRY(dial(service, &fd));
	const struct text asked = request(into, words, in);
	char *bytes;
	memcpy(&bytes, &asked.data, sizeof bytes); /* made here, so ours to wipe */
	struct error *error = child_exchange(into, service, fd, asked, limit + HEAD_MOST, seconds,
					     &answer);
	wipe(bytes, asked.len); /* it may hold a password */
	TRY(error);
	return take(service, answer, status, out);
}

struct error *
companion_filter(struct arena *into, const char *const argv[], struct text in, size_t limit,
		 unsigned seconds, struct text *out)
{
	const char *service = service_of(into, argv[0]);
	struct text answer;
	if (service == NULL || !dial_has(service))
		return child_filter(into, argv, in, limit, seconds, out);
	FD_SCOPED fd = -1;
	TRY(dial(service, &fd));
	int status = 0;
	TRY(child_exchange(into, argv[0], fd, request(into, argv, in), limit + HEAD_MOST, seconds,
			   &answer));
	TRY(take(argv[0], answer, &status, out));
	if (status != 0)
		return broken("プログラム「%s」が失敗しました（終了コード%d）。", argv[0], status);
	return OK;
}

struct error *
companion_words(struct arena *into, char **words, int *count)
{
	struct text message;
	bool is_end = false;
	TRY(wire_receive(into, STDIN_FILENO, &message, &is_end));
	if (is_end)
		return reject(NULL, "依頼が空です。");
	for (size_t at = 0; at < message.len;) {
		const struct text rest = text_from(message, at);
		const char *end = memchr(rest.data, '\0', rest.len);
		if (end == NULL || *count >= COMPANION_MOST_WORDS)
			return reject(NULL, "依頼の引数が正しくありません。");
		const size_t len = (size_t)(end - rest.data); /* end lies behind */
		char *word = arena_get(into, 1, len + 1);
		memcpy(word, rest.data, len + 1);
		words[(*count)++] = word;
		at += len + 1;
	}
	words[*count] = NULL;
	return OK;
}

struct error *
companion_answer(int status, struct text first, struct text rest)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	TRY(fd_write_all(STDOUT_FILENO,
			 text_format(arena, "%d %zu\n", status, first.len + rest.len)));
	TRY(fd_write_all(STDOUT_FILENO, first));
	return fd_write_all(STDOUT_FILENO, rest);
}
