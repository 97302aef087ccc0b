/* Reading the configuration file. */
#include "cli/conf.h"

#include "base/file.h"
#include "base/number.h"
#include "base/say.h"

#include <arpa/inet.h>
#include <string.h>

enum kind { KIND_PATH, KIND_CODE, KIND_ADDRESS, KIND_PORT, KIND_YES_NO, KIND_NAMES };

static const struct key {
	const char *name;
	enum kind kind;
} keys[] = {
	{ "data", KIND_PATH },	    { "body", KIND_CODE },	    { "listen", KIND_ADDRESS },
	{ "port", KIND_PORT },	    { "plain", KIND_YES_NO },	    { "certificate", KIND_PATH },
	{ "names", KIND_NAMES },    { "certificate-key", KIND_PATH }, { "cards", KIND_PATH },
	{ "card-port", KIND_PORT }, { "card-public-port", KIND_PORT }, { "public-port", KIND_PORT },
};

static const char usual_path[] = "/etc/bansho/bansho.conf";
static const char key_list[] = "data、body、listen、port、plain、names、certificate、certificate-key、cards、card-port、card-public-port、public-port";

bool
is_installed(void)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	return text_starts(text_of(program_folder(arena)), T("/usr/"));
}

static const struct key *
key_of(struct text name)
{
	for (size_t at = 0; at < sizeof keys / sizeof *keys; at++)
		if (text_is(name, keys[at].name))
			return &keys[at];
	return NULL;
}

bool
conf_knows(const char *name)
{
	return key_of(text_of(name)) != NULL;
}

static bool
holds_only(struct text value, const char *signs)
{
	for (size_t at = 0; at < value.len; at++)
		if (strchr(signs, value.data[at]) == NULL)
			return false;
	return value.len != 0;
}

static bool
is_address(struct arena *arena, struct text value)
{
	unsigned char binary[sizeof(struct in6_addr)];
	const char *z = text_z(arena, value);
	return inet_pton(AF_INET, z, binary) == 1 || inet_pton(AF_INET6, z, binary) == 1;
}

/* What would be right; NULL when it is. */
static const char *
objection(struct arena *arena, enum kind kind, struct text value)
{
	int64_t port;
	switch (kind) {
	case KIND_PATH:
		return text_starts(value, T("/")) ? NULL
						  : say("「/」で始まる場所を書いてください。");
	case KIND_CODE:
		return holds_only(value, "abcdefghijklmnopqrstuvwxyz0123456789-")
			       ? NULL
			       : say("英小文字・数字・ハイフンで書いてください。");
	case KIND_ADDRESS:
		return is_address(arena, value)
			       ? NULL
			       : say("IPアドレスを書いてください（例 0.0.0.0、192.0.2.10）。");
	case KIND_PORT:
		return number_read(value, 1, 65535, &port)
			       ? NULL
			       : say("1から65535までの整数を書いてください。");
	case KIND_YES_NO:
		return text_is(value, "yes") || text_is(value, "no") ? NULL
								      : say("yes か no を書いてください。");
	case KIND_NAMES:
		return holds_only(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789.:- ")
			       ? NULL
			       : say("サーバーの名前かIPアドレスを、空白で区切って書いてください。");
	}
	return NULL;
}

static struct error *
read_value(struct arena *into, struct conf *conf, const char *place, struct text name,
	   struct text value)
{
	const struct key *key = key_of(name);
	if (key == NULL)
		return reject(place, "「%.*s」という項目はありません。使えるのは %s です。", T_ARG(name),
			      key_list);
	if (conf_text(conf, key->name).data != NULL)
		return reject(place, "「%s」が二度書いてあります。どちらかを消してください。", key->name);
	const char *right = value.len == 0 ? say("値がありません。行を消すか、値を書いてください。")
					   : objection(into, key->kind, value);
	if (right != NULL)
		return reject(place, "「%s」に「%.*s」は使えません。%s", key->name, T_ARG(value), right);
	if (conf->count == CONF_MOST_LINES)
		return reject(place, "項目が多すぎます。");
	conf->lines[conf->count++] = (struct conf_line){ key->name, text_copy(into, value) };
	return OK;
}

static struct error *
read_line(struct arena *into, struct conf *conf, struct text line, int number)
{
	struct text name, value;
	size_t bad_at;
	const char *place = text_format(into, "%s:%d", conf->path, number).data;
	if (!text_is_utf8(line, &bad_at))
		return reject(place, "UTF-8 の文字ではありません。");
	line = text_trim(line);
	if (line.len == 0 || line.data[0] == '#')
		return OK;
	if (!text_cut(line, '=', &name, &value))
		return reject(place, "「項目 = 値」の形で書いてください。");
	return read_value(into, conf, place, text_trim(name), text_trim(value));
}

struct error *
conf_read(struct arena *into, const char *path, struct conf *conf)
{
	struct text bytes, line;
	struct error *faults = OK;
	*conf = (struct conf){ .path = path != NULL ? path : usual_path };
	if (path == NULL && (!is_installed() || !file_exists(usual_path)))
		return OK;
	TRY(file_read(into, conf->path, CONF_MOST_BYTES, &bytes));
	bool goes_on = true;
	for (int number = 1; goes_on; number++) {
		goes_on = text_cut(bytes, '\n', &line, &bytes);
		error_add(&faults, read_line(into, conf, line, number));
	}
	/* A certificate without its key, or the other way round, is half a decision. */
	if (faults == OK && (conf_text(conf, "certificate").data == NULL) !=
				    (conf_text(conf, "certificate-key").data == NULL))
		return reject(conf->path, "certificate と certificate-key は、両方書くか、両方書かないかにしてください。");
	return faults;
}

struct text
conf_text(const struct conf *conf, const char *name)
{
	for (size_t at = 0; at < conf->count; at++)
		if (strcmp(conf->lines[at].name, name) == 0)
			return conf->lines[at].value;
	return (struct text){ 0 };
}

const char *
conf_z(struct arena *into, const struct conf *conf, const char *name)
{
	const struct text value = conf_text(conf, name);
	return value.data == NULL ? NULL : text_z(into, value);
}

bool
conf_is_yes(const struct conf *conf, const char *name)
{
	return text_is(conf_text(conf, name), "yes");
}

int64_t
conf_number(const struct conf *conf, const char *name, int64_t usual)
{
	int64_t value = usual;
	(void)number_read(conf_text(conf, name), 0, INT64_MAX, &value); /* checked when it was read */
	return value;
}
