/* Secrets, in libsodium's guarded and locked memory. */
#include "base/secret.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* OWASP password storage: argon2id with t=2, m=19 MiB, p=1. */
enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 * 1024 * 1024 };

static void
stop(const char *why)
{
	fprintf(stderr, "bansho: %s\n", why);
	abort();
}

void
secret_start(void)
{
	if (sodium_init() < 0)
		stop("libsodium cannot start");
}

struct secret
secret_open(size_t len)
{
	unsigned char *data = sodium_malloc(len);
	if (data == NULL)
		stop("no memory for a secret");
	memset(data, 0, len);
	return (struct secret){data, len};
}

struct secret
secret_random(size_t len)
{
	const struct secret secret = secret_open(len);
	randombytes_buf(secret.data, len);
	return secret;
}

struct secret
secret_from(struct text bytes)
{
	const struct secret secret = secret_open(bytes.len);
	if (bytes.len > 0)
		memcpy(secret.data, bytes.data, bytes.len);
	return secret;
}

void
secret_close(struct secret *secret)
{
	sodium_free(secret->data); /* wipes it first */
	*secret = (struct secret){NULL, 0};
}

bool
secret_same(struct secret a, struct secret b)
{
	return a.len == b.len && (a.len == 0 || sodium_memcmp(a.data, b.data, a.len) == 0);
}

bool
bytes_same_constant_time(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || sodium_memcmp(a.data, b.data, a.len) == 0);
}

void
random_bytes(void *into, size_t len)
{
	randombytes_buf(into, len);
}

void
wipe(void *data, size_t len)
{
	if (len > 0)
		sodium_memzero(data, len);
}

static struct error *
not_readable(const char *path)
{
	return broken("鍵のファイル「%s」を読めませんでした（%s）。", path,
		      strerrordesc_np(errno));
}

struct error *
secret_read_file(const char *path, size_t limit, struct secret *secret)
{
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return missing("鍵のファイル「%s」がありません。", path);
	if (fd < 0)
		return not_readable(path);

	/* One byte more than allowed tells a file that is too long. */
	SECRET_SCOPED room = secret_open(limit + 1);
	size_t len = 0;
	while (len < room.len) {
		const ssize_t got = read(fd, room.data + len, room.len - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return not_readable(path);
		if (got == 0)
			break;
		len += (size_t)got; /* positive */
	}
	if (len > limit)
		return reject(NULL, "鍵のファイル「%s」が長すぎます（%zuバイトまで）。", path,
			      limit);
	*secret = secret_from((struct text){(const char *)room.data, len});
	return OK;
}

struct error *
secret_write_file(const char *path, struct secret secret)
{
	FD_SCOPED fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == EEXIST)
		return conflict("鍵のファイル「%s」がすでにあります。上書きはしません。", path);
	if (fd < 0)
		return broken("鍵のファイル「%s」を作れませんでした（%s）。", path,
			      strerrordesc_np(errno));

	struct error *error =
		fd_write_all(fd, (struct text){(const char *)secret.data, secret.len});
	if (error == OK && fsync(fd) != 0)
		error = broken("鍵のファイル「%s」を保存できませんでした（%s）。", path,
			       strerrordesc_np(errno));
	if (error != OK)
		(void)unlink(path);
	return error;
}

struct error *
password_hash(struct arena *into, struct secret password, struct text *encoded)
{
	char made[crypto_pwhash_STRBYTES];
	if (crypto_pwhash_str(made, (const char *)password.data, password.len, PASSWORD_PASSES,
			      PASSWORD_MEMORY) != 0)
		return busy("パスワードを確かめるためのメモリーが足りません。"
			    "しばらくしてからやり直してください。");
	*encoded = text_copy(into, text_of(made));
	return OK;
}

bool
password_matches(struct text encoded, struct secret password)
{
	char stored[crypto_pwhash_STRBYTES] = {0};
	if (encoded.len >= sizeof stored || !text_starts(encoded, T(crypto_pwhash_STRPREFIX)))
		return false;
	memcpy(stored, encoded.data, encoded.len);
	return crypto_pwhash_str_verify(stored, (const char *)password.data, password.len) == 0;
}
