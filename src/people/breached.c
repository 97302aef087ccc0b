/* A list of breached passwords that the operator supplies: searched where it lies. */
#include "people/rooms.h"
#include "people/quality.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MOST = 128 };

static struct error *
not_a_list(void)
{
	return broken("漏えいしたパスワードの一覧(breached-passwords.txt)が読めません。「SHA-"
		      "1の16進40桁:回数」の行が、値の順に並んだファイルに置き換えてください。");
}

/* The line that begins at or after `at`: its 40 digits, and where it begins and the next one
 * does. */
struct line {
	char digits[SHA1_HEX];
	off_t begin, next;
};

static struct error *
read_line(int fd, off_t at, off_t size, bool *found, struct line *line)
{
	char bytes[LINE_MOST * 2];
	/* One byte back, so that a line beginning right at `at` is seen to begin there. */
	const off_t from = at > 0 ? at - 1 : 0;
	const ssize_t got = pread(fd, bytes, sizeof bytes, from);
	if (got < 0)
		return not_a_list();
	const size_t len = (size_t)got; /* not negative */
	const char *begin = bytes;
	if (at > 0) {
		begin = memchr(bytes, '\n', len);
		if (begin == NULL && from + got < size)
			return not_a_list();
		begin = begin == NULL ? bytes + len : begin + 1;
	}
	const size_t skipped = (size_t)(begin - bytes); /* within the buffer */
	if (skipped >= len) {
		*found = false;
		return OK;
	}
	const char *end = memchr(begin, '\n', len - skipped);
	const size_t line_len = end != NULL ? (size_t)(end - begin) : len - skipped;
	if (line_len < SHA1_HEX || (end == NULL && from + got < size))
		return not_a_list();
	for (size_t digit = 0; digit < SHA1_HEX; digit++) {
		const char byte = begin[digit];
		const char upper =
			(char)(byte >= 'a' && byte <= 'f' ? byte & ~0x20 : byte); /* ASCII */
		if (strchr("0123456789ABCDEF", upper) == NULL || upper == '\0')
			return not_a_list();
		line->digits[digit] = upper;
	}
	line->begin = from + (off_t)skipped;
	line->next = line->begin + (off_t)line_len + 1;
	*found = true;
	return OK;
}

static struct error *
search(int fd, off_t size, const char *wanted, bool *is_there)
{
	off_t low = 0, high = size; /* the line, if any, begins in [low, high) */
	*is_there = false;
	while (low < high) {
		struct line line = {0};
		bool found = false;
		const off_t middle = low + (high - low) / 2;
		TRY(read_line(fd, middle, size, &found, &line));
		if (!found || line.begin >= high) {
			high = middle;
			continue;
		}
		const int order = memcmp(line.digits, wanted, SHA1_HEX);
		if (order == 0) {
			*is_there = true;
			return OK;
		}
		if (order < 0)
			low = line.next;
		else
			high = middle;
	}
	return OK;
}

struct error *
password_is_breached(const char *path, struct text password, bool *is_breached)
{
	char wanted[SHA1_HEX];
	struct stat status;
	FD_SCOPED fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	*is_breached = false;
	if (fd < 0)
		return path == NULL || errno == ENOENT ? OK : not_a_list();
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return not_a_list();
	sha1_hex(password, wanted);
	struct error *error = search(fd, status.st_size, wanted, is_breached);
	wipe(wanted, sizeof wanted);
	return error;
}
